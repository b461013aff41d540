"""What the county did: lists that agree with its figures, and what is missing of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from leaguectl.model.stages import surveyed_members
from leaguectl.reports import organizations
from leaguectl.reports.figures.activities import ATTENDANCES
from leaguectl.reports.figures.cadres import HOLDER, SEATS, TRAINED
from leaguectl.reports.figures.trees import Trees
from leaguectl.reports.predicates import existed_within, is_held_on, value_on
from leaguectl.reports.query import BELOW, Row, as_date, below_on, days_of, select
from leaguectl.store.reading import Reader

if TYPE_CHECKING:
    from leaguectl.rules import Policy

# -- posts ---------------------------------------------------------------------------------------

_POSTS = """
    SELECT post.id, tree.name AS organization, post.organization AS code,
        post.said AS post, post.title, post.name, post.since, post.until, post.basis, post.source,
        post.duty, post.person, post.reason, post.since_precision, post.until_precision
    FROM post JOIN tree ON tree.code = post.organization
    WHERE post.organization IN (SELECT code FROM below) AND (:id = 0 OR post.id = :id)
    ORDER BY post.organization, CASE post.title WHEN 'secretary' THEN 1
        WHEN 'deputy secretary' THEN 2 WHEN 'committee member' THEN 3 ELSE 4 END, post.since,
        post.id
"""


@dataclass(frozen=True, slots=True)
class Posts:
    """Terms and empty seats, with the number of seats they are counted from."""

    rows: Sequence[Row]
    seats: int
    filled: int

    @property
    def empty(self) -> int:
        """The number of empty seats."""
        return self.seats - self.filled


def terms(
    reader: Reader, org: str = "", number: int = 0, below: str = BELOW, last: str = ""
) -> list[Row]:
    """The terms of an organisation and all below it, including past and future terms; a single term
    where its number is given. ``below`` is the tree of the day ``last``, where that is not
    today's."""
    return select(reader, below + _POSTS, {"org": org, "id": number, "last": last})


def posts(
    reader: Reader, day: date, today: date, org: str = "", *, past: bool, empty: bool
) -> Posts:
    """Present and future holders of posts, and a row for each empty seat, as the figures count
    seats. How a term has ended since that day is left out; when one is to end may have been known.

    ``past`` adds terms that ended before; ``empty`` gives only the empty seats.
    """
    last = day.isoformat()
    below = below_on(reader, last)
    rows = [] if empty else terms(reader, org, below=below, last=last)
    for row in rows:
        if row["until"] is not None and last < row["until"] <= today.isoformat():
            row |= {"until": None, "reason": None}
        row["state"] = _state(row, last)
    rows = [row for row in rows if past or row["state"] != "past"]
    seats = select(reader, below + SEATS, {"org": org, "last": last})
    empty_seats = []
    for seat in seats:
        no_secretary = seat["secretary_seats"] - seat["secretaries"]
        no_others = seat["other_seats"] - seat["others"]
        empty_seats += [_empty(seat, "secretary")] * max(no_secretary, 0)
        empty_seats += [_empty(seat, "committee member")] * max(no_others, 0)
    total = sum(seat["secretary_seats"] + seat["other_seats"] for seat in seats)
    # Sorted stably: within an organisation the terms stay in the order of their rank.
    both = sorted([*rows, *empty_seats], key=lambda row: str(row["code"]))
    return Posts(both, total, total - len(empty_seats))


def _state(term: Row, day: str) -> str:
    # A month of which the day is not known counts to its end.
    if term["until"] is not None and f"{term['until']}-31"[:10] <= day:
        return "past"
    # Text, since ISO days compare like days; the end is the first day without the holder.
    return "ahead" if term["since"] > day else "held"


def _empty(seat: Row, title: str) -> Row:
    keys = ("id", "post", "name", "since", "until", "basis", "source", "duty", "person", "reason")
    place = {"organization": seat["name"], "code": seat["code"], "title": title}
    return {**dict.fromkeys(keys), **place, "state": "empty"}


# -- trainings -----------------------------------------------------------------------------------

_TRAININGS = f"""
    SELECT training.name AS training, training.category, training.said, training.day,
        count(trainee.id) AS attendances
    {TRAINED} AND (:category = '' OR category = :category) AND (:said = '' OR said = :said)
    GROUP BY training.id, training.name, training.category, training.said, training.day
    ORDER BY training.day, training.name
"""
_UNTRAINED = f"""
    SELECT {HOLDER} AS holder, post.name, tree.name AS organization,
        post.organization AS code, post.said AS post
    FROM post JOIN tree ON tree.code = post.organization
    WHERE post.organization IN (SELECT code FROM below)
    AND {is_held_on()}
    AND NOT EXISTS (
        SELECT 1 FROM trainee JOIN training ON training.id = trainee.training
        WHERE training.day BETWEEN :first AND :last
        -- Where either is known only by name, only the names can be compared.
        AND (trainee.person = post.person OR (trainee.name = post.name
             AND (trainee.person IS NULL OR post.person IS NULL)))
    )
    ORDER BY post.organization, post.id
"""


