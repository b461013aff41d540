"""Binary workbooks (.xlsb): what their reader does not tell.

A part is a row of records, each with its kind and its length, so what is hidden, merged or an error
is found without understanding the rest ([MS-XLSB]).
"""

import struct
from collections.abc import Iterator

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import ERRORS, SheetAnnotations, column_letters

_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMNS, _SHEET, _MERGED = 0, 3, 11, 60, 156, 176


def sheets_of_xlsb(data: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet's name and relation, as the workbook's part lists them."""
    for kind, at, length in _records(data):
        if kind == _SHEET and length >= 16:
            relation, behind = _text(data, at + 8)
            yield _text(data, behind)[0], relation


def annotate_xlsb(data: bytes, limits: Limits) -> SheetAnnotations:
    """The errors, hidden rows and columns and merged cells of a sheet's part."""
    seen, row = SheetAnnotations(), 0
    for kind, at, length in _records(data):
        if kind == _ROW and length >= 12:
            row = struct.unpack_from("<I", data, at)[0] + 1
            if data[at + 11] & 0x10 and row <= limits.last_row:
                seen.hidden_rows.append(row)
        elif kind in (_CELL_ERROR, _FORMULA_ERROR) and length >= 9:
            column = struct.unpack_from("<I", data, at)[0]
            seen.errors[f"{column_letters(column)}{row}"] = ERRORS.get(data[at + 8], "#")
        elif kind == _COLUMNS and length >= 18 and data[at + 16] & 1:
            first, last = struct.unpack_from("<II", data, at)
            seen.hidden_columns += range(first, min(last + 1, limits.last_column))
        elif kind == _MERGED and length >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", data, at)
            seen.merged.append([top, left, bottom, right])
    return seen


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The records: kind, where its content begins, how long it is. Both numbers are written in
    bytes of seven bits."""
    at, end = 0, len(data) - 1
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while at <= end:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        if at + length > len(data):
            return  # the reader will say that it is cut short
        yield kind, at, length
        at += length


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text that begins with the number of its characters, and where it ends."""
    number = struct.unpack_from("<I", data, at)[0]
    if number == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * number
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
