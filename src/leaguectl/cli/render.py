"""How the answers of commands are shown: rows, cards, what was written, progress."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, TypeAlias

import typer

from leaguectl import reports
from leaguectl.actions import Progress, no_progress
from leaguectl.cli.context import Context
from leaguectl.findings import (
    DoneBefore,
    Finding,
    Level,
    Listed,
    NotFound,
    Rate,
    Refused,
    UsageError,
)
from leaguectl.output import SHOWN, grouped, most, sanitize
from leaguectl.words import LANGUAGES, Words, words

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome

Answer: TypeAlias = "Outcome[Any]"
"""What a writing command returns: what it did, or would do."""

SUMMED_UP = 8
"""With more findings than this, their numbers are summed up at the end."""
NAMED = 8
"""The greatest number of codes and files summed up."""

HEADINGS = {"since": "begun", "until": "ended", "before": "formerly"}
"""Headings of columns whose names mean something else on a sheet."""

_LABELS = {
    ("candidacy", "closed"): "case_closed",
    ("organization", "name"): "organization_name",
    ("organizationevent", "kind"): "event",
    ("milestone", "kind"): "step",
    ("discipline", "kind"): "discipline",
    ("task", "due"): "deadline",
    ("transfer", "source"): "from",
    ("transfer", "origin"): "from",
    ("transfer", "target"): "to",
    ("transfer", "destination"): "to",
    ("post", "said"): "post",
    ("activity", "said"): "category_words",
    ("training", "said"): "category_words",
    ("post", "since"): "since",
    ("post", "until"): "until",
}
"""Labels of fields whose name means something else in another entity."""


_RATES = ("ratio", "ratio_now", "ratio_then", "cap", "usage_rate")
"""Fields with ratios, which are shown as per cent."""

_HISTORY = ("event", "before", "after", "organization", "entry", "kind", "from", "to", "state",
            "day", "since", "left", "until",
            "leaving_reason", "requested", "settled", "year", "grade", "registered",
            "authority")  # fmt: skip
"""The fields of an event in a line of a card, in this order."""


def field_label(words: Words, noun: str, field: str) -> str:
    """What a field of an entity is called, where it stands without its sheet."""
    return words.heading(_LABELS.get((noun, field)) or HEADINGS.get(field, field))


# -- answers -------------------------------------------------------------------------------------


def show_rows(
    context: Context, keys: Sequence[str], rows: Sequence[Mapping[str, Any]],
    headings: Mapping[str, str] = HEADINGS, **more: Any,
) -> None:  # fmt: skip
    """Show a list: the columns ``keys`` of its rows; in JSON all columns, after ``more``."""
    shown = [[word(context, key, row.get(key)) for key in keys] for row in rows]
    document = {**more, "rows": rows}
    context.answer([headings.get(key, key) for key in keys], shown, document)


def show_outcome(
    context: Context,
    keys: Sequence[str],
    outcome: "Outcome[Any]",
    nothing: str = "nothing-to-do",
    **more: Any,
) -> None:
    """Show what a command wrote, or would write, then every finding and how it ended: ``nothing``
    where there is nothing to write.

    :raises typer.Exit: with 3 where a rule forbade it.
    """
    if (outcome.rows and keys) or context.as_json:
        findings = context.finding_documents(outcome.findings)
        shown = [[word(context, key, row.get(key)) for key in keys] for row in outcome.rows]
        document = {
            "operation": outcome.operation, "dry_run": context.dry_run, **more,
            "rows": list(outcome.rows), "findings": findings,
            **(context.refusal(outcome.findings) if _is_refused_whole(outcome) else {}),
        }  # fmt: skip
        context.answer([HEADINGS.get(key, key) for key in keys], shown, document)
    conclude(context, outcome, nothing)


def show_done(context: Context, done: DoneBefore) -> None:
    """Report the earlier operation that did what was requested again."""
    operation = done.facts["operation"]
    if context.as_json:
        document = {"operation": operation, "dry_run": context.dry_run, "done_before": True}
        context.answer((), (), document)
    context.printer.hint("done-already", **done.facts)


def conclude(context: Context, outcome: "Outcome[Any]", nothing: str = "nothing-to-do") -> None:
    """Show every finding of a command that writes, then how it ended.

    :raises typer.Exit: with 3 where a rule forbade it, with 1 where it forbade a part.
    """
    show_findings(context, outcome.findings)
    finish(context, outcome.operation, is_refused=outcome.is_refused, nothing=nothing)
    if outcome.is_refused:
        raise typer.Exit(Refused.exit_code if _is_refused_whole(outcome) else 1)


def _is_refused_whole(outcome: "Outcome[Any]") -> bool:
    """Whether nothing of it is, or would be, written; not so with ``--valid-only``."""
    return outcome.is_refused and not outcome.is_writable


def show_findings(context: Context, findings: Iterable[Finding], out: TextIO | None = None) -> None:
    """Show findings for people, similar ones together, on stderr or as the answer; a finding
    against the command as a whole is shown as the reason why it stopped."""
    shown = list(findings)
    groups = grouped(shown)
    large = sum(len(alike) > SHOWN for alike in groups)
    for alike in groups:
        first = alike[0]
        if first.is_error and first.where is None and first.subject is None:
            for finding in alike:
                context.printer.error(Refused(finding.code, **finding.facts))
        elif context.every or context.verbose:
            context.printer.findings(alike, out)
        else:
            whole = max(SHOWN + 1 - large, 1) if len(alike) > SHOWN else SHOWN
            context.printer.alike(alike, out, whole)
    _sum_up(context, shown)


def _sum_up(context: Context, findings: Sequence[Finding]) -> None:
    """How many findings of each code, and in whose file, where there are more than a screen holds;
    of many files those that have most."""
    if len(findings) <= SUMMED_UP:
        return
    is_cut = not (context.every or context.verbose)
    option = "--all" if context.command in ("import", "admit") else "-v"
    codes = Counter(finding.code for finding in findings)
    files = Counter(finding.where.file for finding in findings if finding.where is not None)
    for counts in (codes, files) if len(files) > 1 else (codes,):
        parts = most([f"{name} {count}" for name, count in counts.most_common()], NAMED)
        line = "findings-all" if is_cut and counts is codes else "findings-by"
        text = context.words.line("comma").join(parts)
        context.printer.hint(line, counts=text, option=option)


def finish(
    context: Context, operation: int | None, *, is_refused: bool = False,
    nothing: str = "nothing-to-do",
) -> None:  # fmt: skip
    """The last line of a command that writes: the operation, or why there is none."""
    if operation is not None:
        context.printer.hint("operation", operation=operation)
        _hint_at_next(context, operation)
        return
    if is_refused:
        context.printer.hint("nothing-written")
    else:
        context.printer.hint("dry-run" if context.dry_run else nothing)
    hint_at_record(context)


def hint_at_record(context: Context) -> None:
    """What was written although the command itself wrote nothing: the record that it was given."""
    if context.recorded:
        written = context.words.line("comma").join(map(str, context.recorded))
        context.printer.hint("only-record", operation=written, first=context.recorded[0])


def _hint_at_next(context: Context, operation: int) -> None:
    """Hint at the command that usually comes next."""
    facts = {"operation": operation, "year": context.year or context.today.year}
    steps = context.words.line(f"next.{context.command}", **facts)
    context.printer.hint("next", steps=steps)


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """How many errors and warnings."""
    levels = [finding.level for finding in findings]
    return {"error": levels.count(Level.ERROR), "warning": levels.count(Level.WARNING)}


# -- values --------------------------------------------------------------------------------------


def named(context: Context, value: Any) -> Any:
    """One or several of our values in the user's language."""
    if isinstance(value, list):
        return [named(context, part) for part in value]
    # Private values have a type of their own, so an ID number is never looked up.
    return context.words.values.get(value, value) if type(value) is str else value


