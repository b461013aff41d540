"""How the columns of a sheet are declared, and the headings that several kinds share.

A kind is declared once, in the module of its name; recognition, typing, templates, messages and
exports come from it. Headings match after folding width, case, spaces, ``*`` and bracketed hints,
so they are written bare.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from leaguectl.model import DECLARATIONS, Entity
from leaguectl.workbooks.texts import fold

OF_TYPE: Any = object()
"""A column without an example of its own takes that of its cell type."""


class Declared(NamedTuple):
    """What is declared about a column besides its type: its headings, of which templates and
    exports write the first, its value in the template's example (None: nothing), those of its
    headings that only count where no other column has the field, and whether it only passes between
    registries."""

    headings: tuple[str, ...]
    example: Any = OF_TYPE
    weak: frozenset[str] = frozenset()
    is_carried: bool = False


def required(headings: str = "", *, example: Any = OF_TYPE) -> Any:
    """A column that a sheet of this kind must have, and a row must fill.

    Headings are written with ``|`` between them, and with ``||`` before those that only count where
    no other column has the field: 转往单位 where there is no 转入团组织. They and the example are
    those of :data:`SHARED` where they are left out.
    """
    return Field(json_schema_extra=_extra(headings, example))


def optional(headings: str = "", *, example: Any = OF_TYPE) -> Any:
    """A column that may be there; a blank cell says nothing, it never erases."""
    return Field(default=None, json_schema_extra=_extra(headings, example))


def carried(headings: str = "") -> Any:
    """A column that only passes between registries, in a kind that offices fill in: no template has
    it, and an export only together with the kinds that do the same."""
    extra: Any = {"declared": _declare(headings)._replace(is_carried=True)}
    return Field(default=None, json_schema_extra=extra)


def _extra(headings: str, example: Any) -> Any:
    return {"declared": _declare(headings, example)}


def _declare(headings: str, example: Any = OF_TYPE) -> Declared:
    strong, _, weak = headings.partition(" || ")
    names, more = (tuple(part.split(" | ")) if part else () for part in (strong, weak))
    return Declared(names + more, example, frozenset(more))


COMMITTEE = "共青团云杉县委员会"
"""The committee of the county from which the examples are taken."""

_PLACES = (
    "所在村", "村", "村/社区", "村、社区", "村社区", "所在村/社区", "所在社区", "车间",
)  # fmt: skip
PLACES = frozenset(map(fold, _PLACES))
"""Headings of places that have a branch each."""

SHARED: dict[str, Declared] = {
    "organization": _declare(
        "所在团支部 | organization | 所在支部 | 团籍所在团支部 | 所在团组织 | 班级 | "
        "所属支部 | 所属团支部 | 团组织名称 | 团组织 | 组织 | 支部 | 团支部 | 所在班级 | "
        "班级名称 | 所属班级 | 团支部名称 | 所在团支部全称 | 所在团组织全称 | 所属团组织 || "
        "团支部全称 | 转入班级 | 现所在班级 | 现班级 | 所在班 | 班级支部 | 班级团支部 | "
        "所在班级/支部 | 班级/支部 | 学生班级 | 就读班级 | 所在行政班 | 行政班级 | 学校班级 | "
        "学校及班级 | 学校、班级 | 所在学校班级 | 所在学校及班级 | " + " | ".join(_PLACES),
        "高一（1）班团支部",
    ),
    "id_number": _declare(
        "身份证号 | id number | 身份证号码 | 身份证 | 证件号 | 公民身份号码 | 公民身份证号 | "
        "居民身份证号码 | 证件号码 | 居民身份证号 | 公民身份证号码 | 身份证件号 | "
        "身份证件号码 || 公民身份证 | 有效证件号码 | 有效身份证件号码"
    ),
    "unit": _declare(
        "学校 | unit | 学院 | 院系 | 单位 | 工作单位 | 学习工作单位 | 所在单位 | 所在学校 || "
        "单位名称 | 学校名称 | 就读学校 | 所属学校 | 所属单位",
        "云杉县第一中学",
    ),
    "born": _declare("出生日期 | born | 出生年月 | 出生年月日 | 生日 | 出生时间", date(2007, 3, 1)),
    "sex": _declare("性别 | sex"),
    "number": _declare(
        "发展团员编号 | number | 新发展团员编号 | 团员编号 | 分配编号 | 发展编号 | "
        "发展编号号段 | 编号 | 团员发展编号 | 入团编号"
    ),
    "form": _declare(
        "志愿书编号 | form | 入团志愿书编号 | 入团志愿书 | 志愿书 | 是否有入团志愿书 | "
        "入团志愿书号 | 志愿书号 || 志愿书编码 | 入团志愿书编码"
    ),
    "certificate": _declare(
        "团员证编号 | certificate | 团员证号 | 证书编号 | 团员证 | 是否有团员证 | "
        "团员证发放情况 || 团员证编码 | 团员证号码"
    ),
    "phone": _declare(
        "手机号码 | phone | 联系电话 | 手机号 | 移动电话 | 联系方式 | 电话 || 手机 | "
        "电话号码 | 联系手机 | 手机电话 | 个人联系电话 | 移动电话号码"
    ),
    "applied": _declare(
        "申请入团时间 | applied | 申请时间 | 提交申请书时间 | 入团申请时间 | "
        "递交入团申请书时间 || 递交申请书时间 | 提交入团申请书时间 | 递交入团申请时间 | "
        "申请书递交时间 | 入团申请书递交时间 | 提出入团申请时间 | 提出申请时间 | "
        "入团申请书时间",
        date(2022, 9, 10),
    ),
    "activist": _declare(
        "积极分子时间 | activist | 确定积极分子时间 | 入团积极分子时间 | "
        "确定为积极分子时间 | 列为积极分子时间 || 确定为入团积极分子时间 | "
        "确定入团积极分子时间 | 列为入团积极分子时间 | 被确定为积极分子时间 | "
        "被确定为入团积极分子时间 | 积极分子确定时间 | 入团积极分子确定时间",
        date(2022, 10, 10),
    ),
    "candidate": _declare(
        "发展对象时间 | candidate | 确定发展对象时间 | 推荐发展对象时间 || "
        "确定为发展对象时间 | 列为发展对象时间 | 被确定为发展对象时间 | "
        "确定为入团发展对象时间 | 确定入团发展对象时间 | 发展对象确定时间",
        date(2023, 3, 1),
    ),
    "course_hours": _declare(
        "团课学时 | course hours | 学时 | 团课学习学时 || 团课学习情况 | 参加团课学时 | "
        "团课学习时长 | 团课课时 | 团课时长 | 团课学时数 | 学习团课学时 | 团课学习课时"
    ),
    "introducer_1": _declare(
        "介绍人一 | introducer 1 | 入团介绍人一 | 介绍人1 | 入团介绍人1", "李示范"
    ),
    "introducer_2": _declare(
        "介绍人二 | introducer 2 | 入团介绍人二 | 介绍人2 | 入团介绍人2", "王示范"
    ),
    "due": _declare(
        "应到人数 | due | 应到 | 应到会人数 || 应到团员数 | 应到会团员数 | 应到团员人数 | "
        "应到有表决权人数 | 应到会有表决权团员数 | 应到有表决权团员数 | 应到会有表决权人数"
    ),
    "present": _declare(
        "实到人数 | present | 实到 | 实到会人数 || 实到团员数 | 实到会团员数 | "
        "实到团员人数 | 实到有表决权人数 | 到会人数 | 实到会有表决权团员数 | "
        "实到有表决权团员数 | 实到会有表决权人数",
        28,
    ),
    "in_favour": _declare(
        "赞成票数 | in favour | 赞成 | 赞成票 | 同意票数 | 赞成人数 | 同意人数 || 同意 | "
        "同意票 | 赞成数 | 同意数",
        27,
    ),
    "approved": _declare(
        "审批时间 | approved | 批准时间 || 上级团委审批时间 | 上级审批时间 | 团委审批时间 | "
        "团委批准时间 | 上级团委批准时间 | 上级批准时间 | 县团委审批时间 | 团县委审批时间 | "
        "基层团委审批时间 | 上级团组织审批时间 | 上级团委审批通过时间",
        date(2023, 4, 20),
    ),
    "talked": _declare("谈话时间 | talked | 派人谈话时间", date(2022, 9, 20)),
    "service_hours": _declare(
        "志愿服务时长 | service hours | 志愿时长 || 志愿服务时数 | 志愿服务小时数 | "
        "参加志愿服务时长 | 累计志愿服务时长 | 志愿服务学时 | 志愿服务小时",
        20,
    ),
    "notice_from": _declare("公示开始 | notice from | 公示开始时间", date(2023, 3, 6)),
    "notice_to": _declare("公示结束 | notice to | 公示结束时间", date(2023, 3, 10)),
    "approved_by": _declare(
        "审批单位 | approved by | 审批团组织 || 批准单位 | 审批机关 | 批准团组织 | 批准团委",
        COMMITTEE,
    ),
    "route": _declare("入团方式 | route"),
    "seen": _declare("首次在册日期 | first on roster", None),
}
"""Columns that stand in sheets of several kinds, by field."""

ORGANIZATION = (
    "团组织 | organization | 团组织名称 | 团组织全称 | 学校 | 单位 || 单位名称 | 学校名称"
)
"""Headings that sheets of the county's work use for the organisation a row is about."""


