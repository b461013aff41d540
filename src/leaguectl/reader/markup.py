"""Tables in markup: pages of HTML that are named .xls, and workbooks in the XML of 2003."""

import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from leaguectl.reader.limits import Limits, number_in
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, column_letters
from leaguectl.reader.xml_parser import parse


class Grid:
    """A table that is filled cell by cell, some of which span several rows and columns."""

    def __init__(self, limits: Limits, name: str | None = None) -> None:
        self.limits, self.name, self.visible = limits, name, "visible"
        self.rows: list[list[Any]] = []
        self.annotations = SheetAnnotations()
        self.row, self.column = -1, 0
        self._spanned: dict[int, int] = {}  # column → the last row that a cell above spans
        self._area = 0

    def next_row(self, row: int | None = None) -> None:
        """Begin the next row, or the one with this number, counted from 0."""
        self.row = self.row + 1 if row is None else max(row, self.row + 1)
        self.column = 0

    def put(self, value: Any, down: int = 1, across: int = 1, column: int | None = None) -> str:
        """Set the next free cell of the row, or that of ``column``, and return its name."""
        self.row = max(self.row, 0)  # a page may have cells outside every row
        self.column = self.column if column is None else column
        while column is None and self._spanned.get(self.column, -1) >= self.row:
            self.column += 1
        row, left = self.row, self.column
        if value not in ("", None):
            self._set(row, left, value)
        # A crafted span of millions of cells would fill the memory by itself.
        down = min(max(down, 1), self.limits.last_row)
        across = min(max(across, 1), self.limits.last_column)
        if down > 1 or across > 1:
            self.annotations.merged.append([row, left, row + down - 1, left + across - 1])
        if down > 1:
            self._spanned |= dict.fromkeys(range(left, left + across), row + down - 1)
        self.column += across
        return f"{column_letters(left)}{row + 1}"

    def hide_row(self) -> None:
        """Note that the current row is hidden."""
        self.annotations.hidden_rows.append(self.row + 1)

    def _set(self, row: int, column: int, value: Any) -> None:
        if row >= self.limits.last_row or column >= self.limits.last_column:
            cell = f"{column_letters(column)}{row + 1}"
            raise FileRefused("file-far-cell", sheet=self.name or "", cell=cell)
        self.rows += ([] for _ in range(row + 1 - len(self.rows)))
        cells = self.rows[row]
        self._area += max(column + 1 - len(cells), 0)
        self.limits.check("cells", self._area)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value


# -- HTML ----------------------------------------------------------------------------------------


_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.I)


def html_tables(page: str, limits: Limits) -> list[Grid]:
    """The tables of a page that have a row.

    :raises FileRefused: there is none, or they are out of bounds.
    """
    parser = _HtmlTables(limits)
    parser.feed(page)
    parser.close()
    grids = [grid for grid in parser.grids if grid.rows]
    if not grids:
        raise FileRefused("file-not-a-table", detail="HTML")
    for number, grid in enumerate(grids[1:], 2):
        grid.name = str(number)
    return grids