def word(context: Context, key: str, value: Any) -> Any:
    """A value in the user's language; events of organisations, changed fields, and units have words
    of their own."""
    if key == "field":
        return context.words.heading(value)
    if key == "level":  # "warning" alone is a disciplinary measure
        return context.words.lines[value]
    if key == "unit":  # the sign of a rate is enough
        return "" if value == "ratio" else context.words.units[value]
    if key in _RATES and value is not None:
        return Rate(str(value))
    return named(context, f"organization {value}" if key == "event" else value)


def code(text: str, choices: Sequence[str], line: str = "") -> str:
    """The value that somebody typed, by its key or in either language; ``line`` is the prefix of
    the codes that name it where it is not in the table of values.

    :raises UsageError: it is not one of the choices.
    """
    # A value with spaces may be typed with hyphens, like options, which avoids quotes.
    typed = _folded(text)
    for choice in choices:
        names = [table.values.get(choice, "") for table in map(words, LANGUAGES)]
        if line:
            names += [table.line(f"{line}{choice}") for table in map(words, LANGUAGES)]
        if typed in map(_folded, (choice, *names)):
            return choice
    known = [Listed(f"{line}{choice}", choice) if line else choice for choice in choices]
    raise UsageError("choice-unknown", text=text, known=known)


def _folded(text: str) -> str:
    return text.strip().casefold().replace("-", " ").replace("_", " ")


