"""Tables in markup: pages of HTML that are named .xls, and workbooks in the XML of 2003."""

from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, column_letters
from leaguectl.reader.xml_parser import parse


class Grid:
    """A table that is filled cell by cell, some of which reach over several rows and columns."""

    def __init__(self, limits: Limits, name: str | None = None) -> None:
        self.limits, self.name, self.visible = limits, name, "visible"
        self.rows: list[list[Any]] = []
        self.merged: list[list[int]] = []
        self.seen = SheetAnnotations()
        self.row, self.column = -1, 0
        self._taken: dict[int, int] = {}  # column → the last row that a cell above reaches into
        self._area = 0

    def next_row(self, row: int | None = None) -> None:
        """Begin the next row, or the one with this number, counted from 0."""
        self.row = self.row + 1 if row is None else max(row, self.row + 1)
        self.column = 0

    def put(self, value: Any, down: int = 1, across: int = 1, column: int | None = None) -> str:
        """Set the next free cell of the row, or that of ``column``, and return its name."""
        self.column = self.column if column is None else column
        while column is None and self._taken.get(self.column, -1) >= self.row:
            self.column += 1
        row, at = max(self.row, 0), self.column
        if value not in ("", None):
            self._set(row, at, value)
        limits = self.limits
        down, across = (
            min(max(span, 1), most)
            for span, most in ((down, limits.last_row), (across, limits.last_column))
        )
        if down > 1 or across > 1:
            self.merged.append([row, at, row + down - 1, at + across - 1])
            if down > 1:
                self._taken |= dict.fromkeys(range(at, at + across), row + down - 1)
        self.column += across
        return f"{column_letters(at)}{row + 1}"

    def _set(self, row: int, column: int, value: Any) -> None:
        if row >= self.limits.last_row or column >= self.limits.last_column:
            cell = f"{column_letters(column)}{row + 1}"
            raise FileRefused("file-far-cell", sheet=self.name or "", cell=cell)
        self.rows += ([] for _ in range(row + 1 - len(self.rows)))
        line = self.rows[row]
        self._area += max(column + 1 - len(line), 0)
        if self._area > self.limits.cells:
            raise FileRefused("file-too-large", cells=self._area, detail=f"> {self.limits.cells}")
        line += [""] * (column + 1 - len(line))
        line[column] = value


def html_tables(page: str, limits: Limits) -> list[Grid]:
    """The tables of a page that have a row.

    :raises FileRefused: there is none, or they are out of bounds.
    """
    reader = _Html(limits)
    reader.feed(page)
    reader.close()
    grids = [grid for grid in reader.grids if grid.rows]
    if not grids:
        raise FileRefused("file-not-a-table", detail="HTML")
    for number, grid in enumerate(grids[1:], 2):
        grid.name = str(number)
    return grids


