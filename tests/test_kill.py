"""A command that is killed, interrupted or out of room leaves all of its work or nothing of it.

Run as a program, this file is the nursery: it has loaded the program and forks a process for each
command that it gets.
"""

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import openpyxl
import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, admission, member
from leaguectl.store import SCHEMA, migrations

if TYPE_CHECKING:
    from conftest import Ran, Run

KILLS = int(os.environ.get("LEAGUECTL_TEST_ROUNDS", "4"))
"""How often a command is killed in each of its two phases; six times that in all."""
SEED = int(os.environ.get("LEAGUECTL_TEST_SEED", "0"))
"""Another seed tries other moments."""

MEMBERS, CANDIDATES = 300, 303
CROWDED = {
    "archive-incomplete", "branch-size", "number-missing", "numbers-unused", "admissions-bunched",
    "introducer-member", "meeting-crowded", "same-dates", "same-introducers", "same-votes",
}  # fmt: skip
"""What check says, as warnings, of some hundred who are in one branch or were admitted at once."""


# -- a process that can be killed ----------------------------------------------------------------


def nurse() -> None:
    """Fork a process for each line of stdin; tell when it ended."""
    from leaguectl.actions import admission
    from leaguectl.cli import import_, registry
    from leaguectl.store import writing

    assert import_
    assert registry
    assert admission
    assert writing  # all of it is loaded before the first fork
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            work(**json.loads(line))
        os.waitpid(child, 0)
        print("ended", flush=True)


