"""The kinds of sheets: each in a module of its name, with everything about it but its words."""

from typing import Any

from leaguectl.kinds import (
    activities,
    admissions,
    archives,
    assessments,
    bases,
    cadres,
    campaigns,
    candidates,
    certificates,
    corrections,
    discipline,
    events,
    groups,
    homes,
    members,
    milestones,
    numbers,
    organizations,
    participants,
    periods,
    persons,
    pioneers,
    quotas,
    registrations,
    reviews,
    surveys,
    tasks,
    trainings,
    transfers,
)
from leaguectl.kinds.kind import Kind

__all__ = ["KINDS", "Kind"]

KINDS: dict[str, Kind[Any]] = {
    module.KIND.name: module.KIND
    for module in (
        # Quotas and admissions are judged by the tree of their day, which events tell. A person's
        # memberships follow one another by their ids: the former come before the roster.
        organizations, events, quotas, homes, certificates, members, admissions, numbers,
        corrections, candidates, milestones, cadres, trainings, activities, participants,
        assessments, reviews, tasks, surveys, transfers, registrations, discipline, archives,
        groups, pioneers, bases, campaigns, persons, periods,
    )
}  # fmt: skip
"""By name, in the order in which they must be planned: what is named before what names it."""
