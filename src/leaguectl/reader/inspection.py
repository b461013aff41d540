"""A look over a stranger's file before it is read: what it is, its bounds, what hides in it.

This runs in the child process for every import, so it costs a small part of reading.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial

from leaguectl.reader.binary import annotate_xlsb, sheets_of_xlsb
from leaguectl.reader.compound import inspect_compound
from leaguectl.reader.fast_sheet import Book, book_of, read_fast
from leaguectl.reader.limits import MEGABYTE, Limits
from leaguectl.reader.ods import annotate_ods, is_worth_parsing
from leaguectl.reader.sheets import FastSheet, FileRefused, Form, Inspection, SheetAnnotations
from leaguectl.reader.xlsx import annotate_xlsx
from leaguectl.reader.xml_parser import HEAD, UTF_16, no_entities, parse

RATIO_FROM = 5 << 20
"""Below this many bytes no ratio matters: an empty template packs very well."""

SMALL_PART = 8 << 20
"""Bytes of a part that is parsed whole (the list of sheets); 200 sheets need 40 KB."""


_NO_TABLES = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"), (b"7z\xbc\xaf\x27\x1c", "7Z"), (b"Rar!", "RAR"), (b"\x1f\x8b", "GZIP"),
    (b"RIFF", "RIFF"), (b"MIME-Version:", "MHTML"), (b"SQLite format 3", "SQLITE"),
    (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"), (b"\x7fELF", "ELF"),
)  # fmt: skip
_OLD = re.compile(rb"\x09(?:\x00\x04|\x02\x06|\x04\x06|\x08[\x08\x10])\x00", re.S)
"""A workbook of BIFF2 to BIFF4, or a later one without its compound file."""

_TAGGED = re.compile(rb"\s*<")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|div|center)\b", re.I)


def inspect(data: bytes, limits: Limits) -> Inspection:
    """What the file is, looked over as far as its form allows.

    :raises FileRefused: it is no table, encrypted, damaged, out of bounds or made to hurt.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _inspect_archive(data, limits)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return inspect_compound(data, limits)
    if _OLD.match(data):
        raise FileRefused("file-old-workbook")
    for mark, name in _NO_TABLES:
        if data.startswith(mark):
            raise FileRefused("file-not-a-table", detail=name)
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
    if _HTML.search(head):
        return Form.HTML
    if head.lstrip().startswith(b"<?xml"):
        raise FileRefused("file-not-a-table", detail="XML")
    return Form.TEXT


# -- archives ------------------------------------------------------------------------------------


_BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError,
    ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What the standard library raises on an archive that is not whole."""


def _inspect_archive(data: bytes, limits: Limits) -> Inspection:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _look_over_parts(archive, limits)
    except _BROKEN_ARCHIVE as error:
        raise FileRefused("file-damaged", detail=str(error)) from None


def _look_over_parts(archive: zipfile.ZipFile, limits: Limits) -> Inspection:
    parts = archive.infolist()
    _check_bounds(parts, limits)
    by_name = {_folded(part.filename): part for part in parts}
    if len(by_name) != len(parts):
        names = [_folded(part.filename) for part in parts]
        raise FileRefused(
            "file-part-twice", part=next(one for one in names if names.count(one) > 1)
        )
    if any(name.endswith("workbook.xml") for name in by_name):
        return _Ooxml(archive, by_name, limits).inspect()
    if any(name.endswith("workbook.bin") for name in by_name):
        traits = ["macros"] if any(name.endswith("vbaproject.bin") for name in by_name) else []
        return Inspection(Form.OTHER_WORKBOOK, _annotate_xlsb(archive, by_name, limits), traits)
    if "content.xml" in by_name:
        return _inspect_ods(archive, by_name, limits)
    for folder, name in (("word/", "DOCX"), ("ppt/", "PPTX"), ("visio/", "VSDX")):
        if any(one.startswith(folder) for one in by_name):
            raise FileRefused("file-not-a-table", detail=name)
    raise FileRefused("file-not-a-table", detail="ZIP")


def _check_bounds(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse an archive that would unpack to too much; the sizes it declares bind its readers."""
    if len(parts) > limits.parts:
        raise FileRefused(
            "file-too-large", parts=len(parts), detail=f"{len(parts)} > {limits.parts}"
        )
    total = sum(part.file_size for part in parts)
    if total > (most := limits.unpacked_megabytes) * MEGABYTE:
        raise FileRefused("file-too-large", bytes=total, detail=f"{total // MEGABYTE} > {most} MB")
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused("file-encrypted")
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > RATIO_FROM and ratio > limits.ratio:
            raise FileRefused("file-too-large", bytes=total, detail=f"{ratio} > {limits.ratio}")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _inspect_ods(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
) -> Inspection:
    if manifest := parts.get("meta-inf/manifest.xml"):
        with archive.open(manifest) as stream:
            if b"encryption-data" in stream.read(SMALL_PART):
                raise FileRefused("file-encrypted")
    if mimetype := parts.get("mimetype"):
        with archive.open(mimetype) as stream:
            kind = stream.read(200).decode("ascii", "replace").strip()
        if kind.startswith("application/") and "spreadsheet" not in kind:
            raise FileRefused("file-not-a-table", detail=kind.rpartition(".")[2].upper())
    content = parts["content.xml"]
    _head(archive, content)
    found = Inspection(Form.OTHER_WORKBOOK)
    if is_worth_parsing(_pieces(archive, content)):
        found.sheets.update(annotate_ods(_pieces(archive, content), content.filename, limits))
    return found


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part as it is unpacked, so that it is never held whole."""
    with archive.open(part) as stream:
        yield from iter(lambda: stream.read(1 << 20), b"")


def _annotate_xlsb(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
) -> dict[str | int, SheetAnnotations]:
    """What is seen in each sheet of a binary workbook; what cannot be told is left to the reader
    to refuse."""
    workbook = min((one for one in parts if one.endswith("workbook.bin")), key=len)
    folder, _, file = workbook.rpartition("/")
    targets: dict[str, str] = {}
    if relations := parts.get(f"{folder}/_rels/{file}.rels".lstrip("/")):
        parse(
            _small(archive, relations), relations.filename,
            lambda _, said: targets.update({said.get("Id", ""): said.get("Target", "")}),
        )  # fmt: skip
    seen: dict[str | int, SheetAnnotations] = {}
    for name, relation in sheets_of_xlsb(_small(archive, parts[workbook])):
        target = _folded(targets.get(relation, ""))
        part = parts.get(target) or parts.get(f"{folder}/{target}")
        if part is not None:
            seen[name] = annotate_xlsb(archive.read(part), limits)
    return seen


def _small(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part that lists others, whole.

    :raises FileRefused: it is far larger than any such list.
    """
    if part.file_size > SMALL_PART:
        raise FileRefused("file-too-large", bytes=part.file_size, detail=part.filename)
    return archive.read(part)


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        no_entities(stream.read(HEAD), part.filename)


