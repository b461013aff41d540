"""What a batch would change, row by row. Pure: no file, no database, no clock.

A preview is the plan, not carried out; a commit carries out that same plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from leaguectl.findings import Finding, Level, Refused
from leaguectl.kinds import KINDS, admissions, events, homes, organizations, periods
from leaguectl.kinds.batch import NO_OPTIONS, Batch, Block, Item, PlanOptions, person_of
from leaguectl.kinds.closing import OBSTACLES
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.parsing import masked
from leaguectl.kinds.roster import Roster
from leaguectl.kinds.steps import Part, Plan, Step, Steps, plan_item
from leaguectl.model import (
    Change,
    Keys,
    Organization,
    OrganizationEvent,
    Snapshot,
    ask,
    is_known,
)
from leaguectl.rules import Policy, Verdict, errors_of, misnamed, unplaced

Items = Iterable[Item[Any] | Block[Any]]
Faults = dict[int | str, Verdict]
"""What is wrong about people, by id, and about organisations, by code."""


def keys_of(items: Items, *, correcting: bool = False) -> Keys:
    """The keys (people, numbers, organisations, years) to which the rows of a batch refer, so that
    only those records are loaded. ``correcting``: rows may change what an organisation is, which
    concerns its members."""
    keys = Keys(as_said=True)
    for item in items:
        block = item if isinstance(item, Block) else Block.single(item)
        kind = KINDS[block.line.kind]
        keys.whole.update(kind.whole)
        kind.keys(block, keys)
        if correcting and kind.name == organizations.KIND.name:
            keys.members_of |= keys.organizations
    return keys


def plan_rows(
    items: Items, snapshot: Snapshot, policy: Policy, options: PlanOptions = NO_OPTIONS
) -> Plan:
    """Plan every row against the registry and the rows before it.

    Kinds are taken in the order in which one names the other (organisations first), organisations
    and quotas from the top of the tree down; the steps come in that order. ``snapshot`` is changed
    on the way: it becomes what it would be if the plan were carried out.
    """
    batch = Batch(snapshot, policy, options)
    by_kind: dict[str, list[Item[Any] | Block[Any]]] = {name: [] for name in KINDS}
    for item in items:
        by_kind[item.line.kind].append(item)
    # A number that a later row already has is given to nobody else.
    for item in individual_items(by_kind[admissions.KIND.name]):
        snapshot.reserved |= {*filter(is_known, [item.line.number])}
        snapshot.admitted_later |= {*filter(is_known, [item.line.id_number])}
    home_items = individual_items(by_kind[homes.KIND.name])
    wrong_before = _wrong_of(
        [item.line.id_number for item in home_items if not item.is_refused], batch
    )
    batch.named = [] if by_kind[events.KIND.name] else None
    parts: list[Step | Part] = []
    waiting: list[Item[Any]] = []
    early: list[Item[Any] | Block[Any]] = []
    values, by_kind[periods.KIND.name] = by_kind[periods.KIND.name], []
    for item in individual_items(values):
        of_organization = ask(item.line.value_of.__eq__, "organization", unknown=False)
        (early if of_organization else by_kind[periods.KIND.name]).append(item)
    for name, kind in KINDS.items():
        of_kind = by_kind.pop(name)
        followed = bool(waiting) or any(by_kind.values())
        parts += _planned(kind, of_kind, batch, waiting, followed=followed)
        if kind is events.KIND:  # meetings are judged by what organisations were on their days
            parts += _planned(periods.KIND, early, batch, waiting, followed=True)
    # Organisations below are closed before those above.
    closings = [item for item in waiting if item.line.kind == organizations.KIND.name]
    others = [item for item in waiting if item.line.kind != organizations.KIND.name]
    parts += [
        plan_item(KINDS[item.line.kind].plan, item, batch)
        for item in (*reversed(closings), *others)
    ]
    faults = _unplaced(batch) if options.valid_only and batch.not_admitted else {}
    faults |= _wrong_now(wrong_before, batch) | _misnamed(batch)
    if faults:
        parts = [*_without(faults, parts)]
    return Plan(Steps(tuple(parts)))


def _wrong_of(id_numbers: Iterable[str], batch: Batch) -> dict[str, list[Finding]]:
    """What is wrong about these people, by their ID numbers."""
    people = {number: batch.snapshot.person(number) for number in id_numbers}
    return {
        number: errors_of(batch.snapshot, batch.policy, {person.id}) if person is not None else []
        for number, person in people.items()
    }


def _wrong_now(before: Mapping[str, list[Finding]], batch: Batch) -> Faults:
    """What is wrong, once all rows are planned, about people whose homes are given in several rows:
    a single row says too little about them to be judged."""
    faults: Faults = {}
    for number, findings in _wrong_of(before, batch).items():
        known = {finding.code for finding in before[number]}
        new = [finding for finding in findings if finding.code not in known]
        person = batch.snapshot.person(number)
        if new and person is not None:
            verdict = Verdict(new[0].code, Level.ERROR, "id_number", new[0].facts)
            faults[person.id] = verdict
    return faults


def _unplaced(batch: Batch) -> Faults:
    """What is wrong about people who would be members only by a rejected admission of the batch:
    nobody is a member without a place, whichever rows are left out."""
    batch.snapshot.admitted_later.clear()
    return {
        person: verdicts[0]
        for person in batch.not_admitted
        if (verdicts := unplaced(batch.snapshot, batch.policy, person))
    }


def _misnamed(batch: Batch) -> Faults:
    """What is wrong about the names of organisations, by code, where their history came with them.

    :raises Refused: rows without an error would go in, but other rows depend on these.
    """
    changes, batch.named = batch.named or [], None
    found = misnamed(batch.snapshot, batch.policy, changes)
    errors = [finding for finding in found if finding.is_error]
    if errors and batch.options.valid_only:
        raise Refused(errors[0].code, **errors[0].facts)
    return {
        finding.facts["code"]: Verdict(finding.code, finding.level, "name", finding.facts)
        for finding in errors
    }


def _subject_of(change: Change) -> int | str:
    """The person or the organisation that a change is about."""
    record: Any = change.after if change.after is not None else change.before
    if isinstance(record, Organization):
        return record.code
    return record.organization if isinstance(record, OrganizationEvent) else person_of(change)


def _without(faults: Faults, parts: Iterable[Step | Part]) -> Iterator[Step | Part]:
    """Reject the rows of these people and organisations; the first row of each carries the
    reason."""
    said = set[int | str]()

    def kept(step: Step) -> Step:
        subjects = [subject for subject in map(_subject_of, step.changes) if subject in faults]
        if not subjects:
            return step
        rejected = replace(step, outcome="rejected", changes=())
        if subjects[0] in said:
            return rejected
        said.add(subjects[0])
        verdict = faults[subjects[0]]
        where = masked(step.row.where(verdict.field))
        fault = Finding(verdict.code, verdict.facts, verdict.level, where)
        return replace(rejected, findings=(*step.findings, fault))

    for part in parts:
        if isinstance(part, Step):
            yield kept(part)
        elif isinstance(part, Roster):
            remarkable = {index: kept(step) for index, step in part.remarkable.items()}
            yield replace(part, remarkable=remarkable)
        else:
            yield part


def _planned(
    kind: Kind[Any],
    items: list[Item[Any] | Block[Any]],
    batch: Batch,
    waiting: list[Item[Any]],
    *,
    followed: bool,
) -> Iterator[Step | Part]:
    """The steps of the rows of one kind. Rows in ``waiting`` are planned again after all others:
    they close an organisation whose members may leave by another row, or name by the ID number
    somebody that another row may bring (a cadre who is no member)."""
    # Earlier days come first, whatever the order of the sheets.
    items.sort(key=lambda item: item_day(item) or date.max)
    if kind.plan_blocks is not None:
        yield from kind.plan_blocks(items, batch, kind.plan, followed=followed)
        return
    rows: Iterable[Item[Any]] = individual_items(drain(items))
    if kind.order is not None:
        rows = kind.order([*rows], batch)
    if kind.look is not None:
        rows = [*rows]
        kind.look(rows, batch)
    for item in rows:
        step = plan_item(kind.plan, item, batch)
        if step.outcome == "rejected" and _may_wait(step.findings):
            waiting.append(item)
        else:
            yield step


def _may_wait(findings: Iterable[Finding]) -> bool:
    """Whether a row only fails because of what other rows of the batch may resolve."""
    codes = {finding.code for finding in findings if finding.is_error}
    return bool(codes) and (codes <= OBSTACLES or codes == {"milestone-person"})


def item_day(item: Item[Any] | Block[Any]) -> date | None:
    """The day that a row, or several rows of one sheet, describe."""
    return item.rows.day if isinstance(item, Block) else item.row.day


def drain(items: list[Item[Any] | Block[Any]]) -> Iterator[Item[Any] | Block[Any]]:
    """The items in order, each removed from the list, so that a large batch shrinks as its plan
    grows."""
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
