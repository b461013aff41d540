"""Leaving the League and coming back, discipline, and the steps of a member's way (成长)."""

from dataclasses import dataclass, replace
from datetime import date

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level
from leaguectl.kinds.milestones import out_of_order
from leaguectl.model import Certificate, Discipline, Membership, Milestone, Organization
from leaguectl.model.days import age_on, months_after
from leaguectl.model.periods import DISCIPLINE, is_held_on
from leaguectl.rules.membership_terms import AgeTerms, approvers, is_party_member

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


def leave(change_set: ChangeSet, person: int, reason: str, day: date, approval: Approval) -> None:
    """End a membership for good; nothing is deleted. The day is the first without it."""
    who = change_set.snapshot.known_as(person)
    home = change_set.current(person)
    change_set.has_happened(who, day)
    change_set.none_pending(person)
    if home is None:
        return
    if home.begun is not None and day < home.begun:
        change_set.fault("day-before-membership", who, day=day, begun=home.begun)
    if reason == "age":
        _is_of_age(change_set, person, day)
    if reason in APPROVED:
        _is_approved(change_set, home, reason, day, approval)
    for post in change_set.posts_of(person, day):
        holds = reason == "age" and is_held_on(post, day)
        level = Level.ERROR if holds else Level.WARNING
        name = change_set.name(post.organization)
        change_set.fault("leaves-post", who, level, post=post.said, organization=name)
    if change_set.is_refused:
        return
    change_set.end(home, day, reason)
    if reason in APPROVED:
        _recall(change_set, person, reason, approval.document or "")
    if reason == "expelled" and not _in_force(change_set, person, "expulsion", day):
        _measure(change_set, person, "expulsion", day, None, approval.document or "")
    tell(change_set, home, left=day, reason=reason)


def restore(
    change_set: ChangeSet, person: int, day: date, to: str | None, document: str | None
) -> None:
    """Begin the membership again (恢复团籍), with the old day of joining; a recalled certificate
    is given back, and an expulsion ends."""
    who = change_set.snapshot.known_as(person)
    known = change_set.snapshot.membership(person)
    change_set.has_happened(who, day)
    if document is None:
        change_set.fault("document-missing", who)
    if known is None or known.left is None:
        name = change_set.name(known.organization) if known else ""
        change_set.fault("member-now" if known else "member-never", who, organization=name)
        return
    if known.leaving_reason in FINAL:
        change_set.fault("restore-not", who, left=known.left, reason=known.leaving_reason)
    if day < known.left:
        change_set.fault("day-before-leaving", who, day=day, left=known.left)
    home = to or known.organization
    change_set.is_open(home, day, who)
    if change_set.is_refused:
        return
    again = Membership(
        change_set.snapshot.new_id(Membership), person, home, known.joined, known.joined_precision,
        "restored", since=day,
    )  # fmt: skip
    change_set.put(None, again)
    for one in _in_force(change_set, person, "expulsion", day):
        change_set.put(one, replace(one, until=day))
    _give_back(change_set, person)
    tell(change_set, again, reason="restored")


def discipline(
    change_set: ChangeSet,
    person: int,
    kind: str,
    since: date,
    until: date | None,
    approval: Approval,
) -> None:
    """Record a measure; expulsion ends the membership, removal from post every post."""
    if kind == "expulsion":
        leave(change_set, person, "expelled", since, approval)
        return
    who = change_set.snapshot.known_as(person)
    home = change_set.current(person)
    change_set.has_happened(who, since)
    if approval.document is None:
        change_set.fault("document-missing", who)
    if home is not None and home.joined is not None and since < home.joined:
        change_set.fault("day-before-membership", who, day=since, begun=home.joined)
    _lasts(change_set, person, kind, since, until)
    if home is None or change_set.is_refused:
        return
    made = _measure(change_set, person, kind, since, until, approval.document or "")
    if kind == "removal from post":
        held = change_set.posts_of(person, since)
        for post in held:
            change_set.put(post, replace(post, until=since, reason=kind))
        if not held:
            change_set.fault("discipline-no-post", who, Level.WARNING)
    _tell_measure(change_set, made)


def _lasts(change_set: ChangeSet, person: int, kind: str, since: date, until: date | None) -> None:
    """A measure is taken once at a time; probation lasts half a year or a year, others until they
    are lifted."""
    who = change_set.snapshot.known_as(person)
    for one in _in_force(change_set, person, kind, since):
        change_set.fault("discipline-in-force", who, kind=kind, since=one.since)
    lasts = change_set.policy.leaving_on(since).probation_months
    ends = [months_after(since, months) for months in lasts]
    if kind == "probation" and until not in ends:
        change_set.fault("probation-months", who, since=since, ends=ends)
    elif kind != "probation" and until is not None:
        change_set.fault("discipline-no-end", who, kind=kind)


def lift(change_set: ChangeSet, person: int, kind: str, day: date) -> None:
    """End a measure that is in force."""
    who = change_set.snapshot.known_as(person)
    change_set.has_happened(who, day)
    found = _in_force(change_set, person, kind, day)
    if kind == "expulsion":
        change_set.fault("expulsion-stays", who)
    elif not found:
        change_set.fault("discipline-none", who, kind=kind, day=day)
    if change_set.is_refused:
        return
    for one in found:
        lifted = replace(one, until=day)
        change_set.put(one, lifted)
        _tell_measure(change_set, lifted)


