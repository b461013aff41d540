"""The documents say what the program does."""

import operator
import re
from decimal import Decimal
from pathlib import Path

import pytest

from console import PAGES, README, ROOT, renewed
from leaguectl.cli.app import COMMANDS
from rules_manual import MANUAL, manual

_SIGNS = {"−": operator.sub, "+": operator.add, "×": operator.mul, "÷": operator.truediv}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_the_program_prints(page: Path) -> None:
    """Every output shown is the real one; `python tools/console.py` renews it."""
    text = page.read_text("utf-8")
    assert renewed(text) == text


def test_the_arithmetic_of_the_plan_is_right_and_of_the_sample() -> None:
    """Each equation in the text holds, and its numbers are those that the program prints."""
    text = (ROOT / "docs" / "planning.md").read_text("utf-8")
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    printed = "".join(re.findall(r"```console\n(.*?)```", text, flags=re.S))
    number = r"\d+(?:\.\d+)?"
    found = re.findall(rf"({number}(?:\s[−+×÷]\s{number})+)\s=\s({number})", prose)
    assert len(found) >= 9
    for left, right in found:
        terms = [Decimal(digits) for digits in re.findall(number, left)]
        value = terms[0]
        for sign, term in zip(re.findall(r"[−+×÷]", left), terms[1:], strict=True):
            value = _SIGNS[sign](value, term)
        assert value.quantize(Decimal(right)) == Decimal(right), f"{left} = {right}"
    for said in ("194", "381", "758", "329", "125", "5187", "203", "612", "4372", "562"):
        assert re.search(rf"\b{said}\b", printed), said


def test_the_manual_of_the_rules_is_what_the_rule_book_says() -> None:
    """`python tools/rules_manual.py` renews it."""
    assert MANUAL.read_text("utf-8") == manual()


def test_every_command_stands_in_the_readme() -> None:
    """A command that the README does not name is not known to a newcomer."""
    text = README.read_text("utf-8")
    names = [
        f"{name} {sub}" if sub else name
        for name, target in COMMANDS.items()
        for sub in (target if isinstance(target, dict) else [""])
    ]
    assert [
        name for name in names if f"`{name}`" not in text and f"leaguectl {name}" not in text
    ] == []


def test_dependencies_are_explained_in_the_readme() -> None:
    """Each library that is installed stands in the README's table with why."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["test"]
    names = [re.split(r"[\[><=]", item)[0] for item in needed]
    table = README.read_text("utf-8").partition("## Dependencies")[2]
    assert [name for name in names if f"| {name} |" not in table] == []


@pytest.mark.parametrize(
    "page",
    ["CONTRIBUTING.md", "docs/performance.md", "docs/planning.md", "docs/postgresql.md",
     "docs/reading.md"],
)  # fmt: skip
def test_the_files_that_a_page_names_are_there(page: str) -> None:
    """A path in a document is one of the repository, of the package or of one of its rooms."""
    named = set(re.findall(r"`([\w/-]+\.(?:py|toml|md|sql))`", (ROOT / page).read_text("utf-8")))
    package = ROOT / "src" / "leaguectl"
    places = [ROOT, ROOT / "tests", package, *package.iterdir(), package / "words" / "en"]
    missing = {path for path in named if not any((place / path).exists() for place in places)}
    assert missing <= {"kinds/NAME.py"}
