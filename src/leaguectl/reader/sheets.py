"""What a file is read into, what the child process notes of it, and how a file is refused."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class FileRefused(Exception):
    """The file is not read.

    ``code`` says why, e.g. ``file-encrypted`` (all of them: docs/reading.en.md), and ``facts`` are
    the figures and names for its message.
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


# -- the result ----------------------------------------------------------------------------------


class Month(date):
    """A month whose cell shows no day; as a date it is its first day."""

    __slots__ = ()

    def isoformat(self) -> str:
        """The month in digits."""
        return f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        return self.isoformat()


class CellError(str):
    """The value of a cell whose formula failed: ``#N/A``, ``#REF!``. It is no information."""

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
    """A file that was read: its name, the SHA-256 of its bytes, its sheets, and what else it
    carries (``macros``, ``external-links``, ``dates-from-1904``)."""

    file: str
    sha256: str
    sheets: Sequence[Sheet]
    traits: frozenset[str] = frozenset()


# -- the notes of the child ----------------------------------------------------------------------


class Form(StrEnum):
    """What a file is by its content."""

    OOXML = "ooxml"
    OTHER_WORKBOOK = "workbook"
    """A compound file or an archive that calamine knows: .xls, .et, .xlsb, .ods."""
    SPREADSHEETML = "xml"
    HTML = "html"
    WORD = "word"
    TEXT = "text"


@dataclass(slots=True)
class SheetAnnotations:
    """What calamine does not report about a sheet; rows from 1, columns from 0."""

    errors: dict[str, str] = field(default_factory=dict)
    uncached: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    """Ranges counted from 0, of the formats whose merged cells calamine does not give."""
    shown: dict[tuple[int, int], Any] = field(default_factory=dict)
    """What cells show that do not show all of their value, by row and column from 0."""


@dataclass(slots=True)
class FastSheet:
    """A sheet that one pattern could read, ready for the parent; rows and columns count from 0."""

    first_row: int
    first_column: int
    merged: list[list[int]]
    blocks: list[dict[str, Any]]


@dataclass(slots=True)
class Inspection:
    """What was seen in a workbook before it was read.

    ``sheets`` goes by name, but in compound files by position, since old names have no certain
    encoding. ``fast_sheets`` are those that were read in passing.
    """

    form: Form
    sheets: dict[str | int, SheetAnnotations] = field(default_factory=dict)
    traits: list[str] = field(default_factory=list)
    fast_sheets: dict[str, FastSheet] = field(default_factory=dict)
    is_odd: bool = False
    """Whether it has what calamine half reads, so that it is read with care."""
    repaired: bytes | None = None
    """The file as it is to be read, where it says something untrue of itself; of a letter, the part
    with its text."""
    encoding: str | None = None
    """That of its texts, which are given byte by byte."""


ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
"""What the code of an error shows, in the formats that hold it as a number."""


# -- names of columns and cells ------------------------------------------------------------------


def column_letters(index: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(letters: str) -> int:
    """The place of a column, counted from 0, by its name."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def cell_place(name: str) -> tuple[int, int] | None:
    """The row, from 1, and the column, from 0, of a cell by its name (``D17``, ``$D$17``); None for
    anything else."""
    match = _CELL.fullmatch(name)
    return (int(match[2]), column_index(match[1].upper())) if match else None
