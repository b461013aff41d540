"""Columns that hold several fields: both introducers, the count of a vote, the days of a notice, an
organisation with a post in it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from leaguectl.kinds.cells import days_of_event
from leaguectl.workbooks.rows import Rows
from leaguectl.workbooks.texts import folded

Parts = Sequence[Any]


class Combined(NamedTuple):
    """A column of several fields: its headings, the fields, and how a cell is split into as many
    parts. A cell that cannot be split stays whole, and is refused where it is typed."""

    headings: str
    fields: tuple[str, ...]
    split: Callable[[Any], Parts]


_BETWEEN_NAMES = re.compile(r"[、，,;；/|\n]+")


def two_names(cell: Any) -> Parts:
    """Two names: ``张三、李四``, or ``张三 李四``. More than two are not split, nor is a name that
    may be one with a blank in it: ``张 三``."""
    text = unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""
    names = [name.strip() for name in _BETWEEN_NAMES.split(text) if name.strip()]
    if len(names) == 1 and all(len(word) > 1 for word in text.split()):
        names = text.split()
    if len(names) == 1:
        return (cell, None)
    return names if len(names) == 2 else ("、".join(names),) * 2 if names else (cell, cell)


_COUNTS = {
    "due": "应到?会?",
    "present": "实到|(?<!应)到会|出席|参会",
    "in_favour": "赞成|同意|通过",
}
_COUNT = r"(?:[^\d反弃]{0,8})(\d+)"


def count_of_vote(cell: Any) -> Parts:
    """Due, present, in favour: ``应到35人，实到33人，赞成33票``, or three numbers in this order."""
    text = folded(cell)
    named = [re.search(rf"(?:{words}){_COUNT}", text) for words in _COUNTS.values()]
    if all(named):
        return [found[1] for found in named if found]
    numbers = re.findall(r"\d+", text)
    return numbers if len(numbers) == 3 and not any(named) else (cell,) * 3


_HOME_AND_POST = re.compile("(.*(?:委员会|团委|团工委|总支|支部))(.+)")


def home_and_post(cell: Any) -> Parts:
    """An organisation and a post in it: ``桥头村团支部书记``."""
    text = "".join(cell.split()) if isinstance(cell, str) else ""
    found = _HOME_AND_POST.fullmatch(text)
    return found.groups() if found else (cell, cell)


_NAME_AND_NUMBER = re.compile(
    r"([^0-9]*[^0-9：:、，,/\s(（])[：:、，,/\s(（]*([0-9]{17}[0-9xX])[)）]?"
)


def name_and_id_number(cell: Any) -> Parts:
    """A name with an ID number behind it: ``王小明 658899200703010013``."""
    found = _NAME_AND_NUMBER.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return found.groups() if found else (cell, cell)


def two_days(cell: Any) -> Parts:
    """The first and the last day: ``2023.3.6-3.10``."""
    try:
        return days_of_event(cell)
    except PydanticCustomError:
        return cell, cell


COMBINED = (
    Combined(
        "介绍人 | 入团介绍人 | 两名介绍人 | 介绍人1、介绍人2",
        ("introducer_1", "introducer_2"),
        two_names,
    ),
    Combined("培养联系人 | 两名培养联系人", ("contact_1", "contact_2"), two_names),
    Combined(
        "表决情况 | 表决结果 | 支部大会表决情况 | 大会表决情况 | 投票情况 | 票决情况 | "
        "应到/实到/赞成 | 应到、实到、赞成 | 应到实到赞成 | 应到/实到/同意",
        ("due", "present", "in_favour"),
        count_of_vote,
    ),
    Combined(
        "公示时间 | 公示起止时间 | 公示期 | 公示日期 | 公示起止日期 | 公示时段 | 公示情况",
        ("notice_from", "notice_to"),
        two_days,
    ),
    Combined(
        "单位及职务 | 单位职务 | 单位及团内职务 | 任职单位及职务 | 工作单位及职务 | 团组织及职务 | "
        "所在团组织及职务 | 所在单位及职务 | 所在团支部及职务 | 团支部及职务 | 支部及职务",
        ("organization", "post"),
        home_and_post,
    ),
    Combined(
        "姓名及身份证号 | 姓名身份证号 | 姓名、身份证号 | 姓名/身份证号 | 姓名及身份证号码 | "
        "姓名和身份证号 | 姓名和身份证号码 | 姓名、身份证号码 | 姓名身份证号码 | "
        "团员姓名及身份证号",
        ("name", "id_number"),
        name_and_id_number,
    ),
)


def combined_of(fields: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The headings of columns that hold several of these fields, each with its fields."""
    return {
        heading.strip(): column.fields
        for column in COMBINED
        if {*column.fields} <= {*fields}
        for heading in column.headings.split("|")
    }


def split_columns(rows: Rows, used: Sequence[tuple[str, ...]]) -> Rows:
    """The rows with the columns of several fields split into one for each of them."""
    splitters: Mapping[tuple[str, ...], Any] = {each.fields: each.split for each in COMBINED}
    columns = [*rows.cells]
    for fields in used:
        parts = [
            splitters[fields](cell) if cell not in ("", None) else (None,) * len(fields)
            for cell in rows.column(fields[0])
        ]
        for index, field in enumerate(fields):
            columns[rows.positions[field]] = [part[index] for part in parts]
    return replace(rows, cells=columns)
