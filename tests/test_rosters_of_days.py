"""A roster says what is so on its day: who moved since, who has come from elsewhere, who is
missing; and rosters of several days say the same in whatever order they are read."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import DATA, Run, answer_of, begin, examples, taken
from county import id_number
from leaguectl.model import DECLARATIONS

Workbook = Callable[..., Path]
HEADINGS = ["姓名", "身份证号", "所在团支部", "入团时间"]
NAMES = ["艾力", "古丽", "李梅", "王强", "阿依", "陈晨"]
TREE = [
    ["团组织编码", "团组织全称", "上级组织", "组织类型", "领域"],
    ["C", "共青团云杉县委员会", None, "团委", None],
    ["S", "共青团云杉县第一中学委员会", "C", "团委", "学校"],
    ["A", "高一（1）班团支部", "S", "团支部", None],
    ["B", "高一（2）班团支部", "S", "团支部", None],
]
KEYS = ("members.opening", "admissions.total", "members.transferred_in", "members.transferred_out",
        "members.left", "members.total", "members.first_entry")  # fmt: skip


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """A school of two classes, and nobody in it."""
    begin(run, workbook, 团组织=TREE)
    return db


@pytest.fixture
def roster(run: Run, workbook: Workbook) -> Callable[..., dict[str, Any]]:
    """Import a roster of a day: ``roster("2023-09-04", A=[1, 2], B=[3])``; the answer."""

    def imported(day: str, *options: str, title: str = "团员花名册", **homes: Any) -> Any:
        rows: list[Sequence[Any]] = [[f"{title}（截至{day}）"], HEADINGS]
        for home, people in homes.items():
            rows += [member(at, home) for at in people]
        ran = run("import", "-O", "json", workbook("roster.xlsx", 团员=rows), *options)
        return {**json.loads(ran.out), "code": ran.code}

    return imported


def member(at: int, home: str, joined: str = "2021-05-04") -> list[Any]:
    """A member's row."""
    return [NAMES[at], id_number(at, "20070301"), home, joined]


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of the findings but for numbers, which nobody here has."""
    found = [finding["code"] for finding in answer["findings"]]
    return [code for code in found if code != "number-missing"]


def figures(run: Run, year: int, org: str = "C") -> dict[str, Any]:
    """The year's figures of members."""
    answer = answer_of(run, "stats", str(year), "--org", org)["figures"]
    return {key: answer[key]["value"] for key in KEYS}


def everything(db: Path) -> dict[str, list[Any]]:
    """Who belonged where from when to when, and whose papers are on their way."""
    with sqlite3.connect(db) as connection:
        person = "(SELECT name FROM person WHERE person.id = {0}.person)"
        return {
            "membership": sorted(
                connection.execute(
                    f"SELECT {person.format('membership')}, organization, joined, entry, since,"
                    ' seen, "left", leaving_reason FROM membership'
                ).fetchall(),
                key=repr,
            ),
            "transfer": sorted(
                connection.execute(
                    f"SELECT {person.format('transfer')}, state, requested, origin, target, settled"
                    " FROM transfer"
                ).fetchall(),
                key=repr,
            ),
        }


def homes_of(db: Path, at: int) -> list[tuple[Any, ...]]:
    """Where somebody belonged, from when to when, the latest last."""
    with sqlite3.connect(db) as connection:
        return connection.execute(
            'SELECT organization, entry, since, "left", leaving_reason FROM membership'
            " JOIN person ON person.id = membership.person WHERE name = ? ORDER BY membership.id",
            [NAMES[at]],
        ).fetchall()


# -- moves ---------------------------------------------------------------------------------------


def test_another_branch_in_a_roster_is_a_move_on_its_day(
    run: Run, county: Path, roster: Any
) -> None:
    """It stands in the balance of both branches, from that day on: last year's figures stay."""
    roster("2022-09-05", A=[1, 2, 3], B=[4])
    before = {org: figures(run, 2022, org) for org in "CSAB"}
    answer = roster("2023-09-04", B=[1, 2])
    assert codes(answer) == ["members-moved"]
    assert "2 people" in answer["findings"][0]["message"]
    assert homes_of(county, 1) == [
        ("A", "recorded", None, "2023-09-04", "moved"), ("B", "moved", "2023-09-04", None, None),
    ]  # fmt: skip
    assert {org: figures(run, 2022, org) for org in "CSAB"} == before
    for org, opening, came, gone, total in (
        ("A", 3, 0, 2, 1), ("B", 1, 2, 0, 3), ("S", 4, 0, 0, 4), ("C", 4, 0, 0, 4),
    ):  # fmt: skip
        found = figures(run, 2023, org)
        assert found["members.opening"] == opening
        assert (found["members.transferred_in"], found["members.transferred_out"]) == (came, gone)
        assert found["members.total"] == total
    assert codes(roster("2023-09-04", B=[1, 2])) == []
    assert run("check").code == 0


