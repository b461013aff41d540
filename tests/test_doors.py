"""One set of rules for a state, through whatever door a fact comes: a sheet, an option, a command.

Each door is tried with the same few facts; what is refused of one is refused of all, in a dry run
as in the run, and the registry is sound afterwards.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run, ledger_faults
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, admission, id_number, member
from leaguectl.actions import Request, work
from leaguectl.actions.change_set import ChangeSet
from leaguectl.model import Keys, Number
from leaguectl.store import locate
from lives import ADMITTED, OLD, ONE, THREE, TWO, Workbook, county, does, figures, shown
from registries import made_once

Door = Callable[[Run, Workbook], Ran]

HEADINGS = [*MEMBER_HEADINGS, "离团日期", "离团原因"]
EXPELLED = ("--reason-kind", "expelled", "--authority", "云团纪〔2023〕2号", "--approved-by", "C")
DAY = ("--on", "2023-10-10")
DEAD = ("--reason-kind", "deceased")


@pytest.fixture
def here(run: Run, either_db: str, workbook: Workbook) -> str:
    """The small county, on either database."""
    county(run, workbook)
    return either_db


def leaves(run: Run, who: int, *how: str) -> None:
    """Somebody leaves on 10 October 2023."""
    does(run, "member", "leave", who, *(how or ("--reason-kind", "resigned")), *DAY, "-y")


def roster(*cells: Any, **changes: Any) -> Door:
    """A roster of one member, of the day and reason of leaving that ``cells`` say."""

    def imports(run: Run, workbook: Workbook, *options: str) -> Ran:
        at = changes.pop("at", TWO)
        row = [*member(at, **changes), *cells, *[None] * (2 - len(cells))]
        return run("import", workbook("roster.xlsx", 团员=[HEADINGS, row]), *options)

    return imports


def candidates(command: str, at: int, **changes: Any) -> Door:
    """A sheet with the admission of that member of the county."""

    def imports(run: Run, workbook: Workbook) -> Ran:
        name, id_number_, *_ = member(at)
        number = {"发展团员编号": None, "团员证编号": None} if command == "admit" else {}
        row = admission(2, **{"姓名": name, "身份证号": id_number_} | number | changes)
        return run(command, workbook("candidates.xlsx", 发展团员=[ADMISSION_HEADINGS, row]))

    return imports


def command(*arguments: str | int) -> Door:
    """A command with these arguments."""
    return lambda run, _: run(*map(str, arguments))


NAME = member(TWO)[0]
LATER = {
    "支部大会时间": date(2023, 12, 10), "审批时间": date(2023, 12, 20),
}  # fmt: skip
COMING_BACK: dict[str, Door] = {
    "from outside": command(
        "member", "transfer", TWO, "--from-outside", "乙县", "--to", "T1", "--on", "2023-12-01"
    ),
    "roster": roster(所在团支部="T1"),
    "admissions": candidates("import", TWO, **LATER),
    "admit": candidates("admit", TWO, **LATER),
    "post by name": command(
        "post", "appoint", "S1", "书记", "--name", NAME, "--from", "2023-12-01"
    ),
    "post by ID number": command(
        "post", "appoint", "S1", "书记", "--name", NAME, "--id-number",
        id_number(TWO, "20060301"), "--from", "2023-12-01",
    ),
    "certificate": command("certificate", "issue", TWO, "--serial", "99887766"),
    "case": command(
        "case", "open", "--name", NAME, "--id-number", id_number(TWO, "20060301"), "--org", "S1",
        "--applied", "2023-12-01",
    ),
    "restore": command("member", "restore", TWO, "--on", "2023-12-01"),
}  # fmt: skip
"""How somebody might come back who has left."""


@pytest.mark.parametrize("door", COMING_BACK)
@pytest.mark.parametrize("reason", ["expelled", "deceased"])
def test_nobody_comes_back_by_another_door(
    run: Run, db: object, workbook: Workbook, door: str, reason: str
) -> None:
    """The dead stay dead, and the expelled come back by a restoration with its document."""
    county(run, workbook)
    leaves(run, TWO, *(EXPELLED if reason == "expelled" else ("--reason-kind", reason)))
    if door == "certificate" and reason == "deceased":
        # What was theirs in life stays theirs; they are given no other.
        does(run, "certificate", "recall", TWO, "--reason", "去世", "--authority", "1号")
    before = run("log", "-O", "json").out
    ran = COMING_BACK[door](run, workbook)
    assert ran.code in (1, 3), (ran.out, ran.err)
    assert run("log", "-O", "json").out == before
    if reason == "deceased":
        assert "member restore" not in ran.err
        assert "from-outside" not in ran.err
    assert run("check").code == 0


LATE: dict[str, tuple[list[str], list[Any]]] = {
    "discipline": (["处分种类", "处分日期", "处分文号"], ["警告", date(2023, 12, 1), "文"]),
    "registrations": (["年度", "评议等次", "注册日期"], [2023, "合格", date(2023, 12, 1)]),
    "registrations of next year": (["年度", "是否注册"], [2024, "是"]),
    "milestones": (["推优入党时间"], [date(2023, 12, 1)]),
}
"""What is done with members alone, by the kind of sheet: headings and cells."""


@pytest.mark.parametrize("sheet_of", LATE)
def test_nothing_is_done_with_somebody_who_died(
    run: Run, db: object, workbook: Workbook, sheet_of: str
) -> None:
    """No sheet has a measure, a registration or a step of theirs after the day of their death."""
    made_once("a death", lambda: (county(run, workbook), leaves(run, TWO, *DEAD)))
    headings, cells = LATE[sheet_of]
    rows = [["姓名", "身份证号", *headings], [*member(TWO)[:2], *cells]]
    ran = run("import", workbook("late.xlsx", 表=rows))
    assert (ran.code, "nothing was written" in ran.err) == (1, True), ran.err
    assert "error member-not-now" in ran.err or "error dead-stay-dead" in ran.err
    before = run("member", "milestone", TWO, "joined-party", "--on", "2023-12-01")
    assert "error dead-stay-dead" in before.err


def test_the_expelled_come_back_by_restoration(run: Run, here: str) -> None:
    """With the document it is done, and then a post and a certificate may follow."""
    leaves(run, TWO, *EXPELLED)
    does(run, "member", "restore", TWO, "--on", "2023-12-01", "--authority", "云团纪〔2023〕3号")
    does(run, "post", "appoint", "S1", "书记", "--name", NAME, "--from", "2023-12-01")


def test_an_earlier_membership_of_whoever_is_admitted_again_is_known(
    run: Run, here: str, workbook: Workbook
) -> None:
    """The rosters of the time come again and change nothing; a present one contradicts."""
    number = id_number(OLD, "19951120")
    cells = {"at": OLD, "身份证号": number, "所在团支部": "T1", "入团时间": "2012-05-04",
             "发展团员编号": None}  # fmt: skip
    does(run, "member", "leave", OLD, "--reason-kind", "resigned", "--on", "2022-11-11", "-y")
    again = candidates("import", OLD, 身份证号=number, 所在团支部="T1",
                       发展团员编号="202365000006", 团员证编号=None)  # fmt: skip
    assert again(run, workbook).code == 0
    assert shown(run, OLD)["joined"] == "2023-04-10"
    before = figures(run, "T")
    for rows in (roster(date(2022, 11, 11), "自愿退团", **cells), roster(**cells)):
        ran = rows(run, workbook, "--on", "2022-05-04", "-O", "json")
        totals = json.loads(ran.out)["totals"]
        assert (ran.code, totals["unchanged"], figures(run, "T")) == (0, 1, before), ran.err
    present = roster(**cells)(run, workbook)
    assert (present.code, "error joined-differs" in present.err) == (1, True)
    assert ledger_faults(run) == []


@pytest.mark.parametrize(("day", "is_of_age"), [("2023-11-19", False), ("2023-11-20", True)])
@pytest.mark.parametrize("door", ["command", "roster", "new in a roster"])
def test_who_leaves_by_age_is_of_that_age(
    run: Run, db: object, workbook: Workbook, door: str, day: str, is_of_age: bool
) -> None:
    """On the very birthday, and not on the day before: refused, or where a roster says so told, by
    `check` as well."""
    made_once("the county of doors", lambda: county(run, workbook))
    at = OLD if door == "roster" else 9
    if door == "command":
        ran = run("member", "leave", "-y", str(OLD), "--reason-kind", "age", "--on", day)
        assert ran.code == (0 if is_of_age else 3)
    else:
        cells = {"at": at, "身份证号": id_number(at, "19951120"), "所在团支部": "T1",
                 "入团时间": "2012-05-04", "发展团员编号": None}  # fmt: skip
        ran = roster(day, "超龄离团", **cells)(run, workbook)
        assert ran.code == 0
        assert ("not-of-age" in run("check").out) != is_of_age
    assert ("not-of-age" in ran.err) != is_of_age


# -- the ledger ----------------------------------------------------------------------------------

JOINED_2023 = {"at": 8, "入团时间": date(2023, 5, 4)}


@pytest.mark.parametrize("left", [None, date(2023, 9, 1)])
@pytest.mark.parametrize("number", [None, "202365999900", "202365000099"])
def test_a_roster_is_no_way_around_the_quota(
    run: Run, db: object, workbook: Workbook, number: str | None, left: date | None
) -> None:
    """Whoever joined in a year of which we hold the quota has one of its places."""
    county(run, workbook)
    rows = roster(left, "自愿退团" if left else None, 发展团员编号=number, **JOINED_2023)
    ran = rows(run, workbook)
    assert ran.code == 1
    assert "error joined-by-admission roster.xlsx!团员!D2" in ran.err
    assert figures(run)["members.total"] == 5


def test_a_place_of_ours_or_a_number_of_another_province_is_no_way_around(
    run: Run, db: object, workbook: Workbook
) -> None:
    """A roster may take a place of its own school; another province's number takes none."""
    county(run, workbook)
    own = roster(**JOINED_2023 | {"发展团员编号": "202365000002"})
    assert own(run, workbook).code == 0
    theirs = roster(**JOINED_2023 | {"at": 9, "发展团员编号": "202314000002"})
    assert theirs(run, workbook).code == 0
    assert run("check").code == 0


