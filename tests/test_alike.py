"""A thousand alike faults fit on one screen; each is still there for whoever asks."""

import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

from conftest import Run, taken
from leaguectl.findings import Finding, Where
from leaguectl.output import PLACES, SHOWN, grouped, places_of

SCREEN = 24
"""Lines of a terminal with 80 columns."""

HEAD = ["姓名", "身份证号", "所在团支部", "入团时间"]


def cells(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def roster(count: int) -> list[list[str]]:
    """Rows whose day of joining is none."""
    return [HEAD, *[["张三", f"65889920060101{i:03d}0", "无名团支部", "2023.13.40"]
                    for i in range(count)]]  # fmt: skip


def test_alike_findings_are_reported_together(
    db: Path, run: Run, workbook: Callable[..., Path]
) -> None:
    """The first three whole, the others by their cells, and how many there are of each code."""
    run("init", "--province", "65")
    book = workbook(团员=roster(1000))
    ran = run("import", book)
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert sum(-(-cells(line) // 80) for line in (*lines, *ran.out.splitlines())) <= SCREEN
    assert sum(line.startswith("error day-not-a-day") for line in lines) == SHOWN - 1
    assert "D4:D1001" in ran.err
    assert "day-not-a-day 1000" in ran.err
    assert "--all" in ran.err
    every = run("import", "--all", book)
    assert every.err.count("error day-not-a-day") == 1000
    findings = taken(run, book)["findings"]
    assert sum(finding["code"] == "day-not-a-day" for finding in findings) == 1000


def test_faults_of_many_senders_are_reported_with_their_files(
    db: Path, run: Run, workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """Each place is named with its file, and of the files those that have most faults."""
    run("init", "--province", "65")
    book = workbook(团员=roster(4))
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for branch in range(60):
        shutil.copy(book, inbox / f"{branch:02d}班.xlsx")
    lines = run("import", "-n", inbox).err.splitlines()
    more = "the same in 239 more places: 00班.xlsx!D3:D5, 01班.xlsx!D2:D5, 02班.xlsx!D2:D5"
    assert more in "".join(lines)
    (files,) = [line for line in lines if line.startswith("in all: ") and "班.xlsx" in line]
    assert files.endswith("… (+52)")


def test_a_finding_names_who_it_is_about(db: Path, run: Run, workbook: Callable[..., Path]) -> None:
    """Whoever typed the list looks for a name, not for D2."""
    run("init", "--province", "65")
    book = workbook(团员=roster(1))
    assert "(张三)" in run("import", book).err
    (finding, *_) = taken(run, book)["findings"]
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
