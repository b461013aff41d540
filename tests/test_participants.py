"""Lists of those who took part in an activity: who is meant, what is kept, what is counted."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]

BRANCH, OTHER = "云杉县第一中学高一（1）班团支部", "云杉县第一中学高一（2）班团支部"
ACTIVITY = ["五四主题团日", "主题团日", "2023-05-04", BRANCH]
ACTIVITIES = ["活动名称", "活动类别", "活动日期", "主办团组织", "参与人次"]
HEADINGS = ["活动名称", "活动日期", "主办团组织", "姓名", "身份证号"]
HELD = [ACTIVITY[0], *ACTIVITY[2:]]
STRANGER = id_number(90)


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with three members of a class, and one of the name of the first in another."""
    homes = (("李同名", BRANCH), ("王独名", BRANCH), ("赵独名", BRANCH), ("李同名", OTHER))
    rows = [member(at, 姓名=name, 所在团支部=home) for at, (name, home) in enumerate(homes, 1)]
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, *rows])
    return db


def attended(db: Path) -> list[tuple[Any, ...]]:
    """Who took part, by the name that is kept and the ID number of the person."""
    with sqlite3.connect(db) as connection:
        return connection.execute(
            "SELECT participant.name, id_number FROM participant"
            " LEFT JOIN person ON person.id = participant.person ORDER BY participant.id"
        ).fetchall()


def codes(answer: dict[str, Any]) -> set[tuple[str, str]]:
    """The findings of an answer, with their levels."""
    return {(found["code"], found["level"]) for found in answer["findings"]}


