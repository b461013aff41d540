"""From the cells of a sheet to typed lines, or to all their faults.

Nearly all rows are right in every cell, so they are typed by column: a text that a column repeats
is typed once, and faults are not collected. Where a cell is wrong, the rows are typed singly, which
finds all faults. Both ways use the functions that a line declares for its cells, and make the same
lines (a test compares them).
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import Any, TypeVar, cast, get_args

from pydantic import BeforeValidator, ValidationError
from pydantic_core import PydanticCustomError

from leaguectl.findings import Finding, Level, Private, UsageError, Where
from leaguectl.kinds.cells import day, id_number, id_of_15_digits
from leaguectl.kinds.choices import Choice
from leaguectl.kinds.line import OF_TYPE, Line, declared
from leaguectl.model import ERASED, NOT_YET, is_private, is_pseudonym
from leaguectl.reader import CellError, NoValue
from leaguectl.workbooks.rows import Row, Rows
from leaguectl.workbooks.template import FORMS
from leaguectl.workbooks.texts import BLANK, CLEARED

L = TypeVar("L", bound=Line)

CellType = Callable[[Any], Any]

Columns = Mapping[str, Sequence[Any]]
"""The columns of a table's rows, by field; all equally long."""

_SAYS_NOTHING = BLANK | {CLEARED}
_PAPERS = ("form", "certificate", "application_paper", "training_paper", "form_paper",
           "register_paper", "certificate_paper")  # fmt: skip
_BLANK_OF = {name: _SAYS_NOTHING - {"无"} for name in (*_PAPERS, "earlier_value")} | {
    "until": _SAYS_NOTHING | {"至今", "现任", "在任", "在职"}
}
"""For a paper 无 means that there is none; for the end of a term 至今 means that it has not
come."""


def _blank(field: str) -> frozenset[str]:
    return _BLANK_OF.get(field, _SAYS_NOTHING)


def is_blank(field: str, value: Any) -> bool:
    """Whether a cell says nothing."""
    if not isinstance(value, str):
        return value is None
    return value.strip() in _blank(field)


def cell_type(info: Any) -> CellType:
    """The function that types the cells of a field, as its line declares it."""
    metadata = [*info.metadata]
    for argument in get_args(info.annotation):
        metadata += getattr(argument, "__metadata__", ())
    (validator,) = (item for item in metadata if isinstance(item, BeforeValidator))
    return cast("CellType", validator.func)


# -- column by column ----------------------------------------------------------------------------


def parse_columns(line: type[Line], rows: Rows) -> Columns | None:
    """The cells of some rows of a table, typed by column; None where a cell is wrong, or a required
    one is missing."""
    declared = _declared(line)
    if not rows or not rows.positions.keys() <= declared.types.keys():
        return None
    try:
        typed = {field: declared.types[field](rows.column(field)) for field in rows.positions}
    except (PydanticCustomError, _WrongCell):
        return None
    if any(None in typed.get(field, (None,)) for field in declared.required):
        return None
    return typed


def build_lines(line: type[L], typed: Columns) -> list[L]:
    """The lines of these columns, made in the same way as by ``model_construct``."""
    declared = _declared(line)
    lines = [line.__new__(line) for _ in next(iter(typed.values()))]
    for field in declared.types:  # in one order, so that all lines share one table of names
        _put(lines, field, typed.get(field, repeat(None)))
    _put(lines, "__pydantic_fields_set__", repeat(declared.fields))
    for name in ("__pydantic_extra__", "__pydantic_private__"):
        _put(lines, name, repeat(None))
    return lines


def _put(lines: Sequence[Line], name: str, values: Iterable[Any]) -> None:
    # A deque of length zero runs the map in C; a loop here would take a third of the typing.
    deque(map(object.__setattr__, lines, repeat(name), values), maxlen=0)


class _WrongCell(Exception):
    """A cell is wrong; typing the rows singly finds out why."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a line declares: how the cells of each column are typed, and which must be there."""

    types: Mapping[str, Callable[[Sequence[Any]], list[Any]]]
    required: frozenset[str]
    fields: set[str]


@cache
def _declared(line: type[Line]) -> _Declared:
    fields = line.model_fields
    types = {field: _column_type(field, cell_type(info)) for field, info in fields.items()}
    required = {field for field, info in fields.items() if info.is_required()}
    return _Declared(types, frozenset(required), set(fields))


def _column_type(field: str, cell_type: CellType) -> Callable[[Sequence[Any]], list[Any]]:
    """The function that types a column. Repeated values (classes, schools, days) are typed once."""
    blank = _blank(field)

    def column(values: Sequence[Any]) -> list[Any]:
        types = {*map(type, values)}
        if CellError in types or NoValue in types:
            raise _WrongCell
        if not types <= {str, type(None)}:
            # Values of other types may be equal without meaning the same: 1 and True.
            return [None if is_blank(field, value) else cell_type(value) for value in values]
        if 2 * len(different := {*values}) <= len(values):
            meanings = {
                text: None if is_blank(field, text) else cell_type(text) for text in different
            }
            return [*map(meanings.__getitem__, values)]
        return [None if not text or text.strip() in blank else cell_type(text) for text in values]

    return column


# -- row by row ----------------------------------------------------------------------------------


def parse(line: type[L], row: Row) -> tuple[L | None, list[Finding]]:
    """Type every cell of a row; the line, or every fault of it with its cell."""
    typed, findings = read(line, row)
    return None if any(finding.is_error for finding in findings) else typed, findings


