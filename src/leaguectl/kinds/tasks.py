"""Tasks of the reform plan: a row is one task, who leads it, when it is due, when it was done."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from leaguectl.kinds import Day, TaskLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Snapshot, Task


def plan_task(item: Item, batch: Batch) -> RowPlan:
    """Record the task by its module and words; a later row says when it was done."""
    line = cast("TaskLine", item.line)
    row_plan = RowPlan(item)
    batch.once(row_plan, f"{line.module}/{line.task}", "task")
    known = batch.registry.known(Task, line.module, line.task)
    task = known or Task(batch.registry.new_id(Task), line.module, line.task, line.lead)
    row_plan.creates = known is None
    due, done = _last(line.deadline), _last(line.done)
    if known is not None and known.due not in (None, due) and due is not None:
        batch.differs(row_plan, "deadline", known.due, due)
    after = batch.settle(row_plan, task, lead=line.lead, done=done, authority=line.authority)
    row_plan.put(known, after if due is None else replace(after, due=due))
    return row_plan


def _last(day: Day | None) -> date | None:
    """The day; of a month its last, since whoever has until a month has all of it."""
    if day is None or day.precision == "day":
        return None if day is None else day.date
    return day.date.replace(day=monthrange(day.date.year, day.date.month)[1])


def task_lines(registry: Snapshot) -> Iterator[tuple[None, TaskLine]]:
    """What a sheet says of every task."""
    for one in registry.all(Task):
        yield (
            None,
            TaskLine.model_construct(
                module=one.module,
                task=one.task,
                lead=one.lead,
                deadline=Day(one.due, "day") if one.due else None,
                done=Day(one.done, "day") if one.done else None,
                authority=one.authority,
            ),
        )
