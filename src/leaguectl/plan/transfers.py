"""Transfers (组织关系转接): papers on their way out, in, or from home to home here."""

from dataclasses import replace
from datetime import date, timedelta

from leaguectl.findings import Level
from leaguectl.plan.deed import Deed
from leaguectl.registry import Membership, Transfer


def ask(
    deed: Deed, person: int, day: date, *, target: str | None = None,
    destination: str | None = None, accepted: bool = False,
) -> None:  # fmt: skip
    """Ask for a member's transfer: to an organisation here, or to a place outside the county.

    The membership stays where it is until the transfer is accepted; with ``accepted`` it is at
    once.
    """
    who = deed.registry.known_as(person)
    home = deed.current(person)
    deed.has_happened(who, day)
    deed.none_pending(person)
    if home is not None and home.organization == target:
        deed.fault("transfer-nowhere", who, organization=deed.name(target))
    if target is not None:
        deed.is_open(target, day, who)
    if home is not None and home.begun is not None and day < home.begun:
        deed.fault("day-before-membership", who, day=day, begun=home.begun)
    if home is None or deed.is_refused:
        return
    begun = Transfer(
        deed.registry.new_id(Transfer), person, "pending", day, home.organization, None, target,
        destination,
    )  # fmt: skip
    deed.put(None, begun)
    if accepted:
        settle(deed, begun.id, "accepted", day)
    else:
        tell(deed, begun)


def come(deed: Deed, person: int, day: date, *, target: str, origin: str) -> None:
    """Take in somebody who is known here and comes (back) from outside with his papers."""
    who = deed.registry.known_as(person)
    known = deed.registry.membership(person)
    deed.has_happened(who, day)
    deed.none_pending(person)
    deed.is_open(target, day, who)
    if known is not None and known.left is None:
        deed.fault("member-now", who, organization=deed.name(known.organization))
    elif known is not None and known.left is not None and day < known.left:
        deed.fault("day-before-leaving", who, day=day, left=known.left)
    if deed.is_refused:
        return
    arrived = Transfer(
        deed.registry.new_id(Transfer), person, "accepted", day, None, origin, target, None, day
    )
    deed.put(None, arrived)
    _take_in(deed, arrived, day)
    tell(deed, arrived)


def settle(deed: Deed, number: int, state: str, day: date, reason: str | None = None) -> None:
    """Accept, refuse or let lapse a transfer; an accepted one moves or ends the membership."""
    known = deed.registry.find(Transfer, number)
    if known is None:
        deed.fault("transfer-not-found", f"#{number}", id=number)
        return
    who = deed.registry.known_as(known.person)
    if known.state != "pending":
        deed.fault("transfer-settled", who, id=number, state=known.state, settled=known.settled)
        return
    deed.has_happened(who, day)
    if day < known.requested:
        deed.fault("transfer-before-request", who, day=day, requested=known.requested)
    if state == "lapsed":
        _may_lapse(deed, known, day)
    if state == "accepted":
        _accept(deed, known, day)
    if not deed.is_refused:
        after = replace(known, state=state, settled=day, reason=reason)
        deed.put(known, after)
        tell(deed, after)


def graduates(
    deed: Deed, top: str, day: date, *, target: str | None = None, destination: str | None = None,
    year: int | None = None,
) -> None:  # fmt: skip
    """Ask for the transfer of all members of graduating branches from here down, in one operation.

    Whoever has a transfer under way keeps it, and is told.
    """
    asked = {one.person for one in deed.registry.all(Transfer) if one.state == "pending"}
    leaving = year or day.year
    deadline = date.fromisoformat(f"{leaving}-{deed.policy.transfer_on(day).started_by}")
    for one in sorted(deed.registry.memberships.values(), key=lambda one: one.person):
        branch = deed.registry.organizations[one.organization]
        if (
            one.left is not None
            or branch.type != "graduating branch"
            or (branch.graduates or leaving) != leaving
            or not deed.registry.is_below(branch.code, top)
        ):
            continue
        if one.person in asked:
            deed.fault("transfer-under-way", deed.registry.known_as(one.person), Level.WARNING)
        else:
            ask(deed, one.person, day, target=target, destination=destination)
    if day > deadline and deed.rows:
        deed.fault("transfer-late", deed.name(top) or "", Level.WARNING, day=day, deadline=deadline)


def tell(deed: Deed, transfer: Transfer) -> None:
    """Answer with a transfer as it is now."""
    person = deed.registry.persons.get(transfer.person)
    deed.rows.append(
        {
            "id": transfer.id,
            "name": person.name if person else "",
            "from": deed.name(transfer.source) or transfer.origin,
            "to": deed.name(transfer.target) or transfer.destination,
            "state": transfer.state,
            "requested": transfer.requested,
            "settled": transfer.settled,
        }
    )


def _may_lapse(deed: Deed, known: Transfer, day: date) -> None:
    """A request to another system lapses when nobody has handled it for some days."""
    last = known.requested + timedelta(deed.policy.transfer_on(known.requested).lapse_days)
    who = deed.registry.known_as(known.person)
    if known.target is not None and known.source is not None:
        deed.fault("transfer-within", who, id=known.id)
    elif day <= last:
        deed.fault("transfer-not-lapsed", who, id=known.id, last=last)


def _accept(deed: Deed, known: Transfer, day: date) -> None:
    who = deed.registry.known_as(known.person)
    if known.target is not None:
        deed.is_open(known.target, day, who)
    if known.source is None:
        _take_in(deed, known, day)
        return
    home = deed.current(known.person)
    if home is None:
        return
    if home.organization != known.source:
        deed.fault(
            "transfer-elsewhere", who, id=known.id, source=deed.name(known.source),
            organization=deed.name(home.organization),
        )  # fmt: skip
    if home.begun is not None and day < home.begun:
        deed.fault("day-before-membership", who, day=day, begun=home.begun)
    if deed.is_refused:
        return
    for post in deed.posts_of(known.person, day):
        if known.target is None or not deed.registry.is_below(known.target, post.organization):
            deed.fault(
                "transfer-leaves-post", who, Level.WARNING, post=post.said,
                organization=deed.name(post.organization),
            )  # fmt: skip
    if known.target is not None:
        deed.move(home, known.target, day)
    else:
        deed.end(home, day, "transferred")


def _take_in(deed: Deed, arrived: Transfer, day: date) -> None:
    """Begin the membership of whoever comes, with the day of joining as far as it is known."""
    known = deed.registry.membership(arrived.person)
    deed.put(
        None,
        Membership(
            deed.registry.new_id(Membership),
            arrived.person,
            arrived.target or "",
            known.joined if known else None,
            known.joined_precision if known else "day",
            "transferred",
            since=day,
        ),
    )
