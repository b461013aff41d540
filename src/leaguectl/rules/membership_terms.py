"""What the Charter says about leaving: at which age, with whose approval; who is in the Party.

Leaving by age is decided only here: the rule ``over-age``, the commands that end memberships and
every report use these functions, so that they all agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from leaguectl.model import Milestone, Organization, Person, Post, Snapshot
from leaguectl.model.days import age_on, birthday, months_after
from leaguectl.model.periods import is_held_on
from leaguectl.names import fold_name
from leaguectl.rules.policy import Policy
from leaguectl.rules.sections import Approver

_PARTY = ("中共党员", "党员", "中共预备党员", "预备党员", "共产党员")
"""Values of 政治面貌 for a member of the Party."""


_NO_MEMBER = frozenset((
    "群众", "普通群众", "人民群众", "少先队员", "队员", "非团员", "非共青团员", "未入团",
    "积极分子", "入团积极分子", "入团申请人", "发展对象", "13",
))  # fmt: skip
"""Values of 政治面貌 for somebody who is not a member; 13 is 群众 in GB/T 4762."""

_DENIES = re.compile(
    r"^(?:普通|人民)?群众|^少先队员|非(?:共青)?团(?!干)|[不没](?:是|属于?)(?:共青)?团员|无团籍"
    r"|未(?:曾|能)?加?入(?:共青)?团|^未(?:加入|入)$|没有?(?:加入|入)(?:共青)?团"
    r"|(?:申请|[待拟]|准备)(?:加)?入(?:共青)?团|入团(?:积极分子|申请|发展对象)"
    r"|(?<![未不没])(?<!没有)(?:退|离|脱)团|^(?:原|曾)(?:经)?(?:是|为)?(?:共青)?团员"
)
"""What a longer remark contains that denies membership: 群众（未入团）, 已退团. Somebody who is no
cadre of the League (非团干) or has not left it may still be a member."""


def denies_membership(politics: str | None) -> bool:
    """Whether somebody's political status (政治面貌) says that they are not a member."""
    if politics is None:
        return False
    remark = fold_name(politics)
    return remark in _NO_MEMBER or _DENIES.search(remark) is not None


def is_in_party(politics: str | None, joined: date | None, day: date) -> bool:
    """Whether somebody is in the Party on a day, including probation: because their 政治面貌, which
    has no day, says so, or because they joined by then."""
    says_so = politics is not None and fold_name(politics) in _PARTY
    return says_so or (joined is not None and joined <= day)


def is_party_member(snapshot: Snapshot, person: Person, day: date) -> bool:
    """Whether a person of the registry is in the Party on a day."""
    milestones: Iterable[Milestone] = snapshot.by(Milestone, "person", person.id)
    joined = (milestone.day for milestone in milestones if milestone.kind == "joined party")
    return is_in_party(person.politics, min(joined, default=None), day)


@dataclass(frozen=True, slots=True)
class AgeTerms:
    """The age at which members without a post leave, and whether those in the Party stay."""

    age: int
    party_members_stay: bool
    months: int
    """How many months somebody has after the birthday."""

    @classmethod
    def on(cls, policy: Policy, day: date) -> "AgeTerms":
        """The terms in force on a day."""
        limits = policy.leaving_on(day)
        return cls(limits.age, limits.party_members_stay, limits.months)

    def reached(self, born: date) -> date:
        """The day on which somebody born then reaches the age of leaving.

        :raises ValueError: the calendar has no such day.
        """
        return birthday(born, self.age)

    def youngest_of_age(self, day: date) -> str:
        """The latest birth date, as the eight digits in an ID number, of people who have reached
        the age of leaving by that day. Comparing digits is the same as comparing :meth:`reached`
        with the day (born on 29 February means of age on 1 March), and a database can do it."""
        return f"{day.year - self.age:04d}{day:%m%d}"

    def is_of_age(self, person: Person, day: date) -> bool:
        """Whether somebody has reached the age of leaving by that day."""
        return person.id_number[6:14] <= self.youngest_of_age(day)

    def stays(self, *, in_party: bool) -> bool:
        """Whether somebody of that age may stay because they are in the Party."""
        return in_party and self.party_members_stay

    def over_age_since(self, born: date, day: date, *, in_party: bool) -> date | None:
        """The birthday after which somebody without a post should have left by a day; None for
        people who stay as a member of the Party or still have time."""
        if self.stays(in_party=in_party):
            return None
        turned = self.reached(born)
        return turned if months_after(turned, self.months) < day else None


def should_have_left(snapshot: Snapshot, policy: Policy, person: Person, day: date) -> date | None:
    """The birthday after which a member should have left by a day; None for members who are
    younger, hold a post, stay as a member of the Party or still have time."""
    terms = AgeTerms.on(policy, day)
    if not terms.is_of_age(person, day):
        return None
    if any(is_held_on(post, day) for post in snapshot.by(Post, "person", person.id)):
        return None
    in_party = is_party_member(snapshot, person, day)
    return terms.over_age_since(person.born, day, in_party=in_party)


def too_young_to_leave(person: Person, day: date, policy: Policy) -> dict[str, Any] | None:
    """Why somebody does not leave by age on a day: how old they are; None where they are of age."""
    terms = AgeTerms.on(policy, day)
    if not person.is_dated or terms.is_of_age(person, day):
        return None
    return {"age": age_on(person.born, day), "limit": terms.age, "day": day}


def approvers(
    snapshot: Snapshot, home: str, approver: Organization | None, authorised: tuple[str, ...]
) -> set[Approver]:
    """The roles in which an organisation can approve something about a member of ``home``; None
    stands for an organisation outside this registry."""
    if approver is None:
        return {"outside"}
    roles: set[Approver] = set()
    if approver.code != home and snapshot.is_below(home, approver.code):
        roles.add("superior")
        if approver.parent is None:
            roles.add("county")
        if approver.code in authorised:
            roles.add("authorised")
    return roles