def trainings(
    reader: Reader, year: int, category: str = "", org: str = "", said: str = ""
) -> list[Row]:
    """The sessions of a year and how many people attended each; for an organisation, the sessions
    that its people attended and how many of them did. Of one category, or those alone that are
    ``said`` to be of it in these words."""
    first, last = days_of(year)
    parameters = {"first": first, "last": last, "category": category, "org": org, "said": said}
    return select(reader, below_on(reader, last) + _TRAININGS, parameters)


def untrained(reader: Reader, year: int, today: date, org: str = "") -> list[Row]:
    """People who hold a post at the end of the year (today, in the current year) and attended no
    training of the year: one row for each person, with all their posts."""
    first, last = days_of(year)
    last = min(last, today.isoformat())
    parameters = {"org": org, "first": first, "last": last}
    # A person with several posts has one row, at the place of the first.
    holders: dict[str, Row] = {}
    for row in select(reader, below_on(reader, last) + _UNTRAINED, parameters):
        holder = holders.setdefault(
            row["holder"], {key: row[key] for key in ("name", "organization", "code")}
        )
        elsewhere = row["code"] != holder["code"]
        post = f"{row['organization']} {row['post']}" if elsewhere else row["post"]
        holder.setdefault("posts", []).append(post)
    return list(holders.values())


# -- activities ----------------------------------------------------------------------------------

_ACTIVITIES = f"""
    SELECT activity.id, activity.day, activity.name AS activity, activity.category, activity.said,
        tree.name AS organization, activity.organization AS code,
        {ATTENDANCES} AS attendances
    FROM activity JOIN tree ON tree.code = activity.organization
    WHERE activity.organization IN (SELECT code FROM below)
    AND activity.day BETWEEN :first AND :last AND (:category = '' OR category = :category)
    AND (:said = '' OR said = :said)
    ORDER BY activity.day, activity.id
"""
_COVERED = """
    SELECT coverage.activity, tree.name
    FROM coverage JOIN tree ON tree.code = coverage.organization
    JOIN activity ON activity.id = coverage.activity
    WHERE activity.day BETWEEN :first AND :last ORDER BY coverage.activity, coverage.organization
"""
_HELD = """
    SELECT DISTINCT activity.category, activity.day, coverage.organization
    FROM activity JOIN coverage ON coverage.activity = activity.id
    WHERE activity.day BETWEEN :first AND :last
"""
_BRANCHES = f"""
    SELECT organization.code, tree.name AS organization, founded, dissolved
    FROM organization JOIN tree ON tree.code = organization.code
    WHERE organization.code IN (SELECT code FROM below)
    AND {value_on("type", "organization", "code")} IN ('branch', 'graduating branch')
    AND {existed_within()} ORDER BY organization.code
"""


def activities(
    reader: Reader, year: int, org: str = "", category: str = "", said: str = ""
) -> list[Row]:
    """The activities that an organisation and all below it held in a year, each with the
    organisations that it covered; of one category, or only those whose sheet has the words
    ``said``."""
    first, last = days_of(year)
    below = below_on(reader, last)
    covered: dict[int, list[str]] = {}
    parameters = {"org": org, "first": first, "last": last}
    for activity, name in reader.rows(below + _COVERED, parameters):
        covered.setdefault(activity, []).append(name)
    rows = select(reader, below + _ACTIVITIES, parameters | {"category": category, "said": said})
    return [{**row, "covered": covered.get(row["id"], [])} for row in rows]


def missing(reader: Reader, policy: "Policy", year: int, today: date, org: str = "") -> list[Row]:
    """The meetings of 三会两制一课 that each branch has missed: for each kind, the past periods of
    the year in which the branch existed and no meeting covered it."""
    months = policy.life_on(date(year, 12, 31)).months
    first, last = days_of(year)
    parameters = {"org": org, "first": first, "last": last}
    held = _held(reader, year)
    rows = []
    for branch in select(reader, below_on(reader, last) + _BRANCHES, parameters):
        place = {"organization": branch["organization"], "code": branch["code"]}
        for category, span in months.items():
            owed = _periods(year, span, branch, today)
            lacks = [
                period
                for period, within in owed.items()
                if not any((branch["code"], category, month) in held for month in within)
            ]
            if lacks:
                rows.append({
                    **place, "category": category, "asked": len(owed), "missing": lacks,
                    "held": len(owed) - len(lacks),
                })  # fmt: skip
    return rows


