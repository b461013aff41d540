"""Who asks for JSON gets it also where a command fails: the error on stdout, words on stderr."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from leaguectl import reports
from leaguectl.words import LANGUAGES
from lives import OLD, ONE, Workbook, county

JSON = ("-O", "json")


def error_of(ran: Ran, code: int) -> dict[str, Any]:
    """The error of an answer, which is the whole of stdout, and has words on stderr."""
    answer = json.loads(ran.out)
    assert next(iter(answer)) == "schema"
    error: dict[str, Any] = answer["error"]
    assert list(error) == ["code", "message", "fix", "exit"]
    assert (ran.code, error["exit"]) == (code, code)
    assert error["message"] in ran.err
    return error


ERRORS: tuple[tuple[tuple[str, ...], int, str | None], ...] = (
    (("stats", *JSON), 2, "usage-missing-argument"),
    (("stats", "2023", "--qqqq", *JSON), 2, "usage-no-option"),
    (("nonsense", "--format=json"), 2, "usage-no-command"),
    (("member", "edit", "1", "-qOjson"), 2, "edit-nothing"),
    (("stats", "2023", "--org", "", *JSON), 2, "option-empty"),
    (("member", "leave", str(ONE), "--reason-kind", "age", "-y", *JSON), 3, "not-of-age"),
    (("member", "edit", "1", "--id-number", "1", "--reason", "x", *JSON), 2, "id-length"),
    (("undo", "1", "-y", "--dry-run", *JSON), 0, None),
    (("undo", "99", *JSON), 4, "operation-not-found"),
    (("member", "show", "无此人", *JSON), 4, "member-not-found"),
    (("member", "find", "无此人", *JSON), 4, "found-none"),
    (("stats", "2023", "--get", "no.figure", *JSON), 4, "figure-unknown"),
    (("year", "close", "2023", *JSON), 6, "confirmation-needed"),
    (("import", "--apply", "nothing.plan", *JSON), 4, None),
)  # fmt: skip
"""Commands, their exit codes, and the codes of their errors."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_an_answer(run: Run, db: Path, workbook: Workbook, language: str) -> None:
    """Of the command line, of a rule, of what is not there, of a yes that is missing."""
    county(run, workbook)
    for command, code, error in ERRORS:
        ran = run("--lang", language, *command)
        found = error_of(ran, code) if code else json.loads(ran.out)
        assert error in (None, found.get("code")), command
        assert code != 0 or "error" not in found


def test_the_words_are_those_of_stderr(run: Run, db: Path) -> None:
    """What is wrong, and what to do."""
    ran = run("--lang", "zh", "check", *JSON)
    error = error_of(ran, 4)
    assert error["code"] == "registry-not-found"
    assert error["fix"]
    assert error["fix"] in ran.err


def test_whoever_does_not_ask_for_json_gets_words_alone(run: Run, db: Path) -> None:
    """stdout is for data."""
    for form in ((), ("-O", "csv"), ("-o", "answer.json")):
        assert run("check", *form).out == ""


def test_a_damaged_registry_is_an_answer(run: Run, db: Path) -> None:
    """Exit code 5."""
    db.write_bytes(b"no database at all" * 100)
    assert error_of(run("check", *JSON), 5)["fix"]


def test_a_stale_plan_is_an_answer(run: Run, db: Path, workbook: Workbook, tmp_path: Path) -> None:
    """Exit code 7."""
    county(run, workbook)
    plan = tmp_path / "a.plan"
    book = workbook("more.xlsx", 团员=[MEMBER_HEADINGS, member(21)])
    assert run("import", book, "--plan-out", plan).code == 0
    assert run("member", "edit", str(ONE), "--phone", "12000000001").code == 0
    error_of(run("import", "--apply", plan, *JSON), 7)


def test_a_refusal_has_its_findings_as_well(run: Run, db: Path, workbook: Workbook) -> None:
    """The first of them is the error of the command."""
    county(run, workbook)
    ran = run("member", "transfer", str(OLD), "--to", "T1", "--accepted", *JSON)
    error = error_of(ran, 3)
    first = json.loads(ran.out)["findings"][0]
    assert {key: first[key] for key in ("code", "message", "fix")} | {"exit": 3} == error


def test_a_bug_of_ours_is_an_answer(
    run: Run, db: Path, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 70, in one line."""
    assert run("import", workbook(团组织=ORGANIZATIONS)).code == 0

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reports.organizations, "tree", breaks)
    error = error_of(run("org", "tree", *JSON), 70)
    assert (error["code"], error["fix"]) == ("bug", "")
    assert "ZeroDivisionError" in error["message"]


def test_rows_at_fault_are_no_error_of_the_command(
    run: Run, db: Path, workbook: Callable[..., Path]
) -> None:
    """Exit code 1: the command did what it was asked to."""
    county(run, workbook)
    row = member(21, 身份证号="1")
    ran = run("import", workbook("wrong.xlsx", 团员=[MEMBER_HEADINGS, row]), *JSON)
    assert ran.code == 1
    assert "error" not in json.loads(ran.out)
