"""Quotas: set, lowered, moved; each through the planner of the sheet, in one operation."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.carrying import carry_out, rehearse
from leaguectl.actions.identify import identify_organization
from leaguectl.actions.keys import wanted
from leaguectl.actions.suggestions import with_near_names
from leaguectl.findings import Finding, Refused
from leaguectl.kinds import QuotaLine, parse
from leaguectl.kinds.blocks import move
from leaguectl.kinds.planning import Item, make
from leaguectl.model import Change, Dispute, Keys, Quota, Snapshot, one_by_one
from leaguectl.rules import policy_of
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store
from leaguectl.workbooks.rows import Row

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Allotted:
    """What became of the blocks: each with its places before and after, or why nothing did."""

    operation: int | None
    blocks: Sequence[Block] = ()
    findings: Sequence[Finding] = ()

    @property
    def is_refused(self) -> bool:
        """Whether an error was found, so that nothing was written."""
        return any(one.is_error for one in self.findings)


def set_quota(request: Request, given: Mapping[str, Any]) -> Allotted:
    """Set a quota.

    Without a block: the places that the organisation is to have in all; what it lacks is split off
    above, what it has too many and unused goes back up. With a block: that further block. What is
    wrong with a value names its option.
    """
    options = {
        field: (None, f"--{field}" if field in ("first", "last", "authority") else field.upper())
        for field in QuotaLine.model_fields
    }
    row = Row("", "", None, {k: v for k, v in given.items() if v is not None}, options)
    line, found = parse(QuotaLine, row)
    if line is None:
        return Allotted(None, findings=found)
    keys = wanted([Item(line, row)])
    keys.whole.add(Dispute)
    store = Store(request.location)
    with _opened(store, request) as transaction:
        registry = transaction.slice(keys)
        plan = make([Item(line, row)], registry, policy_of(registry), setting=True)
        changes = list(one_by_one(plan.changes))
        done = _carried(transaction, request, changes) if plan.is_clean else None
    findings = found + with_near_names(plan.findings, request.location)
    _rehearsed(store, request, changes)
    return Allotted(done, _blocks(registry, changes), findings)


def move_quota(request: Request, year: int, source: str, target: str, places: int) -> Allotted:
    """Move unused places from one organisation to another, by the quota that both have above them.

    :raises NotFound: there is no such organisation, or no quota of the year.
    :raises Refused: fewer places are unused, or the two have no quota in common.
    """
    if source == target or places < 1:
        raise Refused("quota-move-nothing")
    store = Store(request.location)
    with _opened(store, request) as transaction:
        codes = (
            identify_organization(transaction, source),
            identify_organization(transaction, target),
        )
        if codes[0] == codes[1]:
            raise Refused("quota-move-nothing")
        registry = transaction.slice(
            Keys(organizations={*codes}, years={year}, whole_blocks=True, whole={Dispute})
        )
        ends = (registry.organizations[codes[0]], registry.organizations[codes[1]])
        changes = move(registry, year, *ends, places, request.authority)
        done = _carried(transaction, request, changes)
    _rehearsed(store, request, changes)
    return Allotted(done, _blocks(registry, changes))


def _opened(store: Store, request: Request) -> AbstractContextManager[Transaction]:
    return store.read() if request.dry_run else store.write()


def _carried(transaction: Transaction, request: Request, changes: list[Change]) -> int | None:
    if request.dry_run or not changes:
        return None
    return carry_out(transaction, request, changes, counts={"quotas": len(_net(changes))})


def _rehearsed(store: Store, request: Request, changes: list[Change]) -> None:
    if request.dry_run:
        rehearse(store, request, changes)


def _net(changes: Iterable[Change]) -> dict[int, tuple[Quota | None, Quota | None]]:
    """Each quota that changes, before and after all."""
    net: dict[int, tuple[Quota | None, Quota | None]] = {}
    for change in changes:
        if change.noun is Quota:
            before, after = change.before, change.after
            known = net.get(change.key)
            first = known[0] if known else before
            net[change.key] = (first, after)  # type: ignore[assignment]
    return {key: ends for key, ends in net.items() if ends != (None, None)}


def _blocks(registry: Snapshot, changes: Iterable[Change]) -> list[Block]:
    found = []
    for before, after in _net(changes).values():
        shown = after or before
        if shown is None:
            continue
        found.append(
            {
                "organization": registry.organizations[shown.organization].name,
                "code": shown.organization,
                "year": shown.year,
                "first": shown.first,
                "last": shown.last,
                "places": after.places if after else 0,
                "before": before.places if before else 0,
                "authority": shown.authority,
            }
        )
    return sorted(found, key=lambda one: (one["first"], -one["places"]))
