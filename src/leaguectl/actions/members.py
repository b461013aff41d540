"""Leaving the League and coming back: memberships end and begin again, nothing is deleted."""

from dataclasses import dataclass, replace
from datetime import date

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person, organization_code
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level, NotFound
from leaguectl.kinds.papers import never_theirs
from leaguectl.model import (
    IN_ERROR,
    LEAVING_REASONS,
    Discipline,
    Dispute,
    FormerValue,
    Keys,
    Membership,
    Number,
    Registration,
)
from leaguectl.model.periods import DISCIPLINE, is_held_on
from leaguectl.reports.due import members_of_age
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules.membership_terms import (
    AgeTerms,
    approvers,
    is_party_member,
    too_young_to_leave,
)
from leaguectl.store.reading import Reader, open_reader

REASONS = tuple(reason for reason in LEAVING_REASONS if reason not in ("transferred", "moved"))
"""Reasons for leaving except transfers, which ``member transfer`` records."""

_APPROVED = ("removed", "expelled")
"""Reasons that need the approval of an organisation above, with a document; the certificate is
recalled."""
_FINAL = ("deceased", "transferred", "moved", IN_ERROR)
"""Reasons after which a membership is not restored: a transferred member comes back by a
transfer."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The document, and who approved: the code of an organisation of this registry, or the name of
    one elsewhere."""

    document: str | None = None
    organization: str | None = None
    outside: str | None = None


def approval_of(reader: Reader, request: Request, approved_by: str | None) -> Approval:
    """The approval from the options of a command. An unknown name stands for an organisation
    elsewhere: committees above the county are in no registry.

    :raises NotFound: several organisations bear the name.
    """
    if approved_by is None:
        return Approval(request.authority)
    try:
        code = identify_organization(reader, approved_by)
    except NotFound as error:
        if error.code == "organization-not-one":
            raise
        return Approval(request.authority, None, approved_by)
    return Approval(request.authority, code)


def keys_of(person: int, *organizations: str | None) -> Keys:
    """The keys of a command about one person: their records, and the organisations named."""
    return Keys(
        people={person},
        organizations={code for code in organizations if code},
    )


# -- leaving -------------------------------------------------------------------------------------


def leave(
    request: Request, who: str, reason: str, day: date, approved_by: str | None
) -> Outcome[None]:
    """End one membership; the day is the first without it.

    :raises NotFound: nobody is meant, or several are.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = approval_of(reader, request, approved_by)
    if reason == IN_ERROR:
        keys = Keys(people={person}, related={Registration}, whole={Dispute, FormerValue})
        return run(request, keys, lambda change_set: _enter_as_error(change_set, person, day))
    return run(
        request,
        keys_of(person, approval.organization),
        lambda change_set: end_membership(change_set, person, reason, day, approval),
    )


def leave_aged(request: Request, day: date, org: str | None) -> Outcome[None]:
    """End the membership of everybody who is of age on that day and holds no post."""
    with open_reader(request.location) as reader:
        terms = AgeTerms.on(policy_in(reader), day)
        of_age = members_of_age(reader, terms, day, day, organization_code(reader, org))
    # The list also has people who stay, and people who left after that day.
    people = [row["id"] for row in of_age if not row["stays"] and row["left"] is None]

    def plan(change_set: ChangeSet) -> None:
        for person in people:
            end_membership(change_set, person, "age", day, Approval())

    return run(request, Keys(people=set(people)), plan)


def end_membership(
    change_set: ChangeSet, person: int, reason: str, day: date, approval: Approval
) -> None:
    """Plan the end of a membership and its consequences: after removal or expulsion the certificate
    is recalled, and an expulsion is recorded as a measure."""
    who = change_set.snapshot.known_as(person)
    membership = change_set.current(person)
    change_set.has_happened(who, day)
    change_set.none_pending(person)
    if membership is None:
        return
    if reason == "age":
        _refuse_not_of_age(change_set, person, day)
    if reason in _APPROVED:
        _refuse_not_approved(change_set, membership, reason, day, approval)
    for post in change_set.posts_of(person, day):
        # People with a post stay in the League past the age. With any other reason they leave the
        # post behind: a warning, since only those who elected them can end the post.
        holds = reason == "age" and is_held_on(post, day)
        level = Level.ERROR if holds else Level.WARNING
        name = change_set.name(post.organization)
        change_set.fault("leaves-post", who, level, post=post.said, organization=name)
    if change_set.is_refused:
        return
    change_set.end(membership, day, reason)
    if reason in _APPROVED:
        _recall_certificate(change_set, person, f"{reason}: {approval.document or ''}")
    if reason == "expelled" and not measures_in_force(change_set, person, "expulsion", day):
        put_measure(change_set, person, "expulsion", day, None, approval.document or "")
    _answer(change_set, membership, left=day, reason=reason)


def _enter_as_error(change_set: ChangeSet, person: int, day: date) -> None:
    """Plan that a membership never existed: it holds on no day, and its records as a member are
    removed, so that nothing of it is counted in any year."""
    snapshot = change_set.snapshot
    who, latest = snapshot.known_as(person), snapshot.membership(person)
    if latest is None or latest.leaving_reason == IN_ERROR:
        change_set.fault("member-not-now", who, left=(latest and latest.left) or "")
        return
    if (admission := snapshot.admission(person)) is not None:
        change_set.fault("in-error-admitted", who, number=admission.number)
    numbers = {number.number for number in snapshot.by(Number, "person", person)}
    for dispute in snapshot.all(Dispute):
        if dispute.number in numbers or dispute.claimant == person:
            change_set.fault("in-error-disputed", who, number=dispute.number)
    for post in change_set.posts_of(person, day):
        name = change_set.name(post.organization)
        facts = {"post": post.said, "organization": name}
        change_set.fault("leaves-post", who, Level.WARNING, **facts)
    if change_set.is_refused:
        return
    for membership in snapshot.memberships_of(person):
        change_set.put(membership, membership.as_error(day))
    for before, after in never_theirs(person, snapshot):
        change_set.put(before, after)
    _answer(change_set, latest, left=latest.begun or day, reason=IN_ERROR)


def _refuse_not_of_age(change_set: ChangeSet, person: int, day: date) -> None:
    leaver = change_set.snapshot.persons[person]
    terms = AgeTerms.on(change_set.policy, day)
    who = change_set.snapshot.known_as(person)
    if (young := too_young_to_leave(leaver, day, change_set.policy)) is not None:
        change_set.fault("not-of-age", who, **young)
    if terms.stays(in_party=is_party_member(change_set.snapshot, leaver, day)):
        change_set.fault("party-member-stays", who)


def _refuse_not_approved(
    change_set: ChangeSet, membership: Membership, reason: str, day: date, approval: Approval
) -> None:
    """A fault where a document or an approval is missing, or the organisation that gave it may not
    approve such a thing."""
    who = change_set.snapshot.known_as(membership.person)
    limits = change_set.policy.leaving_on(day)
    allowed = limits.removed_by if reason == "removed" else limits.expelled_by
    if approval.document is None:
        change_set.fault("document-missing", who)
    if approval.organization is None and approval.outside is None:
        change_set.fault("approval-missing", who, allowed=list(allowed))
        return
    snapshot = change_set.snapshot
    approver = snapshot.organizations.get(approval.organization or "")
    name = approver.name if approver else approval.outside or ""
    if not approvers(snapshot, membership.organization, approver, limits.authorised) & {*allowed}:
        change_set.fault("approval-not-theirs", who, approver=name, allowed=list(allowed))
    change_set.approver = name


def _recall_certificate(change_set: ChangeSet, person: int, reason: str) -> None:
    serial = change_set.snapshot.certificate_of(person)
    if serial is not None:
        held = change_set.snapshot.certificates[serial]
        change_set.put(held, replace(held, state="recalled", reason=reason))


# -- coming back ---------------------------------------------------------------------------------


def restore(request: Request, who: str, day: date, to: str | None) -> Outcome[None]:
    """Begin an ended membership again.

    :raises NotFound: nobody, or no organisation, is meant, or several are.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        target = identify_organization(reader, to) if to is not None else None
    return run(
        request,
        keys_of(person, target),
        lambda change_set: _begin_again(change_set, person, day, target, request.authority),
    )


