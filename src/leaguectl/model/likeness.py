"""Similar people: two records that may be the same person, recorded twice.

The ID number identifies a person, so two numbers are two people until somebody has looked at the
cards. Doubt arises from the same name, also with its parts in another order, together with the same
birth date, the same phone, or a number in which one digit differs or two neighbouring digits are
swapped; and from names spelt nearly alike (阿布都, 阿不都) together with both birth date and phone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from leaguectl.model.league import Person
from leaguectl.names import LIKENESS, fold_name


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, and why; ``first`` was recorded first."""

    first: Person
    second: Person
    likeness: tuple[str, ...]


def pairs(persons: Iterable[Person]) -> Iterator[Pair]:
    """All pairs of people who may be one, in order of their ids."""
    by_name: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    by_phone: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in persons:
        by_name[_name_parts(person)].append(person)
        if person.phone is not None:
            by_phone[person.id_number[6:14], person.phone].append(person)
    alike = []
    # Only those who have something in common are compared: all pairs of a county are billions.
    for first, second in _pairs_of(by_name.values()):
        if likeness := tuple(_likeness(first, second)):
            alike.append(Pair(first, second, likeness))
    for first, second in _pairs_of(by_phone.values()):
        if _is_name_similar(first, second):
            alike.append(Pair(first, second, ("similar name", *_likeness(first, second))))
    yield from sorted(alike, key=lambda pair: (pair.first.id, pair.second.id))


def _pairs_of(groups: Iterable[list[Person]]) -> Iterator[tuple[Person, Person]]:
    for group in groups:
        yield from combinations(sorted(group, key=lambda person: person.id), 2)


def _name_parts(person: Person) -> tuple[str, ...]:
    """The parts of a name in any order: 买买提·阿布都 is compared as 阿布都·买买提."""
    return tuple(sorted(fold_name(person.name).split("·")))


def _is_name_similar(first: Person, second: Person) -> bool:
    """Whether two names are another's transliteration or misspelling, and not the same name."""
    import difflib  # only where two people of one birth date have one phone

    one, other = _name_parts(first), _name_parts(second)
    matcher = difflib.SequenceMatcher(None, "".join(one), "".join(other))
    return one != other and matcher.ratio() >= LIKENESS


def _likeness(first: Person, second: Person) -> Iterator[str]:
    if first.id_number[6:14] == second.id_number[6:14]:
        yield "same birth date"
    if first.phone is not None and first.phone == second.phone:
        yield "same phone"
    if is_near(first.id_number, second.id_number):
        yield "near number"


def is_near(first: str, second: str) -> bool:
    """Whether two ID numbers differ in one of the first 17 digits, or by two swapped neighbours:
    the usual typing errors."""
    # The 18th is the check digit; it follows from the others and changes with them.
    differ = [index for index in range(17) if first[index] != second[index]]
    if len(differ) == 2:
        left, right = differ
        is_swapped = first[left] == second[right] and first[right] == second[left]
        return right == left + 1 and is_swapped
    return len(differ) == 1


def likeness_of(name: str, id_number: str) -> str:
    """A name as it is compared, with the birth date in the ID number: people who share both may be
    one person."""
    return fold_name(name) + id_number[6:14]
