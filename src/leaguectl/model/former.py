"""Values that dated fields had before: what a change leaves behind."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from leaguectl.model.declaration import DECLARATIONS, Entity
from leaguectl.model.entities import Change, key_of
from leaguectl.model.league import FormerValue
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
        if _is_paper_of_a_member(change, day, snapshot):
            yield _former(change.after, "state", NOT_KNOWN, _since(change.after) or day, snapshot)
        if change.before is None:
            continue
        for field in DECLARATIONS[change.entity].dated:
            before = getattr(change.before, field)
            if before is not None and before != getattr(change.after, field):
                yield _former(change.before, field, str(before), day, snapshot)


def _former(record: Entity, field: str, value: str, until: date, snapshot: Snapshot) -> Change:
    noun, key = DECLARATIONS[type(record)].name, str(key_of(record))
    former = FormerValue(snapshot.new_id(FormerValue), noun, key, field, value, until)
    return Change(None, former)


def _is_paper_of_a_member(change: Change, day: date, snapshot: Snapshot) -> bool:
    """Whether a change gives a paper to somebody who was a member on the day before, as recorded
    before this operation."""
    record = change.after
    if not isinstance(record, (Number, Form, Certificate, PaperState)) or record.person is None:
        return False
    if change.before is not None and getattr(change.before, "person", None) is not None:
        return False
    if snapshot.paper_state(record.person, DECLARATIONS[type(record)].name) == "on hand":
        return False  # the paper existed already, only its serial was not known
    # Records of the same operation have no operation yet: these papers came with the member.
    return any(
        membership.operation != 0 and is_member_on(membership, day - timedelta(1))
        for membership in snapshot.memberships_of(record.person)
    )


def _since(record: Entity) -> date | None:
    """The day on the paper itself, if it has one."""
    return record.issued if isinstance(record, Certificate) else None
