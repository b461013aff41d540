"""All entities, how a record is written down outside the database, and what a plan changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

from leaguectl.findings import Private
from leaguectl.model import county, league, ledger
from leaguectl.model.declaration import DECLARATIONS, Entity

ENTITIES: tuple[type[Entity], ...] = tuple(
    entity
    for family in (league, ledger, county)
    # Modules may be imported in any order; rows are written in this one.
    for entity in DECLARATIONS
    if entity.__module__ == family.__name__
)
"""Ordered by reference: an entity comes after those that it refers to."""

KEYS: dict[type[Entity], str] = {entity: DECLARATIONS[entity].key for entity in ENTITIES}
"""The field by which a record of each entity is known."""

NAMED: dict[str, type[Entity]] = {DECLARATIONS[entity].name: entity for entity in ENTITIES}

PRIVATE_FIELDS = frozenset(
    name
    for declaration in DECLARATIONS.values()
    for name, item in declaration.fields.items()
    if item.spec.private
)
"""The names of all fields whose values are personal."""


def key_of(record: Entity) -> Any:
    """The key of this record."""
    return getattr(record, KEYS[type(record)])


def as_plain(record: Entity) -> dict[str, Any]:
    """A record as JSON values, days as ISO text."""
    values = ((name, getattr(record, name)) for name in DECLARATIONS[type(record)].fields)
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def from_plain(name: str, values: Mapping[str, Any]) -> Entity:
    """The record that :func:`as_plain` wrote; ``name`` is its entity's name in lower case.

    :raises KeyError: there is no such entity.
    :raises TypeError: it has other fields.
    :raises ValueError: a day is not valid.
    """
    entity: Any = NAMED[name]
    days = DECLARATIONS[entity].days
    record: Entity = entity(
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
        name: Private(value)
        if value is not None and is_private(name) and not isinstance(value, Private)
        else value
        for name, value in row.items()
    }


@dataclass(frozen=True, slots=True)
class Change:
    """A record before and after: ``before`` is None where it is new, ``after`` where it is
    removed."""

    before: Entity | None
    after: Entity | None

    @property
    def entity(self) -> type[Entity]:
        """The entity of the record that changes."""
        return type(self.after if self.after is not None else self.before)  # type: ignore[return-value]

    @property
    def key(self) -> Any:
        """The key of the record that changes."""
        return key_of(self.after if self.after is not None else self.before)  # type: ignore[arg-type]

    @property
    def fields(self) -> list[str]:
        """The fields that differ before and after, except who wrote it; all fields where the record
        is new or removed."""
        names = [name for name in DECLARATIONS[self.entity].fields if name != "operation"]
        if self.before is None or self.after is None:
            return names
        return [name for name in names if getattr(self.before, name) != getattr(self.after, name)]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Many new records of one entity, by column: a large sheet brings a hundred thousand, and a
    record object is only made where it is needed by itself.

    ``columns`` holds the fields that differ, equally long; ``same`` the values that all have in
    common; a field in neither has its default. No other change of the same operation concerns any
    of them.
    """

    entity: type[Entity]
    columns: Mapping[str, Sequence[Any]]
    same: Mapping[str, Any]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Change]:
        """The change that makes each record."""
        make: Any = self.entity
        values = (
            self.columns[name]
            if name in self.columns
            else repeat(self.same.get(name, field.default))
            for name, field in DECLARATIONS[self.entity].fields.items()
        )
        # The columns end; what all have in common is repeated without end.
        return map(Change, repeat(None), map(make, *values))


def one_by_one(changes: Iterable[Change | NewRows]) -> Iterator[Change]:
    """Each change by itself."""
    for change in changes:
        if isinstance(change, NewRows):
            yield from change
        else:
            yield change
