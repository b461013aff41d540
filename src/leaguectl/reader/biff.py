"""Workbooks made of records: BIFF in compound files (.xls, .et), BIFF12 in archives (.xlsb).

calamine gives the value of a cell, and neither that it is an error nor what is hidden. Both stand
in records, each with its kind and its length, so they are found without understanding the rest of
the formats ([MS-XLS], [MS-XLSB], and [MS-CFB] for compound files).
"""

import struct
from collections.abc import Iterator

from leaguectl.reader.limits import Limits
from leaguectl.reader.number_formats import Shown, shown_by_format
from leaguectl.reader.sheets import (
    ERRORS,
    FileRefused,
    Form,
    Inspection,
    SheetAnnotations,
    column_letters,
)

Record = tuple[int, int, int]
"""The kind of a record, where its content begins, and how many bytes that has."""

# -- .xls: compound files ------------------------------------------------------------------------

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_BOOLERR, _ROW, _COLINFO = 0x0205, 0x0208, 0x007D
_FORMULA = 0x0006
_FORMULAS = (_FORMULA, 0x0206, 0x0406)
"""Records of formulas. The last two belong to older formats; where one stands in a newer file,
calamine passes it over together with its value."""

_XF, _FORMAT = 0x00E0, 0x041E
_NUMBER, _RK, _MULTIPLE_RK = 0x0203, 0x027E, 0x00BD

_NO_SECTOR = 0xFFFFFFFA
"""From here on a number says that there is no further sector."""


def inspect_compound(data: bytes, limits: Limits) -> Inspection:
    """What the file is and what hides in its sheets.

    :raises FileRefused: it is encrypted, or no workbook.
    """

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise FileRefused("file-encrypted")
    if not any(map(holds, ("Workbook", "WORKBOOK", "Book", "BOOK"))):
        kinds = (("WordDocument", "DOC"), ("PowerPoint Document", "PPT"), ("__properties", "MSG"))
        detail = next((kind for name, kind in kinds if holds(name)), "OLE")
        if detail == "OLE" and _is_cut_short(data):
            raise FileRefused("file-damaged", detail="")
        raise FileRefused("file-not-a-table", detail=detail)
    inspection = Inspection(Form.OTHER_WORKBOOK)
    if holds("_VBA_PROJECT"):
        inspection.traits.append("macros")
    try:
        stream = _workbook_stream(data)
        shown = _xls_styles(stream)
        for number, offset in enumerate(_sheet_offsets(stream)):
            inspection.sheets[number] = _annotate_xls(stream, offset, limits, shown)
    except (struct.error, IndexError):
        pass  # calamine says better what is broken
    return inspection


def _is_cut_short(data: bytes) -> bool:
    """Whether the directory of the file lies beyond its end."""
    header = data[:512].ljust(512, b"\0")
    size, first = 1 << header[30], struct.unpack_from("<I", header, 48)[0]
    return bool((first + 1) * size >= len(data))


def _workbook_stream(data: bytes) -> bytes:
    """The records of the workbook, put together from the sectors that the file is made of.

    A stream is a chain of sectors: the table of the file names for each sector the next one.
    """
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return b""
    sectors, table = data[size:], _sector_table(data, size)
    directory = _chain(sectors, size, struct.unpack_from("<I", data, 48)[0], table)
    for entry in range(0, len(directory) - 127, 128):
        name_length = struct.unpack_from("<H", directory, entry + 64)[0]
        name = directory[entry : entry + max(name_length - 2, 0)].decode("utf-16-le", "replace")
        if name.casefold() not in ("workbook", "book"):
            continue
        first, length = struct.unpack_from("<II", directory, entry + 116)
        if length >= struct.unpack_from("<I", data, 56)[0]:
            return _chain(sectors, size, first, table)[:length]
        # A small stream lies in pieces of 64 bytes, which have a table of their own; the stream
        # that is made of all the pieces belongs to the first entry of the directory.
        pieces = _chain(sectors, size, struct.unpack_from("<I", directory, 116)[0], table)
        of_pieces = _chain(sectors, size, struct.unpack_from("<I", data, 60)[0], table)
        piece_table = list(struct.unpack(f"<{len(of_pieces) // 4}I", of_pieces))
        return _chain(pieces, 64, first, piece_table)[:length]
    return b""