def test_with_correct_it_was_so_all_along(run: Run, county: Path, roster: Any) -> None:
    """Nobody moved: the past is rewritten, for which there must be a reason."""
    roster("2022-09-05", A=[1, 2])
    assert run("import", "x.xlsx", "--correct").code == 2
    answer = roster("2023-09-04", "--correct", "--reason", "录错班级", B=[1])
    assert codes(answer) == ["home-corrected"]
    assert homes_of(county, 1) == [("B", "recorded", None, None, None)]
    assert figures(run, 2023, "B")["members.opening"] == 1


def test_whoever_comes_back_to_a_class_has_moved_twice(run: Run, county: Path, roster: Any) -> None:
    """A roster with its day takes somebody back; one that is read again does not."""
    roster("2021-09-05", A=[1])
    roster("2022-09-05", B=[1])
    roster("2023-09-05", A=[1])
    assert [home[0] for home in homes_of(county, 1)] == ["A", "B", "A"]
    assert codes(roster("2022-09-05", B=[1])) == []
    assert codes(roster("2021-09-05", A=[1])) == []
    assert len(homes_of(county, 1)) == 3


def test_of_two_rosters_of_one_day_the_later_import_counts(
    run: Run, county: Path, roster: Any
) -> None:
    """Who was moved by mistake is moved back as if nothing had been."""
    roster("2022-09-05", A=[1, 2])
    before = homes_of(county, 1)
    roster("2023-09-04", B=[1])
    roster("2023-09-04", A=[1])
    assert homes_of(county, 1) == before


# -- come from elsewhere -------------------------------------------------------------------------


def test_whoever_comes_up_later_has_come_from_elsewhere(
    run: Run, county: Path, roster: Any, tmp_path: Path
) -> None:
    """Not since joining: from the day of the roster, with papers that are missing until they have
    come. Their request comes in again from an export, though nobody knows where they came from."""
    roster("2022-09-05", A=[1, 2])
    before = figures(run, 2022)
    answer = roster("2023-09-04", A=[1, 2, 3])
    assert codes(answer) == ["come-from-elsewhere"]
    assert homes_of(county, 3) == [("A", "transferred", "2023-09-04", None, None)]
    assert figures(run, 2022) == before
    assert figures(run, 2023)["members.transferred_in"] == 1
    assert "papers missing" in run("due", "--kind", "papers").out
    requests = tmp_path / "requests.xlsx"
    assert run("export", "transfers", "-o", requests, "--reveal", "--reason", "x").code == 0
    again = taken(run, requests)
    assert (codes(again), again["totals"]["unchanged"]) == ([], 1)
    assert run("transfer", "accept", "1", "--on", "2023-10-08").code == 0
    assert homes_of(county, 3) == [("A", "transferred", "2023-09-04", None, None)]
    assert "papers missing" not in run("due", "--kind", "papers").out
    assert run("check").code == 0


def test_a_roster_says_when_somebody_came_and_from_where(
    run: Run, county: Path, workbook: Workbook, db: Path
) -> None:
    """The columns 转入时间 and 转出单位, or the option for all: the papers have come with them."""
    headings = [*HEADINGS, "转入时间", "转出单位"]
    rows = [headings, [*member(1, "A"), date(2022, 9, 1), "青松市二中"]]
    assert run("import", workbook("a.xlsx", 团员=rows)).code == 0
    assert homes_of(db, 1) == [("A", "transferred", "2022-09-01", None, None)]
    more = workbook("b.xlsx", 团员=[HEADINGS, member(2, "A", "2020-05-04")])
    assert run("import", more, "--on", "2023-10-08", "--from-outside", "青松市三中").code == 0
    assert {row[1:4] for row in everything(db)["transfer"]} == {
        ("accepted", "2023-10-08", "青松市三中"), ("accepted", "2022-09-01", "青松市二中"),
    }  # fmt: skip
    assert figures(run, 2022)["members.transferred_in"] == 1
    assert figures(run, 2022)["members.first_entry"] == 0


