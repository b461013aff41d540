"""Workbooks made of records: BIFF in compound files (.xls, .et), BIFF12 in archives (.xlsb).

calamine gives the value of a cell, but not whether it is an error or hidden. Both are in records,
each with its kind and length, so they are found without understanding the rest of the formats
([MS-XLS], [MS-XLSB], and [MS-CFB] for compound files).
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

_CODEPAGE, _BIFF8, _UNICODE, _LATIN = 0x0042, 0x0600, 1200, 1252
_OLD_ENCODINGS = {
    874: "cp874", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 54936: "gb18030",
    437: "cp437", 850: "cp850", 852: "cp852", 866: "cp866", 10000: "mac_roman", 10008: "gb18030",
    65001: "utf-8", 32768: "mac_roman",
}  # fmt: skip
"""Code pages of texts in old workbooks that are not read right by calamine, and their names."""
_KNOWN_CODE_PAGES = {_UNICODE, 367, 32769, *range(1250, 1259)}

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
        file = _Compound(data)
        entry, embedded = file.workbooks()
        places, size, length = file.places(entry)
        stream = file.joined(places, size)[:length]
        inspection.encoding = _repair(file, places, size, stream)
        for other in embedded:  # calamine would read the first of them
            file.put(file.directory, file.size, other * 128, b"_")
        inspection.repaired = bytes(file.data)
        shown = _xls_styles(stream)
        for number, offset in enumerate(_sheet_offsets(stream)):
            inspection.sheets[number] = _annotate_xls(stream, offset, limits, shown)
    except (struct.error, IndexError):
        pass  # calamine's own error is more precise
    return inspection


def _is_cut_short(data: bytes) -> bool:
    """Whether the directory of the file lies beyond its end."""
    header = data[:512].ljust(512, b"\0")
    size, first = 1 << header[30], struct.unpack_from("<I", header, 48)[0]
    return bool((first + 1) * size >= len(data))


class _Compound:
    """A compound file: its directory, and streams that are chains of sectors, of which each names
    the next in a table of the file. What is put into a stream is put into the file."""

    def __init__(self, data: bytes) -> None:
        self.data, self.size = bytearray(data), 1 << struct.unpack_from("<H", data, 30)[0]
        if self.size not in (512, 4096):
            raise IndexError
        self.table = _sector_table(data, self.size)
        self.directory = self._sectors(struct.unpack_from("<I", data, 48)[0])

    def _sectors(self, first: int) -> list[int]:
        """Where in the file each sector of a stream begins."""
        numbers = _chain(first, self.table, len(self.data) // self.size)
        return [(number + 1) * self.size for number in numbers]

    def joined(self, places: list[int], size: int) -> bytes:
        """What stands at these places of the file, each so many bytes long."""
        return b"".join(bytes(self.data[place : place + size]) for place in places)

    def workbooks(self) -> tuple[int, list[int]]:
        """The entry of the workbook that is the file's own, and those of others of that name, which
        are embedded in it as objects."""
        entries = self.joined(self.directory, self.size)
        named = [entry for entry in range(len(entries) // 128) if _name(entries, entry) in _BOOKS]
        if not named:
            raise IndexError
        own = [entry for entry in _children_of_root(entries) if entry in named] or named
        # A file that holds both is one for two generations of programs; the newer one is read.
        chosen = min(own, key=lambda entry: _BOOKS.index(_name(entries, entry)))
        return chosen, [entry for entry in named if entry not in own]

    def places(self, entry: int) -> tuple[list[int], int, int]:
        """Where the pieces of the stream of an entry lie, how long each is, and the stream."""
        entries = self.joined(self.directory, self.size)
        first, length = struct.unpack_from("<II", entries, entry * 128 + 116)
        if length >= struct.unpack_from("<I", self.data, 56)[0]:
            return self._sectors(first), self.size, length
        # A small stream lies in pieces of 64 bytes, which have a table of their own; the stream
        # that is made of all the pieces belongs to the first entry of the directory.
        pieces = self._sectors(struct.unpack_from("<I", entries, 116)[0])
        of_pieces = self.joined(
            self._sectors(struct.unpack_from("<I", self.data, 60)[0]), self.size
        )
        table = list(struct.unpack(f"<{len(of_pieces) // 4}I", of_pieces))
        in_sector = self.size // 64
        numbers = _chain(first, table, len(pieces) * in_sector)
        return [pieces[at // in_sector] + at % in_sector * 64 for at in numbers], 64, length

    def put(self, places: list[int], size: int, start: int, content: bytes) -> None:
        """Write over a part of a stream."""
        for at, byte in enumerate(content, start):
            self.data[places[at // size] + at % size] = byte


_BOOKS = ("workbook", "book")
"""The names of the stream with the workbook, that of newer programs first."""


def _name(entries: bytes, entry: int) -> str:
    length = struct.unpack_from("<H", entries, entry * 128 + 64)[0]
    name = entries[entry * 128 : entry * 128 + min(max(length - 2, 0), 62)]
    return name.decode("utf-16-le", "replace").casefold()


def _children_of_root(entries: bytes) -> list[int]:
    """The entries that lie in no other: a tree, each with those to its left and to its right."""
    found: dict[int, None] = {}
    waiting = [struct.unpack_from("<I", entries, 76)[0]]
    while waiting:
        entry = waiting.pop()
        if entry < len(entries) // 128 and entry not in found:
            found[entry] = None
            waiting += struct.unpack_from("<II", entries, entry * 128 + 68)
    return [*found]


def _repair(file: _Compound, places: list[int], size: int, stream: bytes) -> str | None:
    """Correct the declared encoding of a workbook's texts; return the encoding of an old workbook
    that calamine would read wrongly.

    In BIFF8 every text is Unicode, whatever the record says that old libraries write.
    """
    is_old = struct.unpack_from("<H", stream, 4)[0] < _BIFF8
    for kind, start, length in _xls_records(stream, 0):
        if kind == _CODEPAGE and length == 2:
            number = struct.unpack_from("<H", stream, start)[0]
            if not is_old:
                file.put(places, size, start, struct.pack("<H", _UNICODE))
            elif encoding := _OLD_ENCODINGS.get(number):
                file.put(places, size, start, struct.pack("<H", _LATIN))
                return encoding
            elif number not in _KNOWN_CODE_PAGES:
                raise FileRefused("file-code-page", number=number)
    return None


def in_encoding(text: str, encoding: str) -> str:
    """A text that was read byte by byte as Latin, in the encoding that it is in.

    :raises UnicodeDecodeError: it is not.
    """
    raw = b"".join(
        sign.encode("cp1252", "ignore") or sign.encode("latin-1", "ignore") for sign in text
    )
    return raw.decode(encoding)


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


def _chain(first: int, table: list[int], most: int) -> list[int]:
    """The numbers of the sectors of a stream, each of which names the next in the table."""
    numbers: list[int] = []
    while first < len(table) and len(numbers) <= most:
        numbers.append(first)
        first = table[first]
    return numbers


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
