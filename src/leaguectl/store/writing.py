"""The one way to write: the lock is taken before anything is read, everything or nothing stays.

SQLite runs with a rollback journal and ``synchronous=EXTRA``: one file that people can copy, and
nothing that was acknowledged is lost in a power cut. Whoever proposes another mode measures both.
"""

import glob
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.pool import NullPool

from leaguectl.findings import LeagueError, NotFound, Stale, Unusable
from leaguectl.store import (
    APPLICATION,
    SCHEMA,
    WAIT_SECONDS,
    Location,
    check_file,
    check_schema,
    sqlite_uri,
)
from leaguectl.store.shelf import Shelf
from leaguectl.store.tables import Table

LOCK = 0x4C454147
"""The key of the advisory lock that makes one writer at a time in PostgreSQL."""

_HAS_SCHEMA = "SELECT to_regclass('alembic_version') IS NOT NULL"

_PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA", "foreign_keys=ON", "recursive_triggers=ON",
    "secure_delete=ON", "trusted_schema=OFF", "cell_size_check=ON", "cache_size=-65536",
    "temp_store=MEMORY",  # no file beside ours ever has a personal value in it
)  # fmt: skip


class Store:
    """A registry that can be written."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.engine = _engine(location)

    def create(self, settings: Mapping[str, str]) -> None:
        """Make the empty registry.

        :raises Unusable: there is one already, or the place cannot be written.
        """
        with self.making(settings):
            pass

    @contextmanager
    def making(self, settings: Mapping[str, str]) -> Iterator[Shelf]:
        """Make the registry together with what is written into it: both, or neither.

        A file is made under another name and gets its own when it is whole, so that no process
        that is killed leaves half a registry in its place.

        :raises Unusable: there is one already, or the place cannot be written.
        """
        path = self.location.path
        if path is None:
            with self._translated(), self._making(self.engine, settings) as shelf:
                yield shelf
            return
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        engine = _engine(Location(part))
        try:
            self._touch(part)
            with self._translated(), self._making(engine, settings) as shelf:
                yield shelf
            engine.dispose()
            self._publish(part, path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _making(self, engine: Engine, settings: Mapping[str, str]) -> Iterator[Shelf]:
        with engine.connect() as connection:
            writer = connection.execution_options(writes=True)
            with writer.begin():
                _take_lock(writer)
                _make_schema(writer, self.location)
                shelf = Shelf(writer)
                shelf.put_settings(settings)
                yield shelf

    def _touch(self, part: Path) -> None:
        path = self.location.path
        if path is not None and path.exists():
            raise Unusable("registry-exists", db=self.location.shown)
        _sweep(part)
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise Unusable(
                "database-unwritable", db=self.location.shown, detail=error.strerror
            ) from None

    def _publish(self, part: Path, path: Path) -> None:
        """Give the file its name, unless somebody was quicker."""
        try:
            os.link(part, path)
        except FileExistsError:
            raise Unusable("registry-exists", db=self.location.shown) from None

    def exists(self) -> bool:
        """Whether there is a registry, or something else that is not to be overwritten."""
        if self.location.path is not None:
            return self.location.path.exists()
        with self._translated(), self.engine.connect() as connection:
            return bool(connection.scalar(text(_HAS_SCHEMA)))

    def upgrade(self) -> tuple[str, str]:
        """Bring an older registry to the present schema; the schema before and after.

        A SQLite file is copied beside itself first. It is done in one transaction: the registry is
        the old one or the new one, never between.
        """
        from leaguectl.store.migrations import upgrade

        with self._translated(), self._connected() as connection:
            writer = connection.execution_options(writes=True)
            with _loose_references(connection), writer.begin():
                _take_lock(writer)
                before = self._schema(writer)
                if before != SCHEMA:
                    self._copy_beside(before)
                    upgrade(writer)
                    if Shelf(writer).broken():
                        raise Unusable("database-damaged", db=self.location.shown, detail="")
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
        """One consistent view of the registry, whatever is written meanwhile."""
        with self._translated(), self._connected() as connection:
            if self.location.path is None:  # SQLite has one view in each transaction anyhow
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
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
        check_file(self.location)
        with self.engine.connect() as connection:
            yield connection

    def _look(self, connection: Connection) -> None:
        """Refuse what is no registry of ours, or one of another schema."""
        found = self._schema(connection)
        if found != SCHEMA:
            raise Unusable("database-older", db=self.location.shown, found=found, known=SCHEMA)

    def _schema(self, connection: Connection) -> str:
        """The registry's schema; refuse what is no registry of ours or made by a newer program."""
        if self.location.path is None and not connection.scalar(text(_HAS_SCHEMA)):
            raise NotFound("registry-not-found", db=self.location.shown)
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
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


def _sweep(part: Path) -> None:
    """Take away what a killed process left of a registry that it was making."""
    own = part.name.removesuffix(".part").rpartition(".")[0]
    for left in part.parent.glob(f"{glob.escape(own)}.*.part*"):
        pid = left.name.removeprefix(own + ".").partition(".")[0]
        if pid.isdigit() and not _is_running(int(pid)):
            left.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _engine(location: Location) -> Engine:
    if location.path is None:
        return create_engine(
            location.url or "",
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            poolclass=NullPool,
        )
    uri = sqlite_uri(location.path, "rw")
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None),
        hide_parameters=True,
        poolclass=NullPool,  # a connection is closed when its work is done
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


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point to; it can be told so between transactions
    only. Whoever uses it asks for broken references before the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _take_lock(connection: Connection) -> None:
    """Wait for the writer before us. In SQLite ``BEGIN IMMEDIATE`` has done it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def _make_schema(connection: Connection, location: Location) -> None:
    if location.path is not None:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
    elif connection.scalar(text(_HAS_SCHEMA)):
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
    if name.startswith("SQLITE_IOERR"):
        return "database-full"
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return "database-unwritable"
    if name == "InsufficientPrivilege":
        return "database-unwritable"
    if isinstance(error, exc.OperationalError) and not name.startswith("SQLITE"):
        return "database-unreachable"
    return "database-damaged"
