"""The JSON Schemas of all answers (docs/answers.schema.json), made from what the commands declare.

python tools/answer_schemas.py            # renews the file
python tools/answer_schemas.py --check    # says whether it is what the program says
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args

from generated import finish
from leaguectl.cli import answers
from leaguectl.cli.answers import ERROR, TYPES, shapes
from leaguectl.cli.app import COMMANDS
from leaguectl.cli.framework import LeagueCommand, Root
from leaguectl.model import DECLARATIONS
from leaguectl.model.declaration import EntityField
from leaguectl.store.schema import tables
from leaguectl.words import words

FILE = Path(__file__).parent.parent / "docs" / "answers.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
CHINESE, ENGLISH = words("zh"), words("en")
_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}

Schema = dict[str, Any]


def schemas(*, closed: bool = False) -> Schema:
    """One schema for every answer, with one for each command in it. A new version may add fields,
    so that it allows others than are known; ``closed`` forbids them, which only our tests do."""
    made = Schemas(closed)
    found = {command.path: made.answer(command) for command in _commands(Root(COMMANDS, ENGLISH))}
    found["error"] = made.part(_answer_of("error", {"error": ERROR}))
    chosen = [
        {
            "if": {"properties": {"schema": {"const": _id(path)}}},
            "then": {"$ref": f"#/$defs/{_pointer(path)}"},
        }
        for path in found
    ]
    return {
        "$schema": DIALECT,
        "title": "leaguectl -O json",
        "type": "object",
        "properties": {"schema": {"enum": [_id(path) for path in found]}},
        "required": ["schema"],
        "allOf": chosen,
        "$defs": {**found, **dict(sorted(made.fields.items()))},
    }


def _commands(group: Any) -> Iterator[LeagueCommand]:
    """Every command of a group, and of the groups within it; one that prints no data can still
    answer with an error."""
    for name, target in group.table.items():
        command = group.get_command(None, name)
        if isinstance(target, Mapping):
            yield from _commands(command)
        else:
            yield command


def _id(path: str) -> str:
    return f"leaguectl/{path}@1"


def _pointer(name: str) -> str:
    """A name as part of a reference."""
    return name.replace(" ", "%20").replace(".", "%2E")


def _answer_of(path: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    return {"schema": _Const(_id(path)), **shape}


class _Const(str):
    """A text that is always this one."""

    __slots__ = ()


class Schemas:
    """Schemas of shapes; what several have, and each field by its name, is said once, in
    :attr:`fields`."""

    def __init__(self, closed: bool) -> None:
        self.closed = closed
        self.fields: dict[str, Schema] = {}
        self.parts = {
            id(part): f"part.{name.lower()}"
            for name, part in vars(answers).items()
            if name.isupper() and isinstance(part, dict) and part is not TYPES
        }
        """The names of what several answers have."""

    def answer(self, command: LeagueCommand) -> Schema:
        """What a command may answer."""
        path, declared = command.path, command.declared
        known = shapes(
            declared.answer, declared.columns, writes=declared.writes,
            is_operation=declared.is_operation,
        )  # fmt: skip
        found = [self.part(_answer_of(path, shape)) for shape in (*known, {"error": ERROR})]
        title = " · ".join(
            re.split(r"[。\n]|\. |\.$", table.help[path])[0] for table in (CHINESE, ENGLISH)
        )
        return {"title": title, **(found[0] if len(found) == 1 else {"anyOf": found})}

    def part(self, shape: Any) -> Schema:
        """The schema of a shape."""
        if isinstance(shape, _Const):
            return {"const": str(shape)}
        if isinstance(shape, tuple):
            return {"anyOf": [self.part(each) for each in shape]}
        if isinstance(shape, list):
            items = self.part(shape[0]) if shape else False
            return {"type": "array", "items": items}
        if not isinstance(shape, Mapping):
            return _typed(shape)
        if (name := self.parts.get(id(shape))) is None:
            return self._object(shape)
        if name not in self.fields:
            self.fields[name] = self._object(shape)
        return {"$ref": f"#/$defs/{_pointer(name)}"}

    def _object(self, shape: Mapping[str, Any]) -> Schema:
        properties: dict[str, Schema] = {}
        required = []
        for written, part in _expanded(shape):
            name = written.removesuffix("?")
            properties[name] = self._field(name) if part is ... else self.part(part)
            if name == written and name != "*":
                required.append(name)
        more = properties.pop("*", None)
        made: Schema = {"type": "object"}
        if properties:
            made["properties"] = properties
        if required:
            made["required"] = required
        if more is not None:
            made["additionalProperties"] = more
        elif self.closed:
            made["additionalProperties"] = False
        return made

    def _field(self, name: str) -> Schema:
        if f"field.{name}" not in self.fields:
            labels = dict.fromkeys(table.fields.get(name) for table in (CHINESE, ENGLISH))
            title = " · ".join(filter(None, labels))
            said = {"title": title} if title else {}
            self.fields[f"field.{name}"] = {**said, **_typed(type_of(name))}
        return {"$ref": f"#/$defs/{_pointer(f'field.{name}')}"}


def _expanded(shape: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a shape, those of an entity one by one; what is said later counts."""
    found: dict[str, Any] = {}
    for name, part in shape.items():
        if name.startswith("@"):
            entity = next(
                each for each in DECLARATIONS.values() if each.entity.__name__ == name[1:]
            )
            found |= {
                field.name: _of_entity(field)
                for field in entity.fields.values()
                if field.name != "operation"
            }
        else:
            found.pop(name.removesuffix("?"), None)
            found.pop(f"{name}?", None)
            found[name] = part
    yield from found.items()


def _of_entity(field: EntityField) -> Any:
    return object if field.spec.json else field.type | None


@cache
def type_of(name: str) -> Any:
    """The type that a field of this name has in every answer.

    :raises LookupError: nothing says, or entities have it with several.
    """
    if name in TYPES:
        return TYPES[name]
    found = {_of_entity(table.fields[name]) for table in tables().values() if name in table.fields}
    if len(found) != 1:
        raise LookupError(f"{name}: {found or 'no type'}")
    return found.pop()


def _typed(kind: Any) -> Schema:
    """The schema of a type, or of several."""
    kinds = get_args(kind) if isinstance(kind, UnionType) else (kind or NoneType,)
    if object in kinds:
        return {}
    if not all(each in _NAMES or each is date for each in kinds):
        raise TypeError(kind)
    names = ["string" if each is date else _NAMES[each] for each in kinds]
    # A whole number is a number as well.
    names = [name for name in dict.fromkeys(names) if name != "integer" or "number" not in names]
    form = {"format": "date"} if date in kinds else {}
    return {"type": names[0] if len(names) == 1 else names, **form}


def text() -> str:
    """The file as it is today."""
    return json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(finish({FILE: text()}))
