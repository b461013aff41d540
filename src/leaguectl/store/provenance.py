"""Where stored facts come from: the operation, the file, the sheet and the cell of each."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from leaguectl.model import DECLARATIONS, Entity, key_of
from leaguectl.model.facts import Said
from leaguectl.model.ledger import NUMBER_DIGITS
from leaguectl.store.connection import Connection
from leaguectl.store.save import bulk_insert

if TYPE_CHECKING:
    from leaguectl.store.reading import Reader


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
    """Gathers which rows mention which records. Consecutive records in consecutive rows become a
    single line, so that a roster of 100,000 takes only a few."""

    lines: list[Origin] = field(default_factory=list)
    _last: dict[tuple[int, str, str | None], tuple[int, int, int]] = field(default_factory=dict)
    """The place, last key and last row of the last line of each table, entity and fields."""
    _known: dict[str, set[Any]] = field(default_factory=lambda: defaultdict(set))
    """Keys by entity that have a line already."""

    def add(
        self, source: int, noun: str, keys: Sequence[Any], rows: Sequence[int], fields: str | None
    ) -> None:
        """Add records by their keys with the numbers of the rows that mention them. A row that
        finds a record as an earlier row of the operation left it adds nothing."""
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
    """The ranges of indexes in which keys and rows both count up by one."""
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


# -- looked up -----------------------------------------------------------------------------------


class Place(NamedTuple):
    """The place of a fact: a file, a sheet, a row, and the cell where its column is known; ``day``
    is the day of the sheet."""

    file: str
    sheet: str | None
    row: int
    cell: str | None
    day: str | None

    @property
    def text(self) -> str:
        """``file!sheet!cell``, as messages name a place."""
        return "!".join(filter(None, (self.file, self.sheet, self.cell or str(self.row))))


class _Line(NamedTuple):
    """A source line as it is looked up."""

    first_key: int
    last_key: int
    first_row: int
    source: int
    fields: str | None


_LINES = "SELECT noun, first_key, last_key, key, first_row, source, fields FROM source_line"
_SAID_BY: Mapping[str, tuple[str, ...]] = {
    "joined": ("meeting",),
    "joined_precision": ("joined", "meeting"),
    "person": ("id_number", "name"),
    "form": ("number",),
    "serial": ("number",),
    "title": ("said",),
    "written": ("name",),
}
"""Fields that follow from the column of another field, where they have none of their own."""
_GIVEN = frozenset({"number", "form", "certificate", "serial"})
"""Fields that ``admit`` fills where the row leaves them out, so that their cell is not certain."""


class Sheets:
    """The sheets of an operation, and which of their rows and cells mention which records."""

    def __init__(self, reader: "Reader", operation: int) -> None:
        named = {"operation": operation}
        sql = "SELECT sources, command FROM operation WHERE id = :operation"
        ((sources, command),) = reader.rows(sql, named) or [("[]", "")]
        self.sources: list[dict[str, Any]] = json.loads(sources)
        self.gives_numbers = command == "admit"
        self._by_noun: dict[str, list[_Line]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], list[_Line]] = defaultdict(list)
        order = "WHERE operation = :operation ORDER BY noun, first_key, id"
        for noun, first, last, key, *rest in reader.rows(f"{_LINES} {order}", named):
            if first is None:
                self._by_key[noun, key].append(_Line(0, 0, *rest))
            else:
                self._by_noun[noun].append(_Line(first, last, *rest))
        self._reach = {
            noun: list(accumulate((line.last_key for line in lines), max))
            for noun, lines in self._by_noun.items()
        }

    def place(self, record: Entity, field: str | None = None) -> Place | None:
        """Where the operation's sheets mention a record, or a field of it; None where they do
        not."""
        declaration = DECLARATIONS[type(record)]
        lines = self._lines(declaration.name, key_of(record))
        if not lines:  # a paper is in the row of its holder, a number in that of its quota
            owners = sorted(declaration.references.items(), key=lambda named: named[0] != "person")
            for name, table in owners:
                if lines := self._lines(table, getattr(record, name)):
                    break
        if not lines:
            return None
        likeliest = _likeliest(lines, field)
        for key, line in likeliest:
            columns = self.sources[line.source].get("columns", {})
            for name in self._columns_for(record, field):
                if name in columns:
                    return self._placed(key, line, columns[name])
        return self._placed(*likeliest[0], None)

    def place_of(self, noun: str, key: Any) -> Place | None:
        """Where the operation's sheets mention a record, by its key; None where they do not."""
        lines = self._lines(noun, key)
        return self._placed(*_likeliest(lines, None)[0], None) if lines else None

    def _columns_for(self, record: Entity, field: str | None) -> Iterator[str]:
        """The possible names of a field's column in a table, the likeliest first."""
        if field is None or (self.gives_numbers and field in _GIVEN):
            return
        bare = field.removesuffix("_precision")  # how exactly a day is known is said by its cell
        names: tuple[str, ...] = (field, *_SAID_BY.get(field, () if bare == field else (bare,)))
        value = getattr(record, field)
        if field in ("form", "serial") and len(value) == NUMBER_DIGITS and value.isdigit():
            names = names[::-1]  # the form bears the number, whatever its own cell says
        for name in names:
            yield f"{DECLARATIONS[type(record)].name}.{name}"
            yield name

    def _placed(self, key: int, line: _Line, letter: str | None) -> Place:
        source, row = self.sources[line.source], line.first_row + key - line.first_key
        cell = f"{letter}{row}" if letter else None
        return Place(source["file"], source.get("sheet"), row, cell, source.get("day"))

    def _lines(self, noun: str, key: Any) -> list[tuple[int, _Line]]:
        """The lines that mention a record, each with the record's key as the line counts it."""
        if type(key) is not int:
            return [(0, line) for line in self._by_key.get((noun, str(key)), ())]
        lines, found = self._by_noun.get(noun, []), []
        place = bisect_right(lines, key, key=attrgetter("first_key"))
        while place and self._reach[noun][place - 1] >= key:
            place -= 1
            if lines[place].last_key >= key:
                found.append((key, lines[place]))
        return found[::-1]


