"""What falls due."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import reports
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Org
from leaguectl.cli.render import code, tell_of_forms
from leaguectl.findings import installed_with
from leaguectl.streams import write_whole

if TYPE_CHECKING:
    from leaguectl.reports.due import Due, Kind

_DUE = ("day", "days_left", "organization", "what")


@command(
    prints=True,
    answer=of(
        "today within",
        {
            "due": [
                of(
                    "kind day days_left overdue code organization about message",
                    {"facts": {"*": object}},
                )
            ],
        },
    ),
)
def due(
    context: Context,
    within: Annotated[int, typer.Option(min=0, max=3660)] = 30,
    org: Org = None,
    kind: list[str] | None = None,
) -> None:
    """What falls due."""
    today = context.today
    known = [each.name.removeprefix("due-") for each in reports.due.KINDS]
    with context.reading_of(org) as (reader, top):
        until = today + timedelta(days=within)
        query = reports.due.DueQuery(reader, reports.rulebook.policy_in(reader), today, until, top)
        kinds = [code(name, known, "status-due-") for name in kind or ()]
        items = reports.due.due(query, kinds)
        county = reports.counties.name(reader)
    messages = [_message(context, kind_due, item) for kind_due, item in items]
    # A calendar goes to phones and colleagues: it has names and organisations, but no numbers.
    if context.output is not None and context.output.suffix.lower() == ".ics":
        with installed_with("calendar", ".ics"):
            from leaguectl.calendars import Entry, calendar_of

        entries = [
            Entry(item.id, item.day, f"{item.organization} {message}".strip(),
                  _state(context, kind_due, item))
            for (kind_due, item), message in zip(items, messages, strict=True)
        ]  # fmt: skip
        name = f"{county} {context.words.line('due-calendar')}".strip()
        write_whole(calendar_of(entries, name, today), context.output)
        context.printer.hint("file-written", file=str(context.output))
        return
    rows = [
        (item.day, (item.day - today).days, item.organization, message)
        for (_, item), message in zip(items, messages, strict=True)
    ]
    documents = [
        _document(context, kind_due, item, message)
        for (kind_due, item), message in zip(items, messages, strict=True)
    ]
    document = {"today": today, "within": within, "due": documents}
    context.answer(_DUE, rows, document)
    if org is None and (not kind or "form" in kinds):
        tell_of_forms(context, is_asked=bool(kind))
    overdue = sum(document["overdue"] for document in documents)
    context.printer.hint("due-count", count=len(items), overdue=overdue)


def _message(context: Context, kind: "Kind", item: "Due") -> str:
    """What falls due in the user's words."""
    fields, text = context.words.fields, context.printer.text
    facts = {
        name: fields.get(value, value) if isinstance(value, str) else value
        for name, value in item.facts.items()
    }
    shown = {name: text(value) for name, value in {**facts, "about": item.about}.items()}
    return context.words.line(kind.name, **shown)


def _state(context: Context, kind: "Kind", item: "Due") -> str:
    """Whether it is overdue, or may be done from its day on."""
    if not kind.is_limit:
        return context.words.line("due-from")
    return context.words.line("due-overdue" if item.day < context.today else "due-by")


def _document(context: Context, kind: "Kind", item: "Due", message: str) -> dict[str, Any]:
    return {
        "kind": kind.name.removeprefix("due-"), "day": item.day,
        "days_left": (item.day - context.today).days,
        "overdue": kind.is_limit and item.day < context.today,
        "code": item.code, "organization": item.organization, "about": item.about,
        "message": message, "facts": item.facts,
    }  # fmt: skip
