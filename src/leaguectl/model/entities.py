"""All entities, and how one is written down outside the database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.model import county, league, ledger  # noqa: F401 (they declare the entities)
from leaguectl.model.declaration import DECLARATIONS, Entity

ENTITIES: tuple[type[Entity], ...] = tuple(DECLARATIONS)
"""In the order in which one references the other: what is referenced comes first."""

KEYS: dict[type[Entity], str] = {kind: DECLARATIONS[kind].key for kind in ENTITIES}
"""The field by which a record of each entity is known."""

NAMED: dict[str, type[Entity]] = {DECLARATIONS[kind].name: kind for kind in ENTITIES}


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
