"""Rules for everybody who is entered as a member: a number, a form and a certificate each."""

from collections.abc import Sequence
from datetime import date

from leaguectl.findings import Level
from leaguectl.model import BRANCH_TYPES, Number, Quota, RuleSubject, Snapshot
from leaguectl.model.days import age_on
from leaguectl.rules.membership_terms import denies_membership
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, recorded, rule
from leaguectl.rules.sections import NumberFormat

_DIGITS = 12
"""The length of today's development numbers; only these contain a province."""


@rule(
    "one-number", scope="entry", source="一人一号; 智慧团建 FAQ 情况一: 编号被占用", depends_on=()
)
def one_number(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A number belongs to one person, and a person has one number.
    一个编号只属于一人，一人只有一个编号。"""
    slot = snapshot.numbers.get(case.number) if case.number else None
    if slot is not None:
        if slot.person is not None and slot.person != case.person.id:
            yield "number", {"number": slot.number, "holder": snapshot.known_as(slot.person)}
        if slot.state == "void":
            yield "number", {"number": slot.number, "void": slot.reason}
    held = snapshot.by(Number, "person", case.person.id)
    if not held or case.number in {slot.number for slot in held}:
        return
    facts = {"number": case.number, "person": case.person.name}
    if not _rejoins(case, snapshot):
        if case.number is not None:
            yield "number", {**facts, "has": held[-1].number}
    elif same := [slot for slot in held if slot.year == recorded(case).meeting.year]:
        yield "number", {"year": same[-1].year, **facts, "has": same[-1].number}


def _rejoins(case: RuleSubject, snapshot: Snapshot) -> bool:
    """Whether a former member is being admitted again, so that the papers that they have are from
    the former membership; those that they have since are from this admission."""
    admission, person = case.admission, case.person.id
    if admission is None or snapshot.admission(person) is not None:
        return False
    return snapshot.rejoins(person, admission.meeting)


@rule("one-form", scope="entry", source="一人一书", depends_on=())
def one_form(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A form belongs to one person, and a person has one valid form.
    一份入团志愿书只属于一人，一人只有一份有效的志愿书。"""
    if case.form == case.number and any(one_number(case, snapshot, policy)):
        return  # the form bears the number, and the rule of the number reports the fault
    form = snapshot.forms.get(case.form) if case.form else None
    if form is not None and form.person != case.person.id:
        yield "form", {"form": form.serial, "holder": snapshot.known_as(form.person)}
    held = snapshot.form_of(case.person.id)
    if held is not None and case.form not in (None, held) and not _rejoins(case, snapshot):
        yield "form", {"form": case.form, "has": held, "person": case.person.name}


@rule("one-certificate", scope="entry", source="一人一证; 团员证管理暂行条例", depends_on=())
def one_certificate(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A certificate belongs to one person, and a person has one valid certificate.
    一本团员证只属于一人，一人只有一本有效的团员证。"""
    certificate = snapshot.certificates.get(case.certificate) if case.certificate else None
    if certificate is not None and certificate.person != case.person.id:
        holder = snapshot.known_as(certificate.person)
        yield "certificate", {"certificate": certificate.serial, "holder": holder}
    elif certificate is not None and certificate.state != "valid":
        return  # this person's own, which was replaced since
    held = snapshot.certificate_of(case.person.id)
    if held is not None and case.certificate not in (None, held) and not _rejoins(case, snapshot):
        facts = {"certificate": case.certificate, "has": held, "person": case.person.name}
        yield "certificate", facts


@rule(
    "certificate-format",
    scope="entry",
    source="团员证管理暂行条例: 由县级委员会统一编排",
    numbers=("certificate.digits",),
    depends_on=("epoch", "certificate"),
)
def certificate_format(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A certificate's serial has the digits of the local scheme, or is the development number.
    团员证编号须合本地的位数，或就是发展团员编号。"""
    serial = case.certificate
    if serial is None or case.joined is None:
        return
    digits = policy.certificate_on(case.joined).digits
    # A certificate that bears the development number is right under any scheme.
    if not digits or serial in (case.number, snapshot.number_of(case.person.id)):
        return
    if len(serial) not in digits or not (serial.isascii() and serial.isdigit()):
        yield "certificate", {"certificate": serial, "digits": list(digits)}


@rule(
    "number-format",
    scope="entry",
    source="智慧团建 FAQ 情况三: 位数不对",
    numbers=("number.digits",),
    depends_on=("epoch", "year", "number"),
)
def number_format(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A number has the digits that its year of joining and its region ask for.
    编号的位数须合入团年份和地区的规定。"""
    if not case.number or case.joined is None or _legacy(case.number, policy):
        return
    digits, length = _format_of(case.joined, snapshot, policy).digits, len(case.number)
    fits = length == digits if digits else length > 4
    if length in policy.legacy_lengths:
        fits = False  # as long as an old number, but not valid: a digit of an old number is wrong
    if not fits or not (case.number.isascii() and case.number.isdigit()):
        yield "number", {"number": case.number, "digits": digits, "has_digits": length}


@rule(
    "number-year",
    scope="entry",
    source="智慧团建 FAQ 情况二: 前四位年份与入团时间不一致",
    numbers=("number.years",),
    depends_on=("epoch", "year", "number"),
)
def number_year(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The first four digits of a number are the year of joining (2017 and 2018 interchange).
    编号前四位须是入团年份（2017、2018 两年通用）。"""
    if not case.number or case.joined is None:
        return
    if legacy := _legacy(case.number, policy):
        allowed = legacy  # an old number does not begin with its year
    else:
        allowed = _format_of(case.joined, snapshot, policy).years or (case.joined.year,)
    if case.joined.year not in allowed or (not legacy and case.number[:4] not in map(str, allowed)):
        facts = {"number": case.number, "joined": case.known_joined, "years": sorted(allowed)}
        yield "number", facts


@rule(
    "number-province",
    scope="entry",
    source="团中央按省下达号段; 山西 2024 年号段 202414…",
    level=Level.WARNING,
    numbers=("number.provinces",),
    depends_on=("epoch", "year", "number"),
)
def number_province(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The fifth and sixth digit of a number are the code of a province.
    编号第五、六位是省级代码。"""
    if not case.number or case.joined is None or len(case.number) != _DIGITS:
        return
    provinces = _format_of(case.joined, snapshot, policy).provinces
    if provinces and (code := case.number[4:6]) not in provinces:
        yield "number", {"number": case.number, "province": code}


@rule(
    "number-missing",
    scope="entry",
    source="中青发〔2016〕6号",
    level=Level.WARNING,
    numbers=("number.required",),
    depends_on=("epoch", "year", "number"),
)
def number_missing(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Every member who joined since numbers are required has a number.
    自编号成为必填起入团的团员都有编号。"""
    if case.number or case.joined is None or case.admission is not None:
        return  # an admission takes its number with its place, which the gate checks
    number_format = _format_of(case.joined, snapshot, policy)
    if number_format.required:
        yield "number", {"joined": case.known_joined, "since": number_format.since}


@rule(
    "number-in-block",
    scope="entry",
    source="编号随计划逐级下达; 智慧团建 FAQ 情况三: 号段不对",
    depends_on=(),
)
def number_in_block(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A number lies in the block of the organisation, or in the nearest block above it; a member
    who was not admitted here may have a number outside our blocks.
    编号须在本组织的号段内，本组织没有号段的，在最近上级的号段内；非本县发展的，可不在本县号段内。"""
    if case.number is None:
        return
    slot = snapshot.numbers.get(case.number)
    owner = snapshot.quotas.get(slot.quota) if slot is not None and slot.quota else None
    if case.admission is None and (slot is None or owner is None or slot.state == "void"):
        return  # given elsewhere; another rule reports void numbers
    if case.admission is None and slot is not None and slot.person not in (None, case.person.id):
        return  # it is somebody else's, as another rule says
    if case.admission is None and case.person.id_number in snapshot.admitted_later:
        return  # the branch that admitted them is in the row that follows, which is judged
    # In 2017 and 2018 a number of either year may be given out, so the number shows the block.
    year = int(case.number[:4]) if case.number[:4].isdigit() else recorded(case).meeting.year
    # Judged by the tree of that day: a later move of a branch does not make its past wrong.
    own = snapshot.places_for(case.organization, year, case.joined)
    places = {quota.id for quota in own}
    if case.admission is None and (joined_in := _joined_in(case, snapshot)) is not None:
        places |= {quota.id for quota in snapshot.places_for(joined_in, year, case.joined)}
    if slot is not None and slot.quota in places:
        return
    if slot is not None and owner is not None and _may_hold(case, slot, owner, own, snapshot):
        return
    holder = snapshot.organizations.get(owner.organization) if owner else None
    facts = {
        "number": case.number,
        # Without a quota there is no block from which another number could be taken.
        **({} if own else {"no_quota": year}),
        "owner": holder.name if holder else "",
        "blocks": ", ".join(quota.block for quota in own),
    }
    yield "number", facts


def _joined_in(case: RuleSubject, snapshot: Snapshot) -> str | None:
    """Where a member who has moved since had joined, as far as that is recorded."""
    homes = snapshot.memberships_of(case.person.id)
    return next((home.organization for home in homes if home.joined == case.joined), None)


def _may_hold(
    case: RuleSubject, slot: Number, owner: Quota, own: Sequence[Quota], snapshot: Snapshot
) -> bool:
    """Whether a number from a block further above is allowed: it was taken before a nearer
    organisation got its own block, or by a document that exceeds the quota. Of a block that comes
    together with the number nobody knows which of them was first."""
    beyond = case.admission is not None and case.admission.beyond
    is_new = any(quota.id in snapshot.new_blocks for quota in own)
    if slot.person != case.person.id and not beyond and not is_new:
        return False
    homes = {case.organization}
    if case.admission is None:
        # A member who has moved since took it where they joined.
        homes |= {home.organization for home in snapshot.memberships_of(case.person.id)}
    return any(snapshot.is_below(home, owner.organization, case.joined) for home in homes)


@rule(
    "joined-by-admission",
    scope="entry",
    source="充分发挥团员发展指标硬约束作用",
    depends_on=("year", "number"),
)
def joined_by_admission(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A member who joined in a year whose quota we hold was admitted here on one of its places, or
    came from elsewhere by a transfer.
    在本县有发展计划的年度入团的，占用本县名额发展入团，或由外地转入。"""
    if case.admission is not None or case.joined is None:
        return
    year = case.joined.year
    if not snapshot.places_for(case.organization, year, case.joined):
        return
    numbers = {case.number, snapshot.number_of(case.person.id)} - {None}
    if any(_is_place_or_foreign(number or "", snapshot) for number in numbers):
        return
    if case.person.id_number in snapshot.admitted_later:
        return
    admission = snapshot.admission(case.person.id)
    if admission is not None and admission.meeting.year == year:
        return
    memberships = snapshot.memberships_of(case.person.id)
    if not any(
        membership.entry == "transferred" and membership.joined in (None, case.joined)
        for membership in memberships
    ):
        yield "joined", {"joined": case.known_joined, "year": year}


def _is_place_or_foreign(number: str, snapshot: Snapshot) -> bool:
    """Whether a number shows that our quota was not bypassed: it is a place of ours (another rule
    checks whose), or another province gave it out."""
    slot = snapshot.numbers.get(number)
    if slot is not None and slot.quota is not None:
        return True
    province = snapshot.settings.get("province")
    return province is not None and len(number) == _DIGITS and number[4:6] != province


@rule(
    "joined-in-future", scope="entry", source="入团时间是支部大会通过之日", depends_on=("joined",)
)
def joined_future(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody joins on a day after today.
    入团时间不晚于今天。"""
    if snapshot.today is None or case.joined is None or case.admission is not None:
        return  # for an admission the gate checks every step
    if case.joined > snapshot.today:
        yield "joined", {"joined": case.known_joined, "today": snapshot.today}


@rule(
    "age-at-joining",
    scope="entry",
    source="团章第一条",
    level=Level.WARNING,
    numbers=("member.minimum_age", "member.maximum_age"),
    depends_on=("epoch", "age at joining"),
)
def age_at_joining(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A member was at least fourteen and at most twenty-eight when joining.
    入团时年满十四周岁、不超过二十八周岁。"""
    if case.joined is None or case.admission is not None:
        return  # of an admission the gate asks by the day of application
    limits, age = policy.member_on(case.joined), case.age
    minimum, maximum = limits.minimum_age, limits.maximum_age
    if age is not None and age < 0:
        return  # another rule reports joining before birth
    if age is not None and not minimum <= age <= maximum:
        facts = {"age": age, "joined": case.known_joined, "minimum": minimum, "maximum": maximum}
        yield "joined", facts


@rule(
    "joined-before-birth",
    scope="entry",
    source="入团时间与身份证号核对",
    depends_on=("age at joining",),
)
def joined_before_birth(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody joins before birth.
    入团时间不早于出生日期。"""
    if case.age is not None and case.age < 0:
        yield "joined", {"joined": case.known_joined, "born": case.person.born}


@rule(
    "under-age",
    scope="entry",
    source="团章第一条: 年龄在十四周岁以上",
    level=Level.WARNING,
    numbers=("member.minimum_age",),
    depends_on=("age", "politics", "left"),  # judged together with the next
)
def under_age(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A member is at least fourteen.
    团员年满十四周岁。"""
    day = case.day or snapshot.as_of or snapshot.today
    if day is None or case.left is not None or case.admission is not None:
        return  # of an admission the gate asks by the day of application
    minimum = policy.member_on(day).minimum_age
    if (age := age_on(case.person.born, day)) < minimum:
        yield "id_number", {"age": age, "day": day, "minimum": minimum}


@rule(
    "politics-not-member",
    scope="entry",
    source="政治面貌应为共青团员、中共党员",
    depends_on=("politics", "left"),
)
def politics_of_member(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A person whose political status is given as 群众, 少先队员 or the like is not a member.
    政治面貌为群众、少先队员等的，不是团员。"""
    if case.left is None and denies_membership(case.person.politics):
        yield "politics", {"politics": case.person.politics}


@rule(
    "home-is-branch",
    scope="entry",
    source="团员必须编入团的一个支部",
    depends_on=("organization", "left"),
)
def home_is_branch(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A member belongs to a branch, not to a committee or general branch above it; members of a
    branch that was closed may stay above it until they are transferred.
    团员编在团支部，不直接编在团委、团工委或团总支；支部撤销后尚未转出的团员，可暂留上级团组织。"""
    code = case.organization
    if case.admission is not None:
        now = snapshot.membership(case.person.id)
        if now is None or now.organization == case.admission.organization:
            return  # the gate asks which organisation may admit
        code = now.organization
    home = snapshot.organizations.get(code)
    if case.left is not None or home is None or home.type in BRANCH_TYPES:
        return
    if not _stays_above(case, code, snapshot):
        yield "organization", {"organization": home.name, "type": home.type}


def _stays_above(case: RuleSubject, home: str, snapshot: Snapshot) -> bool:
    """Whether somebody came there from a branch that has been closed since."""
    homes = [membership.organization for membership in snapshot.memberships_of(case.person.id)]
    if len(homes) < 2 or homes[-1] != home:
        return False
    before = snapshot.organizations.get(homes[-2])
    return before is not None and before.dissolved is not None


def _format_of(joined: date, snapshot: Snapshot, policy: Policy) -> NumberFormat:
    return policy.number_format(joined, snapshot.settings.get("province"))


def _legacy(number: str, policy: Policy) -> tuple[int, ...]:
    """The years that an old number of a province stands for; empty for any other number."""
    if len(number) not in policy.legacy_lengths:
        return ()
    for legacy in policy.legacy_number:
        if len(number) == legacy.digits and number.startswith(legacy.prefix):
            return legacy.years
    return ()
