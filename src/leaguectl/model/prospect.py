"""A case that is not complete yet, in the shape in which the rules of admission are asked.

What is not known yet is :data:`NOT_YET`: whatever a rule does with it ends the question, so a rule
answers as soon as all that it looks at is known, and says nothing before.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any

from leaguectl.model.keys import RuleSubject
from leaguectl.model.league import Person
from leaguectl.model.ledger import Admission, Candidacy


class NotKnownYet(Exception):
    """A rule looked at what is not known yet."""


class _NotYet:
    """Stands for a fact that is not known yet."""

    __slots__ = ()

    def _ends_the_question(self, *_: Any) -> Any:
        raise NotKnownYet

    __bool__ = __hash__ = __str__ = __format__ = __getattr__ = _ends_the_question
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _ends_the_question
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _ends_the_question
    __int__ = __float__ = __truediv__ = __rtruediv__ = _ends_the_question

    def __repr__(self) -> str:
        return "NOT_YET"


NOT_YET: Any = _NotYet()
"""A fact of an admission that is not known yet."""


@dataclass(frozen=True, slots=True)
class Prospective(Admission):
    """A candidate's case as if it were an admission, with the steps that only a case has."""

    reviewed: date | None = None
    form_given: date | None = None
    told: date | None = None
    oath: date | None = None
    filed: date | None = None


_NEEDED = frozenset(one.name for one in fields(Admission) if one.default is MISSING)
_TRAINING = ("course_hours", "service_hours")
"""Hours that grow until the candidate is recommended."""


def prospective(case: Candidacy, person: Person, *, hours_so_far: bool = False) -> RuleSubject:
    """The case that the rules are asked of.

    Places, numbers and papers are given at the admission and not asked before. Hours count once
    the training is over, which the next step shows; ``hours_so_far`` lets them count now.
    """
    trained = hours_so_far or any(
        getattr(case, step) is not None for step in ("candidate", "reviewed", "meeting", "approved")
    )
    said: dict[str, Any] = {}
    for one in fields(Prospective):
        value = getattr(case, one.name, None)
        if one.name in _TRAINING and not trained:
            value = None
        said[one.name] = NOT_YET if value is None and one.name in _NEEDED else value
    papers = dict.fromkeys(("number", "form", "certificate"), NOT_YET)
    admission = Prospective(**said | papers | {"id": 0, "operation": case.operation})
    return RuleSubject(person, case.organization, None, **papers, admission=admission)


def is_known(value: Any) -> bool:
    """Whether a fact is there."""
    return value is not None and value is not NOT_YET
