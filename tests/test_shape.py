"""The house: which room may use which, and what a command may load before it is asked to work."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup

from conftest import DATA
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import LeagueCommand, LeagueGroup, Root

SOURCE = Path(__file__).parent.parent / "src" / "leaguectl"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 500

HOUSE: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "cli": {
        "actions", "documents", "reports", "kinds", "model", "store", "calendars", "output",
        "screen", "words", "findings",
        "names", "masks", "causes", "streams", "__init__",
    },
    "actions": {
        "kinds", "rules", "model", "workbooks", "reader", "scans", "store", "reports",
        "names", "findings", "masks", "causes", "streams", "__init__",
    },
    "reports": {"rules", "model", "store", "names", "findings"},
    "kinds": {"rules", "model", "workbooks", "reader", "names", "findings", "masks"},
    "workbooks": {"reader", "names", "findings", "causes", "streams"},
    "rules": {"model", "names", "findings"},
    "store": {"model", "names", "streams", "causes", "findings"},
    "tables": {"store", "model", "findings"},
    "model": {"names", "findings"},
    "scans": {"reader", "names", "causes", "findings"},
    "reader": set(),
    "output": {"documents", "screen", "words", "findings", "masks", "streams"},
    "documents": {"reports", "workbooks", "reader", "streams", "words", "findings"},
    "streams": {"causes", "findings"},
    "screen": set(),
    "words": {"findings"},
    "calendars": set(),
    "names": set(),
    "findings": {"masks"},
    "masks": set(),
    "causes": set(),
}  # fmt: skip
"""Each room (a module, or a package as one) and the rooms that it may use."""

PURE = ("kinds", "rules", "model", "reports", "names", "findings", "masks")  # fmt: skip
"""Rooms that know no database, no file, no process and no clock."""

LIBRARIES = {
    "typer": {"cli"},
    "sqlalchemy": {"store", "tables"}, "sqlmodel": {"tables"}, "alembic": {"store"},
    "psycopg": {"store"},
    "sqlite3": {"store"},
    "openpyxl": {"workbooks", "documents"}, "python_calamine": {"reader", "workbooks"},
    "docx": {"documents"}, "jinja2": {"documents"}, "matplotlib": {"documents"},
    "pypdf": {"scans"},
    "icalendar": {"calendars"},
    "rich": {"cli"},
    "pydantic": {"kinds", "rules"},
}  # fmt: skip
"""Libraries and the rooms that may know them."""

CHINESE = {"documents", "words", "kinds", "model", "workbooks", "rules"}
"""Rooms whose values may be Chinese: words, headings, what a cell or a day says, a source."""

HEAVY = ("sqlalchemy", "sqlmodel", "sqlite3", "pydantic", "openpyxl", "python_calamine",
         "alembic", "psycopg", "rich", "icalendar", "docx", "jinja2", "matplotlib")  # fmt: skip
PATHS = [
    (name, sub) if sub else (name,)
    for name, target in {"": "", **COMMANDS}.items()
    for sub in ("", *(target if isinstance(target, dict) else ()))
]


def room(path: Path) -> str:
    """The room a file belongs to."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


