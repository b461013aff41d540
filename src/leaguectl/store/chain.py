"""The chain of operations: the digest of everything an operation wrote, linked to the previous one.

The rows that an operation wrote are the stored rows with its number, and those that history kept
when they were replaced. So its digest can be computed again at any time, and nothing can be changed
without a trace. Checksums kept with the digest show which row and which field was changed.

The chain covers each content by a digest with a salt of its own. When somebody's values are erased
(:mod:`leaguectl.store.erasure`), the salt and the checksums are deleted and this digest stays:
without the salt nobody can try out values against it. What is left of the rows is recorded again.
"""

import hashlib
import json
import os
import re
import sys
import zlib
from array import array
from base64 import b64decode, b64encode
from binascii import crc32
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING
from datetime import date
from itertools import islice
from operator import itemgetter, lt
from typing import Any, NamedTuple

from leaguectl.findings import UsageError
from leaguectl.model import DECLARATIONS, ENTITIES
from leaguectl.model.declaration import Declaration
from leaguectl.store.connection import Connection, Parameters, Row
from leaguectl.store.save import Written, bulk_insert
from leaguectl.store.schema import JOURNAL, Operation

FIRST = 0
"""The operation that made the registry."""
SEAL_DIGITS = 16
"""The number of digits of a digest in a seal: finding another registry with the same digits would
take too long for anybody."""

BETWEEN_VALUES, _BETWEEN_ROWS, NOTHING, _ESCAPE = "\x1f", "\x1e", "\x00", "\x1d"
_ESCAPES = str.maketrans(
    {sign: f"{_ESCAPE}{ord(sign)}" for sign in (BETWEEN_VALUES, _BETWEEN_ROWS, NOTHING, _ESCAPE)}
)
_TAIL = 6
"""How many last digits of a serial may be part of a range."""
_AT_ONCE = 4096
"""How many rows are turned into text together: as many as fit the processor's cache."""
_FEW = 50
"""Up to this many keys are written one by one."""

Columns = Mapping[str, Sequence[Any]]
Stored = dict[Any, Row]
"""Rows by their keys; their values are those of :func:`fields_of`."""


class Content(NamedTuple):
    """A :class:`~leaguectl.store.schema.Content` before it is written."""

    noun: str
    size: int
    keys: str
    digest: str
    fields: str
    marks: str
    salt: str | None = None

    @property
    def is_erased(self) -> bool:
        """Whether its checksums are gone, since somebody's values were taken out of the rows."""
        return not self.keys

    @property
    def commitment(self) -> str:
        """What the chain has of a content that is salted, and all that is left of an erased one."""
        if self.is_erased:
            return self.digest
        parts = (str(self.salt), *map(str, self[1:-1]))
        return hashlib.sha256(BETWEEN_VALUES.join(parts).encode()).hexdigest()


# -- values as text ------------------------------------------------------------------------------


def content_of(noun: str, key: str, columns: Columns, same: Mapping[str, Any]) -> Content:
    """The content of rows (at least one) that are given by column: the values that differ, equally
    long, and those that all have in common. Fields without any value do not count, so that a field
    added to an entity later changes no digest."""
    keys = list(columns[key]) if key in columns else [same[key]]
    count = len(keys)
    # A field is written once where all rows have the same value, in whichever way it was given.
    each = {name: column for name, column in columns.items() if not _is_constant(column)}
    common = dict(same) | {name: columns[name][0] for name in columns.keys() - each.keys()}
    if not all(map(lt, keys, islice(keys, 1, None))):
        take = itemgetter(*sorted(range(count), key=keys.__getitem__))
        keys, each = list(take(keys)), {name: take(column) for name, column in each.items()}
    texts = {name: texts_of([value])[0] for name, value in sorted(common.items())}
    texts = {name: text for name, text in texts.items() if text != NOTHING}
    names = sorted(each)
    head = [noun, str(count), *names, "", *(f"{name}={text}" for name, text in texts.items())]
    whole = hashlib.sha256(BETWEEN_VALUES.join(head).encode())
    marks, sums = array("I"), [0] * len(names)
    for start in range(0, count if each else 0, _AT_ONCE):
        part = [texts_of(each[name][start : start + _AT_ONCE]) for name in names]
        rows = list(map(str.encode, map(BETWEEN_VALUES.join, zip(*part, strict=True))))
        whole.update(_BETWEEN_ROWS.encode().join((b"", *rows)))
        marks.extend(map(crc32, rows))
        sums = [sum_of(column, before) for column, before in zip(part, sums, strict=True)]
    fields = {name: f"{found:08x}" for name, found in zip(names, sums, strict=True)}
    fields |= {name: sum_of_all(text) for name, text in texts.items()}
    marked = b64encode(_little_endian(marks)).decode()
    return Content(noun, count, packed(keys), whole.hexdigest(), _json(fields), marked)


