"""What the cells of a column may say, drawn from how its kind declares it."""

from typing import Any

from pydantic_core import PydanticCustomError

from county import id_number
from leaguectl.kinds.line import Line
from leaguectl.kinds.parsing import cell_type, is_blank

CELLS = [
    "=1+1", "@x", "A -B", "-", "-3", "＝x", "'x", "'", "甲", "O'Brien", "阿依·古丽", "a，b;\"c\"",
    "有", "无", "2023", "2023-05-04", "2011.05", "8.5", "3", "13800000001", "10000001", "-123",
    "202365000001", "全县", "19.5", id_number(1), id_number(7, "19991231"),
]  # fmt: skip
"""Of these each column takes what its type can read."""


def cells(line: type[Line], field: str) -> list[Any]:
    """What may stand in a cell of that column; of a column that knows only some words, these."""
    type_ = cell_type(line.model_fields[field])
    readable: list[Any] = []
    for cell in CELLS:
        if is_blank(field, cell):
            continue
        try:
            type_(cell)
            readable.append(cell)
        except PydanticCustomError as unknown:
            readable += (unknown.context or {}).get("known", ())
    assert readable, f"no value of {line.kind}.{field} among those that are tried"
    return list(dict.fromkeys(readable))


def values(line: type[Line], field: str) -> list[Any]:
    """What these cells mean."""
    type_ = cell_type(line.model_fields[field])
    return [type_(cell) for cell in cells(line, field)]
