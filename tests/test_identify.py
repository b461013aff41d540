"""Who is meant, and which organisation: every command that names one means nobody by a part of a
name, refuses a name that two bear, and writes nothing then."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from county import id_number
from leaguectl.actions.identify import identify_case, identify_organization, identify_person
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import Root
from leaguectl.findings import NotFound
from leaguectl.model import (
    Alias,
    Candidacy,
    Certificate,
    Change,
    Entity,
    Form,
    Keys,
    Membership,
    Number,
    Organization,
    OrganizationEvent,
    Person,
)
from leaguectl.store import connection, locate
from leaguectl.store.reading import open_reader
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store
from leaguectl.words import words

WRITTEN = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
DAY = date(2023, 5, 4)
TREE = [
    Organization("C", "共青团云杉县委员会", "committee"),
    Organization("S", "云杉县第一中学团委", "committee", "C"),
    Organization("S1", "一班团支部", "branch", "S"),
    Organization("T", "白桦镇团委", "committee", "C"),
    Organization("T1", "一班团支部", "branch", "T"),
    OrganizationEvent(1, "T", "renamed", DAY, "桦林乡团委", "白桦镇团委"),
]
FANG, TWIN, OTHER_TWIN, UIGHUR = 1, 2, 3, 4
NAMES = {FANG: "王芳芳", TWIN: "李明", OTHER_TWIN: "李明", UIGHUR: "阿依古丽·买买提"}
PEOPLE: list[Entity] = [
    *(Person(id_, name, id_number(id_)) for id_, name in NAMES.items()),
    *(Membership(id_, id_, "S1", date(2018 + id_, 5, 4)) for id_ in NAMES),
    *(Number(f"20206500000{id_}", 2020, "foreign", None, id_) for id_ in NAMES),
    *(Form(f"甲{id_}", id_) for id_ in NAMES),
    *(Certificate(f"A{id_}000000", id_) for id_ in NAMES),
    *(Candidacy(id_, id_, "S1", "open", DAY) for id_ in NAMES),
    Alias(id_number(9), FANG, "王芳芳"),
]
TREE_AND_PEOPLE = [*TREE, *PEOPLE]

Command = tuple[str, ...]
PEOPLE_NAMED: dict[str, Command] = {
    "admit.case": ("admit", "--case", "{}"),
    "case advance.who": ("case", "advance", "{}", "--talked", "2023-06-01"),
    "case show.who": ("case", "show", "{}"),
    "case close.who": ("case", "close", "{}", "--withdrawn", "--reason", "转学"),
    "form receive.member": ("form", "receive", "nothing.pdf", "--member", "{}"),
    "form show.text": ("form", "show", "{}"),
    "certificate issue.who": ("certificate", "issue", "{}"),
    "certificate reissue.who": ("certificate", "reissue", "{}", "--reason", "遗失"),
    "certificate recall.who": (
        "certificate", "recall", "{}", "--reason", "除名", "--authority", "1号",
    ),
    "certificate show.text": ("certificate", "show", "{}"),
    "member show.text": ("member", "show", "{}"),
    "member history.text": ("member", "history", "{}"),
    "member transfer.who": ("member", "transfer", "{}", "--to", "T1"),
    "member leave.who": (
        "member", "leave", "-y", "{}", "--reason-kind", "expelled", "--on", "2023-06-01",
        "--approved-by", "C", "--authority", "1号",
    ),
    "member erase.who": ("member", "erase", "-y", "{}", "--reason", "保存期满"),
    "member restore.who": ("member", "restore", "{}"),
    "member discipline.who": ("member", "discipline", "{}", "warning", "--since", "2023-06-01"),
    "member milestone.who": ("member", "milestone", "{}", "joined party"),
    "member register.member": ("member", "register", "S", "2023", "--member", "{}"),
    "member edit.who": ("member", "edit", "{}", "--phone", "13900000000"),
    "member merge.keep": ("member", "merge", "{}", "#4", "--reason", "同一人"),
    "member merge.other": ("member", "merge", "#4", "{}", "--reason", "同一人"),
    "dup ignore.first": ("dup", "ignore", "{}", "#4", "--reason", "两人"),
    "dup ignore.second": ("dup", "ignore", "#4", "{}", "--reason", "两人"),
    "org split.member": ("org", "split", "S1", "二班团支部", "--member", "{}"),
}  # fmt: skip
"""How each parameter is given that means somebody who is in the registry."""

ORGANIZATIONS_NAMED: dict[str, Command] = {
    "grants.org": ("grants", "somebody", "--role", "unit", "--org", "{}"),
    "case list.org": ("case", "list", "--org", "{}"),
    "quota set.organization": ("quota", "set", "2023", "{}", "2"),
    "quota move.source": ("quota", "move", "2023", "{}", "C", "1"),
    "quota move.target": ("quota", "move", "2023", "C", "{}", "1"),
    "quota show.org": ("quota", "show", "2023", "--org", "{}"),
    "number usage.org": ("number", "usage", "2023", "--org", "{}"),
    "number void.org": ("number", "void", "--unused", "2023", "--org", "{}", "--reason", "作废"),
    "number gaps.org": ("number", "gaps", "2023", "--org", "{}"),
    "member find.org": ("member", "find", "王", "--org", "{}"),
    "member transfer.to": ("member", "transfer", "#1", "--to", "{}"),
    "member leave.org": ("member", "leave", "-y", "--aged", "--org", "{}"),
    "member erase.org": ("member", "erase", "-y", "--due", "--org", "{}", "--reason", "保存期满"),
    "member aging.org": ("member", "aging", "--org", "{}"),
    "member restore.to": ("member", "restore", "#1", "--to", "{}"),
    "member register.text": ("member", "register", "{}", "2023"),
    "transfer list.org": ("transfer", "list", "--org", "{}"),
    "transfer accept.org": ("transfer", "accept", "--org", "{}", "--all"),
    "transfer refuse.org": ("transfer", "refuse", "--org", "{}", "--all", "--reason", "不符"),
    "transfer lapse.org": ("transfer", "lapse", "--org", "{}", "--all"),
    "transfer graduates.text": ("transfer", "graduates", "{}", "--to", "T1"),
    "transfer graduates.to": ("transfer", "graduates", "S", "--to", "{}"),
    "certificate issue.org": ("certificate", "issue", "--org", "{}", "--all"),
    "certificate reissue.org": (
        "certificate", "reissue", "--org", "{}", "--all", "--reason", "遗失",
    ),
    "form receive.org": ("form", "receive", "nothing.pdf", "--org", "{}"),
    "form show.org": ("form", "show", "--org", "{}"),
    "certificate show.org": ("certificate", "show", "--org", "{}"),
    "check.org": ("check", "term-over", "--org", "{}"),
    "quota check.org": ("quota", "check", "2023", "--org", "{}"),
    "number disputes.org": ("number", "disputes", "--org", "{}"),
    "training list.org": ("training", "list", "--org", "{}"),
    "log.org": ("log", "--org", "{}"),
    "dup list.org": ("dup", "list", "--org", "{}"),
    "org tree.org": ("org", "tree", "--org", "{}"),
    "org show.text": ("org", "show", "{}"),
    "org history.text": ("org", "history", "{}"),
    "org alias.text": ("org", "alias", "{}", "一中"),
    "org promote.org": ("org", "promote", "2023", "--org", "{}"),
    "org rename.text": ("org", "rename", "{}", "新名团委"),
    "org move.text": ("org", "move", "{}", "--to", "T"),
    "org move.to": ("org", "move", "S1", "--to", "{}"),
    "org close.text": ("org", "close", "-y", "{}"),
    "org close.members_to": ("org", "close", "-y", "S1", "--members-to", "{}"),
    "org merge.text": ("org", "merge", "-y", "{}", "--into", "T1"),
    "org merge.into": ("org", "merge", "-y", "S1", "--into", "{}"),
    "org split.text": ("org", "split", "{}", "二班团支部"),
    "org graduate.org": ("org", "graduate", "-y", "2023", "--org", "{}"),
    "org graduate.to": ("org", "graduate", "-y", "2023", "--to", "{}"),
    "due.org": ("due", "--org", "{}"),
    "post list.org": ("post", "list", "--org", "{}"),
    "post appoint.text": (
        "post", "appoint", "{}", "书记", "--name", "王芳芳", "--from", "2023-01-01",
    ),
    "training missing.org": ("training", "missing", "--org", "{}"),
    "activity list.org": ("activity", "list", "--org", "{}"),
    "activity due.org": ("activity", "due", "--org", "{}"),
    "survey show.org": ("survey", "show", "2023", "--org", "{}"),
    "task list.org": ("task", "list", "--org", "{}"),
    "stats.org": ("stats", "2023", "--org", "{}"),
    "why.org": ("why", "members.total", "2023", "--org", "{}"),
    "report.org": ("report", "2023", "--org", "{}"),
    "year diff.org": ("year", "diff", "2023", "--org", "{}"),
    "assert.org": ("assert", "2023", "members.total=4", "--source", "年报", "--org", "{}"),
    "plan.org": ("plan", "2024", "--org", "{}"),
    "rank.org": ("rank", "2023", "--org", "{}"),
    "export.org": ("export", "members", "--org", "{}"),
}  # fmt: skip
"""How each parameter is given that means an organisation of the registry."""

ONLY_READ = {
    f"{command}.org"
    for command in (
        "case list", "quota show", "number usage", "number gaps", "member find", "member aging",
        "transfer list", "org tree", "due", "post list", "training missing", "activity list",
        "activity due", "survey show", "task list", "stats", "why", "report", "plan", "rank",
        "export", "dup list", "form show", "certificate show", "check",
        "quota check", "number disputes", "training list", "log",
    )
} | {"org show.text", "org history.text"}  # fmt: skip
"""Those of commands that write nothing, where a short name will do that one alone can have."""

CELLS: dict[str, Command] = {
    "admit.organization": ("admit", "--case", "王芳芳", "--org", "{}"),
    "case open.organization": (
        "case", "open", "--name", "赵新", "--id-number", id_number(8), "--org", "{}",
    ),
    "case advance.organization": ("case", "advance", "王芳芳", "--org", "{}", "--reason", "转班"),
    "org add.parent": ("org", "add", "二班团支部", "--type", "branch", "--parent", "{}"),
}  # fmt: skip
"""Options that are judged as the cells of a row are: what is wrong is a finding, not exit 4."""

FREE: dict[str, Command] = {
    "member leave.approved_by": (
        "member", "leave", "-y", "#1", "--reason-kind", "expelled", "--approved-by", "{}",
        "--authority", "1号",
    ),
    "member discipline.approved_by": (
        "member", "discipline", "#1", "warning", "--since", "2023-06-01", "--approved-by", "{}",
    ),
    "number dispute.claim": ("number", "dispute", "202065000004", "--claim", "{}"),
}  # fmt: skip
"""What may be somebody, or an organisation, of elsewhere: only a name that two bear is refused."""

OTHERWISE = {
    "member find.text": "looks for parts of names; it shows and writes nothing",
    "import.org": "every row's branch, found with the rows",
    "admit.organization": "a cell", "admit.name": "who comes in", "case open.name": "who comes in",
    "admit.approved_by": "given to the rules", "case advance.approved_by": "given to the rules",
    "post appoint.name": "a cell: a member where exactly one there bears it, else a name",
    "org add.name": "founds it", "org rename.name": "names it", "org split.name": "founds it",
    "org alias.name": "names it",
    "member edit.name": "names somebody", "init.name": "names the registry",
    "grants.name": "names a role of the server",
}  # fmt: skip
"""Parameters that are called as those are that name somebody, and name nobody."""

NAMING = {
    "approved_by", "case", "claim", "first", "into", "keep", "member", "members_to", "name", "org",
    "organization", "other", "parent", "second", "source", "target", "text", "to", "who",
}  # fmt: skip
"""What parameters are called that name a person or an organisation."""

NO_NAMES = {"quota set.first", "post appoint.source", "assert.source"}
"""Parameters of these names in which there is none: a block's number, a document."""

