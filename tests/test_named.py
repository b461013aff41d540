"""A name without an ID number means the same person in every kind of sheet that has names."""

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run, answer_of
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.kinds import KINDS
from leaguectl.kinds.kind import Kind
from leaguectl.model import DECLARATIONS, Person
from leaguectl.workbooks.template import EXAMPLE_OF_TYPE, form_of
from lives import Workbook
from test_county_sheets import select

HOME = "T1"
ONLY, NAMESAKES = 1, (2, 3)


def names_people(kind: Kind[Any]) -> bool:
    """Whether rows of the kind name people of the registry, and need not give an ID number. What
    this program alone writes has it wherever a row is about a person."""
    fields = kind.line.model_fields
    is_asked = "id_number" in fields and fields["id_number"].is_required()
    holders = (DECLARATIONS[entity].fields for entity in kind.entities if entity is not Person)
    is_asked = is_asked or kind.is_carried
    return "name" in fields and not is_asked and any("person" in held for held in holders)


NAMING = [kind for kind in KINDS.values() if names_people(kind)]
MAY_BE_A_NAME = {
    "cadres": "post", "trainings": "trainee", "participants": "participant", "reviews": "review",
}  # fmt: skip
"""The kinds of which a record may have a name alone, each with its table."""


def sheet_of(kind: Kind[Any], name: str) -> list[list[Any]]:
    """What a sheet of the kind needs, with a row about somebody of that name in the branch."""
    said = {
        "name": name,
        "organization": HOME,
        "from_home": HOME,
        "host": HOME,
        "born": member(NAMESAKES[0])[1][6:14],
    }
    needed = {*sorted(kind.line.requires_any)[:1], *said, "requested", "category"}
    cells = {}
    for heading in kind.headings:
        if heading.required or heading.field in needed:
            example = heading.words[0] if heading.words else heading.example
            example = form_of(heading).example if example is EXAMPLE_OF_TYPE else example
            cells[heading.headings[0]] = said.get(heading.field, example)
    return [[*cells], [*cells.values()]]


@pytest.fixture
def branch(run: Run, db: Path, workbook: Workbook) -> Path:
    """A branch with three members, two of them of one name."""
    rows = [member(ONLY, 姓名="李独名", 所在团支部=HOME)]
    rows += [member(at, 姓名="王同名", 所在团支部=HOME) for at in NAMESAKES]
    book = workbook("members.xlsx", 团组织=ORGANIZATIONS, 团员=[MEMBER_HEADINGS, *rows])
    assert run("import", book).code == 0
    return db


@pytest.mark.parametrize("kind", NAMING, ids=lambda kind: kind.name)
def test_a_name_is_resolved_in_one_way(
    branch: Path, run: Run, workbook: Workbook, kind: Kind[Any]
) -> None:
    """Exactly one in that branch is that person; several are refused and named; nobody is a name
    alone, and that is said."""

    def says(name: str) -> dict[str, Any]:
        book = workbook("sheet.xlsx", 表=sheet_of(kind, name))
        ran = run("import", "-O", "json", book)
        answer: dict[str, Any] = json.loads(ran.out)
        assert [sheet["kind"] for sheet in answer["sheets"]] == [kind.name], ran.out
        return {found["code"]: found for found in answer["findings"]}

    found = says("王同名")
    assert found["person-ambiguous"]["level"] == "error"
    assert all(f"#{at} 王同名" in found["person-ambiguous"]["message"] for at in NAMESAKES)
    table = MAY_BE_A_NAME.get(kind.name)
    nobody = says("查无此人")
    if table is None:
        assert {"milestone-bearer", "id-number-absent"} & nobody.keys()
    else:
        assert nobody["person-by-name"]["level"] == "warning"
        assert says("查无此人") == {}
    if kind.name != "candidates":  # whoever is a member already is none
        assert (
            not {"person-ambiguous", "person-by-name", "milestone-bearer"} & says("李独名").keys()
        )
    if table is not None:
        held = select(branch, f"SELECT name, person FROM {table} ORDER BY id")
        assert held == [("查无此人", None), ("李独名", ONLY)]


def test_a_review_says_by_the_id_number_whose_it_is(
    branch: Path, run: Run, workbook: Workbook
) -> None:
    """Two of a name are told apart; who has moved since, or is no member, is still the secretary;
    a review that is somebody's is not another's."""
    headings = ["年度", "团组织", "书记姓名", "身份证号", "评议等次"]

    def says(*rows: list[Any]) -> set[str]:
        ran = run("import", workbook("r.xlsx", 述职评议=[headings, *rows]), "-O", "json")
        return {found["code"] for found in json.loads(ran.out)["findings"]}

    first, second = (member(at)[1] for at in NAMESAKES)
    rows = [[2023, HOME, "王同名", first, "好"], [2023, "S1", "李独名", member(ONLY)[1], "好"],
            [2023, HOME, "赵不在", id_number(60), "好"]]  # fmt: skip
    assert says(*rows) == set()
    assert says(*rows) == set()
    assert says([2023, HOME, "王同名", second, "好"]) == {"review-other-person"}
    held = select(branch, "SELECT person FROM review ORDER BY id")
    assert held == [(NAMESAKES[0],), (ONLY,), (4,)]


def test_who_was_trained_by_name_is_not_missing(branch: Path, run: Run, workbook: Workbook) -> None:
    """A cadre with an ID number who was trained by name alone is not among `training missing`;
    one of the same name in another branch is."""
    posts = [["姓名", "身份证号", "团组织", "团内职务", "任职时间"],
             ["李独名", member(ONLY)[1], HOME, "书记", "2022-01-01"],
             ["李独名", id_number(60), "S1", "书记", "2022-01-01"]]  # fmt: skip
    trained = [["培训名称", "培训类别", "培训日期", "姓名", "团组织"],
               ["大练兵", "岗位大练兵", "2023-04-01", "李独名", HOME]]  # fmt: skip
    ran = run("import", workbook("p.xlsx", 团干部=posts, 培训=trained))
    assert ran.code == 0, ran.err
    missing = answer_of(run, "training", "missing", "--year", "2023")["rows"]
    assert [row["organization"] for row in missing] == ["云杉县第一中学高一（1）班团支部"]
