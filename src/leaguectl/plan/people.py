"""Who is who: two who look like one and are two; what is corrected of one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from leaguectl.findings import Level, NotFound, Private
from leaguectl.plan.deed import Deed
from leaguectl.records import is_private
from leaguectl.registry import Alias, DistinctPair, Person
from leaguectl.rules import ENTRY, GATE, review

OF_A_PERSON = frozenset(rule.code for rule in (*ENTRY, *GATE)) | {
    "chain-closed", "joined-at-meeting", "admission-recorded", "number-has-member",
    "number-admitted", "joined-by-admission", "member-has-home", "one-home", "over-age",
    "post-holder-left", "certificate-early", "certificate-not-returned", "form-unfiled",
    "number-disputed", "id-number-valid",
}  # fmt: skip
"""The rules that need no more than what is known of one person. Others (how many a branch has, how
a block adds up) say nothing of a slice that holds one or two."""


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


def edit(deed: Deed, person: int, given: Mapping[str, Any]) -> None:
    """Correct what is known of a person; ``given`` has the fields with what they shall be.

    :raises NotFound: the record is gone meanwhile.
    """
    before = found(deed, person)
    after = replace(before, **given)
    subject = deed.registry.known_as(person)
    owner = deed.registry.person(after.id_number)
    if owner is not None and owner.id != person:
        known = deed.registry.known_as(owner.id)
        deed.fault("id-taken", subject, known=known, person=person, other=owner.id)
        return
    with verdicts_after(deed, subject):
        if after.id_number != before.id_number:
            alias = deed.registry.find(Alias, after.id_number)
            if alias is not None:  # the number that was thought to be wrong is the right one
                deed.put(alias, None)
        deed.put(before, after)
    for one in deed.registry.namesakes(after) if after.id_number != before.id_number else ():
        deed.fault(
            "person-alike",
            subject,
            Level.WARNING,
            name=after.name,
            known=deed.registry.known_as(one.id),
            other=Private(one.id_number),
        )
    deed.rows += [
        {"field": field, "was": was, "becomes": now}
        for field in given
        if (was := _shown(before, field)) != (now := _shown(after, field))
    ]


def _shown(person: Person, field: str) -> Any:
    value = getattr(person, field)
    return Private(value) if value is not None and is_private(field) else value


@contextmanager
def verdicts_after(deed: Deed, subject: str) -> Iterator[None]:
    """Ask every rule of people before and after: what would be wrong only after what is done in
    between is a fault, told by its rule."""

    def verdicts() -> Counter[tuple[str, Level]]:
        asked = review(deed.registry, deed.policy)
        return Counter((one.code, one.level) for one in asked if one.code in OF_A_PERSON)

    before = verdicts()
    yield
    if deed.is_refused:
        return
    for code, level in verdicts() - before:
        deed.fault("rule-broken-by", subject, level, rule=code)
