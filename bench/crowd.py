"""Many clients of one registry at once, some of them killed: what is lost, and how long each waits.

    python bench/crowd.py [--clients N] [--seconds N] [--postgresql]
    python bench/crowd.py --counties 4 [--clients 4] [--seconds N]

The clients admit, correct, move quotas, make numbers void, import, undo and read, one command
after the other, each in a process of its own that is forked from one which has loaded the program.
Each second one of the processes is killed with ``-9``. In the end every acknowledged operation must
be there, every number of an admission that stands must be its person's, and ``check`` and
``verify`` must find nothing.

It prints the times from a command to its answer, and those until the lock was had: the longest must
not be more than ten times the median, so that nobody starves. ``--control`` does without the queue.

With ``--counties`` one county in a schema of PostgreSQL is written by so many clients, and then as
many counties by so many each, none of them killed: how many times more is done, and how much of the
processors was left. The figures of all counties together must be the sum of theirs.
"""

import argparse
import collections
import contextlib
import gc
import io
import json
import os
import random
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import psycopg

from admit import database, server
from county import MEMBER_HEADINGS, id_number
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Root
from leaguectl.store import locate, locking
from leaguectl.store.connection import Connection
from leaguectl.store.writing import Store
from leaguectl.words import words

TOP, BRANCHES, PLACES = "共青团云杉县委员会", 40, 500
WORK = {
    "admit": 46, "member edit": 12, "quota move": 10, "number void": 6, "member leave": 5,
    "undo": 5, "import": 4, "stats": 6, "member find": 6,
}  # fmt: skip
"""How often each command comes among a hundred."""
READING = ("stats", "member find")
_LOG = 30
"""Seconds after which it is said how far it is."""
IN_ORDER = {0, 3, 4, 7}
"""Exit codes of a command that was done, or refused for a reason of the registry's."""


