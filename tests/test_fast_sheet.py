"""An ordinary sheet is read by one pattern, and says what the reader of any sheet says of it."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
from conftest import examples
from hostile import HEAD, MAIN, column
from hostile import OFFICE as OFFICE_TYPES
from leaguectl.reader.fast_sheet import read_fast, references_of
from leaguectl.reader.inspection import inspect
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.reader.sheets import FastSheet, FileRefused
from leaguectl.reader.wire import unpack

SHARED = ["姓名", " 王", "a\nb", "x" * 300, "", "R&amp;D", "甲_x000D_", "古丽·艾力", "a\r\nb"]
PHONETIC = '<phoneticPr fontId="1" type="noConversion"/>'
TOLD = "".join(f"<si><t>{item}</t>{PHONETIC * (at % 2)}</si>" for at, item in enumerate(SHARED))
STRINGS = f'{HEAD}<sst xmlns="{MAIN}" count="9">{TOLD}</sst>'
FORMATS = (0, 14, 177, 178, 2, 22, 49)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="177" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="178" formatCode="0.000"/></numFmts><fonts><font/></fonts>'
    "<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>"
    + "".join(f'<xf numFmtId="{number_format}"/>' for number_format in FORMATS)
    + "</cellXfs></styleSheet>"
)


def book(rows: str, before: str = "", after: str = "", styles: str = STYLES) -> bytes:
    """A workbook of these rows, with shared texts and formats."""
    made = hostile.parts(hostile.sheet(rows, before, after), strings=STRINGS)
    name = "xl/_rels/workbook.xml.rels"
    attribute = f'<Relationship Id="rIdF" Type="{OFFICE_TYPES}/styles" Target="styles.xml"/></Relat'
    made[name] = made[name].replace("</Relat", attribute)
    return hostile.packed({**made, "xl/styles.xml": styles})


def read(data: bytes, limits: Limits = USUAL) -> FastSheet | None:
    """The sheet, where it was read as it was looked at."""
    return next(iter(inspect(data, limits).fast_sheets.values()), None)


def content_of(sheet: FastSheet) -> tuple[tuple[int, int], list[list[Any]], list[list[int]]]:
    """Where the sheet begins, its rows as they come out of the child, and its merged cells."""
    passed = json.dumps(sheet.blocks, default=lambda day: {"d": day.isoformat()})
    found = json.loads(passed, object_hook=lambda item: date.fromisoformat(item["d"])
                       if item.keys() == {"d"} else item)  # fmt: skip
    rows = [cells for _, cells in unpack(found, 0)]
    return (sheet.first_row, sheet.first_column), rows, sheet.merged


def as_any(data: bytes) -> tuple[tuple[int, int], list[list[Any]], list[list[int]]]:
    """The same by the reader of any sheet."""
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    return sheet.start or (0, 0), sheet.to_python(), merged


def typed(rows: list[list[Any]]) -> list[list[tuple[type, Any]]]:
    """The rows with the types of their values: 1 and 1.0 are not the same."""
    return [[(type(value), value) for value in row] for row in rows]


# -- what programs write -------------------------------------------------------------------------

LINES = [
    ["姓名", "编号", "日期", "学时"],
    ["古丽·艾力", "202300000001", date(2023, 5, 4), 8.5],
    ["王小明", None, date(2008, 1, 1), 13012345678],
    [None, None, None, None],
    ["李雷", "T001", None, -1],
]


def written(only: bool) -> bytes:
    """A workbook as openpyxl writes it, with its texts shared or not."""
    made = openpyxl.Workbook(write_only=only)
    sheet = made.create_sheet() if only else made.active
    for line in LINES:
        sheet.append(line)
    if not only:
        sheet.merge_cells("A4:D4")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


OFFICE = book(
    '<row r="2" spans="1:4" ht="20.1" customHeight="1"><c r="B2" s="3" t="s"><v>0</v></c>'
    '<c r="C2" s="3"/><c r="D2" s="6" t="s"><v>7</v></c></row>'
    '<row r="3" spans="1:4"><c r="B3"><v>1.5</v></c><c r="D3" s="2"><v>43831</v></c></row>'
    '<row r="4" spans="1:4" x14ac:dyDescent="0.15"/>'
    '<row r="7"><c r="A7" s="1"/><c r="B7" t="n"><v>1E5</v></c></row><row r="9"/>',
    before='<dimension ref="A1:E9"/><cols><col min="1" max="2" width="9"/></cols>',
    after='<mergeCells count="2"><mergeCell ref="B2:D2"/><mergeCell ref="A3:A7"/></mergeCells>'
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>',
)


LIBRE = book(
    '<row r="1" customFormat="false" ht="12.8" hidden="false" outlineLevel="0" collapsed="false">'
    '<c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="1" t="n"><v>43831</v></c><c r="C1" t="n" />'
    "</row>",
    before='<cols><col collapsed="false" hidden="false" max="16384" min="1" width="11.53"/></cols>',
)
FILES = {"only": written(True), "book": written(False), "office": OFFICE, "libre": LIBRE}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_what_programs_write_is_ordinary(data: bytes) -> None:
    """It is read at once, to the same rows."""
    found = read(data)
    assert found is not None
    (start, rows, merged), (any_start, any_rows, any_merged) = content_of(found), as_any(data)
    assert (start, typed(rows), merged) == (any_start, typed(any_rows), any_merged)


OURS = [
    "yyyy-mm-dd", "yyyy/m/d", "yyyy/mm/dd", "yyyy-m-d", "yyyy.mm.dd", "yyyy.m.d", "yyyy\\-mm\\-dd",
    "yyyy\\-m\\-d", "yyyy/m/d;@", "yyyy-mm-dd;@", "@", "General", "0", "0_ ", "0.0", "0.0#", "0.00",
    "0.00_ ", "0.000",
]  # fmt: skip
OTHERS = ["h:mm", "[h]:mm", "yyyy-mm-dd hh:mm", "#,##0", "m/d"]
FORMATS_OF_OFFICE = {number: number in (0, 1, 2, 3, 4, 9, 10, 14, 49) for number in range(60)}


@pytest.mark.parametrize(
    ("number", "code", "is_known"),
    [*((number, "", known) for number, known in FORMATS_OF_OFFICE.items()),
     *((180, code, True) for code in OURS), *((180, code, False) for code in OTHERS)],
)  # fmt: skip
def test_a_number_is_a_day_by_its_format(number: int, code: str, is_known: bool) -> None:
    """As the reader of any sheet has it, by the formats of the program and by those written out."""
    written_out = f'<numFmt numFmtId="{number}" formatCode="{code}"/>' if code else ""
    styles = STYLES.replace("</numFmts>", f"{written_out}</numFmts>")
    styles = styles.replace('<xf numFmtId="0"/>', f'<xf numFmtId="{number}"/>', 1)
    data = book('<row r="1"><c r="A1" s="0"><v>43831</v></c></row>', styles=styles)
    found = read(data)
    assert (found is not None) == is_known
    assert found is None or typed(content_of(found)[1]) == typed(as_any(data)[1])


# -- whatever they write -------------------------------------------------------------------------

TEXTS = ["甲", "古丽·艾力", "a  b", "\u3000己\u00a0", "65889920060524999X", "0",
         "&#21476;&#20029;&#183;x"]  # fmt: skip
ODD_TEXTS = [
    " 乙",
    "丙 ",
    "R&amp;D",
    "_x000D_",
    "_x4E2D_",
    "\x7f",
    "丁\n戊",
    "",
    " ",
    "\t",
    "hidden",
]
VALUES = ["61", "43831", "2958465"]
NUMBERS = ["0", "1", "-1", "1E5", "1.5e-3", "12345678901234567", "007", "+5", ".5", "5.", "43831.5"]
ODD_VALUES = ["59", "60", "2958466", "43831.0", "5 ", "nan", "inf", "1_0", "٣", "", "-", "E"]
ODD_CELLS = [
    ' t="b"><v>1</v></c>', ' t="e"><v>#N/A</v></c>', ' t="str"><v>x</v></c>',
    "><f>A1</f><v>2</v></c>", ' s="5"><v>43831</v></c>', ' t="d"><v>2023-05-04</v></c>',
    ' s="99"><v>1</v></c>', ' t="inlineStr"><is><r><t>x</t></r></is></c>', ' t="s"><v>99</v></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> x</t></is></c>', "></c>", "><v/></c>",
]  # fmt: skip


@st.composite
def cells(draw: st.DrawFn, name: str, odd: int) -> str:
    """A cell as programs write it; one of so many is odd, if any."""
    is_odd = odd and draw(st.integers(0, odd)) == 0
    kind = draw(st.sampled_from(["", "text", "shared", "number", "day", "blank"]))
    if not kind:
        return ""
    if kind == "text":
        text = draw(st.sampled_from(ODD_TEXTS if is_odd else TEXTS))
        style = draw(st.sampled_from(["", ' s="1"']))
        return f'<c r="{name}"{style} t="inlineStr"><is><t>{text}</t></is></c>'
    if kind == "shared":
        number = draw(st.sampled_from([1, 4, 5, 6, 8] if is_odd else [0, 2, 3, 7]))
        return f'<c r="{name}" t="s"><v>{number}</v></c>'
    if kind == "blank":
        return f'<c r="{name}"' + (draw(st.sampled_from(ODD_CELLS)) if is_odd else ' s="3"/>')
    style = draw(st.sampled_from(["1", "2"] if kind == "day" else ["0", "4", "6"]))
    known = ODD_VALUES if is_odd else VALUES if kind == "day" else VALUES + NUMBERS
    drawn = draw(st.sampled_from(["", ' t="n"']))
    return f'<c r="{name}" s="{style}"{drawn}><v>{draw(st.sampled_from(known))}</v></c>'


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Some rows, not all of which say something or follow each other."""
    number, made, odd = 0, [], draw(st.sampled_from([0, 0, 0, 5]))
    for _ in range(draw(st.integers(1, 5))):
        number += draw(st.sampled_from([1, 1, 1, 1, 2, 4]))
        width = draw(st.integers(0, 4))
        text = "".join(draw(cells(f"{column(at)}{number}", odd)) for at in range(width))
        made.append(
            f'<row r="{number}">{text}</row>' if text else f'<row r="{number}" spans="1:4"/>'
        )
    return "".join(made)


