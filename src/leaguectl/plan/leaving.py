"""Leaving the League and coming back, discipline, and the steps of a member's way (成长)."""

from dataclasses import dataclass, replace
from datetime import date

from leaguectl.findings import Level
from leaguectl.plan.deed import Deed
from leaguectl.plan.milestones import out_of_order
from leaguectl.registry import Certificate, Discipline, Membership, Milestone, Organization
from leaguectl.registry.days import age_on, months_after
from leaguectl.rules.lives import approvers, is_party_member

APPROVED = ("removed", "expelled")
"""Reasons that somebody above approves, with a document; the certificate is recalled."""
FINAL = ("deceased", "transferred", "moved")
"""Reasons after which nobody is restored."""
LOST = "lost contact"


@dataclass(frozen=True, slots=True)
class Approval:
    """By which document, and by whom: an organisation of ours, or the name of another."""

    document: str | None = None
    organization: str | None = None
    outside: str | None = None


def leave(deed: Deed, person: int, reason: str, day: date, approval: Approval) -> None:
    """End a membership for good; nothing is deleted. The day is the first without it."""
    who = deed.registry.known_as(person)
    home = deed.current(person)
    deed.has_happened(who, day)
    deed.none_pending(person)
    if home is None:
        return
    if home.begun is not None and day < home.begun:
        deed.fault("day-before-membership", who, day=day, begun=home.begun)
    if reason == "age":
        _is_of_age(deed, person, day)
    if reason in APPROVED:
        _is_approved(deed, home, reason, day, approval)
    for post in deed.posts_of(person, day):
        level = Level.ERROR if reason == "age" else Level.WARNING
        name = deed.name(post.organization)
        deed.fault("leaves-post", who, level, post=post.said, organization=name)
    if deed.is_refused:
        return
    deed.end(home, day, reason)
    if reason in APPROVED:
        _recall(deed, person, reason, approval.document or "")
    if reason == "expelled" and not _in_force(deed, person, "expulsion", day):
        _measure(deed, person, "expulsion", day, None, approval.document or "")
    tell(deed, home, left=day, reason=reason)


def restore(deed: Deed, person: int, day: date, to: str | None, document: str | None) -> None:
    """Begin the membership again (恢复团籍), with the old day of joining; a recalled certificate
    is given back, and an expulsion ends."""
    who = deed.registry.known_as(person)
    known = deed.registry.membership(person)
    deed.has_happened(who, day)
    if document is None:
        deed.fault("document-missing", who)
    if known is None or known.left is None:
        name = deed.name(known.organization) if known else ""
        deed.fault("member-now" if known else "member-never", who, organization=name)
        return
    if known.leaving_reason in FINAL:
        deed.fault("restore-not", who, left=known.left, reason=known.leaving_reason)
    if day < known.left:
        deed.fault("day-before-leaving", who, day=day, left=known.left)
    home = to or known.organization
    deed.is_open(home, day, who)
    if deed.is_refused:
        return
    again = Membership(
        deed.registry.new_id(Membership), person, home, known.joined, known.joined_precision,
        "restored", since=day,
    )  # fmt: skip
    deed.put(None, again)
    for one in _in_force(deed, person, "expulsion", day):
        deed.put(one, replace(one, until=day))
    _give_back(deed, person)
    tell(deed, again, reason="restored")


def discipline(
    deed: Deed, person: int, kind: str, since: date, until: date | None, approval: Approval
) -> None:
    """Record a measure; expulsion ends the membership, removal from post every post."""
    if kind == "expulsion":
        leave(deed, person, "expelled", since, approval)
        return
    who = deed.registry.known_as(person)
    home = deed.current(person)
    deed.has_happened(who, since)
    if approval.document is None:
        deed.fault("document-missing", who)
    if home is not None and home.joined is not None and since < home.joined:
        deed.fault("day-before-membership", who, day=since, begun=home.joined)
    _lasts(deed, person, kind, since, until)
    if home is None or deed.is_refused:
        return
    made = _measure(deed, person, kind, since, until, approval.document or "")
    if kind == "removal from post":
        held = deed.posts_of(person, since)
        for post in held:
            deed.put(post, replace(post, until=since, reason=kind))
        if not held:
            deed.fault("discipline-no-post", who, Level.WARNING)
    _tell_measure(deed, made)


def _lasts(deed: Deed, person: int, kind: str, since: date, until: date | None) -> None:
    """A measure is taken once at a time; probation lasts half a year or a year, others until they
    are lifted."""
    who = deed.registry.known_as(person)
    for one in _in_force(deed, person, kind, since):
        deed.fault("discipline-in-force", who, kind=kind, since=one.since)
    lasts = deed.policy.leaving_on(since).probation_months
    ends = [months_after(since, months) for months in lasts]
    if kind == "probation" and until not in ends:
        deed.fault("probation-months", who, since=since, ends=ends)
    elif kind != "probation" and until is not None:
        deed.fault("discipline-no-end", who, kind=kind)


