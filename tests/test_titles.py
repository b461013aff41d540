"""What only the title of a sheet says: its kind, and what all of its rows have in common."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, begin, select, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, member

Workbook = Callable[..., Path]

CLASS, TOWN, VILLAGE = "云杉县第一中学高一（1）班团支部", "白桦镇团委", "桥头村团支部"
ONE = member(1, 姓名="李甲", 所在团支部=CLASS)


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with a member of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, ONE])
    return db


SHEETS: dict[str, tuple[list[list[Any]], str, str, tuple[Any, ...]]] = {
    "a planned transfer is requested": (
        [["2023届毕业生团组织关系转出登记表"],
         ["姓名", "身份证号", "现所在团支部", "拟转入团组织", "办理日期"],
         [*ONE[:3], "某市第一中学团委", "2023-07-15"]],
        "transfers", "SELECT state, destination FROM transfer", ("pending", "某市第一中学团委"),
    ),
    "a transfer from where somebody is": (
        [["团员组织关系转接台账"], ["姓名", "身份证号", "班级", "去向", "转接状态", "转出时间"],
         [*ONE[:3], "某市第一中学团委", "已转出", "2023-07-15"]],
        "transfers", "SELECT state, source FROM transfer", ("accepted", "S1"),
    ),
    "the group of a list of its members": (
        [["县域共青团基层组织改革工作领导小组成员名单"], ["职务", "姓名", "单位及职务"],
         ["组长", "王书记", "县委副书记"]],
        "groups", "SELECT group_name, role, name FROM seat",
        ("县域共青团基层组织改革工作领导小组", "组长", "王书记"),
    ),
    "a ledger of activities": (
        [["2023年主题团日活动台账"], ["时间", "主题", "团支部", "人数"],
         ["2023-03-05", "学雷锋", VILLAGE, 30]],
        "activities", "SELECT name, category, day, attendances FROM activity",
        ("学雷锋", "theme day", "2023-03-05", 30),
    ),
    "a ledger of one school": (
        [["云杉县第一中学2023年主题团日活动登记表"], ["时间", "内容", "类别", "人数"],
         ["2023-03-05", "学雷锋", "主题团日", "30人"]],
        "activities", "SELECT name, organization, attendances FROM activity",
        ("学雷锋", "S", 30),
    ),
    "a ledger of league lessons": (
        [["2023年团课记录表"], ["时间", "主讲人", "内容", "支部", "应到", "实到"],
         ["2023-03-05", "李甲", "团章学习", VILLAGE, 30, 28]],
        "activities", "SELECT name, category, attendances FROM activity",
        ("团章学习", "league lesson", 28),
    ),
    "the day within a title, and the school of a class": (
        [["云杉县第一中学2023年3月5日学雷锋主题团日活动签到表"], ["姓名", "班级"],
         ["李甲", "高一（1）班"]],
        "participants", "SELECT activity.name, day, organization, person IS NOT NULL"
        " FROM participant JOIN activity ON activity.id = activity",
        ("学雷锋主题团日活动", "2023-03-05", "S", 1),
    ),
    "the numbers of an activity with a total": (
        [["“青年大学习”第5期学习情况统计表（2023年3月18日）"],
         ["序号", "团组织", "应学人数", "实学人数"],
         [1, VILLAGE, 30, 28], ["合计", None, 30, 28]],
        "activities", "SELECT organization, attendances FROM activity", ("T1", 28),
    ),
    "the secretary of a review": (
        [["2023年度书记述职评议结果"], ["单位", "书记", "优秀票", "评议等次"],
         [TOWN, "陈书记", 20, "优秀"]],
        "reviews", "SELECT year, name, grade FROM review", (2023, "陈书记", "excellent"),
    ),
    "two posts of somebody in a group": (
        [["青年工作联席会议成员名单"], ["姓名", "职务", "联席会议职务"],
         ["张三", "副书记", "召集人"]],
        "groups", "SELECT group_name, role FROM seat", ("青年工作联席会议", "召集人"),
    ),
    "a group whose columns are those of cadres": (
        [["县域共青团改革领导小组成员名单"], ["职务", "姓名", "单位"], ["组长", "张三", "县委"]],
        "groups", "SELECT group_name, role, institution FROM seat",
        ("县域共青团改革领导小组", "组长", "县委"),
    ),
    "the branch of a committee": (
        [["桥头村团支部班子成员名册"], ["姓名", "职务", "任职时间"],
         ["李甲", "书记", "2023-03-01"]],
        "cadres", "SELECT organization, title FROM post", ("T1", "secretary"),
    ),
    "before the end of a month": (
        [["改革任务清单"], ["改革模块", "改革任务", "牵头单位", "完成时限"],
         ["选用", "配齐副书记", "组织部", "2023年12月底前"]],
        "tasks", "SELECT due FROM task", ("2023-12-31",),
    ),
    "why all of a list left": (
        [["2023年超龄离团人员名单"], ["姓名", "身份证号", "团支部", "离团时间"],
         [*ONE[:3], "2023-05-04"]],
        "members", 'SELECT "left", leaving_reason FROM membership', ("2023-05-04", "age"),
    ),
    "the badge of a class": (
        [["红领巾奖章获得者名单"], ["姓名", "学校", "班级", "奖章名称", "获得时间"],
         ["小红", "云杉县第三小学", "五（1）中队", "一星章", "2023-06-01"]],
        "pioneers", "SELECT squad, awarded FROM badge", ("五（1）中队", "2023-06-01"),
    ),
    "the type of a base": (
        [["青少年教育基地一览表"], ["基地名称", "类别", "地址"], ["烈士陵园", "爱国主义", "县城"]],
        "bases", "SELECT title, base_type FROM base", ("烈士陵园", "爱国主义"),
    ),
    "the grade of a review": (
        [["2023年度书记述职评议结果"], ["单位", "述职人", "综合评价"], [TOWN, "陈书记", "好"]],
        "reviews", "SELECT year, grade FROM review", (2023, "excellent"),
    ),
    "a deadline at the end of a month": (
        [["改革任务清单"], ["改革模块", "改革任务", "牵头单位", "完成时限", "完成情况"],
         ["选用", "配齐副书记", "组织部", "2023年12月底", "推进中"]],
        "tasks", "SELECT due, done FROM task", ("2023-12-31", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_a_title_says_what_no_column_does(
    case: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """The row is of the kind, and has what the title or a heading of offices says; the same sheet
    again is no news."""
    rows, kind, sql, stored = SHEETS[case]
    book = workbook("sheet.xlsx", Sheet1=rows)
    answer = taken(run, book)
    (sheet,) = answer["sheets"]
    errors = [found for found in answer["findings"] if found["level"] == "error"]
    assert (sheet["kind"], errors) == (kind, [])
    assert select(people, sql) == [stored]
    assert taken(run, book)["operation"] is None


@pytest.mark.parametrize("said", ["已完成", "按期完成", "是", "100%"])
def test_a_task_that_is_done_needs_its_day(
    said: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """Otherwise it would count as open, though the sheet says that it is done."""
    headings = ["模块", "任务", "牵头单位", "完成情况"]
    book = workbook("t.xlsx", 任务=[headings, ["选用", "配齐", "组织部", said]])
    (found,) = taken(run, book)["findings"]
    assert (found["code"], found["cell"], found["level"]) == ("task-done-undated", "D2", "error")
    done = [[*headings, "完成日期"], ["选用", "配齐", "组织部", said, "2023-09-01"]]
    assert taken(run, workbook("t.xlsx", 任务=done))["totals"]["created"] == 1


def test_a_plan_has_its_places_under_the_sum(people: Path, run: Run, workbook: Workbook) -> None:
    """合计 of the halves of a year, where the title says that it is a plan."""
    rows = [["2023年发展团员计划分配表"], ["单位", "上半年", "下半年", "合计"],
            ["云杉县第一中学", 3, 2, 5], ["合计", 3, 2, 5]]  # fmt: skip
    answer = taken(run, "-n", workbook("q.xlsx", Sheet1=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["read"]) == ("quotas", 1)
    assert {found["code"] for found in answer["findings"]} == {"block-missing"}


def test_what_members_did_is_no_ledger_of_activities(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """A row of somebody's service is no activity of their class."""
    rows = [["志愿服务活动登记表"], ["姓名", "班级", "时间", "内容", "类别"],
            ["李甲", CLASS, "2023-03-05", "扫雪", "志愿服务"]]  # fmt: skip
    assert taken(run, workbook("v.xlsx", Sheet1=rows))["totals"]["created"] == 0
    assert select(people, "SELECT count(*) FROM activity") == [(0,)]


def test_a_module_that_is_merged_is_that_of_all_its_tasks(
    people: Path, run: Run, tmp_path: Path
) -> None:
    """As a class that is merged downwards is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["改革模块", "改革任务", "牵头单位"], ["选用", "配齐副书记", "组织部"],
                [None, "建支部", "团县委"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "t.xlsx")
    assert taken(run, tmp_path / "t.xlsx")["totals"]["created"] == 2
    assert select(people, "SELECT DISTINCT module FROM task") == [("选用",)]


def test_two_short_tables_side_by_side_are_told(people: Path, run: Run, workbook: Workbook) -> None:
    """序号 stands twice as well, though it is not read."""
    rows = [["主题团日活动签到表（2023年3月5日）"], ["序号", "姓名", "班级"] * 2,
            [1, "李甲", CLASS, 2, "王乙", CLASS]]  # fmt: skip
    found = taken(run, workbook("s.xlsx", Sheet1=rows))["findings"]
    assert ("tables-side-by-side", "E2") in {(each["code"], each["cell"]) for each in found}
