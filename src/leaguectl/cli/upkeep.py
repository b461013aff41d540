"""The upkeep of a registry: backup, restore."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaguectl import actions
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.store import SCHEMA

if TYPE_CHECKING:
    from leaguectl.store.copying import Copied

_COPIED = ("file", "operations", "head", "sha256")


@command(writes=True, confirm=actions.Confirm.NEVER)
def backup(context: Context, file: Path) -> None:
    """Copy the registry to a new file while it is in use."""
    copied = actions.backups.back_up(context.request(), file)
    _answer(context, copied)
    code = "backup-would" if context.dry_run else "backup-made"
    context.printer.hint(code, file=str(copied.file), operations=copied.operations)
    _hint_at_schema(context, copied)


@command(writes=True, confirm=actions.Confirm.NEVER)
def restore(context: Context, file: Path) -> None:
    """Put a registry from a file in place."""
    copied = actions.backups.restore(context.request(), file)
    _answer(context, copied, kept=copied.kept)
    hint, facts = context.printer.hint, {"db": context.location.shown, "file": str(file)}
    hint("restore-would" if context.dry_run else "restored", **facts, operations=copied.operations)
    if copied.kept:
        hint("restore-kept", kept=copied.kept)
    _hint_at_schema(context, copied)


def _answer(context: Context, copied: "Copied", **more: Any) -> None:
    document = {"file": str(copied.file), **{key: getattr(copied, key) for key in _COPIED[1:]}}
    more = {"registry_schema": copied.schema, "dry_run": context.dry_run, **more}
    context.answer(_COPIED, [list(document.values())], {**document, **more})


def _hint_at_schema(context: Context, copied: "Copied") -> None:
    if copied.schema != SCHEMA:
        context.printer.hint("copy-older", found=copied.schema, known=SCHEMA)
