"""The store keeps what it is given, on SQLite and on PostgreSQL, and refuses what cannot be."""

import json
import sqlite3
import stat
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import psycopg
import pytest
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    UniqueConstraint,
)

from conftest import DATA, Run
from constraint_breaks import MORE, breaks
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.findings import Conflict
from leaguectl.model import (
    ENTITIES,
    KEYS,
    Admission,
    Certificate,
    Change,
    Entity,
    Form,
    Keys,
    Membership,
    Number,
    Organization,
    Person,
    Quota,
    Setting,
    Snapshot,
)
from leaguectl.store import APPLICATION, locate
from leaguectl.store.load import AT_ONCE
from leaguectl.store.locking import KEY
from leaguectl.store.provenance import Origin
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store
from leaguectl.tables import TABLES, metadata
from leaguectl.tables import Operation as OperationTable
from registries import database

BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
COUNTY: tuple[Entity, ...] = (
    Organization("C", "共青团云杉县委员会", "committee", None, "society", "government", 1, 5,
                 date(1950, 5, 4)),
    Organization("S", "云杉县第一中学团委", "committee", "C", "school", "senior middle", 1, 3),
    Organization("B", "高一（1）班团支部", "branch", "S", founded=date(2022, 9, 1)),
    Organization("X", "高一（2）班团支部", "branch", "S", dissolved=date(2022, 7, 1)),
    Person(1, "测试一", id_number(1), "12000000001", "共青团员"),
    Person(2, "测试二", id_number(2)),
    Person(3, "测试三", id_number(3)),
    Person(4, "测试·四", id_number(4)),
    Quota(1, 2023, "C", "202365000001", "202365000010", 10, None, "云团发〔2023〕1号"),
    Quota(2, 2023, "S", "202365000001", "202365000005", 5, 1),
    Number("202365000001", 2023, "used", 2, 1),
    Number("202365000002", 2023, "used", 2, 4),
    Number("202365000003", 2023, "free", 2),
    Number("202365000004", 2023, "void", 2, None, "写错"),
    Number("202365000005", 2023, "free", 2),
    *(Number(f"2023650000{at:02d}", 2023, "free", 1) for at in range(6, 11)),
    Number("20206500000123", 2020, "foreign", None, 2),
    Form("202365000001", 1),
    Form("202365000002", 4),
    Form("F-2", 2),
    Form("F-2-void", 2, "void"),
    Certificate("10000001", 1),
    Certificate("10000004", 4),
    Certificate("10000002-old", 2, "replaced"),
    Certificate("10000002", 2, "valid", date(2022, 9, 1), 2, "10000002-old", "遗失"),
    Membership(1, 1, "B", date(2023, 4, 10), "day", "admitted"),
    Membership(2, 2, "B", date(2020, 5, 1), "month", "recorded", date(2021, 7, 1), "transferred"),
    Membership(3, 2, "B", date(2022, 9, 1), "day", "transferred"),
    Membership(4, 4, "B", date(2023, 4, 10), "day", "admitted"),
    Admission(1, 1, "B", "202365000001", "202365000001", "10000001", date(2022, 9, 10),
              date(2022, 10, 10), date(2023, 4, 10), date(2023, 4, 20), 8.5, "李介绍", "王介绍",
              30, 28, 27, date(2022, 9, 20), 20.0, date(2023, 3, 1), date(2023, 3, 20),
              date(2023, 3, 27), "云杉县第一中学团委", "recommendation"),
    Admission(2, 4, "B", "202365000002", "202365000002", None, date(2022, 9, 10),
              date(2022, 10, 10), date(2023, 4, 10), date(2023, 4, 20), 8.0, "李介绍", "王介绍",
              30, 28, 27),
    *MORE,
)  # fmt: skip


class _Stop(Exception):
    """What a test raises to leave a transaction unfinished."""


def key_of(noun: Entity) -> Any:
    """The key under which a noun is found."""
    return getattr(noun, KEYS[type(noun)])


def made(db: str, *nouns: Entity) -> Store:
    """A registry with these nouns, written by operation 1."""
    store = Store(locate(db))
    with store.creating({"province": "65"}) as transaction:
        transaction.save([Change(None, noun) for noun in nouns], BY_HAND)
    return store


def kept(registry: Snapshot, noun: type[Entity]) -> dict[Any, Entity]:
    """All nouns of one kind in a registry, by their key."""
    held: dict[type[Entity], dict[Any, Any]] = {
        Organization: registry.organizations, Person: registry.persons,
        Quota: registry.quotas, Number: registry.numbers, Form: registry.forms,
        Certificate: registry.certificates, Membership: registry.memberships,
        Admission: registry.admissions,
    }  # fmt: skip
    if noun not in held:
        return {key_of(entity): entity for entity in registry.all(noun)}
    return held[noun]


# -- what goes in comes out ----------------------------------------------------------------------


