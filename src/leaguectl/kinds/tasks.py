"""Tasks of the reform plan: a row is one task, who leads it, when it is due, when it was done."""

import re
from datetime import date
from typing import ClassVar

from leaguectl.kinds.batch import RowPlan
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
    progress: Text | None = optional(
        "完成情况 | progress | 完成状态 | 是否完成 | 进展情况 | 工作进展 | 落实情况 | 进度",
        example=None,
    )
    authority: Text | None = optional(
        "依据 | authority | 文号 | 文件依据", example="云团发〔2023〕1号"
    )


_DONE = re.compile(r"(?:已|全部|按期|按时|如期)*(?:完成|办结|落实)(?:100%)?|是|√|✓|100%")


def _check(line: TaskLine, row_plan: RowPlan) -> None:
    """A task that is said to be done counts as done from a day on."""
    is_done = line.progress is not None and _DONE.fullmatch(line.progress)
    if is_done and line.done is None:
        row_plan.fault("task-done-undated", "progress", text=line.progress)


KIND = record_kind(TaskLine, Task, repeated="task", lifetime=Lifetime(ends=("done",)), check=_check)
