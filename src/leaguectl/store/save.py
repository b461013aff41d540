"""From changes to stored rows, and the history of what they replace; many rows at once, in the
cheapest way of each database."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import date
from functools import lru_cache, partial
from itertools import chain, repeat
from operator import attrgetter
from typing import Any, cast

from leaguectl.findings import Conflict
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    KEYS,
    Change,
    Entity,
    NewRows,
    Organization,
    Person,
    Quota,
    as_plain,
    key_of,
)
from leaguectl.names import fold_name
from leaguectl.store.connection import Connection, plain
from leaguectl.store.ids import remember_last_ids
from leaguectl.store.opening import constraint_of

MANY = 10_000
"""How many single records are inserted together."""
SEVERAL = 500
"""From this number of removals on, temporary indexes are worth creating."""
PARAMETERS = 4000
"""The greatest number of values in a statement: fewer need more statements, more make each slower.
An old SQLite allows 999."""

Written = dict[str, tuple[Mapping[str, Sequence[Any]], Mapping[str, Any]]]
"""Rows by noun: the columns that differ, and the values that all have in common."""

_PLAIN = {str, int, float, type(None)}
_DAYS = {date, type(None)}
_POINTING = """
    SELECT t.name, f."from" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f
    WHERE t.type = 'table' AND f."table" = :name AND NOT EXISTS (
        SELECT 1 FROM pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
        WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from"
    )
