"""Whatever goes through the fields of an entity reaches every field of every entity.

The records are made from the declarations, so a field that is added tomorrow is in them: where a
walk forgets it, the test names the field. Constraints are lifted meanwhile, since no invented
record could keep them all; nothing of it is committed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

from leaguectl.model import DECLARATIONS, ENTITIES, KEYS, Change, Entity, from_plain
from leaguectl.store import locate
from leaguectl.store.save import to_columns
from leaguectl.store.schema import Operation
from leaguectl.store.transaction import Transaction
from leaguectl.store.undo import inverse
from leaguectl.store.writing import Store

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")


def record(kind: type[Entity], number: int) -> Any:
    """A record of which every field has a value of its own; ``number`` makes another, of the same
    key."""
    values: dict[str, Any] = {}
    for index, (name, field) in enumerate(DECLARATIONS[kind].fields.items(), start=1):
        serial = 1 if name == KEYS[kind] else 100 * number + index
        if field.type is str:
            values[name] = f"{name}-{serial}"[-(field.spec.length or 80) :]
        elif field.type is date:
            values[name] = date(2020, 1, 1) + timedelta(days=serial)
        else:
            values[name] = field.type(serial)
    return kind(**values)


def differing(entity: Any, other: Any) -> list[str]:
    """The fields in which two records differ, but for the operation that wrote them."""
    names = DECLARATIONS[type(entity)].fields.keys() - {"operation"}
    return sorted(name for name in names if getattr(entity, name) != getattr(other, name))


@contextmanager
def loose(db: str) -> Iterator[Transaction]:
    """A transaction in which no check and no reference holds, taken back in the end."""
    Store(locate(db)).create({})
    with suppress(_Stop), Store(locate(db)).write() as transaction:
        if transaction.connection.on_sqlite:
            transaction.connection.run("PRAGMA ignore_check_constraints = ON")
            transaction.connection.run("PRAGMA defer_foreign_keys = ON")
        else:
            for declaration in DECLARATIONS.values():
                table = declaration.table
                for name in (
                    *declaration.checks,
                    *(f"fk_{table}_{n}" for n in declaration.references),
                ):
                    transaction.connection.run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield transaction
        raise _Stop


class _Stop(Exception):
    """Ends a transaction without a trace."""


def stored(transaction: Transaction, kind: type[Entity]) -> Any:
    """The one record of an entity."""
    (only,) = transaction.all(kind)
    return only


def test_every_field_has_a_value_of_its_own() -> None:
    """The control: the two records of the tests below differ in every field but the key."""
    for kind in ENTITIES:
        names = DECLARATIONS[kind].fields.keys() - {"operation", KEYS[kind]}
        assert differing(record(kind, 1), record(kind, 2)) == sorted(names)


def test_every_field_is_saved_loaded_kept_in_history_and_undone(either_db: str) -> None:
    """A new record, one by itself or among many by column; a change of it, and its removal: each is
    as it was given, history has what was before, and undoing brings that back."""
    with loose(either_db) as transaction:
        for kind in ENTITIES:
            first, second = record(kind, 1), record(kind, 2)
            made = transaction.save([to_columns(kind, [first])], BY_HAND)
            assert differing(stored(transaction, kind), first) == []
            transaction.save(inverse(transaction, made), BY_HAND, restoring=True)
            assert transaction.all(kind) == []
            transaction.save([Change(None, first)], BY_HAND)
            assert differing(stored(transaction, kind), first) == []
            changed = transaction.save([Change(stored(transaction, kind), second)], BY_HAND)
            assert differing(stored(transaction, kind), second) == []
            assert differing(from_history(transaction, changed), first) == []
            transaction.save(inverse(transaction, changed), BY_HAND, restoring=True)
            assert differing(stored(transaction, kind), first) == []
            removed = transaction.save([Change(stored(transaction, kind), None)], BY_HAND)
            assert differing(from_history(transaction, removed), first) == []
            transaction.save(inverse(transaction, removed), BY_HAND, restoring=True)
            assert differing(stored(transaction, kind), first) == []


def from_history(transaction: Transaction, operation: int) -> Entity:
    """The record that an operation replaced."""
    query = "SELECT noun, before FROM history WHERE operation = :operation"
    ((name, before),) = transaction.rows(query, {"operation": operation})
    return from_plain(name, json.loads(before))


def test_a_snapshot_has_every_field_of_what_is_stored(either_db: str) -> None:
    """The whole registry, loaded at once, has each record with all its fields."""
    with loose(either_db) as transaction:
        transaction.save([Change(None, record(kind, 1)) for kind in ENTITIES], BY_HAND)
        snapshot = transaction.whole()
        for kind in ENTITIES:
            (only,) = snapshot.all(kind)
            assert differing(only, record(kind, 1)) == []


def test_nothing_of_it_stays(either_db: str) -> None:
    """The control: the constraints are lifted for the test alone."""
    with loose(either_db) as transaction:
        transaction.save([Change(None, record(kind, 1)) for kind in ENTITIES], BY_HAND)
    with Store(locate(either_db)).read() as transaction:
        assert not any(transaction.all(kind) for kind in ENTITIES)
        assert transaction.violations() == []
