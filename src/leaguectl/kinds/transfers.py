"""Transfers (组织关系转接): a row takes a member to another organisation, out of the county or into
it; requested, or settled where the sheet says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds.arrivals import complete_arrival, known_arrival, tell_places
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.cells import AnyDay, Day, ExactDay, IdNumber, Name, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import (
    ALWAYS,
    Kind,
    Lifetime,
    line_values,
    person_values,
    touch_named,
    touch_people,
)
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.moves import departure, gone_on, left_later, rewritten
from leaguectl.kinds.named_organizations import bearers_before, meant, own_class
from leaguectl.kinds.person_records import known_person, level_of_past
from leaguectl.model import (
    Keys,
    Membership,
    Organization,
    Person,
    Snapshot,
    Transfer,
    ask,
    is_known,
)
from leaguectl.model.periods import has_gone_since, is_carried_out, is_member_on
from leaguectl.rules import unhoused

STATES = {
    "pending": ("待接收", "转接中", "转出中", "转入中", "待审批", "办理中", "待确认接收",
                "审批中", "待审核", "审核中", "未办结", "待确认"),
    "accepted": ("已接收", "已转出", "已转入", "转接成功", "已完成", "已办结", "完成", "成功",
                 "已通过", "通过", "审批通过", "已审批", "已同意", "同意", "已报到"),
    "refused": ("已拒绝", "拒绝", "已退回", "退回", "不同意", "转接失败", "未通过",
                "已驳回", "驳回"),
    "lapsed": ("已失效", "失效", "已过期"),
}  # fmt: skip

_ELSEWHERE = "（县外）"
"""Behind the name of a place that is none of ours, though one of ours is called so; alone where
nobody knows the place yet."""

_MARKS = {
    "pending": ("否", "×", "x", "n", "no", "未完成", "未转出", "未接收", "待审"),
    "accepted": ("是", "√", "✓", "✔", "y", "yes", "审核通过"),
    "refused": ("不通过", "审核不通过", "被退回", "被拒绝"),
}
"""Further answers, as to 是否已转出 or 审核结果."""

State = Annotated[str, BeforeValidator(Choice(STATES, _MARKS))]


class TransferLine(Line):
    """A member's transfer from one organisation to another; one of them is ours."""

    kind = "transfers"
    keys: ClassVar = frozenset({"name", "id_number"})
    stored_as: ClassVar = {Transfer: {"transfer_state": "state", "refusal": "reason"}}
    name: Name = required("姓名 | name | 团员姓名 | 学生姓名")
    id_number: IdNumber | None = optional()
    from_home: Text = required(
        "转出团组织 | transferred from | 转出团支部 | 转出组织 | 转出支部 | 原团支部 | "
        "原团组织 | 原所在团支部 | 转出单位 | 转出团组织名称 | 转出团支部名称 | 转出地 | "
        "原单位 || 现所在团支部 | 现所在团组织 | 现团支部 | 现团组织 | 原班级 | 原支部 | "
        "原所在支部 | 转出学校 | 转出班级 | 转出支部名称 | "
        "转出组织名称 | 原所在团组织",
        example="云杉县第一中学2020级高三（1）班团支部",
    )
    to_home: Text = required(
        "转入团组织 | transferred to | 转入团支部 | 转入组织 | 转入支部 | 转入单位 | "
        "转往团组织 | 转入团组织名称 | 转入团支部名称 | 转入地 | 目标团组织 || 转往单位 | "
        "转往学校 | 转往地 | 接收单位 | 接收团组织 | 接收团支部 | 接收组织 | 转入学校 | "
        "拟转入团组织 | 拟转入团支部 | 拟转入单位 | 拟转往单位 | 拟转入学校 | 拟转往团组织 | "
        "去向 | 转入组织名称 | 转入团组织全称 | 转入团支部全称 | 转往团支部",
        example="青松市某大学团委",
    )
    requested: ExactDay | None = optional(
        "转接时间 | requested | 申请时间 | 发起时间 | 转出时间 | 时间 | 转接日期 | "
        "申请日期 | 发起日期 | 转出日期 | 转接发起时间 || 申请转接时间 | 办理时间 | 办理日期",
        example=date(2023, 9, 1),
    )
    transfer_state: State | None = optional(
        "转接状态 | transfer state | 状态 | 办理状态 | 转接情况 | 转接进度 || 审批状态 | "
        "审核状态 | 审核结果 | 审批结果 | 办理结果 | 处理结果 | 是否完成 | 是否已完成 | 是否办结 | "
        "是否已办结 | 是否接收 | 是否已接收 | 是否通过 | 是否成功 | 是否转出 | 是否已转出 | "
        "是否转接 | 是否已转接 | 是否转接成功"
    )
    settled: ExactDay | None = optional(
        "办结时间 | settled | 接收时间 | 转入时间 | 完成时间 | 办结日期 | 接收日期 || 审批时间 | "
        "审批通过时间 | 通过时间",
        example=None,
    )
    refusal: Text | None = optional("退回原因 | refusal | 拒绝原因", example=None)
    joined: AnyDay | None = optional("入团时间 | joined | 入团年月 | 入团日期", example=None)


