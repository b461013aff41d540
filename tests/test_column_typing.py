"""Rows typed column by column say exactly what each says typed alone."""

import json
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from conftest import examples
from county import id_number
from leaguectl.actions.parsed_files import ParsedFiles
from leaguectl.kinds import KINDS
from leaguectl.kinds.activities import ACTIVITIES
from leaguectl.kinds.batch import Block
from leaguectl.kinds.cadres import BASES, DUTIES
from leaguectl.kinds.candidates import ROUTES
from leaguectl.kinds.members import REASONS, SEXES
from leaguectl.kinds.organizations import DOMAINS, SECTORS, TYPES
from leaguectl.kinds.parsing import read
from leaguectl.kinds.planning import individual_items
from leaguectl.kinds.surveys import STAGES
from leaguectl.kinds.trainings import TRAININGS
from leaguectl.reader import CellError, NoValue
from leaguectl.reader.wire import pack, unpack
from leaguectl.workbooks.rows import Rows

WORDS = [word for known in (TYPES, DOMAINS, SECTORS, REASONS, SEXES, ROUTES, BASES,
                                DUTIES, TRAININGS, ACTIVITIES, STAGES)
         for group in known.values() for word in group]  # fmt: skip
CELLS: list[Any] = [
    "", None, "/", " - ", "无", "有", "无资料", "王小明", "古丽·艾力", "高一（1）班团支部",
    id_number(1), id_number(2), f" {id_number(3).lower()}", "13012345678", "202300000001", "T001",
    "2023.05", "2023-05-04", "20230504", "共青团员", "24", "8小时", "2023年",
    date(2010, 2, 3), datetime(2010, 2, 3, 4, 5),  # noqa: DTZ001 -- as a sheet has it
    45000.0, 8.5, 20.0, 0.0, 1.0, True, False, 2023,
    CellError("#N/A"), NoValue("="), " ", "０", "\u200b", "65889920060524999", *WORDS,
]  # fmt: skip


CHOSEN: dict[str, dict[str, Any]] = {
    "organizations": {"name": "云杉县团委", "type": "团委", "secretary_seats": 1.0},
    "quotas": {"year": 2023.0, "organization": "云杉县团委", "places": "8人"},
    "members": {
        "name": "古丽·艾力", "id_number": id_number(1), "organization": "一班", "sex": "女",
        "born": date(2008, 1, 1), "joined": "2023.05", "form": "有", "phone": 13012345678.0,
    },
    "admissions": {
        "name": "王小明", "id_number": id_number(2), "organization": "一班",
        "applied": "2023-01-02",
        "activist": "2023.02.03", "course_hours": 8.5, "introducer_1": "甲", "introducer_2": "乙",
        "meeting": date(2023, 6, 1), "due": "20", "present": 18.0, "in_favour": "18票",
        "approved": "2023-06-20",
    },
    "milestones": {"name": "王小明", "id_number": id_number(2), "applied_party": "2023.02.03"},
    "cadres": {"name": "王小明", "organization": "一班", "post": "书记", "since": "2022.09",
               "source": "西部计划志愿者", "duty": "是"},
    "trainings": {"training": "大练兵", "category": "岗位大练兵", "day": "2023-04-01"},
    "activities": {"activity": "学雷锋", "category": "主题团日", "day": 45000.0,
                   "organization": "一班", "covered": "一班、二班"},
    "assessments": {"year": 2023, "organization": "一班", "item": "组织建设", "score": "8.5分",
                    "veto": "否"},
    "tasks": {"module": "选用", "task": "配齐", "lead": "县委", "deadline": "2023年10月"},
    "reviews": {"year": 2023, "organization": "一班", "name": "王小明", "grade": "优秀"},
    "surveys": {"year": "2023年", "organization": "一班", "stage": "高中", "students": 450.0},
}  # fmt: skip
"""Cells that are typed in more than one way, such as a number for a telephone."""

