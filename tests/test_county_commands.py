"""Lists of what the county did, posts appointed and ended: they agree with the figures."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import Run, begin, succeeded
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from test_county_sheets import CADRES, SHEETS
from test_stats import stats

Workbook = Callable[..., Path]


@pytest.fixture
def small(either_db: str, run: Run, workbook: Workbook) -> str:
    """The small county with its seats and all its sheets, on both databases."""
    villager = member(1, 姓名="团员一", 所在团支部="桥头村团支部")
    organizations = [
        [*row, *(("书记应配", "班子应配") if at == 0 else (1, 3))]
        for at, row in enumerate(ORGANIZATIONS)
    ]
    begin(run, workbook, 团组织=organizations, 团员=[MEMBER_HEADINGS, villager], **SHEETS)
    return either_db


# -- posts ---------------------------------------------------------------------------------------


def test_two_villages_without_a_secretary_are_in_rates_and_list_alike(
    sample_db: Path, run: Run
) -> None:
    """The empty seats of the list are those that the rates lack, and no others."""
    assert succeeded(run, "post", "list", "--empty", "--as-of", "2023-12-31")["empty"] == 0
    connection = sqlite3.connect(sample_db)
    villages = connection.execute(
        "SELECT post.id, organization.code FROM post JOIN organization ON code = organization"
        " WHERE sector = 'village' AND title = 'secretary' ORDER BY post.id LIMIT 2"
    ).fetchall()
    connection.close()
    for number, _ in villages:
        assert run("post", "end", str(number), "--on", "2023-11-30").code == 0
    found = succeeded(run, "post", "list", "--empty", "--as-of", "2023-12-31")
    assert [(row["code"], row["title"], row["state"]) for row in found["rows"]] == [
        (code, "secretary", "empty") for _, code in villages
    ]
    assert (found["seats"], found["filled"], found["empty"]) == (964, 962, 2)
    due = succeeded(run, "due", "--kind", "secretary", "--within", "30")["due"]
    assert [item["code"] for item in due] == [code for _, code in villages]
    figures = stats(run)
    assert figures["cadres.secretary_filled_rate"] == round(84 / 86, 4)
    assert figures["cadres.posts_filled_rate"] == round(278 / 280, 4)
    assert stats(run, "--as-of", "2023-11-29")["cadres.secretary_filled_rate"] == 1


def test_a_successor_is_dated_ahead(small: str, run: Run) -> None:
    """The present term ends when the next begins; the seat is never empty and never held twice."""
    (term,) = [row for row in succeeded(run, "post", "list", "--org", "T")["rows"]
               if row["name"] == "陈书记"]  # fmt: skip
    assert succeeded(run, "post", "end", str(term["id"]), "--on", "2024-03-01")["operation"] == 2
    done = succeeded(
        run,
        "post",
        "appoint",
        "T",
        "书记",
        "--name",
        "王接任",
        "--from",
        "2024-03-01",
        "--id-number",
        id_number(72, "19960301"),
        "--basis",
        "专职",
    )
    (row,) = done["rows"]
    assert (row["organization"], row["basis"], row["duty"]) == ("白桦镇团委", "full-time", "on")
    for day, names in (
        ("2024-02-29", {"陈书记": "held", "王接任": "ahead"}), ("2024-03-01", {"王接任": "held"}),
    ):  # fmt: skip
        rows = succeeded(run, "post", "list", "--org", "T", "--as-of", day)["rows"]
        assert {row["name"]: row["state"] for row in rows if row["title"] == "secretary"
                and row["code"] == "T"} == names  # fmt: skip
    past = succeeded(run, "post", "list", "--org", "T", "--as-of", "2024-03-01", "--past")["rows"]
    assert ("陈书记", "past") in {(person["name"], person["state"]) for person in past}


def test_a_past_term_is_corrected_with_a_reason(small: str, run: Run) -> None:
    """Without one it is refused; with one the log says it, and undo takes it back."""
    term = next(str(row["id"]) for row in succeeded(run, "post", "list", "--past")["rows"]
                if row["state"] == "past")  # fmt: skip
    ran = run("post", "end", term, "--on", "2023-10-01")
    assert (ran.code, "--reason" in ran.err) == (3, True)
    assert run("post", "end", term, "--on", "2023-10-01", "--reason", "任免文件更正").code == 0
    rows = succeeded(run, "post", "list", "--past")["rows"]
    (row,) = [row for row in rows if str(row["id"]) == term]
    assert (row["until"], row["reason"]) == ("2023-10-01", "任免文件更正")
    assert run("undo", "2").code == 0
    rows = succeeded(run, "post", "list", "--past")["rows"]
    assert [row["until"] for row in rows if str(row["id"]) == term] == ["2023-09-01"]


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("appoint", "无名", "书记", "--name", "张", "--from", "2024-01-01"), 4, "无名"),
        (("appoint", "T1", "书记", "--name", "张三", "--from", "昨天"), 2, "昨天"),
        (
            ("appoint", "T1", "书记", "--name", "张三", "--from", "2024-01-01", "--basis", "临时"),
            2,
            "临时",
        ),
        (("appoint", "T1", "书记", "--name", "张3", "--from", "2024-01-01"), 3, "--name"),
        (("appoint", "T", "书记", "--name", "陈书记", "--from", "2023-01-01"), 3, "2022-09-01"),
        (("end", "99"), 4, "99"),
        (("end", "1", "--on", "2020-01-01"), 3, "2022-09-01"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    small: str, run: Run, arguments: tuple[str, ...], code: int, word: str
) -> None:
    """Unknown organisations and terms, days that are none, terms that overlap or end too soon."""
    ran = run("post", *arguments)
    assert (ran.code, word in ran.err) == (code, True), ran.err
    assert len(succeeded(run, "log")["operations"]) == 1


def test_a_dry_run_appoints_nobody(small: str, run: Run) -> None:
    """It shows the term and writes nothing."""
    done = succeeded(
        run, "post", "appoint", "T1", "书记", "--name", "张示范", "--from", "2024-01-01", "-n"
    )
    assert (done["operation"], done["rows"][0]["name"]) == (None, "张示范")
    assert len(succeeded(run, "log")["operations"]) == 1


def test_no_id_number_stands_in_a_list_of_posts(small: str, run: Run) -> None:
    """Whoever is listed is named, not numbered."""
    ran = run("post", "list", "--past", "-O", "json")
    assert "658899" not in ran.out


# -- trainings -----------------------------------------------------------------------------------


def test_sessions_are_listed_with_their_attendances(small: str, run: Run) -> None:
    """A session to which nobody is recorded stands there too."""
    rows = succeeded(run, "training", "list", "--year", "2023")["rows"]
    assert [(row["training"], row["attendances"]) for row in rows] == [
        ("大练兵一期", 2), ("团务班", 0),
    ]  # fmt: skip
    rows = succeeded(run, "training", "list", "--year", "2023", "--category", "岗位大练兵")["rows"]
    assert len(rows) == 1


def test_who_was_not_trained_is_named_once(small: str, run: Run) -> None:
    """Of those in post at the end of the year the secretary was trained, the volunteer not."""
    found = succeeded(run, "training", "missing", "--year", "2023")
    assert [(row["name"], row["posts"]) for row in found["rows"]] == [("林志愿", ["副书记（兼）"])]
    found = succeeded(run, "training", "missing", "--year", "2022")
    assert {row["name"] for row in found["rows"]} == {"陈书记", "团员一"}


def test_the_sample_s_untrained_and_trained_are_all_its_cadres(sample_db: Path, run: Run) -> None:
    """Whoever holds a post attended something or is in the list."""
    missing = succeeded(run, "training", "missing", "--year", "2023")["count"]
    connection = sqlite3.connect(sample_db)
    (trained,) = connection.execute(
        "SELECT count(DISTINCT person) FROM post WHERE until IS NULL"
        " AND person IN (SELECT person FROM trainee)"
    ).fetchone()
    connection.close()
    assert missing + trained == stats(run)["cadres.total"]


# -- activities ----------------------------------------------------------------------------------


def test_activities_are_listed_with_the_organisations_they_covered(small: str, run: Run) -> None:
    """By year, organisation and category, in either language."""
    rows = succeeded(run, "activity", "list", "--year", "2023")["rows"]
    assert [row["activity"] for row in rows] == ["学雷锋", "红色研学", "村团课", "座谈"]
    assert rows[0]["covered"] == ["共青团云杉县委员会"]
    assert len(succeeded(run, "activity", "list", "--year", "2022")["rows"]) == 0
    assert len(succeeded(run, "activity", "list", "--year", "2023", "--org", "S")["rows"]) == 1
    for word in ("团课", "league lesson"):
        rows = succeeded(run, "activity", "list", "--year", "2023", "--category", word)["rows"]
        assert [row["activity"] for row in rows] == ["村团课"]


def test_a_list_of_activities_agrees_with_the_figures(sample_db: Path, run: Run) -> None:
    """As many rows of a category as the figure counts, and the same attendances."""
    found = stats(run)
    for word, key in (("座谈会", "seminars.sessions"), ("青年讲师团宣讲", "lectures.youth_team"),
                      ("青年工作联席会", "meetings.joint")):  # fmt: skip
        rows = succeeded(run, "activity", "list", "--year", "2023", "--category", word)["rows"]
        assert len(rows) == found[key]
    rows = succeeded(run, "activity", "list", "--year", "2023", "--category", "座谈会")["rows"]
    assert sum(row["attendances"] for row in rows) == found["seminars.attendances"]


def owed(run: Run, org: str, *more: str) -> dict[str, list[str]]:
    """What the branches of an organisation owe, by category."""
    rows = succeeded(run, "activity", "due", "--year", "2023", "--org", org, *more)["rows"]
    return {row["category"]: row["missing"] for row in rows}


def test_what_a_branch_owes_is_what_covered_it_not(small: str, run: Run) -> None:
    """The village held a lesson in June; the county's theme day in March covered it too."""
    found = owed(run, "T1")
    assert found["league lesson"] == ["2023-01/03", "2023-07/09", "2023-10/12"]
    assert "2023-03" not in found["theme day"]
    assert len(found["theme day"]) == 11
    assert len(found["branch meeting"]) == 4
    assert len(found["committee meeting"]) == 12
    assert "group meeting" not in found


