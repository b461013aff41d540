"""Discipline: a row is a disciplinary measure (团纪处分) that was taken against a member."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.cells import ExactDay, IdNumber, Name, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    touch_organizations_and_people,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.person_records import (
    home_said,
    level_of_past,
    member_meant,
    put_record,
    record_lines,
    refuse_former,
)
from leaguectl.model import Discipline, Membership, Person, Post, Snapshot, if_known
from leaguectl.model.days import months_after
from leaguectl.model.periods import is_held_on, is_in_force_on

MEASURES = {
    "warning": ("警告", "团内警告"),
    "serious warning": ("严重警告", "团内严重警告"),
    "removal from post": ("撤销团内职务", "撤职"),
    "probation": ("留团察看", "留团察看一年", "留团察看1年", "留团察看半年", "留团察看六个月",
                  "留团察看6个月", "留团查看", "留团查看一年"),
    "expulsion": ("开除团籍",),
}  # fmt: skip

Measure = Annotated[str, BeforeValidator(Choice(MEASURES))]


class DisciplineLine(Line):
    """A disciplinary measure and its document."""

    kind = "discipline"
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {Discipline: {"measure": "kind", "imposed": "since", "lifted": "until"}}
    name: Name = required("姓名 | name | 团员姓名 | 受处分人 | 受处分人姓名")
    id_number: IdNumber | None = optional()
    organization: Text | None = optional()
    unit: Text | None = optional()
    measure: Measure = required(
        "处分种类 | measure | 处分类型 | 处分类别 | 团纪处分 | 处分 || 处分名称"
    )
    imposed: ExactDay = required(
        "处分日期 | imposed | 处分时间 | 处分决定日期 | 处分决定时间", example=date(2023, 9, 1)
    )
    authority: Text = required(
        "处分文号 | authority | 文号 | 处分决定文号 | 处分依据 | 批准文号 | 依据",
        example="云团发〔2023〕9号",
    )
    lifted: ExactDay | None = optional(
        "解除日期 | lifted | 解除时间 | 处分解除日期 | 处分解除时间 | 处分期满 | 期满日期 | "
        "察看期满日期",
        example=None,
    )


def plan_discipline(item: Item[DisciplineLine], batch: Batch) -> RowPlan:
    """Record the measure, or complete it with its last day; its consequences take effect when it is
    recorded: expulsion ends the membership, removal ends every post."""
    row_plan = RowPlan(item)
    home = home_said(item.line, batch, row_plan)
    person = member_meant(item.line, home, batch, row_plan)
    if_known(_judge)(item.line, batch, row_plan)
    if person is None or row_plan.is_refused:
        return row_plan
    values = values_of(item.line, Discipline) | {"person": person}
    for other in batch.snapshot.by(Discipline, "person", person):
        is_same_kind = other.kind == item.line.measure and other.since != item.line.imposed
        if is_same_kind and is_in_force_on(other, item.line.imposed):
            row_plan.fault("discipline-in-force", "measure", kind=other.kind, since=other.since)
    stored, measure = put_record(row_plan, batch, Discipline, values)
    if stored is None:
        refuse_former(person, item.line.imposed, "imposed", batch, row_plan)
    if stored is None and not row_plan.is_refused:
        _entail(measure, batch, row_plan)
    return row_plan


def _judge(line: DisciplineLine, batch: Batch, row_plan: RowPlan) -> None:
    """What is wrong in a row by itself. Probation has an end, others are lifted some day."""
    batch.refuse_ahead(row_plan, line.imposed, "imposed")
    if line.lifted is not None and line.lifted < line.imposed:
        row_plan.fault("discipline-reversed", "lifted", since=line.imposed, until=line.lifted)
    if line.measure == "probation" and line.lifted is None:
        lasts = batch.policy.leaving_on(line.imposed).probation_months
        ends = [months_after(line.imposed, months) for months in lasts]
        row_plan.fault("probation-months", "lifted", since=line.imposed, ends=ends, in_sheet=True)


def _entail(measure: Discipline, batch: Batch, row_plan: RowPlan) -> None:
    """The consequences of a measure, unless a roster has recorded them already, or a registry that
    is carried over: somebody who was expelled may have been restored since."""
    membership = batch.snapshot.membership(measure.person)
    ends = batch.snapshot.by(Membership, ("person", "left"), (measure.person, measure.since))
    if measure.kind == "expulsion" and any(end.leaving_reason == "expelled" for end in ends):
        return
    if measure.kind == "expulsion" and membership and membership.leaving_reason == "expelled":
        facts = {"known": membership.left, "said": measure.since}
        row_plan.fault("left-differs", "imposed", **facts)
    if membership is not None and membership.left is None:
        is_last = measure.kind == "expulsion"
        begun = membership.begun if is_last else membership.joined
        if begun is not None and measure.since < begun:
            facts = {"day": measure.since, "begun": begun}
            level = level_of_past(measure.person, batch)
            row_plan.fault("day-before-membership", "imposed", level, **facts)
        elif is_last:
            row_plan.put(
                membership, replace(membership, left=measure.since, leaving_reason="expelled")
            )
    if measure.kind == "removal from post":
        for post in batch.snapshot.by(Post, "person", measure.person):
            if is_held_on(post, measure.since):
                row_plan.put(post, replace(post, until=measure.since, reason=measure.kind))


def discipline_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, DisciplineLine]]:
    """The rows for every measure."""
    for home, line, _ in record_lines(DisciplineLine, Discipline, snapshot):
        yield home, line


KIND = Kind(
    DisciplineLine,
    plan_discipline,
    discipline_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP, Discipline: Lifetime("since", ("until",))},
    touch_organizations_and_people,
)
