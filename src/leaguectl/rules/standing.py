"""What must hold of the registry as a whole: chains that close, blocks that add up."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from stdnum.iso7064 import mod_11_2

from leaguectl.findings import Level, Private
from leaguectl.model import PARENTS, Admission, Membership, Quota, Snapshot
from leaguectl.rules.book import Facts, Rule, WholeRule
from leaguectl.rules.evidence import EVIDENCE
from leaguectl.rules.papers import PAPERS
from leaguectl.rules.policy import Policy
from leaguectl.rules.upkeep import UPKEEP


def chain_closed(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """An admitted person, the number, the form and the certificate name one another."""
    for one in registry.admissions.values():
        subject = f"{_named(registry, one.person)} {one.number}"
        number, form = registry.numbers.get(one.number), registry.forms.get(one.form)
        certificate = registry.certificates.get(one.certificate or "")
        links = {
            "person": one.person in registry.persons,
            "membership": registry.membership(one.person) is not None,
            "number": number is not None and number.person == one.person,
            "form": form is not None and form.person == one.person,
            "certificate": one.certificate is None
            or (certificate is not None and certificate.person == one.person),
        }
        if missing := [link for link, closed in links.items() if not closed]:
            yield subject, {"missing": missing}


def joined_at_meeting(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """The day of joining is the day of the branch meeting, not that of the approval."""
    for one in registry.admissions.values():
        memberships = registry.memberships_of(one.person)
        if memberships and not any(_began(membership, one) for membership in memberships):
            subject = f"{_named(registry, one.person)} {one.number}"
            yield subject, {"joined": memberships[-1].joined, "meeting": one.meeting}


def admission_recorded(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A membership that an admission began has that admission."""
    for one in registry.memberships.values():
        if one.entry == "admitted" and registry.admission(one.person) is None:
            yield _named(registry, one.person), {"joined": one.joined}


