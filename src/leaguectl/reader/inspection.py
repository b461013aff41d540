"""Inspecting a stranger's file before it is read: what it is, its bounds, what is hidden in it.
This runs in the child process for every import, so it costs a small part of reading.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from leaguectl.reader.biff import (
    annotate_xlsb,
    inspect_compound,
    sheets_of_xlsb,
    xlsb_styles,
)
from leaguectl.reader.careful_sheet import CarefulSheet, is_odd, shared_texts
from leaguectl.reader.fast_sheet import References, formats_of, read_fast, references_of
from leaguectl.reader.limits import MEGABYTE, Limits
from leaguectl.reader.number_formats import Shown, shown_by_format
from leaguectl.reader.ods import annotate_ods, is_to_be_repaired, is_worth_parsing, repaired
from leaguectl.reader.sheets import FastSheet, FileRefused, Form, Inspection, SheetAnnotations
from leaguectl.reader.xlsx import annotate_xlsx
from leaguectl.reader.xml_parser import HEAD, UTF_16, no_entities, parse

RATIO_FROM = 5 << 20
"""Below this many bytes no ratio matters: an empty template packs very well."""

SMALL_PART = 8 << 20
"""Bytes of a part that is parsed whole (the list of sheets); 200 sheets need 40 KB."""

_SIGNATURES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"RIFF": "RIFF",
    b"MIME-Version:": "MHTML",
    b"SQLite format 3": "SQLITE",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"\x7fELF": "ELF",
}
"""The first bytes of files that offices send by mistake, and what they are."""

_PACKED = {b"7z\xbc\xaf\x27\x1c": "7Z", b"Rar!": "RAR", b"\x1f\x8b": "GZIP"}
"""The first bytes of archives that are not unpacked here."""

_OLD = re.compile(rb"\x09(?:\x00\x04|\x02\x06|\x04\x06|\x08[\x08\x10])\x00", re.S)
"""A workbook of BIFF2 to BIFF4, or a later one without its compound file."""

_TAGGED = re.compile(rb"\s*<")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|div|center)\b", re.I)

Parts = dict[str, zipfile.ZipInfo]
"""The parts of an archive by their folded names."""


def inspect(data: bytes, limits: Limits) -> Inspection:
    """What the file is, inspected as far as its format allows.

    :raises FileRefused: it is not a table, encrypted, damaged, out of bounds or malicious.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _inspect_archive(data, limits)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return inspect_compound(data, limits)
    if _OLD.match(data):
        raise FileRefused("file-old-workbook")
    if not data:
        raise FileRefused("file-empty")
    for code, signatures in (("file-not-a-table", _SIGNATURES), ("file-packed", _PACKED)):
        for signature, name in signatures.items():
            if data.startswith(signature):
                raise FileRefused(code, detail=name)
    return Inspection(_form_of_text(data))


def _form_of_text(data: bytes) -> Form:
    head = data[:HEAD]
    if head[:2] in UTF_16:
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not _TAGGED.match(head):
        return Form.TEXT
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<?xml" in head[:200]:
        return Form.SPREADSHEETML
    if b"opendocument" in head and b"<office:document" in head:
        raise FileRefused("file-not-a-table", detail="FODS")
    if _HTML.search(head):
        return Form.HTML
    if head.lstrip().startswith(b"<?xml"):
        raise FileRefused("file-not-a-table", detail="XML")
    return Form.TEXT


# -- archives ------------------------------------------------------------------------------------

