"""Tables of plain text as programs and people make them."""

from pathlib import Path

import pytest

import hostile
from conftest import Run
from leaguectl.reader import FileRefused, Source, read
from leaguectl.reader.sheets import Sheet

HEADINGS = ["活动名称", "活动日期", "覆盖团组织", "备注"]
FULL = [
    HEADINGS,
    ["学雷锋", "2023-03-05", "S1;S2;S3;S4;S5;S6", ""],
    ["植树", "2023-03-12", "S1", "好"],
]


def source(tmp_path: Path, data: bytes, name: str = "a.csv") -> Source:
    """A file of that content, read."""
    path = tmp_path / name
    path.write_bytes(data)
    return read(path)


def rows(sheet: Sheet) -> list[list[str]]:
    """The rows without their numbers."""
    return [list(cells) for _, cells in sheet.rows]


def lines(delimiter: str, table: list[list[str]] = FULL) -> str:
    """The table as a text."""
    return "".join(delimiter.join(row) + "\r\n" for row in table)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("other", [",", ";"])
def test_columns_are_parted_by_what_parts_the_lines_evenly(
    delimiter: str, other: str, tmp_path: Path
) -> None:
    """A long list within a cell, parted by another sign, does not decide."""
    if delimiter == other:
        return
    table = [[cell.replace(";", other) for cell in row] for row in FULL]
    [sheet] = source(tmp_path, lines(delimiter, table).encode()).sheets
    assert rows(sheet) == table


def test_a_title_and_short_lines_do_not_decide_either(tmp_path: Path) -> None:
    """Most lines have as many columns as the headings."""
    table = [["二〇二三年活动;一览;第一页"], *FULL]
    [sheet] = source(tmp_path, lines(",", table).encode()).sheets
    assert rows(sheet)[1:] == FULL


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('="658899200603010014"', "658899200603010014"),
        ('"=""007"""', "007"),
        ("'658899200603010014", "658899200603010014"),
        ("'65889920060301001X", "65889920060301001X"),
        ("'quoted'", "'quoted'"),
        ("=1+1", "=1+1"),
    ],
)
def test_digits_kept_from_a_spreadsheet_are_read(
    written: str, read_as: str, tmp_path: Path
) -> None:
    """Web programs write numbers as formulas, people with an apostrophe."""
    [sheet] = source(tmp_path, f"姓名,号码\n甲,{written}\n".encode()).sheets
    assert rows(sheet)[1] == ["甲", read_as]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8", "gb18030"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
def test_every_encoding_with_and_without_a_mark(encoding: str, mark: str, tmp_path: Path) -> None:
    """A mark that stands twice, as joined files have it, is no part of the first heading; nor is
    the last byte of DOS a row."""
    data = (mark + lines(",") + "\x1a").encode(encoding)
    [sheet] = source(tmp_path, data).sheets
    assert rows(sheet) == FULL


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("姓名,班级\n甲,一班\n".encode() + b"\xe7\x8e,x\n", "file-bad-byte", 3),
        ("姓名,班级\n".encode() + "林晓峰,云杉县第一中学\n".encode("gbk"), "file-bad-byte", 2),
        ("姓名,班级\n".encode("gbk") + "林晓峰,云杉\n".encode(), "file-bad-byte", 2),
        ("姓名,班级\n".encode("gbk") + b"\xff\xff,x\n", "file-bad-byte", 2),
        ('姓名,班级\n甲,一班\n乙,"二班\n丙,三班\n'.encode(), "file-bad-quote", 3),
        ('姓名,班级\n甲,"一"班\n乙,二班\n'.encode(), "file-bad-quote", 2),
    ],
)
def test_a_broken_line_is_named(data: bytes, code: str, line: int, tmp_path: Path) -> None:
    """Where somebody can look at it and mend it."""
    with pytest.raises(FileRefused) as refused:
        source(tmp_path, data)
    assert (refused.value.code, refused.value.facts["line"]) == (code, line)


