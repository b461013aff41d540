"""Where what is stored comes from: the operation, the file, the sheet and the cell of each fact."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from leaguectl.store.connection import Connection
from leaguectl.store.save import bulk_insert


class Origin(NamedTuple):
    """A :class:`~leaguectl.store.schema.SourceLine` before it is written."""

    source: int
    noun: str
    first_key: int | None
    last_key: int | None
    key: str | None
    first_row: int
    fields: str | None


@dataclass
class Origins:
    """Gathers which rows tell of which records: records that follow one another, told of by rows
    that do so too, become one line, so that a roster of 100,000 is a handful."""

    lines: list[Origin] = field(default_factory=list)
    _last: dict[tuple[int, str, str | None], tuple[int, int, int]] = field(default_factory=dict)
    """Of each table, entity and fields the place of the last line, its last key and last row."""
    _known: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    """Keys by entity that have a line already."""

    def add(
        self, source: int, noun: str, keys: Sequence[Any], rows: Sequence[int], fields: str | None
    ) -> None:
        """Take in records by their keys with the numbers of the rows that tell of them. A row that
        finds a record as an earlier row of the operation left it says nothing more."""
        known = self._known[noun]
        if fields == "" and len(keys) == 1 and keys[0] in known:
            return
        known.update(keys)
        for start, end in _runs(keys, rows):
            self._add_run(source, noun, keys[start], rows[start], end - start, fields)

    def _add_run(
        self, source: int, noun: str, key: Any, row: int, count: int, fields: str | None
    ) -> None:
        if type(key) is not int:
            self.lines.append(Origin(source, noun, None, None, str(key), row, fields))
            return
        of = (source, noun, fields)
        place, last_key, last_row = self._last.get(of, (-1, 0, 0))
        end = (key + count - 1, row + count - 1)
        if place >= 0 and (last_key + 1, last_row + 1) == (key, row):
            self.lines[place] = self.lines[place]._replace(last_key=end[0])
        else:
            place = len(self.lines)
            self.lines.append(Origin(source, noun, key, end[0], None, row, fields))
        self._last[of] = (place, *end)


def _runs(keys: Sequence[Any], rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches in which keys and rows each count up by one, from and to which index."""
    start = 0
    for index in range(1, len(keys)):
        follows = rows[index] == rows[index - 1] + 1
        if not (follows and type(keys[index]) is int and keys[index] == keys[index - 1] + 1):
            yield start, index
            start = index
    if len(keys):
        yield start, len(keys)


def keep(connection: Connection, operation: int, origins: Sequence[Origin]) -> None:
    """Write the source lines of an operation."""
    if not origins:
        return
    last = connection.value("SELECT max(id) FROM source_line") or 0
    ids = range(last + 1, last + 1 + len(origins))
    values = zip(*origins, strict=True)
    columns = dict(zip(Origin._fields, values, strict=True))
    bulk_insert(connection, "source_line", {"id": ids, **columns}, {"operation": operation})
