"""The child process that reads files, each from stdin, and writes its sheets to stdout as JSON.

It runs apart because a crafted file of a few kilobytes can abort or exhaust whatever reads it. It
works within limits on memory and time, and says why it refuses: the last part of an answer is then
an object with ``error`` and ``facts``. The first part says what the workbook carries along
(``traits``); each further part is a sheet.
"""

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from leaguectl.reader.biff import in_encoding
from leaguectl.reader.inspection import inspect, read_carefully
from leaguectl.reader.limits import MEGABYTE, Limits, bind
from leaguectl.reader.number_formats import put_shown
from leaguectl.reader.sheets import (
    FileRefused,
    Form,
    Inspection,
    SheetAnnotations,
    column_letters,
)
from leaguectl.reader.wire import Block, encode_moment, pack, read_part, take_no_numbers, write_part

if TYPE_CHECKING:
    from leaguectl.reader.markup import Grid

_BLANKS = {9: " ", 10: " ", 13: " "}
"""Signs in the name of a sheet that XML makes blanks, and calamine does not."""

Answer = dict[str, Any]
"""A line of the answer."""


def main() -> int:
    """Read the files that come on stdin, one after the other, each within the limits given as
    JSON."""
    gc.disable()  # a million cells hold nothing that would be garbage
    gc.freeze()
    limits = Limits(**json.loads(sys.argv[1]))
    files, answers = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            data = read_part(files, limits.file_megabytes * MEGABYTE)
        except EOFError:
            return 0
        bind(limits.memory_megabytes * MEGABYTE, limits.processor_seconds)
        for part in parts(data, limits):
            write_part(answers, part)
        write_part(answers, b"")
        answers.flush()
        del data, part
        gc.collect()  # while the parent works on the answer


def parts(data: bytes, limits: Limits) -> Iterator[bytes]:
    """The parts of the answer to a file; the last is the reason where it is not read."""
    written = 0
    try:
        for answer in _answers(data, limits):
            part = _encoded(answer)
            written += len(part)
            if written > limits.answer:
                bound = limits.answer // MEGABYTE
                raise FileRefused("file-too-large", bytes=written, detail=f"> {bound} MB")
            yield part
        return
    except FileRefused as refused:
        code, facts = refused.code, refused.facts
    except MemoryError:
        memory = limits.memory_megabytes
        code, facts = "file-too-large", {"memory": memory, "detail": f"> {memory} MB"}
    except RecursionError:
        code, facts = "file-damaged", {"detail": ""}
    # Here the error holds no frame any more, and with it nothing that took the memory.
    yield _encoded({"error": code, "facts": facts})


def _encoded(answer: Answer) -> bytes:
    try:
        text = _as_json(answer)
    except ValueError:  # hardly any sheet has a number that is none
        for row, column in take_no_numbers(answer["blocks"]):
            place = column_letters(answer["first_column"] + column)
            answer["errors"][f"{place}{answer['first_row'] + row + 1}"] = "#NUM!"
        text = _as_json(answer)
    return text.encode("utf-8", "surrogatepass")


def _as_json(answer: Answer) -> str:
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, default=encode_moment)


def _answers(data: bytes, limits: Limits) -> Iterator[Answer]:
    """What the workbook carries along, then its sheets.

    :raises FileRefused: it is not read.
    """
    inspection = inspect(data, limits)
    yield {"traits": inspection.traits}
    match inspection.form:
        case Form.TEXT:
            from leaguectl.reader.text_table import read_text

            yield _sheet(None, pack(read_text(data, limits)), SheetAnnotations())
        case Form.HTML:
            from leaguectl.reader.markup import html_tables

            yield from map(_grid, html_tables(_decode_declared(data), limits))
        case Form.SPREADSHEETML:
            from leaguectl.reader.markup import spreadsheetml

            yield from map(_grid, spreadsheetml(_decode_declared(data), limits))
        case Form.WORD:
            from leaguectl.reader.word import word_tables

            yield from map(_grid, word_tables(inspection.repaired or b"", limits))
        case Form.OOXML:
            yield from _ooxml(data, inspection, limits)
        case _:
            yield from _workbook(data, inspection, limits)


def _sheet(
    name: str | None, blocks: Iterable[Block], annotations: SheetAnnotations, **details: Any
) -> Answer:
    """A sheet as it is described to the parent; a name of None means the file's own."""
    return {
        "name": name,
        "visible": "visible",
        "first_row": 0,
        "first_column": 0,
        "merged": annotations.merged,
        "hidden_rows": annotations.hidden_rows,
        "hidden_columns": annotations.hidden_columns,
        "errors": annotations.errors,
        "uncached": annotations.uncached,
        **details,
        "blocks": [*blocks],
    }


# -- workbooks -----------------------------------------------------------------------------------


