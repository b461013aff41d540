"""What a command does to the registry, before anything is written: the growing changes, the answer,
and everything that forbids it. Pure: :mod:`leaguectl.actions.work` carries it out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from leaguectl.findings import Finding, Level, Refused, UsageError
from leaguectl.kinds.moves import disorder_of, gone_on, rewritten
from leaguectl.model import (
    DECLARATIONS,
    Change,
    Entity,
    Membership,
    NewRows,
    Organization,
    Person,
    Post,
    Snapshot,
    Transfer,
)
from leaguectl.model.days import as_known
from leaguectl.model.former import former_values
from leaguectl.model.periods import POST
from leaguectl.rules import Policy, misnamed, new_errors, untimely
from leaguectl.store.provenance import Origin


def count_changes(changes: Iterable[Change], *, new: str, changed: str, gone: str) -> Counter[str]:
    """How many records are created, changed and removed, under these names."""
    return Counter(
        new if change.before is None else gone if change.after is None else changed
        for change in changes
    )


@dataclass
class ChangeSet:
    """The changes, rows of the answer and findings of one command, planned on a snapshot that
    every change is applied to at once."""

    snapshot: Snapshot
    policy: Policy
    today: date
    changes: list[Change | NewRows] = field(default_factory=list)
    applied: list[Change] = field(default_factory=list)
    """The changes that were put one by one; changes from a sheet were judged row by row."""
    findings: list[Finding] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    """What was done to each person or thing, as the command answers it."""
    approver: str = ""
    """The organisation that approved it; recorded with the document."""
    counts: Mapping[str, int] | None = None
    """What the journal counts; None: how many records were created, changed and removed."""
    day: date | None = None
    """The day of effect; None: today."""
    sources: Sequence[Mapping[str, Any]] = ()
    """The tables that it comes from, each with the digest of its file."""
    origins: Sequence[Origin] = ()
    """Which of their rows mention which records."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Settings of the registry that are written with it."""
    command: str | None = None
    """The command that planned it, where another command carries it out."""
    plan: tuple[str, str] | None = None
    """The author of the plan that is carried out, and its digest."""
    undoes: int | None = None
    """The operation that it takes back."""
    erased: Sequence[int] = ()
    """The people whose personal values are taken out of everything."""
    is_recorded: bool = False
    """Whether it is an operation although it changes no row, such as a new policy."""
    skips_faulty: bool = False
    """Whether valid rows are written although others are at fault (``--valid-only``)."""
    is_forbidden: bool = False
    """Whether it was refused as a whole, rather than because of a row of a sheet."""

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(finding.is_error for finding in self.findings)

    @property
    def is_written(self) -> bool:
        """Whether there is something to write and nothing forbids it."""
        is_allowed = not self.is_refused or (self.skips_faulty and not self.is_forbidden)
        return is_allowed and (self.is_recorded or bool(self.changes))

    @property
    def people(self) -> set[int]:
        """The people that the changes concern, by registry id."""
        records = [
            change.after if change.after is not None else change.before
            for change in self.changes
            if isinstance(change, Change)
        ]
        people = {
            record.id if isinstance(record, Person) else getattr(record, "person", None)
            for record in records
        }
        return {person for person in people if person is not None}

    @property
    def endings(self) -> int:
        """How many memberships in the League end; moves to another branch do not count."""
        return sum(
            isinstance(change, Change)
            and isinstance(change.after, Membership)
            and isinstance(change.before, Membership)
            and change.before.left is None
            and change.after.left is not None
            and change.after.leaving_reason != "moved"
            for change in self.changes
        )

    @property
    def written_counts(self) -> Mapping[str, int]:
        """What the journal counts of it."""
        if self.counts is not None:
            return self.counts
        # Batches, which plan whole columns of new rows, bring counts of their own.
        changes = [change for change in self.changes if isinstance(change, Change)]
        return count_changes(changes, new="created", changed="updated", gone="rows_removed")

    # -- what planners do ------------------------------------------------------------------------

    def put(self, before: Entity | None, after: Entity | None) -> None:
        """Change ``before`` (None: it is new) to ``after`` (None: it is removed); nothing where
        they are equal.

        :raises UsageError: a text is longer than its field may be.
        """
        if before != after:
            self._refuse_too_long(before, after)
            change = Change(before, after)
            self.changes.append(change)
            self.applied.append(change)
            # Applied at once, so that later changes are judged with it.
            self.snapshot.apply(change)
            if self.undoes is None:
                former = former_values([change], self.day or self.today, self.snapshot)
                for kept in former:
                    self.changes.append(kept)
                    self.snapshot.apply(kept)

    def _refuse_too_long(self, before: Entity | None, after: Entity | None) -> None:
        """Refuse a text that is longer than its field declares, since a database might not accept
        it; values that were stored before are not checked again."""
        # Undoing an operation only restores values that were accepted once.
        lengths = {} if after is None or self.undoes else DECLARATIONS[type(after)].lengths
        for name, longest in lengths.items():
            text = getattr(after, name)
            if text is not None and len(text) > longest and text != getattr(before, name, None):
                raise UsageError("text-too-long", field=name, length=len(text), longest=longest)

    def answer(self, **row: Any) -> None:
        """Add a row to what the command answers."""
        self.rows.append(row)

    def fault(self, code: str, subject: str, level: Level = Level.ERROR, /, **facts: Any) -> None:
        """Add a finding; ``subject`` is the person or thing that it is about."""
        self.findings.append(Finding(code, facts, level, subject=subject))

    def judge(self) -> None:
        """Judge the state after the changes: whatever is newly wrong about the people concerned is
        a fault, whichever command planned the changes."""
        people = self.people
        for change in self.applied:
            if isinstance(change.after, Membership):
                self._refuse_disorder(change.after)
            if isinstance(change.after, Organization):
                for code in self._moved_with(change.after, change.before):
                    homes = self.snapshot.by(Membership, "organization", code)
                    people |= {membership.person for membership in homes}
        self.findings += new_errors(self.snapshot, self.policy, self.applied, people)
        self.findings += untimely(self.snapshot, self.policy, self.applied)
        self.findings += misnamed(self.snapshot, self.policy, self.applied)

    def _refuse_disorder(self, home: Membership) -> None:
        """Refuse what no command and no sheet may leave of a membership, unless a planner did."""
        said = {finding.code for finding in self.findings}
        if self.snapshot.find(Membership, home.id) is home:
            for rule, _, facts in disorder_of(home):
                if rule not in said:
                    self.fault(rule, self.snapshot.known_as(home.person), **facts)

    def _moved_with(self, after: Organization, before: object) -> set[str]:
        """The organisation, and where it was moved all that lies below it."""
        if not isinstance(before, Organization) or before.parent == after.parent:
            return {after.code}
        snapshot = self.snapshot
        return {code for code in snapshot.organizations if snapshot.is_below(code, after.code)}

    def refuse(self, refusal: Refused) -> None:
        """Add a raised refusal as a finding; nothing at all is written."""
        self.is_forbidden = True
        self.findings.append(Finding(refusal.code, refusal.facts))

    def name(self, organization: str | None) -> str | None:
        """An organisation's name by its code."""
        stored = self.snapshot.organizations.get(organization or "")
        return stored.name if stored else organization

    # -- conditions that several commands share --------------------------------------------------

    def has_happened(self, subject: str, day: date) -> bool:
        """Whether the day is not in the future; otherwise a fault, since only past events are
        recorded."""
        if day > self.today:
            self.fault("day-ahead", subject, day=day, today=self.today)
        return day <= self.today

    def is_open(
        self, organization: str, day: date, subject: str, until: date | None = None
    ) -> bool:
        """Whether the organisation exists from that day until the other (None: until now); a fault
        where it does not."""
        home = self.snapshot.organizations[organization]
        if home.dissolved is not None and home.dissolved < (until or date.max):
            self.fault("organization-dissolved", subject, name=home.name, dissolved=home.dissolved)
        elif home.founded is not None and day < home.founded:
            founded = as_known(home.founded, home.founded_precision)
            self.fault("organization-not-yet", subject, name=home.name, founded=founded)
        else:
            return True
        return False

    def current(self, person: int) -> Membership | None:
        """The membership that the person has now; a fault where there is none."""
        membership = self.snapshot.membership(person)
        if membership is not None and membership.left is None:
            return membership
        left = membership.left if membership else ""
        self.fault("member-not-now", self.snapshot.known_as(person), left=left or "")
        return None

    def none_pending(self, person: int, *, or_missing: bool = False) -> None:
        """A fault where the person has a pending transfer: it must be settled first, since it names
        the branch that they are leaving. Papers that are missing of somebody who has come from
        elsewhere are no reason to stay; with ``or_missing`` another request waits for them."""
        for transfer in self.snapshot.all(Transfer):
            if transfer.source is None and not or_missing:
                continue
            if transfer.person == person and transfer.state == "pending":
                who = self.snapshot.known_as(person)
                self.fault("transfer-pending", who, id=transfer.id, requested=transfer.requested)

    def end(self, membership: Membership, day: date, reason: str) -> None:
        """End a membership; the day is the first without it."""
        self.put(membership, replace(membership, left=day, leaving_reason=reason))

    def move(self, membership: Membership, to: str, day: date) -> None:
        """Continue a membership in another organisation of this registry from that day, until it
        ended if it has, with the same day of joining: moving is not joining again."""
        moved = Membership(
            0,
            membership.person,
            to,
            membership.joined,
            membership.joined_precision,
            "moved",
            since=day,
        )
        stored = self.snapshot.memberships_of(membership.person)
        homes = gone_on(stored, membership, moved)
        for before, after in rewritten(homes, stored, self.snapshot):
            self.put(before, after)

    def posts_of(self, person: int, day: date) -> list[Post]:
        """The posts that a person holds on that day or later."""
        return [
            post
            for post in self.snapshot.all(Post)
            if post.person == person and not POST.of(post).is_over(day)
        ]
