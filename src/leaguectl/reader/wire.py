"""How rows pass from the child process to the parent as JSON, by column and without repetitions.

The texts of a column pass as one text with a sign between them: to make, escape and read a million
small texts costs several times as much. A column of a roster often repeats the same class, school
or status from row to row. Each such text is sent once for a block of rows, so that the parent makes
one text of it and not thousands:

>>> [*pack([["甲", "一班"], ["乙", "一班"], ["丙", "一班"], ["丁", "二班"]])]
[{'columns': ['甲\\x7f乙\\x7f丙\\x7f丁', {'texts': '一班\\x7f二班', 'picks': '0001'}]}]
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from math import isfinite
from typing import IO, Any

from leaguectl.reader.sheets import Month

ROWS = 4096
"""How many rows are passed together."""

SEPARATOR = "\x7f"
"""What stands between the texts of a column: one byte that JSON has as it is, and that no keyboard
types. A column in which it occurs is passed text by text."""

_DIGITS = "".join(map(chr, range(48, 48 + ROWS // 2)))
"""A character for each text of a column that repeats its texts: ``0`` picks the first."""

Block = dict[str, Any]
"""Some rows: ``columns``, or ``rows`` where they are not of one width."""


def pack(rows: Sequence[Sequence[Any]]) -> Iterator[Block]:
    """The rows in blocks that JSON can have, but for days and times, which stay as they are."""
    varied: set[int] = set()
    for start in range(0, len(rows), ROWS):
        block = rows[start : start + ROWS]
        widths = {*map(len, block)}
        if len(widths) == 1 and widths != {0}:
            yield from pack_columns(list(zip(*block, strict=True)), varied)
        else:
            yield {"rows": block}


def pack_columns(columns: Sequence[Sequence[Any]], varied: set[int]) -> Iterator[Block]:
    """The columns of some rows in blocks. ``varied`` are the columns whose texts repeat little;
    it is filled here and handed to the next call, so that they are not counted again."""
    for start in range(0, len(columns[0]), ROWS):
        parts = enumerate(column[start : start + ROWS] for column in columns)
        yield {"columns": [_packed(part, index, varied) for index, part in parts]}


def _packed(column: Sequence[Any], index: int, varied: set[int]) -> Any:
    """A column, whose texts may be in UTF-8 already."""
    separator: Any = SEPARATOR.encode() if type(column[0]) is bytes else SEPARATOR
    try:
        joined = separator.join(column)
    except TypeError:
        return _packed_days(column)
    if joined.count(separator) >= len(column):
        return [*map(_text, column)]
    if index not in varied:
        distinct = dict.fromkeys(column)
        if 2 * len(distinct) <= len(column):
            digits = dict(zip(distinct, _DIGITS, strict=False))
            picks = "".join(map(digits.__getitem__, column))
            return {"texts": _text(separator.join(digits)), "picks": picks}
        varied.add(index)
    return _text(joined)


def _text(text: str | bytes) -> str:
    return text.decode() if isinstance(text, bytes) else text


def _packed_days(column: Sequence[Any]) -> Any:
    """A column that is not only texts: packed if it has only days and blanks, else as it is."""
    types = {*map(type, column)}
    if types == {date}:
        return {"days": SEPARATOR.join(map(date.isoformat, column))}
    if types == {date, str} and {text for text in column if type(text) is str} == {""}:
        return {"days": SEPARATOR.join([day and day.isoformat() for day in column])}
    return column


def take_no_numbers(blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """Blank the cells of a sheet's blocks that hold what JSON has not, infinity and what is no
    number: the row and the column of each, from the first of the sheet."""
    first = 0
    for block in blocks:
        if "rows" in block:
            rows = block["rows"] = [[*row] for row in block["rows"]]
            for number, row in enumerate(rows, first):
                yield from ((number, column) for column in _blanked(row))
            first += len(rows)
            continue
        columns = block["columns"]
        for index, column in enumerate(columns):
            if not isinstance(column, (str, dict)):
                columns[index] = [*column]
                yield from ((first + at, index) for at in _blanked(columns[index]))
        first += sum(1 for _ in _unpacked(columns[0]))


def _blanked(cells: list[Any]) -> list[int]:
    """Where cells were blanked."""
    found = [at for at, cell in enumerate(cells) if type(cell) is float and not isfinite(cell)]
    for at in found:
        cells[at] = ""
    return found


def unpack(blocks: Iterable[Block], first: int) -> list[tuple[int, list[Any]]]:
    """The rows again, with their numbers from ``first`` on."""
    rows: list[tuple[int, list[Any]]] = []
    for block in blocks:
        cells = block.get("rows") or map(list, zip(*map(_unpacked, block["columns"]), strict=True))
        rows.extend(zip(count(first + len(rows)), cells, strict=False))
    return rows


def _unpacked(column: Any) -> Iterable[Any]:
    if isinstance(column, (list, tuple)):
        return column
    if isinstance(column, str):
        return column.split(SEPARATOR)
    if "days" in column:
        return map(_day, column["days"].split(SEPARATOR))
    texts = dict(zip(_DIGITS, column["texts"].split(SEPARATOR), strict=False))
    return map(texts.__getitem__, column["picks"])


@lru_cache(maxsize=16384)
def _day(text: str) -> date | str:
    return date.fromisoformat(text) if text else ""


def encode_moment(value: object) -> Any:
    """What JSON has for a day, a time or both: a day is ``{"d": "2023-05-04"}``, a month
    ``{"m": "2023-05"}``. To be given to
    ``json.dumps`` as ``default``."""
    match value:
        case Month():
            return {"m": value.isoformat()}
        case datetime() if value.time() == time(0):
            return {"d": value.date().isoformat()}
        case datetime() | date():
            return {"d": value.isoformat()}
        case timedelta() | time():
            return str(value)
    raise TypeError(type(value).__name__)


def decode_moment(value: dict[str, Any]) -> Any:
    """The day or moment again, to be given to ``json.loads`` as ``object_hook``."""
    if "m" in value and len(value) == 1:
        year, month = value["m"].split("-")
        return Month(int(year), int(month), 1)
    if "d" in value and len(value) == 1:
        text = value["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return value


# -- what goes through the pipes ------------------------------------------------------------------

_LENGTH = struct.Struct(">Q")
"""Before each part: how many bytes it has."""


def write_part(stream: IO[bytes], part: bytes) -> None:
    """Write a part of a question or an answer; an answer ends with an empty one."""
    stream.write(_LENGTH.pack(len(part)))
    stream.write(part)


def read_part(stream: IO[bytes], most: int) -> bytes:
    """The next part.

    :raises EOFError: there is none, it is not whole, or it has more than ``most`` bytes.
    """
    length = _LENGTH.unpack(stream.read(_LENGTH.size).rjust(_LENGTH.size, b"\xff"))[0]
    if length > most or len(part := stream.read(length)) < length:
        raise EOFError
    return part


def read_answer(stream: IO[bytes], most: int) -> list[bytes]:
    """The parts of an answer.

    :raises EOFError: it is not whole.
    """
    return [*iter(lambda: read_part(stream, most), b"")]
