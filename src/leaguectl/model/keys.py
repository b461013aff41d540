"""What is asked: the case that rules are put before, and the keys of a batch."""

from dataclasses import dataclass, field
from datetime import date

from leaguectl.model.days import age_on, last_of_month
from leaguectl.model.declaration import Entity
from leaguectl.model.league import Person
from leaguectl.model.ledger import Admission


def age_at(joined: date | None, precision: str, born: date) -> int | None:
    """Full years on the day of joining; where that is known by its month alone, on the last of
    it."""
    if joined is None:
        return None
    return age_on(born, joined if precision == "day" else last_of_month(joined))


@dataclass(frozen=True, slots=True)
class RuleSubject:
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

    @property
    def age(self) -> int | None:
        """Full years at joining; None where that is not dated."""
        return age_at(self.joined, self.joined_precision, self.person.born)


@dataclass
class Keys:
    """The keys of a batch: the slice that its rules look at is what these touch."""

    organizations: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    id_numbers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    scans: set[str] = field(default_factory=set)
    """Digests of scans, whoever's form they are."""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    whole_blocks: bool = False
    free_numbers: int = 0
    people: set[int] = field(default_factory=set)
    """People by their id, as far as they are known by it already."""
    names: set[str] = field(default_factory=set)
    """Names under which people are looked for, whoever bears them."""
    members_of: set[str] = field(default_factory=set)
    """Organisations (codes) whose members are wanted: those who have not left."""
    beside: set[type[Entity]] = field(default_factory=set)
    """What else is wanted of the people at hand, beside their memberships and papers."""
    likenesses: set[str] = field(default_factory=set)
    """Names with birth dates (:func:`likeness_of`): whoever shares both may be the same person
    under another number."""
    whole: set[type[Entity]] = field(default_factory=set)
    """Nouns of which everything is wanted: those of which a county has few."""
