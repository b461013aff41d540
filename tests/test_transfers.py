"""Transfers: asked for, accepted, refused, lapsed; within the county a move, to outside an end."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import Ran, Run, answer_of, taken
from county import MEMBER_HEADINGS, id_number, member
from lives import ADMITTED, OLD, ONE, THREE, TWO, Workbook, does, figures, refused, shown
from test_journal import rows


def test_a_transfer_within_the_county_moves_when_it_is_accepted(run: Run, here: str) -> None:
    """Pending, the member stays; accepted, one membership ends and the next begins that day."""
    asked = does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20")
    assert asked["schema"] == "leaguectl/member transfer@1"
    assert [(row["id"], row["state"]) for row in asked["rows"]] == [(1, "pending")]
    assert shown(run, ONE)["code"] == "S1"
    done = does(run, "transfer", "accept", 1, "--on", "2023-09-05")
    assert (done["operation"], done["rows"][0]["to"]) == (3, "桥头村团支部")
    card = shown(run, ONE)
    assert (card["code"], card["joined"], card["left"]) == ("T1", "2020-05-04", None)
    county_wide, school, town = (figures(run, org) for org in ("C", "S", "T"))
    assert (school["members.transferred_out"], town["members.transferred_in"]) == (1, 1)
    assert county_wide["members.transferred_in"] == county_wide["members.transferred_out"] == 0
    tree = answer_of(run, "org", "tree", "--as-of", "2023-09-04")
    members = {
        organization["code"]: organization["members"] for organization in tree["organizations"]
    }
    assert (members["S1"], members["T1"]) == (3, 1)


def test_a_transfer_is_known_by_its_number_or_by_whose_it_is(run: Run, here: str) -> None:
    """An ID number is all digits, too, and no number of a transfer is as long."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20")
    who = str(member(ONE)[1])
    assert who.isdigit()
    does(run, "transfer", "accept", who, "--on", "2023-09-05")
    assert shown(run, ONE)["code"] == "T1"
    assert run("transfer", "accept", "9" * 30).code == 4


def test_an_accepted_transfer_to_outside_ends_the_membership(run: Run, here: str) -> None:
    """The day of acceptance is the first without membership; she left by transfer."""
    does(run, "member", "transfer", TWO, "--to-outside", "青松市某大学", "--on", "2023-08-20")
    does(run, "transfer", "accept", 1, "--on", "2023-09-10")
    card = shown(run, TWO)
    assert (card["left"], card["leaving_reason"]) == ("2023-09-10", "transferred")
    assert figures(run)["members.transferred_out"] == 1
    back = ("member", "transfer", TWO, "--from-outside", "青松市某大学", "--to", "T1")
    does(run, *back, "--on", "2024-01-10")
    card = shown(run, TWO)
    assert (card["code"], card["joined"], card["left"]) == ("T1", "2020-05-04", None)
    assert figures(run, year=2024)["members.transferred_in"] == 1


def test_a_refused_transfer_changes_no_membership(run: Run, here: str) -> None:
    """It needs a reason, and another may be asked for afterwards."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20")
    assert run("transfer", "refuse", "1").code == 2
    done = does(run, "transfer", "refuse", 1, "--on", "2023-08-25", "--reason", "无团组织")
    assert done["rows"][0]["state"] == "refused"
    assert shown(run, ONE)["code"] == "S1"
    does(run, "member", "transfer", ONE, "--to", "S2", "--on", "2023-09-01", "--accepted")
    assert shown(run, ONE)["code"] == "S2"
    listed = answer_of(run, "transfer", "list")["rows"]
    assert [(row["state"], row["reason"]) for row in listed] == [
        ("refused", "无团组织"), ("accepted", None),
    ]  # fmt: skip


def test_what_cannot_be_transferred_is_refused_with_every_reason(run: Run, here: str) -> None:
    """Nothing is written, and all reasons are reported at once."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20")
    before = rows(here)
    twice = run("member", "transfer", str(ONE), "--to", "S1", "--on", "2024-02-01")
    refused(twice, "transfer-pending", "transfer-nowhere", "day-ahead")
    early = run("member", "transfer", str(TWO), "--to", "T1", "--on", "2019-01-01")
    refused(early, "day-before-membership")
    refused(run("transfer", "accept", "1", "--on", "2023-08-19"), "transfer-before-request")
    refused(run("transfer", "accept", "1", "7"), "transfer-not-found")
    here_already = ("--from-outside", "外县", "--to", "T1")
    refused(run("member", "transfer", str(TWO), *here_already), "member-now")
    for wrong in ((), ("--to", "T1", "--to-outside", "外县"), ("--from-outside", "外县")):
        assert run("member", "transfer", str(TWO), *wrong).code == 2
    assert run("member", "transfer", "没有的人", "--to", "T1").code == 4
    assert run("member", "transfer", str(TWO), "--to", "没有的组织").code == 4
    assert rows(here) == before


