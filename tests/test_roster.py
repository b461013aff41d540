"""New members are planned by column, with exactly the same result as row by row."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import samples
from conftest import Run, examples
from county import MEMBER_HEADINGS, ORGANIZATIONS, id_number, member
from leaguectl.findings import Finding
from leaguectl.kinds.admissions import AdmissionLine
from leaguectl.kinds.batch import Block, Item
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.parsing import parse, parse_columns
from leaguectl.kinds.planning import keys_of, plan_rows
from leaguectl.kinds.roster import Roster
from leaguectl.model import (
    Alias,
    Certificate,
    Form,
    FormerValue,
    Membership,
    Number,
    Organization,
    Person,
    Quota,
    RuleSubject,
    Snapshot,
    one_by_one,
)
from leaguectl.rules import ENTRY, load
from leaguectl.rules.batch_judge import inputs_of
from leaguectl.rules.rule import Rule
from leaguectl.workbooks.rows import Row, Rows

FIELDS = tuple(MemberLine.model_fields)
COLUMNS: dict[str, tuple[str | None, str]] = {
    field: (chr(65 + at), field) for at, field in enumerate(FIELDS)
}
AT = {field: at for at, field in enumerate(FIELDS)}
POLICY = load()


def known() -> Snapshot:
    """A registry with a tree, a quota, a member with papers, and a number recorded by mistake."""
    registry = Snapshot(today=date(2026, 11, 1))
    for code, name, kind, above in (
        ("T", "云杉县团委", "committee", None), ("S", "一中团委", "committee", "T"),
        ("S1", "一班团支部", "branch", "S"), ("S2", "二班团支部", "branch", "S"),
        ("V", "村团支部", "branch", "T"), ("W", "村团支部", "branch", "S"),
    ):  # fmt: skip
        registry.load(Organization(code, name, kind, above))
    registry.load(Organization("D", "旧班团支部", "branch", "S", dissolved=date(2020, 7, 1)))
    registry.load(Quota(1, 2023, "V", "202365000001", "202365000009", 9))
    registry.load(Number("202365000001", 2023, "free", 1))
    registry.load(Person(1, "王小明", id_number(1)))
    registry.load(Membership(1, 1, "S1", date(2022, 5, 4)))
    registry.load(Number("202265000900", 2022, "foreign", None, 1))
    registry.load(Form("F900", 1))
    registry.load(Certificate("T001", 1))
    registry.load(Alias(id_number(2), 1, "王小明"))
    for at, name in ((2, "周走"), (3, "吴离"), (4, "郑同"), (5, "郑同")):
        registry.load(Person(at, name, id_number(200 + at)))
        registry.load(Number(f"20226500080{at}", 2022, "foreign", None, at))
        registry.load(Form(f"20226500080{at}", at))
    registry.load(Membership(2, 2, "S1", date(2022, 5, 4), left=date(2023, 1, 1),
                             leaving_reason="moved"))  # fmt: skip
    registry.load(Membership(3, 2, "S2", date(2022, 5, 4), entry="moved", since=date(2023, 1, 1)))
    registry.load(Membership(4, 3, "S1", date(2022, 5, 4), left=date(2023, 1, 1),
                             leaving_reason="transferred"))  # fmt: skip
    registry.load(Membership(5, 4, "S1", date(2022, 5, 4)))
    registry.load(Membership(6, 5, "S1", date(2022, 5, 4)))
    registry.load(Person(6, "冯号", id_number(206)))
    registry.load(Number("202265000806", 2022, "foreign", None, 6))
    registry.load(Membership(7, 6, "S1", date(2022, 5, 4)))
    registry.last_ids = {Person: 6, Membership: 7}
    return registry


ODD: dict[str, list[Any]] = {
    "name": ["王小明", "团员一", "李 明", "古丽•艾力"],
    "id_number": [id_number(1), id_number(2), id_number(10), id_number(11)],
    "organization": ["二班团支部", "S1", "村", "旧班", "没有这个班"],
    "unit": ["一中团委", "云杉县团委", "别处"],
    "born": [date(2007, 3, 1), date(2008, 1, 1), "2007.03", "2008.01"],
    "sex": ["男", "女"],
    "joined": [None, "2022.05", "2023-06-01", "2019-01-01", "2030-01-01", "2017.05"],
    "number": [None, "202265000900", "202265000001", "202365000001", "20226500", "2018",
               "202212000099", "2015160000000001"],
    "form": [None, "有", "无", "F900", "202265000001", "B7"],
    "certificate": ["T001", "T9001", "T9002", "202265000001"],
    "left": ["2023-01-01", "2021-01-01"],
    "leaving_reason": ["转出"],
}  # fmt: skip
"""What a cell may say that is not plain, where what it says is looked at."""

ODD |= {field: samples.cells(MemberLine, field) for field in FIELDS if field not in ODD}


@st.composite
def rosters(draw: st.DrawFn) -> list[tuple[Any, ...]]:
    """Rows of newcomers, in some of which a cell or a few say something else."""
    rows = []
    for at in range(draw(st.integers(1, 8))):
        odd = draw(st.lists(st.sampled_from(FIELDS), max_size=2))
        changes = {field: draw(st.sampled_from(ODD[field])) for field in odd}
        rows.append(
            familiar(**changes) if draw(st.integers(0, 3)) == 3 else newcomer(at, **changes)
        )
    return rows


def familiar(**changes: Any) -> tuple[Any, ...]:
    """The row of a member as he is known, but for what it is to say."""
    row = dict.fromkeys(FIELDS) | {
        "name": "王小明", "id_number": id_number(1), "organization": "一班",
        "joined": "2022-05-04", "number": "202265000900", "form": "F900", "certificate": "T001",
    }  # fmt: skip
    return tuple((row | changes).values())


def newcomer(at: int, **changes: Any) -> tuple[Any, ...]:
    """The row of somebody unknown, with the given values."""
    row = dict.fromkeys(FIELDS) | {
        "name": f"团员{chr(0x4E00 + at)}", "id_number": id_number(10 + at),
        "organization": "一班", "joined": "2022-05-04", "number": f"2022650{at:05d}",
        "certificate": f"T9{at:03d}",
    }  # fmt: skip
    return tuple((row | changes).values())


def block(cells: Sequence[tuple[Any, ...]], first: int = 2) -> Block:
    """The rows of a sheet, typed by column."""
    numbers = range(first, first + len(cells))
    by_column = [*zip(*cells, strict=True)]
    rows = Rows("a.xlsx", "团员", 1, COLUMNS, AT, numbers, by_column)
    typed = parse_columns(MemberLine, rows)
    assert typed is not None
    return Block(MemberLine, rows, typed)


def admitted(at: int, number: str | None = None) -> Item:
    """The typed row of the admission of the person of that row of a roster."""
    cells = {
        "name": f"团员{chr(0x4E00 + at)}", "id_number": id_number(10 + at),
        "organization": "村团支部", "unit": "云杉县团委", "applied": date(2022, 9, 10),
        "talked": date(2022, 9, 20), "activist": date(2022, 10, 10), "course_hours": 8,
        "candidate": date(2023, 3, 1), "introducer_1": "李介绍", "introducer_2": "王介绍",
        "meeting": date(2023, 4, 10), "due": 30, "present": 28, "in_favour": 27,
        "approved": date(2023, 4, 20), "number": number, "phone": "13012345678",
    }  # fmt: skip
    row = Row("a.xlsx", "发展", 2, cells, {field: ("A", field) for field in cells}, 1)
    line, found = parse(AdmissionLine, row)
    assert line is not None, found
    return Item(line, row)


def outcome_of(
    items: Iterable[Item | Block],
) -> tuple[list[tuple[Any, ...]], dict[str, list[Any]], list[Finding]]:
    """What a batch comes to, whatever identities it gave out: the steps, what each person gets,
    the findings; and the same of the changes that are carried out."""
    plan = plan_rows(items, known(), POLICY)
    steps = [*plan.steps]
    people = {1: id_number(1)} | {at: id_number(200 + at) for at in range(2, 7)}
    changes = [*one_by_one(plan.changes)]
    people |= {change.after.id: str(change.after.id_number) for change in changes
               if isinstance(change.after, Person)}  # fmt: skip
    made: dict[str, list[Any]] = defaultdict(list)
    for change in changes:
        after: Any = change.after
        if isinstance(after, FormerValue):  # of a record that the batch may have numbered
            of = "former values"
        else:
            of = people[after.id if isinstance(after, Person) else after.person]
        made[of].append((change.before is None, type(after).__name__, *without_id(after)))
    assert sorted(map(str, (change for step in steps for change in step.changes))) == sorted(
        map(str, changes)
    )
    outcomes = [(step.row.number, step.name, step.organization, step.outcome, step.findings,
                 len(step.changes)) for step in steps]  # fmt: skip
    assert sum(plan.steps.outcomes().values()) == len(steps)
    return outcomes, {of: sorted(map(str, all_)) for of, all_ in made.items()}, plan.findings


def without_id(noun: Any) -> list[Any]:
    """What a noun says, without the identities that its batch gave out."""
    identities = ("id", "person", "key") if isinstance(noun, FormerValue) else ("id", "person")
    names = [name for name in noun.__slots__ if name not in identities]
    return [(name, getattr(noun, name)) for name in names]


@settings(max_examples=examples(200), deadline=None)
@given(rosters(), st.integers(1, 8))
def test_rows_planned_together_are_as_each_planned_alone(
    cells: Sequence[tuple[Any, ...]], first: int
) -> None:
    """Whatever a roster says, in however many blocks: the same outcomes, changes and findings."""
    parts = [block(cells[:first])] + ([block(cells[first:], 2 + first)] if cells[first:] else [])
    alone = [item for part in parts for item in part]
    assert outcome_of([*parts]) == outcome_of([*alone])
    steps = plan_rows(parts, known(), POLICY).steps
    plain = (len(part.block) - len(part.remarkable) for part in steps.parts
             if isinstance(part, Roster))  # fmt: skip
    event(f"{sum(plain)} of {len(cells)} by column")


@settings(max_examples=examples(60), deadline=None)
@given(rosters(), st.integers(0, 3), st.sampled_from([None, "202365000001", "202265000001"]))
def test_what_follows_finds_them_however_they_were_planned(
    cells: Sequence[tuple[Any, ...]], at: int, number: str | None
) -> None:
    """An admission in the same file is judged with the members before it."""
    after = admitted(at, number)
    together = block(cells)
    assert outcome_of([together, after]) == outcome_of([*together, after])


@settings(max_examples=examples(100), deadline=None)
@given(rosters())
def test_the_keys_of_a_block_are_those_of_its_rows(cells: Sequence[tuple[Any, ...]]) -> None:
    """The same slice of the registry is laid out."""
    together = block(cells)
    assert keys_of([together]) == keys_of([*together])


ALIKE: list[dict[str, Any]] = [
    {"form": "B7"}, {"number": "202265000077"}, {"number": "202265000077", "form": "无"},
    {"certificate": "T77"}, {"id_number": id_number(77)}, {"name": "同名"},
    {"phone": "13012345678"},
    {"number": None}, {"form": "无"}, {"certificate": None}, {"joined": None, "number": None},
]  # fmt: skip
ODDLY = [{field: value} for field, values in ODD.items() for value in values] + [
    {"organization": "V", "joined": "2023-05-04", "number": "202365000999"},
    {"organization": "旧班", "left": "2023-01-01"},
    {"left": "2023-01-01", "leaving_reason": "转出"},
    {"left": "2021-01-01", "joined": None, "number": None},
    {"joined": "2017.05", "number": "201865000009"},
    {"joined": "2016-05-04", "number": "2015160000000001", "born": None},
    {"joined": "2006-05-04", "number": None},
    {"form": "F900", "number": None},
    {"joined": "2022-05-05"},
]
STORED: list[dict[str, Any]] = [
    {"name": "周走", "id_number": id_number(202), "organization": "二班团支部"},
    {"name": "周走", "id_number": id_number(202)},
    {"name": "吴离", "id_number": id_number(203)},
    {"name": "吴离", "id_number": id_number(203), "left": "2023-01-01"},
    {"name": "吴离", "id_number": id_number(203), "leaving_reason": "超龄"},
    {"name": "吴离", "id_number": id_number(203), "left": "2023-01-01", "leaving_reason": "超龄"},
    {"name": "郑同", "id_number": id_number(204)},
    {"name": "郑同", "id_number": id_number(204), "number": "202265000888"},
    {"name": "郑同", "id_number": id_number(204), "number": None},
    {"name": "郑同", "id_number": id_number(204), "form": "B9"},
    {"name": "王小明", "id_number": id_number(1), "number": "202265000888", "form": "F900"},
    {"name": "王小明", "id_number": id_number(1), "number": "202265000900", "form": "B9"},
]


@pytest.mark.parametrize("said", STORED, ids=str)
def test_one_who_is_known(said: dict[str, Any]) -> None:
    """Rows of people who moved, left or have a namesake give the same findings next to a
    newcomer."""
    own = {"number": f"20226500080{said['id_number'][16]}"}
    row = newcomer(1, **{"certificate": None} | own | said)
    for cells in ([row, newcomer(2, certificate=None)], [newcomer(2, certificate=None), row]):
        together = block(cells)
        assert outcome_of([together]) == outcome_of([*together])


@pytest.mark.parametrize("said", ALIKE, ids=str)
def test_two_who_say_the_same(said: dict[str, Any]) -> None:
    """Whatever two rows have in common, both ways say the same of them."""
    together = block([newcomer(1, **said), newcomer(2), newcomer(3, **said)])
    assert outcome_of([together]) == outcome_of([*together])


@pytest.mark.parametrize("said", ODDLY, ids=str)
def test_one_who_is_odd_among_plain_ones(said: dict[str, Any]) -> None:
    """Whatever a row says, first or last of a block, both ways say the same of it."""
    for odd in (newcomer(1, **said), familiar(**said)):
        for cells in ([odd, newcomer(2)], [newcomer(2), odd]):
            together = block(cells)
            assert outcome_of([together]) == outcome_of([*together])


def test_a_form_that_bears_the_number_of_another() -> None:
    """Who is known by a number has the form that bears it: it is nobody else's, in one block."""
    known_one = newcomer(1, name="冯号", id_number=id_number(206), number=None)
    for cells in ([newcomer(2, form="202265000806"), known_one],
                  [known_one, newcomer(2, form="202265000806")]):  # fmt: skip
        together = block(cells)
        assert outcome_of([together]) == outcome_of([*together])


