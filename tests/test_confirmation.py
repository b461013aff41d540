"""What is asked about before it is written: in a terminal it is shown and asked, without one it
needs ``--yes``, else nothing is written (exit 6)."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, member
from lives import OLD, ONE, TWO, Workbook, county, does
from test_journal import rows

LEAVE = ("member", "leave", str(ONE), "--reason-kind", "resigned", "--on", "2023-10-10")
ASKED = {
    "a membership ends": LEAVE,
    "memberships end by age": ("member", "leave", "--aged", "--on", "2023-11-20"),
    "a number is voided": ("number", "void", "202365000002", "--reason", "填坏"),
    "a year closes": ("year", "close", "2022"),
}  # fmt: skip
CROWD = 101


@pytest.fixture
def here(run: Run, db: Path, workbook: Workbook) -> str:
    """The small county."""
    county(run, workbook)
    return str(db)


@pytest.fixture
def crowd(run: Run, here: str, workbook: Workbook) -> str:
    """The same with a hundred and one members more, who came with operation 2."""
    people = [MEMBER_HEADINGS, *(member(10 + index) for index in range(CROWD))]
    assert run("import", workbook("crowd.xlsx", 团员=people)).code == 0
    return here


def in_a_terminal(answer: str, *arguments: str) -> tuple[int, str, str]:
    """Run a command whose stdin and stderr are a terminal where somebody types ``answer``; the
    exit code, what stdout has, and all that the terminal shows."""
    keyboard, terminal = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "leaguectl", *arguments],
            stdin=terminal, stdout=subprocess.PIPE, stderr=terminal,
        ) as child:  # fmt: skip
            os.close(terminal)
            os.write(keyboard, answer.encode())
            out, _ = child.communicate(timeout=60)
        return child.returncode, out.decode(), read_all(keyboard)
    finally:
        os.close(keyboard)


def read_all(descriptor: int) -> str:
    """What a terminal shows, once nobody writes to it any more."""
    shown = b""
    try:
        while part := os.read(descriptor, 4096):
            shown += part
    except OSError:  # how Linux says that the other end is closed
        pass
    return shown.decode()


# -- without a terminal --------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", ASKED.values(), ids=ASKED)
def test_without_a_terminal_it_needs_yes(arguments: tuple[str, ...], run: Run, here: str) -> None:
    """Exit 6, the option is named, nothing is written; with ``--yes`` it is done."""
    before = rows(here)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (6, "")
    assert "--yes" in ran.err
    assert rows(here) == before
    assert run(*arguments, "--yes").code == 0
    assert rows(here) != before


@pytest.mark.parametrize("arguments", ASKED.values(), ids=ASKED)
def test_a_dry_run_asks_nothing(arguments: tuple[str, ...], run: Run, here: str) -> None:
    """Nothing is written, so there is nothing to confirm."""
    before = rows(here)
    assert run(*arguments, "--dry-run").code == 0
    assert rows(here) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("member", "edit", str(ONE), "--phone", "13900000000"),
        ("member", "transfer", str(TWO), "--to", "T1", "--accepted", "--on", "2023-10-10"),
        ("org", "close", "T1", "--on", "2023-10-11"),
        ("org", "close", "S1", "--members-to", "T1", "--on", "2023-10-11"),
        ("org", "merge", "S1", "--into", "T1", "--on", "2023-10-11"),
        ("org", "graduate", "2023", "--to", "T1", "--on", "2023-10-11"),
        ("undo", "2"),
    ],
    ids=" ".join,
)
def test_what_ends_no_membership_is_not_asked_about(
    arguments: tuple[str, ...], run: Run, here: str
) -> None:
    """Who goes on in another branch stays a member; and what touches few is undone."""
    does(run, "member", "transfer", str(OLD), "--to", "S1", "--accepted", "--on", "2023-10-10")
    assert run(*arguments).code == 0


def test_what_is_refused_is_not_asked_about(run: Run, here: str) -> None:
    """A rule that forbids it is said at once, with its own exit code."""
    assert run("org", "close", "S1", "--on", "2023-10-10").code == 3


def test_over_a_hundred_people_are_asked_about(run: Run, crowd: str) -> None:
    """Whatever the command; the message has the number of people."""
    for arguments in (("member", "register", "S1", "2023", "--grade", "qualified"), ("undo", "2")):
        before = rows(crowd)
        ran = run(*arguments)
        assert (ran.code, rows(crowd)) == (6, before)
        assert "--yes" in ran.err
    assert f"{CROWD} people" in run("undo", "2").err
    assert run("undo", "2", "--yes").code == 0


def test_import_and_admit_never_ask(run: Run, crowd: str, workbook: Workbook) -> None:
    """Scripts that bring sheets in go on as before, also where members leave by a sheet."""
    left = [[*MEMBER_HEADINGS, "离团日期", "离团原因"], [*member(TWO), "2023-10-10", "自愿退团"]]
    assert run("import", workbook("left.xlsx", 团员=left)).code == 0
    assert answer_of(run, "member", "show", str(TWO))["member"]["left"]


# -- in a terminal -------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x04"], ids=["no", "nothing", "end of input"])
def test_in_a_terminal_it_is_shown_and_a_no_writes_nothing(here: str, answer: str) -> None:
    """Who would leave is shown on the terminal; stdout stays empty; exit 6."""
    before = rows(here)
    code, out, shown = in_a_terminal(answer, *LEAVE)
    assert (code, out, rows(here)) == (6, "", before)
    assert "2023-10-10" in shown
    assert "dry run" in shown
    assert shown.index("2023-10-10") < shown.index("[y/N]")
    assert "declined" in shown


@pytest.mark.parametrize(("language", "answer"), [("en", "y\n"), ("en", "YES\n"), ("zh", "是\n")])
def test_a_yes_goes_on(
    here: str, language: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of what was done is alone on stdout, as for a script."""
    monkeypatch.setenv("LEAGUECTL_LANG", language)
    code, out, shown = in_a_terminal(answer, *LEAVE, "-O", "json")
    assert (code, json.loads(out)["operation"], json.loads(out)["dry_run"]) == (0, 2, False)
    assert "[y/N]" in shown


