"""The ranking of organisations: a year's scores weighed, ranked and rated.

Marks, shares and weights come from the policy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from leaguectl.reports.predicates import value_on
from leaguectl.reports.query import Row, below_on, days_of, select
from leaguectl.reports.rulebook import policy_in
from leaguectl.store.reading import Reader

_TYPE = value_on("type", "organization", "code")
_SCORES = f"""
    SELECT organization.code, tree.name AS organization, {_TYPE} AS type,
        organization.founded, tree.parent, score.item, score.score, score."full",
        score.self_score, score.veto
    FROM score JOIN organization ON organization.code = score.organization
    JOIN tree ON tree.code = organization.code
    WHERE score.year = :year AND score.organization IN (SELECT code FROM below)
    ORDER BY organization.code, score.item
"""

TIE_BREAKS = ("percent", "full_items", "self_difference")
"""What decides between two organisations, in this order: the percentage, more items with full
marks, a self score closer to the reviewed score. Organisations that are equal in all of these share
a rank."""

LEVELS = {
    "committee": 0, "work committee": 0, "general branch": 1, "branch": 2, "graduating branch": 2,
}  # fmt: skip
"""The types that are ranked together, higher levels first."""

RATED_TYPES = ("branch", "general branch")
"""Types that are rated with stars (对标定级: 团支部、团总支)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The terms of a rating: marks of 100 for each star, and which branches may have it."""

    stars: Mapping[int, Decimal]
    top_share: Decimal
    minimum_months: int
    top_months: int
    weights: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """The rank and rating of an organisation; ``stars`` None: not rated. ``why`` is the reason for
    that, or for fewer stars than its marks."""

    code: str
    organization: str
    type: str
    founded: date | None
    percent: Decimal
    self_percent: Decimal | None
    items: int
    full_items: int
    veto: str | None
    parent: str | None = None
    rank: int = 0
    stars: int | None = None
    why: str | None = None

    @property
    def order(self) -> tuple[int, bool, Decimal, int, Decimal]:
        """The sort key, the smallest first: within its level, last where it was vetoed."""
        difference = Decimal(101)  # after all others
        if self.self_percent is not None:
            difference = abs(self.percent - self.self_percent)
        is_vetoed = self.veto is not None
        return (LEVELS[self.type], is_vetoed, -self.percent, -self.full_items, difference)


def standings(reader: Reader, year: int, org: str = "") -> list[Standing]:
    """The organisations that have scores of the year, the best first, each with its rank and
    stars."""
    policy = policy_in(reader)
    limits = policy.rating_on(date(year, 12, 31))
    marks = Marks(
        {5: limits.five_stars, 4: limits.four_stars, 3: limits.three_stars, 2: limits.two_stars},
        limits.top_share, limits.minimum_months, limits.top_months, policy.weights,
    )  # fmt: skip
    scores: dict[str, list[Row]] = {}
    _, last = days_of(year)
    parameters = {"year": year, "org": org, "last": last}
    for row in select(reader, below_on(reader, last) + _SCORES, parameters):
        scores.setdefault(row["code"], []).append(row)
    weighed = sorted(
        (_weighed(rows, marks) for rows in scores.values()),
        key=lambda standing: (standing.order, standing.code),
    )
    ranked: list[Standing] = []
    for _, of_level in groupby(weighed, key=lambda standing: LEVELS[standing.type]):
        for place, standing in enumerate(of_level, 1):
            equal = ranked and ranked[-1].order == standing.order
            ranked.append(replace(standing, rank=ranked[-1].rank if equal else place))
    rated = [_rated(standing, year, marks) for standing in ranked]
    return _capped(_no_better_than_below(rated), marks)


def _no_better_than_below(rated: list[Standing]) -> list[Standing]:
    """Limit each general branch to the stars of the worst branch below it; branches too young to be
    rated do not count."""
    worst: dict[str | None, int] = {}
    for standing in rated:
        if standing.stars is not None or standing.why == "veto":
            worst[standing.parent] = min(standing.stars or 0, worst.get(standing.parent, 5))
    return [
        replace(standing, stars=worst[standing.code], why="branch-below")
        if standing.stars is not None and worst.get(standing.code, 5) < standing.stars
        else standing
        for standing in rated
    ]


def _weighed(rows: Sequence[Row], marks: Marks) -> Standing:
    """The score in per cent: each item's share of its full marks, weighted by the item's weight
    times its full marks. An item without full marks counts as out of a hundred."""
    weights = [marks.weights.get(row["item"], Decimal(1)) for row in rows]
    full_marks = [Decimal(100) if row["full"] is None else _decimal(row["full"]) for row in rows]
    scores = [_decimal(row["score"]) for row in rows]
    whole = _weighted_sum(weights, full_marks)
    self_percent = None
    if all(row["self_score"] is not None for row in rows):
        own = [_decimal(row["self_score"]) for row in rows]
        self_percent = _percent(_weighted_sum(weights, own), whole)
    first = rows[0]
    return Standing(
        first["code"], first["organization"], first["type"],
        date.fromisoformat(first["founded"]) if first["founded"] else None,
        _percent(_weighted_sum(weights, scores), whole), self_percent, len(rows),
        sum(score == full for score, full in zip(scores, full_marks, strict=True)),
        next((row["veto"] for row in rows if row["veto"]), None), first["parent"],
    )  # fmt: skip


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))  # as it is written: binary floats would not add up


def _weighted_sum(weights: Sequence[Decimal], values: Sequence[Decimal]) -> Decimal:
    pairs = zip(weights, values, strict=True)
    return sum((weight * value for weight, value in pairs), Decimal(0))


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (100 * part / whole).quantize(Decimal("0.01")) if whole else Decimal(0)


def _rated(standing: Standing, year: int, marks: Marks) -> Standing:
    """The stars that its marks give, if it may be rated at all."""
    if standing.type not in RATED_TYPES:
        return standing
    if standing.veto:
        return replace(standing, why="veto")
    age = _months(standing.founded, date(year, 12, 31))
    if age is not None and age < marks.minimum_months:
        return replace(standing, why="too-young")
    reached = (star for star, least in marks.stars.items() if standing.percent >= least)
    stars = max(reached, default=0)
    if stars > 3 and age is not None and age < marks.top_months:
        return replace(standing, stars=3, why="too-young-for-top")
    return replace(standing, stars=stars)


def _capped(ranked: list[Standing], marks: Marks) -> list[Standing]:
    """Limit the two upper grades to their share: the first in rank keep them."""
    rated = [standing for standing in ranked if standing.stars is not None]
    # Rounded down: thirty per cent of three rated branches is none.
    allowed = int(marks.top_share * len(rated))
    top = [standing for standing in rated if standing.stars and standing.stars > 3]
    # Equal ranks are treated equally: all equals beyond the share lose their grade.
    capped = {
        standing.code
        for standing in top
        if sum(other.rank <= standing.rank for other in top) > allowed
    }
    return [
        replace(standing, stars=3, why="share") if standing.code in capped else standing
        for standing in ranked
    ]


def _months(first: date | None, last: date) -> int | None:
    """Full months from one day to another."""
    if first is None:
        return None
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