class _Ooxml:
    """A workbook of the Office Open XML family, by its parts."""

    def __init__(
        self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
    ) -> None:
        self.archive, self.parts, self.limits = archive, parts, limits
        self.related: set[str] = set()
        self.book: Book | None = None

    def inspect(self) -> Inspection:
        """Look at every part that a reader will parse, and into each sheet."""
        found = Inspection(Form.OOXML)
        if any(name.endswith("vbaproject.bin") for name in self.parts):
            found.traits.append("macros")
        if any("externallinks/" in name for name in self.parts):
            found.traits.append("external-links")
        for name, part in self.parts.items():
            if name.endswith((".xml", ".rels")) and "/worksheets/sheet" not in name:
                _head(self.archive, part)
        for name, target, is_1904 in self._sheets():
            if is_1904 and "dates-from-1904" not in found.traits:
                found.traits.append("dates-from-1904")
            if target in self.parts:
                read = None if is_1904 or name in found.sheets else self._ordinary(target)
                found.sheets[name] = (
                    SheetAnnotations() if read else self._seen(name, self.parts[target])
                )
                found.fast_sheets.pop(
                    name, None
                )  # which of two sheets of one name is meant is not known
                if read:
                    found.fast_sheets[name] = read
        return found

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Each sheet's name and part, and whether its dates count from 1904."""
        workbook = min((one for one in self.parts if one.endswith("workbook.xml")), key=len)
        folder, _, file = workbook.rpartition("/")
        relations = self._elements(f"{folder}/_rels/{file}.rels".lstrip("/"))
        targets = {said.get("Id"): said.get("Target", "") for _, said in relations}
        self.related = {
            f"xl/{_folded(said.get('Target', '')).removeprefix('xl/')}" for _, said in relations
        }
        elements, number = self._elements(workbook), 0
        is_1904 = any(
            local == "workbookPr" and said.get("date1904") in ("1", "true")
            for local, said in elements
        )
        for local, attributes in elements:
            if local != "sheet":
                continue
            number += 1
            if number > self.limits.sheets:
                raise FileRefused("file-too-large", sheets=number, detail=f"> {self.limits.sheets}")
            target = _folded(targets.get(attributes.get("id")) or "")
            part = target if target in self.parts else f"{folder}/{target}"
            yield attributes.get("name", ""), part, is_1904

    def _elements(self, name: str) -> list[tuple[str, dict[str, str]]]:
        part = self.parts.get(name)
        if part is None:
            return []
        found: list[tuple[str, dict[str, str]]] = []
        parse(_small(self.archive, part), part.filename, lambda *element: found.append(element))
        return found

    def _seen(self, name: str, part: zipfile.ZipInfo) -> SheetAnnotations:
        return annotate_xlsx(partial(_pieces, self.archive, part), name, part.filename, self.limits)

    def _ordinary(self, target: str) -> FastSheet | None:
        if not target.startswith("xl/worksheets/"):
            return None  # an odd place, of which another reader may think otherwise
        pieces = _pieces(self.archive, self.parts[target])
        return read_fast(pieces, self._book, self.limits)

    def _book(self) -> Book:
        if self.book is None:
            names = ("xl/sharedstrings.xml", "xl/styles.xml")
            parts = (self.parts.get(name) if name in self.related else None for name in names)
            self.book = book_of(*(self.archive.read(part) if part else b"" for part in parts))
        return self.book
