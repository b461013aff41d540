"""The packet that is filed with the county: a list for each committee, to be sealed and signed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, begin
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number

Workbook = Callable[..., Path]
FILED = ("export", "admissions", "--per-organization", "--year", "2023", "-o")
REVEALED = ("--reveal", "--reason", "上报")


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> None:
    """The county that files."""
    made(run, workbook)


def made(run: Run, workbook: Workbook) -> None:
    """Two admitted in a school, one in a village whose branch lies below a township."""
    tree = [*ORGANIZATIONS, ["T2", "渠首/=村团支部", "白桦镇团委", "团支部", "社会", "农村"]]
    rows = [
        ADMISSION_HEADINGS, admission(2), admission(1, 所在团支部="S2"),
        admission(6, 所在团支部="T2", 姓名="岑实"),
    ]  # fmt: skip
    begin(run, workbook, 团组织=tree, 发展计划=QUOTAS, 发展团员=rows)


def cells(path: Path) -> list[tuple[Any, ...]]:
    """What a list says, days as days."""
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows()
    return [
        tuple(cell.value.date() if hasattr(cell.value, "date") else cell.value for cell in row)
        for row in rows
    ]


def test_each_committee_gets_its_list(
    either_db: str, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """Everybody once, in order of numbers, with the title, the count and the line to sign."""
    made(run, workbook)
    folder = tmp_path / "filed"
    assert run(*FILED, folder, *REVEALED).code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "S 云杉县第一中学团委.xlsx", "T 白桦镇团委.xlsx",
    ]  # fmt: skip
    title, heads, first, second, total, _, signed = cells(folder / "S 云杉县第一中学团委.xlsx")
    assert title[0] == "云杉县第一中学团委2023年发展团员名单"
    assert heads == ("序号", "编号", "姓名", "性别", "年龄", "单位", "身份证号", "支部大会时间",
                     "审批时间")  # fmt: skip
    assert first == (
        1, "202365000001", "测试" + chr(0x4E01), "男", 16, "云杉县第一中学高一（2）班团支部",
        id_number(1), date(2023, 4, 10), date(2023, 4, 20),
    )  # fmt: skip
    assert (second[0], second[1], total[0]) == (2, "202365000002", "合计：2人")
    assert [text for text in signed if text] == [
        "单位（盖章）：",
        "负责人（签字）：",
        "年    月    日",
    ]
    assert folder.stat().st_mode & 0o077 == 0


def test_text_is_text_and_no_formula(county: None, run: Run, tmp_path: Path) -> None:
    """Names and numbers are text, with all their digits."""
    folder = tmp_path / "filed"
    assert run(*FILED, folder, *REVEALED).code == 0
    sheet = openpyxl.load_workbook(folder / "T 白桦镇团委.xlsx").worksheets[0]
    row = next(sheet.iter_rows(min_row=3, max_row=3))
    assert [cell.data_type for cell in row][1:4] == ["s", "s", "s"]
    assert row[2].value == "岑实"


def test_a_list_is_masked_unless_a_reason_is_given(county: None, run: Run, tmp_path: Path) -> None:
    """And says so; the reason is recorded."""
    ran = run(*FILED, tmp_path / "masked")
    assert ran.code == 0
    assert "masked" in ran.err
    assert id_number(1) not in str(cells(tmp_path / "masked" / "S 云杉县第一中学团委.xlsx"))
    assert run(*FILED, tmp_path / "open", *REVEALED).code == 0
    assert "上报" in run("log", "-O", "json").out


def test_lists_of_one_organisation_and_year(county: None, run: Run, tmp_path: Path) -> None:
    """``--org`` is it and all below it; a year in which nobody was admitted makes no folder."""
    assert run(*FILED, tmp_path / "one", "--org", "白桦镇团委").code == 0
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["T 白桦镇团委.xlsx"]
    none = ("export", "admissions", "--per-organization", "--year", "2022", "-o")
    assert run(*none, tmp_path / "none").code == 0
    assert not (tmp_path / "none").exists()


def test_a_list_is_of_the_tree_of_the_meetings(county: None, run: Run, tmp_path: Path) -> None:
    """A branch that has moved since is on the list of the committee that approved there."""
    assert run("org", "move", "S2", "--to", "T", "--on", "2023-09-01").code == 0
    for org in ((), ("--org", "S")):
        assert run(*FILED, tmp_path / f"filed{len(org)}", *org).code == 0
    counts = {path.name[0]: cells(path)[-3][0] for path in (tmp_path / "filed0").iterdir()}
    assert counts == {"S": "合计：2人", "T": "合计：1人"}
    (only,) = (tmp_path / "filed2").iterdir()
    assert cells(only)[-3][0] == "合计：2人"


def test_nothing_is_overwritten(county: None, run: Run, tmp_path: Path) -> None:
    """A folder with something in it is refused and stays as it is; an empty one is filled."""
    full, empty = tmp_path / "full", tmp_path / "empty"
    full.mkdir()
    empty.mkdir()
    (full / "mine.txt").write_text("mine")
    assert run(*FILED, full).code == 3
    assert [path.name for path in full.iterdir()] == ["mine.txt"]
    assert run(*FILED, empty).code == 0
    assert len(list(empty.iterdir())) == 2
    assert run(*FILED, tmp_path / "no" / "such").code == 4
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    "arguments",
    [("export", "members", "--per-organization", "-o", "x"),
     ("export", "admissions", "--per-organization"), ("export", "admissions", "--year", "2023")],
    ids=" ".join,
)  # fmt: skip
def test_what_is_no_packet_says_why(arguments: tuple[str, ...], sample_db: Path, run: Run) -> None:
    """Exit code 2, and what to type instead."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "--per-organization" in ran.err or "-o" in ran.err
