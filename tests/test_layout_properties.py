"""However a known roster is laid out, the same people are read of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sheetmakers
from conftest import examples
from county import id_number
from leaguectl.actions.parsed_files import ParsedFiles
from leaguectl.kinds import KINDS
from leaguectl.kinds.cells import Day
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.planning import individual_items
from leaguectl.reader import Sheet
from leaguectl.workbooks.files import read_file
from leaguectl.workbooks.headings import find_tables
from leaguectl.workbooks.rows import table_rows
from sheetmakers import Maker, Page

Person = tuple[str, str, str, date, str]
"""Name, ID number, branch, day of joining, number."""

FIELDS = ("name", "id_number", "organization", "joined", "number")
NAMES = ("孟和", "阿依古丽·吐尔逊", "欧阳娜娜", "𬭁𫓧", "Ali Khan", "何计", "备说明", "注册")
BRANCHES = ("云杉县第一中学高一（1）班团支部", "桥头村团支部")
STRANGE = ("民族", "籍贯", "备注", "QQ", "职务", "序号", "是否团干")
TITLES = ("云杉县团员花名册", "2023年5月", "填报单位：云杉县第一中学", "第一页")
ASIDES = ("合计", "小计：2人", "备注：以上属实", "填表人：王老师", "说明", "总  计")


@dataclass
class Grid:
    """A sheet while it is laid out."""

    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, row: Sequence[Any], merges: bool = False) -> None:
        """A row; with ``merges`` its only cell is merged over all columns."""
        if merges and len(row) > 1:
            self.merged.append((len(self.rows), 0, len(self.rows), len(row) - 1))
        self.rows.append(list(row))


people = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(BRANCHES), st.dates(date(2020, 1, 1),
                                                                         date(2023, 12, 31))),
    min_size=1, max_size=8,
).map(
    lambda found: [
        (name, id_number(at, "20060301"), branch, joined, f"{joined.year}6500{at:04d}")
        for at, (name, branch, joined) in enumerate(found, 1)
    ]
)  # fmt: skip


@st.composite
def headings(draw: st.DrawFn) -> tuple[dict[str, int], list[str]]:
    """Where each field stands, and the headings: any known word, any order, dressed up, with
    strange and empty columns between."""
    words = {
        column.field: draw(st.sampled_from(column.headings))
        for column in KINDS["members"].pattern.columns
        if column.field in FIELDS
    }
    strange = draw(st.lists(st.sampled_from(STRANGE), unique=True, max_size=3))
    empty = [None] * draw(st.integers(0, 2))
    order = draw(st.permutations([*FIELDS, *(f"?{text}" for text in strange), *empty]))
    dressed = st.sampled_from(("{}", "{}*", " {} ", "{}（必填）", "{}：", "{}\n"))
    texts = []
    for name in order:
        said = "" if name is None else words.get(name) or name[1:]
        texts.append(draw(dressed).format(said) if said else "")
    return {name: index for index, name in enumerate(order) if name in FIELDS}, texts


def as_typed(draw: st.DrawFn, what: str, value: Any) -> Any:
    """A value in one of the ways in which people type it."""
    if what == "joined":
        serial = (value - date(1899, 12, 30)).days
        forms = (value, serial, f"{value:%Y-%m-%d}", f"{value:%Y.%m.%d}", f"{value:%Y%m%d}",
                 f"{value.year}年{value.month}月{value.day}日")  # fmt: skip
        return draw(st.sampled_from(forms))
    if what == "id_number":
        wide = "".join(chr(ord(character) + 0xFEE0) for character in value)
        return draw(st.sampled_from((value, value.lower(), wide, f" {value[:6]} {value[6:]}")))
    if what == "name":
        return draw(st.sampled_from((value, value.replace("·", "•"), f" {value} ")))
    return value


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[Person], Page]:
    """A roster and a sheet that it was laid out in, in one or two tables."""
    roster = draw(people)
    grid = Grid()
    cut = draw(st.integers(1, len(roster)))
    _lay_out(draw, grid, roster[:cut])
    if roster[cut:]:
        if draw(st.booleans()):
            grid.add([])
        _lay_out(draw, grid, roster[cut:], depth=1)
    down, right = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    laid = [[] for _ in range(down)] + [[None] * right + row for row in grid.rows]
    names = (
        f"{sheetmakers.hostile.column(left + right)}{top + down + 1}:"
        f"{sheetmakers.hostile.column(last + right)}{bottom + down + 1}"
        for top, left, bottom, last in grid.merged
    )
    return roster, Page(laid, merged=tuple(names))


def _lay_out(draw: st.DrawFn, grid: Grid, roster: list[Person], depth: int | None = None) -> None:
    """One table: titles, headings, people and what stands between them."""
    where, texts = draw(headings())
    width = len(texts)
    banner = draw(st.booleans()) and len({person[2] for person in roster}) == 1 and width > 2
    if banner:
        at = where.pop("organization")
        texts[at] = ""
    titles = [[title, *[None] * (width - 1)] for title in
              draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=3))]  # fmt: skip
    for title in titles:
        grid.add(title, merges=draw(st.booleans()))
    for _ in range((depth or draw(st.integers(1, 3))) - 1):
        grid.add([draw(st.sampled_from(("基本信息", "团籍情况")))] * width)
    grid.add(texts)
    head = grid.rows[-1]
    if banner:
        grid.add([roster[0][2], *[None] * (width - 1)], merges=True)
    first: dict[str, int] = {}
    merges = draw(st.booleans())
    for person in roster:
        _stand_between(draw, grid, head, titles)
        row: list[Any] = [
            draw(st.sampled_from(("", "汉族", "甲", 7))) if texts[at] else None
            for at in range(width)
        ]  # fmt: skip
        for what, value in zip(FIELDS, person, strict=True):
            if what in where:
                row[where[what]] = as_typed(draw, what, value)
        if merges and "organization" in where:
            _merge_down(grid, where["organization"], row, first)
        grid.add(row)
    _stand_between(draw, grid, head, titles)


def _merge_down(grid: Grid, at: int, row: list[Any], first: dict[str, int]) -> None:
    """The branch once for the rows of it that follow each other directly."""
    here = len(grid.rows)
    top = first.get(row[at])
    if top is not None and (not grid.merged or grid.merged[-1][2] < here):
        inside = grid.merged and grid.merged[-1][:2] == (top, at)
        last = grid.merged[-1][2] if inside else top
        if last == here - 1:
            if inside:
                grid.merged.pop()
            grid.merged.append((top, at, here, at))
            row[at] = None
            return
    first[row[at]] = here


def _stand_between(draw: st.DrawFn, grid: Grid, head: list[Any], titles: list[list[Any]]) -> None:
    """Perhaps a row that is nobody."""
    width = len(head)
    which = draw(st.sampled_from(("", "", "", "blank", "head", "aside", "title")))
    if which == "blank":
        grid.add([draw(st.sampled_from((None, " ", "\u3000")))] * width)
    elif which == "head":
        grid.add(head)
    elif which == "aside":
        grid.add([draw(st.sampled_from(ASIDES)), *[None] * (width - 1)], merges=draw(st.booleans()))
    elif which == "title" and titles:
        grid.add(titles[0], merges=False)


def read_of(sheet: Sheet) -> list[Person]:
    """The people that are read of a sheet; a row with a fault fails."""
    found: list[Person] = []
    for match in find_tables(sheet, [kind.pattern for kind in KINDS.values()]):
        assert match.kind == "members", match
        assert (match.missing, match.doubled) == (frozenset(), ())
        for rows, _ in table_rows(sheet, match, 7):
            parsed = ParsedFiles()
            parsed.add_rows(MemberLine, rows)
            assert parsed.findings == []
            for item in individual_items(parsed.items):
                line: Any = item.line
                assert isinstance(line.joined, Day)
                assert line.number is not None
                found.append((line.name, str(line.id_number), line.organization, line.joined.date,
                              line.number))  # fmt: skip
    return found


def as_sheet(page: Page) -> Sheet:
    """The sheet as the reader would give it: rows of one length, blank cells as empty texts."""
    width = max(map(len, page.rows))
    full = [[*row, *[None] * (width - len(row))] for row in page.rows]
    numbered = enumerate(([value or "" for value in row] for row in full), 1)
    return Sheet("a.xlsx", page.title, list(numbered), merged=tuple(page.ranges))


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(layouts())
def test_a_roster_is_the_same_however_it_is_laid_out(laid: tuple[list[Person], Page]) -> None:
    """Titles, depth of headings, order, strange columns, what stands between, ways of typing."""
    roster, page = laid
    assert read_of(as_sheet(page)) == roster


def _in_words(value: Any) -> Any:
    """The day that a number of the spreadsheet's calendar is."""
    is_day = type(value) is int and value > 40_000
    return date(1899, 12, 30) + timedelta(days=value) if is_day else value


MAKERS: dict[str, Maker] = {
    "xlsx": sheetmakers.xlsx, "xls": sheetmakers.xls, "ods": sheetmakers.ods,
    "xlsb": sheetmakers.xlsb, "xml": sheetmakers.xml2003, "html": sheetmakers.html,
}  # fmt: skip


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_it_is_the_same_in_every_format(
    make: Maker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The file itself is written and read, a few layouts of each format."""
    folder = tmp_path_factory.mktemp("made")

    @settings(
        max_examples=examples(6),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(layouts())
    def holds(laid: tuple[list[Person], Page]) -> None:
        roster, page = laid
        path: Path = folder / "sent"
        if make is sheetmakers.html:  # a page has no numbers, and 43831 in words is no day
            page = replace(page, rows=[[_in_words(value) for value in row] for row in page.rows])
        path.write_bytes(make([page]))
        (sheet,) = read_file(path).sheets
        assert read_of(sheet) == roster

    holds()
