"""Plan files: a dry run's plan kept, and carried out exactly as it was, or not at all."""

import hashlib
import json
import os
from pathlib import Path

from leaguectl.actions import Request
from leaguectl.actions.importing import Report, perform
from leaguectl.findings import Conflict, NotFound, UsageError
from leaguectl.kinds.saved_plan import SavedPlan, freeze, thaw
from leaguectl.store.writing import Store


def keep_plan(report: Report, path: Path) -> None:
    """Write the plan of a dry run. It holds personal values, so it is readable by its owner alone.

    :raises NotFound: the place cannot be written.
    """
    if report.frozen is None:
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
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(freeze(report.frozen, rows), out, ensure_ascii=False, indent=1)
        part.replace(path)
    except OSError as error:
        raise NotFound("file-not-written", file=str(path), detail=error.strerror) from None


def apply_plan(request: Request, path: Path) -> tuple[int | None, SavedPlan, bool]:
    """Carry out a plan file; the operation (None in a dry run), the plan, whether a registry was
    made for it.

    :raises Conflict: the registry or one of the files changed since.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror) from None
    except ValueError:
        raise UsageError("plan-not-a-plan", file=str(path)) from None
    plan = thaw(document, str(path))
    for source in plan.sources:
        _same_file(source)
    store = Store(request.location)
    makes = not store.exists()
    if makes and plan.revision:
        raise NotFound("registry-not-found", db=request.location.shown)
    if request.dry_run:
        return None, plan, makes
    with store.making(plan.settings) if makes else store.write() as transaction:
        return perform(transaction, plan, request), plan, makes


def _same_file(source: dict[str, str]) -> None:
    """A file that is still where it was read is still what was read."""
    path = Path(source.get("path", ""))
    if source.get("path") and path.is_file():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != source["sha256"]:
            raise Conflict("plan-file-changed", file=source["file"])
