"""What a kind of sheet is, and the kinds in which each row is a single entity."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from leaguectl.findings import Private
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import Day, day
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.class_names import branch_names, unit_names
from leaguectl.kinds.combined import combined_of
from leaguectl.kinds.line import OF_TYPE, Line, declared, precision_field, shared_fields
from leaguectl.kinds.parsing import cell_type
from leaguectl.kinds.steps import Part, Step
from leaguectl.model import (
    DECLARATIONS,
    NOT_YET,
    Entity,
    Keys,
    Organization,
    Person,
    Snapshot,
    if_known,
    is_known,
    is_private,
)
from leaguectl.names import fold_name
from leaguectl.workbooks.sheet_kinds import YEAR_GROUP, Column, SheetKind
from leaguectl.workbooks.template import EXAMPLE_OF_TYPE, Heading

E = TypeVar("E", bound=Entity)
L = TypeVar("L", bound=Line)


class BlockPlanner(Protocol[L]):
    """Plans all rows of a kind at once, calling ``plan`` for those that need individual handling.
    ``followed`` says that rows of other kinds come later and must find these rows in the snapshot
    of the batch."""

    def __call__(
        self,
        items: list[Item[Any] | Block[Any]],
        batch: Batch,
        plan: Callable[[Item[L], Batch], RowPlan],
        *,
        followed: bool,
    ) -> Iterator[Step | Part]: ...


class Lifetime(NamedTuple):
    """The fields that hold an entity's first day and its end; an export as of an earlier day leaves
    out what lies outside. An entity without ``begins`` is loaded for every day, since others refer
    to it. ``within`` are other days, of which one that is later was not known on that day."""

    begins: str | None = None
    ends: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


ALWAYS = Lifetime()


@dataclass(frozen=True)
class Kind(Generic[L]):
    """All that the program knows about a kind of sheet, except its words."""

    line: type[L]
    """Its columns."""
    plan: Callable[[Item[L], Batch], RowPlan]
    """From a row to changes."""
    stored: Callable[[Snapshot], Iterator[tuple[str | None, L]]]
    """From stored records to lines, the inverse of ``plan``: each with the code of the organisation
    it belongs to, None where it belongs to none."""
    entities: Mapping[type[Entity], Lifetime]
    """The entities that its lines are made from, besides organisations."""
    keys: Callable[[Block[L], Keys], None]
    """Adds the keys that some rows touch, so that only those records are loaded."""
    whole: tuple[type[Entity], ...] = ()
    """Entities that are loaded completely to compare the rows with: a county has some thousands of
    each."""
    order: Callable[[list[Item[L]], Batch], list[Item[L]]] | None = None
    """Sorts rows that refer to one another into the order in which they can be planned."""
    look: Callable[[Sequence[Item[L]], Batch], None] | None = None
    """Examines all its rows before the first is planned."""
    plan_blocks: BlockPlanner[L] | None = None
    """Plans all its rows at once, for a kind whose sheets are large."""
    by_organization: bool = True
    """Whether a row belongs to an organisation, so that it can be exported for one."""
    begins: str | None = None
    """The column with the day from which a row holds, where its entity is loaded for any day."""
    is_dated: bool = True
    """Whether it is known of an earlier day what its rows were then; else an export as of that day
    has none."""
    is_carried: bool = False
    """Whether it only passes between registries: an export writes it, but no office fills it in, so
    there is no empty form for it."""

    @property
    def name(self) -> str:
        """How commands, findings and files call it."""
        return self.line.kind

    @cached_property
    def pattern(self) -> SheetKind:
        """The kind in the form that the search for headings needs."""
        line = self.line
        columns = tuple(
            Column(field, names.headings, info.is_required(), names.weak)
            for field, info in line.model_fields.items()
            for names in [declared(line, field)]
        )
        if "unit" in line.model_fields:
            columns += (YEAR_GROUP,)
        return SheetKind(
            line.kind, columns, line.requires_any, line.marker_headings, line.not_if_two_of,
            line.except_with, keys=line.keys, is_roster=bool(line.signs),
            combined=combined_of([*line.model_fields]),
        )  # fmt: skip

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Its columns as a template and an export have them."""
        headings = []
        for field, info in self.line.model_fields.items():
            names, example, _, is_carried = declared(self.line, field)
            type_ = cell_type(info)
            words = tuple(type_.words.values()) if isinstance(type_, Choice) else ()
            if example is OF_TYPE:
                example = EXAMPLE_OF_TYPE
            heading = Heading(
                field, names, info.is_required(), frozenset(), type_.__name__, words, example,
                is_carried,
            )  # fmt: skip
            headings.append(heading)
        return tuple(headings)


