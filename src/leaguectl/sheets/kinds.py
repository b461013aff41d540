"""What a kind of sheet is to the search for its headings: its columns, and what tells it."""

from collections.abc import Set
from dataclasses import dataclass


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

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a sheet is not of this kind."""
        return frozenset(column.field for column in self.columns if column.required)

    def can_be(self, fields: Set[str], marked: int) -> bool:
        """Whether headings that fit do not speak against it: candidates have no ballot yet, and a
        name alone makes nobody one. ``marked`` is how many of its marks were found."""
        if self.shows_it and not (self.shows_it & fields or marked):
            return False
        return len(self.gives_way & fields) < 2 or self.unless in fields
