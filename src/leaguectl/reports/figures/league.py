"""Organisations, members, admissions and their numbers; ratios of members to the students and young
people whom a year's survey counted.

Of a ratio, members are counted from the rows, never taken from the survey, and only those of
organisations that were surveyed: the two parts are about the same people.
"""

from leaguectl.reports.figures.figure import Figure, Tree
from leaguectl.reports.predicates import begun, exists_on, is_member_on

_ORGANIZATIONS = f"""
    SELECT count(*) FROM organization WHERE code IN (SELECT code FROM below) AND {exists_on()}
"""
_MEMBERS = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below) AND {member}
"""
HAS_LEFT = """
    "left" BETWEEN :first AND :last AND coalesce(leaving_reason, '') NOT IN ('transferred', 'moved')
"""
HAS_GONE = """ "left" BETWEEN :first AND :last AND leaving_reason = 'transferred' """
HAS_COME = f"(entry <> 'moved' OR since IS NULL) AND {begun()} BETWEEN :first AND :last"
_WAS_ADMITTED = f"admission.person = membership.person AND admission.meeting = {begun()}"
_MOVES = """
    SELECT person, "left" AS day, organization, 1 AS gone, 0 AS come FROM membership
    WHERE leaving_reason = 'moved' AND "left" BETWEEN :first AND :last {within}
    UNION ALL
    SELECT person, since, organization, 0, 1 FROM membership
    WHERE entry = 'moved' AND since BETWEEN :first AND :last {within}
"""
MOVES = _MOVES.format(within="")
"""The ends of moves from home to home."""
# The condition stands in both parts: SQLite finds the members of a branch by an index there alone.
_MOVES_WITHIN = _MOVES.format(within="AND organization IN (SELECT code FROM below)")
COME = f"""
    SELECT membership.organization, admission.organization FROM membership
    LEFT JOIN admission ON {_WAS_ADMITTED} WHERE {HAS_COME}
"""
"""Whoever came, and by whom they were admitted on that day, if by anybody here."""
# Who was admitted by one organisation and begins in another (by a correction, say) came into the
# one and went to the other, or the figures of neither would balance.
ADMITTED_AWAY = f"""
    SELECT admission.id, admission.organization, membership.organization FROM admission
    LEFT JOIN membership ON {_WAS_ADMITTED} AND (entry <> 'moved' OR since IS NULL)
    WHERE admission.meeting BETWEEN :first AND :last
"""
"""Each admission, and where a membership began with it, if anywhere."""

_LEFT = f"""
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below) AND {HAS_LEFT}
"""
_MOVED = f"""
    SELECT coalesce(sum({{gone}} - {{come}}), 0) FROM (
        SELECT sum(gone) AS gone, sum(come) AS come FROM ({_MOVES_WITHIN}) AS ends
        GROUP BY person, day
    ) AS days WHERE {{gone}} > {{come}}
"""
"""Moves across the border of what is asked for: on one day, one person's memberships that end by a
move and those that begin by one cancel out as far as both lie within it."""
_COME = f"""
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below) AND {HAS_COME}
    AND NOT EXISTS (SELECT 1 FROM admission WHERE {_WAS_ADMITTED}
                    AND admission.organization IN (SELECT code FROM below))
"""
_GONE = f"""
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below) AND {HAS_GONE}
"""
_ADMITTED_AWAY = f"""
    SELECT count(*) FROM admission WHERE organization IN (SELECT code FROM below)
    AND meeting BETWEEN :first AND :last
    AND NOT EXISTS (SELECT 1 FROM membership WHERE {_WAS_ADMITTED}
                    AND (entry <> 'moved' OR since IS NULL)
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
# On the year's last day a place is what the ledger says of its number, as `quota show` has it,
# whenever that was recorded; on a day before, what became of it later is left out.
_SLOTS = """
    FROM (
        SELECT number.state, CASE WHEN :whole = 1
            OR coalesce(admission.meeting, number.since, :first) <= :last THEN 1 ELSE 0 END AS gone
        FROM number JOIN quota ON quota.id = number.quota
        LEFT JOIN admission ON admission.number = number.number
        WHERE quota.organization IN (SELECT code FROM below) AND quota.year = :year
    ) AS slot
"""

LEAGUE: tuple[Figure, ...] = (
    Figure("organizations.total", "organization", _ORGANIZATIONS),
    Figure("organizations.villages", "organization", _ORGANIZATIONS + "AND sector = 'village'"),
    Figure(
        "organizations.communities", "organization", _ORGANIZATIONS + "AND sector = 'community'"
    ),
    Figure(
        "members.opening", "person", _MEMBERS.format(member=is_member_on(day=":eve")), tree=Tree.EVE
    ),
    Figure("admissions.total", "person", _ADMISSIONS, tree=Tree.EACH),
    Figure("members.transferred_in", "person", _TRANSFERRED_IN, tree=Tree.EACH),
    Figure("members.transferred_out", "person", _TRANSFERRED_OUT, tree=Tree.EACH),
    Figure("members.left", "person", _LEFT, tree=Tree.EACH),
    Figure("members.total", "person", _MEMBERS.format(member=is_member_on())),
    Figure(
        "admissions.school",
        "person",
        _ADMISSIONS + "AND organization.domain = 'school'",
        tree=Tree.EACH,
    ),
    Figure(
        "admissions.society",
        "person",
        _ADMISSIONS + "AND coalesce(organization.domain, 'society') = 'society'",
        tree=Tree.EACH,
    ),
    Figure("admissions.quota", "place", "SELECT nullif(count(*), 0) " + _SLOTS),
    Figure(
        "admissions.quota_left",
        "place",
        "SELECT sum(CASE WHEN state = 'free' THEN 1 ELSE 1 - gone END)" + _SLOTS,
    ),
    Figure(
        "numbers.usage_rate",
        "ratio",
        "SELECT sum(CASE WHEN state = 'used' THEN gone ELSE 0 END), count(*) " + _SLOTS,
        places=4,
    ),
)

_RATIO = """
    , surveyed(code) AS (
        SELECT DISTINCT organization FROM survey WHERE year = :year AND {counted}
        AND organization IN (SELECT code FROM below)
    ), up(code, above) AS (
        SELECT tree.code, tree.parent FROM tree JOIN surveyed ON surveyed.code = tree.code
        UNION SELECT up.code, tree.parent FROM up JOIN tree ON tree.code = up.above
    ), nearest(code) AS (
        SELECT code FROM surveyed
        WHERE code NOT IN (SELECT above FROM up WHERE above IS NOT NULL)
    ), within(code) AS (
        SELECT code FROM nearest
        UNION SELECT tree.code FROM tree JOIN within ON tree.parent = within.code
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
    JOIN tree ON tree.code = organization.code
    LEFT JOIN organization AS above ON above.code = tree.parent
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
