"""The child process that writes one reply: the sender's workbook with its faults marked.

It opens a stranger's file with a library that a crafted one can exhaust, so it works within limits
on memory and time. The job comes as JSON on stdin (:func:`leaguectl.workbooks.reply.write_reply`
makes it), the workbook goes to stdout; where it fails, its exit code is 1 and nothing is written.
"""

import copy
import io
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaguectl.reader.inspection import inspect
from leaguectl.reader.limits import Limits, bind
from leaguectl.reader.wire import decode_moment
from leaguectl.workbooks.preserving import (
    FormulaValues,
    RowMap,
    copy_style,
    leave_out,
    values_of_formulas,
    with_values,
)
from leaguectl.workbooks.styles import (
    HEADING_COLOR,
    TEXT,
    Cell,
    comment,
    fit_to_paper,
    put,
    text_width,
)
from leaguectl.workbooks.texts import REPLY_SIGNATURE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ERROR, _WARNING = "FFFFB3B8", "FFFFE78A"
_MARK_COLORS = (_ERROR, _WARNING)
_RULE = "—— leaguectl ——"
"""The beginning of our part of a comment; the sender's own text is above it."""

_SIGNATURE_AT = (1, 9)
"""Where our list has its signature, in a hidden column next to its own. Below it stand the cells
that had a fill of their own before they were marked, each with that fill, so that the next reply
gives it back."""

_WIDEST = 40

MEMORY = 2 << 30
"""Bytes of address space: openpyxl holds some fifty times what a file has on the disk."""

PROCESSOR_SECONDS = 90
"""A county of 25,000 rows is opened and written in about twenty."""


def main() -> int:
    """Do the job on stdin; return 0, or 1 where this workbook cannot be edited."""
    job = json.load(sys.stdin, object_hook=decode_moment)
    tempfile.tempdir = job["folder"]
    bind(MEMORY, PROCESSOR_SECONDS)
    try:
        formulas: FormulaValues = []
        if "source" in job:
            workbook, formulas = _open(Path(job["source"]), Limits(**job["limits"]))
        else:
            workbook = _plain(job["sheets"])
        _Reply(workbook, job).write()
        stream = io.BytesIO()
        workbook.save(stream)
        data = with_values(stream.getvalue(), formulas)
    except Exception as error:
        # A library made for good files fails in many ways on bad ones. Its message may contain a
        # value of the sheet, so only the kind of the error is passed on.
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.buffer.write(data)
    return 0


# -- the workbook --------------------------------------------------------------------------------


def _open(path: Path, limits: Limits) -> tuple["Workbook", FormulaValues]:
    """The sender's workbook with its looks and without its macros, and the values of its
    formulas."""
    import openpyxl

    data = path.read_bytes()
    inspect(data, limits)
    workbook = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    workbook.template = False
    _give_back_numbers(workbook, data)
    return workbook, values_of_formulas(workbook, data)


def _give_back_numbers(workbook: "Workbook", data: bytes) -> None:
    """Restore a number in a date cell that is not a date (20080901): openpyxl loses it, calamine
    still has it."""
    lost = [
        cell
        for sheet in workbook.worksheets
        for cell in _cells(sheet)
        if cell.data_type == "e" and cell.value == "#VALUE!"
    ]
    if not lost:
        return
    import python_calamine as calamine

    original = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = {
        title: original.get_sheet_by_name(title).to_python(skip_empty_area=False)
        for title in {cell.parent.title for cell in lost}
    }
    for cell in lost:
        value = rows[cell.parent.title][cell.row - 1][cell.column - 1]
        if isinstance(value, float):
            cell.value = int(value) if value.is_integer() else value
            cell.number_format = "General"


def _plain(sheets: list[dict[str, Any]]) -> "Workbook":
    """A workbook of only rows: text stays text, days are days. Each of ``sheets`` gets the
    ``title`` that was used."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for source in sheets:
        sheet = workbook.create_sheet(_title(source["name"]))
        source["title"] = sheet.title  # openpyxl numbers a title that is there already
        widths: dict[int, int] = {}
        for row, values in source["rows"]:
            for column, value in enumerate(values, source["first_column"] + 1):
                if value in ("", None):
                    continue
                put(sheet.cell(row, column), value)
                needed = min(text_width(str(value)) + 2, _WIDEST)
                widths[column] = max(widths.get(column, 8), needed)
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        for top, left, bottom, right in source["merged"]:
            sheet.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
    return workbook


def _title(name: str) -> str:
    """A name that a sheet may have."""
    allowed = "".join("_" if character in r"[]:*?/\\" else character for character in name)
    return allowed.strip("'")[:31] or "1"


def _cells(sheet: "Worksheet") -> list[Cell]:
    """Every existing cell; openpyxl's own iteration would create the cells in between."""
    return list(sheet._cells.values())


