"""One workbook with one of each fault, beside rows that are right: one run tells them all."""

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.words import words

YOUNG = "20090301"
QUOTED = set(str(ORGANIZATIONS)) | set("测试团员丁丂七丄丅李介绍没有的团支部另一人第三四")
"""Characters of the names that the workbook is made of."""
RIGHT = {"测试" + chr(0x4E00 + 1), "团员" + chr(0x4E00 + 1)}


def rows() -> dict[str, Any]:
    """The faulty workbook: two rows are right, each of the others has one fault."""
    good = id_number(3, "20060301")
    wrong = good[:17] + ("1" if good[17] != "1" else "2")
    return {
        "团组织": ORGANIZATIONS,
        "计划": QUOTAS,
        "团员": [
            MEMBER_HEADINGS,
            member(1),
            member(2, 身份证号=658899200603010028),
            member(3, 身份证号=wrong),
            member(4, 发展团员编号="202065000001"),
            member(1, 发展团员编号=None, 团员证编号=None),
        ],
        "发展团员": [
            ADMISSION_HEADINGS,
            admission(1),
            admission(2, 发展团员编号="202365000006"),
            admission(3, 发展团员编号="202265000003"),
            admission(4, 身份证号=id_number(4, YOUNG)),
            admission(5, 团课学时=7),
            admission(2, 姓名="另一人", 身份证号=id_number(12), 介绍人二="李介绍"),
            admission(3, 姓名="第三人", 身份证号=id_number(13), 赞成票数=14),
            admission(4, 姓名="第四人", 身份证号=id_number(14), 所在团支部="没有的团支部"),
        ],
    }


FAULTS = [
    ("团员", "B3", "id-number-cell"),
    ("团员", "B4", "id-check-digit"),
    ("团员", "E5", "one-number"),
    ("团员", "B6", "row-repeated"),
    ("发展团员", "P3", "number-in-block"),
    ("发展团员", "P4", "number-year"),
    ("发展团员", "D5", "age-at-application"),
    ("发展团员", "G6", "course-hours"),
    ("发展团员", "J7", "two-introducers"),
    ("发展团员", "N8", "majority-of-present"),
    ("发展团员", "C9", "organization-unknown"),
]


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the two languages in turn, as the user's own."""
    chosen: str = request.param
    monkeypatch.setenv("LEAGUECTL_LANG", chosen)
    return chosen


@pytest.fixture
def faulty(workbook: Callable[..., Path]) -> Path:
    """The faulty workbook as a file."""
    return workbook("faulty.xlsx", **rows())


def has_chinese(message: str) -> bool:
    """Whether a message has Chinese words of its own, beside the names that it quotes."""
    return any("\u4e00" <= char <= "\u9fff" and char not in QUOTED for char in message)


def stored(db: Path) -> set[str]:
    """The names of the people in the registry."""
    connection = sqlite3.connect(db)
    found = {name for (name,) in connection.execute("SELECT name FROM person")}
    connection.close()
    return found


def test_one_run_tells_every_fault_with_its_cell_reason_and_remedy(
    run: Run, db: Path, faulty: Path, language: str
) -> None:
    """Each fault is told with file, sheet, cell, reason and remedy; nothing is written."""
    ran = run("import", "-O", "json", faulty)
    found = json.loads(ran.out)["findings"]
    places = {
        (finding["sheet"], finding["cell"], finding["code"])
        for finding in found
        if finding["level"] == "error"
    }
    assert places >= set(FAULTS)
    for finding in found:
        assert finding["file"] == "faulty.xlsx"
        assert finding["message"]
        assert finding["fix"]
        assert "{" not in finding["message"] + finding["fix"]
        assert finding["message"] != finding["code"]
        assert has_chinese(finding["message"]) == (language == "zh")
    assert ran.code == 1
    assert not db.exists()


def test_each_row_at_fault_has_no_other_fault(run: Run, db: Path, faulty: Path) -> None:
    """One fault is told once; a row that is right has none."""
    found = json.loads(run("import", "-O", "json", faulty).out)["findings"]
    places = [
        (finding["sheet"], finding["cell"], finding["code"])
        for finding in found
        if finding["level"] == "error"
    ]
    # a number of a year without a quota is also in no block
    wanted = [*FAULTS, ("发展团员", "P4", "number-in-block")]
    assert sorted(places, key=str) == sorted(wanted, key=str)


