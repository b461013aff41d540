"""Values pass through their types at every door: options as cells, on either database."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from conftest import Run, answer_of, examples
from county import id_number
from leaguectl.kinds import KINDS
from leaguectl.kinds.choices import LONGEST_LABEL
from leaguectl.kinds.parsing import cell_type
from leaguectl.model import DECLARATIONS, Certificate, Person, Quota, Snapshot
from leaguectl.model.declaration import LONGEST
from leaguectl.rules import load
from leaguectl.rules.standing import serial_distinct
from lives import does, refused

REASON = ("--reason", "核对")
ON = ("--on", "2023-11-01")
LONG = "x" * 3000


@pytest.mark.parametrize(
    "written", ["００１２３４５６", "0012 3456", "00123456 ", "0012\u200b3456"]
)
def test_a_serial_of_an_option_is_folded_as_a_cell_is(run: Run, here: str, written: str) -> None:
    """One paper is one serial, whatever its width and blanks, and has one holder."""
    done = does(run, "certificate", "reissue", "4", "--serial", written, *REASON)
    assert done["rows"][0]["certificate"] == "00123456"
    again = ("certificate", "reissue", "3", "--serial", "００１２３４５６", *REASON)
    refused(run(*again), "one-certificate")
    assert run("check").code == 0


TOO_LONG = [
    ("certificate", "issue", "4", "--serial", LONG),
    ("certificate", "reissue", "4", "--serial", LONG, *REASON),
    ("certificate", "issue", "4", "--reason", LONG),
    ("member", "edit", "4", "--politics", LONG, *REASON),
    ("member", "edit", "4", "--politics", "员" * 101, *REASON),
    ("member", "edit", "4", "--name", LONG, *REASON),
    ("member", "edit", "4", "--phone", LONG, *REASON),
    ("member", "leave", "-y", "4", "--reason-kind", "resigned", *ON, "--reason", LONG),
    ("member", "leave", "-y", "4", "--reason-kind", "resigned", *ON, "--authority", LONG),
    ("member", "transfer", "4", "--to-outside", LONG, *ON),
    ("member", "discipline", "4", "warning", "--since", "2023-11-01", "--authority", LONG),
    ("org", "rename", "T1", LONG, *ON),
    ("org", "split", "T1", LONG, *ON),
    ("org", "split", "T1", "新支部", "--code", LONG, *ON),
    ("dup", "ignore", "4", "5", "--reason", LONG),
]


@pytest.mark.parametrize(
    "command", TOO_LONG, ids=lambda words: "_".join(words).replace("x", "")[-40:]
)
def test_what_is_too_long_is_a_wrong_option(run: Run, here: str, command: tuple[str, ...]) -> None:
    """Said before the database says it, which the two do differently."""
    ran = run(*command)
    assert ran.code == 2, ran.err
    assert run(*command, "--dry-run").code == 2


def test_what_is_looked_for_is_not_endless(run: Run, here: str) -> None:
    """A database has bounds of its own for a pattern; ours is said first."""
    assert run("member", "find", LONG * 10).code == 2


def test_a_day_of_an_option_is_written_as_in_a_sheet(run: Run, here: str) -> None:
    """One parser for days: 2023年11月1日 is a day at every door, a month is none."""
    does(run, "org", "rename", "T1", "桥头社区团支部", "--on", "2023年11月1日")
    assert run("org", "tree", "--as-of", "2023.11.1").code == 0
    assert run("org", "tree", "--as-of", "2023-11").code == 2
    assert run("org", "tree", "--as-of", "2023-02-30").code == 2


def test_a_name_of_an_option_is_folded_as_a_cell_is(run: Run, here: str) -> None:
    """What cannot be seen is no part of a name."""
    done = does(run, "org", "rename", "T1", " 桥头社区\u200b团支部\t", *ON)
    assert done["rows"][0]["after"] == "桥头社区团支部"
    assert run("org", "rename", "T1", "\u200b", *ON).code == 2
    does(run, "member", "transfer", "4", "--to-outside", " 邻县\t团委 ", *ON)
    (transfer,) = answer_of(run, "transfer", "list")["rows"]
    assert transfer["to"] == "邻县 团委"


def test_check_sees_serials_that_are_one(run: Run) -> None:
    """What another program wrote, or an older version took."""
    people = [Person(1, "甲", id_number(1)), Person(2, "乙", id_number(2))]
    serials = ["12345678", "１２３４５６７８", "12345678 ", "遗失，补办！"]
    papers = [Certificate(serial, 1 + index % 2) for index, serial in enumerate(serials)]
    found = [*serial_distinct(Snapshot(records=[*people, *papers]), load())]
    assert [(facts["serial"], facts.get("same")) for _, facts in found] == [
        ("１２３４５６７８", "12345678"), ("12345678 ", "12345678"), ("遗失，补办！", None),
    ]  # fmt: skip


def texts() -> Iterator[tuple[str, Any, int]]:
    """Every column of every kind that is stored as text, with the longest that its field takes."""
    for kind in KINDS.values():
        for entity in kind.entities:
            if entity is Quota:
                continue  # a block has a rule of its own for the digits of its numbers
            for field, longest in DECLARATIONS[entity].lengths.items():
                elsewhere = kind.line.stored_as.get(entity, {})
                if field in elsewhere and elsewhere[field] != field:
                    continue  # the column of that name is kept in another field
                if info := kind.line.model_fields.get(field):
                    yield f"{entity.__name__}.{field} in {kind.name}", cell_type(info), longest


@pytest.mark.parametrize(("column", "typed", "longest"), sorted({*texts()}, key=str))
def test_no_cell_says_more_than_its_field_takes(column: str, typed: Any, longest: int) -> None:
    """A cell type is bounded by what is declared of the field, else one database takes it and the
    other does not."""
    for letter in ("x", "1", "字"):
        text = letter * (longest + 1)
        try:
            assert len(typed(text)) <= longest
        except PydanticCustomError:
            continue


LABELS = {"politics", "post", "source", "open_choice"}
"""Cell types of words that the policy or a reader interprets, and that are kept as they stand."""


@settings(max_examples=examples(20), deadline=None)
@given(st.text("团员x1（·", min_size=LONGEST_LABEL + 1, max_size=4 * LONGEST))
def test_no_cell_is_longer_than_a_text_and_no_label_than_a_label(said: str) -> None:
    """Whichever column: what is taken of it is bounded, and a status is no story."""
    columns = [info for kind in KINDS.values() for info in kind.line.model_fields.values()]
    for typed in {*map(cell_type, columns)}:
        longest = LONGEST_LABEL if typed.__name__ in LABELS else LONGEST
        with suppress(PydanticCustomError):
            assert len(str(typed(said))) <= longest, typed.__name__


def test_every_label_is_one_of_the_kinds() -> None:
    """Whoever renames such a type does not leave it out above."""
    types = {cell_type(info).__name__ for kind in KINDS.values()
             for info in kind.line.model_fields.values()}  # fmt: skip
    assert types >= LABELS


def test_what_export_writes_import_reads_without_a_change(
    run: Run, here: str, tmp_path: Any
) -> None:
    """Also what came in through options."""
    does(run, "certificate", "reissue", "4", "--serial", " ００１２３４５６ ", *REASON)
    does(run, "member", "edit", "5", "--politics", "共青团员\u200b", *REASON)
    book = tmp_path / "all.xlsx"
    assert run("export", "members", "-o", book, "--reveal", *REASON).code == 0
    again = run("import", book, "-O", "json")
    totals = json.loads(again.out)["totals"]
    assert (again.code, totals["created"], totals["updated"]) == (0, 0, 0), again.err
