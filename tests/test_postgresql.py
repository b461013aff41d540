"""What holds on PostgreSQL alone: one view for a reader, roles that may only read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import Composable

from conftest import Run, begin
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission
from leaguectl.model import Number
from leaguectl.store import Location
from leaguectl.store.writing import Store

FOREIGN = re.compile(
    r"\b(TRIGGER|FUNCTION|EXTENSION|SEQUENCE|SERIAL|IDENTITY|LISTEN|NOTIFY|FOR UPDATE|FOR SHARE|"
    r"UNLOGGED|MATERIALIZED VIEW|INHERITS|PARTITION|EXCLUDE|DEFERRABLE|POLICY|"
    r"TABLESPACE|DOMAIN|SET SCHEMA|PREPARE TRANSACTION|DECLARE|nextval)\b"
)
"""What an engine that spreads schemas over machines does not take, or not everywhere, and what
docs/scale.en.md says that the program does not use."""

ANOTHER_SCHEMA = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|COPY)\s+"?(\w+)"?\."?\w+')

Workbook = Callable[..., Path]


@pytest.fixture
def office(run: Run, workbook: Workbook, postgresql: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The small county on PostgreSQL."""
    monkeypatch.setenv("LEAGUECTL_DB", postgresql)
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    return postgresql


def test_a_reader_sees_one_moment_while_others_write(
    run: Run, office: str, workbook: Workbook
) -> None:
    """check reads table after table; an admission between two of them is in none."""
    sheet = workbook("one.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(1)])
    with Store(Location(None, office)).read() as transaction:
        before = transaction.mark().operation
        assert run("admit", sheet).code == 0
        number = transaction.find(Number, "202365000001")
        assert number is not None
        assert (number.state, transaction.mark().operation) == ("free", before)
    assert run("check", "chain-closed", "number-admitted").out == ""


def test_a_role_that_may_read_answers_and_cannot_write(
    run: Run, office: str, workbook: Workbook
) -> None:
    """The rights of docs/postgresql.en.md are enough to look, and no more; a refusal says so."""
    role = f"reader_{urlsplit(office).path.strip('/')}"
    with psycopg.connect(office, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'x'")  # type: ignore[arg-type]
    try:
        parts = urlsplit(office)
        host = parts.netloc.rpartition("@")[2]
        reader = urlunsplit(parts._replace(netloc=f"{role}:x@{host}"))
        assert run("--db", reader, "quota", "show", "2023").code == 5
        with psycopg.connect(office, autocommit=True) as admin:
            for grant in ("USAGE ON SCHEMA public", "SELECT ON ALL TABLES IN SCHEMA public"):
                admin.execute(f"GRANT {grant} TO {role}")  # type: ignore[arg-type]
        for command in (("stats", "2023"), ("quota", "show", "2023"), ("check",), ("log",)):
            assert run("--db", reader, *command).code == 0, command
        sheet = workbook("one.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(1)])
        ran = run("--db", reader, "admit", sheet)
        assert (ran.code, "leaguectl grants" in ran.err) == (5, True), ran.err
    finally:
        with psycopg.connect(office, autocommit=True) as admin:
            admin.execute(f"DROP OWNED BY {role}")  # type: ignore[arg-type]
            admin.execute(f"DROP ROLE {role}")  # type: ignore[arg-type]


def test_an_engine_that_spreads_schemas_takes_what_is_sent(
    run: Run, postgresql: str, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work of a county goes with a role that owns its schema and may use no other, and no
    statement of it needs what such an engine lacks."""
    role = f"owner_{urlsplit(postgresql).path.strip('/')}"
    with psycopg.connect(postgresql, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'x'".encode())
        admin.execute(f"CREATE SCHEMA county AUTHORIZATION {role}".encode())
        admin.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    parts = urlsplit(postgresql)
    host, query = parts.netloc.rpartition("@")[2], parts.query
    query = "&".join(filter(None, (query, "options=-csearch_path%3Dcounty")))
    owner = urlunsplit(parts._replace(netloc=f"{role}:x@{host}", query=query))
    monkeypatch.setenv("LEAGUECTL_DB", owner)
    sent: list[str] = []
    for name in ("execute", "executemany", "copy"):
        monkeypatch.setattr(psycopg.Cursor, name, _recorded(getattr(psycopg.Cursor, name), sent))
    county = workbook("county.xlsx", 团组织=ORGANIZATIONS, 计划=QUOTAS)
    one, two = (
        workbook(f"{at}.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(at)]) for at in (1, 2)
    )
    for command in (
        ("init",), ("import", county), ("admit", one), ("admit", two), ("undo", "3"), ("check",),
        ("verify",), ("stats", "2023"), ("quota", "show", "2023"), ("year", "close", "2023"),
        ("member", "edit", "#1", "--phone", "12000000009"), ("log",), ("show", "2"), ("counties",),
        ("why", "members.total", "2023"), ("export", "all", "-o", tmp_path / "all.xlsx"),
        ("org", "rename", "S1", "另一团支部", "--on", "2024-01-02"), ("due",), ("upgrade",),
        ("doctor",), ("backup", tmp_path / "copy.db"),
    ):  # fmt: skip
        ran = run(*command, "--yes") if command[0] in ("undo", "year") else run(*command)
        assert ran.code in (0, 1), (command, ran.err)
    with psycopg.connect(postgresql, autocommit=True) as admin:
        admin.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())
    assert len({*sent}) > 300
    assert [text for text in sent if FOREIGN.search(text)] == []
    named = {schema for text in sent for schema in ANOTHER_SCHEMA.findall(text)}
    assert named - {"pg_catalog", "information_schema", "county"} == set()


def _recorded(method: Callable[..., Any], sent: list[str]) -> Callable[..., Any]:
    def recorded(cursor: Any, query: Any, *arguments: Any, **more: Any) -> Any:
        text = query.as_string(cursor) if isinstance(query, Composable) else query
        sent.append(text.decode() if isinstance(text, bytes) else text)
        return method(cursor, query, *arguments, **more)

    return recorded
