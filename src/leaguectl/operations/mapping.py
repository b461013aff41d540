"""A user's own headings: mapped once, remembered by the registry, understood ever after."""

import json
from collections.abc import Iterable, Mapping

from leaguectl.findings import NotFound, Usage
from leaguectl.records import KINDS, kind
from leaguectl.store import Location
from leaguectl.store.reading import open_reader

SETTING = "headings"
"""Under which setting the registry keeps them, as JSON."""


def parse_mappings(given: Iterable[str]) -> dict[str, str]:
    """``heading=field`` as options give them; a field by its name or by one of its headings.

    :raises Usage: there is no such field.
    """
    fields: dict[str, str] = {}
    for line in KINDS.values():
        for column in kind(line).columns:
            fields |= dict.fromkeys((column.field, *column.headings), column.field)
    mapped = {}
    for one in given:
        heading, _, field = one.partition("=")
        if not heading.strip() or field.strip() not in fields:
            raise Usage("map-unknown", map=one, known=sorted(set(fields.values())))
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
