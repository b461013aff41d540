"""The other way: what a typed line says in the cells of its sheet.

``parse`` of what is said here gives the same line again; a test holds the two together.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic_core import PydanticCustomError

from leaguectl.kinds.cells import Day
from leaguectl.kinds.columns import CellType, cell_type
from leaguectl.kinds.lines import Line
from leaguectl.kinds.lines.county import EVERYWHERE, VOLUNTEER

COMPARED = frozenset({"unit", "born", "sex"})
"""Columns that are read to find or to doubt what the others say, and are stored nowhere."""


@cache
def told_fields(line: type[Line]) -> tuple[str, ...]:
    """The columns of a kind that say what is stored, in their order."""
    return tuple(field for field in line.model_fields if field not in COMPARED)


def cells_of(line: Line, *, in_words: bool = True) -> list[Any]:
    """What each column of :func:`told_fields` says: days as days, a month as ``2023-05``, numbers
    as numbers, values of ours by the first word that their column knows.

    A value for which the column has no word is left blank, which says nothing. Without
    ``in_words`` values of ours stay as they are, for a script.
    """
    kind = type(line)
    values = [getattr(line, field) for field in told_fields(kind)]
    ways = _ways(kind) if in_words else (_plain,) * len(values)
    return [say(value) for say, value in zip(ways, values, strict=True)]


@cache
def _ways(line: type[Line]) -> tuple[Callable[[Any], Any], ...]:
    """How each column says its value."""
    ways = []
    for field in told_fields(line):
        words = _words(cell_type(line.model_fields[field]))
        ways.append(words.get if words else _plain)
    return tuple(ways)


def _words(asked: CellType) -> Mapping[str, str]:
    """The first word for each value of a column that knows only some; nothing for any other.

    A column is asked with a word that none can know, since its fault names those that it does.
    """
    try:
        asked("?")
    except PydanticCustomError as unknown:
        known = (unknown.context or {}).get("known", ())
        return {asked(word): word for word in known}
    return {}


_SAID = {VOLUNTEER: "西部计划志愿者", EVERYWHERE: "全县"}
"""How a value of ours is said that stands in a column of any words."""


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and not isinstance(value, Day):
        return "、".join(str(_SAID.get(one, one)) for one in value)
    if isinstance(value, str) and value in _SAID:
        return _SAID[value]
    if isinstance(value, Day):
        return value.date if value.precision == "day" else f"{value.date:%Y-%m}"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
