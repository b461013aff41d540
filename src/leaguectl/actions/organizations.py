"""The tree of organisations over time: founded, renamed, moved, closed, merged, split."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.acting import Outcome, act
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.importing import Choice, carry_in
from leaguectl.actions.intake import ParsedFiles
from leaguectl.findings import Finding
from leaguectl.kinds import OrganizationLine, parse
from leaguectl.kinds import organization_events as plan
from leaguectl.kinds.change_set import ChangeSet
from leaguectl.kinds.planning import Item
from leaguectl.model import Candidacy, Keys, Organization, Post, Transfer
from leaguectl.reports import lists as views
from leaguectl.store.reading import Reader, open_reader
from leaguectl.store.writing import Store
from leaguectl.workbooks.rows import Row


def add(request: Request, given: Mapping[str, Any]) -> Outcome:
    """Found an organisation of which the fields of a sheet's line are given by options."""
    options = {
        field: (None, "--" + field.replace("_", "-")) for field in OrganizationLine.model_fields
    }
    row = Row("", "", None, {key: one for key, one in given.items() if one is not None}, options)
    line, found = parse(OrganizationLine, row)
    intake = ParsedFiles(findings=found)
    if line is not None:
        intake.items.append(Item(line, row))
    store = Store(request.location)
    report = carry_in(request, intake, Choice(), store)
    made = [
        change.after
        for step in report.steps
        for change in step.changes
        if isinstance(change.after, Organization)
    ]
    findings = list(report.findings)
    if any(step.outcome == "unchanged" for step in report.steps):
        findings.append(Finding("organization-there-already", subject=str(given.get("name"))))
    rows = [
        {"code": one.code, "organization": one.name, "event": "founded", "day": one.founded}
        for one in made
    ]
    return Outcome(report.operation, rows, findings)


def rename(request: Request, text: str, name: str, day: date) -> Outcome:
    """Give an organisation another name."""

    def planned(change_set: ChangeSet, code: str, _other: str | None) -> None:
        plan.rename(change_set, code, name.strip(), day, request.authority)

    return _act(request, text, None, day, planned)


def move(request: Request, text: str, to: str, day: date) -> Outcome:
    """Put an organisation under another."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.move(change_set, code, other or "", day, request.authority)

    return _act(request, text, to, day, planned)


def close(request: Request, text: str, members_to: str | None, day: date) -> Outcome:
    """Close an organisation; its members go on elsewhere."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.close(change_set, code, day, other, request.authority)

    return _act(request, text, members_to, day, planned)


def merge(request: Request, text: str, into: str, day: date) -> Outcome:
    """Close an organisation and carry all of it on in another."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.merge(change_set, code, other or "", day, request.authority)

    return _act(request, text, into, day, planned)


def split(
    request: Request, text: str, name: str, new: str | None, members: Sequence[str], day: date
) -> Outcome:
    """Found another organisation beside one, to which some of its members go."""
    with open_reader(request.location) as reader:
        people = [identify_person(reader, who) for who in members]

    def planned(change_set: ChangeSet, code: str, _other: str | None) -> None:
        plan.split(
            change_set, code, name.strip(), day, new=new, people=people, document=request.authority
        )

    return _act(request, text, None, day, planned, people=set(people))


def graduate(
    request: Request, year: int, top: str | None, members_to: str | None, day: date
) -> Outcome:
    """Close the graduating classes of a year in one operation."""
    with open_reader(request.location) as reader:
        roots = reader.rows("SELECT code FROM organization WHERE parent IS NULL ORDER BY code")
    at = [top] if top is not None else [row[0] for row in roots]

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        for one in [code] if top is not None else at:
            plan.graduate(change_set, one, year, day, other, request.authority)

    return _act(request, at[0] if at else "", members_to, day, planned, below=at)


def _act(
    request: Request, text: str, other: str | None, day: date,
    planned: Callable[[ChangeSet, str, str | None], None], *, people: set[int] | None = None,
    below: Sequence[str] = (),
) -> Outcome:  # fmt: skip
    """Plan with all organisations, the members of those asked for, and this and next year's
    quotas.

    :raises NotFound: an organisation is not there, or is not one.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, text)
        target = identify_organization(reader, other) if other is not None else None
        everyone = {row[0] for row in reader.rows("SELECT code FROM organization")}
        inside = _inside(reader, below) if below else {code}
    wanted = Keys(
        organizations=everyone, years={day.year, day.year + 1}, members_of=inside,
        people=people or set(), beside={Transfer}, whole={Post, Candidacy},
    )  # fmt: skip
    return act(request, wanted, lambda change_set: planned(change_set, code, target))


def _inside(reader: Reader, tops: Sequence[str]) -> set[str]:
    codes = [identify_organization(reader, top) for top in tops]
    return {one["code"] for code in codes for one in views.organizations(reader, code)}
