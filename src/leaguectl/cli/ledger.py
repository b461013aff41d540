"""Commands of the ledger's blocks: quota set, quota move."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.framework import command
from leaguectl.cli.looking import Year

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome

Text = Annotated[str, typer.Argument(show_default=False)]
Given = Annotated[str | None, typer.Option(show_default=False)]
Places = Annotated[int, typer.Argument(min=0, show_default=False)]

_BLOCKS = ("organization", "first", "last", "before", "places", "authority")


@command(prints=True, writes=True)
def quota_set(
    ctx: typer.Context, year: Year, organization: Text, places: Places,
    first: Given = None, last: Given = None,
) -> None:  # fmt: skip
    """Set a quota."""
    from leaguectl.actions import quotas

    desk = Desk.of(ctx)
    given = {
        "year": year, "organization": organization, "places": places, "first": first,
        "last": last, "authority": desk.authority,
    }  # fmt: skip
    _answer(desk, "quota set", year, quotas.set_quota(desk.request("quota set"), given))


@command(prints=True, writes=True)
def quota_move(
    ctx: typer.Context, year: Year, source: Text, target: Text,
    places: Annotated[int, typer.Argument(min=1, show_default=False)],
) -> None:  # fmt: skip
    """Move places."""
    from leaguectl.actions import quotas

    desk = Desk.of(ctx)
    request = desk.request("quota move")
    _answer(desk, "quota move", year, quotas.move_quota(request, year, source, target, places))


def _answer(desk: Desk, name: str, year: int, done: "Outcome[None]") -> None:
    """The blocks that changed, and how it ended."""
    printer = desk.printer
    document: dict[str, Any] = {
        "operation": done.operation, "dry_run": desk.dry_run, "year": year, "rows": done.rows,
        "findings": [printer.finding_document(one) for one in done.findings],
    }  # fmt: skip
    rows = [[one[key] for key in _BLOCKS] for one in done.rows]
    printer.answer(name, _BLOCKS, rows, document)
    printer.findings(done.findings)
    if done.is_refused:
        printer.hint("nothing-written")
        raise typer.Exit(3)
    if not done.rows:
        printer.hint("nothing-to-write")
    elif done.operation is None:
        printer.hint("dry-run")
    else:
        if not desk.authority:
            printer.hint("quota-no-document")
        printer.hint("operation", operation=done.operation)