@settings(max_examples=examples(400), deadline=None)
@given(bodies())
def test_whatever_is_read_at_once_is_as_any_reader_has_it(rows: str) -> None:
    """Where one cell is not ordinary the sheet is none; where all are it says the same."""
    data = book(rows)
    try:
        found = read(data)
    except FileRefused:
        return
    if found is not None:
        (start, said, merged), (any_start, any_said, any_merged) = content_of(found), as_any(data)
        assert (start, typed(said), merged) == (any_start, typed(any_said), any_merged)


PLAIN = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>5</v></c></row>'
ODD = {
    "a row within a row": f"{PLAIN}<row r='2'></row>",
    "rows out of order": PLAIN.replace('1"', '2"') + PLAIN,
    "a row twice": PLAIN * 2,
    "a cell of another row": PLAIN.replace("B1", "B2"),
    "cells out of order": '<row r="1"><c r="B1"><v>5</v></c><c r="A1"><v>5</v></c></row>',
    "a cell twice": '<row r="1"><c r="A1"><v>5</v></c><c r="A1"><v>5</v></c></row>',
    "cells without names": "<row><c><v>5</v></c></row>",
    "something between rows": f"{PLAIN}<!-- x --><row r='2'/>",
    "a line end between rows": f"{PLAIN}\n",
    "an entity": '<row r="1"><c r="A1" t="inlineStr"><is><t>R&amp;D</t></is></c></row>',
    "a letter by its number": PLAIN.replace("<v>", "<v>&#49;", 1),
    "half a character": '<row r="1"><c r="A1" t="inlineStr"><is><t>&#55357;</t></is></c></row>',
    "a hidden row": PLAIN.replace('r="1"', 'r="1" hidden="1"', 1),
    "a row too far": PLAIN.replace('1"', '200001"'),
    "a column too far": '<row r="1"><c r="SS1"><v>5</v></c></row>',
    "a row that never ends": PLAIN.removesuffix("</row>"),
    "a text without its end": '<row r="1"><c r="A1" t="inlineStr"><is><t>x</v></c></row>',
    "more rows than are held together": PLAIN
    + "".join(f'<row r="{at}"/>' for at in range(2, 60_000))
    + '<row r="60000"><c r="Z60000"><v>1</v></c></row>',
    "a space before a text": PLAIN.replace('t="s"><v>0</v>', 't="inlineStr"><is><t> x</t></is>'),
    "a space behind a text": PLAIN.replace('t="s"><v>0</v>', 't="inlineStr"><is><t>x </t></is>'),
    "an odd row between two": PLAIN + '<row r="2"><c r="A2" t="b"><v>1</v></c></row><row r="3"/>',
    "no row": "",
    "no filled cell": '<row r="1"><c r="A1" s="1"/></row>',
}


