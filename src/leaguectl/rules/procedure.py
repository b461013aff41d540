"""The steps of one admission: ages, dates, days, months, hours."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from leaguectl.findings import Level
from leaguectl.model import Admission, RuleSubject, Snapshot, is_known
from leaguectl.model.days import age_on, birthday, days_between, last_of_month, months_after
from leaguectl.rules.book import CaseRule, Facts, Rule, recorded
from leaguectl.rules.policy import Policy

CHAIN = ("applied", "talked", "activist", "candidate", "reviewed", "notice_from", "notice_to",
         "form_given", "meeting", "approved")  # fmt: skip
"""The dated steps of an admission in the order of the procedure; some are known of a case alone."""

AFTERWARDS = ("told", "oath", "filed")
"""The dated steps that follow the approval; those may fall on one day."""

_RECORDED = ("applied", "talked", "activist", "candidate", "notice_from", "notice_to", "meeting",
             "approved", "approved_by")  # fmt: skip


def age_at_application(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Whoever applies is at least fourteen and at most twenty-eight full years old that day."""
    this = recorded(case)
    limits = policy.admission_on(this.meeting)
    age = age_on(case.person.born, this.applied)
    if not limits.minimum_age <= age <= limits.maximum_age:
        yield (
            "applied",
            {
                "age": age,
                "applied": this.applied,
                "minimum": limits.minimum_age,
                "maximum": limits.maximum_age,
            },
        )


