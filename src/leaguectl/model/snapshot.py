"""The slice of the registry that a piece of work touches, and the queries that rules need."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import InitVar, dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from leaguectl.model.declaration import DECLARATIONS, Entity
from leaguectl.model.entities import ENTITIES, KEYS, Change, key_of
from leaguectl.model.facts import Facts
from leaguectl.model.indexes import Fields, RecordIndex
from leaguectl.model.league import (
    Alias,
    DistinctPair,
    Membership,
    Organization,
    OrganizationEvent,
    Person,
)
from leaguectl.model.ledger import (
    Admission,
    Candidacy,
    Certificate,
    Form,
    Number,
    PaperState,
    Quota,
)
from leaguectl.model.likeness import likeness_of
from leaguectl.model.periods import MEMBERSHIP
from leaguectl.model.rosters import FirstRosters
from leaguectl.names import fold_name

T = TypeVar("T", bound=Entity)


@dataclass
class Snapshot:
    """The records that a piece of work touches, with look-ups for the rules.

    Each entity's records are kept by key; any other index is built on first use and kept current
    from then on.
    """

    settings: dict[str, str] = field(default_factory=dict)
    last_ids: dict[type[Entity], int] = field(default_factory=dict)
    today: date | None = None
    """The day on which the work is done, where it is known: nothing is dated after it."""
    as_of: date | None = None
    """The day as of which the whole registry is judged."""
    facts: Facts | None = field(default=None, compare=False)
    """The sources of stored values, where they are available."""
    member_counts: Counter[str] = field(default_factory=Counter)
    """How many memberships each organisation has or had, whether or not they are in the slice."""
    number_counts: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """How many numbers of each quota are in each state, whether or not they are in the slice."""
    rosters: FirstRosters = field(default_factory=FirstRosters)
    """Since when the members of organisations are known, where rosters are read."""
    reserved: set[str] = field(default_factory=set)
    """Numbers that a row of the batch already has; nobody else is given them."""
    new_blocks: set[int] = field(default_factory=set)
    """The quotas that came with the sheets that are planned: when they were split off, nobody
    knows."""
    admitted_later: set[str] = field(default_factory=set)
    """ID numbers of people whose admission comes later in the batch: an earlier roster may list
    them as members."""
    records: InitVar[Iterable[Entity]] = ()
    _records: dict[type[Entity], dict[Any, Any]] = field(init=False)
    _indexes: dict[type[Entity], dict[Any, RecordIndex]] = field(init=False, compare=False)

    def __post_init__(self, records: Iterable[Entity]) -> None:
        self._records = {entity: {} for entity in ENTITIES}
        self._indexes = defaultdict(dict)
        self.organizations: dict[str, Organization] = self._records[Organization]
        self.persons: dict[int, Person] = self._records[Person]
        self.memberships: dict[int, Membership] = self._records[Membership]
        self.quotas: dict[int, Quota] = self._records[Quota]
        self.numbers: dict[str, Number] = self._records[Number]
        self.forms: dict[str, Form] = self._records[Form]
        self.certificates: dict[str, Certificate] = self._records[Certificate]
        self.admissions: dict[int, Admission] = self._records[Admission]
        for record in records:
            self.load(record)

    # -- records ---------------------------------------------------------------------------------

    def load(self, record: Entity) -> None:
        """Take in a record that is stored already (the counts include it already)."""
        records, key = self._records[type(record)], key_of(record)
        if indexes := self._indexes.get(type(record)):
            existing = records.get(key)
            for index in indexes.values():
                if existing is not None:
                    index.remove(existing)
                index.add(record)
        records[key] = record

    def load_all(self, entity: type[T], records: Iterable[T]) -> None:
        """Take in many records of an entity that are stored already."""
        if self._indexes.get(entity):
            for record in records:
                self.load(record)
        else:  # as nearly always while a snapshot is loaded
            key = attrgetter(KEYS[entity])  # in whose order, however the rows lie in the database
            self._records[entity].update((key(each), each) for each in sorted(records, key=key))

    def drop(self, record: Entity) -> None:
        """Forget a record."""
        # The stored record is removed from the indexes: `record` may be a later state of it.
        existing = self._records[type(record)].pop(key_of(record), None)
        for index in self._indexes[type(record)].values():
            if existing is not None:
                index.remove(existing)

    def apply(self, change: Change) -> None:
        """Put a planned change into this snapshot, so that the next row is judged with it."""
        # The counts include records outside the slice, so they are adjusted rather than counted
        # again.
        for record, count in ((change.before, -1), (change.after, 1)):
            if isinstance(record, Number) and record.quota is not None:
                self.number_counts[record.quota][record.state] += count
            elif isinstance(record, Membership):
                self.member_counts[record.organization] += count
        if change.before is not None:
            self.drop(change.before)
        if change.after is not None:
            self.load(change.after)

    def new_id(self, entity: type[Entity]) -> int:
        """The next identity of an entity. Only the holder of the write lock may keep it."""
        return self.new_ids(entity, 1)[0]

    def new_ids(self, entity: type[Entity], count: int) -> range:
        """The next ``count`` identities of an entity."""
        last = self.last_ids.get(entity, 0)
        self.last_ids[entity] = last + count
        return range(last + 1, last + count + 1)

    def all(self, entity: type[T]) -> list[T]:
        """All records of an entity, in order of their keys."""
        records = self._records[entity]
        return [records[key] for key in sorted(records)]

    def find(self, entity: type[T], key: Any) -> T | None:
        """A record by its key."""
        return self._records[entity].get(key)

    def by(self, entity: type[T], fields: Fields[T], value: Any) -> list[T]:
        """The records of which a field (or several, or what a function makes of the record) has
        this value, in order of their keys."""
        return self._index(entity, fields).get(value)

    def last_by(self, entity: type[T], fields: Fields[T], value: Any) -> T | None:
        """The last of the records that :meth:`by` would give."""
        # Rules call this for everybody, so an existing index is used directly.
        index = self._indexes[entity].get(fields) or self._index(entity, fields)
        record = index.records.get(value)
        if type(record) is dict:
            record = record[max(record)] if record else None
        return record

    def _index(self, entity: type[T], fields: Fields[T]) -> RecordIndex:
        indexes = self._indexes[entity]
        if (index := indexes.get(fields)) is None:
            records = self._records[entity]
            index = indexes[fields] = RecordIndex(fields, records.values())
        return index

    def by_natural_key(self, entity: type[T], *natural: Any) -> T | None:
        """The record that a sheet means by this natural key (``natural`` in its declaration)."""
        fields = DECLARATIONS[entity].natural
        return self.last_by(entity, fields, natural)

    def by_natural_prefix(self, entity: type[T], *firsts: Any) -> list[T]:
        """The records whose natural key begins with these values and differs only in its last part,
        in order of that part."""
        *fields, last = DECLARATIONS[entity].natural
        return sorted(self.by(entity, tuple(fields), firsts), key=lambda item: getattr(item, last))

    def of_people(self, people: Iterable[int]) -> "Snapshot":
        """A snapshot of only these people, with everything that belongs to no person:
        organisations, quotas."""
        part = Snapshot(self.settings, today=self.today)
        part.member_counts, part.number_counts = self.member_counts, self.number_counts
        part.admitted_later, part.new_blocks = self.admitted_later, self.new_blocks
        for entity, records in self._records.items():
            if entity is Person:
                mine: Iterable[Entity] = (records[key] for key in people if key in records)
            elif "person" in DECLARATIONS[entity].fields:
                if not records:
                    continue
                mine = (record for key in people for record in self.by(entity, "person", key))
            else:
                part._share(self, entity)
                continue
            for record in mine:
                part.load(record)
        return part

    def _share(self, other: "Snapshot", entity: type[Entity]) -> None:
        """Use another snapshot's records of an entity, without changing any of them."""
        self._records[entity] = other._records[entity]
        self._indexes[entity] = other._indexes[entity]
        self.organizations, self.quotas = self._records[Organization], self._records[Quota]

    # -- people ----------------------------------------------------------------------------------

    def person(self, id_number: str) -> Person | None:
        """The person with this national ID number, or with an alias of it."""
        if person := self.last_by(Person, "id_number", id_number):
            return person
        alias = self.find(Alias, id_number)
        return self.persons.get(alias.person) if alias else None

    def namesakes(self, person: Person) -> list[Person]:
        """Others with the same name and birth date, who may be this person under another number,
        except those that somebody has declared to be different people."""
        alike = self.by(Person, _likeness, _likeness(person))
        return [
            other
            for other in alike
            if other.id != person.id
            and not self.by(DistinctPair, ("first", "second"), _in_order(other.id, person.id))
        ]

    def has_namesake(self, likeness: str) -> bool:
        """Whether somebody in the snapshot has that name and birth date (:func:`likeness_of`)."""
        return likeness in self._index(Person, _likeness)

    def former_names(self, person: int) -> set[str]:
        """The names under which the person was recorded before a correction or a merge, folded."""
        aliases = self.by(Alias, "person", person)
        return {fold_name(name) for alias in aliases for name in alias.names}

    def membership(self, person: int) -> Membership | None:
        """The person's latest membership, ended or not."""
        return self.last_by(Membership, "person", person)

    def memberships_of(self, person: int) -> list[Membership]:
        """All memberships of a person in the snapshot, the latest last."""
        return self.by(Membership, "person", person)

    def bearing(self, name: str) -> list[Person]:
        """Everybody with that name."""
        return self.by(Person, _folded_name, fold_name(name))

    def same_joining(self, membership: Membership) -> list[Membership]:
        """All memberships that followed from the same joining of the League, the latest last; only
        this one where it began with the joining."""
        if membership.since is None:
            return [membership]
        memberships = self.memberships_of(membership.person)
        return [other for other in memberships if other.joined == membership.joined]

    def admission(self, person: int) -> Admission | None:
        """The person's recorded admission."""
        return self.last_by(Admission, "person", person)

    def number_of(self, person: int) -> str | None:
        """The development number that this person holds."""
        number = self.last_by(Number, "person", person)
        return number.number if number else None

    def numbers_of(self, person: int) -> list[str]:
        """All development numbers of this person, the latest last: somebody who left and was
        admitted again has one from each time."""
        return [number.number for number in self.by(Number, "person", person)]

    def form_of(self, person: int) -> str | None:
        """The serial of this person's valid form."""
        form = self.last_by(Form, _valid_holder, person)
        return form.serial if form else None

    def certificate_of(self, person: int) -> str | None:
        """The serial of this person's valid certificate."""
        certificate = self.last_by(Certificate, _valid_holder, person)
        return certificate.serial if certificate else None

    def paper_state_of(self, person: int, paper: str) -> PaperState | None:
        """What is recorded of a paper of this person's file that has no serial."""
        return self.last_by(PaperState, ("person", "paper"), (person, paper))

    def paper_state(self, person: int, paper: str) -> str | None:
        """The state of such a paper (``PAPER_STATES``); None where nothing is recorded."""
        recorded = self.paper_state_of(person, paper)
        return recorded.state if recorded else None

    def candidacies(self, person: int) -> list[Candidacy]:
        """The person's cases as a candidate, the oldest first."""
        return self.by(Candidacy, "person", person)

    def candidacy(self, person: int) -> Candidacy | None:
        """The person's case as a candidate: the open one, else the latest."""
        cases = self.candidacies(person)
        return next((case for case in cases if case.state == "open"), cases[-1] if cases else None)

    def known_as(self, person: int) -> str:
        """How a message names a person: the name, and the organisation where there is one."""
        record = self.persons.get(person)
        membership = self.membership(person)
        home = self.organizations.get(membership.organization) if membership else None
        name = record.name if record else f"#{person}"
        return f"{name} ({home.name})" if home else name

    def listed_as(self, person: int) -> str:
        """How a message that lists namesakes names one of them: also by what may be typed."""
        card = (f"#{person}", self.known_as(person), self.number_of(person))
        return " ".join(filter(None, card))

    def rejoins(self, person: int, day: date) -> bool:
        """Whether they were a member once and had left for good by that day: their papers of that
        time are history when they are admitted again."""
        memberships = self.memberships_of(person)
        others = [membership for membership in memberships if membership.joined != day]
        return bool(others) and all(MEMBERSHIP.of(other).is_over(day) for other in others)

    # -- organisations ---------------------------------------------------------------------------

    def upward(self, code: str | None, day: date | None = None) -> Iterator[Organization]:
        """The organisation and all above it, nearest first, as they are or as they lay on a day; a
        circle ends where it began."""
        seen: set[str] = set()
        while code is not None and code not in seen and code in self.organizations:
            seen.add(code)
            yield self.organizations[code]
            code = self.organizations[code].parent if day is None else self.parent_on(code, day)

    def is_below(self, code: str, above: str, day: date | None = None) -> bool:
        """Whether ``code`` is ``above`` or lies under it; or did on a day."""
        return any(organization.code == above for organization in self.upward(code, day))

    def parent_on(self, code: str, day: date) -> str | None:
        """The organisation above ``code`` on a day, before any later move."""
        event = self._first_after(day, code, "moved")
        return event.before if event and event.before else self.organizations[code].parent

    def was_below(self, code: str, above: str, first: date, last: date = date.max) -> bool:
        """Whether ``code`` was ``above`` or lay under it on any day from the first to the last."""
        moves = self.by(OrganizationEvent, "kind", "moved")
        days = {first, *(move.day for move in moves if first < move.day <= last)}
        return any(self.is_below(code, above, day) for day in days)

    def name_on(self, code: str, day: date) -> str:
        """The name that an organisation had on a day."""
        event = self._first_after(day, code, "renamed")
        return event.before if event and event.before else self.organizations[code].name

    def turn_back(self, day: date) -> None:
        """Put every organisation back to its place and name of a day."""
        for code, organization in [*self.organizations.items()]:
            then = replace(
                organization, parent=self.parent_on(code, day), name=self.name_on(code, day)
            )
            self.load(then)

    def _first_after(self, day: date, code: str, kind: str) -> OrganizationEvent | None:
        events = self.by(OrganizationEvent, ("organization", "kind"), (code, kind))
        later = (event for event in events if event.day > day)
        return min(later, key=lambda event: (event.day, event.id), default=None)

    def domain(self, code: str) -> str | None:
        """School or society: the organisation's own domain, else that of the nearest above."""
        return next((above.domain for above in self.upward(code) if above.domain), None)

    def named(self, text: str) -> list[Organization]:
        """The organisations that ``text`` can mean: a code, a full name, or ``above/full name``.

        A code or a longer path decides where several have the same name. Where none has the name
        now, those that had it before are meant.
        """
        if (organization := self.organizations.get(text)) is not None:
            return [organization]
        organizations = self.bearers(text)
        if not organizations and "/" in text:
            path, _, name = text.rpartition("/")
            parents = {above.code for above in self.named(path)}
            organizations = [
                organization
                for organization in self.bearers(name)
                if any(above.code in parents for above in self.upward(organization.parent))
            ]
        return organizations or self.formerly_named(text)

    def bearers(self, name: str) -> list[Organization]:
        """The organisations that have a name now, including dissolved ones, by their codes."""
        return self.by(Organization, _folded_name, fold_name(name))

    def formerly_named(self, name: str) -> list[Organization]:
        """The organisations that had a name before, or have it as a short name, by code."""
        codes = self._once_named(name) & self.organizations.keys()
        return [self.organizations[code] for code in sorted(codes)]

    def freed(self, code: str, name: str) -> date | None:
        """The day from which an organisation no longer has a name: it was renamed, or dissolved
        under it. None where it still has the name."""
        if fold_name(self.organizations[code].name) == fold_name(name):
            return self.organizations[code].dissolved
        events = self.by(OrganizationEvent, ("organization", "kind"), (code, "renamed"))
        days = (event.day for event in events if _former_name(event) == fold_name(name))
        return max(days, default=None)

    def freed_by(self, name: str) -> list[Organization]:
        """The organisations that have lost a name."""
        each = (*self.bearers(name), *self.formerly_named(name))
        return [home for home in each if self.freed(home.code, name) is not None]

    def has_free_names(self) -> bool:
        """Whether any organisation has lost a name: see :meth:`freed`."""
        return bool(self._records[OrganizationEvent] or self.by(Organization, _is_closed, True))

    def was_named(self, code: str, name: str) -> bool:
        """Whether the organisation had that name before it was renamed."""
        return code in self._once_named(name)

    def _once_named(self, name: str) -> set[str]:
        events = self.by(OrganizationEvent, _former_name, fold_name(name))
        return {event.organization for event in events}

    def reference(self, code: str) -> str:
        """How a sheet of any day names the organisation: its full name, else its code."""
        name = self.organizations[code].name if code in self.organizations else ""  # none of a unit
        before = self.freed_by(name) if self.has_free_names() else ()
        return name if {home.code for home in (*self.named(name), *before)} == {code} else code

    # -- places and numbers ----------------------------------------------------------------------

    def quotas_of(self, organization: str, year: int) -> list[Quota]:
        """The organisation's own quotas of the year, in order of their blocks."""
        quotas = self.by(Quota, ("organization", "year"), (organization, year))
        return sorted(quotas, key=lambda quota: quota.first)

    def places_for(self, organization: str, year: int, day: date | None = None) -> list[Quota]:
        """The quotas from which the organisation admits: its own, else the nearest above, in the
        tree of ``day`` where that is given."""
        # Without quotas, the tree need not be walked up for every row.
        if not self.quotas:
            return []
        for above in self.upward(organization, day):
            if quotas := self.quotas_of(above.code, year):
                return quotas
        return []

    def places_beyond(self, organization: str, year: int, day: date | None = None) -> list[Quota]:
        """The quotas above those from which the organisation admits, of the nearest organisation
        with a free number."""
        own = self.places_for(organization, year, day)
        for above in self.upward(own[0].organization, day) if own else ():
            quotas = self.quotas_of(above.code, year)
            if above.code != own[0].organization and self.free_slot(quotas) is not None:
                return quotas
        return []

    def quotas_above(self, quota: int | None) -> Iterator[Quota]:
        """A quota and those it was split from, nearest first; a circle ends where it began."""
        seen: set[int] = set()
        while quota is not None and quota not in seen and quota in self.quotas:
            seen.add(quota)
            yield self.quotas[quota]
            quota = self.quotas[quota].parent

    def free_slot(self, quotas: Iterable[Quota]) -> str | None:
        """The lowest free number of these quotas."""
        free = (
            slot.number
            for quota in quotas
            for slot in self.by(Number, ("quota", "state"), (quota.id, "free"))
            if slot.number not in self.reserved
        )
        return min(free, default=None)

    def slots(self, quota: int) -> list[Number]:
        """The numbers that this quota may use itself (not those split off), in order."""
        return self.by(Number, "quota", quota)


def _likeness(person: Person) -> str:
    return likeness_of(person.name, person.id_number)


def _is_closed(organization: Organization) -> bool:
    return organization.dissolved is not None


def _folded_name(record: Person | Organization) -> str:
    return fold_name(record.name)


def _former_name(event: OrganizationEvent) -> str | None:
    """A former or short name of an organisation, folded."""
    return fold_name(event.before or "") if event.kind in ("renamed", "called") else None


def _valid_holder(paper: Form | Certificate) -> int | None:
    return paper.person if paper.state == "valid" else None


def _in_order(first: int, second: int) -> tuple[int, int]:
    return min(first, second), max(first, second)
