"""The statistics: each figure a key, a unit, and the one query that counts it.

A query is portable SQL with these parameters: ``:first`` and ``:last``, the days that the figure is
about, and ``:eve``, the day before the first; ``:year``, its last day ``:end``, and ``:whole``,
which is 1 where that is the last of them; and ``:org``, the organisation at the top (empty: all).
It returns one row: the count, or for a ratio its two parts. The words (label, definition) are in
:mod:`leaguectl.words`; nothing else counts a figure.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from leaguectl.reports.figures.activities import ACTIVITIES, WORK
from leaguectl.reports.figures.cadres import CADRES
from leaguectl.reports.figures.figure import Figure, Tree, Value
from leaguectl.reports.figures.league import LEAGUE, RATIOS
from leaguectl.reports.query import below_on
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.reports.figures.trees import Trees

__all__ = ["FIGURES", "Figure", "Value", "by_key", "count"]

FIGURES: tuple[Figure, ...] = (*LEAGUE, *CADRES, *ACTIVITIES, *RATIOS, *WORK)
"""All figures, in the order in which they are shown."""

_MOVED = """
    SELECT 1 FROM organization_event WHERE kind = 'moved' AND day BETWEEN :first AND :last LIMIT 1
"""


def count(
    reader: Reader, year: int, as_of: date | None = None, org: str = "", only: str | None = None
) -> list[Value]:
    """Count every figure of the year, or the one of that key, up to the year's last day or to
    ``as_of`` within it; of an organisation with what lay below it, by the tree of that day."""
    end = date(year, 12, 31)
    first, last = date(year, 1, 1), min(as_of or end, end)
    parameters = {
        "year": year, "eve": f"{year - 1}-12-31", "first": first.isoformat(),
        "last": last.isoformat(), "end": end.isoformat(), "org": org, "whole": int(last == end),
    }  # fmt: skip
    below = below_on(reader, last.isoformat(), every=not org)
    below_of = dict.fromkeys(Tree, below)
    moved = _trees_if_moved(reader, parameters) if org else None
    if moved is not None:  # else one tree answers for all days of the year
        below_of[Tree.EVE] = below_on(reader, f"{year - 1}-12-31", ":eve")
    return [
        _by_each_day(reader, figure, parameters, moved, (first, last))
        if moved is not None and figure.tree is Tree.EACH
        else _counted(figure, reader.rows(below_of[figure.tree] + figure.query, parameters)[0])
        for figure in FIGURES
        if only in (None, figure.key)
    ]


def _trees_if_moved(reader: Reader, parameters: Mapping[str, Any]) -> "Trees | None":
    """The trees of the days that are counted; None where no branch was moved on one of them."""
    if not reader.rows(_MOVED, {key: parameters[key] for key in ("first", "last")}):
        return None
    from leaguectl.reports.figures.trees import Trees  # few years need it, and scripts are quick

    return Trees(reader)


_WITH_BRANCHES = ("members.transferred_in", "members.transferred_out")
"""The figures of who came and who went, with a branch as well."""


def _by_each_day(
    reader: Reader, figure: Figure, parameters: Mapping[str, Any], trees: "Trees",
    days: tuple[date, date],
) -> Value:  # fmt: skip
    """A figure of what happened, each day by its own tree. Who came or went with a branch that was
    moved came or went, so that what an organisation begins a year with is what it ended one with.
    """
    total = 0
    for first, last in trees.spans(*days):
        span = {**parameters, "first": first.isoformat(), "last": last.isoformat()}
        below = below_on(reader, span["last"])
        total += int(reader.rows(below + figure.query, span)[0][0] or 0)
    if figure.key in _WITH_BRANCHES:
        moved = trees.with_branches(*days)[_WITH_BRANCHES.index(figure.key)]
        total += moved[parameters["org"]]
    return Value(figure, total)


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
