"""What is noted of a sheet besides its values, whatever its format: errors, hidden and merged
cells."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

import sheetmakers
from leaguectl.reader import CellError, NoValue, Sheet
from leaguectl.workbooks.files import read_file
from sheetmakers import Failed, Formula, Maker, Page

PAGE = Page(
    rows=[
        ["名册", None, None, None],
        ["姓名", "班级", "号", "电话"],
        ["甲", "一班", 1, Failed("#N/A")],
        ["乙", None, 2, "x"],
        ["丙", None, 3, "x"],
        ["丙", None, 3, "x"],
        [Failed("#REF!"), Failed("#DIV/0!"), Failed("#DIV/0!"), "y"],
    ],
    title="名册",
    merged=("A1:D1", "B3:B6"),
    hidden_rows=(5, 6),
    hidden_columns=("C",),
    state="hidden",
)
ERRORS = {"D3": "#N/A", "A7": "#REF!", "B7": "#DIV/0!", "C7": "#DIV/0!"}
FIRST = Page(rows=[["封面"]], title="封面")
MAKERS = {
    "xlsx": sheetmakers.xlsx, "xls": sheetmakers.xls, "xlsb": sheetmakers.xlsb,
    "ods": sheetmakers.ods, "xml": sheetmakers.xml2003,
}  # fmt: skip

Read = Callable[[bytes], list[Sheet]]


@pytest.fixture
def annotations_of(tmp_path: Path) -> Read:
    """The sheets of a file of these bytes."""

    def sheets(data: bytes) -> list[Sheet]:
        path = tmp_path / "sent"
        path.write_bytes(data)
        return list(read_file(path).sheets)

    return sheets


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_errors_hidden_and_merged_cells_are_reported(make: Maker, annotations_of: Read) -> None:
    """The same sheet tells the same in every format, and the other sheet nothing."""
    cover, sheet = annotations_of(make([FIRST, PAGE]))
    assert (cover.errors, cover.hidden_rows, cover.merged) == ({}, (), ())
    assert cover.visible
    assert not sheet.visible
    assert dict(sheet.errors) == ERRORS
    rows = {number: cells for number, cells in sheet.rows if any(cells)}
    assert rows[3][3] == "#N/A"
    assert isinstance(rows[3][3], CellError)
    assert [type(cell) for cell in rows[7][:3]] == [CellError] * 3
    assert rows[4][0] == "乙"
    assert sheet.hidden_rows == (5, 6)
    assert sorted(sheet.merged) == [(0, 0, 0, 3), (2, 1, 5, 1)]
    assert sheet.hidden_columns == (() if make is sheetmakers.xml2003 else (2,))


@pytest.mark.parametrize("make", [sheetmakers.xlsx, sheetmakers.ods, sheetmakers.xml2003])
def test_a_formula_that_was_never_calculated_is_reported(make: Maker, annotations_of: Read) -> None:
    """It has no value, and that is not the same as an empty cell."""
    (sheet,) = annotations_of(
        make([Page(rows=[["a", 1], [Formula("B1"), Formula("B1")], ["b", None]])])
    )
    assert sheet.uncached == {"A2", "B2"}
    assert [type(cell) for cell in dict(sheet.rows)[2]] == [NoValue, NoValue]


def test_rows_and_cells_that_repeat_are_each_reported(annotations_of: Read) -> None:
    """OpenDocument writes equal rows and cells once; a remark's text is no value."""
    data = sheetmakers.ods([Page(rows=[["a"]] * 3 + [[Failed("#N/A")] * 2] * 3 + [["b"]])])
    (sheet,) = annotations_of(data)
    assert set(sheet.errors) == {"A4", "B4", "A5", "B5", "A6", "B6"}
    assert [number for number, cells in sheet.rows if "b" in cells] == [7]


