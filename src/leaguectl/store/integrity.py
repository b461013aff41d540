"""Checks that the stored rows meet every constraint, and that the tables are as the program makes
them.

A database refuses what its constraints forbid, but another program can switch them off or remove
them in a file, and a copy of a server's tables can lack them. So each constraint is checked by a
query.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from leaguectl.findings import DatabaseUnavailable
from leaguectl.model.declaration import Declaration, EntityField, Index
from leaguectl.store import SCHEMA, views
from leaguectl.store.connection import Connection
from leaguectl.store.schema import statements, tables

_TYPES = {
    "INTEGER": "typeof({0}) = 'integer'",
    "FLOAT": "typeof({0}) IN ('integer', 'real')",
    "DATE": "typeof({0}) = 'text' AND date({0}) IS {0}",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A violated constraint, and where. ``unreadable``: the rules cannot use such a value."""

    subject: str
    what: str
    unreadable: bool = False


def violations(connection: Connection) -> Iterator[Violation]:
    """Every violated constraint: the table with the key of the row, and the constraint.

    :raises DatabaseUnavailable: only the part of a unit is to be seen here.
    """
    refuse_part(connection)
    # Twenty faults are enough to know that a backup is needed.
    checked = connection.rows("PRAGMA integrity_check(20)") if connection.on_sqlite else []
    for (answer,) in checked:
        if answer != "ok":
            yield Violation("", str(answer))
    for table in tables().values():
        yield from _of_table(connection, table)


def refuse_part(connection: Connection) -> None:
    """Refuse what needs the whole registry where a role of the server sees its unit alone.

    :raises DatabaseUnavailable: it does.
    """
    query = "SELECT relkind = 'v' FROM pg_class WHERE oid = to_regclass('alembic_version')"
    if not connection.on_sqlite and connection.value(query):
        raise DatabaseUnavailable("database-of-unit")


def _of_table(connection: Connection, table: Declaration) -> Iterator[Violation]:
    conditions = [
        *(
            (f"{table.table}.{name}", condition, True)
            for name, condition in _typed(connection, table)
        ),
        *((name, condition, False) for name, condition in table.checks.items()),
    ]
    # All at once first: in most registries every row meets every condition.
    broken = " OR ".join(f"({condition}) IS FALSE" for _, condition, _ in conditions)
    if connection.rows(f"SELECT 1 FROM {table.table} WHERE {broken} LIMIT 1"):  # noqa: S608
        for what, condition, unreadable in conditions:
            for row in _rows_where_not(connection, table, condition):
                yield Violation(row, what, unreadable)
    queries = [
        *((unique.name, _repeated(table, unique)) for unique in table.unique),
        *(
            (f"fk_{table.table}_{column}", _pointing_nowhere(table, column, referenced))
            for column, referenced in table.references.items()
        ),
    ]
    # In one query, since each query is a round trip to a server.
    asked = " UNION ALL ".join(
        f"SELECT {place}, CAST(subject AS TEXT) FROM ({query}) AS asked"  # noqa: S608
        for place, (_, query) in enumerate(queries)
    )
    for place, subject in connection.rows(f"{asked} ORDER BY 1") if queries else []:
        yield Violation(f"{table.table} {subject}", queries[place][0])


def _typed(connection: Connection, table: Declaration) -> Iterator[tuple[str, str]]:
    """The condition of each column that required values are present and of its type."""
    for name, column in table.columns.items():
        if connection.on_sqlite:
            yield name, _is_of_its_type(column)
        elif not column.optional:  # it cannot hold values of another type
            yield name, f'"{name}" IS NOT NULL'


def _is_of_its_type(column: EntityField) -> str:
    """The condition that the values of a column are present and of its type: SQLite accepts
    others."""
    name = f'"{column.name}"'
    is_typed = _TYPES.get(column.sql_type, "typeof({0}) = 'text'").format(name)
    absent = f"{name} IS NULL OR" if column.optional else f"{name} IS NOT NULL AND"
    return f"{absent} ({is_typed})"


def _rows_where_not(connection: Connection, table: Declaration, condition: str) -> Iterator[str]:
    # A comparison with NULL is not false: a check fails only where it is false.
    query = f'SELECT CAST("{table.key}" AS TEXT) FROM {table.table} WHERE ({condition}) IS FALSE'  # noqa: S608
    for (key,) in connection.rows(query):
        yield f"{table.table} {key}"


