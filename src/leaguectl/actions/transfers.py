"""Transfers of the League relationship (组织关系转接): requested, settled, listed with what is due.

Within this registry a transfer moves the membership; to a registry elsewhere it ends it, from one
it begins it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person, number_typed
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level, NotFound, UsageError
from leaguectl.kinds import cells
from leaguectl.kinds.moves import left_later
from leaguectl.kinds.parsing import typed_value
from leaguectl.kinds.transfers import contradicting
from leaguectl.model import Keys, Membership, Transfer
from leaguectl.model.days import day_in
from leaguectl.reports import members
from leaguectl.reports.organizations import codes_below
from leaguectl.rules import unhoused
from leaguectl.store.reading import Reader, open_reader


def transfer(
    request: Request,
    who: str,
    day: date,
    *,
    to: str | None,
    to_outside: str | None,
    from_outside: str | None,
    accepted: bool,
) -> Outcome[None]:
    """Request a member's transfer, or accept a known person who comes from outside.

    :raises UsageError: the place outside cannot be a name.
    :raises NotFound: nobody, or no organisation, is meant, or several are.
    """
    to_outside, from_outside = _place(to_outside), _place(from_outside)
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        target = identify_organization(reader, to) if to is not None else None

    def plan(change_set: ChangeSet) -> None:
        if from_outside is not None:
            _arrive(change_set, person, day, target=target or "", origin=from_outside)
        else:
            _request(change_set, person, day, target, to_outside, accepted=accepted)

    return run(request, _keys({person}, {target}), plan)


def graduates(
    request: Request,
    top: str,
    day: date,
    *,
    to: str | None,
    to_outside: str | None,
    year: int | None,
) -> Outcome[None]:
    """Request the transfer of a season's graduates in one operation.

    :raises UsageError: the place outside cannot be a name.
    :raises NotFound: no organisation is meant, or several are.
    """
    to_outside = _place(to_outside)
    with open_reader(request.location) as reader:
        code = identify_organization(reader, top)
        target = identify_organization(reader, to) if to is not None else None
        below = codes_below(reader, code)
    keys = _keys(set(), {*below, target})
    keys.members_of = below
    return run(
        request,
        keys,
        lambda change_set: _graduates(change_set, code, day, target, to_outside, year or day.year),
    )


_RANGE = re.compile(r"([0-9]+)\s*[-–—~～]\s*([0-9]+)")


def settle(
    request: Request, which: Sequence[str], org: str | None, state: str, day: date
) -> Outcome[None]:
    """Accept, refuse or let lapse transfers in one operation: all of them, or none.

    Each of ``which`` is the number of a transfer, several as ``15-22``, or a person with a pending
    transfer. ``org`` means all pending transfers from or to that organisation and all below it.

    :raises NotFound: nobody, or no organisation, is meant, or several are, or nothing is pending.
    """
    with open_reader(request.location) as reader:
        numbers = _pending_of(reader, org) if org is not None else []
        for text in which:
            numbers += _meant(reader, text)
        rows = [row for number in numbers if (row := members.transfer(reader, number))]
    keys = _keys(
        {row["person"] for row in rows}, {row[end] for row in rows for end in ("source", "target")}
    )

    def plan(change_set: ChangeSet) -> None:
        # A number typed twice counts once.
        for number in dict.fromkeys(numbers):
            _settle(change_set, number, state, day, request.reason)

    return run(request, keys, plan)


def _pending_of(reader: Reader, org: str) -> list[int]:
    pending = members.transfers(reader, state="pending", org=identify_organization(reader, org))
    if not pending:
        raise NotFound("transfer-none-pending", who=org)
    return [row["id"] for row in pending]


def _meant(reader: Reader, text: str) -> list[int]:
    """The numbers of the transfers that somebody typed."""
    if (number := number_typed(text)) is not None:
        return [number]
    if span := _RANGE.fullmatch(text):
        first, last = int(span[1]), int(span[2])
        if last < first:
            raise UsageError("range-reversed", first=span[1], last=span[2])
        pending = members.transfers(reader, state="pending")
        found = [row["id"] for row in pending if first <= row["id"] <= last]
    else:
        person = identify_person(reader, text)
        pending = members.transfers(reader, state="pending")
        found = [row["id"] for row in pending if row["person"] == person]
    if not found:
        raise NotFound("transfer-none-pending", who=text)
    return found


def _place(text: str | None) -> str | None:
    """The name of a place outside, as a cell of a sheet would have it."""
    return None if text is None else str(typed_value(cells.text, "organization", text))


def _keys(people: set[int], organizations: set[str | None]) -> Keys:
    codes = {code for code in organizations if code}
    return Keys(people=people, organizations=codes)


# -- requesting ----------------------------------------------------------------------------------


def _request(
    change_set: ChangeSet,
    person: int,
    day: date,
    target: str | None,
    destination: str | None,
    *,
    accepted: bool = False,
) -> None:
    """Begin a transfer to an organisation of this registry or to one elsewhere, which is named by
    ``destination``; ``accepted`` settles it on the same day."""
    snapshot = change_set.snapshot
    who = snapshot.known_as(person)
    membership = _held_on(change_set, person, day)
    change_set.has_happened(who, day)
    change_set.none_pending(person, or_missing=not accepted)
    if membership is not None and membership.organization == target:
        change_set.fault("transfer-nowhere", who, organization=change_set.name(target))
    left = membership.left if membership is not None else None
    if left is not None and not accepted:
        change_set.fault("request-of-former", who, day=day, left=left)
    if target is not None and change_set.is_open(target, day, who, left):
        known = snapshot.persons[person]
        for verdict in unhoused(snapshot, change_set.policy, known, target):
            change_set.fault(verdict.code, who, verdict.level, **verdict.facts)
    # A request alone leaves the membership as it is, so that no rule of its order would say so.
    if membership is not None and membership.begun is not None and day < membership.begun:
        change_set.fault("day-before-membership", who, day=day, begun=membership.begun)
    if membership is None or change_set.is_refused:
        return
    # The membership stays until the papers have arrived.
    requested = Transfer(
        snapshot.new_id(Transfer),
        person,
        "pending",
        day,
        membership.organization,
        None,
        target,
        destination,
    )
    change_set.put(None, requested)
    if accepted:
        _settle(change_set, requested.id, "accepted", day)
    else:
        _answer(change_set, requested)


def _graduates(
    change_set: ChangeSet,
    top: str,
    day: date,
    target: str | None,
    destination: str | None,
    year: int,
) -> None:
    """Request the transfer of all members of the year's graduating branches in and below an
    organisation. A pending transfer stays, with a warning."""
    snapshot = change_set.snapshot
    under_way = {
        transfer.person for transfer in snapshot.all(Transfer) if transfer.state == "pending"
    }
    deadline = day_in(year, change_set.policy.transfer_on(day).started_by)
    for membership in sorted(snapshot.memberships.values(), key=lambda each: each.person):
        branch = snapshot.organizations[membership.organization]
        if (
            membership.left is not None
            or branch.type != "graduating branch"
            or (branch.graduates or year) != year
            or not snapshot.is_below(branch.code, top)
        ):
            continue
        if membership.person in under_way:
            who = snapshot.known_as(membership.person)
            change_set.fault("transfer-under-way", who, Level.WARNING)
        else:
            _request(change_set, membership.person, day, target, destination)
    if day > deadline and change_set.rows:
        subject = change_set.name(top) or ""
        change_set.fault("transfer-late", subject, Level.WARNING, day=day, deadline=deadline)


def _arrive(change_set: ChangeSet, person: int, day: date, *, target: str, origin: str) -> None:
    """Accept somebody who is known here and comes (back) from outside with their papers. The
    transfer is recorded as accepted, since the papers are there."""
    snapshot = change_set.snapshot
    who = snapshot.known_as(person)
    before = snapshot.membership(person)
    change_set.has_happened(who, day)
    change_set.none_pending(person)
    change_set.is_open(target, day, who)
    if before is not None and before.left is None:
        change_set.fault("member-now", who, organization=change_set.name(before.organization))
    elif before is not None and before.left is not None and day < before.left:
        change_set.fault("day-before-leaving", who, day=day, left=before.left)
    if change_set.is_refused:
        return
    arrived = Transfer(
        snapshot.new_id(Transfer), person, "accepted", day, None, origin, target, None, day
    )
    change_set.put(None, arrived)
    _take_in(change_set, arrived, day)
    _answer(change_set, arrived)


def _held_on(change_set: ChangeSet, person: int, day: date) -> Membership | None:
    """The membership that somebody has, or had on that day and has left since: the paper of a
    transfer may be found later. A fault where there is neither."""
    past = left_later(change_set.snapshot.memberships_of(person), day)
    return past or change_set.current(person)


# -- settling ------------------------------------------------------------------------------------


def _settle(
    change_set: ChangeSet, number: int, state: str, day: date, reason: str | None = None
) -> None:
    """Accept, refuse or let lapse a transfer; an accepted one moves or ends the membership."""
    transfer = change_set.snapshot.find(Transfer, number)
    if transfer is None:
        change_set.fault("transfer-not-found", f"#{number}", id=number)
        return
    who = change_set.snapshot.known_as(transfer.person)
    if transfer.state != "pending":
        facts = {"id": number, "state": transfer.state, "settled": transfer.settled}
        change_set.fault("transfer-settled", who, **facts)
        return
    change_set.has_happened(who, day)
    if day < transfer.requested:
        change_set.fault("transfer-before-request", who, day=day, requested=transfer.requested)
    if state == "lapsed":
        _refuse_lapse(change_set, transfer, day)
    if state == "accepted":
        _accept(change_set, transfer, day)
    if not change_set.is_refused:
        settled = replace(transfer, state=state, settled=day, reason=reason)
        change_set.put(transfer, settled)
        _answer(change_set, settled)


def _refuse_lapse(change_set: ChangeSet, transfer: Transfer, day: date) -> None:
    """Refuse to let a transfer lapse too early, or within the county: only a request to another
    system lapses, when it has not been handled for some days."""
    days = change_set.policy.transfer_on(transfer.requested).lapse_days
    last = transfer.requested + timedelta(days)
    who = change_set.snapshot.known_as(transfer.person)
    if transfer.target is not None and transfer.source is not None:
        change_set.fault("transfer-within", who, id=transfer.id)
    elif day <= last:
        change_set.fault("transfer-not-lapsed", who, id=transfer.id, last=last)


def _accept(change_set: ChangeSet, transfer: Transfer, day: date) -> None:
    who = change_set.snapshot.known_as(transfer.person)
    if _is_here(change_set, transfer):
        return  # their papers were all that was missing, even where the branch was closed since
    past = left_later(change_set.snapshot.memberships_of(transfer.person), day)
    if transfer.target is not None:
        until = past.left if past is not None and transfer.source is not None else None
        change_set.is_open(transfer.target, day, who, until)
    if transfer.source is None:  # it comes from elsewhere
        _take_in(change_set, transfer, day)
        return
    membership = _held_on(change_set, transfer.person, day)
    if membership is None:
        return
    accepted = replace(transfer, settled=day)
    if facts := contradicting(membership, accepted, change_set.snapshot):
        change_set.fault("transfer-before-leaving", who, **facts)
    if membership.organization != transfer.source:
        change_set.fault(
            "transfer-elsewhere",
            who,
            id=transfer.id,
            source=change_set.name(transfer.source),
            organization=change_set.name(membership.organization),
        )
    if change_set.is_refused:
        return
    _warn_of_posts(change_set, transfer, day)
    if transfer.target is not None:
        change_set.move(membership, transfer.target, day)
    else:
        change_set.end(membership, day, "transferred")


def _is_here(change_set: ChangeSet, transfer: Transfer) -> bool:
    """Whether a roster had somebody from elsewhere before their papers came."""
    return any(map(transfer.brings_to, change_set.snapshot.memberships_of(transfer.person)))


def _warn_of_posts(change_set: ChangeSet, transfer: Transfer, day: date) -> None:
    """Warn of posts that are left behind; a post above the new branch can still be held."""
    snapshot = change_set.snapshot
    for post in change_set.posts_of(transfer.person, day):
        if transfer.target is None or not snapshot.is_below(transfer.target, post.organization):
            who, name = snapshot.known_as(transfer.person), change_set.name(post.organization)
            change_set.fault(
                "transfer-leaves-post", who, Level.WARNING, post=post.said, organization=name
            )


def _take_in(change_set: ChangeSet, transfer: Transfer, day: date) -> None:
    """Begin the membership of the person who comes, with the day of joining as far as it is
    known."""
    before = change_set.snapshot.membership(transfer.person)
    membership = Membership(
        change_set.snapshot.new_id(Membership),
        transfer.person,
        transfer.target or "",
        before.joined if before else None,
        before.joined_precision if before else "day",
        "transferred",
        since=day,
    )
    change_set.put(None, membership)


def _answer(change_set: ChangeSet, transfer: Transfer) -> None:
    """Answer with a transfer as it is now."""
    person = change_set.snapshot.persons.get(transfer.person)
    ends = {
        "from": change_set.name(transfer.source) or transfer.origin,
        "to": change_set.name(transfer.target) or transfer.destination,
    }
    change_set.answer(
        id=transfer.id,
        name=person.name if person else "",
        **ends,
        state=transfer.state,
        requested=transfer.requested,
        settled=transfer.settled,
    )
