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
class About:
    """What each row that a figure counts is about, as SQL expressions over these rows; empty where
    it is about nothing of that sort. By these a figure is split, and its rows are named."""

    organization: str = ""
    person: str = ""
    day: str = ""
    name: str = ""
    """What the row itself is called, where it is neither a person nor an organisation."""
    number: str = ""
    """The development number that the row is."""
    sector: str = ""
    """The sector that the figure goes by, where it is not that in which the organisation lies."""
    basis: str = ""
    """On what basis a post is held."""
    category: str = ""
    missing: str = ""
    """What is missing of the row, each followed by a slash."""
    head: str = ""
    """What is counted once, in however many rows it stands; empty: each row."""
    amount: str = ""
    """What is added up of a row; empty: one."""
    whole: str = ""
    """Of a ratio of what is added up, what the row has of the whole."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the year: what it is called, which rows it counts, and how."""

    key: str
    unit: str
    counted: str
    """What is selected from the rows: the count, or of a ratio its part and its whole."""
    rows: str
    """The rows: ``FROM`` and all that follows."""
    about: About = About()
    part: str = ""
    """The condition on which a row is in the count, or in the part of a ratio; empty: each is."""
    before: str = ""
    """Tables of its own that the rows are taken from, to follow ``below``."""
    places: int | None = None
    """Decimal places of a ratio; None for a count."""
    tree: Tree = Tree.LAST
    """By which tree an organisation is counted with what lies below it."""

    @property
    def query(self) -> str:
        """The one query that counts it, to follow the definition of ``below``."""
        return f"{self.before} SELECT {self.counted} {self.rows}"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure counted. ``value`` is None where there is nothing to count."""

    figure: Figure
    value: int | Decimal | None
