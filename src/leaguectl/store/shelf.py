"""What one transaction can do: lay out the slice of the registry that is asked for, carry out
changes, keep what they replace."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Column,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from leaguectl.findings import Stale, Unusable
from leaguectl.names import fold_name
from leaguectl.registry import (
    KEYS,
    Admission,
    Alias,
    Candidacy,
    Certificate,
    Change,
    Discipline,
    DistinctPair,
    Form,
    Many,
    Membership,
    Noun,
    Number,
    Organization,
    OrganizationEvent,
    Person,
    Post,
    Quota,
    Registry,
    Wanted,
    key_of,
)
from leaguectl.store.counting import AT_ONCE, count_heads, tally
from leaguectl.store.filling import MANY, fill, filling
from leaguectl.store.people import alike
from leaguectl.store.proof import Broken, broken
from leaguectl.store.rows import NAMES, as_json, columns_of, kept, net, together, values_of
from leaguectl.store.tables import TABLES, HistoryTable, OperationTable, SettingTable

T = TypeVar("T")

_ROOTS = (Organization, Person, Quota)
"""What others hang on: such a row goes after those that hang on it were changed, others before."""
_OWN_KIND: dict[type[Noun], str] = {Organization: "parent", Quota: "parent"}
"""Nouns that come to point to new ones of their kind, and where: what is pointed to is written
before it is."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Who writes, when, by which command, why, and from which files."""

    at: str
    actor: str
    command: str
    sources: Sequence[Mapping[str, str]] = ()
    reason: str | None = None
    authority: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    version: str = ""
    undoes: int | None = None


