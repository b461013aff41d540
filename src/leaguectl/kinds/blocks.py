"""Blocks on their way down and up the tree: free numbers are split off, given back, moved.

A block that loses numbers from its end is a shorter block; where numbers in use lie at its end, it
becomes several, one for each run of numbers that is left. Pure: they return changes and make
none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leaguectl.findings import NotFound, Refused
from leaguectl.model import Change, Dispute, Number, Organization, Quota, Snapshot
from leaguectl.model.ledger import NUMBER_DIGITS

Span = tuple[int, int]
"""First and last number of a run, both in it."""


def written(value: int) -> str:
    """A number as it is written."""
    return f"{value:0{NUMBER_DIGITS}d}"


def runs(numbers: Iterable[str]) -> Iterator[Span]:
    """The runs without a gap that sorted numbers make."""
    first = last = -1
    for value in map(int, numbers):
        if value != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = value
        last = value
    if first >= 0:
        yield first, last


def free_of(snapshot: Snapshot, quotas: Iterable[Quota]) -> list[Number]:
    """The numbers of these quotas that may be moved: free, without a dispute, in order."""
    taken = {dispute.number for dispute in snapshot.all(Dispute)} | snapshot.reserved
    return [
        slot
        for quota in sorted(quotas, key=lambda quota: quota.first)
        for slot in snapshot.slots(quota.id)
        if slot.state == "free" and slot.number not in taken
    ]


def choose(snapshot: Snapshot, quotas: list[Quota], places: int) -> list[str]:
    """The numbers for ``places`` places: the first run that is long enough, else the lowest
    numbers; fewer where there are not enough."""
    free = [slot.number for quota in quotas for slot in free_of(snapshot, [quota])]
    # A run is a single block on paper, so places are only taken in pieces where no run is long
    # enough.
    for first, last in runs(free):
        if last - first + 1 >= places:
            return [written(value) for value in range(first, first + places)]
    return free[:places]


def hand_down(
    snapshot: Snapshot, source: Quota, organization: str, numbers: list[str], authority: str | None
) -> list[Change]:
    """Split free numbers of a quota off for an organisation below: a quota for each run, or an
    existing one that grows where the run follows it and comes by the same document."""
    changes: list[Change] = []
    for first, last in runs(numbers):
        grows = next(
            (
                quota
                for quota in snapshot.quotas_of(organization, source.year)
                if quota.parent == source.id
                and quota.authority == authority
                and int(quota.last) + 1 == first
            ),
            None,
        )
        size = last - first + 1
        if grows is None:
            quota = Quota(
                snapshot.new_id(Quota), source.year, organization, written(first), written(last),
                size, source.id, authority,
            )  # fmt: skip
        else:
            quota = replace(grows, last=written(last), places=grows.places + size)
        changes.append(Change(grows, quota))
        for value in range(first, last + 1):
            slot = snapshot.numbers[written(value)]
            changes.append(Change(slot, replace(slot, quota=quota.id)))
    return changes


def give_up(snapshot: Snapshot, quota: Quota, numbers: set[str]) -> list[Change]:
    """Return free numbers of a quota to the quota above it that gave them; the quota keeps the
    rest, in as many pieces as needed."""
    changes: list[Change] = []
    for number in sorted(numbers):
        slot = snapshot.numbers[number]
        above = None if quota.parent is None else replace(slot, quota=quota.parent)
        changes.append(Change(slot, above))
    remaining = list(_left(quota, sorted(numbers)))
    pieces = [
        replace(
            quota,
            id=quota.id if index == 0 else snapshot.new_id(Quota),
            first=written(first),
            last=written(last),
            places=last - first + 1,
            operation=quota.operation if index == 0 else 0,
        )
        for index, (first, last) in enumerate(remaining)
    ]
    # The first piece keeps the id, so that the quotas below it and its history still lead to it.
    changes.append(Change(quota, pieces[0] if pieces else None))
    for piece in pieces[1:]:
        changes.append(Change(None, piece))
        changes += _taken_along(snapshot, quota, piece, numbers)
    return changes


def _left(quota: Quota, numbers: list[str]) -> Iterator[Span]:
    """The runs of a quota's block that remain without these numbers."""
    start = int(quota.first)
    for first, last in runs(numbers):
        if first > start:
            yield start, first - 1
        start = last + 1
    if start <= int(quota.last):
        yield start, int(quota.last)


