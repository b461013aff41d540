"""Doubts about a table: columns that are missing or doubled, numbers in columns that are not read,
rows and characters that are left out, a title of the Party."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds import KINDS
from leaguectl.kinds.cells import PROVINCES
from leaguectl.kinds.line import PLACES
from leaguectl.kinds.parsing import masked
from leaguectl.kinds.remarks import words_of_end
from leaguectl.names import LIKENESS, code_points, unseen
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import titles
from leaguectl.workbooks.rows import Aside, Rows
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import (
    fold,
    qualifies,
    shown,
)

_GRADES_OF_SCHOOL = frozenset({"年级", "所在年级", "学段年级"})
_A_TABLE = 3
"""So many headings that stand twice are those of a second table, to the right of the first."""


def heading_faults(sheet: Sheet, match: Match, where: Where) -> Iterator[Finding]:
    """Findings about the headings of a table, reported once and not for each row."""
    doubled, first_column = match.doubled, sheet.first_column
    by_grade = next((text for text in match.ignored if fold(text) in _GRADES_OF_SCHOOL), None)
    if match.kind == "surveys" and "stage" not in match.fields and by_grade:
        yield Finding("survey-by-grade", {"heading": by_grade}, Level.ERROR, where)
    again = len(match.ignored) - len({*match.ignored})  # 序号 is not read
    if (
        doubled
        and len(doubled) + again >= _A_TABLE
        and all(fold(each.first) == fold(each.second) for each in doubled)
    ):
        column = column_letters(min(each.column for each in doubled) + first_column)
        place = replace(where, column=column)
        yield Finding("tables-side-by-side", {"column": column}, Level.ERROR, place)
        doubled = ()
    for name, first, second, index in doubled:
        column = column_letters(index + first_column)
        yield Finding(
            "heading-twice",
            {"field": name, "first": first, "second": second},
            Level.ERROR,
            replace(where, column=column, field=name, heading=second),
        )
    if match.missing and is_sideways(sheet):
        yield Finding("sheet-sideways", {}, Level.ERROR, where)
    elif match.missing:
        columns = {column.field: column.headings[0] for column in KINDS[match.kind].pattern.columns}
        missing = [columns[name] for name in columns if name in match.missing]
        found = list(match.headings.values())
        facts: dict[str, Any] = {"kind": match.kind, "missing": missing, "found": found}
        near, by_option = [*_near_headings(match)], "organization" in match.missing
        if near:
            facts["near_or_option" if by_option else "near"] = near
        elif by_option:
            facts["option"] = True
        yield Finding("heading-missing", facts, Level.ERROR, where)


_LABELS = 3
_LABELS_IN = 40


def is_sideways(sheet: Sheet) -> bool:
    """Whether the headings of a sheet stand below one another at its left, as in a form for one
    person or a table that is laid on its side."""
    known = {
        fold(heading)
        for kind in KINDS.values()
        for column in kind.pattern.columns
        for heading in column.headings
    }
    labels = {fold(shown(cells[0])) for _, cells in sheet.rows[:_LABELS_IN] if cells}
    return len(labels & known) >= _LABELS


def _near_headings(match: Match) -> Iterator[str]:
    """The unread heading most similar to each missing one: ``审批时间: 批准入团日期``."""
    unread = {fold(text): text for text in match.ignored if not qualifies(text)}
    for column in KINDS[match.kind].pattern.columns:
        if column.field in match.missing:
            known = [fold(heading) for heading in column.headings if not heading.isascii()]
            likeness = {
                heading: max(difflib.SequenceMatcher(None, heading, each).ratio() for each in known)
                for heading in unread
            }
            nearest = max(likeness, key=likeness.__getitem__, default="")
            if nearest and likeness[nearest] >= LIKENESS:
                yield f"{column.headings[0]}: {unread[nearest]}"


def without_places(match: Match) -> Match:
    """The table without a column of villages or workshops as its branch: a user who names the
    branch of the sheet knows better."""
    if fold(match.headings.get("organization", "")) not in PLACES:
        return match
    fields, headings = {**match.fields}, {**match.headings}
    del fields["organization"]
    ignored = (*match.ignored, headings.pop("organization"))
    needed = match.needed - {"organization"}
    return replace(match, fields=fields, headings=headings, ignored=ignored, needed=needed)


PARTY = "party candidates"
"""The name of a list of people who want to join the Party."""

_ON_THE_WAY = frozenset({"candidates", "admissions"})


def other_kind(sheet: Sheet, match: Match) -> str | None:
    """The kind of a table that only looks like ours: 入党积极分子 also have an application and a
    day of becoming activists, on their way into the Party."""
    if match.kind not in _ON_THE_WAY:
        return None
    said = "".join([*titles(sheet, match), *match.ignored, *match.headings.values()])
    return PARTY if "入党" in said and "入团" not in said else None


# -- running numbers -----------------------------------------------------------------------------

_RUNNING_NUMBER = re.compile(r"[0-9]{1,5}")


def without_running_numbers(sheet: Sheet, match: Match) -> Match:
    """The table without a column 编号 that only counts its rows, 1, 2, 3, as many offices have it;
    where another column has the numbers, that one is read."""
    columns = {match.headings.get("number", ""): match.fields.get("number", -1)}
    columns |= {each.second: each.column for each in match.doubled if each.field == "number"}
    running = {
        heading: column
        for heading, column in columns.items()
        if fold(heading) == "编号" and column >= 0 and _is_running(sheet, match, column)
    }
    if not running:
        return match
    fields = {name: column for name, column in match.fields.items() if name != "number"}
    headings = {name: text for name, text in match.headings.items() if name != "number"}
    rest = [(text, column) for text, column in columns.items() if text not in running]
    if rest:
        headings["number"], fields["number"] = rest[0]
    kept = {text for text, _ in rest[1:]}
    doubled = tuple(each for each in match.doubled if each.field != "number" or each.second in kept)
    return replace(
        match, fields=fields, headings=headings, doubled=doubled,
        ignored=(*match.ignored, *running),
    )  # fmt: skip


def _is_running(sheet: Sheet, match: Match, column: int) -> bool:
    texts = _texts_of(sheet, match, column)
    return bool(texts) and all(map(_RUNNING_NUMBER.fullmatch, texts))


def _texts_of(sheet: Sheet, match: Match, column: int) -> list[str]:
    """The texts of a column, as far as it is examined."""
    return _column(sheet, match, column, _ROWS_TO_LOOK_AT)


def _column(sheet: Sheet, match: Match, column: int, rows: int | None = None) -> list[str]:
    """The texts of a column, in all rows or in that many."""
    body = [cells for _, cells in sheet.rows[match.header + 1 : match.end]][:rows]
    return [text for cells in body if column < len(cells) and (text := shown(cells[column]))]


# -- numbers that are not read -------------------------------------------------------------------

_OWN_NUMBER = re.compile(rf"(?:19|20)[0-9]{{2}}(?:{'|'.join(PROVINCES)})[0-9]{{6}}(?![0-9])")
_NUMBERS_OF_PUPILS = re.compile("学号|学籍|考号|考生|准考证")
_ROWS_TO_LOOK_AT = 200

_GIVE_NUMBERS = frozenset({"admissions", "quotas"})
"""Kinds whose rows take numbers where they have none."""

_HAVE_NUMBERS = frozenset({"members", "candidates"})


def unread_numbers(sheet: Sheet, match: Match, where: Where) -> Iterator[Finding]:
    """Report development numbers in columns that are not read: an error where other numbers would
    be given instead, otherwise a warning."""
    if match.kind not in _GIVE_NUMBERS | _HAVE_NUMBERS:
        return
    own = [match.fields[field] for field in ("number", "first", "last") if field in match.fields]
    if any(_texts_of(sheet, match, column) for column in own):
        return
    level = Level.ERROR if match.kind in _GIVE_NUMBERS else Level.WARNING
    for column, heading in _columns_of_numbers(sheet, match):
        letters = column_letters(column + sheet.first_column)
        at = replace(where, column=letters, heading=heading)
        yield Finding("numbers-unread", {"heading": heading or letters}, level, at)


def _columns_of_numbers(sheet: Sheet, match: Match) -> Iterator[tuple[int, str]]:
    read = {*match.fields.values()}
    headings = sheet.rows[match.header][1]
    body = sheet.rows[match.header + 1 : match.end][:_ROWS_TO_LOOK_AT]
    for column in range(max((len(cells) for _, cells in body), default=0)):
        heading = shown(headings[column]) if column < len(headings) else ""
        if column in read or _NUMBERS_OF_PUPILS.search(heading):
            continue
        texts = _texts_of(sheet, match, column)
        if texts and 2 * sum(bool(_OWN_NUMBER.match(text)) for text in texts) >= len(texts):
            yield column, heading


# -- rows that are not read ----------------------------------------------------------------------


_INSTRUCTS = re.compile("请|须|应当|如有|如果|不得|不要|不再|勿|填[写入报在]")
"""Words of a note that says how a sheet is filled in."""
_MARKING = re.compile("[红黄绿蓝灰紫橙]色|标[红黄绿蓝灰]|底色|颜色|涂色|删除线|划[线掉去]|加粗")
"""A note that says what the colour of a row or a line through it means."""
_OF_ALL = re.compile("(?!.*(?:无|没有|未|不[在含包])).*(?:以上|上述|上列|本表|表中|均|全部|都)")
"""A note about everybody in the table, not about people who are left out of it."""


def aside_faults(
    sheet: Sheet, match: Match, asides: Sequence[Aside], where: Where
) -> Iterator[Finding]:
    """Findings about rows that are left out although they are about somebody, and about notes that
    say what is not read: what the colours of rows mean, or that somebody of the table has left."""
    by_words: dict[str, list[int]] = {}
    ended = {
        aside.number: words
        for aside in asides
        if aside.number > (where.row or 0)
        and not aside.former
        and (words := words_of_end(aside.text, match.kind))
    }
    column = match.fields.get("name", match.fields.get("organization"))
    names = {*_column(sheet, match, column)} if ended and column is not None else set[str]()
    names -= {aside.text for aside in asides}
    for aside in asides:
        if aside.number in ended and not _INSTRUCTS.search(aside.text):
            named = next((name for name in names if len(name) > 1 and name in aside.text), "")
            if named or _OF_ALL.match(aside.text):
                facts = {"words": ended[aside.number], "text": aside.text}
                yield Finding("note-left", facts, where=replace(where, row=aside.number))
    for aside in asides:
        if _MARKING.search(aside.text):
            at = replace(where, row=aside.number)
            yield Finding("marking-unread", {"text": aside.text}, Level.WARNING, at)
        if aside.former:
            by_words.setdefault(aside.former, []).append(aside.number)
        if aside.is_example:
            at = replace(where, row=aside.number)
            yield Finding("row-example", {"text": aside.text}, Level.WARNING, at)
    for words, rows in by_words.items():
        at = replace(where, row=rows[0])
        yield Finding("rows-below-former", {"words": words, "rows": rows}, where=at)


# -- characters that nobody sees -----------------------------------------------------------------


class UnseenSigns:
    """The characters in a table that nobody sees and that are left out: in its cells by column."""

    def __init__(self) -> None:
        self._signs: dict[str, dict[str, None]] = {}
        self._rows: dict[str, list[int]] = {}
        self._first: dict[str, Where] = {}

    def add(self, rows: Rows) -> None:
        """Look into some rows; hardly a column has any, and it is seen at a glance."""
        for field, position in rows.positions.items():
            cells = rows.cells[position]
            if _joined(cells).isprintable():
                continue
            for index, cell in enumerate(cells):
                if type(cell) is str and (signs := unseen(cell)):
                    self._signs.setdefault(field, {}).update(dict.fromkeys(signs))
                    self._rows.setdefault(field, []).append(rows.numbers[index])
                    self._first.setdefault(field, masked(rows[index].where(field)))

    def add_text(self, text: str, where: Where) -> None:
        """Look into a title, or the name of the sheet, from which values of rows may come."""
        if signs := unseen(text):
            place = f"{where.row} {text}"
            self._signs[place], self._rows[place] = dict.fromkeys(signs), [where.row or 0]
            self._first[place] = where

    def findings(self) -> Iterator[Finding]:
        """A warning for each column and each such text."""
        for field, signs in self._signs.items():
            facts: dict[str, Any] = {"signs": code_points("".join(signs))}
            if len(rows := self._rows[field]) > 1:
                facts |= {"in_rows": rows, "count": len(rows)}
            yield Finding("signs-unseen", facts, Level.WARNING, self._first[field])


def _joined(cells: Sequence[Any]) -> str:
    try:
        return "".join(cells)
    except TypeError:  # not all of them are texts
        return "".join(cell for cell in cells if type(cell) is str)
