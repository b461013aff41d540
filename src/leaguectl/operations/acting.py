"""A command that names its people or organisations itself: plan it under the lock, carry it out."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from leaguectl.findings import Finding
from leaguectl.operations import Request
from leaguectl.operations.carrying import carry_out, rehearse
from leaguectl.operations.importing import policy_of
from leaguectl.plan.deed import Deed
from leaguectl.registry import Change, Wanted
from leaguectl.store.shelf import Shelf
from leaguectl.store.writing import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did, or would do, or why it did nothing."""

    operation: int | None
    rows: Sequence[Mapping[str, Any]]
    findings: Sequence[Finding]

    @property
    def is_refused(self) -> bool:
        """Whether a rule forbade it."""
        return any(one.is_error for one in self.findings)


def act(request: Request, wanted: Wanted, plan: Callable[[Deed], None]) -> Done:
    """Plan on the slice that is wanted and carry that plan out as one operation; nothing is
    written where an error was found, where nothing changes, or in a dry run.

    :raises Refused: it moves the figures of a closed year without a reason.
    """
    store = Store(request.location)
    if request.dry_run:
        with store.read() as shelf:
            deed = _planned(shelf, request, wanted, plan)
        if not deed.is_refused:
            rehearse(store, request, deed.changes)
        return _done(None, deed)
    with store.write() as shelf:
        deed = _planned(shelf, request, wanted, plan)
        if deed.is_refused or not deed.changes:
            return _done(None, deed)
        documents = ", ".join(filter(None, (request.authority, deed.approver)))
        done = carry_out(
            shelf,
            replace(request, authority=documents or None),
            deed.changes,
            counts=_counted(deed.changes),
        )
    return _done(done, deed)


def _planned(shelf: Shelf, request: Request, wanted: Wanted, plan: Callable[[Deed], None]) -> Deed:
    registry = shelf.slice(wanted)
    deed = Deed(registry, policy_of(registry), request.today)
    plan(deed)
    return deed


def _done(operation: int | None, deed: Deed) -> Done:
    return Done(operation, [] if deed.is_refused else deed.rows, deed.findings)


def _counted(changes: Sequence[Change]) -> dict[str, int]:
    """How many rows were made, changed and taken away."""
    ends = Counter(
        "created" if one.before is None else "rows_removed" if one.after is None else "updated"
        for one in changes
    )
    return dict(ends)
