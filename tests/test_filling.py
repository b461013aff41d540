"""A batch of ten thousand rows goes in whole, with every constraint in force and the schema as it
was; rows given by column are the rows of their nouns; and a wish for many keys finds what naming
them one by one finds."""

import sqlite3
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from county import id_number
from leaguectl.findings import Conflict, Private
from leaguectl.model import (
    KEYS,
    Certificate,
    Change,
    Entity,
    Form,
    Keys,
    Membership,
    NewRows,
    Number,
    Organization,
    Person,
)
from leaguectl.store import locate
from leaguectl.store.save import MANY, PARAMETERS, SEVERAL, temporary_indexes
from leaguectl.store.schema import Operation
from leaguectl.store.undo import inverse
from leaguectl.store.writing import Store
from leaguectl.tables import TABLES

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


def by_column(nouns: Sequence[Entity], **same: Any) -> NewRows:
    """The same rows by column; common values are given once, or are the entity's default."""
    names = [field.name for field in fields(nouns[0])]
    columns = {name: [getattr(noun, name) for noun in nouns] for name in names if name not in same}
    defaults = {field.name: [field.default] * len(nouns) for field in fields(nouns[0])}
    differing = {name: column for name, column in columns.items() if column != defaults[name]}
    return NewRows(type(nouns[0]), differing, same)


def batch(count: int) -> list[NewRows]:
    """So many members with all that is theirs, by column, in one organisation of two."""
    each, day = range(1, count + 1), date(2020, 1, 1)
    people = [
        Person(at, f"测试{at}", Private(f"658899{at:012d}"), Private(f"{12000000000 + at}"))
        for at in each
    ]
    branches = [Organization(code, f"{code}支部", "branch", "C") for code in "AB"]
    people[1:2] = [Person(2, "测试2", Private("658899000000000002"), None, "共青团员", "测 试2")]
    joined = [None if at % 5 == 0 else day + timedelta(at % 900) for at in each]
    left = [day + timedelta(2000) if at % 7 == 0 else None for at in each]
    return [
        by_column(branches, type="branch", parent="C"),
        by_column(people),
        by_column([Number(f"2020650{at:07d}", 2020, "foreign", None, at) for at in each],
                  year=2020, state="foreign"),
        by_column([Form(f"F{at}", at) for at in each]),
        by_column([Certificate(f"K{at}", at, issued=day, copies=1 + at % 2) for at in each],
                  issued=day, state="valid"),
        by_column([
            Membership(at, at, "AB"[at % 2], join, "month" if at % 3 else "day", left=end,
                       leaving_reason=end and "age")
            for at, join, end in zip(each, joined, left, strict=True)
        ]),
    ]  # fmt: skip


