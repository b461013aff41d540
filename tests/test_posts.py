"""Posts end with their organisation, and check looks at the day on which they are held."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from lives import county, figures

HEADINGS = ["姓名", "团组织", "团内职务", "任职时间", "离任时间"]
ON = ("--on", "2023-11-01")


@pytest.fixture
def here(run: Run, here: str) -> str:
    """The small county, in which the branch of the village was closed on 1 November 2023."""
    assert run("org", "close", "T1", "--members-to", "S1", *ON, "--yes").code == 0
    return here


def terms(run: Run) -> list[dict[str, Any]]:
    """All terms of the closed branch."""
    ran = run("post", "list", "--org", "T1", "--past", "-O", "json")
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return found


def test_a_term_recorded_late_ends_with_the_branch(run: Run, here: str) -> None:
    """By a command that says no end; a warning tells it, and no figure counts it any more."""
    late = run("post", "appoint", "T1", "书记", "--name", "吴书", "--from", "2023-03-01")
    assert late.code == 0, late.err
    assert "term-ended-with-organization" in late.err
    assert [term["until"] for term in terms(run)] == ["2023-11-01"]
    assert figures(run)["cadres.total"] is None
    assert run("check").code == 0


def test_a_sheet_ends_it_likewise_and_says_no_later_end(
    run: Run, here: str, workbook: Callable[..., Path]
) -> None:
    """Read again, the sheet changes nothing; a later end is refused at every door."""
    row = ["吴书", "桥头村团支部", "书记", "2023-03-01", None]
    for _ in range(2):
        assert run("import", workbook("posts.xlsx", 团干部=[HEADINGS, row])).code == 0
        assert [term["until"] for term in terms(run)] == ["2023-11-01"]
    later = [*row[:4], "2023-12-01"]
    ran = run("import", workbook("later.xlsx", 团干部=[HEADINGS, later]), "--reason", "更正")
    assert ran.code == 1
    number = str(terms(run)[0]["id"])
    ended = run("post", "end", number, "--on", "2023-12-01", "--reason", "更正")
    assert (ended.code, "term-outlives-organization" in ended.err) == (3, True)
    assert [term["until"] for term in terms(run)] == ["2023-11-01"]


def test_check_judges_as_of_the_last_day_that_a_post_has(
    run: Run, either_db: str, workbook: Callable[..., Path]
) -> None:
    """Nobody joined or left since; the post began later than anybody did."""
    county(run, workbook)
    post = ("post", "appoint", "T1", "书记", "--name", "吴书", "--from", "2023-12-20")
    assert run(*post).code == 0
    assert run("check", "--strict", "secretary-missing").code == 0
    assert run("check", "secretary-missing", "--on", "2023-12-19", "--strict").code == 1


def test_an_end_is_not_undone_after_the_branch_was_closed(
    run: Run, either_db: str, workbook: Callable[..., Path]
) -> None:
    """Whoever held the post is known by name alone; what stands against it is named."""
    county(run, workbook)
    post = ("post", "appoint", "T1", "书记", "--name", "吴书", "--from", "2023-03-01")
    assert run(*post).code == 0
    assert run("post", "end", "1", "--on", "2023-06-01").code == 0
    assert run("org", "close", "T1", "--members-to", "S1", *ON, "--yes").code == 0
    for options in (("--dry-run",), ()):
        undone = run("undo", "3", *options)
        assert (undone.code, "undo-overtaken" in undone.err or "4" in undone.err) == (3, True)
    assert run("check").code == 0


def test_a_term_is_ended_by_its_holder(run: Run, db: Path, workbook: Callable[..., Path]) -> None:
    """By name, also of somebody known by name alone; of several terms each is named with its
    number, and one that has ended is none."""
    county(run, workbook)
    for home, name in (("T1", "吴书"), ("S", "吴书"), ("S1", "李宣")):
        post = ("post", "appoint", home, "书记", "--name", name, "--on", "2023-03-01")
        assert run(*post).code == 0
    assert run("post", "end", "李宣", "--on", "2023-06-01").code == 0
    assert run("post", "end", "李宣", "--on", "2023-06-01").code == 4
    several = run("post", "end", "吴书", "--on", "2023-06-01")
    assert (several.code, "1 桥头村团支部" in several.err, "2 云杉县" in several.err) == (
        4,
        True,
        True,
    )
    assert run("post", "end", "1", "--on", "2023-06-01").code == 0
    assert run("post", "end", "吴书", "--on", "2023-06-01").code == 0
    assert {term["until"] for term in terms(run)} == {"2023-06-01"}


SEATS = [["团组织编码", "团组织全称", "上级组织", "组织类型", "书记应配", "班子应配"],
         ["T1", "桥头村团支部", "T", "团支部", 1, 3]]  # fmt: skip


@pytest.mark.parametrize("door", ["command", "sheet"])
def test_a_second_holder_of_the_only_seat_is_warned_of(
    run: Run, either_db: str, workbook: Callable[..., Path], door: str
) -> None:
    """The term of the holder before was not ended, so that both would count; where the same sheet
    ends it, in whatever order, or the seat was only filled earlier, nothing is said."""
    county(run, workbook)
    assert run("import", workbook("seats.xlsx", 团组织=SEATS)).code == 0
    first = ["吴书", "T1", "书记", "2023-03-01", None]
    assert run("import", workbook("first.xlsx", 团干部=[HEADINGS, first])).code == 0

    def take(name: str, *rows: list[Any]) -> str:
        if door == "command":
            _, home, post, since, until = rows[0]
            end = ("--until", until) if until else ()
            ran = run("post", "appoint", home, post, "--name", name, "--on", since, *end, "-n")
        else:
            ran = run("import", workbook("next.xlsx", 团干部=[HEADINGS, *rows]), "-n")
        assert ran.code == 0, ran.err
        return ran.err

    second = ["郑记", "T1", "书记", "2023-12-01", None]
    assert "2 people are in post on 1 seat (secretary seats)" in take("郑记", second)
    assert "seats-exceeded" not in take("郑记", [*second[:2], "组织委员", *second[3:]])
    assert "seats-exceeded" not in take("郑记", ["郑记", "T1", "书记", "2022-01-01", "2023-03-01"])
    if door == "sheet":
        ended = [*first[:4], "2023-12-01"]
        for rows in ((ended, second), (second, ended)):
            assert "seats-exceeded" not in take("郑记", *rows)
