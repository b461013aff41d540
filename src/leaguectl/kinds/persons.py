"""Other persons (其他人员): a row is what is known of somebody who is no member.

Who stands in a list only, as of a training, may have a telephone number or a political status that
the list has no column for; this sheet passes it on to another registry.
"""

from collections.abc import Iterator
from typing import ClassVar

from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.cells import IdNumber, Name, Phone
from leaguectl.kinds.kind import ALWAYS, Kind, person_values, touch_people
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.members import MEMBERSHIP, Politics
from leaguectl.model import Membership, Person, Snapshot


class PersonLine(Line):
    """What is known of a person in another sheet."""

    kind = "persons"
    keys: ClassVar = frozenset({"name", "id_number"})
    name: Name = required("登记姓名 | recorded name")
    id_number: IdNumber = required()
    phone: Phone | None = optional()
    politics: Politics | None = optional("政治面貌 | politics", example="群众")


def plan_person(item: Item[PersonLine], batch: Batch) -> RowPlan:
    """Complete a person who is recorded already; this sheet records nobody."""
    line = item.line
    row_plan = RowPlan(item)
    batch.once(row_plan, "id_number", line.id_number)
    stored, person = batch.person(row_plan, line)
    if stored is None:
        row_plan.fault("milestone-person", "id_number", name=line.name)
    else:
        row_plan.concerned.add(stored.id)  # who is a member by now is judged as one
    row_plan.put(stored, person)
    return row_plan


def person_lines(snapshot: Snapshot) -> Iterator[tuple[None, PersonLine]]:
    """The rows for everybody who never was a member, if more than the name is known."""
    for person in snapshot.persons.values():
        if (person.phone or person.politics) and snapshot.membership(person.id) is None:
            yield None, PersonLine.model_construct(**person_values(PersonLine, person, snapshot))


KIND = Kind(
    PersonLine,
    plan_person,
    person_lines,
    {Person: ALWAYS, Membership: MEMBERSHIP},
    touch_people,
    by_organization=False,
    is_dated=False,
    is_carried=True,
)
