"""What is known of a person is corrected by ``member edit``: said, recorded, undone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of
from county import id_number
from leaguectl.masks import MASKED
from leaguectl.store import locate
from leaguectl.store.reading import open_reader
from lives import ADMITTED, OLD, ONE, TWO, county, does, refused, shown
from test_journal import rows

Workbook = Callable[..., Path]
REASON = ("--reason", "card seen")


@pytest.fixture
def people(run: Run, either_db: str, workbook: Workbook) -> str:
    """A small county whose people can be corrected, on either database."""
    county(run, workbook)
    return either_db


def edit(run: Run, who: int, *given: str) -> list[dict[str, Any]]:
    """What a correction changed."""
    found: list[dict[str, Any]] = does(run, "member", "edit", who, *given)["rows"]
    return found


def test_name_phone_politics_and_number_are_corrected(run: Run, people: str) -> None:
    """Each field before and after, masked; undo gives it all back."""
    before = rows(people)
    right = id_number(90, "20060302")
    given = ("--name", "阿依．古丽", "--phone", "139 0000 0009", "--politics", "中共党员",
             "--id-number", right)  # fmt: skip
    preview = run("member", "edit", str(ONE), *given, *REASON, "--dry-run")
    assert (preview.code, rows(people)) == (0, before)
    changes = {change["field"]: change for change in edit(run, ONE, *given, *REASON)}
    assert changes["name"]["becomes"] == "阿依·古丽"
    was, becomes = (changes["id_number"][key] for key in ("was", "becomes"))
    assert MASKED.fullmatch(becomes)
    assert len(becomes.strip("*")) in (1, 2)  # the digits that differ
    assert was != becomes
    assert right not in json.dumps(changes)
    card = shown(run, ONE)
    assert (card["name"], card["written"], card["politics"]) == (
        "阿依·古丽",
        "阿依．古丽",
        "中共党员",
    )
    assert run("member", "show", right).code == 0
    assert run("undo", "2").code == 0
    assert rows(people) == before


def test_an_old_number_means_who_has_the_new_one(run: Run, people: str) -> None:
    """An ID number of 15 digits is read as a sheet reads it: whose it is, and what it is corrected
    to; where it does not say the century it is refused."""
    right = id_number(OLD, "19951120")
    old = right[:6] + right[8:17]
    assert shown(run, old)["id"] == OLD
    assert [row["id"] for row in json.loads(run("member", "find", old, "-O", "json").out)["rows"]
           ] == [OLD]  # fmt: skip
    does(run, "member", "edit", old, "--id-number", id_number(91, "19951121"), *REASON)
    assert shown(run, old)["id"] == OLD
    does(run, "member", "edit", OLD, "--id-number", old, *REASON)
    assert run("member", "show", right, "-O", "json").code == 0
    assert rows(people)["Alias"][0][0] == id_number(91, "19951121")
    unsure = run("member", "edit", str(OLD), "--id-number", old[:6] + "0" + old[7:], *REASON)
    assert (unsure.code, "century is not sure" in unsure.err) == (2, True), unsure.err


def test_what_is_empty_is_taken_away(run: Run, people: str) -> None:
    """A phone that is nobody's any more; a name or number cannot be empty."""
    edit(run, ONE, "--phone", "13900000009")
    edit(run, ONE, "--phone", "")
    assert shown(run, ONE)["phone"] is None
    again = run("member", "edit", str(ONE), "--phone", "")
    assert (again.code, "nothing to do" in again.err) == (0, True)
    for field in ("--name", "--id-number"):
        assert run("member", "edit", str(ONE), field, " ", *REASON).code == 2


def test_a_number_of_somebody_else_is_refused(run: Run, people: str) -> None:
    """It points to merge; the owner is named."""
    before = rows(people)
    ran = run("member", "edit", str(ONE), "--id-number", id_number(TWO, "20060301"), *REASON)
    refused(ran, "id-taken")
    assert f"leaguectl member merge {ONE} {TWO}" in ran.err
    assert rows(people) == before


