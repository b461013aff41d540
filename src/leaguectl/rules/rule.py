"""What a rule is: how it is declared at its function, and how it is evaluated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from leaguectl.findings import Level
from leaguectl.model import NOT_YET, Admission, NotKnownYet, RuleSubject, Snapshot
from leaguectl.rules.policy import Policy

Facts = Mapping[str, Any]
Violations = Iterator[tuple[str, Facts]]
"""Violations: where, and the facts. Where is the field at fault in a rule of one case, and the
person, organisation or paper concerned in a rule of the whole registry."""

CaseRule = Callable[[RuleSubject, Snapshot, Policy], Violations]
WholeRule = Callable[[Snapshot, Policy], Violations]
Check = TypeVar("Check", CaseRule, WholeRule)

Scope = Literal["entry", "gate", "person", "record", "scan", "whole"]
Input = Literal[
    "joined", "age at joining", "epoch", "year", "number", "certificate", "organization", "left",
    "politics", "age",
]  # fmt: skip
"""A value that rules of entry depend on: see :func:`leaguectl.rules.batch_judge.inputs_of`."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Check]):
    """A rule, as :func:`rule` declares it.

    ``numbers`` are the entries of the policy that it uses, as ``section.key``.
    """

    code: str
    check: Check
    scope: Scope
    source: str
    level: Level = Level.ERROR
    numbers: tuple[str, ...] = ()
    depends_on: tuple[Input, ...] | None = None

    @property
    def sentence(self) -> str:
        """The rule in one English sentence."""
        return " ".join(line for line in self._docstring if line[0].isascii())

    @property
    def chinese(self) -> str:
        """The rule in one Chinese sentence."""
        return "".join(line for line in self._docstring if not line[0].isascii())

    @property
    def _docstring(self) -> list[str]:
        return [line.strip() for line in (self.check.__doc__ or "").splitlines() if line.strip()]

    def sentence_in(self, language: str) -> str:
        """The rule as a sentence in that language."""
        return self.chinese if language == "zh" else self.sentence


# By module, so that the order of a book does not depend on the order of imports.
_declared: dict[str, list[Rule[Any]]] = defaultdict(list)


def rule(
    code: str,
    *,
    scope: Scope,
    source: str,
    level: Level = Level.ERROR,
    numbers: tuple[str, ...] = (),
    depends_on: tuple[Input, ...] | None = None,
) -> Callable[[Check], Check]:
    """Declare a function to be the rule with that code; its docstring states the rule in one
    sentence, in English and on the lines below in Chinese.

    :param scope: what it judges: everybody who is entered as a member (``entry``), an admission
    (``gate``), or the whole registry. In the last group, ``person`` needs only the records of one
    person, so it also judges people after a correction or merge, ``record`` needs only a single
    record and its organisation, so it also judges whatever a write changes, ``scan`` also judges a
    scan when it is received, and ``whole`` (the size of a branch, for example) would judge a part
    of the registry wrongly.
    :param source: the document or practice that it comes from.
    :param level: its level unless the policy sets another.
    :param numbers: the entries of the policy that it uses, as ``section.key``.
    :param depends_on: the only values it depends on for a person whose record and papers are new to
    the registry, or known exactly as the case has them; rows with equal values are then judged
    once. None: it depends on more, and judges every row.
    """

    def declare(check: Check) -> Check:
        declared = Rule(code, check, scope, source, level, numbers, depends_on)
        _declared[check.__module__].append(declared)
        return check

    return declare


def declared_in(module: str) -> tuple[Rule[Any], ...]:
    """The rules that a module declares, from its top to its end."""
    return tuple(_declared[module])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule found wrong with a case, and in which field."""

    code: str
    level: Level
    field: str
    facts: Facts

    @property
    def is_error(self) -> bool:
        """Whether it refuses the case."""
        return self.level is Level.ERROR


def level_of(rule: Rule[Any], policy: Policy) -> Level | None:
    """The level in force: that of the policy, else of the rule; None where it is switched off."""
    named = policy.levels.get(rule.code)
    if named == "off":
        return None
    return Level(named) if named else rule.level


def judge(
    case: RuleSubject, snapshot: Snapshot, policy: Policy, rules: Iterable[Rule[CaseRule]]
) -> list[Verdict]:
    """Judge a case by these rules; all violations, in the order of the rules. A rule that needs a
    fact that is not known yet stops there."""
    return [
        verdict
        for rule in rules
        if (level := level_of(rule, policy)) is not None
        for verdict in _verdicts(rule, case, snapshot, policy, level)
    ]


def _verdicts(
    rule: Rule[CaseRule], case: RuleSubject, snapshot: Snapshot, policy: Policy, level: Level
) -> Iterator[Verdict]:
    try:
        for field, facts in rule.check(case, snapshot, policy):
            yield Verdict(rule.code, level, field, known_facts(facts))
    except NotKnownYet:
        return


def known_facts(facts: Facts) -> Facts:
    """Facts without those that are not known yet."""
    return {name: None if fact is NOT_YET else fact for name, fact in facts.items()}


def person_name(snapshot: Snapshot, person: int) -> str:
    """The name of a person in a finding; ``#12`` where there is no record."""
    existing = snapshot.persons.get(person)
    return existing.name if existing else f"#{person}"


def organization_name(snapshot: Snapshot, code: str) -> str:
    """The name of an organisation in a finding; its code where there is no such organisation."""
    existing = snapshot.organizations.get(code)
    return existing.name if existing else code


def recorded(case: RuleSubject) -> Admission:
    """The admission of a case; the gate judges no other cases."""
    if case.admission is None:
        raise TypeError("the gate is asked of a case without an admission")
    return case.admission
