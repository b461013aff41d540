"""Organisations, members, admissions and their numbers."""

from leaguectl.reports.figures.figure import Figure
from leaguectl.reports.predicates import begun, exists_on, is_member_on

_ORGANIZATIONS = f"""
    SELECT count(*) FROM organization WHERE code IN (SELECT code FROM below) AND {exists_on()}
"""
_MEMBERS = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below) AND {member}
"""
_LEFT = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
    AND "left" BETWEEN :first AND :last
    AND coalesce(leaving_reason, '') NOT IN ('transferred', 'moved')
"""
_MOVED = """
    SELECT coalesce(sum({gone} - {come}), 0) FROM (
        SELECT sum(gone) AS gone, sum(come) AS come FROM (
            SELECT person, "left" AS day, 1 AS gone, 0 AS come FROM membership
            WHERE organization IN (SELECT code FROM below)
            AND leaving_reason = 'moved' AND "left" BETWEEN :first AND :last
            UNION ALL
            SELECT person, since, 0, 1 FROM membership
            WHERE organization IN (SELECT code FROM below)
            AND entry = 'moved' AND since BETWEEN :first AND :last
        ) AS ends GROUP BY person, day
    ) AS days WHERE {gone} > {come}
"""
"""Moves across the border of what is asked for: on one day, one person's memberships that end by a
move and those that begin by one cancel out as far as both lie within it."""
_COME = f"""
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
    AND (entry <> 'moved' OR since IS NULL) AND {begun()} BETWEEN :first AND :last
    AND NOT EXISTS (SELECT 1 FROM admission WHERE admission.person = membership.person
                    AND admission.meeting = {begun()}
                    AND admission.organization IN (SELECT code FROM below))
"""
_GONE = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
    AND "left" BETWEEN :first AND :last AND leaving_reason = 'transferred'
"""
_ADMITTED_AWAY = f"""
    SELECT count(*) FROM admission WHERE organization IN (SELECT code FROM below)
    AND meeting BETWEEN :first AND :last
    AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.person = admission.person
                    AND (entry <> 'moved' OR since IS NULL)
                    AND {begun()} = admission.meeting
                    AND membership.organization IN (SELECT code FROM below))
"""
_TRANSFERRED_IN = f"SELECT ({_COME}) + ({_MOVED.format(gone='come', come='gone')})"
_TRANSFERRED_OUT = (
    f"SELECT ({_GONE}) + ({_ADMITTED_AWAY}) + ({_MOVED.format(gone='gone', come='come')})"
)
_ADMISSIONS = """
    SELECT count(*) FROM admission JOIN organization ON organization.code = admission.organization
    WHERE admission.organization IN (SELECT code FROM below)
    AND admission.meeting BETWEEN :first AND :last
"""
_SLOTS = """
    FROM number JOIN quota ON quota.id = number.quota
    LEFT JOIN admission ON admission.number = number.number AND admission.meeting <= :last
    WHERE quota.organization IN (SELECT code FROM below) AND quota.year = :year
"""

LEAGUE: tuple[Figure, ...] = (
    Figure("organizations.total", "organization", _ORGANIZATIONS),
    Figure("organizations.villages", "organization", _ORGANIZATIONS + "AND sector = 'village'"),
    Figure(
        "organizations.communities", "organization", _ORGANIZATIONS + "AND sector = 'community'"
    ),
    Figure("members.opening", "person", _MEMBERS.format(member=is_member_on(day=":eve"))),
    Figure("admissions.total", "person", _ADMISSIONS),
    Figure("members.transferred_in", "person", _TRANSFERRED_IN),
    Figure("members.transferred_out", "person", _TRANSFERRED_OUT),
    Figure("members.left", "person", _LEFT),
    Figure("members.total", "person", _MEMBERS.format(member=is_member_on())),
    Figure("admissions.school", "person", _ADMISSIONS + "AND organization.domain = 'school'"),
    Figure(
        "admissions.society",
        "person",
        _ADMISSIONS + "AND coalesce(organization.domain, 'society') = 'society'",
    ),
    Figure("admissions.quota", "place", "SELECT nullif(count(*), 0) " + _SLOTS),
    Figure(
        "admissions.quota_left",
        "place",
        "SELECT sum(CASE WHEN number.state <> 'void' AND admission.id IS NULL THEN 1 ELSE 0 END)"
        + _SLOTS,
    ),
    Figure(
        "numbers.usage_rate",
        "ratio",
        "SELECT sum(CASE WHEN admission.id IS NULL THEN 0 ELSE 1 END), count(*) " + _SLOTS,
        places=4,
    ),
)
