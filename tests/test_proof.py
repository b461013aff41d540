"""What is altered behind the program's back is named by ``verify``, with its place.

The alterations are drawn from the declarations: every field of every noun, of the operations, the
history and what the chain keeps, so a field that is added tomorrow is tried as well. Each is made
with every constraint switched off, and taken back.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest

from conftest import Run, begin, codes
from county import ORGANIZATIONS, id_number
from leaguectl.actions.registry import check
from leaguectl.findings import Finding
from leaguectl.model import DECLARATIONS, ENTITIES, Change, Person
from leaguectl.model.declaration import Declaration
from leaguectl.store import chain, locate
from leaguectl.store.connection import Connection
from leaguectl.store.proof import JOURNAL_CODES, prove
from leaguectl.store.provenance import Origin
from leaguectl.store.schema import BOOKKEEPING, JOURNAL
from leaguectl.store.undo import inverse
from leaguectl.store.writing import Store
from test_store import BY_HAND, COUNTY, made

ENTITY_TABLES = [DECLARATIONS[entity] for entity in ENTITIES]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with a row of every noun and every kind of operation: rows made, changed, taken
    away, brought back."""
    path = tmp_path_factory.mktemp("proof") / "league.db"
    fill(str(path))
    return path


def fill(db: str) -> None:
    """Write that county."""
    store = made(db, *COUNTY)
    with store.write() as transaction:
        person = transaction.find(Person, 3)
        assert person is not None
        change = Change(person, replace(person, phone="12000000003"))
        transaction.save([change], BY_HAND, origins=[Origin(0, "person", 3, 3, None, 2, "phone")])
        gone = Person(9, "测试九", id_number(9))
        by = transaction.save([Change(None, gone)], BY_HAND)
        removed = transaction.save([Change(replace(gone, operation=by), None)], BY_HAND)
        undo = replace(BY_HAND, command="undo", undoes=removed)
        transaction.save(inverse(transaction, removed), undo, restoring=True)
        written = transaction.find(Person, 9)
        transaction.save([Change(written, None)], BY_HAND)
        transaction.save(transaction.setting_changes({"policy": "# 按国家规定\n"}), BY_HAND)


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """The registry as another program opens it, which asks no constraint; nothing of what it does
    stays."""
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("PRAGMA ignore_check_constraints = ON")
        driver.execute("BEGIN")
        yield Connection(driver, on_sqlite=True)
        driver.rollback()


@contextmanager
def altered(connection: Connection, *statements: str) -> Iterator[list[Finding]]:
    """What is found after these statements, of which each must change something."""
    connection.run("SAVEPOINT alteration")
    for statement in statements:
        assert connection.run(statement), statement
    yield prove(connection).findings
    connection.run("ROLLBACK TO SAVEPOINT alteration")


def of_chain(findings: list[Finding]) -> set[tuple[str, str]]:
    """The codes and subjects of what the chain tells; constraints may tell the same again."""
    return {
        (finding.code, str(finding.subject))
        for finding in findings
        if finding.code not in ("database-broken", "proof-ledger")
    }


def value_for(table: Declaration, name: str, value: Any) -> str:
    """Another value for a field, as SQL has it."""
    kind = table.columns[name].type
    if name in table.folded:
        return "'x'"
    if kind is date:
        return "'2001-02-03'"
    if kind in (int, float):
        return "7000" if value != 7000 else "7001"
    return f"'{value}改'"


def one_row(connection: Connection, table: Declaration) -> dict[str, Any]:
    """The last row of a table."""
    rows = connection.named_rows(f'SELECT * FROM "{table.table}" ORDER BY "{table.key}" DESC')
    return rows[0]


def quoted(value: Any) -> str:
    """A value as SQL has it."""
    return "NULL" if value is None else "'" + str(value).replace("'", "''") + "'"


# -- every field ---------------------------------------------------------------------------------


def test_an_honest_registry_is_proved(county: Path) -> None:
    """The control: nothing is wrong where nothing was altered."""
    with opened(county) as connection:
        proof = prove(connection)
    assert proof.findings == []
    assert proof.operations == 7
    assert proof.head == chain.seal(7, str(proof.digest))


