"""What a branch takes along when it is moved, and what it leaves where it was: in every year, an
organisation begins with what it ended the last one with, whatever was moved in between."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run, answer_of, examples
from leaguectl.reports import ledger
from leaguectl.reports.figures import by_key, by_organization
from leaguectl.reports.figures.trees import Trees
from leaguectl.store import locate
from leaguectl.store.reading import Reader, open_reader
from lives import ONE, THREE, TWO, county, figures, refused
from test_splits import assert_adds_up

Workbook = Callable[..., Path]
YEARS = (2021, 2022, 2023, 2024)
BRANCHES, COMMITTEES = ("S1", "S2", "S3", "T1"), ("S", "T", "C")
DAYS = st.dates(date(2022, 1, 1), date(2023, 12, 31)).map(date.isoformat)

MEMBERS = st.sampled_from([str(ONE), str(TWO), str(THREE)])
EVERY = st.sampled_from((*BRANCHES, *COMMITTEES))


def command(*parts: str | st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """A command of these words, some of them drawn."""
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts))


STEPS = st.one_of(
    command("org", "move", EVERY, "--to", st.sampled_from(COMMITTEES), "--on", DAYS),
    command("org", "move", EVERY, "--to", st.sampled_from(COMMITTEES), "--on", DAYS),
    command("member", "transfer", MEMBERS, "--to", EVERY, "--on", DAYS, "--accepted"),
    command("member", "leave", MEMBERS, "--on", DAYS, "--reason-kind", "resigned", "--yes"),
    command("org", "merge", EVERY, "--into", EVERY, "--on", DAYS, "--yes"),
    command("org", "close", EVERY, "--members-to", EVERY, "--on", DAYS, "--yes"),
    command("org", "split", EVERY, "新支部", "--member", MEMBERS, "--on", DAYS),
    command("quota", "set", st.sampled_from(("2022", "2023")), EVERY, st.sampled_from("0123")),
    command("org", "rename", EVERY, st.sampled_from(("改名甲", "改名乙")), "--on", DAYS),
)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[*HealthCheck])
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_a_year_begins_as_the_last_one_ended(
    steps: list[tuple[str, ...]],
    run: Run,
    db: Path,
    workbook: Workbook,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For every organisation: opening = last total, and in and out balance; what is counted of all
    at once is what is counted of each; own members and those of what lies below are all."""
    if not db.exists():
        county(run, workbook)
    with TemporaryDirectory() as folder:
        copy = shutil.copy(db, Path(folder) / "league.db")
        with monkeypatch.context() as patched:
            patched.setenv("LEAGUECTL_DB", str(copy))
            for step in steps:
                assert run(*step).code in (0, 3), step
        assert_years_follow(str(copy))


def assert_years_follow(db: str) -> None:
    """The laws of one registry."""
    with open_reader(locate(db)) as reader:
        codes = [row[0] for row in reader.rows("SELECT code FROM organization")]
        last: dict[str, int] = {}
        for year in YEARS:
            at_once = by_organization.balances(reader, year)
            of_each = {code: by_key(reader, year, code) for code in codes}
            for code, counted in of_each.items():
                kept = {key: counted[key] or 0 for key in by_organization.KEYS}
                assert kept == {key: at_once.get(code, {}).get(key, 0) for key in kept}
                came = kept["admissions.total"] + kept["members.transferred_in"]
                went = kept["members.transferred_out"] + kept["members.left"]
                assert kept["members.opening"] + came - went == kept["members.total"]
                assert kept["members.opening"] == last.get(code, kept["members.opening"])
                last[code] = kept["members.total"]
            for code in ("", "S", "T"):
                assert_adds_up(reader, year, code)
            assert_one_answer_of_places(reader, year, of_each)
            paths = Trees(reader).paths(date(year, 12, 31))
            for code in codes:
                below = [other for other, path in paths.items() if path[1:2] == (code,)]
                own = reader.rows(
                    "SELECT count(*) FROM membership WHERE organization = :code"
                    " AND coalesce(since, joined) <= :day"
                    ' AND ("left" IS NULL OR "left" > :day)',
                    {"code": code, "day": f"{year}-12-31"},
                )
                assert last[code] == own[0][0] + sum(last[other] for other in below)


def assert_one_answer_of_places(
    reader: Reader, year: int, counted: dict[str, dict[str, Any]]
) -> None:
    """The plan and the figures say the same of every organisation: how many places it has, how many
    of them are left, which part is used."""
    plan = {row["code"]: row for row in ledger.quotas(reader, year)}
    free = dict.fromkeys(plan, 0)
    for number in ledger.free_numbers(reader, year):
        free[str(ledger.number_card(reader, number)["code"])] += 1
    for code, found in counted.items():
        said = [ledger.quota_total(ledger.quotas(reader, year, code)), plan.get(code)]
        for row in filter(None, said):
            kept = row["places"] or None, row["left"], row["usage_rate"]
            rate = found["numbers.usage_rate"]
            assert kept == (found["admissions.quota"], found["admissions.quota_left"] or 0,
                            None if rate is None else float(rate))  # fmt: skip
        assert said[0] or not found["admissions.quota"]
        if code in plan:  # what it has of its own is what an admission can take
            assert plan[code]["own_left"] == free[code]


