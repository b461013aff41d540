"""The nouns, and the slice of the registry that rules look at.

A noun is a frozen record with the same fields as its table. A :class:`Registry` holds the nouns
that one piece of work touches; rules ask it questions, a plan puts its changes into it. It knows
no database, no file and no clock.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from leaguectl.names import fold_name

ORGANIZATION_TYPES = ("committee", "work committee", "general branch", "branch",
                      "graduating branch")  # fmt: skip
BRANCH_TYPES = ("branch", "graduating branch")
DOMAINS = ("school", "society")
SECTORS = ("village", "community", "junior middle", "senior middle", "vocational", "government",
           "public institution", "state enterprise", "private enterprise", "social organisation",
           "other")  # fmt: skip
SCHOOL_SECTORS = ("junior middle", "senior middle", "vocational")
PRECISIONS = ("day", "month")
ENTRIES = ("admitted", "recorded", "transferred")
LEAVING_REASONS = ("age", "transferred", "resigned", "removed", "expelled", "deceased", "other")
NUMBER_STATES = ("free", "used", "void", "foreign")
ROUTES = ("recommendation", "points", "appraisal")
FORM_STATES = ("valid", "void")
CERTIFICATE_STATES = ("valid", "replaced", "recalled")


@dataclass(frozen=True, slots=True)
class Organization:
    """A League organisation: one place in the tree."""

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
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a national ID number; member, applicant or cadre."""

    id: int
    name: str
    id_number: str
    phone: str | None = None
    politics: str | None = None
    operation: int = 0

    @property
    def born(self) -> date:
        """The birth date that the ID number carries (digits 7 to 14)."""
        digits = self.id_number[6:14]
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))

    @property
    def sex(self) -> str:
        """The sex that the ID number carries: its 17th digit is odd for a man."""
        return "male" if int(self.id_number[16]) % 2 else "female"


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's time in the League, and the organisation that keeps it."""

    id: int
    person: int
    organization: str
    joined: date | None
    joined_precision: str = "day"
    entry: str = "recorded"
    left: date | None = None
    leaving_reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Quota:
    """Places of one organisation and year, with the block of numbers that *is* those places.

    ``parent`` is the quota from which it was split; a further block in mid-year is a further
    quota of the same organisation and year.
    """

    id: int
    year: int
    organization: str
    first: str
    last: str
    places: int
    parent: int | None = None
    authority: str | None = None
    operation: int = 0

    def __contains__(self, number: str) -> bool:
        return len(number) == len(self.first) and self.first <= number <= self.last


@dataclass(frozen=True, slots=True)
class Number:
    """One development number (发展团员编号): a slot of an allotted block, or a foreign one.

    ``quota`` is the quota that may use the slot now; None means that the number was given outside
    every block of this registry (``state`` is then ``foreign``).
    """

    number: str
    year: int
    state: str
    quota: int | None = None
    person: int | None = None
    reason: str | None = None
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """An application form (入团志愿书), known by its serial."""

    serial: str
    person: int
    state: str = "valid"
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """A membership certificate (团员证), known by its serial."""

    serial: str
    person: int
    state: str = "valid"
    operation: int = 0


@dataclass(frozen=True, slots=True)
class Admission:
    """How one person was admitted: the dates, hours, votes and papers of the case."""

    id: int
    person: int
    organization: str
    number: str
    form: str
    certificate: str | None
    applied: date
    activist: date
    meeting: date
    approved: date
    course_hours: float
    introducer_1: str
    introducer_2: str
    due: int
    present: int
    in_favour: int
    talked: date | None = None
    service_hours: float | None = None
    candidate: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    approved_by: str | None = None
    route: str | None = None
    operation: int = 0


