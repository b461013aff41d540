"""What goes wrong around a command: no room, no rights, no folder, nobody who listens. Whatever
writes says so by an exit code of the contract and in words, and leaves nothing half-written."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from io import BufferedWriter, StringIO
from pathlib import Path

import pytest

from conftest import Ran, Run
from leaguectl.cli.app import COMMANDS as TABLE
from leaguectl.cli.framework import Root
from leaguectl.streams import AnswerStream, _Whole
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


FAULTS: dict[str, tuple[Callable[[Path], AbstractContextManager[None]], tuple[int, ...]]] = {
    "no room": (lambda _: no_room(2048), (4, 5)),
    "folder without writing": (lambda place: bound_by_rights(place, 0o500), (4, 5)),
    "folder without rights": (lambda place: bound_by_rights(place, 0), (4, 5)),
}
"""What goes wrong, and how every command ends then."""


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
    for command in COMMANDS.values():
        with make(place):
            ran = run(*command)
        refused(ran, was, place, codes)
    assert not list(room.iterdir())


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
        refused(run("--db", f"{folder}/{NEW}", "init"), was, place, (5,))


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
