"""Sheets of members' steps (成长): who it is, each step once, and out again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]
NAMED = ["学号", "姓名", "提交申请书时间", "入党时间", "转正时间"]
FULL = ["姓名", "身份证号", "推优入团时间", "推优入党时间", "递交入党申请书时间", "入党时间"]
HOME = member(1)[2]


@pytest.fixture
def people(run: Run, either_db: str, workbook: Workbook) -> None:
    """Two members, of different branches."""
    there = [MEMBER_HEADINGS, member(1), member(2, 所在团支部="桥头村团支部")]
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=there)


def steps(run: Run, name: str) -> dict[str, str]:
    """What is recorded of somebody, by kind."""
    found = answer_of(run, "member", "show", name)["member"]["history"]
    return {milestone["kind"]: milestone["day"] for milestone in found["milestones"]}


@pytest.mark.usefixtures("people")
def test_a_list_by_name_is_read_within_its_branch(run: Run, workbook: Workbook) -> None:
    """The real list: an application to the Party, joining it; 转正 is named and left alone."""
    name = member(1)[0]
    row = [1, name, date(2022, 5, 4), date(2023, 7, 1), date(2024, 7, 1)]
    book = workbook(推优入党名单=[["推优入党名单"], NAMED, row])
    found = taken(run, "--org", HOME, book)
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    assert found["sheets"][0]["kind"] == "milestones"
    assert "转正时间" in found["sheets"][0]["ignored_columns"]
    assert steps(run, name) == {"applied to party": "2022-05-04", "joined party": "2023-07-01"}
    again = taken(run, "--org", HOME, book)
    assert (again["operation"], again["totals"]["unchanged"]) == (None, 1)
    assert run("undo", str(found["operation"]), "--reason", "test").code == 0
    assert steps(run, name) == {}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("options", "headings", "row", "code", "cell"),
    [
        ([], NAMED, [1, member(1)[0], "2022-05-04", None], "branch-not-said", "B2"),
        (["--org", "桥头村团支部"], NAMED, [1, member(1)[0], None, "2022-05-04"],
         "milestone-bearer", "B2"),
        ([], FULL, ["别人", id_number(77), None, "2022-05-04"], "milestone-person", "B2"),
        ([], FULL, ["别人", member(1)[1], None, "2022-05-04"], "id-other-name", "A2"),
        ([], FULL, [*member(1)[:2], None, None, "2023-07-02", "2023-07-01"],
         "milestone-order", "F2"),
        ([], FULL, [*member(1)[:2], None, "2099-07-02"], "dates-in-future", "D2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_by_its_cell(
    run: Run, workbook: Workbook,
    options: list[str], headings: list[str], row: list[Any], code: str, cell: str,
) -> None:  # fmt: skip
    """Nobody is guessed, nothing is written."""
    found = taken(run, *options, workbook(成长=[headings, row]))
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [(code, cell)]
    assert found["operation"] is None


@pytest.mark.usefixtures("people")
def test_another_day_is_a_correction_with_a_reason(run: Run, workbook: Workbook) -> None:
    """What contradicts the registry is a finding; with a reason it counts."""
    who = member(1)[:2]
    first = workbook("a.xlsx", 成长=[FULL, [*who, None, "2022-11-01"]])
    assert taken(run, first)["totals"]["created"] == 1
    more = workbook("b.xlsx", 成长=[FULL, [*who, "2020-01-01", "2022-11-02"]])
    (finding,) = taken(run, more)["findings"]
    assert (finding["code"], finding["cell"]) == ("stored-differs", "D2")
    assert taken(run, more, "--reason", "card")["totals"]["updated"] == 1
    assert steps(run, who[0]) == {
        "recommended to league": "2020-01-01", "recommended to party": "2022-11-02",
    }  # fmt: skip


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_comes_in_without_a_change(
    run: Run, workbook: Workbook, tmp_path: Path, ending: str
) -> None:
    """Also a step that was recorded by the command; 失联 is no step and stays out."""
    book = workbook(成长=[FULL, [*member(1)[:2], "2020-01-01", "2022-11-01", "2022-05-04", None]])
    assert taken(run, book)["totals"]["created"] == 1
    for step in ("applied-to-party", "lost-contact"):
        assert run("member", "milestone", str(member(2)[1]), step, "--on", "2023-01-01").code == 0
    out = tmp_path / f"out.{ending}"
    assert run("export", "milestones", "--reveal", "--reason", "copy", "-o", out).code == 0
    found = taken(run, out)
    assert found["findings"] == []
    assert found["totals"]["read"] == found["totals"]["unchanged"] == 2
    assert [sheet["kind"] for sheet in found["sheets"]] == ["milestones"]


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("姓名 身份证号 所在团支部 入团时间 入党时间 政治面貌", "members"),
        ("姓名 身份证号 所在团支部 申请入团时间 积极分子时间", "candidates"),
        ("姓名 身份证号 所在团支部 提交申请书时间 积极分子时间 推优入团时间", "candidates"),
    ],
)
def test_it_takes_no_other_sheet(run: Run, workbook: Workbook, headings: str, kind: str) -> None:
    """An application that may be one to the League makes nobody an applicant to the Party."""
    row = [*member(1)[:3]]
    (sheet,) = taken(run, "-n", workbook(名单=[headings.split(), row]))["sheets"]
    assert sheet["kind"] == kind
