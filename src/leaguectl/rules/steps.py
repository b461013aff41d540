"""The fifteen steps of a case: what is done, what is missing, when the next may be.

No rule is written here. A case is put before the rules of the gate as far as they can be asked,
and the earliest and latest day of a step is found by asking them of one day after the other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from leaguectl.findings import Level
from leaguectl.model import (
    NOT_YET,
    Candidacy,
    NotKnownYet,
    Person,
    RuleSubject,
    Snapshot,
    is_known,
    prospective,
)
from leaguectl.rules.book import GATE
from leaguectl.rules.gate import AFTERWARDS, CHAIN
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import CaseRule, Rule, Verdict, level_of

LOOK_AHEAD = 366 * 5
"""So many days after the step before it a day is looked for; a county may ask for an age that the
applicant reaches years later."""


STRIDE = 16
"""Days that are tried one by one at first, and in steps of so many after."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the fifteen steps: its place, its name, the facts that show that it was taken."""

    at: int
    name: str
    facts: tuple[str, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """Those of its facts that are days."""
        return tuple(fact for fact in self.facts if fact in CHAIN + AFTERWARDS)


STEPS = (
    Step(1, "step-applied", ("applied",)),
    Step(2, "step-talked", ("talked",)),
    Step(3, "step-activist", ("activist",)),
    Step(4, "step-contact", ("contact_1",)),
    Step(5, "step-training", ("course_hours",)),
    Step(6, "step-candidate", ("candidate",)),
    Step(7, "step-reviewed", ("reviewed",)),
    Step(8, "step-notice", ("notice_from", "notice_to")),
    Step(9, "step-introducers", ("introducer_1", "introducer_2")),
    Step(10, "step-form", ("form_given",)),
    Step(11, "step-meeting", ("meeting", "due", "present", "in_favour")),
    Step(12, "step-approved", ("approved",)),
    Step(13, "step-told", ("told",)),
    Step(14, "step-oath", ("oath",)),
    Step(15, "step-filed", ("filed",)),
)
"""发展团员五个阶段十五个步骤, in their order."""

_HOURS = ("course_hours", "service_hours")
_DAYS = frozenset(CHAIN + AFTERWARDS)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is. ``state``: done, missing (a later one was taken), next, later.

    ``day`` is the day it bears, ``lacks`` the facts that are still to come; ``earliest`` is the
    first day that the rules let it bear, if the steps before it are taken on their earliest, and
    ``latest`` the last where they set a limit.
    """

    step: Step
    state: str
    day: date | None
    lacks: tuple[str, ...]
    earliest: date | None
    latest: date | None


def judge_so_far(
    case: Candidacy,
    person: Person,
    snapshot: Snapshot,
    policy: Policy,
    *,
    hours_so_far: bool = False,
    book: Iterable[Rule[CaseRule]] = GATE,
) -> list[Verdict]:
    """Ask every rule of the book that can be asked of a case which is not complete; all that is
    wrong so far, in the book's order."""
    asked = prospective(case, person, hours_so_far=hours_so_far)
    return [
        verdict
        for rule in book
        if (level := level_of(rule, policy)) is not None
        for verdict in _answers(rule, asked, snapshot, policy, level)
    ]


def _answers(
    rule: Rule[CaseRule], asked: RuleSubject, snapshot: Snapshot, policy: Policy, level: Level
) -> Iterator[Verdict]:
    try:
        for field, facts in rule.check(asked, snapshot, policy):
            known = {name: None if fact is NOT_YET else fact for name, fact in facts.items()}
            yield Verdict(rule.code, level, field, known)
    except NotKnownYet:
        return  # what follows cannot be asked before more is known


def progress(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> list[Progress]:
    """The fifteen steps of a case, each with what it lacks and the days that it may bear."""
    found, supposed = [], case
    for one in standing(case, person, snapshot, policy):
        dated, supposed = _with_days(one, supposed, person, snapshot, policy)
        found.append(dated)
    return found


def standing(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> list[Progress]:
    """How far each of the fifteen steps of a case is, without the days that it may bear."""
    hours = _hours_missing(case, person, snapshot, policy)
    taken = [step.at for step in STEPS if any(is_known(getattr(case, one)) for one in step.facts)
             and step.name != "step-training"]  # fmt: skip
    last = max(taken, default=0)
    found: list[Progress] = []
    is_first = True
    for step in STEPS:
        days = [getattr(case, one) for one in step.days]
        bears = next((day for day in reversed(days) if day is not None), None)
        lacks = tuple(one for one in step.facts if getattr(case, one) is None or one in hours)
        state = "done"
        if lacks:
            state = "missing" if step.at < last else "next" if is_first else "later"
            is_first = is_first and state != "next"
        found.append(Progress(step, state, bears, lacks, None, None))
    return found


def next_step(
    case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> Progress | None:
    """The first step that is not done and that no later one has passed over, with the days that it
    may bear; None where all are done."""
    found = (one for one in standing(case, person, snapshot, policy) if one.state == "next")
    one = next(found, None)
    return None if one is None else days_of(one, case, person, snapshot, policy)


def days_of(
    one: Progress, case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> Progress:
    """One step of a case with the days that it may bear beside those that are recorded."""
    return _with_days(one, case, person, snapshot, policy)[0]


def _with_days(
    one: Progress, case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> tuple[Progress, Candidacy]:
    """A step with its earliest and its latest day, and the case as if it were taken on the
    earliest."""
    first = until = None
    for step in one.step.days:
        if getattr(case, step) is None:
            day = earliest(case, step, person, snapshot, policy)
            if day is not None:
                case = _with_day(case, step, day)
                until = latest(case, step, person, snapshot, policy)
            first = first or day
    return replace(one, earliest=first, latest=until), case


def stage_of(case: Candidacy) -> str:
    """How far a case is in one word: its end where it has one, else its last great step."""
    if case.state != "open":
        return case.state
    for step, stage in (("meeting", "passed"), ("candidate", "candidate"),
                        ("activist", "activist")):  # fmt: skip
        if getattr(case, step) is not None:
            return stage
    return "applicant"


def earliest(
    case: Candidacy, step: str, person: Person, snapshot: Snapshot, policy: Policy
) -> date | None:
    """The first day that a step which was not taken may bear: no rule of the gate says anything
    against it; failing that, none forbids it. None where there is no such day."""
    order = CHAIN + AFTERWARDS
    at = order.index(step)
    before = [day for one in order[:at] if (day := getattr(case, one)) is not None]
    after = [day for one in order[at + 1 :] if (day := getattr(case, one)) is not None]
    start = max(before, default=person.born)
    ahead = LOOK_AHEAD if before else 366 * 30  # an application may be as old as a member's age
    if after:  # no later than the first of the steps that follow
        ahead = min(ahead, max((min(after) - start).days, 0) + 1)
    plain = _objections(case, step, None, person, snapshot, policy)

    @cache
    def against(at: int) -> set[tuple[str, str, bool]]:
        day = start + timedelta(days=at)
        return _objections(case, step, day, person, snapshot, policy) - plain

    found = _first(lambda at: not against(at), ahead)
    if found is None:
        found = _first(lambda at: not any(is_error for *_, is_error in against(at)), ahead)
    return None if found is None else start + timedelta(days=found)


def _first(is_good: Callable[[int], bool], count: int) -> int | None:
    """The first of so many days that is good.

    Days that are too early come first, so where a day some weeks on is good, the first good one
    lies between the last that was tried and it; a few good days between bad ones are looked for one
    by one.
    """
    bad = -1
    for good in (*range(min(STRIDE, count)), *range(2 * STRIDE - 1, count, STRIDE)):
        if is_good(good):
            return _between(bad, good, is_good)
        bad = good
    return next((at for at in range(count) if is_good(at)), None)


def _between(bad: int, good: int, is_good: Callable[[int], bool]) -> int:
    """The first good day after a bad one, where all from it to ``good`` are."""
    while good - bad > 1:
        middle = (bad + good) // 2
        if is_good(middle):
            good = middle
        else:
            bad = middle
    return good


def latest(
    case: Candidacy, step: str, person: Person, snapshot: Snapshot, policy: Policy
) -> date | None:
    """The last day that a step which is there may bear before a rule objects to its lateness; None
    where no rule sets a limit."""
    start: date = getattr(case, step)
    plain = _objections(case, step, start, person, snapshot, policy)
    good, late = 0, LOOK_AHEAD
    if not _objections(case, step, start + timedelta(days=late), person, snapshot, policy) - plain:
        return None
    while late - good > 1:  # what is too late one day is too late on every day after
        middle = (good + late) // 2
        day = start + timedelta(days=middle)
        if _objections(case, step, day, person, snapshot, policy) - plain:
            late = middle
        else:
            good = middle
    return start + timedelta(days=good)


def _with_day(case: Candidacy, step: str, day: date | None) -> Candidacy:
    supposed: dict[str, Any] = {step: day}
    return replace(case, **supposed)


def _objections(
    case: Candidacy, step: str, day: date | None, person: Person, snapshot: Snapshot,
    policy: Policy,
) -> set[tuple[str, str, bool]]:  # fmt: skip
    """What the rules say about the days of a case, were this step taken that day. That the day is
    still to come is no objection."""
    verdicts = judge_so_far(_with_day(case, step, day), person, snapshot, policy)
    return {
        (one.code, one.field, one.is_error)
        for one in verdicts
        if one.field in _DAYS and one.code != "dates-in-future"
    }


def _hours_missing(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> set[str]:
    """Those of the hours that a rule asks more of."""
    verdicts = judge_so_far(case, person, snapshot, policy, hours_so_far=True)
    return {one.field for one in verdicts if one.field in _HOURS and one.is_error}