def stored(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every noun as the database has it."""
    names = {str(base.__tablename__): KEYS[noun] for noun, base in TABLES.items()}
    with store.read() as transaction:
        return {
            name: [tuple(row) for row in transaction.rows(f'SELECT * FROM "{name}" ORDER BY {key}')]
            for name, key in names.items()
        }


def top_only(db: str) -> Store:
    """A registry with one organisation."""
    store = Store(locate(db))
    with store.creating({}) as transaction:
        transaction.save([Change(None, TOP)], BY_HAND)
    return store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A registry with one organisation."""
    made = tmp_path / "a.db"
    top_only(str(made))
    return made


def test_many_rows_leave_the_indexes_as_they_were(path: Path) -> None:
    """Every index is there and whole when they are in."""
    before = schema(path)
    with Store(locate(str(path))).write() as transaction:
        transaction.save(people(MANY), BY_HAND)
        assert transaction.violations() == []
    assert schema(path) == before


def test_a_repeated_id_number_among_many_rows_is_refused_and_nothing_stays(path: Path) -> None:
    """The database itself refuses, and the indexes are as before."""
    before, changes = schema(path), people(MANY)
    double = Person(MANY + 1, "测试", "658899000000000001")
    with pytest.raises(Conflict), Store(locate(str(path))).write() as transaction:
        transaction.save([*changes, Change(None, double)], BY_HAND)
    assert schema(path) == before
    with Store(locate(str(path))).read() as transaction:
        assert transaction.whole().persons == {}
        assert transaction.violations() == []


# -- rows by column ------------------------------------------------------------------------------


def test_rows_by_column_are_the_rows_of_their_nouns(either_db: str) -> None:
    """What goes in as one ``NewRows`` is to the last column what goes in noun by noun, and undoing
    either leaves what was there before."""
    count = PARAMETERS + 20  # in several statements, the last a shorter one
    store = top_only(either_db)
    before, found = stored(store), []
    for nouns_each in (False, True):
        given = batch(count)
        with store.write() as transaction:
            changes = [item for many in given for item in many] if nouns_each else given
            done = transaction.save(changes, BY_HAND)
            assert transaction.violations() == []
        rows = stored(store)
        found.append({name: [row[:-1] for row in of] for name, of in rows.items()})
        assert {row[-1] for row in rows["membership"]} == {done}
        with store.write() as transaction:
            transaction.save(inverse(transaction, done), BY_HAND, restoring=True)
        assert stored(store) == before
    assert found[0] == found[1]
    assert {name: len(rows) for name, rows in found[0].items() if rows} == {
        "organization": 3, "person": count, "number": count, "form": count, "certificate": count,
        "membership": count,
    }  # fmt: skip


def test_rows_by_column_and_changes_of_the_same_kind_go_together(either_db: str) -> None:
    """An operation brings some by column, one by itself, and changes a third."""
    store = top_only(either_db)
    with store.write() as transaction:
        transaction.save([Change(None, Person(1, "测试一", id_number(1)))], BY_HAND)
        (before,) = transaction.all(Person)
        after = Person(1, "测试一", id_number(1), politics="群众")
        many = by_column([Person(at, f"测试{at}", id_number(at)) for at in (2, 3)])
        item = Change(None, Person(4, "测试四", id_number(4)))
        transaction.save([Change(before, after), many, item], BY_HAND)
    assert [(row[0], row[4], row[-1]) for row in stored(store)["person"]] == [
        (1, "群众", 3), (2, None, 3), (3, None, 3), (4, None, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "on_sqlite", "on_postgresql"),
    [
        (Person(9, "测试", "658899000000000001"),
         "UNIQUE constraint failed: person.id_number", "uq_person_id_number"),
        (Person(1, "测试", "658899000000009999"),
         "UNIQUE constraint failed: person.id", "pk_person"),
        (Person(9, "测试", "65889900"), "CHECK constraint failed: ck_person_id_number",
         "ck_person_id_number"),
        (Form("F9", 99), "FOREIGN KEY constraint failed", "fk_form_person"),
        (Membership(9, 1, "C", None),
         "UNIQUE constraint failed: membership.person", "uq_membership_open"),
    ],
)  # fmt: skip
def test_one_bad_row_among_many_refuses_them_all(
    either_db: str, bad: Entity, on_sqlite: str, on_postgresql: str
) -> None:
    """A repeated key, a check, a missing row: the constraint is reported, and nothing stays."""
    store = top_only(either_db)
    before = stored(store)
    rows: dict[type[Entity], list[Entity]] = {
        Person: [Person(at, f"测试{at}", f"658899{at:012d}") for at in range(1, 4)],
        Form: [Form(f"F{at}", at) for at in range(1, 4)],
        Membership: [Membership(at, at, "C", None) for at in range(1, 4)],
    }
    rows[type(bad)].append(bad)
    with pytest.raises(Conflict) as refused, store.write() as transaction:
        transaction.save([by_column(of) for of in rows.values()], BY_HAND)
    assert refused.value.code == "database-refuses"
    expected = on_postgresql if either_db.startswith("postgresql") else on_sqlite
    assert refused.value.facts["constraint"] == expected
    assert stored(store) == before


def test_many_rows_by_column_leave_the_indexes_as_they_were(path: Path) -> None:
    """As with changes; and where it is refused nothing stays."""
    before = schema(path)
    store = Store(locate(str(path)))
    refused = by_column([Person(at, "测试", f"658899{at % 9999:012d}") for at in range(MANY)])
    with pytest.raises(Conflict), store.write() as transaction:
        transaction.save([refused], BY_HAND)
    assert schema(path) == before
    assert stored(store)["person"] == []
    with store.write() as transaction:
        transaction.save(batch(MANY), BY_HAND)
        assert transaction.violations() == []
    assert schema(path) == before


def test_many_rows_go_without_reading_what_points_to_them(path: Path) -> None:
    """While rows of a table go, what points to it is found by an index; then all is as before."""
    asked = "EXPLAIN QUERY PLAN SELECT 1 FROM certificate WHERE replaces = 'K1'"
    before = schema(path)
    store = Store(locate(str(path)))
    with store.write() as transaction:
        done = transaction.save(batch(SEVERAL), BY_HAND)
    with store.write() as transaction:
        assert "SCAN" in transaction.rows(asked)[0][3]
        with temporary_indexes(transaction.connection, "certificate"):
            assert "SEARCH" in transaction.rows(asked)[0][3]
        transaction.save(inverse(transaction, done), BY_HAND, restoring=True)
        assert transaction.violations() == []
    assert schema(path) == before
    assert stored(store)["certificate"] == []


def test_writing_puts_no_row_into_a_temporary_file(path: Path) -> None:
    """What SQLite sets aside meanwhile stays in memory, whatever the folder of temporary files."""
    with Store(locate(str(path))).write() as transaction:
        assert transaction.rows("PRAGMA temp_store") == [(2,)]


# -- slices --------------------------------------------------------------------------------------


def test_many_keys_find_what_few_find(either_db: str) -> None:
    """A table is read through where the keys are many, or they are named: the slice is the same."""
    store = Store(locate(either_db))
    known = [Person(at, f"测试{at}", id_number(at)) for at in range(1, 41)]
    with store.creating({}) as transaction:
        transaction.save([Change(None, entity) for entity in known], BY_HAND)
    asked = {person.id_number for person in known[::2]}
    others = {f"658899{at:012d}" for at in range(2000)}
    with store.read() as transaction:
        few = transaction.slice(Keys(id_numbers=set(asked)))
        many = transaction.slice(Keys(id_numbers=asked | others))
    assert many.persons == few.persons
    assert {person.id_number for person in many.persons.values()} == asked
