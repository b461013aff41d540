"""The reply: the sender's own workbook, with what is wrong marked, listed, and gone once mended."""

import json
import re
import stat
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

import county
import hostile
from conftest import Run, answer_of, begin
from leaguectl.actions import Request
from leaguectl.actions.admission import admit_files
from leaguectl.actions.batch import ImportOptions, Report, import_files
from leaguectl.actions.replies import refuse_reply, reply_to_admit, reply_to_import
from leaguectl.cli.export import ReplyWords
from leaguectl.findings import Finding, NotFound, UsageError, Where
from leaguectl.store import locate
from leaguectl.words import words
from leaguectl.workbooks.reply import write_reply

ERROR, WARNING = "FFFFB3B8", "FFFFE78A"
LIST, GREEN = "问题清单", "FFCCFFCC"
WRONG = county.id_number(2, "20060301")[:-1] + "9"
ZH = ReplyWords(words("zh"))


def request(db: Path, **changes: Any) -> Request:
    """Somebody asks; nothing is left open."""
    asked = Request(
        locate(str(db)), "tester", "2024-01-15T00:00:00+00:00", date(2024, 1, 15), "import"
    )
    return replace(asked, **changes)


def import_(db: Path, *paths: Path, valid_only: bool = False) -> Report:
    """Import as the command does."""
    options = ImportOptions(valid_only=valid_only, settings={"province": "65"})
    return import_files(request(db), paths, options)


def codes(report: Report) -> list[str]:
    """What was found."""
    return [finding.code for finding in report.findings]


def sheet_of(path: Path, title: str) -> Worksheet:
    """A sheet of a workbook as a spreadsheet program would open it."""
    return openpyxl.load_workbook(path)[title]


def marked(sheet: Worksheet) -> dict[str, str]:
    """The cells that bear a mark of ours, with its colour."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in (ERROR, WARNING)
    }


def texts(sheet: Worksheet) -> list[str]:
    """Every text and comment of a sheet."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    found = [str(cell.value) for cell in cells if cell.value is not None]
    return found + [cell.comment.text for cell in cells if cell.comment]


def mend(path: Path, title: str, **cells: Any) -> None:
    """Type other values into cells, as the sender does."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[title][place] = value
    book.save(path)


@pytest.fixture
def ready(db: Path, workbook: Callable[..., Path]) -> Path:
    """A registry with the county's organisations and quotas."""
    report = import_(
        db, workbook("county.xlsx", 团组织=county.ORGANIZATIONS, 发展计划=county.QUOTAS)
    )
    assert codes(report) == []
    return db


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A roster as an office sends it: a merged title, borders, widths, a colour, a note, a formula
    column, a name that looks like a formula; row 4 has a wrong ID number and row 5 a wrong day."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "高一's 团员"
    sheet["A1"] = "云杉县第一中学团员名册"
    sheet["A1"].font = Font(size=18, bold=True)
    sheet.merge_cells("A1:G1")
    rows = [
        [*county.MEMBER_HEADINGS, "称呼"],
        [*county.member(1), None],
        [*county.member(2, 身份证号=WRONG), None],
        [*county.member(3, 入团时间="去年"), None],
        [*county.member(4), None],
    ]
    line = Side(style="thin")
    for at, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column, value)
            cell.border = Border(line, line, line, line)
            if isinstance(value, str):
                cell.data_type = "s"
        sheet.row_dimensions[at].height = 20 + at
    for at in range(3, 7):
        sheet.cell(at, 7).value = f'=A{at}&"同学"'
    sheet["D5"].fill = PatternFill("solid", fgColor=GREEN)
    sheet["D5"].comment = Comment("问过班主任", "班长")
    sheet.column_dimensions["B"].width = 31
    path = tmp_path / "sent.xlsx"
    book.save(path)
    return path


