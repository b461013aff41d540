"""The one way to write: every command that writes goes it, and a dry run of it is that same way."""

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run
from county import ADMISSION_HEADINGS, MEMBER_HEADINGS, ORGANIZATIONS, admission, id_number, member
from leaguectl.actions import work
from leaguectl.cli.app import COMMANDS
from leaguectl.findings import DatabaseUnavailable, Refused
from leaguectl.store.writing import Store
from lives import ADMITTED, OLD, ONE, THREE, TWO, Workbook, county
from test_papers import pdf

Command = tuple[str, ...]

DAY = ("--on", "2024-01-10")
WHY = ("--reason", "更正")
OPENED = (
    "case", "open", "--name", "测试九", "--id-number", id_number(9), "--org", "S1",
    "--applied", "2023-09-10",
)  # fmt: skip
BEFORE: list[Command] = [
    OPENED,
    ("member", "transfer", str(ADMITTED), "--to", "T1", "--on", "2023-11-01"),
    ("member", "transfer", str(TWO), "--to-outside", "乙县一中", "--on", "2023-06-01"),
    ("member", "leave", str(OLD), "--reason-kind", "resigned", "--on", "2023-10-10", "-y"),
    ("post", "appoint", "S1", "书记", "--name", "测试一", "--from", "2023-01-01"),
    ("certificate", "recall", str(ONE), "--reason", "填错", "--authority", "1号"),
    (
        "post", "appoint", "S1", "委员", "--name", "测试七", "--id-number", id_number(7),
        "--from", "2023-01-01",
    ),
    ("member", "edit", str(THREE), "--phone", "13900000000"),
    (
        "case", "open", "--name", "测试十", "--id-number", id_number(12), "--org", "S1",
        "--applied", "2022-09-10",
    ),
    ("case", "close", "测试十", "--refused", "--reason", "未通过", "--on", "2022-12-01"),
]  # fmt: skip
"""What happened before: each writing command below finds something to do."""

COMMANDS_THAT_WRITE: dict[str, Command] = {
    "import": ("roster.xlsx",),
    "admit": ("candidate.xlsx",),
    "case open": (*OPENED[2:3], "测试八", "--id-number", id_number(8), *OPENED[6:]),
    "case advance": ("测试九", "--talked", "2023-10-01"),
    "case close": ("测试九", "--withdrawn", "--reason", "转学"),
    "quota set": ("2023", "T", "1"),
    "quota move": ("2023", "S", "T", "1"),
    "form receive": ("scan.pdf", "--member", str(ADMITTED)),
    "certificate issue": (str(ONE), "--serial", "C-1"),
    "certificate reissue": (str(TWO), "--reason", "遗失"),
    "certificate recall": (str(TWO), "--reason", "除名", "--authority", "1号"),
    "number void": ("202365000002", "--reason", "填坏"),
    "number dispute": ("202365000001", "--claim", "外人"),
    "number settle": ("202365000001", "--outcome", "属前者"),
    "member leave": (str(ONE), "--reason-kind", "resigned", *DAY),
    "member restore": (str(OLD), *DAY, "--authority", "1号"),
    "member discipline": (str(ONE), "warning", "--since", "2024-01-10", "--authority", "1号"),
    "member milestone": (str(ONE), "joined party", *DAY),
    "member register": ("S", "2023", *DAY),
    "member edit": (str(ONE), "--phone", "13900000001"),
    "member merge": (str(ONE), "测试七", "--reason", "同一人"),
    "member erase": ("测试十", "--reason", "保存期满"),
    "member transfer": (str(ONE), "--to", "T1", *DAY),
    "transfer graduates": ("S", "--to-outside", "乙县一中", *DAY),
    "transfer accept": ("1", *DAY),
    "transfer refuse": ("1", "--reason", "查无此人", *DAY),
    "transfer lapse": ("2", *DAY),
    "dup ignore": (str(ONE), str(TWO), "--reason", "两人"),
    "org add": ("新团支部", "--type", "branch", "--parent", "S", "--sector", "普通高中"),
    "org rename": ("S1", "新名团支部", *DAY),
    "org alias": ("S1", "甲班", *DAY),
    "org promote": ("2024", *DAY),
    "org move": ("S1", "--to", "T", *DAY),
    "org close": ("S1", "--members-to", "S3", *DAY),
    "org merge": ("S1", "--into", "T1", *DAY),
    "org split": ("S1", "新团支部", "--member", str(ONE), *DAY),
    "org graduate": ("2024", "--to", "T1", *DAY),
    "post appoint": ("S1", "副书记", "--name", "测试二", "--from", "2023-01-01"),
    "post end": ("1", *DAY),
    "policy set": ("policy.toml",),
    "year close": ("2022",),
    "check": ("accept", "branch-emptied", "桥头村团支部", *WHY),
    "assert": ("2023", "members.total=4", "--source", "年报"),
    "undo": ("9",),
    "apply": ("plan.json",),
}  # fmt: skip
"""How each command that writes is called, so that it has something to write."""

NO_OPERATION = {"init", "upgrade", "backup", "restore", "encrypt", "approve"}
"""A registry that is made empty, gets another schema, is copied or put back, a plan is approved:
no row is written, so there is no operation to undo."""