@cache
def parsed(path: Path) -> ast.Module:
    """A file as Python reads it."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, at its top or inside."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            for name in node.names:
                yield f"{node.module}.{name.name}"


def used_rooms(path: Path) -> set[str]:
    """The rooms that a file uses, besides its own."""
    found = set()
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "leaguectl":
            known = len(parts) > 1 and parts[1] in HOUSE
            found.add(parts[1] if known else "__init__")
    return found - {room(path)}


def circles() -> list[str]:
    """Rooms that lie below themselves."""

    def below(item: str, seen: frozenset[str]) -> Iterator[str]:
        for other in HOUSE[item] - seen:
            yield other
            yield from below(other, seen | {other})

    return [room for room in HOUSE if room in below(room, frozenset())]


# -- rooms ---------------------------------------------------------------------------------------


def test_every_room_stands_in_the_table() -> None:
    """A new module says which rooms it may use."""
    assert {room(path) for path in MODULES} == set(HOUSE)


def test_the_table_goes_down_only() -> None:
    """No room lies below itself, so the table has an order."""
    assert circles() == []


def test_a_module_uses_only_the_rooms_below_it() -> None:
    """Imports go down only."""
    up = {str(path): used_rooms(path) - HOUSE[room(path)] for path in MODULES}
    assert {path: rooms for path, rooms in up.items() if rooms} == {}


def test_the_table_allows_nothing_that_nobody_uses() -> None:
    """The table is the house as it is, not as it might be."""
    used: dict[str, set[str]] = {name: set() for name in HOUSE}
    for path in MODULES:
        used[room(path)] |= used_rooms(path)
    assert used == HOUSE


@pytest.mark.parametrize(
    "name", ["cli", "kinds", "reader", "reports", "rules", "store", "workbooks"]
)
def test_no_module_of_a_room_lies_below_itself(name: str) -> None:
    """Within a room as well, imports have an order."""
    paths = {_module(path): path for path in MODULES if room(path) == name}
    below = {
        module: {
            found if found in paths else found.rpartition(".")[0]
            for found in imported(path)
            if found.startswith(f"leaguectl.{name}")
        }
        - {module}
        for module, path in paths.items()
    }
    assert [*TopologicalSorter(below).static_order()]


def _module(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_known_to_its_own_rooms_alone(library: str) -> None:
    """Only the store knows the database, only the sheets a workbook, only the command line
    Typer."""
    found = {
        room(path)
        for path in MODULES
        if any(name.split(".")[0] == library for name in imported(path))
    }
    assert found <= LIBRARIES[library]


@pytest.mark.parametrize("name", PURE)
def test_a_pure_room_opens_no_file_and_asks_no_clock(name: str) -> None:
    """Rules and plans are questions about values; they can be asked anywhere."""
    worldly = {"os", "io", "pathlib", "subprocess", "socket", "time", "random", "sys", "json"}
    if name == "reports":
        worldly.remove("json")  # history and closed years are kept as JSON, and read where shown
    found = {
        imported_name
        for path in MODULES
        if room(path) == name
        for imported_name in imported(path)
        if imported_name.split(".")[0] in worldly
    }
    calls = {
        f"{node.value.id}.{node.attr}"
        for path in MODULES
        if room(path) == name
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert found == set()
    assert calls & {"date.today", "datetime.now", "datetime.today"} == set()


def test_no_module_is_longer_than_can_be_read_at_once() -> None:
    """A module that grows becomes a folder; only the words may be many."""
    lengths = {str(path): len(path.read_text("utf-8").splitlines())
               for path in MODULES if room(path) != "words"}  # fmt: skip
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_the_source_says_why() -> None:
    """Of a hundred lines that are neither words nor blank, one and a half are comments at least."""
    lines = [line.strip() for path in MODULES if room(path) != "words"
             for line in path.read_text("utf-8").splitlines() if line.strip()]  # fmt: skip
    comments = [line for line in lines if line.startswith("#")]
    assert len(comments) >= 0.015 * len(lines)


@pytest.mark.parametrize("folder", ["src", "tests", "tools", "bench"])
def test_a_loop_says_what_it_goes_through(folder: str) -> None:
    """No loop variable is called ``one``, which says nothing of what it holds."""
    loops = [
        (path.name, loop.target.lineno)
        for path in sorted((SOURCE.parents[1] / folder).rglob("*.py"))
        for loop in ast.walk(parsed(path))
        if isinstance(loop, (ast.For, ast.AsyncFor, ast.comprehension))
        for name in ast.walk(loop.target)
        if isinstance(name, ast.Name) and name.id == "one"
    ]
    assert loops == []


def test_no_private_part_of_a_library_is_used() -> None:
    """What a library calls private changes without notice: Typer carries a Click of its own in
    ``typer._click``, which a new Typer may change or drop."""
    libraries = [
        (str(path), name)
        for path in MODULES
        for name in imported(path)
        if not name.startswith("leaguectl")
    ]
    private = [
        (path, name)
        for path, name in libraries
        if any(part.startswith("_") and not part.endswith("__") for part in name.split("."))
    ]
    assert private == []


@pytest.mark.parametrize("ours", [LeagueCommand, LeagueGroup, Root])
def test_typer_still_calls_what_we_answer(ours: type) -> None:
    """Help and commands in the user's words are made by methods that Typer calls by name. Where a
    new Typer has another name for one, ours would be passed over in silence: change it in
    ``cli/framework`` or ``cli/help``."""
    answered = {
        name
        for base in ours.__mro__
        if base.__module__.startswith("leaguectl.")
        for name, value in vars(base).items()
        if callable(value) and not name.startswith("_")
    }
    theirs = TyperCommand if ours is LeagueCommand else TyperGroup
    assert sorted(name for name in answered - {"localize"} if not hasattr(theirs, name)) == []


def test_only_the_messages_know_a_language() -> None:
    """Outside words, headings, cells and sources, no value of the program is Chinese."""
    found = set()
    for path in MODULES:
        if room(path) in CHINESE:
            continue
        tree = parsed(path)
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                chinese = any("\u4e00" <= char <= "\u9fff" for char in node.value)
                if chinese and id(node) not in prose:
                    found.add(node.value)
    assert found == set()


def test_changes_are_carried_out_in_one_place() -> None:
    """Whatever changes a noun passes the guard of closed years."""
    assert {
        str(path.relative_to(SOURCE))
        for path in MODULES
        if room(path) != "store" and "transaction.save(" in path.read_text("utf-8")
    } == {"actions/work.py"}


# -- what is loaded ------------------------------------------------------------------------------

HELP = """
import contextlib, io, json, sys
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Root
from leaguectl.words import words
found = {}
for path in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            Root(COMMANDS, words("en"))([*path, "--help"], prog_name="leaguectl")
        except SystemExit as end:
            assert not end.code, path
    assert "Usage: leaguectl" in out.getvalue(), path
    found[" ".join(path)] = [name for name in json.loads(sys.argv[2]) if name in sys.modules]
