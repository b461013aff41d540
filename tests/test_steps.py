"""The fifteen steps of a case: what is done, what is missing, and when the next may be; by the same
rules as the gate, which are asked as far as they can be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import examples
from county import id_number
from leaguectl.model import (
    NOT_YET,
    Candidacy,
    Membership,
    NotKnownYet,
    Person,
    Snapshot,
)
from leaguectl.rules import Policy, load
from leaguectl.rules.gate import AFTERWARDS, CHAIN
from leaguectl.rules.steps import (
    STEPS,
    Progress,
    earliest,
    judge_so_far,
    latest,
    progress,
    stage_of,
)

PERSON = Person(1, "测试一", id_number(1))  # born on 2007-03-01
POLICY = load()
APPLIED = Candidacy(1, 1, "B", "open", date(2022, 9, 10))


def steps(case: Candidacy) -> dict[str, Progress]:
    """The steps of a case by name."""
    return {step.step.name: step for step in progress(case, PERSON, Snapshot(), POLICY)}


def codes(case: Candidacy, registry: Snapshot | None = None) -> list[str]:
    """What is wrong with a case so far."""
    return [finding.code for finding in judge_so_far(case, PERSON, registry or Snapshot(), POLICY)]


# -- what is not known yet -----------------------------------------------------------------------


USES: dict[str, Callable[[Any], Any]] = {
    "less": lambda x: x < date(2022, 1, 1),
    "more": lambda x: date(2022, 1, 1) <= x,
    "double": lambda x: 2 * x,
    "later": lambda x: x + timedelta(days=1),
    "equal": lambda x: x == 1,
    "truth": lambda x: not x,
    "part": lambda x: x.year,
    "key": lambda x: {x: 1},
    "text": lambda x: f"{x}",
}


@pytest.mark.parametrize("name", USES)
def test_whatever_is_done_with_what_is_not_known_ends_the_question(name: str) -> None:
    """No rule goes on with a value that is none."""
    with pytest.raises(NotKnownYet):
        USES[name](NOT_YET)


def test_a_rule_answers_as_soon_as_it_can() -> None:
    """Too young and a talk before the application are reported at once; a ballot nobody held is
    not."""
    young = replace(APPLIED, applied=date(2021, 2, 1), talked=date(2021, 1, 31))
    assert codes(young) == ["age-at-application", "dates-in-order"]
    assert codes(APPLIED) == []
    assert codes(Candidacy(1, 1, "B", "open")) == []


def test_dates_in_order_are_asked_over_all_steps_of_a_case() -> None:
    """Also of those that an admission does not keep: the form is handed out after the review."""
    case = replace(APPLIED, reviewed=date(2023, 3, 2), form_given=date(2023, 3, 1))
    assert codes(case) == ["dates-in-order"]
    case = replace(APPLIED, approved=date(2023, 3, 2), filed=date(2023, 3, 1))
    assert codes(case) == ["dates-in-order"]


def test_hours_count_once_the_training_is_over() -> None:
    """Four hours are no fault of an activist, and one of a candidate."""
    case = replace(APPLIED, activist=date(2022, 10, 10), course_hours=4.0)
    assert codes(case) == []
    assert steps(case)["step-training"].lacks == ("course_hours",)
    assert codes(replace(case, candidate=date(2023, 3, 1))) == ["course-hours"]


def test_who_is_a_member_is_no_candidate() -> None:
    """Before there is a meeting as well."""
    registry = Snapshot()
    registry.load(PERSON)
    registry.load(Membership(1, 1, "B", date(2021, 5, 4)))
    assert codes(APPLIED, registry) == ["one-person"]
    registry.load(Membership(1, 1, "B", date(2021, 5, 4), left=date(2021, 9, 1)))
    assert codes(APPLIED, registry) == []


# -- progress ------------------------------------------------------------------------------------


def test_there_are_fifteen_steps_in_the_order_of_the_chain() -> None:
    """Each day of the chain belongs to one step, in its order."""
    assert [step.place for step in STEPS] == list(range(1, 16))
    assert [day for step in STEPS for day in step.days] == [*CHAIN, *AFTERWARDS]


def test_a_step_is_done_missing_next_or_later() -> None:
    """What was passed over is missing; the first after the last taken is next."""
    case = replace(APPLIED, activist=date(2022, 10, 10))
    found = {name: step.state for name, step in steps(case).items()}
    assert found["step-applied"] == found["step-activist"] == "done"
    assert found["step-talked"] == "missing"
    assert found["step-contact"] == "next"
    assert {state for name, state in found.items()} == {"done", "missing", "next", "later"}


def test_a_meeting_without_its_ballot_is_not_done() -> None:
    """The day alone does not show that the branch decided."""
    case = replace(APPLIED, meeting=date(2023, 4, 10), due=30)
    found = steps(case)["step-meeting"]
    assert (found.state, found.day, found.lacks) == (
        "next", date(2023, 4, 10), ("present", "in_favour"),
    )  # fmt: skip


def test_the_earliest_day_follows_from_the_rules() -> None:
    """A day after the step before, three months after becoming an activist."""
    case = replace(APPLIED, talked=date(2022, 9, 20), activist=date(2022, 10, 10))
    found = steps(case)
    assert found["step-candidate"].earliest == date(2022, 10, 11)
    assert found["step-meeting"].earliest == date(2023, 1, 10)
    assert found["step-approved"].earliest == date(2023, 1, 11)
    assert found["step-approved"].latest == date(2023, 2, 9)
    assert found["step-activist"].earliest is None


def test_an_application_may_be_made_on_the_fourteenth_birthday() -> None:
    """With nothing known but the person."""
    found = steps(Candidacy(1, 1, "B", "open"))["step-applied"]
    assert (found.state, found.earliest) == ("next", date(2021, 3, 1))


def test_an_earliest_day_may_be_still_to_come() -> None:
    """A step that is recorded may not; one that is planned may."""
    registry = Snapshot(today=date(2022, 9, 10))
    assert earliest(APPLIED, "talked", PERSON, registry, POLICY) == date(2022, 9, 11)
    assert codes(replace(APPLIED, talked=date(2022, 9, 11)), registry) == ["dates-in-future"]


def test_a_talk_has_a_last_day() -> None:
    """A month after the application."""
    found = steps(APPLIED)["step-talked"]
    assert (found.earliest, found.latest) == (date(2022, 9, 11), date(2022, 10, 11))


def test_the_days_move_with_the_numbers_of_the_policy() -> None:
    """There is no second copy of a rule: a county's own policy moves the earliest day."""
    own = load("[[admission]]\nfrom = 2016-01-01\nactivist_months = 6\ntalk_days = 10\n")
    case = replace(APPLIED, activist=date(2022, 10, 10))
    assert earliest(case, "meeting", PERSON, Snapshot(), own) == date(2023, 4, 10)
    talked = replace(APPLIED, talked=date(2022, 9, 11))
    assert latest(talked, "talked", PERSON, Snapshot(), own) == date(2022, 9, 20)


