"""Groups (工作小组): a row is a seat in a leadership group, a joint meeting or a team of
lecturers. None of them is a post of the League."""

from datetime import date
from typing import ClassVar

from leaguectl.kinds.cells import AnyDay, Name, Text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import COMMITTEE, Line, optional, required
from leaguectl.model import Seat


class GroupLine(Line):
    """A seat in a group."""

    kind = "groups"
    keys: ClassVar = frozenset({"name"})
    group_name: Text = required(
        "工作小组 | group | 领导小组 | 小组名称 | 领导小组名称 | 工作小组名称 | 联席会议 | "
        "联席会议名称 | 讲师团 | 讲师团名称 | 议事机构",
        example="基层组织改革工作领导小组",
    )
    role: Text = required(
        "组内职务 | role | 小组职务 | 领导小组职务 | 联席会议职务 | 角色 || 职务", example="组长"
    )
    name: Name = required("姓名 | name | 成员姓名 | 讲师姓名")
    institution: Text | None = optional(
        "单位 | institution | 工作单位 | 所在单位 | 成员单位 | 单位及职务 | 单位职务",
        example=COMMITTEE,
    )
    appointed: AnyDay | None = optional(
        "任职时间 | appointed | 聘任时间 | 任职日期 | 聘任日期", example=date(2023, 3, 1)
    )


KIND = record_kind(GroupLine, Seat, repeated="name", lifetime=Lifetime("appointed"))
