"""Numbers (编号): a row is a void number of our blocks, the day since which a number is used, or
the number that somebody had before they left and were admitted again.

The plan gives the numbers, and admissions show which of them are used; only this sheet takes the
state of the others from one registry to another.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import Digits, ExactDay, IdNumber, Name, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import ALWAYS, Kind, line_values, person_values, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP
from leaguectl.kinds.person_records import known_person
from leaguectl.model import Keys, Membership, Number, Person, Quota, Snapshot, ask

STATES = {"void": ("作废",), "used": ("已使用",), "foreign": ("外地",)}

State = Annotated[str, BeforeValidator(Choice(STATES))]


class NumberLine(Line):
    """The state of a number."""

    kind = "numbers"
    keys: ClassVar = frozenset({"number"})
    number: Digits = required("登记编号 | ledger number")
    state: State = required("编号状态 | number state")
    since: ExactDay | None = optional("状态日期 | state since", example=date(2023, 9, 1))
    reason: Text | None = optional("作废原因 | void for")
    name: Name | None = optional("姓名 | name")
    id_number: IdNumber | None = optional()


def plan_number(item: Item[NumberLine], batch: Batch) -> RowPlan:
    """Void the number, or find it void; for a used number, record since when, and whose it was."""
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
    if line.id_number is not None:
        _plan_former(line, slot, batch, row_plan)
    elif slot is None or slot.quota is None:
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


def _plan_former(line: NumberLine, slot: Number | None, batch: Batch, row_plan: RowPlan) -> None:
    """Give somebody the number that they had until they left; they have another one since."""
    if line.name is None:
        row_plan.fault("cell-missing", "name", field="name")
        return
    snapshot, person = batch.snapshot, known_person(line, None, batch, row_plan)
    state = "foreign" if slot is None or slot.quota is None else "used"
    if line.state != state:
        batch.differs(row_plan, "state", state, line.state)
    if person is None:
        return
    held, home = snapshot.by(Number, "person", person), snapshot.membership(person)
    new = Number(line.number, int(line.number[:4]), "foreign", None, person)
    if slot is not None:
        new = replace(slot, state=state, person=person, since=line.since)
    if slot is not None and slot.person not in (None, person):
        facts = {"number": slot.number, "holder": snapshot.known_as(slot.person or 0)}
        row_plan.fault("one-number", "number", **facts)
    elif slot is not None and slot.state == "void":
        row_plan.fault("one-number", "number", number=slot.number, void=slot.reason)
    elif home is None or not held or not snapshot.rejoins(person, home.joined or date.max):
        row_plan.fault("number-not-former", "number", number=line.number, person=line.name)
    elif same := [each for each in held if each.year == new.year and each.number != new.number]:
        facts = {"number": line.number, "has": same[0].number, "person": line.name or ""}
        row_plan.fault("one-number", "number", year=new.year, **facts)
    row_plan.concerned.add(person)
    row_plan.put(slot, new)


def number_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, NumberLine]]:
    """The rows for every number that is void, that members have without an admission (since a day,
    or since before its block was given out, which no row of a roster says), or that somebody had
    before the one that they have now."""
    admitted = {admission.number for admission in snapshot.admissions.values()}
    for number, slot in sorted(snapshot.numbers.items()):
        quota = snapshot.quotas.get(slot.quota) if slot.quota is not None else None
        values = line_values(NumberLine, slot, snapshot) | {"number": number}
        if slot.person is not None and number != snapshot.number_of(slot.person):
            values |= person_values(NumberLine, snapshot.persons[slot.person], snapshot)
        elif slot.state != "void" and not _is_said_only_here(slot, admitted, snapshot):
            continue
        yield quota.organization if quota else None, NumberLine.model_construct(**values)


def _is_said_only_here(slot: Number, admitted: set[str], snapshot: Snapshot) -> bool:
    """Whether neither an admission nor a roster says since when a number is used. On an earlier day
    its holder may not have been a member yet."""
    if slot.state != "used" or slot.since is not None:
        return slot.state == "used"
    return slot.number not in admitted and snapshot.membership(slot.person or 0) is not None


def _keys(block: Block[NumberLine], keys: Keys) -> None:
    keys.numbers.update(block.column("number"))
    keys.id_numbers.update(filter(None, block.column("id_number")))


KIND = Kind(
    NumberLine,
    plan_number,
    number_lines,
    {Number: ALWAYS, Quota: ALWAYS, Person: ALWAYS, Membership: MEMBERSHIP},
    _keys,
    begins="since",
    is_carried=True,
)
