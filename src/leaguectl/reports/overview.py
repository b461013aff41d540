"""The overview: what the registry holds, what was written last, what is due and open, and which
commands come next."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from leaguectl.reports.due import DueQuery, due
from leaguectl.reports.operations import newest
from leaguectl.reports.predicates import exists_on, is_member_on
from leaguectl.reports.query import Row, select
from leaguectl.reports.rulebook import policy_in
from leaguectl.store.reading import Reader

WITHIN = 30
"""How many days ahead the overview looks for what falls due."""

STEPS = (
    "organizations", "members", "quota", "cadres", "overdue", "close", "transfers", "cases",
    "disputes", "admit", "check", "stats", "backup",
)  # fmt: skip
"""What may come next, the most urgent first; the last three are always possible."""

_HOLDINGS = f"""
    SELECT
        (SELECT value FROM setting WHERE key = 'name') AS name,
        (SELECT count(*) FROM organization WHERE {exists_on(day=":today")}) AS organizations,
        (SELECT count(*) FROM membership WHERE {is_member_on(day=":today")}) AS members,
        (SELECT count(*) FROM post) AS posts,
        (SELECT sum(places) FROM quota WHERE year = :year AND parent IS NULL) AS quota,
        (SELECT count(*) FROM number WHERE year = :year AND state = 'free') AS quota_left,
        (SELECT max(year) FROM closing) AS closed
"""
_OPEN = """
    SELECT
        (SELECT count(*) FROM candidacy WHERE state = 'open') AS cases,
        (SELECT count(*) FROM transfer WHERE state = 'pending') AS transfers,
        (SELECT count(*) FROM dispute WHERE settled IS NULL) AS disputes
"""


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of a registry on one page.

    ``holdings`` counts what is in it today, ``last`` is its newest operation (None: there is none),
    ``due`` counts what falls due within :data:`WITHIN` days by kind, ``overdue`` what of that is
    late, ``pending`` counts cases, transfers and disputes that are not settled. ``next`` has the
    keys of the commands that come next, in order.
    """

    holdings: Row
    last: Row | None
    due: Mapping[str, int]
    overdue: int
    pending: Row
    next: tuple[str, ...]


def overview(reader: Reader, today: date) -> Overview:
    """The overview of the registry on that day."""
    (holdings,) = select(reader, _HOLDINGS, {"today": today.isoformat(), "year": today.year})
    (pending,) = select(reader, _OPEN, {})
    until = today + timedelta(days=WITHIN)
    items = due(DueQuery(reader, policy_in(reader), today, until), ())
    kinds = Counter(kind.name.removeprefix("due-") for kind, _ in items)
    overdue = sum(kind.is_limit and item.day < today for kind, item in items)
    return Overview(
        holdings, newest(reader), kinds, overdue, pending,
        _next(holdings, pending, overdue, today),
    )  # fmt: skip


def _next(
    holdings: Mapping[str, Any], pending: Mapping[str, Any], overdue: int, today: date
) -> tuple[str, ...]:
    """At most three steps: those of the first day for a registry that is being filled, else what
    has waited longest."""
    is_next = {
        "organizations": not holdings["organizations"],
        "members": not holdings["members"],
        "quota": not holdings["quota"],
        "cadres": not holdings["posts"],
        "overdue": overdue > 0,
        # The figures of a year are handed in once it is over.
        "close": bool(holdings["members"]) and (holdings["closed"] or 0) < today.year - 1,
        "transfers": pending["transfers"] > 0,
        "cases": pending["cases"] > 0,
        "disputes": pending["disputes"] > 0,
        "admit": (holdings["quota_left"] or 0) > 0,
    }
    return tuple(step for step in STEPS if is_next.get(step, True))[:3]
