"""A sheet of a sender's workbook, into which cells, looks and comments are written, and from which
rows are left out.

Rows that nothing is written into stay byte by byte.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from xml.sax.saxutils import quoteattr

from leaguectl.reader.sheets import cell_place, column_index, column_letters
from leaguectl.workbooks.notes import Notes
from leaguectl.workbooks.package import (
    RELATIONS,
    Package,
    as_text,
    attributes_of,
    rewritten,
    written,
)
from leaguectl.workbooks.styles import text_markup

_ODD = re.compile(rb'<!|<\?(?!xml\s)|<(?:row|c)(?=[\s/>])(?![^<>]*\sr="[A-Z]*[0-9]+")')
"""What the patterns here do not know: a comment, CDATA, a row or a cell without its place."""

_START = re.compile(rb'<row\b[^>]*?\sr="([0-9]+)"')
_CELL = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.S)
_RANGE = re.compile(r' (ref|sqref)="([^"]*)"')
_BEHIND = re.compile(
    r"<(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst"
    r"|mc:AlternateContent)\b|</worksheet>"
)
"""What stands behind the reference to the comments."""

Place = tuple[int, int]
"""A row and a column, from 1."""


class RowMap:
    """Where the rows of the sender stand once some are left out and the others have closed up."""

    def __init__(self, left_out: Iterable[int]) -> None:
        self._left_out = sorted(left_out)

    def __call__(self, row: int) -> int | None:
        """Where a row stands now; None for one that was left out."""
        to = self.first_from(row)
        return to if self.last_until(row) == to else None

    def first_from(self, row: int) -> int:
        """Where that row stands now, or else the next that is left."""
        return row - bisect_left(self._left_out, row)

    def last_until(self, row: int) -> int:
        """Where that row stands now, or else the one before it that is left."""
        return row - bisect_right(self._left_out, row)


@dataclass
class Cell:
    """A cell: its attributes and what is in it, as they stand in the sheet."""

    attributes: dict[str, str]
    content: str = ""

    @property
    def style(self) -> int:
        """The number of its look."""
        return int(self.attributes.get("s", "0"))

    @style.setter
    def style(self, number: int) -> None:
        self.attributes["s"] = str(number)

    def put(self, text: str) -> None:
        """Write a text into it."""
        self.attributes["t"] = "inlineStr"
        self.content = f"<is>{text_markup(text)}</is>"

    @property
    def is_filled(self) -> bool:
        """Whether it has a value."""
        return bool(as_text(self.content).strip()) or "<v>" in self.content


@dataclass
class Row:
    """A row into which something is written."""

    tag: str
    cells: dict[int, Cell] = field(default_factory=dict)

    def markup(self, number: int) -> bytes:
        """The row as it stands in a sheet."""
        attributes = attributes_of(self.tag) | {"r": str(number)}
        attributes.pop("spans", None)
        pieces = [f"<row{written(attributes)}>"]
        for column, cell in sorted(self.cells.items()):
            known = cell.attributes | {"r": f"{column_letters(column - 1)}{number}"}
            pieces.append(f"<c{written(known)}>{cell.content}</c>")
        return "".join([*pieces, "</row>"]).encode()


class SheetPart:
    """A sheet while it is written into."""

    def __init__(self, package: Package, name: str, part: str) -> None:
        self.package, self.name, self.part = package, name, part
        data = package.content(part)
        if b"<worksheet" not in data[:4096] or _ODD.search(data):
            data = rewritten(data, _Places()).encode()
        data = re.sub(rb"<sheetData\s*/>", b"<sheetData></sheetData>", data, count=1)
        first = re.search(rb"<sheetData\b[^>]*>", data)
        end = data.rindex(b"</sheetData>")
        start = first.end() if first else end
        self.head, self.tail = data[:start].decode(), data[end:].decode()
        self._data = data[start:end]
        self.rows: dict[int, Row] = {}
        self.notes = Notes(package, part)

    @cached_property
    def _spans(self) -> dict[int, tuple[int, int]]:
        """Where each row stands."""
        found = [(int(match[1]), match.start()) for match in _START.finditer(self._data)]
        ends = [*(start for _, start in found[1:]), len(self._data)]
        return {number: (start, end) for (number, start), end in zip(found, ends, strict=False)}

    @cached_property
    def merged(self) -> list[tuple[int, int, int, int]]:
        """The merged cells: top, left, bottom, right."""
        tags = re.findall(r"<mergeCell\b[^>]*>", self.tail)
        return [_corners(attributes_of(tag).get("ref", "A1")) for tag in tags]

    def row(self, number: int) -> Row:
        """A row, to be written into."""
        if number not in self.rows:
            start, end = self._spans.get(number, (0, 0))
            text = self._data[start:end].decode()
            tag = re.match(r"<row\b([^>]*?)/?>", text)
            self.rows[number] = row = Row(tag[1] if tag else "")
            for attributes, content in _CELL.findall(text):
                found = attributes_of(attributes)
                row.cells[_place(found["r"])[1]] = Cell(found, content)
        return self.rows[number]

    def cell(self, place: Place) -> Cell:
        """A cell, to be written into; a new one is empty."""
        return self.row(place[0]).cells.setdefault(place[1], Cell({"r": ""}))

    def place_of(self, row: int, column: str | None) -> Place:
        """Where a finding stands: the corner of a merged cell, the first filled cell of a whole
        row."""
        if column is None:
            cells = self.row(row).cells
            at = min((number for number, cell in cells.items() if cell.is_filled), default=1)
        else:
            at = column_index(column) + 1
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= at <= right:
                return top, left
        return row, at

    def value(self, place: Place, texts: Sequence[str]) -> str:
        """What a cell says, as text; ``texts`` are those that cells share."""
        cell = self.row(place[0]).cells.get(place[1])
        if cell is None:
            return ""
        said = as_text(re.sub(r"<f\b.*?(?:/>|</f>)|<rPh\b.*?</rPh>", "", cell.content, flags=re.S))
        if cell.attributes.get("t") == "s" and said.isdecimal() and int(said) < len(texts):
            return texts[int(said)]
        return said

    def numbers(self) -> list[int]:
        """The numbers of its rows."""
        return sorted(self._spans)

    def last_column(self, row: int) -> int:
        """The last column of a row that has a value."""
        cells = self.row(row).cells.items()
        return max((column for column, cell in cells if cell.is_filled), default=0)

    def of_styles(self, styles: set[int]) -> Iterator[tuple[Place, Cell]]:
        """The cells that look so."""
        if not styles:
            return
        wanted = "|".join(map(str, sorted(styles)))
        pattern = re.compile(f'<c\\b[^>]*\\ss="(?:{wanted})"'.encode())
        for match in pattern.finditer(self._data):
            place = _place(attributes_of(match[0].decode())["r"])
            yield place, self.cell(place)

    def widen(self, column: int, width: int) -> None:
        """Give a column at the right a width."""
        col = f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        covered = [
            int(attributes_of(tag).get("max", "0"))
            for tag in re.findall(r"<col\b[^>]*>", self.head)
        ]
        if max(covered, default=0) >= column:
            return
        if "</cols>" in self.head:
            self.head = self.head.replace("</cols>", f"{col}</cols>", 1)
        else:
            self.head = self.head.replace("<sheetData", f"<cols>{col}</cols><sheetData", 1)

    # -- rows left out

    def leave_out(self, left_out: Iterable[int]) -> RowMap:
        """Leave those rows out and close up; where the others stand now."""
        moved = RowMap(left_out)
        for top, left, bottom, _ in self.merged:
            if moved(top) is None and moved.last_until(bottom) >= moved.first_from(top):
                kept = next(row for row in range(top, bottom + 1) if moved(row))
                self.row(kept).cells[left] = self.cell((top, left))
        self._move(moved)
        self.tail = _shrunk_in(self.tail, moved)
        # What was scrolled to or chosen may be below the last row now.
        self.head = re.sub(r' topLeftCell="[^"]*"|<selection\b[^>]*/>', "", self.head)
        self.head = re.sub(r"<dimension\b[^>]*/>", "", self.head)
        self.notes.move(moved)
        self._move_others(moved)
        return moved

    def _move(self, moved: RowMap) -> None:
        """Close up the rows, those that nothing is written into by their bytes."""
        masters = self._shared_formulas()
        pieces, rows = [], dict[int, Row]()
        for number in sorted(self._spans.keys() | self.rows.keys()):
            if (to := moved(number)) is None:
                continue
            start, end = self._spans.get(number, (0, 0))
            data = self._data[start:end]
            if number not in self.rows and b"<f" not in data:
                if to != number:
                    data = re.sub(rb'(<(?:row|c)\b[^>]*?\sr="[A-Z]*)[0-9]+', b"\\g<1>%d" % to, data)
                pieces.append(data)
                continue
            rows[to] = row = self.row(number)
            for column, cell in row.cells.items():
                if "<f" in cell.content:
                    place = f"{column_letters(column - 1)}{number}"
                    cell.content = _moved_formula(cell.content, place, masters, moved)
            pieces.append(row.markup(to))
        self._data, self.rows = b"".join(pieces), rows
        del self._spans
        self.package.without_order_of_calculation()

    def _shared_formulas(self) -> dict[str, tuple[str, str]]:
        """The formulas that cells share, by their number: the text, and the cell that has it."""
        pattern = re.compile(
            rb'<c\b[^>]*?\sr="([A-Z]+[0-9]+)"[^>]*><f\b([^>]*t="shared"[^>]*)>([^<]+)<'
        )
        return {
            attributes_of(tag.decode())["si"]: (html.unescape(text.decode()), place.decode())
            for place, tag, text in pattern.findall(self._data)
        }

    def _move_others(self, moved: RowMap) -> None:
        """Tables and pictures move with their rows; the pictures of those left out go."""
        package = self.package
        for relation in package.relations(self.part):
            target = package.target(self.part, relation)
            if relation["Type"].endswith("/table"):
                text = rewritten(package.content(target))
                shrunk = _RANGE.sub(lambda m: f' {m[1]}="{_table(m[2], moved)}"', text)
                package.new[target] = shrunk.encode()
            elif relation["Type"].endswith("/drawing"):
                text = rewritten(package.content(target))
                package.new[target] = _moved_pictures(text, moved).encode()

    # -- the part

    def finish(self) -> None:
        """Write the sheet and its comments into the package."""
        if relation := self.notes.finish():
            reference = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id={quoteattr(relation)}/>'
            behind = _BEHIND.search(self.tail)
            at = behind.start() if behind else len(self.tail)
            self.tail = self.tail[:at] + reference + self.tail[at:]
        pieces, done = [self.head.encode()], 0
        starts = sorted(self._spans)
        for number in sorted(self.rows):
            if number in self._spans:
                start, end = self._spans[number]
            else:
                later = next((known for known in starts if known > number), None)
                start = end = self._spans[later][0] if later else len(self._data)
            pieces += [self._data[done:start], self.rows[number].markup(number)]
            done = end
        self.package.new[self.part] = b"".join([*pieces, self._data[done:], self.tail.encode()])


class _Places:
    """Gives each row and cell of a sheet its place while it is written anew."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def __call__(self, element: str, attributes: dict[str, str]) -> None:
        if element == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() else self.row + 1
            self.column, attributes["r"] = 0, str(self.row)
        elif element == "c":
            place = cell_place(attributes.get("r", ""))
            self.column = place[1] + 1 if place else self.column + 1
            attributes["r"] = f"{column_letters(self.column - 1)}{self.row}"


