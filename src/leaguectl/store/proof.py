"""Verifying a registry: its chain is computed again, and every row is compared with the operation
that wrote it. Anything altered behind the program's back is reported with its place."""

import json
import zlib
from binascii import crc32
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from leaguectl.findings import Finding, Level
from leaguectl.model import DECLARATIONS, ENTITIES, NAMED, Entity, Organization
from leaguectl.model.declaration import Declaration
from leaguectl.names import fold_name
from leaguectl.store import chain, ids
from leaguectl.store.chain import Content, Stored
from leaguectl.store.connection import Connection, Row
from leaguectl.store.integrity import (
    compares_no_schema,
    ledger_sums,
    missing_tables,
    schema_differences,
    violations,
)
from leaguectl.store.schema import JOURNAL, Operation

NAMED_ROWS = 20
"""Up to this many altered rows of an operation and entity are named; further ones are only
counted."""

_FILLED = ("seen",)
"""Columns whose migration gave the rows that were there the day of their operation."""

JOURNAL_CODES = (
    "proof-schema-missing", "proof-schema-added", "proof-operation-missing", "proof-unlinked",
    "proof-chain", "proof-operation", "proof-history-missing", "proof-history-altered",
    "proof-history-added",
)  # fmt: skip
"""The codes of what :func:`of_journal` finds."""
_SCHEMA = {"missing": "proof-schema-missing", "added": "proof-schema-added"}


class Kept(NamedTuple):
    """A row of history: the operation that replaced it, and the operation that had written it."""

    operation: int
    key: Any
    written: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of verifying a registry: its seal, its number of operations, what is wrong."""

    head: str | None
    digest: str | None
    operations: int
    findings: list[Finding] = field(default_factory=list)
    rewritten: Mapping[int, Collection[int]] = field(default_factory=dict)
    """By operation that took personal values out, those of which it wrote the rest down anew."""


def prove(connection: Connection, seals: Sequence[str] = ()) -> Proof:
    """Compute the chain again, and compare everything stored with it, and with seals that were kept
    elsewhere.

    :raises UsageError: one of them is not a seal.
    """
    if connection.on_sqlite:
        # A byte that is not text counts as a change, and does not end the search.
        connection.driver.text_factory = partial(str, encoding="utf-8", errors="replace")
    if missing_tables(connection):
        return Proof(None, None, 0, list(_of_schema(connection)))
    examined = Examination(connection)
    findings = [found for seal in seals for found in against_seal(seal, examined.digests)]
    findings += [
        Finding("database-broken", {"detail": violation.what}, subject=violation.subject)
        for violation in violations(connection)
    ]
    findings += _of_schema(connection)
    findings += examined.findings()
    findings += [
        Finding("proof-ledger", sums._asdict(), subject=f"quota {sums.quota}")
        for sums in ledger_sums(connection)
    ]
    last = max(examined.digests, default=None)
    digest = None if last is None else examined.digests[last]
    head = None if last is None or digest is None else chain.seal(last, digest)
    operations = len([number for number in examined.digests if number])
    return Proof(head, digest, operations, findings, examined.rewritten)


def of_journal(connection: Connection) -> Iterator[Finding]:
    """The inexpensive part of the verification: the tables, the links of the chain, and the
    journal's own records."""
    yield from (finding for finding in _of_schema(connection) if finding.is_error)
    yield from Examination(connection).of_journal()


def _of_schema(connection: Connection) -> Iterator[Finding]:
    for difference in schema_differences(connection):
        facts = {"name": difference.name, "part": difference.part}
        yield Finding(_SCHEMA[difference.state], facts, subject=difference.name)
    if obstacle := compares_no_schema(connection):
        facts = {"detail": obstacle}
        yield Finding("proof-schema-unasked", facts, Level.WARNING, subject="schema")


