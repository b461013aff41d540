"""Wide tables: those with a column for each year, item, stage or post, of which every filled cell
is a row of its kind."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds.assessments import AssessmentLine, marks
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.wide_headings import SUM, Given, Wide
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import find_tables, titles
from leaguectl.workbooks.rows import carried_cells
from leaguectl.workbooks.sheet_kinds import Match, SheetKind
from leaguectl.workbooks.texts import first_text, fold, folded, is_blank, stacked


class Table(NamedTuple):
    """A table of a sheet, and what is given for all its rows."""

    sheet: Sheet
    match: Match
    given: dict[str, Any]
    is_continued: bool = False
    """Whether it is a further part of the same wide table,"""
    varying: frozenset[str] = frozenset()
    """and the fields whose columns differ between its parts."""
    findings: tuple[Finding, ...] = ()
    """What is odd about it as a whole."""


_MAY_LACK = frozenset({"year", "since"})
"""Columns that a wide table may lack and still be one, which is then reported."""


def parts_of(
    sheet: Sheet, kind: SheetKind, wide: Wide, mapped: Mapping[str, str]
) -> Iterator[Table]:
    """The wide table as one of its kind for each different thing that its headings give."""
    by_headings = wide.given | wide.values
    others = tuple(
        column for column in kind.columns if column.field not in by_headings - wide.personal
    )
    lean = replace(kind, columns=others, requires_any=frozenset()).with_given(_MAY_LACK)
    tables = find_tables(sheet, [lean], mapped)
    if len(tables) != 1:
        return
    match = replace(tables[0], missing=kind.required - by_headings - tables[0].fields.keys())
    its_own = {fold(text) for column in kind.columns for text in column.headings} - {
        fold(text) for column in others for text in column.headings
    }
    of_given, of_column = _groups(sheet, match, wide, its_own), dict[int, str]()
    for held in of_given.values():
        of_column |= dict(held.values())
    is_several = len(of_given) > 1
    if match.missing - _MAY_LACK or not of_given or (match.missing and not is_several):
        return
    if not its_own.union(wide.never).isdisjoint(_unread(sheet, match, of_column)):
        return  # with columns of its own for that, or about something else
    lowest = [choices[-1] for choices in _headings(sheet, match)]
    read = {column: lowest[column] for column in of_column}
    match = _without(match, read, wide.personal if is_several else frozenset())
    is_marked = wide.kind == AssessmentLine.kind
    full = _full_marks(sheet, match) if is_marked else {}
    if full:  # in a row below the headings, which is about no organisation
        below = match.header + 1
        sheet = replace(sheet, rows=[*sheet.rows[:below], *sheet.rows[below + 1 :]])
        match = replace(match, end=match.end and match.end - 1)
    scores = {held["score"][0] for held in of_given.values() if "score" in held}
    odd = tuple(_totals(sheet, match, scores)) if scores and is_marked else ()
    for index, (given, held) in enumerate(of_given.items()):
        own = {column for column, _ in held.values()}
        said: dict[str, Any] = dict(given)
        if full.keys() & own:
            said["full"] = full[min(own)]
        rows = [*_rows(sheet, match, own, of_column.keys(), is_first=index == 0)]
        part = replace(
            _with_columns(match, held),
            end=len(rows),
            missing=match.missing - wide.values - said.keys(),
            keys=kind.keys & {*match.fields, *held},
        )
        yield Table(
            replace(sheet, rows=rows), part, said, index > 0, wide.values, () if index else odd
        )


def _with_columns(match: Match, held: Mapping[str, tuple[int, str]]) -> Match:
    """The table with the columns of one of its parts, each with its heading, by field."""
    return replace(
        match,
        fields={**match.fields, **{field: column for field, (column, _) in held.items()}},
        headings={**match.headings, **{field: text for field, (_, text) in held.items()}},
        needed=match.needed | held.keys(),
    )


def with_roster(sheet: Sheet, found: Match, parts: Sequence[Table], wide: Wide) -> list[Table]:
    """The parts alone where nothing else says that a list is a roster, else after the roster in
    whose columns they stand: all as one table."""
    if found.kind == MemberLine.kind and MemberLine.signs.isdisjoint(found.fields):
        return [*parts]
    columns = {field for part in parts for field in wide.values & part.match.fields.keys()}
    read = {part.match.headings.get(field) for part in parts for field in columns}
    ignored = tuple(text for text in found.ignored if text not in read)
    first = Table(sheet, replace(found, ignored=ignored), {})
    return [first, *(part._replace(is_continued=True) for part in parts)]


def _headings(sheet: Sheet, match: Match) -> list[list[str]]:
    """The texts that may be the heading of each column of a table."""
    rows = sheet.rows[match.header - match.depth + 1 : match.header + 1]
    return stacked([cells for _, cells in rows])


def _groups(
    sheet: Sheet, match: Match, wide: Wide, its_own: Set[str]
) -> dict[Given, dict[str, tuple[int, str]]]:
    """What the headings of a table give, and the column of each field for it with its heading.
    Those of the kind's ``its_own`` columns give nothing."""
    said = said_above(sheet, match)
    read = {column for field, column in match.fields.items() if field not in wide.personal}
    body = [cells for _, cells in sheet.rows[match.header + 1 : match.end]]
    groups: dict[Given, dict[str, tuple[int, str]]] = {}
    for column, choices in enumerate(_headings(sheet, match)):
        for text in choices if column not in read else ():
            found = wide.read(folded(text), said) if fold(text) not in its_own else None
            if found and ("score" not in wide.values or _are_marks(body, column)):
                groups.setdefault(found[0], {}).setdefault(found[1], (column, text))
                break
    return groups


