"""What the command line says of itself, and how it ends where a command was typed wrongly."""

import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import make_dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run
from leaguectl import __version__, model
from leaguectl.cli import framework
from leaguectl.cli.admit import admission_cells
from leaguectl.cli.app import COMMANDS, SECTIONS
from leaguectl.cli.case import progress_cells
from leaguectl.cli.options import PERSON
from leaguectl.cli.org import founding_cells
from leaguectl.kinds import KINDS
from leaguectl.words import words

GROUPS = [name for name, target in COMMANDS.items() if isinstance(target, dict)]
PATHS = [(name,) for name in COMMANDS] + [
    (name, sub) for name in GROUPS for sub in COMMANDS[name]
]  # fmt: skip
BUG = """
import sys
from leaguectl.store import reading
def broken(*_, **__):
    raise RuntimeError("id 658899200703010017 of 欧阳白鹭 in the middle of it")
reading.open_reader = broken
from leaguectl.cli.app import main
main()
"""


def broken(*arguments: str, **environment: str) -> Ran:
    """Run ``stats`` in a process of its own in which the operation fails as only a bug does."""
    done = subprocess.run(
        [sys.executable, "-c", BUG, *arguments],
        capture_output=True, check=False, text=True, encoding="utf-8",
        env={**os.environ, **environment},
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def logs(folder: Path) -> list[Path]:
    """The log files of this user."""
    return [path for path in (folder / "user").rglob("*.log") if path.is_file()]


# -- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_tells_what_it_does(
    path: tuple[str, ...], language: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--help`` ends with 0, on stdout, in the user's language."""
    monkeypatch.setenv("LEAGUECTL_LANG", language)
    ran = run(*path, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"leaguectl {' '.join(path)}" in ran.out
    assert words(language).help[" ".join(path)][:12] in ran.out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_lists_every_command(language: str, spawn: Run) -> None:
    """The first page names all there is, in the language of ``LEAGUECTL_LANG``."""
    ran = spawn("--help", LEAGUECTL_LANG=language)
    listed = re.findall(r"^  ([a-z]+)  ", ran.out, re.MULTILINE)
    assert (ran.code, ran.err) == (0, "")
    assert listed == [name for names in SECTIONS.values() for name in names]
    assert sorted(listed) == sorted(COMMANDS)
    assert words(language).help[""][:20] in ran.out


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "zh", "stats", "--help"), ("stats", "--lang", "zh", "--help"),
     ("stats", "--help", "--lang=zh"), ("--lang=zh", "stats", "--help")],
)  # fmt: skip
def test_the_language_may_be_asked_for_anywhere(arguments: tuple[str, ...], spawn: Run) -> None:
    """``--lang`` decides over ``LEAGUECTL_LANG`` before and after the command."""
    ran = spawn(*arguments, LEAGUECTL_LANG="en")
    assert words("zh").help["stats"] in ran.out


def test_help_in_chinese_is_chinese_throughout(spawn: Run) -> None:
    """A user who asked for Chinese reads about ``--help`` in Chinese as well."""
    out = spawn("stats", "--help", "--lang", "zh").out
    assert words("zh").help["option.help"] in out
    assert "Show this message and exit" not in out


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(option: str, run: Run) -> None:
    """Name and version, and nothing else."""
    ran = run(option)
    assert (ran.code, ran.out, ran.err) == (0, f"leaguectl {__version__}\n", "")


# -- typed wrongly -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [(name,) for name in GROUPS], ids=" ".join)
def test_no_command_gives_the_help_and_is_an_error_of_usage(
    path: tuple[str, ...], run: Run
) -> None:
    """A group alone does nothing: exit code 2, and what could be typed; stdout stays clean."""
    ran = run(*path)
    assert (ran.code, ran.out) == (2, "")
    assert all(name in ran.err for name in COMMANDS[path[0]])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("stat",), "stats"), (("improt",), "import"), (("quota", "shw"), "show"),
     (("member", "finde"), "find"), (("config", "shov"), "show")],
)  # fmt: skip
def test_a_mistyped_command_is_answered_with_the_nearest(
    typed: tuple[str, ...], meant: str, run: Run
) -> None:
    """Exit code 2, and what was probably meant."""
    ran = run(*typed)
    assert (ran.code, ran.out) == (2, "")
    assert f"'{meant}'" in ran.err


