"""Organisations over time: renamed, moved, closed, merged, split; nothing of it is deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from leaguectl.actions.change_set import ChangeSet
from leaguectl.kinds.batch import new_code
from leaguectl.model import (
    BRANCH_TYPES,
    PARENTS,
    Candidacy,
    Membership,
    Organization,
    OrganizationEvent,
    Post,
    Transfer,
)
from leaguectl.model.periods import POST
from leaguectl.names import fold_name


def rename(change_set: ChangeSet, code: str, name: str, day: date, document: str | None) -> None:
    """Give it another name; sheets with the former one still mean it."""
    known = _there(change_set, code, day)
    if known is None:
        return
    if name == known.name:
        change_set.fault("organization-named-so", known.name)
    _alone(change_set, name, known.parent, code)
    if not change_set.is_refused:
        change_set.put(known, replace(known, name=name))
        _happened(change_set, code, "renamed", day, known.name, name, document)


def move(change_set: ChangeSet, code: str, to: str, day: date, document: str | None) -> None:
    """Put it, with all below it, under another organisation. Its blocks of numbers stay its own."""
    known = _there(change_set, code, day)
    if known is None:
        return
    above = change_set.snapshot.organizations[to]
    change_set.is_open(to, day, known.name)
    if known.parent == to:
        change_set.fault("organization-there", known.name, parent=above.name)
    if change_set.snapshot.is_below(to, code):
        change_set.fault("organization-circle", known.name, parent=above.name, name=known.name)
    _fits(change_set, known.type, above, known.name)
    _alone(change_set, known.name, to, code)
    if not change_set.is_refused:
        change_set.put(known, replace(known, parent=to))
        _happened(change_set, code, "moved", day, known.parent, to, document)


def close(
    change_set: ChangeSet, code: str, day: date, members_to: str | None, document: str | None
) -> None:
    """Close it (撤销): its members go on elsewhere, its posts end, its unused places were given
    back before."""
    known = _there(change_set, code, day)
    if known is None:
        return
    if below := _below(change_set, code):
        names = [one.name for one in below[:5]]
        change_set.fault("organization-has-below", known.name, count=len(below), names=names)
    _empty(change_set, known, day, members_to)
    if not change_set.is_refused:
        _end(change_set, known, day, document, "closed", members_to)


def merge(change_set: ChangeSet, code: str, into: str, day: date, document: str | None) -> None:
    """Close it and carry on its members, and all that lies below it, in another."""
    known = _there(change_set, code, day)
    if known is None:
        return
    other = change_set.snapshot.organizations[into]
    if change_set.snapshot.is_below(into, code):
        change_set.fault("organization-circle", known.name, parent=other.name, name=known.name)
        return
    below = _below(change_set, code)
    for one in below:
        _fits(change_set, one.type, other, one.name)
        _alone(change_set, one.name, into, one.code)
    _empty(change_set, known, day, into)
    if change_set.is_refused:
        return
    for one in below:
        change_set.put(one, replace(one, parent=into))
        _happened(change_set, one.code, "moved", day, code, into, document)
    _happened(change_set, into, "merged", day, code, None, document)
    _end(change_set, known, day, document, "merged", into)


def split(
    change_set: ChangeSet,
    code: str,
    name: str,
    day: date,
    *,
    new: str | None,
    people: Sequence[int],
    document: str | None,
) -> None:
    """Found another of its kind beside it, to which these of its members go."""
    known = _there(change_set, code, day)
    if known is None:
        return
    if new is not None and new in change_set.snapshot.organizations:
        change_set.fault("organization-other-name", name, code=new, known=change_set.name(new))
    _alone(change_set, name, known.parent, "")
    going = [one for one in _members(change_set, code) if one.person in people]
    for person in sorted(set(people) - {one.person for one in going}):
        who = change_set.snapshot.known_as(person)
        change_set.fault("member-not-here", who, organization=known.name)
    _since(change_set, going, day)
    if change_set.is_refused:
        return
    made = Organization(
        new or new_code(change_set.snapshot), name, known.type, known.parent, known.domain,
        known.sector, known.secretary_seats, known.committee_seats, day,
        graduates=known.graduates,
    )  # fmt: skip
    change_set.put(None, made)
    _happened(change_set, code, "split", day, None, made.code, document)
    _happened(change_set, made.code, "split", day, code, None, document)
    for one in going:
        _go_on(change_set, one, made.code, day)
    change_set.rows[-1]["members"] = len(going)


def graduate(
    change_set: ChangeSet,
    top: str,
    year: int,
    day: date,
    members_to: str | None,
    document: str | None,
) -> None:
    """Close every graduating class of the year from here down; its members go on in the
    organisation above it, or where it is said."""
    for one in sorted(change_set.snapshot.organizations.values(), key=lambda one: one.code):
        if (
            one.type == "graduating branch"
            and one.dissolved is None
            and (one.graduates or year) == year
            and change_set.snapshot.is_below(one.code, top)
        ):
            close(change_set, one.code, day, members_to or one.parent, document)


def _there(change_set: ChangeSet, code: str, day: date) -> Organization | None:
    """The organisation, if it is there on that day and the day has happened."""
    known = change_set.snapshot.organizations[code]
    happened = change_set.has_happened(known.name, day)
    return known if change_set.is_open(code, day, known.name) and happened else None


def _below(change_set: ChangeSet, code: str) -> list[Organization]:
    found = (one for one in change_set.snapshot.organizations.values() if one.parent == code)
    return sorted((one for one in found if one.dissolved is None), key=lambda one: one.code)


def _members(change_set: ChangeSet, code: str) -> list[Membership]:
    return [
        one
        for one in change_set.snapshot.memberships.values()
        if one.organization == code and one.left is None
    ]


def _fits(change_set: ChangeSet, kind: str, above: Organization, subject: str) -> None:
    """A type of organisation lies under certain types alone."""
    if above.type in BRANCH_TYPES:
        change_set.fault("parent-is-branch", subject, parent=above.name)
    elif above.type not in PARENTS[kind]:
        allowed = list(PARENTS[kind])
        change_set.fault(
            "parent-not-allowed", subject, parent=above.name, above=above.type, type=kind,
            allowed=allowed,
        )  # fmt: skip


def _alone(change_set: ChangeSet, name: str, parent: str | None, code: str) -> None:
    """No two organisations of one name lie side by side."""
    for one in change_set.snapshot.organizations.values():
        beside = one.parent == parent and one.dissolved is None and one.code != code
        if beside and fold_name(one.name) == fold_name(name):
            change_set.fault("organization-other-code", name, name=one.name, known=one.code)


def _since(change_set: ChangeSet, members: list[Membership], day: date) -> None:
    """Nobody goes on elsewhere from a day before he came."""
    for one in members:
        if one.begun is not None and day < one.begun:
            who = change_set.snapshot.known_as(one.person)
            change_set.fault("day-before-membership", who, day=day, begun=one.begun)


def _empty(change_set: ChangeSet, known: Organization, day: date, members_to: str | None) -> None:
    """Its members have where to go, and it holds no unused places of this year or a later one."""
    members = _members(change_set, known.code)
    if members and members_to is None:
        change_set.fault(
            "organization-has-members", known.name, count=len(members), code=known.code
        )
    elif members_to is None and (cases := _cases(change_set, known.code)):
        change_set.fault("organization-has-cases", known.name, count=len(cases))
    elif members_to == known.code:
        change_set.fault("organization-to-itself", known.name)
    elif members_to is not None:
        change_set.is_open(members_to, day, known.name)
    _since(change_set, members, day)
    free: dict[int, int] = {}
    for quota in change_set.snapshot.quotas.values():
        if quota.organization == known.code and quota.year >= day.year:
            left = change_set.snapshot.tallies[quota.id]["free"]
            free[quota.year] = free.get(quota.year, 0) + left
    for year, left in free.items():
        if left:
            change_set.fault(
                "organization-has-places", known.name, year=year, left=left, code=known.code,
                above=known.parent or "",
            )  # fmt: skip


def _end(
    change_set: ChangeSet,
    known: Organization,
    day: date,
    document: str | None,
    kind: str,
    home: str | None,
) -> None:
    """It is dissolved from that day; members, candidates and papers under way go on, posts end."""
    members = _members(change_set, known.code)
    for one in members:
        _go_on(change_set, one, home or "", day)
    for case in _cases(change_set, known.code):
        change_set.put(case, replace(case, organization=home or ""))
    for post in change_set.snapshot.all(Post):
        if post.organization == known.code and not POST.of(post).is_over(day):
            change_set.put(post, replace(post, until=max(day, post.since), reason=kind))
    now = change_set.snapshot.organizations[known.code]
    change_set.put(now, replace(now, dissolved=day))
    after = home if members or kind == "merged" else None
    _happened(change_set, known.code, kind, day, None, after, document)
    change_set.rows[-1]["members"] = len(members)


def _cases(change_set: ChangeSet, code: str) -> list[Candidacy]:
    """The open cases of its candidates."""
    cases = change_set.snapshot.all(Candidacy)
    return [one for one in cases if one.organization == code and one.state == "open"]


def _go_on(change_set: ChangeSet, membership: Membership, to: str, day: date) -> None:
    """A member goes on elsewhere; a transfer under way goes on from there, or has arrived."""
    change_set.move(membership, to, day)
    for one in change_set.snapshot.all(Transfer):
        if one.person == membership.person and one.state == "pending" and one.source is not None:
            if one.target == to:
                settled = max(day, one.requested)
                change_set.put(one, replace(one, state="accepted", settled=settled))
            else:
                change_set.put(one, replace(one, source=to))


def _happened(
    change_set: ChangeSet, code: str, kind: str, day: date, before: str | None, after: str | None,
    document: str | None,
) -> None:  # fmt: skip
    made = OrganizationEvent(
        change_set.snapshot.new_id(OrganizationEvent), code, kind, day, before, after, document
    )
    change_set.put(None, made)
    change_set.rows.append(
        {
            "code": code,
            "organization": change_set.name(code),
            "event": kind,
            "day": day,
            "before": change_set.name(before),
            "after": change_set.name(after),
        }
    )
