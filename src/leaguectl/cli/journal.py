"""What was written and where it comes from: log, show, undo; member history, org history; why."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import COUNTS, EVENT, OPERATION, PLACED_CHANGE, Value, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import AsOf, Id, Org, Who, Year, YearOption, day
from leaguectl.cli.render import Answer, field_label, figure_key, named
from leaguectl.findings import NotFound
from leaguectl.screen import CARD

if TYPE_CHECKING:
    from leaguectl.actions.batch import Report

_LOG = ("id", "at", "actor", "command", "reason", "counts", "undone_by")
_SENDERS = ("file", "operations", "read", "rejected", "faults", "at")
_HISTORY = ("day", "operation", "noun", "who", "field", "was", "becomes", "stands", "actor")
_WHY = ("operation", "command", "from_to", "change", "stands", "who")
_NAMED = 5
"""Up to this many of the people who changed a figure are named; JSON has all."""
_RANGES = 8
_SHOWN = 30
"""Up to this many changes of an operation are shown on a terminal."""
_KINDS = {
    "created": ("change-created", "change-created-field"),
    "changed": ("change-changed", "change-changed-field"),
    "removed": ("change-removed", "change-removed-field"),
}
"""The codes of the lines for a change and for its field."""

Limit = Annotated[int | None, typer.Option(min=1)]

_MOVED = dict.fromkeys(("before", "after", "change"), Value)


@command(
    prints=True,
    answer=(
        {"operations": [OPERATION]},
        of("year", {"senders": [of(" ".join(_SENDERS))]}),
    ),
)
def log(
    context: Context,
    limit: Limit = None,
    year: YearOption = None,
    org: Org = None,
    senders: bool = False,
) -> None:
    """The operations, or the senders of their sheets."""
    with context.reading_of(org) as (reader, top):
        newest = reports.operations.operations(reader)
        codes = reports.organizations.codes_below(reader, top) if top else set()
        touched = reports.operations.touching(reader, codes) if top else set()
    if org is not None:
        newest = [operation for operation in newest if operation["id"] in touched]
    if year is not None:
        newest = reports.operations.in_year(newest, year)
    if senders:
        files = reports.operations.senders(newest)[:limit]
        rows = [[row[key] for key in _SENDERS] for row in files]
        context.answer(_SENDERS, rows, {"year": year, "senders": files})
        return
    newest = newest[:limit]
    rows = [[_readable(context, operation[key]) for key in _LOG] for operation in newest]
    context.answer(_LOG, rows, {"operations": newest})


@command(
    prints=True,
    answer=of(
        "count", {"operation": {**OPERATION, "replaced": COUNTS}, "changes": [PLACED_CHANGE]}
    ),
)
def show(context: Context, operation: Id, limit: Limit = None) -> None:
    """One operation."""
    with context.reading() as reader:
        card = reports.operations.operation(reader, operation)
        changes = reports.journal.changes(reader, operation)
    count = len(changes)
    context.log_reveal(f"show {operation}", count)
    looked_at = context.format == "table" and context.output is None and sys.stdout.isatty()
    shown = changes[: limit or (_SHOWN if looked_at else None)]
    rows = [
        (context.words.heading(key), _readable(context, value))
        for key, value in card.items()
        if value not in (None, {}, [])
    ]
    rows += [(_noun(context, change), _on_one_line(context, change)) for change in shown]
    document = {"operation": card, "count": count, "changes": shown}
    context.answer(CARD, rows, document)
    if len(shown) < count:
        context.printer.hint("changes-more", shown=len(shown), count=count)


@command(
    writes=True,
    columns=("who", "outcome", "by", "stands"),
    answer={"rows": [of("who outcome stands", {"by": [int]})]},
)
def undo(
    context: Context, operation: Id, rows: list[str] | None = None, partial: bool = False
) -> Answer:
    """Undo an operation."""
    if rows or partial:
        outcome = actions.undo_rows.undo_rows(context.request(), operation, rows or ())
        done, would = "undone-rows", "undo-would-rows"
    else:
        outcome = actions.registry.undo(context.request(), operation)
        done, would = "undone", "undo-would"
    if outcome.result is not None and not outcome.is_refused:
        code = done if outcome.operation else would
        context.printer.hint(code, undone=operation, **outcome.result)
    return outcome


def _readable(context: Context, value: Any) -> Any:
    """Counts and sources in readable form."""
    if isinstance(value, dict):
        return [f"{_word(context, key)} {count}" for key, count in value.items() if count]
    if isinstance(value, list):
        shown = ("file", "revealed", "erased")
        files = (next((source[name] for name in shown if name in source), "") for source in value)
        return [*dict.fromkeys(files)]  # a file has several tables
    return value


# -- one person, one organisation ----------------------------------------------------------------


@command(prints=True, answer=of("count", {"events": [EVENT]}))
def member_history(context: Context, text: Who) -> None:
    """The history of a person."""
    with context.reading() as reader:
        person = actions.identify.identify_person(reader, text)
        events = reports.journal.history_of_person(reader, person)
    context.log_reveal(f"#{person}", 1)
    _show_history(context, events)


@command(prints=True, answer=of("count", {"events": [EVENT]}))
def org_history(context: Context, text: str) -> None:
    """The history of an organisation."""
    with context.reading() as reader:
        code = actions.identify.find_organization(reader, text)
        events = reports.journal.history_of_organization(reader, code)
    _show_history(context, events)


def _show_history(context: Context, events: Sequence[Mapping[str, Any]]) -> None:
    rows = []
    for event in events:
        noun = _noun(context, event)
        if event["change"] == "removed":  # its values are in the lines before
            rows.append({**event, "noun": noun, "field": context.words.line("change-removed")})
            continue
        for field, was, becomes in _fields(context, event):
            row = {**event, **field, "noun": noun, "was": was, "becomes": becomes}
            row["field"] = field_label(context.words, event["noun"], field["field"])
            rows.append({**row, "stands": _place(row)})
    shown = [[row.get(key) for key in _HISTORY] for row in rows]
    context.answer(_HISTORY, shown, {"events": events, "count": len(events)})


# -- a figure ------------------------------------------------------------------------------------


@command(
    prints=True,
    answer=of(
        "key label definition unit year organization since",
        {
            **_MOVED,
            "since": str | None,
            "parts": [
                of(
                    "operation at actor command reason day",
                    {
                        **_MOVED,
                        "rows": [of("file sheet change", {"rows": [[int]], "who": [str]})],
                    },
                )
            ],
        },
    ),
)
def why(
    context: Context, key: str, year: Year, since: str | None = None, org: Org = None,
    as_of: AsOf = None,
) -> None:  # fmt: skip
    """Why a figure has its value."""
    figure = reports.figures.FIGURES[[*context.words.figures].index(figure_key(context, key))]
    with context.reading_of(org) as (reader, top):
        written = reports.operations.operations(reader)
        asked = reports.why.Question(figure, year, as_of, top)
        parts = reports.why.why(reader, asked, _since(written, since))
        now = asked.counting(reader).value(figure).value
    context.log_reveal(f"why {figure.key}", len(parts))
    before = parts[0].before if parts else (now if since else None)
    change = sum(part.change for part in parts)
    rows = [
        {
            "operation": part.operation["id"], "at": part.operation["at"],
            "actor": part.operation["actor"], "command": part.operation["command"],
            "reason": part.operation["reason"], "day": part.operation["day"],
            "before": part.before, "after": part.after, "change": part.change, "rows": part.rows,
        }
        for part in parts
    ]  # fmt: skip
    label, definition = context.words.figures[figure.key]
    document = {
        "key": figure.key, "label": label, "definition": definition, "unit": figure.unit,
        "year": year, "organization": org, "since": since, "before": before, "after": now,
        "change": change, "parts": rows,
    }  # fmt: skip
    context.answer(_WHY, [*_lines_of_parts(context, rows)], document)
    facts = {"label": label, "year": year, "before": _count(before), "after": _count(now)}
    context.printer.hint("why-sum", **facts, change=_signed(change))


def _since(written: Sequence[Mapping[str, Any]], since: str | None) -> list[Mapping[str, Any]]:
    """The operations after that number, or on and after that day; without either, all.

    :raises NotFound: there is no such operation.
    :raises UsageError: it is neither a number nor a day.
    """
    if since is None:
        return [*written]
    if since.isdigit() and len(since) < len("20240101"):
        if not any(operation["id"] == int(since) for operation in written):
            raise NotFound("operation-not-found", operation=since)
        return [operation for operation in written if operation["id"] > int(since)]
    first = day(since)
    return [
        operation
        for operation in written
        if datetime.fromisoformat(operation["at"]).astimezone().date() >= first
    ]


def _lines_of_parts(context: Context, parts: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """A line for each sheet of each operation; a line of its own for an operation without
    sheets."""
    for part in parts:
        values = f"{_count(part['before'])} → {_count(part['after'])}"
        for number, row in enumerate(part["rows"] or [{}]):
            rows = _ranges(row.get("rows", ()))
            stands = "!".join(filter(None, (row.get("file"), row.get("sheet"), rows)))
            who = row.get("who", [])
            named = context.words.line("comma").join(who[:_NAMED])
            more = context.words.line("who-more", names=named, count=len(who))
            yield [
                part["operation"] if not number else None, part["command"] if not number else None,
                values if not number else None, _signed(row.get("change", part["change"])),
                stands, more if len(who) > _NAMED else named,
            ]  # fmt: skip


def _ranges(ranges: Sequence[Sequence[int]]) -> str:
    """Rows as people write them; for very many the first and the last."""
    if len(ranges) > _RANGES:
        return f"{ranges[0][0]}–…–{ranges[-1][1]}"
    spans = (str(first) if first == last else f"{first}–{last}" for first, last in ranges)
    return ", ".join(spans)


def _count(value: Any) -> str:
    return "–" if value is None else str(value)


def _signed(value: Any) -> str:
    return "" if value is None else f"{value:+}"


# -- changes in words ----------------------------------------------------------------------------


def _on_one_line(context: Context, change: Mapping[str, Any]) -> str:
    """A change for people: who, the values before and after, and their place."""
    text = context.words.line
    fields = _fields_on_one_line(context, change)
    cell = _only_cell(change) if len(change["fields"]) == 1 else None
    place = _place({**change, "cell": cell})
    line = f"{text(_KINDS[change['change']][0])} {change['who']}".strip()
    return f"{line}  {fields}" + (f"  ({place})" if place else "")


def _fields_on_one_line(context: Context, change: Mapping[str, Any]) -> str:
    """The fields of a change, each before and after."""
    text, printer = context.words.line, context.printer
    parts = []
    for field, was, becomes in _fields(context, change):
        was, becomes = printer.text(was), printer.text(becomes)
        code = _KINDS[change["change"]][1] if was or not becomes else "change-created-field"
        label = field_label(context.words, change["noun"], field["field"])
        parts.append(text(code, field=label, was=was, becomes=becomes))
    return text("comma").join(parts)


def rows_of_sheets(context: Context, report: "Report") -> list[dict[str, Any]]:
    """The outcome of each row of the sheets that were read, before and after, in their order."""
    with ExitStack() as stack:
        is_there = not context.location.is_missing
        reader = stack.enter_context(context.reading()) if is_there else None
        journal = reports.journal.Journal(reader)
        steps = list(report.steps)
        journal.name([change for step in steps for change in step.changes])
        rows: list[dict[str, Any]] = [
            {
                "file": step.row.file, "sheet": step.row.sheet, "row": step.row.number,
                "outcome": step.outcome, "name": step.name,
                "codes": [finding.code for finding in step.findings],
                "changes": [journal.row(change) for change in step.changes],
            }
            for step in steps
        ]  # fmt: skip
    places = {(sheet.file, sheet.sheet): place for place, sheet in enumerate(report.sheets)}
    rows.sort(key=lambda row: (places.get((row["file"], row["sheet"]), 0), row["row"] or 0))
    for row in rows:
        row["changes"] = [
            {key: change[key] for key in ("noun", "key", "who", "change", "fields")}
            for change in row["changes"]
        ]
    return rows


def hint_at_rows(context: Context, rows: Sequence[Mapping[str, Any]]) -> None:
    """A line for each row: new, changed (with old and new values), unchanged, or refused and
    why."""
    for row in rows:
        changes = [
            _fields_on_one_line(context, change)
            for change in row["changes"]
            if change["change"] != "created"
        ]
        facts = {
            "place": "!".join(str(row[key]) for key in ("file", "sheet", "row") if row[key]),
            "outcome": context.words.heading(row["outcome"]), "name": row["name"] or "",
            "what": " ".join([*changes, *row["codes"]]),
        }  # fmt: skip
        context.printer.hint("row-becomes", **facts)


def _only_cell(change: Mapping[str, Any]) -> str | None:
    return next((field.get("cell") for field in change["fields"]), None)


def _fields(
    context: Context, change: Mapping[str, Any]
) -> Iterator[tuple[Mapping[str, Any], Any, Any]]:
    """Each field of a change before and after, with names instead of codes."""
    for field in change["fields"]:
        was, becomes = (
            field.get(f"{when}_name") or named(context, field[when]) for when in ("before", "after")
        )
        yield field, was, becomes


def _noun(context: Context, change: Mapping[str, Any]) -> str:
    return _word(context, change["noun"])


def _word(context: Context, noun: str) -> str:
    """A kind of record, or what was counted of it."""
    return context.words.values.get(noun) or context.words.heading(noun)


def _place(source: Mapping[str, Any]) -> str:
    """``file!sheet!cell``, as findings name a place; empty where it comes from no sheet."""
    row = str(source["row"] or "")
    parts = (source.get("file"), source.get("sheet"), source.get("cell") or row)
    return "!".join(part for part in parts if part)
