"""Opening a registry: what a killed writer left is rolled back by whoever comes next.

Every error of a database has one meaning, whether it was met in reading or in writing.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from leaguectl.findings import Conflict, DatabaseUnavailable, NotFound, installed_with
from leaguectl.store import (
    WAIT_SECONDS,
    Location,
    check_file,
    check_schema,
    locking,
    sqlite_uri,
)
from leaguectl.store.connection import Connection

MEMORY = Path(":memory:")
"""Where a registry is made that nobody keeps."""

_READING = ("temp_store=MEMORY",)  # a figure's steps need no file

_WRITING = (
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

_LINE = {
    "connect_timeout": WAIT_SECONDS, "keepalives_idle": 30, "keepalives_interval": 10,
    "keepalives_count": 3, "tcp_user_timeout": 60_000,
}  # fmt: skip
"""What keeps our side from waiting for ever on a line that has gone silent."""

# Of a registry that is found: where it is, where it was looked for, how the server keeps text.
_WHERE = """SELECT (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass('alembic_version')),
    current_schema(), current_setting('search_path'), current_setting('server_encoding')"""

_CODES = {
    "sqlite": (
        ("SQLITE_BUSY|SQLITE_LOCKED", "database-busy"),
        ("SQLITE_FULL", "database-full"),
        ("SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_FORMAT", "database-damaged"),
        ("SQLITE_READONLY_DBMOVED", "database-replaced"),
        ("SQLITE_READONLY|SQLITE_PERM|SQLITE_AUTH|SQLITE_CANTOPEN", "database-unwritable"),
        ("SQLITE_IOERR", "database-disk"),
    ),
    # By the classes of SQLSTATE (PostgreSQL 16, appendix A).
    "postgresql": (
        ("55P03", "database-busy"),
        ("40", "database-busy"),
        ("53100", "database-full"),
        ("XX00[12]|58", "database-damaged"),
        ("42501", "database-forbidden"),
        ("25006", "database-unwritable"),
        ("57014", "database-stopped"),
        ("22021|22P05", "database-encoding"),
        ("08|53|57P|28|3D", "database-unreachable"),
    ),
}
"""What a class of error means, by the first pattern that its name or state begins with. To restore
a backup is the advice for a damaged database alone."""


@contextmanager
def opened(
    location: Location, *, reading: bool = False, made_for: Location | None = None
) -> Iterator[Connection]:
    """A connection, closed in the end with whatever of it was not committed. ``made_for``: the
    registry that is being made in the file, by which messages call it.

    :raises NotFound: there is no registry at that place.
    :raises DatabaseUnavailable: it cannot be opened.
    """
    with translated(made_for or location, reading=reading):
        if made_for is not None and location.path is not None:
            mode = "memory" if location.path == MEMORY else "rw"
            driver: Any = _file(location.path, mode, _WRITING)
        elif location.path is not None:
            driver = _file_of_registry(location, location.path, reading=reading)
        else:
            driver = _connect(location, reading=reading)
        try:
            yield Connection(driver, on_sqlite=location.path is not None)
        finally:
            _end(driver)


def _file_of_registry(location: Location, path: Path, *, reading: bool) -> sqlite3.Connection:
    if location.is_missing:
        raise NotFound("registry-not-found", db=location.shown)
    check_file(location)
    if not reading:
        return _file(path, "rw", _WRITING)
    try:
        return _file(path, "ro", _READING)
    except sqlite3.OperationalError as error:
        # The journal of a writer that was killed is rolled back by whoever may write.
        if _code("sqlite", error.sqlite_errorname) != "database-unwritable" or not journals(path):
            raise
    with closing(_file(path, "rw", _READING)):
        pass
    return _file(path, "ro", _READING)


def _file(path: Path, mode: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    """An open file that was looked into, so that what is wrong with it shows here."""
    driver = sqlite3.connect(
        sqlite_uri(path, mode), uri=True, timeout=WAIT_SECONDS, isolation_level=None
    )
    try:
        for pragma in pragmas:
            driver.execute(f"PRAGMA {pragma}")
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        driver.close()
        raise
    return driver


def journals(path: Path) -> list[Path]:
    """What SQLite keeps beside a file while it is written; what is there while nobody writes was
    left by a command that was killed."""
    beside = (path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm"))
    return [file for file in beside if file.exists()]


def _end(driver: Any) -> None:
    """Close a connection; what it did not commit is undone by the database if it cannot be told."""
    with suppress(Exception):  # what ended the transaction is on its way already
        driver.rollback()
    driver.close()


def _connect(location: Location, *, reading: bool) -> Any:
    with installed_with("postgres", "postgresql://"):
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(location.url or "")
    except psycopg.Error:
        # What libpq says of it may repeat a part of the password.
        raise DatabaseUnavailable("database-url", db=location.shown) from None
    ours: dict[str, Any] = {"fallback_application_name": "leaguectl", **_LINE}
    driver = psycopg.connect("", **{**ours, **given, "client_encoding": "UTF8"})
    level = psycopg.IsolationLevel
    # Figures of one answer must not come from before and after somebody's write.
    driver.isolation_level = level.REPEATABLE_READ if reading else level.READ_COMMITTED
    driver.read_only = True if reading else None
    try:
        _refuse_unfit(driver.execute(_WHERE).fetchone(), location)
        driver.commit()
    except BaseException:
        driver.close()
        raise
    return driver


def _refuse_unfit(found: Any, location: Location) -> None:
    """Refuse a database that keeps bytes instead of characters, and a registry that was not asked
    for: with ``county_b, public`` and no ``county_b`` it would be the one in ``public``.

    :raises NotFound: the schema that was asked for is not there, or has no registry.
    """
    holding, current, path, encoding = found
    if encoding != "UTF8":
        raise DatabaseUnavailable("database-encoding", db=location.shown, encoding=encoding)
    first = path.partition(",")[0].strip().strip('"')
    if first in ("$user", "") or first in (holding, None):
        return
    if current != first:
        raise NotFound("schema-not-found", db=location.shown, schema=first)
    if holding is not None:
        raise NotFound("registry-not-found", db=location.shown)


def has_registry(connection: Connection) -> bool:
    """Whether there is a registry where the connection looks for its tables."""
    if connection.on_sqlite:
        return True  # told by the first bytes of the file, before it was opened
    return bool(connection.value("SELECT to_regclass('alembic_version') IS NOT NULL"))


def schema_of(connection: Connection, location: Location, *, current: bool = False) -> str:
    """The version of the registry's schema.

    :raises NotFound: the server has no registry there.
    :raises DatabaseUnavailable: it is none of ours, made by a newer version, or older than
        the ``current`` one that is asked for.
    """
    if not has_registry(connection):
        raise NotFound("registry-not-found", db=location.shown)
    version = connection.value("SELECT version_num FROM alembic_version")
    check_schema(version, location, current=current)
    return str(version)


# -- what an error means -------------------------------------------------------------------------


@contextmanager
def translated(location: Location, *, reading: bool = False) -> Iterator[None]:
    """Turn the database's errors into ours; their own text may carry values.

    :raises Conflict: the database refuses a row.
    :raises DatabaseUnavailable: anything else that it says.
    """
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Conflict("database-refuses", constraint=constraint_of(error)) from None
    except sqlite3.Error as error:
        raise _of_sqlite(error, location, reading=reading) from None
    except Exception as error:
        psycopg = sys.modules.get("psycopg")  # whoever has not loaded it has no error of it
        if psycopg is None or not isinstance(error, psycopg.Error):
            raise
        if isinstance(error, psycopg.IntegrityError):
            raise Conflict("database-refuses", constraint=constraint_of(error)) from None
        raise _of_postgresql(error, location, reading=reading) from None


def constraint_of(error: Exception) -> str:
    """The name of the constraint that refused, as far as the database tells it."""
    # SQLite names the columns of a unique constraint, and of a reference nothing at all.
    named = getattr(getattr(error, "diag", None), "constraint_name", None)
    return str(named or error)


def _of_sqlite(error: sqlite3.Error, location: Location, *, reading: bool) -> DatabaseUnavailable:
    name, path = getattr(error, "sqlite_errorname", ""), location.path
    code = _code("sqlite", name)
    forbidden = code == "database-unwritable" or name == "SQLITE_IOERR_DELETE"
    if forbidden and path and journals(path):  # a journal that we may not roll back
        code = "database-interrupted"
    elif code == "database-unwritable" and reading:
        code = "database-unreadable"
    facts: dict[str, Any] = {"seconds": WAIT_SECONDS, "detail": str(error)}
    if code == "database-busy" and path and (holder := locking.holder_of_file(path)):
        facts |= holder
    return DatabaseUnavailable(code, db=location.shown, **facts)


def _of_postgresql(error: Any, location: Location, *, reading: bool) -> DatabaseUnavailable:
    state = error.sqlstate or ""
    # Without a state it is no answer of the server at all.
    is_silent = not state and type(error).__name__ == "OperationalError"
    code = "database-unreachable" if is_silent else _code("postgresql", state)
    # Of a statement its kind is told alone; why a server takes nobody in has no value in it.
    detail = f"{type(error).__name__} {state}".strip()
    if code == "database-unreachable":
        detail = str(error).strip().rpartition("\n")[2] or detail
    if code == "database-unwritable" and reading:
        code = "database-unreadable"
    facts: dict[str, Any] = {"seconds": WAIT_SECONDS, "detail": detail}
    if code == "database-busy" and (holder := locking.holder_on_server(location)):
        facts |= holder
    return DatabaseUnavailable(code, db=location.shown, **facts)


def _code(database: str, name: str) -> str:
    meanings = (code for pattern, code in _CODES[database] if re.match(pattern, name))
    return next(meanings, "database-error")