def age_at_meeting(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Whoever applied in time is still at most twenty-eight full years old when the branch
    meets."""
    this = recorded(case)
    limit = policy.admission_on(this.meeting).maximum_age
    born = case.person.born
    if age_on(born, this.applied) <= limit < age_on(born, this.meeting):
        yield (
            "meeting",
            {"age": age_on(born, this.meeting), "meeting": this.meeting, "maximum": limit},
        )


def activist_age(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Nobody becomes an activist, and so takes the first League course, before turning
    fourteen."""
    this = recorded(case)
    limits = policy.admission_on(this.meeting)
    if this.applied < birthday(case.person.born, limits.minimum_age):
        return  # too young to apply, which another rule says
    age = limits.activist_age
    earliest = birthday(case.person.born, age)
    if this.activist < earliest:
        yield "activist", {"activist": this.activist, "age": age, "earliest": earliest}


def earliest_admission(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """The branch meeting lies at least three months after the fourteenth birthday."""
    this = recorded(case)
    limits = policy.admission_on(this.meeting)
    able = birthday(case.person.born, limits.minimum_age)
    earliest = months_after(able, limits.earliest_months)
    if able <= this.applied and this.meeting < earliest:
        yield (
            "meeting",
            {
                "meeting": this.meeting,
                "age": limits.minimum_age,
                "months": limits.earliest_months,
                "earliest": earliest,
            },
        )


def dates_future(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """No step of an admission is dated after today."""
    if registry.today is None:
        return
    for step, day in _dates(recorded(case), CHAIN + AFTERWARDS):
        if day > registry.today:
            yield step, {"step": step, "day": day, "today": registry.today}


def dates_in_order(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """The dates of the procedure follow each other in its order."""
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN + AFTERWARDS)):
        if second < first:
            yield late, {"early": early, "first": first, "late": late, "second": second}


def dates_tied(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Two steps of the procedure do not fall on one day."""
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN)):
        if second == first:
            yield late, {"early": early, "late": late, "day": first}


def steps_recorded(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Every dated step of the procedure is recorded, and who approved."""
    this = recorded(case)
    if not is_known(this.approved):
        return  # a case on its way
    for step in _RECORDED:
        if getattr(this, step) is None:
            yield step, {"step": step}


def talk_in_time(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Somebody talks with the applicant within a month of the application."""
    this = recorded(case)
    limit = policy.admission_on(this.meeting).talk_days
    if this.talked is not None and this.talked > this.applied + timedelta(days=limit):
        yield "talked", {"applied": this.applied, "talked": this.talked, "limit": limit}


def activist_months(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """At least three months lie between becoming an activist and the branch meeting."""
    this = recorded(case)
    months = policy.admission_on(this.meeting).activist_months
    earliest = months_after(this.activist, months)
    if this.meeting < earliest:
        yield (
            "meeting",
            {
                "activist": this.activist,
                "meeting": this.meeting,
                "months": months,
                "earliest": earliest,
            },
        )


def notice_days(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """The notice hangs for at least five days, where both of its ends are recorded."""
    this = recorded(case)
    if this.notice_from is None or this.notice_to is None or this.notice_to < this.notice_from:
        return
    limits = policy.admission_on(this.meeting)
    days = days_between(this.notice_from, this.notice_to, working=limits.notice_working)
    if days < limits.notice_days:
        yield (
            "notice_to",
            {
                "first": this.notice_from,
                "last": this.notice_to,
                "days": days,
                "minimum": limits.notice_days,
            },
        )


def course_hours(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """At least eight hours of League courses were attended."""
    this = recorded(case)
    wanted = policy.admission_on(this.meeting).course_hours
    if Decimal(str(this.course_hours)) < wanted:
        yield "course_hours", {"hours": _plain(this.course_hours), "minimum": wanted}


def service_hours(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """At least twenty hours of voluntary service were done, where they are recorded."""
    this = recorded(case)
    wanted = policy.admission_on(this.meeting).service_hours
    if this.service_hours is not None and Decimal(str(this.service_hours)) < wanted:
        yield "service_hours", {"hours": _plain(this.service_hours), "minimum": wanted}


def approval_in_time(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """The committee above approves within thirty days of the branch meeting."""
    this = recorded(case)
    limit = policy.admission_on(this.meeting).approval_days
    if this.approved > this.meeting + timedelta(days=limit):
        yield "approved", {"meeting": this.meeting, "approved": this.approved, "limit": limit}


def leaving_soon(
    case: RuleSubject, registry: Snapshot, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Nobody is admitted by a class that leaves its school within three months."""
    this = recorded(case)
    branch = registry.organizations.get(this.organization)
    if branch is None or branch.graduates is None:
        return
    limits = policy.admission_on(this.meeting)
    leaves = last_of_month(date(branch.graduates, limits.graduation_month, 1))
    if months_after(leaves, -limits.leaving_months) < this.meeting <= leaves:
        yield (
            "meeting",
            {"meeting": this.meeting, "leaves": leaves, "months": limits.leaving_months},
        )


def _dates(this: Admission, steps: Iterable[str]) -> list[tuple[str, date]]:
    found = [(step, getattr(this, step, None)) for step in steps]
    return [(step, day) for step, day in found if day is not None and is_known(day)]


def _plain(hours: float) -> str:
    return f"{hours:g}"


_RULES_2023 = "发展团员工作细则 (2023-08-17)"
_STEPS = "五个阶段十五个步骤"
_REVIEW = "入团志愿书审核要求"
_WARNING = Level.WARNING

PROCEDURE: tuple[Rule[CaseRule], ...] = (
    Rule("age-at-application", age_at_application, "申请入团当日年满十四周岁、不超过二十八周岁。",
         "团章第一条", numbers=("admission.minimum_age", "admission.maximum_age")),
    Rule("age-at-meeting", age_at_meeting, "按时申请的人，支部大会当日仍不超过二十八周岁。",
         "团章第一条", _WARNING, ("admission.maximum_age",)),
    Rule("activist-age", activist_age, "未满十四周岁不得确定为入团积极分子，也就不参加首次团课。",
         _REVIEW, numbers=("admission.activist_age",)),
    Rule("earliest-admission", earliest_admission, "支部大会最早在年满十四周岁的三个月后。",
         "团市委基层部 2023-07-04", numbers=("admission.minimum_age", "admission.earliest_months")),
    Rule("dates-in-future", dates_future, "发展程序任一步骤的日期都不晚于今天。", _REVIEW),
    Rule("dates-in-order", dates_in_order, "发展程序各步骤的日期按规定顺序先后排列。",
         f"{_REVIEW}: 不能前后交错、顺序颠倒"),
    Rule("dates-tied", dates_tied, "发展程序的两个步骤不在同一天。",
         f"{_REVIEW}: 若日期重合则依次顺延一天", _WARNING),
    Rule("steps-recorded", steps_recorded, "发展程序每一步骤的日期和审批单位都有记录。",
         _STEPS, _WARNING),
    Rule("talk-within-a-month", talk_in_time, "收到入团申请书后一个月内派人谈话。",
         _RULES_2023, _WARNING, ("admission.talk_days",)),
    Rule("activist-months", activist_months, "确定为入团积极分子到支部大会至少三个月。",
         _RULES_2023, numbers=("admission.activist_months",)),
    Rule("notice-days", notice_days, "公示起止日期都有记录的，公示不少于五天。",
         _STEPS, _WARNING, ("admission.notice_days", "admission.notice_working")),
    Rule("course-hours", course_hours, "团课学习不少于八学时。",
         _RULES_2023, numbers=("admission.course_hours",)),
    Rule("service-hours", service_hours, "有记录的志愿服务时长不少于二十小时。",
         "各地年度志愿服务要求", _WARNING, ("admission.service_hours",)),
    Rule("approval-within-days", approval_in_time, "支部大会后三十天内由上级团委审批。",
         _STEPS, _WARNING, ("admission.approval_days",)),
    Rule("leaving-soon", leaving_soon, "三个月内离校的毕业班不发展团员。",
         "各地要求: 毕业班不发展", _WARNING,
         ("admission.leaving_months", "admission.graduation_month")),
)  # fmt: skip
