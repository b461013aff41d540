"""Tables in a letter (.docx): each is a sheet, as a clerk would copy it into a workbook."""

from dataclasses import dataclass, field

from leaguectl.reader.limits import Limits
from leaguectl.reader.markup import Grid
from leaguectl.reader.sheets import FileRefused
from leaguectl.reader.xml_parser import parse


def word_tables(document: bytes, limits: Limits) -> list[Grid]:
    """The tables of ``document.xml`` that say anything, the innermost ones apart.

    :raises FileRefused: there is none, or they are out of bounds.
    """
    reader = _Tables(limits)
    parse(document, "document.xml", reader.start, reader.end, reader.text)
    grids = [grid for grid in reader.grids if grid.rows]
    if not grids:
        raise FileRefused("file-not-a-table", detail="DOCX")
    names = [grid.name for grid in grids]
    for number, grid in enumerate(grids, 1):
        if not grid.name or names.count(grid.name) > 1:
            grid.name = str(number) if number > 1 else None
    return grids


_LONGEST_TITLE = 60
"""Characters of a line above a table that may be its title."""


@dataclass(slots=True)
class _Open:
    """A table that is open: its grid, its open cell, and the cells that are merged downwards."""

    grid: Grid
    texts: list[str] | None = None
    across: int = 1
    merge: str | None = None
    merged: dict[int, list[int]] = field(default_factory=dict)


class _Tables:
    """The tables of a letter, as its parser comes through them."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.grids: list[Grid] = []
        self._open: list[_Open] = []
        self._is_text = False
        self._line: list[str] = []
        """The paragraph that is open outside all tables,"""
        self._above = ""
        """and the last one that said anything, which is the title of the table below it."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._is_text = name == "t"
        if name == "tbl":
            self.limits.check("sheets", len(self.grids) + 1)
            self.grids.append(Grid(self.limits))
            if not self._open and len(self._above) <= _LONGEST_TITLE:
                self.grids[-1].name = self._above
            self._above = ""
            self._open.append(_Open(self.grids[-1]))
        if not self._open:
            return
        table, value = self._open[-1], attributes.get("val", "")
        if name == "tr":
            table.grid.next_row()
        elif name == "tc":
            table.texts, table.across, table.merge = [], 1, None
        elif name == "gridSpan" and value.isdecimal() and len(value) < 6:
            table.across = max(int(value), 1)
        elif name == "vMerge":
            table.merge = value or "continue"
        elif name in ("br", "tab", "p") and table.texts:
            table.texts.append(" ")

    def text(self, text: str) -> None:
        """The text within an element, or a part of it."""
        if not self._is_text:
            return
        if not self._open:
            self._line.append(text)
        elif self._open[-1].texts is not None:
            self._open[-1].texts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        self._is_text = False
        if name == "p" and not self._open:
            self._above = " ".join("".join(self._line).split()) or self._above
            self._line = []
        if name == "tc" and self._open:
            self._end_cell(self._open[-1])
        elif name == "tbl" and self._open:
            table = self._open.pop()
            table.grid.annotations.merged += table.merged.values()

    def _end_cell(self, table: _Open) -> None:
        if table.texts is None:
            return
        grid, column = table.grid, table.grid.column
        if table.merge == "continue" and column in table.merged:
            table.merged[column][2] = grid.row
            table.texts = []
        elif (above := table.merged.pop(column, None)) is not None:
            grid.annotations.merged.append(above)
        if table.merge == "restart":
            table.merged[column] = [grid.row, column, grid.row, column + table.across - 1]
        grid.put(" ".join("".join(table.texts).split()), across=table.across)
        table.texts = None
