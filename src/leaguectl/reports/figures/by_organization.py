"""The figures of a year for every organisation at once, each including the organisations below it.

Counted in a single pass over the rows rather than by a query for each organisation and figure,
since they are needed before and after each write where a year is closed. :func:`balances` has the
frozen figures; other figures of organisations are compared as rows (:func:`details`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from leaguectl.reports.figures.activities import ATTENDANCES
from leaguectl.reports.figures.cadres import HOLDER
from leaguectl.reports.figures.league import (
    ADMITTED_AWAY,
    ALL_FILES,
    CHAINS,
    COME,
    HAS_GONE,
    HAS_LEFT,
    MOVES,
)
from leaguectl.reports.figures.trees import Paths, Trees
from leaguectl.reports.predicates import (
    exists_on,
    home_of_step,
    is_held_on,
    is_member_on,
    value_on,
)
from leaguectl.store.reading import Reader

Balances = Mapping[str, Mapping[str, int]]
"""The figures of each organisation by key; a missing figure is 0."""

_MEMBERS = f"SELECT organization, count(*) FROM membership WHERE {is_member_on()} GROUP BY 1"
_LEFT = f"SELECT organization, count(*) FROM membership WHERE {HAS_LEFT} GROUP BY 1"
_GONE = f"SELECT organization, count(*) FROM membership WHERE {HAS_GONE} GROUP BY 1"
_DOMAIN = value_on("domain", "organization", "code", "admission.meeting")
_SECTOR = value_on("sector", "organization", "code")
_ADMITTED = f"""
    SELECT organization.code, coalesce({_DOMAIN}, 'society'), count(*)
    FROM admission JOIN organization ON organization.code = admission.organization
    WHERE admission.meeting BETWEEN :first AND :last GROUP BY 1, 2
"""
_MOVES = (
    f"SELECT person, day, organization, come - gone FROM ({MOVES}) AS ends ORDER BY person, day"
)
_ORGANIZATIONS = f"SELECT code, {_SECTOR} FROM organization WHERE {exists_on()}"
_PLACES = """
    SELECT quota.organization, number.state, count(*)
    FROM number JOIN quota ON quota.id = number.quota WHERE quota.year = :year GROUP BY 1, 2
"""
_OF_SECTOR = {"village": "organizations.villages", "community": "organizations.communities"}

KEYS = (
    *("organizations.total", "organizations.villages", "organizations.communities"),
    *("members.opening", "admissions.total", "members.transferred_in", "members.transferred_out"),
    *("members.left", "members.total", "admissions.school", "admissions.society"),
    *("admissions.quota", "admissions.quota_left"),
)
"""The figures that are counted of every organisation, in the order in which they are shown."""


class _Sums:
    """Figures that are added up along the paths of a tree."""

    def __init__(self) -> None:
        self.by_code: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, key: str, codes: Iterable[str], count: int) -> None:
        """Count something of these organisations."""
        for code in codes:
            self.by_code[code][key] += count

    def add_below(self, key: str, rows: Iterable[Any], paths: Paths) -> None:
        """Add rows with an organisation and a count to it and all organisations above it."""
        for code, count in rows:
            self.add(key, paths.get(code, ()), int(count))

    def add_once(self, key: str, reached: Iterable[str], left: Iterable[str], paths: Paths) -> None:
        """Count a person who came to organisations, for every organisation above these that they
        were not in before: a move within an organisation is not a transfer for it."""
        within = {above for code in left for above in paths.get(code, ())}
        self.add(key, {above for code in reached for above in paths.get(code, ())} - within, 1)


def balances(reader: Reader, year: int, as_of: date | None = None) -> Balances:
    """The figures of organisations, members, admissions and places of the year for each
    organisation, equal to :func:`leaguectl.reports.figures.by_key` for one. Up to a day within the
    year, without those of places, which are only counted for the whole year."""
    first, eve = date(year, 1, 1), date(year - 1, 12, 31)
    last = as_of or date(year, 12, 31)
    trees, sums = Trees(reader), _Sums()
    end = {"last": last.isoformat()}
    at_end = trees.paths(last)
    opening = reader.rows(_MEMBERS, {"last": eve.isoformat()})
    sums.add_below("members.opening", opening, trees.paths(eve))
    sums.add_below("members.total", reader.rows(_MEMBERS, end), at_end)
    for span in trees.spans(first, last):
        days = dict(zip(("first", "last"), map(date.isoformat, span), strict=True))
        _add_flows(reader, sums, days, trees.paths(span[1]))
    for key, moved in zip(("in", "out"), trees.with_branches(first, last), strict=True):
        for code, members in moved.items():
            sums.add(f"members.transferred_{key}", [code], members)
    for code, sector in reader.rows(_ORGANIZATIONS, end):
        sums.add("organizations.total", at_end[code], 1)
        if sector in _OF_SECTOR:
            sums.add(_OF_SECTOR[sector], at_end[code], 1)
    for code, states in places(reader, year, at_end).items() if as_of is None else ():
        sums.add("admissions.quota", [code], states.total())
        sums.add("admissions.quota_left", [code], states["free"])
    return {
        code: {key: count for key, count in sorted(counts.items()) if count}
        for code, counts in sorted(sums.by_code.items())
    }


def places(reader: Reader, year: int, paths: Paths | None = None) -> dict[str, Counter[str]]:
    """How many places of the year's quotas are in each state, for each organisation that holds some
    and for all above it on the year's last day (or in the tree of those paths): a unit that was
    moved within the year has taken its places along, as the year's figures have it."""
    paths = Trees(reader).paths(date(year, 12, 31)) if paths is None else paths
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for holder, state, count in reader.rows(_PLACES, {"year": year}):
        for code in paths.get(holder, ()):
            found[code][state] += int(count)
    return found


