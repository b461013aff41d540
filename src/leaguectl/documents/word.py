"""A document as a text document, in the form of official papers (GB/T 9704)."""

import io
from collections.abc import Sequence
from math import isqrt
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from leaguectl.documents import Chart, Document, Section, Table
from leaguectl.documents.texts import is_number, needed, texts_of

# What the standard asks for: A4 with these edges, in which 22 lines of 28 characters stand.
_PAPER, _EDGES = (Mm(210), Mm(297)), (Mm(37), Mm(26), Mm(35), Mm(28))
_TITLE, _BODY, _PAGE, _TABLE, _SMALL = Pt(22), Pt(16), Pt(14), Pt(10.5), Pt(9)
_LINE, _PICTURE = Pt(28.9), Mm(140)
_TOGETHER = 16
"""A table with at most this many rows is kept on one page."""
_TITLE_FONT, _BODY_FONT, _TABLE_FONT = "方正小标宋简体", "仿宋_GB2312", "宋体"
_HEADING_FONTS = ("黑体", "楷体_GB2312", "仿宋_GB2312")
_LATIN = "Times New Roman"
_STAND_INS = {
    "方正小标宋简体": "小标宋,STZhongsong,Noto Serif CJK SC,Songti SC",
    "仿宋_GB2312": "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    "楷体_GB2312": "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    "黑体": "SimHei,STHeiti,Noto Sans CJK SC",
    "宋体": "SimSun,STSong,Noto Serif CJK SC",
}
"""Substitutes for a font that a machine lacks."""
_NARROW, _MARGINS, _SHORT = Pt(6), Mm(4.2), 20
"""How wide a narrow character of a table is, the room left and right of it, and up to how many of
them a column stays whole."""
_ACROSS = 6
"""A list with more columns lies across."""


def text_document(document: Document) -> bytes:
    """The bytes of the document: title, sections, captions, tables, charts as pictures, page
    numbers."""
    made = docx.Document()
    is_list = not document.subtitle
    across = is_list and any(len(table.columns) > _ACROSS for table in document.tables)
    _set_page(made, across=across)
    _set_styles(made, document.language)
    made.core_properties.title = document.title
    made.core_properties.author = ""
    made.core_properties.comments = ""
    made.core_properties.language = "zh-CN" if document.language == "zh" else "en"
    made.add_paragraph(document.title, "Title")
    if document.subtitle:
        made.add_paragraph(document.subtitle, "Subtitle")
    writer = _Writer(made, document, is_list=is_list)
    for section in document.sections:
        writer.section(section, 1)
    for fact in document.facts:
        made.add_paragraph(fact, "Table Note")
    if document.signed:
        made.add_paragraph()
        _sign(made, document.signed)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _sign(made: Any, signed: Sequence[str]) -> None:
    """The line for seal and signature, and the day below it on the right; on one page."""
    *who, day = signed
    line = made.add_paragraph("　".join(who)).paragraph_format
    line.keep_with_next, line.first_line_indent = True, 0
    made.add_paragraph(day).alignment = WD_ALIGN_PARAGRAPH.RIGHT


class _Writer:
    """Writes sections one after the other, numbering tables and pictures."""

    def __init__(self, made: Any, document: Document, *, is_list: bool) -> None:
        self._made, self._labels, self._is_list = made, document.labels, is_list
        self._tables = self._pictures = 0
        section = made.sections[0]
        self._room = section.page_width - section.left_margin - section.right_margin

    def section(self, section: Section, level: int) -> None:
        """Its heading, sentences, charts and tables, then its parts; nothing of one whose only
        table is long, for that is for the page and the workbook."""
        tables = [table for table in section.tables if not table.searchable]
        if not (section.sentences or section.charts or tables or section.parts):
            return
        if section.title:
            self._made.add_paragraph(section.title, f"Heading {min(level, 3)}")
        if section.sentences:
            self._made.add_paragraph("".join(sentence.text for sentence in section.sentences))
        for chart in section.charts:
            self._picture(chart)
        for table in tables:
            self._table(table)
        for part in section.parts:
            self.section(part, level + 1)

    def _picture(self, chart: Chart) -> None:
        from leaguectl.documents.charts import picture

        self._pictures += 1
        paragraph = self._made.add_paragraph(style="Picture")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(io.BytesIO(picture(chart)), width=_PICTURE)
        properties = shape._inline.docPr
        properties.set("descr", chart.summary)
        properties.set("title", chart.caption)
        number = self._labels.get("picture", "").format(number=self._pictures)
        self._made.add_paragraph(f"{number}　{chart.caption}", "Caption")

    def _table(self, table: Table) -> None:
        if not self._is_list:
            self._tables += 1
            number = self._labels.get("table", "").format(number=self._tables)
            caption = self._made.add_paragraph(f"{number}　{table.caption}", "Caption")
            caption.paragraph_format.keep_with_next = True
        texts = texts_of(table)
        made = self._made.add_table(rows=1 + len(texts), cols=len(table.columns))
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        widths = _widths(table, texts, self._room)
        style = self._made.styles["Table Text"].style_id
        for grid, width in zip(made.columns, widths, strict=True):
            grid.width = width
        headings = [column.title for column in table.columns]
        last = texts[-1] if texts else headings
        numeric = [is_number(column) for column in table.columns]
        for row, values in zip(made.rows, [headings, *texts], strict=True):
            is_heading = values is headings
            stays = len(texts) <= _TOGETHER and values is not last
            is_total = len(texts) - table.totals < row._index if table.totals else False
            for cell, text, width, right in zip(row.cells, values, widths, numeric, strict=True):
                cell.width = width
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                paragraph = cell.paragraphs[0]
                paragraph._p.style = style  # by its id: looking it up by name takes longest of all
                if is_heading:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                elif right:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if stays:
                    paragraph.paragraph_format.keep_with_next = True
                run = paragraph.add_run(text)
                run.bold = is_heading or is_total or None
            _keep_whole(row)
        _repeat(made.rows[0])
        if table.note:
            self._made.add_paragraph(table.note, "Table Note")
        else:
            self._made.add_paragraph(style="Table Note")


