"""Two records of one person become one: all references to the other record point to the kept one.

Nothing is lost: what both hold is joined where it is equal or complementary, and is a fault where
only one of the two can be right. The other ID number stays known as an alias.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, pairwise
from typing import Any, TypeVar

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.identity import (
    OPTIONAL,
    PERSONAL,
    existing_person,
    faults_of_new_verdicts,
    remember,
)
from leaguectl.actions.merged_homes import (
    NO_RIVAL,
    Merging,
    Rival,
    doubt_arrivals,
    first_seen,
    is_same_joining,
    settle_home,
)
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level, UsageError, compared
from leaguectl.kinds.candidates import admitted
from leaguectl.model import (
    DECLARATIONS,
    Admission,
    Candidacy,
    Certificate,
    Discipline,
    Dispute,
    DistinctPair,
    Entity,
    Form,
    FormerValue,
    Keys,
    Membership,
    Number,
    PaperState,
    Transfer,
)
from leaguectl.reports import members
from leaguectl.store.reading import open_reader

T = TypeVar("T", bound=Entity)

DECIDED: tuple[type[Entity], ...] = tuple(
    entity
    for entity, declared in DECLARATIONS.items()
    if "person" in (table for name, table in declared.references.items() if name != "person")
)
"""Entities that refer to people in other ways (claimants, pairs): a county has few of them, so all
are loaded."""

_SAME_BY: dict[type[Entity], tuple[str, ...]] = {
    # A measure has no constraint: two of the same kind, day and document are the same.
    Discipline: ("kind", "since", "authority"),
} | {
    entity: tuple(name for name in names if name != "person")
    for entity in PERSONAL
    for names in DECLARATIONS[entity].more_unique
    if "person" in names
}
"""The fields by which two records of a person are the same, so that they are joined."""

_ONE_AT_A_TIME: dict[type[Entity], tuple[str, str]] = {
    Form: ("valid", "serial"),
    Certificate: ("valid", "serial"),
    Candidacy: ("open", "applied"),
    Transfer: ("pending", "requested"),
}
"""Entities of which a person has at most one in that state, and the field that a message shows."""


def merge(
    request: Request, keep: str, other: str, home: str | None = None
) -> tuple[Outcome[None], dict[str, Any]]:
    """Join two records of one person; return the outcome, and the two people (``kept`` and
    ``gone``).

    ``home`` is the organisation that keeps the member where both records have one; by default that
    of the kept record.

    :raises UsageError: no reason is given, or both are one record.
    :raises NotFound: nobody or no organisation is meant, or several are.
    """
    if not request.reason:
        raise UsageError("reason-needed")
    with open_reader(request.location) as reader:
        ids = [identify_person(reader, text) for text in (keep, other)]
        cards = [members.member(reader, person) for person in ids]
        chosen = identify_organization(reader, home) if home is not None else None
    if ids[0] == ids[1]:
        raise UsageError("person-same")
    keys = Keys(people={*ids}, related={*PERSONAL}, whole={*DECIDED, FormerValue})

    def plan(change_set: ChangeSet) -> None:
        at = change_set.snapshot.membership(ids[0])
        kept_home = at.organization if at else None
        rival = Rival(chosen or kept_home, request.reason if chosen else None)
        merge_records(change_set, keep=ids[0], other=ids[1], rival=rival)

    outcome = run(request, keys, plan)
    return outcome, dict(zip(("kept", "gone"), _named(cards), strict=True))


def _named(cards: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    id_numbers = compared(*(card["id_number"] for card in cards))
    return [
        {"id": card["id"], "name": card["name"], "id_number": id_number}
        for card, id_number in zip(cards, id_numbers, strict=True)
    ]


def merge_records(change_set: ChangeSet, *, keep: int, other: int, rival: Rival = NO_RIVAL) -> None:
    """Plan to join two records; with conflicts, report all of them and change nothing.

    :raises NotFound: one of them has been removed meanwhile.
    """
    kept, gone = (existing_person(change_set, person) for person in (keep, other))
    merging = Merging(change_set, kept, gone)
    if kept.is_erased or gone.is_erased:
        merging.fault("erased-stay-erased")
        return
    with faults_of_new_verdicts(change_set, change_set.snapshot.known_as(kept.id)):
        _join_pairs(merging)
        _take_disputes(merging)
        doubt_arrivals(merging)
        settle_home(merging, rival)
        _refuse_two(merging)
        _join_memberships(merging)
        _forget_marks(merging)
        for entity in PERSONAL:
            if entity is not Membership:
                _bring(merging, entity)
        merging.hand_down(gone, kept)
        change_set.put(gone, None)
        _complete(merging)
        _close_case(merging)
    for noun in dict.fromkeys([*merging.moved, *merging.joined]):
        change_set.answer(noun=noun, moved=merging.moved[noun], combined=merging.joined[noun])


def _complete(merging: Merging) -> None:
    """Keep the other's number as an alias, and values that only the other record had (a phone)."""
    kept, gone = merging.kept, merging.gone
    added = {name: getattr(gone, name) for name in OPTIONAL if not getattr(kept, name)}
    merging.change_set.put(kept, replace(kept, **added))
    remember(merging.change_set, gone, kept)
    merging.moved["alias"] += 1


