"""Homes (团籍经历): a row is one membership of somebody who moved, was transferred in or came back.

A roster says where somebody is now; only this sheet takes their earlier memberships from one
registry to another, in the order of time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds import cells, choices
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    line_values,
    person_values,
    touch_organizations_and_people,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP, REASONS
from leaguectl.kinds.memberships import with_first_roster
from leaguectl.model import Keys, Membership, Person, Snapshot, ask, is_known
from leaguectl.rules.gate import began_with

ENTRIES = {
    "admitted": ("发展入团",),
    "recorded": ("登记在册",),
    "transferred": ("县外转入",),
    "moved": ("县内转接",),
    "restored": ("恢复团籍",),
}

_DATED = frozenset({"transferred", "moved", "restored"})
"""Ways of entry that have a day of their own, later than the joining."""

Entry = Annotated[str, BeforeValidator(choices.Choice(ENTRIES))]
Reason = Annotated[str, BeforeValidator(choices.Choice({"moved": ("县内转接",), **REASONS}))]


class HomeLine(Line):
    """One of the memberships of a person."""

    kind = "homes"
    keys: ClassVar = frozenset({"name", "id_number"})
    name: cells.Name = required("姓名 | name | 团员姓名")
    id_number: cells.IdNumber = required()
    organization: cells.Text = required("团籍所在组织 | organization of membership")
    entry: Entry = required("编入方式 | way of entry")
    joined: cells.AnyDay | None = optional("入团时间 | joined", example=date(2021, 5, 4))
    seen: cells.ExactDay | None = optional()
    since: cells.ExactDay | None = optional("编入日期 | kept since", example=date(2023, 9, 1))
    left: cells.ExactDay | None = optional("离开日期 | left")
    leaving_reason: Reason | None = optional("离开原因 | leaving reason")


def plan_home(item: Item[HomeLine], batch: Batch) -> RowPlan:
    """Enter the membership, or find it entered; the rows of one person stand in their order."""
    line = item.line
    row_plan = RowPlan(item)
    begins = line.since or (line.joined.date if is_known(line.joined) and line.joined else None)
    home = batch.organization(row_plan, line.organization, "organization", day=begins)
    stored_person, person = batch.person(row_plan, line)
    if home is None:
        return row_plan
    values = values_of(line, Membership) | {"organization": home.code}
    if is_known(line.joined):
        values["joined_precision"] = line.joined.precision
    values["entry"] = _way_of_entry(line, person, batch.snapshot)
    memberships = batch.snapshot.memberships_of(person.id)
    begun = line.since or values.get("joined")
    same = [
        known for known in memberships if (known.organization, known.begun) == (home.code, begun)
    ]
    if not same and memberships and (memberships[-1].left is None or begun is None):
        # The latest membership is the present one: an earlier one cannot be added after it.
        row_plan.fault("home-behind", "organization", known=batch.snapshot.known_as(person.id))
        return row_plan
    if same:
        after = _settled(same[-1], values, batch, row_plan)
    else:
        new = Membership(batch.snapshot.new_id(Membership), person.id, home.code, joined=None)
        after = replace(new, **values)
    was_dated = bool(same) and same[-1].entry in _DATED
    if after.entry in _DATED and not was_dated and after.since is None:
        # Without it, they would have been there since they joined, also in years gone by.
        row_plan.fault("cell-missing", "since", field="since")
    row_plan.refuse_disorder(after)
    batch.refuse_after_sheet(row_plan, line.seen, "seen")
    row_plan.creates = not same
    row_plan.put(stored_person, person)
    row_plan.put(same[-1] if same else None, after)
    return row_plan


def _way_of_entry(line: HomeLine, person: Person, snapshot: Snapshot) -> Any:
    """How the membership began. Whether it was by an admission is known from the recorded
    admissions, not from this row: the person is admitted if there is one, and recorded if not."""
    admission = ask(snapshot.admission, person.id, unknown=None)
    if is_known(line.entry) and line.entry == "admitted" and admission is None:
        return "recorded"
    if is_known(line.entry) and line.entry == "recorded" and is_known(line.joined) and line.joined:
        day, precision = line.joined
        begun = Membership(0, person.id, "", day, joined_precision=precision)
        return "admitted" if admission and began_with(begun, admission) else "recorded"
    return line.entry


def _settled(
    stored: Membership, values: dict[str, Any], batch: Batch, row_plan: RowPlan
) -> Membership:
    # The precision of a day is not something a cell could contradict.
    precision = values.pop("joined_precision", stored.joined_precision)
    said = values.pop("seen", None)
    after = batch.settle(row_plan, stored, values)
    after = replace(after, joined_precision=precision)
    return with_first_roster(after, said, row_plan) if is_known(said) else after


def home_lines(snapshot: Snapshot) -> Iterator[tuple[str, HomeLine]]:
    """The rows for the memberships of everybody whose past a roster cannot show completely."""
    for person in snapshot.persons.values():
        memberships = snapshot.memberships_of(person.id)
        if len(memberships) < 2 and all(_is_on_roster(only) for only in memberships):
            continue
        for membership in memberships:
            joined, precision = membership.joined, membership.joined_precision
            values = person_values(HomeLine, person, snapshot)
            values |= line_values(HomeLine, membership, snapshot)
            values["joined"] = cells.Day(joined, precision) if joined else None
            yield membership.organization, HomeLine.model_construct(**values)


def _is_on_roster(membership: Membership) -> bool:
    """Whether a roster and a sheet of admissions contain all that is known about a membership: a
    roster has no word for a move within the county, which may be all that is known of somebody."""
    return (
        membership.since is None
        and membership.entry in ("admitted", "recorded")
        and membership.leaving_reason != "moved"
    )


def _keys(block: Block[HomeLine], keys: Keys) -> None:
    touch_organizations_and_people(block, keys)
    # Somebody who joined in a year whose plan we have needs a place of it.
    keys.years |= {day.date.year for day in {*block.column("joined")} if day is not None}


KIND = Kind(
    HomeLine,
    plan_home,
    home_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP},
    _keys,
    is_carried=True,
)
