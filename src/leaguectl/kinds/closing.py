"""What stands in the way of closing an organisation (撤销), and what it changes: the same by a
command as by a sheet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from leaguectl.model import (
    BRANCH_TYPES,
    Admission,
    Candidacy,
    Change,
    Entity,
    Membership,
    Organization,
    OrganizationEvent,
    Post,
    Snapshot,
    Transfer,
)
from leaguectl.model.periods import POST
from leaguectl.rules import HOSTED, day_of

Obstacle = tuple[str, dict[str, Any]]
"""The code and the facts of a finding."""

INSIDE: frozenset[type[Entity]] = frozenset({*HOSTED, Candidacy, Transfer})
"""The entities of which every record is needed to know what stands in the way."""

OBSTACLES = frozenset({
    "organization-has-below", "organization-has-members", "organization-has-cases",
    "organization-has-requests", "organization-has-places", "organization-acts-later",
})  # fmt: skip
"""The codes of all that can stand in the way."""

TARGET_CLOSED = "转入团组织已撤销"
"""Why a request is refused whose organisation was closed."""


def below(snapshot: Snapshot, code: str) -> list[Organization]:
    """The organisations directly below one that have not been dissolved, by their codes."""
    children = (
        child
        for child in snapshot.organizations.values()
        if child.parent == code and child.dissolved is None
    )
    return sorted(children, key=lambda child: child.code)


def present_members(snapshot: Snapshot, code: str) -> list[Membership]:
    """The memberships that an organisation keeps now."""
    return [
        membership
        for membership in snapshot.memberships.values()
        if membership.organization == code and membership.left is None
    ]


def open_cases(snapshot: Snapshot, code: str) -> list[Candidacy]:
    """The candidates of an organisation."""
    cases = snapshot.all(Candidacy)
    return [case for case in cases if case.organization == code and case.state == "open"]


def requests_to(snapshot: Snapshot, code: str) -> list[Transfer]:
    """The pending transfers that lead to an organisation."""
    return snapshot.by(Transfer, ("target", "state"), (code, "pending"))


def refused_request(request: Transfer, day: date) -> Transfer:
    """A request that is refused since the organisation to which it leads is closed on that day, and
    no branch takes its place."""
    settled = max(day, request.requested)
    return replace(request, state="refused", settled=settled, reason=TARGET_CLOSED)


def cases_without_branch(
    snapshot: Snapshot, code: str, home: Organization | None
) -> Iterator[Obstacle]:
    """Candidates of an organisation need a branch instead of it: only its meeting can admit."""
    is_branch = home is not None and home.type in BRANCH_TYPES
    if not is_branch and (cases := open_cases(snapshot, code)):
        yield "organization-has-cases", {"count": len(cases)}


def without_branch(snapshot: Snapshot, code: str, home: Organization | None) -> Iterator[Obstacle]:
    """Candidates of an organisation, and those who asked to come, need a branch instead of it: no
    committee keeps members who were not in a branch of its own."""
    cases = [*cases_without_branch(snapshot, code, home)]
    yield from cases
    is_branch = home is not None and home.type in BRANCH_TYPES
    if not cases and not is_branch and (requests := requests_to(snapshot, code)):
        yield "organization-has-requests", {"count": len(requests)}


def below_it(snapshot: Snapshot, organization: Organization) -> Iterator[Obstacle]:
    """Organisations below must be closed or moved first."""
    if children := below(snapshot, organization.code):
        names = [child.name for child in children[:5]]
        yield "organization-has-below", {"count": len(children), "names": names}


def inside_it(snapshot: Snapshot, organization: Organization) -> Iterator[Obstacle]:
    """Members, candidates and those who asked to come must be moved elsewhere first."""
    code = organization.code
    if members := present_members(snapshot, code):
        yield "organization-has-members", {"count": len(members), "code": code}
    else:
        yield from without_branch(snapshot, code, None)


def unused_places(snapshot: Snapshot, organization: Organization, day: date) -> Iterator[Obstacle]:
    """Unused places of this year or later must be given back first."""
    code, free = organization.code, dict[int, int]()
    for quota in snapshot.quotas.values():
        if quota.organization == code and quota.year >= day.year:
            left = snapshot.number_counts[quota.id]["free"]
            free[quota.year] = free.get(quota.year, 0) + left
    for year, left in free.items():
        if left:
            facts = {"year": year, "left": left, "code": code, "above": organization.parent or ""}
            yield "organization-has-places", facts


def later_acts(snapshot: Snapshot, organization: Organization, day: date) -> Iterator[Obstacle]:
    """What an organisation is recorded to have done on that day or later, which no sheet could say
    of one that is closed."""
    code = organization.code
    hosted = (record for entity in HOSTED for record in snapshot.by(entity, "organization", code))
    days = [*map(day_of, hosted)]
    days += [case.meeting for case in snapshot.by(Admission, "organization", code)]
    if later := [then for then in days if then is not None and then >= day]:
        yield "organization-acts-later", {"count": len(later), "last": max(later)}


def _ended(post: Post, day: date, reason: str) -> Post:
    return replace(post, until=day, until_precision="day", reason=reason)


def ended_posts(snapshot: Snapshot, code: str, day: date, reason: str) -> Iterator[Change]:
    """The posts in an organisation end with it."""
    for post in snapshot.all(Post):
        if post.organization == code and not POST.of(post).is_over(day):
            yield Change(post, _ended(post, day, reason))


def new_event(snapshot: Snapshot, code: str, kind: str, day: date, **facts: Any) -> Change:
    """Something that happened to an organisation on a day."""
    number = snapshot.new_id(OrganizationEvent)
    return Change(None, OrganizationEvent(number, code, kind, day, **facts))
