"""What a rule is, and how a book of rules is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from leaguectl.findings import Level
from leaguectl.registry import Admission, Case, Registry
from leaguectl.rules.policy import Policy

Facts = Mapping[str, Any]
CaseRule = Callable[[Case, Registry, Policy], Iterator[tuple[str, Facts]]]
"""Yields the field at fault and the facts of each thing wrong with one case."""
WholeRule = Callable[[Registry, Policy], Iterator[tuple[str, Facts]]]
"""Yields whom or what it is about and the facts of each thing wrong with the whole."""

Ask = TypeVar("Ask", CaseRule, WholeRule)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Ask]):
    """One rule: its code, what it says, where that stands, and how much it weighs unless the
    policy says otherwise.

    ``chinese`` is the rule in one sentence; the English one is the docstring of the function, so
    that whoever reads the code reads the rule. ``numbers`` names the entries of the policy that it
    goes by, as ``section.key``.
    """

    code: str
    ask: Ask
    chinese: str
    source: str
    level: Level = Level.ERROR
    numbers: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The rule in one English sentence."""
        return " ".join((self.ask.__doc__ or "").split("\n\n")[0].split())

    def said(self, language: str) -> str:
        """The rule in one sentence of that language."""
        return self.chinese if language == "zh" else self.sentence


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule found wrong with one case, and in which field of it."""

    code: str
    level: Level
    field: str
    facts: Facts

    @property
    def is_error(self) -> bool:
        """Whether it refuses the case."""
        return self.level is Level.ERROR


def level_of(rule: Rule[Any], policy: Policy) -> Level | None:
    """The level in force: the policy's, else the rule's own; None where it is switched off."""
    named = policy.levels.get(rule.code)
    if named == "off":
        return None
    return Level(named) if named else rule.level


def judge(
    case: Case, registry: Registry, policy: Policy, book: Iterable[Rule[CaseRule]]
) -> list[Verdict]:
    """Ask every rule of the book about one case; all that is wrong, in the book's order."""
    return [
        Verdict(rule.code, level, field, facts)
        for rule in book
        for field, facts in rule.ask(case, registry, policy)
        if (level := level_of(rule, policy)) is not None
    ]


def recorded(case: Case) -> Admission:
    """The admission of a case; the gate is asked of no other."""
    if case.admission is None:
        raise TypeError("the gate is asked of a case without an admission")
    return case.admission
