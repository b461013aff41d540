"""The rule book: every rule once, as a pure function over a snapshot of the registry.

A rule is a function that yields what is wrong. Its docstring is the rule in one sentence, in both
languages; the decorator ``@rule`` above it has its code, its source, and of what it is asked. Its
numbers are in ``policy.toml``. There are three books:

``ENTRY``     what must hold of everybody who is entered as a member;
``GATE``      what can refuse one admission;
``STANDING``  what must hold of the registry as a whole.

Import and admission put a candidate before ``ENTRY`` and ``GATE``; check puts everything that is
stored before the same functions, and then asks ``STANDING``.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from leaguectl.findings import Finding, UsageError
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    Admission,
    Candidacy,
    Closing,
    Dispute,
    Membership,
    Number,
    Person,
    RuleSubject,
    Snapshot,
    Task,
)
from leaguectl.rules import policy as policies
from leaguectl.rules.batch_judge import BatchJudge
from leaguectl.rules.book import BOOKS, CODES, ENTRY, GATE, OF_A_PERSON, SCANS, STANDING
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Rule, Verdict, WholeRule, judge, level_of
from leaguectl.rules.steps import judge_so_far

__all__ = [
    "BOOKS",
    "CODES",
    "ENTRY",
    "GATE",
    "OF_A_PERSON",
    "SCANS",
    "STANDING",
    "BatchJudge",
    "Policy",
    "Rule",
    "Verdict",
    "judge",
    "level_of",
    "load",
    "policy_of",
    "review",
    "review_whole",
]

# What the office did at its own desk, or plans to do, says nothing of how far the rows go.
_OF_THE_DESK = frozenset({Closing, Dispute, Number, Task})


def load(overlay: str | None = None) -> Policy:
    """The policy in force: the packaged numbers with a county's own file (its text) laid over.

    :raises UsageError: the overlay is no TOML, has a key or value that the policy does not know,
    or sets the level of a rule that does not exist.
    """
    loaded = policies.load(overlay)
    if unknown := sorted(loaded.levels.keys() - {*CODES}):
        raise UsageError("policy-not-valid", detail=f"levels: {', '.join(unknown)}")
    return loaded


def policy_of(snapshot: Snapshot) -> Policy:
    """The policy in force in a registry: the packaged one with the county's own laid over."""
    return load(snapshot.settings.get("policy"))


def review(snapshot: Snapshot, policy: Policy) -> Iterator[Finding]:
    """Ask every rule of everything stored: each member, each admission, each open case,
    then the whole.

    The whole is judged as of ``snapshot.as_of``; where that is not set, as of the last day that
    anything in it is dated.
    """
    if snapshot.as_of is None:
        snapshot.as_of = _last_day(snapshot)
    for case in _cases(snapshot):
        rules = ENTRY + GATE if case.admission else ENTRY
        for verdict in judge(case, snapshot, policy, rules):
            yield Finding(verdict.code, verdict.facts, verdict.level, subject=_subject(case))
    for candidacy in snapshot.all(Candidacy):
        candidate = snapshot.persons.get(candidacy.person)
        if candidacy.state != "open" or candidate is None or not candidate.is_dated:
            continue
        for verdict in judge_so_far(candidacy, candidate, snapshot, policy):
            yield Finding(verdict.code, verdict.facts, verdict.level, subject=candidate.name)
    yield from review_whole(snapshot, policy, STANDING)


def review_whole(
    snapshot: Snapshot, policy: Policy, rules: Iterable[Rule[WholeRule]]
) -> Iterator[Finding]:
    """Ask these rules of the registry as a whole; what is switched off is not asked."""
    for rule in rules:
        if (level := level_of(rule, policy)) is not None:
            for subject, facts in rule.check(snapshot, policy):
                yield Finding(rule.code, facts, level, subject=subject)


def _subject(case: RuleSubject) -> str:
    return f"{case.person.name} {case.number}" if case.number else case.person.name


def _cases(snapshot: Snapshot) -> list[RuleSubject]:
    """Everybody who is or was a member, in order of joining; the admitted with their admission.

    Whoever moved from home to home joined once, and is asked about once, where they are now.
    """
    cases = []
    joinings = {
        (membership.person, membership.joined): membership
        for membership in snapshot.memberships.values()
    }
    for membership in joinings.values():
        person = snapshot.persons.get(membership.person)
        if person is None or not person.is_dated:
            continue  # a standing rule names the broken reference, or the wrong ID number
        admission = snapshot.admission(person.id)
        if admission is not None and admission.meeting != membership.joined:
            admission = None  # joined otherwise than by it: a standing rule names the broken chain
        cases.append(_case_of(person, membership, admission, snapshot))
    return sorted(cases, key=lambda case: (case.joined or date.min, case.number or ""))


def _case_of(
    person: Person, membership: Membership, admission: Admission | None, snapshot: Snapshot
) -> RuleSubject:
    return RuleSubject(
        person=person,
        organization=admission.organization if admission else membership.organization,
        joined=membership.joined,
        joined_precision=membership.joined_precision,
        number=admission.number if admission else snapshot.number_of(person.id),
        form=admission.form if admission else snapshot.form_of(person.id),
        certificate=admission.certificate if admission else snapshot.certificate_of(person.id),
        admission=admission,
    )


def _last_day(snapshot: Snapshot) -> date | None:
    """The last day, not after today, on which anything that happened is dated."""
    today = snapshot.today or date.max
    days = (
        day
        for entity in ENTITIES
        if entity not in _OF_THE_DESK
        for field in DECLARATIONS[entity].days
        for day in {getattr(record, field) for record in snapshot.all(entity)} - {None}
        if day <= today
    )
    return max(days, default=snapshot.today)
