"""What a mask hides, what it shows, and that nobody can be recognised from it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from conftest import Run, answer_of
from county import id_number
from leaguectl.findings import Finding, Private, Where, compared, side_by_side
from leaguectl.masks import MASKED, compared_masks, mask
from leaguectl.output import Printer
from leaguectl.words import words

HIDDEN = "*" * 18
NUMBER, PHONE = "658899200903010016", "13800000001"
FEWEST = 450
"""Of so many numbers at least a mask must leave everybody one, even where the county, the sex and
the birth date are known: the days have 499 or 500 each. The usual mask leaves 133 without the birth
date, and with it one."""


@given(st.from_regex(r"\A[0-9]{12,17}[0-9X]?\Z"))
def test_a_masked_id_number_shows_nothing(number: str) -> None:
    """Neither the area of an ID number nor its end: the two together name a pupil. The same where
    digits were lost."""
    assert Private(number).masked() == "*" * len(number)


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_a_mask_keeps_the_length_and_is_recognised(text: str) -> None:
    """A masked value is as long as it was, shows two characters at most, and is known for a mask
    when a sheet brings it back."""
    shown = Private(text).masked()
    assert len(shown) == len(text)
    assert shown.count("*") >= max(len(text) / 2, len(text) - 2)
    assert MASKED.fullmatch(shown) or len(text) <= 4


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (NUMBER, HIDDEN),
        (PHONE, "*********01"),
        ("zhang.san@example.org", "z********************"),
        ("云杉县白桦镇", "云*****"),
        ("1234", "****"),
    ],
)
def test_a_private_value_shows_no_more_than_its_kind_needs(value: str, shown: str) -> None:
    """Nothing of an ID number, the end of a phone, the first character of anything else."""
    assert Private(value).masked() == shown


@pytest.mark.parametrize(
    "written",
    [
        NUMBER, NUMBER[:17], NUMBER[:6] + NUMBER[8:17], NUMBER[:16], f"{NUMBER}1",
        "81000020090301001X", "820000200903010013", "830000200903010010", "91116520090301001x",
        "658899 20090301 0016", "6588 9920 0903 0100 16", "658899-2009-03-01-0016",
        "658899－20090301－001 X", "６５８８９９２００９０３０１００１６", "65889920090301001Ｘ",
        "6\u200b58899200903010016", " ".join(NUMBER), "658899 090301 001",
        PHONE, "137-7771-2345", "137 7771 2345", "１３８０００００００１", "8613777712345",
        "+8613777712345", "+86 137 7771 2345", "86-13777712345", "0086 13777712345",
        "0997-2300042", "0997 230 0042", "０９９７－２３００００４２", "010-23000042",
        "(0997)2300042", "（0997）230 0042", "0997/2300042", "+86-997-2300042", "86 0997 2300042",
        "658899\n200903010016", "658899   20090301\r\n0016", "658899/20090301/0016", NUMBER * 2,
        NUMBER + PHONE, f"{NUMBER}65889920090301001X",
    ],
)  # fmt: skip
def test_the_mask_knows_every_form(written: str) -> None:
    """However an ID number or a phone is written (residence permits, old numbers of 15 digits, a
    digit lost, a line behind its area code, spaced, dashed, full width, invisible signs), a text
    shows no more of it than two digits; what stands around it stays."""
    for before, after in product(
        ("", "电话", "(x", "、", "202365000001 "), ("", "，", ")", "的", "号x")
    ):
        shown = mask(f"{before}{written}{after}")
        assert shown.startswith(before)
        assert shown.endswith(after)
        hidden = shown[len(before) : len(shown) - len(after)]
        assert sum(character.isdigit() for character in hidden) <= 2, shown


@pytest.mark.parametrize(
    "text",
    [
        "202365000001", "202365000001 202365000002", "202365101001-010", "202365000001、010",
        "2024-01-31 2024-02-01", "2024-01-31T09:30:00.123456+00:00", "花名册20240131-093000.xlsx",
        "10000000000000000000000000", "共青团云杉县委员会", "1 2 3 4 5 6 7 8 9 10 11 12",
        "a1" * 10 + "13800000001" + "0b" * 20, "12345678901234", "16-18 2023-12-01 3",
        "658899 202365000001", "2023/05/04/0001", "（2023）12号", "2023 (65) 000001",
        "09972300042", "0997-230004", "0000-2300042", "0097-2300042", "2024-0123",
    ],
)  # fmt: skip
def test_what_is_public_is_not_masked(text: str) -> None:
    """Development numbers (12 digits), ranges of them, days, moments, fingerprints."""
    assert mask(text) == text


@given(st.sampled_from("，：（ a团x"), st.integers(1, 900))
@example("a", 256)  # its check digit is X
def test_an_id_number_is_masked_wherever_it_stands(aside: str, at: int) -> None:
    """In a note, a wrong column or a question; a development number in the same text is whole."""
    number = id_number(at)
    text = f"202365000001{aside}{number}{aside}12000000001{aside}202365000001"
    hidden = f"202365000001{aside}{HIDDEN}{aside}{'*' * 9}01{aside}202365000001"
    assert mask(text) == hidden
    assert Printer(words("en")).text(text) == hidden
    assert Printer(words("en"), reveal=True).text(text) == text
    assert number[:17] not in str(Printer(words("en")).plain({"a": [text, int(number[:17])]}))


@given(st.integers(0, 10**6), st.sampled_from(["", "0", "20050301", "0997230004"]), st.data())
@example(156, "42030112", None)
def test_a_seal_is_whole(operation: int, begins: str, data: st.DataObject | None) -> None:
    """It is signed and held against the registry later, whatever digits it begins with."""
    rest = data.draw(st.text("0123456789abcdef", min_size=16, max_size=16)) if data else "3" * 16
    seal = f"{operation}-{(begins + rest)[:15]}f"
    assert mask(f"seal {seal}, whole") == f"seal {seal}, whole"


def test_the_password_of_a_url_is_masked() -> None:
    """Whatever signs it has; the user and the place stay."""
    assert (
        mask("no: postgresql://zhang:S3/c@ret@[::1/db?a=1")
        == "no: postgresql://zhang:***@[::1/db?a=1"
    )
    assert mask("https://example.org/a:b@c") == "https://example.org/a:b@c"


# -- compared ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((NUMBER, NUMBER), (HIDDEN, HIDDEN)),
        (("658899200903010016", "658899200903020011"), ("*" * 13 + "1****", "*" * 13 + "2****")),
        (
            ("658899200903010016", "658899200930010018"),
            ("*" * 10 + "03" + "*" * 6, "*" * 10 + "30" + "*" * 6),
        ),
        ((PHONE, "13800000002"), ("*" * 10 + "1", "*" * 10 + "2")),
        ((PHONE, "0997-2123456"), ("*" * 9 + "01", "*" * 10 + "56")),
    ],
)  # fmt: skip
def test_two_values_show_the_digits_that_differ(
    values: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """A slip of the hand is seen where it is; the check digit only follows from it."""
    assert compared_masks(values) == list(shown)
    assert [value.masked() for value in compared(*values)] == list(shown)
    assert all(MASKED.fullmatch(mask) for mask in shown)


@given(st.lists(st.integers(1, 900).map(id_number), min_size=2, max_size=5, unique=True))
def test_compared_values_show_two_characters_at_most(numbers: list[str]) -> None:
    """However many are compared, and whatever they differ in; two are always distinguished."""
    shown = compared_masks(numbers)
    assert all(len(text.replace("*", "")) <= 2 for text in shown)
    assert len(set(shown)) > 1


def test_a_finding_compares_what_the_row_says_with_what_is_known() -> None:
    """The value of the cell and the one of the registry show the same places."""
    other = "658899200903020011"
    where = Where("a.xlsx", "名册", 3, "B", "id_number", value=Private(NUMBER))
    found = side_by_side(
        Finding("person-alike", {"other": Private(other), "name": "甲"}, where=where)
    )
    assert found.where is not None
    assert (found.where.value.masked(), found.facts["other"].masked()) == (
        "*" * 13 + "1****", "*" * 13 + "2****"
    )  # fmt: skip
    assert found.facts["name"] == "甲"


# -- what can be concluded from it ----------------------------------------------------------------


def left_by(shown: str, sex: int, days: list[date]) -> int:
    """How many right ID numbers of the county, that sex and those birth dates fit a mask."""
    form = re.compile(shown.replace("*", "."))
    bare = (f"658899{day:%Y%m%d}{order:03}" for day in days for order in range(1, 1000)
            if order % 2 == sex)  # fmt: skip
    return sum(bool(form.fullmatch(number + mod_11_2.calc_check_digit(number))) for number in bare)


def masks_in(answer: Any) -> Iterator[str]:
    """Every masked ID number in a JSON answer."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, list):
        for part in answer:
            yield from masks_in(part)
    elif isinstance(answer, str):
        yield from re.findall(r"(?<![0-9*])[0-9*]*\*[0-9*]*[0-9X*](?![0-9*])", answer)


@pytest.mark.parametrize(
    "command",
    [("member", "find", "王"), ("check",), ("export", "members")],
    ids=lambda command: " ".join(command[:2]),
)
def test_nobody_can_be_recognised_from_a_mask(
    command: tuple[str, ...], sample_db: Path, run: Run
) -> None:
    """Whoever knows the county, the sex and even the birth date of a member of the sample is left
    with every number of that day."""
    shown = {text for text in masks_in(answer_of(run, *command)) if len(text) == 18}
    for text in shown:
        assert left_by(text, 1, [date(2009, 3, 1)]) >= FEWEST


def test_from_compared_numbers_nobody_can_be_recognised_by_age_and_sex() -> None:
    """Two similar numbers show two digits. A person of known sex and school year stays one of
    hundreds in the county; the control, six digits and four, leaves only a few."""
    numbers = ("658899200903010016", "658899200903014033")
    year = [date(2008, 9, 1) + timedelta(days) for days in range(365)]
    for number, shown in zip(numbers, compared_masks(numbers), strict=True):
        assert left_by(shown, int(number[16]) % 2, year) >= FEWEST
    assert left_by(f"658899********{NUMBER[-4:]}", 1, year) < FEWEST / 10
