"""Finding the tables of a sheet: which rows are headings, of which kind, and what each column is.

A worked example. An office sends a sheet with a title, and headings that are two rows deep since
入团 is merged over two columns:

>>> sent = [
...     ["阳光中学团员名册"],
...     ["姓名", "入团", "", "备注"],
...     ["", "时间", "所在支部", ""],
...     ["艾力", "2022-05", "一班", ""],
... ]
>>> from leaguectl.workbooks.sheet_kinds import Column
>>> members = SheetKind("members", (
...     Column("name", ("姓名", "学生姓名"), required=True),
...     Column("organization", ("所在支部", "班级"), required=True),
...     Column("joined", ("入团时间",), required=False),
... ))

1. Each of the first rows may be the last one of headings that are one to three rows deep. The
   title cannot be, having one text; rows 2 and 3 can, alone and together.
2. Read together, the rows say 姓名, 入团时间, 入团所在支部 (or just 所在支部) and 备注 of the
   four columns.
3. These texts are compared with the headings of every kind of sheet. Here three are columns of
   ``members``, and one is ignored; row 2 alone would lack the organisation.
4. The kind and place with most columns wins, provided that none is missing which must be there.
5. Below, whatever looks like headings begins a further table, or repeats these on the next page.

>>> [table] = find_tables(Sheet("a.xlsx", "名册", [*enumerate(sent, 1)]), [members])
>>> (table.kind, table.header, table.depth, table.fields, table.ignored)
('members', 2, 2, {'name': 0, 'joined': 1, 'organization': 2}, ('备注',))
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.sheet_kinds import YEAR_GROUP, Doubled, Match, SheetKind
from leaguectl.workbooks.texts import (
    REPLY_SIGNATURE,
    are_same_headings,
    are_under_groups,
    begins_as_example_note_or_total,
    count_filled,
    first_text,
    fold,
    has_ordinal,
    heading_text,
    in_chinese,
    other_words_of_time,
    qualify,
    stacked,
    without_year,
)

DEPTHS = (1, 2, 3)
"""How many rows deep headings may be."""

ROWS_TO_SCAN = 80
"""Heading rows stand below titles, rarely deeper than this."""

# -- texts of cells ------------------------------------------------------------------------------

_SIX_DIGITS = re.compile(r"[0-9]{6}")


# -- the search ----------------------------------------------------------------------------------


def find_tables(
    sheet: Sheet, kinds: Iterable[SheetKind], mapped: Mapping[str, str] | None = None
) -> list[Match]:
    """The tables of a sheet, each from its headings to where the next one begins; none for a sheet
    without a table that is known, and for the list of a reply, which may name sheets as headings
    are called. ``mapped`` has a user's own headings with their fields."""
    if sheet.rows and REPLY_SIGNATURE in sheet.rows[0][1]:
        return []
    search = _Search(sheet, kinds, mapped or {})
    first = search.first_table()
    tables = search.tables_from(first) if first else []
    return [replace(table, ignored=table.ignored + _bare_columns(sheet, table)) for table in tables]