def _ooxml(data: bytes, inspection: Inspection, limits: Limits) -> Iterator[Answer]:
    """The sheets by calamine; those that it cannot read, or would half read, with care."""
    read: list[str] = []
    if not inspection.is_odd:
        try:
            for answer in _workbook(data, inspection, limits):
                read.append(answer["name"])
                yield answer
        except FileRefused as refused:
            if refused.code not in ("file-damaged", "file-without-sheets"):
                raise
        else:
            return
    sheets = 0
    for name, visible, annotations, rows in read_carefully(data, limits):
        sheets += 1
        if name in read:
            read.remove(name)
        else:
            yield _sheet(name, pack(rows), annotations, visible=visible)
    if not sheets:
        raise FileRefused("file-without-sheets")


def _workbook(data: bytes, inspection: Inspection, limits: Limits) -> Iterator[Answer]:
    import io

    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(inspection.repaired or data))
        if not workbook.sheets_metadata:
            raise FileRefused("file-without-sheets")
        limits.check("sheets", len(workbook.sheets_metadata))
        for index, meta in enumerate(workbook.sheets_metadata):
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            name = meta.name.translate(_BLANKS)
            if fast := inspection.fast_sheets.get(name):
                yield _sheet(
                    name,
                    fast.blocks,
                    SheetAnnotations(merged=fast.merged),
                    visible=_visible(meta),
                    first_row=fast.first_row,
                    first_column=fast.first_column,
                )
                continue
            by_index = inspection.sheets.get(index) or SheetAnnotations()
            annotations = inspection.sheets.get(name) or by_index
            sheet = workbook.get_sheet_by_name(meta.name)
            yield _read_sheet(sheet, meta, annotations, limits, inspection.encoding)
    except calamine.PasswordError:
        raise FileRefused("file-encrypted") from None
    except calamine.CalamineError as error:
        raise FileRefused(_code_of(str(error)), detail=str(error)) from None
    except (FileRefused, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # a panic of calamine is no Exception
        raise FileRefused("file-crashes-reader", detail=type(error).__name__) from None


def _code_of(reason: str) -> str:
    """calamine has no error of its own for the versions that it does not know."""
    is_old = "BIFF2" in reason or "BIFF3" in reason or "BIFF4" in reason
    return "file-old-workbook" if is_old else "file-damaged"


def _read_sheet(
    sheet: Any, meta: Any, annotations: SheetAnnotations, limits: Limits, encoding: str | None
) -> Answer:
    # Before the cells are made: two of them at opposite corners would make a thousand million.
    limits.check("cells", sheet.height * sheet.width)
    if not annotations.merged:
        annotations.merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    first_row, first_column = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True)
    put_shown(rows, first_row, first_column, annotations.shown)
    name = meta.name.translate(_BLANKS)
    if encoding is not None:
        name = _decoded(name, encoding, name, "")
        _decode_texts(rows, encoding, name, first_row, first_column)
    return _sheet(
        name,
        pack(rows),
        annotations,
        visible=_visible(meta),
        first_row=first_row,
        first_column=first_column,
    )


def _decode_texts(
    rows: list[list[Any]], encoding: str, sheet: str, first_row: int, first_column: int
) -> None:
    """Put the texts of an old workbook right."""
    for number, row in enumerate(rows, first_row + 1):
        for column, value in enumerate(row):
            if type(value) is str and not value.isascii():
                cell = f"{column_letters(first_column + column)}{number}"
                row[column] = _decoded(value, encoding, sheet, cell)


def _decoded(text: str, encoding: str, sheet: str, cell: str) -> str:
    try:
        return in_encoding(text, encoding)
    except UnicodeDecodeError:
        facts = {"sheet": sheet, "cell": cell, "encoding": encoding}
        raise FileRefused("file-text-unreadable", **facts) from None


def _visible(meta: Any) -> str:
    states = {"Hidden": "hidden", "VeryHidden": "very hidden"}
    return states.get(str(meta.visible).rpartition(".")[2], "visible")


def _grid(grid: "Grid") -> Answer:
    return _sheet(grid.name, pack(grid.rows), grid.annotations, visible=grid.visible)


def _decode_declared(data: bytes) -> str:
    """The text of a document that may declare its encoding: ``charset=gb2312``."""
    import re

    from leaguectl.reader.text_table import decode

    declaration = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:4096])
    declared = declaration[1].decode().lower() if declaration else ""
    if declared in ("gb2312", "gbk"):
        declared = "gb18030"  # programs that declare the smaller set write the larger one
    # Of the many encodings only those of office programs: some of the others decode any noise.
    is_trusted = declared.startswith(("gb18030", "windows-125", "iso-8859-", "big5"))
    return decode(data, declared if is_trusted else None)


if __name__ == "__main__":
    exit_code = main()
    sys.stdout.flush()
    os._exit(exit_code)  # what a million cells took goes back at once, and not one by one
