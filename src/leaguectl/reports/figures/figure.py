"""What a figure is, and how one is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

BELOW = """
    WITH RECURSIVE below(code) AS (
        SELECT code FROM organization WHERE code = :org OR (:org = '' AND parent IS NULL)
        UNION SELECT organization.code FROM organization JOIN below
        ON organization.parent = below.code
    )
"""
"""The organisations that a figure looks at: the one asked for and all below it."""

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
"""The same by the tree as it was on the last day: what was moved since lies where it lay."""

_MOVED = "SELECT 1 FROM organization_event WHERE kind = 'moved' AND day > :last LIMIT 1"

EVERY = "WITH RECURSIVE below(code) AS (SELECT code FROM organization)"
"""The same where none is asked for: all of them, without walking down the tree for each figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the year: what it is called, what it counts, and how."""

    key: str
    unit: str
    query: str
    places: int | None = None
    """Decimal places of a ratio; None for a count."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure counted. ``value`` is None where there is nothing to count."""

    figure: Figure
    value: int | Decimal | None


class Queryable(Protocol):
    """Whatever answers a query with rows."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Sequence[Any]]:
        """All rows of one query."""
        ...


def was_otherwise(reader: Queryable, last: str) -> bool:
    """Whether the tree was another on that day: an organisation was moved since."""
    return bool(reader.rows(_MOVED, {"last": last}))
