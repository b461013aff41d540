"""The day of which a sheet speaks: said by an option, by the sheet itself, or today."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, taken
from county import MEMBER_HEADINGS, member

Workbook = Callable[..., Path]
TODAY = "2024-01-15"


def below(*title: list[Any]) -> list[list[Any]]:
    """A roster of one member below these rows."""
    return [*title, MEMBER_HEADINGS, member(1)]


@pytest.mark.parametrize(
    ("rows", "day", "cell"),
    [
        (below(["团员花名册"], ["填报时间：2023年9月4日"]), "2023-09-04", "A2"),
        (below(["团员花名册（截至2023年12月31日）"]), "2023-12-31", "A1"),
        (below(["团员花名册（截止到2023年6月底）"]), "2023-06-30", "A1"),
        (below(["填报单位：一中", "", "统计日期:", "2023.09.04"]), "2023-09-04", "C1"),
        (below(["填报单位：一中", "", "制表时间", date(2023, 9, 4)]), "2023-09-04", "C1"),
        (below(["统计时间：2023.1.1-2023.8.31"]), "2023-08-31", "A1"),
        (below(["团员花名册（2023年9月）"]), "2023-09-30", "A1"),
        (below(["团员花名册"], ["2023-9-4"]), "2023-09-04", "A2"),
        ([*below(["团员花名册"]), ["填表人：艾力", "", "填表日期：20230904"]], "2023-09-04", "C4"),
        ([[*MEMBER_HEADINGS, "填报时间"], [*member(1), "2023-09-04"]], "2023-09-04", None),
        ([[*MEMBER_HEADINGS, "备注（截至2023-09-04）"], member(1)], "2023-09-04", None),
        # What is no day of the sheet: a blank to be filled in, a year, a class, a day of birth.
        (below(["填报时间：    年   月   日"]), TODAY, None),
        (below(["2023年团员花名册"]), TODAY, None),
        (below(["2023级高一（1）班团员花名册"]), TODAY, None),
        (below(["2008年9月1日以后出生的团员"]), TODAY, None),
        (below(["截至目前的团员"]), TODAY, None),
        (below(["团员花名册"]), TODAY, None),
        # This month's last day is to come; what the sheet knows it knows today.
        (below(["团员花名册（2024年1月）"]), TODAY, "A1"),
    ],
)
def test_a_sheet_says_its_own_day(
    run: Run, county: Path, workbook: Workbook, rows: Any, day: str, cell: str | None
) -> None:
    """In a title, a heading, a note below or a column of its own; else it speaks of today. The
    answer and the operation have it."""
    found = taken(run, workbook("roster.xlsx", 团员=rows))
    (sheet,) = found["sheets"]
    assert (found["day"], sheet["day"]) == (day, day)
    assert cell is None or sheet["day_cell"] == cell
    shown = answer_of(run, "show", str(found["operation"]))["operation"]
    assert shown["day"] == day
    assert [finding["code"] for finding in found["findings"]] == []


def test_the_option_says_of_all_sheets_of_which_day_they_speak(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """``--on`` counts before what a sheet says, and the answer shows the day of each."""
    path = workbook("roster.xlsx", 团员=below(["填报时间：2023年9月4日"]))
    ran = run("import", path, "--on", "2023-09-01")
    assert ran.code == 0, ran.err
    assert "2023-09-01" in ran.out
    assert "--on" in ran.err


def test_several_sheets_speak_each_of_their_day(run: Run, county: Path, workbook: Workbook) -> None:
    """The operation has the latest of them."""
    sheets = {
        "一": [["截至2023年9月4日"], MEMBER_HEADINGS, member(1)],
        "二": [["截至2023年10月8日"], MEMBER_HEADINGS, member(2)],
    }
    found = taken(run, workbook("rosters.xlsx", **sheets))
    assert [sheet["day"] for sheet in found["sheets"]] == ["2023-09-04", "2023-10-08"]
    assert found["day"] == "2023-10-08"


def test_no_sheet_speaks_of_a_day_to_come(run: Run, county: Path, workbook: Workbook) -> None:
    """As an option it is refused; in a sheet it is a typing error, reported with its cell, and
    means today."""
    path = workbook("roster.xlsx", 团员=below(["填报时间：2025年9月4日"]))
    ran = run("import", path, "--on", "2024-01-16")
    assert (ran.code, ran.out) == (2, "")
    found = taken(run, path)
    assert found["day"] == TODAY
    (finding,) = found["findings"]
    assert (finding["code"], finding["level"]) == ("sheet-day-ahead", "warning")
    assert (finding["row"], finding["column"], finding["cell"]) == (1, "A", "A1")


def test_a_plan_keeps_its_day(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Carried out a week later, a plan does what was looked at, of the day of which it spoke."""
    plan = tmp_path / "plan.json"
    path = workbook("roster.xlsx", 团员=below(["团员花名册"]))
    assert run("import", path, "--plan-out", plan).code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-01-22")
    found = taken(run, "--apply", plan)
    assert found["day"] == TODAY
    shown = answer_of(run, "show", str(found["operation"]))["operation"]
    assert shown["day"] == TODAY
