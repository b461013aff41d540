"""Several processes want the last place at once: one gets it, the others report why not.

``LEAGUECTL_TEST_ROUNDS=50`` runs fifty rounds for the last place on each database; the crowd has a
sixth as many, one by default. The control is the same race
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

from conftest import answer_of
from county import id_number

if TYPE_CHECKING:
    from conftest import Run

ROUNDS = int(os.environ.get("LEAGUECTL_TEST_ROUNDS", "6"))
CROWD, PLACES = 16, 25
PEOPLE = 32
"""How many a crowd wants to admit: more than there are places."""
CROWDED = max(1, ROUNDS // 6)
"""Rounds of the crowd; 100 in all with ``LEAGUECTL_TEST_ROUNDS=300``."""
PAUSE = 0.03
"""How long a racer waits between what it read and what it writes, in seconds."""

Answer = dict[str, Any]
ADMITTED = (0, ())
NO_PLACE = (3, ("place-left",))


# -- a racer -------------------------------------------------------------------------------------


def race(locked: bool) -> None:
    """Take commands from stdin, one in a line; get ready, wait for the start, run, answer."""
    from leaguectl.actions import admission, numbers, quotas
    from leaguectl.cli import context
    from leaguectl.cli.app import COMMANDS
    from leaguectl.cli.framework import Root
    from leaguectl.store import writing
    from leaguectl.words import words

    assert context
    assert admission
    assert quotas
    assert numbers
    assert writing  # all of it is loaded before the first start
    hinder(locked)
    for line in sys.stdin:
        arguments = json.loads(line)
        print("ready", flush=True)
        sys.stdin.readline()
        out, err, code = io.StringIO(), io.StringIO(), 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                Root(COMMANDS, words("en"))(arguments, prog_name="leaguectl")
            except SystemExit as end:
                code = int(end.code or 0)
        said = json.loads(out.getvalue() or "{}")
        given = [row["number"] for row in said.get("admitted", ())]
        answer = {"code": code, "numbers": given, "found": codes_of(said), "err": err.getvalue()}
        print(json.dumps(answer), flush=True)


def codes_of(said: Answer) -> list[str]:
    """The codes of the errors for which a candidate was refused."""
    refused = [finding for case in said.get("refused", ()) for finding in case["findings"]]
    return sorted({finding["code"] for finding in refused if finding["level"] == "error"})


def hinder(locked: bool) -> None:
    """Pause between reading and writing; without the lock if requested."""
    from leaguectl.store import locking
    from leaguectl.store.connection import Connection

    run = Connection.run
    if not locked:  # nor the queue for it
        locking._descriptor = lambda _: None

    def slowly(connection: Connection, statement: str, parameters: Any = None) -> int:
        if statement.startswith("INSERT INTO operation"):
            time.sleep(PAUSE)
        if not locked and statement == "BEGIN IMMEDIATE":
            statement = "BEGIN"
        if not locked and statement.startswith("SELECT pg_advisory_xact_lock("):
            statement = "SELECT 1"
        return run(connection, statement, parameters)

    Connection.run = slowly  # type: ignore[method-assign]


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
    environment = {
        **os.environ, "LEAGUECTL_TODAY": "2024-01-15", "LEAGUECTL_ACTOR": "racer",
        "PYTHONPATH": os.pathsep.join(sys.path),  # this file imports what lies in tools
    }  # fmt: skip
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                    env=environment,
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
    """Four racers that take no lock."""
    with started(4, locked=False) as four:
        yield four


def candidate(db: str, at: int, branch: str) -> list[str]:
    """The command that admits the ``at``-th invented person in a branch."""
    return [
        "admit", "--db", db, "-O", "json", "--name", f"测试{chr(0x4E00 + at)}",
        "--id-number", id_number(at % 1000, f"2007030{1 + at // 1000}"), "--org", branch,
        "--applied", "2022-09-10",
        "--talked", "2022-09-20", "--activist", "2022-10-10", "--course-hours", "8",
        "--candidate", "2023-03-01", "--introducer", "李介绍", "--introducer", "王介绍",
        "--meeting", "2023-04-10", "--due", "30", "--present", "28",
        "--in-favour", "27", "--approved", "2023-04-20",
    ]  # fmt: skip


@pytest.fixture
def county(either_db: str, run: "Run", workbook: Any) -> str:
    """A registry with a branch of one place for each round."""
    top = "共青团云杉县委员会"
    organizations = [["团组织编码", "团组织全称", "上级组织", "组织类型"], ["C", top, None, "团委"]]
    organizations += [[f"B{at}", f"第{at}团支部", top, "团支部"] for at in range(1, ROUNDS + 1)]
    quotas = [["年度", "团组织", "名额", "号段起"], [2023, top, ROUNDS, "202365000001"]]
    quotas += [[2023, f"B{at}", 1, f"20236500{at:04d}"] for at in range(1, ROUNDS + 1)]
    ran = run("import", workbook("county.xlsx", 团组织=organizations, 发展计划=quotas))
    assert ran.code == 0, ran.err
    return either_db


def ended(answers: Sequence[Answer]) -> Counter[tuple[int, tuple[str, ...]]]:
    """How often which exit code came with which findings."""
    return Counter((answer["code"], tuple(answer["found"])) for answer in answers)


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
        numbers += [number for answer in answers for number in answer["numbers"]]
    assert sorted(numbers) == [f"20236500{at:04d}" for at in range(1, ROUNDS + 1)]
    checked = run("check")
    assert (checked.code, checked.out) == (0, "")


def test_without_the_lock_the_same_race_breaks_the_promise(county: str, lawless: Racers) -> None:
    """The control: where nobody waits for the previous writer, somebody is admitted in vain, or
    refused for another reason than that no place is left."""
    promised = Counter([ADMITTED, NO_PLACE])
    assert any(ended(answers) != promised for answers in rounds(county, lawless))


# -- a crowd -------------------------------------------------------------------------------------


@pytest.fixture
def crowded(either_db: str, run: "Run", workbook: Any) -> str:
    """A registry with a branch of 25 places for each round of the crowd."""
    top = "共青团云杉县委员会"
    organizations = [["团组织编码", "团组织全称", "上级组织", "组织类型"], ["C", top, None, "团委"]]
    organizations += [[f"B{at}", f"第{at}团支部", top, "团支部"] for at in range(CROWDED)]
    quotas = [["年度", "团组织", "名额", "号段起"], [2023, top, PLACES * CROWDED, "202365000001"]]
    quotas += [[2023, f"B{at}", PLACES, number(at, 0)] for at in range(CROWDED)]
    ran = run("import", workbook("county.xlsx", 团组织=organizations, 发展计划=quotas))
    assert ran.code == 0, ran.err
    return either_db


def number(turn: int, place: int) -> str:
    """The number of a place of a turn's branch."""
    return f"20236500{turn * PLACES + place + 1:04d}"