NAMING_NOBODY = {
    "init", "number show", "number void", "number settle",
    "transfer accept", "transfer refuse", "transfer lapse", "post end",
    "rules", "explain", "policy set", "policy show", "year close", "template",
    "headings", "show", "undo", "upgrade", "config show", "import",
    "backup", "restore", "encrypt", "verify", "doctor", "status", "help",
    "apply", "approve", "reply", "completion", "counties", "demo",
}  # fmt: skip
"""Commands that name nobody but by a number of their own."""

TABLE = PEOPLE_NAMED | ORGANIZATIONS_NAMED | CELLS | FREE


def paths(commands: dict[str, Any], above: Command = ()) -> Iterator[Command]:
    """Every command of the table, by its words."""
    for name, target in commands.items():
        if isinstance(target, dict):
            yield from paths(target, (*above, name))
        else:
            yield (*above, name)


def parameters() -> set[str]:
    """Every parameter that is called as those are that name somebody."""
    found = set()
    for path in paths(COMMANDS):
        command: Any = Root(COMMANDS, words("en"))
        for name in path:
            command = command.get_command(None, name)
        found |= {
            f"{' '.join(path)}.{param.name}" for param in command.params if param.name in NAMING
        }
    return found


def made(place: str) -> Store:
    """A registry of these organisations and people."""
    store = Store(locate(place))
    store.create({"province": "65"})
    with store.write() as transaction:
        transaction.save([Change(None, noun) for noun in TREE_AND_PEOPLE], WRITTEN)
    return store


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry that no test of this module writes to."""
    path = tmp_path_factory.mktemp("identify") / "league.db"
    made(str(path))
    return path


@pytest.fixture
def here(registry: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The registry for the command line, in a folder with a scan."""
    monkeypatch.setenv("LEAGUECTL_DB", str(registry))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing.pdf").write_bytes(b"%PDF-1.4")
    return registry


