"""The tree of organisations over time: founded, renamed, moved, closed, merged, split."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions import plan_organization_events as plan
from leaguectl.actions.batch import Choice, import_line, row_from_options
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding
from leaguectl.kinds.organizations import OrganizationLine
from leaguectl.kinds.parsing import parse
from leaguectl.model import Candidacy, Keys, Organization, Post, Transfer
from leaguectl.reports import lists as views
from leaguectl.store.reading import Reader, open_reader


def add(request: Request, values: Mapping[str, Any]) -> Outcome[None]:
    """Found an organisation of which the fields of a sheet's line are given by options."""
    row = row_from_options(OrganizationLine, values)
    report = import_line(request, row, *parse(OrganizationLine, row), Choice())
    findings = list(report.findings)
    if any(step.outcome == "unchanged" for step in report.steps):
        findings.append(Finding("organization-there-already", subject=str(values.get("name"))))
    rows = [
        {
            "code": organization.code, "organization": organization.name, "event": "founded",
            "day": organization.founded,
        }
        for organization in report.written(Organization)
    ]  # fmt: skip
    return Outcome(report.operation, rows, findings, None)


def rename(request: Request, text: str, name: str, day: date) -> Outcome[None]:
    """Give an organisation another name."""

    def planned(change_set: ChangeSet, code: str, _other: str | None) -> None:
        plan.rename(change_set, code, name.strip(), day, request.authority)

    return _act(request, text, None, day, planned)


def move(request: Request, text: str, to: str, day: date) -> Outcome[None]:
    """Put an organisation under another."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.move(change_set, code, other or "", day, request.authority)

    return _act(request, text, to, day, planned)


def close(request: Request, text: str, members_to: str | None, day: date) -> Outcome[None]:
    """Close an organisation; its members go on elsewhere."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.close(change_set, code, day, other, request.authority)

    return _act(request, text, members_to, day, planned)


def merge(request: Request, text: str, into: str, day: date) -> Outcome[None]:
    """Close an organisation and carry all of it on in another."""

    def planned(change_set: ChangeSet, code: str, other: str | None) -> None:
        plan.merge(change_set, code, other or "", day, request.authority)

    return _act(request, text, into, day, planned)


def split(
    request: Request, text: str, name: str, new: str | None, members: Sequence[str], day: date
) -> Outcome[None]:
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
) -> Outcome[None]:
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
) -> Outcome[None]:  # fmt: skip
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
    return run(request, wanted, lambda change_set: planned(change_set, code, target))


def _inside(reader: Reader, tops: Sequence[str]) -> set[str]:
    codes = [identify_organization(reader, top) for top in tops]
    return {one["code"] for code in codes for one in views.organizations(reader, code)}
