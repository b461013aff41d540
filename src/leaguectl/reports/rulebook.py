"""The rule book for its readers: each rule with its level and numbers in force, and an example."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from leaguectl.findings import Finding, NotFound
from leaguectl.names import near_codes
from leaguectl.rules import BOOKS, Policy, Rule, level_of, load, load_stored
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.rules.examples import Pair


def policy_in(reader: Reader) -> Policy:
    """The policy in force in a registry: the packaged numbers with the county's own laid over."""
    return load_stored(_settings(reader).get("policy"))


def _settings(reader: Reader) -> dict[str, str]:
    return {str(key): str(value) for key, value in reader.rows("SELECT key, value FROM setting")}


@dataclass(frozen=True, slots=True)
class RuleNumber:
    """A number that a rule uses: its key in the policy, its value on the day, since when it has
    been in force, its source, and whose file has it (package, county)."""

    key: str
    value: Any
    since: date
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule as it is in force: ``level`` is None where it is off; ``origin`` says who set the
    level (rule, package, county)."""

    rule: Rule[Any]
    book: str
    level: str
    origin: str
    numbers: tuple[RuleNumber, ...] = ()

    @property
    def example(self) -> "Pair":
        """The right and the wrong example of the rule."""
        from leaguectl.rules.examples import EXAMPLES  # not needed for the policy

        return EXAMPLES[self.rule.code]

    @property
    def finding(self) -> Finding:
        """The finding of the wrong example."""
        return self.example.wrong.findings()[0]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The policies by which a registry is judged: the packaged one, and with the county's own."""

    packaged: Policy
    policy: Policy
    province: str | None = None

    @classmethod
    def of(cls, reader: Reader | None) -> "Rulebook":
        """The rule book of a registry; the packaged one where there is none."""
        settings = _settings(reader) if reader is not None else {}
        return cls(load(), load_stored(settings.get("policy")), settings.get("province"))

    def rules(self, day: date) -> list[RuleInForce]:
        """Every rule, in the order of the books."""
        return [self._in_force(rule, book, day) for book, rules in BOOKS.items() for rule in rules]

    def rule(self, code: str, day: date) -> RuleInForce:
        """One rule as it is in force on that day.

        :raises NotFound: there is none of that code.
        """
        by_code = {rule.code: (rule, book) for book, rules in BOOKS.items() for rule in rules}
        if code not in by_code:
            near = near_codes(code, by_code)
            raise NotFound("rule-not-there", rule=code, **({"near": near} if near else {}))
        return self._in_force(*by_code[code], day)

    def _in_force(self, rule: Rule[Any], book: str, day: date) -> RuleInForce:
        level = level_of(rule, self.policy)
        origin = "rule"
        if rule.code in self.policy.levels:
            # A county's file may repeat the package's value; then it still counts as the package's.
            same = self.packaged.levels.get(rule.code) == self.policy.levels[rule.code]
            origin = "package" if same else "county"
        numbers = tuple(self._number(key, day) for key in rule.numbers)
        return RuleInForce(rule, book, str(level) if level else "off", origin, numbers)

    def _number(self, key: str, day: date) -> RuleNumber:
        section, _, name = key.partition(".")
        value, since = self.policy.in_force(key, day, self.province)
        same = (value, since) == self.packaged.in_force(key, day, self.province)
        source = self.policy.sources[section][name]
        return RuleNumber(key, value, since, source, "package" if same else "county")
