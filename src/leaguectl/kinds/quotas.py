"""Quotas: places for an organisation and year, with the block of numbers that is those places.

A block of the top organisation makes its numbers; a block below is split off the nearest one above
that holds it, number by number, so that a place can never stand in two quotas.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from pydantic import model_validator

from leaguectl.findings import Level, Refused
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.blocks import choose, free_of, hand_down, lower, written
from leaguectl.kinds.cells import Count, Digits, Text, Year, plain
from leaguectl.kinds.kind import Kind, Lifetime, line_values, touch_named, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.named_organizations import meant
from leaguectl.model import (
    Keys,
    Number,
    Organization,
    OrganizationEvent,
    Quota,
    Snapshot,
    ask,
    if_known,
    is_known,
)
from leaguectl.model.ledger import NUMBER_DIGITS
from leaguectl.rules.standing import other_province

_RANGE = re.compile(r"([0-9]{8,20})(?:[-—–－~～～至到]+)([0-9]{2,20})")
"""A block in a single cell."""


class QuotaLine(Line):
    """Places of an organisation and year, with their block of numbers."""

    kind = "quotas"
    keys: ClassVar = frozenset({"organization"})
    year: Year = required("年度 | year | 年份")
    organization: Text = required(
        "团组织 | organization | 团组织名称 | 团组织全称 | 单位 || 单位名称 | 分配单位 | "
        "学校 | 学校名称 | 基层团组织",
        example="共青团云杉县第一中学委员会",
    )
    places: Count = required(
        "名额 | places | 发展名额 | 计划数 | 指标 | 发展计划 || 计划名额 | 分配名额 | "
        "名额数 | 指标数 | 发展指标 | 分配数 | 发展计划数 | 计划发展数 | 下达名额 | 下达计划 | "
        "全年合计 | 全年名额 | 全年计划 | 发展数 | 发展人数 | 发展团员数 | 计划发展人数 | "
        "发展团员计划数 | 下达指标",
        example=30,
    )
    first: Digits | None = optional(
        "号段起 | first | 起始编号 | 编号起 | 号段 | 编号段 | 编号号段 | 号段范围 | "
        "编号范围 || 编号区间 | 号码段 | 发展团员编号号段 | 分配号段 | 下达号段"
    )
    last: Digits | None = optional("号段止 | last | 终止编号 | 编号止", example="202365000030")
    authority: Text | None = optional(
        "文号 | authority | 依据 | 文件号", example="云团发〔2023〕1号"
    )

    @model_validator(mode="before")
    @classmethod
    def _part_range(cls, cells: dict[str, Any]) -> dict[str, Any]:
        """The first and the last number where a cell has both: ``202365000011-202365000015``. The
        last may leave out the digits that it shares with the first."""
        first = cells.get("first")
        if not isinstance(first, str) or cells.get("last") is not None:
            return cells
        match = _RANGE.fullmatch(plain(first).replace(" ", ""))
        if match is None:
            return cells
        start, end = match.groups()
        return cells | {"first": start, "last": start[: len(start) - len(end)] + end}


def by_level(items: list[Item[QuotaLine]], batch: Batch) -> list[Item[QuotaLine]]:
    """The rows from the top of the tree down, so that a block is there before it is split, wherever
    the organisation with a part of it lies by now. One that was handed down past an organisation
    comes before the block of that organisation, which has been handed down since."""
    above = [_codes_above(item, batch) for item in items]
    blocks = [ask(_span_of, item.line, unknown=None) for item in items]
    holding = [
        [at for at, other in enumerate(blocks)
         if block and other and other[0] <= block[0] and block[1] <= other[1] and above[at]
         and (other != block or _hands_down(above[at], above[index], batch.snapshot))]
        for index, block in enumerate(blocks)
    ]  # fmt: skip

    def level(index: int, *below: int) -> int:
        # Where organisations lay above each other in turn, a ring ends where it began.
        sources = [at for at in holding[index] if at not in (index, *below)]
        return max((level(at, index, *below) + 1 for at in sources), default=len(above[index]))

    def place(index: int) -> tuple[int, int]:
        return level(index), -len(above[index])

    return [items[index] for index in sorted(range(len(items)), key=place)]


def _hands_down(source: list[str], target: list[str], snapshot: Snapshot) -> bool:
    """Whether the first organisation of one path can have handed its whole block down to that of
    the other: it lies above it, or did before either was moved."""
    if not source or not target or source[0] == target[0]:
        return False
    if source[0] in target or target[0] in source:
        return source[0] in target
    return snapshot.was_below(target[0], source[0], date.min) and not snapshot.was_below(
        source[0], target[0], date.min
    )


def _codes_above(item: Item[QuotaLine], batch: Batch) -> list[str]:
    """The organisation of a row and all above it, by their codes; none where it is not known."""
    text, day = item.line.organization, item.row.day
    organizations = ask(meant, batch.snapshot, text, None, day, unknown=[])
    if len(organizations) != 1:
        return []  # the row is refused anyway
    return [each.code for each in batch.snapshot.upward(organizations[0].code)]


def _span_of(line: QuotaLine) -> tuple[str, str] | None:
    return _span(line) if line.first is not None or line.last is not None else None


def plan_quota(item: Item[QuotaLine], batch: Batch) -> RowPlan:
    """Allot the block to the organisation, or find it allotted already."""
    line = item.line
    row_plan = RowPlan(item)
    organization = batch.organization(row_plan, line.organization, "organization")
    if_known(_judge_places)(line, batch, row_plan)
    if line.first is not None or line.last is not None:
        if_known(_judge_block)(line, batch, row_plan)
    if organization is None or row_plan.is_refused:
        return row_plan
    above = _above(organization, line.year, batch)
    if line.first is None and line.last is None:
        batch.once(row_plan, "organization", line.year, organization.code)
        _allot(line, organization, above, batch, row_plan)
    else:
        _allot_block(line, organization, above, batch, row_plan)
    return row_plan


def _judge_places(line: QuotaLine, batch: Batch, row_plan: RowPlan) -> None:
    most = batch.policy.quota_on(date(line.year, 1, 1)).block_places
    if line.places > most:
        row_plan.fault("block-too-large", "places", places=line.places, most=most)
    # Zero places withdraw a quota, which a command can mean but a sheet never does; no block of
    # numbers is withdrawn so, and none has zero places.
    block = line.first or line.last
    if line.places == 0 and (block or not batch.options.setting):
        row_plan.fault("places-none", "places", block=block or "")


def _above(organization: Organization, year: int, batch: Batch) -> list[Quota]:
    """The quotas of the nearest organisation above that has any for the year."""
    parent = organization.parent
    return batch.snapshot.places_for(parent, year) if parent else []


def _above_before_moves(organization: Organization, year: int, batch: Batch) -> list[Quota]:
    """The quotas of all that lay above the organisation before something was moved: its block may
    have been split off there."""
    snapshot = batch.snapshot
    eves = {move.day - timedelta(1) for move in snapshot.by(OrganizationEvent, "kind", "moved")}
    codes = {above.code for eve in eves for above in snapshot.upward(organization.code, eve)}
    return [
        quota for code in codes - {organization.code} for quota in snapshot.quotas_of(code, year)
    ]


# -- places without a block ----------------------------------------------------------------------


def _allot(
    line: QuotaLine, organization: Organization, above: list[Quota], batch: Batch, row_plan: RowPlan
) -> None:
    """Plan the total places of the row. A sheet with another number than is allotted is a finding;
    a command that sets the quota changes it by the difference."""
    own = batch.snapshot.quotas_of(organization.code, line.year)
    held = sum(quota.places for quota in own)
    if own and not batch.options.setting:
        # A sheet may list one of several blocks: its places are those of that block then.
        same = [quota for quota in own if quota.places == line.places]
        if held != line.places and not same:
            row_plan.fault("quota-differs", "places", places=line.places, known=held)
            return
        own, held = (own if held == line.places else same[:1]), line.places
    if line.places < held:
        _lower(own, held - line.places, batch, row_plan)
    elif line.places > held:
        _hand_down(line, organization, above, line.places - held, batch, row_plan)
    else:
        for quota in own:
            row_plan.put(quota, replace(quota, authority=quota.authority or line.authority))


def _lower(own: list[Quota], places: int, batch: Batch, row_plan: RowPlan) -> None:
    try:
        changes = lower(batch.snapshot, own, places)
    except Refused as refused:
        row_plan.fault(refused.code, "places", **refused.facts)
        return
    for change in changes:
        row_plan.changes.append(change)


def _hand_down(
    line: QuotaLine, organization: Organization, above: list[Quota], places: int, batch: Batch,
    row_plan: RowPlan,
) -> None:  # fmt: skip
    """Take the next free numbers above, in one run if possible."""
    snapshot = batch.snapshot
    if not above:
        row_plan.fault("block-missing", "first", organization=organization.name, year=line.year)
        return
    numbers = choose(snapshot, above, places)
    if len(numbers) < places:
        owner = snapshot.organizations[above[0].organization].name
        facts = {"places": places, "above": owner, "left": len(free_of(snapshot, above))}
        row_plan.fault("quota-above-exceeded", "places", **facts)
        return
    row_plan.creates = True
    for source in above:
        listed = [number for number in numbers if snapshot.numbers[number].quota == source.id]
        row_plan.changes += hand_down(snapshot, source, organization.code, listed, line.authority)


# -- a block of its own --------------------------------------------------------------------------


def _allot_block(
    line: QuotaLine, organization: Organization, above: list[Quota], batch: Batch, row_plan: RowPlan
) -> None:
    """Exactly the block that the row gives."""
    block = first, last = _span(line)
    batch.once(row_plan, "organization", line.year, organization.code, first)
    own = batch.snapshot.quotas_of(organization.code, line.year)
    same = next((quota for quota in own if (quota.first, quota.last) == block), None)
    if same is not None:
        row_plan.put(same, replace(same, authority=line.authority or same.authority))
        return
    sources = [*above, *_above_before_moves(organization, line.year, batch)]
    holding = [quota for quota in sources if first in quota and last in quota]
    source = min(holding, key=lambda quota: quota.places, default=None)
    if above and source is None:
        facts = {
            "block": f"{first}-{last}",
            "above": batch.snapshot.organizations[above[0].organization].name,
            "blocks": ", ".join(quota.block for quota in above),
        }
        row_plan.fault("block-outside", "first", **facts)
        return
    values = values_of(line, Quota) | {"organization": organization.code}
    values |= {"first": first, "last": last, "parent": source.id if source else None}
    quota = Quota(id=batch.snapshot.new_id(Quota), **values)
    row_plan.creates = True
    row_plan.put(None, quota)
    batch.snapshot.new_blocks.add(quota.id)
    if source is None:
        _make_numbers(quota, batch, row_plan)
    else:
        _split_numbers(quota, source, batch, row_plan)


def _span(line: QuotaLine) -> tuple[str, str]:
    """First and last number of the row's block; a missing one is calculated from the other and the
    places."""
    first = line.first or written(int(line.last or 0) - line.places + 1)
    return first, line.last or written(int(first) + line.places - 1)


def _judge_block(line: QuotaLine, batch: Batch, row_plan: RowPlan) -> None:
    """Whether the first and last number of a row can be those of a block of its year."""
    count_before = len(row_plan.findings)
    for column, number in (("first", line.first), ("last", line.last)):
        if is_known(number):
            if_known(_judge_number)(line, column, number, row_plan)
    first, last = _span(line)
    if len(row_plan.findings) == count_before:
        for column, number in (("first", first), ("last", last)):
            if getattr(line, column) is None:
                _judge_number(line, column, number, row_plan)
    if len(row_plan.findings) > count_before:
        return
    if int(last) - int(first) + 1 != line.places:
        facts = {"block": f"{first}-{last}", "size": int(last) - int(first) + 1}
        row_plan.fault("block-size", "places", places=line.places, **facts)
    province = other_province(first, batch.snapshot)
    if province and len(row_plan.findings) == count_before:
        row_plan.fault("block-province", "first", Level.WARNING, number=first, province=province)


def _judge_number(line: QuotaLine, column: str, number: str, row_plan: RowPlan) -> None:
    if len(number) != NUMBER_DIGITS:
        row_plan.fault("block-digits", column, number=number, digits=NUMBER_DIGITS)
    elif number[:4] != str(line.year):
        row_plan.fault("block-year", column, number=number, year=line.year)


def _make_numbers(quota: Quota, batch: Batch, row_plan: RowPlan) -> None:
    """Create the numbers of a new block; those that members already have are taken over as used."""
    for value in range(int(quota.first), int(quota.last) + 1):
        number = written(value)
        existing = batch.snapshot.numbers.get(number)
        if existing is None:
            row_plan.put(None, Number(number, quota.year, "free", quota.id))
        elif existing.quota is None:
            row_plan.put(existing, replace(existing, state="used", quota=quota.id, reason=None))
        else:
            _refuse_overlap(quota, existing, batch, row_plan)
            return


def _split_numbers(quota: Quota, source: Quota, batch: Batch, row_plan: RowPlan) -> None:
    """Move the numbers from the quota above, except those that somebody else uses or has been
    given."""
    for value in range(int(quota.first), int(quota.last) + 1):
        slot = batch.snapshot.numbers.get(written(value))
        if slot is None or slot.quota != source.id:
            _refuse_overlap(quota, slot, batch, row_plan)
            return
        # Numbers of members below go along with the block; those of anybody else do not.
        if slot.state != "free" and not _is_theirs(slot, quota, batch):
            facts = {"block": quota.block, "number": slot.number}
            row_plan.fault("block-in-use", "first", **facts)
            return
        row_plan.put(slot, replace(slot, quota=quota.id))


def _refuse_overlap(quota: Quota, slot: Number | None, batch: Batch, row_plan: RowPlan) -> None:
    """A number of the block is a place of another quota, or of none."""
    owner = batch.snapshot.quotas.get(slot.quota) if slot and slot.quota else None
    facts = {
        "owner": batch.snapshot.organizations[owner.organization].name if owner else "",
        "other": owner.block if owner else "",
    }
    row_plan.fault("block-overlaps", "first", block=quota.block, **facts)


def _is_theirs(slot: Number, quota: Quota, batch: Batch) -> bool:
    membership = batch.snapshot.membership(slot.person) if slot.person is not None else None
    return membership is not None and batch.snapshot.is_below(
        membership.organization, quota.organization
    )


def quota_lines(snapshot: Snapshot) -> Iterator[tuple[str, QuotaLine]]:
    """The rows for every quota: those of a year together, from the top block down."""

    def order(quota: Quota) -> tuple[int, str, int, int]:
        return quota.year, quota.first, -quota.places, quota.id

    for quota in sorted(snapshot.quotas.values(), key=order):
        yield (
            quota.organization,
            QuotaLine.model_construct(**line_values(QuotaLine, quota, snapshot)),
        )


def _keys(block: Block[QuotaLine], keys: Keys) -> None:
    keys.whole_blocks = True
    touch_named(block.column("organization"), block.rows.day, keys)
    for item in block:
        line = item.line
        keys.years.add(line.year)
        if line.first or line.last:
            keys.blocks.append(_span(line))


KIND = Kind(QuotaLine, plan_quota, quota_lines, {Quota: Lifetime("year")}, _keys, order=by_level)
