"""A sender's workbook as a package: what is written into it is added, all else stays byte by byte.

A library that loads and saves a workbook loses what it does not know (pictures, charts, values of
formulas) and needs some fifty times the file's memory. Here only the parts that change are written:
sheets with marks, their comments, the list of sheets, and new looks at the end of the styles.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from leaguectl.reader.careful_sheet import shared_texts
from leaguectl.reader.inspection import Archive
from leaguectl.reader.limits import Limits
from leaguectl.reader.xml_parser import HEAD, parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

TEXT, DAY, MOMENT, MONTH, TIME = 49, 164, 165, 166, 21
FORMATS = {DAY: "yyyy-mm-dd", MOMENT: "yyyy-mm-dd hh:mm:ss", MONTH: "yyyy-mm"}
"""Number formats by their numbers: built-in ones, and those of a workbook that is made here."""

_DROPPED = re.compile(r"vbaproject|vbadata|_xmlsignatures/")
"""Parts that a reply goes without: programs, and seals on what the sender's file was."""

_FOREIGN_SHEETS = re.compile(r"macrosheets/|dialogsheets/")


class NotPatched(Exception):
    """A workbook that cannot be written into as it stands."""


# -- markup --------------------------------------------------------------------------------------


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a start tag, as they stand there."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def written(attributes: Mapping[str, str]) -> str:
    """Attributes as they stand in a start tag."""
    return "".join(f' {name}="{value}"' for name, value in attributes.items())


def as_text(content: str) -> str:
    """What a piece of markup says."""
    return html.unescape(re.sub(r"<[^>]*>", "", content))


def rewritten(data: bytes, change: Callable[[str, dict[str, str]], None] | None = None) -> str:
    """The same markup in one form: UTF-8, double quotes, no comments, and no prefix before the
    elements of the root's language. ``change`` may correct the attributes of an element.

    :raises FileRefused: it is not well-formed, or makes entities.
    """
    parse(data, "", lambda *_: None)
    pieces, prefix, is_open = [_DECLARATION], None, False
    parser = expat.ParserCreate()
    parser.ordered_attributes = parser.buffer_text = True

    def plain(name: str) -> str:
        return name.removeprefix(prefix or "")

    def start(name: str, listed: list[str]) -> None:
        nonlocal prefix, is_open
        attributes = dict(zip(listed[::2], listed[1::2], strict=True))
        if prefix is None:
            prefix = f"{name.partition(':')[0]}:" if ":" in name else ""
            if prefix:
                attributes["xmlns"] = attributes[f"xmlns:{prefix[:-1]}"]
        if change is not None:
            change(plain(name), attributes)
        said = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        # quoteattr takes single quotes where a value has double ones, which patterns do not expect.
        said = re.sub(r"='([^']*)'", lambda m: '="' + m[1].replace('"', "&quot;") + '"', said)
        pieces.append((">" if is_open else "") + f"<{plain(name)}{said}")
        is_open = True

    def end(name: str) -> None:
        nonlocal is_open
        pieces.append("/>" if is_open else f"</{plain(name)}>")
        is_open = False

    def text(said: str) -> None:
        nonlocal is_open
        pieces.append((">" if is_open else "") + escape(said, {"\r": "&#13;"}))
        is_open = False

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return "".join(pieces)


# -- the package ---------------------------------------------------------------------------------