def key_and_text(text: str, error: str) -> tuple[str, str]:
    """``key=value``, separated.

    :raises UsageError: with the code ``error`` where one of them is missing.
    """
    key, sign, value = text.partition("=")
    if not sign or not key.strip() or not value.strip():
        raise UsageError(error, text=text)
    return key.strip(), value.strip()


def figure_key(context: Context, text: str) -> str:
    """The key of a figure, from its key or its label in either language.

    :raises NotFound: there is no such figure.
    """
    folded = text.strip().casefold()
    keys: dict[str, str] = {}
    for key in context.words.figures:
        for language in LANGUAGES:
            keys |= dict.fromkeys(words(language).names_of_figure(key), key)
    for key in context.words.figures:
        keys[key] = key
    if folded in keys:
        return keys[folded]
    from difflib import get_close_matches

    near = dict.fromkeys(keys[name] for name in get_close_matches(folded, keys, 5, 0.6))
    raise NotFound("figure-unknown", key=text, **({"near": list(near)} if near else {}))


def card_rows(
    context: Context,
    card: Mapping[str, Any],
    without: Iterable[str] = (),
    headings: Mapping[str, str] = {},
) -> list[tuple[str, Any]]:
    """The fields of a card that have a value, each with its heading, from ``headings`` where
    given."""
    return [
        (context.words.heading(headings.get(key, key)), named(context, value))
        for key, value in card.items()
        if value is not None and key not in without
    ]


def history(
    context: Context, events: Mapping[str, Sequence[Mapping[str, object]]]
) -> list[tuple[str, object]]:
    """The events of a person or an organisation as rows of its card, except a single membership,
    which the card has already."""
    rows: list[tuple[str, object]] = []
    for key, happened in events.items():
        if key == "memberships" and len(happened) < 2:
            continue
        for event in happened:
            shown = [
                word(context, field, value) for field, value in event.items()
                    if value is not None and field in _HISTORY]  # fmt: skip
            rows.append((context.words.heading(key), "  ".join(map(str, shown))))
    return rows


def tell_of_forms(context: Context, *, is_asked: bool = False) -> None:
    """Hint that unfiled forms are not listed, where scans of other forms were received or somebody
    asks for forms."""
    with context.reading() as reader:
        is_of_interest = is_asked or reports.due.has_scans(reader)
        if is_of_interest and not reports.due.reports_unfiled_forms(reader, context.today):
            context.printer.hint("forms-not-listed")


# -- progress ------------------------------------------------------------------------------------


@contextmanager
def progress_bar(context: Context) -> Iterator[Progress]:
    """Progress on stderr for long work, where stderr is a terminal."""
    if context.quiet or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    text = TextColumn("{task.description}", markup=False)
    with Bar(text, BarColumn(), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def update(what: str, done: int, total: int) -> None:
            description = context.words.line("progress-plan") if what == "plan" else sanitize(what)
            bar.update(task, description=description, completed=done, total=total or None)

        yield update


def chinese(kind: str) -> str:
    """The Chinese name of a kind of sheet, whatever the user's language."""
    in_chinese = words("zh")
    return in_chinese.values.get(kind) or in_chinese.fields.get(kind, kind)
