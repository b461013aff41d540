"""The number ledger: number show, usage, gaps, void, dispute, settle, disputes."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import (
    All,
    LedgerNumber,
    Org,
    RequiredText,
    RequiredWho,
    Year,
    typed_number,
    year,
)
from leaguectl.cli.render import Answer, show_outcome
from leaguectl.findings import UsageError, compared
from leaguectl.masks import mask
from leaguectl.screen import CARD

_STATES = ("at", "command", "state", "organization", "holder", "reason")
_USAGE = ("first", "last", "organization", "size", "free", "used", "void", "allotted_below")
_GAPS = ("first", "last", "count", "why", "reason", "organization")
_DISPUTES = ("number", "holder", "claim", "opened", "reason", "settled", "outcome")
_PERSON = ("id", "name", "id_number", "organization", "number", "form", "certificate")


@command(
    prints=True,
    answer={
        "number": of(
            "number year state reason first last authority code owner person holder organization"
            " form certificate meeting beyond operation",
            {
                "states": [
                    of(
                        "operation state organization holder at actor command reason authority",
                        {"void": str | None},
                    )
                ]
            },
        )
    },
)
def number_show(context: Context, number: LedgerNumber) -> None:
    """One number."""
    with context.reading() as reader:
        card = reports.ledger.number_card(reader, number)
    states = card.pop("states")
    rows = [
        (context.words.heading(key), _word(context, key, value))
        for key, value in card.items()
        if value is not None and key not in ("person", "operation")
    ]
    rows += [
        (
            context.words.line("since-operation", operation=state["operation"]),
            [_word(context, key, state[key]) for key in _STATES if state[key] is not None],
        )
        for state in states
    ]
    document = {"number": {**card, "states": states}}
    context.answer(CARD, rows, document)


@command(
    prints=True,
    answer=of(
        "year",
        {
            "blocks": [of("code authority " + " ".join(_USAGE))],
        },
    ),
)
def number_usage(context: Context, year: Year, org: Org = None) -> None:
    """The year's blocks and the states of their numbers."""
    with context.reading_of(org) as (reader, top):
        blocks = reports.ledger.usage(reader, year, top)
    rows = [[block[key] for key in _USAGE] for block in blocks]
    document = {"year": year, "blocks": blocks}
    context.answer(_USAGE, rows, document)


@command(prints=True, answer=of("year", {"gaps": [of(" ".join(_GAPS))]}))
def number_gaps(context: Context, year: Year, org: Org = None) -> None:
    """Unused numbers below the highest used one."""
    with context.reading_of(org) as (reader, top):
        gaps = reports.ledger.gaps(reader, year, top)
    rows = [[_word(context, key, gap[key]) for key in _GAPS] for gap in gaps]
    context.answer(_GAPS, rows, {"year": year, "gaps": gaps})


@command(
    writes=True,
    confirm=actions.Confirm.ALWAYS,
    answer={"numbers": [str], "rows": [of("number state")]},
)
def number_void(
    context: Context,
    number: Annotated[str | None, typer.Argument(callback=typed_number)] = None,
    unused: Annotated[int | None, typer.Option(parser=year)] = None,
    org: Org = None,
) -> None:
    """Make free numbers void."""
    if (number is None) == (unused is None) or (number is not None and org is not None):
        raise UsageError("void-which")
    if unused is not None:
        outcome = actions.numbers.void_unused(context.request(), unused, org)
    else:
        outcome = actions.numbers.void(context.request(), number or "")
    voided = [row["number"] for row in outcome.rows]
    context.year = unused or next((int(number[:4]) for number in voided), None)
    show_outcome(context, ("number", "state"), outcome, numbers=voided)


@command(
    writes=True,
    columns=_PERSON,
    answer=of("number", dict.fromkeys(("holder", "claimant"), (of(" ".join(_PERSON)), None))),
)
def number_dispute(
    context: Context,
    number: LedgerNumber,
    claim: RequiredWho,
) -> None:
    """Open a case of a number that two people claim."""
    outcome = actions.numbers.dispute(context.request(), number, claim)
    people = outcome.result or []
    # Both people are shown, since their forms must be fetched and compared.
    context.log_reveal(number, len(people))
    with context.reading() as reader:
        found = [reports.members.member(reader, person) for person in people]
    cards = [{key: member[key] for key in _PERSON} for member in found]
    if len(cards) == 2:
        id_numbers = compared(*(card["id_number"] for card in cards))
        for card, id_number in zip(cards, id_numbers, strict=True):
            card["id_number"] = id_number
    if len(cards) == 1:  # the claimant is not in this registry
        cards.append({**dict.fromkeys(_PERSON), "name": mask(claim)})
    holder, claimant = cards or (None, None)
    both: dict[str, Any] = {"number": number, "holder": holder, "claimant": claimant}
    show_outcome(context, _PERSON, replace(outcome, rows=cards), **both)


@command(writes=True, answer={"rows": []})
def number_settle(context: Context, number: LedgerNumber, outcome: RequiredText) -> Answer:
    """Close the case of a number."""
    return actions.numbers.settle(context.request(), number, outcome)


@command(prints=True, answer={"disputes": [of("id person claimant " + " ".join(_DISPUTES))]})
def number_disputes(context: Context, org: Org = None, every: All = False) -> None:
    """The numbers that two people claim."""
    with context.reading_of(org) as (reader, top):
        disputes = reports.ledger.disputes(reader, top, every=every)
    rows = [[dispute[key] for key in _DISPUTES] for dispute in disputes]
    context.answer(_DISPUTES, rows, {"disputes": disputes})


def _word(context: Context, key: str, value: Any) -> Any:
    """A state or a reason of ours in the user's language."""
    if key not in ("state", "why"):
        return value
    return context.words.values.get(value) or context.words.fields.get(value, value)
