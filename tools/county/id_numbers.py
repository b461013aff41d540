"""National ID numbers of people who do not exist, with their check digits."""

from datetime import date

AREA = "658899"
"""An area code that was never issued."""


def check_digit(digits: str) -> str:
    """The check digit of the first seventeen digits of an ID number (ISO 7064, MOD 11-2)."""
    return "10X98765432"[sum(int(d) * 2 ** (17 - i) for i, d in enumerate(digits)) % 11]


def id_number(order: int, born: str | date = "20070301", area: str = AREA) -> str:
    """The ID number of the ``order``-th invented person born that day (``YYYYMMDD``); the order is
    odd for men and even for women."""
    day = born if isinstance(born, str) else f"{born:%Y%m%d}"
    digits = f"{area}{day}{order:03d}"
    return digits + check_digit(digits)