def test_what_is_written_is_read_back_equal(either_db: str) -> None:
    """Each noun comes back with every field as it was, marked with the operation that wrote it."""
    with made(either_db, *COUNTY).read() as transaction:
        registry = transaction.whole()
    for noun in ENTITIES:
        written = {
            key_of(entity): replace(entity, operation=1)
            for entity in COUNTY
            if type(entity) is noun
        }
        if noun is Setting:  # what the registry was made with
            written = {"province": Setting("province", "65", operation=0)}
        assert kept(registry, noun) == written
    assert registry.settings == {"province": "65"}


def test_every_row_names_the_operation_that_wrote_it_last(either_db: str) -> None:
    """A row that a later operation changes names that operation; the others keep their own."""
    store = made(either_db, *COUNTY)
    with store.write() as transaction:
        before = transaction.whole().persons[3]
        changes = [Change(before, replace(before, phone="12000000003"))]
        assert transaction.save(changes, BY_HAND) == 2
    with store.read() as transaction:
        people = transaction.whole().persons
    assert {at: person.operation for at, person in people.items()} == {1: 1, 2: 1, 3: 2, 4: 1}


def test_an_operation_keeps_who_when_why_and_from_which_files(either_db: str) -> None:
    """The row of an operation has everything that the operation was given."""
    said = Operation(
        at="2024-01-15T08:00:00+00:00", actor="tester", command="import", reason="因",
        sources=[{"file": "a.xlsx"}], authority="云团发〔2023〕1号", counts={"read": 3},
        version="0.1.0", day=date(2024, 1, 12),
    )  # fmt: skip
    store = made(either_db)
    with store.write() as transaction:
        assert transaction.save([], said) == 2
    with store.read() as transaction:
        asked = "SELECT * FROM operation WHERE id = 2"
        names = [column.name for column in OperationTable.__table__.columns]
        row = dict(zip(names, transaction.rows(asked)[0], strict=True))
    assert len(row.pop("digest")) == 64
    assert json.loads(row.pop("sources")) == [{"file": "a.xlsx"}]
    assert json.loads(row.pop("counts")) == {"read": 3}
    assert row == {
        "id": 2, "at": said.at, "actor": "tester", "command": "import", "reason": "因",
        "authority": "云团发〔2023〕1号", "version": "0.1.0", "undoes": None,
        "once": None, "asked": None,
        "day": "2024-01-12" if Path(either_db).is_file() else date(2024, 1, 12),
    }  # fmt: skip


def test_history_keeps_what_an_update_replaced(either_db: str) -> None:
    """Each replaced row is kept as it was, with the operation that had written it."""
    store = made(either_db, *COUNTY)
    for phone in ("12000000003", "12000000033"):
        with store.write() as transaction:
            before = transaction.whole().persons[3]
            transaction.save([Change(before, replace(before, phone=phone))], BY_HAND)
    with store.read() as transaction:
        asked = "SELECT operation, noun, key, before FROM history ORDER BY id"
        past = [(*row[:3], json.loads(row[3])) for row in transaction.rows(asked)]
    assert [item[:3] for item in past] == [(2, "person", "3"), (3, "person", "3")]
    assert [(item[3]["operation"], item[3]["phone"]) for item in past] == [
        (1, None),
        (2, "12000000003"),
    ]


def test_history_keeps_every_field_of_every_noun(either_db: str) -> None:
    """From what history keeps, a replaced noun of any kind can be made again."""
    store = made(either_db, *COUNTY)
    with store.write() as transaction:
        whole = transaction.whole()
        old = [value for noun in ENTITIES for value in kept(whole, noun).values()]
        transaction.save([Change(entity, replace(entity)) for entity in old], BY_HAND)
    with store.read() as transaction:
        rows = transaction.rows("SELECT noun, key, before FROM history")
    past = {(noun, key): json.loads(before) for noun, key, before in rows}
    assert len(past) == len(old) == len(COUNTY) + 1  # the registry's province
    for entity in old:
        was = {each.name: getattr(entity, each.name) for each in fields(entity)}
        was |= {name: day.isoformat() for name, day in was.items() if isinstance(day, date)}
        assert past[type(entity).__name__.lower(), str(key_of(entity))] == was


def test_a_row_that_somebody_else_changed_is_not_overwritten(either_db: str) -> None:
    """A change of what is no longer as it was found is stale, and nothing of it is written."""
    store = made(either_db, *COUNTY)
    with store.write() as transaction:
        found = transaction.whole().persons[3]
        transaction.save([Change(found, replace(found, phone="12000000003"))], BY_HAND)
    late = [Change(None, Form("F-3", 3)), Change(found, replace(found, phone="12000000099"))]
    with pytest.raises(Conflict) as caught, store.write() as transaction:
        transaction.save(late, BY_HAND)
    assert caught.value.code == "registry-changed"
    with store.read() as transaction:
        registry = transaction.whole()
        assert transaction.mark().operation == 2
    assert registry.persons[3].phone == "12000000003"
    assert "F-3" not in registry.forms


