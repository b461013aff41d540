"""What the county did, listed: posts and empty seats, trainings, activities, tasks, surveys."""

from collections.abc import Iterable
from typing import Any

from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.figures.cadres import SEATS
from leaguectl.reports.predicates import existed_within, is_held_on

Row = dict[str, Any]

_POSTS = """
    SELECT post.id, organization.name, post.organization, post.said, post.title, post.name,
        post.since, post.until, post.basis, post.source, post.duty, post.person, post.reason
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND (:id = 0 OR post.id = :id)
    ORDER BY post.organization, CASE post.title WHEN 'secretary' THEN 1
        WHEN 'deputy secretary' THEN 2 WHEN 'committee member' THEN 3 ELSE 4 END, post.since,
        post.id
"""
_POST_FIELDS = (
    "id", "organization", "code", "post", "title", "name", "since", "until", "basis", "source",
    "duty", "person", "reason",
)  # fmt: skip

_TRAININGS = """
    SELECT training.name, training.category, training.day, count(trainee.id)
    FROM training LEFT JOIN trainee ON trainee.training = training.id
    WHERE training.day BETWEEN :first AND :last AND (:category = '' OR category = :category)
    GROUP BY training.id, training.name, training.category, training.day
    ORDER BY training.day, training.name
"""
_UNTRAINED = f"""
    SELECT coalesce(CAST(post.person AS TEXT), post.organization || '/' || post.name), post.name,
        organization.name, post.organization, post.said
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below)
    AND {is_held_on()}
    AND NOT EXISTS (
        SELECT 1 FROM trainee JOIN training ON training.id = trainee.training
        WHERE training.day BETWEEN :first AND :last
        AND (trainee.person = post.person OR (post.person IS NULL AND trainee.name = post.name))
    )
    ORDER BY post.organization, post.id
"""
_ACTIVITIES = """
    SELECT activity.id, activity.day, activity.name, activity.category, organization.name,
        activity.organization, activity.attendances
    FROM activity JOIN organization ON organization.code = activity.organization
    WHERE activity.organization IN (SELECT code FROM below)
    AND activity.day BETWEEN :first AND :last AND (:category = '' OR category = :category)
    ORDER BY activity.day, activity.id
"""
_COVERED = """
    SELECT coverage.activity, organization.name
    FROM coverage JOIN organization ON organization.code = coverage.organization
    JOIN activity ON activity.id = coverage.activity
    WHERE activity.day BETWEEN :first AND :last ORDER BY coverage.activity, coverage.organization
"""
_HELD = """
    , reach(category, month, code) AS (
        SELECT activity.category, substr(CAST(activity.day AS TEXT), 1, 7), coverage.organization
        FROM activity JOIN coverage ON coverage.activity = activity.id
        WHERE activity.day BETWEEN :first AND :last
        UNION SELECT reach.category, reach.month, organization.code
        FROM reach JOIN organization ON organization.parent = reach.code
    )
    SELECT code, category, month FROM reach WHERE code IN (SELECT code FROM below)
"""
_BRANCHES = f"""
    SELECT code, name, founded, dissolved FROM organization
    WHERE code IN (SELECT code FROM below) AND type IN ('branch', 'graduating branch')
    AND {existed_within()}
    ORDER BY code
"""
_SURVEYS = """
    SELECT organization.name, survey.organization, survey.stage, survey.students, survey.youth,
        survey.members
    FROM survey JOIN organization ON organization.code = survey.organization
    WHERE survey.year = :year AND survey.organization IN (SELECT code FROM below)
    ORDER BY survey.organization, survey.stage
"""
_TASKS = """
    SELECT module, task, lead, due, done, authority FROM task
    WHERE (:module = '' OR module = :module)
    AND (:org = '' OR lead IN (SELECT name FROM organization WHERE code IN
                               (SELECT code FROM below)))
    ORDER BY coalesce(due, done), id
"""


def posts(reader: Queryable, org: str = "", number: int = 0) -> list[Row]:
    """The terms of an organisation and all below it, past and to come too; one alone where its
    number is given."""
    return _rows(reader, _POSTS, _POST_FIELDS, {"org": org, "id": number})


def seats(reader: Queryable, day: str, org: str = "") -> list[Row]:
    """The seats of each organisation and how many hold them that day, as the figures count
    them."""
    fields = ("code", "organization", "sector", "secretary_seats", "other_seats", "secretaries",
              "others")  # fmt: skip
    return _rows(reader, SEATS, fields, {"org": org, "last": day})


def trainings(reader: Queryable, first: str, last: str, category: str = "") -> list[Row]:
    """The sessions of these days and how many attended each."""
    fields = ("training", "category", "day", "attendances")
    asked = {"org": "", "first": first, "last": last, "category": category}
    return _rows(reader, _TRAININGS, fields, asked)


def untrained(reader: Queryable, first: str, last: str, org: str = "") -> list[Row]:
    """Who held a post on the last day and attended no training since the first: one row a head,
    with all seats."""
    heads: dict[str, Row] = {}
    asked = {"org": org, "first": first, "last": last}
    for head, name, organization, code, said in reader.rows(BELOW + _UNTRAINED, asked):
        row = heads.setdefault(
            head, {"name": name, "organization": organization, "code": code, "posts": []}
        )
        row["posts"].append(said if row["code"] == code else f"{organization} {said}")
    return list(heads.values())


def activities(
    reader: Queryable, first: str, last: str, org: str = "", category: str = ""
) -> list[Row]:
    """The activities that an organisation and all below it held in these days, each with the
    organisations that it covered."""
    fields = ("id", "day", "activity", "category", "organization", "code", "attendances")
    asked = {"org": org, "first": first, "last": last, "category": category}
    covered: dict[int, list[str]] = {}
    for activity, name in reader.rows(_COVERED, {"first": first, "last": last}):
        covered.setdefault(activity, []).append(name)
    found = _rows(reader, _ACTIVITIES, fields, asked)
    return [{**row, "covered": covered.get(row["id"], [])} for row in found]


def held(reader: Queryable, first: str, last: str, org: str = "") -> set[tuple[str, str, str]]:
    """In which months which kind of activity covered which organisation: code, category,
    ``2023-05``."""
    asked = {"org": org, "first": first, "last": last}
    return {(code, kind, month) for code, kind, month in reader.rows(BELOW + _HELD, asked)}


def branches(reader: Queryable, first: str, last: str, org: str = "") -> list[Row]:
    """The branches that were there in these days."""
    fields = ("code", "organization", "founded", "dissolved")
    return _rows(reader, _BRANCHES, fields, {"org": org, "first": first, "last": last})


def surveys(reader: Queryable, year: int, org: str = "") -> list[Row]:
    """What was counted in a year."""
    fields = ("organization", "code", "stage", "students", "youth", "reported")
    return _rows(reader, _SURVEYS, fields, {"org": org, "year": year})


def tasks(reader: Queryable, org: str = "", module: str = "") -> list[Row]:
    """The tasks of the reform plan, the first due first; those that an organisation or one below
    it leads."""
    fields = ("module", "task", "lead", "deadline", "done", "authority")
    return _rows(reader, _TASKS, fields, {"org": org, "module": module})


def _rows(reader: Queryable, sql: str, fields: Iterable[str], asked: Row) -> list[Row]:
    names = tuple(fields)
    found = reader.rows(BELOW + sql, asked)
    return [dict(zip(names, map(_day, row), strict=True)) for row in found]


def _day(value: Any) -> Any:
    """Days as ISO text, whichever way the database gives them."""
    return value.isoformat() if hasattr(value, "isoformat") else value
