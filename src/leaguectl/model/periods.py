"""When something holds: from its first day on, and not on the day it ends.

The day on which something ends is the first day without it: a member who leaves on 10 October is
not a member on 10 October, and a term that ends that day is not held that day. So one membership
can end and the next begin on the same day without anybody being in two places. Every condition on a
day is defined here, and :mod:`leaguectl.reports.predicates` makes the conditions of queries from
the same declarations. This module loads no entity, so that a script's figures need none.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from leaguectl.model.county import Post
    from leaguectl.model.league import Discipline, Membership, Organization, Transfer


class Period(NamedTuple):
    """From ``since`` (None: the beginning is unknown) to the day before ``until`` (None: no end
    yet)."""

    since: date | None = None
    until: date | None = None

    def contains(self, day: date) -> bool:
        """Whether it holds on that day."""
        return (self.since is None or self.since <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether it has ended by that day."""
        return self.until is not None and self.until <= day

    def overlaps(self, other: "Period") -> bool:
        """Whether both hold on some day."""
        begins = max(self.since or date.min, other.since or date.min)
        return not (self.is_over(begins) or other.is_over(begins))


class Bounds(NamedTuple):
    """The fields of an entity that say when it holds: the first of ``since`` that is known, and
    ``until``."""

    since: tuple[str, ...]
    until: str

    def of(self, entity: Any) -> Period:
        """The period of a record."""
        since = None
        for field in self.since:
            if (since := getattr(entity, field)) is not None:
                break
        return Period(since, getattr(entity, self.until))


MEMBERSHIP = Bounds(since=("since", "joined"), until="left")
POST = Bounds(since=("since",), until="until")
ORGANIZATION = Bounds(since=("founded",), until="dissolved")
DISCIPLINE = Bounds(since=("since",), until="until")


def is_member_on(membership: "Membership", day: date) -> bool:
    """Whether the organisation keeps this membership on that day."""
    return MEMBERSHIP.of(membership).contains(day)


def is_held_on(post: "Post", day: date) -> bool:
    """Whether the post is held on that day."""
    return POST.of(post).contains(day)


def exists_on(organization: "Organization", day: date) -> bool:
    """Whether the organisation is founded and not yet dissolved on that day."""
    return ORGANIZATION.of(organization).contains(day)


def is_in_force_on(measure: "Discipline", day: date) -> bool:
    """Whether the disciplinary measure is in force on that day."""
    return DISCIPLINE.of(measure).contains(day)


def has_gone_since(transfer: "Transfer", homes: Sequence["Membership"]) -> bool:
    """Whether a member belonged to where a request is from until its day or later, and has moved to
    another organisation since, or left: the request still waits to be settled. They may have come
    there with it, from a branch that was closed."""
    return any(
        home.organization == transfer.source
        and home.left is not None
        and home.left >= transfer.requested
        for home in homes
    )


def is_carried_out(transfer: "Transfer", homes: Sequence["Membership"]) -> bool:
    """Whether the memberships of that person show an accepted transfer: that they went on its day,
    or had gone before, since the branch was closed and its members went on to where they had asked
    to go; or that they have had a home since they came."""
    if transfer.source is None:
        return any(map(transfer.is_kept_by, homes))
    day = transfer.settled or transfer.requested
    left = [home.left for home in homes if home.organization == transfer.source and home.left]
    arrived = [home for home in homes if home.organization == transfer.target]
    return day in left or (bool(left) and any(is_member_on(home, day) for home in arrived))
