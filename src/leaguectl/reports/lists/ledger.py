"""What is shown of the ledger: numbers with all that hangs on them, blocks, gaps, disputes."""

from collections.abc import Mapping, Sequence
from typing import Any

from leaguectl.findings import NotFound
from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.lists import Row, day_text

_NUMBER = """
    SELECT number.number, number.year, number.state, number.reason, quota.first, quota.last,
        quota.authority, owner.code, owner.name, person.id, person.name,
        (SELECT home.name FROM membership JOIN organization AS home
            ON home.code = membership.organization WHERE membership.person = person.id
            ORDER BY membership.id DESC LIMIT 1),
        (SELECT form.serial FROM form WHERE form.person = person.id AND form.state = 'valid'),
        (SELECT certificate.serial FROM certificate
            WHERE certificate.person = person.id AND certificate.state = 'valid'),
        admission.meeting, admission.beyond, number.operation
    FROM number LEFT JOIN quota ON quota.id = number.quota
    LEFT JOIN organization AS owner ON owner.code = quota.organization
    LEFT JOIN person ON person.id = number.person
    LEFT JOIN admission ON admission.number = number.number
    WHERE number.number = :number
"""
_NUMBER_FIELDS = (
    "number", "year", "state", "reason", "first", "last", "authority", "code", "owner",
    "person", "holder", "organization", "form", "certificate", "meeting", "beyond", "operation",
)  # fmt: skip

_STATES = """
    SELECT history.operation, history.before FROM history
    WHERE history.noun = :noun AND history.key = :key ORDER BY history.id
"""

_USAGE = """
    SELECT quota.first, quota.last, organization.name, quota.organization, quota.places,
        (SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = 'free'),
        (SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = 'used'),
        (SELECT count(*) FROM number WHERE number.number BETWEEN quota.first AND quota.last
            AND number.quota IS NOT NULL AND number.state = 'void'),
        (SELECT coalesce(sum(split.places), 0) FROM quota AS split WHERE split.parent = quota.id),
        quota.authority
    FROM quota JOIN organization ON organization.code = quota.organization
    WHERE quota.year = :year AND quota.organization IN (SELECT code FROM below)
    ORDER BY quota.first, quota.places DESC
"""
_USAGE_FIELDS = (
    "first", "last", "organization", "code", "size", "free", "used", "void", "allotted_below",
    "authority",
)  # fmt: skip

_UNUSED = """
    SELECT number.number, number.state, number.reason, number.quota, organization.name
    FROM number JOIN quota ON quota.id = number.quota
    JOIN organization ON organization.code = quota.organization
    WHERE number.number >= :low AND number.number < :highest AND number.state <> 'used'
        AND quota.year = :year AND quota.organization IN (SELECT code FROM below)
    ORDER BY number.number
"""
_HIGHEST = """
    SELECT number.quota, max(number.number) FROM number
    WHERE number.number >= :low AND number.number < :high AND number.state = 'used'
    GROUP BY number.quota
"""

_DISPUTES = """
    SELECT dispute.id, dispute.number, holder.id, holder.name, dispute.claim, dispute.claimant,
        dispute.opened, dispute.reason, dispute.settled, dispute.outcome
    FROM dispute JOIN number ON number.number = dispute.number
    LEFT JOIN person AS holder ON holder.id = number.person
    WHERE (:every = 1 OR dispute.settled IS NULL) ORDER BY dispute.id
"""
_DISPUTE_FIELDS = (
    "id", "number", "person", "holder", "claim", "claimant", "opened", "reason", "settled",
    "outcome",
)  # fmt: skip

_FORMS = """
    SELECT form.serial, person.name, person.id, admission.number, admission.approved, form.state,
        form.received, form.pages, form.size, form.sha256, form.operation
    FROM form JOIN person ON person.id = form.person
    LEFT JOIN admission ON admission.form = form.serial
    WHERE {condition} ORDER BY form.serial
"""
_FORM_FIELDS = (
    "form", "name", "person", "number", "approved", "state", "received", "pages", "size",
    "sha256", "operation",
)  # fmt: skip

_CERTIFICATES = """
    SELECT certificate.serial, person.name, person.id, certificate.state, certificate.issued,
        certificate.copies, certificate.replaces, certificate.reason, certificate.operation
    FROM certificate JOIN person ON person.id = certificate.person
    WHERE {condition} ORDER BY certificate.issued, certificate.serial
"""
_CERTIFICATE_FIELDS = (
    "certificate", "name", "person", "state", "issued", "copies", "replaces", "reason",
    "operation",
)  # fmt: skip