def test_settled_once_is_settled(run: Run, here: str) -> None:
    """An accepted transfer is neither accepted again nor refused."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20", "--accepted")
    refused(run("transfer", "accept", "1"), "transfer-settled")
    refused(run("transfer", "refuse", "1", "--reason", "x"), "transfer-settled")


def test_a_season_s_graduates_are_asked_for_at_once(run: Run, here: str) -> None:
    """Only those of graduating branches; an existing transfer stays; late ones are reported."""
    command = ("transfer", "graduates", "S", "--to-outside", "录取学校")
    preview = does(run, *command, "--on", "2023-06-20", "--dry-run")
    assert (preview["operation"], len(preview["rows"])) == (None, 1)
    done = does(run, *command, "--on", "2023-06-20")
    assert [row["name"] for row in done["rows"]] == [member(THREE)[0]]
    assert done["findings"] == []
    again = run(*command, "--on", "2023-07-20", "-O", "json")
    assert again.code == 0
    assert [finding["code"] for finding in json.loads(again.out)["findings"]] == [
        "transfer-under-way"
    ]
    (listed,) = answer_of(run, "transfer", "list", "--overdue")["rows"]
    assert listed["due_by"] == "2023-11-30"
    assert answer_of(run, "transfer", "list", "--org", "T")["rows"] == []


def test_late_graduates_are_reported(run: Run, here: str) -> None:
    """The season begins by 30 June."""
    ran = run("transfer", "graduates", "S3", "--to", "T1", "--on", "2023-07-01", "-O", "json")
    assert [finding["code"] for finding in json.loads(ran.out)["findings"]] == ["transfer-late"]


def test_an_unhandled_request_to_outside_lapses_after_ten_days(run: Run, here: str) -> None:
    """Not before, and never one within the county."""
    does(run, "member", "transfer", ONE, "--to-outside", "外省某县", "--on", "2023-08-20")
    does(run, "member", "transfer", TWO, "--to", "T1", "--on", "2023-08-20")
    refused(run("transfer", "lapse", "1", "--on", "2023-08-30"), "transfer-not-lapsed")
    refused(run("transfer", "lapse", "2", "--on", "2023-09-30"), "transfer-within")
    done = does(run, "transfer", "lapse", 1, "--on", "2023-08-31")
    assert done["rows"][0]["state"] == "lapsed"
    assert shown(run, ONE)["left"] is None


def test_a_transfer_is_undone(run: Run, here: str) -> None:
    """The operation's inverse puts both memberships and the transfer back."""
    before = rows(here)
    command = ("member", "transfer", ADMITTED, "--to", "T1", "--on", "2023-08-20", "--accepted")
    does(run, *command, "--dry-run")
    assert rows(here) == before
    does(run, *command)
    assert run("undo", "2").code == 0
    assert rows(here) == before


def test_an_old_roster_does_not_take_a_move_back(run: Run, here: str, workbook: Workbook) -> None:
    """The sheets that were read before change nothing after a move, and say so."""
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-08-20", "--accepted")
    does(run, "member", "transfer", ADMITTED, "--to", "T1", "--on", "2023-08-20", "--accepted")
    before = rows(here)
    again = run("import", Path(workbook("again.xlsx", 团员=[MEMBER_HEADINGS, member(ONE)])))
    assert (again.code, rows(here)) == (0, before)
    assert "member-moved-on" in again.err


def test_a_class_that_moved_on_together_is_reported_once(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Of a class's old list there is one warning with its rows, not one for each of them."""
    for person in (ONE, TWO):
        does(run, "member", "transfer", person, "--to", "T1", "--on", "2023-08-20", "--accepted")
    book = workbook("again.xlsx", 团员=[MEMBER_HEADINGS, member(ONE), member(TWO)])
    (found,) = taken(run, Path(book))["findings"]
    assert (found["code"], found["row"]) == ("member-moved-on", 2)
    assert "2, 3" in found["message"]


def test_a_roster_that_corrects_a_home_says_so(run: Run, here: str, workbook: Workbook) -> None:
    """With ``--correct`` it was so all along; that changes the past, so it needs a reason."""
    book = workbook("new.xlsx", 团员=[MEMBER_HEADINGS, member(ONE, 所在团支部="T1")])
    assert run("import", book, "--correct").code == 2
    ran = run("import", book, "--correct", "--reason", "登记时写错班级")
    assert ran.code == 0
    assert "home-corrected" in ran.err
    assert shown(run, ONE)["code"] == "T1"
    assert figures(run, "S")["members.opening"] == 2


def test_the_answer_is_in_the_reader_s_language(run: Run, here: str) -> None:
    """Chinese words for states and reasons, on both streams."""
    ran = run("--lang", "zh", "member", "transfer", str(ONE), "--to", "T1", "--on", "2023-08-20")
    assert (ran.code, "待接收" in ran.out, "操作号 2" in ran.err) == (0, True, True)
    again = run("--lang", "zh", "member", "transfer", str(ONE), "--to", "T1")
    assert "转接 1 自 2023-08-20 起正在办理" in again.err


HEADINGS = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "办结时间"]
PAPER = date(2023, 5, 1)
VILLAGER = member(OLD, 所在团支部="T1", 身份证号=id_number(OLD, "19951120"),
                  入团时间="2012-05-04", 发展团员编号=None)  # fmt: skip