def test_check_and_quota_check_name_members_outside_the_quota(
    run: Run, db: object, workbook: Workbook, tmp_path: Path
) -> None:
    """However they came in: here, the county had switched the rules off."""
    county(run, workbook)
    policy = tmp_path / "policy.toml"
    policy.write_text(
        '[levels]\n"joined-by-admission" = "off"\n"number-in-block" = "off"\n', "utf-8"
    )
    assert run("policy", "set", policy, "-y").code == 0
    rows = [
        [*member(8, 入团时间=date(2023, 5, 4), 发展团员编号=None), None, None],
        [*member(9, 入团时间=date(2023, 5, 4), 所在团支部="T1", 发展团员编号="202365000002"),
         None, None],
    ]  # fmt: skip
    assert run("import", workbook("roster.xlsx", 团员=[HEADINGS, *rows])).code == 0
    policy.write_text("", "utf-8")
    assert run("policy", "set", policy, "-y").code == 0
    for command_line in (("check",), ("quota", "check", "2023")):
        ran = run(*command_line, "-O", "json")
        found = json.loads(ran.out)["findings"]
        errors = {(error["code"], error["subject"]) for error in found if error["level"] == "error"}
        assert ran.code == 1
        assert errors == {
            ("joined-by-admission", member(8)[0]),
            ("number-in-block", f"{member(9)[0]} 202365000002"),
        }


