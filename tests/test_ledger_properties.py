"""Whatever is done to the ledger in whatever order: every number in one state, sums equal, used
within the places of every level, one person one number one form one certificate, check silent.

``LEAGUECTL_TEST_ROUNDS=60`` runs sixty sequences.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conftest import Run, begin, ledger_faults
from county import ORGANIZATIONS, QUOTAS, id_number

ROUNDS = int(os.environ.get("LEAGUECTL_TEST_ROUNDS", "4"))
STEPS = 12

CODES = st.sampled_from(["C", "S", "T", "S1", "S2", "T1"])
BRANCHES = st.sampled_from(["S1", "S2", "T1"])
SMALL = st.integers(0, 6)

LAWS = {
    "places of a block": """
        SELECT quota.id FROM quota WHERE quota.places <> (SELECT count(*) FROM number
        WHERE number.quota IS NOT NULL AND number.number BETWEEN quota.first AND quota.last)
    """,
    "states add up, used within places": """
        SELECT quota.id FROM quota JOIN number ON number.quota IS NOT NULL
            AND number.number BETWEEN quota.first AND quota.last
        GROUP BY quota.id, quota.places
        HAVING sum(number.state IN ('free', 'used', 'void')) <> quota.places
            OR sum(number.state = 'used') > quota.places
    """,
    "children within the parent": """
        SELECT above.id FROM quota AS above WHERE above.places < (SELECT coalesce(sum(places), 0)
        FROM quota WHERE quota.parent = above.id)
    """,
    "all numbers are of the top": """
        SELECT 1 WHERE (SELECT count(*) FROM number) <>
            (SELECT coalesce(sum(places), 0) FROM quota WHERE parent IS NULL)
    """,
    "one person, one number, one form, one certificate": """
        SELECT admission.id FROM admission
        JOIN number ON number.number = admission.number
        JOIN form ON form.serial = admission.form
        JOIN certificate ON certificate.serial = admission.certificate
        WHERE number.person <> admission.person OR form.person <> admission.person
            OR certificate.person <> admission.person OR number.state <> 'used'
            OR (SELECT count(*) FROM certificate AS valid WHERE valid.person = admission.person
                AND valid.state = 'valid') <> 1
    """,
    "who has a number was admitted": """
        SELECT number FROM number WHERE state = 'used' AND number NOT IN
            (SELECT number FROM admission)
    """,
}  # fmt: skip


class Ledger(RuleBasedStateMachine):
    """A small county in which anything may be done next."""

    def __init__(self, run: Run, db: Path, prepared: Path) -> None:
        super().__init__()
        self.run, self.db = run, db
        shutil.copy(prepared, db)
        self.people = 0
        self.blocks = 0

    def command(self, *arguments: str, allowed: tuple[int, ...] = (0, 3)) -> int:
        """Give a command, which does its work or is refused by a rule; nothing else."""
        ran = self.run(*arguments)
        assert ran.code in allowed, (arguments, ran)
        return ran.code

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """What is stored, asked past the program."""
        with closing(sqlite3.connect(self.db)) as connection:
            return connection.execute(sql).fetchall()

    def candidate(self, branch: str, hours: str) -> tuple[str, ...]:
        """Admit a new person."""
        self.people += 1
        return (
            "admit", "--name", f"测试{chr(0x4E00 + self.people)}",
            "--id-number", id_number(self.people), "--org", branch, "--applied", "2022-09-10",
            "--talked", "2022-09-20", "--activist", "2022-10-10", "--course-hours", hours,
            "--candidate", "2023-03-01", "--introducer", "李介绍", "--introducer", "王介绍",
            "--meeting", "2023-04-10", "--due", "30", "--present", "28", "--in-favour", "27",
            "--approved", "2023-04-20",
        )  # fmt: skip

    @rule(code=CODES, places=SMALL)
    def set_quota(self, code: str, places: int) -> None:
        """Give an organisation so many places in all."""
        self.command("quota", "set", "2023", code, str(places))

    @rule(places=st.integers(1, 3))
    def add_block(self, places: int) -> None:
        """A further block of the county in mid-year."""
        self.blocks += 1
        first = f"2023650001{self.blocks}0"
        self.command("quota", "set", "2023", "C", str(places), "--first", first[:12])

    @rule(giver=CODES, taker=CODES, places=st.integers(1, 3))
    def move(self, giver: str, taker: str, places: int) -> None:
        """Move places from anybody to anybody."""
        order = ("quota", "move", "2023", giver, taker, str(places))
        self.command(*order, allowed=(0, 3, 4))

    @rule(branch=BRANCHES)
    def admit(self, branch: str) -> None:
        """Admit somebody who may be, if there is a place."""
        self.command(*self.candidate(branch, "8"))

    @rule(branch=BRANCHES)
    def refuse(self, branch: str) -> None:
        """Somebody with too few hours is refused and takes nothing."""
        assert self.command(*self.candidate(branch, "7")) == 3

    @rule(branch=BRANCHES)
    def admit_beyond(self, branch: str) -> None:
        """A document takes a free place above, and is undone at once: check names it else."""
        allowed = ("--reason", "应急", "--authority", "云团发〔2023〕12号")
        if self.command(*self.candidate(branch, "8"), *allowed) == 0:
            self.command("undo", str(self.ask("SELECT max(id) FROM operation")[0][0]))

    @rule(at=SMALL)
    def void(self, at: int) -> None:
        """Make a number void, if it is free."""
        numbers = self.ask("SELECT number FROM number ORDER BY state, number")
        if numbers:
            number = numbers[at % len(numbers)][0]
            self.command("number", "void", "-y", number, "--reason", "填坏")

    @precondition(lambda self: self.people)
    @rule(at=SMALL, branch=BRANCHES)
    def transfer(self, at: int, branch: str) -> None:
        """A member moves to another branch; the number stays where it was given."""
        members = self.ask("SELECT number FROM admission ORDER BY id")
        if members:
            number = members[at % len(members)][0]
            self.command("member", "transfer", number, "--to", branch, "--accepted")

    @precondition(lambda self: self.people)
    @rule(at=SMALL, anew=st.booleans())
    def reissue(self, at: int, anew: bool) -> None:
        """A certificate is issued again, under its serial or under a new one."""
        members = self.ask("SELECT number FROM admission ORDER BY id")
        if members:
            last = self.ask("SELECT max(id) FROM operation")[0][0]
            new = ("--serial", f"{70000000 + last}") if anew else ()
            number = members[at % len(members)][0]
            self.command("certificate", "reissue", number, "--reason", "遗失", *new)

    @rule(back=SMALL)
    def undo(self, back: int) -> None:
        """Undo one of the last operations but the first import, if nothing builds on it."""
        last = self.ask("SELECT max(id) FROM operation")[0][0]
        if last - back > 1:
            self.command("undo", str(last - back))

    @invariant()
    def the_laws_hold(self) -> None:
        """Asked of the rows themselves, and of the program."""
        for name, sql in LAWS.items():
            assert self.ask(sql) == [], name
        assert ledger_faults(self.run) == []


@pytest.fixture
def prepared(run: Run, workbook: Callable[..., Path], tmp_path: Path, db: Path) -> Path:
    """The small county, ready to be copied."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    return db.rename(tmp_path / "prepared.db")


def test_the_ledger_holds_in_any_order(run: Run, db: Path, prepared: Path) -> None:
    """Quotas split, added to, lowered and moved; people admitted, refused, transferred; numbers
    void, certificates issued again; any of it undone."""
    run_state_machine_as_test(
        lambda: Ledger(run, db, prepared),
        settings=settings(
            max_examples=ROUNDS, stateful_step_count=STEPS, deadline=None,
            suppress_health_check=list(HealthCheck), derandomize=ROUNDS <= 4, database=None,
        ),
    )  # fmt: skip
