"""Registries that many tests begin with: made once, copied afterwards.

They stand apart since a test that imports ``conftest`` gets another copy of that module than its
fixtures are from, and what was made would be known to one of the two alone.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

EMPTY: set[str] = set()
"""PostgreSQL databases into which nothing was written yet."""

_SPARE: list[str] = []
"""Names of empty databases that nobody needs at present: a server takes long to make one."""

_KEPT: dict[tuple[object, ...], bytes | str] = {}
"""What was made: the file of a SQLite registry, or the name of the PostgreSQL database."""


@contextmanager
def database(server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, which is gone afterwards."""
    name = _SPARE.pop() if _SPARE else _name("test")
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as admin:
        if not _exists(admin, name):
            admin.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        EMPTY.add(url)
        yield url
        EMPTY.discard(url)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def made_once(key: object, make: Callable[[], None]) -> None:
    """Let ``make`` write the registry that ``LEAGUECTL_DB`` names; after the first time its place
    takes a copy of what was written then, under the same key and settings."""
    place = os.environ.get("LEAGUECTL_DB", "")
    environment = sorted((name, value) for name, value in os.environ.items()
                      if name.startswith("LEAGUECTL_") and name != "LEAGUECTL_DB")  # fmt: skip
    known = (key, "://" in place, *environment)
    if place in EMPTY and _is_empty(place):
        EMPTY.discard(place)
        server, name = urlunsplit(urlsplit(place)._replace(path="/postgres")), urlsplit(place).path
        _copy_database(server, name.strip("/"), known, make)
    elif place and "://" not in place and not Path(place).exists():
        if known in _KEPT:
            Path(place).write_bytes(_KEPT[known])
        else:
            make()
            _KEPT[known] = Path(place).read_bytes()
    else:
        make()


def _is_empty(database: str) -> bool:
    with psycopg.connect(database) as connection:
        (table,) = connection.execute("SELECT to_regclass('alembic_version')").fetchone() or (None,)
    return table is None


def _copy_database(
    server: str, name: str, known: tuple[object, ...], make: Callable[[], None]
) -> None:
    kept = _KEPT.get(known)
    if kept is None:
        make()
    with psycopg.connect(server, autocommit=True) as admin:
        if kept is None:
            kept = _KEPT[known] = _name("kept")
            admin.execute(f"CREATE DATABASE {kept} TEMPLATE {name} STRATEGY file_copy")
        else:
            _SPARE.append(_name("test"))
            admin.execute(f"ALTER DATABASE {name} RENAME TO {_SPARE[-1]}")
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {kept} STRATEGY file_copy")


def _name(prefix: str) -> str:
    return f"{prefix}_{uuid.uuid4().hex[:12]}"


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).rowcount > 0
