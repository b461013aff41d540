"""Between nouns and rows of their tables: each noun's columns, what is left of changes, history."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any, TypeVar

from leaguectl.findings import DatabaseUnavailable
from leaguectl.model import DECLARATIONS, KEYS, Change, Entity, NewRows, as_plain
from leaguectl.names import fold_name
from leaguectl.store.connection import Row

T = TypeVar("T")

AT_A_TIME = 1000
"""So many rows are laid out by column together."""

NAMES: dict[type[Any], tuple[str, ...]] = {
    kind: tuple(declaration.fields) for kind, declaration in DECLARATIONS.items()
}
"""The columns of each entity, in the order of its fields."""
_DEFAULTS: dict[type[Any], dict[str, Any]] = {
    kind: {name: item.default for name, item in declaration.fields.items() if not item.is_required}
    for kind, declaration in DECLARATIONS.items()
}
_GETTERS = {kind: attrgetter(*names) for kind, names in NAMES.items()}
_DAYS: dict[type[Any], list[int]] = {
    kind: [index for index, name in enumerate(names) if name in DECLARATIONS[kind].days]
    for kind, names in NAMES.items()
}


def table_of(noun: type[Any]) -> str:
    """The name of a noun's table."""
    return DECLARATIONS[noun].table


def asking(noun: type[Any]) -> str:
    """The query for all of a noun; a condition may stand behind it."""
    columns = ", ".join(f'"{name}"' for name in NAMES[noun])
    return f'SELECT {columns} FROM "{table_of(noun)}"'  # noqa: S608


def nouns_of(noun: type[T], rows: Iterable[Row]) -> Iterator[T]:
    """The rows of :func:`asking` as what they are rows of.

    :raises DatabaseUnavailable: a day is none; another program changed it.
    """
    days, left = _DAYS[noun], iter(rows)
    try:
        while some := list(islice(left, AT_A_TIME)):
            columns: list[Iterable[Any]] = list(zip(*some, strict=True))
            for at in days:
                columns[at] = map(_day, columns[at])
            yield from map(noun, *columns)
    except (ValueError, TypeError):
        raise DatabaseUnavailable("database-nonsense", table=table_of(noun)) from None


@lru_cache(maxsize=16384)
def _day(kept: Any) -> date | None:
    """A day as SQLite keeps it, or as it is."""
    return kept if kept is None or isinstance(kept, date) else date.fromisoformat(kept)


def net(
    changes: Iterable[Change | NewRows],
) -> tuple[dict[type[Entity], list[Change]], dict[type[Entity], list[NewRows]]]:
    """What is left of the changes when those of one thing are put together: its first state and
    its last. A number made free and taken by a later row is made used. Beside them the many
    new ones, which nothing else is about."""
    by_noun: dict[type[Entity], list[Change]] = defaultdict(list)
    many: dict[type[Entity], list[NewRows]] = defaultdict(list)
    for one in changes:
        if isinstance(one, NewRows):
            many[one.noun].append(one)
        else:
            by_noun[one.noun].append(one)
    return {noun: _put_together(noun, of_noun) for noun, of_noun in by_noun.items()}, many


def _put_together(noun: type[Entity], changes: list[Change]) -> list[Change]:
    if all(one.before is None and one.after is not None for one in changes):
        key = attrgetter(KEYS[noun])
        if len({key(one.after) for one in changes}) == len(changes):
            return changes  # each makes another
    left: dict[Any, Change] = {}
    for change in changes:
        known = left.get(change.key)
        left[change.key] = Change(known.before if known else change.before, change.after)
    return [one for one in left.values() if one.before is not None or one.after is not None]


def values_of(noun: Any, operation: int | None) -> dict[str, Any]:
    """The columns of a noun's row, with this operation as the one that wrote it (None: its own)."""
    kind = type(noun)
    values = dict(zip(NAMES[kind], _GETTERS[kind](noun), strict=True))
    if operation is not None:
        values["operation"] = operation
    for column, name in DECLARATIONS[kind].folded.items():
        values[column] = fold_name(values[name])
    return values


def together(noun: type[Entity], made: Iterable[Entity]) -> NewRows:
    """New ones of a noun (at least one) field by field."""
    columns = zip(*map(_GETTERS[noun], made), strict=True)
    return NewRows(noun, dict(zip(NAMES[noun], columns, strict=True)), {})


def columns_of(many: NewRows, operation: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the rows of many new ones, and what all have in common, with this operation as
    the one that wrote them (None: their own)."""
    columns, same = dict(many.columns), {**_DEFAULTS[many.noun], **many.same}
    if operation is not None:
        columns.pop("operation", None)
        same["operation"] = operation
    for folded, name in DECLARATIONS[many.noun].folded.items():
        if name in columns:
            columns[folded] = list(map(fold_name, columns[name]))
        else:
            same[folded] = fold_name(same[name])
    for name in columns.keys() - {KEYS[many.noun]}:
        first, column = columns[name][0], columns[name]
        if first == column[-1] and column.count(first) == len(column):
            same[name] = first
            del columns[name]
    return columns, {name: value for name, value in same.items() if name not in columns}


def kept(before: Entity, operation: int) -> dict[str, Any]:
    """The row of history for what an operation replaced."""
    noun = type(before)
    return {
        "operation": operation,
        "noun": DECLARATIONS[noun].name,
        "key": str(getattr(before, KEYS[noun])),
        "before": as_json(as_plain(before)),
        "written": before.operation,
    }


def as_json(value: Any) -> str:
    """Facts as a column of text keeps them."""
    return json.dumps(value, ensure_ascii=False)
