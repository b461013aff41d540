"""The policy in force in a registry that is open for reading."""

from leaguectl.rules import Policy, load
from leaguectl.store.reading import Reader


def policy_in(reader: Reader) -> Policy:
    """The packaged numbers with the county's own laid over."""
    found = reader.rows("SELECT value FROM setting WHERE key = 'policy'")
    return load(found[0][0] if found else None)
