"""OpenDocument workbooks (.ods): what calamine does not report about them.

The whole workbook is one part, and the place of a cell depends on all cells before it, since
repeated rows and columns are written once. So it is parsed from its beginning, piece by piece, and
only where a plain search has found something to note.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from leaguectl.reader.limits import Limits, number_in
from leaguectl.reader.number_formats import MONTH, YEAR, Shown
from leaguectl.reader.sheets import SheetAnnotations, column_letters
from leaguectl.reader.xml_parser import parse

_WORTH_PARSING = (b"-spanned", b"visibility", b"formula", b'value-type="error"')

_DATE_STYLE = re.compile(rb"<number:date-style\b.*?</number:date-style>", re.S)

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|NAME\?|NUM!|VALUE!|NULL!)|Err:[0-9]{3}|#[A-Z/0-9!?]+!")
"""What a cell shows whose formula failed; the second form is LibreOffice's own."""

_NO_VALUES = frozenset({"annotation", "frame", "custom-shape"})
"""What lies in a cell and does not belong to its value."""

_VALUES = frozenset({"value", "date-value", "time-value", "boolean-value"})
"""The attributes of which one holds the value of a cell that is no text."""


def annotate_ods(
    pieces: Iterable[bytes], part: str, limits: Limits
) -> dict[str | int, SheetAnnotations]:
    """The annotations of each sheet in ``content.xml``.

    :raises FileRefused: it is not well-formed, makes entities, or names too many cells.
    """
    content = _Content(limits)
    parse(pieces, part, content.start, content.end, content.text)
    return content.sheets


def is_worth_parsing(pieces: Iterable[bytes]) -> bool:
    """Whether anything in it is merged, hidden, an error or a formula, or shows a month."""
    last = b""
    for piece in pieces:
        joined = last + piece
        if any(mark in joined for mark in _WORTH_PARSING):
            return True
        if any(b"number:day" not in style for style in _DATE_STYLE.findall(joined)):
            return True
        last = piece[-32:]  # a mark may lie across two pieces; the longest has 18 bytes
    return False


# -- what calamine does not take -----------------------------------------------------------------

_BETWEEN = re.compile(rb">[ \t\r\n]++<(?=/?(?:table|office):|text:p\b)")
_UNTYPED = re.compile(
    rb"<table:table-cell((?:\s+(?!office:value-type)[\w:.-]+=(?:\"[^\"<]*+\"|'[^'<]*+'))*+)\s*+>"
    rb"(?=\s*<text:p)"
)
_TAB = re.compile(rb"<text:tab\b[^<>/]*+/>")
_LONGEST_CELL = 1 << 12
"""Bytes of the tag of a cell with its attributes; real ones have some 200."""


def is_to_be_repaired(pieces: Iterable[bytes]) -> bool:
    """Whether there are blanks between rows, or cells whose text has no type: calamine refuses the
    first and passes over the second."""
    last = b""
    for piece in pieces:
        joined = last + piece
        if any(sign.search(joined) for sign in (_BETWEEN, _UNTYPED, _TAB)):
            return True
        last = piece[-_LONGEST_CELL:]
    return False


