"""The rows of a table, by field; which rows around it are about nobody."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, overload

from leaguectl.findings import Where
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import has_data
from leaguectl.workbooks.sheet_kinds import YEAR_GROUP, Match
from leaguectl.workbooks.texts import (
    EXAMPLE,
    EXAMPLE_ID_NUMBER,
    ID_NUMBER,
    are_hints,
    are_other_headings,
    are_same_headings,
    filled,
    first_text,
    fold,
    has_id_number,
    is_blank,
    is_label,
    is_quantity,
    is_total,
    says_no_members,
    says_who_left,
    shown,
    with_year_group,
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
    """The day of its sheet; None for rows given by options, which mean today."""
    is_dated: bool = False
    """Whether the sheet or the user gives that day."""
    is_whole: bool = False
    """Whether its sheet claims to name everybody of its organisations."""

    @property
    def table_key(self) -> tuple[str, str, int | None]:
        """The identity of its table: file, sheet and row of the headings."""
        return self.file, self.sheet, self.table

    def place(self) -> "Row":
        """The place of the row, without its values."""
        return replace(self, cells=_NO_CELLS)

    def where(self, field: str | None = None) -> Where:
        """The place of a field, or of the whole row."""
        column, heading = self.columns.get(field or "", (None, None))
        value = self.cells.get(field or "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # as the spreadsheet shows it
        name = self.cells.get("name")
        about = str(name) if name not in (None, "") and field != "name" else None
        return Where(self.file, self.sheet, self.number, column, field, heading, value, about)


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Rows of one table, kept by column: ``cells`` has a column for each field of ``positions``.

    A :class:`Row` is only made where it is needed by itself, since a large sheet has many.
    """

    file: str
    sheet: str
    table: int
    columns: Mapping[str, tuple[str | None, str]]
    positions: Mapping[str, int]
    numbers: Sequence[int]
    cells: Sequence[Sequence[Any]]
    day: date | None = None
    """The day of their sheet."""
    is_dated: bool = False
    is_whole: bool = False
    """Whether it claims to name everybody of its organisations."""

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
        return replace(self.place(index), cells=cells)

    def with_column(self, field: str, value: Any) -> "Rows":
        """The rows with a further column, which has the same value in all."""
        positions = {**self.positions, field: len(self.cells)}
        return replace(self, positions=positions, cells=[*self.cells, [value] * len(self)])

    def place(self, index: int) -> Row:
        """The place of a row, without its values."""
        number = self.numbers[index]
        said = (self.columns, self.table, self.day, self.is_dated, self.is_whole)
        return Row(self.file, self.sheet, number, _NO_CELLS, *said)

    def column(self, field: str) -> Sequence[Any]:
        """The values of that field in every row; None in all where the table has no such column."""
        return self.cells[self.positions[field]] if field in self.positions else [None] * len(self)


# -- around and below the headings ---------------------------------------------------------------

_CARRIED_FIELDS = ("organization", "unit", YEAR_GROUP.field, "module")
"""Fields whose merged cells count for every row that they span."""


class Aside(NamedTuple):
    """An ignored row: its number and its first text."""

    number: int
    text: str
    former: str = ""
    """For a row about somebody: the words above it that say that the people below have left, or are
    no members."""
    is_example: bool = False
    """For a row about somebody: whether it begins like an example."""


def table_rows(sheet: Sheet, match: Match, batch_size: int) -> Iterator[tuple[Rows, list[Aside]]]:
    """The rows below the headings, ``batch_size`` at a time: those about somebody, and ignored rows
    (a total, a note, repeated headings). Blank rows are in neither."""
    table = _Table(sheet, match)
    body = sheet.rows[match.header + 1 : match.end]
    for start in range(0, len(body), batch_size):
        yield table.rows(body[start : start + batch_size])


def rows_above(sheet: Sheet, match: Match) -> tuple[Rows, list[Aside]]:
    """The rows above the headings of the first table of a sheet: those that may belong below them,
    and the titles, which have no number or day and hardly a cell in the columns that a row fills.
    """
    above = [row for row in sheet.rows[: match.header - match.depth + 1] if first_text(row[1])]
    needed = [match.fields[field] for field in match.needed]

    def is_title(row: tuple[int, Sequence[Any]]) -> bool:
        return len(filled(row[1])) == 1 or (not has_data(row) and _count(row[1], needed) < 2)

    titles = [Aside(row[0], first_text(row[1])) for row in above if is_title(row)]
    rows, _ = _Table(sheet, match).rows([row for row in above if not is_title(row)], sort=False)
    return rows, titles


def title_rows_of(sheet: Sheet, match: Match) -> list[Aside]:
    """The titles of a table below another one."""
    above = sheet.rows[match.top : match.header - match.depth + 1]
    return [Aside(number, text) for number, cells in above if (text := first_text(cells))]


def _count(cells: Sequence[Any], columns: Iterable[int]) -> int:
    """How many of these columns have a value."""
    return sum(at < len(cells) and not is_blank(cells[at]) for at in columns)