def lift(deed: Deed, person: int, kind: str, day: date) -> None:
    """End a measure that is in force."""
    who = deed.registry.known_as(person)
    deed.has_happened(who, day)
    found = _in_force(deed, person, kind, day)
    if kind == "expulsion":
        deed.fault("expulsion-stays", who)
    elif not found:
        deed.fault("discipline-none", who, kind=kind, day=day)
    if deed.is_refused:
        return
    for one in found:
        lifted = replace(one, until=day)
        deed.put(one, lifted)
        _tell_measure(deed, lifted)


def milestone(deed: Deed, person: int, kind: str, day: date) -> None:
    """Record a step of somebody's way; each is taken once."""
    who = deed.registry.known_as(person)
    known = {one.kind: one for one in deed.registry.all(Milestone) if one.person == person}
    deed.has_happened(who, day)
    if kind == LOST:
        deed.current(person)
    if kind in known:
        deed.fault("milestone-known", who, kind=kind, day=known[kind].day)
    days = {one.kind: one.day for one in known.values()} | {kind: day}
    for early, late in out_of_order(days):
        if kind in (early, late):
            deed.fault("milestone-order", who, early=early, first=days[early], late=late,
                       second=days[late])  # fmt: skip
    if deed.is_refused:
        return
    home = deed.registry.membership(person)
    made = Milestone(
        deed.registry.new_id(Milestone), person, kind, day, home.organization if home else None
    )
    deed.put(None, made)
    _tell_step(deed, made)


def take_back(deed: Deed, person: int, kind: str) -> None:
    """Take a step back: it was recorded by mistake, or who was lost is found again."""
    known = [
        one for one in deed.registry.all(Milestone) if (one.person, one.kind) == (person, kind)
    ]
    if not known:
        deed.fault("milestone-none", deed.registry.known_as(person), kind=kind)
    for one in known:
        deed.put(one, None)
        _tell_step(deed, one)


def tell(deed: Deed, membership: Membership, *, reason: str, left: date | None = None) -> None:
    """Answer with whose membership ended or began again."""
    person = deed.registry.persons[membership.person]
    deed.rows.append(
        {
            "id": person.id,
            "name": person.name,
            "organization": deed.name(membership.organization),
            "joined": membership.joined,
            "since": membership.since,
            "left": left,
            "leaving_reason": reason,
        }
    )


def _is_of_age(deed: Deed, person: int, day: date) -> None:
    known = deed.registry.persons[person]
    limits = deed.policy.leaving_on(day)
    age = age_on(known.born, day)
    who = deed.registry.known_as(person)
    if age < limits.age:
        deed.fault("not-of-age", who, age=age, limit=limits.age, day=day)
    if limits.party_members_stay and is_party_member(known.politics):
        deed.fault("party-member-stays", who)


def _is_approved(deed: Deed, home: Membership, reason: str, day: date, approval: Approval) -> None:
    who = deed.registry.known_as(home.person)
    limits = deed.policy.leaving_on(day)
    allowed = limits.removed_by if reason == "removed" else limits.expelled_by
    if approval.document is None:
        deed.fault("document-missing", who)
    if approval.organization is None and approval.outside is None:
        deed.fault("approval-missing", who, allowed=list(allowed))
        return
    known: Organization | None = deed.registry.organizations.get(approval.organization or "")
    is_one = approvers(deed.registry, home.organization, known, limits.authorised)
    if not is_one & set(allowed):
        name = known.name if known else approval.outside
        deed.fault("approval-not-theirs", who, approver=name, allowed=list(allowed))
    deed.approver = known.name if known else approval.outside or ""


def _recall(deed: Deed, person: int, reason: str, document: str) -> None:
    """The certificate of whoever is removed or expelled is recalled."""
    serial = deed.registry.certificate_of(person)
    if serial is not None:
        held = deed.registry.certificates[serial]
        deed.put(held, replace(held, state="recalled", reason=f"{reason}: {document}"))


def _give_back(deed: Deed, person: int) -> None:
    """The certificate that was recalled is valid again, unless another is."""
    recalled: list[Certificate] = [
        one
        for one in deed.registry.certificates.values()
        if one.person == person and one.state == "recalled"
    ]
    if recalled and deed.registry.certificate_of(person) is None:
        deed.put(recalled[-1], replace(recalled[-1], state="valid", reason=None))


def _in_force(deed: Deed, person: int, kind: str, day: date) -> list[Discipline]:
    return [
        one
        for one in deed.registry.all(Discipline)
        if (one.person, one.kind) == (person, kind) and (one.until is None or one.until > day)
    ]


def _measure(
    deed: Deed, person: int, kind: str, since: date, until: date | None, document: str
) -> Discipline:
    made = Discipline(deed.registry.new_id(Discipline), person, kind, since, document, until)
    deed.put(None, made)
    return made


def _tell_measure(deed: Deed, made: Discipline) -> None:
    deed.rows.append(
        {
            "id": made.person,
            "name": deed.registry.persons[made.person].name,
            "kind": made.kind,
            "since": made.since,
            "until": made.until,
            "authority": made.authority,
        }
    )


def _tell_step(deed: Deed, made: Milestone) -> None:
    deed.rows.append(
        {
            "id": made.person,
            "name": deed.registry.persons[made.person].name,
            "kind": made.kind,
            "day": made.day,
            "organization": deed.name(made.organization),
        }
    )
