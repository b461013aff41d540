"""Trainings: a row is a person at a session, or the session alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from leaguectl.findings import Private
from leaguectl.names import fold_name
from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.records import TrainingLine
from leaguectl.registry import Registry, Trainee, Training


def plan_training(item: Item, batch: Batch) -> Draft:
    """Record the session by its name and day, and who was there.

    A name without an ID number stays a name: a session has no organisation in which it could be
    looked for.
    """
    line = cast("TrainingLine", item.line)
    draft = Draft(item)
    if line.id_number is not None and line.name is None:
        draft.fault("trainee-nameless", "name")
    known = batch.registry.known(Training, line.training, line.day)
    session = known or Training(
        batch.registry.new_id(Training), line.training, line.category, line.day
    )
    session = batch.settle(draft, session, category=line.category)
    draft.creates = known is None
    draft.put(known, session)
    if line.name is not None:
        _put_trainee(line, session, batch, draft)
    return draft


def _put_trainee(line: TrainingLine, session: Training, batch: Batch, draft: Draft) -> None:
    name = cast("str", line.name)
    who = line.id_number or fold_name(name)
    batch.once(draft, f"{session.id} {who}", "name" if line.id_number is None else "id_number")
    namesakes = batch.registry.alike(Trainee, session.id, name)
    if line.id_number is None:
        if not namesakes:
            draft.creates = True
            draft.put(None, Trainee(batch.registry.new_id(Trainee), session.id, name))
        return
    stored_person, person = batch.person(draft, line)
    draft.put(stored_person, person)
    if any(one.person == person.id for one in namesakes):
        return
    by_name = next((one for one in namesakes if one.person is None), None)
    if by_name is not None:  # the name that stood there alone has its ID number now
        draft.put(by_name, replace(by_name, person=person.id))
        return
    draft.creates = True
    draft.put(None, Trainee(batch.registry.new_id(Trainee), session.id, name, person.id))


def training_lines(registry: Registry) -> Iterator[tuple[None, TrainingLine]]:
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
