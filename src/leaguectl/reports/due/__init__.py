"""What falls due, each kind once: what finds it, and its words by its name.

A kind is one entry with one portable query or one question of the rules. Nothing here is counted
or judged anew: days come from the policy's numbers, and of cases from the rules of the gate.
"""

from collections.abc import Collection, Iterator
from datetime import date

from leaguectl.reports.due.admission import ADMISSION
from leaguectl.reports.due.item import Asked, Due, Kind
from leaguectl.reports.due.members import MEMBERS, last_day_of_transfer
from leaguectl.reports.due.organizations import ORGANIZATIONS
from leaguectl.reports.figures import Queryable
from leaguectl.rules import Policy

__all__ = ["KINDS", "Due", "Kind", "due", "last_day_of_transfer"]

KINDS: tuple[Kind, ...] = (*ADMISSION, *MEMBERS, *ORGANIZATIONS)


def due(
    reader: Queryable, policy: Policy, today: date, until: date, org: str = "",
    kinds: Collection[str] = (),
) -> list[tuple[Kind, Due]]:  # fmt: skip
    """All that falls due by a day, overdue things too, by day, kind and organisation; of ``kinds``
    alone where they are given."""
    asked = Asked(reader, policy, today, until, org)

    def found() -> Iterator[tuple[Kind, Due]]:
        for kind in KINDS:
            if not kinds or kind.name in kinds:
                yield from ((kind, one) for one in kind.find(asked))

    order = {kind.name: at for at, kind in enumerate(KINDS)}
    return sorted(found(), key=lambda pair: (pair[1].day, order[pair[0].name], pair[1].code,
                                             pair[1].about, pair[1].id))  # fmt: skip
