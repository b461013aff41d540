"""What happened to people and organisations over time: one portable query each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.figures import BELOW, Asks

Row = dict[str, Any]

_TRANSFERS = """
    SELECT transfer.id, transfer.person, person.name, coalesce(source.name, transfer.origin),
        coalesce(target.name, transfer.destination), transfer.state, transfer.requested,
        transfer.settled, transfer.reason, transfer.source, transfer.target,
        CASE WHEN source.type = 'graduating branch' THEN 1 ELSE 0 END
    FROM transfer JOIN person ON person.id = transfer.person
    LEFT JOIN organization AS source ON source.code = transfer.source
    LEFT JOIN organization AS target ON target.code = transfer.target
    WHERE (:state = '' OR transfer.state = :state) AND (:person = 0 OR transfer.person = :person)
    AND (:org = '' OR transfer.source IN (SELECT code FROM below)
         OR transfer.target IN (SELECT code FROM below))
    ORDER BY transfer.id
"""
_TRANSFER_FIELDS = (
    "id", "person", "name", "from", "to", "state", "requested", "settled", "reason", "source",
    "target", "graduates",
)  # fmt: skip


def transfers(reader: Asks, *, state: str = "", org: str = "", person: int = 0) -> list[Row]:
    """Transfers in order of their asking: all, of one state, of one organisation and all below it,
    of one person."""
    asked = {"state": state, "org": org, "person": person}
    return _rows(reader, BELOW + _TRANSFERS, _TRANSFER_FIELDS, asked)


def transfer(reader: Asks, number: int) -> Row | None:
    """One transfer by its number."""
    sql = "SELECT id, person, source, target FROM transfer WHERE id = :id"
    found = _rows(reader, sql, ("id", "person", "source", "target"), {"id": number})
    return found[0] if found else None


def _rows(
    reader: Asks, sql: str, fields: tuple[str, ...], asked: Mapping[str, Any]
) -> list[Row]:  # fmt: skip
    """Rows by name, days as ISO text whichever way the database gives them."""
    return [
        dict(zip(fields, (_plain(value) for value in row), strict=True))
        for row in reader.rows(sql, asked)
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
