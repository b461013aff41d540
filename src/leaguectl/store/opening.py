"""Opening a registry: the next command rolls back what a killed writer left.

Every database error has the same meaning in reading and writing.
"""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from leaguectl.causes import why
from leaguectl.findings import Conflict, DatabaseUnavailable, NotFound, installed_with
from leaguectl.store import (
    WAIT_SECONDS,
    Location,
    check_file,
    check_schema,
    drivers,
    locking,
)
from leaguectl.store.connection import Connection
from leaguectl.streams import part_of, sync

MEMORY = Path(":memory:")
"""The place of a registry that is not kept."""

_READING = ("temp_store=MEMORY",)  # the steps of a figure need no file

WRITING = (
    "journal_mode=DELETE",
    # SQLite checks references only where the connection requests it. Deleted content is
    # overwritten, since it may be somebody's ID number; and the schema of a foreign file may only
    # call harmless functions.
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "cache_size=-65536",
    "temp_store=MEMORY",  # no temporary file ever contains a personal value
)
"""How a file is opened to write it."""

_LINE = {
    "connect_timeout": WAIT_SECONDS, "keepalives_idle": 30, "keepalives_interval": 10,
    "keepalives_count": 3, "tcp_user_timeout": 60_000,
}  # fmt: skip
"""Settings that keep us from waiting for ever on a dead connection."""

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
        ("58(?!P01)", "database-disk"),
        ("XX00[12]|58", "database-damaged"),
        ("42501", "database-forbidden"),
        ("25006", "database-unwritable"),
        ("57014", "database-stopped"),
        ("22021|22P05", "database-encoding"),
        ("08|53|57P|28|3D", "database-unreachable"),
    ),
}
"""What a class of errors means, by the first pattern that its name or state begins with. Only for a
damaged database is the advice to restore a backup."""

_SERVER_CAUSES = (
    ("25006", "server reads"), ("53[24]00", "server memory"), ("57P", "server ends"),
    ("58(?!P01)", "server disk"),
)  # fmt: skip
"""What there is to do about some errors of a server (:data:`leaguectl.words.Words.causes`)."""

_PROBE = bytes(1 << 16)
"""What is written next to a file that cannot be written, so that the system says why."""


@contextmanager
def opened(
    location: Location, *, reading: bool = False, made_for: Location | None = None
) -> Iterator[Connection]:
    """A connection that is closed in the end, without what was not committed. ``made_for``: the
    registry that is being created in the file; messages use its name.

    :raises NotFound: there is no registry at that place.
    :raises DatabaseUnavailable: it cannot be opened.
    """
    with translated(made_for or location, reading=reading):
        if made_for is not None and location.path is not None:
            mode = "memory" if location.path == MEMORY else "rw"
            driver: Any = _file(location, mode, WRITING)
        elif location.path is not None:
            driver = _file_of_registry(location, location.path, reading=reading)
        else:
            driver = _connect(location, reading=reading)
        try:
            yield Connection(driver, on_sqlite=location.path is not None)
        finally:
            _end(driver)


def _file_of_registry(location: Location, path: Path, *, reading: bool) -> Any:
    if location.is_missing:
        raise NotFound("registry-not-found", db=location.shown)
    check_file(location)
    if not reading:
        return _file(location, "rw", WRITING)
    try:
        return _file(location, "ro", _READING)
    except Exception as error:
        # The journal of a killed writer is rolled back by a connection that may write.
        name = getattr(error, "sqlite_errorname", "")
        if _code("sqlite", name) != "database-unwritable" or not journals(path):
            raise
    with closing(_file(location, "rw", _READING)):
        pass
    return _file(location, "ro", _READING)


def _file(location: Location, mode: str, pragmas: tuple[str, ...]) -> Any:
    """An open file that has been read from, so that its errors show here."""
    driver = drivers.connect(location, mode)
    try:
        for pragma in pragmas:
            driver.execute(f"PRAGMA {pragma}")
        driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        driver.close()
        raise
    return driver


