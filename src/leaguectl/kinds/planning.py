"""What a batch would change, row by row. Pure: no file, no database, no clock.

A preview is the plan, not carried out; a commit carries out that same plan.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from leaguectl.kinds import KINDS, admissions
from leaguectl.kinds.batch import Batch, Block, Item
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.steps import Part, Plan, Step, Steps, finish
from leaguectl.model import Keys, Snapshot
from leaguectl.rules import Policy

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
) -> Plan:
    """Plan every row against the registry and the rows before it.

    Kinds are taken in the order in which one names the other (organisations first), organisations
    and quotas from the top of the tree down; the steps come in that order. ``snapshot`` is changed
    on the way: it becomes what it would be if the plan were carried out. With ``admitting``, an
    admission without a number takes one; with ``creating``, an organisation that is not known is
    made below the school or unit that stands beside it; with ``setting``, a quota without a block
    grows or shrinks to the places that it is given; ``beyond`` is the document that lets admissions
    take a place above where their own quota is exhausted; with ``correcting``, what a case or a
    sheet of the county's work said before may be changed.
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
    return Plan(revision, Steps(tuple(parts)))


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
