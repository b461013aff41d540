"""Lists of what only is planned, or of people who did not come, and posts and measures whose
remarks say more than their columns."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]

CLASS, VILLAGE = "云杉县第一中学高一（1）班团支部", "桥头村团支部"
ONE, TWO = (member(at, 姓名=name, 所在团支部=CLASS) for at, name in ((1, "李甲"), (2, "王乙")))


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with two members of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, ONE, TWO])
    return db


def taken(run: Run, *arguments: str | Path) -> dict[str, Any]:
    """The JSON answer of an import."""
    found: dict[str, Any] = json.loads(run("import", "-O", "json", *arguments).out)
    return found


def select(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of the registry."""
    with sqlite3.connect(db) as connection:
        return connection.execute(sql).fetchall()


ACTIVITY = [["活动时间", "活动名称", "活动类别", "主办单位", "参加人数"],
            ["2023-03-05", "学雷锋", "主题团日", VILLAGE, 30]]  # fmt: skip
CADRE = [["姓名", "团组织", "职务", "任职时间"], ["李甲", CLASS, "书记", "2023-09-01"]]
BADGE = [["姓名", "学校", "中队", "奖章名称"], ["小红", "云杉县第三小学", "五（1）中队", "三星章"]]
TRAINING = [["培训时间：2023年10月12日"], ["姓名", "所在团组织"], ["李甲", CLASS]]
NAMED = [["培训名称", "培训类别", "培训日期", "姓名"], ["青马班", "青马", "2023-10-12", "李甲"]]
TITLES: dict[str, tuple[list[list[Any]], str]] = {
    "2023年主题团日活动计划表": (ACTIVITY, "planned"), "团日活动安排": (ACTIVITY, "planned"),
    "2023年主题团日活动统计表": (ACTIVITY, ""), "活动计划及开展情况": (ACTIVITY, ""),
    "换届候选人名单": (CADRE, "planned"), "拟任团干部名单": (CADRE, "planned"),
    "西部计划志愿者兼任团干部名单": (CADRE, ""),
    "红领巾奖章拟推荐名单": (BADGE, "planned"), "红领巾奖章获得者名单": (BADGE, ""),
    "团干部培训班推荐学员名单": (TRAINING, "planned"), "培训报名表": (NAMED, "planned"),
    "团干部培训班学员名单": (TRAINING, ""), "西部计划志愿者培训班学员名单": (TRAINING, ""),
    "团干部培训班请假人员名单": (TRAINING, "of-absent"),
}  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_says_that_nothing_has_happened_yet(
    title: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """A plan of activities was taken for those that were held, candidates for cadres, and people
    who did not come for trainees."""
    rows, doubt = TITLES[title]
    answer = taken(run, workbook("s.xlsx", Sheet1=[[title], *rows]))
    errors = {found["code"] for found in answer["findings"] if found["level"] == "error"}
    assert f"sheet-{doubt}" in errors if doubt else not errors, errors
    assert bool(answer["totals"]["created"]) is not bool(doubt)


SIGNED = [["团干部培训班签到表"], ["时间：2023年10月12日"]]


@pytest.mark.parametrize(("heading", "cells", "absent"), [
    ("签到", ["√", None], [5]), ("签名", [None, None], []), ("备注", [None, "请假"], [5]),
    ("是否参加", ["是", "否"], [5]), ("备注", ["组长", None], []), ("签到", ["√", "缺席"], [5]),
    ("备注", [None, "未请假"], []), ("考勤情况", ["全勤", "事假"], [5]),
])  # fmt: skip
def test_who_did_not_come_is_an_error(
    heading: str, cells: list[str | None], absent: list[int], people: Path, run: Run,
    workbook: Workbook,
) -> None:  # fmt: skip
    """Also where the column of signatures is blank for some. A form that nobody signed says
    nothing."""
    rows = [*SIGNED, ["姓名", "单位", heading], ["李甲", CLASS, cells[0]],
            ["王乙", CLASS, cells[1]], ["负责人：", None, None]]  # fmt: skip
    answer = taken(run, workbook("s.xlsx", Sheet1=rows), "--valid-only")
    assert [found["row"] for found in answer["findings"] if found["code"] == "remark-absent"] == (
        absent
    )
    assert select(people, "SELECT count(*) FROM trainee") == [(2 - len(absent),)]


@pytest.mark.parametrize(("post", "title"), [
    ("书记兼组织委员", "secretary"), ("组织委员、副书记", "deputy secretary"),
    ("团支部书记兼村党支部副书记", "secretary"), ("村党支部副书记兼团支部书记", "secretary"),
    ("组织委员/宣传委员", "committee member"), ("原书记、组织委员", "committee member"),
])  # fmt: skip
def test_of_several_posts_the_highest_counts(
    post: str, title: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """A secretary who is a member of the committee besides was counted as a member of it."""
    rows = [CADRE[0], ["李甲", CLASS, post, "2023-09-01"]]
    assert taken(run, workbook("c.xlsx", 团干部=rows))["totals"]["created"] == 1
    assert select(people, "SELECT title FROM post") == [(title,)]


def test_a_measure_that_a_remark_calls_lifted_needs_its_day(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """It would stay in force."""
    headings = ["姓名", "班级", "处分类型", "处分时间", "处分依据", "备注", "解除日期"]
    row = ["李甲", CLASS, "警告", "2023-03-05", "云团发〔2023〕3号", "已解除"]
    (found,) = taken(run, workbook("d.xlsx", 处分=[headings, row]))["findings"]
    assert (found["code"], found["cell"]) == ("remark-left", "F2")
    right = [headings, [*row, "2023-09-05"]]
    assert taken(run, workbook("d.xlsx", 处分=right))["totals"]["created"] == 1


@pytest.mark.parametrize("title", ["2023年优秀团员名单", "团员考核评分表", "团员先进性评价积分表"])
def test_a_list_of_awards_or_marks_is_no_roster(
    title: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """It made members of strangers."""
    rows = [[title], ["姓名", "身份证号", "所在团支部"], ["新人", id_number(40), CLASS]]
    found = taken(run, workbook("a.xlsx", Sheet1=rows))["findings"]
    assert [each["code"] for each in found] == ["sheet-of-others"]
