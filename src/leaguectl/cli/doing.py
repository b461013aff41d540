"""How a command that names its people or organisations itself is answered."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from leaguectl.cli.desk import Desk, optional_day

if TYPE_CHECKING:
    from leaguectl.operations.acting import Done


def answer(desk: Desk, name: str, keys: Sequence[str], done: "Done", **more: Any) -> None:
    """Show what was done to whom, then every finding; exit 3 where a rule forbade it."""
    printer = desk.printer
    documents = [printer.finding_document(one) for one in done.findings]
    document = {
        "operation": done.operation, "dry_run": desk.dry_run, **more, "rows": list(done.rows),
        "findings": documents,
    }  # fmt: skip
    if done.rows or desk.format == "json":
        shown = [[named(desk, row.get(key)) for key in keys] for row in done.rows]
        printer.answer(name, keys, shown, document)
    printer.findings(done.findings)
    if done.operation is not None:
        printer.hint("operation", operation=done.operation)
    elif done.is_refused:
        printer.hint("nothing-written")
    else:
        printer.hint("dry-run" if desk.dry_run else "nothing-to-do")
    if done.is_refused:
        raise typer.Exit(3)


def named(desk: Desk, value: Any) -> Any:
    """A value of ours in the user's language."""
    return desk.words.values.get(value, value) if type(value) is str else value


def on(desk: Desk, text: str | None) -> date:
    """The day that an option gives, or today."""
    return optional_day(text) or desk.today
