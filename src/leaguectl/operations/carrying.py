"""Carrying out: changes become one operation of whoever asked for them, or nothing at all.

A year that was closed is guarded here: what would move its figures is a correction, and a
correction says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leaguectl import __version__, figures
from leaguectl.findings import Refused
from leaguectl.operations import Request
from leaguectl.registry import Change, Many
from leaguectl.store.shelf import Operation, Shelf
from leaguectl.store.writing import Store

Counted = dict[int, dict[str, Any]]
"""Figures by closed year and key."""


def carry_out(
    shelf: Shelf,
    request: Request,
    changes: Iterable[Change | Many],
    *,
    counts: Mapping[str, int],
    sources: Sequence[Mapping[str, str]] = (),
    command: str | None = None,
    undoes: int | None = None,
) -> int:
    """Write the changes as one operation; its number.

    :raises Refused: they move the figures of a closed year, and the request gives no reason.
    :raises Stale: a row is no longer as the changes found it.
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
    guarded = {} if request.reason else _counted(shelf)
    done = shelf.carry_out(changes, operation, restoring=undoes is not None)
    if guarded:
        _refuse_moved(guarded, _counted(shelf))
    return done


def rehearse(store: Store, request: Request, changes: Iterable[Change | Many]) -> None:
    """Refuse in a preview what carrying out would refuse: where a year is closed, carry the changes
    out and take them back.

    :raises Refused: they move the figures of a closed year, and the request gives no reason.
    """
    with store.read() as shelf:
        if request.reason or not closed_years(shelf):
            return

    class _TakenBack(Exception):
        """Ends the transaction without a trace."""

    try:
        with store.write() as shelf:
            carry_out(shelf, request, changes, counts={})
            raise _TakenBack
    except _TakenBack:
        pass


def closed_years(shelf: Shelf) -> list[int]:
    """The years that were closed."""
    return [int(row[0]) for row in shelf.rows("SELECT year FROM closing ORDER BY year")]


def _counted(shelf: Shelf) -> Counted:
    return {
        year: {one.figure.key: one.value for one in figures.count(shelf, year)}
        for year in closed_years(shelf)
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
