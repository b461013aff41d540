"""Every list as a workbook and as a text document: the same rows as on the screen."""

import io
import re
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from conftest import Run
from leaguectl import documents
from leaguectl.documents import Column, Document, Section, Table
from leaguectl.findings import Rate

LISTS = [
    ("stats", "2023"), ("stats", "2023", "--by", "unit"),
    ("stats", "2023", "--rows", "members.left"),
    ("quota", "show", "2023"), ("member", "find", "古丽"), ("org", "tree"), ("post", "list"),
    ("activity", "list", "--year", "2023"), ("plan", "2024"), ("rank", "2023"), ("log",),
    ("survey", "show", "2023"), ("number", "usage", "2023"), ("training", "list", "--year", "2023"),
    ("task", "list"), ("due", "--within", "900"),
]  # fmt: skip
SECRET = re.compile(r"658899[0-9]{11}[0-9X]")


def lines(run: Run, *arguments: str) -> list[list[str]]:
    """The rows as a script reads them, headings first."""
    ran = run("--lang", "zh", *arguments, "-O", "tsv")
    assert ran.code == 0, ran.err
    return [[plain(text) for text in line.split("\t")] for line in ran.out.splitlines()]


def plain(text: str) -> str:
    """A number without decimals that are nothing; how many a rate has depends on its column."""
    return text.removesuffix(".0").replace(".00%", "%")


def as_text(value: Any, number_format: str) -> str:
    """A cell as its format shows it."""
    if number_format == "0.00%":
        return plain(f"{100 * value:.2f}%")
    if number_format == "yyyy-mm-dd":
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_a_list_is_a_workbook_with_the_same_rows(
    arguments: tuple[str, ...], sample_db: Path, run: Run, tmp_path: Path
) -> None:
    """A title over all columns, the headings, the rows; numbers are numbers; it prints on paper."""
    book = tmp_path / "list.xlsx"
    ran = run("--lang", "zh", *arguments, "-o", book)
    assert (ran.code, ran.out) == (0, "")
    assert "list.xlsx" in ran.err
    (sheet,) = openpyxl.load_workbook(book).worksheets
    title, *rows = sheet.iter_rows()
    assert title[0].value
    expected = lines(run, *arguments)
    found = [[as_text(cell.value, cell.number_format) for cell in row] for row in rows]
    assert found == expected
    assert not SECRET.search(str(found))
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.page_setup.fitToWidth == 1
    numbers = [cell.value for row in rows[1:] for cell in row if str(cell.value).isdigit()]
    assert all(isinstance(value, int) or len(value) > 9 for value in numbers)


@pytest.mark.parametrize("arguments", LISTS[:9], ids=" ".join)
def test_a_list_is_a_text_document_with_the_same_rows(
    arguments: tuple[str, ...], sample_db: Path, run: Run, tmp_path: Path
) -> None:
    """A title, and one table whose headings stand on every page."""
    file = tmp_path / "list.docx"
    ran = run("--lang", "zh", *arguments, "-o", file)
    assert (ran.code, ran.out) == (0, "")
    (table,) = docx.Document(str(file)).tables
    found = [[cell.text for cell in row.cells] for row in table.rows]
    expected = lines(run, *arguments)
    shown = [[plain(text.replace("—", "")) for text in row] for row in found]
    assert shown == expected
    assert table.rows[0]._tr.trPr.find(docx.oxml.ns.qn("w:tblHeader")) is not None


def test_what_is_missing_says_how_to_get_it(
    sample_db: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra a text document is refused with what to install; a workbook is not."""
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "leaguectl.documents.word", raising=False)
    ran = run("stats", "2023", "-o", tmp_path / "a.docx")
    assert (ran.code, ran.out) == (2, "")
    assert "leaguectl[report]" in ran.err
    assert not (tmp_path / "a.docx").exists()
    assert run("stats", "2023", "-o", tmp_path / "a.xlsx").code == 0


@pytest.mark.parametrize(
    ("library", "arguments", "extra"),
    [
        ("icalendar", ("due", "-o", "due.ics"), "leaguectl[calendar]"),
        (
            "psycopg",
            ("--db", "postgresql://localhost/none", "stats", "2023"),
            "leaguectl[postgres]",
        ),
    ],
)
def test_what_only_some_need_is_an_extra(
    library: str, arguments: tuple[str, ...], extra: str, sample_db: Path, run: Run,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A command that needs a library which is not installed names the extra that brings it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, "leaguectl.calendars", raising=False)
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, ""), ran.err
    assert extra in ran.err


def test_no_text_is_taken_for_a_formula_and_no_cell_stops_the_file() -> None:
    """What a stranger typed is text, in every form."""
    odd = ["=1+1", "<b>&", "a|b", "\x0b控制", "x" * 40_000]
    table = Table("名单", [Column("内容", "name"), Column("率", "rate")],
                  [[text, Rate("0.5")] for text in odd])  # fmt: skip
    document = Document("名单", "zh", [Section("", tables=[table])])
    sheet = openpyxl.load_workbook(io.BytesIO(documents.rendered(document, "xlsx"))).worksheets[0]
    assert [sheet.cell(row, 1).data_type for row in range(3, 8)] == ["s"] * 5
    assert sheet.cell(3, 2).value == 0.5
    assert "a\\|b" in documents.rendered(document, "md").decode()


def test_sheets_of_one_name_are_distinguished() -> None:
    """And what no sheet may be called is left out of its title."""
    table = Table("表/一: 很长很长很长很长很长很长很长很长很长很长的标题", [Column("a")], [["b"]])
    document = Document("名", "zh", [Section("", tables=[table, table])])
    names = openpyxl.load_workbook(io.BytesIO(documents.rendered(document, "xlsx"))).sheetnames
    assert len(set(names)) == 2
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_text_document_is_as_official_papers_are(
    sample_db: Path, run: Run, tmp_path: Path
) -> None:
    """Paper, edges, fonts and page numbers of the standard."""
    file = tmp_path / "a.docx"
    assert run("stats", "2023", "-o", file).code == 0
    made = docx.Document(str(file))
    section, normal = made.sections[0], made.styles["Normal"]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]
    assert (normal.font.size.pt, round(section.page_width.mm)) == (16, 210)
    fonts = normal.element.rPr.rFonts
    assert fonts.get(docx.oxml.ns.qn("w:eastAsia")) == "仿宋_GB2312"
    with ZipFile(file) as parts:
        footers = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
        assert sum("PAGE" in footer for footer in footers) == 2
        assert "方正小标宋简体" in parts.read("word/fontTable.xml").decode()
