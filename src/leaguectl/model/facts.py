"""Who said a fact, and of which day: what a sheet that is older has to give way to."""

from datetime import date
from typing import NamedTuple, Protocol

from leaguectl.model.declaration import Entity


class Said(NamedTuple):
    """What said a fact last: an operation, the cell of its sheet (None: a command by hand), and the
    day of which it was said."""

    day: date
    operation: int
    place: str | None


class Facts(Protocol):
    """The sources of what is stored."""

    def standing(
        self, record: Entity, field: str, day: date | None, *, is_dated: bool
    ) -> Said | None:
        """What stands against a sheet of that day that says otherwise: a fact of a later day, or
        one that was corrected by hand, unless the sheet says itself (``is_dated``) that it is
        younger. None where the sheet is the newer."""
        ...
