"""What the county did: lists that agree with its figures, and what is missing of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from leaguectl.actions import Request
from leaguectl.actions.identify import organization_code
from leaguectl.actions.policies import policy_in
from leaguectl.model import ACTIVITY_CATEGORIES, TRAINING_CATEGORIES
from leaguectl.reports import lists as views
from leaguectl.reports.lists import doings
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

Row = views.Row
TRAININGS, ACTIVITIES = TRAINING_CATEGORIES, ACTIVITY_CATEGORIES


@dataclass(frozen=True, slots=True)
class Posts:
    """Terms and empty seats, with the seats that they are counted from."""

    rows: Sequence[Row]
    seats: int
    filled: int

    @property
    def empty(self) -> int:
        """Seats that nobody holds."""
        return self.seats - self.filled


def posts(location: Location, day: date, org: str | None, *, past: bool, empty: bool) -> Posts:
    """Who holds a post on that day or is to hold one, and a row for each seat that nobody holds.

    With ``past`` the terms that ended before too; with ``empty`` the empty seats alone.
    """
    with open_reader(location) as reader:
        code = organization_code(reader, org)
        found = doings.posts(reader, code)
        seats = doings.seats(reader, day.isoformat(), code)
    for row in found:
        row["state"] = _state(row, day.isoformat())
    rows = [] if empty else [row for row in found if past or row["state"] != "past"]
    for one in seats:
        rows += [_empty(one, "secretary")] * max(one["secretary_seats"] - one["secretaries"], 0)
        rows += [_empty(one, "committee member")] * max(one["other_seats"] - one["others"], 0)
    total = sum(one["secretary_seats"] + one["other_seats"] for one in seats)
    missing = sum(row["state"] == "empty" for row in rows)
    return Posts(sorted(rows, key=lambda row: str(row["code"])), total, total - missing)


def _state(post: Row, day: str) -> str:
    if post["until"] is not None and post["until"] <= day:
        return "past"
    return "ahead" if post["since"] > day else "held"


def _empty(one: Row, title: str) -> Row:
    keys = ("id", "post", "name", "since", "until", "basis", "source", "duty", "person", "reason")
    place = {"organization": one["organization"], "code": one["code"], "title": title}
    return {**dict.fromkeys(keys), **place, "state": "empty"}


def trainings(location: Location, year: int, category: str) -> list[Row]:
    """The sessions of a year."""
    with open_reader(location) as reader:
        return doings.trainings(reader, *_days(year), category)


def untrained(location: Location, year: int, today: date, org: str | None) -> list[Row]:
    """Who holds a post at the end of the year, or today within it, and attended no training of
    the year."""
    first, last = _days(year)
    with open_reader(location) as reader:
        code = organization_code(reader, org)
        return doings.untrained(reader, first, min(last, today.isoformat()), code)


def activities(location: Location, year: int, org: str | None, category: str) -> list[Row]:
    """The activities of a year."""
    with open_reader(location) as reader:
        return doings.activities(reader, *_days(year), organization_code(reader, org), category)


def missing(request: Request, year: int, org: str | None) -> list[Row]:
    """What each branch still owes of 三会两制一课: for each kind of meeting the periods of the year
    in which none covered it, of those that are over and in which the branch was there."""
    first, last = _days(year)
    with open_reader(request.location) as reader:
        months = policy_in(reader).life_on(date(year, 12, 31)).months
        code = organization_code(reader, org)
        branches = doings.branches(reader, first, last, code)
        held = doings.held(reader, first, last, code)
    rows = []
    for branch in branches:
        for category, span in months.items():
            asked = _periods(year, span, branch, request.today)
            lacks = [
                period
                for period, within in asked.items()
                if not any((branch["code"], category, month) in held for month in within)
            ]
            if lacks:
                place = {"organization": branch["organization"], "code": branch["code"]}
                told = {"category": category, "asked": len(asked), "missing": lacks}
                rows.append({**place, **told, "held": len(asked) - len(lacks)})
    return rows


def _periods(year: int, span: int, branch: Row, today: date) -> Mapping[str, list[str]]:
    """The periods of so many months, by what they are called, with their months."""
    periods = {}
    for begins in range(1, 13, span) if span else ():
        months = [f"{year}-{month:02d}" for month in range(begins, min(begins + span, 13))]
        there = branch["founded"] is None or branch["founded"][:7] < months[0]
        stays = branch["dissolved"] is None or branch["dissolved"][:7] > months[-1]
        if there and stays and f"{today:%Y-%m}" > months[-1]:
            periods[months[0] if span == 1 else f"{months[0]}/{months[-1][5:]}"] = months
    return periods


def surveys(location: Location, year: int, org: str | None) -> list[Row]:
    """What was counted in a year, beside the members whom the rows give at its end or today."""
    day = _days(year)[1]
    with open_reader(location) as reader:
        caps = policy_in(reader).ratio_on(date(year, 12, 31))
        found = doings.surveys(reader, year, organization_code(reader, org))
        tree = {one["code"]: one for one in views.organizations(reader, "", day)}
    told = {(row["code"], row["stage"]) for row in found}
    members = dict.fromkeys(told, 0)
    for code, one in tree.items():
        for up in _upward(code, tree):
            for stage in (*_stages(one, tree), "youth"):
                if (up, stage) in told:
                    members[up, stage] += one["own_members"]
                    break
    for row in found:
        row["members"] = members[row["code"], row["stage"]]
        people = row["youth"] if row["stage"] == "youth" else row["students"]
        row["ratio"] = None if not people else _ratio(row["members"], people)
        row["cap"] = caps.cap(row["stage"])
    return found


def _ratio(members: int, people: int) -> Decimal:
    return (Decimal(members) / Decimal(people)).quantize(Decimal("0.0001"))


def _upward(code: str, tree: Mapping[str, Row]) -> list[str]:
    found: list[str] = []
    at: str | None = code
    while at is not None and at in tree and at not in found:
        found.append(at)
        at = tree[at]["parent"]
    return found


def _stages(one: Row, tree: Mapping[str, Row]) -> tuple[str, ...]:
    """To which stages of a survey the members of an organisation belong, the closest first."""
    sectors = (tree[code]["sector"] for code in _upward(one["code"], tree))
    sector = next((sector for sector in sectors if sector), None)
    if sector not in ("junior middle", "senior middle", "vocational"):
        return ()
    if one["type"] != "graduating branch":
        return (sector,)
    return ("junior graduating" if sector == "junior middle" else "senior graduating", sector)


def tasks(location: Location, today: date, org: str | None, module: str) -> list[Row]:
    """The tasks of the reform plan: done, open, or overdue."""
    with open_reader(location) as reader:
        found = doings.tasks(reader, organization_code(reader, org), module)
    for row in found:
        late = row["deadline"] is not None and row["deadline"] < today.isoformat()
        row["state"] = "done" if row["done"] else "overdue" if late else "open"
    return found


def _days(year: int) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"
