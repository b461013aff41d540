"""Cells that are right as they stand are not folded, and say the same as if they had been."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError
from stdnum.iso7064 import mod_11_2

from conftest import examples
from county import id_number as valid_id
from leaguectl.findings import Private
from leaguectl.kinds.cells import (
    PROVINCES,
    day,
    digits,
    exact_day,
    id_number,
    person_name,
    phone,
    plain,
    serial,
    text,
)
from leaguectl.kinds.papers import paper_mark
from leaguectl.names import fold_name, is_text

CellType = Callable[[Any], Any]

SIGNS = (
    "0123456789Xx０９Ｘ①²٣Ⅳ +-/.()（）'＇=·•．\u3000\u200b\u00a0\t\n\x7f\ud800"
    "王小明古丽艾力㐀鿿豈𠮷Ａzé有无是否√×年月日号第字〔〕"
)  # fmt: skip
RIGHT = [
    valid_id(1), valid_id(2), "13012345678", "09991234567", "202300000001", "T001",
    "新字〔2023〕1号", "2023.05", "2023-05-04", "20230504", "23.5.4", "2023年5月4日",
    "王小明", "古丽·艾力", "有", "否", "yes", "王" * 50, "王" * 51,
]  # fmt: skip


@st.composite
def nearly_right(draw: st.DrawFn) -> str:
    """What a cell should say, with something in it that people or programs put there."""
    drawn = draw(st.sampled_from(RIGHT))
    begin, end = sorted(draw(st.tuples(*[st.integers(0, len(drawn))] * 2)))
    return draw(
        st.just(drawn) | st.just(drawn[:begin] + draw(st.sampled_from(SIGNS)) + drawn[end:])
    )


class Written(str):
    """A text that is not taken for a plain one, so that every cell type folds it first."""

    __slots__ = ()


def meaning(cell_type: CellType, value: str) -> Any:
    """What a value says, with its type, or the fault with its facts."""
    try:
        found = cell_type(value)
    except PydanticCustomError as fault:
        return fault.type, fault.context
    return type(found), found


@pytest.mark.parametrize(
    "cell_type", [text, person_name, id_number, phone, serial, digits, paper_mark],
    ids=lambda function: function.__name__,
)  # fmt: skip
@settings(max_examples=examples(150), deadline=None)
@given(nearly_right() | st.text(SIGNS, max_size=22) | st.text(max_size=9))
def test_a_text_says_the_same_folded_or_not(cell_type: CellType, value: str) -> None:
    """The short way of what is right as it stands is the long way's."""
    assert meaning(cell_type, value) == meaning(cell_type, Written(value))


@pytest.mark.parametrize("cell_type", [day, exact_day], ids=lambda function: function.__name__)
@settings(max_examples=examples(150), deadline=None)
@given(nearly_right() | st.text(SIGNS, max_size=12))
def test_a_day_is_the_same_folded_or_not(cell_type: CellType, value: str) -> None:
    """However wide its digits are and whatever cannot be seen stands between them."""
    assume(is_text(value))  # halves of characters are refused before
    (kind, said), (folded_kind, folded) = (
        meaning(cell_type, item) for item in (value, plain(value).replace(" ", ""))
    )
    assert kind == folded_kind
    assert isinstance(said, dict) or said == folded  # a fault tells the text as it was written


@settings(max_examples=examples(300), deadline=None)
@given(st.text("王古丽㐀鿿·• Ａ豈𠮷é", max_size=6) | st.text(max_size=6))
@example("".join(map(chr, range(0x3400, 0xA000))))
def test_a_name_is_found_under_the_same_key_folded_or_not(name: str) -> None:
    """A Chinese name is its own key."""
    assert fold_name(name) == "".join(unicodedata.normalize("NFKC", name).casefold().split())


@settings(max_examples=examples(300), deadline=None)
@given(
    st.sampled_from(sorted(PROVINCES)), st.integers(0, 9999), st.dates(), st.integers(0, 999),
    st.sampled_from("0123456789X"),
)  # fmt: skip
def test_the_check_digit_is_that_of_the_standard(
    province: str, area: int, born: date, order: int, last: str
) -> None:
    """A number of a province, a day and three digits is right where the library's sum of
    ISO 7064 says so."""
    number = f"{province}{area:04}{born.year:04}{born:%m%d}{order:03}{last}"
    expected = Private if mod_11_2.is_valid(number) else "id-check-digit"
    assert meaning(id_number, number)[0] == expected
