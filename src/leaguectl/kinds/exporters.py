"""The registry said again in the lines of sheets: for each kind the inverse of its planner.

What a kind's function says of a registry, its planner reads without a change. A kind is added by
its line in :data:`OUTWARD`; a test goes through all kinds and finds a missing one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from leaguectl.kinds import Line
from leaguectl.kinds.activities import activity_lines
from leaguectl.kinds.admissions import admission_lines
from leaguectl.kinds.assessments import assessment_lines
from leaguectl.kinds.candidates import candidate_lines
from leaguectl.kinds.members import member_lines
from leaguectl.kinds.milestones import milestone_lines
from leaguectl.kinds.organizations import organization_lines
from leaguectl.kinds.posts import cadre_lines
from leaguectl.kinds.quotas import quota_lines
from leaguectl.kinds.reviews import review_lines
from leaguectl.kinds.surveys import survey_lines
from leaguectl.kinds.tasks import task_lines
from leaguectl.kinds.trainings import training_lines
from leaguectl.model import (
    Activity,
    Admission,
    Candidacy,
    Certificate,
    Coverage,
    Entity,
    Form,
    Membership,
    Milestone,
    Number,
    Organization,
    Person,
    Post,
    Quota,
    Review,
    Score,
    Snapshot,
    Survey,
    Task,
    Trainee,
    Training,
)

Says = Callable[[Snapshot], Iterator[tuple[str | None, Line]]]
"""Each line with the code of the organisation whose row it is, None where it is nobody's."""


@dataclass(frozen=True, slots=True)
class Outward:
    """How a kind of sheet is said: from which nouns beside the organisations, and by what."""

    nouns: tuple[type[Entity], ...]
    says: Says
    by_organization: bool = True
    """Whether a row belongs to an organisation, so that it can be asked for by one."""
    begins: str | None = None
    """The column with the day from which a row holds, where its noun is at hand on any day because
    others name it."""


OUTWARD: dict[str, Outward] = {
    "organizations": Outward((), organization_lines, begins="founded"),
    "quotas": Outward((Quota,), quota_lines),
    "members": Outward((Person, Membership, Number, Form, Certificate), member_lines),
    "admissions": Outward((Person, Admission), admission_lines),
    "candidates": Outward((Person, Candidacy), candidate_lines),
    "milestones": Outward((Person, Membership, Milestone), milestone_lines),
    "cadres": Outward((Person, Post), cadre_lines),
    "trainings": Outward((Person, Training, Trainee), training_lines, by_organization=False),
    "activities": Outward((Activity, Coverage), activity_lines),
    "assessments": Outward((Score,), assessment_lines),
    "reviews": Outward((Review,), review_lines),
    "tasks": Outward((Task,), task_lines, by_organization=False),
    "surveys": Outward((Survey,), survey_lines),
}

_BEGINS: dict[type[Entity], str] = {
    Membership: "begun", Admission: "meeting", Quota: "year",
    Candidacy: "applied", Post: "since", Training: "day", Activity: "day", Score: "year",
    Survey: "year", Review: "year", Milestone: "day",
}  # fmt: skip
_ENDS: dict[type[Entity], tuple[str, ...]] = {
    Organization: ("dissolved",), Membership: ("left", "leaving_reason"), Post: ("until",),
    Task: ("done",),
}  # fmt: skip


def lines_of(
    kind: str, registry: Snapshot, above: str | None = None, day: date | None = None
) -> Iterator[Line]:
    """What the sheets of a kind say of this registry; of ``above`` and all below it alone, and of
    what was there on that day."""
    way = OUTWARD[kind]
    for home, line in way.says(registry):
        begun = getattr(line, way.begins) if way.begins else None
        if day is not None and begun is not None and begun.date > day:
            continue
        if above is None or (home is not None and registry.is_below(home, above)):
            yield line


def as_it_stood(nouns: Iterable[Any], day: date | None) -> Iterator[Any]:
    """The nouns that were there on that day, without what ended them later; all for None."""
    for noun in nouns:
        if day is None:
            yield noun
            continue
        begun = getattr(noun, _BEGINS[type(noun)]) if type(noun) in _BEGINS else None
        if begun is not None and begun > (day.year if isinstance(begun, int) else day):
            continue
        ends = _ENDS.get(type(noun), ())
        later = bool(ends) and (end := getattr(noun, ends[0])) is not None and end > day
        yield replace(noun, **dict.fromkeys(ends)) if later else noun
