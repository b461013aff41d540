"""What undoes an operation: its inverse, found in the rows that it wrote and in the history."""

from typing import Any

from leaguectl.findings import NotFound, Refused
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    KEYS,
    Change,
    Entity,
    as_plain,
    from_plain,
    key_of,
)
from leaguectl.model.entities import NAMED
from leaguectl.store.connection import Connection, among
from leaguectl.store.counting import AT_ONCE
from leaguectl.store.rows import table_of
from leaguectl.store.transaction import Transaction

KeySets = dict[tuple[str, str], dict[str, Any]]
"""Rows of the history by noun and key: each as it was before."""


def inverse(transaction: Transaction, operation: int) -> list[Change]:
    """The changes that make everything as it was before the operation.

    :raises NotFound: there is no such operation.
    :raises Refused: it was undone already, wrote nothing, or a later one builds on it.
    """
    undone = _undone_by(transaction.connection)
    if operation not in undone:
        raise NotFound("operation-not-found", operation=operation)
    if undone[operation] is not None:
        raise Refused("undo-undone", operation=operation, by=undone[operation])
    asked = "SELECT undoes FROM operation WHERE id = :operation"
    undoes = transaction.connection.value(asked, {"operation": operation})
    before = _history(transaction.connection, operation)
    # An undoing leaves rows as an older operation wrote them: the history of what it undid tells.
    written = _written_by(transaction, operation) if undoes is None else _found(transaction, undoes)
    later = _later(transaction.connection, operation, undone)
    changes = []
    for noun, key in {**dict.fromkeys(written), **dict.fromkeys(before)}:
        now = written.get((noun, key))
        kept = before.get((noun, key))
        changes.append(Change(now, None if kept is None else from_plain(noun, kept)))
    later |= _dependents(transaction.connection, changes)
    if later := later - {operation}:
        raise Refused("undo-overtaken", operation=operation, later=sorted(later, reverse=True))
    if not changes:
        raise Refused("undo-nothing", operation=operation)
    return changes


def _undone_by(connection: Connection) -> dict[int, int | None]:
    """Each operation and the one by which it is undone now; an undoing that was undone is none."""
    found = connection.rows("SELECT id, undoes FROM operation ORDER BY id DESC")
    undone: dict[int, int | None] = {}
    pending: dict[int, int] = {}
    for number, undoes in found:
        undone[number] = pending.get(number)
        if undoes is not None and undone[number] is None:
            pending.setdefault(undoes, number)
    return undone


def _history(connection: Connection, operation: int) -> KeySets:
    import json

    asked = "SELECT noun, key, before FROM history WHERE operation = :operation"
    rows = connection.rows(asked, {"operation": operation})
    return {(noun, key): json.loads(before) for noun, key, before in rows}


def _written_by(transaction: Transaction, operation: int) -> dict[tuple[str, str], Entity]:
    """The rows that bear the operation's number."""
    return {
        (noun.__name__.lower(), str(key_of(one))): one
        for noun in ENTITIES
        for one in transaction.written_by(noun, operation)
    }


def _found(transaction: Transaction, undone: int) -> dict[tuple[str, str], Entity]:
    """The rows that an undoing put back, as they are now."""
    put_back = _history(transaction.connection, undone)
    found = {}
    for (noun, key), kept in put_back.items():
        now = transaction.stored(NAMED[noun], key_of(from_plain(noun, kept)))
        if now is None or as_plain(now) != kept:
            raise Refused("undo-overtaken", operation=undone, later=[now.operation if now else 0])
        found[noun, key] = now
    return found


def _later(connection: Connection, operation: int, undone: dict[int, int | None]) -> set[int]:
    """Operations that replaced what this one wrote, and still count."""
    asked = "SELECT DISTINCT operation FROM history WHERE written = :operation"
    found = connection.rows(asked, {"operation": operation})
    undoing = {by for by in undone.values() if by is not None}
    return {one for (one,) in found if undone[one] is None and one not in undoing}


def _dependents(connection: Connection, changes: list[Change]) -> set[int]:
    """Operations whose rows hang on rows that would go, and are not changed themselves."""
    keys: dict[str, list[Any]] = {}
    for change in changes:
        if change.before is not None and change.after is None:
            keys.setdefault(table_of(change.noun), []).append(change.key)
    found: set[int] = set()
    changed = {(one.noun, one.key) for one in changes}
    for noun in ENTITIES:
        for column, table in DECLARATIONS[noun].references.items():
            listed = keys.get(table, [])
            for start in range(0, len(listed), AT_ONCE):
                hangs, gone = among(f'"{column}"', listed[start : start + AT_ONCE])
                asked = f'SELECT "{KEYS[noun]}", operation FROM {table_of(noun)} WHERE {hangs}'  # noqa: S608
                rows = connection.rows(asked, gone)
                found |= {by for one, by in rows if (noun, one) not in changed}
    return found
