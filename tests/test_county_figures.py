"""The figures of what the county does: each counted from rows, by its day, never by silence."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.reports.figures import FIGURES
from leaguectl.reports.figures.league import LEAGUE
from test_county_sheets import ACTIVITIES_SHEET, CADRES, SHEETS, TASKS, TRAININGS_SHEET
from test_stats import stats

Workbook = Callable[..., Path]

_ONE_SEAT = "SELECT person FROM post WHERE until IS NULL GROUP BY person HAVING count(*) = 1"
_GRASSROOTS = (
    "SELECT post.id FROM post JOIN organization ON code = post.organization"
    " WHERE sector IN ('village', 'community') AND title = '{}' ORDER BY post.id LIMIT {}"
)
_ONCE = (
    "SELECT trainee.id FROM trainee JOIN training ON training.id = trainee.training"
    " WHERE category IN ({}) GROUP BY person HAVING count(*) = 1 LIMIT 1"
)
_EARLIER = "UPDATE activity SET day = '2022-12-30' WHERE id = (SELECT min(id) FROM activity"
_STUDENTS = "UPDATE survey SET students = 2 * students"
MOVES: dict[str, tuple[str, float]] = {
    "cadres.total": (f"DELETE FROM post WHERE person = ({_ONE_SEAT} LIMIT 1)", -1),
    "cadres.secretary_filled_rate": (
        f"UPDATE post SET until = '2023-12-31' WHERE id IN ({_GRASSROOTS.format('secretary', 2)})",
        round(84 / 86, 4) - 1,
    ),
    "cadres.posts_filled_rate": (
        f"DELETE FROM post WHERE id IN ({_GRASSROOTS.format('committee member', 1)})",
        round(279 / 280, 4) - 1,
    ),
    "cadres.on_duty_rate": (
        f"UPDATE post SET duty = 'off' WHERE id IN ({_GRASSROOTS.format('committee member', 7)})",
        round(273 / 280, 4) - 1,
    ),
    "cadres.seconded_deputies": (
        "UPDATE post SET basis = 'full-time' WHERE id ="
        " (SELECT min(id) FROM post WHERE basis = 'seconded')", -1
    ),
    "cadres.volunteer_deputies": (
        "UPDATE post SET source = '三支一扶' WHERE id ="
        " (SELECT min(id) FROM post WHERE source = 'western plan')", -1
    ),
    "training.drill_people": (
        "DELETE FROM trainee WHERE id = (" + _ONCE.format("'drill'") + ")", -1
    ),
    "training.sessions": ("UPDATE training SET category = 'other' WHERE category = 'qingma'", -1),
    "training.people": (
        "DELETE FROM trainee WHERE id = (" + _ONCE.format("'basics', 'qingma'") + ")", -1
    ),
    "activities.total": (f"{_EARLIER} WHERE category = 'oath')", -1),
    "activities.organizations": (
        "UPDATE coverage SET organization = 'YS01' WHERE organization = 'YS'", -1
    ),
    "activities.members": (
        "UPDATE coverage SET organization = 'YS0101' WHERE organization IN ('YS', 'YS01')", -457
    ),
    "seminars.sessions": (f"{_EARLIER} WHERE category = 'seminar')", -1),
    "seminars.attendances": (
        "UPDATE activity SET attendances = attendances + 5 WHERE id ="
        " (SELECT min(id) FROM activity WHERE category = 'seminar')", 5
    ),
    "lectures.youth_team": (f"{_EARLIER} WHERE category = 'youth lectures')", -1),
    "lectures.congress": (f"{_EARLIER} WHERE category = 'congress lectures')", -1),
    "online.attendances": (
        "UPDATE activity SET attendances = attendances + 1 WHERE id ="
        " (SELECT min(id) FROM activity WHERE category = 'scarf study')", 1
    ),
    "ratios.member_student": (_STUDENTS, -0.5),
    "ratios.member_youth": ("UPDATE survey SET youth = 2 * youth", -0.5),
    "ratios.graduating_junior": (f"{_STUDENTS} WHERE stage = 'junior graduating'", -0.5),
    "ratios.graduating_senior": (f"{_STUDENTS} WHERE stage = 'senior graduating'", -0.5),
    "paths.recommended_to_league": (
        "UPDATE admission SET route = 'points' WHERE id ="
        " (SELECT min(id) FROM admission WHERE route = 'recommendation')", -1
    ),
    "paths.joined_party": (
        "INSERT INTO milestone (id, person, kind, day, day_precision, organization, operation)"
        " SELECT 1, person, 'joined party', '2023-07-01', 'day', organization, 1 FROM membership"
        " WHERE id = 1", 1
    ),
    "assessment.organizations": ("DELETE FROM score WHERE organization = 'YS01'", -1),
    "tasks.total": (
        "UPDATE task SET due = '2024-03-01' WHERE id ="
        " (SELECT min(id) FROM task WHERE done IS NULL)", -1
    ),
    "tasks.done": ("UPDATE task SET done = NULL WHERE id = 1", -1),
    "meetings.joint": (f"{_EARLIER} WHERE category = 'joint meeting')", -1),
}  # fmt: skip
"""A row changed, and how far its figure moves; of a ratio of members, by what share of it."""


@pytest.mark.parametrize("key", MOVES)
def test_a_figure_moves_when_its_row_changes(key: str, sample_db: Path, run: Run) -> None:
    """No figure is a constant: rows changed behind the program's back change it so much."""
    before = stats(run)[key] or 0
    change, moved = MOVES[key]
    changed(sample_db, change)
    expected = before * (1 + moved) if key.startswith("ratios.") else before + moved
    assert stats(run)[key] == pytest.approx(expected, abs=1e-4)