def operations(place: str) -> int:
    """How many operations were written."""
    with open_reader(locate(place)) as reader:
        return int(reader.rows("SELECT count(*) FROM operation")[0][0])


def refused(run: Run, place: str, command: Command, text: str, *codes: int) -> str:
    """The command ends so and writes nothing; what it said."""
    before = operations(place)
    ran = run(*(text if word == "{}" else word for word in command))
    assert ran.code in codes, (command, text, ran)
    assert operations(place) == before
    return ran.err


# -- every command -------------------------------------------------------------------------------


def test_every_command_is_in_the_table() -> None:
    """A new command, or a new parameter that is called as one that names somebody, must say here
    how it is tried."""
    named = {key.partition(".")[0] for key in [*TABLE, *OTHERWISE]}
    every = {" ".join(path) for path in paths(COMMANDS)}
    assert every - named - NAMING_NOBODY == set()
    assert parameters() - TABLE.keys() - OTHERWISE.keys() - NO_NAMES == set()
    assert TABLE.keys() - parameters() == set()


@pytest.mark.parametrize("command", PEOPLE_NAMED.values(), ids=PEOPLE_NAMED)
def test_nobody_is_meant_by_less_than_a_name(command: Command, here: Path, run: Run) -> None:
    """A part of the name of somebody who is alone in bearing it, a name that two bear, a name that
    nobody bears: exit 4; no name at all: exit 2. Nothing is written."""
    for text in ("王芳", "芳", "王%", "阿依古丽", "赵无人", "99", "#99", "2020650"):
        refused(run, str(here), command, text, 4)
    message = refused(run, str(here), command, "李明", 4)
    assert "#2 李明 ****************2* 202065000002 2020-05-04.." in message
    assert "#3 李明 ****************3* 202065000003 2021-05-04.." in message
    assert "一班团支部" not in message  # both are of it
    for text in ("", " "):
        refused(run, str(here), command, text, 2)


