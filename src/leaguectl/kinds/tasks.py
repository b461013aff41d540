"""Tasks of the reform plan: a row is one task, who leads it, when it is due, when it was done."""

from datetime import date
from typing import ClassVar

from leaguectl.kinds.cells import LastDay, Text
from leaguectl.kinds.kind import Lifetime, record_kind
from leaguectl.kinds.line import COMMITTEE, Line, optional, required
from leaguectl.model import Task


class TaskLine(Line):
    """A task of the reform plan."""

    kind = "tasks"
    keys: ClassVar = frozenset({"task"})
    stored_as: ClassVar = {Task: {"deadline": "due"}}
    module: Text = required("模块 | module | 改革模块 | 任务模块 | 领域模块", example="高位推动")
    task: Text = required(
        "任务 | task | 改革任务 | 任务内容 | 工作任务", example="召开青年工作联席会"
    )
    lead: Text = required("牵头单位 | lead organization | 牵头部门 | 责任单位", example=COMMITTEE)
    deadline: LastDay | None = optional(
        "完成时限 | due | 时限 | 计划完成时间 | 完成期限", example=date(2023, 10, 31)
    )
    done: LastDay | None = optional(
        "完成日期 | done | 完成时间 | 实际完成时间", example=date(2023, 9, 20)
    )
    authority: Text | None = optional(
        "依据 | authority | 文号 | 文件依据", example="云团发〔2023〕1号"
    )


KIND = record_kind(TaskLine, Task, repeated="task", lifetime=Lifetime(ends=("done",)))