def _close_case(merging: Merging) -> None:
    """The open case of one record ended with the admission of the other."""
    snapshot = merging.change_set.snapshot
    case, admission = snapshot.candidacy(merging.kept.id), snapshot.admission(merging.kept.id)
    if case is None or admission is None or case.state != "open":
        return
    if case.applied is not None and case.applied <= admission.meeting:
        merging.change_set.put(case, admitted(case, admission))


def _name(entity: type[Entity]) -> str:
    return DECLARATIONS[entity].name


# -- what was decided of them --------------------------------------------------------------------


def _join_pairs(merging: Merging) -> None:
    """Decisions about the other hold for the kept person too; but a pair declared to be two is not
    merged."""
    change_set, kept, gone = merging.change_set, merging.kept, merging.gone
    pairs = change_set.snapshot.all(DistinctPair)
    decided = {(pair.first, pair.second) for pair in pairs}
    for pair in pairs:
        if gone.id not in (pair.first, pair.second):
            continue
        third = pair.first + pair.second - gone.id
        if third == kept.id:
            merging.fault("merge-apart", reason=pair.reason)
            continue
        first, second = sorted((kept.id, third))
        is_decided = (first, second) in decided
        change_set.put(pair, None if is_decided else replace(pair, first=first, second=second))
        (merging.joined if is_decided else merging.moved)[_name(DistinctPair)] += 1


def _take_disputes(merging: Merging) -> None:
    """Move the claims; a claim between the two must be settled first."""
    ids = {merging.kept.id, merging.gone.id}
    snapshot = merging.change_set.snapshot
    for case in snapshot.all(Dispute):
        number = snapshot.numbers.get(case.number)
        is_open = case.claimant in ids and case.settled is None
        if is_open and number is not None and number.person in ids:
            merging.fault("merge-dispute", number=case.number)
        elif case.claimant == merging.gone.id:
            merging.change_set.put(case, replace(case, claimant=merging.kept.id))
            merging.moved[_name(Dispute)] += 1


# -- what only one can hold ----------------------------------------------------------------------


def _refuse_two(merging: Merging) -> None:
    """Refuse two numbers, admissions, valid forms or certificates, and two open cases or pending
    transfers."""
    numbers, admissions = merging.both(Number), merging.both(Admission)
    if all(numbers):
        merging.fault("merge-number", number=numbers[0][0].number, other=numbers[1][0].number)
    if all(admissions):
        meetings = [records[0].meeting for records in admissions]
        merging.fault("merge-admission", meeting=meetings[0], other=meetings[1])
    for entity, (state, name) in _ONE_AT_A_TIME.items():
        current = [
            [record for record in records if record.state == state]
            for records in merging.both(entity)
        ]
        if all(current):
            own, other = (getattr(records[0], name) for records in current)
            noun = _name(entity)
            merging.fault("merge-paper", noun=noun, own=own, other=other, **{noun: other})


