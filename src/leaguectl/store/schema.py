"""The schema of a registry: its tables, made from the declarations of the entities, and the SQL
that creates them on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Annotated, Any

from leaguectl.model import DECLARATIONS
from leaguectl.model.declaration import Declaration, Index, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A write: who, when, by which command, why, from which files, with what counts, and which
    operation it undid.

    ``day`` is the day of effect: the facts were true on that day, and recorded later, ``at`` that
    moment. ``digest`` covers everything it wrote and the previous operation. ``once`` is the key
    under which the command runs only once, and ``asked`` a short checksum of what was requested.
    For each table that was read, ``sources`` has ``file``, ``sha256``, ``sheet``, ``header_row``,
    ``kind``, the ``day`` of the table, and ``columns``: the letter of each field. The first table
    of each sheet also has how many rows of the sheet were ``read`` and ``rejected``, and its number
    of ``faults`` (errors and warnings).
    """

    id: int = 0
    at: Annotated[str, Spec(32)]
    actor: str
    command: str
    reason: str | None = None
    authority: str | None = None
    sources: Annotated[Sequence[Mapping[str, Any]], Spec(json=True)] = ()
    counts: Annotated[Mapping[str, int], Spec(json=True)] = field(default_factory=dict)
    version: str = ""
    undoes: Annotated[int | None, Spec(references="operation", index=True)] = None
    day: date | None = None
    digest: Annotated[str | None, Spec(64)] = None
    once: Annotated[str | None, Spec(64)] = None
    asked: Annotated[str | None, Spec(8)] = None


@dataclass(frozen=True, slots=True)
class History:
    """A record that an operation replaced, as it was, with the operation that had written it."""

    id: int
    operation: Annotated[int, Spec(references="operation", index=True)]
    noun: Annotated[str, Spec(32)]
    key: Annotated[str, Spec(64)]
    before: Annotated[Mapping[str, object], Spec(json=True)]
    written: Annotated[int, Spec(references="operation", index=True)]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Which rows of a table mention which records: the records from ``first_key`` to ``last_key``
    are in consecutive rows from ``first_row`` on.

    ``key`` is the key of a record where that is not a number. Numbers, forms, and the many records
    that a row may create have no line of their own, but share that of the record they refer to.
    ``fields`` are those that the row changed: None where it created the record, empty where it
    found the record as it is. ``source`` is the table's place in :attr:`Operation.sources`.
    """

    id: int
    operation: Annotated[int, Spec(references="operation")]
    source: int
    noun: Annotated[str, Spec(32)]
    first_key: int | None
    last_key: int | None
    key: Annotated[str | None, Spec(64)]
    first_row: int
    fields: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What an operation wrote of one entity, in order of the keys: how many rows, which, and the
    digest of their values.

    ``written`` is the operation that the rows belong to: this one, or an earlier operation whose
    rows had to be changed. ``fields`` has a short checksum of each field's values, and ``marks`` of
    each row: they locate a changed row among a hundred thousand. ``salt`` prevents anybody from
    trying out values against the chain; contents of older versions, and those from which somebody's
    values were erased, have none.
    """

    id: int
    operation: Annotated[int, Spec(references="operation", index=True)]
    written: Annotated[int, Spec(references="operation")]
    noun: Annotated[str, Spec(32)]
    size: int
    keys: str
    digest: Annotated[str, Spec(64)]
    fields: str
    marks: str
    salt: Annotated[str | None, Spec(32)] = None


@dataclass(frozen=True, slots=True)
class LastId:
    """The highest id of an entity among its removed rows: neither it nor a lower id is given
    again."""

    noun: Annotated[str, Spec(32)]
    last: int


JOURNAL = (
    Declaration(Operation, more_indexes=(Index("once", ("once",), unique=True),)),
    Declaration(History, more_indexes=(Index("noun_key", ("noun", "key")),)),
    Declaration(
        SourceLine, more_indexes=(Index("record", ("operation", "noun", "first_key", "key")),)
    ),
)
"""The tables of what was written: with the rows they prove an operation."""

BOOKKEEPING = (*JOURNAL, Declaration(Content), Declaration(LastId, key="noun"))
"""The tables about the registry itself."""

_RESERVED = {
    "sqlite": frozenset({"after", "before", "full", "key", "left"}),
    "postgresql": frozenset({"full", "left"}),
}
"""Names of our columns that are keywords of a database unless they are quoted."""

# As Alembic would create it, so that its migrations find their table.
_ALEMBIC = """\
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""


@cache
def tables() -> dict[str, Declaration]:
    """Every table by name, ordered by the depth of its dependencies, then by name."""
    declared = {item.table: item for item in (*BOOKKEEPING, *DECLARATIONS.values())}
    depths: dict[str, int] = {}

    def depth(table: str) -> int:
        if table not in depths:
            others = set(declared[table].references.values()) - {table}
            depths[table] = max((depth(other) + 1 for other in others), default=0)
        return depths[table]

    return {
        table: declared[table] for table in sorted(declared, key=lambda name: (depth(name), name))
    }


def statements(database: str) -> list[str]:
    """The statements that create a registry on ``sqlite`` or ``postgresql``."""
    made = [text for table in tables().values() for text in _create(table, _RESERVED[database])]
    return [*made, _ALEMBIC]


def _create(table: Declaration, reserved: frozenset[str]) -> Iterator[str]:
    lines = [*_columns(table, reserved), *_constraints(table, reserved)]
    yield f"CREATE TABLE {table.table} (\n    " + ",\n    ".join(lines) + "\n)"
    for index in table.indexes:
        unique = "UNIQUE " if index.unique else ""
        columns = ", ".join(_quoted(column, reserved) for column in index.columns)
        where = f" WHERE {index.where}" if index.where else ""
        yield f"CREATE {unique}INDEX {index.name} ON {table.table} ({columns}){where}"


def _columns(table: Declaration, reserved: frozenset[str]) -> Iterator[str]:
    for name, column in table.columns.items():
        required = "" if column.optional else " NOT NULL"
        yield f"{_quoted(name, reserved)} {column.sql_type}{required}"


def _constraints(table: Declaration, reserved: frozenset[str]) -> Iterator[str]:
    yield _constraint(f"pk_{table.table}", f"PRIMARY KEY ({_quoted(table.key, reserved)})")
    for names in table.more_unique:
        yield _unique(table, reserved, *names)
    for name, condition in table.checks.items():
        yield _constraint(name, f"CHECK ({condition})")
    for name, column in table.fields.items():
        if column.spec.unique:
            yield _unique(table, reserved, name)
        if referenced := column.spec.references:
            points = (
                f"({_quoted(name, reserved)}) REFERENCES {referenced} ({tables()[referenced].key})"
            )
            yield _constraint(f"fk_{table.table}_{name}", f"FOREIGN KEY{points}")


def _unique(table: Declaration, reserved: frozenset[str], *names: str) -> str:
    columns = ", ".join(_quoted(name, reserved) for name in names)
    return _constraint(table.unique_constraint(*names).name, f"UNIQUE ({columns})")


def _constraint(name: str, what: str) -> str:
    return f"CONSTRAINT {name} {what}"


def _quoted(name: str, reserved: frozenset[str]) -> str:
    return f'"{name}"' if name in reserved else name