def _held(reader: Reader, year: int) -> set[tuple[str, str, str]]:
    """The meetings of a year by organisation, category and month. A meeting that covers an
    organisation covers all that were below it on that day: a county's lesson counts for its
    branches."""
    first, last = days_of(year)
    trees, held = Trees(reader), set()
    below: dict[tuple[date, str], list[str]] = {}
    for category, day, organization in reader.rows(_HELD, {"first": first, "last": last}):
        held_on = as_date(day)
        if (held_on, organization) not in below:
            paths = trees.paths(held_on)
            covered = [code for code, path in paths.items() if organization in path]
            below[held_on, organization] = covered
        held |= {(code, category, f"{held_on:%Y-%m}") for code in below[held_on, organization]}
    return held


def _periods(year: int, span: int, branch: Row, today: date) -> Mapping[str, list[str]]:
    """The periods of ``span`` months by name, with their months."""
    periods = {}
    for begins in range(1, 13, span) if span else ():
        months = [f"{year}-{month:02d}" for month in range(begins, min(begins + span, 13))]
        # Months as text: the months of a branch's founding and end are not required.
        was_there = branch["founded"] is None or branch["founded"][:7] < months[0]
        stayed = branch["dissolved"] is None or branch["dissolved"][:7] > months[-1]
        if was_there and stayed and f"{today:%Y-%m}" > months[-1]:
            periods[months[0] if span == 1 else f"{months[0]}/{months[-1][5:]}"] = months
    return periods


# -- surveys and tasks ---------------------------------------------------------------------------

_SURVEYS = """
    SELECT tree.name AS organization, survey.organization AS code, survey.stage,
        survey.students, survey.youth, survey.members AS reported
    FROM survey JOIN tree ON tree.code = survey.organization
    WHERE survey.year = :year AND survey.organization IN (SELECT code FROM below)
    ORDER BY survey.organization, survey.stage
"""
# The reform plan uses its own names for those who lead a task; other names are not found.
_TASKS = """
    SELECT module, task, lead, due AS deadline, done, authority FROM task
    WHERE (:module = '' OR module = :module)
    AND (:org = '' OR lead IN (SELECT name FROM organization WHERE code IN
                               (SELECT code FROM below)))
    ORDER BY coalesce(due, done), id
"""


def surveys(reader: Reader, policy: "Policy", year: int, org: str = "") -> list[Row]:
    """What was counted in a year, the members at its end according to the rows, and the greatest
    share that they may have of the people of a stage."""
    caps = policy.ratio_on(date(year, 12, 31))
    _, last = days_of(year)
    rows = select(
        reader, below_on(reader, last) + _SURVEYS, {"org": org, "year": year, "last": last}
    )
    tree = {row["code"]: row for row in organizations.tree(reader, "", date(year, 12, 31))}
    members = surveyed_members(
        {row["code"]: row["own_members"] for row in tree.values()},
        lambda code: [_Place.of(up) for up in _upward(tree[code], tree)],
        {(row["code"], row["stage"]) for row in rows},
    )
    for row in rows:
        row["members"] = members[row["code"], row["stage"]]
        people = row["youth"] if row["stage"] == "youth" else row["students"]
        ratio = Decimal(row["members"]) / Decimal(people) if people else None
        row["ratio"] = None if ratio is None else ratio.quantize(Decimal("0.0001"))
        row["cap"] = caps.cap(row["stage"])
    return rows


class _Place(NamedTuple):
    code: str
    type: str
    sector: str | None

    @classmethod
    def of(cls, row: Row) -> "_Place":
        return cls(row["code"], row["type"], row["sector"])


def _upward(organization: Row, tree: Mapping[str, Row]) -> Iterator[Row]:
    """The organisation and all above it."""
    above: Row | None = organization
    seen: set[str] = set()
    while above is not None and above["code"] not in seen:
        seen.add(above["code"])
        yield above
        above = tree.get(above["parent"] or "")


def tasks(reader: Reader, today: date, org: str = "", module: str = "") -> list[Row]:
    """The tasks of the reform plan that an organisation or one below it leads, ordered by deadline:
    done, open, or overdue."""
    rows = select(reader, BELOW + _TASKS, {"org": org, "module": module})
    for row in rows:
        late = row["deadline"] is not None and row["deadline"] < today.isoformat()
        row["state"] = "done" if row["done"] else "overdue" if late else "open"
    return rows
