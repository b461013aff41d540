"""What hides in a sheet of the Office Open XML family, and whether a cell lies too far to be read.

A sheet is asked, as it is unpacked, for a few signs that nearly none shows. Only one that does is
held whole and asked by exact patterns, and nothing here is done cell by cell unless a cell is an
error, a formula without its value, or hidden.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from leaguectl.reader.limits import Limits
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, column_letters
from leaguectl.reader.xml_parser import HEAD, UTF_16, has_entities, no_entities

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet\b")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def annotate_xlsx(
    unpack: Callable[[], Iterator[bytes]], sheet: str, part: str, limits: Limits
) -> SheetAnnotations:
    """What is seen in a sheet that ``unpack`` gives in pieces, from its beginning each time.

    :raises FileRefused: a cell lies too far, or the part makes entities.
    """
    if _shows_nothing(unpack(), limits):
        return SheetAnnotations()
    data = b"".join(unpack())
    if data[:2] in UTF_16:
        data = data.decode("utf-16", "replace").encode()
    no_entities(data[:HEAD], part)
    root = _ROOT.search(data, 0, HEAD)
    return _look_into(data, sheet, root[1] or b"", limits) if root else SheetAnnotations()


# -- signs ---------------------------------------------------------------------------------------


@cache
def _far_sign(limits: Limits) -> re.Pattern[bytes]:
    """What begins the name of every cell that may lie too far. It ends after a few characters,
    however long the name is; most names are passed by their second character."""
    column = _beyond(column_letters(limits.last_column - 1), "A", "Z")
    row = _beyond(str(limits.last_row), "0", "9")
    one_letter_is_near = limits.last_column >= 26
    second = rf"(?=[A-Z](?:[A-Z]|[0-9]{{{len(str(limits.last_row))}}}))" * one_letter_is_near
    return re.compile(rf"r=[\"']{second}(?:{column}|[A-Z]+{row}(?![0-9]))".encode())


_ERROR_SIGN = re.compile(rb't="e"')


def _shows_error(data: bytes) -> bool:
    return bool(_ERROR_SIGN.search(data)) or (b"'" in data and b"t='e'" in data)


# To search for one byte is ten times as fast as for two, and most of a sheet has no such letter.


def _shows_formula(data: bytes, prefix: bytes) -> bool:
    return b"f" in data and b"<" + prefix + b"f" in data


def _shows_hidden(data: bytes) -> bool:
    return b"h" in data and b"hidden" in data


_SIGN = 32
"""Bytes of the longest sign, beside the prefix of its element."""


def _shows_nothing(pieces: Iterator[bytes], limits: Limits) -> bool:
    """Whether a sheet surely has nothing to note, asked piece by piece: to hold it whole costs more
    than to unpack it."""
    first = next(pieces, b"")
    root = _ROOT.search(first, 0, HEAD)
    if root is None or first[:2] in UTF_16 or has_entities(first[:HEAD]):
        return False
    prefix, far, end = root[1] or b"", _far_sign(limits), b""
    for piece in chain((first,), pieces):
        both = end + piece
        if (
            far.search(both)
            or _shows_error(both)
            or _shows_formula(both, prefix)
            or _shows_hidden(both)
        ):
            return False
        end = both[-_SIGN - len(prefix) :]
    return True


def _beyond(bound: str, first: str, last: str) -> str:
    """A pattern for what comes after ``bound`` in the order of column names, or of numbers: longer
    ones, and those of its length that are greater."""
    greater = [
        bound[:at] + (f"[{chr(ord(one) + 1)}-{last}]" if one < last else "(?!)")
        + f"[{first}-{last}]" * (len(bound) - at - 1)
        for at, one in enumerate(bound)
    ]  # fmt: skip
    return f"(?:[{first}-{last}]{{{len(bound) + 1},}}|{'|'.join(greater)})"


# -- the exact look ------------------------------------------------------------------------------


class _Patterns(NamedTuple):
    far: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    hidden_row: re.Pattern[bytes]
    hidden_column: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes, limits: Limits) -> _Patterns:
    """What is looked for, in sheets whose elements have that prefix (``x:`` or none).

    Each begins with a literal text, so that the search runs at the speed of memory, and takes
    what it passed for good (``*+``), so that no sheet can make it slow.
    """
    p = re.escape(prefix)
    column = _beyond(column_letters(limits.last_column - 1), "A", "Z")
    row = _beyond(str(limits.last_row), "0", "9")
    far = rf"(?:{column}[0-9]+|[A-Z]+{row}(?![0-9]))".encode()
    cell = rb"<" + p + rb"c\b"
    hidden = rb"\b(?=[^>]*?\shidden\s*=\s*[\"'](?:1|true)[\"'])([^>]*+)>"
    return _Patterns(
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


def _look_into(data: bytes, sheet: str, prefix: bytes, limits: Limits) -> SheetAnnotations:
    """Look for far cells, errors, formulas without a value, and what is hidden.

    Every question is first put as a search for its sign, which most sheets do not show.
    """
    look, seen = _patterns(prefix, limits), SheetAnnotations()
    if _far_sign(limits).search(data) and (far := look.far.search(data)):
        raise FileRefused("file-far-cell", sheet=sheet, cell=far[1].decode())
    if _shows_error(data):
        for match in look.error.finditer(data):
            error = (match[2] or b"").decode("utf-8", "replace").strip()
            seen.errors[_name(data, match, prefix)] = error or "#"
    if _shows_formula(data, prefix):
        for match in look.formula.finditer(data):
            kind = dict(_ATTRIBUTE.findall(match[1])).get(b"t")
            # A text that is empty is a value, and what is an error is told as one.
            if not (kind == b"str" and match[2]) and kind != b"e":
                seen.uncached.append(_name(data, match, prefix))
    if _shows_hidden(data):
        _note_hidden(data, look, seen, limits)
    return seen


def _note_hidden(data: bytes, look: _Patterns, seen: SheetAnnotations, limits: Limits) -> None:
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
    return f"{column_letters(len(before))}{row}"
