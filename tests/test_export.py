"""What export writes, import reads without a change: every kind, every format, both databases."""

import csv
import json
import tempfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lives
import samples
from conftest import Run, answer_of, examples
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)
from leaguectl.actions.exports import export
from leaguectl.kinds import KINDS
from leaguectl.kinds.batch import Item
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import parse
from leaguectl.kinds.planning import plan_rows
from leaguectl.kinds.rendering import cells_of, exported_fields, stored_lines
from leaguectl.model import Snapshot
from leaguectl.output import Printer
from leaguectl.rules import load
from leaguectl.store import locate
from leaguectl.words import words
from leaguectl.workbooks.rows import Row

Workbook = Callable[..., Path]
REVEALED = ("--reveal", "--reason", "copy")
PROPERTY = settings(max_examples=examples(40), deadline=None, derandomize=True)

# -- the line and its cells ----------------------------------------------------------------------


def values(line: type[Line], field: str) -> st.SearchStrategy[Any]:
    """What a column of a kind can mean."""
    some = st.sampled_from(samples.values(line, field))
    return some if line.model_fields[field].is_required() else st.none() | some


@st.composite
def some_lines(draw: st.DrawFn) -> list[Line]:
    """Some lines of one kind, whatever they say."""
    line = draw(st.sampled_from([kind.line for kind in KINDS.values()]))
    said = st.fixed_dictionaries({field: values(line, field) for field in exported_fields(line)})
    return [
        line.model_construct(**values) for values in draw(st.lists(said, min_size=1, max_size=5))
    ]


def read_again(line: Line, cells: list[Any]) -> Line | None:
    """What the cells of a line say when they are read."""
    row = Row("", "", 1, dict(zip(exported_fields(type(line)), cells, strict=True)), {})
    return parse(type(line), row)[0]


@PROPERTY
@given(some_lines())
def test_what_a_line_says_is_read_as_that_line(lines: list[Line]) -> None:
    """Every column of every kind, also one that is added tomorrow."""
    for line in lines:
        fields = exported_fields(type(line))
        read = read_again(line, cells_of(line))
        assert [getattr(read, field) for field in fields] == [
            getattr(line, field) for field in fields
        ]


