"""What is counted for a slice instead of being laid out: the states of quotas, the heads of
organisations."""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from leaguectl.registry import Membership, Number, Registry
from leaguectl.store.tables import TABLES

AT_ONCE = 500
"""How many keys one query names; SQLite allows 999 parameters where it is old."""


def tally(connection: Connection, registry: Registry) -> None:
    """How many numbers of each quota at hand are in each state."""
    table = TABLES[Number].__table__  # type: ignore[attr-defined]
    quota, state = table.c.quota, table.c.state
    known = sorted(registry.quotas)
    for start in range(0, len(known), AT_ONCE):
        counted = select(quota, state, func.count()).group_by(quota, state)
        for of, which, count in connection.execute(
            counted.where(quota.in_(known[start : start + AT_ONCE]))
        ):
            registry.tallies[of][which] = count


def count_heads(
    connection: Connection, registry: Registry, organizations: Collection[str] = ()
) -> None:
    """How many memberships each of these organisations (none: every one) has or had."""
    code = TABLES[Membership].__table__.c.organization  # type: ignore[attr-defined]
    counted = select(code, func.count()).group_by(code)
    if 0 < len(organizations) <= AT_ONCE:
        counted = counted.where(code.in_(sorted(organizations)))
    for of, count in connection.execute(counted):
        registry.headcounts[of] = count
