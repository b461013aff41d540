"""Owner, office and reader of a registry on a server, each with a login of its own."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import openpyxl
import psycopg
import pytest

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, id_number, member
from leaguectl.store.grants import UNITS

ROLES = ("owner", "office", "reader", "unit")
Logins = dict[str, str]


@pytest.fixture(scope="module")
def logins(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """A county on a server, and its URL by each of the three logins."""
    name, suffix = f"grants_{uuid.uuid4().hex[:8]}", uuid.uuid4().hex[:8]
    parts = urlsplit(postgresql_server)
    here = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        for role in ROLES:
            admin.execute(f'CREATE ROLE "{role}-{suffix}" LOGIN')
    query = parts.query
    yield {"admin": here} | {
        role: f"postgresql://{role}-{suffix}@/{name}?{query}" for role in ROLES
    }
    with psycopg.connect(postgresql_server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        for role in ROLES:
            admin.execute(f'DROP ROLE "{role}-{suffix}"')


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = openpyxl.Workbook()
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    made.save(path)
    return path


def test_each_role_does_what_is_its_own(run: Run, logins: Logins, tmp_path: Path) -> None:
    """An owner grants; an office writes and leaves the journal alone; a reader reads."""
    county = book(tmp_path / "c.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS)
    roster = book(tmp_path / "m.xlsx", 团员=[MEMBER_HEADINGS, member(1)])
    assert run("--db", logins["admin"], "import", county).code == 0
    names = {role: urlsplit(logins[role]).username or "" for role in ROLES}
    shown = run("--db", logins["admin"], "grants", "--role", "reader", names["reader"])
    assert (shown.code, f'TO "{names["reader"]}";' in shown.out) == (0, True)
    assert run("--db", logins["reader"], "log").code == 5  # it was only shown
    for role in ROLES[:3]:  # the owner first, who grants the rest
        by = logins["admin" if role == "owner" else "owner"]
        done = run("--db", by, "grants", "--role", role, names[role], "--run")
        assert done.code == 0, done.err

    reader = ("--db", logins["reader"])
    for arguments in (("stats", "2023"), ("check",), ("verify",), ("log",), ("org", "tree"),
                      ("number", "usage", "2023"), ("export", "members"),
                      ("import", roster, "-n")):  # fmt: skip
        ran = run(*reader, *arguments)
        assert ran.code == 0, (arguments, ran.err)
    assert "preview-untried" in ran.err  # the last one planned, and could not try it
    doctor = answer_of(run, *reader, "doctor")["checks"]
    assert all(check["state"] != "error" for check in doctor), doctor
    for arguments in (("import", roster), ("undo", "1", "--yes"), ("upgrade",),
                      ("export", "members", "--reveal", "--reason", "看"),
                      ("grants", "--role", "owner", names["reader"], "--run")):  # fmt: skip
        ran = run(*reader, *arguments)
        if arguments != ("upgrade",):  # of which there is nothing to do
            assert (ran.code, "leaguectl grants" in ran.err) == (5, True), (arguments, ran.err)

    office = ("--db", logins["office"])
    # The server would only warn, and grant nothing.
    assert run(*office, "grants", "--role", "reader", names["reader"], "--run").code == 5
    assert run(*office, "import", roster).code == 0
    assert run(*office, "undo", "2", "--yes").code == 0
    assert run(*office, "verify").code == 0
    with psycopg.connect(logins["office"], autocommit=True) as connection:
        for statement in ("DELETE FROM history", "UPDATE operation SET actor = 'x'",
                          "UPDATE content SET digest = ''", "DROP TABLE person"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    # To erase is to change the journal.
    for command in (
        ("case", "open", "--name", "测试九", "--id-number", id_number(9), "--org", "S1",
         "--applied", "2022-09-10"),
        ("case", "close", "测试九", "--refused", "--reason", "未通过", "--on", "2022-12-01"),
    ):  # fmt: skip
        ran = run(*office, *command)
        assert ran.code == 0, ran.err
    erase = ("member", "erase", "测试九", "--reason", "保存期满", "--yes")
    assert run(*office, *erase).code == 5
    assert run("--db", logins["owner"], *erase).code == 0
    assert run(*reader, "verify").code == 0
    assert run("--db", logins["owner"], "upgrade").code == 0
    # On a server that may only be read, whatever reads works, and verify says what it left out.
    with psycopg.connect(logins["admin"], autocommit=True) as admin:
        setting = f'ALTER ROLE "{names["reader"]}" SET default_transaction_read_only = on'
        admin.execute(setting.encode())
    proved = answer_of(run, *reader, "verify")
    assert (proved["ok"], proved["findings"][0]["code"]) == (True, "proof-schema-unasked")
    assert run(*reader, "stats", "2023").code == 0
    assert run(*reader, "import", roster).code == 5


def test_what_cannot_be_granted_is_reported(run: Run, db: Path, logins: Logins) -> None:
    """A file has no roles; a role that is not there, or is none of the three, is named."""
    assert run("init").code == 0
    assert run("grants", "--role", "reader", "x").code == 2
    assert run("--db", logins["admin"], "grants", "--role", "king", "x").code == 2
    ran = run("--db", logins["admin"], "grants", "--role", "reader", "nobody", "--run")
    assert (ran.code, "CREATE ROLE" in ran.err) == (4, True)


def test_a_unit_sees_its_own_and_nothing_else(run: Run, logins: Logins, tmp_path: Path) -> None:
    """The server holds it to that: the same program answers about the organisation and all below
    it, and no statement shows anybody of another one."""
    office, name = ("--db", logins["admin"]), urlsplit(logins["unit"]).username or ""
    county = book(
        tmp_path / "c.xlsx", 团组织=ORGANIZATIONS, 发展计划=QUOTAS,
        团员=[MEMBER_HEADINGS, member(1), member(2, 所在团支部="桥头村团支部")],
    )  # fmt: skip
    assert run(*office, "import", county).code == 0
    own, other = id_number(1, "20060301"), id_number(2, "20060301")
    grant = (*office, "grants", "--role", "unit", name)
    assert run(*grant).code == 2  # of which organisation?
    assert run(*office, "grants", "--role", "reader", name, "--org", "S").code == 2
    ran = run(*office, "grants", "--role", "unit", "public", "--org", "S")  # the registry's own
    assert (ran.code, "is no unit's" in ran.err) == (2, True)
    for _ in range(2):  # again, as after an upgrade
        assert run(*grant, "--org", "云杉县第一中学团委", "--run").code == 0
    unit = ("--db", f"{logins['unit']}&options=-csearch_path%3D%22{name}%22")
    for arguments in (("stats", "2023"), ("org", "tree"), ("member", "show", own),
                      ("quota", "show", "2023"), ("due",), ("log",), ("export", "members"),
                      ("status",), ("rank", "2023"), ("org", "show", "S"), ("org", "show", "S1"),
                      ("quota", "check", "2023"), ("plan", "2024"), ("number", "usage", "2023"),
                      ("export", "all", "-o", tmp_path / "all.xlsx")):  # fmt: skip
        ran = run(*unit, *arguments)
        assert ran.code == 0, (arguments, ran.err)
        assert "桥头村" not in ran.out
    tree = answer_of(run, *unit, "org", "tree")["organizations"]
    assert {"S", "S1"} <= {row["code"] for row in tree}
    assert "C" not in {row["code"] for row in tree}
    figures = answer_of(run, *unit, "stats", "2023")["figures"]
    assert figures["members.total"]["value"] == 1
    assert run(*unit, "member", "show", other).code == 4
    for arguments in (("check",), ("verify",), ("backup", tmp_path / "part.db"),
                      ("member", "history", own), ("org", "history", "S")):  # fmt: skip
        ran = run(*unit, *arguments)  # which need the whole
        assert (ran.code, "what a unit sees" in ran.err) == (5, True), arguments
    assert not (tmp_path / "part.db").exists()
    assert run(*unit, "member", "edit", own, "--phone", "12000000001").code == 5
    with psycopg.connect(unit[1], autocommit=True) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert {schema for schema, _ in tables} == {name}
        for _, table in tables:
            rows = connection.execute(f'SELECT * FROM "{table}"'.encode()).fetchall()
            assert other not in repr(rows), table
            assert "桥头村" not in repr(rows), table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM public.person")
    with psycopg.connect(logins["admin"]) as connection:  # which an upgrade removes first
        assert connection.execute(UNITS.encode()).fetchall() == [(f'"{name}"',)]
