"""What a rule is, and how a book of rules is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from leaguectl.findings import Level
from leaguectl.registry import Case, Registry
from leaguectl.rules.policy import Policy

Facts = Mapping[str, Any]
CaseRule = Callable[[Case, Registry, Policy], Iterator[tuple[str, Facts]]]
"""Yields the field at fault and the facts of each thing wrong with one case."""
WholeRule = Callable[[Registry, Policy], Iterator[tuple[str, Facts]]]
"""Yields whom or what it is about and the facts of each thing wrong with the whole."""

Ask = TypeVar("Ask", CaseRule, WholeRule)


@dataclass(frozen=True, slots=True)
class Rule(Generic[Ask]):
    """One rule: its code, how much it weighs unless the policy says otherwise, and its source."""

    code: str
    ask: Ask
    source: str
    level: Level = Level.ERROR

    @property
    def sentence(self) -> str:
        """The rule in one sentence."""
        return " ".join((self.ask.__doc__ or "").split("\n\n")[0].split())


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