def milestone(change_set: ChangeSet, person: int, kind: str, day: date) -> None:
    """Record a step of somebody's way; each is taken once."""
    who = change_set.snapshot.known_as(person)
    known = {one.kind: one for one in change_set.snapshot.all(Milestone) if one.person == person}
    change_set.has_happened(who, day)
    if kind == LOST:
        change_set.current(person)
    if kind in known:
        change_set.fault("milestone-known", who, kind=kind, day=known[kind].day)
    days = {one.kind: one.day for one in known.values()} | {kind: day}
    for early, late in out_of_order(days):
        if kind in (early, late):
            change_set.fault("milestone-order", who, early=early, first=days[early], late=late,
                       second=days[late])  # fmt: skip
    if change_set.is_refused:
        return
    home = change_set.snapshot.membership(person)
    made = Milestone(
        change_set.snapshot.new_id(Milestone),
        person,
        kind,
        day,
        home.organization if home else None,
    )
    change_set.put(None, made)
    _tell_step(change_set, made)


def take_back(change_set: ChangeSet, person: int, kind: str) -> None:
    """Take a step back: it was recorded by mistake, or who was lost is found again."""
    known = [
        one
        for one in change_set.snapshot.all(Milestone)
        if (one.person, one.kind) == (person, kind)
    ]
    if not known:
        change_set.fault("milestone-none", change_set.snapshot.known_as(person), kind=kind)
    for one in known:
        change_set.put(one, None)
        _tell_step(change_set, one)


def tell(
    change_set: ChangeSet, membership: Membership, *, reason: str, left: date | None = None
) -> None:
    """Answer with whose membership ended or began again."""
    person = change_set.snapshot.persons[membership.person]
    change_set.rows.append(
        {
            "id": person.id,
            "name": person.name,
            "organization": change_set.name(membership.organization),
            "joined": membership.joined,
            "since": membership.since,
            "left": left,
            "leaving_reason": reason,
        }
    )


def _is_of_age(change_set: ChangeSet, person: int, day: date) -> None:
    leaver = change_set.snapshot.persons[person]
    terms = AgeTerms.on(change_set.policy, day)
    who = change_set.snapshot.known_as(person)
    if not terms.is_of_age(leaver, day):
        age = age_on(leaver.born, day)
        change_set.fault("not-of-age", who, age=age, limit=terms.age, day=day)
    if terms.stays(in_party=is_party_member(change_set.snapshot, leaver, day)):
        change_set.fault("party-member-stays", who)


def _is_approved(
    change_set: ChangeSet, home: Membership, reason: str, day: date, approval: Approval
) -> None:
    who = change_set.snapshot.known_as(home.person)
    limits = change_set.policy.leaving_on(day)
    allowed = limits.removed_by if reason == "removed" else limits.expelled_by
    if approval.document is None:
        change_set.fault("document-missing", who)
    if approval.organization is None and approval.outside is None:
        change_set.fault("approval-missing", who, allowed=list(allowed))
        return
    known: Organization | None = change_set.snapshot.organizations.get(approval.organization or "")
    is_one = approvers(change_set.snapshot, home.organization, known, limits.authorised)
    if not is_one & set(allowed):
        name = known.name if known else approval.outside
        change_set.fault("approval-not-theirs", who, approver=name, allowed=list(allowed))
    change_set.approver = known.name if known else approval.outside or ""


def _recall(change_set: ChangeSet, person: int, reason: str, document: str) -> None:
    """The certificate of whoever is removed or expelled is recalled."""
    serial = change_set.snapshot.certificate_of(person)
    if serial is not None:
        held = change_set.snapshot.certificates[serial]
        change_set.put(held, replace(held, state="recalled", reason=f"{reason}: {document}"))


def _give_back(change_set: ChangeSet, person: int) -> None:
    """The certificate that was recalled is valid again, unless another is."""
    recalled: list[Certificate] = [
        one
        for one in change_set.snapshot.certificates.values()
        if one.person == person and one.state == "recalled"
    ]
    if recalled and change_set.snapshot.certificate_of(person) is None:
        change_set.put(recalled[-1], replace(recalled[-1], state="valid", reason=None))


def _in_force(change_set: ChangeSet, person: int, kind: str, day: date) -> list[Discipline]:
    return [
        one
        for one in change_set.snapshot.all(Discipline)
        if (one.person, one.kind) == (person, kind) and not DISCIPLINE.of(one).is_over(day)
    ]


def _measure(
    change_set: ChangeSet, person: int, kind: str, since: date, until: date | None, document: str
) -> Discipline:
    made = Discipline(change_set.snapshot.new_id(Discipline), person, kind, since, document, until)
    change_set.put(None, made)
    return made


def _tell_measure(change_set: ChangeSet, made: Discipline) -> None:
    change_set.rows.append(
        {
            "id": made.person,
            "name": change_set.snapshot.persons[made.person].name,
            "kind": made.kind,
            "since": made.since,
            "until": made.until,
            "authority": made.authority,
        }
    )


def _tell_step(change_set: ChangeSet, made: Milestone) -> None:
    change_set.rows.append(
        {
            "id": made.person,
            "name": change_set.snapshot.persons[made.person].name,
            "kind": made.kind,
            "day": made.day,
            "organization": change_set.name(made.organization),
        }
    )
