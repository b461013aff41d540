"""The layouts that offices really send: deep headings, groups, several tables, real rows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Ran, answer_of, begin, taken
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number, member
from leaguectl.kinds.class_names import near_names

Run = Callable[..., Ran]
Workbook = Callable[..., Path]

REAL = {
    "备案表 2026": (
        "序号 学校 班级 姓名 性别 民族 身份证号 出生年月 籍贯 联系电话 是否已进行政治家访 家访时间"
        " 是否有宗教信仰 分配编号 入团志愿书问题备注",
        "candidates", (),
    ),
    "团员花名册": (
        "学号 姓名 性别 民族 政治面貌 籍贯 出生日期 入团时间 备注",
        "members", ("身份证号", "所在团支部"),
    ),
    "申请入团名单": (
        "学号 姓名 性别 民族 籍贯 出生日期 申请入团时间 备注", "candidates", ("身份证号",),
    ),
    "团员信息采集": (
        "姓名 身份证号 (组织) 民族 政治面貌 入团年月 全日制教育学历 团员所在领域 是否在本县区从业"
        " 荣誉称号 移动电话 邮箱 备注",
        "members", (),
    ),
    "高校导出": (
        "学号 班级 姓名 性别 身份证号 民族 政治面貌 入党时间 入团时间 全日制教育学历 团员所在区域"
        " 是否在本县区从业 固定电话 手机号码 邮箱 备注",
        "members", (),
    ),
    "学生团员档案": (
        "学号 姓名 学院 班级 性别 身份证号码 民族 生源地 出生日期 入团日期 团员证编号 手机号码"
        " 智慧团建(已录入/未录入) 志愿书(有/无) 申请书(有/无) 问题档案(正常/问题档案) 状态 备注",
        "members", (),
    ),
    "班级团员登记": (
        "班级 学号 姓名 性别 出生年月 身份证号 民族 籍贯 政治面貌 入团年月 入团地点 介绍信 团员证"
        " 团员档案 联系方式 QQ 备注 注册",
        "members", (),
    ),
    "团员名册表": ("警号 所在团组织 姓名 性别 身份证号 出生日期 团内职务 备注", "members", ()),
    "智慧团建": (
        "姓名 性别 身份证号码 民族 职业 在读状况 学历 政治面貌 入团时间 入党时间 发展团员编号"
        " 学习工作单位 手机号码 户籍地址 电子邮箱 QQ号码 微信 微博 团内现任职务 任现职年月"
        " 任现职方式 团干部性质 是否同级党(工)委(党支部)委员 是否递交入党申请书"
        " 递交入党申请书时间 是否成为注册志愿者 成为注册志愿者的时间 团籍所在团支部"
        " 是否有入团志愿书",
        "members", (),
    ),
    "广东智慧团建": (
        "姓名 证件类型 身份证号 实名认证状态 出生日期 入团年月 所在团支部 收入 是否团干部"
        " 团内现任职务 任现职年月 团干部性质 是否同级党委（支部）成员 民族 政治面貌 全日制学历"
        " 最高学历 户籍所在地 手机号码 入团时所在单位 职业 学习工作单位 电子邮箱 QQ"
        " 微信号 微博号 团员编号 入党年月 注册志愿者时间",
        "members", (),
    ),
}  # fmt: skip
"""Heading rows seen in real files: the row, the kind it is, and what it lacks."""

VALUES: dict[str, Any] = {
    "姓名": "团员甲", "性别": "男", "身份证号": id_number(1), "身份证号码": id_number(1),
    "学校": "云杉县第一中学团委", "学院": "云杉县第一中学团委", "班级": "云杉县第一中学高一（1）班",
    "(组织)": "云杉县第一中学高一（1）班团支部", "所在团组织": "桥头村团支部",
    "出生年月": "2007.03", "出生日期": date(2007, 3, 1), "入团年月": "2021年5月",
    "入团日期": "20210504", "入团时间": "2021-05-04", "政治面貌": "共青团员",
    "分配编号": "202165000001", "民族": "汉族", "是否有宗教信仰": "无", "志愿书(有/无)": "有",
    "申请入团时间": "2021-03-04", "团籍所在团支部": "桥头村团支部", "所在团支部": "桥头村团支部",
    "发展团员编号": "202165000001", "团员编号": "202165000001", "是否有入团志愿书": "是",
}  # fmt: skip


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """The small county's organisations and quotas."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 发展计划=QUOTAS)
    return db


