"""Two records of one person become one: nothing is lost, and undo makes two of it again."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run, examples, taken
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identity import PERSONAL
from leaguectl.actions.merging import DECIDED, merge_records
from leaguectl.model import (
    Admission,
    Alias,
    Candidacy,
    Certificate,
    Discipline,
    DistinctPair,
    Entity,
    Form,
    Membership,
    Milestone,
    Number,
    Organization,
    Person,
    Registration,
    Snapshot,
    Trainee,
    Transfer,
)
from leaguectl.rules import ENTRY, GATE, OF_A_PERSON, STANDING, load
from leaguectl.store import locate
from leaguectl.store.writing import Store
from leaguectl.tables import TABLES
from test_journal import rows
from test_store import COUNTY, made

Workbook = Callable[..., Path]
REASON = ("--reason", "number mistyped")
BARE = Person(5, "测试五", id_number(5), None, None)
NAMES_PEOPLE = {
    (column.parent.table.name, column.parent.name): noun
    for noun, base in TABLES.items()
    for column in base.__table__.foreign_keys  # type: ignore[attr-defined]
    if column.column.table.name == "person"
}
"""Every column of every table that names a person."""


def test_everything_that_can_name_a_person_is_looked_at() -> None:
    """A table that is added tomorrow and names people is not forgotten."""
    assert set(NAMES_PEOPLE.values()) == {*PERSONAL, *DECIDED}
    assert {column for _, column in NAMES_PEOPLE} == {"person", "claimant", "first", "second"}


def naming(db: str, person: int) -> dict[str, int]:
    """How often each column names somebody."""
    with Store(locate(db)).read() as transaction:
        return {
            f"{table}.{column}": int(
                transaction.connection.value(
                    f'SELECT count(*) FROM {table} WHERE "{column}" = {person}'
                )
            )
            for table, column in NAMES_PEOPLE
        }


@pytest.mark.parametrize("other", [1, 2, 3, 4])
def test_all_that_named_the_other_names_the_one(run: Run, either_db: str, other: int) -> None:
    """Memberships, papers, posts, cases: nothing is lost; undo gives every row back as it was."""
    made(either_db, *COUNTY, BARE)
    before, named = rows(either_db), naming(either_db, other)
    errors = run("check").out
    preview = run("member", "merge", "5", str(other), *REASON, "--dry-run")
    assert (preview.code, rows(either_db)) == (0, before)
    ran = run("member", "merge", "5", str(other), *REASON, "-O", "json")
    assert ran.code == 0, ran.err
    answer = json.loads(ran.out)
    assert (answer["kept"]["id"], answer["gone"]["id"]) == (5, other)
    assert sum(row["moved"] for row in answer["rows"]) == 1 + sum(named.values())
    assert not any(row["combined"] for row in answer["rows"])
    assert not any(naming(either_db, other).values())
    now = naming(either_db, 5)
    named["alias.person"] += 1
    pairs = ("distinct_pair.first", "distinct_pair.second")
    assert sum(now.pop(pair) for pair in pairs) == sum(named.pop(pair) for pair in pairs)
    assert now == named
    assert len(rows(either_db)["Person"]) == len(before["Person"]) - 1
    assert errors.count("\n") >= run("check").out.count("\n")
    # It moves figures of a branch in a closed year, which asks for a reason.
    assert run("undo", str(answer["operation"]), *REASON).code == 0
    assert rows(either_db) == before
    assert run("undo", str(answer["operation"] + 1), *REASON).code == 0
    assert not any(naming(either_db, other).values())


def test_every_conflict_is_reported_at_once(run: Run, either_db: str) -> None:
    """Both were admitted with all papers, one claims the other's number: nothing is written."""
    made(either_db, *COUNTY)
    before = rows(either_db)
    ran = run("member", "merge", "1", "4", *REASON, "-O", "json")
    assert ran.code == 3
    codes = sorted(finding["code"] for finding in json.loads(ran.out)["findings"])
    assert codes == ["merge-admission", "merge-number", "merge-paper", "merge-paper"]
    assert "202365000001" in ran.err
    assert "202365000002" in ran.err
    assert "nothing was written" in ran.err
    claims = run("member", "merge", "1", "3", *REASON)
    assert claims.code == 3
    assert "merge-dispute" in claims.err
    apart = run("member", "merge", "1", "2", *REASON)
    assert "merge-apart" in apart.err
    assert "两人同名同日出生" in apart.err
    assert rows(either_db) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("5", "1"), 2), (("5", "5", *REASON), 2), (("5", "99", *REASON), 4),
        (("5", *REASON), 2), (("5", "测试", *REASON), 4),
    ],
)  # fmt: skip
def test_a_merge_needs_two_records_and_a_reason(
    arguments: tuple[str, ...], code: int, run: Run, db: Path
) -> None:
    """Nothing is written; the exit code tells what is missing."""
    made(str(db), *COUNTY, BARE)
    before = rows(db)
    ran = run("member", "merge", *arguments)
    assert (ran.code, ran.out, rows(db)) == (code, "", before)


