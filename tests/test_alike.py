"""A thousand alike faults fit on one screen; each is still there for whoever asks."""

import json
from collections.abc import Callable
from pathlib import Path

from conftest import Run
from leaguectl.findings import Finding, Where
from leaguectl.output import PLACES, SHOWN, grouped, places_of

HEAD = ["姓名", "身份证号", "所在团支部", "入团时间"]


def roster(count: int) -> list[list[str]]:
    """Rows whose day of joining is none."""
    return [HEAD, *[["张三", f"65889920060101{i:03d}0", "无名团支部", "2023.13.40"]
                    for i in range(count)]]  # fmt: skip


def test_alike_findings_are_told_together(
    db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """The first three whole, the others by their cells, and how many there are of each code."""
    run("init", "--province", "65")
    book = workbook(团员=roster(1000))
    ran = run("import", book)
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert len(lines) < 45
    assert sum(line.startswith("error day-not-a-day") for line in lines) == SHOWN
    assert "D5:D1001" in ran.err
    assert "day-not-a-day 1000" in ran.err
    assert "--all" in ran.err
    every = run("import", "--all", book)
    assert every.err.count("error day-not-a-day") == 1000
    findings = json.loads(run("import", "-O", "json", book).out)["findings"]
    assert sum(finding["code"] == "day-not-a-day" for finding in findings) == 1000


def test_a_finding_names_who_it_is_about(db: Path, run: Run, workbook: Callable[..., Path]) -> None:
    """Whoever typed the list looks for a name, not for D2."""
    run("init", "--province", "65")
    book = workbook(团员=roster(1))
    assert "(张三)" in run("import", book).err
    (finding, *_) = json.loads(run("import", "-O", "json", book).out)["findings"]
    assert finding["about"] == "张三"


def test_places_are_runs_of_cells_and_end() -> None:
    """No list of cells fills the screen."""
    cells = [Where("f", "s", row, "D") for row in (2, 3, 4, 9)]
    assert places_of([Finding("x", where=where) for where in cells]) == ["D2:D4", "D9"]
    apart = [Finding("x", where=Where("f", "s", 2 * row, "D")) for row in range(100)]
    assert len(places_of(apart)) == PLACES + 1


def test_findings_keep_their_order_within_a_code() -> None:
    """Grouped by what comes up first."""
    findings = [Finding(code, {"n": n}) for n, code in enumerate("abab")]
    groups = grouped(findings)
    assert [[finding.facts["n"] for finding in group] for group in groups] == [[0, 2], [1, 3]]
