"""Sheets out of the registry: export, template, headings; and the words of a reply."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions
from leaguectl.cli.answers import of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import AsOf, Kinds, Org, YearOption
from leaguectl.cli.render import chinese, named
from leaguectl.findings import Finding, UsageError
from leaguectl.output import Printer
from leaguectl.streams import write_whole
from leaguectl.words import Words

if TYPE_CHECKING:
    from leaguectl.actions.exports import Export

_OF_ANOTHER = {
    "one-number": "holder", "one-form": "holder", "one-certificate": "holder",
    "serial-distinct": "holder", "id-taken": "known", "id-other-name": "known",
    "person-alike": "known",
}  # fmt: skip
"""Findings with a fact that names somebody the sender need not know about."""

ALL = "all"
"""Every kind of sheet, in one workbook."""


@command(prints=True, answer=of("seal kind count", {"rows": [{"*": object}]}))
def export(
    context: Context,
    kinds: list[str],
    org: Org = None,
    as_of: AsOf = None,
    per_organization: bool = False,
    year: YearOption = None,
) -> None:
    """Rows out again, as a sheet that import reads."""
    chosen = known_kinds(None if ALL in kinds else kinds)
    if per_organization:
        _export_packets(context, chosen, org, year or context.today.year)
        return
    if year is not None:
        raise UsageError("year-per-organization")
    book = context.output if context.format == "table" and _is_workbook(context.output) else None
    # A text file holds one table; several sheets need a workbook.
    if book is None and len(chosen) > 1:
        raise UsageError("export-several", kinds=chosen)
    sheets = actions.exports.export(context.location, chosen, org, as_of)
    count = sum(len(sheet.lines) for sheet in sheets)
    # Recorded before a file is written, so that no file exists without a record.
    context.log_reveal(f"export {' '.join(chosen)}", count)
    if book is None:
        _print(context, sheets[0])
    else:
        titles = [chinese(sheet.kind) for sheet in sheets]
        of = {"org": org, "as_of": as_of and as_of.isoformat(), "revealed": context.reveal}
        write_whole(actions.exports.workbook(sheets, titles, context.printer.cell, of), book)
    for sheet in sheets:
        kind = context.words.values.get(sheet.kind) or context.words.heading(sheet.kind)
        context.printer.hint("exported", kind=kind, rows=len(sheet.lines))
    if ALL in kinds and (left := actions.exports.left_out(context.location)):
        terms = context.words
        records = [
            f"{terms.fields.get(f'uncarried.{entity}') or terms.heading(entity)} {count}"
            for entity, count in left.items()
        ]
        context.printer.hint("export-left-out", records=records)
    if book is not None:
        context.printer.hint("file-written", file=str(book))
    if not context.reveal and any(sheet.is_private for sheet in sheets):
        context.printer.hint("export-masked")


def _export_packets(context: Context, kinds: list[str], org: str | None, year: int) -> None:
    """The lists that are filed with the county: one for each committee, in a folder.

    :raises UsageError: other kinds are named, or no folder is.
    """
    if kinds != ["admissions"]:
        raise UsageError("packet-of-admissions", kinds=kinds)
    if context.output is None:
        raise UsageError("packet-needs-folder")
    packets = actions.exports.packets(context.location, year, org)
    people = sum(len(packet.rows) for packet in packets)
    context.log_reveal(f"export admissions {year}", people)
    if packets:
        of = {"org": org, "revealed": context.reveal}
        actions.exports.write_packets(packets, year, context.output, context.printer.cell, of)
    counts = {"files": len(packets), "people": people}
    context.printer.hint("packets-written", **counts, year=year, folder=str(context.output))
    if packets and not context.reveal:
        context.printer.hint("packets-masked")


def _is_workbook(path: Path | None) -> bool:
    return path is not None and path.suffix.lower() == ".xlsx"


def _print(context: Context, sheet: "Export") -> None:
    # For a large registry, rows and documents are only made where they are shown.
    rows: Iterable[list[Any]] = () if context.as_json else sheet.rows
    documents = sheet.documents if context.as_json else []
    document = {
        "seal": sheet.seal,
        "kind": sheet.kind,
        "count": len(sheet.lines),
        "rows": documents,
    }
    headings = [column.headings[0] for column in sheet.columns]
    context.answer(headings, rows, document)


# -- kinds of sheet ------------------------------------------------------------------------------


@command()
def template(
    context: Context,
    file: Annotated[Path, typer.Option("--output", "-o")],
    kinds: Kinds = None,
) -> None:
    """Write the empty form."""
    # The form is Chinese whatever the user's language, as its headings are.
    actions.replies.make_template(file, {kind: chinese(kind) for kind in _forms(kinds)})
    context.printer.hint("file-written", file=str(file))


@command(prints=True, answer={"kinds": {"*": [of("field needed", {"headings": [str]})]}})
def headings(context: Context, kinds: Kinds = None) -> None:
    """The headings that are recognised for each kind of sheet."""
    from leaguectl.kinds import KINDS

    columns = {kind: KINDS[kind].pattern.columns for kind in known_kinds(kinds)}
    rows = [
        (
            named(context, kind),
            column.headings[0],
            column.required,
            *column.headings[1:2],
            column.headings[2:],
            column.field,
        )
        for kind, of_kind in columns.items()
        for column in of_kind
    ]
    document = {
        "kinds": {
            kind: [
                {"field": column.field, "needed": column.required, "headings": column.headings}
                for column in of_kind
            ]
            for kind, of_kind in columns.items()
        }
    }
    shown = ("kind", "heading", "needed", "english", "synonyms", "field")
    context.answer(shown, rows, document)


def _forms(kinds: list[str] | None) -> list[str]:
    """The kinds that have an empty form; where none is named, those that an office fills in."""
    from leaguectl.kinds import KINDS

    return known_kinds(kinds or [kind for kind in KINDS if not KINDS[kind].is_carried])


def known_kinds(kinds: list[str] | None) -> list[str]:
    """The kinds that were named, by key or in Chinese; all where none is named.

    :raises UsageError: there is no such kind.
    """
    from leaguectl.kinds import KINDS

    by_name = {name: kind for kind in KINDS for name in (kind, chinese(kind))}
    for name in kinds or ():
        if name not in by_name:
            raise UsageError("kind-unknown", kind=name, known=list(KINDS))
    return list(dict.fromkeys(by_name[name] for name in kinds or KINDS))


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """The words of a reply in the user's language. A reply leaves the office, so it is masked even
    if values are revealed on the screen, and does not mention the office's command line."""

    words: Words

    def line(self, code: str) -> str:
        """One line by its code."""
        return self.words.line(code)

    def describe(self, finding: Finding) -> tuple[str, str, str]:
        """Its level, what is wrong and what to do."""
        another = _OF_ANOTHER.get(finding.code, "")
        if another in finding.facts:
            somebody = self.words.line("reply-somebody")
            finding = replace(finding, facts={**finding.facts, another: somebody})
        reason, fix = self.words.finding(finding, Printer(self.words))
        return self.words.level(finding), reason, self.remedy(fix)

    def remedy(self, fix: str) -> str:
        """The parts of a remedy that the sender can follow: those without a command or option.
        Where none is left, the sender should look at the cell, or write to the office that has the
        program."""
        line = self.words.line
        is_ours = re.compile(f"{_command_line()}|{line('reply-ours')}").search
        if not is_ours(fix):
            return fix
        aside = line("reply-aside")
        plain = re.sub(aside, lambda found: "" if is_ours(found[0]) else found[0], fix)
        parts = re.split(line("reply-divided"), plain)
        kept = [part for part in parts if part and not is_ours(part)]
        return line("semicolon").join(kept) or line("reply-ask")


@cache
def _command_line() -> str:
    """A pattern for what only somebody at the command line can follow."""
    from leaguectl.cli.app import COMMANDS

    groups = {name: group for name, group in COMMANDS.items() if isinstance(group, dict)}
    paths = [f"{name} {command}" for name, group in groups.items() for command in group]
    names = "|".join(map(re.escape, ["leaguectl", "undo", *paths]))
    return rf"--[a-z]|(?<![a-z])(?:{names})(?![a-z])"
