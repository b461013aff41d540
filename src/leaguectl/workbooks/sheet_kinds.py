"""Kinds of sheets as the search for headings needs them, and how a table of one was understood."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

_IN_MANY_KINDS = frozenset({"year", "organization", "unit"})
"""Fields that many kinds of sheets have, so that they do not indicate the kind."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of sheet: the field, its headings, whether it is required, and the
    headings that only count where no other column has the field."""

    field: str
    headings: tuple[str, ...]
    required: bool
    weak: frozenset[str] = frozenset()


YEAR_GROUP = Column("year_group", ("年级", "year group", "所在年级"), required=False)
"""The column that says a part of the class which stands in another one."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet, recognised by its headings."""

    name: str
    columns: tuple[Column, ...]
    requires_any: frozenset[str] = frozenset()
    """At least one of these fields must be present, or a marker heading."""
    marker_headings: tuple[str, ...] = ()
    """Headings that indicate this kind, though nothing is read from them."""
    not_if_two_of: frozenset[str] = frozenset()
    """Where two of these fields are there it is another kind,"""
    except_with: str | None = None
    """except where this field is there too."""
    imported: bool = True
    """Whether its rows are read; else it is a table that is known and left alone."""
    min_columns: int = 0
    """The least number of its columns that must be present."""
    keys: frozenset[str] = frozenset()
    """Fields that identify what a row is about: a row without any of them is about nobody."""
    is_roster: bool = False
    """Whether everybody in it is a member, unless something else says otherwise."""
    combined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields of headings over several fields in one cell (both introducers)."""

    @property
    def required(self) -> frozenset[str]:
        """The fields without which a sheet is not of this kind."""
        return frozenset(column.field for column in self.columns if column.required)

    def with_given(self, fields: Set[str]) -> "SheetKind":
        """The kind where these fields are given in another way."""
        columns = (
            replace(each, required=each.required and each.field not in fields)
            for each in self.columns
        )
        return replace(self, columns=tuple(columns))

    def with_headings(self, fields: Mapping[str, str]) -> "SheetKind":
        """The kind with further headings, which only count where no other column has the field."""
        columns = []
        for each in self.columns:
            more = tuple(heading for heading, name in fields.items() if name == each.field)
            columns.append(replace(each, headings=each.headings + more, weak=each.weak.union(more)))
        return replace(self, columns=tuple(columns))

    def can_be(self, fields: Set[str], markers: int) -> bool:
        """Whether matching headings do not exclude the kind: candidates have no ballot yet, and a
        name is not enough for a candidate. ``markers`` is how many of its marker headings were
        found."""
        if len(fields) < self.min_columns:
            return False
        if self.requires_any and not markers and self.requires_any.isdisjoint(fields):
            return False
        return len(self.not_if_two_of & fields) < 2 or self.except_with in fields

    def resembles(self, fields: Set[str], headings: int) -> bool:
        """Whether a table that lacks a column still counts as this kind, so that the column is
        reported as missing: it has half of the required columns, or a third where most of its
        ``headings`` are known. Many other tables have just a year and a unit."""
        if fields <= _IN_MANY_KINDS:
            return self.required <= fields
        there, needed = len(self.required & fields), len(self.required)
        return 2 * there >= needed or (3 * there >= needed and 2 * len(fields) >= headings)


class Doubled(NamedTuple):
    """A second column for a field: the headings of both, and its index."""

    field: str
    first: str
    second: str
    column: int


@dataclass(frozen=True, slots=True)
class Match:
    """How a table was understood. Rows and columns are indexes into the rows of the sheet."""

    kind: str
    header: int
    """The last row of the headings."""
    fields: Mapping[str, int]
    """The column of each field."""
    headings: Mapping[str, str]
    """The heading of each field as the sheet has it."""
    ignored: tuple[str, ...]
    doubled: tuple[Doubled, ...]
    missing: frozenset[str]
    imported: bool = True
    """Whether it is a kind that is read; else the table is known and left alone."""
    depth: int = 1
    """How many rows deep the headings are."""
    bare: tuple[int, ...] = ()
    """Columns without a heading."""
    markers: int = 0
    """The number of marker headings."""
    top: int = 0
    """Where its title begins."""
    end: int | None = None
    """Where the next table of the sheet begins."""
    titles: frozenset[int] = frozenset()
    """Numbers of the rows of one cell above headings that are repeated."""
    keys: frozenset[str] = frozenset()
    """The fields that identify what a row is about,"""
    needed: frozenset[str] = frozenset()
    """and those that a row must fill."""
    banners: Mapping[int, str] | None = None
    """Rows with nothing but a cell that is merged over several columns: a title or a class."""
    is_roster: bool = False
    """Whether its kind is that of rosters."""
    combined: tuple[tuple[str, ...], ...] = ()
    """The fields that stand together in one column."""
