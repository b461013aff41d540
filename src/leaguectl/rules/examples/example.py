"""What an example is: a registry in which one thing is right, or wrong."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from leaguectl.findings import Finding
from leaguectl.model import Entity, Number, Organization, Person, RuleSubject, Snapshot, key_of
from leaguectl.rules import ENTRY, GATE, judge, load, review

COUNTY = Organization("C", "共青团云杉县委员会", "committee", domain="society")
SCHOOL = Organization("S", "云杉县第一中学团委", "committee", "C", "school")
BRANCH = Organization("S1", "高一（1）班团支部", "branch", "S")


@dataclass(frozen=True)
class Example:
    """A registry, and the one case in it that is asked about; None: all of it is asked about.

    ``policy`` is a county's own file that is laid over; ``today`` and ``as_of`` are the days of the
    registry, where they matter.
    """

    nouns: tuple[Entity, ...]
    case: RuleSubject | None = None
    policy: str = ""
    today: date | None = None
    as_of: date | None = None
    province: str = "65"

    def registry(self) -> Snapshot:
        """The registry that the rules look at: the three organisations and the nouns."""
        made = Snapshot(settings={"province": self.province}, today=self.today, as_of=self.as_of)
        for one in (COUNTY, SCHOOL, BRANCH, *self.nouns):
            made.load(one)
            if isinstance(one, Number) and one.quota is not None:
                made.tallies[one.quota][one.state] += 1
        made.headcounts.update(one.organization for one in made.memberships.values())
        return made

    def findings(self) -> list[Finding]:
        """All that any rule finds wrong."""
        registry, policy = self.registry(), load(self.policy or None)
        if self.case is None:
            return list(review(registry, policy))
        book = ENTRY + GATE if self.case.admission else ENTRY
        found = judge(self.case, registry, policy, book)
        return [Finding(one.code, one.facts, one.level) for one in found]

    def things(self) -> dict[tuple[str, Any], Any]:
        """Everything that it speaks of, by kind and key: its nouns, the person and the admission of
        its case, the case and itself."""
        found: dict[tuple[str, Any], Any] = {("", 0): self}
        nouns = [COUNTY, SCHOOL, BRANCH, *self.nouns]
        if self.case is not None:
            found["case", 0] = self.case
            nouns += [self.case.person] + ([self.case.admission] if self.case.admission else [])
        return found | {(type(one).__name__.lower(), key_of(one)): one for one in nouns}

    def shown(self, name: str, value: Any) -> Any:
        """A value as a reader knows it: a person by the name, an organisation by its own."""
        if value is None:
            return None
        if name == "person":
            known = {one.id: one.name for one in self.nouns if isinstance(one, Person)}
            if self.case is not None:
                known[self.case.person.id] = self.case.person.name
            return known.get(value, f"#{value}")
        if name == "id_number":  # its end is what differs; all of it would be masked
            return f"{value[:6]}…{value[-1]}"
        if name in ("organization", "parent"):
            nouns = (COUNTY, SCHOOL, BRANCH, *self.nouns)
            known_as = {one.code: one.name for one in nouns if isinstance(one, Organization)}
            return known_as.get(value, value)
        return value


@dataclass(frozen=True)
class Pair:
    """What is right by a rule, and what is wrong in one thing."""

    right: Example
    wrong: Example

    def differences(self) -> list[tuple[str, str, Any, Any]]:
        """What makes the difference: kind of noun, field, the value that is right (None: there is
        none), the value that is wrong. Where many of a kind differ, the first of them."""
        right, wrong = self.right.things(), self.wrong.things()
        found: list[tuple[str, str, Any, Any]] = []
        told = set()
        counts = [Counter(kind for kind, _ in of) for of in (right, wrong)]
        for kind, key in {**right, **wrong}:
            one, other = right.get((kind, key)), wrong.get((kind, key))
            if one == other or kind in told:
                continue
            for name in _names(one, other):
                values = (
                    None if of is None else example.shown(name, getattr(of, name))
                    for of, example in ((one, self.right), (other, self.wrong))
                )
                good, bad = values
                if good != bad:
                    told.add(kind)
                    found.append((kind, name, good, bad))
            few, many = (of[kind] for of in counts)
            if few > 1 and few != many:  # of a crowd its size says all
                found = [other for other in found if other[0] != kind]
                found.append((kind, "count", few, many))
        if "admission" in told:  # what hangs on an admission changes with it
            return [one for one in found if one[0] not in _HANGING]
        return found

    @property
    def policy(self) -> str:
        """The county's own file under which both are judged, where there is one."""
        return self.wrong.policy


_BRIEF = {
    "Admission": ("person", "organization", "meeting"),
    "Membership": ("person", "organization", "joined"),
    "Organization": ("name", "parent"),
    "Person": ("name",),
    "Number": ("number", "state"),
    "Quota": ("organization", "first", "last"),
    "Form": ("serial",),
    "Certificate": ("serial",),
    "Post": ("organization", "said", "name"),
    "Registration": ("person", "grade"),
}
"""What is said of a noun that one of two examples alone has."""
_HANGING = ("person", "membership", "number", "form", "certificate", "quota")
_LEFT_OUT = ("id", "operation", "nouns", "case", "person", "admission", "organization")
"""Of the two examples themselves and of their cases: what is told of by the nouns."""


def _names(one: Any, other: Any) -> list[str]:
    """The fields by which two things are told apart; those of one where the other is not there."""
    known = one if one is not None else other
    if one is None or other is None:
        return list(_BRIEF.get(type(known).__name__, ()))
    names = [field.name for field in fields(known)]
    if isinstance(known, (Example, RuleSubject)):
        return [name for name in names if name not in _LEFT_OUT]
    if isinstance(known, Person):
        return ["name", "born", "id_number"] if one.born == other.born else ["born"]
    return [name for name in names if name not in ("id", "operation")]
