"""Similar people: two records that may be the same person, recorded twice.

The ID number identifies a person, so two numbers are two people until somebody has looked at the
cards. Doubt arises from the same name together with the same birth date, the same phone, or a
number in which one digit differs or two neighbouring digits are swapped.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from leaguectl.model.league import Person
from leaguectl.names import fold_name

LIKENESSES = ("same birth date", "same phone", "near number")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people with the same name who may be one, and why; ``first`` was recorded first."""

    first: Person
    second: Person
    likeness: tuple[str, ...]


def pairs(persons: Iterable[Person]) -> Iterator[Pair]:
    """All pairs of people who may be one, in order of their ids."""
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in persons:
        by_name[fold_name(person.name)].append(person)
    alike = []
    # Only people with the same name are compared: all pairs of a county would be billions.
    for namesakes in by_name.values():
        for first, second in combinations(sorted(namesakes, key=lambda person: person.id), 2):
            if likeness := tuple(_likeness(first, second)):
                alike.append(Pair(first, second, likeness))
    yield from sorted(alike, key=lambda pair: (pair.first.id, pair.second.id))


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
