"""Transfers: asked for, settled, listed with what is due."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions import plan_transfers as plan
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person, organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import UsageError
from leaguectl.model import TRANSFER_STATES, Keys, Post, Transfer
from leaguectl.reports import history as histories
from leaguectl.reports import lists as views
from leaguectl.reports.due import last_day_of_transfer
from leaguectl.store.reading import open_reader


def transfer(
    request: Request, who: str, day: date, *, to: str | None, to_outside: str | None,
    from_outside: str | None, accepted: bool,
) -> Outcome[None]:  # fmt: skip
    """Ask for one member's transfer, or take in somebody known who comes from outside.

    :raises NotFound: the person or the organisation is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        target = identify_organization(reader, to) if to is not None else None

    def planned(change_set: ChangeSet) -> None:
        if from_outside is not None:
            plan.come(change_set, person, day, target=target or "", origin=from_outside)
        else:
            plan.ask(
                change_set, person, day, target=target, destination=to_outside, accepted=accepted
            )

    return run(request, _of({person}, {target} if target else set()), planned)


def graduates(
    request: Request, top: str, day: date, *, to: str | None, to_outside: str | None,
    year: int | None,
) -> Outcome[None]:  # fmt: skip
    """Ask for the transfer of a season's graduates in one operation.

    :raises NotFound: an organisation is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, top)
        target = identify_organization(reader, to) if to is not None else None
        below = {one["code"] for one in views.organizations(reader, code)}
    wanted = _of(set(), below | ({target} if target else set()))
    wanted.members_of = below

    def planned(change_set: ChangeSet) -> None:
        plan.graduates(change_set, code, day, target=target, destination=to_outside, year=year)

    return run(request, wanted, planned)


def settle(request: Request, numbers: Sequence[int], state: str, day: date) -> Outcome[None]:
    """Accept, refuse or let lapse transfers in one operation: all of them, or none."""
    with open_reader(request.location) as reader:
        known = [one for number in numbers if (one := histories.transfer(reader, number))]
    wanted = _of(
        {one["person"] for one in known},
        {one[end] for one in known for end in ("source", "target") if one[end]},
    )

    def planned(change_set: ChangeSet) -> None:
        for number in dict.fromkeys(numbers):
            plan.settle(change_set, number, state, day, request.reason)

    return run(request, wanted, planned)


def listed(
    request: Request, *, state: str | None, org: str | None, overdue: bool
) -> list[histories.Row]:
    """Transfers with the day by which each that is under way should be done.

    :raises UsageError: there is no such state.
    """
    if state is not None and state not in TRANSFER_STATES:
        raise UsageError("choice-unknown", text=state, known=list(TRANSFER_STATES))
    with open_reader(request.location) as reader:
        code = organization_code(reader, org)
        policy = policy_in(reader)
        rows = histories.transfers(reader, state=state or "", org=code)
    for row in rows:
        last = last_day_of_transfer(row, policy)
        row["due"] = last.isoformat() if last else None
    today = request.today.isoformat()
    return [row for row in rows if not overdue or (row["due"] is not None and row["due"] < today)]


def _of(people: set[int], organizations: set[Any]) -> Keys:
    return Keys(people=people, organizations=organizations, beside={Transfer, Post})
