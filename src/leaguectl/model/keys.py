"""The keys of a piece of work, by which the slice of the registry that it needs is loaded."""

from dataclasses import dataclass, field
from datetime import date

from leaguectl.model.declaration import Entity


@dataclass
class Keys:
    """The keys of a piece of work: the slice of the registry that it needs is what these touch."""

    organizations: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    id_numbers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    scans: set[str] = field(default_factory=set)
    """Digests of scans, whoever's form they are."""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    """First and last numbers, of which all between are wanted."""
    whole_blocks: bool = False
    """Whether all numbers of the quotas are wanted, and the quotas split from them."""
    free_numbers: int = 0
    """How many free numbers of each quota are wanted."""
    people: set[int] = field(default_factory=set)
    """People by their id, where it is known already."""
    names: set[str] = field(default_factory=set)
    """Names under which people are looked for."""
    members_of: set[str] = field(default_factory=set)
    """Codes or names of organisations of which the present members are wanted."""
    related: set[type[Entity]] = field(default_factory=set)
    """What else of the people is wanted, besides their memberships and papers."""
    likenesses: set[str] = field(default_factory=set)
    """Names with birth dates (:func:`likeness_of`): whoever shares both may be the same person
    under another number."""
    rosters: dict[str, date] = field(default_factory=dict)
    """The earliest day of which a roster speaks of each organisation, as the sheets name it."""
    whole: set[type[Entity]] = field(default_factory=set)
    """Entities of which everything is wanted, since a county has few of them."""
