"""From a row of a sheet to a typed line, or to all that is wrong with it."""

from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import ValidationError

from leaguectl.findings import Finding, Level, Private, Where
from leaguectl.records.cells import Day
from leaguectl.records.lines import (
    LINES,
    AdmissionLine,
    Line,
    MemberLine,
    OrganizationLine,
    QuotaLine,
)
from leaguectl.sheets import CellError, NoValue, Row
from leaguectl.sheets.headings import Column, Kind

__all__ = [
    "KINDS", "LINES", "AdmissionLine", "Day", "Line", "MemberLine", "OrganizationLine",
    "QuotaLine", "is_private", "kind", "parse",
]  # fmt: skip

PRIVATE_FIELDS = frozenset({"id_number", "phone"})
"""Fields whose values are masked in every message."""

_BLANK = frozenset({"", "/", "-", "--", "—", "——", "无资料", "暂无", "n/a", "N/A"})
"""What people write into a cell that has nothing to say."""


def is_private(field: str | None) -> bool:
    """Whether the values of a field are personal and masked."""
    return field in PRIVATE_FIELDS


@cache
def kind(line: type[Line]) -> Kind:
    """A kind of sheet as the heading search wants it."""
    columns = []
    for field, info in line.model_fields.items():
        extra: Any = info.json_schema_extra
        columns.append(Column(field, tuple(extra["headings"]), info.is_required()))
    return Kind(line.kind, tuple(columns))


KINDS: dict[str, type[Line]] = {line.kind: line for line in LINES}


def parse(line: type[Line], row: Row) -> tuple[Line | None, list[Finding]]:
    """Type every cell of a row; the line, or every fault of it with its cell.

    Blank cells, and what people write for blank, are left out: they say nothing.
    """
    given = {field: value for field, value in row.cells.items() if not _is_blank(field, value)}
    if any(isinstance(value, (CellError, NoValue)) for value in given.values()):
        return None, _unread(line, row, given)
    try:
        return line.model_validate(given), []
    except ValidationError as error:
        return None, [
            _finding(row, fault)  # type: ignore[arg-type]
            for fault in error.errors(include_url=False)
        ]


def _unread(line: type[Line], row: Row, given: dict[str, Any]) -> list[Finding]:
    """The cells that show an error or were never calculated, and all that is wrong beside them."""
    found = []
    rest = dict(row.cells)
    for field, value in given.items():
        if isinstance(value, (CellError, NoValue)):
            code = "cell-error" if isinstance(value, CellError) else "cell-no-value"
            facts = {"field": field, "shown": str(value)}
            found.append(Finding(code, facts, Level.ERROR, row.where(field)))
            rest.pop(field)
    _, beside = parse(line, replace(row, cells=rest))
    told = {one.where.field for one in found if one.where}
    return found + [one for one in beside if one.where and one.where.field not in told]


def _is_blank(field: str, value: Any) -> bool:
    if not isinstance(value, str):
        return value is None
    bare = value.strip()
    return bare in _BLANK or (bare == "无" and field != "form")


def _finding(row: Row, fault: dict[str, Any]) -> Finding:
    field = str(fault["loc"][0])
    code = "cell-missing" if fault["type"] == "missing" else fault["type"]
    where = row.where(field)
    if is_private(field) and where.value is not None:
        where = Where(
            where.file,
            where.sheet,
            where.row,
            where.column,
            where.field,
            where.heading,
            Private(where.value),
        )
    return Finding(code, {"field": field, **fault.get("ctx", {})}, Level.ERROR, where)
