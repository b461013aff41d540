"""What undoes an operation: its inverse, from the rows that it wrote and the history."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from leaguectl.findings import NotFound, Refused
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    Change,
    Entity,
    FormerValue,
    as_plain,
    from_plain,
    key_of,
)
from leaguectl.model.declaration import Declaration, Index
from leaguectl.model.entities import NAMED
from leaguectl.store import chain
from leaguectl.store.connection import Connection, in_clause
from leaguectl.store.load import AT_ONCE
from leaguectl.store.provenance import undone_by
from leaguectl.store.save import insert_records
from leaguectl.store.transaction import Transaction

ERASURE = "member erase"
"""The command that takes somebody's personal values out of everything."""

Before = dict[tuple[str, str], dict[str, Any]]
"""Records by entity and key as they were before, as JSON values."""


def inverse(transaction: Transaction, operation: int) -> list[Change]:
    """The changes that restore everything as it was before the operation.

    :raises NotFound: there is no such operation.
    :raises Refused: it was undone already, wrote nothing, or a later operation builds on it.
    """
    connection = transaction.connection
    undone = refuse_undone(transaction, operation)
    query = "SELECT undoes FROM operation WHERE id = :operation"
    undoes = connection.value(query, {"operation": operation})
    before = _history(connection, operation)
    # Rows restored by an undo have the number of an older operation: the history of the undone
    # operation shows which they are.
    if undoes is None:
        written = _written_by(transaction, operation)
    else:
        written = _put_back(transaction, undoes)
    changes = []
    # What was replaced last is restored first, so that two records never hold the same value
    # meanwhile.
    for name, key in {**dict.fromkeys(before), **dict.fromkeys(written)}:
        past = before.get((name, key))
        after = None if past is None else from_plain(name, past)
        changes.append(Change(written.get((name, key)), after))
    later = _overwriting(connection, operation, undone)
    later |= {by for _, _, by in hanging_on(connection, changes)}
    later |= standing_against(connection, changes)
    if later := later - {operation}:
        raise Refused("undo-overtaken", operation=operation, later=sorted(later, reverse=True))
    if not changes:
        raise Refused("undo-nothing", operation=operation)
    return changes


def last_replaced_first(
    connection: Connection, operation: int, changes: Sequence[Change]
) -> list[Change]:
    """Changes that take back a part of an operation, in the order in which nothing is taken by two
    meanwhile."""
    replaced = {of: at for at, of in enumerate(_history(connection, operation))}

    def order(change: Change) -> int:
        return replaced.get((DECLARATIONS[change.entity].name, str(change.key)), len(replaced))

    return sorted(changes, key=order)


def refuse_undone(transaction: Transaction, operation: int) -> dict[int, int | None]:
    """Each operation and the one by which it is undone.

    :raises NotFound: there is no such operation.
    :raises Refused: it was undone already, or what it took out is nowhere any more.
    """
    undone = undone_by(transaction.connection)
    if operation not in undone or operation == chain.FIRST:
        raise NotFound("operation-not-found", operation=operation)
    command = "SELECT command FROM operation WHERE id = :operation"
    if transaction.connection.value(command, {"operation": operation}) == ERASURE:
        raise Refused("undo-erasure", operation=operation)
    if undone[operation] is not None:
        raise Refused("undo-undone", operation=operation, by=undone[operation])
    return undone


def standing_against(connection: Connection, changes: list[Change]) -> set[int]:
    """Operations that took what restored records had, or removed what these refer to."""
    return _taking(connection, changes) | _removing(connection, changes)


def erasing(connection: Connection, people: Collection[int]) -> set[int]:
    """The operations that took out personal values of some of these people."""
    query = "SELECT id, sources FROM operation WHERE command = :command"
    named = {f"#{person}" for person in people}
    return {
        operation
        for operation, sources in connection.rows(query, {"command": ERASURE})
        if any(named & {*source["erased"].split()} for source in json.loads(sources))
    }


def _history(connection: Connection, operation: int) -> Before:
    query = "SELECT noun, key, before FROM history WHERE operation = :operation ORDER BY id DESC"
    rows = connection.rows(query, {"operation": operation})
    return {(name, key): json.loads(before) for name, key, before in rows}


def _written_by(transaction: Transaction, operation: int) -> dict[tuple[str, str], Entity]:
    """The records that bear the operation's number."""
    return {
        (DECLARATIONS[entity].name, str(key_of(record))): record
        for entity in ENTITIES
        for record in transaction.written_by(entity, operation)
    }


def _put_back(transaction: Transaction, undone: int) -> dict[tuple[str, str], Entity]:
    """The records that an undo restored, as they are now.

    :raises Refused: one of them has changed since.
    """
    records = {}
    for (name, key), past in _history(transaction.connection, undone).items():
        now = transaction.find(NAMED[name], key_of(from_plain(name, past)))
        if now is None or as_plain(now) != past:
            raise Refused("undo-overtaken", operation=undone, later=[now.operation if now else 0])
        records[name, key] = now
    return records


def _overwriting(connection: Connection, operation: int, undone: dict[int, int | None]) -> set[int]:
    """Operations that replaced what this one wrote, and still count."""
    query = "SELECT DISTINCT operation FROM history WHERE written = :operation"
    rows = connection.rows(query, {"operation": operation})
    # An undo restored rows as they were: it does not build on what it reversed.
    undoing = {by for by in undone.values() if by is not None}
    return {later for (later,) in rows if undone[later] is None and later not in undoing}


