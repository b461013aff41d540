"""An older registry becomes a present one, or stays what it was."""

import json
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from conftest import DATA, Run
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from leaguectl.store import APPLICATION, SCHEMA, locate, migrations
from leaguectl.store.writing import Store

FIRST = "0001"
Shape = dict[str, list[Any]]


@contextmanager
def opened(db: str) -> Iterator[Connection]:
    """A plain connection to a database of either kind, in a transaction."""
    engine = create_engine(db if "://" in db else f"sqlite:///{db}")
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def migrate(db: str) -> None:
    """Make a registry of the first schema in an empty database, and bring it to the present."""
    if "://" not in db:
        with closing(sqlite3.connect(db)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION}")
    with opened(db) as connection:
        migrations.upgrade(connection, FIRST)
    with opened(db) as connection:
        migrations.upgrade(connection)


def empty(db: str) -> None:
    """Take everything out of a database."""
    if "://" not in db:
        Path(db).unlink()
        return
    with psycopg.connect(db) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def shape(db: str) -> Shape:
    """Tables, columns, constraints and indexes, whatever the order in which they were made."""
    return _shape_of_postgresql(db) if "://" in db else _shape_of_sqlite(db)


def _shape_of_sqlite(db: str) -> Shape:
    with closing(sqlite3.connect(db)) as connection:
        made = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        marks = [connection.execute(f"PRAGMA {one}").fetchone() for one in ("application_id",)]
    parts = [(kind, name, table, sorted(_parts(sql or ""))) for kind, name, table, sql in made]
    return {"made": sorted(parts, key=repr), "marks": marks}


def _parts(sql: str) -> Iterator[str]:
    """The parts of a CREATE statement between the commas of its outermost brackets."""
    depth, part = 0, ""
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)  # so it is after a rename
    for one in " ".join(sql.split()):
        depth += (one == "(") - (one == ")")
        if (depth == 1 and one in "(,") or (depth == 0 and one == ")"):
            yield part.strip()
            part = ""
        else:
            part += one
    yield re.sub(r"\s+", " ", part).strip()


def _shape_of_postgresql(db: str) -> Shape:
    asked = {
        "columns": "SELECT table_name, column_name, data_type, character_maximum_length,"
        " is_nullable, column_default, is_identity FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = 'public'",
    }
    with psycopg.connect(db) as connection:
        return {
            key: sorted(connection.execute(sql.encode()).fetchall(), key=repr)
            for key, sql in asked.items()
        }


def everything(db: str) -> dict[str, list[Any]]:
    """All rows of all tables."""
    server = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    file = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with opened(db) as connection:
        tables = connection.scalars(text(server if "://" in db else file)).all()
        return {
            name: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {name}"))), key=repr)
            for name in tables
        }


# -- the migrations as they are ------------------------------------------------------------------


def test_the_schema_of_the_program_is_the_newest_migration(db: Path) -> None:
    """There is one newest migration, it is the schema that the program writes, and the way to it
    begins with the first schema."""
    with opened(str(db)) as connection:
        scripts = ScriptDirectory.from_config(migrations.config(connection))
    assert scripts.get_heads() == [SCHEMA]
    assert scripts.get_bases() == [FIRST]


def test_a_migrated_registry_is_like_a_new_one(either_db: str) -> None:
    """A registry of the first schema, migrated, has the tables, columns, constraints and indexes
    of one that is made today."""
    Store(locate(either_db)).create({})
    new = shape(either_db)
    assert sum(map(len, new.values())) > 20
    empty(either_db)
    migrate(either_db)
    assert shape(either_db) == new


def test_the_comparison_sees_a_difference(either_db: str) -> None:
    """The control: one index less, or one constraint, and the two are not alike."""
    Store(locate(either_db)).create({})
    new = shape(either_db)
    with opened(either_db) as connection:
        connection.execute(text("DROP INDEX ix_person_name"))
    assert shape(either_db) != new


def test_a_migrated_registry_works(either_db: str, run: Run) -> None:
    """A migrated registry takes the sample county in, and nothing is wrong with it."""
    migrate(either_db)
    ran = run("import", "-O", "json", DATA / "sample.xlsx")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["totals"]["rejected"] == 0
    checked = run("check")
    assert (checked.code, checked.out) == (0, "")


def test_nothing_is_done_to_a_registry_of_the_present_schema(
    either_db: str, run: Run, workbook: Any
) -> None:
    """An upgrade of a present registry says so with 0, changes nothing and leaves no copy."""
    people = [MEMBER_HEADINGS, member(1)]
    assert run("import", workbook("book.xlsx", 团组织=ORGANIZATIONS, 团员=people)).code == 0
    before, there = everything(either_db), sorted(Path(either_db).parent.glob("league*"))
    ran = run("upgrade")
    assert (ran.code, ran.out) == (0, "")
    assert SCHEMA in ran.err
    assert everything(either_db) == before
    assert sorted(Path(either_db).parent.glob("league*")) == there


