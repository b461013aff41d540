"""Lists with the same headings below one another in a sheet, each with a title of its own: another
class, year, activity or training."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from leaguectl.reader import Sheet
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import (
    are_hints,
    are_same_headings,
    count_filled,
    first_text,
    folded,
    is_label,
    is_list_of_former,
    says_no_members,
)

_NEXT_PAGE = re.compile(r"续表|[(（]续|第[0-9一二三四五六七八九十]+页")
_TITLE = re.compile(r".*(?:表|名单|名册|台账|一览|册|簿|情况|汇总|清单|统计|计划)(?:\(.*\))?")
"""How a list is called."""
_CLASS = re.compile(r".*(?:班级?|支部)")
_OF_ALL = re.compile(
    r"(?:填报|填表|填写|制表|报送|上报|统计|截[至止]).*[:：].+|.{0,6}(?:单位|学校)[^:：]{0,4}[:：].+"
)
"""A line above a list that says when or by whom it was filled in."""


def lists_of(sheet: Sheet, match: Match) -> list[Sheet]:
    """The lists of a sheet, each as a sheet of its own; only the sheet where its headings are
    repeated under no other title, as at the top of each printed page."""
    tops = [*_tops(sheet, match)]
    if not tops:
        return [sheet]
    first = _above(sheet, match.header - match.depth + 1)
    ends = [*tops[1:], len(sheet.rows)]
    parts = [replace(sheet, rows=sheet.rows[: tops[0]])]
    for top, end in zip(tops, ends, strict=True):
        rows = sheet.rows[top:end]
        own = [text for _, cells in rows[: _depth_of_titles(rows)] if (text := first_text(cells))]
        parts.append(replace(sheet, rows=[*_inherited(sheet, first, own), *rows]))
    return parts


def _tops(sheet: Sheet, match: Match) -> Iterator[int]:
    """The position of each title below the first list that is that of another list."""
    header, end = sheet.rows[match.header][1], match.header
    first = first_text(header)
    known = {folded(first_text(cells)) for _, cells in sheet.rows[:end]}
    for position in range(end + 1, len(sheet.rows)):
        cells = sheet.rows[position][1]
        if first_text(cells) != first or not are_same_headings(cells, header):
            continue
        titles = [row for row in _above(sheet, position - match.depth + 1) if row > end]
        above = sheet.rows[end + 1 : titles[0] if titles else end + 1]
        if not any(count_filled(row) > 1 and not are_hints(row) for _, row in above):
            end = position  # the list above has nobody, so these are its own headings again
            continue
        texts = {row: _text(sheet, row) for row in titles}
        if any(_is_other(text, match) for text in texts.values() if text not in known):
            known.update(texts.values())
            yield titles[0]
        end = position


def _is_other(title: str, match: Match) -> bool:
    """Whether a line above repeated headings begins another list. A list of others than members is
    left out by those who read the rows, and there a merged line may be anything's name."""
    if _NEXT_PAGE.search(title) or is_list_of_former(title) or says_no_members(title):
        return False
    if _TITLE.fullmatch(title) or _OF_ALL.match(title):
        return True
    if "organization" in match.fields or is_label(title):
        return False
    return bool(_CLASS.fullmatch(title))  # a cell that was filled down is no title


def _above(sheet: Sheet, top: int) -> list[int]:
    """The positions of the rows of one cell directly above headings."""
    titles: list[int] = []
    while top and count_filled(sheet.rows[top - 1][1]) == 1:
        top -= 1
        titles.insert(0, top)
    return titles


def _depth_of_titles(rows: Sequence[tuple[int, Sequence[Any]]]) -> int:
    return next((row for row, (_, cells) in enumerate(rows) if count_filled(cells) != 1), len(rows))


def _inherited(
    sheet: Sheet, first: list[int], own: list[str]
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The titles of the first list that count for another one: those above the title of the first
    alone, and when and by whom the sheet was filled in."""
    called = [row for row in first if _TITLE.fullmatch(_text(sheet, row))]
    titles = sum(bool(_TITLE.fullmatch(folded(text))) for text in own)
    general = called[: max(0, len(called) - titles)]
    has_own = any(_OF_ALL.match(folded(text)) for text in own)
    for row in first:
        is_line = row not in called and _OF_ALL.match(_text(sheet, row))
        if row in general or (is_line and not has_own):
            yield sheet.rows[row]


def _text(sheet: Sheet, row: int) -> str:
    """The first text of a row, folded."""
    return folded(first_text(sheet.rows[row][1]))