def test_cells_outside_rows_are_the_first_row(tmp_path: Path) -> None:
    """Headings without ``<tr>`` are read at once, and the rows follow."""
    page = (
        "<table><thead><th>姓名</th><th>班级</th></thead><tr><td>甲</td><td>一班</td></tr></table>"
    )
    [sheet] = source(tmp_path, page.encode(), "a.xls").sheets
    assert rows(sheet) == [["姓名", "班级"], ["甲", "一班"]]


@pytest.mark.parametrize("hidden", ["hidden", 'style="DISPLAY: NONE"', 'style="visibility:hidden"'])
def test_rows_that_a_page_hides_are_reported(hidden: str, tmp_path: Path) -> None:
    """In whatever way it hides them."""
    page = f"<table><tr><td>甲</td></tr><tr {hidden}><td>乙</td></tr></table>"
    [sheet] = source(tmp_path, page.encode(), "a.xls").sheets
    assert sheet.hidden_rows == (2,)


def test_a_row_of_2003_that_spans_others_counts_them(tmp_path: Path) -> None:
    """So that faults are reported where the program that wrote it shows them; hidden ones too."""
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'.format
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="S">'
        f'<Table>{cell("甲")}<Row>{cell("乙")}</Row><Row ss:Span="2" ss:Hidden="1"/>'
        f"<Row>{cell('丙')}</Row></Table></Worksheet></Workbook>"
    )
    [sheet] = source(tmp_path, book.encode(), "a.xls").sheets
    filled = [(number, cells[0]) for number, cells in sheet.rows if cells]
    assert filled == [(1, "甲"), (2, "乙"), (6, "丙")]
    assert sheet.hidden_rows == (3, 4, 5)


def letter(body: str) -> bytes:
    """A letter with this text."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return hostile.packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def word_cell(text: str, properties: str = "") -> str:
    """A cell of a table in a letter."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_tables_in_a_letter_are_sheets(tmp_path: Path) -> None:
    """With their merged cells; the text around them is no row."""
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    lines = [
        word_cell("团员名册", '<w:gridSpan w:val="2"/>'),
        word_cell("班级") + word_cell("姓名"),
        word_cell("一班", down) + word_cell("甲"),
        word_cell("", on) + word_cell("乙"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"
    text = "<w:p><w:r><w:t>各支部：</w:t></w:r></w:p>"
    other = f"<w:tbl><w:tr>{word_cell('又一')}</w:tr></w:tbl>"
    first, second = source(tmp_path, letter(text + table + text + other), "a.docx").sheets
    assert rows(first)[1:] == [["班级", "姓名"], ["一班", "甲"], ["", "乙"]]
    assert rows(first)[0][0] == "团员名册"
    assert set(first.merged) == {(0, 0, 0, 1), (2, 0, 3, 0)}
    assert rows(second) == [["又一"]]


def test_a_letter_without_a_table_is_none(tmp_path: Path) -> None:
    """It is refused, and what it is is said."""
    with pytest.raises(FileRefused) as refused:
        source(tmp_path, letter("<w:p/>"), "a.docx")
    assert (refused.value.code, refused.value.facts["detail"]) == ("file-not-a-table", "DOCX")


@pytest.mark.parametrize("sign", "❶⓵➀፩²①")
def test_no_sign_that_looks_like_a_digit_ends_the_program(
    sign: str, tmp_path: Path, run: Run
) -> None:
    """It is a fault of its cell, in a number of 15 characters and of 18."""
    for number in ("65889980010112", "65889920080101001"):
        path = tmp_path / "a.csv"
        path.write_text(f"姓名,身份证号,所在团支部\n王小明,{number}{sign},一班\n", "utf-8")
        done = run("--db", str(tmp_path / "r.db"), "import", "-n", "-O", "json", str(path))
        assert (done.code, '"cell": "B2"' in done.out) == (1, True)