def _sector_table(data: bytes, size: int) -> list[int]:
    """For each sector the next one of its stream. The sectors in which the table itself stands are
    listed in the header, and from the 110th on in sectors of their own."""

    def numbers_in(sector: int) -> tuple[int, ...]:
        content = data[(sector + 1) * size : (sector + 2) * size]
        return struct.unpack(f"<{size // 4}I", content)

    listed = list(struct.unpack_from("<109I", data, 76))
    more, steps = struct.unpack_from("<I", data, 68)[0], 0
    while more < _NO_SECTOR and steps < len(data) // size:  # a crafted list goes round in circles
        *further, more = numbers_in(more)
        listed += further
        steps += 1
    return [number for sector in listed if sector < _NO_SECTOR for number in numbers_in(sector)]


def _chain(data: bytes, size: int, first: int, table: list[int]) -> bytes:
    """The sectors of a stream, each of which names the next in the table."""
    sectors: list[bytes] = []
    number = first
    while number < len(table) and len(sectors) <= len(data) // size:
        sectors.append(data[number * size : (number + 1) * size])
        number = table[number]
    return b"".join(sectors)


def _xls_records(stream: bytes, start: int) -> Iterator[Record]:
    """The records of the substream that begins there, without those of a chart within it."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, start + 4, length
        start += 4 + length


def _sheet_offsets(stream: bytes) -> list[int]:
    """Where the records of each sheet begin.

    :raises FileRefused: the workbook is encrypted, which it says before all else.
    """
    offsets = []
    for kind, start, _ in _xls_records(stream, 0):
        if kind == _FILEPASS:
            raise FileRefused("file-encrypted")
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", stream, start)[0])
    return offsets


def _xls_styles(stream: bytes) -> dict[int, Shown]:
    """The styles whose cells do not show all of their value."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    is_old = struct.unpack_from("<H", stream, 4)[0] < 0x0600
    for kind, start, length in _xls_records(stream, 0):
        if kind == _XF:
            formats.append(struct.unpack_from("<H", stream, start + 2)[0])
        elif kind == _FORMAT and length > 5:
            number, size = struct.unpack_from("<HB" if is_old else "<HH", stream, start)
            text = stream[start + (3 if is_old else 5) : start + length]
            is_wide = not is_old and stream[start + 4] & 1
            codes[number] = text[: 2 * size].decode(
                "utf-16-le" if is_wide else "latin-1", "replace"
            )
    return _not_whole(formats, codes)


def _not_whole(formats: list[int], codes: dict[int, str]) -> dict[int, Shown]:
    shown = {style: shown_by_format(number, codes) for style, number in enumerate(formats)}
    return {style: how for style, how in shown.items() if how is not None}