def work(arguments: list[str], phase: str, room: int | None) -> None:
    """Run a command, saying when its phase begins and how it ended; then wait for the end."""
    from leaguectl.cli.app import COMMANDS
    from leaguectl.cli.framework import Root
    from leaguectl.words import words

    tell = sys.stdout
    # A shell lets what it starts in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if room is not None:
        limit(room)
    root = Root(COMMANDS, words("en"))
    if phase == "write":
        when_writing(lambda: print(f"ready {os.getpid()}", file=tell, flush=True))
    elif phase == "row by row":
        commit_early(lambda: print(f"ready {os.getpid()}", file=tell, flush=True))
    else:
        print(f"ready {os.getpid()}", file=tell, flush=True)
    errors, code = io.StringIO(), 0
    with redirect_stdout(io.StringIO()), redirect_stderr(errors):
        try:
            root(arguments, prog_name="leaguectl")
        except SystemExit as end:
            code = int(end.code or 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    print(json.dumps(["done", code, errors.getvalue()]), file=tell, flush=True)
    while True:
        signal.pause()


def limit(room: int) -> None:
    """No file may grow beyond ``room`` bytes: what a full disk answers to the program."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def when_writing(tell: Any) -> None:
    """Tell when the first row of an operation is about to be written."""
    from leaguectl.store.connection import Connection

    run = Connection.run

    def look(connection: Connection, statement: str, parameters: Any = None) -> int:
        # The operation that makes the registry comes first, in the same transaction.
        if statement.startswith("INSERT INTO operation") and parameters["command"] != "init":
            tell()
        return run(connection, statement, parameters)

    Connection.run = look  # type: ignore[method-assign]


def commit_early(tell: Any) -> None:
    """Commit as soon as the first rows are inserted, as a program does that knows no transaction,
    and wait to be killed."""
    from leaguectl.store import save

    insert = save.bulk_insert

    def insert_and_commit(connection: Any, *rows: Any) -> None:
        insert(connection, *rows)
        connection.run("COMMIT")
        tell()
        signal.pause()

    save.bulk_insert = insert_and_commit


@dataclass(frozen=True)
class End:
    """How a command ended: its code and its message; the code is None where it was killed
    before."""

    code: int | None
    message: str
    seconds: float


class Nursery:
    """The process that forks the processes to be killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(
        self, arguments: Sequence[str | Path], phase: str = "command", *,
        kill: signal.Signals | None = None, after: float = 0, room: int | None = None,
    ) -> End:  # fmt: skip
        """Run a command; with ``kill``, send it a signal some time after the phase began."""
        order = {
            "arguments": [str(argument) for argument in arguments],
            "phase": phase,
            "room": room,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        ready, pid = self._hear().split()
        assert ready == "ready"
        begun = time.monotonic()
        done: tuple[int | None, str] = (None, "")
        if kill is None:
            done = self._done(self._hear())
        else:
            time.sleep(after)
            os.killpg(int(pid), kill) if kill == signal.SIGINT else os.kill(int(pid), kill)
        seconds = time.monotonic() - begun
        if kill is signal.SIGINT:
            line = self._hear()
            if line.endswith("ended"):  # it came when the program was through
                return End(None, "", seconds)
            done = self._done(line)
        if kill is not signal.SIGKILL:
            os.kill(int(pid), signal.SIGKILL)
        while not (line := self._hear()).endswith("ended"):  # after what it was killed telling
            done = self._done(line)
        return End(*done, seconds)

    def _done(self, line: str) -> tuple[int, str]:
        said, code, findings = json.loads(line)
        assert said == "done"
        return code, findings

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip()


@pytest.fixture(scope="module")
def victims() -> Iterator[Nursery]:
    """One nursery of commands to be killed, for all tests."""
    environment = {
        **os.environ, "LEAGUECTL_TODAY": "2024-01-15", "LEAGUECTL_ACTOR": "tester",
        "PYTHONPATH": os.pathsep.join(sys.path),  # this file imports what lies in tools
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=environment,
    ) as process:  # fmt: skip
        yield Nursery(process)
        process.kill()


# -- what is killed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """A command, what the registry held before it, and what it holds when the command is done."""

    db: Path
    command: tuple[str | Path, ...]
    before: bytes | None
    size: int
    was: "Rows | None"
    will: "Rows"
    run: "Run | None" = None

    def begin(self) -> None:
        """Put the registry back to what it was before the command."""
        for path in self.db.parent.glob(f"{self.db.name}*"):
            path.unlink()
        if self.before is not None:
            self.db.write_bytes(self.before)

    def holds(self) -> "Rows | None":
        """Everything the registry holds now; the program itself is asked first whether it is
        whole."""
        if not self.db.exists():
            return None
        assert self.run is not None
        checked = self.run("--db", self.db, "check", "-O", "json")
        found = json.loads(checked.out)["findings"]
        assert {finding["code"] for finding in found} <= CROWDED
        assert {finding["level"] for finding in found} <= {"warning"}
        assert checked.code == 0
        proved = self.run("--db", self.db, "verify")
        assert proved.code == 0, proved.err
        return rows(self.db)

    def again(self) -> "Ran":
        """The same command again, to its end."""
        assert self.run is not None
        return self.run(*self.command)


Rows = dict[str, list[tuple[Any, ...]]]


def rows(db: Path) -> Rows:
    """All rows of a registry but for the moments at which its operations were done, and the digests
    of these, which ``verify`` holds against the rows."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("ATTACH ':memory:' AS apart")
        connection.execute("CREATE TABLE apart.done AS SELECT * FROM operation")
        connection.execute("UPDATE apart.done SET at = '', digest = ''")
        asked = (
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
            " AND name NOT IN ('operation', 'content')"
        )
        tables = [name for (name,) in connection.execute(asked)]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in ("done", *tables)
        }


@pytest.fixture(scope="module", params=["a first import", "a second import", "an admission"])
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, victims: Nursery
) -> Work:
    """A command that writes some hundred rows: into no registry yet, or into one with rows."""
    folder = tmp_path_factory.mktemp("kill")
    quotas = [["年度", "团组织", "名额", "号段起"],
              [2023, "共青团云杉县委员会", 400, "202365000001"]]  # fmt: skip
    people = [MEMBER_HEADINGS, *(member(at) for at in range(1, MEMBERS + 1))]
    candidates = [ADMISSION_HEADINGS, *(
        admission(at, 发展团员编号=None, 团员证编号=None) for at in range(1, CANDIDATES + 1)
    )]  # fmt: skip
    county = _book(folder / "county.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas)
    roster = _book(folder / "roster.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas, 团员=people)
    sheet = _book(folder / "candidates.xlsx", 发展团员=candidates)
    db, before, was = folder / "league.db", None, None
    if request.param != "a first import":
        assert victims.run(("--db", db, "import", county)).code == 0
        before, was = db.read_bytes(), rows(db)
    verb = ("admit", sheet) if request.param == "an admission" else ("import", roster)
    command = ("--db", db, *verb)
    done = victims.run(command)
    assert done.code == 0, done.message
    return Work(db, command, before, db.stat().st_size, was, rows(db))


def _book(path: Path, **sheets: Any) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


@pytest.fixture
def piece(prepared: Work, run: "Run") -> Work:
    """The command, ready to be given for the first time."""
    ready = replace(prepared, run=run)
    ready.begin()
    return ready


@pytest.mark.parametrize("phase", ["command", "write"])
def test_a_killed_command_leaves_all_or_nothing(victims: Nursery, piece: Work, phase: str) -> None:
    """Killed at any moment a command has done all or nothing, and can be given again."""
    piece.begin()
    whole = victims.run(piece.command, phase)
    assert (whole.code, piece.holds()) == (0, piece.will)
    chance = random.Random(20240115 + SEED)  # noqa: S311
    for _ in range(KILLS):
        piece.begin()
        moment = chance.uniform(0, whole.seconds)
        killed = victims.run(piece.command, phase, kill=signal.SIGKILL, after=moment)
        left = piece.holds()
        if killed.code is not None:
            assert (killed.code, left) == (0, piece.will), moment
        assert left in (piece.was, piece.will), moment
        again = piece.again()
        assert again.code == 0, again.err  # what was admitted already is unchanged
        assert piece.holds() == piece.will, moment


def test_rows_that_are_committed_one_by_one_are_found_out(victims: Nursery, piece: Work) -> None:
    """The control: were rows committed as they are written, a kill would leave half of the work,
    and both this comparison and ``verify`` would tell."""
    if piece.before is None:
        pytest.skip("a registry that is made has its name only when it is whole")
    victims.run(piece.command, "row by row", kill=signal.SIGKILL)
    assert rows(piece.db) not in (piece.was, piece.will)
    assert piece.run is not None
    assert piece.run("--db", piece.db, "verify").code == 1


def test_a_killed_import_leaves_nobody_lying_about(victims: Nursery, piece: Work) -> None:
    """What a killed command left next to the registry is gone after the command ran again."""
    piece.begin()
    victims.run(piece.command, "write", kill=signal.SIGKILL)
    piece.again()
    assert [path.name for path in piece.db.parent.glob(f"{piece.db.name}*")] == [piece.db.name]


def test_an_interrupted_command_says_so_and_leaves_all_or_nothing(
    victims: Nursery, piece: Work
) -> None:
    """Ctrl-C ends a command with 130 and leaves nothing half-written, not even a file."""
    piece.begin()
    whole = victims.run(piece.command)
    chance = random.Random(20240116 + SEED)  # noqa: S311
    codes = []
    for _ in range(KILLS):
        piece.begin()
        moment = chance.uniform(0, whole.seconds * 0.8)
        stopped = victims.run(piece.command, kill=signal.SIGINT, after=moment)
        codes.append(stopped.code)
        left = piece.holds()
        assert left in (piece.was, piece.will), moment
        if stopped.code == 130:
            # In its first moments a program has no words yet, and has done nothing.
            assert "interrupted" in stopped.message or (moment < 0.05 and left == piece.was)
            assert "Traceback" not in stopped.message
        elif stopped.code == 8:  # it was written, and the answer was cut off
            assert left == piece.will
        else:
            assert stopped.code in (0, None), stopped.message
            assert left == piece.will
        there = [path.name for path in piece.db.parent.glob(f"{piece.db.name}*")]
        assert there == ([] if left is None else [piece.db.name]), moment
    assert 130 in codes


@pytest.mark.parametrize("share", [0.2, 0.8])
def test_a_full_disk_is_reported_and_leaves_nothing_written(
    victims: Nursery, piece: Work, share: float
) -> None:
    """Where no room is left in the middle of writing, the answer is 5 and all is as before."""
    begun, ended = len(piece.before or b""), piece.size
    assert begun < ended
    piece.begin()
    room = int(begun + (ended - begun) * share)
    full = victims.run(piece.command, room=room)
    assert full.code == 5, full.message
    assert piece.holds() == piece.was
    there = [path.name for path in piece.db.parent.glob(f"{piece.db.name}*")]
    assert there == ([] if piece.before is None else [piece.db.name])
    assert not list(piece.db.parent.glob(".leaguectl-*"))
    assert piece.again().code == 0
    assert piece.holds() == piece.will


def test_a_file_that_cannot_grow_is_not_called_damaged(victims: Nursery, piece: Work) -> None:
    """Where a write fails for lack of space, nobody is advised to restore a backup: nothing is
    lost."""
    piece.begin()
    full = victims.run(piece.command, room=len(piece.before or b"") + 4096)
    assert "leaguectl: " in full.message
    assert "leaguectl restore" not in full.message


# -- what else a command may be in the middle of -------------------------------------------------

UPKEEP: dict[str, tuple[str, ...]] = {
    "undo": ("undo", "3", "--yes"),
    "merge": ("member", "merge", "301", "302", "--reason", "同一人", "--yes"),
    "leave": ("member", "leave", "5", "--reason-kind", "resigned", "--yes"),
    "export": ("export", "members", "--reveal", "--reason", "核对", "-o", "out.xlsx"),
    "backup": ("backup", "copy.db"),
    "restore": ("restore", "kept.db"),
    "upgrade": ("upgrade",),
}
"""Commands that are killed, in a county whose third operation is a roster."""
ON_SERVER = {
    **UPKEEP,
    "import": ("import", "roster.xlsx"),
    "admit": ("admit", "candidates.xlsx"),
    "first import": ("import", "county.xlsx"),
}
"""The same on a server, where what a file has tests of its own for is among them."""
BEGINNINGS = {"upgrade": "old", "import": "bare", "admit": "bare", "first import": "empty"}
"""In which state of the county a command begins, if not with its roster."""


def make_old(db: str, present: str) -> None:
    """Make a registry of the schema before the present one with the rows of another."""
    from test_migrations import make_first, opened

    before = ScriptDirectory(str(Path(migrations.__file__).parent)).get_revision(SCHEMA)
    make_first(db)
    with opened(db) as target, opened(present) as source:
        migrations.upgrade(target, before.down_revision)
        loose = "PRAGMA defer_foreign_keys = ON" if "://" not in db else (
            "SET session_replication_role = replica")  # fmt: skip
        target.execute(text(loose))
        for table in inspect(target).get_table_names():
            if table == "alembic_version":
                continue
            names = [column["name"] for column in inspect(target).get_columns(table)]
            listed = ", ".join(f'"{name}"' for name in names)
            found = source.execute(text(f"SELECT {listed} FROM {table}")).all()
            given = ", ".join(f":{name}" for name in names)
            target.execute(text(f"DELETE FROM {table}"))
            if found:
                statement = text(f"INSERT INTO {table} ({listed}) VALUES ({given})")
                target.execute(statement, [row._asdict() for row in found])


@pytest.fixture(scope="module")
def county_folder(tmp_path_factory: pytest.TempPathFactory, victims: Nursery) -> Path:
    """A folder with that county, a backup of it before the roster, and the sheets."""
    folder = tmp_path_factory.mktemp("upkeep")
    quotas = [["年度", "团组织", "名额", "号段起"],
              [2023, "共青团云杉县委员会", 400, "202365000001"]]  # fmt: skip
    without = {"发展团员编号": None, "团员证编号": None}  # whoever is merged has one number
    people = [MEMBER_HEADINGS, *(member(at) for at in range(1, MEMBERS + 1))]
    people += [member(at, **without) for at in (MEMBERS + 1, MEMBERS + 2)]
    candidates = [admission(at, **without) for at in range(1, CANDIDATES + 1)]
    county = _book(folder / "county.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas)
    roster = _book(folder / "roster.xlsx", 团员=people)
    _book(folder / "candidates.xlsx", 发展团员=[ADMISSION_HEADINGS, *candidates])
    for command in (("import", county), ("backup", folder / "kept.db"), ("import", roster)):
        done = victims.run(("--db", folder / "league.db", *command))
        assert done.code == 0, done.message
    make_old(str(folder / "old.db"), str(folder / "league.db"))
    return folder


def placed(command: tuple[str, ...], folder: Path, place: Path) -> tuple[str | Path, ...]:
    """A command whose files lie in these folders: those that it reads, and the one it writes."""
    return tuple(
        place / part if part in ("out.xlsx", "copy.db") else
        folder / part if part.endswith((".db", ".xlsx")) else part for part in command
    )  # fmt: skip


def check_file(run: "Run", out: Path) -> None:
    """What is there under the name of the answer is the earlier file or a whole one."""
    if out.name == "copy.db" and out.exists():
        assert run("--db", out, "verify").code == 0
    elif out.name == "out.xlsx" and out.read_bytes() != b"the earlier one":
        assert openpyxl.load_workbook(out).worksheets[0].max_row > MEMBERS


def swept(folder: Path) -> None:
    """Nothing that a killed command left lies about any more."""
    assert not list(folder.glob(".leaguectl-*"))
    assert not list(folder.glob("*-journal"))


@pytest.mark.parametrize("name", UPKEEP)
def test_whatever_is_killed_leaves_all_or_nothing(
    victims: Nursery, county_folder: Path, tmp_path: Path, run: "Run", name: str
) -> None:
    """The registry is as before or as after, and proves itself; a file that was there is whole, the
    earlier or the new one; the next command sweeps what was left."""
    db = tmp_path / "league.db"
    command = ("--db", db, *placed(UPKEEP[name], tmp_path, tmp_path))
    begins = county_folder / f"{BEGINNINGS.get(name, 'league')}.db"
    before = rows(begins)

    def begin() -> None:
        for path in tmp_path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copy(begins, db)
        shutil.copy(county_folder / "kept.db", tmp_path)
        (tmp_path / "out.xlsx").write_bytes(b"the earlier one")

    work = Work(db, command, None, 0, None, {}, run)
    begin()
    whole = victims.run(command)
    assert whole.code == 0, whole.message
    will = work.holds()
    chance = random.Random(20240118 + SEED)  # noqa: S311
    for _ in range(max(1, KILLS // 2)):
        begin()
        moment = chance.uniform(0, whole.seconds)
        killed = victims.run(command, kill=signal.SIGKILL, after=moment)
        if name == "restore" and not db.exists():  # it was put aside, and says where
            left = None
            (kept,) = (path for path in tmp_path.glob("league*.db") if path != db)
            assert rows(kept) == before
        elif name == "upgrade" and (left := rows(db)) == before:
            pass  # an older one cannot be checked
        else:
            left = work.holds()
            assert left in (before, will), moment
        if killed.code is not None:
            assert (killed.code, left) == (0, will), moment
        for out in ("copy.db", "out.xlsx"):
            check_file(run, tmp_path / out)
        for copy in tmp_path.glob("*.backups/*.db"):
            assert rows(copy) == before
        run(*command)  # done now, or refused since it was done; either way it sweeps
        swept(tmp_path)
        assert rows(tmp_path / "kept.db") == rows(county_folder / "kept.db")


# -- on a server ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """A database, and others that hold the states in which commands begin."""

    server: str
    name: str

    @property
    def url(self) -> str:
        """Where the registry is."""
        return self.url_of(self.name)

    def url_of(self, name: str) -> str:
        """Where a database of the server is."""
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def keep(self, state: str) -> None:
        """Keep what the database holds as a state."""
        self._copy(f"{self.name}_{state}", self.name)

    def begin(self, state: str) -> None:
        """Put a state back."""
        self._copy(self.name, f"{self.name}_{state}")

    def _copy(self, name: str, of: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY file_copy".encode())

    def rows(self) -> Rows:
        """All rows but for the moments of the operations and the digests of these; of an empty
        database none."""
        with psycopg.connect(self.url) as connection:
            asked = b"SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            held: Rows = {}
            for (name,) in connection.execute(asked).fetchall():
                found = connection.execute(f"SELECT * FROM {name}".encode())
                names = [column.name for column in found.description or ()]
                left_out = {"at", "digest"} if name == "operation" else set()
                held[name] = sorted((
                    tuple(value for of, value in zip(names, row, strict=True) if of not in left_out)
                    for row in found), key=repr)  # fmt: skip
        held.pop("content", None)
        return held


@pytest.fixture(scope="module")
def served(postgresql_server: str, county_folder: Path, victims: Nursery) -> Iterator[Served]:
    """The county on a server, in all states."""
    served = Served(postgresql_server, f"kill_{os.getpid()}")
    states = {
        "empty": (), "bare": ("import", "county.xlsx"), "league": ("import", "roster.xlsx"),
    }  # fmt: skip
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {served.name}".encode())
    for state, command in states.items():
        if state == "league":  # the third operation is the roster here too
            record = ("org", "alias", "S1", "甲班", "--on", "2024-01-10")
            assert victims.run(("--db", served.url, *record)).code == 0
        if command:
            done = victims.run(("--db", served.url, *placed(command, county_folder, Path())))
            assert done.code == 0, done.message
        served.keep(state)
    served.begin("empty")
    make_old(served.url, served.url_of(f"{served.name}_league"))
    served.keep("old")
    yield served
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        for name in (served.name, *(f"{served.name}_{state}" for state in (*states, "old"))):
            admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


@pytest.mark.parametrize("name", ON_SERVER)
def test_whatever_is_killed_on_a_server_leaves_all_or_nothing(
    victims: Nursery, served: Served, county_folder: Path, tmp_path: Path, run: "Run", name: str
) -> None:
    """PostgreSQL takes back what a killed client began, and the next one is not kept waiting."""
    command = ("--db", served.url, *placed(ON_SERVER[name], county_folder, tmp_path))
    state = BEGINNINGS.get(name, "league")

    def begin() -> None:
        served.begin(state)
        (tmp_path / "copy.db").unlink(missing_ok=True)
        (tmp_path / "out.xlsx").write_bytes(b"the earlier one")

    begin()
    before, whole = served.rows(), victims.run(command)
    assert whole.code == 0, whole.message
    will = served.rows()
    assert run("--db", served.url, "verify").code == 0
    chance = random.Random(20240117 + SEED)  # noqa: S311
    for _ in range(max(1, KILLS // 4)):
        begin()
        moment = chance.uniform(0, whole.seconds)
        killed = victims.run(command, kill=signal.SIGKILL, after=moment)
        left = served.rows()
        assert left in (before, will), moment
        if killed.code is not None:
            assert (killed.code, left) == (0, will), moment
        if left and (name != "upgrade" or left == will):
            assert run("--db", served.url, "verify").code == 0
        for out in ("copy.db", "out.xlsx"):
            check_file(run, tmp_path / out)
        run(*command)
        swept(tmp_path)
        assert run("--db", served.url, "verify").code == 0


if __name__ == "__main__":
    nurse()
