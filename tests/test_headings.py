"""Sheets as people make them: titles above, totals below, headings of any kind and order."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, taken
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.kinds import KINDS
from leaguectl.reader import Sheet, column_letters
from leaguectl.workbooks.headings import find_tables
from leaguectl.workbooks.rows import Aside, table_rows
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import fold

Rows = Sequence[Sequence[Any]]
Workbook = Callable[..., Path]


def understood(table: Rows, first_row: int = 1) -> Match | None:
    """How a sheet of these rows is understood."""
    found = find_tables(sheet(table, first_row), [kind.pattern for kind in KINDS.values()])
    return next(iter(found), None)


def sheet(table: Rows, first_row: int = 1, first_column: int = 0) -> Sheet:
    """A sheet as the reader gives it."""
    return Sheet("a.xlsx", "表", list(enumerate(table, first_row)), first_column)


# -- headings ------------------------------------------------------------------------------------


def test_of_kinds_that_all_lack_a_column_the_one_that_lacks_least_is_meant() -> None:
    """A sheet for each class has names, ID numbers and days: it is a roster, whose branch is the
    name of the sheet, and no list of former memberships."""
    found = understood([["姓名", "身份证号", "入团时间"], ["甲", id_number(1), "2020-05-04"]])
    assert found is not None
    assert (found.kind, found.missing) == ("members", frozenset({"organization"}))


SYNONYMS = {
    "name": ["姓名", "学生姓名", "团员姓名", "人员姓名", "成员姓名", "名字"],
    "id_number": ["身份证号", "身份证号码", "身份证", "证件号", "公民身份号码", "公民身份证号",
                  "居民身份证号码", "证件号码"],
    "number": ["发展团员编号", "新发展团员编号", "团员编号", "分配编号", "发展编号",
               "发展编号号段", "编号"],
    "certificate": ["团员证编号", "团员证号", "证书编号"],
    "form": ["志愿书编号", "入团志愿书编号"],
    "joined": ["入团时间", "入团年月", "入团日期", "入团年月日", "何时入团", "批准入团时间"],
    "organization": ["所在团支部", "所在支部", "团籍所在团支部", "所在团组织", "学校", "班级",
                     "单位", "所属支部", "团组织名称"],
    "phone": ["联系电话", "手机号码", "手机号", "移动电话", "联系方式", "电话"],
    "politics": ["政治面貌"],
}  # fmt: skip
NEEDED = {"name": "姓名", "id_number": "身份证号", "organization": "所在团支部"}


@pytest.mark.parametrize(
    ("field", "synonym"),
    [(field, synonym) for field, synonyms in SYNONYMS.items() for synonym in synonyms],
)
def test_every_heading_that_was_seen_for_a_member_is_known(field: str, synonym: str) -> None:
    """A roster is understood whichever of the usual words stands above a column."""
    headings = list({**NEEDED, field: synonym}.values())
    match = understood([headings])
    assert match is not None
    assert (match.kind, match.missing) == ("members", frozenset())
    assert match.headings[field] == synonym
    assert match.ignored == ()


@pytest.mark.parametrize("synonym", ["发展对象姓名", "申请人姓名", "姓名"])
def test_the_name_of_a_candidate_goes_by_several_headings(synonym: str) -> None:
    """The sheet of candidates calls the person by what he is at that time."""
    match = understood([[synonym, *ADMISSION_HEADINGS[1:]]])
    assert match is not None
    assert (match.kind, match.missing) == ("admissions", frozenset())


@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
@pytest.mark.parametrize("name", list(KINDS))
def test_each_kind_is_recognised_by_its_canonical_headings(name: str, language: int) -> None:
    """The headings of the documentation, in either language, make the kind without doubt."""
    columns = KINDS[name].pattern.columns
    match = understood([[column.headings[language] for column in columns]])
    assert match is not None
    assert match.kind == name
    assert list(match.fields) == [column.field for column in columns]
    assert not match.ignored
    assert not match.doubled


@pytest.mark.parametrize("name", list(KINDS))
def test_each_kind_is_recognised_by_its_required_headings_alone(name: str) -> None:
    """Columns that need not be there may all be missing; of candidates one thing must be said that
    is said of them alone, since a list of names says nothing."""
    columns = [column for column in KINDS[name].pattern.columns if column.required]
    telling = KINDS[name].pattern.requires_any
    columns += [column for column in KINDS[name].pattern.columns if column.field in telling][:1]
    match = understood([[column.headings[0] for column in columns]])
    assert match is not None
    assert (match.kind, match.missing) == (name, frozenset())


@pytest.mark.parametrize("name", list(KINDS))
def test_each_heading_of_a_kind_means_one_field_of_it(name: str) -> None:
    """No two columns of a kind claim the same word."""
    known = [
        fold(heading) for column in KINDS[name].pattern.columns for heading in set(column.headings)
    ]
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    "heading",
    ["身份证号*", "*身份证号", "身份证号（18位）", "身份证号(必填)", "身 份 证 号", "身份\n证号",
     "身份证号：", "【必填】身份证号", "身份证号[文本]", "身份证号\u3000", "身份证号_"],
)  # fmt: skip
def test_what_stands_around_a_heading_does_not_count(heading: str) -> None:
    """Asterisks, bracketed hints, line breaks and spaces are for people."""
    match = understood([["姓名", heading, "所在团支部"]])
    assert match is not None
    assert match.missing == frozenset()
    assert match.headings["id_number"] == heading.strip()


def test_a_heading_of_latin_letters_may_be_in_any_case_and_width() -> None:
    """``ＩＤ Number`` is the ID number."""
    match = understood([["NAME", "ＩＤ Number", "Organization"]])
    assert match is not None
    assert (match.kind, match.missing) == ("members", frozenset())


@pytest.mark.parametrize("turn", range(len(MEMBER_HEADINGS)))
def test_the_columns_may_stand_in_any_order(turn: int) -> None:
    """Every field is found in its column, wherever that stands."""
    headings = [*MEMBER_HEADINGS[turn:], *MEMBER_HEADINGS[:turn]]
    match = understood([headings])
    assert match is not None
    assert match.fields["name"] == headings.index("姓名")
    assert match.fields["certificate"] == headings.index("团员证编号")


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_a_column_is_named_as_the_spreadsheet_names_it(index: int, name: str) -> None:
    """After Z comes AA."""
    assert column_letters(index) == name


# -- what stands above and below -----------------------------------------------------------------


@pytest.mark.parametrize("above", [0, 1, 3, 12, 79])
def test_headings_are_found_below_titles(above: int) -> None:
    """Titles and notes above the headings are passed over, up to eighty rows deep."""
    titles = [["云杉县团员花名册", None, "2023年"]] * above
    match = understood([*titles, MEMBER_HEADINGS, member(1)])
    assert match is not None
    assert match.header == above


@pytest.mark.parametrize(
    "aside",
    ["合计", "合  计", "总计", "小计：", "共计", "备注：以上名单属实", "注：年龄按身份证计算",
     "说明：1. 本表一式三份", "填表人：张三", "制表人", "审核人：李四    填表日期：2023年5月",
     "负责人（签字）：", "填表日期", "Total"],
)  # fmt: skip
def test_a_total_or_a_note_below_the_rows_is_no_row(aside: str) -> None:
    """What is not about a person is left alone and named with its row."""
    table = [MEMBER_HEADINGS, member(1), [aside, None, None, "共1人"]]
    match = understood(table)
    assert match is not None
    ((found, left),) = table_rows(sheet(table), match, 9)
    assert (list(found.numbers), left) == ([2], [Aside(3, aside.strip())])


@pytest.mark.parametrize("name", ["注册", "总参", "备注", "合计", "共计"])
def test_a_row_that_is_filled_is_a_row_whatever_it_begins_with(name: str) -> None:
    """A person or class whose name begins like a note is not passed over in silence."""
    table = [MEMBER_HEADINGS, member(1, 姓名=name)]
    match = understood(table)
    assert match is not None
    ((found, left),) = table_rows(sheet(table), match, 9)
    assert (list(found.numbers), left) == ([2], [])


def test_blank_rows_and_headings_repeated_on_each_page_are_no_rows() -> None:
    """A list made for printing has its headings again, and gaps."""
    table = [
        MEMBER_HEADINGS,
        member(1),
        [None] * 6,
        ["", " ", "\u3000"],
        MEMBER_HEADINGS,
        member(2),
    ]
    match = understood(table)
    assert match is not None
    ((found, left),) = table_rows(sheet(table), match, 9)
    assert (list(found.numbers), [aside.number for aside in left]) == ([2, 6], [5])


@pytest.mark.parametrize(
    ("below", "is_row"),
    [
        (["甲", "乙"], False), (["甲", 1], False), (["1", "2"], False), (["（1）", "（2）"], False),
        (["A", "B"], False), (["一", "二"], False), (["org", "places"], False),
        (["X", 10], True), (["T", 3], True), (["C", 2], True), ([12, 3], True),
        (["十", "一"], True),
    ],
)  # fmt: skip
def test_numbers_of_columns_are_no_row_and_short_codes_are_not_taken_for_them(
    below: list[Any], *, is_row: bool
) -> None:
    """The columns of a form are numbered from the beginning; an organisation whose code is one
    letter has a few places."""
    table = [["团组织", "2025年名额"], below, ["云杉镇团委", 12]]
    match = understood(table)
    assert match is not None
    ((found, _),) = table_rows(sheet(table), match, 9)
    assert list(found.numbers) == [2] * is_row + [3]


@pytest.mark.parametrize("at_once", [1, 2, 3, 9])
def test_so_many_rows_at_a_time_are_the_same_rows(at_once: int) -> None:
    """However many are taken together, each is reported once, with its cells."""
    table = [MEMBER_HEADINGS, member(1), MEMBER_HEADINGS, member(2), member(3), ["合计", "3"]]
    match = understood(table)
    assert match is not None
    found = list(table_rows(sheet(table), match, at_once))
    assert [row.cells["name"] for rows, _ in found for row in rows] == [
        member(at)[0] for at in (1, 2, 3)
    ]
    assert [aside.number for _, left in found for aside in left] == [3, 6]


def test_rows_and_cells_are_named_as_the_spreadsheet_shows_them() -> None:
    """A table that begins in C5 has its first name in C6."""
    match = understood([MEMBER_HEADINGS, member(1)], first_row=5)
    assert match is not None
    placed = sheet([MEMBER_HEADINGS, member(1)], first_row=5, first_column=2)
    ((found, _),) = table_rows(placed, match, 9)
    (row,) = found
    assert (row.number, row.where("name").cell, row.where("certificate").cell) == (6, "C6", "H6")


# -- through the program -------------------------------------------------------------------------


def test_a_list_as_offices_keep_it_goes_in(run: Run, county: Path, workbook: Workbook) -> None:
    """Title above, hints in the headings, unknown columns, a total and a signature below."""
    headings = ["序号", "姓名*", "性别", "身份证\n号码（18位）", "所在 团支部", "分配编号", "备注"]
    person = member(1)
    table = [
        ["云杉县第一中学团员花名册", None, None, None, None, None, None],
        ["填报单位：云杉县第一中学", None, None, None, None, "2023年5月", None],
        headings,
        [1, person[0], "男", person[1], person[2], person[4], "班长"],
        [None] * 7,
        ["合计", None, None, "1人", None, None, None],
        ["填表人：李老师", None, None, None, "审核人：王老师", None, None],
    ]
    found = taken(run, workbook(名单=table))
    assert found["totals"]["created"] == 1
    assert found["findings"] == []
    sheet_answer = found["sheets"][0]
    assert sheet_answer["header_row"] == 3
    assert sheet_answer["ignored_columns"] == ["序号", "备注"]
    assert [row["row"] for row in sheet_answer["ignored_rows"]] == [6, 7]


def test_a_table_that_does_not_begin_in_a1_has_its_findings_in_the_right_cells(
    run: Run, county: Path, tmp_path: Path
) -> None:
    """The cell of a finding is the one that the spreadsheet shows, wherever the table begins."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    table = [MEMBER_HEADINGS, member(1), member(2, 入团时间="去年")]
    for at, row in enumerate(table, 9):
        for column, value in enumerate(row, 4):
            page.cell(at, column, value)
    path = tmp_path / "away.xlsx"
    book.save(path)
    found = taken(run, path)
    assert found["sheets"][0]["header_row"] == 9
    assert [
        (finding["cell"], finding["row"], finding["column"]) for finding in found["findings"]
    ] == [("G11", 11, "G")]


