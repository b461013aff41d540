"""What an undo or a saved plan would make wrong: the resulting state judged by the rules of
people."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from leaguectl.findings import Finding, Level
from leaguectl.kinds.closing import Obstacle, later_acts, without_branch
from leaguectl.kinds.person_records import left_before
from leaguectl.model import (
    BRANCH_TYPES,
    DECLARATIONS,
    Admission,
    Candidacy,
    Change,
    Discipline,
    Entity,
    Keys,
    Membership,
    Number,
    Organization,
    OrganizationEvent,
    Person,
    Post,
    Quota,
    Registration,
    Snapshot,
    Transfer,
)
from leaguectl.model.periods import ORGANIZATION
from leaguectl.names import signed_name
from leaguectl.rules import BOOKS, HOSTED, OF_CANDIDATES, Policy, misnamed, review, untimely
from leaguectl.store.connection import Connection
from leaguectl.store.undo import erasing

_OF_PEOPLE: frozenset[type[Entity]] = frozenset(
    entity for entity, declared in DECLARATIONS.items() if "person" in declared.references
)
"""The entities whose records belong to people."""

_INSIDE: tuple[type[Entity], ...] = (*HOSTED, Admission, Candidacy, Transfer)
"""The entities whose records stand against the closing of an organisation."""

# Only plans are judged by the gate: any admission that an undo restores has passed it once.
_CODES = OF_CANDIDATES | {
    rule.code for book in BOOKS.values() for rule in book if rule.scope in ("entry", "person")
}
_GATE = frozenset(rule.code for rule in BOOKS["gate"])
_OF_BLOCKS = frozenset({"block-adds-up", "block-within"})
_WARNINGS = frozenset({"post-holder-left"})
"""The warnings that are given as well: who leaves may keep a post, and is warned of it too."""


def touched_keys(
    changes: Sequence[Change], *, asks_gate: bool = False, in_part: bool = False
) -> Keys:
    """The people and organisations whose records change, except people who are removed altogether;
    ``asks_gate`` adds the introducers and approvers of admissions, which the gate needs. What is
    undone ``in_part`` may leave a block without its numbers, so all blocks are needed then."""
    keys = Keys(related=set(_OF_PEOPLE), as_said=True)
    if any(change.entity in (Organization, OrganizationEvent) for change in changes):
        keys.whole.add(Organization)  # whichever may bear the same name
    if in_part and any(change.entity in (Quota, Number) for change in changes):
        keys.whole |= {Quota, Number}
    gone = {change.key for change in changes if change.entity is Person and change.after is None}
    for change in changes:
        for record in filter(None, (change.before, change.after)):
            _touch(record, keys)
            if asks_gate and isinstance(record, Admission):
                introducers = (record.introducer_1, record.introducer_2)
                keys.names |= {signed_name(text)[0] for text in introducers}
                keys.organizations |= {record.approved_by or record.organization}
                keys.years.add(record.meeting.year)
                keys.numbers.add(record.number)
    keys.people -= gone
    return keys


def _touch(record: Entity, keys: Keys) -> None:
    if isinstance(record, Person):
        keys.people.add(record.id)
    elif isinstance(record, Organization):
        keys.organizations.add(record.code)
        keys.members_of.add(record.code)  # their organisation is restored with it
        if record.founded is not None or record.dissolved is not None:
            keys.whole |= {*_INSIDE} - {Admission}  # what has happened there
        elif record.type not in BRANCH_TYPES:
            keys.whole |= {Candidacy, Transfer}  # who needs a branch
    elif isinstance(record, Membership) and record.joined is not None:
        keys.years.add(record.joined.year)
    for field, table in DECLARATIONS[type(record)].references.items():
        named = getattr(record, field)
        if named is not None and table == "person":
            keys.people.add(named)
        elif named is not None and table == "organization":
            keys.organizations.add(named)


def faults_of(
    changes: Sequence[Change],
    snapshot: Snapshot,
    policy: Policy,
    *,
    asks_gate: bool = False,
    in_part: bool = False,
) -> list[Finding]:
    """What the changes make wrong about the people of the snapshot, which has the changes
    afterwards, and what is to be warned of. Earlier faults do not count. ``asks_gate``: admissions
    pass the gate again; ``in_part``: blocks may lack their numbers."""
    codes = _CODES | (_GATE if asks_gate else set()) | (_OF_BLOCKS if in_part else set())
    before = Counter(map(_identity, _wrong(snapshot, policy, codes)))
    for change in changes:
        snapshot.apply(change)
    new = []
    for finding in _wrong(snapshot, policy, codes):
        if before[_identity(finding)] > 0:
            before[_identity(finding)] -= 1
        else:
            new.append(finding)
    new += untimely(snapshot, policy, changes) + misnamed(snapshot, policy, changes)
    return new + [barred for change in changes for barred in _barred(change, snapshot)]


def operations_about(
    findings: Sequence[Finding], operation: int, snapshot: Snapshot, connection: Connection
) -> list[int]:
    """The operations after ``operation`` that wrote what the findings are about: the records of the
    people they name and of their organisations, and those in the organisations they name, or that
    took out the personal values of these people; the newest first."""
    names = {(finding.subject or "").split(" ")[0] for finding in findings}
    names |= {str(finding.facts.get("name", "")) for finding in findings}
    people = {person.id for person in snapshot.persons.values() if person.name in names}
    records: list[Entity] = [
        record
        for entity in _OF_PEOPLE
        for record in snapshot.all(entity)
        if getattr(record, "person", None) in people
        # Lists of cadres often have only names.
        or (isinstance(record, Post) and record.name in names)
    ]
    codes = {getattr(record, "organization", None) for record in records}
    codes |= {str(finding.facts.get(fact)) for finding in findings for fact in ("code", "known")}
    named = {code for code, home in snapshot.organizations.items() if home.name in names}
    records += [home for code, home in snapshot.organizations.items() if code in codes | named]
    # An organisation that was closed again meets what has happened in it since.
    records += [
        each
        for entity in _INSIDE
        for each in snapshot.all(entity)
        if {getattr(each, "organization", None), getattr(each, "target", None)} & named
    ]
    # An erasure leaves every row with the operation that wrote it.
    numbers = {record.operation for record in records} | erasing(connection, people)
    return sorted((number for number in numbers if number > operation), reverse=True)


def _wrong(snapshot: Snapshot, policy: Policy, codes: Collection[str]) -> list[Finding]:
    return [
        item
        for item in review(snapshot, policy)
        if item.code in (codes if item.level is Level.ERROR else _WARNINGS)
    ]


def _barred(change: Change, snapshot: Snapshot) -> Iterator[Finding]:
    """Why no door would take what a change brings back."""
    yield from _of_closed(change, snapshot)
    yield from _of_former_members(change, snapshot)


def _of_closed(change: Change, snapshot: Snapshot) -> Iterator[Finding]:
    """It is of an organisation that was closed since, or it closes one in which something has
    happened since, or makes a committee of a branch that somebody needs."""
    record, before = change.after, change.before
    if isinstance(record, Organization):
        if not isinstance(before, Organization):
            return
        closed = record.dissolved if before.dissolved is None else None
        obstacles: list[Obstacle] = []
        if closed is not None:
            obstacles += without_branch(snapshot, record.code, None)
            obstacles += later_acts(snapshot, record, closed)
        elif before.type in BRANCH_TYPES:
            obstacles += without_branch(snapshot, record.code, record)
        for code, facts in obstacles:
            yield Finding(code, facts, subject=record.name)
    elif isinstance(record, Candidacy) and record.state == "open":
        yield from _closed_since(record.organization, date.max, snapshot)
    elif isinstance(record, Transfer) and record.state == "pending":
        yield from _closed_since(record.target, date.max, snapshot)


def _of_former_members(change: Change, snapshot: Snapshot) -> Iterator[Finding]:
    """It is of a member who has left since, or it is their leaving, while a request waits."""
    record, before = change.after, change.before
    if isinstance(record, Transfer) and record.state == "pending" and record.source is not None:
        if not (isinstance(before, Transfer) and before.state == "pending"):
            yield from _left_since(record, date.max, snapshot)
    elif isinstance(record, Registration) and before is None:
        yield from _left_since(record, record.registered or date(record.year, 1, 1), snapshot)
    elif isinstance(record, Discipline) and before is None:
        yield from _left_since(record, record.since, snapshot)
    elif isinstance(record, Membership) and isinstance(before, Membership) and not before.left:
        yield from _requests_of_former(record.person, snapshot)


def _left_since(
    record: Transfer | Registration | Discipline, day: date, snapshot: Snapshot
) -> Iterator[Finding]:
    """Only members have such a record, and since it was written they have left before its day. What
    a plan makes is not written yet: it was judged when it was planned."""
    left = left_before(record.person, day, snapshot)
    homes = snapshot.memberships_of(record.person)
    if left is not None and any(0 < record.operation < home.operation for home in homes):
        yield Finding("member-not-now", {"left": left}, subject=snapshot.known_as(record.person))


def _requests_of_former(person: int, snapshot: Snapshot) -> Iterator[Finding]:
    """A member's request must be settled before they leave."""
    if left_before(person, date.max, snapshot) is None:
        return
    for request in snapshot.by(Transfer, ("person", "state"), (person, "pending")):
        if request.source is not None:
            facts = {"id": request.id, "requested": request.requested}
            yield Finding("transfer-pending", facts, subject=snapshot.known_as(person))


def _closed_since(code: str | None, day: date, snapshot: Snapshot) -> Iterator[Finding]:
    home = snapshot.organizations.get(code or "")
    if home is not None and ORGANIZATION.of(home).is_over(day):
        facts = {"name": home.name, "dissolved": home.dissolved}
        yield Finding("organization-dissolved", facts, subject=home.name)


def _identity(finding: Finding) -> tuple[str, str | None]:
    return finding.code, finding.subject
