"""Where what is stored comes from: the file, the sheet and the row of each record, and of what it
says."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import lives
from conftest import DATA, Run, answer_of, taken
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, admission, member
from leaguectl.kinds import KINDS
from leaguectl.kinds.cells import Day
from leaguectl.kinds.parsing import cell_type
from leaguectl.masks import MASKED
from leaguectl.model import DECLARATIONS, ENTITIES, Person, key_of
from leaguectl.reports import journal
from leaguectl.reports.query import as_text
from leaguectl.rules import load
from leaguectl.store import locate
from leaguectl.store.reading import open_reader, records
from leaguectl.store.writing import Store

Workbook = Callable[..., Path]

HEADINGS = [*MEMBER_HEADINGS, "手机号码"]


def asked(db: str | Path, sql: str) -> list[tuple[Any, ...]]:
    """What is stored, asked past the program."""
    with Store(locate(str(db))).read() as transaction:
        return [tuple(row) for row in transaction.rows(sql)]


def lines(db: str | Path, operation: int) -> list[tuple[Any, ...]]:
    """The source lines of an operation but for their own ids."""
    columns = "source, noun, first_key, last_key, key, first_row, fields"
    where = f"operation = {operation} ORDER BY id"
    return asked(db, f"SELECT {columns} FROM source_line WHERE {where}")


def test_an_operation_keeps_each_table_with_its_columns(county: Path, run: Run) -> None:
    """Per table: file, digest, sheet, kind, day, and under which letter each field stands."""
    (sources,) = (
        json.loads(text) for (text,) in asked(county, "SELECT sources FROM operation WHERE id = 1")
    )
    first, second = sources
    assert (first["file"], first["sheet"], first["kind"]) == (
        "county.xlsx",
        "团组织",
        "organizations",
    )
    assert (second["sheet"], second["kind"], second["header_row"]) == ("计划", "quotas", 1)
    assert first["sha256"] == second["sha256"]
    assert first["columns"] == {
        "code": "A", "name": "B", "parent": "C", "type": "D", "domain": "E", "sector": "F",
    }  # fmt: skip
    assert {"day", "path"} <= first.keys()


def test_people_one_below_the_other_are_one_line(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """Newcomers are a line for each run of consecutive rows; rows that confirm and rows that change
    have lines of their own, the changed with their fields."""
    rows: list[list[Any]] = [HEADINGS, *([*member(at), None] for at in range(1, 7))]
    rows.insert(4, [])
    assert run("import", workbook("roster.xlsx", 团员=rows)).code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 3, None, 2, None),
        (0, "person", 4, 6, None, 6, None),
        (0, "membership", 1, 3, None, 2, None),
        (0, "membership", 4, 6, None, 6, None),
    ]
    rows[2][-1] = "13800000001"
    rows.append([*member(7), None])
    assert run("import", workbook("again.xlsx", 团员=rows)).code == 0
    assert lines(county, 3) == [
        (0, "person", 7, 7, None, 9, None),
        (0, "membership", 7, 7, None, 9, None),
        (0, "person", 1, 1, None, 2, ""),
        (0, "person", 3, 3, None, 4, ""),
        (0, "person", 4, 6, None, 6, ""),
        (0, "membership", 2, 2, None, 3, ""),
        (0, "person", 2, 2, None, 3, "phone"),
    ]


def test_a_row_planned_by_itself_has_the_same_lines(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A sheet that gives its rows a home by option is typed row by row, and planned by column no
    less: what is noted is what the quick way notes."""
    bare = [[cell for at, cell in enumerate(member(number)) if at != 2] for number in range(1, 5)]
    headings = [heading for at, heading in enumerate(MEMBER_HEADINGS) if at != 2]
    book = workbook("bare.xlsx", 团员=[headings, *bare])
    assert run("import", book, "--org", "S1").code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 4, None, 2, None),
        (0, "membership", 1, 4, None, 2, None),
    ]