def _begin_again(
    change_set: ChangeSet, person: int, day: date, to: str | None, document: str | None
) -> None:
    """Restore the membership (恢复团籍) with the old day of joining; a recalled certificate is
    returned, and an expulsion ends."""
    snapshot = change_set.snapshot
    who = snapshot.known_as(person)
    before = snapshot.membership(person)
    change_set.has_happened(who, day)
    if document is None:
        change_set.fault("document-missing", who)
    if before is None or before.left is None:
        name = change_set.name(before.organization) if before else ""
        change_set.fault("member-now" if before else "member-never", who, organization=name)
        return
    if before.leaving_reason in _FINAL:
        # Only for these does a hint say how they come back.
        is_elsewhere = before.leaving_reason != "deceased"
        facts = {"transferred": True} if is_elsewhere else {}
        reason = before.leaving_reason
        change_set.fault("restore-not", who, left=before.left, reason=reason, **facts)
    if day < before.left:
        change_set.fault("day-before-leaving", who, day=day, left=before.left)
    home = to or before.organization
    change_set.is_open(home, day, who)
    if change_set.is_refused:
        return
    again = Membership(
        snapshot.new_id(Membership),
        person,
        home,
        before.joined,
        before.joined_precision,
        "restored",
        since=day,
    )
    change_set.put(None, again)
    for measure in measures_in_force(change_set, person, "expulsion", day):
        change_set.put(measure, replace(measure, until=day))
    _give_back_certificate(change_set, person)
    _answer(change_set, again, reason="restored")


def _give_back_certificate(change_set: ChangeSet, person: int) -> None:
    """The last recalled certificate becomes valid again, unless they hold another."""
    recalled = [
        certificate
        for certificate in change_set.snapshot.certificates.values()
        if certificate.person == person and certificate.state == "recalled"
    ]
    if recalled and change_set.snapshot.certificate_of(person) is None:
        change_set.put(recalled[-1], replace(recalled[-1], state="valid", reason=None))


def _answer(
    change_set: ChangeSet, membership: Membership, *, reason: str, left: date | None = None
) -> None:
    """Answer with the person whose membership ended or began again."""
    person = change_set.snapshot.persons[membership.person]
    change_set.answer(
        id=person.id,
        name=person.name,
        organization=change_set.name(membership.organization),
        joined=membership.joined,
        since=membership.since,
        left=left,
        leaving_reason=reason,
    )


# -- measures, as far as leaving needs them ------------------------------------------------------


def measures_in_force(change_set: ChangeSet, person: int, kind: str, day: date) -> list[Discipline]:
    """The disciplinary measures of that kind that are not over by that day."""
    return [
        measure
        for measure in change_set.snapshot.all(Discipline)
        if (measure.person, measure.kind) == (person, kind)
        and not DISCIPLINE.of(measure).is_over(day)
    ]


def put_measure(
    change_set: ChangeSet, person: int, kind: str, since: date, until: date | None, document: str
) -> Discipline:
    """Record a disciplinary measure."""
    number = change_set.snapshot.new_id(Discipline)
    measure = Discipline(number, person, kind, since, document, until)
    change_set.put(None, measure)
    return measure