def _likeliest(lines: list[tuple[int, _Line]], field: str | None) -> list[tuple[int, _Line]]:
    """The lines by likelihood of having set the field: the last that changed it, then the line that
    created the record, then the others."""

    def rank(numbered: tuple[int, tuple[int, _Line]]) -> tuple[int, int]:
        place, (_, line) = numbered
        if line.fields is None:
            return (1, place)
        return (0, -place) if field in line.fields.split(",") else (2, place)

    return [line for _, line in sorted(enumerate(lines), key=rank)]


# -- what a sheet has to give way to -------------------------------------------------------------

_OPERATIONS = "SELECT id, day, at, sources FROM operation ORDER BY id"
_BY_HAND = """
    SELECT DISTINCT history.noun, history.key FROM history
    JOIN operation ON operation.id = history.operation
    WHERE operation.undoes IS NULL AND operation.sources = '[]'
"""
_MENTIONS = """
    SELECT operation, source FROM source_line WHERE noun = :noun
    AND ((first_key <= :number AND last_key >= :number) OR key = :key) AND operation > :since
"""
_FORMER = "SELECT id FROM former_value WHERE noun = :noun AND key = :key AND field = :field"


def undone_by(reader: "Reader | Connection") -> dict[int, int | None]:
    """Each operation and the undo in force; an undo that was itself undone does not count."""
    undone: dict[int, int | None] = {}
    pending: dict[int, int] = {}
    for number, undoes in reader.rows("SELECT id, undoes FROM operation ORDER BY id DESC"):
        undone[number] = pending.get(number)
        if undoes is not None and undone[number] is None:
            pending.setdefault(undoes, number)
    return undone