def hanging_on(connection: Connection, changes: Sequence[Change]) -> Iterator[tuple[str, Any, int]]:
    """Rows that refer to rows that would be removed and are not changed themselves: the table and
    key of the row to remove, and the operation that wrote the referring row."""
    removed: dict[str, dict[Any, int]] = {}
    for change in changes:
        if change.before is not None and change.after is None:
            written = removed.setdefault(DECLARATIONS[change.entity].table, {})
            written[change.key] = change.before.operation
    changed = {(change.entity, change.key) for change in changes}
    for entity, declaration in DECLARATIONS.items():
        for column, table in declaration.references.items():
            for key, named, by in _naming(
                connection, declaration, column, [*removed.get(table, ())]
            ):
                if (entity, key) not in changed:
                    yield table, named, by
    # A former value names what had it by its noun and the text of its key; those that were there
    # before what had them was written depend on nothing.
    for table, keys in removed.items():
        texts = {str(key): key for key in keys}
        rows = _naming(connection, DECLARATIONS[FormerValue], "key", [*texts], _NAMES[table])
        for key, text, by in rows:
            if (FormerValue, key) not in changed and by > keys[texts[text]]:
                yield table, texts[text], by


def _naming(
    connection: Connection, declaration: Declaration, column: str, keys: Sequence[Any],
    noun: str = "",
) -> Iterator[tuple[Any, Any, int]]:  # fmt: skip
    """Rows with one of the keys in a column: their own key, that key, and the operation."""
    for start in range(0, len(keys), AT_ONCE):
        condition, parameters = in_clause(f'"{column}"', keys[start : start + AT_ONCE])
        if noun:
            condition, parameters = f"noun = :noun AND {condition}", parameters | {"noun": noun}
        query = (
            f'SELECT "{declaration.key}", "{column}", operation'  # noqa: S608
            f" FROM {declaration.table} WHERE {condition}"
        )
        yield from ((key, named, by) for key, named, by in connection.rows(query, parameters))


# -- keys and references of the state that an undo makes -----------------------------------------

_RESTORED = "restored"
"""The temporary table of the restored records of one entity."""


def _taking(connection: Connection, changes: list[Change]) -> set[int]:
    """Operations whose rows hold a unique value of a restored record."""
    replaced = {(change.entity, change.key) for change in changes if change.before is not None}
    operations: set[int] = set()
    for entity, records in _coming_back(changes).items():
        declaration = DECLARATIONS[entity]
        with _restored(connection, declaration, records):
            for index in declaration.unique:
                rows = connection.rows(_same_key(declaration, index))
                operations |= {by for key, by in rows if (entity, key) not in replaced}
    return operations


def _removing(connection: Connection, changes: list[Change]) -> set[int]:
    """Operations that removed what a restored record refers to."""
    coming = _coming_back(changes)
    present = {
        (DECLARATIONS[entity].table, key_of(record))
        for entity, records in coming.items()
        for record in records
    }
    operations: set[int] = set()
    for entity, records in coming.items():
        declaration = DECLARATIONS[entity]
        with _restored(connection, declaration, records):
            missing = {
                (table, key)
                for column, table in declaration.references.items()
                if table in _NAMES
                for (key,) in connection.rows(_pointing_nowhere(column, table))
            }
        operations |= {_removed_by(connection, *lost) for lost in missing - present}
    # Rows that another program removed are not in the history; then the database refuses.
    return operations - {0}


def _coming_back(changes: list[Change]) -> dict[type[Entity], list[Entity]]:
    records: dict[type[Entity], list[Entity]] = defaultdict(list)
    for change in changes:
        if change.after is not None:
            records[change.entity].append(change.after)
    return records


@contextmanager
def _restored(
    connection: Connection, declaration: Declaration, records: list[Entity]
) -> Iterator[None]:
    """Put these records into a temporary table, so that the database compares all of them at once,
    by the expressions and conditions of its own indexes."""
    connection.run(
        f'CREATE TEMPORARY TABLE {_RESTORED} AS SELECT * FROM "{declaration.table}" WHERE 1 = 0'  # noqa: S608
    )
    insert_records(connection, _RESTORED, records)
    yield
    connection.run(f"DROP TABLE {_RESTORED}")


def _same_key(declaration: Declaration, index: Index) -> str:
    """The query for stored rows with the same values of a unique index as restored rows."""
    values = [
        f'"{column}"' if column in declaration.columns else column for column in index.columns
    ]
    columns = ", ".join(f"{value} AS value_{place}" for place, value in enumerate(values))
    same = " AND ".join(
        f"stored.value_{place} = restored.value_{place}" for place in range(len(values))
    )
    stored, restored = (
        f'SELECT "{declaration.key}" AS row_key, operation, {columns} FROM "{table}"'  # noqa: S608
        f" WHERE {index.where or '1 = 1'}"
        for table in (declaration.table, _RESTORED)
    )
    return (
        f"SELECT stored.row_key, stored.operation FROM ({stored}) AS stored"  # noqa: S608
        f" JOIN ({restored}) AS restored ON {same}"
    )


def _pointing_nowhere(column: str, table: str) -> str:
    """The query for rows that restored rows refer to in a column and that a table lacks."""
    key = DECLARATIONS[NAMED[_NAMES[table]]].key
    return (
        f'SELECT DISTINCT restored."{column}" FROM {_RESTORED} AS restored'  # noqa: S608
        f' LEFT JOIN "{table}" AS stored ON stored."{key}" = restored."{column}"'
        f' WHERE restored."{column}" IS NOT NULL AND stored."{key}" IS NULL'
    )


_NAMES = {declaration.table: declaration.name for declaration in DECLARATIONS.values()}
"""The names of entities by their tables."""


def _removed_by(connection: Connection, table: str, key: Any) -> int:
    """The operation that removed a record; 0 where none did."""
    query = "SELECT max(operation) FROM history WHERE noun = :noun AND key = :key"
    return connection.value(query, {"noun": _NAMES[table], "key": str(key)}) or 0
