"""Who the examples are about: one admitted person, and a crowd of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from stdnum.iso7064 import mod_11_2

from leaguectl.model import (
    Admission,
    Certificate,
    Entity,
    Form,
    Membership,
    Number,
    Person,
    Quota,
    RuleSubject,
)


def id_number(at: int, born: str = "20070301") -> str:
    """The national ID number of the ``at``-th invented person born that day."""
    bare = f"658899{born}{at:03d}"
    return bare + mod_11_2.calc_check_digit(bare)


HAN = Person(1, "韩一", id_number(1))
MEI = Person(2, "梅二", id_number(2))
N1, N2, N3, N4 = (f"20236500000{at}" for at in range(1, 5))
BASE = Admission(
    id=1, person=1, organization="S1", number=N1, form=N1, certificate="10000001",
    applied=date(2022, 9, 10), talked=date(2022, 10, 11), activist=date(2022, 10, 20),
    candidate=date(2023, 3, 1), meeting=date(2023, 4, 10), approved=date(2023, 5, 10),
    course_hours=8, service_hours=20, introducer_1="李介绍", introducer_2="王介绍",
    due=30, present=28, in_favour=27,
)  # fmt: skip
"""An admission that is right in all, and in some by the last day or hour."""

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
OLD_MEMBERSHIP = Membership(3, 3, "S", date(2016, 5, 4))
OF_2015 = Membership(3, 3, "S1", date(2015, 5, 4))
"""From before numbers were required, so that nothing is asked of it."""


def candidate(number: str | None = N1, **said: Any) -> RuleSubject:
    """The case of an admission that is right but for what is said."""
    this = replace(BASE, **said)
    return RuleSubject(
        HAN, this.organization, this.meeting, number, number, "10000001", admission=this
    )


def of_2015(at: int, organization: str = "S1") -> tuple[Person, Membership]:
    """A member of 2015: the ``at``-th."""
    person = Person(at, f"团员{chr(0x4E00 + at)}", id_number(at, "20000301"))
    return person, Membership(at, at, organization, date(2015, 5, 4))


def crowd(days: Sequence[date], **same: Any) -> tuple[Entity, ...]:
    """As many people of one branch, one admitted on each of these days; right in all else, and
    alike in nothing but what ``same`` says of their admissions."""
    block = Quota(1, 2023, "S", _number(1), _number(len(days)), len(days))
    return (
        block,
        *(noun for at, day in enumerate(days, 1) for noun in _admitted(at, day, same)),
    )


def spread(count: int) -> list[date]:
    """So many days of 2023, from March to November."""
    return [date(2023, 3, 1) + timedelta(days=9 * at) for at in range(count)]


def _number(at: int) -> str:
    return f"2023650{at:05d}"


def _admitted(at: int, meeting: date, same: dict[str, Any]) -> Iterator[Entity]:
    number = _number(at)
    person = Person(at, f"学生{chr(0x4E00 + at)}", id_number(at))
    admission = Admission(
        id=at, person=at, organization="S1", number=number, form=number, certificate=number,
        applied=date(2022, 9, 1) + timedelta(days=at),
        activist=date(2022, 10, 20) + timedelta(days=at),
        meeting=meeting, approved=meeting + timedelta(days=10), course_hours=8,
        introducer_1=f"介绍{chr(0x4E00 + at)}", introducer_2=f"见证{chr(0x4E00 + at)}",
        due=90, present=90 - at, in_favour=80 - at,
    )  # fmt: skip
    yield person
    yield Number(number, 2023, "used", 1, at)
    yield Membership(at, at, "S1", meeting, entry="admitted")
    yield replace(admission, **same)
    yield Form(number, at)
    yield Certificate(number, at)
