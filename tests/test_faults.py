"""What goes wrong around a command: no room, no rights, no folder, nobody who listens. Whatever
writes says so by an exit code of the contract and in words, and leaves nothing half-written."""

import ctypes
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import (
    AbstractContextManager,
    closing,
    contextmanager,
    redirect_stderr,
    redirect_stdout,
    suppress,
)
from io import BufferedWriter, StringIO
from pathlib import Path

import pytest

from conftest import Ran, Run
from leaguectl.cli.app import COMMANDS as TABLE
from leaguectl.cli.framework import Root
from leaguectl.streams import AnswerStream, _Whole, part_of
from leaguectl.words import words
from test_work import COMMANDS_THAT_WRITE, before, here

assert before
assert here  # fixtures: a registry in which each command has something to do, and its files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights and limits of Linux")

EARLIER = b"the earlier one"
OUT, NEW = ("out.xlsx", "out.json", "out.csv"), "new.db"
COMMANDS: dict[str, tuple[str, ...]] = {
    **{
        name: (*name.split(), *COMMANDS_THAT_WRITE[name], "-y")
        for name in ("import", "admit", "org add", "member edit", "undo", "apply")
    },
    "reply": ("admit", "candidate.xlsx", "--reply", "out.xlsx"),
    "plan": ("import", "roster.xlsx", "--plan-out", "out.json"),
    "init": ("--db", NEW, "init"),
    "backup": ("backup", NEW),
    "restore": ("restore", "kept.db"),
    "export": ("export", "members", "--reveal", "--reason", "核对", "-o", "out.xlsx"),
    "stats": ("stats", "2023", "-o", "out.csv"),
}  # fmt: skip
"""A command of each family that writes a registry or a file."""
TO_FILES = ("reply", "plan", "export", "stats")
ALL = "LEAGUECTL_TEST_ROUNDS" in os.environ
"""Whether each fault meets every command that writes, instead of one of each family."""
TO_REGISTRY: dict[str, tuple[str, ...]] = {
    **({name: (*name.split(), *COMMANDS_THAT_WRITE[name], "-y") for name in COMMANDS_THAT_WRITE
        if name != "number settle"}  # which needs a dispute first
       if ALL else {name: COMMANDS[name] for name in ("import", "org add", "undo")}),
    "restore": ("restore", "kept.db"), "export": COMMANDS["export"],
}  # fmt: skip
"""Those that write the registry: the export records what it unmasks."""


@contextmanager
def bound_by_rights(place: Path, mode: int) -> Iterator[None]:
    """A file or folder with these rights alone, which bind root as well until the end."""
    libc = ctypes.CDLL(None)
    header, powers = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    less = (ctypes.c_uint32 * 6)(*powers)
    less[0] &= ~0b1110  # CAP_DAC_OVERRIDE and its like
    place.chmod(mode)
    assert libc.capset(header, less) == 0
    try:
        yield
    finally:
        assert libc.capset(header, powers) == 0
        place.chmod(0o700)


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """No file may grow beyond that size: a quota that is used up."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # Python would keep the first part of a module that it compiles meanwhile, and trip over it.
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, was[1]))
    try:
        yield
    finally:
        sys.dont_write_bytecode = compiles
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
        signal.signal(signal.SIGXFSZ, handler)


def answering_to(descriptor: int, arguments: tuple[str, ...]) -> Ran:
    """Run a command whose stdout is a stream of the program's own on this descriptor."""
    raw = BufferedWriter(_Whole(descriptor, is_needed=True))
    errors = StringIO()
    with (
        redirect_stdout(AnswerStream(raw, "utf-8")),
        redirect_stderr(errors),
        pytest.raises(SystemExit) as end,
    ):
        Root(TABLE, words("en"))([*arguments], prog_name="leaguectl")
    return Ran(int(end.value.code or 0), "", errors.getvalue())


def gone() -> int:
    """A pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def place(here: Path, run: Run) -> Path:
    """That registry's folder, with a backup, and an earlier file under the name of each answer."""
    assert run("backup", "kept.db").code == 0
    for name in OUT:
        Path(name).write_bytes(EARLIER)
    return here.parent


def refused(ran: Ran, was: dict[str, bytes], place: Path, codes: tuple[int, ...]) -> None:
    """The command said why it stopped, and every file is what it was."""
    assert ran.code in codes, (ran.code, ran.err)
    assert ran.err.startswith("leaguectl: "), ran.err
    assert "→" in ran.err
    assert "leaguectl restore" not in ran.err
    now = files(place)
    assert [name for name in was.keys() | now.keys() if was.get(name) != now.get(name)] == []


Fault = Callable[[Path], AbstractContextManager[None]]
FAULTS: dict[str, tuple[Fault, tuple[int, ...]]] = {
    "no room": (lambda _: no_room(2048), (4, 5)),
    "folder without writing": (lambda place: bound_by_rights(place, 0o500), (4, 5)),
    "folder without rights": (lambda place: bound_by_rights(place, 0), (4, 5)),
}
"""What goes wrong, and how every command ends then."""


@contextmanager
def altered(place: Path, change: Callable[[sqlite3.Connection], object]) -> Iterator[None]:
    """The registry as another program left it."""
    was = (place / "league.db").read_bytes()
    with closing(sqlite3.connect(place / "league.db", isolation_level=None)) as connection:
        change(connection)
        yield
    (place / "league.db").write_bytes(was)


@contextmanager
def replaced(place: Path, change: Callable[[Path], object]) -> Iterator[None]:
    """Something else under the name of the registry."""
    path, was = place / "league.db", (place / "league.db").read_bytes()
    change(path)
    yield
    path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
    path.write_bytes(was)


@contextmanager
def few_files(_: Path) -> Iterator[None]:
    """No further file can be opened."""
    was = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_file = os.dup(0)
    os.close(next_file)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_file, was[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, was)