def test_a_number_of_another_organization_is_refused(
    run: Run, db: object, workbook: Workbook
) -> None:
    """A village branch takes no number of the school's block."""
    county(run, workbook)
    rows = roster(**JOINED_2023 | {"发展团员编号": "202365000002", "所在团支部": "T1"})
    ran = rows(run, workbook)
    assert ran.code == 1
    assert "error number-in-block roster.xlsx!团员!E2" in ran.err


def test_a_roster_may_come_with_the_admissions_of_its_members(
    run: Run, db: object, workbook: Workbook
) -> None:
    """In one batch the admissions follow; where one is rejected, so is that member."""
    county(run, workbook)
    good, bad = admission(2), admission(3, 介绍人二="李介绍")
    people = [[*row[:3], date(2023, 4, 10), None, None] for row in (good, bad)]
    book = workbook(
        "both.xlsx", 团员=[MEMBER_HEADINGS, *people], 发展团员=[ADMISSION_HEADINGS, good, bad]
    )
    assert run("import", book).code == 1
    ran = run("import", book, "--valid-only")
    assert ran.code == 1
    assert "joined-by-admission both.xlsx!团员!D3" in ran.err
    assert figures(run)["members.total"] == 6
    assert run("check").code == 0


# -- former members ------------------------------------------------------------------------------


