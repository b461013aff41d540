"""What all tables share, and the tables about the registry itself.

No ``from __future__ import annotations`` in these modules: SQLModel reads the types.
"""

from sqlalchemy import CheckConstraint, Index, MetaData, String, Text, TextClause, text
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of all tables: an own metadata with named constraints."""

    metadata = MetaData(naming_convention=NAMING)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A column that has one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def by_operation() -> int:
    """The operation that wrote the row as it stands."""
    column: int = Field(foreign_key="operation.id")
    return column


def identity() -> int:
    """The identity of a row; given out under the lock, never by a sequence."""
    column: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    return column


def only_one(name: str, *columns: str | TextClause, where: str) -> Index:
    """At most one row of these columns among those of which the condition holds."""
    return Index(
        name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where)
    )


class SettingTable(Table, table=True):
    """What the registry is told about itself: its name, its province, its policy file."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True, sa_type=String(32))
    value: str = Field(sa_type=Text)


class OperationTable(Table, table=True):
    """One write: who, when, by which command, why, from which files, with what counts; which
    operation it undid."""

    __tablename__ = "operation"
    id: int = identity()
    at: str = Field(sa_type=String(32))
    actor: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    reason: str | None = Field(default=None, sa_type=Text)
    authority: str | None = Field(default=None, sa_type=Text)
    sources: str = Field(sa_type=Text)
    counts: str = Field(sa_type=Text)
    version: str = Field(sa_type=Text)
    undoes: int | None = Field(default=None, foreign_key="operation.id", index=True)


class HistoryTable(Table, table=True):
    """What an operation replaced: the row as it was, with the operation that had written it."""

    __tablename__ = "history"
    id: int = identity()
    operation: int = Field(foreign_key="operation.id", index=True)
    noun: str = Field(sa_type=String(32))
    key: str = Field(sa_type=String(64))
    before: str = Field(sa_type=Text)
    written: int = Field(foreign_key="operation.id", index=True)
    __table_args__ = (Index("ix_history_noun_key", "noun", "key"),)
