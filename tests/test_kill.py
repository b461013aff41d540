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

import openpyxl
import psycopg
import pytest

from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, admission, member

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
}
"""Commands that are killed, in a county whose third operation is a roster."""


@pytest.fixture(scope="module")
def county_folder(tmp_path_factory: pytest.TempPathFactory, victims: Nursery) -> Path:
    """A folder with that county and a backup of it before the roster."""
    folder = tmp_path_factory.mktemp("upkeep")
    quotas = [["年度", "团组织", "名额", "号段起"],
              [2023, "共青团云杉县委员会", 400, "202365000001"]]  # fmt: skip
    people = [MEMBER_HEADINGS, *(member(at) for at in range(1, MEMBERS + 1))]
    county = _book(folder / "county.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas)
    without = {"发展团员编号": None, "团员证编号": None}  # whoever is merged has one number
    people += [member(at, **without) for at in (MEMBERS + 1, MEMBERS + 2)]
    roster = _book(folder / "roster.xlsx", 团员=people)
    for command in (("import", county), ("backup", folder / "kept.db"), ("import", roster)):
        done = victims.run(("--db", folder / "league.db", *command))
        assert done.code == 0, done.message
    return folder


def check_file(run: "Run", name: str, out: Path | None) -> None:
    """What is there under the name of the answer is the earlier file or a whole one."""
    if out is None:
        return
    if name == "backup" and out.exists():
        assert run("--db", out, "verify").code == 0
    elif name == "export" and out.read_bytes() != b"the earlier one":
        assert openpyxl.load_workbook(out).worksheets[0].max_row > MEMBERS


@pytest.mark.parametrize("name", UPKEEP)
def test_whatever_is_killed_leaves_all_or_nothing(
    victims: Nursery, county_folder: Path, tmp_path: Path, run: "Run", name: str
) -> None:
    """The registry is as before or as after, and proves itself; a file that was there is whole, the
    earlier or the new one; the next command sweeps what was left."""
    db, verb, *rest = tmp_path / "league.db", *UPKEEP[name]
    out = tmp_path / rest[-1] if rest and "." in rest[-1] else None
    command = ("--db", db, verb, *(out if out and part == rest[-1] else part for part in rest))

    def begin() -> None:
        for path in tmp_path.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for file in ("league.db", "kept.db"):
            shutil.copy(county_folder / file, tmp_path)
        if name == "export":
            (tmp_path / "out.xlsx").write_bytes(b"the earlier one")

    work = Work(db, command, None, 0, None, {}, run)
    begin()
    was = work.holds()
    whole = victims.run(command)
    assert whole.code == 0, whole.message
    will = work.holds()
    check_file(run, name, out)
    chance = random.Random(20240118 + SEED)  # noqa: S311
    for _ in range(max(1, KILLS // 2)):
        begin()
        moment = chance.uniform(0, whole.seconds)
        killed = victims.run(command, kill=signal.SIGKILL, after=moment)
        if name == "restore" and not db.exists():  # it was put aside, and says where
            left = None
            (kept,) = (path for path in tmp_path.glob("league*.db") if path != db)
            assert rows(kept) == was
        else:
            left = work.holds()
            assert left in (was, will), moment
        if killed.code is not None:
            assert (killed.code, left) == (0, will), moment
        check_file(run, name, out)
        run(*command)  # done now, or refused since it was done; either way it sweeps
        assert not list(tmp_path.glob(".leaguectl-*")), moment
        assert not list(tmp_path.glob("*-journal")), moment


# -- on a server ---------------------------------------------------------------------------------


def test_303_admissions_on_a_server_are_all_or_none(
    victims: Nursery, postgresql: str, tmp_path: Path, run: "Run"
) -> None:
    """PostgreSQL takes back what a killed client began, and the next one is not kept waiting."""
    quotas = [["年度", "团组织", "名额", "号段起"],
              [2023, "共青团云杉县委员会", 400, "202365000001"]]  # fmt: skip
    people = [admission(at, 发展团员编号=None, 团员证编号=None) for at in range(1, CANDIDATES + 1)]
    county = _book(tmp_path / "county.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas)
    sheet = _book(tmp_path / "candidates.xlsx", 发展团员=[ADMISSION_HEADINGS, *people])
    assert victims.run(("--db", postgresql, "import", county)).code == 0
    command = ("--db", postgresql, "admit", sheet)
    counted = """SELECT (SELECT count(*) FROM admission), (SELECT count(*) FROM form),
        (SELECT count(*) FROM number WHERE state = 'used'), (SELECT max(id) FROM operation)"""

    def held() -> tuple[int, ...]:
        with psycopg.connect(postgresql) as connection:
            row = connection.execute(counted).fetchone()
        assert row is not None
        return tuple(row)

    def all_or_none(done: End) -> None:
        """Everybody is admitted or nobody, and whoever was is taken back."""
        admissions, forms, used, last = held()
        assert admissions == forms == used
        assert admissions in (0, CANDIDATES)
        if done.code is not None:
            assert (done.code, admissions) == (0, CANDIDATES), done.message
        if admissions:
            assert run("--db", postgresql, "undo", "--yes", str(last)).code == 0

    chance = random.Random(20240117 + SEED)  # noqa: S311
    for phase in ("command", "write"):
        whole = victims.run(command, phase)
        assert whole.code == 0, whole.message
        all_or_none(whole)
        for _ in range(KILLS):
            moment = chance.uniform(0, whole.seconds)
            all_or_none(victims.run(command, phase, kill=signal.SIGKILL, after=moment))
    checked = run("--db", postgresql, "check", "-O", "json")
    assert json.loads(checked.out)["counts"]["error"] == 0


if __name__ == "__main__":
    nurse()
