"""All entities, and how one is written down outside the database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.findings import Private
from leaguectl.model import county, league, ledger
from leaguectl.model.declaration import DECLARATIONS, Entity

ENTITIES: tuple[type[Entity], ...] = tuple(
    kind
    for family in (league, ledger, county)
    for kind in DECLARATIONS
    if kind.__module__ == family.__name__
)
"""In the order in which one references the other: what is referenced comes first."""

KEYS: dict[type[Entity], str] = {kind: DECLARATIONS[kind].key for kind in ENTITIES}
"""The field by which a record of each entity is known."""

NAMED: dict[str, type[Entity]] = {DECLARATIONS[kind].name: kind for kind in ENTITIES}

PRIVATE_FIELDS = frozenset(
    name
    for declaration in DECLARATIONS.values()
    for name, item in declaration.fields.items()
    if item.spec.private
)
"""The names of all fields whose values are personal."""


def key_of(record: Entity) -> Any:
    """What this record is known by."""
    return getattr(record, KEYS[type(record)])


def as_plain(record: Entity) -> dict[str, Any]:
    """A record as JSON can have it, days as ISO text."""
    values = ((name, getattr(record, name)) for name in DECLARATIONS[type(record)].fields)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def from_plain(name: str, values: Mapping[str, Any]) -> Entity:
    """The record that :func:`as_plain` wrote; ``name`` is its entity's name in lower case.

    :raises KeyError: there is no such entity.
    :raises TypeError: it has other fields.
    :raises ValueError: a day is none.
    """
    kind: Any = NAMED[name]
    days = DECLARATIONS[kind].days
    record: Entity = kind(
        **{
            field: date.fromisoformat(value) if field in days and value else value
            for field, value in values.items()
        }
    )
    return record


def is_private(name: str | None) -> bool:
    """Whether values of this name are personal and masked. Columns of sheets, facts of findings
    and keys of rows have the names of the fields that they are about."""
    return name in PRIVATE_FIELDS


def mark_private(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row to be shown, its personal values marked so that they are masked."""
    return {
        name: Private(value) if value is not None and is_private(name) else value
        for name, value in row.items()
    }
