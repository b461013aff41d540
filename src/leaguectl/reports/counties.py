"""Several registries side by side: what they are, and the figures of each and of all together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.reports.figures import FIGURES, Figure
from leaguectl.reports.figures.counting import Counting, counted
from leaguectl.reports.predicates import exists_on, is_member_on
from leaguectl.store.reading import Reader

Parts = Mapping[str, Sequence[Any]]
"""The count of each figure by its key; for a ratio its part and its whole."""


@dataclass(frozen=True, slots=True)
class County:
    """A registry: its place, its name, and the parts of its figures."""

    place: str
    name: str
    parts: Parts

    def value(self, figure: Figure) -> int | Decimal | None:
        """One of its figures."""
        return counted(figure, self.parts[figure.key])


def county(
    reader: Reader, place: str, year: int, as_of: date | None, only: Sequence[str]
) -> County:
    """A registry with its figures of a year, read at one moment."""
    counting = Counting(reader, year, as_of)
    chosen = [figure for figure in FIGURES if not only or figure.key in only]
    return County(place, name(reader) or place, {f.key: counting.parts(f) for f in chosen})


def together(figure: Figure, counties: Iterable[County]) -> int | Decimal | None:
    """A figure of all of them: counts are added up, and a ratio is that of the sums; None where
    none of them has it."""
    known = [parts for county in counties if (parts := county.parts[figure.key])[0] is not None]
    if not known:
        return None
    return counted(
        figure, [sum(Decimal(part or 0) for part in column) for column in zip(*known, strict=True)]
    )


def name(reader: Reader) -> str:
    """The name of a registry: the name given when it was made, else that of its topmost
    organisation."""
    rows = reader.rows("SELECT value FROM setting WHERE key = 'name'") or reader.rows(
        "SELECT name FROM organization WHERE parent IS NULL"
        " ORDER BY dissolved IS NOT NULL, code LIMIT 1"
    )
    return str(rows[0][0]) if rows else ""


def summary(reader: Reader, place: str, day: date) -> dict[str, Any]:
    """The row of a registry in a list of several, as of a day."""
    last = reader.rows("SELECT id, at FROM operation ORDER BY id DESC LIMIT 1")
    when = {"day": day.isoformat()}
    organizations = f"SELECT count(*) FROM organization WHERE {exists_on(day=':day')}"
    members = f"SELECT count(DISTINCT person) FROM membership WHERE {is_member_on(day=':day')}"
    return {
        "name": name(reader), "registry": place,
        "organizations": reader.rows(organizations, when)[0][0],
        "members": reader.rows(members, when)[0][0],
        "last_operation": last[0][0] if last else None, "at": last[0][1] if last else None,
    }  # fmt: skip
