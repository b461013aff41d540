"""The rows below the headings of a table, by field; which of them are about nobody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, overload

from leaguectl.findings import Where
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import (
    EXAMPLE,
    Match,
    first_text,
    fold,
    is_heading_again,
    reads_as_example_or_aside,
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

    def place(self) -> "Row":
        """Where it stands, without its values."""
        return Row(self.file, self.sheet, self.number, _NO_CELLS, self.columns, self.table)

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
        return Row(self.file, self.sheet, number, cells, self.columns, self.table)

    def place(self, index: int) -> Row:
        """Where a row stands, without its values."""
        number = self.numbers[index]
        return Row(self.file, self.sheet, number, _NO_CELLS, self.columns, self.table)

    def column(self, field: str) -> Sequence[Any]:
        """The values of that field in every row; None in all where the table has no such column."""
        return self.cells[self.positions[field]] if field in self.positions else [None] * len(self)


_GROUP_FIELDS = frozenset({"organization", "unit"})

Groups = Mapping[str, Mapping[int, Any]]
"""What merged cells say for the rows beside them, by field and row."""


_ASIDES_BEGIN = frozenset("示合总小共备说注填制审负")
"""With what the examples, totals and notes begin that begin with a Chinese character."""


Left = list[tuple[int, str]]
"""Rows that are about nobody, by their numbers, each with its first text."""


def table_rows(sheet: Sheet, match: Match, at_once: int) -> Iterator[tuple[Rows, Left]]:
    """The rows below the headings, so many at a time: those about somebody, and those that were
    left (a total, a note, the headings once more). Blank rows are passed over."""
    columns: dict[str, tuple[str | None, str]] = {
        field: (column_letters(at + sheet.first_column), match.headings[field])
        for field, at in match.fields.items()
    }
    at = {field: place for place, field in enumerate(match.fields)}
    if by_banner := bool(match.banners) and "organization" not in at:
        at["organization"], columns["organization"] = len(at), (None, "")
    table = sheet.rows[match.header][0]
    group, sorter = _group_cells(sheet, match), _Sorter(sheet, match)
    pick, width = _picker(list(match.fields.values())), max(match.fields.values(), default=0) + 1
    body = sheet.rows[match.header + 1 : match.end]
    for start in range(0, len(body), at_once):
        numbers: list[int] = []
        picked: list[tuple[Any, ...]] = []
        left: Left = []
        for number, cells in body[start : start + at_once]:
            first = first_text(cells)
            if not first:
                continue
            if sorter.leaves(number, cells, first):
                left.append((number, first))
                continue
            values = pick(cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
            if group:
                values = _with_group(values, at, group, number)
            numbers.append(number)
            picked.append((*values, sorter.banner) if by_banner else values)
        by_column = list(zip(*picked, strict=True)) or [()] * len(at)
        yield Rows(sheet.file, sheet.name, table, columns, at, numbers, by_column), left


class _Sorter:
    """Tells the rows below the headings that are about nobody; ``banner`` is what the last of them
    said that names a class for those below it."""

    def __init__(self, sheet: Sheet, match: Match) -> None:
        self.match = match
        self.above = _rows_above(sheet, match)
        self.banners = match.banners or {}
        self.known = {*self.banners, *match.titles}
        self.begins = _ASIDES_BEGIN | {text[0] for text in self.above}
        self.banner = ""

    def leaves(self, number: int, cells: Sequence[Any], first: str) -> bool:
        """Whether a row is left."""
        if "\u4e00" <= first[0] <= "\u9fff" and first[0] not in self.begins:
            is_aside = False  # nearly every name: folding does not change how it begins
        else:
            is_aside = _is_aside(first, cells, self.match) or _is_above(cells, first, self.above)
        if number in self.banners and not is_aside:
            self.banner = first
        return is_aside or number in self.known


Above = Mapping[str, list[Sequence[Any]]]
"""The headings and what stands above them, by the first text of each row."""


def _rows_above(sheet: Sheet, match: Match) -> Above:
    above: dict[str, list[Sequence[Any]]] = {}
    rows = sheet.rows[match.top : match.header + 1]
    below = sheet.rows[match.header + 1 : match.end] if match.titles else ()
    for _, cells in (*rows, *(row for row in below if row[0] in match.titles)):
        if first := first_text(cells):
            above.setdefault(fold(first), []).append(cells)
    return above


def _is_above(cells: Sequence[Any], first: str, above: Above) -> bool:
    """Whether the headings or a title are repeated, as at the top of each printed page."""
    same = above.get(first) or above.get(fold(first))
    return bool(same) and any(is_heading_again(cells, one) for one in same or ())


def _is_aside(first: str, cells: Sequence[Any], match: Match) -> bool:
    """An example, or a total or a note, which leaves most columns empty."""
    return reads_as_example_or_aside(first) and (
        bool(EXAMPLE.match(first)) or _leaves_most_empty(cells, match)
    )


def _picker(places: list[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes the cells at these places out of a row."""
    if len(places) == 1:
        return lambda cells: (cells[places[0]],)
    return itemgetter(*places)


def _with_group(
    values: tuple[Any, ...], at: Mapping[str, int], group: Groups, number: int
) -> tuple[Any, ...]:
    """The values of a row with what merged cells beside it say for it."""
    own = list(values)
    for field, said in group.items():
        if own[at[field]] in ("", None) and number in said:
            own[at[field]] = said[number]
    return tuple(own)


def _group_cells(sheet: Sheet, match: Match) -> Groups:
    """What a merged cell of a class or a school says for every row beside it. Names and numbers are
    never read on: two people do not share them."""
    groups: dict[str, dict[int, Any]] = {}
    by_row = dict(sheet.rows) if sheet.merged else {}
    for field in _GROUP_FIELDS & match.fields.keys():
        at = match.fields[field]
        groups[field] = {
            number: by_row[top + 1][at]
            for top, left, bottom, right in sheet.merged
            if left - sheet.first_column <= at <= right - sheet.first_column
            and top + 1 in by_row
            and at < len(by_row[top + 1])
            and left - sheet.first_column == at
            for number in range(top + 2, bottom + 2)
        }
    return {field: cells for field, cells in groups.items() if cells}


def _leaves_most_empty(cells: Sequence[Any], match: Match) -> bool:
    """Whether a row fills so few columns as a total or a note does."""
    filled = sum(at < len(cells) and cells[at] not in ("", None) for at in match.fields.values())
    return filled <= max(2, len(match.fields) // 2)
