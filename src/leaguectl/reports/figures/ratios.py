"""Ratios of members to the students and young people whom a year's survey counted.

Members are always counted from the rows, never taken from the survey, and only those of
organisations that were surveyed: the two parts of a ratio are about the same people.
"""

from leaguectl.reports.figures.figure import Figure
from leaguectl.reports.predicates import is_member_on

_RATIO = """
    , told(code) AS (
        SELECT DISTINCT organization FROM survey WHERE year = :year AND {counted}
        AND organization IN (SELECT code FROM below)
    ), up(code, above) AS (
        SELECT organization.code, organization.parent FROM organization
        JOIN told ON told.code = organization.code
        UNION SELECT up.code, organization.parent FROM up
        JOIN organization ON organization.code = up.above
    ), nearest(code) AS (
        SELECT code FROM told
        WHERE code NOT IN (SELECT above FROM up WHERE above IS NOT NULL)
    ), within(code) AS (
        SELECT code FROM nearest UNION SELECT organization.code FROM organization
        JOIN within ON organization.parent = within.code
    )
    SELECT (
        SELECT count(*) FROM membership
        WHERE organization IN (SELECT code FROM within {which}) AND {member}
    ), (
        SELECT sum({base}) FROM survey WHERE year = :year AND {counted}
        AND organization IN (SELECT code FROM nearest)
    )
"""
"""What an organisation counted that lies above another that did is left out, as in ``plan``: its
count has the other's in it."""

_GRADUATING = """
    INTERSECT SELECT organization.code FROM organization
    LEFT JOIN organization AS above ON above.code = organization.parent
    WHERE organization.type = 'graduating branch' AND coalesce(organization.sector, above.sector)
"""


def _ratio(base: str, counted: str = "", which: str = "") -> str:
    counted = f"{base} IS NOT NULL {counted}"
    return _RATIO.format(base=base, counted=counted, which=which, member=is_member_on())


RATIOS: tuple[Figure, ...] = (
    Figure("ratios.member_student", "ratio", _ratio("students", "AND stage <> 'youth'"), places=4),
    Figure("ratios.member_youth", "ratio", _ratio("youth"), places=4),
    Figure(
        "ratios.graduating_junior",
        "ratio",
        _ratio("students", "AND stage = 'junior graduating'", f"{_GRADUATING} = 'junior middle'"),
        places=4,
    ),
    Figure(
        "ratios.graduating_senior",
        "ratio",
        _ratio(
            "students",
            "AND stage = 'senior graduating'",
            f"{_GRADUATING} IN ('senior middle', 'vocational')",
        ),
        places=4,
    ),
)