def test_where_no_day_is_free_of_objections_the_first_that_is_not_forbidden_counts() -> None:
    """Between two days that follow each other a tie is left, which only warns."""
    case = replace(APPLIED, activist=date(2022, 9, 11))
    assert earliest(case, "talked", PERSON, Snapshot(), POLICY) == date(2022, 9, 10)


@pytest.mark.parametrize(
    ("case", "stage"),
    [(APPLIED, "applicant"), (replace(APPLIED, activist=date(2022, 10, 1)), "activist"),
     (replace(APPLIED, candidate=date(2023, 3, 1)), "candidate"),
     (replace(APPLIED, meeting=date(2023, 4, 1)), "passed"),
     (replace(APPLIED, state="refused", closed=date(2023, 4, 1)), "refused")],
)  # fmt: skip
def test_a_case_is_at_one_stage(case: Candidacy, stage: str) -> None:
    """The last great step, or how it ended."""
    assert stage_of(case) == stage


# -- the same rules as the gate ------------------------------------------------------------------

NUMBERS = st.fixed_dictionaries(
    {
        "activist_months": st.integers(0, 7), "talk_days": st.integers(1, 60),
        "notice_days": st.integers(0, 12), "approval_days": st.integers(1, 45),
        "earliest_months": st.integers(0, 6), "activist_age": st.integers(14, 16),
        "notice_working": st.booleans(),
    }
)  # fmt: skip


