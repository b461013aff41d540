"""What a sheet gives for all its rows in its title or its name: their branch and their school; and
remarks that contradict its rows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, member

Workbook = Callable[..., Path]
FIRST, SECOND = (member(index) for index in (1, 2))
FORMAL: list[list[Any]] = [
    ["团组织全称", "组织类型", "上级组织"],
    ["共青团云杉县委员会", "团委", None],
    ["共青团云杉县第一中学委员会", "团委", "共青团云杉县委员会"],
    ["共青团云杉县白桦镇委员会", "团委", "共青团云杉县委员会"],
]
"""Organisations by their full names."""
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


def homes(run: Run) -> set[str]:
    """The branches in which somebody is a member."""
    return {row["code"] for row in tree(run) if row["members"] and row["type"] == "branch"}


def tree(run: Run) -> list[dict[str, Any]]:
    """The organisations."""
    found: list[dict[str, Any]] = answer_of(run, "org", "tree")["organizations"]
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
    found = taken(run, workbook("roster.xlsx", **{sheet: rows}))
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
        ("毕业班", "团员花名册", ["heading-missing"]),
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
    found = taken(run, workbook("roster.xlsx", **{sheet: rows}))
    assert [finding["code"] for finding in found["findings"]] == codes
    assert homes(run) == set()


def test_the_school_in_the_title_tells_its_classes(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A column with 高一1班, and the school only above the table."""
    rows = [["云杉县第一中学团员花名册"], MEMBER_HEADINGS, [*FIRST[:2], "高一1班", *FIRST[3:]],
            [*SECOND[:2], "高一（2）班", *SECOND[3:]]]  # fmt: skip
    assert taken(run, workbook("roster.xlsx", Sheet1=rows))["findings"] == []
    assert homes(run) == {"S1", "S2"}


@pytest.mark.parametrize(
    ("remark", "words"),
    [
        ("已转出", "转出"), ("2023年9月转出至外县", "转出"), ("自愿退团", "退团"),
        ("已毕业", "已毕业"), ("病故", "病故"), ("已故，因病去世", None), ("被除名", "被除名"),
        ("拟转出", None), ("未转出", None), ("申请转出", None), ("转出中", None), ("转入", None),
        ("父亲去世", None), ("外出务工", None), ("毕业班", None), ("", None),
        ("已转", "已转"), ("除名", "除名"), ("退学", "退学"), ("毕业", "毕业"), ("休学", None),
    ],
)  # fmt: skip
def test_a_remark_that_says_somebody_left_is_an_error(
    run: Run, county: Path, workbook: Workbook, remark: str, words: str | None
) -> None:
    """The column is not read, so they would be counted as a member. The other rows go in."""
    rows = [[*MEMBER_HEADINGS, "备 注"], [*FIRST, remark], [*SECOND, "班长"]]
    found = taken(run, "--valid-only", workbook("roster.xlsx", 团员=rows))
    assert found["totals"]["created"] == (1 if words else 2)
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert at == ([("remark-left", "G2")] if words else [])
    if words:
        ended = [*MEMBER_HEADINGS, "备注", "离团日期", "离团原因"]
        rows = [ended, [*FIRST, remark, "2023-09-10", "转出"], [*SECOND, "班长", None, None]]
        assert taken(run, workbook("roster.xlsx", 团员=rows))["findings"] == []


