"""What a batch would change, row by row. Pure: no file, no database, no clock.

A preview is the plan, not carried out; a commit carries out that same plan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from leaguectl.findings import Finding
from leaguectl.kinds import KINDS, admissions
from leaguectl.kinds.batch import Batch, Block, Item, person_of
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.parsing import masked
from leaguectl.kinds.roster import Roster
from leaguectl.kinds.steps import Part, Plan, Step, Steps, finish
from leaguectl.model import Keys, Snapshot
from leaguectl.rules import Policy, unplaced

Items = Iterable[Item[Any] | Block[Any]]


def keys_of(items: Items) -> Keys:
    """The keys (people, numbers, organisations, years) to which the rows of a batch refer, so that
    only those records are loaded."""
    keys = Keys()
    for item in items:
        block = item if isinstance(item, Block) else Block.single(item)
        kind = KINDS[block.line.kind]
        keys.whole.update(kind.whole)
        kind.keys(block, keys)
    return keys


def plan_rows(
    items: Items,
    snapshot: Snapshot,
    policy: Policy,
    *,
    admitting: bool = False,
    creating: bool = False,
    setting: bool = False,
    beyond: str | None = None,
    correcting: bool = False,
    partial: bool = False,
) -> Plan:
    """Plan every row against the registry and the rows before it.

    Kinds are taken in the order in which one names the other (organisations first), organisations
    and quotas from the top of the tree down; the steps come in that order. ``snapshot`` is changed
    on the way: it becomes what it would be if the plan were carried out. With ``admitting``, an
    admission without a number takes one; with ``creating``, an organisation that is not known is
    made below the school or unit that stands beside it; with ``setting``, a quota without a block
    grows or shrinks to the places that it is given; ``beyond`` is the document that lets admissions
    take a place above where their own quota is exhausted; with ``correcting``, what a case or a
    sheet of the county's work said before may be changed; ``partial`` is a plan of which rows
    without an error go in by themselves.
    """
    batch = Batch(snapshot, policy, admitting, creating, setting, beyond, correcting)
    revision = snapshot.revision
    by_kind: dict[str, list[Item[Any] | Block[Any]]] = {name: [] for name in KINDS}
    for item in items:
        by_kind[item.line.kind].append(item)
    # A number that a later row has on paper is given to nobody before.
    for item in individual_items(by_kind[admissions.KIND.name]):
        snapshot.reserved |= {item.line.number} - {None}
        snapshot.admitted_later.add(item.line.id_number)
    parts: list[Step | Part] = []
    for name, kind in KINDS.items():
        of_kind = by_kind.pop(name)
        parts += _planned(kind, of_kind, batch, followed=any(by_kind.values()))
    if partial and batch.not_admitted:
        parts = [*_without_members_not_admitted(parts, batch)]
    return Plan(revision, Steps(tuple(parts)))


def _without_members_not_admitted(
    parts: Iterable[Step | Part], batch: Batch
) -> Iterator[Step | Part]:
    """Reject also the rows of whoever was a member by an admission of the batch alone, where that
    was rejected: nobody is a member without a place, whatever rows are left out."""
    snapshot, policy = batch.snapshot, batch.policy
    snapshot.admitted_later.clear()
    faults = {
        person: verdicts[0]
        for person in batch.not_admitted
        if (verdicts := unplaced(snapshot, policy, person))
    }

    def kept(step: Step) -> Step:
        people = [person for person in map(person_of, step.changes) if person in faults]
        if not people:
            return step
        verdict = faults[people[0]]
        where = masked(step.row.where(verdict.field))
        fault = Finding(verdict.code, verdict.facts, verdict.level, where)
        return replace(step, outcome="rejected", changes=(), findings=(*step.findings, fault))

    for part in parts:
        if isinstance(part, Step):
            yield kept(part)
        elif isinstance(part, Roster):
            remarkable = {index: kept(step) for index, step in part.remarkable.items()}
            yield replace(part, remarkable=remarkable)
        else:
            yield part


def _planned(
    kind: Kind[Any], items: list[Item[Any] | Block[Any]], batch: Batch, *, followed: bool
) -> Iterator[Step | Part]:
    """The steps of the rows of one kind."""
    if kind.plan_blocks is not None:
        yield from kind.plan_blocks(items, batch, kind.plan, followed=followed)
        return
    rows: Iterable[Item[Any]] = individual_items(drain(items))
    if kind.order is not None:
        rows = kind.order([*rows], batch)
    for item in rows:
        yield finish(kind.plan(item, batch), batch)


def drain(items: list[Item[Any] | Block[Any]]) -> Iterator[Item[Any] | Block[Any]]:
    """The items in their order; the list gives each up, so that a large batch becomes smaller as
    its plan grows."""
    items.reverse()
    while items:
        yield items.pop()


def individual_items(items: Items) -> Iterator[Item[Any]]:
    """Each row by itself."""
    for item in items:
        if isinstance(item, Block):
            yield from item
        else:
            yield item
