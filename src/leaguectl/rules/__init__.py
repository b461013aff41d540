"""The rule book: every rule once, as a pure function over a snapshot of the registry.

A rule is a function that yields violations. Its docstring states the rule in one sentence, in both
languages; the decorator ``@rule`` above it has its code, its source, and what it applies to. Its
numbers are in ``policy.toml``.

There are three books: ``ENTRY`` for everybody who is entered as a member; ``GATE`` for an
admission; ``STANDING`` for the registry as a whole. Import and admission judge a candidate by
``ENTRY`` and ``GATE``; check judges everything stored by the same functions, and then by
``STANDING``.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from leaguectl.findings import DatabaseUnavailable, Finding, UsageError
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    IN_ERROR,
    Acceptance,
    Admission,
    Candidacy,
    Change,
    Closing,
    Dispute,
    Entity,
    Membership,
    Number,
    Organization,
    OrganizationEvent,
    Person,
    RuleSubject,
    Snapshot,
    Task,
)
from leaguectl.rules import policy as policies
from leaguectl.rules.batch_judge import BatchJudge
from leaguectl.rules.book import (
    BOOKS,
    CODES,
    ENTRY,
    GATE,
    OF_A_PERSON,
    PERSONAL,
    RECORDS,
    SCANS,
    STANDING,
)
from leaguectl.rules.namesakes import sharing
from leaguectl.rules.occurrences import HOSTED, OCCURRING, day_of
from leaguectl.rules.policy import Policy, with_number
from leaguectl.rules.rule import CaseRule, Rule, Verdict, WholeRule, judge, level_of
from leaguectl.rules.steps import judge_so_far

__all__ = [
    "BOOKS",
    "CODES",
    "ENTRY",
    "GATE",
    "HOSTED",
    "OF_A_PERSON",
    "OF_CANDIDATES",
    "SCANS",
    "STANDING",
    "BatchJudge",
    "Policy",
    "Rule",
    "Verdict",
    "day_of",
    "errors_of",
    "judge",
    "level_of",
    "load",
    "load_stored",
    "misnamed",
    "new_errors",
    "policy_of",
    "review",
    "review_cases",
    "review_whole",
    "unhoused",
    "unplaced",
    "untimely",
    "with_number",
]

OF_CANDIDATES = frozenset({"one-person", "former-restored"})
"""The rules of the gate that also hold after a case was opened: nobody is a candidate and a member,
or a former one with a number, at once, by whichever command they became the second."""

# What the office did at its own desk, or plans to do, does not show how far the rows go.
_OF_THE_DESK = frozenset({Acceptance, Closing, Dispute, Number, Task})
# Nor does the day of a roster: it shows that somebody was there, not that anything happened.
_OF_A_ROSTER = frozenset({(Membership, "seen")})


def load(overlay: str | None = None) -> Policy:
    """The policy in force: the packaged numbers with a county's own file (its text) laid over.

    :raises UsageError: the overlay is not valid TOML, has an unknown key or value, or sets the
    level of a rule that does not exist.
    """
    loaded = policies.load(overlay)
    if unknown := sorted(loaded.levels.keys() - {*CODES}):
        raise UsageError("policy-not-valid", detail=f"levels: {', '.join(unknown)}")
    return loaded


def load_stored(text: str | None) -> Policy:
    """The policy of a registry that keeps this text of the county's own file.

    :raises DatabaseUnavailable: it is not valid, as it was when it was written.
    """
    try:
        return load(text)
    except UsageError as error:
        detail = error.facts.get("detail", error.code)
        raise DatabaseUnavailable("policy-unusable", detail=detail) from None


def policy_of(snapshot: Snapshot) -> Policy:
    """The policy in force in a registry: the packaged policy with the county's own laid over."""
    return load_stored(snapshot.settings.get("policy"))


def review(snapshot: Snapshot, policy: Policy) -> Iterator[Finding]:
    """Judge everything stored by every rule: each member, each admission, each open case, then the
    registry as a whole.

    The whole is judged as of ``snapshot.as_of``; where that is not set, as of the last day on which
    anything in it is dated.
    """
    if snapshot.as_of is None:
        snapshot.as_of = _last_day(snapshot)
    yield from review_cases(snapshot, policy)
    yield from _review_candidates(snapshot, policy, GATE)
    yield from review_whole(snapshot, policy, STANDING)


def review_cases(
    snapshot: Snapshot, policy: Policy, codes: Collection[str] = CODES
) -> Iterator[Finding]:
    """Judge everybody who is or was a member by the case rules with these codes."""
    entry, gate = ([rule for rule in book if rule.code in codes] for book in (ENTRY, GATE))
    for case in _cases(snapshot):
        rules = entry + gate if case.admission else entry
        for verdict in judge(case, snapshot, policy, rules):
            yield Finding(verdict.code, verdict.facts, verdict.level, subject=_subject(case))