"""
_ROOTS = (Organization, Person, Quota)
"""Entities that others refer to: their rows are removed after the referring rows were changed,
other rows before."""
_TREES = (Organization, Quota)
"""Entities whose stored records may be changed to refer to new ones: the new records are written
first."""
_ABOVE: dict[type[Entity], str] = {
    entity: field
    for entity, declaration in DECLARATIONS.items()
    for field, table in declaration.references.items()
    if table == declaration.table
}
"""Entities whose records refer to each other, and the field: a record is written before those that
refer to it, and removed after them."""


def squash(
    changes: Iterable[Change | NewRows],
) -> tuple[dict[type[Entity], list[Change]], dict[type[Entity], list[NewRows]]]:
    """The changes of each record combined into its first and last state: a number that was freed
    and taken by a later row becomes used. Also returns the many new rows, which no other change
    concerns."""
    single: dict[type[Entity], list[Change]] = defaultdict(list)
    many: dict[type[Entity], list[NewRows]] = defaultdict(list)
    for change in changes:
        if isinstance(change, NewRows):
            many[change.entity].append(change)
        else:
            single[change.entity].append(change)
    return {entity: _squash(entity, of_entity) for entity, of_entity in single.items()}, many


def _squash(entity: type[Entity], changes: list[Change]) -> list[Change]:
    if all(change.before is None and change.after is not None for change in changes):
        key = attrgetter(KEYS[entity])
        if len({key(change.after) for change in changes}) == len(changes):
            return changes  # each creates a different record
    squashed: dict[Any, Change] = {}
    for change in changes:
        first = squashed.get(change.key, change)
        squashed[change.key] = Change(first.before, change.after)
    return [item for item in squashed.values() if item.before is not None or item.after is not None]


class ConstraintBroken(Conflict):
    """The database refuses a row: a rule is missing that should have refused it before.

    ``record`` is the row that was being written, or one of several rows that are only refused
    together.
    """

    def __init__(self, record: Entity | None, constraint: str) -> None:
        super().__init__("database-refuses", constraint=constraint)
        self.record = record


def save(
    connection: Connection,
    changes: Iterable[Change | NewRows],
    number: int,
    stamp: int | None,
    *,
    backwards: bool = False,
) -> Written:
    """Write the changes of an operation and keep what they replace; rows get the operation
    ``stamp`` (None: they keep their own). ``backwards`` undoes an operation and writes in the
    reverse of its order.

    Returns the rows with the stamp, by entity: the columns that differ, and the values that all
    have in common.

    :raises Conflict: a row is no longer as the changes found it.
    """
    single, many = squash(changes)
    # Between the steps of an operation no key was taken twice and no reference was broken. The same
    # is true of an undo that takes these steps in reverse.
    for step, entity in _STEPS_BACK if backwards else _STEPS:
        of_entity: Sequence[Change] = single.get(entity, [])
        if step == "remove":
            _write(connection, partial(_remove, connection, entity), of_entity)
        elif step == "update":
            _write(connection, partial(_update, connection, entity, stamp), of_entity)
        else:
            if entity is Quota:
                _set_aside(connection, of_entity)
            bulk = many.get(entity, [])
            _write(connection, partial(_insert, connection, entity, stamp), of_entity, bulk)
    replaced = [
        (change.before, change.after)
        for of_entity in single.values()
        for change in of_entity
        if change.before is not None
    ]
    _keep(connection, [before for before, _ in replaced], number)
    remember_last_ids(connection, (before for before, after in replaced if after is None))
    return {} if stamp is None else _written(single, many)


def _written(
    single: Mapping[type[Entity], Sequence[Change]], many: Mapping[type[Entity], list[NewRows]]
) -> Written:
    """All rows that stand after the changes, by noun and column."""
    written: Written = {}
    for entity in {*single, *many}:
        records = [item.after for item in single.get(entity, ()) if item.after is not None]
        parts = [*many.get(entity, ()), *([to_columns(entity, records)] if records else ())]
        if parts:
            written[DECLARATIONS[entity].name] = _merged(entity, parts)
    return written


def _merged(
    entity: type[Entity], parts: Sequence[NewRows]
) -> tuple[dict[str, Sequence[Any]], dict[str, Any]]:
    """The rows of all parts: the columns that differ, and the values that all have in common."""
    values = [
        columns | {n: [value] for n, value in same.items()}
        for columns, same in map(_with_defaults, parts)
    ]
    merged, common = {}, {}
    for name in DECLARATIONS[entity].fields:
        columns = [part[name] for part in values]
        first = columns[0][0]
        if all(first == column[-1] and column.count(first) == len(column) for column in columns):
            common[name] = first
        elif len(parts) == 1:
            (merged[name],) = columns
        else:
            merged[name] = list(
                chain.from_iterable(
                    column if name in part.columns else repeat(column[0], len(part))
                    for column, part in zip(columns, parts, strict=True)
                )
            )
    return merged, common


def insert_records(connection: Connection, table: str, records: Sequence[Entity]) -> None:
    """Insert records of one entity (at least one) as they are into a table of its columns."""
    columns = _columns(to_columns(type(records[0]), records), None)
    bulk_insert(connection, table, *columns)


def _steps() -> Iterator[tuple[str, type[Entity]]]:
    """The order in which rows are written. Removals come first and new rows last, since a unique
    number or paper may be taken from one record and given to another in one operation."""
    for entity in reversed(ENTITIES):
        if entity not in _ROOTS:
            yield "remove", entity
    for entity in ENTITIES:
        yield from ((step, entity) for step in _order(entity))
    for entity in reversed(_ROOTS):
        yield "remove", entity


def _order(entity: type[Entity]) -> tuple[str, str]:
    return ("insert", "update") if entity in _TREES else ("update", "insert")


_STEPS = tuple(_steps())
_OPPOSITE = {"insert": "remove", "remove": "insert", "update": "update"}
_STEPS_BACK = tuple((_OPPOSITE[step], entity) for step, entity in reversed(_STEPS))


def _write(
    connection: Connection,
    write: Callable[..., None],
    changes: Sequence[Change],
    many: Sequence[NewRows] = (),
) -> None:
    """Write changes of one entity; where a constraint is violated, name the row.

    :raises ConstraintBroken: the database refuses one of them.
    """
    if not changes and not many:
        return
    driver = connection.driver
    parts = (many,) if many else ()
    connection.run("SAVEPOINT writing")
    try:
        write(changes, *parts)
    except driver.IntegrityError as error:
        # Among many rows the faulty one is not known, so they are tried again one by one.
        # Everything written here is rolled back in the end.
        connection.run("ROLLBACK TO SAVEPOINT writing")
        record = None
        for change in (*changes, *chain.from_iterable(many)):
            record = change.after if change.after is not None else change.before
            try:
                write([change])
            except driver.IntegrityError:
                break
        raise ConstraintBroken(record, constraint_of(error)) from None
    connection.run("RELEASE SAVEPOINT writing")


def _insert(
    connection: Connection,
    entity: type[Entity],
    stamp: int | None,
    changes: Sequence[Change],
    many: Sequence[NewRows] = (),
) -> None:
    new = [item.after for item in changes if item.before is None and item.after is not None]
    if entity in _TREES:
        new += [change.after for rows in many for change in rows if change.after is not None]
        many = ()
    if above := _ABOVE.get(entity):
        new = _above_first(new, above)
    parts = (to_columns(entity, new[start : start + MANY]) for start in range(0, len(new), MANY))
    for rows in (*many, *parts):
        bulk_insert(connection, DECLARATIONS[entity].table, *_columns(rows, stamp))


def _above_first(records: list[Entity], above: str) -> list[Entity]:
    """New records, each after the record that its field ``above`` refers to."""
    by_key = {key_of(record): record for record in records}
    ordered: dict[Any, Entity] = {}
    for record in records:
        path: list[Entity] = []
        step: Entity | None = record
        while step is not None and key_of(step) not in ordered and step not in path:
            path.append(step)
            step = by_key.get(getattr(step, above))
        ordered |= {key_of(each): each for each in reversed(path)}
    return list(ordered.values())


def _set_aside(connection: Connection, changes: Sequence[Change]) -> None:
    """Give quotas that change or are removed temporary numbers, since blocks are exchanged row by
    row and no two may begin with the same number meanwhile. The temporary numbers are of province
    00, which does not exist."""
    leaving = [cast("Quota", change.before) for change in changes if change.before is not None]
    if leaving:
        aside = "UPDATE quota SET first = :aside, last = :aside, places = 1 WHERE id = :id"
        rows = ({"id": quota.id, "aside": f"{quota.year}{quota.id:08d}"} for quota in leaving)
        connection.run_each(aside, rows)


def _update(
    connection: Connection, entity: type[Entity], stamp: int | None, changes: Sequence[Change]
) -> None:
    rows = [
        _as_found(change.before) | _values(change.after, stamp)
        for change in changes
        if change.before is not None and change.after is not None
    ]
    if rows:
        columns = sorted(DECLARATIONS[entity].columns)
        values = ", ".join(f'"{column}" = :{column}' for column in columns)
        _run(connection, entity, f'UPDATE "{DECLARATIONS[entity].table}" SET {values}', rows)  # noqa: S608


def _remove(connection: Connection, entity: type[Entity], changes: Sequence[Change]) -> None:
    gone = [item.before for item in changes if item.before is not None and item.after is None]
    if above := _ABOVE.get(entity):
        gone = _above_first(gone, above)
    rows = [_as_found(record) for record in reversed(gone)]
    if rows:
        table = DECLARATIONS[entity].table
        is_slow = len(rows) >= SEVERAL
        with temporary_indexes(connection, table) if is_slow else nullcontext():
            _run(connection, entity, f'DELETE FROM "{table}"', rows)  # noqa: S608


def _as_found(before: Entity) -> dict[str, Any]:
    return {"was_key": key_of(before), "was_of": before.operation}


def _run(
    connection: Connection, entity: type[Entity], statement: str, rows: list[dict[str, Any]]
) -> None:
    """Change rows that have not changed since they were found, as the operation that wrote them
    shows."""
    as_found = f'WHERE "{KEYS[entity]}" = :was_key AND operation = :was_of'
    if connection.run_each(f"{statement} {as_found}", rows) != len(rows):
        raise Conflict("registry-changed", noun=DECLARATIONS[entity].name)


# -- history -------------------------------------------------------------------------------------


def _keep(connection: Connection, replaced: Sequence[Entity], number: int) -> None:
    if replaced:
        last = connection.value("SELECT max(id) FROM history") or 0
        rows = [history_row(record, number) for record in replaced]
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        ids = range(last + 1, last + 1 + len(rows))
        bulk_insert(connection, "history", {"id": ids, **columns}, {})


def history_row(before: Entity, operation: int) -> dict[str, Any]:
    """The row of history for a record that an operation replaced."""
    return {
        "operation": operation,
        "noun": DECLARATIONS[type(before)].name,
        "key": str(key_of(before)),
        "before": as_json(as_plain(before)),
        "written": before.operation,
    }


def as_json(value: Any) -> str:
    """Facts as JSON text for a column."""
    return json.dumps(value, ensure_ascii=False)


# -- columns -------------------------------------------------------------------------------------


def _values(record: Entity | None, stamp: int | None) -> dict[str, Any]:
    """The columns of a record's row, written by the operation ``stamp`` (None: its own)."""
    declaration = DECLARATIONS[type(record)]
    values = {name: getattr(record, name) for name in declaration.fields}
    if stamp is not None:
        values["operation"] = stamp
    for column, name in declaration.folded.items():
        values[column] = fold_name(values[name])
    return values


