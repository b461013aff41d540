"""How reports query: a portable query each, whose rows have the names of its columns.

A query about an organisation and those below it begins with a text from here that defines
``below``: the codes of the organisation ``:org`` (empty: of everything) and of all organisations
under it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from leaguectl.store.reading import Reader

Row = dict[str, Any]

_BEFORE = """coalesce(
            (SELECT event.before FROM organization_event AS event
             WHERE event.organization = organization.code AND event.kind = '{kind}'
             AND event.day > {day} ORDER BY event.day, event.id LIMIT 1), {column})"""
# Where nothing changed it is the table itself, whose index finds the organisations below.
_TREE = "tree(code, parent, name) AS NOT MATERIALIZED (SELECT code, parent, name FROM organization)"
# MATERIALIZED, since SQLite would otherwise search the earlier parent again at every step down.
_TREE_OF = """tree(code, parent, name) AS MATERIALIZED (
        SELECT code, {parent}, {name} FROM organization
    )"""
_BELOW = """, below(code) AS (
        SELECT code FROM tree WHERE code = :org OR (:org = '' AND parent IS NULL)
        UNION SELECT tree.code FROM tree JOIN below ON tree.parent = below.code
    )
"""
_EVERY = ", below(code) AS (SELECT code FROM organization)\n"
_ALONE = ", below(code) AS (SELECT code FROM organization WHERE code = :org)\n"

BELOW = f"WITH RECURSIVE {_TREE}{_BELOW}"
"""``below`` by the present tree; ``tree`` has the parent and the name of each organisation."""

_LAST_DAY = "9999-12-31"
"""After every day that is recorded: as of this day, everything is as it is now."""

_CHANGED = """
    SELECT DISTINCT kind FROM organization_event
    WHERE kind IN ('moved', 'renamed') AND before IS NOT NULL AND day > :last
"""


def below_on(
    reader: Reader, day: str, parameter: str = ":last", *, every: bool = False, alone: bool = False
) -> str:
    """``tree`` and ``below`` as of a day, which queries have as ``parameter``: organisations have
    the parent and the name of that day. ``every`` means all organisations, without a walk down the
    tree for each figure; ``alone`` means only the organisation itself."""
    changed = {kind for (kind,) in reader.rows(_CHANGED, {"last": day})}
    columns = {
        column: _BEFORE.format(kind=kind, day=parameter, column=column)
        if kind in changed
        else column
        for column, kind in (("parent", "moved"), ("name", "renamed"))
    }
    # Today's tree is used where it is equal, since it is faster.
    tree = _TREE_OF.format(**columns) if changed else _TREE
    return f"WITH RECURSIVE {tree}{_EVERY if every else _ALONE if alone else _BELOW}"


def select(reader: Reader, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
    """The rows of a query by the names of its columns, days as ISO text on every database; of a day
    of which the month alone is known, the month (where its precision is selected too)."""
    rows = [
        {name: as_text(value) for name, value in row.items()}
        for row in reader.named_rows(sql, parameters)
    ]
    if rows and any(name.endswith(_PRECISION) for name in rows[0]):
        for row in rows:
            shorten_months(row)
    return rows


_PRECISION = "_precision"


def like(text: str) -> str:
    """A text as a part of a LIKE pattern with ``ESCAPE '!'``, so that it is matched literally."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def as_text(value: Any) -> Any:
    """A day as ISO text; anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def as_date(value: Any) -> date:
    """A value of the database as a date."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def as_last(day: date | None) -> str:
    """The day as of which something is asked, as queries take it; without one, as it is now."""
    return _LAST_DAY if day is None else day.isoformat()


def days_of(year: int) -> tuple[str, str]:
    """The first and the last day of a year, as queries take them."""
    return f"{year}-01-01", f"{year}-12-31"


def shorten_months(row: Row) -> None:
    """Take the days out of a row that nobody knows; how exactly each is known is said no more."""
    for name in [name for name in row if name.endswith(_PRECISION)]:
        field = name.removesuffix(_PRECISION)
        if row.pop(name) == "month" and row[field] is not None:
            row[field] = row[field][:7]