@pytest.mark.parametrize("odd", ODD)
def test_whatever_else_there_is_makes_it_another_sheet(odd: str) -> None:
    """It is not read at once, but as any sheet."""
    assert read(book(PLAIN)) is not None
    if odd.endswith("too far"):
        with pytest.raises(FileRefused):
            read(book(ODD[odd]))
    else:
        assert read(book(ODD[odd])) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<cols><col min="1" max="1" hidden="1"/></cols>', ""),
        ("<!-- ", " -->"),
        ("", "<sheetData/>"),
        ("", "<mergeCells><mergeCell ref='A1'/></mergeCells>"),
        ("", "<pageMargins>"),
    ],
)  # fmt: skip
def test_what_stands_around_the_rows_counts_too(before: str, after: str) -> None:
    """Something hidden, rows in a remark, a second table of rows, what is not well-formed."""
    assert read(book(PLAIN, before, after)) is None


@pytest.mark.parametrize("name", ["sharedStrings", "styles"])
def test_texts_and_formats_are_those_that_the_workbook_names(name: str) -> None:
    """A part that only bears the usual name is none of its own."""
    data = book('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43831</v></c></row>')
    assert read(data) is not None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        made = {name: archive.read(name).decode() for name in archive.namelist()}
    relations = "xl/_rels/workbook.xml.rels"
    made[relations] = made[relations].replace(f'"{name}.xml"', '"other.xml"')
    assert read(hostile.packed(made)) is None


