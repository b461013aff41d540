"""How values are shown: numbers, rates, days and text in the cells of documents."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from leaguectl.documents import Column, Table
from leaguectl.findings import Rate
from leaguectl.workbooks.styles import text_width

_SHORT = 6
NOTHING = "—"
"""Shown where there is nothing to count, so that nobody reads a 0."""


def texts_of(table: Table) -> list[list[str]]:
    """The rows of a table as texts."""
    cells = [
        [_shown(value, column) for value in Rate.alike(values)]
        for column, values in zip(table.columns, zip(*table.rows, strict=True), strict=False)
    ]
    return [[*row] for row in zip(*cells, strict=True)]


def _shown(value: Any, column: Column) -> str:
    """A value of a column as text; rates are texts already."""
    if value is None or value == "":
        return NOTHING if column.kind in ("count", "rate") else ""
    return value.isoformat() if isinstance(value, date) else str(value)


def is_number(column: Column) -> bool:
    """Whether a column is read from the right."""
    return column.kind in ("count", "rate")


def needed(column: Column, texts: Iterable[str]) -> int:
    """How many narrow characters a column takes: its longest text, or what its heading takes in two
    lines, of which a short one stays whole as no word is broken."""
    whole = text_width(column.title)
    heading = whole if whole <= _SHORT else max(_SHORT, (whole + 1) // 2)
    words = (len(word) for word in column.title.split() if word.isascii())
    return max([heading, *words, *map(text_width, texts)])
