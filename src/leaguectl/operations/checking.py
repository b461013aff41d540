"""Check: ask every rule of everything stored, and the database of itself."""

from collections.abc import Sequence

from leaguectl.findings import Finding, Usage
from leaguectl.operations import closing
from leaguectl.operations.importing import policy_of
from leaguectl.rules import ENTRY, GATE, STANDING, review
from leaguectl.store import Location
from leaguectl.store.writing import Store


def check(location: Location, codes: Sequence[str] = ()) -> list[Finding]:
    """All that is wrong with the registry; of ``codes`` alone where they are given.

    :raises Usage: there is no rule of such a code.
    """
    known = {rule.code for rule in ENTRY + GATE} | {rule.code for rule in STANDING}
    known |= {"database-broken", *closing.CODES}
    if unknown := [code for code in codes if code not in known]:
        raise Usage("rule-unknown", codes=unknown, known=sorted(known))
    with Store(location).read() as shelf:
        broken = shelf.broken()
        found = [
            Finding("database-broken", {"detail": one.what}, subject=one.subject) for one in broken
        ]
        if not any(one.unreadable for one in broken):
            registry = shelf.whole()
            found += review(registry, policy_of(registry))
            found += closing.findings(shelf)
    return [one for one in found if not codes or one.code in codes]
