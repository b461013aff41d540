"""Views: another program opens a registry and finds what lists show, masked as lists are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of
from county import id_number
from leaguectl.masks import masked
from leaguectl.model import ENTITIES
from leaguectl.store import locate, views
from leaguectl.store.opening import opened
from lives import ONE, TWO, county
from registries import made_once

NOT_SHOWN = {
    "Person", "Setting", "Acceptance", "Closing", "Reported", "FormerValue", "Alias",
    "DistinctPair", "PaperState", "Badge", "Base", "Seat", "Campaign", "Coverage", "Dispute",
}  # fmt: skip
"""What no view has: the program's own, what few offices keep, and people, who are in v_members."""

PHONES = {ONE: "13912345678", TWO: "09911234567"}


def rows_of(place: str, view: str) -> list[dict[str, Any]]:
    """All rows of a view, as another program reads them."""
    with opened(locate(place)) as connection:
        cursor = connection.driver.execute(f"SELECT * FROM {view}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return sorted(rows, key=repr)


@pytest.fixture
def place(either_db: str, run: Run, workbook: Callable[..., Path]) -> str:
    """A small county with telephones, and an ID number in a column that is no place for one."""
    made_once("views", lambda: _make(run, workbook))
    return either_db


def _make(run: Run, workbook: Callable[..., Path]) -> None:
    county(run, workbook)
    for person, phone in PHONES.items():
        assert run("member", "edit", str(person), "--phone", phone).code == 0
    measure = ("member", "discipline", str(ONE), "warning", "--since", "2024-01-10")
    assert run(*measure, "--authority", f"据{id_number(ONE, '20060301')}").code == 0
    assert (
        run("post", "appoint", "S1", "书记", "--name", "王小明", "--from", "2023-01-01").code == 0
    )


def test_members_are_those_of_the_list_and_masked_as_in_it(place: str, run: Run) -> None:
    """Each person once, and as many without a day of leaving as the figure says."""
    listed = answer_of(run, "member", "find", "团员")["rows"]
    rows = {row["id"]: row for row in rows_of(place, views.MEMBERS)}
    same = ("name", "id_number", "phone", "number", "form", "certificate", "politics")
    assert listed
    for person in listed:
        row = rows[person["id"]]
        assert {key: row[key] for key in same} == {key: person[key] for key in same}
        assert (row["organization"], row["organization_name"]) == (
            person["code"], person["organization"]
        )  # fmt: skip
    for person, phone in PHONES.items():
        assert rows[person]["phone"] == masked(phone)
    current = sum(row["left"] is None for row in rows.values())
    figure = run("stats", "2023", "--get", "members.total").out.strip()
    assert str(current) == figure


def test_no_view_gives_away_a_private_value(place: str) -> None:
    """Neither of its own column nor of one into which it was written by mistake."""
    whole = repr([rows_of(place, view) for view in (views.MEMBERS, *views.VIEWS)])
    for secret in (*PHONES.values(), id_number(ONE, "20060301"), id_number(TWO, "20060301")):
        assert secret not in whole
    assert "王小明" in whole
    (measure,) = rows_of(place, "v_discipline")
    assert measure["authority"] == "***"


def test_views_change_nothing_of_what_proves_and_copies(
    place: str, run: Run, tmp_path: Path
) -> None:
    """A registry with views is sound, goes into a file and comes back, and its views with it; one
    that somebody made anew to show more is named."""
    copy = tmp_path / "copy.db"
    assert run("backup", copy).code == 0
    before = rows_of(place, views.MEMBERS)
    assert run("restore", copy, "--yes").code == 0
    assert rows_of(place, views.MEMBERS) == before
    assert run("verify").code == 0
    assert not [row for row in answer_of(run, "check")["findings"]
                if row["code"].startswith("database")]  # fmt: skip
    with opened(locate(place)) as connection:
        connection.run("DROP VIEW v_forms")
        connection.run("CREATE VIEW v_forms AS SELECT * FROM form")
        connection.driver.commit()
    found = answer_of(run, "verify")["findings"]
    assert {finding["subject"] for finding in found} == {"v_forms"}


def test_every_noun_has_a_view_or_is_left_out_on_purpose() -> None:
    """Whoever adds an entity says which."""
    shown = {entity.__name__ for entity in views.VIEWS.values()}
    assert shown.isdisjoint(NOT_SHOWN)
    assert shown | NOT_SHOWN == {entity.__name__ for entity in ENTITIES}
