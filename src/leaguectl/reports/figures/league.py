"""Organisations, members, admissions and their numbers; ratios of members to the students and young
people that a year's survey counted.

The members of a ratio are counted from the rows, never taken from the survey, and only those of
surveyed organisations: both parts are about the same people.
"""

from dataclasses import replace

from leaguectl.model.chain import ASKED_SINCE, numbered_since
from leaguectl.reports.figures.figure import About, Figure, Tree
from leaguectl.reports.predicates import (
    begun,
    exists_on,
    is_member_on,
    value_on,
    was_held,
    was_said,
)

_ORGANIZATIONS = f"FROM organization WHERE code IN (SELECT code FROM below) AND {exists_on()} "
_MEMBERS = "FROM membership WHERE organization IN (SELECT code FROM below) AND "
# People who were entered in error neither came nor left; the condition on days excludes them
# anyway.
HAS_LEFT = """
    "left" BETWEEN :first AND :last
    AND coalesce(leaving_reason, '') NOT IN ('transferred', 'moved', 'in error')
"""
HAS_GONE = """ "left" BETWEEN :first AND :last AND leaving_reason = 'transferred' """
_WAS = "coalesce(leaving_reason, '') <> 'in error'"
HAS_COME = f"(entry <> 'moved' OR since IS NULL) AND {begun()} BETWEEN :first AND :last AND {_WAS}"
_WAS_ADMITTED = f"admission.person = membership.person AND admission.meeting = {begun()}"
_MOVES = f"""
    SELECT person, "left" AS day, organization, 1 AS gone, 0 AS come FROM membership
    WHERE leaving_reason = 'moved' AND "left" BETWEEN :first AND :last {{within}}
    UNION ALL
    SELECT person, since, organization, 0, 1 FROM membership
    WHERE entry = 'moved' AND since BETWEEN :first AND :last AND {_WAS} {{within}}
"""
MOVES = _MOVES.format(within="")
"""The ends of moves from home to home."""
# The condition is in both parts: only there can SQLite find the members of a branch by an index.
_MOVES_WITHIN = _MOVES.format(within="AND organization IN (SELECT code FROM below)")
COME = f"""
    SELECT membership.organization, admission.organization FROM membership
    LEFT JOIN admission ON {_WAS_ADMITTED} WHERE {HAS_COME}
"""
"""People who came, and the organisation here that admitted them on that day, if any."""
# A member who was admitted by one organisation and begins in another (after a correction, for
# example) counts as having come into the first and gone to the second, so that the figures of both
# balance.
ADMITTED_AWAY = f"""
    SELECT admission.id, admission.organization, membership.organization FROM admission
    LEFT JOIN membership ON {_WAS_ADMITTED} AND (entry <> 'moved' OR since IS NULL)
    WHERE admission.meeting BETWEEN :first AND :last
"""
"""Each admission, and the organisation where a membership began with it, if any."""

_MOVED = f"""
    SELECT person, {{organization}} AS organization, day, {{times}} AS times FROM (
        SELECT person, day, sum(gone) AS gone, sum(come) AS come,
            max(CASE WHEN gone = 1 THEN organization END) AS went_from,
            max(CASE WHEN come = 1 THEN organization END) AS came_to
        FROM ({_MOVES_WITHIN}) AS ends GROUP BY person, day
    ) AS days WHERE {{times}} > 0
"""
"""Moves across the border of the selected organisations: a person's memberships that end and begin
by a move on the same day cancel out where both lie within."""
_CAME = f"""
    FROM (
        SELECT person, organization, {begun()} AS day, 1 AS times {_MEMBERS} {HAS_COME}
        AND NOT EXISTS (SELECT 1 FROM admission WHERE {_WAS_ADMITTED}
                        AND admission.organization IN (SELECT code FROM below))
        UNION ALL {_MOVED.format(organization="came_to", times="come - gone")}
    ) AS came
"""
_FIRST_ENTRY = f"""
    {_MEMBERS} {HAS_COME} AND entry = 'recorded'
    AND NOT EXISTS (SELECT 1 FROM admission WHERE {_WAS_ADMITTED}
                    AND admission.organization IN (SELECT code FROM below))
"""
"""People who came according to a roster only: they were here when the registry was made."""
_WENT = f"""
    FROM (
        SELECT person, organization, "left" AS day, 1 AS times {_MEMBERS} {HAS_GONE}
        UNION ALL SELECT person, organization, meeting, 1 FROM admission
        WHERE organization IN (SELECT code FROM below) AND meeting BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM membership WHERE {_WAS_ADMITTED}
                        AND (entry <> 'moved' OR since IS NULL)
                        AND membership.organization IN (SELECT code FROM below))
        UNION ALL {_MOVED.format(organization="went_from", times="gone - come")}
    ) AS went
"""
_ADMISSIONS = """
    FROM admission JOIN organization ON organization.code = admission.organization
    WHERE admission.organization IN (SELECT code FROM below)
    AND admission.meeting BETWEEN :first AND :last
"""
# On the year's last day a place has the state of its number in the ledger, as `quota show` has it,
# whenever that was recorded; on an earlier day, later changes are left out.
_SLOTS = """
    FROM (
        SELECT number.number, number.state, number.person, quota.organization, CASE WHEN :whole = 1
            OR coalesce(admission.meeting, number.since, :first) <= :last THEN 1 ELSE 0 END AS gone
        FROM number JOIN quota ON quota.id = number.quota
        LEFT JOIN admission ON admission.number = number.number
        WHERE quota.organization IN (SELECT code FROM below) AND quota.year = :year
    ) AS slot
"""
_LEFT_OVER = "(state = 'free' OR gone = 0)"
_TAKEN = "(state = 'used' AND gone = 1)"

