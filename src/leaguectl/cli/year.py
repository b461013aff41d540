"""A year as a whole: year close, year diff, assert, plan, rank."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import FIGURE, Value, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import AsOf, Org, RequiredText, Year
from leaguectl.cli.render import Answer, figure_key, key_and_text, named, show_outcome, word
from leaguectl.findings import Rate

if TYPE_CHECKING:
    from leaguectl.reports.forecast import Forecast

_PLAN = ("organization", "stage", "members", "ageing", "graduating", "transferring", "staying",
         "base", "ratio_now", "ratio_then", "cap", "room", "places")  # fmt: skip
_CLOSED = ("label", "value", "unit", "key")
_RANK = ("rank", "organization", "type", "percent", "self_percent", "full_items", "stars", "why")
_ASSUMPTIONS = ("plan-day", "plan-ageing", "plan-party-stays", "plan-graduating",
                "plan-transferring", "plan-survey", "plan-cap", "plan-places",
                "plan-left-out")  # fmt: skip
"""The assumptions of a plan, in the order of the answer; two of them do not always apply."""

_CLOSED_NOW = dict.fromkeys(("closed", "now"), Value)


# -- closed and reported -------------------------------------------------------------------------


@command(
    writes=True,
    confirm=actions.Confirm.ALWAYS,
    answer=of(
        "year day sha256",
        {
            "figures": {"*": of("key", FIGURE)},
            "explained": {"*": str},
            "rows": [of("key", FIGURE)],
        },
    ),
)
def year_close(context: Context, year: Year, explain: list[str] | None = None) -> None:
    """Freeze the figures of a year."""
    # A year with a figure lower than the year before is only closed with an explanation.
    typed = (key_and_text(text, "explain-needs-key") for text in explain or ())
    explained = {figure_key(context, key): value for key, value in typed}
    outcome = actions.years.close(context.request(), year, context.words.figures, explained)
    closed = None if outcome.is_refused else outcome.result
    figures = closed.figures if closed else []
    more: dict[str, Any] = {
        "year": year, "day": closed and closed.day, "sha256": closed and closed.sha256,
        "figures": {figure["key"]: figure for figure in figures},
        "explained": closed.explained if closed else {},
    }  # fmt: skip
    if closed and outcome.operation is not None:
        context.printer.hint("year-closed", year=year, sha256=closed.sha256)
    shown = [{**figure, "value": _as_read(figure["key"], figure["value"])} for figure in figures]
    show_outcome(context, _CLOSED, replace(outcome, rows=shown), **more)


def _as_read(key: str, value: Any) -> Any:
    """The value of a figure in readable form: a ratio as per cent."""
    is_ratio = any(figure.key == key and figure.unit == "ratio"
                   for figure in reports.figures.FIGURES)  # fmt: skip
    return Rate(str(value)) if is_ratio and value is not None else value


@command(
    prints=True,
    answer=of(
        "year",
        {
            "moved": [of("key", _CLOSED_NOW)],
            "organizations": [of("code organization key", _CLOSED_NOW)],
        },
    ),
)
def year_diff(context: Context, year: Year, org: Org = None) -> None:
    """What changed since a year was closed."""
    with context.reading_of(org) as (reader, top):
        moved = reports.years.diff(reader, year, top)
    keys = ("organization", "key", "closed", "now")
    rows = [{key: getattr(figure, key) for key in ("code", *keys)} for figure in moved]
    # The county's own figures stay in the same list as before.
    document = {
        "year": year,
        "moved": [
            {key: row[key] for key in keys[1:]} for row in rows if org or row["code"] is None
        ],
        "organizations": [row for row in rows if row["code"] is not None],
    }
    if moved or context.as_json:
        shown = ("organization", "label", "closed", "now", "key")
        labels = context.words.figures
        texts = [
            row | {"label": labels.get(row["key"], [row["key"]])[0]}
            | {name: _as_read(row["key"], row[name]) for name in ("closed", "now")}
            for row in rows
        ]  # fmt: skip
        context.answer(shown, [[row[key] for key in shown] for row in texts], document)
    raise typer.Exit(1 if moved else 0)


@command(writes=True, answer={"rows": [of("year key value source", {"value": str})]})
def assert_(
    context: Context, year: Year, figure: str, source: RequiredText, org: Org = None
) -> Answer:
    """Record a figure that was reported."""
    key, value = key_and_text(figure, "assert-needs-value")
    return actions.years.report(
        context.request(), year, figure_key(context, key), value, source, org
    )


# -- next year, and the ranking of organisations --------------------------------------------------


@command(
    prints=True,
    answer=of(
        "year as_of",
        {
            "assumptions": [str],
            "rows": [of(" ".join(_PLAN))],
            "total": of(" ".join(_PLAN)),
        },
    ),
)
def plan(
    context: Context,
    year: Year,
    org: Org = None,
    as_of: AsOf = None,
    places: Annotated[int | None, typer.Option(min=0)] = None,
) -> None:
    """Next year's base."""
    # A year is forecast from the end of the one before, or from today where that is still to come.
    day = as_of or min(date(year - 1, 12, 31), context.today)
    with context.reading_of(org) as (reader, top):
        base = reports.forecast.forecast(reader, year, day, top, places)
    rows = [
        {key: getattr(row, key) for key in _PLAN if hasattr(row, key)}
        | {
            "organization": row.organization or context.words.line("plan-others"),
            "ratio_now": row.ratio(row.members),
            "ratio_then": row.ratio(row.staying + row.places),
        }
        for row in base.rows
    ]
    total = {key: getattr(base.total, key, None) for key in _PLAN}
    total["organization"] = context.words.line("plan-total")
    assumptions = _assumptions(context, base)
    document = {
        "year": year, "as_of": base.day, "assumptions": assumptions, "rows": rows,
        "total": total,
    }  # fmt: skip
    shown = [[word(context, key, row.get(key)) for key in _PLAN] for row in [*rows, total]]
    headings = ["places_suggested" if key == "places" else key for key in _PLAN]
    context.answer(headings, shown, document)
    for text in assumptions:
        context.printer.hint("assumed", text=text)


