"""A look over a stranger's file before it is read: what it is, its bounds, what hides in it.

This runs in the child process for every import. It unpacks each sheet once and asks it a handful
of compiled patterns, so that it costs a small part of reading; nothing here is done cell by cell
unless a cell is an error, a formula without its value, or hidden.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from leaguectl.sheets.binary import look_into_xlsb, sheets_of_xlsb
from leaguectl.sheets.compound import look_over_compound
from leaguectl.sheets.limits import MEGABYTE, Limits
from leaguectl.sheets.opendocument import is_worth_parsing, look_into_ods
from leaguectl.sheets.seen import (
    Form,
    Overlook,
    Refused,
    Seen,
    letters,
    parse,
)

RATIO_FROM = 5 << 20
"""Below this many bytes no ratio matters: an empty template packs very well."""

SMALL_PART = 8 << 20
"""Bytes of a part that is parsed whole (the list of sheets); 200 sheets need 40 KB."""

HEAD = 1 << 16
"""Bytes before the first element in which a document type can stand."""


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


def look_over(data: bytes, limits: Limits) -> Overlook:
    """What the file is, looked over as far as its form allows.

    :raises Refused: it is no table, encrypted, damaged, out of bounds or made to hurt.
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _look_over_archive(data, limits)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        return look_over_compound(data, limits)
    if _OLD.match(data):
        raise Refused("file-old-workbook")
    for mark, name in _NO_TABLES:
        if data.startswith(mark):
            raise Refused("file-not-a-table", detail=name)
    return Overlook(_form_of_text(data))