def test_a_known_member_goes_by_column_too() -> None:
    """A roster that comes again changes nothing, and is not asked of row by row."""
    (part,) = plan_rows([block([newcomer(2), familiar()])], known(), POLICY).steps.parts
    assert isinstance(part, Roster)
    assert [len(part.newcomers), len(part.remarkable)] == [1, 0]
    assert [step.outcome for step in part] == ["created", "unchanged"]


def test_a_plain_roster_goes_by_column() -> None:
    """The short way is taken: of plain rows by all."""
    (part,) = plan_rows([block([*map(newcomer, range(7))])], known(), POLICY).steps.parts
    assert isinstance(part, Roster)
    assert [len(part.newcomers), len(part.remarkable)] == [7, 0]


def test_a_later_sheet_says_more_of_a_newcomer(
    run: Run, either_db: str, workbook: Callable[..., Path]
) -> None:
    """A member and the post he holds come in one file; undone, neither is there."""
    assert run("import", workbook("tree.xlsx", 团组织=ORGANIZATIONS)).code == 0
    row = dict(zip(MEMBER_HEADINGS, member(1), strict=True))
    headings = ["姓名", "身份证号", "团组织", "团内职务", "任职时间", "手机号码"]
    post = [row["姓名"], row["身份证号"], row["所在团支部"], "书记", "2022.09", "13912345678"]
    book = workbook("both.xlsx", 团员=[MEMBER_HEADINGS, member(1), member(2)],
                    团干部=[headings, post])  # fmt: skip
    found = run("import", book)
    assert (found.code, "created 3" in found.err) == (0, True), found.err
    shown = run("member", "show", row["身份证号"], "-O", "json", "--reveal", "--reason", "核对")
    assert json.loads(shown.out)["member"]["phone"] == "13912345678"
    assert run("check").code == 0
    assert run("undo", "2").code == 0
    assert run("member", "show", row["身份证号"]).code == 4


