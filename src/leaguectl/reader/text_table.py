"""Tables of plain text: the encoding, the separator of the columns, and where a table is broken.

A text declares neither, so both are chosen to make the whole consistent; where nothing does, the
refusal names the line.
"""

import csv
import io
import re
from collections import Counter
from contextlib import suppress
from typing import Any

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import FileRefused
from leaguectl.reader.xml_parser import UTF_16

MAX_CELL = 1 << 20
"""Characters of one cell of a text table; a spreadsheet allows 32,767."""

LINES_TO_SNIFF = 20
"""How many lines of a text table are examined for the separator of its columns."""

_USUAL, _UNUSUAL = ",\t;", "|，"
"""Signs between columns; the second ones also stand within texts."""

_MOST = 0.5
"""The least share of lines that the right separator splits evenly."""

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_UNLIKELY = re.compile("[\\x00-\\x08\\x0e-\\x1f\ue000-\uf8ff\ufffe\uffff]")
_END_OF_DOS = "\x1a"
"""What DOS programs write after the last line."""

_AS_TEXT = re.compile(r'="(.*)"', re.S)
"""How programs keep the digits of a number from a spreadsheet: ``="658899…"``."""

_QUOTED_DIGITS = re.compile(r"'(?=[0-9]+[Xx]?$)")
"""An apostrophe before digits, by which people do the same."""


def read_text(data: bytes, limits: Limits) -> list[list[str]]:
    """The rows of a text table.

    :raises FileRefused: it is no text, broken in a line, or has too many cells.
    """
    text = decode(data).lstrip("\ufeff").rstrip(_END_OF_DOS)
    csv.field_size_limit(MAX_CELL)
    rows = _rows(text, _delimiter(text))
    limits.check("cells", sum(map(len, rows)))
    if '="' in text:
        rows = [[_without_formula(cell) for cell in row] for row in rows]
    if "'" in text:
        rows = [[_QUOTED_DIGITS.sub("", cell, count=1) for cell in row] for row in rows]
    return rows


def _without_formula(cell: str) -> str:
    match = _AS_TEXT.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        # In one call: where memory runs out the rows are given back before the error is handled.
        # CPython 3.11 tries without end to handle one where there is no room for a single number.
        return list(_records(text, delimiter))
    except csv.Error as error:
        if "quote" in str(error) or "end of data" in str(error) or "expected after" in str(error):
            line = _line_of_fault(_records(text, delimiter))
            raise FileRefused("file-bad-quote", line=line) from None
        raise FileRefused("file-not-a-table", detail=str(error)) from None


def _records(text: str, delimiter: str) -> Any:
    """A reader of the standard library, the type of which is private."""
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _line_of_fault(records: Any) -> int:
    """The line on which the first record begins that cannot be read."""
    line = 1
    with suppress(csv.Error):
        for _ in records:
            line = records.line_num + 1
    return line


def _delimiter(text: str) -> str:
    """The separator that splits most of the first lines into the same number of columns.

    Not the one that occurs most: a list of branches in one cell has more of them than its line has
    columns.
    """
    top = "".join(text[: 1 << 20].splitlines(keepends=True)[:LINES_TO_SNIFF])
    usual = max(_USUAL, key=lambda sign: _consistency(top, sign))
    if _consistency(top, usual)[0] >= _MOST:
        return usual
    return max(usual + _UNUSUAL, key=lambda sign: _consistency(top, sign))


def _consistency(top: str, delimiter: str) -> tuple[float, int]:
    """The share of the lines that have as many columns as most have, and how many these are."""
    try:
        rows = [row for row in csv.reader(io.StringIO(top, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows)
    of_several = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(of_several, default=(0, 0))
    return (count / len(rows), width) if rows else (0, 0)


# -- encodings -----------------------------------------------------------------------------------


def decode(data: bytes, declared: str | None = None) -> str:
    """Unicode with a byte order mark, else UTF-8, else what it declares, else GB18030; UTF-16
    without a mark where nothing else is possible.

    In this order, since most short UTF-8 lines would also pass as GB18030, and come out as other
    characters.

    :raises FileRefused: it is none of them, in a line that is named if the rest is text.
    """
    has_mark = data[:2] in UTF_16
    guesses = ("utf-16",) if has_mark else ("utf-8-sig", declared or "gb18030", "gb18030")
    for encoding in guesses:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if encoding == "gb18030" and declared is None and _is_mixed(data):
            break
        if "\0" not in text:
            return text
    if (unmarked := _unmarked_utf_16(data)) is not None:
        return unmarked
    if b"\0" in data:
        raise FileRefused("file-not-a-table", detail="NUL")
    if has_mark or _CONTROL.search(data):
        raise FileRefused("file-not-a-table", detail="")
    raise FileRefused("file-bad-byte", **_first_broken_line(data))


def _unmarked_utf_16(data: bytes) -> str | None:
    """The text where exactly one order of its bytes makes a likely one."""
    texts = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\n" in text and not _UNLIKELY.search(text.rstrip(_END_OF_DOS)):
            texts.append(text)
    return texts[0] if len(texts) == 1 else None


_SURE = 9
"""This many bytes beyond ASCII in a line are not valid UTF-8 by chance: three Chinese
characters."""


def _is_mixed(data: bytes) -> bool:
    """Whether some lines of a text that is not UTF-8 as a whole surely are: as GB18030 these would
    silently become other characters."""
    return any(_is_surely_utf_8(line) for line in data.split(b"\n"))


def _is_surely_utf_8(line: bytes) -> bool:
    if line.isascii() or not _is_in(line, "UTF-8"):
        return False
    return sum(byte > 0x7F for byte in line) >= _SURE


def _first_broken_line(data: bytes) -> dict[str, str | int]:
    """The first line that is not in the encoding of those before it."""
    encoding = ""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        if not encoding and (_is_surely_utf_8(line) or not _is_in(line, "GB18030")):
            encoding = "UTF-8"
        encoding = encoding or "GB18030"
        is_other = encoding == "GB18030" and _is_surely_utf_8(line)
        if is_other or not _is_in(line, encoding):
            return {"line": number, "encoding": encoding}
    return {"line": 1, "encoding": encoding}


def _is_in(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
