"""The figures of a year: counted from the rows, as they were when the year was closed, and what has
changed since. Light, for scripts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from leaguectl.findings import NotFound, UsageError
from leaguectl.reports import figures
from leaguectl.reports.query import select
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.reports.figures.by_organization import Balances


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year up to a day; ``organization`` is the name of the organisation that they
    cover with all below it, None: all."""

    year: int
    as_of: date
    organization: str | None
    values: list[figures.Value]


def year_figures(
    reader: Reader, year: int, as_of: date | None = None, org: str = "", only: Sequence[str] = ()
) -> Year:
    """Count the year's figures, or those with the keys ``only``.

    :raises UsageError: ``as_of`` lies before the year.
    """
    last = date(year, 12, 31)
    if as_of is not None and as_of.year < year:
        raise UsageError("as-of-before-year", day=as_of, year=year)
    values = figures.count(reader, year, as_of, org, only)
    name = None
    if org:
        from leaguectl.reports import organizations  # the figures of all do without its lists

        name = organizations.name(reader, org, min(as_of or last, last))
    return Year(year, min(as_of or last, last), name, values)


def year_before(day: date) -> date:
    """The same day a year before; 28 February for the 29th."""
    # The day before 1 March, so that both periods are as equal as possible.
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed year with its frozen figures, each with value, unit, label and definition."""

    year: int
    day: str
    sha256: str
    figures: Sequence[Mapping[str, Any]]
    explained: Mapping[str, str]
    organizations: "Balances | None"
    """The frozen figures of each organisation; None for a year that was closed before these were
    kept."""


def closed(reader: Reader, year: int) -> Closed:
    """A closed year as it was frozen.

    :raises NotFound: the year was not closed.
    """
    sql = "SELECT day, figures, sha256 FROM closing WHERE year = :year"
    for closing in select(reader, sql, {"year": year}):
        return unfolded(year, closing["day"], closing["figures"], closing["sha256"])
    raise NotFound("year-not-closed", year=year)


def unfolded(year: int, day: str, text: str, sha256: str) -> Closed:
    """A closing's row with its document parsed; ratios are text in it, so that no digit is lost."""
    document = json.loads(text)
    for figure in document["figures"]:
        if figure["unit"] == "ratio" and figure["value"] is not None:
            figure["value"] = Decimal(figure["value"])
    return Closed(
        year, day, sha256, document["figures"], document["explained"], document.get("organizations")
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a closed year that differs from the rows now; for an organisation with all below
    it where one is named."""

    key: str
    closed: Any
    now: Any
    organization: str | None = None
    code: str | None = None


def diff(reader: Reader, year: int, org: str = "") -> list[Moved]:
    """The figures of a closed year that differ from the rows now, with the frozen and the present
    value: those of the county and then of each organisation, or of a single one.

    :raises NotFound: the year was not closed.
    """
    closing = closed(reader, year)
    moved = []
    if not org:
        frozen = {figure["key"]: figure["value"] for figure in closing.figures}
        now = figures.by_key(reader, year)
        moved = [
            Moved(key, value, now.get(key))
            for key, value in frozen.items()
            if value != now.get(key)
        ]
    # An old closing is compared as far as it goes.
    return moved + _moved_below(reader, year, closing.organizations or {}, org)


def _moved_below(reader: Reader, year: int, frozen: "Balances", org: str) -> list[Moved]:
    """The same for organisations: for one, or for all."""
    from leaguectl.reports.figures import by_organization  # counting a year does without it

    if not frozen:
        return []
    now = by_organization.balances(reader, year)
    names = dict(map(tuple, reader.rows("SELECT code, name FROM organization")))
    moved = []
    for code in [org] if org else sorted(frozen.keys() | now.keys()):
        before, after = frozen.get(code, {}), now.get(code, {})
        moved += [
            Moved(key, before.get(key, 0), after.get(key, 0), names.get(code), code)
            for key in by_organization.KEYS
            if before.get(key, 0) != after.get(key, 0)
        ]
    return moved
