"""A plan that was looked at is carried out exactly, or not at all."""

import json
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran, begin
from county import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    id_number,
    member,
)

Run = Callable[..., Ran]
Workbook = Callable[..., Path]

COUNTY = {"团组织": ORGANIZATIONS, "发展计划": QUOTAS}
TABLES = ("organization", "person", "quota", "number", "form", "certificate", "membership",
          "admission", "history")  # fmt: skip


def rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a registry holds but for the operations' own times."""
    with sqlite3.connect(db) as connection:
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in TABLES
        }


@pytest.fixture
def book(workbook: Workbook) -> Path:
    """A roster and a case that fit the small county."""
    return workbook(
        "roster.xlsx",
        团员=[MEMBER_HEADINGS, member(1), member(2)],
        发展团员=[ADMISSION_HEADINGS, admission(1)],
    )


@pytest.fixture
def county(db: Path, run: Run, workbook: Workbook) -> Path:
    """The small county's organisations and quotas."""
    begin(run, workbook, **COUNTY)
    return db


def test_a_plan_is_kept_and_nothing_is_written(
    run: Run, county: Path, book: Path, tmp_path: Path
) -> None:
    """--plan-out is a dry run; the file is its owner's alone and says what becomes of each row."""
    before = county.read_bytes()
    ran = run("import", book, "--plan-out", tmp_path / "plan.json")
    assert ran.code == 0, ran.err
    assert county.read_bytes() == before
    plan = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert plan["schema"] == "leaguectl/plan@3"
    assert [row["outcome"] for row in plan["rows"]] == ["created"] * 3
    assert stat.S_IMODE((tmp_path / "plan.json").stat().st_mode) == 0o600


def test_applying_a_plan_does_what_the_import_would_have_done(
    run: Run, county: Path, book: Path, tmp_path: Path
) -> None:
    """The registry after --apply is the registry after the import itself, row by row."""
    other = tmp_path / "other.db"
    other.write_bytes(county.read_bytes())
    assert run("import", book, "--plan-out", tmp_path / "plan.json").code == 0
    applied = run("import", "--apply", tmp_path / "plan.json", "-O", "json")
    assert applied.code == 0, applied.err
    assert json.loads(applied.out)["totals"]["created"] == 3
    assert run("--db", other, "import", book).code == 0
    assert rows(county) == rows(other)
    assert run("check").code == 0


