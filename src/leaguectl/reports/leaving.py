"""Who leaves by age: the one list that ``member aging``, ``member leave --aged``, ``due`` and the
forecast go by. The rule ``over-age`` asks the same terms of what is loaded."""

from datetime import date

from leaguectl.model import Person
from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.lists import Row, as_date
from leaguectl.reports.predicates import has_post_on, is_member_on, is_of_age, joined_party
from leaguectl.rules.membership_terms import AgeTerms, is_in_party

_OF_AGE = f"""
    SELECT person.id, person.name, number.number, membership.organization, organization.name,
        person.id_number, person.politics, {joined_party()}, membership."left"
    FROM membership JOIN person ON person.id = membership.person
    JOIN organization ON organization.code = membership.organization
    LEFT JOIN number ON number.person = person.id
    WHERE {is_of_age()} AND {is_member_on(day=":day")} AND NOT {has_post_on()}
    AND membership.organization IN (SELECT code FROM below)
"""


def of_age(reader: Queryable, terms: AgeTerms, by: date, day: date, org: str = "") -> list[Row]:
    """Members on ``day`` who hold no post then and are of the age to leave by another day, the
    first to turn first: the day on which they turn, whether they are in the Party, and whether they
    stay for that; ``left`` is when they left afterwards."""
    asked = {"youngest": terms.youngest_of_age(by), "day": day.isoformat(), "org": org}
    rows = []
    for (
        number, name, development_number, code, organization, id_number, politics, joined, left,
    ) in reader.rows(BELOW + _OF_AGE, asked):  # fmt: skip
        person = Person(number, name, id_number)
        if not person.is_dated:
            continue  # a standing rule names the ID number, which another program changed
        party = is_in_party(politics, as_date(joined), day)
        rows.append({
            "id": number, "name": name, "number": development_number, "code": code,
            "organization": organization, "turns": terms.reached(person.born), "party": party,
            "stays": terms.stays(in_party=party), "left": left,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["turns"], row["id"]))
