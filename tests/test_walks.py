"""Whatever happens in whatever order, by commands and by sheets: what always holds holds.

``LEAGUECTL_TEST_WALKS=200`` takes two hundred walks on each database, ``LEAGUECTL_TEST_STEPS=80``
sets how long they are.
"""

import json
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from conftest import Ran, Run, answer_of
from leaguectl import reader
from leaguectl.actions import registry
from leaguectl.cli import framework
from leaguectl.kinds import KINDS
from leaguectl.reader.sheets import Sheet
from leaguectl.store import drivers
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store
from leaguectl.workbooks.headings import find_tables
from straight_walks import CARRIED
from straight_walks import WALKS as STRAIGHT
from test_typed import ALL
from walk_steps import EVERYTHING, HEADINGS, TREE, Step, command, identity, roster_row
from walks import Broken, ReadHere, Walk, broken_by, drawn, holds, make_county, shortest

WALKS = int(os.environ.get("LEAGUECTL_TEST_WALKS", "5"))
STEPS = int(os.environ.get("LEAGUECTL_TEST_STEPS", "20"))
SHORTEN = os.environ.get("LEAGUECTL_TEST_SHORTEN", "1") == "1"
FIRST = int(os.environ.get("LEAGUECTL_TEST_FIRST_WALK", "0"))


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are read in this process, and each command is made once; the chain is proved at the
    end of a walk and not each time that the rules are asked."""
    monkeypatch.setattr(reader, "Child", ReadHere)
    monkeypatch.setattr(framework, "_build", cache(framework._build))
    monkeypatch.setattr(registry, "of_journal", lambda _: ())


@pytest.fixture(scope="module")
def county_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the county stands that walks on SQLite begin with."""
    return tmp_path_factory.mktemp("walks") / "county.db"


@pytest.fixture
def sqlite(run: Run, tmp_path: Path, county_file: Path) -> Callable[[], str]:
    """A county of its own each time."""
    if not county_file.exists():
        make_county(run, str(county_file), tmp_path)

    def made() -> str:
        return str(shutil.copy(county_file, tmp_path / f"{uuid4().hex}.db"))

    return made


@pytest.fixture
def schemas(run: Run, tmp_path: Path, postgresql: str) -> Callable[[], str]:
    """A county in a schema of its own each time."""

    def made() -> str:
        schema = f"walk_{uuid4().hex}"
        with psycopg.connect(postgresql, autocommit=True) as admin:
            admin.execute(f"CREATE SCHEMA {schema}")
        url = f"{postgresql}{'&' if '?' in postgresql else '?'}options=-csearch_path%3D{schema}"
        make_county(run, url, tmp_path)
        return url

    return made


def test_every_command_that_writes_and_every_kind_of_sheet_is_a_step() -> None:
    """Whoever adds one has it walked."""
    steps = [draw(Random(seed)) for draws in EVERYTHING for draw in draws for seed in range(20)]  # noqa: S311
    commands = {path for path, command in ALL.items()
                if command.declared.writes and command.declared.is_operation}  # fmt: skip
    taken = {step.arguments[:length] for step in steps for length in (1, 2)}
    assert commands - taken == set()
    assert KINDS.keys() - {kind for step in steps for kind in kinds_of(step)} == set()


def kinds_of(step: Step) -> list[str]:
    """The kinds of a step's sheets."""
    patterns = [kind.pattern for kind in KINDS.values()]
    sheets = [Sheet("a.xlsx", title, [(at, [*row]) for at, row in enumerate(rows, 1)])
              for title, rows in step.sheets]  # fmt: skip
    return [table.kind for sheet in sheets for table in find_tables(sheet, patterns)]


@pytest.mark.parametrize("name", STRAIGHT)
def test_what_always_holds_holds_straight_at_a_door(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], name: str
) -> None:
    """A few steps that end at a rule of one door, which speaks."""
    code, steps = STRAIGHT[name]
    walk = Walk(run, sqlite(), tmp_path, Random(0))  # noqa: S311 -- repeatable
    walk.walk(steps)
    holds({code} - {""} <= walk.said, f"the last step says {code}", walk.said)


@pytest.mark.parametrize("name", CARRIED)
def test_what_happened_is_carried_over(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], name: str
) -> None:
    """``export all`` into an empty registry gives the same figures of every organisation."""
    walk = Walk(run, sqlite(), tmp_path, Random(0), is_carried=True)  # noqa: S311 -- repeatable
    walk.walk(CARRIED[name])


LEFT_OUT = (
    ("actions.change_set.ChangeSet.judge", lambda _: None, "the dead come back"),
    ("kinds.planning._wrong_now", lambda *_: {}, "a second joining without a place"),
)
"""A rule that a door leaves out, and the walk that finds it; more of them: tools/seeded_bugs.py."""


@pytest.mark.parametrize(("rule", "instead", "name"), LEFT_OUT)
def test_a_rule_that_a_door_leaves_out_is_found(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch,
    rule: str, instead: Callable[..., object], name: str,
) -> None:  # fmt: skip
    """A walk that cannot fail would hold nothing."""
    county = sqlite()
    monkeypatch.setattr(f"leaguectl.{rule}", instead)
    with pytest.raises(Broken, match="check finds"):
        Walk(run, county, tmp_path, Random(0)).walk(STRAIGHT[name][1])  # noqa: S311


