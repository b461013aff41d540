"""A closed year read back: what was frozen, and what the rows give now. Light, for scripts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from leaguectl.findings import NotFound
from leaguectl.reports import figures
from leaguectl.store import Location
from leaguectl.store.reading import open_reader


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a closed year that the rows no longer give."""

    key: str
    closed: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed year as it was frozen: each figure with value, unit, label and definition."""

    year: int
    day: str
    sha256: str
    figures: Sequence[Mapping[str, Any]]
    explained: Mapping[str, str]


def closed(location: Location, year: int) -> Closed:
    """A closed year as it was frozen.

    :raises NotFound: the year was not closed.
    """
    with open_reader(location) as reader:
        return _read(reader, year)


def diff(location: Location, year: int) -> list[Moved]:
    """The figures of a closed year that the rows no longer give, with what was closed and what is.

    :raises NotFound: the year was not closed.
    """
    with open_reader(location) as reader:
        was = {one["key"]: one["value"] for one in _read(reader, year).figures}
        now = counted(reader, year)
    return [Moved(key, was[key], now.get(key)) for key in was if was[key] != now.get(key)]


def counted(reader: figures.Queryable, year: int, org: str = "") -> dict[str, Any]:
    """The year's figures by their keys."""
    return {one.figure.key: one.value for one in figures.count(reader, year, org=org)}


def _read(reader: figures.Queryable, year: int) -> Closed:
    sql = "SELECT day, figures, sha256 FROM closing WHERE year = :year"
    found = reader.rows(sql, {"year": year})
    if not found:
        raise NotFound("year-not-closed", year=year)
    day, text, sha256 = found[0]
    return unfolded(year, str(day), text, sha256)


def unfolded(year: int, day: str, text: str, sha256: str) -> Closed:
    """A closing's row with its document read; ratios stand in it as text, so that no digit is
    lost."""
    document = json.loads(text)
    for one in document["figures"]:
        if one["unit"] == "ratio" and one["value"] is not None:
            one["value"] = Decimal(one["value"])
    return Closed(year, day, sha256, document["figures"], document["explained"])
