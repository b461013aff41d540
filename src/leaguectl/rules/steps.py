"""The fifteen steps of a case: what is done, what is missing, when the next may be.

No rule is written here. A case is judged by the rules of the gate as far as possible, and the
earliest and latest day of a step is found by trying one day after another: so a changed number of
the policy moves the days, and nothing is written twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from leaguectl.model import (
    Candidacy,
    Person,
    Snapshot,
    is_known,
    prospective,
)
from leaguectl.rules.book import GATE
from leaguectl.rules.gate import AFTERWARDS, CHAIN
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import CaseRule, Rule, Verdict, judge

LOOK_AHEAD = 366 * 5
"""How many days after the previous step a day is searched for; a county may require an age that the
applicant reaches years later."""

STRIDE = 16
"""How many days are tried singly at first; after them every 16th, see :func:`_first`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the fifteen steps: its place, its name, the facts that prove it."""

    place: int
    name: str
    facts: tuple[str, ...]

    @property
    def days(self) -> tuple[str, ...]:
        """Its facts that are days."""
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
    """The progress of a step. ``state``: done, missing (a later step was taken), next, later.

    ``day`` is its recorded day, ``lacks`` the facts that are still to come; ``earliest`` is the
    first day that the rules allow, if earlier steps are taken on their earliest day, and ``latest``
    the last day where they set a limit.
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
    """Judge an incomplete case by every rule of the book as far as possible; all violations so far,
    in the book's order."""
    subject = prospective(case, person, hours_so_far=hours_so_far)
    return judge(subject, snapshot, policy, book)


