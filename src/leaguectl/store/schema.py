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
    """One write: who, when, by which command, why, from which files, with what counts, and which
    operation it undid. ``day`` is the day of effect: what it says was so on that day, and was
    written down ``at`` some moment after it. ``digest`` is of all that it wrote and
    of the operation before it. ``once`` is the key under which the command was to be done once, and
    ``asked`` a short checksum of what was asked for by it.

    Of each table that was read ``sources`` has ``file``, ``sha256``, ``sheet``, ``header_row``,
    ``kind``, the ``day`` of which it speaks, and ``columns``: under which letter each field stands.
    The first of each sheet also has how many rows of the sheet were ``read`` and ``rejected``, and
    how many ``faults`` (errors and warnings) were found in it.
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
    """What an operation replaced: the record as it was, and the operation that had written it."""

    id: int
    operation: Annotated[int, Spec(references="operation", index=True)]
    noun: Annotated[str, Spec(32)]
    key: Annotated[str, Spec(64)]
    before: Annotated[Mapping[str, object], Spec(json=True)]
    written: Annotated[int, Spec(references="operation", index=True)]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Which rows of a table of an operation tell of which records: those from ``first_key`` to
    ``last_key`` stand one below the other from ``first_row`` on. ``key`` is that of a record whose
    key is no number.

    A number, a form, or one of the many records that a row makes has no line of its own, but that
    of the record that it names. ``fields`` are those that the row changed: None where it made the
    record, none where it found it as it is. ``source`` is the table's place in
    :attr:`Operation.sources`.
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
    """What an operation wrote of one noun, in order of the keys: how many rows, which, and the
    digest of their values.

    ``written`` is the operation whose rows they are: the same, or an earlier one whose rows had to
    be changed under it. ``fields`` has a short checksum of each field's values, and ``marks`` of
    each row: by them the changed one is found among a hundred thousand.
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


@dataclass(frozen=True, slots=True)
class LastId:
    """The highest id of a noun of which a row ever went: nobody else gets it, nor one below."""

    noun: Annotated[str, Spec(32)]
    last: int


JOURNAL = (
    Declaration(Operation, more_indexes=(Index("once", ("once",), unique=True),)),
    Declaration(History, more_indexes=(Index("noun_key", ("noun", "key")),)),
    Declaration(
        SourceLine, more_indexes=(Index("record", ("operation", "noun", "first_key", "key")),)
    ),
)
"""The tables of what was written: by them and the rows an operation is proved."""

BOOKKEEPING = (*JOURNAL, Declaration(Content), Declaration(LastId, key="noun"))
"""The tables about the registry itself."""

_RESERVED = {
    "sqlite": frozenset({"after", "before", "full", "key", "left"}),
    "postgresql": frozenset({"full", "left"}),
}
"""Names of our columns that each database takes for keywords unless they are quoted."""

# As Alembic would make it, so that its migrations find their own table.
_ALEMBIC = """\
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""


@cache
def tables() -> dict[str, Declaration]:
    """Every table by name: by how many tables it depends on in a row, then by name."""
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
