"""From stored records to the cells of sheets: the inverse of planning and typing.

What a kind writes, its planner reads again without a change; the cells of a line are typed as the
same line. Tests cover all kinds and columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from leaguectl.kinds.activities import EVERYWHERE
from leaguectl.kinds.cadres import VOLUNTEER
from leaguectl.kinds.cells import Day
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.kind import Kind, Lifetime
from leaguectl.kinds.line import COMPARED, Line, declared
from leaguectl.kinds.parsing import cell_type
from leaguectl.model import Snapshot

# -- what is stored, as lines ---------------------------------------------------------------------


def stored_lines(
    kind: Kind[Any], snapshot: Snapshot, above: str | None = None, day: date | None = None
) -> Iterator[Line]:
    """The rows of a kind for the content of a registry; only of ``above`` and all below it where
    given, and as of that day."""
    if day is not None and not kind.is_dated:
        return
    for home, line in kind.stored(snapshot):
        begun = getattr(line, kind.begins) if kind.begins else None
        first = begun.date if isinstance(begun, Day) else begun
        if day is not None and first is not None and first > day:
            continue
        if above is None or (home is not None and snapshot.is_below(home, above)):
            yield line


def records_as_of(records: Iterable[Any], lifetime: Lifetime, day: date | None) -> Iterator[Any]:
    """The records that were there on that day, without what was known of them later; all for
    None."""
    for record in records:
        if day is None:
            yield record
            continue
        begun = getattr(record, lifetime.begins) if lifetime.begins else None
        # A year stands for all of its days.
        if begun is not None and begun > (day.year if isinstance(begun, int) else day):
            continue
        later = [
            fields
            for fields in (lifetime.ends, *((field,) for field in lifetime.within))
            if fields and (known := getattr(record, fields[0])) is not None and known > day
        ]
        unknown = dict.fromkeys(chain.from_iterable(later))
        yield replace(record, **unknown) if unknown else record


# -- a line, as cells -----------------------------------------------------------------------------


def exported_fields(line: type[Line], *, carrying: bool = True) -> tuple[str, ...]:
    """The exported columns of a kind, in order; those that only pass between registries where it is
    ``carrying`` one over."""
    return tuple(
        field
        for field in line.model_fields
        if field not in COMPARED and (carrying or not declared(line, field).is_carried)
    )


def cells_of(line: Line, *, in_words: bool = True, carrying: bool = True) -> list[Any]:
    """What each column of :func:`exported_fields` shows: days as days, a month as ``2023-05``,
    numbers as numbers, codes by the first word that their column knows.

    A code for which the column has no word is left blank, which says nothing. Without ``in_words``
    codes stay as they are, for a script.
    """
    return [
        (render if in_words else _plain)(getattr(line, field))
        for field, render in _renderers(type(line), carrying=carrying)
    ]


@cache
def _renderers(line: type[Line], *, carrying: bool) -> list[tuple[str, Callable[[Any], Any]]]:
    """The exported columns, each with what shows its values."""
    fields = exported_fields(line, carrying=carrying)
    types = {field: cell_type(line.model_fields[field]) for field in fields}
    return [
        (field, type_.shown if isinstance(type_, Choice) else _plain)
        for field, type_ in types.items()
    ]


_WORDS: Mapping[str, str] = {VOLUNTEER: "西部计划志愿者", EVERYWHERE: "全县"}
"""How a code is shown in a column of free words."""


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and not isinstance(value, Day):
        return "、".join(str(_WORDS.get(part, part)) for part in value)
    if isinstance(value, str) and value in _WORDS:
        return _WORDS[value]
    if isinstance(value, Day):
        return value.known
    # Hours and marks are decimals in the registry; an office writes 8, not 8.0.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