def test_an_error_in_the_middle_leaves_nothing_written(either_db: str) -> None:
    """What was written before an error in the same transaction goes with it."""
    store = made(either_db, *COUNTY)
    with suppress(_Stop), store.write() as transaction:
        transaction.save([Change(None, Form("F-3", 3))], BY_HAND)
        assert "F-3" in transaction.whole().forms
        raise _Stop
    with store.read() as transaction:
        assert transaction.mark().operation == 1
        assert "F-3" not in transaction.whole().forms


SLICES = (
    Keys(id_numbers={id_number(1)}),
    Keys(id_numbers={id_number(2)}),
    Keys(id_numbers={id_number(3), id_number(4)}),
    Keys(numbers={"202365000001", "20206500000123"}),
    Keys(forms={"202365000002", "F-2-void"}),
    Keys(certificates={"10000001", "10000002-old"}),
)


def test_a_slice_knows_of_its_people_all_that_the_whole_knows(either_db: str) -> None:
    """Whoever is in a slice is there with every paper, and with every organisation above."""
    with made(either_db, *COUNTY).read() as transaction:
        whole = transaction.whole()
        for wanted in SLICES:
            _compare(whole, transaction.slice(wanted), wanted)


def _compare(whole: Snapshot, part: Snapshot, wanted: Keys) -> None:
    touched = {at for at, person in whole.persons.items() if person.id_number in wanted.id_numbers}
    for held in (whole.numbers, whole.forms, whole.certificates):
        keys = wanted.numbers | wanted.forms | wanted.certificates
        touched |= {item.person for key, item in held.items() if key in keys and item.person}
    assert touched
    assert part.persons == {at: whole.persons[at] for at in touched}
    for noun in (Membership, Number, Form, Certificate, Admission):
        of_them = {k: v for k, v in kept(whole, noun).items() if getattr(v, "person", 0) in touched}
        assert kept(part, noun).items() >= of_them.items()
        assert kept(part, noun).items() <= kept(whole, noun).items()
    for at in touched:
        assert part.membership(at) == whole.membership(at)
        assert part.admission(at) == whole.admission(at)
        assert part.number_of(at) == whole.number_of(at)
        assert part.form_of(at) == whole.form_of(at)
        assert part.certificate_of(at) == whole.certificate_of(at)
        if (membership := whole.membership(at)) is not None:
            home = membership.organization
            assert list(part.upward(home)) == list(whole.upward(home))


def test_a_slice_of_an_organisation_has_its_places(either_db: str) -> None:
    """A slice names the organisation, its tree and the lowest free number as the whole does."""
    with made(either_db, *COUNTY).read() as transaction:
        whole = transaction.whole()
        for name in ("B", "高一（1）班团支部", "云杉县第一中学团委/高一（1）班团支部"):
            wanted = Keys(organizations={name}, years={2023}, free_numbers=1)
            _compare_places(whole, transaction.slice(wanted), name)


def _compare_places(whole: Snapshot, part: Snapshot, name: str) -> None:
    assert part.named(name) == whole.named(name) == [whole.organizations["B"]]
    assert list(part.upward("B")) == list(whole.upward("B"))
    places = part.places_for("B", 2023)
    assert places == whole.places_for("B", 2023) == [whole.quotas[2]]
    assert part.free_slot(places) == whole.free_slot(places) == "202365000003"
    assert part.number_counts[2] == whole.number_counts[2] == {"used": 2, "free": 2, "void": 1}
    assert part.last_ids == whole.last_ids


def test_a_slice_of_a_block_has_all_its_numbers(either_db: str) -> None:
    """Who splits a block sees every number of it and of the block above."""
    block = ("202365000002", "202365000007")
    wanted = Keys(organizations={"S"}, years={2023}, whole_blocks=True, blocks=[block])
    with made(either_db, *COUNTY).read() as transaction:
        whole, part = transaction.whole(), transaction.slice(wanted)
    assert part.slots(1) == whole.slots(1)
    assert part.slots(2) == whole.slots(2)
    assert len(part.slots(1)) + len(part.slots(2)) == 10


def test_more_keys_than_one_query_may_name_are_all_found(either_db: str) -> None:
    """A batch of more people than a database takes in one question is found whole."""
    people = [Person(at, "测试", f"6588992007{at:08d}") for at in range(1, 2 * AT_ONCE + 2)]
    with made(either_db, *people).read() as transaction:
        part = transaction.slice(Keys(id_numbers={person.id_number for person in people}))
    assert len(part.persons) == 2 * AT_ONCE + 1


# -- the nouns and their tables ------------------------------------------------------------------


