"""What happened, happened in an organisation that existed then, and on a day that has come: the
same rules through every door, and ``check`` says what the doors say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conftest import Ran, Run, answer_of, codes, taken
from county import ORGANIZATIONS, member
from leaguectl.rules.book import RECORDS
from lives import ONE, Workbook, does, refused
from test_journal import rows

Door = Callable[[Run, Workbook, date, str], Ran]

ACTIVITY = ["活动名称", "活动类别", "活动日期", "主办团组织"]
FOUNDED = [*ORGANIZATIONS[0], "成立日期"]
SPRING, AUTUMN = date(2023, 3, 1), date(2023, 9, 1)
AHEAD = date(2024, 2, 1)
"""Today is 2024-01-15."""


def sheet(title: str, headings: list[str], cells: Callable[[date, str], list[Any]]) -> Door:
    """A sheet with one row about something of a day and an organisation."""

    def imports(run: Run, workbook: Workbook, day: date, home: str) -> Ran:
        return run("import", workbook("sheet.xlsx", **{title: [headings, cells(day, home)]}))

    return imports


def appoint(run: Run, workbook: Workbook, day: date, home: str) -> Ran:
    """A post by options."""
    who = ("--name", member(ONE)[0], "--id-number", member(ONE)[1])
    return run("post", "appoint", home, "书记", *who, "--from", day.isoformat())


DOORS: dict[str, Door] = {
    "activity": sheet("活动", ACTIVITY, lambda day, home: ["学雷锋", "主题团日", day, home]),
    "participant": sheet("参加人员", [*ACTIVITY, "姓名"],
                         lambda day, home: ["学雷锋", "主题团日", day, home, "来宾"]),
    "campaign": sheet("主题教育", ["主题教育", "团组织", "启动时间"],
                      lambda day, home: ["学习教育", home, day]),
    "cadre": sheet("团干部", ["姓名", "身份证号", "团组织", "团内职务", "任职时间"],
                   lambda day, home: [*member(ONE)[:2], home, "书记", day]),
    "appointment": appoint,
}  # fmt: skip
"""What an organisation does or keeps on a day."""

HAPPENED: dict[str, Door] = {
    "activity": DOORS["activity"], "participant": DOORS["participant"],
    "campaign": DOORS["campaign"],
    "training": sheet("培训", ["培训名称", "培训类别", "培训日期"],
                      lambda day, _: ["培训班", "青马工程", day]),
    "task": sheet("改革任务", ["模块", "任务", "牵头单位", "完成日期"],
                  lambda day, home: ["模块", "任务", home, day]),
}  # fmt: skip
"""What is counted from its day on."""


def founding(run: Run, workbook: Workbook, day: date, *options: str) -> Any:
    """The answer to a sheet that says when the class was founded."""
    row = next(row for row in ORGANIZATIONS if row[0] == "S1")
    return taken(run, workbook("founded.xlsx", 团组织=[FOUNDED, [*row, day]]), *options)


def checked(run: Run) -> list[str]:
    """The codes of what check finds about days."""
    return codes(answer_of(run, "check", *(rule.code for rule in RECORDS)))


@pytest.mark.parametrize(("day", "said"), [(SPRING, 0), (date(2023, 2, 28), 1)])
@pytest.mark.parametrize("door", DOORS)
def test_before_the_founding_it_is_warned_of(
    run: Run, here: str, workbook: Workbook, door: str, day: date, said: int
) -> None:
    """A founding day may be wrong, so it is no error; from that day on nothing is said."""
    assert codes(founding(run, workbook, SPRING)) == []
    ran = DOORS[door](run, workbook, day, "S1")
    assert (ran.code, ran.err.count("event-before-founding")) == (0, said), ran.err
    assert checked(run) == ["event-before-founding"] * said


def test_a_month_may_end_after_the_founding(run: Run, here: str, workbook: Workbook) -> None:
    """Of a post of which the month alone is known no day is doubted."""
    founding(run, workbook, date(2023, 3, 15))
    headings = ["姓名", "身份证号", "团组织", "团内职务", "任职时间"]
    row = [*member(ONE)[:2], "S1", "书记"]
    for month, said in (("2023-03", []), ("2023-02", ["event-before-founding"])):
        book = workbook("cadres.xlsx", 团干部=[headings, [*row, month]])
        answer = answer_of(run, "import", book, "--dry-run")
        assert codes(answer) == said, month


@pytest.mark.parametrize("door", DOORS)
def test_a_founding_day_that_comes_later_is_warned_of_as_well(
    run: Run, here: str, workbook: Workbook, door: str
) -> None:
    """In the cell of the sheet of organisations, and by the undo that brings it back."""
    assert DOORS[door](run, workbook, SPRING, "S1").code == 0
    (found,) = founding(run, workbook, AUTUMN)["findings"]
    assert (found["code"], found["column"]) == ("event-before-founding", "G")
    first = founding(run, workbook, SPRING, "--reason", "更正")["operation"]
    assert checked(run) == []
    for options in (["--dry-run"], ["--yes"]):
        ran = run("undo", str(first), *options)
        assert (ran.code, ran.err.count("event-before-founding")) == (0, 1), ran.err


@pytest.mark.parametrize("door", DOORS)
def test_after_the_closing_it_is_refused(
    run: Run, here: str, workbook: Workbook, door: str
) -> None:
    """And nothing is closed before what it did; an undo asks the same."""
    done = DOORS[door](run, workbook, SPRING, "S2")
    assert done.code == 0, done.err
    closing = ("org", "close", "S2", "--members-to", "S1", "--yes", "--on")
    refused(run(*closing, "2023-03-01"), "organization-acts-later")
    does(run, "undo", 2, "-y")
    does(run, *closing, "2023-02-01")
    before = rows(here)
    ran = DOORS[door](run, workbook, SPRING, "S2")
    assert ran.code in (1, 3)
    assert "error organization-dissolved" in ran.err
    for options in (["--dry-run"], ["--yes"]):
        ran = run("undo", "3", *options)
        assert (ran.code, "later operations build on operation 3: 4" in ran.err) == (3, True)
    assert rows(here) == before


@pytest.mark.parametrize("door", HAPPENED)
def test_a_day_to_come_is_refused(
    run: Run, here: str, workbook: Workbook, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """It would be counted although it has not happened; check says so of what was recorded."""
    before = rows(here)
    ran = HAPPENED[door](run, workbook, AHEAD, "S1")
    assert (ran.code, "error day-ahead" in ran.err, rows(here)) == (1, True, before)
    monkeypatch.setenv("LEAGUECTL_TODAY", AHEAD.isoformat())
    assert HAPPENED[door](run, workbook, AHEAD, "S1").code == 0
    assert checked(run) == []
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-01-31")
    assert checked(run) == ["day-ahead"]


@pytest.mark.parametrize("door", ["cadre", "appointment"])
def test_a_term_may_be_known_before_it_begins(
    run: Run, here: str, workbook: Workbook, door: str
) -> None:
    """It is not counted until then."""
    ran = DOORS[door](run, workbook, AHEAD, "S1")
    assert (ran.code, "ahead" in ran.err) == (0, False)
    assert checked(run) == []
