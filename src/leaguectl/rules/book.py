"""The rule book: the rules of all chapters, in the order in which they are evaluated and listed."""

from typing import Any

from leaguectl.rules import (
    entry,
    evidence,
    gate,
    meeting,
    namesakes,
    occurrences,
    returning,
    standing,
    transfers,
    upkeep,
)
from leaguectl.rules.rule import CaseRule, Rule, WholeRule, declared_in

# Rules are evaluated, reported and printed in this order, whatever imports what.
_CHAPTERS = (
    entry, gate, meeting, standing, namesakes, returning, transfers, upkeep, occurrences,
    evidence,
)  # fmt: skip
_RULES = tuple(rule for chapter in _CHAPTERS for rule in declared_in(chapter.__name__))

ENTRY: tuple[Rule[CaseRule], ...] = tuple(rule for rule in _RULES if rule.scope == "entry")
"""Rules for everybody who is entered as a member."""

GATE: tuple[Rule[CaseRule], ...] = tuple(rule for rule in _RULES if rule.scope == "gate")
"""Rules that can refuse an admission."""

STANDING: tuple[Rule[WholeRule], ...] = tuple(
    rule for rule in _RULES if rule.scope in ("person", "record", "scan", "whole")
)
"""Rules for the registry as a whole."""

PERSONAL = tuple(rule for rule in STANDING if rule.scope == "person")
"""Rules that need only the records of one person; they are checked after every write."""

RECORDS = tuple(rule for rule in STANDING if rule.scope == "record")
"""Rules that need only a single record and its organisation; they are checked after every write."""

SCANS = tuple(rule for rule in STANDING if rule.scope == "scan")
"""Rules about a scan, also checked when it is received."""

BOOKS: dict[str, tuple[Rule[Any], ...]] = {"entry": ENTRY, "gate": GATE, "standing": STANDING}

CODES = tuple(rule.code for rule in _RULES)

OF_A_PERSON = frozenset(rule.code for rule in _RULES if rule.scope in ("entry", "gate", "person"))
"""The codes of the rules that need only the records of one person. Others (the size of a branch,
the sum of a block) would judge a snapshot of only a few people wrongly."""