@pytest.mark.parametrize("name", REAL)
def test_a_real_heading_row_is_recognised(
    run: Run, county: Path, workbook: Workbook, name: str
) -> None:
    """Without --kind and --map: the kind is found; missing columns are reported once."""
    row, kind, lacks = REAL[name]
    headings = row.split()
    person = [VALUES.get(heading) for heading in headings]
    found = taken(run, workbook(名册=[["云杉县团员名册"], headings, person]))
    (sheet,) = found["sheets"]
    assert (sheet["kind"], sheet["header_row"]) == (kind, 2)
    if lacks:
        (finding,) = found["findings"]
        # The list of applicants has no ID numbers; who has a case already needs none.
        assert finding["code"] == (
            "id-number-absent" if kind == "candidates" else "heading-missing"
        )
        assert kind == "candidates" or all(column in finding["message"] for column in lacks)
        return
    assert [finding for finding in found["findings"] if finding["level"] == "error"] == []
    assert found["totals"]["created"] == 1
    assert {"民族", "是否有宗教信仰"} & set(headings) <= set(sheet["ignored_columns"])


UNKEPT = {
    "交纳团费情况": (
        [["月份", "支部人数", "应交人数", "实交人数", "应交金额", "实交金额", "备注"],
         ["2024年3月", 30, 30, 29, 60, 58, None]],
        "dues",
    ),
    "组织数据统计表": (
        [["类别", "团组织", None, None, None, "团员", None, "团干部数", None, None],
         [None, "基层团委数", "基层团工委数", "团总支数", "团支部数", "团员数", "上年新发展团员数",
          "专职", "兼职", "挂职"],
         ["党政机关", 1, 0, 2, 9, 120, 0, 3, 12, 0], ["初中", 4, 0, 4, 40, 900, 210, 4, 60, 0]],
        "organization statistics",
    ),
    "直属下级数据统计": (
        [["组织名称", "已建立组织总数", "已建立支部数", "空心团委数", "空心团支部数",
          "无团干团支部数", "已报到团员数", "已录入团干数", "转出中", "已转出", "待确认接收",
          "已接收", "及时响应率"],
         ["云杉县第一中学团委", 3, 2, 0, 0, 0, 80, 5, 1, 2, 0, 3, "98%"]],
        "organization statistics",
    ),
}  # fmt: skip
"""Tables that are known and not kept."""


@pytest.mark.parametrize("name", UNKEPT)
@pytest.mark.parametrize("titled", [True, False])
def test_a_table_that_is_not_kept_is_named_and_no_fault(
    run: Run, county: Path, workbook: Workbook, name: str, titled: bool
) -> None:
    """Dues and totals are said to be what they are, and why their rows are left alone."""
    table, known_as = UNKEPT[name]
    headings = len(table) - len([row for row in table if isinstance(row[1], int)])
    book = workbook(**{name: [[name], *table] if titled else table})
    ran = run("import", "-O", "json", book)
    found = json.loads(ran.out)
    (sheet,) = found["sheets"]
    assert (sheet["kind"], sheet["known_as"]) == (None, known_as)
    assert sheet["header_row"] == headings + titled
    assert (ran.code, found["findings"], found["operation"]) == (0, [], None)
    assert sum("not kept" in line for line in ran.err.splitlines()) == 1
    assert "不登记" in run("import", book, "--lang", "zh").err


