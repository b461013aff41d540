"""Arrivals from elsewhere: a list of transfers completes what a roster or an earlier list has
recorded."""

from dataclasses import replace

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, RowPlan
from leaguectl.model import Membership, Snapshot, Transfer


def known_arrival(transfer: Transfer, snapshot: Snapshot) -> tuple[Transfer, Membership] | None:
    """The recorded transfer by which somebody came from elsewhere, and the membership that they
    have had since: nobody comes twice to where they are. None where no arrival is recorded."""
    home = _home_of(transfer, snapshot)
    known = snapshot.by(Transfer, ("person", "target"), (transfer.person, transfer.target))
    stored = next((each for each in known if home and _home_of(each, snapshot) == home), None)
    return (stored, home) if stored is not None and home is not None else None


def _home_of(transfer: Transfer, snapshot: Snapshot) -> Membership | None:
    """The membership of somebody who comes, or has come, from elsewhere."""
    if transfer.source is not None or transfer.state not in ("pending", "accepted"):
        return None
    homes = snapshot.memberships_of(transfer.person)
    return next((home for home in homes if transfer.is_kept_by(home)), None)


def complete_arrival(
    said: Transfer, stored: Transfer, home: Membership, batch: Batch, row_plan: RowPlan
) -> None:
    """Complete the transfer by which somebody came with what a row says of it: the place and the
    days. A day that only followed from a roster gives way; any other is contradicted."""
    after = replace(stored, origin=said.origin or stored.origin)
    if after.origin != stored.origin:
        tell_places(said, row_plan)
        if stored.origin:
            batch.differs(row_plan, "from_home", stored.origin, said.origin)
    if said.settled is not None:
        if stored.settled not in (None, home.seen, said.settled):
            batch.differs(row_plan, "settled", stored.settled, said.settled)
        elif stored.requested not in (stored.settled, home.seen, said.requested):
            batch.differs(row_plan, "requested", stored.requested, said.requested)
        after = replace(after, state="accepted", requested=said.requested, settled=said.settled)
        # A roster may have had them before their papers came.
        is_exact = home.since is not None and (home.seen is None or said.settled < home.since)
        if home.entry == "transferred" and is_exact:
            row_plan.put(home, replace(home, since=said.settled, seen=None))
            row_plan.concerned.add(home.person)
    row_plan.put(stored, after)


def tell_places(transfer: Transfer, row_plan: RowPlan) -> None:
    """Report names that are none of ours, since they may be misspelt."""
    for column, place in (("from_home", transfer.origin), ("to_home", transfer.destination)):
        if place:
            row_plan.fault("place-elsewhere", column, Level.WARNING, name=place)
