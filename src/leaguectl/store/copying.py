"""A registry as one file and back: complete, verified before anybody relies on it, never
overwriting anything. The file is a registry itself, so that it can move between SQLite and a
server."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from leaguectl.causes import why
from leaguectl.findings import DatabaseUnavailable, Finding, NotFound, UsageError
from leaguectl.store import (
    APPLICATION,
    SCHEMA,
    Location,
    check_file,
    drivers,
    integrity,
    locking,
    proof,
    views,
)
from leaguectl.store.connection import Connection, plain
from leaguectl.store.opening import has_registry, journals, opened, schema_of, translated
from leaguectl.store.schema import tables
from leaguectl.store.writing import make_schema
from leaguectl.streams import file_errors, give_name, part_of, sync

_UNUSABLE = ("database-damaged", "database-not-ours")
"""What is wrong with a registry that nobody can write. Whose key is another may be whole, and what
is put in its place would be encrypted with a key that somebody mistyped."""

T = TypeVar("T")

_MANY = 20_000
"""How many rows are copied together."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file that holds a whole registry."""

    file: Path
    schema: str
    operations: int
    sha256: str | None
    """None where nothing was copied, only examined."""
    head: str | None = None
    """The seal of its chain; a registry of an older schema may have none."""
    findings: Sequence[Finding] = ()
    """What was altered behind the program's back, in the registry and therefore in its copy."""
    kept: str | None = None
    """Where the previous registry is now, after this one was restored in its place."""


# -- out -----------------------------------------------------------------------------------------


def refuse_target(file: Path) -> None:
    """Refuse a place where no copy can be written.

    :raises UsageError: the file exists already.
    :raises NotFound: its folder does not exist.
    """
    if os.path.lexists(file):
        raise UsageError("backup-exists", file=str(file))
    if not file.parent.is_dir():
        raise NotFound("file-not-written", file=str(file), **why(errno.ENOENT))


def look(location: Location, file: Path) -> Copied:
    """What a copy would hold."""
    with opened(location, reading=True) as source:
        integrity.refuse_part(source)
        operations = int(source.value("SELECT count(*) FROM operation WHERE id > 0"))
        return Copied(file, schema_of(source, location), operations, None)


def back_up(location: Location, file: Path, source: Connection | None = None) -> Copied:
    """Copy a registry to a new file while it is in use, and verify the copy.

    A caller that holds the lock passes the connection with the lock.

    :raises UsageError: the file exists already.
    :raises NotFound: it cannot be created there, or there is no registry.
    :raises DatabaseUnavailable: the registry cannot be read, or is damaged.
    """
    refuse_target(file)
    with _file_errors(file), part_of(file) as part:
        with nullcontext(source) if source else opened(location, reading=True) as reader:
            integrity.refuse_part(reader)
            _write_file(reader, location, location.at(part), file)
        copied = prove(location.at(part))
        sync(part)
        give_name(part, file)
    return replace(copied, file=file)


@contextmanager
def _file_errors(file: Path) -> Iterator[None]:
    with file_errors(file):
        try:
            yield
        except FileExistsError:
            raise UsageError("backup-exists", file=str(file)) from None


def _write_file(source: Connection, location: Location, place: Location, file: Path) -> None:
    """Fill an empty file with a consistent view of a registry; messages use ``file``, its final
    name."""
    encrypted = location.path is not None and drivers.is_encrypted(source.driver)
    if location.path is not None and place.key == (location.key if encrypted else None):
        with (
            closing(drivers.connect(location, "ro", encrypted=encrypted)) as original,
            closing(drivers.connect(place, "rw")) as copy,
            translated(Location(file)),  # the disk of the copy is full
        ):
            _copy_file(original, copy)
        return
    schema = schema_of(source, location)
    with opened(place, made_for=location) as target, _maker(target, place, schema) as make_tables:
        target.run(
            "PRAGMA foreign_keys=OFF"
        )  # the rows come table by table, and references are checked afterwards
        target.run("BEGIN IMMEDIATE")
        make_tables()
        _copy_rows(source, target)
        target.driver.commit()


def _copy_file(source: Any, target: Any) -> None:
    """Copy a consistent file while others write, in SQLite's own way (sqlite.org/backup.html); this
    does not work on a connection that holds the lock, nor between files of different keys."""
    # From here on no other commit can make the copy begin again.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    source.backup(target)


