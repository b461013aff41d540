"""How reports ask: one portable query each, its rows by the names of its columns.

A query that looks below an organisation begins with one of the texts here that define ``below``:
the codes of the organisation ``:org`` (empty: of everything) and of all that lie under it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.store.reading import Reader

Row = dict[str, Any]

BELOW = """
    WITH RECURSIVE below(code) AS (
        SELECT code FROM organization WHERE code = :org OR (:org = '' AND parent IS NULL)
        UNION SELECT organization.code FROM organization JOIN below
        ON organization.parent = below.code
    )
"""
"""``below`` by the tree as it is."""

# MATERIALIZED, since SQLite would otherwise look for the earlier parent again at every step down.
PLACED = """
    WITH RECURSIVE placed AS MATERIALIZED (
        SELECT code, coalesce(
            (SELECT event.before FROM organization_event AS event
             WHERE event.organization = organization.code AND event.kind = 'moved'
             AND event.day > :last ORDER BY event.day, event.id LIMIT 1), parent) AS parent
        FROM organization
    ), below(code) AS (
        SELECT code FROM placed WHERE code = :org OR (:org = '' AND parent IS NULL)
        UNION SELECT placed.code FROM placed JOIN below ON placed.parent = below.code
    )
"""
"""``below`` by the tree as it was on ``:last``: what was moved since lies where it lay."""

EVERY = "WITH RECURSIVE below(code) AS (SELECT code FROM organization)"
"""``below`` where no organisation is asked for, without walking down the tree for each figure."""

_MOVED = "SELECT 1 FROM organization_event WHERE kind = 'moved' AND day > :last LIMIT 1"


def was_otherwise(reader: Reader, day: str) -> bool:
    """Whether the tree was another on that day: an organisation was moved since."""
    return bool(reader.rows(_MOVED, {"last": day}))


def select(reader: Reader, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of a query by the names of its columns, days as ISO text whichever way the database
    gives them."""
    return [
        {name: as_text(value) for name, value in row.items()}
        for row in reader.named_rows(sql, parameters)
    ]


def as_text(value: Any) -> Any:
    """A day as ISO text; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def as_date(value: Any) -> date:
    """A day, whichever way the database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def days_of(year: int) -> tuple[str, str]:
    """The first and the last day of a year, as queries take them."""
    return f"{year}-01-01", f"{year}-12-31"
