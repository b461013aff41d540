"""Read a whole folder of odd workbooks, compare with a second reader, and report the results.

``python tests/corpus.py [FOLDER] [--processes N] [--write docs/reading.en.md]``
"""

import argparse
import json
import math
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from leaguectl.findings import LeagueError
from leaguectl.reader import Sheet
from leaguectl.reader.sheets import CellError, Month, NoValue
from leaguectl.workbooks.files import read_file

NEIGHBOUR = Path(__file__).parent.parent.parent / "shared" / "odd-workbooks"
FOLDER = Path(os.environ.get("LEAGUECTL_TEST_CORPUS") or NEIGHBOUR)
"""The folder next to the checkout, or the one named by the environment."""

MUST_BE_THERE = "LEAGUECTL_TEST_CORPUS" in os.environ
"""Whoever names the folder wants it read: its absence is a failure then, and no reason to skip."""

SECONDS = 25
STEP = 50
"""After so many files the program says how far it is."""
BEGIN, END = "<!-- corpus: begin -->", "<!-- corpus: end -->"

SECOND = """
import datetime, io, json, resource, sys, zipfile
from xml.etree import ElementTree
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
data = open(sys.argv[1], "rb").read()
found = {}

def put(sheet, row, column, value):
    if value is None or not str(value).strip():
        return
    if isinstance(value, datetime.date):
        value = "day " + value.isoformat()
    elif not isinstance(value, (bool, int, float)):
        value = str(value)
    found[sheet].append([row, column, value])

def open_document(content):
    for table in content.iter("{%stable:1.0}table" % NAMES):
        cells_of(table, found.setdefault(table.get("{%stable:1.0}name" % NAMES), []))

def cells_of(table, cells):
    row = 1
    for line in table.iter("{%stable:1.0}table-row" % NAMES):
        column = 0
        for cell in line:
            times = int(cell.get("{%stable:1.0}number-columns-repeated" % NAMES, "1"))
            value = cell.get("{%soffice:1.0}value" % NAMES)
            kind = cell.get("{%soffice:1.0}value-type" % NAMES)
            texts = ["".join(text.itertext()) for text in cell if text.tag.endswith("}p")]
            if kind == "date":
                value = "day " + cell.get("{%soffice:1.0}date-value" % NAMES)
            elif value is not None:
                value = float(value)
            else:
                value = "\\n".join(texts)
            if str(value).strip() and times < 1000:
                cells.extend([row, column + at, value] for at in range(times))
            column += times
        row += int(line.get("{%stable:1.0}number-rows-repeated" % NAMES, "1"))

NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
names = zipfile.ZipFile(io.BytesIO(data)).namelist() if data[:2] == b"PK" else []
if "xl/workbook.bin" in names:
    import pyxlsb
    book = pyxlsb.open_workbook(sys.argv[1])
    for name in book.sheets:
        found[name] = []
        for row in book.get_sheet(name).rows(sparse=True):
            for cell in row:
                put(name, cell.r + 1, cell.c, cell.v)
elif "content.xml" in names:
    open_document(ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml")))
elif names:
    import openpyxl
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        found[sheet.title] = []
        for row in sheet.iter_rows():
            for cell in row:
                put(sheet.title, cell.row, cell.column - 1, cell.value)
else:
    import xlrd
    book = xlrd.open_workbook(file_contents=data, logfile=sys.stderr)
    for sheet in book.sheets():
        found[sheet.name] = []
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
                if kind in (0, 6):
                    continue
                if kind == 3 and book.datemode:
                    value += 1462
                if kind == 5:
                    value = "#" + xlrd.error_text_from_code.get(value, "").lstrip("#")
                put(sheet.name, row + 1, column, bool(value) if kind == 4 else value)
json.dump(found, sys.stdout)
"""
"""The second reader in a child of its own: the cells with a value, by sheet. openpyxl reads .xlsx,
pyxlsb .xlsb, xlrd .xls; .ods is read as the standard has it, without its rarer parts."""


@dataclass(frozen=True)
class Result:
    """What became of one file: ``read`` or the code of its refusal, and what was compared."""

    file: str
    outcome: str
    second_reads: bool = False
    compared: bool = False
    lost: tuple[str, ...] = ()
    cells: int = 0
    differs: tuple[str, ...] = ()


