"""The second wall, asked again: does what is stored keep every constraint of the tables?

A database refuses what its constraints forbid, but a SQLite file can be changed by a program that
switches them off, or takes them away. So each is asked as a query of the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from leaguectl.store.connection import Connection
from leaguectl.store.declared import Declared, declared

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


def broken(connection: Connection) -> Iterator[Violation]:
    """Every constraint that does not hold: the table with the key of the row, the constraint."""
    if not connection.on_sqlite:
        return  # there nobody switches a constraint off without the rights of an administrator
    for (answer,) in connection.rows("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield Violation("", str(answer))
    for table in declared().values():
        for name, held in _columns(table):
            for row in _rows_where_not(connection, table, held):
                yield Violation(row, name, unreadable=True)
        for name, held in _checks(table):
            for row in _rows_where_not(connection, table, held):
                yield Violation(row, name)
        yield from _doubled(connection, table)
    for name, row, parent, _ in connection.rows("PRAGMA foreign_key_check"):
        yield Violation(f"{name} {row}", f"-> {parent}")


def _columns(table: Declared) -> Iterator[tuple[str, str]]:
    """For each column what its values are held to: its type, and to be there."""
    for column, (kind, may_be_empty) in table.columns.items():
        name = f'"{column}"'
        wanted = _TYPES.get(kind, "typeof({0}) = 'text'").format(name)
        absent = f"{name} IS NULL OR" if may_be_empty else f"{name} IS NOT NULL AND"
        yield f"{table.name}.{column}", f"{absent} ({wanted})"


def _checks(table: Declared) -> Iterator[tuple[str, str]]:
    """Each check; it holds where it is not false, and what compares with nothing is not false."""
    for name, held in table.checks.items():
        yield name, f"coalesce({held}, 1)"


def _rows_where_not(connection: Connection, table: Declared, held: str) -> Iterator[str]:
    query = f"SELECT CAST({table.key} AS TEXT) FROM {table.name} WHERE NOT ({held})"  # noqa: S608
    for (found,) in connection.rows(query):
        yield f"{table.name} {found}"


def _doubled(connection: Connection, table: Declared) -> Iterator[Violation]:
    """Keys that stand in more than one row."""
    for one in table.unique:
        known = [f"{column} IS NOT NULL" for column in one.columns]
        known += [one.condition] if one.condition else []
        query = (
            f"SELECT {one.columns[0]} FROM {table.name} WHERE {' AND '.join(known)}"  # noqa: S608
            f" GROUP BY {', '.join(one.columns)} HAVING count(*) > 1"
        )
        for (found,) in connection.rows(query):
            yield Violation(f"{table.name} {found}", one.name)
