"""One question, one answer: whatever is asked who is a member, who holds a post and who leaves by
age says the same, on days on which things begin and end, and under policies that differ."""

from datetime import date, timedelta

import pytest

from leaguectl.model import DECLARATIONS, Membership, Organization, Person, Post
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
from leaguectl.rules.examples.example import Example
from leaguectl.rules.examples.people import BASE, PLACE, SLOT, candidate, id_number, of_2015

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
    others = (n for at in (60, 61, 62) for n in of_2015(at))
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
