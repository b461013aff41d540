"""How a year's figures are counted: the days, their trees, and the queries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from leaguectl.reports.figures.figure import Figure, Tree, Value
from leaguectl.reports.predicates import is_member_on
from leaguectl.reports.query import below_on
from leaguectl.store.connection import in_clause
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.reports.figures.trees import Trees

_MOVED = """
    SELECT 1 FROM organization_event WHERE kind = 'moved' AND day BETWEEN :first AND :last LIMIT 1
"""
_WITH_BRANCH = {"members.transferred_in": True, "members.transferred_out": False}
"""Figures that count members who came or went with a moved branch; True: who came."""


class Counting:
    """A year's figures, up to its last day or to ``as_of`` within it: for everything, for an
    organisation and those below it, or for the organisation ``alone``."""

    def __init__(
        self, reader: Reader, year: int, as_of: date | None = None, org: str = "", *,
        alone: bool = False,
    ) -> None:  # fmt: skip
        end = date(year, 12, 31)
        self._reader = reader
        self.first, self.last = date(year, 1, 1), min(as_of or end, end)
        self.eve = date(year - 1, 12, 31)
        self._parameters: dict[str, Any] = {
            "year": year, "eve": self.eve.isoformat(), "first": self.first.isoformat(),
            "last": self.last.isoformat(), "end": end.isoformat(), "org": org,
            "whole": int(self.last == end),
        }  # fmt: skip
        self._moved = None if alone or not org else self._trees_if_moved()
        below = below_on(reader, self.last.isoformat(), every=not org, alone=alone)
        self._below = dict.fromkeys(Tree, below)
        if self._moved is not None:  # else one tree answers for all days of the year
            self._below[Tree.EVE] = below_on(reader, self.eve.isoformat(), ":eve")

    def value(self, figure: Figure) -> Value:
        """The figure counted."""
        return Value(figure, counted(figure, self.parts(figure)))

    def parts(self, figure: Figure) -> Sequence[Any]:
        """The parts of the figure: the count, or the part and the whole of a ratio."""
        rows = list(self.select(figure, figure.counted))
        if len(rows) == 1:
            return rows[0]
        return (sum(int(row[0] or 0) for row in rows),)  # days of several trees

    def select(self, figure: Figure, columns: str, group: str = "") -> Iterator[Sequence[Any]]:
        """Columns of the rows that the figure counts, in groups where ``group`` is given.

        Events have the tree of their day, if a branch was moved in the year: there is a row, or a
        group, for each period between moves. Members of a moved branch count as having come or
        gone, so that an organisation begins a year with the numbers with which it ended the last.
        """
        query = f"{figure.before} SELECT {columns} {figure.rows} {group}"
        if self._moved is None or figure.tree is not Tree.EACH:
            yield from self._reader.rows(self._below[figure.tree] + query, self._parameters)
            return
        for first, last in self._moved.spans(self.first, self.last):
            span: dict[str, Any] = {
                **self._parameters,
                "first": first.isoformat(),
                "last": last.isoformat(),
            }
            yield from self._reader.rows(below_on(self._reader, span["last"]) + query, span)
        if figure.key in _WITH_BRANCH:
            for sql, parameters in self._with_branches(figure, self._moved):
                yield from self._reader.rows(f"SELECT {columns} {sql} {group}", parameters)

    def _with_branches(
        self, figure: Figure, trees: "Trees"
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The members of branches that were moved under the organisation, or away from it, as of
        the day before each move."""
        org = str(self._parameters["org"])
        for day in trees.days(self.first, self.last):
            codes = trees.crossing(day, org, inward=_WITH_BRANCH[figure.key])
            if not codes:
                continue
            which, named = in_clause("organization", sorted(codes))
            eve = day - timedelta(1)
            members = f"""
                FROM (SELECT person, organization, '{day}' AS day, 1 AS times FROM membership
                      WHERE {which} AND {is_member_on(day=":eve")}) AS came
            """
            yield members, {**named, "eve": eve.isoformat()}

    def _trees_if_moved(self) -> "Trees | None":
        """The trees of the counted days; None where no branch was moved on any of them."""
        days = {key: self._parameters[key] for key in ("first", "last")}
        if not self._reader.rows(_MOVED, days):
            return None
        from leaguectl.reports.figures.trees import (
            Trees,
        )  # only few years need it, so scripts stay fast

        return Trees(self._reader)


def counted(figure: Figure, row: Sequence[Any]) -> int | Decimal | None:
    """The value of a figure from the row of its query: the count, or the two parts of a ratio."""
    if figure.places is None:
        return None if row[0] is None else int(row[0])
    part, whole = row
    if not whole:
        return None
    exact = Decimal(int(part or 0)) / Decimal(int(whole))
    # Rounded half up, as an office does, and with decimals: 0.12345 is not a binary fraction.
    return exact.quantize(Decimal(1).scaleb(-figure.places), rounding=ROUND_HALF_UP)