@dataclass
class County:
    """A registry, and what its clients were answered."""

    db: str
    folder: Path
    chance: random.Random
    people: int = 0
    sheets: int = 0
    admitted: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Number and name by the operation that admitted them."""
    acknowledged: list[int] = field(default_factory=list)

    def command(self) -> tuple[str, list[str]]:
        """What a client does next: its kind, and the command."""
        (kind,) = self.chance.choices([*WORK], [*WORK.values()])
        if not self.admitted and kind in ("member edit", "member leave", "undo"):
            kind = "admit"
        end = ["--db", self.db, "-O", "json", *([] if kind in READING else ["-y"])]
        return kind, [*kind.split(), *self._arguments(kind), *end]

    def _arguments(self, kind: str) -> list[str]:
        chance, branches = self.chance, self.chance.sample(range(BRANCHES), 2)
        if kind == "admit":
            self.people += 1
            return _candidate(self.people, f"B{branches[0]}")
        if kind in ("member edit", "member leave"):
            number, _ = chance.choice([*self.admitted.values()])
            day = ["--reason-kind", "resigned", "--on", "2024-01-10"]
            phone = ["--phone", f"120{chance.randrange(10**8):08}"]
            return [number, *(day if kind == "member leave" else phone)]
        if kind == "quota move":
            return ["2023", *(f"B{at}" for at in branches), "1"]
        if kind == "number void":
            # From the end of a block, where nobody takes numbers yet.
            place = branches[0] * PLACES + PLACES - chance.randrange(PLACES // 3)
            return [_number(place), "--reason", "填坏"]
        if kind == "undo":
            return [str(chance.choice([*self.admitted][-40:]))]
        if kind == "import":
            return [str(self._sheet())]
        return ["2023"] if kind == "stats" else [_name(max(1, self.people - 20))]

    def _sheet(self) -> Path:
        self.sheets += 1
        book, path = openpyxl.Workbook(), self.folder / f"members{self.sheets}.xlsx"
        book.worksheets[0].title = "团员"
        book.worksheets[0].append(MEMBER_HEADINGS[:4])
        for at in range(10):
            person = 400_000 + self.sheets * 10 + at
            book.worksheets[0].append(
                [_name(person), _id(person), f"第{self.sheets % BRANCHES}团支部", "2020-05-04"]
            )
        book.save(path)
        return path

    def hear(self, kind: str, answer: dict[str, Any]) -> None:
        """Keep what a client was answered."""
        operation = answer["said"].get("operation")
        if answer["code"] or kind in READING or operation is None:
            return
        self.acknowledged.append(operation)
        for row in answer["said"].get("admitted", ()):
            self.admitted[operation] = (row["number"], row["name"])


def _id(person: int) -> str:
    return id_number(person % 1000, date(2006, 9, 1) + timedelta(person // 1000))


def _name(person: int) -> str:
    return f"测{chr(0x4E00 + person // 5000)}{chr(0x5000 + person % 5000)}"


def _number(place: int) -> str:
    return f"202365{place:06}"


def _candidate(person: int, branch: str) -> list[str]:
    given = {
        "name": _name(person), "id-number": _id(person), "org": branch, "applied": "2022-09-10",
        "talked": "2022-09-20", "activist": "2022-10-10", "course-hours": "8",
        "candidate": "2023-03-01", "meeting": "2023-04-10", "due": "30", "present": "28",
        "in-favour": "27", "approved": "2023-04-20",
    }  # fmt: skip
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    return [*options, "--introducer", "李介绍", "--introducer", "王介绍"]


def made(db: str, folder: Path, seed: int) -> County:
    """A registry of a county whose branches have numbers to give."""
    organizations = [["团组织编码", "团组织全称", "上级组织", "组织类型"], ["C", TOP, None, "团委"]]
    organizations += [[f"B{at}", f"第{at}团支部", TOP, "团支部"] for at in range(BRANCHES)]
    quotas = [["年度", "团组织", "名额", "号段起"], [2023, TOP, BRANCHES * PLACES, _number(1)]]
    quotas += [[2023, f"B{at}", PLACES, _number(at * PLACES + 1)] for at in range(BRANCHES)]
    book = openpyxl.Workbook()
    for title, rows in (("团组织", organizations), ("发展计划", quotas)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(folder / "county.xlsx")
    begun = called(["import", "--db", db, "-O", "json", str(folder / "county.xlsx")])
    assert begun["code"] == 0, begun
    return County(db, folder, random.Random(seed))  # noqa: S311


# -- a client ------------------------------------------------------------------------------------


def called(arguments: Sequence[str]) -> dict[str, Any]:
    """How a command ended in this process: its code, what it said, seconds that it waited for the
    lock."""
    out, err, code, waited = io.StringIO(), io.StringIO(), 0, [0.0]
    taken = locking.taken

    @contextlib.contextmanager
    def timed(connection: Connection) -> Iterator[None]:
        begun = time.monotonic()
        with taken(connection):
            waited.append(time.monotonic() - begun)
            yield

    locking.taken = timed
    with redirect_stdout(out), redirect_stderr(err):
        try:
            Root(COMMANDS, words("en"))([*arguments], prog_name="leaguectl")
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            locking.taken = taken
    said = json.loads(out.getvalue()) if out.getvalue().startswith("{") else {}
    return {"code": code, "said": said, "err": err.getvalue(), "waited": max(waited)}


@dataclass
class Client:
    """A process that does one command."""

    county: County
    kind: str
    arguments: list[str]
    begun: float
    pid: int
    answers: int
    heard: bytes = b""


def begin(county: County) -> Client:
    """Fork a process for the next command of a county."""
    kind, arguments = county.command()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        said = json.dumps(called(arguments)).encode()
        while said:
            said = said[os.write(writing, said) :]
        os._exit(0)
    os.close(writing)
    return Client(county, kind, arguments, time.monotonic(), pid, reading)


@dataclass
class Tally:
    """What a crowd did."""

    codes: collections.Counter[tuple[str, int]] = field(default_factory=collections.Counter)
    answered: list[tuple[float, float, str]] = field(default_factory=list)
    """Seconds to the answer, of these for the lock, of which command."""
    killed: int = 0
    strange: list[str] = field(default_factory=list)
    refused: list[Client] = field(default_factory=list)
    """Those whose answer was that nothing was written, since the database did not reply."""
    seconds: float = 0
    idle: float = 0
    """The share of the processors' time that nobody used."""

    def hear(self, client: Client) -> None:
        """Note how a client ended."""
        took = time.monotonic() - client.begun
        if not client.heard:
            self.killed += 1
            return
        answer = json.loads(client.heard)
        client.county.hear(client.kind, answer)
        self.codes[client.kind, answer["code"]] += 1
        if answer["code"] == 5 and "not known" not in answer["err"]:
            self.refused.append(client)
        if answer["code"] not in IN_ORDER:
            self.strange.append(f"{client.kind}: {answer['code']} {answer['err'][:200]}")
        if client.kind not in READING:
            self.answered.append((took, answer["waited"], client.kind))