def _assumptions(context: Context, base: "Forecast") -> list[str]:
    """The assumptions of the plan, in words."""
    terms = base.terms
    holds = {"plan-party-stays": terms.party_members_stay, "plan-left-out": base.left_out}
    codes = [code for code in _ASSUMPTIONS if holds.get(code, True)]
    facts = {
        "day": base.day, "year": base.year, "age": terms.age,
        "names": ", ".join(base.left_out),
    }  # fmt: skip
    return [context.words.line(code, **facts) for code in codes]


def _in_rank(context: Context, key: str, value: Any) -> Any:
    """A value of the ranking in readable form: marks as the share of the full marks."""
    if key in ("percent", "self_percent") and value is not None:
        return Rate(value / 100)
    return named(context, value)


@command(
    prints=True,
    answer=of(
        "year",
        {
            "tie_breaks": [str],
            "rows": [of("code veto items " + " ".join(_RANK), {"stars": object})],
        },
    ),
)
def rank(context: Context, year: Year, org: Org = None) -> None:
    """The ranking of the organisations."""
    with context.reading_of(org) as (reader, top):
        standings = reports.ranking.standings(reader, year, top)
    keys = ("code", "type", *_RANK, "veto", "items")
    rows = [{key: getattr(standing, key) for key in keys} for standing in standings]
    document = {"year": year, "tie_breaks": reports.ranking.TIE_BREAKS, "rows": rows}
    shown = [[_in_rank(context, key, row[key]) for key in _RANK] for row in rows]
    context.answer(_RANK, shown, document)
    if rows:
        names = [context.words.heading(key) for key in reports.ranking.TIE_BREAKS]
        context.printer.hint("tie-breaks", names=names)
    else:
        context.printer.hint("rank-none", year=year)