def test_nobody_is_admitted_who_is_a_member_on_the_day_of_the_meeting(
    run: Run, db: object, workbook: Workbook
) -> None:
    """Also where they left after it, and by whichever command."""
    county(run, workbook)
    does(run, "member", "leave", OLD, "--reason-kind", "resigned", *DAY, "-y")
    name, _, *_ = member(OLD)
    for way in ("admit", "import"):
        number = {"发展团员编号": None, "团员证编号": None} if way == "admit" else {}
        same = {"姓名": name, "身份证号": id_number(OLD, "19951120"), "所在团支部": "T1"}
        if way == "import":
            same["发展团员编号"] = "202365000006"
        row = admission(2, **(same | number))
        ran = run(way, workbook("one.xlsx", 发展团员=[ADMISSION_HEADINGS, row]))
        assert ran.code in (1, 3)
        assert "error one-person" in ran.err
    assert run("check").code == 0


def _former(run: Run, workbook: Workbook, *papers: str) -> list[Any]:
    """Somebody who left in 2018, with these papers of old; the row of their admission in 2023."""
    headings = ["姓名", "身份证号", "所在团支部", "入团时间", "离团日期", "离团原因", *papers]
    row = ["旧团员", id_number(30), "S1", date(2015, 5, 4), date(2018, 6, 1), "自愿退团"]
    cells = {"团员证编号": "30000001", "志愿书编号": "40000001", "发展团员编号": "201565000001"}
    row += [cells[paper] for paper in papers]
    ran = run("import", workbook("former.xlsx", 团员=[headings, row]))
    assert ran.code == 0, ran.err
    return admission(2, 姓名="旧团员", 身份证号=id_number(30), 发展团员编号=None, 团员证编号=None)


@pytest.mark.parametrize("papers", [(), ("团员证编号",), ("志愿书编号", "团员证编号")])
def test_a_former_member_is_admitted_again_and_judged_by_each_time(
    run: Run, here: str, workbook: Workbook, papers: tuple[str, ...]
) -> None:
    """The old papers stay as history, the old membership is judged by its own day."""
    row = _former(run, workbook, *papers)
    book = workbook("again.xlsx", 发展团员=[ADMISSION_HEADINGS, row])
    assert run("admit", book, "--dry-run").code == 0
    ran = run("admit", book)
    assert ran.code == 0, ran.err
    assert ledger_faults(run) == []
    for serial in ("30000001",) if papers else ():
        shown = run("certificate", "show", serial).out.splitlines()[1:]
        assert ["recalled" in line for line in shown] == [True, False]
        assert ["valid" in line for line in shown] == [False, True]


