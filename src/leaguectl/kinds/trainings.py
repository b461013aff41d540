"""Trainings: a row is a person at a session, or only the session."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds.activities import category_said, particular, settled
from leaguectl.kinds.attendees import (
    attendee_values,
    by_session,
    put_attendee,
    refuse_repeated,
)
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import EventDay, IdNumber, Text
from leaguectl.kinds.choices import OpenChoice
from leaguectl.kinds.kind import ALWAYS, Kind, Lifetime, line_values, touch_organizations
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.person_records import Holder, home_said, person_said
from leaguectl.model import NOT_YET, Keys, Person, Snapshot, Trainee, Training, ask
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
    row_plan.say_last_day(line.day)
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
        refuse_repeated(line, session.id, batch, row_plan)
        home = home_said(line, batch, row_plan) if person is None else None
        if person is not None or home or line.organization is None:
            put_attendee(Trainee, session.id, line.name, person, home, batch, row_plan)
    return row_plan


def training_lines(snapshot: Snapshot) -> Iterator[tuple[None, TrainingLine]]:
    """The rows for every session: each person who attended, or only the session."""
    trainees = by_session(snapshot.all(Trainee))
    for session in snapshot.all(Training):
        values = line_values(TrainingLine, session, snapshot) | {
            "category": session.said or session.category
        }
        together = trainees.get(session.id, ())
        for named in [attendee_values(each, together, None, snapshot) for each in together] or [{}]:
            yield None, TrainingLine.model_construct(**values | named)


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
