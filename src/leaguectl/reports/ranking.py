"""How the organisations stand: a year's scores weighed, ranked and rated.

Queries and arithmetic alone; marks, shares and weights of the policy are handed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.reports.figures import BELOW, Queryable

_SCORES = """
    SELECT organization.code, organization.name, organization.type, organization.founded,
        score.item, score.score, score."full", score.self_score, score.veto
    FROM score JOIN organization ON organization.code = score.organization
    WHERE score.year = :year AND score.organization IN (SELECT code FROM below)
    ORDER BY organization.code, score.item
"""

TIE_BREAKS = ("percent", "full_items", "self_difference")
"""What decides where two stand side by side, in this order: the percentage itself, more items with
full marks, a self score nearer to the reviewed one. Whoever is equal in all shares a rank."""

RATED_TYPES = ("branch", "general branch")
"""Types that are rated with stars (对标定级: 团支部、团总支)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a rating goes by: marks of 100 for each star, and which branches may have it."""

    stars: Mapping[int, Decimal]
    top_share: Decimal
    minimum_months: int
    top_months: int
    weights: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organisation stands; ``stars`` None: not rated, and ``why`` says why, or why it has
    fewer stars than its marks."""

    code: str
    organization: str
    type: str
    founded: date | None
    percent: Decimal
    self_percent: Decimal | None
    items: int
    full_items: int
    veto: str | None
    rank: int = 0
    stars: int | None = None
    why: str | None = None

    @property
    def order(self) -> tuple[Decimal, int, Decimal]:
        """What it is ranked by, the smallest first."""
        apart = abs(self.percent - self.self_percent) if self.self_percent is not None else None
        return (-self.percent, -self.full_items, apart if apart is not None else Decimal(101))


def rank(reader: Queryable, year: int, marks: Marks, org: str = "") -> list[Standing]:
    """The organisations that have scores, the best first, each with its rank and stars."""
    found: dict[str, list[Sequence[Any]]] = {}
    for row in reader.rows(BELOW + _SCORES, {"year": year, "org": org}):
        found.setdefault(row[0], []).append(row)
    weighed = sorted(
        (_weighed(rows, marks) for rows in found.values()), key=lambda one: (one.order, one.code)
    )
    ranked: list[Standing] = []
    for at, one in enumerate(weighed, 1):
        equal = ranked and ranked[-1].order == one.order
        ranked.append(replace(one, rank=ranked[-1].rank if equal else at))
    return _capped([_rated(one, year, marks) for one in ranked], marks)


def _weighed(rows: Sequence[Sequence[Any]], marks: Marks) -> Standing:
    """The score in per cent: each item's share of its full marks, by the item's weight times its
    full marks. An item without full marks is one of a hundred."""
    code, name, kind, founded = rows[0][:4]
    got = own = whole = Decimal(0)
    full_items, has_own = 0, True
    for row in rows:
        full = Decimal(str(row[6])) if row[6] is not None else Decimal(100)
        weight = marks.weights.get(row[4], Decimal(1))
        score = Decimal(str(row[5]))
        got += weight * score
        whole += weight * full
        full_items += score == full
        has_own = has_own and row[7] is not None
        own += weight * Decimal(str(row[7] or 0))
    veto = next((row[8] for row in rows if row[8]), None)
    return Standing(
        code, name, kind, date.fromisoformat(str(founded)) if founded else None,
        _percent(got, whole), _percent(own, whole) if has_own else None, len(rows), full_items,
        veto,
    )  # fmt: skip


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.01")) if whole else Decimal(0)


def _rated(one: Standing, year: int, marks: Marks) -> Standing:
    """The stars that its marks give, if it may be rated at all."""
    if one.type not in RATED_TYPES:
        return one
    if one.veto:
        return replace(one, why="veto")
    age = _months(one.founded, date(year, 12, 31))
    if age is not None and age < marks.minimum_months:
        return replace(one, why="too-young")
    stars = max((star for star, least in marks.stars.items() if one.percent >= least), default=0)
    if stars > 3 and age is not None and age < marks.top_months:
        return replace(one, stars=3, why="too-young-for-top")
    return replace(one, stars=stars)


def _capped(ranked: list[Standing], marks: Marks) -> list[Standing]:
    """No more with the two upper grades than their share allows: the first in rank keep them."""
    rated = [one for one in ranked if one.stars is not None]
    allowed = int(marks.top_share * len(rated))
    top = [one for one in rated if one.stars and one.stars > 3]
    below = {one.code for one in top if sum(other.rank <= one.rank for other in top) > allowed}
    return [replace(one, stars=3, why="share") if one.code in below else one for one in ranked]


def _months(first: date | None, last: date) -> int | None:
    if first is None:
        return None
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
