"""Lists of what only is planned, or of people who did not come, and posts and measures whose
remarks say more than their columns."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin, select, taken
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Workbook = Callable[..., Path]

CLASS, VILLAGE = "云杉县第一中学高一（1）班团支部", "桥头村团支部"
ONE, TWO = (member(at, 姓名=name, 所在团支部=CLASS) for at, name in ((1, "李甲"), (2, "王乙")))


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with two members of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 发展计划=QUOTAS, 团员=[MEMBER_HEADINGS, ONE, TWO])
    return db


ACTIVITY = [["活动时间", "活动名称", "活动类别", "主办单位", "参加人数"],
            ["2023-03-05", "学雷锋", "主题团日", VILLAGE, 30]]  # fmt: skip
CADRE = [["姓名", "团组织", "职务", "任职时间"], ["李甲", CLASS, "书记", "2023-09-01"]]
MEASURE = [["姓名", "班级", "处分类型", "处分时间", "处分依据"],
           ["李甲", CLASS, "警告", "2023-03-05", "云团发〔2023〕3号"]]  # fmt: skip
BRANCH = [["团组织名称", "组织类型", "上级团组织"], ["红山村团支部", "团支部", "白桦镇团委"]]
BASE = [["基地名称", "类别"], ["青少年法庭", "法治"]]
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
    "拟给予处分团员名单": (MEASURE, "planned"), "团员处分名单": (MEASURE, ""),
    "2023年拟新建团支部名单": (BRANCH, "planned"), "2023年新建团支部名单": (BRANCH, ""),
    "青少年模拟法庭基地名单": (BASE, ""), "拟命名基地名单": (BASE, "planned"),
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


@pytest.mark.parametrize(("heading", "said", "is_refused"), [
    ("备注", "未通过", True), ("审批意见", "不同意", True), ("审批意见", "同意", False),
    ("群众意见", "无不同意见", False), ("备注", "暂缓", True), ("备注", "未放弃", False),
])  # fmt: skip
def test_a_remark_that_refuses_is_no_admission(
    heading: str, said: str, is_refused: bool, people: Path, run: Run, workbook: Workbook
) -> None:
    """Whoever was not admitted, or gave up, became a member with a number, or stayed a candidate;
    a transfer that was sent back was carried out."""
    new = admission(5, 发展团员编号="202365000001")
    rows = [[*ADMISSION_HEADINGS, heading], [*new, said]]
    answer = taken(run, workbook("a.xlsx", 发展团员=rows))
    codes = [found["code"] for found in answer["findings"] if found["level"] == "error"]
    assert codes == ["remark-left"] * is_refused
    assert select(people, "SELECT count(*) FROM admission") == [(not is_refused,)]


def test_cases_and_transfers_that_a_remark_ends_are_errors(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """Where no column says how they ended."""
    case = [["姓名", "身份证号", "班级", "申请入团时间", "积极分子时间", "备注"],
            ["新人", id_number(40), CLASS, "2023-03-01", "2023-04-01", "已放弃"]]  # fmt: skip
    (found,) = taken(run, workbook("c.xlsx", 积极分子=case))["findings"]
    assert (found["code"], found["cell"]) == ("remark-left", "F2")
    transfer = [["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间", "备注"],
                [*ONE[:3], "某市第一中学团委", "2023-09-01", "被退回"]]  # fmt: skip
    found = taken(run, workbook("t.xlsx", 转接=transfer))["findings"]
    assert "remark-left" in {each["code"] for each in found}
    transfer = [[*transfer[0], "转接状态"], [*transfer[1], "已退回"]]
    assert taken(run, workbook("t.xlsx", 转接=transfer))["totals"]["created"] == 1


def test_a_sheet_for_each_year_of_registrations(people: Path, run: Run, workbook: Workbook) -> None:
    """The name of the sheet is the year; such a list was a roster whose registrations were not
    read, and without a year it is none either."""
    rows = [["姓名", "身份证号", "班级", "是否注册"], [*ONE[:3], "是"]]
    answer = taken(run, workbook("r.xlsx", **{"2022年度": rows, "2023年度": rows}))
    assert answer["findings"] == []
    assert select(people, "SELECT year FROM registration ORDER BY 1") == [(2022,), (2023,)]
    stranger = [rows[0], ["新人", id_number(40), CLASS, "是"]]
    (found,) = taken(run, workbook("s.xlsx", Sheet1=stranger))["findings"]
    assert (found["code"], "年度" in found["message"]) == ("heading-missing", True)


@pytest.mark.parametrize("title", [
    "2023年优秀团员名单", "团员考核评分表", "团员先进性评价积分表", "2023年度未注册团员名单",
])  # fmt: skip
def test_a_list_of_awards_or_marks_is_no_roster(
    title: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """It made members of strangers."""
    rows = [[title], ["姓名", "身份证号", "所在团支部"], ["新人", id_number(40), CLASS]]
    found = taken(run, workbook("a.xlsx", Sheet1=rows))["findings"]
    assert [each["code"] for each in found] == ["sheet-of-others"]
