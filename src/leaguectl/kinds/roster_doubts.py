"""Doubts whether a table with the columns of a roster is one: its people may have left, may be no
members yet, or have only taken part in something."""

import re
from dataclasses import replace

from leaguectl.findings import Finding, Level, Where
from leaguectl.kinds.members import MemberLine
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import titles
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import (
    NO,
    first_text,
    fold,
    folded,
    has_id_number,
    is_blank,
    is_list_of_former,
    is_list_of_nonmembers,
    says_who_left,
    shown,
)

_LEAGUE = "团"
"""The word in the title or a heading of a list of the League."""
_FEW = 10
"""How many rows are searched for the name of a branch."""
_PUPILS = re.compile("学生|新生|在校生|学籍|学号|考生|录取")
"""Words in the title or a heading of a list of all pupils."""
_TITLED_OTHERWISE = re.compile(
    "签到|报名|活动|志愿|获奖|表彰|奖励|奖惩|荣誉|比赛|竞赛|参赛|捐[款赠献]|体检|接种|疫苗|[投参]保|"
    "保险|问卷|成绩|考勤|考核|考评|评[分议]|测评|积分|注册|优秀|先进|标兵|十佳|之星|领取|发放|资助|助学|慰问|值班|座谈|参观|研学|夏令营|团费"
)
"""Words in the title of a list of those who took part in, paid or received something."""
_HEADED_OTHERWISE = re.compile(
    "服务(时间|日期|时长|项目|内容)|活动(名称|时间|日期|地点|内容)|奖[项励]|获奖|授予|荣誉|参赛|名次|"
    "捐[款赠献]|应[交缴]|实[交缴]|[交缴][费纳]|成绩|得分|总分|评分|积分|[0-9]+分[)）]|签到|报名|接种|[投参]保|保险|领取|签收|尺码"
)
"""The same in headings."""
_NOT_YET = ("拟", "待", "非团员")


def roster_doubts(sheet: Sheet, match: Match, where: Where, *, is_placed: bool) -> list[Finding]:
    """The finding about a table that nothing shows to be a roster of members. Where a user named
    the branch of its rows (``is_placed``), only what its title says outright counts."""
    if match.kind != MemberLine.kind:
        return []
    said = titles(sheet, match)
    former = [
        text
        for text in map(folded, said)
        if is_list_of_former(text) or (says_who_left(text) and not text.startswith(_NOT_YET))
    ]
    if former and "left" not in match.fields:
        return [Finding("sheet-of-former", {"title": former[0]}, where=where)]
    if not MemberLine.signs.isdisjoint(match.fields):
        return []
    if is_list_of_nonmembers(said[-1]):
        return [Finding("sheet-of-nonmembers", {"title": said[-1]}, where=where)]
    return [] if is_placed else _without_signs(sheet, match, where)


def _without_signs(sheet: Sheet, match: Match, where: Where) -> list[Finding]:
    """What a table without a column that only members fill seems to be: a list of all pupils, or of
    those who took part in something, has names and ID numbers too."""
    names = (sheet.file, *titles(sheet, match))
    otherwise = [text for text in names if _TITLED_OTHERWISE.search(text)]
    otherwise += [text for text in match.ignored if _HEADED_OTHERWISE.search(text)]
    if otherwise:
        return [Finding("sheet-of-others", {"text": otherwise[0]}, where=where)]
    texts = (*names, *match.headings.values(), *match.ignored)
    if any(_LEAGUE in text for text in texts):
        return []
    pupils = next((text for text in texts if _PUPILS.search(text)), None)
    if pupils is not None:
        return [Finding("sheet-of-pupils", {"text": pupils}, where=where)]
    # A branch given by its full name is not a class of a school.
    column = match.fields.get("organization")
    body = sheet.rows[match.header + 1 : match.end] if column is not None else []
    if any(_LEAGUE in first_text(cells[column:]) for _, cells in body[:_FEW]):
        return []
    return [Finding("sheet-no-sign", {}, Level.WARNING, where)]


def row_doubts(sheet: Sheet, match: Match, where: Where) -> dict[int, Finding]:
    """Findings of a roster by the row that they are about: its person is said not to be a member,
    or not said to be one."""
    if match.kind != MemberLine.kind:
        return {}
    return _unsaid_memberships(sheet, match, where) | _ticked_nonmembers(sheet, match, where)


def _unsaid_memberships(sheet: Sheet, match: Match, where: Where) -> dict[int, Finding]:
    """Of somebody the column 政治面貌 or 是否团员 says nothing, nor any other that only members
    fill, though it does of others."""
    column = match.fields.get("politics")
    if column is None:
        return {}
    signs = [match.fields[field] for field in MemberLine.signs & match.fields.keys()]
    body, heading = sheet.rows[match.header + 1 : match.end], match.headings["politics"]
    if not any(shown(cells[column]) for _, cells in body if column < len(cells)):
        return {}
    level = Level.ERROR if heading.startswith("是否") else Level.WARNING
    at = replace(where, column=column_letters(column + sheet.first_column), heading=heading)
    return {
        number: Finding("membership-unsaid", {"heading": heading}, level, replace(at, row=number))
        for number, cells in body
        if has_id_number(cells)
        and all(is_blank(cells[sign]) for sign in signs if sign < len(cells))
    }


_NO_MEMBERS = frozenset({"群众", "非团员", "少先队员", "青年群众", "积极分子", "入团积极分子"})
"""Headings of columns in which a tick says that somebody is no member."""
_NO = re.compile(NO, re.IGNORECASE)


def _ticked_nonmembers(sheet: Sheet, match: Match, where: Where) -> dict[int, Finding]:
    """A tick stands under 群众."""
    ticked: dict[int, Finding] = {}
    headings = enumerate(sheet.rows[match.header][1])
    columns = {at: fold(text) for at, cell in headings if (text := shown(cell))}
    for column, heading in columns.items():
        if heading not in _NO_MEMBERS:
            continue
        letters = column_letters(column + sheet.first_column)
        for number, cells in sheet.rows[match.header + 1 : match.end]:
            cell = cells[column] if column < len(cells) else ""
            is_ticked = not is_blank(cell) and not _NO.fullmatch(shown(cell))
            if is_ticked and has_id_number(cells):
                place = replace(where, row=number, column=letters, heading=heading)
                ticked[number] = Finding("politics-not-member", {"politics": heading}, where=place)
    return ticked
