"""Several processes want the last place at once: one gets it, the others are told why not.

``LEAGUECTL_TEST_ROUNDS=50`` runs fifty rounds on each database. The control is the same race
without the lock: it must break the promise, or this test would prove nothing.

Run as a program, this file is one of the racers.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest

from county import id_number

if TYPE_CHECKING:
    from conftest import Run

ROUNDS = int(os.environ.get("LEAGUECTL_TEST_ROUNDS", "6"))
CROWD, PLACES = 8, 5
PAUSE = 0.03
"""How long a racer waits between what it read and what it writes, in seconds."""

Answer = dict[str, Any]
ADMITTED = (0, ())
NO_PLACE = (3, ("place-left",))


# -- a racer -------------------------------------------------------------------------------------


def race(locked: bool) -> None:
    """Take commands from stdin, one in a line; get ready, wait for the start, run, answer."""
    from leaguectl.cli import COMMANDS, desk
    from leaguectl.cli.framework import Root
    from leaguectl.messages import words
    from leaguectl.operations import admitting
    from leaguectl.store import writing

    assert desk
    assert admitting
    assert writing  # all of it is loaded before the first start
    hinder(locked)
    for line in sys.stdin:
        arguments = json.loads(line)
        print("ready", flush=True)
        sys.stdin.readline()
        out, code = io.StringIO(), 0
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            try:
                Root(COMMANDS, words("en"))(arguments, prog_name="leaguectl")
            except SystemExit as end:
                code = int(end.code or 0)
        said = json.loads(out.getvalue() or "{}")
        numbers = [one["number"] for one in said.get("admitted", ())]
        print(json.dumps({"code": code, "numbers": numbers, "found": told(said)}), flush=True)


def told(said: Answer) -> list[str]:
    """The codes of the errors for which a candidate was refused."""
    refused = [one for case in said.get("refused", ()) for one in case["findings"]]
    return sorted({one["code"] for one in refused if one["level"] == "error"})


def hinder(locked: bool) -> None:
    """Pause between what was read and what is written; without the lock if so told."""
    from sqlalchemy import Engine, event

    @event.listens_for(Engine, "before_cursor_execute", retval=True)
    def slowly(
        _connection: object, _cursor: object, statement: str, parameters: object, *_: object
    ) -> tuple[str, object]:
        if statement.startswith("INSERT INTO operation"):
            time.sleep(PAUSE)
        if not locked and statement == "BEGIN IMMEDIATE":
            statement = "BEGIN"
        if not locked and statement.startswith("SELECT pg_advisory_xact_lock("):
            statement = "SELECT 1"
        return statement, parameters


# -- the race ------------------------------------------------------------------------------------


class Racers:
    """Processes that have loaded the program and start together."""

    def __init__(self, processes: Sequence[subprocess.Popen[str]]) -> None:
        self.processes = processes

    def run(self, commands: Sequence[Sequence[str]]) -> list[Answer]:
        """Give each its command, wait until all are ready, start them together."""
        runners = self.processes[: len(commands)]
        for process, command in zip(runners, commands, strict=True):
            self._say(process, json.dumps(command))
        for process in runners:
            assert self._hear(process) == "ready"
        for process in runners:
            self._say(process, "go")
        return [json.loads(self._hear(process)) for process in runners]

    def _say(self, process: subprocess.Popen[str], line: str) -> None:
        assert process.stdin is not None
        process.stdin.write(line + "\n")
        process.stdin.flush()

    def _hear(self, process: subprocess.Popen[str]) -> str:
        assert process.stdout is not None
        return process.stdout.readline().rstrip()


@contextmanager
def started(count: int, *, locked: bool) -> Iterator[Racers]:
    """That many racers, ended when the races are over."""
    command = [sys.executable, __file__, "locked" if locked else "unlocked"]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                    env={**os.environ, "LEAGUECTL_TODAY": "2024-01-15", "LEAGUECTL_ACTOR": "racer"},
                )
            )
            for _ in range(count)
        ]  # fmt: skip
        try:
            yield Racers(processes)
        finally:
            for process in processes:
                process.kill()


@pytest.fixture(scope="module")
def racers() -> Iterator[Racers]:
    """As many racers as the largest race needs; all races are run by them."""
    with started(CROWD, locked=True) as crowd:
        yield crowd


@pytest.fixture(scope="module")
def lawless() -> Iterator[Racers]:
    """Two racers that take no lock."""
    with started(2, locked=False) as two:
        yield two


def candidate(db: str, at: int, branch: str) -> list[str]:
    """The command that admits the ``at``-th invented person in a branch."""
    return [
        "admit", "--db", db, "-O", "json", "--name", f"测试{chr(0x4E00 + at)}",
        "--id-number", id_number(at), "--org", branch, "--applied", "2022-09-10",
        "--talked", "2022-09-20", "--activist", "2022-10-10", "--course-hours", "8",
        "--candidate", "2023-03-01", "--introducer", "李介绍", "--introducer", "王介绍",
        "--meeting", "2023-04-10", "--due", "30", "--present", "28",
        "--in-favour", "27", "--approved", "2023-04-20",
    ]  # fmt: skip


@pytest.fixture
def county(either_db: str, run: "Run", workbook: Any) -> str:
    """A registry with a branch of one place for each round, and one with places for a crowd."""
    top = "共青团云杉县委员会"
    organizations = [["团组织编码", "团组织全称", "上级组织", "组织类型"], ["C", top, None, "团委"]]
    organizations += [[f"B{at}", f"第{at}团支部", top, "团支部"] for at in range(ROUNDS + 1)]
    quotas = [["年度", "团组织", "名额", "号段起"], [2023, top, ROUNDS + PLACES, "202365000001"]]
    quotas += [[2023, f"B{at}", 1, f"20236500{at:04d}"] for at in range(1, ROUNDS + 1)]
    quotas += [[2023, "B0", PLACES, f"20236500{ROUNDS + 1:04d}"]]
    ran = run("import", workbook("county.xlsx", 团组织=organizations, 发展计划=quotas))
    assert ran.code == 0, ran.err
    return either_db


def ended(answers: Sequence[Answer]) -> Counter[tuple[int, tuple[str, ...]]]:
    """How often which exit code came with which findings."""
    return Counter((one["code"], tuple(one["found"])) for one in answers)


def rounds(db: str, two: Racers) -> Iterator[list[Answer]]:
    """Round after round two people want the one place of a branch."""
    for at in range(1, ROUNDS + 1):
        branch = f"B{at}"
        yield two.run([candidate(db, 2 * at, branch), candidate(db, 2 * at + 1, branch)])


def test_one_of_two_gets_the_last_place(county: str, racers: Racers, run: "Run") -> None:
    """Of two processes one admits and the other is refused for the place, in every round."""
    numbers: list[str] = []
    for answers in rounds(county, racers):
        assert ended(answers) == Counter([ADMITTED, NO_PLACE])
        numbers += [number for one in answers for number in one["numbers"]]
    assert sorted(numbers) == [f"20236500{at:04d}" for at in range(1, ROUNDS + 1)]
    checked = run("check")
    assert (checked.code, checked.out) == (0, "")


def test_without_the_lock_the_same_race_breaks_the_promise(county: str, lawless: Racers) -> None:
    """The control: where nobody waits for the writer before him, somebody is admitted in vain, or
    told something else than that no place is left."""
    promised = Counter([ADMITTED, NO_PLACE])
    assert any(ended(answers) != promised for answers in rounds(county, lawless))


def test_a_crowd_gets_as_many_places_as_there_are(county: str, racers: Racers, run: "Run") -> None:
    """Of eight processes five admit, each with a number of its own, and three are refused."""
    answers = racers.run([candidate(county, at, "B0") for at in range(1, CROWD + 1)])
    assert ended(answers) == Counter({ADMITTED: PLACES, NO_PLACE: CROWD - PLACES})
    numbers = [number for one in answers for number in one["numbers"]]
    assert sorted(numbers) == [f"20236500{ROUNDS + at:04d}" for at in range(1, PLACES + 1)]
    checked = run("check")
    assert (checked.code, checked.out) == (0, "")


def test_one_of_two_makes_the_registry(either_db: str, racers: Racers, run: "Run") -> None:
    """Of two processes that make a registry at one place one does; the other is told 5."""
    answers = racers.run([["init", "--db", either_db, "--name", name] for name in ("甲", "乙")])
    assert ended(answers) == Counter([(0, ()), (5, ())])
    assert run("check").code == 0


def test_two_first_imports_do_not_mix(
    either_db: str, racers: Racers, run: "Run", workbook: Any
) -> None:
    """Of two imports that both find no registry each goes in whole, or is told 5 and not at all."""
    headings, names = ["团组织全称", "组织类型"], ("甲", "乙")
    books = [
        workbook(f"{name}.xlsx", 团组织=[headings, *([f"{name}{at}", "团支部"] for at in range(9))])
        for name in names
    ]
    answers = racers.run([["import", "--db", either_db, "-O", "json", str(one)] for one in books])
    codes = {one["code"] for one in answers}
    assert 0 in codes
    assert codes <= {0, 5}
    tree = run("org", "tree", "-O", "csv").out
    for name, one in zip(names, answers, strict=True):
        assert tree.count(name) == (0 if one["code"] else 9)
    assert run("check").code == 0


if __name__ == "__main__":
    race(sys.argv[1] == "locked")
