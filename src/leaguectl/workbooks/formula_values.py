"""What formulas had come to, kept through a library that writes formulas alone.

Without it, whoever reads the workbook before a spreadsheet program has calculated it anew (a phone,
another program, import) finds nothing in those cells.
"""

import io
import re
import zipfile
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from openpyxl import Workbook

Known = list[tuple[Any, Any]]
"""Cells that hold a formula, each with the value that it had."""

_FORMULA = re.compile(
    r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^>]*?(?:/>|>[^<]*</f>))<v ?(?:/>|></v>)</c>'
)

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def values_of_formulas(book: "Workbook", data: bytes) -> Known:
    """What the formulas of a workbook had come to, in the file it was opened from."""
    import openpyxl

    formulas: list[Any] = [
        cell for sheet in book.worksheets for cell in sheet._cells.values() if cell.data_type == "f"
    ]
    if not formulas:
        return []
    seen = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [
        (cell, seen[cell.parent.title]._cells[cell.row, cell.column].value) for cell in formulas
    ]


def with_values(data: bytes, known: Known) -> bytes:
    """The workbook as it was written, with those values beside their formulas; a cell that was
    left out has none."""
    parts: dict[str, dict[str, Any]] = {}
    for cell, value in known:
        if value is not None and cell.parent._cells.get((cell.row, cell.column)) is cell:
            parts.setdefault(cell.parent.path.lstrip("/"), {})[cell.coordinate] = value
    if not parts:
        return data
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            text = before.read(part)
            if part.filename in parts:
                text = _filled(text.decode(), parts[part.filename]).encode()
            after.writestr(part, text)
    return stream.getvalue()


def _filled(sheet: str, values: dict[str, Any]) -> str:
    def fill(found: re.Match[str]) -> str:
        place, looks, formula = found.groups()
        if place not in values:
            return found[0]
        kind, text = _written(values[place])
        return f'<c r="{place}"{looks}{kind}>{formula}<v>{text}</v></c>'

    return _FORMULA.sub(fill, sheet)


def _written(value: Any) -> tuple[str, str]:
    """A value as a sheet holds it: the mark of its type, and its text."""
    from openpyxl.utils.datetime import to_excel

    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, (date, time, timedelta)):
        return "", str(to_excel(value))  # type: ignore[no-untyped-call]
    if isinstance(value, (int, float)):
        return "", repr(value)
    text = str(value)
    return (' t="e"' if text in _ERRORS else ' t="str"'), escape(text)
