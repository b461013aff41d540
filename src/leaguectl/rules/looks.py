"""What the rules of entry look at: properties of a case by which alone they decide where the
registry knows of the person and the papers nothing, or just what the case says.

Of many cases that are alike in what a rule looks at, it is asked of one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from leaguectl.model import age_at
from leaguectl.rules.policy import Policy

JOINED, AGE, EPOCH, YEAR, NUMBER, CERTIFICATE = (
    "joined", "age", "epoch", "year", "number", "certificate",
)  # fmt: skip


def looks_of(columns: Mapping[str, Sequence[Any]], policy: Policy) -> dict[str, Sequence[Any]]:
    """These properties of some cases, of which ``columns`` has ``birth``, ``joined``,
    ``joined_precision``, ``number`` and ``certificate``.

    ``epoch`` is which numbers of the policy are in force on the day of joining.
    """
    joined, numbers, certificates = (columns[name] for name in ("joined", NUMBER, CERTIFICATE))
    epochs = {day: None if day is None else policy.epoch(day) for day in {*joined}}
    return {
        JOINED: joined,
        AGE: [*map(age_at, joined, columns["joined_precision"], columns["birth"])],
        EPOCH: [*map(epochs.__getitem__, joined)],
        YEAR: [day and day.year for day in joined],
        NUMBER: [*map(_of_number, numbers)],
        CERTIFICATE: [*map(_of_certificate, certificates, numbers)],
    }


def _of_number(number: str | None) -> Any:
    """How long it is, its first six characters, whether it is all digits."""
    if number is None:
        return None
    return len(number), number[:6], number.isascii() and number.isdigit()


def _of_certificate(certificate: str | None, number: str | None) -> Any:
    """How long it is, whether it is all digits, whether it bears the number."""
    if certificate is None:
        return None
    are_digits = certificate.isascii() and certificate.isdigit()
    return len(certificate), are_digits, certificate == number
