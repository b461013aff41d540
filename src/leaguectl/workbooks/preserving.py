"""What openpyxl would lose of a sender's workbook: the values of formulas, and the looks of a sheet
from which rows are left out.
"""

import copy
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from leaguectl.workbooks.styles import Cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# -- values of formulas --------------------------------------------------------------------------
#
# openpyxl writes formulas without their values. A reader that opens such a workbook before a
# spreadsheet program has calculated it again (a phone, another program, import) finds nothing
# there.

FormulaValues = list[tuple[Cell, Any]]
"""Cells that hold a formula, each with the value that it had."""

_FORMULA = re.compile(
    r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*?(?:/>|>[^<]*</f>))<v ?(?:/>|></v>)</c>'
)
"""A formula without a value as openpyxl writes it: its cell, its attributes, itself."""

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def values_of_formulas(workbook: "Workbook", data: bytes) -> FormulaValues:
    """The values of the formulas of a workbook, from the file that it was opened from."""
    import openpyxl

    formulas: list[Cell] = [
        cell
        for sheet in workbook.worksheets
        for cell in sheet._cells.values()
        if cell.data_type == "f"
    ]
    if not formulas:
        return []
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [
        (cell, values[cell.parent.title]._cells[cell.row, cell.column].value) for cell in formulas
    ]


def with_values(data: bytes, formulas: FormulaValues) -> bytes:
    """The workbook as it was written, with the values of its formulas; a formula whose cell was
    left out meanwhile is passed over."""
    by_part: dict[str, dict[str, Any]] = {}
    for cell, value in formulas:
        if value is not None and cell.parent._cells.get((cell.row, cell.column)) is cell:
            by_part.setdefault(cell.parent.path.lstrip("/"), {})[cell.coordinate] = value
    if not by_part:
        return data
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            if values := by_part.get(part.filename):
                content = _with_values_in(content.decode(), values).encode()
            after.writestr(part, content)
    return stream.getvalue()


def _with_values_in(sheet: str, values: dict[str, Any]) -> str:
    def with_value(match: re.Match[str]) -> str:
        name, attributes, formula = match.groups()
        if name not in values:
            return match[0]
        kind, text = _as_xml(values[name])
        return f'<c r="{name}"{attributes}{kind}>{formula}<v>{text}</v></c>'

    return _FORMULA.sub(with_value, sheet)


def _as_xml(value: Any) -> tuple[str, str]:
    """A value as a sheet holds it: the attribute for its type, and its text."""
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, (date, time, timedelta)):
        return "", str(to_excel(value))  # type: ignore[no-untyped-call]
    if isinstance(value, (int, float)):
        return "", repr(value)
    text = str(value)
    return (' t="e"' if text in _ERRORS else ' t="str"'), escape(text)


# -- rows left out -------------------------------------------------------------------------------
#
# openpyxl can delete a row, but it moves every cell below it each time, which for a county's sheet
# would take hours, and it leaves heights, merged cells and tables where they were.

RowMap = Callable[[int], int | None]
"""Where a row of the sender stands in the reply; None for one that was left out."""


def copy_style(cell: Cell, model: Cell) -> None:
    """Give a cell the looks of another of the same workbook."""
    cell._style = copy.copy(model._style)


def leave_out(sheet: "Worksheet", rows: set[int]) -> RowMap:
    """Leave those rows out and close up, in one pass; where the others stand now."""
    last = max(sheet.max_row, *rows)
    kept = [row for row in range(1, last + 1) if row not in rows]
    moved = {row: number for number, row in enumerate(kept, 1)}
    areas = [copy.copy(area) for area in sheet.merged_cells.ranges]
    corners = {str(area): sheet.cell(area.min_row, area.min_col) for area in areas}
    for area in areas:
        sheet.unmerge_cells(str(area))
    _move_cells(sheet, moved)
    dimensions = dict(sheet.row_dimensions.items())
    sheet.row_dimensions.clear()
    for row, dimension in dimensions.items():
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
    """A merged cell over the rows that are left of it, with the value of its old corner."""
    rows = [moved[row] for row in range(area.min_row, area.max_row + 1) if row in moved]
    if not rows:
        return
    top = sheet.cell(rows[0], area.min_col)
    if top is not corner:
        top.value = corner.value
        copy_style(top, corner)
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