def sum_of(texts: Sequence[str], before: int = 0) -> int:
    """A short checksum of a column, continuing that of the rows before."""
    return crc32(BETWEEN_VALUES.join((*texts, "")).encode(), before)


def sum_of_all(text: str) -> str:
    """How a value that all rows have in common is written down."""
    return f"={crc32(text.encode()):08x}"


def marks_in(text: str) -> Sequence[int]:
    """The checksums of the rows."""
    return _little_endian_in(b64decode(text))


def _is_constant(column: Sequence[Any]) -> bool:
    return bool(column[0] == column[-1]) and column.count(column[0]) == len(column)


def texts_of(column: Sequence[Any]) -> Sequence[str]:
    """The values of a column as text, distinct values as distinct texts."""
    kinds = set(map(type, column)) - {type(None)}
    if kinds == {date}:  # many have one day
        days = {day: _text_of(day) for day in set(column)}
        return list(map(days.__getitem__, column))
    gaps = column.count(None)
    if kinds == {int} and not gaps:
        return list(map(str, column))
    if not all(issubclass(kind, str) for kind in kinds):
        return list(map(_text_of, column))
    texts = [NOTHING if text is None else text for text in column] if gaps else column
    return texts if _is_plain(texts, gaps) else list(map(_text_of, column))