class Shelf:
    """One transaction on an open registry."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # -- reading ---------------------------------------------------------------------------------

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Sequence[Any]]:
        """All rows of a query as the reading path writes it, seen from within this transaction."""
        return [tuple(row) for row in self.connection.execute(text(sql), dict(parameters or {}))]

    def settings(self) -> dict[str, str]:
        """What the registry knows about itself."""
        table = SettingTable.__table__  # type: ignore[attr-defined]
        return {one.key: one.value for one in self.connection.execute(select(table))}

    def revision(self) -> int:
        """The last operation; 0 for a registry to which nothing was written yet."""
        table = OperationTable.__table__  # type: ignore[attr-defined]
        return self.connection.scalar(select(func.max(table.c.id))) or 0

    def whole(self) -> Registry:
        """Everything there is."""
        registry = self._empty()
        for noun in TABLES:
            for one in self._load(noun):
                registry.load(one)
        tally(self.connection, registry)
        count_heads(self.connection, registry)
        return registry

    def broken(self) -> list[Broken]:
        """Every constraint that what is stored does not keep."""
        return list(broken(self.connection))

    def written_by(self, noun: type[T], operation: int) -> list[T]:
        """The rows of a noun that bear an operation's number."""
        return list(self._load(noun, _column(noun, "operation") == operation))

    def all(self, noun: type[T]) -> list[T]:
        """All rows of a noun of which there are few."""
        return list(self._load(noun))

    def stored(self, noun: type[T], key: Any) -> T | None:
        """One row by its key."""
        found = _column(noun, KEYS[cast("type[Noun]", noun)]) == key
        return next(self._load(noun, found), None)

    def slice(self, wanted: Wanted) -> Registry:
        """What the keys touch: the people, their papers, the organisations with all above them,
        the quotas of the years, and as many free numbers as may be taken."""
        registry = self._empty()
        self._load_organizations(registry, wanted.organizations)
        self._load_quotas(registry, wanted)
        self._load_numbers(registry, wanted)
        if wanted.whole_blocks:  # what was split off goes along where a block is cut
            for quota in list(self._where_in(Quota, "parent", set(registry.quotas))):
                registry.load(quota)
        self._load_people(registry, wanted)
        self._load_owners(registry)
        if wanted.names and registry.organizations:
            self._load_posts(registry)
            count_heads(self.connection, registry, registry.organizations)
        for noun in wanted.whole:
            for one in self._load(noun):
                registry.load(one)
        tally(self.connection, registry)
        return registry

    def _empty(self) -> Registry:
        registry = Registry(settings=self.settings(), revision=self.revision())
        for noun, key in KEYS.items():
            if key == "id":
                last = select(func.max(_column(noun, key)))
                registry.last_ids[noun] = self.connection.scalar(last) or 0
        code = _column(Organization, "code")
        # A range is found in the index, LIKE is not.
        given = self.connection.scalars(select(code).where(code.between("O00000", "O99999")))
        registry.last_ids[Organization] = max(
            (int(one[1:]) for one in given if re.fullmatch("O[0-9]{5}", one)), default=0
        )
        return registry

    def _load(self, noun: type[T], *conditions: Any) -> Iterator[T]:
        columns = [_column(noun, name) for name in NAMES[noun]]
        try:
            for row in self.connection.execute(select(*columns).where(*conditions)):
                yield noun(*row)
        except ValueError:  # a day that is none: changed by another program
            raise Unusable("database-nonsense", table=_table(noun).name) from None

    def _where_in(self, noun: type[T], name: str, keys: Iterable[Any]) -> Iterator[T]:
        """Those whose column is one of the keys. Where a table has not many more rows than there
        are keys it is read through, which costs less than naming them all."""
        column, wanted = _column(noun, name), set(keys)
        if len(wanted) > AT_ONCE and self._has_at_most(noun, 4 * len(wanted)):
            of = attrgetter(name)
            yield from (one for one in self._load(noun) if of(one) in wanted)
            return
        listed = sorted(wanted)
        for start in range(0, len(listed), AT_ONCE):
            yield from self._load(noun, column.in_(listed[start : start + AT_ONCE]))

    def _has_at_most(self, noun: type[Any], count: int) -> bool:
        one = select(1).select_from(_table(noun)).offset(count).limit(1)
        return self.connection.scalar(one) is None

    def _load_organizations(self, registry: Registry, names: set[str]) -> None:
        kind = _column(OrganizationEvent, "kind")
        told = list(self._load(OrganizationEvent, kind.in_(("renamed", "moved"))))
        renamed = [one for one in told if one.kind == "renamed"]
        for event in told:
            registry.load(event)
        if len(names) > AT_ONCE:
            for one in self._load(Organization):
                registry.load(one)
            return
        texts = names | {part for name in names for part in name.split("/")}
        folded = sorted({fold_name(name) for name in texts})
        texts |= {one.organization for one in renamed if fold_name(one.before or "") in folded}
        found = _column(Organization, "code").in_(sorted(texts))
        for one in self._load(
            Organization, or_(found, _column(Organization, "folded").in_(folded))
        ):
            registry.load(one)
        self._load_above(registry)

    def _load_above(self, registry: Registry) -> None:
        """Everything above what is loaded, one level with each query."""
        known = registry.organizations
        while missing := {one.parent for one in known.values() if one.parent} - known.keys():
            for one in list(self._where_in(Organization, "code", missing)):
                registry.load(one)

    def _load_quotas(self, registry: Registry, wanted: Wanted) -> None:
        codes = sorted(registry.organizations)
        year = _column(Quota, "year").in_(sorted(wanted.years))
        for start in range(0, len(codes), AT_ONCE):
            organization = _column(Quota, "organization").in_(codes[start : start + AT_ONCE])
            for one in self._load(Quota, year, organization):
                registry.load(one)

    def _load_numbers(self, registry: Registry, wanted: Wanted) -> None:
        for number in self._where_in(Number, "number", wanted.numbers):
            registry.load(number)
        value = _column(Number, "number")
        for first, last in wanted.blocks:
            for number in self._load(Number, value.between(first, last)):
                registry.load(number)
        if not (wanted.free_numbers or wanted.whole_blocks):
            return
        for quota in sorted(registry.quotas):
            for number in self._slots(quota, None if wanted.whole_blocks else wanted.free_numbers):
                registry.load(number)

    def _slots(self, quota: int, free: int | None) -> Iterator[Number]:
        """The slots that a quota may use itself; only so many free ones where that is enough."""
        columns = [_column(Number, name) for name in NAMES[Number]]
        query = select(*columns).where(_column(Number, "quota") == quota)
        if free is not None:
            query = query.where(_column(Number, "state") == "free")
            query = query.order_by(_column(Number, "number")).limit(free)
        for row in self.connection.execute(query):
            yield Number(*row)

    def _load_people(self, registry: Registry, wanted: Wanted) -> None:
        """The people of the batch and everybody who holds something that the batch names."""
        homes = self._where_in(Membership, "organization", wanted.members_of)
        here = {one.person for one in homes if one.left is None}
        named: tuple[tuple[type[Noun], str, set[str]], ...] = (
            (Person, "id_number", wanted.id_numbers),
            (Person, "name", wanted.names),
            (Alias, "id_number", wanted.id_numbers),
            (Form, "serial", wanted.forms),
            (Form, "sha256", wanted.scans),
            (Certificate, "serial", wanted.certificates),
        )
        for kind, name, keys in named:
            for found in self._where_in(kind, name, keys):
                registry.load(found)
        papers = (registry.numbers, registry.forms, registry.certificates)
        holders = {one.person for held in papers for one in held.values()} - {None}
        holders |= {one.person for one in registry.all(Alias)} | wanted.people | here
        if registry.last_ids.get(Person):
            holders |= alike(self.connection, wanted.births)
        for person in self._where_in(Person, "id", holders - registry.persons.keys()):
            registry.load(person)
        people = set(registry.persons)
        for pair in self._where_in(DistinctPair, "first", people):
            registry.load(pair)
        theirs = (Membership, Number, Form, Certificate, Admission, Candidacy, Discipline)
        for noun in (*theirs, *(wanted.beside - set(theirs))):
            for one in self._where_in(noun, "person", people):
                registry.load(one)

    def _load_owners(self, registry: Registry) -> None:
        """The quotas that own the numbers at hand, and the organisations that messages name."""
        owners = {one.quota for one in registry.numbers.values() if one.quota is not None}
        for quota in self._where_in(Quota, "id", owners - registry.quotas.keys()):
            registry.load(quota)
        named = {one.organization for one in registry.memberships.values()}
        named |= {one.organization for one in registry.quotas.values()}
        named |= {one.organization for one in registry.all(Candidacy)}
        for one in self._where_in(Organization, "code", named - registry.organizations.keys()):
            registry.load(one)
        self._load_above(registry)

    def _load_posts(self, registry: Registry) -> None:
        """The posts of the people at hand, and those in the organisations at hand."""
        for name, keys in (("person", registry.persons), ("organization", registry.organizations)):
            for post in self._where_in(Post, name, list(keys)):
                registry.load(post)

    # -- writing ---------------------------------------------------------------------------------

    def put_settings(self, settings: Mapping[str, str]) -> None:
        """Set what the registry knows about itself."""
        table = SettingTable.__table__  # type: ignore[attr-defined]
        for key, value in settings.items():
            self.connection.execute(delete(table).where(table.c.key == key))
            self.connection.execute(insert(SettingTable), {"key": key, "value": value})

    def carry_out(
        self, changes: Iterable[Change | Many], operation: Operation, *, restoring: bool = False
    ) -> int:
        """Write the changes as one operation, and keep what they replace; its number.

        Rows bear the number of the operation; ``restoring``, they keep the one that they come with.

        :raises Stale: a row is no longer as the changes found it.
        """
        number = self.record(operation)
        stamp = None if restoring else number
        left, many = net(changes)
        for noun in reversed(TABLES):
            if noun not in _ROOTS:
                self._remove(noun, left.get(noun, ()))
        for noun in TABLES:
            if noun is Quota:
                self._set_aside(left.get(noun, ()))
            if noun in _OWN_KIND:
                self._insert(noun, left.get(noun, ()), many.get(noun, ()), stamp)
                self._update(noun, left.get(noun, ()), stamp)
            else:
                self._update(noun, left.get(noun, ()), stamp)
                self._insert(noun, left.get(noun, ()), many.get(noun, ()), stamp)
        for noun in reversed(_ROOTS):
            self._remove(noun, left.get(noun, ()))
        replaced = (one.before for of in left.values() for one in of if one.before is not None)
        self._keep([kept(one, number) for one in replaced])
        return number

    def record(self, operation: Operation) -> int:
        """Write the operation's own row; its number."""
        number = self.revision() + 1
        self.connection.execute(
            insert(OperationTable),
            {
                "id": number,
                "at": operation.at,
                "actor": operation.actor,
                "command": operation.command,
                "reason": operation.reason,
                "authority": operation.authority,
                "version": operation.version,
                "undoes": operation.undoes,
                "sources": as_json(list(operation.sources)),
                "counts": as_json(operation.counts),
            },
        )
        return number

    def _insert(
        self, noun: type[Noun], changes: Sequence[Change], many: Sequence[Many], stamp: int | None
    ) -> None:
        made = [one.after for one in changes if one.before is None and one.after is not None]
        if above := _OWN_KIND.get(noun):
            made += [one.after for some in many for one in some if one.after is not None]
            made, many = _above_first(made, above), ()
        count = len(made) + sum(map(len, many))
        table = _table(noun).name
        is_filling = count >= MANY and self._has_at_most(noun, count)
        with filling(self.connection, table) if is_filling else nullcontext():
            for some in many:
                fill(self.connection, table, *columns_of(some, stamp))
            for start in range(0, len(made), MANY):
                some = together(noun, made[start : start + MANY])
                fill(self.connection, table, *columns_of(some, stamp))

    def _set_aside(self, changes: Sequence[Change]) -> None:
        """Quotas that change or go step aside until they do, since blocks are exchanged row by
        row, and no two may begin at one number meanwhile. They wait at numbers of the province 00,
        which is none."""
        table = _table(Quota)
        going = [cast("Quota", one.before) for one in changes if one.before is not None]
        rows = [{"b_key": one.id, "aside": f"{one.year}{one.id:08d}"} for one in going]
        if rows:
            found = update(table).where(table.c.id == bindparam("b_key"))
            aside: Any = bindparam("aside")
            self.connection.execute(found.values(first=aside, last=aside, places=1), rows)

    def _update(self, noun: type[Noun], changes: Sequence[Change], stamp: int | None) -> None:
        """Update rows that are still as they were found: the operation that wrote them tells."""
        table, key = _table(noun), KEYS[noun]
        rows = [
            {"b_key": getattr(one.before, key), "b_operation": one.before.operation}
            | values_of(one.after, stamp)
            for one in changes
            if one.before is not None and one.after is not None
        ]
        if not rows:
            return
        columns = rows[0].keys() - {"b_key", "b_operation"}
        statement = (
            update(table)
            .where(table.c[key] == bindparam("b_key"))
            .where(table.c.operation == bindparam("b_operation"))
            .values({column: bindparam(column) for column in columns})
        )
        self._must_find(noun, statement, rows)

    def _remove(self, noun: type[Noun], changes: Sequence[Change]) -> None:
        """Take rows away that are still as they were found; history keeps them."""
        table, key = _table(noun), KEYS[noun]
        rows = [
            {"b_key": getattr(one.before, key), "b_operation": one.before.operation}
            for one in reversed(changes)
            if one.before is not None and one.after is None
        ]
        if rows:
            found = table.c[key] == bindparam("b_key")
            as_it_was = table.c.operation == bindparam("b_operation")
            self._must_find(noun, delete(table).where(found).where(as_it_was), rows)

    def _must_find(self, noun: type[Noun], statement: Any, rows: list[dict[str, Any]]) -> None:
        if self.connection.execute(statement, rows).rowcount != len(rows):
            raise Stale("registry-changed", noun=noun.__name__.lower())

    def _keep(self, history: list[dict[str, Any]]) -> None:
        if not history:
            return
        table = HistoryTable.__table__  # type: ignore[attr-defined]
        last = self.connection.scalar(select(func.max(table.c.id))) or 0
        rows = [{**one, "id": last + at} for at, one in enumerate(history, 1)]
        self.connection.execute(insert(HistoryTable), rows)


def _above_first(made: list[Noun], above: str) -> list[Noun]:
    """New ones of a kind, each after the one that it points to by ``above``."""
    by_key = {key_of(one): one for one in made}
    ordered: dict[Any, Noun] = {}
    for one in made:
        way: list[Noun] = []
        at: Noun | None = one
        while at is not None and key_of(at) not in ordered and at not in way:
            way.append(at)
            at = by_key.get(getattr(at, above))
        ordered |= {key_of(each): each for each in reversed(way)}
    return list(ordered.values())


def _table(noun: type[Any]) -> Table:
    table: Table = TABLES[noun].__table__  # type: ignore[attr-defined]
    return table


def _column(noun: type[Any], name: str) -> Column[Any]:
    return _table(noun).c[name]
