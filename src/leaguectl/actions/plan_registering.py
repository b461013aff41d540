"""Yearly registration (年度团籍注册) with the grade of 教育评议."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from leaguectl.actions.change_set import ChangeSet
from leaguectl.findings import Level
from leaguectl.model import Membership, Registration
from leaguectl.model.periods import is_member_on
from leaguectl.rules.membership_terms import is_party_member
from leaguectl.rules.upkeep import excellent_share


def register(
    change_set: ChangeSet,
    top: str,
    year: int,
    grade: str | None,
    day: date,
    people: Collection[int],
) -> None:
    """Register the members from here down for a year: these, whatever was recorded of them, or all
    who are not registered yet.

    Who is unqualified gets the grade and is not registered; a Party member is registered without
    a grade.
    """
    subject = change_set.name(top) or ""
    change_set.has_happened(subject, day)
    if day.year < year:
        change_set.fault("registered-early", subject, day=day, year=year)
    here = {one.person: one for one in _members(change_set, top, day)}
    for person in sorted(set(people) - here.keys()):
        change_set.fault(
            "member-not-here", change_set.snapshot.known_as(person), organization=subject
        )
    if change_set.is_refused:
        return
    for person in sorted(set(people) or here):
        known = next(
            (one for one in change_set.snapshot.having(Registration, "person", person)
             if one.year == year), None,
        )  # fmt: skip
        if known is None or people:
            _put(change_set, known, here[person], year, grade, day)
    for branch, facts in excellent_share(change_set.snapshot, change_set.policy):
        if facts["year"] == year and not people:  # of some alone the rest is still to come
            change_set.fault("excellent-share", branch, Level.WARNING, **facts)


def _members(change_set: ChangeSet, top: str, day: date) -> list[Membership]:
    return [
        one
        for one in change_set.snapshot.memberships.values()
        if one.left is None
        and is_member_on(one, day)
        and change_set.snapshot.is_below(one.organization, top)
    ]


def _put(
    change_set: ChangeSet,
    known: Registration | None,
    home: Membership,
    year: int,
    grade: str | None,
    day: date,
) -> None:
    person = change_set.snapshot.persons[home.person]
    given = None if is_party_member(change_set.snapshot, person, day) else grade
    registered = None if given == "unqualified" else day
    if known is None:
        made = Registration(
            change_set.snapshot.new_id(Registration), person.id, year, given, registered
        )
    else:
        made = replace(known, grade=given, registered=registered)
    change_set.put(known, made)
    change_set.rows.append(
        {
            "id": person.id,
            "name": person.name,
            "organization": change_set.name(home.organization),
            "year": year,
            "grade": given,
            "registered": registered,
        }
    )
