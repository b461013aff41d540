"""The documents say what the program does."""

import operator
import re
from decimal import Decimal
from pathlib import Path

import pytest

import answer_schemas
from console import PAGES, ROOT, renewed
from generated import is_stale
from leaguectl.cli.app import COMMANDS
from leaguectl.kinds import KINDS
from manual import PAGE, reference
from rules_manual import MANUAL, manual

PATHS = [
    f"{name} {sub}" if sub else name
    for name, target in COMMANDS.items()
    for sub in (target if isinstance(target, dict) else [""])
]
_SIGNS = {"−": operator.sub, "+": operator.add, "×": operator.mul, "÷": operator.truediv}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_the_program_prints(page: Path) -> None:
    """Every output shown is the real one; `python tools/console.py` renews it."""
    text = page.read_text("utf-8")
    assert renewed(text, PAGES[page]) == text


@pytest.mark.parametrize("name", ["planning.md", "planning.en.md"])
def test_the_arithmetic_of_the_plan_is_right_and_of_the_sample(name: str) -> None:
    """Each equation in the text holds, and its numbers are those that the program prints."""
    text = (ROOT / "docs" / name).read_text("utf-8")
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


def test_the_reference_is_what_the_program_says() -> None:
    """Of commands and of headings; `python tools/manual.py` renews it."""
    assert not is_stale(PAGE, reference())


def test_the_schemas_of_answers_are_what_the_program_says() -> None:
    """`python tools/answer_schemas.py` renews them. That answers are so, `conftest` holds of every
    answer that a test reads."""
    assert not is_stale(answer_schemas.FILE, answer_schemas.text())


def test_every_command_and_heading_stands_in_the_reference() -> None:
    """A command that the reference does not name is not known to a newcomer."""
    text = reference()
    missing = [path for path in PATHS if f"\n## {path}\n" not in text]
    assert missing == []
    for path in PATHS:
        assert f"](#{path.replace(' ', '-')})" in text
    for kind in KINDS.values():
        for heading in kind.headings:
            assert all(name in text for name in heading.headings), heading


def test_the_reference_gives_every_option_in_both_languages() -> None:
    """No cell of its tables is empty but those of headings, which need no synonym."""
    commands, _, _ = reference().partition("\n## 表头")
    rows = re.findall(r"^\| .+ \|$", commands, re.MULTILINE)
    assert len(rows) > 200
    assert [row for row in rows if re.search(r"\|\s*\|", row)] == []


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_a_readme_is_short(name: str) -> None:
    """A newcomer reads it in one go; what is longer stands in docs/."""
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_commands_and_pages_that_exist(page: Path) -> None:
    """Of commands their first words, of links those within the repository."""
    text = page.read_text("utf-8")
    groups = [name for name, target in COMMANDS.items() if isinstance(target, dict)]
    for name, sub in re.findall(r"\bleaguectl ([a-z]+)(?: ([a-z]+))?", text):
        assert (f"{name} {sub}" if name in groups else name) in PATHS
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (page.parent / link).exists(), link


def test_dependencies_are_explained() -> None:
    """Each library that is installed stands in the table with why."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = project["dependencies"] + extras["report"] + extras["test"]
    names = [re.split(r"[\[><=]", item)[0] for item in needed if "leaguectl" not in item]
    table = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert [name for name in names if f"| {name} |" not in table] == []


@pytest.mark.parametrize(
    "page",
    ["CONTRIBUTING.md", "docs/performance.md", "docs/planning.md", "docs/postgresql.md",
     "docs/reading.en.md", "docs/scale.md", "docs/scale.en.md"],
)  # fmt: skip
def test_the_files_that_a_page_names_are_there(page: str) -> None:
    """A path in a document is one of the repository, of the package or of one of its rooms."""
    named = set(re.findall(r"`([\w/-]+\.(?:py|toml|md|sql))`", (ROOT / page).read_text("utf-8")))
    package = ROOT / "src" / "leaguectl"
    places = [ROOT, ROOT / "tests", package, *package.iterdir(), package / "words" / "en"]
    missing = {path for path in named if not any((place / path).exists() for place in places)}
    assert missing <= {"kinds/NAME.py"}
