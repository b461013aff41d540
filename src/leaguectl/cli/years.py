"""Commands about a year as a whole: year close, year diff, assert, plan, rank."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk, optional_day
from leaguectl.cli.doing import conclude
from leaguectl.cli.framework import command
from leaguectl.cli.looking import AsOf, Org, Year
from leaguectl.findings import UsageError

if TYPE_CHECKING:
    from leaguectl.actions.weighing import Outlook

Texts = Annotated[list[str] | None, typer.Option(show_default=False)]


@command(prints=True, writes=True)
def year_close(ctx: typer.Context, year: Year, explain: Texts = None) -> None:
    """Freeze the figures of a year."""
    from leaguectl.actions import years

    desk = Desk.of(ctx)
    explained = dict(_parted(one, "explain-needs-key") for one in explain or ())
    done = years.close(desk.request("year close"), year, desk.words.figures, explained)
    closed = None if done.is_refused else done.result
    keys = ("key", "value", "unit", "label")
    frozen = closed.figures if closed else []
    document: dict[str, Any] = {
        "operation": done.operation, "dry_run": desk.dry_run, "year": year,
        "day": closed and closed.day, "sha256": closed and closed.sha256,
        "figures": {figure["key"]: figure for figure in frozen},
        "explained": closed.explained if closed else {},
        "findings": [desk.printer.finding_document(finding) for finding in done.findings],
    }  # fmt: skip
    if closed or desk.format == "json":
        rows = [[figure[key] for key in keys] for figure in frozen]
        desk.printer.answer("year close", keys, rows, document)
    if closed is None or desk.dry_run:
        conclude(desk, done)
    else:
        desk.printer.hint("year-closed", year=year, sha256=closed.sha256)


@command(prints=True)
def year_diff(ctx: typer.Context, year: Year) -> None:
    """What changed since a year was closed."""
    from leaguectl.actions import closed

    desk = Desk.of(ctx)
    moved = closed.diff(desk.location, year)
    keys = ("key", "closed", "now")
    rows = [(one.key, one.closed, one.now) for one in moved]
    document = {"year": year, "moved": [dict(zip(keys, row, strict=True)) for row in rows]}
    if moved or desk.format == "json":
        desk.printer.answer("year diff", keys, rows, document)
    raise typer.Exit(1 if moved else 0)


@command(writes=True)
def assert_(
    ctx: typer.Context,
    year: Year,
    figure: Annotated[str, typer.Argument(show_default=False)],
    source: Annotated[str, typer.Option("--source", show_default=False)],
    org: Org = None,
) -> None:
    """Record a figure that was reported."""
    from leaguectl.actions import years

    desk = Desk.of(ctx)
    key, value = _parted(figure, "assert-needs-value")
    conclude(desk, years.report(desk.request("assert"), year, key, value, source, org))


_PLAN = ("organization", "stage", "members", "ageing", "graduating", "transferring", "staying",
         "base", "ratio_now", "ratio_then", "cap", "room", "places")  # fmt: skip


@command(prints=True)
def plan(
    ctx: typer.Context,
    year: Year,
    org: Org = None,
    as_of: AsOf = None,
    places: Annotated[int | None, typer.Option("--places", min=0, show_default=False)] = None,
) -> None:
    """Next year's base."""
    from leaguectl.actions import weighing

    desk = Desk.of(ctx)
    found = weighing.base_of(desk.request("plan"), year, org, optional_day(as_of), places)
    rows = []
    for one in found.rows:
        name = one.organization or desk.words.line("plan-others")
        values = {key: getattr(one, key) for key in _PLAN if hasattr(one, key)} | {
            "organization": name, "ratio_now": one.ratio(one.members),
            "ratio_then": one.ratio(one.staying + one.places),
        }  # fmt: skip
        rows.append(values)
    total = {key: getattr(found.total, key, None) for key in _PLAN}
    total["organization"] = desk.words.line("plan-total")
    assumed = _assumptions(desk, found)
    document = {
        "year": year, "as_of": found.day, "assumptions": assumed, "rows": rows, "total": total,
    }  # fmt: skip
    shown = [[_word(desk, row.get(key)) for key in _PLAN] for row in [*rows, total]]
    headings = ["places_suggested" if key == "places" else key for key in _PLAN]
    desk.printer.answer("plan", headings, shown, document)
    for line in assumed:
        desk.printer.hint("assumed", text=line)


def _assumptions(desk: Desk, found: "Outlook") -> list[str]:
    """All that the plan takes for granted, in words."""
    codes = ["plan-day", "plan-ageing", "plan-graduating", "plan-transferring", "plan-survey",
             "plan-cap", "plan-places"]  # fmt: skip
    facts = {
        "day": found.day, "year": found.year, "age": found.terms.age,
        "names": ", ".join(found.left_out),
    }  # fmt: skip
    if found.terms.party_members_stay:
        codes.insert(2, "plan-party-stays")
    if found.left_out:
        codes.append("plan-left-out")
    return [desk.words.line(code, **facts) for code in codes]


_RANK = ("rank", "organization", "type", "percent", "self_percent", "full_items", "stars", "why")


@command(prints=True)
def rank(ctx: typer.Context, year: Year, org: Org = None) -> None:
    """How the organisations stand."""
    from leaguectl.actions import weighing

    desk = Desk.of(ctx)
    found = weighing.standings(desk.location, year, org)
    rows = [{"code": one.code, **{key: getattr(one, key) for key in _RANK}} for one in found]
    for row, one in zip(rows, found, strict=True):
        row["veto"] = one.veto
        row["items"] = one.items
    document = {"year": year, "tie_breaks": weighing.TIE_BREAKS, "rows": rows}
    shown = [[_word(desk, row[key]) for key in _RANK] for row in rows]
    desk.printer.answer("rank", _RANK, shown, document)
    if not rows:
        desk.printer.hint("rank-none", year=year)
    else:
        desk.printer.hint(
            "tie-breaks", names=[desk.words.heading(one) for one in weighing.TIE_BREAKS]
        )


def _word(desk: Desk, value: Any) -> Any:
    """A value of ours in the user's language."""
    return desk.words.values.get(value, value) if type(value) is str else value


def _parted(text: str, code: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise UsageError(code, text=text)
    return key.strip(), value.strip()
