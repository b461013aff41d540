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
        headings = dict(self.everywhere)
        for pattern, own in self.by_sender.items():
            # Windows does not tell capitals from small letters in the name of a file.
            if fnmatchcase(file.lower(), pattern):
                headings |= own
        return headings


def mappings(location: Location, configured: Mapping[str, Any], options: Iterable[str]) -> Mappings:
    """What the registry remembers, then the config file's, then what options say.

    ``configured`` is the config file's table: headings with their fields, or under the pattern of
    a file's name a table of them for the sender of such files.

    :raises UsageError: there is no such field.
    """
    senders = {key: table for key, table in configured.items() if isinstance(table, Mapping)}
    plain = {key: field for key, field in configured.items() if key not in senders}
    last = parse_mappings(options)
    # What is said nearest to the import counts: an option before the file, the file before both.
    everywhere = remembered(location) | parse_mappings(_as_options(plain)) | last
    by_sender = {
        pattern.lower(): parse_mappings(_as_options(table)) | last
        for pattern, table in senders.items()
    }
    return Mappings(everywhere, by_sender)


def _as_options(table: Mapping[str, Any]) -> list[str]:
    return [f"{heading}={field}" for heading, field in table.items()]


def parse_mappings(options: Iterable[str]) -> dict[str, str]:
    """The headings of ``heading=field`` with their fields; a field goes by its name or by one of
    its headings.

    :raises UsageError: there is no such field.
    """
    fields: dict[str, str] = {}
    for kind in KINDS.values():
        for column in kind.pattern.columns:
            fields |= dict.fromkeys((column.field, *column.headings), column.field)
    mapped = {}
    for option in options:
        heading, _, name = option.partition("=")
        if not heading.strip() or name.strip() not in fields:
            # By their own names: in Chinese some have one name with another field.
            known = ", ".join(sorted(set(fields.values())))
            raise UsageError("map-unknown", map=option, known=known)
        mapped[heading.strip()] = fields[name.strip()]
    return mapped


def remembered(location: Location) -> dict[str, str]:
    """What the registry remembers; nothing where there is none yet."""
    try:
        with open_reader(location) as reader:
            rows = reader.rows("SELECT value FROM setting WHERE key = :key", {"key": SETTING})
    except NotFound:
        return {}
    headings: dict[str, str] = json.loads(rows[0][0]) if rows else {}
    return headings


def to_remember(location: Location, mapped: Mapping[str, str]) -> dict[str, str]:
    """The setting that keeps what was mapped just now with what is remembered already; it is
    written with the import that used it. Nothing where all of it is remembered."""
    before = remembered(location)
    if mapped.items() <= before.items():
        return {}
    return {SETTING: json.dumps({**before, **mapped}, ensure_ascii=False)}