# -- who comes again -----------------------------------------------------------------------------


def test_who_comes_with_the_wrong_number_again_is_the_one(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """The row is known by the number that was found to be wrong, with a warning; under a third name
    it is a contradiction."""
    people = [
        member(1, 姓名="李四", 团员证编号=None),
        [*member(2, 姓名="李肆")[:3], None, None, "30000001"],
    ]
    sheets = {"团组织": ORGANIZATIONS, "团员": [MEMBER_HEADINGS, *people]}
    assert run("import", "--province", "65", workbook("county.xlsx", **sheets)).code == 0
    merged = run("member", "merge", "李四", "李肆", *REASON)
    assert merged.code == 0, merged.err
    assert run("check").code == 0
    found = run("member", "find", id_number(2, "20060301"), "-O", "json")
    assert [row["name"] for row in json.loads(found.out)["rows"]] == ["李四"]
    again = taken(run, workbook("again.xlsx", **sheets))
    assert again["totals"]["unchanged"] == again["totals"]["read"]
    (warning,) = again["findings"]
    assert (warning["code"], warning["level"], warning["row"]) == ("id-merged", "warning", 3)
    assert id_number(1, "20060301") not in json.dumps(again)
    people[1][0] = "王五"
    wrong = workbook("wrong.xlsx", 团员=[MEMBER_HEADINGS, *people])
    found = taken(run, wrong)["findings"]
    assert sorted(finding["code"] for finding in found) == ["id-merged", "id-other-name"]


# -- what only one can hold ----------------------------------------------------------------------

A, B = Person(1, "甲", id_number(1, "20060301")), Person(2, "乙", id_number(2, "20060301"))
PLACES = (
    Organization("C", "县委", "committee"),
    Organization("S1", "一班", "branch", "C"),
    Organization("S2", "二班", "branch", "C"),
)


def merged(*nouns: Entity) -> ChangeSet:
    """What joining the second person to the first does to these."""
    registry = Snapshot()
    for entity in (*PLACES, A, B, *nouns):
        registry.load(entity)
        if isinstance(getattr(entity, "id", None), int):
            registry.last_ids[type(entity)] = max(registry.last_ids.get(type(entity), 0), entity.id)  # type: ignore[union-attr]
    change_set = ChangeSet(registry, load(), date(2024, 1, 15))
    merge_records(change_set, keep=1, other=2)
    return change_set


def codes(change_set: ChangeSet) -> list[str]:
    """What speaks against it."""
    return sorted(finding.code for finding in change_set.findings if finding.is_error)


MAY = date(2020, 5, 4)
HERE = Membership(1, 1, "S1", MAY)


@pytest.mark.parametrize(
    ("own", "other", "whole"),
    [
        (HERE, replace(HERE, id=2, person=2), HERE),
        (replace(HERE, joined=None), replace(HERE, id=2, person=2), HERE),
        (HERE, replace(HERE, id=2, person=2, joined=None), HERE),
        (replace(HERE, joined=date(2020, 5, 1), joined_precision="month"),
         replace(HERE, id=2, person=2), HERE),
        (HERE, replace(HERE, id=2, person=2, joined=date(2020, 5, 1), joined_precision="month"),
         HERE),
        (HERE, replace(HERE, id=2, person=2, entry="transferred"),
         replace(HERE, entry="transferred")),
        (replace(HERE, left=date(2022, 1, 1)),
         replace(HERE, id=2, person=2, left=date(2022, 1, 1), leaving_reason="age"),
         replace(HERE, left=date(2022, 1, 1), leaving_reason="age")),
    ],
)  # fmt: skip
def test_memberships_that_complete_one_another_are_one(
    own: Membership, other: Membership, whole: Membership
) -> None:
    """The same home and the same joining, of which one knows more."""
    change_set = merged(own, other)
    assert codes(change_set) == []
    assert change_set.snapshot.memberships_of(1) == [whole]


def test_an_end_that_one_record_knows_is_the_end() -> None:
    """The other has no value, like a blank cell; the person who merges them sees it."""
    ended = replace(HERE, left=date(2022, 1, 1), leaving_reason="resigned")
    for own, other in ((ended, HERE), (HERE, ended)):
        change_set = merged(own, replace(other, id=2, person=2))
        assert change_set.snapshot.memberships_of(1) == [ended]
        assert [(finding.code, finding.is_error) for finding in change_set.findings] == [
            ("merge-ended", False)
        ]
    both = merged(ended, replace(ended, id=2, person=2, left=date(2023, 1, 1)))
    assert codes(both) == ["merge-membership"]


def test_a_move_that_one_record_knows_is_a_move() -> None:
    """An old roster's record joins the home that the member left, and the new home stays."""
    moved = replace(HERE, left=date(2021, 9, 1), leaving_reason="moved")
    now = Membership(3, 1, "S2", MAY, since=date(2021, 9, 1), entry="moved")
    change_set = merged(moved, now, replace(HERE, id=2, person=2))
    assert codes(change_set) == []
    assert change_set.snapshot.memberships_of(1) == [moved, now]
    other = merged(HERE, replace(moved, id=2, person=2), replace(now, person=2))
    assert codes(other) == []
    assert other.snapshot.memberships_of(1) == [moved, now]


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, id=2, person=2, organization="S2"),
        replace(HERE, id=2, person=2, joined=date(2021, 5, 4)),
        replace(HERE, id=2, person=2, organization="S2", joined=None),
        Membership(2, 2, "S2", date(2019, 5, 4), left=date(2021, 1, 1)),
    ],
)
def test_two_homes_at_once_are_a_conflict(other: Membership) -> None:
    """A member has one home on every day."""
    assert codes(merged(HERE, other)) == ["merge-membership"]