@pytest.mark.parametrize("parameter", ORGANIZATIONS_NAMED)
def test_no_organization_is_meant_by_less_than_its_name(
    parameter: str, here: Path, run: Run
) -> None:
    """As with people; organisations with the same name are distinguished by those above them."""
    command = ORGANIZATIONS_NAMED[parameter]
    for text in ("S%", "没有的团委", "白桦镇团委/没有"):
        refused(run, str(here), command, text, 4)
    if parameter not in ONLY_READ:
        refused(run, str(here), command, "云杉县第一中学", 4)
    message = refused(run, str(here), command, "一班团支部", 4)
    assert "S1 共青团云杉县委员会/云杉县第一中学团委/一班团支部" in message
    assert "T1 共青团云杉县委员会/白桦镇团委/一班团支部" in message
    for text in ("", " "):
        refused(run, str(here), command, text, 2)


@pytest.mark.parametrize("parameter", sorted(ONLY_READ))
def test_a_short_name_will_do_where_nothing_is_written(
    parameter: str, here: Path, run: Run
) -> None:
    """The answer is that by the code."""
    before = operations(str(here))
    asked = [
        run(*(text if word == "{}" else word for word in ORGANIZATIONS_NAMED[parameter]))
        for text in ("云杉县第一中学", "S")
    ]
    assert asked[0].code == asked[1].code == 0
    assert asked[0].out == asked[1].out
    assert operations(str(here)) == before


