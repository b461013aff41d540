"""What a kind of sheet is to the search for its headings, and how it was found in a sheet."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

_ANYWHERE = frozenset({"year", "organization", "unit"})
"""Fields that tell no kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of sheet: the field, the headings it goes by, whether it must be there."""

    field: str
    headings: tuple[str, ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet, recognised by its headings."""

    name: str
    columns: tuple[Column, ...]
    shows_it: frozenset[str] = frozenset()
    """Fields of which at least one must be there, or a mark."""
    marks: tuple[str, ...] = ()
    """Headings that tell this kind, though nothing is read from them."""
    gives_way: frozenset[str] = frozenset()
    """Where two of these fields are there it is another kind,"""
    unless: str | None = None
    """except where this field is there too."""
    kept: bool = True
    """Whether its rows are read; else it is a table that is known and left alone."""
    least: int = 0
    """How many of its columns must be there at the least."""

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a sheet is not of this kind."""
        return frozenset(column.field for column in self.columns if column.required)

    def can_be(self, fields: Set[str], marked: int) -> bool:
        """Whether headings that fit do not speak against it: candidates have no ballot yet, and a
        name alone makes nobody one. ``marked`` is how many of its marks were found."""
        if len(fields) < self.least or (self.shows_it and not (self.shows_it & fields or marked)):
            return False
        return len(self.gives_way & fields) < 2 or self.unless in fields

    def looks_like_it(self, fields: Set[str], headings: int) -> bool:
        """Whether a table that lacks a column is still taken for one of this kind: half of what it
        must have is there, or a third where that and the rest is half of all its ``headings``. A
        year and a unit alone, or a name and a day, stand in many a foreign table."""
        if fields <= _ANYWHERE:
            return self.required <= fields
        there, needed = len(self.required & fields), len(self.required)
        return 2 * there >= needed or (3 * there >= needed and 2 * len(fields) >= headings)


@dataclass(frozen=True, slots=True)
class Match:
    """How a sheet was understood: its kind, the heading row, each field's column."""

    kind: str
    header: int
    fields: Mapping[str, int]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    doubled: tuple[tuple[str, str, str, int], ...]
    """Field, its heading, the heading of the further column, and that column."""
    missing: frozenset[str]
    kept: bool = True
    """Whether it is a kind that is read; else the table is known and left alone."""
    depth: int = 1
    """How many rows deep the headings are; ``header`` is the last."""
    bare: tuple[int, ...] = ()
    """Columns without a heading."""
    top: int = 0
    """Where its title begins, counted like ``header``."""
    end: int | None = None
    """Where the next table of the sheet begins, counted like ``header``."""
    titles: frozenset[int] = frozenset()
    """Rows of one cell above headings that are repeated."""
    banners: Mapping[int, str] | None = None
    """Rows with nothing but a cell that is merged over several columns: a title or a class."""
    marked: int = 0
    """How many headings tell the kind without being read."""