class _End(NamedTuple):
    """Where a transfer is from or to: an organisation here, or the name of a place elsewhere."""

    here: Organization | None
    elsewhere: str | None
    is_read: bool = True

    @property
    def code(self) -> str | None:
        """The code of the organisation here."""
        return self.here.code if self.here is not None else None


_UNKNOWN = _End(None, None, is_read=False)
"""An end that cannot be read."""


def plan_transfer(item: Item[TransferLine], batch: Batch) -> RowPlan:
    """Request the transfer, settle it, or find it recorded; what a roster has done already is not
    done a second time."""
    line = item.line
    row_plan = RowPlan(item)
    if line.requested is None and line.settled is None:
        row_plan.fault("cell-missing", "requested", field="requested")
        return row_plan
    if line.requested is None:  # a list of those who came may have no other day
        line = line.model_copy(update={"requested": line.settled})
    source = ask(_end, line.from_home, "from_home", line, batch, row_plan, unknown=_UNKNOWN)
    target = ask(_end, line.to_home, "to_home", line, batch, row_plan, unknown=_UNKNOWN)
    are_read = source.is_read and target.is_read
    if are_read and source.here is None and target.here is None:
        row_plan.fault("transfer-not-ours", "from_home", source=line.from_home, target=line.to_home)
    said = _said(line, source, target)
    _judge_days(said, batch, row_plan)
    person = _person(line, source, batch, row_plan) if source.is_read else None
    if person is None or row_plan.is_refused:
        return row_plan
    transfer = replace(said, person=person)
    batch.once(row_plan, "name", person, *_ends(transfer), transfer.state in ("refused", "lapsed"))
    stored = _recorded(transfer, batch.snapshot)
    arrival = known_arrival(transfer, batch.snapshot) if stored is None else None
    if arrival is not None:
        complete_arrival(transfer, *arrival, batch, row_plan)
        return row_plan
    if stored is None:
        row_plan.creates = True
        transfer = replace(transfer, id=batch.snapshot.new_id(Transfer))
        tell_places(transfer, row_plan)
    elif stored.state == "pending":
        reason = transfer.reason or stored.reason
        transfer = replace(stored, state=said.state, settled=said.settled, reason=reason)
    else:
        values = {"state": line.transfer_state, "settled": line.settled, "reason": line.refusal}
        transfer = batch.settle(row_plan, stored, values)
    row_plan.put(stored, transfer)
    _judge(transfer, stored, line.joined, batch, row_plan)
    return row_plan


def _judge(
    transfer: Transfer, stored: Transfer | None, joined: Day | None, batch: Batch, row_plan: RowPlan
) -> None:
    """Ask whether the transfer can wait, or carry it out where it has just been accepted."""
    if transfer.state == "pending":
        _judge_pending(transfer, batch, row_plan)
    elif transfer.state == "accepted" and (stored is None or stored.state == "pending"):
        _carry_out(transfer, joined, batch, row_plan)


def _ends(transfer: Transfer) -> tuple[Any, ...]:
    """The values by which a sheet identifies a person's transfer."""
    return (
        transfer.requested, transfer.source, transfer.origin, transfer.target, transfer.destination
    )  # fmt: skip