def _repeated(table: Declaration, unique: Index) -> str:
    """The query for values that occur in more than one row."""
    columns = [f'"{name}"' if name in table.columns else name for name in unique.columns]
    conditions = [f"{column} IS NOT NULL" for column in columns]
    conditions += [unique.where] if unique.where else []
    return (
        f"SELECT {columns[0]} AS subject FROM {table.table} WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" GROUP BY {', '.join(columns)} HAVING count(*) > 1"
    )


def _pointing_nowhere(table: Declaration, column: str, referenced: str) -> str:
    """The query for rows that refer to a missing row."""
    key = tables()[referenced].key
    return (
        f'SELECT pointing."{table.key}" AS subject FROM {table.table} AS pointing'  # noqa: S608
        f' WHERE pointing."{column}" IS NOT NULL AND NOT EXISTS'
        f' (SELECT 1 FROM {referenced} AS there WHERE there."{key}" = pointing."{column}")'
    )


# -- the ledger ----------------------------------------------------------------------------------


class Sums(NamedTuple):
    """A quota whose places, less those split off, differ from its numbers."""

    quota: Any
    """The key, which another program may have made anything but a number."""
    places: int
    numbers: int


def ledger_sums(connection: Connection) -> Iterator[Sums]:
    """A number is a place: every quota must have as many numbers as places of its own."""
    query = """
        SELECT quota.id, quota.places - coalesce(
                (SELECT sum(part.places) FROM quota AS part WHERE part.parent = quota.id), 0),
            (SELECT count(*) FROM number WHERE number.quota = quota.id)
        FROM quota ORDER BY quota.id
    """
    for row in connection.rows(query):
        sums = Sums(row[0], *(int(count or 0) for count in row[1:]))
        if sums.places != sums.numbers:
            yield sums


# -- the tables as the program makes them --------------------------------------------------------


class SchemaDifference(NamedTuple):
    """A part of the schema that the database has and the program would not make, or the reverse."""

    name: str
    part: str
    state: str
    """``missing`` or ``added``."""


def compares_no_schema(connection: Connection) -> str | None:
    """Why the tables cannot be compared with those that the program makes, which needs temporary
    tables on a server; None where they can."""
    if connection.on_sqlite:
        return None
    query = """SELECT CASE
        WHEN current_setting('transaction_read_only') = 'on' THEN 'read-only server'
        WHEN NOT has_database_privilege(current_database(), 'TEMP') THEN 'no right to TEMPORARY'
        END"""
    obstacle: str | None = connection.value(query)
    return obstacle


def schema_differences(connection: Connection) -> Iterator[SchemaDifference]:
    """The differences between the tables and those that the program would make."""
    missing = missing_tables(connection)
    for name in missing:
        yield SchemaDifference(name, f"CREATE TABLE {name}", "missing")
    for (version,) in connection.rows("SELECT version_num FROM alembic_version"):
        if version != SCHEMA:  # the first row was read when the registry was opened
            yield SchemaDifference("alembic_version", str(version), "added")
    if not compares_no_schema(connection):
        yield from (each for each in _differing_parts(connection) if each.name not in missing)


def _differing_parts(connection: Connection) -> Iterator[SchemaDifference]:
    if connection.on_sqlite:
        there, wanted = _parts_of_sqlite(connection.driver), _wanted_of_sqlite()
    else:
        there, wanted = _parts_of_postgresql(connection)
    for state, has, lacks in (("missing", wanted, there), ("added", there, wanted)):
        known = {name for name, _ in lacks}
        gone: dict[str, list[str]] = {}
        for name, part in sorted((has - lacks).elements()):
            gone.setdefault(name, []).append(part)
        for name, parts in gone.items():
            # For something that is missing or added as a whole, its first line is enough.
            for part in parts if name in known else [_first(parts)]:
                yield SchemaDifference(name, part, state)