# -- page and styles -----------------------------------------------------------------------------


def _set_page(made: Any, *, across: bool) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = _PAPER
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = _EDGES
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = reversed(_PAPER)
        section.left_margin, section.right_margin = _EDGES[2], _EDGES[0]
        section.top_margin, section.bottom_margin = _EDGES[3], _EDGES[1]
    section.footer_distance = Mm(25)
    made.settings.odd_and_even_pages_header_footer = True
    # The number stands at the outer edge: right on odd pages, left on even ones.
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: Any, alignment: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.first_line_indent = 0
    run = paragraph.add_run("— ")
    _font(run, _TABLE_FONT, _PAGE)
    number = paragraph.add_run()
    _font(number, _TABLE_FONT, _PAGE)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        number._r.append(element)
    _font(paragraph.add_run(" —"), _TABLE_FONT, _PAGE)


def _set_styles(made: Any, language: str) -> None:
    styles = made.styles
    normal = styles["Normal"]
    _font(normal, _BODY_FONT, _BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = _LINE
    _indent(normal, 2 if language == "zh" else 0)
    _set_language(styles)
    title = styles["Title"]
    _font(title, _TITLE_FONT, _TITLE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(16)
    title.paragraph_format.line_spacing = Pt(36)
    _indent(title, 0)
    _without_border(title)
    subtitle = styles["Subtitle"]
    _font(subtitle, _HEADING_FONTS[1], _BODY)
    subtitle.font.italic = False
    subtitle.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    subtitle.paragraph_format.space_after = Pt(28)
    _indent(subtitle, 0)
    for level, font in enumerate(_HEADING_FONTS, 1):
        style = styles[f"Heading {level}"]
        _font(style, font, _BODY)
        style.font.bold = level == 3
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = _LINE
        style.paragraph_format.keep_with_next = True
        _indent(style, 2 if language == "zh" else 0)
    _small_styles(styles)
    _name_stand_ins(made)


def _set_language(styles: Any) -> None:
    """Chinese as on the mainland, or programs would use glyphs and punctuation of other regions."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:eastAsia"), "zh-CN")


def _small_styles(styles: Any) -> None:
    """Set the styles of captions, pictures, tables and the notes below them."""
    caption = styles["Caption"]
    _font(caption, _HEADING_FONTS[0], Pt(12))
    caption.font.bold = False
    for name, size in (("Table Text", _TABLE), ("Table Note", _SMALL), ("Picture", _BODY)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, _TABLE_FONT, size)
        style.paragraph_format.line_spacing = 1.0
        _indent(style, 0)
    for style in (caption, styles["Picture"]):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)
        _indent(style, 0)
    cell = styles["Table Text"].paragraph_format
    cell.space_before = cell.space_after = Pt(1.5)
    styles["Table Note"].paragraph_format.space_after = Pt(10)
    styles["Table Note"].paragraph_format.space_before = Pt(3)


def _font(styled: Any, name: str, size: Any) -> None:
    """A font for Chinese text, together with one for Latin letters; black, like print."""
    styled.font.name, styled.font.size = _LATIN, size
    styled.font.color.rgb = RGBColor(0, 0, 0)
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)


def _indent(style: Any, characters: int) -> None:
    """Indent the first line by this many characters."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(100 * characters))
    indent.set(qn("w:firstLine"), str(int(_BODY.pt * 20 * characters)))


def _without_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _name_stand_ins(made: Any) -> None:
    """Write into the table of fonts what may stand in for each."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    part = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = etree.fromstring(part.blob)
    for name, others in _STAND_INS.items():
        font = etree.SubElement(table, qn("w:font"))
        font.set(qn("w:name"), name)
        etree.SubElement(font, qn("w:altName")).set(qn("w:val"), others)
        etree.SubElement(font, qn("w:charset")).set(qn("w:val"), "86")
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- tables --------------------------------------------------------------------------------------


def _widths(table: Table, texts: Sequence[Sequence[str]], room: int) -> list[int]:
    """How the room is shared among the columns: numbers, days and short texts stay whole, what is
    longer wraps in what is left."""
    needs = [
        needed(column, [row[at] for row in texts]) * _NARROW + _MARGINS
        for at, column in enumerate(table.columns)
    ]
    long = {at for at, need in enumerate(needs) if need > _SHORT * _NARROW}
    left = room - sum(need for at, need in enumerate(needs) if at not in long)
    if not long or left < len(long) * _SHORT * _NARROW // 2:  # nothing can stay whole
        capped = [min(need, room // 2) for need in needs]
        return [room * need // sum(capped) for need in capped]
    # By roots: next to a text of many lines, a short text still has room for a word.
    roots = {at: isqrt(needs[at]) for at in long}
    wanted = sum(roots.values())
    return [left * roots[at] // wanted if at in long else need for at, need in enumerate(needs)]


def _repeat(row: Any) -> None:
    """The headings at the top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    """No row is parted between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
