"""What falls due: what, when, where and about whom; and how it is asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from leaguectl.reports.figures import BELOW, Queryable
from leaguectl.rules import Policy


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due on a day.

    ``about`` is a name or what it is called; ``id`` tells it from all others of its kind for ever,
    so that a calendar knows it again; ``facts`` are what its words ask for.
    """

    day: date
    code: str
    organization: str
    about: str
    id: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: everything that falls due by ``until`` in an organisation and all below it
    (empty: everywhere), as seen ``today``."""

    reader: Queryable
    policy: Policy
    today: date
    until: date
    org: str = ""
    kept: dict[str, Any] = field(default_factory=dict, compare=False)
    """What several kinds look at, found once."""

    def rows(self, sql: str, **more: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query with ``below``, ``:today`` and ``:until``, days as days."""
        asked = {"org": self.org, "today": self.today.isoformat(),
                 "until": self.until.isoformat(), **more}  # fmt: skip
        for row in self.reader.rows(BELOW + sql, asked):
            yield tuple(row)

    def is_near(self, day: date) -> bool:
        """Whether it falls due by the last day that is asked for."""
        return day <= self.until


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that falls due: what its words are called, and what finds it.

    ``is_limit`` is False for what may be done from its day on, and is not late after it.
    """

    name: str
    find: Callable[[Asked], Iterator[Due]]
    is_limit: bool = True


def a_day(value: Any) -> date:
    """A day, whichever way the database gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)
