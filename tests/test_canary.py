"""A personal value of the registry goes through every command and format, and comes out nowhere;
and no command opens the network."""

import re
import socket
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, Run, answer_of
from county import id_number
from lives import ONE, TWO
from test_work import (  # noqa: F401 (two are fixtures)
    COMMANDS_THAT_WRITE,
    NO_OPERATION,
    before,
    commands,
    here,
    prepare,
)

Command = tuple[str, ...]
PHONE = "13912345678"
EXAMPLE = id_number(ONE)
"""Templates show this number as their example, so it is nobody's secret."""
WHO, IT = str(TWO), id_number(TWO)

READING: dict[str, Command] = {
    "status": (), "help": ("privacy",), "completion": ("bash",), "demo": ("demo",), "counties": (),
    "reply": ("1",), "case show": ("测试九",), "case list": (),
    "quota show": ("2023",), "quota check": ("2023",), "form show": (WHO,),
    "certificate show": (WHO,), "number show": ("202365000001",), "number usage": ("2023",),
    "number gaps": ("2023",), "number disputes": (), "member find": ("测试",),
    "member show": (WHO,), "member history": (WHO,), "member aging": (), "transfer list": (),
    "dup list": (), "org tree": (), "org show": ("S1",), "org history": ("S1",), "due": (),
    "post list": (), "training list": (), "training missing": (), "activity list": (),
    "activity due": (), "survey show": ("2023",), "task list": (), "verify": (), "rules": (),
    "explain": ("one-person",), "policy show": (), "stats": ("2023",), "report": ("2023",),
    "year diff": ("2023",), "plan": ("2024",), "rank": ("2023",), "export": ("members",),
    "template": ("members",), "headings": ("members",), "log": (), "show": ("2",),
    "approve": ("gone.plan",), "why": ("members.total", "2023"), "grants": (), "doctor": (),
    "config show": (),
}  # fmt: skip
"""How each command that reads is called. A new one says here how."""

TYPED: list[Command] = [
    ("member", IT), ("stats", IT), ("stats", "2023", "--org", IT), ("member", "show", IT + "1"),
    ("member", "show", f"{IT[:6]} {IT[6:14]} {IT[14:]}"), ("member", "find", IT[:17]),
    ("nonsense", IT), (IT,), (f"--{IT}",), ("stats", f"--year={IT}"), ("import", f"{IT}.xlsx"),
    ("number", "show", IT), ("show", IT), ("show", PHONE), ("org", "show", f"+86{PHONE}"),
    ("template", IT), ("--db", f"postgresql://a:{IT}@[::1/b", "stats", "2023"),
    ("help", IT), ("explain", IT), ("stats", "2023", "--get", IT),
    ("member", "find", "--org", PHONE),
]  # fmt: skip
"""What somebody types where it does not belong, or wrongly."""


