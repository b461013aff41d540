"""Participants (参加人员): a row is a person at an activity."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from leaguectl.findings import Level
from leaguectl.kinds.activities import (
    ACTIVITIES,
    ACTIVITY,
    CATEGORY,
    DAY,
    Category,
    category_said,
    covered_by_itself,
    particular,
    put_activity,
)
from leaguectl.kinds.attendees import attendee_values, by_session, put_attendee, refuse_repeated
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import EventDay, IdNumber, Text
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    touch_named,
    touch_organizations_and_people,
    values_of,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.person_records import Holder, Unlisted, home_said
from leaguectl.model import (
    NOT_YET,
    Activity,
    Coverage,
    Keys,
    Organization,
    Participant,
    Person,
    Snapshot,
    ask,
    if_known,
    is_known,
)
from leaguectl.rules.upkeep import people_over


class ParticipantLine(Line):
    """A person at an activity."""

    kind = "participants"
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {
        Activity: {"activity": "name", "category": "said", "host": "organization"}
    }
    activity: Text = required(ACTIVITY, example="学雷锋主题团日")
    category: Category | None = optional(CATEGORY)
    day: EventDay = required(DAY, example=date(2023, 4, 1))
    host: Text | None = optional(
        "主办团组织 | host | 主办单位 | 组织单位 | 举办单位 | 开展团组织 || 承办单位 | 开展单位 | "
        "开展支部 | 开展活动团支部",
        example="高一（1）班团支部",
    )
    name: Holder = required(
        "姓名 | name | 参加人员 | 参与人员 | 参加人员姓名 | 参与人员姓名 | 参加人 | 参与人 || "
        "人员姓名 | 参会人员 | 学生姓名 | 团员姓名"
    )
    id_number: IdNumber | None = optional()
    organization: Text | None = optional()
    unit: Text | None = optional()


def plan_participant(item: Item[ParticipantLine], batch: Batch) -> RowPlan:
    """Record who took part in an activity, and the activity where it is not known yet.

    A row without an ID number means the person of that name in the organisation of the row, which
    is not stored; else in the organisation that held the activity. An ID number that nobody in the
    registry has is not kept: nobody needs those of strangers.
    """
    line = item.line
    row_plan = RowPlan(item)
    row_plan.say_last_day(line.day)
    person = None
    if line.id_number is not None:
        stored, made = batch.person(row_plan, line)
        person = made.id if stored or not is_known(line.id_number) else None
    home = home_said(line, batch, row_plan)
    activity = _activity(line, batch, row_plan)
    if activity is None:
        return row_plan
    refuse_repeated(line, activity.id, batch, row_plan)
    name = line.name
    if line.id_number is not None and person is None:
        row_plan.fault("person-by-name", "id_number", Level.WARNING, name=name, numbered=True)
        name = Unlisted(name)
    if home is None and line.organization is None:
        home = batch.snapshot.organizations.get(activity.organization)
    if home is not None or person is not None:
        put_attendee(Participant, activity.id, name, person, home, batch, row_plan)
        if row_plan.creates:
            _judge_count(activity, batch, row_plan)
    return row_plan


@if_known
def _judge_count(activity: Activity, batch: Batch, row_plan: RowPlan) -> None:
    """Warn at the row with which more people are listed than came."""
    before = len(batch.snapshot.by(Participant, "activity", activity.id))
    facts = people_over(activity, before + 1)
    if facts and not people_over(activity, before):
        row_plan.fault("attendances-fewer", "name", Level.WARNING, **facts)


def _activity(line: ParticipantLine, batch: Batch, row_plan: RowPlan) -> Activity | None:
    """The activity of a row, as it is recorded or as the row completes it; a fault where it cannot
    be found, and the row says too little of it to record it."""
    category = None
    if line.category is not None:
        category = ask(category_said, line, "activities", batch.policy, row_plan, unknown=NOT_YET)
    if line.host is None:
        found = ask(_held, line.activity, line.day, batch.snapshot, unknown=None)
        if found is None:
            return None
        stored = found[0] if len(found) == 1 else None
        host = batch.snapshot.organizations[stored.organization] if stored else None
        if len(found) > 1:
            hosts = [batch.name(activity.organization) for activity in found]
            row_plan.fault(
                "activity-ambiguous", "activity", name=line.activity, day=line.day, hosts=hosts
            )
            return None
    else:
        host = batch.organization(row_plan, line.host, "host", day=line.day)
        if host is None:
            return None
        stored = batch.snapshot.by_natural_key(Activity, host.code, line.day, line.activity)
    if host is None or (stored is None and category is None):
        row_plan.fault("activity-unknown", "activity", name=line.activity, day=line.day)
        return None
    values: dict[str, Any] = values_of(line, Activity)
    if category is not None:
        said = ask(particular, line.category, category, ACTIVITIES, unknown=NOT_YET)
        values |= {"category": category, "said": said}
    covered = covered_by_itself(host) if stored is None else set()
    return put_activity(stored, host, values, covered, batch, row_plan)


@if_known
def _held(name: str, day: date, snapshot: Snapshot) -> list[Activity]:
    """The activities of a name and day, of all organisations."""
    return snapshot.by(Activity, ("name", "day"), (name, day))


def participant_lines(snapshot: Snapshot) -> Iterator[tuple[str, ParticipantLine]]:
    """The rows for everybody who took part in an activity."""
    attended = by_session(snapshot.all(Participant))
    for activity in snapshot.all(Activity):
        values = line_values(ParticipantLine, activity, snapshot) | {
            "category": activity.said or activity.category
        }
        together = attended.get(activity.id, ())
        for each in together:
            named = attendee_values(each, together, activity.organization, snapshot)
            yield activity.organization, ParticipantLine.model_construct(**values | named)


def _keys(block: Block[ParticipantLine], keys: Keys) -> None:
    touch_organizations_and_people(block, keys)
    hosts = block.column("host")
    touch_named(hosts, block.rows.day, keys)
    if None in hosts:  # it is that of the activity
        keys.whole.add(Organization)


KIND = Kind(
    ParticipantLine,
    plan_participant,
    participant_lines,
    {Person: ALWAYS, Activity: Lifetime("day"), Participant: ALWAYS},
    _keys,
    whole=(Activity, Coverage, Participant),
)
