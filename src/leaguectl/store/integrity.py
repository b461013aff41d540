"""The second wall, asked again: does what is stored keep every constraint of the tables?

A database refuses what its constraints forbid, but a SQLite file can be changed by a program that
switches them off, or takes them away. So each is asked as a query of the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from leaguectl.model.declaration import Declaration, EntityField, Index
from leaguectl.store.connection import Connection
from leaguectl.store.schema import tables

_TYPES = {
    "INTEGER": "typeof({0}) = 'integer'",
    "FLOAT": "typeof({0}) IN ('integer', 'real')",
    "DATE": "typeof({0}) = 'text' AND date({0}) IS {0}",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """What does not hold, and where. ``unreadable``: the rules cannot be asked of such a value."""

    subject: str
    what: str
    unreadable: bool = False


def violations(connection: Connection) -> Iterator[Violation]:
    """Every constraint that does not hold: the table with the key of the row, the constraint."""
    if not connection.on_sqlite:
        return  # there nobody switches a constraint off without the rights of an administrator
    # Twenty faults are enough to know that a backup is needed.
    for (answer,) in connection.rows("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield Violation("", str(answer))
    for table in tables().values():
        yield from _of_table(connection, table)
    for table_name, row, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        yield Violation(f"{table_name} {row}", f"-> {parent}")


def _of_table(connection: Connection, table: Declaration) -> Iterator[Violation]:
    for name, column in table.columns.items():
        for row in _rows_where_not(connection, table, _is_of_its_type(column)):
            yield Violation(row, f"{table.table}.{name}", unreadable=True)
    for name, condition in table.checks.items():
        # What compares with nothing is not false: a check fails only where it is false.
        for row in _rows_where_not(connection, table, f"coalesce({condition}, 1)"):
            yield Violation(row, name)
    for unique in table.unique:
        yield from _repeated(connection, table, unique)


def _is_of_its_type(column: EntityField) -> str:
    """The condition that the values of a column are there and of its type: SQLite takes others."""
    name = f'"{column.name}"'
    is_typed = _TYPES.get(column.sql_type, "typeof({0}) = 'text'").format(name)
    absent = f"{name} IS NULL OR" if column.optional else f"{name} IS NOT NULL AND"
    return f"{absent} ({is_typed})"


def _rows_where_not(connection: Connection, table: Declaration, condition: str) -> Iterator[str]:
    query = f'SELECT CAST("{table.key}" AS TEXT) FROM {table.table} WHERE NOT ({condition})'  # noqa: S608
    for (key,) in connection.rows(query):
        yield f"{table.table} {key}"


def _repeated(connection: Connection, table: Declaration, unique: Index) -> Iterator[Violation]:
    """Values that stand in more than one row."""
    columns = [f'"{name}"' if name in table.columns else name for name in unique.columns]
    conditions = [f"{column} IS NOT NULL" for column in columns]
    conditions += [unique.where] if unique.where else []
    query = (
        f"SELECT {columns[0]} FROM {table.table} WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" GROUP BY {', '.join(columns)} HAVING count(*) > 1"
    )
    for (value,) in connection.rows(query):
        yield Violation(f"{table.table} {value}", unique.name)
