"""A plan that was looked at is carried out exactly, or not at all."""

import json
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, begin
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Run = Callable[..., Ran]
Workbook = Callable[..., Path]

COUNTY = {"团组织": ORGANIZATIONS, "发展计划": QUOTAS}
TABLES = ("organization", "person", "quota", "number", "form", "certificate", "membership",
          "admission", "history")  # fmt: skip


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a registry holds but for the operations' own times."""
    with sqlite3.connect(db) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in TABLES
        }


@pytest.fixture
def book(workbook: Workbook) -> Path:
    """A roster and a case that fit the small county."""
    return workbook(
        "roster.xlsx",
        团员=[MEMBER_HEADINGS, member(1), member(2)],
        发展团员=[ADMISSION_HEADINGS, admission(1)],
    )


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """The small county's organisations and quotas."""
    begin(run, workbook, **COUNTY)
    return db


def test_a_plan_is_kept_and_nothing_is_written(
    run: Run, county: Path, book: Path, tmp_path: Path
) -> None:
    """--plan-out is a dry run; the file is its owner's alone and says what becomes of each row."""
    before = county.read_bytes()
    ran = run("import", book, "--plan-out", tmp_path / "plan.json")
    assert ran.code == 0, ran.err
    assert county.read_bytes() == before
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert plan["schema"] == "leaguectl/plan@1"
    assert [row["outcome"] for row in plan["rows"]] == ["created"] * 3
    assert stat.S_IMODE((tmp_path / "plan.json").stat().st_mode) == 0o600


def test_applying_a_plan_does_what_the_import_would_have_done(
    run: Run, county: Path, book: Path, tmp_path: Path
) -> None:
    """The registry after --apply is the registry after the import itself, row by row."""
    other = tmp_path / "other.db"
    other.write_bytes(county.read_bytes())
    assert run("import", book, "--plan-out", tmp_path / "plan.json").code == 0
    applied = run("import", "--apply", tmp_path / "plan.json", "-O", "json")
    assert applied.code == 0, applied.err
    assert json.loads(applied.out)["totals"]["created"] == 3
    assert run("--db", other, "import", book).code == 0
    assert rows(county) == rows(other)
    assert run("check").code == 0


def test_a_plan_makes_the_registry_that_it_was_made_without(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A first import can be planned before there is a registry."""
    plan = tmp_path / "plan.json"
    ran = run("import", workbook(**COUNTY), "--plan-out", plan, "--province", "65")
    assert (ran.code, db.exists()) == (0, False)
    assert run("import", "--apply", plan).code == 0
    assert run("quota", "check", "2023").code == 0
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT value FROM setting").fetchall() == [("65",)]


def test_a_plan_is_stale_when_the_registry_moved(
    run: Run, county: Path, book: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Whoever wrote in between makes it stale: exit 7, nothing written."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert run("import", workbook("x.xlsx", 团员=[MEMBER_HEADINGS, member(9)])).code == 0
    before = county.read_bytes()
    ran = run("import", "--apply", plan)
    assert (ran.code, ran.out) == (7, "")
    assert county.read_bytes() == before


def test_a_plan_is_applied_once(run: Run, county: Path, book: Path, tmp_path: Path) -> None:
    """A second time it is stale by its own operation."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert [run("import", "--apply", plan).code for _ in range(2)] == [0, 7]


def test_a_plan_is_stale_when_its_file_changed(
    run: Run, county: Path, book: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """What was looked at is not what lies there now: exit 7."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(3)])
    assert run("import", "--apply", plan).code == 7


def test_a_file_with_faults_keeps_no_plan(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Nothing that would be refused is kept; with --valid-only the right rows are."""
    plan = tmp_path / "plan.json"
    wrong = workbook("w.xlsx", 团员=[MEMBER_HEADINGS, member(1, 身份证号="1"), member(2)])
    assert run("import", wrong, "--plan-out", plan).code == 1
    assert not plan.exists()
    assert run("import", wrong, "--valid-only", "--plan-out", plan).code == 1
    assert run("import", "--apply", plan).code == 0
    assert run("member", "find", id_number(2, "20060301")).code == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "leaguectl/plan@1"}', "plan"])
def test_what_is_no_plan_is_an_error_of_usage(
    run: Run, county: Path, tmp_path: Path, text: str
) -> None:
    """A wrong file is told as such, with exit code 2."""
    plan = tmp_path / "plan.json"
    plan.write_text(text)
    assert run("import", "--apply", plan).code == 2


def test_a_plan_of_another_version_is_stale(run: Run, county: Path, tmp_path: Path) -> None:
    """A newer program's plan is not guessed at."""
    plan = tmp_path / "plan.json"
    plan.write_text('{"schema": "leaguectl/plan@2"}')
    assert run("import", "--apply", plan).code == 7


def test_files_and_a_plan_exclude_one_another(run: Run, county: Path, book: Path) -> None:
    """Both, or neither, is a wrong use."""
    assert run("import", book, "--apply", book).code == 2
    assert run("import").code == 2
