"""What falls due, each kind with its query; its words are found by its name.

A kind is an entry in :data:`KINDS` with a portable query or a question to the rules. Nothing is
counted or judged in a second way here: days come from the policy's numbers, and those of cases from
the rules of the gate.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from leaguectl.findings import UsageError
from leaguectl.model import BRANCH_TYPES, Candidacy, Person, Snapshot
from leaguectl.model.days import Day, as_known, day_in, term_ends
from leaguectl.reports import candidates, members
from leaguectl.reports.figures.cadres import SEATS
from leaguectl.reports.predicates import (
    exists_on,
    has_post_on,
    is_latest_number,
    is_member_on,
    is_of_age,
    joined_party,
)
from leaguectl.reports.query import BELOW, Row, as_date, select
from leaguectl.reports.retention import erasable
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules import Policy
from leaguectl.rules.membership_terms import AgeTerms, is_in_party
from leaguectl.rules.steps import Progress, days_of, standing
from leaguectl.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due on a day.

    ``about`` is the name of the person or thing; ``id`` is permanently unique within its kind, so
    that a calendar recognises it; ``facts`` are used in its words.
    """

    day: date
    code: str
    organization: str
    about: str
    id: str
    facts: Mapping[str, Any] = field(default_factory=dict)


OpenCase = tuple[Row, Candidacy, Person, dict[str, Progress]]
"""An open case as a row and as the rules take it, its person, and its steps by name."""


