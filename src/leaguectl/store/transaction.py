"""What one transaction can do: lay out the slice of the registry that is asked for, carry out
changes, keep what they replace."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import fields
from typing import Any, TypeVar, cast

from leaguectl.findings import Conflict
from leaguectl.model import (
    ENTITIES,
    KEYS,
    Admission,
    Alias,
    Candidacy,
    Certificate,
    Change,
    Discipline,
    DistinctPair,
    Entity,
    Form,
    Keys,
    Membership,
    NewRows,
    Number,
    Organization,
    OrganizationEvent,
    Person,
    Post,
    Quota,
    Snapshot,
    key_of,
)
from leaguectl.names import fold_name
from leaguectl.store.connection import Connection, Parameters, Row, among
from leaguectl.store.counting import AT_ONCE, count_heads, tally
from leaguectl.store.filling import MANY, SEVERAL, emptying, fill, filling
from leaguectl.store.integrity import Violation, broken
from leaguectl.store.people import alike
from leaguectl.store.rows import (
    NAMES,
    as_json,
    asking,
    columns_of,
    kept,
    net,
    nouns_of,
    table_of,
    together,
    values_of,
)
from leaguectl.store.schema import Operation, tables

T = TypeVar("T")

_ROOTS = (Organization, Person, Quota)
"""What others hang on: such a row goes after those that hang on it were changed, others before."""
_OWN_KIND: dict[type[Entity], str] = {Organization: "parent", Quota: "parent"}
"""Nouns that come to point to new ones of their kind, and where: what is pointed to is written
before it is."""


class Transaction:
    """One transaction on an open registry."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # -- reading ---------------------------------------------------------------------------------

    def rows(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of a query as the reading path writes it, seen from within this transaction."""
        return self.connection.rows(sql, parameters or {})

    def settings(self) -> dict[str, str]:
        """What the registry knows about itself."""
        kept = self.rows("SELECT key, value FROM setting")
        return {str(key): str(text) for key, text in kept}

    def revision(self) -> int:
        """The last operation; 0 for a registry to which nothing was written yet."""
        return self.connection.value("SELECT max(id) FROM operation") or 0

    def whole(self) -> Snapshot:
        """Everything there is."""
        registry = self._empty()
        for noun in ENTITIES:
            for one in self._load(noun):
                registry.load(one)
        tally(self.connection, registry)
        count_heads(self.connection, registry)
        return registry

    def broken(self) -> list[Violation]:
        """Every constraint that what is stored does not keep."""
        return list(broken(self.connection))

    def written_by(self, noun: type[T], operation: int) -> list[T]:
        """The rows of a noun that bear an operation's number."""
        return list(self._load(noun, "operation = :operation", {"operation": operation}))

    def all(self, noun: type[T]) -> list[T]:
        """All rows of a noun of which there are few."""
        return list(self._load(noun))

    def stored(self, noun: type[T], key: Any) -> T | None:
        """One row by its key."""
        found = f'"{KEYS[cast("type[Entity]", noun)]}" = :key'
        return next(self._load(noun, found, {"key": key}), None)

    def slice(self, wanted: Keys) -> Snapshot:
        """What the keys touch: the people, their papers, the organisations with all above them,
        the quotas of the years, and as many free numbers as may be taken."""
        registry = self._empty()
        self._load_organizations(registry, wanted.organizations)
        self._load_quotas(registry, wanted)
        self._load_people(registry, wanted)
        self._load_numbers(registry, wanted)
        if wanted.whole_blocks:  # what was split off goes along where a block is cut
            for quota in list(self._where_in(Quota, "parent", set(registry.quotas))):
                registry.load(quota)
        self._load_holders(registry, wanted)
        self._load_owners(registry)
        if wanted.names and registry.organizations:
            self._load_posts(registry)
            count_heads(self.connection, registry, registry.organizations)
        for noun in wanted.whole:
            for one in self._load(noun):
                registry.load(one)
        tally(self.connection, registry)
        return registry

    def _empty(self) -> Snapshot:
        registry = Snapshot(settings=self.settings(), revision=self.revision())
        for noun, key in KEYS.items():
            if key == "id":
                last = f'SELECT max(id) FROM "{table_of(noun)}"'  # noqa: S608
                registry.last_ids[noun] = self.connection.value(last) or 0
        # A range is found in the index, LIKE is not.
        given = self.rows("SELECT code FROM organization WHERE code BETWEEN 'O00000' AND 'O99999'")
        registry.last_ids[Organization] = max(
            (int(one[1:]) for (one,) in given if re.fullmatch("O[0-9]{5}", one)), default=0
        )
        return registry

    def _load(
        self, noun: type[T], where: str = "1 = 1", parameters: Parameters | None = None
    ) -> Iterator[T]:
        asked = f"{asking(noun)} WHERE {where}"
        return nouns_of(noun, self.connection.each(asked, parameters or {}))

    def _where_in(self, noun: type[T], name: str, keys: Iterable[Any]) -> Iterator[T]:
        """Those whose column is one of the keys. Where a table has not many more rows than there
        are keys it is read through, which costs less than naming them all."""
        wanted = set(keys)
        if len(wanted) > AT_ONCE and self._has_at_most(noun, 4 * len(wanted)):
            at = NAMES[noun].index(name)
            rows = self.connection.each(asking(noun))
            yield from nouns_of(noun, (row for row in rows if row[at] in wanted))
            return
        listed = sorted(wanted)
        for start in range(0, len(listed), AT_ONCE):
            yield from self._load(noun, *among(f'"{name}"', listed[start : start + AT_ONCE]))

    def _has_at_most(self, noun: type[Any], count: int) -> bool:
        one = f'SELECT 1 FROM "{table_of(noun)}" LIMIT 1 OFFSET {count}'  # noqa: S608
        return self.connection.value(one) is None

    def _load_organizations(self, registry: Snapshot, names: set[str]) -> None:
        told = list(self._load(OrganizationEvent, "kind IN ('renamed', 'moved')"))
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
        for column, keys in (("code", sorted(texts)), ("folded", folded)):
            for start in range(0, len(keys), AT_ONCE):
                found = self._load(Organization, *among(column, keys[start : start + AT_ONCE]))
                for one in found:
                    registry.load(one)
        self._load_above(registry)

    def _load_above(self, registry: Snapshot) -> None:
        """Everything above what is loaded, one level with each query."""
        known = registry.organizations
        while missing := {one.parent for one in known.values() if one.parent} - known.keys():
            for one in list(self._where_in(Organization, "code", missing)):
                registry.load(one)

    def _load_quotas(self, registry: Snapshot, wanted: Keys) -> None:
        codes = sorted(registry.organizations)
        of_years, years = among("year", sorted(wanted.years), "year")
        for start in range(0, len(codes), AT_ONCE):
            theirs, keys = among("organization", codes[start : start + AT_ONCE])
            for one in self._load(Quota, f"{of_years} AND {theirs}", years | keys):
                registry.load(one)

    def _load_numbers(self, registry: Snapshot, wanted: Keys) -> None:
        for number in self._where_in(Number, "number", wanted.numbers - registry.numbers.keys()):
            registry.load(number)
        for first, last in wanted.blocks:
            within = {"first": first, "last": last}
            for number in self._load(Number, "number BETWEEN :first AND :last", within):
                registry.load(number)
        if not (wanted.free_numbers or wanted.whole_blocks):
            return
        for quota in sorted(registry.quotas):
            for number in self._slots(quota, None if wanted.whole_blocks else wanted.free_numbers):
                registry.load(number)

    def _slots(self, quota: int, free: int | None) -> Iterator[Number]:
        """The slots that a quota may use itself; only so many free ones where that is enough."""
        theirs = "quota = :quota"
        if free is not None:
            theirs += f" AND state = 'free' ORDER BY number LIMIT {free}"
        return self._load(Number, theirs, {"quota": quota})

    def _load_people(self, registry: Snapshot, wanted: Keys) -> None:
        """The people whom the batch names, with what is theirs."""
        homes = self._where_in(Membership, "organization", wanted.members_of)
        people = wanted.people | {one.person for one in homes if one.left is None}
        named: tuple[tuple[type[Entity], str, set[str]], ...] = (
            (Person, "id_number", wanted.id_numbers),
            (Person, "name", wanted.names),
            (Alias, "id_number", wanted.id_numbers),
        )
        for kind, name, keys in named:
            for found in self._where_in(kind, name, keys):
                registry.load(found)
        people |= {one.person for one in registry.all(Alias)} | registry.persons.keys()
        if registry.last_ids.get(Person):
            people |= alike(self.connection, wanted.likenesses)
        self._load_theirs(registry, people, wanted)

    def _load_holders(self, registry: Snapshot, wanted: Keys) -> None:
        """Whoever else holds something that the batch names."""
        papers: tuple[tuple[type[Entity], str, set[str]], ...] = (
            (Form, "serial", wanted.forms - registry.forms.keys()),
            (Form, "sha256", wanted.scans),
            (Certificate, "serial", wanted.certificates - registry.certificates.keys()),
        )
        for kind, name, keys in papers:
            for found in self._where_in(kind, name, keys):
                registry.load(found)
        held = (registry.numbers, registry.forms, registry.certificates)
        holders = {one.person for of in held for one in of.values() if one.person is not None}
        self._load_theirs(registry, holders - registry.persons.keys(), wanted)

    def _load_theirs(self, registry: Snapshot, people: set[int], wanted: Keys) -> None:
        """These people and what is theirs."""
        for person in self._where_in(Person, "id", people - registry.persons.keys()):
            registry.load(person)
        for pair in self._where_in(DistinctPair, "first", people):
            registry.load(pair)
        theirs = (Membership, Number, Form, Certificate, Admission, Candidacy, Discipline)
        for kind in (*theirs, *(wanted.beside - set(theirs))):
            records: Iterable[Entity] = self._where_in(kind, "person", people)
            for record in records:
                registry.load(record)

    def _load_owners(self, registry: Snapshot) -> None:
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

    def _load_posts(self, registry: Snapshot) -> None:
        """The posts of the people at hand, and those in the organisations at hand."""
        for name, keys in (("person", registry.persons), ("organization", registry.organizations)):
            for post in self._where_in(Post, name, list(keys)):
                registry.load(post)

    # -- writing ---------------------------------------------------------------------------------

    def put_settings(self, settings: Mapping[str, str]) -> None:
        """Set what the registry knows about itself."""
        for key, value in settings.items():
            self.connection.run("DELETE FROM setting WHERE key = :key", {"key": key})
            fill(self.connection, "setting", {"key": [key]}, {"value": value})

    def carry_out(
        self, changes: Iterable[Change | NewRows], operation: Operation, *, restoring: bool = False
    ) -> int:
        """Write the changes as one operation, and keep what they replace; its number.

        Rows bear the number of the operation; ``restoring``, they keep the one that they come with.

        :raises Conflict: a row is no longer as the changes found it.
        """
        number = self.record(operation)
        stamp = None if restoring else number
        left, many = net(changes)
        for noun in reversed(ENTITIES):
            if noun not in _ROOTS:
                self._remove(noun, left.get(noun, ()))
        for noun in ENTITIES:
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
        values = {item.name: getattr(operation, item.name) for item in fields(operation)}
        values["id"] = number
        for name, column in tables()["operation"].fields.items():
            if column.spec.json:
                values[name] = as_json(values[name])
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        self.connection.run(f"INSERT INTO operation ({names}) VALUES ({marks})", values)  # noqa: S608
        return number

    def _insert(
        self,
        noun: type[Entity],
        changes: Sequence[Change],
        many: Sequence[NewRows],
        stamp: int | None,
    ) -> None:
        made = [one.after for one in changes if one.before is None and one.after is not None]
        if above := _OWN_KIND.get(noun):
            made += [one.after for some in many for one in some if one.after is not None]
            made, many = _above_first(made, above), ()
        count = len(made) + sum(map(len, many))
        table = table_of(noun)
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
        going = [cast("Quota", one.before) for one in changes if one.before is not None]
        if going:
            aside = "UPDATE quota SET first = :aside, last = :aside, places = 1 WHERE id = :id"
            rows = ({"id": one.id, "aside": f"{one.year}{one.id:08d}"} for one in going)
            self.connection.run_each(aside, rows)

    def _update(self, noun: type[Entity], changes: Sequence[Change], stamp: int | None) -> None:
        """Update rows that are still as they were found: the operation that wrote them tells."""
        key = KEYS[noun]
        rows = [
            {"was_key": getattr(one.before, key), "was_of": one.before.operation}
            | values_of(one.after, stamp)
            for one in changes
            if one.before is not None and one.after is not None
        ]
        if rows:
            columns = sorted(rows[0].keys() - {"was_key", "was_of"})
            values = ", ".join(f'"{column}" = :{column}' for column in columns)
            self._must_find(noun, f'UPDATE "{table_of(noun)}" SET {values}', rows)  # noqa: S608

    def _remove(self, noun: type[Entity], changes: Sequence[Change]) -> None:
        """Take rows away that are still as they were found; history keeps them."""
        key = KEYS[noun]
        rows = [
            {"was_key": getattr(one.before, key), "was_of": one.before.operation}
            for one in reversed(changes)
            if one.before is not None and one.after is None
        ]
        if rows:
            table = table_of(noun)
            is_emptying = len(rows) >= SEVERAL
            with emptying(self.connection, table) if is_emptying else nullcontext():
                self._must_find(noun, f'DELETE FROM "{table}"', rows)  # noqa: S608

    def _must_find(self, noun: type[Entity], statement: str, rows: list[dict[str, Any]]) -> None:
        as_it_was = f'WHERE "{KEYS[noun]}" = :was_key AND operation = :was_of'
        if self.connection.run_each(f"{statement} {as_it_was}", rows) != len(rows):
            raise Conflict("registry-changed", noun=noun.__name__.lower())

    def _keep(self, history: list[dict[str, Any]]) -> None:
        if history:
            last = self.connection.value("SELECT max(id) FROM history") or 0
            columns = {name: [one[name] for one in history] for name in history[0]}
            ids = range(last + 1, last + 1 + len(history))
            fill(self.connection, "history", {"id": ids, **columns}, {})


def _above_first(made: list[Entity], above: str) -> list[Entity]:
    """New ones of a kind, each after the one that it points to by ``above``."""
    by_key = {key_of(one): one for one in made}
    ordered: dict[Any, Entity] = {}
    for one in made:
        way: list[Entity] = []
        at: Entity | None = one
        while at is not None and key_of(at) not in ordered and at not in way:
            way.append(at)
            at = by_key.get(getattr(at, above))
        ordered |= {key_of(each): each for each in reversed(way)}
    return list(ordered.values())