@PROPERTY
@given(some_lines())
def test_what_a_line_says_survives_a_csv_file(lines: list[Line]) -> None:
    """No cell of a .csv file is a formula, and each is read as what it was."""
    fields = exported_fields(type(lines[0]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.csv"
        printer = Printer(words("en"), file=path, reveal=True)
        printer.answer("export", fields, [cells_of(line) for line in lines], {})
        with path.open(encoding="utf-8-sig", newline="") as file:
            _, *rows = csv.reader(file)
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for row in rows for cell in row)
    for line, row in zip(lines, rows, strict=True):
        read = read_again(line, list(row))
        assert [getattr(read, field) for field in fields] == [
            getattr(line, field) for field in fields
        ]


# -- the registry and its lines ------------------------------------------------------------------


NAMES = st.sampled_from(["李四", "阿依 ． 古丽", "Ａisha", "O’Neil", "张〇明"])
TREE = [
    {"code": "C", "name": "县委", "type": "团委", "domain": "社会"},
    {"name": "一中", "type": "团委", "parent": "C", "domain": "学校", "sector": "高中"},
    {"name": "二中", "type": "团委", "parent": "县委"},
    {"name": "1班", "type": "团支部", "parent": "一中", "founded": "2011-05-04"},
    {"name": "1班", "type": "团支部", "parent": "二中"},
    {"code": "X/1", "name": "C1", "type": "毕业班团支部", "parent": "一中", "sector": "初中"},
    {"code": "C1", "name": "村团支部", "type": "团支部", "parent": "县委", "founded": "1900-01-15"},
]  # fmt: skip
BRANCHES = st.sampled_from(["一中/1班", "二中/1班", "X/1", "C1"])
JOINED = st.sampled_from(["2015-05-04", "2015.05", "2016年11月", None])
LEFT = {"left": "2022-06-30"}
ENDED = st.sampled_from([{}, {}, LEFT, {**LEFT, "leaving_reason": "转出"}])


@st.composite
def some_county(draw: st.DrawFn) -> list[Item]:
    """The rows of a small county: names and branches that are easily mistaken, months, papers that
    are there, that bear the number, that are not there."""
    rows: list[tuple[str, dict[str, Any]]] = [("organizations", row) for row in TREE]
    rows += [("quotas", {"year": 2023, "organization": "C", "places": 9, "first": "202365000001"})]
    rows += [("quotas", {"year": 2023, "organization": "一中", "places": 4, "authority": "-号"})]
    for at in draw(st.lists(st.integers(1, 9), unique=True, max_size=5)):
        cells = {"name": draw(NAMES), "id_number": id_number(at, "20000301"), **draw(ENDED)}
        cells |= {"organization": draw(BRANCHES), "joined": draw(JOINED)}
        cells |= draw(st.sampled_from([{}, {"phone": "13800000001", "politics": "=团员"}]))
        if cells["joined"] and cells["joined"].startswith("2015"):
            cells |= draw(st.sampled_from([{}, {"number": f"2015{at:08d}"}]))
            cells["form"] = draw(st.sampled_from([None, "无", "有", f"D{at}"]))
        cells["certificate"] = draw(st.sampled_from([None, f"C{at}"]))
        rows.append(("members", cells))
    items = []
    for at, (kind, cells) in enumerate(rows, 1):
        row = Row("f", kind, at, cells, {})
        line, found = parse(KINDS[kind].line, row)
        assert line is not None, found
        items.append(Item(line, row))
    return items


@PROPERTY
@given(some_county())
def test_a_county_s_lines_change_nothing_and_make_the_county_again(items: list[Item]) -> None:
    """Said and read again, every row is unchanged; in an empty registry they make one that says the
    same."""
    registry = Snapshot()
    assert plan_rows(items, registry, load()).is_clean
    said = {
        kind: [cells_of(line) for line in stored_lines(KINDS[kind], registry)] for kind in KINDS
    }
    again = []
    for kind, rows in said.items():
        for at, cells in enumerate(rows, 1):
            cells_by_field = dict(zip(exported_fields(KINDS[kind].line), cells, strict=True))
            row = Row("g", kind, at, cells_by_field, {})
            line, found = parse(KINDS[kind].line, row)
            assert line is not None, found
            again.append(Item(line, row))
    assert {step.outcome for step in plan_rows(again, registry, load()).steps} == {"unchanged"}
    other = Snapshot()
    assert plan_rows(again, other, load()).is_clean
    assert {
        kind: [cells_of(line) for line in stored_lines(KINDS[kind], other)] for kind in KINDS
    } == said


# -- files ---------------------------------------------------------------------------------------


def counts(run: Run, *arguments: str | Path) -> dict[str, int]:
    """What an import read and did."""
    ran = run("import", "-O", "json", *arguments)
    assert ran.code == 0, ran.out
    found: dict[str, int] = json.loads(ran.out)["totals"]
    return found


def county(run: Run, workbook: Workbook) -> None:
    """A small county with members and admissions."""
    heads = [*MEMBER_HEADINGS, "手机号码", "离团日期", "离团原因", "志愿书编号", "政治面貌"]
    sheets = {
        "团组织": [*ORGANIZATIONS, [None, "物流支部", "白桦镇团委", "团支部", None, None]],
        "计划": QUOTAS,
        "团员": [
            heads,
            [*member(1), "12000000009", None, None, None],
            [*member(2, 姓名="阿依．古丽", 入团时间="2020.05"), None, "2022-06-30", "转出", "F-2"],
            [*member(3, 所在团支部="物流支部"), None, None, None, "无", "=团员"],
        ],
        "发展": [ADMISSION_HEADINGS, admission(1), admission(2)],
    }
    assert run("import", "--province", "65", workbook("county.xlsx", **sheets)).code == 0


@pytest.mark.parametrize("ending", ["xlsx", "csv", "tsv"])
def test_every_kind_comes_in_again_without_a_change(
    ending: str, run: Run, either_db: str, workbook: Workbook, tmp_path: Path
) -> None:
    """Each kind by itself, in each format that import reads."""
    county(run, workbook)
    for kind in KINDS:
        path = tmp_path / f"{kind}.{ending}"
        assert run("export", kind, "-o", path, *REVEALED).code == 0
        found = counts(run, path, "--dry-run")
        assert found["read"] == found["unchanged"]
        assert found["read"] or kind not in ("organizations", "quotas", "members", "admissions")


def test_the_whole_sample_comes_in_again_without_a_change(
    run: Run, sample_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """5,567 people and all else; into an empty registry it makes one that exports the same."""
    book = tmp_path / "county.xlsx"
    assert run("export", "all", "-o", book, *REVEALED).code == 0
    found = counts(run, book)
    assert (found["created"], found["updated"], found["rejected"]) == (0, 0, 0)
    assert found["read"] == found["unchanged"] > 6000
    exports = {kind: run("export", kind, "-O", "csv", *REVEALED).out for kind in KINDS}
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "other.db"))
    assert counts(run, book, "--province", "65")["created"] == found["read"]
    assert {kind: run("export", kind, "-O", "csv", *REVEALED).out for kind in KINDS} == exports
    assert run("check").code == 0


