"""The one way to write: the lock is taken before anything is read, everything or nothing stays.

SQLite runs with a rollback journal and ``synchronous=EXTRA``: one file that people can copy, and
nothing that was acknowledged is lost in a power cut. Whoever proposes another mode measures both.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from leaguectl.findings import LeagueError, NotFound, Stale, Unusable
from leaguectl.store import APPLICATION, SCHEMA, WAIT_SECONDS, Location, check_schema
from leaguectl.store.shelf import Shelf
from leaguectl.store.tables import Table

LOCK = 0x4C454147
"""The key of the advisory lock that makes one writer at a time in PostgreSQL."""

_PRAGMAS = (
    "journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "recursive_triggers=ON",
    "secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON", "cache_size=-65536",
)  # fmt: skip


class Store:
    """A registry that can be written."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.engine = _engine(location)

    def create(self, settings: dict[str, str]) -> None:
        """Make the empty registry.

        :raises Unusable: there is one already, or the place cannot be written.
        """
        path = self.location.path
        if path is not None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            except FileExistsError:
                raise Unusable("registry-exists", db=self.location.shown) from None
            except OSError as error:
                raise Unusable(
                    "database-unwritable", db=self.location.shown, detail=error.strerror
                ) from None
        try:
            with self._translated(), self.engine.connect() as connection:
                writer = connection.execution_options(writes=True)
                with writer.begin():
                    _take_lock(writer)
                    if path is not None:
                        writer.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
                    _make_schema(writer, self.location)
                    Shelf(writer).put_settings(settings)
        except BaseException:
            if path is not None:
                path.unlink(missing_ok=True)
            raise

    def remove(self) -> None:
        """Take away a registry that was made just now and got nothing."""
        self.engine.dispose()
        if self.location.path is not None:
            self.location.path.unlink(missing_ok=True)
            return
        with self._translated(), self.engine.begin() as connection:
            Table.metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")

    def upgrade(self) -> tuple[str, str]:
        """Bring an older registry to the present schema; the schema before and after.

        A SQLite file is copied beside itself first. It is done in one transaction: the registry is
        the old one or the new one, never between.
        """
        from leaguectl.store.migrations import upgrade

        with self._translated(), self._connected() as connection:
            writer = connection.execution_options(writes=True)
            with writer.begin():
                _take_lock(writer)
                before = self._schema(writer)
                if before != SCHEMA:
                    self._copy_beside(before)
                    upgrade(writer)
        return before, SCHEMA

    def _copy_beside(self, schema: str) -> None:
        """Keep the old file. We hold the lock, so nobody writes while it is copied."""
        path = self.location.path
        if path is not None:
            copy = path.with_name(f"{path.name}.schema-{schema}")
            copy.unlink(missing_ok=True)
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            source, target = sqlite3.connect(path), sqlite3.connect(copy)
            source.backup(target)
            source.close()
            target.close()

    @contextmanager
    def read(self) -> Iterator[Shelf]:
        """One consistent view of the registry."""
        with self._translated(), self._connected() as connection, connection.begin():
            self._look(connection)
            yield Shelf(connection)

    @contextmanager
    def write(self) -> Iterator[Shelf]:
        """One transaction, one writer at a time; all of it stays, or nothing where it raises.

        :raises Unusable: another writer kept the lock for too long.
        """
        with self._translated(), self._connected() as connection:
            writer = connection.execution_options(writes=True)
            with writer.begin():
                _take_lock(writer)
                self._look(writer)
                yield Shelf(writer)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        if self.location.is_missing:
            raise NotFound("registry-not-found", db=self.location.shown)
        with self.engine.connect() as connection:
            yield connection

    def _look(self, connection: Connection) -> None:
        """Refuse what is no registry of ours, or one of another schema."""
        found = self._schema(connection)
        if found != SCHEMA:
            raise Unusable("database-older", db=self.location.shown, found=found, known=SCHEMA)

    def _schema(self, connection: Connection) -> str:
        """The registry's schema; refuse what is no registry of ours or made by a newer program."""
        if self.location.path is not None:
            ours = connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION
        else:
            ours = connection.scalar(text("SELECT to_regclass('alembic_version') IS NOT NULL"))
            if not ours:
                raise NotFound("registry-not-found", db=self.location.shown)
        found = connection.scalar(text("SELECT version_num FROM alembic_version")) if ours else None
        check_schema(found, self.location)
        return str(found)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the database's errors into ours; their own text may carry values."""
        try:
            yield
        except LeagueError:
            raise
        except exc.IntegrityError as error:
            raise Stale("database-refuses", constraint=_constraint(error)) from None
        except exc.DBAPIError as error:
            raise Unusable(
                _code_of(error), db=self.location.shown, seconds=WAIT_SECONDS,
                detail=type(error.orig).__name__,
            ) from None  # fmt: skip


def _engine(location: Location) -> Engine:
    if location.path is None:
        return create_engine(
            location.url or "", hide_parameters=True, isolation_level="READ COMMITTED"
        )
    uri = f"file:{quote(str(location.path))}?mode=rw"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None),
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _take_lock(connection: Connection) -> None:
    """Wait for the writer before us. In SQLite ``BEGIN IMMEDIATE`` has done it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _make_schema(connection: Connection, location: Location) -> None:
    if location.path is None and connection.scalar(
        text("SELECT to_regclass('alembic_version') IS NOT NULL")
    ):
        raise Unusable("registry-exists", db=location.shown)
    Table.metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": SCHEMA})


def _constraint(error: exc.IntegrityError) -> str:
    """The name of the constraint that refused, as far as the database tells it."""
    named = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
    return str(named or error.orig)


def _code_of(error: exc.DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", "") or type(error.orig).__name__
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or name == "LockNotAvailable":
        return "database-busy"
    if name == "SQLITE_FULL":
        return "database-full"
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return "database-unwritable"
    if isinstance(error, exc.OperationalError) and not name.startswith("SQLITE"):
        return "database-unreachable"
    return "database-damaged"
