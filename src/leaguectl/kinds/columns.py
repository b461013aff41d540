"""The short way of rows whose every cell is right, which are nearly all: column by column.

It asks the same functions that a line declares for its cells and makes the same lines as pydantic
does (a test holds them together), but a text that a column repeats is typed once, and nothing is
noted of a fault: where a cell is wrong, its rows go the long way, which tells all that is wrong.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any, cast, get_args

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from leaguectl.kinds.lines import Line
from leaguectl.reader import CellError, NoValue
from leaguectl.workbooks.rows import Rows

_BLANK = frozenset({"", "/", "-", "--", "—", "——", "无资料", "暂无", "n/a", "N/A"})
"""What people write into a cell that has nothing to say."""

_BLANK_OR_NONE = _BLANK | {"无"}


def _blank(field: str) -> frozenset[str]:
    return _BLANK if field == "form" else _BLANK_OR_NONE


CellType = Callable[[Any], Any]

Typed = Mapping[str, Sequence[Any]]
"""What the rows of one table say, by field."""


def is_blank(field: str, value: Any) -> bool:
    """Whether a cell says nothing."""
    if not isinstance(value, str):
        return value is None
    return value.strip() in _blank(field)


def quickly(line: type[Line], rows: Rows) -> Typed | None:
    """The cells of some rows of one table, typed by column; None where one is wrong, or one is
    missing that must be there."""
    declared = _declared(line)
    if not rows or not rows.positions.keys() <= declared.types.keys():
        return None
    try:
        typed = {field: declared.types[field](rows.column(field)) for field in rows.positions}
    except (PydanticCustomError, _Wrong):
        return None
    if any(None in typed.get(field, (None,)) for field in declared.required):
        return None
    return typed


def made(line: type[Line], typed: Typed) -> list[Line]:
    """The lines of these columns, made as ``model_construct`` makes one."""
    declared = _declared(line)
    lines = [line.__new__(line) for _ in next(iter(typed.values()))]
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
    """What types a column. What many cells of it say is typed once: its classes, schools, days."""
    blank = _blank(field)

    def column(values: Sequence[Any]) -> list[Any]:
        types = {*map(type, values)}
        if CellError in types or NoValue in types:
            raise _Wrong
        if not types <= {str, type(None)}:
            # Of other types two may be equal that do not mean the same: 1 and True.
            return [None if is_blank(field, one) else cell_type(one) for one in values]
        if 2 * len(said := {*values}) <= len(values):
            known = {one: None if is_blank(field, one) else cell_type(one) for one in said}
            return [*map(known.__getitem__, values)]
        return [None if not one or one.strip() in blank else cell_type(one) for one in values]

    return column
