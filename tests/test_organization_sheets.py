"""Sheets of organisations: a contradiction is a finding, another parent a move, an end a closing,
and a name that has become free is borne again. The commands do the same."""

import json
from typing import Any

import pytest

from conftest import Ran, Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from lives import ADMITTED, ONE, TWO, Workbook, does, figures, refused, shown
from test_journal import rows

REASON = ("--reason", "与批复核对")
HEADINGS = [*ORGANIZATIONS[0], "书记应配", "成立日期", "撤销日期", "换届时间"]
KNOWN = {
    "T1": dict(zip(HEADINGS, [
        "T1", "桥头村团支部", "T", "团支部", "社会", "农村", 1, "2010-05-04", None, "2022-05-04",
    ], strict=True)),
    "S2": dict(zip(HEADINGS, [
        "S2", "云杉县第一中学高一（2）班团支部", "S", "团支部", "学校", "普通高中", 1, "2022-09-01",
        None, None,
    ], strict=True)),
}  # fmt: skip


@pytest.fixture
def here(run: Run, here: str, workbook: Workbook) -> str:
    """The small county, on either database, with all that a sheet says of two branches."""
    for code in KNOWN:
        ran = run("import", sheet(run, workbook, code))
        assert ran.code == 0, ran.err
    return here


def sheet(run: Run, workbook: Workbook, code: str, **changes: Any) -> Any:
    """A sheet with one organisation, some cells otherwise."""
    card = answer_of(run, "org", "show", code)["organization"]
    known = {**KNOWN[code], "团组织全称": card["name"], "上级组织": card["parent"], **changes}
    return workbook("tree.xlsx", 团组织=[HEADINGS, [known[name] for name in HEADINGS]])


def new(workbook: Workbook, *values: Any) -> Any:
    """A sheet with a new organisation: code, name, parent, type, founded."""
    headings = ["团组织编码", "团组织全称", "上级组织", "组织类型", "成立日期"]
    return workbook("new.xlsx", 团组织=[headings, values])


def found(ran: Ran) -> list[tuple[str, str, str]]:
    """Level, code and field of all that was found."""
    findings = json.loads(ran.out)["findings"]
    return [(item["level"], item["code"], item["field"]) for item in findings]


CONTRADICTIONS = {
    "type": {"组织类型": "毕业班团支部"},
    "domain": {"领域": "学校"},
    "sector": {"行业类别": "城市社区"},
    "secretary_seats": {"书记应配": 9},
    "founded": {"成立日期": "2023-09-01"},
    "elected": {"换届时间": "2020-05-04"},
}


DATED = ("type", "domain", "sector", "secretary_seats")


@pytest.mark.parametrize("field", CONTRADICTIONS)
def test_a_contradiction_is_a_finding_and_with_a_reason_a_correction(
    run: Run, here: str, workbook: Workbook, field: str
) -> None:
    """Nothing is overwritten without a word; undo gives it back."""
    book = sheet(run, workbook, "T1", **CONTRADICTIONS[field])
    before = rows(here)
    for dry in ((), ("--dry-run",)):
        ran = run("import", book, "-O", "json", *dry)
        assert (ran.code, found(ran)) == (1, [("error", "stored-differs", field)])
        assert rows(here) == before
    ran = run("import", book, "-O", "json", *REASON)
    # With a reason and without --correct, what stands under figures of a day changes on this day.
    code = "value-changed" if field in DATED else "stored-differs"
    assert (ran.code, found(ran)) == (0, [("warning", code, field)])
    assert run("undo", "-y", str(json.loads(ran.out)["operation"])).code == 0
    assert rows(here) == before


def test_the_next_election_contradicts_nothing(run: Run, here: str, workbook: Workbook) -> None:
    """Its day is newer than the one before."""
    assert run("import", sheet(run, workbook, "T1", 换届时间="2023-12-01")).code == 0


