"""What an example is: a registry in which a single thing is right or wrong, and the case it is
about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from stdnum.iso7064 import mod_11_2

from leaguectl.findings import Finding
from leaguectl.model import (
    Admission,
    Certificate,
    Entity,
    Form,
    Membership,
    Number,
    Organization,
    Person,
    Quota,
    RuleSubject,
    Snapshot,
    key_of,
)
from leaguectl.rules import ENTRY, GATE, judge, load, review

COUNTY = Organization("C", "共青团云杉县委员会", "committee", domain="society")
SCHOOL = Organization("S", "云杉县第一中学团委", "committee", "C", "school")
BRANCH = Organization("S1", "高一（1）班团支部", "branch", "S")


@dataclass(frozen=True)
class Example:
    """A registry, and the case in it that is judged; None: the whole registry is judged.

    ``policy`` is a county's own file that is laid over; ``today`` and ``as_of`` are the days of the
    registry, where they matter.
    """

    entities: tuple[Entity, ...]
    case: RuleSubject | None = None
    policy: str = ""
    today: date | None = None
    as_of: date | None = None
    province: str = "65"

    def snapshot(self) -> Snapshot:
        """The registry that the rules look at: the three organisations and the entities."""
        snapshot = Snapshot(
            settings={"province": self.province}, today=self.today, as_of=self.as_of
        )
        for entity in (COUNTY, SCHOOL, BRANCH, *self.entities):
            snapshot.load(entity)
            if isinstance(entity, Number) and entity.quota is not None:
                snapshot.number_counts[entity.quota][entity.state] += 1
        memberships = snapshot.memberships.values()
        snapshot.member_counts.update(membership.organization for membership in memberships)
        return snapshot

    def findings(self) -> list[Finding]:
        """All violations of any rule."""
        snapshot, policy = self.snapshot(), load(self.policy or None)
        if self.case is None:
            return list(review(snapshot, policy))
        rules = ENTRY + GATE if self.case.admission else ENTRY
        verdicts = judge(self.case, snapshot, policy, rules)
        return [Finding(verdict.code, verdict.facts, verdict.level) for verdict in verdicts]

    def things(self) -> dict[tuple[str, Any], Any]:
        """Everything in the example, by kind and key: its entities, the person and the admission of
        its case, the case and the example itself."""
        things: dict[tuple[str, Any], Any] = {("", 0): self}
        entities = [COUNTY, SCHOOL, BRANCH, *self.entities]
        if self.case is not None:
            things["case", 0] = self.case
            entities += [self.case.person] + ([self.case.admission] if self.case.admission else [])
        return things | {
            (type(entity).__name__.lower(), key_of(entity)): entity for entity in entities
        }

    def shown_of(self, entity: Any, name: str) -> Any:
        """A field of an entity as a reader knows it; None where the entity is not there."""
        return None if entity is None else self.shown(name, getattr(entity, name))

    def shown(self, name: str, value: Any) -> Any:
        """A value as a reader knows it: a person by the name, an organisation by its own."""
        if value is None:
            return None
        if name == "person":
            people = [person for person in self.entities if isinstance(person, Person)]
            people += [self.case.person] if self.case is not None else []
            names = {person.id: person.name for person in people}
            return names.get(value, f"#{value}")
        if name == "id_number":  # its end is what differs; all of it would be masked
            return f"{value[:6]}…{value[-1]}"
        if name in ("organization", "parent"):
            entities = (COUNTY, SCHOOL, BRANCH, *self.entities)
            organizations = (entity for entity in entities if isinstance(entity, Organization))
            return next((found.name for found in organizations if found.code == value), value)
        return value


@dataclass(frozen=True)
class Pair:
    """A right example of a rule, and one that is wrong in a single respect."""

    right: Example
    wrong: Example

    def differences(self) -> list[tuple[str, str, Any, Any]]:
        """The differences: kind of entity, field, the right value (None: there is none), the wrong
        value. Where many of a kind differ, the first of them."""
        right, wrong = self.right.things(), self.wrong.things()
        differences: dict[str, list[tuple[str, str, Any, Any]]] = {}
        for kind, key in {**right, **wrong}:
            good, bad = right.get((kind, key)), wrong.get((kind, key))
            if good == bad or kind in differences:
                continue
            values = [
                (kind, name, self.right.shown_of(good, name), self.wrong.shown_of(bad, name))
                for name in _fields_to_compare(good, bad)
            ]
            if differing := [value for value in values if value[2] != value[3]]:
                differences[kind] = differing
        for kind in [*differences]:
            count, other_count = (sum(key[0] == kind for key in of) for of in (right, wrong))
            if count > 1 and count != other_count:  # for a crowd its size is enough
                differences[kind] = [(kind, "count", count, other_count)]
        if "admission" in differences:  # what depends on an admission changes with it
            differences = {k: of for k, of in differences.items() if k not in _HANGING}
        return [*chain.from_iterable(differences.values())]

    @property
    def policy(self) -> str:
        """The county's own file by which both are judged, where there is one."""
        return self.wrong.policy


