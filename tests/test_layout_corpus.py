"""Awkward rosters: who is read, and every finding by its cell, compared exactly."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import layout_corpus
from conftest import Run
from county import ORGANIZATIONS, QUOTAS
from layout_corpus import LayoutCase, Member
from leaguectl.reports import members
from leaguectl.store import locate
from leaguectl.store.reading import open_reader
from sheetmakers import Page, xlsx


@pytest.fixture(scope="module")
def county_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county's workbook."""
    path = tmp_path_factory.mktemp("county") / "county.xlsx"
    path.write_bytes(xlsx([Page(ORGANIZATIONS, "团组织"), Page(QUOTAS, "计划")]))
    return path


@pytest.fixture
def county(run: Run, county_file: Path, tmp_path_factory: pytest.TempPathFactory, db: Path) -> Path:
    """Its registry, made once and copied for each case."""
    made = county_file.with_suffix(".db")
    if not made.exists():
        assert run("import", "--db", made, county_file).code == 0
    shutil.copy(made, db)
    return db


def placed(finding: dict[str, Any]) -> str:
    """A finding as the cases write it: its cell, or its row, and its code."""
    return f"{finding['cell'] or finding['row'] or ''} {finding['code']}"


def became(answer: dict[str, Any], sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """What became of a workbook, as a case says it."""
    read = [sheet for sheet in sheets if sheet["kind"]]
    return {
        "finds": tuple(placed(finding) for finding in answer["findings"]),
        "asides": tuple(row["row"] for sheet in read for row in sheet["ignored_rows"]),
        "ignores": tuple(name for sheet in read for name in sheet["ignored_columns"]),
        "hidden_rows": tuple(row for sheet in read for row in sheet["hidden_rows"]),
        "hidden_sheets": tuple(sheet["sheet"] for sheet in sheets if sheet["hidden"]),
        "left_sheets": tuple(sheet["sheet"] for sheet in sheets if not sheet["kind"]),
        "headers": tuple(sheet["header_row"] for sheet in read),
    }


@pytest.mark.parametrize("case", layout_corpus.CASES.values(), ids=layout_corpus.CASES)
def test_an_awkward_workbook_is_read_or_reported_cell_by_cell(
    case: LayoutCase, run: Run, county: Path, tmp_path: Path
) -> None:
    """Exactly these people are imported, exactly these cells are reported, and nothing else."""
    path = tmp_path / f"名册.{case.ending}"
    path.write_bytes(case.make(case.pages))
    ran = run("import", "--valid-only", "-O", "json", path)
    answer = json.loads(ran.out)
    outcome = became(answer, answer["sheets"])
    assert outcome == {key: getattr(case, key) for key in outcome}, answer["findings"]
    with open_reader(locate(str(county))) as reader:
        rows = members.find(reader, "")
    people = [Member(row["name"], row["code"], row["joined"], row["number"]) for row in rows]
    assert sorted(people, key=str) == sorted(case.reads, key=str)
    assert answer["totals"]["created"] == len(case.reads)
    errors = [finding for finding in answer["findings"] if finding["level"] == "error"]
    assert ran.code == (1 if errors else 0)


def test_the_folder_is_large_enough_to_mean_something() -> None:
    """At least sixty awkward workbooks, in every format."""
    assert len(layout_corpus.CASES) >= 60
    endings = {case.ending for case in layout_corpus.CASES.values()}
    assert endings >= {"xlsx", "xls", "et", "xlsb", "ods", "csv", "tsv"}
