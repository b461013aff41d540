"""The single lock of a registry, and who holds it: a process for a file, a session on a server."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from leaguectl.store import WAIT_SECONDS, Location
from leaguectl.store.connection import Connection

_WRITER = 0x40000001
"""The byte of a SQLite file that its writer locks (https://www.sqlite.org/lockingv3.html)."""

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


def take(connection: Connection) -> None:
    """Begin the transaction of the only writer; it waits for the previous writer."""
    if connection.on_sqlite:
        # Without this, two writers could both read before either writes, and one would rely on
        # outdated rows.
        connection.run("BEGIN IMMEDIATE")
    else:
        connection.run(_TELL)
        connection.run(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
        connection.run(f"SELECT pg_advisory_xact_lock({KEY})")


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
