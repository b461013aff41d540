"""Carrying out: changes become one operation of whoever asked for them, or nothing at all.

A year that was closed is guarded here: what would move its figures is a correction, and a
correction says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leaguectl import __version__
from leaguectl.actions import Request
from leaguectl.findings import Refused
from leaguectl.model import Change, NewRows
from leaguectl.reports import figures
from leaguectl.store.schema import Operation
from leaguectl.store.transaction import Transaction
from leaguectl.store.writing import Store

Counted = dict[int, dict[str, Any]]
"""Figures by closed year and key."""


def carry_out(
    transaction: Transaction,
    request: Request,
    changes: Iterable[Change | NewRows],
    *,
    counts: Mapping[str, int],
    sources: Sequence[Mapping[str, str]] = (),
    command: str | None = None,
    undoes: int | None = None,
) -> int:
    """Write the changes as one operation; its number.

    :raises Refused: they move the figures of a closed year, and the request gives no reason.
    :raises Conflict: a row is no longer as the changes found it.
    """
    operation = Operation(
        at=request.at,
        actor=request.actor,
        command=command or request.command,
        sources=sources,
        reason=request.reason,
        authority=request.authority,
        counts=counts,
        version=__version__,
        undoes=undoes,
    )
    guarded = {} if request.reason else _counted(transaction)
    done = transaction.carry_out(changes, operation, restoring=undoes is not None)
    if guarded:
        _refuse_moved(guarded, _counted(transaction))
    return done


def rehearse(store: Store, request: Request, changes: Iterable[Change | NewRows]) -> None:
    """Refuse in a preview what carrying out would refuse: where a year is closed, carry the changes
    out and take them back.

    :raises Refused: they move the figures of a closed year, and the request gives no reason.
    """
    with store.read() as transaction:
        if request.reason or not closed_years(transaction):
            return

    class _TakenBack(Exception):
        """Ends the transaction without a trace."""

    try:
        with store.write() as transaction:
            carry_out(transaction, request, changes, counts={})
            raise _TakenBack
    except _TakenBack:
        pass


def closed_years(transaction: Transaction) -> list[int]:
    """The years that were closed."""
    return [int(row[0]) for row in transaction.rows("SELECT year FROM closing ORDER BY year")]


def _counted(transaction: Transaction) -> Counted:
    return {
        year: {one.figure.key: one.value for one in figures.count(transaction, year)}
        for year in closed_years(transaction)
    }


def _refuse_moved(before: Counted, after: Counted) -> None:
    moved = {
        year: [key for key in was if was[key] != after.get(year, {}).get(key)]
        for year, was in before.items()
        if year in after  # opening a year again is no correction of it
    }
    if years := [year for year in moved if moved[year]]:
        keys = sorted({key for year in years for key in moved[year]})
        raise Refused("year-closed", years=years, figures=keys)
