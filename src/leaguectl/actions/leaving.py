"""Leaving, coming back, discipline, the steps of a member's way; who turns 28."""

from collections.abc import Callable
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.acting import Outcome, act
from leaguectl.actions.identify import identify_organization, identify_person, organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.findings import NotFound
from leaguectl.kinds import leaving as plan
from leaguectl.kinds.change_set import ChangeSet
from leaguectl.model import (
    DISCIPLINES,
    LEAVING_REASONS,
    MILESTONES,
    Keys,
    Milestone,
    Person,
    Post,
    Transfer,
)
from leaguectl.model.days import birthday
from leaguectl.reports import history as histories
from leaguectl.rules.lives import is_party_member
from leaguectl.store.reading import Reader, open_reader

REASONS = tuple(one for one in LEAVING_REASONS if one not in ("transferred", "moved"))
"""Reasons for leaving that are no transfer."""
MEASURES = DISCIPLINES
STEPS = MILESTONES
BESIDE = {Transfer, Post, Milestone}


def leave(request: Request, who: str, reason: str, day: date, approved_by: str | None) -> Outcome:
    """End one membership.

    :raises NotFound: the person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = _approval(reader, request, approved_by)
    return _act(
        request,
        {person},
        approval,
        lambda change_set: plan.leave(change_set, person, reason, day, approval),
    )


def leave_aged(request: Request, day: date, org: str | None) -> Outcome:
    """End the membership of everybody who is of age on that day and holds no post."""
    found = aging(request, day.year, org, day)
    people = [one["id"] for one in found if one["turns"] <= day and not one["stays"]]

    def planned(change_set: ChangeSet) -> None:
        for person in people:
            plan.leave(change_set, person, "age", day, plan.Approval())

    return act(request, Keys(people=set(people), beside=set(BESIDE)), planned)


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


def restore(request: Request, who: str, day: date, to: str | None) -> Outcome:
    """Begin an ended membership again.

    :raises NotFound: the person or the organisation is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        target = identify_organization(reader, to) if to is not None else None
    approval = plan.Approval(request.authority, target)
    return _act(
        request, {person}, approval,
        lambda change_set: plan.restore(change_set, person, day, target, request.authority),
    )  # fmt: skip


def discipline(
    request: Request, who: str, kind: str, since: date, until: date | None,
    approved_by: str | None,
) -> Outcome:  # fmt: skip
    """Record a measure.

    :raises NotFound: the person is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = _approval(reader, request, approved_by)
    return _act(
        request, {person}, approval,
        lambda change_set: plan.discipline(change_set, person, kind, since, until, approval),
    )  # fmt: skip


def lift(request: Request, who: str, kind: str, day: date) -> Outcome:
    """End a measure that is in force."""
    person = _person(request, who)
    return _act(
        request, {person}, None, lambda change_set: plan.lift(change_set, person, kind, day)
    )


def milestone(request: Request, who: str, kind: str, day: date, *, remove: bool) -> Outcome:
    """Record a step of somebody's way, or take it back."""
    person = _person(request, who)

    def planned(change_set: ChangeSet) -> None:
        if remove:
            plan.take_back(change_set, person, kind)
        else:
            plan.milestone(change_set, person, kind, day)

    return _act(request, {person}, None, planned)


def _person(request: Request, who: str) -> int:
    with open_reader(request.location) as reader:
        return identify_person(reader, who)


def _act(
    request: Request, people: set[int], approval: plan.Approval | None,
    planned: Callable[[ChangeSet], Any],
) -> Outcome:  # fmt: skip
    organizations = {approval.organization} if approval and approval.organization else set()
    wanted = Keys(people=people, organizations=organizations, beside=set(BESIDE))
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
