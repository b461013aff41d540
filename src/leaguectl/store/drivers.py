"""The drivers of databases. Encrypted files (SQLCipher) have one of their own, which is loaded only
where a key is used.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from leaguectl.findings import DatabaseUnavailable, installed_with
from leaguectl.store import APPLICATION, WAIT_SECONDS, Location, sqlite_uri

_SALT = 16
FILES, SERVERS = ("sqlite3", "sqlcipher3.dbapi2"), ("psycopg",)
"""The modules of the drivers."""


def connect(location: Location, mode: str, *, encrypted: bool | None = None) -> Any:
    """A connection to an existing file, unlocked if it is encrypted (which is found out where it is
    not known).

    :raises UsageError: the library is not installed.
    :raises DatabaseUnavailable: there is no key for an encrypted file, it is the wrong one, or what
        it opens is no registry.
    """
    path, salt = location.path, None
    if path is None:
        raise TypeError(location)
    if encrypted is None:
        encrypted = mode != "memory" and location.is_encrypted
        salt = _salt(path) if encrypted else None
    if encrypted and location.key is None:
        raise DatabaseUnavailable("database-encrypted", db=location.shown)
    driver = (_library() if encrypted else sqlite3).connect(
        sqlite_uri(path, mode), uri=True, timeout=WAIT_SECONDS, isolation_level=None
    )
    if encrypted:
        try:
            _unlock(driver, location, salt)
        except BaseException:
            driver.close()
            raise
    return driver


def is_encrypted(driver: Any) -> bool:
    """Whether an open connection is to an encrypted file."""
    return not isinstance(driver, sqlite3.Connection)


def _library() -> Any:
    with installed_with("encryption", "LEAGUECTL_KEY"):
        from sqlcipher3 import dbapi2

    return dbapi2


def _salt(path: Path) -> bytes:
    """With what the key of a file is mixed: its first bytes, new ones for a new file."""
    with path.open("rb") as file:
        return file.read(_SALT) or os.urandom(_SALT)


@cache
def _derived(key: str, salt: bytes) -> str:
    """The key as SQLCipher derives it, which takes it a tenth of a second each time
    (https://www.zetetic.net/sqlcipher/design/)."""
    raw = hashlib.pbkdf2_hmac("sha512", key.encode(), salt, 256_000, 32)
    return f"x'{raw.hex()}{salt.hex()}'"


def _unlock(driver: Any, location: Location, salt: bytes | None) -> None:
    key = location.key or ""
    # Where the file must not be opened to find its salt, SQLCipher derives the key.
    given = key if salt is None else _derived(key, salt)
    quoted = given.replace("'", "''")
    driver.execute("PRAGMA cipher_log_level = NONE")  # of a wrong key it would write on its own
    driver.execute(f"PRAGMA key = '{quoted}'")
    try:
        (tables,) = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        raise DatabaseUnavailable("database-key-wrong", db=location.shown) from None
    (mark,) = driver.execute("PRAGMA application_id").fetchone()
    if tables and mark != APPLICATION:
        raise DatabaseUnavailable("database-not-ours", db=location.shown)


def is_raised(
    error: Exception, kind: str = "Error", by: Sequence[str] = (*FILES, *SERVERS)
) -> bool:
    """Whether an error comes from one of these drivers, and is of that kind (PEP 249)."""
    # A driver that is not loaded has raised no error.
    loaded = [driver for name in by if (driver := sys.modules.get(name)) is not None]
    return any(isinstance(error, getattr(driver, kind)) for driver in loaded)