LIVED: list[tuple[str | int, ...]] = [
    ("member", "transfer", 1, "--to", "S2", "--on", "2023-09-01", "--accepted"),
    ("member", "transfer", 2, "--to-outside", "青松市", "--on", "2023-09-01", "--accepted"),
    ("member", "leave", "-y", 4, "--reason-kind", "age", "--on", "2023-11-20"),
    ("member", "edit", 3, "--name", "古丽．阿依", "--reason", "card"),
    ("number", "void", "-y", "202365000002", "--reason", "blot"),
    ("quota", "move", 2023, "T", "S", 1),
    ("org", "rename", "S1", "云杉县第一中学1班团支部", "--on", "2023-10-01"),
    ("org", "close", "-y", "T1", "--on", "2023-12-01"),
    ("org", "move", "S2", "--to", "T", "--on", "2023-12-02"),
    ("org", "split", "S3", "二班", "--member", 3, "--on", "2023-12-03"),
]


def test_a_county_that_lived_on_comes_in_again_without_a_change(
    run: Run, either_db: str, workbook: Workbook, tmp_path: Path
) -> None:
    """Moved and left members, void and moved numbers, renamed, closed, moved and split
    organisations: what is said of them now is what is stored."""
    lives.county(run, workbook)
    for arguments in LIVED:
        ran = run(*map(str, arguments))
        assert ran.code == 0, (arguments, ran.err)
    path = tmp_path / "lived.xlsx"
    assert run("export", "all", "-o", path, *REVEALED).code == 0
    found = counts(run, path)
    assert found["read"] == found["unchanged"] > 10


ALSO_LIVED: list[tuple[str | int, ...]] = [
    ("certificate", "reissue", 3, "--serial", "30000002", "--reason", "lost"),
    ("certificate", "reissue", 5, "--serial", "30000005", "--reason", "lost"),
    ("member", "edit", 1, "--id-number", id_number(9), "--reason", "card"),
    ("member", "transfer", 5, "--to", "S2", "--on", "2023-10-05", "--accepted"),
    ("member", "transfer", 5, "--to", "S1", "--on", "2023-11-05", "--accepted"),
]