@pytest.mark.parametrize("command", ["import", "admit"])
def test_an_admission_is_found_by_its_row(
    county: Path, run: Run, workbook: Workbook, command: str
) -> None:
    """Person, membership and admission have lines; numbers and papers are found by whose they
    are."""
    rows = [ADMISSION_HEADINGS, admission(1), admission(2)]
    assert run(command, workbook("cases.xlsx", 发展团员=rows)).code == 0
    assert lines(county, 2) == [
        (0, "person", 1, 2, None, 2, None),
        (0, "membership", 1, 2, None, 2, None),
        (0, "admission", 1, 2, None, 2, None),
    ]


def test_a_plan_file_brings_its_sources(
    county: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:
    """What a plan file carries out has the sources of the run that made it."""
    book = workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(1), member(2)])
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert run("import", "--apply", plan).code == 0
    applied = lines(county, 2)
    assert run("undo", "2").code == 0
    assert run("import", book).code == 0
    assert [line[1:] for line in lines(county, 4)] == [
        (noun, *(key + 2 for key in keys), *rest) for _, noun, *keys, _, row, fields in applied
        for rest in [(None, row, fields)]
    ]  # fmt: skip


def test_what_comes_of_options_has_no_sheet(county: Path, run: Run) -> None:
    """A command without a file is its own source."""
    assert run("org", "add", "白桦镇中学团支部", "--type", "branch", "--parent", "T").code == 0
    assert (lines(county, 2), asked(county, "SELECT sources FROM operation WHERE id = 2")) == (
        [],
        [("[]",)],
    )


def test_the_sample_costs_a_handful_of_lines(sample_db: Path) -> None:
    """5,187 members and all that they did are noted in less than a line for five of them; the rows
    of a line name the people it says."""
    ((count,),) = asked(sample_db, "SELECT count(*) FROM source_line")
    assert count < 1000
    people = [line for line in lines(sample_db, 1) if line[1] == "person"]
    source, _, first, last, _, row, fields = max(people, key=lambda line: line[3] - line[2])
    assert (fields, last - first > 300) == (None, True)
    (sources,) = asked(sample_db, "SELECT sources FROM operation WHERE id = 1")[0]
    table = json.loads(sources)[source]
    book = openpyxl.load_workbook(DATA / "sample.xlsx", read_only=True)
    sheet = book[table["sheet"]]
    names = [
        cells[0].value
        for cells in sheet[f"{table['columns']['name']}{row}:{table['columns']['name']}{row + 200}"]
    ]
    stored = f"SELECT name FROM person WHERE id >= {first} ORDER BY id LIMIT 201"
    assert [(name,) for name in names] == asked(sample_db, stored)
    book.close()


# -- what became of a record, and which cell said so ---------------------------------------------


def events(run: Run, *command: str) -> list[dict[str, Any]]:
    """The events of a history, or the changes of an operation."""
    answer: dict[str, Any] = answer_of(run, *command)
    found: list[dict[str, Any]] = answer.get("events") or answer["changes"]
    return found


def test_show_lists_each_field_from_what_to_what_with_its_cell(
    county: Path, run: Run, workbook: Workbook
) -> None:
    """A roster that changes a phone: who, old and new, masked, and the cell that says it; what an
    edit by hand does has no cell."""
    book = workbook("roster.xlsx", 团员=[HEADINGS, [*member(1), None], [*member(2), "13800000001"]])
    assert run("import", book).code == 0
    again = workbook("again.xlsx", 名册=[["九月"], HEADINGS, [*member(1), "13800000002"]])
    assert run("import", again).code == 0
    (change,) = events(run, "show", "3")
    assert (change["noun"], change["who"], change["change"]) == ("person", "团员丁", "changed")
    assert (change["file"], change["sheet"], change["row"]) == ("again.xlsx", "名册", 3)
    assert change["fields"] == [
        {"field": "phone", "before": None, "after": "*********02", "cell": "G3"}
    ]
    shown = run("show", "3", "--lang", "zh").out
    assert "修改 团员丁  手机号码 *********02  (again.xlsx!名册!G3)" in shown
    assert run("member", "edit", "1", "--phone", "13800000003").code == 0
    (edited,) = events(run, "show", "4")
    assert (edited["file"], edited["row"]) == (None, None)
    assert edited["fields"][0]["before"] == "*" * 10 + "2"
    revealed = run("show", "4", "--reveal", "--reason", "核对", "-O", "json").out
    assert "13800000002" in revealed
    assert run("log", "-O", "tsv").out.count("show --reveal") == 1


