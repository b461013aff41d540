"""One question, one answer: whatever is asked who is a member, who holds a post and who leaves by
age says the same, on days on which things begin and end, and under policies that differ."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import leaguectl
from conftest import ENVIRONMENT, Run, answer_of, examples
from leaguectl.model import (
    DECLARATIONS,
    Change,
    Entity,
    Membership,
    Milestone,
    Organization,
    Person,
    Post,
)
from leaguectl.model.days import months_after
from leaguectl.model.periods import (
    DISCIPLINE,
    MEMBERSHIP,
    ORGANIZATION,
    POST,
    Period,
    exists_on,
    is_held_on,
    is_member_on,
)
from leaguectl.reports import predicates
from leaguectl.rules.examples.example import (
    BASE,
    PLACE,
    SLOT,
    Example,
    candidate,
    id_number,
    of_2014,
)
from leaguectl.store import locate
from leaguectl.store.transaction import Operation
from leaguectl.store.writing import Store

BEFORE, FIRST, WITHIN, LAST, END = (date(2023, 5, day) for day in (1, 2, 15, 30, 31))


# -- periods -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "holds"), [(BEFORE, False), (FIRST, True), (WITHIN, True), (LAST, True), (END, False)]
)
def test_what_ends_on_a_day_is_no_more_on_that_day(day: date, holds: bool) -> None:
    """The first day is in, the end is the first day without it: of memberships, posts and
    organisations alike."""
    assert Period(FIRST, END).contains(day) is holds
    membership = Membership(1, 1, "C", date(2020, 1, 1), since=FIRST, left=END)
    assert is_member_on(membership, day) is holds
    assert is_held_on(Post(1, "C", "secretary", "书记", "甲", FIRST, until=END), day) is holds
    organization = Organization("C", "县", "committee", founded=FIRST, dissolved=END)
    assert exists_on(organization, day) is holds


def test_what_has_no_known_beginning_or_no_end_holds_as_far_as_that() -> None:
    """An unknown day of joining is no reason against a membership."""
    assert Period(None, END).contains(date.min)
    assert Period(FIRST, None).contains(date.max)
    assert is_member_on(Membership(1, 1, "C", None), BEFORE)


def test_periods_that_touch_do_not_overlap() -> None:
    """A membership may end and the next begin on one day."""
    assert not Period(BEFORE, FIRST).overlaps(Period(FIRST, END))
    assert Period(BEFORE, WITHIN).overlaps(Period(FIRST, None))
    assert Period().overlaps(Period(FIRST, END))


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("by", ["membership", "post"])
def test_who_left_on_the_day_of_the_meeting_introduces_nobody(by: str, days: int) -> None:
    """Neither does whose post ended that day; who left the day after did."""
    end = BASE.meeting + timedelta(days=days)
    introducer = Person(50, BASE.introducer_1, id_number(50, "20000301"))
    of = {
        "membership": Membership(50, 50, "S1", date(2015, 5, 4), left=end, leaving_reason="age"),
        "post": Post(50, "S", "secretary", "书记", introducer.name, date(2022, 1, 1), 50, end),
    }
    case = candidate(introducer_2="王介绍", due=3, present=3, in_favour=3)
    others = (n for at in (60, 61, 62) for n in of_2014(at))
    wang = (Person(51, "王介绍", id_number(51)), Membership(51, 51, "S1", date(2015, 5, 4)))
    findings = Example((PLACE, SLOT, introducer, of[by], *wang, *others), case).findings()
    known = [finding.code for finding in findings if finding.code == "introducer-member"]
    assert known == ["introducer-member"] * (1 - days)


def test_an_entity_says_by_its_own_fields_when_it_holds() -> None:
    """The declaration of an entity and the predicates go by the same bounds."""
    periods = {name: declared.period for name, declared in DECLARATIONS.items() if declared.period}
    for name, bounds in periods.items():
        assert {*bounds.since, bounds.until} <= DECLARATIONS[name].fields.keys()
    assert set(periods.values()) == {MEMBERSHIP, POST, ORGANIZATION, DISCIPLINE}


# -- the same question of every command ----------------------------------------------------------

TODAY = date.fromisoformat(ENVIRONMENT["LEAGUECTL_TODAY"])
TREE = (
    Organization("C", "共青团云杉县委员会", "committee"),
    Organization("T1", "桥头村团支部", "branch", "C"),
    Organization("T2", "河口村团支部", "branch", "C"),
    Organization("T3", "旧村团支部", "branch", "C", founded=date(2000, 1, 1), dissolved=TODAY),
)
BY_HAND = Operation(at="2024-01-15T08:00:00+00:00", actor="tester", command="test")
PLACES = count()
DAYS_AROUND = st.sampled_from([-400, -1, 0]).map(lambda days: TODAY + timedelta(days=days))
ENDS = st.one_of(
    st.none(), st.sampled_from([-30, -1, 0, 1]).map(lambda days: TODAY + timedelta(days=days))
)


def called(number: int) -> str:
    """The name of a person, which nobody else bears."""
    return f"团员{chr(0x4E00 + number)}"


@dataclass(frozen=True)
class History:
    """Somebody's life in the League, by how far their coming to the age to leave is from today."""

    turns: int
    politics: str | None
    joined_party: date | None
    home: str
    since: date
    left: date | None
    moved_to: str | None
    post: tuple[date, date | None] | None

    def records(self, number: int, age: int) -> Iterator[Entity]:
        """What the registry holds of them."""
        turning = TODAY + timedelta(days=self.turns)
        born = date(turning.year - age, turning.month, min(turning.day, 28))
        born = date(born.year, 2, 29) if self.turns == LEAP and born.year % 4 == 0 else born
        yield Person(
            number, called(number), id_number(number, f"{born:%Y%m%d}"),
            politics=self.politics,
        )  # fmt: skip
        if self.joined_party is not None:
            yield Milestone(number, number, "joined party", self.joined_party)
        joined = date(2015, 5, 4)
        reason = None if self.left is None else "moved" if self.moved_to else "resigned"
        since = None if self.since > TODAY - timedelta(days=1) else self.since
        yield Membership(
            2 * number, number, self.home, joined, left=self.left, leaving_reason=reason,
            since=since, entry="moved" if since else "recorded",
        )  # fmt: skip
        if self.left is not None and self.moved_to is not None:
            yield Membership(
                2 * number + 1, number, self.moved_to, joined, since=self.left, entry="moved"
            )
        if self.post is not None:
            since_post, until = self.post
            yield Post(
                number, "C", "other", "干事", called(number), since_post, number,
                max(until, since_post) if until else None,
            )  # fmt: skip


