"""The manual of the rules, made from the rule book itself.

``python tests/manual.py`` renews docs/rules.md; ``test_docs.py`` compares it.
"""

from datetime import date
from pathlib import Path

from leaguectl.actions.explaining import Rulebook, Told
from leaguectl.cli.rulebook import lines
from leaguectl.output import Printer
from leaguectl.rules import BOOKS, load
from leaguectl.words import words

MANUAL = Path(__file__).parent.parent / "docs" / "rules.md"
DAY = date(2024, 6, 30)
HEAD = """# The rules

This manual is made from the rule book (`python tests/manual.py`). `leaguectl explain CODE` shows
the same for one rule, with the levels and numbers in force in a registry. A county's own policy
file (`leaguectl init --policy FILE`) sets other levels and numbers; a level is `error`, `warning`
or `off`. An admission is judged by the numbers of the day of its branch meeting, the whole by those
of the day as of which it is judged. The examples are invented people, and the smallest that show
the rule.

{count} rules in three books; numbers in force on {day}.
"""
TITLES = {
    "entry": "Of everybody who is entered as a member",
    "gate": "Of one admission",
    "standing": "Of the registry as a whole",
}
LEFT_OUT = ("rule", "book", "says")


def manual() -> str:
    """The whole manual as it is today."""
    policy = load()
    told = Rulebook(policy, policy).rules(DAY)
    parts = [HEAD.format(count=len(told), day=DAY)]
    for book in BOOKS:
        parts.append(f"## {TITLES[book]}\n")
        parts += [_section(one) for one in told if one.book == book]
    return "\n".join(parts)


def _section(told: Told) -> str:
    printer = Printer(words("en"))
    said = [(name, text) for name, text in lines(told, printer) if name not in LEFT_OUT]
    listed = "".join(f"- {name}: {text}\n" for name, text in said)
    return f"### {told.rule.code}\n\n{told.rule.sentence}\n{told.rule.chinese}\n\n{listed}"


if __name__ == "__main__":
    MANUAL.write_text(manual(), "utf-8")
