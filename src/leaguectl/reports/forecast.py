"""Next year's base (基数摸底): who is there, who goes, and the places that keep the ratios.

Queries and arithmetic alone; the numbers of the policy are handed in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.reports.lists import as_date
from leaguectl.reports.predicates import has_post_on, is_member_on, is_of_age, joined_party
from leaguectl.rules.membership_terms import AgeTerms, is_in_party

_ORGANIZATIONS = """
    SELECT code, name, parent, type, sector FROM organization WHERE code IN (SELECT code FROM below)
"""
_AGES_OUT = f"({is_of_age()} AND NOT {has_post_on()})"
_MEMBERS = f"""
    SELECT organization, outcome, politics, joined_party, count(*) FROM (
        SELECT membership.organization,
            CASE WHEN {_AGES_OUT} THEN coalesce(person.politics, '') END AS politics,
            CASE WHEN {_AGES_OUT} THEN {joined_party()} END AS joined_party,
            CASE
                WHEN organization.type = 'graduating branch'
                    AND coalesce(organization.graduates, :year) = :year THEN 'graduating'
                WHEN EXISTS (
                    SELECT 1 FROM transfer WHERE transfer.person = person.id
                    AND transfer.state = 'pending' AND transfer.target IS NULL
                ) THEN 'transferring'
                ELSE 'staying'
            END AS outcome
        FROM membership
        JOIN person ON person.id = membership.person
        JOIN organization ON organization.code = membership.organization
        WHERE membership.organization IN (SELECT code FROM below)
        AND {is_member_on(day=":day")}
    ) AS outcomes GROUP BY organization, outcome, politics, joined_party
"""
"""Members by what becomes of them; of those who age out (``politics`` is not null) with what tells
whether they are in the Party, since whether those stay is for the policy to say."""

_SURVEYS = """
    SELECT organization, stage, students, youth, year FROM survey
    WHERE organization IN (SELECT code FROM below) AND year = (
        SELECT max(latest.year) FROM survey AS latest
        WHERE latest.organization = survey.organization AND latest.year <= :year
    ) ORDER BY organization, stage
