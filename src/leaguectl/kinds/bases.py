"""Bases (教育基地): a row is a place where young people are taught."""

from datetime import date
from typing import ClassVar

from leaguectl.kinds.cells import AnyDay, Text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import Base


class BaseLine(Line):
    """A place of education, by its name."""

    kind = "bases"
    keys: ClassVar = frozenset({"site"})
    stored_as: ClassVar = {Base: {"site": "title"}}
    site: Text = required(
        "基地名称 | base | 教育基地 | 教育基地名称 | 实践基地 | 实践教育基地",
        example="云杉县烈士陵园",
    )
    base_type: Text = required(
        "基地类型 | base type | 基地类别 | 基地级别 || 类别 | 类型 | 级别",
        example="爱国主义教育基地",
    )
    address: Text | None = optional("地址 | address | 基地地址 | 详细地址", example="云杉县白桦镇")
    keeper: Text | None = optional(
        "管理单位 | keeper | 所属单位 | 依托单位 | 主管单位", example="云杉县退役军人事务局"
    )
    designated: AnyDay | None = optional(
        "命名时间 | designated | 命名日期 | 挂牌时间 | 授牌时间", example=date(2023, 3, 1)
    )


KIND = record_kind(BaseLine, Base, repeated="site", lifetime=Lifetime("designated"))
