"""The command about what falls due: due."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk
from leaguectl.cli.framework import command

if TYPE_CHECKING:
    from leaguectl.actions.falling_due import Due, Kind

_DUE = ("day", "days_left", "organization", "what")


@command(prints=True)
def due(
    ctx: typer.Context,
    within: Annotated[int, typer.Option("--within", min=0, max=3660)] = 30,
    org: Annotated[str | None, typer.Option("--org", show_default=False)] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", show_default=False)] = None,
) -> None:
    """What falls due."""
    from leaguectl.actions import falling_due

    desk = Desk.of(ctx)
    request = desk.request("due")
    found = falling_due.falling_due(request, within, org, kind or ())
    told = [_told(desk, one, what) for one, what in found]
    if desk.output is not None and desk.output.suffix.lower() == ".ics":
        texts = [
            (f"{what.organization} {words}".strip(), _state(desk, one, what))
            for (one, what), words in zip(found, told, strict=True)
        ]
        name = desk.words.line("due-calendar")
        falling_due.write_calendar(request, found, texts, name, desk.output)
        desk.printer.hint("file-written", file=str(desk.output))
        return
    rows = [
        (what.day, (what.day - desk.today).days, what.organization, words)
        for (_, what), words in zip(found, told, strict=True)
    ]
    document = {
        "today": desk.today, "within": within,
        "due": [_document(desk, one, what, words)
                for (one, what), words in zip(found, told, strict=True)],
    }  # fmt: skip
    desk.printer.answer("due", _DUE, rows, document)
    overdue = sum(kind.is_limit and what.day < desk.today for kind, what in found)
    desk.printer.hint("due-count", count=len(found), overdue=overdue)


def _told(desk: Desk, kind: "Kind", what: "Due") -> str:
    """What falls due in the user's words."""
    facts = {
        name: desk.words.fields.get(value, value) if isinstance(value, str) else value
        for name, value in what.facts.items()
    }
    shown = {
        name: desk.printer.text(value) for name, value in {**facts, "about": what.about}.items()
    }
    return desk.words.line(kind.name, **shown)


def _state(desk: Desk, kind: "Kind", what: "Due") -> str:
    """Whether it is overdue, or may be done from its day on."""
    if not kind.is_limit:
        return desk.words.line("due-from")
    return desk.words.line("due-overdue" if what.day < desk.today else "due-by")


def _document(desk: Desk, kind: "Kind", what: "Due", words: str) -> dict[str, Any]:
    return {
        "kind": kind.name.removeprefix("due-"), "day": what.day,
        "days_left": (what.day - desk.today).days,
        "overdue": kind.is_limit and what.day < desk.today,
        "code": what.code, "organization": what.organization, "about": what.about,
        "message": words, "facts": what.facts,
    }  # fmt: skip
