"""Quotas: places for an organisation and year, with the block of numbers that is those places.

A block of the top organisation makes its numbers; a block below is split off the nearest one above
that holds it, number by number, so that a place can never stand in two quotas.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from leaguectl.findings import Level, Refused
from leaguectl.kinds import QuotaLine
from leaguectl.kinds.batch import Batch, Item, RowPlan
from leaguectl.kinds.blocks import DIGITS, choose, free_of, hand_down, lower
from leaguectl.model import Number, Organization, Quota, Snapshot


def by_level(items: list[Item], batch: Batch) -> list[Item]:
    """The rows from the top of the tree down, so that a block is there before it is split."""

    def depth(item: Item) -> int:
        found = batch.registry.named(cast("QuotaLine", item.line).organization)
        return len(list(batch.registry.upward(found[0].code))) if len(found) == 1 else 0

    return sorted(items, key=depth)


def plan_quota(item: Item, batch: Batch) -> RowPlan:
    """Allot the block to the organisation, or find it allotted already."""
    line = cast("QuotaLine", item.line)
    row_plan = RowPlan(item)
    organization = batch.organization(row_plan, line.organization, "organization")
    if organization is None:
        return row_plan
    most = batch.policy.quota_on(date(line.year, 1, 1)).block_places
    if line.places > most:
        row_plan.fault("block-too-large", "places", places=line.places, most=most)
        return row_plan
    if line.places == 0 and not batch.setting:
        row_plan.fault("places-none", "places")
        return row_plan
    above = _above(organization, line.year, batch)
    if line.first is None and line.last is None:
        batch.once(row_plan, f"{line.year} {organization.code}", "organization")
        _allot(line, organization, above, batch, row_plan)
    else:
        _allot_block(line, organization, above, batch, row_plan)
    return row_plan


def _above(organization: Organization, year: int, batch: Batch) -> list[Quota]:
    """The quotas of the nearest organisation above that has any for the year."""
    parent = organization.parent
    return batch.registry.places_for(parent, year) if parent else []


# -- places without a block ----------------------------------------------------------------------


def _allot(
    line: QuotaLine, organization: Organization, above: list[Quota], batch: Batch, row_plan: RowPlan
) -> None:
    """As many places as the row says in all. A sheet that says another number than is allotted is a
    finding; whoever sets the quota means the difference."""
    own = batch.registry.quotas_of(organization.code, line.year)
    held = sum(one.places for one in own)
    if own and not batch.setting:
        same = [one for one in own if one.places == line.places]
        if held != line.places and not same:
            row_plan.fault("quota-differs", "places", places=line.places, known=held)
            return
        own, held = (own if held == line.places else same[:1]), line.places
    if line.places < held:
        _lower(own, held - line.places, batch, row_plan)
    elif line.places > held:
        _hand_down(line, organization, above, line.places - held, batch, row_plan)
    else:
        for one in own:
            row_plan.put(one, replace(one, authority=one.authority or line.authority))


def _lower(own: list[Quota], places: int, batch: Batch, row_plan: RowPlan) -> None:
    try:
        changes = lower(batch.registry, own, places)
    except Refused as refused:
        row_plan.fault(refused.code, "places", **refused.facts)
        return
    for change in changes:
        row_plan.changes.append(change)


def _hand_down(
    line: QuotaLine, organization: Organization, above: list[Quota], places: int, batch: Batch,
    row_plan: RowPlan,
) -> None:  # fmt: skip
    """The next free numbers above, in one run where there is one."""
    registry = batch.registry
    if not above:
        row_plan.fault("block-missing", "first", organization=organization.name, year=line.year)
        return
    numbers = choose(registry, above, places)
    if len(numbers) < places:
        row_plan.fault(
            "quota-above-exceeded",
            "places",
            places=places,
            above=registry.organizations[above[0].organization].name,
            left=len(free_of(registry, above)),
        )
        return
    row_plan.creates = True
    for source in above:
        listed = [one for one in numbers if registry.numbers[one].quota == source.id]
        row_plan.changes += hand_down(registry, source, organization.code, listed, line.authority)


# -- a block of its own --------------------------------------------------------------------------


def _allot_block(
    line: QuotaLine, organization: Organization, above: list[Quota], batch: Batch, row_plan: RowPlan
) -> None:
    """Exactly the block that the row gives."""
    block = first, last = _block(line, batch, row_plan)
    if row_plan.is_refused:
        return
    batch.once(row_plan, f"{line.year} {organization.code} {first}", "organization")
    own = batch.registry.quotas_of(organization.code, line.year)
    same = next((one for one in own if (one.first, one.last) == block), None)
    if same is not None:
        row_plan.put(same, replace(same, authority=line.authority or same.authority))
        return
    source = next((one for one in above if first in one and last in one), None)
    if above and source is None:
        row_plan.fault(
            "block-outside",
            "first",
            block=f"{first}-{last}",
            above=batch.registry.organizations[above[0].organization].name,
            blocks=", ".join(f"{one.first}-{one.last}" for one in above),
        )
        return
    quota = Quota(
        batch.registry.new_id(Quota),
        line.year,
        organization.code,
        first,
        last,
        line.places,
        source.id if source else None,
        line.authority,
    )
    row_plan.creates = True
    row_plan.put(None, quota)
    if source is None:
        _make_numbers(quota, batch, row_plan)
    else:
        _split_numbers(quota, source, batch, row_plan)


def _block(line: QuotaLine, batch: Batch, row_plan: RowPlan) -> tuple[str, str]:
    """First and last number of the row's block; one of them from the other and the places."""
    first = line.first or f"{int(line.last or 0) - line.places + 1:0{DIGITS}d}"
    last = line.last or f"{int(first) + line.places - 1:0{DIGITS}d}"
    for column, number in (("first", first), ("last", last)):
        if len(number) != DIGITS:
            row_plan.fault("block-digits", column, number=number, digits=DIGITS)
        elif number[:4] != str(line.year):
            row_plan.fault("block-year", column, number=number, year=line.year)
    if not row_plan.is_refused and int(last) - int(first) + 1 != line.places:
        row_plan.fault(
            "block-size",
            "places",
            places=line.places,
            block=f"{first}-{last}",
            size=int(last) - int(first) + 1,
        )
    province = batch.registry.settings.get("province")
    if province and not row_plan.is_refused and first[4:6] != province:
        row_plan.fault("block-province", "first", Level.WARNING, number=first, province=province)
    return first, last


