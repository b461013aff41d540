"""Which kind of sheet it is: the heading row found, its columns matched, the rest named."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from leaguectl.reader import Sheet, column_letters

_ANYWHERE = frozenset({"year", "organization", "unit"})
"""Fields that tell no kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of sheet: the field, the headings it goes by, whether it must be there."""

    field: str
    headings: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet, recognised by its headings."""

    name: str
    columns: tuple[Column, ...]
    requires_any: frozenset[str] = frozenset()
    """Fields of which at least one must be there, or a mark."""
    marker_headings: tuple[str, ...] = ()
    """Headings that tell this kind, though nothing is read from them."""
    not_if_two_of: frozenset[str] = frozenset()
    """Where two of these fields are there it is another kind,"""
    except_with: str | None = None
    """except where this field is there too."""
    imported: bool = True
    """Whether its rows are read; else it is a table that is known and left alone."""
    min_columns: int = 0
    """How many of its columns must be there at the least."""

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a sheet is not of this kind."""
        return frozenset(column.field for column in self.columns if column.required)

    def can_be(self, fields: Set[str], marked: int) -> bool:
        """Whether headings that fit do not speak against it: candidates have no ballot yet, and a
        name alone makes nobody one. ``marked`` is how many of its marks were found."""
        if len(fields) < self.min_columns or (
            self.requires_any and not (self.requires_any & fields or marked)
        ):
            return False
        return len(self.not_if_two_of & fields) < 2 or self.except_with in fields

    def looks_like_it(self, fields: Set[str], headings: int) -> bool:
        """Whether a table that lacks a column is still taken for one of this kind: half of what it
        must have is there, or a third where that and the rest is half of all its ``headings``. A
        year and a unit alone, or a name and a day, stand in many a foreign table."""
        if fields <= _ANYWHERE:
            return self.required <= fields
        there, needed = len(self.required & fields), len(self.required)
        return 2 * there >= needed or (3 * there >= needed and 2 * len(fields) >= headings)


@dataclass(frozen=True, slots=True)
class Match:
    """How a sheet was understood: its kind, the heading row, each field's column."""

    kind: str
    header: int
    fields: Mapping[str, int]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    doubled: tuple[tuple[str, str, str, int], ...]
    """Field, its heading, the heading of the further column, and that column."""
    missing: frozenset[str]
    imported: bool = True
    """Whether it is a kind that is read; else the table is known and left alone."""
    depth: int = 1
    """How many rows deep the headings are; ``header`` is the last."""
    bare: tuple[int, ...] = ()
    """Columns without a heading."""
    top: int = 0
    """Where its title begins, counted like ``header``."""
    end: int | None = None
    """Where the next table of the sheet begins, counted like ``header``."""
    titles: frozenset[int] = frozenset()
    """Rows of one cell above headings that are repeated."""
    banners: Mapping[int, str] | None = None
    """Rows with nothing but a cell that is merged over several columns: a title or a class."""
    marked: int = 0
    """How many headings tell the kind without being read."""


DEPTHS = (1, 2, 3)
"""How many rows deep headings may be."""

ROWS_TO_SCAN = 80
"""Heading rows stand below titles, rarely deeper than this."""

_DIGITS = re.compile(r"[0-9]{6}")
_HINT = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】")
_NOT_DATA = re.compile(
    r"(合计|总计|小计|共计|备注|说明|注|填表人|制表人|填报人|审核人|负责人|填表日期|填表说明|total)"
    r"(?![\u4e00-\u9fff·])|^(填表|制表|填报|审核)"
)


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading without what does not count: width, case, spaces, ``*`` and bracketed hints."""
    if heading.isalnum() and heading.isascii():
        return heading.casefold()
    text = unicodedata.normalize("NFKC", heading).casefold()
    bare = _HINT.sub("", text)
    return re.sub(r"[\s*:：_]+", "", bare) or re.sub(r"[\s*:：_()]+", "", text)


def find_tables(
    sheet: Sheet, kinds: Iterable[SheetKind], mapped: Mapping[str, str] | None = None
) -> list[Match]:
    """The tables of a sheet, each from its headings to where the next one begins; none for a sheet
    that is no table of ours at all. ``mapped`` has a user's own headings with their fields."""
    known = [(kind, _index(kind) | _own(kind, mapped or {})) for kind in kinds]
    banners = _banners(sheet)
    first = _first(sheet, known, banners)
    if first is None:
        return []
    found = [first]
    texts = {text for _, index in known for text in index}
    for position in range(first.header + 1, len(sheet.rows)):
        cells = sheet.rows[position][1]
        if position <= found[-1].header or not _may_be_headings(cells, texts):
            continue
        match = _best(sheet, known, _from(sheet, position), banners)
        if match is None:
            continue
        top = _title_above(sheet, position)
        if is_heading_again(sheet.rows[match.header][1], sheet.rows[found[-1].header][1]):
            above = {number for number, _ in sheet.rows[top:position]}
            if "organization" not in found[-1].fields:
                above -= banners.keys()  # there they say the class
            found[-1] = replace(found[-1], titles=found[-1].titles | above)
        # Two heading rows that only follow each other are not one over the other.
        elif not match.missing and not (match.doubled and match.depth > 1):
            found[-1] = replace(found[-1], end=top)
            found.append(replace(match, top=top))
    return [replace(one, ignored=one.ignored + _bare_columns(sheet, one)) for one in found]


