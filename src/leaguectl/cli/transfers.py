"""Commands about transfers: member transfer; transfer list, graduates, accept, refuse, lapse."""

from typing import Annotated

import typer

from leaguectl.cli.desk import Desk, from_stdin
from leaguectl.cli.doing import answer, named, on
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Org, Text
from leaguectl.findings import UsageError

Given = Annotated[str | None, typer.Option(show_default=False)]
Numbers = Annotated[list[int], typer.Argument(min=1, show_default=False)]

_TOLD = ("id", "name", "from", "to", "state", "requested", "settled")
_LISTED = ("id", "name", "from", "to", "state", "requested", "due_by", "settled", "reason")


@command(prints=True, writes=True)
def member_transfer(
    ctx: typer.Context,
    who: Text,
    to: Given = None,
    to_outside: Given = None,
    from_outside: Given = None,
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
    accepted: Annotated[bool, typer.Option("--accepted")] = False,
) -> None:
    """Ask for a member's transfer."""
    from leaguectl.actions import transfers as moving

    desk = Desk.of(ctx)
    if from_outside is not None:
        if to is None or to_outside is not None:
            raise UsageError("transfer-comes-where")
    elif (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where")
    done = moving.transfer(
        desk.request("member transfer"), from_stdin(who), on(desk, day), to=to,
        to_outside=to_outside, from_outside=from_outside, accepted=accepted,
    )  # fmt: skip
    answer(desk, "member transfer", _TOLD, done)


@command(prints=True, writes=True)
def graduates(
    ctx: typer.Context,
    text: Text,
    to: Given = None,
    to_outside: Given = None,
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
    year: Annotated[int | None, typer.Option("--year", min=1922, max=2200)] = None,
) -> None:
    """Ask for the transfer of a season's graduates."""
    from leaguectl.actions import transfers as moving

    desk = Desk.of(ctx)
    if (to is None) == (to_outside is None):
        raise UsageError("transfer-goes-where")
    request = desk.request("transfer graduates")
    done = moving.graduates(request, text, on(desk, day), to=to, to_outside=to_outside, year=year)
    answer(desk, "transfer graduates", _TOLD, done)


@command(prints=True)
def list_(
    ctx: typer.Context,
    state: Given = None,
    org: Org = None,
    overdue: Annotated[bool, typer.Option("--overdue")] = False,
) -> None:
    """Transfers."""
    from leaguectl.actions import transfers as moving

    desk = Desk.of(ctx)
    found = moving.listed(desk.request("transfer list"), state=state, org=org, overdue=overdue)
    rows = [{**one, "due_by": one.pop("due")} for one in found]
    shown = [[named(desk, one[key]) for key in _LISTED] for one in rows]
    desk.printer.answer("transfer list", _LISTED, shown, {"rows": rows})


@command(prints=True, writes=True)
def accept(
    ctx: typer.Context,
    numbers: Numbers,
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """The other side has taken the member in."""
    _settle(ctx, "accept", numbers, "accepted", day)


@command(prints=True, writes=True)
def refuse(
    ctx: typer.Context,
    numbers: Numbers,
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """The other side, or we, refuse the transfer."""
    if Desk.of(ctx).reason is None:
        raise UsageError("reason-needed")
    _settle(ctx, "refuse", numbers, "refused", day)


@command(prints=True, writes=True)
def lapse(
    ctx: typer.Context,
    numbers: Numbers,
    day: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
) -> None:
    """Nobody has handled the request in time."""
    _settle(ctx, "lapse", numbers, "lapsed", day)


def _settle(ctx: typer.Context, name: str, numbers: list[int], state: str, day: str | None) -> None:
    from leaguectl.actions import transfers as moving

    desk = Desk.of(ctx)
    done = moving.settle(desk.request(f"transfer {name}"), numbers, state, on(desk, day))
    answer(desk, f"transfer {name}", _TOLD, done)
