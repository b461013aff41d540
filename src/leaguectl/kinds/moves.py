"""Where somebody belonged over the days, as sheets of different days say.

A roster says who is in a branch on its day. Until a roster of a later day says otherwise they are
there still, and what was before the first of them is taken to have been so since the joining. So
rosters make one history, in whatever order they come; a beginning that is known by itself (an
admission, a transfer) has no day of a roster (``seen``) and is moved by none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from leaguectl.model import Membership, Snapshot

Homes = Sequence[Membership]
"""The memberships of one person from one joining of the League, in the order of their days."""


def in_order(memberships: Iterable[Membership]) -> list[Membership]:
    """The memberships in the order of their days."""
    return sorted(memberships, key=lambda home: (home.begun or date.min, home.id))


def home_on(homes: Homes, day: date) -> int:
    """The index of the membership that somebody had on a day; of a day before all, the first."""
    begun = [index for index, home in enumerate(homes) if (home.begun or date.min) <= day]
    return begun[-1] if begun else 0


def placed(homes: Homes, organization: str, day: date) -> list[Membership]:
    """The memberships when a roster of that day has the person in that organisation. What is new
    has no identity yet (``id`` is 0)."""
    index = home_on(homes, day)
    now, following = homes[index], homes[index + 1] if index + 1 < len(homes) else None
    is_earlier = now.seen is not None and day < _known_from(now, now.seen)
    if now.organization == organization:
        here = [_seen_earlier(now, day) if is_earlier else now]
    elif is_earlier:
        here = [*_before(now, organization, day)]
    elif now.since == now.seen == day:  # of two rosters of one day the later import counts
        return _without_return([*homes[:index], replace(now, organization=organization),
                                *homes[index + 1 :]], index)  # fmt: skip
    elif following is not None and following.organization == organization and following.seen:
        # They had moved earlier than the first roster that told of it.
        return [*homes[:index], _ended(now, day), _seen_earlier(following, day),
                *homes[index + 2 :]]  # fmt: skip
    else:
        here = [_ended(now, day), _begun(replace(now, id=0), organization, day)]
    return [*homes[:index], *here, *homes[index + 1 :]]


def _without_return(homes: list[Membership], index: int) -> list[Membership]:
    """The memberships, where the one before goes on as if nothing had been: they were moved, and
    back, by rosters of one day."""
    if index == 0 or homes[index - 1].organization != homes[index].organization:
        return homes
    end = homes[index]
    kept = replace(homes[index - 1], left=end.left, leaving_reason=end.leaving_reason)
    return [*homes[: index - 1], kept, *homes[index + 1 :]]


def corrected(homes: Homes, organization: str, day: date) -> list[Membership]:
    """The memberships when the one of that day was in that organisation all along."""
    index = home_on(homes, day)
    return [*homes[:index], replace(homes[index], organization=organization), *homes[index + 1 :]]


def _known_from(home: Membership, seen: date) -> date:
    """The day for which the first roster told of a membership: of one that had ended by then, its
    last, since a row with a day of leaving speaks of that one."""
    return seen if home.left is None else min(seen, home.left - timedelta(days=1))


def _seen_earlier(home: Membership, day: date) -> Membership:
    """A membership of which a roster of an earlier day has told as well."""
    return replace(home, seen=day, since=home.since and day)


def _before(home: Membership, organization: str, day: date) -> tuple[Membership, Membership]:
    """Somewhere else before the first roster that has them here: they moved by the day of it."""
    first = replace(_seen_earlier(home, day), organization=organization)
    return _ended(first, home.seen or day), _begun(
        replace(home, id=0), home.organization, home.seen or day
    )


def _ended(home: Membership, day: date) -> Membership:
    return replace(home, left=day, leaving_reason="moved")


def _begun(home: Membership, organization: str, day: date) -> Membership:
    """The membership, until it ends, in another organisation from a day on."""
    return replace(home, organization=organization, entry="moved", since=day, seen=day)


def renumbered(homes: Homes, stored: Homes, snapshot: Snapshot) -> list[Membership]:
    """The memberships under the ids of those that are stored, in the order of their days, so that
    the latest still has the last id; one more of them gets a new id."""
    ids = sorted(home.id for home in stored)[: len(homes)]
    ids += snapshot.new_ids(Membership, max(0, len(homes) - len(ids)))
    return [replace(home, id=number) for home, number in zip(homes, ids, strict=True)]
