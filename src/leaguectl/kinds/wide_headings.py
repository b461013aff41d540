"""How wide tables are headed: what a heading gives for the rows of its column, and which field the
column below it is."""

import re
from collections.abc import Callable
from typing import NamedTuple

from leaguectl.kinds.assessments import AssessmentLine
from leaguectl.kinds.cadres import CadreLine
from leaguectl.kinds.registrations import RegistrationLine
from leaguectl.kinds.surveys import STAGES, SurveyLine

Given = tuple[tuple[str, str], ...]
"""What a heading gives for the rows of its column, by field."""


class Wide(NamedTuple):
    """How the wide tables of a kind are headed."""

    kind: str
    read: Callable[[str, str], tuple[Given, str] | None]
    """From a heading, and the titles of the table, to what it gives and the field of its column;
    None for any other heading."""
    given: frozenset[str]
    """The fields that headings give,"""
    values: frozenset[str]
    """and those of the columns below them."""
    personal: frozenset[str] = frozenset()
    """Columns about the person of a row, which is nobody in particular where it names several."""
    never: frozenset[str] = frozenset()
    """Headings of tables that are about something else."""


_YEAR = r"((?:19|20)\d{2})年?(?:度)?"
_OF_YEAR = re.compile(f"{_YEAR}(.*)")
_BY_YEAR = re.compile(f"(.+?){_YEAR}")
REGISTRATION = {
    "is_registered": re.compile("(?:团员)?(?:年度)?(?:团籍)?(?:是否)?注册(?:情况|结果|与否)?"),
    "grade": re.compile("(?:团员)?(?:教育|民主)?评议(?:等次|等级|结果|情况)?"),
}


def _registration(heading: str, said: str) -> tuple[Given, str] | None:
    """2023年度注册, 2023年评议等次, 评议等次 over 2023年; a bare 2023年度 in a table about
    registrations."""
    if found := _OF_YEAR.fullmatch(heading):
        year, words = found.groups()
    elif found := _BY_YEAR.fullmatch(heading):
        words, year = found.groups()
    else:
        return None
    given = (("year", year),)
    if not words:
        return (given, "is_registered") if "注册" in said else None
    called = (field for field, known in REGISTRATION.items() if known.fullmatch(words))
    return next(((given, field) for field in called), None)


_OF_MARKS = re.compile("考核|考评|评分|打分|得分|测评")
SUM = re.compile("(?:考核|评审|最终|综合|合计)?(?:总分|总得分|得分|合计|总计|小计|总成绩)")
_NO_ITEM = re.compile(
    "序号?|编号|平均分|得分率|总评|排名|名次|位次|等次|等级|评定.*|备注|说明|联系.*|.*电话|扣分|减分|"
    "(?:去年|上年|(?:19|20)[0-9]{2}年).*|.*(?:[人次票总部员]数|人次|率|占比|比例|年龄|系数|权重|折算)|"
    ".*[0-9]%.*"
)
"""Numbers that are no marks, and marks by weights, which cannot be added up."""
_OF_PEOPLE = frozenset(
    {"姓名", "身份证号", "身份证号码", "书记姓名", "述职人", "团干部姓名", "团员姓名"}
)
"""Headings of marks that people got."""
_FULL = re.compile(r"[(\[](?:满分|分值)?[:：]?([0-9]+(?:\.[0-9]+)?)分?[)\]]")
_SELF = re.compile("(.+?)(自评得?分?|(?:考核|评审|复核|县评|实际)?得分)")


def _assessment(heading: str, said: str) -> tuple[Given, str] | None:
    """组织建设（20分） in a table of marks, and 自评分 below it."""
    item, full, field = _FULL.sub("", heading), _FULL.search(heading), "score"
    if not _OF_MARKS.search(said) or SUM.fullmatch(item) or _NO_ITEM.fullmatch(item):
        return None
    if whose := _SELF.fullmatch(item):
        item, field = whose[1], "self_score" if whose[2].startswith("自评") else field
    given = (("item", item), *((("full", full[1]),) if full else ()))
    return (given, field) if item and not SUM.fullmatch(item) else None


_COUNTED = {"学生": "students", "青年": "youth", "团员": "members"}
_STAGES = sorted((word for words in STAGES.values() for word in words), key=len, reverse=True)
_OF_STAGE = re.compile(rf"({'|'.join(_STAGES)})(学生|青年|团员)(?:总?人?数|总数)")


def _survey(heading: str, _said: str) -> tuple[Given, str] | None:
    """初中学生数, 初中团员数."""
    found = _OF_STAGE.fullmatch(heading)
    return ((("stage", found[1]),), _COUNTED[found[2]]) if found else None


_POST = re.compile(
    "(?:新任|现任)?((?:团?(?:支部|总支|委))?(?:副?书记|副?支书|[一-龥]{0,2}委员))"
    "(姓名|(?:联系)?电话|手机号?码?|联系方式|身份证号?码?)?"
)
_OF_HOLDER = {"": "name", "姓": "name", "身": "id_number"}
"""The field of a word behind a post, by its first sign; any other is a phone."""


def _post(heading: str, _said: str) -> tuple[Given, str] | None:
    """书记, 组织委员姓名, 书记 over 联系电话."""
    if (found := _POST.fullmatch(heading)) is None:
        return None
    return (("post", found[1]),), _OF_HOLDER.get((found[2] or "")[:1], "phone")


WIDE = (
    Wide(
        RegistrationLine.kind, _registration, frozenset({"year"}),
        frozenset({"is_registered", "grade"}), personal=frozenset({"registered"}),
    ),
    Wide(
        AssessmentLine.kind, _assessment, frozenset({"item", "full"}),
        frozenset({"score", "self_score"}), never=_OF_PEOPLE,
    ),
    Wide(SurveyLine.kind, _survey, frozenset({"stage"}), frozenset(_COUNTED.values())),
    Wide(
        CadreLine.kind, _post, frozenset({"post"}), frozenset({"name", "phone", "id_number"}),
        personal=frozenset({"id_number", "phone", "basis", "source", "duty", "until"}),
    ),
)  # fmt: skip
