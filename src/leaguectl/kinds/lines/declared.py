"""How a line is declared: its columns, and the headings that several kinds share."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


def needed(*headings: str) -> Any:
    """A column that a sheet of this kind must have, and a row must fill."""
    return Field(json_schema_extra={"headings": list(headings)})


def optional(*headings: str) -> Any:
    """A column that may be there; a blank cell says nothing, it never erases."""
    return Field(default=None, json_schema_extra={"headings": list(headings)})


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
NUMBER = (
    "发展团员编号", "number", "新发展团员编号", "团员编号", "分配编号", "发展编号",
    "发展编号号段", "编号",
)  # fmt: skip
FORM = ("志愿书编号", "form", "入团志愿书编号", "入团志愿书", "志愿书", "是否有入团志愿书")
CERTIFICATE = ("团员证编号", "certificate", "团员证号", "证书编号")
PHONE = ("手机号码", "phone", "联系电话", "手机号", "移动电话", "联系方式", "电话")


class Line(BaseModel):
    """A line of a sheet, typed."""

    # A command has many kinds of line and builds those that it meets.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    kind: ClassVar[str]
    requires_any: ClassVar[frozenset[str]] = frozenset()
    """Fields of which a sheet of this kind has at least one, or a mark; none asked where empty."""
    marker_headings: ClassVar[tuple[str, ...]] = ()
    """Headings that tell this kind, though nothing is read from them."""
    not_if_two_of: ClassVar[frozenset[str]] = frozenset()
    """Where a sheet has two of these fields it is of a later kind."""
    except_with: ClassVar[str | None] = None
    """The field with which it is of this kind all the same."""