def test_memberships_that_follow_one_another_are_kept_in_order() -> None:
    """The latest counts, whichever record it stood in and whatever ids they have."""
    later = Membership(2, 1, "S1", MAY, left=date(2023, 7, 1), leaving_reason="age")
    now = Membership(1, 2, "S2", MAY, since=date(2023, 7, 1), entry="moved")
    change_set = merged(later, now)
    assert codes(change_set) == []
    latest = change_set.snapshot.membership(1)
    assert latest is not None
    assert (latest.organization, latest.left) == ("S2", None)
    assert [membership.organization for membership in change_set.snapshot.memberships_of(1)] == [
        "S1",
        "S2",
    ]


STEP = Milestone(1, 1, "recommended to league", MAY)
CASE = Candidacy(1, 1, "S1", "open", MAY)
SENT = Transfer(1, 1, "pending", MAY, "S1", None, None, "外县")
YEAR = Registration(1, 1, 2023)
WARNED = Discipline(1, 1, "warning", MAY, "文")


@pytest.mark.parametrize(
    ("nouns", "found"),
    [
        ((STEP, replace(STEP, id=2, person=2, organization="S1")), []),
        ((STEP, replace(STEP, id=2, person=2, day=date(2020, 5, 5))), ["merge-differs"]),
        ((YEAR, replace(YEAR, id=2, person=2, grade="qualified")), []),
        ((replace(YEAR, grade="excellent"), replace(YEAR, id=2, person=2, grade="qualified")),
         ["merge-differs"]),
        ((WARNED, replace(WARNED, id=2, person=2)), []),
        ((Trainee(1, 1, "甲", 1), Trainee(2, 1, "乙", 2)), []),
        ((CASE, replace(CASE, id=2, person=2)), ["merge-paper"]),
        ((CASE, replace(CASE, id=2, person=2, state="withdrawn", closed=MAY)), []),
        ((SENT, replace(SENT, id=2, person=2)), ["merge-paper"]),
        ((Form("F1", 1), Form("F2", 2)), ["merge-paper"]),
        ((Form("F1", 1), Form("F2", 2, "void")), []),
        ((Certificate("1", 1), Certificate("2", 2)), ["merge-paper"]),
        ((Number("20206500000001", 2020, "foreign", None, 1),
          Number("20206500000002", 2020, "foreign", None, 2)), ["merge-number"]),
        ((DistinctPair(1, 1, 3, "x"), DistinctPair(2, 2, 3, "x"), Person(3, "丙", id_number(3))),
         []),
        ((DistinctPair(1, 1, 2, "x"),), ["merge-apart"]),
    ],
)  # fmt: skip
def test_what_both_hold_is_one_or_a_conflict(nouns: tuple[Entity, ...], found: list[str]) -> None:
    """What is the same or completes is put together; of what only one can hold, both are named."""
    change_set = merged(*nouns)
    assert codes(change_set) == found
    if not found:
        assert 2 not in change_set.snapshot.persons
        assert change_set.snapshot.person(B.id_number) == change_set.snapshot.persons[1]


