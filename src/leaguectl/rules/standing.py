"""Rules for the registry as a whole: complete chains, blocks that add up, papers."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import filterfalse, pairwise
from typing import Any

from stdnum.iso7064 import mod_11_2

from leaguectl.findings import Level, Private
from leaguectl.model import (
    PARENTS,
    Admission,
    Dispute,
    OrganizationEvent,
    Person,
    Post,
    Quota,
    Review,
    Snapshot,
    Trainee,
    Training,
    Transfer,
    likeness_of,
    may_lack_digits,
)
from leaguectl.model.ledger import NOT_ADMITTED
from leaguectl.model.periods import is_held_on
from leaguectl.model.serials import fold_serial, is_serial
from leaguectl.rules.gate import began_with
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, organization_name, person_name, rule

MEGABYTE = Decimal(1 << 20)
NAMED = 10
"""How many people a finding about several names at most."""
_ONE = "一人一号一书一证"
_BLOCK = "编号随计划逐级下达，号段与名额一致"
_SCAN = "新发展团员电子数据库建设操作指引 (2020)"


@rule("chain-closed", scope="person", source=_ONE)
def chain_closed(snapshot: Snapshot, policy: Policy) -> Violations:
    """An admitted person, the number, the form and the certificate name one another.
    发展的团员、编号、志愿书和团员证相互对应。"""
    for admission in snapshot.admissions.values():
        if missing := broken_links(admission, snapshot):
            subject = f"{person_name(snapshot, admission.person)} {admission.number}"
            yield subject, {"missing": missing}


def broken_links(admission: Admission, snapshot: Snapshot) -> list[str]:
    """What an admission refers to that is missing or belongs to somebody else."""
    number, form = snapshot.numbers.get(admission.number), snapshot.forms.get(admission.form)
    certificate = snapshot.certificates.get(admission.certificate or "")
    links = {
        "person": admission.person in snapshot.persons,
        "membership": snapshot.membership(admission.person) is not None,
        "number": number is not None and number.person == admission.person,
        "form": form is not None and form.person == admission.person,
        "certificate": admission.certificate is None
        or (certificate is not None and certificate.person == admission.person),
    }
    return [link for link, closed in links.items() if not closed]


@rule("joined-at-meeting", scope="person", source="被批准入团的青年从支部大会通过之日起取得团籍")
def joined_at_meeting(snapshot: Snapshot, policy: Policy) -> Violations:
    """The day of joining is the day of the branch meeting, not that of the approval.
    入团时间是支部大会通过之日，不是审批之日。"""
    for admission in snapshot.admissions.values():
        # People who moved or were restored have several: one of them must have begun with it.
        memberships = snapshot.memberships_of(admission.person)
        if memberships and not any(began_with(membership, admission) for membership in memberships):
            subject = f"{person_name(snapshot, admission.person)} {admission.number}"
            yield subject, {"joined": memberships[-1].known_joined, "meeting": admission.meeting}


@rule("refused-once-admitted", scope="person", source="发展过程与入团一致")
def refused_once_admitted(snapshot: Snapshot, policy: Policy) -> Violations:
    """An application that led to an admission is not refused or withdrawn on that day or later.
    一次申请已经入团的，不会在当日或以后未获批准或撤回。"""
    for admission in snapshot.admissions.values():
        for case in snapshot.candidacies(admission.person):
            is_same = case.applied == admission.applied
            if (
                is_same
                and case.state in NOT_ADMITTED
                and (case.closed or date.min) >= admission.meeting
            ):
                facts = {"state": case.state, "closed": case.closed, "meeting": admission.meeting}
                yield person_name(snapshot, admission.person), facts


@rule("admission-recorded", scope="person", source=_ONE)
def admission_recorded(snapshot: Snapshot, policy: Policy) -> Violations:
    """A membership that an admission began has that admission.
    由发展而来的团籍有相应的发展记录。"""
    for membership in snapshot.memberships.values():
        if membership.entry == "admitted" and snapshot.admission(membership.person) is None:
            yield person_name(snapshot, membership.person), {"joined": membership.known_joined}


@rule("number-has-member", scope="person", source=_ONE)
def number_has_member(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number that is in use belongs to somebody who is or was a member.
    已使用的编号属于现在或曾经的团员。"""
    for slot in snapshot.numbers.values():
        if slot.state in ("used", "foreign") and snapshot.membership(slot.person or 0) is None:
            yield slot.number, {"number": slot.number}


