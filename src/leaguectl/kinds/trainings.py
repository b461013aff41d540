"""Trainings: a row is a person at a session, or the session alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from leaguectl.findings import Private
from leaguectl.kinds import TrainingLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import Snapshot, Trainee, Training
from leaguectl.names import fold_name


def plan_training(item: Item, batch: Batch) -> RowPlan:
    """Record the session by its name and day, and who was there.

    A name without an ID number stays a name: a session has no organisation in which it could be
    looked for.
    """
    line = cast("TrainingLine", item.line)
    row_plan = RowPlan(item)
    if line.id_number is not None and line.name is None:
        row_plan.fault("trainee-nameless", "name")
    known = batch.registry.known(Training, line.training, line.day)
    session = known or Training(
        batch.registry.new_id(Training), line.training, line.category, line.day
    )
    session = batch.settle(row_plan, session, category=line.category)
    row_plan.creates = known is None
    row_plan.put(known, session)
    if line.name is not None:
        _put_trainee(line, session, batch, row_plan)
    return row_plan


def _put_trainee(line: TrainingLine, session: Training, batch: Batch, row_plan: RowPlan) -> None:
    name = cast("str", line.name)
    who = line.id_number or fold_name(name)
    batch.once(row_plan, f"{session.id} {who}", "name" if line.id_number is None else "id_number")
    namesakes = batch.registry.alike(Trainee, session.id, name)
    if line.id_number is None:
        if not namesakes:
            row_plan.creates = True
            row_plan.put(None, Trainee(batch.registry.new_id(Trainee), session.id, name))
        return
    stored_person, person = batch.person(row_plan, line)
    row_plan.put(stored_person, person)
    if any(one.person == person.id for one in namesakes):
        return
    by_name = next((one for one in namesakes if one.person is None), None)
    if by_name is not None:  # the name that stood there alone has its ID number now
        row_plan.put(by_name, replace(by_name, person=person.id))
        return
    row_plan.creates = True
    row_plan.put(None, Trainee(batch.registry.new_id(Trainee), session.id, name, person.id))


def training_lines(registry: Snapshot) -> Iterator[tuple[None, TrainingLine]]:
    """What a sheet says of every session: each who was there, or the session alone."""
    there: dict[int, list[Trainee | None]] = {}
    for trainee in registry.all(Trainee):
        there.setdefault(trainee.training, []).append(trainee)
    for session in registry.all(Training):
        for one in there.get(session.id, [None]):
            person = registry.persons[one.person] if one and one.person is not None else None
            yield (
                None,
                TrainingLine.model_construct(
                    training=session.name,
                    category=session.category,
                    day=session.day,
                    name=one.name if one else None,
                    id_number=Private(person.id_number) if person else None,
                ),
            )
