"""Rows left out of a sheet that keeps its looks: heights, merged cells, tables and links close up.

The library can delete a row, but it moves every cell below it each time, which for a county's sheet
would take hours, and it leaves heights, merged cells and tables where they were.
"""

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = Any
"""A cell, whole or within a merged one: the library's types part them everywhere, its values do not
need it."""

Rows = Callable[[int], int | None]
"""Where a row of the sender stands in the reply; None for one that was left out."""


def dress(cell: Cell, like: Cell) -> None:
    """Give a cell the looks of another of the same workbook."""
    cell._style = copy.copy(like._style)


def leave_out(sheet: "Worksheet", gone: set[int]) -> Rows:
    """Leave those rows out and close up, in one pass; where the others stand now."""
    last = max(sheet.max_row, *gone)
    kept = [row for row in range(1, last + 1) if row not in gone]
    moved = {row: at for at, row in enumerate(kept, 1)}
    areas = [copy.copy(area) for area in sheet.merged_cells.ranges]
    corners = {str(area): sheet.cell(area.min_row, area.min_col) for area in areas}
    for area in areas:
        sheet.unmerge_cells(str(area))
    _move_cells(sheet, moved)
    heights = dict(sheet.row_dimensions.items())
    sheet.row_dimensions.clear()
    for row, dimension in heights.items():
        if row in moved:
            dimension.index = moved[row]
            sheet.row_dimensions[moved[row]] = dimension
    for area in areas:
        _merge_again(sheet, area, corners[str(area)], moved)
    for table in sheet.tables.values():
        table.ref = _shrunk(table.ref, moved) or table.ref
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _shrunk(sheet.auto_filter.ref, moved)
    return moved.get


def _move_cells(sheet: "Worksheet", moved: dict[int, int]) -> None:
    from openpyxl.formula.translate import Translator

    cells = list(sheet._cells.items())
    sheet._cells.clear()
    for (row, column), cell in cells:
        if row not in moved:
            continue
        before, cell.row = cell.coordinate, moved[row]
        sheet._cells[moved[row], column] = cell
        if cell.data_type == "f" and isinstance(cell.value, str):
            cell.value = Translator(cell.value, before).translate_formula(cell.coordinate)
        if cell.hyperlink is not None:
            cell.hyperlink.ref = cell.coordinate


def _merge_again(sheet: "Worksheet", area: Any, corner: Cell, moved: dict[int, int]) -> None:
    """A merged cell over the rows that are left of it; what it says stays said."""
    rows = [moved[row] for row in range(area.min_row, area.max_row + 1) if row in moved]
    if not rows:
        return
    top = sheet.cell(rows[0], area.min_col)
    if top is not corner:
        top.value = corner.value
        dress(top, corner)
    if len(rows) > 1 or area.max_col > area.min_col:
        sheet.merge_cells(None, rows[0], area.min_col, rows[-1], area.max_col)


def _shrunk(ref: str, moved: dict[int, int]) -> str | None:
    """A range over the rows that are left of it; None where none is. A table needs one row below
    its headings, so an empty one stays."""
    from openpyxl.utils import get_column_letter, range_boundaries

    left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(ref))
    rows = [moved[row] for row in range(top, bottom + 1) if row in moved]
    if not rows:
        return None
    end = max(rows[-1], rows[0] + 1)
    return f"{get_column_letter(left)}{rows[0]}:{get_column_letter(right)}{end}"
