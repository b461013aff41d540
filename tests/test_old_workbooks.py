"""Old workbooks (.xls) of any writer: what their records say, and which workbook is meant."""

import struct
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import sheetmakers
from leaguectl.reader import FileRefused, Source, read
from sheetmakers import Page

ROWS = [["姓名", "所在团支部"], ["林晓峰", "高一（1）班团支部"], ["陈静怡", "𠮷班"]]
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(*streams: tuple[str, bytes], embedded: bytes = b"") -> bytes:
    """A compound file with these streams. ``embedded`` is the workbook of an object in it, which
    stands first in the directory, as some programs write it."""
    contents = [content.ljust(4096, b"\0") for _, content in streams]
    names = [(name, 2, FREE, FREE) for name, _ in streams]
    first = 1
    if embedded:
        contents.insert(0, embedded.ljust(4096, b"\0"))
        names = [("Workbook", 2, FREE, FREE), ("MBD0001", 1, 1, 3), *names]
        first = 2
    names = [
        (name, kind, child, at + 1 if kind == 2 and first <= at < len(names) else right)
        for at, (name, kind, child, right) in enumerate(names, 1)
    ]
    folder = (len(names) + 4) // 4
    table, starts, at = [TABLE, *range(2, folder + 1), END], [], folder + 1
    for content in contents:
        count = -(-len(content) // 512)
        starts.append(at)
        table += [*range(at + 1, at + count), END]
        at += count
    sizes = iter(zip(starts, map(len, contents), strict=True))

    def entry(name: str, kind: int, child: int, right: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        start, size = next(sizes) if kind == 2 else (END if kind == 5 else 0, 0)
        form = "<64sHBBIII36xIQ"
        return struct.pack(form, raw, len(raw), kind, 1, FREE, right, child, start, size)

    header = struct.pack(
        "<8s16xHHHHH6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0,
    )  # fmt: skip
    directory = entry("Root Entry", 5, first, FREE) + b"".join(entry(*name) for name in names)
    tables = struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    return (
        header + struct.pack("<108I", *[FREE] * 108) + tables
        + directory.ljust(512 * folder, b"\0")
        + b"".join(content.ljust(-(-len(content) // 512) * 512, b"\0") for content in contents)
    )  # fmt: skip


def record(kind: int, content: bytes) -> bytes:
    """A record of a workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def old_stream(rows: Sequence[Sequence[str | bytes]], encoding: str, page: int) -> bytes:
    """A workbook of 1995 (BIFF5), whose texts are bytes in a code page."""
    begin = struct.pack("<HHHH", 0x0500, 5, 0x096C, 0x07CD)
    name = "名".encode(encoding)

    def workbook(offset: int) -> bytes:
        sheet = struct.pack("<IHB", offset, 0, len(name)) + name
        return (
            record(0x0809, begin) + record(0x0042, struct.pack("<H", page))
            + record(0x0085, sheet) + record(0x000A, b"")
        )  # fmt: skip

    cells = b"".join(
        record(0x0204, struct.pack("<HHHH", row, column, 0, len(raw)) + raw)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        for raw in [text if isinstance(text, bytes) else text.encode(encoding)]
    )
    size = struct.pack("<5H", 0, len(rows), 0, len(rows[0]), 0)
    sheet = struct.pack("<HHHH", 0x0500, 0x10, 0x096C, 0x07CD)
    end = record(0x000A, b"")
    return workbook(len(workbook(0))) + record(0x0809, sheet) + record(0x0200, size) + cells + end


def source(tmp_path: Path, data: bytes) -> Source:
    """A file of that content, read."""
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    return read(path)


def rows(tmp_path: Path, data: bytes) -> list[list[str]]:
    """The rows of its only sheet."""
    [sheet] = source(tmp_path, data).sheets
    return [list(cells) for _, cells in sheet.rows]


@pytest.mark.parametrize("page", [437, 936, 950, 1252, 10008, 54936, 65001])
def test_what_a_new_workbook_says_of_its_code_page_means_nothing(page: int, tmp_path: Path) -> None:
    """Libraries of web systems write any number there; the texts are Unicode all the same."""
    data = sheetmakers.xls([Page(ROWS)])
    declared = record(0x0042, struct.pack("<H", 1200))
    assert data.count(declared) == 1
    assert rows(tmp_path, data.replace(declared, record(0x0042, struct.pack("<H", page)))) == ROWS


def test_days_and_hidden_rows_of_such_a_workbook_are_seen(tmp_path: Path) -> None:
    """What is looked over is what is read."""
    page = Page([["姓名", "入团时间"], ["甲", date(2020, 5, 4)]], hidden_rows=(2,))
    data = sheetmakers.xls([page])
    data = data.replace(
        record(0x0042, struct.pack("<H", 1200)), record(0x0042, struct.pack("<H", 936))
    )
    [sheet] = source(tmp_path, data).sheets
    assert (sheet.rows[1][1][1], sheet.hidden_rows) == (date(2020, 5, 4), (2,))


@pytest.mark.parametrize(
    ("encoding", "page", "wanted"),
    [
        ("gb18030", 936, [["姓名", "班"], ["林晓峰", "高一（1）班"], ["abc", "一丁"]]),
        ("big5", 950, [["姓名", "班級"], ["陳靜怡", "高一"]]),
        ("cp932", 932, [["名前", "組"], ["山田", "一"]]),
    ],
)
def test_texts_of_1995_are_read_in_their_code_page(
    encoding: str, page: int, wanted: list[list[str]], tmp_path: Path
) -> None:
    """Every sign of it, also those whose bytes mean nothing in Latin."""
    stream = old_stream(wanted, encoding, page)
    assert rows(tmp_path, compound(("Book", stream))) == wanted


def test_the_name_of_the_sheet_is_in_that_code_page_too(tmp_path: Path) -> None:
    """Else ``--sheet`` would not find it."""
    [sheet] = source(tmp_path, compound(("Book", old_stream(ROWS[:2], "gb18030", 936)))).sheets
    assert sheet.name == "名"


def test_a_text_that_is_not_in_its_code_page_is_named(tmp_path: Path) -> None:
    """The sheet and the cell; an unknown code page by its number."""
    broken: list[list[str | bytes]] = [["姓名", "班级"], ["甲", b"\xff\xff"]]
    stream = old_stream(broken, "gb18030", 936)
    with pytest.raises(FileRefused) as refused:
        source(tmp_path, compound(("Book", stream)))
    assert (refused.value.code, refused.value.facts["cell"]) == ("file-text-unreadable", "B2")
    with pytest.raises(FileRefused) as refused:
        source(tmp_path, compound(("Book", old_stream(ROWS[:2], "gb18030", 777))))
    assert (refused.value.code, refused.value.facts["number"]) == ("file-code-page", 777)


def test_the_workbook_that_everybody_sees_is_read_and_no_embedded_one(tmp_path: Path) -> None:
    """Also where the embedded one stands first in the directory of the file."""
    seen, other = [["姓名", "班"], ["王小明", "一"]], [["姓名", "班"], ["赵嵌入", "二"]]
    own = old_stream(seen, "gb18030", 936)
    data = compound(("Workbook", own), embedded=old_stream(other, "gb18030", 936))
    assert rows(tmp_path, data) == seen
