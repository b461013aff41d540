"""Transfers agree with memberships: those that are settled, and requests that wait."""

from leaguectl.model import Snapshot, Transfer
from leaguectl.model.periods import has_gone_since, is_carried_out
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, organization_name, person_name, rule

_AGREES = "组织关系转接与团籍经历一致"


@rule("transfer-not-shown", scope="person", source=_AGREES)
def transfer_not_shown(snapshot: Snapshot, policy: Policy) -> Violations:
    """Memberships agree with accepted transfers: a member who went has left on that day, and one
    who came belongs to the branch from that day on.
    已办结的转接与团籍经历一致：转出的当日离开，转入的当日起在册。"""
    for transfer in snapshot.by(Transfer, "state", "accepted"):
        homes = snapshot.memberships_of(transfer.person)
        if homes and not is_carried_out(transfer, homes):
            ends = [
                organization_name(snapshot, code) if code else place or ""
                for code, place in (
                    (transfer.source, transfer.origin),
                    (transfer.target, transfer.destination),
                )
            ]
            facts = {"source": ends[0], "target": ends[1], "day": transfer.settled}
            yield person_name(snapshot, transfer.person), facts


@rule("transfer-not-from", scope="person", source=_AGREES)
def transfer_not_from(snapshot: Snapshot, policy: Policy) -> Violations:
    """A request that waits is from where the member belongs, or did when they asked.
    尚未办结的转接，由团员现在所在、或申请时所在的支部转出。"""
    for transfer in snapshot.by(Transfer, "state", "pending"):
        homes = snapshot.memberships_of(transfer.person)
        if transfer.source is None or not homes or homes[-1].left is not None:
            continue
        if homes[-1].organization != transfer.source and not has_gone_since(transfer, homes):
            facts = {
                "organization": organization_name(snapshot, homes[-1].organization),
                "source": organization_name(snapshot, transfer.source),
            }
            yield person_name(snapshot, transfer.person), facts
