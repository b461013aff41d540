"""The figures of a year: what the sample county published, and that each is really counted."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run, answer_of
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.reports import figures
from leaguectl.reports.figures import FIGURES
from leaguectl.reports.figures.league import LEAGUE
from leaguectl.store import locate
from leaguectl.store.reading import open_reader

PUBLISHED = {
    "organizations.total": 288, "organizations.villages": 75, "organizations.communities": 11,
    "members.total": 5187, "admissions.total": 303, "admissions.quota": 303,
    "admissions.quota_left": 0, "numbers.usage_rate": 1.0,
    "cadres.secretary_filled_rate": 1.0, "cadres.posts_filled_rate": 1.0,
    "cadres.on_duty_rate": 1.0, "cadres.seconded_deputies": 2, "cadres.volunteer_deputies": 10,
    "training.drill_people": 540, "training.sessions": 2, "training.people": 96,
    "activities.total": 214, "activities.organizations": 288, "activities.members": 5187,
    "seminars.sessions": 20, "seminars.attendances": 700, "lectures.youth_team": 30,
    "lectures.congress": 60, "online.attendances": 165000,
}  # fmt: skip
TOP = [f"YS{at:02d}" for at in range(1, 21)]
DAYS = ["2023-01-01", "2023-03-31", "2023-06-30", "2023-08-31", "2023-12-30", "2023-12-31"]


def stats(run: Run, *arguments: str) -> dict[str, Any]:
    """The year's figures by key."""
    ran = run("stats", "2023", "-O", "json", *arguments)
    assert ran.code == 0, ran.err
    return {key: figure["value"] for key, figure in json.loads(ran.out)["figures"].items()}


def assert_balanced(found: dict[str, Any]) -> None:
    """What the year began with, plus and minus what happened, is what it ended with."""
    began = found["members.opening"] + found["admissions.total"] + found["members.transferred_in"]
    gone = found["members.transferred_out"] + found["members.left"]
    assert began - gone == found["members.total"]
    assert found["admissions.school"] + found["admissions.society"] == found["admissions.total"]


# -- what was published --------------------------------------------------------------------------


def test_the_sample_gives_what_its_county_published(sample_db: Path, run: Run) -> None:
    """The figures of 2023, exactly."""
    found = stats(run)
    assert {key: found[key] for key in PUBLISHED} == PUBLISHED


@pytest.mark.parametrize(
    ("key", "printed"),
    [("admissions.total", "303"), ("numbers.usage_rate", "1.0"), ("admissions.quota_left", "0")],
)
def test_one_figure_is_printed_alone(key: str, printed: str, sample_db: Path, run: Run) -> None:
    """``--get`` prints the value and nothing else, for a script."""
    ran = run("stats", "2023", "--get", key)
    assert (ran.code, ran.out, ran.err) == (0, f"{printed}\n", "")


def test_an_unknown_figure_is_not_found(sample_db: Path, run: Run) -> None:
    """Exit code 4, nothing on stdout, and the known keys."""
    ran = run("stats", "2023", "--get", "admissions.totals")
    assert (ran.code, ran.out) == (4, "")
    assert "admissions.total," in ran.err


def test_the_answer_has_the_keys_that_scripts_use(sample_db: Path, run: Run) -> None:
    """Schema, year, day, organisation, and each figure with its unit, label and definition."""
    answer = answer_of(run, "stats", "2023")
    assert answer["schema"] == "leaguectl/stats@1"
    assert next(iter(answer)) == "schema"
    assert (answer["year"], answer["as_of"], answer["organization"]) == (2023, "2023-12-31", None)
    assert list(answer["figures"]) == [figure.key for figure in FIGURES]
    for figure in answer["figures"].values():
        assert list(figure) == ["value", "unit", "label", "definition"]
        assert figure["label"]
        assert figure["definition"]
        assert figure["unit"] in {
            "organization", "person", "place", "ratio", "session", "attendance", "task",
        }  # fmt: skip


def test_the_day_and_the_organisation_asked_for_stand_in_the_answer(
    sample_db: Path, run: Run
) -> None:
    """An answer says what it is about."""
    ran = run("stats", "2023", "-O", "json", "--org", "YS11", "--as-of", "2023-06-30")
    answer = json.loads(ran.out)
    assert (answer["as_of"], answer["organization"]) == ("2023-06-30", "共青团云杉县第一中学委员会")


