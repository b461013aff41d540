"""What a plan is made of: a step for each row, in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from leaguectl.findings import Finding
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.model import (
    DECLARATIONS,
    NOT_YET,
    Change,
    Entity,
    Membership,
    NewRows,
    if_known,
    key_of,
)
from leaguectl.workbooks.rows import Row

Outcome = tuple[str, str, int | None, str]
"""A file, a sheet, the heading row of one of its tables, and the outcome of a row of that table."""


FEW = 4
"""If a row writes at most this many records of one entity, each is noted with the row; more are
found by the record that they refer to."""


class Mention(NamedTuple):
    """Records, and the rows of one table that mention them, in the same order.

    ``fields`` are the fields that the rows changed, separated by commas: None where the rows
    created the records, empty where they found the records as they are.
    """

    file: str
    sheet: str
    table: int | None
    noun: str
    keys: Sequence[Any]
    rows: Sequence[int]
    fields: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one row does: its outcome, its changes, what was found about it.

    Only the place of the row, its person's name and its organisation are kept, since a large sheet
    has many rows.
    """

    row: Row
    name: str | None
    organization: str | None
    outcome: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    confirmed: tuple[Entity, ...] = ()
    """Records that are already as the row says."""
    is_read: bool = True
    """Whether all its cells could be read, so that only a rule can have rejected it."""

    def mentions(self) -> Iterator[Mention]:
        """The records that the row mentions."""
        place = self.row
        if place.number is None or self.outcome == "rejected":
            return
        records: _Records = {}
        for record in self.confirmed:
            records[DECLARATIONS[type(record)].table, key_of(record)] = record, ""
        for change in self.changes:
            if change.after is not None:
                known = DECLARATIONS[change.entity].table, change.key
                _, fields = records.get(known, (None, ""))
                records[known] = change.after, _joined(fields, change)
        numerous = Counter(table for table, _ in records)
        where = (place.file, place.sheet, place.table)
        for (table, key), (record, fields) in records.items():
            is_one_of_few = type(key) is int and numerous[table] <= FEW
            if is_one_of_few or not _names_one_of(records, record):
                noun = DECLARATIONS[type(record)].name
                yield Mention(*where, noun, (key,), (place.number,), fields)


_Records = dict[tuple[str, Any], tuple[Entity, str | None]]
"""Records by table and key, each with the fields that changed."""


def _joined(fields: str | None, change: Change) -> str | None:
    """The fields that changed so far, with those of a further change; None for a new record."""
    if change.before is None or fields is None:
        return None
    changed = dict.fromkeys((*filter(None, fields.split(",")), *change.fields))
    return ",".join(changed)


def _names_one_of(records: _Records, record: Entity) -> bool:
    """Whether a record refers to another of these records."""
    references = DECLARATIONS[type(record)].references
    return any((table, getattr(record, field)) in records for field, table in references.items())


