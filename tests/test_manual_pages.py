"""What the pages of the manual tell somebody to type can be typed, and the first day works."""

import re
import shlex
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer import Context

from conftest import DATA, Run
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Root
from leaguectl.words import LANGUAGES, words

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*(ROOT / "docs").glob("*.md"), *(ROOT / "src/leaguectl/words").glob("*/topics/*.md")]
)
SHEETS = ("团组织", "团员", "发展计划", "发展团员", "团干部")


def commands_on(page: Path) -> list[str]:
    """The lines of a page that somebody types."""
    lines = page.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if re.match(r"\s{4,}leaguectl ", line)]


def command_of(line: str) -> tuple[Any, list[str]]:
    """The command that a line runs, and its arguments."""
    arguments = shlex.split(line.partition(" > ")[0].partition(" || ")[0], comments=True)[1:]
    if arguments[:1] == ["--db"]:
        del arguments[:2]
    built: Any = Root(COMMANDS, words("en"))
    while arguments and built is not None and hasattr(built, "get_command"):
        name = arguments.pop(0)
        built = built.get_command(None, name)
    return built, arguments


def path_of(line: str) -> str:
    """The words of the command that a line runs."""
    path: str = command_of(line)[0].path
    return path


def options_of(line: str) -> list[str]:
    """The options on a line."""
    words = shlex.split(line)
    return [word.partition("=")[0] for word in words if re.match(r"--?[a-zA-Z]", word)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.parent.name}-{page.stem}")
def test_every_option_on_a_page_is_one_of_its_command(page: Path) -> None:
    """No page advises a command that is then refused."""
    for line in commands_on(page):
        built, arguments = command_of(line)
        assert built is not None, line
        if not hasattr(built, "declared"):
            continue  # a group or the program alone
        known = {opt for param in built.get_params(Context(built)) for opt in param.opts}
        given = options_of(shlex.join(arguments))
        assert [option for option in given if option not in known] == [], line


def test_the_first_day_is_as_its_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """From an empty place to the first figures by the commands of the page, word for word."""
    page = ROOT / "src/leaguectl/words" / "zh" / "topics" / "first-day.md"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "county.db"))
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-01-15")
    book = openpyxl.load_workbook(DATA / "sample.xlsx", read_only=True)
    for sheet in SHEETS:
        alone = openpyxl.Workbook(write_only=True)
        out = alone.create_sheet(sheet)
        for row in book[sheet].iter_rows(values_only=True):
            out.append(row)
        alone.save(f"{sheet}.xlsx")
    lines = commands_on(page)
    assert len(lines) >= 8
    for line in lines:
        ran = run("--lang", "zh", *shlex.split(line)[1:])
        assert ran.code == 0, (line, ran.err)
    assert run("stats", "2023", "--get", "members.total").out == "5187\n"
    assert run("stats", "2023", "--get", "admissions.total").out == "303\n"
    assert run("check", "--strict").code == 0


def test_the_tour_goes_as_its_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """The county of `demo`, and each command of the page in its folder; only the roster and the
    candidates with faults have findings. A folder with something in it is left alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-07-01")
    made = run("--lang", "zh", "demo")
    assert made.code == 0, made.err
    assert run("demo").code == 3
    page = ROOT / "src/leaguectl/words" / "zh" / "topics" / "tour.md"
    assert commands_on(page) == [
        line.strip() for line in made.out.splitlines() if line.strip().startswith("leaguectl --db")
    ]
    monkeypatch.chdir(tmp_path / "leaguectl-demo")
    codes = {}
    for line in commands_on(page):
        ran = run("--lang", "zh", *shlex.split(line)[1:])
        codes[shlex.split(line)[3] if len(shlex.split(line)) > 3 else ""] = ran.code
    assert {name: code for name, code in codes.items() if code} == {"import": 1, "admit": 1}


@pytest.mark.parametrize("topic", ["first-day", "tour"])
def test_the_walks_are_the_same_in_both_languages(topic: str) -> None:
    """Line by line the same commands with the same options; the test that goes the walk goes it in
    Chinese."""
    pages = [ROOT / "src/leaguectl/words" / name / "topics" / f"{topic}.md" for name in LANGUAGES]
    walks = [[(path_of(line), options_of(line)) for line in commands_on(page)] for page in pages]
    assert walks[0] == walks[1]