# -- the balance ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_the_balance_holds_on_any_day_of_the_year(day: str, sample_db: Path, run: Run) -> None:
    """Opening + admitted + in − out − left = members, whenever it is asked."""
    assert_balanced(stats(run, "--as-of", day))


@pytest.mark.parametrize("org", TOP)
def test_the_balance_holds_for_each_organisation_below_the_county(
    org: str, sample_db: Path, run: Run
) -> None:
    """``--org`` balances by itself, at the end of the year and within it."""
    assert_balanced(stats(run, "--org", org))
    assert_balanced(stats(run, "--org", org, "--as-of", "2023-06-30"))


def test_the_parts_add_up_to_the_county(sample_registry: Path) -> None:
    """The organisations below the county and its own committee are the county."""
    with open_reader(locate(str(sample_registry))) as reader:
        whole = figures.count(reader, 2023)
        tops = reader.rows("SELECT code FROM organization WHERE parent = 'YS'")
        assert sorted(row[0] for row in tops) == TOP
        parts = [figures.count(reader, 2023, org=code) for code in TOP]
    for at, figure in enumerate(whole):
        # A cadre may hold seats in two of them; members and the admitted belong to one.
        if (
            figure.figure.key.startswith(("members.", "admissions."))
            and figure.figure.unit == "person"
        ):
            assert sum(part[at].value or 0 for part in parts) == figure.value


def test_what_happened_after_the_day_does_not_count(sample_db: Path, run: Run) -> None:
    """On the first day of the year nobody had been admitted yet; every place was left."""
    found = stats(run, "--as-of", "2023-01-01")
    assert (found["admissions.total"], found["admissions.quota_left"]) == (0, 303)
    assert found["numbers.usage_rate"] == 0


def test_a_day_outside_the_year_is_refused_or_balances(sample_db: Path, run: Run) -> None:
    """The figures of a year are not mixed with a day before it."""
    ran = run("stats", "2023", "-O", "json", "--as-of", "2022-06-30")
    if ran.code == 0:
        assert_balanced(
            {k: figure["value"] for k, figure in json.loads(ran.out)["figures"].items()}
        )
    else:
        assert ran.code == 2
        assert list(json.loads(ran.out)) == ["schema", "error"]


def test_a_day_after_the_year_is_its_last(sample_db: Path, run: Run) -> None:
    """Nothing of the year changes afterwards."""
    assert stats(run, "--as-of", "2024-06-30") == stats(run)