def journals(path: Path) -> list[Path]:
    """The files that SQLite keeps next to a database while it is written; if they exist while
    nobody writes, a killed command left them."""
    side_files = (path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm"))
    return [file for file in side_files if file.exists()]


def _end(driver: Any) -> None:
    """Close a connection; the database rolls back what was not committed even if closing fails."""
    with suppress(Exception):  # the error that ended the transaction is being raised already
        driver.rollback()
    driver.close()


def _connect(location: Location, *, reading: bool) -> Any:
    with installed_with("postgres", "postgresql://"):
        import psycopg
        from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(location.url or "")
    except psycopg.Error:
        # The message of libpq may repeat a part of the password.
        raise DatabaseUnavailable("database-url", db=location.shown) from None
    ours: dict[str, Any] = {"fallback_application_name": "leaguectl", **_LINE}
    driver = psycopg.connect("", **{**ours, **given, "client_encoding": "UTF8"})
    level = psycopg.IsolationLevel
    # Figures of one answer must not mix the states before and after somebody's write.
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
    """Refuse a database that stores bytes instead of characters, and a registry in another schema
    than requested: with ``county_b, public`` and no ``county_b`` it would be the one in ``public``.

    :raises NotFound: the requested schema does not exist, or has no registry.
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
        return True  # checked by the first bytes of the file, before it was opened
    return bool(connection.value("SELECT to_regclass('alembic_version') IS NOT NULL"))


def schema_of(connection: Connection, location: Location, *, current: bool = False) -> str:
    """The version of the registry's schema.

    :raises NotFound: the server has no registry there.
    :raises DatabaseUnavailable: it is not ours, made by a newer version, or older although
    ``current`` is required.
    """
    if not has_registry(connection):
        raise NotFound("registry-not-found", db=location.shown)
    query = "SELECT version_num FROM alembic_version"
    is_there = not connection.on_sqlite or connection.rows("PRAGMA table_info(alembic_version)")
    version = connection.value(query) if is_there else None
    check_schema(version, location, current=current)
    return str(version)


# -- what an error means -------------------------------------------------------------------------


@contextmanager
def translated(location: Location, *, reading: bool = False) -> Iterator[None]:
    """Turn the database's errors into ours; their own text may contain personal values.

    :raises Conflict: the database refuses a row.
    :raises DatabaseUnavailable: any other error.
    """
    try:
        yield
    except Exception as error:
        if drivers.is_raised(error, "IntegrityError"):
            raise Conflict("database-refuses", constraint=constraint_of(error)) from None
        if drivers.is_raised(error, by=drivers.FILES):
            raise _of_sqlite(error, location, reading=reading) from None
        if drivers.is_raised(error, by=drivers.SERVERS):
            raise _of_postgresql(error, location, reading=reading) from None
        raise


def constraint_of(error: Exception) -> str:
    """The name of the violated constraint, as far as the database reports it."""
    # SQLite names the columns of a unique constraint, but nothing for a reference.
    named = getattr(getattr(error, "diag", None), "constraint_name", None)
    return str(named or error)


def _of_sqlite(error: Exception, location: Location, *, reading: bool) -> DatabaseUnavailable:
    name, path = getattr(error, "sqlite_errorname", ""), location.path
    code = _code("sqlite", name)
    forbidden = code == "database-unwritable" or name == "SQLITE_IOERR_DELETE"
    if forbidden and path and journals(path):  # a journal that we are not allowed to roll back
        code = "database-interrupted"
    elif code == "database-unwritable" and reading:
        code = "database-unreadable"
    elif code == "database-replaced" and location.is_missing:
        code = "database-gone"
    facts: dict[str, Any] = {"seconds": WAIT_SECONDS, "detail": str(error)}
    if path and code in ("database-unwritable", "database-unreadable", "database-disk"):
        facts |= _asked(path, reading=reading)
    if code == "database-busy" and path and (holder := locking.holder_of_file(path)):
        facts |= holder
    return DatabaseUnavailable(code, db=location.shown, **facts)


def _asked(path: Path, *, reading: bool) -> dict[str, Any]:
    """Why a file cannot be read or written, asked of the system again: SQLite keeps to itself what
    it was answered. Nothing where it is possible meanwhile."""
    size = 0
    try:
        if path.parent.is_dir() and not path.exists():
            reading = False  # it is being made
        else:
            with path.open("rb" if reading else "r+b") as file:
                size = file.seek(0, os.SEEK_END)
        if not reading:
            with part_of(path) as part:
                part.write_bytes(_PROBE)
                sync(part)
            if (largest := _largest_file()) is not None and size + len(_PROBE) > largest:
                return why(errno.EFBIG)
    except OSError as error:
        return why(error)
    return {}


def _largest_file() -> int | None:
    """How large a file may become by the limits of this process; None without a limit."""
    try:
        import resource
    except ImportError:  # a system without such limits
        return None
    most, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    return None if most == resource.RLIM_INFINITY else most


def _of_postgresql(error: Any, location: Location, *, reading: bool) -> DatabaseUnavailable:
    state = error.sqlstate or ""
    # Without a state it is not an answer of the server.
    is_silent = not state and type(error).__name__ == "OperationalError"
    code = "database-unreachable" if is_silent else _code("postgresql", state)
    # Only the kind of an error in a statement is shown; the reason for refusing a connection
    # contains no values.
    detail = f"{type(error).__name__} {state}".strip()
    if code == "database-unreachable":
        # Lines that are set in explain the one before them.
        lines = [line for line in str(error).strip().split("\n") if not line.startswith("\t")]
        detail = lines[-1] or detail
    if code == "database-unwritable" and reading:
        code = "database-unreadable"
    facts: dict[str, Any] = {"seconds": WAIT_SECONDS, "detail": detail}
    causes = (cause for pattern, cause in _SERVER_CAUSES if re.match(pattern, state))
    if cause := next(causes, None):
        facts["cause"] = cause
    if code == "database-busy" and (holder := locking.holder_on_server(location)):
        facts |= holder
    return DatabaseUnavailable(code, db=location.shown, **facts)


def _code(database: str, name: str) -> str:
    meanings = (code for pattern, code in _CODES[database] if re.match(pattern, name))
    return next(meanings, "database-error")
