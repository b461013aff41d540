"""The child process that reads one file from stdin and writes its sheets to stdout as JSON lines.

It runs apart because a crafted file of a few kilobytes can abort or exhaust whatever reads it. It
works within limits on memory and time, and says why it refuses: its last line is then an object
with ``error`` and ``facts``, and its exit code is 1. The first line of an answer says what the
workbook carries along; each further line is a sheet.
"""

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from leaguectl.reader.inspection import inspect
from leaguectl.reader.limits import MEGABYTE, Limits, bind
from leaguectl.reader.sheets import FastSheet, FileRefused, Form, Inspection, SheetAnnotations
from leaguectl.reader.wire import Block, pack

if TYPE_CHECKING:
    from leaguectl.reader.markup import Grid

FIELD = 1 << 20
"""Characters of one cell of a text table; a spreadsheet allows 32,767."""

LINES_TO_LOOK_AT = 20
"""How many lines of a text table tell what parts its columns."""

Told = dict[str, Any]
"""A line of the answer."""


def main() -> int:
    """Read the file on stdin within the limits given as JSON; 0, or 1 with the reason in the last
    line."""
    gc.disable()  # a million cells hold nothing that would be garbage
    limits = Limits(**json.loads(sys.argv[1]))
    memory = limits.memory_megabytes
    bind(memory * MEGABYTE, limits.processor_seconds)
    written = 0
    try:
        for line in _answer(sys.stdin.buffer.read(), limits):
            told = _encoded(line)
            written += len(told)
            if written > limits.answer:
                raise FileRefused(
                    "file-too-large", bytes=written, detail=f"> {limits.answer // MEGABYTE} MB"
                )
            sys.stdout.buffer.write(told + b"\n")
    except FileRefused as refused:
        return _refuse(refused.code, refused.facts)
    except MemoryError:
        return _refuse("file-too-large", {"memory": memory, "detail": f"> {memory} MB"})
    except RecursionError:
        return _refuse("file-damaged", {"detail": ""})
    return 0


def _refuse(code: str, facts: dict[str, Any]) -> int:
    sys.stdout.buffer.write(b"\n" + _encoded({"error": code, "facts": facts}) + b"\n")
    return 1


def _encoded(line: Told) -> bytes:
    return json.dumps(line, ensure_ascii=False, default=_moment).encode("utf-8", "surrogatepass")


def _answer(data: bytes, limits: Limits) -> Iterator[Told]:
    """What the workbook carries along, then its sheets."""
    found = inspect(data, limits)
    yield {"traits": found.traits}
    match found.form:
        case Form.TEXT:
            yield _text_table(data, limits)
        case Form.HTML:
            from leaguectl.reader.markup import html_tables

            yield from map(_grid, html_tables(_decode_marked(data), limits))
        case Form.SPREADSHEETML:
            from leaguectl.reader.markup import spreadsheetml

            yield from map(_grid, spreadsheetml(_decode_marked(data), limits))
        case _:
            yield from _workbook(data, found, limits)


def _sheet(name: str | None, blocks: Iterable[Block], seen: SheetAnnotations, **said: Any) -> Told:
    """A sheet as it is told to the parent; a name of None is the file's own."""
    return {
        "name": name,
        "visible": "visible",
        "first_row": 0,
        "first_column": 0,
        "merged": [],
        "hidden_rows": seen.hidden_rows,
        "hidden_columns": seen.hidden_columns,
        "errors": seen.errors,
        "uncached": seen.uncached,
        **said,
        "blocks": [*blocks],
    }


def _moment(value: object) -> Any:
    match value:
        case datetime() if value.time() == time(0):
            return {"d": value.date().isoformat()}
        case datetime() | date():
            return {"d": value.isoformat()}
        case timedelta() | time():
            return str(value)
    raise TypeError(type(value).__name__)


# -- workbooks -----------------------------------------------------------------------------------


