"""Quotas on their way down and up the tree: set, lowered, moved, checked, on both databases."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, ledger_faults
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission
from leaguectl.reports import quota_check

Workbook = Callable[..., Path]
Rows = dict[str, list[tuple[str, str, int]]]


@pytest.fixture
def either(run: Run, workbook: Workbook, either_db: str) -> None:
    """The same county on either database."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)


@pytest.fixture
def admitted(run: Run, workbook: Workbook) -> Callable[..., None]:
    """Admit the people who stand at these places of the county, each with that number."""

    def them(*at: int, branch: str = "云杉县第一中学高一（1）班团支部") -> None:
        rows = [admission(item, 所在团支部=branch) for item in at]
        ran = run("admit", workbook("them.xlsx", 发展团员=[ADMISSION_HEADINGS, *rows]))
        assert ran.code == 0, ran.err

    return them


def places(run: Run, year: int = 2023) -> Rows:
    """Each organisation's blocks of the year: first, last, places."""
    rows = answer_of(run, "quota", "show", str(year))["rows"]
    found: Rows = {}
    for row in rows:
        found[row["code"]] = [(block["first"], block["last"], block["places"])
                              for block in row["blocks"]]  # fmt: skip
    return found


def block(first: int, last: int) -> tuple[str, str, int]:
    """A block of the county by the ends of its numbers."""
    return f"2023650000{first:02d}", f"2023650000{last:02d}", last - first + 1


def answer(run: Run, *arguments: str) -> Any:
    """What a command answers in JSON; it went well and left check silent."""
    ran = run(*arguments, "-O", "json")
    assert ran.code == 0, ran.err
    assert ledger_faults(run) == []
    return json.loads(ran.out)


def refused(run: Run, *arguments: str) -> str:
    """Why a command refuses; it wrote nothing."""
    before = places(run), run("log", "-O", "json").out
    ran = run(*arguments)
    assert ran.code == 3, (ran.code, ran.err)
    assert (places(run), run("log", "-O", "json").out) == before
    return ran.err


# -- set -----------------------------------------------------------------------------------------


def test_a_quota_gets_the_next_free_numbers_above(run: Run, county: None) -> None:
    """A branch of the county without a quota is split off the first free run that is long
    enough."""
    found = answer(run, "quota", "set", "2023", "S1", "3", "--authority", "云团发〔2023〕2号")
    assert found["schema"] == "leaguectl/quota set@1"
    assert [(row["code"], row["first"], row["last"], row["before"], row["places"])
            for row in found["rows"]] == [("S1", *block(1, 3)[:2], 0, 3)]  # fmt: skip
    assert places(run)["S1"] == [block(1, 3)]
    assert places(run)["S"] == [block(1, 5)]


@pytest.mark.parametrize("order", [1, -1])
def test_a_sheet_has_the_county_s_block_and_its_parts(
    run: Run, db: Path, workbook: Workbook, order: int
) -> None:
    """In any order, also where it calls the schools by short names."""
    formal = [["团组织全称", "组织类型", "上级组织"], ["共青团云杉县委员会", "团委", None],
              ["共青团云杉县第一中学委员会", "团委", "共青团云杉县委员会"],
              ["共青团云杉县白桦镇委员会", "团委", "共青团云杉县委员会"]]  # fmt: skip
    begin(run, workbook, 团组织=formal)
    plan = [["共青团云杉县委员会", 60, "202465000001-0060"],
            ["云杉县第一中学团委", 20, "202465000001—202465000020"],
            ["白桦镇", 5, "202465000021至202465000025"]]  # fmt: skip
    title, headings = ["2024年发展团员计划"], ["单位", "全年合计", "号段"]
    ran = run("import", workbook("plan.xlsx", 计划=[title, headings, *plan[::order]]))
    assert ran.code == 0, ran.err
    assert sum(len(found) for found in places(run, 2024).values()) >= len(plan)


def test_more_places_follow_the_block_or_are_a_further_one(run: Run, county: None) -> None:
    """By the same document the block grows; by another document there is a second block."""
    answer(run, "quota", "set", "2023", "T", "3")
    assert places(run)["T"] == [block(6, 8)]
    answer(run, "quota", "set", "2023", "T", "4", "--authority", "云团发〔2023〕5号")
    assert places(run)["T"] == [block(6, 8), block(9, 9)]
    assert answer(run, "quota", "set", "2023", "T", "4")["operation"] is None


