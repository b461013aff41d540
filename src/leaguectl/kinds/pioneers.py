"""Pioneers (红领巾争章): a row is a badge that a Young Pioneer has won."""

from datetime import date
from typing import ClassVar

from leaguectl.kinds.cells import AnyDay, Name, Text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import Badge


class PioneerLine(Line):
    """A badge of a Young Pioneer. Schools without a League organisation have pioneers too."""

    kind = "pioneers"
    keys: ClassVar = frozenset({"name"})
    name: Name = required("姓名 | name | 队员姓名 | 少先队员姓名")
    school: Text = required("学校 | school | 所在学校 | 学校名称", example="云杉县第三中学")
    squad: Text | None = optional(
        "中队 | squad | 所在中队 | 中队名称 || 班级 | 所在班级", example="初一（1）中队"
    )
    badge: Text = required(
        "红领巾争章 | badge | 奖章 | 奖章名称 | 争章 | 争章等级 | 所获奖章 | 星章", example="一星章"
    )
    awarded: AnyDay | None = optional(
        "颁章时间 | awarded | 推优时间 | 争章时间 | 获章时间 | 颁章日期 || 获得时间 | 授章时间 | "
        "获奖时间 | 授予时间",
        example=date(2023, 5, 30),
    )


KIND = record_kind(PioneerLine, Badge, repeated="name", lifetime=Lifetime("awarded"))