def against_seal(seal: str, digests: Mapping[int, str | None]) -> Iterator[Finding]:
    """Whether a registry with these digests continues the one of a seal.

    :raises UsageError: it is no seal.
    """
    operation, beginning = chain.parse_seal(seal)
    facts = {"seal": seal, "operation": operation}
    subject = f"operation {operation}"
    if operation not in digests:
        yield Finding("proof-seal", facts | {"last": max(digests, default=0)}, subject=subject)
    elif not (digests[operation] or "").startswith(beginning):
        yield Finding("proof-seal", facts, subject=subject)


class Examination:
    """The content of the journal, and what contradicts it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        rows = list(
            _numbered(connection.each("SELECT id, digest, undoes, at FROM operation ORDER BY id"))
        )
        self.digests: dict[int, str | None] = {
            number: digest if isinstance(digest, str) else None for number, digest, *_ in rows
        }
        self.undoes: dict[int, int | None] = {number: undoes for number, _, undoes, _ in rows}
        self.days: dict[int, str] = {number: str(at)[:10] for number, *_, at in rows}
        self.contents: dict[int, list[tuple[int, Content]]] = defaultdict(list)
        self.latest: dict[str, dict[int, Content]] = defaultdict(dict)
        """What each operation wrote of each entity, as recorded last."""
        self.numbered: list[tuple[int, int]] = []
        """The id of each content, with its operation."""
        columns = ", ".join(f'"{name}"' for name in Content._fields)
        query = f"SELECT id, operation, written, {columns} FROM content ORDER BY operation, id"  # noqa: S608
        for number, operation, written, *values in _numbered(connection.each(query), 3):
            noun, size, keys, digest, sums, marks, salt = values
            content = Content(str(noun), size, str(keys), str(digest), str(sums), str(marks), salt)
            self.numbered.append((number, operation))
            self.contents[operation].append((written, content))
            self.latest[content.noun].pop(written, None)
            if not content.is_erased:
                self.latest[content.noun][written] = content
        self.history = self._history()

    @property
    def rewritten(self) -> dict[int, set[int]]:
        """By operation that took somebody's values out of the registry, the earlier ones of which
        it wrote the rest down anew."""
        found: dict[int, set[int]] = defaultdict(set)
        for operation, contents in self.contents.items():
            for written, _ in contents:
                if written != operation:
                    found[operation].add(written)
        return dict(found)

    def _history(self) -> dict[str, list[Kept]]:
        tables = {DECLARATIONS[entity].name: DECLARATIONS[entity] for entity in ENTITIES}
        numbered = {name for name, t in tables.items() if t.fields[t.key].type is int}
        found: dict[str, list[Kept]] = defaultdict(list)
        query = "SELECT operation, written, noun, key FROM history ORDER BY operation, id"
        for operation, written, noun, key in _numbered(self.connection.each(query), 2):
            is_number = noun in numbered and str(key).isascii() and str(key).isdigit()
            found[noun].append(Kept(operation, int(key) if is_number else key, written))
        return found

    def findings(self) -> Iterator[Finding]:
        """All that is wrong."""
        journal = list(self.of_journal())
        yield from journal
        # The history shows which rows must exist now, but only where it is complete.
        has_history = not any(finding.code.startswith("proof-history") for finding in journal)
        has_history &= all(
            _keys(content)
            for latest in self.latest.values()
            for content in latest.values()
            if content.size
        )
        for entity in ENTITIES:
            yield from self._of_entity(DECLARATIONS[entity], has_history=has_history)
        yield from self._ids()

    def of_journal(self) -> Iterator[Finding]:
        """What is wrong with the chain and the journal."""
        yield from self._links()
        yield from self._order()
        for table in JOURNAL:
            yield from self._journal(table)

    # -- the chain -------------------------------------------------------------------------------

    def _links(self) -> Iterator[Finding]:
        numbers = sorted(self.digests)
        for before, number in pairwise([chain.FIRST - 1, *numbers]):
            for missing in range(before + 1, number):
                yield _of_operation("proof-operation-missing", missing)
        links: set[str | None] = {None}
        # Of contents without a salt nothing is left to compute a link from.
        vouched = {number for earlier in self.rewritten.values() for number in earlier}
        for before, number in pairwise([chain.FIRST - 1, *numbers]):
            stored, contents = self.digests[number], self.contents[number]
            computed = {chain.digest_of(link, contents) for link in links}
            if number in vouched and not all(content.digest for _, content in contents):
                computed.add(stored or "")
            if stored is None or not contents:
                yield _of_operation("proof-unlinked", number)
            elif before == number - 1 and (
                stored not in computed or not all(map(self._is_written_anew, contents))
            ):
                yield _of_operation("proof-chain", number)
            # An operation is reported once; the next one is not reported just because it is linked
            # to it.
            links = {stored} if stored in computed else {stored, *computed}

    def _order(self) -> Iterator[Finding]:
        """Contents are numbered as they are written, and none is ever removed."""
        if {number for number, _ in self.numbered} != {*range(1, len(self.numbered) + 1)}:
            yield Finding("proof-ids", {"noun": "content"}, subject="content")
            return
        for place, (number, operation) in enumerate(self.numbered, 1):
            if number != place:
                yield _of_operation("proof-chain", operation)

    def _is_written_anew(self, of: tuple[int, Content]) -> bool:
        """Whether a content that was erased was written down anew; any other is there itself."""
        written, content = of
        return not content.is_erased or written in self.latest[content.noun]

    # -- rows against what was written -----------------------------------------------------------

    def _journal(self, table: Declaration) -> Iterator[Finding]:
        """The parts of the journal that differ from what was written, by operation."""
        stored = chain.stored_rows(self.connection, table)
        for operation in sorted(self.latest[table.name].keys() | stored.keys()):
            if operation not in self.digests:
                continue  # reported as missing already
            difference = self._difference(table, operation, stored)
            if table.entity is Operation:
                for name in difference.fields_of(operation):
                    yield _of_operation("proof-operation", operation, field=name)
            elif difference.is_there:
                counts = {
                    "proof-history-missing": len(difference.missing),
                    "proof-history-altered": len(difference.altered) or int(difference.is_unknown),
                    "proof-history-added": len(difference.added),
                }
                for code, count in counts.items():
                    if count:
                        yield _of_operation(code, operation, noun=table.name, count=count)

    def _of_entity(self, table: Declaration, *, has_history: bool) -> Iterator[Finding]:
        """The rows of an entity that differ from what an operation wrote."""
        query = f'SELECT "{table.key}", operation FROM "{table.table}"'  # noqa: S608
        actual: dict[Any, int] = dict(map(tuple, self.connection.rows(query)))
        placed = dict(self._places(table.name, actual)) if has_history else {}
        yield from placed.values()
        stored = chain.stored_rows(self.connection, table)
        for operation in sorted(self.latest[table.name].keys() | stored.keys()):
            difference = self._difference(table, operation, stored)
            if not difference.is_there:
                continue
            # Rows in history are reported with the journal.
            is_now = {key for key in difference.altered if actual.get(key) == operation}
            altered = {key: difference.altered[key] for key in is_now - placed.keys()}
            yield from _altered(table.name, operation, altered)
            if has_history:
                continue
            for code, keys in (
                ("proof-missing", difference.missing), ("proof-foreign", difference.added)
            ):  # fmt: skip
                yield from _rows(code, table.name, operation, keys)
        yield from self._folded(table, placed)

    def _difference(
        self, table: Declaration, operation: int, stored: Mapping[int, Stored]
    ) -> "Difference":
        content, rows = self.latest[table.name].get(operation), stored.get(operation, {})
        if content is None or not content.size:
            return Difference(added=set(rows))
        rows = _as_written(table, content, rows, self.days.get(operation, ""))
        if rows and _has_order(rows) and chain.content_of_rows(table, rows)[1:-1] == content[1:-1]:
            return Difference()
        return _located(table, content, rows)

    def _places(self, noun: str, actual: Mapping[Any, int]) -> Iterator[tuple[Any, Finding]]:
        """Rows that are missing, additional, or have the number of another operation: the journal
        shows which rows must exist."""
        expected = self.present_after(noun)
        for key in _sorted(expected.keys() | actual.keys()):
            there, must = actual.get(key), expected.get(key)
            if there == must:
                continue
            code = "proof-stamp"
            if there is None or must is None:
                code = "proof-missing" if there is None else "proof-foreign"
            yield key, _of_row(code, noun, key, operation=must if must is not None else there)

    def present_after(self, noun: str, last: int | None = None) -> dict[Any, int]:
        """Each row that must exist after an operation (None: now), and the operation that wrote
        it."""
        by_operation: dict[int, list[Kept]] = defaultdict(list)
        for kept in self.history[noun]:
            by_operation[kept.operation].append(kept)
        there: dict[Any, int] = {}
        for operation in sorted(self.digests):
            if last is not None and operation > last:
                break
            for kept in by_operation[operation]:
                there.pop(kept.key, None)
            undone = self.undoes[operation]
            if undone is not None:  # the rows that it had replaced are restored
                there |= {kept.key: kept.written for kept in by_operation[undone]}
            if content := self.latest[noun].get(operation):
                there |= dict.fromkeys(_keys(content), operation)
        return there

    def _folded(self, table: Declaration, known: Collection[Any]) -> Iterator[Finding]:
        for column, name in table.folded.items():
            query = f'SELECT operation, "{table.key}", "{name}", "{column}" FROM "{table.table}"'  # noqa: S608
            for by, key, text, folded in self.connection.each(query):
                if fold_name(str(text)) != folded and key not in known:
                    yield from _altered(table.name, by, {key: [column]})

    def _ids(self) -> Iterator[Finding]:
        """Ids of removed rows must not be given again, so the highest is kept."""
        last = dict(map(tuple, self.connection.rows("SELECT noun, last FROM last_id")))
        wrong = [str(noun) for noun in last.keys() - NAMED.keys()]
        for name, entity in NAMED.items():
            table = DECLARATIONS[entity]
            query = f'SELECT "{table.key}" FROM "{table.table}"'  # noqa: S608
            kept = {row.key for row in self.history[name]}
            gone = kept - {key for (key,) in self.connection.rows(query)}
            least = max((_number(entity, key) for key in gone), default=0)
            most = max((_number(entity, key) for key in kept), default=0)
            known = last.get(name, 0)
            if type(known) is not int or not least <= known <= most:
                wrong.append(name)
        for noun in sorted(wrong):
            yield Finding("proof-ids", {"noun": noun}, subject=noun)


# -- where a difference lies ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """How the rows of an operation differ from those that it wrote: missing and new keys, and the
    fields of altered rows (empty: it is unknown which)."""

    missing: set[Any] = field(default_factory=set)
    added: set[Any] = field(default_factory=set)
    altered: dict[Any, list[str]] = field(default_factory=dict)
    is_unknown: bool = False

    @property
    def is_there(self) -> bool:
        """Whether there is any difference."""
        return bool(self.missing or self.added or self.altered or self.is_unknown)

    def fields_of(self, key: Any) -> list[str]:
        """The altered fields of one row."""
        return self.altered.get(key, [])


def _located(table: Declaration, content: Content, rows: Stored) -> Difference:
    """Where the rows differ according to the checksums kept with the digest."""
    keys = _keys(content)
    try:
        fields = chain.fields_of(table)
        sums = {name: of for name, of in json.loads(content.fields).items() if name in fields}
        marks = chain.marks_in(content.marks)
    except (ValueError, TypeError, AttributeError):
        keys = []
    if not keys:
        return Difference(is_unknown=True)  # it was altered itself, which the chain shows
    missing, added = set(keys) - rows.keys(), set(rows.keys() - set(keys))
    each = sorted(name for name in sums if not str(sums[name]).startswith("="))
    altered: dict[Any, list[str]] = {}
    unmarked: list[Any] = []
    for at, key in enumerate(keys):
        if key not in rows:
            continue
        texts = dict(zip(fields, map(_text, rows[key]), strict=True))
        # All rows of the operation have these in common.
        altered[key] = [
            name for name in texts.keys() - each if not _is_common(texts[name], sums.get(name))
        ]
        if each and crc32(_row(texts, each)) != (marks[at] if at < len(marks) else None):
            unmarked.append(key)
    whole: list[str] = []
    if unmarked and not missing and not added:
        columns = chain.by_column(table, {key: rows[key] for key in keys})
        whole = [name for name in each if f"{_sum(columns[name]):08x}" != sums[name]]
    for key in unmarked:
        altered[key] += whole
    altered = {key: sorted(names) for key, names in altered.items() if names or key in unmarked}
    return Difference(missing, added, altered, not (missing or added or altered))


def _as_written(table: Declaration, content: Content, rows: Stored, day: str) -> Stored:
    """The rows without what a later migration put into columns that it added: their defaults, or
    the day of the operation that wrote the rows, which has no checksum of them."""
    added = {
        at: str(day if name in _FILLED else table.fields[name].default)
        for at, name in enumerate(chain.fields_of(table))
        if f'"{name}":' not in content.fields
        and (name in _FILLED or table.fields[name].default not in (None, MISSING))
    }
    if not added:
        return rows
    return {
        key: [None if str(value) == added.get(at) else value for at, value in enumerate(row)]
        for key, row in rows.items()
    }


def _numbered(rows: Iterable[Row], numbers: int = 1) -> Iterator[Row]:
    """The rows that begin with so many numbers. Those of another type come from another program,
    which the check of types reports; they have no order among the others."""
    return (row for row in rows if all(type(number) is int for number in row[:numbers]))


def _keys(content: Content) -> list[Any]:
    """The keys of what an operation wrote; empty where another program recorded them."""
    try:
        return list(chain.keys_in(content.keys))
    except (ValueError, TypeError, IndexError, zlib.error):
        return []


def _number(entity: type[Entity], key: Any) -> int:
    return ids.number_of(entity, key) if isinstance(key, int) or entity is Organization else 0


def _text(value: Any) -> str:
    return chain.texts_of([value])[0]


def _row(texts: Mapping[str, str], names: Sequence[str]) -> bytes:
    return chain.BETWEEN_VALUES.join(texts[name] for name in names).encode()


def _sum(column: Sequence[Any]) -> int:
    return chain.sum_of(chain.texts_of(column))


def _is_common(text: str, kept: str | None) -> bool:
    return text == chain.NOTHING if kept is None else kept == chain.sum_of_all(text)


def _has_order(rows: Stored) -> bool:
    """Whether all keys are of one type, as those that the program wrote."""
    return len(set(map(type, rows))) == 1


def _sorted(keys: Collection[Any]) -> list[Any]:
    return sorted(keys, key=lambda key: (str(type(key)), key))


# -- findings ------------------------------------------------------------------------------------


def _of_operation(code: str, operation: int, **facts: Any) -> Finding:
    return Finding(code, {"operation": operation, **facts}, subject=f"operation {operation}")


def _of_row(code: str, noun: str, key: Any, **facts: Any) -> Finding:
    return Finding(code, {"noun": noun, "key": key, **facts}, subject=f"{noun} {key}")


def _altered(noun: str, operation: int, altered: Mapping[Any, list[str]]) -> Iterator[Finding]:
    for key in _sorted(altered)[:NAMED_ROWS]:
        for name in altered[key]:
            yield _of_row("proof-field", noun, key, field=name, operation=operation)
        if not altered[key]:
            yield _of_row("proof-row", noun, key, operation=operation)
    yield from _further("proof-row", noun, operation, altered)


def _rows(code: str, noun: str, operation: int, keys: Collection[Any]) -> Iterator[Finding]:
    for key in _sorted(keys)[:NAMED_ROWS]:
        yield _of_row(code, noun, key, operation=operation)
    yield from _further(code, noun, operation, keys)


def _further(code: str, noun: str, operation: int, keys: Collection[Any]) -> Iterator[Finding]:
    if len(keys) > NAMED_ROWS:
        facts = {"noun": noun, "operation": operation, "count": len(keys) - NAMED_ROWS}
        yield Finding(code, facts, subject=noun)
