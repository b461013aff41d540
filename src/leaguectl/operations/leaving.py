"""Leaving, coming back, discipline, the steps of a member's way; who turns 28."""

from collections.abc import Callable
from datetime import date
from typing import Any

from leaguectl import histories
from leaguectl.findings import NotFound
from leaguectl.operations import Request
from leaguectl.operations.acting import Done, act
from leaguectl.operations.identify import (
    identify_organization,
    identify_person,
    organization_code,
)
from leaguectl.operations.policies import policy_in
from leaguectl.plan import leaving as plan
from leaguectl.plan.deed import Deed
from leaguectl.registry import (
    DISCIPLINES,
    LEAVING_REASONS,
    MILESTONES,
    Milestone,
    Person,
    Post,
    Transfer,
    Wanted,
)
from leaguectl.registry.days import birthday
from leaguectl.rules.lives import is_party_member
from leaguectl.store.reading import Reader, open_reader

REASONS = tuple(one for one in LEAVING_REASONS if one not in ("transferred", "moved"))
"""Reasons for leaving that are no transfer."""
MEASURES = DISCIPLINES
STEPS = MILESTONES
BESIDE = {Transfer, Post, Milestone}


def leave(request: Request, who: str, reason: str, day: date, approved_by: str | None) -> Done:
    """End one membership.

    :raises NotFound: the person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = _approval(reader, request, approved_by)
    return _act(
        request, {person}, approval, lambda deed: plan.leave(deed, person, reason, day, approval)
    )


def leave_aged(request: Request, day: date, org: str | None) -> Done:
    """End the membership of everybody who is of age on that day and holds no post."""
    found = aging(request, day.year, org, day)
    people = [one["id"] for one in found if one["turns"] <= day and not one["stays"]]

    def planned(deed: Deed) -> None:
        for person in people:
            plan.leave(deed, person, "age", day, plan.Approval())

    return act(request, Wanted(people=set(people), beside=set(BESIDE)), planned)


def aging(request: Request, year: int, org: str | None, day: date) -> list[histories.Row]:
    """Who turns 28 in the year, or has before, and holds no post on that day: the day of turning,
    whether in the Party, and whether such stay."""
    with open_reader(request.location) as reader:
        limits = policy_in(reader).leaving_on(date(year, 12, 31))
        code = organization_code(reader, org)
        rows = histories.aging(reader, year - limits.age, day.isoformat(), code)
    found = []
    for row in rows:
        person = Person(0, "", row.pop("id_number"), politics=row.pop("politics"))
        if person.is_dated:
            party = is_party_member(person.politics) or row["joined_party"] is not None
            del row["joined_party"]
            found.append(
                row
                | {
                    "turns": birthday(person.born, limits.age),
                    "party": party,
                    "stays": party and limits.party_members_stay,
                }
            )
    return sorted(found, key=lambda row: (row["turns"], row["id"]))


def restore(request: Request, who: str, day: date, to: str | None) -> Done:
    """Begin an ended membership again.

    :raises NotFound: the person or the organisation is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        target = identify_organization(reader, to) if to is not None else None
    approval = plan.Approval(request.authority, target)
    return _act(
        request, {person}, approval,
        lambda deed: plan.restore(deed, person, day, target, request.authority),
    )  # fmt: skip


def discipline(
    request: Request, who: str, kind: str, since: date, until: date | None,
    approved_by: str | None,
) -> Done:  # fmt: skip
    """Record a measure.

    :raises NotFound: the person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = _approval(reader, request, approved_by)
    return _act(
        request, {person}, approval,
        lambda deed: plan.discipline(deed, person, kind, since, until, approval),
    )  # fmt: skip


def lift(request: Request, who: str, kind: str, day: date) -> Done:
    """End a measure that is in force."""
    person = _person(request, who)
    return _act(request, {person}, None, lambda deed: plan.lift(deed, person, kind, day))


def milestone(request: Request, who: str, kind: str, day: date, *, remove: bool) -> Done:
    """Record a step of somebody's way, or take it back."""
    person = _person(request, who)

    def planned(deed: Deed) -> None:
        if remove:
            plan.take_back(deed, person, kind)
        else:
            plan.milestone(deed, person, kind, day)

    return _act(request, {person}, None, planned)


def _person(request: Request, who: str) -> int:
    with open_reader(request.location) as reader:
        return identify_person(reader, who)


def _act(
    request: Request, people: set[int], approval: plan.Approval | None,
    planned: Callable[[Deed], Any],
) -> Done:  # fmt: skip
    organizations = {approval.organization} if approval and approval.organization else set()
    wanted = Wanted(people=people, organizations=organizations, beside=set(BESIDE))
    return act(request, wanted, planned)


def _approval(reader: Reader, request: Request, approved_by: str | None) -> plan.Approval:
    """Who approved it: an organisation here, or the name of one elsewhere."""
    if approved_by is None:
        return plan.Approval(request.authority)
    try:
        code = identify_organization(reader, approved_by)
    except NotFound as error:
        if error.code == "organization-not-one":
            raise
        return plan.Approval(request.authority, None, approved_by)
    return plan.Approval(request.authority, code)
