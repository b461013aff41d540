"""The empty form: what it offers, that it can be filled in, and that import takes it as it is."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import county
from conftest import ENVIRONMENT, Run, answer_of, taken
from leaguectl.kinds import KINDS
from leaguectl.kinds.parsing import parse
from leaguectl.workbooks.rows import Row
from leaguectl.workbooks.template import example_of

HEADINGS, EXAMPLE, FIRST = 2, 3, 4
TITLES = {
    "organizations": "团组织", "quotas": "发展计划", "members": "团员", "admissions": "发展团员",
    "cadres": "团干部", "trainings": "培训", "activities": "活动", "participants": "参加人员",
    "assessments": "考核",
    "tasks": "改革任务", "surveys": "基数摸底", "reviews": "述职评议", "milestones": "成长",
    "registrations": "团籍注册", "discipline": "处分", "transfers": "转接",
    "archives": "团员档案", "groups": "工作小组", "pioneers": "红领巾争章",
    "bases": "教育基地", "campaigns": "主题教育",
}  # fmt: skip

FORMS = {name: kind for name, kind in KINDS.items() if not kind.is_carried}
"""What an office fills in; the rest goes from one registry to another."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty form of all kinds, made once as it is asked for in the shell."""
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "leaguectl", "template", "-o", path],
        capture_output=True, check=False, env={**os.environ, **ENVIRONMENT},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    return path


@pytest.fixture
def form(made: Path, tmp_path: Path) -> Path:
    """A copy of the empty form for this test alone."""
    return Path(shutil.copy(made, tmp_path / "form.xlsx"))


@pytest.fixture(scope="module")
def book(made: Path) -> openpyxl.Workbook:
    """The form as it is looked at."""
    return openpyxl.load_workbook(made)


def test_a_note_and_an_example_are_those_of_their_column(book: openpyxl.Workbook) -> None:
    """A note on names of organisations stands at organisations alone; an example contradicts no
    other of its row."""
    columns = [
        (sheet.title, str(cell.value).removesuffix("*"), cell.comment.text, sheet.cell(EXAMPLE, at))
        for sheet in book.worksheets[1:]
        for at, cell in enumerate(sheet[HEADINGS], 1)
    ]
    about = {heading for _, heading, note, _ in columns if "与登记库一致" in note}
    assert {
        heading for heading in about if "组织" not in heading and "支部" not in heading
    } == set()
    row = {heading: cell.value for sheet, heading, _, cell in columns
           if sheet == "入团积极分子和发展对象"}  # fmt: skip
    assert row["结束原因"] is None
    assert len({row["姓名"].removeprefix("示例："), row["培养联系人一"], row["介绍人一"]}) == 3


def fill(path: Path, **tables: Sequence[Sequence[Any]]) -> None:
    """Write tables (headings, then rows) under the headings of the form's sheets."""
    book = openpyxl.load_workbook(path)
    for title, (headings, *rows) in tables.items():
        sheet = book[title]
        shown = [str(cell.value).rstrip("*") for cell in sheet[HEADINGS]]
        for at, row in enumerate(rows, FIRST):
            for heading, value in zip(headings, row, strict=True):
                sheet.cell(at, shown.index(heading) + 1).value = value
    book.save(path)


# -- what it offers ------------------------------------------------------------------------------


def test_the_form_has_a_sheet_for_each_kind_behind_the_guide(book: openpyxl.Workbook) -> None:
    """Every kind that import reads can be asked for with the form."""
    titles = book.sheetnames
    assert titles[0] == "说明"
    assert set(TITLES.values()) <= set(titles)
    assert len(titles) == 1 + len(FORMS)


def test_kinds_may_be_named_in_either_language(run: Run, tmp_path: Path) -> None:
    """``template members 发展计划`` makes those two."""
    path = tmp_path / "two.xlsx"
    assert run("template", "members", "发展计划", "-o", path).code == 0
    assert openpyxl.load_workbook(path).sheetnames == ["说明", "团员", "发展计划"]


@pytest.mark.parametrize("name", TITLES)
def test_needed_columns_are_starred_and_none_is_missing(book: openpyxl.Workbook, name: str) -> None:
    """The heading row is the canonical one, in its order."""
    shown = [cell.value for cell in book[TITLES[name]][HEADINGS]]
    columns = [column for column in KINDS[name].headings if not column.is_carried]
    assert shown == [column.headings[0] + "*" * column.required for column in columns]


def test_every_heading_tells_what_goes_below_it(book: openpyxl.Workbook) -> None:
    """A note on each heading says whether it is needed."""
    for sheet in book.worksheets[1:]:
        for cell in sheet[HEADINGS]:
            first = cell.comment.text.splitlines()[0] if cell.comment else ""
            assert first == ("必须填写。" if cell.value.endswith("*") else "没有可留空。")


def test_serials_are_text_and_days_are_days_all_the_way_down(book: openpyxl.Workbook) -> None:
    """An ID number typed 2,000 rows down keeps its last digits."""
    sheet = book["团员"]
    columns = {cell.value: cell.column for cell in sheet[HEADINGS]}
    for heading, expected in (
        ("身份证号*", "@"), ("发展团员编号", "@"), ("团员证编号", "@"), ("手机号码", "@"),
        ("志愿书编号", "@"), ("入团时间", "yyyy-mm-dd"),
    ):  # fmt: skip
        formats = {sheet.cell(row, columns[heading]).number_format for row in range(EXAMPLE, 2001)}
        assert formats == {expected}, heading


