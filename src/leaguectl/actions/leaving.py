"""Leaving, coming back, discipline, the steps of a member's way; who is of the age to leave."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions import plan_leaving as plan
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person, organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import NotFound
from leaguectl.model import (
    DISCIPLINES,
    LEAVING_REASONS,
    MILESTONES,
    Keys,
    Milestone,
    Post,
    Transfer,
)
from leaguectl.reports import leaving
from leaguectl.reports.lists import Row
from leaguectl.rules.membership_terms import AgeTerms
from leaguectl.store.reading import Reader, open_reader

REASONS = tuple(one for one in LEAVING_REASONS if one not in ("transferred", "moved"))
"""Reasons for leaving that are no transfer."""
MEASURES = DISCIPLINES
STEPS = MILESTONES
BESIDE = {Transfer, Post, Milestone}


def leave(
    request: Request, who: str, reason: str, day: date, approved_by: str | None
) -> Outcome[None]:
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


def leave_aged(request: Request, day: date, org: str | None) -> Outcome[None]:
    """End the membership of everybody who is of age on that day and holds no post."""
    with open_reader(request.location) as reader:
        terms = AgeTerms.on(policy_in(reader), day)
        of_age = leaving.of_age(reader, terms, day, day, organization_code(reader, org))
    people = [row["id"] for row in of_age if not row["stays"] and row["left"] is None]

    def planned(change_set: ChangeSet) -> None:
        for person in people:
            plan.leave(change_set, person, "age", day, plan.Approval())

    return run(request, Keys(people=set(people), beside=set(BESIDE)), planned)


@dataclass(frozen=True, slots=True)
class Aging:
    """Who turns ``age``, by which members leave without a post, in a year or has before."""

    age: int
    rows: list[Row]


def aging(request: Request, year: int, org: str | None, day: date) -> Aging:
    """Who is of the age to leave by the end of the year and holds no post on that day: the day of
    turning, whether in the Party, and whether such stay."""
    last = date(year, 12, 31)
    with open_reader(request.location) as reader:
        terms = AgeTerms.on(policy_in(reader), last)
        rows = leaving.of_age(reader, terms, last, day, organization_code(reader, org))
    for row in rows:
        del row["left"]
    return Aging(terms.age, rows)


def restore(request: Request, who: str, day: date, to: str | None) -> Outcome[None]:
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
) -> Outcome[None]:  # fmt: skip
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


def lift(request: Request, who: str, kind: str, day: date) -> Outcome[None]:
    """End a measure that is in force."""
    person = _person(request, who)
    return _act(
        request, {person}, None, lambda change_set: plan.lift(change_set, person, kind, day)
    )


def milestone(request: Request, who: str, kind: str, day: date, *, remove: bool) -> Outcome[None]:
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
) -> Outcome[None]:  # fmt: skip
    organizations = {approval.organization} if approval and approval.organization else set()
    wanted = Keys(people=people, organizations=organizations, beside=set(BESIDE))
    return run(request, wanted, planned)


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