def columns(noun: type[Entity]) -> Any:
    """The columns of a noun's table."""
    return TABLES[noun].__table__.columns  # type: ignore[attr-defined]


@pytest.mark.parametrize("noun", ENTITIES, ids=lambda noun: noun.__name__)
def test_a_noun_and_its_table_have_the_same_fields(noun: type[Entity]) -> None:
    """A table has the fields of its noun and no others, but for the key of folded names."""
    assert set(columns(noun).keys()) - {"folded"} == {field.name for field in fields(noun)}


@pytest.mark.parametrize("noun", ENTITIES, ids=lambda noun: noun.__name__)
def test_what_a_noun_cannot_lack_its_table_cannot_lack(noun: type[Entity]) -> None:
    """A column is empty at most where the noun's field may be None."""
    hints = get_type_hints(noun)
    optional = {
        name
        for name, hint in hints.items()
        if isinstance(hint, UnionType) and NoneType in get_args(hint)
    }
    assert {column.name for column in columns(noun) if column.nullable} == optional


# -- the second wall -----------------------------------------------------------------------------

_ADMIT = (
    "INSERT INTO admission (id, person, organization, number, form, certificate, applied, activist,"
    " meeting, approved, course_hours, introducer_1, introducer_2, due, present, in_favour,"
    " operation) SELECT {id}, {person}, organization, {number}, {form}, {certificate}, applied,"
    " activist, meeting, approved, course_hours, introducer_1, introducer_2, due, present,"
    " in_favour, operation FROM admission WHERE id = 1"
)


def _second_admission(**changes: str) -> str:
    """A second admission: one that breaks nothing, but for what ``said`` replaces."""
    row = {"id": "9", "person": "3", "number": "'202365000003'", "form": "'F-2'",
           "certificate": "NULL"}  # fmt: skip
    return _ADMIT.format(**(row | changes))


