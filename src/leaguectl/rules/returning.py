"""Who does not come back: the dead, the expelled, those whose personal values were erased."""

from collections.abc import Iterator
from datetime import date

from leaguectl.model import (
    ERASED,
    NO_AREA,
    Alias,
    Certificate,
    Membership,
    Milestone,
    Person,
    Post,
    Snapshot,
    Transfer,
    is_pseudonym,
)
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, person_name, rule


@rule("dead-stay-dead", scope="person", source="团章: 团员死亡, 团籍自然终止")
def dead_stay_dead(snapshot: Snapshot, policy: Policy) -> Violations:
    """A deceased member does not become a member again, and gets no post, no certificate and
    no milestone.
    死亡的团员不再有团籍，不再任职，也不再颁发团员证、登记成长。"""
    for end in snapshot.memberships.values():
        if end.leaving_reason != "deceased" or end.left is None:
            continue
        # That they were out of reach (失联) was recorded before anybody knew of their death.
        steps = snapshot.by(Milestone, "person", end.person)
        later = [step.day for step in steps if step.day >= end.left and step.kind != "lost contact"]
        for day in (*_beginnings(snapshot, end), *later):
            yield person_name(snapshot, end.person), {"left": end.left, "day": day}


@rule("expelled-restored", scope="person", source="团章: 开除团籍; 恢复团籍须经批准")
def expelled_restored(snapshot: Snapshot, policy: Policy) -> Violations:
    """An expelled member becomes a member again, or gets a post or a certificate, only by a
    restoration with its document.
    被开除团籍的，非经批准恢复团籍，不得重新成为团员、任职或领取团员证。"""
    for end in snapshot.memberships.values():
        if end.leaving_reason != "expelled" or end.left is None:
            continue
        restored = [
            membership.since
            for membership in snapshot.memberships_of(end.person)
            if membership.entry == "restored" and membership.since is not None
        ]
        until = min((day for day in restored if day >= end.left), default=None)
        for day in _beginnings(snapshot, end):
            if until is None or day < until:
                yield person_name(snapshot, end.person), {"left": end.left, "day": day}


def _beginnings(snapshot: Snapshot, end: Membership) -> Iterator[date]:
    """The days after the end of a membership on which something else of that person began."""
    left = end.left or date.max
    others = snapshot.memberships_of(end.person)
    days = [other.begun for other in others if other.id > end.id]
    days += [post.since for post in snapshot.by(Post, "person", end.person)]
    transfers = snapshot.by(Transfer, ("person", "state"), (end.person, "pending"))
    days += [transfer.requested for transfer in transfers if transfer.source is None]
    cases = snapshot.candidacies(end.person)
    days += [case.applied or case.activist for case in cases if case.state == "open"]
    certificates = snapshot.by(Certificate, "person", end.person)
    # A certificate handed out on the last day came before the end.
    days += [
        certificate.issued
        for certificate in certificates
        if certificate.state == "valid" and certificate.issued != left
    ]
    return (day for day in days if day is not None and day >= left)


@rule("erased-stay-erased", scope="person", source="个人信息保护法第四十七条: 保存期限届满应当删除")
def erased_stay_erased(snapshot: Snapshot, policy: Policy) -> Violations:
    """Somebody whose personal values were erased is nobody else's record, becomes known by nothing,
    and is no member.
    个人信息已删除的，不再与他人的记录合并，不再补录姓名、号码，也不再恢复为团员。"""
    known_as = {alias.person for alias in snapshot.all(Alias)}
    stale = {alias.person for alias in snapshot.all(Alias) if alias.id_number.startswith(NO_AREA)}
    for person in snapshot.persons.values():
        was_erased = person.is_erased or person.name.startswith(ERASED)
        if person.id in stale or (
            was_erased and (person.id in known_as or _is_more_than_erased(person, snapshot))
        ):
            yield person_name(snapshot, person.id), {}


def _is_more_than_erased(person: Person, snapshot: Snapshot) -> bool:
    """Whether somebody is a member, or their record says more than what an erasure leaves."""
    home = snapshot.membership(person.id)
    is_member = home is not None and home.left is None
    is_named = person.phone is not None or person.written is not None
    return is_member or is_named or not is_pseudonym(person.name, person.id_number)