Meanwhile = Callable[[Sequence[Client], float], None]
"""What is done to the clients that run, after so many seconds."""


def killing() -> Meanwhile:
    """Kill one of the clients each second."""
    chance, killed = random.Random(14), [0]  # noqa: S311

    def meanwhile(running: Sequence[Client], seconds: float) -> None:
        if seconds >= killed[0] + 1:
            os.kill(chance.choice(running).pid, signal.SIGKILL)
            killed[0] += 1

    return meanwhile


def crowd(
    counties: Sequence[County], clients: int, seconds: float, meanwhile: Meanwhile | None = None
) -> Tally:
    """Let so many clients of each county work so long."""
    tally, begun, used = Tally(), time.monotonic(), _processor()
    first = [begin(county) for county in counties for _ in range(clients)]
    running = {client.answers: client for client in first}
    next_log, end = begun + _LOG, begun + seconds
    while running:
        for answers in select.select([*running], [], [], 0.05)[0]:
            client = running[answers]
            if more := os.read(answers, 1 << 16):
                client.heard += more
                continue
            os.close(answers)
            os.waitpid(client.pid, 0)
            del running[answers]
            tally.hear(client)
            if time.monotonic() < end:
                again = begin(client.county)
                running[again.answers] = again
        now = time.monotonic()
        if meanwhile is not None and running and now < end:
            meanwhile([*running.values()], now - begun)
        if now >= next_log:
            print(f"  {now - begun:5.0f} s: {_waits(tally)}", flush=True)
            next_log += _LOG
    tally.seconds = time.monotonic() - begun
    total, idle = (after - before for after, before in zip(_processor(), used, strict=True))
    tally.idle = idle / total if total else 0
    return tally


def _processor() -> tuple[int, int]:
    """All time of the processors, and that of them in which nobody used them, in ticks."""
    line = Path("/proc/stat").read_text("ascii").partition("\n")[0]
    ticks = [int(part) for part in line.split()[1:9]]
    return sum(ticks), ticks[3] + ticks[4]


# -- what is found -------------------------------------------------------------------------------


def _waits(tally: Tally) -> str:
    parts = [f"{sum(tally.codes.values())} answers, {tally.killed} killed"]
    for name, at in (("answer", 0), ("lock", 1)):
        times = sorted(item[at] for item in tally.answered)
        if len(times) > 1:
            middle = statistics.median(times)
            late = times[int(len(times) * 0.99)]
            parts.append(f"{name}: median {middle:.3f} s, 99 of 100 within {late:.3f}, longest "
                         f"{times[-1]:.3f} = {times[-1] / max(middle, 1e-9):.1f} ×")  # fmt: skip
    return "; ".join(parts)


def lost(county: County) -> Iterator[str]:
    """What was acknowledged and is not there, and what is wrong with the registry."""
    with Store(locate(county.db)).read() as transaction:
        stored = dict(transaction.rows("SELECT id, command FROM operation"))
        undone = {at for (at,) in transaction.rows("SELECT undoes FROM operation")}
        query = """SELECT number.number, person.name FROM number
            JOIN person ON person.id = number.person"""
        bearers = dict(transaction.rows(query))
    yield from (f"operation {at} is lost" for at in county.acknowledged if at not in stored)
    if len(set(county.acknowledged)) < len(county.acknowledged):
        yield "two got the same operation as answer"
    for operation, (number, name) in county.admitted.items():
        if operation not in undone and bearers.get(number) != name:
            yield f"number {number} of operation {operation} is not its person's"
    for verb in ("verify", "check"):
        answer = called([verb, "--db", county.db, "-O", "json"])
        levels = {finding["level"] for finding in answer["said"].get("findings", ())}
        if answer["code"] or "error" in levels:
            yield f"{verb} ends with {answer['code']}: {answer['err'][:200]}"


