"""A registry after a command that was killed, and in places that fail: whatever command comes next
heals it or says what is wrong in the words for just that."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from conftest import DATA, Run, answer_of
from leaguectl.store import Location
from leaguectl.store.writing import Store
from test_faults import bound_by_rights

KILLED = """
    import os, signal, sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("PRAGMA cache_size=2")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE person SET name = name || hex(zeroblob(200))")
    os.kill(os.getpid(), signal.SIGKILL)
"""
"""A writer that is killed after its pages went to the disk, and before its commit."""


def kill_writer(db: Path) -> Path:
    """Leave the journal of a killed writer next to a registry."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(KILLED), db], check=False)
    assert done.returncode == -signal.SIGKILL
    journal = db.with_name(db.name + "-journal")
    assert journal.stat().st_size > 0
    return journal


@pytest.mark.parametrize(
    "command",
    [
        ("stats", "2023", "--get", "members.total"),
        ("check",),
        ("log",),
        ("org", "tree"),
        ("export", "admissions", "-o", "admissions.csv"),
        ("import", "-n", DATA / "candidates-2024.xlsx"),
        ("admit", "-n", DATA / "candidates-2024.xlsx"),
        ("undo", "1", "--yes", "-n"),
        ("upgrade",),
    ],
    ids=lambda command: "-".join(map(str, command[:2])),
)
def test_whatever_command_comes_next_takes_back_what_a_killed_one_left(
    run: Run, sample_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    command: tuple[str | Path, ...],
) -> None:  # fmt: skip
    """Reading and writing commands alike: they answer, and nothing of the killed one is there."""
    monkeypatch.chdir(tmp_path)
    journal = kill_writer(sample_db)
    healed = run(*command)
    assert "-journal" not in healed.err
    assert "leaguectl restore" not in healed.err
    assert healed.code != 5, healed.err
    assert not journal.exists()
    if command[0] == "stats":
        assert healed.out == "5187\n"
    with closing(sqlite3.connect(sample_db)) as connection:
        asked = "SELECT count(*) FROM person WHERE length(name) > 400"
        assert connection.execute(asked).fetchone() == (0,)


@pytest.fixture
def forbidden(sample_db: Path) -> Iterator[Path]:
    """A registry with the journal of a killed writer, where nothing may be changed."""
    folder = sample_db.parent / "forbidden"
    folder.mkdir()
    db = folder / "league.db"
    shutil.copy(sample_db, db)
    kill_writer(db)
    with bound_by_rights(folder, 0o500):
        yield db


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="rights of Linux")
@pytest.mark.parametrize("command", [("stats", "2023"), ("check",), ("undo", "1", "--yes")])
def test_a_journal_that_may_not_be_taken_back_is_named_with_who_can(
    run: Run, forbidden: Path, command: tuple[str, ...]
) -> None:
    """Without rights to the folder the message says who can repair it, and never to restore a
    backup."""
    ran = run("--db", forbidden, *command)
    assert ran.code == 5
    assert "was interrupted" in ran.err
    assert "leaguectl doctor" in ran.err
    assert "restore" not in ran.err


def test_only_a_damaged_file_is_answered_with_restore(run: Run, sample_db: Path) -> None:
    """A column that is not there is no damage; pages that are overwritten are."""
    with closing(sqlite3.connect(sample_db)) as connection:
        connection.execute("ALTER TABLE post RENAME COLUMN since TO began")
    ran = run("stats", "2023")
    assert ran.code == 5
    assert "no such column" in ran.err
    assert "restore" not in ran.err
    with sample_db.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 200_000)
    ran = run("stats", "2023")
    assert ran.code == 5
    assert "damaged" in ran.err
    assert "leaguectl restore" in ran.err


