"""Who was at a training or an activity: the person of a row, or only their name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from leaguectl.findings import Private
from leaguectl.kinds.batch import Batch, RowPlan
from leaguectl.kinds.person_records import Unlisted, bearers, named_person, shown_name
from leaguectl.model import (
    DECLARATIONS,
    Organization,
    Participant,
    Snapshot,
    Trainee,
)
from leaguectl.names import fold_name

A = TypeVar("A", Trainee, Participant)


def refuse_repeated(line: Any, session: int, batch: Batch, row_plan: RowPlan) -> None:
    """Refuse a person who has another row for the same session. Of people who are not in the
    registry several may have a name."""
    if not isinstance(line.name, Unlisted):
        key = line.id_number or fold_name(f"{line.name}/{line.organization or ''}")
        batch.once(row_plan, "name" if line.id_number is None else "id_number", session, key)


def put_attendee(
    entity: type[A],
    session: int,
    name: str,
    person: int | None,
    home: Organization | None,
    batch: Batch,
    row_plan: RowPlan,
) -> None:
    """Record that somebody was at a session, unless that is recorded.

    Without a ``person`` the name is searched in the organisation ``home``, else in the whole
    county. A name that is recorded already is taken for the same person, where no organisation is
    named; each record of a name alone stands for one row.
    """
    snapshot, (of_session, *_) = batch.snapshot, DECLARATIONS[entity].natural
    taken = batch.seen.setdefault((DECLARATIONS[entity].name, str(session)), {})
    namesakes = snapshot.by_natural_prefix(entity, session, name)
    by_name = next(
        (each for each in namesakes if not each.person and str(each.id) not in taken), None
    )
    if person is None and not isinstance(name, Unlisted):
        stored = namesakes[0] if namesakes and home is None else by_name
        person = named_person(name, home, batch, row_plan, stored)
        if stored and person is None and home:
            # The organisation is not stored, so it may say more than was known.
            people = bearers(name, home, snapshot)
            person = people[0] if len(people) == 1 else None
    if person is not None and snapshot.by(entity, (of_session, "person"), (session, person)):
        return
    if by_name is None:
        row_plan.creates = True
        record = entity(snapshot.new_id(entity), session, str(name), person)
    else:  # now it is known whose name was recorded, or it is still unknown
        record = replace(by_name, person=person)
    taken[str(record.id)] = row_plan.place
    row_plan.put(by_name, record)


def by_session(attendees: Iterable[A]) -> Mapping[int, Sequence[A]]:
    """The attendees of each session, by its id."""
    of_session: dict[int, list[A]] = {}
    for attendee in attendees:
        of_session.setdefault(_session(attendee), []).append(attendee)
    return of_session


def _session(attendee: Trainee | Participant) -> int:
    key: int = getattr(attendee, DECLARATIONS[type(attendee)].natural[0])
    return key


def attendee_values(
    attendee: A, together: Sequence[A], home: str | None, snapshot: Snapshot
) -> dict[str, Any]:
    """The name and the ID number of an attendee as a row says them. A name alone that others
    ``together`` at the session have as well would be taken for one of them, so it is unlisted."""
    person = snapshot.persons[attendee.person] if attendee.person else None
    named = Counter(each.name for each in together)[attendee.name]
    is_shared = person is None and named > 1
    name = (
        Unlisted(attendee.name).marked
        if is_shared
        else shown_name(attendee.name, attendee.person, home, snapshot)
    )
    return {"name": name, "id_number": Private(person.id_number) if person else None}
