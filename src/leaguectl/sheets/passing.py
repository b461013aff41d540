"""How rows pass from the child process to the parent as JSON, by column and without repetitions.

A column of a roster says the same class, school or status in row after row. Each such text is
passed once for some rows, so that the parent makes one text of it and not thousands.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

ROWS = 256
"""How many rows are passed together; the places among them are numbers that Python keeps ready."""

Block = dict[str, Any]

_day = lru_cache(maxsize=16384)(date.fromisoformat)


def pack(rows: Sequence[Sequence[Any]]) -> Iterator[Block]:
    """The rows in blocks that JSON can have, but for days and times, which stay as they are."""
    for start in range(0, len(rows), ROWS):
        block = rows[start : start + ROWS]
        widths = {*map(len, block)}
        if len(widths) == 1 and widths != {0}:
            yield {"columns": [_packed(column) for column in zip(*block, strict=True)]}
        else:
            yield {"rows": block}


def _packed(column: Sequence[Any]) -> Any:
    types = {*map(type, column)}
    if types == {date}:
        return {"days": [day.isoformat() for day in column]}
    if types <= {str, date}:  # no two of these are equal that are not the same
        said = {value: at for at, value in enumerate(dict.fromkeys(column))}
        if 2 * len(said) <= len(column):
            return {"said": list(said), "at": [said[value] for value in column]}
    return column


def unpack(blocks: Iterable[Block]) -> Iterator[list[Any]]:
    """The rows again."""
    for block in blocks:
        if "rows" in block:
            yield from block["rows"]
        else:
            yield from map(list, zip(*map(_unpacked, block["columns"]), strict=True))


def _unpacked(column: Any) -> Sequence[Any]:
    if isinstance(column, list):
        return column
    if "days" in column:
        return [*map(_day, column["days"])]
    return [*map(column["said"].__getitem__, column["at"])]
