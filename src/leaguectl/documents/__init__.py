"""Documents to be handed in and read: headings, sentences, tables and charts as data, written as a
page, a text document, a workbook or Markdown.

The code that makes a document knows words and figures; the code that writes it knows neither. All
text is in the reader's language, and masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from leaguectl.findings import installed_with

ENDINGS = {".html": "html", ".docx": "docx", ".xlsx": "xlsx", ".md": "md"}
"""The formats of a document, by file ending."""

Kind = Literal["text", "name", "count", "rate", "day", "key"]
"""What a column holds: text that may be long, the name of a row, counts, ratios, days, keys."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and what it holds."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. The last ``totals`` rows are sums; ``note`` says what a reader must
    know of it; one that is ``searchable`` is long, and looked through on the page."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: int = 0
    note: str = ""
    searchable: bool = False
    place: int = 9
    """Where its sheet stands in a workbook: what must be handed in comes first."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart, each for a category; None where there is none."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data: what is drawn, and a sentence for people who cannot see it.

    ``months`` stacks its series, with their running sum as a line and ``limit`` as a line across;
    ``pyramid`` sets two series against each other; ``bars`` shows one series lying, its values
    against ``limits`` where each has one, else against ``limit``.
    """

    kind: Literal["months", "pyramid", "bars"]
    caption: str
    summary: str
    categories: Sequence[str]
    series: Sequence[Series]
    limit: float | None = None
    limits: Sequence[float | None] = ()
    limit_label: str = ""
    sum_label: str = ""
    is_rate: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in a sentence: its text, and the key and value that identify it."""

    text: str
    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: pieces of text with figures between them."""

    parts: Sequence[str | Number]

    @property
    def text(self) -> str:
        """The sentence as it is read."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document: its heading, a paragraph of sentences, tables, charts, and parts."""

    title: str
    sentences: Sequence[Sentence] = ()
    charts: Sequence[Chart] = ()
    tables: Sequence[Table] = ()
    parts: Sequence["Section"] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a whole. ``facts`` are lines on what it is about and how it came about;
    ``labels`` the fixed words that its frame needs; ``signed`` the line for seal and signature."""

    title: str
    language: str
    sections: Sequence[Section]
    subtitle: str = ""
    facts: Sequence[str] = ()
    headline: Sequence[tuple[str, Number]] = ()
    signed: Sequence[str] = ()
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[Table]:
        """All tables, in the order in which they stand."""
        return [table for section in walk(self.sections) for table in section.tables]


def walk(sections: Sequence[Section]) -> Sequence[Section]:
    """The sections and their parts, in the order in which they are read."""
    return [found for section in sections for found in (section, *walk(section.parts))]


def rendered(document: Document, form: str) -> bytes:
    """The document as a file of that form.

    :raises UsageError: what writes that form is not installed.
    """
    with installed_with("report", f".{form}"):
        if form == "html":
            from leaguectl.documents.html import page

            return page(document).encode()
        if form == "docx":
            from leaguectl.documents.word import text_document

            return text_document(document)
        if form == "xlsx":
            from leaguectl.documents.workbook import workbook

            return workbook(document)
    from leaguectl.documents.markdown import markdown

    return markdown(document).encode()
