"""Values that dated fields had before: what a change leaves behind."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from leaguectl.model.declaration import DECLARATIONS, Entity
from leaguectl.model.entities import KEYS, NAMED, Change, key_of
from leaguectl.model.league import FormerValue, Organization
from leaguectl.model.ledger import Certificate, Form, Number, PaperState
from leaguectl.model.periods import is_member_on
from leaguectl.model.snapshot import Snapshot

NOT_KNOWN = "not known"
"""The state of a paper before it was recorded for somebody who was a member already."""


def former_values(changes: Iterable[Change], day: date, snapshot: Snapshot) -> Iterator[Change]:
    """For each dated field that changes on that day, the value that it had until then. A field that
    is filled in for the first time had none; a paper of somebody who was a member before that day
    counts as not known until then."""
    for change in [*changes]:
        if change.after is None:
            continue
        if (known_since := _known_since(change, day, snapshot)) is not None:
            yield _former(change.after, "state", NOT_KNOWN, known_since, snapshot)
        if change.before is None:
            continue
        for field in DECLARATIONS[change.entity].dated:
            before = getattr(change.before, field)
            if before is not None and before != getattr(change.after, field):
                yield _former(change.before, field, str(before), day, snapshot)


def past_of(record: Entity, snapshot: Snapshot) -> Iterator[FormerValue]:
    """The values that a record had: they go with it where its number may be somebody else's."""
    named = (DECLARATIONS[type(record)].name, str(key_of(record)))
    yield from [*snapshot.by(FormerValue, ("noun", "key"), named)]


def late_value(
    stored: Entity,
    field: str,
    value: Any,
    day: date | None,
    since: date | None,
    snapshot: Snapshot,
) -> FormerValue | None:
    """What a sheet of an earlier day says of a dated field, as its value until the day since which
    the stored one is known, as if the sheets had come in order. None where either day is not known,
    and of organisations, whose values no sheet changes without a reason."""
    declaration = DECLARATIONS[type(stored)]
    if field not in declaration.dated or isinstance(stored, Organization) or value is None:
        return None
    if day is None or since is None or since <= day:
        return None
    named = (declaration.name, str(key_of(stored)), field)
    if snapshot.by(FormerValue, ("noun", "key", "field"), named):
        return None
    return FormerValue(snapshot.new_id(FormerValue), *named, str(value), since)


def _former(record: Entity, field: str, value: str, until: date, snapshot: Snapshot) -> Change:
    noun, key = DECLARATIONS[type(record)].name, str(key_of(record))
    former = FormerValue(snapshot.new_id(FormerValue), noun, key, field, value, until)
    return Change(None, former)


def _known_since(change: Change, day: date, snapshot: Snapshot) -> date | None:
    """Since when a paper is known that a change gives to somebody who was a member on the day
    before, as recorded before this operation; None for any other change."""
    record = change.after
    if not isinstance(record, (Number, Form, Certificate, PaperState)) or record.person is None:
        return None
    if change.before is not None and getattr(change.before, "person", None) is not None:
        return None
    named = (record.person, DECLARATIONS[type(record)].name)
    mark = snapshot.paper_state_of(*named)
    if mark is not None and mark.state == "on hand":
        # The paper was known already, only its serial was not.
        unknown = [past.until for past in past_of(mark, snapshot) if past.value == NOT_KNOWN]
        return max(unknown, default=None)
    # Records of the same operation have no operation yet: these papers came with the member.
    was_member = any(
        membership.operation != 0 and is_member_on(membership, day - timedelta(1))
        for membership in snapshot.memberships_of(record.person)
    )
    issued = record.issued if isinstance(record, Certificate) else None
    return (issued or day) if was_member else None


def bearer_of(former: FormerValue) -> tuple[type[Entity], Any]:
    """What had the value: the entity and the key of the record."""
    entity = NAMED[former.noun]
    is_id = DECLARATIONS[entity].fields[KEYS[entity]].type is int
    return entity, int(former.key) if is_id else former.key


def record_of(former: FormerValue, snapshot: Snapshot) -> Entity | None:
    """The record that had the value; None where it is gone, or not at hand."""
    return snapshot.find(*bearer_of(former))


def values_held(formers: Iterable[FormerValue]) -> Iterator[FormerValue]:
    """The former values that held on some day: where a field changed several times on a day, only
    the first of the values before."""
    seen = set()
    for former in sorted(formers, key=attrgetter("id")):
        named = (former.noun, former.key, former.field, former.until)
        if named not in seen:
            seen.add(named)
            yield former


def value_on(record: Entity, field: str, day: date, snapshot: Snapshot) -> str:
    """The value of a dated field of text on a day, before any later change."""
    named = (DECLARATIONS[type(record)].name, str(key_of(record)), field)
    held = values_held(snapshot.by(FormerValue, ("noun", "key", "field"), named))
    later = [former for former in held if former.until > day]
    if not later:
        return str(getattr(record, field))
    return min(later, key=attrgetter("until")).value


def turn_back_values(snapshot: Snapshot, day: date, formers: Iterable[FormerValue]) -> None:
    """Give the records at hand the values that their dated fields had on a day."""
    held: dict[tuple[str, str, str], FormerValue] = {}
    # The earliest end after the day comes last; of several ends on one day that of the first.
    for former in sorted(formers, key=attrgetter("until", "id"), reverse=True):
        if former.until > day:
            held[former.noun, former.key, former.field] = former
    for former in held.values():
        if (record := record_of(former, snapshot)) is not None:
            snapshot.apply(Change(record, _with_value(record, former)))


def _with_value(record: Any, former: FormerValue) -> Entity | None:
    """The record as it was; None for a paper that was not known of."""
    if former.value != NOT_KNOWN:
        is_count = DECLARATIONS[type(record)].fields[former.field].type is int
        value = int(former.value) if is_count else former.value
        changed: Entity = replace(record, **{former.field: value})
        return changed
    if isinstance(record, Number) and record.quota is not None:
        return replace(record, state="free", person=None, since=None)
    return None
