"""How an entity is declared: a frozen record whose fields say how they are stored and shown.

Everything that goes through all fields of an entity (the schema, the tables, saving and loading,
history, masking) uses the declaration, so a new field is declared in a single place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property
from types import NoneType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
)

from leaguectl.model.periods import Bounds

_Record = TypeVar("_Record")

LONGEST = 500
"""The greatest length of a text whose field declares no length: databases do not limit such a
column, but nobody writes more into a cell."""

_SQL_TYPES: dict[type, str] = {int: "INTEGER", float: "FLOAT", date: "DATE"}


class Entity:
    """What the registry keeps: a frozen record with a key, written by an operation."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        names = self.__dataclass_fields__
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__dataclass_fields__))

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__name__}({', '.join(values)})"

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Any]]

        @property
        def operation(self) -> int:
            """The operation that wrote the record as it stands."""
            ...


@dataclass(frozen=True, slots=True)
class Spec:
    """What a field declares in addition to its type, as in ``Annotated[str, Spec(18,
    unique=True)]``.

    ``length`` limits text, ``values`` lists what it may be; ``references`` is the table to whose
    key the field points; ``private`` values are masked wherever they are shown; ``json`` values are
    stored as text; ``generated`` values are made by the program, so their length needs no check;
    ``dated`` values keep their earlier values with the day until which each held
    (:class:`leaguectl.model.league.FormerValue`). ``folded_as`` names a further column for the text
    without spaces, width and case (:func:`leaguectl.names.fold_name`), by which names are looked
    up.
    """

    length: int | None = None
    values: tuple[str, ...] = ()
    references: str | None = None
    index: bool = False
    unique: bool = False
    private: bool = False
    json: bool = False
    generated: bool = False
    dated: bool = False
    folded_as: str | None = None


OperationId = Annotated[int, Spec(references="operation")]


class Index(NamedTuple):
    """An index over columns or SQL expressions, possibly only for the rows that meet a
    condition."""

    name: str
    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None


class EntityField(NamedTuple):
    """One field of an entity; ``default`` is ``MISSING`` where a value must be given."""

    name: str
    type: type
    optional: bool
    default: Any
    spec: Spec

    @property
    def is_required(self) -> bool:
        """Whether a new record must be given a value."""
        return self.default is MISSING

    @property
    def sql_type(self) -> str:
        """The type of its column, the same on every database."""
        if self.type in _SQL_TYPES:
            return _SQL_TYPES[self.type]
        if self.spec.length is not None:
            return f"VARCHAR({self.spec.length})"
        # Schema 1 gave references to codes no length; databases treat both as unlimited text.
        return "VARCHAR" if self.spec.references else "TEXT"


