"""What only reads: the year's figures, lists and cards. Light: a script waits for it."""

import json
from dataclasses import dataclass
from datetime import date

from leaguectl.actions.identify import identify_organization, identify_person, organization_code
from leaguectl.findings import Finding, NotFound, UsageError
from leaguectl.reports import figures
from leaguectl.reports import history as histories
from leaguectl.reports import lists as views
from leaguectl.store import Location
from leaguectl.store.reading import open_reader


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a year, for an organisation or for all, up to a day."""

    year: int
    as_of: date
    organization: str | None
    values: list[figures.Value]


def year_figures(
    location: Location, year: int, as_of: date | None = None, org: str | None = None,
    only: str | None = None,
) -> Year:  # fmt: skip
    """Count the year's figures, or the one of that key.

    :raises UsageError: ``as_of`` lies before the year.
    """
    last = date(year, 12, 31)
    if as_of is not None and as_of.year < year:
        raise UsageError("as-of-before-year", day=as_of, year=year)
    with open_reader(location) as reader:
        code = organization_code(reader, org)
        values = figures.count(reader, year, as_of, code, only)
        name = views.organization_name(reader, code) if code else None
    return Year(year, min(as_of or last, last), name, values)


def year_before(day: date) -> date:
    """The same day a year before; 28 February for the 29th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def quota_rows(location: Location, year: int, org: str | None = None) -> list[views.Row]:
    """The year's quotas down the tree."""
    with open_reader(location) as reader:
        return views.quotas(reader, year, organization_code(reader, org))


def quota_findings(location: Location, year: int) -> list[Finding]:
    """What the rules of the book find wrong with the year's quotas."""
    from leaguectl.actions.policies import policy_in  # the figures do without the rules
    from leaguectl.reports import quota_check

    with open_reader(location) as reader:
        return quota_check.findings(reader, policy_in(reader), year)


def members(location: Location, text: str, org: str | None = None) -> list[views.Row]:
    """The people whom ``text`` can mean."""
    with open_reader(location) as reader:
        return views.find_members(reader, text, organization_code(reader, org))


def member(location: Location, text: str) -> views.Row:
    """One person with the admission, and what happened since."""
    with open_reader(location) as reader:
        person = identify_person(reader, text)
        return {**views.member(reader, person), "history": histories.of_person(reader, person)}


def organization_tree(
    location: Location, org: str | None = None, day: date | None = None
) -> list[views.Row]:
    """The organisations from the top down, with their members on that day."""
    with open_reader(location) as reader:
        return views.organizations(
            reader, organization_code(reader, org), day.isoformat() if day else None
        )


def organization_card(location: Location, text: str, year: int) -> views.Row:
    """One organisation: what it is, its members, what lies directly below, its places of a year."""
    with open_reader(location) as reader:
        code = identify_organization(reader, text)
        tree = views.organizations(reader, code)
        below = [one for one in tree if one["depth"] == 1]
        own = [one for one in views.quotas(reader, year, code) if one["code"] == code]
        history = histories.of_organization(reader, code)
    return {**tree[0], "below": below, "quota": own, "history": history}


def operation_rows(location: Location) -> list[views.Row]:
    """What was written, the newest first."""
    with open_reader(location) as reader:
        return [_unfolded(one) for one in views.operations(reader)]


def operation_card(location: Location, number: int) -> views.Row:
    """One operation and how many rows it wrote and replaced, by noun.

    :raises NotFound: there is no such operation.
    """
    with open_reader(location) as reader:
        found = views.operations(reader, number) if number > 0 else []
        if not found:
            raise NotFound("operation-not-found", operation=number)
        return {**_unfolded(found[0]), "replaced": views.replaced(reader, number)}


def _unfolded(operation: views.Row) -> views.Row:
    return operation | {key: json.loads(operation[key]) for key in ("sources", "counts")}