def test_the_balance_holds_after_a_member_moved_within_the_county(
    db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """Who was admitted at school and then moved to a village leaves both in balance."""
    rows = [ADMISSION_HEADINGS, admission(1), admission(2)]
    first = workbook("first.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=rows)
    assert run("import", first).code == 0
    moved = [admission(1)[0], id_number(1), "桥头村团支部"]
    ran = run("import", workbook("moved.xlsx", 团员=[MEMBER_HEADINGS[:3], moved]))
    assert ran.code == 0, ran.err
    assert_balanced(stats(run))
    for org in ("S", "T"):
        assert_balanced(stats(run, "--org", org))


# -- every figure is counted ---------------------------------------------------------------------

_MEMBER = "SELECT id FROM membership WHERE \"left\" IS NULL AND joined < '2022-01-01' LIMIT 1"
_LEFT = "SELECT id FROM membership WHERE \"left\" LIKE '2023%' AND leaving_reason {} LIMIT 1"
_ADMITTED = (
    "SELECT a.id FROM admission AS a JOIN organization AS o ON o.code = a.organization"
    " WHERE o.domain = '{}' LIMIT 1"
)
_TO_2022 = "UPDATE admission SET meeting = '2022-12-30' WHERE id = ({})"
_ROOM = "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;"
_FREED = (
    "UPDATE number SET state = 'free', person = NULL WHERE number IN"
    " (SELECT number FROM number WHERE state = 'used' AND quota IS NOT NULL LIMIT {})"
)
MOVES: dict[str, tuple[str, float]] = {
    "organizations.total": (
        "UPDATE organization SET dissolved = '2023-12-31' WHERE code = 'YS20'", -1
    ),
    "organizations.villages": (
        "UPDATE organization SET sector = 'other' WHERE code ="
        " (SELECT min(code) FROM organization WHERE sector = 'village')", -1
    ),
    "organizations.communities": (
        "UPDATE organization SET founded = '2024-01-01' WHERE code ="
        " (SELECT min(code) FROM organization WHERE sector = 'community')", -1
    ),
    "members.opening": (f"UPDATE membership SET joined = '2023-01-01' WHERE id = ({_MEMBER})", -1),
    "admissions.total": (_TO_2022.format(_ADMITTED.format("school")), -1),
    "members.transferred_in": (
        f"UPDATE membership SET joined = '2023-05-04' WHERE id = ({_MEMBER})", 1
    ),
    "members.first_entry": (
        f"UPDATE membership SET joined = '2023-05-04' WHERE id = ({_MEMBER})", 1
    ),
    "members.transferred_out": (
        f"UPDATE membership SET leaving_reason = 'age' WHERE id ="
        f" ({_LEFT.format(chr(61) + chr(39) + 'transferred' + chr(39))})", -1
    ),
    "members.left": (
        f"UPDATE membership SET \"left\" = '2023-05-04', leaving_reason = 'age'"
        f" WHERE id = ({_MEMBER})", 1
    ),
    "members.total": (
        f"UPDATE membership SET \"left\" = '2023-12-31' WHERE id = ({_MEMBER})", -1
    ),
    "admissions.school": (_TO_2022.format(_ADMITTED.format("school")), -1),
    "admissions.society": (_TO_2022.format(_ADMITTED.format("society")), -1),
    "admissions.quota": (
        "INSERT INTO number SELECT '202365999999', 2023, 'free', id, NULL, NULL, NULL, operation"
        " FROM quota LIMIT 1", 1
    ),
    "admissions.quota_left": (_FREED.format(1), 1),
    "numbers.usage_rate": (_FREED.format(3), round(300 / 303, 4) - 1),
    "archive.complete_rate": (
        "UPDATE certificate SET state = 'recalled' WHERE person IN"
        " (SELECT person FROM admission ORDER BY person LIMIT 26)", round(5161 / 5187, 4) - 1
    ),
}  # fmt: skip
"""A row changed, and how far its figure moves."""


@pytest.mark.parametrize("key", MOVES)
def test_a_figure_moves_when_its_row_changes(key: str, sample_db: Path, run: Run) -> None:
    """No figure is a constant: one row changed behind the program's back changes it so much."""
    before = stats(run)[key]
    change, moved = MOVES[key]
    connection = sqlite3.connect(sample_db)
    connection.executescript(_ROOM)
    assert connection.execute(change).rowcount >= 1
    connection.commit()
    connection.close()
    assert stats(run)[key] == pytest.approx(before + moved)


def test_every_figure_is_moved_by_some_row() -> None:
    """Whoever adds a figure adds the row that it counts."""
    assert list(MOVES) == [figure.key for figure in LEAGUE]


def test_who_left_within_the_day_is_no_member_any_more(sample_db: Path, run: Run) -> None:
    """The day of leaving is the first without membership, the day of joining the first with."""
    first, last = "2023-05-04", "2023-05-05"
    connection = sqlite3.connect(sample_db)
    (row,) = connection.execute(_MEMBER).fetchone()
    connection.execute(
        'UPDATE membership SET joined = ?, "left" = ? WHERE id = ?', (first, last, row)
    )
    connection.commit()
    connection.close()
    others = [stats(run, "--as-of", f"2023-05-0{day}") for day in (3, 4, 5)]
    eve, there, gone = (found["members.total"] for found in others)
    for found in others:
        assert_balanced(found)
    came = [found["members.transferred_in"] for found in others]
    left = [found["members.left"] for found in others]
    assert (came[1] - came[0], left[2] - left[1]) == (1, 1)
    admitted = [found["admissions.total"] for found in others]
    assert there - eve == 1 + admitted[1] - admitted[0]
    assert gone - there == -1 + admitted[2] - admitted[1]


# -- nothing to count ----------------------------------------------------------------------------


def test_without_a_quota_its_figures_are_null(
    db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """What there is nothing of to count is null, never 0 by silence; the definition says why."""
    sheets = {"团组织": ORGANIZATIONS, "团员": [MEMBER_HEADINGS, member()]}
    assert run("import", workbook(**sheets)).code == 0
    answer = answer_of(run, "stats", "2023")["figures"]
    for key in ("admissions.quota", "admissions.quota_left", "numbers.usage_rate"):
        assert answer[key]["value"] is None
        assert "null" in answer[key]["definition"]
    assert (answer["members.total"]["value"], answer["admissions.total"]["value"]) == (1, 0)
    ran = run("stats", "2023", "--get", "admissions.quota")
    assert (ran.code, ran.out) == (0, "\n")


def test_an_empty_registry_counts_nobody(db: Path, run: Run) -> None:
    """Before the first import there are no organisations and no members, and nothing fails."""
    assert run("init").code == 0
    found = stats(run)
    assert (found["organizations.total"], found["members.total"]) == (0, 0)
    assert_balanced(found)


def test_a_void_number_is_no_place_that_is_left(
    db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """Of ten places with one used and one void, eight are left and a tenth is used."""
    rows = [ADMISSION_HEADINGS, admission(1)]
    book = workbook(团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=rows)
    assert run("import", book).code == 0
    connection = sqlite3.connect(db)
    connection.execute(
        "UPDATE number SET state = 'void', reason = 'spoiled' WHERE number = '202365000010'"
    )
    connection.commit()
    connection.close()
    found = stats(run)
    keys = ("admissions.quota", "admissions.quota_left", "numbers.usage_rate")
    assert [found[key] for key in keys] == [10, 8, 0.1]


def test_stats_of_a_registry_that_is_not_there_are_not_found(db: Path, run: Run) -> None:
    """Looking makes no registry: exit code 4 and no file."""
    ran = run("stats", "2023")
    assert (ran.code, ran.out, db.exists()) == (4, "", False)


# -- PostgreSQL ----------------------------------------------------------------------------------


def test_postgresql_counts_the_same(sample_registry: Path, postgresql: str, run: Run) -> None:
    """The same workbook gives the same figures on both databases: for the county, for each
    organisation below it, and on other days."""
    ran = run("--db", postgresql, "import", "--province", "65", DATA / "sample.xlsx")
    assert ran.code == 0, ran.err
    asked: list[tuple[date | None, str]] = [(None, ""), (None, "YS"), *((None, o) for o in TOP)]
    asked += [(date.fromisoformat(day), "") for day in DAYS]
    answers = []
    for where in (str(sample_registry), postgresql):
        with open_reader(locate(where)) as reader:
            answers.append([figures.count(reader, 2023, day, org) for day, org in asked])
    assert answers[0] == answers[1]
    command = ("stats", "2023", "-O", "json", "--org", "YS11", "--as-of", "2023-06-30")
    answers = [run("--db", where, *command) for where in (sample_registry, postgresql)]
    assert answers[0].out == answers[1].out
    assert answers[0].code == 0


# -- what does not exist -------------------------------------------------------------------------

KNOWN_TO_BE_NONE = ("organizations.", "members.", "admissions.total", "admissions.school",
                    "admissions.society")  # fmt: skip
"""What the registry itself counts: of an empty one there are none, which is 0. Everything else is
counted from sheets: where there is no such sheet nobody knows how many there were."""


@pytest.mark.parametrize("sheets", [{}, {"团组织": ORGANIZATIONS}], ids=["empty", "organisations"])
def test_what_does_not_exist_is_null_and_says_why(
    db: Path, run: Run, workbook: Callable[..., Path], sheets: dict[str, Any]
) -> None:
    """0 is a count of what the registry knows; without any records a figure is null, and its
    definition says when it is."""
    assert run("init", "--province", "65").code == 0
    if sheets:
        assert run("import", workbook("o.xlsx", **sheets)).code == 0
    figures = answer_of(run, "stats", "2023")["figures"]
    for key, figure in figures.items():
        if key.startswith(KNOWN_TO_BE_NONE):
            assert figure["value"] is not None, key
        else:
            assert figure["value"] is None, key
            assert "null" in figure["definition"], key