OUTSIDE = ("member", "transfer", ONE, "--to-outside", "外县", "--on")


Door = Callable[..., Ran]


def by_command(run: Run, workbook: Workbook, *options: str) -> Ran:
    """The paper is recorded by a command."""
    going = ("--to", "T1", "--on", "2023-05-01", "--accepted")
    return run("member", "transfer", str(ONE), *going, *options)


def by_request(run: Run, workbook: Workbook, *options: str) -> Ran:
    """A list has the request, which is accepted as of that day."""
    row = [*member(ONE)[:2], "S1", "T1", PAPER, None]
    assert run("import", workbook("asked.xlsx", 转接=[HEADINGS, row])).code == 0
    return run("transfer", "accept", "1", "--on", "2023-05-01", *options)


def by_list(run: Run, workbook: Workbook, *options: str) -> Ran:
    """The paper is in a list."""
    row = [*member(ONE)[:2], "S1", "T1", PAPER, PAPER]
    return run("import", workbook("list.xlsx", 转接=[HEADINGS, row]), *options)


def by_roster(run: Run, workbook: Workbook, *options: str) -> Ran:
    """A roster of that day has the member in the other branch."""
    rows = [MEMBER_HEADINGS, member(ONE, 所在团支部="T1"), VILLAGER]
    return run("import", workbook("roster.xlsx", 团员=rows), "--on", "2023-05-01", *options)


LATE_DOORS: dict[str, Door] = {
    "command": by_command, "request": by_request, "list": by_list, "roster": by_roster,
}  # fmt: skip


def in_class_and_left(run: Run, workbook: Workbook, reason: str = "resigned") -> None:
    """A roster of the spring has her in the class; on 1 November she left."""
    book = workbook("spring.xlsx", 团员=[MEMBER_HEADINGS, member(ONE), member(TWO), VILLAGER])
    assert run("import", book, "--on", "2023-03-01").code == 0
    does(run, "member", "leave", ONE, "--reason-kind", reason, "--on", "2023-11-01", "-y")


@pytest.mark.parametrize("door", LATE_DOORS)
@pytest.mark.parametrize("reason", ["resigned", "deceased"])
def test_a_transfer_may_be_found_after_they_have_left(
    run: Run, here: str, workbook: Workbook, door: str, reason: str
) -> None:
    """On its day she was a member, so it is history: she left from where it took her."""
    in_class_and_left(run, workbook, reason)
    county = figures(run)
    ran = LATE_DOORS[door](run, workbook)
    assert (ran.code, "members-moved" in ran.err) == (0, door == "roster"), ran.err
    assert figures(run) == county
    school, town = figures(run, "S"), figures(run, "T")
    of_year = ("members.transferred_in", "members.transferred_out", "members.left")
    assert [school[key] for key in of_year] == [0, 1, 0]
    assert [town[key] for key in of_year] == [1, 0, 1]
    assert (shown(run, ONE)["code"], shown(run, ONE)["left"]) == ("T1", "2023-11-01")
    for day, home in (("2023-04-30", "S1"), ("2023-05-01", "T1"), ("2023-10-31", "T1")):
        tree = answer_of(run, "org", "tree", "--as-of", day)["organizations"]
        there = {organization["code"]: organization["members"] for organization in tree}
        assert (there["S1"], there["T1"]) == ((3, 1) if home == "S1" else (2, 2)), day
    assert run("check").code == 0


@pytest.mark.parametrize("door", LATE_DOORS)
def test_of_a_closed_year_a_late_transfer_needs_a_reason(
    run: Run, here: str, workbook: Workbook, door: str
) -> None:
    """As any other late fact that moves what was handed in."""
    in_class_and_left(run, workbook)
    does(run, "year", "close", "2023", "-y")
    ran = LATE_DOORS[door](run, workbook)
    assert (ran.code, "2023 is closed" in ran.err) == (3, True), ran.err
    assert shown(run, ONE)["code"] == "S1"
    assert LATE_DOORS[door](run, workbook, "--reason", "补登").code == 0
    assert shown(run, ONE)["code"] == "T1"