def test_a_former_member_with_a_number_is_restored_unless_the_county_admits_again(
    run: Run, here: str, workbook: Workbook, tmp_path: Any
) -> None:
    """By the rule they are restored; a county that switches it off has a number of each time."""
    row = _former(run, workbook, "发展团员编号")
    book = workbook("again.xlsx", 发展团员=[ADMISSION_HEADINGS, row])
    for options in (("--dry-run",), ()):
        ran = run("admit", book, *options)
        assert (ran.code, "error former-restored" in ran.err) == (3, True)
    policy = tmp_path / "policy.toml"
    policy.write_text('[levels]\n"former-restored" = "off"\n', "utf-8")
    assert run("policy", "set", policy, "-y").code == 0
    assert run("admit", book).code == 0
    assert run("check").code == 0
    for number in ("201565000001", "202365000002"):
        assert "旧团员" in run("number", "show", number).out
    assert run("member", "find", "旧团员", "-O", "json").out.count('"id_number"') == 1


# -- rosters about what has ended -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "home", "code", "column"),
    [
        ((), "S2", "roster-has-former", "C"),
        ((date(2023, 10, 10), "自愿退团"), "S2", "roster-has-former", "C"),
        ((date(2023, 10, 11), "自愿退团"), "S1", "left-differs", "G"),
        ((date(2023, 10, 10), "转出"), "S1", "stored-differs", "H"),
        ((date(2025, 5, 1), "自愿退团"), "S1", "day-ahead", "G"),
    ],
)
def test_a_roster_does_not_move_what_has_ended(
    run: Run, db: object, workbook: Workbook, cells: tuple[Any, ...], home: str, code: str,
    column: str,
) -> None:  # fmt: skip
    """Another home, day or reason contradicts the registry, and nothing is changed."""
    county(run, workbook)
    leaves(run, TWO)
    before = [figures(run, org, year) for org in ("S1", "S2") for year in (2022, 2023)]
    ran = roster(*cells, 所在团支部=home)(run, workbook)
    assert ran.code == 1
    assert f"error {code} roster.xlsx!团员!{column}2" in ran.err
    assert [figures(run, org, year) for org in ("S1", "S2") for year in (2022, 2023)] == before


def test_an_old_roster_tells_of_whoever_left_since(
    run: Run, db: object, workbook: Workbook
) -> None:
    """It is reported and changes nothing: the roster may be older than the leaving."""
    county(run, workbook)
    leaves(run, TWO)
    ran = roster()(run, workbook)
    assert (ran.code, "warning roster-has-former" in ran.err) == (0, True)


def test_nobody_leaves_before_they_moved_or_tomorrow(
    run: Run, here: str, workbook: Workbook
) -> None:
    """What ended in a constraint is a finding with its cell, in the dry run as in the run."""
    does(run, "member", "transfer", TWO, "--to", "S2", "--on", "2023-06-01", "--accepted")
    rows = [HEADINGS, [*member(TWO, 所在团支部="S2"), date(2023, 3, 1), "自愿退团"]]
    new = [*member(20, 入团时间=date(2020, 5, 4)), date(2025, 1, 1), "自愿退团"]
    book = workbook("roster.xlsx", 团员=[*rows, new])
    for options in (("--dry-run",), ()):
        ran = run("import", book, *options)
        assert ran.code == 1
        assert "error day-before-membership roster.xlsx!团员!G2" in ran.err
        assert "error day-ahead roster.xlsx!团员!G3" in ran.err


# -- a constraint that speaks ----------------------------------------------------------------------


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_constraint_names_the_row_that_was_being_written(here: str, dry_run: bool) -> None:
    """Three numbers are written together, and one cannot be: it is named as by a finding."""
    request = Request(
        locate(here), "tester", "2024-01-15T00:00:00Z", date(2024, 1, 15), "test", dry_run
    )
    bad = "202365000003"

    def plan(change_set: ChangeSet) -> None:
        for last in (2, 3, 4):
            number = change_set.snapshot.find(Number, f"20236500000{last}")
            assert number is not None
            reason = None if number.number == bad else "填坏"
            change_set.put(number, replace(number, state="void", reason=reason))

    keys = Keys(numbers={f"20236500000{last}" for last in (2, 3, 4)})
    outcome = work.run(request, keys, plan)
    (finding,) = outcome.findings
    assert (finding.code, finding.facts["noun"], finding.facts["key"]) == (
        "constraint-broken", "number", bad,
    )  # fmt: skip
    assert "void_says_why" in finding.facts["constraint"]
    assert outcome.operation is None


