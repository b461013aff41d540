"""Records of a member: who is meant by a row that names them, and the record that it completes."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from leaguectl.kinds.batch import Batch, RowPlan
from leaguectl.kinds.kind import line_values, person_values
from leaguectl.kinds.line import Line
from leaguectl.model import DECLARATIONS, Entity, Organization, Snapshot, is_known

E = TypeVar("E", bound=Entity)
L = TypeVar("L", bound=Line)


def home_said(line: Any, batch: Batch, row_plan: RowPlan) -> Organization | None:
    """The organisation that a row names beside a person; None where it names none."""
    if line.organization is None:
        return None
    homes = batch.homes_of(line.id_number)
    return batch.organization(row_plan, line.organization, "organization", line.unit, homes=homes)


def known_person(
    line: Any, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """Who it is: by the ID number, or the one member of that organisation who bears the name; a
    fault where nobody is."""
    if line.id_number is not None:
        stored, _ = batch.person(row_plan, line)
        if stored is None and is_known(line.id_number):
            row_plan.fault("milestone-person", "id_number", name=line.name)
        return stored.id if stored else None
    if home is None:
        return None
    bearer = batch.bearer(line.name, home)
    if bearer is None:
        row_plan.fault("milestone-bearer", "name", name=line.name, organization=home.name)
    return bearer


def member_meant(
    line: Any, home: Organization | None, batch: Batch, row_plan: RowPlan
) -> int | None:
    """:func:`known_person` of a row that may leave out the organisation."""
    if line.id_number is None and line.organization is None:
        row_plan.fault("branch-not-said", "name", name=line.name)
    return known_person(line, home, batch, row_plan)


def put_record(
    row_plan: RowPlan, batch: Batch, entity: type[E], values: Mapping[str, Any], repeated: str
) -> tuple[E | None, E]:
    """Make the record of these values, or complete the one with the same natural key: what was
    stored and what it becomes. ``repeated`` is the column that is shown where two rows say it."""
    key = [values[field] for field in DECLARATIONS[entity].natural]
    batch.once(row_plan, repeated, *key)
    stored = batch.snapshot.by_natural_key(entity, *key)
    if stored is None:
        make: Any = entity
        record = make(id=batch.snapshot.new_id(entity), **values)
    else:
        record = batch.settle(row_plan, stored, values)
    row_plan.creates = stored is None
    row_plan.put(stored, record)
    return stored, record


def record_lines(
    line: type[L], entity: type[Entity], snapshot: Snapshot
) -> Iterator[tuple[str | None, L, Any]]:
    """Each record of the entity as a line that names its person and their home: with the code of
    the home, and the record itself."""
    for record in snapshot.all(entity):
        person: int = record.person  # type: ignore[attr-defined]
        membership = snapshot.membership(person)
        home = membership.organization if membership else None
        values = person_values(line, snapshot.persons[person], snapshot)
        values |= {"organization": snapshot.reference(home) if home else None}
        values |= line_values(line, record, snapshot)
        yield home, line.model_construct(**values), record