class Package:
    """The parts of a workbook, its list of sheets, and the looks of its cells."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.archive = Archive(zipfile.ZipFile(io.BytesIO(data)), limits)
        self.new: dict[str, bytes] = {}
        for name in self.archive.parts:
            if name.endswith((".xml", ".rels")):
                self.archive.refuse_entities(name)
        self.gone = {name for name in self.archive.parts if _DROPPED.search(name)}
        if any(_FOREIGN_SHEETS.search(name) for name in self.archive.parts):
            raise NotPatched("sheets of macros")
        self.main = self.archive.main_part()
        if not self.main.endswith(".xml"):
            raise NotPatched("no workbook")
        self._types = rewritten(self.content("[content_types].xml"))
        self._relations: dict[str, list[dict[str, str]]] = {}
        self._workbook = rewritten(self.content(self.main))
        self.looks = Looks(self, self.related(self.main, "/styles"))
        self.sheets: list[tuple[str, str]] = []
        """The name of each sheet, and its part; without a part where it has no cells."""
        self._listed: list[str] = []  # the elements of the same sheets
        self._places: list[int | None] = []  # where each stood that was there before
        by_id = {relation["Id"]: relation for relation in self.relations(self.main)}
        for tag in re.findall(r"<sheet\b[^>]*>", self._workbook):
            found = attributes_of(tag)
            key = next((value for name, value in found.items() if name.endswith(":id")), "")
            relation = by_id.get(key, {})
            is_sheet = relation.get("Type", "").endswith("/worksheet")
            part = self.target(self.main, relation) if is_sheet else ""
            self.sheets.append((html.unescape(found["name"]), part))
            self._places.append(len(self._listed))
            self._listed.append(re.sub(r"/?>$", "/>", tag))

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self.new or (part in self.archive.parts and part not in self.gone)

    def content(self, part: str) -> bytes:
        """A part, as it is now."""
        return self.new.get(part) or self.archive.file.read(self.archive.parts[part])

    def beginning(self, part: str) -> bytes:
        """The first bytes of a part, where a sheet says how it is shown."""
        return self.new[part][:HEAD] if part in self.new else self.archive.beginning(part, HEAD)

    def texts(self) -> list[str]:
        """The texts that cells share."""
        part = self.related(self.main, "/sharedStrings")
        return shared_texts([self.content(part)], part) if part else []

    def add(self, pattern: str, content: str, kind: str) -> str:
        """A new part, named by the first free number, of that kind of content; its name."""
        names = (pattern.format(number) for number in count(1))
        part = next(part for part in names if part not in {*self.new, *self.archive.parts})
        self.new[part] = content.encode()
        if kind == "vml":
            ending = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            if 'Extension="vml"' not in self._types:
                self._said(f'<Default Extension="vml" ContentType="{ending}"/>')
        else:
            self._said(f'<Override PartName="/{part}" ContentType="{_TYPES}.{kind}+xml"/>')
        return part

    def _said(self, element: str) -> None:
        self._types = self._types.replace("</Types>", element + "</Types>")

    # -- relations

    def relations(self, part: str) -> list[dict[str, str]]:
        """What a part relates to; what is added here is written."""
        if part not in self._relations:
            name = _relations_of(part)
            text = rewritten(self.content(name)) if self.has(name) else ""
            found = map(attributes_of, re.findall(r"<Relationship\b[^>]*>", text))
            self._relations[part] = [
                relation for relation in found if self.target(part, relation) not in self.gone
            ]
        return self._relations[part]

    def related(self, part: str, ending: str) -> str:
        """The part that stands in such a relation to another; empty where none does."""
        for relation in self.relations(part):
            if relation["Type"].endswith(ending):
                target = self.target(part, relation)
                return target if self.has(target) else ""
        return ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part relate to another; the name of the relation."""
        relations = self.relations(part)
        taken = {relation["Id"] for relation in relations}
        name = next(f"rId{at}" for at in range(1, len(taken) + 2) if f"rId{at}" not in taken)
        types = (relation["Type"] for relation in self.relations(self.main))
        base = next(
            (kind_.rpartition("/")[0] for kind_ in types if "/worksheet" in kind_), RELATIONS
        )
        relations.append({"Id": name, "Type": f"{base}/{kind}", "Target": f"/{target}"})
        return name

    def target(self, part: str, relation: Mapping[str, str]) -> str:
        """The part at the other end of a relation; empty where that is outside of the workbook."""
        if relation.get("TargetMode") == "External":
            return ""
        target = relation["Target"]
        target = html.unescape(target).replace("\\", "/").casefold()
        whole = target if target.startswith("/") else f"{posixpath.dirname(part)}/{target}"
        return posixpath.normpath(whole).lstrip("/")

    # -- sheets

    def put_in_front(self, title: str, content: str) -> str:
        """A new first sheet; the title that it got, since two may not have the same."""
        taken = {name.casefold() for name, _ in self.sheets}
        unique, number = title, 0
        while unique.casefold() in taken:
            number += 1
            unique = f"{title[: 31 - len(str(number))]}{number}"
        part = self.add("xl/worksheets/sheet{}.xml", content, "worksheet")
        relation = self.relate(self.main, "worksheet", part)
        used = [int(attributes_of(tag).get("sheetId", "0")) for tag in self._listed]
        tag = (f'<sheet xmlns:r="{RELATIONS}" name={quoteattr(unique)} '
               f'sheetId="{max(used, default=0) + 1}" r:id="{relation}"/>')  # fmt: skip
        self.sheets.insert(0, (unique, part))
        self._listed.insert(0, tag)
        self._places.insert(0, None)
        return unique

    def take_away(self, part: str) -> None:
        """Take a sheet away."""
        at = [known for _, known in self.sheets].index(part)
        for listed in (self.sheets, self._listed, self._places):
            del listed[at]
        self._forget(part)

    def _forget(self, part: str) -> None:
        self.gone |= {part, _relations_of(part)}
        relations = self.relations(self.main)
        relations[:] = [found for found in relations if self.target(self.main, found) != part]

    def without_order_of_calculation(self) -> None:
        """Forget in which order formulas are calculated: it names each of their cells."""
        if part := self.related(self.main, "/calcChain"):
            self._forget(part)

    # -- the file

    def saved(self) -> bytes:
        """The workbook as a file."""
        self._finish()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name, info in self.archive.parts.items():
                if name not in self.gone:
                    stored = info.compress_type == zipfile.ZIP_STORED
                    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                    file.writestr(info.filename, self.content(name), how)
            for name in self.new.keys() - self.archive.parts.keys():
                file.writestr(self._spelt(name), self.new[name])
        return stream.getvalue()

    def _spelt(self, part: str) -> str:
        """The name of a new part; relations are named as what they are relations of."""
        if part.endswith(".rels"):
            folder, _, name = part.removesuffix(".rels").rpartition("/_rels/")
            if info := self.archive.parts.get(f"{folder}/{name}"):
                return _relations_of(info.filename)
        return part

    def _finish(self) -> None:
        moved = {old: new for new, old in enumerate(self._places) if old is not None}
        text = _each(
            r"<sheets>.*?</sheets>|<sheets/>",
            lambda _: f"<sheets>{''.join(self._listed)}</sheets>",
            self._workbook,
        )
        text = _each(
            r"<workbookView\b[^>]*>",
            lambda tag: re.sub(r' (?:activeTab|firstSheet)="\d+"', "", tag),
            text,
        )
        text = _each(
            r"<definedName\b[^>]*?(?:/>|>.*?</definedName>)", lambda name: _moved(name, moved), text
        )
        self.new[self.main] = text.replace("<definedNames></definedNames>", "").encode()
        for part, relations in self._relations.items():
            said = "".join(f"<Relationship{written(relation)}/>" for relation in relations)
            namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
            content = f'{_DECLARATION}<Relationships xmlns="{namespace}">{said}</Relationships>'
            if relations or self.has(_relations_of(part)):
                self.new[_relations_of(part)] = content.encode()
        self.looks.finish()
        types = re.sub(r"<Override\b[^>]*>", self._still_there, self._types)
        self.new["[content_types].xml"] = types.encode()

    def _still_there(self, override: re.Match[str]) -> str:
        tag = attributes_of(override[0])
        part = tag["PartName"].lstrip("/").casefold()
        if part == self.main:
            return f'<Override PartName="{tag["PartName"]}" ContentType="{_TYPES}.sheet.main+xml"/>'
        return override[0] if self.has(part) else ""


