"""A command that is given again under the same key is done once, whatever became of its answer."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from conftest import Run, answer_of
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission


@pytest.fixture(params=["sqlite", "postgresql"])
def county(request: pytest.FixtureRequest, db: Path, run: Run, tmp_path: Path) -> str:
    """A small county with places, on either database."""
    place = str(db) if request.param == "sqlite" else request.getfixturevalue("postgresql")
    book = openpyxl.Workbook()
    for title, lines in {"团组织": ORGANIZATIONS, "发展计划": QUOTAS}.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "county.xlsx")
    assert run("--db", place, "import", tmp_path / "county.xlsx").code == 0
    return place


def test_the_same_command_under_the_same_key_is_done_once(
    run: Run, county: str, tmp_path: Path
) -> None:
    """The second time it names the operation that did it, with exit code 0 and the same JSON."""
    sheet = tmp_path / "c.csv"
    row = admission(1, 发展团员编号=None, 团员证编号=None)
    lines = [ADMISSION_HEADINGS, ["" if cell is None else cell for cell in row]]
    sheet.write_text("\n".join(",".join(map(str, line)) for line in lines), "utf-8")
    command = ("--db", county, "admit", sheet, "--once", "机关-0007", "-O", "json")
    first, again = run(*command), run(*command)
    assert (first.code, again.code) == (0, 0), first.err + again.err
    done = json.loads(first.out)["operation"]
    assert json.loads(again.out)["operation"] == done
    assert json.loads(again.out)["done_before"]
    operations = answer_of(run, "--db", county, "log")["operations"]
    assert [item["id"] for item in operations if item["command"] == "admit"] == [done]
    sheet.write_text(sheet.read_text("utf-8") + "\n", "utf-8")
    assert run(*command).code == 3  # another file under that key
    assert run("--db", county, "verify").code == 0


def test_another_command_under_a_key_is_refused(run: Run, county: str) -> None:
    """So is the same with another value; a preview writes no key."""
    code = answer_of(run, "--db", county, "quota", "show", "2023")["rows"]
    below = [row["organization"] for row in code][-1]
    move = ("--db", county, "quota", "set", "2023", below)
    assert run(*move, "5", "--once", "k", "-n").code == 0
    assert run(*move, "5", "--once", "k").code == 0
    assert run(*move, "5", "--once", "k").code == 0
    other = run(*move, "4", "--once", "k")
    assert (other.code, "under the key k" in other.err) == (3, True)
    assert run("--db", county, "undo", "2", "--once", "k", "--yes").code == 3
    assert run(*move, "4", "--once", "x" * 65).code == 2


def test_two_at_once_under_one_key_do_it_once(spawn: Run, db: Path, tmp_path: Path) -> None:
    """The second command waits for the lock and reports what the first did."""
    policy = tmp_path / "own.toml"
    policy.write_text('[levels]\nquorum = "warning"\n')
    assert spawn("init").code == 0
    with ThreadPoolExecutor(2) as pool:
        command = ("policy", "set", policy, "--once", "k", "-O", "json")
        ended = list(pool.map(lambda _: spawn(*command), range(2)))
    assert [(ran.code, json.loads(ran.out)["operation"]) for ran in ended] == [(0, 1)] * 2
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT max(id) FROM operation").fetchone() == (1,)