BREAKS: dict[str, str] = {
    # one of each
    "pk_operation": "INSERT INTO operation SELECT * FROM operation",
    "pk_setting": "INSERT INTO setting SELECT * FROM setting",
    "pk_history": "INSERT INTO history SELECT * FROM history",
    "pk_source_line": "INSERT INTO source_line SELECT * FROM source_line",
    "pk_content": "INSERT INTO content SELECT * FROM content",
    "pk_last_id": "INSERT INTO last_id SELECT * FROM last_id",
    "pk_organization": "UPDATE organization SET code = 'C' WHERE code = 'B'",
    "pk_person": "UPDATE person SET id = 1 WHERE id = 3",
    "pk_quota": "INSERT INTO quota (id, year, organization, first, last, places, operation)"
                " VALUES (1, 2023, 'C', '202365000011', '202365000011', 1, 1)",
    "pk_number": "UPDATE number SET number = '202365000003' WHERE number = '202365000005'",
    "pk_form": "UPDATE form SET serial = 'F-2' WHERE serial = 'F-2-void'",
    "pk_certificate": "UPDATE certificate SET serial = '10000002' WHERE serial = '10000002-old'",
    "pk_membership": "UPDATE membership SET id = 2 WHERE id = 3",
    "pk_admission": _second_admission(id="1"),
    "uq_person_id_number": f"UPDATE person SET id_number = '{id_number(1)}' WHERE id = 3",
    "uq_organization_name": "INSERT INTO organization (code, name, folded, type, parent, operation,"
                            " founded_precision, elected_precision)"
                            " SELECT 'D', name, folded, type, parent, operation, 'day', 'day'"
                            " FROM organization WHERE code = 'B'",
    "uq_quota_first": "INSERT INTO quota (id, year, organization, first, last, places, operation)"
                      " VALUES (9, 2023, 'S', '202365000001', '202365000002', 2, 1)",
    "uq_number_person": "UPDATE number SET state = 'used', person = 1"
                        " WHERE number = '202365000003'",
    "uq_form_valid": "UPDATE form SET state = 'valid' WHERE serial = 'F-2-void'",
    "uq_certificate_valid": "UPDATE certificate SET state = 'valid' WHERE serial = '10000002-old'",
    "uq_membership_open": 'UPDATE membership SET "left" = NULL, leaving_reason = NULL'
                          " WHERE id = 2",
    "uq_admission_person": _second_admission(person="1"),
    "uq_admission_number": _second_admission(number="'202365000001'"),
    "uq_admission_form": _second_admission(form="'202365000001'"),
    "uq_admission_certificate": _second_admission(certificate="'10000001'"),
    # what cannot be
    "ck_organization_type": "UPDATE organization SET type = 'party' WHERE code = 'B'",
    "ck_organization_domain": "UPDATE organization SET domain = 'army' WHERE code = 'B'",
    "ck_organization_sector": "UPDATE organization SET sector = 'army' WHERE code = 'B'",
    "ck_organization_not_its_own_parent": "UPDATE organization SET parent = 'B' WHERE code = 'B'",
    "ck_organization_dissolved_after_founded": "UPDATE organization SET dissolved = '2022-08-31'"
                                               " WHERE code = 'B'",
    "ck_organization_seats": "UPDATE organization SET secretary_seats = -1 WHERE code = 'C'",
    "ck_person_id_number": "UPDATE person SET id_number = '658899070301001' WHERE id = 3",
    "ck_quota_digits": "UPDATE quota SET first = '2023650001', last = '2023650010' WHERE id = 1",
    "ck_quota_places": "UPDATE quota SET places = 11 WHERE id = 1",
    "ck_quota_year": "UPDATE quota SET year = 2022 WHERE id = 1",
    "ck_number_state": "UPDATE number SET state = 'lost' WHERE number = '202365000003'",
    "ck_number_held": "UPDATE number SET state = 'free' WHERE number = '202365000001'",
    "ck_number_void_says_why": "UPDATE number SET reason = NULL WHERE number = '202365000004'",
    "ck_number_foreign": "UPDATE number SET quota = NULL WHERE number = '202365000003'",
    "ck_number_year": "UPDATE number SET year = 2022 WHERE number = '202365000001'",
    "ck_number_digits": "UPDATE number SET number = '20236500003' WHERE number = '202365000003'",
    "ck_form_state": "UPDATE form SET state = 'lost' WHERE serial = 'F-2-void'",
    "ck_certificate_state": "UPDATE certificate SET state = 'lost' WHERE serial = '10000002-old'",
    "ck_membership_joined_precision": "UPDATE membership SET joined_precision = 'year'"
                                      " WHERE id = 1",
    "ck_post_since_precision": "UPDATE post SET since_precision = 'year' WHERE id = 1",
    "ck_post_until_precision": "UPDATE post SET until_precision = 'year' WHERE id = 1",
    "ck_organization_founded_precision": "UPDATE organization SET founded_precision = 'year'"
                                         " WHERE code = 'B'",
    "ck_organization_elected_precision": "UPDATE organization SET elected_precision = 'year'"
                                         " WHERE code = 'B'",
    "ck_membership_entry": "UPDATE membership SET entry = 'bought' WHERE id = 1",
    "ck_membership_leaving_reason": "UPDATE membership SET leaving_reason = 'bored' WHERE id = 2",
    "ck_membership_left_after_joined": "UPDATE membership SET \"left\" = '2020-04-30'"
                                       " WHERE id = 2",
    "ck_membership_reason_with_day": "UPDATE membership SET leaving_reason = 'age' WHERE id = 1",
    "ck_admission_route": "UPDATE admission SET route = 'lottery' WHERE id = 1",
    "ck_admission_dates": "UPDATE admission SET approved = '2023-04-09' WHERE id = 1",
    "ck_admission_two_introducers": "UPDATE admission SET introducer_2 = introducer_1"
                                    " WHERE id = 1",
    "ck_admission_votes": "UPDATE admission SET in_favour = 29 WHERE id = 1",
    # what names nothing
    "fk_history_operation": "UPDATE history SET operation = 99",
    "fk_content_operation": "UPDATE content SET operation = 99",
    "fk_content_written": "UPDATE content SET written = 99",
    "fk_organization_parent": "UPDATE organization SET parent = 'nowhere' WHERE code = 'B'",
    "fk_quota_organization": "UPDATE quota SET organization = 'nowhere' WHERE id = 1",
    "fk_quota_parent": "UPDATE quota SET parent = 99 WHERE id = 2",
    "fk_number_quota": "UPDATE number SET quota = 99 WHERE number = '202365000003'",
    "fk_number_person": "UPDATE number SET person = 99 WHERE number = '202365000001'",
    "fk_form_person": "UPDATE form SET person = 99 WHERE serial = '202365000001'",
    "fk_certificate_person": "UPDATE certificate SET person = 99 WHERE serial = '10000001'",
    "fk_membership_person": "UPDATE membership SET person = 99 WHERE id = 1",
    "fk_membership_organization": "UPDATE membership SET organization = 'nowhere' WHERE id = 1",
    "fk_admission_person": "UPDATE admission SET person = 99 WHERE id = 1",
    "fk_admission_organization": "UPDATE admission SET organization = 'nowhere' WHERE id = 1",
    "fk_admission_number": "UPDATE admission SET number = 'nowhere' WHERE id = 1",
    "fk_admission_form": "DELETE FROM form WHERE serial = '202365000001'",
    "fk_admission_certificate": "DELETE FROM certificate WHERE serial = '10000001'",
    **{
        f"fk_{table}_operation": f"UPDATE {table} SET operation = 99"
        for table in ("organization", "person", "quota", "number", "form", "certificate",
                      "membership", "admission")
    },
}  # fmt: skip
BREAKS |= breaks(set(BREAKS))


