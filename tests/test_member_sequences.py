"""Whatever is done to people and organisations, in any order: refused whole, or sound."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run
from leaguectl.model import ENTITIES, Entity, key_of
from leaguectl.store import locate
from leaguectl.store.reading import open_reader, records
from leaguectl.store.versions import Versions
from lives import ADMITTED, OLD, ONE, THREE, TWO, county, figures
from test_journal import rows

PEOPLE = (ONE, TWO, THREE, OLD, ADMITTED)
PLACES = ("C", "S", "S1", "S2", "S3", "T", "T1")
STEPS = 12
Draw = Callable[[random.Random], tuple[str, ...]]


def who(draw: random.Random) -> str:
    """Somebody."""
    return str(draw.choice(PEOPLE))


def place(draw: random.Random) -> str:
    """An organisation, there or closed by now."""
    return draw.choice(PLACES)


def day(draw: random.Random) -> tuple[str, str]:
    """A day of 2023."""
    return ("--on", f"2023-{draw.randint(5, 12):02d}-{draw.randint(1, 28):02d}")


PAPER = ("--authority", "云团〔2023〕7号", "--approved-by", "C")
COMMANDS: tuple[Draw, ...] = (
    lambda draw: ("member", "transfer", who(draw), "--to", place(draw), *day(draw), "--accepted"),
    lambda draw: ("member", "transfer", who(draw), "--to", place(draw), *day(draw)),
    lambda draw: ("member", "transfer", who(draw), "--to-outside", "外县", *day(draw)),
    lambda draw: (
        "member", "transfer", who(draw), "--from-outside", "外县", "--to", place(draw), *day(draw)
    ),
    lambda draw: ("transfer", "accept", str(draw.randint(1, 3)), *day(draw)),
    lambda draw: ("transfer", "refuse", str(draw.randint(1, 3)), "--reason", "x", *day(draw)),
    lambda draw: ("transfer", "lapse", str(draw.randint(1, 3)), *day(draw)),
    lambda draw: (
        "member", "leave", "-y", who(draw), "--reason-kind",
        draw.choice(("resigned", "removed", "expelled", "age")), *PAPER, *day(draw),
    ),
    lambda draw: ("member", "restore", who(draw), "--authority", "文", *day(draw)),
    lambda draw: ("org", "move", place(draw), "--to", place(draw), *day(draw)),
    lambda draw: ("org", "close", "-y", place(draw), "--members-to", place(draw), *day(draw)),
    lambda draw: ("org", "merge", "-y", place(draw), "--into", place(draw), *day(draw)),
    lambda draw: ("org", "split", place(draw), "新建团支部", "--member", who(draw), *day(draw)),
    lambda draw: ("org", "graduate", "-y", "2023", *day(draw)),
    lambda draw: ("member", "register", place(draw), "2023", *day(draw)),
    lambda draw: ("undo", str(draw.randint(2, 16))),
    lambda draw: ("member", "edit", who(draw), "--phone", f"1380000000{draw.randint(0, 9)}"),
)  # fmt: skip


def assert_sound(run: Run, ran: Ran, before: dict[str, Any], db: Path) -> None:
    """Refused whole, or carried out and everything still fits: rules, constraints, balance."""
    assert ran.code in (0, 3), ran.err
    if ran.code == 3 or "operation " not in ran.err:
        assert rows(db) == before
        return
    checked = run("check")
    assert checked.code == 0, (ran, checked.out)
    for org in PLACES:
        figures(run, org)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_commands_is_refused_whole_or_sound(
    run: Run, db: Path, workbook: Callable[..., Path], seed: int
) -> None:
    """After each command check finds no error and every organisation's year balances; undone
    from the last to the first, everything is as it was. What the journal says that each operation
    did leads from how everything was before it to how it was after it."""
    county(run, workbook)
    assert run("quota", "move", "2023", "T", "C", "2").code == 0
    assert run("quota", "move", "2023", "S", "C", "4").code == 0
    began, last = rows(db), 3
    draw = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    done, states = 0, {_last(db): _records(db)}
    while done < STEPS:
        before = rows(db)
        ran = run(*draw.choice(COMMANDS)(draw))
        if ran.code == 4:
            continue  # an operation that is not there yet
        done += 1
        assert_sound(run, ran, before, db)
        states[_last(db)] = _records(db)
    for operation in range(len(_operations(run)), last, -1):
        run("undo", str(operation))
        states[_last(db)] = _records(db)
    assert rows(db) == began
    for operation in range(last + 1, _last(db) + 1):
        assert _replayed(db, states[operation - 1], operation) == states[operation], operation


Records = dict[tuple[type[Entity], Any], Entity]


def _records(db: Path) -> Records:
    """Everything that is stored, by entity and key."""
    with open_reader(locate(str(db))) as reader:
        return {
            (entity, key_of(record)): record
            for entity in ENTITIES
            for record in records(reader, entity)
        }


def _replayed(db: Path, before: Records, operation: int) -> Records:
    """How everything was, with what the journal says that the operation did."""
    with open_reader(locate(str(db))) as reader:
        changes = Versions(reader).changes(operation)
    after = dict(before)
    for change in changes:
        assert change.before == after.pop((change.entity, change.key), None)
        if change.after is not None:
            after[change.entity, change.key] = change.after
    return after


def _last(db: Path) -> int:
    with open_reader(locate(str(db))) as reader:
        return int(reader.rows("SELECT max(id) FROM operation")[0][0])


def _operations(run: Run) -> list[str]:
    return run("log", "-O", "tsv").out.splitlines()[1:]
