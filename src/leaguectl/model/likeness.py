"""Who looks like whom: two records that may be one person, recorded twice.

The ID number decides who somebody is, so two numbers are two people until somebody has looked at
the cards. What makes one doubt is the same name together with the same birth date, the same phone,
or a number in which one digit differs or two neighbours changed places.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from leaguectl.model.league import DistinctPair, Person
from leaguectl.names import fold_name

LIKENESSES = ("same birth date", "same phone", "near number")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people of one name who look like one, and by what; the first was recorded first."""

    first: Person
    second: Person
    likeness: tuple[str, ...]


def pairs(persons: Iterable[Person]) -> Iterator[Pair]:
    """Every two people who look like one, in order of their ids."""
    by_name: dict[str, list[Person]] = defaultdict(list)
    for one in persons:
        by_name[fold_name(one.name)].append(one)
    found = []
    for of_name in by_name.values():
        for first, second in combinations(sorted(of_name, key=lambda one: one.id), 2):
            if likeness := tuple(_likeness(first, second)):
                found.append(Pair(first, second, likeness))
    yield from sorted(found, key=lambda pair: (pair.first.id, pair.second.id))


def _likeness(one: Person, other: Person) -> Iterator[str]:
    if one.id_number[6:14] == other.id_number[6:14]:
        yield "same birth date"
    if one.phone is not None and one.phone == other.phone:
        yield "same phone"
    if is_near(one.id_number, other.id_number):
        yield "near number"


def is_near(one: str, other: str) -> bool:
    """Whether one of the first 17 digits differs, or two neighbours changed places; the last is
    the check digit and follows from them."""
    differ = [at for at in range(17) if one[at] != other[at]]
    if len(differ) == 2:
        first, second = differ
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(differ) == 1


@dataclass(slots=True)
class Namesakes:
    """People found by name and birth date together, and which of them were found to be two.

    Nearly everybody is alone, so the first of a key stands by itself. A key is a hash: what is
    found by it is compared.
    """

    _first: dict[int, Person] = field(default_factory=dict)
    _more: dict[int, list[Person]] = field(default_factory=dict)
    _apart: set[tuple[int, int]] = field(default_factory=set)

    def load(self, person: Person) -> None:
        """Take in a person."""
        key = _key(person)
        first = self._first.setdefault(key, person)
        if first is person:
            return
        if first.id == person.id:
            self._first[key] = person
        else:
            others = [one for one in self._more.get(key, ()) if one.id != person.id]
            self._more[key] = [*others, person]

    def drop(self, person: Person) -> None:
        """Forget a person."""
        key = _key(person)
        known = self._all(key)
        self._first.pop(key, None)
        self._more.pop(key, None)
        for one in known:
            if one.id != person.id:
                self.load(one)

    def tell_apart(self, pair: DistinctPair) -> None:
        """They were found to be two."""
        self._apart.add((pair.first, pair.second))

    def forget(self, pair: DistinctPair) -> None:
        """It is open again whether they are two."""
        self._apart.discard((pair.first, pair.second))

    def of(self, person: Person) -> list[Person]:
        """Others of the same name and birth date, as long as nobody found that they are others."""
        key = _key(person)
        first = self._first.get(key)
        if first is None or (first.id == person.id and key not in self._more):
            return []  # nearly everybody
        return [
            one
            for one in self._all(key)
            if one.id != person.id
            and one.id_number[6:14] == person.id_number[6:14]
            and fold_name(one.name) == fold_name(person.name)
            and (min(one.id, person.id), max(one.id, person.id)) not in self._apart
        ]

    def has(self, likeness: str) -> bool:
        """Whether there may be somebody of that name and birth date (:func:`likeness_of`)."""
        return hash(likeness) in self._first

    def _all(self, key: int) -> list[Person]:
        first = self._first.get(key)
        return [] if first is None else [first, *self._more.get(key, ())]


def likeness_of(name: str, id_number: str) -> str:
    """A name as it is compared, with the birth date that the ID number carries: who shares both may
    be one person."""
    return fold_name(name) + id_number[6:14]


def _key(person: Person) -> int:
    return hash(likeness_of(person.name, person.id_number))
