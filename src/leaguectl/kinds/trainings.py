"""Trainings: a row is a person at a session, or only the session."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.findings import Private
from leaguectl.kinds.activities import category_said, particular, settled
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import EventDay, IdNumber, Text
from leaguectl.kinds.choices import OpenChoice
from leaguectl.kinds.kind import ALWAYS, Kind, Lifetime, line_values, touch_organizations
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.person_records import (
    Holder,
    Unlisted,
    bearers,
    home_said,
    named_person,
    person_said,
    shown_name,
)
from leaguectl.model import NOT_YET, Keys, Person, Snapshot, Trainee, Training, ask
from leaguectl.names import fold_name
from leaguectl.rules import load

TRAININGS = load().trainings
"""The built-in categories and their words, as :data:`leaguectl.kinds.activities.ACTIVITIES`."""

TrainingCategory = Annotated[str, BeforeValidator(OpenChoice(TRAININGS))]


class TrainingLine(Line):
    """A person at a session of a training, or only the session."""

    kind = "trainings"
    keys: ClassVar = frozenset({"training", "name", "id_number"})
    stored_as: ClassVar = {Training: {"training": "name", "category": "said"}}
    training: Text = required(
        "培训名称 | training | 培训班名称 | 培训项目 | 班次名称 || 培训主题 | 培训项目名称",
        example="团干部岗位大练兵",
    )
    category: TrainingCategory = required("培训类别 | category | 培训类型")
    day: EventDay = required(
        "培训日期 | date | 培训时间 | 开班日期 | 开班时间 || 举办时间", example=date(2023, 4, 1)
    )
    name: Holder | None = optional("姓名 | name | 学员姓名 | 参训人员 | 人员姓名 || 参训人员姓名")
    id_number: IdNumber | None = optional()
    organization: Text | None = optional(
        "所在团组织 | organization | 所在团支部 | 团组织 | 团支部 | 团组织名称 | 团组织全称"
    )
    unit: Text | None = optional()


def plan_training(item: Item[TrainingLine], batch: Batch) -> RowPlan:
    """Record the session by its name and day, and who was there.

    A name without an ID number is searched in the organisation of the row, which is not stored;
    else in the whole county, since a session has no organisation.
    """
    line = item.line
    row_plan = RowPlan(item)
    row_plan.say_last_day("day", line.day)
    if line.id_number is not None and line.name is None:
        row_plan.fault("trainee-nameless", "name")
    person = person_said(line, batch, row_plan) if line.name is not None else None
    stored = batch.snapshot.by_natural_key(Training, line.training, line.day)
    category = ask(category_said, line, "trainings", batch.policy, row_plan, unknown=NOT_YET)
    said = ask(particular, line.category, category, TRAININGS, unknown=NOT_YET)
    if stored is None:
        new_id = batch.snapshot.new_id(Training)
        session = Training(new_id, line.training, category, line.day, said)
    else:
        session = settled(stored, {"category": category, "said": said}, batch, row_plan)
    row_plan.creates = stored is None
    row_plan.put(stored, session)
    if line.name is not None:
        _put_trainee(line, person, session, batch, row_plan)
    return row_plan


def _put_trainee(
    line: TrainingLine, person: int | None, session: Training, batch: Batch, row_plan: RowPlan
) -> None:
    name = line.name or ""
    key = line.id_number or fold_name(f"{name}/{line.organization or ''}")
    batch.once(row_plan, "name" if line.id_number is None else "id_number", session.id, key)
    namesakes = batch.snapshot.by_natural_prefix(Trainee, session.id, name)
    if person is None:
        home = home_said(line, batch, row_plan)
        if home is None and line.organization is not None:
            return
        # A name that is recorded already is taken for the same person, where the row names none.
        stored = namesakes[0] if namesakes and home is None else _by_name(namesakes)
        person = named_person(name, home, batch, row_plan, stored)
        if stored and person is None and home and not isinstance(name, Unlisted):
            # The organisation is not stored, so it may say more than was known.
            people = bearers(name, home, batch.snapshot)
            person = people[0] if len(people) == 1 else None
    if person is not None and any(trainee.person == person for trainee in namesakes):
        return
    by_name = _by_name(namesakes)
    if by_name is not None:  # now it is known whose name was recorded, or it is still unknown
        row_plan.put(by_name, replace(by_name, person=person))
        return
    row_plan.creates = True
    row_plan.put(None, Trainee(batch.snapshot.new_id(Trainee), session.id, str(name), person))


def _by_name(trainees: Sequence[Trainee]) -> Trainee | None:
    """The trainee who is known only by name; None where there is no such record or several."""
    return next((trainee for trainee in trainees if trainee.person is None), None)


def training_lines(snapshot: Snapshot) -> Iterator[tuple[None, TrainingLine]]:
    """The rows for every session: each person who attended, or only the session."""
    trainees: dict[int, list[Trainee | None]] = {}
    for trainee in snapshot.all(Trainee):
        trainees.setdefault(trainee.training, []).append(trainee)
    for session in snapshot.all(Training):
        of_session = line_values(TrainingLine, session, snapshot) | {
            "category": session.said or session.category
        }
        for attended in trainees.get(session.id, [None]):
            person = attended and attended.person and snapshot.persons[attended.person]
            values = of_session | {
                "name": attended and shown_name(attended.name, attended.person, None, snapshot),
                "id_number": Private(person.id_number) if person else None,
            }
            yield None, TrainingLine.model_construct(**values)


def _keys(block: Block[TrainingLine], keys: Keys) -> None:
    touch_organizations(block, keys)
    people = zip(block.column("id_number"), block.column("name"), strict=True)
    for id_number, name in people:
        if id_number is not None:
            keys.id_numbers.add(id_number)
        elif name is not None:
            keys.names.add(name)


KIND = Kind(
    TrainingLine,
    plan_training,
    training_lines,
    {Person: ALWAYS, Training: Lifetime("day"), Trainee: ALWAYS},
    _keys,
    whole=(Training, Trainee),
    by_organization=False,
)