def _styles_of(stream: bytes, kind: int, start: int, length: int) -> Iterator[tuple[int, int, int]]:
    """The row, the column and the style of each number in a record of cells."""
    if kind in (_NUMBER, _RK, _FORMULA) and length >= 6:
        yield struct.unpack_from("<HHH", stream, start)
    elif kind == _MULTIPLE_RK and length >= 12:
        row, first = struct.unpack_from("<HH", stream, start)
        for index in range((length - 6) // 6):
            yield row, first + index, struct.unpack_from("<H", stream, start + 4 + 6 * index)[0]


def _annotate_xls(
    stream: bytes, offset: int, limits: Limits, shown: dict[int, Shown]
) -> SheetAnnotations:
    """The cells that are errors, or formulas without a value; the rows and columns hidden; and the
    cells that do not show all of their value."""
    annotations = SheetAnnotations()
    for kind, start, length in _xls_records(stream, offset):
        for row, column, style in _styles_of(stream, kind, start, length) if shown else ():
            if style in shown:
                annotations.shown[row, column] = shown[style]
        if kind == _BOOLERR and stream[start + 7] == 1:
            annotations.errors[_cell(stream, start)] = ERRORS.get(stream[start + 6], "#")
        elif kind in _FORMULAS and _is_error_formula(stream, start):
            annotations.errors[_cell(stream, start)] = ERRORS.get(stream[start + 8], "#")
        elif kind in _FORMULAS:
            if kind != _FORMULA or _awaits_calculation(stream, start):
                annotations.uncached.append(_cell(stream, start))
        elif kind == _ROW and length >= 16 and stream[start + 12] & 0x20:
            annotations.hidden_rows.append(struct.unpack_from("<H", stream, start)[0] + 1)
        elif kind == _COLINFO and length >= 10 and stream[start + 8] & 1:
            first, last = struct.unpack_from("<HH", stream, start)
            annotations.hidden_columns += range(first, min(last + 1, limits.last_column))
    return annotations


def _is_error_formula(stream: bytes, start: int) -> bool:
    return stream[start + 12 : start + 14] == b"\xff\xff" and stream[start + 6] == 2


def _awaits_calculation(stream: bytes, start: int) -> bool:
    """Whether a formula holds nothing but the order to calculate it on opening, as writers that
    cannot calculate leave it."""
    return stream[start + 6 : start + 14] == bytes(8) and bool(stream[start + 14] & 2)


def _cell(stream: bytes, start: int) -> str:
    """The name of the cell with which the content of a record begins."""
    row, column = struct.unpack_from("<HH", stream, start)
    return f"{column_letters(column)}{row + 1}"


# -- .xlsb: parts of an archive ------------------------------------------------------------------

_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR = 0, 3, 11
_XLSB_COLUMNS, _XLSB_SHEET, _XLSB_MERGED = 60, 156, 176
_XLSB_NUMBERS = (2, 5, 9)
"""Cells with a number: packed, whole, or of a formula."""
_XLSB_FORMAT, _XLSB_STYLE, _XLSB_CELL_STYLES, _XLSB_CELL_STYLES_END = 44, 47, 617, 618


def sheets_of_xlsb(part: bytes) -> Iterator[tuple[str, str]]:
    """Each sheet's name and relation, as the workbook's part lists them."""
    for kind, start, length in _xlsb_records(part):
        if kind == _XLSB_SHEET and length >= 16:
            relation, end = _xlsb_text(part, start + 8)
            yield _xlsb_text(part, end)[0], relation


def xlsb_styles(part: bytes) -> dict[int, Shown]:
    """The styles of a workbook whose cells do not show all of their value."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    is_of_cells = False
    for kind, start, length in _xlsb_records(part):
        if kind == _XLSB_FORMAT and length >= 6:
            codes[struct.unpack_from("<H", part, start)[0]] = _xlsb_text(part, start + 2)[0]
        elif kind in (_XLSB_CELL_STYLES, _XLSB_CELL_STYLES_END):
            is_of_cells = kind == _XLSB_CELL_STYLES
        elif kind == _XLSB_STYLE and is_of_cells and length >= 4:
            formats.append(struct.unpack_from("<H", part, start + 2)[0])
    return _not_whole(formats, codes)


def annotate_xlsb(part: bytes, limits: Limits, shown: dict[int, Shown]) -> SheetAnnotations:
    """The errors, hidden rows and columns and merged cells of a sheet's part, and the cells that do
    not show all of their value."""
    annotations, row = SheetAnnotations(), 0
    for kind, start, length in _xlsb_records(part):
        if kind == _XLSB_ROW and length >= 12:
            row = struct.unpack_from("<I", part, start)[0] + 1
            if part[start + 11] & 0x10 and row <= limits.last_row:
                annotations.hidden_rows.append(row)
        elif kind in _XLSB_NUMBERS and length >= 8:
            column, style = struct.unpack_from("<II", part, start)
            if (style & 0xFFFFFF) in shown:
                annotations.shown[row - 1, column] = shown[style & 0xFFFFFF]
        elif kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR) and length >= 9:
            column = struct.unpack_from("<I", part, start)[0]
            annotations.errors[f"{column_letters(column)}{row}"] = ERRORS.get(part[start + 8], "#")
        elif kind == _XLSB_COLUMNS and length >= 18 and part[start + 16] & 1:
            first, last = struct.unpack_from("<II", part, start)
            annotations.hidden_columns += range(first, min(last + 1, limits.last_column))
        elif kind == _XLSB_MERGED and length >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", part, start)
            annotations.merged.append([top, left, bottom, right])
    return annotations


def _xlsb_records(part: bytes) -> Iterator[Record]:
    """The records. Kind and length are written in bytes of seven bits, lowest first, each but the
    last with its highest bit set."""
    start, end = 0, len(part) - 1
    while start < end:
        kind = part[start]
        start += 1
        if kind & 0x80:
            kind = kind & 0x7F | (part[start] & 0x7F) << 7
            start += 1
        length = shift = 0
        while start <= end:
            byte = part[start]
            start += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 21:
                break
        if start + length > len(part):
            return  # calamine will say that it is cut short
        yield kind, start, length
        start += length


def _xlsb_text(part: bytes, start: int) -> tuple[str, int]:
    """A text that begins with the number of its characters, and where it ends."""
    number = struct.unpack_from("<I", part, start)[0]
    if number == 0xFFFFFFFF:
        return "", start + 4
    end = start + 4 + 2 * number
    return part[start + 4 : end].decode("utf-16-le", "replace"), end
