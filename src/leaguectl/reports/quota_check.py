"""Whether a year's quotas hold: the rules of the book that are about blocks and their numbers."""

from leaguectl.findings import Finding
from leaguectl.model import Admission, Number, Organization, Person, Quota, Snapshot
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules import STANDING, review_whole
from leaguectl.store.reading import Reader, records

CODES = ("number-year-kept", "block-adds-up", "block-within", "admitted-beyond-quota")
"""What ``quota check`` asks. Where a block has as many numbers as places and lies within the block
above, no more can be used or given away below than there are places."""

# A number that bears another year than its block is one of the faults that are looked for.
_OF_YEAR = "year = :year OR quota IN (SELECT id FROM quota WHERE year = :year)"
_BEYOND = f"beyond IS NOT NULL AND number IN (SELECT number FROM number WHERE {_OF_YEAR})"


def findings(reader: Reader, year: int) -> list[Finding]:
    """What is wrong with the quotas of a year, and who was admitted beyond them."""
    rules = [rule for rule in STANDING if rule.code in CODES]
    return list(review_whole(_ledger(reader, year), policy_in(reader), rules))


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
