"""From a row of a sheet to a typed line, or to all that is wrong with it."""

from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from leaguectl.findings import Finding, Level, Private, UsageError, Where
from leaguectl.kinds.cells import Day, day, id_of_15_digits
from leaguectl.kinds.columns import Typed, cell_type, is_blank, made, quickly
from leaguectl.kinds.lines import (
    CASE_STAGES,
    LINES,
    ActivityLine,
    AdmissionLine,
    AssessmentLine,
    CadreLine,
    CandidateLine,
    Line,
    MemberLine,
    MilestoneLine,
    OrganizationLine,
    QuotaLine,
    ReviewLine,
    SurveyLine,
    TaskLine,
    TrainingLine,
)
from leaguectl.kinds.lines.county import EVERYWHERE, category_named, is_one, title_of
from leaguectl.kinds.lines.unkept import UNKEPT
from leaguectl.model import is_private
from leaguectl.reader import CellError, NoValue
from leaguectl.workbooks.headings import Column, SheetKind
from leaguectl.workbooks.rows import Row

__all__ = [
    "CASE_STAGES", "EVERYWHERE", "KINDS", "LINES", "UNKEPT", "ActivityLine", "AdmissionLine",
    "AssessmentLine", "CadreLine", "CandidateLine", "Day", "Line", "MemberLine", "MilestoneLine",
    "OrganizationLine", "QuotaLine", "ReviewLine", "SurveyLine", "TaskLine", "TrainingLine",
    "Typed", "category_named", "is_blank", "is_one", "is_private", "kind", "made", "parse",
    "quickly", "title_of", "typed",
]  # fmt: skip


@cache
def kind(line: type[Line]) -> SheetKind:
    """A kind of sheet as the heading search wants it."""
    columns = []
    for field, info in line.model_fields.items():
        extra: Any = info.json_schema_extra
        columns.append(Column(field, tuple(extra["headings"]), info.is_required()))
    return SheetKind(
        line.kind,
        tuple(columns),
        line.requires_any,
        line.marker_headings,
        line.not_if_two_of,
        line.except_with,
    )


KINDS: dict[str, type[Line]] = {line.kind: line for line in LINES}


def parse(line: type[Line], row: Row) -> tuple[Line | None, list[Finding]]:
    """Type every cell of a row; the line, or every fault of it with its cell.

    Blank cells, and what people write for blank, are left out: they say nothing.
    """
    given = {field: value for field, value in row.cells.items() if not is_blank(field, value)}
    if any(isinstance(value, (CellError, NoValue)) for value in given.values()):
        return None, _unread(line, row, given)
    try:
        return line.model_validate(given), []
    except ValidationError as error:
        faults: list[Any] = error.errors(include_url=False)
    if any(fault["type"] == "id-15-digits" for fault in faults):
        return _with_old_number(line, row, given, faults)
    return None, [_finding(row, fault) for fault in faults]


def _with_old_number(
    line: type[Line], row: Row, given: dict[str, Any], faults: list[Any]
) -> tuple[Line | None, list[Finding]]:
    """The row with the number of 18 digits for an old one of 15, which is said; or why the century
    is not sure."""
    try:
        born_is_wrong = any(fault["loc"][0] == "born" for fault in faults)
        said = day(given["born"]) if "born" in given and not born_is_wrong else None
        number, sure = id_of_15_digits(given["id_number"], said)
    except PydanticCustomError as error:
        unsure = {"type": error.type, "ctx": error.context or {}}
        return None, [
            _finding(row, fault | unsure if fault["type"] == "id-15-digits" else fault)
            for fault in faults
        ]
    typed, found = parse(line, replace(row, cells={**row.cells, "id_number": number}))
    where = _masked(row.where("id_number"))
    facts = {"field": "id_number", "check": number[-1], sure: True}
    return typed, [Finding("id-extended", facts, Level.WARNING, where), *found]


def typed(line: type[Line], field: str, text: str) -> Any:
    """What one field of a line means, given by itself.

    :raises UsageError: it cannot mean anything.
    """
    try:
        return cell_type(line.model_fields[field])(text)
    except PydanticCustomError as error:
        raise UsageError(error.type, **{"field": field, **(error.context or {})}) from None


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


def _finding(row: Row, fault: dict[str, Any]) -> Finding:
    field = str(fault["loc"][0])
    code = "cell-missing" if fault["type"] == "missing" else fault["type"]
    where = _masked(row.where(field))
    return Finding(code, {"field": field, **fault.get("ctx", {})}, Level.ERROR, where)


def _masked(where: Where) -> Where:
    """The place of a cell, its value marked as personal where it is."""
    if is_private(where.field) and where.value is not None:
        return replace(where, value=Private(where.value))
    return where
