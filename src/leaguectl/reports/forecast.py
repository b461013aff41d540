"""Next year's base (基数摸底): present members, members who leave, and the places that keep the
ratios.

The numbers are the policy's: the age of leaving at the end of the year, the caps at the end of the
year before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from leaguectl.findings import Refused
from leaguectl.model import STAGES as SURVEY_STAGES
from leaguectl.model.stages import STAGES
from leaguectl.reports.predicates import has_post_on, is_member_on, is_of_age, joined_party
from leaguectl.reports.query import Row, as_date, below_on, select
from leaguectl.reports.rulebook import policy_in
from leaguectl.rules.membership_terms import AgeTerms, is_in_party
from leaguectl.store.reading import Reader

_ORGANIZATIONS = """
    SELECT organization.code, tree.name, tree.parent, type, sector
    FROM organization JOIN tree ON tree.code = organization.code
    WHERE organization.code IN (SELECT code FROM below)
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
        WHERE membership.organization IN (SELECT code FROM below) AND {is_member_on(day=":day")}
    ) AS outcomes GROUP BY organization, outcome, politics, joined_party
"""
"""Members by outcome; for those who leave by age (``politics`` is not null) with what shows whether
they are in the Party, since the policy decides whether those stay."""

_SURVEYS = """
    SELECT organization, stage, students, youth, year FROM survey
    WHERE organization IN (SELECT code FROM below) AND year = (
        SELECT max(latest.year) FROM survey AS latest
        WHERE latest.organization = survey.organization AND latest.year <= :year
    ) ORDER BY organization, stage
