"""Odd sheets of the Office Open XML family, read element by element as the standard has them.

calamine half reads what few programs write: a part in UTF-16, a comment or an entity within a
value, a cell that stands twice, an error or a size that it does not know. Then one detail would
empty a sheet or refuse the whole workbook. Here each cell is read by itself, some ten times slower,
and what is wrong is said of the cell.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from leaguectl.reader.limits import Limits, number_in
from leaguectl.reader.number_formats import Shown, is_of_days, put_shown
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, cell_place, column_letters
from leaguectl.reader.xml_parser import UTF_16, parse

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?")
_LAST_DAY = 2_958_466
"""The day after the last one that a spreadsheet knows."""

_ODD = re.compile(rb"<!|<\?(?!xml\s)|<(?:[\w.-]+:)?v\b[^>]*+>[^<&]*+&#")
"""A comment or CDATA, an instruction, or a value with a sign by its number."""

_ROW = re.compile(rb"<(?:[\w.-]+:)?row\b")
_NUMBERED = re.compile(rb"<[^<>]*?\sr=[\"']([0-9]+)[\"'][^<>]*+>")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?c\b[^<>]*?\sr=[\"']([A-Za-z]+)[0-9]+[\"'][^<>]*+(?<!/)>")


def is_odd(pieces: Iterable[bytes]) -> bool:
    """Whether a sheet has something that calamine half reads, or a cell or a row twice."""
    rest, numbers = b"", set[bytes]()
    for piece in pieces:
        if not rest and (piece[:2] in UTF_16 or b"\0" in piece[:100]):
            return True
        joined = rest + piece
        if _ODD.search(joined):
            return True
        starts = [match.start() for match in _ROW.finditer(joined)]
        for start, end in pairwise(starts):
            if _is_double(joined[start:end], numbers):
                return True
        rest = joined[starts[-1] :] if starts else joined
        if len(rest) > _LONG_ROW:
            return True
    return _is_double(rest, numbers)


_LONG_ROW = 8 << 20
"""Bytes of a row; in an ordinary sheet it is far less."""


def _is_double(row: bytes, numbers: set[bytes]) -> bool:
    """Whether a row that has cells was there before, or has a cell twice."""
    columns = _FILLED.findall(row)
    if not columns:
        return False
    match = _NUMBERED.match(row)
    if match and match[1] in numbers:
        return True
    if match:
        numbers.add(match[1])
    return len({*columns}) < len(columns)


class CarefulSheet:
    """A sheet while its elements come, then its rows and what was seen in it."""

    def __init__(
        self,
        name: str,
        texts: Sequence[str],
        formats: tuple[Sequence[int], Mapping[int, str]],
        shown: Mapping[int, Shown],
        limits: Limits,
        *,
        is_1904: bool,
    ) -> None:
        self.name, self.texts, self.limits, self.is_1904 = name, texts, limits, is_1904
        self.rows: list[list[Any]] = []
        self.annotations = SheetAnnotations()
        numbers, codes = formats
        self._of_days = [is_of_days(number, codes) for number in numbers]
        self._shown = shown
        self._row = self._column = -1
        self._area = 0
        self._filled: set[tuple[int, int]] = set()
        self._cell: dict[str, str] | None = None
        self._value: list[str] = []
        self._is_formula = self._has_value = False
        self._path: list[str] = []

    def read(self, pieces: Iterable[bytes], part: str) -> "CarefulSheet":
        """Read the part of the sheet.

        :raises FileRefused: it is not well-formed, a cell stands twice or too far, or it is large.
        """
        parse(pieces, part, self._start, self._end, self._text)
        put_shown(self.rows, 0, 0, self.annotations.shown)
        return self

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._path.append(element)
        if element == "row":
            self._row = number_in(attributes.get("r"), self._row + 2) - 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true") and self._row < self.limits.last_row:
                self.annotations.hidden_rows.append(self._row + 1)
        elif element == "c":
            self._cell, self._value = attributes, []
            self._is_formula = self._has_value = False
            self._place(attributes.get("r"))
        elif element == "f" and self._cell is not None:
            self._is_formula = True
        elif element in ("v", "t") and self._cell is not None:
            self._has_value = True
        elif element == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = (number_in(attributes.get(key), 0) for key in ("min", "max"))
            self.annotations.hidden_columns += range(
                max(first - 1, 0), min(last, self.limits.last_column)
            )
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _place(self, name: str | None) -> None:
        """Where the cell stands; without a name of its own it follows the one before."""
        if place := cell_place(name or ""):
            self._row, self._column = place[0] - 1, place[1]
        else:
            self._column += 1

    def _merge(self, reference: str) -> None:
        first, last = map(cell_place, (reference.partition(":")[0], reference.partition(":")[2]))
        if first and last:
            self.annotations.merged.append([first[0] - 1, first[1], last[0] - 1, last[1]])

    def _text(self, text: str) -> None:
        is_read = self._path[-1] == "v" or (self._path[-1] == "t" and "rPh" not in self._path)
        if self._cell is not None and is_read:
            self._value.append(text)

    def _end(self, element: str) -> None:
        self._path.pop()
        if element == "c" and self._cell is not None:
            self._end_cell(self._cell, "".join(self._value))
            self._cell = None

    def _end_cell(self, cell: Mapping[str, str], text: str) -> None:
        place, kind = f"{column_letters(self._column)}{self._row + 1}", cell.get("t", "n").strip()
        if self._is_formula and not text and not (kind == "str" and self._has_value):
            self.annotations.uncached.append(place)
        elif text or kind == "e":
            self._put(place, self._meaning(place, kind, cell, text))

    def _meaning(self, place: str, kind: str, cell: Mapping[str, str], text: str) -> Any:
        """The value of a cell. What is none is an error of the cell, as it shows it."""
        if kind == "s":
            if 0 <= (index := number_in(text.strip(), -1)) < len(self.texts):
                return self.texts[index]
            raise FileRefused("file-damaged", sheet=self.name, cell=place, detail=f"{place} {text}")
        if kind in ("str", "inlineStr"):
            return unescaped(text)
        if kind == "b":
            return text.strip() in ("1", "true")
        value = None if kind == "e" else self._number(kind, cell, text.strip())
        if value is None:
            self.annotations.errors[place] = text.strip() or "#"
            return ""
        return value

    def _number(self, kind: str, cell: Mapping[str, str], text: str) -> Any:
        """A number, or the day that it stands for; None where it is neither."""
        if kind == "d":
            try:
                return _as_day(datetime.fromisoformat(text))
            except ValueError:
                return None
        if not _NUMBER.fullmatch(text) or not math.isfinite(number := float(text)):
            return None
        style = number_in(cell.get("s"), -1)
        if 0 <= style < len(self._of_days) and self._of_days[style]:
            if (shown := self._shown.get(style)) is not None:
                self.annotations.shown[self._row, self._column] = shown
            return _day(number + 1462 * self.is_1904)
        if (shown := self._shown.get(style)) is not None:
            self.annotations.shown[self._row, self._column] = shown
        return number

    def _put(self, place: str, value: Any) -> None:
        row, column = self._row, self._column
        if (row, column) in self._filled:
            raise FileRefused("file-cell-twice", sheet=self.name, cell=place)
        self._filled.add((row, column))
        if row >= self.limits.last_row or column >= self.limits.last_column:
            raise FileRefused("file-far-cell", sheet=self.name, cell=place)
        self.rows += ([] for _ in range(row + 1 - len(self.rows)))
        cells = self.rows[row]
        self._area += max(column + 1 - len(cells), 0)
        self.limits.check("cells", self._area)
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value


def _day(number: float) -> Any:
    """The day or the time that a number stands for in a cell of days; what is neither stays."""
    if 0 <= number < 1:
        seconds = min(round(number * 86_400), 86_399)
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if not 61 <= number < _LAST_DAY:
        return number
    seconds = round(number * 86_400)
    return _as_day(datetime(1899, 12, 30) + timedelta(seconds=seconds))  # noqa: DTZ001


def _as_day(moment: datetime) -> date | datetime:
    return moment.date() if moment.time() == time() else moment


def unescaped(text: str) -> str:
    """A text with the signs that it names by their numbers."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def shared_texts(pieces: Iterable[bytes], part: str) -> list[str]:
    """The texts that cells share, in their order; of a rich text all its runs.

    :raises FileRefused: the part is not well-formed.
    """
    texts: list[list[str]] = []
    path: list[str] = []

    def start(element: str, _: dict[str, str]) -> None:
        path.append(element)
        if element == "si":
            texts.append([])

    def text(text: str) -> None:
        if path[-1] == "t" and "rPh" not in path and texts:
            texts[-1].append(text)

    parse(pieces, part, start, lambda _: path.pop(), text)
    return [unescaped("".join(parts)) for parts in texts]
