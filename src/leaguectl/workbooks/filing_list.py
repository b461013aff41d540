"""The list of admissions that a unit files with the county, to be printed, sealed and signed.

It is Chinese in every language of the program, as its headings are.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from leaguectl.reader import column_letters
from leaguectl.streams import temporary_folder
from leaguectl.workbooks.stamp import stamp
from leaguectl.workbooks.styles import fit_to_paper, put

_COLUMNS = {
    "序号": 6,
    "编号": 16,
    "姓名": 16,
    "性别": 6,
    "年龄": 6,
    "单位": 40,
    "身份证号": 22,
    "支部大会时间": 14,
    "审批时间": 14,
}
"""The headings, each with the width of its column."""

_SIGNED = {1: "单位（盖章）：", 5: "负责人（签字）：", 8: "年    月    日"}
"""What is left to be filled in by hand, by the column in which it begins."""

_TITLE, _HEADINGS = 1, 2


def filing_list(
    organization: str,
    year: int,
    people: Sequence[Sequence[Any]],
    of: Mapping[str, Any] | None = None,
) -> bytes:
    """The bytes of a workbook with the list of one unit: its title, a row for each person, how many
    there are, and the line for seal and signature. ``of`` is its stamp."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side

    workbook = openpyxl.Workbook()
    stamp(workbook, of)
    sheet = workbook.worksheets[0]
    sheet.title = "发展团员名单"
    sheet.merge_cells(start_row=_TITLE, end_row=_TITLE, start_column=1, end_column=len(_COLUMNS))
    title = sheet.cell(_TITLE, 1)
    put(title, f"{organization}{year}年发展团员名单")
    title.font, title.alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    line = Side(style="thin", color="FF000000")
    for index, width in enumerate(_COLUMNS.values()):
        sheet.column_dimensions[column_letters(index)].width = width
    for row, values in enumerate([[*_COLUMNS], *people], _HEADINGS):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            put(cell, value)
            cell.border = Border(line, line, line, line)
            cell.font = Font(bold=row == _HEADINGS)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    foot = _HEADINGS + len(people) + 1
    put(sheet.cell(foot, 1), f"合计：{len(people)}人")
    for column, text in _SIGNED.items():
        put(sheet.cell(foot + 2, column), text)
    sheet.print_title_rows = f"{_TITLE}:{_HEADINGS}"
    fit_to_paper(sheet)
    stream = io.BytesIO()
    with temporary_folder():
        workbook.save(stream)
    return stream.getvalue()