def test_a_number_by_which_a_rule_would_break_is_refused(run: Run, people: str) -> None:
    """Whoever was admitted too young by the new birth date was not; a warning alone passes."""
    ran = run("member", "edit", str(ADMITTED), "--id-number", id_number(91, "20120301"), *REASON)
    refused(ran, "rule-broken-by")
    assert "age-at-application" in ran.err
    warned = run("member", "edit", str(OLD), "--id-number", id_number(91, "19801120"), *REASON)
    assert warned.code == 0
    assert "age-at-joining" in warned.err


def test_a_namesake_of_the_same_birth_date_is_reported(run: Run, people: str) -> None:
    """A number that makes two people look like one is doubted, not refused."""
    name = shown(run, TWO)["name"]
    edit(run, ONE, "--name", name, *REASON)
    assert run("dup", "list").out.count(name) == 2
    again = run("member", "edit", str(ONE), "--id-number", id_number(92, "20060301"), *REASON)
    assert again.code == 0
    assert "warning person-alike" in again.err


def test_the_right_number_may_be_the_one_thought_wrong(
    run: Run, people: str, workbook: Workbook
) -> None:
    """After a merge the other number turns out to be the right one: it is no alias any more."""
    home = shown(run, ONE)["organization"]
    other = id_number(93, "20060301")
    sheet = [["姓名", "身份证号", "所在团支部"], [shown(run, ONE)["name"], other, home]]
    assert run("import", workbook("twice.xlsx", 团员=sheet)).code == 0
    does(run, "member", "merge", ONE, ADMITTED + 1, *REASON)
    assert [row[0] for row in rows(people)["Alias"]] == [other]
    wrong = id_number(ONE, "20060301")
    edit(run, ONE, "--id-number", other, *REASON)
    assert [row[0] for row in rows(people)["Alias"]] == [wrong]
    assert run("member", "show", other).code == 0


def sheets(number: str, name: str, workbook: Workbook) -> dict[str, Path]:
    """Sheets of several kinds that name somebody as before a correction, with what they add."""
    who, own = ["姓名", "身份证号"], [name, number]
    members = [[*who, "所在团支部"], [*own, "S1"]]
    cadres = [[*who, "团组织", "团内职务", "任职时间"], [*own, "S1", "书记", "2023-01-01"]]
    trainings = [
        [*who, "培训名称", "培训类别", "培训日期"],
        [*own, "大练兵", "岗位大练兵", "2023-03-14"],
    ]
    return {
        "members": workbook("members.xlsx", 团员=members),
        "cadres": workbook("cadres.xlsx", 团干部=cadres),
        "trainings": workbook("trainings.xlsx", 培训=trainings),
    }


CORRECTIONS = {
    "number": ("--id-number", id_number(90, "20060302")),
    "name": ("--name", "新名甲"),
    "both": ("--name", "新名甲", "--id-number", id_number(90, "20060302")),
    "twice": ("--name", "新名甲", "--name", "又名乙"),
}


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_what_was_corrected_is_remembered(
    run: Run, people: str, workbook: Workbook, correction: str
) -> None:
    """Next month's uncorrected sheets of every kind create no second person; the message says who
    it is, and the old values still find the person."""
    was = shown(run, ONE)
    number = id_number(ONE, "20060301")
    before = rows(people)
    options = CORRECTIONS[correction]
    for index in range(0, len(options), 2):
        edit(run, ONE, *options[index : index + 2], *REASON)
    code = "id-merged" if "--id-number" in options else "name-former"
    for kind, book in sheets(number, was["name"], workbook).items():
        ran = run("import", book)
        assert (ran.code, f"warning {code}" in ran.err) == (0, True), (kind, ran.err)
        assert len(rows(people)["Person"]) == len(before["Person"]), kind
    for text in (was["name"], number):
        found = answer_of(run, "member", "find", text)["rows"]
        assert [row["id"] for row in found] == [ONE], text
    assert run("check").code == 0


