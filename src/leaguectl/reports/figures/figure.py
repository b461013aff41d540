"""What a figure is."""

from dataclasses import dataclass
from decimal import Decimal


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
