"""What the registrar does, one function each: what reads in ``reading``, what writes beside it.

``reading`` needs no toolkit and answers at once; the writing operations import the rule book and
the store, so a command imports them only when it runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from leaguectl.store import Location

if TYPE_CHECKING:
    from leaguectl.reader.limits import Limits


class Confirm(StrEnum):
    """When a write is only done after a yes."""

    NEVER = "never"
    MANY = "many"
    """Where it touches over a hundred people."""
    LEAVING = "leaving"
    """Where it ends a membership, or touches many people."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks, for which registry, by which command; ``at`` is the moment in UTC."""

    location: Location
    actor: str
    at: str
    today: date
    command: str
    dry_run: bool = False
    confirm: Confirm = Confirm.NEVER
    """What is only written after a yes; with that yes it is asked again as ``NEVER``."""
    reason: str | None = None
    authority: str | None = None
    limits: "Limits | None" = None
    """How much of a stranger's file is looked at, where the user's own bounds count."""


Progress = Callable[[str, int, int], None]
"""Told how far long work is: what is being done, how much is done, how much there is."""


def no_progress(_what: str, _done: int, _all: int) -> None:
    """Tell nobody."""
