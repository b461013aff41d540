"""The child process that writes one reply: the sender's workbook with his faults marked.

It opens a stranger's file with a library that a crafted one can exhaust, so it works within limits
on memory and time. The job comes as JSON on stdin, the workbook goes to stdout; where it fails, its
exit code is 1 and nothing is written.
"""

import copy
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from leaguectl.reader.inspection import inspect
from leaguectl.reader.limits import Limits, bind
from leaguectl.workbooks.formula_values import Known, values_of_formulas, with_values
from leaguectl.workbooks.row_removal import Cell, Rows, dress, leave_out
from leaguectl.workbooks.template import comment, fit_to_paper

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ERROR, _WARNING = "FFFFB3B8", "FFFFE78A"
_RULE = "—— leaguectl ——"
"""Begins our part of a comment; what stands above it is the sender's own."""

_SIGN = "leaguectl/reply"
_SIGN_AT = (1, 9)
"""Where a list of ours is signed, beside its columns in one that is hidden. Below it stand the
cells that had a fill of their own before, each with that fill, so that the next reply gives it
back."""

_WIDEST = 40

MEMORY = 2 << 30
"""Bytes of address space: the library holds some fifty times what a file has on the disk."""

PROCESSOR_SECONDS = 90
"""A county of 25,000 rows is opened and written in about twenty."""


