"""The single lock of a registry, and who holds it: a process for a file, a session on a server."""

import os
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from leaguectl.store import WAIT_SECONDS, Location
from leaguectl.store.connection import Connection

_WRITER = 0x40000001
"""The byte of a SQLite file that its writer locks (https://www.sqlite.org/lockingv3.html)."""
_TURN = _WRITER + 511
"""The first byte that SQLite does not lock: those who wait for their turn to write queue for it."""

# The key depends on the schema, so that counties in one database do not wait for each other.
_SCHEMA = """coalesce((SELECT relnamespace::regnamespace::text FROM pg_class
    WHERE oid = to_regclass('alembic_version')), current_schema(), '')"""
KEY = f"('x' || left(md5('leaguectl ' || {_SCHEMA}), 16))::bit(64)::bigint"
"""SQL for the key of the advisory lock that allows one writer at a time."""

_HOLDER = f"""SELECT activity.pid, activity.usename, host(activity.client_addr),
        date_trunc('second', coalesce(activity.xact_start, activity.backend_start))
    FROM pg_locks lock JOIN pg_stat_activity activity USING (pid)
    WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 1
        AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((lock.classid::bigint << 32) | lock.objid::bigint) = {KEY}"""  # noqa: S608

_SESSION = {
    # A client whose machine was switched off must not keep the lock for the two hours that TCP
    # would wait.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
    "client_connection_check_interval": "10000",
    "idle_in_transaction_session_timeout": "1800000",
}
"""Settings of a server for the transaction of a writer, where it knows them."""
_VALUES = ", ".join(f"('{name}', '{value}')" for name, value in _SESSION.items())
_TELL = f"""SELECT set_config(given.name, given.value, true)
    FROM (VALUES {_VALUES}) AS given (name, value) JOIN pg_settings USING (name)"""  # noqa: S608


@contextmanager
def taken(connection: Connection) -> Iterator[None]:
    """The transaction of the only writer: it waits for the writers before it, in the order in which
    they came, and those after it wait until this ends."""
    if connection.on_sqlite:
        with _in_turn(connection) as seconds:
            # The transaction begins by taking the lock. Otherwise two writers could both read
            # before either writes, and one would rely on outdated rows.
            connection.run(f"PRAGMA busy_timeout={seconds * 1000:.0f}")
            connection.run("BEGIN IMMEDIATE")
            connection.run(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000:.0f}")
            yield
    else:
        connection.run(_TELL)
        connection.run(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.run(f"SELECT pg_advisory_xact_lock({KEY})")  # a server keeps its own queue
        yield


@contextmanager
def _in_turn(connection: Connection) -> Iterator[float]:
    """The place at the head of the queue of writers, where the system has what it takes; the
    seconds for which one may still wait for the lock.

    SQLite itself looks from time to time whether the lock is free, so that among many who wait
    the luckiest has it, and somebody may never have it.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    descriptor = _descriptor(connection)
    if descriptor is None or not _wait_for_turn(descriptor, WAIT_SECONDS):
        yield max(0.0, deadline - time.monotonic())
        return
    try:
        yield max(0.0, deadline - time.monotonic())
    finally:
        with suppress(OSError):  # closed meanwhile, which ended the turn
            _ask_for_turn(descriptor, "F_OFD_SETLK", "F_UNLCK")


def _descriptor(connection: Connection) -> int | None:
    """The descriptor by which SQLite has its file open. Closing another one of the same file would
    take SQLite's locks away (https://www.sqlite.org/howtocorrupt.html, 2.2)."""
    path = connection.value("SELECT file FROM pragma_database_list WHERE name = 'main'")
    if not path or not sys.platform.startswith("linux"):
        return None
    import fcntl

    with suppress(OSError):
        place = Path(path).stat()
        for descriptor in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208
            with suppress(OSError):  # that of the listing, which is closed again
                is_it = os.path.samestat(os.fstat(descriptor), place)
                mode = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE
                if is_it and mode == os.O_RDWR:
                    return descriptor
    return None


def _wait_for_turn(descriptor: int, seconds: float) -> bool:
    """Queue for the turn to write; whether it came in time. The system lets those who wait in one
    after the other, and gives the turn of a killed process to the next."""
    with suppress(OSError):
        _ask_for_turn(descriptor, "F_OFD_SETLK", "F_WRLCK")
        return True
    import threading

    answered, had, given_up = threading.Event(), threading.Event(), threading.Event()

    def wait() -> None:
        with suppress(OSError):  # no such locks on this disk: nobody queues
            _ask_for_turn(descriptor, "F_OFD_SETLKW", "F_WRLCK")
            had.set()
            if given_up.is_set():
                _ask_for_turn(descriptor, "F_OFD_SETLK", "F_UNLCK")
        answered.set()

    # The system has no end of waiting, so a thread waits, and is left behind.
    threading.Thread(target=wait, daemon=True).start()
    if not answered.wait(seconds):
        given_up.set()
    return had.is_set()


def _ask_for_turn(descriptor: int, how: str, what: str) -> None:
    """Lock or unlock the byte of the queue, for the open file and not for the process."""
    import fcntl

    asked = struct.pack("hhqqi", getattr(fcntl, what), os.SEEK_SET, _TURN, 1, 0)
    fcntl.fcntl(descriptor, getattr(fcntl, how), asked)


def holder_of_file(path: Path) -> dict[str, Any] | None:
    """The process that writes a SQLite file and since when it runs, where the system shows it."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        lines = Path("/proc/locks").read_text("ascii").splitlines()
        place = path.stat()
    except OSError:
        return None
    file = f"{os.major(place.st_dev):02x}:{os.minor(place.st_dev):02x}:{place.st_ino}"
    for line in lines:
        # 1: POSIX  ADVISORY  WRITE 4711 08:01:123456 1073741825 1073741825
        kind, pid, inode, first, last = line.replace("-> ", "").split()[3:8]
        reaches = last == "EOF" or int(last) >= _WRITER
        if kind == "WRITE" and inode == file and int(first) <= _WRITER and reaches:
            return {"pid": int(pid), "since": _begun(int(pid))}
    return None


def _begun(pid: int) -> str:
    """When a process began (proc(5): ticks since the machine was started)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        up = float(Path("/proc/uptime").read_text("ascii").split()[0])
    except OSError:  # it has ended since
        return "?"
    age = timedelta(seconds=up - int(fields[19]) / os.sysconf("SC_CLK_TCK"))
    return (datetime.now(UTC) - age).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def holder_on_server(location: Location) -> dict[str, Any] | None:
    """The session that holds the lock of a registry on a server, and since when."""
    import psycopg

    try:
        with psycopg.connect(location.url or "", connect_timeout=5) as connection:
            found = connection.execute(_HOLDER.encode()).fetchone()
    except psycopg.Error:
        return None
    if found is None:
        return None
    pid, user, address, since = found
    return {"user": user, "pid": pid, "address": address or "local", "since": str(since)}
