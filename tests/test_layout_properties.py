"""However a known roster is laid out, the same people are read of it."""

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sheetmakers
from conftest import Run, answer_of, examples
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number
from leaguectl.actions.parsed_files import ParsedFiles
from leaguectl.kinds import KINDS
from leaguectl.kinds.cells import Day
from leaguectl.kinds.planning import individual_items
from leaguectl.reader import Sheet
from leaguectl.reader.sheets import Month
from leaguectl.workbooks.files import read_file
from leaguectl.workbooks.headings import find_tables
from leaguectl.workbooks.rows import table_rows
from sheetmakers import Formatted, Maker, Page

Person = Mapping[str, Any]
"""What a row says, by field; a month without its day is a :class:`Month`."""

NAMES = ("孟和", "阿依古丽·吐尔逊", "欧阳娜娜", "𬭁𫓧", "Ali Khan", "何计", "备说明", "注册")
BRANCHES = {"云杉县第一中学高一（1）班团支部": "S1", "云杉县第一中学高一（2）班团支部": "S2"}
STRANGE = ("民族", "籍贯", "备注", "QQ", "职务", "序号", "是否团干", "审核")
TITLES = ("云杉县团员花名册", "2023年5月", "填报单位：云杉县第一中学", "第一页")
ASIDES = ("合计", "小计：2人", "备注：以上属实", "填表人：王老师", "说明", "总  计", "共2人",
          "负责人（签字）：", "    年  月  日", "1.本表一式两份")  # fmt: skip
DRESSED = ("{}", "{}*", " {} ", "{}（必填）", "{}：", "{}\n", "{}\u200b", "\ufeff{}", "★{}",
           "您的{}", "请填写您的{}：", "【必填】{}")  # fmt: skip
"""What stands around a heading; an online form also numbers them all:"""
NUMBERED = ("{}", "{}", "{{}}、{}", "Q{{}}_{}", "{{}}.{}", "（{{}}）{}")
HINTS = ("必填", "选填，如：2023-09-01", "填全称", "必填，18位")
CODES = ("no", "name", "id_card", "branch_name", "join_date")


@dataclass
class Grid:
    """A sheet while it is laid out."""

    is_text: bool = False
    """Whether it is for a text table, which merges nothing."""
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    """Which rows are about somebody."""

    def add(self, row: Sequence[Any], merges: bool = False) -> None:
        """A row; with ``merges`` its only cell is merged over all columns."""
        if merges and len(row) > 1 and not self.is_text:
            self.merged.append((len(self.rows), 0, len(self.rows), len(row) - 1))
        self.rows.append(list(row))


def _member(at: int, name: str, branch: str, joined: date, is_month: bool) -> Person:
    return {
        "name": name, "id_number": id_number(at, "20060301"), "organization": branch,
        "joined": Month(joined.year, joined.month, 1) if is_month else joined,
        "number": f"{joined.year}6500{at:04d}",
    }  # fmt: skip


def _admission(at: int, name: str, branch: str, meeting: date, is_month: bool) -> Person:
    cells = dict(zip(ADMISSION_HEADINGS, admission(at), strict=True))
    fields = {field_of("admissions", heading): value for heading, value in cells.items()}
    said = {"name": name, "organization": branch, "number": f"20236500000{at}"}
    return fields | said | ({"meeting": Month(2023, 4, 1)} if is_month else {})


def field_of(kind: str, heading: str) -> str:
    """The field of a heading."""
    columns = KINDS[kind].pattern.columns
    return next(column.field for column in columns if heading in column.headings)


@st.composite
def people(draw: st.DrawFn, kind: str) -> list[Person]:
    """A roster, or a list of candidates."""
    days = st.dates(date(2020, 4, 1), date(2022, 12, 31))
    person = st.tuples(st.sampled_from(NAMES), st.sampled_from([*BRANCHES]), days,
                       st.sampled_from((False, False, True)))  # fmt: skip
    drawn = draw(st.lists(person, min_size=1, max_size=8 if kind == "members" else 5))
    make = _member if kind == "members" else _admission
    return [make(at, *said) for at, said in enumerate(drawn, 1)]