# -- keys ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _possible_names(organization: str, unit: str | None, day: date | None) -> frozenset[str]:
    # Row after row of a roster has the same class and school.
    names = branch_names(organization, unit, day)
    return frozenset([*names, *(unit_names(unit) if unit else [])])


def touch_organizations(block: Block[Any], keys: Keys) -> None:
    """Add the names and codes that the columns ``organization`` and ``unit`` can mean."""
    columns = block.column("organization"), block.column("unit")
    for organization, unit in {*zip(*columns, strict=True)}:
        if organization:
            keys.organizations |= _possible_names(organization, unit, block.rows.day)


def touch_named(texts: Iterable[str | None], day: date | None, keys: Keys) -> None:
    """Add the names and codes that texts in a sheet of that day can mean."""
    for text in {*texts} - {None}:
        keys.organizations |= _possible_names(text, None, day)


def touch_people(block: Block[Any], keys: Keys) -> None:
    """Add the people of some rows: by ID number, by name where a row has none."""
    people = [*zip(block.column("id_number"), block.column("name"), strict=True)]
    keys.id_numbers.update(id_number for id_number, _ in people if id_number is not None)
    keys.names.update(name for id_number, name in people if id_number is None)


def touch_organizations_and_people(block: Block[Any], keys: Keys) -> None:
    """Add the organisations and the people of some rows."""
    touch_organizations(block, keys)
    touch_people(block, keys)


# -- stored values -------------------------------------------------------------------------------

_ORGANIZATIONS = frozenset({"organization", "parent", "host"})
"""Columns that name an organisation; its code is stored."""

_ENDS = frozenset({"until", "finished"})
"""Of an end of which the month alone is known the last day is kept."""


def values_of(line: Line, entity: type[Entity]) -> dict[str, Any]:
    """What a line says of an entity, by the fields of the entity, but for the organisations that it
    names. A blank cell says nothing, so its field is left out, and so is an empty veto."""
    values = {}
    for column, field in shared_fields(type(line), entity):
        value = getattr(line, column)
        says = value is NOT_YET or value not in (None, "")
        if not says or column in _ORGANIZATIONS:
            continue
        values[field] = value
        if isinstance(value, Day):
            values[field] = value.last if field in _ENDS else value.date
            if (precision := precision_field(entity, field)) is not None:
                values[precision] = value.precision
    return values


def line_values(line: type[Line], entity: Entity | None, snapshot: Snapshot) -> dict[str, Any]:
    """What an entity says in the columns of a line, the inverse of :func:`values_of`; organisations
    as a sheet names them. None says nothing."""
    values: dict[str, Any] = {}
    for column, field in shared_fields(line, type(entity)) if entity is not None else ():
        value = getattr(entity, field)
        if value is None:
            continue
        if column in _ORGANIZATIONS:
            value = snapshot.reference(value)
        elif cell_type(line.model_fields[column]) is day:
            precision = precision_field(type(entity), field)
            known = getattr(entity, precision) if precision else "day"
            value = Day(value.replace(day=1) if known == "month" else value, known)
        values[column] = Private(value) if is_private(column) else value
    return values


def person_values(line: type[Line], person: Person, snapshot: Snapshot) -> dict[str, Any]:
    """What a person says in the columns of a line; the name as it was first written."""
    return line_values(line, person, snapshot) | {"name": person.written or person.name}


# -- kinds of records ----------------------------------------------------------------------------


def _day_of(values: Mapping[str, Any]) -> date | None:
    """The day that a record describes, to decide which organisation a name meant then; the last day
    for a year."""
    year = values.get("year")
    return date(year, 12, 31) if is_known(year) else None


