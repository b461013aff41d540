"""The command that gives rows out again: export."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl.cli.desk import Desk, optional_day
from leaguectl.cli.forms import kind_words, known_kinds
from leaguectl.cli.framework import command
from leaguectl.findings import UsageError

if TYPE_CHECKING:
    from leaguectl.actions.exporting import Export

ALL = "all"
"""Every kind of sheet, in one workbook."""


@command(prints=True)
def export(
    ctx: typer.Context,
    kinds: Annotated[list[str], typer.Argument(show_default=False)],
    org: Annotated[str | None, typer.Option("--org", show_default=False)] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", show_default=False)] = None,
    per_organization: Annotated[bool, typer.Option("--per-organization")] = False,
    year: Annotated[
        int | None, typer.Option("--year", min=1922, max=2200, show_default=False)
    ] = None,
) -> None:
    """Rows out again, as a sheet that import reads."""
    from leaguectl.actions import exporting

    desk = Desk.of(ctx)
    chosen = known_kinds(None if ALL in kinds else kinds)
    if per_organization:
        _file(desk, chosen, org, year)
        return
    if year is not None:
        raise UsageError("year-per-organization")
    book = desk.output if desk.format == "table" and _is_workbook(desk.output) else None
    if book is None and len(chosen) > 1:
        raise UsageError("export-several", kinds=chosen)
    found = exporting.export(desk.location, chosen, org, optional_day(as_of))
    count = sum(len(one.lines) for one in found)
    desk.log_reveal("export", f"export {' '.join(chosen)}", count)
    if book is None:
        _print(desk, found[0])
    else:
        titles = [kind_words(one.kind)[-1] for one in found]
        exporting.write_workbook(found, titles, book, desk.printer.cell)
    for one in found:
        kind = desk.words.values.get(one.kind) or desk.words.heading(one.kind)
        desk.printer.hint("exported", kind=kind, rows=len(one.lines))
    if desk.output is not None:
        desk.printer.hint("file-written", file=str(desk.output))
    if not desk.reveal and any(one.is_private for one in found):
        desk.printer.hint("export-masked")


def _file(desk: Desk, kinds: list[str], org: str | None, year: int | None) -> None:
    """The packet that is filed with the county: a list for each committee, in a folder.

    :raises UsageError: other rows are asked for, or no folder is given.
    """
    from leaguectl.actions import filing

    if kinds != ["admissions"]:
        raise UsageError("packet-of-admissions", kinds=kinds)
    if desk.output is None:
        raise UsageError("packet-needs-folder")
    of = year or desk.today.year
    found = filing.packets(desk.location, of, org)
    people = sum(len(one.rows) for one in found)
    desk.log_reveal("export", f"export admissions {of}", people)
    if found:
        filing.write_packets(found, of, desk.output, desk.printer.cell)
    desk.printer.hint(
        "packets-written", files=len(found), people=people, year=of, folder=str(desk.output)
    )
    if found and not desk.reveal:
        desk.printer.hint("packets-masked")


def _is_workbook(out: Path | None) -> bool:
    return out is not None and out.suffix.lower() == ".xlsx"


def _print(desk: Desk, found: "Export") -> None:
    headings = [column.headings[0] for column in found.columns]
    as_json = desk.printer.form == "json"
    rows: Iterable[list[Any]] = () if as_json else found.rows
    documents = found.documents if as_json else []
    document = {"kind": found.kind, "count": len(found.lines), "rows": documents}
    desk.printer.answer("export", headings, rows, document)