@pytest.mark.parametrize("asked", [
    ("member", "edit", identity(20), "--phone", "12000000001"),
    ("member", "transfer", identity(20), "--to", "T2", "--accepted"),
    ("certificate", "issue", identity(20), "--serial", "60000001"),
    ("member", "discipline", identity(20), "warning", "--authority", "文", "--approved-by", "T"),
    ("member", "merge", identity(1), identity(20), "--reason", "x"),
    ("member", "transfer", identity(1), "--to", "N1", "--accepted"),
    ("quota", "move", "2023", "C", "N1", "1"),
    ("org", "rename", "N1", "改名支部"),
    ("org", "close", "N1"),
])  # fmt: skip
def test_who_was_found_is_gone_when_the_lock_is_taken(
    run: Run, tmp_path: Path, either_db: str, workbook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...],
) -> None:  # fmt: skip
    """Another command takes back what brought the member, or founded the branch, between the
    question who is meant and the lock: this one says so, and has written nothing."""
    make_county(run, either_db, tmp_path)
    sheets = {"团组织": [TREE[0], ["N1", "新支部", *TREE[7][2:]]],
              "团员": [HEADINGS, roster_row(20, "T1")]}  # fmt: skip
    assert run("import", workbook(**sheets)).code == 0
    write = Store.write

    def first_undone(store: Store, *given: Any) -> Any:
        monkeypatch.setattr(Store, "write", write)
        assert run("undo", "2", "--reason", "x", "--yes").code == 0
        return write(store, *given)

    monkeypatch.setattr(Store, "write", first_undone)
    ran = run(*asked, "--yes", "-O", "json")
    assert (ran.code, json.loads(ran.out)["error"]["code"]) == (4, "registry-changed")
    assert [row["id"] for row in answer_of(run, "log")["operations"]] == [3, 2, 1]


@pytest.mark.parametrize("name", [*CARRIED][::12])
def test_no_answer_depends_on_how_the_rows_lie(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """PostgreSQL gives the rows of a query without an order as they lie, which every update
    changes: a walk has the same answers where such rows come the other way round."""
    connect, answers = drivers.connect, list[list[str]]()

    def turned_round(*given: Any, **named: Any) -> Any:
        driver = connect(*given, **named)
        driver.execute("PRAGMA reverse_unordered_selects = ON")
        return driver

    for connected in (connect, turned_round):
        monkeypatch.setattr(drivers, "connect", connected)
        walk = Walk(run, sqlite(), tmp_path, Random(0))  # noqa: S311 -- repeatable
        said = answers_of(walk)
        walk.walk(CARRIED[name])
        for asked in ("check", "transfer list", "post list", "org tree", "stats 2023 --by sector"):
            walk._run(*asked.split())
        answers.append(said)
    assert answers[0] == answers[1]


def answers_of(walk: Walk) -> list[str]:
    """What is answered on a walk from now on, whatever its registry is called."""
    said, ask = list[str](), walk._run

    def asked(*arguments: str) -> Ran:
        ran = ask(*arguments)
        said.append((ran.out + ran.err).replace(walk.db, "registry"))
        return ran

    walk._run = asked  # type: ignore[method-assign]
    return said


def test_a_killed_command_that_commits_too_early_is_found(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a program does that knows no transaction."""
    save = Transaction.save

    def save_and_commit(transaction: Transaction, *given: Any, **named: Any) -> int:
        number = save(transaction, *given, **named)
        transaction.connection.run("COMMIT")
        transaction.connection.run("BEGIN")
        return number

    walk = Walk(run, sqlite(), tmp_path, Random(1))  # noqa: S311 -- repeatable
    walk.draw.randrange = lambda _: 10_000  # type: ignore[method-assign] # only before it commits
    monkeypatch.setattr(Transaction, "save", save_and_commit)
    with pytest.raises(Broken, match="a killed command has written nothing"):
        walk.take(command("org", "alias", "S1", "甲班"), 5)


def walk_holds(run: Run, tmp_path: Path, county: Callable[[], str], seed: int) -> None:
    """Take the walk of that seed; a failure is reported with the fewest steps that cause it."""

    def make() -> Walk:
        db = county()
        (tmp_path / "other.db").unlink(missing_ok=True)
        return Walk(run, db, tmp_path, Random(seed), is_carried=True)  # noqa: S311 -- repeatable

    steps = drawn(seed, STEPS)
    broken = broken_by(make, steps)
    if broken is not None and not SHORTEN:
        pytest.fail(f"walk {seed}: {broken.law}", pytrace=False)
    if broken is not None:
        fewest = shortest(make, steps[: broken.taken], broken.law)
        last = broken_by(make, fewest)
        pytest.fail(f"walk {seed}\n" + "\n".join(map(str, fewest)) + f"\n\n{last}", pytrace=False)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + WALKS))
def test_what_always_holds_holds_after_every_step(
    run: Run, tmp_path: Path, sqlite: Callable[[], str], seed: int
) -> None:
    """A dry run gives the result of the run; a refusal or a kill changes nothing; figures balance
    and add up; a backup comes back as it was;
    check finds nothing that was not reported; an undo restores the state;
    a registry that is carried over is the same one."""
    walk_holds(run, tmp_path, sqlite, seed)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + max(WALKS // 3, 1)))
def test_the_same_holds_on_postgresql(
    run: Run, tmp_path: Path, schemas: Callable[[], str], seed: int
) -> None:
    """The same walks, fewer of them."""
    walk_holds(run, tmp_path, schemas, seed)