_SECTOR = value_on("sector", "organization", "code")
_DOMAIN = value_on("domain", "organization", "code", "admission.meeting")
_ORGANIZATION = About(organization="organization.code", sector=_SECTOR)
_MEMBER = About(organization="membership.organization", person="membership.person")
_LEAVER = replace(_MEMBER, day='membership."left"')
_ADMITTED = About(
    organization="admission.organization", person="admission.person", day="admission.meeting"
)
_CAME_OR_WENT = About(organization="organization", person="person", day="day", amount="times")
_SLOT = About(organization="slot.organization", person="slot.person", number="slot.number")


def _of_domain(domain: str) -> Figure:
    return Figure(
        f"admissions.{domain}", "person", "count(*)",
        f"{_ADMISSIONS} AND coalesce({_DOMAIN}, 'society') = '{domain}'",
        _ADMITTED, tree=Tree.EACH,
    )  # fmt: skip


# -- the chain of every member: number, form, certificate, and the papers of the file -------------

_MISSING = "'absent', 'lost', 'being replaced'"
_NUMBERED_SINCE = f"""
    CASE WHEN EXISTS (SELECT 1 FROM setting WHERE key = 'province' AND value = '65')
        THEN '{numbered_since("65")}' ELSE '{numbered_since(None)}' END
"""
_FILES = f"""
    FROM (
        SELECT membership.person, membership.organization,
            coalesce(CAST(membership.joined AS TEXT), '') AS joined,
            {was_held("number", "number")} AS has_number,
            {was_held("form", "serial")} OR {was_said("'form'", "'on hand'")} AS has_form,
            {was_held("certificate", "serial")} OR {was_said("'certificate'", "'on hand'")}
                AS has_certificate,
            {was_said("'form'", _MISSING)} AS no_form,
            {was_said("'certificate'", _MISSING)} AS no_certificate,
            {was_said("'application'", _MISSING)} AS no_application,
            {was_said("'training record'", _MISSING)} AS no_training,
            {was_said("'registration form'", _MISSING)} AS no_register,
            {was_said("'application', 'training record', 'registration form'", "'on hand'")}
                AS has_more
        {{which}} {is_member_on()}
    ) AS file
"""
"""What was known about the file of each member on the last day."""
LACKING = {
    "number": f"NOT has_number AND joined >= {_NUMBERED_SINCE}",
    "form": f"NOT has_form AND (no_form OR joined >= '{ASKED_SINCE['form']}')",
    "certificate":
        f"NOT has_certificate AND (no_certificate OR joined >= '{ASKED_SINCE['certificate']}')",
    "application": "no_application",
    "training record": "no_training",
    "registration form": f"no_register AND joined >= '{ASKED_SINCE['registration form']}'",
}  # fmt: skip
"""When each link of a chain is missing, by the rule ``archive-incomplete``: a paper that is
required for the year of joining is not there, or another paper is recorded as missing."""
_COMPLETE = "NOT (" + " OR ".join(f"({lacks})" for lacks in LACKING.values()) + ")"
_KNOWN = f"""(has_number OR has_form OR has_certificate OR has_more OR NOT {_COMPLETE}
    AND (no_form OR no_certificate OR no_application OR no_training OR no_register))"""
