"""The tables of a registry as SQLModel classes, to query it from Python: a notebook, a web service.

    from sqlmodel import select
    from leaguectl.tables import Membership, Person, open_session

    with open_session("league.db") as session:
        statement = select(Person).join(Membership).where(Membership.left == None)
        for person in session.exec(statement):
            print(person.name, person.born)

There is one class for each entity of :mod:`leaguectl.model`, of the same name and fields, and
``Operation``, ``History``, ``SourceLine``, ``Content`` and ``LastId`` for what the registry notes
of itself. They are made from the same declarations as the schema; Alembic compares with their
``metadata``. Reading is what they are for: only the commands write, since they hold the lock and
keep the history.

No command imports this module: to load SQLModel takes longer than most commands run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    NullPool,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    create_engine,
    text,
)
from sqlalchemy import Index as TableIndex
from sqlmodel import Field, Session, SQLModel

from leaguectl.findings import NotFound, installed_with
from leaguectl.model import DECLARATIONS, ENTITIES, Entity
from leaguectl.model.declaration import Declaration, EntityField
from leaguectl.store import check_file, check_schema, drivers, locate
from leaguectl.store.schema import BOOKKEEPING, tables

_TYPES: dict[type, Any] = {int: Integer, float: Float, date: Date}

metadata = MetaData()


class Table(SQLModel):
    """The base of all tables, with a metadata separate from that of other programs."""

    metadata = metadata


def _column(field: EntityField) -> Any:
    """The SQLModel field for a column. Its constraints are named, and so are declared with the
    table."""
    if field.type is not str:
        sql_type: Any = _TYPES[field.type]
    elif field.spec.length is not None or field.spec.references:
        sql_type = String(field.spec.length)
    else:
        sql_type = Text
    # Keys are given out under the lock, so the database must not generate them.
    column = Column(field.name, sql_type, nullable=field.optional, autoincrement=False)
    return Field(default=None, sa_column=column) if field.optional else Field(sa_column=column)


def _constraints(declaration: Declaration) -> Iterator[Any]:
    table = declaration.table
    yield PrimaryKeyConstraint(declaration.key, name=f"pk_{table}")
    single = ((name,) for name, field in declaration.fields.items() if field.spec.unique)
    for names in (*single, *declaration.more_unique):
        yield UniqueConstraint(*names, name=declaration.unique_constraint(*names).name)
    for name, condition in declaration.checks.items():
        yield CheckConstraint(condition, name=name)
    for name, other in declaration.references.items():
        key = f"{other}.{tables()[other].key}"
        yield ForeignKeyConstraint([name], [key], name=f"fk_{table}_{name}")
    for index in declaration.indexes:
        columns = (name if name in declaration.columns else text(name) for name in index.columns)
        where = text(index.where) if index.where else None
        yield TableIndex(
            index.name, *columns, unique=index.unique, sqlite_where=where, postgresql_where=where
        )


def _table(declaration: Declaration) -> type[SQLModel]:
    """The SQLModel class of an entity; what the entity derives from its fields, it derives too."""
    columns = declaration.columns.values()
    derived = {
        name: value
        for name, value in vars(declaration.entity).items()
        if isinstance(value, property)
    }
    body = {
        "__module__": __name__,
        "__doc__": declaration.entity.__doc__,
        "__tablename__": declaration.table,
        "__annotations__": {
            field.name: field.type | None if field.optional else field.type for field in columns
        },
        "__table_args__": tuple(_constraints(declaration)),
        **derived,
        **{field.name: _column(field) for field in columns},
    }
    make: Any = type(Table)
    table: type[SQLModel] = make(declaration.entity.__name__, (Table,), body, table=True)
    return table


TABLES: dict[type[Entity], type[SQLModel]] = {
    entity: _table(DECLARATIONS[entity]) for entity in ENTITIES
}
"""The class of each entity's table, in an order in which rows can be written."""

# Under their own names, so that they can be imported like ordinary classes.
for _class in (*TABLES.values(), *map(_table, BOOKKEEPING)):
    globals()[_class.__name__] = _class

if TYPE_CHECKING:

    def __getattr__(name: str) -> Any: ...


@contextmanager
def open_session(db: str, key: str | None = None) -> Iterator[Session]:
    """A session that reads a registry, named as ``--db`` names it: one consistent view. The key is
    that of an encrypted file.

    :raises NotFound: there is no registry at that place.
    :raises DatabaseUnavailable: it is no registry, or made by a newer version.
    """
    location = locate(db, key)
    if location.is_missing:
        raise NotFound("registry-not-found", db=location.shown)
    check_file(location)
    if location.path is None:
        url = (location.url or "").replace("postgresql://", "postgresql+psycopg://", 1)
        with installed_with("postgres", "postgresql://"):
            engine = create_engine(url, isolation_level="REPEATABLE READ", hide_parameters=True)
    else:
        opened = partial(drivers.connect, location, "ro")
        engine = create_engine(
            "sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True
        )
    try:
        with Session(engine) as session:
            # SQLite is opened read-only by its URL; on a server the transaction is set to
            # read-only.
            if location.path is None:
                session.execute(text("SET TRANSACTION READ ONLY"))
            version = session.execute(text("SELECT version_num FROM alembic_version"))
            check_schema(version.scalar(), location)
            yield session
    finally:
        engine.dispose()
