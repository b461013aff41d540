"""Where a stored fact comes from, and its day: older sheets give way to it."""

from datetime import date
from typing import NamedTuple, Protocol

from leaguectl.model.declaration import Entity


class Said(NamedTuple):
    """The last source of a fact: an operation, the cell of its sheet (None: a command by hand), and
    the day for which it was given."""

    day: date
    operation: int
    place: str | None
    earliest: date | None = None
    """The earliest day for which the fact was given; None where earlier values are recorded."""


class Facts(Protocol):
    """The sources of the stored values."""

    def standing(
        self, record: Entity, field: str, day: date | None, *, is_dated: bool
    ) -> Said | None:
        """The stored fact that outweighs a contradicting sheet of that day: a fact of a later day,
        or a correction by hand, unless the sheet itself says (``is_dated``) that it is newer. None
        where the sheet is newer."""
        ...