"""

_NEXT_STAGE = {"junior middle": "junior graduating", "senior middle": "senior graduating",
               "vocational": "senior graduating"}  # fmt: skip
"""Members of these stages will soon be in the graduating class: its cap is kept early."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of an organisation; ``stage`` None: its members that no survey counts.

    ``base`` is its number of students or young people; ``room`` how many more members the cap
    allows (None: no cap, or no count); ``places`` the suggested places.
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
    cap: Decimal | None = None
    room: int | None = None
    places: int = 0

    @property
    def leaving(self) -> int:
        """The number of members who will have left."""
        return self.ageing + self.graduating + self.transferring

    def ratio(self, members: int) -> Decimal | None:
        """The ratio of this number of members to the students or young people; None where those are
        not counted."""
        if not self.base:
            return None
        return (Decimal(members) / Decimal(self.base)).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a year begins with, as seen on a day: a row for each stage of each surveyed
    organisation, one for all others, and the total.

    ``left_out`` are surveyed organisations above another surveyed one.
    """

    year: int
    day: date
    terms: AgeTerms
    rows: Sequence[StageRow]
    total: StageRow
    left_out: Sequence[str] = ()


def forecast(
    reader: Reader, year: int, day: date, org: str = "", places: int | None = None
) -> Forecast:
    """What a year begins with, as seen on a day; ``places`` are split over the rows; without them,
    the number of leaving members is suggested where the cap allows.

    :raises Refused: the caps have no room for so many places.
    """
    policy = policy_in(reader)
    terms = AgeTerms.on(policy, date(year, 12, 31))
    limits = policy.ratio_on(date(year - 1, 12, 31))
    caps = {stage: limits.cap(stage) for stage in SURVEY_STAGES}
    below = below_on(reader, day.isoformat(), ":day")
    parameters = {"org": org, "year": year, "day": day.isoformat()}
    tree = {row["code"]: row for row in select(reader, below + _ORGANIZATIONS, parameters)}
    surveys: dict[str, dict[str, Row]] = {}
    for survey in select(reader, below + _SURVEYS, parameters):
        surveys.setdefault(survey["organization"], {})[survey["stage"]] = survey
    # An organisation surveyed above another one has the other's people in its count.
    left_out = {
        above for code in surveys for above in _upward(code, tree) if above != code
    } & surveys.keys()
    rows: dict[tuple[str, str | None], StageRow] = {
        (code, stage): _surveyed(tree[code], survey, caps)
        for code in sorted(surveys.keys() - left_out)
        for stage, survey in surveys[code].items()
    }
    for branch, outcome, count in _outcomes(reader, year, day, terms, org):
        code, stage = _counted_in(branch, tree, surveys, left_out)
        name = tree[code]["name"] if code in tree else ""
        row = rows.get((code, stage)) or StageRow(code, name, None)
        changed: dict[str, Any] = {outcome: getattr(row, outcome) + count}
        rows[code, stage] = replace(row, members=row.members + count, **changed)
    with_room = [_with_room(row) for row in rows.values()]
    try:
        shares = suggested(with_room) if places is None else split(with_room, places)
    except ValueError as error:
        raise Refused("places-beyond-room", places=places, room=error.args[0]) from None
    final = [replace(row, places=share) for row, share in zip(with_room, shares, strict=True)]
    return Forecast(year, day, terms, final, _sum(final), sorted(left_out))


def _outcomes(
    reader: Reader, year: int, day: date, terms: AgeTerms, org: str
) -> Iterator[tuple[str, str, int]]:
    """How many members of each organisation have which outcome: a field of :class:`StageRow`."""
    youngest = terms.youngest_of_age(date(year, 12, 31))
    parameters = {"org": org, "year": year, "day": day.isoformat(), "youngest": youngest}
    below = below_on(reader, day.isoformat(), ":day")
    for branch, outcome, politics, joined, count in reader.rows(below + _MEMBERS, parameters):
        ages_out = politics is not None and not terms.stays(
            in_party=is_in_party(politics, joined and as_date(joined), day)
        )
        yield branch, "ageing" if ages_out else outcome, int(count)


def _upward(branch: str, tree: Mapping[str, Row]) -> Iterable[str]:
    """The codes of an organisation and of all above it."""
    code: str | None = branch
    while code is not None and code in tree:
        yield code
        code = tree[code]["parent"]


def _surveyed(organization: Row, survey: Row, caps: Mapping[str, Decimal | None]) -> StageRow:
    """The row of one survey, with no member in it so far."""
    stage, students, youth = survey["stage"], survey["students"], survey["youth"]
    base = (youth or students) if stage == "youth" else (students or youth)
    # A stage without a cap of its own has that of the class it becomes.
    cap = caps.get(stage) or caps.get(_NEXT_STAGE.get(stage, ""))
    return StageRow(organization["code"], organization["name"], stage, base=base, cap=cap)


def _counted_in(
    branch: str, tree: Mapping[str, Row], surveys: Mapping[str, Mapping[str, Row]],
    left_out: set[str],
) -> tuple[str, str | None]:  # fmt: skip
    """Where the members of a branch count: the nearest surveyed organisation and its stage."""
    above = list(_upward(branch, tree))
    # Members count once, where they were surveyed: an organisation left out counts nobody.
    home = next((code for code in above if code in surveys and code not in left_out), None)
    if home is None:
        return "", None
    stages = surveys[home]
    if len(stages) == 1:  # all members there were counted in it, whatever their branch is called
        return home, next(iter(stages))
    sector = next((tree[code]["sector"] for code in above if tree[code]["sector"]), "other")
    graduates = tree[branch]["type"] == "graduating branch"
    fitting = STAGES.get((sector, graduates), ("youth",))
    return home, next((stage for stage in fitting if stage in stages), None)


def _with_room(row: StageRow) -> StageRow:
    """The row with the number of further members that the cap allows; none where the whole class
    leaves."""
    if row.stage is not None and row.stage.endswith("graduating"):
        return replace(row, room=0)
    if row.cap is None or not row.base:
        return row
    # Rounded down: another member would exceed the cap.
    return replace(row, room=max(int(row.cap * row.base) - row.staying, 0))


def suggested(rows: Sequence[StageRow]) -> list[int]:
    """As many places as members leave each organisation, so that its number stays, in its stages
    that have room for them."""
    leaving: dict[str, int] = {}
    for row in rows:
        leaving[row.code] = leaving.get(row.code, 0) + row.leaving
    places = []
    for row in rows:
        here = leaving[row.code] if row.room is None else min(leaving[row.code], row.room)
        leaving[row.code] -= here
        places.append(here)
    return places


def split(rows: Sequence[StageRow], places: int) -> list[int]:
    """Split the places in proportion to the suggestions for the rows, never above a row's room.

    A row that would get more than its room gets just that, and the rest is split over the others in
    another round, so that no place is lost.

    :raises ValueError: there is less room than places; the error has the room.
    """
    rooms = [row.room if row.room is not None else places for row in rows]
    if sum(rooms) < places:
        raise ValueError(sum(rooms))
    wanted = suggested(rows)
    shares = [0] * len(rows)
    while (rest := places - sum(shares)) > 0:
        free = [room - share for room, share in zip(rooms, shares, strict=True)]
        weights = [weight if room else 0 for weight, room in zip(wanted, free, strict=True)]
        # Where no row with room has a suggestion, split in proportion to the room.
        for index, share in enumerate(_apportion(rest, weights if any(weights) else free, free)):
            shares[index] += share
    return shares


def _apportion(places: int, weights: Sequence[int], limits: Sequence[int]) -> list[int]:
    """A round of the method of largest remainders (Hamilton): the whole part of each quota, then
    one more each for the largest remainders, earlier rows first where they are equal; all within
    the limits."""
    total = sum(weights)
    quotas = [Decimal(places * weight) / Decimal(total) for weight in weights]
    shares = [min(int(quota), limit) for quota, limit in zip(quotas, limits, strict=True)]
    rest = places - sum(shares)
    # Python sorts stably, so equal remainders keep the order of the rows.
    by_remainder = sorted(range(len(quotas)), key=lambda index: int(quotas[index]) - quotas[index])
    for index in by_remainder:
        if rest and weights[index] and shares[index] < limits[index]:
            shares[index] += 1
            rest -= 1
    return shares


def _sum(rows: Sequence[StageRow]) -> StageRow:
    names = ("members", "ageing", "graduating", "transferring", "staying", "places")
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    return StageRow("", "", None, **sums)
