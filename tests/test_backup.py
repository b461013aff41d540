"""Backups: whole, proved, over nothing that is there; and the way back, between databases too."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from conftest import DATA, Run, answer_of, begin
from county import MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, member
from leaguectl.store import APPLICATION, SCHEMA
from test_interrupted import kill_writer
from test_migrations import everything

SCHEMAS = Path(__file__).parent / "schemas"
Workbook = Callable[..., Path]


@pytest.fixture
def county(run: Run, either_db: str, workbook: Workbook) -> str:
    """A small county with some operations, one of them undone."""
    people = [MEMBER_HEADINGS, *(member(at) for at in range(1, 6))]
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS, 团员=people)
    assert run("undo", "1").code == 0
    assert run("undo", "2").code == 0
    return either_db


def rows_of(db: str | Path) -> dict[str, list[Any]]:
    """All rows, each value as both databases mean it."""

    def plain(value: Any) -> Any:
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {
        table: sorted(([plain(value) for value in row] for row in rows), key=repr)
        for table, rows in everything(str(db)).items()
    }


def test_a_backup_has_every_row_and_comes_back_to_either_database(
    run: Run, county: str, postgresql: str, tmp_path: Path
) -> None:
    """From SQLite to a server and back, and from a server to a file: rows, history, operations."""
    copy, again = tmp_path / "copy.db", tmp_path / "again.db"
    made = run("backup", "-O", "json", copy)
    assert made.code == 0, made.err
    answer = json.loads(made.out)
    assert answer["file"] == str(copy)
    assert answer["operations"] == 4  # three and its own
    assert answer["head"].startswith("4-")
    was = rows_of(county)
    assert rows_of(copy) == was
    server = postgresql if "://" not in county else county
    for place in (server, str(tmp_path / "elsewhere.db")):
        restored = run("--db", place, "restore", "-O", "json", copy)
        assert restored.code == 0, restored.err
        assert json.loads(restored.out)["sha256"] == answer["sha256"]
        assert rows_of(place) == was
        assert run("--db", place, "check").code == 0
    assert run("--db", server, "backup", again).code == 0
    assert len(rows_of(again)["operation"]) == len(was["operation"]) + 1


def test_a_backup_overwrites_nothing(run: Run, sample_db: Path, tmp_path: Path) -> None:
    """A file that is there stays, and so does what a link points to; a folder gets a new name."""
    there, link = tmp_path / "there.db", tmp_path / "link.db"
    there.write_text("mine", "utf-8")
    link.symlink_to(tmp_path / "nowhere")
    for file in (there, link):
        ran = run("backup", file)
        assert ran.code == 2
        assert "exists already" in ran.err
    assert there.read_text("utf-8") == "mine"
    assert run("backup", tmp_path / "no" / "folder.db").code == 4
    folder = tmp_path / "stick"
    folder.mkdir()
    assert run("backup", folder).code == 0
    (made,) = folder.iterdir()
    assert made.stat().st_mode & 0o777 == 0o600
    assert answer_of(run, "log")["operations"][0]["command"] == "backup"


def test_restore_keeps_the_registry_that_was_there(run: Run, county: str, tmp_path: Path) -> None:
    """On a server under another schema, next to a file under another name; each opens as it was."""
    assert run("backup", tmp_path / "copy.db").code == 0
    wanted = rows_of(county)
    assert run("undo", "3").code == 0
    later = rows_of(county)
    answer = answer_of(run, "restore", tmp_path / "copy.db")
    assert rows_of(county) == wanted
    kept = answer["kept"]
    if "://" in county:
        mark = "&" if "?" in county else "?"
        aside = f"{county}{mark}options=-csearch_path%3D{kept}"
        assert run("--db", aside, "log", "-O", "json").code == 0
        with psycopg.connect(county) as connection:
            found = connection.execute(f'SELECT count(*) FROM "{kept}".operation'.encode())
            assert found.fetchone() == (len(later["operation"]),)
    else:
        assert rows_of(kept) == later


def test_restore_takes_the_journal_of_a_killed_writer_out_of_the_way(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """Otherwise it would be played into the file that was restored."""
    copy = tmp_path / "copy.db"
    assert run("backup", copy).code == 0
    wanted = rows_of(copy)
    kill_writer(sample_db)
    with sample_db.open("r+b") as file:  # and the disk has taken the rest
        file.seek(4096)
        file.write(os.urandom(100_000))
    answer = answer_of(run, "restore", copy)
    assert rows_of(sample_db) == wanted
    assert run("check").code == 0
    assert Path(answer["kept"]).exists()
    assert not list(tmp_path.glob("league.db-*"))


def test_what_is_no_whole_registry_is_not_restored(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """Another file, half a file, a damaged one, one of a newer version, the registry itself."""
    whole = tmp_path / "copy.db"
    assert run("backup", whole).code == 0
    data, chance = whole.read_bytes(), random.Random(14)  # noqa: S311
    before = sample_db.read_bytes()
    damaged = bytearray(data)
    for _ in range(40):
        damaged[chance.randrange(4096, len(data))] ^= 0xFF
    newer = shutil.copy(whole, tmp_path / "newer.db")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    wrong = {
        "text.db": b"not a registry", "empty.db": b"", "half.db": data[: len(data) // 2],
        "newer.db": Path(newer).read_bytes(), "damaged.db": bytes(damaged),
    }  # fmt: skip
    for name, content in wrong.items():
        (tmp_path / name).write_bytes(content)
        ran = run("restore", tmp_path / name)
        assert ran.code == 5, (name, ran.err)
        assert name in ran.err
        assert "--db" not in ran.err  # it is the file that is wrong
    assert run("restore", sample_db).code == 2
    assert run("restore", tmp_path / "nowhere.db").code == 4
    assert sample_db.read_bytes() == before
    assert not list(tmp_path.glob("league.db.before-*"))


def test_what_was_altered_is_only_restored_with_a_reason(
    run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """A backup of it says so, and a restore is refused, unless somebody says why."""
    with closing(sqlite3.connect(sample_db)) as connection:
        connection.execute("UPDATE person SET name = '改名' WHERE id = 12")
        connection.commit()
    made = run("backup", "-O", "json", tmp_path / "copy.db")
    assert made.code == 1
    assert json.loads(made.out)["findings"]
    refused = run("restore", tmp_path / "copy.db")
    assert refused.code == 5
    assert "altered" in refused.err
    assert run("restore", tmp_path / "copy.db", "--reason", "nothing better").code == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_registry_is_restored_as_it_is_and_the_upgrade_is_named(
    run: Run, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A backup from years ago comes back in its own schema, to a server as well."""
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript((SCHEMAS / "0004.sqlite.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA application_id={APPLICATION}")
        connection.execute("INSERT INTO alembic_version VALUES ('0004')")
        connection.commit()
    place = str(tmp_path / "new.db") if kind == "sqlite" else request.getfixturevalue("postgresql")
    ran = run("--db", place, "restore", old)
    assert ran.code == 0, ran.err
    assert "leaguectl upgrade" in ran.err
    assert rows_of(place) == rows_of(old)
    assert run("--db", place, "upgrade").code == 0
    assert rows_of(place)["alembic_version"] == [[SCHEMA]]
    copy = tmp_path / "copy.db"
    assert run("--db", place, "backup", copy).code == 0


def test_a_copy_is_made_before_each_import_where_the_user_wants_it(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the config file says; the newest few stay, and nothing else in the folder is touched."""
    config, folder = tmp_path / "config.toml", tmp_path / "copies"
    config.write_text(f"[backup]\nfolder = '{folder}'\nbefore_import = true\nkeep = 2\n", "utf-8")
    monkeypatch.setenv("LEAGUECTL_CONFIG", str(config))
    own = folder / "league.db.backups" / "my own.db"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    for at in range(1, 5):
        people = [MEMBER_HEADINGS, member(at)]
        book = workbook(f"{at}.xlsx", 团组织=ORGANIZATIONS, 计划=QUOTAS, 团员=people)
        assert run("import", book).code == 0
        assert run("import", "-n", book).code == 0
    kept = sorted(path for path in own.parent.iterdir() if path != own)
    counts = [len(rows_of(path)["person"]) for path in kept]
    assert counts == [2, 3]
    assert own.read_text("utf-8") == "mine"


def test_a_backup_is_whole_while_others_write(run: Run, sample_db: Path, tmp_path: Path) -> None:
    """Each copy holds one moment: what a number is used for and who was admitted agree."""
    with subprocess.Popen(
        [sys.executable, "-m", "leaguectl", "import", DATA / "candidates-2024.xlsx"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as writer:  # fmt: skip
        at = 0
        while writer.poll() is None:
            at += 1
            ran = run("backup", tmp_path / f"{at}.db")
            assert ran.code == 0, ran.err
            assert run("--db", tmp_path / f"{at}.db", "check", "chain-closed").out == ""
    assert at > 0


def test_a_command_that_fails_names_the_record_that_it_left(
    run: Run, sample_db: Path, workbook: Workbook
) -> None:
    """Who copied or saw everything is recorded before; where the rest fails, this alone was
    written, and that is said."""
    faulty = workbook("faulty.xlsx", 团员=[MEMBER_HEADINGS, member(1, 身份证号="1")])
    shown = ("--reveal", "--reason", "核对")

    def newest() -> int:
        operations = answer_of(run, "log", "--limit", "1")["operations"]
        return int(operations[0]["id"])

    for command, code, records in (
        (("backup", "/proc/copy.db"), 4, 2),  # that it was wanted, and that it failed
        (("export", "members", "-O", "csv", "-o", "/dev/full", *shown), 5, 1),
        (("import", faulty, *shown), 1, 1),
        (("import", faulty, "--dry-run", *shown), 1, 1),
    ):
        last = newest()
        ran = run(*command)
        assert ran.code == code, ran.err
        assert newest() == last + records
        written = ", ".join(str(last + 1 + at) for at in range(records))
        assert f"nothing but operation {written} was written" in ran.err, ran.err
