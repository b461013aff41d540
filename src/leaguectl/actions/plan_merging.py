"""Two records of one person become one: all that named the other names the one that is kept.

Nothing is lost: what both hold is put together where it is the same or completes one another, and
is a fault where only one of the two can be right. The other's ID number stays known as an alias.
"""

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.plan_people import found, verdicts_after
from leaguectl.findings import Level
from leaguectl.model import (
    ENTITIES,
    Admission,
    Alias,
    Candidacy,
    Certificate,
    Discipline,
    Dispute,
    DistinctPair,
    Entity,
    Form,
    Membership,
    Milestone,
    Number,
    Person,
    Registration,
    Snapshot,
    Trainee,
    Transfer,
)

T = TypeVar("T", bound=Entity)

THEIRS: tuple[type[Entity], ...] = tuple(
    noun for noun in ENTITIES if any(one.name == "person" for one in fields(noun))
)
"""Nouns of which each is one person's."""
DECIDED: tuple[type[Entity], ...] = (Dispute, DistinctPair)
"""Nouns that name people otherwise; a county has few of them, so all are looked at."""

_OF_ONE: dict[type[Entity], tuple[str, ...]] = {
    Milestone: ("kind",), Registration: ("year",), Trainee: ("training",),
    Discipline: ("kind", "since", "authority"),
}  # fmt: skip
"""By what two of a person are one and the same, so that they are put together."""
_ONE_VALID: dict[type[Entity], tuple[str, str]] = {
    Form: ("valid", "serial"), Certificate: ("valid", "serial"), Candidacy: ("open", "applied"),
    Transfer: ("pending", "requested"),
}  # fmt: skip
"""Of which a person has at most one in that state, and how a message names it."""


@dataclass
class _Merging:
    """The two records while they become one."""

    change_set: ChangeSet
    kept: Person
    gone: Person
    moved: Counter[str]
    joined: Counter[str]

    def fault(self, rule: str, level: Level = Level.ERROR, /, **facts: Any) -> None:
        """Only one of the two can be right."""
        self.change_set.fault(rule, self.change_set.snapshot.known_as(self.kept.id), level, **facts)

    def held(self, noun: type[Entity], person: Person) -> list[Any]:
        """What a person holds of a noun, in order of its key."""
        return [one for one in _all(self.change_set.snapshot, noun) if one.person == person.id]

    def both(self, noun: type[Entity]) -> tuple[list[Any], list[Any]]:
        """What the one holds and what the other."""
        return self.held(noun, self.kept), self.held(noun, self.gone)

    def take(self, one: Any) -> None:
        """Let it name the one that is kept."""
        self.change_set.put(one, replace(one, person=self.kept.id))
        self.moved[type(one).__name__.lower()] += 1

    def join(self, own: Entity, other: Entity, whole: Entity) -> None:
        """Two become one that says what both say."""
        self.change_set.put(other, None)
        self.change_set.put(own, whole)
        self.joined[type(own).__name__.lower()] += 1


def merge(change_set: ChangeSet, *, keep: int, other: int) -> None:
    """Join two records; every conflict at once where there are some, and then nothing changes.

    :raises NotFound: one of them is gone meanwhile.
    """
    merging = _Merging(
        change_set, found(change_set, keep), found(change_set, other), Counter(), Counter()
    )
    kept, gone = merging.kept, merging.gone
    with verdicts_after(change_set, change_set.snapshot.known_as(kept.id)):
        _pairs(merging)
        _disputes(merging)
        _papers(merging)
        _memberships(merging)
        for noun in THEIRS:
            if noun is not Membership:
                _bring(merging, noun)
        change_set.put(gone, None)
        _alias(merging)
    change_set.rows += [
        {"noun": noun, "moved": merging.moved[noun], "combined": merging.joined[noun]}
        for noun in dict.fromkeys([*merging.moved, *merging.joined])
    ]


def _alias(merging: _Merging) -> None:
    """The other's number stays known, and what it alone knew of phone and politics is kept."""
    kept, gone, change_set = merging.kept, merging.gone, merging.change_set
    completed = replace(
        kept, phone=kept.phone or gone.phone, politics=kept.politics or gone.politics
    )
    change_set.put(kept, completed)
    change_set.put(None, Alias(gone.id_number, kept.id, gone.name))
    merging.moved["alias"] += 1


def _all(registry: Snapshot, noun: type[Entity]) -> list[Any]:
    """All of a noun that is at hand, wherever the registry keeps it."""
    kept: dict[Any, dict[Any, Any]] = {
        Membership: registry.memberships, Number: registry.numbers, Form: registry.forms,
        Certificate: registry.certificates, Admission: registry.admissions,
    }  # fmt: skip
    if noun in kept:
        return [kept[noun][key] for key in sorted(kept[noun])]
    return registry.all(noun)


# -- what was decided of them --------------------------------------------------------------------


def _pairs(merging: _Merging) -> None:
    """What was found of the other holds of the one, too; but who were found to be two stay two."""
    change_set, kept, gone = merging.change_set, merging.kept, merging.gone
    pairs = change_set.snapshot.all(DistinctPair)
    known = {(one.first, one.second) for one in pairs}
    for one in pairs:
        if gone.id not in (one.first, one.second):
            continue
        third = one.first + one.second - gone.id
        if third == kept.id:
            merging.fault("merge-apart", reason=one.reason)
            continue
        first, second = sorted((kept.id, third))
        is_known = (first, second) in known
        change_set.put(one, None if is_known else replace(one, first=first, second=second))
        (merging.joined if is_known else merging.moved)["distinctpair"] += 1


