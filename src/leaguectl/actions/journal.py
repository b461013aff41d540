"""The journal: every write is an operation; what one did, and how it is undone."""

from collections import Counter

from leaguectl.actions import Request
from leaguectl.actions.carrying import carry_out, rehearse
from leaguectl.model import Change
from leaguectl.store.undoing import inverse
from leaguectl.store.writing import Store


def undo(request: Request, operation: int) -> tuple[int | None, dict[str, int]]:
    """Make everything as it was before an operation; the undoing's own number (None in a dry run)
    and how many rows go, change and come back.

    :raises NotFound: there is no such operation.
    :raises Refused: it was undone already, wrote nothing, or a later one builds on it.
    """
    store = Store(request.location)
    if request.dry_run:
        with store.read() as transaction:
            changes = inverse(transaction, operation)
        rehearse(store, request, changes)
        return None, _counted(changes)
    with store.write() as transaction:
        changes = inverse(transaction, operation)
        counts = _counted(changes)
        return carry_out(transaction, request, changes, counts=counts, undoes=operation), counts


def _counted(changes: list[Change]) -> dict[str, int]:
    ends = Counter(
        "rows_removed" if one.after is None else "rows_changed" if one.before else "rows_restored"
        for one in changes
    )
    return {name: ends[name] for name in ("rows_removed", "rows_changed", "rows_restored")}