@pytest.mark.parametrize(
    ("title", "heading", "word", "binding"),
    [("团组织", "组织类型*", "毕业班团支部", True), ("团组织", "领域", "学校", True),
     ("团组织", "行业类别", "非公企业", True), ("团员", "离团原因", "超龄离团", True),
     ("发展团员", "入团方式", "积分入团", True), ("发展团员", "志愿书编号", "有", False)],
)  # fmt: skip
def test_columns_of_few_words_are_chosen_from(
    book: openpyxl.Workbook, title: str, heading: str, word: str, binding: bool
) -> None:
    """A drop-down holds the Chinese words; the form's column also takes a serial."""
    sheet = book[title]
    column = next(cell.column for cell in sheet[HEADINGS] if cell.value == heading)
    place = sheet.cell(FIRST, column).coordinate
    (offer,) = [
        validation
        for validation in sheet.data_validations.dataValidation
        if place in validation.cells
    ]
    assert word in offer.formula1.strip('"').split(",")
    assert bool(offer.showErrorMessage) == binding


def test_the_headings_stay_in_sight(book: openpyxl.Workbook) -> None:
    """Headings and first column are frozen."""
    assert {sheet.freeze_panes for sheet in book.worksheets[1:]} == {"B3"}


# -- what import makes of it ---------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_the_example_is_right_but_for_its_mark(name: str) -> None:
    """Whoever copies the example writes what import understands."""
    columns = KINDS[name].headings
    values = dict(zip((column.field for column in columns), example_of(columns), strict=True))
    first = columns[0].field
    values[first] = str(values[first]).removeprefix("示例：")
    given = {field: value for field, value in values.items() if value is not None}
    line, found = parse(KINDS[name].line, Row("f", "s", 3, given, {}))
    assert found == []
    assert line is not None


def test_the_empty_form_goes_in_with_no_row_and_no_finding(form: Path, db: Path, run: Run) -> None:
    """The example is left alone, and said to be."""
    ran = run("import", form, "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["findings"], answer["totals"]["read"]) == (0, [], 0)
    left = [row["row"] for sheet in answer["sheets"] for row in sheet["ignored_rows"]]
    assert left == [EXAMPLE] * len(FORMS)


def test_a_filled_form_goes_in_without_a_finding(form: Path, db: Path, run: Run) -> None:
    """Organisations, quotas, members and admissions typed into the form are taken as they are."""
    fill(
        form,
        团组织=county.ORGANIZATIONS,
        发展计划=county.QUOTAS,
        团员=[county.MEMBER_HEADINGS, county.member(1)],
        发展团员=[county.ADMISSION_HEADINGS, county.admission(1), county.admission(2)],
    )
    ran = run("import", "--province", "65", form, "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["findings"]) == (0, [])
    assert answer["totals"]["created"] == 12


def test_an_example_that_is_typed_over_is_a_row(tmp_path: Path, db: Path, run: Run) -> None:
    """Nobody is lost because their row was begun on the example's."""
    form = tmp_path / "form.xlsx"
    assert run("template", "organizations", "-o", form).code == 0
    fill(form, 团组织=county.ORGANIZATIONS)
    book = openpyxl.load_workbook(form)
    sheet = book["团组织"]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[HEADINGS]}
    for column in columns.values():
        sheet.cell(EXAMPLE, column).value = None
    for heading, value in (("团组织全称", "青松镇团委"), ("组织类型", "团委"),
                           ("上级组织", "共青团云杉县委员会")):  # fmt: skip
        sheet.cell(EXAMPLE, columns[heading]).value = value
    book.save(form)
    answer = taken(run, form)
    assert (answer["findings"], answer["totals"]["created"]) == ([], 7)


# -- the file ------------------------------------------------------------------------------------


def test_the_form_is_written_whole_for_its_user_alone(made: Path) -> None:
    """No other file is left."""
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert [path.name for path in made.parent.iterdir()] == [made.name]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("template", "-o", "form.csv"), 2), (("template", "people", "-o", "f.xlsx"), 2),
     (("template",), 2), (("template", "-o", "nowhere/f.xlsx"), 4), (("headings", "people"), 2)],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    arguments: tuple[str, ...], code: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong ending, an unknown kind, no file, no folder."""
    monkeypatch.chdir(tmp_path)
    assert run(*arguments).code == code
    assert not list(tmp_path.glob("*.part"))


# -- headings ------------------------------------------------------------------------------------


def test_headings_tells_all_that_is_recognised(run: Run) -> None:
    """The answer is what the heading search goes by."""
    answer = answer_of(run, "headings")
    assert answer["schema"] == "leaguectl/headings@1"
    assert answer["kinds"] == {
        name: [
            {"field": column.field, "needed": column.required, "headings": list(column.headings)}
            for column in kind.pattern.columns
        ]
        for name, kind in KINDS.items()
    }


def test_headings_of_one_kind_are_a_row_each(run: Run) -> None:
    """A pipe gets the canonical headings and the synonyms."""
    lines = [line.split("\t") for line in run("headings", "quotas").out.splitlines()]
    line = dict(zip(lines[0], lines[1], strict=True))
    assert {"quotas", "year", "年度", "yes"} <= set(line.values())
    assert any("年份" in text for text in line.values())
    assert len(lines) == 1 + len(KINDS["quotas"].pattern.columns)


def test_an_example_day_is_a_day_of_the_spreadsheet(book: openpyxl.Workbook) -> None:
    """What the example shows as a date is one, so that whoever fills down gets dates."""
    sheet = book["发展团员"]
    columns = {cell.value: cell.column for cell in sheet[HEADINGS]}
    value = sheet.cell(EXAMPLE, columns["支部大会时间*"]).value
    assert value.date() == date(2023, 4, 10)
