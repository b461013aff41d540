"""Plan files: the plan of a dry run kept, approved by somebody else, and carried out exactly as it
was, or not at all.

The file has the digests of the sheets, the state of its registry, and a digest of itself, so that
exactly what was approved is carried out.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

from leaguectl.actions import Confirm, Request
from leaguectl.actions.change_set import ChangeSet
from leaguectl.actions.undoing import faults_of, touched_keys
from leaguectl.causes import why
from leaguectl.findings import Conflict, NotFound, Private, Refused, UsageError
from leaguectl.masks import mask
from leaguectl.model import (
    DECLARATIONS,
    Acceptance,
    Base,
    Campaign,
    Change,
    Entity,
    Keys,
    NewRows,
    Review,
    Score,
    Task,
    as_plain,
    from_plain,
    is_private,
    one_by_one,
)
from leaguectl.names import fold_name, readable
from leaguectl.store.provenance import Origin
from leaguectl.store.transaction import Mark, Transaction
from leaguectl.streams import write_whole

if TYPE_CHECKING:
    from leaguectl.actions.work import Outcome

SCHEMA = "leaguectl/plan@3"

_AS_STORED = "(as stored)"
"""What stands for a personal value that the registry has."""

_APART = frozenset(
    DECLARATIONS[entity].name for entity in (Acceptance, Base, Campaign, Review, Score, Task)
)
"""Entities that no plan depends on: writing them in between makes no plan stale."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan with everything needed to carry it out."""

    mark: Mark | None
    """The state of the registry when the plan was made; None where there was no registry yet."""
    actor: str
    """Who made the plan."""
    command: str
    confirm: Confirm
    reason: str | None
    authority: str | None
    settings: Mapping[str, str]
    sources: Sequence[Mapping[str, Any]]
    day: date | None
    """The day of effect; None: that on which it is carried out."""
    origins: Sequence[Origin]
    counts: Mapping[str, int]
    undoes: int | None
    erased: Sequence[int]
    is_recorded: bool
    approver: str
    rows: Sequence[Mapping[str, Any]]
    """What becomes of each person, for people who read the file."""
    changes: Sequence[Change | NewRows]
    digest: str = field(default="", compare=False)
    """The digest of the file that it was read from."""


def plan_of(
    request: Request,
    change_set: ChangeSet,
    mark: Mark | None,
    create: Mapping[str, str] | None,
) -> SavedPlan:
    """The plan of a command as it stands before it is written."""
    return SavedPlan(
        mark=mark,
        actor=request.actor,
        command=change_set.command or request.command,
        confirm=request.confirm,
        reason=request.reason,
        authority=request.authority,
        settings=change_set.settings if mark else dict(create or {}) | dict(change_set.settings),
        sources=change_set.sources,
        day=change_set.day,
        origins=change_set.origins,
        counts=change_set.written_counts,
        undoes=change_set.undoes,
        erased=change_set.erased,
        is_recorded=change_set.is_recorded,
        approver=change_set.approver,
        rows=change_set.rows,
        changes=list(change_set.changes),
    )


# -- writing the file ----------------------------------------------------------------------------

_PLAIN = frozenset({item.name for item in fields(SavedPlan)} - {"mark", "changes", "digest"})
"""The fields of a plan that its file has unchanged."""


def keep_plan(plan: SavedPlan, path: Path) -> None:
    """Write a plan that only its owner can read. It contains only personal values that are new to
    the registry; the others are read from there when it is applied, and people see masks.

    :raises NotFound: the place cannot be written.
    """
    document = {
        "schema": SCHEMA,
        "registry": plan.mark and plan.mark._asdict(),
        **{item.name: getattr(plan, item.name) for item in fields(plan) if item.name in _PLAIN},
        "rows": [{name: _masked(name, value) for name, value in row.items()} for row in plan.rows],
        "changes": list(map(_change, one_by_one(plan.changes))),
    }
    document = json.loads(json.dumps(document, default=_as_text))
    document["digest"] = _digest(document)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_whole(text.encode(), path)


def _change(change: Change) -> dict[str, Any]:
    """A change as its file has it: what the registry holds already stays there."""
    before, after = map(_plain, (change.before, change.after))
    for name in _personal_of(change.entity):
        if before is not None and after is not None and after[name] == before[name]:
            after[name] = _AS_STORED
        if before is not None:
            before[name] = _AS_STORED
    return {"noun": DECLARATIONS[change.entity].name, "before": before, "after": after}


def _personal_of(entity: type[Entity]) -> list[str]:
    """The personal fields of an entity but for that by which a record is found."""
    declared = DECLARATIONS[entity]
    return [
        name for name, item in declared.fields.items() if item.spec.private and name != declared.key
    ]


def _masked(name: str, value: Any) -> Any:
    """A value as people may read it."""
    if isinstance(value, str):
        whole = isinstance(value, Private) or is_private(name)
        return Private(value).masked() if whole else mask(value)
    return value


def _completed(change: Change, transaction: Transaction) -> Change:
    """A change with the personal values that the registry holds.

    :raises Conflict: there is no such record any more.
    """
    names = [
        name
        for name in _personal_of(change.entity)
        if change.before is not None and getattr(change.before, name) == _AS_STORED
    ]
    if not names:
        return change
    stored = transaction.find(change.entity, change.key)
    if stored is None:
        raise Conflict("registry-changed", noun=DECLARATIONS[change.entity].name)
    before, after = (
        record and replace(record, **{
            name: getattr(stored, name) for name in names if getattr(record, name) == _AS_STORED
        })
        for record in (change.before, change.after)
    )  # fmt: skip
    return Change(before, after)


def _plain(entity: Entity | None) -> dict[str, Any] | None:
    return None if entity is None else as_plain(entity)


