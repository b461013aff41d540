"""What is printed: whole, masked, harmless; one document for a script, a table for a person."""

import csv
import fcntl
import html
import io
import json
import os
import pty
import re
import stat
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import Ran, Run, answer_of
from county import ADMISSION_HEADINGS, ORGANIZATIONS, QUOTAS, admission, id_number
from leaguectl.output import Printer, as_text, sanitize
from leaguectl.screen import CARD, fitted, shortened, width, wrap
from leaguectl.words import words

READING = {
    "stats": ("stats", "2023"),
    "quota show": ("quota", "show", "2023"),
    "quota check": ("quota", "check", "2023"),
    "member find": ("member", "find", "古丽娜尔"),
    "member show": ("member", "show", "202365004101"),
    "org tree": ("org", "tree"),
    "org show": ("org", "show", "YS01"),
    "check": ("check",),
    "config show": ("config", "show"),
}
"""Every command that reads, by its schema."""

ROWED = [name for name in READING if name not in ("check", "quota check")]
"""Those that have rows where all is well."""

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ODD = ["[bold]李明[/bold]", ":smile: 一班", "a[/b]c", "[red", "[link=x]团[/link]"]
"""Names that a careless table would take for its own marks."""


def in_terminal(columns: int, *arguments: str | Path, **environment: str) -> Ran:
    """Run a command in a terminal of so many columns; what it drew, and its stderr."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    given = {"TERM": "xterm-256color", "PYTHONUTF8": "1", "LEAGUECTL_PAGER": "", **environment}
    inherited = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "leaguectl", *map(str, arguments)],
        stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env={**inherited, **given},
    ) as child:  # fmt: skip
        os.close(theirs)
        drawn = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end was closed
                break
            if not part:
                break
            drawn += part
        os.close(ours)
        assert child.stderr is not None
        err = child.stderr.read().decode()
    return Ran(child.returncode, drawn.decode().replace("\r\n", "\n"), err)


def grid(line: str) -> list[str]:
    """A line by columns of the terminal: a Chinese character takes one cell and leaves one."""
    cells: list[str] = []
    for char in line:
        if width(char) == 0:
            cells[-1] += char
            continue
        cells += [char] + [""] * (width(char) - 1)
    return cells


def columns_of(lines: Sequence[str]) -> list[tuple[int, int]]:
    """From where to where each column of a drawn table goes: they are parted by two columns that
    are blank in every line."""
    grids = [grid(line) for line in lines]
    wide = max(map(len, grids))
    filled = [any(at < len(grid) and grid[at] != " " for grid in grids) for at in range(wide)]
    spans, begin = [], 0
    for at in range(1, wide + 1):
        ended = at == wide or (not filled[at] and (at + 1 >= wide or not filled[at + 1]))
        if ended and filled[begin]:
            spans.append((begin, at))
            begin = at
        if at < wide and not filled[begin]:
            begin = at
    return spans


def columns_read(lines: Sequence[str]) -> list[str]:
    """Each column of a drawn table from top to bottom, wrapped lines joined, without spaces."""
    grids = [grid(line) for line in lines]
    return [
        "".join("".join(grid[begin:end]) for grid in grids).replace(" ", "")
        for begin, end in columns_of(lines)
    ]


def values(answer: str) -> list[list[str]]:
    """The rows of an answer in TSV, which has every value whole."""
    return [line.split("\t") for line in answer.splitlines()]


# -- harmless ------------------------------------------------------------------------------------


@given(st.text())
@example("\x1b[31mred\x1b[0m")
@example("\x9b31m\x85\x9d")
@example("a\rb\nc\td\x00\x7f")
@example("\u202eevil\u2066\u200f\u200b\ufeff")
@example("\u2028\u2029\x0b\x0c\x1c")
def test_no_value_can_command_a_terminal(text: str) -> None:
    """Whatever a cell held, nothing of it is obeyed: no escape, no control, no change of
    direction, and it stays on one line."""
    shown = sanitize(text)
    categories = {unicodedata.category(char) for char in shown}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert len(shown.splitlines()) <= 1
    assert sanitize(shown) == shown


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Ps", "Pe", "Sm"])))
def test_letters_digits_and_marks_stay_as_they_are(text: str) -> None:
    """What can be read is shown as it was written."""
    assert sanitize(text) == text


@pytest.mark.parametrize("text", ["\ue863\ue1c1", "\U00020089", "㛃䶮", "\U00031350"])
def test_a_rare_character_of_a_name_is_kept(text: str) -> None:
    """Characters of names that no table knows yet, or only a private one, are shown as they are."""
    assert sanitize(f"李{text}") == f"李{text}"


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("团员", 4), ("（１）", 6), ("a团b", 4), ("é", 1), ("e\u0301", 1),
     ("古丽·a", 6), ("“引”", 4)],
)  # fmt: skip
def test_a_chinese_character_takes_two_columns(text: str, columns: int) -> None:
    """Width is counted in columns of a terminal, not in characters."""
    assert width(text) == columns


# -- masks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "tsv", "csv", "md"])
@pytest.mark.parametrize("name", ["member find", "member show", "check"])
def test_no_output_shows_an_id_number_or_phone(
    name: str, form: str, sample_db: Path, run: Run
) -> None:
    """Without ``--reveal`` no format of any command has a whole ID number or phone."""
    ran = run(*READING[name], "-O", form)
    assert ran.code == 0
    assert not re.search(r"658899\d{8}", ran.out + ran.err)
    assert not re.search(r"\b120\d{8}\b", ran.out + ran.err)


def test_reveal_shows_the_whole_number_and_needs_a_reason(sample_db: Path, run: Run) -> None:
    """With a reason the number is whole; without one nothing is shown."""
    shown = run(*READING["member show"], "--reveal", "--reason", "transfer papers", "-O", "json")
    assert re.fullmatch(r"658899\d{11}[\dX]", json.loads(shown.out)["member"]["id_number"])
    refused = run(*READING["member show"], "--reveal", "-O", "json")
    assert (refused.code, list(json.loads(refused.out))) == (2, ["schema", "error"])


def test_a_finding_masks_the_value_it_is_about(
    db: Path, run: Run, workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ID number that is wrong is not shown, on stdout or stderr, in any language."""
    wrong = id_number(1)[:17] + ("1" if id_number(1)[17] != "1" else "2")
    rows = [
        ADMISSION_HEADINGS,
        admission(1, 身份证号=wrong),
        admission(2, 身份证号=id_number(2)[:14]),
    ]
    book = workbook(团组织=ORGANIZATIONS, 发展计划=QUOTAS, 发展团员=rows)
    for language in ("en", "zh"):
        monkeypatch.setenv("LEAGUECTL_LANG", language)
        for form in ("json", "tsv"):
            ran = run("import", "-n", "-O", form, book)
            assert ran.code == 1
            for hidden in (wrong[6:14], wrong[-4:], id_number(2)[6:14]):
                assert hidden not in ran.out + ran.err


