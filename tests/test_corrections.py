"""What contradicts the registry is a finding with its cell; with a reason, a correction."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of
from county import ADMISSION_HEADINGS, admission
from lives import ADMITTED, Workbook, figures, shown

REASON = ("--reason", "与入团志愿书核对")


@pytest.fixture
def here(run: Run, here: str, workbook: Workbook) -> str:
    """The small county, and its admission once more with what its row left out."""
    assert run("import", cases(workbook)).code == 0
    return here


def cases(workbook: Workbook, **changes: Any) -> Path:
    """A sheet with the one admission of the county, some cells otherwise."""
    more = {"入团方式": "推优入团", "审批单位": "云杉县第一中学团委"}
    own = {name: value for name, value in changes.items() if name not in more}
    values = [*admission(1, **own), *({**more, **changes}[name] for name in more)]
    return workbook("cases.xlsx", 发展团员=[[*ADMISSION_HEADINGS, *more], values])


def codes(ran: Any) -> list[tuple[str, str, str]]:
    """What was found: level, code and field of each."""
    findings = json.loads(ran.out)["findings"]
    return sorted((found["level"], found["code"], found["field"] or "") for found in findings)


def admissions(run: Run) -> list[dict[str, Any]]:
    """What the sheet of admissions says; its seal is of the operations and not of them."""
    said: dict[str, Any] = answer_of(run, "export", "admissions")
    return list(said["rows"])


ROWS: dict[str, dict[str, Any]] = {
    "organization": {"所在团支部": "S2"},
    "course_hours": {"团课学时": 99},
    "approved": {"审批时间": "2023-05-08"},
    "route": {"入团方式": "积分入团"},
    "introducer_1": {"介绍人一": "另一人"},
    "in_favour": {"赞成票数": 20},
    "approved_by": {"审批单位": "C"},
}


@pytest.mark.parametrize("field", ROWS)
def test_an_admission_contradicts_by_every_field(
    run: Run, here: str, workbook: Workbook, field: str
) -> None:
    """Nothing is overwritten without a reason; the dry run says the same."""
    base = admissions(run)
    book = cases(workbook, **ROWS[field])
    for dry in ((), ("--dry-run",)):
        ran = run("import", book, "-O", "json", *dry)
        assert ran.code == 1
        assert ("error", "stored-differs", field) in codes(ran), ran.out
    assert admissions(run) == base
    ran = run("import", book, "-O", "json", *REASON)
    assert ran.code == 0, ran.out
    assert run("check").code == 0
    assert run("undo", "-y", "3").code == 0
    assert admissions(run) == base


def test_a_corrected_branch_takes_the_membership_along(
    run: Run, here: str, workbook: Workbook
) -> None:
    """The place of the admission and the home that it began are one."""
    assert run("import", cases(workbook, 所在团支部="S2"), *REASON).code == 0
    assert shown(run, ADMITTED)["code"] == "S2"
    assert [figures(run, org)["admissions.total"] for org in ("S1", "S2")] == [0, 1]


def test_a_mistyped_day_of_the_meeting_is_corrected_with_a_reason(
    run: Run, here: str, workbook: Workbook
) -> None:
    """With the number kept, and the day of joining that of the meeting, also where it was moved
    since; the figures follow."""
    number = shown(run, ADMITTED)["number"]
    assert (
        run(
            "member", "transfer", str(ADMITTED), "--to", "S2", "--on", "2023-06-01", "--accepted"
        ).code
        == 0
    )
    book = cases(workbook, 支部大会时间="2023-04-12")
    refused = run("import", book, "-O", "json")
    assert (refused.code, codes(refused)) == (1, [("error", "stored-differs", "meeting")])
    ran = run("import", book, "-O", "json", *REASON)
    assert ran.code == 0, ran.out
    card = shown(run, ADMITTED)
    assert (card["joined"], card["number"], card["code"]) == ("2023-04-12", number, "S2")
    assert figures(run)["admissions.total"] == 1
    assert run("check").code == 0
    book = cases(workbook, 支部大会时间="2023-06-12", 审批时间="2023-06-20")
    ran = run("import", book, "-O", "json", *REASON)
    assert ran.code == 1
    assert ("error", "left-before-joined", "meeting") in codes(ran), ran.out


def test_one_approver_may_be_named_in_several_ways(run: Run, here: str, workbook: Workbook) -> None:
    """A code, a name, a name with a space in it: one organisation, no contradiction."""
    for text in ("S", "云杉县第一中学 团委"):
        ran = run("import", cases(workbook, 审批单位=text), "-O", "json")
        assert (ran.code, json.loads(ran.out)["totals"]["updated"]) == (0, 0), ran.out