def test_a_column_of_those_who_left_is_no_remark(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """转出时间 and 转往何处 are not columns of a roster; whoever has something there has left."""
    rows = [[*MEMBER_HEADINGS, "转出时间", "转往何处"], [*FIRST, "2023-09-01", "某大学"],
            [*SECOND, "/", None]]  # fmt: skip
    found = taken(run, "--valid-only", workbook("roster.xlsx", 团员=rows))
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert (at, found["totals"]["created"]) == ([("remark-left", "G2")], 1)


@pytest.mark.parametrize(
    ("heading", "left", "stayed"),
    [("是否在册", "否", "是"), ("是否仍在团", "不在", "√"), ("在籍", "×", "✓"),
     ("是否已转出", "是", "否"), ("是否退团", "√", "/"), ("是否离团", "已离团", "未离团")],
)  # fmt: skip
def test_an_answer_that_says_somebody_left_is_an_error(
    run: Run, county: Path, workbook: Workbook, heading: str, left: str, stayed: str
) -> None:
    """A column that asks whether a member is still there, or is gone."""
    rows = [[*MEMBER_HEADINGS, heading], [*FIRST, left], [*SECOND, stayed]]
    found = taken(run, "--valid-only", workbook("roster.xlsx", 团员=rows))
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert (at, found["totals"]["created"]) == ([("remark-left", "G2")], 1)


@pytest.mark.parametrize(
    ("heading", "answers"),
    [("是否已转出", ("是", "否", "已退回")), ("审核结果", ("通过", "待审", "不通过")),
     ("是否完成", ("√", "×", "被退回"))],
)  # fmt: skip
def test_a_transfer_that_was_not_carried_out_is_not(
    run: Run, county: Path, workbook: Workbook, heading: str, answers: tuple[str, ...]
) -> None:
    """Whatever the column is called that says whether it was."""
    assert taken(run, workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, FIRST, SECOND]))
    headings = ["姓名", "身份证号", "转出团组织", "转入团组织", "转出时间", heading]
    for answer, state in zip(answers, ("accepted", "pending", "refused"), strict=True):
        rows = [headings, [*FIRST[:3], "云杉县第一中学高一（2）班团支部", "2023-09-01", answer]]
        found = taken(run, workbook("moves.xlsx", 转接=rows))
        assert (found["findings"], found["totals"]["created"]) == ([], 1)
        listed = run("transfer", "list", "-O", "json")
        assert [row["state"] for row in json.loads(listed.out)["rows"]] == [state]
        assert run("undo", str(found["operation"]), "--yes").code == 0