def _form_of_text(data: bytes) -> Form:
    head = data[:HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if not _TAGGED.match(head):
        return Form.TEXT
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<?xml" in head[:200]:
        return Form.SPREADSHEETML
    if _HTML.search(head):
        return Form.HTML
    if head.lstrip().startswith(b"<?xml"):
        raise Refused("file-not-a-table", detail="XML")
    return Form.TEXT


# -- archives ------------------------------------------------------------------------------------


_BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError,
    ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What the standard library raises on an archive that is not whole."""


def _look_over_archive(data: bytes, limits: Limits) -> Overlook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _look_over_parts(archive, limits)
    except _BROKEN_ARCHIVE as error:
        raise Refused("file-damaged", detail=str(error)) from None


def _look_over_parts(archive: zipfile.ZipFile, limits: Limits) -> Overlook:
    parts = archive.infolist()
    _check_bounds(parts, limits)
    by_name = {_folded(part.filename): part for part in parts}
    if len(by_name) != len(parts):
        names = [_folded(part.filename) for part in parts]
        raise Refused("file-part-twice", part=next(one for one in names if names.count(one) > 1))
    if any(name.endswith("workbook.xml") for name in by_name):
        return _Ooxml(archive, by_name, limits).look_over()
    if any(name.endswith("workbook.bin") for name in by_name):
        traits = ["macros"] if any(name.endswith("vbaproject.bin") for name in by_name) else []
        return Overlook(Form.OTHER_WORKBOOK, _look_into_xlsb(archive, by_name, limits), traits)
    if "content.xml" in by_name:
        return _look_over_ods(archive, by_name, limits)
    for folder, name in (("word/", "DOCX"), ("ppt/", "PPTX"), ("visio/", "VSDX")):
        if any(one.startswith(folder) for one in by_name):
            raise Refused("file-not-a-table", detail=name)
    raise Refused("file-not-a-table", detail="ZIP")


def _check_bounds(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse an archive that would unpack to too much; the sizes it declares bind its readers."""
    if len(parts) > limits.parts:
        raise Refused("file-too-large", parts=len(parts), detail=f"{len(parts)} > {limits.parts}")
    total = sum(part.file_size for part in parts)
    if total > (most := limits.unpacked_megabytes) * MEGABYTE:
        raise Refused("file-too-large", bytes=total, detail=f"{total // MEGABYTE} > {most} MB")
    for part in parts:
        if part.flag_bits & 1:
            raise Refused("file-encrypted")
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > RATIO_FROM and ratio > limits.ratio:
            raise Refused("file-too-large", bytes=total, detail=f"{ratio} > {limits.ratio}")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _look_over_ods(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
) -> Overlook:
    if manifest := parts.get("meta-inf/manifest.xml"):
        with archive.open(manifest) as stream:
            if b"encryption-data" in stream.read(SMALL_PART):
                raise Refused("file-encrypted")
    if mimetype := parts.get("mimetype"):
        with archive.open(mimetype) as stream:
            kind = stream.read(200).decode("ascii", "replace").strip()
        if kind.startswith("application/") and "spreadsheet" not in kind:
            raise Refused("file-not-a-table", detail=kind.rpartition(".")[2].upper())
    content = parts["content.xml"]
    _head(archive, content)
    found = Overlook(Form.OTHER_WORKBOOK)
    if is_worth_parsing(_pieces(archive, content)):
        found.sheets.update(look_into_ods(_pieces(archive, content), content.filename, limits))
    return found


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part as it is unpacked, so that it is never held whole."""
    with archive.open(part) as stream:
        yield from iter(lambda: stream.read(1 << 20), b"")


def _look_into_xlsb(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
) -> dict[str | int, Seen]:
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
    seen: dict[str | int, Seen] = {}
    for name, relation in sheets_of_xlsb(_small(archive, parts[workbook])):
        target = _folded(targets.get(relation, ""))
        part = parts.get(target) or parts.get(f"{folder}/{target}")
        if part is not None:
            seen[name] = look_into_xlsb(archive.read(part), limits)
    return seen


def _small(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part that lists others, whole.

    :raises Refused: it is far larger than any such list.
    """
    if part.file_size > SMALL_PART:
        raise Refused("file-too-large", bytes=part.file_size, detail=part.filename)
    return archive.read(part)


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        _no_entities(stream.read(HEAD), part.filename)


def _no_entities(head: bytes, part: str) -> None:
    """A document type is where entities are made, and no workbook has one."""
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Refused("file-with-entities", part=part)


class _Ooxml:
    """A workbook of the Office Open XML family, by its parts."""

    def __init__(
        self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], limits: Limits
    ) -> None:
        self.archive, self.parts, self.limits = archive, parts, limits

    def look_over(self) -> Overlook:
        """Look at every part that a reader will parse, and into each sheet."""
        found = Overlook(Form.OOXML)
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
                found.sheets[name] = self._sheet(name, self.parts[target])
        return found

    def _sheets(self) -> Iterator[tuple[str, str, bool]]:
        """Each sheet's name and part, and whether its dates count from 1904."""
        workbook = min((one for one in self.parts if one.endswith("workbook.xml")), key=len)
        folder, _, file = workbook.rpartition("/")
        targets = {
            attributes.get("Id"): attributes.get("Target", "")
            for _, attributes in self._elements(f"{folder}/_rels/{file}.rels".lstrip("/"))
        }
        is_1904, number = False, 0
        for local, attributes in self._elements(workbook):
            if local == "workbookPr":
                is_1904 = attributes.get("date1904") in ("1", "true")
            if local != "sheet":
                continue
            number += 1
            if number > self.limits.sheets:
                raise Refused("file-too-large", sheets=number, detail=f"> {self.limits.sheets}")
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

    def _sheet(self, name: str, part: zipfile.ZipInfo) -> Seen:
        data = self.archive.read(part)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = data.decode("utf-16", "replace").encode()
        _no_entities(data[:HEAD], part.filename)
        root = _ROOT.search(data, 0, HEAD)
        return _look_into(data, name, root[1] or b"", self.limits) if root else Seen()


# -- sheets --------------------------------------------------------------------------------------

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet\b")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


class _Patterns(NamedTuple):
    far_at_all: re.Pattern[bytes]
    far: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    hidden_row: re.Pattern[bytes]
    hidden_column: re.Pattern[bytes]


def _beyond(bound: str, first: str, last: str) -> str:
    """A pattern for what comes after ``bound`` in the order of column names, or of numbers: longer
    ones, and those of its length that are greater."""
    greater = [
        bound[:at] + (f"[{chr(ord(one) + 1)}-{last}]" if one < last else "(?!)")
        + f"[{first}-{last}]" * (len(bound) - at - 1)
        for at, one in enumerate(bound)
    ]  # fmt: skip
    return f"(?:[{first}-{last}]{{{len(bound) + 1},}}|{'|'.join(greater)})"


