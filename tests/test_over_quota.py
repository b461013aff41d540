"""Beyond the quota: by a document alone, on a place that somebody above has, never forgotten."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin, ledger_faults
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission

Workbook = Callable[..., Path]
ALLOWED = ("--reason", "期中追加前的应急", "--authority", "云团发〔2023〕12号")
ORGS = {"S1": "云杉县第一中学高一（1）班团支部", "T1": "桥头村团支部"}


@pytest.fixture
def sheet(workbook: Workbook) -> Callable[..., Path]:
    """A sheet of candidates of one branch, without numbers unless they are given."""

    def written(branch: str, *at: int, number: str | None = None) -> Path:
        rows = [
            admission(item, 所在团支部=ORGS[branch], 发展团员编号=number, 团员证编号=None)
            for item in at
        ]
        return workbook(f"{branch}{at}.xlsx", 发展团员=[ADMISSION_HEADINGS, *rows])

    return written


@pytest.fixture
def full(run: Run, workbook: Workbook, either_db: str, sheet: Callable[..., Path]) -> str:
    """The small county on either database, whose town has used both its places."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    assert run("admit", sheet("T1", 1, 2)).code == 0
    return either_db


def found(run: Run, *arguments: Any) -> tuple[int, Any]:
    """The exit code and what is answered in JSON."""
    ran = run(*arguments, "-O", "json")
    return ran.code, json.loads(ran.out)


def test_beyond_its_quota_nobody_is_admitted(
    run: Run, full: str, sheet: Callable[..., Path]
) -> None:
    """Without a document, or without a reason, the quota is hard; the refusal says how."""
    for given in ((), ALLOWED[:2], ALLOWED[2:]):
        ran = run("admit", sheet("T1", 3), *given)
        assert ran.code == 3
        assert "place-left" in ran.err
        assert "--authority" in ran.err


def test_a_document_allows_a_free_place_above(
    run: Run, full: str, sheet: Callable[..., Path]
) -> None:
    """The number is the county's, and the admission stands as beyond in every later report."""
    code, answer = found(run, "admit", sheet("T1", 3), *ALLOWED)
    assert (code, answer["admitted"][0]["number"]) == (0, "202365000008")
    assert [finding["code"] for finding in answer["findings"]] == ["admitted-beyond-quota"]
    rows = {row["code"]: row for row in found(run, "quota", "show", "2023")[1]["rows"]}
    assert {code: row["beyond"] for code, row in rows.items()} == {"C": 0, "S": 0, "T": 1}
    assert (rows["T"]["used"], rows["T"]["places"], rows["C"]["used"]) == (2, 2, 3)
    code, answer = found(run, "check", "admitted-beyond-quota")
    (finding,) = answer["findings"]
    assert (code, finding["level"]) == (0, "warning")
    assert ALLOWED[3] in finding["message"]
    assert found(run, "quota", "check", "2023")[1]["counts"] == {"error": 0, "warning": 1}
    card = found(run, "number", "show", "202365000008")[1]["number"]
    assert (card["beyond"], card["owner"]) == (ALLOWED[3], "共青团云杉县委员会")


def test_the_own_places_are_used_first(run: Run, full: str, sheet: Callable[..., Path]) -> None:
    """The document counts only for those who have no place of their own branch left."""
    code, answer = found(run, "admit", sheet("S1", *range(11, 18)), *ALLOWED)
    assert code == 0
    numbers = [row["number"][-2:] for row in answer["admitted"]]
    assert numbers == ["01", "02", "03", "04", "05", "08", "09"]
    codes = [finding["code"] for finding in answer["findings"]]
    assert codes.count("admitted-beyond-quota") == 2
    assert found(run, "quota", "show", "2023")[1]["rows"][1]["beyond"] == 2


def test_what_nobody_has_no_document_gives(run: Run, full: str, sheet: Callable[..., Path]) -> None:
    """The county's own block is the end: a place is a number, and there is no other."""
    assert run("admit", sheet("T1", 3, 4, 5), *ALLOWED).code == 0
    ran = run("admit", sheet("T1", 6), *ALLOWED)
    assert (ran.code, "place-left" in ran.err) == (3, True)


def test_a_number_of_a_neighbour_is_beyond_no_quota(
    run: Run, full: str, sheet: Callable[..., Path]
) -> None:
    """A number on paper may be one of the county's; the school's is refused with its owner."""
    ran = run("admit", sheet("T1", 3, number="202365000003"), *ALLOWED)
    assert ran.code == 3
    assert "云杉县第一中学团委" in ran.err
    assert run("admit", sheet("T1", 3, number="202365000009")).code == 3
    code, answer = found(run, "admit", sheet("T1", 3, number="202365000009"), *ALLOWED)
    assert (code, answer["findings"][0]["code"]) == (0, "admitted-beyond-quota")


def test_it_can_be_undone(run: Run, full: str, sheet: Callable[..., Path]) -> None:
    """Undone, nothing is beyond the quota any more."""
    assert run("admit", sheet("T1", 3), *ALLOWED).code == 0
    assert run("undo", "3").code == 0
    assert ledger_faults(run) == []
    assert {row["beyond"] for row in found(run, "quota", "show", "2023")[1]["rows"]} == {0}
