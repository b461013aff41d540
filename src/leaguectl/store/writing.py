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
from types import ModuleType
from typing import Any

from leaguectl.findings import Conflict, DatabaseUnavailable, NotFound
from leaguectl.store import (
    APPLICATION,
    SCHEMA,
    WAIT_SECONDS,
    Location,
    check_file,
    check_schema,
    sqlite_uri,
)
from leaguectl.store.connection import Connection
from leaguectl.store.save import constraint_of
from leaguectl.store.schema import statements
from leaguectl.store.transaction import Transaction

LOCK = 0x4C454147
"""The key of the advisory lock that makes one writer at a time in PostgreSQL."""

MEMORY = Path(":memory:")
"""Where a registry is made that nobody keeps."""

_ONE_VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
_HAS_SCHEMA = "SELECT to_regclass('alembic_version') IS NOT NULL"

_PRAGMAS = (
    "journal_mode=DELETE",
    # SQLite checks references only where the connection asks for it. What is deleted is
    # overwritten, since it may be somebody's ID number; and the schema of a file that came from
    # elsewhere may call no function that does more than compute.
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-65536",
    "temp_store=MEMORY",  # no file beside ours ever has a personal value in it
)


class Store:
    """A registry that can be written."""

    def __init__(self, location: Location) -> None:
        self.location = location

    def create(self, settings: Mapping[str, str]) -> None:
        """Make the empty registry.

        :raises DatabaseUnavailable: there is one already, or the place cannot be written.
        """
        with self.creating(settings):
            pass

    @contextmanager
    def creating(
        self, settings: Mapping[str, str], *, trial: bool = False
    ) -> Iterator[Transaction]:
        """Make the registry together with what is written into it: both, or neither.

        A file is made under another name and gets its own when it is whole, so that no process
        that is killed leaves half a registry in its place. On ``trial`` a SQLite registry is made
        in memory, so that a preview leaves no file; on PostgreSQL the caller rolls back.

        :raises DatabaseUnavailable: there is one already, or the place cannot be written.
        """
        path = self.location.path
        if path is None:
            with self._translated(), self._create(self.location, settings) as transaction:
                yield transaction
            return
        if trial:
            self._refuse_existing()
            with self._translated(), self._create(Location(MEMORY), settings) as transaction:
                yield transaction
            return
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            self._create_part(part)
            with self._translated(), self._create(Location(part), settings) as transaction:
                yield transaction
            self._rename_into_place(part, path)
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def _create(self, place: Location, settings: Mapping[str, str]) -> Iterator[Transaction]:
        with _opened(place) as connection, _writing(connection):
            _make_schema(connection, self.location)
            transaction = Transaction(connection)
            transaction.put_settings(settings)
            yield transaction

    def _create_part(self, part: Path) -> None:
        self._refuse_existing()
        _remove_stale(part)
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise DatabaseUnavailable(
                "database-unwritable", db=self.location.shown, detail=error.strerror
            ) from None

    def _refuse_existing(self) -> None:
        if self.location.path is not None and self.location.path.exists():
            raise DatabaseUnavailable("registry-exists", db=self.location.shown)

    def _rename_into_place(self, part: Path, path: Path) -> None:
        """Give the file its name, unless somebody was quicker."""
        try:
            # A rename would overwrite what another process made meanwhile; a link fails.
            os.link(part, path)
        except FileExistsError:
            raise DatabaseUnavailable("registry-exists", db=self.location.shown) from None

    def exists(self) -> bool:
        """Whether there is a registry, or something else that is not to be overwritten."""
        if self.location.path is not None:
            return self.location.path.exists()
        with self._translated(), _opened(self.location) as connection:
            return bool(connection.value(_HAS_SCHEMA))

    def upgrade(self, *, trial: bool = False) -> tuple[str, str]:
        """Bring an older registry to the present schema; the schema before and after. On ``trial``
        all of it is rolled back, and no copy is made.

        A SQLite file is copied beside itself first. It is done in one transaction: the registry is
        the old one or the new one, never between.
        """
        from leaguectl.store.migrations import upgrading

        with (
            self._translated(),
            self._connected() as connection,
            upgrading(connection) as bring_up,
            _loose_references(connection),
            _writing(connection),
        ):
            before = self._schema(connection)
            if before != SCHEMA:
                if not trial:
                    self._copy_beside(before)
                bring_up()
                if Transaction(connection).violations():
                    raise DatabaseUnavailable("database-damaged", db=self.location.shown, detail="")
            if trial:
                connection.run("ROLLBACK")
                connection.run("BEGIN")  # an empty one, for what ends it
        return before, SCHEMA

    def _copy_beside(self, schema: str) -> None:
        """Keep the old file. We hold the lock, so nobody writes while it is copied."""
        path = self.location.path
        if path is not None:
            copy = path.with_name(f"{path.name}.schema-{schema}")
            copy.unlink(missing_ok=True)
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            # SQLite's own backup copies a consistent file although our transaction is open.
            source, target = sqlite3.connect(path), sqlite3.connect(copy)
            source.backup(target)
            source.close()
            target.close()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """One consistent view of the registry, whatever is written meanwhile."""
        with self._translated(), self._connected() as connection:
            # SQLite has one view in each transaction anyhow.
            connection.run("BEGIN" if connection.on_sqlite else _ONE_VIEW)
            self._check_schema(connection)
            yield Transaction(connection)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction, one writer at a time; all of it stays, or nothing where it raises.

        :raises DatabaseUnavailable: another writer kept the lock for too long.
        """
        with self._translated(), self._connected() as connection, _writing(connection):
            self._check_schema(connection)
            yield Transaction(connection)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        if self.location.is_missing:
            raise NotFound("registry-not-found", db=self.location.shown)
        check_file(self.location)
        with _opened(self.location) as connection:
            yield connection

    def _check_schema(self, connection: Connection) -> None:
        """Raise where this is no registry, or one of another schema version."""
        version = self._schema(connection)
        if version != SCHEMA:
            raise DatabaseUnavailable(
                "database-older", db=self.location.shown, found=version, known=SCHEMA
            )

    def _schema(self, connection: Connection) -> str:
        """The registry's schema; refuse what is no registry of ours or made by a newer program."""
        if self.location.path is None and not connection.value(_HAS_SCHEMA):
            raise NotFound("registry-not-found", db=self.location.shown)
        version = connection.value("SELECT version_num FROM alembic_version")
        check_schema(version, self.location)
        return str(version)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the database's errors into ours; their own text may carry values."""
        database: Any = _driver(self.location)
        try:
            yield
        except database.IntegrityError as error:
            raise Conflict("database-refuses", constraint=constraint_of(error)) from None
        except database.Error as error:
            on_server = self.location.path is None
            gone = on_server and isinstance(error, database.OperationalError)
            raise DatabaseUnavailable(
                _code_of(error, is_unreachable=gone),
                db=self.location.shown,
                seconds=WAIT_SECONDS,
                detail=type(error).__name__,
            ) from None


