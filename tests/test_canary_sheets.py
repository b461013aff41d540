"""Whole sheets of invented people, in which every private column holds a value that is found
nowhere else, go through every command and format; none of these values comes out.

The sheets are made from the declarations, so a new kind with a private column, and a new private
column, is in them by itself. Next to what is read stand columns that are not: guardians, addresses.
"""

import shutil
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from conftest import Run, answer_of
from county import id_number
from leaguectl.kinds import KINDS
from leaguectl.kinds.kind import Kind
from leaguectl.kinds.line import OF_TYPE
from leaguectl.kinds.parsing import cell_type
from leaguectl.model import is_private
from leaguectl.output import Printer
from leaguectl.reader import limits
from leaguectl.workbooks import reply
from leaguectl.workbooks.template import EXAMPLE_OF_TYPE, FORMS
from lives import Workbook
from test_canary import READING, WHO, leaks, secrets, ways_of  # noqa: F401 (a fixture)
from test_work import before, here  # noqa: F401 (fixtures)

Command = tuple[str, ...]
Table = list[list[Any]]

PERSONAL = {
    name: [
        field
        for field, info in kind.line.model_fields.items()
        if is_private(field) or cell_type(info).__name__ in ("id_number", "phone")
    ]
    for name, kind in KINDS.items()
}
"""The private columns of each kind: by their names, or by what is read from their cells."""

PERSONAL_KINDS = sorted(
    (name for name in KINDS if PERSONAL[name]), key=lambda name: name != "members"
)
"""The kinds with private columns, members first: the others speak of them."""

NOT_MEMBERS = {"members", "admissions", "candidates", "homes"}
"""Kinds whose people are in no roster already."""

RIGHT: dict[str, dict[str, Any]] = {
    "": {"organization": "S1", "unit": None, "born": None, "sex": None, "contact_1": None,
         "contact_2": None, "approved_by": "C"},
    "members": {"number": None, "form": None, "certificate": None, "joined": "2021-05-04"},
    "admissions": {"number": "202365000003", "form": None, "certificate": "C-3",
                   "introducer_1": "李介绍", "introducer_2": "王介绍"},
    "candidates": {"reached": None, "introducer_1": None, "introducer_2": None,
                   "form_given": None, "meeting": None, "due": None, "present": None,
                   "in_favour": None, "approved": None, "approved_by": None, "told": None,
                   "oath": None, "filed": None, "route": None},
    "certificates": {"serial": "C-9", "state": "有效", "replaces": None},
    "homes": {"left": None, "leaving_reason": None},
    "corrections": {"right_name": None},
    "transfers": {"from_home": "S1"},
    "participants": {"host": "S1"},
    "persons": {"politics": "共青团员"},
    "periods": {"value_of": "团员", "value_field": "政治面貌", "earlier_value": "群众",
                "organization": None},
}  # fmt: skip
"""What a row says where the example of its column does not fit the county; under no kind, in
all."""

REFUSED = {"numbers"}
"""Kinds of which a row is right only of somebody who was admitted twice."""

UNREAD = {
    "监护人": "name", "监护人电话": "line", "身份证号（监护人）": "id_number",
    "家庭住址": "address", "健康状况": "health",
}  # fmt: skip
"""Columns of personal values that import leaves alone."""


class Canaries:
    """Private values, each given out once; ``given`` says for what."""

    def __init__(self, first: int) -> None:
        self.given: dict[str, str] = {}
        self._first = first

    def new(self, kind: str, place: str) -> str:
        """A value that is found nowhere else, fit for the cells of that type. The kinds in turn
        have telephone lines and mobile phones."""
        number = self._first + len(self.given)
        if kind == "phone":
            kind = "line" if number % 2 else "mobile"
        value = {
            "id_number": id_number(number), "mobile": f"12073{number:06d}",
            "line": f"0997-23{number:05d}",
        }.get(kind, f"暗号{number}")  # fmt: skip
        self.given[value] = place
        return value


@cache
def sheets() -> tuple[dict[str, Table], dict[str, str]]:
    """A sheet of each kind that has private columns, and the private values with their places."""
    canaries, made = Canaries(400), dict[str, Table]()
    people = {name: canaries.new("id_number", f"{name}.id_number") for name in PERSONAL_KINDS}
    for name in PERSONAL_KINDS:
        about = [name]
        if name == "members":
            about += [other for other in PERSONAL_KINDS if other not in NOT_MEMBERS]
        headings = [heading.headings[0] for heading in KINDS[name].headings]
        rows = [row(KINDS[name], other, people[other], canaries) for other in about]
        made[name] = [[*headings, *UNREAD], *rows]
    return made, canaries.given


