"""What a figure is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto


class Tree(Enum):
    """The days whose tree of organisations is used."""

    EVE = auto()
    """The last day of the year before: a year begins as the last one ended."""
    LAST = auto()
    """The last day of the figure."""
    EACH = auto()
    """The tree of each day: an event counts where the branch was at that time."""


@dataclass(frozen=True, slots=True)
class About:
    """The subjects of a figure's rows, as SQL expressions over these rows; empty where there is no
    such subject. A figure is split by these, and they name its rows."""

    organization: str = ""
    person: str = ""
    day: str = ""
    name: str = ""
    """The name of the row itself, where it is neither a person nor an organisation."""
    number: str = ""
    """The development number of the row."""
    sector: str = ""
    """The sector that the figure uses, where it differs from that of the organisation."""
    basis: str = ""
    """The basis on which a post is held."""
    category: str = ""
    missing: str = ""
    """What is missing of the row, each followed by a slash."""
    head: str = ""
    """What is counted only once, even if it is in several rows; empty: each row counts."""
    amount: str = ""
    """What is summed up over the rows; empty: 1 for each."""
    whole: str = ""
    """For a ratio of sums, the row's part of the whole."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the year: its key, which rows it counts, and how."""

    key: str
    unit: str
    counted: str
    """What is selected from the rows: the count, or the part and the whole of a ratio."""
    rows: str
    """The rows: ``FROM`` and everything after it."""
    about: About = About()
    part: str = ""
    """The condition for a row to be in the count, or in the part of a ratio; empty: every row
    is."""
    before: str = ""
    """Tables of its own that the rows are taken from, to follow ``below``."""
    places: int | None = None
    """Decimal places of a ratio; None for a count."""
    tree: Tree = Tree.LAST
    """The tree that decides which organisations are below another."""

    @property
    def query(self) -> str:
        """The query that counts it, to follow the definition of ``below``."""
        return f"{self.before} SELECT {self.counted} {self.rows}"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure counted. ``value`` is None where there is nothing to count."""

    figure: Figure
    value: int | Decimal | None
