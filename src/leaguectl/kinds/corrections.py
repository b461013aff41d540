"""Corrections (身份更正): a row is an ID number and a name under which somebody was recorded
before.

Later rows with them mean that person; this sheet passes it on to another registry.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from leaguectl.findings import compared
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import IdNumber, Name, as_written
from leaguectl.kinds.kind import ALWAYS, Kind
from leaguectl.kinds.line import Line, optional, required
from leaguectl.model import Alias, Keys, Person, Snapshot, is_known
from leaguectl.model.league import NAME_SEPARATOR


class CorrectionLine(Line):
    """What a person was recorded as; the number may be right and only the name wrong."""

    kind = "corrections"
    keys: ClassVar = frozenset({"name", "id_number", "wrong_id_number"})
    name: Name = required("更正前姓名 | name before")
    id_number: IdNumber = required()
    wrong_id_number: IdNumber = required("更正前身份证号 | id number before")
    right_name: Name | None = optional("更正后姓名 | name after")


def plan_correction(item: Item[CorrectionLine], batch: Batch) -> RowPlan:
    """Remember the wrong number of a person who is known by the right one."""
    line, snapshot = item.line, batch.snapshot
    row_plan = RowPlan(item)
    batch.once(row_plan, "wrong_id_number", line.wrong_id_number, line.name)
    person = snapshot.last_by(Person, "id_number", line.id_number)
    if person is None:
        row_plan.fault("milestone-person", "id_number", name=line.name)
        return row_plan
    stored = snapshot.find(Alias, line.wrong_id_number)
    bearer = snapshot.person(line.wrong_id_number)
    # The number may be right and only the name wrong.
    if bearer is not None and bearer.id != person.id:
        facts = {"known": snapshot.known_as(bearer.id), "person": person.id, "other": bearer.id}
        row_plan.fault("id-taken", "wrong_id_number", **facts)
        return row_plan
    row_plan.creates = stored is None
    made = stored or Alias(str(line.wrong_id_number), person.id, line.name)
    if line.name not in made.names:
        made = replace(made, name=NAME_SEPARATOR.join([*made.names, line.name]))
    row_plan.put(stored, made)
    # An older row of the same batch, as of a cadre, may have made them by the name before.
    if is_known(line.right_name) and person.operation == 0 and person.name in made.names:
        spelling = as_written(row_plan.row.cells.get("right_name"), line.right_name)
        row_plan.put(person, replace(person, name=line.right_name, written=spelling))
    return row_plan


def correction_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, CorrectionLine]]:
    """The rows for every remembered wrong number."""
    for alias in snapshot.all(Alias):
        person = snapshot.persons[alias.person]
        membership = snapshot.membership(person.id)
        right, wrong = compared(person.id_number, alias.id_number)
        for name in alias.names:
            line = CorrectionLine.model_construct(
                name=name,
                id_number=right,
                wrong_id_number=wrong,
                right_name=person.written or person.name,
            )
            yield membership.organization if membership else None, line


def _keys(block: Block[CorrectionLine], keys: Keys) -> None:
    for column in ("id_number", "wrong_id_number"):
        keys.id_numbers.update(block.column(column))


KIND = Kind(
    CorrectionLine,
    plan_correction,
    correction_lines,
    {Person: ALWAYS, Alias: ALWAYS},
    _keys,
    is_carried=True,
)
