"""What the title of a table says: which kind it is, and values for columns that it lacks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from leaguectl.kinds.activities import ACTIVITIES, ActivityLine, category_named
from leaguectl.kinds.cadres import VOLUNTEER
from leaguectl.kinds.cells import event_day
from leaguectl.kinds.participants import ParticipantLine
from leaguectl.kinds.sheet_facts import (
    BARE_DAY,
    branches_of_sheet,
    day_of_sheet,
    only_found,
    unit_of_sheet,
    year_named,
)
from leaguectl.kinds.trainings import TRAININGS, TrainingLine
from leaguectl.reader import Sheet
from leaguectl.workbooks.headings import titles
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import first_text, folded

_TITLE_ROWS = 5
_SESSION = re.compile(r".*(?:培训|研修|大练兵|青马|轮训|(?<!大)学习(?!雷锋)).*")
_HELD = re.compile(
    r".*(?:活动|团日|座谈|宣讲|团课|大会|会议|例会|仪式|研学|学雷锋|参观|讲座|报告会|分享会|交流会|"
    r"大学习|爱学习).*"
)
_SIGN_IN = re.compile(
    r"(?:(?:参训|参会|参加|参与|培训)?(?:人员|学员|团干部|团员)?(?:签到|报到|学员|参训|参会|参加|参与)"
    r"(?:人员|学员)?(?:表|册|簿|名单|名册|花名册|登记表|情况表)|(?:人员|学员)(?:名单|名册|花名册))$"
)
"""How a list of those who were at a training or an activity is called: …培训班签到表,
…培训班学员名单, …主题团日参加人员名单."""


_COUNTS = re.compile(
    r"(?:学习|参与|参加|参学|开展|活动)?(?:情况)?(?:统计|汇总|通报|登记|一览)?(?:情况)?"
    r"(?:统计表|汇总表|情况表|通报|登记表|一览表|通报表|统计|表)$"
)
"""How a list of the numbers of those who took part is called: 青年大学习第5期学习情况统计表."""


class TitledKind(NamedTuple):
    """A kind that the title of a sheet gives away, where its columns alone would be taken for
    another: the columns that the title may give instead, and those that must be there."""

    kind: str
    given: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    headings: Mapping[str, str] = {}
    """Fields of headings that say too little without the title, and where no other column has the
    field."""
    never: frozenset[str] = frozenset()
    """Headings of tables that are about something else."""


_OF_TRAINING = TitledKind(TrainingLine.kind, given=frozenset({"training", "category", "day"}))
_OF_ACTIVITY = TitledKind(ParticipantLine.kind, given=frozenset({"activity", "day"}))
_OF_ATTENDANCES = TitledKind(
    ActivityLine.kind, given=frozenset({"activity", "category", "day"}),
    needed=frozenset({"organization", "attendances"}),
)  # fmt: skip
_BY_TITLE = (
    (re.compile(r"(?!.*团员).*(?:团干部?|书记|支委|班子成员).*(?:名[册单]|花名册|表|台账)"),
     TitledKind("cadres", needed=frozenset({"post", "since"}))),
    (re.compile(r".*(?:组织|团籍)关系转[接出入移].*|.*学社衔接.*"),
     TitledKind("transfers", needed=frozenset({"to_home"}), headings={
         "所在团支部": "from_home", "所在团组织": "from_home", "团支部": "from_home",
         "班级": "from_home"})),
    (re.compile(r".*(?:活动|团日|团课|三会|会议).*(?:台账|记录表|记录簿|登记表|一览表|清单)"),
     TitledKind(
         ActivityLine.kind, given=frozenset({"organization", "category"}),
         needed=frozenset({"activity", "day"}), headings={
             "时间": "day", "日期": "day", "主题": "activity", "内容": "activity",
             "名称": "activity", "人数": "attendances", "实到": "attendances",
             "类别": "category", "类型": "category"},
         never=frozenset({"姓名", "团员姓名", "学生姓名", "身份证号", "身份证号码"}))),
    (re.compile(r".*(?:小组|联席会议|讲师团|专班)(?:组成)?(?:成员|人员|讲师)*(?:名单|名册|花名册)"),
     TitledKind("groups", given=frozenset({"group_name"}), needed=frozenset({"role", "name"}))),
    (re.compile(r".*述职.*"),
     TitledKind("reviews", given=frozenset({"year"}), needed=frozenset({"name", "grade"}),
                headings={"书记": "name", "团委书记": "name", "支部书记": "name"})),
    (re.compile(r".*发展.*(?:计划|名额|指标).*(?:分配|下达|分解).*"),
     TitledKind("quotas", given=frozenset({"year"}), needed=frozenset({"organization", "places"}),
                headings={"合计": "places", "总数": "places", "数量": "places"})),
)  # fmt: skip


def kinds_of_titles(sheet: Sheet) -> Iterator[TitledKind]:
    """The kinds that a sheet may have by its name or first rows, the likeliest first; none where
    they leave it open."""
    firsts = (first_text(cells) for _, cells in sheet.rows[:_TITLE_ROWS])
    for text in map(folded, (sheet.name, *firsts)):
        if _attended(text, _SESSION):
            yield _OF_TRAINING
        if _attended(text, _HELD):
            yield _OF_ACTIVITY
        if _attended(text, _HELD, _COUNTS):
            yield _OF_ATTENDANCES
        yield from (kind for words, kind in _BY_TITLE if words.fullmatch(text))


def _attended(title: str, called: re.Pattern[str], listed: re.Pattern[str] = _SIGN_IN) -> str:
    """The training or activity, ``called`` as such are, of which a title says that this is the list
    of those who were there, or how many they were."""
    text = BARE_DAY.sub("", folded(title))
    session = listed.sub("", text)
    return session if session != text and called.fullmatch(session) else ""


def values_of_titles(sheet: Sheet, match: Match) -> dict[str, Any]:
    """Values for missing columns that the titles of a table give for all its rows: 主题团日 above a
    list of activities is the category of all of them, 2024年 above a plan is its year,
    …培训班签到表（2024年10月15日） has a training and its day."""
    said, lacking, values = titles(sheet, match), match.missing, dict[str, Any]()
    if match.kind == ParticipantLine.kind:  # which may leave out what is recorded already
        lacking = lacking | ({"category", "host"} - match.fields.keys())
    if "year" in lacking:
        values["year"] = year_named(said) or year_named(match.headings.values())
    if "category" in lacking and match.kind in _CATEGORIES:
        values["category"] = category_named(said, _CATEGORIES[match.kind])
    if "group_name" in lacking:
        names = (_OF_GROUP.fullmatch(folded(title)) for title in said)
        values["group_name"] = next((found[1] for found in names if found), None)
    if match.kind in _SESSIONS:
        values |= _session_said(sheet, match, said)
    filled = {name: value for name, value in values.items() if value and name in lacking}
    return filled | _said_of_all(match, said)


def _session_said(sheet: Sheet, match: Match, said: Sequence[str]) -> dict[str, Any]:
    """What a title and the lines below it say of a training or an activity: how it is called, its
    day, who held it."""
    field, called, listed = _SESSIONS[match.kind]
    held = next(filter(None, (_attended(title, called, listed) for title in said)), "")
    day = day_of_sheet(sheet, match)
    is_exact = day is not None and day.is_exact
    values: dict[str, Any] = {"day": day.day if day is not None and is_exact else None}
    values["day"] = values["day"] or _event_said(sheet, match) or only_found(_DAY, said)
    held = _DAY.sub("", held) or held
    if match.kind == ParticipantLine.kind:
        branches = branches_of_sheet(sheet, match)
        branch = branches[0].branch if len(branches) == 1 else None
        host, held = _host_and_name(held)
        return values | {field: held, "host": branch or unit_of_sheet(sheet, match) or host}
    return values | {field: held, "organization": unit_of_sheet(sheet, match)}


def _said_of_all(match: Match, said: Sequence[str]) -> dict[str, Any]:
    """What titles and headings say of everybody in a table that has no column for it."""
    values: dict[str, Any] = {}
    if "left" in match.fields:
        reasons = {reason for text in said for word, reason in _LEAVING.items() if word in text}
        values |= {"leaving_reason": reasons.pop()} if len(reasons) == 1 else {}
    if match.headings.get("to_home", "").startswith("拟"):
        values["transfer_state"] = "pending"
    if "post" in match.fields and any(map(_OF_VOLUNTEERS.search, said)):
        values |= {"source": VOLUNTEER, "basis": "part-time"}
    return {name: value for name, value in values.items() if name not in match.fields}


_OF_GROUP = re.compile(
    r"(.*(?:小组|联席会议|讲师团|专班|委员会))(?:组成)?(?:成员|人员|讲师)*(?:名单|名册|表|一览表|花名册)"
)
"""How a list of the members of a group is called."""
_OF_VOLUNTEERS = re.compile(r"西部计划(?:志愿者)?兼任")
"""How a list of volunteers of the 西部计划 who hold posts is called."""


_DAY = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日")
"""A whole day within a title: 2024年3月5日学雷锋活动签到表."""


_HOST = re.compile(
    r"(.{2,}(?:支部|总支|团委|委员会|学校|中学|小学|学院|[一二三四五六七八九十]中|班))(.+)"
)


def _host_and_name(held: str) -> tuple[str | None, str]:
    """Who held an activity, where its title begins with that, and how it is called."""
    found = _HOST.fullmatch(held)
    return (found[1], found[2]) if found and _HELD.fullmatch(found[2]) else (None, held)


_EVENT = re.compile(r"(?:培训|举办|开班|会议|活动)?(?:时间|日期):(.+)")


def _event_said(sheet: Sheet, match: Match) -> str | None:
    """The day or days of an event after a label above the headings: 时间：2024年10月12日—14日."""
    above = sheet.rows[match.top : match.header - match.depth + 1]
    for found in (_EVENT.fullmatch(folded(cell)) for _, cells in above for cell in cells):
        with suppress(PydanticCustomError):
            if found and event_day(found[1]):
                return found[1]
    return None


_LEAVING = {"超龄离团": "超龄离团", "自愿退团": "自愿退团", "除名": "除名", "开除团籍": "开除团籍"}
"""Words in the title of a list of those who left that give the reason of all of them."""


_CATEGORIES = {
    ActivityLine.kind: ACTIVITIES, ParticipantLine.kind: ACTIVITIES, TrainingLine.kind: TRAININGS
}  # fmt: skip
_SESSIONS = {
    TrainingLine.kind: ("training", _SESSION, _SIGN_IN),
    ParticipantLine.kind: ("activity", _HELD, _SIGN_IN),
    ActivityLine.kind: ("activity", _HELD, _COUNTS),
}
"""The column with the name of a session, by kind, and how it and its list are called in a title."""