def test_a_shared_text_in_too_many_cells_is_left_to_the_reader_of_any_sheet() -> None:
    """The whole of it would be more than may be answered."""
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>3</v></c></row>' for at in range(1, 1000))
    assert read(book(rows)) is not None
    assert read(book(rows), Limits(memory_megabytes=1)) is None


@settings(max_examples=examples(100), deadline=None)
@given(st.integers(1, 400), st.integers(0, 9))
def test_it_does_not_matter_where_a_piece_ends(size: int, blank: int) -> None:
    """A row may lie in many pieces, and a piece may hold many rows."""
    rows = "".join(
        f'<row r="{at + blank * (at > 5)}"><c r="A{at + blank * (at > 5)}" t="s"><v>0</v></c></row>'
        for at in range(1, 30)
    )
    data = hostile.sheet(rows).encode()
    first = data.index(b"</row>")

    def pieces(size: int) -> Iterator[bytes]:
        yield data[:first]
        yield from (data[at : at + size] for at in range(first, len(data), size))

    found, whole = (
        read_fast(pieces(piece_size), lambda: references_of(STRINGS.encode(), b""), USUAL)
        for piece_size in (size, len(data))
    )
    assert found is not None
    assert whole is not None
    assert content_of(found) == content_of(whole)
    assert len(content_of(found)[1]) == 29 + blank
