"""Tables with a column for each year, item, stage or post; and headings with a year before them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, begin, select, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member

Workbook = Callable[..., Path]

CLASS, TOWN, VILLAGE, SCHOOL = (
    "云杉县第一中学高一（1）班团支部", "白桦镇团委", "桥头村团支部", "云杉县第一中学团委",
)  # fmt: skip
ONE, TWO = (member(at, 姓名=name, 所在团支部=CLASS) for at, name in ((1, "李甲"), (2, "王乙")))


@pytest.fixture
def people(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with two members of a class."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, ONE, TWO])
    return db


def test_registrations_of_several_years(people: Path, run: Run, workbook: Workbook) -> None:
    """Each year is a registration of its own; nobody is made a member by such a list, and a blank
    cell says nothing of its year."""
    rows = [["团员年度团籍注册情况表"],
            ["序号", "姓名", "身份证号", "班级", "2022年度注册", "2023年度注册", "2023年评议等次"],
            [1, *ONE[:3], "已注册", "是", "优秀"], [2, *TWO[:3], None, "未注册", None]]  # fmt: skip
    book = workbook("r.xlsx", Sheet1=rows)
    answer = taken(run, book, "--on", "2024-01-10")
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["read"], sheet["created"]) == ("registrations", 3, 3)
    assert sheet["ignored_columns"] == ["序号"]
    assert select(
        people,
        "SELECT name, year, grade, registered IS NOT NULL FROM registration"
        " JOIN person ON person.id = person ORDER BY year, name",
    ) == [("李甲", 2022, None, 1), ("李甲", 2023, "excellent", 1), ("王乙", 2023, None, 0)]
    assert taken(run, book, "--on", "2024-01-10")["operation"] is None
    stranger = ["新人", id_number(40), CLASS]
    refused = taken(run, workbook("s.xlsx", Sheet1=[*rows[:2], [3, *stranger, "是", "是", None]]))
    assert {found["code"] for found in refused["findings"]} == {"milestone-person"}
    assert select(people, "SELECT count(*) FROM membership") == [(2,)]


def test_a_roster_with_registrations_is_both(people: Path, run: Run, workbook: Workbook) -> None:
    """Where a roster has columns of its own, its members and their registrations are read, as one
    table."""
    new = member(3, 姓名="赵丙", 所在团支部=CLASS)
    rows = [[*MEMBER_HEADINGS, "2022年度注册", "2023年度注册"], [*new, "是", "是"]]
    answer = taken(run, workbook("r.xlsx", 团员花名册=rows), "--on", "2024-01-10")
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["created"], sheet["ignored_columns"]) == ("members", 3, [])
    assert select(people, "SELECT count(*) FROM membership") == [(3,)]
    assert select(people, "SELECT year FROM registration ORDER BY 1") == [(2022,), (2023,)]


MARKS = [
    ["序号", "单位", "组织建设（20分）", "阵地建设（10分）", "活动（30分）", "总分", "排名"],
    [1, TOWN, 18.5, "8分", 25, 51.5, 2],
    [2, SCHOOL, 19, None, 28, 47, 1],
]


@pytest.mark.parametrize("full", ["heading", "row"])
def test_marks_with_a_column_for_each_item(
    full: str, people: Path, run: Run, workbook: Workbook
) -> None:
    """The year is in the title, the full marks in the headings or in a row below them."""
    headings, *rows = [[*row] for row in MARKS]
    if full == "row":
        headings = [str(heading).split("（")[0] for heading in headings]
        rows = [["满分", None, 20, 10, 30, 60, None], *rows]
    rows = [["2023年度团组织考核得分表"], headings, *rows, ["注：阵地建设由县团委打分"]]
    answer = taken(run, workbook("m.xlsx", Sheet1=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["created"], answer["findings"]) == ("assessments", 5, [])
    assert sheet["ignored_columns"] == ["序号", "总分", "排名"]
    assert [row["row"] for row in sheet["ignored_rows"]] == [len(rows)]
    assert select(people, 'SELECT organization, item, score, "full", year FROM score'
                          " ORDER BY organization, item") == [
        ("S", "活动", 28.0, 30.0, 2023), ("S", "组织建设", 19.0, 20.0, 2023),
        ("T", "活动", 25.0, 30.0, 2023), ("T", "组织建设", 18.5, 20.0, 2023),
        ("T", "阵地建设", 8.0, 10.0, 2023),
    ]  # fmt: skip


def test_a_wrong_mark_is_named_by_its_cell(people: Path, run: Run, workbook: Workbook) -> None:
    """Marks above the full ones are an error of their cell."""
    rows = [["2023年度考核得分表"], MARKS[0][:5], [1, TOWN, 21, 8, 25]]
    (found,) = taken(run, workbook("m.xlsx", Sheet1=rows))["findings"]
    assert (found["code"], found["cell"]) == ("score-above-full", "C3")


def test_a_total_that_differs_from_the_items_is_told(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """Marks that were taken off are no item, so the order of the year would be another; a cell that
    is no mark is an error of its own and does not take its item out."""
    headings = ["单位", "组织建设（20分）", "活动（30分）", "扣分", "团员数", "总分"]
    rows = [["2023年度考核得分表"], headings,
            [TOWN, 18, 25, 5, 40, 38], [SCHOOL, 19, 28, None, 600, 47]]  # fmt: skip
    answer = taken(run, workbook("m.xlsx", Sheet1=rows))
    assert answer["sheets"][0]["ignored_columns"] == ["扣分", "团员数", "总分"]
    told = [(found["code"], found["level"], found["cell"]) for found in answer["findings"]]
    assert told == [("marks-total-differs", "warning", "F3")]
    rows = [
        ["2023年度考核得分表"],
        ["单位", "组织建设", "活动"],
        [TOWN, "缺", 25],
        [SCHOOL, 19, 28],
    ]
    found = taken(run, workbook("n.xlsx", Sheet1=rows))["findings"]
    assert ("marks-not-marks", "B3") in {(each["code"], each["cell"]) for each in found}


def test_a_survey_with_columns_for_each_stage(people: Path, run: Run, workbook: Workbook) -> None:
    """The students and members of each stage are a row each; by year group it is refused."""
    rows = [["2023年团学比例摸底表"],
            ["学校", "初中学生数", "初中团员数", "高中学生数", "高中团员数"],
            [SCHOOL, 400, 90, 500, 120]]  # fmt: skip
    assert taken(run, workbook("s.xlsx", Sheet1=rows))["totals"]["created"] == 2
    assert select(people, "SELECT stage, students, members FROM survey ORDER BY 1") == [
        ("junior middle", 400, 90), ("senior middle", 500, 120),
    ]  # fmt: skip
    rows = [["2023年摸底表"], ["学校", "年级", "学生数", "团员数"], [SCHOOL, "高一", 250, 60],
            [SCHOOL, "高二", 250, 60]]  # fmt: skip
    (found,) = taken(run, workbook("g.xlsx", Sheet1=rows))["findings"]
    assert (found["code"], found["row"]) == ("survey-by-grade", 2)


def test_a_list_of_committees_has_a_column_for_each_post(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """Who is in each post is a term; a single post may have the ID numbers beside it, of several
    posts nobody knows whose they would be. Without a day it is refused."""
    rows = [["团组织", "任职时间", "书记", "联系电话", "副书记", "组织委员"],
            [TOWN, "2023-03-01", "陈书记", "12000000001", "林副", None],
            [VILLAGE, "2023-03-02", "赵村", None, None, "李组织"]]  # fmt: skip
    answer = taken(run, workbook("c.xlsx", 班子一览表=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["created"]) == ("cadres", 4)
    assert sheet["ignored_columns"] == ["联系电话"]
    assert select(people, "SELECT organization, title, name FROM post ORDER BY 1, 2") == [
        ("T", "deputy secretary", "林副"), ("T", "secretary", "陈书记"),
        ("T1", "committee member", "李组织"), ("T1", "secretary", "赵村"),
    ]  # fmt: skip
    assert select(people, "SELECT count(*) FROM person WHERE phone IS NOT NULL") == [(0,)]
    rows = [["团支部", "书记姓名", "身份证号", "任职时间"], [CLASS, *TWO[:2], "2023-09-01"]]
    assert taken(run, workbook("d.xlsx", 书记=rows))["totals"]["created"] == 1
    assert ("王乙",) in select(
        people, "SELECT person.name FROM post JOIN person ON person = person.id"
    )
    rows = [["团组织", "书记", "副书记"], [TOWN, "陈书记", "林副"]]
    (found,) = taken(run, workbook("e.xlsx", 班子=rows))["findings"]
    assert (found["code"], "任职时间" in found["message"]) == ("heading-missing", True)


def test_an_organisation_with_its_secretary_is_no_cadre(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """A list of organisations stays one, also where it says their types by their names alone."""
    rows = [["序号", "团组织名称", "上级团组织", "成立时间", "书记姓名"],
            [1, "云杉县第一中学高一（3）班团支部", SCHOOL, "2023-09-10", "李甲"]]  # fmt: skip
    answer = taken(run, workbook("o.xlsx", 新建团组织=rows))
    (sheet,) = answer["sheets"]
    assert (sheet["kind"], sheet["ignored_columns"]) == ("organizations", ["序号", "书记姓名"])
    assert select(people, "SELECT type FROM organization WHERE founded IS NOT NULL") == [
        ("branch",)
    ]
    rows[1][1] = "云杉县第二中学"
    (found,) = taken(run, workbook("p.xlsx", 新建团组织=rows))["findings"]
    assert (found["level"], found["cell"]) == ("error", "B2")


def test_a_year_before_a_heading_is_no_part_of_it(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """2024年计划数 is the plan of 2024; of columns of several years none is meant."""
    plan = [["单位", "2024年计划数", "号段起", "号段止"],
            [SCHOOL, 5, "202465000001", "202465000005"]]  # fmt: skip
    assert taken(run, workbook("p.xlsx", Sheet1=plan))["totals"]["created"] == 1
    assert select(people, "SELECT year, places FROM quota") == [(2024, 5)]
    rows = [[*MEMBER_HEADINGS, "2022年手机号码", "2023年手机号码"],
            [*ONE, "12000000001", "12000000002"]]  # fmt: skip
    answer = taken(run, workbook("m.xlsx", 团员=rows))
    assert answer["sheets"][0]["ignored_columns"] == ["2022年手机号码", "2023年手机号码"]


def test_name_and_id_number_may_share_a_cell(people: Path, run: Run, workbook: Workbook) -> None:
    """In any of the usual ways to write them; what cannot be split is an error of the cell."""
    headings = ["姓名及身份证号", "所在团支部", "入团时间"]
    new = [id_number(at, "20070301") for at in (50, 51, 52)]
    cells = [f"甲新{new[0]}", f"乙新 {new[1]}", f"丙新（{new[2]}）"]
    rows = [headings, *([cell, CLASS, "2022-05-04"] for cell in cells)]
    assert taken(run, workbook("m.xlsx", 团员=rows))["totals"]["created"] == 3
    names = select(people, "SELECT name, id_number FROM person WHERE name LIKE '_新'")
    assert names == [*zip(("甲新", "乙新", "丙新"), new, strict=True)]
    answer = taken(run, workbook("n.xlsx", 团员=[headings, ["丁新", CLASS, "2022-05-04"]]))
    assert {found["cell"] for found in answer["findings"]} == {"A2"}


@pytest.mark.parametrize("rows", [
    [["姓名", "李甲", "王乙"], ["身份证号", ONE[1], TWO[1]], ["所在团支部", CLASS, CLASS]],
    [["团员基本信息登记表"], ["姓名", "李甲", "性别", "女"], ["身份证号", ONE[1], "籍贯", "新疆"],
     ["所在团支部", CLASS, "入团时间", "2022-05-04"]],
], ids=["transposed", "form"])  # fmt: skip
def test_a_sheet_on_its_side_is_refused_as_such(
    rows: list[list[Any]], people: Path, run: Run, workbook: Workbook
) -> None:
    """Headings at the left are told as that, not as columns that are missing."""
    answer = taken(run, workbook("f.xlsx", Sheet1=rows))
    assert [found["code"] for found in answer["findings"]] == ["sheet-sideways"]


def test_numbers_of_an_activity_have_its_name_in_the_title(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """How many of each branch came to a lesson is an activity of each branch."""
    rows = [["青年大学习第十二季第5期学习情况统计表（2023年3月18日）"],
            ["序号", "团支部", "团员数", "学习人数", "参学率"],
            [1, CLASS, 30, 28, "93%"], [2, VILLAGE, 12, 9, "75%"]]  # fmt: skip
    assert taken(run, workbook("a.xlsx", Sheet1=rows))["totals"]["created"] == 2
    assert select(people, "SELECT name, category, day, attendances FROM activity ORDER BY 4") == [
        ("青年大学习第十二季第5期", "youth study", "2023-03-18", count) for count in (9, 28)
    ]


def test_volunteers_who_hold_posts_are_said_by_the_title(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """The source of all cadres in the list; it counts in a figure."""
    rows = [["西部计划志愿者兼任乡镇团委副书记名单"],
            ["姓名", "身份证号", "服务单位", "兼任职务", "任职时间"],
            ["林志愿", id_number(60), TOWN, "副书记", "2023-08-01"]]  # fmt: skip
    assert taken(run, workbook("v.xlsx", Sheet1=rows))["totals"]["created"] == 1
    key = "cadres.volunteer_deputies"
    assert run("stats", "2023", "--get", key).out.strip() == "1"


def test_numbers_of_meetings_are_known_and_not_kept(
    people: Path, run: Run, workbook: Workbook
) -> None:
    """They are counted from the meetings themselves."""
    rows = [["团支部", "支部大会（次）", "支委会（次）", "团小组会（次）"], [VILLAGE, 4, 12, 12]]
    answer = taken(run, workbook("n.xlsx", Sheet1=rows))
    assert answer["sheets"][0]["known_as"] == "meeting statistics"
    assert answer["totals"]["read"] == 0


@pytest.mark.parametrize(("above", "below"), [
    (["2022年度", "", "2023年度", ""], ["评议等次", "是否注册"] * 2),
    (["评议等次", "", "是否注册", ""], ["2022年", "2023年"] * 2),
    (["评议等次", "", "是否注册", ""], [2022, 2023] * 2),
])  # fmt: skip
def test_registrations_under_groups(
    above: list[str], below: list[Any], people: Path, run: Run, workbook: Workbook
) -> None:
    """Headings below a group are the headings, whichever of year and column is the group; also
    where the years are numbers. The group alone was read, and the first column below it."""
    by_year = above[0] == "2022年度"
    cells = ["优秀", "是", "合格", "否"] if by_year else ["优秀", "合格", "是", "否"]
    rows = [["团员教育评议和年度团籍注册表"], ["姓名", "身份证号", "班级", *above],
            [None, None, None, *below], [*ONE[:3], *cells]]  # fmt: skip
    (sheet,) = taken(run, workbook("r.xlsx", Sheet1=rows), "--on", "2024-01-10")["sheets"]
    assert (sheet["kind"], sheet["created"], sheet["ignored_columns"]) == ("registrations", 2, [])
    assert select(people, "SELECT year, grade, registered FROM registration ORDER BY 1") == [
        (2022, "excellent", "2024-01-10"), (2023, "qualified", None),
    ]  # fmt: skip


def test_years_as_numbers_are_headings(people: Path, run: Run, workbook: Workbook) -> None:
    """A list of registrations with 2022 and 2023 as numbers made members of everybody in it."""
    rows = [["团籍注册情况"], ["姓名", "身份证号", "所在支部", 2022, 2023],
            ["新人", id_number(40), CLASS, "是", "是"]]  # fmt: skip
    found = taken(run, workbook("r.xlsx", Sheet1=rows))["findings"]
    assert {each["code"] for each in found} == {"milestone-person"}


@pytest.mark.parametrize(
    ("mark", "faults"),
    [("√", ["politics-not-member"]), ("是", ["politics-not-member"]), ("✘", []), ("No", []),
     ("否", []), ("X", [])],
)  # fmt: skip
def test_a_group_is_no_column(
    people: Path, run: Run, workbook: Workbook, mark: str, faults: list[str]
) -> None:
    """政治面貌 over 党员, 团员 and 群众 with ticks is no column of it; what says no is no tick."""
    rows = [["桥头村人员情况表"], ["姓名", "身份证号", "团支部", "政治面貌", "", ""],
            ["", "", "", "党员", "团员", "群众"],
            ["新人", id_number(40), VILLAGE, "", "√", mark]]  # fmt: skip
    found = taken(run, workbook("r.xlsx", Sheet1=rows))["findings"]
    assert [each["code"] for each in found if each["level"] == "error"] == faults


def test_marks_and_posts_under_groups(people: Path, run: Run, workbook: Workbook) -> None:
    """自评分 and 得分 below each item, 姓名 and 联系电话 below a post, 学生数 below a stage."""
    marks = [["2023年度考核评分表"],
             ["单位", "组织建设（20分）", "", "阵地建设（10分）", "", "合计", ""],
             ["", *["自评分", "得分"] * 3], [TOWN, 19, 18, 9, 8, 28, 26]]  # fmt: skip
    (sheet,) = taken(run, workbook("m.xlsx", Sheet1=marks))["sheets"]
    assert (sheet["kind"], sheet["created"]) == ("assessments", 2)
    assert sheet["ignored_columns"] == ["自评分", "得分"]
    assert select(people, 'SELECT item, self_score, score, "full" FROM score ORDER BY item') == [
        ("组织建设", 19.0, 18.0, 20.0), ("阵地建设", 9.0, 8.0, 10.0),
    ]  # fmt: skip
    posts = [["班子一览表"], ["团支部", "书记", "", "副书记", "", "选举时间"],
             ["", "姓名", "联系电话", "姓名", "身份证号", ""],
             [CLASS, "李甲", "12000000001", *TWO[:2], "2023-09-01"]]  # fmt: skip
    assert taken(run, workbook("p.xlsx", Sheet1=posts))["totals"]["created"] == 2
    assert select(people, "SELECT title, name FROM post ORDER BY 1") == [
        ("deputy secretary", "王乙"), ("secretary", "李甲"),
    ]  # fmt: skip
    survey = [["2023年团员基数摸底统计表"], ["单位名称", "初中", "", "高中", "", "合计", ""],
              ["", *["学生数", "团员数"] * 3], [SCHOOL, 400, 60, 800, 300, 1200, 360]]  # fmt: skip
    assert taken(run, workbook("s.xlsx", Sheet1=survey))["totals"]["created"] == 2
    assert select(people, "SELECT stage, students, members FROM survey ORDER BY 1") == [
        ("junior middle", 400, 60), ("senior middle", 800, 300),
    ]  # fmt: skip


@pytest.mark.parametrize(("headings", "cells", "code"), [
    (["组织建设（20分）", "活动（30分）", "扣分", "总分"], [18, 25, 2, 41], "marks-total-differs"),
    (["民主测评（30%）", "实地考核（70%）", "总分"], [90, 88, 88.6], "file-says-nothing"),
    (["姓名", "德", "能", "总分"], ["陈书记", 18, 25, 43], "heading-missing sheet-of-others"),
    (["团员数", "组织建设（20分）", "活动（30分）", "加分", "得分"], [80, 18, 25, 1, 44], None),
])  # fmt: skip
def test_what_is_no_mark_of_an_organisation(
    headings: list[str], cells: list[Any], code: str | None, people: Path, run: Run,
    workbook: Workbook,
) -> None:  # fmt: skip
    """Lost marks are told, and weighted ones refused, as they cannot be added up. Marks of people
    are none of their organisation, and a number of members is no mark."""
    rows = [["2023年度考核评分表"], ["单位", *headings], [TOWN, *cells]]
    answer = taken(run, workbook("m.xlsx", Sheet1=rows))
    assert {found["code"] for found in answer["findings"]} == {*(code or "").split()}
    items = {item for (item,) in select(people, "SELECT item FROM score")}
    told, read = {"活动", "组织建设"}, {"活动", "组织建设", "加分"}
    assert items == {"marks-total-differs": told, None: read}.get(code, set())


def test_a_wide_table_above_another_is_read(people: Path, run: Run, workbook: Workbook) -> None:
    """By their columns alone the marks are no table, so they were left out without an error."""
    rows = [["2023年度考核得分表"], ["单位", "组织建设（20分）", "阵地建设（10分）"], [TOWN, 18, 9],
            [], ["团干部名单"], ["姓名", "团组织", "职务", "任职时间"],
            ["李甲", CLASS, "书记", "2023-09-01"]]  # fmt: skip
    answer = taken(run, workbook("m.xlsx", Sheet1=rows))
    assert [(sheet["kind"], sheet["created"]) for sheet in answer["sheets"]] == [
        ("assessments", 2), ("cadres", 1),
    ]  # fmt: skip
    assert select(people, "SELECT count(*) FROM score") == [(2,)]