def _remove_stale(part: Path) -> None:
    """Take away what a killed process left of a registry that it was making."""
    own = part.name.removesuffix(".part").rpartition(".")[0]
    for left in part.parent.glob(f"{glob.escape(own)}.*.part*"):
        pid = left.name.removeprefix(own + ".").partition(".")[0]
        # If the process id was given out again the file stays, which does no harm.
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


def _driver(location: Location) -> ModuleType:
    if location.path is not None:
        return sqlite3
    import psycopg

    return psycopg


@contextmanager
def _opened(location: Location) -> Iterator[Connection]:
    """A connection, closed in the end with whatever of it was not committed."""
    if location.path is None:
        import psycopg

        driver: Any = psycopg.connect(location.url or "", connect_timeout=WAIT_SECONDS)
        driver.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    else:
        uri = sqlite_uri(location.path, "memory" if location.path == MEMORY else "rw")
        driver = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        if location.path is not None:
            for pragma in _PRAGMAS:
                driver.execute(f"PRAGMA {pragma}")
        yield Connection(driver, on_sqlite=location.path is not None)
    finally:
        driver.rollback()
        driver.close()


@contextmanager
def _writing(connection: Connection) -> Iterator[None]:
    """The transaction of the one writer: it waits for the writer before it, and stays where nothing
    is raised."""
    if connection.on_sqlite:
        # Begun otherwise, two writers could both read before either writes, and one would build on
        # what is no longer so.
        connection.run("BEGIN IMMEDIATE")
    else:
        connection.run(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.run(f"SELECT pg_advisory_xact_lock({LOCK})")
    yield
    connection.driver.commit()


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others point to; it can be told so between transactions
    only. Whoever uses it asks for broken references before the end."""
    if not connection.on_sqlite:
        yield
        return
    connection.run("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.run("PRAGMA foreign_keys=ON")


def _make_schema(connection: Connection, location: Location) -> None:
    if location.path is not None:
        connection.run(f"PRAGMA application_id={APPLICATION}")
    elif connection.value(_HAS_SCHEMA):
        raise DatabaseUnavailable("registry-exists", db=location.shown)
    for statement in statements("sqlite" if connection.on_sqlite else "postgresql"):
        connection.run(statement)
    connection.run("INSERT INTO alembic_version VALUES (:schema)", {"schema": SCHEMA})


def _code_of(error: Exception, *, is_unreachable: bool) -> str:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
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
    return "database-unreachable" if is_unreachable else "database-damaged"
