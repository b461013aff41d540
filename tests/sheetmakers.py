"""One description of a workbook, written in each format that offices send.

xlsx by openpyxl, xls by xlwt, the others by hand: no library writes them as awkwardly as people do.
"""

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils import range_boundaries

import hostile


@dataclass(frozen=True)
class Failed:
    """A cell whose formula failed: ``#N/A``."""

    shown: str


@dataclass(frozen=True)
class Formula:
    """A formula that nobody has calculated yet."""

    text: str


@dataclass(frozen=True)
class Formatted:
    """A day or a number in a number format of its own."""

    value: Any
    code: str

    @property
    def number(self) -> float:
        """The number that its cell holds."""
        is_day = isinstance(self.value, date)
        return (self.value - date(1899, 12, 30)).days if is_day else self.value

    @property
    def shown(self) -> str:
        """What its cell shows, in the formats of which texts are written here."""
        if not isinstance(self.value, date):
            return f"{self.value:0{len(self.code)}}"
        parts = {"yyyy": f"{self.value:%Y}", "mm": f"{self.value:%m}", "dd": f"{self.value:%d}"}
        text = self.code.replace('"', "")
        for sign, part in parts.items():
            text = text.replace(sign, part)
        return text.replace("m", str(self.value.month)).replace("d", str(self.value.day))


@dataclass(frozen=True)
class Page:
    """A sheet: its rows from A1, what is merged and hidden."""

    rows: Sequence[Sequence[Any]]
    title: str = "名册"
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    state: str = "visible"

    @property
    def ranges(self) -> list[tuple[int, int, int, int]]:
        """What is merged as first row, first column, last row, last column, from 0."""
        found = [range_boundaries(cells) for cells in self.merged]
        return [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in found]


Maker = Callable[[Sequence[Page]], bytes]
ERRORS = {"#N/A": 42, "#REF!": 23, "#DIV/0!": 7}


def shown(value: Any) -> str:
    """A value as a text format holds it."""
    if value is None:
        return ""
    return value.shown if isinstance(value, (Failed, Formatted)) else str(value)


