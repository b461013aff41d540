"""The yearly report: report, as a page, a text document, a workbook or Markdown."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaguectl import __version__, actions, documents, reports
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import AsOf, Org, Year
from leaguectl.cli.render import figure_key, key_and_text
from leaguectl.findings import UsageError
from leaguectl.output import printable
from leaguectl.streams import write_whole

if TYPE_CHECKING:
    from leaguectl.documents.yearly import Weak
    from leaguectl.reports.yearly import Yearly

_WEAK = ("branch-size", "branch-emptied", "secretary-missing", "term-over", "seats-exceeded",
         "organization-placed")  # fmt: skip
"""Rules that show weak organisations; their findings are about no person."""


@command()
def report(
    context: Context,
    year: Year,
    file: Annotated[Path | None, typer.Option("--output", "-o")] = None,
    org: Org = None,
    as_of: AsOf = None,
    explain: list[str] | None = None,
) -> None:
    """The report on a year."""
    form = "md" if file is None else documents.ENDINGS.get(file.suffix.lower())
    if form is None:
        raise UsageError("report-ending", file=str(file), known=list(documents.ENDINGS))
    pairs = [key_and_text(text, "explain-needs-key") for text in explain or ()]
    explained = {figure_key(context, key): text for key, text in pairs}
    with context.reading_of(org) as (reader, top):
        facts = reports.yearly.yearly(reader, year, context.today, as_of, top, explained)
    from leaguectl.documents.yearly import Made, document_of

    made = Made(context.today, __version__)
    document = document_of(facts, context.words, _weak(context, facts), made)
    if form == "docx":
        _warn_of_fonts(context)
    data = documents.rendered(document, form)
    if file is None:
        sys.stdout.write(printable(data.decode()))
        return
    write_whole(data, file)
    context.printer.hint("file-written", file=str(file))
    if unexplained := [figure for figure in facts.fallen if not figure.explained]:
        labels = [context.words.figures[figure.figure.key][0] for figure in unexplained]
        context.printer.hint("report-unexplained", figures=labels)


def _weak(context: Context, facts: "Yearly") -> "list[Weak]":
    """The findings about the report's organisations on its day."""
    from leaguectl.documents.yearly import Weak

    days = actions.registry.CheckDays(context.today, facts.as_of)
    about = {row["name"] for row in facts.organizations}
    return [
        Weak(str(finding.subject), *context.words.finding(finding, context.printer))
        for finding in actions.registry.check(context.location, _WEAK, days)
        if finding.subject in about
    ]


def _warn_of_fonts(context: Context) -> None:
    """Warn beforehand that pictures cannot show Chinese on this machine."""
    try:
        from leaguectl.documents.charts import has_chinese_font
    except ModuleNotFoundError:
        return  # a missing library is reported where it is needed
    # Organisations and people have Chinese names in either language.
    if not has_chinese_font():
        context.printer.hint("report-no-font")
