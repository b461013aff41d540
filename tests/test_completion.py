"""What Tab offers in a shell: commands, options, and values of the registry that are nobody's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run
from leaguectl.cli.framework import COMPLETION


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("leaguectl sta", "status"),
        ("leaguectl org sh", "show"),
        ("leaguectl stats 2023 --comp", "--compare"),
        ("leaguectl org show 共青团云杉县第一", "共青团云杉县第一中学委员会"),
        ("leaguectl stats 2023 --org YS110", "YS1101"),
        ("leaguectl org close YS1101 --members-to YS110", "YS1102"),
        ("leaguectl number show 20236500410", "202365004101"),
        ("leaguectl explain one-", "one-number"),
        ("leaguectl stats 2023 --get members.t", "members.total"),
        ("leaguectl stats 2023 --get 年末", "年末团员数"),
        ("leaguectl template 团员", "团员"),
        ("leaguectl org tree -O js", "json"),
    ],
)
def test_tab_offers_what_may_come_next(
    line: str, offered: str, sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As bash asks: the words so far, and which of them is being typed."""
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    monkeypatch.setenv(COMPLETION, "complete_bash")
    ran = run()
    assert (ran.code, ran.err) == (0, "")
    assert offered in ran.out.splitlines()


@pytest.mark.parametrize(
    "line", ["leaguectl org show ", "leaguectl number show 2", "leaguectl stats 20"]
)
def test_tab_is_silent_where_there_is_no_registry(
    line: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody types: nothing fails, and nothing is made."""
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "none.db"))
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
    monkeypatch.setenv(COMPLETION, "complete_bash")
    ran = run()
    assert (ran.code, ran.out.strip(), ran.err) == (0, "", "")
    assert not (tmp_path / "none.db").exists()


def test_nobody_is_offered(sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague looks over the shoulder: Tab shows no member."""
    monkeypatch.setenv(COMPLETION, "complete_bash")
    for words in ("member show ", "member show 王", "member find ", "admit --name ", "why "):
        line = f"leaguectl {words}"
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        assert not [text for text in run().out.split() if "王" in text or text.isdigit()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_has_its_script(shell: str, run: Run) -> None:
    """It is printed, so that nobody's files are changed behind their back."""
    ran = run("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert COMPLETION in ran.out
    assert run("completion", "cmd").code == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_itself_completes(sample_db: Path, tmp_path: Path) -> None:
    """The script in a real shell."""
    program = tmp_path / "leaguectl"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leaguectl "$@"\n')
    program.chmod(0o755)
    script = (
        "source <(leaguectl completion bash); COMP_WORDS=(leaguectl explain one-f); COMP_CWORD=2; "
        '_leaguectl_completion leaguectl; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.stdout.split() == ["one-form"]