@pytest.mark.parametrize("command", CELLS.values(), ids=CELLS)
def test_an_option_that_is_a_cell_is_refused_as_one(command: Command, here: Path, run: Run) -> None:
    """The same texts are errors of a row there, and write nothing."""
    for text in ("云杉县第一中学", "S%", "没有的团委", "一班团支部"):
        refused(run, str(here), command, text, 1, 3)


def test_an_import_is_not_of_an_organization_without_a_name(here: Path, run: Run) -> None:
    """``--org`` is not left out by an empty text."""
    refused(run, str(here), ("import", "nothing.pdf", "--org", "{}"), "", 2)


@pytest.mark.parametrize("command", FREE.values(), ids=FREE)
def test_of_those_elsewhere_only_a_name_that_two_bear_is_refused(
    command: Command, here: Path, run: Run
) -> None:
    """Nobody is picked from two."""
    text = "李明" if "--claim" in command else "一班团支部"
    refused(run, str(here), command, text, 4)
    refused(run, str(here), command, "", 2)


def test_on_a_server_too(postgresql: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL is asked the same way."""
    monkeypatch.setenv("LEAGUECTL_DB", postgresql)
    made(postgresql)
    for command in (PEOPLE_NAMED["member leave.who"], PEOPLE_NAMED["case close.who"]):
        for text in ("王芳", "李明", "赵无人"):
            refused(run, postgresql, command, text, 4)
    for text in ("云杉县第一中学", "一班团支部", "没有的团委"):
        refused(run, postgresql, ORGANIZATIONS_NAMED["org move.text"], text, 4)
    assert_everybody_is_found(postgresql)


# -- who is meant --------------------------------------------------------------------------------

WAYS = (
    "王芳芳", " 王芳芳 ", "王 芳芳", "202065000001", id_number(1), id_number(9), "甲1", "a1000000",
    "A1000000", "1", "#1", "＃１",
)  # fmt: skip


def assert_everybody_is_found(place: str) -> None:
    """By each way in which somebody is known, and each case with them."""
    with open_reader(locate(place)) as reader:
        for text in WAYS:
            assert identify_person(reader, text) == FANG, text
            assert identify_case(reader, text)["person"] == FANG
        for text in ("阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽 . 买买提"):
            assert identify_person(reader, text) == UIGHUR


def test_somebody_is_known_by(registry: Path) -> None:
    """A full name however it is spelled, a number, an ID number, also a former one, a form, a
    certificate, the id of the registry."""
    assert_everybody_is_found(str(registry))


def test_what_means_two_people_in_two_ways_means_neither(tmp_path: Path) -> None:
    """The serial of one that is the id or the number of another is refused; ``#`` decides."""
    place = str(tmp_path / "league.db")
    with made(place).write() as transaction:
        extra = [Certificate("1", TWIN, "recalled"), Form("202065000001", TWIN, "void")]
        transaction.save([Change(None, noun) for noun in extra], WRITTEN)
    with open_reader(locate(place)) as reader:
        for text in ("1", "202065000001"):
            with pytest.raises(NotFound) as error:
                identify_person(reader, text)
            assert error.value.code == "member-ambiguous"
        assert identify_person(reader, "#1") == FANG


def test_a_former_id_number_that_is_somebody_elses_is_theirs(tmp_path: Path) -> None:
    """Whoever bears it now is meant."""
    place = str(tmp_path / "league.db")
    with made(place).write() as transaction:
        transaction.save([Change(None, Alias(id_number(TWIN), FANG, "王芳芳"))], WRITTEN)
    with open_reader(locate(place)) as reader:
        assert identify_person(reader, id_number(TWIN)) == TWIN


def test_a_sheet_and_a_command_mean_the_same_organization(registry: Path) -> None:
    """What the registry in memory answers, a query answers too."""
    texts = ["C", "共青团云杉县委员会", "一班团支部", "白桦镇团委/一班团支部", "桦林乡团委",
             "共青团云杉县委员会/白桦镇团委/一班团支部", "白桦镇", "无"]  # fmt: skip
    store = Store(locate(str(registry)))
    with store.read() as transaction:
        memory = transaction.slice(Keys(organizations=set(texts)))
        for text in texts:
            codes = [finding.code for finding in memory.named(text)]
            if len(codes) == 1:
                assert identify_organization(transaction, text) == codes[0]
                continue
            with pytest.raises(NotFound) as error:
                identify_organization(transaction, text)
            assert error.value.code == f"organization-not-{'one' if codes else 'found'}"


# -- by indexes ----------------------------------------------------------------------------------

SCAN = r"SCAN (?!(CONSTANT ROW|organization|organization_event|below|setting|alembic_version)\b)"
"""Reading through a table that grows with the people."""


@pytest.mark.parametrize("text", [*WAYS, "李明", "无人"])
def test_naming_somebody_reads_no_table_through(
    text: str, registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every query that a card asks, and every one that finds whose it is, goes by an index."""
    asked: list[tuple[str, Any]] = []
    execute = connection.Connection._execute

    def noted(self: Any, sql: str, parameters: Any) -> Any:
        asked.append((sql, self._bound(parameters or {})))
        return execute(self, sql, parameters)

    monkeypatch.setattr(connection.Connection, "_execute", noted)
    location = locate(str(registry))
    for card in ("member", "form", "certificate"):
        assert run("--db", registry, card, "show", text).code in (0, 4)
    with open_reader(location) as reader:
        try:
            identify_case(reader, text)
        except NotFound:
            assert text in ("李明", "无人")
    with closing(sqlite3.connect(registry)) as plain:
        steps = [
            (row[3], sql)
            for sql, parameters in asked
            for row in plain.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        ]
    assert any("SEARCH person" in step for step, _ in steps)
    assert [(step, sql) for step, sql in steps if re.match(SCAN, step)] == []