def _bring(merging: Merging, entity: type[Entity]) -> None:
    """Let each record of the other refer to the kept person, or join it with an equal record."""
    own, others = merging.both(entity)
    names = _SAME_BY.get(entity, ())
    for record in others:
        key = [getattr(record, name) for name in names]
        same = [mine for mine in own if names and [getattr(mine, name) for name in names] == key]
        if not same:
            merging.take(record)
        elif (whole := _completed(same[0], record)) is not None:
            merging.join(same[0], record, whole)
        else:
            merging.fault("merge-differs", noun=_name(entity), what=key)


def _completed(own: T, other: T, *apart: str) -> T | None:
    """A record with the values of both; None where they contradict each other. ``apart`` are fields
    that are handled elsewhere."""
    values = {}
    for name in DECLARATIONS[type(own)].fields:
        if name in ("id", "person", "name", "operation", *apart):
            continue
        mine, others = getattr(own, name), getattr(other, name)
        if mine is not None and others is not None and mine != others:
            return None
        values[name] = others if mine is None else mine
    return replace(own, **values)


# -- papers without a serial ----------------------------------------------------------------------


def _forget_marks(merging: Merging) -> None:
    """What either record says of a form or a certificate without a serial is past where the other
    has its serial."""
    for entity, paper in ((Form, "form"), (Certificate, "certificate")):
        is_held = any(held.state == "valid" for held in chain(*merging.both(entity)))
        for marked in chain(*merging.both(PaperState)) if is_held else ():
            if marked.paper == paper:
                merging.change_set.put(marked, None)


# -- memberships ---------------------------------------------------------------------------------


def _join_memberships(merging: Merging) -> None:
    """Join equal memberships; the others must follow each other without an overlap."""
    own, others = merging.both(Membership)
    rest = []
    for membership in others:
        joins = [(mine, whole) for mine in own if (whole := _joined(mine, membership)) is not None]
        if not joins:
            rest.append(membership)
            continue
        # Among several that match, the membership with the same end is meant.
        mine, whole = min(joins, key=lambda pair: (pair[0].left != membership.left, pair[0].id))
        if mine.left != membership.left:
            home = merging.change_set.name(membership.organization)
            merging.fault("merge-ended", Level.WARNING, organization=home, left=whole.left)
        merging.join(mine, membership, whole)
        own[own.index(mine)] = whole
    order = sorted([*own, *rest], key=lambda each: (each.begun or date.min, each.left or date.max))
    for first, second in pairwise(order):
        if first.left is None or (second.begun is not None and second.begun < first.left):
            spans = [_span(merging, membership) for membership in (first, second)]
            merging.fault("merge-membership", own=spans[0], other=spans[1])
    if not merging.change_set.is_refused:
        _renumber(merging, order)


def _span(merging: Merging, membership: Membership) -> str:
    """A membership in messages: where, and from when to when."""
    home = merging.change_set.name(membership.organization)
    return f"{home} ({membership.begun or ''} – {membership.left or ''})"


def _joined(own: Membership, other: Membership) -> Membership | None:
    """The membership that two equal ones in the same home make: either may add the day to a month,
    or the end."""
    dated = [membership for membership in (own, other) if membership.joined]
    exact = [membership for membership in dated if membership.joined_precision == "day"]
    best = (exact or dated or [own])[0]
    if not all(is_same_joining(membership, best) for membership in dated):
        return None
    whole = _completed(own, other, "joined", "joined_precision", "entry", "seen")
    if whole is None:
        return None
    entries = [membership.entry for membership in (own, other)]
    return replace(
        whole,
        joined=best.joined,
        joined_precision=best.joined_precision,
        entry=next((entry for entry in entries if entry != "recorded"), "recorded"),
        seen=first_seen(own, other),
    )


def _renumber(merging: Merging, order: list[Membership]) -> None:
    """Let all memberships refer to the kept person. The latest membership has the highest id, so a
    membership that is out of order gets a new id."""
    change_set, last = merging.change_set, 0
    for membership in order:
        is_other = membership.person == merging.gone.id
        if membership.id > last:
            last = membership.id
            if is_other:
                merging.take(membership)
            continue
        last = change_set.snapshot.new_id(Membership)
        change_set.put(membership, None)
        change_set.put(None, replace(membership, id=last, person=merging.kept.id))
        merging.moved[_name(Membership)] += is_other
