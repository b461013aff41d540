"""Lists with the same headings below one another, each with a title of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, begin, select, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]
Rows = list[list[Any]]

SCHOOL = "云杉县第一中学"
CLASS, VILLAGE = f"{SCHOOL}高一（1）班团支部", "桥头村团支部"
ONE, TWO = (member(at, 姓名=name, 所在团支部=CLASS) for at, name in ((1, "李甲"), (2, "王乙")))
NEW = [[name, id_number(at, "20010301"), "2016-05-04"]
       for at, name in ((41, "新一"), (42, "新二"), (43, "新三"))]  # fmt: skip
HEADINGS = ["姓名", "身份证号", "入团时间"]


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with two members of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, ONE, TWO])
    return db


NEWCOMERS = (
    "SELECT name, organization FROM membership JOIN person ON person = person.id"
    " WHERE name LIKE '新%' ORDER BY name"
)
CLASSES: dict[str, Rows] = {
    "titles": [[f"{SCHOOL}高一（1）班团员花名册"], HEADINGS, NEW[0],
               [f"{SCHOOL}高一（2）班团员花名册"], HEADINGS, NEW[1]],
    "blank rows": [[f"{SCHOOL}高一（1）班团员花名册"], HEADINGS, NEW[0], [],
                   [f"{SCHOOL}高一（2）班团员花名册"], HEADINGS, NEW[1]],
    "classes": [[f"{SCHOOL}团员花名册"], ["高一（1）班"], HEADINGS, NEW[0],
                ["高一（2）班"], HEADINGS, NEW[1]],
    "labels": [[f"{SCHOOL}团员花名册"], ["班级：高一（1）班"], HEADINGS, NEW[0],
               ["填表人：张三"], ["班级：高一（2）班"], HEADINGS, NEW[1]],
}  # fmt: skip


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("case", CLASSES)
def test_each_class_has_its_own_people(
    case: str, merged: bool, people: Path, run: Run, tmp_path: Path
) -> None:
    """Whether its name stands in a title, alone or after a label, merged or not."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for at, row in enumerate(CLASSES[case], 1):
        sheet.append(row)
        if merged and len(row) == 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=3)
    book.save(tmp_path / "r.xlsx")
    answer = taken(run, tmp_path / "r.xlsx")
    assert [found for found in answer["findings"] if found["level"] == "error"] == []
    assert select(people, NEWCOMERS) == [("新一", "S1"), ("新二", "S2")]


def test_the_next_page_is_the_same_list(people: Path, run: Run, workbook: Workbook) -> None:
    """Its title is that of the first, or says that it goes on."""
    title = f"{SCHOOL}高一（1）班团员花名册"
    rows = [[title], HEADINGS, NEW[0], ["第1页"], [title], HEADINGS, NEW[1],
            [f"{title}（续）"], HEADINGS, NEW[2]]  # fmt: skip
    answer = taken(run, workbook("r.xlsx", Sheet1=rows))
    assert len(answer["sheets"]) == 1
    assert {branch for _, branch in select(people, NEWCOMERS)} == {"S1"}


def test_a_day_above_all_lists_is_that_of_each(people: Path, run: Run, workbook: Workbook) -> None:
    """A title above the titles of the classes, and when the sheet was filled in."""
    rows = [[f"{SCHOOL}团员花名册"], ["填报时间：2023年9月30日"], ["高一（1）班团员名册"], HEADINGS,
            NEW[0], ["高一（2）班团员名册"], HEADINGS, NEW[1]]  # fmt: skip
    answer = taken(run, workbook("r.xlsx", Sheet1=rows))
    assert [sheet["day"] for sheet in answer["sheets"]] == ["2023-09-30"] * 2


TITLED: dict[str, tuple[Rows, str, list[tuple[Any, ...]]]] = {
    "years": (
        [["2022年度团籍注册表"], ["姓名", "身份证号", "是否注册"], [*ONE[:2], "是"],
         ["2023年度团籍注册表"], ["姓名", "身份证号", "是否注册"], [*ONE[:2], "是"],
         [*TWO[:2], "是"]],
        "SELECT year, count(*) FROM registration GROUP BY 1 ORDER BY 1", [(2022, 1), (2023, 2)],
    ),
    "years in columns": (
        [["2022年度考核得分表"], ["单位", "年度", "考核项目", "得分"], [VILLAGE, 2022, "组织", 18],
         ["2023年度考核得分表"], ["单位", "年度", "考核项目", "得分"], [VILLAGE, 2023, "组织", 17]],
        "SELECT year, score FROM score ORDER BY 1", [(2022, 18.0), (2023, 17.0)],
    ),
    "activities": (
        [["学雷锋主题团日活动签到表（2023年3月5日）"], ["姓名", "团支部", "主办单位"],
         ["李甲", CLASS, VILLAGE], [],
         ["清明祭扫活动签到表（2023年4月4日）"], ["姓名", "团支部", "主办单位"],
         ["王乙", CLASS, VILLAGE]],
        "SELECT participant.name, activity.name, day FROM participant JOIN activity"
        " ON activity = activity.id ORDER BY day",
        [("李甲", "学雷锋主题团日活动", "2023-03-05"), ("王乙", "清明祭扫活动", "2023-04-04")],
    ),
    "trainings": (
        [["团干部培训班学员名单"], ["培训时间：2023年3月12日"], ["姓名", "所在团组织"],
         ["李甲", CLASS], ["青马工程培训班学员名单"], ["培训时间：2023年5月12日"],
         ["姓名", "所在团组织"], ["王乙", CLASS]],
        "SELECT trainee.name, training.name, day FROM trainee JOIN training"
        " ON training = training.id ORDER BY day",
        [("李甲", "团干部培训班", "2023-03-12"), ("王乙", "青马工程培训班", "2023-05-12")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TITLED)
def test_each_title_counts_for_its_own_rows(
    case: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """The people of the second list were at the activity of the first, or of its year."""
    rows, sql, stored = TITLED[case]
    book = workbook("t.xlsx", Sheet1=rows)
    errors = [each for each in taken(run, book)["findings"] if each["level"] == "error"]
    assert errors == []
    assert select(people, sql) == stored
    assert taken(run, book)["operation"] is None


def test_a_class_between_headings_that_are_repeated_at_once_is_no_list(
    people: Path, run: Run, tmp_path: Path
) -> None:
    """The headings at the top with hints below them, a merged line with the class, and the headings
    again: the list above has nobody, so nothing is asked of it."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (HEADINGS, ["必填", "必填", "必填"], [CLASS], HEADINGS, NEW[0]):
        page.append(row)
    page.merge_cells("A3:C3")
    book.save(tmp_path / "a.xlsx")
    answer = taken(run, tmp_path / "a.xlsx")
    (sheet,) = answer["sheets"]
    assert (sheet["created"], answer["findings"]) == (1, [])
    assert select(people, NEWCOMERS) == [("新一", "S1")]


def test_a_cell_that_was_filled_down_is_no_title(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """Rows of one cell below the people, and the headings of the next page."""
    filled = [[None, None, None, "汉族"]] * 3
    headings = [*HEADINGS, "民族"]
    rows = [[f"{SCHOOL}高一（1）班团员花名册"], headings, NEW[0], *filled, headings]
    (sheet,) = taken(run, workbook("a.xlsx", Sheet1=rows))["sheets"]
    assert sheet["created"] == 1
    assert [row["row"] for row in sheet["ignored_rows"]] == [4, 5, 6, 7]
