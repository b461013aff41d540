"""Characters that nobody sees (controls, marks, changes of direction): none is left out without a
word, at no door, and none comes to a terminal as it is, whoever brought it into the registry."""

import json
import re
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conftest import Ran, Run, answer_of, examples, taken
from county import id_number
from leaguectl.names import unseen, without_unseen
from leaguectl.output import Printer, printable
from leaguectl.words import words
from lives import Workbook, county
from test_canary import READING
from test_work import COMMANDS_THAT_WRITE, before, here, prepare

assert before
assert here

NO_TEXT = ("Cc", "Cf", "Cs", "Zl", "Zp")
BLANKS = "\t\n\v\f\r\u200b\u2060\ufeff"
"""Blanks of lines, and such without a width."""
SIGNS = "".join(
    sign
    for sign in map(chr, (*range(0xD800), *range(0xE000, 0x110000)))
    if unicodedata.category(sign) in ("Cc", "Cf") and sign not in BLANKS
)
"""All characters that nobody sees."""
SOME = "\x07\x1b\x7f\x9b\x85\u200e\u202e\u2066\u00ad\U000e0041"
"""Of each sort one, and a control that is a blank."""
ONCE = settings(
    max_examples=examples(60), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip


def raw(*texts: str) -> set[str]:
    """The characters that a terminal obeys, or does not show, of what was printed."""
    return {
        f"U+{ord(sign):04X}"
        for text in texts
        for sign in set(text) - set("\n\t\r")
        if unicodedata.category(sign) in NO_TEXT
    }


def named(text: str) -> set[str]:
    """How a message names the characters of a text that nobody sees."""
    return {f"U+{ord(sign):04X}" for sign in unseen(text)}


def in_xml(text: str) -> str:
    """The text as a workbook writes what XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f]", lambda sign: f"_x{ord(sign[0]):04X}_", text)


# -- the characters themselves -------------------------------------------------------------------


@given(st.text())
@example(SOME)
@example(BLANKS)
def test_what_is_named_is_what_is_left_out(text: str) -> None:
    """Whatever goes is named or a blank; whatever stays is seen."""
    gone = set(text) - set(without_unseen(text))
    assert set(unseen(text)) == gone - set(BLANKS)
    assert not any(
        unicodedata.category(sign) in ("Cc", "Cf") and sign not in BLANKS[:5]
        for sign in without_unseen(text)
    )


def test_json_has_no_character_that_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """It is escaped, and reads as the same text."""
    text = f"{SIGNS}{BLANKS}\u2028\u2029\x85"
    Printer(words("en"), format="json").answer("policy show", (), (), {"policy": text})
    out = capsys.readouterr().out
    assert raw(out) == set()
    assert json.loads(out)["policy"] == text


@given(st.text(st.sampled_from(f"{SIGNS[:300]}\n\t甲a")))
def test_lines_of_text_have_none(text: str) -> None:
    """Lines and tabs stay."""
    shown = printable(text)
    assert raw(shown) == set()
    assert (shown.count("\n"), shown.count("\t")) == (text.count("\n"), text.count("\t"))


# -- sheets --------------------------------------------------------------------------------------

HEADINGS = ["姓名", "身份证号", "所在团支部", "入团时间", "手机号码", "政治面貌", "备注"]
RIGHT = ["测试王", id_number(77), "云杉县第一中学高一（1）班团支部", "2021-05-04", "12000000077",
         "共青团员", "无"]  # fmt: skip
READ = range(len(HEADINGS) - 1)


@pytest.fixture
def lived(db: Path, run: Run, workbook: Workbook) -> Path:
    """A registry of the small county."""
    county(run, workbook)
    return db


@ONCE
@given(
    signs=st.text(st.sampled_from(SIGNS), min_size=1, max_size=3),
    column=st.sampled_from(READ), place=st.integers(0, 40),
)  # fmt: skip
@example(signs="\x1b", column=0, place=1)
@example(signs="\x7f", column=2, place=3)
@example(signs="\u202e", column=1, place=6)
def test_no_cell_loses_a_character_without_a_word(
    signs: str, column: int, place: int, lived: Path, run: Run, workbook: Workbook
) -> None:
    """In whichever column it stands: it is named with its cell, by the preview and by the
    import."""
    row = [*RIGHT]
    row[column] = in_xml(f"{row[column][:place]}{signs}{row[column][place:]}")
    sheet = workbook("named.xlsx", 团员=[HEADINGS, row])
    for way in (("-n", "-O", "json"), ("-n",), ("-n", "-O", "csv"), ("-n", "--lang", "zh")):
        ran = run("import", sheet, *way)
        assert raw(ran.out, ran.err) == set()
        said = named(signs)
        if way[-1] == "json":
            found = [finding for finding in json.loads(ran.out)["findings"]
                     if finding["code"] == "signs-unseen"]  # fmt: skip
            assert [finding["heading"] for finding in found] == [HEADINGS[column]]
            assert all(sign in found[0]["message"] for sign in said)
        else:
            assert all(sign in ran.err for sign in said), ran.err


def test_a_column_is_named_once(
    lived: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:  # fmt: skip
    """With all its rows, whether they are typed by column or one by one, also in the reply; a
    column that is not read is none of ours."""
    rows = [[*RIGHT] for _ in range(40)]
    for at, row in enumerate(rows):
        row[1], row[4] = id_number(100 + at), f"\u202a{12000000100 + at}\u202c"
        row[6] = "\u202e"
    rows[7][3] = "错"
    sheet = workbook("many.xlsx", 团员=[HEADINGS, *rows])
    ran = run("import", sheet, "-O", "json", "--valid-only", "--reply", tmp_path / "r.xlsx")
    found = [each for each in json.loads(ran.out)["findings"] if each["code"] == "signs-unseen"]
    assert [each["cell"] for each in found] == ["E2"]
    assert "2-41" in found[0]["message"]
    assert {"U+202A", "U+202C"} <= set(re.findall(r"U\+\w+", found[0]["message"]))
    assert "12000000100" not in ran.out


def test_a_title_loses_no_character_without_a_word(
    lived: Path, run: Run, workbook: Workbook
) -> None:  # fmt: skip
    """From it, or from the name of the sheet, the rows may have their branch."""
    said = "云杉县第一中学\u202e高一（1）班团支部"
    person = [["姓名", "身份证号", "入团时间"], [RIGHT[0], RIGHT[1], RIGHT[3]]]
    for sheets, row in (({"表": [[f"团支部：{said}"], *person]}, 1), ({said: person}, None)):
        found = taken(run, workbook("t.xlsx", **sheets), "-n")
        (sign,) = [each for each in found["findings"] if each["code"] == "signs-unseen"]
        assert (sign["row"], "U+202E" in sign["message"]) == (row, True)
        assert found["totals"]["created"] == 1


# -- options -------------------------------------------------------------------------------------


def stored(db: Path) -> str:
    """Everything that a registry holds."""
    with closing(sqlite3.connect(db)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("name", COMMANDS_THAT_WRITE)
def test_no_option_loses_a_character_without_a_word(name: str, here: Path, run: Run) -> None:
    """Each value of each command that writes: what comes of it has no such character, and the
    answer says so, as do its findings in JSON."""
    prepare(run, name)
    was, command = here.read_bytes(), COMMANDS_THAT_WRITE[name]
    for at, word in enumerate(command):
        if word.startswith("-") or "." in word:
            continue
        for glued in (False, True):
            typed = [*command]
            typed[at] = f"{word[:1]}{SOME}{word[1:]}"
            if glued and at and typed[at - 1].startswith("--"):
                typed[at - 1 : at + 1] = [f"{typed[at - 1]}={typed[at]}"]
            for way in ((), ("-O", "json")):
                ran = run(*name.split(), *typed, "-y", *way)
                assert ran.code != 70, ran.err
                assert raw(ran.out, ran.err) == set(), (typed, way)
                if ran.code in (2, 4) and "U+" not in ran.err:
                    continue  # refused before anything of it could be left out
                assert all(sign in ran.err for sign in named(SOME)), (typed, ran.err)
                if way and "findings" in (answer := json.loads(ran.out)):
                    assert "signs-unseen" in [each["code"] for each in answer["findings"]]
                if ran.code == 0:
                    assert raw(stored(here)) == set()
                here.write_bytes(was)


@pytest.mark.parametrize("name", READING)
def test_nothing_that_was_stored_comes_out_as_it_is(name: str, here: Path, run: Run) -> None:
    """Whoever wrote it there: every text of the registry has such characters."""
    if name == "demo":
        return
    with closing(sqlite3.connect(here)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.create_function("dressed", 1, lambda text: f"{text[:1]}{SOME}{text[1:]}")
        for table, column in (
            ("operation", "reason"), ("operation", "actor"), ("organization", "name"),
            ("person", "name"), ("candidacy", "reason"), ("certificate", "reason"),
            ("quota", "authority"), ("transfer", "destination"), ("post", "title"),
        ):  # fmt: skip
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            if column in columns:
                connection.execute(
                    f"UPDATE {table} SET {column} = dressed({column}) WHERE {column} != ''"
                )
        connection.commit()
    for way in ((), ("-O", "json"), ("-O", "csv"), ("-O", "md"), ("-v",)):
        ran = run(*name.split(), *READING[name], *way)
        assert raw(ran.out, ran.err) == set(), (name, way)


QUOTED: list[tuple[str, ...]] = [
    (SOME,), ("member", SOME), (f"--{SOME}",), ("stats", SOME), ("stats", "2023", "--get", SOME),
    ("stats", "2023", "--org", SOME), ("org", "show", SOME), ("help", SOME), ("explain", SOME),
    ("import", f"{SOME}.xlsx"), ("export", SOME), ("--db", SOME, "stats"), ("--lang", SOME, "log"),
    ("template", SOME), ("show", SOME), ("number", "show", SOME), ("log", "--color", SOME),
    ("stats", "2023", "-o", f"{SOME}/a.csv"), ("stats", "2023", "-o", f"a.{SOME}"),
    ("apply", SOME), ("verify", SOME), ("restore", SOME), ("policy", "set", SOME),
    ("import", "county.xlsx", "--kind", SOME), ("import", "county.xlsx", "--sheet", SOME),
    ("import", "county.xlsx", "--map", f"{SOME}={SOME}"), ("member", "find", SOME),
]  # fmt: skip


@pytest.mark.parametrize("command", QUOTED, ids=lambda command: " ".join(command).encode().hex())
def test_nothing_that_was_typed_comes_out_as_it_is(
    command: tuple[str, ...], here: Path, run: Run
) -> None:  # fmt: skip
    """Neither a wrong command, option, path nor name."""
    for way in ((), ("-O", "json"), ("--debug",)):
        ran = run(*command, *way)
        assert ran.code != 70, ran.err
        assert raw(ran.out, ran.err) == set(), ran


def test_nothing_of_a_file_comes_out_as_it_is(
    here: Path, run: Run, workbook: Workbook, tmp_path: Path
) -> None:  # fmt: skip
    """Its name, the name of its sheet, titles, headings, cells that are not read."""
    title = in_xml(f"花名册{SOME}")
    rows: list[list[Any]] = [
        [title], [*HEADINGS, in_xml(f"别的{SOME}")], [*RIGHT, title], [title],
        [in_xml(f"{SOME}合计"), "1"],
    ]  # fmt: skip
    sheet = workbook("a.xlsx", **{f"名{SOME[4:]}册": rows})
    sheet = sheet.rename(tmp_path / f"a{SOME}.xlsx")
    for way in (("-n",), ("-n", "-O", "json"), ("-n", "-O", "csv"), ("--reply", "r.xlsx"), ()):
        ran = run("import", sheet, *way, "-y")
        assert ran.code in (0, 1), ran.err
        assert raw(ran.out, ran.err) == set(), way
    for command in ("log", "show", "why"):
        newest = answer_of(run, "log")["operations"][0]["id"]
        ran: Ran = run(command, *{"show": (str(newest), "-v"), "log": ("-v",)}.get(
            command, READING["why"]))  # fmt: skip
        assert raw(ran.out, ran.err) == set(), command
