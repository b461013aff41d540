"""Ordinary sheets, read by one pattern in a third of the time that reading any sheet takes.

Programs write a roster in few ways: rows in order, cells in order, and in each a text, a text
shared with others, a number or a day. A sheet is read here only if the pattern accounts for every
byte of its rows. Whatever else occurs (a formula, an error, something hidden, a rich text, an
entity of XML, a far cell, white space that may not count) makes it one that calamine reads. So
nothing here is ever a guess, and a test holds both ways to the same answer.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from leaguectl.reader.limits import Limits, number_in
from leaguectl.reader.sheets import FastSheet, FileRefused, column_index, column_letters
from leaguectl.reader.wire import Block, pack_columns
from leaguectl.reader.xml_parser import HEAD, has_entities, parse

MAX_COLUMNS = 64
"""A pattern for more columns than a roster has is not worth creating."""

_MAX_UNREAD = 8 << 20
"""Bytes of one row, or of what follows the rows; in an ordinary sheet it is far less."""

_MAX_CELLS = 1 << 20
"""Cells of the rows that are held together, empty ones too: a piece of a roster has some 20,000."""

_BEGIN, _END = b"<sheetData>", b"</sheetData>"


class References(NamedTuple):
    """What the cells of a workbook refer to: its shared texts by number, and its styles."""

    texts: Mapping[bytes, str]
    formats: Sequence[int]
    """The number format of each style."""


class _NotFast(Exception):
    """The sheet is not ordinary enough for this module."""


def read_fast(
    pieces: Iterator[bytes], references: Callable[[], References], limits: Limits
) -> FastSheet | None:
    """The sheet in these pieces; None where it is left to calamine, because it is not ordinary or
    not within the limits."""
    try:
        head, piece = _split(next(pieces, b""), _BEGIN)
        if has_entities(head[:HEAD]) or _HIDDEN.search(head):
            return None
        columns = _Columns(references, _width(head + piece[:HEAD]), limits)
        for next_piece in pieces:
            end = piece.rfind(b"<row ")  # the last row may go on in the next piece
            if end > 0:
                columns.add(piece[:end])
            elif len(piece) > _MAX_UNREAD:
                return None
            piece = piece[max(end, 0) :] + next_piece
        rows, tail = _split(piece, _END)
        columns.add(rows)
        return columns.sheet(_merged(head, tail))
    except (_NotFast, FileRefused, KeyError, IndexError, ValueError):
        return None


def _split(data: bytes, sign: bytes) -> tuple[bytes, bytes]:
    before, found, after = data.partition(sign)
    if not found:
        raise _NotFast
    return before, after


def _width(begin: bytes) -> int:
    """How many columns its first rows and its ``<dimension>`` name."""
    names = re.findall(
        rb"<c r=\"([A-Z]{1,3})[0-9]|<dimension ref=\"[A-Z0-9]+:([A-Z]{1,3})[0-9]", begin
    )
    letters = ((of_cell or of_dimension).decode() for of_cell, of_dimension in names)
    return max(map(column_index, letters), default=-1) + 1


# -- the pattern ---------------------------------------------------------------------------------


@cache
def _row_pattern(width: int) -> re.Pattern[bytes]:
    r"""A row with ``width`` columns: its number, and three groups for each column.

    The first group is a text that stands in the cell itself; the second and the third are the
    attributes of any other cell and its value, which together say what it means (:class:`_Columns`
    has the rest). An empty or absent cell leaves all three empty.

    >>> cells = b'<c r="A3" t="s"><v>7</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c>'
    >>> _row_pattern(2).findall(b'<row r="3">' + cells + b'</row>')
    [(b'3', b'', b' t="s">', b'7', b'x', b'', b'')]

    A row that is not like this matches the second half of the pattern, ``(?s:.+)``: it takes all
    that follows and has no number, so that nothing is ever passed over without notice.

    >>> _row_pattern(1).findall(b'<row r="4"><c r="A4"><f>1+1</f></c></row>')
    [(b'', b'', b'', b'')]

    ``\1`` asks that a cell is named after its row. ``++`` and ``?+`` never go back over what they
    passed, which keeps the time in proportion to the size, whatever somebody crafts.
    """
    style = r'(?: s="[0-9]++")?+'
    text = r"<is><t>((?! )[^<]++(?<! ))</t></is>"  # blanks around a text may not count
    cells = "".join(
        rf'(?:<c r="{column_letters(index)}\1"'
        rf'(?:{style} t="inlineStr">{text}</c>'
        rf"|([^<>/]*+>)<v>([^<]++)</v></c>"
        rf'|{style}(?: t="n")?+ ?/>))?+'
        for index in range(width)
    )
    begin = r'<row r="([1-9][0-9]*+)"(?: [\w:]++="[^"<>]*+")*+ ?/?>'
    return re.compile(rf"{begin}(?:(?<=/>)|{cells}</row>)|(?s:.+)".encode())


_SIGNS = (b"&", b"\n", b"\r", b"\t")
"""Signs of a sheet that is not ordinary: an entity of XML, a text of several lines."""

_CHARACTER = re.compile(rb"&#([0-9]{1,7});")
"""A character by its number, as openpyxl writes all that is not ASCII where lxml is installed."""

_HIDDEN = re.compile(rb'hidden(?!="(?:0|false)")')
"""Something hidden: some programs say of every row that it is not."""

_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,5})")?(?: t="(n|s)")?>')
_NUMBER = re.compile(rb"[0-9.E+-]+")
_DAY = re.compile(rb"[0-9]{2,7}")

_NUMBER_FORMATS = {0, 1, 2, 3, 4, 9, 10, 49}
"""Built-in formats of plain numbers: general, with places, in per cent, as text."""

_DAY_FORMAT = 14
"""The built-in format of days."""

_DAY_CODES = (
    *("yyyy-mm-dd", "yyyy/m/d", "yyyy/mm/dd", "yyyy-m-d", "yyyy.mm.dd", "yyyy.m.d"),
    *("yyyy\\-mm\\-dd", "yyyy\\-m\\-d", "yyyy/m/d;@", "yyyy-mm-dd;@"),
)
_NUMBER_CODES = ("@", "General", "0", "0_ ", "0.0", "0.0#", "0.00", "0.00_ ", "0.000")
_FORMATS = dict.fromkeys(_DAY_CODES, _DAY_FORMAT) | dict.fromkeys(_NUMBER_CODES, 0)
"""How programs write their own formats of days and numbers, and which built-in one they equal."""


class _Numbers(dict[bytes, Any]):
    """The number that a value stands for; nothing where there is none. Computed on demand, and
    not kept: numbers seldom repeat."""

    def __missing__(self, value: bytes) -> float:
        if not _NUMBER.fullmatch(value):
            raise _NotFast
        return float(value)


class _Characters(dict[bytes, bytes]):
    """The character that a number stands for, in UTF-8. None that means something in XML: what is
    written by its number is text."""

    def __missing__(self, number: bytes) -> bytes:
        if (code := int(number)) < 0x80:
            raise _NotFast
        character = self[number] = chr(code).encode()  # half a character is a ValueError
        return character


class _Days(dict[bytes, Any]):
    """The day that a value stands for, as days since the last of 1899. Kept, since they repeat.

    Below 61 spreadsheets disagree, since one of them had a 29 February 1900; the last day they
    know is in the year 9999.
    """

    def __missing__(self, value: bytes) -> date:
        if not (_DAY.fullmatch(value) and 61 <= int(value) <= 2_958_465):
            raise _NotFast
        day = self[value] = date(1899, 12, 30) + timedelta(int(value))
        return day


@dataclass(slots=True)
class _Columns:
    """The columns of the rows that were read so far."""

    references: Callable[[], References]
    width: int
    limits: Limits
    first_row: int = 0
    next_row: int = 0
    characters: int = 0  # of shared texts, each time that one is used
    blocks: list[Block] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    varied: set[int] = field(default_factory=set)
    meanings: dict[bytes, Mapping[bytes, Any]] = field(default_factory=dict)
    numbers: _Numbers = field(default_factory=lambda: _Numbers({b"": ""}))
    days: _Days = field(default_factory=lambda: _Days({b"": ""}))
    by_number: _Characters = field(default_factory=_Characters)

    def add(self, data: bytes) -> None:
        """Read some complete rows.

        :raises _NotFast: they are not ordinary.
        """
        if b"&" in data:
            parts = _CHARACTER.split(data)
            parts[1::2] = map(self.by_number.__getitem__, parts[1::2])
            data = b"".join(parts)
        self._refuse_odd(data)
        rows = _row_pattern(self.width).findall(data)
        if not rows[-1][0]:
            raise _NotFast
        columns = list(zip(*rows, strict=True))
        if not any(map(all, columns[1:])):  # no column is filled throughout, so a row may be blank
            rows = [row for row in rows if any(row[1:])]
            if not rows:
                return
            columns = list(zip(*rows, strict=True))
        groups = zip(columns[1::3], columns[2::3], columns[3::3], strict=True)
        self._put([*map(int, columns[0])], [self._values(*column) for column in groups])

    def _refuse_odd(self, data: bytes) -> None:
        """Reject by plain searches what the pattern would take long to reject, or would accept
        although its text means something else (``_x000D_`` is a line break)."""
        if not data.startswith(b"<row ") or not 0 < self.width <= MAX_COLUMNS:
            raise _NotFast
        if any(sign in data for sign in _SIGNS) or (b"_" in data and b"_x" in data):
            raise _NotFast
        if b"h" in data and _HIDDEN.search(
            data
        ):  # searching for a single letter costs almost nothing
            raise _NotFast
        # Rows are only counted where there may be too many; none has fewer than twelve bytes.
        may_be_many = self.width * len(data) > 12 * _MAX_CELLS
        if may_be_many and self.width * data.count(b"<row ") > _MAX_CELLS:
            raise _NotFast

    def _put(self, numbers: list[int], columns: list[Sequence[Any]]) -> None:
        """Add these columns of the rows with these numbers, and the blank rows between them."""
        self.first_row = self.first_row or numbers[0]
        start = self.next_row or self.first_row
        count = numbers[-1] + 1 - start
        if numbers != sorted({*numbers}) or numbers[0] < start:
            raise _NotFast
        if numbers[-1] > self.limits.last_row or self.width > self.limits.last_column:
            raise _NotFast
        if (numbers[-1] + 1 - self.first_row) * self.width > self.limits.cells:
            raise _NotFast
        if count != len(numbers):
            columns = [_with_blank_rows(column, numbers, start, count) for column in columns]
        self.next_row = start + count
        for index, column in enumerate(columns):
            if index not in self.filled and column.count(_blank(column)) < count:
                self.filled.add(index)
        self.blocks += pack_columns(columns, self.varied)

    def _values(
        self, texts: Sequence[bytes], attributes: Sequence[bytes], values: Sequence[bytes]
    ) -> Sequence[Any]:
        """A column: its texts in UTF-8, or texts, numbers, days and blanks."""
        kinds = {*attributes} - {b""}
        if not kinds:
            return texts
        if len(kinds) == 1 and not any(texts):  # nearly every column is of one kind
            meanings = self._meanings(kinds.pop())
            column = [*map(meanings.__getitem__, values)]
            if not isinstance(meanings, (_Numbers, _Days)):
                self._count(sum(map(len, column)))
            return column
        column = [
            text.decode() or (self._meanings(kind)[value] if kind else "")
            for text, kind, value in zip(texts, attributes, values, strict=True)
        ]
        self._count(sum(len(value) for value in column if type(value) is str))
        return column

    def _count(self, characters: int) -> None:
        """Give up a sheet with too many characters: a shared text of a few bytes can be in millions
        of cells, and calamine must find out whether that can be read at all."""
        self.characters += characters
        if self.characters > self.limits.answer:
            raise _NotFast

    def _meanings(self, attributes: bytes) -> Mapping[bytes, Any]:
        """What the values of cells with these attributes stand for."""
        if (known := self.meanings.get(attributes)) is not None:
            return known
        match = _ATTRIBUTES.fullmatch(attributes)
        if match is None:
            raise _NotFast
        style, kind = match.groups()
        meanings: Mapping[bytes, Any] = self.numbers
        if kind == b"s":
            meanings = self.references().texts
        elif style is not None:
            number_format = self.references().formats[int(style)]
            if number_format == _DAY_FORMAT:
                meanings = self.days
            elif number_format not in _NUMBER_FORMATS:
                raise _NotFast
        self.meanings[attributes] = meanings
        return meanings

    def sheet(self, merged: list[list[int]]) -> FastSheet:
        """The sheet, from its first to its last filled column.

        :raises _NotFast: no cell is filled.
        """
        if not self.filled:
            raise _NotFast
        first, end = min(self.filled), max(self.filled) + 1
        blocks = [{"columns": block["columns"][first:end]} for block in self.blocks]
        return FastSheet(self.first_row - 1, first, merged, blocks)


def _with_blank_rows(
    column: Sequence[Any], numbers: Sequence[int], start: int, count: int
) -> list[Any]:
    """A column with the blank rows between its rows."""
    values = [_blank(column)] * count
    for number, value in zip(numbers, column, strict=True):
        values[number - start] = value
    return values


def _blank(column: Sequence[Any]) -> Any:
    return b"" if type(column[0]) is bytes else ""


# -- around the rows -----------------------------------------------------------------------------

_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


def _merged(head: bytes, tail: bytes) -> list[list[int]]:
    """The merged cells, which are listed after the rows.

    :raises FileRefused: what stands around the rows is not well-formed.
    :raises _NotFast: it is not what stands around the rows of a sheet.
    """
    path: list[str] = []
    merged: list[list[int]] = []
    tables = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal tables
        path.append(name)
        tables += path == ["worksheet", "sheetData"]
        if name == "mergeCell":
            match = _RANGE.fullmatch(attributes["ref"])
            if match is None:
                raise _NotFast
            left, top, right, bottom = match.groups()
            merged.append([int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)])

    if len(tail) > _MAX_UNREAD or b"sheetData" in head + tail:
        raise _NotFast
    parse(head + _BEGIN + _END + tail, "", start, lambda _: path.pop())
    if tables != 1:
        raise _NotFast
    return merged


# -- what cells refer to -------------------------------------------------------------------------

_SHARED = re.compile(rb"<si><t>([^<]*+)</t>(?:<phoneticPr [^<>]*+>(?<=/>))?+</si>(?=<si>|</sst>)")


def references_of(texts: bytes, styles: bytes) -> References:
    """What the cells of a workbook refer to, by the parts that hold it; texts that are not plain
    are left out.

    :raises FileRefused: the styles are not well-formed.
    """
    return References(_shared_texts(texts), _style_formats(styles) if styles else ())


def _shared_texts(part: bytes) -> dict[bytes, str]:
    texts = _SHARED.findall(part)
    # The number of a text is its place, so one that the pattern misses would shift all others.
    if len(texts) != part.count(b"<si>") or any(
        sign in part for sign in (b"<si/>", b"<si ", b"<!")
    ):
        return {}
    by_number = {b"": ""}
    for number, text in enumerate(texts):
        is_plain = not (b"&" in text or b"_x" in text or b"\r" in text)
        if is_plain and text and text == text.strip(b" \t\n"):
            by_number[b"%d" % number] = text.decode()
    return by_number


def _style_formats(styles: bytes) -> list[int]:
    """The built-in format of each style, -1 where it equals none that is known here."""
    numbers, codes = formats_of(styles)
    return [_FORMATS.get(codes[number], -1) if number in codes else number for number in numbers]


def formats_of(styles: bytes) -> tuple[list[int], dict[int, str]]:
    """The number of the format of each style, and the codes of those that the workbook defines.

    :raises FileRefused: the styles are not well-formed.
    """
    path: list[str] = []
    codes: dict[int, str] = {}
    formats: list[int] = []

    def number(attributes: dict[str, str]) -> int:
        return number_in(attributes.get("numFmtId"), -1)

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        if name == "numFmt":
            codes[number(attributes)] = attributes.get("formatCode", "")
        elif path == ["styleSheet", "cellXfs", "xf"]:
            formats.append(number(attributes))

    parse(styles, "", start, lambda _: path.pop())
    return formats, codes
