"""Commands about a year's figures as they were given: year close, year diff, assert."""

from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Org, Year
from leaguectl.findings import Usage

Texts = Annotated[list[str] | None, typer.Option(show_default=False)]


@command(prints=True, writes=True)
def year_close(ctx: typer.Context, year: Year, explain: Texts = None) -> None:
    """Freeze the figures of a year."""
    from leaguectl.operations import closing

    desk = Desk.of(ctx)
    explained = dict(_parted(one, "explain-needs-key") for one in explain or ())
    done = closing.close(desk.request("year close"), year, desk.words.figures, explained)
    keys = ("key", "value", "unit", "label")
    rows = [[one[key] for key in keys] for one in done.figures]
    document: dict[str, Any] = {
        "year": year, "day": done.day, "sha256": done.sha256, "dry_run": desk.dry_run,
        "figures": {one["key"]: one for one in done.figures}, "explained": done.explained,
    }  # fmt: skip
    desk.printer.answer("year close", keys, rows, document)
    desk.printer.hint("dry-run" if desk.dry_run else "year-closed", year=year, sha256=done.sha256)


@command(prints=True)
def year_diff(ctx: typer.Context, year: Year) -> None:
    """What changed since a year was closed."""
    from leaguectl.operations import closed

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
    from leaguectl.operations import closing

    desk = Desk.of(ctx)
    key, value = _parted(figure, "assert-needs-value")
    done = closing.report(desk.request("assert"), year, key, value, source, org)
    desk.printer.hint("operation" if done else "dry-run", operation=done)


def _parted(text: str, code: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise Usage(code, text=text)
    return key.strip(), value.strip()