def test_a_mid_year_addition_of_the_county_is_a_further_block(run: Run, county: None) -> None:
    """New places from above come with their own numbers and document, and go down at once."""
    first = ("--first", "202365000051", "--authority", "阿团发〔2023〕9号")
    answer(run, "quota", "set", "2023", "C", "4", *first)
    assert places(run)["C"] == [block(1, 10), block(51, 54)]
    answer(run, "quota", "set", "2023", "S", "12")
    assert sum(place[2] for place in places(run)["S"]) == 12
    assert "block-missing" in refused(run, "quota", "set", "2023", "C", "15")


def test_a_lower_quota_gives_its_unused_places_back(
    run: Run, county: None, admitted: Callable[..., None]
) -> None:
    """The block shrinks from its end; what is used stays, and the numbers are the county's."""
    admitted(1)
    answer(run, "quota", "set", "2023", "S", "2")
    assert places(run)["S"] == [block(1, 2)]
    answer(run, "quota", "set", "2023", "T", "5")
    assert places(run)["T"] == [block(3, 5), block(6, 7)]
    answer(run, "quota", "set", "2023", "S", "1")
    err = refused(run, "quota", "set", "2023", "S", "0")
    assert "quota-in-use" in err
    assert "can give 0 of 1 places: of 1 are 1 used" in err


def test_numbers_in_use_at_the_end_leave_pieces(
    run: Run, either: None, admitted: Callable[..., None]
) -> None:
    """Where the last numbers are used the block becomes several, and what lies below goes along."""
    answer(run, "quota", "set", "2023", "S2", "1", "--first", "202365000004")
    admitted(2)
    admitted(4, branch="云杉县第一中学高一（2）班团支部")
    answer(run, "quota", "set", "2023", "S", "2")
    assert places(run)["S"] == [block(2, 2), block(4, 4)]
    assert places(run)["S2"] == [block(4, 4)]
    assert "can give 0 of 1 places: of 2 are 1 used, 0 void, 1 given" in refused(
        run, "quota", "set", "2023", "S", "1"
    )


def test_a_county_gives_places_back_and_their_numbers_go(run: Run, either: None) -> None:
    """What the top gives back is nobody's here: those numbers are in no block any more."""
    answer(run, "quota", "set", "2023", "C", "7")
    assert places(run)["C"] == [block(1, 7)]
    assert "quota-in-use" in refused(run, "quota", "set", "2023", "C", "6")
    answer(run, "quota", "set", "2023", "T", "0")
    assert "T" not in places(run)


def test_a_slip_of_the_finger_makes_no_millions_of_numbers(run: Run, county: None) -> None:
    """A block beyond any county's is refused before a number is made."""
    order = ("quota", "set", "2023", "C", "60000000", "--first", "202366000000")
    assert "block-too-large" in refused(run, *order)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("S1", "6"), "quota-above-exceeded"),
        (("T1", "1", "--first", "202365000001"), "block-outside"),
        (("S2", "2", "--first", "202265000001"), "block-year"),
        (("S2", "2", "--first", "202365000001", "--last", "202365000009"), "block-size"),
        (("C", "2", "--first", "202365000010"), "block-overlaps"),
        (("C", "0", "--first", "202365000031"), "places-none"),
        (("C", "0", "--last", "202365000031"), "places-none"),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused(
    given: tuple[str, ...], code: str, run: Run, county: None
) -> None:
    """The sheet's own planner judges the command; nothing is written."""
    assert code in refused(run, "quota", "set", "2023", *given)
    assert run("quota", "set", "2023", "nowhere", "2").code == 4


def test_a_trial_writes_nothing(run: Run, county: None) -> None:
    """``--dry-run`` shows the same blocks."""
    before = places(run)
    for order in (("set", "2023", "S", "1"), ("move", "2023", "S", "T", "2")):
        would = answer_of(run, "quota", *order, "--dry-run")
        assert would["operation"] is None
        assert places(run) == before
        did = answer_of(run, "quota", *order)
        assert did["rows"] == would["rows"]
        assert run("undo", str(did["operation"])).code == 0
        assert places(run) == before
        assert ledger_faults(run) == []


# -- move ----------------------------------------------------------------------------------------


