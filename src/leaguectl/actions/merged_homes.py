"""The memberships of two merged records: which home stays where they are in two, and arrivals that
only a mistyped number made.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level
from leaguectl.model import (
    DECLARATIONS,
    Certificate,
    Entity,
    Form,
    FormerValue,
    Membership,
    Number,
    Person,
    Transfer,
    key_of,
)
from leaguectl.model.former import NOT_KNOWN, past_of
from leaguectl.model.periods import is_member_on
from leaguectl.rules.gate import began_with


@dataclass(frozen=True, slots=True)
class Rival:
    """Which home keeps a member who is in two (``home``), and why the papers of the other record
    end (``reason``), None where nobody said that they are wrong."""

    home: str | None = None
    reason: str | None = None


NO_RIVAL = Rival()
"""Nobody has chosen a home."""


@dataclass
class Merging:
    """The two records during the merge; ``moved`` and ``joined`` count the records of each table
    that now refer to the kept person, or were joined."""

    change_set: ChangeSet
    kept: Person
    gone: Person
    moved: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)

    def fault(self, code: str, level: Level = Level.ERROR, /, **facts: Any) -> None:
        """Only one of the two can be right."""
        self.change_set.fault(code, self.change_set.snapshot.known_as(self.kept.id), level, **facts)

    def both(self, entity: type[Entity]) -> tuple[list[Any], list[Any]]:
        """The records of an entity that each of the two holds, in order of their keys."""
        snapshot = self.change_set.snapshot
        return (
            snapshot.by(entity, "person", self.kept.id),
            snapshot.by(entity, "person", self.gone.id),
        )

    def take(self, record: Any) -> None:
        """Let the record refer to the kept person."""
        self.change_set.put(record, replace(record, person=self.kept.id))
        self.moved[DECLARATIONS[type(record)].name] += 1

    def join(self, own: Entity, other: Entity, whole: Entity) -> None:
        """Replace two records by one that has the values of both."""
        self.hand_down(other, own)
        self.change_set.put(other, None)
        self.change_set.put(own, whole)
        self.joined[DECLARATIONS[type(own)].name] += 1

    def hand_down(self, other: Entity, own: Entity) -> None:
        """Let the values that a removed record had be those of the record that stays. Since when a
        paper is known is said by the record that stays."""
        snapshot = self.change_set.snapshot
        known = {(past.field, past.until): past for past in past_of(own, snapshot)}
        for past in past_of(other, snapshot):
            there = known.get((past.field, past.until))
            if there is None and past.value != NOT_KNOWN:
                self.change_set.put(past, replace(past, key=str(key_of(own))))
                continue
            if there is not None and there.value != past.value:
                noun = DECLARATIONS[FormerValue].name
                self.fault("merge-differs", noun=noun, what=[past.until])
            self.change_set.put(past, None)


# -- arrivals ------------------------------------------------------------------------------------


def doubt_arrivals(merging: Merging) -> None:
    """Take back an arrival that never was. A roster with a mistyped ID number made a second record,
    which counts as having come from elsewhere on that day; where the other record was a member here
    by then, nobody came, and no papers are missing. Of two such arrivals the earlier stays."""
    kept, gone = merging.both(Membership)
    doubtful = [
        (homes[0], others[0])
        for homes, others in ((gone, kept), (kept, gone))
        if homes
        and others
        and _is_only_shown(merging, homes[0])
        and any(is_member_on(other, homes[0].since) for other in others)
    ]
    for arrived, other in doubtful[:1]:
        for papers in _papers_of(merging, arrived):
            merging.change_set.put(papers, None)
        seen = other.seen if other.entry == "recorded" else None
        was_here = replace(arrived, entry="recorded", since=None, seen=seen)
        merging.change_set.put(arrived, was_here)


def _is_only_shown(merging: Merging, home: Membership) -> bool:
    """Whether nothing but a roster shows that somebody came from elsewhere."""
    has_come = any(papers.state == "accepted" for papers in _papers_of(merging, home))
    return home.entry == "transferred" and home.seen is not None and not has_come


def _papers_of(merging: Merging, home: Membership) -> list[Transfer]:
    """The papers with which somebody came to a home from elsewhere."""
    transfers = merging.change_set.snapshot.by(Transfer, "person", home.person)
    return [transfer for transfer in transfers if transfer.brings_to(home)]


def first_seen(first: Membership, second: Membership) -> date | None:
    """The day of the earliest roster that has somebody in the home of two equal memberships, where
    neither of them began in another way."""
    for membership in (first, second):
        if membership.entry != "recorded":
            return membership.seen
    return min(filter(None, (first.seen, second.seen)), default=None)


# -- two homes -----------------------------------------------------------------------------------


def settle_home(merging: Merging, rival: Rival) -> None:
    """A person on two rosters never left either branch: one membership was a mistake and is removed
    without a leaving."""
    snapshot = merging.change_set.snapshot
    current = [snapshot.membership(person.id) for person in (merging.kept, merging.gone)]
    present = [each for each in current if each is not None and each.left is None]
    homes = {membership.organization for membership in present}
    if rival.reason and rival.home not in homes:
        merging.fault("merge-home-neither", organization=merging.change_set.name(rival.home))
    if len(homes) < 2 or rival.home not in homes:
        return
    stays, goes = sorted(present, key=lambda each: each.organization != rival.home)
    # Two days of joining are a separate contradiction, unless somebody has chosen a record.
    if not rival.reason and not is_same_joining(stays, goes):
        return
    admission = snapshot.admission(goes.person)
    names = [merging.change_set.name(each.organization) for each in (stays, goes)]
    if admission is not None and began_with(goes, admission):
        merging.fault("merge-home-admitted", organization=names[1], meeting=admission.meeting)
        return
    merging.change_set.none_pending(goes.person)
    if rival.reason:
        _end_papers(merging, goes.person, rival.reason)
    # Neither a home that was a mistake nor an admission here is an arrival from elsewhere. Of two
    # arrivals that only rosters show, one has been taken back before.
    is_first = goes == snapshot.memberships_of(goes.person)[0] and not _is_only_shown(merging, goes)
    is_mistaken = is_first or snapshot.admission(stays.person) is not None
    never_came = goes.entry == "transferred" and is_mistaken
    was_here = replace(goes, entry="recorded", since=None)
    stayed = _stayed(stays, was_here if never_came else goes)
    _settle_arrival(merging, goes, stayed)
    merging.join(stays, goes, stayed)
    merging.fault("merge-home", Level.WARNING, organization=names[0], other=names[1])


def _stayed(stays: Membership, goes: Membership) -> Membership:
    """The membership that stays, completed by the removed one: the homes before it are those of
    both records."""
    if not is_same_joining(stays, goes):
        return stays
    since = max(filter(None, (stays.since, goes.since)), default=None)
    carried = goes if since != stays.since else stays
    known = [each for each in (stays, goes) if each.joined is not None]
    exact = [each for each in known if each.joined_precision == "day"]
    best = (exact or known or [stays])[0]
    return replace(
        stays,
        joined=best.joined,
        joined_precision=best.joined_precision,
        entry=carried.entry,
        since=since,
        seen=first_seen(stays, goes) if stays.since == goes.since else carried.seen,
    )


def _settle_arrival(merging: Merging, goes: Membership, stayed: Membership) -> None:
    """The transfer that began the removed membership led to the home that stays, where that began
    with it; else it never took place, and a list of transfers must not bring anybody there."""
    for transfer in merging.change_set.snapshot.by(Transfer, "person", goes.person):
        day = transfer.settled or transfer.requested
        has_begun_it = transfer.state == "accepted" or transfer in _papers_of(merging, goes)
        if not has_begun_it or (transfer.target, day) != (goes.organization, goes.begun):
            continue
        led_here = stayed.since == goes.since and transfer.source != stayed.organization
        to = replace(transfer, target=stayed.organization) if led_here else None
        merging.change_set.put(transfer, to)


def _end_papers(merging: Merging, person: int, reason: str) -> None:
    """Where both have a number, a form or a certificate, those of the mistaken record end: our
    numbers are never given again, foreign numbers are removed, papers stay as history."""
    change_set, snapshot = merging.change_set, merging.change_set.snapshot
    if all(merging.both(Number)) and snapshot.admission(person) is None:
        (number,) = snapshot.by(Number, "person", person)
        void = replace(number, state="void", person=None, reason=reason, since=snapshot.today)
        change_set.put(number, None if number.quota is None else void)
        for past in past_of(number, snapshot) if number.quota is None else ():
            change_set.put(past, None)
    for entity, state in ((Form, "void"), (Certificate, "recalled")):
        held = [
            [paper for paper in papers if paper.state == "valid"] for papers in merging.both(entity)
        ]
        for paper in (*held[0], *held[1]) if all(held) else ():
            if paper.person == person:
                facts = {"reason": reason} if entity is Certificate else {}
                change_set.put(paper, replace(paper, state=state, **facts))


def is_same_joining(first: Membership, second: Membership) -> bool:
    """Whether two days of joining can be the same: where only the month of either is known, the
    months are compared."""
    if first.joined is None or second.joined is None:
        return True
    if "month" in (first.joined_precision, second.joined_precision):
        return first.joined.replace(day=1) == second.joined.replace(day=1)
    return first.joined == second.joined
