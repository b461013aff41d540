"""Export: what is stored, said again as the rows of a sheet that import reads without a change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leaguectl.actions.identify import organization_code
from leaguectl.findings import UsageError
from leaguectl.kinds import KINDS
from leaguectl.kinds.line import Line
from leaguectl.kinds.rendering import cells_of, exported_fields, records_as_of, stored_lines
from leaguectl.model import Snapshot, is_private
from leaguectl.store import Location
from leaguectl.store.reading import open_reader, records
from leaguectl.workbooks.table import Table, write_tables
from leaguectl.workbooks.template import Heading


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of one kind of sheet."""

    kind: str
    columns: Sequence[Heading]
    lines: Sequence[Line]

    @property
    def rows(self) -> Iterator[list[Any]]:
        """What each cell says, row by row."""
        return map(cells_of, self.lines)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The rows by field, with values of ours for a script."""
        fields = exported_fields(KINDS[self.kind].line)
        return [
            dict(zip(fields, cells_of(line, in_words=False), strict=True)) for line in self.lines
        ]

    @property
    def is_private(self) -> bool:
        """Whether it has personal columns, which are masked unless a reason was given."""
        return any(is_private(column.field) for column in self.columns)


def export(
    location: Location, kinds: Sequence[str], org: str | None = None, as_of: date | None = None
) -> list[Export]:
    """The rows of each kind: those of an organisation and all below it, as they stood on a day.

    :raises UsageError: the rows of a kind belong to no organisation, and one was asked for.
    :raises NotFound: there is no such organisation, or no registry.
    """
    for kind in kinds:
        if org is not None and not KINDS[kind].by_organization:
            raise UsageError("export-no-organization", kind=kind)
    with open_reader(location) as reader:
        above = organization_code(reader, org) or None
        lifetimes = dict(KINDS["organizations"].entities)  # every row may name some
        for kind in kinds:
            lifetimes |= KINDS[kind].entities
        snapshot = Snapshot()
        for entity, lifetime in lifetimes.items():
            for record in records_as_of(records(reader, entity), lifetime, as_of):
                snapshot.load(record)
    return [_exported(kind, snapshot, above, as_of) for kind in kinds]


def _exported(kind: str, snapshot: Snapshot, above: str | None, day: date | None) -> Export:
    by_field = {column.field: column for column in KINDS[kind].headings}
    columns = [by_field[field] for field in exported_fields(KINDS[kind].line)]
    return Export(kind, columns, list(stored_lines(KINDS[kind], snapshot, above, day)))


def write_workbook(
    found: Sequence[Export], titles: Sequence[str], out: Path, shown: Callable[[Any], Any]
) -> None:
    """Write a workbook with a sheet for each; ``shown`` is how a value may be shown.

    :raises NotFound: the file cannot be written.
    """
    tables = [
        Table(title, one.columns, (map(shown, row) for row in one.rows))
        for title, one in zip(titles, found, strict=True)
    ]
    write_tables(out, tables)