def row(kind: Kind[Any], of: str, number: str, canaries: Canaries) -> list[Any]:
    """A row of a kind, right in all, about the person of another (or the same) kind."""
    said = RIGHT[""] | RIGHT.get(kind.name, {})
    said |= {"name": f"测人{chr(0x4E00 + PERSONAL_KINDS.index(of))}", "id_number": number}
    cells = []
    for heading in kind.headings:
        value = said.get(heading.field, heading.example)
        if heading.field in PERSONAL[kind.name] and heading.field not in said:
            value = canaries.new(heading.type, f"{kind.name}.{heading.field}")
        elif value is OF_TYPE or value is EXAMPLE_OF_TYPE:
            value = heading.words[0] if heading.words else FORMS[heading.type].example
        cells.append(value)
    return cells + [canaries.new(type_, heading) for heading, type_ in UNREAD.items()]


def other_sheet(name: str) -> tuple[Table, set[str]]:
    """The sheet of a kind with another phone for the same person, and with another ID number for
    the same name and birth date; and its private values."""
    (headings, first, *_), canaries = sheets()[0][name], Canaries(600)
    kind = KINDS[name]
    at = [heading.field for heading in kind.headings].index("id_number")
    numbers = (first[at], canaries.new("id_number", "another"))
    rows = [row(kind, name, number, canaries) for number in numbers]
    return [headings, *rows], {*canaries.given}


def wrong_sheet(name: str) -> tuple[Table, set[str]]:
    """A sheet of a kind whose rows each have an ID number or a phone in one column, as where cells
    were shifted; and these values."""
    (headings, first, *_), canaries = sheets()[0][name], Canaries(700)
    rows = []
    for column, heading in enumerate(headings[: -len(UNREAD)]):
        for type_ in ("id_number", "mobile", "line"):
            rows.append([*first])
            rows[-1][column] = canaries.new(type_, heading)
    return [headings, *rows], {*canaries.given}


# -- what is looked at ---------------------------------------------------------------------------


def pieces(values: Iterable[str]) -> set[str]:
    """The values as they are stored and searched for, and the ends of the long ones: whoever sees
    eight digits knows the person."""
    bare = {value.replace("-", "") for value in values}
    return bare | {value[-8:] for value in bare if len(value) > 10}


def said_in_reply(made: Path, given: Path, canaries: set[str]) -> list[str]:
    """The canaries that a reply says besides the cells of its sender: in comments and in sheets
    and cells of ours."""
    book, sent = openpyxl.load_workbook(made), openpyxl.load_workbook(given)
    texts = []
    for sheet in book.worksheets:
        theirs = sent[sheet.title] if sheet.title in sent.sheetnames else None
        for cell in (cell for cells in sheet.iter_rows() for cell in cells):
            if theirs is None or theirs[cell.coordinate].value != cell.value:
                texts.append(str(cell.value))
            texts += [cell.comment.text] if cell.comment else []
    return [text for text in texts if any(canary in text for canary in canaries)]


def test_the_sheets_hold_every_private_column() -> None:
    """Each has a value of its own."""
    made, places = sheets()
    assert {*places.values()} >= {
        f"{name}.{field}" for name, fields in PERSONAL.items() for field in fields
    }
    shown = {str(cell) for rows in made.values() for cells in rows for cell in cells}
    assert places.keys() <= shown


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the registry that every test has a copy of, and for what is imported, which
    need not be looked at."""
    return tmp_path_factory.mktemp("canaries")


@pytest.fixture
def canaries(
    filled: Path, here: Path, run: Run, workbook: Workbook, secrets: set[str]  # noqa: F811
) -> set[str]:  # fmt: skip
    """A registry into which the sheets were imported; every private value of it and of them."""
    made, places = sheets()
    if not (filled / "league.db").exists():
        given = workbook("sheets.xlsx", **made).rename(filled / "sheets.xlsx")
        for name in made:
            ran = run("import", "--kind", name, "--sheet", name, given)
            assert ran.code == (name in REFUSED), (name, ran.err)
        shutil.copy(here, filled / "league.db")
    shutil.copy(filled / "league.db", here)
    return pieces(places) | secrets


# -- importing -----------------------------------------------------------------------------------

IMPORTS: list[Command] = [
    ("-n",), ("-n", "-v", "--all"), ("-n", "-O", "json"), ("-n", "-O", "csv"),
    ("-n", "--lang", "zh"), ("-n", "-o", "answer.json"), ("-n", "-o", "answer.xlsx"),
    ("-n", "-o", "answer.md"), ("--plan-out", "kept.plan"), ("-n", "--reply", "reply.xlsx"),
    ("--valid-only", "-O", "json"), ("-O", "json"),
]  # fmt: skip
"""How a sheet is imported; the last two write."""


@pytest.fixture
def of_children(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the list of processes shows of the children that read files and write replies."""
    shown: list[str] = []
    for module, name in ((limits, "start_child"), (reply, "run_child")):
        monkeypatch.setattr(module, name, partial(noted, shown, getattr(module, name)))
    return shown