def _recorded(transfer: Transfer, snapshot: Snapshot) -> Transfer | None:
    """The stored transfer that a row is about. Somebody who was refused may have asked again on the
    same day: of two alike it is the one in that state, and a row is never about that of another
    row."""
    known = snapshot.by(Transfer, "person", transfer.person)
    same = [each for each in known if _ends(each) == _ends(transfer)]
    alike = [each for each in same if each.state == transfer.state]
    pending = [each for each in same if each.state == "pending"]
    return next(iter((*alike, *pending, *(each for each in same if each.operation))), None)


def _end(text: str, column: str, line: TransferLine, batch: Batch, row_plan: RowPlan) -> _End:
    """One end of a transfer: a name that no organisation here has ever had is a place elsewhere,
    and so is one that says so. A class alone (高三1班) is that of the member's own school."""
    day, homes = line.requested, batch.homes_of(line.id_number)
    snapshot, name = batch.snapshot, text.removesuffix(_ELSEWHERE)
    if name != text:
        return _End(None, name)
    if not meant(snapshot, text, None, day) and not bearers_before(snapshot, text, None, day):
        own = own_class(snapshot, text, homes) if column == "from_home" else None
        return _End(own, None if own else text)
    here = batch.organization(row_plan, text, column, homes=homes, day=day)
    return _End(here, None, is_read=here is not None)


def _said(line: TransferLine, source: _End, target: _End) -> Transfer:
    """The transfer according to the row. Somebody who comes from elsewhere brings the papers."""
    state = line.transfer_state
    if state is None:
        is_settled = line.settled is not None or source.here is None
        state = "accepted" if is_settled else "pending"
    requested: Any = line.requested
    settled = line.settled
    if is_known(state):
        settled = None if state == "pending" else requested if settled is None else settled
    return Transfer(
        0, 0, state, requested,
        source.code, source.elsewhere,
        target.code, target.elsewhere,
        settled, line.refusal,
    )  # fmt: skip


def _judge_days(transfer: Transfer, batch: Batch, row_plan: RowPlan) -> None:
    for column in ("requested", "settled"):
        if is_known(day := getattr(transfer, column)):
            batch.refuse_ahead(row_plan, day, column)
    requested, settled = transfer.requested, transfer.settled
    if is_known(requested) and is_known(settled) and settled < requested:
        facts = {"day": settled, "requested": requested}
        row_plan.fault("transfer-before-request", "settled", **facts)


def _person(line: TransferLine, source: _End, batch: Batch, row_plan: RowPlan) -> int | None:
    """The person: a member here, or somebody who comes and may be new."""
    if source.here is not None:
        return known_person(line, source.here, batch, row_plan)
    if line.id_number is None:
        row_plan.fault("transfer-nameless", "name", name=line.name)
        return None
    stored, person = batch.person(row_plan, line)
    row_plan.put(stored, person)
    return person.id if is_known(person.id) else None


def _judge_pending(transfer: Transfer, batch: Batch, row_plan: RowPlan) -> None:
    """A person may have only one pending transfer at a time, from the organisation they belong
    to, and to a branch that there is."""
    for other in batch.snapshot.by(Transfer, "person", transfer.person):
        if other.state == "pending" and other.id != transfer.id:
            facts = {"id": other.id, "requested": other.requested}
            row_plan.fault("transfer-pending", "name", **facts)
    last = batch.snapshot.membership(transfer.person)
    homes = batch.snapshot.memberships_of(transfer.person)
    if transfer.source is not None and has_gone_since(transfer, homes):
        if last is not None and last.left is not None:
            row_plan.fault("member-not-now", "name", Level.WARNING, left=last.left)
    elif transfer.source is not None:
        asked = date.max if _went_on(transfer, batch) else transfer.requested
        _member_of(transfer.source, transfer, asked, batch, row_plan)
    if transfer.source == transfer.target:
        name = batch.name(transfer.source or "")
        row_plan.fault("transfer-nowhere", "to_home", organization=name)
    is_here = bool(homes) and homes[-1].left is None
    # Whom a roster had before their papers came waits for these alone.
    has_come = any(home.entry == "transferred" for home in homes)
    if transfer.source is None and is_here and not has_come:
        row_plan.fault("member-now", "to_home", organization=batch.name(homes[-1].organization))
    # Whoever has come waits for their papers alone, even where the branch was closed since.
    if transfer.target is not None and not any(map(transfer.brings_to, homes)):
        _judge_target(transfer, batch, row_plan)


