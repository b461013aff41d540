"""What a command works with: the common options, and what follows from them on demand."""

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import typer

from leaguectl.actions import Confirm, Request
from leaguectl.cli import settings
from leaguectl.cli.options import today
from leaguectl.findings import Finding, InputNeeded, NotFound, Refused, UsageError
from leaguectl.output import Printer, chosen_format
from leaguectl.store import Location, locate
from leaguectl.streams import refuse_place
from leaguectl.words import LANGUAGES, Words, words

if TYPE_CHECKING:
    from leaguectl.actions.plan_file import SavedPlan
    from leaguectl.store.reading import Reader

COLORS = ("auto", "always", "never")
LONGEST_KEY = 64
"""The longest key under which a command is done once."""


@dataclass
class Context:
    """The options that mean the same for every command. Nothing is opened until it is needed."""

    language: str = "en"
    db: str | None = None
    databases: tuple[str, ...] = ()
    """Every registry that ``--db`` names, for a command that takes several."""
    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    color: str | None = None
    no_pager: bool = False
    format: str = "table"
    output: Path | None = None
    reveal: bool = False
    reason: str | None = None
    authority: str | None = None
    once: str | None = None
    asked: str | None = None
    """A short checksum of the request of the running command."""
    plan_out: Path | None = None
    planned: "list[SavedPlan]" = field(default_factory=list)
    """The plans of the running command, where a plan is to be kept."""
    dry_run: bool = False
    yes: bool = False
    every: bool = False
    """Whether every finding is shown, including similar ones."""
    confirm: Confirm = Confirm.MANY
    command: str = ""
    """The path of the running command, as ``quota set``."""
    org: str | None = None
    """The organisation of which it is asked."""
    year: int | None = None
    """The year of which it is asked, or in which it changes something."""
    lang: str | None = None
    """The option, which ``language`` already takes into account."""
    answered: bool = False
    """Whether the command has answered."""
    written: list[int] = field(default_factory=list)
    """The operations that the command has written so far."""
    recorded: list[int] = field(default_factory=list)
    """The operations that only record the command: they stay where it fails."""
    noticed: list[Finding] = field(default_factory=list)
    """What is found in the command line itself."""
    made: str | None = None
    """What the command has created that is not an operation: a registry, a backup."""
    started: float = field(default_factory=monotonic)

    @classmethod
    def of(cls, ctx: typer.Context) -> "Context":
        """The context of the command that runs."""
        context = ctx.find_root().obj
        if not isinstance(context, Context):
            raise TypeError(type(context))
        return context

    def take(self, options: dict[str, Any]) -> None:
        """Take the common options out of a command's own, of which an organisation and a year are
        noted; the later one counts.

        :raises UsageError: a value is not valid, or values are to be revealed without a reason.
        """
        self._take_databases(options)
        self.org, self.year = options.get("org"), options.get("year")
        for name in ("db", "output", "reason", "authority", "once", "plan_out"):
            value = options.pop(name, None)
            if value is not None:
                setattr(self, name, Path(value) if name in ("output", "plan_out") else value)
        if len(self.once or "") > LONGEST_KEY:
            facts = {"length": len(self.once or ""), "longest": LONGEST_KEY}
            raise UsageError("option-too-long", option="--once", **facts)
        for name in ("quiet", "verbose", "debug", "no_pager", "reveal", "dry_run", "yes"):
            if options.pop(name, False):
                setattr(self, name, True)
        if (name := options.pop("format", None)) is not None:
            self.format = chosen_format(name)
        self.color = options.pop("color", None) or self.color
        if self.color not in (None, *COLORS):
            raise UsageError("color-unknown", color=self.color)
        # The commands were built in that language already; an unknown language is refused here.
        self.lang = options.pop("lang", None) or self.lang
        if self.lang not in (None, *LANGUAGES):
            raise UsageError("language-unknown", language=self.lang)
        if self.reveal and not self.reason:
            raise UsageError("reveal-needs-reason")

    def _take_databases(self, options: dict[str, Any]) -> None:
        """Take the registries of a command that may name several; the last counts by itself."""
        if isinstance(databases := options.get("db"), (list, tuple)):
            self.databases = tuple(databases)
            options["db"] = databases[-1] if databases else None

    # -- what a command asks for -----------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        """The words of the user's language."""
        return words(self.language)

    @property
    def printer(self) -> Printer:
        """How the answer is shown."""
        color = self.color or self._color_of_config
        pager = "" if self.no_pager else settings.pager()
        return Printer(self.words, self.format, self.output, self.reveal, self.quiet, color, pager)

    @cached_property
    def _color_of_config(self) -> str:
        color = settings.readable_setting("color", None)
        return color if color in COLORS else "auto"

    @cached_property
    def location(self) -> Location:
        """Where the registry is."""
        return self.located(settings.registry(self.db).value)

    def located(self, db: str) -> Location:
        """Where another registry is, with the key if it is encrypted; somebody at a terminal is
        asked for it where none is set."""
        location = locate(db, settings.key())
        if location.key is None and location.is_encrypted and self.can_ask:
            return replace(location, key=self.ask_key("ask-key"))
        return location

    def ask_key(self, question: str) -> str:
        """A key that somebody types, unseen; ``question`` is the code of what they are asked.

        :raises UsageError: they type nothing.
        """
        from getpass import getpass

        with contextlib.suppress(EOFError):
            if key := getpass(self.words.line(question)):
                return key
        raise UsageError("key-empty", file="-")

    @cached_property
    def today(self) -> date:
        """The day that rules and lists use."""
        return today()

    @contextlib.contextmanager
    def reading(self) -> Iterator["Reader"]:
        """The registry, open for a report: one consistent view until it is closed.

        :raises NotFound: there is no registry.
        """
        with self.reading_at(self.location) as reader:
            yield reader

    @contextlib.contextmanager
    def reading_at(self, location: Location) -> Iterator["Reader"]:
        """The same of another registry.

        :raises NotFound: there is none at that place.
        """
        from leaguectl.store.reading import open_reader  # help loads no driver

        with open_reader(location) as reader:
            yield reader

    @contextlib.contextmanager
    def reading_of(self, org: str | None) -> Iterator[tuple["Reader", str]]:
        """The same with the code of the organisation that ``--org`` means; empty where none is
        asked for, which means all.

        :raises NotFound: there is no registry, no such organisation, or several.
        """
        with self.reading() as reader:
            if org is None:
                yield reader, ""
                return
            from leaguectl.actions.identify import find_organization

            yield reader, find_organization(reader, org)

    def request(self) -> Request:
        """Who requests what, for an operation's row."""
        return Request(
            location=self.location,
            actor=settings.actor().value,
            # The moment of the operation comes from the clock even where the day is fixed for a
            # test.
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            today=self.today,
            command=self.command,
            dry_run=self.dry_run,
            confirm=Confirm.NEVER if self.yes else self.confirm,
            reason=self.reason,
            authority=self.authority,
            limits=settings.limits(),
            backups=settings.backups(),
            once=self.once,
            asked=self.asked,
            planned=None if self.plan_out is None else self.planned,
            written=self.written,
            recorded=self.recorded,
        )

    @property
    def as_json(self) -> bool:
        """Whether the answer is JSON, which is also given where there are no rows."""
        return self.printer.form == "json"

    def answer(
        self, headings: Sequence[str], rows: Iterable[Sequence[Any]], document: Mapping[str, Any],
        title: str = "",
    ) -> None:  # fmt: skip
        """Show the answer of the running command: its rows, or in JSON its document."""
        if self.noticed and {"operation", "findings"} <= document.keys():
            noticed = self.finding_documents(self.noticed)
            document = {**document, "findings": [*noticed, *document["findings"]]}
        self.printer.answer(self.command, headings, rows, document, title)
        self.answered = True
        if self.output is not None:
            self.printer.hint("file-written", file=str(self.output))

    def refusal(self, findings: Iterable[Finding]) -> dict[str, Any]:
        """The additional part of a JSON answer where a rule refused the whole: the first error as
        the error of the command."""
        for finding in findings:
            if finding.is_error:
                document = self.printer.finding_document(finding)
                said = {name: document[name] for name in ("code", "message", "fix")}
                return {"error": {**said, "exit": Refused.exit_code}}
        return {}

    def finding_documents(self, findings: Iterable[Finding]) -> list[dict[str, Any]]:
        """Findings as JSON has them."""
        return [self.printer.finding_document(finding) for finding in findings]

    def log_reveal(self, about: str, count: int) -> None:
        """Record that masked values are about to be shown.

        This happens before, so that nothing is shown without a record, except where the registry is
        read-only. Without a registry there is nothing to show, and nowhere to record.
        """
        if self.reveal:
            from leaguectl.actions.registry import record_reveal

            if self.output is not None and not os.path.isdir(self.output):  # noqa: PTH112
                refuse_place(self.output)  # a folder takes lists
            about = f"{about} --org {self.org}" if self.org else about
            with contextlib.suppress(NotFound):
                request = replace(self.request(), command=f"{self.command} --reveal")
                record_reveal(request, about, count)

    # -- asking, and saying more -----------------------------------------------------------------

    @property
    def can_ask(self) -> bool:
        """Whether somebody at a terminal can read the question and answer it."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @contextlib.contextmanager
    def as_dry_run(self) -> Iterator[None]:
        """For a preview on the screen: nothing is written, neither to the registry nor to a
        file."""
        kept = self.dry_run, self.format, self.output
        self.dry_run, self.format, self.output = True, "table", None
        try:
            yield
        finally:
            self.dry_run, self.format, self.output = kept

    @contextlib.contextmanager
    def keeping_plan(self) -> Iterator[None]:
        """With ``--plan-out`` nothing is written now: the plan is kept, to be checked and carried
        out later.

        :raises NotFound: the plan cannot be written to its place.
        """
        if self.plan_out is None:
            yield
            return
        refuse_place(self.plan_out)
        self.dry_run = True
        try:
            yield
        except typer.Exit:  # a command with findings ends like this
            self._keep_plan(self.plan_out)
            raise
        self._keep_plan(self.plan_out)

    def _keep_plan(self, path: Path) -> None:
        from leaguectl.actions.plan_file import keep_plan

        if self.planned:
            keep_plan(self.planned[-1], path)
        self.printer.hint("plan-kept" if self.planned else "plan-not-kept", file=str(path))

    def ask(self, needed: InputNeeded) -> None:
        """Ask whether to go on; a yes counts for the rest of the command.

        :raises InputNeeded: the answer is no.
        """
        question = "confirm-people" if needed.facts else "confirm"
        facts = {name: self.printer.text(value) for name, value in needed.facts.items()}
        sys.stderr.write(self.words.line(question, **facts) + " ")
        sys.stderr.flush()
        answer = sys.stdin.readline().strip().casefold()
        if answer not in self.words.line("confirm-yes").split():
            raise InputNeeded("declined")
        self.yes = True

    @contextlib.contextmanager
    def reported(self) -> Iterator[None]:
        """Report what was noticed in the command line; and with ``--verbose``, once the command has
        ended, the settings it used and how long it took."""
        self.printer.findings(self.noticed)
        try:
            yield
        finally:
            if self.verbose:
                self._report()

    def _report(self) -> None:
        hint = self.printer.hint
        if "location" in vars(self):
            origin = settings.registry(self.db).origin
            hint("verbose-registry", db=self.location.shown, origin=origin)
        if "today" in vars(self):
            today = settings.setting("today")
            hint("verbose-today", day=self.today, origin=today.origin if today else "clock")
        seconds = f"{monotonic() - self.started:.2f}"
        hint("verbose-took", seconds=seconds, actor=settings.actor().value)
