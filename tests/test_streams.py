"""Streams as scripts have them: closed, ended, full, not waiting, in another encoding. All by
processes of their own."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

import pytest

from conftest import Ran, Run, answer_of
from leaguectl.store import sqlite_uri

PROGRAM = [sys.executable, "-m", "leaguectl"]
RARE = ("马\u4dae", "\U00020164生")
"""Names with characters that GBK has not, one of them beyond the first plane."""


def shell(script: str, **environment: str) -> Ran:
    """Run a line of bash in which ``$L`` is the program."""
    done = subprocess.run(
        ["bash", "-c", f"L='{sys.executable} -m leaguectl'; {script}"],
        capture_output=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def operations(run: Run) -> list[int]:
    """The operations of the registry."""
    return [each["id"] for each in answer_of(run, "log")["operations"]]


# -- closed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_command_does_its_work_with_closed_streams(
    closed: str, sample_db: Path, run: Run
) -> None:
    """What is printed does not get into the registry, which is opened after it."""
    done = shell(f"$L org add 新团支部 --code NEW --type branch --parent YS01 {closed}")
    assert (done.code, done.err.count("Traceback")) == (0, 0)
    assert len(operations(run)) == 2
    assert run("check").code == 0


def test_an_answer_goes_out_without_stderr(sample_db: Path) -> None:
    """The one stream does not need the other."""
    assert shell("$L stats 2023 --get members.total 2>&-") == Ran(0, "5187\n", "")


@pytest.mark.parametrize("given", ["<&-", "</dev/null"])
def test_a_value_that_does_not_come_is_asked_for(given: str, sample_db: Path) -> None:
    """``-`` where stdin is closed or at its end."""
    done = shell(f"$L member find - {given}")
    assert (done.code, done.out) == (6, "")
    assert "stdin" in done.err


# -- ended and full ------------------------------------------------------------------------------


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_who_has_seen_enough_is_no_finding(unbuffered: str, sample_db: Path) -> None:
    """As with git: the exit code of a broken pipe, and silence."""
    done = shell(
        "set -o pipefail; $L export members -O csv -q | head -1", PYTHONUNBUFFERED=unbuffered
    )
    assert (done.code, done.err) == (141, "")


def test_a_reader_of_messages_who_went_away_changes_nothing(sample_db: Path) -> None:
    """What is said on stderr is for whoever listens."""
    done = shell("$L stats 2030 --get admissions.total 2> >(exec true); echo $?")
    assert (done.code, done.out) == (0, "0\n0\n")


@pytest.mark.parametrize("words", [("stats", "2023"), ("--help",), ("stats", "2023", "-O", "json")])
def test_a_full_disk_is_reported(words: tuple[str, ...], sample_db: Path) -> None:
    """No fault of the program, and no answer that is cut without a word."""
    done = shell(f"$L {' '.join(words)} >/dev/full")
    assert (done.code, done.out, done.err.count("\n")) == (5, "", 2)
    assert "No space left" in done.err


def test_a_device_stays_one(sample_db: Path) -> None:
    """``-o`` writes into it, and puts no file in its place."""
    assert shell("$L stats 2023 -O json -o /dev/full").code == 5
    assert not Path("/dev/full").is_file()


@pytest.mark.parametrize("ending", [">/dev/full", "-O json | exec true", "-o /dev/full -O json"])
def test_what_was_written_without_an_answer_is_reported(
    ending: str, sample_db: Path, run: Run
) -> None:
    """A script must not take it for nothing and do it again."""
    write = f"$L org add 新团支部 --code NEW --type branch --parent YS01 {ending}"
    if "|" in ending:  # the reader is gone before the answer comes
        write = f"set -o pipefail; {{ sleep 0.1; {write.replace(' | exec true', ' | true')}; }}"
    done = shell(write)
    assert done.code == 8, done.err
    assert "operation 2 is written" in done.err
    assert operations(run) == [2, 1]


def test_a_pipe_that_does_not_wait_loses_nothing(sample_db: Path, run: Run) -> None:
    """Some programs hand on pipes on which a write ends at once where nobody has read."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    words = [*PROGRAM, "export", "members", "-O", "json", "-q"]
    with subprocess.Popen(words, stdout=writing) as process:
        os.close(writing)
        with os.fdopen(reading, "rb") as out:
            read = out.read()
    assert process.returncode == 0
    assert json.loads(read) == answer_of(run, "export", "members", "-q")


# -- encodings -----------------------------------------------------------------------------------


@pytest.fixture
def rare_db(db: Path, run: Run, workbook: Callable[..., Path]) -> Path:
    """A registry with two people whose names GBK cannot write."""
    organizations = [["团组织编码", "团组织全称", "组织类型"], ["X", "某县团支部", "团支部"]]
    people = [["姓名", "身份证号", "所在团支部", "入团时间"]]
    people += [
        [name, number, "X", "2021-05-04"]
        for name, number in zip(RARE, ("110101200602020013", "110101200602040014"), strict=True)
    ]
    people = [[*row] for row in people]
    for row in people[1:]:
        row[1] = with_check_digit(row[1])
    done = run("import", "--province", "11", workbook(团组织=organizations, 团员=people))
    assert done.code == 0, done.err
    return db