def prove(location: Location) -> Copied:
    """Verify that a file is a complete registry; return what it holds.

    :raises DatabaseUnavailable: it is not a registry, damaged, or made by a newer version.
    """
    file = location.path
    if file is None:
        raise TypeError(location)
    with opened(location, reading=True) as connection:
        schema = schema_of(connection, location)
        for (answer,) in connection.rows("PRAGMA integrity_check(1)"):
            if answer != "ok":
                raise DatabaseUnavailable("backup-damaged", file=str(file), detail=str(answer))
        for table, *_ in connection.rows("PRAGMA foreign_key_check"):
            raise DatabaseUnavailable("backup-damaged", file=str(file), detail=str(table))
        # For an older registry the upgrade has checks of its own.
        shown = proof.prove(connection) if schema == SCHEMA else proof.Proof(None, None, 0)
        operations = int(connection.value("SELECT count(*) FROM operation WHERE id > 0"))
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Copied(file, schema, operations, digest, shown.head, shown.findings)


# -- and back ------------------------------------------------------------------------------------


def restore(
    location: Location, file: Path, *, trial: bool = False, altered: bool = False
) -> Copied:
    """Put a registry from a file in place; the previous registry is kept under another name.

    On ``trial`` the file is only verified; ``altered`` accepts a registry that was altered.

    :raises NotFound: there is no such file, or the place cannot be written.
    :raises DatabaseUnavailable: the file is not a complete registry, or somebody is writing the old
        one.
    """
    source = location.at(file)
    if source.is_missing:
        raise NotFound("file-not-found", file=str(file), **why(errno.ENOENT))
    if location.path is not None and not location.is_missing and file.samefile(location.path):
        raise UsageError("restore-itself", file=str(file))
    try:
        check_file(source)
        copied = prove(source)
    except DatabaseUnavailable as error:
        if error.code not in _UNUSABLE:
            raise
        raise DatabaseUnavailable("backup-damaged", file=str(file), **error.facts) from None
    if copied.findings and not altered:
        facts = {"count": len(copied.findings), "subject": copied.findings[0].subject}
        raise DatabaseUnavailable("backup-altered", file=str(file), **facts)
    if trial:
        return copied
    aside = _restore_file if location.path is not None else _restore_on_server
    kept = aside(location, file, copied.schema)
    return replace(copied, kept=kept)


def _restore_file(location: Location, file: Path, _schema: str) -> str | None:
    path = location.path
    if path is None:
        raise TypeError(location)
    path = path.resolve()
    with _place_errors(location):
        path.parent.mkdir(parents=True, exist_ok=True)
        with part_of(path) as part:
            with opened(location.at(file), reading=True) as source:
                _write_file(source, location.at(file), location.at(part), path)
            prove(location.at(part))
            sync(part)
            if location.is_missing:
                _remove_side_files(path)
                give_name(part, path)
                return None
            with _nobody_writes(location.at(path)):
                return str(_exchange(part, path))


@contextmanager
def _place_errors(location: Location) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DatabaseUnavailable("database-unwritable", db=location.shown, **why(error)) from None


@contextmanager
def _nobody_writes(location: Location) -> Iterator[None]:
    """Hold the lock of the registry that is put aside, after rolling back what a killed writer left
    there. A damaged registry has no lock, and nobody can write it."""
    with ExitStack() as stack:
        try:
            stack.enter_context(locking.taken(stack.enter_context(opened(location))))
        except DatabaseUnavailable as error:
            if error.code not in _UNUSABLE:
                raise
        yield


