"""Transfers: member transfer; transfer list, graduates, accept, refuse, lapse."""

from datetime import date
from typing import Annotated

import typer

from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Day, Ids, Org, Text, TextOption, Who, YearOption
from leaguectl.cli.render import show_outcome, show_rows
from leaguectl.findings import UsageError

_CHANGED = ("id", "name", "from", "to", "state", "requested", "settled")
_LISTED = ("id", "name", "from", "to", "state", "requested", "due_by", "settled", "reason")


@command(prints=True, writes=True)
def member_transfer(
    context: Context,
    who: Who,
    to: TextOption = None,
    to_outside: TextOption = None,
    from_outside: TextOption = None,
    day: Day = None,
    accepted: Annotated[bool, typer.Option("--accepted")] = False,
) -> None:
    """Ask for a member's transfer."""
    from leaguectl.actions import transfers

    if from_outside is not None:
        if to is None or to_outside is not None:
            raise UsageError("transfer-comes-where")
    elif (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where")
    outcome = transfers.transfer(
        context.request(),
        who,
        day or context.today,
        to=to,
        to_outside=to_outside,
        from_outside=from_outside,
        accepted=accepted,
    )
    show_outcome(context, _CHANGED, outcome)


@command(prints=True, writes=True)
def transfer_graduates(
    context: Context,
    text: Text,
    to: TextOption = None,
    to_outside: TextOption = None,
    day: Day = None,
    year: YearOption = None,
) -> None:
    """Ask for the transfer of a season's graduates."""
    from leaguectl.actions import transfers

    if (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where")
    outcome = transfers.graduates(
        context.request(), text, day or context.today, to=to, to_outside=to_outside, year=year
    )
    show_outcome(context, _CHANGED, outcome)


@command(prints=True)
def transfer_list(
    context: Context,
    state: TextOption = None,
    org: Org = None,
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
) -> None:
    """Transfers."""
    from leaguectl.actions import transfers

    listed = transfers.listed(context.request(), state=state, org=org, overdue=overdue)
    rows = [{**transfer, "due_by": transfer.pop("due")} for transfer in listed]
    show_rows(context, _LISTED, rows)


@command(prints=True, writes=True)
def transfer_accept(context: Context, numbers: Ids, day: Day = None) -> None:
    """The other side has taken the member in."""
    _settle(context, numbers, "accepted", day)


@command(prints=True, writes=True)
def transfer_refuse(context: Context, numbers: Ids, day: Day = None) -> None:
    """The other side, or we, refuse the transfer."""
    if context.reason is None:
        raise UsageError("reason-needed")
    _settle(context, numbers, "refused", day)


@command(prints=True, writes=True)
def transfer_lapse(context: Context, numbers: Ids, day: Day = None) -> None:
    """Nobody has handled the request in time."""
    _settle(context, numbers, "lapsed", day)


def _settle(context: Context, numbers: list[int], state: str, day: date | None) -> None:
    from leaguectl.actions import transfers

    outcome = transfers.settle(context.request(), numbers, state, day or context.today)
    show_outcome(context, _CHANGED, outcome)
