"""The shapes of the JSON answers that commands declare, from which the JSON Schemas in docs/ are
made.

A shape is a type, a list with the shape of its items, a table of fields (``*``: whatever names the
data has, ``?`` after a name: it may be missing), or a tuple of alternatives. A name means the same
in every answer, so its type is declared once: by the entity with that field, else by :data:`TYPES`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

Shape: TypeAlias = Any

Value: TypeAlias = int | float | None
"""The value of a figure: null where there is nothing to count."""

_TEXTS = """about after_name at becomes before before_name book by cell change check claim code
    branch branch_cell column command day_cell definition event field file fix first found from head
    heading holder known_as label last level level_from message next of other_id_number
    other_name other_organization outcome owner path policy post reached registry
    registry_schema erased revealed rule_code seal sentence sheet source stage stands state
    step text to unit was who why written"""
_COUNTS = """accepted age ageing allotted_below asked base cells combined count created days_left
    depth empty exit faults filled free full_items graduating header_row held id items
    last_operation moved operations organizations other_id own_left own_members places quota_left
    rank read rejected reported room row seats size staying transferring unchanged undone_by updated
    used void within"""
_VALUES = """amount cap change percent ratio ratio_now ratio_then self_percent usage_rate value
    whole"""
_FLAGS = "counted done_before dry_run hidden needed ok overdue party ran stays"
_DAYS = """accepted_until arrived as_of day deadline due due_by earliest ended kept_until latest
    today turns"""

TYPES: dict[str, Shape] = {
    **dict.fromkeys(_TEXTS.split(), str | None),
    **dict.fromkeys(_COUNTS.split(), int | None),
    **dict.fromkeys(_VALUES.split(), Value),
    **dict.fromkeys(_FLAGS.split(), bool),
    **dict.fromkeys(_DAYS.split(), date | None),
}
"""The types of fields that no entity has, or that mean something else in an answer."""


def of(names: str = "", parts: Mapping[str, Shape] | None = None) -> dict[str, Shape]:
    """The fields with these names (``@Person``: those of the entity), and others with shapes of
    their own."""
    return {**dict.fromkeys(names.split(), ...), **(parts or {})}


# -- what several answers have -------------------------------------------------------------------

ERROR = of("code message fix exit")
"""Why a command stopped."""
FINDING = of(
    "code level message fix file? sheet? row? column? cell? field? heading? about? subject?",
    {"value?": object},
)
FINDINGS = {"findings": [FINDING]}
COUNTS = {"*": int}
SOURCE = of("file? sha256? path? sheet? header_row? kind? day? read? rejected? faults? revealed?"
            " erased?",
            {"columns?": {"*": str}})  # fmt: skip
OPERATION = of("id at day actor command reason authority undoes version undone_by",
               {"sources": [SOURCE], "counts": COUNTS})  # fmt: skip
"""An operation of the journal."""
SHEET = of(
    "file sheet kind header_row day day_cell branch branch_cell read created updated unchanged"
    " rejected hidden known_as",
    {
        "ignored_columns": [str], "heading_rows": [int], "title_rows": [of("row text")],
        "ignored_rows": [of("row text")], "hidden_rows": [int], "hidden_columns": [str],
    },
)  # fmt: skip
"""A table of a sheet that was read, and its ignored rows."""
FIELD_CHANGE = of(
    "field before_name? after_name? cell? file? sheet? row?", {"before": object, "after": object}
)
CHANGE = of("noun who", {"change": str, "key": (int, str), "fields": [FIELD_CHANGE]})
"""The change of a record."""
PLACED_CHANGE = of("file sheet row day", CHANGE)
EVENT = of("operation at actor command reason undoes", PLACED_CHANGE)
"""The same with the operation behind it."""
TRANSFER = of("id person name from to state requested settled reason target graduates due?",
              {"source": str | None})  # fmt: skip
FIGURE = of("value unit label definition")


def written(columns: Sequence[str], answer: Shape) -> dict[str, Shape]:
    """The answer of a writing command: its operation, its findings, why nothing was written, and
    the rows that people see."""
    rows = {"rows": [of(" ".join(columns))]} if columns else {}
    return of("operation dry_run", {**rows, **FINDINGS, "error?": ERROR, **(answer or {})})


def shapes(
    answer: Shape, columns: Sequence[str] = (), *, writes: bool = False, is_operation: bool = True
) -> list[Shape]:
    """The possible shapes of a command's JSON answer, besides an error: a tuple is complete;
    otherwise a writing command adds what all of these have."""
    if answer is None and not columns:
        return []
    if isinstance(answer, tuple):
        found = [*answer]
    else:
        found = [written(columns, answer) if writes else answer]
    return found + ([of("operation dry_run done_before")] if writes and is_operation else [])