def test_a_constraint_names_the_row_of_the_sheet(
    run: Run, here: str, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule is left out, and of three rows the database refuses the last: it is told in the place
    of that row, as a rule would tell it, also by a dry run."""
    monkeypatch.setattr("leaguectl.kinds.transfers._judge_pending", lambda *_: None)
    name, number, *_ = member(1)
    other, others, *_ = member(2)
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间"]
    rows = [[other, others, "S1", "T1", "2023-06-01"], [name, number, "S1", "T1", "2023-06-01"],
            [name, number, "S1", "S2", "2023-07-01"]]  # fmt: skip
    book = workbook("转接.xlsx", 转接=[headings, *rows])
    for options in (["--dry-run"], []):
        ran = run("import", book, *options, "-O", "json")
        (finding,) = json.loads(ran.out)["findings"]
        assert (ran.code, finding["code"], finding["row"]) == (3, "constraint-broken", 4)


def test_a_constraint_names_the_organisation_of_a_row_that_has_no_person(
    run: Run, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule is left out, and the database refuses the quota of an organisation."""
    monkeypatch.setattr("leaguectl.kinds.quotas._judge_places", lambda *_: None)
    ran = run("quota", "set", "2024", "T", "0", "--first", "202465000031")
    assert ran.code == 3
    assert " (白桦镇团委): " in ran.err


def test_whoever_was_admitted_is_not_admitted_again(
    run: Run, db: object, workbook: Workbook
) -> None:
    """One admission is recorded of a person; who left is restored."""
    county(run, workbook)
    leaves(run, ADMITTED)
    row = admission(1, 发展团员编号=None, 团员证编号=None, **LATER)
    ran = run("admit", workbook("again.xlsx", 发展团员=[ADMISSION_HEADINGS, row]))
    assert (ran.code, "error one-person" in ran.err) == (3, True)


def test_a_post_is_still_for_a_former_member_who_resigned(
    run: Run, db: object, workbook: Workbook
) -> None:
    """Officials need not be members; only the dead and the expelled are refused."""
    county(run, workbook)
    leaves(run, ONE)
    does(run, "post", "appoint", "S1", "书记", "--name", "团员一", "--from", "2023-12-01")


def test_a_home_that_a_sheet_tells_needs_a_place_as_well(
    run: Run, here: str, workbook: Workbook
) -> None:
    """A second joining, in a year whose plan we hold, through the sheet of homes."""
    leaves(run, TWO, "--reason-kind", "resigned")
    name, id_number_, *_ = member(TWO)
    headings = ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间"]
    row = [name, id_number_, "T1", "登记在册", date(2023, 12, 10)]
    for options in ((), ("--valid-only",)):
        ran = run("import", workbook("homes.xlsx", 团籍经历=[headings, row]), *options)
        assert ran.code == 1
        assert "error number-year homes.xlsx!团籍经历!B2" in ran.err
        assert "nothing was written" in ran.err


# -- organisations that are there -----------------------------------------------------------------

MOVES = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "转接状态", "入团时间"]
TREE = ["团组织编码", "团组织全称", "上级组织", "组织类型", "成立日期", "撤销日期"]
CLASS = ["S2", "云杉县第一中学高一（2）班团支部", "S", "团支部"]
WHO = member(TWO)[:2]


def sheet(headings: list[str], *cells: Any, options: tuple[str, ...] = ()) -> Door:
    """A sheet of one row."""
    return lambda run, workbook: run(
        "import", workbook("door.xlsx", 表=[headings, [*cells]]), *options
    )


