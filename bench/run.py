"""The ratios that the product is held to, each side by side in one run, medians of several rounds.

    python bench/run.py [--rounds N]

Every figure is processor time (user and system) of a whole process and its children, so that a busy
machine disturbs it less than a clock would. Nothing is asserted: the table says what was reached,
and for what was not, `--profile` shows where the time goes.
"""

import argparse
import contextlib
import cProfile
import os
import pstats
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA, TOOLS = ROOT / "data", ROOT / "tools"
SAMPLE = DATA / "sample.xlsx"
CALAMINE = """
import python_calamine, sys
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""
Command = list[str | Path]


@dataclass
class Measured:
    """One thing to measure: its name, how to run it, how to get ready before each round."""

    name: str
    command: Command
    prepare: Callable[[], None] = lambda: None


def league(*arguments: str | Path) -> Command:
    """A command of the product as a process."""
    return [Path(sys.executable).parent / "leaguectl", *arguments]


def processor_seconds(command: Command) -> float:
    """What a process and its children used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(things: list[Measured], rounds: int) -> dict[str, float]:
    """The median of each, measured in turn: A B C, A B C, …"""
    seconds: dict[str, list[float]] = {thing.name: [] for thing in things}
    for at in range(rounds + 1):
        for thing in things:
            thing.prepare()
            used = processor_seconds(thing.command)
            if at:  # the first round warms the caches
                seconds[thing.name].append(used)
    return {name: statistics.median(values) for name, values in seconds.items()}


def things(folder: Path) -> list[Measured]:
    """What is measured, on a copy of the sample where it writes."""
    full, fresh, copy = folder / "full.db", folder / "fresh.db", folder / "copy.db"
    heading = folder / "heading.csv"
    heading.write_text((DATA / "plan-2024.csv").read_text("utf-8-sig").splitlines()[0], "utf-8")
    subprocess.run(league("--db", full, "import", SAMPLE), check=True, capture_output=True)
    plan = league("--db", full, "import", DATA / "plan-2024.csv")
    subprocess.run(plan, check=True, capture_output=True)

    def forget() -> None:
        fresh.unlink(missing_ok=True)

    def restore() -> None:
        shutil.copy(full, copy)

    return [
        Measured("python -c pass", [sys.executable, "-c", "pass"]),
        Measured("--help", league("--help")),
        Measured("stats", league("--db", full, "stats", "2023", "--format", "json")),
        Measured("calamine", [sys.executable, "-c", CALAMINE, SAMPLE]),
        Measured("import nothing", league("--db", fresh, "import", heading), forget),
        Measured("import sample", league("--db", fresh, "import", SAMPLE), forget),
        Measured("import again", league("--db", full, "import", SAMPLE)),
        Measured("admit one", league("--db", copy, "admit", *_candidate()), restore),
        Measured("check", league("--db", full, "check")),
    ]


def _candidate() -> list[str]:
    given = {
        "name": "测试一", "id-number": "658899200605249993",
        "org": "云杉县第一中学2022级高二（1）班团支部", "applied": "2023-12-05",
        "activist": "2024-01-04", "course-hours": "10", "meeting": "2024-04-26", "due": "24",
        "present": "22", "in-favour": "22", "approved": "2024-05-09",
    }  # fmt: skip
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    return [*options, "--introducer", "方恒涛", "--introducer", "徐子伟"]


def report(seconds: dict[str, float], rounds: int) -> None:
    """The table of ratios."""
    unit = seconds["python -c pass"]
    start = seconds["import nothing"]
    budget = 4 * seconds["calamine"] + start
    rows = [
        ("stats 2023 --format json ÷ python -c pass", seconds["stats"] / unit, 10.0),
        ("--help ÷ python -c pass", seconds["--help"] / unit, 10.0),
        ("import of the sample ÷ (4 × calamine + own start)", seconds["import sample"] / budget, 1),
        (
            "the same import again ÷ the first",
            seconds["import again"] / seconds["import sample"],
            1,
        ),
        ("admit one ÷ own start", seconds["admit one"] / start, None),
        ("check ÷ own start", seconds["check"] / start, None),
    ]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, medians of {rounds}\n")
    for name, value in seconds.items():
        print(f"  {name:16} {value * 1000:8.0f} ms  {value / unit:7.1f} ×")
    print()
    for name, ratio, goal in rows:
        goal_text = (
            "" if goal is None else f"goal {goal:g}: {'reached' if ratio <= goal else 'NOT YET'}"
        )
        print(f"  {name:52} {ratio:6.2f}  {goal_text}")


def profile(folder: Path) -> None:
    """Where the time of the sample's import goes."""
    from leaguectl.cli.app import main

    sys.argv = ["leaguectl", "--db", str(folder / "profile.db"), "import", str(SAMPLE), "-q"]
    profiler = cProfile.Profile()
    with contextlib.suppress(SystemExit):
        profiler.runcall(main)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)


def run() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    os.environ |= {"LEAGUECTL_LANG": "en", "LEAGUECTL_TODAY": "2024-06-30"}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    with tempfile.TemporaryDirectory() as folder:
        if options.profile:
            profile(Path(folder))
        else:
            report(measure(things(Path(folder)), options.rounds), options.rounds)


if __name__ == "__main__":
    run()
