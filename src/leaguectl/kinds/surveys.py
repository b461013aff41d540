"""Surveys: a row is what an organisation counted of one stage in a year.

Stages are counted separately: the pupils of graduating classes are not in the row of their school's
other classes.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import RowPlan
from leaguectl.kinds.cells import Count, Text, Year
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import ORGANIZATION, Line, optional, required
from leaguectl.model import Organization, Survey

STAGES = {
    "junior graduating": ("初中毕业班",),
    "senior graduating": ("高中毕业班",),
    "junior middle": ("初中",),
    "senior middle": ("高中", "普通高中"),
    "vocational": ("中职", "中等职业"),
    "youth": ("青年",),
}

Stage = Annotated[str, BeforeValidator(Choice(STAGES))]


class SurveyLine(Line):
    """How many students and young people an organisation counted."""

    kind = "surveys"
    keys: ClassVar = frozenset({"organization"})
    requires_any: ClassVar = frozenset({"students", "youth", "members"})
    year: Year = required("年度 | year | 年份 | 摸底年度")
    organization: Text = required(ORGANIZATION, example="共青团云杉县第三中学委员会")
    stage: Stage | None = optional("学段 | stage | 阶段 | 类别")
    students: Count | None = optional(
        "学生数 | students | 学生人数 | 在校学生数 || 学生总数 | 在校生数 | 在校学生人数 | "
        "学生总人数",
        example=450,
    )
    youth: Count | None = optional(
        "青年数 | youth | 青年人数 | 14至28周岁青年数 || 青年总数 | 14-28周岁青年数", example=450
    )
    members: Count | None = optional(
        "团员数 | reported members | 团员人数 | 现有团员数 || 团员总数 | 团员总人数 | 现有团员",
        example=130,
    )


_SCHOOL_STAGES = {"junior middle", "senior middle", "vocational"}
"""Sectors of schools that are stages too."""


def _stage(organization: Organization) -> dict[str, Any]:
    """The default stage of an organisation: a school's by its sector, else young people."""
    is_stage = organization.sector in _SCHOOL_STAGES
    return {"stage": organization.sector if is_stage else "youth"}


def _check(line: SurveyLine, row_plan: RowPlan) -> None:
    if line.students is None and line.youth is None and line.members is None:
        row_plan.fault("survey-empty", "students")


KIND = record_kind(
    SurveyLine,
    Survey,
    repeated="organization",
    lifetime=Lifetime("year"),
    check=_check,
    key_defaults=_stage,
)
