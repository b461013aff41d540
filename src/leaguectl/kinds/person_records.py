"""Records of a member: who is meant by a row that names them, and the record that it completes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, RowPlan
from leaguectl.kinds.cells import person_name
from leaguectl.kinds.kind import line_values, person_values, record_of
from leaguectl.kinds.line import Line
from leaguectl.kinds.named_organizations import meant, own_class
from leaguectl.model import (
    Alias,
    Entity,
    Organization,
    Post,
    Snapshot,
    if_known,
    is_known,
)
from leaguectl.names import fold_name

E = TypeVar("E", bound=Entity)
L = TypeVar("L", bound=Line)

CANDIDATES = 20
"""How many people a refusal names at most."""


class Unlisted(str):
    """The name of somebody who is not in the registry, although others there may have that name."""

    __slots__ = ()

    @property
    def marked(self) -> str:
        """The name as a cell has it."""
        return f"{self}（不在册）"


_UNLISTED = re.compile(r"(?P<name>.+?)\s*[（(]不在册[）)]\s*")


def holder(value: Any) -> str:
    """A name, behind which 不在册 may say that it is nobody who is known here."""
    found = _UNLISTED.fullmatch(value) if isinstance(value, str) else None
    return Unlisted(person_name(found["name"])) if found else person_name(value)


Holder = Annotated[Any, BeforeValidator(holder)]


def home_said(line: Any, batch: Batch, row_plan: RowPlan) -> Organization | None:
    """The organisation that a row names together with a person; None where it names none. A class
    without its school or year is that of the member."""
    if line.organization is None:
        return None
    homes, day = batch.homes_of(line.id_number), batch.day_of(row_plan.row)
    if is_known(line.organization) and not meant(batch.snapshot, line.organization, line.unit, day):
        own = own_class(batch.snapshot, line.organization, homes)
        if own is not None:
            return own
    return batch.organization(row_plan, line.organization, "organization", line.unit, homes=homes)


def known_person(
    line: Any, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """The person: by the ID number, or the only member of that organisation with the name; a fault
    where nobody is."""
    if line.id_number is not None:
        stored, _ = batch.person(row_plan, line)
        if stored is None and is_known(line.id_number):
            row_plan.fault("milestone-person", "id_number", name=line.name)
        return stored.id if stored else None
    if home is None:
        return None
    return _bearer(line.name, home, batch, row_plan)


@if_known
def _bearer(name: str, home: Organization, batch: Batch, row_plan: RowPlan) -> int | None:
    people = bearers(name, home, batch.snapshot)
    if not people:
        row_plan.fault("milestone-bearer", "name", name=name, organization=home.name)
    return _only(people, name, home, batch, row_plan)


def member_meant(
    line: Any, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """:func:`known_person` of a row that may leave out the organisation."""
    if line.id_number is None and line.organization is None:
        row_plan.fault("branch-not-said", "name", name=line.name)
    return known_person(line, home, batch, row_plan)


@if_known
def refuse_former(person: int, day: date, column: str, batch: Batch, row_plan: RowPlan) -> None:
    """Refuse a record that only members get, for somebody who had left before that day, as the
    commands do; on the day of leaving it may have come first."""
    if (left := left_before(person, day, batch.snapshot)) is not None:
        level = level_of_past(person, batch)
        row_plan.fault("member-not-now", column, level, left=left)


def left_before(person: int, day: date, snapshot: Snapshot) -> date | None:
    """The day on which somebody had left for the last time before that day; None where they had
    not, or were never a member."""
    ends = [home.left for home in snapshot.memberships_of(person)]
    lefts = [left for left in ends if left is not None and left < day]
    return max(lefts) if lefts and len(lefts) == len(ends) else None


def level_of_past(person: int, batch: Batch) -> Level:
    """How much it matters that a record contradicts what else is known: it is a warning where the
    person is new in the same batch, since the record was made before that was known."""
    return Level.WARNING if batch.snapshot.persons[person].operation == 0 else Level.ERROR


def person_said(line: Any, batch: Batch, row_plan: RowPlan) -> int | None:
    """Who has the ID number of a row, a member or not, and new where nobody has it; None where the
    row has none."""
    if line.id_number is None:
        return None
    stored, person = batch.person(row_plan, line)
    row_plan.put(stored, person)
    return person.id


@if_known
def named_person(
    name: str, home: Organization | None, batch: Batch, row_plan: RowPlan, stored: Any
) -> int | None:
    """Who is meant by a name without an ID number, in records that may hold only a name.

    Of a record that is ``stored`` nothing is decided again: a row that says no more than it did is
    no news, even where somebody has that name by now; an ID number settles it. ``home`` is None
    where the row names no organisation: then everybody in the registry is considered. An unlisted
    name is nobody known.
    """
    if stored is not None:
        person: int | None = stored.person
        return person
    if isinstance(name, Unlisted):
        return None
    people = bearers(name, home, batch.snapshot)
    if not people:
        row_plan.fault("person-by-name", "name", Level.WARNING, name=name)
    return _only(people, name, home, batch, row_plan)


def shown_name(name: str, person: int | None, code: str | None, snapshot: Snapshot) -> str:
    """The name of a record as a row says it: unlisted where it is not known whose it is, though the
    row would be taken for somebody who bears it by now."""
    home = None if code is None else snapshot.organizations.get(code)
    is_taken = person is None and bool(bearers(name, home, snapshot))
    return Unlisted(name).marked if is_taken else name


def bearers(name: str, home: Organization | None, snapshot: Snapshot) -> list[int]:
    """People with a name who are in the organisation or below it, as members or in a post; where
    there are none, those who had the name before it was corrected."""
    people = [person.id for person in snapshot.bearing(name)]
    present = [person for person in people if _is_in(person, home, snapshot)]
    # People who left in this way still count as bearers, so that no nameless person is recorded in
    # their place; whether they may hold the record is for a rule to decide.
    present = present or [person for person in people if _is_barred_from(person, home, snapshot)]
    return present or [
        person for person in _formerly_named(name, snapshot) if _is_in(person, home, snapshot)
    ]


def _formerly_named(name: str, snapshot: Snapshot) -> list[int]:
    corrected, folded = {alias.person for alias in snapshot.all(Alias)}, fold_name(name)
    return [person for person in sorted(corrected) if folded in snapshot.former_names(person)]


def _is_in(person: int, home: Organization | None, snapshot: Snapshot) -> bool:
    membership = snapshot.membership(person)
    homes = [] if membership is None or membership.left is not None else [membership.organization]
    homes += [post.organization for post in snapshot.by(Post, "person", person) if not post.until]
    return any(home is None or snapshot.is_below(code, home.code) for code in homes)


def _is_barred_from(person: int, home: Organization | None, snapshot: Snapshot) -> bool:
    membership = snapshot.membership(person)
    if membership is None or membership.leaving_reason not in ("deceased", "expelled"):
        return False
    return home is None or snapshot.is_below(membership.organization, home.code)


def _only(
    people: Sequence[int], name: str, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """The only one of these people; a fault that names the candidates where there are several."""
    if len(people) > 1:
        place = {"organization": home.name} if home else {}
        refuse_several(people, batch, row_plan, name=name, **place)
    if len(people) != 1:
        return None
    known = batch.snapshot.persons[people[0]].name
    if fold_name(known) != fold_name(name):
        row_plan.fault("name-former", "name", Level.WARNING, said=name, known=known)
    return people[0]


def refuse_several(
    people: Sequence[int], batch: Batch, row_plan: RowPlan, column: str = "name", **facts: Any
) -> None:
    """Add a fault where several people bear a name; it lists them as a user can name them."""
    shown = [batch.snapshot.listed_as(person) for person in people[:CANDIDATES]]
    row_plan.fault("person-ambiguous", column, **facts, count=len(people), candidates=shown)


def put_record(
    row_plan: RowPlan, batch: Batch, entity: type[E], values: Mapping[str, Any]
) -> tuple[E | None, E]:
    """Make the record of these values, or complete the one with the same natural key: what was
    stored and what it becomes."""
    stored, record = record_of(entity, values, "name", batch, row_plan)
    row_plan.creates = stored is None
    row_plan.put(stored, record)
    return stored, record


def record_lines(
    line: type[L], entity: type[Entity], snapshot: Snapshot
) -> Iterator[tuple[str | None, L, Any]]:
    """Each record of the entity as a line that names its person and their home: with the code of
    the home, and the record itself."""
    for record in snapshot.all(entity):
        person: int = record.person  # type: ignore[attr-defined]
        membership = snapshot.membership(person)
        home = membership.organization if membership else None
        values = person_values(line, snapshot.persons[person], snapshot)
        values |= {"organization": snapshot.reference(home) if home else None}
        values |= line_values(line, record, snapshot)
        yield home, line.model_construct(**values), record