def test_a_list_of_late_transfers_comes_again(run: Run, here: str, workbook: Workbook) -> None:
    """It changes nothing then."""
    in_class_and_left(run, workbook)
    assert by_list(run, workbook).code == 0
    before = rows(here)
    assert (by_list(run, workbook).code, rows(here)) == (0, before)


def test_a_list_may_have_the_newest_first(run: Run, here: str, workbook: Workbook) -> None:
    """Each goes on from where the one before has led, whatever the order of the rows."""
    went = [["S1", "S2", date(2023, 9, 1), date(2023, 9, 2)],
            ["S2", "T1", date(2023, 10, 8), date(2023, 10, 9)]]  # fmt: skip
    listed = [[*member(ONE)[:2], *transfer] for transfer in reversed(went)]
    taken(run, workbook("list.xlsx", 转接=[HEADINGS, *listed]))
    assert shown(run, ONE)["code"] == "T1"
    again = taken(run, workbook("again.xlsx", 转接=[HEADINGS, *reversed(listed)]))
    assert again["totals"]["unchanged"] == 2


def test_who_came_back_since_keeps_the_present_home(run: Run, here: str) -> None:
    """The paper is about the membership before; today's is as it was."""
    away = ("--reason-kind", "resigned", "--on", "2023-11-01", "-y")
    does(run, "member", "leave", ONE, *away)
    does(run, "member", "restore", ONE, "--on", "2023-12-10", "--to", "S2", "--authority", "7号")
    before = rows(here)
    does(run, "member", "transfer", ONE, "--to", "T1", "--on", "2023-05-01", "--accepted")
    assert (shown(run, ONE)["code"], shown(run, ONE)["left"]) == ("S2", None)
    assert figures(run, "T")["members.left"] == 1
    does(run, "undo", 4, "-y")
    assert rows(here) == before


def test_a_late_transfer_that_contradicts_the_leaving_says_what_to_do(
    run: Run, here: str, workbook: Workbook
) -> None:
    """What it advises works as it stands: who has gone to another county left nowhere here, and
    not from where they were no more."""
    listed = workbook("list.xlsx", 转接=[HEADINGS, [*member(ONE)[:2], "S1", "T1", PAPER, PAPER]])
    gone = ("member", "leave", ONE, "--reason-kind", "resigned", "--on", "2023-11-01", "-y")
    for first, then in (
        (gone, (*OUTSIDE, "2023-05-01", "--accepted")),
        ((*OUTSIDE, "2023-11-01", "--accepted"), ("import", listed)),
    ):
        recorded = does(run, *first)["operation"]
        before = rows(here)
        ran = run(*map(str, then))
        assert (ran.code, rows(here)) == (1 if then[0] == "import" else 3, before)
        (advice,) = re.findall("transfer-before-leaving(?:.|\n)+?leaguectl (undo .+);", ran.err)
        assert advice == f"undo {recorded} --rows {member(ONE)[0]}"
        does(run, *advice.split(), "-y")
        done = does(run, *then)["operation"]
        does(run, "undo", done, "-y")


def test_a_request_of_who_has_left_since_cannot_wait(run: Run, here: str) -> None:
    """The command says how to record that it was granted."""
    away = ("--reason-kind", "resigned", "--on", "2023-11-01", "-y")
    does(run, "member", "leave", ONE, *away)
    asked = ("member", "transfer", str(ONE), "--to", "T1", "--on", "2023-05-01")
    refused(run(*asked), "request-of-former")
    refused(run(*asked[:-1], "2023-11-01", "--accepted"), "member-not-now")
    does(run, *asked, "--accepted")


def test_nobody_was_in_a_branch_that_was_closed_before_they_left(
    run: Run, here: str, workbook: Workbook
) -> None:
    """One that was closed after that may have had them, by whatever door."""
    in_class_and_left(run, workbook)
    does(run, "org", "close", "T1", "--members-to", "S2", "--on", "2023-10-01", "-y")
    asked = ("member", "transfer", str(ONE), "--to", "T1", "--on", "2023-05-01", "--accepted")
    refused(run(*asked), "organization-dissolved")
    assert by_list(run, workbook).code == 1
    closed = answer_of(run, "log")["operations"][0]["id"]
    does(run, "undo", closed, "-y")
    does(run, "org", "close", "T1", "--members-to", "S2", "--on", "2023-11-01", "-y")
    does(run, *asked)
