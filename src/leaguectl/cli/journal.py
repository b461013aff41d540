"""Commands about what was written: log, show, undo."""

from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.doing import conclude
from leaguectl.cli.framework import command

Operation = Annotated[int, typer.Argument(min=1, show_default=False)]

_LOG = ("id", "at", "actor", "command", "reason", "counts", "undone_by")


@command(prints=True)
def log(
    ctx: typer.Context,
    limit: Annotated[int | None, typer.Option("--limit", min=1, show_default=False)] = None,
) -> None:
    """The operations."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    found = reading.operation_rows(desk.location)[:limit]
    rows = [[_shown(desk, one[key]) for key in _LOG] for one in found]
    document = {"operations": found}
    desk.printer.answer("log", _LOG, rows, document)


@command(prints=True)
def show(ctx: typer.Context, operation: Operation) -> None:
    """One operation."""
    from leaguectl.actions import reading

    desk = Desk.of(ctx)
    found = reading.operation_card(desk.location, operation)
    rows = [
        (desk.words.heading(key), _shown(desk, value))
        for key, value in found.items()
        if value not in (None, {}, [])
    ]
    desk.printer.answer("show", ("field", "value"), rows, {"operation": found})


@command(writes=True)
def undo(ctx: typer.Context, operation: Operation) -> None:
    """Undo an operation."""
    from leaguectl.actions import registry

    desk = Desk.of(ctx)
    done = registry.undo(desk.request("undo"), operation)
    if done.result is not None and not done.is_refused:
        code = "undone" if done.operation else "undo-would"
        desk.printer.hint(code, undone=operation, **done.result)
    conclude(desk, done)


def _shown(desk: Desk, value: Any) -> Any:
    """Counts and sources as people read them."""
    if isinstance(value, dict):
        return [f"{desk.words.heading(key)} {of}" for key, of in value.items() if of]
    if isinstance(value, list):
        return [one.get("file") or one.get("revealed", "") for one in value]
    return value
