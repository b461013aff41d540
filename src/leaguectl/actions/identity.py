"""Identity: a person's details are corrected, two similar people are recorded as different."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.identify import find_organization, identify_person
from leaguectl.actions.work import Outcome, run
from leaguectl.findings import Level, NotFound, Private, UsageError, compared
from leaguectl.kinds.cells import as_written
from leaguectl.kinds.members import MemberLine
from leaguectl.kinds.parsing import parse_value
from leaguectl.model import (
    DECLARATIONS,
    Alias,
    DistinctPair,
    Entity,
    Keys,
    Membership,
    Organization,
    Pair,
    Person,
    Snapshot,
    likeness_of,
    mark_private,
    pairs,
)
from leaguectl.model.league import NAME_SEPARATOR
from leaguectl.reports import members
from leaguectl.rules import OF_A_PERSON, review
from leaguectl.store import Location
from leaguectl.store.reading import open_reader, records

PERSONAL: tuple[type[Entity], ...] = tuple(
    entity for entity, declared in DECLARATIONS.items() if "person" in declared.fields
)
"""Entities whose records each belong to one person."""

OPTIONAL = tuple(
    name
    for name, field in DECLARATIONS[Person].fields.items()
    if field.optional and name in MemberLine.model_fields
)
"""Fields of a person that may be empty; the others are the identity."""


# -- correcting ----------------------------------------------------------------------------------


def edit(request: Request, who: str, cells: Mapping[str, str | None]) -> Outcome[None]:
    """Correct a person's details; ``cells`` has the fields with their new values, written as in a
    sheet. An empty text removes a value. The rows of the outcome are the fields that change.

    :raises UsageError: nothing is to change, a value cannot be, or a reason is missing.
    :raises NotFound: nobody is meant, or several are.
    """
    texts = {field: text for field, text in cells.items() if text is not None}
    if not texts:
        raise UsageError("edit-nothing")
    if texts.keys() - {*OPTIONAL} and not request.reason:
        raise UsageError("reason-needed")
    values: dict[str, Any] = {field: _value(field, text) for field, text in texts.items()}
    spelling = {"written": as_written(texts["name"], values["name"])} if "name" in values else {}
    with open_reader(request.location) as reader:
        card = members.member(reader, identify_person(reader, who))
    number, name = ({**card, **values}[field] for field in ("id_number", "name"))
    keys = Keys(
        people={card["id"]},
        id_numbers={number},
        likenesses={likeness_of(name, number)},
        related={*PERSONAL},
    )
    return run(
        request, keys, lambda change_set: _edit(change_set, card["id"], {**values, **spelling})
    )


def _value(field: str, text: str) -> Any:
    if text.strip():
        return parse_value(MemberLine, field, text)
    if field not in OPTIONAL:
        raise UsageError("cell-missing", field=field)
    return None


def _edit(change_set: ChangeSet, person: int, values: Mapping[str, Any]) -> None:
    snapshot = change_set.snapshot
    before = existing_person(change_set, person)
    after = replace(before, **values)
    subject = snapshot.known_as(person)
    if before.is_erased:
        change_set.fault("erased-stay-erased", subject)
        return
    owner = snapshot.last_by(Person, "id_number", after.id_number)
    if owner is not None and owner.id != person:
        known = snapshot.known_as(owner.id)
        change_set.fault("id-taken", subject, known=known, person=person, other=owner.id)
        return
    has_other_number = after.id_number != before.id_number
    with faults_of_new_verdicts(change_set, subject):
        if has_other_number:
            alias = snapshot.find(Alias, after.id_number)
            # The number is right after all; or it was once recorded wrongly for somebody else, and
            # belongs to this person.
            if alias is not None:
                change_set.put(alias, None)
        remember(change_set, before, after)
        change_set.put(before, after)
    # With the same number they were similar before, and that has its own finding.
    for namesake in snapshot.namesakes(after) if has_other_number else ():
        facts = {"name": after.name, "known": snapshot.known_as(namesake.id)}
        other, _ = compared(namesake.id_number, after.id_number)
        change_set.fault("person-alike", subject, Level.WARNING, **facts, other=other)
    for field in values:
        was, becomes = (
            mark_private({field: getattr(state, field)})[field] for state in (before, after)
        )
        if was != becomes:
            if isinstance(was, Private) and isinstance(becomes, Private):
                was, becomes = compared(was, becomes)
            change_set.answer(field=field, was=was, becomes=becomes)


def remember(change_set: ChangeSet, before: Person, after: Person) -> None:
    """Keep the former number and name: rosters that were not corrected will have them again."""
    if (before.id_number, before.name) == (after.id_number, after.name):
        return
    alias = change_set.snapshot.find(Alias, before.id_number)
    names = [*(alias.names if alias else ()), before.name]
    if before.id_number == after.id_number:  # their present name is not a former name
        names = [name for name in names if name != after.name]
    name = NAME_SEPARATOR.join(dict.fromkeys(names))
    change_set.put(alias, Alias(before.id_number, after.id, name) if names else None)


def existing_person(change_set: ChangeSet, person: int) -> Person:
    """A person who was identified before the lock was taken.

    :raises NotFound: meanwhile the record is gone.
    """
    if person not in change_set.snapshot.persons:
        raise NotFound("member-not-found", text=f"#{person}")
    return change_set.snapshot.persons[person]


@contextmanager
def faults_of_new_verdicts(change_set: ChangeSet, subject: str) -> Iterator[None]:
    """Judge by the rules of people before and after: what is wrong only after the change is a fault
    that names its rule. Earlier faults do not block a correction."""

    def verdicts() -> Counter[tuple[str, Level]]:
        findings = review(change_set.snapshot, change_set.policy)
        return Counter(
            (finding.code, finding.level) for finding in findings if finding.code in OF_A_PERSON
        )

    before = verdicts()
    yield
    if change_set.is_refused:
        return
    for code, level in verdicts() - before:
        change_set.fault("rule-broken-by", subject, level, rule=code)


# -- people who look like one --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suspect:
    """A pair of people with their organisations, and why they were declared to be two (None: they
    were not)."""

    pair: Pair
    homes: tuple[str | None, str | None]
    reason: str | None


def suspects(location: Location, org: str | None = None, *, decided: bool = False) -> list[Suspect]:
    """All pairs of people who may be one; with ``decided`` also those declared to be two.

    With ``org`` only pairs with a person in it or in an organisation below.
    """
    snapshot = Snapshot()
    with open_reader(location) as reader:
        above = "" if org is None else find_organization(reader, org)
        for entity in (Organization, Person, Membership, DistinctPair):
            for record in records(reader, entity):
                snapshot.load(record)
    reasons = {(two.first, two.second): two.reason for two in snapshot.all(DistinctPair)}
    suspected = []
    for pair in pairs(snapshot.persons.values()):
        reason = reasons.get((pair.first.id, pair.second.id))
        homes = [snapshot.membership(person.id) for person in (pair.first, pair.second)]
        codes = [home.organization if home else None for home in homes]
        is_within = not above or any(code and snapshot.is_below(code, above) for code in codes)
        if is_within and (decided or reason is None):
            first, second = (snapshot.organizations[code].name if code else None for code in codes)
            suspected.append(Suspect(pair, (first, second), reason))
    return suspected


def tell_apart(request: Request, who: Sequence[str]) -> Outcome[None]:
    """Record that two similar people are different, and why; a pair that is recorded already gets
    the new reason.

    :raises UsageError: no reason is given, or both are one person.
    :raises NotFound: nobody is meant, or several are.
    """
    if not (reason := request.reason):
        raise UsageError("reason-needed")
    with open_reader(request.location) as reader:
        # A pair is stored once, in whichever order the two are named.
        ids = sorted(identify_person(reader, text) for text in who)
    if ids[0] == ids[1]:
        raise UsageError("person-same")

    def plan(change_set: ChangeSet) -> None:
        snapshot = change_set.snapshot
        first, second = (existing_person(change_set, person) for person in ids)
        decided = snapshot.all(DistinctPair)
        before = next((two for two in decided if [two.first, two.second] == ids), None)
        number = before.id if before else snapshot.new_id(DistinctPair)
        pair = before or DistinctPair(number, first.id, second.id, reason)
        change_set.put(before, replace(pair, reason=reason))
        id_number, other_id_number = compared(first.id_number, second.id_number)
        change_set.answer(
            id=first.id,
            name=first.name,
            id_number=id_number,
            other_id=second.id,
            other_name=second.name,
            other_id_number=other_id_number,
            reason=reason,
        )

    return run(request, Keys(people={*ids}, whole={DistinctPair}), plan)
