"""Odd workbooks: nothing of them is lost or made up, and the rest is read."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import hostile
import sheetmakers
from leaguectl.reader import CellError, FileRefused, Sheet, read

PEOPLE = hostile.row(1, ["姓名", "班级"]) + hostile.row(2, ["甲", "一班"])


def sheets(tmp_path: Path, parts: dict[str, Any]) -> list[Sheet]:
    """The sheets of a workbook of these parts."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(hostile.packed(parts))
    return list(read(path).sheets)


def rows(sheet: Sheet) -> list[tuple[int, list[Any]]]:
    """The rows that say anything."""
    return [(number, list(cells)) for number, cells in sheet.rows if any(cells)]


READ = [(1, ["姓名", "班级"]), (2, ["甲", "一班"])]


def test_parts_in_utf_16_are_read_next_to_others(tmp_path: Path) -> None:
    """Their texts may stand in them or be shared; calamine gave an empty sheet."""
    shared = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    runs = "<si><r><t>班</t></r><r><t>级</t></r></si>"
    strings = f'<sst xmlns="{hostile.MAIN}"><si><t>姓名</t></si>{runs}</sst>'
    made: dict[str, Any] = hostile.parts(
        hostile.sheet(shared), hostile.sheet(PEOPLE), strings=strings
    )
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        text = made[name].removeprefix(hostile.HEAD)
        made[name] = (head + text).encode("utf-16")
    first, second = sheets(tmp_path, made)
    assert (rows(first), rows(second)) == (READ[:1], READ)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A3"><v>1&#53;</v></c>', 15),
        ('<c r="A3"><v>1<!-- x -->5</v></c>', 15),
        ('<c r="A3"><v><![CDATA[15]]></v></c>', 15),
        ('<c r="A3" t="str"><v>a<![CDATA[b]]></v></c>', "ab"),
        ('<c r="A3" t="inlineStr"><is><t>a<!-- x -->b</t></is></c>', "ab"),
        ('<c r="A3" t="d"><v>2020-05-04</v></c><!-- x -->', date(2020, 5, 4)),
        ('<c r="A3" t="b"><v>1</v></c><!-- x -->', True),
        ('<c r="A3" t="e"><v>#SPILL!</v></c>', CellError("#SPILL!")),
        ('<c r="A3"><v>2020.05.04</v></c><!-- x -->', CellError("2020.05.04")),
        ('<c r="A3"><v>1e999</v></c><!-- x -->', CellError("1e999")),
    ],
)
def test_a_cell_is_what_it_says_or_an_error(cell: str, value: Any, tmp_path: Path) -> None:
    """Never a part of it, and the other rows are read."""
    made = hostile.parts(hostile.sheet(f'{PEOPLE}<row r="3">{cell}</row>'))
    [sheet] = sheets(tmp_path, made)
    assert rows(sheet) == [*READ, (3, [value, *sheet.rows[2][1][1:]])]
    assert sheet.errors == ({"A3": str(value)} if isinstance(value, CellError) else {})


@pytest.mark.parametrize(
    ("more", "cell"),
    [
        (hostile.row(2, ["乙", "二班"]), "A2"),
        (hostile.row(3, ["乙", "二班"]) + hostile.row(2, ["丙", "三班"]), "A2"),
        ('<row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>', "B3"),
    ],
)
def test_two_cells_of_one_name_are_refused(more: str, cell: str, tmp_path: Path) -> None:
    """One of two people would be lost without a word."""
    made = hostile.parts(hostile.sheet(PEOPLE + more))
    with pytest.raises(FileRefused) as refused:
        sheets(tmp_path, made)
    assert (refused.value.code, refused.value.facts["cell"]) == ("file-cell-twice", cell)


def test_a_row_that_goes_on_under_its_number_is_read(tmp_path: Path) -> None:
    """Two parts of one row say nothing twice."""
    parted = '<row r="3"><c r="A3"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    [sheet] = sheets(tmp_path, hostile.parts(hostile.sheet(PEOPLE + parted)))
    assert rows(sheet) == [*READ, (3, [1, 2])]


@pytest.mark.parametrize("dimension", ["1:4", "A", "", "A1:XFD1048576"])
def test_an_odd_size_is_a_mere_hint(dimension: str, tmp_path: Path) -> None:
    """The cells say where they stand."""
    before = f'<dimension ref="{dimension}"/>'
    formula = '<row r="3"><c r="A3"><f>1+1</f><v>2</v></c></row>'
    [sheet] = sheets(tmp_path, hostile.parts(hostile.sheet(PEOPLE + formula, before)))
    assert [(number, cells[0]) for number, cells in rows(sheet)][-1] == (3, 2)


@pytest.mark.parametrize("target", ["./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"])
def test_a_target_is_found_however_it_is_written(target: str, tmp_path: Path) -> None:
    """Relations name parts from their folder."""
    made = hostile.parts(hostile.sheet(PEOPLE))
    name = "xl/_rels/workbook.xml.rels"
    made[name] = made[name].replace("worksheets/sheet1.xml", target)
    assert [rows(sheet) for sheet in sheets(tmp_path, made)] == [READ]


