"""What must hold of everybody who is entered as a member: one number, one form, one certificate."""

from datetime import date

from leaguectl.findings import Level
from leaguectl.model import RuleSubject, Snapshot
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, rule
from leaguectl.rules.sections import NumberFormat

_DIGITS = 12
"""A development number of today; only such a one has a province in it."""


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
    held = snapshot.number_of(case.person.id)
    if held is not None and case.number is not None and held != case.number:
        yield "number", {"number": case.number, "has": held, "person": case.person.name}


@rule("one-form", scope="entry", source="一人一书", depends_on=())
def one_form(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A form belongs to one person, and a person has one valid form.
    一份入团志愿书只属于一人，一人只有一份有效的志愿书。"""
    if case.form == case.number and any(one_number(case, snapshot, policy)):
        return  # the form bears the number, and the rule of the number says what is wrong
    form = snapshot.forms.get(case.form) if case.form else None
    if form is not None and form.person != case.person.id:
        yield "form", {"form": form.serial, "holder": snapshot.known_as(form.person)}
    held = snapshot.form_of(case.person.id)
    if held is not None and case.form is not None and held != case.form:
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
    if held is not None and case.certificate is not None and held != case.certificate:
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
        fits = False  # as long as one of old, but not one: a digit of an old number is wrong
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
        allowed = legacy  # an old number begins otherwise than with its year
    else:
        allowed = _format_of(case.joined, snapshot, policy).years or (case.joined.year,)
    if case.joined.year not in allowed or (not legacy and case.number[:4] not in map(str, allowed)):
        yield "number", {"number": case.number, "joined": case.joined, "years": sorted(allowed)}


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
    """Whoever joined since numbers are required has one.
    自编号成为必填起入团的团员都有编号。"""
    if case.number or case.joined is None or case.admission is not None:
        return  # an admission takes its number with its place, which the gate asks
    number_format = _format_of(case.joined, snapshot, policy)
    if number_format.required:
        yield "number", {"joined": case.joined, "since": number_format.since}


@rule(
    "joined-in-future", scope="entry", source="入团时间是支部大会通过之日", depends_on=("joined",)
)
def joined_future(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody joins on a day after today.
    入团时间不晚于今天。"""
    if snapshot.today is None or case.joined is None or case.admission is not None:
        return  # of an admission the gate asks for every step
    if case.joined > snapshot.today:
        yield "joined", {"joined": case.joined, "today": snapshot.today}


@rule(
    "age-at-joining",
    scope="entry",
    source="团章第一条",
    level=Level.WARNING,
    numbers=("member.minimum_age", "member.maximum_age"),
    depends_on=("epoch", "age"),
)
def age_at_joining(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A member was at least fourteen and at most twenty-eight when joining.
    入团时年满十四周岁、不超过二十八周岁。"""
    if case.joined is None or case.admission is not None:
        return  # of an admission the gate asks by the day of application
    limits, age = policy.member_on(case.joined), case.age
    minimum, maximum = limits.minimum_age, limits.maximum_age
    if age is not None and not minimum <= age <= maximum:
        facts = {"age": age, "joined": case.joined, "minimum": minimum, "maximum": maximum}
        yield "joined", facts


def _format_of(joined: date, snapshot: Snapshot, policy: Policy) -> NumberFormat:
    return policy.number_format(joined, snapshot.settings.get("province"))


def _legacy(number: str, policy: Policy) -> tuple[int, ...]:
    """The years that a province's number of old stands for; none for any other number."""
    if len(number) not in policy.legacy_lengths:
        return ()
    for legacy in policy.legacy_number:
        if len(number) == legacy.digits and number.startswith(legacy.prefix):
            return legacy.years
    return ()
