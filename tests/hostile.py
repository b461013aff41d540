"""Files that hurt, lie or are merely odd, each with what must become of it.

``python tests/hostile.py FOLDER`` writes them all. They are made by hand, part by part, because no
writer of workbooks would make them. An expectation is the number of people that must be read, or
the code of the refusal; a set of codes where it is the reader's to say which.
"""

import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from county import MEMBER_HEADINGS, member

Expected = int | str | frozenset[str]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ROSTER = [MEMBER_HEADINGS, member(1), member(2)]
DAMAGED = frozenset({"file-damaged", "file-crashes-reader"})
BOUNDED = frozenset({"file-too-large", "file-too-slow", "file-damaged", "file-crashes-reader"})

FILES: dict[str, tuple[Callable[[], bytes], Expected]] = {}


def expect(
    expected: Expected, *names: str
) -> Callable[[Callable[..., bytes]], Callable[..., bytes]]:
    """List a maker of a file under its name, with what must become of it."""

    def listed(maker: Callable[..., bytes]) -> Callable[..., bytes]:
        for name in names:
            made = partial(maker, name) if len(names) > 1 else maker
            FILES[name] = (made, expected)
        return maker

    return listed


def column(at: int) -> str:
    """The name of a column, from 0."""
    return openpyxl.utils.get_column_letter(at + 1)


def cell(at: str, value: Any) -> str:
    """A cell with a text in it, or a number."""
    if isinstance(value, (int, float)):
        return f'<c r="{at}"><v>{value}</v></c>'
    if value is None:
        return ""
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number: int, values: Iterable[Any], attributes: str = "") -> str:
    """A row of cells."""
    cells = "".join(cell(f"{column(at)}{number}", value) for at, value in enumerate(values))
    return f'<row r="{number}"{attributes}>{cells}</row>'


def roster(first: int = 1) -> str:
    """The heading row and two people as rows of XML."""
    return "".join(row(at, map(plain, line)) for at, line in enumerate(ROSTER, first))


def plain(value: Any) -> Any:
    """A date as people write it; the rest as it is."""
    return value if value is None or isinstance(value, (int, float)) else str(value)


