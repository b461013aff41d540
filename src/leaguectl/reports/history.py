"""What happened to people and organisations over time: one portable query each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.reports.figures import BELOW, Queryable

Row = dict[str, Any]

_TRANSFERS = """
    SELECT transfer.id, transfer.person, person.name, coalesce(source.name, transfer.origin),
        coalesce(target.name, transfer.destination), transfer.state, transfer.requested,
        transfer.settled, transfer.reason, transfer.source, transfer.target,
        CASE WHEN source.type = 'graduating branch' THEN 1 ELSE 0 END
    FROM transfer JOIN person ON person.id = transfer.person
    LEFT JOIN organization AS source ON source.code = transfer.source
    LEFT JOIN organization AS target ON target.code = transfer.target
    WHERE {condition} ORDER BY transfer.id
"""
_OF_ORGANIZATION = """(:state = '' OR transfer.state = :state)
    AND (:org = '' OR transfer.source IN (SELECT code FROM below)
         OR transfer.target IN (SELECT code FROM below))
"""
_TRANSFER_FIELDS = (
    "id", "person", "name", "from", "to", "state", "requested", "settled", "reason", "source",
    "target", "graduates",
)  # fmt: skip


def transfers(reader: Queryable, *, state: str = "", org: str = "") -> list[Row]:
    """Transfers in order of their asking: all, of one state, of one organisation and all below
    it."""
    sql = BELOW + _TRANSFERS.format(condition=_OF_ORGANIZATION)
    return _rows(reader, sql, _TRANSFER_FIELDS, {"state": state, "org": org})


def transfer(reader: Queryable, number: int) -> Row | None:
    """One transfer by its number."""
    sql = "SELECT id, person, source, target FROM transfer WHERE id = :id"
    found = _rows(reader, sql, ("id", "person", "source", "target"), {"id": number})
    return found[0] if found else None


_OF_PERSON = {
    "memberships": """
        SELECT organization.name, membership.organization, membership.entry,
            coalesce(membership.since, membership.joined), membership."left",
            membership.leaving_reason
        FROM membership JOIN organization ON organization.code = membership.organization
        WHERE membership.person = :person ORDER BY membership.id
    """,
    "discipline": """
        SELECT kind, since, until, authority FROM discipline WHERE person = :person
        ORDER BY since, id
    """,
    "milestones": "SELECT kind, day FROM milestone WHERE person = :person ORDER BY day, id",
    "registrations": """
        SELECT year, grade, registered FROM registration WHERE person = :person ORDER BY year
    """,
}
_OF_PERSON_FIELDS = {
    "memberships": ("organization", "code", "entry", "since", "left", "leaving_reason"),
    "discipline": ("kind", "since", "until", "authority"),
    "milestones": ("kind", "day"),
    "registrations": ("year", "grade", "registered"),
}


def of_person(reader: Queryable, person: int) -> Row:
    """What happened to one person: memberships, transfers, discipline, milestones,
    registrations."""
    found: Row = {
        key: _rows(reader, sql, _OF_PERSON_FIELDS[key], {"person": person})
        for key, sql in _OF_PERSON.items()
    }
    # A condition of its own, so that an index answers it however many transfers there are.
    sql = _TRANSFERS.format(condition="transfer.person = :person")
    return found | {"transfers": _rows(reader, sql, _TRANSFER_FIELDS, {"person": person})}


_EVENTS = """
    SELECT event.kind, event.day, coalesce(earlier.name, event.before),
        coalesce(later.name, event.after), event.authority
    FROM organization_event AS event
    LEFT JOIN organization AS earlier ON earlier.code = event.before AND event.kind <> 'renamed'
    LEFT JOIN organization AS later ON later.code = event.after AND event.kind <> 'renamed'
    WHERE event.organization = :code ORDER BY event.day, event.id
"""


def of_organization(reader: Queryable, code: str) -> list[Row]:
    """What happened to an organisation, the earliest first: from what to what, by which
    document."""
    fields = ("event", "day", "before", "after", "authority")
    return _rows(reader, _EVENTS, fields, {"code": code})


def _rows(
    reader: Queryable, sql: str, fields: tuple[str, ...], asked: Mapping[str, Any]
) -> list[Row]:  # fmt: skip
    """Rows by name, days as ISO text whichever way the database gives them."""
    return [
        dict(zip(fields, (_plain(value) for value in row), strict=True))
        for row in reader.rows(sql, asked)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