def _place(name: str) -> Place:
    row, column = cell_place(name) or (1, 0)
    return row, column + 1


def _corners(ref: str) -> tuple[int, int, int, int]:
    first, _, last = ref.replace("$", "").partition(":")
    top, left = _place(first)
    return (top, left, *_place(last or first))


def _shrunk(ref: str, moved: RowMap) -> str | None:
    """A range over the rows that are left of it; None where none is."""
    if not re.fullmatch(r"[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?", ref):
        return ref  # whole columns
    top, left, bottom, right = _corners(ref)
    top, bottom = moved.first_from(top), moved.last_until(bottom)
    if bottom < top:
        return None
    first, last = f"{column_letters(left - 1)}{top}", f"{column_letters(right - 1)}{bottom}"
    return first if ":" not in ref else f"{first}:{last}"


def _table(ref: str, moved: RowMap) -> str:
    """The range of a table, which needs a row below its headings, so an empty one keeps one."""
    top, left, bottom, right = _corners(_shrunk(ref, moved) or ref)
    bottom = max(bottom, top + 1)
    return f"{column_letters(left - 1)}{top}:{column_letters(right - 1)}{bottom}"


def _shrunk_in(tail: str, moved: RowMap) -> str:
    """What stands below the rows: merged cells, links, rules of cells, each over what is left."""

    def shrunk(match: re.Match[str]) -> str:
        tag, ranges = match[1], _RANGE.search(match[0])
        if ranges is None:
            return match[0]
        kept = [left for ref in ranges[2].split() if (left := _shrunk(ref, moved))]
        if tag == "mergeCell" and kept and _corners(kept[0])[:2] == _corners(kept[0])[2:]:
            kept = []
        if not kept and tag in ("mergeCell", "hyperlink"):
            return ""
        return match[0].replace(ranges[0], f' {ranges[1]}="{" ".join(kept) or "A1"}"', 1)

    tags = "mergeCell|hyperlink|autoFilter|sortState|dataValidation|conditionalFormatting"
    tail = re.sub(f"<({tags}|protectedRange|ignoredError)\\b[^>]*>(?:</\\1>)?", shrunk, tail)
    tail = re.sub(r'(<mergeCells\b[^>]*?) count="\d+"', r"\1", tail)
    tail = re.sub(r"<(mergeCells|hyperlinks)\b[^>]*>\s*</\1>", "", tail)
    return re.sub(
        r"<xm:sqref>([^<]*)</xm:sqref>",
        lambda m: (
            f"<xm:sqref>{' '.join(_shrunk(r, moved) or '' for r in m[1].split()).strip() or 'A1'}"
            "</xm:sqref>"
        ),
        tail,
    )


