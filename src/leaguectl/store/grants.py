"""What each role of a server may do with a registry: the statements that grant it.

An owner makes and upgrades it. An office writes, but cannot change the existing journal. A reader
reads. A unit reads what concerns an organisation and all below it: for it the registry is a schema
of views on the tables, which the server holds it to.
"""

from collections.abc import Iterator

from leaguectl.findings import DatabaseUnavailable, NotFound, UsageError
from leaguectl.model.declaration import Declaration
from leaguectl.store import Location, views
from leaguectl.store.opening import opened, schema_of
from leaguectl.store.schema import BOOKKEEPING, tables

ROLES = ("owner", "office", "reader", "unit")
_UNIT = "leaguectl: what a unit sees of "
"""How the comment on the schema of a unit begins; the schema of the registry follows."""
UNITS = f"""SELECT quote_ident(nspname) FROM pg_namespace
    WHERE obj_description(oid, 'pg_namespace') = '{_UNIT}' || quote_ident(current_schema())"""
"""The schemas of units, which an upgrade removes before it changes the tables."""

_ADDED = "SELECT, INSERT"
_CHANGED = "SELECT, INSERT, UPDATE, DELETE"
_JOURNAL = {declaration.table: _ADDED for declaration in BOOKKEEPING} | {"last_id": _CHANGED}
"""Rows of the journal are only added; but the last id of an entity is updated."""
_TAKEN = f"""SELECT nspname FROM pg_namespace WHERE nspname = :name
    AND coalesce(obj_description(oid, 'pg_namespace'), '') NOT LIKE '{_UNIT}%'"""
"""A schema of the unit's name that is not a unit's: it may be the registry of a county."""
_SHARED = ("setting", "last_id")
"""Tables that a unit reads as a whole."""
_OWNS = """SELECT pg_has_role(relowner, 'USAGE') FROM pg_class
    WHERE oid = to_regclass('alembic_version')"""
_HERE = """SELECT relnamespace::regnamespace::text FROM pg_class
    WHERE oid = to_regclass('alembic_version')"""


def grants(
    location: Location, role: str, name: str, top: str = "", *, run: bool = False
) -> list[str]:
    """The statements that give a role of the server the rights of an owner, an office, a reader or
    a unit (of the organisation ``top``); with ``run`` they are carried out, all or none.

    :raises UsageError: the registry is a file, whose rights are those of the system.
    :raises NotFound: there is no registry, or no such role.
    :raises DatabaseUnavailable: the user may not grant it.
    """
    if location.path is not None:
        raise UsageError("grants-of-a-file", db=location.shown)
    with opened(location) as connection:
        schema_of(connection, location, current=True)
        # As SQL names it, in quotes where that is needed.
        schema = str(connection.value(_HERE))
        known = "SELECT count(*) FROM pg_roles WHERE rolname = :name"
        if run and not connection.value(known, {"name": name}):
            raise NotFound("role-not-found", name=name, db=location.shown)
        is_unit = role == "unit"
        if is_unit and (taken := connection.value(_TAKEN, {"name": name})) is not None:
            raise UsageError("grants-schema-taken", name=taken)
        found = list(of_unit(schema, name, top) if is_unit else statements(schema, role, name))
        if run:
            if not connection.value(_OWNS):  # the server only warns, and grants nothing
                raise DatabaseUnavailable("grants-not-owner", db=location.shown)
            for statement in found:
                connection.run(statement)
            connection.driver.commit()
    return found


def statements(schema: str, role: str, name: str) -> Iterator[str]:
    """The statements; earlier rights of the role are revoked first."""
    quoted = _quoted(name)
    all_tables = f"ALL TABLES IN SCHEMA {schema}"
    if role == "owner":
        yield f"ALTER SCHEMA {schema} OWNER TO {quoted}"
        for table in (*tables(), "alembic_version", views.MEMBERS, *views.VIEWS):
            yield f'ALTER TABLE {schema}."{table}" OWNER TO {quoted}'
        return
    rights = dict.fromkeys(tables(), _CHANGED) | _JOURNAL
    yield f"REVOKE ALL ON {all_tables} FROM {quoted}"
    yield f"REVOKE CREATE ON SCHEMA {schema} FROM {quoted}"
    yield f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"
    yield f"GRANT SELECT ON {all_tables} TO {quoted}"
    later = f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
    if role == "reader":
        yield f"{later} REVOKE INSERT, UPDATE, DELETE ON TABLES FROM {quoted}"
        yield f"{later} GRANT SELECT ON TABLES TO {quoted}"
        return
    for given in (_CHANGED, _ADDED):
        names = ", ".join(f'{schema}."{table}"' for table in rights if rights[table] == given)
        yield f"GRANT {given} ON {names} TO {quoted}"
    # The digest is computed when the operation is completely written.
    yield f"GRANT UPDATE (digest) ON {schema}.operation TO {quoted}"
    yield f"{later} GRANT {_CHANGED} ON TABLES TO {quoted}"