Known = Sequence[tuple[SheetKind, Mapping[str, str]]]
"""The kinds, each with the fields of its headings."""


def _first(sheet: Sheet, known: Known, banners: Mapping[int, str]) -> Match | None:
    """The first table: the best headings at the top of the sheet, or what stands above them as a
    whole table of its own."""
    below = min(ROWS_TO_SCAN, len(sheet.rows))
    first = None
    while below:
        places = [(at, depth) for at in range(below) for depth in DEPTHS if depth <= at + 1]
        match = _best(sheet, known, places, banners)
        if match is None or (match.missing and (first or len(match.fields) < 2)):
            break
        first, below = match, match.header - match.depth + 1
    return first


def _from(sheet: Sheet, position: int) -> list[tuple[int, int]]:
    """The places of headings that begin in that row: their last row, and how deep they are."""
    places = ((position + depth - 1, depth) for depth in DEPTHS)
    return [(at, depth) for at, depth in places if at < len(sheet.rows)]


def _may_be_headings(cells: Sequence[Any], texts: Collection[str]) -> bool:
    """Whether two cells at least are headings that are known. Nearly every row has a number or a
    day, which no headings have, and is passed over by that."""
    for cell in cells:
        if cell is None or cell == "":
            continue
        if type(cell) is not str or cell[0].isdigit():
            return False
    return sum(bool(cell) and fold(cell) in texts for cell in cells) >= 2


def _banners(sheet: Sheet) -> dict[int, str]:
    """The rows whose one filled cell is merged over several columns, with what it says."""
    wide = {top + 1: left for top, left, _, right in sheet.merged if right > left}
    if not wide:
        return {}
    found = {}
    for number, cells in sheet.rows:
        at = wide.get(number, -1) - sheet.first_column
        if not 0 <= at < len(cells) or not (said := first_text(cells[at : at + 1])):
            continue
        if sum(cell not in ("", None) for cell in cells) == 1:
            found[number] = said
    return found


def _with_banners(match: Match, sheet: Sheet, banners: Mapping[int, str]) -> Match:
    """The table with the banners below its headings. Where nothing else says to which class or
    organisation somebody belongs, the banner above him does."""
    header = sheet.rows[match.header][0]
    below = {number: said for number, said in banners.items() if number > header}
    if below and match.missing == {"organization"}:
        return replace(match, banners=below, missing=frozenset())
    return replace(match, banners=below) if below else match