def repaired(content: bytes) -> bytes:
    """The same workbook as LibreOffice would write it: a text is of the type of texts.

    >>> repaired(b"<table:table-cell> <text:p>a<text:tab/>b</text:p> </table:table-cell>")
    b'<table:table-cell office:value-type="string"><text:p>a b</text:p></table:table-cell>'
    """
    content = _UNTYPED.sub(rb'<table:table-cell\1 office:value-type="string">', content)
    return _BETWEEN.sub(b"><", _TAB.sub(b" ", content))


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: how often it repeats, how deep it lies, its texts."""

    repeated: int
    depth: int
    type: str | None
    is_formula: bool
    has_value: bool
    texts: list[str] = field(default_factory=list)


class _Content:
    """The sheets of a workbook, cell by cell."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str | int, SheetAnnotations] = {}
        self._sheet: SheetAnnotations | None = None
        self._named_cells = 0  # errors and uncached so far
        self._depth = self._table_depth = 0
        self._row = self._column = self._columns = 0
        self._filled_rows = 0  # up to the last row with a cell that is not empty
        self._row_repeated, self._row_is_hidden = 1, False
        self._cell: _Cell | None = None
        self._skipped_depth = 0  # where a remark or a picture in the cell began, or 0
        self._row_errors: dict[int, str] = {}
        self._row_uncached: list[int] = []
        self._row_shown: dict[int, Shown] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if name == "table" and self._sheet is None:  # a table within a cell is none of its own
            self._sheet = self.sheets.setdefault(attributes.get("name", ""), SheetAnnotations())
            self._table_depth = self._depth
            self._row = self._columns = self._filled_rows = 0
        elif self._sheet is None:
            return
        elif self._cell is not None:
            if name in _NO_VALUES and not self._skipped_depth:
                self._skipped_depth = self._depth
        elif name == "table-column":
            first = self._columns
            self._columns += _count(attributes, "columns-repeated")
            if _is_hidden(attributes):
                end = min(self._columns, self.limits.last_column)
                self._sheet.hidden_columns += range(first, end)
        elif name == "table-row":
            self._row_repeated, self._column = _count(attributes, "rows-repeated"), 0
            self._row_is_hidden = _is_hidden(attributes)
            self._row_errors, self._row_uncached, self._row_shown = {}, [], {}
        elif name in ("table-cell", "covered-table-cell"):
            self._start_cell(self._sheet, attributes)

    def _start_cell(self, sheet: SheetAnnotations, attributes: dict[str, str]) -> None:
        down, across = _count(attributes, "rows-spanned"), _count(attributes, "columns-spanned")
        if down > 1 or across > 1:
            bottom, right = self._row + down - 1, self._column + across - 1
            sheet.merged.append([self._row, self._column, bottom, right])
        self._cell = _Cell(
            repeated=_count(attributes, "columns-repeated"),
            depth=self._depth,
            type=attributes.get("value-type"),
            is_formula="formula" in attributes,
            has_value=not _VALUES.isdisjoint(attributes),
        )

    def text(self, text: str) -> None:
        """A text of a cell."""
        if self._cell is not None and not self._skipped_depth:
            self._cell.texts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        cell, sheet = self._cell, self._sheet
        if self._depth == self._skipped_depth:
            self._skipped_depth = 0
        if cell is not None and self._depth == cell.depth:
            self._end_cell(cell)
            self._cell = None
        elif cell is None and sheet is not None:
            if name == "table-row":
                self._end_row(sheet)
            elif name == "table" and self._depth == self._table_depth:
                # Hiding all the empty rows below a table hides nothing.
                sheet.hidden_rows = [row for row in sheet.hidden_rows if row <= self._filled_rows]
                self._sheet = None
        self._depth -= 1

    def _end_cell(self, cell: _Cell) -> None:
        text = "".join(cell.texts).strip()
        columns = range(self._column, self._column + cell.repeated)
        self._column += cell.repeated
        if cell.type == "date" and (shown := _shown_of_day(text)):
            self._count_named(len(columns))
            self._row_shown |= dict.fromkeys(columns, shown)
        if cell.type == "error" or (cell.is_formula and _ERROR.fullmatch(text)):
            self._count_named(len(columns))
            self._row_errors |= dict.fromkeys(columns, text or "#")
        elif cell.is_formula and cell.type is None and not text:
            self._count_named(len(columns))
            self._row_uncached += columns
        if text or cell.has_value or cell.is_formula:
            self._filled_rows = self._row + self._row_repeated

    def _end_row(self, sheet: SheetAnnotations) -> None:
        rows = range(self._row + 1, self._row + self._row_repeated + 1)
        named = len(self._row_errors) + len(self._row_uncached) + len(self._row_shown)
        self._count_named(named * len(rows))
        for column, text in self._row_errors.items():
            sheet.errors |= {f"{column_letters(column)}{row}": text for row in rows}
        for column in self._row_uncached:
            sheet.uncached += [f"{column_letters(column)}{row}" for row in rows]
        for column, shown in self._row_shown.items():
            sheet.shown |= dict.fromkeys(((row - 1, column) for row in rows), shown)
        if self._row_is_hidden:
            sheet.hidden_rows += range(rows.start, min(rows.stop, self.limits.last_row + 1))
        self._row += self._row_repeated

    def _count_named(self, cells: int) -> None:
        """Bound the cells that are named: one that repeats a million times takes a few bytes."""
        self._named_cells += cells
        self.limits.check("cells", self._named_cells)


def _shown_of_day(text: str) -> Shown | None:
    """What a cell shows of a day: its parts are numbers, and a month may have a name."""
    parts = re.findall(r"[0-9]+|[A-Za-z]{3,}", text)
    if len(parts) == 2:
        return MONTH
    return YEAR if len(parts) == 1 and len(parts[0]) == 4 else None


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("visibility", "visible") != "visible"


def _count(attributes: dict[str, str], what: str) -> int:
    return max(number_in(attributes.get(f"number-{what}"), 1), 1)
