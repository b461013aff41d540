"""The empty form: for each kind of sheet the headings, what goes under them, and an example that
import recognises.

The form is Chinese in every language of the program, as its headings are: the people who fill it
in are those of the county.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from leaguectl.reader import column_letters
from leaguectl.streams import write_whole
from leaguectl.workbooks.sheet_kinds import Column
from leaguectl.workbooks.styles import DAY, HEADING_COLOR, TEXT, comment, fit_to_paper
from leaguectl.workbooks.texts import EXAMPLE_ID_NUMBER

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROWS = 2000
"""How many rows below the headings are prepared."""

EXAMPLE = "示例"
"""The mark before the first value of the example row, followed by a colon. Typing over that cell
removes the mark, so a real row is never taken for the example."""

_HEADINGS = 2  # the row
_LONGEST_LIST = 255
"""A drop-down that is written into its cell may have no more characters than this."""


EXAMPLE_OF_TYPE: Any = object()
"""The example of a column that has none of its own."""


class Form(NamedTuple):
    """What goes into a cell of a type: a note for people, its number format, its width, an
    example."""

    note: str
    format: str = "General"
    width: int = 14
    example: Any = None


FORMS = {
    "text": Form("写全称，与登记库一致；重名时填编码或“上级/全称”。", TEXT, 26, "白桦镇团委"),
    "organization_name": Form("写全称，与印章一致。", TEXT, 26, "白桦镇团委"),
    "person_name": Form("只写本人姓名；少数民族姓名用间隔号“·”。", TEXT, 14, "张示范"),
    "holder": Form("只写本人姓名；与在册者同名而不是其人的，后写（不在册）。", TEXT, 14, "张示范"),
    "introducer": Form(
        "只写姓名；有同名的，后面用括号注明编号，如 王芳（202365000002）。", TEXT, 14, "李示范"
    ),
    "id_number": Form("18位居民身份证号，文本格式，末位可为X。", TEXT, 22, EXAMPLE_ID_NUMBER),
    "phone": Form("11位手机号码，或带区号的座机。", TEXT, 15, "13800000000"),
    "code": Form("数字和字母，文本格式；没有的留空。", TEXT, 18, "YS0101"),
    "serial": Form("照证件填写数字和字母，文本格式。", TEXT, 18, "10000001"),
    "digits": Form("12位数字，照志愿书右上角填写，文本格式。", TEXT, 18, "202365000001"),
    "paper_mark": Form(
        "证件上的编号；编号不详的填“有”“无”“遗失”或“补办中”；志愿书与发展团员编号相同的填“有”。",
        TEXT,
        18,
        "有",
    ),
    "day": Form("写成 2023-05-04；只知道年月的写 2023-05。", DAY, 14, date(2023, 5, 4)),
    "exact_day": Form("年月日写全，如 2023-05-04。", DAY, 14, date(2023, 5, 4)),
    "event_day": Form(
        "年月日写全，如 2023-05-04；几天的写 2023.10.11-10.13。", DAY, 14, date(2023, 5, 4)
    ),
    "hours": Form("数字，可有小数，如 8 或 8.5。", width=12, example=8),
    "count": Form("整数。", width=12, example=30),
    "year": Form("四位数字，如 2023。", width=10, example=2023),
    "last_day": Form("写成 2023-05-04；只知道年月的写 2023-05。", DAY, 14, date(2023, 5, 4)),
    "choice": Form("从下拉列表中选择。", TEXT, 16),
    "open_choice": Form("从下拉列表中选择，或照本县的叫法填写，如“社会实践”。", TEXT, 16),
    "post": Form("如书记、副书记、组织委员。", TEXT, 14, "书记"),
    "source": Form("如西部计划志愿者；没有可留空。", TEXT, 18, "西部计划志愿者"),
    "several": Form("全称或编码，用“、”分开；全部写“全县”。", TEXT, 30, "全县"),
    "marks": Form("数字，可有小数，如 18.5。", width=10, example=18.5),
    "veto": Form("写明否决的事由；没有的留空或填“否”。", TEXT, 16),
}
"""By the name of the cell type. A type without an entry is plain text."""

_GUIDE = (
    "怎样填写",
    "1. 每张工作表是一类登记表，用不到的可以整张删除；表名、列的顺序可以改，表头文字不要改。",
    "2. 带 * 的列必须填写，其余的列可以留空；空单元格不会清除登记库中已有的内容。",
    "3. 鼠标放在表头上，可以看到该列怎样填写。带箭头的单元格从下拉列表中选择。",
    "4. 以“示例：”开头的一行只作示范，不会导入，可以删除；从它下面一行开始填写，一行一人（一事）。",
    "5. 身份证号、编号、电话各列已设为文本格式。从别处粘贴时选“只粘贴数值”，以免末几位丢失。",
    "6. 日期写成 2023-05-04。",
    "7. 填好后先试运行，没有问题再导入：leaguectl import --dry-run 文件",
)


@dataclass(frozen=True, slots=True)
class Heading(Column):
    """A column of the form: the first of its headings is written.

    ``type`` is the name of its cell type, ``words`` are what its cells may say (none: anything),
    ``example`` is its own where that of the type would not fit the rest of its row (None: an empty
    cell), ``is_carried`` is whether no office fills it in.
    """

    type: str = "text"
    words: tuple[str, ...] = ()
    example: Any = EXAMPLE_OF_TYPE
    is_carried: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of the form: its title and its columns."""

    title: str
    columns: Sequence[Heading] = field(default=())