def test_what_goes_with_a_branch_is_reported(run: Run, here: str) -> None:
    """Two leave the school with their class and come to the town; the county knows of no transfer,
    and what happened before the move stays where it happened."""
    assert run("member", "leave", str(ONE), "--on", "2023-03-01", "--reason-kind", "resigned",
               "--yes").code == 0  # fmt: skip
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-06-01").code == 0
    school, town, whole = (figures(run, code) for code in "STC")
    assert (school["members.left"], town["members.left"], whole["members.left"]) == (1, 0, 1)
    assert (school["admissions.total"], town["admissions.total"]) == (1, 0)
    moved = school["members.transferred_out"]
    assert moved == town["members.transferred_in"] > 0
    assert (whole["members.transferred_in"], whole["members.transferred_out"]) == (0, 0)
    assert_years_follow(here)


def test_places_go_with_a_unit(run: Run, here: str) -> None:
    """The class has two of the school's four places, and is moved within the year."""
    for code, places in (("S", "4"), ("S1", "2")):
        assert run("quota", "set", "2023", code, places).code == 0
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-06-01").code == 0
    assert_years_follow(here)
    rows = answer_of(run, "quota", "show", "2023")["rows"]
    places = {row["code"]: (row["places"], row["allotted_below"], row["left"]) for row in rows}
    town = answer_of(run, "quota", "show", "2023", "--org", "T")["total"]
    assert (places["S"], places["S1"]) == ((2, 0, 1), (2, 0, 2))
    assert (town["places"], town["left"], town["own_left"]) == (4, 4, 4)


def test_past_admissions_are_judged_where_they_happened(run: Run, here: str) -> None:
    """The number is of the block of the school, and the school stood above the class then."""
    before = run("check", "--on", "2023-12-31").out
    assert run("org", "move", "S1", "--to", "T", "--on", "2024-01-10").code == 0
    assert run("check").code == 0
    assert run("check", "--on", "2023-12-31").out == before


def test_lists_of_a_day_bear_its_tree_and_names(run: Run, here: str) -> None:
    """Tree, sheets and figures as of a day before the class was renamed and moved."""
    former = "云杉县第一中学高一（1）班团支部"
    assert run("org", "rename", "S1", "新名团支部", "--on", "2023-06-01").code == 0
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-07-01").code == 0
    tree = answer_of(run, "org", "tree", "--as-of", "2023-05-31")
    (branch,) = [row for row in tree["organizations"] if row["code"] == "S1"]
    assert (branch["name"], branch["parent"]) == (former, "S")
    for kind in ("organizations", "members"):
        sheet = run("export", kind, "--as-of", "2023-05-31", "-O", "json", "--reason", "查")
        assert former in sheet.out
        assert "新名团支部" not in sheet.out
    organizations = run("export", "organizations", "--as-of", "2023-05-31", "--org", "S").out
    assert former in organizations
    stats = answer_of(run, "stats", "2023", "--org", "S1", "--as-of", "2023-05-31")
    assert stats["organization"] == former
    later = run("export", "organizations", "--as-of", "2023-07-01", "--org", "T").out
    assert "新名团支部" in later


def test_a_branch_is_not_moved_before_a_move_that_is_recorded(run: Run, here: str) -> None:
    """The later one says where it lay before; likewise its names."""
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-06-01").code == 0
    assert run("org", "rename", "S1", "新名团支部", "--on", "2023-06-01").code == 0
    refused(run("org", "move", "S1", "--to", "C", "--on", "2023-05-01"),
            "organization-changed-later")  # fmt: skip
    refused(run("org", "rename", "S1", "旧名团支部", "--on", "2023-05-01"),
            "organization-changed-later")  # fmt: skip
    assert run("org", "move", "S1", "--to", "S", "--on", "2023-06-01").code == 0


def test_posts_and_plans_of_a_day_are_of_its_tree(run: Run, here: str) -> None:
    """A post of the class is the school's before the class was moved, and under its name then."""
    assert run("post", "appoint", "S1", "书记", "--name", "吴书", "--from", "2023-01-01").code == 0
    assert run("org", "rename", "S1", "新名团支部", "--on", "2023-06-01").code == 0
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-06-01").code == 0
    for org, day, count in (("S", "2023-05-31", 1), ("S", "2023-06-01", 0),
                            ("T", "2023-05-31", 0), ("T", "2023-06-01", 1)):  # fmt: skip
        ran = run("post", "list", "--org", org, "--as-of", day, "-O", "json")
        held = [row for row in json.loads(ran.out)["rows"] if row.get("name") == "吴书"]
        assert len(held) == count
        assert all(("新名" in row["organization"]) == (org == "T") for row in held)
    members = [
        answer_of(run, "plan", "2024", "--org", "S", "--as-of", day)["total"]
        for day in ("2023-05-31", "2023-06-01")
    ]
    assert members[0]["members"] == members[1]["members"] + 3


def test_a_meeting_counts_for_who_was_below_on_its_day(
    run: Run, here: str, workbook: Workbook
) -> None:
    """The class hears the lesson of its school before it is moved to the town, which has its own
    lesson at the same time, and the town's after that."""
    headings = ["活动名称", "活动类别", "活动日期", "主办团组织", "覆盖团组织"]
    held = (("S", 2), ("T", 5), ("T", 8), ("S", 11))
    lessons = [[f"{month}月团课", "团课", date(2023, month, 1), by, by] for by, month in held]
    assert run("import", workbook(活动=[headings, *lessons])).code == 0
    assert run("org", "move", "S1", "--to", "T", "--on", "2023-06-01").code == 0
    due = answer_of(run, "activity", "due", "--year", "2023", "--org", "S1")["rows"]
    assert [row["missing"] for row in due if row["category"] == "league lesson"] == [
        ["2023-04/06", "2023-10/12"]
    ]
