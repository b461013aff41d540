"""Registries that many tests begin with: made once, copied afterwards.

They stand apart since a test that imports ``conftest`` gets another copy of that module than its
fixtures are from, and what was made would be known to one of the two alone.
"""

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

EMPTY: set[str] = set()
"""PostgreSQL databases into which nothing was written yet."""

_KEPT: dict[tuple[object, ...], bytes | str] = {}
"""What was made: the file of a SQLite registry, or the name of the PostgreSQL database."""


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
            kept = _KEPT[known] = f"kept_{uuid.uuid4().hex[:12]}"
            admin.execute(f"CREATE DATABASE {kept} TEMPLATE {name} STRATEGY file_copy")
        else:
            admin.execute(f"DROP DATABASE {name}")
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {kept} STRATEGY file_copy")
