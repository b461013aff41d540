"""Commands that take a batch in: import, admit."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.actions import Progress, no_progress
from leaguectl.cli.desk import Desk, from_stdin
from leaguectl.cli.doing import conclude, show_findings
from leaguectl.cli.framework import command
from leaguectl.cli.settings import own_headings
from leaguectl.findings import UsageError

if TYPE_CHECKING:
    from leaguectl.actions.batch import Report

Given = Annotated[str | None, typer.Option(show_default=False)]


@command(prints=True, writes=True)
def import_(
    ctx: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(show_default=False)] = None,
    kind: Given = None,
    sheet: Given = None,
    valid_only: Annotated[bool, typer.Option("--valid-only")] = False,
    province: Given = None,
    create_organizations: Annotated[bool, typer.Option("--create-organizations")] = False,
    org: Annotated[str | None, typer.Option("--org", show_default=False)] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", show_default=False)] = None,
    plan_out: Annotated[Path | None, typer.Option("--plan-out", show_default=False)] = None,
    apply: Annotated[Path | None, typer.Option("--apply", show_default=False)] = None,
    reply: Annotated[Path | None, typer.Option("--reply", show_default=False)] = None,
) -> None:
    """Read spreadsheets into the registry."""
    from leaguectl.actions.batch import Choice, import_files
    from leaguectl.actions.mapping import mappings, parse_mappings, to_remember
    from leaguectl.actions.plan_file import keep_plan
    from leaguectl.actions.replies import refuse_reply, reply_to_import
    from leaguectl.actions.row_defaults import RowDefaults
    from leaguectl.cli.forms import ReplyWords
    from leaguectl.kinds import KINDS

    desk = Desk.of(ctx)
    if (apply is None) == (not files):
        raise UsageError("import-nothing" if apply is None else "import-both")
    if apply is not None:
        if reply is not None:
            raise UsageError("reply-without-file")
        _apply(desk, apply)
        return
    if reply is not None:
        refuse_reply(reply, files or [])
    desk.dry_run = desk.dry_run or plan_out is not None
    if org is not None and not org.strip():
        raise UsageError("name-empty")
    if kind is not None and kind not in KINDS:
        raise UsageError("kind-unknown", kind=kind, known=list(KINDS))
    settings = {"province": two_digits(province)} if province else {}
    settings |= to_remember(desk.location, parse_mappings(map_ or ()))
    choice = Choice(
        kind,
        sheet,
        valid_only,
        creating=create_organizations,
        correcting=bool(desk.reason),
        beside=RowDefaults(org),
        settings=settings,
        mapped=mappings(desk.location, own_headings(), map_ or ()),
    )
    with _watched(desk) as progress:
        report = import_files(desk.request("import"), files or [], choice, progress)
    desk.log_reveal("import", "import", len(report.findings))
    _answer_import(desk, report)
    _say_end(desk, report, valid_only)
    if reply is not None:
        voice = ReplyWords(desk.words)
        written = reply_to_import(report, files or [], reply, voice, valid_only=valid_only)
        for path in written:
            desk.printer.hint("file-written", file=str(path))
    if plan_out is not None:
        keep_plan(report, plan_out)
        desk.printer.hint("plan-kept" if report.plan else "plan-not-kept", file=str(plan_out))
    raise typer.Exit(_import_exit(report))


def _import_exit(report: "Report") -> int:
    """3 where the whole was refused (it moves a closed year); 1 where rows are at fault."""
    if report.is_forbidden:
        return 3
    return 1 if report.has_errors else 0


def _apply(desk: Desk, path: Path) -> None:
    """Carry out a plan file and say what it did."""
    from leaguectl.actions.plan_file import apply_plan

    done, plan = apply_plan(desk.request("import"), path)
    document: dict[str, Any] = {
        "operation": done.operation, "dry_run": desk.dry_run, "totals": dict(plan.counts),
        "sheets": [],
        "findings": [desk.printer.finding_document(finding) for finding in done.findings],
    }  # fmt: skip
    desk.printer.answer("import", tuple(plan.counts), [list(plan.counts.values())], document)
    if done.made_registry:
        desk.printer.hint("registry-made", db=desk.location.shown)
    conclude(desk, done)


_UNKEPT = {
    "dues": "sheet-dues", "organization statistics": "sheet-organization-statistics",
}  # fmt: skip
"""What is said of a table that is known and not kept."""


def _answer_import(desk: Desk, report: "Report") -> None:
    printer = desk.printer
    headings = ("file", "sheet", "kind", "row", "read", "created", "updated", "unchanged",
                "rejected")  # fmt: skip
    sheets = [
        {
            "file": one.file, "sheet": one.sheet, "kind": one.kind, "header_row": one.header_row,
            **dict(one.counts.items()), "ignored_columns": one.ignored_columns,
            "ignored_rows": [{"row": row, "text": text} for row, text in one.ignored_rows],
            "hidden": one.hidden,
            "hidden_rows": one.hidden_rows,
            "hidden_columns": one.hidden_columns,
            "known_as": one.known_as,
        }
        for one in report.sheets
    ]  # fmt: skip
    rows = [
        (one.file, one.sheet, one.kind, one.header_row, *one.counts.values())
        for one in report.sheets
    ]
    document = {
        "operation": report.operation, "dry_run": report.dry_run,
        "totals": dict(report.counts.items()), "sheets": sheets,
        "findings": [printer.finding_document(one) for one in report.findings],
    }  # fmt: skip
    printer.answer("import", headings, rows, document)
    for one in report.sheets:
        if one.known_as:
            code = _UNKEPT[one.known_as]
            printer.hint(code, file=one.file, sheet=one.sheet, row=one.header_row)
        elif one.kind is None:
            printer.hint("sheet-left", file=one.file, sheet=one.sheet)
        if one.hidden:
            printer.hint("sheet-hidden", file=one.file, sheet=one.sheet)
        if one.hidden_rows:
            printer.hint("rows-hidden", file=one.file, sheet=one.sheet, rows=one.hidden_rows)
        if one.hidden_columns:
            printer.hint(
                "columns-hidden", file=one.file, sheet=one.sheet, columns=one.hidden_columns
            )
        if one.ignored_columns or one.ignored_rows:
            printer.hint(
                "sheet-read", file=one.file, sheet=one.sheet, row=one.header_row,
                kind=desk.words.values.get(one.kind or "", one.kind),
            )  # fmt: skip
        if one.ignored_columns:
            printer.hint("columns-left", columns=one.ignored_columns)
        if one.ignored_rows:
            printer.hint("rows-left", rows=[f"{row} {text}" for row, text in one.ignored_rows])
    show_findings(desk, report.findings)
    printer.hint("imported", **dict(report.counts.items()))


def _say_end(desk: Desk, report: "Report", valid_only: bool) -> None:
    """What became of it: written, not written, and why not."""
    if report.made_registry:
        desk.printer.hint("registry-made", db=desk.location.shown)
    if report.operation is not None:
        desk.printer.hint("operation", operation=report.operation)
    elif report.is_forbidden:
        desk.printer.hint("nothing-written")
    elif report.dry_run:
        desk.printer.hint("dry-run")
    elif report.has_errors:
        desk.printer.hint("nothing-written")
        if not valid_only and report.counts.read > report.counts.rejected:
            desk.printer.hint("valid-only-hint")
    else:
        desk.printer.hint("nothing-to-write")


@command(prints=True, writes=True)
def admit(
    ctx: typer.Context,
    file: Annotated[Path | None, typer.Argument(show_default=False)] = None,
    name: Given = None,
    id_number: Given = None,
    organization: Annotated[str | None, typer.Option("--org", show_default=False)] = None,
    applied: Given = None,
    talked: Given = None,
    activist: Given = None,
    course_hours: Given = None,
    service_hours: Given = None,
    candidate: Given = None,
    notice_from: Given = None,
    notice_to: Given = None,
    introducer: Annotated[list[str] | None, typer.Option(show_default=False)] = None,
    meeting: Given = None,
    due: Given = None,
    present: Given = None,
    in_favour: Given = None,
    approved: Given = None,
    approved_by: Given = None,
    number: Given = None,
    form: Given = None,
    certificate: Given = None,
    route: Given = None,
    phone: Given = None,
    case: Given = None,
    sheet: Given = None,
    map_: Annotated[list[str] | None, typer.Option("--map", show_default=False)] = None,
    valid_only: Annotated[bool, typer.Option("--valid-only")] = False,
    reply: Annotated[Path | None, typer.Option("--reply", show_default=False)] = None,
) -> None:
    """Admit candidates."""
    from leaguectl.actions.admission import admit_file, admit_one
    from leaguectl.actions.batch import Choice
    from leaguectl.actions.mapping import mappings, parse_mappings, to_remember
    from leaguectl.actions.replies import refuse_reply, reply_to_admit
    from leaguectl.cli.forms import ReplyWords

    desk = Desk.of(ctx)
    given = {
        "name": name, "id_number": from_stdin(id_number) if id_number else None,
        "organization": organization, "applied": applied, "talked": talked, "activist": activist,
        "course_hours": course_hours, "service_hours": service_hours, "candidate": candidate,
        "notice_from": notice_from, "notice_to": notice_to, "meeting": meeting, "due": due,
        "present": present, "in_favour": in_favour, "approved": approved,
        "approved_by": approved_by, "number": number, "form": form, "certificate": certificate,
        "route": route, "phone": phone,
        **{f"introducer_{at}": one for at, one in enumerate(introducer or (), 1)},
    }  # fmt: skip
    if file is None and case is None and not any(given.values()):
        raise UsageError("admit-nothing")
    if file is not None and case is not None:
        raise UsageError("admit-case-both")
    if len(introducer or ()) > 2:
        raise UsageError("introducers-two")
    if file is not None and any(given.values()):
        raise UsageError("admit-both")
    if reply is not None:
        if file is None:
            raise UsageError("reply-without-file")
        refuse_reply(reply, [file])
    request = desk.request("admit")
    if file is None:
        report = admit_one(request, given, from_stdin(case) if case is not None else None)
    else:
        with _watched(desk) as progress:
            choice = Choice(
                sheet=sheet,
                valid_only=valid_only,
                settings=to_remember(desk.location, parse_mappings(map_ or ())),
                mapped=mappings(desk.location, own_headings(), map_ or ()),
            )
            report = admit_file(request, file, choice, progress)
    _answer_admit(desk, report)
    _say_end(desk, report, valid_only)
    if reply is not None and file is not None:
        for path in reply_to_admit(report, file, reply, ReplyWords(desk.words)):
            desk.printer.hint("file-written", file=str(path))
    raise typer.Exit(_admit_exit(report))


def _admit_exit(report: "Report") -> int:
    """3 where a rule refused and nothing was written; 1 where the data is at fault, or where some
    were admitted and others not."""
    if not report.has_errors:
        return 0
    judged = report.steps.has_rejected or report.is_forbidden
    return 3 if judged and report.operation is None else 1


def _answer_admit(desk: Desk, report: "Report") -> None:
    from leaguectl.actions.admission import admitted, rejected

    printer = desk.printer
    taken, turned = admitted(report), rejected(report)
    keys = ("name", "number", "form", "certificate", "organization", "row")
    rows = [[getattr(one, key) for key in keys] for one in taken]
    document: dict[str, Any] = {
        "operation": report.operation, "dry_run": report.dry_run,
        "admitted": [dict(zip(keys, row, strict=True)) for row in rows],
        "refused": [
            {
                "name": one.name, "row": one.row,
                "findings": [printer.finding_document(finding) for finding in one.findings],
            }
            for one in turned
        ],
        "findings": [printer.finding_document(one) for one in report.findings],
    }  # fmt: skip
    printer.answer("admit", keys, rows, document)
    show_findings(desk, report.findings)
    printer.hint("admitted-count", admitted=len(taken), refused=len(turned))


def two_digits(text: str) -> str:
    """A province code.

    :raises UsageError: it is none.
    """
    if len(text) != 2 or not (text.isascii() and text.isdigit()):
        raise UsageError("province-unknown", text=text)
    return text


class _watched:  # noqa: N801 -- reads as a verb: with _watched(desk) as progress
    """Progress on stderr for long work, where somebody looks at a terminal."""

    def __init__(self, desk: Desk) -> None:
        self.shown = sys.stderr.isatty() and not desk.quiet
        self.words = desk.words
        self.bar: Any = None

    def __enter__(self) -> Progress:
        if not self.shown:
            return no_progress
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True, markup=False, emoji=False, highlight=False)
        self.bar = Bar(
            TextColumn("{task.description}", markup=False), BarColumn(), console=console,
            transient=True,
        )  # fmt: skip
        self.bar.start()
        self.task = self.bar.add_task("", total=None)
        return self._tell

    def _tell(self, what: str, done: int, of: int) -> None:
        text = self.words.line("progress-plan") if what == "plan" else what
        self.bar.update(self.task, description=text, completed=done, total=of or None)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