def test_every_figure_of_the_contract_is_moved_by_some_row() -> None:
    """Whoever adds a figure adds the row that it counts."""
    assert [figure.key for figure in LEAGUE] + list(MOVES) == [figure.key for figure in FIGURES]


def changed(db: Path, sql: str) -> None:
    """Change rows behind the program's back."""
    connection = sqlite3.connect(db)
    assert connection.execute(sql).rowcount >= 1
    connection.commit()
    connection.close()


# -- nothing to count ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_nobody_recorded_is_null_and_says_why(
    language: str, either_db: str, run: Run, workbook: Workbook
) -> None:
    """Without a row of its kind no figure is 0; its definition says when it is empty."""
    book = workbook(团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member()])
    assert run("import", book).code == 0
    answer = answer_of(run, "--lang", language, "stats", "2023")["figures"]
    figures = {key: answer[key] for key in MOVES}
    assert {key for key, item in figures.items() if item["value"] is not None} == set()
    word = {"en": "null where", "zh": "则为空"}[language]
    assert {key for key, item in figures.items() if word not in item["definition"]} == set()


def test_seats_without_a_post_are_not_said_to_be_empty(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """A county that recorded its seats but no holder yet has no rate; with one holder it has."""
    organizations = [[*row, "书记应配" if at == 0 else 1] for at, row in enumerate(ORGANIZATIONS)]
    assert run("import", workbook("a.xlsx", 团组织=organizations)).code == 0
    assert stats(run)["cadres.secretary_filled_rate"] is None
    assert run("import", workbook("b.xlsx", 团干部=[CADRES[0], CADRES[3]])).code == 0
    assert stats(run, "--as-of", "2023-08-31")["cadres.secretary_filled_rate"] == 0


# -- the day -------------------------------------------------------------------------------------


@pytest.fixture
def small(either_db: str, run: Run, workbook: Workbook) -> str:
    """The small county with all its sheets, on both databases."""
    villager = member(1, 姓名="团员一", 所在团支部="桥头村团支部")
    organizations = [
        [*row, *(("书记应配", "班子应配") if at == 0 else (1, 3))]
        for at, row in enumerate(ORGANIZATIONS)
    ]
    begin(run, workbook, 团组织=organizations, 团员=[MEMBER_HEADINGS, villager], **SHEETS)
    return either_db


def test_a_term_counts_from_its_first_day_to_the_day_before_its_last(small: str, run: Run) -> None:
    """The member of the village's committee was in post until 1 September."""
    held = [stats(run, "--as-of", f"2023-0{day}")["cadres.total"] for day in ("8-31", "9-01")]
    assert held == [3, 2]
    assert stats(run, "--as-of", "2023-01-31")["cadres.volunteer_deputies"] == 0
    assert stats(run, "--as-of", "2023-02-01")["cadres.volunteer_deputies"] == 1


def test_what_is_dated_later_does_not_count(small: str, run: Run) -> None:
    """Trainings, activities and what was done of the tasks up to that day."""
    keys = ("training.drill_people", "training.sessions", "activities.total", "tasks.total",
            "tasks.done", "seminars.attendances")  # fmt: skip
    by_day = {
        day: [stats(run, "--as-of", day)[key] for key in keys]
        for day in ("2023-03-31", "2023-04-30", "2023-12-31")
    }
    assert by_day == {
        "2023-03-31": [None, None, 1, 2, 0, None],
        "2023-04-30": [2, None, 1, 2, 0, None],
        "2023-12-31": [2, 1, 3, 2, 1, 35],
    }


def test_an_organisation_s_figures_are_those_of_it_and_below(small: str, run: Run) -> None:
    """The school held one activity; the county's covered it too."""
    found = stats(run, "--org", "S")
    assert (found["activities.total"], found["activities.organizations"]) == (1, 3)
    assert (found["activities.members"], found["cadres.total"]) == (None, None)
    assert found["ratios.member_student"] == 0
    village = stats(run, "--org", "T")
    assert (village["seminars.attendances"], village["assessment.organizations"]) == (35, 1)
    assert (village["activities.members"], village["training.drill_people"]) == (1, 1)


# -- seats and heads -----------------------------------------------------------------------------


def test_who_holds_two_seats_fills_two_and_is_one_head(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """The secretary of one village is the second one's too: both seats are filled, one head."""
    organizations = [
        [*ORGANIZATIONS[0], "书记应配"], *([*row, 1] for row in ORGANIZATIONS[1:]),
        ["T2", "上泉村团支部", "白桦镇团委", "团支部", "社会", "农村", 1],
    ]  # fmt: skip
    item = ["王两职", id_number(90, "19980301")]
    cadres = [
        CADRES[0],
        [*item, "桥头村团支部", "书记", date(2023, 1, 1), None, "兼职", None, "是"],
        [*item, "上泉村团支部", "书记", date(2023, 1, 1), None, "兼职", None, "是"],
    ]
    assert run("import", workbook(团组织=organizations, 团干部=cadres)).code == 0
    found = stats(run)
    assert (found["cadres.secretary_filled_rate"], found["cadres.total"]) == (1, 1)
    assert found["cadres.on_duty_rate"] == 1


def test_more_holders_than_seats_fill_no_other_organisation_s(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """Two secretaries in one village do not make up for none in the next."""
    organizations = [
        [*ORGANIZATIONS[0], "书记应配"], *([*row, 1] for row in ORGANIZATIONS[1:]),
        ["T2", "上泉村团支部", "白桦镇团委", "团支部", "社会", "农村", 1],
    ]  # fmt: skip
    cadres = [
        CADRES[0],
        *(
            [f"王{at}", id_number(90 + n, "19980301"), "桥头村团支部", "书记", date(2023, 1, 1),
             None, None, None, None]
            for n, at in enumerate("甲乙")
        ),
    ]  # fmt: skip
    assert run("import", workbook(团组织=organizations, 团干部=cadres)).code == 0
    assert stats(run)["cadres.secretary_filled_rate"] == 0.5


def test_a_name_alone_and_a_person_are_counted_each_once(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """Two sessions of a drill with the same two people, one of them by name alone."""
    again = [[name, kind, date(2023, 9, 9), *who] for name, kind, _, *who in TRAININGS_SHEET[1:3]]
    book = workbook(团组织=ORGANIZATIONS, 培训=[*TRAININGS_SHEET[:3], *again])
    assert run("import", book).code == 0
    assert stats(run)["training.drill_people"] == 2


def test_units_are_never_mixed() -> None:
    """Sessions, people, attendances, organisations and tasks are distinguished by their keys."""
    units = {figure.key: figure.unit for figure in FIGURES}
    endings = {"sessions": "session", "attendances": "attendance", "people": "person",
               "organizations": "organization", "members": "person"}  # fmt: skip
    found = {key: units[key] for key in units if key.rpartition(".")[2] in endings}
    assert found == {key: endings[key.rpartition(".")[2]] for key in found}


# -- the plan of the reform ----------------------------------------------------------------------


def test_a_task_counts_in_the_years_in_which_it_is_open(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """Due next year it is next year's; due before and not done it is carried over."""
    rows = [TASKS[0], ["选用", "旧事", "县委", date(2022, 5, 1), date(2022, 6, 1), None],
            ["选用", "拖延", "县委", date(2022, 5, 1), None, None],
            ["选用", "以后", "县委", date(2024, 5, 1), None, None],
            ["选用", "随时", "县委", None, date(2023, 2, 1), None]]  # fmt: skip
    book = workbook(团组织=ORGANIZATIONS, 改革任务=rows)
    assert run("import", book).code == 0
    found = stats(run)
    assert (found["tasks.total"], found["tasks.done"]) == (2, 1)


def test_categories_that_have_their_own_figure_are_no_activities(
    db: Path, run: Run, workbook: Workbook
) -> None:
    """A seminar is counted once: as a seminar."""
    assert run("import", workbook(团组织=ORGANIZATIONS, 活动=ACTIVITIES_SHEET)).code == 0
    found: dict[str, Any] = stats(run)
    assert (found["activities.total"], found["seminars.sessions"]) == (3, 1)


# -- ratios --------------------------------------------------------------------------------------


def test_a_ratio_leaves_out_who_was_not_surveyed_and_counts_nobody_twice(
    either_db: str, run: Run, workbook: Workbook
) -> None:
    """Members of another school do not come into it; what the county counted as a whole is left
    out where its school counted too."""
    others = [
        ["S9", "云杉县第二中学团委", "共青团云杉县委员会", "团委", "学校", "普通高中"],
        ["S91", "二中高三（1）班团支部", "云杉县第二中学团委", "毕业班团支部", "学校", "普通高中"],
        ["S3", "高三（1）班团支部", "云杉县第一中学团委", "毕业班团支部", "学校", None],
    ]
    members = [member(1), member(2), member(3, 所在团支部="高三（1）班团支部"),
               member(4, 所在团支部="二中高三（1）班团支部")]  # fmt: skip
    surveys = [
        ["年度", "团组织", "学段", "学生数", "青年数", "团员数"],
        [2023, "云杉县第一中学团委", "高中", 8, 8, None],
        [2023, "云杉县第一中学团委", "高中毕业班", 4, 4, None],
        [2023, "共青团云杉县委员会", "高中", 1000, 1000, None],
        [2022, "云杉县第二中学团委", "高中毕业班", 1, 1, None],
    ]
    book = workbook(团组织=[*ORGANIZATIONS, *others], 团员=[MEMBER_HEADINGS, *members],
                    基数摸底=surveys)  # fmt: skip
    assert run("import", book).code == 0
    found = stats(run)
    assert (found["ratios.member_student"], found["ratios.member_youth"]) == (0.25, 0.25)
    assert (found["ratios.graduating_senior"], found["ratios.graduating_junior"]) == (0.25, None)
