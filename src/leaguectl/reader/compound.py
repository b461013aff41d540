"""Compound files (.xls, .et, .doc …): what they are, and what their reader does not tell.

The reader gives the value of a cell and not that it is an error, nor what is hidden. Both stand in
records that are found without understanding the rest of the format.
"""

import struct
from collections.abc import Iterator

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import (
    ERRORS,
    FileRefused,
    Form,
    Inspection,
    SheetAnnotations,
    column_letters,
)

_FORMULA = 0x0006
_FORMULAS = (_FORMULA, 0x0206, 0x0406)
"""Records of formulas. The last two belong to older formats; where one stands in a newer file,
the reader passes it over with its value."""


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
    found = Inspection(Form.OTHER_WORKBOOK)
    if holds("_VBA_PROJECT"):
        found.traits.append("macros")
    try:
        stream = _workbook_stream(data)
        for place, offset in enumerate(_sheet_offsets(stream)):
            found.sheets[place] = _look_into_records(stream, offset, limits)
    except (struct.error, IndexError):
        pass  # the reader will say what is broken
    return found


def _is_cut_short(data: bytes) -> bool:
    """Whether the list of what the file holds lies beyond its end."""
    head = data[:512].ljust(512, b"\0")
    size, first = 1 << head[30], struct.unpack_from("<I", head, 48)[0]
    return bool((first + 1) * size >= len(data))


def _workbook_stream(data: bytes) -> bytes:
    """The records of the workbook, put together from the sectors that the file is made of."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return b""
    per_sector = size // 4

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    heads = list(struct.unpack_from("<109I", data, 76))
    more, steps = struct.unpack_from("<I", data, 68)[0], 0
    while more < _NO_SECTOR and steps < len(data) // size:
        further = struct.unpack(f"<{per_sector}I", sector(more))
        heads += further[:-1]
        more, steps = further[-1], steps + 1
    table: list[int] = []
    for head in heads:
        if head < _NO_SECTOR:
            table += struct.unpack(f"<{per_sector}I", sector(head))
    entries = _chain(data[size:], size, struct.unpack_from("<I", data, 48)[0], table)
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name.casefold() in ("workbook", "book"):
            first, bytes_ = struct.unpack_from("<II", entries, at + 116)
            if bytes_ >= struct.unpack_from("<I", data, 56)[0]:
                return _chain(data[size:], size, first, table)[:bytes_]
            # A small one lies in the pieces of 64 bytes that the first entry's stream is made of.
            small = _chain(data[size:], size, struct.unpack_from("<I", entries, 116)[0], table)
            pieces = _chain(data[size:], size, struct.unpack_from("<I", data, 60)[0], table)
            of_pieces = list(struct.unpack(f"<{len(pieces) // 4}I", pieces))
            return _chain(small, 64, first, of_pieces)[:bytes_]
    return b""


_NO_SECTOR = 0xFFFFFFFA
"""From here on a number says that there is no further sector."""


def _chain(data: bytes, size: int, number: int, table: list[int]) -> bytes:
    """The sectors of a stream, each of which names the next in the table."""
    found: list[bytes] = []
    while number < len(table) and len(found) <= len(data) // size:
        found.append(data[number * size : (number + 1) * size])
        number = table[number]
    return b"".join(found)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """The records of a substream: kind, where its content begins, how long it is."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0x0809:
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, at + 4, length
        at += 4 + length


def _sheet_offsets(stream: bytes) -> list[int]:
    """Where the records of each sheet begin. What is encrypted says so before all else."""
    offsets = []
    for kind, at, _ in _records(stream, 0):
        if kind == 0x002F:  # FILEPASS
            raise FileRefused("file-encrypted")
        if kind == 0x0085:  # BOUNDSHEET
            offsets.append(struct.unpack_from("<I", stream, at)[0])
    return offsets


def _look_into_records(stream: bytes, offset: int, limits: Limits) -> SheetAnnotations:
    """The cells that are errors, or formulas whose value is one; the rows and columns hidden."""
    seen = SheetAnnotations()
    for kind, at, length in _records(stream, offset):
        if kind == 0x0205 and stream[at + 7] == 1:  # BOOLERR
            error = stream[at + 6]
        elif kind in _FORMULAS and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
            error = stream[at + 8]
        elif kind in _FORMULAS:
            if kind != _FORMULA or _awaits_calculation(stream, at):
                seen.uncached.append(_cell(stream, at))
            continue
        else:
            _note_hidden(seen, kind, stream[at : at + length], limits)
            continue
        seen.errors[_cell(stream, at)] = ERRORS.get(error, "#")
    return seen


def _awaits_calculation(stream: bytes, at: int) -> bool:
    """Whether a formula bears nothing but the order to calculate it on opening, as writers that
    cannot calculate leave it."""
    return stream[at + 6 : at + 14] == bytes(8) and bool(stream[at + 14] & 2)


def _cell(stream: bytes, at: int) -> str:
    """The name of the cell with which the content of a record begins."""
    row, column = struct.unpack_from("<HH", stream, at)
    return f"{column_letters(column)}{row + 1}"


def _note_hidden(seen: SheetAnnotations, kind: int, record: bytes, limits: Limits) -> None:
    if kind == 0x0208 and len(record) >= 16 and record[12] & 0x20:  # ROW
        seen.hidden_rows.append(struct.unpack_from("<H", record)[0] + 1)
    elif kind == 0x007D and len(record) >= 10 and record[8] & 1:  # COLINFO
        first, last = struct.unpack_from("<HH", record)
        seen.hidden_columns += range(first, min(last + 1, limits.last_column))