@st.composite
def headings(draw: st.DrawFn, kind: str, fields: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Where each field stands, and the headings: any known word, any order, dressed up, with
    strange and empty columns between."""
    words = {
        column.field: draw(st.sampled_from(column.headings))
        for column in KINDS[kind].pattern.columns
        if column.field in fields
    }
    strange = draw(st.lists(st.sampled_from(STRANGE), unique=True, max_size=3))
    empty = [None] * draw(st.integers(0, 2))
    order = draw(st.permutations([*fields, *(f"?{text}" for text in strange), *empty]))
    numbered, texts = draw(st.sampled_from(NUMBERED)), []
    for index, name in enumerate(order, 1):
        said = "" if name is None else words.get(name) or name[1:]
        dressed = draw(st.sampled_from(DRESSED)).format(said)
        texts.append(numbered.format(dressed).format(index) if said else "")
    return {name: index for index, name in enumerate(order) if name is not None}, texts


def as_typed(draw: st.DrawFn, name: str, value: Any) -> Any:
    """A value in one of the ways in which people type it."""
    if isinstance(value, Month):
        forms = (f"{value.year}年{value.month}月", f"{value:%Y.%m}", f"{value:%Y-%m}",
                 Formatted(date(value.year, value.month, 17), 'yyyy"年"m"月"'),
                 Formatted(date(value.year, value.month, 1), 'yyyy"年"m"月"'))  # fmt: skip
        return draw(st.sampled_from(forms))
    if isinstance(value, date):
        serial = (value - date(1899, 12, 30)).days
        forms = (value, serial, f"{value:%Y-%m-%d}", f"{value:%Y.%m.%d}", f"{value:%Y%m%d}",
                 f"{value.year}年{value.month}月{value.day}日")  # fmt: skip
        return draw(st.sampled_from(forms))
    if name == "id_number":
        wide = "".join(chr(ord(character) + 0xFEE0) for character in value)
        return draw(st.sampled_from((value, value.lower(), wide, f" {value[:6]} {value[6:]}")))
    if name == "name":
        return draw(st.sampled_from((value, value.replace("·", "•"), f" {value} ")))
    return value


@st.composite
def layouts(
    draw: st.DrawFn, kind: str = "members", *, is_text: bool = False
) -> tuple[list[Person], Page]:
    """A roster and a sheet that it was laid out in, in one or two tables."""
    roster = draw(people(kind))
    grid = Grid(is_text)
    cut = draw(st.integers(1, len(roster)))
    _lay_out(draw, grid, kind, roster[:cut])
    if roster[cut:]:
        if draw(st.booleans()):
            grid.add([])
        _lay_out(draw, grid, kind, roster[cut:], depth=1)
    down, right = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    laid = [[] for _ in range(down)] + [[None] * right + row for row in grid.rows]
    names = (
        f"{sheetmakers.hostile.column(left + right)}{top + down + 1}:"
        f"{sheetmakers.hostile.column(last + right)}{bottom + down + 1}"
        for top, left, bottom, last in grid.merged
    )
    hidden = (
        () if is_text else draw(st.lists(st.sampled_from(grid.people), unique=True, max_size=2))
    )
    rows = tuple(sorted(row + down + 1 for row in hidden))
    return roster, Page(laid, merged=tuple(names), hidden_rows=rows)


def _lay_out(
    draw: st.DrawFn, grid: Grid, kind: str, roster: list[Person], depth: int | None = None
) -> None:
    """One table: titles, headings, people and what stands between them."""
    where, texts = draw(headings(kind, [*roster[0]]))
    width = len(texts)
    is_banner = draw(st.booleans()) and len({person["organization"] for person in roster}) == 1
    if is_banner := is_banner and width > 2 and not grid.is_text:
        texts[where.pop("organization")] = ""
    rows = [_row(draw, where, texts, at, person) for at, person in enumerate(roster, 1)]
    names = draw(st.lists(st.sampled_from((*TITLES, "?")), unique=True, max_size=3))
    # A title that says what the first column says, which every row would begin with.
    same = rows[0][0] if {"name", "id_number"}.isdisjoint(_fields_at(where, 0)) else None
    says = [str(same or TITLES[0]) if name == "?" else name for name in names]
    titles = [[title, *[None] * (0 if grid.is_text else width - 1)] for title in says]
    for title in titles:
        grid.add(title, merges=draw(st.booleans()))
    for _ in range((depth or draw(st.integers(1, 3))) - 1):
        grid.add([draw(st.sampled_from(("基本信息", "团籍情况")))] * width)
    grid.add(texts)
    head = grid.rows[-1]
    _hint(draw, grid, texts)
    if is_banner:
        grid.add([roster[0]["organization"], *[None] * (width - 1)], merges=True)
    first: dict[str, int] = {}
    merges = draw(st.booleans()) and not grid.is_text
    for row in rows:
        _stand_between(draw, grid, head, titles)
        if merges and "organization" in where:
            _merge_down(grid, where["organization"], row, first)
        grid.people.append(len(grid.rows))
        grid.add(row)
    _prepare_rows(draw, grid, where, len(rows), width)
    _stand_between(draw, grid, head, titles)


def _fields_at(where: Mapping[str, int], column: int) -> set[str]:
    return {name for name, index in where.items() if index == column}


def _row(
    draw: st.DrawFn, where: Mapping[str, int], texts: Sequence[str], at: int, person: Person
) -> list[Any]:
    """The row of somebody, with something in the strange columns."""
    strange = st.sampled_from(("", "汉族", "甲", 7, "审核通过", "负责人", "注：班长"))
    row: list[Any] = [draw(strange) if text else None for text in texts]
    for name, index in where.items():
        if name in person:
            row[index] = as_typed(draw, name, person[name])
        elif name == "?序号":
            row[index] = at
    return row


def _hint(draw: st.DrawFn, grid: Grid, texts: Sequence[str]) -> None:
    """Perhaps a row below the headings that says what goes under them."""
    below = {
        "hints": [draw(st.sampled_from(HINTS)) if text else None for text in texts],
        "numbers": [*range(1, len(texts) + 1)],
        "stems": [(*"甲乙丙丁", *range(1, 99))[at] for at in range(len(texts))],
        "codes": [CODES[at % len(CODES)] for at in range(len(texts))],
    }
    which = draw(st.sampled_from(("", "", *below)))
    if which and len(texts) > 2:
        grid.add(below[which])


def _prepare_rows(
    draw: st.DrawFn, grid: Grid, where: Mapping[str, int], people: int, width: int
) -> None:
    """Perhaps rows that are prepared for more people: numbered, with the class filled down."""
    branch = draw(st.sampled_from((None, *BRANCHES)))
    for at in range(draw(st.sampled_from((0, 0, 3, 20)))):
        row: list[Any] = [None] * width
        for name, value in (
            ("?序号", people + at + 1),
            ("organization", branch),
            ("?民族", "汉族"),
        ):
            if name in where:
                row[where[name]] = value
        grid.add(row)


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
    """The people that are read of a sheet of members; a row with a fault fails."""
    found: list[Person] = []
    for match in find_tables(sheet, [kind.pattern for kind in KINDS.values()]):
        assert match.kind == "members", match
        assert (match.missing, match.doubled) == (frozenset(), ())
        line = KINDS["members"].line
        for rows, _ in table_rows(sheet, match, 7):
            parsed = ParsedFiles()
            parsed.add_rows(line, rows)
            assert parsed.findings == []
            lines = [item.line for item in individual_items(parsed.items)]
            found += [{name: getattr(line, name) for name in FIELDS} for line in lines]
    return found


FIELDS = [*_member(1, "", "", date(2020, 5, 4), is_month=False)]


def as_read(person: Person) -> Person:
    """What a row says, as its typed line has it."""
    joined = person["joined"]
    precision = "month" if isinstance(joined, Month) else "day"
    return {**person, "joined": Day(date(*joined.timetuple()[:3]), precision)}


def as_sheet(page: Page) -> Sheet:
    """The sheet as the reader would give it: rows of one length, blank cells as empty texts."""
    width = max(map(len, page.rows))
    full = [[*row, *[None] * (width - len(row))] for row in page.rows]
    numbered = enumerate(([_as_cell(value) for value in row] for row in full), 1)
    return Sheet("a.xlsx", page.title, list(numbered), merged=tuple(page.ranges))


def _as_cell(value: Any) -> Any:
    if isinstance(value, Formatted):
        return Month(value.value.year, value.value.month, 1)
    return value or ""


@settings(max_examples=examples(200), deadline=None, derandomize=True)
@given(layouts())
def test_a_roster_is_the_same_however_it_is_laid_out(laid: tuple[list[Person], Page]) -> None:
    """Titles, depth of headings, order, strange columns, what stands between, ways of typing."""
    roster, page = laid
    assert read_of(as_sheet(page)) == [*map(as_read, roster)]


@pytest.mark.parametrize("above", BRANCHES)
@pytest.mark.parametrize("below", BRANCHES)
def test_a_class_that_was_filled_down_is_no_title_of_the_table_below(
    above: str, below: str
) -> None:
    """Else that class, or another with its number in brackets, would be taken for the title once
    more above its people."""
    branch, (first, second) = "云杉县第一中学高一（1）班团支部", (id_number(1), id_number(2))
    rows = [
        ["所在团支部", "身份证号", "姓名", "入团时间", "发展团员编号"],
        [branch, first, "孟和", date(2020, 4, 1), "202065000001"],
        *[[above, None, None, None, None]] * 3,
        ["姓名", "身份证号", "性别", "入团时间", "发展团员编号"],
        [below, None, None, None, None],
        ["何计", second, None, date(2020, 4, 1), "202065000002"],
    ]
    page = Page(rows, merged=("A7:E7",))
    assert [person["organization"] for person in read_of(as_sheet(page))] == [branch, below]


def test_a_title_that_stands_twice_above_repeated_headings_is_a_title() -> None:
    """Once at the end of a page, and once at the top of the next."""
    head = ["姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号"]
    first, second = (
        ["孟和", id_number(at), "S1", date(2020, 4, 1), f"20206500000{at}"] for at in (1, 2)
    )
    title = ["云杉县团员花名册", *[None] * 4]
    rows = [head, first, title, title, head, second]
    assert [person["name"] for person in read_of(as_sheet(Page(rows)))] == ["孟和", "孟和"]


def _in_words(value: Any) -> Any:
    """The day that a number of the spreadsheet's calendar is."""
    is_day = type(value) is int and value > 40_000
    return date(1899, 12, 30) + timedelta(days=value) if is_day else value


def made_by(make: Maker, page: Page) -> bytes:
    """The file; a page and a text table have no numbers, and 43831 in words is no day."""
    if make in (sheetmakers.html, MAKERS["csv"]):
        page = replace(page, rows=[[_in_words(value) for value in row] for row in page.rows])
    return make([page])


MAKERS: dict[str, Maker] = {
    "xlsx": sheetmakers.xlsx, "xls": sheetmakers.xls, "ods": sheetmakers.ods,
    "xlsb": sheetmakers.xlsb, "xml": sheetmakers.xml2003, "html": sheetmakers.html,
    "csv": sheetmakers.text(),
}  # fmt: skip
SOME = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("ending", ["xlsb", "xml"])
def test_it_is_the_same_in_every_format(
    ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The file itself is written and read, a few layouts of each format that no command reads
    below."""
    path: Path = tmp_path_factory.mktemp("made") / "sent"

    @settings(SOME, max_examples=examples(6))
    @given(layouts())
    def holds(laid: tuple[list[Person], Page]) -> None:
        roster, page = laid
        path.write_bytes(made_by(MAKERS[ending], page))
        (sheet,) = read_file(path).sheets
        assert read_of(sheet) == [*map(as_read, roster)]

    holds()


# -- through the commands ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small county's registry is made once."""
    folder = tmp_path_factory.mktemp("county")
    pages = [Page(ORGANIZATIONS, "团组织"), Page(QUOTAS, "计划")]
    (folder / "county.xlsx").write_bytes(sheetmakers.xlsx(pages))
    return folder / "county.db"


@pytest.fixture
def county(run: Run, made_county: Path, db: Path) -> Path:
    """The registry of the test, to be copied anew for each layout."""
    if not made_county.exists():
        assert run("import", "--db", made_county, made_county.with_suffix(".xlsx")).code == 0
    return made_county


def accounted(answer: Mapping[str, Any], page: Page) -> None:
    """Every row that says anything was read or is named, and hidden ones are told."""
    filled = [number for number, row in enumerate(page.rows, 1)
              if any(str(cell or "").strip() for cell in row)]  # fmt: skip
    rows = [
        row
        for sheet in answer["sheets"]
        for named in (sheet["title_rows"], sheet["ignored_rows"])
        for row in (*sheet["heading_rows"], *(row["row"] for row in named))
    ]
    read = sum(sheet["read"] for sheet in answer["sheets"])
    assert {*rows} <= {*filled}
    assert read + len({*rows}) == len(filled)
    hidden = {row for sheet in answer["sheets"] for row in sheet["hidden_rows"]}
    assert hidden == {*page.hidden_rows}


STORED = """SELECT person.name, person.id_number, membership.organization, membership.joined,
membership.joined_precision, number.number
FROM membership JOIN person ON person.id = membership.person
LEFT JOIN number ON number.person = person.id ORDER BY person.id_number"""


@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv", "ods", "html"])
@pytest.mark.parametrize("command", ["import", "admit"])
def test_nobody_is_lost_and_nothing_made_up(
    command: str, ending: str, run: Run, county: Path, db: Path, tmp_path: Path
) -> None:
    """Titles that say what the first column says, hints, rows that are prepared, the headings of
    online forms, cells that show a month, hidden rows: what the sheet says is stored, and no day
    that it does not say. A step of an admission needs its day, so a month refuses that one row."""
    path = tmp_path / f"名册.{ending if ending != 'html' else 'xls'}"
    kind = "members" if command == "import" else "admissions"

    @settings(SOME, max_examples=examples(8))
    @given(layouts(kind, is_text=ending == "csv"))
    def holds(laid: tuple[list[Person], Page]) -> None:
        roster, page = laid
        shutil.copy(county, db)
        path.write_bytes(made_by(MAKERS[ending], page))
        answer = answer_of(run, command, "--valid-only", path)
        accounted(answer, page)
        codes = {finding["code"] for finding in answer["findings"]}
        assert ("rows-hidden-read" in codes) == bool(command == "admit" and page.hidden_rows)
        errors = [f["code"] for f in answer["findings"] if f["level"] == "error"]
        refused = [p for p in roster if isinstance(p.get("meeting"), Month)]
        assert errors == ["day-month-only"] * len(refused)
        assert stored(db) == [as_stored(person) for person in roster if person not in refused]

    holds()


def stored(db: Path) -> list[tuple[Any, ...]]:
    """Who is in the registry."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute(STORED).fetchall()
    finally:
        connection.close()


def as_stored(person: Person) -> tuple[Any, ...]:
    """What somebody's row says, as the registry has it."""
    joined = person.get("joined") or person["meeting"]
    precision = "month" if isinstance(joined, Month) else "day"
    first = date(*joined.timetuple()[:3]).isoformat()
    home = BRANCHES[person["organization"]]
    return person["name"], person["id_number"], home, first, precision, person["number"]
