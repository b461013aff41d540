"""Every write is an operation: log and show tell of it, undo makes everything as before."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, member
from leaguectl.model import ENTITIES
from leaguectl.store import locate
from leaguectl.store.writing import Store
from leaguectl.tables import TABLES
from leaguectl.words import words

Workbook = Callable[..., Path]
PLAN, CANDIDATES = DATA / "plan-2024.csv", DATA / "candidates-2024.xlsx"


def rows(db: str | Path) -> dict[str, Any]:
    """Every row of every noun, to the last field."""
    with Store(locate(str(db))).read() as transaction:
        return {
            noun.__name__: sorted(
                map(tuple, transaction.rows(f"SELECT * FROM {_name(noun)}")), key=repr
            )
            for noun in ENTITIES
        }


def _name(noun: Any) -> str:
    return str(TABLES[noun].__table__.name)  # type: ignore[attr-defined]


HEADINGS = [*MEMBER_HEADINGS, "手机号码"]


def test_every_kind_of_record_has_a_name_in_chinese() -> None:
    """As ``show`` and ``log`` count what was replaced."""
    names = [noun.__name__.lower() for noun in ENTITIES]
    zh = words("zh")
    assert [name for name in names if (zh.values.get(name) or zh.heading(name)) == name] == []


def roster(workbook: Workbook, *rows: list[Any]) -> Path:
    """A members sheet with these rows."""
    return workbook("roster.xlsx", 团员=[HEADINGS, *rows])


def county(run: Run, workbook: Workbook) -> None:
    """A small county with one member."""
    sheets = {"团组织": ORGANIZATIONS, "团员": [HEADINGS, [*member(1), None]]}
    assert run("import", "--province", "65", workbook("county.xlsx", **sheets)).code == 0


def test_undo_makes_everything_as_it_was(run: Run, either_db: str, workbook: Workbook) -> None:
    """What an operation created goes, what it changed is as before, to the last field."""
    county(run, workbook)
    before = rows(either_db)
    book = roster(workbook, [*member(1), "12000000009"], [*member(2), None])
    assert run("import", book).code == 0
    assert rows(either_db) != before
    preview = run("undo", "2", "--dry-run")
    assert preview.code == 0
    assert "nothing was written" in preview.err
    done = run("undo", "2", "--reason", "wrong file")
    assert (done.code, done.out) == (0, "")
    assert "operation 2 is undone" in done.err
    assert rows(either_db) == before
    assert run("check").code == 0


def test_an_undoing_is_undone(run: Run, either_db: str, workbook: Workbook) -> None:
    """Undoing an undoing does again what was undone, and once more, and once more."""
    county(run, workbook)
    before = rows(either_db)
    assert run("import", roster(workbook, [*member(2), None])).code == 0
    after = rows(either_db)
    for operation, wanted in ((2, before), (3, after), (4, before), (5, after)):
        assert run("undo", str(operation)).code == 0
        assert rows(either_db) == wanted
    refused = run("undo", "3")
    assert refused.code == 3
    assert "undone already, by operation 4" in refused.err


def test_undo_of_admissions_gives_the_numbers_back(
    run: Run, sample_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was admitted by mistake is out again, with number, form and certificate."""
    monkeypatch.setenv("LEAGUECTL_TODAY", "2024-06-30")  # when those candidates were admitted
    assert run("import", PLAN).code == 0
    before = rows(sample_db)
    assert run("admit", "--valid-only", CANDIDATES).code == 1
    assert run("undo", "3").code == 0
    assert rows(sample_db) == before
    again = run("admit", "--valid-only", "-O", "json", CANDIDATES)
    assert json.loads(again.out)["admitted"][0]["number"] == "202465007101"


def test_what_a_later_operation_builds_on_is_not_undone(
    run: Run, either_db: str, workbook: Workbook
) -> None:
    """The later operations are named; without them it can be undone."""
    county(run, workbook)
    assert run("import", roster(workbook, [*member(2), None])).code == 0
    assert run("import", roster(workbook, [*member(2), "12000000009"])).code == 0
    before = rows(either_db)
    for operation, later in (("1", "2"), ("2", "3")):
        refused = run("undo", operation)
        assert refused.code == 3
        assert f"later operations build on operation {operation}: " in refused.err
        assert later in refused.err.split(": ", 2)[2]
    assert rows(either_db) == before
    assert [run("undo", operation).code for operation in ("3", "2", "1")] == [0, 0, 0]
    # What the registry was made with is all that is left.
    assert [noun for noun, stored in rows(either_db).items() if stored] == ["Setting"]


@pytest.mark.parametrize(("operation", "code"), [("9", 4), ("0", 2), ("one", 2)])
def test_an_operation_that_is_not_there_is_reported(
    run: Run, sample_db: Path, operation: str, code: int
) -> None:
    """A number of no operation is not found; what is no number is an error of usage."""
    for command in ("undo", "show"):
        assert run(command, operation).code == code


def test_what_wrote_nothing_is_not_undone(run: Run, sample_db: Path) -> None:
    """Looking at masked values is an operation, but there is nothing to undo."""
    assert run("member", "show", "202365004101", "--reveal", "--reason", "papers").code == 0
    refused = run("undo", "2")
    assert refused.code == 3
    assert "changed nothing" in refused.err


def test_log_lists_the_operations_newest_first(run: Run, sample_db: Path) -> None:
    """Who, when, what, why, how many, and by what it was undone."""
    assert run("import", PLAN, "--reason", "new year").code == 0
    assert run("undo", "2").code == 0
    found = answer_of(run, "log")
    assert found["schema"] == "leaguectl/log@1"
    newest, plan, first = found["operations"]
    assert (newest["id"], newest["command"], newest["undoes"]) == (3, "undo", 2)
    assert (plan["id"], plan["actor"], plan["reason"]) == (2, "tester", "new year")
    assert plan["counts"]["created"] == 8
    assert (plan["undone_by"], newest["undone_by"], first["undone_by"]) == (3, None, None)
    assert len(answer_of(run, "log", "--limit", "1")["operations"]) == 1


def test_show_tells_of_one_operation(run: Run, sample_db: Path) -> None:
    """The files with their digests, and what was replaced."""
    assert run("import", PLAN).code == 0
    found = answer_of(run, "show", "2")["operation"]
    assert found["sources"][0]["file"] == "plan-2024.csv"
    assert len(found["sources"][0]["sha256"]) == 64
    assert found["replaced"] == {}
    assert "plan-2024.csv" in run("show", "2").out


@pytest.mark.parametrize(
    "command",
    [("show",), ("undo",), ("transfer", "accept"), ("post", "end"), ("member", "show"), ("reply",)],
    ids=" ".join,
)
def test_a_number_that_no_database_holds_is_not_found(
    command: tuple[str, ...], run: Run, sample_db: Path, tmp_path: Path
) -> None:
    """However many digits somebody types, it is the number of nothing that there is."""
    files = (tmp_path / "a.xlsx", tmp_path / "b.xlsx") if command == ("reply",) else ()
    for digits in (20, 400):
        ran = run(*command, "9" * digits, *files)
        assert ran.code in (2, 3, 4), ran.err
