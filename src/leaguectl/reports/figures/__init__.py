"""The statistics: each figure has a key, a unit, and the only query that counts it.

A query is portable SQL with these parameters: ``:first`` and ``:last``, the days that the figure is
about, and ``:eve``, the day before the first; ``:year``, its last day ``:end``, and ``:whole``,
which is 1 where that is the last of them; and ``:org``, the organisation at the top (empty: all).
It returns one row: the count, or for a ratio its two parts. The words (label, definition) are in
:mod:`leaguectl.words`; nothing else counts a figure.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from leaguectl.reports.figures.activities import ACTIVITIES, WORK
from leaguectl.reports.figures.cadres import CADRES
from leaguectl.reports.figures.counting import Counting
from leaguectl.reports.figures.figure import Figure, Value
from leaguectl.reports.figures.league import LEAGUE, RATIOS
from leaguectl.store.reading import Reader

__all__ = ["FIGURES", "Figure", "Value", "by_key", "count"]

FIGURES: tuple[Figure, ...] = (*LEAGUE, *CADRES, *ACTIVITIES, *RATIOS, *WORK)
"""All figures, in the order in which they are shown."""


def count(
    reader: Reader, year: int, as_of: date | None = None, org: str = "", only: Sequence[str] = ()
) -> list[Value]:
    """Count every figure of the year, or those with the keys ``only``, up to the year's last day or
    to ``as_of`` within it; for an organisation and those below it in the tree of that day."""
    counting = Counting(reader, year, as_of, org)
    return [counting.value(figure) for figure in FIGURES if not only or figure.key in only]


def by_key(reader: Reader, year: int, org: str = "") -> dict[str, Any]:
    """The year's figures by their keys."""
    return {counted.figure.key: counted.value for counted in count(reader, year, org=org)}
