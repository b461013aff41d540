"""Why a figure is what it is: the operations, files and rows that moved it, and their sums."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lives
from conftest import Run, answer_of
from county import MEMBER_HEADINGS, admission, member

Workbook = Callable[..., Path]
PAPER = ("--approved-by", "C", "--authority", "云团〔2023〕7号")

CHANGES: dict[str, tuple[str, ...]] = {
    "import": ("import", "newcomers"),
    "admit": ("admit", "candidates"),
    "leave": ("member", "leave", "-y", "1", "--reason-kind", "resigned", "--on", "2023-10-01",
              *PAPER),
    "restore": ("member", "restore", "1", "--authority", "文", "--on", "2023-11-01"),
    "transfer": ("member", "transfer", "2", "--to-outside", "外县", "--on", "2023-09-01",
                 "--accepted"),
    "edit": ("member", "edit", "3", "--id-number", "{id}", "--reason", "误登"),
    "merge": ("member", "merge", "7", "8", "--home", "S1", "--reason", "一人两册"),
    "void": ("number", "void", "-y", "202365000010", "--reason", "填坏"),
    "close": ("org", "close", "-y", "S3", "--members-to", "S1", "--on", "2023-07-01"),
    "undo": ("undo", "6"),
    "arrive": ("import", "arrivals", "--from-outside", "外县", "--on", "2023-08-01"),
    "expel": ("member", "discipline", "-y", "9", "expulsion", "--since", "2023-09-01", *PAPER),
    "rows": ("undo", "2", "--rows", "2"),
    "withdraw": ("admit", "--withdraw", "202365000002", "-y", "--reason", "未批准",
                 "--authority", "云团〔2023〕8号"),
}  # fmt: skip
KEYS = (
    "members.total", "members.left", "members.transferred_in", "members.transferred_out",
    "admissions.total", "admissions.quota_left", "numbers.usage_rate", "organizations.total",
)  # fmt: skip


@pytest.fixture
def changed(run: Run, either_db: str, workbook: Workbook) -> dict[str, int]:
    """The small county after changes of different kinds, each with its operation."""
    from county import ADMISSION_HEADINGS, id_number

    lives.county(run, workbook)
    headings = [*MEMBER_HEADINGS, "备注"]
    arrival = member(15, 所在团支部="S2", 发展团员编号=None, 团员证编号=None)
    rows = [
        headings,
        *([*member(at, 发展团员编号=None, 团员证编号=None), None] for at in (11, 12, 13, 14)),
    ]
    files = {
        "newcomers": workbook("bp.xlsx", 团员=rows),
        "candidates": workbook("cases.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(2)]),
        "arrivals": workbook("new.xlsx", 团员=[MEMBER_HEADINGS, arrival]),
    }
    operations = {}
    for number, (name, command) in enumerate(CHANGES.items(), 2):
        given = [files.get(text, text) for text in command]
        given = [id_number(61, "20060301") if text == "{id}" else text for text in given]
        ran = run(*given)
        assert ran.code == 0, (name, ran)
        operations[name] = number
    return operations


def why(run: Run, key: str, *options: str) -> dict[str, Any]:
    """The JSON answer."""
    ran = run("why", key, "2023", *options, "-O", "json")
    assert ran.code == 0, ran.err
    answer: dict[str, Any] = json.loads(ran.out)
    return answer


def test_the_parts_add_up(run: Run, changed: dict[str, int]) -> None:
    """For each figure, of the county and of a branch: what the rows of an operation account for is
    its change, each operation begins where the one before it ended, and the last ends at what
    `stats` says."""
    for org, moving in (("C", 9), ("S1", 7)):
        moved = {part["operation"] for key in KEYS for part in summed(run, key, org)["parts"]}
        assert len(moved) >= moving


def summed(run: Run, key: str, org: str) -> dict[str, Any]:
    """What `why` answers, once its parts are found to add up."""
    answer = why(run, key, "--since", "1", "--org", org)
    now = answer_of(run, "stats", "2023", "--org", org)["figures"][key]
    assert answer["after"] == now["value"], key
    value = answer["before"]
    for part in answer["parts"]:
        assert part["before"] == value, (key, part)
        value = part["after"]
        change = round((part["after"] or 0) - (part["before"] or 0), 4)
        assert round(part["change"], 4) == change
        rows = [row["change"] for row in part["rows"] if row["change"] is not None]
        assert not rows or round(sum(rows), 4) == change, (key, part)
    assert value == now["value"], key
    total = round(sum(part["change"] for part in answer["parts"]), 4)
    assert total == round((answer["after"] or 0) - (answer["before"] or 0), 4)
    return answer


def test_the_rows_are_named(run: Run, changed: dict[str, int]) -> None:
    """An import by its file, sheet and rows; a command by the person it was about."""
    parts = {part["operation"]: part for part in why(run, "members.total", "--since", "1")["parts"]}
    (imported,) = parts[changed["import"]]["rows"]
    assert (imported["file"], imported["sheet"], imported["rows"]) == ("bp.xlsx", "团员", [[2, 5]])
    assert imported["change"] == 4
    (admitted,) = parts[changed["admit"]]["rows"]
    assert (admitted["file"], admitted["rows"]) == ("cases.xlsx", [[2, 2]])
    (left,) = parts[changed["leave"]]["rows"]
    assert (left["file"], left["change"], left["who"]) == (None, -1, ["团员丁"])
    shown = run("why", "members.total", "2023", "--since", "1", "--lang", "zh").out
    assert "bp.xlsx!团员!2–5" in shown
    taken = {part["operation"]: part for part in why(run, "admissions.quota_left")["parts"]}
    assert taken[changed["void"]]["rows"][0]["who"] == ["202365000010"]
    assert run("why", "members.totl", "2023").code == 4
    assert run("why", "members.total", "2023", "--since", "99").code == 4
    assert run("why", "members.total", "2023", "--since", "昨天").code == 2
    assert why(run, "members.total", "--since", "2100-01-01")["parts"] == []


def test_ten_changes_of_different_kinds_are_named(run: Run, changed: dict[str, int]) -> None:
    """Those that moved the number of members: what each did, and the rows or people it did it to;
    those that moved nothing are not named."""
    moved = {
        "import": 4, "admit": 1, "leave": -1, "restore": 1, "transfer": -1, "merge": -1, "undo": 1,
        "arrive": 1, "expel": -1, "rows": -1, "withdraw": -1,
    }  # fmt: skip
    names = {operation: name for name, operation in changed.items()}
    answer = summed(run, "members.total", "C")
    assert {names[part["operation"]]: part["change"] for part in answer["parts"]} == moved
    for part in answer["parts"]:
        assert part["rows"], part
        assert all(row["file"] or row["who"] for row in part["rows"])


def test_from_the_beginning(run: Run, changed: dict[str, int]) -> None:
    """Without --since the parts go back to the empty registry."""
    answer = why(run, "members.total")
    assert (answer["before"], answer["parts"][0]["operation"]) == (0, 1)
    assert sum(part["change"] for part in answer["parts"]) == answer["after"]
