"""How a command that names its people or organisations itself is answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from leaguectl.cli.desk import Desk, optional_day
from leaguectl.findings import Finding, Refused, UsageError
from leaguectl.words import LANGUAGES, words

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome


_HEADINGS = {"since": "begun", "until": "ended", "before": "formerly"}
"""Headings of columns whose names mean something else on a sheet."""


def answer(desk: Desk, name: str, keys: Sequence[str], done: "Outcome[Any]", **more: Any) -> None:
    """Show what was done to whom, then every finding; exit 3 where a rule forbade it."""
    printer = desk.printer
    documents = [printer.finding_document(one) for one in done.findings]
    document = {
        "operation": done.operation, "dry_run": desk.dry_run, **more, "rows": list(done.rows),
        "findings": documents,
    }  # fmt: skip
    if done.rows or desk.format == "json":
        shown = [[_told(desk, key, row.get(key)) for key in keys] for row in done.rows]
        headings = [_HEADINGS.get(key, key) for key in keys]
        printer.answer(name, headings, shown, document)
    conclude(desk, done)


def conclude(desk: Desk, done: "Outcome[Any]") -> None:
    """Show every finding and how it ended; exit 3 where a rule forbade it."""
    printer = desk.printer
    show_findings(desk, done.findings)
    if done.operation is not None:
        printer.hint("operation", operation=done.operation)
    elif done.is_refused:
        printer.hint("nothing-written")
    else:
        printer.hint("dry-run" if desk.dry_run else "nothing-to-do")
    if done.is_refused:
        raise typer.Exit(3)


def show_findings(desk: Desk, findings: Iterable[Finding]) -> None:
    """Findings for people; what speaks against the command as a whole is shown as the reason why
    it stopped."""
    for finding in findings:
        if finding.is_error and finding.where is None and finding.subject is None:
            desk.printer.error(Refused(finding.code, **finding.facts))
        else:
            desk.printer.findings([finding])


def named(desk: Desk, value: Any) -> Any:
    """A value of ours in the user's language."""
    return desk.words.values.get(value, value) if type(value) is str else value


def _told(desk: Desk, key: str, value: Any) -> Any:
    """A value in the user's language; what happened to an organisation has words of its own."""
    return named(desk, f"organization {value}" if key == "event" else value)


def code(text: str, known: Sequence[str]) -> str:
    """The value of ours that somebody typed, by its name or in either language.

    :raises UsageError: it is none of those that are known.
    """
    folded = text.strip().casefold().replace("-", " ").replace("_", " ")
    for one in known:
        if folded == one or any(
            folded == words(language).values.get(one, "").casefold() for language in LANGUAGES
        ):
            return one
    raise UsageError("choice-unknown", text=text, known=list(known))


def on(desk: Desk, text: str | None) -> date:
    """The day that an option gives, or today."""
    return optional_day(text) or desk.today


def history(desk: Desk, found: dict[str, list[dict[str, object]]]) -> list[tuple[str, object]]:
    """What happened to a person as rows of the card: a line for each, but for a single membership
    that the card tells already."""
    rows: list[tuple[str, object]] = []
    for key, happened in found.items():
        if key == "memberships" and len(happened) < 2:
            continue
        for one in happened:
            told = [
                _told(desk, field, value) for field, value in one.items()
                    if value is not None and field in _HISTORY]  # fmt: skip
            rows.append((desk.words.heading(key), "  ".join(map(str, told))))
    return rows


_HISTORY = ("event", "before", "after", "organization", "entry", "kind", "from", "to", "state",
            "day", "since", "left", "until",
            "leaving_reason", "requested", "settled", "year", "grade", "registered",
            "authority")  # fmt: skip