def _cell_of(sheet: "Worksheet", row: int, column: str | None) -> Cell:
    """The cell of a finding: the corner of a merged cell, the first filled cell of a whole row."""
    from openpyxl.utils import column_index_from_string

    if column is None:
        filled = (
            place[1] for place, cell in sheet._cells.items() if place[0] == row and cell.value
        )
        number = min(filled, default=1)
    else:
        number = column_index_from_string(column)
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= number <= area.max_col:
            return sheet.cell(area.min_row, area.min_col)
    return sheet.cell(row, number)


def _link_to(cell: Cell) -> str:
    """A cell as a link within the workbook names it."""
    title = cell.parent.title.replace("'", "''")
    return f"'{title}'!{cell.coordinate}"


# -- an earlier reply ----------------------------------------------------------------------------


def _remove_earlier_reply(workbook: "Workbook") -> None:
    """Remove what an earlier reply added, and restore the fills that it covered."""
    fills = _take_lists(workbook)
    for sheet in workbook.worksheets:
        for cell in _cells(sheet):
            _unmark(cell, fills)


def _take_lists(workbook: "Workbook") -> dict[str, Any]:
    """Remove the lists of earlier replies; the fills that they kept, by the link to the cell."""
    fills: dict[str, Any] = {}
    for sheet in workbook.worksheets:
        signature = sheet._cells.get(_SIGNATURE_AT)
        if signature is None or signature.value != REPLY_SIGNATURE:
            continue
        kept = (cell for cell in _cells(sheet) if cell.column == _SIGNATURE_AT[1])
        fills |= {cell.value: copy.copy(cell.fill) for cell in kept if isinstance(cell.value, str)}
        workbook.remove(sheet)
    return fills


def _unmark(cell: Cell, fills: dict[str, Any]) -> None:
    from openpyxl.styles import PatternFill

    if cell.has_style and cell.fill.fgColor.rgb in _MARK_COLORS:
        cell.fill = fills.get(_link_to(cell), PatternFill())
    note = getattr(cell, "comment", None)  # a cell within a merged one cannot have any
    if note is not None and _RULE in note.text:
        own = note.text.partition(_RULE)[0].rstrip()
        cell.comment = comment(own) if own else None


# -- the reply -----------------------------------------------------------------------------------


class _Reply:
    """One reply: values filled in, faults marked, rows left out, and the list in front."""

    def __init__(self, workbook: "Workbook", job: dict[str, Any]) -> None:
        _remove_earlier_reply(workbook)
        self.workbook, self.job = workbook, job
        self.sheets = {sheet.title: sheet for sheet in workbook.worksheets}
        # A plain workbook could not give every sheet the name by which the findings know it.
        for source in job.get("sheets", ()):
            self.sheets[source["name"]] = workbook[source["title"]]
        self.covered: list[tuple[Cell, Any]] = []  # cells that are marked, each with its own fill
        self.row_maps: dict[str, RowMap] = {}  # by the title of the sheet

    def write(self) -> None:
        """Write the reply. Rows are left out last, so that everything before finds them in
        place."""
        for table in self.job["filled"]:
            if sheet := self._sheet(table["sheet"]):
                _fill(sheet, table)
        for mark in self.job["marks"]:
            if sheet := self._sheet(mark["sheet"]):
                self._mark(_cell_of(sheet, mark["row"], mark["column"]), mark)
        for name, rows in self.job["without"].items():
            if rows and (sheet := self._sheet(name)):
                self.row_maps[sheet.title] = leave_out(sheet, set(rows))
        front = self._write_list(self.job["list"])
        _sign(front, self.covered)
        for sheet in self.workbook.worksheets:
            # Of several selected sheets, all would get what is typed into one.
            sheet.sheet_view.tabSelected = sheet is front
        self.workbook.active = 0

    def _sheet(self, name: str | None) -> "Worksheet | None":
        return self.sheets.get(name or "")

    def _mark(self, cell: Cell, mark: dict[str, Any]) -> None:
        from openpyxl.styles import PatternFill

        color = cell.fill.fgColor.rgb
        if cell.fill.patternType and color not in _MARK_COLORS:
            self.covered.append((cell, copy.copy(cell.fill)))
        own = cell.comment.text.rstrip() + "\n\n" if cell.comment else ""
        # Two findings meet in the corner of a merged cell, where the rule is there already.
        rule = "" if _RULE in own else f"{_RULE}\n"
        cell.comment = comment(own + rule + "\n\n".join(mark["texts"]))
        is_error = mark["error"] or color == _ERROR
        cell.fill = PatternFill("solid", fgColor=_ERROR if is_error else _WARNING)
        if mark["as_text"]:
            cell.number_format = TEXT

    def _write_list(self, listed: dict[str, Any]) -> "Worksheet":
        """The first sheet: every finding with a link to its cell."""
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        sheet: Worksheet = self.workbook.create_sheet(listed["title"], 0)
        put(sheet.cell(1, 1), listed["note"])
        sheet.cell(1, 1).font = Font(bold=True, size=13)
        sheet.row_dimensions[1].height = 28
        columns = zip(listed["headings"], (8, 24, 18, 20, 22, 46, 40, 20), strict=True)
        shown = [*columns][: 8 if listed["shifted"] else 7]
        for number, (heading, width) in enumerate(shown, 1):
            cell = sheet.cell(2, number)
            put(cell, heading)
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEADING_COLOR)
            sheet.column_dimensions[get_column_letter(number)].width = width
        for row, finding in enumerate(listed["rows"], 3):
            target = self._target(finding)
            texts = [*_list_texts(finding, target)]
            for number, text in enumerate(texts[: len(shown)], 1):
                put(cell := sheet.cell(row, number), text)
                cell.alignment = Alignment(wrap_text=number in (6, 7), vertical="top")
            color = _ERROR if finding["error"] else _WARNING
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor=color)
            sheet.row_dimensions[row].height = _height([(texts[5], 46), (texts[6], 40)])
            if target is not None:
                _link(sheet.cell(row, 4), target)
        sheet.freeze_panes = "A3"
        fit_to_paper(sheet)
        return sheet

    def _target(self, finding: dict[str, Any]) -> Cell | None:
        """The cell of a finding as it stands in the reply."""
        sheet = self._sheet(finding["sheet"])
        if sheet is None or finding["row"] is None:
            return None
        moved = self.row_maps.get(sheet.title)
        row = moved(finding["row"]) if moved else finding["row"]
        return None if row is None else _cell_of(sheet, row, finding["column"])


