"""From stored rows to records: all of an entity, or the slice that a piece of work touches."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from leaguectl.findings import DatabaseUnavailable
from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    Admission,
    Alias,
    Candidacy,
    Certificate,
    Discipline,
    DistinctPair,
    Entity,
    Form,
    FormerValue,
    Keys,
    Membership,
    Milestone,
    Number,
    Organization,
    OrganizationEvent,
    PaperState,
    Person,
    Post,
    Quota,
    Snapshot,
    Transfer,
    likeness_of,
)
from leaguectl.model.league import BORN, NAME_SEPARATOR
from leaguectl.model.short_names import county_named_by, with_county
from leaguectl.names import fold_name
from leaguectl.store.connection import Connection, Parameters, Row, in_clause
from leaguectl.store.ids import load_last_ids

T = TypeVar("T", bound=Entity)

AT_ONCE = 500
"""How many keys a query has; an old SQLite allows 999 parameters."""
CHUNK = 1000
"""How many rows are turned into records together, column by column."""
FEW_DAYS = 500
"""Up to this many birth dates are looked up; for more, all people are read."""

_OF_A_PERSON = (
    Membership, Number, Form, Certificate, PaperState, Admission, Candidacy, Discipline, Post,
    Transfer, Milestone,
)  # fmt: skip
"""Entities that are always loaded with a person, since the rules of an admission need them, or
those by which every state of a person is judged, whatever changed it."""


# -- records -------------------------------------------------------------------------------------


def select(entity: type[Any]) -> str:
    """The query for all records of an entity; a condition may follow it."""
    declaration = DECLARATIONS[entity]
    columns = ", ".join(f'"{name}"' for name in declaration.fields)
    return f'SELECT {columns} FROM "{declaration.table}"'  # noqa: S608


def records_of(entity: type[T], rows: Iterable[Row]) -> Iterator[T]:
    """The rows of :func:`select` as records.

    :raises DatabaseUnavailable: a day is not valid; another program changed it.
    """
    declaration, rest = DECLARATIONS[entity], iter(rows)
    days = [index for index, name in enumerate(declaration.fields) if name in declaration.days]
    try:
        # By column, so that a thousand days are parsed by a single call.
        while chunk := list(islice(rest, CHUNK)):
            columns: list[Iterable[Any]] = list(zip(*chunk, strict=True))
            for index in days:
                columns[index] = map(_day, columns[index])
            yield from map(entity, *columns)
    except (ValueError, TypeError):
        raise DatabaseUnavailable("database-nonsense", table=declaration.table) from None


@lru_cache(maxsize=16384)
def _day(value: Any) -> date | None:
    """A day from SQLite's text; PostgreSQL gives days."""
    return value if value is None or isinstance(value, date) else date.fromisoformat(value)


def load(
    connection: Connection,
    entity: type[T],
    where: str = "1 = 1",
    parameters: Parameters | None = None,
) -> Iterator[T]:
    """The records of an entity that meet a condition."""
    return records_of(entity, connection.each(f"{select(entity)} WHERE {where}", parameters or {}))


def load_by(
    connection: Connection, entity: type[T], field: str, keys: Iterable[Any]
) -> Iterator[T]:
    """The records with one of the keys in a field. A table that has not many more rows than there
    are keys is read completely, which is cheaper than naming all keys."""
    wanted = set(keys)
    if len(wanted) > AT_ONCE and has_at_most(connection, entity, 4 * len(wanted)):
        index = list(DECLARATIONS[entity].fields).index(field)
        rows = connection.each(select(entity))
        yield from records_of(entity, (row for row in rows if row[index] in wanted))
        return
    for condition, parameters in conditions(f'"{field}"', wanted):
        yield from load(connection, entity, condition, parameters)