def test_a_roster_next_to_a_table_that_is_not_kept_is_read(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Above it on the same sheet, or below, each is what it is."""
    dues = UNKEPT["交纳团费情况"][0]
    roster = [["姓名", "身份证号", "所在团支部"], member(1)[:3]]
    for rows in ([*dues, [], *roster], [*roster, [], *dues]):
        found = taken(run, "-n", workbook(名册=rows))
        assert [
            (sheet["kind"], sheet["known_as"], sheet["created"]) for sheet in found["sheets"]
        ] == (
            [(None, "dues", 0), ("members", None, 1)]
            if rows[0] == dues[0]
            else [("members", None, 1), (None, "dues", 0)]
        )
        assert found["findings"] == []


@pytest.mark.parametrize("row", [
    "年度 单位 用电量 用水量 金额", "姓名 应到 实到 型号 价格", "学校 类别 数量 单价 合计",
])  # fmt: skip
def test_a_foreign_table_is_not_claimed_for_what_it_shares(
    run: Run, county: Path, workbook: Workbook, row: str
) -> None:
    """A year and a unit make no survey, a name and two days no admissions."""
    headings = row.split()
    found = taken(run, workbook(某表=[headings, ["甲", *range(1, len(headings))]]))
    assert [finding["code"] for finding in found["findings"]] == ["file-says-nothing"]


THEME_DAY = ["活动主题", "活动时间", "地点", "参与人数", "主持人", "记录人", "活动内容", "活动总结"]


@pytest.mark.parametrize(
    ("sheet", "title", "category"),
    [("主题团日", None, "theme day"), ("Sheet1", "主题团日活动记录表", "theme day"),
     ("2024", "离队入团仪式登记", "joining and leaving"),
     ("团课", "2024年团课记录", "league lesson"),
     ("Sheet1", "志愿服务活动记录表", "other"), ("志愿服务", "主题团日记录", "theme day"),
     ("Sheet1", None, None), ("主题团日", "团课记录", None), ("其他", None, None),
     ("志愿服务", "社会实践记录", None)],
)  # fmt: skip
def test_the_title_says_which_activities_they_are(
    run: Run, county: Path, workbook: Workbook,
    sheet: str, title: str | None, category: str | None,
) -> None:  # fmt: skip
    """Only a word that names one category; otherwise the column is asked for, as ever."""
    rows = [THEME_DAY, ["学雷锋", date(2024, 1, 5), "礼堂", 32, "甲", "乙", "宣讲", "很好"]]
    book = workbook(**{sheet: [[title], *rows] if title else rows})
    found = taken(run, "--org", "桥头村团支部", book)
    assert found["sheets"][0]["kind"] == "activities"
    if category is None:
        (finding,) = found["findings"]
        assert finding["code"] == "heading-missing"
        assert "活动类别" in finding["message"]
        return
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    (known,) = answer_of(run, "activity", "list")["rows"]
    assert (known["category"], known["attendances"]) == (category, 32)
    (finding,) = taken(run, book)["findings"]
    assert "主办团组织" in finding["message"]
    assert "--org" in finding["fix"]


PAPER = {
    "发展对象个人信息备案表": "candidates", "团员花名册": "members", "申请入团名单": "candidates",
    "交纳团费情况": "dues", "推优入党名单": "milestones", "主题团日": "activities",
    "团员信息采集": "members", "高校导出": "members", "学生团员档案": "members",
    "班级团员登记": "members", "团员名册表": "members",
    "组织数据统计表": "organization statistics", "直属下级数据统计": "organization statistics",
}  # fmt: skip
"""Every real table that is known, and what it is."""


@pytest.mark.parametrize("name", PAPER)
def test_each_real_table_is_recognised_by_itself(
    run: Run, county: Path, workbook: Workbook, name: str
) -> None:
    """No --kind, no --map: the kind is reported, or what it is known as."""
    if name in UNKEPT:
        rows = UNKEPT[name][0]
    elif name == "主题团日":
        rows = [THEME_DAY, ["学雷锋", date(2024, 3, 5)]]
    elif name == "推优入党名单":
        rows = [["学号", "姓名", "提交申请书时间", "入党时间", "转正时间"], ["1", "团员甲"]]
    else:
        row = REAL["备案表 2026" if name not in REAL else name][0].split()
        rows = [row, [VALUES.get(heading) for heading in row]]
    (sheet,) = taken(run, "-n", workbook(**{name: [[name], *rows]}))["sheets"]
    assert (sheet["kind"] or sheet["known_as"]) == PAPER[name]


def test_headings_two_rows_deep_are_read_together(run: Run, county: Path, tmp_path: Path) -> None:
    """公示 over 开始 and 结束, merged; the single ones merged downwards."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    flat = [*ADMISSION_HEADINGS[:8], "公示开始", "公示结束", *ADMISSION_HEADINGS[8:]]
    row = admission(1)
    values = [*row[:8], date(2023, 3, 10), date(2023, 3, 20), *row[8:]]
    for at, heading in enumerate(flat, 1):
        if heading.startswith("公示"):
            sheet.cell(2, at, heading[2:])
        else:
            sheet.cell(1, at, heading)
            sheet.merge_cells(start_row=1, end_row=2, start_column=at, end_column=at)
        sheet.cell(3, at, values[at - 1])
    sheet.cell(1, 9, "公示")
    sheet.merge_cells(start_row=1, end_row=1, start_column=9, end_column=10)
    path = tmp_path / "deep.xlsx"
    book.save(path)
    found = taken(run, path)
    assert found["findings"] == []
    assert found["totals"]["created"] == 1
    ran = run("member", "show", "202365000001", "-O", "json")
    case = json.loads(ran.out)["member"]["admission"]
    assert (case["notice_from"], case["notice_to"]) == ("2023-03-10", "2023-03-20")


def test_a_class_named_once_for_many_rows_is_read_for_all_of_them(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """A merged cell of a class counts for every row that it spans."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["班级", "姓名", "身份证号"])
    for at in range(1, 4):
        sheet.append([None, member(at)[0], member(at)[1]])
    sheet["A2"] = "云杉县第一中学高一（2）班团支部"
    sheet.merge_cells("A2:A4")
    path = tmp_path / "group.xlsx"
    book.save(path)
    found = taken(run, path)
    assert found["findings"] == []
    assert found["totals"]["created"] == 3


def test_a_class_cell_that_is_not_merged_is_not_read_on(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Where nothing says that a class goes on, an empty cell is a fault and no guess."""
    rows = [["班级", "姓名", "身份证号"]]
    rows += [["云杉县第一中学高一（2）班团支部", *member(1)[:2]], [None, *member(2)[:2]]]
    found = taken(run, workbook(名册=rows))
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("cell-missing", "A3")
    ]


def test_several_tables_of_one_sheet_are_each_read(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A table below another has its own headings, whatever their order and kind."""
    headings = ["姓名", "身份证号", "所在团支部"]
    first, second = member(1)[:3], member(2)[:3]
    rows = [
        ["高一（1）班"], headings, first, ["合计", 1], [],
        ["高一（2）班"], ["所在团支部", "姓名", "身份证号"], [second[2], *second[:2]],
    ]  # fmt: skip
    found = taken(run, workbook(名册=rows))
    assert found["findings"] == []
    assert [(sheet["header_row"], sheet["created"]) for sheet in found["sheets"]] == [
        (2, 1),
        (7, 1),
    ]
    assert found["totals"]["read"] == 2


def test_a_school_next_to_a_class_decides_which_class_it_is(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Two schools have a class of that name; the school's column says which."""
    more = [ORGANIZATIONS[0]]
    more += [["Z", "云杉县第二中学团委", "共青团云杉县委员会", "团委", "学校", "初中"]]
    for top, name in (("S", "云杉县第一中学团委"), ("Z", "云杉县第二中学团委")):
        more.append([f"{top}9", "高三（1）班团支部", name, "团支部", "学校", "初中"])
    assert run("import", workbook("more.xlsx", 团组织=more)).code == 0
    headings = ["学校", "班级", "姓名", "身份证号"]
    alone = taken(run, workbook(团员名册=[headings[1:], ["高三（1）班", *member(1)[:2]]]))
    assert [finding["code"] for finding in alone["findings"]] == ["organization-ambiguous"]
    table = [headings, ["云杉县第二中学团委", "高三（1）班", *member(1)[:2]]]
    assert taken(run, workbook(团员名册=table))["findings"] == []
    assert answer_of(run, "member", "find", "团员")["rows"][0]["code"] == "Z9"


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [("出生日期", date(2006, 3, 2), "born-differs"), ("出生年月", "2006.04", "born-differs"),
     ("性别", "女", "sex-differs"), ("出生年月", "2006年3月", None), ("性别", "男", None)],
)  # fmt: skip
def test_birth_date_and_sex_are_compared_with_the_id_number(
    run: Run, county: Path, workbook: Workbook, heading: str, value: Any, code: str | None
) -> None:
    """A column that contradicts the ID number is reported; neither is stored twice."""
    rows = [["姓名", "身份证号", "所在团支部", heading], [*member(1)[:3], value]]
    found = taken(run, workbook(名册=rows))
    assert [finding["code"] for finding in found["findings"]] == ([code] if code else [])
    assert found["totals"]["created"] == 1


def test_a_name_that_is_nearly_right_is_suggested_and_not_taken(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """One finding for all its rows, with the names that are near."""
    rows = [["姓名", "身份证号", "所在团支部"]]
    rows += [[*member(at)[:2], "桥头村团支步"] for at in (1, 2)]
    (finding,) = taken(run, workbook(名册=rows))["findings"]
    assert finding["code"] == "organization-unknown"
    assert "桥头村团支部" in finding["message"]
    assert "2, 3" in finding["message"]


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ("某县第一中学高二1班", ["某县第一中学2022级高二（1）班团支部"]),
        ("某县第一中学高二2班", ["某县第一中学2022级高二（2）班团支部"]),
        ("某县第一中学高三1班", []),
    ],
)
def test_a_class_is_suggested_by_its_numbers_whatever_the_year(
    said: str, suggested: list[str]
) -> None:
    """A name may have a year that nobody types; the number of the class is never another."""
    names = [f"某县第一中学2022级高二（{number}）班团支部" for number in (1, 2, 12, 21)]
    assert near_names(said, names) == suggested