def _workbook(data: bytes, found: Inspection, limits: Limits) -> Iterator[Told]:
    import io

    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not workbook.sheets_metadata:
            raise FileRefused("file-without-sheets")
        if (number := len(workbook.sheets_metadata)) > limits.sheets:
            raise FileRefused("file-too-large", sheets=number, detail=f"{number} > {limits.sheets}")
        for place, one in enumerate(workbook.sheets_metadata):
            if one.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if one.name in found.fast_sheets:
                yield _sheet_as_read(found.fast_sheets[one.name], one)
                continue
            seen = found.sheets.get(one.name) or found.sheets.get(place) or SheetAnnotations()
            yield _read_sheet(workbook.get_sheet_by_name(one.name), one, seen, limits)
    except calamine.PasswordError:
        raise FileRefused("file-encrypted") from None
    except calamine.CalamineError as error:
        raise FileRefused(_code_of(str(error)), detail=str(error)) from None
    except (FileRefused, MemoryError, GeneratorExit):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise FileRefused("file-crashes-reader", detail=type(error).__name__) from None


def _code_of(reason: str) -> str:
    """The reader has no error of its own for the versions that it does not know."""
    is_old = "BIFF2" in reason or "BIFF3" in reason or "BIFF4" in reason
    return "file-old-workbook" if is_old else "file-damaged"


def _read_sheet(sheet: Any, meta: Any, seen: SheetAnnotations, limits: Limits) -> Told:
    first_row, first_column = sheet.start or (0, 0)
    if sheet.height * sheet.width > limits.cells:
        cells = sheet.height * sheet.width
        raise FileRefused("file-too-large", cells=cells, detail=f"{cells} > {limits.cells}")
    return _sheet(
        meta.name,
        pack(sheet.to_python(skip_empty_area=True)),
        seen,
        visible=_visible(meta),
        first_row=first_row,
        first_column=first_column,
        merged=seen.merged or [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
    )


def _sheet_as_read(read: FastSheet, meta: Any) -> Told:
    return _sheet(
        meta.name,
        read.blocks,
        SheetAnnotations(),
        visible=_visible(meta),
        first_row=read.first_row,
        first_column=read.first_column,
        merged=read.merged,
    )


def _visible(meta: Any) -> str:
    known = {"Hidden": "hidden", "VeryHidden": "very hidden"}
    return known.get(str(meta.visible).rpartition(".")[2], "visible")


# -- text ----------------------------------------------------------------------------------------


def _text_table(data: bytes, limits: Limits) -> Told:
    import csv
    import io

    text = _decode(data)
    top = "".join(text[: 1 << 20].splitlines(keepends=True)[:LINES_TO_LOOK_AT])
    parted_by = max(",\t;", key=top.count)
    csv.field_size_limit(FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted_by, strict=True))
    except csv.Error as error:
        raise FileRefused("file-not-a-table", detail=str(error)) from None
    if (cells := sum(map(len, rows))) > limits.cells:
        raise FileRefused("file-too-large", cells=cells, detail=f"{cells} > {limits.cells}")
    return _sheet(None, pack(rows), SheetAnnotations())


def _decode(data: bytes, declared: str | None = None) -> str:
    """Unicode with a mark, else UTF-8, else what it declares, else GB18030, in this order: most
    short UTF-8 lines would also pass as GB18030, and come out as other characters."""
    has_mark = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    guesses = ("utf-16",) if has_mark else ("utf-8-sig", declared or "gb18030", "gb18030")
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise FileRefused("file-not-a-table", detail="")


def _decode_marked(data: bytes) -> str:
    """The text of a document that may declare its encoding: ``charset=gb2312``."""
    import re

    found = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:4096])
    declared = found[1].decode().lower() if found else ""
    # Of the many encodings only those of office programs; the first two mean the larger set.
    wider = {"gb2312": "gb18030", "gbk": "gb18030"}
    known = declared.startswith(("windows-125", "iso-8859-", "big5"))
    return _decode(data, wider.get(declared) or (declared if known else None))


def _grid(grid: "Grid") -> Told:
    return _sheet(grid.name, pack(grid.rows), grid.seen, visible=grid.visible, merged=grid.merged)


if __name__ == "__main__":
    ended = main()
    sys.stdout.flush()
    os._exit(ended)  # what a million cells took goes back at once, and not one by one
