"""The day of a sheet as the sheet itself gives it: 填报时间, 截至…, 统计日期 in its title, in a
heading or in a note below it, or a day in brackets at the end of its title; and whether it says
that it names everybody."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from leaguectl.kinds.cells import day
from leaguectl.model.days import Day
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import Match
from leaguectl.workbooks.texts import begins_as_example_note_or_total, first_text

NOTES = 20
"""How many rows at the end of a table are searched for a note."""

_LABEL = re.compile(
    r"(?:(?:填报|填表|填写|制表|造册|统计|上报|报送|报表|更新|数据)(?:时间|日期|年月|年月日)"
    r"|截[至止]到?(?:时间|日期)?|asof)[:：]?"
)
_EVERYBODY = re.compile(r"全体(?:共青)?团员|全部(?:共青)?团员|全员名|团员总(?:名册|表)|all members")
_ONE_DAY = r"\d{4}(?:年\d{1,2}月(?:\d{1,2}日|底|末)?|[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{4})(?!\d)"
_WRITTEN = re.compile(rf"(?:{_ONE_DAY}[-—–~至到]+)?({_ONE_DAY})")
"""A day, or a span of days, whose last day counts."""
_OF_YEAR = re.compile(r"(?<![-0-9—–~至到])((?:19|20)\d{2})年(?!\d)")
"""A year that is not the beginning of a day or the end of a span of years."""
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")


class SaidDay(NamedTuple):
    """A day given in a sheet, with its row and column."""

    day: date
    row: int
    column: str

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{self.column}{self.row}"


def day_of_sheet(sheet: Sheet, match: Match) -> SaidDay | None:
    """The day of a table; None where it has none. For a month its last day, when everything in the
    month is known; for a column of days the latest."""
    headings = match.header - match.depth + 1
    body = sheet.rows[match.header + 1 : match.end]
    notes = [row for row in body[-NOTES:] if begins_as_example_note_or_total(first_text(row[1]))]
    titles = sheet.rows[match.top : headings]
    for number, cells in (*titles, *sheet.rows[headings : match.header + 1], *notes):
        for column, cell in enumerate(cells):
            said = _said(cells, column) or _column_said(cell, body, column, match)
            if said is not None:
                return _at(sheet, number, column, said)
    for number, cells in titles:
        for column, cell in enumerate(cells):
            if (bare := _bare(cell)) is not None:
                return _at(sheet, number, column, bare)
    return None


def says_everybody(titles: Iterable[str]) -> bool:
    """Whether a title says that the table names all members of the organisations in it."""
    return any(_EVERYBODY.search(title.casefold()) for title in titles)


def year_named(titles: Iterable[str]) -> str | None:
    """The only year in the titles of a table (2024年发展团员计划分配表); None where there is none,
    or several."""
    years = {found for title in titles for found in _OF_YEAR.findall(_folded(title))}
    return years.pop() if len(years) == 1 else None


def _at(sheet: Sheet, row: int, column: int, said: Day) -> SaidDay:
    return SaidDay(said.last, row, column_letters(column + sheet.first_column))


def _said(cells: Sequence[Any], column: int) -> Day | None:
    """The day after a label in the same cell, or in the next filled cell."""
    text = _folded(cells[column])
    if (label := _LABEL.search(text)) is None:
        return None
    behind = text[label.end() :]
    if found := _WRITTEN.match(behind):
        return _read(found[1])
    after = next((cell for cell in cells[column + 1 :] if cell not in ("", None)), None)
    is_label = label.end() == len(text) and after is not None
    return _read(after) if is_label else None


def _column_said(
    cell: Any, body: Sequence[tuple[int, Sequence[Any]]], column: int, match: Match
) -> Day | None:
    """The latest day of a column with a label as heading that is not a column of the kind."""
    if column in match.fields.values() or not _LABEL.fullmatch(_folded(cell)):
        return None
    said = (_read(cells[column]) for _, cells in body if column < len(cells))
    return max((found for found in said if found is not None), default=None)


def _bare(cell: Any) -> Day | None:
    """The day of a title that is only a day, or ends with a day in brackets."""
    if isinstance(cell, (date, datetime)):
        return _read(cell)
    text = _folded(cell)
    inside = [found[1] for found in _IN_BRACKETS.finditer(text)]
    candidates: Iterator[str] = (part for part in (text, *inside) if _WRITTEN.fullmatch(part))
    return next((read for part in candidates if (read := _read(part)) is not None), None)


def _folded(cell: Any) -> str:
    """The text of a cell without spaces and width; empty for a cell that is not text."""
    if not isinstance(cell, str):
        return ""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)).casefold()


def _read(value: Any) -> Day | None:
    if isinstance(value, str):
        value = re.sub(r"(?<=月)[底末]$", "", _folded(value))
    try:
        return day(value)
    except PydanticCustomError:
        return None
