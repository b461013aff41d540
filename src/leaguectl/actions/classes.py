"""A school year begins: its classes are promoted, and graduated classes are closed."""

from dataclasses import replace
from datetime import date

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.organizations import (
    close_organization,
    record_event,
    rename_organization,
    run_with_tree,
)
from leaguectl.actions.work import Outcome
from leaguectl.findings import Level
from leaguectl.kinds.class_names import Grade, grade_in, grade_of
from leaguectl.model import BRANCH_TYPES, Organization
from leaguectl.model.periods import ORGANIZATION
from leaguectl.store.reading import open_reader


def promote(request: Request, year: int, top: str | None, day: date) -> Outcome[None]:
    """Promote the classes of schools to their grade of the school year that begins in ``year``, in
    one operation: this changes their names, and in the last grade their type and year of leaving. A
    class that has been promoted already stays as it is."""
    tops = _tops(request, top)

    def plan(change_set: ChangeSet, code: str, _target: str | None) -> None:
        change_set.day = day  # before it a class was no graduating one: the figures of then stay
        classes = [
            (grade, organization)
            for above in ([code] if top is not None else tops)
            for organization in _classes_below(change_set, above, day)
            if (grade := grade_of(organization.name)) is not None
        ]
        # The upper grades first, so that each finds its new name free.
        for grade, organization in sorted(classes, key=lambda each: (-each[0].index, each[1].code)):
            _promote(change_set, organization, grade, year, day, request.authority)

    return run_with_tree(request, tops[0] if tops else "", None, day, plan, below=tops)


def graduate(
    request: Request, year: int, top: str | None, members_to: str | None, day: date
) -> Outcome[None]:
    """Close the graduating classes of a year in one operation; their members continue in the
    organisation above, or in ``members_to``."""
    tops = _tops(request, top)

    def plan(change_set: ChangeSet, code: str, target: str | None) -> None:
        for above in [code] if top is not None else tops:
            for branch in _classes_below(change_set, above, day):
                is_leaving = branch.type == "graduating branch"
                if is_leaving and (branch.graduates or year) == year:
                    home = target or branch.parent
                    close_organization(change_set, branch.code, day, home, request.authority)

    return run_with_tree(request, tops[0] if tops else "", members_to, day, plan, below=tops)


def _tops(request: Request, top: str | None) -> list[str]:
    if top is not None:
        return [top]
    with open_reader(request.location) as reader:
        roots = reader.rows("SELECT code FROM organization WHERE parent IS NULL ORDER BY code")
    return [code for (code,) in roots]


def _classes_below(change_set: ChangeSet, top: str, day: date) -> list[Organization]:
    """The branches below an organisation that are not dissolved, by their codes."""
    snapshot = change_set.snapshot
    return [
        branch
        for branch in sorted(snapshot.organizations.values(), key=lambda branch: branch.code)
        if branch.type in BRANCH_TYPES
        and not ORGANIZATION.of(branch).is_over(day)
        and snapshot.is_below(branch.code, top)
    ]


def _promote(
    change_set: ChangeSet,
    organization: Organization,
    grade: Grade,
    year: int,
    day: date,
    document: str | None,
) -> None:
    code, index, last = (
        organization.code,
        grade_in(organization, grade, year),
        len(grade.ladder) - 1,
    )
    if index > last:
        change_set.fault("class-has-left", organization.name, Level.WARNING, year=year)
        return
    if index < 0:
        return  # the class of a year to come
    if (name := grade.put_in(organization.name, index)) != organization.name:
        rename_organization(change_set, code, name, day, document)
    if index < last or change_set.is_refused:
        return
    renamed = change_set.snapshot.organizations[code]
    leaving = replace(renamed, type="graduating branch", graduates=year + 1)
    if leaving != renamed:
        change_set.put(renamed, leaving)
    if organization.type != leaving.type:
        record_event(change_set, code, "retyped", day, organization.type, leaving.type, document)
