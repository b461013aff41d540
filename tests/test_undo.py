"""What stands against an undo: keys that were taken since, what is pointed to, rules of people.

The tables are made from the declarations, so that a new entity, key or reference is in them.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import lives
from conftest import Run, begin
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.findings import Refused
from leaguectl.model import DECLARATIONS, ENTITIES, KEYS, Change, Entity, Organization, Person
from leaguectl.model.declaration import Index
from leaguectl.store.transaction import Transaction
from leaguectl.store.undo import inverse
from test_every_field import BY_HAND, loose, record
from test_journal import rows

KEYED = [(entity, index) for entity in ENTITIES for index in DECLARATIONS[entity].unique]
POINTING = [
    (entity, field, table)
    for entity in ENTITIES
    for field, table in DECLARATIONS[entity].references.items()
    if table != "operation"
]
BY_TABLE = {DECLARATIONS[entity].table: entity for entity in ENTITIES}


def fields_of(entity: type[Entity], index: Index) -> list[str]:
    """The fields from which an index is made."""
    declaration = DECLARATIONS[entity]
    names = {name for column in index.columns for name in re.findall(r"\w+", column)}
    folded = {declaration.folded[name] for name in names & declaration.folded.keys()}
    return sorted((names & declaration.fields.keys()) | folded)


def indexed(entity: type[Entity], index: Index, number: int) -> Any:
    """A record that the index is of, since its condition holds."""
    made = record(entity, number)
    if index.where is None or index.where.endswith("NOT NULL"):
        return made
    ((field, value),) = re.findall(r"\"?(\w+)\"? (?:IS NULL|= '(\w+)')", index.where)
    return replace(made, **{field: value or None})


def refused_for(transaction: Transaction, operation: int) -> Any:
    """The later operations that stand against undoing this one."""
    with pytest.raises(Refused) as refusal:
        inverse(transaction, operation)
    assert refusal.value.code == "undo-overtaken"
    return refusal.value.facts["later"]


def another(key: Any) -> Any:
    """Another key, of the same type."""
    return key + 1 if isinstance(key, int) else f"{key}0"


def test_what_was_freed_and_taken_since_is_named(either_db: str) -> None:
    """A record goes, and another one takes what only one may have: its key, each unique field and
    group of fields, each unique index. The undo names the operation that took it; with that undone,
    it gives the record back."""
    with loose(either_db) as transaction:
        for entity, index in KEYED:
            key = KEYS[entity]
            first = indexed(entity, index, 1)
            other = replace(indexed(entity, index, 2), **{key: another(getattr(first, key))})
            taken = {name: getattr(first, name) for name in fields_of(entity, index)}
            transaction.save([Change(None, first)], BY_HAND)
            (stored,) = transaction.all(entity)
            freed = transaction.save([Change(stored, None)], BY_HAND)
            taking = transaction.save([Change(None, replace(other, **taken))], BY_HAND)
            assert refused_for(transaction, freed) == [taking], index.name
            transaction.save(inverse(transaction, taking), BY_HAND, restoring=True)
            transaction.save(inverse(transaction, freed), BY_HAND, restoring=True)
            assert transaction.all(entity) == [stored]
            transaction.save([Change(stored, None)], BY_HAND)


def test_what_points_to_a_record_that_went_since_is_not_brought_back(either_db: str) -> None:
    """Nothing pointed to it any more when it went; the undo names the operation that took it."""
    with loose(either_db) as transaction:
        for entity, field, table in POINTING:
            if entity is BY_TABLE[table]:
                continue  # its own kind: the two records of the test have one key
            pointing, named = record(entity, 1), record(BY_TABLE[table], 1)
            pointing = replace(pointing, **{field: getattr(named, KEYS[BY_TABLE[table]])})
            transaction.save([Change(None, named), Change(None, pointing)], BY_HAND)
            (named,), (pointing,) = transaction.all(BY_TABLE[table]), transaction.all(entity)
            freed = transaction.save([Change(pointing, None)], BY_HAND)
            took = transaction.save([Change(named, None)], BY_HAND)
            assert refused_for(transaction, freed) == [took], (entity, field)


def test_no_id_is_given_out_again(either_db: str) -> None:
    """Of any entity that has ids, and no code of an organisation that the registry gave itself:
    though the last record goes, or its making is undone, and that undo is kept."""
    with loose(either_db) as transaction:
        for entity in (entity for entity in ENTITIES if KEYS[entity] == "id"):
            made = transaction.save([Change(None, replace(record(entity, 1), id=7))], BY_HAND)
            assert transaction.whole().new_id(entity) == 8
            transaction.save(inverse(transaction, made), BY_HAND, restoring=True)
            assert transaction.all(entity) == []
            assert transaction.whole().new_id(entity) == 8, entity
        branch = replace(record(Organization, 1), code="O00003")
        made = transaction.save([Change(None, branch)], BY_HAND)
        transaction.save(inverse(transaction, made), BY_HAND, restoring=True)
        assert transaction.whole().new_id(Organization) == 4


def test_an_older_registry_has_the_ids_of_its_history(either_db: str) -> None:
    """It remembered no highest id; the history has the rows that went."""
    with loose(either_db) as transaction:
        transaction.save([Change(None, replace(record(Person, 1), id=12))], BY_HAND)
        (person,) = transaction.all(Person)
        transaction.save([Change(person, None)], BY_HAND)
        transaction.connection.run("DELETE FROM setting")
        assert transaction.whole().new_id(Person) == 13


# -- by commands ---------------------------------------------------------------------------------

Workbook = Callable[..., Path]


@pytest.fixture
def town(run: Run, either_db: str, workbook: Workbook) -> Run:
    """A small county with two members, on either database, with a fixed day."""
    people = [MEMBER_HEADINGS, member(1), member(2)]
    begin(run, workbook, "--province", "65", 团组织=ORGANIZATIONS, 团员=people)
    return run


def does(run: Run, *arguments: str) -> int:
    """Carry out a command; its operation."""
    ran = run(*arguments, "--yes", "-O", "json")
    assert ran.code == 0, ran.err
    return int(json.loads(ran.out)["operation"])


def stands_against(run: Run, operation: int) -> list[int]:
    """The operations that stand against an undo, which its dry run names as well."""
    named = []
    for options in (["--dry-run"], ["--yes"]):
        ran = run("undo", str(operation), *options, "-O", "json")
        assert ran.code == 3, ran.out + ran.err
        (later,) = re.findall(r"build on operation \d+: ([\d, ]+)", ran.err)
        named.append([int(number) for number in later.split(",")])
    assert named[0] == named[1]
    return named[0]


@pytest.mark.parametrize(
    "away",
    [
        ("member", "leave", "1", "--reason-kind", "resigned", "--on", "2023-09-01"),
        ("member", "transfer", "1", "--to", "T1", "--accepted", "--on", "2023-09-01"),
        ("member", "transfer", "1", "--to-outside", "外县", "--accepted", "--on", "2023-09-01"),
    ],
    ids=" ".join,
)
def test_nobody_is_put_back_into_a_branch_that_was_closed(town: Run, away: tuple[str, ...]) -> None:
    """However they went. With the closing undone they are put back."""
    gone = does(town, *away)
    closed = does(town, "org", "close", "S1", "--members-to", "S2", "--on", "2023-10-01")
    assert stands_against(town, gone) == [closed]
    does(town, "undo", str(closed))
    does(town, "undo", str(gone))
    assert town("check").code == 0


def test_out_of_order_where_nothing_depends_on_it(town: Run) -> None:
    """A later operation on the same person does not stand against it."""
    gone = does(town, "member", "leave", "1", "--reason-kind", "resigned", "--on", "2023-09-01")
    does(town, "member", "edit", "1", "--phone", "13900000000")
    does(town, "undo", str(gone))
    assert town("check").code == 0


def test_an_undo_takes_the_steps_back_from_the_last_to_the_first(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """The admission names the new certificate, which can go only when that is taken back; done
    again and undone again, it is as before each time."""
    cases = [ADMISSION_HEADINGS, admission(1, 团员证编号=None)]
    book = workbook("county.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=cases)
    assert run("import", "--province", "65", book).code == 0
    before = rows(either_db)
    issued = does(run, "certificate", "issue", "1", "--serial", "10000001")
    after = rows(either_db)
    for wanted in (before, after, before):
        issued = does(run, "undo", str(issued))
        assert rows(either_db) == wanted


def test_a_merger_is_undone_after_somebody_came(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """The id of the record that went is nobody else's."""
    lives.county(run, workbook)
    twin = workbook(
        "twin.xlsx", 团员=[MEMBER_HEADINGS, member(8, 发展团员编号=None, 团员证编号=None)]
    )
    assert run("import", twin).code == 0
    before = rows(either_db)
    merged = does(run, "member", "merge", "1", "6", "--reason", "一人")
    newcomer = workbook("newcomer.xlsx", 团员=[MEMBER_HEADINGS, member(9)])
    came = does(run, "import", str(newcomer))
    assert [person[0] for person in rows(either_db)["Person"]] == [1, 2, 3, 4, 5, 7]
    does(run, "undo", str(merged))
    does(run, "undo", str(came))
    assert rows(either_db) == before


