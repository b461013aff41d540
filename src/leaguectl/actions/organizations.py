"""The tree of organisations over time: founded, renamed, moved, closed, merged, split. Nothing is
deleted: each change is recorded as an event, and a closed organisation keeps its members' past.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.batch import ImportOptions, import_line, row_from_options
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Finding, UsageError
from leaguectl.kinds import closing
from leaguectl.kinds.batch import new_code
from leaguectl.kinds.named_organizations import namesakes_below
from leaguectl.kinds.organizations import OrganizationLine
from leaguectl.kinds.parsing import parse_value, read
from leaguectl.model import (
    BRANCH_TYPES,
    PARENTS,
    Keys,
    Membership,
    Organization,
    OrganizationEvent,
    Transfer,
)
from leaguectl.model.days import as_known
from leaguectl.reports.organizations import codes_below
from leaguectl.store.reading import Reader, open_reader


def add(request: Request, values: Mapping[str, Any]) -> Outcome[None]:
    """Found an organisation; its fields are given by options."""
    row = row_from_options(OrganizationLine, values)
    report = import_line(request, row, *read(OrganizationLine, row), ImportOptions())
    findings = list(report.findings)
    if any(step.outcome == "unchanged" for step in report.steps):
        findings.append(Finding("organization-there-already", subject=str(values.get("name"))))
    rows = [
        {
            "code": organization.code,
            "organization": organization.name,
            "event": "founded",
            "day": as_known(organization.founded, organization.founded_precision),
        }
        for organization in report.written(Organization)
    ]
    return Outcome(report.operation, rows, findings, None)


# -- commands ------------------------------------------------------------------------------------


def rename(request: Request, text: str, name: str, day: date) -> Outcome[None]:
    """Rename an organisation; sheets with the former name still find it.

    :raises UsageError: the text cannot be a name.
    """
    name = _name(name)

    def plan(change_set: ChangeSet, code: str, _target: str | None) -> None:
        rename_organization(change_set, code, name, day, request.authority)

    return run_with_tree(request, text, None, day, plan)


def alias(request: Request, text: str, name: str, day: date) -> Outcome[None]:
    """Let an organisation be known by a short name as well, in sheets and on the command line.

    :raises UsageError: it cannot be a name.
    """
    name = _name(name)

    def plan(change_set: ChangeSet, code: str, _target: str | None) -> None:
        organization = _existing(change_set, code, day)
        if organization is None:
            return
        meant = change_set.snapshot.named(name)
        if [other.code for other in meant] == [code]:
            change_set.fault("organization-named-so", organization.name)
        elif meant:
            known = [f"{other.code} {other.name}" for other in meant]
            change_set.fault("alias-taken", organization.name, name=name, known=known)
        if not change_set.is_refused:
            record_event(change_set, code, "called", day, name, None, request.authority)

    return run_with_tree(request, text, None, day, plan)


def move(request: Request, text: str, to: str, day: date) -> Outcome[None]:
    """Put an organisation, with all below it, under another."""

    def plan(change_set: ChangeSet, code: str, target: str | None) -> None:
        _move(change_set, code, target or "", day, request.authority)

    # With all below it: people admitted there since are judged by the tree of that day.
    return run_with_tree(request, text, to, day, plan, below=[text])


def close(request: Request, text: str, members_to: str | None, day: date) -> Outcome[None]:
    """Close an organisation (撤销); its members go on elsewhere, its posts end."""

    def plan(change_set: ChangeSet, code: str, target: str | None) -> None:
        close_organization(change_set, code, day, target, request.authority)

    return run_with_tree(request, text, members_to, day, plan)


def merge(request: Request, text: str, into: str, day: date) -> Outcome[None]:
    """Close an organisation; another takes over its members and everything below it."""

    def plan(change_set: ChangeSet, code: str, target: str | None) -> None:
        _merge(change_set, code, target or "", day, request.authority)

    return run_with_tree(request, text, into, day, plan)


def split(
    request: Request, text: str, name: str, new: str | None, members: Sequence[str], day: date
) -> Outcome[None]:
    """Found another organisation of the same type next to it, under the code ``new`` or the next
    free code, and move these members there.

    :raises UsageError: name or code is not valid.
    """
    name = _name(name)
    new = parse_value(OrganizationLine, "code", new) if new is not None else None
    with open_reader(request.location) as reader:
        people = {identify_person(reader, who) for who in members}

    def plan(change_set: ChangeSet, code: str, _target: str | None) -> None:
        _split(change_set, code, name, day, new, people, request.authority)

    return run_with_tree(request, text, None, day, plan, people=people)


def run_with_tree(
    request: Request,
    text: str,
    other: str | None,
    day: date,
    plan: Callable[[ChangeSet, str, str | None], None],
    *,
    people: set[int] | None = None,
    below: Sequence[str] = (),
) -> Outcome[None]:
    """Run with all organisations, the present and former members of those that are named or lie
    below ``below``, and this and next year's quotas.

    :raises NotFound: no organisation is meant, or several are.
    """
    with open_reader(request.location) as reader:
        code = identify_organization(reader, text)
        target = identify_organization(reader, other) if other is not None else None
        everyone = {row[0] for row in reader.rows("SELECT code FROM organization")}
        inside = _inside(reader, below) if below else {code}
    # All organisations, since names are compared and anything may lie below; next year's quotas,
    # since places are passed down before a year begins.
    keys = Keys(
        organizations=everyone,
        years={day.year, day.year + 1},
        members_of=inside,
        with_former=True,
        people=people or set(),
        whole={*closing.INSIDE},
    )
    return run(request, keys, lambda change_set: plan(change_set, code, target))


def _inside(reader: Reader, tops: Sequence[str]) -> set[str]:
    codes = [identify_organization(reader, top) for top in tops]
    return {below for code in codes for below in codes_below(reader, code)}


def _name(text: str) -> str:
    """A name as a cell of a sheet would have it.

    :raises UsageError: it cannot be a name, or nothing of it can be seen.
    """
    name = str(parse_value(OrganizationLine, "name", text))
    if not name:  # an empty variable in a script, which would remove the name
        raise UsageError("name-empty")
    return name


# -- plans ---------------------------------------------------------------------------------------


def rename_organization(
    change_set: ChangeSet, code: str, name: str, day: date, document: str | None
) -> None:
    organization = _existing(change_set, code, day)
    if organization is None:
        return
    _refuse_out_of_order(change_set, organization, "renamed", day)
    if name == organization.name:
        change_set.fault("organization-named-so", organization.name)
    _refuse_namesakes(change_set, name, organization.parent, code)
    if not change_set.is_refused:
        change_set.put(organization, replace(organization, name=name))
        record_event(change_set, code, "renamed", day, organization.name, name, document)


def _move(change_set: ChangeSet, code: str, to: str, day: date, document: str | None) -> None:
    """Plan a move. Its blocks of numbers stay with it: they were split off further up, where the
    old parent also got them."""
    organization = _existing(change_set, code, day)
    if organization is None:
        return
    snapshot = change_set.snapshot
    above, name = snapshot.organizations[to], organization.name
    change_set.is_open(to, day, name)
    _refuse_out_of_order(change_set, organization, "moved", day)
    if organization.parent == to:
        change_set.fault("organization-there", name, parent=above.name)
    if snapshot.was_below(to, code, day):
        change_set.fault("organization-circle", name, parent=above.name, name=name)
    _refuse_parent(change_set, organization.type, above, name)
    _refuse_namesakes(change_set, name, to, code)
    if not change_set.is_refused:
        change_set.put(organization, replace(organization, parent=to))
        record_event(change_set, code, "moved", day, organization.parent, to, document)


def close_organization(
    change_set: ChangeSet, code: str, day: date, members_to: str | None, document: str | None
) -> None:
    organization = _existing(change_set, code, day)
    if organization is None:
        return
    for obstacle, facts in closing.below_it(change_set.snapshot, organization):
        change_set.fault(obstacle, organization.name, **facts)
    _refuse_not_empty(change_set, organization, day, members_to)
    if not change_set.is_refused:
        _dissolve(change_set, organization, day, document, "closed", members_to)


def _merge(change_set: ChangeSet, code: str, into: str, day: date, document: str | None) -> None:
    organization = _existing(change_set, code, day)
    if organization is None:
        return
    target, name = change_set.snapshot.organizations[into], organization.name
    if change_set.snapshot.was_below(into, code, day):
        change_set.fault("organization-circle", name, parent=target.name, name=name)
        return
    below = closing.below(change_set.snapshot, code)
    for child in below:
        _refuse_parent(change_set, child.type, target, child.name)
        _refuse_namesakes(change_set, child.name, into, child.code)
    _refuse_not_empty(change_set, organization, day, into)
    if change_set.is_refused:
        return
    for child in below:
        change_set.put(child, replace(child, parent=into))
        record_event(change_set, child.code, "moved", day, code, into, document)
    record_event(change_set, into, "merged", day, code, None, document)
    _dissolve(change_set, organization, day, document, "merged", into)


def _split(
    change_set: ChangeSet,
    code: str,
    name: str,
    day: date,
    new: str | None,
    people: set[int],
    document: str | None,
) -> None:
    organization = _existing(change_set, code, day)
    if organization is None:
        return
    snapshot = change_set.snapshot
    if new is not None and new in snapshot.organizations:
        change_set.fault("organization-other-name", name, code=new, known=change_set.name(new))
    _refuse_namesakes(change_set, name, organization.parent, "")
    members = closing.present_members(change_set.snapshot, code)
    going = [membership for membership in members if membership.person in people]
    for person in sorted(people - {membership.person for membership in going}):
        who = snapshot.known_as(person)
        change_set.fault("member-not-here", who, organization=organization.name)
    if change_set.is_refused:
        return
    # The new organisation takes over type, place and seats, but not the election.
    founded = replace(
        organization,
        code=new or new_code(snapshot),
        name=name,
        founded=day,
        founded_precision="day",
        dissolved=None,
        elected=None,
        elected_precision="day",
        operation=0,
    )
    change_set.put(None, founded)
    record_event(change_set, code, "split", day, None, founded.code, document)
    record_event(change_set, founded.code, "split", day, code, None, document)
    for membership in going:
        _go_on(change_set, membership, founded.code, day)
    change_set.rows[-1]["members"] = len(going)


# -- conditions ----------------------------------------------------------------------------------


def _existing(change_set: ChangeSet, code: str, day: date) -> Organization | None:
    """The organisation, if it exists on that day and the day has happened."""
    organization = change_set.snapshot.organizations[code]
    has_happened = change_set.has_happened(organization.name, day)
    is_open = change_set.is_open(code, day, organization.name)
    return organization if is_open and has_happened else None


def _refuse_out_of_order(
    change_set: ChangeSet, organization: Organization, kind: str, day: date
) -> None:
    """Refuse a change before a later event: the later event records the state before it, so it must
    be undone first."""
    for event in change_set.snapshot.all(OrganizationEvent):
        if (event.organization, event.kind) == (organization.code, kind) and event.day > day:
            facts = {"later": event.day, "operation": event.operation}
            change_set.fault("organization-changed-later", organization.name, **facts)
            return


def _refuse_parent(change_set: ChangeSet, kind: str, above: Organization, subject: str) -> None:
    """Refuse a parent of a type that is not allowed."""
    if above.type in BRANCH_TYPES:
        change_set.fault("parent-is-branch", subject, parent=above.name)
    elif above.type not in PARENTS[kind]:
        facts = {"parent": above.name, "above": above.type, "type": kind}
        change_set.fault("parent-not-allowed", subject, **facts, allowed=list(PARENTS[kind]))


def _refuse_namesakes(change_set: ChangeSet, name: str, parent: str | None, code: str) -> None:
    """Refuse two organisations with the same name under one parent."""
    for other in namesakes_below(change_set.snapshot, name, parent, code):
        change_set.fault("organization-other-code", name, name=other.name, known=other.code)


def _refuse_not_empty(
    change_set: ChangeSet, organization: Organization, day: date, members_to: str | None
) -> None:
    """Refuse to close an organisation whose members have nowhere to go, or with unused places of
    this year or later."""
    code, name = organization.code, organization.name
    snapshot = change_set.snapshot
    obstacles = [*closing.inside_it(snapshot, organization)] if members_to is None else []
    home = snapshot.organizations[members_to] if members_to else None
    if home is not None:
        obstacles += closing.cases_without_branch(snapshot, code, home)
    # Members of the branch that takes over would be asked for by their own.
    is_branch = home is not None and home.type in BRANCH_TYPES
    requests = closing.requests_to(snapshot, code) if is_branch else []
    if own := [asked for asked in requests if asked.source == members_to]:
        obstacles.append(("organization-has-requests", {"count": len(own)}))
    if members_to == code:
        change_set.fault("organization-to-itself", name)
    elif members_to is not None:
        change_set.is_open(members_to, day, name)
    obstacles += closing.unused_places(snapshot, organization, day)
    obstacles += closing.later_acts(snapshot, organization, day)
    for obstacle, facts in obstacles:
        change_set.fault(obstacle, name, **facts)


# -- changes -------------------------------------------------------------------------------------


def _dissolve(
    change_set: ChangeSet,
    organization: Organization,
    day: date,
    document: str | None,
    kind: str,
    home: str | None,
) -> None:
    """Dissolve it from that day; members, candidates and pending transfers from and to it continue
    in ``home``, posts end. A committee takes no requests, so those that led to it are refused."""
    code = organization.code
    is_branch = home is not None and change_set.snapshot.organizations[home].type in BRANCH_TYPES
    members = closing.present_members(change_set.snapshot, code)
    for membership in members:
        _go_on(change_set, membership, home or "", day)
    for case in closing.open_cases(change_set.snapshot, code):
        change_set.put(case, replace(case, organization=home or ""))
    for request in closing.requests_to(change_set.snapshot, code):
        goes_on = replace(request, target=home)
        change_set.put(request, goes_on if is_branch else closing.refused_request(request, day))
    for change in closing.ended_posts(change_set.snapshot, code, day, kind):
        change_set.put(change.before, change.after)
    change_set.put(organization, replace(organization, dissolved=day))
    after = home if members or kind == "merged" else None
    record_event(change_set, code, kind, day, None, after, document)
    change_set.rows[-1]["members"] = len(members)


def _go_on(change_set: ChangeSet, membership: Membership, to: str, day: date) -> None:
    """Continue a membership elsewhere; a pending transfer continues from there, or has arrived."""
    change_set.move(membership, to, day)
    for transfer in change_set.snapshot.all(Transfer):
        is_leaving = transfer.state == "pending" and transfer.source is not None
        if transfer.person != membership.person or not is_leaving:
            continue
        if transfer.target == to:
            settled = max(day, transfer.requested)
            change_set.put(transfer, replace(transfer, state="accepted", settled=settled))
        else:
            change_set.put(transfer, replace(transfer, source=to))


def record_event(
    change_set: ChangeSet,
    code: str,
    kind: str,
    day: date,
    before: str | None,
    after: str | None,
    document: str | None,
) -> None:
    """Record what happened to an organisation, and answer with it."""
    facts = {"before": before, "after": after, "authority": document}
    change_set.put(None, closing.new_event(change_set.snapshot, code, kind, day, **facts).after)
    change_set.answer(
        code=code,
        organization=change_set.name(code),
        event=kind,
        day=day,
        before=change_set.name(before),
        after=change_set.name(after),
    )
