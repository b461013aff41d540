"""Findings that last: accepted with a reason, until a day or until their facts change."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]
WHY = ("--reason", "已与身份证核对")
DOUBTFUL = ("id-digits-lost", "测甲")


@pytest.fixture
def county(run: Run, workbook: Workbook, either_db: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A branch of four people; one number ends as if digits were lost."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2023-09-20")
    monkeypatch.setenv("LEAGUECTL_LANG", "en")
    odd = member(4, 姓名="测甲", 身份证号=id_number(0, "20060301"))
    rows = [MEMBER_HEADINGS, *(member(order) for order in range(1, 4)), odd]
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=rows)
    return either_db


def checked(run: Run, *options: str) -> dict[str, Any]:
    """What check says: the codes, and how many were accepted."""
    answer = answer_of(run, "check", *options)
    return {
        "codes": [found["code"] for found in answer["findings"]],
        "accepted": answer["accepted"],
    }


def test_an_accepted_finding_is_left_out_until_it_is_taken_back(run: Run, county: str) -> None:
    """check is silent, --strict is useful, the list is there on request, and undo ends it."""
    assert checked(run) == {"codes": ["id-digits-lost"], "accepted": 0}
    assert run("check", "--strict").code == 1
    ran = run("check", "accept", *DOUBTFUL, *WHY, "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["operation"]) == (0, 2), ran.err
    assert checked(run) == {"codes": [], "accepted": 1}
    silent = run("check", "--strict")
    assert (silent.code, silent.out) == (0, "")
    assert checked(run, "--accepted") == {"codes": ["id-digits-lost"], "accepted": 1}
    assert run("undo", "2").code == 0
    assert checked(run)["codes"] == ["id-digits-lost"]


def test_it_comes_back_when_its_facts_change_or_its_day_is_over(
    run: Run, county: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at is that one state of things."""
    assert run("check", "accept", *DOUBTFUL, *WHY, "--until", "2023-12-31").code == 0
    assert checked(run)["codes"] == []
    other = id_number(0, "20060302")
    assert run("member", "edit", "测甲", "--id-number", other, "--reason", "更正").code == 0
    assert checked(run)["codes"] == ["id-digits-lost"]
    assert run("check", "accept", *DOUBTFUL, *WHY, "--until", "2023-12-31").code == 0
    assert checked(run)["codes"] == []
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-01-01")
    assert "id-digits-lost" in checked(run)["codes"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*DOUBTFUL,), 2),
        (("id-digits-lost", *WHY), 2),
        (("no-such-rule", "测甲", *WHY), 2),
        (("id-digits-lost", "测乙", *WHY), 4),
        ((*DOUBTFUL, *WHY, "--until", "2023-09-19"), 2),
        ((*DOUBTFUL, *WHY, "-n"), 0),
        ((*DOUBTFUL, *WHY, "-n", "--org", "S"), 0),
        ((*DOUBTFUL, *WHY, "--org", "T1"), 4),
        ((*DOUBTFUL, *WHY, "--org", "nowhere"), 4),
    ],
)
def test_what_cannot_be_accepted_is_refused(
    run: Run, county: str, words: tuple[str, ...], code: int
) -> None:
    """A reason, a rule and its person are needed; a dry run keeps nothing."""
    ran = run("check", "accept", *words)
    assert ran.code == code, ran.err
    assert checked(run) == {"codes": ["id-digits-lost"], "accepted": 0}


def test_check_can_show_what_is_new(run: Run, county: str, workbook: Workbook) -> None:
    """Since the last check on this computer; a check of some rules alone is none."""
    assert checked(run, "--new")["codes"] == ["id-digits-lost"]
    assert checked(run, "--new")["codes"] == []
    young = [MEMBER_HEADINGS, member(9, 身份证号=id_number(9, "20100301"), 入团时间=None)]
    assert run("import", workbook("b.xlsx", 团员=young)).code == 0
    assert run("check", "under-age").code == 0
    assert checked(run, "--new")["codes"] == ["under-age"]
    assert sorted(checked(run)["codes"]) == ["id-digits-lost", "under-age"]