def test_another_parent_is_a_move_of_today(
    run: Run, here: str, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parent before keeps it for all earlier days; an older sheet does not take it back, but
    one of a later day; the same file twice changes nothing."""
    old = figures(run, "T")
    book = sheet(run, workbook, "T1", 上级组织="S")
    ran = run("import", book, "-O", "json")
    assert (ran.code, found(ran)) == (0, [("warning", "organization-moves", "parent")])
    assert figures(run, "T") == old
    card = answer_of(run, "org", "show", "T1")["organization"]
    events = [(event["event"], event["day"]) for event in card["history"]]
    assert (card["parent"], events) == ("S", [("moved", "2024-01-15")])
    after = rows(here)
    assert run("import", book).code == 0
    assert "organization-moved-on" in run("import", sheet(run, workbook, "T1", 上级组织="T")).err
    assert rows(here) == after
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-03-01")
    back = sheet(run, workbook, "T1", 上级组织="T")
    for day, parent in (("2024-01-15", "S"), ("2024-02-01", "T")):
        assert run("import", back, "--on", day).code == 0
        assert answer_of(run, "org", "show", "T1")["organization"]["parent"] == parent
    refused_row = run("import", sheet(run, workbook, "T1", 上级组织="S1"), "-O", "json")
    assert found(refused_row) == [("error", "parent-is-branch", "parent")]


@pytest.mark.parametrize("door", ["option", "title"])
def test_another_parent_in_a_sheet_of_a_day_is_a_move_on_that_day(
    run: Run, here: str, workbook: Workbook, door: str
) -> None:
    """As ``org move`` of that day, and refused where that is: the figures change from then on."""

    def moved(parent: str, day: str) -> list[tuple[str, str, str]]:
        known = {**KNOWN["T1"], "上级组织": parent}
        rows = [HEADINGS, [known[name] for name in HEADINGS]]
        titled = [[f"团组织名册（截至{day}）"], *rows] if door == "title" else rows
        options = () if door == "title" else ("--on", day)
        return found(run("import", workbook("tree.xlsx", 团组织=titled), "-O", "json", *options))

    first = ("--type", "团委", "--parent", "C", "--code", "N", "--on", "2023-10-01")
    does(run, "org", "add", "新镇团委", *first)
    before = rows(here)
    done = does(run, "org", "move", "T1", "--to", "S", "--on", "2023-06-01")
    by_command = rows(here)["OrganizationEvent"][-1][1:6]
    does(run, "undo", done["operation"])
    assert moved("N", "2023-06-01") == [
        ("error", "organization-not-yet", "parent"), ("warning", "organization-moves", "parent"),
    ]  # fmt: skip
    assert moved("S", "2010-01-01") == [
        ("error", "organization-not-yet", "parent"), ("warning", "organization-moves", "parent"),
    ]  # fmt: skip
    assert rows(here) == before
    assert moved("S", "2023-06-01") == [("warning", "organization-moves", "parent")]
    assert rows(here)["OrganizationEvent"][-1][1:6] == by_command
    members = [
        answer_of(run, "stats", "2023", "--org", "T", "--as-of", day)["figures"]["members.total"]
        for day in ("2023-05-31", "2023-06-01")
    ]
    assert [figure["value"] for figure in members] == [1, 0]
    assert ("error", "organization-changed-later", "parent") in moved("C", "2023-03-01")
    assert moved("S", "2023-12-01") == []
    assert moved("N", "2023-12-01") == [("warning", "organization-moves", "parent")]
    assert run("check").code == 0


def test_an_end_is_a_closing_as_by_command(run: Run, here: str, workbook: Workbook) -> None:
    """Refused with members inside; else posts end with it and the event is kept."""
    book = sheet(run, workbook, "T1", 撤销日期="2023-12-01")
    ran = run("import", book, "-O", "json", *REASON)
    assert (ran.code, found(ran)) == (1, [("error", "organization-has-members", "dissolved")])
    assert run("check").code == 0
    assert (
        run("member", "transfer", "4", "--to", "S1", "--on", "2023-06-01", "--accepted").code == 0
    )
    headings = ["姓名", "团组织", "团内职务", "任职时间"]
    post = [headings, ["外来人", "T1", "书记", "2022-01-01"]]
    assert run("import", workbook("posts.xlsx", 团干部=post)).code == 0
    late = run("import", sheet(run, workbook, "T1", 撤销日期="2024-02-01"), "-O", "json")
    assert found(late) == [("error", "day-ahead", "dissolved")]
    before = rows(here)
    ran = run("import", sheet(run, workbook, "T1", 撤销日期="2023-12-01"), "-O", "json")
    assert ran.code == 0, ran.out
    assert str(rows(here)["Post"][0][7])[:10] == "2023-12-01"
    card = answer_of(run, "org", "show", "T1")["organization"]
    assert [event["event"] for event in card["history"]] == ["closed"]
    assert run("check").code == 0
    assert run("undo", "-y", str(json.loads(ran.out)["operation"])).code == 0
    assert rows(here) == before


def test_a_closing_hands_unused_places_back_first(run: Run, here: str, workbook: Workbook) -> None:
    """And whatever lies below is closed before, however the sheet names it."""
    row = ["白桦镇团委", "C", "团委", "2023-12-01"]
    book = workbook("end.xlsx", 团组织=[["团组织全称", "上级组织", "组织类型", "撤销日期"], row])
    ran = run("import", book, "-O", "json")
    assert {code for _, code, _ in found(ran)} == {
        "organization-has-below", "organization-has-places",
    }  # fmt: skip


@pytest.mark.parametrize("door", ["code", "sheet", "org add"])
@pytest.mark.parametrize("freed", ["renamed", "dissolved"])
def test_a_name_that_became_free_is_borne_again(
    run: Run, here: str, workbook: Workbook, door: str, freed: str
) -> None:
    """By a row with a code or without one, and by command; the one before stays what it was."""
    name = KNOWN["S2"]["团组织全称"]
    if freed == "renamed":
        does(run, "org", "rename", "S2", "云杉县第一中学高二（2）班团支部", "--on", "2023-09-01")
    else:
        does(run, "org", "close", "-y", "S2", "--on", "2023-09-01")
    old = [row for row in rows(here)["Organization"] if row[0] == "S2"]
    if door == "org add":
        options = ("--type", "团支部", "--parent", "S", "--on", "2023-09-01")
        ran = run("org", "add", name, *options)
    else:
        code = "S9" if door == "code" else None
        ran = run("import", new(workbook, code, name, "S", "团支部", "2023-09-01"))
    assert ran.code == 0, ran.err
    organizations = rows(here)["Organization"]
    assert [row for row in organizations if row[0] == "S2"] == old
    assert len([row for row in organizations if row[1] == name]) == (2 if freed != "renamed" else 1)
    after = rows(here)
    # The sheet of old, without codes, means the old one by its day of founding.
    assert run("import", new(workbook, None, name, "S", "团支部", "2022-09-01")).code == 0
    assert rows(here) == after
    row = member(9, 所在团支部=name)
    assert run("import", workbook("m.xlsx", 团员=[MEMBER_HEADINGS, row])).code == 0
    assert shown(run, ADMITTED + 1)["code"] != "S2"


def test_an_old_roster_under_a_name_that_was_passed_on_moves_nobody(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Nor do the sheets of admissions, activities and posts of the time."""
    first = "云杉县第一中学高一（1）班团支部"
    spring = [MEMBER_HEADINGS, member(ONE, 所在团支部=first), member(TWO, 所在团支部=first)]
    activity = [["活动名称", "活动类别", "活动日期", "主办团组织", "参与人次"],
                ["主题团日", "主题团日", "2023-04-01", first, 12]]  # fmt: skip
    post = [["姓名", "团组织", "团内职务", "任职时间"], ["外来人", first, "书记", "2022-09-01"]]
    book = workbook("spring.xlsx", 团员=spring, 活动=activity, 团干部=post)
    assert run("import", book).code == 0
    does(run, "org", "rename", "S1", "云杉县第一中学高二（1）班团支部", "--on", "2023-09-01")
    does(run, "org", "rename", "S2", first, "--on", "2023-09-01")
    before = rows(here)
    ran = run("import", book)
    assert (ran.code, rows(here)) == (0, before), ran.err
    assert "organization-renamed" in ran.err
    new_roster = [MEMBER_HEADINGS, member(9, 所在团支部=first)]
    assert run("import", workbook("autumn.xlsx", 团员=new_roster)).code == 0
    assert shown(run, ADMITTED + 1)["code"] == "S2"
    refused(run("org", "rename", "S1", first, "--on", "2023-10-01"), "organization-other-code")


def test_a_roster_of_a_day_means_the_branch_that_was_there_then(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Of a closed branch and the one that bears its name since, also for those who were in both."""
    name = KNOWN["S2"]["团组织全称"]
    does(run, "member", "transfer", TWO, "--to", "S2", "--on", "2023-03-01", "--accepted")
    does(run, "org", "close", "-y", "S2", "--members-to", "S1", "--on", "2023-06-01")
    founded = ("--code", "S9", "--type", "团支部", "--parent", "S", "--on", "2023-09-01")
    does(run, "org", "add", name, *founded)
    roster = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(TWO, 所在团支部=name)])
    for day, home in (("2023-05-04", "S1"), ("2023-10-10", "S9"), ("2023-05-04", "S9")):
        assert run("import", roster, "--on", day).code == 0
        assert shown(run, TWO)["code"] == home


@pytest.mark.parametrize("name", ["=cmd", "待定"])
def test_what_is_no_name_of_an_organization_is_none_at_any_door(
    run: Run, here: str, workbook: Workbook, name: str
) -> None:
    """A formula, or what stands for a name: by command, sheet, event and with whoever is made."""
    before = rows(here)
    cell = f"'{name}" if name[0] == "=" else name
    events = [["变动组织", "变动事项", "变动日期", "变动前", "变动后"],
              ["S2", "更名", "2023-09-01", "云杉县第一中学高一（2）班团支部", cell]]  # fmt: skip
    roster = [["姓名", "身份证号", "学校", "班级"], [*member(1)[:2], "云杉县第一中学团委", cell]]
    for arguments in (
        ("org", "add", name, "--type", "团支部", "--parent", "S"),
        ("org", "rename", "S2", name),
        ("org", "alias", "S2", name),
        ("import", new(workbook, None, cell, "S", "团支部", "2023-09-01")),
        ("import", workbook("events.xlsx", 组织沿革=events)),
    ):
        ran = run(*arguments)
        assert ran.code in (1, 2, 3), arguments
        assert f"“{name}” is not the name of an organisation" in ran.err, arguments
    book = workbook("roster.xlsx", 团员=roster)
    assert run("import", "--create-organizations", book).code == 1
    assert rows(here) == before
    # What was stored before that was refused, and corrected since, can be carried over.
    events[1][3:] = [cell, events[1][3]]
    former = run("import", "--dry-run", workbook("former.xlsx", 组织沿革=events))
    assert former.code == (0 if name[0] == "=" else 1), former.err
