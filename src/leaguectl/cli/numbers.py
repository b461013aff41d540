"""Commands of the ledger: number show, usage, gaps, void, dispute, settle, disputes."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk, from_stdin
from leaguectl.cli.doing import answer, conclude
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Org, Year
from leaguectl.output import masked

Number = Annotated[str, typer.Argument(show_default=False)]

_STATES = ("at", "command", "state", "organization", "holder", "reason")
_USAGE = ("first", "last", "organization", "size", "free", "used", "void", "allotted_below")
_GAPS = ("first", "last", "count", "why", "reason", "organization")
_DISPUTES = ("number", "holder", "claim", "opened", "reason", "settled", "outcome")
_PERSON = ("id", "name", "id_number", "organization", "number", "form", "certificate")


@command(prints=True)
def number_show(ctx: typer.Context, number: Number) -> None:
    """One number."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    found = ledger.number_card(desk.location, number)
    states = found.pop("states")
    rows = [
        (desk.words.heading(key), _word(desk, key, value))
        for key, value in found.items()
        if value is not None and key not in ("person", "operation")
    ]
    rows += [
        (
            desk.words.line("since-operation", operation=one["operation"]),
            [_word(desk, key, one[key]) for key in _STATES if one[key] is not None],
        )
        for one in states
    ]
    document = {"number": {**found, "states": states}}
    desk.printer.answer("number show", ("field", "value"), rows, document)


@command(prints=True)
def number_usage(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """The year's blocks and the states of their numbers."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    blocks = ledger.usage(desk.location, year, org)
    rows = [[one[key] for key in _USAGE] for one in blocks]
    document = {"year": year, "blocks": blocks}
    desk.printer.answer("number usage", _USAGE, rows, document)


@command(prints=True)
def number_gaps(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """Numbers that nobody has, below the highest in use."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    found = ledger.gaps(desk.location, year, org)
    rows = [[_word(desk, key, one[key]) for key in _GAPS] for one in found]
    desk.printer.answer("number gaps", _GAPS, rows, {"year": year, "gaps": found})


@command(prints=True, writes=True)
def number_void(ctx: typer.Context, number: Number) -> None:
    """Make free numbers void."""
    from leaguectl.actions import numbers

    desk = Desk.of(ctx)
    done = numbers.void(desk.request("number void"), number)
    answer(desk, "number void", ("number",), done, numbers=[row["number"] for row in done.rows])


@command(prints=True, writes=True)
def number_dispute(
    ctx: typer.Context,
    number: Number,
    claim: Annotated[str, typer.Option("--claim", show_default=False)],
) -> None:
    """Open a case of a number that two people claim."""
    from leaguectl.actions import numbers, reading

    desk = Desk.of(ctx)
    claim = from_stdin(claim)
    done = numbers.dispute(desk.request("number dispute"), number, claim)
    people = done.result or []
    desk.log_reveal("number dispute", number, len(people))
    cards = [reading.member(desk.location, f"#{one}") for one in people]
    cards = [{key: one[key] for key in _PERSON} for one in cards]
    if len(cards) == 1:  # the claimant is nobody of this registry
        cards.append({**dict.fromkeys(_PERSON), "name": masked(claim)})
    holder, claimant = cards or (None, None)
    answer(
        desk, "number dispute", _PERSON, replace(done, rows=cards), number=number, holder=holder,
        claimant=claimant,
    )  # fmt: skip


@command(writes=True)
def number_settle(
    ctx: typer.Context,
    number: Number,
    outcome: Annotated[str, typer.Option("--outcome", show_default=False)],
) -> None:
    """Close the case of a number."""
    from leaguectl.actions import numbers

    desk = Desk.of(ctx)
    conclude(desk, numbers.settle(desk.request("number settle"), number, outcome))


@command(prints=True)
def number_disputes(
    ctx: typer.Context, every: Annotated[bool, typer.Option("--all")] = False
) -> None:
    """The numbers that two people claim."""
    from leaguectl.actions import ledger

    desk = Desk.of(ctx)
    found = ledger.disputes(desk.location, every=every)
    rows = [[one[key] for key in _DISPUTES] for one in found]
    desk.printer.answer("number disputes", _DISPUTES, rows, {"disputes": found})


def _word(desk: Desk, key: str, value: Any) -> Any:
    """A state or a reason of ours in the user's language."""
    if key not in ("state", "why"):
        return value
    return desk.words.values.get(value) or desk.words.fields.get(value, value)