_BRIEF = {
    "Admission": ("person", "organization", "meeting"),
    "Membership": ("person", "organization", "joined"),
    "Organization": ("name", "parent"),
    "Person": ("name",),
    "Number": ("number", "state"),
    "Quota": ("organization", "first", "last"),
    "Form": ("serial",),
    "Certificate": ("serial",),
    "Post": ("organization", "said", "name"),
    "Registration": ("person", "grade"),
}
"""The fields shown of an entity that only one of two examples has."""
_HANGING = ("person", "membership", "number", "form", "certificate", "quota")
_LEFT_OUT = ("id", "operation", "entities", "case", "person", "admission", "organization")
"""Fields of the examples and their cases that are not compared: their entities are."""


def _fields_to_compare(good: Any, bad: Any) -> list[str]:
    """The fields to compare two things by; the brief fields where one of them is missing."""
    existing = good if good is not None else bad
    if good is None or bad is None:
        return list(_BRIEF.get(type(existing).__name__, ()))
    names = [field.name for field in fields(existing)]
    if isinstance(existing, (Example, RuleSubject)):
        return [name for name in names if name not in _LEFT_OUT]
    if isinstance(existing, Person) and good.born != bad.born:
        return ["born"]  # that is the part of the ID number that differs
    return [name for name in names if name not in ("id", "operation")]


# -- who the examples are about: one admitted person, and a crowd of them -------------------------


def id_number(order: int, born: str = "20070301") -> str:
    """The national ID number of the ``order``-th invented person born that day."""
    bare = f"658899{born}{order:03d}"
    return bare + mod_11_2.calc_check_digit(bare)


HAN = Person(1, "韩一", id_number(1))
MEI = Person(2, "梅二", id_number(2))
N1, N2, N3, N4 = (f"20236500000{order}" for order in range(1, 5))
BASE = Admission(
    id=1, person=1, organization="S1", number=N1, form=N1, certificate="10000001",
    applied=date(2022, 9, 10), talked=date(2022, 10, 11), activist=date(2022, 10, 20),
    candidate=date(2023, 3, 1), meeting=date(2023, 4, 10), approved=date(2023, 5, 10),
    course_hours=8, service_hours=20, introducer_1="李介绍", introducer_2="王介绍",
    due=30, present=28, in_favour=27,
)  # fmt: skip
"""An admission that is right everywhere, in some facts by the last day or hour."""

PLACE = Quota(1, 2023, "S", N1, N2, 2)
SLOT = Number(N1, 2023, "free", 1)
MEMBER = RuleSubject(HAN, "S1", date(2023, 4, 10), None, None, None)
OTHER = (MEI, Membership(2, 2, "S1", date(2021, 5, 4)))

MEMBERSHIP = Membership(1, 1, "S1", BASE.meeting, entry="admitted")
CHAIN: tuple[Entity, ...] = (
    HAN, PLACE, Number(N1, 2023, "used", 1, 1), Number(N2, 2023, "free", 1), MEMBERSHIP,
    BASE, Form(N1, 1), Certificate("10000001", 1),
)  # fmt: skip
"""One admitted person: the smallest registry in which every rule has something to look at."""

OLD = Person(3, "陈三", id_number(3, "20000301"))
OLD_MEMBERSHIP = Membership(3, 3, "S1", date(2016, 5, 4))
OF_2014 = Membership(3, 3, "S1", date(2014, 5, 4))
"""A membership from before numbers and certificates were required, so that nothing is."""


def candidate(number: str | None = N1, **changes: Any) -> RuleSubject:
    """The case of an admission that is right except for the changes."""
    admission = replace(BASE, **changes)
    return RuleSubject(
        HAN,
        admission.organization,
        admission.meeting,
        number,
        number,
        "10000001",
        admission=admission,
    )


def of_2014(order: int, organization: str = "S1") -> tuple[Person, Membership]:
    """A member of 2014: the ``order``-th."""
    person = Person(order, f"团员{chr(0x4E00 + order)}", id_number(order, "20000301"))
    return person, Membership(order, order, organization, date(2014, 5, 4))


def crowd(days: Sequence[date], **same: Any) -> tuple[Entity, ...]:
    """People of one branch, one admitted on each of these days; right in everything else, and alike
    only in the values ``same`` of their admissions."""
    block = Quota(1, 2023, "S", _number(1), _number(len(days)), len(days))
    return (
        block,
        *(entity for order, day in enumerate(days, 1) for entity in _admitted(order, day, same)),
    )


def spread(count: int) -> list[date]:
    """``count`` days of 2023, from March to November."""
    return [date(2023, 3, 1) + timedelta(days=9 * order) for order in range(count)]


def _number(order: int) -> str:
    return f"2023650{order:05d}"


def _admitted(order: int, meeting: date, same: dict[str, Any]) -> Iterator[Entity]:
    number = _number(order)
    person = Person(order, f"学生{chr(0x4E00 + order)}", id_number(order))
    admission = Admission(
        id=order, person=order, organization="S1", number=number, form=number, certificate=number,
        applied=date(2022, 9, 1) + timedelta(days=order),
        activist=date(2022, 10, 20) + timedelta(days=order),
        meeting=meeting, approved=meeting + timedelta(days=10), course_hours=8,
        introducer_1=f"介绍{chr(0x4E00 + order)}", introducer_2=f"见证{chr(0x4E00 + order)}",
        due=90, present=90 - order, in_favour=80 - order,
    )  # fmt: skip
    yield person
    yield Number(number, 2023, "used", 1, order)
    yield Membership(order, order, "S1", meeting, entry="admitted")
    yield replace(admission, **same)
    yield Form(number, order)
    yield Certificate(number, order)
