"""Removing somebody's personal values from everything in a registry: rows, history, the texts of
operations. The chain then covers what is left."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, cast

from leaguectl.model import (
    DECLARATIONS,
    ENTITIES,
    ERASED,
    Alias,
    Membership,
    Person,
    as_plain,
    from_plain,
)
from leaguectl.model.declaration import Declaration
from leaguectl.store import chain
from leaguectl.store.chain import Content
from leaguectl.store.connection import Connection
from leaguectl.store.load import load
from leaguectl.store.save import as_json
from leaguectl.store.schema import JOURNAL

_TEXTS = {
    declaration.name: [
        name
        for name, item in declaration.fields.items()
        if item.type is str and name != declaration.key
        and not (item.spec.values or item.spec.references or item.spec.generated)
    ]
    for declaration in (DECLARATIONS[entity] for entity in ENTITIES)
}  # fmt: skip
"""The fields of each entity in which somebody may be named."""
_OF_OPERATION = ("reason", "authority", "sources", "once")
_PERSON, _ALIAS = DECLARATIONS[Person].name, DECLARATIONS[Alias].name
_OPERATION, _HISTORY, _LINE = (declaration.name for declaration in JOURNAL)


def erase(
    connection: Connection, operation: int, people: Collection[int]
) -> list[tuple[int, Content]]:
    """Replace people by pseudonyms everywhere. Returns what earlier operations wrote, as it is now,
    for the chain; the old checksums are removed."""
    erasing = _Erasing(connection, operation, frozenset(people))
    erasing.rewrite()
    return _anew(connection, erasing.rewritten)


def _anew(
    connection: Connection, rewritten: Collection[tuple[str, int]]
) -> list[tuple[int, Content]]:
    """The contents of what was rewritten, by entity and the operation that had written it. The old
    contents are removed, except those of the chain."""
    query = "SELECT DISTINCT written FROM content WHERE salt IS NULL AND keys <> ''"
    unsalted = {by for (by,) in connection.rows(query)} & {by for _, by in rewritten}
    # Nothing links the rest of these any more, so all of it gets a new digest.
    wanted = {*rewritten, *((noun, by) for by in unsalted for noun in chain.DECLARED)}
    columns = ", ".join(f'"{name}"' for name in Content._fields)
    query = f"SELECT id, {columns} FROM content WHERE noun = :noun AND written = :by"  # noqa: S608
    anew = []
    for noun, by in sorted(wanted):
        was_there = connection.rows(query, {"noun": noun, "by": by})
        for number, *values in was_there:
            content = Content(*values)
            left = content.commitment if content.salt or content.is_erased else ""
            connection.run(
                "UPDATE content SET digest = :left, keys = '', fields = '', marks = '',"
                " salt = NULL WHERE id = :id",
                {"left": left, "id": number},
            )
        declaration = chain.DECLARED[noun]
        rows = chain.stored_rows(connection, declaration, by).get(by)
        if rows:
            anew.append((by, chain.content_of_rows(declaration, rows)))
        elif was_there:
            anew.append((by, chain.nothing_left(noun)))
    return anew


@dataclass
class _Erasing:
    """The search for some people in everything; ``rewritten`` are the entities and operations whose
    rows were changed."""

    connection: Connection
    operation: int
    people: frozenset[int]
    rewritten: set[tuple[str, int]] = field(default_factory=set)
    concerned: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Operations that wrote something about somebody, and the people concerned."""
    names: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    secrets: dict[str, str] = field(default_factory=dict)
    """ID numbers and phones, and the pseudonym of each."""
    members: set[int] = field(default_factory=set)
    """People who ever were members: figures count them by age."""

    def rewrite(self) -> None:
        """Go through everything once, and change what names them."""
        self._learn()
        self._people()
        self._aliases()
        for entity in ENTITIES:
            if entity not in (Person, Alias):
                self._records(DECLARATIONS[entity])
        self._history()
        self._operations()

    def _learn(self) -> None:
        """Collect their present and former names."""
        memberships = load(self.connection, Membership)
        self.members = {each.person for each in memberships if each.person in self.people}
        for person in load(self.connection, Person):
            if person.id in self.people:
                self._know(as_plain(person), person.id)
        for alias in load(self.connection, Alias):
            if alias.person in self.people:
                self._know(as_plain(alias), alias.person)
                self.names[alias.person].update(alias.names)
        query = "SELECT noun, before FROM history WHERE noun IN (:person, :alias)"
        for noun, before in self.connection.rows(query, {"person": _PERSON, "alias": _ALIAS}):
            values = json.loads(before)
            if (whose := values["id" if noun == _PERSON else "person"]) in self.people:
                self._know(values, whose)

    def _know(self, values: Mapping[str, Any], person: int) -> None:
        self.names[person].update(filter(None, (values.get("name"), values.get("written"))))
        secrets = filter(None, (values.get("id_number"), values.get("phone")))
        self.secrets |= dict.fromkeys(secrets, f"#{person}")

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The number of each pseudonym: the id, unless somebody bears it who was erased in another
        registry and carried over."""
        everybody = list(load(self.connection, Person))
        borne = {person.name for person in everybody if person.is_erased}
        last = max((person.id for person in everybody), default=0)
        free = (number for number in count(last + 1) if f"{ERASED}{number}" not in borne)
        return {
            person: next(free) if f"{ERASED}{person}" in borne else person
            for person in sorted(self.people)
        }

    def _name_of(self, person: int) -> str:
        return f"{ERASED}{self._numbers[person]}"

    # -- themselves ------------------------------------------------------------------------------

    def _erased(self, person: Person) -> Person:
        return person.erased(self._numbers[person.id], keeps_birthday=person.id in self.members)

    def _people(self) -> None:
        for person in list(load(self.connection, Person)):
            if person.id in self.people:
                self._update(DECLARATIONS[Person], as_plain(self._erased(person)))
                self._touch(_PERSON, person.operation, {person.id})

    def _aliases(self) -> None:
        for alias in list(load(self.connection, Alias)):
            if alias.person in self.people:
                key = {"key": alias.id_number}
                self.connection.run("DELETE FROM alias WHERE id_number = :key", key)
                self._touch(_ALIAS, alias.operation, {alias.person})
        query = 'SELECT id, operation FROM source_line WHERE noun = :noun AND "key" = :key'
        for secret in self.secrets:
            for line, by in self.connection.rows(query, {"noun": _ALIAS, "key": secret}):
                self.connection.run("DELETE FROM source_line WHERE id = :id", {"id": line})
                self.rewritten.add((_LINE, by))

    # -- where others' rows and texts name them --------------------------------------------------

    def _records(self, table: Declaration) -> None:
        texts = _TEXTS[table.name]
        whose = _pointing(table)
        names = list(dict.fromkeys([table.key, "operation", *whose, *texts]))
        query = f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table.table)}"  # noqa: S608
        for row in self.connection.rows(query):
            values = dict(zip(names, row, strict=True))
            theirs = self.people & {values[name] for name in whose}
            if theirs:
                self.concerned[values["operation"]] |= theirs
            changed = self._without(values, texts, theirs)
            if changed != values:
                self._update(table, {name: changed[name] for name in (table.key, *texts)})
                self._touch(table.name, values["operation"], theirs)

    def _history(self) -> None:
        query = "SELECT id, operation, noun, written, before FROM history"
        for number, operation, noun, written, before in self.connection.rows(query):
            values = json.loads(before)
            table = chain.DECLARED[noun]
            whose = ["id"] if noun == _PERSON else _pointing(table)
            theirs = self.people & {values.get(name) for name in whose}
            for by in (operation, written) if theirs else ():
                self.concerned[by] |= theirs
            if noun == _ALIAS and theirs:
                self.connection.run("DELETE FROM history WHERE id = :id", {"id": number})
            elif (changed := self._as_it_may_stay(noun, values, theirs)) != values:
                statement = "UPDATE history SET before = :before WHERE id = :id"
                self.connection.run(statement, {"before": as_json(changed), "id": number})
            else:
                continue
            self.rewritten |= {(_HISTORY, operation), (noun, written)}

    def _as_it_may_stay(
        self, noun: str, values: dict[str, Any], theirs: Collection[int]
    ) -> Mapping[str, Any]:
        """A record in the history without the personal values."""
        if noun in (_PERSON, _ALIAS):  # somebody else's record stays as it was
            return (
                as_plain(self._erased(cast("Person", from_plain(noun, values))))
                if theirs
                else values
            )
        return self._without(values, _TEXTS[noun], theirs)

    def _operations(self) -> None:
        names = ("id", *_OF_OPERATION)
        query = f"SELECT {', '.join(names)} FROM operation"  # noqa: S608
        self.concerned[self.operation] = set(self.people)
        for row in self.connection.rows(query):
            values = dict(zip(names, row, strict=True))
            theirs = self.concerned.get(values["id"], set())
            changed = self._without(values, _OF_OPERATION, theirs)
            if changed["once"] != values["once"]:
                changed["once"] = None  # of two keys the same might be left
            if changed != values:
                self._update(chain.DECLARED[_OPERATION], changed)
                if values["id"] != self.operation:
                    self.rewritten.add((_OPERATION, values["id"]))

    # -- texts -----------------------------------------------------------------------------------

    def _without(
        self, values: Mapping[str, Any], names: Iterable[str], theirs: Collection[int]
    ) -> dict[str, Any]:
        """The values, with pseudonyms in the texts of these names. In ``theirs`` a name is replaced
        everywhere; elsewhere only as a separate word, and if nobody else has it."""
        changed = dict(values)
        for name in names:
            text = changed.get(name)
            if isinstance(text, str) and text:
                for person in theirs:
                    for known in self._longest_first(self.names[person]):
                        text = text.replace(known, self._name_of(person))
                changed[name] = self._elsewhere(text)
        return changed

    def _elsewhere(self, text: str) -> str:
        if self._pattern is None:
            self._pattern, self._by_match = self._compiled()
        return self._pattern.sub(lambda found: self._by_match[found[0]], text)

    _pattern: re.Pattern[str] | None = None
    _by_match: dict[str, str] = field(default_factory=dict)

    def _compiled(self) -> tuple[re.Pattern[str], dict[str, str]]:
        """The pattern for ID numbers, phones, and names that nobody else has."""
        others = {
            person.name for person in load(self.connection, Person) if person.id not in self.people
        }
        owners: dict[str, set[int]] = defaultdict(set)
        for person, known in self.names.items():
            for name in known - others:
                owners[name].add(person)
        by_match = dict(self.secrets)
        by_match |= {
            name: self._name_of(*whose)
            for name, whose in owners.items()
            if len(whose) == 1 < len(name)
        }
        names, secrets = (
            "|".join(map(re.escape, self._longest_first(each))) or "(?!)"
            for each in (by_match.keys() - self.secrets.keys(), self.secrets)
        )
        found = rf"(?<!\w)(?:{names})(?!\w)|(?<![0-9])(?:{secrets})(?![0-9])"
        return re.compile(found), by_match

    @staticmethod
    def _longest_first(texts: Iterable[str]) -> list[str]:
        return sorted(texts, key=lambda text: (-len(text), text))

    # -- rows ------------------------------------------------------------------------------------

    def _update(self, table: Declaration, values: Mapping[str, Any]) -> None:
        sets = ", ".join(f"{_quoted(name)} = :{name}" for name in values if name != table.key)
        where = f"{_quoted(table.key)} = :{table.key}"
        self.connection.run(f"UPDATE {_quoted(table.table)} SET {sets} WHERE {where}", values)  # noqa: S608

    def _touch(self, noun: str, operation: int, theirs: Collection[int]) -> None:
        self.rewritten.add((noun, operation))
        self.concerned[operation] |= set(theirs)


def _pointing(table: Declaration) -> list[str]:
    """The fields that point to people."""
    return [name for name, of in table.references.items() if of == "person"]


def _quoted(name: str) -> str:
    return f'"{name}"'