_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What zipfile and its decompressors raise for archives that are not whole."""


def _inspect_archive(data: bytes, limits: Limits) -> Inspection:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _inspect_parts(Archive(file, limits))
    except _BROKEN_ARCHIVE as error:
        raise FileRefused("file-damaged", detail=str(error)) from None


def _inspect_parts(archive: "Archive") -> Inspection:
    main = archive.main_part()
    if archive.has_part_like("workbook.xml") or re.fullmatch(r"xl/workbook[^/]*\.xml", main):
        return _Ooxml(archive).inspect()
    if archive.has_part_like("workbook.bin"):
        return _inspect_xlsb(archive)
    if "content.xml" in archive.parts:
        return _inspect_ods(archive)
    if letter := archive.parts.get("word/document.xml"):
        archive.refuse_entities("word/document.xml")
        return Inspection(Form.WORD, repaired=archive.file.read(letter))
    for folder, name in (
        ("word/", "DOCX"),
        ("ppt/", "PPTX"),
        ("visio/", "VSDX"),
        ("index/", "NUMBERS"),
    ):
        if any(part.startswith(folder) for part in archive.parts):
            raise FileRefused("file-not-a-table", detail=name)
    raise FileRefused("file-not-a-table", detail="ZIP")


class Archive:
    """A ZIP archive within its bounds: its parts by folded name, since writers differ in case and
    in the slash between folders.

    :raises FileRefused: it would unpack to too much, is encrypted, or has a part twice.
    """

    def __init__(self, file: zipfile.ZipFile, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self._check_bounds(file.infolist())
        self.parts: Parts = {}
        for part in file.infolist():
            name = _folded(part.filename)
            if name in self.parts:
                raise FileRefused("file-part-twice", part=name)
            self.parts[name] = part

    def _check_bounds(self, parts: list[zipfile.ZipInfo]) -> None:
        """Refuse what would unpack to too much: readers never read beyond the declared sizes."""
        self.limits.check("parts", len(parts))
        total, most = sum(part.file_size for part in parts), self.limits.unpacked_megabytes
        if total > most * MEGABYTE:
            detail = f"{total // MEGABYTE} > {most} MB"
            raise FileRefused("file-too-large", bytes=total, detail=detail)
        for part in parts:
            if part.flag_bits & 1:
                raise FileRefused("file-encrypted")
            ratio = part.file_size // max(part.compress_size, 1)
            if part.file_size > RATIO_FROM and ratio > self.limits.ratio:
                detail = f"{ratio} > {self.limits.ratio}"
                raise FileRefused("file-too-large", bytes=total, detail=detail)

    def has_part_like(self, ending: str) -> bool:
        """Whether the name of a part ends so."""
        return any(name.endswith(ending) for name in self.parts)

    def workbook(self, ending: str) -> tuple[str, str, str]:
        """The part that lists the sheets, its folder, and the part with its relations."""
        name = self.main_part()
        if not name.endswith(ending.rpartition(".")[2]):
            name = min((name for name in self.parts if name.endswith(ending)), key=len)
        folder, _, file = name.rpartition("/")
        return name, folder, f"{folder}/_rels/{file}.rels".lstrip("/")

    def main_part(self) -> str:
        """The part that the archive says is the document; none where it does not say so."""
        for _, element in self.elements("_rels/.rels"):
            if element.get("Type", "").endswith("/officeDocument"):
                name = _folded(element.get("Target", ""))
                return name if name in self.parts else ""
        return ""

    def pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """A part as it is unpacked, so that it is never held whole."""
        with self.file.open(part) as stream:
            yield from iter(lambda: stream.read(1 << 20), b"")

    def with_part(self, part: zipfile.ZipInfo, content: bytes) -> bytes:
        """The archive with other content of that part."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            for other in self.file.infolist():
                file.writestr(other, content if other is part else self.file.read(other))
        return stream.getvalue()

    def beginning(self, name: str, size: int) -> bytes:
        """The first bytes of a part; none where it is not there."""
        if name not in self.parts:
            return b""
        with self.file.open(self.parts[name]) as stream:
            return stream.read(size)

    def small_part(self, part: zipfile.ZipInfo) -> bytes:
        """A part that lists others, whole.

        :raises FileRefused: it is far larger than any such list.
        """
        if part.file_size > SMALL_PART:
            raise FileRefused("file-too-large", bytes=part.file_size, detail=part.filename)
        return self.file.read(part)

    def elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        """The elements of a part that lists others, with their attributes; none without the
        part."""
        part = self.parts.get(name)
        elements: list[tuple[str, dict[str, str]]] = []
        if part is not None:
            parse(self.small_part(part), part.filename, lambda *found: elements.append(found))
        return elements

    def refuse_entities(self, name: str) -> None:
        """Look for entities at the beginning of a part.

        :raises FileRefused: it makes some.
        """
        no_entities(self.beginning(name, HEAD), self.parts[name].filename)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _resolved(folder: str, target: str) -> str:
    """The name of a part that a relation names from its folder: ``./sheet1.xml``, ``../a.xml``."""
    return posixpath.normpath(f"{folder}/{target}").lstrip("/")


