"""Plan files: the plan of a dry run kept, and carried out exactly as it was, or not at all.

The file holds the digests of the sheets and the registry's revision, so that what is carried out
is what was looked at.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaguectl.actions import Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.mapping import SETTING
from leaguectl.findings import Conflict, NotFound, UsageError
from leaguectl.model import Change, Entity, Keys, NewRows, as_plain, from_plain, one_by_one
from leaguectl.store.provenance import Origin
from leaguectl.streams import write_whole

if TYPE_CHECKING:
    from leaguectl.actions.batch import Report
    from leaguectl.actions.work import Outcome

SCHEMA = "leaguectl/plan@1"


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan with all that its carrying out needs. ``revision`` is the last operation of the
    registry that it was made for; 0 for one that is not made yet."""

    revision: int
    command: str
    settings: Mapping[str, str]
    sources: list[dict[str, Any]]
    day: date | None
    """The day of effect; None: that on which it is carried out."""
    origins: Sequence[Origin]
    counts: Mapping[str, int]
    changes: Sequence[Change | NewRows]

    @property
    def remembered(self) -> dict[str, str]:
        """Of the settings those that an existing registry takes on: the headings that were mapped.
        Others (the province) are of a new registry."""
        return {key: text for key, text in self.settings.items() if key == SETTING}


# -- writing the file ----------------------------------------------------------------------------


def keep_plan(report: "Report", path: Path) -> None:
    """Write the plan of a dry run. It holds personal values, so it is readable by its owner alone.

    :raises NotFound: the place cannot be written.
    """
    if report.plan is None:
        return
    rows = [
        {
            "file": step.row.file,
            "sheet": step.row.sheet,
            "row": step.row.number,
            "outcome": step.outcome,
        }
        for step in report.steps
    ]
    document = json.dumps(_dumped(report.plan, rows), ensure_ascii=False, indent=1)
    write_whole(document.encode(), path)


def _dumped(plan: SavedPlan, rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The document of a plan file; ``rows`` says for people what becomes of each row."""
    return {
        "schema": SCHEMA,
        "revision": plan.revision,
        "command": plan.command,
        "settings": dict(plan.settings),
        "sources": plan.sources,
        "day": plan.day and plan.day.isoformat(),
        "origins": plan.origins,
        "totals": dict(plan.counts),
        "rows": list(rows),
        "changes": [
            {
                "noun": change.entity.__name__.lower(),
                "before": _plain(change.before),
                "after": _plain(change.after),
            }
            for change in one_by_one(plan.changes)
        ],
    }


def _plain(entity: Entity | None) -> dict[str, Any] | None:
    return None if entity is None else as_plain(entity)


# -- carrying it out -----------------------------------------------------------------------------


def apply_plan(request: Request, path: Path) -> "tuple[Outcome[None], SavedPlan]":
    """Carry out a plan file; the outcome and the plan.

    :raises Conflict: the registry or one of the files changed since.
    """
    from leaguectl.actions.work import run

    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror) from None
    except ValueError:
        raise UsageError("plan-not-a-plan", file=str(path)) from None
    saved = _loaded(document, str(path))
    # What was looked at is carried out, or nothing: a sheet that was changed since says otherwise.
    for source in {source.get("path"): source for source in saved.sources}.values():
        _refuse_changed(source)

    def plan(change_set: ChangeSet) -> None:
        if change_set.snapshot.revision != saved.revision:
            raise Conflict("registry-changed", noun="registry")
        change_set.changes += saved.changes
        change_set.counts, change_set.sources = saved.counts, saved.sources
        change_set.origins = saved.origins
        change_set.settings, change_set.command = saved.remembered, saved.command
        change_set.day = saved.day

    # A plan for a registry that was not made yet makes it; any other needs the one it was made for.
    create = None if saved.revision else saved.settings
    return run(request, Keys(), plan, create=create), saved


def _loaded(document: Any, file: str) -> SavedPlan:
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
            _day(document.get("day")),
            [Origin(*origin) for origin in document.get("origins", ())],
            document["totals"],
            [
                Change(
                    _entity(change["noun"], change["before"]),
                    _entity(change["noun"], change["after"]),
                )
                for change in document["changes"]
            ],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError("plan-not-a-plan", file=file) from None


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _entity(name: str, values: dict[str, Any] | None) -> Entity | None:
    return None if values is None else from_plain(name, values)


def _refuse_changed(source: Mapping[str, Any]) -> None:
    """A file that is still where it was read is still what was read.

    :raises Conflict: it was changed since.
    """
    path = Path(source.get("path", ""))
    if source.get("path") and path.is_file():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != source["sha256"]:
            raise Conflict("plan-file-changed", file=source["file"])
