"""Next year's base: who goes, who stays, and the places that keep the ratios add up by hand."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from county import id_number
from leaguectl.model import Change, Entity, Membership, Organization, Person, Post, Survey, Transfer
from leaguectl.reports.forecast import StageRow, split, suggested
from leaguectl.store import locate
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
TREE = (
    Organization("C", "共青团云杉县委员会", "committee", None, "society", "government"),
    Organization("S", "云杉县第一中学团委", "committee", "C", "school", "senior middle"),
    Organization("S3", "高三（1）班团支部", "graduating branch", "S", "school"),
    Organization("S2", "高二（1）班团支部", "branch", "S", "school"),
    Organization("T", "白桦镇团委", "committee", "C", "society", "government"),
    Organization("V", "桥头村团支部", "branch", "T", "society", "village"),
)
SURVEYS = (
    Survey(1, 2023, "S", "senior graduating", 50, None, 30),
    Survey(2, 2023, "S", "senior middle", 40, None, 20),
    Survey(3, 2022, "S", "senior middle", 10, None, 9),
    Survey(4, 2023, "V", "youth", None, 60, 3),
    Survey(5, 2023, "T", "youth", None, 600, 3),
)


def people(code: str, count: int, first: int, born: str = "20070301") -> list[Entity]:
    """Members of a branch, with ids from ``first`` on."""
    made: list[Entity] = []
    for at in range(first, first + count):
        made.append(Person(at, f"测试{at}", id_number(at, born)))
        made.append(Membership(at, at, code, date(2022, 5, 4)))
    return made


def made(db: str, *nouns: Entity) -> None:
    """The tree with surveys and these nouns."""
    order = list(dict.fromkeys(type(entity) for entity in (*TREE, *SURVEYS, *nouns)))
    with Store(locate(db)).creating({"province": "65"}) as transaction:
        everything = sorted((*TREE, *SURVEYS, *nouns), key=lambda entity: order.index(type(entity)))
        transaction.save([Change(None, entity) for entity in everything], BY_HAND)


def plan(run: Run, *options: str) -> dict[str, Any]:
    """The answer of ``plan 2024``."""
    done = run("plan", "2024", "-O", "json", *options)
    assert done.code == 0, done.err
    answer: dict[str, Any] = json.loads(done.out)
    return answer


def test_a_base_adds_up_by_hand(run: Run, either_db: str) -> None:
    """30 graduate; 20 stay in a class of 40, for whose next year the cap of 60 % is 24: room for 4.
    In the village 3 of 4 turn 28, one of them has a post, one is on his way out of the county."""
    village = people("V", 3, 60, "19960301") + people("V", 1, 70)
    made(
        either_db,
        *people("S3", 30, 1), *people("S2", 20, 31), *village, *people("T", 1, 80),
        Post(1, "V", "secretary", "书记", "测试60", date(2020, 1, 1), 60),
        Transfer(1, 70, "pending", date(2023, 12, 1), "V", None, None, "青松市"),
    )  # fmt: skip
    answer = plan(run)
    assert answer["as_of"] == "2023-12-31"
    rows = {(row["organization"], row["stage"]): row for row in answer["rows"]}
    keys = ("members", "ageing", "graduating", "transferring", "staying", "base", "room", "places")
    school = "云杉县第一中学团委"
    assert [rows[school, "senior graduating"][key] for key in keys] == [
        30, 0, 30, 0, 0, 50, 0, 0,
    ]  # fmt: skip
    assert [rows[school, "senior middle"][key] for key in keys] == [20, 0, 0, 0, 20, 40, 4, 4]
    assert rows[school, "senior middle"]["ratio_now"] == 0.5
    assert rows[school, "senior middle"]["ratio_then"] == 0.6
    assert [rows["桥头村团支部", "youth"][key] for key in keys] == [4, 2, 0, 1, 1, 60, None, 3]
    others = next(row for row in answer["rows"] if row["stage"] is None)
    assert others["members"] == 1
    total = answer["total"]
    assert total["members"] == 55 == sum(row["members"] for row in answer["rows"])
    assert (
        total["members"] - total["ageing"] - total["graduating"] - total["transferring"]
        == (total["staying"])
    )
    assert (total["staying"], total["places"]) == (22, 7)
    assert any("T" in line for line in answer["assumptions"]), "a survey above is left out"
    assert len(answer["assumptions"]) == 8


def test_places_are_split_and_never_above_the_room(run: Run, either_db: str) -> None:
    """Asked for fewer, each gets its part; asked for more than the room, it is refused."""
    made(either_db, *people("S3", 30, 1), *people("S2", 20, 31))
    assert plan(run, "--places", "3", "--org", "S")["total"]["places"] == 3
    refused = run("plan", "2024", "--places", "5", "--org", "S")
    assert (refused.code, refused.out) == (3, "")
    assert "room for 4 places, not for 5" in refused.err


def test_the_base_of_a_day_is_of_that_day(run: Run, either_db: str) -> None:
    """Who joined later is not in it."""
    made(either_db, *people("V", 2, 1))
    assert plan(run, "--as-of", "2022-05-03")["total"]["members"] == 0
    assert plan(run, "--as-of", "2022-05-04")["total"]["members"] == 2


ROWS = st.lists(
    st.builds(
        StageRow,
        code=st.sampled_from("AB"), organization=st.just(""), stage=st.just("youth"),
        ageing=st.integers(0, 50), room=st.one_of(st.none(), st.integers(0, 40)),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(ROWS, st.integers(0, 200))
def test_a_split_gives_what_there_is_and_no_more(rows: list[StageRow], places: int) -> None:
    """Every place is given to somebody, none above a room, and no more than asked for."""
    rooms = [row.room if row.room is not None else places for row in rows]
    if sum(rooms) < places:
        with pytest.raises(ValueError, match=str(sum(rooms))):
            split(rows, places)
        return
    given = split(rows, places)
    assert sum(given) == places
    assert all(0 <= char <= room for char, room in zip(given, rooms, strict=True))


@given(ROWS)
def test_no_more_is_suggested_than_leave(rows: list[StageRow]) -> None:
    """An organisation is suggested as many places as leave it, or as its rooms take."""
    places = suggested(rows)
    for code in "AB":
        here = [at for at, row in enumerate(rows) if row.code == code]
        leaving = sum(rows[at].leaving for at in here)
        rooms = [rows[at].room for at in here]
        most = leaving if None in rooms else min(leaving, sum(room or 0 for room in rooms))
        assert sum(places[at] for at in here) == most


def test_a_ratio_is_exact() -> None:
    """60 % of 5 is 3, not 2.9999."""
    row = StageRow("S", "", "senior middle", base=5, cap=Decimal("0.60"))
    assert row.ratio(3) == Decimal("0.6000")
    assert replace(row, base=None).ratio(3) is None