@dataclass(frozen=True)
class Declaration:
    """All that is declared of one entity.

    ``natural`` are the fields by which a sheet identifies a record, ``period`` those that say when
    it holds; ``happened`` is the field with the day on which something happened, ``began`` the one
    with the day since which something lasts, where that may be known before. The other parts
    concern several fields at once; their names become ``ck_<table>_<name>`` and so on. What
    concerns a single field is in its :class:`Spec`.
    """

    entity: type[Any]
    key: str = "id"
    natural: tuple[str, ...] = ()
    period: Bounds | None = None
    happened: str | None = None
    began: str | None = None
    more_checks: Mapping[str, str] = field(default_factory=dict)
    more_unique: tuple[tuple[str, ...], ...] = ()
    more_indexes: tuple[Index, ...] = ()

    @cached_property
    def name(self) -> str:
        """How history and saved plans name it."""
        return self.entity.__name__.lower()

    @cached_property
    def table(self) -> str:
        """The name of its table."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.entity.__name__).lower()

    @cached_property
    def fields(self) -> dict[str, EntityField]:
        """Its fields by name, in order."""
        return {
            item.name: _field(item.name, item.type, item.default) for item in fields(self.entity)
        }

    @cached_property
    def columns(self) -> dict[str, EntityField]:
        """The columns of its table: the fields, and what is derived from them."""
        columns = {}
        for name, item in self.fields.items():
            columns[name] = item
            if derived := item.spec.folded_as:
                columns[derived] = EntityField(derived, str, False, MISSING, Spec(index=True))
        return columns

    @cached_property
    def folded(self) -> dict[str, str]:
        """The columns with folded names, and the fields whose text they fold."""
        pairs = ((item.spec.folded_as, name) for name, item in self.fields.items())
        return {column: name for column, name in pairs if column is not None}

    @property
    def occurs(self) -> str | None:
        """The field with the day on which it happened or began."""
        return self.happened or self.began

    @cached_property
    def has_host(self) -> bool:
        """Whether each of its records is of an organisation, which did it or keeps it."""
        return "organization" in self.fields and not self.fields["organization"].optional

    @cached_property
    def days(self) -> frozenset[str]:
        """The names of the fields that are days."""
        return frozenset(name for name, item in self.fields.items() if item.type is date)

    @cached_property
    def dated(self) -> tuple[str, ...]:
        """The fields of which former values are kept."""
        return tuple(name for name, item in self.fields.items() if item.spec.dated)

    @cached_property
    def lengths(self) -> dict[str, int]:
        """How many characters each of its texts may have."""
        return {
            name: item.spec.length or LONGEST
            for name, item in self.fields.items()
            if item.type is str and not (item.spec.json or item.spec.generated)
        }

    @cached_property
    def references(self) -> dict[str, str]:
        """The fields that point to another record, with the table of that record."""
        pairs = ((name, item.spec.references) for name, item in self.fields.items())
        return {name: table for name, table in pairs if table is not None}

    @cached_property
    def checks(self) -> dict[str, str]:
        """The conditions that each row meets, by the names of their constraints."""
        checks = {
            name: f"{name} IN (" + ", ".join(f"'{value}'" for value in item.spec.values) + ")"
            for name, item in self.fields.items()
            if item.spec.values
        }
        checks.update(self.more_checks)
        return {f"ck_{self.table}_{name}": condition for name, condition in checks.items()}

    @cached_property
    def indexes(self) -> list[Index]:
        """Its indexes, in order of their names; keys and unique fields have indexes of their
        own."""
        indexes = [
            Index(f"ix_{self.table}_{name}", (name,))
            for name, item in self.columns.items()
            if item.spec.index
        ]
        for index in self.more_indexes:
            name = f"{'uq' if index.unique else 'ix'}_{self.table}_{index.name}"
            indexes.append(Index(name, index.columns, index.unique, index.where))
        return sorted(indexes, key=lambda index: index.name)

    @cached_property
    def unique(self) -> list[Index]:
        """Everything that must be unique: the key, single fields, groups of fields, and indexes."""
        single = [(name,) for name, item in self.fields.items() if item.spec.unique]
        return [
            Index(f"pk_{self.table}", (self.key,), unique=True),
            *(self.unique_constraint(*names) for names in (*single, *self.more_unique)),
            *(index for index in self.indexes if index.unique),
        ]

    def unique_constraint(self, *names: str) -> Index:
        """The constraint that no two rows have the same values of these fields."""
        return Index(f"uq_{self.table}_{'_'.join(names)}", names, unique=True)


DECLARATIONS: dict[type[Any], Declaration] = {}
"""Every entity with its declaration."""


@dataclass_transform(frozen_default=True)
def entity(**declared: Any) -> Callable[[type[_Record]], type[_Record]]:
    """Declare a class as an entity, a frozen dataclass; the arguments are those of
    :class:`Declaration`."""

    def declare(cls: type[_Record]) -> type[_Record]:
        # Entities share their methods for comparing and printing: compiling them for each entity
        # would take a good part of a command's starting time.
        record = dataclass(frozen=True, slots=True, eq=False, repr=False)(cls)
        DECLARATIONS[record] = Declaration(record, **declared)
        return record

    return declare


def _field(name: str, annotation: Any, default: Any) -> EntityField:
    spec = Spec()
    if get_origin(annotation) is Annotated:
        annotation, spec = annotation.__origin__, annotation.__metadata__[0]
    types = get_args(annotation) or (annotation,)
    (plain,) = (str,) if spec.json else (item for item in types if item is not NoneType)
    return EntityField(name, plain, NoneType in types, default, spec)
