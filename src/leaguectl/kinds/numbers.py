"""Numbers (编号): a row is a void number of our blocks, or the day since which a number is used.

The plan gives the numbers, and admissions show which of them are used; only this sheet takes the
state of the others from one registry to another.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import Digits, ExactDay, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import ALWAYS, Kind, line_values, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import Keys, Number, Quota, Snapshot, ask

STATES = {"void": ("作废",), "used": ("已使用",)}

State = Annotated[str, BeforeValidator(Choice(STATES))]


class NumberLine(Line):
    """The state of a number."""

    kind = "numbers"
    keys: ClassVar = frozenset({"number"})
    number: Digits = required("登记编号 | ledger number")
    state: State = required("编号状态 | number state")
    since: ExactDay | None = optional("状态日期 | state since", example=date(2023, 9, 1))
    reason: Text | None = optional("作废原因 | void for")


def plan_number(item: Item[NumberLine], batch: Batch) -> RowPlan:
    """Void the number, or find it void; for a used number, record since when."""
    line = item.line
    row_plan = RowPlan(item)
    batch.once(row_plan, "number", line.number)
    if ask(line.state.__eq__, "void") is True and line.reason is None:
        row_plan.fault("reason-needed", "reason")
    if ask(line.state.__eq__, "used") is True and line.reason is not None:
        row_plan.fault("number-used-reason", "reason", number=line.number)
    if line.since is not None:
        batch.refuse_ahead(row_plan, line.since, "since")
    slot = batch.snapshot.numbers.get(line.number)
    values = values_of(line, Number)
    if slot is None or slot.quota is None:
        row_plan.fault("number-unallotted", "number", number=line.number)
    elif row_plan.is_refused:
        return row_plan
    elif slot.state == line.state:
        # A roster in the same batch has just taken the number as of today; this row has the right
        # day.
        is_new = slot.state == "used" and slot.since == batch.snapshot.today
        taken = replace(slot, since=None) if is_new else slot
        row_plan.put(slot, batch.settle(row_plan, taken, values))
    elif slot.state == "free" and line.state == "void":
        row_plan.put(slot, replace(slot, **values))
    else:
        batch.differs(row_plan, "state", slot.state, line.state)
    return row_plan


def number_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, NumberLine]]:
    """The rows for every number that is void, or that members have without an admission: since a
    day, or since before its block was given out, which no row of a roster says."""
    admitted = {admission.number for admission in snapshot.admissions.values()}
    for number, slot in sorted(snapshot.numbers.items()):
        quota = snapshot.quotas.get(slot.quota) if slot.quota is not None else None
        if quota is None or slot.state not in STATES:
            continue
        if slot.state == "used" and slot.since is None and number in admitted:
            continue
        values = line_values(NumberLine, slot, snapshot) | {"number": number}
        yield quota.organization, NumberLine.model_construct(**values)


def _keys(block: Block[NumberLine], keys: Keys) -> None:
    keys.numbers.update(block.column("number"))


KIND = Kind(
    NumberLine,
    plan_number,
    number_lines,
    {Number: ALWAYS, Quota: ALWAYS},
    _keys,
    begins="since",
    is_carried=True,
)
