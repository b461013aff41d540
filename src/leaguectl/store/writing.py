"""The only way to write: the lock is taken before anything is read, and everything or nothing is
saved.

SQLite runs with a rollback journal and ``synchronous=EXTRA``: a single file that people can copy,
and nothing that was acknowledged is lost in a power cut. Before proposing another mode, measure
both.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from leaguectl.causes import why
from leaguectl.findings import DatabaseUnavailable, NotFound
from leaguectl.store import APPLICATION, SCHEMA, Location, chain, locking, views
from leaguectl.store.connection import Connection
from leaguectl.store.opening import MEMORY, has_registry, opened, schema_of
from leaguectl.store.schema import Operation, statements
from leaguectl.store.transaction import Transaction
from leaguectl.streams import give_name, part_of

UNKNOWN = Operation(at="", actor="", command="init")
"""The operation that creates a registry, where none is given."""

_ONE_VIEW = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"


class Store:
    """A registry that can be written."""

    def __init__(self, location: Location) -> None:
        self.location = location

    def create(self, settings: Mapping[str, str]) -> None:
        """Create the empty registry.

        :raises DatabaseUnavailable: there is one already, or the place cannot be written.
        """
        with self.creating(settings):
            pass

    @contextmanager
    def creating(
        self, settings: Mapping[str, str], made: Operation = UNKNOWN, *, trial: bool = False
    ) -> Iterator[Transaction]:
        """Create the registry together with what is written into it: both, or neither.

        ``made`` is the operation that creates it, with its settings: the first link of its chain. A
        file is created under a temporary name and renamed when it is complete, so that a killed
        process never leaves half a registry. On ``trial`` a SQLite registry is created in memory,
        so that a preview leaves no file; on PostgreSQL the caller rolls back.

        :raises DatabaseUnavailable: there is one already, or the place cannot be written.
        """
        path = self.location.path
        if path is None:
            with self._create(self.location, settings, made) as transaction:
                yield transaction
            return
        if trial:
            self._refuse_existing()
            with self._create(Location(MEMORY), settings, made) as transaction:
                yield transaction
            return
        self._refuse_existing()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part_of(path) as part:
                with self._create(self.location.at(part), settings, made) as transaction:
                    yield transaction
                give_name(part, path)
        except OSError as error:
            is_there = isinstance(error, FileExistsError) and path.parent.is_dir()
            facts = {} if is_there else why(error)
            raise DatabaseUnavailable(
                "registry-exists" if is_there else "database-unwritable",
                db=self.location.shown,
                **facts,
            ) from None

    @contextmanager
    def _create(
        self, place: Location, settings: Mapping[str, str], made: Operation
    ) -> Iterator[Transaction]:
        with opened(place, made_for=self.location) as connection, _writing(connection):
            make_schema(connection, self.location)
            transaction = Transaction(connection)
            transaction.save(transaction.setting_changes(settings), made)
            yield transaction

    def _refuse_existing(self) -> None:
        if self.location.path is not None and not self.location.is_missing:
            raise DatabaseUnavailable("registry-exists", db=self.location.shown)

    def exists(self) -> bool:
        """Whether there is a registry, or something else that is not to be overwritten."""
        if self.location.path is not None:
            return not self.location.is_missing
        with opened(self.location) as connection:
            return has_registry(connection)

    def upgrade(
        self, keep: Callable[[Connection], object] | None = None, *, trial: bool = False
    ) -> tuple[str, str]:
        """Bring an older registry to the present schema; return the schema before and after.

        Under the lock ``keep`` makes a copy first, by the connection that holds it. On ``trial``
        everything is rolled back, and no copy is made. It is a single transaction: the registry is
        either old or new, never in between.
        """
        from leaguectl.store.migrations import upgrading

        with (
            opened(self.location) as connection,
            upgrading(connection) as bring_up,
            _loose_references(connection),
            _writing(connection),
        ):
            before = schema_of(connection, self.location)
            if before != SCHEMA:
                if keep is not None and not trial:
                    keep(connection)
                bring_up(SCHEMA)
                chain.complete(connection)
                if Transaction(connection).violations():
                    raise DatabaseUnavailable("database-damaged", db=self.location.shown, detail="")
            if trial:
                connection.run("ROLLBACK")
                connection.run("BEGIN")  # an empty one, for what ends it
        return before, SCHEMA

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A consistent view of the registry, whatever is written meanwhile."""
        with opened(self.location) as connection:
            # SQLite has a consistent view in every transaction anyway.
            connection.run("BEGIN" if connection.on_sqlite else _ONE_VIEW)
            schema_of(connection, self.location, current=True)
            yield Transaction(connection)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction with one writer at a time; everything is saved, or nothing where it raises.

        :raises DatabaseUnavailable: another writer kept the lock for too long.
        """
        with opened(self.location) as connection, _writing(connection, self.location):
            schema_of(connection, self.location, current=True)
            yield Transaction(connection)


@contextmanager
def _writing(connection: Connection, location: Location | None = None) -> Iterator[None]:
    """The transaction of the only writer: it waits for the previous writer, and commits where
    nothing is raised.

    :raises DatabaseUnavailable: the file at ``location`` is no longer the one that was opened, so
    that writes would be lost.
    """
    with locking.taken(connection):
        file = _identity(location)
        yield
        if location is not None and (now := _identity(location)) != file:
            is_gone = now is None
            code = "database-gone" if is_gone else "database-replaced"
            raise DatabaseUnavailable(code, db=location.shown)
        if location is None:
            connection.driver.commit()
        else:
            _commit(connection, location)


def _commit(connection: Connection, location: Location) -> None:
    """Commit; where the answer is lost, check on a new connection whether it was done, since a user
    who reads that nothing was written would repeat it.

    :raises DatabaseUnavailable: it was not done, or that cannot be found out.
    """
    last = connection.rows("SELECT id, digest FROM operation ORDER BY id DESC LIMIT 1")
    try:
        connection.driver.commit()
    except Exception:
        with suppress(Exception):
            connection.driver.rollback()
        connection.driver.close()
        operation, digest = last[0] if last else (0, None)
        if not _is_written(location, operation, digest):
            raise


def _is_written(location: Location, operation: int, digest: str | None) -> bool:
    """Whether an operation was written. A server that was cut off, or its replacement, gets some
    time to answer."""
    query = "SELECT count(*) FROM operation WHERE id = :id AND digest = :digest"
    for pause in (0.1, 1, 2, 4, 8, None):
        try:
            with opened(location, reading=True) as connection:
                return bool(connection.value(query, {"id": operation, "digest": digest}))
        except (DatabaseUnavailable, NotFound):
            if pause is None:
                break
            time.sleep(pause)
    raise DatabaseUnavailable("commit-unknown", db=location.shown, operation=operation)


def _identity(location: Location | None) -> tuple[int, int] | None:
    """The identity of the file at a location, independent of its name."""
    if location is None or location.path is None:
        return None
    try:
        found = location.path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others refer to; this setting can only change between
    transactions. The caller checks for broken references before the end."""
    if not connection.on_sqlite:
        yield
        return
    connection.run("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.run("PRAGMA foreign_keys=ON")


def make_schema(connection: Connection, location: Location) -> None:
    """Create the empty tables of a registry.

    :raises DatabaseUnavailable: there are tables already.
    """
    if location.path is not None:
        connection.run(f"PRAGMA application_id={APPLICATION}")
    elif has_registry(connection):
        raise DatabaseUnavailable("registry-exists", db=location.shown)
    database = "sqlite" if connection.on_sqlite else "postgresql"
    connection.run_all((*statements(database), *views.create(database)))
    connection.run("INSERT INTO alembic_version VALUES (:schema)", {"schema": SCHEMA})
