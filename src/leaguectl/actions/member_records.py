"""Records about members: disciplinary measures, milestones (成长), yearly registration."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import identify_organization, identify_person
from leaguectl.actions.members import (
    Approval,
    approval_of,
    end_membership,
    keys_of,
    measures_in_force,
    put_measure,
)
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level
from leaguectl.kinds.milestones import day_of, home_of, out_of_order
from leaguectl.kinds.person_records import left_before
from leaguectl.model import (
    DISCIPLINES,
    GRADES,
    MILESTONES,
    Discipline,
    Keys,
    Membership,
    Milestone,
    Registration,
)
from leaguectl.model.days import Day, months_after
from leaguectl.model.periods import is_member_on
from leaguectl.reports.organizations import codes_below
from leaguectl.rules.membership_terms import is_party_member
from leaguectl.rules.upkeep import excellent_share
from leaguectl.store.reading import open_reader

__all__ = [
    "DISCIPLINES",
    "GRADES",
    "MILESTONES",
    "discipline",
    "lift",
    "milestone",
    "register",
]

_LOST = "lost contact"


# -- discipline ----------------------------------------------------------------------------------


def discipline(
    request: Request,
    who: str,
    kind: str,
    since: date,
    until: date | None,
    approved_by: str | None,
) -> Outcome[None]:
    """Record a measure; expulsion ends the membership, removal from post every post.

    :raises NotFound: nobody is meant, or several are.
    """
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)
        approval = approval_of(reader, request, approved_by)

    def plan(change_set: ChangeSet) -> None:
        if kind == "expulsion" and not _was_expelled(change_set, person, since):
            end_membership(change_set, person, "expelled", since, approval)
        else:
            _discipline(change_set, person, kind, since, until, approval)

    return run(request, keys_of(person, approval.organization), plan)


def _was_expelled(change_set: ChangeSet, person: int, day: date) -> bool:
    """Whether a roster has recorded already that a membership ended that day by expulsion."""
    ended = {"person": person, "left": day, "leaving_reason": "expelled"}
    return bool(change_set.snapshot.by(Membership, (*ended,), (*ended.values(),)))


def _member_on(change_set: ChangeSet, person: int, day: date) -> Membership | None:
    """The membership that somebody had on a day, or that ended with it; a fault where they had left
    before."""
    homes = change_set.snapshot.memberships_of(person)
    if not homes or left_before(person, day, change_set.snapshot) is not None:
        return change_set.current(person)
    return next(home for home in reversed(homes) if home.left is None or day <= home.left)


def _discipline(
    change_set: ChangeSet,
    person: int,
    kind: str,
    since: date,
    until: date | None,
    approval: Approval,
) -> None:
    who = change_set.snapshot.known_as(person)
    membership = _member_on(change_set, person, since)
    change_set.has_happened(who, since)
    if approval.document is None:
        change_set.fault("document-missing", who)
    joined = membership.joined if membership else None
    if joined is not None and since < joined:
        change_set.fault("day-before-membership", who, day=since, begun=joined)
    _refuse_duration(change_set, person, kind, since, until)
    if change_set.is_refused:
        return
    measure = put_measure(change_set, person, kind, since, until, approval.document or "")
    if kind == "removal from post":
        posts = change_set.posts_of(person, since)
        for post in posts:
            change_set.put(post, replace(post, until=since, reason=kind))
        if not posts:
            change_set.fault("discipline-no-post", who, Level.WARNING)
    _answer_measure(change_set, measure)


def _refuse_duration(
    change_set: ChangeSet, person: int, kind: str, since: date, until: date | None
) -> None:
    """A measure is in force only once at a time; probation lasts half a year or a year, others
    until they are lifted."""
    who = change_set.snapshot.known_as(person)
    for measure in measures_in_force(change_set, person, kind, since):
        change_set.fault("discipline-in-force", who, kind=kind, since=measure.since)
    lasts = change_set.policy.leaving_on(since).probation_months
    ends = [months_after(since, months) for months in lasts]
    if kind == "probation" and until not in ends:
        change_set.fault("probation-months", who, since=since, ends=ends)
    elif kind != "probation" and until is not None:
        change_set.fault("discipline-no-end", who, kind=kind)


def lift(request: Request, who: str, kind: str, day: date) -> Outcome[None]:
    """End a measure that is in force; the day is the first without it."""
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)

    def plan(change_set: ChangeSet) -> None:
        subject = change_set.snapshot.known_as(person)
        change_set.has_happened(subject, day)
        measures = measures_in_force(change_set, person, kind, day)
        if kind == "expulsion":  # it ends with ``member restore``, which restores the rest as well
            change_set.fault("expulsion-stays", subject)
        elif not measures:
            change_set.fault("discipline-none", subject, kind=kind, day=day)
        if change_set.is_refused:
            return
        for measure in measures:
            lifted = replace(measure, until=day)
            change_set.put(measure, lifted)
            _answer_measure(change_set, lifted)

    return run(request, keys_of(person), plan)


def _answer_measure(change_set: ChangeSet, measure: Discipline) -> None:
    change_set.answer(
        id=measure.person,
        name=change_set.snapshot.persons[measure.person].name,
        kind=measure.kind,
        since=measure.since,
        until=measure.until,
        authority=measure.authority,
    )


# -- milestones ----------------------------------------------------------------------------------


def milestone(request: Request, who: str, kind: str, day: date, *, remove: bool) -> Outcome[None]:
    """Record a step of a member's way, or take it back: it was recorded by mistake, or a member out
    of reach was found again."""
    with open_reader(request.location) as reader:
        person = identify_person(reader, who)

    def plan(change_set: ChangeSet) -> None:
        if remove:
            _take_back(change_set, person, kind)
        else:
            _record_milestone(change_set, person, kind, day)

    return run(request, keys_of(person), plan)


def _record_milestone(change_set: ChangeSet, person: int, kind: str, day: date) -> None:
    """Each step is taken once, and after those that come before it."""
    who = change_set.snapshot.known_as(person)
    steps = {step.kind: step for step in _milestones(change_set, person)}
    days = {step.kind: day_of(step) for step in steps.values()}
    change_set.has_happened(who, day)
    if kind == _LOST:  # a former member is not searched for
        change_set.current(person)
    before = steps.get(kind)
    completes = before is not None and before.day_precision == "month"
    if before is not None and not (completes and before.day == day.replace(day=1)):
        change_set.fault("milestone-known", who, kind=kind, day=days[kind].known)
    days[kind] = Day(day, "day")
    for early, late in out_of_order(days):
        if kind in (early, late):
            order = {"first": days[early].known, "second": days[late].known}
            change_set.fault("milestone-order", who, early=early, late=late, **order)
    if change_set.is_refused:
        return
    if before is not None:
        step = replace(before, day=day, day_precision="day")
        change_set.put(before, step)
        _answer_milestone(change_set, step)
        return
    step = Milestone(change_set.snapshot.new_id(Milestone), person, kind, day)
    change_set.put(None, step)
    _answer_milestone(change_set, step)


def _take_back(change_set: ChangeSet, person: int, kind: str) -> None:
    steps = [step for step in _milestones(change_set, person) if step.kind == kind]
    if not steps:
        change_set.fault("milestone-none", change_set.snapshot.known_as(person), kind=kind)
    for step in steps:
        change_set.put(step, None)
        _answer_milestone(change_set, step)


def _milestones(change_set: ChangeSet, person: int) -> list[Milestone]:
    return [step for step in change_set.snapshot.all(Milestone) if step.person == person]


def _answer_milestone(change_set: ChangeSet, step: Milestone) -> None:
    change_set.answer(
        id=step.person,
        name=change_set.snapshot.persons[step.person].name,
        kind=step.kind,
        day=day_of(step).known,
        organization=change_set.name(home_of(step, change_set.snapshot)),
    )


# -- yearly registration -------------------------------------------------------------------------


def register(
    request: Request, text: str, year: int, grade: str | None, day: date, members: Sequence[str]
) -> Outcome[None]:
    """Register the members of an organisation and all below it for a year (年度团籍注册), with the
    grade of 教育评议: the people named, whatever was recorded about them, or all who are not
    registered yet.

    :raises NotFound: nobody, or no organisation, is meant, or several are.
    """
    with open_reader(request.location) as reader:
        top = identify_organization(reader, text)
        below = codes_below(reader, top)
        people = {identify_person(reader, who) for who in members}
    keys = Keys(organizations=below, members_of=below, people=people, related={Registration})
    return run(
        request, keys, lambda change_set: _register(change_set, top, year, grade, day, people)
    )


def _register(
    change_set: ChangeSet,
    top: str,
    year: int,
    grade: str | None,
    day: date,
    people: Collection[int],
) -> None:
    snapshot = change_set.snapshot
    subject = change_set.name(top) or ""
    change_set.has_happened(subject, day)
    if day.year < year:
        change_set.fault("registered-early", subject, day=day, year=year)
    homes = {membership.person: membership for membership in _members(change_set, top, day)}
    for person in sorted({*people} - homes.keys()):
        change_set.fault("member-not-here", snapshot.known_as(person), organization=subject)
    if change_set.is_refused:
        return
    for person in sorted({*people} or homes):
        registrations = snapshot.by(Registration, "person", person)
        before = next((entry for entry in registrations if entry.year == year), None)
        if before is None or people:
            _put_registration(change_set, before, homes[person], year, grade, day)
    for branch, facts in excellent_share(snapshot, change_set.policy):
        # Where only some were named, the rest of the branch is still to come, so the share means
        # nothing yet.
        if facts["year"] == year and not people:
            change_set.fault("excellent-share", branch, Level.WARNING, **facts)


def _members(change_set: ChangeSet, top: str, day: date) -> list[Membership]:
    """Today's memberships in and below the organisation that had begun by that day."""
    return [
        membership
        for membership in change_set.snapshot.memberships.values()
        if membership.left is None
        and is_member_on(membership, day)
        and change_set.snapshot.is_below(membership.organization, top)
    ]


def _put_registration(
    change_set: ChangeSet,
    before: Registration | None,
    membership: Membership,
    year: int,
    grade: str | None,
    day: date,
) -> None:
    """An unqualified member gets the grade and is not registered; a Party member is registered
    without a grade, since the Party assesses them."""
    person = change_set.snapshot.persons[membership.person]
    graded = None if is_party_member(change_set.snapshot, person, day) else grade
    registered = None if graded == "unqualified" else day
    if before is None:
        number = change_set.snapshot.new_id(Registration)
        after = Registration(number, person.id, year, graded, registered)
    else:
        after = replace(before, grade=graded, registered=registered, registered_precision="day")
    change_set.put(before, after)
    change_set.answer(
        id=person.id,
        name=person.name,
        organization=change_set.name(membership.organization),
        year=year,
        grade=graded,
        registered=registered,
    )
