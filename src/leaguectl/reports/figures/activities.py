"""What the county did: activities, meetings, assessments, tasks, and the ways of its members."""

from dataclasses import replace

from leaguectl.reports.figures.figure import About, Figure
from leaguectl.reports.predicates import exists_on, home_of_step, is_member_on, value_on

_HELD = """
    FROM activity WHERE organization IN (SELECT code FROM below)
    AND day BETWEEN :first AND :last AND category
"""
ATTENDANCES = """coalesce(activity.attendances, (
    SELECT nullif(count(*), 0) FROM participant WHERE participant.activity = activity.id))"""
"""How many came to an activity: the number that was recorded, else those who are listed."""

_APART = """
    NOT IN ('seminar', 'youth lectures', 'congress lectures', 'youth study', 'scarf study',
            'joint meeting')
"""
"""Activities are what has no figure of its own: nothing is counted in two of them."""

_SECTOR = value_on("sector", "organization", "code")
_COVERED = f"""
    , covered(code) AS (
        SELECT coverage.organization FROM coverage JOIN activity ON activity.id = coverage.activity
        WHERE activity.day BETWEEN :first AND :last AND activity.category {_APART}
        UNION SELECT tree.code FROM tree JOIN covered ON tree.parent = covered.code
    )
"""
_ACTIVITY = About(organization="activity.organization", day="activity.day", name="activity.name")
_ATTENDED = replace(_ACTIVITY, amount=ATTENDANCES)


def _sessions(key: str, which: str) -> Figure:
    return Figure(key, "session", "nullif(count(*), 0)", _HELD + which, _ACTIVITY)


def _attendances(key: str, which: str) -> Figure:
    return Figure(key, "attendance", f"sum({ATTENDANCES})", _HELD + which, _ATTENDED)


# A task counts in every year that it is open in; the plan names who leads it by name.
_OF_PLAN = """
    FROM task WHERE (due IS NULL OR due <= :end) AND (done IS NULL OR done >= :first)
    AND (:org = '' OR lead IN (SELECT name FROM organization
                               WHERE code IN (SELECT code FROM below)
                               UNION SELECT name FROM tree
                               WHERE code IN (SELECT code FROM below)))
"""

_TASK = About(name="task.task")
_DONE = "done <= :last"

ACTIVITIES: tuple[Figure, ...] = (
    _sessions("activities.total", _APART),
    Figure(
        "activities.organizations", "organization", "nullif(count(*), 0)",
        f"""FROM organization
        WHERE code IN (SELECT code FROM covered) AND code IN (SELECT code FROM below)
        AND {exists_on()}""",
        About(organization="organization.code", sector=_SECTOR), before=_COVERED,
    ),
    Figure(
        "activities.members", "person", "nullif(count(*), 0)",
        f"""FROM membership WHERE organization IN (
            SELECT code FROM covered INTERSECT SELECT code FROM below) AND {is_member_on()}""",
        About(organization="membership.organization", person="membership.person"),
        before=_COVERED,
    ),
    _sessions("seminars.sessions", "= 'seminar'"),
    _attendances("seminars.attendances", "= 'seminar'"),
    _sessions("lectures.youth_team", "= 'youth lectures'"),
    _sessions("lectures.congress", "= 'congress lectures'"),
    _attendances("online.attendances", "IN ('youth study', 'scarf study')"),
)  # fmt: skip


def _steps(kind: str) -> str:
    """The milestones of a kind in the year, each with its organisation."""
    return f"""(
        SELECT * FROM (
            SELECT person, {home_of_step()} AS organization, day FROM milestone
            WHERE kind = '{kind}' AND day BETWEEN :first AND :last
        ) AS steps WHERE :org = '' OR organization IN (SELECT code FROM below)
    ) AS milestone"""


_RECOMMENDED = "recommended = 1"
_WAY = About(organization="organization", person="person", day="day", head="person")

WORK: tuple[Figure, ...] = (
    Figure(
        "paths.recommended_to_league", "person",
        f"CASE WHEN count(*) > 0 THEN count(DISTINCT CASE WHEN {_RECOMMENDED} THEN person END) END",
        f"""
        FROM (
            SELECT person, organization, meeting AS day,
                CASE WHEN route = 'recommendation' THEN 1 ELSE 0 END AS recommended
            FROM admission WHERE organization IN (SELECT code FROM below)
            AND meeting BETWEEN :first AND :last AND route IS NOT NULL
            UNION ALL SELECT person, organization, day, 1 FROM {_steps("recommended to league")}
        ) AS ways
        """,
        _WAY, part=_RECOMMENDED,
    ),
    Figure(
        "paths.joined_party", "person", "nullif(count(DISTINCT person), 0)",
        f"FROM {_steps('joined party')}", _WAY,
    ),
    Figure(
        "assessment.organizations", "organization", "nullif(count(DISTINCT organization), 0)",
        "FROM score WHERE year = :year AND organization IN (SELECT code FROM below)",
        About(organization="score.organization", head="score.organization"),
    ),
    Figure("tasks.total", "task", "nullif(count(*), 0)", _OF_PLAN, _TASK),
    Figure(
        "tasks.done", "task", f"sum(CASE WHEN {_DONE} THEN 1 ELSE 0 END)", _OF_PLAN, _TASK,
        part=_DONE,
    ),
    _sessions("meetings.joint", "= 'joint meeting'"),
)  # fmt: skip
