"""What is counted for a slice instead of being laid out: the states of quotas, the heads of
organisations."""

from collections.abc import Collection

from leaguectl.model import Snapshot
from leaguectl.store.connection import Connection, among

AT_ONCE = 500
"""How many keys one query names; SQLite allows 999 parameters where it is old."""


def tally(connection: Connection, registry: Snapshot) -> None:
    """How many numbers of each quota at hand are in each state."""
    known = sorted(registry.quotas)
    for start in range(0, len(known), AT_ONCE):
        theirs, keys = among("quota", known[start : start + AT_ONCE])
        counted = f"SELECT quota, state, count(*) FROM number WHERE {theirs} GROUP BY quota, state"  # noqa: S608
        for of, which, count in connection.each(counted, keys):
            registry.tallies[of][which] = count


def count_heads(
    connection: Connection, registry: Snapshot, organizations: Collection[str] = ()
) -> None:
    """How many memberships each of these organisations (none: every one) has or had."""
    keys: dict[str, str] = {}
    here = "1 = 1"
    if 0 < len(organizations) <= AT_ONCE:
        here, keys = among("organization", sorted(organizations))
    counted = f"SELECT organization, count(*) FROM membership WHERE {here} GROUP BY organization"  # noqa: S608
    for of, count in connection.each(counted, keys):
        registry.headcounts[of] = count
