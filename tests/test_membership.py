"""A membership in time: whatever happened to people, every organisation's year balances."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run, examples
from county import id_number
from leaguectl.model import (
    Admission,
    Certificate,
    Change,
    Entity,
    Form,
    Membership,
    Number,
    Organization,
    Person,
    Quota,
)
from leaguectl.reports import figures, organizations
from leaguectl.store import locate
from leaguectl.store.reading import Reader, open_reader
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store

TREE = {"C": None, "S": "C", "S1": "S", "S2": "S", "T": "C", "T1": "T"}
BRANCHES = ("S1", "S2", "T1")
FIRST = date(2022, 11, 1)
DAYS = [date(2023, 1, 1), date(2023, 5, 4), date(2023, 7, 1), date(2023, 12, 31)]
ENDS = ("age", "transferred", "resigned", "removed", "expelled", "deceased", "other", None)
BASE: list[Entity] = [
    *(
        Organization(code, code, "branch" if code in BRANCHES else "committee", parent)
        for code, parent in TREE.items()
    ),
    *(Person(at, f"测试{at}", id_number(at)) for at in range(1, 5)),
    Quota(1, 2023, "C", "202365000001", "202365000004", 4),
    *(Number(f"20236500000{at}", 2023, "used", 1, at) for at in range(1, 5)),
    *(Form(f"20236500000{at}", at) for at in range(1, 5)),
    *(Certificate(f"{at}", at) for at in range(1, 5)),
]
BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")

days = st.integers(0, 500).map(lambda number: FIRST + timedelta(number))


@st.composite
def lives(draw: st.DrawFn) -> list[Entity]:
    """What may have happened to four people: admitted or come with a day or without, moved, left,
    come back, several times and sometimes twice on one day."""
    made: list[Entity] = []
    for person in range(1, 5):
        dated = sorted(draw(st.lists(days, min_size=1, max_size=6)))
        joined: date | None = draw(st.sampled_from([dated[0], dated[0], None]))
        entry = "recorded"
        home = draw(st.sampled_from(BRANCHES))
        if joined is not None and joined.year == 2023 and draw(st.booleans()):
            entry = "admitted"
            admitting = draw(st.sampled_from([home, home, home, *BRANCHES]))
            made.append(admission(person, admitting, joined))
        since: date | None = None
        for day in dated[1:]:
            at = len(made) + 1
            if draw(st.booleans()):
                made.append(Membership(at, person, home, joined, "day", entry, day, "moved", since))
                home, entry = draw(st.sampled_from(BRANCHES)), "moved"
            else:
                reason = draw(st.sampled_from(ENDS))
                made.append(Membership(at, person, home, joined, "day", entry, day, reason, since))
                home, entry = draw(st.sampled_from(BRANCHES)), "restored"
            since = day
        if draw(st.booleans()):
            made.append(
                Membership(len(made) + 1, person, home, joined, "day", entry, None, None, since)
            )
    return made


def admission(person: int, organization: str, meeting: date) -> Admission:
    """An admission of that day."""
    return Admission(
        person, person, organization, f"20236500000{person}", f"20236500000{person}", f"{person}",
        date(2022, 6, 1), date(2022, 7, 1), meeting, date(2024, 5, 1), 8, "甲", "乙", 3, 3, 3,
    )  # fmt: skip


def below(top: str) -> set[str]:
    """The organisation and all below it, counted another way than the program does."""

    def above(code: str | None) -> set[str]:
        return set() if code is None else {code} | above(TREE[code])

    return {code for code in TREE if top in above(code)}


def members(made: list[Entity], inside: set[str], day: date) -> int:
    """Who is a member there that day, asked one by one."""
    return sum(
        isinstance(membership, Membership)
        and membership.organization in inside
        and (membership.begun is None or membership.begun <= day)
        and (membership.left is None or membership.left > day)
        for membership in made
    )


def assert_true(reader: Reader, made: list[Entity], org: str, day: date) -> None:
    """The year up to that day balances for the organisation, and its members are who they are."""
    found = {
        figure.figure.key: figure.value for figure in figures.count(reader, day.year, day, org)
    }
    began = found["members.opening"], found["admissions.total"], found["members.transferred_in"]
    gone = found["members.transferred_out"], found["members.left"]
    assert sum(map(int, began)) - sum(map(int, gone)) == found["members.total"]  # type: ignore[arg-type]
    inside = below(org)
    assert found["members.total"] == members(made, inside, day)
    assert found["members.opening"] == members(made, inside, date(day.year - 1, 12, 31))
    shown = {
        organization["code"]: organization["members"]
        for organization in organizations.tree(reader, org, day)
    }
    assert shown == {code: members(made, below(code), day) for code in inside}


def registry(run: Run, either_db: str) -> Store:
    """The organisations and people, without a membership."""
    assert run("init", "--province", "65").code == 0
    store = Store(locate(either_db))
    with store.write() as transaction:
        transaction.save([Change(None, entity) for entity in BASE], BY_HAND)
    return store


def put(store: Store, made: list[Entity]) -> None:
    """Have these memberships and admissions alone."""
    with store.write() as transaction:
        gone: list[Entity] = [
            *transaction.whole().memberships.values(),
            *transaction.whole().admissions.values(),
        ]
        transaction.save([Change(entity, None) for entity in gone], BY_HAND)
        transaction.save([Change(None, entity) for entity in made], BY_HAND)


def test_the_year_balances_whatever_happened(run: Run, either_db: str) -> None:
    """Opening + admitted + in − out − left = members, for every organisation on every day."""
    store = registry(run, either_db)

    @settings(
        max_examples=examples(12), deadline=None, derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip
    @given(lives())
    def holds(made: list[Entity]) -> None:
        put(store, made)
        with open_reader(locate(either_db)) as reader:
            for day in DAYS:
                for org in TREE:
                    assert_true(reader, made, org, day)

    holds()


MOVE = [
    Membership(1, 1, "S1", date(2022, 5, 4), left=date(2023, 6, 1), leaving_reason="moved"),
    Membership(2, 1, "S2", date(2022, 5, 4), "day", "moved", date(2023, 9, 1), "moved",
               date(2023, 6, 1)),
    Membership(3, 1, "T1", date(2022, 5, 4), "day", "moved", None, None, date(2023, 9, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("org", "came", "went"),
    [("C", 0, 0), ("S", 0, 1), ("S1", 0, 1), ("S2", 1, 1), ("T", 1, 0), ("T1", 1, 0)],
)
def test_a_move_is_in_and_out_where_it_crosses_a_border(
    run: Run, either_db: str, org: str, came: int, went: int
) -> None:
    """Within what is asked for, a move is neither; nobody leaves by it."""
    put(registry(run, either_db), list(MOVE))
    with open_reader(locate(either_db)) as reader:
        found = {
            figure.figure.key: figure.value for figure in figures.count(reader, 2023, None, org)
        }
    keys = ("members.transferred_in", "members.transferred_out", "members.left")
    assert [found[key] for key in keys] == [came, went, 0]