def _make_numbers(quota: Quota, batch: Batch, row_plan: RowPlan) -> None:
    """The numbers of a new block; those that members brought before are taken over as used."""
    for value in range(int(quota.first), int(quota.last) + 1):
        number = f"{value:0{DIGITS}d}"
        known = batch.registry.numbers.get(number)
        if known is not None and known.quota is not None:
            owner = batch.registry.quotas[known.quota]
            row_plan.fault(
                "block-overlaps",
                "first",
                block=f"{quota.first}-{quota.last}",
                owner=batch.registry.organizations[owner.organization].name,
                other=f"{owner.first}-{owner.last}",
            )
            return
        state = "used" if known is not None else "free"
        person = known.person if known is not None else None
        row_plan.put(known, Number(number, quota.year, state, quota.id, person, None))


def _split_numbers(quota: Quota, source: Quota, batch: Batch, row_plan: RowPlan) -> None:
    """Move the numbers from the quota above; none that somebody else uses or has been given."""
    for value in range(int(quota.first), int(quota.last) + 1):
        slot = batch.registry.numbers.get(f"{value:0{DIGITS}d}")
        if slot is None or slot.quota != source.id:
            owner = batch.registry.quotas.get(slot.quota) if slot and slot.quota else None
            row_plan.fault(
                "block-overlaps",
                "first",
                block=f"{quota.first}-{quota.last}",
                owner=batch.registry.organizations[owner.organization].name if owner else "",
                other=f"{owner.first}-{owner.last}" if owner else "",
            )
            return
        if slot.state != "free" and not _is_theirs(slot, quota, batch):
            row_plan.fault(
                "block-in-use", "first", block=f"{quota.first}-{quota.last}", number=slot.number
            )
            return
        row_plan.put(slot, replace(slot, quota=quota.id))


def _is_theirs(slot: Number, quota: Quota, batch: Batch) -> bool:
    membership = batch.registry.membership(slot.person) if slot.person is not None else None
    return membership is not None and batch.registry.is_below(
        membership.organization, quota.organization
    )


def quota_lines(registry: Snapshot) -> Iterator[tuple[str, QuotaLine]]:
    """What a sheet says of every quota: those of a year together, from the top block down."""

    def place(quota: Quota) -> tuple[int, str, int, int]:
        return quota.year, quota.first, -quota.places, quota.id

    for one in sorted(registry.quotas.values(), key=place):
        yield (
            one.organization,
            QuotaLine.model_construct(
                year=one.year,
                organization=registry.reference(one.organization),
                places=one.places,
                first=one.first,
                last=one.last,
                authority=one.authority,
            ),
        )
