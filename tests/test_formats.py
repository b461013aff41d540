"""What people send: every form of a table is read by its content, and hidden parts are reported."""

from datetime import date
from pathlib import Path

import pytest

import hostile
from county import MEMBER_HEADINGS, member
from leaguectl.reader import CellError, NoValue, Sheet, Source
from leaguectl.workbooks.files import Unreadable, read_file

FORMS = [
    "good.xlsx", "named-csv.csv", "no-ending", "strict.xlsx", "prefixed.xlsx", "biff8.xls",
    "wps.et", "open-document.ods", "page.xls", "page-gb2312.xls", "page-utf16.xls",
    "xml-2003.xls", "xml-2003-gb.xml", "xml-2003-utf16.xml", "utf8.csv", "utf8-mark.csv",
    "gb18030.csv", "gbk-tabs-named.xls", "utf16-tabs-named.xls", "rows-out-of-order.xlsx",
]  # fmt: skip
DATED = [name for name in hostile.FILES if name.startswith("chinese-date-")]


def source_of(tmp_path: Path, name: str, data: bytes | None = None) -> Source:
    """A file of that name, read."""
    path = tmp_path / name
    path.write_bytes(hostile.FILES[name][0]() if data is None else data)
    return read_file(path)


def sheet_of(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> Sheet:
    """The first sheet of a file with that content."""
    return source_of(tmp_path, name, data).sheets[0]


def cell(sheet: Sheet, row: int, column: int) -> object:
    """The value of a cell, its row from 1 and its column from 0."""
    return dict(sheet.rows)[row][column - sheet.first_column]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_cells(name: str, tmp_path: Path) -> None:
    """Headings and people are the same whatever wrote them, and in the same rows."""
    sheet = source_of(tmp_path, name).sheets[0]
    for number, line in enumerate([MEMBER_HEADINGS, member(1), member(2)], 1):
        found = [str(value) for value in dict(sheet.rows)[number]]
        assert found == ["" if value is None else str(value) for value in line]


@pytest.mark.parametrize("name", [*DATED, "dates-from-1904.xlsx"])
def test_a_date_is_a_date_in_every_built_in_format(name: str, tmp_path: Path) -> None:
    """Chinese programs use formats that others take for numbers; some count from 1904."""
    sheet = source_of(tmp_path, name).sheets[0]
    at = MEMBER_HEADINGS.index("入团时间")
    assert cell(sheet, 2, at) == date(2020, 5, 4)


def test_a_cell_that_is_an_error_is_reported_and_not_lost(tmp_path: Path) -> None:
    """Its place, what it shows, and a value of its own kind in the row."""
    rows = '<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="e"><f>A9</f><v>#N/A</v></c></row>'
    sheet = sheet_of(tmp_path, hostile.book(rows))
    assert sheet.errors == {"C2": "#N/A"}
    assert cell(sheet, 2, 2) == CellError("#N/A")
    assert isinstance(cell(sheet, 2, 2), CellError)


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_its_value_is_reported_and_not_lost(value: str, tmp_path: Path) -> None:
    """Even where it stands left of and below everything that has a value."""
    rows = (
        '<row r="2"><c r="C2"><v>1</v></c></row>'
        f'<row r="7"><c r="A7"><f>SUM(C2)</f>{value}</c></row>'
    )
    sheet = sheet_of(tmp_path, hostile.book(rows))
    assert sheet.uncached == {"A7"}
    assert isinstance(cell(sheet, 7, 0), NoValue)
    assert cell(sheet, 2, 2) == 1


def test_a_formula_whose_value_is_an_empty_text_has_a_value(tmp_path: Path) -> None:
    """``=IF(A1="","",A1)`` is calculated, and says nothing."""
    rows = '<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1"><v>1</v></c></row>'
    assert sheet_of(tmp_path, hostile.book(rows)).uncached == frozenset()


def test_cells_without_names_of_their_own_are_named_by_their_place(tmp_path: Path) -> None:
    """A writer may leave the names out; then the next cell is the next column."""
    rows = '<row r="3"><c><v>1</v></c><c t="e"><v>#REF!</v></c><c><f>A1</f></c></row>'
    sheet = sheet_of(tmp_path, hostile.book(rows))
    assert (sheet.errors, sheet.uncached) == ({"B3": "#REF!"}, {"C3"})


def test_what_is_hidden_or_merged_is_reported(tmp_path: Path) -> None:
    """Rows from 1 as a spreadsheet shows them, columns and ranges from 0."""
    rows = hostile.row(1, ["a", "b", "c"]) + hostile.row(2, ["d", "e", "f"], ' hidden="1"')
    sheet = sheet_of(
        tmp_path,
        hostile.book(
            rows,
            '<cols><col min="2" max="3" width="9" hidden="1"/></cols>',
            '<mergeCells count="1"><mergeCell ref="B1:C2"/></mergeCells>',
        ),
    )
    assert sheet.hidden_rows == (2,)
    assert sheet.hidden_columns == (1, 2)
    assert sheet.merged == ((0, 1, 1, 2),)


def test_a_sheet_says_how_far_it_is_hidden(tmp_path: Path) -> None:
    """A very hidden sheet cannot be shown again from the menus."""
    made = hostile.parts(*[hostile.sheet(hostile.roster())] * 3)
    for at, state in ((2, "hidden"), (3, "veryHidden")):
        made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
            f'sheetId="{at}"', f'sheetId="{at}" state="{state}"'
        )
    sheets = source_of(tmp_path, "a.xlsx", hostile.packed(made)).sheets
    assert [(sheet.visible, sheet.very_hidden) for sheet in sheets] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_an_old_workbook_tells_its_errors_too(tmp_path: Path) -> None:
    """An .xls stores an error as a record; its reader gives an empty cell for it."""
    import io

    import xlwt

    made = xlwt.Workbook()
    page = made.add_sheet("a")
    page.write(0, 0, "text")
    page.row(2).set_cell_error(3, 0x2A)
    page.row(1).hidden = True
    page.row(1).write(0, "hidden")
    page.col(4).hidden = True
    out = io.BytesIO()
    made.save(out)
    sheet = sheet_of(tmp_path, out.getvalue(), "a.xls")
    assert sheet.errors == {"D3": "#N/A"}
    assert cell(sheet, 3, 3) == CellError("#N/A")
    assert (sheet.hidden_rows, sheet.hidden_columns) == ((2,), (4,))


