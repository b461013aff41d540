"""Organisations: a row names one, its place in the tree, and what is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan, new_code
from leaguectl.kinds.cells import AnyDay, Code, Count, Text
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.class_names import OrganizationName
from leaguectl.kinds.closing import (
    INSIDE,
    below,
    below_it,
    ended_posts,
    inside_it,
    later_acts,
    new_event,
    present_members,
    unused_places,
    without_branch,
)
from leaguectl.kinds.kind import Kind, Lifetime, line_values, touch_named, values_of
from leaguectl.kinds.line import COMMITTEE, Line, optional, required
from leaguectl.kinds.named_organizations import meant, namesakes_below
from leaguectl.model import (
    BRANCH_TYPES,
    PARENTS,
    SCHOOL_SECTORS,
    Candidacy,
    Keys,
    Membership,
    Organization,
    OrganizationEvent,
    Snapshot,
    Transfer,
    ask,
    if_known,
    is_known,
)
from leaguectl.names import fold_name
from leaguectl.rules import HOSTED
from leaguectl.workbooks.sheet_kinds import Match

TYPES = {
    "committee": ("团委", "基层团委", "领导机关团组织", "团县委", "团区委"),
    "work committee": ("团工委",),
    "general branch": ("团总支",),
    "branch": ("团支部", "支部", "联合团支部"),
    "graduating branch": ("毕业班团支部",),
}
DOMAINS = {"school": ("学校", "学校领域"), "society": ("社会", "社会领域")}
SECTORS = {
    "village": ("农村", "村", "乡镇(村)"),
    "community": ("城市社区", "社区", "城市街道(社区)"),
    "junior middle": ("初中",),
    "senior middle": ("普通高中", "高中"),
    "vocational": ("中职", "中等职业院校", "职业教育学校"),
    "government": ("党政机关", "机关"),
    "public institution": ("事业单位",),
    "state enterprise": ("国有企业",),
    "private enterprise": ("非公企业", "非公有制企业"),
    "social organisation": ("社会组织", "新社会组织", "social organization"),
    "other": ("其他", "其它"),
}

OrganizationType = Annotated[str, BeforeValidator(Choice(TYPES, by_ending=True))]
Domain = Annotated[str, BeforeValidator(Choice(DOMAINS, also=SECTORS))]
Sector = Annotated[str, BeforeValidator(Choice(SECTORS))]


class OrganizationLine(Line):
    """An organisation of the tree."""

    kind = "organizations"
    keys: ClassVar = frozenset({"name", "code"})
    name: OrganizationName = required(
        "团组织全称 | name | 团组织名称 | 组织全称 | 组织名称 | 全称 | 基层团组织名称 | "
        "团支部名称 || 支部名称 | 团支部全称 | 单位名称"
    )
    type: OrganizationType = required(
        "组织类型 | type | 团组织类型 | 组织类别 | 团组织类别 || 组织性质"
    )
    code: Code | None = optional(
        "团组织编码 | code | 组织编码 | 组织ID | 团组织机构代码", example="YS02"
    )
    parent: Text | None = optional(
        "上级组织 | parent | 上级团组织 | 上级 | 直属上级 | 上级组织名称 | 上级团组织名称 | "
        "上级团委 | 直属上级团组织 | 隶属团组织 || 主管团组织 | 所属团委 | 所属团组织",
        example=COMMITTEE,
    )
    domain: Domain | None = optional("领域 | domain | 所属领域", example="社会")
    sector: Sector | None = optional(
        "行业类别 | sector | 单位所属行业类别 | 行业 | 所属行业 | 行业分类", example="党政机关"
    )
    secretary_seats: Count | None = optional(
        "书记应配 | secretary seats | 书记应配数 | 书记职数", example=1
    )
    committee_seats: Count | None = optional(
        "班子应配 | committee seats | 班子应配数 | 班子职数", example=5
    )
    founded: AnyDay | None = optional(
        "成立日期 | founded | 成立时间 | 建团时间 | 成立年月 | 建立时间 | 组建时间 || "
        "建支时间 | 批准成立时间 | 创建时间 | 组织创建时间 | 组织成立时间",
        example=date(2015, 5, 4),
    )
    dissolved: AnyDay | None = optional(
        "撤销日期 | dissolved | 撤销时间 | 注销时间 | 注销日期", example=None
    )
    elected: AnyDay | None = optional(
        "换届时间 | elected | 换届日期 | 最近换届时间 | 最近换届日期 | 最近一次换届时间 | "
        "最近一次换届日期 | 换届选举时间 | 上次换届时间",
        example=date(2022, 9, 1),
    )


def typed_by_name(match: Match) -> Match:
    """A list of organisations without their types: the name says it (桥头村团支部)."""
    if match.kind != OrganizationLine.kind or match.missing != {"type"}:
        return match
    if "parent" not in match.fields:
        return match
    fields = {**match.fields, "type": match.fields["name"]}
    headings = {**match.headings, "type": match.headings["name"]}
    return replace(match, fields=fields, headings=headings, missing=frozenset())


def by_parent(items: list[Item[OrganizationLine]], _: Batch) -> list[Item[OrganizationLine]]:
    """The rows with every organisation after the one above it, wherever it stands in the sheet."""
    names: dict[str, list[Item[OrganizationLine]]] = {}
    for item in items:
        line = item.line
        for key in (line.code, ask(fold_name, line.name)):
            if is_known(key):
                names.setdefault(key, []).append(item)
    ordered: list[Item[OrganizationLine]] = []
    placed: set[int] = set()

    def place(item: Item[OrganizationLine], above: tuple[int, ...] = ()) -> None:
        # A circle of parents ends here; it is a fault when the rows are planned.
        if id(item) in placed or id(item) in above:
            return
        parent = item.line.parent
        known = parent if is_known(parent) else ""
        for key in filter(None, {known, fold_name(known.rpartition("/")[2])}):
            for parent_item in names.get(key, ()):
                place(parent_item, (*above, id(item)))
        if id(item) not in placed:
            placed.add(id(item))
            ordered.append(item)

    for item in items:
        place(item)
    return ordered


def plan_organization(item: Item[OrganizationLine], batch: Batch) -> RowPlan:
    """Create the organisation, or complete it. A contradiction is a fault, or a correction with a
    reason; another parent is a move, an end is a closing."""
    line = _with_sector(item.line)
    row_plan = RowPlan(item)
    of_cells = len(row_plan.findings)
    parent = None
    if line.parent is not None:
        parent = batch.organization(row_plan, line.parent, "parent")
    if parent is not None and is_known(line.type) and parent.type not in PARENTS[line.type]:
        _misplaced(row_plan, parent, line.type)
    stored = ask(_stored, line, parent, batch, row_plan, unknown=None)
    # What is inside an organisation ends with it: that needs its day.
    line = row_plan.exact_days(line, {"dissolved": [getattr(stored, "dissolved", None)]})
    # An uncertain code or place would create the same organisation twice.
    if any(finding.is_error for finding in row_plan.findings[of_cells:]):
        founded = line.founded.date if is_known(line.founded) else None
        dissolved = line.dissolved.date if is_known(line.dissolved) else None
        _judge_days(stored, founded, dissolved, batch, row_plan)
        return row_plan
    batch.once(row_plan, "name", parent.code if parent else "", line.code or line.name)
    if stored is None:
        if_known(_judge_name)(line, parent, batch, row_plan)
        code, above = line.code or new_code(batch.snapshot), parent.code if parent else None
        new = Organization(code, line.name, line.type, above)
        after = replace(new, **_values(line, parent, new, is_new=True))
        row_plan.creates = True
        if_known(_tell_namesake)(after, batch, row_plan)
    else:
        after = _updated(line, stored, parent, batch, row_plan)
    if_known(_judge_days)(stored, after.founded, after.dissolved, batch, row_plan)
    row_plan.put(stored, after)
    return row_plan


def _with_sector(line: OrganizationLine) -> OrganizationLine:
    """The line, where its domain is named by a sector (所属领域: 农村), with both."""
    if not is_known(line.domain) or line.domain is None or line.domain in DOMAINS:
        return line
    sector = line.domain
    return line.model_copy(update={"domain": _domain_of(sector), "sector": line.sector or sector})


def _domain_of(sector: str) -> str:
    return "school" if sector in SCHOOL_SECTORS else "society"


def _tell_namesake(new: Organization, batch: Batch, row_plan: RowPlan) -> None:
    """Warn of a new organisation that may be a known one which has moved: it bears the name of one
    elsewhere, and no other day of founding."""
    for known in batch.snapshot.bearers(new.name):
        is_same_day = None in (new.founded, known.founded) or new.founded == known.founded
        # Classes of several schools that come together may well be called alike.
        if known.operation and known.dissolved is None and is_same_day:
            facts = {"name": known.name, "known": batch.path(known), "code": known.code}
            row_plan.fault("organization-namesake", "name", Level.WARNING, **facts)
            return


def _updated(
    line: OrganizationLine,
    stored: Organization,
    parent: Organization | None,
    batch: Batch,
    row_plan: RowPlan,
) -> Organization:
    """The stored organisation with what the row adds, moves and ends."""
    parent = _moved_on(stored, parent, batch.snapshot, row_plan)
    values = _values(line, parent, stored, is_new=False)
    dissolved = values.pop("dissolved", None) if stored.dissolved is None else None
    # A later election is not a contradiction: it is the next election.
    elected, known = values.get("elected"), stored.elected
    if known is not None and is_known(elected):
        precision = values["elected_precision"]
        by_month = "month" in (precision, stored.elected_precision)
        if (elected.replace(day=1) if by_month else elected) > known:
            stored = replace(stored, elected=elected, elected_precision=precision)
    after = batch.settle(row_plan, stored, values)
    if is_known(after.type) and after.type != stored.type:
        _refuse_type(after, batch, row_plan)
    if parent is not None and parent.code != stored.parent:
        after = _moved(after, parent, batch, row_plan)
    if is_known(dissolved):
        after = _closed(after, dissolved, batch, row_plan)
    return after


def _judge_name(
    line: OrganizationLine, parent: Organization | None, batch: Batch, row_plan: RowPlan
) -> None:
    """Refuse a new organisation without a code whose name is another way to write that of one
    below the same parent: 白桦镇团委 where there is 共青团云杉县白桦镇委员会."""
    if line.code is not None or parent is None or batch.snapshot.named(line.name):
        return
    for known in meant(batch.snapshot, line.name, None, batch.day_of(row_plan.row)):
        if known.parent == parent.code and known.dissolved is None:
            row_plan.fault("organization-alike", "name", name=line.name, known=known.name)


def _judge_days(
    stored: Organization | None,
    founded: date | None,
    dissolved: date | None,
    batch: Batch,
    row_plan: RowPlan,
) -> None:
    """Check that it is founded before it is dissolved, and that the end is not in the future."""
    if founded and dissolved and dissolved < founded:
        facts = {"founded": founded, "dissolved": dissolved}
        row_plan.fault("dissolved-before-founded", "dissolved", **facts)
    if dissolved is not None and (stored is None or stored.dissolved != dissolved):
        batch.refuse_ahead(row_plan, dissolved, "dissolved")


def _moved(
    after: Organization, parent: Organization, batch: Batch, row_plan: RowPlan
) -> Organization:
    """Move the organisation below another from the day of the sheet on; an event keeps both."""
    snapshot, day = batch.snapshot, batch.day_of(row_plan.row)
    if snapshot.was_below(parent.code, after.code, day or date.max):
        row_plan.fault("organization-circle", "parent", parent=parent.name, name=after.name)
    for organization in (after, parent):
        if organization.dissolved is not None:
            row_plan.refuse_home(organization, "parent")
    for other in namesakes_below(snapshot, after.name, parent.code, after.code):
        facts = {"name": other.name, "known": other.code}
        row_plan.fault("organization-other-code", "parent", **facts)
    if after.parent is not None and day is not None:
        _judge_move(after, parent, day, batch, row_plan)
        names = {"known": batch.name(after.parent), "said": parent.name}
        row_plan.fault("organization-moves", "parent", Level.WARNING, **names, day=day)
        before = {"before": after.parent, "after": parent.code}
        row_plan.changes.append(new_event(snapshot, after.code, "moved", day, **before))
        inside = [code for code in snapshot.organizations if snapshot.is_below(code, after.code)]
        homes = [home for code in inside for home in snapshot.by(Membership, "organization", code)]
        row_plan.concerned |= {home.person for home in homes}
    return replace(after, parent=parent.code)


def _judge_move(
    organization: Organization, parent: Organization, day: date, batch: Batch, row_plan: RowPlan
) -> None:
    """Refuse a move on a day on which it cannot have been: before one of the two was founded, or
    before a later move, which has the parent before it."""
    batch.refuse_ahead(row_plan, day, "parent")
    for each in (organization, parent):
        row_plan.refuse_not_yet(each, day, "parent")
    moved = (organization.code, "moved")
    moves = batch.snapshot.by(OrganizationEvent, ("organization", "kind"), moved)
    if later := next((move for move in moves if move.day > day), None):
        facts = {"later": later.day, "operation": later.operation}
        row_plan.fault("organization-changed-later", "parent", **facts)


def _closed(after: Organization, day: date, batch: Batch, row_plan: RowPlan) -> Organization:
    """The organisation closed on a day, as ``org close`` closes it."""
    snapshot = batch.snapshot
    for code, facts in (
        *below_it(snapshot, after),
        *inside_it(snapshot, after),
        *unused_places(snapshot, after, day),
        *later_acts(snapshot, after, day),
    ):
        row_plan.fault(code, "dissolved", **facts)
    homes = snapshot.by(Membership, "organization", after.code)
    row_plan.concerned |= {membership.person for membership in homes}
    row_plan.changes += ended_posts(snapshot, after.code, day, "closed")
    row_plan.changes.append(new_event(snapshot, after.code, "closed", day))
    return replace(after, dissolved=day)


def _refuse_type(after: Organization, batch: Batch, row_plan: RowPlan) -> None:
    """Refuse a corrected type that does not fit the organisations above and below, or the members
    inside."""
    members = present_members(batch.snapshot, after.code)
    if members and after.type not in BRANCH_TYPES:
        row_plan.fault("committee-has-members", "type", count=len(members), type=after.type)
    for code, facts in without_branch(batch.snapshot, after.code, after):
        row_plan.fault(code, "type", **facts)
    above = batch.snapshot.organizations.get(after.parent or "")
    if above is not None and above.type not in PARENTS[after.type]:
        _misplaced(row_plan, above, after.type, "type")
    for child in below(batch.snapshot, after.code):
        if after.type not in PARENTS[child.type]:
            _misplaced(row_plan, after, child.type, "type")
            return


def _misplaced(row_plan: RowPlan, parent: Organization, kind: str, column: str = "parent") -> None:
    """Refuse a parent of a type that is not allowed."""
    if parent.type in BRANCH_TYPES:
        row_plan.fault("parent-is-branch", column, parent=parent.name)
    else:
        row_plan.fault(
            "parent-not-allowed", column, parent=parent.name, above=parent.type, type=kind,
            allowed=list(PARENTS[kind]),
        )  # fmt: skip


def _moved_on(
    stored: Organization, parent: Organization | None, snapshot: Snapshot, row_plan: RowPlan
) -> Organization | None:
    """The parent that the row names; None, with a warning, where a sheet names a former one that is
    not said to be of a day after the move, since that does not reverse it."""
    moves = snapshot.by(OrganizationEvent, ("organization", "kind"), (stored.code, "moved"))
    if parent is None or parent.code not in {move.before for move in moves} - {stored.parent}:
        return parent
    moved = max(move.day for move in moves)
    if row_plan.row.is_dated and (row_plan.row.day or moved) > moved:
        return parent
    above = snapshot.organizations.get(stored.parent or "")
    row_plan.fault(
        "organization-moved-on", "parent", Level.WARNING, said=parent.name, day=moved,
        known=above.name if above else "",
    )  # fmt: skip
    return None


def _stored(
    line: OrganizationLine, parent: Organization | None, batch: Batch, row_plan: RowPlan
) -> Organization | None:
    if line.code:
        existing = batch.snapshot.organizations.get(line.code)
        differs = existing is not None and fold_name(existing.name) != fold_name(line.name)
        if existing is not None and differs and batch.snapshot.was_named(existing.code, line.name):
            row_plan.fault("organization-renamed", "name", Level.WARNING, known=existing.name)
        elif existing is not None and differs:
            row_plan.fault("organization-other-name", "name", code=line.code, known=existing.name)
        if existing is None and line.dissolved is None:
            above = parent.code if parent else None
            for other in namesakes_below(batch.snapshot, line.name, above, line.code):
                row_plan.fault("organization-other-code", "code", name=other.name, known=other.code)
        return existing
    candidates = _by_name(line, parent, batch)
    if len(candidates) > 1:
        paths = [batch.path(organization) for organization in candidates]
        row_plan.fault("organization-ambiguous", "name", name=line.name, candidates=paths)
    return candidates[0] if len(candidates) == 1 else None


def _by_name(
    line: OrganizationLine, parent: Organization | None, batch: Batch
) -> list[Organization]:
    """The organisations that a row without a code can mean by its name and parent.

    A name may be used again: an organisation founded after the former bearer lost the name is a new
    one. Otherwise present bearers come before former ones.
    """
    snapshot = batch.snapshot

    def lies_there(organization: Organization) -> bool:
        above = {organization.parent, *_parents_before(organization.code, snapshot)}
        return line.parent is None or (parent.code if parent else None) in above

    def may_be(organization: Organization) -> bool:
        freed = snapshot.freed(organization.code, line.name)
        return founded is None or freed is None or founded < freed

    founded = line.founded.date if line.founded else None
    bearers = [*filter(lies_there, snapshot.bearers(line.name))]
    former = [*filter(lies_there, snapshot.formerly_named(line.name))]
    if founded is not None:
        same_day = [home for home in (*bearers, *former) if home.founded == founded]
        if len(same_day) == 1:
            return same_day
    for candidates in (bearers, former):
        possible = [*filter(may_be, candidates)]
        still_open = [organization for organization in possible if organization.dissolved is None]
        if possible:
            return still_open or possible
    # A path decides where several have the same name.
    return [] if "/" not in line.name else [*filter(lies_there, snapshot.named(line.name))]


def _parents_before(code: str, snapshot: Snapshot) -> set[str | None]:
    """The former parents of an organisation."""
    moves = snapshot.by(OrganizationEvent, ("organization", "kind"), (code, "moved"))
    return {move.before for move in moves}


def _values(
    line: OrganizationLine, parent: Organization | None, stored: Organization, *, is_new: bool
) -> dict[str, Any]:
    """What the row says; blank cells say nothing. A domain follows from a sector that is new, else
    from an organisation above that is new."""
    values = values_of(line, Organization)
    # Name and code identify the organisation; a row does not rename it.
    values = {field: value for field, value in values.items() if field not in ("name", "code")}
    if line.domain is None and stored.domain is None:
        if is_known(line.sector) and line.sector != stored.sector:
            values["domain"] = _domain_of(line.sector)
        elif parent and is_new:
            values["domain"] = parent.domain
    return values


def organization_lines(snapshot: Snapshot) -> Iterator[tuple[str, OrganizationLine]]:
    """The rows for every organisation, ordered by code."""
    for code, organization in sorted(snapshot.organizations.items()):
        values = line_values(OrganizationLine, organization, snapshot)
        yield code, OrganizationLine.model_construct(**values)


def _keys(block: Block[OrganizationLine], keys: Keys) -> None:
    for column in ("name", "parent"):
        touch_named(block.column(column), block.rows.day, keys)
    keys.organizations.update(code for code in block.column("code") if code)
    if any(type_ not in (None, *BRANCH_TYPES) for type_ in block.column("type")):
        keys.whole |= {Candidacy, Transfer}  # what was a branch may have candidates
    ends = zip(*map(block.column, ("name", "code", "dissolved")), strict=True)
    for name, code, dissolved in ends:
        if dissolved is not None:  # needed to check that it can be closed
            keys.members_of.add(code or name)
            keys.with_former = True
            keys.years |= {dissolved.date.year, dissolved.date.year + 1}
            keys.whole |= INSIDE
    if block.rows.is_dated:  # a move on an earlier day changes by which tree admissions are judged
        names = zip(block.column("code"), block.column("name"), strict=True)
        keys.members_of |= {code or name for code, name in names}
        keys.with_former = keys.with_below = True
    if any(block.column("founded")):
        keys.whole |= {*HOSTED}  # a founding day that is corrected may be after what was done


KIND = Kind(
    OrganizationLine,
    plan_organization,
    organization_lines,
    {Organization: Lifetime(ends=("dissolved",))},
    _keys,
    # Organisations below, or with the same name elsewhere, limit what may change.
    whole=(Organization,),
    order=by_parent,
    begins="founded",
)
