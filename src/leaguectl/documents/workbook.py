"""A document as a workbook: a sheet for each table, made to be printed, sealed and handed in."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from leaguectl.documents import Chart, Column, Document, Section, Table, walk
from leaguectl.documents.texts import needed, shown
from leaguectl.findings import Rate
from leaguectl.reader import column_letters
from leaguectl.streams import temporary_folder
from leaguectl.workbooks.styles import HEADING_COLOR, fit_to_paper, put, text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_RATE = "0.00%"
_WIDEST, _NARROWEST = 52, 8
_LONGEST_TITLE = 31
_NOT_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_CHART_ROWS = 19
"""How many rows of a sheet a chart covers."""


def workbook(document: Document) -> bytes:
    """The bytes of a workbook with all tables of the document, and its charts beside them."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = document.title
    book.properties.creator = "leaguectl"
    titles: set[str] = set()
    for section in walk(document.sections):
        for table in section.tables:
            sheet = book.create_sheet(_sheet_title(table.sheet or table.caption, titles))
            last = _write(sheet, document, table)
            if table is section.tables[0]:
                _draw(sheet, section, len(table.columns), last)
    if not book.worksheets:
        book.create_sheet(_sheet_title(document.title, titles))
    stream = io.BytesIO()
    with temporary_folder():
        book.save(stream)
    return stream.getvalue()


def _sheet_title(text: str, taken: set[str]) -> str:
    """A title that no other sheet has, within what a workbook allows."""
    base = text.translate(_NOT_IN_TITLE).strip("' ")[:_LONGEST_TITLE] or "1"
    title, number = base, 2
    while title.casefold() in taken:
        title = f"{base[: _LONGEST_TITLE - 3]} {number}"
        number += 1
    taken.add(title.casefold())
    return title


def _write(sheet: "Worksheet", document: Document, table: Table) -> int:
    """Title, what it is about, headings, rows, note and the line for seal and signature; the last
    row that is printed."""
    from openpyxl.styles import Alignment, Font

    width = len(table.columns)
    is_list = not document.subtitle
    title = table.caption if is_list else f"{document.title}　{table.caption}"
    _across(sheet, 1, width, title, Font(size=16, bold=True), "center")
    headings = 2
    if document.subtitle:
        _across(sheet, 2, width, document.subtitle, Font(size=10, color="FF555555"), "center")
        headings = 3
    _headings(sheet, headings, table.columns)
    row = headings
    for row, values in enumerate(table.rows, headings + 1):
        _row(sheet, row, table, values, is_total=row - headings > len(table.rows) - table.totals)
    _widths(sheet, table)
    _heights(sheet, table, headings + 1)
    sheet.freeze_panes = f"B{headings + 1}"
    if len(table.rows) > table.totals:
        end = headings + len(table.rows) - table.totals
        sheet.auto_filter.ref = f"A{headings}:{column_letters(width - 1)}{end}"
    if table.note:
        row += 1
        _across(sheet, row, width, table.note, Font(size=9, color="FF555555"), "left")
        room = sum(sheet.column_dimensions[column_letters(at)].width for at in range(width))
        sheet.row_dimensions[row].height = 14 * (1 + int(text_width(table.note) / (room * 1.2)))
    if document.signed:
        row += 2
        for at, text in enumerate(document.signed):
            cell = sheet.cell(row, 1 + at * max(1, width // len(document.signed)))
            put(cell, text)
            cell.alignment = Alignment(vertical="center")
        sheet.row_dimensions[row].height = 26
    sheet.print_title_rows = f"1:{headings}"
    sheet.print_area = f"A1:{column_letters(width - 1)}{row}"
    fit_to_paper(sheet)
    if width <= 6:
        sheet.page_setup.orientation = "portrait"
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P / &N —"
    return row


def _across(sheet: "Worksheet", row: int, width: int, text: str, font: Any, align: str) -> None:
    """A text over all columns."""
    from openpyxl.styles import Alignment

    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(width, 1))
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    if row == 1:
        sheet.row_dimensions[row].height = 34


def _headings(sheet: "Worksheet", row: int, columns: Sequence[Column]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for at, column in enumerate(columns, 1):
        cell = sheet.cell(row, at)
        put(cell, column.title)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADING_COLOR)
        cell.border = _border()
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 30


def _row(
    sheet: "Worksheet", row: int, table: Table, values: Sequence[Any], *, is_total: bool
) -> None:
    from openpyxl.styles import Alignment, Font

    for at, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
        cell = sheet.cell(row, at)
        put(cell, _value(value, column))
        if isinstance(value, Rate):
            cell.number_format = _RATE
        cell.font = Font(bold=is_total, color="FF777777" if column.kind == "key" else None)
        cell.border = _border()
        align = "right" if column.kind in ("count", "rate") else "left"
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)