def commands() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command, with the options that it has in common with others."""
    for name, target in COMMANDS.items():
        inner = {"": target} if isinstance(target, str) else target
        for sub, module in inner.items():
            path = f"{name} {sub}".strip()
            functions = vars(import_module(f"leaguectl.cli.{module}"))
            called = path.replace(" ", "_")
            declared: Any = functions.get(called) or functions.get(f"{called}_")
            yield path, declared.options


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the registry is made that every test has a copy of."""
    return tmp_path_factory.mktemp("work") / "league.db"


@pytest.fixture
def here(
    before: Path, tmp_path: Path, run: Run, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A registry in which each command has something to do, in a folder with the files for it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEAGUECTL_DB", str(before))
    if not before.exists():
        county(run, workbook)
        for command in BEFORE:
            ran = run(*command)
            assert ran.code == 0, (command, ran.err)
        plan = before.with_name("plan.json")
        assert run("quota", "set", "2023", "T", "1", "--plan-out", plan).code == 0
    shutil.copy(before.with_name("plan.json"), tmp_path)
    db = tmp_path / "league.db"
    shutil.copy(before, db)
    monkeypatch.setenv("LEAGUECTL_DB", str(db))
    workbook("roster.xlsx", 团员=[MEMBER_HEADINGS, member(11)])
    without_number = {"发展团员编号": None}
    workbook("candidate.xlsx", 发展团员=[ADMISSION_HEADINGS, admission(2, **without_number)])
    pdf(tmp_path / "scan.pdf")
    (tmp_path / "policy.toml").write_text("# 按国家规定\n", encoding="utf-8")
    return db


def called(run: Run, name: str, *options: str) -> Ran:
    """Call a command that writes."""
    return run(*name.split(), *COMMANDS_THAT_WRITE[name], *options, "-O", "json", "-y")


def prepare(run: Run, name: str) -> None:
    """Let happen before what would stand in the way of the other commands."""
    if name == "number settle":
        assert called(run, "number dispute").code == 0


def test_every_command_that_writes_is_tried() -> None:
    """A new command that writes must say here how it is called."""
    writing = {name for name, options in commands() if "dry_run" in options}
    assert writing == COMMANDS_THAT_WRITE.keys() | NO_OPERATION


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_a_dry_run_says_what_the_run_says(name: str, here: Path, run: Run) -> None:
    """The preview leaves every byte as it is and finds what the run finds; the run is one
    operation."""
    prepare(run, name)
    stored = here.read_bytes()
    preview = called(run, name, "--dry-run")
    assert preview.code == 0, preview.err
    assert here.read_bytes() == stored
    ran = called(run, name)
    assert ran.code == 0, ran.err
    would, did = json.loads(preview.out), json.loads(ran.out)
    assert (would["operation"], would["dry_run"]) == (None, True)
    assert isinstance(did["operation"], int)
    assert did["dry_run"] is False
    assert would["findings"] == did["findings"]
    assert would.get("rows") == did.get("rows")
    assert here.read_bytes() != stored


@pytest.mark.parametrize("options", [(), ("--dry-run",)], ids=["run", "dry run"])
@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_the_guard_stops_every_command(
    name: str,
    options: Command,
    here: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the guard of closed years refuses when the changes are there already is taken back:
    exit 3, the finding in the answer, and not a byte of it stays. The guard is made to refuse
    everything, since not everything moves a figure."""
    prepare(run, name)
    stored = here.read_bytes()
    save = work._save

    def refused(*arguments: Any) -> int:
        save(*arguments)
        raise Refused("year-closed", years=[2023], count=1, figures=["members.total"])

    monkeypatch.setattr(work, "_save", refused)
    ran = called(run, name, *options)
    assert (ran.code, "2023 is closed" in ran.err) == (3, True), ran.err
    answer = json.loads(ran.out)
    assert answer["operation"] is None
    assert "year-closed" in [finding["code"] for finding in answer["findings"]]
    assert here.read_bytes() == stored


def test_what_can_only_be_read_is_previewed(
    here: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file may not be written a dry run answers as far as planning goes; the run says
    why it cannot."""

    def unwritable(_: Store) -> None:
        raise DatabaseUnavailable("database-unwritable", db=str(here), detail="")

    monkeypatch.setattr(Store, "write", unwritable)
    preview = called(run, "member edit", "--dry-run")
    assert (preview.code, json.loads(preview.out)["operation"]) == (0, None)
    assert [row["field"] for row in json.loads(preview.out)["rows"]] == ["phone"]
    assert called(run, "member edit").code == 5


def test_a_dry_run_makes_no_registry(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a registry that is not there nothing is made, not even its folder; one that is there
    is no more to be made in a preview than in the run."""
    db = tmp_path / "new" / "league.db"
    monkeypatch.setenv("LEAGUECTL_DB", str(db))
    assert run("init", "--dry-run").code == 0
    assert not db.parent.exists()
    assert run("init").code == 0
    assert run("init", "--dry-run").code == run("init").code == 5


def test_a_preview_of_a_new_registry_leaves_nothing(
    either_db: str, run: Run, workbook: Workbook
) -> None:
    """What would make a registry is tried as it would be made, on either database, and is gone
    afterwards."""
    roster = workbook("roster.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, member(1)])
    options = ("--province", "65")
    preview = run("import", roster, *options, "--dry-run", "-O", "json")
    assert preview.code == 0, preview.err
    assert run("stats", "2023").code == 4
    ran = run("import", roster, *options, "-O", "json")
    assert ran.code == 0, ran.err
    would, did = json.loads(preview.out), json.loads(ran.out)
    assert (would["operation"], did["operation"]) == (None, 1)
    assert (would["totals"], would["findings"]) == (did["totals"], did["findings"])