def conditions(column: str, keys: Collection[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The condition that a column is one of the keys, with its parameters, for as many keys at a
    time as a query may have."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield in_clause(column, ordered[start : start + AT_ONCE])


def has_at_most(connection: Connection, entity: type[Any], count: int) -> bool:
    """Whether a table has at most ``count`` rows, without counting further."""
    beyond = f'SELECT 1 FROM "{DECLARATIONS[entity].table}" LIMIT 1 OFFSET {count}'  # noqa: S608
    return connection.value(beyond) is None


# -- snapshots -----------------------------------------------------------------------------------


def load_whole(connection: Connection, snapshot: Snapshot) -> None:
    """Load everything there is."""
    snapshot.last_ids = load_last_ids(connection)
    for entity in ENTITIES:
        snapshot.load_all(entity, load(connection, entity))
    _load_number_counts(connection, snapshot)
    _load_member_counts(connection, snapshot, ())


def load_slice(connection: Connection, snapshot: Snapshot, keys: Keys) -> None:
    """Load what the keys touch: the people, their papers, the organisations with all above them,
    the quotas of the years, and as many free numbers as may be taken."""
    snapshot.last_ids = load_last_ids(connection)
    _Slice(connection, snapshot, keys).load()
    _load_number_counts(connection, snapshot)
    if keys.names and snapshot.organizations:
        _load_member_counts(connection, snapshot, snapshot.organizations)


def _load_number_counts(connection: Connection, snapshot: Snapshot) -> None:
    """Count the numbers of each loaded quota by state."""
    for condition, parameters in conditions("quota", snapshot.quotas):
        query = (
            "SELECT quota, state, count(*) FROM number"  # noqa: S608
            f" WHERE {condition} GROUP BY quota, state"
        )
        for quota, state, count in connection.each(query, parameters):
            snapshot.number_counts[quota][state] = count


def _load_member_counts(
    connection: Connection, snapshot: Snapshot, organizations: Collection[str]
) -> None:
    """Count the memberships that each of these organisations (empty: all) has or had."""
    parameters: Mapping[str, str] = {}
    condition = "1 = 1"
    if 0 < len(organizations) <= AT_ONCE:
        condition, parameters = in_clause("organization", sorted(organizations))
    query = (
        "SELECT organization, count(*) FROM membership"  # noqa: S608
        f" WHERE {condition} GROUP BY organization"
    )
    for organization, count in connection.each(query, parameters):
        snapshot.member_counts[organization] = count


class _Slice:
    """Loads what some keys touch, in an order in which each step finds what it needs."""

    def __init__(self, connection: Connection, snapshot: Snapshot, keys: Keys) -> None:
        self.connection = connection
        self.snapshot = snapshot
        self.keys = keys

    def load(self) -> None:
        """Load all of it."""
        keys, snapshot = self.keys, self.snapshot
        self._organizations()
        for condition, parameters in conditions("organization", snapshot.organizations):
            of_years, years = in_clause("year", sorted(keys.years), "year")
            self._add(Quota, f"{of_years} AND {condition}", years | parameters)
        self._people()
        self._numbers()
        if keys.whole_blocks:  # quotas that were split off are needed where a block is cut
            self._add_by(Quota, "parent", set(snapshot.quotas))
        self._holders()
        self._owners()
        if keys.rosters:
            self._first_rosters()
        if keys.names and snapshot.organizations:
            self._add_by(Post, "organization", snapshot.organizations)
        for entity in keys.whole:
            self._add(entity)

    def _add(
        self, entity: type[Entity], where: str = "1 = 1", parameters: Parameters | None = None
    ) -> None:
        self.snapshot.load_all(entity, load(self.connection, entity, where, parameters))

    def _add_by(self, entity: type[Entity], field: str, keys: Iterable[Any]) -> None:
        self.snapshot.load_all(entity, load_by(self.connection, entity, field, list(keys)))

    def _organizations(self) -> None:
        """The organisations that the names can mean: codes, full names, former names, and paths of
        these."""
        names = self.keys.organizations
        self._add(OrganizationEvent, "kind IN ('renamed', 'called', 'moved')")
        self._add(FormerValue, "noun = 'organization' AND field = 'type'")
        # A sheet with so many organisations names most of them; all are a few thousand rows.
        if len(names) > AT_ONCE or self.keys.with_below:
            self._add(Organization)
            return
        texts = names | {part for name in names for part in name.split("/")}
        self._add(Organization, "parent IS NULL")
        if county := county_named_by([*self.snapshot.organizations.values()]):
            texts |= {with_county(text, county) for text in texts}
        folded = {fold_name(name) for name in texts}
        named = [
            event
            for kind in ("renamed", "called")
            for event in self.snapshot.by(OrganizationEvent, "kind", kind)
        ]
        codes = {event.organization for event in named if fold_name(event.before or "") in folded}
        self._add_by(Organization, "code", texts | codes)
        for condition, parameters in conditions("folded", folded):
            self._add(Organization, condition, parameters)
        self._above()

    def _above(self) -> None:
        """Everything above what is loaded, one level with each query."""
        known = self.snapshot.organizations
        moves = self.snapshot.by(OrganizationEvent, "kind", "moved")
        # Events before a move are judged by the place of the branch at that time.
        while (
            missing := (
                {item.parent for item in known.values() if item.parent}
                | {move.before for move in moves if move.before and move.organization in known}
            )
            - known.keys()
        ):
            before = len(known)
            self._add_by(Organization, "code", missing)
            if len(known) == before:
                return  # another program broke these references; `check` reports them

    def _people(self) -> None:
        """The people that the batch names, with their records."""
        keys, snapshot = self.keys, self.snapshot
        # A sheet calls an organisation by its name.
        named = {home.code for text in keys.members_of for home in snapshot.named(text)}
        if keys.with_below:
            named = {
                code for code in snapshot.organizations
                if any(above.code in named for above in snapshot.upward(code))
            }  # fmt: skip
        homes = load_by(self.connection, Membership, "organization", keys.members_of | named)
        people = keys.people | {
            home.person for home in homes if keys.with_former or home.left is None
        }
        self._add_by(Person, "id_number", keys.id_numbers)
        self._add_by(Person, "name", keys.names)
        self._add_by(Alias, "id_number", keys.id_numbers)
        people |= self._formerly_named() if keys.names else set()
        people |= {alias.person for alias in snapshot.all(Alias)} | snapshot.persons.keys()
        if snapshot.last_ids.get(Person):
            people |= _similar_people(self.connection, keys.likenesses)
        self._with_theirs(people)

    def _formerly_named(self) -> set[int]:
        """The people who had one of the names before a correction. All corrections are read: they
        are few."""
        corrected = self.connection.each("SELECT person, name FROM alias", {})
        return {
            person
            for person, names in corrected
            if not self.keys.names.isdisjoint(names.split(NAME_SEPARATOR))
        }

    def _with_theirs(self, people: set[int]) -> None:
        """These people and their records."""
        self._add_by(Person, "id", people - self.snapshot.persons.keys())
        # Pairs are kept with the lower id first; a pair only matters if both are among the people.
        self._add_by(DistinctPair, "first", people)
        self._add_by(Alias, "person", people)
        for entity in (*_OF_A_PERSON, *(self.keys.related - set(_OF_A_PERSON))):
            self._add_by(entity, "person", people)
        self._marks(people)

    def _marks(self, people: set[int]) -> None:
        """Since when marks of papers of these people are known: a serial that takes their place is
        so, too."""
        marks = {
            str(mark.id)
            for person in people
            for mark in self.snapshot.by(PaperState, "person", person)
            if mark.state == "on hand"
        }
        noun = DECLARATIONS[PaperState].name
        for condition, parameters in conditions("key", marks):
            self._add(FormerValue, f"noun = '{noun}' AND {condition}", parameters)

    def _numbers(self) -> None:
        keys, snapshot = self.keys, self.snapshot
        self._add_by(Number, "number", keys.numbers - snapshot.numbers.keys())
        for first, last in keys.blocks:
            self._add(Number, "number BETWEEN :first AND :last", {"first": first, "last": last})
        if keys.whole_blocks:
            some = ""
        elif keys.free_numbers:
            some = f" AND state = 'free' ORDER BY number LIMIT {keys.free_numbers}"
        else:
            return
        for quota in sorted(snapshot.quotas):
            self._add(Number, f"quota = :quota{some}", {"quota": quota})

    def _holders(self) -> None:
        """Other people who hold something that the batch names."""
        keys, snapshot = self.keys, self.snapshot
        self._add_by(Form, "serial", keys.forms - snapshot.forms.keys())
        self._add_by(Form, "sha256", keys.scans)
        self._add_by(Certificate, "serial", keys.certificates - snapshot.certificates.keys())
        held = (snapshot.numbers, snapshot.forms, snapshot.certificates)
        holders = {
            record.person
            for records in held
            for record in records.values()
            if record.person is not None
        }
        self._with_theirs(holders - snapshot.persons.keys())

    def _owners(self) -> None:
        """The quotas of the loaded numbers, and the organisations that messages name."""
        snapshot = self.snapshot
        quotas = {number.quota for number in snapshot.numbers.values() if number.quota is not None}
        self._add_by(Quota, "id", quotas - snapshot.quotas.keys())
        codes = {membership.organization for membership in snapshot.memberships.values()}
        codes |= {quota.organization for quota in snapshot.quotas.values()}
        codes |= {case.organization for case in snapshot.all(Candidacy)}
        codes |= {post.organization for post in snapshot.all(Post)}
        self._add_by(Organization, "code", codes - snapshot.organizations.keys())
        self._above()

    def _first_rosters(self) -> None:
        """Since when the members of the organisations in the rosters are known, and the people that
        only later rosters have."""
        rosters, connection = self.snapshot.rosters, self.connection
        ((first, operation),) = connection.rows(_FIRST_ROSTER, {})
        if first is None:
            return
        rosters.first, rosters.had_any = _day(first), True
        days: dict[str, date] = {}
        for text, day in self.keys.rosters.items():
            for home in self.snapshot.named(text):
                days[home.code] = min(day, days.get(home.code, day))
        for condition, parameters in conditions("organization", days):
            query = f"{_FIRST_SEEN} AND {condition} GROUP BY organization"
            for code, day in connection.each(query, parameters):
                rosters.by_organization[code] = _day(day) or date.max
        without = days.keys() - rosters.by_organization.keys()
        rosters.newer = {code for code in without if self._made_by(code) > operation}
        later = set[int]()
        for code, day in days.items():
            if rosters.by_organization.get(code, date.min) >= day:
                later |= self._seen_after(code, day)
        if later:
            self._with_theirs(later)

    def _made_by(self, code: str) -> int:
        """The operation that made an organisation."""
        query = "SELECT min(written) FROM history WHERE noun = 'organization' AND key = :key"
        first = self.connection.value(query, {"key": code})
        return int(first or self.snapshot.organizations[code].operation)

    def _seen_after(self, code: str, day: date) -> set[int]:
        """The people whose first roster in an organisation is of a later day."""
        query = "SELECT person FROM membership WHERE organization = :code AND seen > :day"
        rows = self.connection.rows(query, {"code": code, "day": day.isoformat()})
        return {person for (person,) in rows}


_FIRST_SEEN = "SELECT organization, min(seen) FROM membership WHERE seen IS NOT NULL"
_FIRST_ROSTER = "SELECT min(seen), min(operation) FROM membership WHERE seen IS NOT NULL"


def _similar_people(connection: Connection, likenesses: Set[str]) -> set[int]:
    """The ids of stored people who may be people of the batch under another number: they have one
    of the names together with its birth date."""
    if not likenesses:
        return set()
    days, parameters = {likeness[-8:] for likeness in likenesses}, dict[str, str]()
    query = "SELECT id, name, id_number FROM person"
    if len(days) <= FEW_DAYS:
        condition, parameters = in_clause(BORN, sorted(days))
        query += f" WHERE {condition}"
    return {
        person
        for person, name, id_number in connection.each(query, parameters)
        if likeness_of(name, id_number) in likenesses
    }
