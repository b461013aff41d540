"""What a sheet gives for all its rows: its day (填报时间, 截至…, in its title, in a heading or in a
note below it), its year, its branch (in the title, or as the name of the sheet), and whether it
names everybody."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from leaguectl.kinds.cells import day, event_day, exact_day, last_day
from leaguectl.kinds.class_names import CLASS_NUMBER
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import cell_type
from leaguectl.model.days import Day
from leaguectl.model.short_names import number_of
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.rows import Rows
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import begins_as_example_note_or_total, first_text, folded

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
_OF_YEAR = re.compile(
    r"(?<![-0-9—–~至到])((?:19|20)\d{2})年(?:(?!\d)|(?=\d{1,2}月?[-—–~至到]\d{1,2}月))"
)
"""A year that is not the beginning of a day or the end of a span of years; it may be followed by a
span of months."""
BARE_DAY = re.compile(rf"\((?:{_ONE_DAY})\)$")
_IN_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")


class SaidDay(NamedTuple):
    """A day given in a sheet, with its row and column; of a month it is the last day, which is not
    exact."""

    day: date
    row: int
    column: str
    is_exact: bool

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{self.column}{self.row}"


_FOLDER_OR_ENDING = re.compile(r".*/|\.[^.]*$")
"""What of a file's path is not its name."""


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


class SaidBranch(NamedTuple):
    """A branch given for all rows of a sheet, and the cell that names it; None for the name of the
    sheet."""

    branch: str
    cell: str | None


_BRANCH_LABEL = re.compile(
    r"(?:所在|所属)?(?:团支部|支部|团组织|班级)(?:名称|全称)?[:：]"
    r"|(?:填报|填表|报送|上报|主办|承办|举办|组织)?(?:单位|学校|支部|组织)(?:名称)?[:：]"
)
_LIST_WORDS = re.compile(
    r"(?:(?:超龄|自愿)?[离退]团|转[入出]|除名|毕业生?|新生)*"
    r"(?:(?:拟|新)?(?:发展|入团)?的?(?:共青)?团员|(?:入团)?(?:发展对象|积极分子|申请人)|团干部|(?:领导)?班子(?:成员)?|学生|人员)?"
    r"(?:基本)?(?:信息|情况)?"
    r"(?:花名册|名册|名单|登记表|信息表|情况表|统计表|汇总表|一览表|明细表|采集表|表)$"
)
_BEFORE_NAME = re.compile(
    r"^(?:附件[0-9一二三四五六七八九十]*[:：.、]?)?(?:\d{4}(?:[-—–~至]\d{4})?(?:学?年度?)(?:第?[一二上下]学期)?)?"
)
_BRANCH = re.compile(
    r"(?!各|全[部体县校]|所有|每)(?:.*[0-9一二三四五六七八九十级].*班级?|.{2,}支部(?:委员会)?)$"
)
"""A class has a number or a year in its name; 毕业班 alone is none."""
_COURSE = re.compile(r"(?:培训|学习|研修|进修|团校|骨干)班$")
_UNIT = re.compile(
    r".{2,}(?:学校|中学|小学|学院|大学|[一二三四五六七八九十]中|公司|镇|乡|街道|团委|委员会|总支部?)"
)


def unit_of_sheet(sheet: Sheet, match: Match) -> str | None:
    """The school or unit that a table names above its headings, else that of which the sheet or the
    file has the name; None where there is none."""
    above = (text for text, _ in _named_above(sheet, match))
    named = chain(above, _names_in(sheet.name), _names_in(_FOLDER_OR_ENDING.sub("", sheet.file)))
    return next((text for text in named if _UNIT.fullmatch(text)), None)


def branches_of_sheet(sheet: Sheet, match: Match) -> list[SaidBranch]:
    """The branches that are given for all rows of a table without a column for them, the likeliest
    first: after a label above the table (班级：…), in its title (…高一（2）班团员花名册), as the
    name of the sheet. Texts with the same number of a class are one branch; several branches
    contradict each other."""
    branches: dict[int | None, SaidBranch] = {}
    for text, cell in (
        *_named_above(sheet, match),
        *((text, None) for text in _names_in(sheet.name)),
    ):
        if _BRANCH.match(text) and not _COURSE.search(text):
            counted = CLASS_NUMBER.search(text)
            class_number = number_of(counted[1]) if counted else None
            # A name without a number contradicts nothing: 汽修班 of 2024级汽修班.
            if not branches or (class_number is not None and None not in branches):
                branches.setdefault(class_number, SaidBranch(text, cell))
    return [*branches.values()]


