"""Who decides an admission: introducers, the votes of the branch, the committee that approves."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from leaguectl.findings import Level
from leaguectl.model import (
    BRANCH_TYPES,
    Admission,
    Discipline,
    Organization,
    Post,
    RuleSubject,
    Snapshot,
    is_known,
)
from leaguectl.model.days import as_known
from leaguectl.model.former import value_on
from leaguectl.model.periods import is_held_on, is_in_force_on, is_member_on
from leaguectl.names import fold_name, signed_name
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, recorded, rule

_INTRODUCERS = ("introducer_1", "introducer_2")
_MEETING = "支部大会"


@rule(
    "admitted-by-branch",
    scope="gate",
    source="团章: 入团由支部大会通过; 决议落款写团支部名称（非团委、总支）",
)
def admitted_by_branch(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A candidate is admitted by the meeting of a branch, not by a committee or general branch.
    发展团员由支部大会通过，不由团委、团工委或团总支通过。"""
    admission = recorded(case)
    branch = snapshot.organizations.get(admission.organization)
    if branch is None:
        return
    meeting = admission.meeting
    type_then = value_on(branch, "type", meeting, snapshot) if is_known(meeting) else branch.type
    if type_then not in BRANCH_TYPES:
        yield "organization", {"name": branch.name, "type": type_then}


