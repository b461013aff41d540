"""What a batch would change, row by row. Pure: no file, no database, no clock.

A preview is the plan, not carried out; a commit carries out that same plan.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from leaguectl.findings import Finding
from leaguectl.plan.activities import plan_activity
from leaguectl.plan.admissions import plan_admission
from leaguectl.plan.assessments import plan_assessment
from leaguectl.plan.batch import Batch, Draft, Item
from leaguectl.plan.candidates import plan_candidate
from leaguectl.plan.members import plan_member
from leaguectl.plan.milestones import plan_milestones
from leaguectl.plan.organizations import by_parent, plan_organization
from leaguectl.plan.posts import plan_cadre
from leaguectl.plan.quotas import by_level, plan_quota
from leaguectl.plan.reviews import plan_review
from leaguectl.plan.surveys import plan_survey
from leaguectl.plan.tasks import plan_task
from leaguectl.plan.trainings import plan_training
from leaguectl.records import LINES, AdmissionLine
from leaguectl.registry import Change, Registry
from leaguectl.rules import Policy
from leaguectl.sheets import Row

__all__ = ["Item", "Plan", "Step", "given_up", "make"]

Planner = Callable[[Item, Batch], Draft]

_PLANNERS: dict[str, Planner] = {
    "organizations": plan_organization,
    "quotas": plan_quota,
    "members": plan_member,
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


@dataclass(frozen=True, slots=True)
class Step:
    """What one row does: its outcome, its changes, what was found about it.

    Of the row its place is left, and whom and which organisation it names: a large sheet has many.
    """

    row: Row
    name: str | None
    organization: str | None
    outcome: str
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps of a batch, judged against the registry of one revision."""

    revision: int
    steps: tuple[Step, ...] = field(default=())

    @property
    def changes(self) -> Iterator[Change]:
        """Every change in the order in which it is carried out."""
        return (change for step in self.steps for change in step.changes)

    @property
    def findings(self) -> list[Finding]:
        """All that was found, in order; what many rows share is told once."""
        return list(told_once(finding for step in self.steps for finding in step.findings))

    @property
    def is_clean(self) -> bool:
        """Whether every row goes in."""
        return all(step.outcome != "rejected" for step in self.steps)


def make(
    items: Iterable[Item],
    registry: Registry,
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
    by_kind: dict[str, list[Item]] = {line.kind: [] for line in LINES}
    for item in items:
        by_kind[item.line.kind].append(item)
    by_kind["organizations"] = by_parent(by_kind["organizations"])
    registry.reserved |= {
        item.line.number
        for item in by_kind[AdmissionLine.kind]
        if isinstance(item.line, AdmissionLine) and item.line.number
    }
    steps: list[Step] = []
    for kind, of_kind in by_kind.items():
        ordered = by_level(of_kind, batch) if kind == "quotas" else of_kind
        steps += [_step(_PLANNERS[kind](item, batch), batch) for item in given_up(ordered)]
    return Plan(revision, tuple(steps))


def given_up(items: list[Item]) -> Iterator[Item]:
    """The items in their order; none is kept that was given, so that a large batch becomes smaller
    as its plan grows."""
    items.reverse()
    while items:
        yield items.pop()


def _step(draft: Draft, batch: Batch) -> Step:
    line, findings = draft.item.line, tuple(draft.findings)
    named = (draft.place, getattr(line, "name", None), getattr(line, "organization", None))
    if draft.is_refused:
        batch.reject(draft.item)
        return Step(*named, "rejected", (), findings)
    for change in draft.changes:
        batch.registry.apply(change)
    outcome = "unchanged"
    if draft.changes:
        outcome = "created" if draft.creates else "updated"
    return Step(*named, outcome, tuple(draft.changes), findings)


def told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """An organisation that many rows name and nobody knows is one finding, with its rows."""
    first: dict[tuple[object, ...], int] = {}
    told: list[Finding] = []
    rows: dict[int, list[int]] = {}
    for finding in findings:
        where = finding.where
        if finding.code == "organization-unknown" and where is not None and where.row is not None:
            key = (where.file, where.sheet, where.field, finding.facts.get("name"))
            if key in first:
                rows[first[key]].append(where.row)
                continue
            first[key] = len(told)
            rows[len(told)] = [where.row]
        told.append(finding)
    for at, of in rows.items():
        told[at] = replace(told[at], facts={**told[at].facts, "rows": of})
    yield from told