def _value(value: Any, column: Column) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if column.kind == "day" and isinstance(value, str) and len(value) == len("2023-12-31"):
        return date.fromisoformat(value)
    return value if value is None or isinstance(value, int | float | date) else str(value)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="FF9AA5B1")
    return Border(line, line, line, line)


def _widths(sheet: "Worksheet", table: Table) -> None:
    """Columns as wide as their texts need, within bounds; the longest of them wrap."""
    for at, column in enumerate(table.columns):
        need = needed(column, [shown(row[at], column) for row in table.rows]) + 2
        widest = _WIDEST if column.kind in ("text", "name") else _WIDEST // 2
        dimension = sheet.column_dimensions[column_letters(at)]
        dimension.width = min(max(need, _NARROWEST), widest)


def _heights(sheet: "Worksheet", table: Table, first: int) -> None:
    """Rows as high as the lines of their longest text: not every program sees to it."""
    widths = [sheet.column_dimensions[column_letters(at)].width for at in range(len(table.columns))]
    for row, values in enumerate(table.rows, first):
        texts = ((str(value), width) for value, width in zip(values, widths, strict=True) if value)
        lines = max((ceil(text_width(text) / (width - 1)) for text, width in texts), default=1)
        sheet.row_dimensions[row].height = 4 + 14 * max(lines, 1)


# -- charts --------------------------------------------------------------------------------------


def _draw(sheet: "Worksheet", section: Section, width: int, last: int) -> None:
    """The charts of a section below its first table, drawn by the spreadsheet from cells that
    stand right of what is printed."""
    row, column = last + 2, width + 3
    for chart in section.charts:
        first = _data(sheet, chart, column)
        drawn = _chart(sheet, chart, column, first)
        sheet.add_chart(drawn, f"A{row}")
        row += _CHART_ROWS
        column += len(chart.series) + 4
    if section.charts:
        area = f"A1:{column_letters(width - 1)}{row}"
        sheet.print_area = area


def _data(sheet: "Worksheet", chart: Chart, column: int) -> int:
    """The values that a chart is drawn from; their first row."""
    limits = chart.limits or [chart.limit] * len(chart.categories)
    series = [(part.label, part.values) for part in chart.series]
    if chart.sum_label:
        series.append((chart.sum_label, [*_running(chart)]))
    if any(limit is not None for limit in limits):
        series.append((chart.limit_label, limits))
    put(sheet.cell(1, column), chart.caption)
    for at, (label, values) in enumerate(series, 1):
        put(sheet.cell(2, column + at), label)
        for row, value in enumerate(values, 3):
            cell = sheet.cell(row, column + at)
            put(cell, None if value is None else float(value))
            if chart.is_rate:
                cell.number_format = _RATE
    for row, category in enumerate(chart.categories, 3):
        put(sheet.cell(row, column), category)
    return len(series)


def _running(chart: Chart) -> Iterator[float]:
    total = 0.0
    for values in zip(*(part.values for part in chart.series), strict=True):
        total += sum(value or 0 for value in values)
        yield total


def _chart(sheet: "Worksheet", chart: Chart, column: int, count: int) -> Any:
    """The spreadsheet's own chart."""
    from openpyxl.chart import BarChart, LineChart, Reference

    last = 2 + len(chart.categories)
    names = Reference(sheet, min_col=column, min_row=3, max_row=last)

    def reference(first: int, to: int) -> Any:
        return Reference(
            sheet, min_col=column + first, max_col=column + to, min_row=2, max_row=last
        )

    drawn = BarChart()
    drawn.type = "bar" if chart.kind == "bars" else "col"
    drawn.add_data(reference(1, len(chart.series)), titles_from_data=True)
    drawn.set_categories(names)
    if chart.kind == "months":
        drawn.grouping, drawn.overlap = "stacked", 100
    if chart.kind == "bars":
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.add_data(reference(2, count), titles_from_data=True) if count > 1 else None
    elif count > len(chart.series):
        line = LineChart()
        line.add_data(reference(len(chart.series) + 1, count), titles_from_data=True)
        drawn += line
    drawn.title, drawn.height, drawn.width = chart.caption, 9, 22
    drawn.x_axis.delete = drawn.y_axis.delete = False  # else they are not drawn
    drawn.legend.position = "b"
    if chart.is_rate:
        drawn.y_axis.number_format = "0%"
    return drawn