COMPARED = frozenset({"unit", "born", "sex"})
"""Columns that are read only to find records or to check other columns; they are not stored."""


class Line(BaseModel):
    """A line of a sheet, typed."""

    # There are many kinds of line; a command builds only those that it needs.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    kind: ClassVar[str]
    keys: ClassVar[frozenset[str]]
    """The columns that identify what a row is about; where all are blank it is about nobody.
    Columns that offices fill down a whole sheet (a year, a school, a running number) are not
    keys."""
    signs: ClassVar[frozenset[str]] = frozenset()
    """Columns that only members fill: a table with one of them is a roster. Kinds that are no
    rosters have none."""
    requires_any: ClassVar[frozenset[str]] = frozenset()
    """A sheet of this kind has at least one of these fields, or a marker heading. Empty: nothing is
    required."""
    marker_headings: ClassVar[tuple[str, ...]] = ()
    """Headings that identify this kind, though nothing is read from them."""
    not_if_two_of: ClassVar[frozenset[str]] = frozenset()
    """A sheet that has two of these fields is of a later kind."""
    except_with: ClassVar[str | None] = None
    """The field with which it is of this kind all the same."""
    stored_as: ClassVar[Mapping[type[Entity], Mapping[str, str]]] = {}
    """Columns whose field in an entity has another name."""