HOMELESS: dict[str, tuple[Door, str]] = {
    "a request to a committee": (
        command("member", "transfer", TWO, "--to", "T", "--on", "2023-12-01"), "home-is-branch"
    ),
    "a row that asks for one": (
        sheet(MOVES, *WHO, "S1", "T", date(2023, 12, 1), "待接收", None), "home-is-branch"
    ),
    "a row that was accepted there": (
        sheet(MOVES, *WHO, "S1", "T", date(2023, 12, 1), "已接收", None), "home-is-branch"
    ),
    "a member admitted elsewhere": (
        command("member", "transfer", ADMITTED, "--to", "S", "--accepted", "--on", "2023-12-01"),
        "home-is-branch",
    ),
    "an admission by a committee": (
        candidates("admit", TWO, 所在团支部="云杉县第一中学团委", **LATER), "admitted-by-branch"
    ),
    "a branch of members made a committee": (
        sheet(TREE, "S1", "云杉县第一中学高一（1）班团支部", "S", "团总支", None, None,
              options=("--reason", "升格")), "committee-has-members"
    ),
    "a request to a closed branch": (
        sheet(MOVES, *WHO, "S1", "S2", date(2023, 7, 1), "待接收", None), "organization-dissolved"
    ),
    "a request to a branch not yet founded": (
        sheet(MOVES, *WHO, "S1", "N1", date(2023, 7, 1), "待接收", None), "organization-not-yet"
    ),
    "a move to a branch not yet founded": (
        sheet(MOVES, *WHO, "S1", "N1", date(2023, 7, 1), "已接收", None), "organization-not-yet"
    ),
    "a roster of a branch not yet founded": (
        sheet(MEMBER_HEADINGS, *member(TWO, 所在团支部="N1"), options=("--on", "2023-07-01")),
        "organization-not-yet",
    ),
    "a roster of a branch after its end": (
        sheet(MEMBER_HEADINGS, *member(TWO, 所在团支部="S2"), options=("--on", "2023-10-01")),
        "organization-dissolved",
    ),
    "a leaving from a branch after its end": (
        sheet(HEADINGS, *member(8, 所在团支部="S2", 入团时间="2020-05-04", 发展团员编号=None),
              date(2023, 10, 1), "自愿退团"), "member-has-home"
    ),
    "an end before somebody left": (
        command("org", "close", "S3", "--members-to", "S1", "--on", "2023-10-01"),
        "member-has-home",
    ),
    "a sheet that ends it before": (
        sheet(TREE, "S3", "云杉县第一中学高三（1）班团支部", "S", "毕业班团支部", None,
              date(2023, 10, 1)), "member-has-home"
    ),
    "an end on the day of an admission": (
        command("org", "close", "S1", "--members-to", "T1", "--on", "2023-04-10"),
        "organization-acts-later",
    ),
    "a transfer before the joining": (
        sheet(MOVES, "韩外来", id_number(9, "20060301"), "乙县", "S1", date(2023, 11, 1), "已接收",
              date(2023, 12, 1)), "joined-after-move"
    ),
    "a request of a member from elsewhere": (
        sheet(MOVES, *WHO, "乙县", "T1", date(2023, 11, 1), "待接收", None), "member-now"
    ),
    "a request of somebody who died": (
        sheet(MOVES, *member(THREE, 所在团支部="S3")[:2], "乙县", "T1", date(2023, 11, 1), "待接收",
              None), "dead-stay-dead"
    ),
}  # fmt: skip
"""What would put somebody where no member can be, by the door; and what refuses it."""


