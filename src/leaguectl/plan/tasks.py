"""Tasks of the reform plan: a row is one task, who leads it, when it is due, when it was done."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.records import Day, TaskLine
from leaguectl.registry import Registry, Task


def plan_task(item: Item, batch: Batch) -> Draft:
    """Record the task by its module and words; a later row says when it was done."""
    line = cast("TaskLine", item.line)
    draft = Draft(item)
    batch.once(draft, f"{line.module}/{line.task}", "task")
    known = batch.registry.known(Task, line.module, line.task)
    task = known or Task(batch.registry.new_id(Task), line.module, line.task, line.lead)
    draft.creates = known is None
    due, done = _last(line.deadline), _last(line.done)
    if known is not None and known.due not in (None, due) and due is not None:
        batch.differs(draft, "deadline", known.due, due)
    after = batch.settle(draft, task, lead=line.lead, done=done, authority=line.authority)
    draft.put(known, after if due is None else replace(after, due=due))
    return draft


def _last(day: Day | None) -> date | None:
    """The day; of a month its last, since whoever has until a month has all of it."""
    if day is None or day.precision == "day":
        return None if day is None else day.date
    return day.date.replace(day=monthrange(day.date.year, day.date.month)[1])


def task_lines(registry: Registry) -> Iterator[tuple[None, TaskLine]]:
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
