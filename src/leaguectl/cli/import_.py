"""Read spreadsheets into the registry: import; and the reply to one that was read: reply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions
from leaguectl.cli.answers import CHANGE, COUNTS, SHEET, of
from leaguectl.cli.context import Context
from leaguectl.cli.export import ReplyWords, known_kinds
from leaguectl.cli.framework import command
from leaguectl.cli.journal import hint_at_rows, rows_of_sheets
from leaguectl.cli.options import All, Day, Id, Map, Org, Province
from leaguectl.cli.plans import carry_out
from leaguectl.cli.render import code, finish, progress_bar, show_findings
from leaguectl.cli.settings import own_headings
from leaguectl.findings import UsageError

if TYPE_CHECKING:
    from leaguectl.actions.batch import ImportOptions, Report
    from leaguectl.actions.inbox import Inbox
    from leaguectl.actions.mapping import Mappings
    from leaguectl.actions.parsed_files import SheetReport


_HEADINGS = ("file", "sheet", "kind", "row", "read", "created", "updated", "unchanged", "rejected",
             "day")  # fmt: skip
_FEW_SHEETS = 3
"""How many sheets that are alike are named."""
_FEW_ROWS = 3
"""Up to this many consecutive ignored rows are listed one by one."""

_NOT_KEPT = {
    "dues": "sheet-dues", "organization statistics": "sheet-organization-statistics",
    "party candidates": "sheet-party-candidates", "meeting statistics": "sheet-meeting-statistics",
}  # fmt: skip
"""The messages for tables that are recognised but not imported."""


@command(
    writes=True,
    confirm=actions.Confirm.NEVER,
    answer=of(
        "day",
        {
            "totals": COUNTS,
            "sheets": [SHEET],
            "ignored_files": [str],
            "command?": str,
            "rows?": [of("file sheet row outcome name", {"codes": [str], "changes": [CHANGE]})],
        },
    ),
)
def import_(
    context: Context,
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    kind: str | None = None,
    sheet: str | None = None,
    on: Day = None,
    on_existing: str | None = None,
    whole: Annotated[bool, typer.Option("--whole")] = False,
    correct: Annotated[bool, typer.Option("--correct")] = False,
    from_outside: str | None = None,
    valid_only: bool = False,
    province: Province = None,
    create_organizations: bool = False,
    org: Org = None,
    map_: Map = None,
    apply: Path | None = None,
    reply: Path | None = None,
    every: All = False,
) -> None:
    """Read spreadsheets into the registry."""
    context.every = every
    if (apply is None) == (not files):
        raise UsageError("import-nothing" if apply is None else "import-both")
    if apply is not None:
        if reply is not None:
            raise UsageError("reply-without-file")
        carry_out(context, apply)
        return
    if kind is not None:
        (kind,) = known_kinds([kind])
    _refuse_ahead(on, context.today)
    if correct and not context.reason:
        raise UsageError("correct-needs-reason")
    mapped, settings = own_mappings(context, map_)
    options = actions.batch.ImportOptions(
        kind=kind,
        sheet=sheet,
        valid_only=valid_only,
        creating=create_organizations,
        correcting=bool(context.reason),
        existing=None if on_existing is None else code(on_existing, ("keep", "update")),
        defaults=actions.batch.defaults_of(context.request(), org),
        # What a first import says about the county is kept with the registry it creates.
        settings=settings | ({"province": province} if province else {}),
        mapped=mapped,
        whole=whole,
        rewriting=correct,
        from_outside=from_outside,
        day=on,
    )
    with actions.inbox.opened(files or [], context.request().limits) as found:
        report = _import(context, found, options, reply)
    # 3 where the whole was refused (it changes a closed year), 1 where rows are at fault.
    raise typer.Exit(3 if report.is_forbidden else 1 if report.has_errors else 0)


def _import(
    context: Context, found: "Inbox", options: "ImportOptions", reply: Path | None
) -> "Report":
    """Import the files, show the result, and write the reply."""
    printer, replies, files = context.printer, actions.replies, found.files
    if reply is not None:  # before anything is read: it must not overwrite what the sender sent
        replies.refuse_reply(reply, files)
    with progress_bar(context) as progress:
        report = actions.batch.import_files(context.request(), files, options, progress)
    report = replace(report, findings=[*found.findings, *report.findings])
    context.log_reveal("import", len(report.findings))
    _show(context, report, found.left)
    valid_only = options.valid_only
    finish_report(context, report, valid_only=valid_only)
    if reply is not None:
        words = ReplyWords(context.words)
        for path in replies.reply_to_import(report, files, reply, words, valid_only=valid_only):
            printer.hint("file-written", file=str(path))
    return report


@command(prints=True)
def reply(context: Context, operation: Id, file: Path, out: Path) -> None:
    """Make the reply to a sheet that an operation read."""
    actions.replies.refuse_reply(out, [file])
    mapped, _ = own_mappings(context, None)
    request = replace(context.request(), dry_run=True)
    words = ReplyWords(context.words)
    for path in actions.replies.reply_again(request, operation, file, out, words, mapped):
        context.printer.hint("file-written", file=str(path))


def _refuse_ahead(day: date | None, today: date) -> None:
    """Refuse a day in the future, since only past events are recorded.

    :raises UsageError: the day is in the future.
    """
    if day is not None and day > today:
        raise UsageError("day-ahead", day=day, today=today)


def own_mappings(context: Context, options: list[str] | None) -> tuple["Mappings", dict[str, str]]:
    """The user's own headings from ``--map``, the registry and the config file, and those that the
    registry is to remember."""
    mapping, location = actions.mapping, context.location
    remembered = mapping.to_remember(location, mapping.parse_mappings(options or ()))
    return mapping.mappings(location, own_headings(), options or ()), remembered


def _show(context: Context, report: "Report", left: Sequence[str]) -> None:
    """The sheets with their counts, the rows left out of each, then every finding."""
    printer = context.printer
    rows = [
        (sheet.file, sheet.sheet, context.words.value(sheet.kind), sheet.header_row,
         *sheet.counts.values(), sheet.day)
        for sheet in report.sheets
    ]  # fmt: skip
    document = {
        "operation": report.operation, "dry_run": report.dry_run, "day": report.day,
        "totals": dict(report.counts.items()),
        "sheets": sheet_documents(report),
        "ignored_files": left,
        "findings": context.finding_documents(report.findings),
        **(context.refusal(report.findings) if report.is_forbidden else {}),
    }  # fmt: skip
    each = rows_of_sheets(context, report) if context.verbose else []
    context.answer(_HEADINGS, rows, document | ({"rows": each} if context.verbose else {}))
    hint_at_rows(context, each)
    hint_at_sheets(context, report)
    hint_at_files(context, left)
    show_findings(context, report.findings)
    printer.hint("imported", **dict(report.counts.items()))


def sheet_documents(report: "Report") -> list[dict[str, Any]]:
    """The sheets of a report as a JSON answer has them."""
    return [_document(sheet) for sheet in report.sheets]


def hint_at_sheets(context: Context, report: "Report") -> None:
    """Hint at what was not read of each sheet, and what the sender may not have meant to send.
    Sheets of a file that are alike, one for each class, share their hints."""
    for _, alike in groupby(report.sheets, _what_is_alike):
        _hint_at_alike(context, [*alike])


def _what_is_alike(sheet: "SheetReport") -> tuple[Any, ...]:
    hidden = (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns)
    read = (sheet.kind, sheet.known_as, sheet.header_row, sheet.day, sheet.day_cell)
    return (sheet.file, *read, sheet.ignored_columns, *hidden)


def hint_at_files(context: Context, left: Sequence[str]) -> None:
    """Hint at the files of a folder or an archive that were not read."""
    if left:
        context.printer.hint("files-left", files=left)


def _document(sheet: "SheetReport") -> dict[str, Any]:
    return {
        "file": sheet.file, "sheet": sheet.sheet, "kind": sheet.kind,
        "header_row": sheet.header_row, "day": sheet.day, "day_cell": sheet.day_cell,
        "branch": sheet.branch and sheet.branch.branch,
        "branch_cell": sheet.branch and sheet.branch.cell,
        **dict(sheet.counts.items()),
        "ignored_columns": sheet.ignored_columns,
        "heading_rows": sheet.heading_rows,
        "title_rows": [{"row": row.number, "text": row.text} for row in sheet.title_rows],
        "ignored_rows": [{"row": row.number, "text": row.text} for row in sheet.ignored_rows],
        "hidden": sheet.hidden, "hidden_rows": sheet.hidden_rows,
        "hidden_columns": sheet.hidden_columns, "known_as": sheet.known_as,
    }  # fmt: skip


def _hint_at_alike(context: Context, sheets: "Sequence[SheetReport]") -> None:
    printer, sheet = context.printer, sheets[0]
    names = ", ".join(each.sheet for each in sheets[:_FEW_SHEETS])
    more = f"… (+{len(sheets) - _FEW_SHEETS})" if len(sheets) > _FEW_SHEETS else ""
    place = {"file": sheet.file, "sheet": names + more}
    if sheet.known_as:
        printer.hint(_NOT_KEPT[sheet.known_as], **place, row=sheet.header_row)
    elif sheet.kind is None:
        printer.hint("sheet-left", **place)
    if sheet.day is not None and sheet.day != context.today:
        code = "sheet-day" if sheet.day_cell is None else "sheet-day-said"
        printer.hint(code, **place, day=sheet.day, cell=sheet.day_cell or "")
    _hint_at_hidden(context, sheet, place)
    for each in sheets:
        if (branch := each.branch) is not None:
            code = "sheet-branch" if branch.cell is None else "sheet-branch-said"
            there = {"file": each.file, "sheet": each.sheet, "cell": branch.cell or ""}
            printer.hint(code, **there, branch=branch.branch)
    rows = [
        f"{each.sheet} {row}" if len(sheets) > 1 else row
        for each in sheets
        for row in _ignored_rows(each)
    ]
    if sheet.ignored_columns or rows:
        kind = context.words.values.get(sheet.kind or "", sheet.kind)
        printer.hint("sheet-read", **place, row=sheet.header_row, kind=kind)
    if sheet.ignored_columns:
        printer.hint("columns-left", columns=sheet.ignored_columns)
    if rows:
        printer.hint("rows-left", rows=rows)


def _hint_at_hidden(context: Context, sheet: "SheetReport", place: Mapping[str, str]) -> None:
    if sheet.hidden:
        context.printer.hint("sheet-hidden", **place)
    if sheet.hidden_rows:
        context.printer.hint("rows-hidden", **place, rows=sheet.hidden_rows)
    if sheet.hidden_columns:
        context.printer.hint("columns-hidden", **place, columns=sheet.hidden_columns)


def _ignored_rows(sheet: "SheetReport") -> list[str]:
    """The ignored rows, each with its text; many consecutive rows together."""
    runs: list[list[int]] = []
    for number in (row.number for row in sheet.ignored_rows):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = {row.number: row.text for row in sheet.ignored_rows}
    named = []
    for run in runs:
        if len(run) > _FEW_ROWS:
            named.append(f"{run[0]}–{run[-1]} {texts[run[0]]} … {texts[run[-1]]}")
        else:
            named += [f"{number} {texts[number]}" for number in run]
    return named


def finish_report(context: Context, report: "Report", *, valid_only: bool) -> None:
    """Report what became of a file: written or not, and why."""
    if report.made_registry:
        context.printer.hint("registry-made", db=context.location.shown)
    nothing = "nothing-to-write" if report.counts.read else "nothing-read"
    refused = report.is_forbidden or (report.has_errors and not report.dry_run)
    finish(context, report.operation, is_refused=refused, nothing=nothing)
    some_are_valid = report.counts.read > report.counts.rejected
    leaves_some_out = refused and not report.is_forbidden and some_are_valid
    if report.operation is None and leaves_some_out and not valid_only:
        context.printer.hint("valid-only-hint")