def read(line: type[L], row: Row) -> tuple[L, list[Finding]]:
    """Type every cell of a row: the line, and every fault of it with its cell. What such a cell
    says, and one that is missing, is :data:`leaguectl.model.NOT_YET`.

    Blank cells, and what people write for blank, are left out: they say nothing.
    """
    cells = {field: value for field, value in row.cells.items() if not is_blank(field, value)}
    if any(isinstance(value, (CellError, NoValue)) for value in cells.values()):
        return _unread(line, row, cells)
    try:
        return line.model_validate(cells), []
    except ValidationError as error:
        faults: list[Any] = error.errors(include_url=False)
    if any(fault["type"] == "id-15-digits" for fault in faults):
        return _with_old_number(line, row, cells, faults)
    if erased := _erased(cells):
        types = {field: cell_type(line.model_fields[field]).__name__ for field in erased}
        examples = {field: FORMS[named].example for field, named in types.items()}
        typed, findings = read(line, replace(row, cells={**row.cells, **examples}))
        return typed.model_copy(update=erased), findings
    return _unfinished(line, cells, faults), [_finding(row, fault) for fault in faults]


def _unfinished(line: type[L], cells: Mapping[str, Any], faults: Iterable[Any]) -> L:
    """The line, as far as its cells can be read."""
    faulty = {str(fault["loc"][0]) for fault in faults}
    values = {
        field: cell_type(info)(cells[field]) if field in cells else None
        for field, info in line.model_fields.items()
        if field not in faulty
    }
    return line.model_construct(**dict.fromkeys(faulty, NOT_YET) | values)


@cache
def stand_in(line: type[Line], field: str) -> Any:
    """The value used for an unreadable cell when only looking up the records that its row may
    touch: None, or the example of a required column."""
    info = line.model_fields[field]
    if not info.is_required():
        return None
    type_, example = cell_type(info), declared(line, field).example
    if example is OF_TYPE:
        words = type_.words.values() if isinstance(type_, Choice) else ()
        example = next(iter(words), None) or FORMS.get(type_.__name__, FORMS["text"]).example
    return type_(example)


def parse_value(line: type[Line], field: str, text: str) -> Any:
    """What one field of a line means, given by itself; an ID number may be one of 15 digits, where
    its century is sure.

    :raises UsageError: it cannot mean anything.
    """
    type_ = cell_type(line.model_fields[field])
    return typed_value(_given_id_number if field == "id_number" else type_, field, text)


def _given_id_number(text: str) -> Any:
    try:
        return id_number(text)
    except PydanticCustomError as error:
        if error.type != "id-15-digits":
            raise
    whole, _ = id_of_15_digits(text, None)
    return whole


def typed_value(cell_type: CellType, field: str, text: str) -> Any:
    """What an option says that is typed as a cell is; ``field`` names it in the refusal.

    :raises UsageError: it cannot mean anything.
    """
    try:
        return cell_type(text)
    except PydanticCustomError as error:
        raise UsageError(error.type, **{"field": field, **(error.context or {})}) from None


def _with_old_number(
    line: type[L], row: Row, cells: dict[str, Any], faults: list[Any]
) -> tuple[L, list[Finding]]:
    """The row with the number of 18 digits for an old one of 15, with a warning; or why the century
    is not sure."""
    try:
        born_is_wrong = any(fault["loc"][0] == "born" for fault in faults)
        born = day(cells["born"]) if "born" in cells and not born_is_wrong else None
        number, sure_by = id_of_15_digits(cells["id_number"], born)
    except PydanticCustomError as error:
        unsure = {"type": error.type, "ctx": error.context or {}}
        return _unfinished(line, cells, faults), [
            _finding(row, fault | unsure if fault["type"] == "id-15-digits" else fault)
            for fault in faults
        ]
    typed, findings = read(line, replace(row, cells={**row.cells, "id_number": number}))
    where = masked(row.where("id_number"))
    facts = {"field": "id_number", "check": number[-1], sure_by: True}
    return typed, [Finding("id-extended", facts, Level.WARNING, where), *findings]


def _erased(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The name of somebody whose personal values were taken out, and the ID number if there is one;
    nothing where the two are not of one person. So ``export all`` writes them."""
    name, number = cells.get("name"), cells.get("id_number")
    if not (isinstance(name, str) and name.startswith(ERASED)):
        return {}
    if number is None:
        return {"name": name} if name.removeprefix(ERASED).isdecimal() else {}
    is_theirs = isinstance(number, str) and is_pseudonym(name, number)
    return {"name": name, "id_number": Private(number)} if is_theirs else {}


def _unread(line: type[L], row: Row, cells: dict[str, Any]) -> tuple[L, list[Finding]]:
    """The row without cells that show an error or were never calculated, these cells, and all
    faults of the others."""
    findings = []
    rest = dict(row.cells)
    for field, value in cells.items():
        if isinstance(value, (CellError, NoValue)):
            code = "cell-error" if isinstance(value, CellError) else "cell-no-value"
            facts = {"field": field, "shown": str(value)}
            findings.append(Finding(code, facts, Level.ERROR, row.where(field)))
            rest.pop(field)
    # The cells taken out must not be reported a second time, as missing.
    unread = {str(finding.facts["field"]) for finding in findings}
    typed, others = read(line, replace(row, cells=rest))
    findings += [
        finding for finding in others if finding.where and finding.where.field not in unread
    ]
    return typed.model_copy(update=dict.fromkeys(unread, NOT_YET)), findings


def _finding(row: Row, fault: dict[str, Any]) -> Finding:
    field = str(fault["loc"][0])
    code = "cell-missing" if fault["type"] == "missing" else fault["type"]
    where = masked(row.where(field))
    return Finding(code, {"field": field, **fault.get("ctx", {})}, Level.ERROR, where)


def masked(where: Where) -> Where:
    """The place of a cell, its value marked as personal where it is."""
    if is_private(where.field) and where.value is not None:
        return replace(where, value=Private(where.value))
    return where