def test_an_organisation_that_a_column_says_is_closed_is_an_error(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The column is not read, so it would be founded; with the day of its end it goes in."""
    headings = ["团组织全称", "组织类型", "上级组织", "组织状态", "创建时间"]
    rows = [["一车间团支部", "团支部", "T", "正常", "2020-03-01 10:22:31"],
            ["二车间团支部", "团支部", "T", "已撤销", "2020-03-01 10:22:31"]]  # fmt: skip
    found = taken(run, "--valid-only", workbook("a.xlsx", 团组织=[headings, *rows]))
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert (at, found["totals"]["created"]) == ([("remark-left", "D3")], 1)
    ended = [[*headings, "撤销日期"], [*rows[1], "2022-01-05"]]
    assert taken(run, workbook("b.xlsx", 团组织=ended))["findings"] == []


def test_what_colours_of_rows_mean_is_said_to_be_unread(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A legend below the roster says who has left, by the colour of the row."""
    rows = [MEMBER_HEADINGS, FIRST, SECOND, ["注：黄色底色为已转出"]]
    found = taken(run, workbook("a.xlsx", 团员=rows))
    at = [(each["code"], each["level"], each["row"]) for each in found["findings"]]
    assert at == [("marking-unread", "warning", 4)]


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
    assert taken(run, workbook("tree.xlsx", 团组织=rows))["findings"] == []
    found = {row["name"]: (row["type"], row["domain"], row["sector"]) for row in tree(run)}
    assert found["白桦镇团委"] == ("committee", "society", "village")
    assert found["第一中学团委"] == ("committee", "school", "senior middle")
    assert found["高一团总支"][0] == "general branch"
    assert found["高三（1）班团支部"][0] == "graduating branch"
    assert found["教工团支部"] == ("branch", "society", "government")


@pytest.mark.parametrize(
    ("kind", "headings", "row", "title"),
    [
        ("发展计划", ["单位名称", "计划数（名）", "编号号段"],
         ["第一中学", 20, "202465100001-202465100020"], "云杉县2024年发展团员计划分配表"),
        ("团干部", ["姓名", "所在团组织", "团内职务", "任职时间", "任职类型（专职/兼职/挂职）"],
         ["王海", "白桦镇团委", "团委书记", "2023年8月", "兼职"], "团干部基本情况统计表"),
        ("培训", ["姓名", "单位", "职务", "联系电话", "签名"],
         ["王海", "白桦镇团委", "书记", "13900001111", None],
         "云杉县2023年团干部培训班签到表（2023年10月15日）"),
        ("活动", ["活动时间", "活动主题", "活动类型", "参加人数"],
         ["3月5日", "学雷锋", "志愿服务", 120], "云杉县第一中学团委2023年活动开展情况统计表"),
    ],
)  # fmt: skip
def test_sheets_as_offices_head_them(
    run: Run, db: Path, workbook: Workbook, kind: str, headings: list[str], row: list[Any],
    title: str,
) -> None:  # fmt: skip
    """What the title says need not be in a column; a committee is known by its usual name, with
    the county's before it or not."""
    begin(run, workbook, 团组织=FORMAL)
    found = taken(run, workbook("sheet.xlsx", Sheet1=[[title], headings, row]))
    errors = [finding for finding in found["findings"] if finding["level"] == "error"]
    assert (errors, found["totals"]["created"]) == ([], 1)
    if kind == "活动":
        kept = answer_of(run, "export", "activities")["rows"]
        assert [row["day"] for row in kept] == ["2023-03-05"]
    zh = run("--lang", "zh", "import", "-n", workbook("again.xlsx", S=[[title], headings, row]))
    assert kind in zh.out


NEW = member(30)[:2]
COURSE = ["高一1班", "2022.9.10", "2022.10.20", "2023.3.5", "8学时", "20小时"]
AS_OFFICES_HEAD = [
    "姓名", "身份证号码", "班级", "递交入团申请书日期", "确定为入团积极分子时间",
    "确定为发展对象时间", "团课学习情况（学时）", "志愿服务时长（小时）", "入团介绍人",
    "公示起止时间", "支部大会召开时间", "表决情况（应到/实到/赞成）", "上级团委审批时间",
]  # fmt: skip
ADMITTED = [*NEW, *COURSE, "团员丁、团员丂", "2023.3.6-3.10", "2023.5.8", "35/33/33", "2023.5.15"]


@pytest.mark.parametrize(
    ("column", "cell", "codes"),
    [
        ("入团介绍人", "团员丁、团员丂", []), ("入团介绍人", "团员丁 团员丂", []),
        ("入团介绍人", "团员丁，团员丂", []),
        ("入团介绍人", "团员丁", ["cell-missing"]),
        ("入团介绍人", "团员丁、团员丂、团员己", ["name-not-a-name"]),
        ("表决情况（应到/实到/赞成）", "应到会35人，实到33人，赞成33票，反对0票", []),
        ("表决情况（应到/实到/赞成）", "35人、33人、33人", []),
        ("表决情况（应到/实到/赞成）", "35/33", ["count-not-a-count"]),
        ("表决情况（应到/实到/赞成）", "一致同意", ["count-not-a-count"]),
        ("公示起止时间", "2023年3月6日至3月10日", []),
        ("公示起止时间", "已公示", ["day-not-a-day"]),
    ],
)  # fmt: skip
def test_a_cell_may_hold_several_fields(
    run: Run, county: Path, workbook: Workbook, column: str, cell: str, codes: list[str]
) -> None:
    """Both introducers, the vote, the days of the notice; what cannot be split is refused, once for
    each field at most."""
    quotas = workbook("plan.xlsx", 计划=QUOTAS)
    assert (
        run("import", quotas, workbook("old.xlsx", 团员=[MEMBER_HEADINGS, FIRST, SECOND])).code == 0
    )
    row = [*ADMITTED]
    row[AS_OFFICES_HEAD.index(column)] = cell
    sheet = workbook("new.xlsx", 发展=[["云杉县第一中学新发展团员花名册"], AS_OFFICES_HEAD, row])
    found = answer_of(run, "admit", sheet)
    errors = {each["code"] for each in found["findings"] if each["level"] == "error"}
    assert errors == {*codes}
    assert len(found["admitted"]) == (0 if codes else 1)
    if not codes:
        kept = answer_of(run, "export", "admissions", "--reveal", "--reason", "a")
        (case,) = kept["rows"]
        assert (case["due"], case["present"], case["in_favour"]) == (35, 33, 33)
        assert (case["introducer_1"], case["introducer_2"]) == ("团员丁", "团员丂")
        assert (case["notice_from"], case["notice_to"]) == ("2023-03-06", "2023-03-10")


def test_titles_of_other_sheets(run: Run, county: Path, workbook: Workbook) -> None:
    """The branch of candidates, the year above a line with the sender, the reason of leaving; a
    class of somebody who is known is their own."""
    people = workbook("old.xlsx", 团员=[MEMBER_HEADINGS, FIRST, SECOND])
    assert run("import", people).code == 0
    candidates = [["云杉县第一中学高一（1）班入团积极分子花名册"],
                  ["姓名", "身份证号", "申请入团时间", "确定积极分子日期", "培养联系人"],
                  [*NEW, "2022.9.10", "2022.10.15", "团员丁、团员丂"]]  # fmt: skip
    assert taken(run, workbook("a.xlsx", S=candidates))["findings"] == []
    kept = answer_of(run, "export", "candidates", "--reveal", "--reason", "a")
    (case,) = kept["rows"]
    assert (case["contact_1"], case["contact_2"]) == ("团员丁", "团员丂")
    registered = [["2023年度团员教育评议暨团籍注册登记表"],
                  ["填报单位：云杉县第一中学", "", "填报日期：2024年1月10日"],
                  ["姓名", "身份证号", "班级", "评议结果", "是否注册"],
                  [*FIRST[:2], "高一1班", "优秀", "是"]]  # fmt: skip
    assert taken(run, workbook("b.xlsx", S=registered))["findings"] == []
    left = [["云杉县第一中学自愿退团人员名单"], ["姓名", "身份证号", "所在班级", "离团时间"],
            [*SECOND[:2], "高一1班", "2023.5.4"]]  # fmt: skip
    assert taken(run, workbook("c.xlsx", S=left))["findings"] == []
    gone = answer_of(run, "export", "members", "--reveal", "--reason", "a")
    reasons = {row["name"]: row["leaving_reason"] for row in gone["rows"]}
    assert reasons == {FIRST[0]: None, SECOND[0]: "resigned"}


def test_a_roster_with_introducers_in_one_column_is_a_roster(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """It has no ballot, so nothing of an admission is missing."""
    headings = [*MEMBER_HEADINGS, "入团介绍人", "申请入团时间"]
    rows = [headings, [*FIRST, "甲某、乙某", "2019.9.1"]]
    found = taken(run, workbook("roster.xlsx", 团员花名册=rows))
    assert (found["sheets"][0]["kind"], found["findings"]) == ("members", [])


def test_a_heading_that_may_mean_something_else_gives_way(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """转往单位 is where somebody goes, but not where 转入团组织 is there, too."""
    assert taken(run, workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, FIRST]))["findings"] == []
    headings = ["姓名", "身份证号", "原班级", "转出团组织", "转往单位", "转入团组织", "转出日期"]
    row = [*FIRST[:2], "甲班", FIRST[2], "某大学", "桥头村团支部", "2023.10.8"]
    found = taken(run, workbook("moves.xlsx", 转接=[headings, row]))
    assert found["findings"] == []
    assert found["sheets"][0]["ignored_columns"] == ["原班级", "转往单位"]


def test_a_class_that_moves_on_is_that_of_the_member(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A list of a school names only the class; of another school's pupils it would be elsewhere."""
    assert taken(run, workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, FIRST]))["findings"] == []
    headings = ["姓名", "身份证号", "原班级", "转往单位", "转出时间"]
    moves = [headings, [*FIRST[:2], "高一1班", "青松市某大学", "2023.10.8"]]
    found = taken(run, workbook("moves.xlsx", 转接=moves))
    assert [finding["code"] for finding in found["findings"]] == ["place-elsewhere"]
    (row,) = answer_of(run, "transfer", "list")["rows"]
    assert row["from"] == "云杉县第一中学高一（1）班团支部"
    eleventh = ("云杉县第一中学高一11班团支部", "--type", "团支部", "--parent", "S")
    assert run("org", "add", *eleventh, "--on", "2020-01-01").code == 0
    other = [*SECOND[:2], eleventh[0], *SECOND[3:]]
    assert taken(run, workbook("other.xlsx", 团员=[MEMBER_HEADINGS, other]))["findings"] == []
    moves = [headings, [*SECOND[:2], "1班", "青松市某大学", "2023.10.8"]]
    found = taken(run, workbook("wrong.xlsx", 转接=moves))
    assert [finding["code"] for finding in found["findings"]] == ["transfer-not-ours"]