def test_places_move_by_the_quota_above_both(
    run: Run, either: None, admitted: Callable[..., None]
) -> None:
    """Up to the county and down to the town's village, past every quota between."""
    admitted(1)
    answer(run, "quota", "set", "2023", "T1", "1")
    answer(run, "quota", "move", "2023", "S", "T1", "2", "--authority", "云团发〔2023〕7号")
    found = places(run)
    assert found["S"] == [block(1, 3)]
    assert found["T"] == [block(4, 5), block(6, 7)]
    assert found["T1"] == [block(4, 5), block(6, 6)]
    assert "can give 2 of 3" in refused(run, "quota", "move", "2023", "S", "T", "3")


def test_moving_up_is_giving_back_and_down_is_splitting(run: Run, county: None) -> None:
    """To an organisation above the places go back; to one below they are split off."""
    answer(run, "quota", "move", "2023", "S", "S2", "2")
    assert places(run)["S2"] == [block(1, 2)]
    answer(run, "quota", "move", "2023", "S2", "S", "1")
    assert places(run)["S2"] == [block(1, 1)]
    answer(run, "quota", "move", "2023", "S2", "C", "1")
    assert "S2" not in places(run)
    assert places(run)["S"] == [block(2, 5)]


def test_a_quota_moves_whole_and_comes_back_by_undo(run: Run, either: None) -> None:
    """The block of one becomes the block of another in one operation; undone, all is as before."""
    before = places(run)
    for source, target in (("S", "T"), ("T", "S"), ("S", "T1"), ("T", "S1")):
        size = sum(item[2] for item in before[source])
        done = answer(run, "quota", "move", "2023", source, target, str(size))
        assert source not in places(run)
        assert run("undo", str(done["operation"])).code == 0
        assert places(run) == before
        assert ledger_faults(run) == []


@pytest.mark.parametrize(
    ("order", "reason", "code"),
    [
        (("S", "S", "1"), "two organisations", 3),
        (("S1", "T", "1"), "no quota of 2023", 4),
        (("S", "nowhere", "1"), "nowhere", 4),
        (("S", "T", "0"), "0", 2),
    ],
)  # fmt: skip
def test_a_move_that_is_none_is_refused(
    order: tuple[str, ...], reason: str, code: int, run: Run, county: None
) -> None:
    """Each with its own exit code and reason."""
    ran = run("quota", "move", "2023", *order)
    assert (ran.code, reason in ran.err) == (code, True), ran.err


def test_a_voided_or_used_number_never_moves(
    run: Run, county: None, admitted: Callable[..., None]
) -> None:
    """Whatever is moved, those who hold numbers keep them and check is silent."""
    admitted(2, 5)
    answer(run, "quota", "move", "2023", "S", "T", "3")
    assert places(run)["S"] == [block(2, 2), block(5, 5)]
    shown = answer_of(run, "member", "show", "202365000005")
    assert shown["member"]["number"] == "202365000005"


def test_places_that_lie_apart_are_set_in_several_blocks(run: Run, county: None) -> None:
    """Where no run above is long enough the lowest free numbers are taken, in pieces."""
    answer(run, "quota", "move", "2023", "S", "C", "2")
    answer(run, "quota", "set", "2023", "T", "6")
    assert places(run)["T"] == [block(4, 5), block(6, 9)]


# -- the rules of the book ------------------------------------------------------------------------


def test_a_quota_is_checked_by_the_rules_of_the_book(run: Run, sample_db: Path) -> None:
    """Numbers that the ledger lacks are named as ``check`` names them, and only for their year;
    every code is one that ``explain`` knows."""
    assert run("quota", "check", "2023").code == 0
    lacking = "SELECT number FROM number WHERE year = 2023 AND quota IS NOT NULL LIMIT 3"
    with closing(sqlite3.connect(sample_db)) as connection, connection:
        deleted = connection.execute(f"DELETE FROM number WHERE number IN ({lacking})")
        assert deleted.rowcount == 3
    found = run("quota", "check", "2023", "-O", "json")
    findings = json.loads(found.out)["findings"]
    assert (found.code, {finding["code"] for finding in findings}) == (1, {"block-adds-up"})
    whole = answer_of(run, "check", "block-adds-up")["findings"]
    assert findings == whole
    assert run("quota", "check", "2022").code == 0
    for code in quota_check.CODES:
        assert run("explain", code).code == 0
