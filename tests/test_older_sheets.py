"""A sheet that is older than what it would overwrite does not win; its values are reported with
both sources."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of, begin, codes
from county import MEMBER_HEADINGS, ORGANIZATIONS, member

Workbook = Callable[..., Path]
HEADINGS = [*MEMBER_HEADINGS, "手机号码", "政治面貌"]
OLD, NEW, THIRD = "13800000001", "13800000002", "13800000003"


@pytest.fixture
def roster(run: Run, workbook: Workbook, db: Path) -> Callable[..., dict[str, Any]]:
    """Imports a roster of one member with that phone; the answer."""
    begin(run, workbook, 团组织=ORGANIZATIONS)

    def imported(
        phone: str | None, *options: str, title: str = "", politics: str = "共青团员", **said: Any
    ) -> dict[str, Any]:
        above = [[title]] if title else []
        row = [*member(1, **said), phone, politics]
        name = f"r{str(phone)[-2:]}.xlsx"
        book = workbook(name, 团员=[*above, HEADINGS, row])
        ran = run("import", book, *options, "-O", "json")
        answer: dict[str, Any] = json.loads(ran.out)
        assert (ran.code == 0) == (not any(f["level"] == "error" for f in answer["findings"]))
        return answer

    return imported


def phone(run: Run) -> str | None:
    """The phone that is stored."""
    card = answer_of(run, "member", "show", "1", "--reveal", "--reason", "x")
    stored: str | None = card["member"]["phone"]
    return stored


EARLIER = ("--on", "2023-12-01")


@pytest.mark.parametrize(
    ("first", "options", "changed"),
    [((), (), []), (EARLIER, EARLIER, []), ((), EARLIER, ["seen"])],
    ids=["undated", "earlier", "before the first"],
)
def test_a_phone_corrected_by_hand_stays(
    run: Run, roster: Any, first: tuple[str, ...], options: tuple[str, ...], changed: list[str]
) -> None:
    """A roster that does not say that it is younger puts no old phone back; both sources are named,
    and no phone is shown whole. One of a day before the first roster says only that the member was
    there on it."""
    roster(OLD, *first)
    assert run("member", "edit", "1", "--phone", NEW).code == 0
    answer = roster(OLD, *options)
    (finding,) = answer["findings"]
    assert (finding["code"], finding["level"], finding["cell"]) == ("sheet-older", "warning", "G2")
    assert "operation 3" in finding["message"]
    assert NEW not in json.dumps(answer)
    assert phone(run) == NEW
    assert answer["totals"]["updated"] == len(changed)
    changes = answer_of(run, "show", "4")["changes"]
    assert [field["field"] for change in changes for field in change["fields"]] == changed


def test_what_was_undone_and_done_again_is_as_new_as_before(run: Run, roster: Any) -> None:
    """An older roster puts no old phone back after the undo of an undo."""
    roster(OLD, *EARLIER)
    assert run("member", "edit", "1", "--phone", NEW).code == 0
    for operation in ("3", "4"):
        assert run("undo", operation).code == 0
    assert [finding["code"] for finding in roster(OLD, *EARLIER)["findings"]] == ["sheet-older"]
    assert phone(run) == NEW
    assert run("undo", "5").code == 0
    assert phone(run) == OLD
    assert roster(THIRD, "--on", "2023-12-02")["findings"] == []
    assert phone(run) == THIRD


def test_a_roster_of_a_later_stated_day_wins(run: Run, roster: Any, monkeypatch: Any) -> None:
    """What is said of a later day is newer, also than a correction by hand."""
    roster(OLD)
    assert run("member", "edit", "1", "--phone", NEW).code == 0
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-03-01")
    assert codes(roster(THIRD, title="填报时间：2024年2月1日")) == []
    assert phone(run) == THIRD


@pytest.mark.parametrize("order", ["old first", "new first"])
def test_two_rosters_give_the_same_in_either_order(
    run: Run, roster: Any, order: str, db: Path, tmp_path: Path
) -> None:
    """The phone of the later day stays, whichever roster comes first; the file and cell that said
    it are in the warning. Of what figures ask of a day, the older roster says what it was before;
    and a registry made of the whole export has all of it, on any day."""
    days = {OLD: ("2023-03-01", "共青团员"), NEW: ("2023-09-01", "中共党员")}
    for text in sorted(days, reverse=order == "new first"):
        answer = roster(text, "--on", days[text][0], politics=days[text][1])
    assert phone(run) == NEW
    if order == "new first":
        assert codes(answer) == ["sheet-older", "sheet-older"]
        of_phone, of_politics = (finding["message"] for finding in answer["findings"])
        assert "r02.xlsx!团员!G2" in of_phone
        assert "2023-09-01" in of_phone
        assert "until 2023-09-01" in of_politics
        roster(OLD, "--on", "2023-03-01")  # again: nothing more is kept
    book, other = tmp_path / "all.xlsx", tmp_path / "other.db"
    assert run("export", "all", "-o", book, "--reveal", "--reason", "x").code == 0
    assert run("--db", other, "import", book, "-y").code == 0
    again = run("--db", other, "import", book, "-y", "-O", "json")
    assert json.loads(again.out)["totals"]["updated"] == 0
    for registry in (db, other):
        assert politics(run, registry, "2023-06-01") == ["共青团员"]
        assert politics(run, registry, "2023-09-01") == ["中共党员"]
        with sqlite3.connect(registry) as connection:
            kept = connection.execute("SELECT value, until FROM former_value").fetchall()
        assert kept == [("共青团员", "2023-09-01")]


def politics(run: Run, registry: Path, day: str) -> list[Any]:
    """What an export says of a day."""
    ran = run("--db", registry, "export", "members", "--as-of", day, "-O", "json")
    return [row["politics"] for row in json.loads(ran.out)["rows"]]


def test_a_roster_that_confirms_makes_a_fact_younger(run: Run, roster: Any) -> None:
    """A phone of March that a roster of November has as well is no older than October."""
    roster(OLD, "--on", "2023-03-01")
    roster(OLD, "--on", "2023-11-01", politics="中共党员")
    assert codes(roster(NEW, "--on", "2023-10-01")) == ["sheet-older", "sheet-older"]
    assert phone(run) == OLD


def test_an_older_roster_fills_what_nobody_ever_said(run: Run, roster: Any) -> None:
    """Blank is not newer than a value."""
    roster(None, "--on", "2023-11-01")
    assert codes(roster(OLD, "--on", "2023-03-01")) == []
    assert phone(run) == OLD


def test_a_batch_can_decide(run: Run, roster: Any) -> None:
    """--on-existing keeps what is stored, or updates it, whatever the days say."""
    roster(OLD, "--on", "2023-11-01")
    assert codes(roster(NEW, "--on", "2023-12-01", "--on-existing", "keep")) == ["stored-kept"]
    assert phone(run) == OLD
    assert codes(roster(NEW, "--on", "2023-03-01", "--on-existing", "update")) == []
    assert phone(run) == NEW
    assert run("import", "x.xlsx", "--on-existing", "perhaps").code == 2


def test_a_cell_clears_with_a_reason(run: Run, roster: Any) -> None:
    """清空 takes a phone away, with a reason; an older roster does not put it back, and what cannot
    be cleared is refused."""
    roster(OLD, "--on", "2023-03-01")
    assert codes(roster("清空", "--on", "2023-11-01")) == ["clear-needs-reason"]
    assert phone(run) == OLD
    assert codes(roster("清空", "--on", "2023-11-01", "--reason", "停机")) == []
    assert phone(run) is None
    assert codes(roster(OLD, "--on", "2023-06-01")) == ["sheet-older"]
    assert phone(run) is None
    refused = roster(None, "--reason", "x", 团员证编号="清空")
    assert codes(refused) == ["clear-refused"]


def test_an_undone_roster_says_nothing(run: Run, roster: Any) -> None:
    """What was undone stands against nothing."""
    roster(OLD, "--on", "2023-03-01")
    roster(NEW, "--on", "2023-11-01")
    assert run("undo", "3").code == 0
    assert codes(roster(THIRD, "--on", "2023-10-01")) == []
    assert phone(run) == THIRD
