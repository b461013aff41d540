"""Exports: sheets of headings and values, made to be read again as they are."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from leaguectl.reader import column_letters
from leaguectl.streams import temporary_folder
from leaguectl.workbooks.stamp import stamp
from leaguectl.workbooks.styles import HEADING_COLOR, TEXT, as_cell_text
from leaguectl.workbooks.template import Heading, form_of

if TYPE_CHECKING:
    from typing import Any as WriteOnlyWorksheet  # its columns are not in its type

FIRST_DAY = date(1900, 3, 1)
"""Before it the spreadsheets do not agree which day a number is, so a day is written as text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, its columns, the values of its rows (taken once, as they are written)."""

    title: str
    columns: Sequence[Heading]
    rows: Iterable[Iterable[Any]]


def workbook_of(tables: Sequence[Table], of: Mapping[str, Any] | None = None) -> bytes:
    """The bytes of a workbook with a sheet for each table; ``of`` is its stamp.

    Text is text: none of it is taken for a formula, and no number loses its digits.
    """
    import openpyxl

    stream = io.BytesIO()
    # openpyxl keeps the rows of each sheet in a file until it saves.
    with temporary_folder():
        workbook = openpyxl.Workbook(write_only=True)
        stamp(workbook, of)
        for table in tables:
            _write(workbook.create_sheet(table.title), table)
        workbook.save(stream)
    return stream.getvalue()


def _write(sheet: "WriteOnlyWorksheet", table: Table) -> None:
    from openpyxl.cell import WriteOnlyCell

    for index, column in enumerate(table.columns):
        dimension = sheet.column_dimensions[column_letters(index)]
        form = form_of(column)
        dimension.width = max(form.width, 2 * len(column.headings[0]) + 3)
        dimension.number_format = form.format
    sheet.freeze_panes = "B2"
    sheet.append(list(_heading_cells(sheet, table.columns)))
    text_cell = WriteOnlyCell(sheet)
    text_cell.number_format = TEXT
    for row in table.rows:
        sheet.append(_cells(row, text_cell))


def _heading_cells(sheet: "WriteOnlyWorksheet", columns: Sequence[Heading]) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    for column in columns:
        cell = WriteOnlyCell(sheet, column.headings[0])
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADING_COLOR)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        yield cell


def _cells(row: Iterable[Any], text_cell: Any) -> Iterator[Any]:
    """The cells of a row, each to be written before the next is taken: all texts share one cell,
    which is filled again for each."""
    for value in row:
        if isinstance(value, date) and value >= FIRST_DAY:
            yield value
        elif isinstance(value, (str, date)):
            text_cell.value = as_cell_text(str(value))
            text_cell.data_type = "s"
            yield text_cell
        else:
            yield value
