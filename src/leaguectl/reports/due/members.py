"""What falls due for members: leaving by age, papers on their way, probation, registration."""

from collections.abc import Iterator
from datetime import date, timedelta

from leaguectl.reports import history as histories
from leaguectl.reports import leaving
from leaguectl.reports.due.item import Asked, Due, Kind, a_day
from leaguectl.reports.predicates import exists_on, is_member_on
from leaguectl.rules import Policy
from leaguectl.rules.membership_terms import AgeTerms

_NOW = is_member_on(day=":today")
_PROBATION = f"""
    SELECT discipline.id, discipline.until, person.name, organization.code, organization.name
    FROM discipline JOIN person ON person.id = discipline.person
    JOIN membership ON membership.person = person.id AND {_NOW}
    JOIN organization ON organization.code = membership.organization
    WHERE discipline.kind = 'probation' AND discipline.until BETWEEN :today AND :until
    AND membership.organization IN (SELECT code FROM below)
"""
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
_GRADUATES = f"""
    SELECT organization.code, organization.name, organization.graduates, count(*)
    FROM membership JOIN organization ON organization.code = membership.organization
    WHERE {_NOW} AND organization.graduates <= :year
    AND {exists_on(day=":today")}
    AND membership.organization IN (SELECT code FROM below)
    GROUP BY organization.code, organization.name, organization.graduates
"""


def ages(asked: Asked) -> Iterator[Due]:
    """A member without a post comes to the age to leave, or did and is still here."""
    terms = AgeTerms.on(asked.policy, asked.until)
    for row in leaving.of_age(asked.reader, terms, asked.until, asked.today, asked.org):
        if not row["stays"]:
            yield Due(row["turns"], row["code"], row["organization"], row["name"],
                      f"person-{row['id']}-age", {"age": terms.age})  # fmt: skip


def transfers(asked: Asked) -> Iterator[Due]:
    """Papers that are on their way and have a day by which they must have come."""
    for row in histories.transfers(asked.reader, state="pending", org=asked.org):
        day = last_day_of_transfer(row, asked.policy)
        if day is not None and asked.is_near(day):
            here = "source" if row["source"] else "target"
            end = "from" if row["source"] else "to"
            facts = {"source": row["from"] or "", "target": row["to"] or ""}
            yield Due(day, row[here] or "", row[end] or "", row["name"],
                      f"transfer-{row['id']}", facts)  # fmt: skip


def last_day_of_transfer(row: histories.Row, policy: Policy) -> date | None:
    """The last day of the season for graduates; the last before it lapses for what goes outside or
    comes from there; None where nothing sets one."""
    if row["state"] != "pending":
        return None
    requested = a_day(row["requested"])
    numbers = policy.transfer_on(requested)
    if row["graduates"]:
        return date.fromisoformat(f"{requested.year}-{numbers.done_by}")
    if row["source"] and row["target"]:
        return None
    return requested + timedelta(days=numbers.lapse_days)


def graduates(asked: Asked) -> Iterator[Due]:
    """Members of a class that has left its school, by the end of the season of their papers."""
    for code, home, year, count in asked.rows(_GRADUATES, year=asked.until.year):
        done_by = asked.policy.transfer_on(date(year, 1, 1)).done_by
        day = date.fromisoformat(f"{year}-{done_by}")
        if asked.is_near(day):
            yield Due(day, code, home, str(count), f"graduates-{code}-{year}", {"count": count})


def probations(asked: Asked) -> Iterator[Due]:
    """A probation (留团察看) that ends."""
    for number, until, name, code, home in asked.rows(_PROBATION):
        yield Due(a_day(until), code, home, name, f"discipline-{number}")


def registrations(asked: Asked) -> Iterator[Due]:
    """Members who are not registered for the year, where registrations are kept."""
    for year in range(asked.today.year, asked.until.year + 1):
        last = asked.policy.member_on(date(year, 1, 1)).registered_by
        day = date.fromisoformat(f"{year}-{last}")
        if not asked.is_near(day):
            continue
        for code, home, count in asked.rows(_UNREGISTERED, year=year, begun=day.isoformat()):
            yield Due(day, code, home, str(count), f"registration-{code}-{year}",
                      {"count": count, "year": year})  # fmt: skip


MEMBERS = (
    Kind("due-age", ages),
    Kind("due-transfer", transfers),
    Kind("due-graduates", graduates),
    Kind("due-probation", probations),
    Kind("due-registration", registrations),
)