def _taken_along(
    snapshot: Snapshot, quota: Quota, piece: Quota, numbers: set[str]
) -> Iterator[Change]:
    """Move everything in a piece of a quota's block with it: its numbers, and the quotas below."""
    for slot in snapshot.slots(quota.id):
        if slot.number in piece and slot.number not in numbers:
            yield Change(slot, replace(slot, quota=piece.id))
    for below in snapshot.quotas.values():
        if below.parent == quota.id and below.first in piece:
            yield Change(below, replace(below, parent=piece.id))


def lower(snapshot: Snapshot, quotas: list[Quota], places: int) -> list[Change]:
    """Give ``places`` unused places back up, from the end of the blocks.

    :raises Refused: fewer are unused.
    """
    free = free_of(snapshot, quotas)
    if len(free) < places:
        raise Refused("quota-in-use", **_why_not(snapshot, quotas, places, len(free)))
    going = {slot.number: slot.quota for slot in free[len(free) - places :]}
    changes: list[Change] = []
    for quota in quotas:
        numbers = {number for number, owner in going.items() if owner == quota.id}
        if numbers:
            changes += give_up(snapshot, quota, numbers)
    return changes


def move(
    snapshot: Snapshot, year: int, source: Organization, target: Organization, places: int,
    authority: str | None,
) -> list[Change]:  # fmt: skip
    """Unused places go from one organisation to another: up to the quota that stands above both, or
    belongs to one of them, and down again, past every organisation between that has a quota.

    ``snapshot`` becomes what it is when they are carried out.

    :raises NotFound: the source has no quota of the year.
    :raises Refused: it has fewer unused places, or the two have no quota in common.
    """
    quotas = snapshot.quotas_of(source.code, year)
    if not quotas:
        raise NotFound("quota-none", organization=source.name, year=year)
    down = snapshot.is_below(target.code, source.code)
    free = free_of(snapshot, quotas)
    if len(free) < places:
        raise Refused("quota-in-use", **_why_not(snapshot, quotas, places, len(free)))
    chosen = choose(snapshot, quotas, places) if down else [slot.number for slot in free[-places:]]
    changes: list[Change] = []
    for owner in quotas:
        numbers = [number for number in chosen if snapshot.numbers[number].quota == owner.id]
        if numbers:
            meeting = _meeting(snapshot, owner, target)
            if meeting is None:
                raise Refused("quota-not-common", source=source.name, target=target.name, year=year)
            changes += _carried(snapshot, numbers, meeting, target, authority)
    return changes


def _meeting(snapshot: Snapshot, quota: Quota, target: Organization) -> int | None:
    """The quota at which a way from ``quota`` up begins to go down to the target."""
    for above in snapshot.quotas_above(quota.id):
        if snapshot.is_below(target.code, above.organization):
            return above.id
    return None


def _carried(
    snapshot: Snapshot, numbers: list[str], meeting: int, target: Organization,
    authority: str | None,
) -> Iterator[Change]:  # fmt: skip
    """Move the numbers step by step; each step is applied to the snapshot at once."""

    def put(changes: list[Change]) -> Iterator[Change]:
        for change in changes:
            snapshot.apply(change)
            yield change

    while (owner := snapshot.numbers[numbers[0]].quota) != meeting and owner is not None:
        yield from put(give_up(snapshot, snapshot.quotas[owner], set(numbers)))
    top = snapshot.quotas[meeting]
    way = [above.code for above in snapshot.upward(target.code)]
    way = way[: way.index(top.organization)]
    for code in reversed(way):
        # Organisations in between without a quota of the year are skipped.
        if code != target.code and not snapshot.quotas_of(code, top.year):
            continue
        by_source: dict[int, list[str]] = {}
        for number in numbers:
            by_source.setdefault(snapshot.numbers[number].quota or 0, []).append(number)
        for source, listed in by_source.items():
            yield from put(hand_down(snapshot, snapshot.quotas[source], code, listed, authority))


def _why_not(snapshot: Snapshot, quotas: list[Quota], places: int, can: int) -> dict[str, object]:
    tallies = [snapshot.number_counts[quota.id] for quota in quotas]
    held = sum(quota.places for quota in quotas)
    return {
        "organization": snapshot.organizations[quotas[0].organization].name,
        "places": places,
        "can": can,
        "held": held,
        "used": sum(tally["used"] for tally in tallies),
        "void": sum(tally["void"] for tally in tallies),
        "below": held - sum(sum(tally.values()) for tally in tallies),
    }