@pytest.mark.parametrize("path", [(), *PATHS], ids=" ".join)
def test_an_unknown_option_is_an_error_of_usage(path: tuple[str, ...], run: Run) -> None:
    """Exit code 2 on every command, before anything is done."""
    ran = run(*path, "--no-such-option")
    assert (ran.code, ran.out) == (2, "")
    assert "--no-such-option" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats",), ("stats", "soon"), ("stats", "1"), ("stats", "2023", "--as-of", "2023-02-30"),
        ("stats", "2023", "--as-of", "yesterday"), ("stats", "2023", "later"),
        ("stats", "2023", "-O", "xml"), ("stats", "2023", "--reveal"),
        ("stats", "2023", "--lang", "fr"), ("stats", "2023", "--color", "sometimes"),
        ("org", "tree", "--depth", "-1"), ("check", "no-such-rule"), ("import",), ("admit",),
        ("import", "--kind", "letters", "x.xlsx"), ("import", "--province", "Xinjiang", "x.xlsx"),
        ("init", "--province", "6"), ("--db", "mysql://server/league", "stats", "2023"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_value_that_cannot_be_is_an_error_of_usage(
    arguments: tuple[str, ...], sample_db: Path, run: Run
) -> None:
    """Exit code 2, a message, and no data."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip()


def test_an_unknown_value_names_the_known_ones(sample_db: Path, run: Run) -> None:
    """After a mistyped format or rule the message lists what there is."""
    assert all(name in run("stats", "2023", "-O", "xml").err for name in ("json", "csv", "md"))
    assert "one-number" in run("check", "one-numbr").err


# -- options, anywhere ---------------------------------------------------------------------------


def test_a_common_option_may_stand_before_and_after_the_command(
    sample_registry: Path, run: Run
) -> None:
    """``--db`` means the same in every place, and the later one counts."""
    asked = ("stats", "2023", "--get", "admissions.total")
    for arguments in (
        ("--db", sample_registry, *asked),
        (*asked, "--db", sample_registry),
        ("--db", "none.db", *asked, "--db", sample_registry),
    ):
        ran = run(*arguments)
        assert (ran.code, ran.out, ran.err) == (0, "303\n", "")
    quota = ("--db", "none.db", "quota", "--db", sample_registry, "show", "2023", "-O", "json")
    assert run(*quota).code == 0


def test_flag_environment_config_and_default_come_in_this_order(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``config show`` prints each value and where it came from."""

    def db(*arguments: str) -> tuple[str, str]:
        ran = run(*arguments, "config", "show", "-O", "json")
        assert ran.code == 0, ran.err
        found = json.loads(ran.out)["settings"]["db"]
        return found["value"], found["origin"]

    assert db()[1] == "default"
    config = tmp_path / "config.toml"
    config.write_text('db = "file.db"\n', "utf-8-sig")  # as Notepad writes it
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    assert db() == ("file.db", str(config))
    monkeypatch.setenv("LEAGUECTL_DB", "environment.db")
    assert db() == ("environment.db", "LEAGUECTL_DB")
    assert db("--db", "option.db") == ("option.db", "--db")


@pytest.mark.parametrize(
    ("text", "code"), [("db = \n", 2), ("bd = 'x'\n", 2), (None, 4)], ids=["no toml", "key", "gone"]
)
def test_a_config_file_that_is_wrong_is_reported(
    text: str | None, code: int, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistyped config file is an error that names the file, never silence."""
    config = tmp_path / "config.toml"
    if text is not None:
        config.write_text(text, "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    ran = run("stats", "2023")
    assert ran.code == code
    assert "config.toml" in ran.err


# -- options of rows -----------------------------------------------------------------------------

DERIVED = {"unit", "born", "sex"}
"""Columns that say again what the branch and the ID number say."""


def test_the_options_of_a_candidate_are_the_columns_of_the_sheet() -> None:
    """They are made from the entities, since help must not load what declares the sheets; what a
    row can say, an option can say as well."""
    admissions, candidates = (
        {heading.field for heading in KINDS[name].headings} - DERIVED
        for name in ("admissions", "candidates")
    )
    assert set(admission_cells()) == admissions
    assert {*PERSON, *progress_cells()} == candidates - {"reached", "closed", "reason"}
    organizations = {heading.field for heading in KINDS["organizations"].headings}
    assert {"name", "founded", *founding_cells()} == organizations - {"dissolved", "elected"}


def test_a_new_column_of_people_is_an_option_of_member_edit(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It needs its label, and nothing in the command line."""
    entity = make_dataclass("Person", ["id", "name", "email", "operation"])
    monkeypatch.setattr(model, "Person", entity)
    monkeypatch.setitem(words("en").fields, "email", "E-mail address")  # type: ignore[arg-type]
    out = run("member", "edit", "--help").out
    assert re.search("--email <text> .*E-mail address", out)
    assert "--politics <" not in out


def test_every_command_that_writes_can_be_tried_and_answers_scripts(run: Run) -> None:
    """``--dry-run``, ``--yes`` and ``-O json`` are on each, and where one is all are."""
    for path in PATHS:
        out = run(*path, "--help").out
        options = {name for name in ("--dry-run", "--yes", "--authority") if name in out}
        assert len(options) in (0, 3), path
        assert not options or "--format" in out, path


@pytest.mark.parametrize(
    "arguments",
    [
        ("undo", "1", "--yes"), ("assert", "2022", "members.total=5264", "--source", "年报"),
        ("--db", "new.db", "init"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_changes_no_row_of_a_table_answers_in_json_too(
    arguments: tuple[str, ...], sample_db: Path, tmp_path: Path, run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A script finds the operation and the findings in the same place of every answer."""
    monkeypatch.chdir(tmp_path)
    for trial in (True, False):
        ran = run(*arguments, "-O", "json", *(("--dry-run",) if trial else ()))
        answer = json.loads(ran.out)
        assert (ran.code, answer["dry_run"], answer["findings"]) == (0, trial, [])
        assert (answer["operation"] is None) == (trial or "init" in arguments)


# -- a bug of ours -------------------------------------------------------------------------------


def test_a_module_that_cannot_be_loaded_is_a_bug_and_no_unknown_command(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever is raised while a command is made; a KeyError most of all, since Typer looks
    commands up by name."""
    for error in (ImportError("no such thing"), KeyError("due")):

        def fails(_name: str, error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr(framework, "import_module", fails)
        ran = run("due")
        assert (ran.code, ran.out) == (70, "")
        assert "No such command" not in ran.err
        assert logs(tmp_path)


def test_a_bug_is_one_line_and_a_log(tmp_path: Path) -> None:
    """Exit code 70, one line that names the log, no traceback and no value."""
    ran = broken("stats", "2023")
    assert (ran.code, ran.out) == (70, "")
    (log,) = logs(tmp_path)
    (line,) = ran.err.splitlines()
    assert str(log) in line
    assert "RuntimeError" in line
    assert "Traceback" not in line
    assert "658899" not in line


def test_the_log_of_a_bug_is_the_user_s_own(tmp_path: Path) -> None:
    """The log has the traceback and can be read by nobody else."""
    broken("stats", "2023")
    (log,) = logs(tmp_path)
    assert "Traceback" in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_log_of_a_bug_names_nobody(tmp_path: Path) -> None:
    """What an exception says may carry a value; a number and a name are masked in the log as well
    as with ``--debug``."""
    broken("stats", "2023")
    (log,) = logs(tmp_path)
    for text in (log.read_text("utf-8"), broken("--debug", "stats", "2023").err):
        assert "in the middle of it" in text
        assert "200703010017" not in text
        assert "白鹭" not in text


def test_debug_shows_the_traceback_of_a_bug(tmp_path: Path) -> None:
    """``--debug`` shows it on stderr; the exit code is still that of a bug."""
    for arguments in (("--debug", "stats", "2023"), ("stats", "2023", "--debug")):
        ran = broken(*arguments)
        assert "Traceback" in ran.err
        assert "in broken" in ran.err
        assert ran.code == 70


def test_a_bug_that_cannot_be_logged_is_still_one_line(tmp_path: Path) -> None:
    """Where no log can be written the line comes without one; never a traceback."""
    (tmp_path / "file").write_text("no folder")
    ran = broken("stats", "2023", XDG_STATE_HOME=str(tmp_path / "file"))
    assert "Traceback" not in ran.err
    assert (ran.code, len(ran.err.splitlines())) == (70, 1)


def test_a_reader_who_went_away_is_no_bug(sample_registry: Path, tmp_path: Path) -> None:
    """``leaguectl … | head`` ends without a traceback and without a log."""
    with subprocess.Popen(
        [sys.executable, "-m", "leaguectl", "--db", sample_registry, "member", "find", "云"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        err = child.stderr.read()
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
    assert logs(tmp_path) == []