CHAINS = (
    f"sum(CASE WHEN {_COMPLETE} THEN 1 ELSE 0 END),"
    f" CASE WHEN max(CASE WHEN {_KNOWN} THEN 1 ELSE 0 END) = 1 THEN count(*) END"
)
ALL_FILES = _FILES.format(which="FROM membership WHERE")
_LACKED = " || ".join(
    f"CASE WHEN {lacks} THEN '{paper}/' ELSE '' END" for paper, lacks in LACKING.items()
)

LEAGUE: tuple[Figure, ...] = (
    Figure("organizations.total", "organization", "count(*)", _ORGANIZATIONS, _ORGANIZATION),
    Figure(
        "organizations.villages", "organization", "count(*)",
        f"{_ORGANIZATIONS} AND {_SECTOR} = 'village'", _ORGANIZATION,
    ),
    Figure(
        "organizations.communities", "organization", "count(*)",
        f"{_ORGANIZATIONS} AND {_SECTOR} = 'community'", _ORGANIZATION,
    ),
    Figure(
        "members.opening", "person", "count(*)", _MEMBERS + is_member_on(day=":eve"), _MEMBER,
        tree=Tree.EVE,
    ),
    Figure("admissions.total", "person", "count(*)", _ADMISSIONS, _ADMITTED, tree=Tree.EACH),
    Figure(
        "members.transferred_in", "person", "coalesce(sum(times), 0)", _CAME, _CAME_OR_WENT,
        tree=Tree.EACH,
    ),
    Figure(
        "members.first_entry", "person", "count(*)", _FIRST_ENTRY, replace(_MEMBER, day=begun()),
        tree=Tree.EACH,
    ),
    Figure(
        "members.transferred_out", "person", "coalesce(sum(times), 0)", _WENT, _CAME_OR_WENT,
        tree=Tree.EACH,
    ),
    Figure("members.left", "person", "count(*)", _MEMBERS + HAS_LEFT, _LEAVER, tree=Tree.EACH),
    Figure("members.total", "person", "count(*)", _MEMBERS + is_member_on(), _MEMBER),
    _of_domain("school"),
    _of_domain("society"),
    Figure("admissions.quota", "place", "nullif(count(*), 0)", _SLOTS, _SLOT),
    Figure(
        "admissions.quota_left", "place", f"sum(CASE WHEN {_LEFT_OVER} THEN 1 ELSE 0 END)",
        _SLOTS, _SLOT, part=_LEFT_OVER,
    ),
    Figure(
        "numbers.usage_rate", "ratio", f"sum(CASE WHEN {_TAKEN} THEN 1 ELSE 0 END), count(*)",
        _SLOTS, _SLOT, part=_TAKEN, places=4,
    ),
    Figure(
        "archive.complete_rate", "ratio", CHAINS, _FILES.format(which=_MEMBERS),
        About(organization="file.organization", person="file.person", missing=_LACKED),
        part=_COMPLETE, places=4,
    ),
)  # fmt: skip

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
"""
"""The count of an organisation above another surveyed one is left out, as in ``plan``: it includes
the other's."""

_GRADUATING = f"""
    INTERSECT SELECT organization.code FROM organization
    JOIN tree ON tree.code = organization.code
    LEFT JOIN organization AS above ON above.code = tree.parent
    WHERE {value_on("type", "organization", "code")} = 'graduating branch' AND coalesce(
        {value_on("sector", "organization", "code")},
        {value_on("sector", "above", "code", table="organization")})
"""


def _ratio(key: str, base: str, counted: str = "", which: str = "") -> Figure:
    counted = f"{base} IS NOT NULL {counted}"
    surveyed = f"""(
        SELECT sum({base}) FROM survey WHERE year = :year AND {counted}
        AND organization IN (SELECT code FROM nearest)
    )"""
    rows = f"FROM membership WHERE organization IN (SELECT code FROM within {which})"
    return Figure(
        f"ratios.{key}", "ratio", f"count(*), {surveyed}", f"{rows} AND {is_member_on()}",
        _MEMBER, before=_RATIO.format(counted=counted), places=4,
    )  # fmt: skip


RATIOS: tuple[Figure, ...] = (
    _ratio("member_student", "students", "AND stage <> 'youth'"),
    _ratio("member_youth", "youth"),
    _ratio(
        "graduating_junior",
        "students",
        "AND stage = 'junior graduating'",
        f"{_GRADUATING} = 'junior middle'",
    ),
    _ratio(
        "graduating_senior",
        "students",
        "AND stage = 'senior graduating'",
        f"{_GRADUATING} IN ('senior middle', 'vocational')",
    ),
)
