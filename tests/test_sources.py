"""Where what is stored comes from: the file, the sheet and the row of each record, and of what it
says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import DATA, Run
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member
from leaguectl.store import locate
from leaguectl.store.writing import Store

Workbook = Callable[..., Path]

HEADINGS = [*MEMBER_HEADINGS, "手机号码"]


def asked(db: str | Path, sql: str) -> list[tuple[Any, ...]]:
    """What is stored, asked past the program."""
    with Store(locate(str(db))).read() as transaction:
        return [tuple(row) for row in transaction.rows(sql)]


def lines(db: str | Path, operation: int) -> list[tuple[Any, ...]]:
    """The source lines of an operation but for their own ids."""
    columns = "source, noun, first_key, last_key, key, first_row, fields"
    where = f"operation = {operation} ORDER BY id"
    return asked(db, f"SELECT {columns} FROM source_line WHERE {where}")


@pytest.fixture
def county(run: Run, workbook: Workbook, db: Path) -> Path:
    """A registry with the organisations and quotas of the small county."""
    assert run("import", workbook("county.xlsx", 团组织=ORGANIZATIONS, 计划=QUOTAS)).code == 0
    return db


def test_an_operation_keeps_each_table_with_its_columns(county: Path, run: Run) -> None:
    """Per table: file, digest, sheet, kind, day, and under which letter each field stands."""
    (sources,) = (json.loads(text) for (text,) in asked(county, "SELECT sources FROM operation"))
    first, second = sources
    assert (first["file"], first["sheet"], first["kind"]) == (
        "county.xlsx",
        "团组织",
        "organizations",
    )
    assert (second["sheet"], second["kind"], second["header_row"]) == ("计划", "quotas", 1)
    assert first["sha256"] == second["sha256"]
    assert first["columns"] == {
        "code": "A", "name": "B", "parent": "C", "type": "D", "domain": "E", "sector": "F",
    }  # fmt: skip
    assert {"day", "path"} <= first.keys()


def test_people_one_below_the_other_are_one_line(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """Newcomers are a line for each unbroken stretch of rows; rows that confirm and rows that
    change stand beside them, the changed with their fields."""
    rows: list[list[Any]] = [HEADINGS, *([*member(at), None] for at in range(1, 7))]
    rows.insert(4, [])
    assert run("import", workbook("roster.xlsx", 团员=rows)).code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 3, None, 2, None),
        (0, "person", 4, 6, None, 6, None),
        (0, "membership", 1, 3, None, 2, None),
        (0, "membership", 4, 6, None, 6, None),
    ]
    rows[2][-1] = "13800000001"
    rows.append([*member(7), None])
    assert run("import", workbook("again.xlsx", 团员=rows)).code == 0
    assert lines(county, 3) == [
        (0, "person", 7, 7, None, 9, None),
        (0, "membership", 7, 7, None, 9, None),
        (0, "person", 1, 1, None, 2, ""),
        (0, "person", 3, 3, None, 4, ""),
        (0, "person", 4, 6, None, 6, ""),
        (0, "membership", 2, 2, None, 3, ""),
        (0, "person", 2, 2, None, 3, "phone"),
    ]


def test_a_row_planned_by_itself_has_the_same_lines(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A sheet that gives its rows a home by option is typed row by row, and planned by column no
    less: what is noted is what the quick way notes."""
    bare = [[cell for at, cell in enumerate(member(number)) if at != 2] for number in range(1, 5)]
    headings = [heading for at, heading in enumerate(MEMBER_HEADINGS) if at != 2]
    book = workbook("bare.xlsx", 团员=[headings, *bare])
    assert run("import", book, "--org", "S1").code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 4, None, 2, None),
        (0, "membership", 1, 4, None, 2, None),
    ]


@pytest.mark.parametrize("command", ["import", "admit"])
def test_an_admission_is_found_by_its_row(
    county: Path, run: Run, workbook: Workbook, command: str
) -> None:
    """Person, membership and admission have lines; numbers and papers are found by whose they
    are."""
    rows = [ADMISSION_HEADINGS, admission(1), admission(2)]
    assert run(command, workbook("cases.xlsx", 发展团员=rows)).code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 2, None, 2, None),
        (0, "membership", 1, 2, None, 2, None),
        (0, "admission", 1, 2, None, 2, None),
    ]


def test_a_plan_file_brings_its_sources(
    county: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """What a plan file carries out has the sources of the run that made it."""
    book = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(1), member(2)])
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert run("import", "--apply", plan).code == 0
    applied = lines(county, 2)
    assert run("undo", "2").code == 0
    assert run("import", book).code == 0
    assert [line[1:] for line in lines(county, 4)] == [
        (noun, *(key + 2 for key in keys), *rest) for _, noun, *keys, _, row, fields in applied
        for rest in [(None, row, fields)]
    ]  # fmt: skip


def test_what_comes_of_options_has_no_sheet(county: Path, run: Run) -> None:
    """A command without a file is its own source."""
    assert run("org", "add", "白桦镇中学团支部", "--type", "branch", "--parent", "T").code == 0
    assert (lines(county, 2), asked(county, "SELECT sources FROM operation WHERE id = 2")) == (
        [],
        [("[]",)],
    )


def test_the_sample_costs_a_handful_of_lines(sample_db: Path) -> None:
    """5,187 members and all that they did are noted in less than a line for five of them; the rows
    of a line name the people whom it says."""
    ((count,),) = asked(sample_db, "SELECT count(*) FROM source_line")
    assert count < 1000
    people = [line for line in lines(sample_db, 1) if line[1] == "person"]
    source, _, first, last, _, row, fields = max(people, key=lambda line: line[3] - line[2])
    assert (fields, last - first > 300) == (None, True)
    (sources,) = asked(sample_db, "SELECT sources FROM operation")[0]
    table = json.loads(sources)[source]
    book = openpyxl.load_workbook(DATA / "sample.xlsx", read_only=True)
    sheet = book[table["sheet"]]
    names = [
        cells[0].value
        for cells in sheet[f"{table['columns']['name']}{row}:{table['columns']['name']}{row + 200}"]
    ]
    stored = f"SELECT name FROM person WHERE id >= {first} ORDER BY id LIMIT 201"
    assert [(name,) for name in names] == asked(sample_db, stored)
    book.close()
