"""Plans that were kept: apply and approve."""

from pathlib import Path
from typing import Any

from leaguectl import actions
from leaguectl.cli.answers import COUNTS, SHEET, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.render import Answer, conclude


@command(writes=True, columns=("file", "command", "actor"))
def approve(context: Context, plan: Path) -> Answer:
    """Approve a plan that somebody else made."""
    return actions.plan_file.approve(context.request(), plan)


@command(
    writes=True,
    answer=of(
        "day command",
        {
            "totals": COUNTS,
            "sheets": [SHEET],
            "ignored_files": [str],
        },
    ),
)
def apply(context: Context, plan: Path) -> None:
    """Carry out a plan that was kept."""
    carry_out(context, plan)


def carry_out(context: Context, path: Path) -> None:
    """Carry out a plan file and report what it did."""
    outcome, plan = actions.plan_file.apply_plan(context.request(), path)
    document: dict[str, Any] = {
        "operation": outcome.operation, "dry_run": context.dry_run, "day": plan.day,
        "command": plan.command,
        "totals": dict(plan.counts),
        "sheets": [],
        "ignored_files": [],
        "findings": context.finding_documents(outcome.findings),
        **(context.refusal(outcome.findings) if outcome.is_refused else {}),
    }  # fmt: skip
    context.answer(tuple(plan.counts), [list(plan.counts.values())], document)
    if outcome.made_registry:
        context.printer.hint("registry-made", db=context.location.shown)
    conclude(context, outcome)
