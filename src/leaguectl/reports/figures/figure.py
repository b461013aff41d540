"""What a figure is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto


class Tree(Enum):
    """The days on which the tree of organisations is looked at."""

    EVE = auto()
    """The last day of the year before: the year begins as that one ended."""
    LAST = auto()
    """The last day that the figure is about."""
    EACH = auto()
    """Each day its own: what happened counts where the branch lay when it happened."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the year: what it is called, what it counts, and how."""

    key: str
    unit: str
    query: str
    places: int | None = None
    """Decimal places of a ratio; None for a count."""
    tree: Tree = Tree.LAST
    """By which tree an organisation is counted with what lies below it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure counted. ``value`` is None where there is nothing to count."""

    figure: Figure
    value: int | Decimal | None
