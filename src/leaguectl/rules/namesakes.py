"""Namesakes: no two organisations directly under one parent bear one name on the same day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from leaguectl.model import Organization, OrganizationEvent, Snapshot
from leaguectl.model.days import last_of_month
from leaguectl.model.periods import ORGANIZATION, Period
from leaguectl.names import fold_name
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, rule


class Borne(NamedTuple):
    """A name of an organisation, in its place, for the days on which it was so for sure."""

    name: str
    parent: str | None
    period: Period

    @property
    def alike(self) -> tuple[str, str | None]:
        """What two organisations must not have on the same day."""
        return fold_name(self.name), self.parent


@rule("organization-other-code", scope="whole", source="团组织名称规范，同级不重名")
def one_bearer(snapshot: Snapshot, policy: Policy) -> Violations:
    """No two organisations directly under one parent bear one name on the same day.
    同一上级下，同一天没有两个同名的团组织。"""
    bearers: dict[object, list[tuple[Organization, Borne]]] = defaultdict(list)
    for organization in snapshot.all(Organization):
        for borne in _borne_by(organization, snapshot):
            bearers[borne.alike].append((organization, borne))
    for known in bearers.values():
        for (other, first), (organization, second) in combinations(known, 2):
            if other is not organization and first.period.overlaps(second.period):
                yield organization.name, _facts(organization, second, other, first)


def sharing(organization: Organization, snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """For each other organisation that bears its name under its parent on some day, the facts of
    that finding."""
    for borne in _borne_by(organization, snapshot):
        others = {
            other.code: other
            for other in (*snapshot.bearers(borne.name), *snapshot.formerly_named(borne.name))
            if other.code != organization.code
        }
        for other in others.values():
            for known in _borne_by(other, snapshot):
                if known.alike == borne.alike and known.period.overlaps(borne.period):
                    yield _facts(organization, borne, other, known)


def _borne_by(organization: Organization, snapshot: Snapshot) -> Iterator[Borne]:
    """The names and places of an organisation, one after the other. Where its founding day is not
    known, only the last day of the first of them is sure; where the month alone is known, the days
    from the end of that month."""
    code, since = organization.code, organization.founded
    if since is not None and organization.founded_precision == "month":
        since = last_of_month(since)
    changed = {
        event.day
        for kind in ("renamed", "moved")
        for event in snapshot.by(OrganizationEvent, ("organization", "kind"), (code, kind))
        if not ORGANIZATION.of(organization).is_over(event.day)
    }
    for until in (*sorted(changed), organization.dissolved):
        last = date.max if until is None else until - timedelta(1)
        begun = last if since is None else since
        if begun <= last:
            period = Period(begun, until)
            yield Borne(snapshot.name_on(code, last), snapshot.parent_on(code, last), period)
        since = until if since is None else max(since, until or since)


def _facts(
    organization: Organization, borne: Borne, other: Organization, known: Borne
) -> dict[str, Any]:
    day = max(borne.period.since or date.min, known.period.since or date.min)
    facts = {"name": known.name, "known": other.code, "code": organization.code}
    return facts if day == date.max else facts | {"day": day}