def test_a_column_that_came_later_is_no_alteration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of before a migration have the default of the columns that it added, or what it put
    there, of which the chain knows nothing: a whole registry is whole after its upgrade. Any other
    value there is named."""
    later, fields_of = (
        ("founded_precision", "elected_precision", "since_precision", "seen"),
        chain.fields_of,
    )
    with monkeypatch.context() as before:
        before.setattr(
            chain, "fields_of", lambda table: [n for n in fields_of(table) if n not in later]
        )
        fill(str(tmp_path / "league.db"))
    with opened(tmp_path / "league.db") as connection:
        assert prove(connection).findings == []
        # As migration 0012 does.
        seen = "UPDATE membership SET seen = (SELECT {} FROM operation o WHERE o.id = operation)"
        with altered(connection, seen.format("substr(at, 1, 10)")) as findings:
            assert findings == []
        change = "UPDATE organization SET elected_precision = 'month' WHERE code = 'S'"
        for statement, subject in ((change, "organization S"), (
            seen.format("'2001-02-03'") + " WHERE id = 1", "membership 1")):  # fmt: skip
            with altered(connection, statement) as findings:
                assert of_chain(findings) == {("proof-field", subject)}


def test_what_was_done_before_an_upgrade_is_undone_after_it(
    run: Run, db: Path, workbook: Callable[..., Path]
) -> None:
    """A row that was replaced before a migration comes back with the defaults of the columns that
    it added. Where the chain began with that upgrade, nothing is altered by it either."""
    begin(run, workbook, 团组织=ORGANIZATIONS)
    assert run("org", "rename", "S1", "新名团支部", "--on", "2024-01-10").code == 0
    with closing(sqlite3.connect(db)) as driver:
        for name in ("founded_precision", "elected_precision"):
            driver.execute(f"UPDATE history SET before = json_remove(before, '$.{name}')")
        driver.execute("DELETE FROM content")
        driver.execute("UPDATE operation SET digest = NULL")
        chain.complete(Connection(driver, on_sqlite=True))
        driver.commit()
    for command in (("verify",), ("undo", "2"), ("verify",)):
        ran = run(*command)
        assert ran.code == 0, ran.out + ran.err


@pytest.mark.parametrize("table", ENTITY_TABLES, ids=lambda table: table.name)
def test_every_field_of_every_noun_is_named(table: Declaration, county: Path) -> None:
    """The changed fields of a row are named, and no other; a changed key is a row that is missing
    and another that nobody wrote; a changed operation is named as such."""
    with opened(county) as connection:
        row = one_row(connection, table)
        subject, where = (
            f"{table.name} {row[table.key]}",
            f'"{table.key}" = {quoted(row[table.key])}',
        )
        values = {name: value_for(table, name, row[name]) for name in table.columns}
        fields = values.keys() - {table.key, "operation"}
        each = ", ".join(f'"{name}" = {values[name]}' for name in fields)
        update = f'UPDATE "{table.table}" SET {{}} WHERE {where}'
        with altered(connection, update.format(each)) as findings:
            assert of_chain(findings) == {("proof-field", subject)}
            assert {finding.facts.get("field") for finding in findings} - {None} == fields
        with altered(connection, update.format(f"operation = {values['operation']}")) as findings:
            assert of_chain(findings) == {("proof-stamp", subject)}
        with altered(connection, update.format(f'"{table.key}" = {values[table.key]}')) as findings:
            found = of_chain(findings)
            assert ("proof-missing", subject) in found
            assert "proof-foreign" in {code for code, _ in found}


@pytest.mark.parametrize("table", [*ENTITY_TABLES, *BOOKKEEPING], ids=lambda table: table.name)
def test_a_value_of_another_type_is_named(table: Declaration, county: Path) -> None:
    """In whatever column of whatever table, where its constraints are gone too: what is neither a
    number nor text does not end the verification, and is named by its row or its column."""
    with opened(county) as connection, without_unique(connection, table):
        row = one_row(connection, table)
        operation = row.get("operation", row.get("id"))
        places = {f"{table.name} {row[table.key]}", f"operation {operation}"}
        places |= {table.name, str(row[table.key])} if table.name == "lastid" else set()
        for name in table.columns:
            for other in ("x'ff61'", "''") if name in (table.key, "operation") else ("x'ff61'",):
                update = f'UPDATE "{table.table}" SET "{name}" = {other}'
                where = f'"{table.key}" = {quoted(row[table.key])}'
                with altered(connection, f"{update} WHERE {where}") as findings:
                    details = {str(finding.facts.get("detail")) for finding in findings}
                    subjects = of_subjects(findings)
                assert f"{table.table}.{name}" in details or subjects & places, (name, subjects)


def of_subjects(findings: list[Finding]) -> set[str]:
    """What the chain names, not the tables."""
    return {subject for code, subject in of_chain(findings) if "schema" not in code}


@pytest.mark.parametrize("name", [name for name in DECLARATIONS[Person].fields if name != "id"])
def test_one_field_of_one_row_among_many_is_named(name: str, county: Path) -> None:
    """Of four people written by one operation only the altered one is named, with only that
    field."""
    table = DECLARATIONS[Person]
    with opened(county) as connection:
        row = connection.named_rows("SELECT * FROM person WHERE id = 2")[0]
        statement = f'UPDATE person SET "{name}" = {value_for(table, name, row[name])} WHERE id = 2'
        with altered(connection, statement) as findings:
            assert len(of_chain(findings)) == 1
            code = "proof-stamp" if name == "operation" else "proof-field"
            (finding,) = (finding for finding in findings if finding.code == code)
        assert finding.subject == "person 2"
        assert finding.facts.get("field") == (None if name == "operation" else name)


@pytest.mark.parametrize("table", ENTITY_TABLES, ids=lambda table: table.name)
def test_rows_added_removed_and_exchanged_are_named(table: Declaration, county: Path) -> None:
    """A row that goes or comes by another hand is named, and so are two whose keys are
    exchanged."""
    with opened(county) as connection:
        row = one_row(connection, table)
        key, condition = row[table.key], f'"{table.key}" = {quoted(row[table.key])}'
        with altered(connection, f'DELETE FROM "{table.table}" WHERE {condition}') as findings:
            assert of_chain(findings) == {("proof-missing", f"{table.name} {key}")}
        connection.run(f'CREATE TEMPORARY TABLE walled AS SELECT * FROM "{table.table}"')
        new = 70 if isinstance(key, int) else "70"
        values = ", ".join(
            quoted(new) if name == table.key else f'"{name}"' for name in table.columns
        )
        columns = ", ".join(f'"{name}"' for name in table.columns)
        with without_unique(connection, table):
            added = (
                f'INSERT INTO "{table.table}" ({columns})'
                f" SELECT {values} FROM walled WHERE {condition}"
            )
            with altered(connection, added) as findings:
                found = {item for item in of_chain(findings) if "schema" not in item[0]}
                assert found == {("proof-foreign", f"{table.name} {new}")}
        connection.run("DROP TABLE walled")


@contextmanager
def without_unique(connection: Connection, table: Declaration) -> Iterator[None]:
    """The table without what only one row may have."""
    connection.run("SAVEPOINT walls")
    connection.run("PRAGMA legacy_alter_table=ON")  # views go on naming the table
    connection.run(f'ALTER TABLE "{table.table}" RENAME TO with_unique')
    connection.run(f'CREATE TABLE "{table.table}" AS SELECT * FROM with_unique')
    connection.run("DROP TABLE with_unique")
    yield
    connection.run("ROLLBACK TO SAVEPOINT walls")


def test_exchanged_ids_are_named(county: Path) -> None:
    """Two people who exchange their ids are named with each field in which they differ."""
    with opened(county) as connection:
        findings: list[Finding]
        with altered(
            connection,
            "UPDATE person SET id = -1 WHERE id = 1",
            "UPDATE person SET id = 1 WHERE id = 2",
            "UPDATE person SET id = 2 WHERE id = -1",
        ) as findings:
            assert of_chain(findings) == {
                ("proof-field", "person 1"), ("proof-field", "person 2"),
            }  # fmt: skip
            named = {f.facts["field"] for f in findings if f.subject == "person 1"}
        assert {"name", "id_number"} <= named


# -- the journal ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", [table for table in BOOKKEEPING if table.name != "lastid"], ids=lambda t: t.name
)
def test_every_field_of_the_journal_is_named(table: Declaration, county: Path) -> None:
    """For an operation the field is named, for its history and source lines the number of rows; the
    digests and the checksums with them are named by the operation."""
    with opened(county) as connection:
        rows = connection.named_rows(f'SELECT * FROM "{table.table}" ORDER BY id DESC')
        row, fields = rows[0], table.fields.keys() - {table.key}
        operation = row["id"] if table.name == "operation" else row["operation"]
        for name in fields:
            value = value_for(table, name, row[name])
            statement = f'UPDATE "{table.table}" SET "{name}" = {value} WHERE id = {row["id"]}'
            with altered(connection, statement) as findings:
                found = of_chain(findings)
                named = {finding.facts.get("field") for finding in findings}
            assert f"operation {operation}" in {subject for _, subject in found}, name
            if table.name == "operation" and name != "digest":
                assert ("proof-operation", f"operation {operation}") in found
                assert name in named


@pytest.mark.parametrize("table", JOURNAL, ids=lambda table: table.name)
def test_a_journal_that_lacks_rows_is_named(table: Declaration, county: Path) -> None:
    """An operation that is missing is named; of its history how many rows."""
    with opened(county) as connection:
        number = 2 if table.name == "operation" else 1  # only a seal shows the last operation
        of = "id" if table.name == "operation" else "operation"
        operation = connection.value(f'SELECT "{of}" FROM "{table.table}" WHERE id = {number}')
        with altered(connection, f'DELETE FROM "{table.table}" WHERE id = {number}') as findings:
            found = of_chain(findings)
        code = "proof-operation-missing" if table.name == "operation" else "proof-history-missing"
        assert (code, f"operation {operation}") in found


def test_all_history_deleted_and_operations_exchanged_are_named(county: Path) -> None:
    """Each operation with its number of rows; two operations with what differs."""
    with opened(county) as connection:
        with altered(connection, "DELETE FROM history") as findings:
            missing = {
                finding.facts["operation"]: finding.facts["count"]
                for finding in findings
                if finding.code == "proof-history-missing" and finding.facts["noun"] == "history"
            }
        assert missing == {2: 1, 4: 1, 6: 1}
        with altered(
            connection,
            "UPDATE operation SET id = 70 WHERE id = 5",
            "UPDATE operation SET id = 5 WHERE id = 4",
            "UPDATE operation SET id = 4 WHERE id = 70",
        ) as findings:
            found = of_chain(findings)
        assert {("proof-operation", "operation 4"), ("proof-operation", "operation 5")} <= found


def test_ids_that_could_be_given_again_are_named(county: Path) -> None:
    """The highest id of a noun of which a row went is held against the history."""
    with opened(county) as connection:
        for statement in ("DELETE FROM last_id", "UPDATE last_id SET last = 3",
                          "UPDATE last_id SET last = 900"):  # fmt: skip
            with altered(connection, statement) as findings:
                assert of_chain(findings) == {("proof-ids", "person")}
        with altered(connection, "INSERT INTO last_id VALUES ('nobody', 1)") as findings:
            assert of_chain(findings) == {("proof-ids", "nobody")}


def test_the_order_of_contents_is_named(county: Path) -> None:
    """A number that leaves no room for the next content, and two contents that exchange theirs."""
    with opened(county) as connection:
        last = connection.value("SELECT max(id) FROM content")
        first_of = dict(map(tuple, connection.rows(
            "SELECT operation, min(id) FROM content WHERE operation IN (2, 3) GROUP BY operation"
        )))  # fmt: skip
        move = "UPDATE content SET id = {1} WHERE id = {0}"
        with altered(connection, move.format(last, 2**63 - 1)) as findings:
            assert of_chain(findings) == {("proof-ids", "content")}
        a, b = first_of.values()
        with altered(
            connection, move.format(a, -1), move.format(b, a), move.format(-1, b)
        ) as findings:
            assert of_chain(findings) == {("proof-chain", f"operation {by}") for by in first_of}


# -- the chain rewritten -------------------------------------------------------------------------


def rewrite(connection: Connection) -> None:
    """Compute the chain of what is there, as somebody can who has read the source."""
    connection.run("DELETE FROM content")
    connection.run("UPDATE operation SET digest = NULL")
    chain.complete(connection)


REWRITTEN = {
    "a name": ["UPDATE person SET name = '改名' WHERE id = 4"],
    "an actor": ["UPDATE operation SET actor = '别人' WHERE id = 2"],
    "a row": ["DELETE FROM reported"],
    "a policy": ["UPDATE setting SET value = '# 放宽' WHERE key = 'policy'"],
    "a made-up member": [
        "INSERT INTO person (id, name, id_number, operation)"
        " VALUES (5, '假人', '658899200701010011', 1)"
    ],
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_a_rewritten_chain_is_found_by_a_seal(name: str, county: Path) -> None:
    """The registry proves itself, since nothing in it can tell; a seal that was kept elsewhere
    tells, whether it is of the last operation or of one after the alteration."""
    with opened(county) as connection:
        digests = dict(map(tuple, connection.rows("SELECT id, digest FROM operation")))
        seals = [chain.seal(number, digests[number]) for number in (7, 5)]
        assert prove(connection, seals).findings == []
        for statement in REWRITTEN[name]:
            assert connection.run(statement)
        rewrite(connection)
        assert prove(connection).findings == []  # the control
        found = of_chain(prove(connection, seals).findings)
        last = ("proof-seal", "operation 7")
        assert last in found
        if name != "a policy":  # written after the fifth, whose seal may still be right
            assert ("proof-seal", "operation 5") in found


def test_a_tail_that_was_taken_away_is_found_by_a_seal(county: Path) -> None:
    """The last operation undone by hand leaves a registry that proves itself; the seal tells that
    it does not reach it."""
    with opened(county) as connection:
        seal = str(prove(connection).head)
        for statement in (
            "DELETE FROM setting WHERE key = 'policy'", "DELETE FROM content WHERE operation = 7",
            "DELETE FROM operation WHERE id = 7",
        ):  # fmt: skip
            assert connection.run(statement)
        assert prove(connection).findings == []  # the control
        (finding,) = prove(connection, [seal]).findings
        assert (finding.code, finding.facts["last"]) == ("proof-seal", 6)


# -- the tables ----------------------------------------------------------------------------------

TABLES = {
    "an index dropped": ("DROP INDEX ix_person_name", "ix_person_name"),
    "a unique index made plain": (
        "DROP INDEX uq_form_valid; CREATE INDEX uq_form_valid ON form (person)", "uq_form_valid"),
    "a trigger added": (
        "CREATE TRIGGER lost AFTER INSERT ON person BEGIN DELETE FROM person; END", "lost"),
    "a view added": ("CREATE VIEW seen AS SELECT * FROM person", "seen"),
    "a column added": ("ALTER TABLE person ADD COLUMN extra TEXT", "person"),
    "a table added": ("CREATE TABLE extra (id INTEGER)", "extra"),
    "a table dropped": ("DROP TABLE badge", "badge"),
    "the chain dropped": ("DROP INDEX ix_content_operation; DROP TABLE content", "content"),
    "a second version": ("INSERT INTO alembic_version VALUES ('0001')", "alembic_version"),
    "a table without its constraints": (
        "PRAGMA legacy_alter_table=ON;"
        "ALTER TABLE score RENAME TO walled; CREATE TABLE score AS SELECT * FROM walled;"
        "DROP TABLE walled", "score"),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_altered_tables_are_named(name: str, county: Path) -> None:
    """What the program would not have made is named, and what it would."""
    script, table = TABLES[name]
    with opened(county) as connection:
        for statement in script.split(";") if "TRIGGER" not in script else [script]:
            connection.run(statement)
        findings = prove(connection).findings
    found = {str(finding.subject) for finding in findings if "schema" in finding.code}
    assert {name for name in found if not name.startswith(f"ix_{table}")} == {table}


# -- PostgreSQL ----------------------------------------------------------------------------------

ON_SERVER = {
    "a name": ("UPDATE person SET name = '改名' WHERE id = 4", "proof-field", "person 4"),
    "an actor": ("UPDATE operation SET actor = 'x' WHERE id = 2", "proof-operation",
                 "operation 2"),
    "a row gone": ("DELETE FROM reported", "proof-missing", "reported 1"),
    "a state that is none": (
        "ALTER TABLE number DROP CONSTRAINT ck_number_state;"
        "UPDATE number SET state = 'sold' WHERE number = '202365000003'",
        "database-broken", "number 202365000003"),
    "an orphan": ("ALTER TABLE score DROP CONSTRAINT fk_score_organization;"
                  "UPDATE score SET organization = 'nowhere'", "database-broken", "score 1"),
    "a value that is none": ("ALTER TABLE person ALTER id_number DROP NOT NULL;"
                             "UPDATE person SET id_number = NULL WHERE id = 4",
                             "database-broken", "person 4"),
    "nothing twice": ("DROP INDEX uq_form_valid", "proof-schema-missing", "form"),
    "no first operation": (
        "ALTER TABLE content DROP CONSTRAINT fk_content_operation;"
        "ALTER TABLE content DROP CONSTRAINT fk_content_written;"
        "ALTER TABLE setting DROP CONSTRAINT fk_setting_operation;"
        "DELETE FROM operation WHERE id = 0", "proof-operation-missing", "operation 0"),
    "a policy": ("UPDATE setting SET value = '# 放宽' WHERE key = 'policy'", "proof-field",
                 "setting policy"),
    "a row of another hand": (
        "INSERT INTO reported (id, year, key, value, source, operation)"
        " VALUES (77, 2023, 'members.left', '1', '无', 1)", "proof-foreign", "reported 77"),
    "what an operation counts": ("UPDATE operation SET counts = '[]' WHERE id = 1",
                                 "proof-operation", "operation 1"),
    "row by row hidden": (
        "ALTER TABLE quota ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY hidden ON quota USING (year < 2000)", "proof-schema-added", "quota"),
    "references not asked": ("ALTER TABLE trainee DISABLE TRIGGER ALL", "proof-schema-added",
                             "trainee"),
    "lost with the power": ("ALTER TABLE badge SET UNLOGGED", "proof-schema-added", "badge"),
    "a second version": ("INSERT INTO alembic_version VALUES ('0001')", "proof-schema-added",
                         "alembic_version"),
    "another operation named": (
        "UPDATE number SET operation = 5 WHERE number = '202365000001'", "proof-stamp",
        "number 202365000001"),
}  # fmt: skip


def test_a_server_is_proved_as_well(postgresql: str) -> None:
    """On PostgreSQL the same is found, the constraints are asked of the rows, and the tables are
    held against those that the program makes."""
    fill(postgresql)
    with Store(locate(postgresql)).read() as transaction:
        assert prove(transaction.connection).findings == []
    with psycopg.connect(postgresql) as driver:
        connection = Connection(driver, on_sqlite=False)
        for script, _, _ in ON_SERVER.values():
            for statement in script.split(";"):
                connection.run(statement)
        found = {(finding.code, str(finding.subject)) for finding in prove(connection).findings}
        assert [name for name, (_, *place) in ON_SERVER.items() if tuple(place) not in found] == []
        driver.commit()
    # What costs little of it is asked by check as well: constraints, tables, journal.
    by_check = {(finding.code, str(finding.subject)) for finding in check(locate(postgresql))}
    cheap = {"database-broken", *JOURNAL_CODES}
    assert {place for place in found if place[0] in cheap} <= by_check


def test_a_rewritten_chain_on_a_server_is_found_by_a_seal(postgresql: str) -> None:
    """As on SQLite: nothing in the registry tells, and a seal that was kept elsewhere does."""
    fill(postgresql)
    with psycopg.connect(postgresql) as driver:
        connection = Connection(driver, on_sqlite=False)
        seal = prove(connection).head
        connection.run("DELETE FROM history WHERE operation = 2")
        gone = ("proof-history-missing", "operation 2")
        assert gone in {(found.code, found.subject) for found in prove(connection).findings}
        driver.rollback()
        connection.run(REWRITTEN["a name"][0])
        rewrite(connection)
        assert prove(connection).findings == []  # the control
        assert [found.code for found in prove(connection, [str(seal)]).findings] == ["proof-seal"]
        driver.rollback()


# -- the command ---------------------------------------------------------------------------------


def test_verify_answers_and_ends_as_promised(run: Run, db: Path, county: Path) -> None:
    """Silent but for a line where all is well; exit 1 with what was altered and where; a seal is
    one short line."""
    shutil.copy(county, db)
    ran = run("verify", "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["ok"], answer["operations"], answer["findings"]) == (0, True, 7, [])
    seal = run("verify", "--head").out.strip()
    assert seal == answer["head"]
    assert seal.startswith("7-")
    assert run("verify").out == ""
    assert run("verify", "--seal", seal).code == 0
    assert run("verify", "--seal", f"9{seal}").code == 1
    assert run("verify", "--seal", "nonsense").code == 2
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE person SET name = '张改' WHERE id = 4")
        connection.execute("UPDATE operation SET actor = 'x' WHERE id = 2")
        connection.commit()
    ran = run("verify", "-O", "json")
    answer = json.loads(ran.out)
    assert (ran.code, answer["ok"]) == (1, False)
    assert [(found["code"], found["subject"]) for found in answer["findings"]] == [
        ("proof-operation", "operation 2"), ("proof-field", "person 4"),
    ]  # fmt: skip
    assert "person 4: name" in answer["findings"][1]["message"]
    assert "张" not in ran.out


# -- papers --------------------------------------------------------------------------------------


@pytest.fixture
def papers(run: Run, db: Path, county: Path, tmp_path: Path) -> Path:
    """A folder with an export, one with personal values, and the list for filing; the registry
    went on since."""
    shutil.copy(county, db)
    folder = tmp_path / "papers"
    folder.mkdir()
    assert run("export", "members", "--org", "S", "-o", folder / "members.xlsx").code == 0
    reason = ("--reveal", "--reason", "备案")
    assert run("export", "all", *reason, "-o", folder / "all.xlsx").code == 0
    filed = ("export", "admissions", "--per-organization", "--year", "2023")
    assert run(*filed, "-o", folder / "lists").code == 0
    assert run("member", "edit", "4", "--phone", "12000000099").code == 0
    return folder


def test_a_paper_agrees_with_the_registry_of_its_day(papers: Path, run: Run) -> None:
    """Each paper is held against the registry as it was when the paper was made, whatever was
    written since, and shows nothing of what is in it."""
    files = [*papers.glob("*.xlsx"), *papers.glob("lists/*.xlsx")]
    assert len(files) == 3
    for file in files:
        ran = run("verify", file, "-O", "json")
        answer = json.loads(ran.out)
        assert (ran.code, answer["findings"]) == (0, []), file
        assert answer["paper"]["cells"] > 10
        assert re.match("[78]-", answer["paper"]["seal"])
        assert answer["head"].startswith("9-")


def test_a_paper_that_was_changed_is_named_by_cell(papers: Path, run: Run) -> None:
    """A changed cell, one that was filled in and a row that was taken away are named."""
    file = papers / "all.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["团员"]
    sheet["A2"], sheet["Z3"] = "改名", "添"
    sheet.delete_rows(sheet.max_row)
    last = sheet.max_row + 1
    book.save(file)
    ran = run("verify", file, "-O", "json")
    named = {found["subject"] for found in json.loads(ran.out)["findings"]}
    assert ran.code == 1
    assert {"all.xlsx!团员!A2", "all.xlsx!团员!Z3", f"all.xlsx!团员!A{last}"} <= named
    assert all(place.endswith(("A2", "Z3")) or str(last) in place for place in named)


@pytest.mark.parametrize("version", ["0.1.9", None])
def test_a_paper_of_an_older_version_agrees_but_for_the_columns_that_it_lacks(
    papers: Path, run: Run, version: str | None
) -> None:
    """These are named, and no difference; one in another cell is. A column that is missing from a
    paper of this version was taken away."""
    file = papers / "all.xlsx"
    book = openpyxl.load_workbook(file)
    heading = "首次在册日期"
    book["团员"].delete_cols([cell.value for cell in book["团员"][1]].index(heading) + 1)
    book.save(file)
    ran = run("verify", file, "-O", "json")
    assert (ran.code, codes(json.loads(ran.out))[0]) == (1, "paper-differs")
    begins, _, said = book.properties.description.partition(" ")
    stamp = json.loads(said) | {"version": version}
    book.properties.description = f"{begins} {json.dumps(stamp, ensure_ascii=False)}"
    book.save(file)
    ran = run("verify", file, "-O", "json")
    assert (ran.code, codes(json.loads(ran.out))) == (0, ["paper-older"])
    assert heading in ran.out
    book["团员"]["A2"] = "改名"
    book.save(file)
    ran = run("verify", file, "-O", "json")
    assert (ran.code, codes(json.loads(ran.out))) == (1, ["paper-older", "paper-differs"])


def test_a_paper_of_another_registry_and_one_without_a_seal(
    papers: Path, run: Run, db: Path, tmp_path: Path
) -> None:
    """A registry that does not continue the paper's seal is reported, and so is a paper without a
    seal."""
    other = tmp_path / "other.db"
    assert run("--db", other, "init").code == 0
    ran = run("--db", other, "verify", papers / "members.xlsx", "-O", "json")
    assert [found["code"] for found in json.loads(ran.out)["findings"]] == ["proof-seal"]
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    ran = run("verify", tmp_path / "plain.xlsx", "-O", "json")
    assert [found["code"] for found in json.loads(ran.out)["findings"]] == ["paper-unsealed"]
    assert run("verify", tmp_path / "none.xlsx").code == 4
    (tmp_path / "list.csv").write_text("姓名\n", encoding="utf-8")
    assert run("verify", tmp_path / "list.csv").code == 1