def test_columns_that_mean_nothing_are_named_and_never_stored(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """The nation and the religion of a member are in no byte of the registry."""
    headings = [*MEMBER_HEADINGS, "民族", "是否有宗教信仰", "宗教信仰", "籍贯"]
    canaries = ["金丝雀甲族", "金丝雀乙教", "金丝雀丙教", "金丝雀丁县"]
    found = taken(run, workbook(团员=[headings, [*member(1), *canaries]]))
    assert found["totals"]["created"] == 1
    assert found["sheets"][0]["ignored_columns"] == headings[-4:]
    for path in county.parent.glob("league.db*"):
        stored = path.read_bytes()
        assert "金丝雀".encode() not in stored
        assert "民族".encode() not in stored


def test_two_columns_for_one_field_are_one_finding(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Which of two columns counts is not guessed; this is reported once and not for each row."""
    table = [[*MEMBER_HEADINGS, "证件号码"]]
    table += [[*member(at), id_number(at)] for at in range(1, 6)]
    found = taken(run, workbook(团员=table))
    assert [finding["code"] for finding in found["findings"]] == ["heading-twice"]
    assert "身份证号" in found["findings"][0]["message"]
    assert "证件号码" in found["findings"][0]["message"]
    assert found["operation"] is None


def test_missing_required_columns_are_one_finding_that_names_them(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """For a sheet that lacks columns they are reported once, and nothing of it is imported."""
    table = [["姓名", "所在团支部", "入团时间"], *[["甲", "S1", "2020-05"] for _ in range(5)]]
    ran = run("import", "-O", "json", workbook(团员=table))
    found = json.loads(ran.out)
    assert ran.code == 1
    assert [finding["code"] for finding in found["findings"]] == ["heading-missing"]
    assert "身份证号" in found["findings"][0]["message"]
    assert (found["findings"][0]["sheet"], found["findings"][0]["row"]) == ("团员", 1)
    assert found["totals"]["read"] == 0


def test_a_sheet_of_admissions_that_lacks_columns_is_never_taken_for_a_roster(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """One finding names every column that an admission needs and has not; nobody becomes a member
    without the case of the admission because a column was forgotten."""
    headings = [
        heading for heading in ADMISSION_HEADINGS if heading not in ("应到人数", "介绍人二")
    ]
    row = [
        value
        for heading, value in zip(ADMISSION_HEADINGS, admission(1), strict=True)
        if heading in headings
    ]
    found = taken(run, workbook(发展=[headings, row]))
    assert found["sheets"][0]["kind"] == "admissions"
    assert found["totals"]["created"] == 0
    assert [finding["code"] for finding in found["findings"]] == ["heading-missing"]
    for heading in ("应到人数", "介绍人二"):
        assert heading in found["findings"][0]["message"]


def test_a_sheet_that_is_no_table_of_ours_is_left_alone_and_named(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """A page of instructions next to the list does no harm."""
    notes = [["填表说明"], ["1. 请如实填写", None], ["年份", "金额"], [2023, 500]]
    path = workbook(说明=notes, 团员=[MEMBER_HEADINGS, member(1)], 空表=[])
    found = taken(run, path)
    assert [(sheet["sheet"], sheet["kind"]) for sheet in found["sheets"]] == [
        ("说明", None), ("团员", "members"), ("空表", None),
    ]  # fmt: skip
    assert found["totals"]["created"] == 1
    ran = run("import", path)
    assert ran.code == 0
    assert "说明" in ran.err


def test_a_file_without_any_table_of_ours_is_a_finding(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """Nothing to read is never success."""
    ran = run("import", "-O", "json", workbook(说明=[["年份", "金额"], [2023, 500]]))
    assert ran.code == 1
    assert [finding["code"] for finding in json.loads(ran.out)["findings"]] == ["file-says-nothing"]


@pytest.mark.parametrize("order", ["团组织 计划 团员 发展", "发展 团员 计划 团组织"])
def test_a_workbook_may_hold_all_kinds_in_any_order(
    run: Run, db: Path, workbook: Workbook, order: str
) -> None:
    """The order of the sheets and their names do not matter; the headings do."""
    tables: dict[str, Any] = {
        "团组织": ORGANIZATIONS, "计划": QUOTAS, "团员": [MEMBER_HEADINGS, member(1)],
        "发展": [ADMISSION_HEADINGS, admission(1)],
    }  # fmt: skip
    names = order.split()
    sheets = {f"Sheet{at}": tables[name] for at, name in enumerate(names, 1)}
    found = taken(run, workbook("all.xlsx", **sheets))
    assert found["findings"] == []
    kinds = {"团组织": "organizations", "计划": "quotas", "团员": "members", "发展": "admissions"}
    assert [sheet["kind"] for sheet in found["sheets"]] == [kinds[name] for name in names]
    assert found["totals"]["created"] == 11


def test_two_sheets_of_one_kind_are_both_read(run: Run, county: Path, workbook: Workbook) -> None:
    """A workbook with a sheet for each class is one import."""
    found = taken(
        run,
        workbook(一班=[MEMBER_HEADINGS, member(1)], 二班=[MEMBER_HEADINGS, member(2), member(3)]),
    )
    assert [(sheet["sheet"], sheet["read"], sheet["created"]) for sheet in found["sheets"]] == [
        ("一班", 1, 1), ("二班", 2, 2),
    ]  # fmt: skip


def test_one_sheet_can_be_asked_for(run: Run, county: Path, workbook: Workbook) -> None:
    """``--sheet`` reads the sheets of that name alone, and says so if there is none."""
    path = workbook(一班=[MEMBER_HEADINGS, member(1)], 二班=[MEMBER_HEADINGS, member(2)])
    found = taken(run, "--sheet", "二班", path)
    assert [sheet["sheet"] for sheet in found["sheets"]] == ["二班"]
    ran = run("import", "-O", "json", "--sheet", "三班", path)
    assert ran.code == 1
    assert [finding["code"] for finding in json.loads(ran.out)["findings"]] == ["sheet-not-there"]


def test_a_kind_can_be_asked_for(run: Run, county: Path, workbook: Workbook) -> None:
    """``--kind`` takes a sheet for what it is said to be; an unknown kind is a wrong option."""
    path = workbook(表=[["团组织全称", "组织类型", "年度", "名额"], ["新支部", "团支部", 2023, 1]])
    found = taken(run, "--kind", "organizations", path)
    assert [sheet["kind"] for sheet in found["sheets"]] == ["organizations"]
    assert run("import", "--kind", "roster", path).code == 2
