"""The looks of the workbooks that this program writes, and writing values into cells."""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = Any
"""A cell, plain or within a merged one: the types of openpyxl part the two everywhere, its values
do not need it."""

TEXT, DAY, MOMENT = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
"""Number formats of cells."""

HEADING_COLOR = "FFE4ECF5"

_LONGEST_TEXT = 32_767
"""The greatest length of a cell; spreadsheet programs treat longer ones as damage."""


_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook takes for the beginning of a character's code."""


def as_cell_text(text: str) -> str:
    """A text as a workbook has it: what only looks like the code of a character stays what it
    is."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can have."""


def text_markup(text: str) -> str:
    """A text as the markup of a workbook has it."""
    text = as_cell_text(_ILLEGAL.sub("", text)[:_LONGEST_TEXT])
    return f'<t xml:space="preserve">{escape(text, {chr(13): "&#13;"})}</t>'


def put(cell: Cell, value: Any) -> None:
    """Write a value so that no text becomes a formula, and no character stops the file."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = as_cell_text(ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_TEXT])
        cell.data_type, cell.number_format = "s", TEXT
        return
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = MOMENT
    elif isinstance(value, date):
        cell.number_format = DAY


def text_width(text: str) -> int:
    """How wide a text is, counted in narrow characters: a Chinese one is as wide as two."""
    return sum(1 + (character > "\u2e7f") for character in text)


def comment(text: str) -> Any:
    """A comment whose box is as large as its text needs."""
    from openpyxl.comments import Comment

    # Half the characters of a mixed text are narrow; 20 of the wide ones fill a line.
    lines = sum(1 + len(line) // 20 for line in text.splitlines())
    return Comment(text, "leaguectl", height=24 + 18 * lines, width=300)


def fit_to_paper(sheet: "Worksheet") -> None:
    """All columns on the width of one sheet of paper."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
