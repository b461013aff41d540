"""A heading that is not known is mapped once and understood ever after."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, begin
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member

Run = Callable[..., Ran]
Workbook = Callable[..., Path]


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """The small county's organisations."""
    begin(run, workbook, 团组织=ORGANIZATIONS)
    return db


def roster(workbook: Workbook, at: int) -> Path:
    """A roster whose name column goes by a heading of its own."""
    return workbook(f"r{at}.xlsx", 名册=[["报名人", "身份证号", "所在团支部"], member(at)[:3]])


def test_a_heading_is_mapped_and_remembered(run: Run, county: Path, workbook: Workbook) -> None:
    """The first time with --map, the next time without."""
    assert run("import", roster(workbook, 1)).code == 1
    ran = run("import", roster(workbook, 1), "--map", "报名人=name")
    assert ran.code == 0, ran.err
    ran = run("import", roster(workbook, 2), "-O", "json")
    assert json.loads(ran.out)["totals"]["created"] == 1


def test_a_field_may_be_named_by_its_heading(run: Run, county: Path, workbook: Workbook) -> None:
    """报名人=姓名 says the same as 报名人=name."""
    assert run("import", roster(workbook, 1), "--map", "报名人=姓名").code == 0


def test_a_dry_run_remembers_nothing(run: Run, county: Path, workbook: Workbook) -> None:
    """What was only tried is forgotten."""
    before = county.read_bytes()
    assert run("import", "-n", roster(workbook, 1), "--map", "报名人=name").code == 0
    assert county.read_bytes() == before
    assert run("import", roster(workbook, 1)).code == 1


def test_the_config_file_maps_headings_too(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """[headings] of the config file is heard like --map."""
    config = tmp_path / "config.toml"
    config.write_text('[headings]\n"报名人" = "name"\n', "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    assert run("import", roster(workbook, 1)).code == 0


def test_a_sender_has_headings_of_his_own(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the config file says under a file's name counts in such files, and in no others."""
    config = tmp_path / "config.toml"
    config.write_text('[headings."R1*.xlsx"]\n"报名人" = "name"\n', "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    assert run("import", roster(workbook, 1)).code == 0
    assert run("import", roster(workbook, 2)).code == 1
    config.write_text("headings = 3\n", "utf-8")
    ran = run("import", roster(workbook, 1))
    assert ran.code == 2
    assert "is not a table" in ran.err


def test_admit_understands_what_was_mapped(run: Run, county: Path, workbook: Workbook) -> None:
    """With --map, and ever after without; what import learned admit knows, and the other way."""
    headings = ["报名人" if heading == "姓名" else heading for heading in ADMISSION_HEADINGS]
    assert run("import", workbook("plan.xlsx", 发展计划=QUOTAS)).code == 0
    sheets = [workbook(f"a{at}.xlsx", 名单=[headings, admission(at)]) for at in (1, 2)]
    assert run("admit", sheets[0]).code == 1
    assert run("admit", sheets[0], "--map", "报名人=name").code == 0
    assert run("admit", sheets[1]).code == 0
    assert run("import", roster(workbook, 1)).code == 0


@pytest.mark.parametrize("given", ["报名人", "报名人=", "=name", "报名人=nobody"])
def test_a_mapping_to_no_field_is_an_error_of_usage(
    run: Run, county: Path, workbook: Workbook, given: str
) -> None:
    """A mistyped field is reported with the known fields."""
    ran = run("import", roster(workbook, 1), "--map", given)
    assert ran.code == 2
    assert "id_number" in ran.err


def test_what_is_remembered_is_written_by_the_import_that_used_it(
    run: Run, county: Path, workbook: Workbook
) -> None:
    """One operation and no other write; a refused import remembers nothing."""
    book = workbook("bad.xlsx", 名册=[["报名人", "身份证号", "所在团支部"], ["张三", "1", "无此"]])
    before = county.read_bytes()
    assert run("import", book, "--map", "报名人=name").code == 1
    assert county.read_bytes() == before


def test_a_kept_plan_remembers_its_headings(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """What was mapped for a plan is remembered when the plan is applied."""
    plan = tmp_path / "plan.json"
    assert run("import", roster(workbook, 1), "--map", "报名人=name", "--plan-out", plan).code == 0
    assert run("import", "--apply", plan).code == 0
    assert run("import", roster(workbook, 2)).code == 0
