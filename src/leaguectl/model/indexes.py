"""Indexes that are made when they are first asked for, and kept true from then on."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any

from leaguectl.model.declaration import Entity
from leaguectl.model.entities import key_of
from leaguectl.model.league import OrganizationEvent, Person
from leaguectl.names import fold_name

By = str | Callable[[Any], Any]
"""By what nouns are found: a field, or what a function makes of one."""


class Indexes:
    """Nouns of one kind by the value of a field, or by what a function makes of them."""

    def __init__(self) -> None:
        self._made: dict[type[Entity], dict[Hashable, dict[Any, dict[Any, Any]]]] = {}

    def __bool__(self) -> bool:
        return bool(self._made)

    def having(self, noun: type[Entity], by: By, value: Any, everyone: Iterable[Any]) -> list[Any]:
        """Those of which ``by`` is that value, in order of their keys; ``everyone`` is asked for
        where there is no such index yet."""
        made = self._made.setdefault(noun, {})
        if by not in made:
            index = made[by] = {}
            for one in everyone:
                index.setdefault(_valued(by, one), {})[key_of(one)] = one
        found = made[by].get(value, {})
        return [found[key] for key in sorted(found)]

    def load(self, noun: Entity) -> None:
        """Take a noun into every index of its kind."""
        for index, value in self._of(noun):
            index.setdefault(value, {})[key_of(noun)] = noun

    def drop(self, noun: Entity) -> None:
        """Take a noun out of every index of its kind."""
        for index, value in self._of(noun):
            index.get(value, {}).pop(key_of(noun), None)

    def _of(self, noun: Entity) -> Iterator[tuple[dict[Any, dict[Any, Any]], Any]]:
        for by, index in self._made.get(type(noun), {}).items():
            yield index, _valued(by, noun)


def _valued(by: Any, noun: Any) -> Any:
    return getattr(noun, by) if isinstance(by, str) else by(noun)


def folded_name(one: Person) -> str:
    """The key under which a person's name is found."""
    return fold_name(one.name)


def former_name(one: OrganizationEvent) -> str | None:
    """The key of the name that a renaming took from an organisation."""
    return fold_name(one.before or "") if one.kind == "renamed" else None
