"""What holds on PostgreSQL alone: one view for a reader, roles that may only read."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from conftest import Run, begin
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission
from leaguectl.model import Number
from leaguectl.store import Location
from leaguectl.store.writing import Store

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
    """The rights of docs/postgresql.md are enough to look, and no more; a refusal says so."""
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
