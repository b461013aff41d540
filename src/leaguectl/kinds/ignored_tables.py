"""Tables that offices send with rosters: known by their headings or titles, and not kept."""

import re

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds.line import Line
from leaguectl.reader import Sheet
from leaguectl.workbooks.headings import Column, Match, SheetKind, titles
from leaguectl.workbooks.texts import first_text

LEAGUE = "团"
"""The word in the title or a heading of a list of the League."""
FEW = 10
"""How many rows are searched for the name of a branch."""
PUPILS = re.compile("学生|新生|在校生|学籍|学号|考生|录取")
"""Words in the title or a heading of a list of all pupils."""
TITLED_OTHERWISE = re.compile(
    "签到|报名|活动|志愿|获奖|表彰|奖励|奖惩|荣誉|比赛|竞赛|参赛|捐[款赠献]|体检|接种|疫苗|[投参]保|"
    "保险|问卷|成绩|考勤|领取|发放|资助|助学|慰问|值班|座谈|参观|研学|夏令营|团费"
)
"""Words in the title of a list of those who took part in, paid or received something."""
HEADED_OTHERWISE = re.compile(
    "服务(时间|日期|时长|项目|内容)|活动(名称|时间|日期|地点|内容)|奖[项励]|获奖|授予|荣誉|参赛|名次|"
    "捐[款赠献]|应[交缴]|实[交缴]|[交缴][费纳]|成绩|得分|签到|报名|接种|[投参]保|保险|领取|签收|尺码"
)
"""The same in headings."""


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
"""Dues are not part of the registry; totals by organisation are counted from its own rows. The
number is how many of the headings identify the table: a single one occurs in many others."""


def doubtful(line: type[Line], match: Match, sheet: Sheet, where: Where) -> list[Finding]:
    """The finding about a table that nothing shows to be of its kind: a list of all pupils, or of
    those who took part in something, has names and ID numbers like a roster, and is refused."""
    if not line.signs or not line.signs.isdisjoint(match.fields):
        return []
    names = (sheet.file, *titles(sheet, match))
    otherwise = [text for text in names if TITLED_OTHERWISE.search(text)]
    otherwise += [text for text in match.ignored if HEADED_OTHERWISE.search(text)]
    if otherwise:
        return [Finding("sheet-of-others", {"text": otherwise[0]}, where=where)]
    texts = (*names, *match.headings.values(), *match.ignored)
    if any(LEAGUE in text for text in texts):
        return []
    pupils = next((text for text in texts if PUPILS.search(text)), None)
    if pupils is not None:
        return [Finding("sheet-of-pupils", {"text": pupils}, where=where)]
    # A branch given by its full name is not a class of a school.
    column = match.fields.get("organization")
    body = sheet.rows[match.header + 1 : match.end] if column is not None else []
    if any(LEAGUE in first_text(cells[column:]) for _, cells in body[:FEW]):
        return []
    return [Finding("sheet-no-sign", {}, Level.WARNING, where)]
