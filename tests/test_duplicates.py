"""Two records that may be one person: warned of, listed, and decided once for all."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run, answer_of, begin, examples
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.masks import MASKED
from leaguectl.model import DistinctPair, Person, Snapshot, pairs
from leaguectl.model.likeness import is_near

Workbook = Callable[..., Path]
BORN = "20060301"
NAME = "团员" + chr(0x4E01)


@pytest.fixture
def county(run: Run, either_db: str, workbook: Workbook) -> str:
    """A small county with one member, on either database."""
    sheets = {"团组织": ORGANIZATIONS, "计划": QUOTAS, "团员": [MEMBER_HEADINGS, member(1)]}
    begin(run, workbook, "--province", "65", **sheets)
    return either_db


def twin(at: int = 50, name: str = NAME, born: str = BORN) -> list[Any]:
    """A row of somebody with the name and birth date of the first member."""
    return member(at, 姓名=name, 身份证号=id_number(at, born))


def found(run: Run, *arguments: str | Path) -> list[dict[str, Any]]:
    """The findings of a command."""
    return answer_of(run, *arguments)["findings"]  # type: ignore[no-any-return]


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """The rows of ``dup list``."""
    return answer_of(run, "dup", "list", *arguments)["rows"]  # type: ignore[no-any-return]


# -- warnings ------------------------------------------------------------------------------------


def test_the_same_name_and_birth_date_with_another_number_is_a_warning(
    run: Run, county: str, workbook: Workbook
) -> None:
    """The row goes in; both people are named, their numbers masked."""
    book = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, twin()])
    (warning,) = found(run, "import", book)
    assert (warning["code"], warning["level"], warning["cell"]) == ("person-alike", "warning", "B2")
    assert warning["message"].count(NAME) == 2
    assert "云杉县第一中学高一（1）班团支部" in warning["message"]
    assert MASKED.fullmatch(warning["value"])
    assert warning["value"].strip("*")  # what it differs in is shown
    assert id_number(1, BORN) not in json.dumps(warning)
    assert len(listed(run)) == 1
    assert [finding["code"] for finding in found(run, "import", book)] == ["person-alike"]


def test_names_are_compared_folded(run: Run, county: str, workbook: Workbook) -> None:
    """Case and width do not make another person; another birth date or name does."""
    rows = [
        member(60, 姓名="Aisha·K", 身份证号=id_number(60, BORN)),
        member(61, 姓名="ＡＩＳＨＡ．ｋ", 身份证号=id_number(61, BORN)),
        member(62, 姓名="Aisha·K", 身份证号=id_number(62, "20060302")),
        member(63, 姓名="Aisha·L", 身份证号=id_number(63, BORN)),
    ]
    book = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, *rows])
    assert [(finding["code"], finding["row"]) for finding in found(run, "import", book)] == [
        ("person-alike", 3)
    ]
    alone = workbook("alone.xlsx", 团员=[MEMBER_HEADINGS, rows[1]])
    assert [finding["code"] for finding in found(run, "import", alone)] == ["person-alike"]


def test_a_candidate_is_compared_as_well(run: Run, county: str, workbook: Workbook) -> None:
    """Whoever would be admitted under a second number is looked at before he has a second place."""
    case = admission(2, 姓名=NAME, 身份证号=id_number(70, BORN), 申请入团时间="2022-09-10",
                     发展团员编号=None)  # fmt: skip
    book = workbook("cases.xlsx", 发展=[ADMISSION_HEADINGS, case])
    codes = [finding["code"] for finding in found(run, "admit", "--dry-run", book)]
    assert "person-alike" in codes


# -- decisions -----------------------------------------------------------------------------------


def test_a_decision_is_kept(run: Run, county: str, workbook: Workbook) -> None:
    """Found to be two, they are neither warned of nor listed; ``--all`` shows why; undo opens it
    again."""
    book = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, twin()])
    assert run("import", book).code == 0
    (pair,) = listed(run)
    ids = (str(pair["other_id"]), str(pair["id"]))
    assert (pair["name"], pair["other_name"], pair["likeness"]) == (NAME, NAME, ["same birth date"])
    preview = run("dup", "ignore", *ids, "--reason", "two cards seen", "--dry-run")
    assert (preview.code, "nothing was written" in preview.err) == (0, True)
    assert len(listed(run)) == 1
    assert run("dup", "ignore", *ids, "--reason", "two cards seen").code == 0
    assert listed(run) == []
    assert found(run, "import", book) == []
    assert [row["reason"] for row in listed(run, "--all")] == ["two cards seen"]
    again = run("dup", "ignore", *ids, "--reason", "two cards seen")
    assert (again.code, "nothing to do" in again.err) == (0, True)
    assert run("dup", "ignore", *ids, "--reason", "twins").code == 0
    assert [row["reason"] for row in listed(run, "--all")] == ["twins"]
    assert run("check").code == 0
    assert [run("undo", operation).code for operation in ("4", "3")] == [0, 0]
    assert [finding["code"] for finding in found(run, "import", book)] == ["person-alike"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("1", "2"), 2), (("1", "1", "--reason", "x"), 2), (("1", "99", "--reason", "x"), 4),
        (("1",), 2), ((NAME, "2", "--reason", "x"), 4),
    ],
)  # fmt: skip
def test_a_decision_needs_two_people_and_a_reason(
    arguments: tuple[str, ...], code: int, run: Run, county: str, workbook: Workbook
) -> None:
    """Nothing is written; the exit code tells what is missing."""
    assert run("import", workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, twin()])).code == 0
    ran = run("dup", "ignore", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert len(listed(run)) == 1


def test_what_makes_two_people_alike(run: Run, county: str, workbook: Workbook) -> None:
    """The birth date, the phone, or a number that is nearly the same; never without the name."""
    heads = [*MEMBER_HEADINGS, "手机号码"]
    rows = [
        [*twin(50, born="20060310"), "13800000001"],
        [*member(51, 身份证号=id_number(51, BORN)), "13800000001"],
        [*twin(52, born="20051111"), "13800000001"],
        [*twin(53, born="20160301"), None],
    ]
    rows[3][3] = rows[3][4] = None
    assert run("import", workbook("roster.xlsx", 团员=[heads, *rows])).code == 0
    likeness = {(row["id"], row["other_id"]): row["likeness"] for row in listed(run)}
    assert likeness == {(2, 4): ["same phone"]}
    assert len(listed(run, "--org", "S1")) == 1
    assert listed(run, "--org", "T") == []


def test_a_name_in_another_order_or_spelling_is_suggested(
    run: Run, county: str, workbook: Workbook
) -> None:
    """A transliteration with one birth date and phone, a name in another order with one birth
    date; eight of a class who share a phone are not twenty-eight doubts."""
    heads = [*MEMBER_HEADINGS, "手机号码"]
    spelt = ("阿布都·买买提", "阿不都·买买提", "买买提·阿布都", "阿不都·买买提",
             *(f"同{sign}" for sign in "甲乙丙丁戊己庚辛"))  # fmt: skip
    phones = ("13800000001", "13800000001", None, None, *["13800000002"] * 8)
    rows = [
        [*member(50 + at, 姓名=name, 身份证号=id_number(50 + 2 * at, BORN)), phone]
        for at, (name, phone) in enumerate(zip(spelt, phones, strict=True))
    ]
    assert run("import", workbook("roster.xlsx", 团员=[heads, *rows])).code == 0
    found = {
        tuple(sorted((row["name"], row["other_name"]))): row["likeness"] for row in listed(run)
    }
    a_name, spelt_otherwise, reversed_name = spelt[:3]
    assert found == {
        (spelt_otherwise, a_name): ["similar name", "same birth date", "same phone", "near number"],
        (reversed_name, a_name): ["same birth date", "near number"],
        (spelt_otherwise, spelt_otherwise): ["same birth date", "near number"],
    }
    assert "姓名相近" in run("dup", "list", "--lang", "zh").out


def test_the_list_is_masked(run: Run, county: str, workbook: Workbook) -> None:
    """Full numbers only for a reason, which is recorded."""
    assert run("import", workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, twin()])).code == 0
    assert id_number(50, BORN) not in run("dup", "list").out
    assert id_number(50, BORN) in run("dup", "list", "--reveal", "--reason", "cards").out
    assert answer_of(run, "log")["operations"][0]["command"].startswith("dup")
    assert "no two people look like one" in run("dup", "list", "--org", "T").err


# -- the questions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("658899200603010011", False), ("658899200603010020", True), ("658899200603100010", True),
        ("658899200630010010", True), ("658899206003010010", True), ("658899200603020020", False),
        ("658988200603010010", False), ("658899200603001010", True),
    ],
)  # fmt: skip
def test_numbers_are_near_by_one_digit_or_two_neighbours(other: str, near: bool) -> None:
    """The check digit follows from the others and is not compared."""
    assert is_near("658899200603010010", other) is near


SOME = st.builds(
    Person,
    id=st.integers(1, 6),
    name=st.sampled_from(["甲", "乙", "a", "Ａ"]),
    id_number=st.sampled_from([id_number(at, day) for at in (1, 2) for day in (BORN, "20060310")]),
)


@settings(max_examples=examples(150), deadline=None, derandomize=True)
@given(st.lists(SOME, max_size=8), st.sets(st.integers(1, 6), max_size=2), st.booleans())
def test_who_is_alike_is_found_however_people_come_and_go(
    people: list[Person], gone: set[int], decided: bool
) -> None:
    """The index says what comparing everybody with everybody says."""
    registry, here = Snapshot(), dict[int, Person]()
    for person in people:
        if person.id in here:
            registry.drop(here[person.id])
        registry.load(person)
        registry.load(person)
        here[person.id] = person
    for one_id in gone & here.keys():
        registry.drop(here.pop(one_id))
    apart = {(1, 2)} if decided else set()
    for first, second in apart:
        registry.load(DistinctPair(1, first, second, "two"))
    by_birth = {
        (pair.first.id, pair.second.id)
        for pair in pairs(here.values())
        if "same birth date" in pair.likeness
    } - apart
    for value in here.values():
        mine = {sum(pair) - value.id for pair in by_birth if value.id in pair}
        assert sorted(other.id for other in registry.namesakes(value)) == sorted(mine)