TITLE = "高一's 团员"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the reply goes."""
    return tmp_path / "reply.xlsx"


# -- marks ---------------------------------------------------------------------------------------


def test_a_faulty_cell_is_red_and_says_why(ready: Path, sent: Path, out: Path) -> None:
    """Level, code, reason and remedy stand in a comment on the cell."""
    report = import_(ready, sent)
    assert codes(report) == ["id-check-digit", "day-not-a-day"]
    assert reply_to_import(report, [sent], out, ZH) == [out]
    sheet = sheet_of(out, TITLE)
    assert marked(sheet) == {"B4": ERROR, "D5": ERROR}
    message, fix = words("zh").codes["id-check-digit"]
    assert sheet["B4"].comment.text == (f"—— leaguectl ——\n错误 id-check-digit\n{message}\n→ {fix}")


def test_the_sender_s_looks_and_values_are_kept(ready: Path, sent: Path, out: Path) -> None:
    """Title, borders, heights, widths, formulas and every value are as they were sent."""
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    before, after = sheet_of(sent, TITLE), sheet_of(out, TITLE)
    assert list(after.iter_rows(values_only=True)) == list(before.iter_rows(values_only=True))
    assert str(after.merged_cells) == str(before.merged_cells) == "A1:G1"
    assert after["A1"].font.size == 18
    assert after["C6"].border.left.style == "thin"
    assert after.row_dimensions[6].height == 26
    assert after.column_dimensions["B"].width == 31
    assert after["D5"].comment.text.startswith("问过班主任\n\n—— leaguectl ——")


def test_the_list_leads_to_each_cell(ready: Path, sent: Path, out: Path) -> None:
    """The first sheet names every finding and links to its cell."""
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    assert (sheet.title, book.active.title) == (LIST, LIST)
    assert [cell.value for cell in sheet[2][:7]] == [
        "级别", "文件", "工作表", "单元格", "代码", "问题", "处理"
    ]  # fmt: skip
    assert [cell.value for cell in sheet[3][:5]] == [
        "错误", "sent.xlsx", TITLE, "B4（身份证号）", "id-check-digit"
    ]  # fmt: skip
    assert [sheet.cell(row, 4).hyperlink.location for row in (3, 4)] == [
        "'高一''s 团员'!B4", "'高一''s 团员'!D5"
    ]  # fmt: skip
    assert sheet.max_row == 4
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == [LIST]


def test_a_fault_reported_once_is_marked_in_every_row(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """An organisation that three rows name and nobody knows is one line and three red cells."""
    rows = [county.member(at, 所在团支部="没有的团支部") for at in (1, 2, 3)]
    path = workbook(团员=[county.MEMBER_HEADINGS, *rows])
    report = import_(ready, path)
    assert codes(report) == ["organization-unknown"]
    reply_to_import(report, [path], out, ZH)
    assert marked(sheet_of(out, "团员")) == dict.fromkeys(("C2", "C3", "C4"), ERROR)


def test_a_warning_is_yellow_and_an_error_next_to_it_wins(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Several findings of one cell share its comment, and the worst gives the colour."""
    path = workbook(发展团员=[county.ADMISSION_HEADINGS, county.admission(1, 团员证编号=None)])
    report = import_(ready, path)
    assert codes(report) == ["certificate-given"]
    reply_to_import(report, [path], out, ZH)
    assert marked(sheet_of(out, "发展团员")) == {"Q2": WARNING}
    rows = [county.member(1, 发展团员编号="20216500", 入团时间=date(2020, 5, 4))]
    path = workbook("b.xlsx", 团员=[county.MEMBER_HEADINGS, *rows])
    report = import_(ready, path)
    assert codes(report) == ["number-format", "number-year"]
    reply_to_import(report, [path], out, ZH)
    comment = sheet_of(out, "团员")["E2"].comment.text
    assert comment.count("—— leaguectl ——") == 1
    assert "number-format" in comment
    assert "number-year" in comment


