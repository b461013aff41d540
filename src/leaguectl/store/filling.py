"""Filling a table with many rows at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

MANY = 10_000
"""From so many rows on an index is made sooner of all of them than row by row."""

_LOOKED_UP_BY = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
    " AND sql NOT LIKE 'CREATE UNIQUE %'"  # those that constraints make have no text of their own
)


@contextmanager
def filling(connection: Connection, table: str) -> Iterator[None]:
    """Take the indexes that only find rows away, and make them again as they were in the end.

    Unique ones stay, so no constraint is lifted for a moment. It is part of the transaction:
    whoever breaks off has them as before. Only SQLite is asked; a server has other readers.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    quote = connection.dialect.identifier_preparer.quote
    away = list(connection.exec_driver_sql(_LOOKED_UP_BY, (table,)))
    for name, _ in away:
        connection.exec_driver_sql(f"DROP INDEX {quote(name)}")
    yield
    for _, made_by in away:
        connection.exec_driver_sql(made_by)
