"""Nobody is lost and nobody is made up: which rows of a sheet are about nobody, and what is
reported."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Ran, answer_of, begin, taken
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Run = Callable[..., Ran]
Workbook = Callable[..., Path]
Rows = Sequence[Sequence[Any]]

BRANCH = "云杉县第一中学高一（1）班团支部"
HEADINGS = ["序号", "姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号"]


def person(at: int, **cells: Any) -> list[Any]:
    """A row below :data:`HEADINGS`."""
    row = member(at)
    known = dict(zip(HEADINGS, [at, *row[:5]], strict=True))
    return list((known | cells).values())


@pytest.fixture
def imported(run: Run, county: Path, workbook: Workbook) -> Callable[..., dict[str, Any]]:
    """Import a sheet of these rows; the answer reports every row with content."""

    def import_(rows: Rows, *options: str) -> dict[str, Any]:
        found: dict[str, Any] = taken(run, workbook(名册=rows), *options)
        (sheet,) = found["sheets"]
        filled = sum(any(cell not in (None, "") for cell in row) for row in rows)
        left = len(sheet["ignored_rows"]) + len(sheet["title_rows"]) + len(sheet["heading_rows"])
        assert sheet["read"] + left == filled
        return found

    return import_


def left(found: dict[str, Any]) -> list[int]:
    """The rows that were left alone."""
    return [row["row"] for row in found["sheets"][0]["ignored_rows"]]


# -- about nobody --------------------------------------------------------------------------------

TAILS = [
    "合计", "总计：", "小计", "总  计", "合计：2人", "总人数", "总人数：2", "共2人",
    "共 2 名", "本页小计", "本页合计", "一班合计", "高一（1）班小计：2", "全校总计",
    "人数合计", "共1页", "第1页", "第 1 页 共 2 页", "经办人：", "经办人：张老师",
    "填表人：", "填表人（签字）：", "制表人：王", "审核人：", "负责人签字：",
    "负责人（签字）", "团支部书记签字：", "单位负责人：", "联系人：",
    "联系电话：13800000000", "校对：", "复核：李", "（盖章）", "单位（盖章）：",
    "云杉县第一中学（盖章）", "团委（公章）", "（加盖公章）", "盖章：", "签名：", "日期：",
    "填表日期：", "填报日期：2023年9月1日", "2023年9月1日", "2023-09-01", "    年  月  日",
    "时间：", "备注", "备注：以上名单属实", "注：", "注：年龄按身份证计算", "注意：",
    "说明：", "说明：1. 本表一式三份", "1.本表一式两份", "2、请于9月前报送", "一、填写要求",
    "※ 请勿改动格式", "* 为必填", "★必填项", "以上人员信息属实", "以上情况属实，特此证明",
    "上述人员均为团员", "本表由团支部填写", "此表一式两份", "附：证明材料", "附件：",
    "提示：身份证号用文本格式", "填报单位：云杉县第一中学", "填报说明", "审批意见：",
    "学校团委意见：", "县团委意见", "团委审核：", "总数", "Total", "total:",
]  # fmt: skip
"""What stands in the last rows of the rosters of offices."""


@pytest.mark.parametrize(
    ("command", "first_heading"), [("import", "备注"), ("import", "姓名"), ("admit", "序号")]
)
def test_what_stands_below_a_roster_is_left_alone_and_named(
    command: str, first_heading: str, run: Run, db: Path, workbook: Workbook
) -> None:
    """Totals, signatures, seals, days, notes: each below a roster of its own, with name and ID
    number blank, or where the name would stand; alone or with something else behind."""
    top, places = ORGANIZATIONS[1][1], ["202365000001", "202365000099", None]
    county = [QUOTAS[0], *([2023, unit, 99, *places] for unit in (top, ORGANIZATIONS[2][1]))]
    begin(run, workbook, 团组织=ORGANIZATIONS, 发展计划=county)
    headings = ADMISSION_HEADINGS if command == "admit" else MEMBER_HEADINGS
    make = admission if command == "admit" else member
    before = [] if first_heading == "姓名" else [first_heading]
    rest = ([], [None, None, "2人"], [None, "张三"] if before else [])
    tails = [[tail, *rest[at % len(rest)]] for at, tail in enumerate(TAILS)]
    sheets = {
        f"名册{at}": [[*before, *headings], [*([at] if before else []), *make(at)], tail]
        for at, tail in enumerate(tails, 1)
    }
    found = answer_of(run, command, workbook(**sheets))
    assert [fault for fault in found["findings"] if fault["level"] == "error"] == []
    assert [sheet["read"] for sheet in found["sheets"]] == [1] * len(TAILS)
    left = [[row["row"] for row in sheet["ignored_rows"]] for sheet in found["sheets"]]
    assert left == [[3]] * len(TAILS)


@pytest.mark.parametrize(
    "blank",
    [
        [3, None, None, None, None, None],
        [3, "", " ", "/", None, None],
        [3, None, None, BRANCH, None, None],
        [None, None, None, BRANCH, "2020-05-04", None],
    ],
    ids=["numbered", "blanks", "class-filled-down", "no-number"],
)
def test_a_row_without_a_name_and_a_number_is_nobody(
    blank: list[Any], imported: Callable[..., dict[str, Any]]
) -> None:
    """However many lines an office prepared, they are no faults."""
    found = imported([HEADINGS, person(1), *[blank] * 30])
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    assert left(found) == [*range(3, 33)]


@pytest.mark.parametrize(
    "below",
    [
        ["必填", "必填", "必填，18位", "填全称", "如：2023-09-01", "选填"],
        [1, 2, 3, 4, 5, 6],
        ["甲", "乙", "丙", "丁", "戊", "己"],
        ["甲", "乙", 1, 2, 3, 4],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["A", "B", "C", "D", "E", "F"],
        ["no", "name", "id_card", "branch_name", "join_date", "number"],
    ],
    ids=["hints", "numbers", "stems", "stems-and-numbers", "brackets", "letters", "codes"],
)
def test_what_goes_under_the_headings_is_nobody(
    below: list[Any], imported: Callable[..., dict[str, Any]]
) -> None:
    """Hints, the numbers of the columns and their names in a program, in the row below."""
    found = imported([HEADINGS, below, person(1)])
    assert (found["findings"], found["totals"]["created"], left(found)) == ([], 1, [2])


def test_another_table_below_is_left_alone(imported: Callable[..., dict[str, Any]]) -> None:
    """A summary by class has none of our people, and none of our headings."""
    summary = [["班级", "团员人数", "男", "女"], [BRANCH, 2, 1, 1], ["高一（2）班", 1, 0, 1]]
    found = imported([HEADINGS, person(1), [None], *summary, ["合计", 3, 1, 2]])
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    assert left(found) == [4, 5, 6, 7]


# -- about somebody ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["审核通过", "负责人", "注：班长", "合计", "备注", "示范", "以上", "1.", "单位："]
)
def test_no_word_in_another_column_makes_somebody_nobody(
    word: str, imported: Callable[..., dict[str, Any]]
) -> None:
    """With a name and a number, or with a name and a branch, it is a person: read, or reported."""
    nameless = person(3, 姓名=None, 序号=word)
    numberless = person(4, 身份证号=None, 序号=word)
    found = imported([HEADINGS, person(1, 序号=word), person(2), nameless, numberless])
    assert (found["totals"]["read"], found["totals"]["rejected"], left(found)) == (4, 2, [])
    reported = {finding["cell"] for finding in found["findings"]}
    assert reported == {"B4", "C5"}


@pytest.mark.parametrize("title", [BRANCH, "1", "云杉县第一中学"])
@pytest.mark.parametrize("command", ["import", "admit"])
def test_a_title_that_says_what_the_first_column_says_takes_nobody(
    title: str, command: str, run: Run, county: Path, tmp_path: Path
) -> None:
    """In a text table the rows are as long as they are, and a title is one cell."""
    if command == "import":
        rows = [
            ["班级", "姓名", "身份证号"],
            *([BRANCH, f"团员{'甲乙'[at]}", id_number(at)] for at in (0, 1)),
        ]
        rows = [[title, *row[1:]] if title == "1" and row[0] == "班级" else row for row in rows]
        rows[0][0] = "班级"
    else:
        rows = [["序号", *ADMISSION_HEADINGS], *([title, *admission(at)] for at in (1, 2))]
    path = tmp_path / "名单.csv"
    lines = [title, *(",".join("" if cell is None else str(cell) for cell in row) for row in rows)]
    path.write_text("\n".join(lines), "utf-8")
    found = answer_of(run, command, path)
    count = found["totals"]["created"] if command == "import" else len(found["admitted"])
    errors = [fault for fault in found["findings"] if fault["level"] == "error"]
    assert (count, errors) == (2, [])


def test_who_stands_above_the_headings_is_reported(imported: Callable[..., dict[str, Any]]) -> None:
    """A sheet that was sorted together with its headings, whose first rows belong below them."""
    found = imported([["云杉县团员花名册"], person(1), HEADINGS, person(2)])
    assert [(fault["code"], fault["row"]) for fault in found["findings"]] == [
        ("row-above-headings", 2)
    ]
    assert (found["operation"], left(found)) == (None, [2])


def test_those_below_a_line_that_says_they_left_are_reported(
    imported: Callable[..., dict[str, Any]],
) -> None:
    """已转出团员 over the last people: nobody of them becomes a member without a word."""
    rows = [HEADINGS, person(1), ["已转出团员"], person(2), person(3)]
    found = imported(rows, "--valid-only")
    (fault,) = found["findings"]
    assert (fault["code"], fault["level"], fault["row"]) == ("rows-below-former", "error", 4)
    assert "4, 5" in fault["message"]
    assert (found["totals"]["created"], left(found)) == (1, [3, 4, 5])


@pytest.mark.parametrize("headings_again", [False, True])
@pytest.mark.parametrize("words", [
    "已转出团员", "桥头村已转出团员名单", "附：2023年以来离团人员花名册", "入团积极分子",
    "高一（1）班拟发展团员名单", "非团员", "推优对象名单",
])  # fmt: skip
def test_those_below_a_line_about_others_are_reported(
    words: str, headings_again: bool, imported: Callable[..., dict[str, Any]]
) -> None:
    """Also where the line is the title of a second table with the same headings, of which it was
    taken for the title on another page; the people below it became members."""
    again = [[], [words], HEADINGS] if headings_again else [[words]]
    found = imported([["团员花名册"], HEADINGS, person(1), *again, person(2)], "--valid-only")
    assert [fault["code"] for fault in found["findings"]] == ["rows-below-former"]
    assert (found["totals"]["created"], left(found)[-1]) == (1, 4 + len(again))


def test_those_who_left_may_stand_below_with_their_days(
    imported: Callable[..., dict[str, Any]],
) -> None:
    """The columns say of each of them what the line says of all; the next title ends it."""
    headings = [*HEADINGS, "离团日期", "离团原因"]
    rows = [["团员花名册"], headings, person(1), ["已离团"], [*person(2), "2023-05-01", "自愿退团"],
            [], ["团员花名册"], headings, person(3)]  # fmt: skip
    found = imported(rows)
    assert (found["findings"], found["totals"]["created"]) == ([], 3)


NOTES = {
    "注：以上团员均已转出": 1, f"备注：{person(1)[1]}已于2023年退团": 1,
    "注：已转出的团员请在备注栏写明": 0, "说明：以上人员无转出情况": 0, "注：退团人员不在本表": 0,
}  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
def test_a_note_that_says_who_left_is_an_error(
    note: str, imported: Callable[..., dict[str, Any]]
) -> None:
    """A note below a roster says that its people left; a hint how to fill it in does not."""
    found = imported([HEADINGS, person(1), [note]])
    assert [fault["code"] for fault in found["findings"]] == ["note-left"] * NOTES[note]


@pytest.mark.parametrize(("politics", "code"), [
    ("共青团员（已转出）", "remark-left"), ("原团员", "politics-not-member"),
    ("曾是共青团员", "politics-not-member"), ("共青团员（拟转出）", None),
])  # fmt: skip
def test_what_the_politics_say_of_leaving_counts(
    politics: str, code: str | None, imported: Callable[..., dict[str, Any]]
) -> None:
    """团员（已转出） was a member."""
    found = imported([[*HEADINGS, "政治面貌"], [*person(1), politics]])
    assert [fault["code"] for fault in found["findings"]] == ([code] if code else [])


def test_nothing_read_is_not_all_in_the_registry(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A sheet of empty lines is no sheet that is in the registry already."""
    ran = run("import", workbook(名册=[HEADINGS, *([at] for at in range(1, 9))]))
    assert "no row was read" in ran.err
    assert "in the registry already" not in ran.err