@pytest.fixture
def secrets(
    here: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> set[str]:  # fmt: skip
    """Every ID number and phone of the registry, one of which has a number in a free text; no
    socket can be connected, and temporary files go to a folder of the test."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def refused(*arguments: Any) -> None:
        raise AssertionError(f"a command opened the network: {arguments[1:]}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    reason = f"电话{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}，身份证{IT[:6]} {IT[6:14]} {IT[14:]}"
    assert run("member", "edit", WHO, "--phone", PHONE, "--reason", reason).code == 0
    with closing(sqlite3.connect(here)) as connection:
        people = connection.execute("SELECT id_number, phone FROM person").fetchall()
    return {value for person in people for value in person if value} - {EXAMPLE}


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """What commands left in a folder, with the parts of workbooks and documents; not the registry,
    its copies, nor what the test gave."""
    given = {"county.xlsx", "roster.xlsx", "candidate.xlsx", "scan.pdf", "policy.toml"}
    for path in folder.rglob("*"):
        if not path.is_file() or path.name in given or ".db" in path.name:
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for part in archive.namelist():
                    yield f"{path}!{part}", archive.read(part).decode("utf-8", "replace")
        else:
            yield str(path), path.read_bytes().decode("utf-8", "replace")


def leaks(secrets: set[str], ran: Ran, folder: Path) -> list[str]:
    """Where a secret came out, however it is grouped: stdout, stderr, or a file that was made."""
    found = []
    for place, text in [("stdout", ran.out), ("stderr", ran.err), *texts(folder)]:
        joined = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
        found += [f"{place}: {secret}" for secret in secrets if secret in joined]
    return found


def ways_of(name: str) -> list[Command]:
    """How a reading command may answer: on the screen, in every format, in every kind of file."""
    if name in ("demo", "reply", "approve"):
        return [()]
    ways: list[Command] = [(), *(("-O", form, "-v") for form in ("json", "csv", "md"))]
    return [*ways, *(("-o", f"out{ending}") for ending in (".xlsx", ".docx", ".html", ".ics"))]


def test_every_command_is_tried() -> None:
    """A new command says how it is called, or that it makes a copy of everything (a backup is one,
    and says so)."""
    reading = {name for name, options in commands() if "dry_run" not in options}
    assert reading - NO_OPERATION <= READING.keys()
    assert {name for name, _ in commands()} == {*READING, *COMMANDS_THAT_WRITE, *NO_OPERATION}


@pytest.mark.parametrize("name", READING)
def test_reading_shows_no_secret(
    name: str, secrets: set[str], tmp_path: Path, run: Run
) -> None:  # fmt: skip
    """In every format, on the screen and in every kind of file."""
    command = (*name.split(), *READING[name])
    answered = 0
    for way in ways_of(name):
        ran = run(*command, *way)
        assert ran.code != 70, ran.err
        answered += ran.code in (0, 1)
        assert leaks(secrets, ran, tmp_path) == []
    assert answered or name in ("reply", "approve", "grants", "year diff"), (ran.code, ran.err)


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_writing_shows_no_secret(name: str, secrets: set[str], tmp_path: Path, run: Run) -> None:
    """Neither the preview, the answer, a file that stays, nor the record of what it did."""
    prepare(run, name)
    typed = {text for text in COMMANDS_THAT_WRITE[name] if re.fullmatch(r"\d{11}|\d{17}.", text)}
    secrets = secrets | typed
    command = (*name.split(), *COMMANDS_THAT_WRITE[name])
    for options in (("--dry-run", "-O", "json"), ("--plan-out", "kept.plan"), ("-O", "table")):
        ran = run(*command, *options, "-y")
        assert ran.code != 70, ran.err
        if (plan := tmp_path / "kept.plan").exists():
            # It holds what is to be written, so it is for its owner alone.
            assert plan.stat().st_mode & 0o077 == 0
            plan.unlink()
        assert leaks(secrets, ran, tmp_path) == []
    newest = answer_of(run, "log")["operations"][0]["id"]
    assert leaks(secrets, run("show", str(newest), "-v"), tmp_path) == []


def test_what_is_typed_wrongly_is_not_repeated(
    secrets: set[str], tmp_path: Path, run: Run
) -> None:  # fmt: skip
    """Neither by the words of a usage error, on the screen or in JSON, nor in what is suggested."""
    for command in TYPED:
        for way in ((), ("-O", "json")):
            ran = run(*command, *way)
            assert ran.code in (1, 2, 3, 4, 5, 0), (command, ran.err)
            assert leaks(secrets | {IT[:17]}, ran, tmp_path) == [], command


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_a_phone_in_the_place_of_any_value_is_not_repeated(
    name: str, secrets: set[str], tmp_path: Path, run: Run
) -> None:  # fmt: skip
    """Neither as a name nor as a count, a year or the number of an operation."""
    prepare(run, name)
    typed = COMMANDS_THAT_WRITE[name]
    for at, word in enumerate(typed):
        if not word.startswith("-"):
            ran = run(*name.split(), *typed[:at], PHONE, *typed[at + 1 :], "--dry-run")
            assert ran.code != 70, ran.err
            assert leaks({PHONE}, ran, tmp_path) == [], word


def test_a_leak_is_found(secrets: set[str], tmp_path: Path, run: Run) -> None:
    """What was unmasked with a reason is seen by the same look."""
    ran = run("member", "show", WHO, "--reveal", "--reason", "核对")
    assert leaks(secrets, ran, tmp_path) != []
    assert run("export", "members", "-o", "out.xlsx", "--reveal", "--reason", "上报").code == 0
    assert leaks(secrets, Ran(0, "", ""), tmp_path) != []
