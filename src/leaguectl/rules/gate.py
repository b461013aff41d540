"""What can refuse one admission: places, age, dates, hours, introducers and votes."""

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from leaguectl.findings import Level
from leaguectl.names import fold_name
from leaguectl.registry import Admission, Case, Registry, is_known
from leaguectl.rules.book import CaseRule, Facts, Rule
from leaguectl.rules.entry import age_on
from leaguectl.rules.policy import Policy

CHAIN = ("applied", "talked", "activist", "candidate", "reviewed", "notice_from", "notice_to",
         "form_given", "meeting", "approved")  # fmt: skip
"""The dated steps of an admission in the order of the procedure; some are known of a case alone."""

AFTERWARDS = ("told", "oath", "filed")
"""The dated steps that follow the approval; those may fall on one day."""


def one_person(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A person is admitted once, and nobody is admitted who is a member already."""
    this = recorded(case)
    before = registry.admission(case.person.id)
    if before is not None and before.id != this.id:
        yield "id_number", {"person": case.person.name, "admitted": before.meeting}
        return
    membership = registry.membership(case.person.id)
    if membership is None or membership.left is not None or membership.joined is None:
        return
    by_month = membership.joined_precision == "month"
    is_candidate = not is_known(this.meeting)
    if is_candidate or membership.joined != (
        this.meeting.replace(day=1) if by_month else this.meeting
    ):
        yield "id_number", {"person": case.person.name, "joined": membership.joined}


def number_in_block(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """A number lies in the block of the organisation, or in the nearest block above it."""
    if case.number is None:
        return
    slot = registry.numbers.get(case.number)
    year = int(case.number[:4]) if case.number[:4].isdigit() else recorded(case).meeting.year
    own = registry.places_for(case.organization, year)
    if slot is not None and slot.quota in {quota.id for quota in own}:
        return
    owner = registry.quotas.get(slot.quota) if slot is not None and slot.quota else None
    if (
        slot is not None
        and owner is not None
        and (slot.person == case.person.id or recorded(case).beyond)
        and registry.is_below(case.organization, owner.organization)
    ):
        return  # taken before a nearer organisation got its own block, or by a document beyond it
    holder = registry.organizations.get(owner.organization) if owner else None
    yield (
        "number",
        {
            "number": case.number,
            "owner": holder.name if holder else "",
            "blocks": ", ".join(f"{quota.first}-{quota.last}" for quota in own),
        },
    )


def certificate_given(
    case: Case, registry: Registry, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """Whoever is admitted gets a certificate."""
    if case.number is not None and case.certificate is None:
        yield "certificate", {"person": case.person.name}


def place_left(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """An admission takes a place that its organisation's quota has left; so used never exceeds
    places, at any level of the tree, since a place below is a place taken out of the one above."""
    if case.number is not None:
        return  # the number is the place; whether it is theirs and free, other rules ask
    year = recorded(case).meeting.year
    quotas = registry.places_for(case.organization, year)
    if not quotas:
        yield "organization", {"year": year, "places": 0, "holder": ""}
    elif registry.free_slot(quotas) is None:
        if recorded(case).beyond and registry.places_beyond(case.organization, year):
            return  # a document allows it, and a place above is free
        tallies = [registry.tallies[quota.id] for quota in quotas]
        yield (
            "organization",
            {
                "year": year,
                "holder": registry.organizations[quotas[0].organization].name,
                "places": sum(quota.places for quota in quotas),
                "used": sum(tally["used"] for tally in tallies),
                "void": sum(tally["void"] for tally in tallies),
                "below": sum(quota.places for quota in quotas)
                - sum(sum(tally.values()) for tally in tallies),
            },
        )


def age_at_application(
    case: Case, registry: Registry, policy: Policy
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


def dates_in_order(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """The dates of the procedure follow each other in its order."""
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN + AFTERWARDS)):
        if second < first:
            yield late, {"early": early, "first": first, "late": late, "second": second}


def dates_tied(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """Two steps of the procedure do not fall on one day."""
    for (early, first), (late, second) in pairwise(_dates(recorded(case), CHAIN)):
        if second == first:
            yield late, {"early": early, "late": late, "day": first}


def talk_in_time(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """Somebody talks with the applicant within a month of the application."""
    this = recorded(case)
    limit = policy.admission_on(this.meeting).talk_days
    if this.talked is not None and this.talked > this.applied + timedelta(days=limit):
        yield "talked", {"applied": this.applied, "talked": this.talked, "limit": limit}


def activist_months(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
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


def course_hours(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """At least eight hours of League courses were attended."""
    this = recorded(case)
    wanted = policy.admission_on(this.meeting).course_hours
    if Decimal(str(this.course_hours)) < wanted:
        yield "course_hours", {"hours": _plain(this.course_hours), "minimum": wanted}


def service_hours(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """At least twenty hours of voluntary service were done, where they are recorded."""
    this = recorded(case)
    wanted = policy.admission_on(this.meeting).service_hours
    if this.service_hours is not None and Decimal(str(this.service_hours)) < wanted:
        yield "service_hours", {"hours": _plain(this.service_hours), "minimum": wanted}


def two_introducers(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """Two different members introduce the candidate, and nobody introduces himself."""
    this = recorded(case)
    first, second = fold_name(this.introducer_1), fold_name(this.introducer_2)
    if first == second:
        yield "introducer_2", {"introducer": this.introducer_1}


def quorum(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """More than half of those due are present at the branch meeting, and not more than are due."""
    this = recorded(case)
    if this.present * 2 <= this.due or this.present > this.due:
        yield "present", {"due": this.due, "present": this.present}


def majority_of_present(
    case: Case, registry: Registry, policy: Policy
) -> Iterator[tuple[str, Facts]]:
    """More than half of those present vote in favour, and not more than are present."""
    this = recorded(case)
    if this.in_favour * 2 <= this.present or this.in_favour > this.present:
        yield "in_favour", {"present": this.present, "in_favour": this.in_favour}


def majority_of_due(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """More than half of those due vote in favour."""
    this = recorded(case)
    if this.in_favour * 2 <= this.due:
        yield "in_favour", {"due": this.due, "in_favour": this.in_favour}


def approval_in_time(case: Case, registry: Registry, policy: Policy) -> Iterator[tuple[str, Facts]]:
    """The committee above approves within thirty days of the branch meeting."""
    this = recorded(case)
    limit = policy.admission_on(this.meeting).approval_days
    if this.approved > this.meeting + timedelta(days=limit):
        yield "approved", {"meeting": this.meeting, "approved": this.approved, "limit": limit}


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where that has fewer days."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def recorded(case: Case) -> Admission:
    """The admission of a case; the gate is asked of no other."""
    if case.admission is None:
        raise TypeError("the gate is asked of a case without an admission")
    return case.admission


def _dates(this: Admission, steps: Iterable[str]) -> list[tuple[str, date]]:
    found = [(step, getattr(this, step, None)) for step in steps]
    return [(step, day) for step, day in found if day is not None and is_known(day)]


def _plain(hours: float) -> str:
    return f"{hours:g}"


_RULES_2023 = "发展团员工作细则 (2023-08-17)"

GATE: tuple[Rule[CaseRule], ...] = (
    Rule("one-person", one_person, "一人一号; 已有团员信息的不得再次发展"),
    Rule("number-in-block", number_in_block, "编号随计划逐级下达; 智慧团建 FAQ 情况三: 号段不对"),
    Rule("certificate-given", certificate_given, "一人一证", Level.WARNING),
    Rule("place-left", place_left, "充分发挥团员发展指标硬约束作用"),
    Rule("age-at-application", age_at_application, "团章第一条"),
    Rule("dates-in-order", dates_in_order, "入团志愿书时间不能前后交错、顺序颠倒"),
    Rule("dates-tied", dates_tied, "若日期重合则依次顺延一天", Level.WARNING),
    Rule("talk-within-a-month", talk_in_time, _RULES_2023, Level.WARNING),
    Rule("activist-months", activist_months, _RULES_2023),
    Rule("course-hours", course_hours, _RULES_2023),
    Rule("service-hours", service_hours, "各地年度志愿服务要求", Level.WARNING),
    Rule("two-introducers", two_introducers, "团章第三条: 两名团员作介绍人"),
    Rule("quorum", quorum, "支部大会: 到会有表决权团员超过应到会半数"),
    Rule("majority-of-present", majority_of_present, "团章: 赞成票超过到会有表决权团员半数"),
    Rule("majority-of-due", majority_of_due, "2016、2023 细则: 赞成超过应到会半数", Level.WARNING),
    Rule("approval-within-days", approval_in_time, "发展团员十五个步骤", Level.WARNING),
)
