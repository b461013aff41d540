"""Doubts about lists of what happened: it may only be planned, and somebody on the list of an event
may not have come."""

import re
from dataclasses import replace

from leaguectl.findings import Finding, Where
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import titles
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import (
    NO,
    begins_as_example_note_or_total,
    first_text,
    fold,
    folded,
    shown,
)

_EVENTS = frozenset({"activities", "participants", "trainings", "campaigns"})
_ATTENDED = frozenset({"participants", "trainings"})
_GIVEN = frozenset({"cadres", "groups", "pioneers", "bases", "discipline", "organizations"})
_PLANNED = re.compile(
    r".*(?:计划|安排|方案|日程|预告|预安排|报名|[拟应]参[加训会]|推荐|候选)(?:人员|学员|对象)?"
    r"(?:一览|汇总|统计|登记|情况)?(?:花?名册|名单|表|清单|台账)?(?:\(.*\))?"
)
"""How a list of what is still to come is called: 主题团日活动计划表, 培训班报名表."""
_PROPOSED = re.compile("(?<!模)拟(?!定)|候选|推荐(?:人选|对象|名单|表|汇总)|申报|提名|公示")
"""What a title says of those who may get a post, a badge or a measure."""
_ABSENT = re.compile(
    r"(?:缺席|缺勤|请假|未(?:能)?(?:参加|参训|参会|到会|到场|签到|到))(?:的?(?:人员|学员|团员))*"
    r"(?:情况)?(?:统计|登记)?(?:花?名册|名单|表)?(?:\(.*\))?$"
)


def event_doubts(sheet: Sheet, match: Match, where: Where) -> list[Finding]:
    """The finding about a list whose title says that nothing has happened yet, or that its people
    did not come."""
    said = titles(sheet, match)
    planned = _PLANNED.fullmatch if match.kind in _EVENTS else _PROPOSED.search
    for title, plain in zip(said, map(folded, said), strict=True):
        if match.kind in _ATTENDED and _ABSENT.search(plain):
            return [Finding("sheet-of-absent", {"title": title}, where=where)]
        if match.kind in _EVENTS | _GIVEN and planned(plain):
            facts = {"title": title, "kind": match.kind}
            return [Finding("sheet-planned", facts, where=where)]
    return []


_SIGNED = re.compile(
    "签到|签名|签字|到会|到场|出勤|考勤|(?:是否)?(?:参加|参训|参会|出席|到)(?:情况)?"
)
_NOTED = re.compile("备注|附注|说明|情况|请假|缺席")
_NOT_THERE = re.compile(
    r"(?<![未没无])(?:请假|缺席|缺勤|旷课|病假|事假|公假)|[未没](?:能|有)?(?:参加|参训|参会|到|来|签到)"
)
_NO = re.compile(rf"{NO}|缺|[未没].*", re.IGNORECASE)


def absences(sheet: Sheet, match: Match, where: Where) -> dict[int, Finding]:
    """Errors by the row that they are about: a remark or the column of signatures says that
    somebody on the list of an event did not come, or is blank where those of others are not."""
    if match.kind not in _ATTENDED:
        return {}
    read, found = {*match.fields.values()}, dict[int, Finding]()
    body = [
        (number, cells)
        for number, cells in sheet.rows[match.header + 1 : match.end]
        if not begins_as_example_note_or_total(first_text(cells))
    ]
    for column, cell in enumerate(sheet.rows[match.header][1]):
        heading = fold(shown(cell))
        is_signed = bool(_SIGNED.fullmatch(heading))
        if column in read or not (is_signed or _NOTED.search(heading)):
            continue
        texts = {row: shown(cells[column]) if column < len(cells) else "" for row, cells in body}
        named = match.fields.get("name", len(texts))
        people = {row: shown(cells[named]) for row, cells in body if named < len(cells)}
        is_filled = is_signed and any(texts.values())
        for row, text in texts.items():
            no = _NO.fullmatch(text) if is_signed else None
            said = no or _NOT_THERE.search(text)
            if people.get(row) and (said or (is_filled and not text)):
                letters = column_letters(column + sheet.first_column)
                place = replace(where, row=row, column=letters, heading=shown(cell))
                facts = {"heading": shown(cell)} | ({"words": said[0]} if said else {"blank": True})
                found[row] = Finding("remark-absent", facts, where=place)
    return found
