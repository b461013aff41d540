"""The documents say what the program does."""

import re

from leaguectl.cli import COMMANDS
from readme import README, ROOT, renewed


def test_readme_shows_what_the_program_prints() -> None:
    """Every output in the README's tour is the real one; `python tests/readme.py` renews it."""
    text = README.read_text("utf-8")
    assert renewed(text) == text


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
    names = [re.split(r"[\[><=]", one)[0] for one in needed]
    table = README.read_text("utf-8").partition("## Dependencies")[2]
    assert [name for name in names if f"| {name} |" not in table] == []
