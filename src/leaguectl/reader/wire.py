"""How rows pass from the child process to the parent as JSON, by column and without repetitions.

The texts of a column pass as one text with a sign between them: to make, escape and read a million
small texts costs several times as much. A column of a roster says the same class, school or status
in row after row. Each such text is passed once for some rows, so that the parent makes one text of
it and not thousands.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

ROWS = 4096
"""How many rows are passed together."""

PARTED_BY = "\x7f"
"""What stands between the texts of a column: one byte that JSON has as it is, and that no keyboard
types. A column in which it occurs is passed text by text."""

_PLACES = "".join(map(chr, range(48, 48 + ROWS // 2)))
"""A character for each text of a column that repeats them."""

Block = dict[str, Any]


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
    """The columns of some rows in blocks; ``varied`` is kept from one call to the next."""
    for start in range(0, len(columns[0]), ROWS):
        parts = enumerate(column[start : start + ROWS] for column in columns)
        yield {"columns": [_packed(column, at, varied) for at, column in parts]}


def _packed(column: Sequence[Any], at: int, varied: set[int]) -> Any:
    """A column, whose texts may be in UTF-8; ``varied`` are those that repeated little so far, and
    are not asked again."""
    parted_by: Any = PARTED_BY.encode() if type(column[0]) is bytes else PARTED_BY
    try:
        texts = parted_by.join(column)
    except TypeError:
        return _packed_days(column)
    if texts.count(parted_by) >= len(column):
        return [*map(_text, column)]
    if at not in varied:
        once = dict.fromkeys(column)
        if 2 * len(once) <= len(column):
            said = dict(zip(once, _PLACES, strict=False))
            places = "".join(map(said.__getitem__, column))
            return {"said": _text(parted_by.join(said)), "at": places}
        varied.add(at)
    return _text(texts)


def _text(text: str | bytes) -> str:
    return text.decode() if isinstance(text, bytes) else text


def _packed_days(column: Sequence[Any]) -> Any:
    """A column that is not of texts alone: of days and nothing else, or as it is."""
    types = {*map(type, column)}
    if types == {date}:
        return {"days": PARTED_BY.join(map(date.isoformat, column))}
    if types == {date, str} and {one for one in column if type(one) is str} == {""}:
        return {"days": PARTED_BY.join([one and one.isoformat() for one in column])}
    return column


def unpack(blocks: Iterable[Block], first: int) -> list[tuple[int, list[Any]]]:
    """The rows again, with their numbers from ``first`` on."""
    rows: list[tuple[int, list[Any]]] = []
    for block in blocks:
        cells = block.get("rows") or map(list, zip(*map(_unpacked, block["columns"]), strict=True))
        rows.extend(zip(count(first + len(rows)), cells, strict=False))
    return rows


def _unpacked(column: Any) -> Iterable[Any]:
    if isinstance(column, list):
        return column
    if isinstance(column, str):
        return column.split(PARTED_BY)
    if "days" in column:
        return map(_day, column["days"].split(PARTED_BY))
    said = dict(zip(_PLACES, column["said"].split(PARTED_BY), strict=False))
    return map(said.__getitem__, column["at"])


@lru_cache(maxsize=16384)
def _day(text: str) -> date | str:
    return date.fromisoformat(text) if text else ""
