"""What a row makes of somebody new: the person, the membership, the papers.

A single row and the thousands of a roster use the same constructor: a single row is a column of
length one. No columns of a sheet are named here. A value goes into each entity that has a field of
that name, so a column that is declared in both is stored.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar

from leaguectl.kinds.cells import as_written, day
from leaguectl.kinds.line import Line
from leaguectl.kinds.papers import certificate_serial, form_serial, form_state, state_of
from leaguectl.kinds.parsing import Columns, cell_type
from leaguectl.model import (
    DECLARATIONS,
    Entity,
    Membership,
    NewRows,
    Person,
)

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


def facts_of(
    line: type[Line], columns: Columns, homes: Sequence[str | None], names: Sequence[Any]
) -> Columns:
    """The facts in rows of members, by the fields that store them.

    ``columns`` are the typed columns, ``homes`` the codes of the organisations, and ``names`` the
    original cells of the names.
    """
    days = {field: [value and value.date for value in columns[field]] for field in _days(line)}
    return {
        **columns,
        **days,
        "organization": homes,
        "joined_precision": [value.precision if value else "day" for value in columns["joined"]],
        "written": [*map(as_written, names, columns["name"])],
        "form": [*map(form_serial, columns["form"], columns["number"])],
        "form_state": [*map(form_state, columns["form"], columns["number"])],
        "certificate": [*map(certificate_serial, columns["certificate"])],
        "certificate_state": [*map(state_of, columns["certificate"])],
    }


@cache
def _days(line: type[Line]) -> list[str]:
    return [field for field, info in line.model_fields.items() if cell_type(info) is day]


def stored_fields(entity: type[Entity], facts: Mapping[str, T]) -> dict[str, T]:
    """The facts (values or columns) that an entity stores."""
    return {name: facts[name] for name in DECLARATIONS[entity].fields if name in facts}


def new_people(facts: Columns, ids: Sequence[int]) -> NewRows:
    """The people of some rows."""
    return NewRows(Person, {"id": ids, **stored_fields(Person, facts)}, {})


def new_memberships(
    facts: Columns, ids: Sequence[int], people: Sequence[int], seen: Sequence[date | None]
) -> NewRows:
    """Their memberships; ``people`` are the ids of the people, ``seen`` the days of the rosters: on
    these days people who have not left are members. Rows may say themselves which roster was the
    first."""
    columns = {"id": ids, "person": people, **stored_fields(Membership, facts)}
    columns["seen"] = [
        said or (day if left is None else None)
        for said, day, left in zip(facts["seen"], seen, facts["left"], strict=True)
    ]
    return NewRows(Membership, columns, {})


def single(rows: NewRows) -> Any:
    """The only record of a column of length one."""
    (change,) = rows
    return change.after