def test_what_the_other_alone_knew_is_kept() -> None:
    """Phone and politics; what the one knows itself stays."""
    registry = Snapshot()
    for entity in (
        replace(A, politics="共青团员"),
        replace(B, phone="13800000002", politics="群众"),
    ):
        registry.load(entity)
    change_set = ChangeSet(registry, load(), date(2024, 1, 15))
    merge_records(change_set, keep=1, other=2)
    (kept,) = registry.persons.values()
    assert (kept.name, kept.phone, kept.politics) == ("甲", "13800000002", "共青团员")
    assert registry.all(Alias) == [Alias(B.id_number, 1, "乙")]


def test_which_rules_are_asked_follows_from_their_declaration() -> None:
    """All that are asked of a case, and those of the whole for which one person is enough: a rule
    that is added to the book is asked, and one that counts others is not."""
    assert {rule.code for rule in (*ENTRY, *GATE)} <= OF_A_PERSON
    asked = {rule.code for rule in STANDING} & OF_A_PERSON
    assert {"over-age", "one-home", "chain-closed"} <= asked
    assert not {"branch-size", "block-adds-up", "near-all", "form-size"} & asked


def test_a_rule_that_would_not_hold_afterwards_forbids_it() -> None:
    """An admission does not come to a membership that began on another day."""
    case = Admission(1, 2, "S1", "202065000001", "F", None, MAY, MAY, MAY, MAY, 8.0, "丙", "丁",
                     30, 28, 27)  # fmt: skip
    change_set = merged(
        replace(HERE, joined=date(2021, 6, 1)),
        Membership(2, 2, "S1", MAY, left=date(2021, 6, 1), entry="admitted"),
        Number("202065000001", 2020, "foreign", None, 2), Form("F", 2), case,
    )  # fmt: skip
    assert set(codes(change_set)) == {"rule-broken-by"}
    assert "one-person" in {finding.facts["rule"] for finding in change_set.findings}


SPANS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2"]), st.integers(2015, 2022), st.integers(1, 3)), max_size=3
)


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(SPANS, SPANS, st.booleans(), st.randoms())
def test_joined_memberships_never_overlap(
    own: list[Any], other: list[Any], open_end: bool, chance: Any
) -> None:
    """Either it is refused, or on no day the one has two homes, all homes are there, and the
    latest is the last."""
    spans = [(1, *item) for item in own] + [(2, *item) for item in other]
    ids = list(range(1, len(spans) + 1))
    chance.shuffle(ids)
    nouns = [
        Membership(at, person, home, date(year, 1, 1), left=date(year + length, 1, 1))
        for at, (person, home, year, length) in zip(ids, spans, strict=True)
    ]
    if nouns and open_end:
        nouns[-1] = replace(nouns[-1], left=None)
    change_set = merged(*nouns)
    if change_set.is_refused:
        return
    kept = change_set.snapshot.memberships_of(1)
    assert not change_set.snapshot.memberships_of(2)
    for first, second in pairwise(kept):
        assert first.left is not None
        assert second.joined is not None
        assert first.left <= second.joined
    ends = {(noun.organization, noun.joined): noun.left for noun in nouns if noun.left is None}
    ends |= {(noun.organization, noun.joined): noun.left for noun in nouns if noun.left is not None}
    assert {
        (membership.organization, membership.joined): membership.left for membership in kept
    } == ends
    latest = change_set.snapshot.membership(1)
    assert latest == (kept[-1] if kept else None)