@cache
def _patterns(prefix: bytes, limits: Limits) -> _Patterns:
    """What is looked for, in sheets whose elements have that prefix (``x:`` or none).

    Each begins with a literal text, so that the search runs at the speed of memory, and takes
    what it passed for good (``*+``), so that no sheet can make it slow.
    """
    p = re.escape(prefix)
    column = _beyond(letters(limits.last_column - 1), "A", "Z")
    row = _beyond(str(limits.last_row), "0", "9")
    far = rf"(?:{column}[0-9]+|[A-Z]+{row}(?![0-9]))".encode()
    cell = rb"<" + p + rb"c\b"
    hidden = rb"\b(?=[^>]*?\shidden\s*=\s*[\"'](?:1|true)[\"'])([^>]*+)>"
    return _Patterns(
        far_at_all=re.compile(rb" r=[\"']" + far),
        far=re.compile(
            cell + rb"(?=[^>]*?\sr=[\"'](" + far + rb"))[^>]*+(?<!/)>\s*+"
            rb"<" + p + rb"(?:is\b|[vf]\b[^>]*+(?<!/)>(?!\s*<))"
        ),
        error=re.compile(
            cell + rb"(?=[^>]*?\st\s*=\s*[\"']e[\"'])([^>]*+)>"
            rb"(?:\s*+<" + p + rb"f\b[^>]*+(?:(?<=/)>|>[^<]*+</" + p + rb"f>))?+"
            rb"\s*+(?:<" + p + rb"v\b[^>]*+>([^<]*+))?"
        ),
        formula=re.compile(
            cell + rb"([^>]*+)>\s*+<" + p + rb"f\b[^>]*+(?:(?<=/)>|>[^<]*+</" + p + rb"f>)\s*+"
            rb"(<" + p + rb"v\s*/>|<" + p + rb"v>\s*+</" + p + rb"v>)?+\s*+</" + p + rb"c>"
        ),
        hidden_row=re.compile(rb"<" + p + rb"row" + hidden),
        hidden_column=re.compile(rb"<" + p + rb"col" + hidden),
    )  # fmt: skip


def _look_into(data: bytes, sheet: str, prefix: bytes, limits: Limits) -> Seen:
    """Look for far cells, errors, formulas without a value, and what is hidden.

    Every question is first put as a plain search, which most sheets answer with no.
    """
    look, seen = _patterns(prefix, limits), Seen()
    if look.far_at_all.search(data) and (far := look.far.search(data)):
        raise Refused("file-far-cell", sheet=sheet, cell=far[1].decode())
    if b't="e"' in data or b"t='e'" in data:
        for match in look.error.finditer(data):
            error = (match[2] or b"").decode("utf-8", "replace").strip()
            seen.errors[_name(data, match, prefix)] = error or "#"
    if b"<" + prefix + b"f" in data:
        for match in look.formula.finditer(data):
            kind = dict(_ATTRIBUTE.findall(match[1])).get(b"t")
            # A text that is empty is a value, and what is an error is told as one.
            if not (kind == b"str" and match[2]) and kind != b"e":
                seen.uncached.append(_name(data, match, prefix))
    if b"hidden" in data:
        _note_hidden(data, look, seen, limits)
    return seen


def _note_hidden(data: bytes, look: _Patterns, seen: Seen, limits: Limits) -> None:
    for match in look.hidden_row.finditer(data):
        row = int(dict(_ATTRIBUTE.findall(match[1])).get(b"r", b"0"))
        if 0 < row <= limits.last_row:
            seen.hidden_rows.append(row)
    for match in look.hidden_column.finditer(data):
        said = dict(_ATTRIBUTE.findall(match[1]))
        first, last = (int(said.get(key, b"0")) for key in (b"min", b"max"))
        seen.hidden_columns += range(max(first - 1, 0), min(last, limits.last_column))


def _name(data: bytes, match: re.Match[bytes], prefix: bytes) -> str:
    """The name of a cell; where it has none of its own, it is the next of its row."""
    given: bytes = dict(_ATTRIBUTE.findall(match[1])).get(b"r", b"")
    if given:
        return given.decode("ascii", "replace").replace("$", "").upper()
    row_tag, cell_tag = b"<" + prefix + b"row", b"<" + prefix + b"c"
    start = data.rfind(row_tag, 0, match.start())
    own = re.match(rb"[^>]*?\sr=[\"']([0-9]+)", data[start : match.start()])
    row = int(own[1]) if own else len(re.findall(row_tag + rb"\b", data[: match.start()]))
    before = re.findall(cell_tag + rb"\b", data[start : match.start()])
    return f"{letters(len(before))}{row}"
