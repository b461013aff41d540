"""Workbooks out, the packet: the list that a unit files with the county, to be printed, sealed and
signed.

The list is Chinese in every language of the program, as its headings are.
"""

import io
from collections.abc import Sequence
from typing import Any

from leaguectl.reader import column_letters
from leaguectl.workbooks.template import fit_to_paper

HEADINGS = ("序号", "编号", "姓名", "性别", "年龄", "单位", "身份证号", "支部大会时间", "审批时间")
_WIDTHS = (6, 16, 16, 6, 6, 40, 22, 14, 14)
_SIGNED = (("单位（盖章）：", 1), ("负责人（签字）：", 5), ("年    月    日", 8))
"""What is left to be filled in by hand, and in which column it begins."""

_TITLE, _HEAD = 1, 2


def filing_list(organization: str, year: int, rows: Sequence[Sequence[Any]]) -> bytes:
    """The bytes of a workbook with the list of one unit: its title, a row for each person, how many
    there are, and the line for seal and signature."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "发展团员名单"
    sheet.merge_cells(start_row=_TITLE, end_row=_TITLE, start_column=1, end_column=len(HEADINGS))
    title = sheet.cell(_TITLE, 1)
    _say(title, f"{organization}{year}年发展团员名单")
    title.font, title.alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    line = Side(style="thin", color="FF000000")
    for at, heading in enumerate(HEADINGS, 1):
        sheet.column_dimensions[column_letters(at - 1)].width = _WIDTHS[at - 1]
        for row, value in enumerate([heading, *(one[at - 1] for one in rows)], _HEAD):
            cell = sheet.cell(row, at)
            _say(cell, value)
            cell.border = Border(line, line, line, line)
            cell.font = Font(bold=row == _HEAD)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    foot = _HEAD + len(rows) + 1
    _say(sheet.cell(foot, 1), f"合计：{len(rows)}人")
    for text, at in _SIGNED:
        _say(sheet.cell(foot + 2, at), text)
    sheet.print_title_rows = f"{_TITLE}:{_HEAD}"
    fit_to_paper(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _say(cell: Any, value: Any) -> None:
    """Put a value into a cell; text stays text, whatever a spreadsheet would make of it."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
    elif value is not None and not isinstance(value, int):
        cell.number_format = "yyyy-mm-dd"
