"""What a command does to the registry: its changes as they grow, what it did, what forbids it.

A row of a sheet has a ``RowPlan``; a command that names people or organisations itself has a
:class:`ChangeSet`. Either is pure, and either is carried out as one operation or not at all.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from leaguectl.findings import Finding, Level
from leaguectl.model import Change, Entity, Membership, Post, Snapshot, Transfer
from leaguectl.model.periods import POST
from leaguectl.rules import Policy


@dataclass
class ChangeSet:
    """The registry as the command would leave it; every reason against it is kept."""

    registry: Snapshot
    policy: Policy
    today: date
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    approver: str = ""
    """Which organisation approved it; recorded beside the document."""
    rows: list[dict[str, Any]] = field(default_factory=list)
    """What was done to whom, as the command answers it."""

    def put(self, before: Entity | None, after: Entity | None) -> None:
        """Change ``before`` (None: nothing) to ``after`` (None: it goes); none where they are
        equal."""
        if before != after:
            change = Change(before, after)
            self.changes.append(change)
            self.registry.apply(change)

    def fault(self, rule: str, subject: str, level: Level = Level.ERROR, /, **facts: Any) -> None:
        """Something speaks against it, and this is whom or what it is about."""
        self.findings.append(Finding(rule, facts, level, subject=subject))

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(one.is_error for one in self.findings)

    def name(self, organization: str | None) -> str | None:
        """An organisation's name by its code."""
        known = self.registry.organizations.get(organization or "")
        return known.name if known else organization

    def has_happened(self, subject: str, day: date) -> bool:
        """Whether the day is not ahead; what is recorded has happened."""
        if day > self.today:
            self.fault("day-ahead", subject, day=day, today=self.today)
        return day <= self.today

    def is_open(self, organization: str, day: date, subject: str) -> bool:
        """Whether the organisation is there on that day; a fault where it is not yet or no more."""
        home = self.registry.organizations[organization]
        if home.dissolved is not None:
            self.fault("organization-dissolved", subject, name=home.name, dissolved=home.dissolved)
        elif home.founded is not None and day < home.founded:
            self.fault("organization-not-yet", subject, name=home.name, founded=home.founded)
        else:
            return True
        return False

    def current(self, person: int) -> Membership | None:
        """The membership that the person has now; a fault where there is none."""
        known = self.registry.membership(person)
        if known is not None and known.left is None:
            return known
        left = known.left if known else ""
        self.fault("member-not-now", self.registry.known_as(person), left=left or "")
        return None

    def none_pending(self, person: int) -> None:
        """A fault where a transfer of the person is under way; it is settled first."""
        for one in self.registry.all(Transfer):
            if one.person == person and one.state == "pending":
                who = self.registry.known_as(person)
                self.fault("transfer-pending", who, id=one.id, requested=one.requested)

    def end(self, membership: Membership, day: date, reason: str) -> None:
        """End a membership; the day is the first without it."""
        self.put(membership, replace(membership, left=day, leaving_reason=reason))

    def move(self, membership: Membership, to: str, day: date) -> None:
        """Go on in another organisation of ours from that day, with the same day of joining."""
        self.end(membership, day, "moved")
        moved = Membership(
            self.registry.new_id(Membership),
            membership.person,
            to,
            membership.joined,
            membership.joined_precision,
            "moved",
            since=day,
        )
        self.put(None, moved)

    def posts_of(self, person: int, day: date, below: str | None = None) -> list[Post]:
        """The posts that a person holds on that day or is to hold after it; below that organisation
        alone where it is given."""
        return [
            one
            for one in self.registry.all(Post)
            if one.person == person
            and not POST.of(one).is_over(day)
            and (below is None or self.registry.is_below(one.organization, below))
        ]
