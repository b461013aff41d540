"""Quotas and their blocks of numbers: quota set, move, show, check."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import COUNTS, FINDINGS, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Org, Year
from leaguectl.cli.render import counted, show_findings, show_outcome, word

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome

_BLOCKS = ("organization", "first", "last", "before", "places", "authority")
_QUOTA = (
    "organization", "places", "allotted_below", "used", "void", "left", "own_left", "first",
    "last", "usage_rate",
)  # fmt: skip

_PLACES = "organization code places allotted_below used void own_left first last authority"
_CHANGED = of("year", {"rows": [of(f"code year {' '.join(_BLOCKS)}", {"before": int})]})


@command(writes=True, answer=_CHANGED)
def quota_set(
    context: Context,
    year: Year,
    organization: str,
    places: Annotated[int, typer.Argument(min=0)],
    first: str | None = None,
    last: str | None = None,
) -> None:
    """Set a quota."""
    with context.reading() as reader:  # an unknown organisation is not found, as in every command
        code = actions.identify.identify_organization(reader, organization)
    cells = {
        "year": year, "organization": code, "places": places, "first": first,
        "last": last, "authority": context.authority,
    }  # fmt: skip
    outcome = actions.quotas.set_quota(context.request(), cells)
    _show_blocks(context, year, outcome)


@command(writes=True, answer=_CHANGED)
def quota_move(
    context: Context,
    year: Year,
    source: str,
    target: str,
    places: Annotated[int, typer.Argument(min=1)],
) -> None:
    """Move places."""
    outcome = actions.quotas.move_quota(context.request(), year, source, target, places)
    _show_blocks(context, year, outcome)


def _show_blocks(context: Context, year: int, outcome: "Outcome[None]") -> None:
    """Show the blocks that changed, and how it ended."""
    # Numbers are passed on by a document; a user who forgot it can still undo and repeat.
    if outcome.operation is not None and not context.authority:
        context.printer.hint("quota-no-document")
    show_outcome(context, _BLOCKS, outcome, nothing="nothing-to-write", year=year)


@command(
    prints=True,
    answer=of(
        "year",
        {
            "rows": [
                of(
                    f"year usage_rate {_PLACES}",
                    {
                        "above": str | None,
                        "beyond": int,
                        "left": int,
                        "blocks": [of(f"id parent {_PLACES}", {"parent": int | None})],
                    },
                )
            ],
            "total": (
                of("places? allotted_below? used? void? own_left? usage_rate?", {"left?": int}),
                None,
            ),
        },
    ),
)
def quota_show(context: Context, year: Year, org: Org = None) -> None:
    """The year's quotas."""
    with context.reading_of(org) as (reader, top):
        rows = reports.ledger.quotas(reader, year, top)
    more = ("beyond",) if any(row["beyond"] for row in rows) else ()
    total = reports.ledger.quota_total(rows)
    if any(len(row["blocks"]) > 1 for row in rows):
        more = ("blocks", *more)
    shown = [
        [word(context, key, _spans(row) if key == "blocks" else row.get(key))
         for key in _QUOTA + more]
        for row in [*rows, *([{"organization": context.words.line("split-total"), **total}]
                             if total else [])]
    ]  # fmt: skip
    headings = ["places_left" if key == "left" else key for key in _QUOTA + more]
    context.answer(headings, shown, {"year": year, "rows": rows, "total": total})


def _spans(row: Mapping[str, Any]) -> list[str]:
    """The blocks of an organisation that has several, whose places are not contiguous."""
    blocks = row.get("blocks", ())
    return [f"{block['first']}-{block['last']}" for block in blocks] if len(blocks) > 1 else []


@command(prints=True, answer=of("year", {**FINDINGS, "counts": COUNTS}))
def quota_check(context: Context, year: Year, org: Org = None) -> None:
    """Whether the year's quotas hold."""
    with context.reading_of(org) as (reader, top):
        findings = reports.quota_check.findings(reader, year)
        if top:
            findings = reports.organizations.concerning(reader, findings, top, date(year, 12, 31))
    if findings and context.printer.is_drawn:
        show_findings(context, findings, sys.stdout)
    elif findings or context.as_json:
        documents = context.finding_documents(findings)
        keys = ("level", "subject", "message")
        rows = [[word(context, key, document[key]) for key in keys] for document in documents]
        answer = {"year": year, "findings": documents, "counts": counted(findings)}
        context.answer(keys, rows, answer)
    raise typer.Exit(1 if any(finding.is_error for finding in findings) else 0)
