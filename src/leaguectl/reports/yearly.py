"""The facts of the yearly report: each figure with that of the year before and why it fell, tables
split from the same figures, the next year's base. The words are added elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.findings import NotFound
from leaguectl.reports import activities, organizations, years
from leaguectl.reports.figures import FIGURES, Figure
from leaguectl.reports.figures.splits import Split, split
from leaguectl.reports.forecast import Forecast, forecast
from leaguectl.reports.query import Row
from leaguectl.reports.ranking import Standing, standings
from leaguectl.reports.rulebook import policy_in
from leaguectl.store.chain import head
from leaguectl.store.reading import Reader

BALANCE = ("organizations.total", "members.opening", "admissions.total", "members.transferred_in",
           "members.transferred_out", "members.left", "members.total", "cadres.total")  # fmt: skip
"""The figures of each unit, from the opening to the closing numbers of the year."""
SECTORS = ("organizations.total", "members.total", "admissions.total", "cadres.total")
OWN = ("members.total", "admissions.total", "cadres.total")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the year and of the year before; ``explained`` says why it is lower."""

    figure: Figure
    value: int | Decimal | None
    previous: int | Decimal | None
    explained: str | None

    @property
    def change(self) -> int | Decimal | None:
        """The increase; None where either year was not counted."""
        if self.value is None or self.previous is None:
            return None
        return self.value - self.previous

    @property
    def has_fallen(self) -> bool:
        """Whether it is lower than the year before, which must be explained."""
        return (self.change or 0) < 0


@dataclass(frozen=True, slots=True)
class Yearly:
    """The content of a report on a year, as codes and values. ``moved`` are the figures that have
    changed since the year was ``closed``."""

    year: int
    as_of: date
    organization: str
    figures: Mapping[str, Compared]
    closed: years.Closed | None
    moved: Sequence[str]
    seal: str | None
    by_unit: Split
    rates_by_unit: Split
    by_sector: Split
    by_basis: Split
    bases: Split
    by_month: Split
    by_age: Split
    by_organization: Split
    organizations: Sequence[Row]
    trainings: Sequence[Row]
    activities: Sequence[Row]
    missing: Sequence[Row]
    tasks: Sequence[Row]
    surveys: Sequence[Row]
    standings: Sequence[Standing]
    base: Forecast

    @property
    def fallen(self) -> list[Compared]:
        """The figures that are lower than the year before."""
        return [compared for compared in self.figures.values() if compared.has_fallen]


def yearly(
    reader: Reader, year: int, today: date, as_of: date | None = None, org: str = "",
    explained: Mapping[str, str] | None = None,
) -> Yearly:  # fmt: skip
    """Gather what a report says on a year up to a day, of an organisation with all below it."""
    # A year that is not over is reported as it is.
    as_of = as_of or min(date(year, 12, 31), max(today, date(year, 1, 1)))
    counted = years.year_figures(reader, year, as_of, org)
    before = years.year_figures(reader, year - 1, years.year_before(counted.as_of), org)
    closed = _closed(reader, year)
    reasons = {**(closed.explained if closed and not org else {}), **(explained or {})}
    previous = {value.figure.key: value.value for value in before.values}
    figures = {
        value.figure.key: Compared(
            value.figure, value.value, previous[value.figure.key], reasons.get(value.figure.key)
        )
        for value in counted.values
    }

    def by(dimensions: Sequence[str], keys: Sequence[str]) -> Split:
        chosen = [figure for figure in FIGURES if figure.key in keys]
        chosen.sort(key=lambda figure: keys.index(figure.key))
        return split(reader, year, dimensions, chosen, counted.as_of, org)

    policy = policy_in(reader)
    return Yearly(
        year=year,
        as_of=counted.as_of,
        organization=counted.organization or _top(reader, counted.as_of),
        figures=figures,
        closed=closed,
        moved=[moved.key for moved in years.diff(reader, year, org)] if closed else [],
        seal=head(reader.rows),
        by_unit=by(["unit"], BALANCE),
        rates_by_unit=by(["unit"], ["cadres.posts_filled_rate"]),
        by_sector=by(["sector"], SECTORS),
        by_basis=by(["sector", "basis"], ["cadres.total"]),
        bases=by(["basis"], ["cadres.total"]),
        by_month=by(["month"], ["admissions.school", "admissions.society", "admissions.total"]),
        by_age=by(["sex", "age"], ["members.total"]),
        by_organization=by(["organization"], OWN),
        organizations=organizations.tree(reader, org, counted.as_of),
        trainings=activities.trainings(reader, year) if not org else [],
        activities=activities.activities(reader, year, org),
        missing=activities.missing(reader, policy, year, today, org),
        tasks=activities.tasks(reader, counted.as_of, org),
        surveys=activities.surveys(reader, policy, year, org),
        standings=standings(reader, year, org),
        base=forecast(reader, year + 1, counted.as_of, org),
    )


def _closed(reader: Reader, year: int) -> years.Closed | None:
    try:
        return years.closed(reader, year)
    except NotFound:
        return None


def _top(reader: Reader, day: date) -> str:
    """The name of the organisation at the top; empty where there are several, or none."""
    tops = [row["name"] for row in organizations.tree(reader, "", day)
            if row["depth"] == 0]  # fmt: skip
    return tops[0] if len(tops) == 1 else ""


def periods_missing(rows: Sequence[Row]) -> dict[str, tuple[int, int]]:
    """How many branches lack meetings of each kind, and how many meetings they lack together."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        branches, meetings = found.get(row["category"], (0, 0))
        found[row["category"]] = (branches + 1, meetings + len(row["missing"]))
    return found


def held_by_category(rows: Sequence[Row]) -> dict[str, tuple[int, int | None]]:
    """How many activities of each category there were, and how many people came; None where nobody
    was counted."""
    found: dict[str, tuple[int, Any]] = {}
    for row in rows:
        sessions, attendances = found.get(row["category"], (0, None))
        if row["attendances"] is not None:
            attendances = (attendances or 0) + row["attendances"]
        found[row["category"]] = (sessions + 1, attendances)
    return found