# -- a migration to come -------------------------------------------------------------------------

GROWS = """
    op.create_table("pet", sa.Column("name", sa.Text()))
    op.add_column("person", sa.Column("nickname", sa.Text()))
    op.execute("UPDATE person SET nickname = name")
"""
REBUILDS = """
    with op.batch_alter_table("person") as table:
        table.alter_column("politics", type_=sa.String(60))
"""
FAILS = """
    op.execute("SELECT * FROM nowhere")
"""
DIES = """
    import os, signal
    os.kill(os.getpid(), signal.SIGKILL)
"""
LATER = "9001"
Later = Callable[..., Path]


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Later:
    """A version of the program with one migration more, which does what it is told."""

    def released(*steps: str) -> Path:
        folder = tmp_path / "later"
        shutil.copytree(Path(migrations.__file__).parent, folder)
        lines = [
            '"""A migration to come."""', "import sqlalchemy as sa", "from alembic import op",
            f'revision, down_revision = "{LATER}", "{SCHEMA}"', "def upgrade():",
        ]  # fmt: skip
        body = "".join(textwrap.indent(textwrap.dedent(step), "    ") for step in steps)
        script = "\n".join(lines) + "\n" + body
        (folder / "versions" / f"{LATER}_later.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(migrations, "__file__", str(folder / "__init__.py"))
        for module in ("leaguectl.store", "leaguectl.store.writing"):
            monkeypatch.setattr(f"{module}.SCHEMA", LATER)
        return folder

    return released


@pytest.fixture
def old(either_db: str, run: Run, workbook: Any) -> str:
    """A registry of today's schema with a member in it."""
    people = [MEMBER_HEADINGS, member(1), member(2)]
    assert run("import", workbook("book.xlsx", 团组织=ORGANIZATIONS, 团员=people)).code == 0
    return either_db


def copies(db: str) -> list[Path]:
    """What lies beside a SQLite registry."""
    return [] if "://" in db else sorted(Path(db).parent.glob(f"{Path(db).name}?*"))


def test_an_older_registry_is_refused_until_it_is_upgraded(
    old: str, run: Run, later: Later
) -> None:
    """A newer program does not write an older registry; after the upgrade it does."""
    people = everything(old)["person"]
    later(GROWS)
    assert run("check").code == 5
    ran = run("upgrade")
    assert ran.code == 0, ran.err
    assert (SCHEMA in ran.err, LATER in ran.err) == (True, True)
    now = everything(old)
    assert now["alembic_version"] == [(LATER,)]
    assert now["person"] == [(*one, one[1]) for one in people]
    assert run("check").code == 0
    assert LATER in run("upgrade").err


def test_the_old_file_is_kept_beside_the_upgraded_one(old: str, run: Run, later: Later) -> None:
    """Of a file a whole copy of the old registry stays, for its owner alone."""
    before = everything(old)
    later(GROWS)
    assert run("upgrade").code == 0
    for copy in copies(old):
        assert everything(str(copy)) == before
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert len(copies(old)) == ("://" not in old)


def test_a_table_that_others_refer_to_can_be_rebuilt(old: str, run: Run, later: Later) -> None:
    """A migration that has to make the table of people anew leaves everybody's papers in place."""
    before, made = everything(old), shape(old)
    later(REBUILDS)
    ran = run("upgrade")
    assert ran.code == 0, ran.err
    now = everything(old)
    assert now.pop("alembic_version") == [(LATER,)]
    assert before.pop("alembic_version") == [(SCHEMA,)]
    assert now == before
    assert shape(old) != made
    if "://" not in old:
        with opened(old) as connection:
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


@pytest.mark.parametrize("step", [GROWS, REBUILDS], ids=["grows", "rebuilds"])
def test_an_upgrade_that_fails_in_the_middle_leaves_the_old_registry(
    old: str, run: Run, later: Later, step: str
) -> None:
    """Where a migration fails nothing of it stays."""
    rows, made = everything(old), shape(old)
    later(step, FAILS)
    assert run("upgrade").code == 5
    assert (everything(old), shape(old)) == (rows, made)


def test_an_upgrade_that_is_killed_leaves_the_old_registry(
    old: str, run: Run, later: Later
) -> None:
    """Killed before its end, an upgrade has done nothing, and the next one does it all."""
    rows, made = everything(old), shape(old)
    folder = later(GROWS, DIES)
    program = f"""
        from leaguectl import store
        from leaguectl.store import migrations, writing
        migrations.__file__ = {str(folder / "__init__.py")!r}
        store.SCHEMA = writing.SCHEMA = {LATER!r}
        writing.Store(store.locate({old!r})).upgrade()
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (everything(old), shape(old)) == (rows, made)
    script = folder / "versions" / f"{LATER}_later.py"
    script.write_text(script.read_text("utf-8").replace("os.kill(", "print("), "utf-8")
    assert run("upgrade").code == 0
    assert everything(old)["alembic_version"] == [(LATER,)]