def policy_with(numbers: dict[str, Any]) -> Policy:
    """The policy of a county that sets these numbers of an admission."""
    lines = [f"{name} = {str(value).lower()}" for name, value in numbers.items()]
    return load("\n".join(["[[admission]]", "from = 2016-01-01", *lines]))


@settings(max_examples=examples(12), deadline=None, derandomize=True)
@given(st.dates(date(2021, 3, 1), date(2023, 6, 30)), NUMBERS)
def test_a_case_that_takes_every_step_on_its_earliest_day_passes_the_gate(
    applied: date, numbers: dict[str, Any]
) -> None:
    """Whatever the policy's numbers are; and on the day before the gate has something to say."""
    policy = policy_with(numbers)
    case, first = Candidacy(1, 1, "B", "open", applied), {}
    for step in (*CHAIN[1:], *AFTERWARDS):
        day = earliest(case, step, PERSON, Snapshot(), policy)
        assert day is not None
        first[step] = day
        supposed: dict[str, Any] = {step: day}
        case = replace(case, **supposed)

    def said(candidacy: Candidacy) -> set[str]:
        whole = replace(candidacy, course_hours=8.0, service_hours=20.0, introducer_1="李介绍",
                        introducer_2="王介绍", due=30, present=28, in_favour=27)  # fmt: skip
        verdicts = judge_so_far(whole, PERSON, Snapshot(), policy)
        return {verdict.field for verdict in verdicts}

    assert said(case) == set()
    for step, day in first.items():
        sooner: dict[str, Any] = {step: day - timedelta(days=1)}
        assert said(replace(case, **sooner)), step


# -- the days are sampled ------------------------------------------------------------------------


def objected(case: Candidacy, step: str, day: date, policy: Policy) -> set[tuple[str, str]]:
    """What the gate says against a day that was not said without it."""

    def said(candidacy: Candidacy) -> set[tuple[str, str]]:
        verdicts = judge_so_far(candidacy, PERSON, Snapshot(), policy)
        return {(v.code, v.field) for v in verdicts if v.field in (*CHAIN, *AFTERWARDS)}

    without: dict[str, Any] = {step: None}
    dated: dict[str, Any] = {step: day}
    return said(replace(case, **dated)) - said(replace(case, **without))


@settings(max_examples=examples(12), deadline=None, derandomize=True)
@given(st.dates(date(2021, 3, 1), date(2023, 6, 30)), NUMBERS, st.sampled_from(CHAIN[1:]))
def test_the_earliest_day_is_that_of_trying_every_day(
    applied: date, numbers: dict[str, Any], step: str
) -> None:
    """Most days are never asked about; none of them is better than the one that was found."""
    policy = policy_with(numbers)
    case = Candidacy(1, 1, "B", "open", applied)
    before = CHAIN[: CHAIN.index(step)]
    for name in before[1:]:
        supposed: dict[str, Any] = {name: earliest(case, name, PERSON, Snapshot(), policy)}
        case = replace(case, **supposed)
    start = max(getattr(case, name) for name in before)
    found = earliest(case, step, PERSON, Snapshot(), policy)
    assert found is not None
    for at in range((found - start).days):
        assert objected(case, step, start + timedelta(days=at), policy)


@settings(max_examples=examples(12), deadline=None, derandomize=True)
@given(NUMBERS, st.sampled_from(["talked", "approved", "meeting"]), st.integers(0, 40))
def test_what_is_too_late_stays_too_late(numbers: dict[str, Any], step: str, after: int) -> None:
    """Up to the latest day nothing is said that was not said before, and on every day after."""
    policy = policy_with(numbers)
    start = date(2023, 4, 10) + timedelta(days=after)
    days: dict[str, Any] = {"talked": start} if step == "talked" else {
        "activist": date(2022, 11, 1), "meeting": start, "approved": start,
    }  # fmt: skip
    case = replace(APPLIED, applied=date(2022, 9, 10) if step != "talked" else start, **days)
    last = latest(case, step, PERSON, Snapshot(), policy)
    if last is None:
        return
    first = {code for code, _ in objected(case, step, start, policy)}
    for at in range(0, (last - start).days + 90):
        day = start + timedelta(days=at)
        new = {code for code, _ in objected(case, step, day, policy)} - first
        assert bool(new) == (day > last), day
