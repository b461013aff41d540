"""Overview and help: status, help, demo, completion."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import reports
from leaguectl.cli.answers import COUNTS, OPERATION, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import COMPLETION, command
from leaguectl.cli.render import code, named
from leaguectl.findings import NotFound

if TYPE_CHECKING:
    from leaguectl.reports.overview import Overview

TOPICS = (
    "tour", "first-day", "import", "numbers", "quota", "year-end", "privacy", "backup", "formats",
    "scripting", "exit-codes", "environment",
)  # fmt: skip
"""The topics of ``help``, in the order in which somebody needs them."""

FIRST_STEPS = ("organizations", "members", "quota")
"""What comes next where there is no registry yet."""


_LINE_END = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef`])\n *(?=[\u3000-\u9fff\uff00-\uffef`])")


# -- status --------------------------------------------------------------------------------------


@command(
    prints=True,
    answer=of(
        "today registry",
        {
            "holdings?": of(
                "name organizations",
                dict.fromkeys(("members", "posts", "quota", "quota_left", "closed"), int | None),
            ),
            "last_operation?": (OPERATION, None),
            "due?": {"kinds": COUNTS, "overdue": int},
            "open?": COUNTS,
            "next": [str],
        },
    ),
)
def status(context: Context) -> None:
    """Where things stand."""
    try:
        with context.reading() as reader:
            overview = reports.overview.overview(reader, context.today)
    except NotFound:
        # Without a registry nothing is wrong: the answer is how to begin.
        _show(context, [("registry", context.words.line("status-none"))], FIRST_STEPS, {})
        return
    _show(context, _lines(context, overview), overview.next, _document(overview))


def _lines(context: Context, overview: "Overview") -> list[tuple[str, str]]:
    """The lines of the overview, each under its heading; empty topics are left out."""
    words, held, year = context.words, overview.holdings, context.today.year
    lines = [
        ("registry", " · ".join(filter(None, (held["name"], context.location.shown)))),
        ("holds", words.line("status-holds", **held)),
    ]
    if held["quota"]:
        facts = {"year": year, "quota": held["quota"], "left": held["quota_left"]}
        lines.append(("places", words.line("status-quota", **facts)))
    if (last := overview.last) is not None:
        when = context.printer.text(last["at"])
        facts = {"id": last["id"], "at": when, "actor": last["actor"], "command": last["command"]}
        lines.append(("last_operation", words.line("status-last", **facts)))
    if overview.due:
        kinds = words.line("comma").join(
            f"{words.line(f'status-due-{kind}')} {count}" for kind, count in overview.due.items()
        )
        facts = {"kinds": kinds, "overdue": overview.overdue}
        lines.append(("due_soon", words.line("status-due", **facts)))
    open_kinds = [
        f"{words.line(f'status-open-{kind}')} {count}"
        for kind, count in overview.pending.items()
        if count
    ]
    if open_kinds:
        lines.append(("unsettled", words.line("comma").join(open_kinds)))
    return lines


def _document(overview: "Overview") -> dict[str, Any]:
    return {
        "holdings": overview.holdings, "last_operation": overview.last,
        "due": {"kinds": overview.due, "overdue": overview.overdue}, "open": overview.pending,
    }  # fmt: skip


def _show(
    context: Context, lines: list[tuple[str, str]], steps: tuple[str, ...], document: dict[str, Any]
) -> None:
    words, facts = context.words, {"year": context.today.year, "last": context.today.year - 1}
    commands = [words.line(f"step-{step}", **facts) for step in steps]
    rows = [(words.heading(key), text) for key, text in lines]
    rows += [(words.heading("next_step") if not place else "", text)
             for place, text in enumerate(commands)]  # fmt: skip
    context.answer(("aspect", "standing"), rows, {
        "today": context.today, "registry": context.location.shown, **document, "next": commands,
    })  # fmt: skip


# -- help ----------------------------------------------------------------------------------------


@command()
def help_(context: Context, topic: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Help on a topic."""
    words = context.words
    if not topic:
        for name in TOPICS:
            shown = named(context, name)
            sys.stdout.write(f"leaguectl help {name:<13}{'' if shown == name else shown}\n")
        context.printer.hint("help-commands")
        return
    _show_topic(words.topic(code(" ".join(topic), TOPICS)))


def _show_topic(text: str) -> None:
    """A topic as a terminal shows it, else as it is written."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    # The end of a line stands for a space, which Chinese has not.
    Console(highlight=False).print(Markdown(_LINE_END.sub("", text)))


@command()
def demo(
    context: Context, folder: Annotated[Path, typer.Argument()] = Path("leaguectl-demo")
) -> None:
    """An invented county to try things with, and a tour through it."""
    from leaguectl.actions import demo as demonstration

    demonstration.make(context.request(), folder)
    context.printer.hint("demo-made", folder=str(folder))
    _show_topic(context.words.topic("tour").replace("leaguectl-demo", str(folder)))


SHELLS = ("bash", "zsh", "fish", "powershell")


@command()
def completion(context: Context, shell: str) -> None:  # noqa: ARG001
    """The script that lets Tab complete commands and values."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    # The script comes from a module that Typer calls private; tests make sure that it exists.
    script = get_completion_script(
        prog_name="leaguectl", complete_var=COMPLETION, shell=code(shell.lower(), SHELLS)
    )
    sys.stdout.write(script + "\n")
