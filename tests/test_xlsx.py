"""What hides in a sheet is found wherever it stands, though most of a sheet is hardly looked at."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hostile
from conftest import examples
from leaguectl.reader.inspection import inspect
from leaguectl.reader.limits import USUAL, Limits
from leaguectl.reader.sheets import FileRefused, SheetAnnotations
from leaguectl.reader.xlsx import annotate_xlsx

FARTHEST = [(1, 1), (9, 5), (99, 26), (100, 27), (4321, 702), (12, 703)]
BOUNDS = [USUAL, *(Limits(last_row=row, last_column=column) for row, column in FARTHEST)]
SIGNS = {
    "error": '<{x}c r="B2" t={q}e{q}><{x}v>#N/A</{x}v></{x}c>',
    "formula": '<{x}c r="C3"><{x}f>A1</{x}f></{x}c>',
    "row": '<{x}row r={q}4{q} hidden={q}1{q}/>',
    "column": '<{x}col min="1" max="1" hidden={q}true{q}/>',
    "nothing": '<{x}c r="D4" t="n"><{x}v>1</{x}v></{x}c>',
}  # fmt: skip
SEEN = {
    "error": SheetAnnotations(errors={"B2": "#N/A"}),
    "formula": SheetAnnotations(uncached=["C3"]),
    "row": SheetAnnotations(hidden_rows=[4]),
    "column": SheetAnnotations(hidden_columns=[0]),
    "nothing": SheetAnnotations(),
}


def annotations_of(data: bytes, limits: Limits, size: int) -> SheetAnnotations | str:
    """What is seen in a sheet that is unpacked in pieces of so many bytes, or its far cell."""
    try:
        return annotate_xlsx(
            lambda: (data[at : at + size] for at in range(0, len(data), size)), "s", "p", limits
        )
    except FileRefused as refused:
        return f"{refused.code} {refused.facts['cell']}"


def sheet(prefix: str, body: str, size: int) -> bytes:
    """A sheet of that body, whose root lies in the first piece and not wholly in the second."""
    root = f"<{prefix}worksheet>".ljust(size + 1) if size > len(prefix) + 11 else ""
    return f"{root or f'<{prefix}worksheet>'}{body}</{prefix}worksheet>".encode()


def is_beyond(name: str, limits: Limits) -> bool:
    """Whether a cell lies beyond the bounds, by counting instead of by a pattern."""
    letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column > limits.last_column or int(digits) > limits.last_row


NAMES = st.builds(
    "{}{}".format,
    st.text("ABQRSTXZ", min_size=1, max_size=4) | st.text("AZ", min_size=30, max_size=60),
    st.integers(1, 300_000) | st.integers(0, 10**12) | st.integers(10**40, 10**60),
)


@settings(max_examples=examples(300), deadline=None)
@given(
    NAMES, st.sampled_from(BOUNDS), st.sampled_from(["", "x:", "long-prefix" * 9 + ":"]),
    st.sampled_from(" \t\n"), st.sampled_from("\"'"), st.integers(24, 200), st.integers(0, 300),
)  # fmt: skip
def test_a_far_cell_is_found_whatever_it_is_called_and_wherever_a_piece_ends(
    name: str, limits: Limits, x: str, space: str, quote: str, size: int, before: int
) -> None:
    """No far cell passes for a near one, and no near one for a far."""
    body = f"{' ' * before}<{x}c{space}r={quote}{name}{quote}><{x}v>1</{x}v></{x}c>"
    found = annotations_of(sheet(x, body, size), limits, size)
    assert found == (f"file-far-cell {name}" if is_beyond(name, limits) else SheetAnnotations())


@settings(max_examples=examples(200), deadline=None)
@given(
    st.sampled_from([*SIGNS]), st.sampled_from(["", "x:"]), st.sampled_from("\"'"),
    st.integers(24, 200), st.integers(0, 300),
)  # fmt: skip
def test_what_hides_is_seen_wherever_a_piece_ends(
    kind: str, x: str, quote: str, size: int, before: int
) -> None:
    """Of each kind one alone, at any place."""
    body = " " * before + SIGNS[kind].format(x=x, q=quote)
    assert annotations_of(sheet(x, body, size), USUAL, size) == SEEN[kind]


@pytest.mark.parametrize("space", " \t\n")
def test_a_far_cell_is_refused_before_it_is_read(space: str) -> None:
    """Whatever parts its attributes."""
    data = hostile.book(f'<row r="9"><c{space}r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(FileRefused) as refused:
        inspect(data, USUAL)
    assert (refused.value.code, refused.value.facts["cell"]) == ("file-far-cell", "XFD1048576")
