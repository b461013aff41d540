"""Files of strangers: any workbook or text table becomes sheets, or is refused with a code.

This package imports nothing from the rest of leaguectl. Its child process loads this module too, so
modules that only the parent needs are imported where they are used.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self

from leaguectl.reader.limits import MEGABYTE, USUAL, Child, Limits
from leaguectl.reader.sheets import (
    CellError,
    FileRefused,
    Month,
    NoValue,
    Sheet,
    Source,
    cell_place,
    column_letters,
)
from leaguectl.reader.wire import decode_moment, unpack

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "CellError",
    "FileReader",
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

    ``name`` is the name of the file in the result, by default without the folder.

    :raises OSError: it cannot be opened.
    :raises FileRefused: it is encrypted, damaged, too large, or not a table.
    """
    with FileReader(limits) as reader:
        return reader.read(path, name)


def read_bytes(data: bytes, name: str, stem: str, limits: Limits = USUAL) -> Source:
    """Read a workbook or a text table from its bytes; ``stem`` is what its only sheet is called
    where it has no name of its own.

    :raises FileRefused: it is encrypted, damaged, too large, or no table at all.
    """
    with FileReader(limits) as reader:
        return reader.read_bytes(data, name, stem)


_OF_THE_CHILD = ("file-too-large", "file-crashes-reader")
"""Refusals that may be caused by what a child has read before."""

_SERVED = 64 * MEGABYTE
"""A child is replaced after this many bytes of files and answers."""


class FileReader:
    """Reads many files, one after the other, in one child process: starting it takes longer than
    most files do. The bounds apply to each file. Where the child ended, or a file exceeded a bound,
    the next file gets a new child."""

    def __init__(self, limits: Limits = USUAL) -> None:
        self._limits = limits
        self._child: Child | None = None
        self._served = 0
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child and start no other: a file that another thread has read is given up."""
        self._is_closed = True
        self._end_child()

    def _end_child(self) -> None:
        child, self._child, self._served = self._child, None, 0
        if child is not None:
            child.end()

    def read(self, path: "Path", name: str | None = None) -> Source:
        """As :func:`read`."""
        most = self._limits.file_megabytes
        with path.open("rb") as stream:
            data = stream.read(most * MEGABYTE + 1)
        if len(data) > most * MEGABYTE:
            raise FileRefused("file-too-large", bytes=len(data), detail=f"> {most} MB")
        # The name is given as text, which may differ from the file system's bytes.
        return self.read_bytes(data, name or path.name, type(path)(name or path.name).stem)

    def read_bytes(self, data: bytes, name: str, stem: str) -> Source:
        """As :func:`read_bytes`."""
        import hashlib

        workbook, *sheets = self._answers(data)
        return Source(
            name,
            hashlib.sha256(data).hexdigest(),
            [_sheet(name, stem, answer) for answer in sheets],
            frozenset(workbook["traits"]),
        )

    def _answers(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The child's answers about a file.

        :raises FileRefused: it is not read.
        """
        has_served = self._child is not None
        try:
            parts = self._ask(data)
        except FileRefused as refused:
            if not has_served or refused.code not in _OF_THE_CHILD:
                raise
            parts = self._ask(data)
        self._served += len(data) + sum(map(len, parts))
        if self._served > _SERVED:
            self._end_child()
        for part in parts:
            yield json.loads(part, object_hook=decode_moment)

    def _ask(self, data: bytes) -> list[bytes]:
        limits = self._limits
        child = self._running()
        try:
            parts = child.ask(data, limits.seconds, limits.answer)
        except (OSError, EOFError, TimeoutError) as error:
            code, said = child.end()
            self._child = None
            if isinstance(error, TimeoutError):
                raise FileRefused("file-too-slow", seconds=limits.seconds) from None
            raise _refusal(code, said, limits) from None
        if parts[-1].startswith(b'{"error"'):
            answer = json.loads(parts[-1])
            if answer["error"] in _OF_THE_CHILD:
                self._end_child()
            raise FileRefused(answer["error"], **answer["facts"])
        return parts

    def _running(self) -> Child:
        """The child, started where there is none yet.

        :raises FileRefused: the reader was closed, perhaps while the child was started.
        """
        if self._child is None and not self._is_closed:
            self._child = Child("leaguectl.reader.child", json.dumps(asdict(self._limits)))
        child = self._child
        if child is None or self._is_closed:
            self._end_child()
            raise FileRefused("file-crashes-reader", detail="closed")
        return child


def _refusal(code: int, said: bytes, limits: Limits) -> FileRefused:
    """Why a child gave no answer, from its exit code and its last message."""
    import signal

    ended = signal.Signals(-code).name if -code in set(signal.Signals) else str(code)
    if ended == "SIGXCPU":
        return FileRefused("file-too-slow", seconds=limits.processor_seconds)
    # calamine aborts where memory is refused it, and the system kills what takes too much.
    out_of_memory = b"memory allocation" in said or b"MemoryError" in said
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
    places = {place: mark for name, mark in marks.items() if (place := cell_place(name))}
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
