"""The rule book: the rules of all chapters, in the order in which they are asked and listed."""

from typing import Any

from leaguectl.rules import entry, evidence, gate, meeting, standing, upkeep
from leaguectl.rules.rule import CaseRule, Rule, WholeRule, declared_in

# In this order rules are asked, reported and printed in the manual, whatever imports what.
_CHAPTERS = (entry, gate, meeting, standing, upkeep, evidence)
_RULES = tuple(rule for chapter in _CHAPTERS for rule in declared_in(chapter.__name__))

ENTRY: tuple[Rule[CaseRule], ...] = tuple(rule for rule in _RULES if rule.scope == "entry")
"""What must hold of everybody who is entered as a member."""

GATE: tuple[Rule[CaseRule], ...] = tuple(rule for rule in _RULES if rule.scope == "gate")
"""What can refuse one admission."""

STANDING: tuple[Rule[WholeRule], ...] = tuple(
    rule for rule in _RULES if rule.scope in ("person", "scan", "whole")
)
"""What must hold of the registry as a whole."""

PERSONAL = tuple(rule for rule in STANDING if rule.scope == "person")
"""What needs no more than what is known of one person, and is asked after every write."""

SCANS = tuple(rule for rule in STANDING if rule.scope == "scan")
"""What a scan is asked where it comes in as well."""

BOOKS: dict[str, tuple[Rule[Any], ...]] = {"entry": ENTRY, "gate": GATE, "standing": STANDING}

CODES = tuple(rule.code for rule in _RULES)

OF_A_PERSON = frozenset(rule.code for rule in _RULES if rule.scope in ("entry", "gate", "person"))
"""The rules that need no more than what is known of one person. Others (how many members a branch
has, how a block adds up) would judge wrongly of a snapshot that holds one person or two."""