def test_a_correction_that_is_taken_back_is_not_remembered(run: Run, people: str) -> None:
    """By undo, or by correcting it again."""
    name = shown(run, ONE)["name"]
    before = rows(people)
    edit(run, ONE, "--name", "新名甲", *REASON)
    assert run("undo", "2").code == 0
    assert rows(people) == before
    edit(run, ONE, "--name", "新名甲", *REASON)
    edit(run, ONE, "--name", name, *REASON)
    assert [row[2] for row in rows(people)["Alias"]] == ["新名甲"]


BY_NAME: dict[str, tuple[list[str], list[Any]]] = {
    "post": (["团组织", "团内职务", "任职时间"], ["S1", "书记", "2023-02-01"]),
    "registration": (["所在团支部", "年度", "是否注册"], ["S1", 2023, "是"]),
    "discipline": (
        ["所在团支部", "处分种类", "处分日期", "处分文号"], ["S1", "警告", "2023-05-04", "文"],
    ),
    "trainee": (
        ["所在团支部", "培训名称", "培训类别", "培训日期"], ["S1", "班", "青马工程", "2023-05-04"],
    ),
    "transfer": (["转出团组织", "转入团组织", "转接时间"], ["S1", "T1", "2023-05-04"]),
}  # fmt: skip
"""Lists without ID numbers, by the table of their records: headings and cells after the name."""


@pytest.mark.parametrize("table", BY_NAME)
def test_lists_without_id_numbers_mean_whoever_had_the_name(
    run: Run, people: str, workbook: Workbook, table: str
) -> None:
    """Where nobody there has it now, and one alone had it; the message says who it is."""
    name = shown(run, ONE)["name"]
    headings, cells = BY_NAME[table]
    book = workbook("list.xlsx", 名单=[["姓名", *headings], [name, *cells]])
    edit(run, ONE, "--name", "新名甲", *REASON)
    edit(run, ADMITTED, "--name", name, *REASON)
    edit(run, ADMITTED, "--name", "新名乙", *REASON)
    several = run("import", book)
    assert (several.code, "error person-ambiguous" in several.err) == (1, True), several.err
    for number in ("4", "3"):
        assert run("undo", number).code == 0
    found = answer_of(run, "import", book)["findings"]
    assert "name-former" in {finding["code"] for finding in found}
    with open_reader(locate(people)) as reader:
        assert reader.rows(f"SELECT person FROM {table}") == [(ONE,)]


def test_a_former_name_that_somebody_bears_now_is_theirs(run: Run, people: str) -> None:
    """What is written goes to whoever bears the name; whoever bore it is found as well."""
    name = shown(run, ONE)["name"]
    edit(run, ONE, "--name", "新名甲", *REASON)
    edit(run, TWO, "--name", name, *REASON)
    assert shown(run, name)["id"] == TWO
    found = answer_of(run, "member", "find", name)["rows"]
    assert [row["id"] for row in found] == [ONE, TWO]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2), (("--name", "李四"), 2), (("--id-number", id_number(90)), 2),
        (("--id-number", "658899200603010011", *REASON), 2), (("--phone", "12"), 2),
        (("--name", "李4", *REASON), 2), (("--id-number", "123", *REASON), 2),
    ],
)  # fmt: skip
def test_what_cannot_be_is_an_error_of_usage(
    arguments: tuple[str, ...], code: int, run: Run, people: str
) -> None:
    """Nothing is written; the message says what is wrong and never the number."""
    before = rows(people)
    ran = run("member", "edit", str(ONE), *arguments)
    assert (ran.code, ran.out, rows(people)) == (code, "", before)
    assert id_number(90) not in ran.err


def test_a_number_may_come_from_stdin(run: Run, people: str) -> None:
    """No list of processes shows it."""
    right = id_number(90, "20060302")
    ran = run("member", "edit", str(ONE), "--id-number", "-", *REASON, stdin=f"{right}\n")
    assert ran.code == 0
    assert run("member", "show", "-", stdin=f"{right}\n").code == 0
