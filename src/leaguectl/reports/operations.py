"""What was written: the operations of the registry and how much each replaced."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from leaguectl.findings import NotFound
from leaguectl.reports.query import Row, select
from leaguectl.store.reading import Reader

_OPERATIONS = """
    SELECT id, at, day, actor, command, reason, authority, sources, counts, undoes, version
    FROM operation WHERE id > 0 AND (:id = 0 OR id = :id) ORDER BY id DESC
"""
_UNDOINGS = "SELECT id, undoes FROM operation WHERE undoes IS NOT NULL ORDER BY id DESC"
_REPLACED = "SELECT noun, count(*) FROM history WHERE operation = :id GROUP BY noun ORDER BY noun"

_OF_SENDERS = ("read", "rejected", "faults")


def operations(reader: Reader, number: int = 0) -> list[Row]:
    """The operations, the newest first; only one where its number is given. ``undone_by`` is the
    undo in force."""
    undone_by: dict[int, int] = {}
    # The newest first, so the first undo that was not itself undone counts.
    for undoing, undoes in reader.rows(_UNDOINGS):
        if undoing not in undone_by:  # an undo that was itself undone does not count
            undone_by.setdefault(undoes, undoing)
    rows = select(reader, _OPERATIONS, {"id": number})
    for row in rows:
        row |= {key: json.loads(row[key]) for key in ("sources", "counts")}
        row["undone_by"] = undone_by.get(row["id"])
    return rows


def in_year(operations: Iterable[Row], year: int) -> list[Row]:
    """The operations that were written in a year."""
    return [
        operation
        for operation in operations
        if datetime.fromisoformat(operation["at"]).astimezone().year == year
    ]


def senders(operations: Iterable[Row]) -> list[Row]:
    """Each file that was read: in how many operations, how many rows were read and rejected, how
    many faults were found, and the day of the last; those with most faults first.

    Only written operations are known: a sheet that was refused, or only tried, left nothing.
    """
    found: dict[str, Row] = {}
    for operation in operations:  # the newest first
        here = set()
        for source in operation["sources"]:
            if (file := source.get("file")) is None or "read" not in source:
                continue
            nothing = dict.fromkeys(("operations", *_OF_SENDERS), 0)
            row = found.setdefault(file, {"file": file, **nothing, "at": operation["at"]})
            row["operations"] += file not in here
            here.add(file)
            for key in _OF_SENDERS:
                row[key] += source.get(key, 0)
    return sorted(found.values(), key=lambda row: (-row["faults"], -row["rejected"], row["file"]))


def newest(reader: Reader) -> Row | None:
    """The last operation; None where there is none."""
    ((number,),) = reader.rows("SELECT max(id) FROM operation")
    return operations(reader, number)[0] if number else None


def operation(reader: Reader, number: int) -> Row:
    """An operation, and how many records it replaced or removed, by entity.

    :raises NotFound: there is no such operation.
    """
    rows = operations(reader, number) if number > 0 else []
    if not rows:
        raise NotFound("operation-not-found", operation=number)
    replaced = {noun: int(count) for noun, count in reader.rows(_REPLACED, {"id": number})}
    return {**rows[0], "replaced": replaced}


def touching(reader: Reader, codes: set[str]) -> set[int]:
    """The operations that wrote something about organisations, their present or former members, or
    numbers of their blocks, including what was replaced or removed since."""
    wanted: dict[str, set[Any]] = {
        "organization": {*codes},
        "person": _keys(reader, "SELECT organization, person FROM membership", codes),
        "quota": _keys(reader, "SELECT organization, id FROM quota", codes),
    }
    found = set()
    for operations_of_row, mentioned in _records_written(reader):
        if any(value in wanted[table] for table, value in mentioned):
            found |= operations_of_row
    return found


def _keys(reader: Reader, sql: str, codes: set[str]) -> set[Any]:
    return {key for organization, key in reader.rows(sql) if organization in codes}


def _records_written(reader: Reader) -> Iterator[tuple[set[int], list[tuple[str, Any]]]]:
    """Every present or former record: the operations that wrote or ended it, and what it is or
    refers to, by table and key."""
    from leaguectl.model import DECLARATIONS, ENTITIES  # a list of all operations needs none

    pointing: dict[str, list[tuple[str, str]]] = {}
    for entity in ENTITIES:
        declaration = DECLARATIONS[entity]
        columns = [
            (name, table)
            for name, table in [*declaration.references.items(),
                                (declaration.key, declaration.table)]
            if table in ("organization", "person", "quota")
        ]  # fmt: skip
        if columns and "operation" in declaration.columns:
            pointing[declaration.name] = columns
            names = ", ".join(f'"{name}"' for name, _ in columns)
            for operation, *values in reader.rows(
                f'SELECT operation, {names} FROM "{declaration.table}"'
            ):
                tables = (table for _, table in columns)
                yield {operation}, [*zip(tables, values, strict=True)]
    for operation, noun, text in reader.rows("SELECT operation, noun, before FROM history"):
        before = json.loads(text)
        mentioned = [(table, before.get(name)) for name, table in pointing.get(noun, ())]
        yield {operation, before.get("operation", operation)}, mentioned
