"""What must hold of the registry as a whole: chains that close, blocks that add up, papers."""

from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

from stdnum.iso7064 import mod_11_2

from leaguectl.findings import Level, Private
from leaguectl.model import PARENTS, Admission, Dispute, Membership, Quota, Snapshot
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, rule

MEGABYTE = Decimal(1 << 20)
_ONE = "一人一号一书一证"
_BLOCK = "编号随计划逐级下达，号段与名额一致"
_SCAN = "新发展团员电子数据库建设操作指引 (2020)"


@rule(
    "chain-closed",
    scope="person",
    chinese="发展的团员、编号、志愿书和团员证相互对应。",
    source=_ONE,
)
def chain_closed(snapshot: Snapshot, policy: Policy) -> Violations:
    """An admitted person, the number, the form and the certificate name one another."""
    for one in snapshot.admissions.values():
        subject = f"{_named(snapshot, one.person)} {one.number}"
        number, form = snapshot.numbers.get(one.number), snapshot.forms.get(one.form)
        certificate = snapshot.certificates.get(one.certificate or "")
        links = {
            "person": one.person in snapshot.persons,
            "membership": snapshot.membership(one.person) is not None,
            "number": number is not None and number.person == one.person,
            "form": form is not None and form.person == one.person,
            "certificate": one.certificate is None
            or (certificate is not None and certificate.person == one.person),
        }
        if missing := [link for link, closed in links.items() if not closed]:
            yield subject, {"missing": missing}


@rule(
    "joined-at-meeting",
    scope="person",
    chinese="入团时间是支部大会通过之日，不是审批之日。",
    source="被批准入团的青年从支部大会通过之日起取得团籍",
)
def joined_at_meeting(snapshot: Snapshot, policy: Policy) -> Violations:
    """The day of joining is the day of the branch meeting, not that of the approval."""
    for one in snapshot.admissions.values():
        memberships = snapshot.memberships_of(one.person)
        if memberships and not any(_began(membership, one) for membership in memberships):
            subject = f"{_named(snapshot, one.person)} {one.number}"
            yield subject, {"joined": memberships[-1].joined, "meeting": one.meeting}


@rule(
    "admission-recorded",
    scope="person",
    chinese="由发展而来的团籍有相应的发展记录。",
    source=_ONE,
)
def admission_recorded(snapshot: Snapshot, policy: Policy) -> Violations:
    """A membership that an admission began has that admission."""
    for one in snapshot.memberships.values():
        if one.entry == "admitted" and snapshot.admission(one.person) is None:
            yield _named(snapshot, one.person), {"joined": one.joined}


