"""Workbooks in: any file becomes sheets of rows whose values know their cell.

The child process loads this module too, and none of what only its parent needs.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, overload

from leaguectl.findings import LeagueError, NotFound, Where
from leaguectl.reader.limits import MEGABYTE, USUAL, Limits
from leaguectl.reader.wire import unpack

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


class Unreadable(LeagueError):
    """A file that cannot be read as a workbook; like bad data, it is a finding."""

    exit_code = 1


class CellError(str):
    """The value of a cell that a formula failed in: ``#N/A``, ``#REF!``. It says nothing."""

    __slots__ = ()


class NoValue(str):
    """A formula that was never calculated, as programs write them: it has no value to read."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it came: its rows with the numbers that a spreadsheet shows.

    ``merged`` are ranges of cells as first row, first column, last row and last column, counted
    from 0 in the sheet. ``hidden_rows`` are numbered from 1 and ``hidden_columns`` from 0.
    ``errors`` and ``uncached`` name cells; in ``rows`` they are :class:`CellError` and
    :class:`NoValue`.
    """

    file: str
    name: str
    rows: Sequence[tuple[int, Sequence[Any]]]
    first_column: int = 0
    visible: bool = True
    very_hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    uncached: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its name, the digest of its bytes, its sheets, and what it carries
    along (``macros``, ``external-links``, ``dates-from-1904``)."""

    file: str
    sha256: str
    sheets: Sequence[Sheet]
    traits: frozenset[str] = frozenset()


class Cells(Mapping[str, Any]):
    """The filled cells of a row by field. Thousands of rows share the fields of their table, so a
    row holds its values alone: ``at`` says where in ``values_at`` each field stands."""

    __slots__ = ("at", "values_at")

    def __init__(self, at: Mapping[str, int], values_at: Sequence[Any]) -> None:
        self.at, self.values_at = at, values_at

    def __getitem__(self, field: str) -> Any:
        value = self.values_at[self.at[field]]
        if value is None or value == "":
            raise KeyError(field)
        return value

    def __iter__(self) -> Iterator[str]:
        both = zip(self.at, self.values_at, strict=True)
        return (field for field, value in both if value is not None and value != "")

    def __len__(self) -> int:
        return sum(value is not None and value != "" for value in self.values_at)


_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet by field: values, and the column and heading each came from."""

    file: str
    sheet: str
    number: int | None
    cells: Mapping[str, Any]
    columns: Mapping[str, tuple[str | None, str]]
    table: int | None = None
    """The row of the headings above it: a sheet may hold several tables."""

    def place(self) -> "Row":
        """Where it stands, without what it says."""
        return Row(self.file, self.sheet, self.number, _NOTHING, self.columns, self.table)

    def where(self, field: str | None = None) -> Where:
        """The place of a field, or of the whole row."""
        column, heading = self.columns.get(field or "", (None, None))
        value = self.cells.get(field or "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # as the spreadsheet shows it
        return Where(self.file, self.sheet, self.number, column, field, heading, value)


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Rows of one table, kept by column: ``cells`` has a column for each field that ``at`` gives a
    place. A row is made where it is looked at by itself, since a large sheet has many."""

    file: str
    sheet: str
    table: int
    columns: Mapping[str, tuple[str | None, str]]
    at: Mapping[str, int]
    numbers: Sequence[int]
    cells: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> "Rows": ...

    def __getitem__(self, place: int | slice) -> "Row | Rows":
        if isinstance(place, slice):
            parts = [column[place] for column in self.cells]
            return replace(self, numbers=self.numbers[place], cells=parts)
        cells = Cells(self.at, [column[place] for column in self.cells])
        number = self.numbers[place]
        return Row(self.file, self.sheet, number, cells, self.columns, self.table)

    def place(self, at: int) -> Row:
        """Where a row stands, without what it says."""
        number = self.numbers[at]
        return Row(self.file, self.sheet, number, _NOTHING, self.columns, self.table)

    def said(self, field: str) -> Sequence[Any]:
        """What all of them say in that column; nothing where there is none."""
        return self.cells[self.at[field]] if field in self.at else [None] * len(self)


def read(path: "Path", shown: str | None = None, limits: Limits = USUAL) -> Source:
    """Read a workbook or a text table, recognised by its content and not by its name.

    ``shown`` is how messages name it, its name without the folder unless several files share it.

    :raises NotFound: there is no such file.
    :raises Unreadable: it is encrypted, damaged, too large, or no table at all.
    """
    import hashlib

    name = shown or path.name
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_megabytes * MEGABYTE + 1)
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror or "") from None
    if len(data) > limits.file_megabytes * MEGABYTE:
        facts = {"bytes": len(data), "detail": f"> {limits.file_megabytes} MB"}
        raise Unreadable("file-too-large", file=name, **facts)
    book, *sheets = _ask_reader(name, data, limits)
    return Source(
        name,
        hashlib.sha256(data).hexdigest(),
        [_sheet(name, path.stem, told) for told in sheets],
        frozenset(book["traits"]),
    )


def _ask_reader(name: str, data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """Let a child process read it: a hostile file can end the child, never the program."""
    import subprocess

    command = [sys.executable, "-I", "-X", "utf8", "-m", "leaguectl.reader.child"]
    command.append(json.dumps(asdict(limits)))
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("file-too-slow", file=name, seconds=limits.seconds) from None
    if child.returncode != 0:
        raise _refusal(name, child, limits)
    for line in child.stdout.splitlines():
        yield json.loads(line, object_hook=_moment)


def _refusal(name: str, child: "CompletedProcess[bytes]", limits: Limits) -> Unreadable:
    """Why the child gave no answer: what it says itself, else how it ended."""
    import signal

    code, last, told = child.returncode, child.stdout.splitlines()[-1:] or [b""], child.stderr
    if code == 1 and last[0].startswith(b'{"error"'):
        answer = json.loads(last[0])
        return Unreadable(answer["error"], **{"file": name, **answer["facts"]})
    ended = signal.Signals(-code).name if -code in set(signal.Signals) else str(code)
    if ended == "SIGXCPU":
        return Unreadable("file-too-slow", file=name, seconds=limits.processor_seconds)
    # The reader aborts where memory is refused it, and the system kills what takes too much.
    if ended == "SIGKILL" or b"memory allocation" in told or b"MemoryError" in told:
        return Unreadable("file-too-large", file=name, detail=ended)
    return Unreadable("file-crashes-reader", file=name, detail=ended)


def _moment(value: dict[str, Any]) -> Any:
    if "d" in value and len(value) == 1:
        text = value["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return value


def _sheet(file: str, stem: str, told: dict[str, Any]) -> Sheet:
    """A sheet as the child tells it; one without a name of its own has the file's."""
    marks: dict[str, str] = {cell: CellError(text) for cell, text in told["errors"].items()}
    marks |= {cell: NoValue("=") for cell in told["uncached"]}
    rows, first_column = unpack(told["blocks"], told["first_row"] + 1), told["first_column"]
    if marks:
        rows, first_column = _put_in(rows, first_column, marks)
    return Sheet(
        file,
        stem if told["name"] is None else told["name"],
        rows,
        first_column,
        visible=told["visible"] == "visible",
        very_hidden=told["visible"] == "very hidden",
        merged=tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in told["merged"]),
        hidden_rows=tuple(told["hidden_rows"]),
        hidden_columns=tuple(told["hidden_columns"]),
        errors=told["errors"],
        uncached=frozenset(told["uncached"]),
    )


def _put_in(
    rows: list[tuple[int, list[Any]]], first_column: int, marks: Mapping[str, str]
) -> tuple[list[tuple[int, list[Any]]], int]:
    """The rows with the marks in their cells, and the first column, which may lie further left:
    the reader leaves out rows and columns in which it sees no value."""
    places = {place: mark for name, mark in marks.items() if (place := _place(name))}
    if not places:
        return rows, first_column
    left = min(column for _, column in places)
    if not rows:
        first_column = left
    if left < first_column:
        rows = [(number, [""] * (first_column - left) + cells) for number, cells in rows]
        first_column = left
    by_number = dict(rows)
    for (number, column), mark in places.items():
        cells = by_number.setdefault(number, [])
        cells += [""] * (column - first_column + 1 - len(cells))
        cells[column - first_column] = mark
    return sorted(by_number.items()), first_column


def _place(name: str) -> tuple[int, int] | None:
    """The row, from 1, and the column, from 0, of a cell named as in ``D17``."""
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", name)
    if match is None:
        return None
    column = 0
    for one in match[1]:
        column = column * 26 + ord(one) - 64
    return int(match[2]), column - 1
