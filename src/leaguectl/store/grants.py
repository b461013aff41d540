"""What each role of a server may do with a registry: the statements that grant it.

An owner makes and upgrades it. An office writes, but cannot change the existing journal. A reader
reads.
"""

from collections.abc import Iterator

from leaguectl.findings import NotFound, UsageError
from leaguectl.store import Location, views
from leaguectl.store.opening import opened, schema_of
from leaguectl.store.schema import BOOKKEEPING, tables

ROLES = ("owner", "office", "reader")

_ADDED = "SELECT, INSERT"
_CHANGED = "SELECT, INSERT, UPDATE, DELETE"
_JOURNAL = {declaration.table: _ADDED for declaration in BOOKKEEPING} | {"last_id": _CHANGED}
"""Rows of the journal are only added; but the last id of an entity is updated."""
_HERE = """SELECT relnamespace::regnamespace::text FROM pg_class
    WHERE oid = to_regclass('alembic_version')"""


def grants(location: Location, role: str, name: str, *, run: bool = False) -> list[str]:
    """The statements that give a role of the server the rights of an owner, an office or a reader;
    with ``run`` they are carried out, all or none.

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
        found = list(statements(schema, role, name))
        if run:
            for statement in found:
                connection.run(statement)
            connection.driver.commit()
    return found


def statements(schema: str, role: str, name: str) -> Iterator[str]:
    """The statements; earlier rights of the role are revoked first."""
    quoted = '"' + name.replace('"', '""') + '"'
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
