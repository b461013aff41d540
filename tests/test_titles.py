"""What only the title of a sheet says: its kind, and what all of its rows have in common."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, member

Workbook = Callable[..., Path]

CLASS, TOWN, VILLAGE = "云杉县第一中学高一（1）班团支部", "白桦镇团委", "桥头村团支部"
ONE = member(1, 姓名="李甲", 所在团支部=CLASS)


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with a member of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, ONE])
    return db


def taken(run: Run, *arguments: str | Path) -> dict[str, Any]:
    """The JSON answer of an import."""
    found: dict[str, Any] = json.loads(run("import", "-O", "json", *arguments).out)
    return found


def select(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry."""
    with sqlite3.connect(db) as connection:
        return connection.execute(sql).fetchall()


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
