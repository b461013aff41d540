"""A command that names its people or organisations itself: plan it under the lock, carry it out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.carrying import carry_out, rehearse
from leaguectl.findings import Finding
from leaguectl.kinds.change_set import ChangeSet
from leaguectl.model import Change, Keys
from leaguectl.rules import policy_of
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did, or would do, or why it did nothing."""

    operation: int | None
    rows: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]

    @property
    def is_refused(self) -> bool:
        """Whether a rule forbade it."""
        return any(one.is_error for one in self.findings)


def act(request: Request, wanted: Keys, plan: Callable[[ChangeSet], None]) -> Outcome:
    """Plan on the slice that is wanted and carry that plan out as one operation; nothing is
    written where an error was found, where nothing changes, or in a dry run.

    :raises Refused: it moves the figures of a closed year without a reason.
    """
    store = Store(request.location)
    if request.dry_run:
        with store.read() as transaction:
            change_set = _planned(transaction, request, wanted, plan)
        if not change_set.is_refused:
            rehearse(store, request, change_set.changes)
        return _done(None, change_set)
    with store.write() as transaction:
        change_set = _planned(transaction, request, wanted, plan)
        if change_set.is_refused or not change_set.changes:
            return _done(None, change_set)
        documents = ", ".join(filter(None, (request.authority, change_set.approver)))
        done = carry_out(
            transaction,
            replace(request, authority=documents or None),
            change_set.changes,
            counts=_counted(change_set.changes),
        )
    return _done(done, change_set)


def _planned(
    transaction: Transaction, request: Request, wanted: Keys, plan: Callable[[ChangeSet], None]
) -> ChangeSet:
    registry = transaction.slice(wanted)
    change_set = ChangeSet(registry, policy_of(registry), request.today)
    plan(change_set)
    return change_set


def _done(operation: int | None, change_set: ChangeSet) -> Outcome:
    return Outcome(operation, [] if change_set.is_refused else change_set.rows, change_set.findings)


def _counted(changes: Sequence[Change]) -> dict[str, int]:
    """How many rows were made, changed and taken away."""
    ends = Counter(
        "created" if one.before is None else "rows_removed" if one.after is None else "updated"
        for one in changes
    )
    return dict(ends)