@pytest.mark.parametrize(
    ("name", "traits"),
    [
        ("good.xlsx", set()), ("macros.xlsm", {"macros"}),
        ("external-links.xlsx", {"external-links"}),
        ("dates-from-1904.xlsx", {"dates-from-1904"}),
    ],
)  # fmt: skip
def test_a_workbook_tells_what_it_carries_along(
    name: str, traits: set[str], tmp_path: Path
) -> None:
    """Macros and links are never followed, and are said to be there."""
    assert source_of(tmp_path, name).traits == traits


def test_cells_of_a_page_that_reach_over_others_keep_them_in_their_columns(tmp_path: Path) -> None:
    """``rowspan`` and ``colspan`` move what follows, as a browser shows it."""
    page = (
        "<table><tr><td rowspan=2>a<td colspan=2>b<td>c</tr>"
        "<tr style='display: none'><td>d<td>e<td>f<br>g</tr></table><table><tr><th>h</table>"
    )
    first, second = source_of(tmp_path, "a.xls", page.encode()).sheets
    assert [list(cells) for _, cells in first.rows] == [["a", "b", "", "c"], ["", "d", "e", "f g"]]
    assert first.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert first.hidden_rows == (2,)
    assert [list(cells) for _, cells in second.rows] == [["h"]]


def test_the_xml_of_2003_keeps_types_places_and_errors(tmp_path: Path) -> None:
    """Numbers, days and truths are typed; an index skips cells; an error is an error."""
    rows = (
        '<Row ss:Index="9" ss:Hidden="1">'
        '<Cell ss:Index="2"><Data ss:Type="Number">1.5</Data></Cell>'
        '<Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2020-05-04T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Error">#REF!</Data><Comment><Data>note</Data></Comment></Cell>'
        '<Cell ss:Formula="=R1C1"/></Row>'
    )
    sheet = sheet_of(tmp_path, hostile.xml2003(rows).encode(), "a.xls")
    assert [cell(sheet, 9, at) for at in (1, 2)] == [1.5, date(2020, 5, 4)]
    assert (sheet.errors, sheet.uncached) == ({"E9": "#REF!"}, {"F9"})
    assert sheet.merged == ((8, 2, 8, 3),)
    assert sheet.hidden_rows == (9,)


@pytest.mark.parametrize(
    ("row", "column", "is_read"),
    [(200_000, 0, True), (200_001, 0, False), (1, 511, True), (1, 512, False)],
)
def test_the_farthest_cell_that_is_read(
    row: int, column: int, is_read: bool, tmp_path: Path
) -> None:
    """Filled cells up to row 200,000 and column SR; one beyond is named and not left out."""
    at = f"{hostile.column(column)}{row}"
    data = hostile.book(f'<row r="{row}">{hostile.cell(at, "far")}</row>')
    if is_read:
        assert cell(sheet_of(tmp_path, data), row, column) == "far"
        return
    with pytest.raises(Unreadable) as refused:
        sheet_of(tmp_path, data)
    assert (refused.value.code, refused.value.facts["cell"]) == ("file-far-cell", at)