def _each(pattern: str, change: Callable[[str], str], text: str) -> str:
    return re.sub(pattern, lambda match: change(match[0]), text, flags=re.S)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _moved(name: str, moved: Mapping[int, int]) -> str:
    """A name of the workbook, whose sheet may stand elsewhere now."""
    match = re.search(r' localSheetId="(\d+)"', name)
    if match is None:
        return name
    at = moved.get(int(match[1]))
    return "" if at is None else name.replace(match[0], f' localSheetId="{at}"', 1)


_LOOK = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">'
    + "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in FORMATS.items()
    )
    + '</numFmts><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills '
    'count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs '
    f'count="1"><xf {_LOOK}/></cellStyleXfs><cellXfs count="1"><xf {_LOOK} xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
"""Looks of a workbook that has none."""


def empty_package() -> bytes:
    """A workbook without sheets."""
    stream = io.BytesIO()
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets/></workbook>',
    }
    with zipfile.ZipFile(stream, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


# -- looks ---------------------------------------------------------------------------------------


class Looks:
    """The looks of cells by their number; new ones are added at the end."""

    def __init__(self, package: Package, part: str) -> None:
        if not part:
            part = package.add("xl/styles.xml", _STYLES, "styles")
            package.relate(package.main, "styles", part)
        self._package, self.part = package, part
        self._text = rewritten(package.content(part))
        self._lists = {name: [*self._elements(name)] for name in ("fonts", "fills", "cellXfs")}
        self._made: dict[tuple[int, str], int] = {}

    def _elements(self, name: str) -> Iterator[str]:
        whole = re.search(f"<{name}\\b[^>]*>(.*?)</{name}>", self._text, re.S)
        tag = "xf" if name == "cellXfs" else name[:-1]
        if whole is None:
            raise NotPatched(name)
        pattern = f"<{tag}\\b[^>]*/>|<{tag}\\b.*?</{tag}>"
        yield from re.findall(pattern, whole[1], re.S)

    def _number_of(self, name: str, element: str) -> int:
        known = self._lists[name]
        if element not in known:
            known.append(element)
        return known.index(element)

    def fill(self, color: str) -> int:
        """The number of a fill of one colour."""
        pattern = f'<patternFill patternType="solid"><fgColor rgb="{color}"/></patternFill>'
        return self._number_of("fills", f"<fill>{pattern}</fill>")

    def font(self, properties: str) -> int:
        """The number of a font: the workbook's own, with other properties."""
        own = re.findall(r"<(?:name|family|charset|scheme)\b[^>]*/>", self._lists["fonts"][0])
        return self._number_of("fonts", f"<font>{properties}{''.join(own)}</font>")

    def fill_of(self, style: int) -> int:
        """The fill of a look."""
        return int(attributes_of(self._element(style).partition(">")[0]).get("fillId", "0"))

    def color_of(self, style: int) -> str:
        """The colour of a look's fill; empty where it has none of its own."""
        fills, number = self._lists["fills"], self.fill_of(style)
        match = re.search(
            r'<fgColor\b[^>]*rgb="(\w+)"', fills[number] if number < len(fills) else ""
        )
        return match[1].upper() if match else ""

    def of_colors(self, colors: tuple[str, ...]) -> set[int]:
        """The looks with a fill of these colours."""
        return {at for at in range(len(self._lists["cellXfs"])) if self.color_of(at) in colors}

    def changed(self, style: int, *, inner: str | None = None, **attributes: int) -> int:
        """A look that differs from another by these attributes (``fillId=3``) and what is in it."""
        key = (style, f"{inner}{attributes}")
        if key not in self._made:
            tag, content = re.fullmatch(
                r"<xf\b([^>]*?)/?>(?:(.*)</xf>)?", self._element(style), re.S
            ).groups()  # type: ignore[union-attr]
            found = attributes_of(tag)
            for name, value in attributes.items():
                found[name] = str(value)
                applied = {"numFmtId": "NumberFormat", "fillId": "Fill", "fontId": "Font"}.get(name)
                if applied:
                    found[f"apply{applied}"] = "1"
            if inner is not None:
                content, found["applyAlignment"] = inner, "1"
            element = f"<xf{written(found)}>{content or ''}</xf>"
            self._made[key] = self._number_of("cellXfs", element)
        return self._made[key]

    def _element(self, style: int) -> str:
        known = self._lists["cellXfs"]
        return known[style] if style < len(known) else '<xf numFmtId="0" fontId="0" fillId="0"/>'

    def finish(self) -> None:
        """Write them into the package."""
        for name, elements in self._lists.items():
            content = f'<{name} count="{len(elements)}">{"".join(elements)}</{name}>'
            pattern = f"<{name}\\b[^>]*>.*?</{name}>"
            before, after = re.split(pattern, self._text, maxsplit=1, flags=re.S)
            self._text = before + content + after
        self._package.new[self.part] = self._text.encode()