def to_columns(entity: type[Entity], records: Iterable[Entity]) -> NewRows:
    """New records of an entity (at least one) by column."""
    names = tuple(DECLARATIONS[entity].fields)
    columns = zip(*map(attrgetter(*names), records), strict=True)
    return NewRows(entity, dict(zip(names, columns, strict=True)), {})


def _with_defaults(rows: NewRows) -> tuple[dict[str, Sequence[Any]], dict[str, Any]]:
    """The columns of new rows that differ, and the values that all have in common."""
    fields = DECLARATIONS[rows.entity].fields
    defaults = {name: item.default for name, item in fields.items() if not item.is_required}
    same = defaults | dict(rows.same)
    return dict(rows.columns), {n: value for n, value in same.items() if n not in rows.columns}


def _columns(rows: NewRows, stamp: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of new rows that differ, and the values that all have in common, as rows that
    the operation ``stamp`` wrote (None: their own)."""
    declaration = DECLARATIONS[rows.entity]
    columns, same = _with_defaults(rows)
    if stamp is not None:
        columns.pop("operation", None)
        same["operation"] = stamp
    for folded, name in declaration.folded.items():
        if name in columns:
            columns[folded] = list(map(fold_name, columns[name]))
        else:
            same[folded] = fold_name(same[name])
    # A value that a whole column has in common is bound once per statement instead of once per row.
    for name in columns.keys() - {declaration.key}:
        first, column = columns[name][0], columns[name]
        if first == column[-1] and column.count(first) == len(column):
            same[name] = first
            del columns[name]
    return columns, {name: value for name, value in same.items() if name not in columns}


# -- many rows -----------------------------------------------------------------------------------


@contextmanager
def temporary_indexes(connection: Connection, table: str) -> Iterator[None]:
    """Create temporary indexes on columns that refer to a table, while its rows are removed.

    For each removed row SQLite searches for references to it, and reads a whole table where there
    is no index: 80,000 certificates would be read 80,000 times.
    """
    made = connection.rows(_POINTING, {"name": table}) if connection.on_sqlite else []
    for number, (pointing, column) in enumerate(made):
        connection.run(f'CREATE INDEX "temporary_{number}" ON "{pointing}" ("{column}")')
    yield
    for number in range(len(made)):
        connection.run(f'DROP INDEX "temporary_{number}"')


def bulk_insert(
    connection: Connection,
    table: str,
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, Any],
) -> None:
    """Insert rows given by column: the values that differ, equally long, and those that all rows
    have in common. Every constraint is checked for every row; errors are those of the driver.
    """
    names = ", ".join(f'"{name}"' for name in (*same, *columns))
    into = f'"{table}" ({names})'
    insert = _insert_values if connection.on_sqlite else _copy
    with closing(connection.driver.cursor()) as cursor:
        insert(cursor, into, list(columns.values()), list(same.values()))


def _insert_values(cursor: Any, into: str, columns: list[Sequence[Any]], same: list[Any]) -> None:
    """Insert as many rows as possible with each SQLite statement: beginning and ending a statement
    costs as much as a row, and ``executemany`` makes a whole import a quarter slower."""
    # The library of encrypted files cannot be asked, but takes more of them.
    asked = getattr(cursor.connection, "getlimit", lambda _: PARAMETERS)
    allowed = min(PARAMETERS, asked(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER))
    count = max((allowed - len(same)) // len(columns), 1)
    common = _bound(same)
    for start in range(0, len(columns[0]), count):
        chunk = [_bound(column[start : start + count]) for column in columns]
        sql = _statement(into, len(chunk[0]), len(chunk), len(same))
        cursor.execute(sql, (*common, *chain.from_iterable(zip(*chunk, strict=True))))


@lru_cache(maxsize=64)
def _statement(into: str, rows: int, columns: int, same: int) -> str:
    """The statement that inserts ``rows`` rows; its first parameters are the values that all have
    in common."""
    row = f"({', '.join('?' * columns)})"
    common = "".join("?, " * same)
    return f"INSERT INTO {into} SELECT {common}* FROM (VALUES {', '.join([row] * rows)})"  # noqa: S608


def _bound(values: Sequence[Any]) -> Sequence[Any]:
    """A column with :func:`plain` applied to its values, skipped where its type needs none."""
    types = set(map(type, values))
    if types <= _PLAIN:
        return values
    if all(issubclass(entity, str) for entity in types):
        return list(map(str.__str__, values))
    if types <= _DAYS:
        return [day and day.isoformat() for day in values]
    return list(map(plain, values))


def _copy(cursor: Any, into: str, columns: list[Sequence[Any]], same: list[Any]) -> None:
    """Insert with PostgreSQL's ``COPY``, which costs the server half of what statements do and the
    client next to nothing."""
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in zip(*columns, strict=True):
            copy.write_row((*same, *row))