def test_an_operation_of_many_is_shown_in_part(county: Path, run: Run, workbook: Workbook) -> None:
    """--limit shows so many changes and says of how many; without it a pipe gets all."""
    rows = [MEMBER_HEADINGS, *(member(at) for at in range(1, 31))]
    assert run("import", workbook("roster.xlsx", 团员=rows)).code == 0
    part = run("show", "2", "--limit", "3")
    whole = run("show", "2")
    assert part.out.count("roster.xlsx!") == 3
    assert "3 of 150 changes" in part.err
    assert whole.out.count("roster.xlsx!") == 150


@pytest.mark.parametrize("preview", [True, False])
def test_a_verbose_import_tells_what_becomes_of_each_row(
    county: Path, run: Run, workbook: Workbook, preview: bool
) -> None:
    """-v: each row is new, changed from what to what, the same, or refused with its codes; in a
    preview as in the run itself, and for people a line of each."""
    first = [HEADINGS, [*member(1), None], [*member(2), "13800000001"]]
    assert run("import", workbook("first.xlsx", 团员=first)).code == 0
    rows = [
        HEADINGS, [*member(1), None], [*member(2), "13800000002"], [*member(3), None],
        [*member(4, 身份证号="12345"), None], [*member(5, 所在团支部="没有"), None],
    ]  # fmt: skip
    book = workbook("second.xlsx", 团员=rows)
    how = ("-n",) if preview else ("--valid-only",)
    answer = taken(run, book, *how, "-v")
    by_row = {row["row"]: row for row in answer["rows"]}
    outcomes = ["unchanged", "updated", "created", "rejected", "rejected"]
    assert [by_row[row]["outcome"] for row in range(2, 7)] == outcomes
    (change,) = by_row[3]["changes"]
    assert change["fields"] == [
        {"field": "phone", "before": "*" * 10 + "1", "after": "*" * 10 + "2"}
    ]
    assert {change["change"] for change in by_row[4]["changes"]} == {"created"}
    assert by_row[6]["codes"] == ["organization-unknown"]
    assert by_row[5]["codes"]
    assert "rows" not in taken(run, book, "-n")
    if preview:
        shown = run("import", book, "-n", "-v", "--lang", "zh").err
        assert "second.xlsx!团员!3 更新 团员丂  手机号码 **********1 → **********2" in shown


def test_what_is_undone_is_reported_as_well(county: Path, run: Run, workbook: Workbook) -> None:
    """The journal of an undo says what went, came back and was put back."""
    assert run("import", workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(1)])).code == 0
    assert run("member", "edit", "1", "--phone", "13800000003").code == 0
    assert run("undo", "3").code == 0
    (back,) = events(run, "show", "4")
    assert (back["change"], back["fields"][0]["after"]) == ("changed", None)
    assert run("undo", "2").code == 0
    assert {change["change"] for change in events(run, "show", "5")} == {"removed"}
    assert run("undo", "5").code == 0
    again = events(run, "show", "6")
    assert {change["change"] for change in again} == {"created"}
    nouns = [change["noun"] for change in events(run, "show", "2")]
    assert sorted(change["noun"] for change in again) == sorted(nouns)


