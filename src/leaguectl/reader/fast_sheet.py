"""FastSheet sheets, read by one pattern in a third of the time that reading any sheet takes.

Programs write a roster in few ways: rows in order, cells in order, and in each a text, a text
shared with others, a number or a day. A sheet in which every byte of the rows is accounted for by
that pattern is read here. Whatever else occurs (a formula, an error, something hidden, a rich text,
an entity, a far cell, white space that may not count) makes the whole sheet another one, which is
looked over and read as any other. So nothing here is ever a guess, and a test holds both ways to
the same answer.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import FastSheet, FileRefused, column_letters
from leaguectl.reader.wire import Block, pack_columns
from leaguectl.reader.xml_parser import HEAD, has_entities, parse

MOST_COLUMNS = 64
"""A pattern for more columns than a roster has is not worth its making."""

_MOST_LEFT = 8 << 20
"""Bytes of one row, or of what follows the rows; in an ordinary sheet it is far less."""

_MOST_CELLS = 1 << 20
"""Cells of the rows that are held together, empty ones too: a piece of a roster has some 20,000."""

_BEGIN, _END = b"<sheetData>", b"</sheetData>"


class Book(NamedTuple):
    """What the cells of a workbook refer to: its shared texts by number, and its formats."""

    texts: Mapping[bytes, str]
    formats: Sequence[int]
    """The number format of each style."""


class _NotFast(Exception):
    """The sheet is no ordinary one."""


def read_fast(
    pieces: Iterator[bytes], book: Callable[[], Book], limits: Limits
) -> FastSheet | None:
    """The sheet that comes in these pieces, where it is an ordinary one within the limits."""
    try:
        head, piece = _parted(next(pieces, b""), _BEGIN)
        if has_entities(head[:HEAD]) or _HIDDEN.search(head):
            return None
        reading = _Reading(book, _width(head + piece[:HEAD]), limits)
        for more in pieces:
            end = piece.rfind(b"<row ")
            if end > 0:
                reading.add(piece[:end])
            elif len(piece) > _MOST_LEFT:
                return None
            piece = piece[max(end, 0) :] + more
        rows, tail = _parted(piece, _END)
        reading.add(rows)
        return reading.finished(_merged(head, tail))
    except (_NotFast, FileRefused, KeyError, IndexError, ValueError):
        return None


def _parted(data: bytes, sign: bytes) -> tuple[bytes, bytes]:
    before, found, after = data.partition(sign)
    if not found:
        raise _NotFast
    return before, after


def _width(begin: bytes) -> int:
    """How many columns its first rows and what it says of itself name."""
    names = re.findall(
        rb"<c r=\"([A-Z]{1,3})[0-9]|<dimension ref=\"[A-Z0-9]+:([A-Z]{1,3})[0-9]", begin
    )
    return max((_number(one or other) for one, other in names), default=0)


def _number(column: bytes) -> int:
    """The number of a column, from 1."""
    number = 0
    for one in column:
        number = number * 26 + one - 64
    return number


# -- the pattern ---------------------------------------------------------------------------------


@cache
def _row(width: int) -> re.Pattern[bytes]:
    """A row with its number, and for each column the text that its cell has itself, or how its
    value is meant and the value. White space around a text may not count, so none has it.

    Where a row is not so, it takes all that follows, without a number: nothing is passed over.
    """
    style, text = r'(?: s="[0-9]++")?+', r"<is><t>((?! )[^<]++(?<! ))</t></is></c>"
    cells = "".join(
        rf'(?:<c r="{column_letters(at)}\1"(?:{style} t="inlineStr">{text}'
        rf"|([^<>/]*+>)<v>([^<]++)</v></c>|{style}(?: t=\"n\")?+ ?/>))?+"
        for at in range(width)
    )
    begin = r'<row r="([1-9][0-9]*+)"(?: [\w:]++="[^"<>]*+")*+ ?/?>'
    return re.compile(rf"{begin}(?:(?<=/>)|{cells}</row>)|(?s:.+)".encode())


_SIGNS = (b"&", b"\n", b"\r", b"\t")
"""Signs of another sheet: an entity, a text of several lines."""

_HIDDEN = re.compile(rb'hidden(?!="(?:0|false)")')
"""Something hidden: some programs say of every row that it is not."""

_MEANT = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="(n|s)")?>')
_VALUE = re.compile(rb"[0-9.E+-]+")
_DAY = re.compile(rb"[0-9]{2,7}")

_NUMBERS = {0, 1, 2, 3, 4, 9, 10, 49}
"""Number formats of plain numbers: general, with places, in per cent, as text."""

_DAYS = {14}
"""Number formats of days."""

_DAY_CODES = (
    "yyyy-mm-dd", "yyyy/m/d", "yyyy/mm/dd", "yyyy-m-d", "yyyy.mm.dd", "yyyy.m.d",
    "yyyy\\-mm\\-dd", "yyyy\\-m\\-d", "yyyy/m/d;@", "yyyy-mm-dd;@",
)  # fmt: skip
_NUMBER_CODES = ("@", "General", "0", "0_ ", "0.0", "0.0#", "0.00", "0.00_ ", "0.000")
_CODES = dict.fromkeys(_DAY_CODES, 14) | dict.fromkeys(_NUMBER_CODES, 0)
"""How those who write their own format of a day or a number do it, and what it is the same as."""


class _Numbers(dict[bytes, Any]):
    """What a number says; nothing where there is none."""

    def __missing__(self, value: bytes) -> float:
        if not _VALUE.fullmatch(value):
            raise _NotFast
        return float(value)


class _Days(dict[bytes, Any]):
    """The day that a whole number of days since the last of 1899 says."""

    def __missing__(self, value: bytes) -> date:
        if not (_DAY.fullmatch(value) and 61 <= int(value) <= 2_958_465):
            raise _NotFast
        day = self[value] = date(1899, 12, 30) + timedelta(int(value))
        return day


@dataclass(slots=True)
class _Reading:
    """The rows that were read so far."""

    book: Callable[[], Book]
    width: int
    limits: Limits
    first: int = 0
    next: int = 0
    shared: int = 0
    blocks: list[Block] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    varied: set[int] = field(default_factory=set)
    tables: dict[bytes, Mapping[bytes, Any]] = field(default_factory=dict)
    numbers: _Numbers = field(default_factory=lambda: _Numbers({b"": ""}))
    days: _Days = field(default_factory=lambda: _Days({b"": ""}))

    def add(self, data: bytes) -> None:
        """Read so many whole rows.

        :raises _NotFast: they are not ordinary.
        """
        if not data.startswith(b"<row ") or not 0 < self.width <= MOST_COLUMNS:
            raise _NotFast
        if any(sign in data for sign in _SIGNS) or (b"_" in data and b"_x" in data):
            raise _NotFast
        if b"h" in data and _HIDDEN.search(data):  # to search for one letter costs next to nothing
            raise _NotFast
        may_be_many = self.width * len(data) > 12 * _MOST_CELLS  # no row has fewer bytes
        if may_be_many and self.width * data.count(b"<row ") > _MOST_CELLS:
            raise _NotFast
        rows = _row(self.width).findall(data)
        if not rows[-1][0]:
            raise _NotFast
        columns = list(zip(*rows, strict=True))
        if not any(map(all, columns[1:])):  # no column is filled throughout, so a row may be blank
            rows = [row for row in rows if any(row[1:])]
            if not rows:
                return
            columns = list(zip(*rows, strict=True))
        said = zip(columns[1::3], columns[2::3], columns[3::3], strict=True)
        self._put([*map(int, columns[0])], [self._values(*one) for one in said])

    def _put(self, numbers: list[int], columns: list[Sequence[Any]]) -> None:
        self.first = self.first or numbers[0]
        start = self.next or self.first
        count = numbers[-1] + 1 - start
        if numbers != sorted({*numbers}) or numbers[0] < start:
            raise _NotFast
        if numbers[-1] > self.limits.last_row or self.width > self.limits.last_column:
            raise _NotFast
        if (numbers[-1] + 1 - self.first) * self.width > self.limits.cells:
            raise _NotFast
        if count != len(numbers):
            columns = [_spread(column, numbers, start, count) for column in columns]
        self.next = start + count
        for at, column in enumerate(columns):
            if at not in self.filled and column.count(_blank(column)) < count:
                self.filled.add(at)
        self.blocks += pack_columns(columns, self.varied)

    def _values(
        self, texts: Sequence[bytes], meant: Sequence[bytes], values: Sequence[bytes]
    ) -> Sequence[Any]:
        """A column: its texts in UTF-8, or texts, numbers and days (and empty ones)."""
        kinds = {*meant} - {b""}
        if not kinds:
            return texts
        if len(kinds) == 1 and not any(texts):
            table = self._table(kinds.pop())
            said = [*map(table.__getitem__, values)]
            if not isinstance(table, (_Numbers, _Days)):
                self._bound(sum(map(len, said)))
            return said
        said = [
            text.decode() or (self._table(how)[value] if how else "")
            for text, how, value in zip(texts, meant, values, strict=True)
        ]
        self._bound(sum(len(one) for one in said if type(one) is str))
        return said

    def _bound(self, characters: int) -> None:
        """A shared text of a few bytes can stand in millions of cells. Whether a sheet that says so
        much can be read is for the reader of any sheet to find out."""
        self.shared += characters
        if self.shared > self.limits.answer:
            raise _NotFast

    def _table(self, how: bytes) -> Mapping[bytes, Any]:
        """What the values mean of cells that say this of themselves."""
        if (known := self.tables.get(how)) is not None:
            return known
        said = _MEANT.fullmatch(how)
        if said is None:
            raise _NotFast
        style, kind = said.groups()
        table: Mapping[bytes, Any] = self.numbers
        if kind == b"s":
            table = self.book().texts
        elif style is not None:
            shown = self.book().formats[int(style)]
            if shown in _DAYS:
                table = self.days
            elif shown not in _NUMBERS:
                raise _NotFast
        self.tables[how] = table
        return table

    def finished(self, merged: list[list[int]]) -> FastSheet:
        """The sheet, from its first to its last filled column.

        :raises _NotFast: no cell is filled.
        """
        if not self.filled:
            raise _NotFast
        first, end = min(self.filled), max(self.filled) + 1
        blocks = [{"columns": block["columns"][first:end]} for block in self.blocks]
        return FastSheet(self.first - 1, first, merged, blocks)


def _spread(column: Sequence[Any], numbers: Sequence[int], start: int, count: int) -> list[Any]:
    """A column with the blank rows between its rows."""
    spread = [_blank(column)] * count
    for number, value in zip(numbers, column, strict=True):
        spread[number - start] = value
    return spread


def _blank(column: Sequence[Any]) -> Any:
    return b"" if type(column[0]) is bytes else ""


# -- beside the rows -----------------------------------------------------------------------------

_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


def _merged(head: bytes, tail: bytes) -> list[list[int]]:
    """The merged cells that a sheet tells after its rows.

    :raises FileRefused: what stands around the rows is not well-formed.
    :raises _NotFast: it is not what stands around the rows of a sheet.
    """
    path: list[str] = []
    found: list[list[int]] = []
    rows = 0

    def start(name: str, said: dict[str, str]) -> None:
        nonlocal rows
        path.append(name)
        rows += path == ["worksheet", "sheetData"]
        if name == "mergeCell":
            match = _RANGE.fullmatch(said["ref"])
            if match is None:
                raise _NotFast
            left, top, right, bottom = match.groups()
            found.append([int(top) - 1, _number(left.encode()) - 1,
                          int(bottom) - 1, _number(right.encode()) - 1])  # fmt: skip

    if len(tail) > _MOST_LEFT or b"sheetData" in head + tail:
        raise _NotFast
    parse(head + _BEGIN + _END + tail, "", start, lambda _: path.pop())
    if rows != 1:
        raise _NotFast
    return found


# -- what cells refer to -------------------------------------------------------------------------

_SHARED = re.compile(rb"<si><t>([^<]*+)</t>(?:<phoneticPr [^<>]*+>(?<=/>))?+</si>(?=<si>|</sst>)")


def book_of(strings: bytes, styles: bytes) -> Book:
    """What the cells of a workbook refer to, by the parts that hold it; texts that are not plain
    are left out.

    :raises FileRefused: the formats are not well-formed.
    """
    return Book(_texts(strings), _formats(styles) if styles else ())


def _texts(strings: bytes) -> dict[bytes, str]:
    found = _SHARED.findall(strings)
    if len(found) != strings.count(b"<si>") or b"<si/>" in strings or b"<si " in strings:
        return {}
    texts = {b"": ""}
    for number, text in enumerate(found):
        is_plain = not (b"&" in text or b"_x" in text or b"\r" in text)
        if is_plain and text and text == text.strip(b" \t\n"):
            texts[b"%d" % number] = text.decode()
    return texts


def _formats(styles: bytes) -> list[int]:
    path: list[str] = []
    codes: dict[str, str] = {}
    found: list[int] = []

    def start(name: str, said: dict[str, str]) -> None:
        path.append(name)
        if name == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif path == ["styleSheet", "cellXfs", "xf"]:
            number = said.get("numFmtId", "-1")
            found.append(_CODES.get(codes[number], -1) if number in codes else int(number))

    parse(styles, "", start, lambda _: path.pop())
    return found
