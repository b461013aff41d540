"""Files of strangers: any workbook or text table becomes sheets, or is refused by a code.

This package imports nothing of the rest of leaguectl. Its child process loads this module too, so
what only the parent needs is imported where it is used.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from leaguectl.reader.limits import MEGABYTE, USUAL, Limits, run_child
from leaguectl.reader.sheets import (
    CellError,
    FileRefused,
    Month,
    NoValue,
    Sheet,
    Source,
    column_index,
    column_letters,
)
from leaguectl.reader.wire import decode_moment, unpack

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

__all__ = [
    "CellError",
    "FileRefused",
    "Month",
    "NoValue",
    "Sheet",
    "Source",
    "column_letters",
    "read",
    "read_bytes",
]


def read(path: "Path", name: str | None = None, limits: Limits = USUAL) -> Source:
    """Read a workbook or a text table, recognised by its content and not by its name.

    ``name`` is what the result calls the file, by default its name without the folder.

    :raises OSError: it cannot be opened.
    :raises FileRefused: it is encrypted, damaged, too large, or no table at all.
    """
    with path.open("rb") as stream:
        data = stream.read(limits.file_megabytes * MEGABYTE + 1)
    if len(data) > limits.file_megabytes * MEGABYTE:
        detail = f"> {limits.file_megabytes} MB"
        raise FileRefused("file-too-large", bytes=len(data), detail=detail)
    # What it is called may be said otherwise than the system says it: as text.
    return read_bytes(data, name or path.name, type(path)(name or path.name).stem, limits)


def read_bytes(data: bytes, name: str, stem: str, limits: Limits = USUAL) -> Source:
    """Read a workbook or a text table from its bytes; ``stem`` is what its only sheet is called
    where it has no name of its own.

    :raises FileRefused: it is encrypted, damaged, too large, or no table at all.
    """
    import hashlib

    workbook, *sheets = _ask_child(data, limits)
    return Source(
        name,
        hashlib.sha256(data).hexdigest(),
        [_sheet(name, stem, answer) for answer in sheets],
        frozenset(workbook["traits"]),
    )


def _ask_child(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """The lines of the child's answer.

    :raises FileRefused: it gave none.
    """
    import subprocess

    bounds = json.dumps(asdict(limits))
    try:
        child = run_child("leaguectl.reader.child", bounds, data=data, seconds=limits.seconds)
    except subprocess.TimeoutExpired:
        raise FileRefused("file-too-slow", seconds=limits.seconds) from None
    if child.returncode != 0:
        raise _refusal(child, limits)
    for line in child.stdout.splitlines():
        yield json.loads(line, object_hook=decode_moment)


def _refusal(child: "CompletedProcess[bytes]", limits: Limits) -> FileRefused:
    """Why the child gave no answer: what it says itself, else how it ended."""
    import signal

    code, last_line = child.returncode, (child.stdout.splitlines() or [b""])[-1]
    if code == 1 and last_line.startswith(b'{"error"'):
        answer = json.loads(last_line)
        return FileRefused(answer["error"], **answer["facts"])
    ended = signal.Signals(-code).name if -code in set(signal.Signals) else str(code)
    if ended == "SIGXCPU":
        return FileRefused("file-too-slow", seconds=limits.processor_seconds)
    # calamine aborts where memory is refused it, and the system kills what takes too much.
    out_of_memory = b"memory allocation" in child.stderr or b"MemoryError" in child.stderr
    if ended == "SIGKILL" or out_of_memory:
        return FileRefused("file-too-large", detail=ended)
    return FileRefused("file-crashes-reader", detail=ended)


def _sheet(file: str, stem: str, answer: dict[str, Any]) -> Sheet:
    """A sheet as the child describes it; one without a name of its own has the file's."""
    marks: dict[str, str] = {cell: CellError(text) for cell, text in answer["errors"].items()}
    marks |= {cell: NoValue("=") for cell in answer["uncached"]}
    rows, first_column = unpack(answer["blocks"], answer["first_row"] + 1), answer["first_column"]
    if marks:
        rows, first_column = _with_marks(rows, first_column, marks)
    return Sheet(
        file,
        stem if answer["name"] is None else answer["name"],
        rows,
        first_column,
        visible=answer["visible"] == "visible",
        very_hidden=answer["visible"] == "very hidden",
        merged=tuple((r1, c1, r2, c2) for r1, c1, r2, c2 in answer["merged"]),
        hidden_rows=tuple(answer["hidden_rows"]),
        hidden_columns=tuple(answer["hidden_columns"]),
        errors=answer["errors"],
        uncached=frozenset(answer["uncached"]),
    )


def _with_marks(
    rows: list[tuple[int, list[Any]]], first_column: int, marks: Mapping[str, str]
) -> tuple[list[tuple[int, list[Any]]], int]:
    """The rows with the marks in their cells, and the first column.

    Both may grow: calamine leaves out the rows and columns at the edges in which it sees no value.
    """
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


def _place(cell: str) -> tuple[int, int] | None:
    """The row, from 1, and the column, from 0, of a cell named as in ``D17``."""
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell)
    return (int(match[2]), column_index(match[1])) if match else None