LEAP = 46
"""The days from today to the end of February: who is born on the 29th of it, where there is one."""

HISTORIES = st.builds(
    History,
    turns=st.sampled_from([-800, -400, -366, -365, -30, -1, 0, 1, 30, LEAP, 350, 351, 400]),
    politics=st.sampled_from([None, "共青团员", "中共党员", "中共 预备党员"]),
    joined_party=st.one_of(st.none(), DAYS_AROUND),
    home=st.sampled_from(["T1", "T2", "T3"]),
    since=DAYS_AROUND,
    left=st.one_of(st.none(), st.sampled_from([-1, 0]).map(lambda n: TODAY + timedelta(days=n))),
    moved_to=st.sampled_from([None, "T1", "T2"]),
    post=st.one_of(st.none(), st.tuples(DAYS_AROUND, ENDS)),
)


def registry(folder: Path, histories: list[History], age: int, months: int, stay: str) -> str:
    """A registry of these people, whose policy has this age to leave."""
    db = str(folder / f"{next(PLACES)}.db")
    policy = (
        f"[[leaving]]\nfrom = 1957-05-25\nage = {age}\nmonths = {months}\n"
        f"party_members_stay = {stay}\n"
    )
    people = [record for number, history in enumerate(histories, 1)
              for record in history.records(number, age)]  # fmt: skip
    order = list(DECLARATIONS)
    people.sort(key=lambda record: order.index(type(record)))
    with Store(locate(db)).creating({"province": "65", "policy": policy}) as transaction:
        transaction.save([Change(None, record) for record in (*TREE, *people)], BY_HAND)
    return db


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    histories=st.lists(HISTORIES, min_size=1, max_size=6),
    age=st.sampled_from([28, 35]),
    months=st.sampled_from([0, 12]),
    stay=st.sampled_from(["true", "false"]),
)
def test_who_is_a_member_and_who_leaves_by_age_has_one_answer(
    run: Run, tmp_path: Path, histories: list[History], age: int, months: int, stay: str
) -> None:
    """``aging``, ``due``, ``check``, ``leave --aged``, ``leave``, ``plan``, ``register``, ``stats``
    and ``org tree`` name the same people."""
    db = registry(tmp_path, histories, age, months, stay)
    today, year_end = TODAY.isoformat(), TODAY.replace(month=12, day=31)

    def answers(*command: str) -> Any:
        ran = run("--db", db, *command, "-O", "json")
        assert ran.code in (0, 1), (command, ran.err)
        return json.loads(ran.out)

    aging = answers("member", "aging")["rows"]
    leaving = [row for row in aging if not row["stays"]]
    now = {row["id"] for row in leaving if row["turns"] <= today}

    # Who is of age today, and by the end of the year.
    for within, expected in ((0, now), ((year_end - TODAY).days, {row["id"] for row in leaving})):
        due = answers("due", "--kind", "age", "--within", str(within))["due"]
        assert {item["about"] for item in due} == {called(person) for person in expected}
    plan = answers("plan", str(TODAY.year), "--as-of", today)
    assert plan["total"]["ageing"] == len(leaving)

    # Everybody who should leave may, together or singly, and nobody else.
    together = answers("member", "leave", "--aged", "--on", today, "--dry-run")["rows"]
    assert {row["id"] for row in together} == now
    alone = {
        number
        for number in range(1, len(histories) + 1)
        if run("--db", db, "member", "leave", f"#{number}", "--reason-kind", "age", "--on", today,
               "--dry-run").code == 0
    }  # fmt: skip
    assert alone == now

    # The rule warns some months after the birthday of the same people.
    check = answers("check", "over-age", "--on", today)["findings"]
    late = {row["name"] for row in leaving
            if months_after(date.fromisoformat(row["turns"]), months) < TODAY}  # fmt: skip
    assert {finding["subject"] for finding in check} == late

    # Who is a member, and of them who is in the Party and so gets no grade.
    registered = answers(
        "member",
        "register",
        "C",
        str(TODAY.year),
        "--grade",
        "qualified",
        "--on",
        today,
        "--dry-run",
    )["rows"]
    assert {row["id"] for row in aging} <= {row["id"] for row in registered}
    graded = {row["id"]: row["grade"] is None for row in registered}
    assert all(graded[row["id"]] == row["party"] for row in aging)
    total = answers("stats", str(TODAY.year), "--as-of", today)["figures"]["members.total"]["value"]
    (top, *_) = answers("org", "tree", "--as-of", today)["organizations"]
    assert total == len(registered) == top["members"] == plan["total"]["members"]