def test_admit_tells_what_it_leaves_out_as_import_does(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """Columns, rows and what is hidden, in words and in JSON; hidden rows before anybody has a
    number."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "名册"
    for row in (
        [*ADMISSION_HEADINGS, "谈话人"], [*admission(1), "2022-09-20"], admission(2), ["合计"],
    ):  # fmt: skip
        page.append(row)
    page.row_dimensions[3].hidden = True
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    found = answer_of(run, "admit", "-n", path)
    (sheet,) = found["sheets"]
    assert sheet["ignored_columns"] == ["谈话人"]
    assert sheet["ignored_rows"] == [{"row": 4, "text": "合计"}]
    assert sheet["hidden_rows"] == [3]
    assert [(fault["code"], fault["level"], fault["row"]) for fault in found["findings"]] == [
        ("rows-hidden-read", "warning", 3)
    ]
    said = run("admit", "-n", path).err
    assert "谈话人" in said
    assert "4 合计" in said


# -- columns -------------------------------------------------------------------------------------

SHORT = ["姓名", "身份证号", "所在团支部", "入团时间", "发展团员编号"]


@pytest.mark.parametrize(
    "dressed",
    ["{}\u200b", "\ufeff{}", "\u00a0{}", "1、{}", "3.{}", "Q3_{}", "（2）{}", "您的{}",
     "请填写您的{}：", "★{}", "{}（必填）", "{}*", "Q12、您的{}是？", "【必填】{}"],
)  # fmt: skip
def test_what_an_online_form_puts_around_a_heading_does_not_count(
    dressed: str, imported: Callable[..., dict[str, Any]]
) -> None:
    """Ordinals, politeness, stars, and what cannot be seen."""
    headings = [dressed.format(heading) for heading in SHORT]
    if dressed == "您的{}":
        headings[2] = "您所在的团支部"
    found = imported([headings, member(1)[:5]])
    assert found["findings"] == []
    assert (found["totals"]["created"], found["sheets"][0]["ignored_columns"]) == (1, [])


def test_a_heading_in_two_languages_is_the_one_that_both_say(
    imported: Callable[..., dict[str, Any]],
) -> None:
    """As schools with foreign teachers write them."""
    headings = [
        "姓名/Name",
        "身份证号 ID Number",
        "所在团支部\nBranch",
        "入团时间Joined",
        "发展团员编号 No.",
    ]
    found = imported([headings, member(1)[:5]])
    assert (found["findings"], found["totals"]["created"]) == ([], 1)


@pytest.mark.parametrize(
    ("more", "above"),
    [
        (["姓名（拼音）", "LIN"], None),
        (["身份证号（监护人）", id_number(9)], None),
        (["联系电话（家长）", "13900000000"], None),
        (["所在团支部（转出）", "别处团支部"], None),
        (["联系电话", "13900000000"], "家长信息"),
        (["姓名", "家长某"], "家长"),
        (["姓名", "介绍某"], "介绍人"),
    ],
)
def test_a_heading_that_is_qualified_is_another_column(
    more: list[str], above: str | None, run: Run, county: Path, workbook: Workbook
) -> None:
    """In brackets or by the heading over it: a parent's number and telephone are nobody else's."""
    heading, value = more
    rows: list[list[Any]] = [[*SHORT, heading], [*member(1)[:5], value]]
    if above is not None:
        rows.insert(0, ["基本信息", *[None] * 4, above])
    found = taken(run, workbook(名册=rows))
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    (sheet,) = found["sheets"]
    assert len(sheet["ignored_columns"]) == 1
    shown = run("member", "show", member(1)[0], "--reveal", "--reason", "test", "-O", "json").out
    assert value not in shown


def test_a_missing_column_names_the_nearest_heading(
    imported: Callable[..., dict[str, Any]], run: Run, county: Path, workbook: Workbook
) -> None:
    """Whoever reads that a column is missing sees it under another name."""
    headings = ["批准审批的时间" if text == "审批时间" else text for text in ADMISSION_HEADINGS]
    found = answer_of(run, "admit", workbook(名册=[headings, admission(1)]))
    (fault,) = found["findings"]
    assert fault["code"] == "heading-missing"
    assert "审批时间: 批准审批的时间" in fault["message"]


def test_numbers_that_stand_in_a_sheet_are_never_passed_over(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Nobody is given another number than the one next to their name; pupils' numbers do not
    count."""
    at = ADMISSION_HEADINGS.index("发展团员编号")
    blank = [*admission(1)[:at], None, *admission(1)[at + 1 :]]
    rows = [[*ADMISSION_HEADINGS, "纸质号"], [*blank, "202365000007"]]
    found = answer_of(run, "admit", workbook(名册=rows))
    assert [fault["code"] for fault in found["findings"]] == ["numbers-unread"]
    assert (found["operation"], found["admitted"]) == (None, [])
    rows = [[*ADMISSION_HEADINGS, "学号"], [*blank, "202365000007"]]
    assert run("admit", "-n", workbook(名册=rows)).code == 0


@pytest.mark.parametrize("count", [1, "2"])
def test_a_column_that_only_counts_has_no_numbers(
    count: Any, imported: Callable[..., dict[str, Any]]
) -> None:
    """编号 1, 2 … is the running number of many offices, also next to the true one."""
    found = imported([["编号", *SHORT], [count, *member(1)[:5]]])
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    assert found["sheets"][0]["ignored_columns"] == ["编号"]


def test_a_block_in_one_cell_is_read(run: Run, db: Path, workbook: Workbook) -> None:
    """号段 202365000011-202365000015, also with the last digits alone."""
    top = ORGANIZATIONS[1][1]
    quotas = [["年度", "团组织", "名额", "号段"], [2023, top, 20, "202365000001至202365000020"]]
    book = workbook("county.xlsx", 团组织=ORGANIZATIONS, 发展计划=quotas)
    assert run("import", book).code == 0
    found = answer_of(run, "quota", "show", "2023")
    assert [(row["first"], row["last"]) for row in found["rows"]] == [
        ("202365000001", "202365000020")
    ]


def test_a_list_of_the_party_is_not_taken_for_ours(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """入党积极分子 apply too, and have a day since which they are activists."""
    rows = [
        ["入党积极分子花名册"],
        ["姓名", "身份证号", "所在支部", "申请入党时间", "确定积极分子时间"],
        ["林晓峰", id_number(1), BRANCH, "2021-03-01", "2021-09-01"],
    ]
    found = taken(run, workbook(积极分子=rows))
    assert (found["totals"]["read"], found["findings"]) == (0, [])
    assert found["sheets"][0]["known_as"] == "party candidates"


# -- organisations -------------------------------------------------------------------------------

SCHOOL = "云杉县第一中学"


@pytest.mark.parametrize(
    ("school", "year_group", "class_", "branch"),
    [
        (SCHOOL, None, "高一（1）班", BRANCH),
        (SCHOOL, None, "高一1班", BRANCH),
        (SCHOOL, None, "高1（1）班", BRANCH),
        (SCHOOL, None, "高一(一)班", BRANCH),
        (SCHOOL, "高一", "（1）班", BRANCH),
        (SCHOOL, "高一", 2.0, BRANCH.replace("1", "2")),
        (SCHOOL, "高一", "2班", BRANCH.replace("1", "2")),
        (SCHOOL, "高一年级", "高一(二)班", BRANCH.replace("1", "2")),
        ("云杉县第一中学团委", "高一", "1", BRANCH),
    ],
)
def test_school_year_group_and_class_find_the_branch(
    school: str, year_group: str | None, class_: Any, branch: str, run: Run, county: Path,
    workbook: Workbook,
) -> None:  # fmt: skip
    """As the list of every school in the country has them."""
    name, number, *_ = member(1)
    rows = [["姓名", "身份证号", "学校", "年级", "班级", "入团时间", "发展团员编号"],
            [name, number, school, year_group, class_, *member(1)[3:5]]]  # fmt: skip
    found = taken(run, workbook(名册=rows))
    assert (found["findings"], found["totals"]["created"]) == ([], 1)
    shown = answer_of(run, "member", "show", name)
    assert branch in json.dumps(shown, ensure_ascii=False)


@pytest.mark.parametrize(
    ("said", "number"), [("云杉一中高一(一)班", "1"), ("云杉一中高一（2）班", "2")]
)
def test_another_class_is_never_suggested(
    said: str, number: str, imported: Callable[..., dict[str, Any]]
) -> None:
    """Numbers in names are compared as numbers."""
    found = imported([HEADINGS, person(1, 所在团支部=said)])
    (fault,) = found["findings"]
    other = "2" if number == "1" else "1"
    assert BRANCH.replace("1", number) in fault["message"]
    assert BRANCH.replace("1", other) not in fault["message"]