def _as_text(value: Any) -> Any:
    """Values that JSON cannot express: days and decimals as text, other mappings as
    dictionaries."""
    return dict(value) if isinstance(value, Mapping) else str(value)


def _digest(document: Mapping[str, Any]) -> str:
    """The digest of a document, independent of the order of its keys."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# -- reading it ----------------------------------------------------------------------------------


def read_plan(path: Path) -> SavedPlan:
    """The plan of a file.

    :raises NotFound: the file cannot be read.
    :raises UsageError: it is not a plan.
    :raises Refused: it is not as the program wrote it.
    :raises Conflict: another version of the program wrote it.
    """
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    except ValueError:
        raise UsageError("plan-not-a-plan", file=str(path)) from None
    try:
        if document["schema"] != SCHEMA:
            raise Conflict("plan-of-another-version", file=str(path), found=document["schema"])
        digest = document.pop("digest")
        if digest != _digest(document):
            raise Refused("plan-altered", file=str(path))
        return _loaded(document, digest)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError("plan-not-a-plan", file=str(path)) from None


def _loaded(document: Mapping[str, Any], digest: str) -> SavedPlan:
    values = {name: document[name] for name in _PLAIN}
    values["mark"] = document["registry"] and Mark(**document["registry"])
    values["confirm"] = Confirm(document["confirm"])
    values["day"] = document["day"] and date.fromisoformat(document["day"])
    values["origins"] = [Origin(*origin) for origin in document["origins"]]
    values["changes"] = [
        Change(*(_entity(change["noun"], change[state]) for state in ("before", "after")))
        for change in document["changes"]
    ]
    return SavedPlan(**values, digest=digest)


def _entity(name: str, values: dict[str, Any] | None) -> Entity | None:
    return None if values is None else from_plain(name, values)


# -- approving it, and carrying it out -----------------------------------------------------------


def approve(request: Request, path: Path) -> "Outcome[None]":
    """Record that somebody other than its author approves a plan.

    :raises Conflict: it is stale.
    """
    from leaguectl.actions.work import run_within

    saved = read_plan(path)

    def plan(change_set: ChangeSet, transaction: Transaction) -> None:
        _refuse_stale(saved, transaction)
        if is_same(request.actor, saved.actor):
            raise Refused("plan-own", actor=request.actor)
        change_set.is_recorded = True
        change_set.sources = [{"file": readable(path.name), "sha256": saved.digest}]
        change_set.counts = saved.counts
        change_set.answer(file=str(path), command=saved.command, actor=saved.actor)

    return run_within(request, Keys(), plan)


def is_same(actor: str, other: str) -> bool:
    """Whether two names of actors mean the same person, in whichever width, with whatever blanks
    and signs that nobody sees."""
    first, second = (
        fold_name("".join(sign for sign in name if category(sign) != "Cf"))
        for name in (actor, other)
    )
    return first == second


def apply_plan(request: Request, path: Path) -> "tuple[Outcome[None], SavedPlan]":
    """Carry out a plan file; return the outcome and the plan.

    The rules of people and the gate are checked again.

    :raises Conflict: something that it touches, or one of the files, has changed since.
    """
    from leaguectl.actions.work import run, run_within

    saved = read_plan(path)
    # What was approved is carried out, or nothing: a sheet that has changed since is not what was
    # approved.
    for source in {source.get("path"): source for source in saved.sources}.values():
        _refuse_changed(source)
    request = replace(
        request,
        reason=request.reason or saved.reason,
        authority=request.authority or saved.authority,
        confirm=saved.confirm if request.confirm is not Confirm.NEVER else Confirm.NEVER,
    )

    changes = list(one_by_one(saved.changes))
    asks_gate = saved.undoes is None

    def plan(change_set: ChangeSet, changes: Sequence[Change]) -> None:
        change_set.findings += faults_of(
            changes, change_set.snapshot, change_set.policy, asks_gate=asks_gate
        )
        change_set.changes = list(changes)
        for name in ("counts", "sources", "origins", "settings", "command", "day",
                     "undoes", "erased", "is_recorded", "approver"):  # fmt: skip
            setattr(change_set, name, getattr(saved, name))
        change_set.plan = saved.actor, saved.digest

    def plan_here(change_set: ChangeSet, transaction: Transaction) -> None:
        _refuse_stale(saved, transaction)
        plan(change_set, [_completed(change, transaction) for change in changes])

    if saved.mark is None:  # it creates the missing registry
        create = saved.settings
        return run(request, Keys(), lambda made: plan(made, changes), create=create), saved
    return run_within(request, touched_keys(changes, asks_gate=asks_gate), plan_here), saved


def _refuse_stale(saved: SavedPlan, transaction: Transaction) -> None:
    """Check that the registry of a plan is still there, and that nothing the plan may depend on has
    changed.

    :raises Conflict: otherwise.
    """
    now = transaction.mark()
    if saved.mark is None or saved.mark.registry != now.registry:
        raise Conflict("plan-of-another-registry", actor=saved.actor)
    if saved.mark == now:
        return
    touched = {DECLARATIONS[change.entity].name for change in saved.changes}
    if transaction.digest_of(saved.mark.operation) != saved.mark.digest:
        raise Conflict("plan-of-another-registry", actor=saved.actor)
    if not transaction.nouns_since(saved.mark.operation) <= _APART - touched:
        raise Conflict("plan-stale", operation=now.operation, actor=saved.actor)


def _refuse_changed(source: Mapping[str, Any]) -> None:
    """Check that a file that is still in its place has not changed.

    :raises Conflict: it has changed since.
    """
    path = Path(source.get("path", ""))
    if source.get("path") and path.is_file():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != source.get("sha256"):
            raise Conflict("plan-file-changed", file=source["file"])
