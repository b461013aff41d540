"""Who is who: two who look like one and are two."""

from dataclasses import replace

from leaguectl.findings import NotFound, Private
from leaguectl.plan.deed import Deed
from leaguectl.registry import DistinctPair, Person


def tell_apart(deed: Deed, *, ids: tuple[int, int], reason: str) -> None:
    """Keep that two people were found to be two; a pair that is kept already gets the new
    reason. ``ids`` has the lower first."""
    first, second = (found(deed, one) for one in ids)
    decided = {(one.first, one.second): one for one in deed.registry.all(DistinctPair)}
    known = decided.get(ids)
    pair = known or DistinctPair(deed.registry.new_id(DistinctPair), *ids, reason)
    deed.put(known, replace(pair, reason=reason))
    row = {
        "id": first.id, "name": first.name, "id_number": Private(first.id_number),
        "other_id": second.id, "other_name": second.name,
        "other_id_number": Private(second.id_number), "reason": reason,
    }  # fmt: skip
    deed.rows.append(row)


def found(deed: Deed, person: int) -> Person:
    """A person who was found before the lock was taken.

    :raises NotFound: meanwhile the record is gone.
    """
    if person not in deed.registry.persons:
        raise NotFound("member-not-found", text=f"#{person}")
    return deed.registry.persons[person]
