"""Copies of the registry: made by hand or before risky changes, rotated, restored."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.registry import record
from leaguectl.causes import why
from leaguectl.findings import (
    DatabaseUnavailable,
    Finding,
    LeagueError,
    Level,
    NotFound,
    UsageError,
)
from leaguectl.names import readable
from leaguectl.store import Location, copying
from leaguectl.store.connection import Connection
from leaguectl.store.copying import Copied
from leaguectl.store.opening import opened
from leaguectl.store.writing import Store

_NAME = re.compile(r"\d{8}T\d{12}-before-[a-z]+\.db")
"""The names of copies that the program makes automatically; no other file is ever removed."""


MOST = 10_000
"""The greatest number of copies that can be kept."""


@dataclass(frozen=True, slots=True)
class Policy:
    """When copies are made automatically, where they go, and how many are kept."""

    folder: Path | None = None
    before_import: bool = False
    keep: int = 20


def policy_of(table: Any, file: str) -> Policy:
    """The policy of a config file's table ``backup``.

    :raises UsageError: a key is unknown, or a value is not valid.
    """
    types: dict[str, type] = {"folder": str, "before_import": bool, "keep": int}
    if not isinstance(table, Mapping) or (unknown := table.keys() - types):
        keys = table if not isinstance(table, Mapping) else sorted(unknown)
        raise UsageError("config-unknown", file=file, keys=f"backup: {keys}", known=list(types))
    for key, value in table.items():
        is_right = type(value) is types[key]
        if not is_right or (isinstance(value, int) and key == "keep" and not 1 <= value <= MOST):
            raise UsageError("backup-setting", file=file, key=f"backup.{key}", value=str(value))
    folder = Path(table["folder"]).expanduser() if "folder" in table else None
    return Policy(**{**table, "folder": folder})


def back_up(request: Request, file: Path) -> Copied:
    """Copy the registry to a new file, or into a folder under a new name, and verify the copy.

    The journal, also that of the copy, records who copied the whole registry.

    :raises UsageError: the file exists already.
    """
    if file.is_dir():
        stem = request.location.path.stem if request.location.path is not None else "league"
        file = file / f"{stem}-{datetime.now(UTC):%Y%m%dT%H%M%S}.db"
    copying.refuse_target(file)
    if request.dry_run:
        return copying.look(request.location, file)
    recorded = _record(request, file)
    try:
        return copying.back_up(request.location, file)
    except BaseException:
        if recorded is not None:  # nobody may rely on a copy that there is not
            _record(request, file, undoes=recorded)
        raise


def _record(request: Request, file: Path, undoes: int | None = None) -> int | None:
    """Record who made a copy, or that it failed; the operation, None where a read-only registry is
    copied without a record."""
    with suppress(DatabaseUnavailable):
        return record(request, {"file": readable(file.name)}, {}, undoes).operation
    return None


def restore(request: Request, file: Path) -> Copied:
    """Put the registry of a file in place and keep the previous one next to it. A registry that was
    altered behind the program's back is only accepted with a reason."""
    altered, doubts = bool(request.reason), _doubts(request.location, file)
    copied = copying.restore(request.location, file, trial=request.dry_run, altered=altered)
    return replace(copied, findings=[*copied.findings, *doubts])


def _doubts(location: Location, file: Path) -> list[Finding]:
    """Whether the file is of another registry than the one in its place, and which erasures it does
    not know of."""
    try:
        (first, erased), (other, known) = map(_erasures, (location, location.at(file)))
    except LeagueError:  # there is none yet, or it is older; what is wrong is reported elsewhere
        return []
    db, level = location.shown, Level.WARNING
    if first != other:
        return [Finding("restore-another", {"file": str(file), "db": db}, level, subject=str(file))]
    lost = sorted(operation for operation, digest in erased.items() if digest not in known.values())
    facts = {"operations": lost}
    return [Finding("restore-erased", facts, level, subject=str(file))] if lost else []


def _erasures(location: Location) -> tuple[str | None, dict[int, str]]:
    """The digest of the operation that made a registry, and of those that erased somebody."""
    with opened(location, reading=True) as connection:
        first = connection.value("SELECT digest FROM operation WHERE id = 0")
        query = "SELECT id, digest FROM operation WHERE command = 'member erase'"
        return first, dict(map(tuple, connection.rows(query)))


def encrypt(request: Request, key: str | None) -> int | None:
    """Encrypt the registry's file with this key, or keep it in the clear without one; the operation
    by which the journal keeps who did it, None where nothing was to be done.

    :raises UsageError: it is on a server, which encrypts by its own means.
    """
    location = request.location
    if location.path is None:
        raise UsageError("encrypt-server")
    if location.is_missing:
        raise NotFound("registry-not-found", db=location.shown)
    if request.dry_run or (key is None and not location.is_encrypted):
        return None
    with Store(location).read():
        pass  # an older or damaged registry is refused under its own name
    source = {"encryption": "off" if key is None else "on"}
    return copying.change_key(
        location,
        key,
        # Its place is a new file until it is whole: where that fails, nothing of it stays.
        lambda place: record(replace(request, location=place, recorded=[]), source, {}).operation,
    )


# -- by itself -----------------------------------------------------------------------------------


def before(request: Request, what: str, source: Connection | None = None) -> Path:
    """Keep a copy of the registry as it is before a risky change, and remove the oldest of these
    copies.

    :raises NotFound: the copy cannot be written.
    """
    policy = request.backups or Policy()
    folder = folder_of(request.location, policy)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotFound("file-not-written", file=str(folder), **why(error)) from None
    file = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-before-{what}.db"
    copying.back_up(request.location, file, source)
    for old in kept_in(folder)[: -policy.keep]:
        with suppress(OSError):
            old.unlink()
    return file


def folder_of(location: Location, policy: Policy) -> Path:
    """The folder for automatic copies: next to a file, or in the user's data folder under the name
    of the server's database."""
    path = location.path
    if path is not None:
        own = f"{path.name}.backups"
        return policy.folder / own if policy.folder else path.with_name(own)
    from platformdirs import user_data_path

    base = policy.folder or user_data_path("leaguectl", appauthor=False) / "backups"
    return base / re.sub(r"[^\w.-]+", "_", location.shown.partition("://")[2])


def kept_in(folder: Path) -> list[Path]:
    """The automatic copies in a folder, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
