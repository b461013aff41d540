"""Owner, office and reader of a registry on a server, each with a login of its own."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import openpyxl
import psycopg
import pytest

from conftest import Run
from county import MEMBER_HEADINGS, ORGANIZATIONS, QUOTAS, id_number, member

ROLES = ("owner", "office", "reader")
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
    for role in ROLES:  # the owner first, who grants the rest
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
    doctor = json.loads(run(*reader, "doctor", "-O", "json").out)["checks"]
    assert all(check["state"] != "error" for check in doctor), doctor
    for arguments in (("import", roster), ("undo", "1", "--yes"), ("upgrade",),
                      ("export", "members", "--reveal", "--reason", "看"),
                      ("grants", "--role", "owner", names["reader"], "--run")):  # fmt: skip
        ran = run(*reader, *arguments)
        if arguments != ("upgrade",):  # of which there is nothing to do
            assert (ran.code, "leaguectl grants" in ran.err) == (5, True), (arguments, ran.err)

    office = ("--db", logins["office"])
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
    proved = json.loads(run(*reader, "verify", "-O", "json").out)
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
