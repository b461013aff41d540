"""Members of whom the registry knows nothing, by column: what their rows say, what they make.

What comes out is what :func:`leaguectl.kinds.members.plan_member` makes of each of them (a test
holds the two together).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from leaguectl.kinds.batch import Batch, Block, as_known
from leaguectl.kinds.cells import as_written
from leaguectl.kinds.members import MemberLine, form_serial
from leaguectl.model import (
    Certificate,
    Form,
    Membership,
    NewRows,
    Number,
    Organization,
    Person,
    Snapshot,
    born_by,
    sex_by,
)

Columns = Mapping[str, Sequence[Any]]


def columns_of(block: Block[MemberLine], batch: Batch) -> Columns:
    """What the rows say, and what follows from it, by column."""
    columns = {field: block.column(field) for field in MemberLine.model_fields}
    pairs = [*zip(columns["organization"], columns["unit"], strict=True)]
    homes = {pair: _home(batch.meant(*pair)) for pair in {*pairs}}
    joined = columns["joined"]
    return columns | {
        "home": [homes[pair] for pair in pairs],
        "form": [*map(form_serial, columns["form"], columns["number"])],
        "written": [*map(as_written, block.rows.column("name"), columns["name"])],
        "birth": [*map(born_by, columns["id_number"])],
        "joined": [day and day.date for day in joined],
        "joined_precision": [day.precision if day else "day" for day in joined],
        "left": [day and day.date for day in columns["left"]],
    }


def _home(found: Sequence[Organization]) -> str | None:
    """The code of the one organisation that is meant and still there."""
    return found[0].code if len(found) == 1 and found[0].dissolved is None else None


def where(column: Sequence[Any], among: Collection[Any]) -> Iterator[int]:
    """The places of what is among these."""
    return (at for at, one in enumerate(column) if one in among) if among else iter(())


def contradictory(columns: Columns) -> set[int]:
    """The places of those whose row contradicts itself, and of those without a home."""
    id_numbers, births = columns["id_number"], columns["birth"]
    return {
        *(at for at, home in enumerate(columns["home"]) if home is None),
        *(
            at
            for at, said in enumerate(columns["born"])
            if said is not None and said.date != as_known(said, births[at])
        ),
        *(
            at
            for at, said in enumerate(columns["sex"])
            if said is not None and said != sex_by(id_numbers[at])
        ),
        *(
            at
            for at, left in enumerate(columns["left"])
            if left is not None and left < (columns["joined"][at] or left)
        ),
        *(
            at
            for at, reason in enumerate(columns["leaving_reason"])
            if reason is not None and columns["left"][at] is None
        ),
    }


def without_our_number(columns: Columns, snapshot: Snapshot) -> Iterator[int]:
    """The places of those whose number should be one of ours."""
    if not snapshot.quotas:
        return iter(())
    said = zip(columns["home"], columns["joined"], columns["number"], strict=True)
    years = [(home, day and number and day.year) for home, day, number in said]
    return where(years, {pair for pair in {*years} if all(pair) and snapshot.places_for(*pair)})


def made_of(columns: Columns, snapshot: Snapshot) -> tuple[NewRows, ...]:
    """The people of these rows, their memberships and papers."""
    count = len(columns["name"])
    ids = snapshot.new_ids(Person, count)
    said = ("name", "id_number", "phone", "politics", "written")
    stayed = ("joined", "joined_precision", "left", "leaving_reason")
    memberships = {
        "id": snapshot.new_ids(Membership, count),
        "person": ids,
        "organization": columns["home"],
        **{name: columns[name] for name in stayed},
    }
    numbers = _held(columns["number"], ids, "number")
    years = [int(number[:4]) for number in numbers["number"]]
    made = (
        NewRows(Person, {"id": ids, **{name: columns[name] for name in said}}, {}),
        NewRows(Membership, memberships, {}),
        NewRows(Number, numbers | {"year": years}, {"state": "foreign"}),
        NewRows(Form, _held(columns["form"], ids, "serial"), {}),
        NewRows(Certificate, _held(columns["certificate"], ids, "serial"), {}),
    )
    return tuple(many for many in made if len(many))


def _held(papers: Sequence[str | None], persons: Sequence[int], key: str) -> dict[str, list[Any]]:
    """The papers that are there, and whose they are."""
    there = [paper is not None for paper in papers]
    return {key: [*compress(papers, there)], "person": [*compress(persons, there)]}