"""

_STAGES: dict[tuple[str, bool], tuple[str, ...]] = {
    ("junior middle", True): ("junior graduating", "junior middle"),
    ("junior middle", False): ("junior middle",),
    ("senior middle", True): ("senior graduating", "senior middle"),
    ("senior middle", False): ("senior middle",),
    ("vocational", True): ("senior graduating", "vocational"),
    ("vocational", False): ("vocational",),
}
"""To which stage of a survey a branch belongs, by its sector and whether its class graduates."""

NEXT = {"junior middle": "junior graduating", "senior middle": "senior graduating",
        "vocational": "senior graduating"}  # fmt: skip
"""Who stays in a stage is in the graduating class of the other soon: its cap is kept in time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One stage of one organisation; ``stage`` None: those of its members that no survey counts.

    ``base`` is its students or young people; ``room`` how many more members the cap leaves room
    for (None: no cap, or no count); ``places`` what is suggested.
    """

    code: str
    organization: str
    stage: str | None
    members: int = 0
    ageing: int = 0
    graduating: int = 0
    transferring: int = 0
    staying: int = 0
    base: int | None = None
    surveyed: int | None = None
    cap: Decimal | None = None
    room: int | None = None
    places: int = 0

    @property
    def leaving(self) -> int:
        """Those who will have left."""
        return self.ageing + self.graduating + self.transferring

    def ratio(self, members: int) -> Decimal | None:
        """So many members to the students or young people; None where those are not counted."""
        if not self.base:
            return None
        return (Decimal(members) / Decimal(self.base)).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Outlook:
    """Next year's base: a row for each stage of each organisation that was surveyed, one for all
    the others, and the sum of them."""

    year: int
    day: str
    terms: AgeTerms
    rows: Sequence[Row]
    total: Row
    left_out: Sequence[str] = field(default=())
    """Organisations that were surveyed, and lie above one that was."""


def foresee(
    reader: Queryable, year: int, day: date, terms: AgeTerms,
    caps: Mapping[str, Decimal | None], org: str = "", places: int | None = None,
) -> Outlook:  # fmt: skip
    """What next year begins with; ``places`` are split over the rows, else as many as leave are
    suggested where the cap has room.

    :raises ValueError: there are fewer rooms than ``places``.
    """
    youngest = terms.youngest_of_age(date(year, 12, 31))
    asked = {"org": org, "year": year, "day": day.isoformat(), "youngest": youngest}
    organizations = {row[0]: row for row in reader.rows(BELOW + _ORGANIZATIONS, {"org": org})}
    surveys: dict[str, dict[str, Sequence[Any]]] = {}
    for row in reader.rows(BELOW + _SURVEYS, {"org": org, "year": year}):
        surveys.setdefault(row[0], {})[row[1]] = row
    above = {
        up for code in surveys for up in _upward(code, organizations) if up != code
    } & surveys.keys()
    rows: dict[tuple[str, str | None], Row] = {
        (code, stage): _surveyed(organizations[code], stage, counted, caps)
        for code in sorted(surveys.keys() - above)
        for stage, counted in surveys[code].items()
    }
    for code, outcome, politics, joined, count in reader.rows(BELOW + _MEMBERS, asked):
        if politics is not None:
            in_party = is_in_party(politics, as_date(joined), day)
            outcome = outcome if terms.stays(in_party=in_party) else "ageing"
        key = _row_of(code, organizations, surveys, above)
        so_far = rows.get(key) or Row(key[0], _name(key[0], organizations), None)
        more: dict[str, Any] = {outcome: getattr(so_far, outcome) + int(count)}
        rows[key] = replace(so_far, members=so_far.members + int(count), **more)
    found = [_with_room(one) for one in rows.values()]
    split = _suggested(found) if places is None else _split(found, places)
    final = [replace(one, places=of) for one, of in zip(found, split, strict=True)]
    return Outlook(year, day.isoformat(), terms, final, _sum(final), sorted(above))


def _upward(code: str, organizations: Mapping[str, Sequence[Any]]) -> Iterable[str]:
    at: str | None = code
    while at is not None and at in organizations:
        yield at
        at = organizations[at][2]


def _name(code: str, organizations: Mapping[str, Sequence[Any]]) -> str:
    return str(organizations[code][1]) if code in organizations else ""


def _surveyed(
    organization: Sequence[Any], stage: str, row: Sequence[Any], caps: Mapping[str, Decimal | None]
) -> Row:
    students, youth = row[2], row[3]
    base = (youth or students) if stage == "youth" else (students or youth)
    cap = caps.get(stage) or caps.get(NEXT.get(stage, ""))
    return Row(organization[0], organization[1], stage, base=base, surveyed=row[4], cap=cap)


def _row_of(
    code: str, organizations: Mapping[str, Sequence[Any]],
    surveys: Mapping[str, Mapping[str, Any]], above: set[str],
) -> tuple[str, str | None]:  # fmt: skip
    """Where the members of a branch count: the nearest surveyed organisation and its stage."""
    up = list(_upward(code, organizations))
    home = next((one for one in up if one in surveys and one not in above), None)
    if home is None:
        return "", None
    sector = next((organizations[one][4] for one in up if organizations[one][4]), "other")
    graduates = organizations[code][3] == "graduating branch"
    wanted = _STAGES.get((sector, graduates), ("youth",))
    stages = surveys[home]
    if len(stages) == 1:
        return home, next(iter(stages))
    return home, next((one for one in wanted if one in stages), None)


def _with_room(row: Row) -> Row:
    """How many more members the cap leaves room for; none where the whole class leaves."""
    if row.stage is not None and row.stage.endswith("graduating"):
        return replace(row, room=0)
    if row.cap is None or not row.base:
        return row
    return replace(row, room=max(int(row.cap * row.base) - row.staying, 0))


def _suggested(rows: Sequence[Row]) -> list[int]:
    """As many places as leave each organisation, so that its number holds, in those of its stages
    that have room for them."""
    left: dict[str, int] = {}
    for one in rows:
        left[one.code] = left.get(one.code, 0) + one.leaving
    places = []
    for one in rows:
        here = left[one.code] if one.room is None else min(left[one.code], one.room)
        left[one.code] -= here
        places.append(here)
    return places


def _split(rows: Sequence[Row], places: int) -> list[int]:
    """Split the places by how many are suggested for each, never above its room; what is left over
    by rounding goes to the largest remainders (Hamilton), first come first where they are equal."""
    rooms = [one.room if one.room is not None else places for one in rows]
    if sum(rooms) < places:
        raise ValueError(sum(rooms))
    given, suggested = [0] * len(rows), _suggested(rows)
    while left := places - sum(given):
        open_rows = [at for at, room in enumerate(rooms) if given[at] < room]
        weights = {at: suggested[at] for at in open_rows}
        if not any(weights.values()):
            weights = {at: rooms[at] - given[at] for at in open_rows}
        whole = sum(weights.values())
        shares = {at: Decimal(left * weight) / Decimal(whole) for at, weight in weights.items()}
        taken = {at: min(int(share), rooms[at] - given[at]) for at, share in shares.items()}
        rest = left - sum(taken.values())
        for at in sorted(shares, key=lambda at: (int(shares[at]) - shares[at], at)):
            if rest and given[at] + taken[at] < rooms[at] and weights[at]:
                taken[at] += 1
                rest -= 1
        for at, of in taken.items():
            given[at] += of
        if not any(taken.values()):
            break
    return given


def _sum(rows: Sequence[Row]) -> Row:
    names = ("members", "ageing", "graduating", "transferring", "staying", "places")
    return Row("", "", None, **{name: sum(getattr(one, name) for one in rows) for name in names})