def xlsx(pages: Sequence[Page]) -> bytes:
    """Office Open XML."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.title)
        sheet.sheet_state = page.state
        for number, row in enumerate(page.rows, 1):
            for at, value in enumerate(row, 1):
                if value is not None:
                    _put_xlsx(sheet.cell(number, at), value)
        for cells in page.merged:
            sheet.merge_cells(cells)
        for number in page.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for letter in page.hidden_columns:
            sheet.column_dimensions[letter].hidden = True
    return saved(book)


def _put_xlsx(cell: Any, value: Any) -> None:
    if isinstance(value, Failed):
        cell.value, cell.data_type = value.shown, "e"
    elif isinstance(value, Formula):
        cell.value = f"={value.text}"
    elif isinstance(value, Formatted):
        cell.value, cell.number_format = value.value, value.code
    else:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def saved(book: Any) -> bytes:
    """The bytes of a workbook of a library."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(pages: Sequence[Page]) -> bytes:
    """The format of 1997."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet = book.add_sheet(page.title)
        sheet.visibility = {"visible": 0, "hidden": 1, "veryHidden": 2}[page.state]
        for number, row in enumerate(page.rows):
            for at, value in enumerate(row):
                if value is not None:
                    _put_xls(sheet.row(number), at, value)
        for top, left, bottom, right in page.ranges:
            sheet.merged_ranges.append((top, bottom, left, right))
        for number in page.hidden_rows:
            sheet.row(number - 1).hidden = True
        for letter in page.hidden_columns:
            sheet.col(openpyxl.utils.column_index_from_string(letter) - 1).hidden = True
    return saved(book)


def _put_xls(row: Any, at: int, value: Any) -> None:
    if isinstance(value, Failed):
        row.set_cell_error(at, ERRORS[value.shown])
    elif isinstance(value, Formula):
        row.write(at, xlwt.Formula(value.text))
    elif isinstance(value, Formatted):
        row.write(at, value.value, xlwt.easyxf(num_format_str=value.code))
    elif isinstance(value, date):
        row.write(at, value, xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    else:
        row.write(at, value)


def html(pages: Sequence[Page]) -> bytes:
    """A page of tables, as old programs export "Excel"."""
    tables = []
    for page in pages:
        lines = []
        for number, row in enumerate(page.rows):
            cells = []
            for at, value in enumerate(row):
                inside = next((area for area in page.ranges if _covers(area, number, at)), None)
                if inside is None:
                    cells.append(f"<td>{escape(shown(value))}</td>")
                elif inside[:2] == (number, at):
                    spans = f'rowspan="{inside[2] - number + 1}" colspan="{inside[3] - at + 1}"'
                    cells.append(f"<td {spans}>{escape(shown(value))}</td>")
            style = ' style="display: none"' if number + 1 in page.hidden_rows else ""
            lines.append(f"<tr{style}>{''.join(cells)}</tr>")
        tables.append(f"<table>{''.join(lines)}</table>")
    head = '<html><head><meta charset="gb2312"></head><body>'
    return f"{head}{''.join(tables)}</body></html>".encode("gb18030")


def _covers(area: tuple[int, int, int, int], row: int, column: int) -> bool:
    return area[0] <= row <= area[2] and area[1] <= column <= area[3]


def xml2003(pages: Sequence[Page]) -> bytes:
    """XML Spreadsheet 2003."""
    spaces = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = []
    for page in pages:
        lines = []
        for number, row in enumerate(page.rows):
            cells = []
            for at, value in enumerate(row):
                inside = next((area for area in page.ranges if _covers(area, number, at)), None)
                if value is None or (inside and inside[:2] != (number, at)):
                    continue
                attribute = f' ss:Index="{at + 1}"'
                if inside:
                    attribute += f' ss:MergeDown="{inside[2] - number}"'
                    attribute += f' ss:MergeAcross="{inside[3] - at}"'
                if isinstance(value, Formula):
                    cells.append(f'<Cell{attribute} ss:Formula="={value.text}"/>')
                    continue
                kind = "Error" if isinstance(value, Failed) else "String"
                if isinstance(value, (int, float)):
                    kind = "Number"
                elif isinstance(value, date):
                    kind, value = "DateTime", f"{value.isoformat()}T00:00:00.000"
                data = f'<Data ss:Type="{kind}">{escape(shown(value))}</Data>'
                cells.append(f"<Cell{attribute}>{data}</Cell>")
            hides = ' ss:Hidden="1"' if number + 1 in page.hidden_rows else ""
            lines.append(f'<Row ss:Index="{number + 1}"{hides}>{"".join(cells)}</Row>')
        options = ""
        if page.state != "visible":
            state = {"hidden": "SheetHidden", "veryHidden": "SheetVeryHidden"}[page.state]
            options = (
                '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
                f"<Visible>{state}</Visible></WorksheetOptions>"
            )
        table = f"<Table>{''.join(lines)}</Table>"
        sheets.append(f'<Worksheet ss:Name="{page.title}">{table}{options}</Worksheet>')
    return (
        f'{hostile.HEAD}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="{spaces}" '
        f'xmlns:ss="{spaces}">{"".join(sheets)}</Workbook>'
    ).encode()


def ods(pages: Sequence[Page]) -> bytes:
    """OpenDocument, as LibreOffice writes it; equal rows and cells are written once."""
    tables, styles = [], ""
    if any(isinstance(value, Formatted) for page in pages for row in page.rows for value in row):
        styles = (
            '<number:date-style style:name="N1"><number:year number:style="long"/>'
            "<number:text>年</number:text><number:month/></number:date-style>"
        )
    for place, page in enumerate(pages):
        style = f"ta{place}"
        display = "true" if page.state == "visible" else "false"
        styles += (
            f'<style:style style:name="{style}" style:family="table">'
            f'<style:table-properties table:display="{display}"/></style:style>'
        )
        columns = "".join(
            "<table:table-column"
            + (' table:visibility="collapse"' if hostile.column(at) in page.hidden_columns else "")
            + "/>"
            for at in range(max((len(row) for row in page.rows), default=1))
        )
        lines = [_ods_row(page, number) for number in range(len(page.rows))]
        tables.append(
            f'<table:table table:name="{page.title}" table:style-name="{style}">{columns}'
            f"{''.join(_repeated(lines))}</table:table>"
        )
    return _ods(styles, "".join(tables))


def _ods_row(page: Page, number: int) -> tuple[str, str]:
    cells = []
    for at, value in enumerate(page.rows[number]):
        inside = next((area for area in page.ranges if _covers(area, number, at)), None)
        name, attribute = "table:table-cell", ""
        if inside and inside[:2] == (number, at):
            attribute = (
                f' table:number-columns-spanned="{inside[3] - at + 1}"'
                f' table:number-rows-spanned="{inside[2] - number + 1}"'
            )
        elif inside:
            name = "table:covered-table-cell"
        if isinstance(value, Failed):
            attribute += (
                ' table:formula="of:=NA()" office:value-type="string" office:string-value=""'
                ' calcext:value-type="error"'
            )
        elif isinstance(value, Formula):
            attribute += f' table:formula="of:=[.{value.text}]"'
        elif isinstance(day := value.value if isinstance(value, Formatted) else value, date):
            attribute += f' office:value-type="date" office:date-value="{day.isoformat()}"'
        elif isinstance(value, Formatted):
            attribute += f' office:value-type="float" office:value="{value.value}"'
        elif isinstance(value, (int, float)):
            attribute += f' office:value-type="float" office:value="{value}"'
        elif value is not None:
            attribute += ' office:value-type="string" calcext:value-type="string"'
        says = "" if isinstance(value, Formula) else shown(value)
        text = f"<text:p>{escape(says)}</text:p>" if says else ""
        cells.append((f"<{name}", f"{attribute}>{text}</{name}>"))
    hides = ' table:visibility="collapse"' if number + 1 in page.hidden_rows else ""
    return f"<table:table-row{hides}", f">{''.join(_repeated(cells, 'columns'))}</table:table-row>"


def _repeated(parts: Sequence[tuple[str, str]], what: str = "rows") -> list[str]:
    """Elements that stand several times in a row, written once with their number."""
    found: list[list[Any]] = []
    for part in parts:
        if found and found[-1][0] == part and "spanned" not in part[1]:
            found[-1][1] += 1
        else:
            found.append([part, 1])
    attribute = ' table:number-{}-repeated="{}"'
    return [
        opening + (attribute.format(what, times) if times > 1 else "") + rest
        for (opening, rest), times in found
    ]


def _ods(styles: str, tables: str) -> bytes:
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'{hostile.HEAD}<office:document-content xmlns:office="{name}office:1.0" '
        f'xmlns:table="{name}table:1.0" xmlns:text="{name}text:1.0" xmlns:style="{name}style:1.0" '
        f'xmlns:number="{name}datastyle:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        f'office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'{hostile.HEAD}<manifest:manifest xmlns:manifest="{name}manifest:1.0"><manifest:file-entry'
        f' manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return hostile.packed(
        {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    )


def xlsb(pages: Sequence[Page]) -> bytes:
    """Binary workbooks ([MS-XLSB]): records of a kind, a length and a content."""
    made: dict[str, bytes] = {}
    cells = [value for page in pages for row in page.rows for value in row]
    codes = [*dict.fromkeys(value.code for value in cells if isinstance(value, Formatted))]
    relations, bundle = "", b""
    if codes:
        made["xl/styles.bin"] = _xlsb_styles(codes)
        relations = f'<Relationship Id="rId99" Type="{hostile.OFFICE}/styles" Target="styles.bin"/>'
    for at, page in enumerate(pages, 1):
        state = {"visible": 0, "hidden": 1, "veryHidden": 2}[page.state]
        inner = struct.pack("<II", state, at) + _wide(f"rId{at}") + _wide(page.title)
        bundle += _record(156, inner)
        relations += (
            f'<Relationship Id="rId{at}" Type="{hostile.OFFICE}/worksheet" '
            f'Target="worksheets/sheet{at}.bin"/>'
        )
        made[f"xl/worksheets/sheet{at}.bin"] = _xlsb_sheet(page, codes)
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    package = hostile.PACKAGE
    made |= {
        "[Content_Types].xml": (
            f'{hostile.HEAD}<Types xmlns="{package}/content-types"><Default Extension="bin" '
            'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'{hostile.HEAD}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{hostile.OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
        ).encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": (
            f'{hostile.HEAD}<Relationships xmlns="{package}/relationships">{relations}'
            "</Relationships>"
        ).encode(),
    }
    return hostile.packed(made)


def _xlsb_styles(codes: Sequence[str]) -> bytes:
    """A style for each format, after that of all other cells."""
    out = _record(278) + _record(615, struct.pack("<I", len(codes)))
    for at, code in enumerate(codes):
        out += _record(44, struct.pack("<H", 164 + at) + _wide(code))
    out += _record(616) + _record(617, struct.pack("<I", len(codes) + 1))
    for number in (0, *range(164, 164 + len(codes))):
        out += _record(47, struct.pack("<HH", 0, number) + bytes(12))
    return out + _record(618) + _record(279)


def _xlsb_sheet(page: Page, codes: Sequence[str]) -> bytes:
    last = len(page.rows) - 1, max((len(row) for row in page.rows), default=1) - 1
    out = _record(129) + _record(148, struct.pack("<4I", 0, max(last[0], 0), 0, last[1]))
    for letter in page.hidden_columns:
        at = openpyxl.utils.column_index_from_string(letter) - 1
        out += _record(60, struct.pack("<4IH", at, at, 2304, 0, 1))
    out += _record(145)
    for number, row in enumerate(page.rows):
        flags = 0x10 if number + 1 in page.hidden_rows else 0
        out += _record(0, struct.pack("<IIHBB", number, 0, 300, 0, flags) + bytes(5))
        for at, value in enumerate(row):
            style = codes.index(value.code) + 1 if isinstance(value, Formatted) else 0
            place = struct.pack("<II", at, style)
            if isinstance(value, Failed):
                out += _record(3, place + bytes([ERRORS[value.shown]]))
            elif isinstance(value, Formatted):
                out += _record(5, place + struct.pack("<d", value.number))
            elif isinstance(value, (int, float)):
                out += _record(5, place + struct.pack("<d", value))
            elif value is not None:
                out += _record(6, place + _wide(shown(value)))
    out += _record(146)
    for top, left, bottom, right in page.ranges:
        out += _record(176, struct.pack("<4I", top, bottom, left, right))
    return out + _record(130)


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, tail = len(content), b""
    while True:
        tail += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + tail + content


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def text(encoding: str = "utf-8", parted_by: str = ",") -> Maker:
    """A text table."""

    def made(pages: Sequence[Page]) -> bytes:
        import csv

        out = io.StringIO()
        writer = csv.writer(out, delimiter=parted_by, lineterminator="\r\n")
        writer.writerows([shown(value) for value in row] for row in pages[0].rows)
        return out.getvalue().encode(encoding)

    return made


def from_1904(pages: Sequence[Page]) -> bytes:
    """Office Open XML whose days count from 1904."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.load_workbook(io.BytesIO(xlsx(pages)))
    book.epoch = CALENDAR_MAC_1904
    return saved(book)


def moment(year: int, month: int, day: int) -> datetime:
    """A day with a time, as a spreadsheet stores what was typed with one."""
    return datetime(year, month, day, 15, 30)  # noqa: DTZ001 -- spreadsheets know no zones
