"""XML of strangers: parsed without entities, and never deeper than a table needs."""

from collections.abc import Callable, Iterable
from functools import cache
from xml.parsers import expat

from leaguectl.reader.sheets import FileRefused

DEPTH = 256
"""How deep elements may lie in each other; a table needs fewer than 20."""

HEAD = 1 << 16
"""Bytes before the first element in which a document type can stand."""

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""The byte order marks of UTF-16."""


def no_entities(head: bytes, part: str) -> None:
    """Refuse a part with a document type, which is where entities are made; no workbook has one.

    :raises FileRefused: there is one.
    """
    if has_entities(head):
        raise FileRefused("file-with-entities", part=part)


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
    """Parse UTF-8 or self-describing XML, whole or in pieces, into calls with local names.

    :raises FileRefused: it makes entities, lies too deep, or is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    local = cache(lambda name: name.rpartition(" ")[2])  # a sheet has few names, each many times
    depth = 0

    def start_element(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise FileRefused("file-damaged", detail=part)
        start(local(name), {local(key): value for key, value in attributes.items()})

    def end_element(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(local(name))

    def refuse_declaration(*_: object) -> None:
        raise FileRefused("file-with-entities", part=part)

    parser.StartElementHandler, parser.EndElementHandler = start_element, end_element
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse_declaration
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    try:
        for piece in (data,) if isinstance(data, bytes) else data:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused("file-damaged", detail=f"{part}: {error}") from None