def _exchange(part: Path, path: Path) -> Path:
    """Rename the registry together with the files next to it, and give the new file its name: a
    journal left behind would be applied to the restored file."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    kept = path.with_name(f"{path.name}.before-{moment}")
    while os.path.lexists(kept):
        kept = kept.with_name(kept.name + "x")
    shutil.copymode(path, part)
    left = journals(path)
    try:
        os.link(path, kept)
    except OSError:  # no hard links here: for a moment there is no registry at all
        path.rename(kept)
    for file in left:
        file.rename(kept.with_name(kept.name + file.name.removeprefix(path.name)))
    part.replace(path)
    sync(path.parent)
    return kept


def _remove_side_files(path: Path) -> None:
    """Keep a journal without its registry under another name."""
    for file in journals(path):
        file.rename(file.with_name(f"{file.name}.without-registry"))


def _restore_on_server(location: Location, file: Path, schema: str) -> str | None:
    """In one transaction: move the existing tables into a schema of their own."""
    with (
        opened(location.at(file), reading=True) as source,
        opened(location) as target,
        _maker(target, location, schema) as make_tables,
        locking.taken(target),
    ):
        kept = _set_aside(target) if has_registry(target) else None
        make_tables()
        _copy_rows(source, target)
        target.driver.commit()
    return kept


def _set_aside(target: Connection) -> str:
    current, names = target.value("SELECT current_schema()"), _tables_of(target)
    kept = f"{current}_before_{datetime.now(UTC):%Y%m%dt%H%M%S}"
    target.run(f'CREATE SCHEMA "{kept}"')
    for kind, moved in (("TABLE", names), ("VIEW", [views.MEMBERS, *views.VIEWS])):
        for name in moved:
            target.run(f'ALTER {kind} IF EXISTS "{name}" SET SCHEMA "{kept}"')
    return kept


# -- another key ---------------------------------------------------------------------------------


def change_key(location: Location, key: str | None, record: Callable[[Location], T]) -> T:
    """Write a registry anew with another key, or without one, record in it who did so, and verify
    it before it takes the place of the previous file, which is gone afterwards; nobody writes
    meanwhile. What ``record`` answers.

    :raises DatabaseUnavailable: somebody is writing, or the place cannot be written.
    """
    path = location.path
    if path is None:
        raise TypeError(location)
    path = path.resolve()
    with (
        _place_errors(location),
        opened(location) as source,
        part_of(path) as part,
        locking.taken(source),
    ):
        place = replace(location.at(part), key=key)
        _write_file(source, location, place, path)
        recorded = record(place)
        prove(place)
        shutil.copymode(path, part)
        sync(part)
        part.replace(path)
        sync(path.parent)
    return recorded


# -- rows ----------------------------------------------------------------------------------------


@contextmanager
def _maker(target: Connection, place: Location, schema: str) -> Iterator[Callable[[], object]]:
    """The function that creates the empty tables of the present schema, or of an older one by the
    migrations; it is called within the transaction that begins later."""
    if schema == SCHEMA:
        yield lambda: make_schema(target, place)
        return
    from leaguectl.store.migrations import upgrading

    if target.on_sqlite:
        target.run(f"PRAGMA application_id={APPLICATION}")

    def make_older() -> None:
        bring_up(schema)
        for table in reversed(_tables_of(target)):  # rows that a migration writes do not count
            if table != "alembic_version":
                target.run(f'DELETE FROM "{table}"')  # noqa: S608

    with upgrading(target) as bring_up:
        yield make_older


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row into empty tables, and compare the two registries.

    :raises DatabaseUnavailable: they differ.
    """
    for table in _tables_of(source):
        columns = _columns_of(source, table)
        if table != "alembic_version":
            _copy_table(source, target, table, columns)
        if _fingerprint(source, table, columns) != _fingerprint(target, table, columns):
            raise DatabaseUnavailable("backup-damaged", file=table, detail=table)


def _tables_of(connection: Connection) -> list[str]:
    """The tables of a registry, those that others refer to first."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    if not connection.on_sqlite:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    there = {name for (name,) in connection.rows(query)}
    known = [name for name in (*tables(), "alembic_version") if name in there]
    if connection.on_sqlite:  # a file holds nothing else; on a server others may have tables
        known += sorted(there - {*known})
    return known


def _columns_of(connection: Connection, table: str) -> list[str]:
    cursor = connection.driver.execute(f'SELECT * FROM "{table}" LIMIT 0')  # noqa: S608
    return [column[0] for column in cursor.description]


def _copy_table(source: Connection, target: Connection, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    rows = source.driver.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608
    if target.on_sqlite:
        marks = ", ".join("?" * len(columns))
        insert = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
        while part := rows.fetchmany(_MANY):
            target.driver.executemany(insert, [tuple(map(plain, row)) for row in part])
        return
    # One statement, so that a row may refer to another of its table that comes after it.
    copy = f'COPY "{table}" ({names}) FROM STDIN'
    with target.driver.cursor() as cursor, cursor.copy(copy) as stream:
        for row in rows:
            stream.write_row(row)


def _fingerprint(connection: Connection, table: str, columns: list[str]) -> tuple[int, int]:
    """The number of rows of a table, and a checksum over all of them."""
    names = ", ".join(f'"{column}"' for column in columns)
    count = total = 0
    for row in connection.driver.execute(f'SELECT {names} FROM "{table}"'):  # noqa: S608
        text = repr([_plain(value) for value in row]).encode("utf-8", "surrogatepass")
        total += int.from_bytes(hashlib.sha256(text).digest())
        count += 1
    return count, total % 2**256


def _plain(value: Any) -> Any:
    """A value in the form common to both databases: a day as its text, 10.0 as 10."""
    value = plain(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
