"""Number formats: how much of a number its cell shows.

Typing 2023年9月 into a Chinese Excel gives the day 2023-09-01 in a format without a day. What the
cell shows is what its writer knows, so it is read as that: a month, a year, a number with its
leading zeros. Formats that show the whole value need no change.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from leaguectl.reader.sheets import Month

MONTH, MONTH_IN_CHINA, YEAR = "month", "month in China", "year"
"""What a cell shows of a day; else it is the number of digits that it fills up with zeros."""

Shown = str | int

_BUILT_IN: Mapping[int, Shown] = {17: MONTH} | dict.fromkeys((27, 36, 50, 52, 57), MONTH_IN_CHINA)
"""The formats without a code of their own. A Chinese Excel shows a month in five that elsewhere
show a day, so there only the first of a month is taken for the month."""

_NO_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ZEROS = re.compile(r"0{2,}")
_OLDEST, _END = 20_000, 60_000
"""Numbers that are days of our time."""


@lru_cache(maxsize=1024)
def shown_by(code: str) -> Shown | None:
    """What the code of a format shows of a value; None where it shows all of it.

    >>> shown_by('yyyy"年"m"月"'), shown_by("yyyy-mm-dd"), shown_by("00000000")
    ('month', None, 8)
    """
    signs = _NO_SIGN.sub("", code.split(";")[0]).casefold()
    if _ZEROS.fullmatch(signs):
        return len(signs)
    if "d" in signs or "h" in signs or "s" in signs or "y" not in signs:
        return None
    if "m" in signs:
        return MONTH
    return YEAR if re.fullmatch(r"y+", signs.strip()) else None


def shown_by_format(number: int, codes: Mapping[int, str]) -> Shown | None:
    """What a format shows, by its number and the codes of those that a workbook defines."""
    return shown_by(codes[number]) if number in codes else _BUILT_IN.get(number)


_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The formats of days and times without a code of their own, the Chinese ones too."""


def is_of_days(number: int, codes: Mapping[int, str]) -> bool:
    """Whether a format shows days or times."""
    if number not in codes:
        return number in _DAYS
    signs = _NO_SIGN.sub("", codes[number].split(";")[0]).casefold()
    return signs != "general" and bool(re.search("[ymdhs]", signs))


def as_shown(value: Any, shown: Shown) -> Any:
    """The value as its cell shows it."""
    if isinstance(shown, int):
        # A longer number has lost its last digits, which must be seen.
        is_whole = isinstance(value, (int, float)) and 0 <= value < 10**15 and value % 1 == 0
        return f"{int(value):0{shown}}" if is_whole else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not _OLDEST <= value < _END:
            return value
        value = date(1899, 12, 30) + timedelta(days=int(value))
    if not isinstance(value, (date, datetime)):
        return value
    if shown == MONTH_IN_CHINA and value.day != 1:
        return value
    return str(value.year) if shown == YEAR else Month(value.year, value.month, 1)


def put_shown(
    rows: Sequence[list[Any]],
    first_row: int,
    first_column: int,
    cells: Mapping[tuple[int, int], Shown],
) -> None:
    """Put into the rows what some of their cells show, by row and column from 0."""
    for (row, column), shown in cells.items():
        at, cell = row - first_row, column - first_column
        if 0 <= at < len(rows) and 0 <= cell < len(rows[at]):
            rows[at][cell] = as_shown(rows[at][cell], shown)
