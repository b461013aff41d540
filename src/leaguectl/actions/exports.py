"""What leaves the registry as workbooks: the rows of sheets that import reads again, and the lists
of a year's admissions for the committees that file them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from leaguectl import __version__
from leaguectl.actions.identify import find_organization
from leaguectl.findings import Refused, UsageError
from leaguectl.kinds import KINDS
from leaguectl.kinds.line import Line
from leaguectl.kinds.members import SEXES
from leaguectl.kinds.rendering import cells_of, exported_fields, records_as_of, stored_lines
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    Admission,
    Entity,
    Form,
    FormerValue,
    Milestone,
    Organization,
    OrganizationEvent,
    Person,
    Post,
    Setting,
    Snapshot,
    is_private,
)
from leaguectl.model.days import age_on
from leaguectl.model.former import turn_back_values
from leaguectl.reports import candidates, organizations
from leaguectl.reports.query import Row, as_date
from leaguectl.reports.rulebook import policy_in
from leaguectl.store import Location, chain
from leaguectl.store.reading import Reader, open_reader, records
from leaguectl.streams import file_errors, part_folder_of, write_whole
from leaguectl.workbooks.filing_list import filing_list
from leaguectl.workbooks.table import Table, workbook_of
from leaguectl.workbooks.template import Heading

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""Characters that some system does not take in the name of a file."""


# -- sheets --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Export:
    """The rows of one kind of sheet."""

    kind: str
    columns: Sequence[Heading]
    lines: Sequence[Line]
    seal: str | None = None
    """The seal of the registry that they were made from."""
    is_carrying: bool = False
    """Whether it has the columns that only pass between registries."""

    @property
    def rows(self) -> Iterator[list[Any]]:
        """The values of the cells, row by row."""
        return (cells_of(line, carrying=self.is_carrying) for line in self.lines)

    @property
    def documents(self) -> list[dict[str, Any]]:
        """The rows by field, with our codes for scripts."""
        fields = [column.field for column in self.columns]
        rows = (cells_of(line, in_words=False, carrying=self.is_carrying) for line in self.lines)
        return [dict(zip(fields, row, strict=True)) for row in rows]

    @property
    def is_private(self) -> bool:
        """Whether it has personal columns, which are masked without a reason."""
        return any(is_private(column.field) for column in self.columns)


def export(
    location: Location, kinds: Sequence[str], org: str | None = None, as_of: date | None = None
) -> list[Export]:
    """:func:`export_from` a registry.

    :raises NotFound: there is no such organisation, or no registry.
    """
    with open_reader(location) as reader:
        return export_from(reader, kinds, org, as_of)


def export_from(
    reader: Reader, kinds: Sequence[str], org: str | None = None, as_of: date | None = None
) -> list[Export]:
    """The rows of each kind, for an organisation and all below it, as of a day.

    :raises UsageError: the rows of a kind belong to no organisation, and ``org`` names one.
    :raises NotFound: there is no such organisation.
    """
    for kind in kinds:
        if org is not None and not KINDS[kind].by_organization:
            raise UsageError("export-no-organization", kind=kind)
    lifetimes = dict(KINDS["organizations"].entities)  # every row may name organisations
    for kind in kinds:
        lifetimes |= KINDS[kind].entities
    snapshot = Snapshot()
    above = None if org is None else find_organization(reader, org)
    for entity, lifetime in lifetimes.items():
        for record in records_as_of(records(reader, entity), lifetime, as_of):
            snapshot.load(record)
    if as_of is not None:
        for event in records(reader, OrganizationEvent):
            snapshot.load(event)
        snapshot.turn_back(as_of)
        turn_back_values(snapshot, as_of, records(reader, FormerValue))
    seal = chain.head(reader.rows)
    is_carrying = any(KINDS[kind].is_carried for kind in kinds)
    return [
        Export(
            kind,
            _columns(kind, is_carrying=is_carrying),
            list(stored_lines(KINDS[kind], snapshot, above, as_of)),
            seal,
            is_carrying,
        )
        for kind in kinds
    ]


_UNSAID: dict[type[Entity], str] = {
    Form: "state = 'void' OR sha256 IS NOT NULL",
    Milestone: "kind = 'lost contact'",
    Organization: "graduates IS NOT NULL",
    Post: "reason IS NOT NULL",
    Admission: "beyond IS NOT NULL",
    Setting: "key <> 'province' AND value <> ''",  # the province is asked for by the next import
}
"""Conditions for records that no row of their entity's sheet can express."""


def left_out(location: Location) -> dict[str, int]:
    """How many records no sheet can express, by the name of their entity."""
    carried = {Organization, *(entity for kind in KINDS.values() for entity in kind.entities)}
    unsaid = {entity: "1 = 1" for entity in ENTITIES if entity not in carried} | _UNSAID
    counts = {}
    with open_reader(location) as reader:
        for entity, condition in unsaid.items():
            declaration = DECLARATIONS[entity]
            query = f'SELECT count(*) FROM "{declaration.table}" WHERE {condition}'  # noqa: S608
            counts[declaration.name] = reader.rows(query)[0][0]
    return {name: count for name, count in counts.items() if count}


