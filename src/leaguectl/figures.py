"""The statistics: each figure a key, a unit, and the one query that counts it.

A query is portable SQL with four parameters: ``:first`` and ``:last``, the days that the figure is
about; ``:year``; and ``:org``, the organisation at the top (empty: all). It returns one row: the
count, or for a ratio its two parts. The words (label, definition) are in
:mod:`leaguectl.messages`; nothing else counts a figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

BELOW = """
    WITH RECURSIVE below(code) AS (
        SELECT code FROM organization WHERE code = :org OR (:org = '' AND parent IS NULL)
        UNION SELECT organization.code FROM organization JOIN below
        ON organization.parent = below.code
    )
"""
"""The organisations that a figure looks at: the one asked for and all below it."""

_ORGANIZATIONS = """
    SELECT count(*) FROM organization
    WHERE code IN (SELECT code FROM below)
    AND (founded IS NULL OR founded <= :last) AND (dissolved IS NULL OR dissolved > :last)
"""
_MEMBERS = """
    SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
    AND (joined IS NULL OR joined {begun}) AND ("left" IS NULL OR "left" {begun_not})
"""
_LEFT = """
    SELECT {what} FROM membership WHERE organization IN (SELECT code FROM below)
    AND "left" BETWEEN :first AND :last
    AND coalesce(leaving_reason, '') {transferred} 'transferred'
"""
_TRANSFERRED_OUT = _LEFT.format(
    what="""count(*) + (
        SELECT count(*) FROM admission
        JOIN membership AS moved ON moved.person = admission.person
            AND moved.joined = admission.meeting
        WHERE admission.organization IN (SELECT code FROM below)
        AND moved.organization NOT IN (SELECT code FROM below)
        AND admission.meeting BETWEEN :first AND :last)""",
    transferred="=",
)
_ADMISSIONS = """
    SELECT count(*) FROM admission JOIN organization ON organization.code = admission.organization
    WHERE admission.organization IN (SELECT code FROM below)
    AND admission.meeting BETWEEN :first AND :last
"""
_SLOTS = """
    FROM number JOIN quota ON quota.id = number.quota
    LEFT JOIN admission ON admission.number = number.number AND admission.meeting <= :last
    WHERE quota.organization IN (SELECT code FROM below) AND quota.year = :year
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the year: what it is called, what it counts, and how."""

    key: str
    unit: str
    query: str
    places: int | None = None
    """Decimal places of a ratio; None for a count."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure counted. ``value`` is None where there is nothing to count."""

    figure: Figure
    value: int | Decimal | None


FIGURES: tuple[Figure, ...] = (
    Figure("organizations.total", "organization", _ORGANIZATIONS),
    Figure("organizations.villages", "organization", _ORGANIZATIONS + "AND sector = 'village'"),
    Figure(
        "organizations.communities", "organization", _ORGANIZATIONS + "AND sector = 'community'"
    ),
    Figure("members.opening", "person", _MEMBERS.format(begun="< :first", begun_not=">= :first")),
    Figure("admissions.total", "person", _ADMISSIONS),
    Figure(
        "members.transferred_in",
        "person",
        """
        SELECT count(*) FROM membership WHERE organization IN (SELECT code FROM below)
        AND joined BETWEEN :first AND :last
        AND NOT EXISTS (SELECT 1 FROM admission WHERE admission.person = membership.person
                        AND admission.meeting = membership.joined
                        AND admission.organization IN (SELECT code FROM below))
        """,
    ),
    Figure("members.transferred_out", "person", _TRANSFERRED_OUT),
    Figure("members.left", "person", _LEFT.format(what="count(*)", transferred="<>")),
    Figure("members.total", "person", _MEMBERS.format(begun="<= :last", begun_not="> :last")),
    Figure("admissions.school", "person", _ADMISSIONS + "AND organization.domain = 'school'"),
    Figure(
        "admissions.society",
        "person",
        _ADMISSIONS + "AND coalesce(organization.domain, 'society') = 'society'",
    ),
    Figure("admissions.quota", "place", "SELECT nullif(count(*), 0) " + _SLOTS),
    Figure(
        "admissions.quota_left",
        "place",
        "SELECT sum(CASE WHEN number.state <> 'void' AND admission.id IS NULL THEN 1 ELSE 0 END)"
        + _SLOTS,
    ),
    Figure(
        "numbers.usage_rate",
        "ratio",
        "SELECT sum(CASE WHEN admission.id IS NULL THEN 0 ELSE 1 END), count(*) " + _SLOTS,
        places=4,
    ),
)


class Asks(Protocol):
    """Whatever answers a query with rows."""

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Sequence[Any]]:
        """All rows of one query."""
        ...


def count(reader: Asks, year: int, as_of: date | None = None, org: str = "") -> list[Value]:
    """Count every figure of the year, up to its last day or to ``as_of`` within it."""
    last = min(as_of or date(year, 12, 31), date(year, 12, 31))
    asked = {"year": year, "first": f"{year}-01-01", "last": last.isoformat(), "org": org}
    return [_counted(figure, reader.rows(BELOW + figure.query, asked)[0]) for figure in FIGURES]


def _counted(figure: Figure, row: Sequence[Any]) -> Value:
    if figure.places is None:
        return Value(figure, None if row[0] is None else int(row[0]))
    part, whole = row
    if not whole:
        return Value(figure, None)
    exact = Decimal(int(part or 0)) / Decimal(int(whole))
    step = Decimal(1).scaleb(-figure.places)
    return Value(figure, exact.quantize(step, rounding=ROUND_HALF_UP))