def test_a_short_name_is_suggested_from_the_sheet_itself(
    run: Run, db: Path, workbook: Workbook
) -> None:
    """A county's first list has its parents by what offices call them; no registry knows them."""
    table = [
        ["组织名称", "组织类别", "上级团委", "最近换届日期"],
        ["共青团云杉县委员会", "团委", None, "2022.12"],
        ["共青团云杉县第一中学委员会", "团委", "团县委", None],
        ["高一（1）班团支部", "团支部", "一中", None],
    ]
    found = taken(run, workbook(台账=table))["findings"]
    assert [(finding["cell"], finding["code"]) for finding in found] == [
        ("C3", "organization-unknown"), ("C4", "organization-unknown"),
    ]  # fmt: skip
    for finding, meant in zip(found, (table[1][0], table[2][0]), strict=True):
        assert meant in finding["message"], finding


def test_unknown_organisations_are_made_for_those_who_want_it(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Below the school of their row, once, with a warning; the check is silent."""
    rows = [["学校", "班级", "姓名", "身份证号"]]
    rows += [["云杉县第一中学团委", "高二（7）班团支部", *member(at)[:2]] for at in (1, 2)]
    book = workbook(名册=rows)
    assert taken(run, book)["totals"]["created"] == 0
    found = taken(run, book, "--create-organizations")
    assert [finding["code"] for finding in found["findings"]] == ["organization-made"]
    assert found["totals"]["created"] == 2
    tree = answer_of(run, "org", "show", "云杉县第一中学团委/高二（7）班团支部")
    assert (tree["organization"]["parent"], tree["organization"]["members"]) == ("S", 2)
    assert run("check").code == 0


def test_an_organisation_without_a_known_place_is_not_made(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Where nothing says what it lies below it stays a finding, which says so."""
    rows = [["姓名", "身份证号", "所在团支部"], [*member(1)[:2], "某某团支部"]]
    found = taken(run, workbook(名册=rows), "--create-organizations")
    (finding,) = found["findings"]
    assert finding["code"] == "organization-unknown"
    assert "--create-organizations" not in finding["fix"]
    assert "school" in finding["fix"]


def test_cells_that_say_nothing_are_reported_by_their_cell(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """#N/A and a formula that was never calculated are findings, along with all other faults."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["姓名", "身份证号", "所在团支部", "入团时间"])
    sheet.append([*member(1)[:3], "#N/A"])
    sheet.append(["=A2", "1", member(1)[2], None])
    path = tmp_path / "errors.xlsx"
    book.save(path)
    found = taken(run, path)
    assert [(finding["code"], finding["cell"]) for finding in found["findings"]] == [
        ("cell-error", "D2"), ("cell-no-value", "A3"), ("id-length", "B3"),
    ]  # fmt: skip


def test_hidden_rows_columns_and_sheets_are_said(run: Run, county: Path, tmp_path: Path) -> None:
    """Hidden rows and columns are read and named; a sheet that no menu shows is left alone."""
    book = openpyxl.Workbook()
    for title, at in (("名册", 1), ("深藏", 3)):
        sheet = book.create_sheet(title)
        sheet.append(["姓名", "身份证号", "所在团支部"])
        sheet.append(member(at)[:3])
        sheet.append(member(at + 1)[:3])
    book["名册"].row_dimensions[3].hidden = True
    book["名册"].column_dimensions["B"].hidden = True
    book["名册"].column_dimensions.group("F", "XFD", hidden=True)
    book["深藏"].sheet_state = "veryHidden"
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    ran = run("import", path, "-O", "json")
    sheets = {sheet["sheet"]: sheet for sheet in json.loads(ran.out)["sheets"]}
    assert sheets["名册"]["hidden_columns"] == ["B"]
    assert "名册: these columns are hidden and were read: B" in ran.err
    assert (sheets["名册"]["created"], sheets["名册"]["hidden_rows"]) == (2, [3])
    assert (sheets["深藏"]["kind"], sheets["深藏"]["hidden"]) == (None, True)
    assert "深藏" in ran.err