def _moved_formula(
    content: str, place: str, masters: dict[str, tuple[str, str]], moved: RowMap
) -> str:
    """A formula whose references follow their rows; one that cells shared stands by itself. What
    is no formula for us goes, and its value stays."""
    from openpyxl.formula.tokenizer import Tokenizer, TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError

    def followed(match: re.Match[str]) -> str:
        found, text = attributes_of(match[1]), html.unescape(match[2] or "")
        try:
            if found.get("t") == "shared" and (known := masters.get(found.get("si", ""))):
                found, text = {}, Translator(f"={known[0]}", known[1]).translate_formula(place)[1:]
            tokens = Tokenizer(f"={text}")
        except (TokenizerError, TranslatorError):
            return ""
        for token in tokens.items:
            if token.subtype == "RANGE" and "!" not in token.value:
                token.value = _followed(token.value, moved)
        if "ref" in found:
            found["ref"] = _shrunk(found["ref"], moved) or found["ref"]
        text = html.escape("".join(token.value for token in tokens.items), quote=False)
        return f"<f{written(found)}>{text}</f>"

    return re.sub(r"<f\b([^>]*?)(?:/>|>(.*?)</f>)", followed, content, flags=re.S)


def _followed(reference: str, moved: RowMap) -> str:
    """A reference to cells after rows were left out, as a spreadsheet program changes it."""
    plain = reference.replace("$", "")
    if not re.fullmatch(r"[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?", plain):
        return reference  # a name, or whole columns
    if _shrunk(plain, moved) is None:
        return "#REF!"
    first, colon, last = reference.partition(":")
    top, bottom = moved.first_from(_place(plain.partition(":")[0])[0]), 0
    if colon:
        bottom = moved.last_until(_place(plain.partition(":")[2])[0])
    number = re.compile("[0-9]+")
    return number.sub(str(top), first) + colon + number.sub(str(bottom), last)


def _moved_pictures(text: str, moved: RowMap) -> str:
    def anchor(match: re.Match[str]) -> str:
        corners = [int(row) + 1 for row in re.findall(r"row>(\d+)</", match[0])]
        if corners and moved(corners[0]) is None:
            return ""
        return re.sub(
            r"(row>)(\d+)(?=</)", lambda m: f"{m[1]}{moved.first_from(int(m[2]) + 1) - 1}", match[0]
        )

    pattern = r"<((?:\w+:)?(?:twoCellAnchor|oneCellAnchor))\b.*?</\1>"
    return re.sub(pattern, anchor, text, flags=re.S)
