"""What a sheet gives for all its rows in its title or its name: their branch and their school; and
remarks that contradict its rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, member

Workbook = Callable[..., Path]
FIRST, SECOND = (member(index) for index in (1, 2))
HEADINGS = [*MEMBER_HEADINGS[:2], *MEMBER_HEADINGS[3:]]
"""A roster without a column for the branch."""


def without_branch(row: list[Any]) -> list[Any]:
    return [*row[:2], *row[3:]]


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """The organisations of the small county, with a class that is named after its year."""
    name = "云杉县第一中学2022级高二（3）班团支部"
    of_2022 = ["S3", name, "云杉县第一中学团委", "团支部", "学校", "普通高中"]
    begin(run, workbook, 团组织=[*ORGANIZATIONS, of_2022])
    return db


def answered(run: Run, *arguments: str | Path) -> dict[str, Any]:
    """The JSON answer of an import."""
    found: dict[str, Any] = json.loads(run("import", "-O", "json", *arguments).out)
    return found


def homes(run: Run) -> set[str]:
    """The branches in which somebody is a member."""
    return {row["code"] for row in tree(run) if row["members"] and row["type"] == "branch"}


def tree(run: Run) -> list[dict[str, Any]]:
    """The organisations."""
    found: list[dict[str, Any]] = json.loads(run("org", "tree", "-O", "json").out)["organizations"]
    return found


@pytest.mark.parametrize(
    ("sheet", "title", "home", "cell"),
    [
        ("Sheet1", ["云杉县第一中学高一（1）班团员花名册"], "S1", "A1"),
        ("Sheet1", ["2023年云杉县第一中学高一(1)班共青团员基本信息表（2024年1月）"], "S1", "A1"),
        ("Sheet1", ["云杉县第一中学高一1班团支部名单"], "S1", "A1"),
        ("Sheet1", ["团支部：云杉县第一中学高一（1）班团支部（盖章）"], "S1", "A1"),
        ("Sheet1", ["", "所在团支部：", "云杉县第一中学高一（1）班"], "S1", "B1"),
        ("Sheet1", ["云杉县第一中学团员花名册（高一（1）班）"], "S1", "A1"),
        ("高一1班", ["云杉县第一中学团员花名册"], "S1", None),
        ("高一一班", ["填报单位：云杉县第一中学"], "S1", None),
        ("高一1班", ["云杉县第一中学高一（1）班团员花名册"], "S1", "A1"),
        ("桥头村团支部", ["团员花名册"], "T1", None),
        # In January of 2024 the class that began in 2022 is in its second year.
        ("高二3班", ["云杉县第一中学团员花名册"], "S3", None),
        ("22级高二3班", ["云杉县第一中学团员花名册"], "S3", None),
    ],
)
def test_a_sheet_names_the_branch_of_its_rows(
    run: Run, county: Path, workbook: Workbook, sheet: str, title: list[Any], home: str,
    cell: str | None,
) -> None:  # fmt: skip
    """In its title, after a label or as its own name; the answer says where."""
    rows = [title, HEADINGS, without_branch(FIRST), without_branch(SECOND)]
    found = answered(run, workbook("roster.xlsx", **{sheet: rows}))
    assert (found["findings"], found["totals"]["created"]) == ([], 2)
    assert found["sheets"][0]["branch_cell"] == cell
    assert homes(run) == {home}
    assert (
        f"{cell}"
        in run("--lang", "en", "import", "--dry-run", workbook("r.xlsx", **{sheet: rows})).err
        or cell is None
    )


@pytest.mark.parametrize(
    ("sheet", "title", "codes"),
    [
        # The title was copied from another class.
        (
            "高一2班",
            "云杉县第一中学高一（1）班团员花名册",
            ["sheet-branches-differ", "heading-missing"],
        ),
        ("Sheet1", "各班团员花名册", ["heading-missing"]),
        ("Sheet1", "2023年团干部培训班团员名单", ["heading-missing"]),
        ("Sheet1", "云杉县第一中学团员花名册", ["heading-missing"]),
        ("高一9班", "云杉县第一中学团员花名册", ["organization-unknown"]),
        # On this day the class of 2022 is not in its first year.
        ("高一3班", "云杉县第一中学团员花名册", ["organization-unknown"]),
    ],
)
def test_a_sheet_that_names_no_branch_or_two_is_refused(
    run: Run, county: Path, workbook: Workbook, sheet: str, title: str, codes: list[str]
) -> None:
    """Nothing is guessed."""
    rows = [[title], HEADINGS, without_branch(FIRST), without_branch(SECOND)]
    found = answered(run, workbook("roster.xlsx", **{sheet: rows}))
    assert [finding["code"] for finding in found["findings"]] == codes
    assert homes(run) == set()


def test_the_school_in_the_title_tells_its_classes(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A column with 高一1班, and the school only above the table."""
    rows = [["云杉县第一中学团员花名册"], MEMBER_HEADINGS, [*FIRST[:2], "高一1班", *FIRST[3:]],
            [*SECOND[:2], "高一（2）班", *SECOND[3:]]]  # fmt: skip
    assert answered(run, workbook("roster.xlsx", Sheet1=rows))["findings"] == []
    assert homes(run) == {"S1", "S2"}


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        ("已转出", "转出"), ("2023年9月转出至外县", "转出"), ("自愿退团", "退团"),
        ("已毕业", "已毕业"), ("病故", "病故"), ("已故，因病去世", None), ("被除名", "被除名"),
        ("拟转出", None), ("未转出", None), ("申请转出", None), ("转出中", None), ("转入", None),
        ("父亲去世", None), ("外出务工", None), ("毕业班", None), ("", None),
    ],
)  # fmt: skip
def test_a_remark_that_says_somebody_left_is_an_error(
    run: Run, county: Path, workbook: Workbook, remark: str, words: str | None
) -> None:
    """The column is not read, so they would be counted as a member. The other rows go in."""
    rows = [[*MEMBER_HEADINGS, "备注"], [*FIRST, remark], [*SECOND, "班长"]]
    found = answered(run, "--valid-only", workbook("roster.xlsx", 团员=rows))
    assert found["totals"]["created"] == (1 if words else 2)
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert at == ([("remark-left", "G2")] if words else [])
    if words:
        ended = [*MEMBER_HEADINGS, "备注", "离团日期", "离团原因"]
        rows = [ended, [*FIRST, remark, "2023-09-10", "转出"], [*SECOND, "班长", None, None]]
        assert answered(run, workbook("roster.xlsx", 团员=rows))["findings"] == []