def test_a_missing_column_is_reported_at_the_headings(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """What has no cell of its own is marked at the first cell of its row."""
    path = workbook(团员=[["名册"], ["姓名", "身份证号", "入团时间"], ["甲", "1", "2020"]])
    report = import_(ready, path)
    assert codes(report) == ["heading-missing"]
    reply_to_import(report, [path], out, ZH)
    assert marked(sheet_of(out, "团员")) == {"A2": ERROR}


def test_a_merged_cell_is_marked_in_its_corner(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """A class merged over its rows is one cell, whichever of its rows is at fault."""
    rows = [county.member(at, 所在团支部="没有的团支部" if at == 1 else None) for at in (1, 2)]
    path = workbook(团员=[county.MEMBER_HEADINGS, *rows])
    book = openpyxl.load_workbook(path)
    book["团员"].merge_cells("C2:C3")
    book.save(path)
    reply_to_import(import_(ready, path), [path], out, ZH)
    assert marked(sheet_of(out, "团员")) == {"C2": ERROR}


def test_a_number_that_lost_digits_gets_a_cell_of_text(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Retyped into the same cell, an ID number keeps its digits this time."""
    path = workbook(团员=[county.MEMBER_HEADINGS, county.member(1, 身份证号=6.58899200603010e17)])
    report = import_(ready, path)
    assert codes(report) == ["id-number-cell"]
    reply_to_import(report, [path], out, ZH)
    assert sheet_of(out, "团员")["B2"].number_format == "@"


# -- harmless ------------------------------------------------------------------------------------


def test_no_personal_value_leaves_in_list_or_comment(ready: Path, sent: Path, out: Path) -> None:
    """The sender's cells hold what he sent; what we add to them is masked."""
    report = import_(ready, sent)
    finding = Finding(
        "one-id-number", {"id_number": WRONG}, where=Where("sent.xlsx", TITLE, 4, "B")
    )
    reply_to_import(replace(report, findings=[*report.findings, finding]), [sent], out, ZH)
    book = openpyxl.load_workbook(out)
    added = texts(book[LIST])
    added += [cell.comment.text for row in book[TITLE].iter_rows() for cell in row if cell.comment]
    assert any("*" * 18 in text for text in added)
    assert [text for text in added if WRONG in text] == []
    assert book[TITLE]["B4"].value == WRONG


def test_nothing_that_is_reported_becomes_a_formula(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """A name, a sheet or an organisation that begins with ``=`` stays text."""
    row = county.member(1, 所在团支部="=1+1", 姓名="=2+2")
    path = workbook("=3+3.xlsx", **{"=4+4": [county.MEMBER_HEADINGS, row]})
    report = import_(ready, path)
    assert report.has_errors
    reply_to_import(report, [path], out, ZH)
    book = openpyxl.load_workbook(out)
    formulas = [
        cell.coordinate
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert formulas == []
    assert [cell.value for cell in book[LIST][3][1:3]] == ["=3+3.xlsx", "=4+4"]


def test_the_values_of_formulas_stay_with_them(ready: Path, out: Path, tmp_path: Path) -> None:
    """A branch or a day that a formula made is still there for whoever does not calculate."""
    path = tmp_path / "formulas.xlsx"
    path.write_bytes(with_values_of(tmp_path))
    report = import_(ready, path)
    assert codes(report) == ["id-check-digit"]
    reply_to_import(report, [path], out, ZH)
    sheet = openpyxl.load_workbook(out, data_only=True)["团员"]
    assert sheet_of(out, "团员")["C2"].value == '="云杉县第一中学高一（1）班"&"团支部"'
    assert sheet["C2"].value == "云杉县第一中学高一（1）班团支部"
    assert sheet["D2"].value.date() == date(2020, 5, 4)
    mend(out, "团员", B2=county.id_number(2, "20060301"))
    out.write_bytes(with_values(out))
    assert codes(import_(ready, out)) == []


def with_values_of(folder: Path) -> bytes:
    """A workbook whose formulas have values, as a spreadsheet program saves it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "团员"
    sheet.append(county.MEMBER_HEADINGS)
    sheet.append(county.member(2, 身份证号=WRONG))
    sheet["C2"] = '="云杉县第一中学高一（1）班"&"团支部"'
    sheet["D2"] = "=DATE(2020,5,4)"
    sheet["D2"].number_format = "yyyy-mm-dd"
    book.save(folder / "made.xlsx")
    return with_values(folder / "made.xlsx")


def with_values(path: Path) -> bytes:
    """The workbook as a spreadsheet program saves it, its formulas calculated."""

    def calculated(part: str, content: bytes) -> bytes:
        for cell, kind, value in (
            (b"C2", b' t="str"', "云杉县第一中学高一（1）班团支部".encode()),
            (b"D2", b"", b"43955"),
        ):
            empty = rb'(<c r="%b"[^>]*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)' % cell
            content = re.sub(empty, rb"\1%b>\2<v>%b</v>" % (kind, value), content)
        return content

    return changed_parts(path, calculated)


def changed_parts(path: Path, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with its parts changed, by their names."""
    stream = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(stream, "w") as after:
        for part in before.infolist():
            after.writestr(part, change(part.filename, before.read(part)))
    return stream.getvalue()


# -- sent again ----------------------------------------------------------------------------------


def test_a_mended_reply_goes_in(ready: Path, sent: Path, out: Path) -> None:
    """The list in front is no table of ours, and the marks say nothing."""
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    mend(out, TITLE, B4=county.id_number(2, "20060301"), D5=date(2020, 5, 4))
    report = import_(ready, out)
    assert codes(report) == []
    assert report.counts.created == 4
    assert [(sheet.sheet, sheet.kind) for sheet in report.sheets] == [
        (LIST, None),
        (TITLE, "members"),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_of_sheets_named_like_headings_is_no_table(
    language: str, ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """A sheet called 学校 and columns called so: the list is still ignored."""
    row = county.member(1, 身份证号="1", 姓名="1", 入团时间="x")
    path = workbook("姓名.xlsx", **{"学校": [county.MEMBER_HEADINGS, row]})
    reply_to_import(import_(ready, path), [path], out, ReplyWords(words(language)))
    report = import_(ready, out)
    assert report.sheets[0].kind is None
    assert {finding.where.sheet for finding in report.findings if finding.where} == {"学校"}


def test_a_second_reply_bears_only_its_own_marks(ready: Path, sent: Path, out: Path) -> None:
    """What was mended is given back the colour and the note that it had; one list, not two."""
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    mend(out, TITLE, D5=date(2020, 5, 4))
    second = out.with_name("second.xlsx")
    reply_to_import(import_(ready, out), [out], second, ZH)
    sheet = sheet_of(second, TITLE)
    assert marked(sheet) == {"B4": ERROR}
    assert sheet["D5"].fill.fgColor.rgb == GREEN
    assert sheet["D5"].comment.text == "问过班主任"
    assert sheet["B4"].comment.text.count("id-check-digit") == 1
    assert openpyxl.load_workbook(second).sheetnames == [LIST, TITLE]


def test_a_reply_to_an_unmended_reply_is_the_same(ready: Path, sent: Path, out: Path) -> None:
    """Marks do not pile up, in either language."""
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    second, third = out.with_name("second.xlsx"), out.with_name("third.xlsx")
    reply_to_import(import_(ready, out), [out], second, ReplyWords(words("en")))
    reply_to_import(import_(ready, second), [second], third, ZH)
    assert openpyxl.load_workbook(third).sheetnames == [LIST, TITLE]
    for title in (LIST, TITLE):
        first, last = sheet_of(out, title), sheet_of(third, title)
        seen = [
            text.replace("third", "").replace("second.xlsx", "sent.xlsx") for text in texts(last)
        ]
        assert seen == texts(first)
        assert marked(last) == marked(first)
    mended = import_(ready, third)
    assert codes(mended) == ["id-check-digit", "day-not-a-day"]


# -- the rows that went in -----------------------------------------------------------------------


def test_the_rows_that_went_in_are_left_out(ready: Path, sent: Path, out: Path) -> None:
    """Title, headings and the rows still to mend; links and looks move with them."""
    report = import_(ready, sent, valid_only=True)
    assert report.counts.created == 2
    reply_to_import(report, [sent], out, ZH, valid_only=True)
    sheet = sheet_of(out, TITLE)
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == [
        "云杉县第一中学团员名册", "姓名", county.member(2)[0], county.member(3)[0]
    ]  # fmt: skip
    assert marked(sheet) == {"B3": ERROR, "D4": ERROR}
    assert [sheet.row_dimensions[row].height for row in (3, 4)] == [24, 25]
    assert [sheet[f"G{row}"].value for row in (3, 4)] == ['=A3&"同学"', '=A4&"同学"']
    front = sheet_of(out, LIST)
    assert front["D3"].value == "B3（身份证号）"
    assert front["D3"].hyperlink.location == "'高一''s 团员'!B3"
    assert (front["H2"].value, front["H3"].value) == ("原单元格", "B4（身份证号）")


def test_the_rest_goes_in_once_it_is_mended(ready: Path, sent: Path, out: Path) -> None:
    """What went in at first and what went in at last are the whole sheet."""
    reply_to_import(import_(ready, sent, valid_only=True), [sent], out, ZH, valid_only=True)
    mend(out, TITLE, B3=county.id_number(2, "20060301"), D4=date(2020, 5, 4))
    report = import_(ready, out)
    assert (codes(report), report.counts.created) == ([], 2)
    whole = mended_copy(sent)
    assert import_(ready, whole).counts.unchanged == 4


def mended_copy(sent: Path) -> Path:
    """The sheet as it should have been sent."""
    mend(sent, TITLE, B4=county.id_number(2, "20060301"), D5=date(2020, 5, 4))
    return sent


def test_what_hangs_on_rows_moves_with_them(ready: Path, sent: Path, out: Path) -> None:
    """A table, rules, links, notes and references lose the rows that went in, and no more."""
    book = openpyxl.load_workbook(sent)
    sheet = book[TITLE]
    sheet.add_table(Table(displayName="T", ref="A2:G6"))
    day = DataValidation("date", operator="greaterThan", formula1="1")
    day.add("D3:D1000")
    sheet.add_data_validation(day)
    sheet["G4"], sheet["I5"] = '=A1&A2&A4&"，上一行"&A3&C$2', "=COUNTA(A3:A6)"
    sheet["A3"].comment = Comment("去了", "班长")
    sheet["A4"].hyperlink = "https://example.org/"
    book.save(sent)
    report = import_(ready, sent, valid_only=True)
    reply_to_import(report, [sent], out, ZH, valid_only=True)
    sheet = sheet_of(out, TITLE)
    assert sheet.tables["T"].ref == "A2:G4"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "D3:D998"
    assert (sheet["G3"].value, sheet["I4"].value) == (
        '=A1&A2&A3&"，上一行"&#REF!&C$2', "=COUNTA(A3:A4)"
    )  # fmt: skip
    assert [cell.hyperlink.ref for cell in sheet["A"] if cell.hyperlink] == ["A3"]
    notes = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert notes == {"B3", "D4"}


def test_a_class_merged_over_rows_stays_over_those_that_are_left(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """The first row of the class went in; the class is still named for the others."""
    rows = [county.member(1), county.member(2, 身份证号=WRONG), county.member(3, 入团时间="x")]
    for row in rows[1:]:
        row[2] = None
    path = workbook(团员=[county.MEMBER_HEADINGS, *rows])
    book = openpyxl.load_workbook(path)
    book["团员"].merge_cells("C2:C4")
    book.save(path)
    report = import_(ready, path, valid_only=True)
    assert (report.counts.created, report.counts.rejected) == (1, 2)
    reply_to_import(report, [path], out, ZH, valid_only=True)
    sheet = sheet_of(out, "团员")
    assert (str(sheet.merged_cells), sheet["C2"].value) == ("C2:C3", county.member(1)[2])
    mend(out, "团员", B2=county.id_number(2, "20060301"), D3=date(2020, 5, 4))
    assert codes(import_(ready, out)) == []


def test_after_a_trial_every_row_is_there(ready: Path, sent: Path, out: Path) -> None:
    """What would go in has not gone in."""
    options = ImportOptions(valid_only=True)
    report = import_files(request(ready, dry_run=True), [sent], options)
    reply_to_import(report, [sent], out, ZH, valid_only=True)
    assert sheet_of(out, TITLE).max_row == 6


# -- other senders -------------------------------------------------------------------------------


def lines(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as a text table."""
    text = StringIO()
    for row in rows:
        text.write(",".join("" if value is None else str(value) for value in row) + "\n")
    return text.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_table_is_answered_with_a_workbook(
    encoding: str, ready: Path, tmp_path: Path, out: Path
) -> None:
    """Its cells are text, marked, and go in when they are mended."""
    path = tmp_path / "members.csv"
    rows = [county.MEMBER_HEADINGS, county.member(1), county.member(2, 身份证号=WRONG)]
    path.write_bytes(lines(rows).encode(encoding))
    reply_to_import(import_(ready, path), [path], out, ZH)
    sheet = sheet_of(out, "members")
    assert marked(sheet) == {"B3": ERROR}
    assert (sheet["B2"].value, sheet["B2"].number_format) == (county.member(1)[1], "@")
    mend(out, "members", B3=county.id_number(2, "20060301"))
    assert codes(import_(ready, out)) == []


def test_an_old_workbook_is_answered_with_a_new_one(ready: Path, tmp_path: Path, out: Path) -> None:
    """Text, numbers and days of an ``.xls`` stay what they are, in their cells."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("团员")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    rows = [county.MEMBER_HEADINGS, county.member(1), county.member(2, 身份证号=WRONG)]
    for at, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            if isinstance(value, date):
                sheet.write(at, column, value, day)
            else:
                sheet.write(at, column, value)
    path = tmp_path / "old.xls"
    book.save(str(path))
    reply_to_import(import_(ready, path), [path], out, ZH)
    again = sheet_of(out, "团员")
    assert marked(again) == {"C5": ERROR}
    assert again["E4"].value.date() == date(2020, 5, 4)
    mend(out, "团员", C5=county.id_number(2, "20060301"))
    assert codes(import_(ready, out)) == []


def test_a_file_that_cannot_be_read_is_answered_with_the_list_alone(
    ready: Path, tmp_path: Path, out: Path
) -> None:
    """The sender learns why nothing of it was read."""
    path = tmp_path / "locked.xlsx"
    path.write_bytes(hostile.compound_file("EncryptedPackage"))
    report = import_(ready, path)
    assert codes(report) == ["file-encrypted"]
    reply_to_import(report, [path], out, ZH)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [LIST]
    assert book[LIST]["E3"].value == "file-encrypted"


def test_a_sheet_name_that_a_workbook_cannot_bear_is_changed(
    ready: Path, tmp_path: Path, out: Path
) -> None:
    """A text table is called after its file, whose name may be longer or stranger."""
    path = tmp_path / ("[团员]名册" * 8 + ".csv")
    path.write_text(lines([county.MEMBER_HEADINGS, county.member(1, 身份证号=WRONG)]), "utf-8")
    reply_to_import(import_(ready, path), [path], out, ZH)
    book = openpyxl.load_workbook(out)
    assert len(book.sheetnames[1]) == 31
    assert marked(book.worksheets[1]) == {"B2": ERROR}
    assert book[LIST]["D3"].hyperlink.location == f"'{book.sheetnames[1]}'!B2"


def test_several_files_have_a_reply_each(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Each sender gets his own rows back and nobody else's."""
    paths = [
        workbook(f"{name}.xlsx", 团员=[county.MEMBER_HEADINGS, county.member(at, 入团时间=name)])
        for at, name in enumerate("甲乙", 1)
    ]
    written = reply_to_import(import_(ready, *paths), paths, out, ZH)
    assert [path.name for path in written] == ["reply-甲.xlsx", "reply-乙.xlsx"]
    assert [sheet_of(path, LIST).max_row for path in written] == [3, 3]


def test_every_sender_of_a_folder_has_a_reply(
    run: Run, ready: Path, workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """They are in a folder under the names of the files; files with the same name are
    distinguished, and nothing that was sent is overwritten."""
    for number, at in enumerate(("一中", "二中", "一中/高一"), 1):
        folder = tmp_path / "inbox" / at
        folder.mkdir(parents=True)
        rows = [county.MEMBER_HEADINGS, county.member(number, 入团时间="去年")]
        workbook("名册.xlsx", 团员=rows).rename(folder / "名册.xlsx")
    inbox, replies = tmp_path / "inbox", tmp_path / "replies"
    assert run("import", inbox, "--reply", replies).code == 1
    names = ["一中-名册.xlsx", "二中-名册.xlsx", "高一-名册.xlsx"]
    assert sorted(path.name for path in replies.iterdir()) == names
    assert [marked(sheet_of(replies / name, "团员")) for name in names] == [{"D2": ERROR}] * 3
    for path in replies.iterdir():
        listed = texts(openpyxl.load_workbook(path).worksheets[0])
        assert not any(name in text for name in set(names) - {path.name} for text in listed)
    back = run("import", inbox / "一中" / "名册.xlsx", "--reply", inbox / "一中")
    assert (back.code, "名册.xlsx" in back.err) == (2, True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_reply_speaks_to_the_sender(language: str) -> None:
    """No remedy names a command or an option, whatever was found, and none is empty that was not;
    another school's people are not named."""
    known = words(language)
    spoken = ReplyWords(known)
    for code, (_, fix) in known.codes.items():
        remedy = spoken.remedy(fix)
        assert bool(remedy) == bool(fix), code
        ours = re.search(r"leaguectl|--[a-z]|\b(?:member merge|dup ignore|undo)\b", remedy)
        assert ours is None, code
    taken = Finding("one-number", {"number": "202365000001", "holder": "何人", "person": 1})
    assert "何人" not in " ".join(spoken.describe(taken))


# -- admissions ----------------------------------------------------------------------------------


def candidates(workbook: Callable[..., Path], drop: int, *rows: list[Any]) -> Path:
    """A sheet of candidates without its last ``drop`` columns."""
    short = [row[:-drop] for row in ([*county.ADMISSION_HEADINGS], *rows)]
    return workbook("candidates.xlsx", 发展对象=short)


def test_the_admitted_find_their_numbers_in_their_rows(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Columns that the sheet lacks are added at its right, and the reply goes in as it is."""
    path = candidates(workbook, 2, county.admission(1), county.admission(2))
    report = admit_files(request(ready), [path], ImportOptions())
    assert {finding.is_error for finding in report.findings} <= {False}
    assert reply_to_admit(report, [path], out, ZH) == [out]
    sheet = sheet_of(out, "发展对象")
    assert [sheet["P1"].value, sheet["Q1"].value] == ["发展团员编号", "志愿书编号"]
    assert [sheet[f"P{row}"].value for row in (2, 3)] == ["202365000001", "202365000002"]
    assert (sheet["P2"].data_type, sheet["P2"].number_format) == ("s", "@")
    again = import_(ready, out)
    assert (again.has_errors, again.counts.unchanged) == (False, 2)


def test_numbers_go_into_the_column_that_is_there(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """No second column of the same heading is made; a number that was given stays."""
    path = candidates(workbook, 1, county.admission(1, 发展团员编号=None), county.admission(3))
    reply_to_admit(admit_files(request(ready), [path], ImportOptions()), [path], out, ZH)
    sheet = sheet_of(out, "发展对象")
    assert [sheet[f"P{row}"].value for row in (1, 2, 3)] == [
        "发展团员编号", "202365000001", "202365000003"
    ]  # fmt: skip
    assert [cell.value for cell in sheet[1]].count("发展团员编号") == 1


def test_the_refused_are_marked_and_have_no_number(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """With the valid rows admitted, the sheet shows who has a number and who is missing what."""
    path = candidates(workbook, 2, county.admission(1, 团课学时=1), county.admission(2))
    report = admit_files(request(ready), [path], ImportOptions(valid_only=True))
    reply_to_admit(report, [path], out, ZH)
    sheet = sheet_of(out, "发展对象")
    assert [sheet[f"P{row}"].value for row in (2, 3)] == [None, "202365000001"]
    assert marked(sheet)["G2"] == ERROR


def test_a_trial_gives_no_numbers(ready: Path, workbook: Callable[..., Path], out: Path) -> None:
    """Numbers that are not taken are not shown to anybody as his."""
    path = candidates(workbook, 2, county.admission(1))
    reply_to_admit(
        admit_files(request(ready, dry_run=True), [path], ImportOptions()), [path], out, ZH
    )
    assert sheet_of(out, "发展对象").max_column == 15


# -- the file ------------------------------------------------------------------------------------


def test_a_reply_is_written_whole_for_its_user_alone(ready: Path, sent: Path, out: Path) -> None:
    """No other file is left, and what was sent is not touched."""
    before = sent.read_bytes()
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert not out.with_name(out.name + ".part").exists()
    assert sent.read_bytes() == before


def test_a_reply_without_a_finding_says_so(
    ready: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Whoever asked for a reply has one, not an older one."""
    path = workbook(团员=[county.MEMBER_HEADINGS, county.member(1)])
    reply_to_import(import_(ready, path), [path], out, ZH)
    assert sheet_of(out, LIST)["A1"].value == words("zh").lines["reply-clean"]


def test_a_reply_that_cannot_be_is_refused_before_anything_is_done(
    sent: Path, tmp_path: Path
) -> None:
    """Another ending, the sender's own file, a folder that is not there."""
    for out, error in (
        (tmp_path / "reply.csv", UsageError),
        (sent, UsageError),
        (tmp_path / "no" / "r.xlsx", NotFound),
    ):
        with pytest.raises(error):
            refuse_reply(out, [sent])
    refuse_reply(tmp_path / "reply.xlsx", [sent])


def test_what_nothing_is_written_into_stays_byte_by_byte(
    ready: Path, sent: Path, out: Path
) -> None:
    """The sender's pictures, charts and other sheets are what they were; his macros go."""
    book = openpyxl.load_workbook(sent)
    book.create_sheet("说明")["A1"] = "照片附后"
    book.save(sent)
    with zipfile.ZipFile(sent, "a") as package:
        package.writestr("xl/media/image1.png", b"\x89PNG what nobody but its viewer knows")
        package.writestr("xl/vbaProject.bin", b"a macro")
    reply_to_import(import_(ready, sent), [sent], out, ZH)
    with zipfile.ZipFile(sent) as before, zipfile.ZipFile(out) as after:
        names = {*after.namelist()}
        assert {*before.namelist()} - names == {"xl/vbaProject.bin"}
        changed = {name for name in before.namelist() if name in names
                   and before.read(name) != after.read(name)}  # fmt: skip
    kept = ("media", "sheet2", "theme", "docProps")
    assert not [name for name in changed if any(part in name for part in kept)]


def test_an_odd_sheet_is_marked_in_the_right_cell(ready: Path, sent: Path, out: Path) -> None:
    """Cells without their places, a prefix before every element, a comment with a cell in it."""

    def odd(part: str, content: bytes) -> bytes:
        if not part.endswith("sheet1.xml"):
            return content
        text = re.sub(r'<(row|c) r="[A-Z0-9]+"', r"<\1", content.decode())
        text = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", text)
        text = text.replace("xmlns=", "xmlns:x=", 1)
        return text.replace("<x:row", "<!--<x:row><x:c/></x:row>--><x:row").encode()

    sent.write_bytes(changed_parts(sent, odd))
    report = import_(ready, sent)
    assert codes(report) == ["id-check-digit", "day-not-a-day"]
    reply_to_import(report, [sent], out, ZH)
    assert marked(sheet_of(out, TITLE)) == {"B4": ERROR, "D5": ERROR}


def test_a_workbook_that_openpyxl_cannot_open_is_kept(
    ready: Path, workbook: Callable[..., Path], out: Path, tmp_path: Path
) -> None:
    """What the reader can read can be marked, whatever else is odd about it."""
    made = workbook(团员=[county.MEMBER_HEADINGS, county.member(1, 身份证号=WRONG)])
    path = tmp_path / "odd.xlsx"
    path.write_bytes(
        changed_parts(made, lambda _, content: content.replace(b"<border>", b"<border x='1'>"))
    )
    with pytest.raises(TypeError):
        openpyxl.load_workbook(path)
    report = import_(ready, path)
    assert codes(report) == ["id-check-digit"]
    reply_to_import(report, [path], out, ZH)
    out.write_bytes(
        changed_parts(out, lambda _, content: content.replace(b'<border x="1">', b"<border>"))
    )
    assert marked(sheet_of(out, "团员")) == {"B2": ERROR}


def test_a_reply_can_be_made_of_any_findings(sent: Path, out: Path) -> None:
    """A finding about the whole file is listed without a link; one about a sheet that is not
    there too."""
    found = [
        Finding("file-says-nothing", where=Where("sent.xlsx")),
        Finding("cell-missing", {"field": "name"}, where=Where("sent.xlsx", "没有", 9, "A")),
    ]
    write_reply(sent, out, found, ZH)
    front = sheet_of(out, LIST)
    assert [front.cell(row, 5).value for row in (3, 4)] == ["file-says-nothing", "cell-missing"]
    assert [front.cell(row, 4).hyperlink for row in (3, 4)] == [None, None]


# -- whose sheets had how many faults -------------------------------------------------------------


def test_the_log_counts_the_faults_of_each_sender(
    run: Run, ready: Path, workbook: Callable[..., Path]
) -> None:
    """By file over several operations; a fault that is reported once for many rows counts in
    each."""
    bad, good = (
        workbook(f"{name}.xlsx", 团员=[county.MEMBER_HEADINGS, *rows])
        for name, rows in (
            ("甲", [county.member(1), *(county.member(at, 入团时间="去年") for at in (2, 3))]),
            ("乙", [county.member(4)]),
        )
    )
    assert run("import", bad, good, "--valid-only").code == 1
    assert run("import", bad, "--dry-run").code == 1
    workbook("乙.xlsx", 团员=[county.MEMBER_HEADINGS, county.member(4), county.member(5)])
    assert run("import", good).code == 0

    def senders(*more: str) -> list[tuple[Any, ...]]:
        found = answer_of(run, "log", "--senders", *more)["senders"]
        keys = ("file", "operations", "read", "rejected", "faults")
        return [tuple(row[key] for key in keys) for row in found]

    found = {row[0]: row for row in senders()}
    assert senders()[0] == ("甲.xlsx", 1, 3, 2, 2)
    assert found["乙.xlsx"][:4] == ("乙.xlsx", 2, 3, 0)
    assert set(found) == {"甲.xlsx", "乙.xlsx", "county.xlsx"}
    assert senders("--year", "1999") == []
    assert "甲.xlsx" in run("log", "--senders").out


# -- a reply that was lost -----------------------------------------------------------------------


def test_a_reply_is_had_again_from_the_operation(
    run: Run, db: Path, workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """The sender's sheet with the numbers that the operation gave; another sheet is refused, and
    nothing is written to the registry."""
    places = {"团组织": county.ORGANIZATIONS, "发展计划": county.QUOTAS}
    assert run("import", workbook("places.xlsx", **places)).code == 0
    rows = [county.admission(at, 发展团员编号=None, 团员证编号=None) for at in (1, 2)]
    sheet = workbook("sent.xlsx", 发展团员=[county.ADMISSION_HEADINGS, *rows])
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    admitted = run("admit", sheet, "--reply", first, "-O", "json")
    assert admitted.code == 0, admitted.err
    before = db.read_bytes()
    made = run("reply", "2", sheet, again)
    assert made.code == 0, made.err
    assert db.read_bytes() == before
    filled = [
        [tuple(row) for row in openpyxl.load_workbook(path)["发展团员"].values]
        for path in (first, again)
    ]
    assert filled[0] == filled[1]
    numbers = {person["number"] for person in json.loads(admitted.out)["admitted"]}
    assert len(numbers & {str(cell) for row in filled[1] for cell in row}) == 2
    other = workbook("other.xlsx", 发展团员=[county.ADMISSION_HEADINGS, rows[0]])
    refused = run("reply", "2", other, again)
    assert (refused.code, "sent.xlsx" in refused.err) == (4, True)
    assert run("reply", "9", sheet, again).code == 4
    assert run("reply", "1", tmp_path / "places.xlsx", tmp_path / "r.xlsx").code == 0


def test_a_reply_does_not_say_where_others_belong(
    run: Run, db: Path, workbook: Callable[..., Path], out: Path
) -> None:
    """Whoever sends the name and birth date of somebody, or their ID number alone, is not told in
    which branch they are."""
    theirs = county.member(1, 姓名="司马玄鸟", 所在团支部="T1")
    begin(run, workbook, 团组织=county.ORGANIZATIONS, 团员=[county.MEMBER_HEADINGS, theirs])
    papers = {"发展团员编号": None, "团员证编号": None}
    born = str(theirs[1])[6:14]
    alike = county.member(2, 姓名="司马玄鸟", 身份证号=county.id_number(2, born), **papers)
    other = county.member(1, 姓名="诸葛甲", **papers)
    for row, code in ((alike, "person-alike"), (other, "id-other-name")):
        sent = workbook("sent.xlsx", 团员=[county.MEMBER_HEADINGS, row])
        run("import", sent, "--dry-run", "--reply", out)
        texts = [str(cell) for sheet in openpyxl.load_workbook(out) for cells in sheet.values
                 for cell in cells]  # fmt: skip
        assert code in texts
        assert not [text for text in texts if "桥头" in text]
        out.unlink()
