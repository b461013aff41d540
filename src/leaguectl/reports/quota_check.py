"""Whether a year's quotas hold, by the rules of the book about blocks and their numbers."""

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
"""The rules that ``quota check`` applies. Where a block has as many numbers as places and lies
within the block above, no more places can be used or passed down than there are."""

AROUND = ("number-in-block", "joined-by-admission")
"""The rules that ``quota check`` applies to people who joined in that year or hold a number of it,
and were not admitted here: whether somebody is a member outside the quota."""

# A number with another year than its block is one of the faults in question.
_OF_YEAR = "year = :year OR quota IN (SELECT id FROM quota WHERE year = :year)"
_BEYOND = f"beyond IS NOT NULL AND number IN (SELECT number FROM number WHERE {_OF_YEAR})"

_OUTSIDE = f"""
    person NOT IN (SELECT person FROM admission) AND (
        person IN (SELECT person FROM membership WHERE joined BETWEEN :first AND :last)
        OR person IN (SELECT person FROM number WHERE state = 'used' AND ({_OF_YEAR}))
    )
"""


def findings(reader: Reader, year: int) -> list[Finding]:
    """What is wrong with the quotas of a year, and the admissions beyond them."""
    rules = [rule for rule in STANDING if rule.code in CODES]
    policy = policy_in(reader)
    found = list(review_whole(_ledger(reader, year), policy, rules))
    return found + list(review_cases(_outside_quota(reader, year), policy, AROUND))


def _outside_quota(reader: Reader, year: int) -> Snapshot:
    """People who may be members outside the quota of a year, with the blocks that they should have
    been admitted from."""
    settings = reader.rows("SELECT key, value FROM setting WHERE key = 'province'")
    snapshot = Snapshot({str(key): str(value) for key, value in settings})
    of_year = {"year": year}
    people = of_year | {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    for rows in (
        records(reader, Organization),
        records(reader, OrganizationEvent),
        records(reader, Quota, "year = :year", of_year),
        records(reader, Membership, _OUTSIDE, people),
        records(reader, Number, _OUTSIDE, people),
        records(reader, Person, f"id IN (SELECT person FROM membership WHERE {_OUTSIDE})", people),
    ):
        for record in rows:
            snapshot.load(record)
    return snapshot


def _ledger(reader: Reader, year: int) -> Snapshot:
    """The part of the registry that these rules need: a year's blocks and numbers, and admissions
    beyond a quota."""
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