def _review_candidates(
    snapshot: Snapshot, policy: Policy, rules: Iterable[Rule[CaseRule]]
) -> Iterator[Finding]:
    """Judge every open case by these rules, as far as it has come."""
    for candidacy in snapshot.all(Candidacy):
        candidate = snapshot.persons.get(candidacy.person)
        if candidacy.state != "open" or candidate is None or not candidate.is_dated:
            continue
        for verdict in judge_so_far(candidacy, candidate, snapshot, policy, book=rules):
            facts = verdict.facts
            if verdict.code == "one-person":
                # They became a member without this case, and that is the fault to look at.
                facts = {"case": candidacy.applied or "", **facts}
            yield Finding(verdict.code, facts, verdict.level, subject=candidate.name)


def review_whole(
    snapshot: Snapshot, policy: Policy, rules: Iterable[Rule[WholeRule]]
) -> Iterator[Finding]:
    """Judge the registry as a whole by these rules, except those that are switched off."""
    for rule in rules:
        if (level := level_of(rule, policy)) is not None:
            for subject, facts in rule.check(snapshot, policy):
                yield Finding(rule.code, facts, level, subject=subject)


def new_errors(
    snapshot: Snapshot,
    policy: Policy,
    changes: Sequence[Change],
    people: set[int],
    *,
    cases: bool = True,
) -> list[Finding]:
    """What the changes, which the snapshot has already, make wrong about these people.

    Faults that existed before do not block another change. ``cases`` includes the rules of entry
    and the gate; rows of sheets are judged by those separately.
    """
    found = errors_of(snapshot, policy, people, cases=cases)
    if not found:
        return []
    for change in reversed(changes):
        snapshot.apply(Change(change.after, change.before))
    before = Counter(map(_what, errors_of(snapshot, policy, people, cases=cases)))
    for change in changes:
        snapshot.apply(change)
    return [finding for finding in found if not _counts_down(before, _what(finding))]


def misnamed(snapshot: Snapshot, policy: Policy, changes: Sequence[Change]) -> list[Finding]:
    """Which organisations bear a name together with another because of the changes, which the
    snapshot has already. It needs all organisations of that name. What was so before does not
    count."""
    (rule,) = [rule for rule in STANDING if rule.code == "organization-other-code"]
    named = [change for change in changes if change.entity in (Organization, OrganizationEvent)]
    level, codes = level_of(rule, policy), {*map(_organization_of, named)}
    if level is None or not (found := _sharing(snapshot, codes)):
        return []
    for change in reversed(named):
        snapshot.apply(Change(change.after, change.before))
    before = _sharing(snapshot, codes)
    for change in named:
        snapshot.apply(change)
    return [
        Finding(rule.code, facts, level, subject=snapshot.organizations[facts["code"]].name)
        for pair, facts in found.items()
        if pair not in before
    ]


def _organization_of(change: Change) -> str:
    record: Any = change.after if change.after is not None else change.before
    return str(record.code if isinstance(record, Organization) else record.organization)


def _sharing(snapshot: Snapshot, codes: set[str]) -> dict[frozenset[str], Mapping[str, Any]]:
    """The facts of each two organisations that share a name, of which one is among these."""
    known = [snapshot.organizations[code] for code in sorted(codes & {*snapshot.organizations})]
    each = [facts for organization in known for facts in sharing(organization, snapshot)]
    return {frozenset((facts["code"], facts["known"])): facts for facts in reversed(each)}


def untimely(snapshot: Snapshot, policy: Policy, changes: Sequence[Change]) -> list[Finding]:
    """What the changes, which the snapshot has already, make wrong about records of what happened,
    and what is to be warned of: in those that change, and in the first of an organisation whose
    days change. What was so before does not count."""
    found: list[Finding] = []
    for change in changes:
        before, after = change.before, change.after
        if isinstance(after, Organization):
            found += _of_organization(before, after, snapshot, policy)
        elif isinstance(after, OCCURRING):
            known = {finding.code for finding in _of_record(before, snapshot, policy)}
            new = _of_record(after, snapshot, policy)
            found += [finding for finding in new if finding.code not in known]
    return found


def _of_organization(
    before: Entity | None, after: Organization, snapshot: Snapshot, policy: Policy
) -> Iterator[Finding]:
    if not isinstance(before, Organization):
        return  # nothing was recorded in it yet
    if (before.founded, before.dissolved) == (after.founded, after.dissolved):
        return
    code = after.code
    hosted = [record for entity in HOSTED for record in snapshot.by(entity, "organization", code)]
    first: dict[str, Finding] = {}
    for record in sorted(hosted, key=lambda record: day_of(record) or date.min):
        known = {finding.code for finding in _of_record(record, snapshot, policy, before)}
        for finding in _of_record(record, snapshot, policy):
            if finding.code not in known:
                first.setdefault(finding.code, finding)
    yield from first.values()