def _disputes(merging: _Merging) -> None:
    """Claims go along; a claim of the one against the other must be settled first."""
    ids = {merging.kept.id, merging.gone.id}
    for one in merging.change_set.snapshot.all(Dispute):
        slot = merging.change_set.snapshot.numbers.get(one.number)
        if one.claimant in ids and one.settled is None and slot and slot.person in ids:
            merging.fault("merge-dispute", number=one.number)
        elif one.claimant == merging.gone.id:
            merging.change_set.put(one, replace(one, claimant=merging.kept.id))
            merging.moved["dispute"] += 1


# -- what only one can hold ----------------------------------------------------------------------


def _papers(merging: _Merging) -> None:
    """One number, one admission, one valid form and certificate; one case, one transfer at once."""
    numbers, admissions = merging.both(Number), merging.both(Admission)
    if all(numbers):
        merging.fault("merge-number", number=numbers[0][0].number, other=numbers[1][0].number)
    if all(admissions):
        merging.fault(
            "merge-admission", meeting=admissions[0][0].meeting, other=admissions[1][0].meeting
        )
    for noun, (state, name) in _ONE_VALID.items():
        valid = [[one for one in of if one.state == state] for of in merging.both(noun)]
        if all(valid):
            own, other = (getattr(of[0], name) for of in valid)
            kind = noun.__name__.lower()
            merging.fault("merge-paper", noun=kind, own=own, other=other, **{kind: other})


def _bring(merging: _Merging, noun: type[Entity]) -> None:
    """Let each of the other's name the one, or be one with what the one has already."""
    own, theirs = merging.both(noun)
    for one in theirs:
        by = _OF_ONE.get(noun, ())
        same = [mine for mine in own if by and all(getattr(mine, k) == getattr(one, k) for k in by)]
        if not same:
            merging.take(one)
        elif (whole := _completed(same[0], one)) is not None:
            merging.join(same[0], one, whole)
        else:
            facts = {name: getattr(one, name) for name in by}
            merging.fault("merge-differs", noun=noun.__name__.lower(), what=list(facts.values()))


def _completed(own: T, other: T, *apart: str) -> T | None:
    """One that says what both say; None where they contradict one another. ``apart`` are fields
    that are looked at elsewhere."""
    said = {}
    for name in (one.name for one in fields(own)):
        if name in ("id", "person", "name", "operation", *apart):
            continue
        mine, theirs = getattr(own, name), getattr(other, name)
        if mine is not None and theirs is not None and mine != theirs:
            return None
        said[name] = theirs if mine is None else mine
    return replace(own, **said)


# -- memberships ---------------------------------------------------------------------------------


def _memberships(merging: _Merging) -> None:
    """Memberships that are the same are one; the others follow one another, without an overlap."""
    own, theirs = merging.both(Membership)
    rest = []
    for one in theirs:
        joins = [(mine, whole) for mine in own if (whole := _joined(mine, one)) is not None]
        if not joins:
            rest.append(one)
            continue
        mine, whole = min(joins, key=lambda pair: (pair[0].left != one.left, pair[0].id))
        if mine.left != one.left:
            home, facts = merging.change_set.name(one.organization), {"left": whole.left}
            merging.fault("merge-ended", Level.WARNING, organization=home, **facts)
        merging.join(mine, one, whole)
        own[own.index(mine)] = whole
    order = sorted([*own, *rest], key=lambda one: (one.begun or date.min, one.left or date.max))
    for first, second in pairwise(order):
        if first.left is None or (second.begun is not None and second.begun < first.left):
            homes = [_span(merging, one) for one in (first, second)]
            merging.fault("merge-membership", own=homes[0], other=homes[1])
    if not merging.change_set.is_refused:
        _in_order(merging, order)


def _span(merging: _Merging, one: Membership) -> str:
    """A membership as a message names it: where, and from when to when."""
    return f"{merging.change_set.name(one.organization)} ({one.begun or ''} – {one.left or ''})"


def _joined(own: Membership, other: Membership) -> Membership | None:
    """One membership of two in the same home; one may know the day of a month, or the end."""
    by_day = [one for one in (own, other) if one.joined and one.joined_precision == "day"]
    known = [one for one in (own, other) if one.joined]
    best = (by_day or known or [own])[0]
    for one in known:
        told, of = one.joined, best.joined
        is_month = one.joined_precision == "month" or best.joined_precision == "month"
        if told and of and (told.replace(day=1) != of.replace(day=1) if is_month else told != of):
            return None
    whole = _completed(own, other, "joined", "joined_precision", "entry")
    if whole is None:
        return None
    entry = next((one.entry for one in (own, other) if one.entry != "recorded"), "recorded")
    return replace(whole, joined=best.joined, joined_precision=best.joined_precision, entry=entry)


def _in_order(merging: _Merging, order: list[Membership]) -> None:
    """Let all name the one. The latest is known by its id, so one that comes later than its id says
    gets the next."""
    last = 0
    for one in order:
        theirs = one.person == merging.gone.id
        if one.id > last:
            last = one.id
            if theirs:
                merging.take(one)
            continue
        last = merging.change_set.snapshot.new_id(Membership)
        merging.change_set.put(one, None)
        merging.change_set.put(None, replace(one, id=last, person=merging.kept.id))
        merging.moved["membership"] += theirs