def test_a_sheet_that_hides_all_its_empty_rows_names_none(annotations_of: Read) -> None:
    """Only rows with something in them are worth a word."""
    blank = '<table:table-row table:number-rows-repeated="{}" table:visibility="{}"/>'
    filled = "<table:table-row{}><table:table-cell><text:p>x</text:p></table:table-cell>"
    body = (
        filled.format("") + "</table:table-row>" + blank.format(2, "collapse")
        + filled.format(' table:visibility="filter"') + "</table:table-row>"
        + blank.format(1048570, "collapse")
    )  # fmt: skip
    import hostile

    (sheet,) = annotations_of(hostile.ods(body))
    assert sheet.hidden_rows == (2, 3, 4)


# -- the format of 1997 --------------------------------------------------------------------------


def xls_with(kind: int, flags: int, value: float) -> bytes:
    """A workbook with one formula in B1, whose record is of that kind and says that."""
    data = bytearray(sheetmakers.xls([Page(rows=[["a", Formula("A1")], ["b", 2]])]))
    at = data.find(struct.pack("<HHHH", 6, 27, 0, 1))
    assert at > 0
    struct.pack_into("<H", data, at, kind)
    struct.pack_into("<dH", data, at + 10, value, flags)
    return bytes(data)


@pytest.mark.parametrize(
    ("kind", "flags", "value", "uncached"),
    [
        (0x0006, 0, 0.0, False),
        (0x0006, 2, 5.0, False),
        (0x0006, 2, 0.0, True),
        (0x0006, 3, 0.0, True),
        (0x0406, 0, 5.0, True),
        (0x0206, 0, 5.0, True),
    ],
)
def test_a_formula_of_xls_without_a_value_is_reported(
    kind: int, flags: int, value: float, uncached: bool, annotations_of: Read
) -> None:
    """Where it bears the order to be calculated and nothing else, and where its record is of an
    older kind, which the reader passes over."""
    (sheet,) = annotations_of(xls_with(kind, flags, value))
    assert sheet.uncached == ({"B1"} if uncached else set())
    assert dict(sheet.rows)[1][1] == ("=" if uncached else value)


def small(data: bytes) -> bytes:
    """The same workbook in the compound file of a program that does not fill it up: its stream
    lies in pieces of 64 bytes."""
    start = data.find(b"\x09\x08\x10\x00")
    at, ends = start, 0
    while ends < 2:  # of the workbook's own records, and of the sheet's
        kind, length = struct.unpack_from("<HH", data, at)
        at, ends = at + 4 + length, ends + (kind == 0x000A)
    stream = data[start:at]
    assert len(stream) < 4096
    pieces, free, end = -(-len(stream) // 64), 0xFFFFFFFF, 0xFFFFFFFE
    sectors = -(-pieces * 64 // 512)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII36xIQ", raw, len(raw), kind, 1, free, free, child, first, size
        )

    header = struct.pack(
        "<8s16xHHHHH6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0, 0,
    )  # fmt: skip
    chain = [0xFFFFFFFD, end, end, *range(4, 3 + sectors), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
    names = entry("Root Entry", 5, 1, 3, pieces * 64) + entry("Workbook", 2, free, 0, len(stream))
    small_table = [*range(1, pieces), end]
    return b"".join(
        (
            header, struct.pack("<108I", *[free] * 108), table, names.ljust(512, b"\0"),
            struct.pack("<128I", *small_table, *[free] * (128 - pieces)),
            stream.ljust(sectors * 512, b"\0"),
        )
    )  # fmt: skip


def test_a_small_xls_tells_its_errors_too(annotations_of: Read) -> None:
    """A workbook of less than 4 KB lies elsewhere in its file."""
    data = small(sheetmakers.xls([Page(rows=[["a", Failed("#N/A")], [Failed("#REF!"), 2]])]))
    (sheet,) = annotations_of(data)
    assert dict(sheet.errors) == {"B1": "#N/A", "A2": "#REF!"}
    assert dict(sheet.rows)[2] == ["#REF!", 2]