class _HtmlTables(HTMLParser):
    """The tables of a page, each a grid; one that lies in a cell of another is one of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.grids: list[Grid] = []
        # Of each table that is open, the innermost last: its grid, the attributes of its open cell
        # and the texts of that cell, or None between cells.
        self._open: list[tuple[Grid, dict[str, str | None], list[str] | None]] = []
        self._invisible = 0  # how many <style> and <script> are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in ("style", "script"):
            self._invisible += 1
        elif tag == "table":
            self.limits.check("sheets", len(self.grids) + 1)
            self.grids.append(Grid(self.limits))
            self._open.append((self.grids[-1], {}, None))
        elif self._open and tag == "tr":
            self._end_cell()
            grid = self._open[-1][0]
            grid.next_row()
            if "hidden" in attributes or _HIDES.search(attributes.get("style") or ""):
                grid.hide_row()
        elif self._open and tag in ("td", "th"):
            self._end_cell()  # </td> may be left out
            self._open[-1] = (self._open[-1][0], attributes, [])
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._invisible = max(self._invisible - 1, 0)
        elif self._open and tag in ("td", "th", "tr", "thead"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][2] is not None and not self._invisible:
            self._open[-1][2].append(data)

    def close(self) -> None:
        """The end of the page ends every cell that was left open."""
        super().close()
        while self._open:
            self._end_cell()
            self._open.pop()

    def _end_cell(self) -> None:
        grid, attributes, texts = self._open[-1]
        if texts is not None:
            down, across = (number_in(attributes.get(key), 1) for key in ("rowspan", "colspan"))
            grid.put(" ".join("".join(texts).split()), down, across)
        self._open[-1] = (grid, {}, None)


# -- the XML of 2003 -----------------------------------------------------------------------------


def spreadsheetml(text: str, limits: Limits) -> list[Grid]:
    """The sheets of a workbook in the XML of 2003.

    :raises FileRefused: it has none, is not well-formed, makes entities, or is out of bounds.
    """
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]  # the encoding that it declares is true no more
    reader = _SpreadsheetML(limits)
    parse(text.encode(), "XML", reader.start, reader.end, reader.text)
    if not reader.grids:
        raise FileRefused("file-without-sheets")
    return reader.grids


_STATES = {"SheetHidden": "hidden", "SheetVeryHidden": "very hidden"}


class _SpreadsheetML:
    """The sheets of a workbook in the XML of 2003, as its parser comes through them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self._path: list[str] = []
        self._cell: dict[str, str] = {}
        self._type = ""
        self._texts: list[str] | None = None  # of the open cell
        self._state: list[str] | None = None  # of the open element that says whether it is hidden
        self._next_column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(name)
        if name == "Worksheet":
            self.limits.check("sheets", len(self.grids) + 1)
            self.grids.append(Grid(self.limits, attributes.get("Name", "")))
            self._next_column = 0
        elif self.grids:
            self._start_within(self.grids[-1], name, attributes)

    def _start_within(self, grid: Grid, name: str, attributes: dict[str, str]) -> None:
        is_hidden = attributes.get("Hidden") == "1"
        if name == "Column":
            first = number_in(attributes.get("Index"), self._next_column + 1) - 1
            self._next_column = first + 1 + number_in(attributes.get("Span"), 0)
            if is_hidden:
                end = min(self._next_column, self.limits.last_column)
                grid.annotations.hidden_columns += range(first, end)
        elif name == "Row":
            grid.next_row(_index(attributes))
            # A row that spans others says how they are, too.
            for _ in range(min(number_in(attributes.get("Span"), 0), self.limits.last_row)):
                if is_hidden:
                    grid.hide_row()
                grid.next_row()
            if is_hidden:
                grid.hide_row()
        elif name == "Cell":
            self._cell, self._texts, self._type = attributes, None, ""
        elif name == "Data" and self._path[-2:-1] == ["Cell"]:
            self._texts, self._type = [], attributes.get("Type", "String")
        elif name == "Visible":
            self._state = []

    def text(self, text: str) -> None:
        """The text within an element, or a part of it."""
        if self._texts is not None and "Data" in self._path and "Comment" not in self._path:
            self._texts.append(text)
        if self._state is not None:
            self._state.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()
        if name == "Visible" and self._state is not None:
            self.grids[-1].visible = _STATES.get("".join(self._state).strip(), "visible")
            self._state = None
        elif name == "Cell" and self.grids:
            self._put(self.grids[-1])
            self._texts = None

    def _put(self, grid: Grid) -> None:
        down, across = (
            number_in(self._cell.get(key), 0) + 1 for key in ("MergeDown", "MergeAcross")
        )
        value = _typed(self._type, "".join(self._texts)) if self._texts is not None else ""
        is_error = self._type == "Error"
        cell = grid.put("" if is_error else value, down, across, _index(self._cell))
        if is_error:
            grid.annotations.errors[cell] = value or "#"
        elif "Formula" in self._cell and self._texts is None:
            grid.annotations.uncached.append(cell)


def _index(attributes: dict[str, str]) -> int | None:
    """The place of a row or a cell, from 0, where it does not just follow the one before."""
    return number_in(attributes.get("Index"), 0) - 1 if "Index" in attributes else None


def _typed(kind: str, text: str) -> Any:
    """A value of the XML of 2003; what is not of the type that it declares stays the text it is."""
    try:
        match kind:
            case "Number":
                return float(text)
            case "DateTime":
                return datetime.fromisoformat(text)
            case "Boolean":
                return text.strip().casefold() in ("1", "true")
    except ValueError:
        pass
    return text
