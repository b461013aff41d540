"""What is shown of the registry beside its figures: lists and cards, one portable query each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from leaguectl.findings import Private
from leaguectl.names import plain_name
from leaguectl.reports.figures import BELOW, PLACED, Queryable, was_otherwise
from leaguectl.reports.predicates import is_member_on

Row = dict[str, Any]

_ALLOTTED = """
    SELECT organization.name, quota.organization, quota.places, quota.first, quota.last,
        (SELECT coalesce(sum(split.places), 0) FROM quota AS split WHERE split.parent = quota.id),
        (SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = 'used'),
        (SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = 'void'),
        quota.authority
    FROM quota JOIN organization ON organization.code = quota.organization
    WHERE quota.year = :year AND quota.organization IN (SELECT code FROM below)
    ORDER BY quota.first, quota.places DESC
"""

_BEYOND = """
    SELECT admission.organization, quota.organization
    FROM admission JOIN number ON number.number = admission.number
    JOIN quota ON quota.id = number.quota
    WHERE admission.beyond IS NOT NULL AND quota.year = :year
"""

_QUOTA_FIELDS = (
    "organization", "code", "places", "first", "last", "allotted_below", "used", "void",
    "authority",
)  # fmt: skip

_MEMBERS = """
    SELECT person.id, person.name, person.written, person.id_number, person.phone, person.politics,
        membership.organization, organization.name, membership.joined,
        membership.joined_precision, number.number,
        (SELECT form.serial FROM form WHERE form.person = person.id AND form.state = 'valid'),
        (SELECT certificate.serial FROM certificate
            WHERE certificate.person = person.id AND certificate.state = 'valid'),
        membership."left", membership.leaving_reason
    FROM person
    LEFT JOIN membership ON membership.person = person.id
        AND membership.id = (SELECT max(latest.id) FROM membership AS latest
                             WHERE latest.person = person.id)
    LEFT JOIN organization ON organization.code = membership.organization
    LEFT JOIN number ON number.person = person.id
    WHERE {condition} ORDER BY person.id
"""
_MEMBER_FIELDS = (
    "id", "name", "written", "id_number", "phone", "politics", "code", "organization", "joined",
    "precision", "number", "form", "certificate", "left", "leaving_reason",
)  # fmt: skip

_ADMISSION_FIELDS = (
    "applied", "talked", "activist", "candidate", "notice_from", "notice_to", "meeting",
    "approved", "approved_by", "route", "course_hours", "service_hours", "introducer_1",
    "introducer_2", "due", "present", "in_favour",
)  # fmt: skip
_ADMISSION = f"SELECT {', '.join(_ADMISSION_FIELDS)} FROM admission WHERE person = :id"

_ORGANIZATIONS = """
    SELECT code, name, type, {parent}, domain, sector, founded, dissolved, secretary_seats,
        committee_seats,
        (SELECT count(*) FROM membership WHERE membership.organization = organization.code
            AND {member})
    FROM organization WHERE code IN (SELECT code FROM below) ORDER BY code
"""


_OPERATIONS = """
    SELECT operation.id, operation.at, operation.actor, operation.command, operation.reason,
        operation.authority, operation.sources, operation.counts, operation.undoes,
        operation.version
    FROM operation WHERE :id = 0 OR operation.id = :id ORDER BY operation.id DESC
