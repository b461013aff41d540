"""From changes to rows of the tables: what is left of them, each noun's columns, its history."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Date

from leaguectl.names import fold_name
from leaguectl.registry import KEYS, Change, Noun, Organization, as_plain
from leaguectl.store.tables import TABLES


def _columns(noun: type[Any]) -> Any:
    return TABLES[noun].__table__.columns  # type: ignore[attr-defined]


NAMES: dict[type[Any], tuple[str, ...]] = {
    noun: tuple(one.name for one in fields(noun)) for noun in TABLES
}
"""The columns of each noun, in the order of its fields."""
_DAYS = {
    noun: [at for at, name in enumerate(names) if isinstance(_columns(noun)[name].type, Date)]
    for noun, names in NAMES.items()
}
"""Where among them a noun has its days."""
_GETTERS = {noun: attrgetter(*names) for noun, names in NAMES.items()}


def net(changes: Iterable[Change]) -> dict[type[Noun], list[Change]]:
    """What is left of the changes when those of one thing are put together: its first state and
    its last. A number made free and taken by a later row is made used."""
    by_noun: dict[type[Noun], list[Change]] = defaultdict(list)
    for change in changes:
        by_noun[change.noun].append(change)
    return {noun: _put_together(noun, of_noun) for noun, of_noun in by_noun.items()}


def _put_together(noun: type[Noun], changes: list[Change]) -> list[Change]:
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
    if kind is Organization:
        values["folded"] = fold_name(noun.name)
    return values


def rows_of(
    noun: type[Noun], made: Iterable[Noun], operation: int | None, *, days_as_text: bool
) -> Iterator[tuple[Any, ...]]:
    """The rows of many nouns, their columns in the order of :func:`values_of`."""
    getter, days = _GETTERS[noun], _DAYS[noun] if days_as_text else ()
    for one in made:
        row = list(getter(one))
        if operation is not None:
            row[-1] = operation
        for at in days:
            if row[at] is not None:
                row[at] = row[at].isoformat()
        if noun is Organization:
            row.append(fold_name(one.name))  # type: ignore[union-attr]
        yield tuple(row)


def kept(before: Noun, operation: int) -> dict[str, Any]:
    """The row of history for what an operation replaced."""
    noun = type(before)
    return {
        "operation": operation,
        "noun": noun.__name__.lower(),
        "key": str(getattr(before, KEYS[noun])),
        "before": as_json(as_plain(before)),
        "written": before.operation,
    }


def as_json(value: Any) -> str:
    """Facts as a column of text keeps them."""
    return json.dumps(value, ensure_ascii=False)
