"""Every column of members that is a field of people: what a sheet says of it is kept.

Nothing here names a column. Whoever adds one to the line and to the entity adds it to these tests,
and whatever would lose it (a way of importing, the export, the card, a correction, a merger, undo)
fails for that column.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, answer_of, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.kinds import KINDS
from leaguectl.kinds.line import shared_fields
from leaguectl.model import Person
from leaguectl.workbooks.template import example_of

Workbook = Callable[..., Path]
MEMBERS = KINDS["members"]
HEADINGS = {heading.field: heading for heading in MEMBERS.headings}
FIELDS = {
    field: HEADINGS[column]
    for column, field in shared_fields(MEMBERS.line, Person)
    if field not in ("name", "id_number")
}
"""The column of each field."""
WARNED = member(5, 入团时间="2019-05-04", 发展团员编号="201965000005")
"""A row that is planned by itself, since it is warned of: joined at thirteen."""
ROWS = [*(member(order) for order in range(1, 5)), WARNED]
REVEALED = ("--reveal", "--reason", "test")


def said_of(field: str) -> str:
    """What the template shows in its column."""
    _, value = example_of([HEADINGS["name"], FIELDS[field]])
    return str(value)


@pytest.fixture(params=FIELDS)
def field(request: pytest.FixtureRequest) -> str:
    """A field of people that members have a column of."""
    return str(request.param)


@pytest.fixture
def taken_in(run: Run, db: Path, workbook: Workbook, field: str) -> Path:
    """A workbook of members with the column, which was imported."""
    headings = [*MEMBER_HEADINGS, FIELDS[field].headings[0]]
    rows = [[*row, said_of(field)] for row in ROWS]
    book = workbook("members.xlsx", 团组织=ORGANIZATIONS, 团员=[headings, *rows])
    ran = run("import", "--province", "65", book)
    assert ran.code == 0, ran.err
    assert ran.err.count("warning ") == 1
    return book


def exported(run: Run, field: str, folder: Path) -> list[str]:
    """What the export says in the column, row by row."""
    out = folder / "members.csv"
    out.unlink(missing_ok=True)
    assert run("export", "members", "-o", str(out), *REVEALED).code == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        return [row[FIELDS[field].headings[0]] for row in csv.DictReader(file)]


def shown(run: Run, field: str, person: int) -> str | None:
    """What the card of a person says."""
    card: dict[str, str | None] = answer_of(run, "member", "show", str(person), *REVEALED)["member"]
    return card[field]


def test_it_is_imported_from_rows_of_both_kinds_and_exported(
    run: Run, taken_in: Path, field: str, tmp_path: Path
) -> None:
    """From those that are planned together and from one that is planned by itself; what comes out
    goes in without a change."""
    value = said_of(field)
    assert exported(run, field, tmp_path) == [value] * len(ROWS)
    assert [shown(run, field, person) for person in range(1, len(ROWS) + 1)] == [value] * len(ROWS)
    for sheet in (taken_in, tmp_path / "members.csv"):
        answer = taken(run, str(sheet))
        assert (answer["operation"], answer["totals"]["rejected"]) == (None, 0)


def test_it_completes_members_who_are_recorded_without_it(
    run: Run, db: Path, workbook: Workbook, field: str, tmp_path: Path
) -> None:
    """A second list says more of the same people; a blank cell in it takes nothing away."""
    plain = workbook("plain.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, *ROWS])
    assert run("import", "--province", "65", plain).code == 0
    assert set(exported(run, field, tmp_path)) == {""}
    headings = [*MEMBER_HEADINGS, FIELDS[field].headings[0]]
    rows = [headings, *([*row, said_of(field)] for row in ROWS)]
    assert run("import", workbook("more.xlsx", 团员=rows)).code == 0
    assert exported(run, field, tmp_path) == [said_of(field)] * len(ROWS)
    assert run("import", plain).code == 0
    assert exported(run, field, tmp_path) == [said_of(field)] * len(ROWS)


def test_it_is_corrected_and_undone(run: Run, taken_in: Path, field: str) -> None:
    """By the option of its name; undo gives it back."""
    option = f"--{field.replace('_', '-')}"
    assert run("member", "edit", "1", option, "", "--reason", "test").code == 0
    assert shown(run, field, 1) is None
    assert run("undo", "2", "-y").code == 0
    assert shown(run, field, 1) == said_of(field)


def test_it_is_kept_when_two_records_are_merged(
    run: Run, taken_in: Path, workbook: Workbook, field: str
) -> None:
    """The record that is kept says nothing of it; the other does."""
    twice = member(1, 身份证号=id_number(77, "20060301"), 发展团员编号=None, 团员证编号=None)
    run("import", workbook("twice.xlsx", 团员=[MEMBER_HEADINGS, twice]))
    keep = str(len(ROWS) + 1)
    assert run("member", "merge", keep, "1", "--reason", "test", "-y").code == 0
    assert shown(run, field, int(keep)) == said_of(field)