def titles(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """The titles of a table: the sheet's name, and the rows of one cell above its headings."""
    above = sheet.rows[match.top : match.header - match.depth + 1]
    rows = (cells for _, cells in above if count_filled(cells) == 1)
    return (sheet.name, *map(first_text, rows))


class _Search:
    """The search for tables in one sheet, among some kinds."""

    def __init__(self, sheet: Sheet, kinds: Iterable[SheetKind], mapped: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.kinds = [(kind, _fields_by_heading(kind, mapped)) for kind in kinds]
        self.headings = {heading for _, by_heading in self.kinds for heading in by_heading}
        self.banners = _banners(sheet)

    def first_table(self) -> Match | None:
        """The best headings at the top of the sheet, or what stands above them as a whole table of
        its own."""
        end = min(ROWS_TO_SCAN, len(self.sheet.rows))
        first = None
        while end:
            places = [(row, depth) for row in range(end) for depth in DEPTHS if depth <= row + 1]
            match = self.best(places)
            if match is None or (match.missing and (first or len(match.fields) < 2)):
                break
            first, end = match, match.header - match.depth + 1
        return first

    def tables_from(self, first: Match) -> list[Match]:
        """The first table and those below it. Headings that are repeated, as at the top of each
        printed page, belong to the table above."""
        sheet, tables = self.sheet, [first]
        for position in range(first.header + 1, len(sheet.rows)):
            above, cells = tables[-1], sheet.rows[position][1]
            if position <= above.header or not _may_be_headings(cells, self.headings):
                continue
            places = [(position + depth - 1, depth) for depth in DEPTHS]
            match = self.best([place for place in places if place[0] < len(sheet.rows)])
            if match is None:
                continue
            top = _title_above(sheet, position)
            if are_same_headings(sheet.rows[match.header][1], sheet.rows[above.header][1]):
                repeated = {number for number, _ in sheet.rows[top:position]}
                if "organization" not in above.fields:
                    repeated -= self.banners.keys()  # there the banners are the class
                tables[-1] = replace(above, titles=above.titles | repeated)
            # Two heading rows that only follow each other are not one over the other.
            elif not match.missing and not (match.doubled and match.depth > 1):
                tables[-1] = replace(above, end=top)
                tables.append(replace(match, top=top))
        return tables

    def best(self, places: Iterable[tuple[int, int]]) -> Match | None:
        """The kind whose headings fit best at any of these places, or the nearest one with what it
        lacks. A place is the last row of the headings and how many rows deep they are."""
        # Banners may supply an organisation, so they count before the kinds are compared.
        matches = [self._with_banners(match) for match in self._matches(places)]
        best = max((match for match in matches if match.imported), key=_rank, default=None)
        ignored = max((match for match in matches if not match.imported), key=_rank, default=None)
        # A known table that is not imported is not a sheet of ours with a missing column.
        if ignored and (best is None or (best.missing and _rank(ignored) > _rank(best))):
            return ignored
        return best

    def _matches(self, places: Iterable[tuple[int, int]]) -> Iterator[Match]:
        """Every kind that fits at any of these places."""
        rows = self.sheet.rows
        for position, depth in places:
            if sum(bool(heading_text(cell)) for cell in rows[position][1]) < 2:
                continue
            if any(map(has_data, rows[position - depth + 1 : position])):
                continue
            if are_under_groups(rows[min(position + 1, len(rows) - 1)][1], rows[position][1]):
                continue  # 政治面貌 over 团员 and 群众 is a group, and no column
            texts = stacked([cells for _, cells in rows[position - depth + 1 : position + 1]])
            if not any(
                fold(text) in self.headings or in_chinese(text) in self.headings
                for choices in texts
                for text in choices
                if text
            ):
                continue  # nearly every row of a sheet
            if position >= depth:
                qualify(texts, rows[position - depth][1])
            filled = sum(map(any, texts))
            for kind, by_heading in self.kinds:
                match = _match(kind, by_heading, position, depth, texts)
                fields = match.fields.keys()
                # Where the user names the kind of a sheet (--kind), it needs no check.
                is_plausible = len(self.kinds) == 1 or (
                    kind.can_be(fields, match.markers) and kind.resembles(fields, filled)
                )
                if match.fields and is_plausible:
                    yield match

    def _with_banners(self, match: Match) -> Match:
        """The table with the banners below its headings. Where nothing else gives somebody's
        organisation, the banner above them does."""
        header = self.sheet.rows[match.header][0]
        below = {number: text for number, text in self.banners.items() if number > header}
        if below and match.missing == {"organization"}:
            return replace(match, banners=below, missing=frozenset())
        return replace(match, banners=below) if below else match


def _fields_by_heading(kind: SheetKind, mapped: Mapping[str, str]) -> dict[str, str]:
    """The field of each folded heading of a kind, the user's own headings included."""
    own = {fold(text): column.field for column in kind.columns for text in column.headings}
    fields = {*own.values()}
    return own | {fold(text): field for text, field in mapped.items() if field in fields}


@dataclass(slots=True)
class _Columns:
    """The columns of a table: those with a field, those without, and second ones for a field."""

    fields: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    doubled: list[Doubled] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)

    def put(self, field: str, heading: str, index: int) -> None:
        """Let a column have a field."""
        self.fields[field], self.headings[field] = index, heading

    def read_with_year(self, by_heading: Mapping[str, str]) -> None:
        """Give a field to an unread column whose heading only has a year before what is known
        (2024年计划数), unless columns of several years have it."""
        of_field: dict[str, list[tuple[str, int]]] = {}
        for heading, index in self.unread.items():
            if (field := _field_of(without_year(heading), by_heading)) and field not in self.fields:
                of_field.setdefault(field, []).append((heading, index))
        for field, ((heading, index), *others) in of_field.items():
            if not others:
                whole = next(text for text in self.ignored if fold(text) == heading)
                self.ignored.remove(whole)
                self.put(field, whole, index)

    def split(self, combined: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
        """Give the unread columns that hold several fields these fields; the fields of each."""
        used = []
        for heading, together in combined.items():
            index = self.unread.get(fold(heading))
            if index is not None and self.fields.keys().isdisjoint(together):
                whole = next(text for text in self.ignored if fold(text) == fold(heading))
                self.fields |= dict.fromkeys(together, index)
                self.headings |= dict.fromkeys(together, whole)
                self.ignored.remove(whole)
                used.append(together)
        return tuple(used)


def _columns(
    kind: SheetKind, by_heading: Mapping[str, str], texts: Sequence[Sequence[str]]
) -> _Columns:
    """The columns of a kind among these texts; each column has one or two texts it may go by."""
    weak = {fold(text) for column in kind.columns for text in column.weak}
    found = _Columns()

    def gives_way(heading: str) -> bool:
        known = {fold(heading), in_chinese(heading)} & by_heading.keys()
        return known <= weak  # also where another word for a time makes it known

    for index, choices in enumerate(texts):
        if not any(choices):
            continue
        known = ((text, field) for text in choices if (field := _field_of(text, by_heading)))
        heading, name = next(known, (choices[-1], None))
        before = found.headings.get(name or "")
        if name is None:
            found.unread[fold(heading)] = index
            found.ignored.append(heading)
        elif before is None:
            found.put(name, heading, index)
        elif gives_way(heading):
            found.ignored.append(heading)
        elif gives_way(before):
            found.ignored.append(before)
            found.put(name, heading, index)
        else:
            found.doubled.append(Doubled(name, before, heading, index))
    found.read_with_year(by_heading)
    return found


def _match(
    kind: SheetKind,
    by_heading: Mapping[str, str],
    header: int,
    depth: int,
    texts: Sequence[Sequence[str]],
) -> Match:
    """The columns of a kind among these texts; each column has one or two texts it may go by."""
    columns = _columns(kind, by_heading, texts)
    fields, headings, ignored = columns.fields, columns.headings, columns.ignored
    combined = columns.split(kind.combined)
    if "organization" not in fields and YEAR_GROUP.field in fields:
        del fields[YEAR_GROUP.field]  # without a class it says nothing
        ignored.append(headings.pop(YEAR_GROUP.field))
    if "organization" not in fields and "unit" in fields:
        # Without a class the school itself is meant; with a class it is where the class is.
        fields["organization"], headings["organization"] = fields.pop("unit"), headings.pop("unit")
    markers = {fold(text) for text in kind.marker_headings}
    return Match(
        kind.name,
        header,
        fields,
        headings,
        tuple(ignored),
        tuple(columns.doubled),
        missing=kind.required - fields.keys(),
        imported=kind.imported,
        depth=depth,
        bare=tuple(index for index, choices in enumerate(texts) if not any(choices)),
        keys=kind.keys & fields.keys(),
        needed=kind.required & fields.keys(),
        markers=sum(fold(text) in markers for text in ignored),
        is_roster=kind.is_roster,
        combined=combined,
    )


def _field_of(heading: str, by_heading: Mapping[str, str]) -> str | None:
    """The field of a heading; of one in two languages, that of both."""
    if not heading:
        return None
    folded = fold(heading)
    for known in (folded, in_chinese(heading), *other_words_of_time(folded)):
        if (field := by_heading.get(known)) is not None:
            return field
    return None


def _rank(match: Match) -> tuple[int, int]:
    """The order among matching kinds: the kind with most columns wins.

    A missing column counts against it twice: first, so that a list of candidates that lacks a
    column is not taken for the roster whose few columns it has too; second, among equals, since
    one more column does not make up for a missing one: a roster that has posts without their days
    is no list of posts. Among equals that all lack some, the one that lacks fewest: names and ID
    numbers in a sheet that is called as a class are a roster.
    """
    columns = {*match.fields.values()}
    if match.missing:  # a roster may have the introducers in one column, too
        columns -= {match.fields[field] for fields in match.combined for field in fields}
    return len(columns) + match.markers - bool(match.missing), -len(match.missing)


def _may_be_headings(cells: Sequence[Any], headings: Collection[str]) -> bool:
    """Whether at least two cells are known headings. Nearly every row has a number or a day, which
    headings do not have (but for the ordinals of online forms), and is skipped at once."""
    for cell in cells:
        if cell is None or cell == "":
            continue
        if type(cell) is not str or (cell[0].isdigit() and not has_ordinal(cell)):
            return False
    return sum(bool(cell) and fold(cell) in headings for cell in cells) >= 2


def has_data(row: tuple[int, Sequence[Any]]) -> bool:
    """Whether a row has data: headings are never a number or a day, and never have six digits."""
    return any(
        cell not in ("", None) and (type(cell) is not str or bool(_SIX_DIGITS.search(cell)))
        for cell in row[1]
    )


def _banners(sheet: Sheet) -> dict[int, str]:
    """The rows whose one filled cell is merged over several columns, each with its text."""
    wide = {top + 1: left for top, left, _, right in sheet.merged if right > left}
    banners = {}
    for number, cells in sheet.rows if wide else ():
        column = wide.get(number, -1) - sheet.first_column
        text = first_text(cells[column : column + 1]) if 0 <= column < len(cells) else ""
        if text and count_filled(cells) == 1:
            banners[number] = text
    return banners


def _title_above(sheet: Sheet, header: int) -> int:
    """The first row of the title of a table: rows of one cell directly above its headings. Those
    into which a class was filled down, three or more alike, are rows of the table above."""
    top, filled_down = header, False
    while top and count_filled(sheet.rows[top - 1][1]) == 1 and not filled_down:
        top -= 1
        alike = [cells for _, cells in sheet.rows[max(top - 2, 0) : top + 1]]
        filled_down = len(alike) > 2 and alike[0] == alike[1] == alike[2]
    top += filled_down
    above = sheet.rows[top - 1][1] if top else ()
    while top < header and any(
        cell not in ("", None) and cell == over
        for cell, over in zip(sheet.rows[top][1], above, strict=False)
    ):
        top += 1
    return top


def _bare_columns(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """The columns without a heading that have values in the rows of people: ``[G]``."""
    body = sheet.rows[match.header + 1 : match.end]
    widest = max((len(cells) for _, cells in body), default=0)
    bare = {*match.bare, *range(len(sheet.rows[match.header][1]), widest)}
    return tuple(
        f"[{column_letters(column + sheet.first_column)}]"
        for column in sorted(bare)
        if any(
            first_text(cells[column : column + 1])
            and not begins_as_example_note_or_total(first_text(cells))
            for _, cells in body
        )
    )
