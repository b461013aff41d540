"""What the registrar does: a module for each use case, a function for each command that writes.

All of them go through :mod:`leaguectl.actions.work`. Code that only reads is in
:mod:`leaguectl.reports`. A module is loaded when a command needs it, since loading the rule book
and the store takes longer than running many a command.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from leaguectl.store import Location

if TYPE_CHECKING:
    from leaguectl.actions import admission as admission
    from leaguectl.actions import backups as backups
    from leaguectl.actions import batch as batch
    from leaguectl.actions import candidates as candidates
    from leaguectl.actions import classes as classes
    from leaguectl.actions import diagnosis as diagnosis
    from leaguectl.actions import exports as exports
    from leaguectl.actions import identify as identify
    from leaguectl.actions import identity as identity
    from leaguectl.actions import inbox as inbox
    from leaguectl.actions import limits as limits
    from leaguectl.actions import mapping as mapping
    from leaguectl.actions import member_records as member_records
    from leaguectl.actions import members as members
    from leaguectl.actions import merging as merging
    from leaguectl.actions import numbers as numbers
    from leaguectl.actions import organizations as organizations
    from leaguectl.actions import papers as papers
    from leaguectl.actions import plan_file as plan_file
    from leaguectl.actions import posts as posts
    from leaguectl.actions import quotas as quotas
    from leaguectl.actions import registry as registry
    from leaguectl.actions import replies as replies
    from leaguectl.actions import retention as retention
    from leaguectl.actions import sealed as sealed
    from leaguectl.actions import transfers as transfers
    from leaguectl.actions import undo_rows as undo_rows
    from leaguectl.actions import years as years
    from leaguectl.actions.backups import Policy
    from leaguectl.actions.plan_file import SavedPlan
    from leaguectl.reader.limits import Limits


class Confirm(StrEnum):
    """When a write needs a confirmation."""

    NEVER = "never"
    MANY = "many"
    """Where it touches over a hundred people."""
    LEAVING = "leaving"
    """Where it ends a membership, or touches many people."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Request:
    """Who requests something, for which registry, by which command; ``at`` is the moment in UTC."""

    location: Location
    actor: str
    at: str
    today: date
    command: str
    dry_run: bool = False
    confirm: Confirm = Confirm.NEVER
    """What is only written after a confirmation; once confirmed, the request is repeated with
    ``NEVER``."""
    reason: str | None = None
    authority: str | None = None
    limits: "Limits | None" = None
    """How much of a stranger's file is read, where the user has set bounds."""
    backups: "Policy | None" = None
    """When copies are made automatically, where the user has a policy of their own."""
    once: str | None = None
    """The key under which it is done only once, however often it is requested."""
    asked: str | None = None
    """A short checksum of what is requested, to recognise another command under the same key."""
    planned: "list[SavedPlan] | None" = field(default=None, compare=False)
    """Receives the plan of a dry run, if it is to be kept."""
    written: list[int] = field(default_factory=list, compare=False)
    """The operations that were written for it: a command that fails while answering names them."""
    recorded: list[int] = field(default_factory=list, compare=False)
    """The operations that only record it, such as who saw masked values: they stay where the
    command itself fails."""


Progress = Callable[[str, int, int], None]
"""Called with the progress of long work: what is being done, how much is done, how much there
is."""


def no_progress(_what: str, _done: int, _all: int) -> None:
    """Show no progress."""


def __getattr__(name: str) -> ModuleType:
    """Load a module of this package on its first use.

    :raises AttributeError: there is no module of that name.
    """
    if find_spec(f"{__name__}.{name}") is None:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
