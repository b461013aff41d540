"""The manual of the rules (docs/rules.md), made from the rule book itself.

python tools/rules_manual.py            # renews it
python tools/rules_manual.py --check    # says whether it is what the rule book says
"""

import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from generated import finish
from leaguectl.output import Printer
from leaguectl.reports.rulebook import Rulebook, RuleInForce
from leaguectl.rules import BOOKS, load
from leaguectl.rules.examples import Example, Pair
from leaguectl.words import words

MANUAL = Path(__file__).parent.parent / "docs" / "rules.md"
DAY = date(2024, 6, 30)
HEAD = """# The rules

This manual is made from the rule book (`python tools/rules_manual.py`). `leaguectl explain CODE`
shows the same for one rule, with the levels and numbers in force in a registry. A county's own
policy file (`leaguectl init --policy FILE`) sets other levels and numbers; a level is `error`,
`warning` or `off`. An admission is judged by the numbers of the day of its branch meeting, the
whole by those of the day as of which it is judged.

Each rule has an example: what is right, and what is wrong in one thing, and what is said of it. The
people in them are invented, and the examples the smallest that show the rule.

{count} rules in three books; numbers in force on {day}.
"""
TITLES = {
    "entry": "Of everybody who is entered as a member",
    "gate": "Of one admission",
    "standing": "Of the registry as a whole",
}
PLURALS = {"person": "people", "quota": "quotas"}
ENGLISH, CHINESE = Printer(words("en")), Printer(words("zh"))


def manual() -> str:
    """The whole manual as it is today."""
    policy = load()
    rules = Rulebook(policy, policy).rules(DAY)
    parts = [HEAD.format(count=len(rules), day=DAY)]
    for book in BOOKS:
        parts.append(f"## {TITLES[book]}\n")
        parts += [_section(in_force) for in_force in rules if in_force.book == book]
    return "\n".join(parts)


def _section(in_force: RuleInForce) -> str:
    rule, pair = in_force.rule, in_force.example
    message, fix = ENGLISH.words.finding(in_force.finding, ENGLISH)
    chinese, _ = CHINESE.words.finding(in_force.finding, CHINESE)
    lines = [f"{in_force.level.capitalize()}. Source: {rule.source}."]
    lines += [
        f"`{number.key}` is {_text(number.value)} since {number.since}: {number.source}."
        for number in in_force.numbers
    ]
    example = [
        ("Right", _in_words(pair, pair.right)),
        ("Wrong", _in_words(pair, pair.wrong)),
        ("Finding", f"{message}. {chinese}。"),
        ("What to do", f"{fix}."),
    ]
    if pair.policy:
        own = pair.policy.strip().replace("\n", ", ")
        example.insert(0, ("A county's own policy", f"`{own}`."))
    listed = "".join(f"- {name}: {text}\n" for name, text in example)
    facts = "  \n".join(lines)
    return f"### {rule.code}\n\n{rule.sentence}\n{rule.chinese}\n\n{facts}\n\n{listed}"


def _in_words(pair: Pair, side: Example) -> str:
    """One example of a pair, as far as it differs from the other."""
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for noun, field, right, wrong in pair.differences():
        values[noun][field] = right if side is pair.right else wrong
    text = "; ".join(_phrase(noun, facts, pair, side) for noun, facts in values.items())
    return f"{text[0].upper()}{text[1:]}."


def _phrase(noun: str, facts: dict[str, Any], pair: Pair, side: Example) -> str:
    name = ENGLISH.words.term(noun, ENGLISH) if noun else ""
    if "count" in facts:
        count = facts["count"]
        return f"{count} {name if count == 1 else PLURALS.get(noun, name + 's')}"
    if _is_missing(noun, pair, side):
        has_others = any(kind == noun for kind, _ in side.things())
        return f"no other {name}" if has_others else f"no {name}"
    if noun == "":  # the registry: the day of today, or that as of which it is judged
        return " and ".join(f"{_DAYS.get(field, field)} {day}" for field, day in facts.items())
    article = "an" if name[0] in "aeiou" else "a"
    given = ", ".join(
        _fact(field, value, noun) for field, value in facts.items() if value is not None
    )
    blank = " or ".join(
        ENGLISH.words.heading(field) for field, value in facts.items() if value is None
    )
    if noun == "case":
        return given or f"no {blank}"
    parts = (f"{article} {name}", given and f"with {given}", blank and f"without {blank}")
    return " ".join(part for part in parts if part)


_DAYS = {"today": "today being", "as_of": "judged as of"}


def _is_missing(noun: str, pair: Pair, side: Example) -> bool:
    """Whether what makes the difference is a noun that this side has not."""
    right, wrong, here = pair.right.things(), pair.wrong.things(), side.things()
    differing = [key for key in {**right, **wrong} if right.get(key) != wrong.get(key)]
    return next(key not in here for key in differing if key[0] == noun)


def _fact(field: str, value: Any, noun: str) -> str:
    return _text(value) if field == noun else f"{ENGLISH.words.heading(field)} {_text(value)}"


def _text(value: Any) -> str:
    if value in ((), frozenset(), ""):
        return "not set"
    if isinstance(value, dict):
        return ", ".join(f"{_text(key)} {_text(part)}" for key, part in value.items())
    return ENGLISH.words.term(sorted(value) if isinstance(value, frozenset) else value, ENGLISH)


if __name__ == "__main__":
    sys.exit(finish({MANUAL: manual()}))
