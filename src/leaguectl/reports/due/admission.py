"""What falls due on the way to an admission and after it: steps, approvals, forms, numbers."""

from collections.abc import Iterator
from datetime import date, timedelta

from leaguectl.model import Candidacy, Person, Snapshot
from leaguectl.reports.due.item import Asked, Due, Kind, a_day
from leaguectl.reports.lists import Row, cases
from leaguectl.rules.steps import Progress, days_of, standing

OpenCase = tuple[Row, Candidacy, Person, dict[str, Progress]]

_FORMS = """
    SELECT admission.id, admission.approved, person.name, admission.form, organization.code,
        organization.name
    FROM admission JOIN person ON person.id = admission.person
    JOIN organization ON organization.code = admission.organization
    JOIN form ON form.serial = admission.form
    WHERE admission.organization IN (SELECT code FROM below)
    AND form.received IS NULL AND form.state = 'valid'
"""
_NUMBERS = """
    SELECT quota.year, organization.code, organization.name, count(*), min(number.number),
        max(number.number)
    FROM number JOIN quota ON quota.id = number.quota
    JOIN organization ON organization.code = quota.organization
    WHERE number.state = 'free' AND quota.organization IN (SELECT code FROM below)
    AND quota.year BETWEEN :first AND :last
    GROUP BY quota.year, organization.code, organization.name
"""
_DISPUTES = """
    SELECT dispute.id, dispute.opened, dispute.number, dispute.claim, organization.code,
        organization.name
    FROM dispute LEFT JOIN number ON number.number = dispute.number
    LEFT JOIN quota ON quota.id = number.quota
    LEFT JOIN organization ON organization.code = quota.organization
    WHERE dispute.settled IS NULL
    AND (:org = '' OR quota.organization IN (SELECT code FROM below))
"""


def talks(asked: Asked) -> Iterator[Due]:
    """An applicant with whom nobody has talked, by the last day that the rules let a talk bear."""
    for row, case, person, steps in _open(asked):
        if case.applied is not None and case.talked is None:
            step = days_of(steps["step-talked"], case, person, Snapshot(), asked.policy)
            if step.latest is not None and asked.is_near(step.latest):
                yield _of(row, step.latest, "step-talked")


def approvals(asked: Asked) -> Iterator[Due]:
    """A meeting admitted somebody, and the committee above has not approved."""
    for row, case, person, steps in _open(asked):
        if case.meeting is not None and case.approved is None:
            step = days_of(steps["step-approved"], case, person, Snapshot(), asked.policy)
            if step.latest is not None and asked.is_near(step.latest):
                yield _of(row, step.latest, "approved")


def next_steps(asked: Asked) -> Iterator[Due]:
    """An open case whose next step may be taken, on the earliest day that the rules let it bear."""
    for row, case, person, steps in _open(asked):
        one = next((one for one in steps.values() if one.state == "next"), None)
        if one is None or one.step.name in _OWN:
            continue
        step = days_of(one, case, person, Snapshot(), asked.policy)
        if step.earliest is not None and asked.is_near(step.earliest):
            yield _of(row, step.earliest, step.step.name, step=step.step.name)


_OWN = ("step-talked", "step-approved")
"""Steps with a limit, which have their own line."""


def _open(asked: Asked) -> list[OpenCase]:
    """The open cases, whose they are, and how far their fifteen steps are."""
    if "open" not in asked.kept:
        found: list[OpenCase] = []
        for row in cases.cases(asked.reader, asked.org):
            if row["state"] == "open":
                case, person = cases.as_nouns(row)
                steps = standing(case, person, Snapshot(), asked.policy)
                found.append((row, case, person, {one.step.name: one for one in steps}))
        asked.kept["open"] = found
    kept: list[OpenCase] = asked.kept["open"]
    return kept


def _of(row: Row, day: date, what: str, **facts: str) -> Due:
    return Due(day, row["code"], row["home"], row["name"], f"case-{row['id']}-{what}", facts)


def forms(asked: Asked) -> Iterator[Due]:
    """The scan of a form that is to be filed, where this county keeps scans."""
    for number, approved, name, form, code, home in asked.rows(_FORMS):
        limits = asked.policy.form_on(a_day(approved))
        day = a_day(approved) + timedelta(days=limits.days)
        if limits.kept and asked.is_near(day):
            yield Due(day, code, home, name, f"admission-{number}", {"form": form})


def numbers(asked: Asked) -> Iterator[Due]:
    """Numbers that are still free when their year ends."""
    years = {"first": asked.today.year, "last": asked.until.year}
    for year, code, home, free, first, last in asked.rows(_NUMBERS, **years):
        day = date(year, 12, 31)
        if asked.is_near(day):
            facts = {"count": free, "first": first, "last": last}
            yield Due(day, code, home, str(free), f"quota-{code}-{year}", facts)


def disputes(asked: Asked) -> Iterator[Due]:
    """Two people claim one number, since that day."""
    for number, opened, claimed, claim, code, home in asked.rows(_DISPUTES):
        if asked.is_near(a_day(opened)):
            facts = {"number": claimed}
            yield Due(a_day(opened), code or "", home or "", claim, f"dispute-{number}", facts)


ADMISSION = (
    Kind("due-talk", talks),
    Kind("due-step", next_steps, is_limit=False),
    Kind("due-approval", approvals),
    Kind("due-form", forms),
    Kind("due-numbers", numbers),
    Kind("due-dispute", disputes),
)