def _inspect_ods(archive: Archive) -> Inspection:
    if b"encryption-data" in archive.beginning("meta-inf/manifest.xml", SMALL_PART):
        raise FileRefused("file-encrypted")
    kind = archive.beginning("mimetype", 200).decode("ascii", "replace").strip()
    if kind.startswith("application/") and "spreadsheet" not in kind:
        raise FileRefused("file-not-a-table", detail=kind.rpartition(".")[2].upper())
    content = archive.parts["content.xml"]
    archive.refuse_entities("content.xml")
    inspection = Inspection(Form.OTHER_WORKBOOK)
    if is_worth_parsing(archive.pieces(content)):
        pieces = archive.pieces(content)
        inspection.sheets = annotate_ods(pieces, content.filename, archive.limits)
    if is_to_be_repaired(archive.pieces(content)):
        inspection.repaired = archive.with_part(content, repaired(archive.file.read(content)))
    return inspection


def _inspect_xlsb(archive: Archive) -> Inspection:
    """What hides in each sheet of a binary workbook; what is broken is left to calamine to
    refuse."""
    inspection = Inspection(Form.OTHER_WORKBOOK)
    if archive.has_part_like("vbaproject.bin"):
        inspection.traits.append("macros")
    workbook, folder, relations = archive.workbook("workbook.bin")
    targets = {
        element.get("Id", ""): _folded(element.get("Target", ""))
        for _, element in archive.elements(relations)
    }
    styles = next((name for name in archive.parts if name.endswith("/styles.bin")), None)
    shown = xlsb_styles(archive.file.read(archive.parts[styles])) if styles else {}
    for name, relation in sheets_of_xlsb(archive.small_part(archive.parts[workbook])):
        target = targets.get(relation, "")
        part = archive.parts.get(target) or archive.parts.get(f"{folder}/{target}")
        if part is not None:
            inspection.sheets[name] = annotate_xlsb(archive.file.read(part), archive.limits, shown)
    return inspection


_STRINGS = "xl/sharedstrings.xml"
_STATES = {"hidden": "hidden", "veryHidden": "very hidden"}


