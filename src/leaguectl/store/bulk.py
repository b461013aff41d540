"""Many rows at once, by the way of each database that costs least."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from leaguectl.store.connection import Connection, plain

PARAMETERS = 4000
"""How many values one statement names at most: of fewer there are more statements, and more make
each slower. An old SQLite allows 999."""

_PLAIN = {str, int, float, type(None)}
_DAYS = {date, type(None)}
_POINTING = """
    SELECT t.name, f."from" FROM sqlite_master AS t JOIN pragma_foreign_key_list(t.name) AS f
    WHERE t.type = 'table' AND f."table" = :name AND NOT EXISTS (
        SELECT 1 FROM pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
        WHERE i.partial = 0 AND c.seqno = 0 AND c.name = f."from"
    )
"""


@contextmanager
def temporary_indexes(connection: Connection, table: str) -> Iterator[None]:
    """Index what points to a table without an index of its own, as long as rows of it go.

    SQLite looks for each of them whether something hangs on it, and reads a whole table where no
    index tells: 80,000 certificates would be read through 80,000 times.
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
    """Insert rows given by column: what differs, equally long, and what all rows have in common.

    Every constraint is asked of every row; the error is the driver's own.
    """
    names = ", ".join(f'"{name}"' for name in (*same, *columns))
    into = f'"{table}" ({names})'
    insert = _insert_values if connection.on_sqlite else _copy
    with closing(connection.driver.cursor()) as cursor:
        insert(cursor, into, list(columns.values()), list(same.values()))


def _insert_values(cursor: Any, into: str, columns: list[Sequence[Any]], same: list[Any]) -> None:
    """Insert with SQLite's statements of as many rows as one can have: to begin and end a statement
    costs as much as a row, and ``executemany`` makes a whole import a quarter slower."""
    allowed = cursor.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    count = max((min(PARAMETERS, allowed) - len(same)) // len(columns), 1)
    common = _bound(same)
    for start in range(0, len(columns[0]), count):
        chunk = [_bound(column[start : start + count]) for column in columns]
        sql = _statement(into, len(chunk[0]), len(chunk), len(same))
        cursor.execute(sql, (*common, *chain.from_iterable(zip(*chunk, strict=True))))


@lru_cache(maxsize=64)
def _statement(into: str, rows: int, columns: int, same: int) -> str:
    """Inserts so many rows; its first parameters are those that all have in common."""
    row = f"({', '.join('?' * columns)})"
    common = "".join("?, " * same)
    return f"INSERT INTO {into} SELECT {common}* FROM (VALUES {', '.join([row] * rows)})"  # noqa: S608


def _bound(values: Sequence[Any]) -> Sequence[Any]:
    """A column as :func:`plain` makes each of its values, at the pace of what it holds."""
    types = set(map(type, values))
    if types <= _PLAIN:
        return values
    if all(issubclass(kind, str) for kind in types):
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