def missing_tables(connection: Connection) -> list[str]:
    """The tables that somebody has dropped: without them nothing else can be verified."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if not connection.on_sqlite:
        query = f"SELECT relname::text FROM pg_class WHERE relnamespace = {_HERE}"  # noqa: S608
    there = {name for (name,) in connection.rows(query)}
    return [name for name in tables() if name not in there]


@cache
def _wanted_of_sqlite() -> "Counter[tuple[str, str]]":
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(";".join((*statements("sqlite"), *views.create("sqlite"))))
        return _parts_of_sqlite(made)


def _first(parts: list[str]) -> str:
    return next((part for part in parts if part.startswith("CREATE ")), parts[0])


def _parts_of_sqlite(driver: Any) -> "Counter[tuple[str, str]]":
    """Every table, index, trigger and view with the parts of its statement, in whatever order."""
    made = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return Counter((name, part) for name, sql in made for part in _split(sql))


def _split(sql: str) -> Iterator[str]:
    """The parts of a CREATE statement between the commas of its outermost brackets."""
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)  # so it is after a rename
    depth, part = 0, ""
    for char in " ".join(sql.split()):
        depth += (char == "(") - (char == ")")
        if (depth == 1 and char in "(,") or (depth == 0 and char == ")"):
            yield part.strip()
            part = ""
        else:
            part += char
    if part.strip():
        yield part.strip()


_PARTS = """
    WITH ours AS (SELECT oid, relname, relkind, relrowsecurity, relpersistence FROM pg_class
        WHERE relkind IN ('r', 'v') AND relnamespace = {0})
    SELECT relname::text, concat_ws(' ', attname, format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN 'NOT NULL' END, pg_get_expr(adbin, adrelid))
    FROM pg_attribute JOIN ours ON attrelid = ours.oid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attnum > 0 AND NOT attisdropped
    UNION ALL SELECT relname::text, concat_ws(' ', conname, pg_get_constraintdef(con.oid))
    FROM pg_constraint AS con JOIN ours ON conrelid = ours.oid
    UNION ALL SELECT relname::text, pg_get_viewdef(ours.oid) FROM ours WHERE relkind = 'v'
    UNION ALL SELECT relname::text, pg_get_indexdef(indexrelid)
    FROM pg_index JOIN ours ON indrelid = ours.oid
    UNION ALL SELECT relname::text, pg_get_triggerdef(pg_trigger.oid)
    FROM pg_trigger JOIN ours ON tgrelid = ours.oid WHERE NOT tgisinternal
    UNION ALL SELECT relname::text, pg_get_ruledef(pg_rewrite.oid)
    FROM pg_rewrite JOIN ours ON ev_class = ours.oid WHERE rulename <> '_RETURN'
    UNION ALL SELECT relname::text, concat_ws(' ', tgname, 'enabled', tgenabled)
    FROM pg_trigger JOIN ours ON tgrelid = ours.oid WHERE tgenabled <> 'O'
    UNION ALL SELECT relname::text, concat_ws(' ', polname, pg_get_expr(polqual, polrelid))
    FROM pg_policy JOIN ours ON polrelid = ours.oid
    UNION ALL SELECT relname::text, 'row security' FROM ours WHERE relrowsecurity
    UNION ALL SELECT relname::text, 'unlogged' FROM ours WHERE relpersistence = 'u'
    UNION ALL SELECT relname::text, concat_ws(' ', 'invalid', indexrelid::regclass)
    FROM pg_index JOIN ours ON indrelid = ours.oid WHERE NOT indisvalid
"""
_HERE = "(SELECT relnamespace FROM pg_class WHERE oid = to_regclass('alembic_version'))"


def _parts_of_postgresql(
    connection: Connection,
) -> "tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]":
    """The parts of the existing tables, and of the same tables made by us as temporary ones."""
    ours = {*tables(), "alembic_version", views.MEMBERS, *views.VIEWS}
    there = _of_server(connection, _HERE, ours)
    version = connection.value("SHOW server_version")
    if version not in _WANTED:  # another version may write the same parts otherwise
        _WANTED[version] = _wanted_of_server(connection, ours)
    return there, _WANTED[version]


_WANTED: dict[str, "Counter[tuple[str, str]]"] = {}
"""The parts of the tables as each version of a server writes them."""


def _wanted_of_server(connection: Connection, ours: "set[str]") -> "Counter[tuple[str, str]]":
    connection.run("SAVEPOINT shape")
    try:
        connection.run_all(
            re.sub("^CREATE (TABLE|VIEW)", r"CREATE TEMPORARY \1", statement)
            for statement in (*statements("postgresql"), *views.create("postgresql"))
        )
        return _of_server(connection, "pg_my_temp_schema()", ours)
    finally:
        connection.run("ROLLBACK TO SAVEPOINT shape")


def _of_server(
    connection: Connection, namespace: str, ours: "set[str]"
) -> "Counter[tuple[str, str]]":
    rows = connection.rows(_PARTS.format(namespace))
    # An index definition contains the schema of its table, which is not a difference.
    parts = ((name, re.sub(r" ON (ONLY )?\w+\.", " ON ", part)) for name, part in rows)
    return Counter((name, part) for name, part in parts if name in ours)
