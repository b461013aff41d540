"""A closed year keeps its figures: later changes are corrections, and say why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run, answer_of
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, admission, member
from leaguectl.store import locate
from leaguectl.store.writing import Store

Workbook = Callable[..., Path]


def county(run: Run, workbook: Workbook) -> None:
    """A small county with one admission of 2023."""
    sheets: dict[str, Any] = {
        "团组织": ORGANIZATIONS, "发展计划": QUOTAS, "团员": [MEMBER_HEADINGS, member(1)],
        "发展团员": [ADMISSION_HEADINGS, admission(1), admission(2)],
    }  # fmt: skip
    assert run("import", "--province", "65", workbook("county.xlsx", **sheets)).code == 0


def stats(run: Run, year: int, *options: str) -> dict[str, Any]:
    """The figures of a year by key."""
    done = run("stats", str(year), "-O", "json", *options)
    assert done.code == 0, done.err
    return {key: figure["value"] for key, figure in json.loads(done.out)["figures"].items()}


def joined_in_2019(workbook: Workbook) -> Path:
    """A roster with a member who was a member at the end of 2023, and was not known."""
    return workbook("late.xlsx", 团员=[MEMBER_HEADINGS, member(9)])


def test_a_correction_is_shown_and_what_was_closed_stays(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """Closed, then corrected: the difference has old and new, the closed figures are unchanged."""
    county(run, workbook)
    before = stats(run, 2023)
    closed = run("year", "close", "-y", "2023", "-O", "json")
    assert closed.code == 0
    document = json.loads(closed.out)
    assert len(document["sha256"]) == 64
    assert document["figures"]["members.total"]["definition"]
    assert (run("year", "diff", "2023").code, run("year", "diff", "2023").out) == (0, "")
    roster = joined_in_2019(workbook)
    assert run("import", roster, "--reason", "forgotten until now").code == 0
    diff = run("year", "diff", "2023", "-O", "json")
    assert diff.code == 1
    moved = {load["key"]: (load["closed"], load["now"]) for load in json.loads(diff.out)["moved"]}
    assert moved["members.total"] == (3, 4)
    assert moved["members.opening"] == (1, 2)
    assert stats(run, 2023, "--as-closed") == before
    assert stats(run, 2023)["members.total"] == 4
    assert run("stats", "2023", "--as-closed", "--get", "members.total").out == "3\n"


def test_a_closed_year_is_not_moved_without_a_reason(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """What moves its figures is refused and nothing written, in a preview too; what does not
    move them goes in."""
    county(run, workbook)
    assert run("year", "close", "-y", "2023").code == 0
    before = stats(run, 2023)
    roster = joined_in_2019(workbook)
    for options in ((), ("--dry-run",)):
        refused = run("import", roster, *options)
        assert refused.code == 3
        assert "2023 is closed" in refused.err
        assert "members.total" in refused.err
    assert run("undo", "1").code == 3
    assert stats(run, 2023) == before
    leaving = [*MEMBER_HEADINGS, "离团日期", "离团原因"]
    later = workbook("later.xlsx", 团员=[leaving, [*member(1), "2024-01-10", "自愿退团"]])
    assert run("import", later, "--dry-run").code == 0
    assert run("import", later).code == 0
    assert stats(run, 2023) == before
    earlier = workbook("earlier.xlsx", 团员=[leaving, [*admission(2)[:3], None, None, None,
                                                    "2023-12-30", "自愿退团"]])  # fmt: skip
    assert run("import", earlier).code == 3
    assert run("import", earlier, "--reason", "left in 2023").code == 0


def test_a_closing_is_undone(run: Run, either_db: str, workbook: Workbook) -> None:
    """A year that was closed too early is opened by undoing the closing, and closed again."""
    county(run, workbook)
    assert run("year", "close", "-y", "2023").code == 0
    again = run("year", "close", "-y", "2023")
    assert again.code == 3
    assert "closed already" in again.err
    assert run("undo", "2").code == 0
    assert run("year", "diff", "2023").code == 4
    assert run("stats", "2023", "--as-closed").code == 4
    assert run("year", "close", "-y", "2023").code == 0


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_year_that_is_not_over_is_not_closed(
    run: Run, either_db: str, workbook: Workbook, year: int
) -> None:
    """Today is in January 2024."""
    county(run, workbook)
    refused = run("year", "close", "-y", str(year))
    assert (refused.code, refused.out) == (3, "")
    assert f"{year} is not over" in refused.err


def test_a_fall_is_explained(run: Run, sample_db: Path) -> None:
    """The sample's members fell: the closing asks why, and keeps the answer."""
    refused = run("year", "close", "-y", "2023")
    assert refused.code == 3
    assert "members.total 5264 → 5187" in refused.err
    assert "年末团员数 5264 → 5187" in run("--lang", "zh", "year", "close", "-y", "2023").err
    preview = run("year", "close", "-y", "2023", "--dry-run", "--explain", "members.total=毕业")
    assert preview.code == 0
    assert run("stats", "2023", "--as-closed").code == 4
    assert run("year", "close", "-y", "2023", "--explain", "members.total=毕业").code == 0
    frozen = answer_of(run, "stats", "2023", "--as-closed")
    assert frozen["explained"] == {"members.total": "毕业"}
    for wrong, code in (("members.total", 2), ("=毕业", 2), ("members.all=毕业", 4)):
        assert run("year", "close", "-y", "2022", "--explain", wrong).code == code


