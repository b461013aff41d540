"""Read a whole folder of odd workbooks, compare with a second reader, and report the results.

``python tests/corpus.py [FOLDER] [--processes N] [--write docs/reading.md]``
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leaguectl.findings import LeagueError
from leaguectl.reader import Sheet
from leaguectl.workbooks.files import read_file

NEIGHBOUR = Path(__file__).parent.parent.parent / "shared" / "odd-workbooks"
FOLDER = Path(os.environ.get("LEAGUECTL_TEST_CORPUS") or NEIGHBOUR)
"""The folder next to the checkout, or the one named by the environment."""

MUST_BE_THERE = "LEAGUECTL_TEST_CORPUS" in os.environ
"""Whoever names the folder wants it read: its absence is a failure then, and no reason to skip."""

SECONDS = 25
BEGIN, END = "<!-- corpus: begin -->", "<!-- corpus: end -->"

SECOND = """
import json, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
data = open(sys.argv[1], "rb").read()
found = {}
if data[:2] == b"PK":
    import io, openpyxl
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        found[sheet.title] = [[cell.row, cell.column - 1] for row in sheet.iter_rows()
                              for cell in row if cell.value not in (None, "")
                              and str(cell.value).strip()]
else:
    import xlrd
    book = xlrd.open_workbook(file_contents=data, logfile=sys.stderr)
    for sheet in book.sheets():
        found[sheet.name] = [[row + 1, column] for row in range(sheet.nrows)
                             for column in range(sheet.row_len(row))
                             if sheet.cell_type(row, column) not in (0, 6)
                             and str(sheet.cell_value(row, column)).strip()]
json.dump(found, sys.stdout)
"""
"""The second reader in a child of its own: the cells with a value, by sheet."""


@dataclass(frozen=True)
class Result:
    """What became of one file: ``read`` or the code of its refusal, and what was compared."""

    file: str
    outcome: str
    second_reads: bool = False
    compared: bool = False
    lost: tuple[str, ...] = ()


def files_of(folder: Path) -> list[Path]:
    """The workbooks of the folder, in a fixed order."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if path.name not in ("README.md", "MANIFEST.sha256")]


