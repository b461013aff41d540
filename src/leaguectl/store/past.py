"""The registry as it was after an earlier operation: a copy in memory, reversed step by step."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from leaguectl.model import DECLARATIONS, ENTITIES, Entity
from leaguectl.store import chain
from leaguectl.store.connection import Connection
from leaguectl.store.load import records_of
from leaguectl.store.proof import Examination
from leaguectl.store.reading import Reader
from leaguectl.store.save import bulk_insert, insert_records
from leaguectl.store.schema import statements
from leaguectl.store.versions import Versions


class Past:
    """A copy of all rows, without the journal; reports can use ``reader`` like a registry."""

    def __init__(self, registry: Reader) -> None:
        self._versions = Versions(registry)
        self._memory = Connection(sqlite3.connect(":memory:", isolation_level=None), on_sqlite=True)
        # References are not checked: a step removes and restores rows in any order.
        for statement in statements("sqlite"):
            self._memory.run(statement)
        for entity in ENTITIES:
            self._copy(registry, entity)

    @property
    def reader(self) -> Reader:
        """The registry as it was."""
        return self._memory

    def take_back(self, operation: int) -> None:
        """Reverse its latest operation."""
        replaced, made = (
            self._versions.replaced_by(operation),
            self._versions.restored_by(operation),
        )
        for entity, key in (*replaced, *made):
            declaration = DECLARATIONS[entity]
            sql = f'DELETE FROM "{declaration.table}" WHERE "{declaration.key}" = :key'  # noqa: S608
            self._memory.run(sql, {"key": key})
        for entity in ENTITIES:
            before = [record for (of, _), record in replaced.items() if of is entity]
            table = DECLARATIONS[entity].table
            self._memory.run(f'DELETE FROM "{table}" WHERE operation = :it', {"it": operation})  # noqa: S608
            if before:
                insert_records(self._memory, table, before)

    def _copy(self, registry: Reader, entity: type[Entity]) -> None:
        declaration = DECLARATIONS[entity]
        names = ", ".join(f'"{name}"' for name in declaration.columns)
        rows: Sequence[Any] = registry.rows(f'SELECT {names} FROM "{declaration.table}"')  # noqa: S608
        if rows:
            columns = zip(*rows, strict=True)
            bulk_insert(
                self._memory,
                declaration.table,
                dict(zip(declaration.columns, columns, strict=True)),
                {},
            )


@contextmanager
def registry_after(connection: Connection, operation: int) -> Iterator[Connection]:
    """The rows of a registry as they stood after an operation, in memory."""
    examined = Examination(connection)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        then = Connection(driver, on_sqlite=True)
        for statement in statements("sqlite"):
            then.run(statement)
        for entity in ENTITIES:
            table, names = DECLARATIONS[entity], chain.fields_of(DECLARATIONS[entity])
            stored = chain.stored_rows(connection, table)
            rows = []
            for key, by in examined.present_after(table.name, operation).items():
                values = dict(zip(names, stored[by][key], strict=True)) | {"operation": by}
                rows.append([values[name] for name in table.fields])
            if rows:
                insert_records(then, table.table, list(records_of(entity, rows)))
        number, digest = operation, examined.digests[operation]
        said = {"id": number, "digest": digest, "at": "", "text": "", "none": "{}"}
        then.run(
            "INSERT INTO operation (id, digest, at, actor, command, sources, counts, version)"
            " VALUES (:id, :digest, :at, :text, :text, :none, :none, :text)",
            said,
        )
        yield then
