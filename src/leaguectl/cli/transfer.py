"""Transfers: member transfer; transfer list, graduates, accept, refuse, lapse."""

from datetime import date

from leaguectl import actions, model, reports
from leaguectl.cli.answers import TRANSFER, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import All, AsOf, Day, Org, Which, Who, YearOption
from leaguectl.cli.render import Answer, code, show_rows
from leaguectl.findings import UsageError

_CHANGED = ("id", "name", "from", "to", "state", "requested", "settled")
_LISTED = ("id", "name", "from", "to", "state", "requested", "due_by", "settled", "reason")


@command(writes=True, columns=_CHANGED)
def member_transfer(
    context: Context,
    who: Who,
    to: str | None = None,
    to_outside: str | None = None,
    from_outside: str | None = None,
    day: Day = None,
    accepted: bool = False,
) -> Answer:
    """Request a member's transfer."""
    # A person who comes in has no branch here yet, so it must be named; a person who leaves goes
    # either to a branch here or to a place outside.
    if from_outside is not None:
        if to is None or to_outside is not None:
            raise UsageError("transfer-comes-where")
    elif (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where", **({} if to else {"none": True}))
    return actions.transfers.transfer(
        context.request(),
        who,
        day or context.today,
        to=to,
        to_outside=to_outside,
        from_outside=from_outside,
        accepted=accepted,
    )


@command(writes=True, columns=_CHANGED)
def transfer_graduates(
    context: Context,
    text: str,
    to: str | None = None,
    to_outside: str | None = None,
    day: Day = None,
    year: YearOption = None,
) -> Answer:
    """Request the transfer of a season's graduates."""
    if (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where", **({} if to else {"none": True}))
    return actions.transfers.graduates(
        context.request(), text, day or context.today, to=to, to_outside=to_outside, year=year
    )


@command(prints=True, answer=of("", {"rows": [of("due_by", TRANSFER)]}))
def transfer_list(
    context: Context,
    state: str | None = None,
    org: Org = None,
    overdue: bool = False,
    as_of: AsOf = None,
) -> None:
    """Transfers."""
    if state is not None:
        state = code(state, model.TRANSFER_STATES)
    with context.reading_of(org) as (reader, top):
        policy, day = reports.rulebook.policy_in(reader), as_of or context.today
        transfers = reports.members.transfers_with_deadlines(
            reader, policy, day, state=state or "", org=top, overdue=overdue
        )
    rows = [{**transfer, "due_by": transfer.pop("due")} for transfer in transfers]
    show_rows(context, _LISTED, rows)


@command(writes=True, columns=_CHANGED)
def transfer_accept(
    context: Context, which: Which = None, org: Org = None, every: All = False, day: Day = None
) -> Answer:
    """The other side has taken the member in."""
    return _settle(context, which, org, "accepted", day, every=every)


@command(writes=True, columns=_CHANGED)
def transfer_refuse(
    context: Context, which: Which = None, org: Org = None, every: All = False, day: Day = None
) -> Answer:
    """The other side, or we, refuse the transfer."""
    # The other side learns why, and may request it again.
    if context.reason is None:
        raise UsageError("reason-needed")
    return _settle(context, which, org, "refused", day, every=every)


@command(writes=True, columns=_CHANGED)
def transfer_lapse(
    context: Context, which: Which = None, org: Org = None, every: All = False, day: Day = None
) -> Answer:
    """Nobody has handled the request in time."""
    return _settle(context, which, org, "lapsed", day, every=every)


def _settle(
    context: Context,
    which: list[str] | None,
    org: str | None,
    state: str,
    day: date | None,
    *,
    every: bool,
) -> Answer:
    # Only an organisation might be a mistake for one of its transfers, so --all confirms that all
    # are meant.
    if every != (org is not None) or every == bool(which):
        raise UsageError("transfers-which")
    return actions.transfers.settle(
        context.request(), which or [], org, state, day or context.today
    )