Noun = Organization | Person | Membership | Quota | Number | Form | Certificate | Admission
NOUNS: tuple[type[Noun], ...] = (
    Organization, Person, Quota, Number, Form, Certificate, Membership, Admission,
)  # fmt: skip
KEYS: dict[type[Noun], str] = {
    Organization: "code", Person: "id", Membership: "id", Quota: "id", Number: "number",
    Form: "serial", Certificate: "serial", Admission: "id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One noun before and after. ``before`` is None where it is new, ``after`` where it goes."""

    before: Noun | None
    after: Noun | None

    @property
    def noun(self) -> type[Noun]:
        """Which kind of noun changes."""
        return type(self.after if self.after is not None else self.before)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules are asked of: a person who is, or wants to be, a member.

    ``admission`` is None for a member whose admission is not recorded here; ``number`` is None
    while none has been taken.
    """

    person: Person
    organization: str
    joined: date | None
    number: str | None
    form: str | None
    certificate: str | None
    joined_precision: str = "day"
    admission: Admission | None = None


@dataclass
class Wanted:
    """The keys of a batch: the slice that its rules look at is what these touch."""

    organizations: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    id_numbers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    blocks: list[tuple[str, str]] = field(default_factory=list)
    whole_blocks: bool = False
    free_numbers: int = 0


@dataclass
class Registry:
    """The nouns that a piece of work touches, found by the keys that rules ask for."""

    settings: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    persons: dict[int, Person] = field(default_factory=dict)
    memberships: dict[int, Membership] = field(default_factory=dict)
    quotas: dict[int, Quota] = field(default_factory=dict)
    numbers: dict[str, Number] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    admissions: dict[int, Admission] = field(default_factory=dict)
    revision: int = 0
    last_ids: dict[type[Noun], int] = field(default_factory=dict)
    reserved: set[str] = field(default_factory=set)
    """Numbers that a row of the batch has on paper; nobody else is given them."""

    _by_id_number: dict[str, int] = field(default_factory=dict)
    _by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _membership_of: dict[int, int] = field(default_factory=dict)
    _admission_of: dict[int, int] = field(default_factory=dict)
    _number_of: dict[int, str] = field(default_factory=dict)
    _form_of: dict[int, str] = field(default_factory=dict)
    _certificate_of: dict[int, str] = field(default_factory=dict)
    _quotas_of: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    _slots_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    tallies: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    # -- filling ---------------------------------------------------------------------------------

    def load(self, noun: Noun) -> None:  # noqa: C901 -- one arm for each noun
        """Take in a noun that is stored already (its number is counted in the tallies already)."""
        match noun:
            case Organization():
                self.organizations[noun.code] = noun
                self._by_name[fold_name(noun.name)].add(noun.code)
            case Person():
                self.persons[noun.id] = noun
                self._by_id_number[noun.id_number] = noun.id
            case Membership():
                self.memberships[noun.id] = noun
                known = self.memberships.get(self._membership_of.get(noun.person, -1))
                if known is None or noun.id >= known.id:
                    self._membership_of[noun.person] = noun.id
            case Quota():
                self.quotas[noun.id] = noun
                of = self._quotas_of[noun.organization, noun.year]
                if noun.id not in of:
                    of.append(noun.id)
            case Number():
                self._load_number(noun)
            case Form():
                self.forms[noun.serial] = noun
                if noun.state == "valid":
                    self._form_of[noun.person] = noun.serial
            case Certificate():
                self.certificates[noun.serial] = noun
                if noun.state == "valid":
                    self._certificate_of[noun.person] = noun.serial
            case Admission():
                self.admissions[noun.id] = noun
                self._admission_of[noun.person] = noun.id

    def _load_number(self, noun: Number) -> None:
        known = self.numbers.get(noun.number)
        if known is not None and known.quota is not None:
            self._slots_of[known.quota].discard(known.number)
        self.numbers[noun.number] = noun
        if noun.quota is not None:
            self._slots_of[noun.quota].add(noun.number)
        if noun.person is not None:
            self._number_of[noun.person] = noun.number

    def apply(self, change: Change) -> None:
        """Put a planned change into this registry, so that the next row is judged with it."""
        before, after = change.before, change.after
        if isinstance(before, Number) and before.quota is not None:
            self.tallies[before.quota][before.state] -= 1
        if isinstance(after, Number) and after.quota is not None:
            self.tallies[after.quota][after.state] += 1
        if after is not None:
            self.load(after)

    def new_id(self, noun: type[Noun]) -> int:
        """The next identity of a noun. Only the holder of the write lock may keep it."""
        self.last_ids[noun] = self.last_ids.get(noun, 0) + 1
        return self.last_ids[noun]

    # -- people ----------------------------------------------------------------------------------

    def person(self, id_number: str) -> Person | None:
        """The person with this national ID number."""
        found = self._by_id_number.get(id_number)
        return None if found is None else self.persons[found]

    def membership(self, person: int) -> Membership | None:
        """The person's latest membership, ended or not."""
        found = self._membership_of.get(person)
        return None if found is None else self.memberships[found]

    def admission(self, person: int) -> Admission | None:
        """The person's recorded admission."""
        found = self._admission_of.get(person)
        return None if found is None else self.admissions[found]

    def number_of(self, person: int) -> str | None:
        """The development number that this person holds."""
        return self._number_of.get(person)

    def form_of(self, person: int) -> str | None:
        """The serial of this person's valid form."""
        return self._form_of.get(person)

    def certificate_of(self, person: int) -> str | None:
        """The serial of this person's valid certificate."""
        return self._certificate_of.get(person)

    def known_as(self, person: int) -> str:
        """How a message names a person: the name, and the organisation where there is one."""
        known = self.persons.get(person)
        membership = self.membership(person)
        home = self.organizations.get(membership.organization) if membership else None
        name = known.name if known else f"#{person}"
        return f"{name} ({home.name})" if home else name

    # -- organisations ---------------------------------------------------------------------------

    def upward(self, code: str) -> Iterator[Organization]:
        """The organisation and all above it, nearest first."""
        seen: set[str] = set()
        at: str | None = code
        while at is not None and at not in seen and at in self.organizations:
            seen.add(at)
            yield self.organizations[at]
            at = self.organizations[at].parent

    def is_below(self, code: str, above: str) -> bool:
        """Whether ``code`` is ``above`` or lies under it."""
        return any(one.code == above for one in self.upward(code))

    def domain(self, code: str) -> str | None:
        """School or society: the organisation's own domain, else that of the nearest above."""
        return next((one.domain for one in self.upward(code) if one.domain), None)

    def named(self, text: str) -> list[Organization]:
        """The organisations that ``text`` can mean: a code, a full name, or ``above/full name``.

        A code or a longer path decides where several bear one name.
        """
        if text in self.organizations:
            return [self.organizations[text]]
        codes: Iterable[str] = self._by_name.get(fold_name(text), ())
        if not codes and "/" in text:
            above, _, name = text.rpartition("/")
            parents = {one.code for one in self.named(above)}
            codes = [
                code
                for code in self._by_name.get(fold_name(name), ())
                if any(one.code in parents for one in self.upward(code) if one.code != code)
            ]
        return sorted((self.organizations[code] for code in codes), key=lambda one: one.code)

    # -- places and numbers ----------------------------------------------------------------------

    def quotas_of(self, organization: str, year: int) -> list[Quota]:
        """The organisation's own quotas of the year, in order of their blocks."""
        found = [self.quotas[one] for one in self._quotas_of.get((organization, year), ())]
        return sorted(found, key=lambda one: one.first)

    def places_for(self, organization: str, year: int) -> list[Quota]:
        """The quotas from which the organisation admits: its own, else the nearest above."""
        for one in self.upward(organization):
            if quotas := self.quotas_of(one.code, year):
                return quotas
        return []

    def free_slot(self, quotas: Iterable[Quota]) -> str | None:
        """The lowest free number of these quotas."""
        free = (
            number
            for quota in quotas
            for number in self._slots_of.get(quota.id, ())
            if self.numbers[number].state == "free" and number not in self.reserved
        )
        return min(free, default=None)

    def slots(self, quota: int) -> list[Number]:
        """The numbers that this quota may use itself (not those split off), in order."""
        return [self.numbers[number] for number in sorted(self._slots_of.get(quota, ()))]