def version(number: str) -> Callable[[sqlite3.Connection], object]:
    """The registry of another version of the program."""
    statement = "UPDATE alembic_version SET version_num = ?"
    return lambda connection: connection.execute(statement, [number])


def damage(path: Path) -> None:
    """Nonsense where the tables were."""
    data = bytearray(path.read_bytes())
    data[100:] = bytes(len(data) - 100)
    path.write_bytes(data)


REGISTRY_FAULTS: dict[str, tuple[Fault, tuple[int, ...]]] = {
    "no room to grow": (lambda place: no_room((place / "league.db").stat().st_size), (0, 4, 5)),
    "file without writing": (lambda place: bound_by_rights(place / "league.db", 0o400), (5,)),
    "file without rights": (lambda place: bound_by_rights(place / "league.db", 0), (5,)),
    "somebody writes": (
        lambda place: altered(place, lambda other: other.execute("BEGIN IMMEDIATE")), (5,)),
    "no registry": (lambda place: replaced(place, Path.unlink), (0, 1, 3, 4)),
    "a folder": (lambda place: replaced(place, lambda p: (p.unlink(), p.mkdir())), (4, 5)),
    "an empty file": (lambda place: replaced(place, lambda path: path.write_bytes(b"")), (5,)),
    "a file of others": (
        lambda place: replaced(place, lambda path: path.write_text("no registry" * 99)), (5,)),
    "damaged": (lambda place: replaced(place, damage), (0, 5)),
    "a newer version": (lambda place: altered(place, version("9999")), (0, 5)),
    "an older version": (lambda place: altered(place, version("0021")), (0, 5)),
    "few files": (few_files, (4, 5)),
}  # fmt: skip
"""What is wrong with the registry, and how whatever writes it ends then: 0 only where it need not
care."""
NEED_NOT_CARE = {fault: {"restore"} for fault in REGISTRY_FAULTS} | {
    "no room to grow": {*TO_REGISTRY},  # what fits where something was deleted is written
    "no registry": {"import", "restore"},
}


@pytest.mark.parametrize("fault", REGISTRY_FAULTS)
def test_a_registry_that_cannot_be_written_is_reported_and_stays(
    fault: str, place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong with it, and whichever command comes: an exit code of the contract, in
    words, and every file is what it was."""
    for module in ("opening", "locking"):
        monkeypatch.setattr(f"leaguectl.store.{module}.WAIT_SECONDS", 0.02)
    make, codes = REGISTRY_FAULTS[fault]
    whole = files(place)
    for name, command in TO_REGISTRY.items():
        with make(place):
            was = {path: data for path, data in whole.items() if (place / path).is_file()}
            with suppress(OSError):
                was["league.db"] = (place / "league.db").read_bytes()
            ran = run(*command)
            if ran.code == 0 and name in NEED_NOT_CARE[fault]:
                for path in filter(Path.is_file, place.iterdir()):  # done: back to where it was
                    path.unlink()
                for path_name, data in whole.items():
                    (place / path_name).write_bytes(data)
                continue
            assert ran.code in codes, (name, ran.code, ran.err)
            said = ran.err.startswith("leaguectl: ") and "→" in ran.err
            assert said or "nothing was written" in ran.err, (name, ran.err)
            assert ("leaguectl restore" in ran.err) <= (fault == "damaged"), (name, ran.err)
        now = files(place)
        assert {path for path in now if now[path] != whole.get(path)} == set(), (name, ran.err)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_system_refuses_is_reported_and_changes_nothing(
    fault: str, place: Path, run: Run, monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """No room and no rights: nothing is half-written, and no earlier file is lost."""
    make, codes = FAULTS[fault]
    was = files(place)
    room = tmp_path_factory.mktemp("room")
    monkeypatch.setattr("tempfile.tempdir", str(room))
    for command in (COMMANDS | (TO_REGISTRY if ALL else {})).values():
        with make(place):
            ran = run(*command)
        refused(ran, was, place, codes)
    assert not list(room.iterdir())


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Neither a part of it nor the journal that the database keeps for that."""
    with suppress(OSError), part_of(tmp_path / NEW) as part:
        part.with_name(f"{part.name}-journal").write_bytes(EARLIER)
        raise OSError
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("folder", ["no", "policy.toml"])
def test_a_folder_that_is_not_there_is_reported_and_changes_nothing(
    folder: str, place: Path, run: Run
) -> None:
    """Of an answer, a plan, a reply, a backup: before anything is written, and before masked values
    are recorded as shown."""
    was = files(place)
    for name in (*TO_FILES, "backup"):
        command = (f"{folder}/{part}" if part in (*OUT, NEW) else part for part in COMMANDS[name])
        refused(run(*command), was, place, (4,))
    if folder != "no":  # a folder that is not there is made
        ran = run("--db", f"{folder}/{NEW}", "init")
        refused(ran, was, place, (5,))
        assert "exists already" not in ran.err


@pytest.mark.parametrize("name", ["org add", "backup", "restore", "init"])
@pytest.mark.parametrize("end", ["full", "gone"])
def test_what_is_in_place_without_an_answer_is_reported(
    name: str, end: str, place: Path, run: Run
) -> None:
    """Exit code 8, whether it is an operation, a copy or a registry: nobody does it again."""
    descriptor = gone() if end == "gone" else os.open("/dev/full", os.O_WRONLY)
    ran = answering_to(descriptor, (*COMMANDS[name], "-O", "json"))
    os.close(descriptor)
    assert ran.code == 8, ran.err
    assert "the answer could not be given" in ran.err
    changed = {"org add": "league.db", "restore": "league.db"}.get(name, NEW)
    assert run("--db", changed, "verify").code == 0