def test_whoever_came_otherwise_than_by_joining_came_on_a_day(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Else a sheet of 团籍经历 would have them there since they joined, in years gone by too."""
    headings = ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间", "编入日期"]
    name, id_number_, *_ = member(1, "A")
    rows = [[name, id_number_, "A", "县外转入", date(2020, 5, 4), None]]
    done = run("import", workbook("a.xlsx", 团籍经历=[headings, *rows]), "-O", "json")
    assert [(each["code"], each["column"]) for each in json.loads(done.out)["findings"]] == [
        ("cell-missing", "F")
    ]


def test_the_first_roster_of_each_branch_is_a_first_entry(
    run: Run, county: Path, roster: Any
) -> None:
    """Schools send theirs one after another; a branch that came later begins with nobody."""
    roster("2022-09-05", A=[1, 2])
    assert codes(roster("2022-10-08", B=[3])) == []
    assert homes_of(county, 3) == [("B", "recorded", None, None, None)]
    assert figures(run, 2021)["members.first_entry"] == 3
    assert run("org", "add", "高一（3）班团支部", "--code", "D", "--parent", "S",
               "--type", "branch").code == 0  # fmt: skip
    assert codes(roster("2023-09-04", D=[4])) == ["come-from-elsewhere"]


def test_whoever_left_before_the_roster_that_has_them_was_here_before_it(
    run: Run, county: Path, roster: Any
) -> None:
    """Somebody who left and came back on days before the first roster has not come on its day,
    though an older roster lacks them."""
    roster("2023-09-04", A=[1, 2])
    paper = ("--authority", "云团〔2023〕7号")
    leaves = ("--reason-kind", "resigned", "--on", "2023-05-10", "--approved-by", "C")
    assert run("member", "leave", "-y", "1", *leaves, *paper).code == 0
    assert run("member", "restore", "1", "--on", "2023-06-01", *paper).code == 0
    before = homes_of(county, 1)
    answer = roster("2022-09-05", A=[2])
    assert (answer["code"], codes(answer)) == (0, [])
    assert homes_of(county, 1) == before


def mistyped(run: Run, workbook: Workbook, at: int, home: str, day: str, order: int) -> None:
    """A roster of a day that has somebody under a mistyped number."""
    row = [NAMES[at], id_number(order, "20070301"), home, "2021-05-04"]
    book = workbook("mistyped.xlsx", 团员=[[f"团员花名册（截至{day}）"], HEADINGS, row])
    answer = json.loads(run("import", book, "-O", "json").out)
    assert codes(answer)[-1] == "come-from-elsewhere"


@pytest.mark.parametrize("home", ["A", "B"])
@pytest.mark.parametrize("pair", [("1", "4"), ("4", "1")])
def test_a_mistyped_number_on_a_later_roster_brings_nobody(
    run: Run, county: Path, roster: Any, workbook: Workbook, home: str, pair: tuple[str, str]
) -> None:
    """Whoever was taken to have come from elsewhere under it has always been here, as soon as both
    records are known to be of one person, whichever is kept and wherever they belong."""
    roster("2022-09-05", A=[1, 2], B=[3])
    before = [figures(run, year) for year in (2022, 2023)]
    mistyped(run, workbook, 1, home, "2023-09-04", 9)
    merged = run("member", "merge", *pair, "--home", home, "--reason", "录错")
    assert merged.code == 0, merged.err
    assert [figures(run, year) for year in (2022, 2023)] == before
    assert homes_of(county, 1) == [(home, "recorded", None, None, None)]
    assert everything(county)["transfer"] == []
    assert run("check").code == 0


@pytest.mark.parametrize("home", ["A", "B"])
def test_of_two_arrivals_of_one_person_the_first_counts(
    run: Run, county: Path, roster: Any, workbook: Workbook, home: str
) -> None:
    """And leads to the branch in which they are."""
    roster("2022-09-05", A=[1], B=[2])
    mistyped(run, workbook, 3, "A", "2023-03-01", 9)
    mistyped(run, workbook, 3, "B", "2023-09-04", 8)
    merged = run("member", "merge", "4", "3", "--home", home, "--reason", "录错")
    assert merged.code == 0, merged.err
    assert homes_of(county, 3) == [(home, "transferred", "2023-03-01", None, None)]
    ((_, *papers),) = everything(county)["transfer"]
    assert papers == ["pending", "2023-03-01", "", home, None]
    assert figures(run, 2023)["members.transferred_in"] == 1


@pytest.mark.parametrize("door", ["command", "roster"])
def test_whoever_came_without_papers_may_leave_and_move(
    run: Run, county: Path, roster: Any, workbook: Workbook, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, door: str,
) -> None:  # fmt: skip
    """By command as by roster; the papers come afterwards, and change nothing more, here and in a
    registry that is carried over."""
    roster("2022-09-05", A=[0, 1], B=[2])
    roster("2023-03-01", A=[3, 4])
    if door == "command":
        leaves = ("--reason-kind", "resigned", "--on", "2023-09-04")
        assert run("member", "leave", "-y", NAMES[3], *leaves).code == 0
        moves = ("--to", "B", "--on", "2023-09-04")
        assert run("member", "transfer", NAMES[4], *moves).code == 3
        assert run("member", "transfer", NAMES[4], *moves, "--accepted").code == 0
    else:
        left = [[*HEADINGS, "离团日期", "离团原因"], [*member(3, "A"), "2023-09-04", "自愿退团"]]
        assert run("import", workbook("left.xlsx", 团员=left)).code == 0
        assert roster("2023-09-04", B=[4])["code"] == 0
    before = [figures(run, 2023, org) for org in "CAB"]
    assert (before[0]["members.transferred_in"], before[0]["members.left"]) == (2, 1)
    assert run("transfer", "accept", "1-2", "--on", "2023-12-01").code == 0
    assert [figures(run, 2023, org) for org in "CAB"] == before
    book, other = tmp_path / "all.xlsx", tmp_path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert run("--db", other, "import", "--province", "65", book).code == 0
    monkeypatch.setenv("LEAGUECTL_DB", str(other))
    assert [figures(run, 2023, org) for org in "CAB"] == before


def test_whoever_has_come_back_does_not_leave_once_more(
    run: Run, county: Path, roster: Any, workbook: Workbook
) -> None:
    """By the roster that says when and why they left, which may be imported late."""
    roster("2022-09-05", A=[1, 2])
    day = ("--on", "2023-05-05")
    away = ("--to-outside", "外县", *day, "--accepted")
    back = ("--from-outside", "外县", "--to", "A", *day)
    for way in (away, back):
        assert run("member", "transfer", NAMES[1], *way).code == 0
    before = homes_of(county, 1)
    for reason, code in (("转出", 0), ("自愿退团", 1)):
        row = [*member(1, "A"), "2023-05-05", reason]
        book = workbook("left.xlsx", 团员=[[*HEADINGS, "离团日期", "离团原因"], row])
        ran = run("import", book)
        assert (ran.code, "error stored-differs" in ran.err) == (code, bool(code)), ran.err
        assert homes_of(county, 1) == before


def test_whose_request_waits_has_not_come_before_it_is_settled(
    run: Run, county: Path, roster: Any
) -> None:
    """An older roster without them says so, and is read again once the request is settled."""
    roster("2023-03-01", A=[0, 1, 2])
    run("member", "transfer", NAMES[1], "--to", "B", "--on", "2023-09-04")
    older = roster("2022-09-05", A=[0])
    assert (older["code"], codes(older)) == (0, ["come-since", "come-since-pending"])
    assert figures(run, 2022, "A")["members.total"] == 2
    run("transfer", "refuse", "1", "--on", "2023-09-05", "--reason", "材料不齐")
    assert "come-since" in codes(roster("2022-09-05", A=[0]))
    assert figures(run, 2022, "A")["members.total"] == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_a_list_of_transfers_says_since_when_a_roster_shows_somebody(
    run: Run, county: Path, roster: Any, workbook: Workbook, is_first: bool
) -> None:
    """In whichever order the two come, the years are the same."""
    roster("2022-09-05", A=[1, 2], B=[3])
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "办结时间"]
    row = [*member(1, "A")[:2], "A", "B", "2022-12-20", "2022-12-28"]
    book = workbook("transfers.xlsx", 转接=[headings, row])
    steps = [lambda: roster("2023-03-01", B=[1])["code"], lambda: run("import", book).code]
    for step in steps if is_first else steps[::-1]:
        assert step() == 0
    assert [(home, since, left) for home, _, since, left, _ in homes_of(county, 1)] == [
        ("A", None, "2022-12-28"), ("B", "2022-12-28", None),
    ]  # fmt: skip
    moved = [figures(run, year, "B")["members.transferred_in"] for year in (2022, 2023)]
    assert moved[1] == 0
    assert figures(run, 2022, "A")["members.transferred_out"] == 1
    assert run("import", book).code == 0


@pytest.mark.parametrize(
    ("columns", "options", "requested", "settled", "differing"),
    [
        ([], (), "2022-12-20", "2022-12-28", []),
        ([], (), "2023-03-10", "2023-03-20", []),  # the papers came after the roster had them
        ([], (), "2023-02-01", None, []),
        ([None, "外县中学"], (), "2022-12-20", "2022-12-28", []),
        ([None, "外县二中"], (), "2022-12-20", "2022-12-28", ["C2"]),
        ([], ("--from-outside", "外县中学"), "2022-12-20", "2022-12-28", []),
        ([], ("--from-outside", "外县"), "2022-12-20", "2022-12-28", ["C2"]),
        (["2022-12-28"], (), "2022-12-20", "2022-12-28", []),
        (["2023-01-10"], (), "2022-12-20", "2022-12-28", ["F2"]),
        (["2023-01-10"], (), "2022-12-28", None, ["F2"]),
    ],
)
def test_a_list_of_transfers_completes_the_arrival_that_a_roster_has(
    run: Run, county: Path, roster: Any, workbook: Workbook, tmp_path: Path,
    columns: list[Any], options: tuple[str, ...], requested: str, settled: str | None,
    differing: list[str],
) -> None:  # fmt: skip
    """Nobody comes twice to where they are: the papers that were missing are there, a day that only
    a roster showed gives way, another place or day is a contradiction."""
    roster("2022-09-05", A=[1, 2])
    rows = [["团员花名册（截至2023-03-01）"], [*HEADINGS, "转入时间", "转出单位"]]
    book = workbook("roster.xlsx", 团员=[*rows, [*member(3, "A"), *columns]])
    assert run("import", book, *options).code == 0
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "办结时间"]
    row = [*member(3, "A")[:2], "外县中学", "A", requested, settled]
    papers = workbook("transfers.xlsx", 转接=[headings, row])
    before = everything(county)
    found = [each["cell"] for each in taken(run, papers)["findings"] if each["level"] == "error"]
    assert found == differing
    if differing:
        assert everything(county) == before
        assert run("import", papers, "--reason", "与介绍信核对").code == 0
    day = settled or requested
    ((_, state, *days),) = everything(county)["transfer"]
    assert (state, days) == ("accepted", [requested, "外县中学", "A", day])
    since = min(day, "2023-03-01")
    assert homes_of(county, 3) == [("A", "transferred", since, None, None)]
    after = everything(county)
    assert (taken(run, papers)["operation"], everything(county)) == (None, after)
    book, other = tmp_path / "all.xlsx", tmp_path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert run("--db", other, "import", "--province", "65", book).code == 0
    assert everything(other)["transfer"] == after["transfer"]
    assert taken(run, book)["operation"] is None


def test_a_list_that_still_waits_adds_no_request(
    run: Run, county: Path, roster: Any, workbook: Workbook
) -> None:
    """The papers that a roster waits for are the ones that the list says are on their way."""
    roster("2022-09-05", A=[1, 2])
    roster("2023-03-01", A=[3])
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "转接状态"]
    row = [*member(3, "A")[:2], "外县中学", "A", "2023-02-20", "待接收"]
    assert run("import", workbook("transfers.xlsx", 转接=[headings, row])).code == 0
    ((_, state, *days),) = everything(county)["transfer"]
    assert (state, days) == ("pending", ["2023-03-01", "外县中学", "A", None])
    assert run("transfer", "accept", "1", "--on", "2023-03-20").code == 0
    before = everything(county)
    settled = workbook(
        "settled.xlsx", 转接=[[*headings, "办结时间"], [*row[:5], None, "2023-03-25"]]
    )
    assert codes(taken(run, settled)) == ["stored-differs"]
    assert everything(county) == before


# -- in either order -----------------------------------------------------------------------------

SOME = st.lists(st.integers(0, 5), unique=True, max_size=6)


@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=SOME, then=SOME, first_home=st.sampled_from("AB"), then_home=st.sampled_from("AB"))
def test_two_rosters_say_the_same_in_either_order(
    run: Run,
    county: Path,
    roster: Any,
    first: list[int],
    then: list[int],
    first_home: str,
    then_home: str,
) -> None:
    """A year apart, of one class or of two, imported in either order they make one registry, and
    every year begins as the one before ended."""
    empty = county.read_bytes()
    found = []
    rosters = [("2022-09-05", first_home, first), ("2023-09-04", then_home, then)]
    for order in (rosters, rosters[::-1]):
        county.write_bytes(empty)
        for day, home, people in order:
            if people:
                assert roster(day, **{home: people})["code"] == 0
        found.append(everything(county))
        assert run("check").code == 0
    assert found[0] == found[1]
    for org in "CA":
        for year in (2022, 2023):
            of_year = figures(run, year, org)
            balance = (
                of_year["members.opening"] + of_year["admissions.total"]
                + of_year["members.transferred_in"] - of_year["members.transferred_out"]
                - of_year["members.left"]
            )  # fmt: skip
            assert balance == of_year["members.total"]
            assert of_year["members.total"] == figures(run, year + 1, org)["members.opening"]
    county.write_bytes(empty)


# -- the members that a roster lacks
# -------------------------------------------------------------------------


def test_a_roster_of_all_names_the_members_it_lacks(run: Run, county: Path, roster: Any) -> None:
    """Asked for, or where the title says so; nobody is taken away for it."""
    roster("2022-09-05", A=[1, 2, 3], B=[4, 5])
    assert codes(roster("2023-09-04", A=[1])) == []
    for answer in (
        roster("2023-09-04", "--whole", A=[1]),
        roster("2023-09-04", title="高一（1）班全体团员花名册", A=[1]),
    ):
        assert codes(answer) == ["roster-lacks"]
        finding = answer["findings"][0]
        assert all(NAMES[at] in finding["message"] for at in (2, 3))
        assert NAMES[4] not in finding["message"]
    assert figures(run, 2023)["members.total"] == 5


def test_the_sample_s_first_roster_is_explained(run: Run, sample_db: Path) -> None:
    """Whoever had joined before a registry was made comes in by its first roster, and is named as
    that among those who came."""
    sheet = answer_of(run, "stats", "2019")["figures"]
    assert sheet["members.first_entry"]["value"] == sheet["members.transferred_in"]["value"] > 0
    assert run("stats", "2023", "--get", "members.first_entry").out.strip() == "0"
    assert DATA.is_dir()


# -- values that held until a day ----------------------------------------------------------------


def cadre(duty: str) -> list[list[Any]]:
    """A sheet with one term: the secretary of a village, on duty or not."""
    headings = ["姓名", "团组织", "团内职务", "任职时间", "是否在岗"]
    return [headings, ["艾力", "V", "书记", "2022-02-08", duty]]


def test_what_changes_later_was_so_before(
    run: Run, db: Path, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off duty since April, a town that was a village, fewer seats: the figures of December stay,
    of a closed year too; those of the days after it do not."""
    village = [*TREE[0], "行业类别", "书记应配", "班子应配"]
    rows = [village, [*TREE[1], None, None, None], ["V", "桥头村团支部", "C", "团支部", "社会",
            "农村", 1, 3]]  # fmt: skip
    assert run("import", workbook("tree.xlsx", 团组织=rows)).code == 0
    assert run("import", workbook("a.xlsx", 团员=[HEADINGS, member(1, "V")])).code == 0
    assert run("import", workbook("posts.xlsx", 团干部=cadre("是"))).code == 0
    before = run("stats", "2023", "--org", "V", "-O", "csv").out
    assert run("year", "close", "2023", "--yes").code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-05-06")
    changed = run("import", workbook("off.xlsx", 团干部=cadre("否")), "--on", "2024-04-10")
    assert (changed.code, "value-changed" in changed.err) == (0, True), changed.err
    rows[2][5:] = ["城市社区", 2, 5]
    moved = run("import", workbook("tree2.xlsx", 团组织=rows), "--on", "2024-04-12",
                "--reason", "村改社区")  # fmt: skip
    assert moved.code == 0, moved.err
    assert run("stats", "2023", "--org", "V", "-O", "csv").out == before
    assert run("year", "diff", "2023").code == 0
    for day, duty, villages, filled in (
        ("2024-04-09", "1.0", "1", "0.3333"), ("2024-04-11", "0.0", "1", "0.3333"),
        ("2024-04-13", "0.0", "0", "0.2"),
    ):  # fmt: skip
        asked = ("stats", "2024", "--as-of", day, "--get")
        assert run(*asked, "cadres.on_duty_rate").out.strip() == duty
        assert run(*asked, "organizations.villages").out.strip() == villages
        assert run(*asked, "cadres.posts_filled_rate").out.strip() == filled
    assert run("undo", "6").code == 0
    assert run(*asked, "organizations.villages").out.strip() == "1"


def test_with_correct_a_value_was_so_all_along(run: Run, db: Path, workbook: Workbook) -> None:
    """Who was never on duty was not on duty last December."""
    rows = [[*TREE[0], "行业类别"], [*TREE[1], None],
            ["V", "桥头村团支部", "C", "团支部", "社会", "农村"]]  # fmt: skip
    assert run("import", workbook("tree.xlsx", 团组织=rows)).code == 0
    assert run("import", workbook("posts.xlsx", 团干部=cadre("是"))).code == 0
    ran = run("import", workbook("off.xlsx", 团干部=cadre("否")), "--correct", "--reason", "录错")
    assert ran.code == 0, ran.err
    assert run("stats", "2023", "--get", "cadres.on_duty_rate").out.strip() == "0.0"


OTHER_VALUES = {
    ("organization", "type"): "committee", ("organization", "domain"): "society",
    ("organization", "sector"): "other",
    ("organization", "secretary_seats"): "9", ("organization", "committee_seats"): "9",
    ("organization", "graduates"): "2031", ("post", "duty"): "off",
    ("person", "politics"): "中共党员", ("form", "state"): "void",
    ("certificate", "state"): "recalled", ("paperstate", "state"): "lost",
}  # fmt: skip
"""What a dated field may become."""


def test_a_later_fact_changes_no_figure_of_before(run: Run, sample_db: Path) -> None:
    """Of all dated fields, whichever are declared: the figures of last year, whole and split, stay
    as they were, and they do move where nobody kept since when it is so."""
    declared = {(declaration.name, field): declaration for declaration in DECLARATIONS.values()
                for field in declaration.dated}  # fmt: skip
    assert declared.keys() == OTHER_VALUES.keys()

    def shown() -> dict[str, Any]:
        found = {}
        for by in ("sector", "politics"):
            split = run("stats", "2023", "--by", by, "--get", "members.total", "-O", "json")
            found[by] = json.loads(split.out)["rows"]
        answer = answer_of(run, "stats", "2023")["figures"]
        return found | {key: figure["value"] for key, figure in answer.items()}

    before = shown()
    with sqlite3.connect(sample_db) as registry:
        for at, ((noun, field), declaration) in enumerate(declared.items()):
            table, known = declaration.table, f"FROM {declaration.table} WHERE {field} IS NOT NULL"
            registry.execute(
                f"INSERT INTO former_value SELECT row_number() OVER () + {at * 100_000}, ?,"
                f" CAST({declaration.key} AS TEXT), ?, {field}, '2024-04-01', 1 {known}",
                [noun, field],
            )
            registry.execute(f"UPDATE {table} SET {field} = ?", [OTHER_VALUES[noun, field]])
    assert shown() == before
    with sqlite3.connect(sample_db) as registry:
        registry.execute("DELETE FROM former_value")
    moved = {key for key, value in shown().items() if value != before[key]}
    assert moved >= {
        "sector", "politics", "organizations.villages", "admissions.school", "cadres.on_duty_rate",
        "cadres.posts_filled_rate", "ratios.graduating_junior", "archive.complete_rate",
    }  # fmt: skip


# -- since when a roster has somebody, in a registry that is carried over ------------------------


def carried_over(run: Run, path: Path, *options: str) -> Path:
    """An empty registry that has imported what this one exports."""
    book, other = path / "all.xlsx", path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert run("--db", other, "import", "--province", "65", book, *options).code == 0
    return other


def memberships(db: Path) -> list[tuple[Any, ...]]:
    """All that is kept of memberships, but for their ids."""
    query = """
        SELECT person.id_number, organization, joined, entry, since, seen, "left", leaving_reason
        FROM membership JOIN person ON person.id = membership.person ORDER BY 1, membership.id
    """
    with sqlite3.connect(db) as connection:
        return connection.execute(query).fetchall()


def test_a_roster_of_before_says_the_same_in_a_registry_that_was_carried_over(
    run: Run, county: Path, roster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has come since, by the first roster that has them; also of those who moved or left."""
    roster("2023-03-01", A=[0, 1], B=[2])
    roster("2023-09-04", A=[0], B=[1, 2, 3])
    left = ("--reason-kind", "resigned", "--on", "2023-10-09")
    assert run("member", "leave", "-y", NAMES[2], *left).code == 0
    other = carried_over(run, tmp_path)
    assert memberships(other) == memberships(county)
    assert {row[5] for row in memberships(county)} == {"2023-03-01", "2023-09-04"}
    counted = []
    for db in (county, other):
        monkeypatch.setenv("LEAGUECTL_DB", str(db))
        assert "come-since" in codes(roster("2022-09-05", A=[1], B=[4]))
        counted.append([figures(run, 2023, org) for org in "CAB"])
    assert counted[0] == counted[1]
    assert counted[0][0]["members.transferred_in"] == 3
    assert memberships(other) == memberships(county)


SHEETS = ("members", "homes")
FIRST = "首次在册日期"


def said(run: Run, workbook: Workbook, kind: str, day: Any, *options: str) -> dict[str, Any]:
    """Import somebody's membership with the day of its first roster, in either sheet."""
    book = {
        "members": {"团员": [[*HEADINGS, FIRST], [*member(1, "A"), day]]},
        "homes": {"团籍经历": [
            ["姓名", "身份证号", "团籍所在组织", "编入方式", "入团时间", FIRST],
            [*member(1, "A")[:3], "登记在册", member(1, "A")[3], day],
        ]},
    }  # fmt: skip
    ran = run("import", "-O", "json", workbook("said.xlsx", **book[kind]), *options)
    answer = json.loads(ran.out)
    found = [finding for finding in answer["findings"] if finding["code"] != "number-missing"]
    return {**answer, "found": [(finding["level"], finding["code"]) for finding in found]}


@pytest.mark.parametrize("kind", SHEETS)
def test_of_two_first_rosters_the_earlier_counts(
    run: Run, county: Path, roster: Any, workbook: Workbook, kind: str
) -> None:
    """Whichever is imported first; that a later one is said is reported, and the same again changes
    nothing."""
    roster("2023-03-01", A=[1])
    for day, count, found in (
        ("2023-03-01", "unchanged", []),
        ("2023-09-04", "unchanged", [("warning", "first-roster-kept")]),
        ("2022-09-05", "updated", []),
        (None, "unchanged", []),
    ):
        answer = said(run, workbook, kind, day)
        assert (answer["totals"][count], answer["found"]) == (1, found), day
    assert [row[5] for row in memberships(county)] == ["2022-09-05"]


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize(("day", "options"), [
    ("2024-01-16", ()), ("2023-09-05", ("--on", "2023-09-04")),
])  # fmt: skip
def test_a_first_roster_is_not_later_than_the_sheet_that_says_it(
    run: Run, county: Path, workbook: Workbook, kind: str, day: str, options: tuple[str, ...]
) -> None:
    """The row is refused, also where the same is stored already."""
    answer = said(run, workbook, kind, day, *options)
    assert answer["found"] == [("error", "day-after-sheet")]
    assert memberships(county) == []
    if options:
        assert said(run, workbook, kind, day)["found"] == []
        assert answer["found"][0] in said(run, workbook, kind, day, *options)["found"]


def test_a_beginning_that_is_known_has_no_first_roster(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A roster of after it says nothing new; one of before it is reported, and not kept."""
    came = [*HEADINGS, "转入时间", "转出单位"]
    book = workbook("came.xlsx", 团员=[came, [*member(1, "A"), "2023-05-08", "外县"]])
    assert run("import", book).code == 0
    before = memberships(county)
    later, earlier = (said(run, workbook, "members", day) for day in ("2023-09-04", "2023-03-01"))
    assert (later["found"], earlier["found"]) == ([], [("warning", "first-roster-kept")])
    assert memberships(county) == before


def test_only_what_passes_between_registries_says_the_first_roster(
    run: Run, county: Path, roster: Any, tmp_path: Path
) -> None:
    """No office is asked for it, and it stands in no list of members; what is exported with it
    changes nothing here, masked or not as before."""
    roster("2023-03-01", A=[0], B=[1])
    book, form = tmp_path / "all.xlsx", tmp_path / "form.xlsx"
    assert run("template", "members", "-o", form).code == 0
    assert FIRST not in [cell.value for cell in openpyxl.load_workbook(form)["团员"][2]]
    (listed, _) = answer_of(run, "export", "members")["rows"]
    assert "seen" not in listed
    assert run("export", "all", "-o", book).code == 0
    masked = openpyxl.load_workbook(book)["团员"]
    assert (masked["B2"].value, masked.cell(1, masked.max_column).value) == ("*" * 18, FIRST)
    assert run("export", "all", "-o", book, "--reveal", "--reason", "换机").code == 0
    assert taken(run, book)["totals"]["unchanged"] == taken(run, book)["totals"]["read"]
    assert run("verify", book).code == 0


def test_an_export_of_a_day_knows_no_later_roster(
    run: Run, county: Path, roster: Any, tmp_path: Path
) -> None:
    """They were members, but no roster had them yet."""
    roster("2023-09-04", A=[0])
    book = tmp_path / "all.xlsx"
    assert run("export", "all", "--as-of", "2023-06-01", "-o", book).code == 0
    sheet = openpyxl.load_workbook(book)["团员"]
    assert (sheet.max_row, sheet.cell(2, sheet.max_column).value) == (2, None)


def test_a_registry_with_rosters_takes_what_another_says_as_rosters_of_these_days(
    run: Run, county: Path, roster: Any, workbook: Workbook
) -> None:
    """Whoever is there since the first roster has been there; who is on a later one has come; and
    a move is of the day of the first roster that shows it."""
    roster("2023-03-01", A=[0], B=[5])
    rows = [[*member(1, "A"), "2023-03-01"], [*member(2, "A"), "2023-09-04"],
            [*member(3, "A"), None], [*member(5, "A"), "2023-10-09"]]  # fmt: skip
    book = workbook("other.xlsx", 团员=[[*HEADINGS, FIRST], *rows])
    assert codes(taken(run, book)) == ["come-from-elsewhere", "members-moved"]
    assert [(*row[1:2], *row[3:6]) for row in memberships(county)] == [
        ("A", "recorded", None, "2023-03-01"),
        ("A", "recorded", None, "2023-03-01"),
        ("A", "transferred", "2023-09-04", "2023-09-04"),
        ("A", "recorded", None, None),
        ("B", "recorded", None, "2023-03-01"),
        ("A", "moved", "2023-10-09", "2023-10-09"),
    ]


def test_a_home_that_ended_with_its_organisation_is_not_begun_later_by_an_older_roster(
    run: Run, county: Path, roster: Any
) -> None:
    """The move is of the day of the closing, although the first roster that shows it is later."""
    roster("2023-09-04", B=[0])
    assert run("org", "close", "-y", "A", "--on", "2023-07-01").code == 0
    for day, homes in (("2023-03-01", {"A": [0]}), ("2023-08-01", {"B": [0]})):
        assert roster(day, **homes)["code"] == 0
        assert homes_of(county, 0) == [
            ("A", "recorded", None, "2023-07-01", "moved"),
            ("B", "moved", "2023-07-01", None, None),
        ]