def _named_above(sheet: Sheet, match: Match) -> list[tuple[str, str]]:
    """The names above the headings of a table, each with its cell: those after a label first."""
    labelled, titled = [], []
    for number, cells in sheet.rows[match.top : match.header - match.depth + 1]:
        for column, cell in enumerate(cells):
            place = f"{column_letters(column + sheet.first_column)}{number}"
            if text := _labelled(cells, column):
                labelled.append((text, place))
            else:
                titled += [(text, place) for text in _names_in(cell)]
    return labelled + titled


def _labelled(cells: Sequence[Any], column: int) -> str:
    """What stands after a label of a branch or unit in a cell, or in the next filled cell."""
    text = folded(cells[column])
    if (label := _BRANCH_LABEL.match(text)) is None:
        return ""
    after = next((cell for cell in cells[column + 1 :] if cell not in ("", None)), "")
    return (text[label.end() :] or folded(after)).strip("_").split("(盖章")[0].split("(公章")[0]


def _names_in(cell: Any) -> Iterator[str]:
    """The names of which a title may consist: what stands before 团员花名册, and in brackets at its
    end."""
    text = re.sub(r"\((?:盖章|公章|[0-9年月日.\-/]+)\)$", "", folded(cell))
    name = _BEFORE_NAME.sub("", _LIST_WORDS.sub("", text))
    if before_year := re.match(r"(.{2,}?)(?:19|20)\d{2}年", name):
        yield before_year[1]
    if inside := re.search(r"\((.+)\)$", text):
        yield inside[1]
        name = _BEFORE_NAME.sub("", _LIST_WORDS.sub("", text[: inside.start()]))
    if name:
        yield name


_IN_YEAR = re.compile(r"\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号].*")


def with_year(rows: Rows, line: type[Line], year: str) -> Rows:
    """The rows with the year of the title in days that are written without one: 4月4日."""
    columns = [*rows.cells]
    for field, index in rows.positions.items():
        if field in line.model_fields and cell_type(line.model_fields[field]) in _DAYS:
            columns[index] = [
                f"{year}年{cell.strip()}"
                if isinstance(cell, str) and _IN_YEAR.fullmatch(cell)
                else cell
                for cell in columns[index]
            ]
    return replace(rows, cells=columns)


_DAYS = (day, exact_day, event_day, last_day)


def says_everybody(titles: Iterable[str]) -> bool:
    """Whether a title says that the table names all members of the organisations in it."""
    return any(_EVERYBODY.search(title.casefold()) for title in titles)


def year_named(titles: Iterable[str]) -> str | None:
    """The only year in the titles of a table (2024年发展团员计划分配表); None where there is none,
    or several."""
    return only_found(_OF_YEAR, titles)


def only_found(pattern: re.Pattern[str], titles: Iterable[str]) -> str | None:
    """What a pattern finds in titles; None where it finds nothing, or several things."""
    found = {text for title in titles for text in pattern.findall(folded(title))}
    return found.pop() if len(found) == 1 else None


def _at(sheet: Sheet, row: int, column: int, said: Day) -> SaidDay:
    letters = column_letters(column + sheet.first_column)
    return SaidDay(said.last, row, letters, said.precision == "day")


def _said(cells: Sequence[Any], column: int) -> Day | None:
    """The day after a label in the same cell, or in the next filled cell."""
    text = folded(cells[column])
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
    if column in match.fields.values() or not _LABEL.fullmatch(folded(cell)):
        return None
    said = (_read(cells[column]) for _, cells in body if column < len(cells))
    return max((found for found in said if found is not None), default=None)


def _bare(cell: Any) -> Day | None:
    """The day of a title that is only a day, or ends with a day in brackets."""
    if isinstance(cell, (date, datetime)):
        return _read(cell)
    text = folded(cell)
    inside = [found[1] for found in _IN_BRACKETS.finditer(text)]
    candidates: Iterator[str] = (part for part in (text, *inside) if _WRITTEN.fullmatch(part))
    return next((read for part in candidates if (read := _read(part)) is not None), None)


def _read(value: Any) -> Day | None:
    try:
        return day(folded(value) if isinstance(value, str) else value)
    except PydanticCustomError:
        return None