def organization_rooted(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """Going up from an organisation ends at the top, and never comes back to it."""
    for one in registry.organizations.values():
        *_, top = registry.upward(one.code)
        if top.parent is not None:
            yield one.name, {"above": top.parent}


def organization_placed(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """An organisation lies under one of the types that its own may lie under."""
    for one in registry.organizations.values():
        above = registry.organizations.get(one.parent or "")
        if above is not None and above.type not in PARENTS.get(one.type, (above.type,)):
            yield one.name, {"type": one.type, "above": above.type, "parent": above.name}


def number_has_member(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A number that is in use belongs to somebody who is or was a member."""
    for one in registry.numbers.values():
        if one.state in ("used", "foreign") and registry.membership(one.person or 0) is None:
            yield one.number, {"number": one.number}


def number_admitted(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A number used from our own block stands on a recorded admission."""
    admitted = {one.number for one in registry.admissions.values()}
    for one in registry.numbers.values():
        if one.state == "used" and one.number not in admitted and one.person is not None:
            yield one.number, {"number": one.number, "person": _named(registry, one.person)}


def number_year_kept(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A slot keeps the year and the block that it was allotted with."""
    for one in registry.numbers.values():
        quota = registry.quotas.get(one.quota) if one.quota is not None else None
        if one.number[:4] != str(one.year) or (
            one.quota is not None
            and (quota is None or one.number not in quota or one.year != quota.year)
        ):
            yield (
                one.number,
                {
                    "number": one.number,
                    "year": one.year,
                    "block": f"{quota.first}-{quota.last}" if quota else "",
                },
            )


def block_adds_up(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A block has as many numbers as its quota has places, each in exactly one state; so no more
    can be used than there are places."""
    rows: Counter[int] = Counter()
    for one in registry.numbers.values():
        for quota in registry.quotas_above(one.quota):
            rows[quota.id] += 1
    for quota in registry.quotas.values():
        digits = (quota.first + quota.last).isdecimal()
        size = int(quota.last) - int(quota.first) + 1 if digits else 0
        if not quota.places == size == rows[quota.id]:
            yield (
                _name(registry, quota),
                {
                    "places": quota.places,
                    "size": size,
                    "rows": rows[quota.id],
                    "block": f"{quota.first}-{quota.last}",
                },
            )


def block_within(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A block that was split off lies within the block above, and blocks side by side do not
    overlap; so the places below never exceed the places above."""
    beside: dict[int | None, list[Quota]] = defaultdict(list)
    for quota in registry.quotas.values():
        beside[quota.parent].append(quota)
        above = registry.quotas.get(quota.parent) if quota.parent is not None else None
        if quota.parent is not None and (
            above is None or quota.first not in above or quota.last not in above
        ):
            yield (
                _name(registry, quota),
                {
                    "block": f"{quota.first}-{quota.last}",
                    "other": f"{above.first}-{above.last}" if above else "",
                },
            )
    for quotas in beside.values():
        for one, other in pairwise(sorted(quotas, key=lambda quota: quota.first)):
            if other.first <= one.last and len(one.first) == len(other.first):
                yield (
                    _name(registry, other),
                    {
                        "block": f"{other.first}-{other.last}",
                        "other": f"{one.first}-{one.last}",
                    },
                )


def member_has_home(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A member who has not left belongs to an organisation that exists."""
    for one in registry.memberships.values():
        home = registry.organizations.get(one.organization)
        person = registry.persons.get(one.person)
        if person is None or home is None or (one.left is None and home.dissolved is not None):
            yield _named(registry, one.person), {"organization": one.organization}


def joined_by_admission(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """Whoever joined here in a year of which we hold the quota has a recorded admission."""
    for one in registry.memberships.values():
        number = registry.number_of(one.person)
        if one.joined is None or one.entry != "recorded" or registry.admission(one.person):
            continue
        if number is not None and registry.numbers[number].state == "foreign":
            continue  # admitted elsewhere
        if registry.places_for(one.organization, one.joined.year):
            yield _named(registry, one.person), {"joined": one.joined}


def one_id_number(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A national ID number belongs to one person."""
    held: dict[str, list[str]] = defaultdict(list)
    for person in registry.persons.values():
        held[person.id_number].append(person.name)
    for id_number, names in held.items():
        if len(names) > 1:
            yield ", ".join(names), {"id_number": Private(id_number)}


def id_number_valid(registry: Snapshot, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A national ID number passes its check digit."""
    for person in registry.persons.values():
        if not mod_11_2.is_valid(person.id_number):
            yield person.name, {"id_number": Private(person.id_number)}


def _named(registry: Snapshot, person: int) -> str:
    known = registry.persons.get(person)
    return known.name if known else f"#{person}"


def _began(membership: Membership, admission: Admission) -> bool:
    """Whether a membership's day (or month) of joining is that of the meeting."""
    meeting = admission.meeting
    by_month = membership.joined_precision == "month"
    return membership.joined == (meeting.replace(day=1) if by_month else meeting)


def _name(registry: Snapshot, quota: Quota) -> str:
    organization = registry.organizations.get(quota.organization)
    return f"{organization.name if organization else quota.organization} {quota.year}"


_ONE = "一人一号一书一证"
_BLOCK = "编号随计划逐级下达，号段与名额一致"

STANDING: tuple[Rule[WholeRule], ...] = (
    Rule("chain-closed", chain_closed, "发展的团员、编号、志愿书和团员证相互对应。", _ONE),
    Rule("joined-at-meeting", joined_at_meeting, "入团时间是支部大会通过之日，不是审批之日。",
         "被批准入团的青年从支部大会通过之日起取得团籍"),
    Rule("admission-recorded", admission_recorded, "由发展而来的团籍有相应的发展记录。", _ONE),
    Rule("number-has-member", number_has_member, "已使用的编号属于现在或曾经的团员。", _ONE),
    Rule("number-admitted", number_admitted, "本县号段中已使用的编号有相应的发展记录。", _ONE,
         Level.WARNING),
    Rule("number-year-kept", number_year_kept, "编号保持分配时的年度和号段。", _BLOCK),
    Rule("block-adds-up", block_adds_up,
         "号段的编号数等于计划名额，每个编号只有一种状态，因此使用数不会超过名额。", _BLOCK),
    Rule("block-within", block_within,
         "下达的号段在上级号段之内，并列的号段互不重叠，因此下级名额之和不超过上级。", _BLOCK),
    Rule("organization-rooted", organization_rooted,
         "由任一组织逐级向上都到达最上级组织，不会绕回自身。", "团的组织按上下级隶属"),
    Rule("organization-placed", organization_placed,
         "团组织设在允许其类型的上级之下；支部之下不再设组织。", "团的组织按上下级隶属"),
    Rule("member-has-home", member_has_home, "未离团的团员编在一个存在的团组织里。",
         "团员必须编入团的一个支部"),
    Rule("joined-by-admission", joined_by_admission,
         "在本县有发展计划的年度入团的，有相应的发展记录。", _ONE, Level.WARNING),
    Rule("one-id-number", one_id_number, "一个身份证号只属于一人。", "一人一号"),
    Rule("id-number-valid", id_number_valid, "身份证号的校验码正确。", "GB 11643-1999"),
    *PAPERS,
    *UPKEEP,
    *EVIDENCE,
)  # fmt: skip
