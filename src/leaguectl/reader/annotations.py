"""What the child process notes of a file beside its values, and how it refuses one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

if TYPE_CHECKING:
    from leaguectl.reader.fast_sheet import Ordinary

DEPTH = 256
"""How deep elements may lie in each other; a table needs fewer than 20."""

HEAD = 1 << 16
"""Bytes before the first element in which a document type can stand."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""What marks a text as UTF-16."""

ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A",
}  # fmt: skip
"""What the code of an error shows, in the formats that hold it as a number."""


class Refused(Exception):
    """The file is not read: a code and the facts for its message."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Form(StrEnum):
    """What a file is by its content."""

    OOXML = "ooxml"
    OTHER_WORKBOOK = "workbook"
    """A compound file or a packed one that the reader knows: .xls, .et, .xlsb, .ods."""
    SPREADSHEETML = "xml"
    HTML = "html"
    TEXT = "text"


@dataclass(slots=True)
class Seen:
    """What was seen in one sheet beside its values; rows from 1, columns from 0."""

    errors: dict[str, str] = field(default_factory=dict)
    uncached: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    """Ranges from 0, where the reader of the values does not tell them."""


@dataclass(slots=True)
class Overlook:
    """What was seen in a workbook: its form, its sheets by name (in compound files by place, since
    old names have no certain encoding), what it carries along (``macros``, ``external-links``,
    ``dates-from-1904``), and by name those sheets that were read as they were looked at."""

    form: Form
    sheets: dict[str | int, Seen] = field(default_factory=dict)
    traits: list[str] = field(default_factory=list)
    read: dict[str, "Ordinary"] = field(default_factory=dict)


def letters(index: int) -> str:
    """The name of a column, counted from 0."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def no_entities(head: bytes, part: str) -> None:
    """Look for a document type, which is where entities are made; no workbook has one.

    :raises Refused: there is one.
    """
    if has_entities(head):
        raise Refused("file-with-entities", part=part)


def has_entities(head: bytes) -> bool:
    """Whether entities are made there."""
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def parse(
    data: bytes | Iterable[bytes],
    part: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Parse UTF-8 or self-describing XML, whole or in pieces, into calls with local names and
    without entities.

    :raises Refused: it makes entities, lies too deep, or is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    local = cache(_local)  # a sheet says the same few names over and over
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise Refused("file-damaged", detail=part)
        start(local(name), {local(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(local(name))

    def declared(*_: object) -> None:
        raise Refused("file-with-entities", part=part)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    try:
        for piece in (data,) if isinstance(data, bytes) else data:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Refused("file-damaged", detail=f"{part}: {error}") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