class FactSources:
    """The sources of stored values (:class:`leaguectl.model.facts.Facts`), looked up only where a
    sheet contradicts them and may be older."""

    def __init__(self, reader: "Reader") -> None:
        self._reader = reader

    def standing(
        self, record: Entity, field: str, day: date | None, *, is_dated: bool
    ) -> Said | None:
        """The stored fact that outweighs a contradicting sheet of that day."""
        by_hand = (DECLARATIONS[type(record)].name, str(key_of(record))) in self._by_hand
        if day is None or (day >= self._latest and not by_hand):
            return None
        said = self.said(record, field)
        if said is None:
            return None
        if said.place is None and by_hand:
            return None if is_dated and day > said.day else said
        return said if said.day > day else None

    def said(self, record: Entity, field: str) -> Said | None:
        """The source of the stored value of a field, or the last that confirmed it; None where
        there is none."""
        from leaguectl.store.versions import Versions

        versions = Versions(self._reader).of(type(record), [key_of(record)]).get(key_of(record))
        if not versions:
            return None  # an earlier row of the same batch created it
        place = len(versions) - 1
        value = getattr(record, field)
        while place and getattr(versions[place - 1].record, field) == value:
            place -= 1
        if place == 0 and value is None:
            return None
        origin = versions[place].record
        number = origin.operation or versions[place].begun
        found = Sheets(self._reader, number).place(origin, field)
        first = Said(self._day(number, found), number, found and found.text)
        sources = [first, *self._confirmed(record, field, number)]
        last = max(sources, key=attrgetter("day"))
        if self._had_others(record, field):
            return last
        return last._replace(earliest=min(source.day for source in sources))

    def _had_others(self, record: Entity, field: str) -> bool:
        """Whether an earlier value of the field is recorded."""
        of = {"noun": DECLARATIONS[type(record)].name, "key": str(key_of(record)), "field": field}
        return bool(self._reader.rows(_FORMER, of))

    def _confirmed(self, record: Entity, field: str, since: int) -> Iterator[Said]:
        """The later sheets that mention the record and have a column for the field."""
        key, noun = key_of(record), DECLARATIONS[type(record)].name
        number = key if type(key) is int else -1
        asked = {"noun": noun, "number": number, "key": str(key), "since": since}
        for operation, source in self._reader.rows(_MENTIONS, asked):
            sources = self._operations.get(operation, (date.min, []))[1]
            columns = sources[source].get("columns", {}) if source < len(sources) else {}
            if field in columns or f"{noun}.{field}" in columns:
                found = Sheets(self._reader, operation).place(record, field)
                yield Said(self._day(operation, found), operation, found and found.text)

    def _day(self, operation: int, place: Place | None) -> date:
        if place is not None and place.day:
            return date.fromisoformat(place.day)
        return self._operations.get(operation, (date.min, []))[0]

    @cached_property
    def _operations(self) -> dict[int, tuple[date, list[dict[str, Any]]]]:
        """The day and the sheets of each operation that was not undone."""
        found, undone = {}, undone_by(self._reader)
        for number, day, at, sources in self._reader.rows(_OPERATIONS):
            if undone[number] is not None:
                continue
            of = day if isinstance(day, date) else date.fromisoformat(day or at[:10])
            found[number] = (of, json.loads(sources))
        return found

    @cached_property
    def _latest(self) -> date:
        days = [day for number, (day, _) in self._operations.items() if number]
        said = (
            date.fromisoformat(source["day"])
            for _, sources in self._operations.values()
            for source in sources
            if source.get("day")
        )
        return max([date.min, *days, *said])

    @cached_property
    def _by_hand(self) -> set[tuple[str, str]]:
        """The records that were changed by a command rather than a sheet."""
        return {(noun, key) for noun, key in self._reader.rows(_BY_HAND)}
