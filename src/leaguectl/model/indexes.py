"""An index over records of one entity."""

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from leaguectl.model.declaration import Entity
from leaguectl.model.entities import key_of

T = TypeVar("T")

Fields = str | tuple[str, ...] | Callable[[T], Any]
"""The values that records are indexed by: a field, several fields, or the result of a function."""


class RecordIndex:
    """Records by a value; code that changes the records keeps the index current with :meth:`add`
    and :meth:`remove`."""

    def __init__(self, fields: Fields[Any], records: Iterable[Entity]) -> None:
        self._value = _getter(fields)
        self.records: dict[Hashable, Any] = {}
        """The record of each value. Most values have a single record, which is stored directly: a
        dictionary for each value would cost more time and memory than the records themselves. Only
        values with several records have a dictionary."""
        for record in records:
            self.add(record)

    def __contains__(self, value: Hashable) -> bool:
        return bool(self.records.get(value))

    def get(self, value: Hashable) -> list[Any]:
        """The records with this value, in order of their keys."""
        present = self.records.get(value)
        if isinstance(present, dict):
            return [present[key] for key in sorted(present)]
        return [] if present is None else [present]

    def add(self, record: Entity) -> None:
        """Add a record that is not in the index yet."""
        value = self._value(record)
        present = self.records.setdefault(value, record)
        if isinstance(present, dict):
            present[key_of(record)] = record
        elif present is not record:
            self.records[value] = {key_of(present): present, key_of(record): record}

    def remove(self, record: Entity) -> None:
        """Remove a record."""
        value = self._value(record)
        present = self.records.get(value)
        if isinstance(present, dict):
            present.pop(key_of(record), None)
        else:
            self.records.pop(value, None)


def _getter(fields: Fields[Any]) -> Callable[[Any], Any]:
    if not isinstance(fields, str | tuple):
        return fields
    if isinstance(fields, tuple) and len(fields) == 1:
        (name,) = fields
        return lambda record: (getattr(record, name),)
    return attrgetter(*fields) if isinstance(fields, tuple) else attrgetter(fields)
