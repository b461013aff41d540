"""The sample data: made by a program whose bytes repeat, for a county of any seed and size."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import DATA, Run
from test_stats import PUBLISHED, assert_balanced, stats

GROWING = (
    "cadres.volunteer_deputies", "training.drill_people", "training.people", "activities.total",
    "seminars.sessions", "seminars.attendances", "lectures.youth_team", "lectures.congress",
    "online.attendances",
)  # fmt: skip
"""Figures of what the county does that grow with it."""

TOOLS = DATA.parent / "tools"
FILES = ("sample.xlsx", "plan-2024.csv", "candidates-2024.xlsx")


def make(folder: Path, *arguments: str) -> None:
    """Run the generator into a folder."""
    subprocess.run([sys.executable, TOOLS / "sample.py", "--out", folder, *arguments], check=True)


def test_the_sample_is_what_its_program_makes(tmp_path: Path) -> None:
    """The files in the repository can be made again, byte for byte: a byte that cannot is named,
    and no other file is."""
    check = [sys.executable, TOOLS / "sample.py", "--check"]
    for name in FILES:
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    with (tmp_path / FILES[1]).open("ab") as file:
        file.write(b"1")
    ran = subprocess.run([*check, "--out", tmp_path], check=False, capture_output=True, text=True)
    assert ran.returncode == 1
    assert [name for name in FILES if name in ran.stderr] == [FILES[1]]


def test_another_seed_and_size_give_a_county_that_holds(tmp_path: Path, db: Path, run: Run) -> None:
    """Any county of the generator imports without a finding, passes every rule and balances."""
    scale = 2
    make(tmp_path / "made", "--seed", "11", "--scale", str(scale), "--name", "星河县",
         "--code", "XH")  # fmt: skip
    book = tmp_path / "made" / "sample.xlsx"
    assert book.read_bytes() != (DATA / "sample.xlsx").read_bytes()
    ran = run("import", "--province", "65", "-O", "json", book)
    answer = json.loads(ran.out)
    assert (ran.code, answer["findings"]) == (0, [])
    assert answer["totals"]["created"] == answer["totals"]["read"] > 6000 * scale
    checked = run("check", "--strict")
    assert (checked.code, checked.out, checked.err) == (0, "", "")
    found = stats(run)
    assert_balanced(found)
    assert found["organizations.total"] == 1 + 287 * scale
    assert (found["members.total"], found["admissions.total"]) == (5187 * scale, 303 * scale)
    assert found["numbers.usage_rate"] == 1
    grown = {key: PUBLISHED[key] * scale for key in GROWING}
    assert {key: found[key] for key in GROWING} == grown
    rates = ("secretary_filled_rate", "posts_filled_rate", "on_duty_rate")
    assert {found[f"cadres.{rate}"] for rate in rates} == {1}


def test_the_sample_imports_without_a_finding_and_passes_every_rule(
    sample_db: Path, run: Run
) -> None:
    """The county that the documents show is right in all; a second import changes nothing."""
    checked = run("check", "--strict")
    assert (checked.code, checked.out, checked.err) == (0, "", "")
    ran = run("import", "-O", "json", DATA / "sample.xlsx")
    answer = json.loads(ran.out)
    assert (ran.code, answer["operation"], answer["findings"]) == (0, None, [])
    assert answer["totals"]["unchanged"] == answer["totals"]["read"]
