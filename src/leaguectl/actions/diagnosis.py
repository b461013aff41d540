"""What doctor examines: each item with what was found, and what to do where it is wrong."""

import os
import platform
import shutil
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from leaguectl import __version__
from leaguectl.actions import Request
from leaguectl.actions.backups import Policy, folder_of, kept_in
from leaguectl.actions.registry import verify
from leaguectl.findings import Finding, LeagueError, Level
from leaguectl.store import SCHEMA, Location, locking
from leaguectl.store.connection import Connection
from leaguectl.store.opening import journals, opened, schema_of
from leaguectl.streams import leftovers, may_write

_SHARES = ("nfs", "cifs", "smb", "9p", "afs", "ncpfs", "fuse.sshfs", "davfs", "fuse.rclone")
_STICKS = ("vfat", "exfat", "msdos", "ntfs", "fuseblk")
_ROOM = 200 * 1024 * 1024
"""Less free space than this is too little, whatever the registry's size."""
_OLD_BACKUP = timedelta(days=7)
_APART = timedelta(minutes=5)
"""The greatest difference allowed between two clocks."""


@dataclass(frozen=True, slots=True)
class Check:
    """An item that was examined: what was found there, or what is wrong with it."""

    about: str
    found: Any = None
    problems: list[Finding] = field(default_factory=list)

    @property
    def state(self) -> str:
        """``ok``, or the level of the gravest problem."""
        levels = {problem.level for problem in self.problems}
        return next((str(level) for level in Level if level in levels), "ok")


def _problem(code: str, *, grave: bool = False, **facts: Any) -> Finding:
    return Finding(code, facts, Level.ERROR if grave else Level.WARNING)


def examine(request: Request, synchronised: Collection[str]) -> list[Check]:
    """Examine everything that could make a command fail; ``synchronised`` has the names of folders
    that another program synchronises while we write. Nothing is changed, except that the remains of
    a killed command are rolled back, as any command would do."""
    location = request.location
    python = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    checks = [Check("version", f"leaguectl {__version__}, {python}"), _encoding()]
    if location.path is not None:
        checks += _file_checks(location, location.path, synchronised)
    checks += _registry_checks(request)
    return checks


def _encoding() -> Check:
    names = {sys.getfilesystemencoding(), getattr(sys.stdout, "encoding", None) or "utf-8"}
    foreign = sorted(name for name in names if name.lower().replace("-", "") != "utf8")
    problems = [_problem("doctor-encoding", encoding=name) for name in foreign]
    return Check("encoding", ", ".join(sorted(names)), problems)


# -- the file and where it lies ------------------------------------------------------------------


def _file_checks(location: Location, path: Path, synchronised: Collection[str]) -> Iterator[Check]:
    path = path.resolve()
    try:
        is_missing = location.is_missing
    except LeagueError as error:
        yield Check("rights", str(path), [Finding(error.code, error.facts)])
        return
    yield Check("rights", *_rights(path, is_missing=is_missing))
    folder = next((above for above in path.parents if above.is_dir()), path.parent)
    kind = _file_system(folder)
    problems = []
    if kind.startswith(_SHARES) or str(folder).startswith("\\\\"):
        problems.append(_problem("doctor-share", folder=str(folder), kind=kind))
    if kind in _STICKS:
        problems.append(_problem("doctor-stick", folder=str(folder), kind=kind))
    parts = [part.lower() for part in folder.parts]
    if name := next((name for name in synchronised if any(name in p for p in parts)), None):
        problems.append(_problem("doctor-synchronised", folder=str(folder), name=name))
    yield Check("folder", f"{folder} ({kind})" if kind else str(folder), problems)
    if not is_missing:
        yield _encryption(location)
    yield _room(path, folder, is_missing=is_missing)
    yield _left(path, folder)


def _encryption(location: Location) -> Check:
    if location.is_encrypted:
        return Check("encryption", "encrypted")
    problems = [_problem("doctor-key-unused")] if location.key else []
    return Check("encryption", "unencrypted", problems)


def _rights(path: Path, *, is_missing: bool) -> tuple[str, list[Finding]]:
    problems = []
    if not is_missing:
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & stat.S_IRWXO:
            problems.append(
                _problem("doctor-readable", grave=True, file=str(path), mode=f"{mode:04o}")
            )
        if not may_write(path):
            problems.append(_problem("doctor-read-only", grave=True, file=str(path)))
    if path.parent.is_dir() and not may_write(path.parent):
        problems.append(_problem("doctor-read-only", grave=True, file=str(path.parent)))
    shown = str(path) if is_missing or os.name == "nt" else f"{path} ({mode:04o})"
    return shown, problems