def read_carefully(
    data: bytes, limits: Limits
) -> Iterator[tuple[str, str, SheetAnnotations, list[list[Any]]]]:
    """Each sheet of a workbook of the Office Open XML family, read with care.

    :raises FileRefused: one is not well-formed, or has a cell twice or too far.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            yield from _Ooxml(Archive(file, limits)).careful_sheets()
    except _BROKEN_ARCHIVE as error:
        raise FileRefused("file-damaged", detail=str(error)) from None


class _Ooxml:
    """A workbook of the Office Open XML family, by its parts."""

    def __init__(self, archive: Archive) -> None:
        self.archive, self.parts, self.limits = archive, archive.parts, archive.limits
        self.related: set[str] = set()
        self._references: References | None = None
        self.states: dict[str, str] = {}
        self._shown: dict[int, Shown] | None = None

    def inspect(self) -> Inspection:
        """Look at every part that calamine will parse, and into each sheet."""
        inspection = Inspection(Form.OOXML)
        if self.archive.has_part_like("vbaproject.bin"):
            inspection.traits.append("macros")
        if any("externallinks/" in name for name in self.parts):
            inspection.traits.append("external-links")
        for name in self.parts:
            # Sheets are looked at below, in the same pass that unpacks them.
            if name.endswith((".xml", ".rels")) and "/worksheets/sheet" not in name:
                self.archive.refuse_entities(name)
        inspection.is_odd = self.archive.beginning(_STRINGS, 2) in UTF_16
        sheets, is_1904 = self._sheets()
        if is_1904 and sheets:
            inspection.traits.append("dates-from-1904")
        for name, target in sheets:
            if target not in self.parts:
                continue
            # It is unknown which of two sheets with the same name is meant, so neither is read
            # here.
            is_second = name in inspection.sheets
            fast_sheet = None if is_1904 or is_second else self._fast_sheet(target)
            inspection.fast_sheets.pop(name, None)
            if fast_sheet:
                inspection.fast_sheets[name] = fast_sheet
                inspection.sheets[name] = SheetAnnotations()
            else:
                inspection.is_odd |= is_odd(self.archive.pieces(self.parts[target]))
                if not inspection.is_odd:
                    inspection.sheets[name] = self._annotations(name, self.parts[target])
        return inspection

    def careful_sheets(self) -> Iterator[tuple[str, str, SheetAnnotations, list[list[Any]]]]:
        """Each sheet read with care: its name, whether it is seen, its notes and its rows.

        :raises FileRefused: one is not well-formed, or has a cell twice or too far.
        """
        sheets, is_1904 = self._sheets()
        texts: list[str] = []
        if strings := self.parts.get(_STRINGS):
            texts = shared_texts(self.archive.pieces(strings), strings.filename)
        styles = self.parts.get("xl/styles.xml")
        formats = formats_of(self.archive.file.read(styles)) if styles else ([], {})
        for name, target in sheets:
            if "chartsheets/" in target or "macrosheets/" in target or "dialogsheets/" in target:
                continue
            sheet = CarefulSheet(name, texts, formats, self.shown(), self.limits, is_1904=is_1904)
            if part := self.parts.get(target):
                sheet.read(self.archive.pieces(part), part.filename)
            yield name, self.states.get(name, "visible"), sheet.annotations, sheet.rows

    def _sheets(self) -> tuple[list[tuple[str, str]], bool]:
        """Each sheet's name and part, and whether the workbook counts its days from 1904."""
        workbook, folder, relations = self.archive.workbook("workbook.xml")
        targets = {
            element.get("Id"): _folded(element.get("Target", ""))
            for _, element in self.archive.elements(relations)
        }
        self.related = {f"xl/{target.removeprefix('xl/')}" for target in targets.values()}
        elements = self.archive.elements(workbook)
        is_1904 = any(
            local == "workbookPr" and attributes.get("date1904") in ("1", "true")
            for local, attributes in elements
        )
        listed = [attributes for local, attributes in elements if local == "sheet"]
        self.limits.check("sheets", len(listed))
        sheets = []
        for attributes in listed:
            target = targets.get(attributes.get("id")) or ""
            part = target if target in self.parts else _resolved(folder, target)
            name = attributes.get("name", "")
            self.states[name] = _STATES.get(attributes.get("state", ""), "visible")
            sheets.append((name, part))
        return sheets, is_1904

    def _annotations(self, name: str, part: zipfile.ZipInfo) -> SheetAnnotations:
        unpack = partial(self.archive.pieces, part)
        return annotate_xlsx(unpack, name, part.filename, self.limits, self.shown())

    def _fast_sheet(self, target: str) -> FastSheet | None:
        if not target.startswith("xl/worksheets/"):
            return None  # an odd place, which another reader may resolve differently
        pieces = self.archive.pieces(self.parts[target])
        return read_fast(pieces, self.references, self.limits)

    def references(self) -> References:
        """What the cells refer to, read when the first of them does."""
        if self._references is None:
            texts = self._related(_STRINGS)
            self._references = references_of(texts, self._related("xl/styles.xml"))
        return self._references

    def shown(self) -> dict[int, Shown]:
        """The styles whose cells do not show all of their value."""
        if self._shown is None:
            styles = self._related("xl/styles.xml")
            numbers, codes = formats_of(styles) if styles else ([], {})
            shown = {style: shown_by_format(number, codes) for style, number in enumerate(numbers)}
            self._shown = {style: how for style, how in shown.items() if how is not None}
        return self._shown

    def _related(self, name: str) -> bytes:
        part = self.parts.get(name) if name in self.related else None
        return self.archive.file.read(part) if part else b""