def _add_flows(reader: Reader, sums: _Sums, days: Mapping[str, str], paths: Paths) -> None:
    """Add the events in days of the same tree."""
    for code, domain, count in reader.rows(_ADMITTED, days):
        above = paths.get(code, ())
        sums.add("admissions.total", above, int(count))
        key = "admissions.school" if domain == "school" else "admissions.society"
        sums.add(key, above, int(count))
    sums.add_below("members.left", reader.rows(_LEFT, days), paths)
    sums.add_below("members.transferred_out", reader.rows(_GONE, days), paths)
    for home, admitted_by in reader.rows(COME, days):
        if home != admitted_by:
            sums.add_once("members.transferred_in", [home], _known(admitted_by), paths)
    for homes in _by_first(reader.rows(ADMITTED_AWAY + " ORDER BY admission.id", days)):
        admitted_by = homes[0][1]
        begun = [home for _, _, home in homes if home is not None]
        if admitted_by not in begun:
            sums.add_once("members.transferred_out", [admitted_by], begun, paths)
    for _, ends in groupby(reader.rows(_MOVES, days), key=lambda row: (row[0], row[1])):
        net = Counter[str]()
        for _, _, organization, come in ends:
            for code in paths.get(organization, ()):
                net[code] += come
        for code, come in net.items():
            key = "members.transferred_in" if come > 0 else "members.transferred_out"
            sums.add(key, [code], abs(come))


def _known(code: str | None) -> list[str]:
    return [] if code is None else [code]


def _by_first(rows: Iterable[Any]) -> Iterator[list[Any]]:
    return (list(group) for _, group in groupby(rows, key=lambda row: row[0]))


# -- what else is shown of an organisation -------------------------------------------------------

_GRASSROOTS = f"{_SECTOR} IN ('village', 'community')"
_DUTY = value_on("duty", "post")
_SECRETARIES = value_on("secretary_seats", "organization", "code")
_COMMITTEES = value_on("committee_seats", "organization", "code")
_DETAILS = {
    "archive.complete_rate": f"SELECT organization, {CHAINS} {ALL_FILES} GROUP BY 1",
    "cadres.total": f"""
        SELECT organization.code, {HOLDER} FROM post
        JOIN organization ON organization.code = post.organization
        WHERE {is_held_on()} AND {exists_on()}
    """,
    "cadres.posts_filled_rate": f"""
        SELECT organization.code, {_SECRETARIES}, {_COMMITTEES},
            post.title, count(post.id) FROM organization
        LEFT JOIN post ON post.organization = organization.code AND {is_held_on()}
            AND post.title IN ('secretary', 'deputy secretary', 'committee member')
        WHERE {_GRASSROOTS} AND {exists_on()} GROUP BY 1, 2, 3, 4
    """,
    "cadres.on_duty_rate": f"""
        SELECT organization.code, {HOLDER}, {_DUTY} FROM post
        JOIN organization ON organization.code = post.organization
        WHERE {is_held_on()} AND {exists_on()} AND {_GRASSROOTS} AND {_DUTY} IS NOT NULL
    """,
    "activities.total": f"""
        SELECT organization, category, count(*), sum({ATTENDANCES}) FROM activity
        WHERE day BETWEEN :first AND :last GROUP BY 1, 2
    """,
    "activities.organizations": """
        SELECT coverage.organization, activity.category, count(*) FROM coverage
        JOIN activity ON activity.id = coverage.activity
        WHERE activity.day BETWEEN :first AND :last GROUP BY 1, 2
    """,
    "assessment.organizations": "SELECT DISTINCT organization FROM score WHERE year = :year",
    "ratios.member_student": """
        SELECT organization, stage, students, youth FROM survey WHERE year = :year
    """,
    "paths.joined_party": f"""
        SELECT {home_of_step()} AS home, kind, person FROM milestone
        WHERE day BETWEEN :first AND :last AND kind IN ('joined party', 'recommended to league')
    """,
}
"""The rows of further figures of an organisation, by the first of the figures counted from them."""


def details(reader: Reader, year: int) -> dict[str, dict[str, frozenset[Any]]]:
    """The rows that are counted for each figure and organisation: where they are equal, so are the
    figures."""
    parameters = {"year": year, "first": f"{year}-01-01", "last": f"{year}-12-31"}
    found: dict[str, dict[str, frozenset[Any]]] = {}
    for key, sql in _DETAILS.items():
        rows_of: dict[str, Counter[Any]] = defaultdict(Counter)
        for code, *rest in reader.rows(sql, parameters):
            rows_of[code][tuple(rest)] += 1
        found[key] = {code: frozenset(rows.items()) for code, rows in rows_of.items()}
    return found
