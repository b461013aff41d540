"""Admit candidates: judge each, give a number, record form and certificate."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli.answers import FINDINGS, SHEET, of, written
from leaguectl.cli.context import Context
from leaguectl.cli.export import ReplyWords
from leaguectl.cli.framework import command
from leaguectl.cli.import_ import (
    finish_report,
    hint_at_files,
    hint_at_sheets,
    own_mappings,
    sheet_documents,
)
from leaguectl.cli.options import PERSON, All, Map, WhoOption, fields_of, typed_number
from leaguectl.cli.render import progress_bar, show_findings, show_outcome
from leaguectl.findings import Refused, UsageError

if TYPE_CHECKING:
    from leaguectl.actions.admission import Admitted
    from leaguectl.actions.batch import ImportOptions, Report
    from leaguectl.actions.inbox import Inbox

_KEYS = ("name", "number", "form", "certificate", "organization", "row")
_KEYS_OF_SEVERAL = ("file", *_KEYS)
"""The keys of each row where several files were read."""


def admission_cells() -> tuple[str, ...]:
    """The fields of a row of admissions, as options."""
    return (*PERSON, *fields_of("Admission", without=("person", "beyond")))


_ADMITTED = " ".join(_KEYS_OF_SEVERAL)


@command(
    writes=True,
    cells=admission_cells,
    confirm=actions.Confirm.NEVER,
    answer=(
        written(
            (),
            {
                "sheets": [SHEET],
                "admitted": [of(_ADMITTED)],
                "unchanged": [of(_ADMITTED)],
                "refused": [of("name file row", FINDINGS)],
                "ignored_files": [str],
            },
        ),
        written(_KEYS[:-1], {"admitted": [], "refused": []}),
    ),
)
def admit(
    context: Context,
    cells: dict[str, str],
    files: Annotated[list[Path] | None, typer.Argument()] = None,
    case: WhoOption = None,
    sheet: str | None = None,
    map_: Map = None,
    valid_only: bool = False,
    reply: Path | None = None,
    every: All = False,
    withdraw: Annotated[str | None, typer.Option(callback=typed_number)] = None,
) -> None:
    """Admit candidates."""
    context.every = every
    is_one = case is not None or any(cells.values())
    if withdraw is not None:
        _withdraw(context, withdraw, is_alone=not files and not is_one)
    elif not files:
        _admit_one(context, cells, case, valid_only=valid_only, reply=reply)
    elif is_one:
        raise UsageError("admit-case-both" if case is not None else "admit-both")
    else:
        options = actions.batch.ImportOptions(sheet=sheet, valid_only=valid_only)
        with actions.inbox.opened(files, context.request().limits) as found:
            report = _admit_files(context, found, options, map_, reply)
        raise typer.Exit(_exit_code(report, valid_only=valid_only))


def _admit_one(
    context: Context, cells: dict[str, str], case: str | None, *, valid_only: bool,
    reply: Path | None,
) -> None:  # fmt: skip
    """Admit a candidate by options, or the candidate of a complete case."""
    if case is None and not any(cells.values()):
        raise UsageError("admit-nothing")
    if reply is not None:
        raise UsageError("reply-without-file")
    report = actions.admission.admit_one(context.request(), cells, case)
    _show(context, report, valid_only=valid_only)
    raise typer.Exit(_exit_code(report, valid_only=valid_only))


def _admit_files(
    context: Context, found: "Inbox", options: "ImportOptions", map_: list[str] | None,
    reply: Path | None,
) -> "Report":  # fmt: skip
    """Admit the candidates of some files."""
    replies, files = actions.replies, found.files
    if reply is not None:
        replies.refuse_reply(reply, files)
    mapped, settings = own_mappings(context, map_)
    options = replace(options, settings=settings, mapped=mapped)
    with progress_bar(context) as progress:
        report = actions.admission.admit_files(context.request(), files, options, progress)
    report = replace(report, findings=[*found.findings, *report.findings])
    _show(context, report, found, valid_only=options.valid_only)
    if reply is not None:
        for path in replies.reply_to_admit(report, files, reply, ReplyWords(context.words)):
            context.printer.hint("file-written", file=str(path))
    return report


def _withdraw(context: Context, number: str, *, is_alone: bool) -> None:
    """Take back one admission."""
    if not is_alone:
        raise UsageError("admit-withdraw-alone")
    outcome = actions.admission.withdraw(context.request(), number)
    show_outcome(context, _KEYS[:-1], outcome, admitted=[], refused=[])


def _admitted(report: "Report", *, valid_only: bool) -> "list[Admitted]":
    """Who was admitted, or in a dry run would be."""
    is_refused_whole = report.dry_run and report.has_errors and not valid_only
    return [] if is_refused_whole else actions.admission.admitted(report)


def _exit_code(report: "Report", *, valid_only: bool) -> int:
    """3 where a rule refused and nothing was written; 1 where the data is at fault, or where only
    some were admitted. A dry run ends as the run would."""
    if not report.has_errors:
        return 0
    judged = report.steps.has_judged or report.is_forbidden
    is_written = report.operation is not None or bool(_admitted(report, valid_only=valid_only))
    return Refused.exit_code if judged and not is_written else 1


def _with_names(context: Context, people: "list[Admitted]") -> list[dict[str, Any]]:
    """People by the names of the columns, each with the full name of the organisation, whatever the
    sheet wrote."""
    if not people:
        return []
    with context.reading() as reader:
        known = reports.organizations.by_code(reader)
    rows = [{key: getattr(person, key) for key in _KEYS_OF_SEVERAL} for person in people]
    for row in rows:
        of_code = known.get(row["organization"])
        row["organization"] = of_code["name"] if of_code else row["organization"]
    return rows


def _show(
    context: Context, report: "Report", found: "Inbox | None" = None, *, valid_only: bool
) -> None:
    printer, left = context.printer, [] if found is None else found.left
    before = _with_names(context, actions.admission.admitted_before(report))
    admissions = _with_names(context, _admitted(report, valid_only=valid_only))
    code = _exit_code(report, valid_only=valid_only)
    refusals = actions.admission.rejected(report)
    keys = _KEYS if found is None or len(found.files) < 2 else _KEYS_OF_SEVERAL
    rows = [[admission[key] for key in keys] for admission in admissions]
    document: dict[str, Any] = {
        "operation": report.operation, "dry_run": report.dry_run, "sheets": sheet_documents(report),
        "admitted": admissions,
        "unchanged": before,
        "refused": [
            {
                "name": refusal.name, "file": refusal.file, "row": refusal.row,
                "findings": context.finding_documents(refusal.findings),
            }
            for refusal in refusals
        ],
        "ignored_files": left,
        "findings": context.finding_documents(report.findings),
        **(context.refusal(report.findings) if code == Refused.exit_code else {}),
    }  # fmt: skip
    context.answer(keys, rows, document)
    hint_at_sheets(context, report)
    hint_at_files(context, left)
    show_findings(context, report.findings)
    printer.hint("admitted-count", admitted=len(admissions), refused=len(refusals))
    if before:
        printer.hint("admitted-before", count=len(before))
    finish_report(context, report, valid_only=valid_only)
