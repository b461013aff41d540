"""Which kind of sheet it is: the heading row found, its columns matched, the rest named."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from leaguectl.sheets import Row, Sheet

ROWS_TO_SCAN = 80
"""Heading rows stand below titles, rarely deeper than this."""

_HINT = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】")
_NOT_DATA = re.compile(
    r"(合计|总计|小计|共计|备注|说明|注|填表人|制表人|填报人|审核人|负责人|填表日期|填表说明|total)"
    r"(?![\u4e00-\u9fff·])|^(填表|制表|填报|审核)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of sheet: the field, the headings it goes by, whether it must be there."""

    field: str
    headings: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet, recognised by its headings."""

    name: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a sheet is not of this kind."""
        return frozenset(column.field for column in self.columns if column.required)


@dataclass(frozen=True, slots=True)
class Match:
    """How a sheet was understood: its kind, the heading row, each field's column."""

    kind: str
    header: int
    fields: Mapping[str, int]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    doubled: tuple[tuple[str, str, str], ...]
    missing: frozenset[str]


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading without what does not count: width, case, spaces, ``*`` and bracketed hints."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    bare = _HINT.sub("", text)
    return re.sub(r"[\s*:：_]+", "", bare) or re.sub(r"[\s*:：_()]+", "", text)


def letter(index: int) -> str:
    """The name of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def identify(sheet: Sheet, kinds: Iterable[Kind]) -> Match | None:
    """The kind whose headings fit best, or the nearest one with what it lacks; None for a sheet
    that is no table of ours at all."""
    best: Match | None = None
    known = [(kind, _index(kind)) for kind in kinds]
    for position, (_, cells) in enumerate(sheet.rows[:ROWS_TO_SCAN]):
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells) < 2:
            continue
        for kind, index in known:
            match = _match(kind, index, position, cells)
            if match.fields and (best is None or _rank(match) > _rank(best)):
                best = match
    return best if best is not None and (not best.missing or len(best.fields) > 1) else None


def rows(sheet: Sheet, match: Match) -> Iterator[tuple[Row | None, int, str]]:
    """The rows below the headings: each as a :class:`Row`, or None with the text it was left for
    (a total, a note, the headings once more). Blank rows are passed over."""
    columns = {
        field: (letter(at + sheet.first_column), match.headings[field])
        for field, at in match.fields.items()
    }
    header = sheet.rows[match.header][1]
    for number, cells in sheet.rows[match.header + 1 :]:
        texts = [cell for cell in cells if cell not in ("", None)]
        if not any(not isinstance(cell, str) or cell.strip() for cell in texts):
            continue
        first = str(texts[0]).strip()
        if _is_aside(first, cells, match) or _is_heading_again(cells, header):
            yield None, number, first
            continue
        values = {
            field: cells[at]
            for field, at in match.fields.items()
            if at < len(cells) and cells[at] not in ("", None)
        }
        yield Row(sheet.file, sheet.name, number, values, columns), number, first


def _is_heading_again(cells: Sequence[Any], header: Sequence[Any]) -> bool:
    """Whether the heading row is repeated, as at the top of each printed page."""
    return all(
        cell == heading or fold(str(cell)) == fold(str(heading))
        for cell, heading in zip(cells, header, strict=False)
    )


def _is_aside(first: str, cells: Sequence[Any], match: Match) -> bool:
    """A total or a note: it says so in its first cell and leaves most columns empty."""
    if not _NOT_DATA.match(unicodedata.normalize("NFKC", first).casefold().replace(" ", "")):
        return False
    filled = sum(at < len(cells) and cells[at] not in ("", None) for at in match.fields.values())
    return filled <= max(1, len(match.fields) // 2)


def _index(kind: Kind) -> dict[str, str]:
    return {fold(text): column.field for column in kind.columns for text in column.headings}


def _match(kind: Kind, index: Mapping[str, str], position: int, cells: Sequence[Any]) -> Match:
    fields: dict[str, int] = {}
    headings: dict[str, str] = {}
    ignored: list[str] = []
    doubled: list[tuple[str, str, str]] = []
    for at, cell in enumerate(cells):
        heading = cell.strip() if isinstance(cell, str) else ""
        if not heading:
            continue
        field = index.get(fold(heading))
        if field is None:
            ignored.append(heading)
        elif field in fields:
            doubled.append((field, headings[field], heading))
        else:
            fields[field], headings[field] = at, heading
    missing = kind.required - fields.keys()
    return Match(
        kind.name, position, fields, headings, tuple(ignored), tuple(doubled), frozenset(missing)
    )


def _rank(match: Match) -> tuple[int, bool]:
    """The kind of which most columns are there; a list of candidates that lacks a column is not
    taken for the roster whose few columns it has too."""
    return len(match.fields), not match.missing