def _columns(kind: str, *, is_carrying: bool) -> list[Heading]:
    by_field = {column.field: column for column in KINDS[kind].headings}
    fields = exported_fields(KINDS[kind].line, carrying=is_carrying)
    return [by_field[field] for field in fields]


def workbook(
    exports: Sequence[Export],
    titles: Sequence[str],
    shown: Callable[[Any], Any],
    of: Mapping[str, Any],
) -> bytes:
    """A workbook with a sheet for each export; ``shown`` masks values, ``of`` is the part of the
    stamp that says how it was made."""
    tables = [
        Table(title, sheet.columns, (map(shown, row) for row in sheet.rows))
        for title, sheet in zip(titles, exports, strict=True)
    ]
    seal = exports[0].seal if exports else None
    kinds = [sheet.kind for sheet in exports]
    return workbook_of(tables, {"seal": seal, "version": __version__, "kinds": kinds, **of})


# -- lists for filing ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Packet:
    """The list of one committee: who was admitted by it and the branches below it."""

    code: str
    name: str
    rows: Sequence[Row]
    seal: str | None = None


def packets(location: Location, year: int, org: str | None = None) -> list[Packet]:
    """:func:`packets_from` a registry.

    :raises NotFound: there is no such organisation, or no registry.
    """
    with open_reader(location) as reader:
        return packets_from(reader, year, org)


def packets_from(reader: Reader, year: int, org: str | None = None) -> list[Packet]:
    """The year's admissions by the nearest committee at or above each branch that may approve them,
    on the day of its meeting; in order of the codes.

    :raises NotFound: there is no such organisation.
    """
    code = "" if org is None else find_organization(reader, org)
    rows = candidates.admitted(reader, year)
    meetings = {row["meeting"] for row in rows}
    trees = {day: organizations.by_code(reader, as_date(day)) for day in meetings}
    end = date(year, 12, 31)
    tree = organizations.by_code(reader, end)
    approving = policy_in(reader).admission_on(end).approving
    seal = chain.head(reader.rows)
    by_committee: dict[str, list[Row]] = {}
    for row in rows:
        above = _upward(row["code"], trees[row["meeting"]])
        if code and code not in above:
            continue
        committee = next((up for up in above if tree[up]["type"] in approving), above[-1])
        by_committee.setdefault(committee, []).append(row)
    return [
        Packet(committee, tree[committee]["name"], rows, seal)
        for committee, rows in sorted(by_committee.items())
    ]


def _upward(code: str, tree: Mapping[str, Row]) -> list[str]:
    """The organisation and all above it, the nearest first; a circle ends where it began."""
    above = list[str]()
    while code in tree and code not in above:
        above.append(code)
        code = tree[code]["parent"] or ""
    return above


def packet_list(
    packet: Packet, year: int, shown: Callable[[Any], Any], of: Mapping[str, Any]
) -> bytes:
    """The list of one committee as a workbook."""
    made = {"seal": packet.seal, "version": __version__}
    stamped = made | {"packet": packet.code, "year": year, **of}
    return filing_list(packet.name, year, _lines(packet, shown), stamped)


def write_packets(
    packets: Sequence[Packet],
    year: int,
    folder: Path,
    shown: Callable[[Any], Any],
    of: Mapping[str, Any],
) -> list[Path]:
    """Write a workbook for each committee into a folder, all of them or none; ``shown`` masks
    values.

    :raises Refused: the folder exists and is not empty.
    :raises NotFound: the folder cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder-not-empty", folder=str(folder))
    # Written to a temporary name and renamed: a missing list would not be noticed.
    names = []
    with file_errors(folder), part_folder_of(folder.resolve()) as part:
        for packet in packets:
            name = _NOT_IN_FILE_NAMES.sub("_", f"{packet.code} {packet.name}.xlsx")
            write_whole(packet_list(packet, year, shown, of), part / name)
            names.append(name)
        if folder.exists():
            folder.resolve().rmdir()
        part.rename(folder.resolve())
    return [folder / name for name in names]


def _lines(packet: Packet, shown: Callable[[Any], Any]) -> list[list[Any]]:
    """The rows of a committee's list, with sex and age as the ID number has them."""
    lines = []
    for position, row in enumerate(packet.rows, 1):
        person = Person(0, row["name"], str(row["id_number"]))
        meeting, approved = (date.fromisoformat(row[day]) for day in ("meeting", "approved"))
        sex, age = SEXES[person.sex][0], age_on(person.born, meeting)
        home, id_number = shown(row["organization"]), shown(row["id_number"])
        name = shown(row["name"])
        lines.append([position, row["number"], name, sex, age, home, id_number, meeting, approved])
    return lines