def constraints() -> set[str]:
    """The names of all constraints that the tables declare."""
    found: set[str] = set()
    for table in metadata.tables.values():
        kinds = (CheckConstraint, ForeignKeyConstraint, UniqueConstraint)
        found |= {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, kinds)
        }
        found |= {str(index.name) for index in table.indexes if index.unique}
        found.add(str(table.primary_key.name))
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def walled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """The county on one database, for all breaks: each is undone as it is refused."""
    if request.param == "sqlite":
        yield _county(str(tmp_path_factory.mktemp("wall") / "league.db"))
        return
    server: str = request.getfixturevalue("postgresql_server")
    with database(server) as url:
        yield _county(url)


def _county(db: str) -> Store:
    store = made(db, *COUNTY)
    with store.write() as transaction:
        before = transaction.whole().persons[3]
        change = Change(before, replace(before, politics="群众"))
        row = Origin(0, "person", 3, 3, None, 2, "politics")
        transaction.save([change], BY_HAND, origins=[row])
        gone = Person(5, "测试五", id_number(5))
        made_by = transaction.save([Change(None, gone)], BY_HAND)
        transaction.save([Change(replace(gone, operation=made_by), None)], BY_HAND)
    return store


def test_every_constraint_is_broken_in_a_test() -> None:
    """No constraint is declared that no test tries to break."""
    assert BREAKS.keys() == constraints()


@pytest.fixture(scope="module")
def before(walled: Store) -> Snapshot:
    """All its rows before any break."""
    with walled.read() as transaction:
        return transaction.whole()


@pytest.mark.parametrize("constraint", BREAKS)
def test_a_constraint_refuses_what_would_break_it(
    walled: Store, before: Snapshot, constraint: str
) -> None:
    """A direct break is refused by the constraint that is meant, and changes nothing."""
    with pytest.raises(Conflict) as caught, walled.write() as transaction:
        transaction.connection.run(BREAKS[constraint])
    assert caught.value.code == "database-refuses"
    text = str(caught.value.facts["constraint"])
    if walled.location.path is None:
        assert text == constraint
    elif constraint.startswith("fk_"):
        assert text == "FOREIGN KEY constraint failed"  # SQLite does not say which
    elif constraint.startswith("ck_"):
        assert text == f"CHECK constraint failed: {constraint}"
    else:
        assert text.startswith("UNIQUE constraint failed: ")
        assert constraint in text or constraint.split("_")[1] in text
    with walled.read() as transaction:
        assert transaction.whole() == before


def test_the_second_admission_of_the_breaks_would_go_in_by_itself(walled: Store) -> None:
    """The breaks of admission fail for their one fault: without it the same row is taken."""
    with suppress(_Stop), walled.write() as transaction:
        assert transaction.connection.run(_second_admission()) == 1
        raise _Stop


@pytest.mark.parametrize("constraint", ["uq_person_id_number", "ck_person_id_number"])
def test_no_error_of_the_database_tells_a_personal_value(walled: Store, constraint: str) -> None:
    """What the database refuses is reported by the constraint, never by somebody's ID number."""
    with pytest.raises(Conflict) as caught, walled.write() as transaction:
        transaction.connection.run(BREAKS[constraint])
    text = "".join(traceback.format_exception(caught.value)) + repr(caught.value.facts)
    assert "constraint" in text
    assert "658899" not in text.replace(BREAKS[constraint], "")


def test_a_noun_that_breaks_a_constraint_is_reported_without_its_values(walled: Store) -> None:
    """A person written twice is refused without the ID number in the error's text."""
    twice = Person(9, "测试九", id_number(1), "12000000009")
    with pytest.raises(Conflict) as caught, walled.write() as transaction:
        transaction.save([Change(None, twice)], BY_HAND)
    text = "".join(traceback.format_exception(caught.value)) + repr(caught.value.facts)
    for value in (id_number(1), "测试九", "12000000009"):
        assert value not in text


# -- places where no registry is -----------------------------------------------------------------

READING = (
    ("check",), ("stats", "2023"), ("quota", "show", "2023"), ("quota", "check", "2023"),
    ("member", "find", "测试"), ("member", "show", "测试"), ("org", "tree"), ("org", "show", "C"),
)  # fmt: skip
ADMIT = (
    "admit", "--name", "测试一", "--id-number", id_number(1), "--org", "B", "--applied",
    "2022-09-10", "--activist", "2022-10-10", "--course-hours", "8", "--introducer", "李介绍",
    "--introducer", "王介绍", "--meeting", "2023-04-10", "--due", "30", "--present", "28",
    "--in-favour", "27", "--approved", "2023-04-20",
)  # fmt: skip
IMPORT = ("import", DATA / "plan-2024.csv")
UPGRADE = ("upgrade",)
ALL: tuple[tuple[str | Path, ...], ...] = (*READING, (*IMPORT, "-n"), IMPORT, ADMIT, UPGRADE)


