"""A registry in an encrypted file: nobody reads it without its key, and all else is as before."""

import json
import os
import pty
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from conftest import Ran, Run, answer_of, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.store import APPLICATION, SCHEMA
from leaguectl.tables import Person, open_session
from registries import database
from test_backup import SCHEMAS

KEY = "three unrelated words"
ID, PHONE = id_number(1, "20060301"), "12000000077"
PLAIN = b"SQLite format 3\0"


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    """A key that is set."""
    monkeypatch.setenv("LEAGUECTL_KEY", KEY)
    return KEY


@pytest.fixture
def county(db: Path, run: Run, workbook: Any) -> Path:
    """A registry in the clear with one member."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member(1)])
    return db


def key_file(path: Path, text: str = KEY) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    return path


def lines(run: Run) -> str:
    """All that a registry holds of members, revealed."""
    ran = run("export", "members", "-O", "csv", "--reveal", "--reason", "核对")
    assert ran.code == 0, ran.err
    return ran.out


def test_what_is_made_with_a_key_is_opened_with_it_alone(
    db: Path, run: Run, workbook: Any, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything goes as in the clear, and nothing of it can be read in the file; without the key
    and with another one it is exit 5."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member(1)])
    assert run("member", "edit", ID, "--phone", PHONE).code == 0
    assert run("undo", "2").code == 0
    assert run("verify").code == 0
    assert run("check").code == 0
    content = db.read_bytes()
    assert not content.startswith(PLAIN)
    for text in (ID, PHONE, "person", "CREATE TABLE"):
        assert text.encode() not in content
    for wrong, code in (("", "encrypted"), ("another key", "key does not open")):
        monkeypatch.setenv("LEAGUECTL_KEY", wrong)
        for command in (("org", "tree"), ("check",), ("undo", "1"), ("init",)):
            ran = run(*command)
            assert ran.code == 5, (command, ran.err)
        assert code in run("log").err
        assert "another key" not in run("log", "--debug").err
    assert db.read_bytes() == content


def test_a_registry_is_encrypted_given_another_key_and_put_back_in_the_clear(
    county: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time the same rows are there, the chain is whole, and the old key opens it no more."""
    before = lines(run)
    shutil.copy(county, tmp_path / "plain.db")
    first, second = key_file(tmp_path / "first"), key_file(tmp_path / "second", "one more long key")
    assert run("encrypt", "--new-key-file", first).code == 0
    assert ID.encode() not in county.read_bytes()
    monkeypatch.setenv("LEAGUECTL_KEY_FILE", str(first))
    assert (lines(run), run("verify").code) == (before, 0)
    assert run("encrypt").code == 2  # nobody can be asked
    assert run("encrypt", "--new-key-file", second, "--dry-run").code == 0
    assert run("verify").code == 0
    assert run("encrypt", "--new-key-file", second).code == 0
    # Nothing takes its place either, encrypted with a key that is not meant.
    for command in (("org", "tree"), ("restore", tmp_path / "plain.db")):
        assert run(*command).code == 5
    monkeypatch.setenv("LEAGUECTL_KEY_FILE", str(second))
    assert (lines(run), run("verify").code) == (before, 0)
    answer = answer_of(run, "encrypt", "--off")
    assert (answer["encrypted"], county.read_bytes()[:16]) == (False, PLAIN)
    monkeypatch.delenv("LEAGUECTL_KEY_FILE")
    assert (lines(run), run("verify").code) == (before, 0)
    assert run("log", "-O", "csv").out.count("encrypt") == 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("league")] == [
        "league.db"
    ]


def test_copies_are_encrypted_as_well(
    county: Path, run: Run, tmp_path: Path, key: str, postgresql_server: str
) -> None:
    """A copy is made with the key that is set, of any registry, and comes back from it."""
    before = lines(run)
    assert run("backup", tmp_path / "of-plain.db").code == 0
    assert run("encrypt").code == 0
    assert run("backup", tmp_path / "copy.db").code == 0
    for name in ("of-plain.db", "copy.db"):
        assert ID.encode() not in (tmp_path / name).read_bytes()
        assert run("restore", tmp_path / name).code == 0
        assert lines(run) == before
    with database(postgresql_server) as server:
        assert run("--db", server, "restore", tmp_path / "copy.db").code == 0
        ran = run("--db", server, "encrypt")
        assert (ran.code, "server" in ran.err) == (2, True)
        assert run("--db", server, "backup", tmp_path / "of-server.db").code == 0
    assert not (tmp_path / "of-server.db").read_bytes().startswith(PLAIN)