@pytest.mark.parametrize("command", [("stats", "2023"), ("log",), ("number", "usage", "2023")])
def test_an_older_schema_is_named_by_whatever_reads(
    run: Run, sample_db: Path, command: tuple[str, ...]
) -> None:
    """No command answers from a schema that it does not know, nor calls it damaged."""
    with closing(sqlite3.connect(sample_db)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.commit()
    ran = run(*command)
    assert (ran.code, ran.out) == (5, "")
    assert "leaguectl upgrade" in ran.err


def test_what_is_written_into_a_file_that_was_replaced_is_not_acknowledged(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """A program that synchronises folders puts another file in place while a command writes."""
    other = shutil.copy(sample_db, tmp_path / "other.db")
    with pytest.raises(Exception, match="database-replaced"), Store(Location(sample_db)).write():
        Path(other).replace(sample_db)
    assert run("check").code == 0


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A county's own policy, to have something to write."""
    path = tmp_path / "policy.toml"
    path.write_text("", "utf-8")
    return path


HOLDING = """
    import sqlite3, sys
    connection = sqlite3.connect(sys.argv[1], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    print("holding", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="from the system")
def test_the_process_that_holds_the_lock_is_named(
    run: Run, db: Path, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which process a writer waits for, and since when it runs."""
    monkeypatch.setattr("leaguectl.store.locking.WAIT_SECONDS", 0.1)
    assert run("init").code == 0
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(HOLDING), db],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"holding\n"
        ran = run("policy", "set", policy)
        holder.communicate()
    assert ran.code == 5
    assert f"by the process {holder.pid}, which has been running since 20" in ran.err


QUEUING = """
    import sys
    from leaguectl.store import locate
    from leaguectl.store.schema import Operation
    from leaguectl.store.writing import Store
    with Store(locate(sys.argv[1])).write() as transaction:
        transaction.save([], Operation(at="", actor="tester", command=sys.argv[2]))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="locks of Linux")
def test_writers_have_their_turn_in_the_order_in_which_they_came(registry: Path) -> None:
    """Nobody who waits is passed by somebody who came later."""

    def waiting() -> int:
        lines = Path("/proc/locks").read_text("ascii").splitlines()
        return sum("-> OFDLCK" in line and str(registry.stat().st_ino) in line for line in lines)

    writers, names = [], [f"writer{at}" for at in range(5)]
    with Store(Location(registry)).write():
        for at, name in enumerate(names):
            command = [sys.executable, "-c", textwrap.dedent(QUEUING), registry, name]
            writers.append(subprocess.Popen(command))
            deadline = time.monotonic() + 20
            while waiting() <= at:
                assert time.monotonic() < deadline
                time.sleep(0.01)
    for writer in writers:
        writer.wait()
    with closing(sqlite3.connect(registry)) as connection:
        done = [name for (name,) in connection.execute("SELECT command FROM operation ORDER BY id")]
    assert done[-5:] == names


def test_the_session_that_holds_the_lock_is_named(
    run: Run, postgresql: str, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which session a writer waits for, whose it is, since when, and how to end it."""
    monkeypatch.setattr("leaguectl.store.locking.WAIT_SECONDS", 0.1)
    assert run("--db", postgresql, "init").code == 0
    with Store(Location(None, postgresql)).write() as transaction:
        ran = run("--db", postgresql, "policy", "set", policy)
        pid = transaction.connection.driver.info.backend_pid
    assert ran.code == 5
    assert f"pg_terminate_backend({pid})" in ran.err


def test_counties_in_one_database_do_not_wait_for_each_other(
    run: Run, postgresql: str, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock is the registry's own, and a registry is its schema."""
    monkeypatch.setattr("leaguectl.store.locking.WAIT_SECONDS", 0.1)
    with psycopg.connect(postgresql) as connection:
        connection.execute("CREATE SCHEMA county_a; CREATE SCHEMA county_b")
    mark = "&" if "?" in postgresql else "?"
    first, second = (
        f"{postgresql}{mark}options=-csearch_path%3Dcounty_{name}" for name in ("a", "b")
    )
    for url in (first, second):
        assert run("--db", url, "init", "--province", "65").code == 0
    with Store(Location(None, first)).write():
        assert run("--db", second, "policy", "set", policy).code == 0
        assert run("--db", first, "policy", "set", policy).code == 5


def test_a_schema_that_is_not_there_is_not_replaced_by_another(
    run: Run, postgresql: str, policy: Path
) -> None:
    """With ``county_c,public`` and no ``county_c`` nothing is read from the registry in public."""
    assert run("--db", postgresql, "init").code == 0
    mark = "&" if "?" in postgresql else "?"
    url = f"{postgresql}{mark}options=-csearch_path%3Dcounty_c%2Cpublic"
    for command in (("log",), ("check",), ("policy", "set", policy)):
        ran = run("--db", url, *command)
        assert ran.code == 4
        assert "county_c" in ran.err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda url: url + ("&" if "?" in url else "?") + "nosuch=1", "not the address"),
        (lambda url: url.replace("/test_", "/none_"), "none_"),
    ],
)
def test_why_a_server_takes_nobody_in_is_reported(
    run: Run, postgresql: str, change: object, message: str
) -> None:
    """Its own words, which name the database, the user or the port; never advice to restore."""
    assert callable(change)
    for command in (("stats", "2023"), ("check",)):
        ran = run("--db", change(postgresql), *command)
        assert ran.code == 5
        assert message in ran.err
        assert "restore" not in ran.err


# -- files of the user's -------------------------------------------------------------------------