def files_of(folder: Path) -> list[Path]:
    """The workbooks of the folder, in a fixed order."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if path.name not in ("README.md", "MANIFEST.sha256")]


def second_reader(path: Path) -> dict[str, list[list[Any]]] | None:
    """The filled cells that the second reader sees; None where it cannot read the file."""
    head = path.open("rb").read(4)
    if head[:2] != b"PK" and head != b"\xd0\xcf\x11\xe0":
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-c", SECOND, path],
            capture_output=True, check=True, timeout=SECONDS,
        )  # fmt: skip
        found: dict[str, list[list[Any]]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
    return found or None  # of a strict workbook it sees no sheet, and no fault either


def filled(sheet: Sheet) -> dict[tuple[int, int], Any]:
    """The cells of a sheet that say anything, be it that they are an error."""
    return {
        (number, at + sheet.first_column): value
        for number, cells in sheet.rows
        for at, value in enumerate(cells)
        if value is not None and str(value).strip()
    }


def as_number(value: Any) -> float | None:
    """The number that a value is: of a day the days since the spreadsheets' beginning."""
    if isinstance(value, str) and value.startswith("day "):
        try:
            value = datetime.fromisoformat(value[4:])
        except ValueError:
            return None
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
        return (moment.replace(tzinfo=None) - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    if isinstance(value, str) and (clock := _CLOCK.fullmatch(value)):
        days, hours, minutes, seconds = (float(part or 0) for part in clock.groups())
        return days + hours / 24 + minutes / 1440 + seconds / 86400
    try:
        return float(value)
    except ValueError:
        return None


_CLOCK = re.compile(r"(?:(-?[0-9]+) days?, )?([0-9]{1,2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)")


def in_letters(value: Any) -> str:
    """A text without what each reader treats in its way: spaces, and signs that cannot be seen."""
    return "".join(sign for sign in str(value) if sign.isprintable() and not sign.isspace())


def decoded(text: str) -> str:
    """A text of Office Open XML with its ``_x000D_``, which openpyxl leaves as they are."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text)


def agree(second: Any, ours: Any) -> bool:
    """Whether both readers say the same of a cell. An error and a formula without its value are
    told by ours, whatever the second makes of them; a month is a day without its day."""
    if isinstance(ours, (CellError, NoValue)):
        return True
    if str(second).casefold() == str(ours).casefold():
        return True
    numbers = as_number(second), as_number(ours)
    if numbers[0] is not None and numbers[1] is not None:
        # Days before March 1900 are one less to spreadsheets, and a clock shows no day.
        slack = 31 if isinstance(ours, Month) else 1.1 if 0 <= numbers[0] < 61 else 1e-4
        is_year = isinstance(ours, str) and len(ours) == 4 and isinstance(second, (float, str))
        if is_year and numbers[1] in (1899 + numbers[0] // 365.25, 1900 + numbers[0] // 365.25):
            return True
        is_clock = isinstance(ours, str) and ":" in ours
        if is_clock and math.isclose(numbers[0] % 1, numbers[1] % 1, abs_tol=1e-4):
            return True
        return math.isclose(*numbers, rel_tol=1e-9, abs_tol=slack)
    texts = [in_letters(second), in_letters(decoded(str(second)))]
    return in_letters(ours) in texts


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
    lost, differs = [], []
    for title, cells in second.items():
        if title not in sheets:
            lost += [title] if cells else []
            continue
        ours = filled(sheets[title])
        for row, column, value in cells:
            where = f"{title} {(row, column)}"
            if (row, column) not in ours:
                lost += [] if under(sheets[title], (row, column)) else [where]
            elif not agree(value, ours[row, column]):
                differs.append(f"{where}: {value!r:.60} / {ours[row, column]!r:.60}")
    count = sum(map(len, second.values()))
    return Result(name, "read", True, True, tuple(lost), count, tuple(differs))


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
        return [say(result) for result in pool.map(partial(compare, folder=folder), files)]


def say(record: "Result | Imported") -> Any:
    """Print what is to be looked at while the rest is still read, so that a run that is cut short
    has said something; the record itself is returned."""
    if isinstance(record, Imported):
        if record.outcome.startswith("bug") or record.seconds > 20 or record.bytes > 1 << 30:
            print(f"import  {record}", flush=True)
    elif record.outcome.startswith("bug"):
        print(f"{record.outcome}  {record.file}", flush=True)
    elif record.outcome != "read" and record.second_reads:
        print(f"{record.outcome}  {record.file}: the second reader reads it", flush=True)
    for word, cells in () if isinstance(record, Imported) else (
        ("lost", record.lost), ("differs", record.differs),
    ):  # fmt: skip
        if cells:
            print(f"{word}  {record.file}: {len(cells)}, e.g. {cells[0]}", flush=True)
    return record


def table(results: Sequence[Result], imported: Sequence[Imported] = ()) -> str:
    """What became of them, as it stands in docs/reading.en.md."""
    ended = Counter(result.outcome for result in results)
    both = [result for result in results if result.compared]
    whole = [result for result in both if not result.lost]
    differing = [result.differs for result in both if result.differs]
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
        f"- Of their {sum(result.cells for result in both):,} cells {sum(map(len, differing)):,} "
        f"have another value with the second reader, in {len(differing)} files.",
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
    files = files_of(given.folder)
    results: list[Result] = []
    imported: list[Imported] = []
    for start in range(0, len(files), STEP):
        share = files[start : start + STEP]
        results += run(share, given.processes, given.folder)
        if given.imports:
            with ThreadPoolExecutor(given.processes) as pool:
                imported += [
                    say(record)
                    for record in pool.map(partial(through_import, folder=given.folder), share)
                ]
        print(f"{len(results)} of {len(files)}", flush=True)
    print(table(results, imported))
    if given.write:
        text = given.write.read_text("utf-8")
        put = f"{BEGIN}\n{table(results, imported)}\n{END}"
        text = re.sub(f"{BEGIN}.*{END}", lambda _: put, text, flags=re.S)
        given.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
