"""Every column of members is kept, whichever way its row is planned: imported, exported, imported
again, filled in later, contradicted.

The columns are those that the kind declares, so one that somebody adds is tried as it is added.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

import samples
from county import id_number
from leaguectl.kinds import KINDS
from leaguectl.kinds.batch import Block, Item
from leaguectl.kinds.line import COMPARED, shared_fields
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.parsing import cell_type, parse, parse_columns
from leaguectl.kinds.planning import plan_rows
from leaguectl.kinds.rendering import cells_of, exported_fields, stored_lines
from leaguectl.kinds.roster import Roster
from leaguectl.kinds.steps import Plan
from leaguectl.model import DECLARATIONS, Membership, Organization, Person, Snapshot
from leaguectl.rules import load
from leaguectl.workbooks.rows import Row, Rows

FIELDS = tuple(MemberLine.model_fields)
STORED = [field for field in FIELDS if field not in COMPARED]
POLICY = load()

BASE: dict[str, Any] = {
    "name": "王小明", "id_number": id_number(1), "organization": "一班团支部",
    "joined": "2022-05-04", "number": "202265000900",
}  # fmt: skip
"""A row of which nothing is remarkable."""

PAIRS: dict[str, tuple[Any, Any]] = {
    "name": ("王小明", "李小红"),
    "id_number": (id_number(1), id_number(2)),
    "organization": ("一班团支部", "二班团支部"),
    "joined": ("2022-05-04", "2021-05-04"),
    "number": ("202265000900", "202265000901"),
    "form": ("F1", "F2"),
    "certificate": ("T1", "T2"),
    "left": ("2023-01-01", "2023-02-01"),
    "seen": ("2023-05-04", "2023-09-20"),
}  # fmt: skip
"""Two cells that differ, where the rules or other records limit what they may say."""

COMPANIONS: dict[str, dict[str, Any]] = {
    "leaving_reason": {"left": "2023-01-01"},
    "came_from": {"arrived": "2023-09-01"},
}
"""What a row must say for the column to be accepted."""

WAYS = ("together", "alone")
UNSEEN = {
    Person: {"id", "written", "operation"},
    Membership: {"id", "person", "joined_precision", "entry", "since", "operation"},
}
"""What is kept of a member and no column says by itself."""
OWN_PLACE = {
    "candidates": {"reached"}, "activities": {"covered"},
    "milestones": {"recommended_league", "recommended_party", "applied_party", "joined_party"},
    "corrections": {"wrong_id_number", "right_name"},
    "periods": {"value_of", "value_field", "earlier_value", "held_until", "post", "voucher"},
    "transfers": {"from_home", "to_home", "joined"},  # either end; the membership that begins
    "registrations": {"is_registered"},  # the day, or the correction that takes it back
    "trainings": {"organization"},  # says which of several people of a name is meant
    "participants": {"organization"},  # likewise
    "tasks": {"progress"},  # whether there must be a day on which it was done
    "archives": {
        "application_paper", "training_paper", "form_paper", "register_paper", "certificate_paper",
    },
}  # fmt: skip
"""Columns that are a record, a list or a state of their own, and no field of the same name."""


def pair(field: str) -> tuple[Any, Any]:
    """Two cells of a column that differ."""
    if field in PAIRS:
        return PAIRS[field]
    first, second, *_ = samples.cells(MemberLine, field)
    return first, second


def tree() -> Snapshot:
    """A registry of two branches, and nobody in it."""
    snapshot = Snapshot(today=date(2024, 1, 15))
    snapshot.load(Organization("T", "云杉县团委", "committee", None))
    for code, name in (("S1", "一班团支部"), ("S2", "二班团支部")):
        snapshot.load(Organization(code, name, "branch", "T"))
    return snapshot


def imported(snapshot: Snapshot, row: Mapping[str, Any], way: str) -> Plan:
    """Import one row, planned as part of a roster or by itself."""
    cells = {field: row.get(field) for field in FIELDS}
    where: dict[str, tuple[str | None, str]] = {
        field: (chr(65 + index), field) for index, field in enumerate(FIELDS)
    }
    if way == "together":
        positions = {field: index for index, field in enumerate(FIELDS)}
        rows = Rows(
            "a.xlsx", "团员", 1, where, positions, [2], [[cells[field]] for field in FIELDS]
        )
        typed = parse_columns(MemberLine, rows)
        assert typed is not None
        item: Block[Any] | Item[Any] = Block(MemberLine, rows, typed)
    else:
        single = Row("a.xlsx", "团员", 2, cells, where, 1)
        line, findings = parse(MemberLine, single)
        assert line is not None, findings
        item = Item(line, single)
    plan = plan_rows([item], snapshot, POLICY)
    for part in plan.steps.parts:
        if isinstance(part, Roster):  # it leaves what is new to whoever saves it
            for change in (change for rows in part.new_rows for change in rows):
                snapshot.apply(change)
    return plan


def outcome(plan: Plan) -> str:
    """What became of the one row."""
    (step,) = plan.steps
    return step.outcome


def exported(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The cells of everybody's row in an export, by column."""
    fields = exported_fields(MemberLine)
    lines = stored_lines(KINDS["members"], snapshot)
    return [dict(zip(fields, cells_of(line), strict=True)) for line in lines]


