"""A plan as a file: what each row would do, frozen, to be looked at and carried out later.

It holds the files' digests and the registry's revision, so that what is carried out is exactly
what was looked at, or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leaguectl.findings import Conflict, UsageError
from leaguectl.model import Change, Entity, NewRows, as_plain, from_plain, one_by_one

SCHEMA = "leaguectl/plan@1"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan that was read back."""

    revision: int
    command: str
    settings: Mapping[str, str]
    sources: list[dict[str, str]]
    counts: Mapping[str, int]
    changes: Sequence[Change | NewRows]


def freeze(frozen: SavedPlan, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The document of a plan file; ``rows`` says for people what becomes of each row."""
    return {
        "schema": SCHEMA,
        "revision": frozen.revision,
        "command": frozen.command,
        "settings": dict(frozen.settings),
        "sources": frozen.sources,
        "totals": dict(frozen.counts),
        "rows": list(rows),
        "changes": [
            {
                "noun": change.noun.__name__.lower(),
                "before": _plain(change.before),
                "after": _plain(change.after),
            }
            for change in one_by_one(frozen.changes)
        ],
    }


def thaw(document: Any, file: str) -> SavedPlan:
    """The plan of a document.

    :raises UsageError: it is none.
    :raises Conflict: another version of the program wrote it.
    """
    try:
        if document["schema"] != SCHEMA:
            raise Conflict("plan-of-another-version", file=file, found=document["schema"])
        return SavedPlan(
            document["revision"],
            document["command"],
            document["settings"],
            document["sources"],
            document["totals"],
            [
                Change(_noun(one["noun"], one["before"]), _noun(one["noun"], one["after"]))
                for one in document["changes"]
            ],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError("plan-not-a-plan", file=file) from None


def _plain(noun: Entity | None) -> dict[str, Any] | None:
    return None if noun is None else as_plain(noun)


def _noun(name: str, values: dict[str, Any] | None) -> Entity | None:
    return None if values is None else from_plain(name, values)
