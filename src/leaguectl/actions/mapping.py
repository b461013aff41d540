"""A user's own headings: mapped once, remembered by the registry, understood ever after."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from leaguectl.findings import NotFound, UsageError
from leaguectl.kinds import KINDS
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

SETTING = "headings"
"""Under which setting the registry keeps them, as JSON."""


@dataclass(frozen=True, slots=True)
class Mappings:
    """Headings with the fields that they are for: everywhere, and in the files of some senders,
    known by a pattern of the file's name."""

    everywhere: Mapping[str, str] = field(default_factory=dict)
    by_sender: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, file: str) -> dict[str, str]:
        """The headings that count in a file of that name; a sender's own go first."""
        own = (
            said for pattern, said in self.by_sender.items() if fnmatchcase(file.lower(), pattern)
        )
        found = dict(self.everywhere)
        for said in own:
            found |= said
        return found


def mappings(location: Location, configured: Mapping[str, Any], given: Iterable[str]) -> Mappings:
    """What the registry remembers, then the config file's, then what options give.

    ``configured`` is the config file's table: headings with their fields, or under the pattern of
    a file's name a table of them for the sender of such files.

    :raises UsageError: there is no such field.
    """
    senders = {key: said for key, said in configured.items() if isinstance(said, Mapping)}
    plain = _listed({key: said for key, said in configured.items() if key not in senders})
    options = parse_mappings(given)
    everywhere = remembered(location) | parse_mappings(plain) | options
    by_sender = {
        pattern.lower(): parse_mappings(_listed(said)) | options
        for pattern, said in senders.items()
    }
    return Mappings(everywhere, by_sender)


def _listed(table: Mapping[str, Any]) -> list[str]:
    return [f"{heading}={field}" for heading, field in table.items()]


def parse_mappings(given: Iterable[str]) -> dict[str, str]:
    """``heading=field`` as options give them; a field by its name or by one of its headings.

    :raises UsageError: there is no such field.
    """
    fields: dict[str, str] = {}
    for kind in KINDS.values():
        for column in kind.pattern.columns:
            fields |= dict.fromkeys((column.field, *column.headings), column.field)
    mapped = {}
    for one in given:
        heading, _, field = one.partition("=")
        if not heading.strip() or field.strip() not in fields:
            raise UsageError("map-unknown", map=one, known=sorted(set(fields.values())))
        mapped[heading.strip()] = fields[field.strip()]
    return mapped


def remembered(location: Location) -> dict[str, str]:
    """What the registry remembers; nothing where there is none yet."""
    try:
        with open_reader(location) as reader:
            found = reader.rows("SELECT value FROM setting WHERE key = :key", {"key": SETTING})
    except NotFound:
        return {}
    known: dict[str, str] = json.loads(found[0][0]) if found else {}
    return known


def to_remember(location: Location, mapped: Mapping[str, str]) -> dict[str, str]:
    """The setting that keeps what was mapped just now beside what is remembered already; it is
    written with the import that used it. Nothing where all of it is remembered."""
    known = remembered(location)
    if mapped.items() <= known.items():
        return {}
    return {SETTING: json.dumps({**known, **mapped}, ensure_ascii=False)}