def test_a_number_that_was_corrected_and_is_somebody_else_s(town: Run) -> None:
    """Whose it is gets it; the correction before that is not undone alone."""
    first = does(
        town, "member", "edit", "1", "--id-number", id_number(9, "20060301"), "--reason", "card"
    )
    second = does(town, "member", "edit", "2", "--id-number", member(1)[1], "--reason", "card")
    assert stands_against(town, first) == [second]
    does(town, "undo", str(second))
    does(town, "undo", str(first))


LEFT = ("member", "leave", "1", "--on", "2023-10-01", "--reason-kind")
ASKED = ("member", "transfer", "1", "--to", "T1", "--on", "2023-03-01")
GOING = {
    "died": (*LEFT, "deceased"),
    "resigned": (*LEFT, "resigned"),
    "went elsewhere": ("member", "transfer", "1", "--to-outside", "外县", "--accepted", "--on",
                       "2023-10-01"),
}  # fmt: skip
TAKEN_BACK = {
    "a request that was refused": [
        ASKED, ("transfer", "refuse", "1", "--on", "2023-03-05", "--reason", "退回"),
    ],
    "a request that was withdrawn": [ASKED, ("undo", "2")],
    "a registration": [("member", "register", "S1", "2023", "--on", "2023-12-01"), ("undo", "2")],
    "a measure": [
        ("member", "discipline", "1", "warning", "--since", "2023-12-01", "--authority", "3号",
         "--approved-by", "C"),
        ("undo", "2"),
    ],
}  # fmt: skip
"""What only members have: taken back by the last of these commands, as operation 3."""


