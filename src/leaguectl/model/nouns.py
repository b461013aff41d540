"""All nouns with their keys; what changes one; how one is written down outside the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import repeat
from typing import Any, get_args, get_type_hints

from leaguectl.model.county import (
    Activity,
    Closing,
    Coverage,
    Post,
    Reported,
    Review,
    Score,
    Survey,
    Task,
    Trainee,
    Training,
)
from leaguectl.model.league import (
    Alias,
    Discipline,
    DistinctPair,
    Membership,
    Milestone,
    Organization,
    OrganizationEvent,
    Person,
    Registration,
    Transfer,
)
from leaguectl.model.ledger import Admission, Candidacy, Certificate, Dispute, Form, Number, Quota

Entity = (
    Organization | OrganizationEvent | Person | Alias | DistinctPair | Quota | Number | Dispute
    | Form | Certificate | Membership | Admission | Candidacy | Transfer | Discipline | Milestone
    | Registration | Post | Training | Trainee | Activity | Coverage | Score | Review | Task
    | Survey | Closing | Reported
)  # fmt: skip
ENTITIES: tuple[type[Entity], ...] = get_args(Entity)
"""In the order in which one names the other: what is named comes first."""

_OWN_KEYS: dict[type[Entity], str] = {
    Organization: "code", Alias: "id_number", Number: "number", Form: "serial",
    Certificate: "serial", Closing: "year",
}  # fmt: skip
KEYS: dict[type[Entity], str] = {noun: _OWN_KEYS.get(noun, "id") for noun in ENTITIES}
"""The field by which one of a kind is known."""

NATURAL_KEYS: dict[type[Entity], tuple[str, ...]] = {
    Post: ("organization", "said", "name", "since"), Training: ("name", "day"),
    Trainee: ("training", "name", "id"), Activity: ("organization", "day", "name"),
    Coverage: ("activity", "organization"), Score: ("year", "organization", "item"),
    Review: ("year", "organization", "name"),
    Milestone: ("person", "kind"), Task: ("module", "task"),
    Survey: ("year", "organization", "stage"),
}  # fmt: skip
"""By what one of these is found again when a sheet tells of it."""

NAMED: dict[str, type[Entity]] = {noun.__name__.lower(): noun for noun in ENTITIES}
_FIELDS = {noun: tuple(one.name for one in fields(noun)) for noun in ENTITIES}
DAYS = {
    noun: frozenset(
        name
        for name, hint in get_type_hints(noun).items()
        if hint is date or date in get_args(hint)
    )
    for noun in ENTITIES
}
"""Which fields of a noun are days."""


@dataclass(frozen=True, slots=True)
class Change:
    """One noun before and after. ``before`` is None where it is new, ``after`` where it goes."""

    before: Entity | None
    after: Entity | None

    @property
    def noun(self) -> type[Entity]:
        """Which kind of noun changes."""
        return type(self.after if self.after is not None else self.before)  # type: ignore[return-value]

    @property
    def key(self) -> Any:
        """The key of the one that changes."""
        return key_of(self.after if self.after is not None else self.before)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Many new rows of one noun, field by field: of the hundred thousand that a large sheet brings,
    each is made only where it is looked at by itself.

    ``columns`` holds what differs from one to the next, equally long; ``same`` what all have in
    common. What neither names has the noun's default. No other change of the same operation is
    about one of them.
    """

    noun: type[Entity]
    columns: Mapping[str, Sequence[Any]]
    same: Mapping[str, Any]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Change]:
        """Each as the change that makes it."""
        make: Any = self.noun
        values = (
            self.columns[one.name]
            if one.name in self.columns
            else repeat(self.same.get(one.name, one.default))
            for one in fields(self.noun)
        )
        # The columns come to an end, what all have in common does not.
        return map(Change, repeat(None), map(make, *values))


def one_by_one(changes: Iterable[Change | NewRows]) -> Iterator[Change]:
    """Each change by itself."""
    for one in changes:
        if isinstance(one, NewRows):
            yield from one
        else:
            yield one


def key_of(noun: Entity) -> Any:
    """What this one is known by."""
    return getattr(noun, KEYS[type(noun)])


def as_plain(noun: Entity) -> dict[str, Any]:
    """A noun as JSON can have it, days as ISO text."""
    values = ((name, getattr(noun, name)) for name in _FIELDS[type(noun)])
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}


def from_plain(name: str, values: Mapping[str, Any]) -> Entity:
    """The noun of that (lower-case) name again.

    :raises KeyError: there is no such noun.
    :raises TypeError: it has other fields.
    :raises ValueError: a day is none.
    """
    noun: Any = NAMED[name]
    days = DAYS[noun]
    made: Entity = noun(
        **{
            key: date.fromisoformat(value) if key in days and value else value
            for key, value in values.items()
        }
    )
    return made
