"""The slice of the registry that a piece of work touches, and the questions asked of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from leaguectl.model.changes import Change
from leaguectl.model.declaration import DECLARATIONS, Entity
from leaguectl.model.entities import key_of
from leaguectl.model.indexes import Indexes, folded_name, former_name
from leaguectl.model.league import (  # fmt: skip
    Alias,
    DistinctPair,
    Membership,
    Organization,
    OrganizationEvent,
    Person,
)
from leaguectl.model.ledger import Admission, Candidacy, Certificate, Form, Number, Quota
from leaguectl.model.likeness import Namesakes
from leaguectl.names import fold_name

T = TypeVar("T")


@dataclass
class Snapshot:
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
    last_ids: dict[type[Entity], int] = field(default_factory=dict)
    today: date | None = None
    """The day on which the work is done, where it is known: nothing is dated after it."""
    as_of: date | None = None
    """The day as of which the whole is judged."""
    headcounts: Counter[str] = field(default_factory=Counter)
    """How many memberships each organisation has or had, whether or not they are in the slice."""
    reserved: set[str] = field(default_factory=set)
    """Numbers that a row of the batch has on paper; nobody else is given them."""

    _others: dict[type[Entity], dict[Any, Entity]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _natural: dict[type[Entity], dict[tuple[Any, ...], dict[Any, Entity]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _by_id_number: dict[str, int] = field(default_factory=dict)
    _namesakes: Namesakes = field(default_factory=Namesakes)
    _by_name: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _membership_of: dict[int, int] = field(default_factory=dict)
    _admission_of: dict[int, int] = field(default_factory=dict)
    _number_of: dict[int, str] = field(default_factory=dict)
    _form_of: dict[int, str] = field(default_factory=dict)
    _certificate_of: dict[int, str] = field(default_factory=dict)
    _candidacies_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _quotas_of: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    _slots_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _indexes: Indexes = field(default_factory=Indexes, compare=False)
    tallies: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    # -- filling ---------------------------------------------------------------------------------

    def load(self, noun: Entity) -> None:
        """Take in a noun that is stored already (its number is counted in the tallies already)."""
        if self._indexes:
            self._indexes.load(noun)
        take_in = _INDEXED.get(type(noun))
        if take_in is not None:
            take_in(self, noun)
            return
        self._load_other(noun)

    def _load_organization(self, noun: Organization) -> None:
        self.organizations[noun.code] = noun
        self._by_name[fold_name(noun.name)].add(noun.code)

    def _load_person(self, noun: Person) -> None:
        self.persons[noun.id] = noun
        self._by_id_number[noun.id_number] = noun.id
        self._namesakes.load(noun)

    def _load_membership(self, noun: Membership) -> None:
        self.memberships[noun.id] = noun
        known = self._membership_of.get(noun.person)
        if known is None or noun.id >= known:
            self._membership_of[noun.person] = noun.id

    def _load_quota(self, noun: Quota) -> None:
        self.quotas[noun.id] = noun
        of = self._quotas_of[noun.organization, noun.year]
        if noun.id not in of:
            of.append(noun.id)

    def _load_form(self, noun: Form) -> None:
        self.forms[noun.serial] = noun
        if noun.state == "valid":
            self._form_of[noun.person] = noun.serial

    def _load_certificate(self, noun: Certificate) -> None:
        self.certificates[noun.serial] = noun
        if noun.state == "valid":
            self._certificate_of[noun.person] = noun.serial

    def _load_admission(self, noun: Admission) -> None:
        self.admissions[noun.id] = noun
        self._admission_of[noun.person] = noun.id

    def drop(self, noun: Entity) -> None:
        """Forget a noun, and every key under which it was found."""
        if self._indexes:
            self._indexes.drop(noun)
        match noun:
            case Organization():
                self.organizations.pop(noun.code, None)
                self._by_name[fold_name(noun.name)].discard(noun.code)
            case Person():
                self.persons.pop(noun.id, None)
                _forget(self._by_id_number, noun.id_number, noun.id)
                self._namesakes.drop(noun)
            case Membership():
                self.memberships.pop(noun.id, None)
                _forget(self._membership_of, noun.person, noun.id)
            case Quota():
                self.quotas.pop(noun.id, None)
                of = self._quotas_of[noun.organization, noun.year]
                of[:] = [one for one in of if one != noun.id]
            case Number():
                self._drop_number(noun)
            case Form():
                self.forms.pop(noun.serial, None)
                _forget(self._form_of, noun.person, noun.serial)
            case Certificate():
                self.certificates.pop(noun.serial, None)
                _forget(self._certificate_of, noun.person, noun.serial)
            case Admission():
                self.admissions.pop(noun.id, None)
                _forget(self._admission_of, noun.person, noun.id)
            case _:
                self._drop_other(noun)

    def _load_other(self, noun: Entity) -> None:
        self._others[type(noun)][key_of(noun)] = noun
        if names := DECLARATIONS[type(noun)].natural:
            *firsts, last = (getattr(noun, name) for name in names)
            self._natural[type(noun)].setdefault(tuple(firsts), {})[last] = noun
        if isinstance(noun, Alias):
            self._by_id_number.setdefault(noun.id_number, noun.person)
        elif isinstance(noun, Candidacy):
            self._candidacies_of[noun.person].add(noun.id)
        elif isinstance(noun, DistinctPair):
            self._namesakes.tell_apart(noun)

    def _drop_other(self, noun: Entity) -> None:
        self._others[type(noun)].pop(key_of(noun), None)
        if names := DECLARATIONS[type(noun)].natural:
            *firsts, last = (getattr(noun, name) for name in names)
            self._natural[type(noun)].get(tuple(firsts), {}).pop(last, None)
        if isinstance(noun, Alias):
            _forget(self._by_id_number, noun.id_number, noun.person)
        elif isinstance(noun, Candidacy):
            self._candidacies_of[noun.person].discard(noun.id)
        elif isinstance(noun, DistinctPair):
            self._namesakes.forget(noun)

    def _drop_number(self, noun: Number) -> None:
        self.numbers.pop(noun.number, None)
        if noun.quota is not None:
            self._slots_of[noun.quota].discard(noun.number)
        if noun.person is not None:
            _forget(self._number_of, noun.person, noun.number)

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
        if change.noun is Number:
            self._count(cast("Number | None", before), cast("Number | None", after))
        if isinstance(before, Membership):
            self.headcounts[before.organization] -= 1
        if isinstance(after, Membership):
            self.headcounts[after.organization] += 1
        if before is not None:
            self.drop(before)
        if after is not None:
            self.load(after)
        elif isinstance(before, Membership):
            earlier = [one.id for one in self.memberships.values() if one.person == before.person]
            if earlier:
                self._membership_of[before.person] = max(earlier)

    def _count(self, before: Number | None, after: Number | None) -> None:
        if before is not None and before.quota is not None:
            self.tallies[before.quota][before.state] -= 1
        if after is not None and after.quota is not None:
            self.tallies[after.quota][after.state] += 1

    def new_id(self, noun: type[Entity]) -> int:
        """The next identity of a noun. Only the holder of the write lock may keep it."""
        self.last_ids[noun] = self.last_ids.get(noun, 0) + 1
        return self.last_ids[noun]

    def new_ids(self, noun: type[Entity], count: int) -> range:
        """The next so many identities of a noun."""
        last = self.last_ids.get(noun, 0)
        self.last_ids[noun] = last + count
        return range(last + 1, last + count + 1)

    def all(self, noun: type[T]) -> list[T]:
        """All of one kind of noun that is kept by no index of its own, in order of their keys."""
        found = self._others[cast("type[Entity]", noun)]
        return [cast("T", found[key]) for key in sorted(found)]

    def find(self, noun: type[T], key: Any) -> T | None:
        """One of these by its key."""
        return cast("T | None", self._others[cast("type[Entity]", noun)].get(key))

    def known(self, noun: type[T], *natural: Any) -> T | None:
        """The one that a sheet means by this natural key (``natural`` in its declaration)."""
        *firsts, last = natural
        return cast(
            "T | None", self._natural[cast("type[Entity]", noun)].get(tuple(firsts), {}).get(last)
        )

    def alike(self, noun: type[T], *firsts: Any) -> list[T]:
        """Those whose natural key begins so and differs in its last part alone, in order of it."""
        found = self._natural[cast("type[Entity]", noun)].get(firsts, {})
        return [cast("T", found[last]) for last in sorted(found)]

    def having(self, noun: type[T], by: "str | Callable[[T], Any]", value: Any) -> list[T]:
        """All of one kind of noun of which a field (or what ``by`` makes of it) is that value, in
        order of their keys. The index for it is made when it is first asked for."""
        kind = cast("type[Entity]", noun)
        return self._indexes.having(kind, by, value, self._kept(kind).values())

    def _kept(self, noun: type[Entity]) -> dict[Any, Any]:
        own: dict[type[Entity], dict[Any, Any]] = {
            Organization: self.organizations, Person: self.persons, Quota: self.quotas,
            Membership: self.memberships, Number: self.numbers, Form: self.forms,
            Certificate: self.certificates, Admission: self.admissions,
        }  # fmt: skip
        return own.get(noun) or self._others[noun]

    # -- people ----------------------------------------------------------------------------------

    def person(self, id_number: str) -> Person | None:
        """The person with this national ID number."""
        found = self._by_id_number.get(id_number)
        return None if found is None else self.persons.get(found)

    def namesakes(self, person: Person) -> list[Person]:
        """Others of the same name and birth date, who may be this person under another number;
        not those of whom somebody found that they are others."""
        return self._namesakes.of(person)

    def has_namesake(self, likeness: str) -> bool:
        """Whether somebody at hand may be of that name and birth date."""
        return self._namesakes.has(likeness)

    def membership(self, person: int) -> Membership | None:
        """The person's latest membership, ended or not."""
        found = self._membership_of.get(person)
        return None if found is None else self.memberships[found]

    def memberships_of(self, person: int) -> list[Membership]:
        """All memberships of a person that are at hand, the latest last."""
        return self.having(Membership, "person", person)

    def bearing(self, name: str) -> list[Person]:
        """Everybody who bears that name."""
        return self.having(Person, folded_name, fold_name(name))

    def same_joining(self, membership: Membership) -> list[Membership]:
        """The memberships that carry on one joining of the League from home to home, the latest
        last; this one alone where it began with the joining."""
        if membership.since is None:
            return [membership]
        of = self.memberships_of(membership.person)
        return [one for one in of if one.joined == membership.joined]

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

    def candidacies(self, person: int) -> list[Candidacy]:
        """The person's cases as a candidate, the oldest first."""
        known = (self.find(Candidacy, one) for one in self._candidacies_of.get(person, ()))
        return sorted((one for one in known if one is not None), key=lambda one: one.id)

    def candidacy(self, person: int) -> Candidacy | None:
        """The person's case as a candidate: the open one, else the latest."""
        known = self.candidacies(person)
        return next((one for one in known if one.state == "open"), known[-1] if known else None)

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

        A code or a longer path decides where several bear one name. Where nobody bears a name, it
        is whoever bore it before.
        """
        if (found := self.organizations.get(text)) is not None:
            return [found]
        codes: Iterable[str] = self._by_name.get(fold_name(text), ())
        if not codes and "/" in text:
            above, _, name = text.rpartition("/")
            parents = {one.code for one in self.named(above)}
            codes = [
                code
                for code in self._by_name.get(fold_name(name), ())
                if any(one.code in parents for one in self.upward(code) if one.code != code)
            ]
        codes = codes or self._once_named(text) & self.organizations.keys()
        return [self.organizations[code] for code in sorted(codes)]

    def was_named(self, code: str, name: str) -> bool:
        """Whether the organisation bore that name before it was renamed."""
        return code in self._once_named(name)

    def _once_named(self, name: str) -> set[str]:
        events = self.having(OrganizationEvent, former_name, fold_name(name))
        return {one.organization for one in events}

    def reference(self, code: str) -> str:
        """How a sheet names the organisation without doubt: its full name, else its code."""
        name = self.organizations[code].name
        return name if [one.code for one in self.named(name)] == [code] else code

    # -- places and numbers ----------------------------------------------------------------------

    def quotas_of(self, organization: str, year: int) -> list[Quota]:
        """The organisation's own quotas of the year, in order of their blocks."""
        if (ids := self._quotas_of.get((organization, year))) is None:
            return []
        return sorted((self.quotas[one] for one in ids), key=lambda one: one.first)

    def places_for(self, organization: str, year: int) -> list[Quota]:
        """The quotas from which the organisation admits: its own, else the nearest above."""
        if not self.quotas:
            return []
        for one in self.upward(organization):
            if quotas := self.quotas_of(one.code, year):
                return quotas
        return []

    def places_beyond(self, organization: str, year: int) -> list[Quota]:
        """The quotas above those from which the organisation admits: of the nearest organisation
        that has a free number."""
        own = self.places_for(organization, year)
        above = self.upward(own[0].organization) if own else iter(())
        for one in above:
            quotas = self.quotas_of(one.code, year)
            if one.code != own[0].organization and self.free_slot(quotas) is not None:
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
            number
            for quota in quotas
            for number in self._slots_of.get(quota.id, ())
            if self.numbers[number].state == "free" and number not in self.reserved
        )
        return min(free, default=None)

    def slots(self, quota: int) -> list[Number]:
        """The numbers that this quota may use itself (not those split off), in order."""
        return [self.numbers[number] for number in sorted(self._slots_of.get(quota, ()))]


_INDEXED: dict[type[Entity], Callable[[Snapshot, Any], None]] = {
    Organization: Snapshot._load_organization,
    Person: Snapshot._load_person,
    Membership: Snapshot._load_membership,
    Quota: Snapshot._load_quota,
    Number: Snapshot._load_number,
    Form: Snapshot._load_form,
    Certificate: Snapshot._load_certificate,
    Admission: Snapshot._load_admission,
}
"""How each noun that is found by more than its key is taken in."""


def _forget(index: dict[Any, Any], key: Any, value: Any) -> None:
    """Take a key out of an index if it still leads there."""
    if index.get(key) == value:
        del index[key]
