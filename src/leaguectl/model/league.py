"""Organisations and people, and what happens to them over the years."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
"""Under which types of organisation one of each type may lie."""
DOMAINS = ("school", "society")
SECTORS = ("village", "community", "junior middle", "senior middle", "vocational", "government",
           "public institution", "state enterprise", "private enterprise", "social organisation",
           "other")  # fmt: skip
SCHOOL_SECTORS = ("junior middle", "senior middle", "vocational")
PRECISIONS = ("day", "month")
ENTRIES = ("admitted", "recorded", "transferred", "moved", "restored")
LEAVING_REASONS = ("age", "transferred", "moved", "resigned", "removed", "expelled", "deceased",
                   "other")  # fmt: skip
TRANSFER_STATES = ("pending", "accepted", "refused", "lapsed")
DISCIPLINES = ("warning", "serious warning", "removal from post", "probation", "expulsion")
MILESTONES = ("recommended to league", "recommended to party", "applied to party",
              "joined party", "lost contact")  # fmt: skip
GRADES = ("excellent", "qualified", "barely qualified", "unqualified")
ORGANIZATION_EVENTS = ("founded", "renamed", "moved", "merged", "split", "retyped", "elected",
                       "closed")  # fmt: skip


@lru_cache(maxsize=16384)
def _day_of(digits: str) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def born_by(id_number: str) -> date:
    """The birth date that an ID number carries (digits 7 to 14).

    :raises ValueError: it carries none.
    """
    return _day_of(id_number[6:14])


def sex_by(id_number: str) -> str:
    """The sex that an ID number carries: its 17th digit is odd for a man."""
    return "male" if id_number[16] in "13579" else "female"


@dataclass(frozen=True, slots=True)
class Organization:
    """A League organisation: one place in the tree.

    ``elected`` is the day of its last election; ``graduates`` is the year in which the class of a
    graduating branch leaves its school.
    """

    code: str
    name: str
    type: str
    parent: str | None = None
    domain: str | None = None
    sector: str | None = None
    secretary_seats: int | None = None
    committee_seats: int | None = None
    founded: date | None = None
    dissolved: date | None = None
    elected: date | None = None
    graduates: int | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class OrganizationEvent:
    """Something that happened to an organisation: founded, renamed, moved, merged, closed.

    ``before`` and ``after`` say from what to what: names where it was renamed, codes of the
    organisations above where it was moved, of the other organisation where it was merged or split.
    """

    id: int
    organization: str
    kind: str
    day: date
    before: str | None = None
    after: str | None = None
    authority: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a national ID number; member, applicant or cadre.

    ``written`` is the name as it was first written, where folding separators and spaces changed it.
    """

    id: int
    name: str
    id_number: str
    phone: str | None = None
    politics: str | None = None
    written: str | None = None
    operation: int = 0

    @property
    def born(self) -> date:
        """The birth date that the ID number carries (digits 7 to 14)."""
        return born_by(self.id_number)

    @property
    def is_dated(self) -> bool:
        """Whether the ID number carries a birth date; what another program changed may not."""
        try:
            return bool(self.born)
        except ValueError:
            return False

    @property
    def sex(self) -> str:
        """The sex that the ID number carries: its 17th digit is odd for a man."""
        return sex_by(self.id_number)


@dataclass(frozen=True, slots=True)
class Alias:
    """An ID number under which a person was recorded by mistake, kept when two records were
    merged; whoever comes with it again is this person."""

    id_number: str
    person: int
    name: str
    operation: int = 0


@dataclass(frozen=True, slots=True)
class DistinctPair:
    """Two people who look like one (same name, same birth date) and were found to be two.

    ``first`` has the lower id.
    """

    id: int
    first: int
    second: int
    reason: str
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's time in one organisation of the League.

    ``joined`` is the day of joining the League (入团时间), wherever that was; ``since`` is the day
    from which this organisation keeps the membership, None where that is the day of joining. Who
    moves within the county ends one membership (``moved``) and begins the next with the same
    ``joined``.
    """

    id: int
    person: int
    organization: str
    joined: date | None
    joined_precision: str = "day"
    entry: str = "recorded"
    left: date | None = None
    leaving_reason: str | None = None
    since: date | None = None
    operation: int = 0

    @property
    def begun(self) -> date | None:
        """The day from which this organisation keeps it; None where it is not known."""
        return self.since or self.joined


@dataclass(frozen=True, slots=True)
class Transfer:
    """A member's papers on their way (组织关系转接).

    ``source`` and ``target`` are codes of organisations here, or None with the place's name in
    ``origin`` or ``destination`` where it lies outside the county.
    """

    id: int
    person: int
    state: str
    requested: date
    source: str | None = None
    origin: str | None = None
    target: str | None = None
    destination: str | None = None
    settled: date | None = None
    reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Discipline:
    """A disciplinary measure (团纪处分) and its document; why it was taken is not kept here.

    ``until`` ends 留团察看 (probation), or is the day on which the measure was lifted.
    """

    id: int
    person: int
    kind: str
    since: date
    authority: str
    until: date | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a member's way: recommended to the League or the Party, joined the Party; or out
    of reach since (失联), until it is taken back."""

    id: int
    person: int
    kind: str
    day: date
    organization: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Registration:
    """A member's yearly registration (年度团籍注册) with the grade of 教育评议."""

    id: int
    person: int
    year: int
    grade: str | None = None
    registered: date | None = None
    operation: int = 0
