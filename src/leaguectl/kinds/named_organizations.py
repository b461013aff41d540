"""The organisations that a text in a sheet can mean, present and former."""

from collections.abc import Sequence
from datetime import date

from leaguectl.kinds.class_names import (
    CLASS_NUMBER,
    ENTRY,
    branch_names,
    unit_names,
)
from leaguectl.model import Organization, OrganizationEvent, Snapshot
from leaguectl.model.periods import exists_on
from leaguectl.model.short_names import county_named_by, number_of, with_county
from leaguectl.names import fold_name


def meant(snapshot: Snapshot, text: str, unit: str | None, day: date | None) -> list[Organization]:
    """The organisations that a cell can mean, given the school or unit of its row and the day of
    its sheet. An option of a command, which has no sheet (``day`` is None), means what it says;
    only the 团支部 at its end may be missing."""
    candidates = snapshot.named(text)
    if unit and len(candidates) != 1:
        candidates = _within(snapshot, text, unit, day) or candidates
    if not candidates and day is None:
        candidates = snapshot.named(f"{text}团支部")
    elif not candidates:  # often written with other numerals, and without the county
        names = branch_names(text, None, day)
        county = county_named_by(snapshot.by(Organization, "parent", None))
        names += [with_county(name, county) for name in names] if county else []
        candidates = next(filter(None, map(snapshot.named, names)), [])
    # Next year's class may bear the name of a dissolved one.
    return [home for home in candidates if home.dissolved is None] or candidates


def _within(snapshot: Snapshot, text: str, unit: str, day: date | None) -> list[Organization]:
    """The organisations below the unit that a class of that name can be."""
    units = {
        organization.code for name in unit_names(unit) for organization in snapshot.named(name)
    }
    for name in branch_names(text, unit, day):
        inside = [
            branch
            for branch in snapshot.named(name)
            if name.startswith(unit)  # the full name says where it is
            or any(above.code in units for above in snapshot.upward(branch.code))
        ]
        if inside:
            return inside
    return []


def bearers_before(
    snapshot: Snapshot, text: str, unit: str | None, day: date | None
) -> list[Organization]:
    """The former bearers of a name, which have been renamed or dissolved since."""
    # Codes are never passed on, and few registries have a name that became free.
    if text in snapshot.organizations or not snapshot.has_free_names():
        return []
    homes = [home for name in branch_names(text, unit, day) for home in snapshot.freed_by(name)]
    units = {home.code for home in snapshot.named(unit)} if unit else set[str]()
    return [
        home
        for home in homes
        if not units or any(above.code in units for above in snapshot.upward(home.code))
    ]


def bearers_then(
    snapshot: Snapshot,
    present: Sequence[Organization],
    said: tuple[str, str | None, date | None],
    homes: Sequence[str],
    day: date | None,
) -> list[Organization]:
    """Where a name has changed hands, those of its bearers that a row means: the one where the
    record is known, else the bearers on the day of the row. One that did not exist on that day is
    meant only where there is no other. ``said`` is what :func:`meant` was asked, ``present`` what
    it answered."""
    if len(present) > 1 or (day is None and not homes):
        return []
    former = bearers_before(snapshot, *said)
    by_code = {home.code: home for home in (*present, *former)}
    known = [by_code[code] for code in homes if code in by_code]
    if not former:
        return []
    for home in known:
        if day is None or exists_on(home, day):
            return [home]
    if day is None:
        return []
    names = {*map(fold_name, branch_names(*said))}
    then = [
        home
        for home in by_code.values()
        if exists_on(home, day) and fold_name(snapshot.name_on(home.code, day)) in names
    ]
    return then if len(then) == 1 or not known else known[:1]


def namesakes_below(
    snapshot: Snapshot, name: str, parent: str | None, code: str
) -> list[Organization]:
    """The other organisations directly below one that have a name; they would be mistaken for that
    with the code."""
    return [
        other
        for other in snapshot.bearers(name)
        if other.parent == parent and other.dissolved is None and other.code != code
    ]


def own_class(snapshot: Snapshot, text: str, homes: Sequence[str]) -> Organization | None:
    """The class among somebody's homes that is or was called so, but for its school and the year
    in which it began: 高三1班 of 第一中学2022级高三（1）班团支部."""
    if not homes or (number := _class_number(text)) is None:
        return None
    endings = tuple(map(fold_name, branch_names(ENTRY.sub("", text))))
    for code in homes:
        renamed = snapshot.by(OrganizationEvent, ("organization", "kind"), (code, "renamed"))
        home = snapshot.organizations[code]
        for name in (home.name, *(event.before or "" for event in renamed)):
            # 11班 ends as 1班 does.
            is_alike = fold_name(ENTRY.sub("", name)).endswith(endings)
            if is_alike and _class_number(name) == number:
                return home
    return None


def _class_number(name: str) -> int | None:
    found = CLASS_NUMBER.search(name)
    return number_of(found[1]) if found else None
