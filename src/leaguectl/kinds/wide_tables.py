"""Wide tables: those with a column for each year, item, stage or post, of which every filled cell
is a row of its kind."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from pydantic_core import PydanticCustomError

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds.assessments import AssessmentLine, marks
from leaguectl.kinds.cadres import CadreLine
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.organizations import typed_by_name
from leaguectl.kinds.registrations import RegistrationLine
from leaguectl.kinds.repeated_headings import lists_of
from leaguectl.kinds.surveys import STAGES, SurveyLine
from leaguectl.kinds.titles import TitledKind, kinds_of_titles
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import find_tables, has_data, titles
from leaguectl.workbooks.rows import carried_cells
from leaguectl.workbooks.sheet_kinds import Match, SheetKind
from leaguectl.workbooks.texts import (
    count_filled,
    first_text,
    fold,
    folded,
    is_blank,
    stacked,
)

T = TypeVar("T")


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


Given = tuple[tuple[str, str], ...]
"""What a heading gives for the rows of its column, by field."""


class Wide(NamedTuple):
    """How the wide tables of a kind are headed."""

    kind: str
    read: Callable[[str, str], tuple[Given, str] | None]
    """From a heading, and the titles of the table, to what it gives and the field of its column;
    None for any other heading."""
    given: frozenset[str]
    """The fields that headings give,"""
    values: frozenset[str]
    """and those of the columns below them."""
    personal: frozenset[str] = frozenset()
    """Columns about the person of a row, which is nobody in particular where it names several."""
    never: frozenset[str] = frozenset()
    """Headings of tables that are about something else."""


# -- headings ------------------------------------------------------------------------------------

_YEAR = r"((?:19|20)\d{2})年?(?:度)?"
_OF_YEAR = re.compile(f"{_YEAR}(.*)")
_BY_YEAR = re.compile(f"(.+?){_YEAR}")
_REGISTRATION = {
    "is_registered": re.compile("(?:团员)?(?:年度)?(?:团籍)?(?:是否)?注册(?:情况|结果|与否)?"),
    "grade": re.compile("(?:团员)?(?:教育|民主)?评议(?:等次|等级|结果|情况)?"),
}


def _registration(heading: str, said: str) -> tuple[Given, str] | None:
    """2023年度注册, 2023年评议等次, 评议等次 over 2023年; a bare 2023年度 in a table about
    registrations."""
    if found := _OF_YEAR.fullmatch(heading):
        year, words = found.groups()
    elif found := _BY_YEAR.fullmatch(heading):
        words, year = found.groups()
    else:
        return None
    given = (("year", year),)
    if not words:
        return (given, "is_registered") if "注册" in said else None
    called = (field for field, known in _REGISTRATION.items() if known.fullmatch(words))
    return next(((given, field) for field in called), None)


_OF_MARKS = re.compile("考核|考评|评分|打分|得分|测评")
_SUM = re.compile("(?:考核|评审|最终|综合|合计)?(?:总分|总得分|得分|合计|总计|小计|总成绩)")
_NO_ITEM = re.compile(
    "序号?|编号|平均分|得分率|总评|排名|名次|位次|等次|等级|评定.*|备注|说明|联系.*|.*电话|扣分|减分|"
    "(?:去年|上年|(?:19|20)[0-9]{2}年).*|.*(?:[人次票总部员]数|人次|率|占比|比例|年龄|系数|权重|折算)|"
    ".*[0-9]%.*"
)
"""Numbers that are no marks, and marks by weights, which cannot be added up."""
_OF_PEOPLE = frozenset(
    {"姓名", "身份证号", "身份证号码", "书记姓名", "述职人", "团干部姓名", "团员姓名"}
)
"""Headings of marks that people got."""
_FULL = re.compile(r"[(\[](?:满分|分值)?[:：]?([0-9]+(?:\.[0-9]+)?)分?[)\]]")
_SELF = re.compile("(.+?)(自评得?分?|(?:考核|评审|复核|县评|实际)?得分)")


def _assessment(heading: str, said: str) -> tuple[Given, str] | None:
    """组织建设（20分） in a table of marks, and 自评分 below it."""
    item, full, field = _FULL.sub("", heading), _FULL.search(heading), "score"
    if not _OF_MARKS.search(said) or _SUM.fullmatch(item) or _NO_ITEM.fullmatch(item):
        return None
    if whose := _SELF.fullmatch(item):
        item, field = whose[1], "self_score" if whose[2].startswith("自评") else field
    given = (("item", item), *((("full", full[1]),) if full else ()))
    return (given, field) if item and not _SUM.fullmatch(item) else None


_COUNTED = {"学生": "students", "青年": "youth", "团员": "members"}
_STAGES = sorted((word for words in STAGES.values() for word in words), key=len, reverse=True)
_OF_STAGE = re.compile(rf"({'|'.join(_STAGES)})(学生|青年|团员)(?:总?人?数|总数)")


def _survey(heading: str, _said: str) -> tuple[Given, str] | None:
    """初中学生数, 初中团员数."""
    found = _OF_STAGE.fullmatch(heading)
    return ((("stage", found[1]),), _COUNTED[found[2]]) if found else None


_POST = re.compile(
    "(?:新任|现任)?((?:团?(?:支部|总支|委))?(?:副?书记|副?支书|[一-龥]{0,2}委员))"
    "(姓名|(?:联系)?电话|手机号?码?|联系方式|身份证号?码?)?"
)
_OF_HOLDER = {"": "name", "姓": "name", "身": "id_number"}
"""The field of a word behind a post, by its first sign; any other is a phone."""


def _post(heading: str, _said: str) -> tuple[Given, str] | None:
    """书记, 组织委员姓名, 书记 over 联系电话."""
    if (found := _POST.fullmatch(heading)) is None:
        return None
    return (("post", found[1]),), _OF_HOLDER.get((found[2] or "")[:1], "phone")


_WIDE = (
    Wide(
        RegistrationLine.kind, _registration, frozenset({"year"}),
        frozenset({"is_registered", "grade"}), personal=frozenset({"registered"}),
    ),
    Wide(
        AssessmentLine.kind, _assessment, frozenset({"item", "full"}),
        frozenset({"score", "self_score"}), never=_OF_PEOPLE,
    ),
    Wide(SurveyLine.kind, _survey, frozenset({"stage"}), frozenset(_COUNTED.values())),
    Wide(
        CadreLine.kind, _post, frozenset({"post"}), frozenset({"name", "phone", "id_number"}),
        personal=frozenset({"id_number", "phone", "basis", "source", "duty", "until"}),
    ),
)  # fmt: skip

# -- tables --------------------------------------------------------------------------------------

_MAY_LACK = frozenset({"year", "since"})
"""Columns that a wide table may lack and still be one, which is then reported."""


def tables_of(sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]) -> list[Table]:
    """The tables of a sheet. By their columns alone, people who signed in at a training would be
    cadres, and cadres members, so the title decides first where it says a kind. Wide tables are
    read instead of tables that lack a column, and of a roster in which only its registrations say
    that it is about members."""
    found = [*map(typed_by_name, find_tables(sheet, kinds, mapped))]
    if found and len(lists := lists_of(sheet, found[0])) > 1:
        return [table for each in lists for table in tables_of(each, kinds, mapped)]
    if found and (top := _top_below_others(sheet, found[0])):
        upper, lower = (replace(sheet, rows=part) for part in (sheet.rows[:top], sheet.rows[top:]))
        if above := tables_of(upper, kinds, mapped):  # by their columns alone they are none
            return [*above, *tables_of(lower, kinds, mapped)]
    if len(kinds) > 1 and (titled := _titled(sheet, kinds, mapped)):
        return titled
    if len(found) == 1 and _is_of_registrations(found[0], kinds):
        chosen = [kind for kind in kinds if kind.name == RegistrationLine.kind]
        found = find_tables(sheet, chosen, mapped) or found
    ordinary = [Table(sheet, match, {}) for match in found]
    if len(found) > 1 or any(not match.imported for match in found):
        return ordinary
    is_complete = bool(found) and not (found[0].missing or found[0].doubled)
    for wide in _WIDE:
        kind = next((kind for kind in kinds if kind.name == wide.kind), None)
        if kind is None or (is_complete and not _has_registrations(sheet, found[0], wide)):
            continue
        if parts := list(_parts(sheet, kind, wide, mapped)):
            return _together(sheet, found[0], parts, wide) if is_complete else parts
    return ordinary


def _top_below_others(sheet: Sheet, match: Match) -> int | None:
    """The position of the title of the first table that is known by its columns, where above it
    there are rows that may be another one."""
    top = match.header - match.depth + 1
    while top and count_filled(sheet.rows[top - 1][1]) <= 1:
        top -= 1
    above = [row for row in sheet.rows[:top] if count_filled(row[1]) > 1]
    return top if len(above) > 1 and any(map(has_data, above)) else None


def _is_of_registrations(match: Match, kinds: Sequence[SheetKind]) -> bool:
    """Whether a list with nothing but names, ID numbers and branches has a column of registrations:
    only its year may stand elsewhere, as in the name of the sheet."""
    if match.kind != MemberLine.kind or not MemberLine.signs.isdisjoint(match.fields):
        return False
    known = {
        fold(text)
        for kind in kinds
        for column in kind.columns
        if kind.name == RegistrationLine.kind and column.field in _REGISTRATION
        for text in column.headings
    }
    return not known.isdisjoint(map(fold, match.ignored))


def _has_registrations(sheet: Sheet, match: Match, wide: Wide) -> bool:
    """Whether a table that is complete by itself has columns of registrations, too. A large roster
    is not searched once more for nothing."""
    said = _said(sheet, match)
    is_asked = wide.kind == RegistrationLine.kind
    return is_asked and any(wide.read(folded(text), said) for text in match.ignored)


def _titled(sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]) -> list[Table]:
    """The tables of a sheet as the kind that its title says; none where it says nothing, or they
    lack what such a kind must have."""
    read = (_read_as(titled, sheet, kinds, mapped) for titled in kinds_of_titles(sheet))
    return next(filter(None, read), [])


def _read_as(
    titled: TitledKind, sheet: Sheet, kinds: Sequence[SheetKind], mapped: Mapping[str, str]
) -> list[Table]:
    chosen = [
        kind.with_given(titled.given).with_headings(titled.headings)
        for kind in kinds
        if kind.name == titled.kind
    ]
    matches = find_tables(sheet, chosen, mapped)
    if not all(
        titled.needed <= match.fields.keys() and titled.never.isdisjoint(map(fold, match.ignored))
        for match in matches
    ):
        return []
    # What every row of the kind is about may stand in the title.
    return [
        Table(
            sheet,
            replace(
                match,
                missing=match.missing | (titled.given - match.fields.keys()),
                keys=match.keys or titled.needed,
            ),
            {},
        )
        for match in matches
    ]


def _together(sheet: Sheet, found: Match, parts: Sequence[Table], wide: Wide) -> list[Table]:
    """The parts alone where nothing else says that a list is a roster, else after the roster in
    whose columns they stand: all as one table."""
    if found.kind == MemberLine.kind and MemberLine.signs.isdisjoint(found.fields):
        return [*parts]
    columns = {field for part in parts for field in wide.values & part.match.fields.keys()}
    read = {part.match.headings.get(field) for part in parts for field in columns}
    ignored = tuple(text for text in found.ignored if text not in read)
    first = Table(sheet, replace(found, ignored=ignored), {})
    return [first, *(part._replace(is_continued=True) for part in parts)]


def _parts(sheet: Sheet, kind: SheetKind, wide: Wide, mapped: Mapping[str, str]) -> Iterator[Table]:
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
        sheet = replace(sheet, rows=_cut(sheet.rows, match.header + 1))
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
            match,
            end=len(rows),
            fields={**match.fields, **{field: column for field, (column, _) in held.items()}},
            headings={**match.headings, **{field: text for field, (_, text) in held.items()}},
            missing=match.missing - wide.values - said.keys(),
            needed=match.needed | held.keys(),
            keys=kind.keys & {*match.fields, *held},
        )
        yield Table(
            replace(sheet, rows=rows), part, said, index > 0, wide.values, () if index else odd
        )


def _cut(rows: Sequence[T], position: int) -> list[T]:
    return [*rows[:position], *rows[position + 1 :]]


def _headings(sheet: Sheet, match: Match) -> list[list[str]]:
    """The texts that may be the heading of each column of a table."""
    rows = sheet.rows[match.header - match.depth + 1 : match.header + 1]
    return stacked([cells for _, cells in rows])


def _groups(
    sheet: Sheet, match: Match, wide: Wide, its_own: Set[str]
) -> dict[Given, dict[str, tuple[int, str]]]:
    """What the headings of a table give, and the column of each field for it with its heading.
    Those of the kind's ``its_own`` columns give nothing."""
    said = _said(sheet, match)
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


def _said(sheet: Sheet, match: Match) -> str:
    return "".join((sheet.file, *titles(sheet, match)))


def _unread(sheet: Sheet, match: Match, pivots: Mapping[int, str]) -> Iterator[str]:
    """The folded headings of the columns that nothing is read from, but for those of sums."""
    read = {*match.fields.values(), *pivots}
    for column, choices in enumerate(_headings(sheet, match)):
        if column not in read and not _SUM.match(folded(choices[0])):
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
    sums = (at for at, text in enumerate(headings) if _SUM.fullmatch(text))
    column = next(sums, None)
    if column is None:
        return
    for number, cells in sheet.rows[match.header + 1 : match.end]:
        filled = [*cells, *[""] * (max(column, *items) + 1 - len(cells))]
        said = [mark for at in items if (mark := _marks_in(filled[at])) is not None]
        total = _marks_in(filled[column])
        if said and total is not None and abs(total - sum(said)) > _ROUNDED:
            letters = column_letters(column + sheet.first_column)
            where = Where(sheet.file, sheet.name, number, letters)
            facts = {"total": total, "sum": round(sum(said), 2)}
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
        fields={field: at for field, at in match.fields.items() if field not in personal},
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