def _fill(sheet: "Worksheet", table: dict[str, Any]) -> None:
    """Write values into their rows, in the sender's columns or new ones at the right."""
    from openpyxl.utils import column_index_from_string, get_column_letter

    header = table["header"]
    fields = {field for _, values in table["rows"] for field in values}
    columns = {field: column_index_from_string(name) for field, name in table["columns"].items()}
    rows = {header, *(row for row, _ in table["rows"])}
    used = (
        column
        for (row, column), cell in sheet._cells.items()
        if row in rows and cell.value is not None
    )
    right = max(used, default=0)
    for field, heading in table["headings"].items():
        if field in fields and field not in columns:
            right += 1
            columns[field] = right
            _put_like_neighbour(sheet, header, right, heading)
            sheet.column_dimensions[get_column_letter(right)].width = 18
    for row, values in table["rows"]:
        for field, value in values.items():
            cell = _cell_of(sheet, row, get_column_letter(columns[field]))
            if str(cell.value or "").strip() != value:
                if not cell.has_style:
                    _put_like_neighbour(sheet, row, columns[field], value)
                put(cell, value)


def _put_like_neighbour(sheet: "Worksheet", row: int, column: int, value: str) -> None:
    """Write a value into a new cell that looks like its neighbour at the left."""
    cell = sheet.cell(row, column)
    if column > 1:
        copy_style(cell, sheet.cell(row, column - 1))
    put(cell, value)


# -- the list ------------------------------------------------------------------------------------


def _list_texts(finding: dict[str, Any], target: Cell | None) -> Iterator[str]:
    """The columns of the list: the sixth and the seventh are the long ones."""
    sent_as = f"{finding['column'] or ''}{finding['row'] or ''}"
    # In brackets, so that a list of headings is not taken for a table when it comes back.
    heading = f"（{finding['heading']}）" if finding["heading"] and sent_as else ""
    yield from (finding["level"], finding["file"], finding["sheet"] or "")
    yield (target.coordinate if target is not None else sent_as) + heading
    yield from (finding["code"], finding["reason"], finding["remedy"])
    yield sent_as + heading


def _link(cell: Cell, target: Cell) -> None:
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=_link_to(target))
    cell.font = Font(color="FF0563C1", underline="single")


def _sign(sheet: "Worksheet", covered: list[tuple[Cell, Any]]) -> None:
    """Sign the list, and keep the fills that the marks cover."""
    from openpyxl.utils import get_column_letter

    row, column = _SIGNATURE_AT
    put(sheet.cell(row, column), REPLY_SIGNATURE)
    for number, (cell, fill) in enumerate(covered, row + 1):
        kept = sheet.cell(number, column)
        put(kept, _link_to(cell))
        kept.fill = fill
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row with these texts in columns of these widths, in points."""
    return 16.0 * max(1 + text_width(text) // (width - 2) for text, width in texts)


if __name__ == "__main__":
    sys.exit(main())