@contextmanager
def heeded(number: int) -> Iterator[None]:
    """Whatever is started here heeds a signal: what runs under nohup or in the background of a
    script ignores some, and what it starts inherits that."""
    inherited = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, inherited)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_workbook_that_is_interrupted_leaves_no_traceback(
    sample_db: Path, tmp_path: Path
) -> None:
    """Ctrl-C in the middle of an export is answered in words alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    with heeded(signal.SIGINT):
        process = subprocess.Popen(
            [sys.executable, "-m", "leaguectl", "export", "all", "-o", tmp_path / "all.xlsx"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": str(folder)},
        )  # fmt: skip
    with process:
        while len(list(folder.rglob("openpyxl*"))) < 2 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, message = process.communicate(timeout=30)
    assert process.returncode == 130, message
    assert "interrupted" in message
    assert "Traceback" not in message
    assert not list(folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_window_that_is_closed_ends_a_command_as_ctrl_c_does(db: Path, number: int) -> None:
    """130, in words, with no registry and no file left behind."""
    with heeded(number):
        process = subprocess.Popen(
            [sys.executable, "-m", "leaguectl", "import", DATA / "sample.xlsx"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    with process:
        while not list(db.parent.glob(".leaguectl-*")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(number)
        _, message = process.communicate(timeout=30)
    assert process.returncode == 130, message
    assert "interrupted" in message
    assert not db.exists()
    assert not list(db.parent.glob(".leaguectl-*"))


def test_nothing_of_the_users_is_deleted_or_replaced(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """Files that are called as parts once were, a link, the rights of a file, a pipe."""
    mine, folder = tmp_path / "m.csv.part", tmp_path / "2023.part"
    mine.write_text("mine", "utf-8")
    folder.mkdir()
    (folder / "paper").write_text("mine", "utf-8")
    target, link = tmp_path / "shared.csv", tmp_path / "link.csv"
    target.write_text("old", "utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run("quota", "show", "2023", "-o", tmp_path / "m.csv").code == 0
    assert run("quota", "show", "2023", "-o", link).code == 0
    export = ("export", "admissions", "--per-organization", "--year", "2023")
    assert run(*export, "-o", tmp_path / "2023").code == 0
    assert mine.read_text("utf-8") == "mine"
    assert (folder / "paper").read_text("utf-8") == "mine"
    assert link.is_symlink()
    assert target.read_text("utf-8") != "old"
    assert target.stat().st_mode & 0o777 == 0o640
    assert not list(tmp_path.glob(".leaguectl-*"))
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pipe.csv"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
            assert run("quota", "show", "2023", "-o", pipe).code == 0
            read, _ = reader.communicate(timeout=10)
        assert read == target.read_bytes()
        assert pipe.is_fifo()


def test_what_killed_commands_left_is_swept_and_nothing_else(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """A part of a process that runs is somebody's; one of a process that is gone is nobody's."""
    gone, living = (tmp_path / f".leaguectl-{pid}-x.part" for pid in (2**22, os.getpid()))
    for part in (gone, living):
        part.touch()
    assert run("quota", "show", "2023", "-o", tmp_path / "m.csv").code == 0
    assert not gone.exists()
    assert living.exists()


# -- a server whose answer is lost ---------------------------------------------------------------


@contextmanager
def cutting(url: str, *, passes_on: bool) -> Iterator[str]:
    """The URL of a proxy that cuts the first connection that commits, before the commit reaches the
    server or after it; later connections go through."""
    host = parse_qs(urlsplit(url).query)["host"][0]
    cut = threading.Event()

    def forward(source: socket.socket, target: socket.socket, *, watches: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if watches and b"COMMIT" in data and not cut.is_set() and committed.is_set():
                    cut.set()
                    if passes_on:
                        target.sendall(data)
                        time.sleep(0.5)
                    source.shutdown(socket.SHUT_RDWR)
                    target.shutdown(socket.SHUT_RDWR)
                    return
                if watches and b"INSERT INTO" in data:
                    committed.set()  # what is committed before is no write
                target.sendall(data)

    committed = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(f"{host}/.s.PGSQL.5432")
                for pair, watches in (((client, server), True), ((server, client), False)):
                    threading.Thread(
                        target=forward, args=pair, kwargs={"watches": watches}, daemon=True
                    ).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        port = listener.getsockname()[1]
        yield f"postgresql://postgres@127.0.0.1:{port}{urlsplit(url).path}?sslmode=disable"
        assert cut.is_set()


@pytest.mark.parametrize("passes_on", [True, False], ids=["after", "before"])
def test_where_the_answer_to_a_commit_is_lost_it_is_looked_whether_it_was_done(
    run: Run, postgresql: str, policy: Path, *, passes_on: bool
) -> None:
    """Done and said so, or not done and said so: nobody does it twice."""
    assert run("--db", postgresql, "init").code == 0
    with cutting(postgresql, passes_on=passes_on) as proxy:
        ran = run("--db", proxy, "policy", "set", policy)
    answer = answer_of(run, "--db", postgresql, "log")
    written = [operation["command"] for operation in answer["operations"]].count("policy set")
    assert (ran.code, written) == ((0, 1) if passes_on else (5, 0)), ran.err


@pytest.mark.parametrize("place", ["no/where.csv", ".", "sub"])
def test_a_place_that_takes_no_answer_is_refused_before_anything_is_written(
    run: Run, sample_db: Path, tmp_path: Path, place: str
) -> None:
    """What can fail fails before the lock is taken: nobody does twice what was done."""
    (tmp_path / "sub").mkdir()
    before = sample_db.read_bytes()
    ways = [("-O", "csv", "-o", tmp_path / place)]
    if place == "no/where.csv":  # a reply may go into a folder
        ways.append(("--reply", tmp_path / place))
    for options in ways:
        ran = run("admit", DATA / "candidates-2024.xlsx", *options)
        assert ran.code in (2, 4), ran.err
        assert "operation" not in ran.err
    assert (
        run("quota", "move", "2023", "x", "y", "1", "-O", "csv", "-o", tmp_path / place).code == 4
    )
    assert sample_db.read_bytes() == before
