"""Undoing a part of an operation: the rows of its sheets or the people that are named; what has
changed since is kept, and so is what others depend on.

This is an operation like any other and can be undone itself; the operation that it partly reverses
does not count as undone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet, count_changes
from leaguectl.actions.identify import identify_person
from leaguectl.actions.undoing import faults_of, operations_about, touched_keys
from leaguectl.actions.work import Outcome, run_within
from leaguectl.findings import NotFound, Refused, UsageError
from leaguectl.model import DECLARATIONS, Change, FormerValue, Keys, Organization, Person
from leaguectl.model.former import bearer_of
from leaguectl.reports.journal import Journal
from leaguectl.store.provenance import Place, Sheets
from leaguectl.store.transaction import Transaction
from leaguectl.store.undo import (
    hanging_on,
    last_replaced_first,
    refuse_undone,
    standing_against,
)
from leaguectl.store.versions import Versions

_ROWS = re.compile(r"(?:(?P<sheet>.+)!)?(?P<ranges>\d+(?:[-–]\d+)?(?:[,，]\d+(?:[-–]\d+)?)*)")
_OWNERS = ("quota", "activity")
"""Fields of things, other than people, whose records come and go with them."""

Owner = tuple[str, Any]


@dataclass
class _Group:
    """What an operation did to one person or thing, which is undone as a whole or not at all."""

    changes: list[Change] = field(default_factory=list)
    back: list[Change] = field(default_factory=list)
    """The changes that undo it."""
    who: str = ""
    place: Place | None = None
    outcome: str = "reversed"
    by: list[int] = field(default_factory=list)
    """The operations that prevent it."""


def undo_rows(
    request: Request, operation: int, texts: Sequence[str] = ()
) -> Outcome[dict[str, int] | None]:
    """Undo what an operation did to the rows or people that the texts name (none: to everybody
    where nothing prevents it). The answer says for each what becomes of it: reversed, kept because
    it has changed since, or kept because a later operation depends on it.

    :raises NotFound: there is no such operation, row or person.
    :raises UsageError: rows are named of an operation of several sheets.
    """

    def plan(change_set: ChangeSet, transaction: Transaction) -> dict[str, int]:
        refuse_undone(transaction, operation)
        groups = _groups(transaction, operation)
        chosen = _chosen(transaction, operation, groups, texts) if texts else [*groups.values()]
        _judge(transaction, chosen)
        for group in chosen:
            place = group.place.text if group.place else None
            change_set.answer(who=group.who, outcome=group.outcome, by=group.by, stands=place)
        changes = [change for each in chosen if each.outcome == "reversed" for change in each.back]
        if not changes:
            by = sorted({number for group in chosen for number in group.by}, reverse=True)
            raise Refused("undo-overtaken", operation=operation, later=by or [operation])
        if later := standing_against(transaction.connection, changes):
            raise Refused("undo-overtaken", operation=operation, later=sorted(later, reverse=True))
        _refuse_wrong_state(change_set, transaction, request, operation, changes)
        names = {"gone": "rows_removed", "changed": "rows_changed", "new": "rows_restored"}
        ends = count_changes(changes, **names)
        change_set.changes += last_replaced_first(transaction.connection, operation, changes)
        change_set.counts = {name: ends[name] for name in names.values()}
        change_set.command = f"{request.command} {operation} --rows"
        return dict(change_set.counts)

    return run_within(request, Keys(), plan)


def _groups(transaction: Transaction, operation: int) -> dict[Owner, _Group]:
    """What the operation did, grouped by the person or thing concerned."""
    reader = transaction.connection
    changes = Versions(reader).changes(operation)
    if not changes:
        raise Refused("undo-nothing", operation=operation)
    sheets, journal = Sheets(reader, operation), Journal(reader)
    journal.name(changes)
    groups: dict[Owner, _Group] = {}
    owners = {(change.entity, change.key): _owner(change) for change in changes}
    for change in changes:
        record = change.before if change.after is None else change.after
        if record is None:
            continue
        owner = owners[change.entity, change.key]
        if isinstance(record, FormerValue):  # it goes with what had the value
            bearer = bearer_of(record)
            held = transaction.find(*bearer)
            owner = owners.get(bearer) or (_owner(Change(held, held)) if held else owner)
        group = groups.setdefault(owner, _Group())
        group.changes.append(change)
        group.place = group.place or sheets.place(record)
        group.who = group.who or journal.called(record)
        current = transaction.find(change.entity, change.key)
        if current == change.after:
            group.back.append(Change(current, change.before))
            continue
        group.outcome = "changed since"
        by = Versions(reader).of(change.entity, [change.key]).get(change.key, [])
        group.by += [
            version.ended for version in by if version.begun == operation and version.ended
        ]
    return groups


def _owner(change: Change) -> Owner:
    """The owner of a record: it is undone together with everything else that was done to the
    owner."""
    for record in (change.after, change.before):
        if isinstance(record, Person):
            return "person", record.id
        if (person := getattr(record, "person", None)) is not None:
            return "person", person
    record = change.before if change.after is None else change.after
    for name in _OWNERS:
        if (key := getattr(record, name, None)) is not None:
            return name, key
    noun = DECLARATIONS[change.entity].name
    if noun in ("organization", "organizationevent"):
        is_itself = isinstance(record, Organization)
        return "organization", change.key if is_itself else getattr(record, "organization", "")
    return noun, change.key


def _chosen(
    transaction: Transaction, operation: int, groups: dict[Owner, _Group], texts: Sequence[str]
) -> list[_Group]:
    """The groups that the texts name: rows (``2-5,8``, ``sheet!3``) or people."""
    chosen: dict[int, _Group] = {}
    sheets = {group.place.sheet for group in groups.values() if group.place}
    for text in texts:
        match = _ROWS.fullmatch(text.strip())
        found: list[_Group] = []
        if match is not None and sheets:
            if match["sheet"] is None and len(sheets) > 1:
                raise UsageError("rows-of-which-sheet", sheets=sorted(map(str, sheets)))
            numbers = {*_numbers(match["ranges"])}
            found = [
                group
                for group in groups.values()
                if group.place is not None
                and group.place.row in numbers
                and match["sheet"] in (None, group.place.sheet)
            ]
        if not found:
            owner = "person", identify_person(transaction.connection, text)
            found = [groups[owner]] if owner in groups else []
        if not found:
            raise NotFound("undo-rows-not-found", operation=operation, text=text)
        chosen |= {id(group): group for group in found}
    return [*chosen.values()]


def _numbers(ranges: str) -> Iterator[int]:
    for span in re.split("[,，]", ranges):
        first, *rest = map(int, re.split("[-–]", span))
        yield from range(first, (rest[0] if rest else first) + 1)


def _judge(transaction: Transaction, chosen: Sequence[_Group]) -> None:
    """Find what must stay since others depend on it; what depends on that stays as well."""
    while True:
        changes = [
            change for group in chosen if group.outcome == "reversed" for change in group.back
        ]
        hanging = [*hanging_on(transaction.connection, changes)]
        if not hanging:
            return
        by: dict[tuple[str, Any], set[int]] = {}
        for table, key, number in hanging:
            by.setdefault((table, key), set()).add(number)
        for group in chosen:
            removed = {
                (DECLARATIONS[change.entity].table, change.key)
                for change in group.back
                if change.after is None
            }
            if group.outcome == "reversed" and (stands := removed & by.keys()):
                group.outcome = "depended on"
                group.by = sorted({number for each in stands for number in by[each]})


def _refuse_wrong_state(
    change_set: ChangeSet,
    transaction: Transaction,
    request: Request,
    operation: int,
    changes: Sequence[Change],
) -> None:
    """Refuse a state in which the rules of people or of blocks would no longer hold."""
    snapshot = transaction.slice(touched_keys(changes, in_part=True))
    snapshot.today = request.today
    change_set.findings += faults_of(changes, snapshot, change_set.policy, in_part=True)
    if faults := [finding for finding in change_set.findings if finding.is_error]:
        later = operations_about(faults, operation, snapshot, transaction.connection) or [operation]
        raise Refused("undo-overtaken", operation=operation, later=later)