def write_template(out: Path, pages: Sequence[Page]) -> None:
    """Write the empty form with one sheet for each page, whole or not at all.

    :raises NotFound: the file cannot be written.
    """
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    _write_guide(workbook.create_sheet("说明"))
    for page in pages:
        _write_page(workbook.create_sheet(page.title), page)
    stream = io.BytesIO()
    workbook.save(stream)
    write_whole(stream.getvalue(), out)


def example_of(columns: Sequence[Heading]) -> list[Any]:
    """The values of the example row, the first with the mark before it."""
    values = [_example(column) for column in columns]
    return [f"{EXAMPLE}：{values[0]}", *values[1:]] if values else []


def _example(column: Heading) -> Any:
    if column.example is not EXAMPLE_OF_TYPE:
        return column.example
    return column.words[0] if column.words else form_of(column).example


def form_of(column: Heading) -> Form:
    """What goes into the cells of a column; text is mostly the name of an organisation."""
    form, name = FORMS.get(column.type, FORMS["text"]), column.headings[0]
    if form is not FORMS["text"] or _OF_LEAGUE.search(name):
        return form
    return form._replace(note=_NOTES.get(name, "照材料如实填写。"), example=None)


_OF_LEAGUE = re.compile("团组织|团支部|上级组织|变动组织")
_NOTES = {
    "学校": "写全称。", "单位": "写全称。", "管理单位": "写全称。", "牵头单位": "写全称。",
    "审批单位": "写全称。", "转出单位": "写全称。", "文号": "如“云团发〔2023〕1号”。",
    "处分文号": "如“云团发〔2023〕1号”。", "政治面貌": "如共青团员、中共党员、群众。",
}  # fmt: skip
"""What goes into columns of text that are about no organisation of the League."""


def _write_guide(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 96
    sheet.sheet_view.showGridLines = False
    for row, line in enumerate(_GUIDE, 1):
        cell = sheet.cell(row, 1, line)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.font = Font(size=16 if row == 1 else 12, bold=row == 1)
        sheet.row_dimensions[row].height = 34 if row == 1 else 26
    fit_to_paper(sheet)


def _write_page(sheet: "Worksheet", page: Page) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet.cell(1, 1, page.title).font = Font(size=16, bold=True)
    for row, height in ((1, 30), (_HEADINGS, 34), (_HEADINGS + 1, 24)):
        sheet.row_dimensions[row].height = height
    line = Side(style="thin", color="FF9AA5B1")
    examples = example_of(page.columns)
    for number, (column, example) in enumerate(zip(page.columns, examples, strict=True), 1):
        form, heading = form_of(column), column.headings[0] + "*" * column.required
        cell = sheet.cell(_HEADINGS, number, heading)
        cell.font = Font(bold=True, color="FFB42318" if column.required else "FF1F2933")
        cell.fill = PatternFill("solid", fgColor=HEADING_COLOR)
        cell.border = Border(line, line, line, line)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.comment = comment(_note(column, form))
        is_first = number == 1  # it has the mark before its example
        width = max(2 * len(heading) + 3, form.width + 4 * is_first)
        sheet.column_dimensions[column_letters(number - 1)].width = width
        _prepare(sheet, number, column, form)
        example_cell = sheet.cell(_HEADINGS + 1, number, example)
        example_cell.font = Font(italic=True, color="FF6B7785")
        example_cell.alignment = Alignment(horizontal="left", vertical="center")
    sheet.freeze_panes = f"B{_HEADINGS + 1}"
    sheet.print_title_rows = f"1:{_HEADINGS}"
    fit_to_paper(sheet)


def _prepare(sheet: "Worksheet", number: int, column: Heading, form: Form) -> None:
    """The cells below a heading: their format, and the list to choose from.

    The format stands on the column and on every cell, since a cell has its own where a row or a
    border was ever formatted.
    """
    letters = column_letters(number - 1)
    first, last = _HEADINGS + 1, _HEADINGS + ROWS
    if form.format != "General":
        sheet.column_dimensions[letters].number_format = form.format
        for row in range(first, last + 1):
            sheet.cell(row, number).number_format = form.format
    _offer(sheet, f"{letters}{first + 1}:{letters}{last}", column)


def _offer(sheet: "Worksheet", cells: str, column: Heading) -> None:
    """A drop-down: binding where only these words are known, else a suggestion."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = column.words or (("有", "无", "遗失", "补办中") if column.type == "paper_mark" else ())
    listed = ",".join(words)
    # A comma parts the words of a list and cannot be escaped.
    if not words or len(listed) > _LONGEST_LIST or any("," in word for word in words):
        return
    offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
    offer.showErrorMessage = column.type == "choice"
    offer.errorTitle, offer.error = column.headings[0], "请从下拉列表中选择"
    offer.add(cells)
    sheet.add_data_validation(offer)


def _note(column: Heading, form: Form) -> str:
    others = [text for text in column.headings[1:] if not text.isascii()]
    lines = ["必须填写。" if column.required else "没有可留空。", form.note]
    if column.words:
        lines.append("可选：" + "、".join(column.words))
    if others:
        lines.append("表头也可写作：" + "、".join(others))
    return "\n".join(lines)