def turns(db: str, crowd: Racers) -> Iterator[list[Answer]]:
    """All of them admit people, lap after lap, into one branch of 25 places; turn after turn."""
    at_once = len(crowd.processes)
    for turn in range(CROWDED):
        answers: list[Answer] = []
        for lap in range(PEOPLE // at_once):
            people = [turn * PEOPLE + lap * at_once + at for at in range(at_once)]
            answers += crowd.run([candidate(db, person, f"B{turn}") for person in people])
        yield answers


def test_sixteen_processes_admit_into_twenty_five_places(
    crowded: str, racers: Racers, run: "Run"
) -> None:
    """Exactly 25 of 32 are admitted, with numbers that are distinct and without a gap; the others
    are refused because no place is left."""
    for turn, answers in enumerate(turns(crowded, racers)):
        assert ended(answers) == Counter({ADMITTED: PLACES, NO_PLACE: PEOPLE - PLACES})
        numbers = [number for answer in answers for number in answer["numbers"]]
        assert sorted(numbers) == [number(turn, place) for place in range(PLACES)]
    checked = run("check", "-O", "json")
    assert (checked.code, json.loads(checked.out)["counts"]["error"]) == (0, 0)


def test_without_the_lock_a_crowd_loses_and_the_second_wall_holds(
    crowded: str, lawless: Racers
) -> None:
    """The control: without the lock fewer than 25 are admitted where there are 25 places, or
    somebody is refused for another reason than that no place is left. Even so no number is given
    twice: an update must find its row as it was read."""
    promised = Counter({ADMITTED: PLACES, NO_PLACE: PEOPLE - PLACES})
    broken = False
    for answers in turns(crowded, lawless):
        broken = broken or ended(answers) != promised
        numbers = [number for answer in answers for number in answer["numbers"]]
        assert len(numbers) == len(set(numbers)) <= PLACES
    assert broken


# -- many clients --------------------------------------------------------------------------------


def test_many_clients_do_many_things_at_once(
    either_db: str, run: "Run", racers: Racers, workbook: Any
) -> None:
    """Admitting, splitting and moving quotas, making numbers void: each does its work or is refused
    with a code of the contract, and the ledger holds."""
    top = "共青团云杉县委员会"
    organizations = [["团组织编码", "团组织全称", "上级组织", "组织类型"], ["C", top, None, "团委"],
                     *([f"B{at}", f"第{at}团支部", top, "团支部"] for at in range(4))]  # fmt: skip
    quotas = [["年度", "团组织", "名额", "号段起"], [2023, top, 40, "202365000001"],
              *([2023, f"B{at}", 6, number(0, at * 6)] for at in range(4))]  # fmt: skip
    ran = run("import", workbook("county.xlsx", 团组织=organizations, 发展计划=quotas))
    assert ran.code == 0, ran.err

    def command(turn: int, at: int) -> list[str]:
        end = ["--db", either_db, "-O", "json"]
        branch, other = f"B{at % 4}", f"B{(at + turn + 1) % 4}"
        return [
            candidate(either_db, turn * CROWD + at, branch),
            ["quota", "set", "2023", branch, str(4 + (at + turn) % 5), *end],
            ["quota", "move", "2023", branch, other, "1", *end],
            ["number", "void", "-y", number(0, (turn * CROWD + at) % 40), "--reason", "填坏", *end],
        ][(at // 4 + turn) % 4]

    codes: Counter[int] = Counter()
    for turn in range(3):
        for answer in racers.run([command(turn, at) for at in range(CROWD)]):
            codes[answer["code"]] += 1
            assert answer["code"] in (0, 3, 4), answer
    assert codes[0] >= CROWD
    checked = run("check", "-O", "json")
    assert json.loads(checked.out)["counts"]["error"] == 0
    blocks = answer_of(run, "number", "usage", "2023")["blocks"]
    assert all(block["size"] == block["free"] + block["used"] + block["void"] for block in blocks)
    given = sum(block["allotted_below"] for block in blocks if block["code"] == "C")
    assert given == sum(block["size"] for block in blocks if block["code"] != "C")


def test_one_of_two_makes_the_registry(either_db: str, racers: Racers, run: "Run") -> None:
    """Of two processes that create a registry in one place, one succeeds; the other exits with
    5."""
    answers = racers.run([["init", "--db", either_db, "--name", name] for name in ("甲", "乙")])
    assert ended(answers) == Counter([(0, ()), (5, ())])
    assert run("check").code == 0


def test_two_first_imports_do_not_mix(
    either_db: str, racers: Racers, run: "Run", workbook: Any
) -> None:
    """Of two imports that both find no registry, each is imported whole, or exits with 5 and not at
    all."""
    headings, names = ["团组织全称", "组织类型"], ("甲", "乙")
    books = [
        workbook(f"{name}.xlsx", 团组织=[headings, *([f"{name}{at}", "团支部"] for at in range(9))])
        for name in names
    ]
    answers = racers.run([["import", "--db", either_db, "-O", "json", str(book)] for book in books])
    codes = {answer["code"] for answer in answers}
    assert 0 in codes
    assert codes <= {0, 5}
    tree = run("org", "tree", "-O", "csv").out
    for name, finding in zip(names, answers, strict=True):
        assert tree.count(name) == (0 if finding["code"] else 9)
    assert run("check").code == 0


if __name__ == "__main__":
    race(sys.argv[1] == "locked")
