"""Who is who: two who look like one and are two; what is corrected of one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level, NotFound, Private
from leaguectl.model import Alias, DistinctPair, Person, is_private
from leaguectl.rules import OF_A_PERSON, review


def tell_apart(change_set: ChangeSet, *, ids: tuple[int, int], reason: str) -> None:
    """Keep that two people were found to be two; a pair that is kept already gets the new
    reason. ``ids`` has the lower first."""
    first, second = (found(change_set, one) for one in ids)
    decided = {(one.first, one.second): one for one in change_set.snapshot.all(DistinctPair)}
    known = decided.get(ids)
    pair = known or DistinctPair(change_set.snapshot.new_id(DistinctPair), *ids, reason)
    change_set.put(known, replace(pair, reason=reason))
    row = {
        "id": first.id, "name": first.name, "id_number": Private(first.id_number),
        "other_id": second.id, "other_name": second.name,
        "other_id_number": Private(second.id_number), "reason": reason,
    }  # fmt: skip
    change_set.rows.append(row)


def found(change_set: ChangeSet, person: int) -> Person:
    """A person who was found before the lock was taken.

    :raises NotFound: meanwhile the record is gone.
    """
    if person not in change_set.snapshot.persons:
        raise NotFound("member-not-found", text=f"#{person}")
    return change_set.snapshot.persons[person]


def edit(change_set: ChangeSet, person: int, given: Mapping[str, Any]) -> None:
    """Correct what is known of a person; ``given`` has the fields with what they shall be.

    :raises NotFound: the record is gone meanwhile.
    """
    before = found(change_set, person)
    after = replace(before, **given)
    subject = change_set.snapshot.known_as(person)
    owner = change_set.snapshot.person(after.id_number)
    if owner is not None and owner.id != person:
        known = change_set.snapshot.known_as(owner.id)
        change_set.fault("id-taken", subject, known=known, person=person, other=owner.id)
        return
    with verdicts_after(change_set, subject):
        if after.id_number != before.id_number:
            alias = change_set.snapshot.find(Alias, after.id_number)
            if alias is not None:  # the number that was thought to be wrong is the right one
                change_set.put(alias, None)
        change_set.put(before, after)
    for one in change_set.snapshot.namesakes(after) if after.id_number != before.id_number else ():
        change_set.fault(
            "person-alike",
            subject,
            Level.WARNING,
            name=after.name,
            known=change_set.snapshot.known_as(one.id),
            other=Private(one.id_number),
        )
    change_set.rows += [
        {"field": field, "was": was, "becomes": now}
        for field in given
        if (was := _shown(before, field)) != (now := _shown(after, field))
    ]


def _shown(person: Person, field: str) -> Any:
    value = getattr(person, field)
    return Private(value) if value is not None and is_private(field) else value


@contextmanager
def verdicts_after(change_set: ChangeSet, subject: str) -> Iterator[None]:
    """Ask every rule of people before and after: what would be wrong only after what is done in
    between is a fault, told by its rule."""

    def verdicts() -> Counter[tuple[str, Level]]:
        asked = review(change_set.snapshot, change_set.policy)
        return Counter((one.code, one.level) for one in asked if one.code in OF_A_PERSON)

    before = verdicts()
    yield
    if change_set.is_refused:
        return
    for code, level in verdicts() - before:
        change_set.fault("rule-broken-by", subject, level, rule=code)
