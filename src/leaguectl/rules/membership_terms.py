"""What the Charter says of leaving: at which age, with whose approval; who is in the Party.

Who leaves by age is decided here and nowhere else: the rule ``over-age``, the commands that end
memberships and every report ask these functions, so that no two of them give two answers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leaguectl.model import Milestone, Organization, Person, Post, Snapshot
from leaguectl.model.days import birthday, months_after
from leaguectl.model.periods import is_held_on
from leaguectl.names import fold_name
from leaguectl.rules.policy import Policy
from leaguectl.rules.sections import Approver

_PARTY = ("中共党员", "党员", "中共预备党员", "预备党员", "共产党员")
"""What 政治面貌 says of a member of the Party."""


_NO_MEMBER = frozenset((
    "群众", "普通群众", "人民群众", "少先队员", "队员", "非团员", "非共青团员", "未入团",
    "积极分子", "入团积极分子", "入团申请人", "发展对象", "13",
))  # fmt: skip
"""What 政治面貌 says of somebody who is no member; 13 is 群众 in GB/T 4762."""

_DENIES = re.compile(
    r"^(?:普通|人民)?群众|^少先队员|非(?:共青)?团(?!干)|[不没](?:是|属于?)(?:共青)?团员|无团籍"
    r"|未(?:曾|能)?加?入(?:共青)?团|^未(?:加入|入)$|没有?(?:加入|入)(?:共青)?团"
    r"|(?:申请|[待拟]|准备)(?:加)?入(?:共青)?团|入团(?:积极分子|申请|发展对象)"
    r"|(?<![未不没])(?<!没有)(?:退|离|脱)团"
)
"""What a longer remark has that says so: 群众（未入团）, 已退团. Who is no cadre of the League
(非团干) or has not left it may still be a member."""


def denies_membership(politics: str | None) -> bool:
    """Whether what is said of somebody's politics is that they are no member."""
    if politics is None:
        return False
    remark = fold_name(politics)
    return remark in _NO_MEMBER or _DENIES.search(remark) is not None


def is_in_party(politics: str | None, joined: date | None, day: date) -> bool:
    """Whether somebody is in the Party on a day, on probation there or not: as their 政治面貌 says,
    which bears no day, or because they joined by then."""
    says_so = politics is not None and fold_name(politics) in _PARTY
    return says_so or (joined is not None and joined <= day)


def is_party_member(snapshot: Snapshot, person: Person, day: date) -> bool:
    """Whether a person of the registry is in the Party on a day."""
    milestones: Iterable[Milestone] = snapshot.by(Milestone, "person", person.id)
    joined = (milestone.day for milestone in milestones if milestone.kind == "joined party")
    return is_in_party(person.politics, min(joined, default=None), day)


@dataclass(frozen=True, slots=True)
class AgeTerms:
    """By which age members leave who hold no post, and whether those in the Party stay."""

    age: int
    party_members_stay: bool

    @classmethod
    def on(cls, policy: Policy, day: date) -> "AgeTerms":
        """The terms in force on a day."""
        limits = policy.leaving_on(day)
        return cls(limits.age, limits.party_members_stay)

    def reached(self, born: date) -> date:
        """The day on which somebody born then is of the age to leave.

        :raises ValueError: the calendar has no such day.
        """
        return birthday(born, self.age)

    def youngest_of_age(self, day: date) -> str:
        """The latest day of birth, in eight digits as an ID number has it, of those who are of the
        age to leave by that day. Comparing digits is the same as comparing :meth:`reached` with the
        day (who was born on 29 February is of age on 1 March), and a database can do it."""
        return f"{day.year - self.age:04d}{day:%m%d}"

    def is_of_age(self, person: Person, day: date) -> bool:
        """Whether somebody is of the age to leave by that day."""
        return person.id_number[6:14] <= self.youngest_of_age(day)

    def stays(self, *, in_party: bool) -> bool:
        """Whether somebody of that age stays all the same, for being in the Party."""
        return in_party and self.party_members_stay


def should_have_left(snapshot: Snapshot, policy: Policy, person: Person, day: date) -> date | None:
    """The birthday after which a member of the age to leave should have left by a day; None for
    whoever is younger, holds a post, stays as a member of the Party or still has time."""
    terms = AgeTerms.on(policy, day)
    if not terms.is_of_age(person, day):
        return None
    if any(is_held_on(post, day) for post in snapshot.by(Post, "person", person.id)):
        return None
    in_party = is_party_member(snapshot, person, day)
    return over_age_since(policy, person.born, day, in_party=in_party)


def over_age_since(policy: Policy, born: date, day: date, *, in_party: bool) -> date | None:
    """The birthday after which somebody without a post should have left by a day; None for whoever
    stays as a member of the Party or still has time."""
    terms = AgeTerms.on(policy, day)
    turned = terms.reached(born)
    if terms.stays(in_party=in_party):
        return None
    return turned if months_after(turned, policy.leaving_on(day).months) < day else None


def approvers(
    snapshot: Snapshot, home: str, approver: Organization | None, authorised: tuple[str, ...]
) -> set[Approver]:
    """As what an organisation can approve something about a member of ``home``; None is one that
    is not of this registry."""
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