def test_an_older_registry_is_encrypted_and_upgraded(run: Run, db: Path, key: str) -> None:
    """The copy that an upgrade makes first is encrypted too."""
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript((SCHEMAS / "0004.sqlite.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute("INSERT INTO alembic_version VALUES ('0004')")
        connection.commit()
    copies = db.with_name("league.db.backups")
    assert run("restore", db.rename(db.with_name("old.db"))).code == 0
    ran = run("upgrade", "-O", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["after"] == SCHEMA
    kept = [*copies.iterdir(), db]
    assert [path for path in kept if path.read_bytes().startswith(PLAIN)] == []
    assert len(kept) == 2
    assert run("check").code == 0


@pytest.mark.parametrize(
    ("text", "code"), [("", 2), ("short", 2), ("\xff", 2), (None, 4)], ids=lambda value: str(value)
)
def test_what_is_no_key_is_refused(
    county: Path, run: Run, tmp_path: Path, text: str | None, code: int
) -> None:
    """An empty file, a short key, another encoding, no file: nothing is changed."""
    content, file = county.read_bytes(), tmp_path / "key"
    if text is not None:
        file.write_bytes(text.encode("latin-1"))
    assert run("encrypt", "--new-key-file", file).code == code
    assert run("encrypt", "--new-key-file", file, "--off").code == 2
    assert county.read_bytes() == content


def test_doctor_says_whether_it_is_encrypted(county: Path, run: Run, key: str) -> None:
    """A key that protects nothing is named."""
    ran = run("doctor", "-O", "json")
    checks = {each["check"]: each for each in json.loads(ran.out)["checks"]}
    assert checks["encryption"]["state"] == "warning"
    assert run("encrypt").code == 0
    checks = {each["check"]: each for each in answer_of(run, "doctor")["checks"]}
    assert (checks["encryption"]["state"], checks["encryption"]["found"]) == ("ok", "encrypted")


def test_a_library_that_is_missing_is_named(
    county: Path, run: Run, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only who encrypts needs it; the error names the extra, and the registry stays as it is."""
    content = county.read_bytes()
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    ran = run("encrypt")
    assert (ran.code, "leaguectl[encryption]" in ran.err) == (2, True)
    assert county.read_bytes() == content
    assert run("org", "tree").code == 0


def test_python_reads_it_with_the_key(county: Path, run: Run, key: str) -> None:
    """The tables for Python open an encrypted file, and refuse another key."""
    assert run("encrypt").code == 0
    with open_session(str(county), key) as session:
        assert session.exec(select(Person.id_number)).all() == [ID]


def in_terminal(*arguments: str | Path, typed: list[str]) -> Ran:
    """Run a command at a terminal of its own, and type each line when it asks."""
    child, terminal = pty.fork()
    if not child:
        os.execv(  # noqa: S606 - the program itself
            sys.executable, [sys.executable, "-m", "leaguectl", *map(str, arguments)]
        )
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # it has ended
            break
        shown += part
        if typed and shown.endswith(b": "):
            os.write(terminal, f"{typed.pop(0)}\n".encode())
            shown += b"\n"
    return Ran(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode(), "")


def test_somebody_at_a_terminal_is_asked_for_the_key(county: Path) -> None:
    """A new key is typed twice, and is never shown; later commands ask for it."""
    differ = in_terminal("encrypt", typed=[KEY, "something else"])
    assert (differ.code, "differ" in differ.out) == (2, True)
    done = in_terminal("encrypt", typed=[KEY, KEY])
    assert done.code == 0, done.out
    shown = in_terminal("org", "tree", typed=[KEY])
    assert (shown.code, "团支部" in shown.out) == (0, True)
    assert in_terminal("org", "tree", typed=["not the key"]).code == 5
    assert in_terminal("org", "tree", typed=["\x04"]).code == 2  # Ctrl-D
    assert KEY not in differ.out + done.out + shown.out


def test_an_older_registry_is_not_encrypted_before_its_upgrade(
    db: Path, run: Run, key: str
) -> None:  # fmt: skip
    """Who encrypted it could not be recorded, so it is as before, and its own name is said."""
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript((SCHEMAS / "0004.sqlite.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute("INSERT INTO alembic_version VALUES ('0004')")
        connection.commit()
    was = db.read_bytes()
    ran = run("encrypt")
    assert (ran.code, "leaguectl upgrade" in ran.err, "leaguectl-" in ran.err) == (5, True, False)
    assert db.read_bytes() == was
