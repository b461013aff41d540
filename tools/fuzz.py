"""Entry points for a fuzzer: whatever comes from outside is fed with what nobody would write.

    python tools/fuzz.py reader --seconds 600 FOLDER    # mutations of the files of a folder
    python tools/fuzz.py --check                        # each entry point a few hundred times

With --guided the mutations are led by coverage (`pip install atheris`); else they are random. An
entry point may refuse by an error of ours; anything else is a fault, and its input is kept.
"""

import argparse
import hashlib
import io
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from leaguectl.actions.plan_file import read_plan
from leaguectl.findings import LeagueError
from leaguectl.kinds import KINDS, cells
from leaguectl.model.days import read_typed_day
from leaguectl.names import fold_name
from leaguectl.reader.child import parts
from leaguectl.reader.limits import Limits
from leaguectl.rules import load
from leaguectl.store import locate
from leaguectl.workbooks.texts import fold

ROUNDS = 300
TODAY = date(2024, 6, 30)
REFUSALS = (LeagueError, PydanticCustomError, ValidationError)
"""What an entry point may answer with."""

TYPES = (
    cells.day, cells.exact_day, cells.event_day, cells.hours, cells.count, cells.id_number,
    cells.year, cells.text,
)  # fmt: skip
"""What cells become."""


def reader(data: bytes) -> None:
    """The child that reads files."""
    try:
        for _ in parts(data, Limits(cells=100_000, last_row=20_000)):
            pass
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # ends the child, and is a code then
            raise


def cell(data: bytes) -> None:
    """Every type of a cell."""
    value = data.decode("utf-8", "replace")
    for typed in TYPES:
        with suppress(*REFUSALS):
            typed(value)
    fold(value)
    fold_name(value)


def typed(data: bytes) -> None:
    """What is typed on the command line: days, places of a registry."""
    text = data.decode("utf-8", "replace")
    read_typed_day(text, TODAY)
    _ = locate(text.replace("\0", "")).shown


def policy(data: bytes) -> None:
    """A county's own policy."""
    load(data.decode("utf-8", "replace"))


def plan(data: bytes) -> None:
    """A plan that was kept."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.json"
        path.write_bytes(data)
        read_plan(path)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader, "cell": cell, "typed": typed, "policy": policy, "plan": plan,
}  # fmt: skip


def seeds(name: str) -> list[bytes]:
    """What is mutated where no files are given."""
    if name != "reader":
        texts = {
            "cell": "2023年9月1日 65889920060301001X 8学时 一二三 -1.5e308",
            "typed": "postgresql://a:b@c/d?options=-csearch_path%3Dx 9月1日 2024.10.11-10.13",
            "policy": '[levels]\n"branch-size" = "off"\n[[retention]]\nsince = 2024-01-01\n',
            "plan": '{"format": 1, "changes": [{"entity": "Person", "before": null, "after": {}}]}',
        }
        return [texts[name].encode(), b"", b"\0", "\ufeff\u200b".encode()]
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append([column.headings[0] for column in KINDS["members"].headings])
    sheet.append(["张三", "65889920060301001X", "一班团支部", TODAY])
    book.save(out)
    page = "<table><tr><td rowspan=2>姓名<td>身份证号<tr><td>1</table>"
    return [out.getvalue(), page.encode(), "姓名,身份证号\n张三,1\n".encode("gb18030"), b"PK\3\4"]


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Some bytes changed, removed, doubled, or exchanged with those of another input."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        first, last = sorted(chance.choices(range(len(made) + 1), k=2))
        last = min(last, first + chance.choice((1, 4, 64, 4096)))
        other = chance.choice(others)
        begin = chance.randrange(len(other) + 1)
        made[first:last] = chance.choice((
            b"", made[first:last] * 2, other[begin : begin + last - first],
            bytes(chance.randrange(256) for _ in range(last - first)),
        ))  # fmt: skip
    return bytes(made)


def fuzz(name: str, inputs: Sequence[bytes], *, rounds: int, seconds: float, seed: int) -> int:
    """Feed an entry point until the rounds or the seconds are over; how many faults were found."""
    chance, found, end = random.Random(seed), 0, time.monotonic() + seconds
    for _ in range(rounds):
        if time.monotonic() > end:
            break
        data = mutated(chance.choice(inputs), inputs, chance)
        try:
            TARGETS[name](data)
        except REFUSALS:
            pass
        except Exception as error:
            found += 1
            kept = Path(f"fuzz-{name}-{hashlib.sha256(data).hexdigest()[:12]}")
            kept.write_bytes(data)
            print(f"{kept}: {type(error).__name__}: {error}"[:300], file=sys.stderr)
    return found


def guided(name: str, folder: Path | None) -> None:
    """The same led by coverage; it does not return."""
    import atheris

    def entry(data: bytes) -> None:
        with suppress(*REFUSALS):
            TARGETS[name](data)

    atheris.Setup([sys.argv[0], *([str(folder)] if folder else [])], entry)
    atheris.Fuzz()


def main() -> int:
    """Fuzz an entry point, or with ``--check`` each of them a little."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", nargs="?", choices=TARGETS)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--guided", action="store_true", help="by coverage, with atheris")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.check:
        limits = {"rounds": ROUNDS, "seconds": 60, "seed": options.seed}
        return min(1, sum(fuzz(name, seeds(name), **limits) for name in TARGETS))
    if options.target is None:
        parser.error("which entry point?")
    files = [path for path in options.folder.rglob("*") if path.is_file()] if options.folder else []
    inputs = [path.read_bytes() for path in files] or seeds(options.target)
    if options.guided:
        guided(options.target, options.folder)
    limits = {"rounds": 10**9, "seconds": options.seconds, "seed": options.seed}
    return min(1, fuzz(options.target, inputs, **limits))


if __name__ == "__main__":
    sys.exit(main())
