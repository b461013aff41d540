"""The short way of rows whose every cell is right, which are nearly all: column by column.

It asks the same functions that a line declares for its cells and makes the same lines as pydantic
does (a test holds them together), but each text of a column is typed once, and nothing is noted
of a fault: where a cell is wrong, its rows go the long way, which tells all that is wrong.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from sys import intern
from typing import Any, cast, get_args

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leaguectl.records.lines import Line
from leaguectl.sheets import CellError, Cells, NoValue, Row

_BLANK = frozenset({"", "/", "-", "--", "—", "——", "无资料", "暂无", "n/a", "N/A"})
"""What people write into a cell that has nothing to say."""

_KNOWN_TEXTS = 4096
"""Of how many texts of a column the meaning is remembered: its classes, schools, days, names."""

CellType = Callable[[Any], Any]


def is_blank(field: str, value: Any) -> bool:
    """Whether a cell says nothing."""
    if not isinstance(value, str):
        return value is None
    bare = value.strip()
    return bare in _BLANK or (bare == "无" and field != "form")


def quickly(line: type[Line], rows: Sequence[Row]) -> list[Line] | None:
    """The lines of some rows of one table; None where a cell is wrong, or one is missing that must
    be there."""
    declared = _declared(line)
    columns = _columns(rows) if rows else {}
    if columns is None or not columns.keys() <= declared.types.keys():
        return None
    try:
        typed = {field: declared.types[field](column) for field, column in columns.items()}
    except (PydanticCustomError, _Wrong):
        return None
    if any(None in typed.get(field, (None,)) for field in declared.required):
        return None
    _share(rows, columns, typed)
    return _made(line, len(rows), typed, declared)


def _share(
    rows: Sequence[Row], columns: Mapping[str, Sequence[Any]], typed: Mapping[str, Sequence[Any]]
) -> None:
    """Let the rows keep the texts of their lines, and one copy of a text that many say, in place
    of the copies that they were read with: a large sheet has a million cells."""
    kept = [_kept(column, typed[field]) for field, column in columns.items()]
    for row, values in zip(rows, zip(*kept, strict=True), strict=True):
        cast("Cells", row.cells).values_at = values


def _kept(said: Sequence[Any], meant: Sequence[Any]) -> list[Any]:
    return [
        two if one == two else intern(one) if type(one) is str else one
        for one, two in zip(said, meant, strict=True)
    ]


def _columns(rows: Sequence[Row]) -> dict[str, Sequence[Any]] | None:
    """The cells of the rows by column, where all of them have the columns of one table."""
    cells = [row.cells for row in rows if isinstance(row.cells, Cells)]
    if len(cells) < len(rows) or any(one.at is not cells[0].at for one in cells):
        return None
    by_column = zip(*(one.values_at for one in cells), strict=True)
    return dict(zip(cells[0].at, by_column, strict=True))


def _made(
    line: type[Line], count: int, typed: Mapping[str, Sequence[Any]], declared: "_Declared"
) -> list[Line]:
    """So many lines of these columns, made as ``model_construct`` makes one."""
    lines = [line.__new__(line) for _ in range(count)]
    for field in declared.types:  # in one order, so that all lines share one table of names
        _put(lines, field, typed.get(field, repeat(None)))
    _put(lines, "__pydantic_fields_set__", repeat(declared.fields))
    for name in ("__pydantic_extra__", "__pydantic_private__"):
        _put(lines, name, repeat(None))
    return lines


def _put(lines: list[Line], name: str, values: Iterable[Any]) -> None:
    deque(map(object.__setattr__, lines, repeat(name), values), maxlen=0)


class _Wrong(Exception):
    """A cell of which the long way tells what is wrong."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a line declares: how the cells of each column are typed, and which must be there."""

    types: Mapping[str, Callable[[Sequence[Any]], list[Any]]]
    required: frozenset[str]
    fields: set[str]


@cache
def _declared(line: type[Line]) -> _Declared:
    fields = line.model_fields
    types = {field: _column_type(field, cell_type(info)) for field, info in fields.items()}
    required = {field for field, info in fields.items() if info.is_required()}
    return _Declared(types, frozenset(required), set(fields))


def cell_type(info: Any) -> CellType:
    """The function that types the cells of a field, as its line declares it."""
    found = [*info.metadata]
    for one in get_args(info.annotation):
        found += getattr(one, "__metadata__", ())
    (validator,) = (one for one in found if isinstance(one, BeforeValidator))
    return cast("CellType", validator.func)


def _column_type(field: str, cell_type: CellType) -> Callable[[Sequence[Any]], list[Any]]:
    """What types a column: each text of it once, any other value where it stands."""

    @lru_cache(_KNOWN_TEXTS)
    def text(value: str | None) -> Any:
        return None if is_blank(field, value) else cell_type(value)

    def other(value: Any) -> Any:
        if isinstance(value, (CellError, NoValue)):
            raise _Wrong
        return text(value) if isinstance(value, str) else cell_type(value)

    def column(values: Sequence[Any]) -> list[Any]:
        if {*map(type, values)} <= {str, type(None)}:
            return list(map(text, values))
        return [text(one) if type(one) is str or one is None else other(one) for one in values]

    return column
