"""Part of an operation taken back: rows or people alone, each with what becomes of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run, begin
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member
from test_journal import rows

Workbook = Callable[..., Path]


@pytest.fixture
def admitted(run: Run, workbook: Workbook, db: Path) -> Path:
    """The small county, and four who were admitted by one sheet, in operation 2."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    cases = [ADMISSION_HEADINGS, *(admission(at) for at in range(1, 5))]
    assert run("admit", workbook("cases.xlsx", 发展团员=cases)).code == 0
    return db


def answer(ran: Ran) -> dict[str, Any]:
    """The JSON answer of a command."""
    found: dict[str, Any] = json.loads(ran.out)
    return found


def figure(run: Run, key: str) -> str:
    """A figure of 2023."""
    return run("stats", "2023", "--get", key).out.strip()


@pytest.mark.parametrize("which", ["3", "发展团员!3", "测试丂", "202365000002"])
def test_one_of_several_admitted_is_taken_back_alone(run: Run, admitted: Path, which: str) -> None:
    """By row or by name: the person goes with number, form and certificate, the place is free, the
    others stay; it is an operation that can be undone."""
    before = rows(admitted)
    preview = answer(run("undo", "2", "--rows", which, "-n", "-O", "json"))
    assert [(row["outcome"], row["by"]) for row in preview["rows"]] == [("reversed", [])]
    assert preview["rows"][0]["stands"] == "cases.xlsx!发展团员!3"
    assert rows(admitted) == before
    assert run("undo", "2", "--rows", which).code == 0
    assert figure(run, "admissions.total") == "3"
    assert figure(run, "admissions.quota_left") == "7"
    assert run("check").code == 0
    assert answer(run("log", "-O", "json"))["operations"][1]["undone_by"] is None
    assert run("undo", "3").code == 0
    assert rows(admitted) == before


def test_what_was_changed_since_is_kept(run: Run, admitted: Path) -> None:
    """--partial undoes everybody who has not changed since, and names those that are kept, with the
    operation that changed them."""
    assert run("member", "edit", "2", "--phone", "13800000001").code == 0
    refused = run("undo", "2")
    assert (refused.code, "--partial" in refused.err) == (3, True)
    ran = run("undo", "2", "--partial", "-O", "json")
    assert ran.code == 0, ran.err
    found = {row["who"]: (row["outcome"], row["by"]) for row in answer(ran)["rows"]}
    assert found["测试丂"] == ("changed since", [3])
    assert [outcome for outcome, _ in found.values()].count("reversed") == 3
    assert figure(run, "admissions.total") == "1"
    assert run("check").code == 0


def test_what_others_depend_on_cannot_go(run: Run, admitted: Path) -> None:
    """Who holds a post by now is not taken back; the operation that says so is named."""
    post = ("post", "appoint", "S1", "书记", "--name", "测试丂", "--from", "2023-09-01")
    assert run(*post).code == 0
    ran = run("undo", "2", "--partial", "-n", "--lang", "zh")
    assert "有别的登记依赖，不能撤回" in ran.out
    found = {
        row["who"]: (row["outcome"], row["by"])
        for row in answer(run("undo", "2", "--partial", "-n", "-O", "json"))["rows"]
    }
    assert found["测试丂"] == ("depended on", [3])
    assert run("undo", "2", "--rows", "3").code == 3


def test_what_cannot_be_meant(run: Run, admitted: Path, workbook: Workbook) -> None:
    """Rows of an operation of several sheets need the sheet; nobody of that name is 4, and a row
    that did nothing too."""
    assert run("undo", "2", "--rows", "9").code == 4
    assert run("undo", "2", "--rows", "没有").code == 4
    assert run("undo", "1", "--rows", "2").code == 2
    assert run("undo", "9", "--partial").code == 4
    roster = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(9)])
    assert run("import", roster).code == 0
    assert run("undo", "3", "--partial").code == 0
    assert run("undo", "3").code == 3


def test_rows_of_a_roster(run: Run, admitted: Path, workbook: Workbook) -> None:
    """Three of six rows of a roster, and the rest afterwards."""
    people = [MEMBER_HEADINGS, *(member(at) for at in range(11, 17))]
    before = rows(admitted)
    assert run("import", workbook("roster.xlsx", 团员=people)).code == 0
    assert run("undo", "3", "--rows", "2-3,6").code == 0
    ran = answer(run("undo", "3", "--partial", "-O", "json"))
    outcomes = [row["outcome"] for row in ran["rows"]]
    assert (outcomes.count("changed since"), outcomes.count("reversed")) == (3, 3)
    assert rows(admitted) == before