def test_a_plan_makes_the_registry_that_it_was_made_without(
    run: Run, db: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """A first import can be planned before there is a registry."""
    plan = tmp_path / "plan.json"
    ran = run("import", workbook(**COUNTY), "--plan-out", plan, "--province", "65")
    assert (ran.code, db.exists()) == (0, False)
    assert run("import", "--apply", plan).code == 0
    assert run("quota", "check", "2023").code == 0
    with sqlite3.connect(db) as connection:
        assert connection.execute("SELECT value FROM setting").fetchall() == [("65",)]


def test_a_plan_is_stale_when_the_registry_moved(
    run: Run, county: Path, book: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Whoever wrote in between makes it stale: exit 7, nothing written."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert run("import", workbook("x.xlsx", 团员=[MEMBER_HEADINGS, member(9)])).code == 0
    before = county.read_bytes()
    ran = run("import", "--apply", plan)
    assert (ran.code, ran.out) == (7, "")
    assert county.read_bytes() == before


def test_a_plan_is_applied_once(run: Run, county: Path, book: Path, tmp_path: Path) -> None:
    """A second time it is stale by its own operation."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    assert [run("import", "--apply", plan).code for _ in range(2)] == [0, 7]


def test_a_plan_is_stale_when_its_file_changed(
    run: Run, county: Path, book: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """What was looked at is not what lies there now: exit 7."""
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(3)])
    assert run("import", "--apply", plan).code == 7


def test_a_file_with_faults_keeps_no_plan(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Nothing that would be refused is kept; with --valid-only the right rows are."""
    plan = tmp_path / "plan.json"
    wrong = workbook("w.xlsx", 团员=[MEMBER_HEADINGS, member(1, 身份证号="1"), member(2)])
    assert run("import", wrong, "--plan-out", plan).code == 1
    assert not plan.exists()
    assert run("import", wrong, "--valid-only", "--plan-out", plan).code == 1
    assert run("import", "--apply", plan).code == 0
    assert run("member", "find", id_number(2, "20060301")).code == 0


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "leaguectl/plan@3"}', "plan"])
def test_what_is_no_plan_is_an_error_of_usage(
    run: Run, county: Path, tmp_path: Path, text: str
) -> None:
    """A wrong file is reported as such, with exit code 2."""
    plan = tmp_path / "plan.json"
    plan.write_text(text)
    assert run("import", "--apply", plan).code == 2


def test_a_plan_of_another_version_is_stale(run: Run, county: Path, tmp_path: Path) -> None:
    """A newer program's plan is not guessed at."""
    plan = tmp_path / "plan.json"
    plan.write_text('{"schema": "leaguectl/plan@2"}')
    assert run("import", "--apply", plan).code == 7


def test_files_and_a_plan_exclude_one_another(run: Run, county: Path, book: Path) -> None:
    """Both, or neither, is a wrong use."""
    assert run("import", book, "--apply", book).code == 2
    assert run("import").code == 2


# -- bound to a registry -------------------------------------------------------------------------


@pytest.fixture
def plan(run: Run, county: Path, book: Path, tmp_path: Path) -> Path:
    """The plan of an import into the small county."""
    path = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", path).code == 0
    return path


def test_a_plan_fits_no_other_registry(
    run: Run, plan: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """Another registry with as many operations and the same rows is another registry."""
    other = tmp_path / "other.db"
    assert run("--db", other, "init", "--name", "另一个县").code == 0
    assert run("--db", other, "import", workbook("county2.xlsx", **COUNTY)).code == 0
    before = other.read_bytes()
    ran = run("--db", other, "import", "--apply", plan)
    assert (ran.code, "another registry" in ran.err) == (7, True)
    assert other.read_bytes() == before


def test_a_look_and_what_lies_apart_make_no_plan_stale(
    run: Run, plan: Path, workbook: Workbook
) -> None:
    """A reveal, a preview and a row of what no plan looks at are written in between."""
    assert run("export", "members", "--reveal", "--reason", "核对").code == 0
    tasks = [
        ["模块", "改革任务", "牵头单位", "完成时限"],
        ["一", "建团校", "云杉县第一中学团委", "2024-06-30"],
    ]
    assert run("import", workbook("tasks.xlsx", 改革任务=tasks)).code == 0
    assert run("import", workbook("y.xlsx", 团员=[MEMBER_HEADINGS, member(9)]), "-n").code == 0
    applied = run("apply", plan)
    assert applied.code == 0, applied.err
    assert run("verify").code == 0


def test_what_was_undone_and_done_again_makes_a_plan_stale(
    run: Run, plan: Path, workbook: Workbook
) -> None:
    """The rows are as before, but what the plan was made for is not the last that happened."""
    assert run("import", workbook("x.xlsx", 团员=[MEMBER_HEADINGS, member(9)])).code == 0
    assert run("undo", "2", "--yes").code == 0
    ran = run("apply", plan)
    assert (ran.code, "leaguectl show 3" in ran.err) == (7, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [("2006", "2005"), ('"import"', '"harmless"'), ('"created": 3', '"created": 2'),
     ('"2023-', '"1900-')],
)  # fmt: skip
def test_an_altered_plan_is_refused(run: Run, county: Path, plan: Path, old: str, new: str) -> None:
    """A plan that was changed after its approval is reported, and nothing is written."""
    text, before = plan.read_text("utf-8"), county.read_bytes()
    assert old in text
    plan.write_text(text.replace(old, new, 1), "utf-8")
    ran = run("apply", plan)
    assert (ran.code, "altered" in ran.err) == (3, True)
    assert county.read_bytes() == before


ALTERED = {
    "number-year": ("membership", {"joined": "2008-05-04"}),
    "course-hours": ("admission", {"course_hours": 1.0}),
    "two-introducers": ("admission", {"introducer_1": "介绍甲", "introducer_2": "介绍甲"}),
    "introducer-in-standing": ("admission", {"introducer_1": "察看中"}),
    "majority-of-present": ("admission", {"in_favour": 1}),
    "approval-power": ("admission", {"approved_by": "云杉县第一中学高一（1）班团支部"}),
}
"""Alterations of a plan by the rule that sees them."""


def test_the_rules_are_asked_of_a_plan_again(
    run: Run, county: Path, workbook: Workbook, book: Path, tmp_path: Path
) -> None:
    """An alteration with its digest computed anew is caught by the rules of the registry: of those
    who are entered, and of the gate, with who introduces, votes and approves."""
    from leaguectl.actions import plan_file

    roster = workbook("s.xlsx", 团员=[MEMBER_HEADINGS, member(8, 姓名="察看中")])
    assert run("import", roster).code == 0
    given = ("--since", "2023-01-10", "--until", "2023-07-10", "--authority", "1号")
    assert run("member", "discipline", "察看中", "probation", *given).code == 0
    plan = tmp_path / "plan.json"
    assert run("import", book, "--plan-out", plan).code == 0
    text, before = plan.read_text("utf-8"), county.read_bytes()
    for code, (noun, values) in ALTERED.items():
        document = json.loads(text)
        del document["digest"]
        [*_, altered] = (each["after"] for each in document["changes"] if each["noun"] == noun)
        altered |= values
        document["digest"] = plan_file._digest(document)
        plan.write_text(json.dumps(document), "utf-8")
        ran = run("apply", plan)
        assert (ran.code, f"error {code}" in ran.err) == (3, True), ran.err
    assert county.read_bytes() == before
    plan.write_text(text, "utf-8")
    assert run("apply", plan).code == 0


@pytest.mark.parametrize(
    "arguments",
    [("member", "leave", "团员一", "--reason-kind", "resigned"),
     ("quota", "set", "2023", "S1", "5"), ("member", "edit", "团员一", "--phone", "13900000000"),
     ("org", "rename", "S1", "云杉县第一高级中学团委"), ("undo", "2")],
    ids=lambda arguments: " ".join(arguments[:2]),
)  # fmt: skip
def test_the_plan_of_any_command_is_kept_and_carried_out(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """What is written by the plan is what the command itself would have written."""
    roster = workbook("z.xlsx", 团员=[MEMBER_HEADINGS, member(1, 姓名="团员一")])
    assert run("import", roster).code == 0
    if arguments[0] != "undo":
        arguments = _known(county, arguments)
    other, before = tmp_path / "other.db", county.read_bytes()
    other.write_bytes(before)
    kept = run(*arguments, "--reason", "核实", "--plan-out", tmp_path / "p.json")
    assert kept.code == 0, kept.err
    assert county.read_bytes() == before
    # What the registry has already stays there.
    assert id_number(1, "20060301") not in (tmp_path / "p.json").read_text("utf-8")
    assert run("apply", tmp_path / "p.json", "--yes").code == 0
    assert run("--db", other, *arguments, "--reason", "核实", "--yes").code == 0
    assert rows(county) == rows(other)
    with sqlite3.connect(county) as connection:
        last = "SELECT command, reason FROM operation ORDER BY id DESC LIMIT 1"
        command, reason = connection.execute(last).fetchone()
    assert (command, reason) == (" ".join(arguments[: len(command.split())]), "核实")


def _known(county: Path, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments with the code of an organisation of this county."""
    with sqlite3.connect(county) as connection:
        query = (
            "SELECT code FROM organization JOIN quota ON organization = code ORDER BY first DESC"
        )
        code = connection.execute(query).fetchone()[0]
    return tuple(code if argument == "S1" else argument for argument in arguments)


# -- two people ----------------------------------------------------------------------------------

TWO = '[[approval]]\nfrom = 1957-05-25\ncommands = ["import", "policy set"]\nleaving = 1\n'


@pytest.fixture
def careful(run: Run, plan: Path, county: Path, tmp_path: Path, book: Path) -> Path:
    """A plan in a county where two people look at what is imported."""
    policy = tmp_path / "own.toml"
    policy.write_text(TWO)
    assert run("policy", "set", policy).code == 0
    assert run("import", book, "--plan-out", plan).code == 0
    return plan


def test_what_two_people_look_at_is_done_by_an_approved_plan(
    run: Run, county: Path, careful: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at once, nor by an own plan, nor by one that is approved by who made it."""
    before = county.read_bytes()
    assert run("import", book).code == 3
    for arguments in (("apply", careful), ("approve", careful), ("import", "--apply", careful)):
        ran = run(*arguments)
        assert (ran.code, "leaguectl approve" in ran.err) == (3, True), ran.err
    for own in ("Tester ", "ｔｅｓｔｅｒ", "tes\u200bter"):
        monkeypatch.setenv("LEAGUECTL_ACTOR", own)
        assert run("approve", careful).code == 3
    assert county.read_bytes() == before
    monkeypatch.setenv("LEAGUECTL_ACTOR", "second")
    approved = run("approve", careful, "--reason", "已核对", "-O", "json")
    assert approved.code == 0, approved.err
    digest = json.loads(careful.read_text("utf-8"))["digest"]
    operation = json.loads(approved.out)["operation"]
    assert digest in run("show", str(operation), "-O", "json").out
    monkeypatch.setenv("LEAGUECTL_ACTOR", "tester")
    done = [run("apply", careful, "--once", "k", "-O", "json") for _ in range(2)]
    assert [ran.code for ran in done] == [0, 0], done[1].err
    assert len({json.loads(ran.out)["operation"] for ran in done}) == 1
    assert run("verify").code == 0


def test_an_approval_counts_for_that_plan_alone(
    run: Run, careful: Path, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another plan needs an approval of its own."""
    monkeypatch.setenv("LEAGUECTL_ACTOR", "second")
    assert run("approve", careful).code == 0
    monkeypatch.setenv("LEAGUECTL_ACTOR", "tester")
    other = workbook("other.xlsx", 团员=[MEMBER_HEADINGS, member(5)])
    assert run("import", other, "--plan-out", careful).code == 0
    assert run("apply", careful).code == 3


def test_many_who_leave_at_once_need_two_people(
    run: Run, county: Path, workbook: Workbook, tmp_path: Path
) -> None:
    """One may leave by one person's word, two not; a misspelt command in a policy is refused."""
    people = [member(at, 姓名=name) for at, name in ((1, "韩一"), (2, "韩二"))]
    assert run("import", workbook("m.xlsx", 团员=[MEMBER_HEADINGS, *people])).code == 0
    policy = tmp_path / "own.toml"
    policy.write_text(TWO.replace('"import"', '"imports"'))
    wrong = run("policy", "set", policy)
    assert (wrong.code, "imports" in wrong.err) == (2, True)
    policy.write_text(TWO.replace('"import", ', ""))
    assert run("policy", "set", policy).code == 0
    left = [{"离团日期": "2024-01-10", "离团原因": "自愿退团"}]
    book = [[*MEMBER_HEADINGS, *left[0]], *([*person, *left[0].values()] for person in people)]
    ran = run("import", workbook("l.xlsx", 团员=book))
    assert (ran.code, "--plan-out" in ran.err) == (3, True), ran.err
    imported = run("import", workbook("o.xlsx", 团员=book[:2]))
    assert imported.code == 0, imported.err