def test_the_answers_are_those_of_the_charter(run: Run, tmp_path: Path) -> None:
    """Of three two are in the Party, one by 政治面貌 and one by a step of theirs: one leaves where
    Party members stay."""
    common = {"home": "T1", "since": TODAY, "left": None, "moved_to": None, "post": None}
    people = [
        History(-400, None, date(2020, 7, 1), **common),
        History(-400, "中共党员", None, **common),
        History(-400, "共青团员", None, **common),
    ]
    for age, stay, expected in ((28, "true", {3}), (28, "false", {1, 2, 3}), (35, "true", {3})):
        db = registry(tmp_path, people, age, 12, stay)
        ran = run("--db", db, "member", "aging", "-O", "json")
        answer = json.loads(ran.out)
        assert answer["age"] == age
        assert {row["id"] for row in answer["rows"] if not row["stays"]} == expected
        assert f"turns {age}" in run("--db", db, "member", "aging").out.splitlines()[0]
        assumed = answer_of(run, "--db", db, "plan", "2024")["assumptions"]
        assert any(f"turn {age} by the end of 2024" in line for line in assumed)
        assert any("members of the Party stay" in line for line in assumed) == (stay == "true")


# -- and nobody else writes such a condition ------------------------------------------------------

_ENDS = {bounds.until for bounds in (MEMBERSHIP, POST, ORGANIZATION, DISCIPLINE)}
CONDITION = re.compile(rf'\b({"|".join(_ENDS)})"? *(IS NULL *\)? *OR|>(?!=))')
"""A condition of a query on the end of a period, as it is written by hand."""


def test_conditions_on_periods_are_made_in_one_place() -> None:
    """No query outside ``reports/predicates`` says by hand when something has ended."""
    by_hand = {
        f"{path.name}: {node.value.strip()[:60]}"
        for path in Path(leaguectl.__file__).parent.rglob("*.py")
        if "store" not in path.parts and path.name != "predicates.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if CONDITION.search(node.value) and not node.value.startswith("<")  # that is markup
    }
    assert by_hand == set()
    assert CONDITION.search(predicates.is_held_on())
