"""How the columns of a sheet are declared, and the headings that several kinds share.

A kind is declared once, in the module of its name; recognition, typing, templates, messages and
exports come from it. Headings match after folding width, case, spaces, ``*`` and bracketed hints,
so they are written bare.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from leaguectl.model import DECLARATIONS, Entity

_OF_TYPE: Any = object()
"""The example of a column is that of its cell type."""


def required(*headings: str, example: Any = _OF_TYPE) -> Any:
    """A column that a sheet of this kind must have, and a row must fill.

    The first heading is the one that is written. ``example`` stands in the template where the
    example of the cell type would not fit the rest of its row; None leaves the cell empty.
    """
    return Field(json_schema_extra=_declared(headings, example))


def optional(*headings: str, example: Any = _OF_TYPE) -> Any:
    """A column that may be there; a blank cell says nothing, it never erases."""
    return Field(default=None, json_schema_extra=_declared(headings, example))


def _declared(headings: tuple[str, ...], example: Any) -> dict[str, Any]:
    declared: dict[str, Any] = {"headings": headings}
    return declared if example is _OF_TYPE else declared | {"example": example}


ID_NUMBER = (
    "身份证号", "id number", "身份证号码", "身份证", "证件号", "公民身份号码", "公民身份证号",
    "居民身份证号码", "证件号码", "居民身份证号", "公民身份证号码",
)  # fmt: skip
UNIT = (
    "学校", "unit", "学院", "院系", "单位", "工作单位", "学习工作单位", "所在单位", "所在学校",
)  # fmt: skip
BORN = ("出生日期", "born", "出生年月", "出生年月日", "生日", "出生时间")
SEX = ("性别", "sex")
BRANCH = (
    "所在团支部", "organization", "所在支部", "团籍所在团支部", "所在团组织", "班级",
    "所属支部", "所属团支部", "团组织名称", "团组织", "组织", "支部", "团支部",
)  # fmt: skip
ORGANIZATION = ("团组织", "organization", "团组织名称", "团组织全称", "学校", "单位")
NUMBER = (
    "发展团员编号", "number", "新发展团员编号", "团员编号", "分配编号", "发展编号",
    "发展编号号段", "编号",
)  # fmt: skip
FORM = ("志愿书编号", "form", "入团志愿书编号", "入团志愿书", "志愿书", "是否有入团志愿书")
CERTIFICATE = ("团员证编号", "certificate", "团员证号", "证书编号")
PHONE = ("手机号码", "phone", "联系电话", "手机号", "移动电话", "联系方式", "电话")

EXAMPLE_BRANCH = "高一（1）班团支部"
EXAMPLE_UNIT = "云杉县第一中学"
EXAMPLE_COMMITTEE = "共青团云杉县委员会"

COMPARED = frozenset({"unit", "born", "sex"})
"""Columns that are read to find or to doubt what the others say, and are stored nowhere."""


class Line(BaseModel):
    """A line of a sheet, typed."""

    # A command has many kinds of line and builds those that it meets.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    kind: ClassVar[str]
    requires_any: ClassVar[frozenset[str]] = frozenset()
    """Fields of which a sheet of this kind has at least one, or a mark; none is asked for where
    this is empty."""
    marker_headings: ClassVar[tuple[str, ...]] = ()
    """Headings that tell this kind, though nothing is read from them."""
    not_if_two_of: ClassVar[frozenset[str]] = frozenset()
    """Where a sheet has two of these fields it is of a later kind."""
    except_with: ClassVar[str | None] = None
    """The field with which it is of this kind all the same."""
    stored_as: ClassVar[Mapping[type[Entity], Mapping[str, str]]] = {}
    """Columns whose field in an entity has another name."""


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
    kept = DECLARATIONS[entity].fields.keys() - {"id", "operation"}
    # The name of a person at a training is no name of the training.
    columns = [column for column in line.model_fields if column not in names.values()]
    named = ((column, names.get(column, column)) for column in columns)
    return tuple((column, field) for column, field in named if field in kept)