def of_unit(schema: str, name: str, top: str) -> Iterator[str]:
    """The statements that make the schema of a unit, named as its role, and let the role read it
    and nothing else. It has a view for each table, under its name."""
    quoted, own, code = _quoted(name), _quoted(name), top.replace("'", "''")
    yield f"DROP SCHEMA IF EXISTS {own} CASCADE"
    yield f"CREATE SCHEMA {own}"
    yield f"COMMENT ON SCHEMA {own} IS '{_UNIT}{schema}'"
    yield (
        f"CREATE VIEW {own}.within AS WITH RECURSIVE below(code) AS (SELECT code"
        f" FROM {schema}.organization WHERE code = '{code}' UNION SELECT organization.code"
        f" FROM {schema}.organization JOIN below ON organization.parent = below.code)"
        " SELECT code FROM below"
    )
    yield f"CREATE VIEW {own}.people AS {' UNION '.join(_people(schema, own))}"
    for table, declaration in tables().items():
        where = _of_unit(table, own)
        columns = ", ".join(
            _column(declaration, name, schema, where) for name in declaration.columns
        )
        yield (
            f'CREATE VIEW {own}."{table}" WITH (security_barrier) AS'
            f' SELECT {columns} FROM {schema}."{table}" WHERE {where}'
        )
    yield f"CREATE VIEW {own}.alembic_version AS SELECT * FROM {schema}.alembic_version"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {quoted}"
    yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL ON TABLES FROM {quoted}"
    yield f"GRANT USAGE ON SCHEMA {own} TO {quoted}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {own} TO {quoted}"


def _people(schema: str, own: str) -> Iterator[str]:
    """The queries for the people of a unit: whoever is or was in one of its organisations, in any
    way that a table knows of."""
    for table, declaration in tables().items():
        homes, people = (_references(declaration, to) for to in ("organization", "person"))
        where = _any(homes, f"SELECT code FROM {own}.within")
        for column in people if homes else ():
            yield f'SELECT "{column}" AS person FROM {schema}."{table}" WHERE {where}'


def _of_unit(table: str, own: str) -> str:
    """Which rows of a table concern a unit: those of its organisations; else those of their people
    and of what else they refer to. Of the journal, and of what refers to nothing, it sees none."""
    if table == "organization":
        return f"code IN (SELECT code FROM {own}.within)"
    if table == "person":
        return f"id IN (SELECT person FROM {own}.people)"
    if table in _SHARED:
        return "true"
    declaration = tables()[table]
    if homes := _references(declaration, "organization"):
        return _any(homes, f"SELECT code FROM {own}.within")
    conditions = [_any(_references(declaration, "person"), f"SELECT person FROM {own}.people")]
    for other in {*declaration.references.values()} - {"person", "operation", table}:
        rows = f'SELECT "{tables()[other].key}" FROM {own}."{other}"'
        conditions.append(_any(_references(declaration, other), rows))
    return " OR ".join(filter(None, conditions)) or "false"


def _column(declaration: Declaration, name: str, schema: str, where: str) -> str:
    """A column of a unit's view. What its first organisation, or the quota of that, is below is not
    there for it, so these are the top of what there is."""
    if declaration.references.get(name) != declaration.table:
        return f'"{name}"'
    seen = f'SELECT "{declaration.key}" FROM {schema}."{declaration.table}" WHERE {where}'
    return f'CASE WHEN "{name}" IN ({seen}) THEN "{name}" END AS "{name}"'


def _references(declaration: Declaration, to: str) -> list[str]:
    return [column for column, other in declaration.references.items() if other == to]


def _any(columns: list[str], rows: str) -> str:
    return " OR ".join(f'"{column}" IN ({rows})' for column in columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
