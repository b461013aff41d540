"""Reading for scripts: plain SQL on a simple connection, opened read-only.

No ORM and no toolkit: on SQLite the standard library's connection, on PostgreSQL that of psycopg. A
query is written once, with ``:name`` for its parameters and days as ISO text, and runs on both.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from leaguectl.store import Location
from leaguectl.store.connection import Row
from leaguectl.store.opening import opened, schema_of

if TYPE_CHECKING:
    from leaguectl.model import Entity

T = TypeVar("T", bound="Entity")


class Reader(Protocol):
    """An open registry that can be queried."""

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
    """Open a registry for reading; one consistent view until it is closed.

    :raises NotFound: there is no registry at that place.
    :raises DatabaseUnavailable: it is busy, damaged, of another schema, or not a registry.
    """
    with opened(location, reading=True) as connection:
        if connection.on_sqlite:
            connection.run("BEGIN")
        schema_of(connection, location, current=True)
        yield connection


def records(
    reader: Reader, entity: type[T], where: str = "", parameters: Mapping[str, Any] | None = None
) -> Iterator[T]:
    """All records of an entity, or those that meet a condition, in order of their keys.

    :raises DatabaseUnavailable: a day is none; another program changed it.
    """
    from leaguectl.model import KEYS  # figures for scripts need no entities
    from leaguectl.store.load import records_of, select

    key = KEYS[entity]
    condition = f"WHERE {where} " if where else ""
    sql = f'{select(entity)} {condition}ORDER BY "{key}"'
    return records_of(entity, reader.rows(sql, parameters))
