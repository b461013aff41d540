"""The rows below the headings of a table, by field; which of them are about nobody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, overload

from leaguectl.findings import Where
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import (
    EXAMPLE,
    Match,
    are_same_headings,
    begins_as_example_note_or_total,
    first_text,
    fold,
)


class Cells(Mapping[str, Any]):
    """The filled cells of a row by field.

    Thousands of rows share the fields of their table, so a row holds only its values:
    ``positions`` says where in ``values_at`` each field stands.
    """

    __slots__ = ("positions", "values_at")

    def __init__(self, positions: Mapping[str, int], values_at: Sequence[Any]) -> None:
        self.positions, self.values_at = positions, values_at

    def __getitem__(self, field: str) -> Any:
        value = self.values_at[self.positions[field]]
        if value is None or value == "":
            raise KeyError(field)
        return value

    def __iter__(self) -> Iterator[str]:
        filled = zip(self.positions, self.values_at, strict=True)
        return (field for field, value in filled if value is not None and value != "")

    def __len__(self) -> int:
        return sum(value is not None and value != "" for value in self.values_at)


_NO_CELLS: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a sheet by field: values, and the column and heading each came from."""

    file: str
    sheet: str
    number: int | None
    cells: Mapping[str, Any]
    columns: Mapping[str, tuple[str | None, str]]
    table: int | None = None
    """The row of the headings above it: a sheet may hold several tables."""
    day: date | None = None
    """The day of which its sheet speaks; None for what was said by options, today."""

    def place(self) -> "Row":
        """Where it stands, without its values."""
        return replace(self, cells=_NO_CELLS)

    def where(self, field: str | None = None) -> Where:
        """The place of a field, or of the whole row."""
        column, heading = self.columns.get(field or "", (None, None))
        value = self.cells.get(field or "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # as the spreadsheet shows it
        return Where(self.file, self.sheet, self.number, column, field, heading, value)


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Rows of one table, kept by column: ``cells`` has a column for each field of ``positions``.

    A :class:`Row` is made only where one is looked at by itself, since a large sheet has many.
    """

    file: str
    sheet: str
    table: int
    columns: Mapping[str, tuple[str | None, str]]
    positions: Mapping[str, int]
    numbers: Sequence[int]
    cells: Sequence[Sequence[Any]]
    day: date | None = None
    """The day of which their sheet speaks."""

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> "Rows": ...

    def __getitem__(self, index: int | slice) -> "Row | Rows":
        if isinstance(index, slice):
            parts = [column[index] for column in self.cells]
            return replace(self, numbers=self.numbers[index], cells=parts)
        cells = Cells(self.positions, [column[index] for column in self.cells])
        number = self.numbers[index]
        return Row(self.file, self.sheet, number, cells, self.columns, self.table, self.day)

    def place(self, index: int) -> Row:
        """Where a row stands, without its values."""
        number = self.numbers[index]
        return Row(self.file, self.sheet, number, _NO_CELLS, self.columns, self.table, self.day)

    def column(self, field: str) -> Sequence[Any]:
        """The values of that field in every row; None in all where the table has no such column."""
        return self.cells[self.positions[field]] if field in self.positions else [None] * len(self)


# -- below the headings --------------------------------------------------------------------------

_CARRIED_FIELDS = ("organization", "unit")
"""Fields whose merged cells count for every row that they span."""

_NOTES_BEGIN = frozenset("示合总小共备说注填制审负")
"""How the examples, totals and notes begin that begin with a Chinese character."""

Skipped = list[tuple[int, str]]
"""The numbers of rows that are about nobody, each with its first text."""


def table_rows(sheet: Sheet, match: Match, batch_size: int) -> Iterator[tuple[Rows, Skipped]]:
    """The rows below the headings, so many at a time: those about somebody, and those that are
    skipped (a total, a note, the headings once more). Blank rows are in neither."""
    columns: dict[str, tuple[str | None, str]] = {
        field: (column_letters(column + sheet.first_column), match.headings[field])
        for field, column in match.fields.items()
    }
    positions = {field: index for index, field in enumerate(match.fields)}
    if by_banner := bool(match.banners) and "organization" not in positions:
        positions["organization"], columns["organization"] = len(positions), (None, "")
    table, sorter = sheet.rows[match.header][0], _Sorter(sheet, match)
    carried = _carried_cells(sheet, match)
    pick, width = _picker([*match.fields.values()]), max(match.fields.values(), default=0) + 1
    body = sheet.rows[match.header + 1 : match.end]
    for start in range(0, len(body), batch_size):
        numbers: list[int] = []
        picked: list[tuple[Any, ...]] = []
        skipped: Skipped = []
        for number, cells in body[start : start + batch_size]:
            first = first_text(cells)
            if not first:
                continue
            if sorter.skips(number, cells, first):
                skipped.append((number, first))
                continue
            values = pick(cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
            if carried:
                values = _with_carried(values, positions, carried, number)
            numbers.append(number)
            picked.append((*values, sorter.banner) if by_banner else values)
        by_column = list(zip(*picked, strict=True)) or [()] * len(positions)
        yield Rows(sheet.file, sheet.name, table, columns, positions, numbers, by_column), skipped


class _Sorter:
    """Sorts out the rows below the headings that are about nobody.

    ``banner`` is the text of the last row that names a class for the people below it.
    """

    def __init__(self, sheet: Sheet, match: Match) -> None:
        self.match = match
        self.banner = ""
        self.banners = match.banners or {}
        self.never_people = {*self.banners, *match.titles}
        # The headings and what stands above them, by the first text of each row.
        self.above: dict[str, list[Sequence[Any]]] = {}
        rows = [*sheet.rows[match.top : match.header + 1]]
        if match.titles:
            below = sheet.rows[match.header + 1 : match.end]
            rows += [row for row in below if row[0] in match.titles]
        for _, cells in rows:
            if first := first_text(cells):
                self.above.setdefault(fold(first), []).append(cells)
        self.beginnings = _NOTES_BEGIN | {text[0] for text in self.above}

    def skips(self, number: int, cells: Sequence[Any], first: str) -> bool:
        """Whether a row is about nobody; ``first`` is its first text."""
        if "\u4e00" <= first[0] <= "\u9fff" and first[0] not in self.beginnings:
            is_skipped = False  # nearly every name: folding does not change how it begins
        else:
            is_skipped = self._is_note_or_total(first, cells) or self._is_repeated(first, cells)
        if number in self.banners and not is_skipped:
            self.banner = first
        return is_skipped or number in self.never_people

    def _is_note_or_total(self, first: str, cells: Sequence[Any]) -> bool:
        """An example, or a total or a note, which leaves most columns empty: somebody may be
        called 注."""
        if not begins_as_example_note_or_total(first):
            return False
        columns = self.match.fields.values()
        filled = sum(index < len(cells) and cells[index] not in ("", None) for index in columns)
        return bool(EXAMPLE.match(first)) or filled <= max(2, len(columns) // 2)

    def _is_repeated(self, first: str, cells: Sequence[Any]) -> bool:
        """Whether the headings or a title are repeated, as at the top of each printed page."""
        alike = self.above.get(first) or self.above.get(fold(first)) or ()
        return any(are_same_headings(cells, above) for above in alike)


def _picker(columns: list[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes the cells of these columns out of a row."""
    if len(columns) == 1:  # itemgetter gives a lone value then, and no tuple
        return lambda cells: (cells[columns[0]],)
    return itemgetter(*columns)


def _carried_cells(sheet: Sheet, match: Match) -> dict[str, dict[int, Any]]:
    """The cells of a class or a school that are merged downwards, by field and by the rows that
    they span. Names and numbers are never carried on: two people do not share them."""
    carried: dict[str, dict[int, Any]] = {}
    by_number = dict(sheet.rows) if sheet.merged else {}
    for field in _CARRIED_FIELDS:
        column = match.fields.get(field)
        for top, left, bottom, _ in sheet.merged:
            cells = by_number.get(top + 1, ())
            if column is not None and left - sheet.first_column == column < len(cells):
                spanned = dict.fromkeys(range(top + 2, bottom + 2), cells[column])
                carried.setdefault(field, {}).update(spanned)
    return carried


def _with_carried(
    values: tuple[Any, ...],
    positions: Mapping[str, int],
    carried: Mapping[str, Mapping[int, Any]],
    number: int,
) -> tuple[Any, ...]:
    """The values of a row, those of merged cells filled in where it has none of its own."""
    filled = list(values)
    for field, by_number in carried.items():
        if filled[positions[field]] in ("", None) and number in by_number:
            filled[positions[field]] = by_number[number]
    return tuple(filled)