def _file_system(folder: Path) -> str:
    """The kind of the file system of a folder, where the operating system reports it."""
    if os.name == "nt":
        import ctypes

        kinds = {2: "fuseblk", 4: "smb"}  # removable, remote: GetDriveTypeW
        drive = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined]
        return kinds.get(drive, "")
    found = ("", "")
    with suppress(OSError):
        for line in Path("/proc/mounts").read_text("utf-8", "replace").splitlines():
            place, kind = line.split()[1:3]
            if folder.is_relative_to(place) and len(place) >= len(found[0]):
                found = place, kind
    return found[1]


def _room(path: Path, folder: Path, *, is_missing: bool) -> Check:
    free = shutil.disk_usage(folder).free
    # Changing everything needs a journal as large as the registry, and a backup the same space
    # again.
    needed = max(_ROOM, 0 if is_missing else 3 * path.stat().st_size)
    facts = {"free": free // 2**20, "needed": needed // 2**20}
    problems = [_problem("doctor-room", grave=free < needed // 3, **facts)] if free < needed else []
    return Check("disk", f"{free // 2**20} MB", problems)


def _left(path: Path, folder: Path) -> Check:
    problems = []
    if (left := journals(path)) and locking.holder_of_file(path) is None:
        problems.append(_problem("doctor-journal", files=[file.name for file in left]))
    if parts := leftovers(folder):
        problems.append(_problem("doctor-parts", files=[part.name for part in parts]))
    return Check("leftovers", None, problems)


# -- the registry --------------------------------------------------------------------------------


def _registry_checks(request: Request) -> Iterator[Check]:
    location = request.location
    if holder := (locking.holder_of_file(location.path) if location.path else None):
        yield Check("lock", f"{holder['pid']} ({holder['since']})")
    try:
        with opened(location, reading=True) as connection:
            schema = schema_of(connection, location)
            older = _problem("database-older", db=location.shown, found=schema, known=SCHEMA)
            yield Check("registry_schema", schema, [older] if schema != SCHEMA else [])
            yield from _of_open(connection, request)
    except LeagueError as error:
        yield Check("registry_schema", None, [Finding(error.code, error.facts)])
        if error.code != "database-error":  # else the verification knows why
            return
    if schema == SCHEMA:
        try:
            yield Check("integrity", None, verify(location).findings)
        except LeagueError as error:
            yield Check("integrity", None, [Finding(error.code, error.facts)])


def _of_open(connection: Connection, request: Request) -> Iterator[Check]:
    if connection.on_sqlite:
        yield Check("database", f"SQLite {connection.value('SELECT sqlite_version()')}")
    else:
        version = connection.value("SELECT current_setting('server_version')")
        yield Check("database", f"PostgreSQL {version}")
        holder = locking.holder_on_server(request.location)
        shown = f"{holder['pid']} {holder['user']} ({holder['since']})" if holder else None
        yield Check("lock", shown)
    yield _clock(connection)
    yield _last_backup(connection, request)


def _clock(connection: Connection) -> Check:
    now = datetime.now(UTC)
    last = connection.value("SELECT max(at) FROM operation WHERE at <> ''")
    problems = []
    if (recorded := _moment(last)) and recorded > now + _APART:
        problems.append(
            _problem("doctor-clock", grave=True, now=f"{now:%Y-%m-%d %H:%M}", last=last)
        )
    if not connection.on_sqlite:
        apart = abs(connection.value("SELECT now()") - now)
        if apart > _APART:
            problems.append(
                _problem("doctor-clocks", grave=True, minutes=int(apart.total_seconds() // 60))
            )
    return Check("clock", f"{now.astimezone():%Y-%m-%d %H:%M:%S %z}", problems)


def _last_backup(connection: Connection, request: Request) -> Check:
    query = """SELECT max(at) FROM operation AS made WHERE command = 'backup' AND undoes IS NULL
        AND NOT EXISTS (SELECT 1 FROM operation AS failed WHERE failed.undoes = made.id)"""
    moments = [(str(connection.value(query) or ""), "")]
    folder = folder_of(request.location, request.backups or Policy())
    for file in kept_in(folder)[-1:]:
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        moments.append((made.isoformat(timespec="seconds"), str(file)))
    moment, file_name = max(moments)
    if (backed_up := _moment(moment)) is None:
        return Check("last_backup", None, [_problem("doctor-no-backup")])
    query = "SELECT count(*) FROM operation WHERE at > :moment AND command <> 'backup'"
    since = connection.value(query, {"moment": moment})
    is_old = datetime.now(UTC) - backed_up > _OLD_BACKUP
    facts = {"moment": moment, "operations": since}
    problems = [_problem("doctor-old-backup", **facts)] if is_old and since else []
    return Check("last_backup", f"{moment} {file_name}".strip(), problems)


def _moment(text: Any) -> datetime | None:
    """The moment that an operation records; None where another program wrote something else there,
    which the verification reports."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None
