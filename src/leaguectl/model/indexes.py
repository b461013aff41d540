"""An index over records of one entity."""

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from leaguectl.model.declaration import Entity
from leaguectl.model.entities import key_of

T = TypeVar("T")

Fields = str | tuple[str, ...] | Callable[[T], Any]
"""By what records are indexed: a field, several of them, or what a function makes of a record."""


class RecordIndex:
    """Records by a value; whoever changes the records keeps it true by :meth:`add` and
    :meth:`remove`."""

    def __init__(self, fields: Fields[Any], records: Iterable[Entity]) -> None:
        self._value = _getter(fields)
        self.records: dict[Hashable, Any] = {}
        """The record of each value, which most values have one of: a dictionary for each would cost
        more time and memory than all that is stored. Where there are more, they are in one."""
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
        """Take a record in that is not in it yet."""
        value = self._value(record)
        present = self.records.setdefault(value, record)
        if isinstance(present, dict):
            present[key_of(record)] = record
        elif present is not record:
            self.records[value] = {key_of(present): present, key_of(record): record}

    def remove(self, record: Entity) -> None:
        """Take a record out."""
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