def noted(shown: list[str], start: Any, *arguments: str, **more: Any) -> Any:
    """Start a child with these arguments, which are shown."""
    shown.extend(arguments)
    return start(*arguments, **more)


@pytest.mark.parametrize("sheet", [other_sheet, wrong_sheet])
@pytest.mark.parametrize("name", PERSONAL_KINDS)
def test_importing_shows_no_canary(
    name: str, sheet: Any, canaries: set[str], filled: Path, tmp_path: Path, run: Run,
    workbook: Workbook, of_children: list[str],
) -> None:  # fmt: skip
    """Neither the preview, the plan, the answer, the reply, the list of processes nor what the
    journal keeps of it, where people change and where each cell is wrong in its turn."""
    rows, new = sheet(name)
    stored, canaries = canaries, canaries | pieces(new)
    given = workbook("given.xlsx", **{name: rows}).rename(filled / "given.xlsx")
    for way in IMPORTS:
        ran = run("import", "--kind", name, given, *way, "-y")
        assert ran.code in (0, 1, 2), ran.err
        if (plan := tmp_path / "kept.plan").exists():
            # It holds what is to be written, so it is for its owner alone; what the registry
            # knows already is not in it.
            assert plan.stat().st_mode & 0o077 == 0
            written = plan.read_text("utf-8")
            assert [canary for canary in stored if canary in written] == []
            plan.unlink()
        if (made := tmp_path / "reply.xlsx").exists():
            assert said_in_reply(made, given, canaries) == []
            made.unlink()
        assert leaks(canaries, ran, tmp_path) == [], way
    assert of_children
    assert [word for word in of_children for canary in canaries if canary in word] == []
    newest = answer_of(run, "log")["operations"][0]["id"]
    assert leaks(canaries, run("show", str(newest), "-v"), tmp_path) == []


# -- reading -------------------------------------------------------------------------------------

MORE: list[Command] = [
    ("check",), ("check", "--new"), ("check", "--strict", "-v"), ("dup", "list"), ("export", "all"),
    ("export", "admissions", "--per-organization", "--year", "2023"),
    ("stats", "2023", "--by", "age"),
    ("stats", "2023", "--rows", "members.total"), ("stats", "2023", "--rows", "admissions.total"),
    ("why", "members.total", "2023", "--since", "1"), ("transfer", "list"), ("log",),
    *(("export", name) for name in KINDS),
]  # fmt: skip
"""What the list of reading commands does not have: their other subjects."""

CALLED = {name: options for name, options in READING.items() if name != "demo"}
"""The demo makes a county of its own."""

OF_A_PERSON = [words for words, options in CALLED.items() if WHO in options]


@pytest.mark.parametrize("command", [*CALLED, *MORE], ids=str)
def test_reading_shows_no_canary(
    command: str | Command, canaries: set[str], tmp_path: Path, run: Run
) -> None:
    """In every format, on the screen and in every kind of file, of every person."""
    calls = [command] if isinstance(command, tuple) else [(*command.split(), *CALLED[command])]
    if command in OF_A_PERSON:
        calls = [tuple(f"测人{chr(0x4E00 + at)}" if word == WHO else word for word in calls[0])
                 for at in range(len(PERSONAL_KINDS))]  # fmt: skip
    for call in calls:
        for way in ways_of(" ".join(call[:1])) if call == calls[0] else [(), ("-O", "json")]:
            ran = run(*call, *way)
            assert ran.code != 70, ran.err
            assert leaks(canaries, ran, tmp_path) == [], (call, way)


@pytest.mark.parametrize("command", CALLED)
def test_no_fault_of_the_program_shows_a_canary(
    command: str, canaries: set[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback may hold any value: neither what is printed nor the log of faults shows it."""

    def broken(*_: Any, **__: Any) -> None:
        raise ValueError(f"everything: {sorted(canaries)}")

    for name in ("answer", "json_answer", "findings", "text", "plain"):
        monkeypatch.setattr(Printer, name, broken)
    for options in ((), ("--debug",), ("-O", "json")):
        ran = run(*command.split(), *CALLED[command], *options)
        assert ran.code in (70, 0, 2, 8), ran.err  # not all of them print a value
        assert leaks(canaries, ran, tmp_path) == []
