"""Who decides one admission: introducers, the votes of the branch, the committee that approves."""

from collections.abc import Iterator
from datetime import date

from leaguectl.findings import Level
from leaguectl.model import BRANCH_TYPES, Admission, Discipline, Post, RuleSubject, Snapshot
from leaguectl.names import fold_name
from leaguectl.rules.book import CaseRule, Facts, Rule, recorded
from leaguectl.rules.policy import Policy

_INTRODUCERS = ("introducer_1", "introducer_2")


def admitted_by_branch(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """A candidate is admitted by the meeting of a branch, and the branch exists on that day."""
    this = recorded(case)
    branch = registry.organizations.get(this.organization)
    if branch is None:
        return
    if branch.type not in BRANCH_TYPES:
        yield "organization", {"name": branch.name, "type": branch.type}
    elif branch.founded is not None and this.meeting < branch.founded:
        yield (
            "organization",
            {"name": branch.name, "founded": branch.founded, "meeting": this.meeting},
        )


def two_introducers(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Two different members introduce the candidate."""
    this = recorded(case)
    first, second = fold_name(this.introducer_1), fold_name(this.introducer_2)
    if first == second:
        yield "introducer_2", {"introducer": this.introducer_1}


def introducer_not_self(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Nobody introduces himself; a member of the same name is another person."""
    this = recorded(case)
    for field in _INTRODUCERS:
        name = getattr(this, field)
        if fold_name(name) != fold_name(case.person.name):
            continue
        others = [one for one in registry.bearing(name) if one.id != case.person.id]
        if not any(_is_known_there(this, one.id, registry) for one in others):
            yield field, {"introducer": name}


def introducer_member(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """An introducer is a member, or holds a post, within the committee of the branch on the day
    of the meeting."""
    this = recorded(case)
    if registry.headcounts[this.organization] < this.due:
        return  # not all who were due are known here, so the introducers need not be either
    home = registry.organizations.get(this.organization)
    for field in _INTRODUCERS:
        name = getattr(this, field)
        known = any(_is_known_there(this, one.id, registry) for one in registry.bearing(name))
        if not known and not _holds_post(this, name, registry):
            yield field, {"introducer": name, "organization": home.name if home else ""}


def introducer_standing(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Nobody who is under probation (留团察看) on the day of the meeting introduces a candidate."""
    this = recorded(case)
    for field in _INTRODUCERS:
        name = getattr(this, field)
        since = [
            _on_probation(this, one.id, registry)
            for one in registry.bearing(name)
            if _is_known_there(this, one.id, registry)
        ]
        if since and all(since):  # whoever of that name is meant
            yield field, {"introducer": name, "since": since[0], "meeting": this.meeting}


def same_introducers(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """The same two members do not introduce more than a few of a branch's candidates in a year;
    evidence, not a verdict."""
    this = recorded(case)
    most = policy.evidence_on(this.meeting).pair_most
    same = {one.id for one in registry.having(Admission, _pair, _pair(this))} | {this.id}
    if sum(one < this.id for one in same) == most:  # told once for each pair, at the first beyond
        pair = (this.introducer_1, this.introducer_2)
        year = this.meeting.year
        yield "introducer_1", {"pair": pair, "count": len(same), "most": most, "year": year}


def votes_possible(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Not more are present than are due, and not more vote in favour than are present."""
    this = recorded(case)
    if this.present > this.due:
        yield "present", {"more": "present", "many": this.present, "fewer": "due", "few": this.due}
    if this.in_favour > this.present:
        yield (
            "in_favour",
            {"more": "in_favour", "many": this.in_favour, "fewer": "present", "few": this.present},
        )


def quorum(case: RuleSubject, registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """More than half of those due are present at the branch meeting."""
    this = recorded(case)
    if this.present * 2 <= this.due:
        yield "present", {"due": this.due, "present": this.present}


def majority_of_present(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """More than half of those present vote in favour."""
    this = recorded(case)
    if this.in_favour * 2 <= this.present:
        yield "in_favour", {"present": this.present, "in_favour": this.in_favour}


def majority_of_due(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """More than half of those due vote in favour."""
    this = recorded(case)
    if this.in_favour * 2 <= this.due:
        yield "in_favour", {"due": this.due, "in_favour": this.in_favour}


def approval_power(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """An admission is approved by a committee above the branch, not by the branch itself."""
    this = recorded(case)
    if not this.approved_by:
        return
    above = list(registry.upward(this.organization))
    said = {one.code for one in registry.named(this.approved_by)}
    named = [one for one in above if one.code in said or _is_called(one.name, this.approved_by)]
    facts: dict[str, object] = {"approved_by": this.approved_by}
    if not named:
        if said:  # an organisation of ours, but none above the branch
            yield "approved_by", {**facts, "elsewhere": True}
        return
    approver = named[0]
    if approver.code == this.organization:
        yield "approved_by", {**facts, "itself": True}
    elif approver.type not in policy.admission_on(this.meeting).approving:
        yield "approved_by", {**facts, "type": approver.type}


def _is_called(full: str, said: str) -> bool:
    """Whether a name is what a sheet calls an organisation: its full name, but for 共青团."""
    return fold_name(full).removeprefix("共青团") == fold_name(said).removeprefix("共青团")


def _is_known_there(this: Admission, person: int, registry: Snapshot) -> bool:
    """Whether a person is, on the day of the meeting, a member within the committee of the branch
    or of an organisation above it, or holds a post there."""
    scope = _scope(this.organization, registry)
    for one in registry.memberships_of(person):
        begun, left = one.begun, one.left
        if (begun is None or begun <= this.meeting) and (left is None or left >= this.meeting):
            above = {up.code for up in registry.upward(one.organization)}
            if scope in above or registry.is_below(this.organization, one.organization):
                return True
    return any(_is_held(post, this, registry) for post in registry.having(Post, "person", person))


def _holds_post(this: Admission, name: str, registry: Snapshot) -> bool:
    """Whether somebody of that name, known by it alone, holds a post there."""
    return any(
        post.person is None and _is_held(post, this, registry)
        for post in registry.having(Post, "name", name)
    )


def _is_held(post: Post, this: Admission, registry: Snapshot) -> bool:
    held = post.since <= this.meeting and (post.until is None or post.until >= this.meeting)
    return held and (
        registry.is_below(post.organization, _scope(this.organization, registry))
        or registry.is_below(this.organization, post.organization)
    )


def _pair(one: Admission) -> tuple[str, int, frozenset[str]]:
    """The branch, the year, and the two who introduce."""
    names = frozenset((fold_name(one.introducer_1), fold_name(one.introducer_2)))
    return one.organization, one.meeting.year, names


def _scope(branch: str, registry: Snapshot) -> str:
    """The nearest organisation above a branch that is none: its members may introduce here."""
    found = branch
    for one in registry.upward(branch):
        found = one.code
        if one.type not in (*BRANCH_TYPES, "general branch"):
            break
    return found


def _on_probation(this: Admission, person: int, registry: Snapshot) -> date | None:
    """Since when somebody is under probation on the day of the meeting; None for nobody else."""
    for one in registry.having(Discipline, "person", person):
        lasts = one.until is None or one.until > this.meeting
        if one.kind == "probation" and one.since <= this.meeting and lasts:
            return one.since
    return None


_MEETING = "支部大会"
_WARNING = Level.WARNING

MEETING: tuple[Rule[CaseRule], ...] = (
    Rule("admitted-by-branch", admitted_by_branch, "发展团员由支部大会通过，大会当日该支部已成立。",
         "决议落款写团支部名称（非团委、总支）", _WARNING),
    Rule("two-introducers", two_introducers, "入团介绍人为两名不同的团员。",
         "团章第三条: 两名团员作介绍人"),
    Rule("introducer-not-self", introducer_not_self, "不得自己介绍自己；同名的团员是另一个人。",
         "团章第三条"),
    Rule("introducer-member", introducer_member,
         "支部大会当日，介绍人是本支部所属团委范围内的团员或任职者。", "团章第三条", _WARNING),
    Rule("introducer-in-standing", introducer_standing, "支部大会当日受留团察看的团员不作介绍人。",
         "团章第三条; 留团察看期间没有介绍权"),
    Rule("same-introducers", same_introducers,
         "同两名团员一年内在一个支部介绍的人数不多于少数几人；只是线索，不是结论。",
         "不可同一批次发展团员大面积由某固定两人作为介绍人", _WARNING, ("evidence.pair_most",)),
    Rule("votes-possible", votes_possible, "实到不多于应到，赞成不多于实到。", _MEETING),
    Rule("quorum", quorum, "支部大会到会的有表决权团员超过应到会的半数。", _MEETING),
    Rule("majority-of-present", majority_of_present, "赞成票超过到会有表决权团员的半数。",
         "团章: 赞成票超过到会有表决权团员半数"),
    Rule("majority-of-due", majority_of_due, "赞成票超过应到会有表决权团员的半数。",
         "2016、2023 细则: 赞成超过应到会半数", _WARNING),
    Rule("approval-power", approval_power, "由支部上级有审批权的团委审批，支部不得自批。",
         "基层团委审批; 团总支须经上级授权", numbers=("admission.approving",)),
)  # fmt: skip
