"""Rules that can refuse an admission: the person, the place, the number, and the steps of the
case."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from leaguectl.findings import Level
from leaguectl.model import Admission, Membership, RuleSubject, Snapshot, is_known
from leaguectl.model.days import age_on, birthday, days_between, last_of_month, months_after
from leaguectl.model.periods import MEMBERSHIP
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import Violations, recorded, rule

CHAIN = (
    *("applied", "talked", "activist", "candidate", "reviewed"),
    *("notice_from", "notice_to", "form_given", "meeting", "approved"),
)
"""The dated steps of an admission in the order of the procedure; some are recorded only in a
case."""

AFTERWARDS = ("told", "oath", "filed")
"""The dated steps after the approval, which may fall on the same day."""

# These two are recorded in a case and not in its admission, so no admission can lack them.
_OF_A_CASE = ("reviewed", "form_given")
_RECORDED = (*(step for step in CHAIN if step not in _OF_A_CASE), "approved_by")

_RULES_2023 = "发展团员工作细则 (2023-08-17)"
_STEPS = "五个阶段十五个步骤"
_REVIEW = "入团志愿书审核要求"


@rule("one-person", scope="gate", source="一人一号; 已有团员信息的不得再次发展")
def one_person(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A person is admitted once, and nobody who is a member on the day of the meeting, or joins
    after it, is admitted.
    一人只发展一次，支部大会当日是团员或此后另行入团的，不得发展。"""
    admission = recorded(case)
    before = snapshot.admission(case.person.id)
    if before is not None and before.id != admission.id:
        yield "id_number", {"person": case.person.name, "admitted": before.meeting}
        return
    for membership in snapshot.memberships_of(case.person.id):
        if _is_over_before(membership, admission):
            continue
        if membership.joined is None:
            # The admission may give the day of joining, but not of somebody who brought their
            # membership from elsewhere; a candidate's case cannot.
            came = membership.entry == "transferred" and membership.seen is None
            if came or not is_known(admission.meeting):
                home = snapshot.organizations[membership.organization].name
                yield "id_number", {"person": case.person.name, "home": home}
                return
            continue
        # A corrected day of the meeting corrects the membership that this admission began.
        if before is not None and began_with(membership, before):
            continue
        # A candidate's meeting is still to come, so any membership is an earlier one.
        if not is_known(admission.meeting) or not began_with(membership, admission):
            yield "id_number", {"person": case.person.name, "joined": membership.known_joined}
            return


def _is_over_before(membership: Membership, admission: Admission) -> bool:
    """Whether a former member had left by the day of the meeting and may be admitted."""
    if membership.left is None:
        return False
    return not is_known(admission.meeting) or MEMBERSHIP.of(membership).is_over(admission.meeting)