def _name(command: tuple[str | Path, ...]) -> str:
    return "-".join(str(text) for text in command if isinstance(text, str))[:20]


@pytest.mark.parametrize("command", [*READING, ADMIT, UPGRADE], ids=_name)
def test_a_missing_registry_is_reported_and_not_made(
    run: Run, db: Path, command: tuple[str, ...]
) -> None:
    """Every command but init and import answers a mistyped path with 4 and makes no file there."""
    assert run(*command).code == 4
    assert list(db.parent.glob(f"{db.name}*")) == []


def test_a_preview_makes_no_registry(run: Run, db: Path, workbook: Any) -> None:
    """What import and init would do is shown without making a file."""
    book = workbook("book.xlsx", 团组织=ORGANIZATIONS)
    for command in (("import", "-n", book), ("init", "-n")):
        assert run(*command).code == 0
        assert list(db.parent.glob(f"{db.name}*")) == []


def test_a_server_without_a_registry_is_reported(run: Run, postgresql: str) -> None:
    """An empty database on a server is answered with 4, and stays empty."""
    for command in (*READING, ADMIT, UPGRADE):
        assert run("--db", postgresql, *command).code == 4, command
    with psycopg.connect(postgresql) as connection:
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(asked).fetchone() == (0,)


def _text_file(path: Path) -> None:
    path.write_text("姓名,身份证号\n" * 500, encoding="utf-8")


def _empty_file(path: Path) -> None:
    path.touch()


def _other_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE person (name)")
    connection.execute("INSERT INTO person VALUES ('张三')")
    connection.commit()
    connection.close()