print(json.dumps(found))
"""
ANSWER = """
import atexit, json, sys
names = json.loads(sys.argv.pop(1))
loaded = lambda: [name for name in names if name in sys.modules]
atexit.register(lambda: sys.stderr.write(json.dumps(loaded())))
from leaguectl.cli.app import main
main()
"""


def test_help_of_no_command_loads_a_library_that_works() -> None:
    """``--help`` answers at once: after each command's, nothing heavy is loaded. All are asked in
    one fresh interpreter, so what one loads is seen at the next as well."""
    paths = [[part for part in path if part] for path in PATHS]
    done = subprocess.run(
        [sys.executable, "-c", HELP, json.dumps(paths), json.dumps(HEAVY)],
        capture_output=True, check=True, text=True, encoding="utf-8",
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert len(found) == len(paths)
    assert {path: loaded for path, loaded in found.items() if loaded} == {}


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "2023", "-O", "json"),
        ("stats", "2023", "--get", "admissions.total"),
        ("quota", "show", "2023", "-O", "json"),
        ("org", "tree", "-O", "json"),
        ("member", "find", "古丽", "-O", "json"),
    ],
    ids=" ".join,
)
def test_reading_loads_no_toolkit(arguments: tuple[str, ...], sample_registry: Path) -> None:
    """A script's question is answered by the standard library alone, and without the help texts."""
    heavy = [module for module in HEAVY if module not in ("sqlite3", "alembic", "psycopg")]
    unwanted = [*heavy, "psycopg", "alembic", "leaguectl.words.en.help", "leaguectl.words.zh.help"]
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, json.dumps([*unwanted, "typer"]),
         "--db", sample_registry, *arguments],
        capture_output=True, check=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.strip()
    assert json.loads(done.stderr.splitlines()[-1]) == ["typer"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "--province", "65", DATA / "sample.xlsx"),
        ("import", DATA / "plan-2024.csv"),
        ("year", "close", "-y", "2023", "--explain", "members.total=graduates"),
        ("undo", "1", "--yes"),
        ("check",),
    ],
    ids=lambda given: " ".join(map(str, given[:2])),
)
def test_writing_loads_no_toolkit(
    arguments: tuple[str | Path, ...], sample_registry: Path, tmp_path: Path
) -> None:
    """A registry is made, written and proved by the driver alone."""
    db = tmp_path / "league.db"
    if "--province" not in arguments:
        shutil.copy(sample_registry, db)
    heavy = ["sqlalchemy", "sqlmodel", "alembic", "psycopg", "sqlite3"]
    done = subprocess.run(
        [sys.executable, "-c", ANSWER, json.dumps(heavy), "--db", db, *arguments],
        capture_output=True, check=False, text=True, encoding="utf-8",
        env={**os.environ, "LEAGUECTL_TODAY": "2024-06-30"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr.splitlines()[-1]) == ["sqlite3"]