def test_a_committee_by_its_usual_name_is_no_second_one(
    run: Run, db: Path, workbook: Workbook
) -> None:
    """Neither with another ending nor without the county; by its own code it may be one."""
    begin(run, workbook, 团组织=FORMAL)
    headings = ["团组织全称", "组织类型", "上级组织", "团组织编码"]
    short = ["白桦镇团委", "团委", "团县委", None]
    assert run("org", "alias", "共青团云杉县委员会", "团县委").code == 0
    found = taken(run, workbook("again.xlsx", 团组织=[headings, short]))
    at = [(finding["code"], finding["cell"]) for finding in found["findings"]]
    assert at == [("organization-alike", "A2")]
    found = taken(run, workbook("coded.xlsx", 团组织=[headings, [*short[:3], "T9"]]))
    assert (found["findings"], found["totals"]["created"]) == ([], 1)


@pytest.mark.parametrize(
    ("file", "sheet", "option"),
    [("云杉县第一中学.xlsx", "Sheet1", None),
     ("2024年云杉县第一中学团员花名册.xlsx", "Sheet1", None), ("a.xlsx", "云杉县第一中学", None),
     ("a.xlsx", "Sheet1", "S"), ("白桦镇.xlsx", "白桦镇", "云杉县第一中学团委")],
)  # fmt: skip
@pytest.mark.parametrize("has_column", [True, False])
def test_the_school_may_be_the_name_of_the_file_or_sheet_or_an_option(
    run: Run, county: Path, workbook: Workbook, file: str, sheet: str, option: str | None,
    has_column: bool,
) -> None:  # fmt: skip
    """The class is in a column, or in the title."""
    if has_column:
        rows = [MEMBER_HEADINGS, [*FIRST[:2], "高一1班", *FIRST[3:]]]
    else:
        rows = [["高一（1）班团员花名册"], HEADINGS, without_branch(FIRST)]
    book = workbook(file, **{sheet: rows})
    found = taken(run, book, *(["--org", option] if option else []))
    assert found["findings"] == []
    assert homes(run) == {"S1"}


