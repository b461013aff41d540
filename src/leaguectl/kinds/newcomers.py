"""What a row makes of somebody new: the person, the membership, the papers.

There is one constructor for a single row and for the thousands of a roster: a single row is a
column of one. Nothing here names the columns of a sheet. What a row says goes into each entity that
has a field of that name, so a column that is declared in both is stored.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress
from typing import Any, TypeVar

from leaguectl.kinds.cells import as_written, day
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import Columns, cell_type
from leaguectl.model import (
    DECLARATIONS,
    Certificate,
    Entity,
    Form,
    Membership,
    NewRows,
    Number,
    Person,
    Snapshot,
)

E = TypeVar("E", bound=Entity)
T = TypeVar("T")

PAPERS = ("number", "form", "certificate")
"""The facts of a member that are records of their own, each known by its number."""


def facts_of(
    line: type[Line], columns: Columns, homes: Sequence[str | None], names: Sequence[Any]
) -> Columns:
    """What rows of members say, by the names of the fields in which it is stored.

    ``columns`` are as they were typed, ``homes`` the codes of the organisations that are meant, and
    ``names`` the cells of the names as they came.
    """
    days = {field: [value and value.date for value in columns[field]] for field in _days(line)}
    return {
        **columns,
        **days,
        "organization": homes,
        "joined_precision": [value.precision if value else "day" for value in columns["joined"]],
        "written": [*map(as_written, names, columns["name"])],
        "form": [*map(form_serial, columns["form"], columns["number"])],
    }


@cache
def _days(line: type[Line]) -> list[str]:
    return [field for field, info in line.model_fields.items() if cell_type(info) is day]


def form_serial(mark: str | None, number: str | None) -> str | None:
    """The serial of the form: its own, or the number that it bears (empty or 有); None for 无."""
    if mark in (None, "有"):
        return number
    return None if mark == "无" else mark


def stored_fields(entity: type[Entity], facts: Mapping[str, T]) -> dict[str, T]:
    """Those of the facts (values or columns) that an entity keeps."""
    return {name: facts[name] for name in DECLARATIONS[entity].fields if name in facts}


def new_people(facts: Columns, ids: Sequence[int]) -> NewRows:
    """The people of some rows."""
    return NewRows(Person, {"id": ids, **stored_fields(Person, facts)}, {})


def new_memberships(facts: Columns, ids: Sequence[int], people: Sequence[int]) -> NewRows:
    """Their memberships; ``people`` are the ids of the people."""
    columns = {"id": ids, "person": people, **stored_fields(Membership, facts)}
    return NewRows(Membership, columns, {})


def new_papers(facts: Columns, people: Sequence[int]) -> tuple[NewRows, ...]:
    """The papers that rows name and nobody has yet. A number that is none of our places was given
    elsewhere."""
    numbers = _held(facts["number"], people, "number")
    # A development number begins with its year.
    years = [int(number[:4]) for number in numbers["number"]]
    rows = (
        NewRows(Number, numbers | {"year": years}, {"state": "foreign"}),
        NewRows(Form, _held(facts["form"], people, "serial"), {}),
        NewRows(Certificate, _held(facts["certificate"], people, "serial"), {}),
    )
    return tuple(papers for papers in rows if len(papers))


def _held(papers: Sequence[str | None], people: Sequence[int], key: str) -> dict[str, list[Any]]:
    """The papers that are there, and whose they are."""
    # Not everybody has each paper, so these columns are shorter than those of the people.
    there = [paper is not None for paper in papers]
    return {key: [*compress(papers, there)], "person": [*compress(people, there)]}


def stored_papers(person: int, snapshot: Snapshot) -> dict[str, str | None]:
    """The papers that a person has now."""
    held = (snapshot.number_of, snapshot.form_of, snapshot.certificate_of)
    return {name: paper_of(person) for name, paper_of in zip(PAPERS, held, strict=True)}


def single(rows: NewRows) -> Any:
    """The record of a column of one."""
    (change,) = rows
    return change.after
