"""A document as Markdown."""

from collections.abc import Iterator, Sequence

from leaguectl.documents import Document, Section, Table
from leaguectl.documents.texts import is_number, texts_of


def markdown(document: Document) -> str:
    """The document as Markdown: headings, sentences, tables; what a chart says in its sentence."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {_escaped(document.title)}"
    if document.subtitle:
        yield ""
        yield _escaped(document.subtitle)
    for section in document.sections:
        yield from _section(section, 2)
    for fact in document.facts:
        yield ""
        yield f"> {_escaped(fact)}"
    if document.signed:
        yield ""
        yield "　　　　".join(document.signed)


def _section(section: Section, level: int) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {_escaped(section.title)}"
    if section.sentences:
        yield ""
        yield "".join(_escaped(sentence.text) for sentence in section.sentences)
    for chart in section.charts:
        yield ""
        yield f"*{_escaped(chart.caption)}* {_escaped(chart.summary)}"
    for table in section.tables:
        if not table.searchable:  # a long list is for the page and the workbook
            yield from _table(table)
    for part in section.parts:
        yield from _section(part, level + 1)


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"**{_escaped(table.caption)}**"
    yield ""
    yield _row([column.title for column in table.columns])
    yield _row(["--:" if is_number(column) else "---" for column in table.columns])
    yield from map(_row, texts_of(table))
    if table.note:
        yield ""
        yield _escaped(table.note)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, f"\\{mark}") if mark in text else text
    return text