def test_people_are_recorded_with_their_activity(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """By ID number, by name in the branch that held it; the same list again is no news, and undo
    takes back both."""
    rows = [[*ACTIVITIES[:4], "姓名", "身份证号"],
            [*ACTIVITY, "王独名", member(2)[1]], [*ACTIVITY, "李同名", None]]  # fmt: skip
    book = workbook("p.xlsx", 参加人员=rows)
    first = taken(run, book)
    assert (first["findings"], first["totals"]["created"]) == ([], 2)
    assert attended(people) == [("王独名", member(2)[1]), ("李同名", member(1)[1])]
    again = taken(run, book)
    assert (again["operation"], again["totals"]["unchanged"]) == (None, 2)
    assert run("undo", str(first["operation"])).code == 0
    assert attended(people) == []
    assert answer_of(run, "activity", "list", "--year", "2023")["rows"] == []


def test_a_sign_in_list_says_its_activity_above_it(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """The title has the name and the category, the lines below it the day and the organisation;
    such a list makes nobody a member, and those on it are counted where no number is."""
    rows = [[f"{BRANCH}青年座谈会签到表"], ["时间：2023年6月9日", None, "地点：礼堂"],
            ["序号", "姓名", "身份证号", "签名"],
            [1, "王独名", member(2)[1], None], [2, "李同名", None, None]]  # fmt: skip
    answer = taken(run, workbook("签到.xlsx", Sheet1=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["created"], answer["findings"]) == ("participants", 2, [])
    (row,) = answer_of(run, "activity", "list", "--year", "2023")["rows"]
    assert (row["activity"], row["category"], row["day"], row["organization"]) == (
        "青年座谈会", "seminar", "2023-06-09", BRANCH,
    )  # fmt: skip
    assert row["attendances"] == 2
    figures = answer_of(run, "stats", "2023")["figures"]
    assert figures["seminars.attendances"]["value"] == 2
    assert figures["members.total"]["value"] == 4


def test_the_number_of_a_stranger_is_not_kept(people: Path, run: Run, workbook: Workbook) -> None:
    """Whoever is not in the registry is kept by name; a member who comes later is recognised."""
    book = workbook("p.xlsx", 参加人员=[[*ACTIVITIES[:4], "姓名", "身份证号"],
                                    [*ACTIVITY, "李同名", STRANGER]])  # fmt: skip
    answer = taken(run, book)
    assert codes(answer) == {("person-by-name", "warning")}
    assert attended(people) == [("李同名", None)]
    with sqlite3.connect(people) as connection:
        assert not any(STRANGER in line for line in connection.iterdump())
    assert taken(run, book)["totals"]["unchanged"] == 1
    newcomer = [MEMBER_HEADINGS, [*member(5, 姓名="李同名", 所在团支部=BRANCH)]]
    newcomer[1][1] = STRANGER
    assert run("import", workbook("m.xlsx", 团员=newcomer)).code == 0
    assert taken(run, book)["totals"]["updated"] == 1
    assert attended(people) == [("李同名", STRANGER)]


def test_an_activity_that_is_not_known_is_refused(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """Without its category or who held it nothing can be recorded; nor where several held it."""
    bare = [["活动名称", "活动日期", "姓名"], [ACTIVITY[0], ACTIVITY[2], "王独名"]]
    book = workbook("p.xlsx", 参加人员=bare)
    assert codes(taken(run, book)) == {("activity-unknown", "error")}
    assert codes(taken(run, workbook("q.xlsx", 参加人员=[HEADINGS, [*HELD, "王独名", None]]))) == {
        ("activity-unknown", "error")
    }
    held = [ACTIVITIES, [*ACTIVITY, 3], [*ACTIVITY[:3], OTHER, 3]]
    assert run("import", workbook("a.xlsx", 活动=held[:2])).code == 0
    assert taken(run, book)["totals"]["created"] == 1
    assert run("import", workbook("a.xlsx", 活动=held)).code == 0
    (found,) = taken(run, book)["findings"]
    assert found["code"] == "activity-ambiguous"
    assert BRANCH in found["message"]
    assert OTHER in found["message"]
    assert len(attended(people)) == 1


def test_more_people_than_came_are_reported(people: Path, run: Run, workbook: Workbook) -> None:
    """Once, at the row with which there are more; and by check."""
    rows = [HEADINGS, *([*HELD, name, None] for name in ("王独名", "赵独名", "外来人", "外来客"))]
    book = workbook("p.xlsx", 活动=[ACTIVITIES, [*ACTIVITY, 2]], 参加人员=rows)
    found = [each for each in taken(run, book)["findings"] if each["code"] == "attendances-fewer"]
    assert [(each["level"], each["row"]) for each in found] == [("warning", 4)]
    checked = answer_of(run, "check", "attendances-fewer")["findings"]
    assert [each["subject"] for each in checked] == [ACTIVITY[0]]
    (row,) = answer_of(run, "activity", "list", "--year", "2023")["rows"]
    assert row["attendances"] == 2


SESSIONS = {
    "participants": ([*ACTIVITIES[:4], "姓名", "身份证号"], ACTIVITY),
    "trainings": (["培训名称", "培训类别", "培训日期", "姓名", "身份证号"],
                  ["大练兵一期", "岗位大练兵", "2023-04-01"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", SESSIONS)
def test_two_of_a_name_stay_two(
    kind: str, people: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """Somebody known and others of that name who are not: each is a row of its own, in the sheet,
    in the registry, and in one that it is carried over to."""
    headings, session = SESSIONS[kind]
    names = [("李同名", member(1)[1]), ("李同名（不在册）", None), ("李同名（不在册）", None)]
    book = workbook("p.xlsx", 表=[headings, *([*session, *name] for name in names)])
    assert taken(run, book)["totals"]["created"] == 3
    assert taken(run, book)["totals"]["unchanged"] == 3
    everything = tmp_path / "all.xlsx"
    shown = ("--reveal", "--reason", "carried over")
    assert run("export", "all", *shown, "-o", everything).code == 0
    assert taken(run, everything)["operation"] is None
    other = ("--db", str(tmp_path / "other.db"))
    assert run(*other, "import", "--province", "65", everything).code == 0
    listed = [run(*db, "export", kind, *shown, "-O", "csv").out for db in ((), other)]
    assert listed[0] == listed[1]
    assert listed[0].count("李同名（不在册）") == 2


@pytest.mark.parametrize("kind", SESSIONS)
def test_a_corrected_name_is_no_second_attendance(
    kind: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """A list from before a name was corrected, and one from after, are about the same person."""
    headings, session = SESSIONS[kind]
    identity = member(2)[1]
    before = workbook("p.xlsx", 表=[headings, [*session, "王独名", identity]])
    assert taken(run, before)["totals"]["created"] == 1
    edit = ("member", "edit", "王独名", "--name", "王度名", "--reason", "误写")
    assert run(*edit).code == 0
    after = workbook("q.xlsx", 表=[headings, [*session, "王度名", identity]])
    answer = taken(run, after)
    assert (answer["findings"], answer["operation"]) == ([], None)
    assert taken(run, before)["operation"] is None