def sheet(rows: str, before: str = "", after: str = "", head: str = HEAD) -> str:
    """A sheet of XML."""
    return (
        f'{head}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def parts(*sheets: str, strings: str | None = None, **more: str) -> dict[str, str]:
    """The parts of a workbook with these sheets; ``more`` by name replaces or adds."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{at}" sheetId="{at}" r:id="rId{at}"/>' for at in numbers)
    targets = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in numbers
    )
    if strings is not None:
        targets += (
            f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for at in numbers
    )
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
        f'.spreadsheetml.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f"{targets}</Relationships>",
        **{f"xl/worksheets/sheet{at}.xml": text for at, text in enumerate(sheets, 1)},
    }
    if strings is not None:
        made["xl/sharedStrings.xml"] = strings
    return made | more


def packed(made: dict[str, str] | dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=6) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(rows: str, before: str = "", after: str = "", **more: Any) -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(parts(sheet(rows, before, after), **more))


def good() -> bytes:
    """A workbook with nothing odd in it."""
    return book(roster())


def text_of(parted_by: str = ",") -> str:
    """The roster as a text table."""
    lines = [
        parted_by.join("" if value is None else str(value) for value in line) for line in ROSTER
    ]
    return "\r\n".join(lines) + "\r\n"


# -- readable, though odd ------------------------------------------------------------------------

expect(2, "good.xlsx")(good)
expect(2, "named-xls.xls")(good)
expect(2, "named-csv.csv")(good)
expect(2, "no-ending")(good)
expect(2, "utf8.csv")(lambda: text_of().encode())
expect(2, "utf8-mark.csv")(lambda: text_of().encode("utf-8-sig"))
expect(2, "gb18030.csv")(lambda: text_of().encode("gb18030"))
expect(2, "text-named.xlsx")(lambda: text_of().encode())
expect(2, "gbk-tabs-named.xls")(lambda: text_of("\t").encode("gb18030"))
expect(2, "utf16-tabs-named.xls")(lambda: text_of("\t").encode("utf-16"))
expect(2, "wrong-dimension.xlsx")(lambda: book(roster(), '<dimension ref="A1:A1"/>'))
expect(2, "huge-dimension.xlsx")(lambda: book(roster(), '<dimension ref="A1:XFD1048576"/>'))
expect(2, "single-quotes.xlsx")(lambda: book(roster().replace('"', "'")))
expect(2, "path-names.xlsx")(lambda: packed({**parts(sheet(roster())), "../../../etc/x": "no"}))
expect(2, "absolute-names.xlsx")(lambda: packed({**parts(sheet(roster())), "/etc/passwd": "no"}))
expect(2, "macros.xlsm")(lambda: packed({**parts(sheet(roster())), "xl/vbaProject.bin": "no"}))
expect(2, "external-links.xlsx")(
    lambda: packed({**parts(sheet(roster())), "xl/externalLinks/externalLink1.xml": "<e/>"})
)
expect(2, "one-huge-merge.xlsx")(
    lambda: book(roster(), after='<mergeCells><mergeCell ref="H1:XFD1048576"/></mergeCells>')
)
expect(2, "stored.xlsx")(lambda: packed(parts(sheet(roster())), zipfile.ZIP_STORED))
expect(2, "100000-nested.xlsx")(lambda: book(roster(), after="<x>" * 100_000 + "</x>" * 100_000))
expect(2, "300000-attributes.xlsx")(
    lambda: book(roster(), before="<x " + " ".join(f'a{at}="1"' for at in range(300_000)) + "/>")
)
expect(2, "empty-second-sheet.xlsx")(lambda: packed(parts(sheet(roster()), sheet(""))))


@expect(2, "prefixed.xlsx")
def prefixed() -> bytes:
    """Every element of the sheet bears a prefix, as some programs write."""
    text = sheet(roster()).replace("xmlns=", "xmlns:x=")
    body = text[len(HEAD) :].replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
    return packed(parts(HEAD + body))


@expect(2, "strict.xlsx")
def strict() -> bytes:
    """The strict variant of the format: the same parts under other names."""
    made = parts(sheet(roster()))
    return packed({
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in made.items()
    })  # fmt: skip


@expect(2, "rows-out-of-order.xlsx")
def out_of_order() -> bytes:
    """The people stand before their headings in the file, not in the sheet."""
    lines = [row(at, map(plain, line)) for at, line in enumerate(ROSTER, 1)]
    return book("".join(reversed(lines)))


@expect(2, "million-blank-rows.xlsx")
def blank_rows() -> bytes:
    """A person, and below a million rows that are formatted and empty."""
    return book(roster() + "".join(f'<row r="{at}" s="1"/>' for at in range(4, 1_000_000)))


@expect(2, "whole-columns-formatted.xlsx")
def formatted() -> bytes:
    """Cells that have a format and nothing else, down to the last row."""
    lines = "".join(
        f'<row r="{at}"><c r="A{at}" s="0"/><c r="XFD{at}" s="0"/></row>'
        for at in range(4, 300_000)
    )
    return book(roster() + lines)


@expect(2, "200000-merges.xlsx")
def merges() -> bytes:
    """So many merged ranges that a reader that compares them all never ends."""
    ranges = "".join(f'<mergeCell ref="K{at}:L{at}"/>' for at in range(10, 200_010))
    return book(roster(), after=f"<mergeCells>{ranges}</mergeCells>")


def with_date(number: float, form: int, **more: str) -> bytes:
    """The joining date of both people as a number in that built-in format."""
    at = MEMBER_HEADINGS.index("入团时间")
    lines = []
    for place, line in enumerate(ROSTER, 1):
        text = row(place, map(plain, line))
        if place > 1:
            here = f"{column(at)}{place}"
            text = text.replace(
                cell(here, plain(line[at])), f'<c r="{here}" s="1"><v>{number}</v></c>'
            )
        lines.append(text)
    styles = (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="{form}" applyNumberFormat="1"/>'
        "</cellXfs></styleSheet>"
    )
    made = parts(sheet("".join(lines)))
    made["xl/styles.xml"] = styles
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rIdT" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    )
    return packed(made | more)


for _form in (*range(27, 37), *range(50, 59)):
    FILES[f"chinese-date-{_form}.xlsx"] = (lambda form=_form: with_date(43955, form), 2)


@expect(2, "dates-from-1904.xlsx")
def from_1904() -> bytes:
    """The other calendar: the same number is a day four years later."""
    workbook = parts(sheet(""))["xl/workbook.xml"]
    dated = workbook.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    return with_date(43955 - 1462, 14, **{"xl/workbook.xml": dated})


@expect(2, "biff8.xls", "wps.et")
def biff8(_name: str) -> bytes:
    """The format of 1997, which WPS writes as .et too."""
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("团员")
    for at, line in enumerate(ROSTER):
        for place, value in enumerate(line):
            if value is not None:
                page.write(at, place, plain(value))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ods(body: str, encrypted: bool = False, head: str = HEAD) -> bytes:
    """An OpenDocument workbook with this table."""
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'{head}<office:document-content xmlns:office="{name}office:1.0" '
        f'xmlns:table="{name}table:1.0" xmlns:text="{name}text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="团员">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    inner = "<manifest:encryption-data/>" if encrypted else ""
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="{name}manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry '
        f'manifest:full-path="content.xml" manifest:media-type="text/xml">{inner}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_rows() -> str:
    """The roster as rows of an OpenDocument table."""
    return "".join(
        "<table:table-row>"
        + "".join(
            "<table:table-cell/>" if value is None else
            '<table:table-cell office:value-type="string"><text:p>'
            f"{value}</text:p></table:table-cell>"
            for value in line
        )
        + "</table:table-row>"
        for line in ROSTER
    )  # fmt: skip


expect(2, "open-document.ods")(lambda: ods(ods_rows()))
expect("file-encrypted", "encrypted.ods")(lambda: ods("", encrypted=True))
expect("file-with-entities", "entities.ods")(
    lambda: ods(ods_rows(), head=HEAD + '<!DOCTYPE x [<!ENTITY a "b">]>')
)
expect(BOUNDED, "repeated-to-the-end.ods")(
    lambda: ods(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="float" office:value="1">'
        "<text:p>1</text:p></table:table-cell></table:table-row>"
    )
)


def html(head: str = "", attributes: str = "") -> str:
    """The roster as a page."""
    lines = "".join(
        "<tr>" + "".join(f"<td{attributes}>{'' if value is None else value}</td>" for value in line)
        for line in ROSTER
    )
    return f"<html><head>{head}<style>td {{}}</style></head><body><table>{lines}</table></body>"


expect(2, "page.xls")(lambda: html().encode())
expect(2, "page-gb2312.xls")(lambda: html('<meta charset="gb2312">').encode("gb18030"))
expect(2, "page-utf16.xls")(lambda: html().encode("utf-16"))
expect(2, "page-spans-lie.xls")(
    lambda: html().replace("</table>", '<tr><td rowspan="99999999" colspan="99999999">').encode()
)
expect(2, "page-span-of-5000-digits.xls")(
    lambda: html().replace("</table>", f'<tr><td rowspan="{"9" * 5000}">').encode()
)
expect(2, "page-100000-nested.xls")(lambda: (html() + "<div>" * 100_000).encode())
expect("file-too-large", "page-10000-tables.xls")(lambda: b"<html>" + b"<table><tr><td>1" * 10_000)
expect("file-not-a-table", "page-without-table.xls")(lambda: b"<html><body>Hello</body></html>")


def xml2003(rows: str = "", head: str = HEAD) -> str:
    """The roster as a workbook in the XML of 2003."""
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:Index="{at}"><Data ss:Type="String">{value}</Data></Cell>'
            for at, value in enumerate(line, 1)
            if value is not None
        )
        + "</Row>"
        for line in ROSTER
    )
    return (
        f'{head}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="{name}" '
        f'xmlns:ss="{name}"><Worksheet ss:Name="团员"><Table>{lines}{rows}</Table></Worksheet>'
        "</Workbook>"
    )


expect(2, "xml-2003.xls")(lambda: xml2003().encode())
expect(2, "xml-2003-gb.xml")(
    lambda: xml2003(head='<?xml version="1.0" encoding="gb2312"?>').encode("gb18030")
)
expect(2, "xml-2003-utf16.xml")(
    lambda: xml2003(head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16")
)
expect("file-far-cell", "xml-2003-far.xml")(
    lambda: xml2003('<Row ss:Index="1048576"><Cell><Data ss:Type="String">x</Data></Cell></Row>')
    .encode()
)  # fmt: skip
expect("file-with-entities", "xml-2003-entities.xml")(
    lambda: xml2003(head=HEAD + '<!DOCTYPE x [<!ENTITY a "b">]>').encode()
)
expect("file-damaged", "xml-2003-deep.xml")(lambda: xml2003("<a>" * 100_000).encode())
expect("file-damaged", "xml-2003-cut.xml")(lambda: xml2003().encode()[:-40])

# -- too much ------------------------------------------------------------------------------------


def lying(content: bytes, size: int) -> bytes:
    """A workbook whose sheet says that it unpacks to ``size`` bytes and unpacks to more."""
    data = bytearray(packed({**parts(sheet("")), "xl/worksheets/sheet1.xml": content}))
    true = struct.pack("<I", len(content))
    for at in range(len(data)):
        if data[at : at + 4] == true:
            data[at : at + 4] = struct.pack("<I", size)
    return bytes(data)


def spaces(number: int) -> str:
    """A sheet with that many spaces before its rows."""
    return sheet(roster(), before=" " * number)


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 12)
) + "]>"  # fmt: skip

expect("file-too-large", "bomb-spaces.xlsx")(lambda: packed(parts(spaces(300 << 20))))
expect("file-too-large", "bomb-total.xlsx")(
    lambda: packed({**parts(sheet(roster())), **{f"x{at}": " " * (48 << 20) for at in range(9)}})
)
expect("file-too-large", "bomb-one-string.xlsx")(
    lambda: packed(parts(sheet(roster()), strings="<sst><si><t>" + "a" * (200 << 20)))
)
expect("file-too-large", "bomb-parts.xlsx")(
    lambda: packed({**parts(sheet(roster())), **{f"x/{at}": "" for at in range(20_000)}})
)
expect("file-too-large", "1000-sheets.xlsx")(lambda: packed(parts(*[sheet(roster())] * 1000)))
expect("file-damaged", "lying-size.xlsx")(lambda: lying(spaces(1 << 20).encode(), 4096))
expect(2, "nested-archive.zip")(lambda: packed({"good.xlsx": good()}))
for _name, _part in (("strings", "xl/sharedStrings.xml"), ("sheet", "xl/worksheets/sheet1.xml"),
                     ("workbook", "xl/workbook.xml"), ("relations", "_rels/.rels")):  # fmt: skip
    FILES[f"billion-laughs-{_name}.xlsx"] = (
        lambda part=_part: packed({
            **parts(sheet(roster()), strings=f"{HEAD}<sst/>"), part: f"{HEAD}{LAUGHS}<x>&a11;</x>",
        }),
        "file-with-entities",
    )  # fmt: skip
expect("file-with-entities", "quadratic.xlsx")(
    lambda: packed(parts(
        sheet(cell("A1", "&a;" * 1000), head=f"{HEAD}<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>")
    ))
)  # fmt: skip
expect("file-with-entities", "external-entity.xlsx")(
    lambda: packed(parts(
        sheet(cell("A1", "&a;"), head=f"{HEAD}<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hosts'>]>")
    ))
)  # fmt: skip
for _at in ("XFD1048576", "A1048576", "XFD1", "T300000", "ZZZZZ4294967295"):
    FILES[f"far-{_at}.xlsx"] = (
        lambda at=_at: book(roster() + f'<row r="9">{cell(at, 1)}</row>'), "file-far-cell",
    )  # fmt: skip
expect(BOUNDED, "one-string-everywhere.xlsx")(
    lambda: book(
        "".join(
            f'<row r="{at}">' + "".join(f'<c r="{column(to)}{at}" t="s"><v>0</v></c>'
                                         for to in range(50)) + "</row>"
            for at in range(1, 2001)
        ),
        strings=f'{HEAD}<sst xmlns="{MAIN}"><si><t>{"字" * 30_000}</t></si></sst>',
    )
)  # fmt: skip
expect(BOUNDED, "corners.xlsx")(
    lambda: book(roster() + f'<row r="199000">{cell("SA199000", 1)}</row>')
)

# -- damaged, encrypted, something else ----------------------------------------------------------


def flipped(seed: int) -> bytes:
    """A workbook with a few bits turned over."""
    data, chance = bytearray(good()), random.Random(seed)  # noqa: S311
    for _ in range(5):
        data[chance.randrange(200, len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def twice() -> bytes:
    """Two parts of the same name; each reader takes another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts(sheet(roster())).items():
            archive.writestr(name, content)
        archive.filelist.append(archive.filelist[-1])
    return out.getvalue()


def marked_encrypted() -> bytes:
    """A workbook whose archive says that its parts are encrypted."""
    data = bytearray(good())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    return bytes(data)


def noise(seed: int, size: int = 5000) -> bytes:
    """Bytes without a meaning."""
    return random.Random(seed).randbytes(size)  # noqa: S311


expect("file-damaged", "truncated.xlsx")(lambda: good()[: len(good()) // 2])
expect("file-damaged", "without-directory.xlsx")(lambda: good()[:-22])
expect("file-damaged", "noise-after-mark.xlsx")(lambda: b"PK\x03\x04" + noise(1))
expect(DAMAGED, "noise-after-mark.xls")(
    lambda: b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le") + noise(2)
)
expect(DAMAGED, "truncated.xls")(lambda: biff8("")[:3000])
expect("file-not-a-table", "noise.xls")(lambda: noise(3))
expect("file-empty", "empty.xlsx")(lambda: b"")
expect("file-says-nothing", "spaces.csv")(lambda: b"  \r\n \r\n")
expect("file-part-twice", "part-twice.xlsx")(twice)
expect("file-encrypted", "flagged.xlsx")(marked_encrypted)
expect("file-encrypted", "password.xlsx")(
    lambda: compound_file("EncryptedPackage", "EncryptionInfo")
)
expect("file-not-a-table", "letter.doc")(lambda: compound_file("WordDocument"))
expect("file-not-a-table", "letter.docx")(
    lambda: packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
)
expect("file-not-a-table", "scan.pdf")(lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
expect("file-not-a-table", "photo.jpg")(lambda: b"\xff\xd8\xff\xe0\0\x10JFIF")
expect("file-not-a-table", "picture.xlsx")(lambda: b"\x89PNG\r\n\x1a\n" + noise(4))
expect("file-not-a-table", "letter.rtf")(lambda: b"{\\rtf1\\ansi hello}")
expect("file-says-nothing", "archive.zip")(lambda: packed({"readme.txt": "hello"}))
expect("file-packed", "archive.gz")(lambda: b"\x1f\x8b\x08\0" + zlib.compress(b"hello"))
expect("file-not-a-table", "drawing.svg")(lambda: b'<?xml version="1.0"?><svg/>')
expect("file-bad-quote", "unclosed-quote.csv")(lambda: text_of().encode() + b'"never closed,\r\n')
expect("file-not-a-table", "nul.csv")(lambda: text_of().encode() + b"\0\0\0")
expect("file-not-a-table", "one-huge-field.csv")(lambda: b"a," + b"x" * (3 << 20))
expect("file-old-workbook", "biff2.xls")(lambda: b"\x09\0\x04\0\0\0\x10\0" + b"\x0a\0\0\0")
expect("file-old-workbook", "biff3.xls")(lambda: b"\x09\x02\x06\0\0\0\x10\0\0\0" + b"\x0a\0\0\0")
expect("file-old-workbook", "biff4.xls")(lambda: b"\x09\x04\x06\0\0\0\x10\0\0\0" + b"\x0a\0\0\0")
expect("file-damaged", "bad-string-index.xlsx")(
    lambda: book('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', strings=f"{HEAD}<sst/>")
)
expect("file-damaged", "sheet-not-closed.xlsx")(lambda: packed(parts(sheet(roster())[:-30])))
expect(2, "lzma.xlsx")(lambda: packed(parts(sheet(roster())), zipfile.ZIP_LZMA))
expect(frozenset({"file-damaged", "file-without-sheets"}), "no-sheets.xlsx")(
    lambda: packed(parts())
)
for _seed in range(8):
    FILES[f"flipped-{_seed}.xlsx"] = (lambda seed=_seed: flipped(seed), DAMAGED)


def write(folder: Path) -> dict[Path, Expected]:
    """Write all files into the folder, each with what must become of it."""
    made = {}
    for name, (maker, expected) in FILES.items():
        path = folder / name
        path.write_bytes(maker())
        made[path] = expected
    return made


if __name__ == "__main__":
    for _path, _expected in write(Path(sys.argv[1])).items():
        print(_path.name, sorted(_expected) if isinstance(_expected, frozenset) else _expected)


def compound_file(*streams: str) -> bytes:
    """A compound file with empty streams of these names; an encrypted workbook is one."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def entry(name: str, kind: int, child: int, right: int) -> bytes:
        raw = name.encode("utf-16-le") + b"\0\0"
        form = "<64sHBBIII36xIQ"
        return struct.pack(form, raw, len(raw), kind, 1, free, right, child, end, 0)

    header = struct.pack(
        "<8s16xHHHHH6x10I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0,
    )  # fmt: skip
    sectors = struct.pack("<108I", *[free] * 108) + struct.pack("<128I", table, end, *[free] * 126)
    names = entry("Root Entry", 5, 1, free) + b"".join(
        entry(name, 2, free, at + 1 if at < len(streams) else free)
        for at, name in enumerate(streams, 1)
    )
    return header + sectors + names.ljust(512, b"\0")
