"""What a batch would change, row by row. Pure: no file, no database, no clock.

A preview is the plan, not carried out; a commit carries out that same plan.
"""

from collections.abc import Callable, Iterable, Iterator

from leaguectl.kinds import LINES, AdmissionLine, MemberLine
from leaguectl.kinds.activities import plan_activity
from leaguectl.kinds.admissions import plan_admission
from leaguectl.kinds.assessments import plan_assessment
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.candidates import plan_candidate
from leaguectl.kinds.milestones import plan_milestones
from leaguectl.kinds.organizations import by_parent, plan_organization
from leaguectl.kinds.posts import plan_cadre
from leaguectl.kinds.quotas import by_level, plan_quota
from leaguectl.kinds.reviews import plan_review
from leaguectl.kinds.roster import plan_members
from leaguectl.kinds.steps import Part, Plan, Step, Steps, settled
from leaguectl.kinds.surveys import plan_survey
from leaguectl.kinds.tasks import plan_task
from leaguectl.kinds.trainings import plan_training
from leaguectl.model import Snapshot
from leaguectl.rules import Policy

__all__ = ["Block", "Item", "Plan", "Step", "Steps", "given_up", "make", "singly"]

Planner = Callable[[Item, Batch], RowPlan]

_PLANNERS: dict[str, Planner] = {
    "organizations": plan_organization,
    "quotas": plan_quota,
    "admissions": plan_admission,
    "candidates": plan_candidate,
    "milestones": plan_milestones,
    "cadres": plan_cadre,
    "trainings": plan_training,
    "activities": plan_activity,
    "assessments": plan_assessment,
    "tasks": plan_task,
    "reviews": plan_review,
    "surveys": plan_survey,
}


def make(
    items: Iterable[Item | Block],
    registry: Snapshot,
    policy: Policy,
    *,
    admitting: bool = False,
    creating: bool = False,
    setting: bool = False,
    beyond: str | None = None,
    correcting: bool = False,
) -> Plan:
    """Plan every row against the registry and the rows before it.

    Kinds are taken in the order in which one names the other (organisations first), organisations
    and quotas from the top of the tree down; the steps come in that order. ``registry`` is changed
    on the way: it becomes what it would be if the plan were carried out. With ``admitting``, an
    admission without a number takes one; with ``creating``, an organisation that is not known is
    made below the school or unit that stands beside it; with ``setting``, a quota without a block
    grows or shrinks to the places that it is given; ``beyond`` is the document that lets admissions
    take a place above where their own quota is exhausted; with ``correcting``, what a case or a
    sheet of the county's work said before may be changed.
    """
    batch = Batch(registry, policy, admitting, creating, setting, beyond, correcting)
    revision = registry.revision
    by_kind: dict[str, list[Item | Block]] = {line.kind: [] for line in LINES}
    for one in items:
        by_kind[one.line.kind].append(one)
    registry.reserved |= {
        item.line.number
        for item in singly(by_kind[AdmissionLine.kind])
        if isinstance(item.line, AdmissionLine) and item.line.number
    }
    parts: list[Step | Part] = []
    for kind in [*by_kind]:
        of_kind = by_kind.pop(kind)
        if kind == MemberLine.kind:
            parts += plan_members(of_kind, batch, followed=any(by_kind.values()))
        else:
            ordered = _ORDERS.get(kind, _as_given)(of_kind, batch)
            parts += [settled(_PLANNERS[kind](item, batch), batch) for item in ordered]
    return Plan(revision, Steps(tuple(parts)))


def _as_given(items: list[Item | Block], _: Batch) -> Iterator[Item]:
    return singly(given_up(items))


_ORDERS: dict[str, Callable[[list[Item | Block], Batch], Iterable[Item]]] = {
    "organizations": lambda items, _: by_parent([*singly(items)]),
    "quotas": lambda items, batch: by_level([*singly(items)], batch),
}
"""The kinds of which one row names another."""


def given_up(items: list[Item | Block]) -> Iterator[Item | Block]:
    """The items in their order; none is kept that was given, so that a large batch becomes smaller
    as its plan grows."""
    items.reverse()
    while items:
        yield items.pop()


def singly(items: Iterable[Item | Block]) -> Iterator[Item]:
    """Each item by itself."""
    for one in items:
        if isinstance(one, Block):
            yield from one
        else:
            yield one