def _bare_columns(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """The columns without a heading that say something beside the people: ``[G]``."""
    header = sheet.rows[match.header][1]
    body = sheet.rows[match.header + 1 : match.end]
    widest = max((len(cells) for _, cells in body), default=0)
    bare = {*match.bare, *range(len(header), widest)}
    return tuple(
        f"[{column_letters(at + sheet.first_column)}]"
        for at in sorted(bare)
        if any(
            at < len(cells)
            and first_text(cells[at : at + 1])
            and not reads_as_example_or_aside(first_text(cells))
            for _, cells in body
        )
    )


def _title_above(sheet: Sheet, header: int) -> int:
    """Where the title of a table begins: the rows of one cell directly above its headings."""
    while header and sum(cell not in ("", None) for cell in sheet.rows[header - 1][1]) == 1:
        header -= 1
    return header


def titles(sheet: Sheet, match: Match) -> tuple[str, ...]:
    """What names a table: the sheet's name, and the rows of one cell directly above its
    headings."""
    top = match.header - match.depth + 1
    above = sheet.rows[_title_above(sheet, top) : top]
    return (sheet.name, *(first_text(cells) for _, cells in above))


def _best(
    sheet: Sheet, known: Known, places: Iterable[tuple[int, int]], banners: Mapping[int, str]
) -> Match | None:
    """The kind whose headings fit best at any of these places, or the nearest one with what it
    lacks. Headings may be two or three rows deep, the upper ones merged over several columns."""
    # What the banners say is there before the kinds are compared.
    found = [_with_banners(one, sheet, banners) for one in _fitting(sheet, known, places)]
    best = max((one for one in found if one.imported), key=_rank, default=None)
    unkept = max((one for one in found if not one.imported), key=_rank, default=None)
    # A table that is known and not kept is no sheet of ours that lacks a column.
    if unkept and (best is None or (best.missing and _rank(unkept) > _rank(best))):
        return unkept
    return best


def _fitting(sheet: Sheet, known: Known, places: Iterable[tuple[int, int]]) -> Iterator[Match]:
    """Every kind that fits at any of these places."""
    headings = {text for _, index in known for text in index}
    for position, depth in places:
        if sum(bool(_heading_text(cell)) for cell in sheet.rows[position][1]) < 2:
            continue
        if depth > 1 and any(map(_has_data, sheet.rows[position - depth + 1 : position])):
            continue
        texts = _stacked(sheet, position, depth)
        if not any(fold(text) in headings for possible in texts for text in possible):
            continue  # nearly every row of a sheet
        for kind, index in known:
            match = _match(kind, index, position, texts)
            if len(known) > 1 and not kind.can_be(match.fields.keys(), match.marked):
                continue
            filled = sum(map(any, texts))
            if len(known) > 1 and not kind.looks_like_it(match.fields.keys(), filled):
                continue
            if match.fields:
                yield replace(match, depth=depth)


def _has_data(row: tuple[int, Sequence[Any]]) -> bool:
    """Whether a row is about somebody: no heading is a number or a day, or has six digits."""
    return any(
        cell not in ("", None) and (type(cell) is not str or bool(_DIGITS.search(cell)))
        for cell in row[1]
    )


def _stacked(sheet: Sheet, position: int, depth: int) -> list[list[str]]:
    """For each column what its heading can be: all its rows read together, or the lowest filled.

    An upper heading that is merged over several columns stands in the first of them alone, so it
    is read on to the right where the row below has its own.
    """
    rows = [sheet.rows[at][1] for at in range(position - depth + 1, position + 1)]
    carried = [""] * depth
    stacked: list[list[str]] = []
    for at in range(max(map(len, rows))):
        own = [_heading_text(row[at]) if at < len(row) else "" for row in rows]
        for level, text in enumerate(own[:-1]):
            carried[level] = text or (carried[level] if own[-1] else "")
        lowest = next((text for text in reversed(own) if text), "")
        whole = "".join([*carried[:-1], own[-1]])
        stacked.append([lowest] if whole == lowest else [whole, lowest])
    return stacked


def _heading_text(cell: Any) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def first_text(cells: Sequence[Any]) -> str:
    """What the first cell says that is not blank; nothing for a row of blanks."""
    for cell in cells:
        if cell is not None and (text := cell.strip() if isinstance(cell, str) else str(cell)):
            return text
    return ""


EXAMPLE = re.compile(r"示例(?:[:：]|$)")
"""How the first cell of an example row begins, as the template writes it."""


def is_heading_again(cells: Sequence[Any], header: Sequence[Any]) -> bool:
    """Whether a row says the same as the headings."""
    for cell, heading in zip(cells, header, strict=False):
        if cell != heading and fold(str(cell)) != fold(str(heading)):
            return False
    return True


@lru_cache(maxsize=4096)
def reads_as_example_or_aside(first: str) -> bool:
    """Whether the first cell of a row begins as that of an example, of a total or of a note."""
    folded = unicodedata.normalize("NFKC", first).casefold().replace(" ", "")
    return bool(EXAMPLE.match(first) or _NOT_DATA.match(folded))


def _own(kind: SheetKind, mapped: Mapping[str, str]) -> dict[str, str]:
    fields = {column.field for column in kind.columns}
    return {fold(text): field for text, field in mapped.items() if field in fields}


def _index(kind: SheetKind) -> dict[str, str]:
    return {fold(text): column.field for column in kind.columns for text in column.headings}


def _match(
    kind: SheetKind, index: Mapping[str, str], position: int, texts: Sequence[Sequence[str]]
) -> Match:
    fields: dict[str, int] = {}
    headings: dict[str, str] = {}
    ignored: list[str] = []
    doubled: list[tuple[str, str, str, int]] = []
    bare: list[int] = []
    for at, possible in enumerate(texts):
        if not any(possible):
            bare.append(at)
            continue
        heading = next((text for text in possible if fold(text) in index), possible[-1])
        field = index.get(fold(heading))
        if field is None:
            ignored.append(heading)
        elif field in fields:
            doubled.append((field, headings[field], heading, at))
        else:
            fields[field], headings[field] = at, heading
    if "organization" not in fields and "unit" in fields:
        # A sheet that knows the school alone means it; beside a class it is where the class is.
        fields["organization"], headings["organization"] = fields.pop("unit"), headings.pop("unit")
    missing = kind.required - fields.keys()
    marks = {fold(text) for text in kind.marker_headings}
    return Match(
        kind.name,
        position,
        fields,
        headings,
        tuple(ignored),
        tuple(doubled),
        frozenset(missing),
        kind.imported,
        bare=tuple(bare),
        marked=sum(fold(text) in marks for text in ignored),
    )


def _rank(match: Match) -> tuple[int, bool]:
    """The kind of which most columns are there; a list of candidates that lacks a column is not
    taken for the roster whose few columns it has too. One more column does not make up for a
    missing one: a roster that has posts without their days is no list of posts."""
    return len(match.fields) + match.marked - bool(match.missing), not match.missing
