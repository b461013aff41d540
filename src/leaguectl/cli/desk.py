"""What a command works with: the common options, and what follows from them when it is asked."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import typer

from leaguectl.actions import Request
from leaguectl.cli import settings
from leaguectl.findings import Finding, Level, NotFound, UsageError
from leaguectl.output import Printer, chosen_format
from leaguectl.store import Location, locate
from leaguectl.words import LANGUAGES, Words, words

COLORS = ("auto", "always", "never")


@dataclass
class Desk:
    """The options that mean the same on every command. Nothing is opened until it is needed."""

    language: str = "en"
    db: str | None = None
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    color: str = "auto"
    format: str = "table"
    output: Path | None = None
    reveal: bool = False
    reason: str | None = None
    authority: str | None = None
    dry_run: bool = False
    yes: bool = False

    @classmethod
    def of(cls, ctx: typer.Context) -> "Desk":
        """The desk of the command that runs."""
        desk = ctx.find_root().obj
        if not isinstance(desk, Desk):
            raise TypeError(type(desk))
        return desk

    def take(self, given: dict[str, Any]) -> None:
        """Take the common options out of a command's own; the later one counts."""
        for name in ("db", "output", "reason", "authority"):
            value = given.pop(name, None)
            if value is not None:
                setattr(self, name, Path(value) if name == "output" else value)
        for name in ("quiet", "verbose", "debug", "reveal", "dry_run", "yes"):
            if given.pop(name, False):
                setattr(self, name, True)
        if (form := given.pop("format", None)) is not None:
            self.format = chosen_format(form)
        if (color := given.pop("color", None)) is not None:
            if color not in COLORS:
                raise UsageError("color-unknown", color=color)
            self.color = color
        # The language was heard before the commands were built; here a wrong one is refused.
        if (language := given.pop("lang", None)) is not None and language not in LANGUAGES:
            raise UsageError("language-unknown", language=language)

    def get_ready(self) -> None:
        """Refuse what cannot be before anything is done."""
        if self.reveal and not self.reason:
            raise UsageError("reveal-needs-reason")

    @cached_property
    def words(self) -> Words:
        """The words of the user's language."""
        return words(self.language)

    @property
    def printer(self) -> Printer:
        """How the answer is shown."""
        return Printer(self.words, self.format, self.output, self.reveal, self.quiet, self.color)

    @cached_property
    def location(self) -> Location:
        """Where the registry is."""
        return locate(settings.registry(self.db).value)

    @cached_property
    def today(self) -> date:
        """The day that rules and lists go by."""
        found = settings.setting("today")
        return day(found.value) if found else datetime.now().astimezone().date()

    def request(self, command: str) -> Request:
        """Who asks what, for an operation's row."""
        return Request(
            location=self.location,
            actor=settings.actor().value,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            today=self.today,
            command=command,
            dry_run=self.dry_run,
            reason=self.reason,
            authority=self.authority,
            limits=settings.limits(),
        )

    def log_reveal(self, command: str, about: str, count: int) -> None:
        """Record that masked values are about to be shown. Before, so that none goes unrecorded.

        Where there is no registry yet there is nothing of its own to show, and nobody to tell.
        """
        if self.reveal:
            from leaguectl.actions.registry import record_reveal

            with contextlib.suppress(NotFound):
                record_reveal(self.request(f"{command} --reveal"), about, count)


def day(text: str) -> date:
    """A day as an option gives it.

    :raises UsageError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("day-unknown", text=text) from None


def optional_day(text: str | None) -> date | None:
    """A day, or none."""
    return None if text is None else day(text)


def from_stdin(text: str) -> str:
    """``-`` reads the value from stdin, where no list of processes and no history shows it."""
    import sys

    return sys.stdin.readline().strip() if text == "-" else text


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors and warnings."""
    levels = [finding.level for finding in findings]
    return {"error": levels.count(Level.ERROR), "warning": levels.count(Level.WARNING)}