def main() -> int:
    """Do the job on stdin; 0, or 1 where this workbook cannot be kept."""
    job = json.load(sys.stdin, object_hook=_moment)
    tempfile.tempdir = job["folder"]
    bind(MEMORY, PROCESSOR_SECONDS)
    try:
        known: Known = []
        if "source" in job:
            book, known = _opened(job["source"], Limits(**job["limits"]))
        else:
            book = _plain(job["sheets"])
        _reply(book, job)
        stream = io.BytesIO()
        book.save(stream)
        made = with_values(stream.getvalue(), known)
    except Exception as error:
        # A library that was made for good files fails in as many ways as there are bad ones. What
        # it says may hold a value of the sheet, so only its kind is told.
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _moment(value: dict[str, Any]) -> Any:
    if "d" in value and len(value) == 1:
        text = value["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return value


# -- the workbook --------------------------------------------------------------------------------


def _opened(path: str, limits: Limits) -> tuple["Workbook", Known]:
    """The sender's workbook with its looks, and what its formulas had come to; its macros are left
    behind."""
    import openpyxl

    with open(path, "rb") as stream:  # noqa: PTH123 -- pathlib would be its only use here
        data = stream.read()
    inspect(data, limits)
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    book.template = False
    _give_back_numbers(book, data)
    return book, values_of_formulas(book, data)


def _give_back_numbers(book: "Workbook", data: bytes) -> None:
    """A number in a cell of dates that is no date (20080901) was lost when it was opened; the
    reader of rows still has it."""
    lost = [
        cell
        for sheet in book.worksheets
        for cell in _cells(sheet)
        if cell.data_type == "e" and cell.value == "#VALUE!"
    ]
    if not lost:
        return
    import python_calamine as calamine

    whole = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = {
        title: whole.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for title in {cell.parent.title for cell in lost}
    }
    for cell in lost:
        value = rows[cell.parent.title][cell.row - 1][cell.column - 1]
        if isinstance(value, float):
            cell.value = int(value) if value.is_integer() else value
            cell.number_format = "General"


def _plain(sheets: list[dict[str, Any]]) -> "Workbook":
    """A workbook of rows alone: text stays text, days are days."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for one in sheets:
        sheet = book.create_sheet(_title(one["name"]))
        one["title"] = sheet.title
        widths: dict[int, int] = {}
        for number, cells in one["rows"]:
            for at, value in enumerate(cells, one["first_column"] + 1):
                if value in ("", None):
                    continue
                _put(sheet.cell(number, at), value)
                widths[at] = max(widths.get(at, 8), min(_width(str(value)) + 2, _WIDEST))
        for at, width in widths.items():
            sheet.column_dimensions[get_column_letter(at)].width = width
        for top, left, bottom, right in one["merged"]:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    return book


def _title(name: str) -> str:
    """A name that a sheet may bear."""
    return "".join("_" if one in r"[]:*?/\\" else one for one in name).strip("'")[:31] or "1"


def _put(cell: Cell, value: Any) -> None:
    """Write a value so that no text becomes a formula, and no sign stops the file."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32767]
        cell.data_type, cell.number_format = "s", "@"
        return
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm:ss"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _width(text: str) -> int:
    return sum(1 + (one > "\u2e7f") for one in text)


def _cells(sheet: "Worksheet") -> list[Cell]:
    """Every cell that is there. The library's own ways make one for every place between them."""
    return list(sheet._cells.values())


# -- the reply -----------------------------------------------------------------------------------


def _reply(book: "Workbook", job: dict[str, Any]) -> None:
    _clean(book)
    titles = {one["name"]: one["title"] for one in job.get("sheets", ())}
    sheets = {one.title: one for one in book.worksheets}

    def sheet_of(name: str | None) -> "Worksheet | None":
        return sheets.get(titles.get(name or "", name or ""))

    for one in job["filled"]:
        if (sheet := sheet_of(one["sheet"])) is not None:
            _fill(sheet, one)
    covered: list[tuple[Cell, Any]] = []
    for mark in job["marks"]:
        if (sheet := sheet_of(mark["sheet"])) is not None:
            cell = _cell_of(sheet, mark["row"], mark["column"])
            if cell.fill.patternType and cell.fill.fgColor.rgb not in (_ERROR, _WARNING):
                covered.append((cell, copy.copy(cell.fill)))
            _mark(cell, mark)
    rows: dict[str, Rows] = {}
    for name, gone in job["without"].items():
        if gone and (sheet := sheet_of(name)) is not None:
            rows[sheet.title] = leave_out(sheet, set(gone))
    front = _write_list(book, job["list"], sheet_of, rows)
    _sign(front, covered)
    for sheet in book.worksheets:  # of several selected ones, all would get what is typed into one
        sheet.sheet_view.tabSelected = sheet is front
    book.active = 0


def _clean(book: "Workbook") -> None:
    """Take away what an earlier reply put in, and give back the fills that it covered."""
    from openpyxl.styles import PatternFill

    covered: dict[str, Any] = {}
    for sheet in book.worksheets:
        if sheet.cell(*_SIGN_AT).value == _SIGN:
            for cell in _cells(sheet):
                if cell.column == _SIGN_AT[1] and isinstance(cell.value, str):
                    covered[cell.value] = copy.copy(cell.fill)
            book.remove(sheet)
    for sheet in book.worksheets:
        for cell in _cells(sheet):
            if cell.has_style and cell.fill.fgColor.rgb in (_ERROR, _WARNING):
                cell.fill = covered.get(_place(cell), PatternFill())
            if getattr(cell, "comment", None) is not None and _RULE in cell.comment.text:
                own = cell.comment.text.partition(_RULE)[0].rstrip()
                cell.comment = comment(own) if own else None


def _place(cell: Cell) -> str:
    """A cell as a link within the workbook names it."""
    title = cell.parent.title.replace("'", "''")
    return f"'{title}'!{cell.coordinate}"


def _cell_of(sheet: "Worksheet", row: int, column: str | None) -> Cell:
    """The cell that a finding is about: of a merged one its corner, of a whole row its first that
    is filled."""
    from openpyxl.utils import column_index_from_string

    if column is None:
        filled = (at for (of, at), cell in sheet._cells.items() if of == row and cell.value)
        at = min(filled, default=1)
    else:
        at = column_index_from_string(column)
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= at <= area.max_col:
            return sheet.cell(area.min_row, area.min_col)
    return sheet.cell(row, at)


def _mark(cell: Cell, mark: dict[str, Any]) -> None:
    from openpyxl.styles import PatternFill

    own = cell.comment.text.rstrip() + "\n\n" if cell.comment else ""
    if own and _RULE in own:  # two findings met in the corner of a merged cell
        cell.comment = comment(own + "\n\n".join(mark["texts"]))
    else:
        cell.comment = comment(f"{own}{_RULE}\n" + "\n\n".join(mark["texts"]))
    red = mark["error"] or cell.fill.fgColor.rgb == _ERROR
    cell.fill = PatternFill("solid", fgColor=_ERROR if red else _WARNING)
    if mark["retyped"]:
        cell.number_format = "@"


def _fill(sheet: "Worksheet", filled: dict[str, Any]) -> None:
    """Write numbers into their rows, in the sender's columns or new ones at the right."""
    from openpyxl.utils import column_index_from_string, get_column_letter

    header = filled["header"]
    wanted = {name for _, values in filled["rows"] for name in values}
    columns = {name: column_index_from_string(at) for name, at in filled["columns"].items()}
    used = {header, *(row for row, _ in filled["rows"])}
    right = max(
        (at for (row, at), cell in sheet._cells.items() if row in used and cell.value is not None),
        default=0,
    )
    for name, heading in filled["headings"].items():
        if name in wanted and name not in columns:
            right += 1
            columns[name] = right
            _put_beside(sheet, header, right, heading)
            sheet.column_dimensions[get_column_letter(right)].width = 18
    for row, values in filled["rows"]:
        for name, value in values.items():
            cell = _cell_of(sheet, row, get_column_letter(columns[name]))
            if str(cell.value or "").strip() != value:
                if not cell.has_style:
                    _put_beside(sheet, row, columns[name], value)
                _put(cell, value)


def _put_beside(sheet: "Worksheet", row: int, column: int, value: str) -> None:
    """Write a value into a new cell that looks like its neighbour at the left."""
    cell = sheet.cell(row, column)
    if column > 1:
        dress(cell, sheet.cell(row, column - 1))
    _put(cell, value)


# -- the list ------------------------------------------------------------------------------------


def _write_list(
    book: "Workbook",
    listed: dict[str, Any],
    sheet_of: Callable[[str | None], "Worksheet | None"],
    rows: dict[str, Rows],
) -> "Worksheet":
    """The first sheet: every finding with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(listed["title"], 0)
    _put(sheet.cell(1, 1), listed["note"])
    sheet.cell(1, 1).font = Font(bold=True, size=13)
    sheet.row_dimensions[1].height = 28
    shown = listed["headings"][: 8 if listed["shifted"] else 7]
    for at, heading in enumerate(shown, 1):
        cell = sheet.cell(2, at)
        _put(cell, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE4ECF5")
    for at, one in enumerate(listed["rows"], 3):
        target = sheet_of(one["sheet"])
        cell_there = _target(target, one, rows)
        texts = [one["level"], one["file"], one["sheet"], _spot(one, cell_there), one["code"],
                 one["reason"], one["remedy"], _spot(one, None)]  # fmt: skip
        for column, text in enumerate(texts[: len(shown)], 1):
            _put(cell := sheet.cell(at, column), text or "")
            cell.alignment = Alignment(wrap_text=column in (6, 7), vertical="top")
        color = _ERROR if one["error"] else _WARNING
        sheet.cell(at, 1).fill = PatternFill("solid", fgColor=color)
        sheet.row_dimensions[at].height = _height([(texts[5], 46), (texts[6], 40)])
        if cell_there is not None:
            _link(sheet.cell(at, 4), cell_there)
    for at, width in enumerate((8, 24, 18, 20, 22, 46, 40, 20)[: len(shown)], 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "A3"
    fit_to_paper(sheet)
    return sheet


def _target(sheet: "Worksheet | None", one: dict[str, Any], rows: dict[str, Rows]) -> Cell | None:
    """The cell of a finding as it stands in the reply."""
    if sheet is None or one["row"] is None:
        return None
    now = rows[sheet.title](one["row"]) if sheet.title in rows else one["row"]
    return None if now is None else _cell_of(sheet, now, one["column"])


def _spot(one: dict[str, Any], cell: Cell | None) -> str:
    """``D17 (heading)``. In brackets, so that a list of headings is not taken for a table."""
    own = f"{one['column'] or ''}{one['row'] or ''}"
    place = cell.coordinate if cell is not None else own
    return f"{place}（{one['heading']}）" if one["heading"] and place else place


def _link(cell: Cell, there: Cell) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=_place(there))
    cell.font = Font(color="FF0563C1", underline="single")


def _sign(sheet: "Worksheet", covered: list[tuple[Cell, Any]]) -> None:
    """Say that the list is ours, and keep the fills that the marks cover."""
    from openpyxl.utils import get_column_letter

    row, column = _SIGN_AT
    _put(sheet.cell(row, column), _SIGN)
    for at, (cell, fill) in enumerate(covered, row + 1):
        kept = sheet.cell(at, column)
        _put(kept, _place(cell))
        kept.fill = fill
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _height(texts: Iterable[tuple[str, int]]) -> float:
    return 16.0 * max(1 + _width(text) // (width - 2) for text, width in texts)


if __name__ == "__main__":
    sys.exit(main())
