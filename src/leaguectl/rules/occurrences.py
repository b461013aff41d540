"""Rules about single records of what happened: on a day that has come, in an organisation that
existed then.

Each needs only the record and its organisation, so it is asked of whatever a write changes:
:func:`leaguectl.rules.untimely`.
"""

from collections.abc import Iterator
from datetime import date

from leaguectl.findings import Level
from leaguectl.model import DECLARATIONS, Entity, Organization, Post, Snapshot
from leaguectl.model.days import as_known, last_of_month
from leaguectl.model.periods import ORGANIZATION
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, person_name, rule

OCCURRING: tuple[type[Entity], ...] = tuple(
    entity for entity, declared in DECLARATIONS.items() if declared.occurs
)
"""The entities with a day on which something happened or began."""

HOSTED = tuple(entity for entity in OCCURRING if DECLARATIONS[entity].has_host)
"""Those of an organisation, which must exist on that day."""


@rule("organization-dissolved", scope="record", source="团的组织撤销后不再开展活动、任职")
def after_closing(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation holds activities and has cadres only until it is dissolved.
    团组织撤销之后，不再有其活动、主题教育和新的任职。"""
    for record, home, day in _hosted(snapshot):
        # A term that was to begin later ended on its first day: it never began.
        never_began = isinstance(record, Post) and record.until == record.since
        if ORGANIZATION.of(home).is_over(day) and not never_began:
            facts = {"name": home.name, "dissolved": home.dissolved, "day": day}
            yield _named(record, snapshot), facts


@rule(
    "event-before-founding",
    scope="record",
    source="团的组织成立后开展活动、任职",
    level=Level.WARNING,
)
def before_founding(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation holds activities and has cadres only since it was founded.
    团组织成立之前，没有其活动、主题教育和任职。"""
    for record, home, day in _hosted(snapshot):
        founded, precision = home.founded, home.founded_precision
        # Where the month alone is known, it may be any day of it.
        is_month = getattr(record, f"{DECLARATIONS[type(record)].occurs}_precision", "") == "month"
        if founded is not None and (last_of_month(day) if is_month else day) < founded:
            facts = {"name": home.name, "founded": as_known(founded, precision), "day": day}
            yield _named(record, snapshot), facts


@rule("day-ahead", scope="record", source="只登记已经发生的事项")
def still_ahead(snapshot: Snapshot, policy: Policy) -> Violations:
    """What is recorded as having happened lies in the past.
    登记为已经发生的事项，日期不晚于今天。"""
    if (today := snapshot.today) is None:
        return
    for entity in OCCURRING:
        if DECLARATIONS[entity].happened is None:
            continue  # a term may be known before it begins, and is not counted until then
        for record in snapshot.all(entity):
            if (day := day_of(record)) is not None and day > today:
                yield _named(record, snapshot), {"day": day, "today": today}


def day_of(record: Entity) -> date | None:
    """The day on which it happened or began, where that is known."""
    occurs = DECLARATIONS[type(record)].occurs
    return getattr(record, occurs) if occurs else None


def _hosted(snapshot: Snapshot) -> Iterator[tuple[Entity, Organization, date]]:
    for entity in HOSTED:
        for record in snapshot.all(entity):
            home = snapshot.organizations.get(getattr(record, "organization", ""))
            day = day_of(record)
            if home is not None and day is not None:
                yield record, home, day


def _named(record: Entity, snapshot: Snapshot) -> str:
    """What a record is about, as a finding names it."""
    for field in ("name", "title", "task"):
        if (name := getattr(record, field, None)) is not None:
            return str(name)
    return person_name(snapshot, getattr(record, "person", 0))
