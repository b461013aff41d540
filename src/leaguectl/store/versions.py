"""How each record was after each operation: its versions, from the present rows and the history of
replaced ones."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from leaguectl.model import DECLARATIONS, ENTITIES, KEYS, Change, Entity, from_plain, key_of
from leaguectl.model.entities import NAMED
from leaguectl.store.load import conditions
from leaguectl.store.reading import Reader, records

RecordKey = tuple[type[Entity], Any]
"""An entity and a key of it."""


class Version(NamedTuple):
    """A record as it was from one operation (``begun``) until another (``ended``; None: until
    now)."""

    begun: int
    ended: int | None
    record: Entity


class _Replaced(NamedTuple):
    """A row of the history: a record, and the operation until which it was so."""

    ended: int
    record: Entity


_HISTORY = "SELECT history.operation, history.noun, history.before FROM history"
_TOUCHED = f"""
    {_HISTORY} JOIN (
        SELECT noun, key FROM history WHERE operation = :operation OR operation = :undone
        UNION SELECT noun, key FROM history WHERE written = :operation
    ) AS touched ON touched.noun = history.noun AND touched.key = history.key
    ORDER BY history.operation, history.id
"""  # noqa: S608


@dataclass(frozen=True)
class Versions:
    """The versions of the records of one registry."""

    reader: Reader

    def of(self, entity: type[Entity], keys: Collection[Any]) -> dict[Any, list[Version]]:
        """The versions of some records of an entity by their keys, the earliest first."""
        histories: dict[RecordKey, list[_Replaced]] = defaultdict(list)
        for condition, parameters in conditions("history.key", [*map(str, keys)]):
            where = f"WHERE noun = :noun AND {condition} ORDER BY history.operation, history.id"
            named = {"noun": DECLARATIONS[entity].name, **parameters}
            self._add(histories, f"{_HISTORY} {where}", named)
        current = {key_of(record): record for record in self._current(entity, keys)}
        return {
            key: found
            for key in keys
            if (found := self._versions(histories[entity, key], current.get(key)))
        }

    def changes(self, operation: int) -> list[Change]:
        """What an operation created, changed and removed, in the order of entities and keys."""
        histories: dict[RecordKey, list[_Replaced]] = defaultdict(list)
        undone = self._undoes.get(operation, 0)
        self._add(histories, _TOUCHED, {"operation": operation, "undone": undone})
        changes: dict[RecordKey, Change] = {}
        for entity in ENTITIES:
            keys = [key for of, key in histories if of is entity]
            current = {key_of(record): record for record in self._current(entity, keys)}
            for key in keys:
                versions = self._versions(histories[entity, key], current.get(key))
                before = next((each.record for each in versions if each.ended == operation), None)
                after = next((each.record for each in versions if each.begun == operation), None)
                if before is not None or after is not None:
                    changes[entity, key] = Change(before, after)
            # Records that it created and nothing replaced since have no history.
            for record in records(self.reader, entity, "operation = :it", {"it": operation}):
                if (entity, key_of(record)) not in histories:
                    changes[entity, key_of(record)] = Change(None, record)
        order = {entity: place for place, entity in enumerate(ENTITIES)}
        return [changes[of] for of in sorted(changes, key=lambda of: (order[of[0]], of[1]))]

    def replaced_by(self, operation: int) -> dict[RecordKey, Entity]:
        """The records that an operation changed or removed, as they were before it."""
        histories: dict[RecordKey, list[_Replaced]] = defaultdict(list)
        where = "WHERE history.operation = :operation ORDER BY history.id"
        self._add(histories, f"{_HISTORY} {where}", {"operation": operation})
        return {of: replaced[0].record for of, replaced in histories.items()}

    def restored_by(self, operation: int) -> list[RecordKey]:
        """The records that an undo restored; they have the number of an older operation."""
        if operation not in self._undoes:
            return []
        changes = self.changes(operation)
        return [(each.entity, each.key) for each in changes if each.before is None]

    # -- how it is found out ---------------------------------------------------------------------

    @cached_property
    def _undoes(self) -> Mapping[int, int]:
        """Each undo with the operation that it reversed."""
        sql = "SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id"
        pairs: Any = self.reader.rows(sql)
        return dict(pairs)

    def _add(
        self,
        histories: dict[RecordKey, list[_Replaced]],
        sql: str,
        parameters: Mapping[str, Any],
    ) -> None:
        for ended, noun, before in self.reader.rows(sql, parameters):
            record = from_plain(noun, json.loads(before))
            histories[NAMED[noun], key_of(record)].append(_Replaced(ended, record))

    def _current(self, entity: type[Entity], keys: Collection[Any]) -> Iterator[Entity]:
        for condition, parameters in conditions(f'"{KEYS[entity]}"', keys):
            yield from records(self.reader, entity, condition, parameters)

    def _versions(self, replaced: list[_Replaced], current: Entity | None) -> list[Version]:
        """The versions of a record from its replaced rows, in order, and its present row."""
        ends: list[tuple[int | None, Entity]] = list(replaced)
        if current is not None:
            ends.append((None, current))
        changed_by = {ended for ended, _ in replaced}
        versions: list[Version] = []
        for ended, record in ends:
            begun = record.operation
            if versions and (before := versions[-1].ended) is not None and begun < before:
                begun = self._put_back_by(before, ended, changed_by)
            versions.append(Version(begun, ended, record))
        return versions

    def _put_back_by(self, replaced_by: int, until: int | None, changed_by: set[int]) -> int:
        """The undo that restored what an older operation wrote of a record; ``replaced_by`` is the
        operation that ended the previous version."""
        if self._undoes.get(replaced_by) in changed_by:
            return replaced_by  # the undo restored what the undone operation had replaced
        # The record was removed, and restored when an operation that had removed it was undone.
        return next(
            (
                undoing
                for undoing, undone in self._undoes.items()
                if undoing > replaced_by
                and undone in changed_by
                and (until is None or undoing < until)
            ),
            replaced_by,
        )