@rule("branch-founded", scope="gate", source=_MEETING, level=Level.WARNING)
def branch_founded(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The branch exists on the day of its meeting.
    支部大会当日该支部已成立。"""
    admission = recorded(case)
    branch = snapshot.organizations.get(admission.organization)
    if branch is not None and branch.founded is not None and admission.meeting < branch.founded:
        founded = as_known(branch.founded, branch.founded_precision)
        facts = {"name": branch.name, "founded": founded, "meeting": admission.meeting}
        yield "organization", facts


@rule("two-introducers", scope="gate", source="团章第三条: 两名团员作介绍人")
def two_introducers(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Two different members introduce the candidate.
    入团介绍人为两名不同的团员。"""
    admission = recorded(case)
    first, second = fold_name(admission.introducer_1), fold_name(admission.introducer_2)
    if first == second:
        yield "introducer_2", {"introducer": admission.introducer_1}


@rule("introducer-not-self", scope="gate", source="团章第三条")
def introducer_not_self(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody introduces themselves; a member of the same name is another person.
    不得自己介绍自己；同名的团员是另一个人。"""
    admission = recorded(case)
    for field, name in _introducers(admission):
        is_own = fold_name(signed_name(name)[0]) == fold_name(case.person.name)
        if is_own and not _meant(case, name, snapshot):
            yield field, {"introducer": name}


@rule("introducer-one", scope="gate", source="一名介绍人即一名团员，重名须分清")
def introducer_one(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An introducer's name means one person: of the branch, or where nobody in it has the name, of
    its committee.
    介绍人的姓名只指一人：本支部的人；本支部没有的，是所属团委范围内的人。"""
    admission = recorded(case)
    for field, name in _introducers(admission):
        if len(people := _meant(case, name, snapshot)) > 1:
            shown = [snapshot.listed_as(person) for person in people]
            yield field, {"introducer": name, "count": len(people), "candidates": shown}


@rule("introducer-member", scope="gate", source="团章第三条", level=Level.WARNING)
def introducer_member(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An introducer is a member, or holds a post, within the committee of the branch on the day
    of the meeting.
    支部大会当日，介绍人是本支部所属团委范围内的团员或任职者。"""
    admission = recorded(case)
    if snapshot.member_counts[admission.organization] < admission.due:
        return  # not all members are known here, so the introducers may be unknown too
    home = snapshot.organizations.get(admission.organization)
    for field, name in _introducers(admission):
        if not _meant(case, name, snapshot) and not _has_post(admission, name, snapshot):
            yield field, {"introducer": name, "organization": home.name if home else ""}


@rule("introducer-in-standing", scope="gate", source="团章第三条; 留团察看期间没有介绍权")
def introducer_standing(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody who is under probation (留团察看) on the day of the meeting introduces a candidate.
    支部大会当日受留团察看的团员不作介绍人。"""
    admission = recorded(case)
    for field, name in _introducers(admission):
        since = [
            _on_probation(admission, person, snapshot) for person in _meant(case, name, snapshot)
        ]
        if since and all(since):  # whichever person of that name is meant
            yield field, {"introducer": name, "since": since[0], "meeting": admission.meeting}


@rule(
    "same-introducers",
    scope="gate",
    source="不可同一批次发展团员大面积由某固定两人作为介绍人",
    level=Level.WARNING,
    numbers=("evidence.pair_most",),
)
def same_introducers(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The same two members do not introduce more than a few of a branch's candidates in a year;
    evidence, not a verdict.
    同两名团员一年内在一个支部介绍的人数不多于少数几人；只是线索，不是结论。"""
    admission = recorded(case)
    most = policy.evidence_on(admission.meeting).pair_most
    same_pair = snapshot.by(Admission, _pair, _pair(admission))
    ids = {other.id for other in same_pair} | {admission.id}
    if (
        sum(other < admission.id for other in ids) == most
    ):  # reported once for each pair, at the first
        pair = (admission.introducer_1, admission.introducer_2)
        year = admission.meeting.year
        yield "introducer_1", {"pair": pair, "count": len(ids), "most": most, "year": year}


@rule("votes-possible", scope="gate", source=_MEETING)
def votes_possible(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Not more are present than are due, and not more vote in favour than are present.
    实到不多于应到，赞成不多于实到。"""
    admission = recorded(case)
    for fewer, more in pairwise(("due", "present", "in_favour")):
        few, many = getattr(admission, fewer), getattr(admission, more)
        if is_known(few) and is_known(many) and many > few:
            yield more, {"more": more, "many": many, "fewer": fewer, "few": few}


@rule("quorum", scope="gate", source=_MEETING)
def quorum(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """More than half of those due are present at the branch meeting.
    支部大会到会的有表决权团员超过应到会的半数。"""
    admission = recorded(case)
    if admission.present * 2 <= admission.due:
        yield "present", {"due": admission.due, "present": admission.present}


@rule("majority-of-present", scope="gate", source="团章: 赞成票超过到会有表决权团员半数")
def majority_of_present(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """More than half of those present vote in favour.
    赞成票超过到会有表决权团员的半数。"""
    admission = recorded(case)
    if admission.in_favour * 2 <= admission.present:
        yield "in_favour", {"present": admission.present, "in_favour": admission.in_favour}


@rule(
    "majority-of-due",
    scope="gate",
    source="2016、2023 细则: 赞成超过应到会半数",
    level=Level.WARNING,
)
def majority_of_due(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """More than half of those due vote in favour.
    赞成票超过应到会有表决权团员的半数。"""
    admission = recorded(case)
    if admission.in_favour * 2 <= admission.due:
        yield "in_favour", {"due": admission.due, "in_favour": admission.in_favour}


@rule(
    "approval-power",
    scope="gate",
    source="基层团委审批; 团总支须经上级授权",
    numbers=("admission.approving",),
)
def approval_power(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An admission is approved by a committee above the branch, not by the branch itself.
    由支部上级有审批权的团委审批，支部不得自批。"""
    admission = recorded(case)
    if not admission.approved_by:
        return
    day, name = admission.approved, admission.approved_by
    if not is_known(day):
        day = admission.meeting
    above = list(snapshot.upward(admission.organization, day if is_known(day) else None))
    meant = {organization.code for organization in snapshot.named(name)}
    approvers = (
        up for up in above if up.code in meant or _is_short_for(_name_then(up, day, snapshot), name)
    )
    facts: dict[str, object] = {"approved_by": name}
    if (approver := next(approvers, None)) is None:
        if meant:  # an organisation of ours, but not above the branch
            yield "approved_by", {**facts, "elsewhere": True}
        return
    if approver.code == admission.organization:
        yield "approved_by", {**facts, "itself": True}
        return
    type_then = value_on(approver, "type", day, snapshot) if is_known(day) else approver.type
    if type_then not in policy.admission_on(admission.meeting).approving:
        yield "approved_by", {**facts, "type": type_then}


def _introducers(admission: Admission) -> Iterator[tuple[str, str]]:
    """The introducers in the registry, each with the field."""
    names = ((field, getattr(admission, field)) for field in _INTRODUCERS)
    return ((field, name) for field, name in names if is_known(name))


def _meant(case: RuleSubject, text: str, snapshot: Snapshot) -> list[int]:
    """Who besides the candidate an introducer's name may mean, by id: of those who count there,
    those with the number or id that stands behind the name, else those of the branch, else all."""
    admission = recorded(case)
    name, sign = signed_name(text)
    there = [
        person.id
        for person in snapshot.bearing(name)
        if person.id != case.person.id and _counts_there(admission, person.id, snapshot)
    ]
    signed = [person for person in there if sign in (f"#{person}", *snapshot.numbers_of(person))]
    at_home = [person for person in there if _is_of_branch(admission, person, snapshot)]
    return signed or at_home or there


def _is_of_branch(admission: Admission, person: int, snapshot: Snapshot) -> bool:
    """Whether a person is a member of the branch itself on the day of the meeting."""
    return any(
        membership.organization == admission.organization
        and is_member_on(membership, admission.meeting)
        for membership in snapshot.memberships_of(person)
    )


def _name_then(organization: Organization, day: date, snapshot: Snapshot) -> str:
    """The name on a day; today's class may have the name of an earlier one."""
    return snapshot.name_on(organization.code, day) if is_known(day) else organization.name


def _is_short_for(full: str, written: str) -> bool:
    """Whether a name is the usual one in sheets: the full name without 共青团."""
    return fold_name(full).removeprefix("共青团") == fold_name(written).removeprefix("共青团")


def _counts_there(admission: Admission, person: int, snapshot: Snapshot) -> bool:
    """Whether a person is, on the day of the meeting, a member within the committee of the branch
    or of an organisation above it, or holds a post there."""
    scope, day = _scope(admission, snapshot), admission.meeting
    for membership in snapshot.memberships_of(person):
        if is_member_on(membership, day):
            above = {up.code for up in snapshot.upward(membership.organization, day)}
            home = membership.organization
            if scope in above or snapshot.is_below(admission.organization, home, day):
                return True
    return any(
        _is_post_there(post, admission, snapshot) for post in snapshot.by(Post, "person", person)
    )


def _has_post(admission: Admission, name: str, snapshot: Snapshot) -> bool:
    """Whether somebody recorded only by that name holds a post there."""
    return any(
        post.person is None and _is_post_there(post, admission, snapshot)
        for post in snapshot.by(Post, "name", signed_name(name)[0])
    )


def _is_post_there(post: Post, admission: Admission, snapshot: Snapshot) -> bool:
    day = admission.meeting
    return is_held_on(post, day) and (
        snapshot.is_below(post.organization, _scope(admission, snapshot), day)
        or snapshot.is_below(admission.organization, post.organization, day)
    )


def _pair(admission: Admission) -> tuple[str, int, frozenset[str]]:
    """The branch, the year, and the two who introduce."""
    names = frozenset((fold_name(admission.introducer_1), fold_name(admission.introducer_2)))
    return admission.organization, admission.meeting.year, names


def _scope(admission: Admission, snapshot: Snapshot) -> str:
    """The nearest organisation above the branch, on the day of the meeting, that is not a branch
    itself: its members may introduce here."""
    scope = admission.organization
    for above in snapshot.upward(admission.organization, admission.meeting):
        scope = above.code
        if above.type not in (*BRANCH_TYPES, "general branch"):
            break
    return scope


def _on_probation(admission: Admission, person: int, snapshot: Snapshot) -> date | None:
    """Since when somebody is under probation on the day of the meeting; None where they are not."""
    for measure in snapshot.by(Discipline, "person", person):
        if measure.kind == "probation" and is_in_force_on(measure, admission.meeting):
            return measure.since
    return None