def test_yes_in_a_terminal_asks_nothing(here: str) -> None:
    """Whoever gives ``--yes`` has answered already."""
    code, _, shown = in_a_terminal("", *LEAVE, "--yes")
    assert code == 0
    assert "[y/N]" not in shown


def test_the_preview_writes_no_file(here: str, tmp_path: Path) -> None:
    """What ``-o`` names is written for what was done alone."""
    answer = tmp_path / "left.json"
    assert in_a_terminal("n\n", *LEAVE, "-o", str(answer))[0] == 6
    assert not answer.exists()
    assert in_a_terminal("y\n", *LEAVE, "-o", str(answer))[0] == 0
    assert json.loads(answer.read_text("utf-8"))["operation"] == 2


def test_nobody_waits_for_an_answer(run: Run, here: str) -> None:
    """While the question stands, others write: the registry is not locked by it."""
    keyboard, terminal = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "leaguectl", *LEAVE],
        stdin=terminal, stdout=subprocess.PIPE, stderr=terminal,
    ) as child:  # fmt: skip
        os.close(terminal)
        shown = ""
        while "[y/N]" not in shown:
            shown += os.read(keyboard, 4096).decode(errors="replace")
        assert run("member", "edit", str(TWO), "--phone", "13900000000").code == 0
        os.write(keyboard, b"y\n")
        child.communicate(timeout=60)
    os.close(keyboard)
    assert child.returncode == 0
    assert [row["command"] for row in answer_of(run, "log")["operations"]] == [
        "member leave", "member edit", "import",
    ]  # fmt: skip


# -- verbose -------------------------------------------------------------------------------------


def test_verbose_says_what_the_command_went_by(run: Run, here: str) -> None:
    """Which registry and which day, where each comes from, and how long it took: on stderr."""
    plain, verbose = run("member", "aging"), run("member", "aging", "-v")
    assert (verbose.code, verbose.out, plain.err) == (0, plain.out, "")
    registry, today, took = verbose.err.splitlines()
    assert here in registry
    assert "LEAGUECTL_DB" in registry
    assert "LEAGUECTL_TODAY" in today
    assert "tester" in took


def test_verbose_says_it_of_a_command_that_failed(run: Run, here: str) -> None:
    """That is where it is wanted most: the registry that was asked may be the wrong one."""
    ran = run("-v", "member", "show", "无此人")
    assert ran.code == 4
    assert here in ran.err
