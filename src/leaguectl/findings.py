"""What was found and where: findings, their place, reports, and the errors that stop a command.

Facts only. A finding is a code, a place and its facts; the words for it are in
:mod:`leaguectl.words`, so that one finding can be told in two languages and read by a script.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs: an error stops a row, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Private(str):
    """A personal value (an ID number, a phone) that is masked wherever it is shown.

    ``str()`` of it stays the value, so that it can be stored and compared; whatever prints it asks
    :meth:`masked` unless the reader gave a reason to see it.
    """

    __slots__ = ()

    def masked(self) -> str:
        """The value with all but the area of an ID number, or the end of a phone, hidden.

        The tail of an ID number is never shown: with the birth month beside it, the usual mask
        (six digits, eight stars, four digits) leaves about three people to choose from.
        """
        if len(self) > 11:
            return self[:6] + "*" * (len(self) - 6)
        return "*" * max(len(self) - 2, 0) + self[-2:] if len(self) > 4 else "*" * len(self)


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding: a cell of a sheet, or an option of the command line."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    heading: str | None = None
    value: Any = None

    @property
    def cell(self) -> str | None:
        """The cell as a spreadsheet names it, e.g. ``D17``."""
        return f"{self.column}{self.row}" if self.column and self.row else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its code, its facts, and where it stands."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    level: Level = Level.ERROR
    where: Where | None = None
    subject: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether this finding stops what it is about."""
        return self.level is Level.ERROR


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a sheet (or of all) ended how. ``read`` is the sum of the other four."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[int, int, int, int, int]:
        """The five counts in their order."""
        return (self.read, self.created, self.updated, self.unchanged, self.rejected)

    def items(self) -> Iterator[tuple[str, int]]:
        """The five counts with their names, as a JSON answer has them."""
        names = ("read", "created", "updated", "unchanged", "rejected")
        return zip(names, self.values(), strict=True)


class LeagueError(Exception):
    """A command cannot go on. Carries a code and facts like a finding, and its exit code.

    The exit codes are a promise to scripts; they are listed in the README.
    """

    exit_code = 3

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UsageError(LeagueError):
    """The words of the command are off: an option value that cannot be, two that exclude."""

    exit_code = 2


class Refused(LeagueError):
    """A rule forbids it; nothing was written."""

    exit_code = 3


class NotFound(LeagueError):
    """A file, a registry, an organisation, a number or a person is not there, or is not one."""

    exit_code = 4


class DatabaseUnavailable(LeagueError):
    """The database is busy, unreadable, damaged, or made by a newer version."""

    exit_code = 5


class InputNeeded(LeagueError):
    """Something must be answered and there is nobody to ask; the message names the option."""

    exit_code = 6


class Conflict(LeagueError):
    """What was planned no longer fits what is stored."""

    exit_code = 7
