"""The second wall, asked again: does what is stored keep every constraint of the tables?

A database refuses what its constraints forbid, but a SQLite file can be changed by a program that
switches them off, or takes them away. So each is asked as a query of the rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, Float, Integer, Table, UniqueConstraint

from leaguectl.store.connection import Connection
from leaguectl.store.tables import Table as Base

_TYPES = {
    Integer: "typeof({0}) = 'integer'",
    Float: "typeof({0}) IN ('integer', 'real')",
    Date: "typeof({0}) = 'text' AND date({0}) IS {0}",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold, and where. ``unreadable``: the rules cannot be asked of such a value."""

    subject: str
    what: str
    unreadable: bool = False


def broken(connection: Connection) -> Iterator[Broken]:
    """Every constraint that does not hold: the table with the key of the row, the constraint."""
    if not connection.on_sqlite:
        return  # there nobody switches a constraint off without the rights of an administrator
    for (answer,) in connection.rows("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield Broken("", str(answer))
    for table in Base.metadata.sorted_tables:
        for name, held in _columns(table):
            for row in _rows_where_not(connection, table, held):
                yield Broken(row, name, unreadable=True)
        for name, held in _checks(table):
            for row in _rows_where_not(connection, table, held):
                yield Broken(row, name)
        yield from _doubled(connection, table)
    for name, row, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        yield Broken(f"{name} {row}", f"-> {parent}")


def _columns(table: Table) -> Iterator[tuple[str, str]]:
    """For each column what its values are held to: its type, and to be there."""
    for column in table.columns:
        name = f'"{column.name}"'
        fitting = (rule for kind, rule in _TYPES.items() if isinstance(column.type, kind))
        wanted = next(fitting, "typeof({0}) = 'text'").format(name)
        absent = f"{name} IS NULL OR" if column.nullable else f"{name} IS NOT NULL AND"
        yield f"{table.name}.{column.name}", f"{absent} ({wanted})"


def _checks(table: Table) -> Iterator[tuple[str, str]]:
    """Each check; it holds where it is not false, and what compares with nothing is not false."""
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            yield str(constraint.name), f"coalesce({constraint.sqltext}, 1)"


def _rows_where_not(connection: Connection, table: Table, held: str) -> Iterator[str]:
    key = next(iter(table.primary_key.columns)).name
    query = f"SELECT CAST({key} AS TEXT) FROM {table.name} WHERE NOT ({held})"  # noqa: S608
    for (found,) in connection.rows(query):
        yield f"{table.name} {found}"


def _doubled(connection: Connection, table: Table) -> Iterator[Broken]:
    """Keys that stand in more than one row."""
    for name, columns, condition in _unique(table):
        known = [f"{one} IS NOT NULL" for one in columns] + ([condition] if condition else [])
        query = (
            f"SELECT {columns[0]} FROM {table.name} WHERE {' AND '.join(known)}"  # noqa: S608
            f" GROUP BY {', '.join(columns)} HAVING count(*) > 1"
        )
        for (found,) in connection.rows(query):
            yield Broken(f"{table.name} {found}", name)


def _unique(table: Table) -> Iterator[tuple[str, list[str], str | None]]:
    """What may stand in one row only: its name, its columns, and the condition it is under."""
    yield f"pk_{table.name}", _said(table.primary_key.columns), None
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield str(constraint.name), _said(constraint.columns), None
    for index in table.indexes:
        if index.unique:
            condition = index.dialect_options["sqlite"]["where"]
            yield (
                str(index.name),
                _said(index.expressions),
                None if condition is None else str(condition),
            )


def _said(columns: Iterable[Any]) -> list[str]:
    return [f'"{one.name}"' if isinstance(one, Column) else str(one) for one in columns]