CADRE = ["姓名", "性别", "出生年月", "单位", "职务", "任职时间", "身份证号码", "联系电话"]


@pytest.mark.parametrize(
    ("title", "headings", "kind", "missing"),
    [
        ("云杉县基层团委书记、副书记名册", CADRE, "cadres", []),
        ("白桦镇团干部花名册", [*CADRE[:3], "政治面貌", *CADRE[4:6], "联系电话"], "cadres",
         ["团组织"]),
        ("云杉县第一中学团员和团干部花名册", [*CADRE, "入团时间"], "members", []),
        ("2024届毕业生团员组织关系转接花名册",
         ["班级", "姓名", "身份证号", "升学去向", "转入团组织全称", "联系电话"], "transfers", []),
        ("2024届毕业生团员组织关系转接花名册",
         ["姓名", "身份证号", "升学去向", "转入团组织全称", "联系电话"], "transfers",
         ["转出团组织"]),
        ("团员组织关系转接花名册",
         ["班级", "姓名", "身份证号", "转出团组织", "转入团组织", "联系电话"], "transfers", []),
        ("组织关系转入团员名册",
         ["所在团支部", "姓名", "身份证号", "转入时间", "转出单位", "入团时间"], "members", []),
    ],
)  # fmt: skip
def test_a_title_decides_between_kinds_with_the_same_columns(
    run: Run, county: Path, workbook: Workbook, title: str, headings: list[str], kind: str,
    missing: list[str],
) -> None:  # fmt: skip
    """Cadres have nearly all the columns of members, and so has a list of graduates with where they
    go. What is missing of the kind that is meant is told; --org only where it would help."""
    found = taken(run, "-n", workbook("a.xlsx", Sheet1=[[title], headings]))
    assert found["sheets"][0]["kind"] == kind
    lacks = [each for each in found["findings"] if each["code"] == "heading-missing"]
    assert bool(lacks) == bool(missing)
    for each, column in zip(lacks, missing, strict=True):
        assert column in each["message"]
        assert ("--org" in each["fix"]) == (kind == "cadres")