"""
_OPERATION_FIELDS = (
    "id", "at", "actor", "command", "reason", "authority", "sources", "counts", "undoes", "version",
)  # fmt: skip


def operations(reader: Queryable, number: int = 0) -> list[Row]:
    """The operations, the newest first; one alone where its number is given. ``undone_by`` is the
    operation by which it is undone now; ``sources`` and ``counts`` are JSON."""
    undone: dict[int, int] = {}
    asked = "SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id DESC"
    for by, undoes in reader.rows(asked):
        if by not in undone:  # an undoing that was undone itself does not count
            undone.setdefault(undoes, by)
    found = reader.rows(_OPERATIONS, {"id": number})
    rows = [dict(zip(_OPERATION_FIELDS, row, strict=True)) for row in found]
    return [{**one, "undone_by": undone.get(one["id"])} for one in rows]


def replaced(reader: Queryable, operation: int) -> dict[str, int]:
    """How many rows of each noun an operation replaced or took away."""
    sql = "SELECT noun, count(*) FROM history WHERE operation = :id GROUP BY noun ORDER BY noun"
    return {noun: int(count) for noun, count in reader.rows(sql, {"id": operation})}


def quotas(reader: Queryable, year: int, org: str = "") -> list[Row]:
    """The year's quotas from the top of the tree down, each with its block and what is left;
    ``beyond`` is how many its organisation admitted beyond its quotas, told with the first."""
    rows = []
    beyond = _beyond(reader, year)
    for row in reader.rows(BELOW + _ALLOTTED, {"year": year, "org": org}):
        one = dict(zip(_QUOTA_FIELDS, row, strict=True))
        one["year"] = year
        one["allotted_below"] = int(one["allotted_below"])
        one["left"] = one["places"] - one["used"] - one["void"]
        one["usage_rate"] = round(one["used"] / one["places"], 4)
        one["beyond"] = beyond.pop(one["code"], 0)
        rows.append(one)
    return rows


def _beyond(reader: Queryable, year: int) -> dict[str, int]:
    """How many of the year's admissions each organisation, or one below it, made on a place of an
    organisation above it."""
    admitted = reader.rows(_BEYOND, {"year": year})
    asked = "SELECT code, parent FROM organization"
    parents = {row[0]: row[1] for row in (reader.rows(asked) if admitted else ())}
    counts: dict[str, int] = {}
    for code, owner in admitted:
        seen: set[str] = set()
        at: str | None = code
        while at is not None and at != owner and at not in seen:
            seen.add(at)
            counts[at] = counts.get(at, 0) + 1
            at = parents.get(at)
    return counts


def find_members(reader: Queryable, text: str, org: str = "") -> list[Row]:
    """The people whom ``text`` can mean: part of a name as it is stored or as it was written, an ID
    number (also one that was found to be wrong), a number, a certificate."""
    condition = """
        (person.name LIKE :part ESCAPE '!' OR person.written LIKE :written ESCAPE '!'
        OR person.id_number = :text OR number.number = :text
        OR EXISTS (SELECT 1 FROM certificate WHERE certificate.person = person.id
                   AND certificate.serial = :text)
        OR EXISTS (SELECT 1 FROM alias WHERE alias.person = person.id
                   AND alias.id_number = :text))
        AND (:org = '' OR membership.organization IN (SELECT code FROM below))
    """
    part, written = (
        one.replace("!", "!!").replace("%", "!%").replace("_", "!_")
        for one in (plain_name(text), text)
    )
    asked = {"text": text.upper(), "part": f"%{part}%", "written": f"%{written}%", "org": org}
    return [
        _member(row) for row in reader.rows(BELOW + _MEMBERS.format(condition=condition), asked)
    ]


def member(reader: Queryable, person: int) -> Row:
    """One person's card with the admission, by registry id."""
    card = _member(reader.rows(_MEMBERS.format(condition="person.id = :id"), {"id": person})[0])
    rows = reader.rows(_ADMISSION, {"id": person})
    case = {
        name: day_text(value) for name, value in zip(_ADMISSION_FIELDS, rows[0], strict=True)
    } if rows else None  # fmt: skip
    return {**card, "admission": case}


def organizations(reader: Queryable, org: str = "", day: str | None = None) -> list[Row]:
    """The tree as it was that day (without one, as it is) from the top down, with the depth of
    each and its members, those of the organisations below counted in."""
    last = day or "9999-12-31"
    tree, parent = BELOW, "parent"
    if was_otherwise(reader, last):
        parent = "(SELECT placed.parent FROM placed WHERE placed.code = organization.code)"
        tree = PLACED
    asked = {"org": org, "day": last, "last": last}
    sql = tree + _ORGANIZATIONS.format(parent=parent, member=is_member_on(day=":day"))
    rows = reader.rows(sql, asked)
    names = (
        "code",
        "name",
        "type",
        "parent",
        "domain",
        "sector",
        "founded",
        "dissolved",
        "secretary_seats",
        "committee_seats",
        "own_members",
    )
    found = {row[0]: dict(zip(names, map(day_text, row), strict=True)) for row in rows}
    below: dict[str | None, list[str]] = {}
    for code, one in found.items():
        below.setdefault(one["parent"] if one["parent"] in found else None, []).append(code)
    ordered: list[Row] = []

    def walk(code: str, depth: int) -> int:
        one = found[code]
        one["depth"] = depth
        ordered.append(one)
        one["members"] = one["own_members"] + sum(
            walk(child, depth + 1) for child in below.get(code, ())
        )
        total: int = one["members"]
        return total

    for top in below.get(None, ()):
        walk(top, 0)
    return ordered


def organization_name(reader: Queryable, code: str) -> str:
    """The full name of the organisation of that code."""
    rows = reader.rows("SELECT name FROM organization WHERE code = :code", {"code": code})
    return str(rows[0][0])


def _member(row: Sequence[Any]) -> Row:
    found = dict(zip(_MEMBER_FIELDS, map(day_text, row), strict=True))
    found["id_number"] = Private(found["id_number"])
    found["phone"] = Private(found["phone"]) if found["phone"] else None
    if found.pop("precision") == "month" and found["joined"]:
        found["joined"] = found["joined"][:7]
    return found


def as_date(value: Any) -> date | None:
    """A day, whichever way the database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def day_text(value: Any) -> Any:
    """Days as ISO text, whichever way the database gives them."""
    return value.isoformat() if hasattr(value, "isoformat") else value
