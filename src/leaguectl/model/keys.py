"""The keys of a piece of work, by which the slice of the registry that it needs is loaded."""

from dataclasses import dataclass, field
from datetime import date

from leaguectl.model.declaration import Entity


@dataclass
class Keys:
    """The keys of a piece of work: it needs the slice of the registry that they refer to."""

    organizations: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    id_numbers: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    certificates: set[str] = field(default_factory=set)
    scans: set[str] = field(default_factory=set)
    """Digests of scans, for the forms of any person."""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    """First and last numbers of ranges, of which every number is needed."""
    whole_blocks: bool = False
    """Whether all numbers of the quotas are needed, and the quotas split from them."""
    free_numbers: int = 0
    """How many free numbers of each quota are needed."""
    people: set[int] = field(default_factory=set)
    """People by their id, where it is known already."""
    as_said: bool = False
    """Whether these people and organisations are as a sheet or a saved plan says them, and may be
    made by it; others were found before the lock was taken."""
    names: set[str] = field(default_factory=set)
    """Names under which people are looked for."""
    members_of: set[str] = field(default_factory=set)
    """Codes or names of organisations whose present members are needed."""
    with_former: bool = False
    """Whether their former members are needed as well."""
    with_below: bool = False
    """Whether those of everything below these organisations are needed too."""
    related: set[type[Entity]] = field(default_factory=set)
    """Further entities that are needed of the people, besides those by which all are judged."""
    likenesses: set[str] = field(default_factory=set)
    """Names with birth dates (:func:`likeness_of`): people who share both may be the same person
    under another number."""
    rosters: dict[str, date] = field(default_factory=dict)
    """The day of the earliest roster of each organisation, by the name in the sheets."""
    whole: set[type[Entity]] = field(default_factory=set)
    """Entities that are loaded completely, since a county has few of them."""