def declared(line: type[Line], field: str) -> Declared:
    """What is declared of a column of a line."""
    extra: Any = line.model_fields[field].json_schema_extra
    own, shared = extra["declared"], SHARED.get(field, Declared(()))
    named = own if own.headings else shared
    example = shared.example if own.example is OF_TYPE else own.example
    return named._replace(example=example, is_carried=own.is_carried)


def shared_fields(line: type[Line], entity: type[Entity]) -> tuple[tuple[str, str], ...]:
    """The columns of a line that an entity keeps, each with the name of the field there, in the
    order of the columns.

    No list of columns is written by hand: what a kind declares and its entity has is stored,
    compared and exported.
    """
    key: Any = (line, entity)  # mypy takes no class with slots for hashable
    return _shared_fields(*key)


@cache
def _shared_fields(line: type[Line], entity: Any) -> tuple[tuple[str, str], ...]:
    names = line.stored_as.get(entity, {})
    stored = DECLARATIONS[entity].fields.keys() - {"id", "operation"}
    # The name of a person at a training is no name of the training.
    columns = [column for column in line.model_fields if column not in names.values()]
    named = ((column, names.get(column, column)) for column in columns)
    return tuple((column, field) for column, field in named if field in stored)


def precision_field(entity: type[Entity] | type[None], field: str) -> str | None:
    """The field that says whether the day or the month alone is known, where there is one."""
    name = f"{field}_precision"
    declared_fields = DECLARATIONS[entity].fields if issubclass(entity, Entity) else {}
    return name if name in declared_fields else None
