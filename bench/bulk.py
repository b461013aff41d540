"""100,000 members from one workbook into a registry, beside what others do with the same rows.

    pip install -e '.[bench]'
    python bench/bulk.py [--members N] [--rounds N] [--keep FOLDER]

The yardstick is reading the workbook with python-calamine and doing nothing with it. The others
store the rows as they come: they check nothing, know no people, papers or organisations, and keep
no history. Time is the processor's (user and system) of the whole process with its children, the
median of the rounds; memory is the largest that any one process of the command had (max RSS).
The commands are run in turn, so that a change of the machine's pace falls on all of them.
"""

import argparse
import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from run import CALAMINE, TOOLS, Command, league

sys.path.insert(0, str(TOOLS))

from county import bulk

BRANCHES = 1900
GOAL_TIME, GOAL_MEMORY = 2.5, 350
PANDAS = """
import sqlite3, sys, pandas
rows = pandas.read_excel(sys.argv[1], engine=sys.argv[3])
rows.to_sql("member", sqlite3.connect(sys.argv[2]), index=False)
"""


@dataclass
class Contestant:
    """A way of taking the workbook in: its command, how to get ready, what it used each round."""

    name: str
    command: Command
    prepare: Callable[[], object] = lambda: None
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)
    code: int = 0

    def run(self) -> None:
        """Run it once and note the processor time in seconds and the peak memory in MiB."""
        self.prepare()
        null = subprocess.DEVNULL
        process = subprocess.Popen(self.command, stdout=null, stderr=null)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != self.code:
            raise SystemExit(f"{self.name} ended with {process.returncode}")
        self.seconds.append(used.ru_utime + used.ru_stime)
        self.peaks.append(used.ru_maxrss / 1024)


def make(folder: Path, members: int) -> None:
    """The workbooks, the same members as CSV, and a registry with the organisations."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "organizations.db").exists():
        return
    organizations = bulk.organizations(BRANCHES)
    bulk.write(folder / "organizations.xlsx", bulk.ORGANIZATIONS, organizations)
    bulk.write(folder / "members.xlsx", bulk.MEMBERS, bulk.members(members, BRANCHES))
    bulk.write(folder / "faulty.xlsx", bulk.MEMBERS, faulty(bulk.members(members, BRANCHES)))
    with (folder / "members.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([bulk.MEMBERS, *bulk.members(members, BRANCHES)])
    made = league("--db", folder / "organizations.db", "import", folder / "organizations.xlsx")
    subprocess.run(made, check=True, capture_output=True)


def faulty(rows: Iterator[bulk.Row]) -> Iterator[bulk.Row]:
    """The same members, of whom every twentieth has a day that is none."""
    for at, row in enumerate(rows):
        yield (*row[:6], "去年", *row[7:]) if at % 20 == 7 else row


def contestants(folder: Path) -> list[Contestant]:
    """All that are compared, the yardstick first."""
    book, rows = folder / "members.xlsx", folder / "members.csv"
    registry, full, plain = folder / "registry.db", folder / "full.db", folder / "plain.db"
    python = sys.executable

    def before() -> None:
        shutil.copy(folder / "organizations.db", registry)

    def forget() -> None:
        plain.unlink(missing_ok=True)

    def keep() -> None:
        if not full.exists():
            shutil.copy(registry, full)

    taking_in = league("--db", registry, "import", book)
    again = league("--db", full, "import", book)
    trial = league("--db", registry, "import", book, "--dry-run")
    sent, back = folder / "faulty.xlsx", folder / "back.xlsx"
    reply = league("--db", registry, "import", sent, "--dry-run", "--reply", back)
    utils = Path(python).parent / "sqlite-utils"
    return [
        Contestant("calamine: read, no more", [python, "-c", CALAMINE, book]),
        Contestant("leaguectl import", taking_in, before),
        Contestant("leaguectl import, again", again, keep),
        Contestant("leaguectl import --dry-run", trial, before),
        Contestant("leaguectl, 5 % faulty, reply", reply, before, code=1),
        Contestant("pandas (calamine) to_sql", [python, "-c", PANDAS, book, plain, "calamine"],
                   forget),
        Contestant("pandas (openpyxl) to_sql", [python, "-c", PANDAS, book, plain, "openpyxl"],
                   forget),
        Contestant("sqlite-utils insert --csv", [utils, "insert", plain, "member", rows, "--csv"],
                   forget),
    ]  # fmt: skip


def report(found: list[Contestant], members: int, rounds: int) -> None:
    """The table: each as a ratio to the yardstick, with its memory."""
    unit = statistics.median(found[0].seconds)
    print(f"{members:,} members, Python {sys.version.split()[0]}, {os.cpu_count()} cores, "
          f"medians of {rounds}\n")  # fmt: skip
    for contestant in found:
        seconds, peak = statistics.median(contestant.seconds), statistics.median(contestant.peaks)
        print(f"  {contestant.name:28} {seconds:7.2f} s {seconds / unit:7.2f} ×  {peak:6.0f} MiB")
    ours = found[1]
    time, memory = statistics.median(ours.seconds) / unit, statistics.median(ours.peaks)
    print(f"\n  goal {GOAL_TIME:g} × and {GOAL_MEMORY} MiB: "
          f"time {'reached' if time <= GOAL_TIME else 'NOT YET'}, "
          f"memory {'reached' if memory <= GOAL_MEMORY else 'NOT YET'}")  # fmt: skip


def main() -> None:
    """Make the workbooks, run all in turn, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="make the workbooks there, or use those there")
    parser.add_argument("--ours", action="store_true", help="without the others' programs")
    options = parser.parse_args()
    os.environ |= {"LEAGUECTL_LANG": "en", "LEAGUECTL_TODAY": "2027-01-01"}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        make(folder, options.members)
        found = contestants(folder)[: 5 if options.ours else None]
        for _ in range(options.rounds):
            for contestant in found:
                contestant.run()
        report(found, options.members, options.rounds)


if __name__ == "__main__":
    main()