@if_known
def _of_its_month(snapshot: Snapshot, entity: type[E], values: Mapping[str, Any]) -> E | None:
    """The record whose key ends in a day of the same month, where of one of them the month alone is
    known."""
    *firsts, last = DECLARATIONS[entity].natural
    precision, said = precision_field(entity, last), values[last]
    if precision is None:
        return None
    month = said.replace(day=1)
    found = [
        record
        for record in snapshot.by_natural_prefix(entity, *(values[field] for field in firsts))
        if getattr(record, last).replace(day=1) == month
        and "month" in (getattr(record, precision), values[precision])
    ]
    return found[0] if len(found) == 1 else None


def record_of(
    entity: type[E], values: Mapping[str, Any], repeated: str, batch: Batch, row_plan: RowPlan
) -> tuple[E | None, E]:
    """The record that is stored with the natural key of these values, and what they make of it, or
    a new one. ``repeated`` is the column that is shown where two rows have the same key."""
    key = {field: values[field] for field in DECLARATIONS[entity].natural}
    # A name that is spaced in another way is the same name; any other text is what it is.
    fold = if_known(fold_name)
    texts = [fold(value) if field == "name" else value for field, value in key.items()]
    batch.once(row_plan, repeated, *texts)
    stored = batch.snapshot.by_natural_key(entity, *key.values())
    stored = stored or _of_its_month(batch.snapshot, entity, values)
    if stored is not None:
        return stored, batch.settle(row_plan, stored, values)
    make: Any = entity
    return None, make(id=batch.snapshot.new_id(entity), **values)


def record_kind(
    line: type[L],
    entity: type[E],
    *,
    repeated: str,
    lifetime: Lifetime = ALWAYS,
    check: Callable[[L, RowPlan], None] | None = None,
    key_defaults: Callable[[Organization], dict[str, Any]] | None = None,
    identify: Callable[[E, E | None, Organization, Batch, RowPlan], E] | None = None,
    whole: tuple[type[Entity], ...] = (),
    keys: Callable[[Block[L], Keys], None] = touch_organizations,
    shown: Callable[[E, Snapshot], dict[str, Any]] | None = None,
    also: Mapping[type[Entity], Lifetime] = MappingProxyType({}),
) -> Kind[L]:
    """A kind of which each row is one entity: found by its natural key, completed by the rest.

    ``repeated`` is the column that is shown where two rows have the same key. ``check`` finds what
    is wrong in a row by itself; ``key_defaults`` has fields of the key that a row may leave out;
    ``identify`` says who is meant by a name, with the record that is stored; ``shown`` has cells
    that do not follow from the record alone, but from those of ``also``.
    """
    by_organization = "organization" in line.model_fields

    def plan(item: Item[L], batch: Batch) -> RowPlan:
        row_plan = RowPlan(item)
        values = values_of(item.line, entity)
        organization = None
        if by_organization:
            text = item.line.organization  # type: ignore[attr-defined]
            organization = batch.organization(row_plan, text, "organization", day=_day_of(values))
        if check is not None:
            if_known(check)(item.line, row_plan)
        if organization is not None:
            defaults = key_defaults(organization) if key_defaults is not None else {}
            values = defaults | values | {"organization": organization.code}
        elif by_organization:
            return row_plan
        stored, record = record_of(entity, values, repeated, batch, row_plan)
        # Last, since the person meant by a name may depend on the rest of the record.
        if identify is not None and organization is not None:
            record = identify(record, stored, organization, batch, row_plan)
        row_plan.creates = stored is None
        row_plan.put(stored, record)
        return row_plan

    def lines(snapshot: Snapshot) -> Iterator[tuple[str | None, L]]:
        for record in snapshot.all(entity):
            values = line_values(line, record, snapshot) | (
                shown(record, snapshot) if shown else {}
            )
            yield getattr(record, "organization", None), line.model_construct(**values)

    return Kind(
        line, plan, lines, {entity: lifetime, **also}, keys, whole=(entity, *whole),
        by_organization=by_organization,
    )  # fmt: skip