# -- rules ---------------------------------------------------------------------------------------

CASES = st.builds(
    RuleSubject,
    person=st.builds(
        Person, st.integers(7, 9), st.sampled_from(["甲", "乙"]),
        st.sampled_from([id_number(10), id_number(3, "19900101"), id_number(4, "20120630")]),
    ),
    organization=st.sampled_from(["S1", "V"]),
    joined=st.sampled_from([None, date(2012, 1, 1), date(2017, 5, 4), date(2022, 5, 31),
                            date(2030, 1, 1)]),
    number=st.sampled_from([None, "202265000011", "202265999999", "20226500001", "201716000001",
                            "2015160000000001", "2015160000000002", "20226500001x"]),
    form=st.sampled_from([None, "B1", "202265000011"]),
    certificate=st.sampled_from([None, "T900", "T901", "202265000011", "1234567890"]),
    joined_precision=st.sampled_from(["day", "month"]),
)  # fmt: skip


@pytest.mark.parametrize("rule", ENTRY, ids=lambda rule: rule.code)
@settings(max_examples=examples(15), deadline=None)
@given(cases=st.lists(CASES, min_size=60, max_size=60))
def test_a_rule_says_the_same_of_all_who_are_alike_in_what_it_looks_at(
    rule: Rule[Any], cases: list[RuleSubject]
) -> None:
    """Where the registry knows nothing of them, nothing else of a case counts."""
    assert rule.depends_on is not None
    policy, registry = load("[[certificate]]\nfrom = 2016-01-01\ndigits = [10]\n"), known()
    names = ("joined", "joined_precision", "number", "certificate", "organization", "left", "day")
    columns = {name: [getattr(case, name) for case in cases] for name in names}
    columns["birth"] = [case.person.born for case in cases]
    columns["politics"] = [case.person.politics for case in cases]
    looks = inputs_of(columns, policy)
    verdicts: dict[Any, bool] = {}
    for at, case in enumerate(cases):
        look = tuple(looks[name][at] for name in rule.depends_on)
        speaks = any(rule.check(case, registry, policy))
        assert verdicts.setdefault(look, speaks) == speaks, look