def test_a_year_stands_next_to_the_one_before(run: Run, sample_db: Path) -> None:
    """With --compare each figure has the year before and the change."""
    found = answer_of(run, "stats", "2023", "--compare")["figures"]
    total = found["members.total"]
    assert (total["value"], total["previous"], total["change"]) == (5187, 5264, -77)
    assert found["numbers.usage_rate"]["previous"] is None
    assert found["numbers.usage_rate"]["change"] is None
    half = run("stats", "2024", "--compare", "--as-of", "2024-02-29", "--get", "members.total")
    assert half.code == 0


def test_a_reported_figure_is_held_against_the_rows(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """check is silent while the rows give what was reported, and names it when they do not; what
    moves such a figure says so at once, also as a dry run."""
    county(run, workbook)
    attribute = ("assert", "2023", "members.total=3", "--source", "年报")
    assert run(*attribute, "--dry-run").code == 0
    assert run(*attribute).code == 0
    assert run("assert", "2023", "numbers.usage_rate=0.2", "--source", "年报").code == 0
    school = ("assert", "2023", "members.total=3", "--source", "校报", "--org", "S")
    assert run(*school).code == 0
    assert run("check").code == 0, run("check").out
    for options in (("--dry-run",), ()):
        moved = run("import", joined_in_2019(workbook), *options, "-O", "json")
        told = [each for each in json.loads(moved.out)["findings"]
                if each["code"] == "figure-differs"]  # fmt: skip
        assert (moved.code, [each["level"] for each in told]) == (0, ["warning", "warning"])
    failed = run("check", "-O", "json")
    assert failed.code == 1
    found = json.loads(failed.out)["findings"]
    assert {finding["code"] for finding in found} == {"figure-differs"}
    assert any("reported as 3 (年报); the rows give 4" in finding["message"] for finding in found)
    assert run("assert", "2023", "members.total=4", "--source", "更正").code == 0
    assert run("assert", "2023", "members.total=4", "--source", "更正", "--org", "S").code == 0
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("figure", "code"), [("members.all=3", 4), ("members.total", 2), ("=3", 2)]
)
def test_what_is_no_figure_is_not_asserted(
    run: Run, sample_db: Path, figure: str, code: int
) -> None:
    """A key that does not exist is not found; a word without a value is an error of usage."""
    assert run("assert", "2023", figure, "--source", "x").code == code