@pytest.mark.parametrize("command", ["show", "find"])
def test_an_id_number_that_is_nobody_s_is_not_repeated(
    command: str, sample_db: Path, run: Run
) -> None:
    """The number given on stdin so that no history keeps it is not shown by the answer either."""
    ran = run("member", command, "-", stdin="658899200703019999\n")
    assert ran.code == 4
    assert "200703019999" not in ran.out + ran.err


# -- for a script --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READING)
def test_json_is_one_document_alone_on_stdout(name: str, sample_registry: Path, spawn: Run) -> None:
    """Each reading command answers with one document under its schema, and nothing else."""
    ran = spawn("--db", sample_registry, *READING[name], "-O", "json")
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert next(iter(answer.items())) == ("schema", f"leaguectl/{name}@1")
    assert ran.out.endswith("}\n")


def test_json_does_not_depend_on_the_reader_s_language(
    sample_db: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys and values are for scripts; only words are in the language."""
    for name in ("quota show", "member find", "org tree", "org show", "member show"):
        answers = []
        for language in ("en", "zh"):
            monkeypatch.setenv("LEAGUECTL_LANG", language)
            answers.append(run(*READING[name], "-O", "json").out)
        assert answers[0] == answers[1]


@pytest.mark.parametrize("name", ROWED)
def test_every_format_has_the_same_whole_values(name: str, sample_db: Path, run: Run) -> None:
    """A pipe gets TSV; CSV and Markdown have the same rows, none of them cut."""
    piped = run(*READING[name])
    assert piped.out == run(*READING[name], "-O", "tsv").out
    rows = values(piped.out)
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    comma = list(csv.reader(io.StringIO(run(*READING[name], "-O", "csv").out)))
    assert [[text.removeprefix("'") for text in row] for row in comma] == rows
    bars = run(*READING[name], "-O", "md").out.splitlines()
    assert bars[1] == "| " + " | ".join(["---"] * len(rows[0])) + " |"
    cells = [re.split(r" \| ", line[2:-2]) for line in (bars[0], *bars[2:])]
    assert [[text.replace("\\|", "|") for text in row] for row in cells] == rows


def test_tsv_has_every_row_of_a_long_answer(sample_db: Path, run: Run) -> None:
    """The answer to a script is complete: every organisation and all its name."""
    tree = answer_of(run, "org", "tree")["organizations"]
    rows = values(run("org", "tree").out)[1:]
    assert [(row[0], row[1].strip()) for row in rows] == [(o["code"], o["name"]) for o in tree]
    assert len(rows) == 288


@pytest.mark.parametrize("name", ["check", "quota check"])
def test_a_check_that_finds_nothing_is_silent(name: str, sample_db: Path, run: Run) -> None:
    """Nothing wrong is no output and exit code 0, in every format but JSON."""
    for form in ("table", "tsv", "csv", "md"):
        ran = run(*READING[name], "-O", form)
        assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://x","y")'],
)
def test_a_csv_cell_is_never_a_formula(value: str, tmp_path: Path) -> None:
    """What a spreadsheet would run is written as text; other formats keep the value."""
    file = tmp_path / "rows.csv"
    Printer(words("en"), file=file).answer("x", ["name", value], [[value, "团员"]], {})
    heading, row = csv.reader(io.StringIO(file.read_text("utf-8-sig")))
    assert (heading[1], row) == (f"'{value}", [f"'{value}", "团员"])
    file = tmp_path / "rows.tsv"
    Printer(words("en"), file=file).answer("x", ["name"], [[value]], {})
    assert file.read_text("utf-8") == f"name\n{value}\n"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_csv_file_gives_back_what_was_put_in(row: list[str]) -> None:
    """Commas, quotes and line ends never move a value into another cell."""
    printer = Printer(words("en"))
    texts = [printer.text(item) for item in row]
    out = as_text("csv", [f"h{at}" for at in range(len(row))], [texts])
    _, read = csv.reader(io.StringIO(out, newline=""))
    for text, cell in zip(texts, read, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.sampled_from("a|\\团 <>&`![]()")))
@example("<script>alert(1)</script>")
@example("![x](http://e.example/) [a](http://e.example)")
def test_a_markdown_cell_stays_one_cell_of_text(text: str) -> None:
    """A bar in a value does not begin another cell, whatever stands before it; nothing in it runs,
    draws or leads elsewhere, and it is read as what it is."""
    line = as_text("md", ["a", "b"], [[text, "z"]]).splitlines()[2]
    bars = re.findall(r"(?<!\\)(?:\\\\)*\|", line)
    assert len(bars) == 3
    cell = line.removeprefix("| ").removesuffix(" | z |")
    assert not {*"<>`[]"} & {*cell}
    assert html.unescape(cell) == text


# -- to a file -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "begins"),
    [(".json", b"{\n"), (".csv", b"\xef\xbb\xbf"), (".tsv", b"figure\t"), (".md", b"| figure |")],
)
def test_a_file_gets_the_format_of_its_ending(
    ending: str, begins: bytes, sample_db: Path, tmp_path: Path, run: Run
) -> None:
    """``-o FILE`` writes all of the answer and leaves stdout empty; nobody else may read it."""
    file = tmp_path / f"figures{ending}"
    ran = run("stats", "2023", "-o", file)
    assert (ran.code, ran.out) == (0, "")
    assert file.read_bytes().startswith(begins)
    assert b"5187" in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.glob("figures*")) == [file.name]


def test_a_format_that_is_asked_for_decides_over_the_ending(
    sample_db: Path, tmp_path: Path, run: Run
) -> None:
    """``-O json -o figures.txt`` is JSON."""
    file = tmp_path / "figures.txt"
    assert run("stats", "2023", "-O", "json", "-o", file).code == 0
    assert json.loads(file.read_text("utf-8"))["year"] == 2023


def test_a_file_that_is_there_is_replaced_whole_and_keeps_its_rights(
    sample_db: Path, tmp_path: Path, run: Run
) -> None:
    """People who may read an answer, by its owner's choice, can read the next one too."""
    file = tmp_path / "figures.json"
    file.write_text("x" * 100_000)
    file.chmod(0o644)
    part = tmp_path / "figures.json.part"
    part.write_text("left over")
    part.chmod(0o644)
    assert run("stats", "2023", "-o", file).code == 0
    assert json.loads(file.read_text("utf-8"))["year"] == 2023
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_file_that_cannot_be_written_is_reported(
    sample_db: Path, tmp_path: Path, run: Run
) -> None:
    """Exit code 4 and the name; no folder is made for a mistyped path, and nothing is left over."""
    folder, there = tmp_path / "none", tmp_path / "there.json"
    there.mkdir()
    ran = run("stats", "2023", "-o", folder / "figures.json")
    assert (ran.code, ran.out, folder.exists()) == (4, "", False)
    assert "figures.json" in ran.err
    ran = run("stats", "2023", "-o", there)
    assert (ran.code, ran.out) == (4, "")
    assert list(tmp_path.glob("*.part")) == []


@pytest.mark.parametrize("ending", [".xls", ".html", ".pdf", ".jsn"])
def test_an_ending_that_is_no_format_is_an_error_of_usage(
    ending: str, sample_db: Path, tmp_path: Path, run: Run
) -> None:
    """A file is never given a name that promises another format than it holds."""
    file = tmp_path / f"figures{ending}"
    assert (run("stats", "2023", "-o", file).code, file.exists()) == (2, False)


def test_an_unknown_format_is_an_error_of_usage(sample_db: Path, run: Run) -> None:
    """``-O xml`` ends with 2 and prints no data."""
    ran = run("stats", "2023", "-O", "xml")
    assert (ran.code, ran.out) == (2, "")


# -- for a person, in a terminal -----------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [("stats", "2023"), ("quota", "show", "2023"), ("org", "tree", "--depth", "1"),
     ("member", "find", "古丽娜尔"), ("member", "show", "202365004101")],
    ids=lambda arguments: " ".join(arguments[:2]),
)  # fmt: skip
def test_a_wide_terminal_shows_every_value_whole(
    arguments: tuple[str, ...], sample_registry: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is a line, and no value is cut."""
    monkeypatch.setenv("LEAGUECTL_LANG", "zh")
    asked: list[str | Path] = ["--db", sample_registry, *arguments]
    ran = in_terminal(220, *asked, "-v", NO_COLOR="1")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    headings, *rows = values(run(*asked).out)
    if headings == [words("zh").heading(key) for key in CARD]:
        headings = ["", ""]  # a card needs none
    else:
        assert lines.pop(1).startswith("─")
    drawn = columns_read(lines)
    wanted = ["".join(column) for column in zip(headings, *rows, strict=True)]
    assert drawn == ["".join(text.split()) for text in wanted if text.strip()]


LISTS = {
    "quota show 2023": 30, "stats 2023": 50, "post list": 970, "activity list --year 2023": 380,
    "member find 张": 50, "plan 2023": 35, "rank 2023": 25, "headings": 420,
}  # fmt: skip
"""Lists of the sample county, and how many lines of a terminal they may take."""


@pytest.mark.parametrize("asked", LISTS)
def test_a_list_fits_a_terminal_of_80_columns(asked: str, sample_registry: Path) -> None:
    """A row is a line of the terminal; what is left out for want of room is named on stderr."""
    arguments = ("--db", sample_registry, "--lang", "zh", *asked.split())
    ran = in_terminal(80, *arguments, NO_COLOR="1", LEAGUECTL_TODAY="2024-06-30")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert len(lines) <= LISTS[asked]
    assert max(map(width, lines)) <= 80


@given(
    rows=st.lists(st.tuples(*[st.text(st.sampled_from("共青团云杉县红柳镇 a7-"), max_size=40)] * 5),
                  min_size=1, max_size=9),
    room=st.integers(40, 130),
)  # fmt: skip
def test_a_table_never_goes_beyond_its_room(rows: list[tuple[str, ...]], room: int) -> None:
    """One line for each row whatever the values are, and the first column is always there."""
    keys = ("organization", "name", "amount", "authority", "post")
    lines, hidden = fitted(("团组织", "姓名", "数量", "文号", "职务"), rows, keys, room)
    assert max(map(width, lines)) <= room
    rule = next(at for at, line in enumerate(lines) if line.startswith("─"))
    assert len(lines) == rule + 1 + len(rows)
    assert "团组织" not in hidden


def test_what_distinguishes_organisations_is_kept() -> None:
    """Of names that begin and end alike the middle is what somebody looks for."""
    names = [f"共青团云杉县{name}委员会" for name in ("白桦镇", "红柳镇", "第一中学", "财政局")]
    rows = [(name, "1", "202365004101") for name in names]
    lines, _ = fitted(("团组织", "名额", "号段"), rows, ("organization", "places", "first"), 36)
    shown = "".join(lines)
    assert all(name in shown for name in ("白桦镇", "红柳镇", "第一中学", "财政局"))
    assert shortened("一二三四五六七八九十", 11) == "一二三…九十"


def test_a_long_list_is_paged_in_a_terminal_alone(
    sample_registry: Path, spawn: Run, tmp_path: Path
) -> None:
    """``LEAGUECTL_PAGER``, else ``PAGER``; ``--no-pager`` and what fits the screen do without."""
    asked = ("--db", sample_registry, "org", "tree")
    marks = {"PAGER": "sed s/^/PAGED:/", "NO_COLOR": "1"}
    pager = {"LEAGUECTL_PAGER": "sed s/^/OURS:/", **marks}
    assert in_terminal(80, *asked, **pager).out.startswith("OURS:")
    assert "OURS:" not in in_terminal(80, *asked, "--no-pager", **pager).out
    assert "OURS:" not in in_terminal(80, *asked, "--depth", "0", **pager).out
    assert "OURS:" not in spawn(*asked, **pager).out
    # Whoever has no such program sees the list all the same.
    assert "YS" in in_terminal(80, *asked, LEAGUECTL_PAGER="no-such-pager").out


def test_times_are_of_the_place_where_they_are_read(sample_registry: Path, spawn: Run) -> None:
    """A list has them to the minute by the clock of the office; JSON has the moment itself."""
    asked = ("--db", sample_registry, "log")
    moment = json.loads(spawn(*asked, "-O", "json").out)["operations"][0]["at"]
    assert moment.endswith("+00:00")
    here = datetime.fromisoformat(moment).astimezone(ZoneInfo("Asia/Shanghai"))
    shown = spawn(*asked, TZ="Asia/Shanghai").out
    assert f"{here:%Y-%m-%d %H:%M}" in shown
    assert "+00:00" not in shown


@pytest.mark.parametrize("columns", [80, 200])
def test_chinese_columns_are_aligned(columns: int, sample_registry: Path) -> None:
    """In every row of a table each column begins at the same column of the terminal."""
    ran = in_terminal(columns, "--db", sample_registry, "quota", "show", "2023", NO_COLOR="1")
    lines = [line for line in ran.out.splitlines() if re.search(r"\d{12}", line)]
    assert len(lines) == 25  # the total has no block
    starts = {
        tuple(width(line[: found.start()]) for found in re.finditer(r"\d{12}", line))
        for line in lines
    }
    assert len(starts) == 1


def test_colour_is_for_a_terminal_alone(sample_registry: Path, spawn: Run) -> None:
    """Codes go to a terminal, not into a pipe, and not where ``NO_COLOR`` or the user forbids."""
    asked = ("--db", sample_registry, "stats", "2023")
    assert COLOUR.search(in_terminal(80, *asked).out)
    for ran in (
        in_terminal(80, *asked, NO_COLOR="1"),
        in_terminal(80, *asked, TERM="dumb"),
        in_terminal(80, *asked, "--color", "never"),
        spawn(*asked),
        spawn(*asked, "-O", "json", "--color", "always"),
    ):
        assert ran.code == 0
        assert "\x1b" not in ran.out


def test_findings_are_coloured_only_where_they_may_be(
    db: Path, workbook: Callable[..., Path], spawn: Run
) -> None:
    """Findings on stderr follow ``--color`` as well."""
    book = workbook(团组织=[*ORGANIZATIONS, ["X", "无上级团支部", "没有的团委", "团支部"]])
    plain = spawn("import", "-n", book)
    assert (plain.code, "\x1b" in plain.err) == (1, False)
    assert COLOUR.search(spawn("import", "-n", "--color", "always", book).err)


@pytest.mark.parametrize("columns", [80, 200])
def test_marks_in_a_name_come_out_as_they_are(
    columns: int, db: Path, workbook: Callable[..., Path], run: Run
) -> None:
    """A name is text, whatever it looks like to a library that draws."""
    rows: list[list[Any]] = [["团组织编码", "团组织全称", "上级组织", "组织类型"]]
    rows += [["C", "县委", None, "团委"]]
    rows += [[f"B{at}", name, "县委", "团支部"] for at, name in enumerate(ODD)]
    assert run("import", workbook(团组织=rows)).code == 0
    for arguments in (("org", "tree"), ("org", "show", "C")):
        shown = COLOUR.sub("", in_terminal(columns, *arguments).out)
        assert [name for name in ODD if name not in shown] == []
    assert [name for name in ODD if name not in run("org", "tree").out] == []


def test_marks_in_a_file_s_name_and_a_finding_come_out_as_they_are(
    db: Path, workbook: Callable[..., Path], run: Run
) -> None:
    """Messages are text as well, and a control character in one is not obeyed."""
    book = workbook("[b]x:smile:.xlsx", 团组织=[
        *ORGANIZATIONS, ["X", "某团支部", "[/red]\u202e没有的团委", "团支部"],
    ])  # fmt: skip
    ran = run("import", "-n", book)
    assert "[b]x:smile:.xlsx!团组织!" in ran.err
    assert "“[/red]没有的团委”" in ran.err
    assert "\u202e" not in ran.err


def test_a_prompt_s_place_is_stderr_and_data_s_is_stdout(
    db: Path, workbook: Callable[..., Path], run: Run
) -> None:
    """Hints and findings never mix with the answer of a write."""
    book = workbook(团组织=ORGANIZATIONS)
    ran = run("import", "-O", "json", book)
    assert json.loads(ran.out)["totals"]["created"] == len(ORGANIZATIONS) - 1
    assert "operation 1" in ran.err
    quiet = run("import", "-q", "-O", "json", book)
    assert (quiet.code, quiet.err) == (0, "")


@pytest.mark.parametrize(("language", "shown"), [("zh", "是否"), ("en", "yesno")])
def test_yes_and_no_are_words(language: str, shown: str) -> None:
    """In a table they are in the language of its headings; JSON has ``true`` and ``false``."""
    printer = Printer(words(language))
    assert printer.text(True) + printer.text(False) == shown
    assert printer.plain([True, False]) == [True, False]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_one_error_is_not_counted_as_several(count: int) -> None:
    """A count of 1 has its singular."""
    line = words("en").line("check-counts", error=count, warning=str(count))
    expected = ["0 errors, 0 warnings", "1 error, 1 warning", "2 errors, 2 warnings"]
    assert line == expected[count]


def test_text_is_wrapped_by_the_columns_of_a_terminal() -> None:
    """A Chinese character takes two columns, and its punctuation stays with it."""
    assert wrap("设定一个组织的名额，写明号段。", 12) == ["设定一个组织", "的名额，写明", "号段。"]
    assert wrap("add a separate block", 9) == ["add a", "separate", "block"]
    assert wrap("https://example.org/a-long-address", 9) == ["https://example.org/a-long-address"]


def test_a_topic_is_laid_out_in_a_terminal() -> None:
    """No marks of Markdown, and lines as full as they can be: Chinese has no spaces for line
    ends."""
    shown = in_terminal(80, "--lang", "zh", "help", "import").out
    assert "# " not in shown
    assert "`" not in shown
    assert "下方可以有合计和备" in shown.replace("\r", "")
    lines = [line.strip() for line in shown.splitlines()]
    assert not any(line.endswith("下方可以有") for line in lines)