def with_check_digit(number: str) -> str:
    """The number with its last character made right."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    return number[:17] + "10X98765432"[total % 11]


def piped(*words: str, encoding: str = "gbk") -> bytes:
    """What a pipe gets of a command on a system of that code page."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([*PROGRAM, *words], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_json_is_json_on_every_code_page(rare_db: Path) -> None:
    """In ASCII, which all of them have."""
    for encoding in ("gbk", "ascii", "latin-1", "utf-8"):
        answer = json.loads(piped("member", "find", "生", "-O", "json", encoding=encoding))
        assert [row["name"] for row in answer["rows"]] == [RARE[1]]
    assert piped("export", "members", "-O", "json").isascii()


def test_no_name_is_changed_on_another_code_page(rare_db: Path) -> None:
    """Text on a pipe is UTF-8: an escape in a name would make it another name."""
    table = list(csv.reader(io.StringIO(piped("export", "members", "-O", "csv").decode())))
    assert tuple(row[0] for row in table[1:]) == RARE
    for form in ("tsv", "md"):
        text = piped("export", "members", "-O", form).decode()
        assert all(name in text for name in RARE)


BYTES = os.fsdecode("生".encode("gbk"))
"""A name as a script in another encoding hands it on."""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("member", "find", BYTES), 4),
        (("org", "show", BYTES), 4),
        (("stats", "2023", "--org", BYTES), 2),
        (("member", "edit", "#1", "--name", BYTES, "--reason", "x"), 2),
        (("quota", "set", "2025", "YS", "9", "--authority", BYTES), 2),
        (("member", "leave", "#1", "--reason-kind", "resigned", "--reason", BYTES), 2),
    ],
)
def test_bytes_of_another_encoding_are_refused_in_words(
    words: tuple[str, ...], code: int, sample_db: Path, spawn: Run, run: Run
) -> None:
    """Never a fault of the program, and never in the registry."""
    done = spawn(*words)
    assert (done.code, done.out) == (code, "")
    assert "encoding" in done.err
    assert operations(run) == [1]


def test_bytes_of_another_encoding_on_stdin_are_refused(sample_db: Path) -> None:
    """As on the command line."""
    done = shell("printf '\\xc9\\xfa\\n' | $L member find -")
    assert (done.code, "encoding" in done.err) == (2, True)


def test_a_file_is_called_as_its_sender_called_it(db: Path, spawn: Run, run: Run) -> None:
    """A name in GBK, as unzip leaves it, is read and kept as text."""
    sheet = db.parent / os.fsdecode("表.csv".encode("gbk"))
    sheet.write_text("团组织编码,团组织全称,组织类型\nX,某县团委,团委\n", "utf-8")
    done = spawn("import", "--province", "65", str(sheet), "-O", "json")
    assert done.code == 0, done.err
    [read] = json.loads(done.out)["sheets"]
    assert (read["file"], read["sheet"]) == ("表.csv", "表")
    assert "表.csv" in run("show", "1").out


def test_a_setting_of_another_encoding_is_refused(sample_db: Path, spawn: Run) -> None:
    """Who is recorded must be a name."""
    done = spawn("quota", "set", "2025", "YS", "9", LEAGUECTL_ACTOR=BYTES)
    assert (done.code, "LEAGUECTL_ACTOR" in done.err) == (2, True)


def test_half_a_character_in_a_cell_is_a_finding() -> None:
    """An old .xls may hold one, and no database takes it."""
    from pydantic_core import PydanticCustomError

    from leaguectl.kinds import cells

    for type_of in (cells.text, cells.person_name, cells.serial, cells.day, cells.plain):
        reading: Any = type_of
        with pytest.raises(PydanticCustomError) as raised:
            reading("王\ud842")
        assert raised.value.type == "text-broken"


def test_an_ending_that_is_no_format_is_refused_before_the_write(sample_db: Path, run: Run) -> None:
    """It is an error of usage, and not an answer that got lost."""
    done = run("org", "close", "YS01", "-o", "answer.doc", "--yes")
    assert (done.code, operations(run)) == (2, [1])


# -- paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/a/b?c#d.db"), "file:///a/b%3fc%23d.db?mode=ro"),
        (PurePosixPath("//server/share/x.db"), "file:////server/share/x.db?mode=ro"),
        (PurePosixPath("x%y.db"), "file:x%25y.db?mode=ro"),
        (PureWindowsPath(r"D:\共青团\county.db"), "file:///D:/共青团/county.db?mode=ro"),
        (PureWindowsPath(r"\\server\share\x.db"), "file:////server/share/x.db?mode=ro"),
    ],
    ids=str,
)
def test_sqlite_is_given_each_path_as_it_reads_it(path: PurePath, uri: str) -> None:
    """Also those of Windows, and of a share, whose first two slashes would name a server."""
    assert sqlite_uri(path, "ro") == uri
