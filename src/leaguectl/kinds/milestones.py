"""Milestones: a row has the steps of a member's way, each with its day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.cells import AnyDay, Day, IdNumber, Name, Text
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    person_values,
    touch_organizations_and_people,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.person_records import home_said, member_meant
from leaguectl.kinds.row_plans import completed, known_of
from leaguectl.model import Membership, Milestone, Person, Snapshot, is_known


class MilestoneLine(Line):
    """The steps of a member's way: recommended to the League or the Party, applied, joined."""

    kind = "milestones"
    keys: ClassVar = frozenset({"name", "id_number"})
    requires_any: ClassVar = frozenset({"recommended_league", "recommended_party", "joined_party"})
    marker_headings: ClassVar = ("转正时间",)
    not_if_two_of: ClassVar = frozenset({"recommended_league", "applied_party"})
    """With these columns an application may be that to the League, where its heading does not
    say."""
    except_with: ClassVar = "joined_party"

    name: Name = required("姓名 | name | 团员姓名 | 学生姓名 | 人员姓名 | 名字")
    id_number: IdNumber | None = optional()
    organization: Text | None = optional()
    unit: Text | None = optional()
    recommended_league: AnyDay | None = optional(
        "推优入团时间 | recommended to league | 推荐入团时间", example=date(2021, 4, 1)
    )
    recommended_party: AnyDay | None = optional(
        "推优入党时间 | recommended to party | 推优时间 | 推荐入党时间", example=date(2022, 11, 1)
    )
    applied_party: AnyDay | None = optional(
        "递交入党申请书时间 | applied to party | 提交入党申请书时间 | 申请入党时间 | "
        "入党申请时间 | 提交申请书时间 | 递交申请书时间",
        example=date(2022, 5, 4),
    )
    joined_party: AnyDay | None = optional(
        "入党时间 | joined party | 入党日期 | 入党年月", example=date(2023, 7, 1)
    )


STEPS = {
    "recommended_league": "recommended to league",
    "recommended_party": "recommended to party",
    "applied_party": "applied to party",
    "joined_party": "joined party",
}
"""The step that each column stands for."""

_COLUMNS = {step: column for column, step in STEPS.items()}

_ORDER = (("applied to party", "joined party"), ("recommended to party", "joined party"))


def plan_milestones(item: Item[MilestoneLine], batch: Batch) -> RowPlan:
    """Record the steps of one person, each once. A different stored day is a fault, or a correction
    where the batch has a reason."""
    line = item.line
    row_plan = RowPlan(item)
    home = home_said(line, batch, row_plan)
    person = member_meant(line, home, batch, row_plan)
    days = {step: day for column, step in STEPS.items() if is_known(day := getattr(line, column))}
    stored: dict[str, Milestone | None] = dict.fromkeys(_COLUMNS)
    if person is not None:
        for step in days:
            batch.once(row_plan, _COLUMNS[step], person)
        stored = {step: batch.snapshot.by_natural_key(Milestone, person, step) for step in stored}
    _judge(days, stored, batch, row_plan)
    if person is None or row_plan.is_refused:
        return row_plan
    row_plan.creates = not any(stored.values())
    # Where the row names no organisation, it is the home of that day, which may still be told.
    organization = home.code if home else None
    for step, said in days.items():
        values: dict[str, Any] = {"day": said.date, "day_precision": said.precision}
        if (before := stored[step]) is not None:
            after, left, _ = completed(before, values)
            row_plan.put(before, replace(after, **(values if left else {})))
        else:
            new_id = batch.snapshot.new_id(Milestone)
            row_plan.put(None, Milestone(new_id, person, step, organization=organization, **values))
    return row_plan


def _judge(
    days: Mapping[str, Day], stored: Mapping[str, Milestone | None], batch: Batch,
    row_plan: RowPlan,
) -> None:  # fmt: skip
    """What speaks against the days of a row: in the future, stored differently, out of order."""
    today = batch.snapshot.today
    for step, said in days.items():
        day, column = said.known, _COLUMNS[step]
        if today is not None and said.date > today:
            row_plan.fault("dates-in-future", column, step=step, day=day, today=today)
        if (before := stored[step]) is not None:
            values = {"day": said.date, "day_precision": said.precision}
            if completed(before, values)[1].get("day", before.day) != before.day:
                batch.differs(row_plan, column, known_of(before, "day"), day)
    all_days = {step: day_of(before) for step, before in stored.items() if before} | dict(days)
    for early, late in out_of_order(all_days):
        # A contradiction between two stored days is not the fault of this row.
        if {early, late} & days.keys():
            column = _COLUMNS[late if late in days else early]
            row_plan.fault(
                "milestone-order", column, early=early, first=all_days[early].known, late=late,
                second=all_days[late].known,
            )  # fmt: skip


def day_of(step: Milestone) -> Day:
    """The day of a step, as exactly as it is known."""
    return Day(step.day, step.day_precision)


def out_of_order(days: Mapping[str, Day]) -> Iterator[tuple[str, str]]:
    """Pairs of an earlier and a later step whose days are the other way round; of a month, whatever
    its day was."""
    for early, late in _ORDER:
        if early in days and late in days and days[late].last < days[early].date:
            yield early, late


def home_of(step: Milestone, snapshot: Snapshot) -> str | None:
    """The organisation of a step, as :func:`~leaguectl.reports.predicates.home_of_step` has it: the
    one named with it, else the home of that day or the last before it, else the first home."""
    homes = snapshot.memberships_of(step.person)
    begun = [home for home in homes if home.begun is None or home.begun <= step.day]
    home = begun[-1] if begun else homes[0] if homes else None
    return step.organization or (home.organization if home else None)


def milestone_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, MilestoneLine]]:
    """The rows for everybody's steps, one for each organisation that is named with them. 失联 is
    not a step: it is a mark that is taken back later."""
    ways: dict[tuple[int, str | None], dict[str, Milestone]] = {}
    for milestone in snapshot.all(Milestone):
        if milestone.kind in _COLUMNS:
            way = ways.setdefault((milestone.person, milestone.organization), {})
            way[_COLUMNS[milestone.kind]] = milestone
    for (person, named), steps in ways.items():
        values = person_values(MilestoneLine, snapshot.persons[person], snapshot) | {
            "organization": snapshot.reference(named) if named else None,
            **{column: day_of(milestone) for column, milestone in steps.items()},
        }
        homes = [home_of(milestone, snapshot) for milestone in steps.values()]
        yield homes[0], MilestoneLine.model_construct(**values)


KIND = Kind(
    MilestoneLine,
    plan_milestones,
    milestone_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP, Milestone: Lifetime("day")},
    touch_organizations_and_people,
    whole=(Milestone,),
)
