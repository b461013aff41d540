"""Organisations: a row names one, its place in the tree, and what is known of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

from leaguectl.names import fold_name
from leaguectl.plan.batch import Batch, Draft, Item, new_code
from leaguectl.records import Day, OrganizationLine
from leaguectl.registry import BRANCH_TYPES, SCHOOL_SECTORS, Organization, Registry

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


def plan_organization(item: Item, batch: Batch) -> Draft:
    """Create the organisation, or complete and correct what is stored of it."""
    line = cast("OrganizationLine", item.line)
    draft = Draft(item)
    registry = batch.registry
    parent = batch.organization(draft, line.parent, "parent") if line.parent else None
    if parent is not None and parent.type in BRANCH_TYPES:
        draft.fault("parent-is-branch", "parent", parent=parent.name)
    stored = _stored(line, parent, batch, draft)
    if draft.is_refused:
        return draft
    batch.once(draft, f"{parent.code if parent else ''}/{line.code or line.name}", "name")
    if stored is None:
        code = line.code or new_code(batch.registry)
        draft.creates = True
        stored_or_new = Organization(code, line.name, line.type, parent.code if parent else None)
    else:
        stored_or_new = stored
        if parent is not None and registry.is_below(parent.code, stored.code):
            draft.fault("organization-circle", "parent", parent=parent.name, name=stored.name)
    after = replace(stored_or_new, **_said(line, parent, stored_or_new, is_new=stored is None))
    if after.founded and after.dissolved and after.dissolved < after.founded:
        draft.fault(
            "dissolved-before-founded",
            "dissolved",
            founded=after.founded,
            dissolved=after.dissolved,
        )
    draft.put(stored, after)
    return draft


def _stored(
    line: OrganizationLine, parent: Organization | None, batch: Batch, draft: Draft
) -> Organization | None:
    if line.code:
        known = batch.registry.organizations.get(line.code)
        if known is not None and fold_name(known.name) != fold_name(line.name):
            draft.fault("organization-other-name", "name", code=line.code, known=known.name)
        for one in _same_name(line, parent, batch) if known is None else ():
            draft.fault("organization-other-code", "code", name=one.name, known=one.code)
        return known
    same = [
        one
        for one in batch.registry.named(line.name)
        if line.parent is None or one.parent == (parent.code if parent else None)
    ]
    if len(same) > 1:
        draft.fault(
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


def organization_lines(registry: Registry) -> Iterator[tuple[str, OrganizationLine]]:
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
