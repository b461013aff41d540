"""The tree of organisations over the days of a year, for counts that include organisations
below."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from leaguectl.reports.predicates import is_member_on
from leaguectl.reports.query import as_date
from leaguectl.store.reading import Reader

_MOVES = """
    SELECT organization, day, before FROM organization_event
    WHERE kind = 'moved' ORDER BY day, id
"""
_MEMBERS = f"SELECT organization, count(*) FROM membership WHERE {is_member_on()} GROUP BY 1"

Paths = dict[str, tuple[str, ...]]
"""Each organisation with all above it, itself first."""


class Trees:
    """The place of each organisation in the tree on any day."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._parents: dict[str, str | None] = dict(
            map(tuple, reader.rows("SELECT code, parent FROM organization"))
        )
        self._moves = [(code, as_date(day), before) for code, day, before in reader.rows(_MOVES)]
        self._paths: dict[date, Paths] = {}

    def days(self, first: date, last: date) -> list[date]:
        """The days from the first to the last on which a branch was moved."""
        return sorted({day for _, day, _ in self._moves if first <= day <= last})

    def spans(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """The periods between the first and the last day in which nothing was moved."""
        begins = [first, *(day for day in self.days(first, last) if day > first)]
        for begin, following in zip(begins, [*begins[1:], last + timedelta(1)], strict=True):
            yield begin, following - timedelta(1)

    def paths(self, day: date) -> Paths:
        """The tree of a day."""
        if day not in self._paths:
            parents = dict(self._parents)
            # The earliest later move shows its place, so it is applied last.
            for code, moved, before in reversed(self._moves):
                if moved > day:
                    parents[code] = before or self._parents.get(code)
            self._paths[day] = {code: _path(code, parents) for code in parents}
        return self._paths[day]

    def with_branches(self, first: date, last: date) -> tuple[Counter[str], Counter[str]]:
        """How many members each organisation gained and lost because their branch was moved,
        counted on the day before the move."""
        came, gone = Counter[str](), Counter[str]()
        for day in self.days(first, last):
            eve = day - timedelta(1)
            before, after = self.paths(eve), self.paths(day)
            for code, members in self._reader.rows(_MEMBERS, {"last": eve.isoformat()}):
                left, reached = {*before.get(code, ())}, {*after.get(code, ())}
                came.update(dict.fromkeys(reached - left, members))
                gone.update(dict.fromkeys(left - reached, members))
        return came, gone

    def crossing(self, day: date, org: str, *, inward: bool) -> set[str]:
        """The organisations that were moved under an organisation on a day, or away from it."""
        before, after = self.paths(day - timedelta(1)), self.paths(day)
        left, reached = (
            {code for code, path in paths.items() if org in path} for paths in (before, after)
        )
        return reached - left if inward else left - reached


def _path(code: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    """The organisation and all above it; a circle, which ``check`` reports, ends where it began."""
    path: list[str] = []
    above: str | None = code
    while above is not None and above not in path and above in parents:
        path.append(above)
        above = parents[above]
    return tuple(path)