class Part(Protocol):
    """Rows that were planned together, by column."""

    @property
    def individual_steps(self) -> Iterable[Step]:
        """The steps of its rows that were planned individually after all."""

    @property
    def changes(self) -> Iterator[Change | NewRows]:
        """What all of its rows change."""

    def outcomes(self) -> Counter[Outcome]:
        """How many of its rows ended how."""

    def mentions(self) -> Iterator[Mention]:
        """The records that its rows mention."""

    def __iter__(self) -> Iterator[Step]:
        """The step of each row, in order."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a batch in order; those of plain rows are only made on demand."""

    parts: tuple[Step | Part, ...] = ()

    def __iter__(self) -> Iterator[Step]:
        for part in self.parts:
            yield from (part,) if isinstance(part, Step) else part

    @property
    def individual_steps(self) -> Iterator[Step]:
        """The steps that were planned row by row; only these can have findings."""
        for part in self.parts:
            yield from (part,) if isinstance(part, Step) else part.individual_steps

    @property
    def changes(self) -> Iterator[Change | NewRows]:
        """Every change in the order in which it is carried out."""
        for part in self.parts:
            yield from part.changes

    @property
    def has_rejected(self) -> bool:
        """Whether a row does not go in."""
        return any(step.outcome == "rejected" for step in self.individual_steps)

    @property
    def has_judged(self) -> bool:
        """Whether a rule rejects a row whose cells could all be read."""
        steps = self.individual_steps
        return any(step.outcome == "rejected" and step.is_read for step in steps)

    def mentions(self) -> Iterator[Mention]:
        """Which rows mention which records, in the order in which they were planned."""
        for part in self.parts:
            yield from part.mentions()

    def outcomes(self) -> Counter[Outcome]:
        """How many rows of each table ended how."""
        counts: Counter[Outcome] = Counter()
        for part in self.parts:
            if isinstance(part, Step):
                counts[part.row.file, part.row.sheet, part.row.table, part.outcome] += 1
            else:
                counts += part.outcomes()
        return counts


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a batch."""

    steps: Steps

    @property
    def changes(self) -> Iterator[Change | NewRows]:
        """Every change in the order in which it is carried out."""
        return self.steps.changes

    @property
    def findings(self) -> list[Finding]:
        """All findings, in order; what many rows share is listed once."""
        steps = self.steps.individual_steps
        return list(merge_repeated(finding for step in steps for finding in step.findings))

    @property
    def is_clean(self) -> bool:
        """Whether every row goes in."""
        return not self.steps.has_rejected


def plan_item(plan: Callable[[Item[Any], Batch], RowPlan], item: Item[Any], batch: Batch) -> Step:
    """The step of a row: what it changes is put into the registry of the batch. For a row with
    unreadable cells, ``plan`` checks what can be checked without them."""
    can_be_read = not item.is_refused
    item = replace(item, findings=[*item.findings])  # a row may be planned again
    try:
        planned = if_known(plan)(item, batch)
    except TypeError:
        # The library raises this where it needs a text or a number and the value is not known.
        if can_be_read:
            raise
        planned = None
    row_plan = planned or RowPlan(item)
    if planned is not None and can_be_read:
        row_plan.refuse_clearing()
    step = _finished(row_plan, batch)
    return step if can_be_read else replace(step, is_read=False)


def _finished(row_plan: RowPlan, batch: Batch) -> Step:
    item = row_plan.item
    named = (row_plan.place, _as_said("name", item), _as_said("organization", item))
    for change in row_plan.changes:
        if isinstance(change.after, Membership):
            row_plan.refuse_disorder(change.after)
    findings = tuple(row_plan.findings)
    if row_plan.is_refused:
        batch.reject(row_plan.item)
        return Step(*named, "rejected", (), findings)
    row_plan.changes += [*batch.former_values(row_plan)]
    # The next row is judged with what this one made.
    for change in row_plan.changes:
        batch.snapshot.apply(change)
    if batch.judge(row_plan):
        for change in reversed(row_plan.changes):
            batch.snapshot.apply(Change(change.after, change.before))
        batch.reject(row_plan.item)
        return Step(*named, "rejected", (), tuple(row_plan.findings))
    outcome = "unchanged"
    if row_plan.changes:
        outcome = "created" if row_plan.creates else "updated"
    findings = tuple(row_plan.findings)
    return Step(*named, outcome, tuple(row_plan.changes), findings, tuple(row_plan.confirmed))


def _as_said(field: str, item: Item[Any]) -> str | None:
    """A field of a row for people to see: the text of its cell where that could not be read."""
    value = getattr(item.line, field, None)
    return str(item.row.cells.get(field, "")) if value is NOT_YET else value


_SHARED: dict[str, tuple[str, ...]] = {
    "cell-masked": (),
    "organization-unknown": ("name",),
    "member-moved-on": ("said", "known", "since"),
    "members-moved": ("known", "said", "day"),
    "home-corrected": ("known", "said"),
    "first-roster-kept": ("known", "begun", "said"),
    "come-from-elsewhere": ("organization", "day"),
    "place-elsewhere": ("name",),
    "person-by-name": (),
}
"""Findings that many rows share, and the facts that must be equal."""


def merge_repeated(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Merge what many rows share (an unknown organisation, a class that moved on together) into a
    single finding that lists its rows."""
    merged: list[Finding] = []
    first: dict[tuple[object, ...], int] = {}
    rows: dict[int, list[int]] = {}
    for finding in findings:
        where, same = finding.where, _SHARED.get(finding.code)
        if same is not None and where is not None and where.row is not None:
            facts = (finding.facts.get(name) for name in same)
            key = (finding.code, where.file, where.sheet, where.field, *facts)
            index = first.setdefault(key, len(merged))
            rows.setdefault(index, []).append(where.row)
            if index < len(merged):
                continue  # it is said already, and has this row now
        merged.append(finding)
    for index, shared_rows in rows.items():
        if len(shared_rows) == 1:
            continue
        facts_with_rows = {**merged[index].facts, "in_rows": shared_rows, "count": len(shared_rows)}
        merged[index] = replace(merged[index], facts=facts_with_rows)
    yield from merged