@dataclass(frozen=True)
class DueQuery:
    """The query: everything that falls due by ``until`` in an organisation and all below it (empty:
    everywhere), as of ``today``."""

    reader: Reader
    policy: Policy
    today: date
    until: date
    org: str = ""

    def rows(self, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
        """The rows of a query with ``below``, ``:today`` and ``:until``."""
        parameters |= {
            "org": self.org, "today": self.today.isoformat(), "until": self.until.isoformat(),
        }  # fmt: skip
        return [tuple(row) for row in self.reader.rows(BELOW + sql, parameters)]

    def includes(self, day: date | None) -> bool:
        """Whether something falls due by the last day of the query, or is overdue."""
        return day is not None and day <= self.until

    @cached_property
    def open_cases(self) -> list[OpenCase]:
        """The open cases with how far they are; several kinds look at them."""
        cases = []
        for row in candidates.cases(self.reader, self.org):
            if row["state"] == "open":
                case, person = candidates.records_of(row)
                # From an empty registry: a case itself is enough to find its next days.
                steps = standing(case, person, Snapshot(), self.policy)
                cases.append((row, case, person, {step.step.name: step for step in steps}))
        return cases


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that falls due: the name of its words, and what finds it.

    ``is_limit`` is False for things that may be done from their day on and are not late afterwards.
    """

    name: str
    find: Callable[[DueQuery], Iterator[Due]]
    is_limit: bool = True


# -- admission -----------------------------------------------------------------------------------

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
# Two people may claim a number that no quota of this county gave out; then the case belongs to no
# branch.
_DISPUTES = """
    SELECT dispute.id, dispute.opened, dispute.number, dispute.claim, organization.code,
        organization.name
    FROM dispute LEFT JOIN number ON number.number = dispute.number
    LEFT JOIN quota ON quota.id = number.quota
    LEFT JOIN organization ON organization.code = quota.organization
    WHERE dispute.settled IS NULL
    AND (:org = '' OR quota.organization IN (SELECT code FROM below))
"""
_LIMITED = ("step-talked", "step-approved")
"""Steps with a limit, which have their own kind."""


def has_scans(reader: Reader) -> bool:
    """Whether the scan of any form was ever received."""
    return bool(reader.rows("SELECT 1 FROM form WHERE received IS NOT NULL LIMIT 1"))


def reports_unfiled_forms(reader: Reader, day: date) -> bool:
    """Whether unfiled forms are reported, by the policy of that day."""
    return policy_in(reader).form_on(day).are_due(any_received=has_scans(reader))


def _talks(query: DueQuery) -> Iterator[Due]:
    """An applicant who has not been talked to, due by the last day that the rules allow for the
    talk."""
    for row, case, person, steps in query.open_cases:
        if case.applied is not None and case.talked is None:
            step = days_of(steps["step-talked"], case, person, Snapshot(), query.policy)
            yield from _of_case(query, row, step.latest, "step-talked")


def _approvals(query: DueQuery) -> Iterator[Due]:
    """An admission by a meeting that the committee above has not approved."""
    for row, case, person, steps in query.open_cases:
        if case.meeting is not None and case.approved is None:
            step = days_of(steps["step-approved"], case, person, Snapshot(), query.policy)
            yield from _of_case(query, row, step.latest, "approved")


def _next_steps(query: DueQuery) -> Iterator[Due]:
    """An open case whose next step may be taken, on the earliest day that the rules allow."""
    for row, case, person, steps in query.open_cases:
        step = next((step for step in steps.values() if step.state == "next"), None)
        if step is not None and (name := step.step.name) not in _LIMITED:
            dated = days_of(step, case, person, Snapshot(), query.policy)
            yield from _of_case(query, row, dated.earliest, name, step=name)


def _of_case(query: DueQuery, row: Row, day: date | None, what: str, **facts: str) -> Iterator[Due]:
    if day is not None and query.includes(day):
        yield Due(day, row["code"], row["home"], row["name"], f"case-{row['id']}-{what}", facts)


def _forms(query: DueQuery) -> Iterator[Due]:
    """The scan of a form that is to be filed, once this county keeps scans."""
    any_received = has_scans(query.reader)
    for admission, approval, name, form, code, home in query.rows(_FORMS):
        approved = as_date(approval)
        limits = query.policy.form_on(approved)
        day = approved + timedelta(days=limits.days)
        if limits.are_due(any_received=any_received) and query.includes(day):
            yield Due(day, code, home, name, f"admission-{admission}", {"form": form})


def _numbers(query: DueQuery) -> Iterator[Due]:
    """Numbers that are still free when their year ends."""
    # Earlier years are over; their unused numbers are reported by the rule ``numbers-unused``.
    years = {"first": query.today.year, "last": query.until.year}
    for year, code, home, free, first, last in query.rows(_NUMBERS, **years):
        day = date(year, 12, 31)
        if query.includes(day):
            facts = {"count": free, "first": first, "last": last}
            yield Due(day, code, home, str(free), f"quota-{code}-{year}", facts)


def _disputes(query: DueQuery) -> Iterator[Due]:
    """Two people claim one number, since that day."""
    for dispute, opened, number, claim, code, home in query.rows(_DISPUTES):
        day = as_date(opened)
        if query.includes(day):
            yield Due(day, code or "", home or "", claim, f"dispute-{dispute}", {"number": number})


# -- members -------------------------------------------------------------------------------------

_OF_AGE = f"""
    SELECT person.id, person.name, number.number, membership.organization AS code,
        organization.name AS organization, person.id_number, person.politics,
        {joined_party()} AS joined_party, membership."left"
    FROM membership JOIN person ON person.id = membership.person
    JOIN organization ON organization.code = membership.organization
    LEFT JOIN number ON {is_latest_number()}
    WHERE {is_of_age()} AND {is_member_on(day=":day")} AND NOT {has_post_on()}
    AND membership.organization IN (SELECT code FROM below)
"""
_NOW = is_member_on(day=":today")
_GRADUATES = f"""
    SELECT organization.code, organization.name, organization.graduates, count(*)
    FROM membership JOIN organization ON organization.code = membership.organization
    WHERE {_NOW} AND organization.graduates <= :year AND {exists_on(day=":today")}
    AND membership.organization IN (SELECT code FROM below)
    GROUP BY organization.code, organization.name, organization.graduates
"""
_PROBATION = f"""
    SELECT discipline.id, discipline.until, person.name, organization.code, organization.name
    FROM discipline JOIN person ON person.id = discipline.person
    JOIN membership ON membership.person = person.id AND {_NOW}
    JOIN organization ON organization.code = membership.organization
    WHERE discipline.kind = 'probation' AND discipline.until BETWEEN :today AND :until
    AND membership.organization IN (SELECT code FROM below)
"""
# Only where registrations were ever recorded: a county without any is not reminded of everybody.
_UNREGISTERED = f"""
    SELECT organization.code, organization.name, count(*)
    FROM membership JOIN organization ON organization.code = membership.organization
    WHERE {_NOW} AND membership.organization IN (SELECT code FROM below)
    AND (membership.joined IS NULL OR membership.joined < :begun)
    AND EXISTS (SELECT 1 FROM registration)
    AND NOT EXISTS (SELECT 1 FROM registration AS own WHERE own.person = membership.person
                    AND own.year = :year)
    GROUP BY organization.code, organization.name
"""


def members_of_age(
    reader: Reader, terms: AgeTerms, by: date, day: date, org: str = ""
) -> list[Row]:
    """Members on ``day`` without a post who reach the age of leaving by another day, ordered by
    that day.

    Each with the day on which they reach it (``turns``), whether they are in the Party, and whether
    they stay for that reason; ``left`` is when they left afterwards. ``member aging``, ``member
    leave --aged`` and ``due`` use this list; the rule ``over-age`` and the forecast use the same
    terms.
    """
    parameters = {"youngest": terms.youngest_of_age(by), "day": day.isoformat(), "org": org}
    rows = []
    for row in select(reader, BELOW + _OF_AGE, parameters):
        person = Person(row["id"], row["name"], row.pop("id_number"))
        if not person.is_dated:
            continue  # a standing rule reports the ID number, which another program changed
        joined = row.pop("joined_party")
        in_party = is_in_party(row.pop("politics"), joined and as_date(joined), day)
        left = row.pop("left")
        rows.append(row | {
            "turns": terms.reached(person.born), "party": in_party,
            "stays": terms.stays(in_party=in_party), "left": left,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["turns"], row["id"]))


@dataclass(frozen=True, slots=True)
class Aging:
    """Members without a post who reach ``age``, the age of leaving, in a year or have reached
    it."""

    age: int
    rows: list[Row]


def aging(reader: Reader, year: int, day: date, org: str = "") -> Aging:
    """Members who reach the age of leaving by the end of the year and hold no post on that day."""
    last = date(year, 12, 31)
    terms = AgeTerms.on(policy_in(reader), last)
    rows = members_of_age(reader, terms, last, day, org)
    for row in rows:
        del row["left"]
    return Aging(terms.age, rows)


def _ages(query: DueQuery) -> Iterator[Due]:
    """A member without a post who reaches the age of leaving, or has reached it and is still
    here."""
    # The policy of the last day of the query, but posts and Party membership as known today.
    terms = AgeTerms.on(query.policy, query.until)
    for row in members_of_age(query.reader, terms, query.until, query.today, query.org):
        if not row["stays"]:
            yield Due(row["turns"], row["code"], row["organization"], row["name"],
                      f"person-{row['id']}-age", {"age": terms.age})  # fmt: skip


def _transfers(query: DueQuery) -> Iterator[Due]:
    """Pending transfers with a deadline."""
    for row in members.transfers(query.reader, state="pending", org=query.org):
        day = members.last_day_of_transfer(row, query.policy)
        if row["source"] and day is not None and query.includes(day):
            facts = {"source": row["from"] or "", "target": row["to"] or ""}
            yield Due(day, row["source"], row["from"] or "", row["name"],
                      f"transfer-{row['id']}", facts)  # fmt: skip


def _missing_papers(query: DueQuery) -> Iterator[Due]:
    """A member who is here according to a roster, but whose papers have not come from elsewhere."""
    for row in members.transfers(query.reader, state="pending", org=query.org):
        day = members.last_day_of_transfer(row, query.policy)
        if not row["source"] and day is not None and query.includes(day):
            facts = {"since": row["requested"], "source": row["from"] or "?"}
            yield Due(day, row["target"] or "", row["to"] or "", row["name"],
                      f"transfer-{row['id']}", facts)  # fmt: skip


def _graduates(query: DueQuery) -> Iterator[Due]:
    """Members of a class that has left its school, by the end of the season of their papers."""
    for code, home, year, count in query.rows(_GRADUATES, year=query.until.year):
        done_by = query.policy.transfer_on(date(year, 1, 1)).done_by
        day = day_in(year, done_by)
        if query.includes(day):
            yield Due(day, code, home, str(count), f"graduates-{code}-{year}", {"count": count})


def _probations(query: DueQuery) -> Iterator[Due]:
    """A probation (留团察看) that ends."""
    for measure, until, name, code, home in query.rows(_PROBATION):
        yield Due(as_date(until), code, home, name, f"discipline-{measure}")


def _erasures(query: DueQuery) -> Iterator[Due]:
    """Somebody whose personal values have been kept as long as the policy has it."""
    for row in erasable(query.reader, query.policy, query.today, query.until, query.org):
        facts = {"since": row["since"], "years": row["years"]}
        yield Due(row["due"], row["code"] or "", row["organization"] or "", row["name"],
                  f"person-{row['id']}-erasure", facts)  # fmt: skip


def _registrations(query: DueQuery) -> Iterator[Due]:
    """Members who are not registered for the year, where registrations are kept."""
    for year in range(query.today.year, query.until.year + 1):
        registered_by = query.policy.member_on(date(year, 1, 1)).registered_by
        day = day_in(year, registered_by)
        if not query.includes(day):
            continue
        for code, home, count in query.rows(_UNREGISTERED, year=year, begun=day.isoformat()):
            yield Due(day, code, home, str(count), f"registration-{code}-{year}",
                      {"count": count, "year": year})  # fmt: skip


# -- organisations -------------------------------------------------------------------------------

_ELECTED = f"""
    SELECT code, name, type, domain, elected, elected_precision FROM organization
    WHERE elected IS NOT NULL AND code IN (SELECT code FROM below) AND {exists_on(day=":today")}
"""
_POSTS = """
    SELECT post.id, post.until, post.name, post.said, organization.code, organization.name
    FROM post JOIN organization ON organization.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND post.until BETWEEN :today AND :until
    AND post.since <= :today
"""
# Only where some post was ever recorded: without any, every seat would be empty.
_EMPTY = f"""
    SELECT seats.code, seats.name, seats.secretary_seats - seats.secretaries,
        (SELECT max(post.until) FROM post WHERE post.organization = seats.code
            AND post.title = 'secretary' AND post.until <= :last)
    FROM ({SEATS}) AS seats
    WHERE seats.secretaries < seats.secretary_seats AND EXISTS (SELECT 1 FROM post)
"""
# Several organisations may have the name of a leader in the plan; only one is used, so that a task
# has a single row.
_TASKS = """
    SELECT task.id, task.due, task.module, task.task, task.lead, organization.code,
        organization.name
    FROM task LEFT JOIN organization ON organization.code = (
        SELECT min(led.code) FROM organization AS led
        WHERE led.code = task.lead OR led.name = task.lead)
    WHERE task.done IS NULL AND task.due <= :until
    AND (:org = '' OR organization.code IN (SELECT code FROM below))
"""


def _elections(query: DueQuery) -> Iterator[Due]:
    """A term that is over since the last election, where that is recorded."""
    limits = query.policy.organization_on(query.today)
    for code, name, kind, domain, elected, precision in query.rows(_ELECTED):
        years = limits.term_years.get(kind)
        if kind in BRANCH_TYPES and domain == "school":
            years = limits.student_term_years
        if years is None:
            continue
        last_election = Day(as_date(elected), precision)
        day = term_ends(last_election, years)
        if query.includes(day):
            facts = {"elected": as_known(*last_election), "years": years}
            yield Due(day, code, name, "", f"election-{code}-{day.year}", facts)


def _posts(query: DueQuery) -> Iterator[Due]:
    """A term of somebody in post that ends."""
    for post, until, name, title, code, home in query.rows(_POSTS):
        yield Due(as_date(until), code, home, name, f"post-{post}", {"post": title})


def _seats(query: DueQuery) -> Iterator[Due]:
    """An organisation without a secretary, since the last one left; from today where none is
    known."""
    for code, name, empty, left in query.rows(_EMPTY, last=query.today.isoformat()):
        day = as_date(left) if left else query.today
        yield Due(day, code, name, str(empty), f"secretary-{code}", {"count": empty})


def _tasks(query: DueQuery) -> Iterator[Due]:
    """A task of the reform plan that is not done."""
    for number, deadline, module, task, lead, code, name in query.rows(_TASKS):
        facts = {"module": module}
        yield Due(as_date(deadline), code or "", name or lead, task, f"task-{number}", facts)


# -- all of it -----------------------------------------------------------------------------------

KINDS: tuple[Kind, ...] = (
    Kind("due-talk", _talks),
    Kind("due-step", _next_steps, is_limit=False),
    Kind("due-approval", _approvals),
    Kind("due-form", _forms),
    Kind("due-numbers", _numbers),
    Kind("due-dispute", _disputes),
    Kind("due-age", _ages),
    Kind("due-transfer", _transfers),
    Kind("due-papers", _missing_papers),
    Kind("due-graduates", _graduates),
    Kind("due-probation", _probations),
    Kind("due-registration", _registrations),
    Kind("due-erasure", _erasures),
    Kind("due-election", _elections),
    Kind("due-post", _posts),
    Kind("due-secretary", _seats),
    Kind("due-task", _tasks),
)


def due(query: DueQuery, names: Sequence[str] = ()) -> list[tuple[Kind, Due]]:
    """Everything that the query finds, including overdue things, by day, kind and organisation;
    only kinds with these names (without ``due-``) where some are given.

    :raises UsageError: there is no such kind.
    """
    by_name = {kind.name.removeprefix("due-"): kind for kind in KINDS}
    if unknown := [name for name in names if name not in by_name]:
        raise UsageError("due-unknown", kinds=unknown, known=list(by_name))
    order = {kind: place for place, kind in enumerate(KINDS)}
    items = [
        (kind, item)
        for name, kind in by_name.items()
        if not names or name in names
        for item in kind.find(query)
    ]
    return sorted(
        items,
        key=lambda pair: (pair[1].day, order[pair[0]], pair[1].code, pair[1].about, pair[1].id),
    )