def test_types_and_domains_as_offices_name_them(run: Run, db: Path, workbook: Workbook) -> None:
    """乡镇团委 is a 团委, but 非毕业班团支部 no graduating branch; a sector in the column of
    domains is both."""
    rows = [
        ["团组织全称", "组织类别", "上级团组织", "所属领域"],
        ["共青团云杉县委员会", "团县委", None, None],
        ["白桦镇团委", "乡镇团委", "共青团云杉县委员会", "乡镇"],
        ["第一中学团委", "学校团委", "共青团云杉县委员会", "普通高中"],
        ["高一团总支", "年级团总支", "第一中学团委", None],
        ["高一（1）班团支部", "学生团支部", "高一团总支", "学校"],
        ["高三（1）班团支部", "高中毕业班团支部", "第一中学团委", None],
        ["教工团支部", "非毕业班团支部", "第一中学团委", "机关"],
    ]
    assert answered(run, workbook("tree.xlsx", 团组织=rows))["findings"] == []
    found = {row["name"]: (row["type"], row["domain"], row["sector"]) for row in tree(run)}
    assert found["白桦镇团委"] == ("committee", "society", "village")
    assert found["第一中学团委"] == ("committee", "school", "senior middle")
    assert found["高一团总支"][0] == "general branch"
    assert found["高三（1）班团支部"][0] == "graduating branch"
    assert found["教工团支部"] == ("branch", "society", "government")


def test_all_of_a_branch_that_an_option_names(run: Run, county: Path, workbook: Workbook) -> None:
    """With --org and --whole a roster without a column for the branch names whom it lacks."""
    people = [without_branch(member(index)) for index in (1, 2, 3)]
    assert (
        answered(run, workbook("a.xlsx", 团员=[HEADINGS, *people]), "--org", "S1")["findings"] == []
    )
    found = answered(run, workbook("b.xlsx", 团员=[HEADINGS, people[0]]), "--org", "S1", "--whole")
    assert [finding["code"] for finding in found["findings"]] == ["roster-lacks"]
