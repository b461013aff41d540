"""The child process that writes one reply: the sender's workbook with its faults marked.

It opens a stranger's file, so it works within limits on memory and time. The job comes as JSON on
stdin (:func:`leaguectl.workbooks.reply.write_reply` makes it), the workbook goes to stdout; where
it fails, its exit code is 1 and nothing is written.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from leaguectl.reader.limits import USUAL, Limits, bind
from leaguectl.reader.sheets import Month, column_index, column_letters
from leaguectl.reader.wire import decode_moment
from leaguectl.workbooks.package import (
    DAY,
    MAIN,
    MOMENT,
    MONTH,
    TEXT,
    TIME,
    Looks,
    Package,
    empty_package,
)
from leaguectl.workbooks.sheet_part import Cell, Place, RowMap, SheetPart
from leaguectl.workbooks.styles import HEADING_COLOR, text_markup, text_width
from leaguectl.workbooks.texts import REPLY_SIGNATURE

_ERROR, _WARNING = "FFFFB3B8", "FFFFE78A"
_MARK_COLORS = (_ERROR, _WARNING)
_RULE = "—— leaguectl ——"
"""The beginning of our part of a comment; the sender's own text is above it."""

_SIGNATURE_AT = (1, 9)
"""Where our list has its signature, in a hidden column next to its own. Below it stand the cells
that had a fill of their own before they were marked, each with that fill, so that the next reply
gives it back."""

_WIDTHS = (8, 24, 18, 20, 22, 46, 40, 20)
_WIDEST = 40
_MOST_LINKS = 65_530
"""More links than that are damage to a spreadsheet program."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone

MEMORY = 2 << 30
"""Bytes of address space; a county's sheet needs a quarter of it."""

PROCESSOR_SECONDS = 90
"""A county of 100,000 rows is written in about five."""


def main() -> int:
    """Do the job on stdin; return 0, or 1 where this workbook cannot be edited."""
    job = json.load(sys.stdin, object_hook=decode_moment)
    bind(MEMORY, PROCESSOR_SECONDS)
    try:
        if "source" in job:
            package = Package(Path(job["source"]).read_bytes(), Limits(**job["limits"]))
        else:
            package = _plain(job["sheets"])
        _Reply(package, job).write()
        data = package.saved()
    except Exception as error:
        # A crafted file can be wrong in many ways. The message may contain a value of the sheet,
        # so only the kind of the error is passed on.
        sys.stderr.write(type(error).__name__)
        return 1
    sys.stdout.buffer.write(data)
    return 0


# -- sheets of our own ---------------------------------------------------------------------------