def test_a_post_of_a_branch_is_none_of_the_committee_above(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A town's list with --org names the village in the post alone; its secretary would be the
    committee's."""
    headings = ["姓名", "团内职务", "任职时间"]
    people = [["陈一", "镇团委书记", "2022-09-01"], ["陈二", "桥头村团支部书记", "2022-09-01"],
              ["陈三", "团支部书记", "2022-09-01"],
              ["陈四", "镇团委委员、桥头村团支部书记", "2022.9"],
              ["陈五", "党支部书记兼团委书记", "2022.9"]]  # fmt: skip
    book = workbook("a.xlsx", 团干部=[headings, *people])
    found = taken(run, "-n", book, "--org", "T")
    errors = [each["cell"] for each in found["findings"] if each["code"] == "post-of-branch"]
    assert errors == ["B3", "B4"]
    village = workbook("b.xlsx", 团干部=[headings, *people[1:3]])
    assert "post-of-branch" not in str(taken(run, "-n", village, "--org", "T1"))


@pytest.mark.parametrize(
    ("title", "column", "is_former"),
    [
        ("云杉县第一中学毕业离校团员名单（2024届）", "去向", True),
        ("已转出团员花名册", "备注", True),
        ("超龄离团人员名单", "备注", True), ("拟转出团员名单", "备注", False),
        ("超龄离团人员名单", "离团日期", False), ("未离团人员名单", "备注", False),
        ("转出转入情况说明及团员花名册", "备注", False),
        ("转出", "备注", True), ("超龄离团", "备注", True), ("拟转出", "备注", False),
    ],
)  # fmt: skip
def test_a_roster_of_people_who_left_is_no_roster(
    run: Run, county: Path, workbook: Workbook, title: str, column: str, is_former: bool
) -> None:
    """Its title alone says so; with the day of leaving in a column it can be read."""
    said = "2023-12-01" if column == "离团日期" else None
    rows = [[*MEMBER_HEADINGS, column], [*FIRST, said]]
    for sheets in ({"团员": [[title], *rows]}, {title: rows}):
        found = taken(run, "-n", workbook("a.xlsx", **sheets))
        codes = {each["code"] for each in found["findings"] if each["level"] == "error"}
        assert ("sheet-of-former" in codes) == is_former


@pytest.mark.parametrize(
    ("title", "columns", "is_refused"),
    [
        ("三、群众", [], True), ("入团积极分子名单", [], True), ("2023年拟发展团员名单", [], True),
        ("少先队员推优入团名单", [], True), ("青年人才库", [], True), ("青年团员花名册", [], False),
        ("党群服务中心群众工作科团员名册", [], False), ("团员和入团积极分子花名册", [], False),
        ("入团积极分子名单", ["入团时间"], False),
    ],
)  # fmt: skip
def test_a_list_of_people_who_are_no_members_is_no_roster(
    run: Run, county: Path, workbook: Workbook, title: str, columns: list[str], is_refused: bool
) -> None:
    """By its last title, where no column has what only members have."""
    days = ["2020-05-04"] * len(columns)
    rows = [[title], [*MEMBER_HEADINGS[:3], *columns], [*FIRST[:3], *days]]
    found = taken(run, "-n", workbook("a.xlsx", Sheet1=rows))
    codes = {each["code"] for each in found["findings"]}
    assert ("sheet-of-nonmembers" in codes) == is_refused
    assert found["totals"]["created"] == (not is_refused)


@pytest.mark.parametrize(("heading", "level"), [("是否团员", "error"), ("政治面貌", "warning")])
def test_who_is_not_said_to_be_a_member_is_told(
    run: Run, county: Path, workbook: Workbook, heading: str, level: str
) -> None:
    """A list of all pupils leaves blank whoever is none; where nobody's is filled it says
    nothing."""
    heads = [*MEMBER_HEADINGS[:3], heading, "入团时间"]
    rows = [heads, [*FIRST[:3], "共青团员", None], [*SECOND[:3], None, None],
            [*member(3)[:3], None, "2020-05-04"]]  # fmt: skip
    found = taken(run, "-n", workbook("a.xlsx", 花名册=rows))
    said = [(each["code"], each["level"], each["cell"]) for each in found["findings"]]
    assert said == [("membership-unsaid", level, "D3"), ("number-missing", "warning", None)]
    assert found["totals"]["created"] == (2 if level == "error" else 3)
    rows = [heads, [*FIRST[:3], None, None], [*SECOND[:3], None, "2020-05-04"]]
    silent = taken(run, "-n", workbook("b.xlsx", 花名册=rows))
    assert {each["code"] for each in silent["findings"]} == {"number-missing"}


def test_a_line_above_those_who_left_may_end_with_a_colon(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """And a line that names the teacher is nobody."""
    rows = [MEMBER_HEADINGS, FIRST, ["转出人员："], SECOND, ["班主任：张老师"]]
    found = taken(run, "--valid-only", workbook("a.xlsx", 团员=rows))
    assert [each["code"] for each in found["findings"]] == ["rows-below-former"]
    assert found["totals"]["read"] == 1


def test_a_column_of_villages_gives_way_to_the_branch_of_an_option(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Without the option it says which branch is meant, given the town in the title."""
    rows = [["云杉县白桦镇团员花名册"], [*HEADINGS[:2], "所在村", *HEADINGS[2:]],
            [*FIRST[:2], "第三村民小组", *FIRST[3:]]]  # fmt: skip
    book = workbook("a.xlsx", 团员=rows)
    assert [each["code"] for each in taken(run, "-n", book)["findings"]] == ["organization-unknown"]
    found = taken(run, book, "--org", "T1")
    assert (found["findings"], found["sheets"][0]["ignored_columns"]) == ([], ["所在村"])
    assert homes(run) == {"T1"}


def test_lists_of_what_was_done_as_offices_head_them(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Activities of branches whose school is in the title, a training whose days stand after a
    label, a total that fills more than half of the columns, a count that is no exact one."""
    activities = [["2024年1-3月主题团日活动开展情况统计表"], ["填报单位：云杉县第一中学"],
                  ["支部名称", "活动主题", "活动时间", "应到人数", "实到人数"],
                  ["高一（1）班", "学雷锋", "1月5日上午", 40, 38],
                  ["高一2班", "扫墓", "2024.1.6（周六）", 40, "80余人"],
                  ["合计", 2, None, 80, 118]]  # fmt: skip
    found = taken(run, "--valid-only", workbook("a.xlsx", Sheet1=activities))
    at = [(each["code"], each["cell"]) for each in found["findings"]]
    assert (at, found["totals"]["created"]) == ([("count-about", "E5")], 1)
    kept = answer_of(run, "export", "activities")["rows"]
    branch = "云杉县第一中学高一（1）班团支部"
    assert [(row["organization"], row["day"], row["attendances"]) for row in kept] == [
        (branch, "2024-01-05", 38)
    ]
    training = [["云杉县2024年基层团干部培训班签到表"],
                ["时间：2024年1月2日—4日", None, "地点：党校"],
                ["序号", "单位", "姓名", "签到"], [1, "白桦镇团委", "钱一", "钱一"]]  # fmt: skip
    found = taken(run, workbook("b.xlsx", Sheet1=training))
    assert [each["level"] for each in found["findings"]] == ["warning", "warning"]
    survey = [["2024年基数摸底表"], ["学校", "学生总数", "团员数", "青年数"],
              ["云杉县第一中学团委", 900, 300, 900], ["合计", 900, 300, 900]]  # fmt: skip
    found = taken(run, workbook("c.xlsx", Sheet1=survey))
    assert (found["findings"], found["totals"]["read"]) == ([], 1)


def test_a_registration_as_schools_head_it(run: Run, county: Path, workbook: Workbook) -> None:
    """Its grade is the branch's, and 缓期 is no registration."""
    people = workbook("people.xlsx", 团员=[MEMBER_HEADINGS, FIRST, SECOND])
    assert run("import", people).code == 0
    rows = [["2023年度团员教育评议和团籍注册表"], ["班级：云杉县第一中学高一（1）班"],
            ["姓名", "自评", "支部评议等次", "是否准予注册"],
            [FIRST[0], "优秀", "合格", "准予注册"],
            [SECOND[0], "合格", "基本合格", "缓期"]]  # fmt: skip
    found = taken(run, workbook("a.xlsx", Sheet1=rows))
    assert (found["findings"], found["totals"]["created"]) == ([], 2)


def test_a_group_of_the_family_makes_other_columns(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The father's ID number is not the member's."""
    rows = [[*MEMBER_HEADINGS, "家庭信息", None, None],
            [*[None] * 6, "父亲姓名", "身份证号", "电话"],
            [*FIRST, "甲父", "1", "13800000000"]]  # fmt: skip
    found = taken(run, "-n", workbook("a.xlsx", 团员=rows))
    assert (found["findings"], found["totals"]["created"]) == ([], 1)


def test_all_of_a_branch_that_an_option_names(run: Run, county: Path, workbook: Workbook) -> None:
    """With --org and --whole a roster without a column for the branch names whom it lacks."""
    people = [without_branch(member(index)) for index in (1, 2, 3)]
    assert taken(run, workbook("a.xlsx", 团员=[HEADINGS, *people]), "--org", "S1")["findings"] == []
    found = taken(run, workbook("b.xlsx", 团员=[HEADINGS, people[0]]), "--org", "S1", "--whole")
    assert [finding["code"] for finding in found["findings"]] == ["roster-lacks"]


def test_an_organisation_with_the_post_in_it_is_both(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """As townships keep their cadres, by 单位及职务; a post alone names no organisation."""
    rows = [["姓名", "单位及职务", "任职时间"], ["吴书", "桥头村团支部 书记", "2023-03-01"],
            ["郑委", "共青团云杉县第一中学委员会组织委员", "2023-03-01"],
            ["钱干", "干事", "2023-03-01"]]  # fmt: skip
    found = taken(run, "--valid-only", workbook("cadres.xlsx", 团干部=rows))
    assert [finding["cell"] for finding in found["findings"] if finding["level"] == "error"] == [
        "B4"
    ]
    listed = answer_of(run, "post", "list")["rows"]
    assert {(row["code"], row["post"]) for row in listed if row["name"]} == {
        ("T1", "书记"), ("S", "组织委员"),
    }  # fmt: skip
