"""Reading for a script: plain SQL on the plainest connection, opened read-only.

No ORM and no toolkit: on SQLite the standard library's connection, on PostgreSQL psycopg's. A
query is written once, with ``:name`` for its parameters, days as ISO text, and runs on both.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from leaguectl.findings import DatabaseUnavailable, NotFound
from leaguectl.store import WAIT_SECONDS, Location, check_file, check_schema, sqlite_uri
from leaguectl.store.connection import Connection, Row

if TYPE_CHECKING:
    from leaguectl.model import Entity

T = TypeVar("T", bound="Entity")


class Reader(Protocol):
    """An open registry to ask."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of one query."""
        ...

    def named_rows(
        self, sql: str, parameters: Mapping[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """All rows of one query, each by the names of its columns."""
        ...


@contextmanager
def open_reader(location: Location) -> Iterator[Reader]:
    """Open a registry to read it; one consistent view until it is closed.

    :raises NotFound: there is no registry at that place.
    :raises DatabaseUnavailable: it is busy, damaged, made by a newer version, or no registry.
    """
    if location.is_missing:
        raise NotFound("registry-not-found", db=location.shown)
    if location.path is not None:
        yield from _open_sqlite(location, location.path)
    else:
        yield from _open_postgresql(location)


def records(
    reader: Reader, entity: type[T], where: str = "", parameters: Mapping[str, Any] | None = None
) -> Iterator[T]:
    """All records of an entity, or those that meet a condition, in order of their keys.

    :raises DatabaseUnavailable: a day is none; another program changed it.
    """
    from leaguectl.model import KEYS  # a script's figures do without the entities
    from leaguectl.store.load import records_of, select

    key = KEYS[entity]
    condition = f"WHERE {where} " if where else ""
    sql = f'{select(entity)} {condition}ORDER BY "{key}"'
    return records_of(entity, reader.rows(sql, parameters))


def _open_sqlite(location: Location, path: Path) -> Iterator[Reader]:
    check_file(location)
    uri = sqlite_uri(path, "ro")
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    except sqlite3.OperationalError:
        raise DatabaseUnavailable("database-unreadable", db=location.shown) from None
    try:
        connection.execute("PRAGMA temp_store = MEMORY")  # a figure's steps need no file
        connection.execute("BEGIN")
        reader = Connection(connection, on_sqlite=True)
        version = reader.rows("SELECT version_num FROM alembic_version")
        check_schema(version[0][0] if version else None, location)
        yield reader
    except sqlite3.OperationalError as error:
        busy = "locked" in str(error)
        code = "database-busy" if busy else "database-damaged"
        raise DatabaseUnavailable(code, db=location.shown, detail=str(error)) from None
    except sqlite3.DatabaseError as error:
        raise DatabaseUnavailable(
            "database-damaged", db=location.shown, detail=str(error)
        ) from None
    finally:
        connection.close()


def _open_postgresql(location: Location) -> Iterator[Reader]:
    import psycopg

    try:
        connection = psycopg.connect(location.url or "", connect_timeout=WAIT_SECONDS)
    except psycopg.OperationalError:
        raise DatabaseUnavailable("database-unreachable", db=location.shown) from None
    try:
        # Figures of one answer must not come from before and after somebody's write.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        reader = Connection(connection, on_sqlite=False)
        exists = reader.value("SELECT to_regclass('alembic_version') IS NOT NULL")
        version = reader.rows("SELECT version_num FROM alembic_version") if exists else []
        if not version:
            raise NotFound("registry-not-found", db=location.shown)
        check_schema(version[0][0], location)
        yield reader
    except psycopg.errors.InsufficientPrivilege:
        raise DatabaseUnavailable("database-unreadable", db=location.shown) from None
    except psycopg.Error as error:
        raise DatabaseUnavailable(
            "database-damaged", db=location.shown, detail=str(error)
        ) from None
    finally:
        connection.close()
