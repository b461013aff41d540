"""What hides in a sheet of the Office Open XML family, and whether a cell lies too far to be read.

A sheet is searched, as it is unpacked, for a few signs that hardly any sheet has. Only one that has
them is held whole and searched by exact patterns. Nothing here is done cell by cell unless a cell
is an error, a formula without its value, or hidden: a county's sheet has a million cells.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from leaguectl.reader.limits import Limits
from leaguectl.reader.number_formats import Shown
from leaguectl.reader.sheets import FileRefused, SheetAnnotations, column_index, column_letters
from leaguectl.reader.xml_parser import HEAD, UTF_16, has_entities, no_entities

_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet\b")
_PLACE = re.compile(rb"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ATTRIBUTE = re.compile(rb"\s([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def annotate_xlsx(
    unpack: Callable[[], Iterator[bytes]],
    sheet: str,
    part: str,
    limits: Limits,
    shown: Mapping[int, Shown] = {},
) -> SheetAnnotations:
    """The annotations of a sheet that ``unpack`` gives in pieces, from its beginning each time.
    ``shown`` has the styles whose cells do not show all of their value.

    :raises FileRefused: a cell lies too far, or the part makes entities.
    """
    styled = _styled(b"", frozenset(shown)) if shown else None
    if _has_no_sign(unpack(), limits, styled):
        return SheetAnnotations()
    data = b"".join(unpack())
    if data[:2] in UTF_16:
        data = data.decode("utf-16", "replace").encode()
    no_entities(data[:HEAD], part)
    root = _ROOT.search(data, 0, HEAD)
    if root is None:
        return SheetAnnotations()
    annotations = _annotate(data, sheet, root[1] or b"", limits)
    if shown:
        _note_shown(data, root[1] or b"", shown, annotations)
    return annotations


# -- signs ---------------------------------------------------------------------------------------


@cache
def _far_sign(limits: Limits) -> re.Pattern[bytes]:
    """Finds the beginning of every cell name that may lie too far: ``r="SS`` for 512 columns.

    It ends after a few characters, however long the name is, and gives up most names at their
    second character.
    """
    column = _beyond(column_letters(limits.last_column - 1), "A", "Z")
    row = _beyond(str(limits.last_row), "0", "9")
    one_letter_is_near = limits.last_column >= 26
    second = rf"(?=[A-Z](?:[A-Z]|[0-9]{{{len(str(limits.last_row))}}}))" * one_letter_is_near
    return re.compile(rf"r=[\"']{second}(?:{column}|[A-Z]+{row}(?![0-9]))".encode())


_ERROR_SIGN = re.compile(rb't="e"')


def _has_error_sign(data: bytes) -> bool:
    return bool(_ERROR_SIGN.search(data)) or (b"'" in data and b"t='e'" in data)


# To search for one byte is ten times as fast as for two, and most of a sheet has no such letter.


def _has_formula_sign(data: bytes, prefix: bytes) -> bool:
    return b"f" in data and b"<" + prefix + b"f" in data


def _has_hidden_sign(data: bytes) -> bool:
    return b"h" in data and b"hidden" in data


_LONGEST_SIGN = 32
"""Bytes of the longest sign, without the prefix of its element."""


@cache
def _styled(prefix: bytes, styles: frozenset[int]) -> re.Pattern[bytes]:
    """Finds the styles, or with the prefix of its element every cell that has one of them."""
    numbers = "|".join(map(str, sorted(styles)))
    if not prefix:
        return re.compile(rf"\ss=[\"'](?:{numbers})[\"']".encode())
    return re.compile(
        rb"<" + re.escape(prefix) + rb"\b(?=[^>]*?\ss\s*=\s*[\"'](" + numbers.encode() + rb")[\"'])"
        rb"([^>]*+)(?<!/)>"
    )


def _note_shown(
    data: bytes, prefix: bytes, shown: Mapping[int, Shown], annotations: SheetAnnotations
) -> None:
    """Note the numbers that stand in cells which do not show all of them."""
    for match in _styled(prefix + b"c", frozenset(shown)).finditer(data):
        attributes = dict(_ATTRIBUTE.findall(match[2]))
        if attributes.get(b"t", b"n") in (b"n", b"d"):
            name = attributes.get(b"r") or _cell_name(data, match, prefix).encode()
            if place := _PLACE.fullmatch(name):
                row, column = int(place[2]) - 1, column_index(place[1].decode())
                annotations.shown[row, column] = shown[int(match[1])]


def _has_no_sign(pieces: Iterator[bytes], limits: Limits, styled: re.Pattern[bytes] | None) -> bool:
    """Whether a sheet surely has nothing to note. It is searched piece by piece, since to hold it
    whole costs more than to unpack it."""
    first = next(pieces, b"")
    root = _ROOT.search(first, 0, HEAD)
    if root is None or first[:2] in UTF_16 or has_entities(first[:HEAD]):
        return False
    prefix, far, end = root[1] or b"", _far_sign(limits), b""
    for piece in chain((first,), pieces):
        joined = end + piece  # a sign may lie across two pieces
        if (
            far.search(joined)
            or _has_error_sign(joined)
            or _has_formula_sign(joined, prefix)
            or _has_hidden_sign(joined)
            or (styled is not None and styled.search(joined))
        ):
            return False
        end = joined[-_LONGEST_SIGN - len(prefix) :]
    return True


def _beyond(bound: str, first: str, last: str) -> str:
    """A pattern for what comes after ``bound`` in the order of column names, or of numbers: longer
    ones, and those of its length that are greater.

    >>> _beyond("35", "0", "9")
    '(?:[0-9]{3,}|[4-9][0-9]|3[6-9])'
    """
    greater = []
    for index, sign in enumerate(bound):
        higher = f"[{chr(ord(sign) + 1)}-{last}]" if sign < last else "(?!)"
        rest = f"[{first}-{last}]" * (len(bound) - index - 1)
        greater.append(bound[:index] + higher + rest)
    return f"(?:[{first}-{last}]{{{len(bound) + 1},}}|{'|'.join(greater)})"


# -- exact patterns ------------------------------------------------------------------------------


class _Patterns(NamedTuple):
    far: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    hidden_row: re.Pattern[bytes]
    hidden_column: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes, limits: Limits) -> _Patterns:
    """The exact patterns for sheets whose elements have that prefix (``x:`` or none).

    Each begins with a literal text, so that the search runs at the speed of memory, and never goes
    back over what it passed (``*+``), so that no sheet can make it slow.
    """
    p = re.escape(prefix)
    column = _beyond(column_letters(limits.last_column - 1), "A", "Z")
    row = _beyond(str(limits.last_row), "0", "9")
    far_name = rf"(?:{column}[0-9]+|[A-Z]+{row}(?![0-9]))".encode()
    cell = rb"<" + p + rb"c\b"
    value = rb"<" + p + rb"v"
    # A formula: <f>SUM(A1)</f>, or <f .../> where it is shared with another cell.
    formula = rb"<" + p + rb"f\b[^>]*+(?:(?<=/)>|>[^<]*+</" + p + rb"f>)"
    no_value = value + rb"\s*/>|" + value + rb">\s*+</" + p + rb"v>"
    hidden = rb"\b(?=[^>]*?\shidden\s*=\s*[\"'](?:1|true)[\"'])([^>]*+)>"
    return _Patterns(
        # <c r="XFD1" …><v>1: a name beyond the bounds, with anything in the cell
        far=re.compile(
            cell + rb"(?=[^>]*?\sr=[\"'](" + far_name + rb"))[^>]*+(?<!/)>\s*+"
            rb"<" + p + rb"(?:is\b|[vf]\b[^>]*+(?<!/)>(?!\s*<))"
        ),
        # <c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>: the attributes and the text of the error
        error=re.compile(
            cell + rb"(?=[^>]*?\st\s*=\s*[\"']e[\"'])([^>]*+)>"
            rb"(?:\s*+" + formula + rb")?+\s*+(?:" + value + rb"\b[^>]*+>([^<]*+))?"
        ),
        # <c r="C3"><f>SUM(A1)</f></c>: the attributes, and the empty value if there is one
        formula=re.compile(
            cell + rb"([^>]*+)>\s*+" + formula + rb"\s*+(" + no_value + rb")?+\s*+</" + p + rb"c>"
        ),
        hidden_row=re.compile(rb"<" + p + rb"row" + hidden),
        hidden_column=re.compile(rb"<" + p + rb"col" + hidden),
    )


def _annotate(data: bytes, sheet: str, prefix: bytes, limits: Limits) -> SheetAnnotations:
    """Look for far cells, errors, formulas without a value, and what is hidden.

    Each exact pattern is tried only where its sign is found, which is not so in most sheets.
    """
    patterns, annotations = _patterns(prefix, limits), SheetAnnotations()
    if _far_sign(limits).search(data) and (far := patterns.far.search(data)):
        raise FileRefused("file-far-cell", sheet=sheet, cell=far[1].decode())
    if _has_error_sign(data):
        for match in patterns.error.finditer(data):
            error = (match[2] or b"").decode("utf-8", "replace").strip()
            annotations.errors[_cell_name(data, match, prefix)] = error or "#"
    if _has_formula_sign(data, prefix):
        for match in patterns.formula.finditer(data):
            kind = _attributes(match).get(b"t")
            # An empty text is a value, and an error is noted as an error.
            if not (kind == b"str" and match[2]) and kind != b"e":
                annotations.uncached.append(_cell_name(data, match, prefix))
    if _has_hidden_sign(data):
        rows = (int(_attributes(row).get(b"r", b"0")) for row in patterns.hidden_row.finditer(data))
        annotations.hidden_rows += (row for row in rows if 0 < row <= limits.last_row)
        for match in patterns.hidden_column.finditer(data):
            first, last = (int(_attributes(match).get(key, b"0")) for key in (b"min", b"max"))
            annotations.hidden_columns += range(max(first - 1, 0), min(last, limits.last_column))
    return annotations


def _attributes(match: re.Match[bytes]) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(match[1]))


def _cell_name(data: bytes, match: re.Match[bytes], prefix: bytes) -> str:
    """The name of a cell; where it has none of its own, it is the next of its row."""
    if name := _attributes(match).get(b"r"):
        return name.decode("ascii", "replace").replace("$", "").upper()
    row_tag, cell_tag = b"<" + prefix + b"row", b"<" + prefix + b"c"
    start = data.rfind(row_tag, 0, match.start())
    number = re.match(rb"[^>]*?\sr=[\"']([0-9]+)", data[start : match.start()])
    row = int(number[1]) if number else len(re.findall(row_tag + rb"\b", data[: match.start()]))
    before = re.findall(cell_tag + rb"\b", data[start : match.start()])
    return f"{column_letters(len(before))}{row}"
