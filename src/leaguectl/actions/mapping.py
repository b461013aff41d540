"""A user's own headings: mapped once, then remembered by the registry and understood."""

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
"""The setting in which the registry keeps them, as JSON."""


@dataclass(frozen=True, slots=True)
class Mappings:
    """Headings and their fields: for all files, and for the files of some senders, recognised by a
    pattern of the file's name."""

    everywhere: Mapping[str, str] = field(default_factory=dict)
    by_sender: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, file: str) -> dict[str, str]:
        """The headings for a file of that name; those of its sender take precedence."""
        headings = dict(self.everywhere)
        for pattern, own in self.by_sender.items():
            # Windows does not distinguish capitals from small letters in file names.
            if fnmatchcase(file.lower(), pattern):
                headings |= own
        return headings


def mappings(location: Location, configured: Mapping[str, Any], options: Iterable[str]) -> Mappings:
    """The mappings of the registry, then the config file, then options.

    ``configured`` is the config file's table: headings with their fields, or a pattern of file
    names with a table of headings for the sender of these files.

    :raises UsageError: there is no such field.
    """
    senders = {key: table for key, table in configured.items() if isinstance(table, Mapping)}
    plain = {key: field for key, field in configured.items() if key not in senders}
    last = parse_mappings(options)
    # The most specific mapping counts: an option before the config file, the config file before the
    # registry.
    everywhere = remembered(location) | parse_mappings(_as_options(plain)) | last
    by_sender = {
        pattern.lower(): parse_mappings(_as_options(table)) | last
        for pattern, table in senders.items()
    }
    return Mappings(everywhere, by_sender)


def _as_options(table: Mapping[str, Any]) -> list[str]:
    return [f"{heading}={field}" for heading, field in table.items()]


def parse_mappings(options: Iterable[str]) -> dict[str, str]:
    """The headings of ``heading=field`` with their fields; a field may be given by its name or one
    of its headings.

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
            # By their own names: in Chinese some fields share a name.
            known = ", ".join(sorted(set(fields.values())))
            raise UsageError("map-unknown", map=option, known=known)
        mapped[heading.strip()] = fields[name.strip()]
    return mapped


def remembered(location: Location) -> dict[str, str]:
    """The mappings that the registry remembers; empty where there is no registry yet."""
    try:
        with open_reader(location) as reader:
            rows = reader.rows("SELECT value FROM setting WHERE key = :key", {"key": SETTING})
    except NotFound:
        return {}
    headings: dict[str, str] = json.loads(rows[0][0]) if rows else {}
    return headings


def to_remember(location: Location, mapped: Mapping[str, str]) -> dict[str, str]:
    """The setting that adds new mappings to the remembered ones; it is written with the import that
    used them. Empty where all are remembered already."""
    before = remembered(location)
    if mapped.items() <= before.items():
        return {}
    return {SETTING: json.dumps({**before, **mapped}, ensure_ascii=False)}
