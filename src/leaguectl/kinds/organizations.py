"""Organisations: a row names one, its place in the tree, and what is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from leaguectl.findings import Level
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan, new_code
from leaguectl.kinds.cells import AnyDay, Choice, Count, Serial, Text
from leaguectl.kinds.kind import Kind, Lifetime, line_values, values_of
from leaguectl.kinds.line import COMMITTEE, Line, optional, required
from leaguectl.model import (
    BRANCH_TYPES,
    PARENTS,
    SCHOOL_SECTORS,
    Keys,
    Organization,
    OrganizationEvent,
    Snapshot,
)
from leaguectl.names import fold_name

TYPES = {
    "committee": ("团委", "基层团委", "领导机关团组织"),
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

OrganizationType = Annotated[str, BeforeValidator(Choice(TYPES))]
Domain = Annotated[str, BeforeValidator(Choice(DOMAINS))]
Sector = Annotated[str, BeforeValidator(Choice(SECTORS))]


class OrganizationLine(Line):
    """An organisation of the tree."""

    kind = "organizations"
    name: Text = required("团组织全称 | name | 团组织名称 | 组织全称 | 组织名称 | 全称")
    type: OrganizationType = required("组织类型 | type | 团组织类型")
    code: Serial | None = optional(
        "团组织编码 | code | 组织编码 | 组织ID | 团组织机构代码", example="YS02"
    )
    parent: Text | None = optional(
        "上级组织 | parent | 上级团组织 | 上级 | 直属上级", example=COMMITTEE
    )
    domain: Domain | None = optional("领域 | domain | 所属领域")
    sector: Sector | None = optional("行业类别 | sector | 单位所属行业类别 | 行业")
    secretary_seats: Count | None = optional("书记应配 | secretary seats | 书记应配数", example=1)
    committee_seats: Count | None = optional("班子应配 | committee seats | 班子应配数", example=5)
    founded: AnyDay | None = optional(
        "成立日期 | founded | 成立时间 | 建团时间", example=date(2015, 5, 4)
    )
    dissolved: AnyDay | None = optional("撤销日期 | dissolved | 撤销时间", example=None)
    elected: AnyDay | None = optional(
        "换届时间 | elected | 换届日期 | 最近换届时间", example=date(2022, 9, 1)
    )


def by_parent(items: list[Item[OrganizationLine]], _: Batch) -> list[Item[OrganizationLine]]:
    """The rows with every organisation after the one above it, wherever it stands in the sheet."""
    names: dict[str, list[Item[OrganizationLine]]] = {}
    for item in items:
        line = item.line
        for key in (line.code, fold_name(line.name)):
            if key:
                names.setdefault(key, []).append(item)
    ordered: list[Item[OrganizationLine]] = []
    placed: set[int] = set()

    def place(item: Item[OrganizationLine], above: tuple[int, ...] = ()) -> None:
        # A circle of parents ends here; it is a fault when the rows are planned.
        if id(item) in placed or id(item) in above:
            return
        parent = item.line.parent
        last = (parent or "").rpartition("/")[2]
        for key in filter(None, {parent, fold_name(last)}):
            for parent_item in names.get(key, ()):
                place(parent_item, (*above, id(item)))
        if id(item) not in placed:
            placed.add(id(item))
            ordered.append(item)

    for item in items:
        place(item)
    return ordered


def plan_organization(item: Item[OrganizationLine], batch: Batch) -> RowPlan:
    """Create the organisation, or complete and correct what is stored of it."""
    line = item.line
    row_plan = RowPlan(item)
    snapshot = batch.snapshot
    parent = batch.organization(row_plan, line.parent, "parent") if line.parent else None
    if parent is not None and parent.type not in PARENTS[line.type]:
        _misplaced(row_plan, parent, line.type)
    stored = _stored(line, parent, batch, row_plan)
    # A code or a place that is in doubt would make a second organisation of the same one.
    if row_plan.is_refused:
        return row_plan
    batch.once(row_plan, f"{parent.code if parent else ''}/{line.code or line.name}", "name")
    if stored is None:
        code = line.code or new_code(batch.snapshot)
        row_plan.creates = True
        stored_or_new = Organization(code, line.name, line.type, parent.code if parent else None)
    else:
        stored_or_new = stored
        if parent is not None and snapshot.is_below(parent.code, stored.code):
            row_plan.fault("organization-circle", "parent", parent=parent.name, name=stored.name)
        parent = _moved_on(stored, parent, snapshot, row_plan)
    after = replace(stored_or_new, **_values(line, parent, stored_or_new, is_new=stored is None))
    if after.founded and after.dissolved and after.dissolved < after.founded:
        facts = {"founded": after.founded, "dissolved": after.dissolved}
        row_plan.fault("dissolved-before-founded", "dissolved", **facts)
    row_plan.put(stored, after)
    return row_plan


def _misplaced(row_plan: RowPlan, parent: Organization, kind: str) -> None:
    """A type of organisation lies under certain types alone."""
    if parent.type in BRANCH_TYPES:
        row_plan.fault("parent-is-branch", "parent", parent=parent.name)
    else:
        row_plan.fault(
            "parent-not-allowed", "parent", parent=parent.name, above=parent.type, type=kind,
            allowed=list(PARENTS[kind]),
        )  # fmt: skip


def _moved_on(
    stored: Organization, parent: Organization | None, snapshot: Snapshot, row_plan: RowPlan
) -> Organization | None:
    """An older sheet does not take back a move: what lay above before is not put above again."""
    moves = [
        event
        for event in snapshot.all(OrganizationEvent)
        if event.organization == stored.code and event.kind == "moved"
    ]
    if parent is None or parent.code not in {move.before for move in moves} - {stored.parent}:
        return parent
    above = snapshot.organizations.get(stored.parent or "")
    row_plan.fault(
        "organization-moved-on", "parent", Level.WARNING, said=parent.name, day=moves[-1].day,
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
        for other in _same_name(line, parent, batch) if existing is None else ():
            row_plan.fault("organization-other-code", "code", name=other.name, known=other.code)
        return existing
    same = [
        organization
        for organization in batch.snapshot.named(line.name)
        if line.parent is None or organization.parent == (parent.code if parent else None)
    ]
    if len(same) > 1:
        candidates = [batch.path(organization) for organization in same]
        row_plan.fault("organization-ambiguous", "name", name=line.name, candidates=candidates)
    return same[0] if len(same) == 1 else None


def _same_name(
    line: OrganizationLine, parent: Organization | None, batch: Batch
) -> list[Organization]:
    """The organisations of that name in the same place that have not been dissolved."""
    above = parent.code if parent else None
    return [
        organization
        for organization in batch.snapshot.named(line.name)
        if organization.parent == above
        and organization.dissolved is None
        and line.dissolved is None
    ]


def _values(
    line: OrganizationLine, parent: Organization | None, stored: Organization, *, is_new: bool
) -> dict[str, Any]:
    """What the row says; blank cells say nothing. A domain follows from a sector that is new, else
    from an organisation above that is new."""
    values = values_of(line, Organization)
    # Name and code have said which organisation it is; a row does not rename.
    values = {field: value for field, value in values.items() if field not in ("name", "code")}
    if parent is not None:
        values["parent"] = parent.code
    if line.domain is None and stored.domain is None:
        if line.sector not in (None, stored.sector):
            values["domain"] = "school" if line.sector in SCHOOL_SECTORS else "society"
        elif parent and (is_new or parent.code != stored.parent):
            values["domain"] = parent.domain
    return values


def organization_lines(snapshot: Snapshot) -> Iterator[tuple[str, OrganizationLine]]:
    """What a sheet says of every organisation, in order of their codes."""
    for code, organization in sorted(snapshot.organizations.items()):
        values = line_values(OrganizationLine, organization, snapshot)
        yield code, OrganizationLine.model_construct(**values)


def _keys(block: Block[OrganizationLine], keys: Keys) -> None:
    for column in ("name", "code", "parent"):
        keys.organizations.update(text for text in block.column(column) if text)


KIND = Kind(
    OrganizationLine,
    plan_organization,
    organization_lines,
    {Organization: Lifetime(ends=("dissolved",))},
    _keys,
    order=by_parent,
    begins="founded",
)
