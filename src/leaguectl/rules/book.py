"""What a rule is, and how a book of rules is asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from leaguectl.findings import Level
from leaguectl.model import Admission, RuleSubject, Snapshot
from leaguectl.rules.policy import Policy

Facts = Mapping[str, Any]
CaseRule = Callable[[RuleSubject, Snapshot, Policy], Iterator[tuple[str, Facts]]]
"""Yields the field at fault and the facts of each thing wrong with one case."""
WholeRule = Callable[[Snapshot, Policy], Iterator[tuple[str, Facts]]]
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
    looks_at: tuple[str, ...] | None = None
    """By which properties of a case (:mod:`leaguectl.rules.looks`) it decides where the registry
    knows of the person and the papers nothing, or just what the case says; None: by others."""

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
    case: RuleSubject, registry: Snapshot, policy: Policy, book: Iterable[Rule[CaseRule]]
) -> list[Verdict]:
    """Ask every rule of the book about one case; all that is wrong, in the book's order."""
    return [
        Verdict(rule.code, level, field, facts)
        for rule in book
        for field, facts in rule.ask(case, registry, policy)
        if (level := level_of(rule, policy)) is not None
    ]


class BatchJudge:
    """Asks the rules of a book about many cases, of whom the registry knows nothing, or just what
    they say. Of those that are alike in what a rule looks at it is asked of one; the answer is
    kept."""

    def __init__(self, book: Iterable[Rule[CaseRule]], registry: Snapshot, policy: Policy) -> None:
        self.registry, self.policy = registry, policy
        self.rules: dict[tuple[str, ...] | None, list[Rule[CaseRule]]] = {}
        self.told: dict[tuple[str, ...], tuple[set[Any], set[Any]]] = {}
        """What they look at, of which cases they are silent, and of which not."""
        asked = [rule for rule in book if level_of(rule, policy) is not None]
        for rule in sorted(asked, key=lambda rule: -len(rule.looks_at or ())):
            self.rules.setdefault(self._with_more(rule.looks_at), []).append(rule)

    def _with_more(self, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """What some rule looks at that looks at these too: they are asked together."""
        if names is None:
            return None
        return next((more for more in self.rules if more and {*names} <= {*more}), names)

    def spoken_of(
        self,
        looks: Mapping[str, Sequence[Any]],
        case: Callable[[int], RuleSubject],
        places: Sequence[int],
    ) -> Iterator[int]:
        """At which of these places a case stands of which some rule has something to say. ``looks``
        has the properties of the cases by column, ``case`` makes the one at a place."""
        for names, rules in self.rules.items():
            if names is None:
                yield from (at for at in places if self._speaks(rules, case(at)))
                continue
            of = [*zip(*(looks[name] for name in names), strict=True)] if names else None
            keys = [of[at] for at in places] if of else [()] * len(places)
            alike = dict(zip(keys, places, strict=True))
            silent, spoken = self.told.setdefault(names, (set(), set()))
            for key in alike.keys() - silent:
                (spoken if self._speaks(rules, case(alike[key])) else silent).add(key)
            if spoken:
                yield from (at for at, key in zip(places, keys, strict=True) if key in spoken)

    def _speaks(self, rules: Iterable[Rule[CaseRule]], case: RuleSubject) -> bool:
        for rule in rules:
            for _ in rule.ask(case, self.registry, self.policy):
                return True
        return False


def recorded(case: RuleSubject) -> Admission:
    """The admission of a case; the gate is asked of no other."""
    if case.admission is None:
        raise TypeError("the gate is asked of a case without an admission")
    return case.admission
