"""Where somebody belonged over time, according to sheets of different days.

A roster says who is in a branch on its day. They stay there until a later roster says otherwise,
and the first known organisation is assumed since joining. So rosters give the same history in
whatever order they are imported. A beginning that is known for certain (an admission, a transfer)
has no day of a roster (``seen``), and no roster moves it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from leaguectl.model import Membership, Organization, Snapshot, Transfer, is_known
from leaguectl.model.periods import is_member_on

Homes = Sequence[Membership]
"""The memberships of one person from one joining of the League, in the order of their days."""
Rewritten = tuple[Membership | None, Membership | None]
"""A membership before and after; None where there is none."""


def in_order(memberships: Iterable[Membership]) -> list[Membership]:
    """The memberships in the order of their days."""
    return sorted(memberships, key=lambda home: (home.begun or date.min, home.id))


def disorder_of(home: Membership) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Why nobody can have been there so: it would end, or go on elsewhere, before it began. The
    code of the fault, the fields that may be wrong (the likeliest first), and the facts."""
    joined, since, left = (is_known(day) and day for day in (home.joined, home.since, home.left))
    if joined and left and left < joined:
        yield "left-before-joined", ("left", "joined"), {"joined": home.known_joined, "left": left}
    elif joined and since and since < joined:
        facts = {"joined": home.known_joined, "since": since}
        yield "joined-after-move", ("joined", "since"), facts
    elif since and left and left < since:
        yield "day-before-membership", ("left", "since"), {"day": left, "begun": since}


def home_on(homes: Homes, day: date) -> int:
    """The index of the membership that somebody had on a day; the first for a day before all of
    them."""
    begun = [index for index, home in enumerate(homes) if (home.begun or date.min) <= day]
    return begun[-1] if begun else 0


def placed(homes: Homes, organization: str, day: date) -> list[Membership]:
    """The memberships when a roster of that day has the person in that organisation. A new
    membership has no identity yet (``id`` is 0)."""
    index = home_on(homes, day)
    now, following = homes[index], homes[index + 1] if index + 1 < len(homes) else None
    if now.organization == organization:
        here = [seen_by(now, day)]
    elif seen_by(now, day) != now:
        here = [*_before(now, organization, day)]
    elif now.since == now.seen == day:  # of two rosters of one day the later import counts
        return _without_return([*homes[:index], replace(now, organization=organization),
                                *homes[index + 1 :]], index)  # fmt: skip
    elif following is not None and following.organization == organization and following.seen:
        # They had moved before the first roster that shows it.
        return [*homes[:index], _ended(now, day), _seen_earlier(following, day),
                *homes[index + 2 :]]  # fmt: skip
    else:
        here = [_ended(now, day), _begun(replace(now, id=0), organization, day)]
    return [*homes[:index], *here, *homes[index + 1 :]]


def _without_return(homes: list[Membership], index: int) -> list[Membership]:
    """The memberships without a move there and back that rosters of one day made: the membership
    before it continues."""
    if index == 0 or homes[index - 1].organization != homes[index].organization:
        return homes
    end = homes[index]
    kept = replace(homes[index - 1], left=end.left, leaving_reason=end.leaving_reason)
    return [*homes[: index - 1], kept, *homes[index + 1 :]]


def corrected(homes: Homes, organization: str, day: date) -> list[Membership]:
    """The memberships where the one of that day has been in that organisation from its
    beginning."""
    index = home_on(homes, day)
    return [*homes[:index], replace(homes[index], organization=organization), *homes[index + 1 :]]


def seen_by(home: Membership, day: date) -> Membership:
    """The membership when a roster of that day has the person there: the earliest roster counts,
    and none counts where the beginning is known for certain."""
    is_earlier = home.seen is not None and day < _known_from(home, home.seen)
    return _seen_earlier(home, day) if is_earlier else home


def _known_from(home: Membership, seen: date) -> date:
    """The earliest day for which a roster shows a membership. If the membership had ended by then,
    its last day, since a row with a day of leaving is about that day."""
    return seen if home.left is None else min(seen, home.left - timedelta(days=1))


def _seen_earlier(home: Membership, day: date) -> Membership:
    """The membership with a first roster that is at least as early as ``day``."""
    return replace(home, seen=day, since=home.since and min(home.since, day))


def _before(home: Membership, organization: str, day: date) -> tuple[Membership, Membership]:
    """A membership elsewhere before the first roster that has them here: they moved by the day of
    that roster."""
    known = _known_from(home, home.seen or day)
    first = replace(_seen_earlier(home, day), organization=organization)
    return _ended(first, known), _begun(replace(home, id=0), home.organization, known)


def _ended(home: Membership, day: date) -> Membership:
    return replace(home, left=day, leaving_reason="moved")


def _begun(home: Membership, organization: str, day: date) -> Membership:
    """The membership, until it ends, in another organisation from a day on."""
    return replace(home, organization=organization, entry="moved", since=day, seen=day)


def left_later(homes: Homes, day: date) -> Membership | None:
    """The membership that somebody had on a day and that they have left since, for good and not for
    another organisation of this registry."""
    held = [home for home in homes if home.left is not None and is_member_on(home, day)]
    return next((home for home in held if home.leaving_reason != "moved"), None)


def departure(home: Membership, snapshot: Snapshot) -> Transfer | None:
    """The transfer from that organisation with which a membership ended."""
    fields = ("person", "state", "source", "settled")
    values = (home.person, "accepted", home.organization, home.left)
    return next(iter(snapshot.by(Transfer, fields, values)), None)


def may_have_moved(home: Membership, day: date | None, snapshot: Snapshot) -> bool:
    """Whether a roster of that day may have a former member in another organisation: it is of
    before they left, and no transfer says from where that was. They went there, or came from there,
    like anybody else who is on rosters of two days."""
    is_earlier = day is not None and day < (home.left or date.min)
    return is_earlier and departure(home, snapshot) is None


def gone_on(homes: Homes, home: Membership, begun: Membership) -> list[Membership]:
    """The memberships where one of them went on in another organisation: what has ended it since
    ends the one that began then."""
    index, day = homes.index(home), begun.since or date.min
    following = replace(begun, left=home.left, leaving_reason=home.leaving_reason)
    return [*homes[:index], _ended(home, day), following, *homes[index + 1 :]]


def until_closed(homes: Homes, organization: Organization) -> list[Membership]:
    """The memberships where those of an organisation end with it at the latest: later rosters show
    where its members have been since then."""
    closed, kept = organization.dissolved, [*homes]
    for index, home in enumerate(kept[:-1]):
        following = kept[index + 1]
        is_there = home.organization == organization.code and home.leaving_reason == "moved"
        if is_there and closed and home.left and (home.begun or date.min) <= closed < home.left:
            kept[index] = _ended(home, closed)
            if following.since == home.left:
                kept[index + 1] = replace(following, since=closed)
    return kept


def rewritten(homes: Homes, stored: Homes, snapshot: Snapshot) -> Iterator[Rewritten]:
    """What changes from the stored memberships, all those of somebody, to these: each before and
    after."""
    for before, after in zip_longest(stored, renumbered(homes, stored, snapshot)):
        if before != after:
            yield before, after


def renumbered(homes: Homes, stored: Homes, snapshot: Snapshot) -> list[Membership]:
    """The memberships with the ids of the stored ones, in the order of their days, so that the
    latest still has the highest id; an additional membership gets a new id."""
    ids = sorted(home.id for home in stored)[: len(homes)]
    ids += snapshot.new_ids(Membership, max(0, len(homes) - len(ids)))
    return [replace(home, id=number) for home, number in zip(homes, ids, strict=True)]
