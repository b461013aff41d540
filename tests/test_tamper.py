"""What is changed behind the program's back is found by ``check`` and named.

Each change is made twice: with foreign keys and checks switched off, and with every constraint
taken out of the file. Either a constraint refuses it, or ``check`` names it.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import ENVIRONMENT, Run
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.tables import TABLES as NOUN_TABLES

TABLES = [str(base.__table__.name) for base in NOUN_TABLES.values()]  # type: ignore[attr-defined]
FIRST, SECOND, ROSTER = "测试丁", "测试丂", "团员一"
SHEETS: dict[str, Any] = {
    "团组织": ORGANIZATIONS,
    "发展计划": QUOTAS,
    "团员": [MEMBER_HEADINGS, member(1, 姓名=ROSTER)],
    "发展团员": [
        ADMISSION_HEADINGS, admission(1, 姓名=FIRST), admission(2, 姓名=SECOND),
        admission(3, 所在团支部="桥头村团支部", 发展团员编号="202365000006"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small county in which nothing is wrong."""
    folder = tmp_path_factory.mktemp("honest")
    book, path = openpyxl.Workbook(), folder / "league.db"
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(folder / "county.xlsx")
    done = subprocess.run(
        [sys.executable, "-m", "leaguectl", "--db", path, "import", folder / "county.xlsx"],
        capture_output=True, check=False, env={**os.environ, **ENVIRONMENT},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture
def registry(honest: Path, db: Path) -> Path:
    """A copy of the county for this test alone."""
    shutil.copy(honest, db)
    return db


def tamper(path: Path, script: str, *, razed: bool) -> None:
    """Change a registry with another program, which asks no constraint that it can do without.

    :raises sqlite3.IntegrityError: a constraint that cannot be switched off refuses it.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("PRAGMA synchronous=OFF")  # each table would wait for the disk
        for table in TABLES if razed else ():
            connection.execute("PRAGMA legacy_alter_table=ON")
            connection.execute(f"ALTER TABLE {table} RENAME TO walled")
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM walled")
            connection.execute("DROP TABLE walled")
        connection.execute("BEGIN")
        changes = connection.total_changes
        for statement in script.split(";"):
            connection.execute(statement)
        assert connection.total_changes > changes
        connection.execute("COMMIT")


def found(run: Run) -> tuple[int, list[tuple[str, str]]]:
    """How check ends, and the code and subject of each error that it names."""
    ran = run("check", "-O", "json")
    assert ran.code != 70, ran.err
    findings: list[dict[str, Any]] = json.loads(ran.out)["findings"] if ran.out else []
    return ran.code, [
        (finding["code"], str(finding["subject"]))
        for finding in findings
        if finding["level"] == "error"
    ]


@dataclass(frozen=True)
class Break:
    """A change behind the program's back, the rule that names it, and what it names."""

    script: str
    code: str
    subject: str


def of(name: str) -> str:
    """Whose row: the SQL that finds a person's id."""
    return f"(SELECT id FROM person WHERE name = '{name}')"


ADMITTED = f"UPDATE admission SET {{}} WHERE person = {of(FIRST)}"
BREAKS = {
    # one person, one number, one form, one certificate
    "a second person on a number": Break(
        f"INSERT INTO admission SELECT 9, {of(ROSTER)}, organization, number, form, certificate,"
        " applied, activist, meeting, approved, course_hours, introducer_1, introducer_2, due,"
        " present, in_favour, talked, service_hours, candidate, notice_from, notice_to,"
        f" approved_by, route, beyond, operation FROM admission WHERE person = {of(FIRST)}",
        "chain-closed", ROSTER),
    "a number given to another": Break(
        f"UPDATE number SET person = {of(ROSTER)} WHERE number = '202365000001'",
        "chain-closed", FIRST),
    "two numbers exchanged": Break(
        "UPDATE number SET person = CASE number WHEN '202365000001' THEN"
        f" {of(SECOND)} ELSE {of(FIRST)} END WHERE number IN ('202365000001', '202365000002')",
        "chain-closed", f"{FIRST} 202365000001"),
    "a used number freed": Break(
        "UPDATE number SET state = 'free', person = NULL WHERE number = '202365000001'",
        "chain-closed", f"{FIRST} 202365000001"),
    "a used number made void": Break(
        "UPDATE number SET state = 'void', person = NULL, reason = 'x'"
        " WHERE number = '202365000001'", "chain-closed", f"{FIRST} 202365000001"),
    "a used number made void that keeps its person": Break(
        "UPDATE number SET state = 'void', reason = 'x' WHERE number = '202365000001'",
        "one-number", f"{FIRST} 202365000001"),
    "a free number marked used": Break(
        "UPDATE number SET state = 'used' WHERE number = '202365000004'",
        "number-has-member", "202365000004"),
    "a form given to another": Break(
        f"UPDATE form SET person = {of(ROSTER)} WHERE serial = '202365000001'",
        "chain-closed", FIRST),
    "a form deleted": Break(
        "DELETE FROM form WHERE serial = '202365000001'", "chain-closed", FIRST),
    "a second valid form": Break(
        "INSERT INTO form (serial, person, state, operation)"
        f" VALUES ('F-9', {of(FIRST)}, 'valid', 1)", "one-form", FIRST),
    "a certificate given to another": Break(
        f"UPDATE certificate SET person = {of(ROSTER)} WHERE serial = '10000001'",
        "chain-closed", FIRST),
    "a second valid certificate": Break(
        "INSERT INTO certificate (serial, person, state, copies, issued_precision, operation)"
        f" VALUES ('Z-9', {of(FIRST)}, 'valid', 1, 'day', 1)",
        "one-certificate", FIRST),
    "an admission's certificate changed to another's": Break(
        ADMITTED.format("certificate = '10000002'"), "chain-closed", FIRST),
    "an admission's certificate changed to none there is": Break(
        ADMITTED.format("certificate = '99999999'"), "chain-closed", FIRST),
    "an admission's form changed to another's": Break(
        ADMITTED.format("form = '202365000002'"), "chain-closed", FIRST),
    "an admission's number changed to a free one": Break(
        ADMITTED.format("number = '202365000004'"), "chain-closed", FIRST),
    "an admission deleted": Break(
        f"DELETE FROM admission WHERE person = {of(FIRST)}", "admission-recorded", FIRST),
    "a membership deleted": Break(
        f"DELETE FROM membership WHERE person = {of(FIRST)}", "chain-closed", FIRST),
    "a person deleted": Break(
        f"DELETE FROM person WHERE name = '{FIRST}'", "chain-closed", "202365000001"),
    "a joining day changed": Break(
        f"UPDATE membership SET joined = '2023-04-11' WHERE person = {of(FIRST)}",
        "joined-at-meeting", FIRST),
    "a second open membership": Break(
        "INSERT INTO membership SELECT 9, person, organization, '2023-05-10', joined_precision,"
        f" 'recorded', \"left\", leaving_reason, since, seen, operation FROM membership"
        f" WHERE person = {of(FIRST)}", "one-home", FIRST),
    "two people with one ID number": Break(
        f"UPDATE person SET id_number = '{id_number(2)}' WHERE name = '{FIRST}'",
        "database-broken", "person"),
    # numbers, blocks and places
    "a number turned to another year": Break(
        "UPDATE number SET year = 2022 WHERE number = '202365000001'",
        "number-year-kept", "202365000001"),
    "a number renamed to another year": Break(
        "UPDATE number SET number = '202265000001', year = 2022 WHERE number = '202365000001';"
        + ADMITTED.format("number = '202265000001'"), "number-year-kept", "202265000001"),
    "a foreign number turned to another year": Break(
        "UPDATE number SET year = 2021 WHERE state = 'foreign'",
        "database-broken", "202065000001"),
    "a used number deleted": Break(
        "DELETE FROM number WHERE number = '202365000001'", "chain-closed", FIRST),
    "a free number deleted": Break(
        "DELETE FROM number WHERE number = '202365000004'",
        "block-adds-up", "云杉县第一中学团委 2023"),
    "a number added outside its block": Break(
        "INSERT INTO number VALUES ('202365000099', 2023, 'free', 1, NULL, NULL, NULL, 1)",
        "number-year-kept", "202365000099"),
    "a number moved to another block": Break(
        "UPDATE number SET quota = (SELECT quota FROM number WHERE number = '202365000006')"
        " WHERE number = '202365000004'", "number-year-kept", "202365000004"),
    "a number that names no block": Break(
        "UPDATE number SET quota = 99 WHERE number = '202365000004'",
        "number-year-kept", "202365000004"),
    "a block enlarged": Break(
        "UPDATE quota SET last = '202365000011', places = 11 WHERE parent IS NULL",
        "block-adds-up", "共青团云杉县委员会 2023"),
    "places enlarged and the block not": Break(
        "UPDATE quota SET places = 11 WHERE parent IS NULL",
        "block-adds-up", "共青团云杉县委员会 2023"),
    "a place added to a child quota": Break(
        "UPDATE quota SET last = '202365000008', places = 3 WHERE organization = 'T'",
        "block-adds-up", "白桦镇团委 2023"),
    "a place of a sister added to a child quota": Break(
        "UPDATE quota SET last = '202365000006', places = 6 WHERE organization = 'S';"
        "UPDATE number SET quota = (SELECT id FROM quota WHERE organization = 'S')"
        " WHERE number = '202365000006'", "block-within", "白桦镇团委 2023"),
    "a child quota set next to its parent": Break(
        "UPDATE quota SET parent = NULL WHERE organization = 'T'",
        "block-within", "白桦镇团委 2023"),
    "a quota deleted": Break(
        "DELETE FROM quota WHERE organization = 'T'", "number-year-kept", "202365000006"),
    "a quota given to another organisation": Break(
        "UPDATE quota SET organization = 'T' WHERE organization = 'S'", "number-in-block", FIRST),
    "a quota turned to another year": Break(
        "UPDATE quota SET year = 2022 WHERE organization = 'T'",
        "number-year-kept", "202365000006"),
    # homes
    "a member's organisation dissolved": Break(
        "UPDATE organization SET dissolved = '2023-12-31' WHERE code = 'S1'",
        "member-has-home", FIRST),
    "a member's organisation gone": Break(
        "DELETE FROM organization WHERE code = 'S1'", "member-has-home", FIRST),
    "an organisation's parent gone": Break(
        "DELETE FROM organization WHERE code = 'S'", "number-in-block", FIRST),
    "two organisations above each other": Break(
        "UPDATE organization SET parent = 'S1' WHERE code = 'S'", "organization-rooted",
        "云杉县第一中学"),
    "an admission moved to another block's organisation": Break(
        ADMITTED.format("organization = 'T1'"), "number-in-block", FIRST),
    # the case itself
    "more in favour than present": Break(
        ADMITTED.format("in_favour = 29"), "votes-possible", FIRST),
    "fewer in favour than half": Break(
        ADMITTED.format("in_favour = 14"), "majority-of-present", FIRST),
    "fewer present than half": Break(ADMITTED.format("present = 15"), "quorum", FIRST),
    "too few hours": Break(ADMITTED.format("course_hours = 7.5"), "course-hours", FIRST),
    "one introducer twice": Break(
        ADMITTED.format("introducer_2 = introducer_1"), "two-introducers", FIRST),
    "an activist for too short a time": Break(
        ADMITTED.format("activist = '2023-02-01', candidate = '2023-03-01'"),
        "activist-months", FIRST),
    "dates out of order": Break(
        ADMITTED.format("applied = '2022-12-01'"), "dates-in-order", FIRST),
    "a birth date that makes the applicant too young": Break(
        f"UPDATE person SET id_number = '{id_number(1, '20080911')}' WHERE name = '{FIRST}'",
        "age-at-application", FIRST),
}  # fmt: skip


def test_an_untouched_registry_is_silent(run: Run, registry: Path) -> None:
    """Where nothing is wrong check prints nothing and ends with 0."""
    ran = run("check")
    assert (ran.code, ran.out) == (0, "")


def test_the_untouched_sample_is_silent(run: Run, sample_db: Path) -> None:
    """In the sample county nothing is wrong."""
    ran = run("check")
    assert (ran.code, ran.out) == (0, "")


def test_constraints_alone_taken_away_change_no_row(run: Run, registry: Path) -> None:
    """The control of what follows: without a change of rows there is nothing to name but that the
    tables have lost their constraints."""
    tamper(registry, "UPDATE person SET phone = phone", razed=True)
    code, errors = found(run)
    assert (code, {error for error, _ in errors}) == (1, {"proof-schema-missing",
                                                          "proof-schema-added"})  # fmt: skip


@pytest.mark.parametrize("razed", [False, True], ids=["off", "razed"])
@pytest.mark.parametrize("what", BREAKS)
def test_a_change_behind_the_programs_back_is_refused_or_named(
    run: Run, registry: Path, what: str, razed: bool
) -> None:
    """A constraint refuses it, or check exits with 1 and names the person or thing that was
    changed."""
    damage = BREAKS[what]
    try:
        tamper(registry, damage.script, razed=razed)
    except sqlite3.IntegrityError:
        assert not razed
        return
    code, errors = found(run)
    assert code == 1
    named = [who for code_of, who in errors if damage.code in (None, code_of)]
    assert [who for who in named if damage.subject in who], errors


@pytest.mark.parametrize("at", range(18))
def test_a_digit_of_an_id_number_changed_is_named(run: Run, registry: Path, at: int) -> None:
    """Whichever digit of an ID number was changed, check names the person, not the number."""
    right = id_number(1)
    digit = str((int(right[at]) + 1) % 10) if right[at].isdigit() else "0"
    wrong = right[:at] + digit + right[at + 1 :]
    script = f"UPDATE person SET id_number = '{wrong}' WHERE name = '{FIRST}'"
    tamper(registry, script, razed=False)
    code, errors = found(run)
    assert code == 1
    assert ("id-number-valid", FIRST) in [(error, who.split(" ")[0]) for error, who in errors]
    ran = run("check")
    assert wrong not in ran.out + ran.err


NONSENSE = {
    "a day that is none": ("membership", "joined", "2023-02-31"),
    "a word for a day": ("admission", "meeting", "gestern"),
    "no day of a meeting": ("admission", "meeting", None),
    "a number of letters": ("number", "number", "ABCDEFGHIJKL"),
    "an empty number": ("number", "number", ""),
    "no number": ("number", "number", None),
    "a block of letters": ("quota", "first", "ABCDEFGHIJKL"),
    "no end of a block": ("quota", "last", None),
    "a word for a count": ("admission", "present", "viele"),
    "a word for a year": ("quota", "year", "heuer"),
    "no count": ("admission", "due", None),
    "no hours": ("admission", "course_hours", None),
    "a short ID number": ("person", "id_number", "658899"),
    "no ID number": ("person", "id_number", None),
    "bytes for a name": ("person", "name", b"\xff\xfe"),
    "no name": ("person", "name", None),
    "a state that is none": ("number", "state", "verloren"),
    "a type that is none": ("organization", "type", "verein"),
    "no parent of that name": ("organization", "parent", "nirgends"),
}


@pytest.mark.parametrize("razed", [False, True], ids=["off", "razed"])
@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_in_a_column_is_reported_and_no_fault_of_the_program(
    run: Run, registry: Path, what: str, razed: bool
) -> None:
    """Whatever another program wrote into a column, check says what is wrong and ends with 1 or 5;
    where the constraints are gone too, it at least does not fall over it."""
    table, column, value = NONSENSE[what]
    with closing(sqlite3.connect(registry)) as connection:
        (row,) = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()
    if razed:
        tamper(registry, "UPDATE person SET phone = phone", razed=True)
    with closing(sqlite3.connect(registry)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [value, row])
        except sqlite3.IntegrityError:
            assert not razed
            return
        connection.commit()
    ran = run("check")
    assert ran.code in ((0, 1, 5) if razed else (1, 5)), ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("script", "command"),
    [
        ("UPDATE person SET operation = ''", ("verify",)),
        ("UPDATE form SET serial = CAST(serial AS BLOB)", ("verify",)),
        ("UPDATE operation SET digest = CAST(digest AS BLOB)", ("check",)),
        ("UPDATE operation SET at = 'gestern'", ("doctor",)),
        ("UPDATE content SET written = ''", ("doctor",)),
        ("UPDATE membership SET since = 'gestern'", ("due",)),
        ("UPDATE post SET until = 'gestern'", ("due",)),
        ("UPDATE person SET name = x'fffe'", ("export", "all", "-o", "all.xlsx")),
        ("UPDATE person SET id_number = 'x'", ("stats", "2023", "--by", "age")),
        ("UPDATE membership SET person = 'niemand'", ("report", "2023", "-o", "report.md")),
        ("INSERT INTO setting (key, value, operation) VALUES ('policy', 'x', 1)", ("check",)),
        ("INSERT INTO setting (key, value, operation) VALUES ('policy', 'x', 1)", ("due",)),
        ("INSERT INTO setting (key, value, operation) VALUES ('policy', 'x', 1)", ("rules",)),
        ("INSERT INTO last_id VALUES ('person', 'x')", ("org", "add", "新团支部", "--type",
                                                        "branch", "--parent", "T")),
    ],
    ids=lambda given: given if isinstance(given, str) else given[0],
)  # fmt: skip
def test_no_command_takes_the_work_of_another_program_for_a_fault_of_this(
    run: Run, registry: Path, script: str, command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Whatever command comes upon it says that the registry was altered, and how to see where."""
    monkeypatch.chdir(registry.parent)
    assert (
        run("post", "appoint", "S1", "书记", "--name", "测试一", "--from", "2023-01-01").code == 0
    )
    tamper(registry, script, razed=True)
    ran = run(*command)
    assert ran.code in (0, 1, 5), ran.err
    if ran.code == 5:
        assert "leaguectl verify" in ran.err or "leaguectl check" in ran.err, ran.err
    assert run("verify").code == 1


def test_a_bent_file_is_reported(run: Run, registry: Path) -> None:
    """A file in which bytes were overwritten is answered with 1 or 5."""
    data = bytearray(registry.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = bytes(64)
    registry.write_bytes(data)
    ran = run("check")
    assert ran.code in (1, 5), ran.err
    assert ran.out + ran.err
