"""Events (组织沿革): a row is what happened to an organisation: a move, a new name, a merger.

A sheet of organisations has the tree of today; that of an earlier day follows from these.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import FORMULA_SIGNS, ExactDay, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.class_names import is_no_organization
from leaguectl.kinds.kind import (
    Kind,
    Lifetime,
    line_values,
    touch_named,
    touch_organizations,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import (
    Keys,
    Membership,
    Organization,
    OrganizationEvent,
    Snapshot,
    ask,
    if_known,
    is_known,
)

EVENTS = {
    "founded": ("成立",),
    "renamed": ("更名",),
    "called": ("简称",),
    "moved": ("划转",),
    "merged": ("合并",),
    "split": ("拆分",),
    "retyped": ("类型变更",),
    "elected": ("换届",),
    "closed": ("撤销",),
}

Event = Annotated[str, BeforeValidator(Choice(EVENTS))]


class EventLine(Line):
    """Something that happened to an organisation."""

    kind = "events"
    keys: ClassVar = frozenset({"organization", "event"})
    stored_as: ClassVar = {OrganizationEvent: {"event": "kind"}}
    organization: Text = required("变动组织 | organization of event")
    event: Event = required("变动事项 | event")
    day: ExactDay = required("变动日期 | event date", example=date(2023, 9, 1))
    before: Text | None = optional("变动前 | before", example=None)
    after: Text | None = optional("变动后 | after", example=None)
    authority: Text | None = optional("变动依据 | authority")


def _judge_name(line: EventLine, row_plan: RowPlan) -> None:
    """A new name is judged as in a sheet of organisations. A former one may begin as a formula
    does: it was stored before that was refused, and has been corrected since."""
    for column in ("before", "after") if line.event in ("renamed", "called") else ():
        name = getattr(line, column)
        judged = (name or "").lstrip(FORMULA_SIGNS) if column == "before" else name
        if name is not None and is_no_organization(judged):
            row_plan.fault("organization-not-a-name", column, text=name[:60])


def plan_event(item: Item[EventLine], batch: Batch) -> RowPlan:
    """Record the event, unless it is recorded already."""
    row_plan = RowPlan(item)
    organization = batch.organization(row_plan, item.line.organization, "organization")
    if organization is None:
        return row_plan
    values = values_of(item.line, OrganizationEvent) | {"organization": organization.code}
    if_known(_judge_name)(item.line, row_plan)
    batch.refuse_ahead(row_plan, item.line.day, "day")
    if item.line.event == "moved":
        values |= _above(item.line, organization, batch, row_plan)
        _judge_after(item.line, values.get("after"), organization, batch, row_plan)
        _judge_before(item.line, values.get("before"), organization, batch, row_plan)
    made = OrganizationEvent(0, **values)
    known = batch.snapshot.by(OrganizationEvent, _is_known_by, _is_known_by(made))
    row_plan.creates = not known
    if known:
        authority = made.authority or known[-1].authority
        row_plan.put(known[-1], replace(known[-1], authority=authority))
    else:
        row_plan.put(None, replace(made, id=batch.snapshot.new_id(OrganizationEvent)))
        row_plan.concerned |= _admitted_before(item, organization, batch)
    return row_plan


def newest_first(items: list[Item[EventLine]], batch: Batch) -> list[Item[EventLine]]:
    """The rows from the last day on, so that where an organisation was moved to is held against
    what is known of the days after; of several on one day the last is."""
    last_of_day = batch.seen.setdefault((EventLine.kind, "after"), {})
    first_of_all = batch.seen.setdefault((EventLine.kind, "before"), {})
    items = sorted(items, key=lambda item: ask(_ordinal, item.line.day, unknown=0))
    for item in items:
        if _is_move(item.line):
            last_of_day[_moved_on(item.line)] = item.row
            first_of_all[f"{item.line.organization}"] = item.row
    return items


@if_known
def _is_move(line: EventLine) -> bool:
    return line.event == "moved" and is_known(line.day) and is_known(line.organization)


def _ordinal(day: date) -> int:
    return -day.toordinal()


def _admitted_before(item: Item[EventLine], organization: Organization, batch: Batch) -> set[int]:
    """The members of a moved organisation, once all of its moves are known: the number of an
    admission there must be from the tree of its day."""
    first_of_all = batch.seen.get((EventLine.kind, "before"), {})
    if item.line.event != "moved" or first_of_all.get(f"{item.line.organization}") != item.row:
        return set()
    homes = batch.snapshot.by(Membership, "organization", organization.code)
    return {membership.person for membership in homes}


def _moved_on(line: EventLine) -> str:
    return f"{line.organization}/{line.day}"


@if_known
def _judge_after(
    line: EventLine, after: str | None, organization: Organization, batch: Batch, row_plan: RowPlan
) -> None:
    """It was moved to where it lay from that day on: where the next move found it, or where it is
    now. Else admissions of those days would be judged by a tree that there never was."""
    last_of_day = batch.seen.get((EventLine.kind, "after"), {})
    if after is None or last_of_day.get(_moved_on(line)) not in (None, row_plan.item.row):
        return
    above = batch.snapshot.parent_on(organization.code, line.day)
    if above is not None and above != after:
        facts = {"name": organization.name, "known": batch.name(above), "said": batch.name(after)}
        row_plan.fault("move-contradicts", "after", **facts)


@if_known
def _judge_before(
    line: EventLine, before: str | None, organization: Organization, batch: Batch, row_plan: RowPlan
) -> None:
    """It was moved from where the move before had taken it; where that stands in the same sheet,
    its own row is held against this one."""
    rows = batch.seen.get((EventLine.kind, "after"), {})
    days = {date.fromisoformat(key.rpartition("/")[2]) for key in rows
            if key.startswith(f"{line.organization}/")}  # fmt: skip
    by = ("organization", "kind"), (organization.code, "moved")
    moves = [move for move in batch.snapshot.by(OrganizationEvent, *by) if move.day < line.day]
    last = max(moves, key=lambda move: (move.day, move.id), default=None)
    if (
        last is None
        or before in (None, last.after)
        or any(last.day < day < line.day for day in days)
    ):
        return
    facts = {"name": organization.name, "said": batch.name(before or ""), "since": last.day}
    row_plan.fault("move-contradicts", "before", **facts, known=batch.name(last.after or ""))


def _above(
    line: EventLine, organization: Organization, batch: Batch, row_plan: RowPlan
) -> dict[str, str]:
    """The organisations between which a branch was moved, by their codes: the tree of the days
    before goes through the first of them, so it cannot lie below the branch."""
    snapshot, codes = batch.snapshot, {}
    for column, text in (("before", line.before), ("after", line.after)):
        above = batch.organization(row_plan, text, column) if text else None
        if above is not None:
            codes[column] = above.code
    moves = snapshot.by(OrganizationEvent, ("organization", "kind"), (organization.code, "moved"))
    first = max((move.day for move in moves if move.day < line.day), default=date.min)
    before, eve = codes.get("before"), line.day - timedelta(1)
    if before and snapshot.was_below(before, organization.code, first, eve):
        facts = {"parent": batch.name(before), "name": organization.name}
        row_plan.fault("organization-circle", "before", **facts)
    return codes


def _touch(block: Block[EventLine], keys: Keys) -> None:
    touch_organizations(block, keys)
    above = zip(*map(block.column, ("event", "before", "after")), strict=True)
    moves = [{before, after} for event, before, after in above if event == "moved"]
    touch_named(chain.from_iterable(moves), block.rows.day, keys)
    for item in block:
        if item.line.event == "moved" and is_known(item.line.organization):
            keys.members_of.add(item.line.organization)  # those who were admitted there before


def _is_known_by(event: OrganizationEvent) -> tuple[str, str, date, str | None, str | None]:
    return event.organization, event.kind, event.day, event.before, event.after


def event_lines(snapshot: Snapshot) -> Iterator[tuple[str, EventLine]]:
    """The rows for every event, in the order in which they were recorded."""
    for event in snapshot.all(OrganizationEvent):
        # By code: at the time of the event the organisation may have had another name.
        values = line_values(EventLine, event, snapshot) | {"organization": event.organization}
        yield event.organization, EventLine.model_construct(**values)


KIND = Kind(
    EventLine,
    plan_event,
    event_lines,
    {OrganizationEvent: Lifetime("day")},
    _touch,
    whole=(OrganizationEvent, Organization),  # whichever may have borne the same name
    order=newest_first,
    begins="day",  # an export of an earlier day loads the later ones as well, to find its tree
    is_carried=True,
)
