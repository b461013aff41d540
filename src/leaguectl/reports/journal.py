"""What each operation did to which record, and the history of a person or organisation: the values
before and after, the day, and the cell of the sheet."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from leaguectl.findings import Private, compared
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    Change,
    Entity,
    Organization,
    OrganizationEvent,
    Person,
    Quota,
    from_plain,
    key_of,
)
from leaguectl.model.declaration import EntityField
from leaguectl.reports.operations import operation, operations
from leaguectl.reports.query import Row, as_text, like
from leaguectl.store.connection import Connection
from leaguectl.store.integrity import refuse_part
from leaguectl.store.load import conditions
from leaguectl.store.provenance import Place, Sheets
from leaguectl.store.reading import Reader, records
from leaguectl.store.versions import Version, Versions


def changes(reader: Reader, number: int) -> list[Row]:
    """What an operation did, record by record in the order of its sheets: the record and who it is
    about, whether it was created, changed or removed, its fields before and after, and the cells.

    :raises NotFound: there is no such operation.
    """
    operation(reader, number)
    journal = Journal(reader)
    found = Versions(reader).changes(number)
    journal.name(found)
    rows = [journal.row(change, number) for change in found]
    order = {table: place for place, table in enumerate(journal.tables(number))}

    def place(row: Row) -> tuple[int, int]:
        return order.get((row["file"], row["sheet"]), len(order)), row["row"] or 0

    return sorted(rows, key=place)


def history_of_person(reader: Reader, person: int) -> list[Row]:
    """The history of a person and their records, ordered by the day of each fact, with its
    operation and source."""
    theirs = [entity for entity in ENTITIES if "person" in DECLARATIONS[entity].fields]
    named = {"person": person, "end": f'%"person": {person}}}', "part": f'%"person": {person},%'}
    past = "before LIKE :part OR before LIKE :end"
    return _history(reader, {Person: {person}}, theirs, "person = :person", past, named)


def history_of_organization(reader: Reader, code: str) -> list[Row]:
    """The history of an organisation: its own fields, its events, and its places."""
    # In JSON form, since a code may have any characters.
    part = f'"organization": {json.dumps(code, ensure_ascii=False)}'
    named = {"code": code, "part": f"%{like(part)}%"}
    past = "before LIKE :part ESCAPE '!'"
    theirs = (OrganizationEvent, Quota)
    return _history(reader, {Organization: {code}}, theirs, "organization = :code", past, named)


def _history(
    reader: Reader,
    keys: dict[type[Entity], set[Any]],
    theirs: Iterable[type[Entity]],
    now: str,
    past: str,
    parameters: Row,
) -> list[Row]:
    """The history of the records with these ``keys``, and of the others that are ``theirs`` by a
    condition on the rows of ``now`` or of the ``past``."""
    for entity in theirs:
        noun = DECLARATIONS[entity].name
        keys[entity] = {key_of(record) for record in records(reader, entity, now, parameters)}
        sql = f"SELECT before FROM history WHERE noun = :noun AND ({past})"
        for (before,) in reader.rows(sql, {**parameters, "noun": noun}):
            keys[entity].add(key_of(from_plain(noun, json.loads(before))))
    versions = Versions(reader)
    events: list[tuple[int, Change]] = []
    for entity, wanted in keys.items():
        for found in versions.of(entity, wanted).values():
            events += _events(found)
    journal = Journal(reader)
    journal.name([change for _, change in events])
    rows = [journal.dated(journal.row(change, number), number) for number, change in events]
    return sorted(rows, key=lambda row: (row["day"], row["operation"]))


def _events(versions: list[Version]) -> Iterator[tuple[int, Change]]:
    """The changes between the versions of a record, each with the operation that made it."""
    for place, version in enumerate(versions):
        before = versions[place - 1] if place else None
        follows = before is not None and before.ended == version.begun
        yield version.begun, Change(before.record if before and follows else None, version.record)
        later = versions[place + 1] if place + 1 < len(versions) else None
        if version.ended is not None and (later is None or later.begun != version.ended):
            yield version.ended, Change(version.record, None)


def _nowhere(_record: Entity, _field: str | None = None) -> Place | None:
    """The place of a change that no operation has written yet: none."""
    return None


_NAMES = {"quota": "first || '-' || last"}
"""Tables whose records are named by another expression than ``name``."""


@dataclass
class Journal:
    """Turns changes into rows: who they are about, and where their values come from."""

    reader: Reader | None
    """The registry; None where there is none yet."""
    names: dict[tuple[str, Any], str] = field(default_factory=dict)
    """The names of people, organisations and other referenced records, by table and key."""
    sheets: dict[int, Sheets] = field(default_factory=dict)
    operations: dict[int, Row] = field(default_factory=dict)

    def name(self, found: Collection[Change]) -> None:
        """Look up the names of everything that some changes refer to."""
        wanted: dict[str, set[Any]] = {}
        for change in found:
            for record in filter(None, (change.before, change.after)):
                declaration = DECLARATIONS[type(record)]
                if hasattr(record, "name"):
                    self.names[declaration.table, key_of(record)] = record.name
                for name, table in declaration.references.items():
                    if table != "operation" and getattr(record, name) is not None:
                        wanted.setdefault(table, set()).add(getattr(record, name))
        self.look_up(wanted)

    def look_up(self, wanted: Mapping[str, Collection[Any]]) -> None:
        """Look up the names of stored records, by table and key, where they are not known yet."""
        if self.reader is None:
            return
        for table, keys in wanted.items():
            known = {key for of, key in self.names if of == table}
            self.names |= dict(self._names_of(self.reader, table, {*keys} - known))

    def _names_of(
        self, reader: Reader, table: str, keys: Collection[Any]
    ) -> Iterator[tuple[tuple[str, Any], str]]:
        declaration = next(item for item in DECLARATIONS.values() if item.table == table)
        column = _NAMES.get(table, "name")
        if "name" not in declaration.fields and table not in _NAMES:
            return
        for condition, parameters in conditions(f'"{declaration.key}"', keys):
            sql = f'SELECT "{declaration.key}", {column} FROM "{table}" WHERE {condition}'
            for key, name in reader.rows(sql, parameters):
                yield (table, key), name

    def tables(self, number: int) -> list[tuple[str, str]]:
        """The sheets of an operation by file and name, in order."""
        sources = self._sheets(number).sources
        return [
            *dict.fromkeys((each["file"], each["sheet"]) for each in sources if "sheet" in each)
        ]

    def _sheets(self, number: int) -> Sheets:
        if self.reader is None:
            raise TypeError("an operation of no registry")
        if number not in self.sheets:
            self.sheets[number] = Sheets(self.reader, number)
        return self.sheets[number]

    def dated(self, row: Row, number: int) -> Row:
        """A row with its operation, and the day of its facts."""
        if self.reader is not None and number not in self.operations:
            found = operations(self.reader, number)
            if not found and isinstance(self.reader, Connection):
                refuse_part(self.reader)  # a unit sees nothing of the journal
            (self.operations[number],) = found
        by = self.operations[number]
        day = row["day"] or by["day"] or by["at"][:10]
        kept = {key: by[key] for key in ("at", "actor", "command", "reason", "undoes")}
        return {"operation": number, **kept, **row, "day": day}

    def row(self, change: Change, number: int | None = None) -> Row:
        """A change as a row: the record, who it is about, its fields, and the cells of the
        operation of that number."""
        record = change.before if change.after is None else change.after
        if record is None:
            raise TypeError("a change of nothing")
        declaration = DECLARATIONS[type(record)]
        kind = "removed" if change.after is None else "changed"
        place_of = _nowhere if number is None else self._sheets(number).place
        place = place_of(record)
        row = {
            "noun": declaration.name,
            "key": change.key,
            "who": self.called(record),
            "change": "created" if change.before is None else kind,
            "file": place and place.file,
            "sheet": place and place.sheet,
            "row": place and place.row,
            "day": place and place.day,
            "fields": [
                self._field(change, name, place_of(record, name), place)
                for name in change.fields
                if not _is_of_no_interest(change, declaration.fields[name])
            ],
        }
        if declaration.fields[declaration.key].spec.private:
            row["key"] = Private(change.key)
        return row

    def _field(self, change: Change, name: str, said: Place | None, of_record: Place | None) -> Row:
        """A field of a change: the values before and after, and the cell it came from."""
        spec = DECLARATIONS[change.entity].fields[name].spec
        row: Row = {"field": name}
        for when, record in (("before", change.before), ("after", change.after)):
            value = as_text(getattr(record, name, None))
            row[when] = Private(value) if spec.private and value is not None else value
            if spec.references and value is not None:
                row[f"{when}_name"] = self.names.get((spec.references, value))
        if spec.private and None not in (row["before"], row["after"]):
            row["before"], row["after"] = compared(row["before"], row["after"])
        if said is not None and change.after is not None:
            row["cell"] = said.cell
            if of_record and (said.file, said.sheet) != (of_record.file, of_record.sheet):
                row |= {"file": said.file, "sheet": said.sheet, "row": said.row}
        return row

    def called(self, record: Entity) -> str:
        """The name of a record for people: its owner, then what distinguishes it from others."""
        declaration = DECLARATIONS[type(record)]
        person = getattr(record, "person", None)
        first = self.names.get(("person", person)) if person is not None else None
        parts = [first or getattr(record, "name", None)]
        key = declaration.fields[declaration.key]
        more = declaration.natural or (() if key.type is int else (declaration.key,))
        if not more and person is None:
            more = ("year", "organization")
        for name in more:
            value = getattr(record, name, None)
            if value is None or name in ("id", "name", "person", "since") or key.spec.private:
                continue
            table = declaration.references.get(name)
            parts.append(self.names.get((table, value)) if table else str(as_text(value)))
        return " ".join(dict.fromkeys(filter(None, parts)))


def _is_of_no_interest(change: Change, field: EntityField) -> bool:
    """Whether a field of a new or removed record is empty, has its usual value, or only identifies
    the record or its owner."""
    if change.before is not None and change.after is not None:
        return False
    value = getattr(change.before if change.after is None else change.after, field.name)
    is_its_key = field.name == "id" or field.spec.references == "person"
    return is_its_key or field.spec.generated or value is None or value == field.default
