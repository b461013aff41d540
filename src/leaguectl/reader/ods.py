"""OpenDocument workbooks (.ods): what their reader does not tell.

The whole workbook is one part, and where a cell stands follows from all the cells before it, since
rows and columns that repeat are written once. So it is parsed from its beginning, piece by piece,
and only where a plain search has found something to tell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, column_letters
from leaguectl.reader.xml_parser import parse

_WORTH_PARSING = (b"-spanned", b"visibility", b"formula", b'value-type="error"')

_ERROR = re.compile(r"#(?:N/A|DIV/0!|REF!|NAME\?|NUM!|VALUE!|NULL!)|Err:[0-9]{3}|#[A-Z/0-9!?]+!")
"""What a cell shows whose formula failed; the second form is LibreOffice's own."""


def annotate_ods(
    pieces: Iterable[bytes], part: str, limits: Limits
) -> dict[str | int, SheetAnnotations]:
    """What is seen in each sheet of ``content.xml``.

    :raises FileRefused: it is not well-formed, makes entities, or names too many cells.
    """
    reader = _Content(limits)
    parse(pieces, part, reader.start, reader.end, reader.text)
    return reader.sheets


def is_worth_parsing(pieces: Iterable[bytes]) -> bool:
    """Whether anything in it is merged, hidden, an error or a formula."""
    last = b""
    for piece in pieces:
        joined = last + piece
        if any(mark in joined for mark in _WORTH_PARSING):
            return True
        last = piece[-32:]
    return False


_ASIDE = frozenset({"annotation", "frame", "custom-shape"})
"""What lies in a cell and does not belong to its value."""


@dataclass(slots=True)
class _Cell:
    """A cell while it is read: how often it repeats, how deep it lies, what it says."""

    repeated: int
    depth: int
    formula: bool
    type: str | None
    error: bool
    value: bool
    texts: list[str] = field(default_factory=list)


class _Content:
    """The sheets of a workbook, cell by cell."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: dict[str | int, SheetAnnotations] = {}
        self._seen: SheetAnnotations | None = None
        self._told = 0  # how many cells were named
        self._depth = self._table_depth = 0
        self._row = self._column = self._columns = self._filled = 0
        self._repeated = 1
        self._hides = False
        self._cell: _Cell | None = None
        self._aside = 0  # how deep a remark within the cell lies
        self._errors: dict[int, str] = {}
        self._uncached: list[int] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if name == "table" and self._seen is None:
            self._seen = self.sheets.setdefault(said.get("name", ""), SheetAnnotations())
            self._table_depth = self._depth
            self._row = self._columns = self._filled = 0
        elif self._seen is None:
            return
        elif self._cell is not None:
            if name in _ASIDE and not self._aside:
                self._aside = self._depth
        elif name == "table-column":
            first, self._columns = self._columns, self._columns + _times(said, "columns-repeated")
            if said.get("visibility", "visible") != "visible":
                self._seen.hidden_columns += range(
                    first, min(self._columns, self.limits.last_column)
                )
        elif name == "table-row":
            self._repeated, self._column = _times(said, "rows-repeated"), 0
            self._hides = said.get("visibility", "visible") != "visible"
            self._errors, self._uncached = {}, []
        elif name in ("table-cell", "covered-table-cell"):
            self._start_cell(self._seen, said)

    def _start_cell(self, seen: SheetAnnotations, said: dict[str, str]) -> None:
        down, across = _times(said, "rows-spanned"), _times(said, "columns-spanned")
        if down > 1 or across > 1:
            last = self._row + down - 1, self._column + across - 1
            seen.merged.append([self._row, self._column, *last])
        kind = said.get("value-type")
        self._cell = _Cell(
            _times(said, "columns-repeated"), self._depth, "formula" in said, kind,
            kind == "error", bool({"value", "date-value", "time-value", "boolean-value"} & {*said}),
        )  # fmt: skip

    def text(self, text: str) -> None:
        """A text of a cell."""
        if self._cell is not None and not self._aside:
            self._cell.texts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        cell, seen = self._cell, self._seen
        if self._depth == self._aside:
            self._aside = 0
        if cell is not None and self._depth == cell.depth:
            self._end_cell(cell)
            self._cell = None
        elif cell is None and seen is not None:
            if name == "table-row":
                self._end_row(seen)
            elif name == "table" and self._depth == self._table_depth:
                seen.hidden_rows = [one for one in seen.hidden_rows if one <= self._filled]
                self._seen = None
        self._depth -= 1

    def _end_cell(self, cell: _Cell) -> None:
        text = "".join(cell.texts).strip()
        places = range(self._column, self._column + cell.repeated)
        self._column += cell.repeated
        if cell.error or (cell.formula and _ERROR.fullmatch(text)):
            self._count(len(places))
            self._errors |= dict.fromkeys(places, text or "#")
        elif cell.formula and cell.type is None and not text:
            self._count(len(places))
            self._uncached += places
        if text or cell.value or cell.formula:
            self._filled = self._row + self._repeated

    def _end_row(self, seen: SheetAnnotations) -> None:
        rows = range(self._row + 1, self._row + self._repeated + 1)
        self._count((len(self._errors) + len(self._uncached)) * len(rows))
        for at, text in self._errors.items():
            seen.errors |= {f"{column_letters(at)}{row}": text for row in rows}
        seen.uncached += [f"{column_letters(at)}{row}" for at in self._uncached for row in rows]
        if self._hides:
            seen.hidden_rows += range(rows.start, min(rows.stop, self.limits.last_row + 1))
        self._row += self._repeated

    def _count(self, cells: int) -> None:
        self._told += cells
        if self._told > self.limits.cells:
            raise FileRefused("file-too-large", cells=self._told, detail=f"> {self.limits.cells}")


def _times(said: dict[str, str], what: str) -> int:
    text = said.get(f"number-{what}", "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1