class _Table:
    """Reads the rows of a table: the places of its fields, and the carried values."""

    def __init__(self, sheet: Sheet, match: Match) -> None:
        self.sheet, self.header = sheet, sheet.rows[match.header][0]
        self.columns: dict[str, tuple[str | None, str]] = {
            field: (column_letters(column + sheet.first_column), match.headings[field])
            for field, column in match.fields.items()
            if field != YEAR_GROUP.field
        }
        self.positions = {field: index for index, field in enumerate(self.columns)}
        self.pick = _picker([match.fields[field] for field in self.columns])
        self.year_group = match.fields.get(YEAR_GROUP.field)
        self.width = max(match.fields.values(), default=0) + 1
        self.by_banner = bool(match.banners) and "organization" not in self.positions
        if self.by_banner:
            self.positions["organization"] = len(self.positions)
            self.columns["organization"] = (None, "")
        self.carried = carried_cells(sheet, match)
        self.sorter = _Sorter(sheet, match, self.carried)
        self.is_complete = not (self.carried or match.banners or self.year_group is not None)

    def rows(
        self, body: Sequence[tuple[int, Sequence[Any]]], *, sort: bool = True
    ) -> tuple[Rows, list[Aside]]:
        """Some rows of the sheet; without ``sort`` none of them is ignored."""
        numbers: list[int] = []
        picked: list[tuple[Any, ...]] = []
        skipped: list[Aside] = []
        sorter, width, pick = self.sorter, self.width, self.pick
        for number, cells in body:
            if sort and not sorter.is_surely_read(cells) and (aside := sorter.aside(number, cells)):
                if aside.text:
                    skipped.append(aside)
                continue
            values = pick(cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
            numbers.append(number)
            picked.append(values if self.is_complete else self._completed(number, values, cells))
        by_column = list(zip(*picked, strict=True)) or [()] * len(self.positions)
        sheet = self.sheet
        rows = Rows(
            sheet.file, sheet.name, self.header, self.columns, self.positions, numbers, by_column
        )
        return rows, skipped

    def _completed(
        self, number: int, values: tuple[Any, ...], cells: Sequence[Any]
    ) -> tuple[Any, ...]:
        """The values of a row, completed from merged cells and from the class above it, where it
        has none of its own; and with the year group in the name of the class."""
        if self.carried:
            values = _with_carried(values, self.positions, self.carried, number)
        if self.year_group is not None:
            group = shown(cells[self.year_group]) if self.year_group < len(cells) else ""
            group = group or shown(self.carried.get(YEAR_GROUP.field, {}).get(number))
            at = self.positions["organization"]
            if group and (text := shown(values[at])):
                values = (*values[:at], with_year_group(group, text), *values[at + 1 :])
        banner = self.sorter.banner
        if self.by_banner:
            return (*values, banner)
        if banner and "organization" in self.positions:
            at = self.positions["organization"]
            if values[at] in ("", None):
                return (*values[:at], banner, *values[at + 1 :])
        return values


_NOWHERE = 1 << 20
"""A column that no sheet has."""


def _says_nothing(_text: str) -> bool:
    return False


class _Sorter:
    """Finds the rows below the headings that are about nobody.

    A row with an ID number is about somebody. Other rows are about nobody if they have none of the
    fields that identify what a row of their kind is about, or if these hold something else: the
    headings again, hints below them, a total, a note.
    """

    def __init__(
        self, sheet: Sheet, match: Match, carried: Mapping[str, Mapping[int, Any]]
    ) -> None:
        self.match, self.carried = match, carried
        self.banner = ""
        """The text of the last row that names a class for the people below it."""
        self.former = ""
        """The text of the last such row, if it says that the people below are no members."""
        self.banners = match.banners or {}
        self.left_column = match.fields.get("left", _NOWHERE)
        # Of people who move, 转出 over some of them says only which way.
        other = _says_nothing if "to_home" in match.fields else says_who_left
        self.says_other = says_no_members if match.is_roster else other
        self.id_column = match.fields.get("id_number", _NOWHERE)
        self.keys = {field: match.fields[field] for field in match.keys}
        self.needed = [match.fields[field] for field in match.needed]
        # The headings and what stands above them, by the first text of each row.
        self.above: dict[str, list[Sequence[Any]]] = {}
        rows = [*sheet.rows[match.top : match.header + 1]]
        if match.titles:
            below = sheet.rows[match.header + 1 : match.end]
            rows += [row for row in below if row[0] in match.titles]
        for _, cells in rows:
            if first := first_text(cells):
                self.above.setdefault(fold(first), []).append(cells)
        self.is_top = True
        """Whether no row about somebody came yet, or none since the headings were repeated."""
        self.is_apart = False
        """Whether the row before was blank, or a title,"""
        self.is_other_table = False
        """and whether the headings of another table came."""

    def is_surely_read(self, cells: Sequence[Any]) -> bool:
        """Whether a row is an ordinary one: with an ID number, and not an example."""
        if self.id_column >= len(cells) or self.former:
            return False
        first, cell = cells[0], cells[self.id_column]
        if not (type(cell) is str and len(cell) == 18 and cell[:17].isdigit()):
            return False
        if type(first) is str and (not first or first[0] == "示"):
            return False
        self.is_top = self.is_apart = False
        return True

    def aside(self, number: int, cells: Sequence[Any]) -> Aside | None:
        """The row if it is ignored (a blank one without a text); None if it is read."""
        first = first_text(cells)
        if not first:
            self.is_apart = True
            return Aside(number, "")
        cell = cells[self.id_column] if self.id_column < len(cells) else None
        if type(cell) is str and ID_NUMBER.fullmatch(cell):
            if EXAMPLE.match(first):
                return Aside(number, first, is_example=cell != EXAMPLE_ID_NUMBER)
        elif self._is_nobody(number, cells, first):
            self.is_apart = len(filled(cells)) == 1
            return Aside(number, first)
        self.is_top = self.is_apart = False
        if not self.former or _count(cells, [self.left_column]):
            return None  # of somebody who has left the row says when
        return Aside(number, first, self.former)

    def _is_nobody(self, number: int, cells: Sequence[Any], first: str) -> bool:
        is_alone = len(filled(cells)) == 1
        if number in self.match.titles or self._is_repeated(number, first, cells):
            if is_alone and (self.says_other(first) or not self.is_top):
                self.former = first if self.says_other(first) else ""
            self.is_top = True  # what goes under the headings may stand there again
            return True
        if is_alone and (number in self.banners or self.says_other(first)):
            self._begin(number, first)
            return True
        if has_id_number(cells):
            return False
        if EXAMPLE.match(first) or (self.is_top and are_hints(cells)):
            return True
        if self.is_apart and are_other_headings(cells):
            self.is_other_table = True
        if self.is_other_table or not self.keys:
            return self.is_other_table
        keys = [text for field in self.keys if (text := self._key(field, number, cells))]
        return not keys or self._is_note_or_total(first, keys, cells)

    def _begin(self, number: int, first: str) -> None:
        """Let a row of one cell say who the people below it are."""
        if self.says_other(first):  # a colon at its end makes it no signature
            self.former = first
        elif not is_label(first):
            self.former = ""
        if not is_label(first):
            self.banner = first if number in self.banners else ""

    def _key(self, field: str, number: int, cells: Sequence[Any]) -> str:
        """What a row says in one of its keys."""
        at = self.keys[field]
        cell = cells[at] if at < len(cells) else None
        if cell in ("", None):
            cell = self.carried.get(field, {}).get(number)
        return "" if is_blank(cell) else shown(cell)

    def _is_note_or_total(self, first: str, keys: Sequence[str], cells: Sequence[Any]) -> bool:
        """Whether the keys hold only a note, a total, or the name of a person who signs without any
        other identification. Somebody may be called 注, so most columns of such a row must be
        empty."""
        are_totals = all(is_total(key) or (is_total(first) and is_quantity(key)) for key in keys)
        if "name" not in self.keys and are_totals:
            return True
        columns = self.match.fields.values()
        values = _count(cells, columns)
        if all(is_label(key) or is_quantity(key) for key in keys) and is_label(first):
            return values <= max(2, len(columns) // 2)
        is_signed = is_label(first) and first not in keys and len(self.needed) > 1
        return is_signed and _count(cells, self.needed) <= 1

    def _is_repeated(self, number: int, first: str, cells: Sequence[Any]) -> bool:
        """Whether the headings or a title are repeated, as at the top of each printed page. A
        banner is so word for word: class (2) is not class (1) again."""
        alike = self.above.get(first) or self.above.get(fold(first)) or ()
        if number in self.banners:
            alike = [above for above in alike if first_text(above) == first]
        return any(are_same_headings(cells, above) for above in alike)


def _picker(columns: list[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """The function that picks the cells of these columns from a row."""
    if len(columns) == 1:  # itemgetter would give a single value rather than a tuple
        return lambda cells: (cells[columns[0]],)
    return itemgetter(*columns)


def carried_cells(sheet: Sheet, match: Match) -> dict[str, dict[int, Any]]:
    """The cells of a class or a school that are merged downwards, by field and by the rows that
    they span. Names and numbers are never carried on: two people do not share them."""
    carried: dict[str, dict[int, Any]] = {}
    by_number = dict(sheet.rows) if sheet.merged else {}
    last = max(by_number, default=0)
    for field in _CARRIED_FIELDS:
        column, spans = match.fields.get(field), 0
        for top, left, bottom, _ in sheet.merged:
            cells = by_number.get(top + 1, ())
            if column is not None and left - sheet.first_column == column < len(cells):
                below = range(top + 2, min(bottom + 1, last) + 1)
                spans += len(below)
                if spans > last:
                    break  # merged cells only overlap in crafted files
                carried.setdefault(field, {}).update(dict.fromkeys(below, cells[column]))
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
        if field not in positions:
            continue
        if filled[positions[field]] in ("", None) and number in by_number:
            filled[positions[field]] = by_number[number]
    return tuple(filled)