def test_the_part_of_the_workbook_may_have_another_name(tmp_path: Path) -> None:
    """As Excel Online writes it."""
    made = hostile.parts(hostile.sheet(PEOPLE))
    made["xl/workbook22.xml"] = made.pop("xl/workbook.xml")
    made["xl/_rels/workbook22.xml.rels"] = made.pop("xl/_rels/workbook.xml.rels")
    made["_rels/.rels"] = made["_rels/.rels"].replace("workbook.xml", "workbook22.xml")
    assert [rows(sheet) for sheet in sheets(tmp_path, made)] == [READ]


def test_a_missing_part_takes_no_other_sheet_along(tmp_path: Path) -> None:
    """It is an empty sheet, and is named as one."""
    made = hostile.parts(hostile.sheet(PEOPLE), hostile.sheet(PEOPLE))
    del made["xl/worksheets/sheet1.xml"]
    first, second = sheets(tmp_path, made)
    assert (rows(first), rows(second)) == ([], READ)


def test_what_hides_and_what_is_merged_is_seen_with_care_too(tmp_path: Path) -> None:
    """And days, months and digits are what the cells show."""
    styles = (
        f'<styleSheet xmlns="{hostile.MAIN}"><numFmts><numFmt numFmtId="170" formatCode="yyyy-m"/>'
        '<numFmt numFmtId="171" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/></cellXfs>'
        "</styleSheet>"
    )
    days = (
        '<row r="3" hidden="1"><c r="A3" s="1"><v>43955</v></c><c r="B3" s="2"><v>43952</v></c>'
        '<c r="C3" s="3"><v>123</v></c><c r="D3" s="4"><v>43955.5</v></c>'
        '<c r="E3"><f>A1</f></c></row><!-- x -->'
    )
    before = '<cols><col min="2" max="2" hidden="1"/></cols>'
    after = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    made = hostile.parts(hostile.sheet(PEOPLE + days, before, after))
    made["xl/styles.xml"] = styles
    name = "xl/_rels/workbook.xml.rels"
    relation = f'<Relationship Id="rIdT" Type="{hostile.OFFICE}/styles" Target="styles.xml"/>'
    end = "</Relationships>"
    made[name] = made[name].replace(end, relation + end)
    [sheet] = sheets(tmp_path, made)
    day, month, digits, moment, _ = sheet.rows[2][1]
    assert (day, str(month), digits) == (date(2020, 5, 4), "2020-05", "000123")
    assert moment == datetime(2020, 5, 4, 12)  # noqa: DTZ001
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((3,), (1,))
    assert (sheet.merged, sheet.uncached) == (((0, 0, 0, 1),), {"E3"})


def test_a_line_end_in_the_name_of_a_sheet_is_a_blank(tmp_path: Path) -> None:
    """So that the errors and hidden rows of that sheet are its own."""
    made = hostile.parts(
        hostile.sheet('<row r="2" hidden="1"><c r="B2" t="e"><v>#N/A</v></c></row>')
    )
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("表1", "a\nb")
    [sheet] = sheets(tmp_path, made)
    assert (sheet.name, sheet.errors, sheet.hidden_rows) == ("a b", {"B2": "#N/A"}, (2,))


@pytest.mark.parametrize(
    "cells",
    [
        "<table:table-cell><text:p>姓名</text:p></table:table-cell>"
        '<table:table-cell table:style-name="a"><text:p>班级</text:p></table:table-cell>',
        '\n  <table:table-cell office:value-type="string">\n <text:p>姓名</text:p>\n'
        '</table:table-cell>\n\t<table:table-cell office:value-type="string"><text:p>班级</text:p>'
        "</table:table-cell>\n",
    ],
)
def test_an_ods_of_another_writer_is_read(cells: str, tmp_path: Path) -> None:
    """Cells without a type show their text, and blanks between rows are nothing."""
    plain = sheetmakers.ods([sheetmakers.Page([["甲", "一班"]])])
    with zipfile.ZipFile(io.BytesIO(plain)) as file:
        parts: dict[str, Any] = {name: file.read(name).decode() for name in file.namelist()}
    row = f"<table:table-row>{cells}</table:table-row>"
    parts["content.xml"] = parts["content.xml"].replace(
        "<table:table-row", f"{row}\n<table:table-row", 1
    )
    [sheet] = sheets(tmp_path, parts)
    assert rows(sheet) == READ


def test_a_flat_opendocument_file_is_called_what_it_is(tmp_path: Path) -> None:
    """And not a page of HTML, of which it has the words in its names."""
    path = tmp_path / "a.fods"
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    path.write_text(f"{hostile.HEAD}<office:document {spaces}><meta/></office:document>", "utf-8")
    with pytest.raises(FileRefused) as refused:
        read(path)
    assert refused.value.facts["detail"] == "FODS"
