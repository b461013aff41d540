"""How many places are left: the plan, the ledger and the statistics have one answer to it."""

import json
from typing import Any

import pytest

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, member
from test_numbers import WHY, N, Workbook, enter

ORGANIZATIONS = ("C", "S")
BLOCK = N[1:6]
"""The places of the school."""


@pytest.fixture
def ledger(run: Run, workbook: Workbook, either_db: str) -> str:
    """Three numbers used by admissions, one by a roster alone, one void since 15 January 2024."""
    enter(run, workbook)
    row = member(9, 入团时间="2023-05-04", 发展团员编号=N[3])
    roster = run("import", workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, row]))
    assert roster.code in (0, 1), roster.err
    assert run("number", "void", N[5], *WHY, "--yes").code == 0
    return either_db


def figure(run: Run, key: str, *options: str) -> Any:
    """One figure of 2023."""
    ran = run("stats", "2023", "--get", key, *options)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def rows(run: Run, *command: str) -> list[dict[str, Any]]:
    """What a report answers."""
    ran = run(*command, "-O", "json")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    found: list[dict[str, Any]] = answer.get("rows") or answer["blocks"]
    return found


@pytest.mark.parametrize("org", ORGANIZATIONS)
def test_the_plan_the_ledger_and_the_figures_agree(run: Run, ledger: str, org: str) -> None:
    """Whether or not an admission stands behind a number that is used."""
    (plan,) = [row for row in rows(run, "quota", "show", "2023", "--org", org)
               if row["code"] == org]  # fmt: skip
    (block,) = [row for row in rows(run, "number", "usage", "2023", "--org", org)
                if row["code"] == org]  # fmt: skip
    left = figure(run, "admissions.quota_left", "--org", org)
    assert left == plan["left"] == block["size"] - block["used"] - block["void"]
    assert figure(run, "numbers.usage_rate", "--org", org) == plan["usage_rate"]


def test_a_number_is_lost_from_the_day_on_which_it_became_void(run: Run, ledger: str) -> None:
    """A place recorded as used in January was left in December; the year as a whole counts it."""
    options = ("--org", "S")
    before = figure(run, "admissions.quota_left", *options, "--as-of", "2023-12-30")
    used = figure(run, "admissions.total", *options)
    assert before == len(BLOCK) - used
    lost = [number for number in BLOCK if state_of(run, number) in ("void", "used")]
    assert figure(run, "admissions.quota_left", *options) == len(BLOCK) - len(lost)


def state_of(run: Run, number: str) -> str:
    """What a number is."""
    return str(answer_of(run, "number", "show", number)["number"]["state"])