def test_the_faults_are_told_to_people_too(run: Run, db: Path, faulty: Path, language: str) -> None:
    """On stderr each fault has its place in one piece, its reason and its remedy."""
    ran = run("import", faulty)
    assert ran.code == 1
    for sheet, cell, code in FAULTS:
        assert f"{code} faulty.xlsx!{sheet}!{cell}" in ran.err
    found = json.loads(run("import", "-O", "json", faulty).out)["findings"]
    for finding in found:
        assert finding["message"] in ran.err
        assert finding["fix"] in ran.err
    assert words(language).line("nothing-written") in ran.err


def test_the_reasons_name_what_a_clerk_needs_to_know(run: Run, db: Path, faulty: Path) -> None:
    """The messages carry the facts: who has the number, whose block it is, how old, how many."""
    found = json.loads(run("import", "-O", "json", faulty).out)["findings"]
    message = {(finding["cell"], finding["code"]): finding["message"] for finding in found}
    assert member(1)[0] in message["E5", "one-number"]
    assert "白桦镇团委" in message["P3", "number-in-block"]
    assert "2023" in message["P4", "number-year"]
    assert "13" in message["D5", "age-at-application"]
    assert "7" in message["G6", "course-hours"]
    assert "8" in message["G6", "course-hours"]
    assert "李介绍" in message["J7", "two-introducers"]
    assert "14" in message["N8", "majority-of-present"]
    assert "28" in message["N8", "majority-of-present"]
    assert "没有的团支部" in message["C9", "organization-unknown"]


def test_with_valid_only_exactly_the_right_rows_are_in(
    run: Run, db: Path, faulty: Path, language: str
) -> None:
    """The right rows go in, the others are reported as before, and exit is still 1."""
    refused = json.loads(run("import", "-O", "json", faulty).out)
    ran = run("import", "-O", "json", "--valid-only", faulty)
    found = json.loads(ran.out)
    assert ran.code == 1
    assert found["operation"] == 1
    assert found["findings"] == refused["findings"]
    assert found["totals"] == {
        "read": 22, "created": 11, "updated": 0, "unchanged": 0, "rejected": 11,
    }  # fmt: skip
    assert stored(db) == RIGHT
    assert run("check").code == 0


def test_a_corrected_workbook_goes_in_after_the_faulty_one(
    run: Run, db: Path, faulty: Path, workbook: Callable[..., Path]
) -> None:
    """Nothing of the refused rows stays behind to hinder the corrected ones."""
    run("import", "--valid-only", faulty)
    corrected = rows()
    corrected["团员"][2:] = [member(at) for at in (2, 3, 4)]
    corrected["发展团员"][2:] = [admission(at) for at in (2, 3, 4, 5)]
    ran = run("import", "-O", "json", workbook("corrected.xlsx", **corrected))
    assert ran.code == 0
    assert json.loads(ran.out)["totals"]["created"] == 7
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("said", "cell", "code"),
    [
        ({"申请入团时间": date(2022, 11, 1)}, "E2", "dates-in-order"),
        ({"积极分子时间": date(2023, 2, 1)}, "K2", "activist-months"),
        ({"实到人数": 15}, "M2", "quorum"),
        ({"实到人数": 31}, "M2", "votes-possible"),
        ({"赞成票数": 29}, "N2", "votes-possible"),
        ({"审批时间": date(2023, 4, 1)}, "O2", "dates-in-order"),
        ({"身份证号": id_number(1, "19930301")}, "D2", "age-at-application"),
        ({"支部大会时间": "2023-04"}, "K2", "day-month-only"),
        ({"应到人数": "三十"}, "L2", "count-not-a-count"),
        ({"介绍人一": None}, "I2", "cell-missing"),
    ],
)
def test_every_other_reason_stands_in_its_cell_too(
    run: Run, db: Path, workbook: Callable[..., Path], said: dict[str, Any], cell: str, code: str
) -> None:
    """A rule of the gate points to the cell to look at."""
    tables = {**rows(), "团员": [MEMBER_HEADINGS]}
    tables["发展团员"] = [ADMISSION_HEADINGS, admission(1, **said)]
    ran = run("import", "-O", "json", workbook(**tables))
    found = json.loads(ran.out)["findings"]
    places = {
        (finding["cell"], finding["code"]) for finding in found if finding["level"] == "error"
    }
    assert (cell, code) in places
    assert ran.code == 1
