"""Organisations, members, admissions and their numbers."""

from leaguectl.figures.figure import Figure

_ORGANIZATIONS = """
    SELECT count(*) FROM organization
    WHERE code IN (SELECT code FROM below)
    AND (founded IS NULL OR founded <= :last) AND (dissolved IS NULL OR dissolved > :last)
"""
_MEMBERS = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
    AND (joined IS NULL OR joined {begun}) AND ("left" IS NULL OR "left" {begun_not})
"""
_LEFT = """
    SELECT {what} FROM membership WHERE organization IN (SELECT code FROM below)
    AND "left" BETWEEN :first AND :last
    AND coalesce(leaving_reason, '') {transferred} 'transferred'
"""
_TRANSFERRED_OUT = _LEFT.format(
    what="""count(*) + (
        SELECT count(*) FROM admission
        JOIN membership AS moved ON moved.person = admission.person
            AND moved.joined = admission.meeting
        WHERE admission.organization IN (SELECT code FROM below)
        AND moved.organization NOT IN (SELECT code FROM below)
        AND admission.meeting BETWEEN :first AND :last)""",
    transferred="=",
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
    Figure("members.opening", "person", _MEMBERS.format(begun="< :first", begun_not=">= :first")),
    Figure("admissions.total", "person", _ADMISSIONS),
    Figure(
        "members.transferred_in",
        "person",
        """
        SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
        AND joined BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM admission WHERE admission.person = membership.person
                        AND admission.meeting = membership.joined
                        AND admission.organization IN (SELECT code FROM below))
        """,
    ),
    Figure("members.transferred_out", "person", _TRANSFERRED_OUT),
    Figure("members.left", "person", _LEFT.format(what="count(*)", transferred="<>")),
    Figure("members.total", "person", _MEMBERS.format(begun="<= :last", begun_not="> :last")),
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