def progress(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> list[Progress]:
    """The fifteen steps of a case, each with what it lacks and the days that it may have."""
    dated, supposed = [], case
    for step in standing(case, person, snapshot, policy):
        # The days of later steps follow from the earliest days of earlier ones.
        with_days, supposed = _with_days(step, supposed, person, snapshot, policy)
        dated.append(with_days)
    return dated


def standing(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> list[Progress]:
    """The progress of the fifteen steps of a case, without the days that each may have."""
    missing_hours = _missing_hours(case, person, snapshot, policy)
    last = max((step.place for step in STEPS if _was_taken(step, case)), default=0)
    steps: list[Progress] = []
    has_next = False
    for step in STEPS:
        days = [day for fact in step.days if (day := getattr(case, fact)) is not None]
        lacks = tuple(
            fact for fact in step.facts if getattr(case, fact) is None or fact in missing_hours
        )
        state = "done"
        if lacks:
            state = "missing" if step.place < last else "later" if has_next else "next"
            has_next = has_next or state == "next"
        steps.append(Progress(step, state, days[-1] if days else None, lacks, None, None))
    return steps


def _was_taken(step: Step, case: Candidacy) -> bool:
    """Whether a fact proves that a step was taken; hours are counted all the time and prove
    nothing."""
    if step.name == "step-training":
        return False
    return any(is_known(getattr(case, fact)) for fact in step.facts)


def next_step(
    case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> Progress | None:
    """The first step that is not done and not skipped by a later one, with the days that it may
    have; None where all are done."""
    for step in standing(case, person, snapshot, policy):
        if step.state == "next":
            return days_of(step, case, person, snapshot, policy)
    return None


def days_of(
    step: Progress, case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> Progress:
    """A step of a case with the days that it may have, besides those that are recorded."""
    return _with_days(step, case, person, snapshot, policy)[0]


def _with_days(
    progress: Progress, case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy
) -> tuple[Progress, Candidacy]:
    """A step with its earliest and its latest day, and the case with the step taken on the
    earliest."""
    first = last = None
    for fact in progress.step.days:
        if getattr(case, fact) is None:
            day = earliest(case, fact, person, snapshot, policy)
            if day is not None:
                case = _with_day(case, fact, day)
                last = latest(case, fact, person, snapshot, policy)
            first = first or day
    return replace(progress, earliest=first, latest=last), case


_STAGES = {"meeting": "passed", "candidate": "candidate", "activist": "activist"}


def stage_of(case: Candidacy) -> str:
    """How far a case is, in a word: its end where it has one, else its last main step."""
    if case.state != "open":
        return case.state
    reached = (stage for fact, stage in _STAGES.items() if getattr(case, fact) is not None)
    return next(reached, "applicant")


def earliest(
    case: Candidacy, fact: str, person: Person, snapshot: Snapshot, policy: Policy
) -> date | None:
    """The first day that a missing dated fact may have without any objection of the gate; failing
    that, the first day that no rule forbids. None where there is no such day."""
    order = CHAIN + AFTERWARDS
    place = order.index(fact)
    before = [day for name in order[:place] if (day := getattr(case, name)) is not None]
    after = [day for name in order[place + 1 :] if (day := getattr(case, name)) is not None]
    start = max(before, default=person.born)
    ahead = LOOK_AHEAD if before else 366 * 30  # an application may be as old as a member's age
    if after:  # no later than the first of the steps that follow
        ahead = min(ahead, max((min(after) - start).days, 0) + 1)
    without = _objections(case, fact, None, person, snapshot, policy)

    @cache
    def objections(index: int) -> set[_Objection]:
        day = start + timedelta(days=index)
        return _objections(case, fact, day, person, snapshot, policy) - without

    index = _first(lambda index: not objections(index), ahead)
    if index is None:
        # Steps that follow each other closely may leave no day without a warning (dates-tied).
        index = _first(lambda index: not any(o.is_error for o in objections(index)), ahead)
    return None if index is None else start + timedelta(days=index)


def _first(is_good: Callable[[int], bool], count: int) -> int | None:
    """The first good day among ``count`` days.

    Evaluating all rules for each day of five years would take seconds, so the days are sampled. The
    rules set minimums (an age, months, days of notice), so days that are too early come before the
    good days; a maximum (a talk within a month, an age) may end the good days again. This assumes
    that between a bad sample and the next good sample, ``STRIDE`` days later, bad turns to good
    once. A shorter span of good days lies near the previous step, in the first days, which are
    tried singly; where no sample is good, all days are tried. ``tests/test_steps.py`` compares the
    answer with that of trying every day.
    """
    bad = -1
    for sample in (*range(min(STRIDE, count)), *range(2 * STRIDE - 1, count, STRIDE)):
        if is_good(sample):
            return _turn(bad, sample, is_good)
        bad = sample
    return next((index for index in range(count) if is_good(index)), None)


def _turn(bad: int, good: int, is_good: Callable[[int], bool]) -> int:
    """The first good day after a bad one, where the days turn from bad to good once before
    ``good``."""
    while good - bad > 1:
        middle = (bad + good) // 2
        if is_good(middle):
            good = middle
        else:
            bad = middle
    return good


def latest(
    case: Candidacy, fact: str, person: Person, snapshot: Snapshot, policy: Policy
) -> date | None:
    """The last day that a known dated fact may have before a rule objects to its lateness; None
    where no rule sets a limit within :data:`LOOK_AHEAD` days.

    This assumes that a fact which is too late on a day is too late on every later day, which holds
    since a rule that limits lateness compares the day with a fixed one.
    """
    start: date = getattr(case, fact)
    at_start = _objections(case, fact, start, person, snapshot, policy)

    def is_late(index: int) -> bool:
        day = start + timedelta(days=index)
        return bool(_objections(case, fact, day, person, snapshot, policy) - at_start)

    if not is_late(LOOK_AHEAD):
        return None
    return start + timedelta(days=_turn(0, LOOK_AHEAD, is_late) - 1)


def _with_day(case: Candidacy, fact: str, day: date | None) -> Candidacy:
    supposed: dict[str, Any] = {fact: day}
    return replace(case, **supposed)


class _Objection(NamedTuple):
    """A rule's objection to a day: its code, the dated fact at fault, whether it forbids the
    day."""

    code: str
    field: str
    is_error: bool


def _objections(
    case: Candidacy,
    fact: str,
    day: date | None,
    person: Person,
    snapshot: Snapshot,
    policy: Policy,
) -> set[_Objection]:
    """The objections to the days of a case if this fact had that day. A day in the future is not an
    objection."""
    verdicts = judge_so_far(_with_day(case, fact, day), person, snapshot, policy)
    return {
        _Objection(verdict.code, verdict.field, verdict.is_error)
        for verdict in verdicts
        if verdict.field in _DAYS and verdict.code != "dates-in-future"
    }


def _missing_hours(case: Candidacy, person: Person, snapshot: Snapshot, policy: Policy) -> set[str]:
    """The kinds of hours that are still too few for a rule."""
    verdicts = judge_so_far(case, person, snapshot, policy, hours_so_far=True)
    return {verdict.field for verdict in verdicts if verdict.field in _HOURS and verdict.is_error}
