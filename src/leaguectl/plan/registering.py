"""Yearly registration (年度团籍注册) with the grade of 教育评议."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from leaguectl.findings import Level
from leaguectl.plan.deed import Deed
from leaguectl.registry import Membership, Registration
from leaguectl.rules.lives import is_party_member
from leaguectl.rules.upkeep import excellent_share


def register(
    deed: Deed, top: str, year: int, grade: str | None, day: date, people: Collection[int]
) -> None:
    """Register the members from here down for a year: these, whatever was recorded of them, or all
    who are not registered yet.

    Who is unqualified gets the grade and is not registered; a Party member is registered without
    a grade.
    """
    subject = deed.name(top) or ""
    deed.has_happened(subject, day)
    if day.year < year:
        deed.fault("registered-early", subject, day=day, year=year)
    here = {one.person: one for one in _members(deed, top, day)}
    for person in sorted(set(people) - here.keys()):
        deed.fault("member-not-here", deed.registry.known_as(person), organization=subject)
    if deed.is_refused:
        return
    for person in sorted(set(people) or here):
        known = next(
            (one for one in deed.registry.having(Registration, "person", person)
             if one.year == year), None,
        )  # fmt: skip
        if known is None or people:
            _put(deed, known, here[person], year, grade, day)
    for branch, facts in excellent_share(deed.registry, deed.policy):
        if facts["year"] == year and not people:  # of some alone the rest is still to come
            deed.fault("excellent-share", branch, Level.WARNING, **facts)


def _members(deed: Deed, top: str, day: date) -> list[Membership]:
    return [
        one
        for one in deed.registry.memberships.values()
        if one.left is None
        and (one.begun is None or one.begun <= day)
        and deed.registry.is_below(one.organization, top)
    ]


def _put(
    deed: Deed,
    known: Registration | None,
    home: Membership,
    year: int,
    grade: str | None,
    day: date,
) -> None:
    person = deed.registry.persons[home.person]
    given = None if is_party_member(person.politics) else grade
    registered = None if given == "unqualified" else day
    if known is None:
        made = Registration(deed.registry.new_id(Registration), person.id, year, given, registered)
    else:
        made = replace(known, grade=given, registered=registered)
    deed.put(known, made)
    deed.rows.append(
        {
            "id": person.id,
            "name": person.name,
            "organization": deed.name(home.organization),
            "year": year,
            "grade": given,
            "registered": registered,
        }
    )
