"""Organisations by the short names that offices use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, answer_of, taken
from leaguectl.model.short_names import core, meant_by

COUNTY = "共青团云杉县委员会"
SCHOOL = "共青团云杉县第一中学委员会"


@pytest.mark.parametrize(
    ("short", "name"),
    [("团县委", COUNTY), ("县团委", COUNTY), ("一中", SCHOOL), ("一中团委", SCHOOL),
     ("县第一中学", SCHOOL), ("1中", SCHOOL), ("白桦镇", "共青团云杉县白桦镇委员会"),
     ("白桦镇团委", "共青团云杉县白桦镇委员会")],
)  # fmt: skip
def test_a_short_name_will_do_where_nothing_is_written(
    short: str, name: str, sample_db: Path, run: Run
) -> None:
    """If one organisation alone can be meant."""
    shown = answer_of(run, "org", "show", short)["organization"]
    assert shown["name"] == name
    figures = ("stats", "2023", "--get", "members.total", "--org")
    assert run(*figures, short).out == run(*figures, name).out


def test_a_write_names_those_that_may_be_meant(sample_db: Path, run: Run) -> None:
    """And takes none of them for it."""
    ran = run("org", "rename", "一中", "云杉县一中")
    assert ran.code == 4
    assert SCHOOL in ran.err
    assert "org alias" in ran.err


def test_several_that_may_be_meant_are_named(sample_db: Path, run: Run) -> None:
    """Also by a command that only reads."""
    ran = run("org", "show", "中学")
    assert ran.code == 4
    assert SCHOOL in ran.err


def test_an_alias_is_known_to_sheets_and_commands(
    sample_db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """Until it is taken back; no second organisation gets it."""
    given = answer_of(run, "org", "alias", SCHOOL, "一中")
    assert given["operation"] is not None
    assert run("org", "rename", "一中", "共青团云杉县第一高级中学委员会", "-n").code == 0
    sheet = [["活动名称", "活动类别", "活动日期", "主办团组织"],
             ["学雷锋", "主题团日", "2023-03-05", "一中"]]  # fmt: skip
    answer = taken(run, workbook(活动=sheet))
    assert answer["totals"]["created"] == 1
    assert run("org", "alias", SCHOOL, "一中").code == 3
    assert run("org", "alias", "共青团云杉县第二中学委员会", "一中").code == 3
    assert run("org", "alias", SCHOOL, COUNTY).code == 3
    events = answer_of(run, "org", "show", SCHOOL)["organization"]["history"]
    assert [(event["event"], event["before"]) for event in events] == [("called", "一中")]
    assert run("undo", str(answer["operation"])).code == 0
    assert run("undo", str(given["operation"])).code == 0
    assert run("org", "rename", "一中", "云杉县一中").code == 4


@pytest.mark.parametrize(
    ("name", "own"),
    [(SCHOOL, "云杉县第一中学"), ("一中", "第一中学"), ("县第3中", "县第三中学"),
     ("12中", "第十二中学"), ("共青团云杉县第十二中学委员会", "云杉县第十二中学"),
     ("团县委", "团县委"), ("财政局团支部", "财政局"),
     ("共青团云杉县白桦镇工作委员会", "云杉县白桦镇")],
)  # fmt: skip
def test_the_own_part_of_a_name(name: str, own: str) -> None:
    """Without the words that all names have."""
    assert core(name) == own


def test_a_single_character_means_nobody() -> None:
    """Half of all names have it."""
    assert meant_by("县", {"A": COUNTY}, "A") == []
