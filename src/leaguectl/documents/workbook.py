"""A document as a workbook: a sheet for each table, made to be printed, sealed and handed in."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any

from leaguectl.documents import Chart, Column, Document, Table, walk
from leaguectl.documents.texts import needed, texts_of
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
_CHART_ROWS, _CHART_COLUMNS = 24, 10
"""How many rows a chart covers, and how many columns the sheet of them all has."""
_FONTS = {"zh": "宋体", "en": "Calibri"}
_SIZE, _ROOM, _UPRIGHT = 11, 78, 6
"""The size of ordinary text, how many narrow characters a table takes at least, and up to how many
columns it stands upright."""
_ROWS_UPRIGHT, _ROWS_ACROSS = 50, 30
_PALETTE = ("C8102E", "E9A13B", "1F5C99", "6B7280")
"""The colours of the charts' series, as in the page."""
_SIGNED_GAP = "　　　　　　"


def workbook(document: Document) -> bytes:
    """The bytes of a workbook with a sheet for each table of the document, those that must be
    handed in first, and one for its charts."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = document.title
    book.properties.creator = "leaguectl"
    titles: set[str] = set()
    for table in sorted(document.tables, key=lambda table: table.place):
        sheet = book.create_sheet(_sheet_title(table.caption, titles))
        _write(sheet, document, table)
    charts = [chart for section in walk(document.sections) for chart in section.charts]
    if charts:
        sheet = book.create_sheet(_sheet_title(document.labels["charts"], titles))
        _draw(sheet, document, charts)
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


def _write(sheet: "Worksheet", document: Document, table: Table) -> None:
    """Title, what it is about, headings, rows, note and the line for seal and signature."""
    width, font = len(table.columns), _FONTS[document.language]
    is_list = not document.subtitle
    _widths(sheet, table)
    title = table.caption if is_list else f"{document.title}　{table.caption}"
    _across(sheet, 1, width, title, _font(font, size=16, bold=True), "center")
    headings = 2
    if document.subtitle:
        gray = _font(font, size=10, color="FF555555")
        _across(sheet, 2, width, document.subtitle, gray, "center")
        headings = 3
    _headings(sheet, headings, table.columns, font)
    row = headings
    for row, values in enumerate(table.rows, headings + 1):
        is_total = row - headings > len(table.rows) - table.totals
        _row(sheet, row, table, values, _font(font, bold=is_total))
    _heights(sheet, table, headings + 1)
    sheet.freeze_panes = f"B{headings + 1}"
    if len(table.rows) > table.totals:
        end = headings + len(table.rows) - table.totals
        sheet.auto_filter.ref = f"A{headings}:{column_letters(width - 1)}{end}"
    if table.note:
        row += 1
        _across(sheet, row, width, table.note, _font(font, size=9, color="FF555555"), "left")
    if document.signed:
        row += 2
        _across(sheet, row, width, _SIGNED_GAP.join(document.signed), _font(font), "left")
    upright = width <= _UPRIGHT
    _set_page(sheet, headings, f"A1:{column_letters(width - 1)}{row}", upright=upright)
    if len(table.rows) <= (_ROWS_UPRIGHT if upright else _ROWS_ACROSS):
        sheet.page_setup.fitToHeight = 1  # rather smaller than with two rows on a second page


def _set_page(sheet: "Worksheet", headings: int, area: str, *, upright: bool) -> None:
    """What is printed of a sheet, and how it lies on the paper."""
    if headings:
        sheet.print_title_rows = f"1:{headings}"
    sheet.print_area = area
    fit_to_paper(sheet)
    if upright:
        sheet.page_setup.orientation = "portrait"
    sheet.print_options.horizontalCentered = True
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P / &N —"


def _font(name: str, **more: Any) -> Any:
    from openpyxl.styles import Font

    return Font(name=name, **{"size": 11, **more})


def _across(sheet: "Worksheet", row: int, width: int, text: str, font: Any, align: str) -> None:
    """A text over all columns, in as many lines as it needs."""
    from openpyxl.styles import Alignment

    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=max(width, 1))
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    room = sum(sheet.column_dimensions[column_letters(at)].width for at in range(width))
    lines = ceil(text_width(text) * font.size / _SIZE / max(room, 1))
    sheet.row_dimensions[row].height = max(lines, 1) * font.size * 1.45 + 4


def _headings(sheet: "Worksheet", row: int, columns: Sequence[Column], font: str) -> None:
    from openpyxl.styles import Alignment, PatternFill

    for at, column in enumerate(columns, 1):
        cell = sheet.cell(row, at)
        put(cell, column.title)
        cell.font = _font(font, bold=True)
        cell.fill = PatternFill("solid", fgColor=HEADING_COLOR)
        cell.border = _border()
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = 30


def _row(sheet: "Worksheet", row: int, table: Table, values: Sequence[Any], font: Any) -> None:
    from openpyxl.styles import Alignment

    for at, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
        cell = sheet.cell(row, at)
        put(cell, _value(value, column))
        if isinstance(value, Rate):
            cell.number_format = _RATE
        cell.font = font
        cell.border = _border()
        align = "right" if column.kind in ("count", "rate") else "left"
        if at > 1 and align == "left" and text_width(str(value or "")) <= _NARROWEST:
            align = "center"  # a unit, a state
        cell.alignment = Alignment(
            horizontal=align,
            vertical="center",
            wrap_text=align != "right",
            indent=int(align == "right"),
        )


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
    """Columns as wide as their texts need, within bounds; together never so narrow that a title
    has no room."""
    widths, texts = [], texts_of(table)
    for at, column in enumerate(table.columns):
        need = needed(column, [row[at] for row in texts]) + 3
        widest = _WIDEST if column.kind in ("text", "name") else _WIDEST // 2
        widths.append(min(max(need, _NARROWEST), widest))
    stretch = max(1.0, _ROOM / sum(widths))
    for at, width in enumerate(widths):
        sheet.column_dimensions[column_letters(at)].width = width * stretch


def _heights(sheet: "Worksheet", table: Table, first: int) -> None:
    """Rows as high as the lines of their longest text: not every program sees to it."""
    widths = [sheet.column_dimensions[column_letters(at)].width for at in range(len(table.columns))]
    for row, values in enumerate(table.rows, first):
        texts = ((str(value), width) for value, width in zip(values, widths, strict=True) if value)
        lines = max((ceil(text_width(text) / (width - 1)) for text, width in texts), default=1)
        sheet.row_dimensions[row].height = 4 + 14 * max(lines, 1)


# -- charts --------------------------------------------------------------------------------------


def _draw(sheet: "Worksheet", document: Document, charts: Sequence[Chart]) -> None:
    """All charts below one another, two on a page, drawn by the spreadsheet from cells that stand
    right of what is printed."""
    from openpyxl.worksheet.pagebreak import Break

    font = _font(_FONTS[document.language], size=16, bold=True)
    for at in range(_CHART_COLUMNS):
        sheet.column_dimensions[column_letters(at)].width = 9
    title = f"{document.title}　{document.labels['charts']}"
    _across(sheet, 1, _CHART_COLUMNS, title, font, "center")
    row, column = 3, _CHART_COLUMNS + 3
    for at, chart in enumerate(charts, 1):
        count = _data(sheet, chart, column)
        sheet.add_chart(_chart(sheet, chart, column, count), f"A{row}")
        row += _CHART_ROWS
        column += count + 3
        if at % 2 == 0 and at < len(charts):
            sheet.row_breaks.append(Break(id=row - 1))
    area = f"A1:{column_letters(_CHART_COLUMNS - 1)}{row}"
    _set_page(sheet, 0, area, upright=True)


def _data(sheet: "Worksheet", chart: Chart, column: int) -> int:
    """The values that a chart is drawn from; how many series they are."""
    limits = chart.limits or [chart.limit] * len(chart.categories)
    series = [(part.label, part.values) for part in chart.series]
    if chart.sum_label:
        series.append((chart.sum_label, [*_running(chart)]))
    if any(limit is not None for limit in limits):
        series.append((chart.limit_label, [*limits]))
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
    _style(drawn, chart)
    return drawn


def _style(drawn: Any, chart: Chart) -> None:
    """Our colours and a scale from nothing; every category named, no line rounded off."""
    drawn.title, drawn.height, drawn.width = chart.caption, 11.5, 17.5
    drawn.x_axis.delete = drawn.y_axis.delete = False  # else they are not drawn
    drawn.x_axis.tickLblSkip = 1
    drawn.y_axis.scaling.min = 0
    drawn.gapWidth = 60
    drawn.legend.position = "b"
    if chart.is_rate:
        drawn.y_axis.number_format, drawn.y_axis.scaling.max = "0%", 1
    has_one_series = len(chart.series) == 1 and chart.kind == "bars"
    colors = (_PALETTE[2], _PALETTE[3]) if has_one_series else _PALETTE
    series = [series for part in drawn._charts for series in part.series]
    for part, color in zip(series, colors, strict=False):
        part.smooth = False
        part.graphicalProperties.solidFill = color
        part.graphicalProperties.line.solidFill = color
