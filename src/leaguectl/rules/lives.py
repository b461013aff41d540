"""What the Charter says of leaving: at which age, with whose approval; who is in the Party."""

from leaguectl.model import Organization, Snapshot
from leaguectl.names import fold_name
from leaguectl.rules.sections import Approver

PARTY = ("中共党员", "党员", "中共预备党员", "预备党员", "共产党员")
"""What 政治面貌 says of a member of the Party."""


def is_party_member(politics: str | None) -> bool:
    """Whether 政治面貌 says that somebody is in the Party, on probation there or not."""
    return politics is not None and fold_name(politics) in PARTY


def approvers(
    snapshot: Snapshot, home: str, approver: Organization | None, authorised: tuple[str, ...]
) -> set[Approver]:
    """As what an organisation can approve something about a member of ``home``; None is one that
    is not of this registry."""
    if approver is None:
        return {"outside"}
    found: set[Approver] = set()
    if approver.code != home and snapshot.is_below(home, approver.code):
        found.add("superior")
        if approver.parent is None:
            found.add("county")
        if approver.code in authorised:
            found.add("authorised")
    return found
