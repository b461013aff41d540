"""Yearly registration: the exceptions first, then everybody else in one operation."""

import json
from typing import Any

import pytest

from conftest import Run
from county import MEMBER_HEADINGS, member
from leaguectl.cli import member as member_commands
from leaguectl.cli import org, transfer
from leaguectl.words import words
from lives import ADMITTED, ONE, THREE, TWO, Workbook, does, refused, shown
from test_journal import rows

ON = ("--on", "2023-10-15")


def registered(run: Run, who: int) -> list[dict[str, Any]]:
    """A person's registrations."""
    found: list[dict[str, Any]] = shown(run, who)["history"]["registrations"]
    return found


def test_exceptions_first_and_then_all_others(run: Run, here: str) -> None:
    """Who is registered keeps the grade; who is unqualified is graded and not registered."""
    item = ("member", "register", "S1", "2023")
    does(run, *item, "--grade", "优秀", "--member", ONE, *ON)
    does(run, *item, "--grade", "unqualified", "--member", TWO, *ON)
    done = does(run, *item, "--grade", "qualified", *ON)
    assert [row["id"] for row in done["rows"]] == [ADMITTED]
    grades = [registered(run, who)[0] for who in (ONE, TWO, ADMITTED)]
    assert grades == [
        {"year": 2023, "grade": "excellent", "registered": "2023-10-15"},
        {"year": 2023, "grade": "unqualified", "registered": None},
        {"year": 2023, "grade": "qualified", "registered": "2023-10-15"},
    ]
    before = rows(here)
    again = does(run, *item, "--grade", "qualified", *ON)
    assert (again["operation"], again["rows"], rows(here)) == (None, [], before)
    school = does(run, "member", "register", "S", "2023", "--grade", "qualified", *ON)
    assert [row["id"] for row in school["rows"]] == [THREE]


def test_a_grade_is_corrected_by_name(run: Run, here: str) -> None:
    """Whoever is named is graded again; undo gives the old grade back."""
    row = ("member", "register", "S1", "2023", "--member", ONE)
    does(run, *row, "--grade", "qualified", *ON)
    done = does(run, *row, "--grade", "excellent", *ON)
    assert registered(run, ONE)[0]["grade"] == "excellent"
    assert run("undo", str(done["operation"])).code == 0
    assert registered(run, ONE)[0]["grade"] == "qualified"


def test_too_many_excellent_members_are_reported(run: Run, here: str) -> None:
    """More than thirty per cent of those graded: a warning, at once and by check."""
    ran = run("member", "register", "S1", "2023", "--grade", "excellent", *ON, "-O", "json")
    assert (ran.code, [finding["code"] for finding in json.loads(ran.out)["findings"]]) == (
        0, ["excellent-share"],
    )  # fmt: skip
    assert "excellent-share" in run("check").out


def test_a_party_member_is_registered_without_a_grade(
    run: Run, here: str, workbook: Workbook
) -> None:
    """Party members take no part in the grading, but register."""
    row = [*member(8, 所在团支部="S2"), "中共预备党员"]
    book = workbook("party.xlsx", 团员=[[*MEMBER_HEADINGS, "政治面貌"], row])
    assert run("import", book).code == 0
    (done,) = does(run, "member", "register", "S2", "2023", "--grade", "qualified", *ON)["rows"]
    assert (done["grade"], done["registered"]) == (None, "2023-10-15")


def test_what_cannot_be_registered_is_refused(run: Run, here: str) -> None:
    """Strangers, a year to come, a day before the year; nothing is written."""
    before = rows(here)
    register = ("member", "register", "S1")
    refused(run(*register, "2023", "--member", str(THREE), *ON), "member-not-here")
    refused(run(*register, "2024", *ON), "registered-early")
    refused(run(*register, "2024", "--on", "2024-09-01"), "day-ahead")
    assert run(*register, "2023", "--grade", "A").code == 2
    assert rows(here) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_of_an_answer_has_a_heading(language: str) -> None:
    """No answer of these commands shows a bare key."""
    from leaguectl.cli.render import HEADINGS

    keys = {
        HEADINGS.get(key, key)
        for module in (member_commands, transfer, org)
        for name, value in vars(module).items()
        if name.startswith("_") and isinstance(value, tuple)
        for key in value
    }
    assert keys - words(language).fields.keys() == set()
