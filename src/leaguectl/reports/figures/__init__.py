"""The statistics: each figure a key, a unit, and the one query that counts it.

A query is portable SQL with these parameters: ``:first`` and ``:last``, the days that the figure is
about, and ``:eve``, the day before the first; ``:year``, its last day ``:end``, and ``:whole``,
which is 1 where that is the last of them; and ``:org``, the organisation at the top (empty: all).
It returns one row: the count, or for a ratio its two parts. The words (label, definition) are in
:mod:`leaguectl.words`; nothing else counts a figure.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from leaguectl.reports.figures.activities import ACTIVITIES, WORK
from leaguectl.reports.figures.cadres import CADRES
from leaguectl.reports.figures.figure import Figure, Value
from leaguectl.reports.figures.league import LEAGUE, RATIOS
from leaguectl.reports.query import BELOW, EVERY, PLACED, was_otherwise
from leaguectl.store.reading import Reader

__all__ = ["FIGURES", "Figure", "Value", "by_key", "count"]

FIGURES: tuple[Figure, ...] = (*LEAGUE, *CADRES, *ACTIVITIES, *RATIOS, *WORK)
"""All figures, in the order in which they are shown."""


def count(
    reader: Reader, year: int, as_of: date | None = None, org: str = "", only: str | None = None
) -> list[Value]:
    """Count every figure of the year, or the one of that key, up to the year's last day or to
    ``as_of`` within it; of an organisation with what lay below it on that day."""
    last = min(as_of or date(year, 12, 31), date(year, 12, 31))
    parameters = {
        "year": year, "eve": f"{year - 1}-12-31", "first": f"{year}-01-01",
        "last": last.isoformat(), "end": f"{year}-12-31", "org": org,
        "whole": int(last == date(year, 12, 31)),
    }  # fmt: skip
    below = EVERY
    if org:  # the tree of today is walked where it will do: it is quicker
        below = PLACED if was_otherwise(reader, last.isoformat()) else BELOW
    return [
        _counted(figure, reader.rows(below + figure.query, parameters)[0])
        for figure in FIGURES
        if only in (None, figure.key)
    ]


def by_key(reader: Reader, year: int, org: str = "") -> dict[str, Any]:
    """The year's figures by their keys."""
    return {counted.figure.key: counted.value for counted in count(reader, year, org=org)}


def _counted(figure: Figure, row: Sequence[Any]) -> Value:
    if figure.places is None:
        return Value(figure, None if row[0] is None else int(row[0]))
    part, whole = row
    if not whole:
        return Value(figure, None)
    exact = Decimal(int(part or 0)) / Decimal(int(whole))
    # Rounded half up, as an office does, and by decimals: 0.12345 is no binary fraction.
    step = Decimal(1).scaleb(-figure.places)
    return Value(figure, exact.quantize(step, rounding=ROUND_HALF_UP))
