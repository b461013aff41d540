"""The rule book: every rule once, as a question asked of a value.

A rule is a plain function that yields what is wrong. Its docstring is the rule in one sentence,
``source`` says where it stands, its numbers are in ``policy.toml``. There are three books:

``ENTRY``     what must hold of everybody who is entered as a member;
``GATE``      what can refuse one admission;
``STANDING``  what must hold of the registry as a whole.

Import and admission put a candidate before ``ENTRY`` and ``GATE``; check puts everything that is
stored before the same functions, and then asks ``STANDING``.
"""

from collections.abc import Iterator
from datetime import date

from leaguectl.findings import Finding, UsageError
from leaguectl.model import Admission, Candidacy, Membership, Person, RuleSubject, Snapshot
from leaguectl.rules import policy as policies
from leaguectl.rules.book import BatchJudge, Rule, Verdict, judge, level_of
from leaguectl.rules.entry import ENTRY
from leaguectl.rules.gate import GATE
from leaguectl.rules.policy import Policy
from leaguectl.rules.standing import STANDING
from leaguectl.rules.steps import judge_so_far

__all__ = [
    "ENTRY",
    "GATE",
    "STANDING",
    "BatchJudge",
    "Policy",
    "Rule",
    "Verdict",
    "judge",
    "load",
    "review",
]


def load(overlay: str | None = None) -> Policy:
    """The policy in force: the packaged numbers with a county's own file (its text) laid over.

    :raises UsageError: the overlay is no TOML, has a key or value that the policy does not know,
    or sets the level of a rule that does not exist.
    """
    loaded = policies.load(overlay)
    codes = {rule.code for rule in ENTRY + GATE} | {rule.code for rule in STANDING}
    if unknown := sorted(loaded.levels.keys() - codes):
        raise UsageError("policy-not-valid", detail=f"levels: {', '.join(unknown)}")
    return loaded


def review(registry: Snapshot, policy: Policy) -> Iterator[Finding]:
    """Ask every rule of everything stored: each member, each admission, each open case,
    then the whole.

    The whole is judged as of ``registry.as_of``; where that is not set, as of the last day that
    anything in it is dated.
    """
    if registry.as_of is None:
        registry.as_of = _last_day(registry)
    for case in _cases(registry):
        book = ENTRY + GATE if case.admission else ENTRY
        for verdict in judge(case, registry, policy, book):
            yield Finding(verdict.code, verdict.facts, verdict.level, subject=_subject(case))
    for candidacy in registry.all(Candidacy):
        candidate = registry.persons.get(candidacy.person)
        if candidacy.state != "open" or candidate is None or not candidate.is_dated:
            continue
        for verdict in judge_so_far(candidacy, candidate, registry, policy):
            yield Finding(verdict.code, verdict.facts, verdict.level, subject=candidate.name)
    for rule in STANDING:
        if (level := level_of(rule, policy)) is not None:
            for subject, facts in rule.ask(registry, policy):
                yield Finding(rule.code, facts, level, subject=subject)


def _subject(case: RuleSubject) -> str:
    return f"{case.person.name} {case.number}" if case.number else case.person.name


def _cases(registry: Snapshot) -> list[RuleSubject]:
    """Everybody who is or was a member, in order of joining; the admitted with their admission.

    Who moved from home to home joined once, and is asked about once, where he is now.
    """
    found = []
    joinings = {(one.person, one.joined): one for one in registry.memberships.values()}
    for membership in joinings.values():
        person = registry.persons.get(membership.person)
        if person is None or not person.is_dated:
            continue  # a standing rule names the broken reference, or the wrong ID number
        admission = registry.admission(person.id)
        if admission is not None and admission.meeting != membership.joined:
            admission = None  # joined otherwise than by it: a standing rule names the broken chain
        found.append(_case_of(person, membership, admission, registry))
    return sorted(found, key=lambda one: (one.joined or date.min, one.number or ""))


def _case_of(
    person: Person, membership: Membership, admission: Admission | None, registry: Snapshot
) -> RuleSubject:
    return RuleSubject(
        person=person,
        organization=admission.organization if admission else membership.organization,
        joined=membership.joined,
        joined_precision=membership.joined_precision,
        number=admission.number if admission else registry.number_of(person.id),
        form=admission.form if admission else registry.form_of(person.id),
        certificate=admission.certificate if admission else registry.certificate_of(person.id),
        admission=admission,
    )


def _last_day(registry: Snapshot) -> date | None:
    """The last day, not after today, on which anything that happens to people is dated."""
    days = {one.joined for one in registry.memberships.values()}
    days |= {one.left for one in registry.memberships.values()}
    days |= {one.approved for one in registry.admissions.values()}
    last = max((day for day in days if day is not None), default=registry.today)
    return last if registry.today is None or last is None else min(last, registry.today)