def test_nothing_is_owed_of_a_month_that_is_not_over(
    small: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of May, April is the last that can be missing."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-05-15")
    found = owed(run, "T1")
    assert found["committee meeting"] == ["2023-01", "2023-02", "2023-03", "2023-04"]
    assert found["branch meeting"] == ["2023-01/03"]


def test_a_county_says_itself_how_often_its_branches_meet(
    either_db: str, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """The policy file sets the months; 0 asks for nothing."""
    policy = tmp_path / "own.toml"
    policy.write_text(
        "[[life]]\nfrom = 2017-01-19\ncommittee_meeting_months = 6\nbranch_meeting_months = 0\n",
        "utf-8",
    )
    assert run("init", "--policy", policy).code == 0
    assert run("import", workbook(团组织=ORGANIZATIONS, 活动=SHEETS["活动"])).code == 0
    found = owed(run, "T1")
    assert found["committee meeting"] == ["2023-01/06", "2023-07/12"]
    assert "branch meeting" not in found


# -- surveys and tasks ---------------------------------------------------------------------------


def test_a_survey_is_shown_with_the_members_of_the_rows(sample_db: Path, run: Run) -> None:
    """In the sample both are the same, and the ratios keep their caps."""
    rows = succeeded(run, "survey", "show", "2023")["rows"]
    assert len(rows) == 26
    assert [row["reported"] for row in rows] == [row["members"] for row in rows]
    assert sum(row["members"] for row in rows) == stats(run)["members.total"]
    capped = [row for row in rows if row["cap"] is not None]
    assert {row["stage"] for row in capped} == {"junior graduating", "senior graduating"}
    assert all(row["ratio"] <= row["cap"] for row in capped)


def test_a_wrong_report_is_seen_next_to_the_rows(small: str, run: Run) -> None:
    """The township reported 120 members and has one."""
    rows = succeeded(run, "survey", "show", "2023", "--org", "T")["rows"]
    assert [(row["reported"], row["members"]) for row in rows] == [(120, 1)]


def test_tasks_are_done_open_or_overdue(
    small: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the day on which they are asked, by module and by who leads them."""
    assert [row["state"] for row in succeeded(run, "task", "list")["rows"]] == ["done", "overdue"]
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-11-30")
    assert [row["state"] for row in succeeded(run, "task", "list")["rows"]] == ["done", "open"]
    assert len(succeeded(run, "task", "list", "--module", "选用")["rows"]) == 1
    rows = succeeded(run, "task", "list", "--org", "C")["rows"]
    assert [row["task"] for row in rows] == ["召开联席会"]


@pytest.mark.parametrize(
    "arguments",
    [("post", "list"), ("training", "list"), ("training", "missing"), ("activity", "list"),
     ("activity", "due"), ("survey", "show", "2023"), ("task", "list")],
    ids=" ".join,
)  # fmt: skip
def test_a_list_of_nothing_is_an_empty_one(
    either_db: str, run: Run, arguments: tuple[str, ...]
) -> None:
    """In a registry without anything each list has its headings and no row."""
    assert run("init").code == 0
    ran = run(*arguments)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert succeeded(run, *arguments)["rows"] == []


def test_posts_of_the_small_county_are_as_their_sheet_says(small: str, run: Run) -> None:
    """Two are held, the third ended in September."""
    rows = succeeded(run, "post", "list", "--past")["rows"]
    assert sum(row["state"] != "empty" for row in rows) == len(CADRES) - 1
    held = [row for row in rows if row["state"] == "held"]
    assert {row["since"] for row in held} == {str(date(2022, 9, 1)), str(date(2023, 2, 1))}


# -- of one organisation, of an earlier day ------------------------------------------------------


def test_a_person_a_branch_and_a_transfer_stand_as_they_stood_that_day(
    small: str, run: Run
) -> None:
    """``--as-of``: the branch before a transfer, what was under way, and nobody who was to come."""
    moved = ("member", "transfer", "#1", "--to", "S1", "--on", "2023-11-01")
    assert run(*moved).code == 0
    assert run("transfer", "accept", "1", "--on", "2023-11-20").code == 0
    homes = {
        day: succeeded(run, "member", "show", "#1", "--as-of", day)["member"]["organization"]
        for day in ("2023-10-31", "2023-11-19", "2023-11-20")
    }
    assert homes["2023-10-31"] == homes["2023-11-19"] == "桥头村团支部"
    assert homes["2023-11-20"] != "桥头村团支部"
    before = succeeded(run, "member", "show", "#1", "--as-of", "2001-01-01")["member"]
    assert [before[key] for key in ("organization", "joined", "number", "admission")] == [None] * 4
    assert not any(before["history"].values())
    assert succeeded(run, "member", "find", "团员一", "--as-of", "2023-10-31")["count"] == 1
    assert run("member", "find", "团员一", "--as-of", "2001-01-01").code == 4
    states = [
        [row["state"] for row in succeeded(run, "transfer", "list", "--as-of", day)["rows"]]
        for day in ("2023-10-31", "2023-11-19", "2023-11-20")
    ]
    assert states == [[], ["pending"], ["accepted"]]
    members = [
        succeeded(run, "org", "show", "桥头村团支部", "--as-of", day)["organization"]["members"]
        for day in ("2023-11-19", "2023-11-20")
    ]
    assert members == [1, 0]


def test_the_log_and_the_trainings_of_an_organisation_are_its_own(small: str, run: Run) -> None:
    """``--org``: operations that wrote about it, also those of which nothing is left, and the
    sessions that its people attended."""
    assert (
        run("post", "appoint", "T1", "书记", "--name", "张示范", "--from", "2024-01-01").code == 0
    )
    assert run("member", "edit", "#1", "--phone", "13900000000").code == 0
    assert run("undo", "3").code == 0

    def log(*org: str) -> list[int]:
        return [row["id"] for row in succeeded(run, "log", *org)["operations"]]

    assert log() == log("--org", "C") == [4, 3, 2, 1]
    assert log("--org", "桥头村团支部")[-1] == 1
    assert not {3, 4} & {*log("--org", "S1")}
    assert {3, 4} <= {*log("--org", "桥头村团支部")}
    sessions = succeeded(run, "training", "list", "--year", "2023")["rows"]
    own = succeeded(run, "training", "list", "--year", "2023", "--org", "S1")["rows"]
    assert len(own) < len(sessions)


def test_findings_of_an_organisation_are_about_it(sample_db: Path, run: Run) -> None:
    """``check --org`` and ``quota check --org`` leave out what is of elsewhere, and the units of a
    county have all its findings about organisations between them."""

    def subjects(*org: str) -> list[str]:
        found = succeeded(run, "check", "term-over", "--as-of", "2030-12-31", *org)["findings"]
        return [finding["subject"] for finding in found]

    every, town, school = subjects(), subjects("--org", "白桦镇"), subjects("--org", "YS11")
    assert set(town) < set(every)
    assert town
    assert not {*town} & {*school}
    assert all("白桦镇" in subject for subject in town)
    assert subjects("--org", "YS") == every
    assert run("quota", "check", "2023", "--org", "白桦镇").code == 0


def test_a_registry_is_made_with_a_province_that_there_is(run: Run, tmp_path: Path) -> None:
    """``init --province 99`` is refused before anything is made; the name that it was given stands
    in the status and heads the calendar."""
    db = tmp_path / "new.db"
    assert run("--db", db, "init", "--province", "99").code == 2
    assert not db.exists()
    assert run("--db", db, "init", "--province", "65", "--name", "云岭县").code == 0
    assert run("--db", db, "init", "-n").code == 5
    assert "云岭县" in run("--db", db, "status").out
    assert run("--db", db, "due", "-o", tmp_path / "due.ics").code == 0
    assert "云岭县" in (tmp_path / "due.ics").read_text("utf-8")