@pytest.mark.parametrize("gone", GOING)
@pytest.mark.parametrize("what", TAKEN_BACK)
def test_nothing_of_a_member_comes_back_of_who_has_gone(town: Run, what: str, gone: str) -> None:
    """The undo names their leaving; with that undone they have it again."""
    for command in TAKEN_BACK[what]:
        does(town, *command)
    left = does(town, *GOING[gone])
    before = json.loads(town("transfer", "list", "-O", "json").out)
    assert stands_against(town, 3) == [left]
    assert town("undo", "3", "--partial", "--yes").code == 3
    assert json.loads(town("transfer", "list", "-O", "json").out) == before
    assert town("check").code == 0


def test_what_was_so_before_comes_back_though_they_had_left(town: Run, workbook: Workbook) -> None:
    """A sheet may have brought the request after they had left."""
    does(town, *LEFT, "resigned")
    request = [["姓名", "身份证号", "转出团组织", "转入团组织", "转接时间"],
               [*member(1)[:2], "S1", "T1", date(2023, 3, 1)]]  # fmt: skip
    does(town, "import", str(workbook("transfers.xlsx", 转接=request)))
    does(town, "transfer", "refuse", "1", "--on", "2023-11-01", "--reason", "离团")
    does(town, "certificate", "recall", "1", "--reason", "离团", "--authority", "3号")
    does(town, "undo", "4")
    assert town("check").code == 0


def test_a_leaving_does_not_come_back_while_a_request_waits(town: Run) -> None:
    """It must be settled before its member leaves, by whatever command."""
    does(town, *LEFT, "resigned")
    back = does(town, "undo", "2")
    asked = does(town, *ASKED)
    assert stands_against(town, back) == [asked]
    does(town, "undo", str(asked))
    does(town, "undo", str(back))
    assert town("check").code == 0


def test_a_case_does_not_come_back_of_who_is_a_member(town: Run, workbook: Workbook) -> None:
    """They have joined without it since."""
    who = ("--name", member(3)[0], "--id-number", member(3)[1])
    does(town, "case", "open", *who, "--org", "S1", "--applied", "2022-09-10")
    end = ("--refused", "--on", "2023-02-01", "--reason", "退回")
    closed = does(town, "case", "close", member(3)[1], *end)
    joined = does(town, "import", str(workbook("joined.xlsx", 团员=[MEMBER_HEADINGS, member(3)])))
    assert stands_against(town, closed) == [joined]
    assert town("check").code == 0


@pytest.mark.parametrize("reason", ["deceased", "resigned"])
def test_a_post_that_comes_back_of_who_has_left_is_told(town: Run, reason: str) -> None:
    """As their leaving tells of the posts that they still hold."""
    does(town, "post", "appoint", "S1", "书记", "--name", member(1)[0], "--id-number", member(1)[1],
         "--from", "2022-05-04")  # fmt: skip
    ended = does(town, "post", "end", "1", "--on", "2023-03-01")
    does(town, *LEFT, reason)
    for options in (["--dry-run"], ["--yes"]):
        ran = town("undo", str(ended), *options)
        assert (ran.code, ran.err.count("post-holder-left")) == (0, 1), ran.err