RIGHT = {
    name: {
        field: samples.cells(kind.line, field)[0]
        for field in kind.line.model_fields
        if kind.line.model_fields[field].is_required() or field not in CHOSEN.get(name, {})
    }
    | CHOSEN.get(name, {})
    for name, kind in KINDS.items()
}
"""A right cell of every column."""


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(60), deadline=None)
@given(data=st.data())
def test_both_ways_make_the_same_lines_and_find_the_same_faults(
    kind: str, data: st.DataObject
) -> None:
    """Whatever stands in the cells, rows typed together are as each typed alone."""
    line = KINDS[kind].line
    at = {field: place for place, field in enumerate(line.model_fields)}
    some = st.tuples(*[st.just(RIGHT[kind].get(field)) | st.sampled_from(CELLS) for field in at])
    rows = _rows(at, data.draw(st.lists(some, min_size=1, max_size=9)))
    parsed = ParsedFiles()
    parsed.add_rows(line, rows)
    items = [*individual_items(parsed.items)]
    assert [(item.line, item.findings) for item in items] == [read(line, row) for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_row_goes_the_short_way_to_the_same_line(kind: str) -> None:
    """The line is equal to pydantic's in every field, and is as frozen as that."""
    line, given = KINDS[kind].line, RIGHT[kind]
    parsed = ParsedFiles()
    rows = _rows({field: place for place, field in enumerate(given)}, [tuple(given.values())])
    parsed.add_rows(line, rows)
    (block,) = parsed.items
    assert isinstance(block, Block)
    (item,) = block
    assert [*block.items({0})] == [(0, item)]
    assert item.row == rows[0]
    assert item.line == line.model_validate(given)
    assert item.line.model_dump() == line.model_validate(given).model_dump()
    with pytest.raises(ValueError, match="frozen"):
        item.line.kind_of = "other"  # type: ignore[attr-defined]


def _rows(at: dict[str, int], cells: list[tuple[Any, ...]]) -> Rows:
    columns: dict[str, tuple[str | None, str]] = {field: ("A", field) for field in at}
    by_column = [*zip(*cells, strict=True)]
    return Rows("f", "s", 1, columns, at, range(2, len(cells) + 2), by_column)


PASSED = [*CELLS[: -len(WORDS)], "甲\x7f乙", "\x7f", "\ud800", '"\\', "\n\x85\u2028"]
COLUMN = st.lists(st.sampled_from(PASSED), max_size=9) | st.lists(
    st.sampled_from([date(2010, 2, 3), date(9999, 12, 31), ""]), max_size=9
)


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(COLUMN, max_size=9).map(lambda columns: [*map(list, zip_longest(*columns))])
    | st.lists(COLUMN, max_size=9),
    st.sampled_from([1, 7, 1000]),
)
def test_rows_come_out_of_the_child_as_they_went_in(rows: list[list[Any]], times: int) -> None:
    """However long and ragged they are, and whatever they repeat: JSON has them, and gives them
    back."""
    given_rows = [
        [str(text) if isinstance(text, datetime) else text for text in row] for row in rows
    ]
    blocks = [*pack(given_rows * times)]
    text = json.dumps(blocks, ensure_ascii=False, default=lambda day: {"d": day.isoformat()})
    found = json.loads(text, object_hook=lambda row: date.fromisoformat(row["d"])
                       if row.keys() == {"d"} else row)  # fmt: skip
    assert unpack(found, 3) == [*enumerate(given_rows * times, 3)]


def test_a_text_that_many_rows_say_is_made_once() -> None:
    """A hundred thousand rows of a school hold its name once for some thousands of them."""
    rows = [[f"{number}号", "云杉县第一中学"] for number in range(10_000)]
    found = unpack(json.loads(json.dumps([*pack(rows)])), 1)
    assert [cells for _, cells in found] == rows
    assert len({id(cells[1]) for _, cells in found}) < 5