@rule("number-admitted", scope="person", source=_ONE, level=Level.WARNING)
def number_admitted(snapshot: Snapshot, policy: Policy) -> Violations:
    """A used number of our own block has a recorded admission.
    本县号段中已使用的编号有相应的发展记录。"""
    admitted = {admission.number for admission in snapshot.admissions.values()}
    for slot in snapshot.numbers.values():
        if slot.state == "used" and slot.number not in admitted and slot.person is not None:
            yield slot.number, {"number": slot.number, "person": person_name(snapshot, slot.person)}


@rule("number-year-kept", scope="whole", source=_BLOCK)
def number_year_kept(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number keeps the year and the block that it was allotted with.
    编号保持分配时的年度和号段。"""
    for slot in snapshot.numbers.values():
        quota = snapshot.quotas.get(slot.quota) if slot.quota is not None else None
        if slot.number[:4] != str(slot.year) or (
            slot.quota is not None
            and (quota is None or slot.number not in quota or slot.year != quota.year)
        ):
            # Another program may have emptied the number, or deleted the quota.
            block = {"block": quota.block} if quota else {}
            yield slot.number, {"number": slot.number or "?", "year": slot.year, **block}


@rule("block-adds-up", scope="whole", source=_BLOCK)
def block_adds_up(snapshot: Snapshot, policy: Policy) -> Violations:
    """A block has as many numbers as its quota has places, each in exactly one state; so no more
    can be used than there are places.
    号段的编号数等于计划名额，每个编号只有一种状态，因此使用数不会超过名额。"""
    # A number that was passed down is a place of every block above as well.
    rows: Counter[int] = Counter()
    for slot in snapshot.numbers.values():
        for quota in snapshot.quotas_above(slot.quota):
            rows[quota.id] += 1
    for quota in snapshot.quotas.values():
        digits = (quota.first + quota.last).isdecimal()
        size = int(quota.last) - int(quota.first) + 1 if digits else 0
        counts = {"places": quota.places, "size": size, "rows": rows[quota.id]}
        if len({*counts.values()}) > 1:
            facts = {**counts, "block": quota.block}
            yield _quota_name(snapshot, quota), facts


@rule("block-within", scope="whole", source=_BLOCK)
def block_within(snapshot: Snapshot, policy: Policy) -> Violations:
    """A block that was split off lies within the block above, and blocks side by side do not
    overlap; so the places below never exceed the places above.
    下达的号段在上级号段之内，并列的号段互不重叠，因此下级名额之和不超过上级。"""
    siblings: dict[int | None, list[Quota]] = defaultdict(list)
    for quota in snapshot.quotas.values():
        siblings[quota.parent].append(quota)
        above = snapshot.quotas.get(quota.parent) if quota.parent is not None else None
        if quota.parent is not None and (
            above is None or quota.first not in above or quota.last not in above
        ):
            facts = {"block": quota.block, "other": above.block if above else ""}
            yield _quota_name(snapshot, quota), facts
    for quotas in siblings.values():
        for left, right in pairwise(sorted(quotas, key=lambda quota: quota.first)):
            # Digits compare as text only where they have the same length.
            if right.first <= left.last and len(left.first) == len(right.first):
                facts = {"block": right.block, "other": left.block}
                yield _quota_name(snapshot, right), facts


@rule("block-province", scope="whole", source="团中央按省下达号段", level=Level.WARNING)
def block_province(snapshot: Snapshot, policy: Policy) -> Violations:
    """The fifth and sixth digit of a block's numbers are the code of the registry's province.
    号段第五、六位是本登记库所在省的代码。"""
    for quota in snapshot.quotas.values():
        if quota.parent is None and (province := other_province(quota.first, snapshot)):
            facts = {"number": quota.first, "province": province}
            yield _quota_name(snapshot, quota), facts


def other_province(number: str, snapshot: Snapshot) -> str | None:
    """The code of the registry's province, where a number has another."""
    province = snapshot.settings.get("province")
    return province if province and number[4:6] != province else None


@rule("organization-rooted", scope="whole", source="团的组织按上下级隶属")
def organization_rooted(snapshot: Snapshot, policy: Policy) -> Violations:
    """Going up from an organisation ends at the top, and never comes back to it; likewise on the
    days before it was moved.
    由任一组织逐级向上都到达最上级组织，不会绕回自身；划转之前亦然。"""
    for organization in snapshot.organizations.values():
        # In a circle, or where the parent is missing, the last still has a parent.
        *_, top = snapshot.upward(organization.code)
        if top.parent is not None:
            yield organization.name, {"above": top.parent}
    for move in snapshot.by(OrganizationEvent, "kind", "moved"):
        eve, moved = move.day - timedelta(1), snapshot.organizations.get(move.organization)
        if moved is None or not move.before:
            continue
        *_, top = snapshot.upward(moved.code, eve)
        if (above := snapshot.parent_on(top.code, eve)) is not None:
            yield moved.name, {"above": above, "day": eve}


@rule("organization-placed", scope="whole", source="团的组织按上下级隶属")
def organization_placed(snapshot: Snapshot, policy: Policy) -> Violations:
    """An organisation lies under an organisation of a type that is allowed for its own.
    团组织设在允许其类型的上级之下；支部之下不再设组织。"""
    for organization in snapshot.organizations.values():
        above = snapshot.organizations.get(organization.parent or "")
        if above is not None and above.type not in PARENTS.get(organization.type, (above.type,)):
            facts = {"type": organization.type, "above": above.type, "parent": above.name}
            yield organization.name, facts


@rule("member-has-home", scope="person", source="团员必须编入团的一个支部")
def member_has_home(snapshot: Snapshot, policy: Policy) -> Violations:
    """A member belongs to an organisation that exists, and to none after it was dissolved.
    团员编在一个存在的团组织里；团组织撤销之后，不再有团员编在其中。"""
    for membership in snapshot.memberships.values():
        home = snapshot.organizations.get(membership.organization)
        person, left = snapshot.persons.get(membership.person), membership.left
        dissolved = home.dissolved if home is not None else None
        if person is None or home is None or (left is None and dissolved is not None):
            facts: dict[str, Any] = {"organization": membership.organization}
        elif left is not None and dissolved is not None and dissolved < left:
            facts = {"name": person.name, "organization": home.name}
            facts |= {"left": left, "dissolved": dissolved}
        else:
            continue
        yield person_name(snapshot, membership.person), facts


@rule("one-id-number", scope="whole", source="一人一号")
def one_id_number(snapshot: Snapshot, policy: Policy) -> Violations:
    """A national ID number belongs to one person.
    一个身份证号只属于一人。"""
    held: dict[str, list[str]] = defaultdict(list)
    for person in snapshot.persons.values():
        held[person.id_number].append(person.name)
    for id_number, names in held.items():
        if len(names) > 1:
            yield ", ".join(names), {"id_number": Private(id_number)}


@rule("serial-distinct", scope="whole", source="一人一证，一人一书")
def serial_distinct(snapshot: Snapshot, policy: Policy) -> Violations:
    """A serial is recorded as it is printed, and no two differ only by width and blanks.
    志愿书和团员证编号按印制的样子登记，不以全角、空格区分两个编号。"""
    for papers in (snapshot.forms, snapshot.certificates):
        misspelt: dict[str, str] = {}
        for serial in filterfalse(is_serial, papers):
            folded = fold_serial(serial)
            first = folded if folded in papers else misspelt.setdefault(folded, serial)
            facts = {"serial": serial}
            if first != serial:
                facts |= {"same": first, "holder": snapshot.known_as(papers[first].person)}
            yield person_name(snapshot, papers[serial].person), facts


@rule(
    "id-digits-lost",
    scope="person",
    source="电子表格只保留15位有效数字; GB 11643: 顺序码自001起",
    level=Level.WARNING,
)
def id_digits_lost(snapshot: Snapshot, policy: Policy) -> Violations:
    """A national ID number does not end in 000, and its order number is not 000.
    身份证号不以000结尾，顺序码不是000。"""
    for person in snapshot.persons.values():
        if may_lack_digits(person.id_number):
            yield person.name, {"id_number": Private(person.id_number)}


@rule("person-alike", scope="whole", source="团员信息比对核查: 一人不重复登记", level=Level.WARNING)
def person_alike(snapshot: Snapshot, policy: Policy) -> Violations:
    """Two people with the same name and birth date are recorded only where somebody decided that
    they are two.
    同名同日出生的，经核实确是不同的人，才登记为两人。"""
    by_likeness: dict[str, list[Person]] = defaultdict(list)
    for person in snapshot.persons.values():
        by_likeness[likeness_of(person.name, person.id_number)].append(person)
    for alike in by_likeness.values():
        doubted = alike if len(alike) > 1 else ()
        for person in sorted(doubted, key=lambda person: person.id):
            if namesakes := snapshot.namesakes(person):
                known, other = namesakes[0], Private(namesakes[0].id_number)
                facts = {"name": person.name, "known": snapshot.known_as(known.id), "other": other}
                more = {"others": len(namesakes) - 1} if len(namesakes) > 1 else {}
                yield person.name, facts | more
                break  # one finding, however many there are


@rule(
    "phone-shared",
    scope="whole",
    source="团员信息比对核查",
    level=Level.WARNING,
    numbers=("member.phone_most",),
)
def phone_shared(snapshot: Snapshot, policy: Policy) -> Violations:
    """A phone number belongs to one person or family, not to a whole class.
    一个手机号属于一人或一家，不是许多人共用。"""
    if (day := snapshot.as_of) is None:
        return
    holders: dict[str, list[str]] = defaultdict(list)
    for person in snapshot.persons.values():
        if person.phone:
            holders[person.phone].append(person.name)
    most = policy.member_on(day).phone_most
    for phone, names in holders.items():
        if len(names) > most:
            facts = {"phone": Private(phone), "count": len(names), "most": most}
            yield names[0], facts | {"names": names[:NAMED]}


@rule("person-by-name", scope="whole", source="一人一档", level=Level.WARNING)
def person_by_name(snapshot: Snapshot, policy: Policy) -> Violations:
    """Everybody who holds a post, is reviewed or was trained is a person of the registry, not only
    a name.
    任职、述职、参训的人与登记库中的人员对应，不只是一个姓名。"""
    unknown: dict[str, list[str]] = defaultdict(list)
    for post in snapshot.all(Post):
        if post.person is None and (snapshot.as_of is None or is_held_on(post, snapshot.as_of)):
            unknown[organization_name(snapshot, post.organization)].append(post.name)
    for review in snapshot.all(Review):
        if review.person is None:
            unknown[organization_name(snapshot, review.organization)].append(review.name)
    sessions = {session.id: session.name for session in snapshot.all(Training)}
    for trainee in snapshot.all(Trainee):
        if trainee.person is None:
            unknown[sessions.get(trainee.training, "")].append(trainee.name)
    for where, names in unknown.items():
        yield (
            where,
            {"where": where, "count": len({*names}), "names": [*dict.fromkeys(names)][:NAMED]},
        )


@rule("come-from-elsewhere", scope="whole", source="组织关系转接: 凭手续接收", level=Level.WARNING)
def papers_missing(snapshot: Snapshot, policy: Policy) -> Violations:
    """For members who came from elsewhere, the place is known and their papers have come.
    由外地转入的，写明转出单位并办结转接手续。"""
    missing = Counter(
        (transfer.target, transfer.requested)
        for transfer in snapshot.by(Transfer, "state", "pending")
        if transfer.source is None and not transfer.origin
    )
    for (target, day), count in missing.items():
        name = organization_name(snapshot, target or "")
        yield name, {"organization": name, "day": day, "count": count, "pending": True}


@rule("id-number-valid", scope="person", source="GB 11643-1999")
def id_number_valid(snapshot: Snapshot, policy: Policy) -> Violations:
    """A national ID number passes its check digit.
    身份证号的校验码正确。"""
    for person in snapshot.persons.values():
        if not mod_11_2.is_valid(person.id_number):
            yield person.name, {"id_number": Private(person.id_number)}


@rule(
    "number-disputed",
    scope="person",
    source="智慧团建 FAQ 情况一: 编号被占用, 协商解决",
    level=Level.WARNING,
)
def number_disputed(snapshot: Snapshot, policy: Policy) -> Violations:
    """A number that two people claim is settled between them.
    两人主张同一编号的，由双方协商办结。"""
    for dispute in snapshot.all(Dispute):
        if dispute.settled is not None:
            continue
        slot = snapshot.numbers.get(dispute.number)
        holder = slot.person if slot is not None else None
        facts = {
            "number": dispute.number,
            "holder": snapshot.known_as(holder) if holder is not None else "",
            "claim": dispute.claim,
            "opened": dispute.opened,
        }
        yield dispute.number, facts


@rule(
    "admitted-beyond-quota",
    scope="whole",
    source="充分发挥团员发展指标硬约束作用",
    level=Level.WARNING,
)
def admitted_beyond(snapshot: Snapshot, policy: Policy) -> Violations:
    """An admission stays within the quota of its organisation; an exception that a document allowed
    is named in every report.
    发展团员不超过本组织名额；经文件批准超出的，每份报告都列出。"""
    for admission in snapshot.admissions.values():
        if admission.beyond is None:
            continue
        slot = snapshot.numbers.get(admission.number)
        quota = snapshot.quotas.get(slot.quota) if slot and slot.quota is not None else None
        owner = snapshot.organizations.get(quota.organization) if quota else None
        facts = {
            "number": admission.number,
            "authority": admission.beyond,
            "organization": organization_name(snapshot, admission.organization),
            "owner": owner.name if owner else "",
        }
        yield f"{person_name(snapshot, admission.person)} {admission.number}", facts


@rule("form-size", scope="scan", source=_SCAN, numbers=("form.megabytes",))
def form_size(snapshot: Snapshot, policy: Policy) -> Violations:
    """The scan of a form is not larger than the files of members may be.
    志愿书扫描件不大于团员文件允许的大小。"""
    for form in snapshot.forms.values():
        if form.size is None or form.received is None:
            continue
        most = policy.form_on(form.received).megabytes
        if form.size > most * MEGABYTE:
            size = round(form.size / MEGABYTE, 1)
            yield form.serial, {"form": form.serial, "megabytes": size, "most": most}


@rule(
    "form-pages",
    scope="scan",
    source="必须上传12页完整的电子版《入团志愿书》",
    level=Level.WARNING,
    numbers=("form.pages",),
)
def form_pages(snapshot: Snapshot, policy: Policy) -> Violations:
    """The scan of a form has all its pages and no others.
    志愿书扫描件页数齐全，不多不少。"""
    for form in snapshot.forms.values():
        if form.pages is None or form.received is None:
            continue
        pages = policy.form_on(form.received).pages
        if pages and form.pages != pages:
            yield form.serial, {"form": form.serial, "pages": form.pages, "wanted": pages}


def _quota_name(snapshot: Snapshot, quota: Quota) -> str:
    return f"{organization_name(snapshot, quota.organization)} {quota.year}"
