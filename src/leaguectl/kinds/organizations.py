"""Organisations: a row names one, its place in the tree, and what is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from leaguectl.findings import Level
from leaguectl.kinds import Day, OrganizationLine
from leaguectl.kinds.batch import Batch, Item, RowPlan, new_code
from leaguectl.model import (
    BRANCH_TYPES,
    PARENTS,
    SCHOOL_SECTORS,
    Organization,
    OrganizationEvent,
    Snapshot,
)
from leaguectl.names import fold_name

_PLAIN = ("type", "sector", "secretary_seats", "committee_seats")


def by_parent(items: list[Item]) -> list[Item]:
    """The rows with every organisation after the one above it, wherever it stands in the sheet."""
    names: dict[str, list[Item]] = {}
    for item in items:
        line = cast("OrganizationLine", item.line)
        for key in (line.code, fold_name(line.name)):
            if key:
                names.setdefault(key, []).append(item)
    ordered: list[Item] = []
    placed: set[int] = set()

    def place(item: Item, above: tuple[int, ...] = ()) -> None:
        if id(item) in placed or id(item) in above:
            return
        parent = cast("OrganizationLine", item.line).parent
        last = (parent or "").rpartition("/")[2]
        for key in {parent, fold_name(last)} - {None, ""}:
            for one in names.get(cast("str", key), ()):
                place(one, (*above, id(item)))
        if id(item) not in placed:
            placed.add(id(item))
            ordered.append(item)

    for item in items:
        place(item)
    return ordered


def plan_organization(item: Item, batch: Batch) -> RowPlan:
    """Create the organisation, or complete and correct what is stored of it."""
    line = cast("OrganizationLine", item.line)
    row_plan = RowPlan(item)
    registry = batch.registry
    parent = batch.organization(row_plan, line.parent, "parent") if line.parent else None
    if parent is not None and parent.type not in PARENTS[line.type]:
        _misplaced(row_plan, parent, line.type)
    stored = _stored(line, parent, batch, row_plan)
    if row_plan.is_refused:
        return row_plan
    batch.once(row_plan, f"{parent.code if parent else ''}/{line.code or line.name}", "name")
    if stored is None:
        code = line.code or new_code(batch.registry)
        row_plan.creates = True
        stored_or_new = Organization(code, line.name, line.type, parent.code if parent else None)
    else:
        stored_or_new = stored
        if parent is not None and registry.is_below(parent.code, stored.code):
            row_plan.fault("organization-circle", "parent", parent=parent.name, name=stored.name)
        parent = _moved_on(stored, parent, registry, row_plan)
    after = replace(stored_or_new, **_said(line, parent, stored_or_new, is_new=stored is None))
    if after.founded and after.dissolved and after.dissolved < after.founded:
        row_plan.fault(
            "dissolved-before-founded",
            "dissolved",
            founded=after.founded,
            dissolved=after.dissolved,
        )
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
    stored: Organization, parent: Organization | None, registry: Snapshot, row_plan: RowPlan
) -> Organization | None:
    """An older sheet does not take back a move: what lay above before is not put above again."""
    moves = [
        one
        for one in registry.all(OrganizationEvent)
        if one.organization == stored.code and one.kind == "moved"
    ]
    if parent is None or parent.code not in {one.before for one in moves} - {stored.parent}:
        return parent
    known = registry.organizations.get(stored.parent or "")
    row_plan.fault(
        "organization-moved-on", "parent", Level.WARNING, said=parent.name, day=moves[-1].day,
        known=known.name if known else "",
    )  # fmt: skip
    return None


def _stored(
    line: OrganizationLine, parent: Organization | None, batch: Batch, row_plan: RowPlan
) -> Organization | None:
    if line.code:
        known = batch.registry.organizations.get(line.code)
        differs = known is not None and fold_name(known.name) != fold_name(line.name)
        if known is not None and differs and batch.registry.was_named(known.code, line.name):
            row_plan.fault("organization-renamed", "name", Level.WARNING, known=known.name)
        elif known is not None and differs:
            row_plan.fault("organization-other-name", "name", code=line.code, known=known.name)
        for one in _same_name(line, parent, batch) if known is None else ():
            row_plan.fault("organization-other-code", "code", name=one.name, known=one.code)
        return known
    same = [
        one
        for one in batch.registry.named(line.name)
        if line.parent is None or one.parent == (parent.code if parent else None)
    ]
    if len(same) > 1:
        row_plan.fault(
            "organization-ambiguous",
            "name",
            name=line.name,
            candidates=[batch.path(one) for one in same],
        )
    return same[0] if len(same) == 1 else None


def _same_name(
    line: OrganizationLine, parent: Organization | None, batch: Batch
) -> list[Organization]:
    """The organisations of that name in the same place that have not been dissolved."""
    above = parent.code if parent else None
    return [
        one
        for one in batch.registry.named(line.name)
        if one.parent == above and one.dissolved is None and line.dissolved is None
    ]


def _said(
    line: OrganizationLine, parent: Organization | None, stored: Organization, *, is_new: bool
) -> dict[str, Any]:
    """What the row says; blank cells say nothing. A domain follows from a sector that is new, else
    from an organisation above that is new."""
    said = {name: value for name in _PLAIN if (value := getattr(line, name)) is not None}
    if parent is not None:
        said["parent"] = parent.code
    for name in ("founded", "dissolved", "elected"):
        if (day := getattr(line, name)) is not None:
            said[name] = day.date
    if line.domain:
        said["domain"] = line.domain
    elif stored.domain is None and line.sector not in (None, stored.sector):
        said["domain"] = "school" if line.sector in SCHOOL_SECTORS else "society"
    elif stored.domain is None and parent and (is_new or parent.code != stored.parent):
        said["domain"] = parent.domain
    return said


def organization_lines(registry: Snapshot) -> Iterator[tuple[str, OrganizationLine]]:
    """What a sheet says of every organisation, in order of their codes."""
    for code, one in sorted(registry.organizations.items()):
        plain = {name: getattr(one, name) for name in _PLAIN}
        line = OrganizationLine.model_construct(
            name=one.name,
            code=code,
            parent=registry.reference(one.parent) if one.parent else None,
            domain=one.domain,
            founded=Day(one.founded, "day") if one.founded else None,
            dissolved=Day(one.dissolved, "day") if one.dissolved else None,
            elected=Day(one.elected, "day") if one.elected else None,
            **plain,
        )
        yield code, line
