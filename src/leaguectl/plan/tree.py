"""Organisations over time: renamed, moved, closed, merged, split; nothing of it is deleted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from leaguectl.names import fold_name
from leaguectl.plan.batch import new_code
from leaguectl.plan.deed import Deed
from leaguectl.registry import (
    BRANCH_TYPES,
    PARENTS,
    Candidacy,
    Membership,
    Organization,
    OrganizationEvent,
    Post,
    Transfer,
)


def rename(deed: Deed, code: str, name: str, day: date, document: str | None) -> None:
    """Give it another name; sheets with the former one still mean it."""
    known = _there(deed, code, day)
    if known is None:
        return
    if name == known.name:
        deed.fault("organization-named-so", known.name)
    _alone(deed, name, known.parent, code)
    if not deed.is_refused:
        deed.put(known, replace(known, name=name))
        _happened(deed, code, "renamed", day, known.name, name, document)


def move(deed: Deed, code: str, to: str, day: date, document: str | None) -> None:
    """Put it, with all below it, under another organisation. Its blocks of numbers stay its own."""
    known = _there(deed, code, day)
    if known is None:
        return
    above = deed.registry.organizations[to]
    deed.is_open(to, day, known.name)
    if known.parent == to:
        deed.fault("organization-there", known.name, parent=above.name)
    if deed.registry.is_below(to, code):
        deed.fault("organization-circle", known.name, parent=above.name, name=known.name)
    _fits(deed, known.type, above, known.name)
    _alone(deed, known.name, to, code)
    if not deed.is_refused:
        deed.put(known, replace(known, parent=to))
        _happened(deed, code, "moved", day, known.parent, to, document)


def close(deed: Deed, code: str, day: date, members_to: str | None, document: str | None) -> None:
    """Close it (撤销): its members go on elsewhere, its posts end, its unused places were given
    back before."""
    known = _there(deed, code, day)
    if known is None:
        return
    if below := _below(deed, code):
        names = [one.name for one in below[:5]]
        deed.fault("organization-has-below", known.name, count=len(below), names=names)
    _empty(deed, known, day, members_to)
    if not deed.is_refused:
        _end(deed, known, day, document, "closed", members_to)


def merge(deed: Deed, code: str, into: str, day: date, document: str | None) -> None:
    """Close it and carry on its members, and all that lies below it, in another."""
    known = _there(deed, code, day)
    if known is None:
        return
    other = deed.registry.organizations[into]
    if deed.registry.is_below(into, code):
        deed.fault("organization-circle", known.name, parent=other.name, name=known.name)
        return
    below = _below(deed, code)
    for one in below:
        _fits(deed, one.type, other, one.name)
        _alone(deed, one.name, into, one.code)
    _empty(deed, known, day, into)
    if deed.is_refused:
        return
    for one in below:
        deed.put(one, replace(one, parent=into))
        _happened(deed, one.code, "moved", day, code, into, document)
    _happened(deed, into, "merged", day, code, None, document)
    _end(deed, known, day, document, "merged", into)


def split(
    deed: Deed, code: str, name: str, day: date, *, new: str | None, people: Sequence[int],
    document: str | None,
) -> None:  # fmt: skip
    """Found another of its kind beside it, to which these of its members go."""
    known = _there(deed, code, day)
    if known is None:
        return
    if new is not None and new in deed.registry.organizations:
        deed.fault("organization-other-name", name, code=new, known=deed.name(new))
    _alone(deed, name, known.parent, "")
    going = [one for one in _members(deed, code) if one.person in people]
    for person in sorted(set(people) - {one.person for one in going}):
        who = deed.registry.known_as(person)
        deed.fault("member-not-here", who, organization=known.name)
    _since(deed, going, day)
    if deed.is_refused:
        return
    made = Organization(
        new or new_code(deed.registry), name, known.type, known.parent, known.domain,
        known.sector, known.secretary_seats, known.committee_seats, day,
        graduates=known.graduates,
    )  # fmt: skip
    deed.put(None, made)
    _happened(deed, code, "split", day, None, made.code, document)
    _happened(deed, made.code, "split", day, code, None, document)
    for one in going:
        _go_on(deed, one, made.code, day)
    deed.rows[-1]["members"] = len(going)


def graduate(
    deed: Deed, top: str, year: int, day: date, members_to: str | None, document: str | None
) -> None:
    """Close every graduating class of the year from here down; its members go on in the
    organisation above it, or where it is said."""
    for one in sorted(deed.registry.organizations.values(), key=lambda one: one.code):
        if (
            one.type == "graduating branch"
            and one.dissolved is None
            and (one.graduates or year) == year
            and deed.registry.is_below(one.code, top)
        ):
            close(deed, one.code, day, members_to or one.parent, document)


def _there(deed: Deed, code: str, day: date) -> Organization | None:
    """The organisation, if it is there on that day and the day has happened."""
    known = deed.registry.organizations[code]
    happened = deed.has_happened(known.name, day)
    return known if deed.is_open(code, day, known.name) and happened else None


def _below(deed: Deed, code: str) -> list[Organization]:
    found = (one for one in deed.registry.organizations.values() if one.parent == code)
    return sorted((one for one in found if one.dissolved is None), key=lambda one: one.code)


def _members(deed: Deed, code: str) -> list[Membership]:
    return [
        one
        for one in deed.registry.memberships.values()
        if one.organization == code and one.left is None
    ]


def _fits(deed: Deed, kind: str, above: Organization, subject: str) -> None:
    """A type of organisation lies under certain types alone."""
    if above.type in BRANCH_TYPES:
        deed.fault("parent-is-branch", subject, parent=above.name)
    elif above.type not in PARENTS[kind]:
        allowed = list(PARENTS[kind])
        deed.fault(
            "parent-not-allowed", subject, parent=above.name, above=above.type, type=kind,
            allowed=allowed,
        )  # fmt: skip


def _alone(deed: Deed, name: str, parent: str | None, code: str) -> None:
    """No two organisations of one name lie side by side."""
    for one in deed.registry.organizations.values():
        beside = one.parent == parent and one.dissolved is None and one.code != code
        if beside and fold_name(one.name) == fold_name(name):
            deed.fault("organization-other-code", name, name=one.name, known=one.code)


def _since(deed: Deed, members: list[Membership], day: date) -> None:
    """Nobody goes on elsewhere from a day before he came."""
    for one in members:
        if one.begun is not None and day < one.begun:
            who = deed.registry.known_as(one.person)
            deed.fault("day-before-membership", who, day=day, begun=one.begun)


def _empty(deed: Deed, known: Organization, day: date, members_to: str | None) -> None:
    """Its members have where to go, and it holds no unused places of this year or a later one."""
    members = _members(deed, known.code)
    if members and members_to is None:
        deed.fault("organization-has-members", known.name, count=len(members), code=known.code)
    elif members_to is None and (cases := _cases(deed, known.code)):
        deed.fault("organization-has-cases", known.name, count=len(cases))
    elif members_to == known.code:
        deed.fault("organization-to-itself", known.name)
    elif members_to is not None:
        deed.is_open(members_to, day, known.name)
    _since(deed, members, day)
    free: dict[int, int] = {}
    for quota in deed.registry.quotas.values():
        if quota.organization == known.code and quota.year >= day.year:
            left = deed.registry.tallies[quota.id]["free"]
            free[quota.year] = free.get(quota.year, 0) + left
    for year, left in free.items():
        if left:
            deed.fault(
                "organization-has-places", known.name, year=year, left=left, code=known.code,
                above=known.parent or "",
            )  # fmt: skip


def _end(
    deed: Deed, known: Organization, day: date, document: str | None, kind: str, home: str | None
) -> None:
    """It is dissolved from that day; members, candidates and papers under way go on, posts end."""
    members = _members(deed, known.code)
    for one in members:
        _go_on(deed, one, home or "", day)
    for case in _cases(deed, known.code):
        deed.put(case, replace(case, organization=home or ""))
    for post in deed.registry.all(Post):
        if post.organization == known.code and (post.until is None or post.until > day):
            deed.put(post, replace(post, until=max(day, post.since), reason=kind))
    now = deed.registry.organizations[known.code]
    deed.put(now, replace(now, dissolved=day))
    after = home if members or kind == "merged" else None
    _happened(deed, known.code, kind, day, None, after, document)
    deed.rows[-1]["members"] = len(members)


def _cases(deed: Deed, code: str) -> list[Candidacy]:
    """The open cases of its candidates."""
    cases = deed.registry.all(Candidacy)
    return [one for one in cases if one.organization == code and one.state == "open"]


def _go_on(deed: Deed, membership: Membership, to: str, day: date) -> None:
    """A member goes on elsewhere; a transfer under way goes on from there, or has arrived."""
    deed.move(membership, to, day)
    for one in deed.registry.all(Transfer):
        if one.person == membership.person and one.state == "pending" and one.source is not None:
            if one.target == to:
                settled = max(day, one.requested)
                deed.put(one, replace(one, state="accepted", settled=settled))
            else:
                deed.put(one, replace(one, source=to))


def _happened(
    deed: Deed, code: str, kind: str, day: date, before: str | None, after: str | None,
    document: str | None,
) -> None:  # fmt: skip
    made = OrganizationEvent(
        deed.registry.new_id(OrganizationEvent), code, kind, day, before, after, document
    )
    deed.put(None, made)
    deed.rows.append(
        {
            "code": code,
            "organization": deed.name(code),
            "event": kind,
            "day": day,
            "before": deed.name(before),
            "after": deed.name(after),
        }
    )