def said_above(sheet: Sheet, match: Match) -> str:
    return "".join((sheet.file, *titles(sheet, match)))


def _unread(sheet: Sheet, match: Match, pivots: Mapping[int, str]) -> Iterator[str]:
    """The folded headings of the columns that nothing is read from, but for those of sums."""
    read = {*match.fields.values(), *pivots}
    for column, choices in enumerate(_headings(sheet, match)):
        if column not in read and not SUM.match(folded(choices[0])):
            yield fold(choices[-1])


def _are_marks(body: Sequence[Sequence[Any]], column: int) -> bool:
    """Whether most cells of a column are marks; any other is then an error of its own."""
    cells = [row[column] for row in body if column < len(row) and not is_blank(row[column])]
    return bool(cells) and 2 * sum(_marks_in(cell) is not None for cell in cells) >= len(cells)


def _marks_in(cell: Any) -> float | None:
    try:
        return marks(cell)
    except PydanticCustomError:
        return None


def _totals(sheet: Sheet, match: Match, items: Set[int]) -> Iterator[Finding]:
    """A warning for each row whose total is not the sum of the items that are read: marks that were
    taken off, or an item that was not known as one, would change the order of the year."""
    headings = [folded(choices[0]) for choices in _headings(sheet, match)]
    sums = (index for index, text in enumerate(headings) if SUM.fullmatch(text))
    column = next(sums, None)
    if column is None:
        return
    for number, cells in sheet.rows[match.header + 1 : match.end]:
        filled = [*cells, *[""] * (max(column, *items) + 1 - len(cells))]
        marked = [mark for index in items if (mark := _marks_in(filled[index])) is not None]
        total = _marks_in(filled[column])
        if marked and total is not None and abs(total - sum(marked)) > _ROUNDED:
            letters = column_letters(column + sheet.first_column)
            where = Where(sheet.file, sheet.name, number, letters)
            facts = {"total": total, "sum": round(sum(marked), 2)}
            yield Finding("marks-total-differs", facts, Level.WARNING, where)


_ROUNDED = 0.05
"""Totals may be rounded to a tenth."""


def _without(match: Match, pivots: Mapping[int, str], personal: frozenset[str]) -> Match:
    """The table without the columns that are read for each part, and those that are about one
    person where a row names several; these are ignored."""
    dropped = [
        match.headings[field]
        for field, column in match.fields.items()
        if field in personal and column not in pivots
    ]
    others = [each for each in match.doubled if each.column not in pivots]
    dropped += [each.second for each in others if each.field in personal]
    read, ignored = Counter(pivots.values()), []
    for text in match.ignored:  # several columns may be headed alike
        if read[text]:
            read[text] -= 1
        else:
            ignored.append(text)
    return replace(
        match,
        fields={name: index for name, index in match.fields.items() if name not in personal},
        headings={field: text for field, text in match.headings.items() if field not in personal},
        ignored=(*ignored, *dropped),
        doubled=tuple(each for each in others if each.field not in personal),
    )


_FULL_MARKS = frozenset({"满分", "分值", "标准分", "总分值"})


def _full_marks(sheet: Sheet, match: Match) -> dict[int, Any]:
    """The full marks of each column, where the row directly below the headings has them."""
    for _, cells in sheet.rows[match.header + 1 : match.header + 2]:
        if fold(first_text(cells)) in _FULL_MARKS:
            return {column: cell for column, cell in enumerate(cells) if not is_blank(cell)}
    return {}


def _rows(
    sheet: Sheet, match: Match, own: Set[int], pivots: Set[int], *, is_first: bool
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows of a part: those that say something in its ``own`` columns; of the first part also
    those that say nothing in any of the ``pivots``, such as a note. A class that is merged over
    several rows stands in each of them."""
    carried = carried_cells(sheet, match)
    for position, (number, cells) in enumerate(sheet.rows[: match.end]):
        if position > match.header:
            says = {column for column, cell in enumerate(cells) if not is_blank(cell)}
            if says.isdisjoint(own) and not (is_first and says.isdisjoint(pivots)):
                continue
            for field, by_number in carried.items():
                column = match.fields[field]
                if number in by_number and column not in says:
                    cells = [*cells, *[""] * (column + 1 - len(cells))]
                    cells[column] = by_number[number]
        yield number, cells
