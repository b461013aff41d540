"""Which ids were given out: the id of a removed row is never given again, since it is still in the
journal, in calendars and on paper."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from leaguectl.model import DECLARATIONS, KEYS, Entity, Organization, key_of
from leaguectl.store.connection import Connection

_NUMBERED = tuple(entity for entity, key in KEYS.items() if key == "id")
_GIVEN_CODE = re.compile("O[0-9]{5}")
"""The form of organisation codes that the registry gives."""
# A range is found in the index, LIKE is not.
_GIVEN_CODES = "BETWEEN 'O00000' AND 'O99999'"


def load_last_ids(connection: Connection) -> dict[type[Entity], int]:
    """The last id of each entity that was ever given out; for organisations the number in their
    code."""
    gone = _last_of_gone(connection)
    numbered = [DECLARATIONS[entity] for entity in _NUMBERED]
    tables = (f"SELECT '{known.name}', max(id) FROM \"{known.table}\"" for known in numbered)  # noqa: S608
    there = dict(map(tuple, connection.rows(" UNION ALL ".join(tables))))
    last: dict[type[Entity], int] = {
        entity: max(there[known.name] or 0, gone.get(known.name, 0))
        for entity, known in zip(_NUMBERED, numbered, strict=True)
    }
    codes = connection.rows(f"SELECT code FROM organization WHERE code {_GIVEN_CODES}")  # noqa: S608
    given = _last_code(code for (code,) in codes)
    last[Organization] = max(given, gone.get(DECLARATIONS[Organization].name, 0))
    return last


def remember_last_ids(connection: Connection, gone: Iterable[Entity]) -> None:
    """Keep the ids of removed records; an undo does not reverse this."""
    last: dict[str, int] = {}
    for record in gone:
        name, number = DECLARATIONS[type(record)].name, number_of(type(record), key_of(record))
        last[name] = max(last.get(name, 0), number)
    before = _last_of_gone(connection) if last else {}
    for name, number in last.items():
        if number > before.get(name, 0):
            connection.run("DELETE FROM last_id WHERE noun = :noun", {"noun": name})
            statement = "INSERT INTO last_id (noun, last) VALUES (:noun, :last)"
            connection.run(statement, {"noun": name, "last": number})


def number_of(entity: type[Entity], key: Any) -> int:
    """The id in the key of a record that has one, else 0."""
    if entity is Organization:
        return _last_code([str(key)])
    return int(key) if entity in _NUMBERED else 0


def _last_code(codes: Iterable[str]) -> int:
    given = (int(code[1:]) for code in codes if _GIVEN_CODE.fullmatch(code))
    return max(given, default=0)


def _last_of_gone(connection: Connection) -> Mapping[str, int]:
    """The highest id among removed rows of each entity, by the entity's name, or a higher
    number."""
    return dict(map(tuple, connection.rows("SELECT noun, last FROM last_id")))
