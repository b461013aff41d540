"""People who look like one: listed, and decided where somebody found that they are two."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from leaguectl.actions import Request
from leaguectl.actions import plan_people as plan
from leaguectl.actions.identify import identify_person, organization_code
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import UsageError
from leaguectl.model import (
    DistinctPair,
    Keys,
    Membership,
    Organization,
    Pair,
    Person,
    Snapshot,
    pairs,
)
from leaguectl.store import Location
from leaguectl.store.reading import nouns, open_reader


@dataclass(frozen=True, slots=True)
class Suspect:
    """A pair with where each belongs, and why they were found to be two (None: nobody did)."""

    pair: Pair
    homes: tuple[str | None, str | None]
    reason: str | None


def suspects(location: Location, org: str | None = None, *, decided: bool = False) -> list[Suspect]:
    """Every two people who look like one; with ``decided`` also those found to be two.

    With ``org`` those of whom at least one belongs to it or to an organisation below.
    """
    registry = Snapshot()
    with open_reader(location) as reader:
        above = organization_code(reader, org)
        for noun in (Organization, Person, Membership, DistinctPair):
            for one in nouns(reader, noun):
                registry.load(one)
    reasons = {(one.first, one.second): one.reason for one in registry.all(DistinctPair)}
    found = []
    for pair in pairs(registry.persons.values()):
        reason = reasons.get((pair.first.id, pair.second.id))
        homes = (_home(registry, pair.first), _home(registry, pair.second))
        is_asked = not above or any(one and registry.is_below(one, above) for one in homes)
        if is_asked and (decided or reason is None):
            named = [registry.organizations[one].name if one else None for one in homes]
            found.append(Suspect(pair, (named[0], named[1]), reason))
    return found


def _home(registry: Snapshot, person: Person) -> str | None:
    kept = registry.membership(person.id)
    return kept.organization if kept else None


def tell_apart(request: Request, who: Sequence[str]) -> Outcome[None]:
    """Keep that two people were found to be two, and why.

    :raises UsageError: no reason is given, or both are one person.
    :raises NotFound: nobody is meant, or several are.
    """
    if not request.reason:
        raise UsageError("reason-needed")
    with open_reader(request.location) as reader:
        first, second = sorted(identify_person(reader, text) for text in who)
    if first == second:
        raise UsageError("person-same")
    keys = Keys(people={first, second}, whole={DistinctPair})
    return run(request, keys, partial(plan.tell_apart, ids=(first, second), reason=request.reason))
