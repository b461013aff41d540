"""Days: how they are written, and how the rule book counts them (full years, months, notice)."""

import calendar
import datetime as dt
import re
import unicodedata
from datetime import date, timedelta
from typing import NamedTuple

_SATURDAY = 5

_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?")
_HOUR = re.compile(
    r"(?<=[\d日号])(?:\s*\(?(?:周|星期)[一二三四五六日天]\)?)?(?:\s*(?:[上下中]午|晚上?|全天))?"
    r"(?:(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
)
"""The day of the week and the time of day behind a day, as people and web systems write it."""
_SHORT = re.compile(r"(\d{2})\.(\d{1,2})\.(\d{1,2})")
_MONTH = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月份?|\.)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{4})")
_SHORT_MONTH = re.compile(r"\d{2}年\d{1,2}月份?")
_IN_WORDS = re.compile("[〇零一二三四五六七八九十0-9年月日号份]+")
_TENS = re.compile("([一二三]?)十([一二三四五六七八九]?)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?")

YEARS = range(1900, 2101)
"""The years in which our dates may lie."""


class Day(NamedTuple):
    """A date and how much of it is known: the day, or only the month (``date`` is its first
    day)."""

    date: date
    precision: str

    @property
    def last(self) -> dt.date:
        """The last day that it may be."""
        return self.date if self.precision == "day" else last_of_month(self.date)

    @property
    def known(self) -> dt.date | str:
        """As messages show it: only the month where the day is not known."""
        return self.date if self.precision == "day" else f"{self.date:%Y-%m}"


def as_known(day: date | None, precision: str) -> date | str | None:
    """A day as messages show it: only the month where the day is not known."""
    return None if day is None else Day(day, precision).known


_END = re.compile("(?<=月)[底末]$")
"""The end of a month, of which no day is said."""


def read_day(text: str) -> Day | None:
    """The day or month in a text, in the forms that people write; None where there is none."""
    written = _HOUR.sub("", unicodedata.normalize("NFKC", text).strip()).replace(" ", "")
    if _IN_WORDS.fullmatch(written):  # 二〇二二年十月, 2022年十月
        written = _TENS.sub(_tens, written).translate(_DIGITS)
    # 26.4.1: a year of two digits means this century
    if _SHORT.fullmatch(written) or _SHORT_MONTH.fullmatch(written):
        written = "20" + written
    written = _END.sub("", written)
    if month_first := _MONTH_FIRST.fullmatch(written):
        written = f"{month_first[2]}.{month_first[1]}"
    match = _DAY.fullmatch(written) or _RUN.fullmatch(written) or _MONTH.fullmatch(written)
    if match is None:
        return None
    year, month, *rest = (int(part) for part in match.groups() if part)
    try:
        if year in YEARS:
            return Day(date(year, month, *(rest or [1])), "day" if rest else "month")
    except ValueError:
        pass  # no such day in the calendar
    return None


def _tens(match: re.Match[str]) -> str:
    return f"{match[1] or '一'}{match[2] or '〇'}"


_OF_THIS_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_TODAY = ("今天", "今日", "today")


def read_typed_day(text: str, today: date) -> Day | None:
    """A day as somebody types it: in any form of a cell, 今天, or a day of this year (9月1日)."""
    written = unicodedata.normalize("NFKC", text).replace(" ", "").casefold()
    if written in _TODAY:
        return Day(today, "day")
    if match := _OF_THIS_YEAR.fullmatch(written):
        return read_day(f"{today.year}-{match[1]}-{match[2]}")
    return read_day(text)


def age_on(born: date, day: date) -> int:
    """Full years (周岁) on that day; somebody born on 29 February turns on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """The day on which that age is reached; 1 March for somebody born on 29 February, in a year
    without that day."""
    if (born.month, born.day) == (2, 29) and not calendar.isleap(born.year + age):
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)


def months_after(day: date, months: int) -> date:
    """The same day some months later (or, if negative, before); the last day of the month where it
    has fewer days."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day_in(year: int, month_day: str) -> date:
    """The day of a year that a policy names by its month and day: 06-30."""
    return date.fromisoformat(f"{year}-{month_day}")


def last_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days_between(first: date, last: date, *, working: bool) -> int:
    """The number of days from the first to the last, both included; ``working`` counts Monday to
    Friday only, since holidays are not known here."""
    span = (last - first).days + 1
    if not working:
        return span
    return sum(
        (first + timedelta(days=count)).weekday() < _SATURDAY for count in range(max(span, 0))
    )


def read_year(text: str) -> int | None:
    """A year in any written form: 2024, 2024年, 2024年度; None where the text is not a year."""
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("度").removesuffix("年")
    return int(digits) if digits.isascii() and digits.isdigit() else None


def term_ends(elected: Day, years: int) -> date:
    """When a term of so many years is over; of a month, counted from its end."""
    return months_after(elected.last, 12 * years)