def _judge_target(transfer: Transfer, batch: Batch, row_plan: RowPlan) -> None:
    """A request leads where it can be accepted: to a branch that there was and still is."""
    home = batch.snapshot.organizations[transfer.target or ""]
    if home.dissolved is not None:
        row_plan.refuse_home(home, "to_home")
    level = level_of_past(transfer.person, batch)
    row_plan.refuse_not_yet(home, transfer.requested, "to_home", level)
    person = batch.snapshot.persons.get(transfer.person)
    if person is not None:
        for verdict in unhoused(batch.snapshot, batch.policy, person, home.code):
            row_plan.fault(verdict.code, "to_home", verdict.level, **verdict.facts)


def _went_on(transfer: Transfer, batch: Batch) -> bool:
    """Whether they were a member when they asked, though elsewhere: their branch was closed since,
    or a roster had them there, and the request went on with them, from where they are now."""
    memberships = batch.snapshot.memberships_of(transfer.person)
    return any(is_member_on(each, transfer.requested) for each in memberships)


def _member_of(
    home: str, transfer: Transfer, day: date, batch: Batch, row_plan: RowPlan
) -> Membership | None:
    """The membership in the organisation on that day; a fault where there is none."""
    membership = batch.snapshot.membership(transfer.person)
    if membership is None or membership.left is not None:
        row_plan.fault("member-not-now", "name", left=(membership and membership.left) or "")
    elif membership.organization != home:
        names = {"organization": batch.name(membership.organization), "source": batch.name(home)}
        row_plan.fault("transfer-not-from", "from_home", **names)
    elif membership.begun is not None and day < membership.begun:
        row_plan.fault("day-before-membership", "requested", day=day, begun=membership.begun)
    else:
        return membership
    return None


def _carry_out(transfer: Transfer, joined: Day | None, batch: Batch, row_plan: RowPlan) -> None:
    """End the old membership and begin the next, unless a roster has done so already."""
    day = transfer.settled or transfer.requested
    memberships = batch.snapshot.memberships_of(transfer.person)
    if transfer.source is not None:
        before = _from_home(transfer, day, memberships, batch, row_plan)
        if before is None:
            return
    else:
        before = batch.snapshot.membership(transfer.person)
        if is_carried_out(transfer, memberships):
            return
        if before is not None and before.left is None:
            row_plan.fault("member-now", "to_home", organization=batch.name(before.organization))
            return
    if transfer.target is not None:
        home = batch.snapshot.organizations[transfer.target]
        batch.refuse_dissolved(row_plan, home, day, "to_home")
        row_plan.refuse_not_yet(home, day, "to_home")
        homes = [*memberships, _begun(transfer, before, joined, day)]
        if before is not None and transfer.source is not None:
            homes = gone_on(memberships, before, homes[-1])
        for changed in rewritten(homes, memberships, batch.snapshot):
            row_plan.put(*changed)
        row_plan.concerned.add(transfer.person)  # they are judged as members of their new home


def _from_home(
    transfer: Transfer,
    day: date,
    memberships: Sequence[Membership],
    batch: Batch,
    row_plan: RowPlan,
) -> Membership | None:
    """The membership from which a member goes; None where a roster has shown that already, and
    where they had none, which is a fault."""
    if is_carried_out(transfer, memberships):
        return None
    if (shown := _shown_by_roster(transfer, day, memberships)) is not None:
        left, begun = shown
        row_plan.put(left, replace(left, left=day))
        row_plan.put(begun, replace(begun, since=day, seen=None))
        return None
    home = left_later(memberships, day)
    if home is None or home.organization != transfer.source:
        home = _member_of(transfer.source or "", transfer, day, batch, row_plan)
    if home is not None and (facts := contradicting(home, transfer, batch.snapshot)):
        row_plan.fault("transfer-before-leaving", "requested", **facts)
        return None
    if home is not None and transfer.target is None:
        row_plan.put(home, replace(home, left=day, leaving_reason="transferred"))
    return home