def shown(snapshot: Snapshot, field: str) -> list[Any]:
    """What the column says of everybody, in an export."""
    return [meaning(field, row[field]) for row in exported(snapshot)]


def meaning(field: str, cell: Any) -> Any:
    """What a cell means; the same may be written in several ways."""
    return None if cell is None else cell_type(MemberLine.model_fields[field])(cell)


def row_with(field: str, cell: Any) -> dict[str, Any]:
    """The plain row, with that cell."""
    return {**BASE, **COMPANIONS.get(field, {}), field: cell}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field", STORED)
def test_a_column_is_exported_as_it_was_imported(field: str, way: str) -> None:
    """And what was exported changes nothing, whichever way it is read."""
    cell, _ = pair(field)
    snapshot = tree()
    assert outcome(imported(snapshot, row_with(field, cell), way)) == "created"
    assert shown(snapshot, field) == [meaning(field, cell)], f"{field} is lost"
    (row,) = exported(snapshot)
    for again in WAYS:
        assert outcome(imported(snapshot, row, again)) == "unchanged", field


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field", [field for field in STORED if field not in BASE])
def test_a_blank_is_filled_in_and_fills_nothing_out(field: str, way: str) -> None:
    """A later row adds what was not known; one that says nothing takes nothing away."""
    cell, _ = pair(field)
    snapshot = tree()
    blank = {**row_with(field, None), **({"form": "无"} if field == "form" else {})}
    assert outcome(imported(snapshot, blank, way)) == "created"
    assert outcome(imported(snapshot, row_with(field, cell), way)) == "updated"
    assert shown(snapshot, field) == [meaning(field, cell)], f"{field} is lost"
    assert outcome(imported(snapshot, blank, way)) == "unchanged"
    assert shown(snapshot, field) == [meaning(field, cell)], f"{field} is taken away"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("field", STORED)
def test_what_a_row_says_otherwise_is_never_passed_over(field: str, way: str) -> None:
    """It is what is stored from then on, or a finding at that cell says why not."""
    first, second = pair(field)
    snapshot = tree()
    assert outcome(imported(snapshot, row_with(field, first), way)) == "created"
    plan = imported(snapshot, row_with(field, second), way)
    is_reported = any(finding.where and finding.where.field == field for finding in plan.findings)
    assert is_reported or meaning(field, second) in shown(snapshot, field), (
        f"{field} is passed over"
    )


@pytest.mark.parametrize("entity", UNSEEN)
def test_what_is_kept_of_a_member_has_a_column(entity: type[Any]) -> None:
    """A field that nobody can fill in by a sheet is one that somebody forgot."""
    columns = {field for _, field in shared_fields(MemberLine, entity)}
    assert DECLARATIONS[entity].fields.keys() - UNSEEN[entity] == columns


@pytest.mark.parametrize("name", KINDS)
def test_every_column_is_stored(name: str) -> None:
    """A column of a sheet that no entity keeps loses what it says."""
    kind = KINDS[name]
    kept = {
        column
        for entity in (Organization, *kind.entities)
        for column, _ in shared_fields(kind.line, entity)
    }
    assert kind.line.model_fields.keys() - COMPARED - kept == OWN_PLACE.get(name, set())
