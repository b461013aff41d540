"""Old ID numbers of 15 digits: made into one of 18 where the century is sure, and that is said."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, taken
from county import id_number

HEADINGS = ["姓名", "身份证号", "所在团支部", "出生日期"]
BRANCH = "桥头村团支部"


def old(born: str, at: int = 1) -> str:
    """The old number of somebody born that day of the last century."""
    return f"658899{born}{at:03d}"


Imported = Callable[..., dict[str, Any]]


@pytest.fixture
def imported(run: Run, workbook: Callable[..., Path]) -> Imported:
    """Import one person with this number and birth date; the JSON answer."""

    def done(number: Any, born: Any = None) -> dict[str, Any]:
        book = workbook(名册=[HEADINGS, ["孟和", number, BRANCH, born]])
        answer: dict[str, Any] = taken(run, book)
        return answer

    return done


@pytest.mark.parametrize(
    ("number", "born", "whole"),
    [
        (old("850312"), None, id_number(1, "19850312")),
        (old("500101"), None, id_number(1, "19500101")),
        (old("991231"), None, id_number(1, "19991231")),
        (float(old("850312")), None, id_number(1, "19850312")),
        (" " + old("850312")[:6] + " " + old("850312")[6:], None, id_number(1, "19850312")),
        (old("850312"), date(1985, 3, 12), id_number(1, "19850312")),
        (old("850312"), "1985.03", id_number(1, "19850312")),
        (old("850312"), "19850312", id_number(1, "19850312")),
        (old("450312"), date(1945, 3, 12), id_number(1, "19450312")),
        (old("200603", 10), "1920年6月", id_number(10, "19200603")),
    ],
)
def test_where_the_century_is_sure_it_is_the_number_of_18_digits(
    number: Any, born: Any, whole: str, run: Run, county: Path, imported: Imported
) -> None:
    """The row goes in under the whole number, with a warning in the cell of the old one."""
    found = imported(number, born)
    findings = [
        (finding["code"], finding["level"], finding["cell"])
        for finding in found["findings"]
        if finding["code"] != "over-age"  # old numbers are of people who are old by now
    ]
    assert findings == [("id-extended", "warning", "B2")]
    assert f"check digit {whole[-1]}" in found["findings"][0]["message"]
    assert found["totals"]["created"] == 1
    shown = run("member", "show", whole, "--reveal", "--reason", "test", "-O", "json")
    assert json.loads(shown.out)["member"]["id_number"] == whole


@pytest.mark.parametrize(
    ("number", "born", "word"),
    [
        (old("070301"), None, "century is not sure"),
        (old("260301"), None, "century is not sure"),
        (old("450312"), None, "century is not sure"),
        (id_number(1, "20060301")[:15], None, "century is not sure"),
        (id_number(1, "19990301")[:15], None, "not a date"),
        (id_number(1, "20000301")[:15], None, "not a date"),
        (old("070301"), date(2007, 3, 1), "2007-03-01"),
        (old("850312"), date(1985, 3, 13), "1985-03-13"),
        (old("850312"), "1985.04", "1985-04"),
        (old("850230"), None, "not a date"),
    ],
)
def test_where_it_is_not_the_row_is_refused_with_the_reason(
    number: str, born: Any, word: str, county: Path, imported: Imported
) -> None:
    """A number of 18 digits that lost three is never taken for an old one."""
    found = imported(number, born)
    (finding,) = found["findings"]
    assert (finding["code"], finding["level"], finding["cell"]) == ("id-15-digits", "error", "B2")
    assert word in finding["message"]
    assert number[6:] not in json.dumps(found)
    assert found["totals"]["created"] == 0


def test_all_else_that_is_wrong_is_reported_next_to_it(county: Path, imported: Imported) -> None:
    """An unreadable birth date proves nothing; both are reported."""
    found = imported(old("850312"), "三月")
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("id-extended", "B2"), ("day-not-a-day", "D2"),
    ]  # fmt: skip
    found = imported(old("070301"), "三月")
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("id-15-digits", "B2"), ("day-not-a-day", "D2"),
    ]  # fmt: skip
    assert [finding["code"] for finding in imported("990" + old("850312")[3:])["findings"]] == [
        "id-province"
    ]


def test_the_sex_column_is_compared_with_the_old_number_too(
    run: Run, county: Path, workbook: Callable[..., Path]
) -> None:
    """The last of its digits is odd for men."""
    rows = [["姓名", "身份证号", "所在团支部", "性别"], ["孟和", old("850312", 2), BRANCH, "男"]]
    found = taken(run, "-n", workbook(名册=rows))["findings"]
    assert [(finding["code"], finding["cell"]) for finding in found] == [
        ("id-extended", "B2"), ("sex-differs", "D2"), ("over-age", "B2"),
    ]  # fmt: skip


def test_the_same_sheet_and_the_whole_number_change_nothing_more(
    run: Run, county: Path, imported: Imported
) -> None:
    """The old and the whole number are one person."""
    imported(old("850312"))
    assert imported(old("850312"))["totals"]["unchanged"] == 1
    again = imported(id_number(1, "19850312"))
    assert (again["totals"]["unchanged"], again["findings"]) == (1, [])


def test_admit_by_options_names_the_option(run: Run, county: Path) -> None:
    """One candidate on the command line has no cell; the option is named."""
    ran = run("admit", "--name", "孟和", "--id-number", old("070301"), "--org", BRANCH)
    assert "id-15-digits" in ran.err
    assert "--id-number" in ran.err
