"""Transfers (组织关系转接): papers on their way out, in, or from home to home here."""

from dataclasses import replace
from datetime import date, timedelta

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level
from leaguectl.model import Membership, Transfer


def ask(
    change_set: ChangeSet, person: int, day: date, *, target: str | None = None,
    destination: str | None = None, accepted: bool = False,
) -> None:  # fmt: skip
    """Ask for a member's transfer: to an organisation here, or to a place outside the county.

    The membership stays where it is until the transfer is accepted; with ``accepted`` it is at
    once.
    """
    who = change_set.snapshot.known_as(person)
    home = change_set.current(person)
    change_set.has_happened(who, day)
    change_set.none_pending(person)
    if home is not None and home.organization == target:
        change_set.fault("transfer-nowhere", who, organization=change_set.name(target))
    if target is not None:
        change_set.is_open(target, day, who)
    if home is not None and home.begun is not None and day < home.begun:
        change_set.fault("day-before-membership", who, day=day, begun=home.begun)
    if home is None or change_set.is_refused:
        return
    begun = Transfer(
        change_set.snapshot.new_id(Transfer),
        person,
        "pending",
        day,
        home.organization,
        None,
        target,
        destination,
    )
    change_set.put(None, begun)
    if accepted:
        settle(change_set, begun.id, "accepted", day)
    else:
        tell(change_set, begun)


def come(change_set: ChangeSet, person: int, day: date, *, target: str, origin: str) -> None:
    """Take in somebody who is known here and comes (back) from outside with his papers."""
    who = change_set.snapshot.known_as(person)
    known = change_set.snapshot.membership(person)
    change_set.has_happened(who, day)
    change_set.none_pending(person)
    change_set.is_open(target, day, who)
    if known is not None and known.left is None:
        change_set.fault("member-now", who, organization=change_set.name(known.organization))
    elif known is not None and known.left is not None and day < known.left:
        change_set.fault("day-before-leaving", who, day=day, left=known.left)
    if change_set.is_refused:
        return
    arrived = Transfer(
        change_set.snapshot.new_id(Transfer),
        person,
        "accepted",
        day,
        None,
        origin,
        target,
        None,
        day,
    )
    change_set.put(None, arrived)
    _take_in(change_set, arrived, day)
    tell(change_set, arrived)


def settle(
    change_set: ChangeSet, number: int, state: str, day: date, reason: str | None = None
) -> None:
    """Accept, refuse or let lapse a transfer; an accepted one moves or ends the membership."""
    known = change_set.snapshot.find(Transfer, number)
    if known is None:
        change_set.fault("transfer-not-found", f"#{number}", id=number)
        return
    who = change_set.snapshot.known_as(known.person)
    if known.state != "pending":
        change_set.fault(
            "transfer-settled", who, id=number, state=known.state, settled=known.settled
        )
        return
    change_set.has_happened(who, day)
    if day < known.requested:
        change_set.fault("transfer-before-request", who, day=day, requested=known.requested)
    if state == "lapsed":
        _may_lapse(change_set, known, day)
    if state == "accepted":
        _accept(change_set, known, day)
    if not change_set.is_refused:
        after = replace(known, state=state, settled=day, reason=reason)
        change_set.put(known, after)
        tell(change_set, after)


def graduates(
    change_set: ChangeSet,
    top: str,
    day: date,
    *,
    target: str | None = None,
    destination: str | None = None,
    year: int | None = None,
) -> None:
    """Ask for the transfer of all members of graduating branches from here down, in one operation.

    Whoever has a transfer under way keeps it, and is told.
    """
    asked = {one.person for one in change_set.snapshot.all(Transfer) if one.state == "pending"}
    leaving = year or day.year
    deadline = date.fromisoformat(f"{leaving}-{change_set.policy.transfer_on(day).started_by}")
    for one in sorted(change_set.snapshot.memberships.values(), key=lambda one: one.person):
        branch = change_set.snapshot.organizations[one.organization]
        if (
            one.left is not None
            or branch.type != "graduating branch"
            or (branch.graduates or leaving) != leaving
            or not change_set.snapshot.is_below(branch.code, top)
        ):
            continue
        if one.person in asked:
            change_set.fault(
                "transfer-under-way", change_set.snapshot.known_as(one.person), Level.WARNING
            )
        else:
            ask(change_set, one.person, day, target=target, destination=destination)
    if day > deadline and change_set.rows:
        change_set.fault(
            "transfer-late", change_set.name(top) or "", Level.WARNING, day=day, deadline=deadline
        )


def tell(change_set: ChangeSet, transfer: Transfer) -> None:
    """Answer with a transfer as it is now."""
    person = change_set.snapshot.persons.get(transfer.person)
    change_set.rows.append(
        {
            "id": transfer.id,
            "name": person.name if person else "",
            "from": change_set.name(transfer.source) or transfer.origin,
            "to": change_set.name(transfer.target) or transfer.destination,
            "state": transfer.state,
            "requested": transfer.requested,
            "settled": transfer.settled,
        }
    )


def _may_lapse(change_set: ChangeSet, known: Transfer, day: date) -> None:
    """A request to another system lapses when nobody has handled it for some days."""
    last = known.requested + timedelta(change_set.policy.transfer_on(known.requested).lapse_days)
    who = change_set.snapshot.known_as(known.person)
    if known.target is not None and known.source is not None:
        change_set.fault("transfer-within", who, id=known.id)
    elif day <= last:
        change_set.fault("transfer-not-lapsed", who, id=known.id, last=last)


def _accept(change_set: ChangeSet, known: Transfer, day: date) -> None:
    who = change_set.snapshot.known_as(known.person)
    if known.target is not None:
        change_set.is_open(known.target, day, who)
    if known.source is None:
        _take_in(change_set, known, day)
        return
    home = change_set.current(known.person)
    if home is None:
        return
    if home.organization != known.source:
        change_set.fault(
            "transfer-elsewhere", who, id=known.id, source=change_set.name(known.source),
            organization=change_set.name(home.organization),
        )  # fmt: skip
    if home.begun is not None and day < home.begun:
        change_set.fault("day-before-membership", who, day=day, begun=home.begun)
    if change_set.is_refused:
        return
    for post in change_set.posts_of(known.person, day):
        if known.target is None or not change_set.snapshot.is_below(
            known.target, post.organization
        ):
            change_set.fault(
                "transfer-leaves-post", who, Level.WARNING, post=post.said,
                organization=change_set.name(post.organization),
            )  # fmt: skip
    if known.target is not None:
        change_set.move(home, known.target, day)
    else:
        change_set.end(home, day, "transferred")


def _take_in(change_set: ChangeSet, arrived: Transfer, day: date) -> None:
    """Begin the membership of whoever comes, with the day of joining as far as it is known."""
    known = change_set.snapshot.membership(arrived.person)
    change_set.put(
        None,
        Membership(
            change_set.snapshot.new_id(Membership),
            arrived.person,
            arrived.target or "",
            known.joined if known else None,
            known.joined_precision if known else "day",
            "transferred",
            since=day,
        ),
    )