def test_a_history_ends_in_what_is_stored(run: Run, db: Path, workbook: Workbook) -> None:
    """Whatever happens to somebody: each event begins with what the one before it left, and the
    last leaves what stands there now."""
    lives.county(run, workbook)
    for command in (
        ("member", "edit", "1", "--phone", "13800000003", "--politics", "入党积极分子"),
        ("member", "transfer", "1", "--to", "S2", "--on", "2023-09-01", "--accepted"),
        ("member", "edit", "1", "--name", "团员新", "--reason", "更名"),
        ("undo", "4"),
        ("member", "leave", "-y", "1", "--reason-kind", "resigned", "--on", "2023-10-01",
         "--approved-by", "C", "--authority", "云团〔2023〕7号"),
        ("undo", "6"),
        ("undo", "5"),
    ):  # fmt: skip
        assert run(*command).code == 0, command
    now: dict[tuple[str, Any], dict[str, Any]] = {}
    for event in events(run, "member", "history", "1"):
        record = now.setdefault((event["noun"], event["key"]), {})
        for field in event["fields"]:
            assert record.get(field["field"]) == field["before"]
            record[field["field"]] = field["after"]
        if event["change"] == "removed":
            assert not any(now.pop((event["noun"], event["key"])).values())
    with open_reader(locate(str(db))) as reader:
        stored = {
            (DECLARATIONS[entity].name, key_of(record)): record
            for entity in ENTITIES
            for record in records(reader, entity)
            if getattr(record, "person", isinstance(record, Person) and record.id) == 1
        }
    assert {noun for noun, _ in now} >= {"person", "membership", "number", "alias", "transfer"}
    assert Counter(noun for noun, _ in now) == Counter(noun for noun, _ in stored)
    for (noun, key), fields in now.items():
        record = stored.get((noun, key))
        for name, value in fields.items() if record is not None else ():
            there = as_text(getattr(record, name))
            is_masked = MASKED.fullmatch(str(value)) and len(str(value)) == len(str(there))
            assert is_masked or str(value) == str(there)


def test_an_organisation_has_a_history(county: Path, run: Run) -> None:
    """Its founding by a sheet, a new name, another place, its quota: each on its day."""
    assert (
        run("org", "rename", "S1", "云杉县第一中学高二（1）班团支部", "--on", "2024-01-02").code
        == 0
    )
    assert run("org", "move", "S1", "--to", "T", "--on", "2024-01-03").code == 0
    found = events(run, "org", "history", "S1")
    fields = [(each["noun"], field["field"]) for each in found for field in each["fields"]]
    assert ("organization", "name") in fields
    assert ("organization", "parent") in fields
    moved = next(
        field for each in found for field in each["fields"]
        if (field["field"], field["before"]) == ("parent", "S")
    )  # fmt: skip
    assert (moved["before_name"], moved["after_name"]) == ("云杉县第一中学团委", "白桦镇团委")
    assert (found[0]["file"], found[0]["row"]) == ("county.xlsx", 4)
    assert any(each["noun"] == "quota" for each in events(run, "org", "history", "S"))
    assert run("org", "history", "没有这个").code == 4


def test_the_source_of_each_field_is_a_cell_that_says_so(sample_db: Path, run: Run) -> None:
    """Of a sample of the county's people: the cell that is named says what is stored, typed as the
    sheet's kind types it."""
    book = openpyxl.load_workbook(DATA / "sample.xlsx")
    with open_reader(locate(str(sample_db))) as reader:
        (sources,) = (
            json.loads(row[0]) for row in reader.rows("SELECT sources FROM operation WHERE id = 1")
        )
        kinds = {source["sheet"]: KINDS[source["kind"]].line for source in sources}
        found = [
            (event, field)
            for person in range(1, 5678, 190)
            for event in journal.history_of_person(reader, person)
            for field in event["fields"]
            if field.get("cell")
        ]
    assert len(found) > 250
    fields = Counter(field["field"] for _, field in found)
    assert {"phone", "organization", "joined", "serial", "number", "meeting"} <= fields.keys()
    for event, field in found:
        sheet = field.get("sheet") or event["sheet"]
        said = book[sheet][field["cell"]].value
        stored = field.get("after_name") or field["after"]
        columns = next(source["columns"] for source in sources if source["sheet"] == sheet)
        letter = field["cell"].rstrip("0123456789")
        column = next(name for name, where in columns.items() if where == letter)
        typed = cell_type(kinds[sheet].model_fields[column])(said)
        typed = typed.date.isoformat() if isinstance(typed, Day) else typed
        if field["field"] == "title":
            typed = load().title_of(typed)
        assert str(typed) in (str(stored), f"{stored}.0", f"{stored}团支部"), (event, field)
