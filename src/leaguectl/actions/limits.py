"""The bounds of reading from a user's own settings."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from leaguectl.findings import UsageError
from leaguectl.reader.limits import ALLOWED, USUAL, Limits

__all__ = ["USUAL", "Limits", "limits_of", "shown"]


def limits_of(table: Any, file: str) -> Limits:
    """The bounds, with those that the file sets, each checked.

    :raises UsageError: a key is unknown, or a value is not a whole number in the allowed range.
    """
    if not isinstance(table, Mapping):
        raise UsageError("limit-unknown", file=file, key=f"limits = {table}", known=list(ALLOWED))
    for key, value in table.items():
        if key not in ALLOWED:
            raise UsageError("limit-unknown", file=file, key=f"limits.{key}", known=list(ALLOWED))
        least, most = ALLOWED[key]
        # ``True`` is an int in Python, but not a bound.
        if type(value) is not int or not least <= value <= most:
            facts = {"key": f"limits.{key}", "value": str(value), "least": least, "most": most}
            raise UsageError("limit-not-a-limit", file=file, **facts)
    return Limits(**table)


def shown(limits: Limits) -> dict[str, int]:
    """Each bound by its key."""
    return {f"limits.{key}": value for key, value in asdict(limits).items()}