def forms(reader: Queryable, serial: str = "", person: int = 0) -> list[Row]:
    """The form of that serial, or all of a person."""
    sql = _FORMS.format(condition="form.serial = :serial OR form.person = :person")
    found = reader.rows(sql, {"serial": serial, "person": person})
    return [dict(zip(_FORM_FIELDS, map(day_text, row), strict=True)) for row in found]


def certificates(reader: Queryable, serial: str = "", person: int = 0) -> list[Row]:
    """The certificate of that serial, or all of a person, in the order of their issue."""
    sql = _CERTIFICATES.format(
        condition="certificate.serial = :serial OR certificate.person = :person"
    )
    found = reader.rows(sql, {"serial": serial, "person": person})
    return [dict(zip(_CERTIFICATE_FIELDS, map(day_text, row), strict=True)) for row in found]


def number(reader: Queryable, text: str) -> Row:
    """One number: its state, its block and whose it is, who holds it with which papers.

    :raises NotFound: the ledger does not have it.
    """
    found = reader.rows(_NUMBER, {"number": text})
    if not found:
        raise NotFound("number-not-found", number=text)
    return dict(zip(_NUMBER_FIELDS, map(day_text, found[0]), strict=True))


def states(reader: Queryable, noun: str, key: str) -> list[tuple[int, str]]:
    """What a row was before each operation that replaced it (JSON), the oldest first."""
    found = reader.rows(_STATES, {"noun": noun, "key": key})
    return [(int(operation), str(before)) for operation, before in found]


def owners(reader: Queryable, quotas: set[int]) -> dict[int, str]:
    """The names of the organisations that hold these quotas now."""
    sql = """SELECT quota.id, organization.name FROM quota JOIN organization
        ON organization.code = quota.organization WHERE quota.id = :id"""
    return {int(of): name for one in quotas for of, name in reader.rows(sql, {"id": one})}


def people(reader: Queryable, ids: set[int]) -> dict[int, str]:
    """The names of these people."""
    sql = "SELECT id, name FROM person WHERE id = :id"
    return {int(of): name for one in ids for of, name in reader.rows(sql, {"id": one})}


def usage(reader: Queryable, year: int, org: str = "") -> list[Row]:
    """The year's blocks from the top of the tree down, each with the states of its numbers; what a
    block below holds is counted in the blocks above it too."""
    found = reader.rows(BELOW + _USAGE, {"year": year, "org": org})
    rows = [dict(zip(_USAGE_FIELDS, row, strict=True)) for row in found]
    for one in rows:
        one["allotted_below"] = int(one["allotted_below"])
    return rows


def gaps(reader: Queryable, year: int, org: str = "") -> list[Row]:
    """The numbers below the highest one in use that nobody has, in runs of one owner and reason.

    ``why``: ``void``; ``skipped``, where a higher number of the same quota is in use; ``waiting``,
    where the quota's own turn has not come so far.
    """
    low, high = f"{year}", f"{year + 1}"
    highest = reader.rows(_HIGHEST, {"low": low, "high": high})
    ours = {of: last for of, last in highest if of is not None}
    if not ours:
        return []
    asked = {"low": low, "highest": max(ours.values()), "year": year, "org": org}
    runs: list[Row] = []
    for value, state, reason, quota, owner in reader.rows(BELOW + _UNUSED, asked):
        why = "void" if state == "void" else "waiting"
        if why == "waiting" and value < ours.get(quota, ""):
            why = "skipped"
        last = runs[-1] if runs else None
        same = last and (last["why"], last["reason"], last["quota"]) == (why, reason, quota)
        if last and same and int(last["last"]) + 1 == int(value):
            last["last"], last["count"] = value, last["count"] + 1
        else:
            runs.append({"first": value, "last": value, "count": 1, "why": why, "reason": reason,
                         "organization": owner, "quota": quota})  # fmt: skip
    return [{key: value for key, value in one.items() if key != "quota"} for one in runs]


def disputes(reader: Queryable, *, every: bool = False) -> list[Row]:
    """The numbers that two people claim; with ``every``, the settled ones too."""
    found = reader.rows(_DISPUTES, {"every": int(every)})
    return [dict(zip(_DISPUTE_FIELDS, map(day_text, row), strict=True)) for row in found]


def named_states(found: Sequence[Mapping[str, Any]], operations: Mapping[int, Row]) -> list[Row]:
    """States with who made them so, when and by which command."""
    keys = ("at", "actor", "command", "reason", "authority")
    return [{**one, **{key: operations[one["operation"]][key] for key in keys}} for one in found]
