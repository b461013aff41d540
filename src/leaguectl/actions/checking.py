"""Check: ask every rule of everything stored, and the database of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from leaguectl.actions import years
from leaguectl.findings import Finding, UsageError
from leaguectl.names import near_codes
from leaguectl.rules import CODES, policy_of, review
from leaguectl.store import Location
from leaguectl.store.writing import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """How the rules are asked: the day of today; ``on`` which day the whole is judged (None: the
    last that anything is dated); ``policy_of`` which day's policy counts (None: each its own)."""

    today: date | None = None
    on: date | None = None
    policy_of: date | None = None


def check(location: Location, codes: Sequence[str] = (), asked: Asked = Asked()) -> list[Finding]:
    """All that is wrong with the registry; of ``codes`` alone where they are given.

    :raises UsageError: there is no rule of such a code.
    """
    known = [*CODES, "database-broken", *years.CODES]
    if unknown := [code for code in codes if code not in known]:
        near = [one for code in unknown for one in near_codes(code, known)]
        raise UsageError("rule-unknown", codes=unknown, **({"near": near} if near else {}))
    with Store(location).read() as transaction:
        broken = transaction.violations()
        found = [
            Finding("database-broken", {"detail": one.what}, subject=one.subject) for one in broken
        ]
        if not any(one.unreadable for one in broken):
            registry = transaction.whole()
            registry.today, registry.as_of = asked.today, asked.on
            policy = policy_of(registry)
            found += review(registry, policy.of_day(asked.policy_of) if asked.policy_of else policy)
            found += years.findings(transaction)
    return [one for one in found if not codes or one.code in codes]