def test_frozen_figures_that_another_program_changed_are_named(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """The SHA-256 tells."""
    county(run, workbook)
    assert run("year", "close", "-y", "2023").code == 0
    assert run("check").code == 0
    with Store(locate(either_db)).write() as transaction:
        transaction.connection.run("UPDATE closing SET figures = replace(figures, '3', '4')")
    assert "closing-altered" in run("check").out


def test_the_sample_is_closed_as_it_is(
    run: Run, sample_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Next year's plan and admissions do not touch a closed year."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-06-30")
    assert run("year", "close", "-y", "2023", "--explain", "members.total=毕业").code == 0
    assert run("import", DATA / "plan-2024.csv").code == 0
    assert run("admit", "--valid-only", DATA / "candidates-2024.xlsx").code == 1
    assert run("year", "diff", "2023").code == 0


# -- every organisation's figures ----------------------------------------------------------------


@pytest.fixture
def closed(run: Run, either_db: str, workbook: Workbook) -> str:
    """The county with 2023 closed, and a term of somebody who holds two posts."""
    county(run, workbook)
    for branch in ("S1", "T1"):
        post = ("post", "appoint", branch, "书记", "--name", "吴书", "--from", "2023-02-01")
        assert run(*post).code == 0
    assert run("year", "close", "-y", "2023").code == 0
    return either_db


WITHIN = (
    ("member", "transfer", "1", "--to", "T1", "--on", "2023-06-01", "--accepted"),
    ("org", "move", "S1", "--to", "T", "--on", "2023-06-01"),
    ("post", "end", "1", "--on", "2023-06-01"),
)
"""What moves figures of organisations, and perhaps none of the county."""


@pytest.mark.parametrize("command", WITHIN, ids=" ".join)
def test_no_figure_of_an_organisation_is_moved_without_a_reason(
    run: Run, closed: str, command: tuple[str, ...]
) -> None:
    """Refused with the organisations of the figures; with a reason written, and shown
    afterwards."""
    for options in ((), ("--dry-run",)):
        refused = run(*command, *options)
        assert refused.code == 3
        assert "2023 is closed" in refused.err
    assert run("year", "diff", "2023").code == 0
    assert run(*command, "--reason", "更正").code == 0
    diff = run("year", "diff", "2023", "-O", "json")
    if command[0] != "post":
        assert diff.code == 1
        document = json.loads(diff.out)
        assert document["moved"] == []
        assert {row["code"] for row in document["organizations"]} >= {"S", "T"}


def test_the_difference_of_one_organisation(run: Run, closed: str) -> None:
    """What was frozen of it, and what it is now; another that nothing touched has none."""
    before = stats(run, 2023, "--org", "T")
    assert run(*WITHIN[1], "--reason", "更正").code == 0
    now = stats(run, 2023, "--org", "T")
    diff = run("year", "diff", "2023", "--org", "T", "-O", "json")
    assert diff.code == 1
    for row in json.loads(diff.out)["moved"]:
        assert (row["closed"], row["now"]) == (before[row["key"]] or 0, now[row["key"]] or 0)
    assert run("year", "diff", "2023", "--org", "T1").code == 0
    assert run("year", "diff", "2023", "--org", "").code == 2


def test_an_old_closing_is_compared_as_far_as_it_goes(run: Run, closed: str) -> None:
    """A year that was closed before organisations were frozen has the county's figures alone."""
    with Store(locate(closed)).write() as transaction:
        (text,) = transaction.rows("SELECT figures FROM closing")[0]
        document = json.loads(text)
        del document["organizations"]
        connection = transaction.connection
        connection.run("UPDATE closing SET figures = :text", {"text": json.dumps(document)})
    assert run("year", "diff", "2023").code == 0
    assert run(*WITHIN[0], "--reason", "更正").code == 0
    assert run("year", "diff", "2023", "--org", "T").code == 0
    assert run(*WITHIN[1]).code == 3