class _Html(HTMLParser):
    """The tables of a page, each a grid; one that lies in a cell of another is one of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.grids: list[Grid] = []
        self._open: list[tuple[Grid, dict[str, str | None], list[str] | None]] = []
        self._unseen = 0  # how many <style> and <script> we are in

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("style", "script"):
            self._unseen += 1
        elif tag == "table":
            if len(self.grids) >= self.limits.sheets:
                raise FileRefused(
                    "file-too-large", sheets=len(self.grids), detail=f"> {self.limits.sheets}"
                )
            self.grids.append(Grid(self.limits))
            self._open.append((self.grids[-1], {}, None))
        elif self._open and tag == "tr":
            self._end_cell()
            grid = self._open[-1][0]
            grid.next_row()
            if "display:none" in (said.get("style") or "").replace(" ", ""):
                grid.seen.hidden_rows.append(grid.row + 1)
        elif self._open and tag in ("td", "th"):
            self._end_cell()
            self._open[-1] = (self._open[-1][0], said, [])
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._unseen = max(self._unseen - 1, 0)
        elif self._open and tag in ("td", "th", "tr"):
            self._end_cell()
        elif self._open and tag == "table":
            self._end_cell()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][2] is not None and not self._unseen:
            self._open[-1][2].append(data)

    def close(self) -> None:
        """The end of the page ends every cell that was left open."""
        super().close()
        while self._open:
            self._end_cell()
            self._open.pop()

    def _end_cell(self) -> None:
        grid, said, texts = self._open[-1]
        if texts is not None:
            spans = (said.get(key) or "" for key in ("rowspan", "colspan"))
            down, across = (int(span) if span.isdecimal() else 1 for span in spans)
            grid.put(" ".join("".join(texts).split()), down, across)
        self._open[-1] = (grid, {}, None)


def spreadsheetml(text: str, limits: Limits) -> list[Grid]:
    """The sheets of a workbook in the XML of 2003.

    :raises FileRefused: it has none, is not well-formed, makes entities, or is out of bounds.
    """
    if text.startswith("<?xml"):
        text = text[text.find("?>") + 2 :]  # what it says of its encoding is true no more
    reader = _SpreadsheetML(limits)
    parse(text.encode(), "XML", reader.start, reader.end, reader.text)
    if not reader.grids:
        raise FileRefused("file-without-sheets")
    return reader.grids


class _SpreadsheetML:
    """The sheets of a workbook in the XML of 2003."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self._path: list[str] = []
        self._cell: dict[str, str] = {}
        self._type = ""
        self._texts: list[str] | None = None
        self._visible: list[str] | None = None
        self._column = 0

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        self._path.append(name)
        grid = self.grids[-1] if self.grids else None
        if name == "Worksheet":
            if len(self.grids) >= self.limits.sheets:
                raise FileRefused(
                    "file-too-large", sheets=len(self.grids), detail=f"> {self.limits.sheets}"
                )
            self.grids.append(Grid(self.limits, said.get("Name", "")))
            self._column = 0
        elif grid is not None:
            self._within(grid, name, said)

    def _within(self, grid: Grid, name: str, said: dict[str, str]) -> None:
        is_hidden = said.get("Hidden") == "1"
        if name == "Column":
            first = _number(said, "Index", self._column + 1) - 1
            self._column = first + 1 + _number(said, "Span", 0)
            if is_hidden:
                grid.seen.hidden_columns += range(first, min(self._column, grid.limits.last_column))
        elif name == "Row":
            grid.next_row(_number(said, "Index", 0) - 1 if "Index" in said else None)
            if is_hidden:
                grid.seen.hidden_rows.append(grid.row + 1)
        elif name == "Cell":
            self._cell, self._texts, self._type = said, None, ""
        elif name == "Data" and self._path[-2:-1] == ["Cell"]:
            self._texts, self._type = [], said.get("Type", "String")
        elif name == "Visible":
            self._visible = []

    def text(self, text: str) -> None:
        """The text within an element, or a part of it."""
        if self._texts is not None and "Data" in self._path and "Comment" not in self._path:
            self._texts.append(text)
        if self._visible is not None:
            self._visible.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self._path.pop()
        if name == "Visible" and self._visible is not None:
            state = "".join(self._visible).strip()
            known = {"SheetHidden": "hidden", "SheetVeryHidden": "very hidden"}
            self.grids[-1].visible = known.get(state, "visible")
            self._visible = None
        elif name == "Cell" and self.grids:
            self._put(self.grids[-1])
            self._texts = None

    def _put(self, grid: Grid) -> None:
        down, across = (_number(self._cell, key, 0) + 1 for key in ("MergeDown", "MergeAcross"))
        index = _number(self._cell, "Index", 0) - 1 if "Index" in self._cell else None
        value = _typed(self._type, "".join(self._texts)) if self._texts is not None else ""
        is_error = self._type == "Error"
        name = grid.put("" if is_error else value, down, across, index)
        if is_error:
            grid.seen.errors[name] = value or "#"
        elif "Formula" in self._cell and self._texts is None:
            grid.seen.uncached.append(name)


def _number(said: dict[str, str], key: str, otherwise: int) -> int:
    text = said.get(key, "")
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _typed(kind: str, text: str) -> Any:
    """A value of the XML of 2003; what does not say what it promises stays the text it is."""
    try:
        match kind:
            case "Number":
                return float(text)
            case "DateTime":
                return datetime.fromisoformat(text)
            case "Boolean":
                return text.strip() == "1"
    except ValueError:
        pass
    return text
