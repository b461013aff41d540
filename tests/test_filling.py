"""A batch of ten thousand rows goes in whole, with every constraint in force and the schema as it
was; and a wish for many keys finds what naming them one by one finds."""

import sqlite3
from pathlib import Path

import pytest

from county import id_number
from leaguectl.findings import Stale
from leaguectl.registry import Change, Organization, Person, Wanted
from leaguectl.store import locate
from leaguectl.store.filling import MANY
from leaguectl.store.shelf import Operation
from leaguectl.store.writing import Store

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
TOP = Organization("C", "云杉县团委", "committee")


def people(count: int) -> list[Change]:
    """So many people; their numbers need not be true to be eighteen long."""
    return [
        Change(None, Person(at, f"测试{at % 97}", f"658899{at:012d}")) for at in range(1, count + 1)
    ]


def schema(path: Path) -> list[tuple[str, ...]]:
    """Every table and index of a file with the text that made it."""
    asked = sqlite3.connect(path)
    found = asked.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")
    rows = found.fetchall()
    asked.close()
    return rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A registry with one organisation."""
    made = tmp_path / "a.db"
    with Store(locate(str(made))).making({}) as shelf:
        shelf.carry_out([Change(None, TOP)], BY_HAND)
    return made


def test_filling_a_table_leaves_its_indexes_as_they_were(path: Path) -> None:
    """They are away while the rows go in, and whole again when they are in."""
    before = schema(path)
    with Store(locate(str(path))).write() as shelf:
        shelf.carry_out(people(MANY), BY_HAND)
        assert shelf.broken() == []
    assert schema(path) == before


def test_a_repeated_id_number_among_many_rows_is_refused_and_nothing_stays(path: Path) -> None:
    """No unique index is taken away, so the database itself refuses as ever."""
    before, changes = schema(path), people(MANY)
    double = Person(MANY + 1, "测试", "658899000000000001")
    with pytest.raises(Stale), Store(locate(str(path))).write() as shelf:
        shelf.carry_out([*changes, Change(None, double)], BY_HAND)
    assert schema(path) == before
    with Store(locate(str(path))).read() as shelf:
        assert shelf.whole().persons == {}
        assert shelf.broken() == []


def test_many_keys_find_what_few_find(either_db: str) -> None:
    """A table is read through where the keys are many, or they are named: the slice is the same."""
    store = Store(locate(either_db))
    known = [Person(at, f"测试{at}", id_number(at)) for at in range(1, 41)]
    with store.making({}) as shelf:
        shelf.carry_out([Change(None, one) for one in known], BY_HAND)
    asked = {one.id_number for one in known[::2]}
    others = {f"658899{at:012d}" for at in range(2000)}
    with store.read() as shelf:
        few = shelf.slice(Wanted(id_numbers=set(asked)))
        many = shelf.slice(Wanted(id_numbers=asked | others))
    assert many.persons == few.persons
    assert {one.id_number for one in many.persons.values()} == asked