def test_a_county_that_lived_on_is_the_same_one_elsewhere(
    run: Run, either_db: str, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Carried over by export and import, it gives the same figures of every year and organisation,
    the same state of every number and quota, and exports the same."""
    lives.county(run, workbook)
    for arguments in (*ALSO_LIVED, *LIVED):
        ran = run(*map(str, arguments))
        assert ran.code == 0, (arguments, ran.err)
    path = tmp_path / "lived.xlsx"
    assert run("export", "all", "-o", path, *REVEALED).code == 0
    before = answers(run)
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "other.db"))
    ran = run("import", "--province", "65", path)
    assert ran.code == 0, ran.err
    for question, answer in answers(run).items():
        assert answer == before[question], question


def test_what_no_sheet_carries_is_said(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """In one line, with how many there are of each; and nothing where there is nothing."""
    county(run, workbook)
    path = tmp_path / "all.xlsx"
    assert "no sheet carries" not in run("export", "all", "-o", path).err
    assert run("year", "close", "2023", "--yes").code == 0
    (line,) = [
        line for line in run("export", "all", "-o", path).err.splitlines() if "no sheet" in line
    ]
    assert "closed years 1" in line
    assert "no sheet carries" not in run("export", "members", "-o", path).err


def answers(run: Run) -> dict[str, list[str]]:
    """What a registry says of its years, numbers and quotas, and exports."""
    codes = [row["code"] for row in answer_of(run, "export", "organizations")["rows"]]
    asked = [("stats", str(year), "--org", code) for year in (2020, 2022, 2023) for code in codes]
    asked += [("quota", "show", "2023"), ("number", "show", "202365000002")]
    asked += [("export", kind, *REVEALED) for kind in KINDS]
    said = {" ".join(question): run(*question, "-O", "tsv").out for question in asked}
    # By which operation a number came to its state is the journal's, and people have other ids.
    number = said.pop("number show 202365000002").partition("since")[0]
    return {question: sorted(out.splitlines()) for question, out in said.items()} | {
        "number": [number]
    }


def test_a_county_moves_to_another_database(
    run: Run, either_db: str, workbook: Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One workbook of all kinds carries a county from either database to an empty registry."""
    county(run, workbook)
    book = tmp_path / "all.xlsx"
    assert run("export", "all", "-o", book, *REVEALED).code == 0
    exports = {kind: run("export", kind, "-O", "tsv", *REVEALED).out for kind in KINDS}
    monkeypatch.setenv("LEAGUECTL_DB", str(tmp_path / "other.db"))
    assert run("import", "--province", "65", book).code == 0
    assert {kind: run("export", kind, "-O", "tsv", *REVEALED).out for kind in KINDS} == exports


def test_what_was_left_open_stays_open(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A domain that came to the organisation above later is not taken over by a row that says
    nothing new."""
    heads, top, school, *_ = ORGANIZATIONS
    bare = [heads, [*top[:4], None, None], [*school[:4], None, None]]
    assert run("import", workbook("bare.xlsx", 团组织=bare)).code == 0
    assert run("import", workbook("top.xlsx", 团组织=[heads, top])).code == 0
    path = tmp_path / "out.csv"
    assert run("export", "organizations", "-o", path).code == 0
    assert counts(run, path)["unchanged"] == 2


def test_a_workbook_is_text_where_it_is_text(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """ID numbers are text, days are days, months stay months, nothing is a formula."""
    county(run, workbook)
    path = tmp_path / "book.xlsx"
    assert run("export", "organizations", "团员", "-o", path, *REVEALED).code == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["团组织", "团员"]
    heads, first, second, third, *_ = book["团员"].iter_rows()
    by_head = {cell.value: at for at, cell in enumerate(heads)}
    number = first[by_head["身份证号"]]
    assert (number.value, number.data_type, number.number_format) == (
        id_number(1, "20060301"), "s", "@",
    )  # fmt: skip
    assert first[by_head["入团时间"]].is_date
    assert second[by_head["入团时间"]].value == "2020-05"
    assert second[by_head["姓名"]].value == "阿依．古丽"
    assert third[by_head["志愿书编号"]].value == "无"
    formula = third[by_head["政治面貌"]]
    assert (formula.value, formula.data_type) == ("=团员", "s")
    assert path.stat().st_mode & 0o077 == 0


def test_a_masked_export_says_that_it_cannot_come_back(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Nobody's number leaves without a reason; the file says so before somebody needs it."""
    county(run, workbook)
    for form in ("csv", "json", "tsv"):
        ran = run("export", "members", "-O", form)
        assert ran.code == 0
        assert id_number(1, "20060301") not in ran.out
        assert "import cannot read this again" in ran.err
    path = tmp_path / "masked.xlsx"
    assert run("export", "members", "-o", path).code == 0
    assert id_number(1, "20060301")[6:] not in str(
        [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0]]
    )
    assert run("import", "--dry-run", path).code == 1
    quiet = run("export", "quotas", "-O", "csv")
    assert "import cannot read" not in quiet.err


def test_a_revealed_export_is_recorded(run: Run, db: Path, workbook: Workbook) -> None:
    """Who took whose numbers out, and why."""
    county(run, workbook)
    export = ("export", "members", "--org", "C", "--reveal")
    assert run(*export, "--reason", "to the prefecture").code == 0
    newest = answer_of(run, "log")["operations"][0]
    assert newest["command"] == "export --reveal"
    assert newest["reason"] == "to the prefecture"
    assert newest["counts"] == {"people": 5}
    assert newest["sources"] == [{"revealed": "export members --org C"}]


def test_rows_of_one_organisation_and_day(run: Run, db: Path, workbook: Workbook) -> None:
    """``--org`` is it and all below it; ``--as-of`` is what was known to hold that day."""
    county(run, workbook)

    def rows(*arguments: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = answer_of(run, "export", *arguments)["rows"]
        return found

    assert [row["name"] for row in rows("members", "--org", "T")] == ["团员" + chr(0x4E03)]
    assert {row["code"] for row in rows("organizations", "--org", "S")} == {"S", "S1", "S2"}
    assert [row["left"] for row in rows("members")].count("2022-06-30") == 1
    then = rows("members", "--as-of", "2022-06-29")
    assert [membership["joined"] for membership in then] == ["2020-05-04", "2020-05", "2020-05-04"]
    assert not any(membership["left"] or membership["leaving_reason"] for membership in then)
    assert rows("members", "--as-of", "2020-04-30") == []
    assert rows("quotas", "--as-of", "2022-12-31") == []
    assert len(rows("admissions", "--as-of", "2023-04-10")) == 2
    assert run("export", "members", "--org", "nobody").code == 4


def test_every_kind_can_be_asked_for_as_of_any_day(sample_db: Path) -> None:
    """What is exported as of an earlier day grows with the day, whatever refers to whatever."""
    days = [date(1950, 1, 1), date(2015, 1, 1), date(2022, 12, 31), date(2023, 6, 30)]
    located = locate(str(sample_db))
    counts = [[len(kind.lines) for kind in export(located, list(KINDS), None, day)] for day in days]
    whole = [len(kind.lines) for kind in export(located, list(KINDS))]
    for earlier, later in pairwise([*counts, whole]):
        assert all(few <= many for few, many in zip(earlier, later, strict=True))
    assert counts[0] != counts[-1] != whole


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export",), 2), (("export", "nonsense"), 2), (("export", "members", "quotas"), 2),
        (("export", "all"), 2), (("export", "members", "-o", "x.pdf"), 2),
        (("export", "members", "--as-of", "someday"), 2), (("export", "members", "--reveal"), 2),
        (("export", "members", "-o", "no/such/folder/x.xlsx"), 4),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_says_why(
    arguments: tuple[str, ...], code: int, run: Run, sample_db: Path
) -> None:
    """Nothing is written, and the exit code tells what it was."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err


def test_export_of_no_registry_is_not_found(run: Run, db: Path) -> None:
    """Nothing is made by looking."""
    assert run("export", "members").code == 4
    assert not db.exists()