def contradicting(
    home: Membership, transfer: Transfer, snapshot: Snapshot
) -> dict[str, Any] | None:
    """What contradicts a transfer that is found later than the leaving: nobody who had gone to
    another county left here, or went there from where they were no more."""
    if home.left is None:
        return None
    if transfer.target is not None and departure(home, snapshot) is None:
        return None
    person, organization = snapshot.persons[home.person], snapshot.organizations[home.organization]
    return {
        "day": transfer.settled or transfer.requested, "left": home.left, "name": person.name,
        "organization": organization.name, "operation": home.operation,
    }  # fmt: skip


def _shown_by_roster(
    transfer: Transfer, day: date, memberships: Sequence[Membership]
) -> tuple[Membership, Membership] | None:
    """The memberships between which a member had gone by the day of a roster; the transfer says
    since when."""
    for left, begun in pairwise(memberships):
        homes = (left.organization, begun.organization) == (transfer.source, transfer.target)
        is_only_shown = begun.entry == "moved" and begun.seen is not None
        is_between = (left.begun or day) <= day <= (begun.since or date.min)
        if homes and left.left == begun.since and is_only_shown and is_between:
            return left, begun
    return None


def _begun(
    transfer: Transfer, before: Membership | None, joined: Day | None, day: date
) -> Membership:
    """The membership that a transfer begins, with the day of joining as far as it is known. It has
    no identity yet (``id`` is 0)."""
    known = Day(before.joined, before.joined_precision) if before and before.joined else joined
    return Membership(
        0,
        transfer.person,
        transfer.target or "",
        known.date if known else None,
        known.precision if known else "day",
        "moved" if transfer.source is not None else "transferred",
        since=day,
    )


def _shown(here: str | None, elsewhere: str | None, transfer: Transfer, snapshot: Snapshot) -> str:
    """One end of a transfer as a row says it; a place elsewhere that would be read as one of ours
    is marked, since an organisation of that name may have been founded after the transfer."""
    if here is not None:
        return snapshot.reference(here)
    if not elsewhere:
        return _ELSEWHERE
    day, homes = transfer.requested, snapshot.memberships_of(transfer.person)
    is_ours = (
        meant(snapshot, elsewhere, None, day)
        or bearers_before(snapshot, elsewhere, None, day)
        or own_class(snapshot, elsewhere, [home.organization for home in homes])
    )
    return f"{elsewhere}{_ELSEWHERE}" if is_ours else elsewhere


def transfer_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, TransferLine]]:
    """The rows for every transfer. On an earlier day a transfer may still have been pending."""
    for transfer in snapshot.all(Transfer):
        source, target = transfer.source, transfer.target
        values = person_values(TransferLine, snapshot.persons[transfer.person], snapshot)
        values |= line_values(TransferLine, transfer, snapshot) | {
            "from_home": _shown(source, transfer.origin, transfer, snapshot),
            "to_home": _shown(target, transfer.destination, transfer, snapshot),
            "transfer_state": transfer.state if transfer.settled else "pending",
        }
        yield source or target, TransferLine.model_construct(**values)


def from_first_day(items: list[Item[TransferLine]], _batch: Batch) -> list[Item[TransferLine]]:
    """The rows from the first day on, also of a list with the newest first: where somebody went is
    where they go on from."""
    return sorted(items, key=lambda item: ask(_ordinal, item.line, unknown=0))


def _ordinal(line: TransferLine) -> int:
    day = line.requested or line.settled
    return day.toordinal() if day else 0


def _keys(block: Block[Any], keys: Keys) -> None:
    touch_people(block, keys)
    for ends in ("from_home", "to_home"):
        pairs = {*zip(block.column(ends), block.column("requested"), strict=True)}
        for text, day in pairs:
            touch_named([text], day or block.rows.day, keys)


KIND = Kind(
    TransferLine,
    plan_transfer,
    transfer_lines,
    {Person: ALWAYS, Transfer: Lifetime("requested", ("settled",))},
    _keys,
    order=from_first_day,
)