@pytest.mark.parametrize("door", HOMELESS)
def test_nobody_belongs_where_no_member_can_be(
    run: Run, db: object, workbook: Workbook, door: str
) -> None:
    """A member belongs to a branch, and to it only while it exists, whichever door says where."""

    def made() -> None:
        county(run, workbook)
        does(run, "org", "add", "新村团支部", "--type", "团支部", "--parent", "T", "--code", "N1",
             "--on", "2023-09-01")  # fmt: skip
        does(run, "org", "close", "S2", "--on", "2023-09-01")
        leaves(run, THREE, "--reason-kind", "deceased")

    made_once("organisations that begin and end", made)
    before = run("log", "-O", "json").out
    opens, code = HOMELESS[door]
    ran = opens(run, workbook)
    assert ran.code in (1, 3), (ran.out, ran.err)
    assert f"error {code} " in ran.err
    assert run("log", "-O", "json").out == before


def test_an_older_roster_of_a_closed_branch_ends_with_it(
    run: Run, db: object, workbook: Workbook
) -> None:
    """Whom later rosters have elsewhere left a branch by the day on which it was closed."""
    county(run, workbook)
    does(run, "org", "close", "S2", "--on", "2023-09-01")
    older = sheet(MEMBER_HEADINGS, *member(TWO, 所在团支部="S2"), options=("--on", "2023-05-01"))
    assert older(run, workbook).code == 0
    assert run("check").code == 0
    homes = shown(run, TWO)["history"]["memberships"]
    assert [(home["code"], home["left"]) for home in homes] == [("S2", "2023-09-01"), ("S1", None)]


def test_requests_go_on_with_a_closed_branch(run: Run, db: object, workbook: Workbook) -> None:
    """Who asked to come to it comes to the branch that takes its members over."""
    county(run, workbook)
    does(run, "member", "transfer", OLD, "--to", "S1", "--on", "2023-07-01")
    assert run("org", "close", "S1", "--members-to", "T1", "--on", "2023-09-01").code == 3
    does(run, "org", "close", "S1", "--members-to", "S2", "--on", "2023-09-01")
    does(run, "transfer", "accept", 1, "--on", "2023-09-02")


def test_the_type_of_a_branch_is_asked_on_the_day_of_its_meeting(
    run: Run, db: object, workbook: Workbook
) -> None:
    """A branch that admitted, was emptied and made a general branch later: its past stays right."""
    county(run, workbook)
    for who in (ONE, TWO, ADMITTED):
        does(run, "member", "transfer", who, "--to", "S2", "--accepted", "--on", "2023-09-01")
    row = ["S1", "云杉县第一中学高一（1）班团支部", "S", "团总支", None, None]
    assert sheet(TREE, *row, options=("--reason", "升格"))(run, workbook).code == 0
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        ("2020-05-14", None),
        ("2020-06", None),
        ("2022-05-04", "number-year"),
        ("2004-05-04", "joined-before-birth"),
        ("2099-05-04", "joined-in-future"),
    ],
)
def test_a_day_of_joining_is_corrected_with_a_reason(
    run: Run, db: object, workbook: Workbook, day: str, refusal: str | None
) -> None:
    """Without one it contradicts the registry; with one the rules of joining judge it."""
    made_once("one county", lambda: county(run, workbook))
    row = member(TWO, 入团时间=day)
    without = [*row[:4], None, None]  # the number that is stored is judged as well
    assert "error joined-differs" in sheet(MEMBER_HEADINGS, *row)(run, workbook).err
    ran = sheet(MEMBER_HEADINGS, *without, options=("--reason", "查证"))(run, workbook)
    assert (ran.code == 0, f"error {refusal}" in ran.err) == (refusal is None, refusal is not None)
    assert (shown(run, TWO)["joined"] == day) == (refusal is None)
    assert run("check").code == 0


def test_a_known_name_elsewhere_is_told(run: Run, db: object, workbook: Workbook) -> None:
    """A row without a code may mean a branch that has moved; one of another day does not."""
    made_once("one county", lambda: county(run, workbook))
    rows = [["团组织全称", "上级组织", "组织类型"], ["桥头村团支部", "S", "团支部"]]
    ran = run("import", workbook("tree.xlsx", 表=rows), "--dry-run")
    assert "warning organization-namesake tree.xlsx!表!A2" in ran.err
    assert "T1" in ran.err
