"""What rules judge: somebody who is, or wants to be, a member.

A candidate's case takes the form of an admission. A fact that is not known yet, or whose cell
cannot be read, is :data:`NOT_YET`: using it in any way ends the evaluation of a rule, so a rule
gives its verdict as soon as everything it looks at is known, and none before.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeGuard, TypeVar

from leaguectl.model.days import age_on, as_known, last_of_month
from leaguectl.model.declaration import DECLARATIONS
from leaguectl.model.league import Person
from leaguectl.model.ledger import Admission, Candidacy

_P = ParamSpec("_P")
_T = TypeVar("_T")


def age_at(joined: date | None, precision: str, born: date) -> int | None:
    """Full years on the day of joining; where only the month is known, on its last day."""
    if joined is None:
        return None
    return age_on(born, joined if precision == "day" else last_of_month(joined))


@dataclass(frozen=True, slots=True)
class RuleSubject:
    """What rules judge: a person who is, or wants to be, a member.

    ``admission`` is None for a member whose admission is not recorded here; ``number`` is None
    while none has been taken; ``left`` is the day on which a former member left; ``day`` is the day
    in question, where it differs from the day of the whole registry.
    """

    person: Person
    organization: str
    joined: date | None
    number: str | None
    form: str | None
    certificate: str | None
    joined_precision: str = "day"
    admission: Admission | None = None
    left: date | None = None
    day: date | None = None

    @property
    def age(self) -> int | None:
        """Full years at joining; None where the day of joining is unknown."""
        return age_at(self.joined, self.joined_precision, self.person.born)

    @property
    def known_joined(self) -> date | str | None:
        """The day of joining as messages show it: only the month where no more is known."""
        return as_known(self.joined, self.joined_precision)


class NotKnownYet(Exception):
    """A rule looked at a fact that is not known yet."""


class _NotYet:
    """Stands for a fact that is not known yet."""

    __slots__ = ()

    def _ends_the_question(self, *_: Any) -> Any:
        raise NotKnownYet

    # Any use of it raises, so that a rule cannot mistake the unknown for an answer.
    __bool__ = __hash__ = __str__ = __format__ = __getattr__ = _ends_the_question
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _ends_the_question
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _ends_the_question
    __int__ = __index__ = __float__ = __truediv__ = __rtruediv__ = _ends_the_question
    __len__ = __iter__ = __contains__ = __getitem__ = __call__ = _ends_the_question

    def __repr__(self) -> str:
        return "NOT_YET"


NOT_YET: Any = _NotYet()
"""A fact that is not known yet: the step is still to come, or its cell cannot be read."""


def ask(question: Callable[..., Any], *args: Any, unknown: Any = NOT_YET) -> Any:
    """The answer to a question, or ``unknown`` where it needs a fact that is not known yet."""
    if args and args[0] is NOT_YET:  # a call of the library would raise another error
        return unknown
    try:
        return question(*args)
    except NotKnownYet:
        return unknown


def if_known(question: Callable[_P, _T]) -> Callable[_P, _T | None]:
    """Make a question end without an answer (None) where it needs a fact that is not known yet;
    findings made before that count."""

    @wraps(question)
    def asked(*args: _P.args, **kwargs: _P.kwargs) -> _T | None:
        try:
            return question(*args, **kwargs)
        except NotKnownYet:
            return None

    return asked


@dataclass(frozen=True, slots=True)
class Prospective(Admission):
    """A candidate's case in the form of an admission, with the steps that only a case has."""

    reviewed: date | None = None
    form_given: date | None = None
    told: date | None = None
    oath: date | None = None
    filed: date | None = None


_NEEDED = frozenset(
    name for name, field in DECLARATIONS[Admission].fields.items() if field.is_required
)
_TRAINING = ("course_hours", "service_hours")
"""Hours that grow until the candidate is recommended."""


def prospective(case: Candidacy, person: Person, *, hours_so_far: bool = False) -> RuleSubject:
    """A candidate's case as rules judge it.

    Places, numbers and papers are given at the admission and not required before. Hours count once
    the training is over, which the next step shows; ``hours_so_far`` counts them now.
    """
    trained = hours_so_far or any(
        getattr(case, step) is not None for step in ("candidate", "reviewed", "meeting", "approved")
    )
    facts: dict[str, Any] = {}
    for item in fields(Prospective):
        value = getattr(case, item.name, None)
        if item.name in _TRAINING and not trained:
            value = None
        facts[item.name] = NOT_YET if value is None and item.name in _NEEDED else value
    # They are given at the admission itself; no candidate can have them yet.
    papers = dict.fromkeys(("number", "form", "certificate"), NOT_YET)
    admission = Prospective(**facts | papers | {"id": 0, "operation": case.operation})
    return RuleSubject(person, case.organization, None, **papers, admission=admission)


def is_known(value: _T | None) -> TypeGuard[_T]:
    """Whether a fact is known."""
    return value is not None and value is not NOT_YET