def _text_of(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return str.translate(value, _ESCAPES)
    if isinstance(value, float):
        # SQLite stores 10 in a column of real numbers as 10.0, which means the same.
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _is_plain(texts: Sequence[str], gaps: int) -> bool:
    """Whether texts, of which so many are :data:`NOTHING`, have none of the characters that
    separate values."""
    joined = "".join(texts)
    return joined.count(NOTHING) == gaps and not any(
        sign in joined for sign in (BETWEEN_VALUES, _BETWEEN_ROWS, _ESCAPE)
    )


def _little_endian(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _little_endian_in(data: bytes) -> "array[int]":
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def packed(keys: Sequence[Any]) -> str:
    """Keys in order, in compact form: consecutive keys by the first and the last."""
    first, last = _counted(keys[0]), _counted(keys[-1])
    if len(keys) > 1 and first[0] == last[0] and last[1] - first[1] + 1 == len(keys):
        whole = _json([[keys[0], keys[-1]]])
        if list(keys_in(whole)) == keys:
            return whole
    if len(keys) <= _FEW:
        return _json(keys)
    return _json(b64encode(zlib.compress(_json(keys).encode(), 1)).decode())


def keys_in(text: str) -> Iterator[Any]:
    """The keys that :func:`packed` put together."""
    keys = json.loads(text)
    if isinstance(keys, str):
        keys = json.loads(zlib.decompress(b64decode(keys)))
    for key in keys:
        if not isinstance(key, list):
            yield key
        elif isinstance(key[0], int):
            yield from range(key[0], key[1] + 1)
        else:
            (head, length), number = _counted(key[0])
            for tail in range(number, _counted(key[1])[1] + 1):
                yield f"{head}{tail:0{length}}"


def _counted(key: Any) -> tuple[tuple[str, int], int]:
    """The beginning of a key and the length of its last digits; then these digits as a number."""
    if isinstance(key, int):
        return ("", 0), key
    tail = key[-_TAIL:]
    if not (tail.isascii() and tail.isdigit()):
        return (key, 0), 0
    return (key[: -len(tail)], len(tail)), int(tail)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# -- the chain -----------------------------------------------------------------------------------


def link(
    connection: Connection,
    operation: int,
    rows: Written,
    anew: Sequence[tuple[int, Content]] = (),
) -> None:
    """Record what an operation wrote, and link it to the previous one. ``rows`` are those of
    entities; those of the journal are in their tables. ``anew`` are contents of earlier operations,
    each with its operation."""
    written = dict(rows)
    for declaration in JOURNAL:
        column = "id" if declaration.entity is Operation else "operation"
        if columns := _columns_of(connection, declaration, f"{column} = :id", {"id": operation}):
            written[declaration.name] = columns, {}
    contents = [
        (operation, _content(DECLARED[noun], columns, same))
        for noun, (columns, same) in written.items()
    ]
    before = connection.value(
        "SELECT digest FROM operation WHERE id < :id ORDER BY id DESC LIMIT 1", {"id": operation}
    )
    keep(connection, operation, before, [*contents, *anew])


def keep(
    connection: Connection,
    operation: int,
    before: str | None,
    contents: Sequence[tuple[int, Content]],
) -> str:
    """Record the contents of an operation, each with the operation whose rows they are; return its
    digest, to which the next one is linked."""
    last = connection.value("SELECT max(id) FROM content") or 0
    salted = [(by, content._replace(salt=os.urandom(16).hex())) for by, content in contents]
    rows = zip(*(content for _, content in salted), strict=True)
    columns: dict[str, Sequence[Any]] = dict(zip(Content._fields, rows, strict=True))
    columns["id"] = range(last + 1, last + 1 + len(contents))
    columns["written"] = [by for by, _ in salted]
    bulk_insert(connection, "content", columns, {"operation": operation})
    digest = digest_of(before, salted)
    statement = "UPDATE operation SET digest = :digest WHERE id = :id"
    connection.run(statement, {"digest": digest, "id": operation})
    return digest


def digest_of(before: str | None, contents: Iterable[tuple[int, Content]]) -> str:
    """The digest of an operation: it covers the previous digest and the contents, each with the
    operation that its rows belong to."""
    lines = sorted(
        BETWEEN_VALUES.join((content.noun, str(written), *_chained(content)))
        for written, content in contents
    )
    return hashlib.sha256(_BETWEEN_ROWS.join((before or "", *lines)).encode()).hexdigest()


def _chained(content: Content) -> Iterable[str]:
    """What of a content is linked; older ones have no salt."""
    if content.salt is None and not content.is_erased:
        return map(str, content[1:-1])
    return (content.commitment,)


def seal(operation: int, digest: str) -> str:
    """The seal that is signed: the last operation and the beginning of its digest."""
    return f"{operation}-{digest[:SEAL_DIGITS]}"


def parse_seal(text: str) -> tuple[int, str]:
    """The operation and the beginning of the digest of a seal.

    :raises UsageError: the text is not a seal.
    """
    match = re.fullmatch(r"([0-9]{1,9})-([0-9a-f]{8,64})", text.strip().lower())
    if match is None:
        raise UsageError("seal-unreadable", seal=text)
    return int(match[1]), match[2]


def head(rows: Callable[[str], Sequence[Row]]) -> str | None:
    """The seal of a registry as it is; None where its chain was not computed yet."""
    found = rows("SELECT id, digest FROM operation ORDER BY id DESC LIMIT 1")
    return seal(*found[0]) if found and found[0][1] else None


# -- from what is stored -------------------------------------------------------------------------


def complete(connection: Connection) -> None:
    """Compute the chain of a registry that was written before there was one."""
    query = "SELECT id, digest FROM operation ORDER BY id"
    operations = connection.rows(query)
    if all(digest for _, digest in operations):
        return
    contents: dict[int, list[tuple[int, Content]]] = defaultdict(list)
    for declaration in DECLARED.values():
        for operation, rows in stored_rows(connection, declaration).items():
            contents[operation].append((operation, content_of_rows(declaration, rows)))
    before = None
    for operation, _ in operations:
        before = keep(connection, operation, before, contents[operation])


def stored_rows(
    connection: Connection, declaration: Declaration, only: int | None = None
) -> dict[int, Stored]:
    """The rows that every operation (or ``only`` one) wrote of an entity, by their keys, as they
    are stored or as history kept them."""
    names = fields_of(declaration)
    by = "id" if declaration.entity is Operation else "operation"
    where, parameters = ("1 = 1", {}) if only is None else ("{} = :only", {"only": only})
    query = f'SELECT "{by}", {_listed(names)} FROM "{declaration.table}" WHERE '  # noqa: S608
    place, key_type = names.index(declaration.key), declaration.fields[declaration.key].type
    found: dict[int, dict[Any, Row]] = defaultdict(dict)
    for operation, *row in connection.each(query + where.format(by), parameters):
        # A key of another type has no order among the others; the check of types reports it.
        if type(operation) is int and type(row[place]) is key_type:
            found[operation][row[place]] = row
    if declaration in JOURNAL:
        return found
    query = "SELECT written, before FROM history WHERE noun = :noun AND {} ORDER BY id DESC"
    kept = query.format(where.format("written"))
    # A column that a later migration added has this value where an undo puts the row back.
    defaults = [declaration.fields[name].default for name in names]
    blanks = [None if default is MISSING else default for default in defaults]
    for operation, before in connection.each(kept, parameters | {"noun": declaration.name}):
        try:
            values = json.loads(before)
            row = list(map(values.get, names, blanks))
        except (ValueError, TypeError, AttributeError):
            continue  # another program changed it, which the digest of the history shows
        if type(operation) is int and type(row[place]) is key_type:
            found[operation].setdefault(row[place], row)
    return found


def content_of_rows(declaration: Declaration, rows: Stored) -> Content:
    """The content of what is stored (at least one row)."""
    return _content(declaration, by_column(declaration, rows), {})


def nothing_left(noun: str) -> Content:
    """The content of rows that went when somebody's values were taken out."""
    return Content(noun, 0, "[]", hashlib.sha256().hexdigest(), "{}", "")


def by_column(declaration: Declaration, rows: Stored) -> Columns:
    """The rows of :func:`stored_rows` by column."""
    return dict(zip(fields_of(declaration), zip(*rows.values(), strict=True), strict=True))


def fields_of(declaration: Declaration) -> list[str]:
    """The fields that count: all except the operation that the row belongs to, and its digest."""
    return [name for name in declaration.fields if name not in _NOT_COUNTED[declaration.name]]


def _content(declaration: Declaration, columns: Columns, same: Mapping[str, Any]) -> Content:
    names = set(fields_of(declaration))
    return content_of(
        declaration.name,
        declaration.key,
        {name: column for name, column in columns.items() if name in names},
        {name: value for name, value in same.items() if name in names},
    )


def _columns_of(
    connection: Connection, declaration: Declaration, where: str, parameters: Parameters
) -> Columns:
    """Rows of a table by column; nothing where there is none."""
    names = fields_of(declaration)
    query = f'SELECT {_listed(names)} FROM "{declaration.table}" WHERE {where}'  # noqa: S608
    rows = connection.rows(query, parameters)
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


DECLARED = {
    declaration.name: declaration
    for declaration in (*JOURNAL, *(DECLARATIONS[entity] for entity in ENTITIES))
}
"""Everything an operation can write, by name."""
_NOT_COUNTED = {
    declaration.name: {"digest"} if declaration.entity is Operation else {"operation"}
    for declaration in DECLARED.values()
}
