"""A power cut in any moment leaves the registry whole, with all that was acknowledged.

The statements of real commands are carried out once more on a disk that is made up: it notes every
write and every sync. A cut is then any beginning of these notes, after which a write that was not
synced has come to the disk, or not, or torn, in whatever order. ``LEAGUECTL_TEST_CUTS=2000`` tries
so many.
"""

import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member
from leaguectl.store.opening import WRITING

apsw: Any = pytest.importorskip("apsw")

CUTS = int(os.environ.get("LEAGUECTL_TEST_CUTS", "40"))
SEED = int(os.environ.get("LEAGUECTL_TEST_SEED", "0"))
SECTOR = 512
Workbook = Callable[..., Path]


@dataclass
class Disk:
    """What was done to the files next to the registry, in order: ``(what, file, …)``."""

    notes: list[tuple[Any, ...]] = field(default_factory=list)


class NotingFile(apsw.VFSFile):  # type: ignore[misc]
    """A file of which every write and sync is noted."""

    def __init__(self, disk: Disk, base: str, name: Any, flags: list[int]) -> None:
        super().__init__(base, name, flags)
        text = name if isinstance(name, str) else name.filename() if name else ""
        self.disk, self.name = disk, Path(text).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.disk.notes.append(("write", self.name, offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self.disk.notes.append(("truncate", self.name, size))

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        # Nothing here waits for a disk; what would have been on it is in the notes.
        self.disk.notes.append(("sync", self.name))


class NotingDisk(apsw.VFS):  # type: ignore[misc]
    """The system's files, but for what is noted."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.base = disk, ""
        super().__init__(name, self.base)

    def xOpen(self, name: Any, flags: list[int]) -> NotingFile:  # noqa: N802
        return NotingFile(self.disk, self.base, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(name, syncdir)
        self.disk.notes.append(("delete", Path(name).name, syncdir))


# -- what real commands do -----------------------------------------------------------------------


@dataclass(frozen=True)
class Script:
    """The statements of commands one after the other, the registry before them, and what it holds
    before and after each."""

    before: Path
    commands: list[list[str]]
    states: list[str]


def state_of(path: Path) -> str:
    """A digest of all that a registry holds, which is whole."""
    with closing(sqlite3.connect(path)) as connection:
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            raise sqlite3.DatabaseError(answer)
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()


@pytest.fixture
def script(db: Path, run: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch) -> Script:
    """An import, an admission, a correction and an undo, as the program sends them."""
    begin(run, workbook, "--province", "65", 团组织=ORGANIZATIONS, 发展计划=QUOTAS)
    before = db.with_name("before.db")
    shutil.copy(db, before)
    connect = sqlite3.connect
    traced: list[str] = []

    def tracing(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        connection.set_trace_callback(traced.append)
        return connection

    roster = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, *map(member, range(1, 6))])
    sheet = workbook("new.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(3)])
    commands, states = [], [state_of(db)]
    for command in (("import", roster), ("admit", sheet),
                    ("member", "edit", "1", "--phone", "13900000000"), ("undo", "3")):  # fmt: skip
        traced.clear()
        with monkeypatch.context() as patched:
            patched.setattr(sqlite3, "connect", tracing)
            ran = run(*command)
        assert ran.code == 0, ran.err
        first = next(at for at, text in enumerate(traced) if text.startswith("BEGIN IMMEDIATE"))
        last = max(at for at, text in enumerate(traced) if text.startswith("COMMIT"))
        commands.append(traced[first : last + 1])
        states.append(state_of(db))
    return Script(before, commands, states)


def carried_out(script: Script, folder: Path, settings: tuple[str, ...]) -> Disk:
    """The notes of the disk when the script is carried out with these settings."""
    disk = Disk()
    name = f"noting-{id(disk)}"
    vfs = NotingDisk(disk, name)
    path = folder / "cut.db"
    shutil.copy(script.before, path)
    connection = apsw.Connection(str(path), vfs=name)
    for setting in settings:
        connection.execute(f"PRAGMA {setting}").fetchall()
    for number, statements in enumerate(script.commands, 1):
        for statement in statements:
            connection.execute(statement).fetchall()
        disk.notes.append(("acknowledged", number))
    connection.close()
    del vfs
    return disk


# -- cuts ----------------------------------------------------------------------------------------


@dataclass
class OnDisk:
    """A file as it is on the disk for certain (None: it is not there), and what may be."""

    sure: bytearray | None
    pending: list[tuple[Any, ...]] = field(default_factory=list)

    def settle(self) -> None:
        """All that is pending has come to the disk."""
        for note in self.pending:
            self.sure = done(self.sure, note)
        self.pending.clear()


def done(content: bytearray | None, note: tuple[Any, ...]) -> bytearray | None:
    """A file after what is noted."""
    what = note[0]
    if what == "delete":
        return None
    content = bytearray() if content is None else content
    if what == "truncate":
        del content[note[2] :]
        content.extend(bytes(note[2] - len(content)))
    else:
        offset, data = note[2], note[3]
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data
    return content


def after_cut(
    start: bytes, notes: list[tuple[Any, ...]], chance: random.Random
) -> tuple[dict[str, bytes], int]:
    """The files after a cut behind these notes, and how many commands were acknowledged."""
    files = {"cut.db": OnDisk(bytearray(start))}
    acknowledged = 0
    for note in notes:
        if note[0] == "acknowledged":
            acknowledged = note[1]
            continue
        file = files.setdefault(note[1], OnDisk(None))
        if note[0] == "sync":
            file.settle()
        else:
            file.pending.append(note)
            if note[0] == "delete" and note[2]:
                file.settle()
    left = {}
    for name, file in files.items():
        content = file.sure
        for note in chance.sample(file.pending, chance.randint(0, len(file.pending))):
            if note[0] == "write" and chance.random() < 0.3:
                torn = chance.randrange(0, len(note[3]) + 1, SECTOR)
                note = (*note[:3], note[3][:torn])
            content = done(content, note)
        if content is not None:
            left[name] = bytes(content)
    return left, acknowledged


def faults(script: Script, disk: Disk, folder: Path, cuts: int) -> list[str]:
    """What is wrong after some cuts at random."""
    chance, start = random.Random(20240119 + SEED), script.before.read_bytes()  # noqa: S311
    found = []
    for _ in range(cuts):
        at = chance.randint(0, len(disk.notes))
        left, acknowledged = after_cut(start, disk.notes[:at], chance)
        for path in folder.iterdir():
            path.unlink()
        for name, content in left.items():
            (folder / name).write_bytes(content)
        try:
            state = state_of(folder / "cut.db")
        except sqlite3.DatabaseError as error:
            found.append(f"{at}: {error}")
            continue
        # The one that was in the middle of its commit may be there or not.
        if state not in script.states[acknowledged : acknowledged + 2]:
            found.append(f"{at}: not the state after command {acknowledged}")
    return found


def test_no_power_cut_loses_or_breaks_anything(script: Script, tmp_path: Path) -> None:
    """With the settings of the program each of the cuts leaves the registry as after the last
    acknowledged command, or the one that was being written."""
    folder = tmp_path / "disk"
    folder.mkdir()
    assert faults(script, carried_out(script, folder, WRITING), folder, CUTS) == []


def test_without_syncs_power_cuts_do_break_it(script: Script, tmp_path: Path) -> None:
    """The control: where nothing is waited for, registries are broken or lack what was
    acknowledged, and the search finds it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    settings = (*WRITING, "synchronous=OFF")
    assert faults(script, carried_out(script, folder, settings), folder, CUTS)
