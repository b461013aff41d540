"""Findings with their places, and the errors that stop a command.

A finding is a code, a place and facts, and holds no text: the text is in :mod:`leaguectl.words`, so
that the same finding can be shown in two languages and read by a script.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from leaguectl import masks


class Level(StrEnum):
    """The severity of a finding: an error stops a row, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rate(Decimal):
    """A ratio: shown as per cent where people read it, and a number in JSON and in workbooks."""

    @property
    def per_cent(self) -> str:
        """The rate in per cent: two decimals, or none where they are zero."""
        return self._written().replace(".00%", "%")

    @staticmethod
    def alike(values: Sequence[Any]) -> list[Any]:
        """The values of a column of a table, its rates as texts: where one of them has decimals all
        have two, so that 90.00% stands above 91.50%."""
        texts = {value._written() for value in values if isinstance(value, Rate)}
        are_whole = all(text.endswith(".00%") for text in texts)
        return [
            (value.per_cent if are_whole else value._written())
            if isinstance(value, Rate)
            else value
            for value in values
        ]

    def _written(self) -> str:
        return f"{100 * self:.2f}%"


class Listed(str):
    """The code of a line that names a choice, and what a script types for it."""

    typed: str

    def __new__(cls, line: str, typed: str) -> "Listed":
        """The choice of that line."""
        made = super().__new__(cls, line)
        made.typed = typed
        return made


class Private(str):
    """A personal value (an ID number, a phone, an address) that is masked wherever it is shown.

    ``str()`` of it is the value itself, so that it can be stored and compared; what prints it calls
    :meth:`masked`, unless the user gave a reason to see the value.
    """

    __slots__ = ()

    def masked(self) -> str:
        """The value as it may be shown: see :mod:`leaguectl.masks`."""
        return masks.masked(self)


class Compared(Private):
    """A personal value that is shown next to others of its kind, and differs from them."""

    mask: str

    def masked(self) -> str:
        """The value with only the characters that distinguish it from the others."""
        return self.mask


def compared(*values: str) -> list[Private]:
    """Personal values that are shown side by side, each masked except for what distinguishes
    them."""
    made = []
    for value, mask in zip(values, masks.compared_masks(values), strict=True):
        private = Compared(value)
        private.mask = mask
        made.append(private)
    return [*made]


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
    about: str | None = None
    """The name in the row of its subject, so that the person who typed it finds it again."""

    @property
    def cell(self) -> str | None:
        """The cell as a spreadsheet names it, e.g. ``D17``."""
        return f"{self.column}{self.row}" if self.column and self.row else None


@dataclass(frozen=True, slots=True)
class Finding:
    """A single fault: its code, its facts, and its place; ``subject`` names what it is about if
    that is not a place in a file."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    level: Level = Level.ERROR
    where: Where | None = None
    subject: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether this finding stops the row or command."""
        return self.level is Level.ERROR


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of rows of a sheet (or of all sheets) by their result; ``read`` is the sum of the
    other four."""

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


def side_by_side(finding: Finding) -> Finding:
    """The finding, its personal values (that of the row, those that the registry has) compared."""
    where = finding.where
    values = {name: value for name, value in finding.facts.items() if isinstance(value, Private)}
    if where is not None and isinstance(where.value, Private):
        values[""] = where.value
    if len(values) < 2:
        return finding
    compared_facts = dict(zip(values, compared(*values.values()), strict=True))
    if where is not None and "" in compared_facts:
        where = replace(where, value=compared_facts.pop(""))
    return replace(finding, facts={**finding.facts, **compared_facts}, where=where)


class LeagueError(Exception):
    """A command cannot go on. Has a code and facts like a finding, and the exit code.

    The exit codes are a promise to scripts and are listed in the README and in docs/usage.md.
    """

    exit_code = 3

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UsageError(LeagueError):
    """The command line is wrong: an invalid value, or options that exclude each other."""

    exit_code = 2


class Refused(LeagueError):
    """A rule forbids the change; nothing was written."""

    exit_code = 3


class NotFound(LeagueError):
    """A file, registry, organisation, number or person does not exist, or is not the only match."""

    exit_code = 4


class DatabaseUnavailable(LeagueError):
    """The database is busy, unreadable, damaged, or made by a newer version."""

    exit_code = 5


class AnswerLost(LeagueError):
    """The answer cannot be written: the disk is full, or the pipe is closed."""

    exit_code = 5

    BROKEN_PIPE = 141
    """The exit code of a shell for a command whose reader has closed the pipe, as with ``|
    head``."""

    WRITTEN = 8
    """The exit code where an operation is written, but its answer could not be given."""


class DoneBefore(LeagueError):
    """The request was done before under the same key: nothing is wrong, and nothing is done again.
    The facts are that ``operation`` and the given ``once``."""

    exit_code = 0


class InputNeeded(LeagueError):
    """A confirmation is needed and there is no terminal to ask on; the message names the option."""

    exit_code = 6


class Conflict(LeagueError):
    """What was planned no longer matches the registry."""

    exit_code = 7


@contextmanager
def installed_with(extra: str, what: str) -> Iterator[None]:
    """Where a library is missing, name the installation extra that has it.

    ``what`` is the user's request as typed: ``.docx``, ``postgresql://``.

    :raises UsageError: it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("leaguectl"):
            raise  # a fault of ours
        raise UsageError("extra-missing", what=what, module=error.name, extra=extra) from None
