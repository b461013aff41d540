"""What the county did: activities, meetings, assessments, tasks, and the ways of its members."""

from leaguectl.reports.figures.figure import Figure
from leaguectl.reports.predicates import exists_on, is_member_on

_HELD = """
    FROM activity WHERE organization IN (SELECT code FROM below)
    AND day BETWEEN :first AND :last AND category
"""
_APART = """
    NOT IN ('seminar', 'youth lectures', 'congress lectures', 'youth study', 'scarf study',
            'joint meeting')
"""
"""Activities are what has no figure of its own: nothing is counted in two of them."""

_COVERED = f"""
    , covered(code) AS (
        SELECT coverage.organization FROM coverage JOIN activity ON activity.id = coverage.activity
        WHERE activity.day BETWEEN :first AND :last AND activity.category {_APART}
        UNION SELECT tree.code FROM tree JOIN covered ON tree.parent = covered.code
    )
"""
_SESSIONS = f"SELECT nullif(count(*), 0) {_HELD}"
_ATTENDANCES = f"SELECT sum(attendances) {_HELD}"
# A task counts in every year that it is open in; the plan names who leads it by name.
_OF_PLAN = """
    FROM task WHERE (due IS NULL OR due <= :end) AND (done IS NULL OR done >= :first)
    AND (:org = '' OR lead IN (SELECT name FROM organization
                               WHERE code IN (SELECT code FROM below)
                               UNION SELECT name FROM tree
                               WHERE code IN (SELECT code FROM below)))
"""

ACTIVITIES: tuple[Figure, ...] = (
    Figure("activities.total", "session", _SESSIONS + _APART),
    Figure(
        "activities.organizations",
        "organization",
        f"""{_COVERED} SELECT nullif(count(*), 0) FROM organization
        WHERE code IN (SELECT code FROM covered) AND code IN (SELECT code FROM below)
        AND {exists_on()}""",
    ),
    Figure(
        "activities.members",
        "person",
        f"""{_COVERED} SELECT nullif(count(*), 0) FROM membership WHERE organization IN (
            SELECT code FROM covered INTERSECT SELECT code FROM below) AND {is_member_on()}""",
    ),
    Figure("seminars.sessions", "session", _SESSIONS + "= 'seminar'"),
    Figure("seminars.attendances", "attendance", _ATTENDANCES + "= 'seminar'"),
    Figure("lectures.youth_team", "session", _SESSIONS + "= 'youth lectures'"),
    Figure("lectures.congress", "session", _SESSIONS + "= 'congress lectures'"),
    Figure("online.attendances", "attendance", _ATTENDANCES + "IN ('youth study', 'scarf study')"),
)

WORK: tuple[Figure, ...] = (
    Figure(
        "paths.recommended_to_league",
        "person",
        """
        SELECT CASE WHEN count(*) > 0 THEN count(DISTINCT CASE WHEN recommended = 1 THEN person END)
        END FROM (
            SELECT person, CASE WHEN route = 'recommendation' THEN 1 ELSE 0 END AS recommended
            FROM admission WHERE organization IN (SELECT code FROM below)
            AND meeting BETWEEN :first AND :last AND route IS NOT NULL
            UNION ALL SELECT person, 1 FROM milestone WHERE kind = 'recommended to league'
            AND day BETWEEN :first AND :last
            AND (:org = '' OR organization IN (SELECT code FROM below))
        ) AS ways
        """,
    ),
    Figure(
        "paths.joined_party",
        "person",
        """
        SELECT nullif(count(DISTINCT person), 0) FROM milestone
        WHERE kind = 'joined party' AND day BETWEEN :first AND :last
        AND (:org = '' OR organization IN (SELECT code FROM below))
        """,
    ),
    Figure(
        "assessment.organizations",
        "organization",
        """
        SELECT nullif(count(DISTINCT organization), 0) FROM score
        WHERE year = :year AND organization IN (SELECT code FROM below)
        """,
    ),
    Figure("tasks.total", "task", f"SELECT nullif(count(*), 0) {_OF_PLAN}"),
    Figure(
        "tasks.done", "task", f"SELECT sum(CASE WHEN done <= :last THEN 1 ELSE 0 END) {_OF_PLAN}"
    ),
    Figure("meetings.joint", "session", _SESSIONS + "= 'joint meeting'"),
)
