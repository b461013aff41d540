"""The rule book for its readers: each rule with its level and numbers in force, and an example."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from leaguectl.actions.suggestions import near_codes
from leaguectl.findings import Finding, NotFound
from leaguectl.rules import BOOKS, Policy, Rule, level_of, load
from leaguectl.rules.examples import EXAMPLES, Pair
from leaguectl.store import Location
from leaguectl.store.reading import open_reader


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a rule goes by: its key in the policy, its value on the day, since when it
    has held, where it stands, and whose file says so (package, county)."""

    key: str
    value: Any
    since: date
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class Told:
    """One rule as it is in force: ``level`` is None where it is off; ``origin`` says who set the
    level (rule, package, county)."""

    rule: Rule[Any]
    book: str
    level: str
    origin: str
    figures: tuple[Figure, ...] = ()

    @property
    def example(self) -> Pair:
        """What is right by the rule, and what is wrong."""
        return EXAMPLES[self.rule.code]

    @property
    def finding(self) -> Finding:
        """What is said of the wrong example."""
        return self.example.wrong.findings()[0]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The policies by which a registry is judged: the packaged one, and with the county's own."""

    packaged: Policy
    policy: Policy
    province: str | None = None

    @classmethod
    def of(cls, location: Location | None) -> "Rulebook":
        """The rule book of a registry; the packaged one where there is none."""
        settings: dict[str, str] = {}
        if location is not None and not location.is_missing:
            with open_reader(location) as reader:
                settings = {str(key): str(value) for key, value in reader.rows(_SETTINGS)}
        return cls(load(), load(settings.get("policy")), settings.get("province"))

    def rules(self, day: date) -> list[Told]:
        """Every rule, in the order of the books."""
        return [self._told(rule, book, day) for book, rules in BOOKS.items() for rule in rules]

    def rule(self, code: str, day: date) -> Told:
        """One rule as it is in force on that day.

        :raises NotFound: there is none of that code.
        """
        known = {rule.code: (rule, book) for book, rules in BOOKS.items() for rule in rules}
        if code not in known:
            near = near_codes(code, known)
            raise NotFound("rule-not-there", rule=code, **({"near": near} if near else {}))
        return self._told(*known[code], day)

    def _told(self, rule: Rule[Any], book: str, day: date) -> Told:
        level = level_of(rule, self.policy)
        origin = "rule"
        if rule.code in self.policy.levels:
            same = self.packaged.levels.get(rule.code) == self.policy.levels[rule.code]
            origin = "package" if same else "county"
        figures = tuple(self._figure(key, day) for key in rule.numbers)
        return Told(rule, book, str(level) if level else "off", origin, figures)

    def _figure(self, key: str, day: date) -> Figure:
        section, _, name = key.partition(".")
        value, since = self.policy.in_force(key, day, self.province)
        same = (value, since) == self.packaged.in_force(key, day, self.province)
        source = self.policy.sources[section][name]
        return Figure(key, value, since, source, "package" if same else "county")


_SETTINGS = "SELECT key, value FROM setting WHERE key IN ('policy', 'province')"
