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
        # Most values have one record, which stands by itself: a dictionary for each would cost
        # more time and memory than all that is stored in it.
        self._records: dict[Hashable, Entity | dict[Any, Entity]] = {}
        for record in records:
            self.add(record)

    def __contains__(self, value: Hashable) -> bool:
        return bool(self._records.get(value))

    def get(self, value: Hashable) -> list[Any]:
        """The records with this value, in order of their keys."""
        present = self._records.get(value)
        if isinstance(present, dict):
            return [present[key] for key in sorted(present)]
        return [] if present is None else [present]

    def last(self, value: Hashable) -> Any:
        """The record with this value that has the highest key; None where there is none."""
        present = self._records.get(value)
        if isinstance(present, dict):
            return present[max(present)] if present else None
        return present

    def add(self, record: Entity) -> None:
        """Take a record in that is not in it yet."""
        value = self._value(record)
        present = self._records.setdefault(value, record)
        if isinstance(present, dict):
            present[key_of(record)] = record
        elif present is not record:
            self._records[value] = {key_of(present): present, key_of(record): record}

    def remove(self, record: Entity) -> None:
        """Take a record out."""
        value = self._value(record)
        present = self._records.get(value)
        if isinstance(present, dict):
            present.pop(key_of(record), None)
        else:
            self._records.pop(value, None)


def _getter(fields: Fields[Any]) -> Callable[[Any], Any]:
    if not isinstance(fields, str | tuple):
        return fields
    if isinstance(fields, tuple) and len(fields) == 1:
        (name,) = fields
        return lambda record: (getattr(record, name),)
    return attrgetter(*fields) if isinstance(fields, tuple) else attrgetter(fields)
