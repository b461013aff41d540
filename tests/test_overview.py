"""Where things stand, what comes next, and the pages of help."""

import re
from pathlib import Path

import pytest

from conftest import DATA, Run, answer_of
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.overview import FIRST_STEPS, TOPICS
from leaguectl.words import LANGUAGES, words

PATHS = {
    f"{name} {sub}".strip()
    for name, target in COMMANDS.items()
    for sub in (target if isinstance(target, dict) else ("",))
}


def status(run: Run) -> dict:
    """What scripts get."""
    answer: dict = answer_of(run, "status")
    return answer


def test_an_empty_place_shows_the_first_day(db: Path, run: Run) -> None:
    """Without a registry the answer is how to begin, and nothing is made."""
    ran = run()
    assert ran.code == 0
    assert "help first-day" in ran.out
    assert "leaguectl template organizations" in ran.out
    assert not db.exists()


def test_what_comes_next_follows_what_is_there(db: Path, run: Run) -> None:
    """An empty registry wants organisations, then members; a full one what is due."""
    run("init", "--province", "65")
    line = words("en").line
    expected = [line(f"step-{step}", year=2024, last=2023) for step in FIRST_STEPS]
    assert status(run)["next"] == expected
    run("import", DATA / "sample.xlsx")
    answer = status(run)
    assert answer["holdings"]["organizations"] == 288
    assert answer["last_operation"]["command"] == "import"
    assert answer["next"][0] == line("step-quota", year=2024)  # the sample has a plan of 2023
    assert answer["due"]["overdue"] == sum(item["overdue"] for item in answer_of(run, "due")["due"])
    assert sum(answer["due"]["kinds"].values()) == len(answer_of(run, "due")["due"])


def test_without_a_command_it_is_status(sample_db: Path, run: Run) -> None:
    """Common options may stand alone; an unknown one is still an error of usage."""
    assert run() == run("status") == run("--lang", "en")
    assert run("--db", sample_db).out == run("status").out
    assert run("--nonsense").code == 2


def test_what_is_open_is_counted(sample_db: Path, run: Run) -> None:
    """A transfer on its way is open, and its list comes next."""
    who = answer_of(run, "member", "find", "张")["rows"][0]
    ran = run("member", "transfer", str(who["id"]), "--to-outside", "阿里县", "--on", "2024-01-10")
    assert ran.code == 0, ran.err
    assert status(run)["open"]["transfers"] == 1


def test_a_write_says_what_comes_next_unless_it_is_to_be_quiet(db: Path, run: Run) -> None:
    """On stderr, after the operation."""
    import_ = ("import", "--province", "65", DATA / "sample.xlsx")
    ran = run(*import_)
    assert "next: leaguectl check; to take it back: leaguectl undo 1" in ran.err
    db.unlink()
    assert "next:" not in run("-q", *import_).err


def test_an_empty_list_says_so(db: Path, run: Run) -> None:
    """On stderr: stdout has the headings alone."""
    run("init", "--province", "65")
    for path in ("task list", "training list", "case list", "org tree", "quota show 2030"):
        ran = run(*path.split())
        assert ran.code == 0
        assert words("en").line("empty-list") in ran.err, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_a_page_and_the_commands_on_it_exist(language: str, run: Run) -> None:
    """By its name and by its Chinese name."""
    listed = run("--lang", language, "help").out
    for topic in TOPICS:
        page = run("--lang", language, "help", topic)
        assert (page.code, page.out) == (0, words(language).topic(topic))
        assert f"leaguectl help {topic}" in listed
        for name, sub in re.findall(r"\bleaguectl ([a-z]+)(?: ([a-z]+))?", page.out):
            is_group = isinstance(COMMANDS.get(name), dict)
            assert (f"{name} {sub}" if is_group else name) in PATHS, page.out
        for other in re.findall(r"leaguectl help ([a-z-]+)", page.out):
            assert other in TOPICS
    assert run("--lang", language, "help", "备份").out == words(language).topic("backup")
    assert run("help", "nothing of the kind").code == 2


def test_the_page_of_exit_codes_has_each_of_them(run: Run) -> None:
    """Those of the contract."""
    codes = re.findall(r"^\| (\d+) \|", run("help", "exit-codes").out, re.MULTILINE)
    assert codes == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "70", "130"]
