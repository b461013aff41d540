"""Organisations and people, and what happens to them over the years."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Annotated

from leaguectl.model.days import as_known
from leaguectl.model.declaration import Entity, Index, OperationId, Spec, entity
from leaguectl.model.periods import DISCIPLINE, MEMBERSHIP, ORGANIZATION

ORGANIZATION_TYPES = ("committee", "work committee", "general branch", "branch",
                      "graduating branch")  # fmt: skip
BRANCH_TYPES = ("branch", "graduating branch")
PARENTS: dict[str, tuple[str, ...]] = {
    "committee": ("committee", "work committee"),
    "work committee": ("committee", "work committee"),
    "general branch": ("committee", "work committee"),
    "branch": ("committee", "work committee", "general branch"),
    "graduating branch": ("committee", "work committee", "general branch"),
}
"""The types of parent that each type of organisation may have."""
DOMAINS = ("school", "society")
SECTORS = ("village", "community", "junior middle", "senior middle", "vocational", "government",
           "public institution", "state enterprise", "private enterprise", "social organisation",
           "other")  # fmt: skip
SCHOOL_SECTORS = ("junior middle", "senior middle", "vocational")
PRECISIONS = ("day", "month")
ENTRIES = ("admitted", "recorded", "transferred", "moved", "restored")
IN_ERROR = "in error"
"""Why a membership ended that never existed (误录): no figure of any year counts it."""
LEAVING_REASONS = ("age", "transferred", "moved", "resigned", "removed", "expelled", "deceased",
                   "other", IN_ERROR)  # fmt: skip
NAME_SEPARATOR = "、"
"""Between several former names of a person."""
ERASED = "已删除"
"""What stands for the name of somebody whose personal values were taken out, before their id."""
NO_AREA = "0"
"""No code of an area begins with it, so no ID number of anybody does."""
BORN = "substr(id_number, 7, 8)"
"""The birth date in an ID number, as the SQL expression that is indexed."""
TRANSFER_STATES = ("pending", "accepted", "refused", "lapsed")
DISCIPLINES = ("warning", "serious warning", "removal from post", "probation", "expulsion")
MILESTONES = ("recommended to league", "recommended to party", "applied to party",
              "joined party", "lost contact")  # fmt: skip
GRADES = ("excellent", "qualified", "barely qualified", "unqualified")
ORGANIZATION_EVENTS = ("founded", "renamed", "called", "moved", "merged", "split", "retyped",
                       "elected", "closed")  # fmt: skip


@lru_cache(maxsize=16384)
def _day_of(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def born_by(id_number: str) -> date:
    """The birth date in an ID number (digits 7 to 14).

    :raises ValueError: there is none.
    """
    return _day_of(id_number[6:14])


def sex_by(id_number: str) -> str:
    """The sex in an ID number: its 17th digit is odd for a man."""
    return "male" if id_number[16] in "13579" else "female"


def may_lack_digits(id_number: str) -> bool:
    """Whether an ID number seems to have lost its last digits: a spreadsheet keeps fifteen and
    writes 000 for the rest, which sometimes fits the check digit; the order number 000 of a day is
    never given."""
    return id_number[15:] == "000" or id_number[14:17] == "000"


@entity(
    key="code",
    period=ORGANIZATION,
    more_checks={
        "not_its_own_parent": "parent <> code",
        "dissolved_after_founded": "dissolved >= founded",
        "seats": "secretary_seats >= 0 AND committee_seats >= 0",
    },
    more_indexes=(
        # Two organisations under one parent may have the same name only if the older is dissolved:
        # next year's class has the name of this year's.
        Index("name", ("coalesce(parent, '')", "folded"), unique=True, where="dissolved IS NULL"),
    ),
)
class Organization(Entity):
    """A League organisation: one place in the tree.

    ``elected`` is the day of its last election; ``graduates`` is the year in which the class of a
    graduating branch leaves its school. Of ``founded`` and ``elected`` the month alone may be known
    (``founded_precision``, ``elected_precision``); they are its first day then.
    """

    code: Annotated[str, Spec(64)]
    name: Annotated[str, Spec(folded_as="folded")]
    type: Annotated[str, Spec(20, ORGANIZATION_TYPES, dated=True)]
    parent: Annotated[str | None, Spec(references="organization", index=True)] = None
    domain: Annotated[str | None, Spec(20, DOMAINS, dated=True)] = None
    sector: Annotated[str | None, Spec(24, SECTORS, dated=True)] = None
    secretary_seats: Annotated[int | None, Spec(dated=True)] = None
    committee_seats: Annotated[int | None, Spec(dated=True)] = None
    founded: date | None = None
    dissolved: date | None = None
    elected: date | None = None
    graduates: Annotated[int | None, Spec(dated=True)] = None
    founded_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    elected_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity()
class OrganizationEvent(Entity):
    """Something that happened to an organisation: founded, renamed, moved, merged, closed.

    ``before`` and ``after`` are names where it was renamed, codes of the organisations above where
    it was moved, and the code of the other organisation where it was merged or split.
    """

    id: int
    organization: Annotated[str, Spec(references="organization", index=True)]
    kind: Annotated[str, Spec(12, ORGANIZATION_EVENTS)]
    day: date
    before: str | None = None
    after: str | None = None
    authority: str | None = None
    operation: OperationId = 0


@entity(
    more_checks={"id_number": "length(id_number) = 18"},
    # Records with the same name and birth date may be one person recorded twice; this finds them.
    more_indexes=(Index("born", (BORN,)),),
)
class Person(Entity):
    """Somebody with a national ID number; member, applicant or cadre.

    ``written`` is the name as it was first written, where folding separators and spaces changed it.
    """

    id: int
    name: Annotated[str, Spec(index=True)]
    id_number: Annotated[str, Spec(18, unique=True, private=True)]
    phone: Annotated[str | None, Spec(20, private=True)] = None
    politics: Annotated[str | None, Spec(dated=True)] = None
    written: str | None = None
    operation: OperationId = 0

    @property
    def born(self) -> date:
        """The birth date in the ID number (digits 7 to 14)."""
        return born_by(self.id_number)

    @property
    def is_dated(self) -> bool:
        """Whether the ID number contains a birth date; a number that another program changed may
        not."""
        try:
            return bool(self.born)
        except ValueError:
            return False

    @property
    def sex(self) -> str:
        """The sex in the ID number: its 17th digit is odd for a man."""
        return sex_by(self.id_number)

    @property
    def is_erased(self) -> bool:
        """Whether their personal values were taken out of the registry."""
        return self.id_number.startswith(NO_AREA)

    def erased(self, number: int, *, keeps_birthday: bool) -> "Person":
        """The same as nobody can tell who it was: a name and an ID number made of a ``number``, in
        an area that there is not. Sex and day of birth (of which only the year is kept without
        ``keeps_birthday``) stay for the figures."""
        from stdnum.iso7064 import mod_11_2  # a figure does without it

        high, low = divmod(number, 100_000)
        born = self.id_number[6:14] if keeps_birthday else self.id_number[6:10] + "0101"
        sex = "1" if self.sex == "male" else "2"
        digits = f"{NO_AREA}{low:05d}{born}{high:02d}{sex}"
        id_number = digits + mod_11_2.calc_check_digit(digits)
        return replace(
            self, name=f"{ERASED}{number}", id_number=id_number, phone=None, written=None
        )


def whole_id_number(text: str) -> str:
    """The ID number of 18 digits for an old one of 15, whose year has two digits, always of the
    1900s, and which has no check digit (GB 11643); any other text as it is."""
    from stdnum.iso7064 import mod_11_2  # a figure does without it

    if len(text) != 15 or not (text.isascii() and text.isdigit()):
        return text
    digits = f"{text[:6]}19{text[6:]}"
    return digits + str(mod_11_2.calc_check_digit(digits))


def is_pseudonym(name: str, id_number: str) -> bool:
    """Whether a name and an ID number are those of somebody whose personal values were taken out of
    a registry."""
    number = id_number[14:16] + id_number[1:6]
    if not (id_number.startswith(NO_AREA) and number.isdecimal() and len(number) == 7):
        return False
    person = Person(0, name, id_number)
    return person.is_dated and person.erased(int(number), keeps_birthday=True) == person


@entity(key="id_number", more_checks={"id_number": "length(id_number) = 18"})
class Alias(Entity):
    """How a person was recorded before a correction or a merge: a row with these details means this
    person.

    ``id_number`` is a wrong number of theirs, or their own where only a name was corrected;
    ``name`` has the names recorded with it, separated by ``NAME_SEPARATOR``.
    """

    id_number: Annotated[str, Spec(18, private=True)]
    person: Annotated[int, Spec(references="person", index=True)]
    name: str
    operation: OperationId = 0

    @property
    def names(self) -> list[str]:
        """The names that were recorded with the number."""
        return self.name.split(NAME_SEPARATOR)


@entity(more_unique=(("first", "second"),), more_checks={"in_order": "first < second"})
class DistinctPair(Entity):
    """Two people who look like the same person (same name and birth date) but are known to be two.

    ``first`` has the lower id.
    """

    id: int
    first: Annotated[int, Spec(references="person")]
    second: Annotated[int, Spec(references="person", index=True)]
    reason: str
    operation: OperationId = 0


@entity(
    period=MEMBERSHIP,
    more_checks={
        # ``left`` is the first day without the membership, so leaving on the day of joining is
        # allowed.
        "left_after_joined": '"left" >= joined',
        "since_between": 'since >= joined AND "left" >= since',
        "reason_with_day": 'leaving_reason IS NULL OR "left" IS NOT NULL',
    },
    more_indexes=(Index("open", ("person",), unique=True, where='"left" IS NULL'),),
)
class Membership(Entity):
    """A person's time in one organisation of the League.

    ``joined`` is the day of joining the League (入团时间), wherever that was; ``since`` is the day
    from which this organisation keeps the membership, None where that is the day of joining. A move
    within the county ends one membership (``moved``) and begins the next with the same ``joined``.
    ``seen`` is the day of the earliest roster that has them here, where nothing else shows the
    beginning; None where the beginning is known (an admission, a transfer).
    """

    id: int
    person: Annotated[int, Spec(references="person", index=True)]
    organization: Annotated[str, Spec(references="organization", index=True)]
    joined: date | None
    joined_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    entry: Annotated[str, Spec(12, ENTRIES)] = "recorded"
    left: date | None = None
    leaving_reason: Annotated[str | None, Spec(12, LEAVING_REASONS)] = None
    since: date | None = None
    seen: date | None = None
    operation: OperationId = 0

    @property
    def begun(self) -> date | None:
        """The day from which this organisation keeps the membership; None where it is not known."""
        return self.since or self.joined

    @property
    def known_joined(self) -> date | str | None:
        """The day of joining as messages show it: only the month where no more is known."""
        return as_known(self.joined, self.joined_precision)

    def as_error(self, day: date) -> "Membership":
        """The membership as one that never existed: it ends on its first day (where that is
        unknown, on the day of recording), so that it holds on no day."""
        return replace(
            self, since=self.since if self.begun else day, left=self.begun or day,
            leaving_reason=IN_ERROR,
        )  # fmt: skip


@entity(
    more_checks={
        "settled_after_requested": "settled >= requested",
        "settled": "(state = 'pending') = (settled IS NULL)",
        # Each end is either an organisation here or the name of a place elsewhere, and at least one
        # end is here.
        "from": "(source IS NULL) <> (origin IS NULL)",
        "to": "(target IS NULL) <> (destination IS NULL)",
        "ours": "source IS NOT NULL OR target IS NOT NULL",
    },
    more_indexes=(Index("pending", ("person",), unique=True, where="state = 'pending'"),),
)
class Transfer(Entity):
    """A member's papers on their way (组织关系转接).

    ``source`` and ``target`` are codes of organisations here, or None with the place's name in
    ``origin`` or ``destination`` where it lies outside the county. An empty ``origin`` is unknown:
    the person is here, but the papers are missing.
    """

    id: int
    person: Annotated[int, Spec(references="person", index=True)]
    state: Annotated[str, Spec(10, TRANSFER_STATES)]
    requested: date
    source: Annotated[str | None, Spec(references="organization")] = None
    origin: str | None = None
    target: Annotated[str | None, Spec(references="organization")] = None
    destination: str | None = None
    settled: date | None = None
    reason: str | None = None
    operation: OperationId = 0

    def brings_to(self, home: Membership) -> bool:
        """Whether these are the papers of somebody who came to that home from elsewhere; a roster
        may have had them there before the papers came."""
        is_arrival = self.source is None and home.entry == "transferred"
        return is_arrival and home.since == self.requested

    def is_kept_by(self, home: "Membership") -> bool:
        """Whether a membership is the one that somebody who came has had since: a later roster
        began it, or an earlier one that had them there before their papers came; it may have ended
        since."""
        day = self.settled or self.requested
        lasts = home.left is None or day < home.left or home.begun == day
        return home.organization == self.target and (lasts or self.brings_to(home))


@entity(
    natural=("person", "kind", "since"),
    period=DISCIPLINE,
    more_checks={"until_after_since": "until >= since"},
)
class Discipline(Entity):
    """A disciplinary measure (团纪处分) and its document; the reason is not recorded.

    ``until`` is the end of 留团察看 (probation), or the day on which the measure was lifted.
    """

    id: int
    person: Annotated[int, Spec(references="person", index=True)]
    kind: Annotated[str, Spec(20, DISCIPLINES)]
    since: date
    authority: str
    until: date | None = None
    operation: OperationId = 0


@entity(natural=("person", "kind"), happened="day", more_unique=(("person", "kind"),))
class Milestone(Entity):
    """A step of a member's way: recommended to the League or the Party, joined the Party; or out of
    reach (失联) since a day, until that is taken back."""

    id: int
    person: Annotated[int, Spec(references="person")]
    kind: Annotated[str, Spec(24, MILESTONES)]
    day: Annotated[date, Spec(index=True)]
    organization: Annotated[str | None, Spec(references="organization")] = None
    day_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(natural=("person", "year"), more_unique=(("person", "year"),))
class Registration(Entity):
    """A member's yearly registration (年度团籍注册) with the grade of 教育评议."""

    id: int
    person: Annotated[int, Spec(references="person")]
    year: int
    grade: Annotated[str | None, Spec(20, GRADES)] = None
    registered: date | None = None
    registered_precision: Annotated[str, Spec(5, PRECISIONS)] = "day"
    operation: OperationId = 0


@entity(more_indexes=(Index("of", ("noun", "key", "field")),))
class FormerValue(Entity):
    """A value that a dated field of a record had ``until`` a day (the first day without it); the
    present value is in the record itself. ``value`` is text."""

    id: int
    noun: Annotated[str, Spec(32, generated=True)]
    key: Annotated[str, Spec(64, generated=True)]
    field: Annotated[str, Spec(32, generated=True)]
    value: str
    until: date
    operation: OperationId = 0