@rule("former-restored", scope="gate", source="一人一号; 恢复团籍")
def former_restored(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """A former member who has a development number is restored and not admitted again, unless the
    county switches this rule off.
    有发展团员编号的原团员应恢复团籍，不再重新发展；允许重新发展的县可停用本规则。"""
    meeting = recorded(case).meeting
    own = (case.number, recorded(case).number) if is_known(case.number) else ()
    held = [number for number in snapshot.numbers_of(case.person.id) if number not in own]
    last = snapshot.membership(case.person.id)
    if last is not None and last.leaving_reason == "deceased":
        return  # they are not restored; another rule says so
    if held and snapshot.rejoins(case.person.id, meeting if is_known(meeting) else date.max):
        yield "id_number", {"person": case.person.name, "number": held[-1]}


@rule("certificate-given", scope="gate", source="一人一证", level=Level.WARNING)
def certificate_given(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Everybody who is admitted gets a certificate.
    发展入团的都发团员证。"""
    # A person without a number gets the certificate together with it.
    if case.number is not None and case.certificate is None:
        yield "certificate", {"person": case.person.name}


@rule("place-left", scope="gate", source="充分发挥团员发展指标硬约束作用")
def place_left(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An admission takes a free place of its organisation's quota; so used places never exceed the
    quota at any level of the tree, since a place below is taken out of the quota above.
    发展一人占用本组织一个名额，任何一级的已用名额都不超过计划。"""
    if case.number is not None:
        return  # the number is the place; other rules check whether it is theirs and free
    day = recorded(case).meeting
    year = day.year
    quotas = snapshot.places_for(case.organization, year, day)
    if not quotas:
        yield "organization", {"year": year, "places": 0, "holder": ""}
    elif snapshot.free_slot(quotas) is None:
        if recorded(case).beyond and snapshot.places_beyond(case.organization, year, day):
            return  # a document allows it, and a place above is free
        tallies = [snapshot.number_counts[quota.id] for quota in quotas]
        places = sum(quota.places for quota in quotas)
        facts = {
            "year": year,
            "holder": snapshot.organizations[quotas[0].organization].name,
            "places": places,
            "used": sum(tally["used"] for tally in tallies),
            "void": sum(tally["void"] for tally in tallies),
            # Numbers split off below are counted there.
            "below": places - sum(tally.total() for tally in tallies),
        }
        yield "organization", facts


@rule(
    "age-at-application",
    scope="gate",
    source="团章第一条",
    numbers=("admission.minimum_age", "admission.maximum_age"),
)
def age_at_application(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An applicant is at least fourteen and at most twenty-eight full years old on the day of
    application.
    申请入团当日年满十四周岁、不超过二十八周岁。"""
    admission = recorded(case)
    limits = policy.admission_on(admission.meeting)
    minimum, maximum = limits.minimum_age, limits.maximum_age
    applied, age = admission.applied, age_on(case.person.born, admission.applied)
    if not minimum <= age <= maximum:
        yield "applied", {"age": age, "applied": applied, "minimum": minimum, "maximum": maximum}


@rule(
    "age-at-meeting",
    scope="gate",
    source="团章第一条",
    level=Level.WARNING,
    numbers=("admission.maximum_age",),
)
def age_at_meeting(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """An applicant who applied in time is still at most twenty-eight full years old when the branch
    meets.
    按时申请的人，支部大会当日仍不超过二十八周岁。"""
    admission = recorded(case)
    maximum = policy.admission_on(admission.meeting).maximum_age
    age = age_on(case.person.born, admission.meeting)
    if age_on(case.person.born, admission.applied) <= maximum < age:
        yield "meeting", {"age": age, "meeting": admission.meeting, "maximum": maximum}


@rule("activist-age", scope="gate", source=_REVIEW, numbers=("admission.activist_age",))
def activist_age(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody becomes an activist, and so takes the first League course, before turning
    fourteen.
    未满十四周岁不得确定为入团积极分子，也就不参加首次团课。"""
    admission = recorded(case)
    limits = policy.admission_on(admission.meeting)
    if admission.applied < birthday(case.person.born, limits.minimum_age):
        return  # too young to apply, which another rule reports
    age = limits.activist_age
    earliest = birthday(case.person.born, age)
    if admission.activist < earliest:
        yield "activist", {"activist": admission.activist, "age": age, "earliest": earliest}


@rule(
    "earliest-admission",
    scope="gate",
    source="团市委基层部 2023-07-04",
    numbers=("admission.minimum_age", "admission.earliest_months"),
)
def earliest_admission(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The branch meeting lies at least three months after the fourteenth birthday.
    支部大会最早在年满十四周岁的三个月后。"""
    admission = recorded(case)
    meeting, limits = admission.meeting, policy.admission_on(admission.meeting)
    age, months = limits.minimum_age, limits.earliest_months
    able = birthday(case.person.born, age)
    earliest = months_after(able, months)
    if able <= admission.applied and meeting < earliest:
        yield "meeting", {"meeting": meeting, "age": age, "months": months, "earliest": earliest}


@rule("dates-in-future", scope="gate", source=_REVIEW)
def dates_future(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """No step of an admission is dated after today.
    发展程序任一步骤的日期都不晚于今天。"""
    if snapshot.today is None:
        return
    for step, day in _dates(recorded(case), CHAIN + AFTERWARDS):
        if day > snapshot.today:
            yield step, {"step": step, "day": day, "today": snapshot.today}


@rule("dates-in-order", scope="gate", source=f"{_REVIEW}: 不能前后交错、顺序颠倒")
def dates_in_order(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The dates of the procedure follow each other in its order.
    发展程序各步骤的日期按规定顺序先后排列。"""
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN + AFTERWARDS)):
        if second < first:
            yield late, {"early": early, "first": first, "late": late, "second": second}


@rule(
    "dates-tied", scope="gate", source=f"{_REVIEW}: 若日期重合则依次顺延一天", level=Level.WARNING
)
def dates_tied(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Two steps of the procedure do not fall on one day.
    发展程序的两个步骤不在同一天。"""
    # Many places take the steps after the approval together, which is allowed.
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN)):
        if second == first:
            yield late, {"early": early, "late": late, "day": first}


@rule("steps-recorded", scope="gate", source=_STEPS, level=Level.WARNING)
def steps_recorded(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Every dated step of the procedure is recorded, and who approved.
    发展程序每一步骤的日期和审批单位都有记录。"""
    admission = recorded(case)
    if not is_known(admission.approved):
        return  # an open case
    for step in _RECORDED:
        if getattr(admission, step) is None:
            yield step, {"step": step}


@rule(
    "talk-within-a-month",
    scope="gate",
    source=_RULES_2023,
    level=Level.WARNING,
    numbers=("admission.talk_days",),
)
def talk_in_time(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Somebody talks with the applicant within a month of the application.
    收到入团申请书后一个月内派人谈话。"""
    admission = recorded(case)
    limit = policy.admission_on(admission.meeting).talk_days
    if admission.talked is not None and admission.talked > admission.applied + timedelta(
        days=limit
    ):
        yield "talked", {"applied": admission.applied, "talked": admission.talked, "limit": limit}


@rule("activist-months", scope="gate", source=_RULES_2023, numbers=("admission.activist_months",))
def activist_months(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """At least three months lie between becoming an activist and the branch meeting.
    确定为入团积极分子到支部大会至少三个月。"""
    admission = recorded(case)
    activist, meeting = admission.activist, admission.meeting
    months = policy.admission_on(meeting).activist_months
    earliest = months_after(activist, months)
    if meeting < earliest:
        facts = {"activist": activist, "meeting": meeting, "months": months, "earliest": earliest}
        yield "meeting", facts


@rule(
    "notice-days",
    scope="gate",
    source=_STEPS,
    level=Level.WARNING,
    numbers=("admission.notice_days", "admission.notice_working"),
)
def notice_days(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The notice hangs for at least five days, where both of its ends are recorded.
    公示起止日期都有记录的，公示不少于五天。"""
    admission = recorded(case)
    first, last = admission.notice_from, admission.notice_to
    if first is None or last is None or last < first:
        return
    limits = policy.admission_on(admission.meeting)
    minimum, days = limits.notice_days, days_between(first, last, working=limits.notice_working)
    if days < minimum:
        yield "notice_to", {"first": first, "last": last, "days": days, "minimum": minimum}


@rule("course-hours", scope="gate", source=_RULES_2023, numbers=("admission.course_hours",))
def course_hours(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """At least eight hours of League courses were attended.
    团课学习不少于八学时。"""
    admission = recorded(case)
    minimum = policy.admission_on(admission.meeting).course_hours
    # Hours are floats in the registry; converted through text, 7.5 stays exact.
    if Decimal(str(admission.course_hours)) < minimum:
        yield "course_hours", {"hours": _plain(admission.course_hours), "minimum": minimum}


@rule(
    "service-hours",
    scope="gate",
    source="各地年度志愿服务要求",
    level=Level.WARNING,
    numbers=("admission.service_hours",),
)
def service_hours(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """At least twenty hours of voluntary service were done, where they are recorded.
    有记录的志愿服务时长不少于二十小时。"""
    admission = recorded(case)
    minimum = policy.admission_on(admission.meeting).service_hours
    if admission.service_hours is not None and Decimal(str(admission.service_hours)) < minimum:
        yield "service_hours", {"hours": _plain(admission.service_hours), "minimum": minimum}


@rule(
    "approval-within-days",
    scope="gate",
    source=_STEPS,
    level=Level.WARNING,
    numbers=("admission.approval_days",),
)
def approval_in_time(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """The committee above approves within thirty days of the branch meeting.
    支部大会后三十天内由上级团委审批。"""
    admission = recorded(case)
    limit = policy.admission_on(admission.meeting).approval_days
    if admission.approved > admission.meeting + timedelta(days=limit):
        yield (
            "approved",
            {"meeting": admission.meeting, "approved": admission.approved, "limit": limit},
        )


@rule(
    "leaving-soon",
    scope="gate",
    source="各地要求: 毕业班不发展",
    level=Level.WARNING,
    numbers=("admission.leaving_months", "admission.graduation_month"),
)
def leaving_soon(case: RuleSubject, snapshot: Snapshot, policy: Policy) -> Violations:
    """Nobody is admitted by a class that leaves its school within three months.
    三个月内离校的毕业班不发展团员。"""
    admission = recorded(case)
    branch = snapshot.organizations.get(admission.organization)
    if branch is None or branch.graduates is None:
        return
    limits = policy.admission_on(admission.meeting)
    leaves = last_of_month(date(branch.graduates, limits.graduation_month, 1))
    if months_after(leaves, -limits.leaving_months) < admission.meeting <= leaves:
        facts = {"meeting": admission.meeting, "leaves": leaves, "months": limits.leaving_months}
        yield "meeting", facts


def began_with(membership: Membership, admission: Admission) -> bool:
    """Whether a membership's day (or month) of joining is that of the meeting."""
    meeting = admission.meeting
    by_month = membership.joined_precision == "month"
    return membership.joined == (meeting.replace(day=1) if by_month else meeting)


def _dates(admission: Admission, steps: Iterable[str]) -> list[tuple[str, date]]:
    days = [(step, getattr(admission, step, None)) for step in steps]
    return [(step, day) for step, day in days if day is not None and is_known(day)]


def _plain(hours: float) -> str:
    return f"{hours:g}"
