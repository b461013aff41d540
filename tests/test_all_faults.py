"""Every fault of a row is reported at once: an unreadable cell hides nothing that the others say.

The pairs are made from the declarations. A row of each kind comes from the sample county; one of
its cells is given another value, and what is found then is a fault. Where it is found whatever
stands in a second cell, it must be found where that cell cannot be read as well.
"""

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from conftest import Ran, Run
from leaguectl.findings import Private
from leaguectl.kinds import KINDS
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.parsing import cell_type, is_blank, read
from leaguectl.kinds.planning import plan_rows
from leaguectl.kinds.rendering import cells_of, exported_fields
from leaguectl.kinds.row_plans import Item
from leaguectl.model import Change, Snapshot, one_by_one
from leaguectl.rules import BOOKS, Policy, policy_of
from leaguectl.store import locate
from leaguectl.store.writing import Store
from leaguectl.workbooks.rows import Row
from samples import cells

ROUNDS = int(os.environ.get("LEAGUECTL_TEST_PAIRS", "2"))
"""How many second cells are tried for each fault; 0 tries all."""

UNREADABLE = ("无法辨认的内容？", "9" * 400)
"""What most columns cannot read; of any text at all, what is too long."""

ONLY_CELLS = {"groups", "pioneers", "bases"}
"""Kinds with whose rows nothing can be wrong but a cell by itself."""

Found = set[tuple[str, str | None]]


@pytest.fixture(scope="module")
def snapshot(sample_registry: Path) -> Iterator[Snapshot]:
    """All of the sample county, which no test of this module changes."""
    with Store(locate(str(sample_registry))).write() as transaction:
        yield transaction.whole()


@pytest.fixture(scope="module")
def policy(snapshot: Snapshot) -> Policy:
    """The policy of the sample county."""
    return policy_of(snapshot)


def unreadable(kind: Kind[Any], field: str) -> str | None:
    """What cannot stand in a cell of that column."""
    type_ = cell_type(kind.line.model_fields[field])
    for text in UNREADABLE:
        try:
            type_(text)
        except PydanticCustomError:
            return text
    return None


def errors(kind: Kind[Any], given: dict[str, Any], snapshot: Snapshot, policy: Policy) -> Found:
    """Which errors a row has, and in which columns."""
    row = Row("f", "s", 2, given, {field: ("A", field) for field in kind.line.model_fields})
    line, faults = read(kind.line, row)
    reserved, later = {*snapshot.reserved}, {*snapshot.admitted_later}
    planned = plan_rows([Item(line, row, faults)], snapshot, policy)
    snapshot.reserved, snapshot.admitted_later = reserved, later
    for change in reversed([*one_by_one(planned.changes)]):
        snapshot.apply(Change(change.after, change.before))
    return {
        (finding.code, finding.where.field if finding.where else None)
        for finding in planned.findings
        if finding.is_error
    }


def good_row(kind: Kind[Any], snapshot: Snapshot) -> dict[str, Any]:
    """A row of the sample, as export writes it, that says the most. Of a kind of which the sample
    has none, one of a member of it."""
    rows = [
        {
            field: str(value) if isinstance(value, Private) else value
            for field, value in zip(exported_fields(kind.line), cells_of(line), strict=True)
            if value is not None
        }
        for _, (_, line) in zip(range(50), kind.stored(snapshot), strict=False)
    ]
    if rows:
        return max(rows, key=len)
    member = good_row(KINDS["members"], snapshot)
    return {
        field: member[field] if field in member else others(kind, field, {})[0]
        for field, info in kind.line.model_fields.items()
        if field in member or info.is_required()
    }


def others(kind: Kind[Any], field: str, given: dict[str, Any]) -> list[Any]:
    """Other values that the column can read."""
    known = given.get(field)
    return [cell for cell in cells(kind.line, field) if cell != known and not is_blank(field, cell)]


def hangs_on(code: str, column: str) -> bool:
    """Whether a rule looks at a column, whatever it found in those that were tried; those of a
    person are asked of what a row makes, which nobody knows of one that cannot be read."""
    rule = next((rule for book in BOOKS.values() for rule in book if rule.code == code), None)
    if rule is None or code == "one-form":
        return rule is not None and column == "number"
    if code == "one-person" and column == "reached":
        return True  # the case of somebody who was admitted is not judged as one that is open
    of_joining = {"joined", "epoch", "year", "age at joining"} & {*(rule.depends_on or ())}
    return rule.scope == "person" or (column in ("joined", "meeting") and bool(of_joining))


@pytest.mark.parametrize("name", KINDS)
def test_a_cell_that_cannot_be_read_hides_no_other_fault(
    name: str, snapshot: Snapshot, policy: Policy
) -> None:
    """An unreadable cell and any fault that does not depend on it are both reported."""
    kind, draw, tried = KINDS[name], random.Random(name), 0  # noqa: S311
    good = good_row(kind, snapshot)
    for field in kind.line.model_fields:
        for value in others(kind, field, good)[:2]:
            wrong = {**good, field: value}
            faults = errors(kind, wrong, snapshot, policy)
            columns = [column for column in kind.line.model_fields if column != field]
            for column in draw.sample(columns, min(ROUNDS or 99, len(columns))) if faults else ():
                if (bad := unreadable(kind, column)) is None:
                    continue
                certain = faults
                for other in [*others(kind, column, good)[:3], None]:
                    certain = certain & errors(kind, {**wrong, column: other}, snapshot, policy)
                certain = {found for found in certain if not hangs_on(found[0], column)}
                reported = errors(kind, {**wrong, column: bad}, snapshot, policy)
                assert column in {place for _, place in reported}, (column, bad)
                assert certain <= reported, (field, value, column, bad)
                tried += 1
    assert bool(tried) is (name not in ONLY_CELLS)


def codes(ran: Ran) -> list[str]:
    """The codes of what a JSON answer tells."""
    return [finding["code"] for finding in json.loads(ran.out)["findings"]]


def test_a_bad_option_hides_no_other_fault(run: Run, sample_db: Path) -> None:
    """All faults of a candidate or organisation given by options are reported at once."""
    candidate = ("--name", "王小明", "--id-number", "123", "--org", "NOPE", "--course-hours", "3")
    found = codes(run("admit", "-O", "json", *candidate))
    assert {"id-length", "organization-unknown", "course-hours", "cell-missing"} <= {*found}
    added = run("org", "add", "新支部", "--type", "错", "--parent", "NOPE", "-O", "json")
    assert codes(added) == ["choice-unknown", "organization-unknown"]


def test_a_masked_export_is_said_once_to_be_one(run: Run, sample_db: Path, tmp_path: Path) -> None:
    """Our own export without --reveal, read back: one finding for all its ID numbers."""
    masked = tmp_path / "masked.xlsx"
    assert run("export", "members", "-o", masked).code == 0
    ran = run("import", "-n", "-O", "json", masked)
    assert ran.code == 1
    assert codes(ran).count("cell-masked") <= 2  # of the ID numbers, and of the phones
    assert "cell-masked" in codes(ran)
