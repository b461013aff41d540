"""Each error of the system or of a server is told as what it is, with what there is to do about it:
a full disk, a quota, missing rights, a failing disk, a folder that is gone. All of them are real,
but for the errors of SQLite and of a server that nothing here can bring about."""

import errno
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

import registries
from conftest import Ran, Run
from leaguectl.actions import work
from leaguectl.causes import why
from leaguectl.findings import DatabaseUnavailable
from leaguectl.store import APPLICATION, locate
from leaguectl.store.opening import translated
from leaguectl.words import words
from lives import Workbook
from test_faults import (
    COMMANDS,
    answering_to,
    bound_by_rights,
    few_files,
    files,
    gone,
    no_room,
    place,  # a fixture
)
from test_migrations import SCHEMAS
from test_work import before, here

assert before
assert here
assert place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks and limits of Linux")

ADVICE = words("en").causes
Fault = Callable[[Path], AbstractContextManager[None]]


def mounted(folder: Path, *options: str) -> None:
    """A small disk of its own at a folder.

    :raises pytest.skip.Exception: this user may not mount one.
    """
    done = subprocess.run(
        ["mount", *options, "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk can be mounted here")


@contextmanager
def on_a_disk(folder: Path, size: int) -> Iterator[None]:
    """The folder, with all that is in it, on a disk of that size."""
    kept = folder.with_name(f"{folder.name}-kept")
    shutil.copytree(folder, kept)
    mounted(folder, "-o", f"size={size}")
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(kept)


def used(folder: Path) -> int:
    """How many bytes the files of a folder take on a disk."""
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*"))


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """A disk on which nothing more fits."""
    with on_a_disk(folder, 2 * used(folder) + (1 << 20)), ExitStack() as stack:
        fill = stack.enter_context((folder / "fill").open("wb", buffering=0))
        with suppress(OSError):
            while True:
                fill.write(bytes(4096))
        yield


@contextmanager
def protected_disk(folder: Path) -> Iterator[None]:
    """A disk that takes no changes."""
    with on_a_disk(folder, 2 * used(folder) + (1 << 20)):
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        yield


def told(ran: Ran, cause: str) -> None:
    """The message has the advice for that cause and for no other."""
    assert ADVICE[cause] in ran.err, ran.err
    assert ran.err.count("→") == 1, ran.err
    assert ran.code in (4, 5), ran.err


DISKS: dict[str, tuple[Fault, str]] = {
    "a full disk": (full_disk, "room"),
    "a protected disk": (protected_disk, "mounted read-only"),
    "a limit of files": (lambda _: no_room(2048), "size"),
    "a folder without rights": (lambda folder: bound_by_rights(folder, 0o500), "rights"),
}


@pytest.mark.parametrize("name", ["org add", "import", "stats", "export", "plan", "backup", "init"])
@pytest.mark.parametrize("fault", DISKS)
def test_what_a_disk_refuses_is_told_as_that(
    fault: str, name: str, place: Path, run: Run, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Writing the registry and writing a file: no room, no changes, too large, no rights."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path_factory.mktemp("room")))
    make, cause = DISKS[fault]
    with make(place):
        os.chdir(place)  # what was mounted hides the folder that was entered before
        ran = run(*COMMANDS[name])
    if fault == "a full disk" and "there is no space left" in ran.err:
        assert ran.code == 5  # SQLite says that by itself, and what to do
    else:
        told(ran, cause)
    assert "leaguectl restore" not in ran.err


@pytest.mark.parametrize("fault", ["a full disk", "a protected disk"])
def test_an_upgrade_that_finds_no_room_leaves_nothing(
    fault: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither an empty copy of the older registry nor a half of the new one."""
    folder = tmp_path / "county"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "league.db")) as connection:
        connection.executescript((SCHEMAS / "0011.filled.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION}")
    monkeypatch.setenv("LEAGUECTL_DB", str(folder / "league.db"))
    make, cause = DISKS[fault]
    with make(folder):
        was = files(folder)
        ran = run("upgrade", "-y")
        assert files(folder) == was
        assert [path for path in folder.rglob("*") if path.stat().st_size == 0] == []
    assert ran.code in (4, 5), ran.err
    assert "no space left" in ran.err or ADVICE[cause] in ran.err, ran.err
    assert run("upgrade", "-y").code == 0


def test_too_many_open_files_are_told_as_that(place: Path, run: Run) -> None:
    """It is not a matter of rights."""
    with few_files(place):
        ran = run(*COMMANDS["org add"])
    told(ran, "open files")


@pytest.mark.parametrize(
    ("mode", "writes"), [(0o400, True), (0, True), (0, False)], ids=["read", "neither", "reading"]
)
def test_a_registry_without_rights_is_told_as_that(
    mode: int, writes: bool, place: Path, run: Run
) -> None:
    """Whether it can be read and not written, or neither."""
    with bound_by_rights(place / "league.db", mode):
        told(run(*COMMANDS["org add"] if writes else ("stats", "2023")), "rights")


def test_a_folder_that_vanishes_meanwhile_is_told_as_that(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a stick is pulled out."""
    save = work._save

    def pulled(*arguments: Any) -> int:
        place.rename(place.with_name("pulled"))
        return save(*arguments)

    monkeypatch.setattr(work, "_save", pulled)
    monkeypatch.setenv("LEAGUECTL_DB", str(place / "league.db"))
    ran = run(*COMMANDS["org add"])
    place.with_name("pulled").rename(place)
    assert (ran.code, "removed or renamed" in ran.err) == (5, True), ran.err
    assert run("--db", str(place / "league.db"), "check").code == 0


@pytest.mark.parametrize("command", ["import", "case", "form receive", "apply", "verify", "policy"])
def test_a_file_on_a_failing_disk_is_told_as_that(
    command: str, place: Path, run: Run, tmp_path: Path
) -> None:
    """A file that cannot be read for what the disk says, and not for its path."""
    failing = Path("/proc/self/mem")  # the system has nothing at its beginning, and says EIO
    words_of = {
        "import": ("import", tmp_path / "a.csv"), "case": ("admit", tmp_path / "a.csv"),
        "form receive": ("form", "receive", tmp_path / "a.pdf", "--member", "#1"),
        "apply": ("apply", tmp_path / "a.plan"), "verify": ("verify", tmp_path / "a.xlsx"),
        "policy": ("policy", "set", tmp_path / "a.toml"),
    }[command]  # fmt: skip
    for part in words_of:
        if isinstance(part, Path):
            part.symlink_to(failing)
    told(run(*words_of), "disk")


def test_a_terminal_that_hung_up_is_no_full_disk(place: Path) -> None:
    """An answer that cannot be written for another reason than room."""
    leader, terminal = pty.openpty()
    os.close(leader)
    ran = answering_to(terminal, ("stats", "2023", "-O", "json"))
    os.close(terminal)
    assert (ran.code, ADVICE["room"] in ran.err) == (5, False)
    assert "Input/output error" in ran.err
    ran = answering_to(gone(), ("stats", "2023", "-O", "json"))
    assert (ran.code, ran.err) == (141, "")


def test_a_config_file_without_rights_is_not_left_out(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may name another registry than the usual one."""
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "leaguectl" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'db = "{place / "league.db"}"\n', "utf-8")
    monkeypatch.delenv("LEAGUECTL_DB")
    assert run("stats", "2023", "--get", "members.total").code == 0
    with bound_by_rights(config, 0):
        told(run("stats", "2023"), "rights")


# -- what cannot be brought about ----------------------------------------------------------------

SQLITE = {
    "SQLITE_FULL": "database-full", "SQLITE_CORRUPT": "database-damaged",
    "SQLITE_CORRUPT_INDEX": "database-damaged", "SQLITE_NOTADB": "database-damaged",
    "SQLITE_IOERR_READ": "database-disk", "SQLITE_IOERR_WRITE": "database-disk",
    "SQLITE_IOERR_FSYNC": "database-disk", "SQLITE_IOERR_SHORT_READ": "database-disk",
    "SQLITE_READONLY": "database-unwritable", "SQLITE_READONLY_DIRECTORY": "database-unwritable",
    "SQLITE_READONLY_DBMOVED": "database-replaced", "SQLITE_CANTOPEN": "database-unwritable",
    "SQLITE_PERM": "database-unwritable", "SQLITE_BUSY": "database-busy",
    "SQLITE_BUSY_SNAPSHOT": "database-busy", "SQLITE_LOCKED": "database-busy",
    "SQLITE_NOMEM": "database-error",
}  # fmt: skip
SERVER: dict[str, tuple[type[psycopg.Error], str, str | None]] = {
    "disk full": (psycopg.errors.DiskFull, "database-full", None),
    "failing disk": (psycopg.errors.IoError, "database-disk", "server disk"),
    "a file is gone": (psycopg.errors.UndefinedFile, "database-damaged", None),
    "damaged": (psycopg.errors.DataCorrupted, "database-damaged", None),
    "damaged index": (psycopg.errors.IndexCorrupted, "database-damaged", None),
    "standby": (psycopg.errors.ReadOnlySqlTransaction, "database-unwritable", "server reads"),
    "no memory": (psycopg.errors.OutOfMemory, "database-unreachable", "server memory"),
    "stopped": (psycopg.errors.AdminShutdown, "database-unreachable", "server ends"),
    "starting": (psycopg.errors.CannotConnectNow, "database-unreachable", "server ends"),
    "cut off": (psycopg.errors.ConnectionFailure, "database-unreachable", None),
    "password": (psycopg.errors.InvalidPassword, "database-unreachable", None),
    "rights": (psycopg.errors.InsufficientPrivilege, "database-forbidden", None),
    "deadlock": (psycopg.errors.DeadlockDetected, "database-busy", None),
    "time": (psycopg.errors.QueryCanceled, "database-stopped", None),
}  # fmt: skip


@pytest.mark.parametrize("name", SQLITE)
def test_each_error_of_sqlite_has_its_meaning(name: str, tmp_path: Path) -> None:
    """Only for a malformed file is a restore advised."""
    assert hasattr(sqlite3, name)
    error: Any = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorname = name
    (tmp_path / "league.db").touch()
    with pytest.raises(DatabaseUnavailable) as raised, translated(locate(f"{tmp_path}/league.db")):
        raise error
    assert raised.value.code == SQLITE[name]
    assert "cause" not in raised.value.facts  # the disk is fine
    _, fix = words("en").render(raised.value.code, raised.value.facts)
    assert ("leaguectl restore" in fix) is (raised.value.code == "database-damaged")


@pytest.mark.parametrize("name", SERVER)
def test_each_error_of_a_server_has_its_meaning(name: str) -> None:
    """A disk of the server that fails is no damaged database."""
    kind, code, cause = SERVER[name]
    with (
        pytest.raises(DatabaseUnavailable) as raised,
        translated(locate("postgresql://127.0.0.1:1/none")),
    ):
        raise kind("said by the server")
    assert (raised.value.code, raised.value.facts.get("cause")) == (code, cause)
    _, fix = words("en").render(raised.value.code, raised.value.facts)
    assert ("leaguectl restore" in fix) is (code == "database-damaged")
    assert cause is None or fix == ADVICE[cause]


TREE = [["团组织全称", "组织类型"], ["某县团委", "团委"]]


def test_a_server_that_only_reads_is_told_as_that(
    postgresql: str, run: Run, workbook: Workbook
) -> None:
    """As a standby does."""
    assert run("--db", postgresql, "init").code == 0
    reading = "options=-c%20default_transaction_read_only%3Don"
    url = f"{postgresql}{'&' if '?' in postgresql else '?'}{reading}"
    told(run("--db", url, "import", workbook(团组织=TREE)), "server reads")


def test_a_server_whose_disk_is_full_is_told_as_that(
    postgresql_server: str, run: Run, workbook: Workbook
) -> None:
    """A disk of its own for the tables, with nothing left."""
    rows: list[list[str | None]] = [[*TREE[0], "上级组织"], [*TREE[1], None]]
    rows += [[f"某县第{at}团支部", "团支部", "某县团委"] for at in range(2000)]
    with psycopg.connect(postgresql_server, autocommit=True) as admin, ExitStack() as stack:
        (data,) = admin.execute("SHOW data_directory").fetchone() or ("",)
        small = Path(f"{data}-small")
        small.mkdir()
        stack.callback(small.rmdir)
        mounted(small, "-o", "size=8m")
        stack.callback(subprocess.run, ["umount", "-l", str(small)], check=True)
        os.chown(small, Path(data).stat().st_uid, Path(data).stat().st_gid)
        admin.execute(f"CREATE TABLESPACE small LOCATION '{small}'")
        stack.callback(admin.execute, "DROP TABLESPACE small")
        url = stack.enter_context(registries.database(postgresql_server))
        name = urlsplit(url).path.strip("/")
        admin.execute(f"ALTER DATABASE {name} SET default_tablespace = small")
        assert run("--db", url, "init").code == 0
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("CREATE TABLE fill (text text)")
            with suppress(psycopg.errors.DiskFull):
                while True:
                    other.execute(
                        "INSERT INTO fill SELECT repeat('x', 1900) FROM generate_series(1, 100)"
                    )
        ran = run("--db", url, "import", workbook(团组织=rows))
    assert ran.code == 5, ran.err
    assert "there is no space left" in ran.err
    assert "nothing was written" in ran.err


def test_a_server_without_a_connection_left_is_told_as_that(postgresql: str, run: Run) -> None:
    """Address and password are right, and the server says what is wrong."""
    assert run("--db", postgresql, "init").code == 0
    with psycopg.connect(postgresql, autocommit=True) as admin:
        admin.execute("CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")
        try:
            parts = urlsplit(postgresql)
            user = f"crowded@{parts.netloc.rpartition('@')[2]}"
            ran = run("--db", urlunsplit(parts._replace(netloc=user)), "stats", "2023")
        finally:
            admin.execute("DROP ROLE crowded")
    assert ran.code == 5
    assert "too many connections" in ran.err
    assert "has a connection left" in ran.err


def test_every_cause_is_one_that_somebody_names() -> None:
    """No advice is kept for what is never told, and each known error has one."""
    numbers = {name: why(number) for number, name in errno.errorcode.items()}
    causes = {facts["cause"] for facts in numbers.values() if "cause" in facts}
    assert causes <= ADVICE.keys()
    of_servers = {cause for _, _, cause in SERVER.values() if cause}
    assert ADVICE.keys() == causes | of_servers
    assert all(re.match(r"\S", facts["detail"]) for facts in numbers.values())
