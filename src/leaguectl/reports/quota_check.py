"""Whether a year's quotas hold: the rules of the book that are about blocks and their numbers."""

from datetime import date

from leaguectl.findings import Finding
from leaguectl.model import (
    Admission,
    Membership,
    Number,
    Organization,
    OrganizationEvent,
    Person,
    Quota,
    Snapshot,
)
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules import STANDING, review_cases, review_whole
from leaguectl.store.reading import Reader, records

CODES = ("number-year-kept", "block-adds-up", "block-within", "admitted-beyond-quota")
"""What ``quota check`` asks. Where a block has as many numbers as places and lies within the block
above, no more can be used or given away below than there are places."""

AROUND = ("number-in-block", "joined-by-admission")
"""What it asks of whoever joined in that year, or holds a number of it, and was not admitted here:
whether somebody is a member beside the quota."""

# A number that bears another year than its block is one of the faults that are looked for.
_OF_YEAR = "year = :year OR quota IN (SELECT id FROM quota WHERE year = :year)"
_BEYOND = f"beyond IS NOT NULL AND number IN (SELECT number FROM number WHERE {_OF_YEAR})"

_BESIDE = f"""
    person NOT IN (SELECT person FROM admission) AND (
        person IN (SELECT person FROM membership WHERE joined BETWEEN :first AND :last)
        OR person IN (SELECT person FROM number WHERE state = 'used' AND ({_OF_YEAR}))
    )
"""


def findings(reader: Reader, year: int) -> list[Finding]:
    """What is wrong with the quotas of a year, and who was admitted beyond them."""
    rules = [rule for rule in STANDING if rule.code in CODES]
    policy = policy_in(reader)
    found = list(review_whole(_ledger(reader, year), policy, rules))
    return found + list(review_cases(_beside(reader, year), policy, AROUND))


def _beside(reader: Reader, year: int) -> Snapshot:
    """Whoever may be a member beside the quota of a year, with the blocks that they should have
    been admitted from."""
    settings = reader.rows("SELECT key, value FROM setting WHERE key = 'province'")
    snapshot = Snapshot({str(key): str(value) for key, value in settings})
    of_year = {"year": year}
    people = of_year | {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    for rows in (
        records(reader, Organization),
        records(reader, OrganizationEvent),
        records(reader, Quota, "year = :year", of_year),
        records(reader, Membership, _BESIDE, people),
        records(reader, Number, _BESIDE, people),
        records(reader, Person, f"id IN (SELECT person FROM membership WHERE {_BESIDE})", people),
    ):
        for record in rows:
            snapshot.load(record)
    return snapshot


def _ledger(reader: Reader, year: int) -> Snapshot:
    """As much of the registry as these rules look at: a year's blocks and numbers, and who was
    admitted beyond a quota."""
    snapshot, parameters = Snapshot(), {"year": year}
    people = f"id IN (SELECT person FROM admission WHERE {_BEYOND})"
    for rows in (
        records(reader, Organization),
        records(reader, Quota, "year = :year", parameters),
        records(reader, Number, _OF_YEAR, parameters),
        records(reader, Admission, _BEYOND, parameters),
        records(reader, Person, people, parameters),
    ):
        for record in rows:
            snapshot.load(record)
    return snapshot