def _of_record(
    record: Entity | None, snapshot: Snapshot, policy: Policy, home: Organization | None = None
) -> list[Finding]:
    """What is wrong about a single record, in its organisation as it is or as it was."""
    if record is None:
        return []
    home = home or snapshot.organizations.get(getattr(record, "organization", None) or "")
    person = snapshot.persons.get(getattr(record, "person", None) or 0)
    part = Snapshot(today=snapshot.today, records=filter(None, (record, home, person)))
    return [*review_whole(part, policy, RECORDS)]


def unplaced(snapshot: Snapshot, policy: Policy, person: int) -> list[Verdict]:
    """The verdict on somebody's joining who should have been admitted on a place of their own."""
    rules = [rule for rule in ENTRY if rule.code in ("joined-by-admission", "number-in-block")]
    part = snapshot.of_people({person})
    verdicts = [verdict for case in _cases(part) for verdict in judge(case, part, policy, rules)]
    return [verdict for verdict in verdicts if verdict.is_error]


def unhoused(
    snapshot: Snapshot, policy: Policy, person: Person, organization: str
) -> list[Verdict]:
    """The verdict on an organisation to which a member is to go."""
    rules = [rule for rule in ENTRY if rule.code == "home-is-branch"]
    case = RuleSubject(person, organization, None, None, None, None)
    return judge(case, snapshot, policy, rules)


def errors_of(
    snapshot: Snapshot, policy: Policy, people: set[int], *, cases: bool = True
) -> list[Finding]:
    """What is wrong about these people."""
    part = snapshot.of_people(people)
    findings: list[Finding] = []
    if cases:
        findings += review_cases(part, policy)
    rules = [rule for rule in GATE if rule.code in OF_CANDIDATES]
    findings += _review_candidates(part, policy, rules)
    findings += review_whole(part, policy, PERSONAL)
    return [finding for finding in findings if finding.is_error]


def _what(finding: Finding) -> str:
    # Not its subject: a corrected person has another name afterwards.
    return finding.code


def _counts_down(counts: Counter[str], what: str) -> bool:
    """Whether the count has such a finding; if so, it is counted down."""
    counts[what] -= 1
    return counts[what] >= 0


def _subject(case: RuleSubject) -> str:
    return f"{case.person.name} {case.number}" if case.number else case.person.name


def _cases(snapshot: Snapshot) -> list[RuleSubject]:
    """Everybody who is or was a member, in order of joining; admitted people with their admission.

    A person who moved from home to home joined once, and is judged once, where they are now.
    """
    cases = []
    joinings = {
        (membership.person, membership.joined): membership
        for membership in snapshot.memberships.values()
        if membership.leaving_reason != IN_ERROR
    }
    for membership in joinings.values():
        person = snapshot.persons.get(membership.person)
        if person is None or not person.is_dated:
            continue  # a standing rule names the broken reference, or the wrong ID number
        admission = snapshot.admission(person.id)
        if admission is not None and admission.meeting != membership.joined:
            admission = None  # they did not join by it: a standing rule names the broken chain
        cases.append(_case_of(person, membership, admission, snapshot))
    return sorted(cases, key=lambda case: (case.joined or date.min, case.number or ""))


def _case_of(
    person: Person, membership: Membership, admission: Admission | None, snapshot: Snapshot
) -> RuleSubject:
    papers: Mapping[str, str | None]
    if admission is not None:
        papers = {name: getattr(admission, name) for name in ("number", "form", "certificate")}
    elif (other := _admission_of_another(membership, snapshot)) is not None:
        # Their present papers came with the admission; a number may be left from another joining.
        numbers = [number for number in snapshot.numbers_of(person.id) if number != other.number]
        papers = {"number": numbers[-1] if numbers else None, "form": None, "certificate": None}
    else:
        papers = {
            "number": snapshot.number_of(person.id),
            "form": snapshot.form_of(person.id),
            "certificate": snapshot.certificate_of(person.id),
        }
    return RuleSubject(
        person=person,
        organization=admission.organization if admission else membership.organization,
        joined=membership.joined,
        joined_precision=membership.joined_precision,
        admission=admission,
        left=membership.left,
        day=snapshot.as_of,
        **papers,
    )


def _admission_of_another(membership: Membership, snapshot: Snapshot) -> Admission | None:
    """The admission that began another joining of the same person."""
    admission = snapshot.admission(membership.person)
    if admission is None:
        return None
    others = snapshot.memberships_of(membership.person)
    is_theirs = any(other.joined == admission.meeting != membership.joined for other in others)
    return admission if is_theirs else None


def _last_day(snapshot: Snapshot) -> date | None:
    """The day of the latest event that is not after today."""
    today = snapshot.today or date.max
    days = (
        day
        for entity in ENTITIES
        if entity not in _OF_THE_DESK
        for field in DECLARATIONS[entity].days
        if (entity, field) not in _OF_A_ROSTER
        for day in {getattr(record, field) for record in snapshot.all(entity)} - {None}
        if day <= today
    )
    return max(days, default=snapshot.today)
