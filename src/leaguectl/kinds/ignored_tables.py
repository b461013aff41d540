"""Tables that offices send with rosters: known by their headings or titles, and not kept."""

import re

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds.line import Line
from leaguectl.reader import Sheet
from leaguectl.workbooks.headings import Column, Match, SheetKind, titles
from leaguectl.workbooks.texts import first_text

LEAGUE = "团"
"""The word that the title or a heading of a list of the League has."""
FEW = 10
"""So many rows are looked at for the name of a branch."""
PUPILS = re.compile("学生|新生|在校生|学籍|学号|考生|录取")
"""What the title or a heading of a list of all pupils has."""


def _ignored(name: str, min_columns: int, *headings: str) -> SheetKind:
    columns = tuple(Column(heading, (heading,), required=False) for heading in headings)
    return SheetKind(name, columns, imported=False, min_columns=min_columns)


IGNORED_TABLES: tuple[SheetKind, ...] = (
    _ignored(
        "dues", 3,
        "月份", "支部人数", "应交人数", "实交人数", "应交金额", "实交金额", "应缴人数", "实缴人数",
        "应缴金额", "实缴金额", "应交团费", "实交团费", "应缴团费", "实缴团费", "团费标准",
        "月应交团费", "累计交纳团费",
    ),
    _ignored(
        "organization statistics", 4,
        "类别", "基层团委数", "基层团工委数", "团总支数", "团支部数", "团员数", "上年新发展团员数",
        "专职", "兼职", "挂职", "团干部数",
        "组织名称", "已建立组织总数", "已建立支部数", "空心团委数", "空心团支部数",
        "无团干团支部数", "已报到团员数", "已录入团干数", "转出中", "已转出", "待确认接收",
        "已接收", "及时响应率",
    ),
)  # fmt: skip
"""Dues are no part of the registry; totals by organisation are counted from its own rows. The
number is how many of the headings tell the table: one alone stands in many others."""


def doubtful(line: type[Line], match: Match, sheet: Sheet, where: Where) -> list[Finding]:
    """What is said of a table of which nothing says that it is of its kind: a list of all pupils
    has names and ID numbers as a roster has, and is refused."""
    if not line.signs or not line.signs.isdisjoint(match.fields):
        return []
    names = (sheet.file, *titles(sheet, match))
    texts = (*names, *match.headings.values(), *match.ignored)
    if any(LEAGUE in text for text in texts):
        return []
    pupils = next((text for text in texts if PUPILS.search(text)), None)
    if pupils is not None:
        return [Finding("sheet-of-pupils", {"text": pupils}, where=where)]
    # A branch that is called by its full name is no class of a school.
    column = match.fields.get("organization")
    body = sheet.rows[match.header + 1 : match.end] if column is not None else []
    if any(LEAGUE in first_text(cells[column:]) for _, cells in body[:FEW]):
        return []
    return [Finding("sheet-no-sign", {}, Level.WARNING, where)]