@rule(
    "number-has-member",
    scope="person",
    chinese="已使用的编号属于现在或曾经的团员。",
    source=_ONE,
)
def number_has_member(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number that is in use belongs to somebody who is or was a member."""
    for one in snapshot.numbers.values():
        if one.state in ("used", "foreign") and snapshot.membership(one.person or 0) is None:
            yield one.number, {"number": one.number}


@rule(
    "number-admitted",
    scope="person",
    chinese="本县号段中已使用的编号有相应的发展记录。",
    source=_ONE,
    level=Level.WARNING,
)
def number_admitted(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number used from our own block stands on a recorded admission."""
    admitted = {one.number for one in snapshot.admissions.values()}
    for one in snapshot.numbers.values():
        if one.state == "used" and one.number not in admitted and one.person is not None:
            yield one.number, {"number": one.number, "person": _named(snapshot, one.person)}


@rule(
    "number-year-kept",
    scope="whole",
    chinese="编号保持分配时的年度和号段。",
    source=_BLOCK,
)
def number_year_kept(snapshot: Snapshot, policy: Policy) -> Violations:
    """A slot keeps the year and the block that it was allotted with."""
    for one in snapshot.numbers.values():
        quota = snapshot.quotas.get(one.quota) if one.quota is not None else None
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


@rule(
    "block-adds-up",
    scope="whole",
    chinese="号段的编号数等于计划名额，每个编号只有一种状态，因此使用数不会超过名额。",
    source=_BLOCK,
)
def block_adds_up(snapshot: Snapshot, policy: Policy) -> Violations:
    """A block has as many numbers as its quota has places, each in exactly one state; so no more
    can be used than there are places."""
    rows: Counter[int] = Counter()
    for one in snapshot.numbers.values():
        for quota in snapshot.quotas_above(one.quota):
            rows[quota.id] += 1
    for quota in snapshot.quotas.values():
        digits = (quota.first + quota.last).isdecimal()
        size = int(quota.last) - int(quota.first) + 1 if digits else 0
        if not quota.places == size == rows[quota.id]:
            yield (
                _name(snapshot, quota),
                {
                    "places": quota.places,
                    "size": size,
                    "rows": rows[quota.id],
                    "block": f"{quota.first}-{quota.last}",
                },
            )


@rule(
    "block-within",
    scope="whole",
    chinese="下达的号段在上级号段之内，并列的号段互不重叠，因此下级名额之和不超过上级。",
    source=_BLOCK,
)
def block_within(snapshot: Snapshot, policy: Policy) -> Violations:
    """A block that was split off lies within the block above, and blocks side by side do not
    overlap; so the places below never exceed the places above."""
    beside: dict[int | None, list[Quota]] = defaultdict(list)
    for quota in snapshot.quotas.values():
        beside[quota.parent].append(quota)
        above = snapshot.quotas.get(quota.parent) if quota.parent is not None else None
        if quota.parent is not None and (
            above is None or quota.first not in above or quota.last not in above
        ):
            yield (
                _name(snapshot, quota),
                {
                    "block": f"{quota.first}-{quota.last}",
                    "other": f"{above.first}-{above.last}" if above else "",
                },
            )
    for quotas in beside.values():
        for one, other in pairwise(sorted(quotas, key=lambda quota: quota.first)):
            if other.first <= one.last and len(one.first) == len(other.first):
                yield (
                    _name(snapshot, other),
                    {
                        "block": f"{other.first}-{other.last}",
                        "other": f"{one.first}-{one.last}",
                    },
                )


@rule(
    "organization-rooted",
    scope="whole",
    chinese="由任一组织逐级向上都到达最上级组织，不会绕回自身。",
    source="团的组织按上下级隶属",
)
def organization_rooted(snapshot: Snapshot, policy: Policy) -> Violations:
    """Going up from an organisation ends at the top, and never comes back to it."""
    for one in snapshot.organizations.values():
        *_, top = snapshot.upward(one.code)
        if top.parent is not None:
            yield one.name, {"above": top.parent}


@rule(
    "organization-placed",
    scope="whole",
    chinese="团组织设在允许其类型的上级之下；支部之下不再设组织。",
    source="团的组织按上下级隶属",
)
def organization_placed(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation lies under one of the types that its own may lie under."""
    for one in snapshot.organizations.values():
        above = snapshot.organizations.get(one.parent or "")
        if above is not None and above.type not in PARENTS.get(one.type, (above.type,)):
            yield one.name, {"type": one.type, "above": above.type, "parent": above.name}


@rule(
    "member-has-home",
    scope="person",
    chinese="未离团的团员编在一个存在的团组织里。",
    source="团员必须编入团的一个支部",
)
def member_has_home(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member who has not left belongs to an organisation that exists."""
    for one in snapshot.memberships.values():
        home = snapshot.organizations.get(one.organization)
        person = snapshot.persons.get(one.person)
        if person is None or home is None or (one.left is None and home.dissolved is not None):
            yield _named(snapshot, one.person), {"organization": one.organization}


@rule(
    "joined-by-admission",
    scope="person",
    chinese="在本县有发展计划的年度入团的，有相应的发展记录。",
    source=_ONE,
    level=Level.WARNING,
)
def joined_by_admission(snapshot: Snapshot, policy: Policy) -> Violations:
    """Whoever joined here in a year of which we hold the quota has a recorded admission."""
    for one in snapshot.memberships.values():
        number = snapshot.number_of(one.person)
        if one.joined is None or one.entry != "recorded" or snapshot.admission(one.person):
            continue
        if number is not None and snapshot.numbers[number].state == "foreign":
            continue  # admitted elsewhere
        if snapshot.places_for(one.organization, one.joined.year):
            yield _named(snapshot, one.person), {"joined": one.joined}


@rule(
    "one-id-number",
    scope="whole",
    chinese="一个身份证号只属于一人。",
    source="一人一号",
)
def one_id_number(snapshot: Snapshot, policy: Policy) -> Violations:
    """A national ID number belongs to one person."""
    held: dict[str, list[str]] = defaultdict(list)
    for person in snapshot.persons.values():
        held[person.id_number].append(person.name)
    for id_number, names in held.items():
        if len(names) > 1:
            yield ", ".join(names), {"id_number": Private(id_number)}


@rule(
    "id-number-valid",
    scope="person",
    chinese="身份证号的校验码正确。",
    source="GB 11643-1999",
)
def id_number_valid(snapshot: Snapshot, policy: Policy) -> Violations:
    """A national ID number passes its check digit."""
    for person in snapshot.persons.values():
        if not mod_11_2.is_valid(person.id_number):
            yield person.name, {"id_number": Private(person.id_number)}


@rule(
    "number-disputed",
    scope="person",
    chinese="两人主张同一编号的，由双方协商办结。",
    source="智慧团建 FAQ 情况一: 编号被占用, 协商解决",
    level=Level.WARNING,
)
def number_disputed(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number that two people claim is settled between them."""
    for one in snapshot.all(Dispute):
        if one.settled is not None:
            continue
        slot = snapshot.numbers.get(one.number)
        holder = slot.person if slot is not None else None
        yield (
            one.number,
            {
                "number": one.number,
                "holder": snapshot.known_as(holder) if holder is not None else "",
                "claim": one.claim,
                "opened": one.opened,
            },
        )


@rule(
    "admitted-beyond-quota",
    scope="whole",
    chinese="发展团员不超过本组织名额；经文件批准超出的，每份报告都列出。",
    source="充分发挥团员发展指标硬约束作用",
    level=Level.WARNING,
)
def admitted_beyond(snapshot: Snapshot, policy: Policy) -> Violations:
    """An admission stays within the quota of its organisation; one that a document allowed
    beyond it is named in every report."""
    for one in snapshot.admissions.values():
        if one.beyond is None:
            continue
        person = snapshot.persons.get(one.person)
        slot = snapshot.numbers.get(one.number)
        quota = snapshot.quotas.get(slot.quota) if slot and slot.quota is not None else None
        owner = snapshot.organizations.get(quota.organization) if quota else None
        home = snapshot.organizations.get(one.organization)
        yield (
            f"{person.name if person else f'#{one.person}'} {one.number}",
            {
                "number": one.number,
                "authority": one.beyond,
                "organization": home.name if home else one.organization,
                "owner": owner.name if owner else "",
            },
        )


@rule(
    "form-size",
    scope="scan",
    chinese="志愿书扫描件不大于团员文件允许的大小。",
    source=_SCAN,
    numbers=("form.megabytes",),
)
def form_size(snapshot: Snapshot, policy: Policy) -> Violations:
    """The scan of a form is not larger than the files of members may be."""
    for one in snapshot.forms.values():
        if one.size is None or one.received is None:
            continue
        most = policy.form_on(one.received).megabytes
        if one.size > most * MEGABYTE:
            size = round(one.size / MEGABYTE, 1)
            yield one.serial, {"form": one.serial, "megabytes": size, "most": most}


@rule(
    "form-pages",
    scope="scan",
    chinese="志愿书扫描件页数齐全，不多不少。",
    source="必须上传12页完整的电子版《入团志愿书》",
    level=Level.WARNING,
    numbers=("form.pages",),
)
def form_pages(snapshot: Snapshot, policy: Policy) -> Violations:
    """The scan of a form has all its pages and no other."""
    for one in snapshot.forms.values():
        if one.pages is None or one.received is None:
            continue
        wanted = policy.form_on(one.received).pages
        if wanted and one.pages != wanted:
            yield one.serial, {"form": one.serial, "pages": one.pages, "wanted": wanted}


def _named(snapshot: Snapshot, person: int) -> str:
    known = snapshot.persons.get(person)
    return known.name if known else f"#{person}"


def _began(membership: Membership, admission: Admission) -> bool:
    """Whether a membership's day (or month) of joining is that of the meeting."""
    meeting = admission.meeting
    by_month = membership.joined_precision == "month"
    return membership.joined == (meeting.replace(day=1) if by_month else meeting)


def _name(snapshot: Snapshot, quota: Quota) -> str:
    organization = snapshot.organizations.get(quota.organization)
    return f"{organization.name if organization else quota.organization} {quota.year}"