def show(tally: Tally) -> None:
    """The table of commands and codes, and the waits."""
    for (kind, code), count in sorted(tally.codes.items()):
        print(f"  {kind:12} ended {code}: {count:6}")
    print(f"  {_waits(tally)}")
    print(f"  {sum(tally.codes.values()) / tally.seconds:.1f} commands a second, "
          f"{tally.idle:.0%} of the processors unused")  # fmt: skip
    for line in tally.strange[:10]:
        print(f"  NOT IN ORDER {line}")


def one_registry(db: str, folder: Path, options: argparse.Namespace) -> int:
    """A crowd of one registry, some of which are killed."""
    county = made(db, folder, options.seed)
    tally = crowd([county], options.clients, options.seconds, killing())
    show(tally)
    faults = [*lost(county)]
    print(f"  {len(county.acknowledged)} operations acknowledged, {len(faults)} faults")
    print("".join(f"  LOST {fault}\n" for fault in faults[:10]), end="")
    return 1 if faults or tally.strange else 0


def many_counties(url: str, folder: Path, options: argparse.Namespace) -> int:
    """One county and then several, each in its schema, written by as many clients each."""
    counties = []
    for at in range(options.counties):
        with psycopg.connect(url, autocommit=True) as admin:
            admin.execute(f"CREATE SCHEMA county_{at}".encode())
        search = quote(f"-csearch_path=county_{at}")
        own = folder / str(at)  # else one county's sheet is written over while another reads it
        own.mkdir()
        counties.append(made(f"{url}{'&' if '?' in url else '?'}options={search}", own, at))
    speeds: dict[int, list[float]] = {1: [], len(counties): []}
    for some in (counties[:1], counties) * 3:  # in turn, since others use the machine as well
        tally = crowd(some, options.clients, options.seconds / 6)
        print(f"{len(some)} of the counties, {options.clients} clients each")
        show(tally)
        speeds[len(some)].append(sum(tally.codes.values()) / tally.seconds)
    ratio = statistics.median(speeds[len(counties)]) / statistics.median(speeds[1])
    print(f"  {ratio:.2f} times as much, goal 3 or no processor unused")
    faults = [fault for county in counties for fault in lost(county)]
    said = called(["stats", "2023", "--db", url, "--counties", "county_*", "-O", "json"])["said"]
    for key, figure in said["figures"].items():
        known = [value for value in figure["by_county"] if value is not None]
        if figure["unit"] != "ratio" and known and figure["value"] != sum(known):
            faults.append(f"{key} is {figure['value']}, and {known} together")
    print(f"  {len(said['figures'])} figures of all and of each, {len(faults)} faults")
    print("".join(f"  FAULT {fault}\n" for fault in faults[:10]), end="")
    return 1 if faults else 0


def run() -> int:
    """Make the registries, let the clients work, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--clients", type=int, default=0, help="16, or 4 of each county")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--counties", type=int, default=0)
    parser.add_argument("--control", action="store_true", help="without the queue of writers")
    options = parser.parse_args()
    options.clients = options.clients or (4 if options.counties else 16)
    os.environ |= {"LEAGUECTL_LANG": "en", "LEAGUECTL_TODAY": "2024-01-15",
                   "LEAGUECTL_ACTOR": "crowd"}  # fmt: skip
    gc.disable()
    if options.control:
        locking._descriptor = lambda _: None
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        # Everything is loaded before the first fork: a first command of each kind.
        _warm(made(str(folder / "warm.db"), folder, 0))
        if not options.postgresql and not options.counties:
            return one_registry(str(folder / "league.db"), folder, options)
        url = stack.enter_context(server())
        db = database(url, "bench_crowd")
        try:
            work = many_counties if options.counties else one_registry
            return work(db, folder, options)
        finally:
            with contextlib.suppress(psycopg.Error), psycopg.connect(url, autocommit=True) as admin:
                admin.execute(b"DROP DATABASE bench_crowd WITH (FORCE)")


def _warm(county: County) -> None:
    seen: set[str] = set()
    while len(seen) < len(WORK):
        kind, arguments = county.command()
        answer = called(arguments)
        county.hear(kind, answer)
        assert answer["code"] in IN_ORDER, answer
        seen.add(kind)


if __name__ == "__main__":
    sys.exit(run())