def second_reader(path: Path) -> dict[str, list[list[int]]] | None:
    """The filled cells that the second reader sees; None where it cannot read the file."""
    head = path.open("rb").read(4)
    if head[:2] != b"PK" and head != b"\xd0\xcf\x11\xe0":
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-c", SECOND, path],
            capture_output=True, check=True, timeout=SECONDS,
        )  # fmt: skip
        found: dict[str, list[list[int]]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    return found or None  # of a strict workbook it sees no sheet, and no fault either


def filled(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells of a sheet that say anything, be it that they are an error."""
    return {
        (number, at + sheet.first_column)
        for number, cells in sheet.rows
        for at, value in enumerate(cells)
        if value is not None and str(value).strip()
    }


def under(sheet: Sheet, cell: tuple[int, int]) -> bool:
    """Whether a merged cell covers it, so that no one who looks at the sheet sees its value."""
    row, column = cell[0] - 1, cell[1]
    return any(
        top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
        for top, left, bottom, right in sheet.merged
    )


def compare(path: Path, folder: Path) -> Result:
    """Read a file with both readers."""
    name = str(path.relative_to(folder)) if path.is_relative_to(folder) else path.name
    second = second_reader(path)
    try:
        source = read_file(path)
    except LeagueError as error:
        return Result(name, error.code, second is not None)
    except Exception as error:  # whatever comes here is a fault of ours
        return Result(name, f"bug: {type(error).__name__}")
    if second is None:
        return Result(name, "read")
    sheets = {sheet.name: sheet for sheet in source.sheets}
    lost = []
    for title, cells in second.items():
        if title not in sheets:
            lost += [title] if cells else []
            continue
        ours = filled(sheets[title])
        missing = {(row, column) for row, column in cells} - ours
        lost += [f"{title} {cell}" for cell in sorted(missing) if not under(sheets[title], cell)]
    return Result(name, "read", second_reads=True, compared=True, lost=tuple(lost))


@dataclass(frozen=True)
class Imported:
    """How ``import --dry-run`` of one file ended: the code of its refusal or ``read``, the seconds
    that it took, and the most that a process of it held in bytes."""

    file: str
    outcome: str
    seconds: float
    bytes: int


MEASURED = """
import json, resource, subprocess, sys, time
began = time.monotonic()
done = subprocess.run(
    [sys.executable, "-m", "leaguectl", "--db", sys.argv[2], "import", "--dry-run", "--format",
     "json", sys.argv[1]], capture_output=True)
taken = time.monotonic() - began
unit = 1 if sys.platform == "darwin" else 1024
most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
json.dump({"code": done.returncode, "seconds": taken, "bytes": most,
           "out": done.stdout.decode(), "err": done.stderr.decode()}, sys.stdout)
"""
"""The command in a process of its own, measured together with the child that it starts."""


def through_import(path: Path, folder: Path = FOLDER) -> Imported:
    """Read a file as the command does, into no registry."""
    name = str(path.relative_to(folder)) if path.is_relative_to(folder) else path.name
    nowhere = path.with_name("no-such-registry.db")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, path, nowhere], capture_output=True, check=True,
        env={**os.environ, "PYTHONUTF8": "1", "LEAGUECTL_LANG": "en"},
    )  # fmt: skip
    found = json.loads(done.stdout)
    if found["code"] not in (0, 1) or "Traceback" in found["err"]:
        outcome = f"bug: exit {found['code']}"
    else:
        codes = {finding["code"] for finding in json.loads(found["out"])["findings"]}
        refusals = sorted(code for code in codes if code.startswith("file-"))
        outcome = next(iter(refusals), "read")
        outcome = "read" if outcome == "file-says-nothing" else outcome
    return Imported(name, outcome, found["seconds"], found["bytes"])


def run(files: Iterable[Path], processes: int = 2, folder: Path = FOLDER) -> list[Result]:
    """Read them all, so many at a time; the reading itself is done by child processes."""
    with ThreadPoolExecutor(processes) as pool:
        return list(pool.map(partial(compare, folder=folder), files))


def table(results: Sequence[Result], imported: Sequence[Imported] = ()) -> str:
    """What became of them, as it stands in docs/reading.md."""
    ended = Counter(result.outcome for result in results)
    both = [result for result in results if result.compared]
    whole = [result for result in both if not result.lost]
    refused = [result for result in results if result.outcome != "read" and result.second_reads]
    bugs = sum(result.outcome.startswith("bug") for result in results)
    lines = ["| outcome | files |", "|--|--:|"]
    lines += [f"| {outcome} | {number} |" for outcome, number in ended.most_common()]
    lines += [
        f"| **all** | **{len(results)}** |",
        "",
        f"- A fault of ours, or the program's end: {bugs}.",
        f"- Read by both readers: {len(both)}. Every cell that the second one sees is there or is "
        f"named in {len(whole)} of them ({len(whole) / max(len(both), 1):.1%}).",
        f"- Refused, though the second reader reads them: {len(refused)} "
        f"({len(refused) / max(len(results), 1):.1%}).",
    ]
    if imported:
        slowest = max(dry_run.seconds for dry_run in imported)
        largest = max(dry_run.bytes for dry_run in imported)
        ended = Counter(dry_run.outcome.partition(":")[0] for dry_run in imported)
        lines.append(
            f"- Through `import --dry-run --format json`: {ended['bug']} ended otherwise than in "
            f"an answer; the slowest took {slowest:.1f} s, the largest held {largest >> 20} MB."
        )
    return "\n".join(lines)


def main() -> None:
    """Run the folder, print the table and what to look at, and write the table if asked."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    asked.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--import", action="store_true", dest="imports", help="by the command too")
    asked.add_argument("--write", type=Path, help="put the table between the marks of this file")
    given = asked.parse_args()
    results = run(files_of(given.folder), given.processes, given.folder)
    imported: list[Imported] = []
    if given.imports:
        with ThreadPoolExecutor(given.processes) as pool:
            imported = list(
                pool.map(partial(through_import, folder=given.folder), files_of(given.folder))
            )
    print(table(results, imported))
    for record in imported:
        if record.outcome.startswith("bug") or record.seconds > 20 or record.bytes > 1 << 30:
            print(f"import  {record}")
    for result in results:
        if result.lost:
            print(f"lost  {result.file}: {len(result.lost)}, e.g. {result.lost[0]}")
        elif result.outcome != "read" and result.second_reads:
            print(f"{result.outcome}  {result.file}: the second reader reads it")
    if given.write:
        text = given.write.read_text("utf-8")
        put = f"{BEGIN}\n{table(results, imported)}\n{END}"
        text = re.sub(f"{BEGIN}.*{END}", lambda _: put, text, flags=re.S)
        given.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