def _other_sqlite_with_a_log(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    _other_sqlite(path)


def _cut_registry(path: Path) -> None:
    made(str(path), *COUNTY)
    path.write_bytes(path.read_bytes()[:5000])


def _mark_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute("CREATE TABLE person (name)")
    connection.commit()
    connection.close()


STRANGE = {
    "a text file": _text_file,
    "an empty file": _empty_file,
    "another SQLite file": _other_sqlite,
    "another SQLite file in WAL mode": _other_sqlite_with_a_log,
    "a registry cut short": _cut_registry,
    "a file with our mark and no tables": _mark_alone,
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_file_that_is_no_registry_is_refused_and_stays_as_it_was(
    run: Run, db: Path, kind: str
) -> None:
    """Whatever is asked of a strange file, the answer is 5 and not a byte of it changes."""
    STRANGE[kind](db)
    before = db.read_bytes()
    for command in (*ALL, ("init",)):
        assert run(*command).code == 5, command
        assert db.read_bytes() == before, command
        assert [path.name for path in db.parent.glob("league*")] == [db.name], command


def test_a_folder_is_no_registry(run: Run, db: Path) -> None:
    """A folder given for a registry is answered with 5, and stays empty."""
    db.mkdir()
    for command in (*ALL, ("init",)):
        assert run(*command).code == 5, command
    assert list(db.iterdir()) == []


def _set_schema(db: str, schema: str) -> None:
    with Store(locate(db)).write() as transaction:
        transaction.connection.run("UPDATE alembic_version SET version_num = :v", {"v": schema})


def test_a_registry_of_a_newer_schema_is_refused(run: Run, either_db: str) -> None:
    """What a newer version made is not touched by this one: the answer is 5."""
    made(either_db)
    _set_schema(either_db, "9999")
    for command in ALL:
        ran = run(*command)
        assert (ran.code, "9999" in ran.err) == (5, True), command


def test_a_registry_of_an_older_schema_is_not_written(run: Run, either_db: str) -> None:
    """What an older version made is upgraded first: the answer is 5, and says so."""
    made(either_db)
    _set_schema(either_db, "0000")
    for command in (("check",), (*IMPORT, "-n"), IMPORT, ADMIT):
        ran = run(*command)
        assert (ran.code, "leaguectl upgrade" in ran.err) == (5, True), command


def test_a_database_of_another_program_is_refused(run: Run, postgresql: str) -> None:
    """A PostgreSQL database that another program keeps with Alembic is no registry: 5."""
    with psycopg.connect(postgresql) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('ae1027a6acf5')")
    for command in ALL:
        assert run("--db", postgresql, *command).code == 5, command


def test_a_server_that_does_not_answer_is_reported_without_the_password(run: Run) -> None:
    """Where no server listens the answer is 5, and no password is shown."""
    for command in (("stats", "2023"), ("check",)):
        ran = run("--db", "postgresql://somebody:geheim@127.0.0.1:1/league", *command)
        assert ran.code == 5
        assert "127.0.0.1" in ran.err
        assert "Connection refused\n" in ran.err
        assert "geheim" not in ran.err


# -- one registry, one owner, one writer ---------------------------------------------------------


def test_a_new_registry_is_its_owners_alone(run: Run, db: Path, workbook: Any) -> None:
    """Nobody but its owner can read a registry, whatever the user's mask allows."""
    book = workbook("book.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member(1)])
    assert run("init").code == 0
    assert stat.S_IMODE(db.stat().st_mode) == 0o600
    assert run("import", book).code == 0
    assert stat.S_IMODE(db.stat().st_mode) == 0o600
    other = db.with_name("other.db")
    assert run("--db", other, "import", book).code == 0
    assert stat.S_IMODE(other.stat().st_mode) == 0o600


def test_init_leaves_a_registry_that_is_there(run: Run, either_db: str) -> None:
    """A second init is refused with 5, and what is there stays."""
    store = made(either_db, *COUNTY)
    assert run("init", "--province", "11").code == 5
    with store.read() as transaction:
        assert transaction.settings() == {"province": "65"}
        assert len(transaction.whole().persons) == 4


def _hold_sqlite(db: str, how: str) -> Callable[[], None]:
    connection = sqlite3.connect(db, isolation_level=None)
    connection.execute(f"BEGIN {how}")
    return connection.close


def _hold_postgresql(db: str) -> Callable[[], None]:
    connection = psycopg.connect(db)
    connection.execute(f"SELECT pg_advisory_lock({KEY})".encode())
    return connection.close


def test_a_registry_that_somebody_writes_is_busy_for_a_second_writer(
    run: Run, either_db: str, monkeypatch: pytest.MonkeyPatch, workbook: Any
) -> None:
    """A writer that waits in vain exits with 5; later the same is written."""
    made(either_db, Organization("S1", "一班团支部", "branch"))
    row = member(1, 所在团支部="一班团支部")
    book = workbook("book.xlsx", 团员=[MEMBER_HEADINGS, row])
    for module in ("opening", "locking"):  # of a file, of a server
        monkeypatch.setattr(f"leaguectl.store.{module}.WAIT_SECONDS", 0.1)
    on_server = "://" in either_db
    let_go = _hold_postgresql(either_db) if on_server else _hold_sqlite(either_db, "IMMEDIATE")
    ran = run("import", book)
    assert ran.code == 5
    assert "locked" in ran.err
    assert run("org", "tree").code == 0  # who reads does not wait
    let_go()
    ran = run("import", "-O", "json", book)
    assert ran.code == 0
    assert json.loads(ran.out)["totals"]["created"] == 1


def test_a_locked_file_is_busy_for_readers_too(
    run: Run, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A SQLite file that another program keeps for itself alone is answered with 5."""
    made(str(db), *COUNTY)
    monkeypatch.setattr("leaguectl.store.drivers.WAIT_SECONDS", 0.05)
    let_go = _hold_sqlite(str(db), "EXCLUSIVE")
    for command in ALL:
        ran = run(*command)
        assert (ran.code, "locked" in ran.err) == (5, True), command
    let_go()
    assert run("org", "tree").code == 0


def test_a_text_that_is_long_is_taken_or_reported_by_its_cell(
    run: Run, either_db: str, workbook: Any
) -> None:
    """A long text in a cell goes in or is a finding, on both databases; it is no damage."""
    headings, row = [*MEMBER_HEADINGS, "政治面貌"], [*member(1), "共青团员" * 20]
    book = workbook("book.xlsx", 团组织=ORGANIZATIONS, 团员=[headings, row])
    ran = run("import", "-O", "json", book)
    assert ran.code in (0, 1), ran.err
    found = json.loads(ran.out)["findings"]
    assert [finding["cell"] for finding in found if finding["level"] == "error"] == [
        "G2"
    ] * ran.code


def test_a_name_of_any_length_is_who_wrote(
    run: Run, either_db: str, monkeypatch: pytest.MonkeyPatch, workbook: Any
) -> None:
    """However long the name of who writes, the operation is written or the setting is refused."""
    monkeypatch.setenv("LEAGUECTL_ACTOR", "某" * 150)
    ran = run("import", workbook("book.xlsx", 团组织=ORGANIZATIONS))
    assert ran.code in (0, 2), ran.err


def test_a_second_form_is_a_finding_before_the_database_refuses_it(
    run: Run, either_db: str, workbook: Any
) -> None:
    """A member whose form is stored gets no second valid one: the row is reported, not the
    database."""
    headings = [*MEMBER_HEADINGS, "志愿书编号"]
    stored = [headings, [*member(1, 发展团员编号=None), "ZY-1"]]
    assert run("import", workbook("a.xlsx", 团组织=ORGANIZATIONS, 团员=stored)).code == 0
    ran = run("import", "-O", "json", workbook("b.xlsx", 团员=[headings, [*member(1), None]]))
    assert ran.code in (0, 1), ran.err
    assert run("check").code == 0
