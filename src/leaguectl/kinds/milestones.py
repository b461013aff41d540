"""Milestones: a row is a member's way, each of its steps with the day on which it was taken."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from leaguectl.findings import Private
from leaguectl.kinds import MilestoneLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Milestone, Organization, Snapshot

STEPS = {
    "recommended_league": "recommended to league", "recommended_party": "recommended to party",
    "applied_party": "applied to party", "joined_party": "joined party",
}  # fmt: skip
"""The step that each column tells of."""

_ORDER = (("applied to party", "joined party"), ("recommended to party", "joined party"))


def plan_milestones(item: Item, batch: Batch) -> RowPlan:
    """Record the steps of one person, each once. A day that is stored otherwise is a fault, or a
    correction where the batch has a reason."""
    line = cast("MilestoneLine", item.line)
    row_plan = RowPlan(item)
    home = None
    if line.organization is not None:
        home = batch.organization(row_plan, line.organization, "organization", line.unit)
    person = _person(line, home, batch, row_plan)
    if person is None:
        return row_plan
    batch.once(row_plan, str(person), "name")
    known = {kind: batch.registry.known(Milestone, person, kind) for kind in STEPS.values()}
    said = {kind: day for name, kind in STEPS.items() if (day := getattr(line, name)) is not None}
    _judge(said, known, batch, row_plan)
    if row_plan.is_refused:
        return row_plan
    row_plan.creates = not any(known.values())
    membership = batch.registry.membership(person)
    of = home.code if home else membership.organization if membership else None
    for kind, day in said.items():
        stored = known[kind]
        new = (
            Milestone(batch.registry.new_id(Milestone), person, kind, day, of)
            if stored is None
            else replace(stored, day=day)
        )
        row_plan.put(stored, new)
    return row_plan


def _person(
    line: MilestoneLine, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """Who it is: by the ID number, or the one member of that organisation who bears the name."""
    if line.id_number is not None:
        stored, _ = batch.person(row_plan, line)
        if stored is None:
            row_plan.fault("milestone-person", "id_number", name=line.name)
        return stored.id if stored else None
    if line.organization is None:
        row_plan.fault("branch-not-said", "name", name=line.name)
    if home is None:
        return None
    found = batch.bearer(line.name, home)
    if found is None:
        row_plan.fault("milestone-bearer", "name", name=line.name, organization=home.name)
    return found


def _judge(
    said: Mapping[str, date], known: Mapping[str, Milestone | None], batch: Batch, row_plan: RowPlan
) -> None:
    """What speaks against the days of a row: not come yet, stored otherwise, out of order."""
    columns = {kind: name for name, kind in STEPS.items()}
    today = batch.registry.today
    for kind, day in said.items():
        if today is not None and day > today:
            row_plan.fault("dates-in-future", columns[kind], step=kind, day=day, today=today)
        if (stored := known[kind]) is not None and stored.day != day:
            batch.differs(row_plan, columns[kind], stored.day, day)
    days = {kind: one.day for kind, one in known.items() if one} | dict(said)
    for early, late in out_of_order(days):
        if {early, late} & said.keys():
            column = columns[late if late in said else early]
            facts = {"early": early, "first": days[early], "late": late, "second": days[late]}
            row_plan.fault("milestone-order", column, **facts)


def out_of_order(days: Mapping[str, date]) -> Iterator[tuple[str, str]]:
    """The steps, earlier and later by their nature, whose days are the other way round."""
    for early, late in _ORDER:
        if early in days and late in days and days[late] < days[early]:
            yield early, late


def milestone_lines(registry: Snapshot) -> Iterator[tuple[str | None, MilestoneLine]]:
    """What a sheet says of everybody's steps. 失联 is no step: it is a mark, taken back later."""
    columns = {kind: name for name, kind in STEPS.items()}
    of: dict[int, dict[str, Milestone]] = {}
    for one in registry.all(Milestone):
        if one.kind in columns:
            of.setdefault(one.person, {})[columns[one.kind]] = one
    for number, steps in of.items():
        person = registry.persons[number]
        home = next((one.organization for one in steps.values() if one.organization), None)
        days: dict[str, Any] = {name: one.day for name, one in steps.items()}
        yield (
            home,
            MilestoneLine.model_construct(
                name=person.written or person.name,
                id_number=Private(person.id_number),
                organization=registry.reference(home) if home else None,
                **days,
            ),
        )