class _Page:
    """A sheet that is made anew: cells by row, with their looks."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.rows: dict[int, list[str]] = {}
        self.heights: dict[int, float] = {}
        self.columns: dict[int, str] = {}
        self.front, self.behind = "", ""

    def put(self, row: int, column: int, value: Any, style: int | None = None) -> None:
        """Write a value into a cell, in the order of the columns. Text stays text, days are
        days."""
        look, kind, content = self._markup(value)
        place = f"{column_letters(column - 1)}{row}"
        style = self.looks.changed(0, numFmtId=look) if style is None else style
        self.rows.setdefault(row, []).append(f'<c r="{place}" s="{style}"{kind}>{content}</c>')

    @staticmethod
    def _markup(value: Any) -> tuple[int, str, str]:
        if isinstance(value, bool):
            return 0, ' t="b"', f"<v>{value:d}</v>"
        if isinstance(value, (int, float)):
            return 0, "", f"<v>{value!r}</v>"
        if isinstance(value, (datetime, date)):
            moment = datetime(*value.timetuple()[:6])  # noqa: DTZ001
            days = (moment - _EPOCH) / timedelta(days=1)
            look = MOMENT if isinstance(value, datetime) else DAY
            return MONTH if isinstance(value, Month) else look, "", f"<v>{days!r}</v>"
        if isinstance(value, time):
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            return TIME, "", f"<v>{seconds / 86_400!r}</v>"
        return TEXT, ' t="inlineStr"', f"<is>{text_markup(str(value))}</is>"

    def width(self, column: int, width: int, more: str = "") -> None:
        """Give a column a width."""
        span = f'min="{column}" max="{column}"'
        self.columns[column] = f'<col {span} width="{width}" customWidth="1"{more}/>'

    def markup(self) -> str:
        """The part of the sheet."""
        columns = "".join(column for _, column in sorted(self.columns.items()))
        pieces = [
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{MAIN}">{self.front}{columns and f"<cols>{columns}</cols>"}'
            "<sheetData>"
        ]
        for number, cells in sorted(self.rows.items()):
            height = self.heights.get(number)
            tall = f' ht="{height}" customHeight="1"' if height else ""
            pieces.append(f'<row r="{number}"{tall}>{"".join(cells)}</row>')
        return "".join([*pieces, "</sheetData>", self.behind, "</worksheet>"])


def _plain(sheets: list[dict[str, Any]]) -> Package:
    """A workbook of only rows. Each of ``sheets`` gets the ``title`` that was used."""
    package = Package(empty_package(), USUAL)
    for source in reversed(sheets):
        page, widths = _Page(package.looks), dict[int, int]()
        for row, values in source["rows"]:
            for column, value in enumerate(values, source["first_column"] + 1):
                if value in ("", None):
                    continue
                page.put(row, column, value)
                needed = min(text_width(str(value)) + 2, _WIDEST)
                widths[column] = max(widths.get(column, 8), needed)
        for column, width in widths.items():
            page.width(column, width)
        refs = "".join(
            f'<mergeCell ref="{_name((top + 1, left + 1))}:{_name((bottom + 1, right + 1))}"/>'
            for top, left, bottom, right in source["merged"]
        )
        page.behind = refs and f"<mergeCells>{refs}</mergeCells>"
        source["title"] = package.put_in_front(_title(source["name"]), page.markup())
    return package


def _title(name: str) -> str:
    """A name that a sheet may have."""
    allowed = "".join("_" if character in r"[]:*?/\\" else character for character in name)
    return allowed.strip("'")[:31] or "1"


def _link_to(sheet: SheetPart, place: Place) -> str:
    """A cell as a link within the workbook names it."""
    return f"'{sheet.name.replace(chr(39), chr(39) * 2)}'!{_name(place)}"


def _name(place: Place) -> str:
    return f"{column_letters(place[1] - 1)}{place[0]}"


# -- the reply -----------------------------------------------------------------------------------


class _Reply:
    """One reply: values filled in, faults marked, rows left out, and the list in front."""

    def __init__(self, package: Package, job: dict[str, Any]) -> None:
        self.package, self.looks, self.job = package, package.looks, job
        self._parts: dict[str, SheetPart] = {}
        # A plain workbook could not give every sheet the name by which the findings know it.
        self._titles = {source["name"]: source["title"] for source in job.get("sheets", ())}
        self._covered: list[tuple[str, int]] = []
        """Links to cells that are marked, each with its own look."""
        self._row_maps: dict[str, RowMap] = {}
        self._marked: dict[tuple[str, Place], bool] = {}

    def write(self) -> None:
        """Write the reply. Rows are left out last, so that everything before finds them in
        place."""
        self._remove_earlier_reply()
        for table in self.job["filled"]:
            if sheet := self._sheet(table["sheet"]):
                self._fill(sheet, table)
        for mark in self.job["marks"]:
            if sheet := self._sheet(mark["sheet"]):
                self._mark(sheet, sheet.place_of(mark["row"], mark["column"]), mark)
        for name, rows in self.job["without"].items():
            if rows and (sheet := self._sheet(name)):
                self._row_maps[sheet.name] = sheet.leave_out(rows)
        self._select_none()
        page = self._list(self.job["list"])
        for sheet in self._parts.values():
            sheet.finish()
        self.package.put_in_front(self.job["list"]["title"], page.markup())

    def _sheet(self, name: str | None) -> SheetPart | None:
        title = self._titles.get(name or "", name)
        if title not in self._parts:
            part = dict(self.package.sheets).get(title or "")
            if not part or not self.package.has(part):
                return None
            self._parts[str(title)] = SheetPart(self.package, str(title), part)
        return self._parts[str(title)]

    def _select_none(self) -> None:
        """Of several selected sheets, all would get what is typed into one."""
        for title, part in self.package.sheets:
            is_selected = part and b"tabSelected" in self.package.beginning(part)
            if is_selected and (sheet := self._sheet(title)):
                sheet.head = re.sub(r' tabSelected="[^"]*"', "", sheet.head)

    # -- an earlier reply

    def _remove_earlier_reply(self) -> None:
        """Remove what an earlier reply added, and restore the fills that it covered."""
        styles = self.looks.of_colors(_MARK_COLORS)
        if not styles:
            return
        fills: dict[str, int] = {}
        for title, _ in [*self.package.sheets]:
            if sheet := self._sheet(title):
                fills |= self._take_list(sheet)
        for sheet in self._parts.values():
            for place, cell in sheet.of_styles(styles):
                fill = fills.get(_link_to(sheet, place), 0)
                cell.style = self.looks.changed(cell.style, fillId=fill)
            for name, text in sheet.notes.known.items():
                if _RULE in text:
                    sheet.notes.put(name, text.partition(_RULE)[0].rstrip() or None)

    def _take_list(self, sheet: SheetPart) -> dict[str, int]:
        """Take a sheet away if it is the list of an earlier reply; the fills that it kept, by the
        link to the cell."""
        texts = self.package.texts()
        row, column = _SIGNATURE_AT
        if sheet.value((row, column), texts) != REPLY_SIGNATURE:
            return {}
        kept: dict[str, int] = {}
        for number in sheet.numbers():
            if link := sheet.value((number, column), texts):
                kept[link] = self.looks.fill_of(sheet.cell((number, column)).style)
        del self._parts[sheet.name]
        self.package.take_away(sheet.part)
        return kept

    # -- values and marks

    def _mark(self, sheet: SheetPart, place: Place, mark: dict[str, Any]) -> None:
        cell, name = sheet.cell(place), _name(place)
        marked = self._marked.get((sheet.name, place))
        if marked is None and self.looks.fill_of(cell.style):
            self._covered.append((_link_to(sheet, place), cell.style))
        is_error = self._marked[sheet.name, place] = bool(marked or mark["error"])
        own = sheet.notes.of(name).rstrip()
        own = f"{own}\n\n" if own else ""
        # Two findings meet in the corner of a merged cell, where the rule is there already.
        rule = "" if _RULE in own else f"{_RULE}\n"
        sheet.notes.put(name, own + rule + "\n\n".join(mark["texts"]))
        fill = self.looks.fill(_ERROR if is_error else _WARNING)
        cell.style = self.looks.changed(cell.style, fillId=fill)
        if mark["as_text"]:
            cell.style = self.looks.changed(cell.style, numFmtId=TEXT)

    def _fill(self, sheet: SheetPart, table: dict[str, Any]) -> None:
        """Write values into their rows, in the sender's columns or new ones at the right."""
        header = table["header"]
        fields = {field for _, values in table["rows"] for field in values}
        columns = {field: column_index(name) + 1 for field, name in table["columns"].items()}
        rows = {header, *(row for row, _ in table["rows"])}
        right = max((sheet.last_column(row) for row in rows), default=0)
        for field, heading in table["headings"].items():
            if field in fields and field not in columns:
                right += 1
                columns[field] = right
                self._put(sheet, (header, right), heading)
                sheet.widen(right, 18)
        texts = self.package.texts()
        for row, values in table["rows"]:
            for field, value in values.items():
                place = sheet.place_of(row, column_letters(columns[field] - 1))
                if sheet.value(place, texts).strip() != value:
                    self._put(sheet, place, value)

    def _put(self, sheet: SheetPart, place: Place, value: str) -> None:
        """Write a text; into a cell without looks of its own, with those of its neighbour."""
        cell = sheet.cell(place)
        if "s" not in cell.attributes and place[1] > 1:
            neighbour = sheet.row(place[0]).cells.get(place[1] - 1, Cell({}))
            cell.style = neighbour.style
        cell.put(value)
        cell.style = self.looks.changed(cell.style, numFmtId=TEXT)

    # -- the list

    def _list(self, listed: dict[str, Any]) -> _Page:
        """The first sheet: every finding with a link to its cell."""
        page, looks = _Page(self.looks), self.looks
        text = looks.changed(0, numFmtId=TEXT, fontId=looks.font('<sz val="11"/>'))
        bold = looks.font('<b/><sz val="13"/>')
        page.put(1, 1, listed["note"], looks.changed(text, fontId=bold))
        page.put(*_SIGNATURE_AT, REPLY_SIGNATURE, text)
        page.heights[1] = 28
        heading = looks.changed(
            text, fontId=looks.font('<b/><sz val="11"/>'), fillId=looks.fill(HEADING_COLOR)
        )
        columns = zip(listed["headings"], _WIDTHS, strict=True)
        shown = [*columns][: 8 if listed["shifted"] else 7]
        for number, (title, width) in enumerate(shown, 1):
            page.put(2, number, title, heading)
            page.width(number, width)
        page.width(_SIGNATURE_AT[1], 8, ' hidden="1"')
        links = self._put_rows(page, listed["rows"], len(shown), text)
        self._keep_covered(page, text)
        page.front = (
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView tabSelected="1" '
            'workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" '
            'state="frozen"/></sheetView></sheetViews>'
        )
        page.behind = (
            f"<hyperlinks>{''.join(links[:_MOST_LINKS])}</hyperlinks>" if links else ""
        ) + '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>'
        return page

    def _put_rows(
        self, page: _Page, rows: Iterable[dict[str, Any]], width: int, text: int
    ) -> list[str]:
        """A row for each finding; the links to their cells."""
        looks = self.looks
        top = looks.changed(text, inner='<alignment vertical="top"/>')
        wrapped = looks.changed(text, inner='<alignment vertical="top" wrapText="1"/>')
        link = looks.font('<u/><sz val="11"/><color rgb="FF0563C1"/>')
        linked = looks.changed(top, fontId=link)
        levels = {
            error: looks.changed(top, fillId=looks.fill(_ERROR if error else _WARNING))
            for error in (True, False)
        }
        links = []
        for row, finding in enumerate(rows, 3):
            target = self._target(finding)
            texts = [*_list_texts(finding, target)]
            for number, value in enumerate(texts[:width], 1):
                style = {1: levels[finding["error"]], 6: wrapped, 7: wrapped}.get(number, top)
                page.put(row, number, value, linked if number == 4 and target else style)
            page.heights[row] = _height([(texts[5], 46), (texts[6], 40)])
            if target is not None:
                where = quoteattr(_link_to(*target))
                links.append(f'<hyperlink ref="D{row}" location={where}/>')
        return links

    def _keep_covered(self, page: _Page, text: int) -> None:
        """Keep the fills that the marks cover."""
        row, column = _SIGNATURE_AT
        for number, (link, style) in enumerate(self._covered, row + 1):
            page.put(
                number, column, link, self.looks.changed(text, fillId=self.looks.fill_of(style))
            )

    def _target(self, finding: dict[str, Any]) -> tuple[SheetPart, Place] | None:
        """The cell of a finding as it stands in the reply."""
        sheet = self._sheet(finding["sheet"])
        if sheet is None or finding["row"] is None:
            return None
        moved = self._row_maps.get(sheet.name)
        row = moved(finding["row"]) if moved else finding["row"]
        return None if row is None else (sheet, sheet.place_of(row, finding["column"]))


def _list_texts(finding: dict[str, Any], target: tuple[SheetPart, Place] | None) -> Iterator[str]:
    """The columns of the list: the sixth and the seventh are the long ones."""
    sent_as = f"{finding['column'] or ''}{finding['row'] or ''}"
    # In brackets, so that a list of headings is not taken for a table when it comes back.
    heading = f"（{finding['heading']}）" if finding["heading"] and sent_as else ""
    yield from (finding["level"], finding["file"], finding["sheet"] or "")
    yield (_name(target[1]) if target is not None else sent_as) + heading
    yield from (finding["code"], finding["reason"], finding["remedy"])
    yield sent_as + heading


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The height of a row with these texts in columns of these widths, in points."""
    return 16.0 * max(1 + text_width(text) // (width - 2) for text, width in texts)


if __name__ == "__main__":
    sys.exit(main())
